//! Plain text. The article text is the file's text; blocks are ranges over it.

use super::{addresses, boilerplate, lines, structure, wrap};
use crate::article::{Article, Source};
use crate::text::sanitize;

/// Reads decoded plain text.
#[must_use]
pub fn article(decoded: &str) -> Article {
    let text = sanitize::text(decoded).into_owned();
    let lines = lines::split(&text);
    let units = wrap::units(&text, &lines);
    let reasons = boilerplate::reasons(&text, &units);
    let (blocks, meta) = structure::blocks(&text, &units, &reasons);
    Article {
        links: addresses::spelled(&text),
        blocks,
        meta,
        text,
        source: Source { media_type: "text/plain", extractor: "plain/1", encoding: "UTF-8", ..Source::default() },
        ..Article::default()
    }
}
