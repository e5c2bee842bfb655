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

/// True when the bytes of a file are a notes file or a list of them, also when they are damaged or cut off: the format is named first.
#[must_use]
pub fn says_so(bytes: &[u8]) -> bool {
    const HEAD: usize = 64;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if !matches!(bytes.first(), Some(b'{' | b'[')) {
        return false;
    }
    let head: Vec<u8> = bytes.iter().take(HEAD).copied().filter(|b| !b.is_ascii_whitespace() && *b != b'[').collect();
    head.starts_with(br#"{"format":"pullquote""#) || serde_json::from_slice(bytes).is_ok_and(|value| fits(&value))
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
