//! Bytes to an [`Article`]: charset, kind, text, blocks.
//!
//! Pure functions of the bytes; reading files is the caller's. Parsers do not fail: they return the article with warnings. What is
//! no text at all is refused, with an [`Error`] whose message is one line; the caller puts the path before it.

mod boilerplate;
mod decode;
mod detect;
mod lines;
pub mod plain;
mod structure;
mod wrap;

use std::path::Path;

use crate::article::Article;

pub use detect::Kind;

/// What the reader said about the input; the default leaves everything to detection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The label of a charset ("windows-1252", "shift_jis"), as the Encoding Standard knows it.
    pub encoding: Option<String>,
    /// What the text is.
    pub kind: Option<Kind>,
}

/// Why there is no article. Each message is one line that reads well after "cannot read 'path': ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// `--encoding` names no charset.
    #[error("there is no encoding '{0}'; use a label such as utf-8, windows-1252 or shift_jis")]
    UnknownEncoding(String),
    /// The bytes are no text.
    #[error("it is {what}, not text{advice}")]
    Binary {
        /// What it seems to be, with its article ("a PDF").
        what: &'static str,
        /// What to do, beginning with "; ", or nothing.
        advice: &'static str,
    },
    /// A web page.
    #[error("it is a web page (HTML), which cannot be opened yet; save its text as .txt or .md")]
    Html,
    /// Positions are 32 bits wide.
    #[error("it is larger than 4 GiB; split it into parts")]
    TooLarge,
}

/// The article that a plain text is, without a file: for corpora and tests.
#[must_use]
pub fn from_text(text: &str) -> Article {
    plain::article(text)
}

/// Reads the bytes of a file or a pipe.
///
/// `name` is the path or nothing for a pipe; it is kept as `source.path` and its ending says what the file is. Nothing is opened.
///
/// # Errors
/// When the bytes are no text, are a web page, are too many, or `options.encoding` is unknown. Never for text that is odd or badly encoded: that
/// gives an article with warnings.
pub fn read(bytes: &[u8], name: Option<&Path>, options: &Options) -> Result<Article, Error> {
    if bytes.len() >= u32::MAX as usize {
        return Err(Error::TooLarge);
    }
    let decoded = decode::decode(bytes, options.encoding.as_deref())?;
    if decoded.text.len() >= u32::MAX as usize {
        return Err(Error::TooLarge);
    }
    let mut article = match options.kind.unwrap_or_else(|| detect::kind(name, &decoded.text)) {
        Kind::Plain | Kind::Markdown => plain::article(&decoded.text),
        Kind::Html => return Err(Error::Html),
    };
    article.source.path = name.map(Path::to_path_buf);
    article.source.encoding = decoded.encoding;
    article.source.raw_len = bytes.len() as u64;
    article.warnings.splice(0..0, decoded.warnings);
    Ok(article)
}
