//! Notes files of this program: one, or a list of them as `export` writes for several articles.

use serde_json::Value;

use super::{ImportError, Incoming};
use crate::store::schema;

/// True for a notes file, or a list that begins with one.
#[must_use]
pub fn fits(value: &Value) -> bool {
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    first["format"] == "pullquote"
}

/// The notes.
///
/// # Errors
/// [`ImportError::Damaged`].
pub fn read(value: Value) -> Result<Vec<Incoming>, ImportError> {
    let files = match value {
        Value::Array(files) => files,
        file => vec![file],
    };
    files.iter().map(file).collect()
}

/// One notes file.
///
/// # Errors
/// [`ImportError::Damaged`].
pub fn file(value: &Value) -> Result<Incoming, ImportError> {
    let parsed = schema::parse(value.to_string().as_bytes())?;
    Ok(Incoming { parsed, own: true, utf16: false })
}
