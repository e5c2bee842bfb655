//! Notes of other tools and of other people into the notes of an article.
//!
//! | file | what it does |
//! |---|---|
//! | [`own`] | notes files of this program |
//! | [`w3c`] | W3C Web Annotations, ours (nothing lost) and others' |
//! | [`hypothesis`] | exports and search results of Hypothesis |
//! | [`readwise`] | CSV exports of Readwise |
//! | [`mod@plan`] | finds their places in the article and says what there is to add |
//!
//! Reading refuses only what is no such file. What does not fit the article becomes an orphan; nothing that is there already comes twice.

pub mod hypothesis;
pub mod own;
pub mod plan;
pub mod readwise;
pub mod w3c;

use serde_json::Value;

use crate::annotation::{Anchor, Annotation, AnnotationKind, Now, Origin, Stamp};
use crate::store::clock;
use crate::store::schema::{ParseError, Parsed};

pub use plan::{Plan, Report, for_article, plan};

/// What a file holds for one article.
#[derive(Debug, Clone, Default)]
pub struct Incoming {
    /// The notes, not placed yet; and what the file says of the article.
    pub parsed: Parsed,
    /// It is a notes file, whole: identifiers, times and positions are those of this program.
    pub own: bool,
    /// Positions count UTF-16 units, not code points.
    pub utf16: bool,
}

/// Why a file cannot be imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// It is of no kind that is known.
    #[error(
        "it is no notes file, no W3C annotations, no export of Hypothesis and no CSV of Readwise; export it again in one of these formats"
    )]
    Unknown,
    /// It is a notes file, but cannot be read.
    #[error("{0}")]
    Damaged(#[from] ParseError),
    /// It is a CSV file, but cannot be read.
    #[error("{0}")]
    Csv(String),
}

/// Reads a file of any kind that is known; what kind it is, its content says. One entry for each article that it has notes of.
///
/// # Errors
/// [`ImportError`].
pub fn read(bytes: &[u8]) -> Result<Vec<Incoming>, ImportError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
    if !matches!(first, Some(b'{' | b'[')) {
        return readwise::read(bytes);
    }
    let whole: Result<Value, _> = serde_json::from_slice(bytes);
    let value = match whole {
        Ok(value) => value,
        Err(error) => json_lines(bytes).ok_or(ParseError::Json {
            line: error.line(),
            column: error.column(),
            reason: error.to_string().split(" at line ").next().unwrap_or_default().to_owned(),
        })?,
    };
    if own::fits(&value) {
        return own::read(value);
    }
    if hypothesis::fits(&value) {
        return Ok(vec![hypothesis::read(&value)]);
    }
    if w3c::fits(&value) { w3c::read(value) } else { Err(ImportError::Unknown) }
}

/// One value a line, as a list.
fn json_lines(bytes: &[u8]) -> Option<Value> {
    let lines = bytes.split(|b| *b == b'\n').filter(|line| !line.iter().all(u8::is_ascii_whitespace));
    let values: Option<Vec<Value>> = lines.map(|line| serde_json::from_slice(line).ok()).collect();
    values.filter(|values| values.len() > 1).map(Value::Array)
}

/// An annotation of another tool, as far as every one of them has it. `key` names it in that tool: the same one always gets the same identifier.
fn foreign(key: &[&str], words: &str, stamp: &Stamp) -> Annotation {
    let anchor = Anchor { exact: words.to_owned(), end: words.chars().count(), ..Anchor::default() };
    let kind = if words.is_empty() { AnnotationKind::Page } else { AnnotationKind::Passage };
    Annotation::new(clock::id_of(key).urn().to_string(), kind, Origin::Imported, anchor, Now::page(), stamp)
}
