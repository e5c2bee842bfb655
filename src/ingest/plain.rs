//! Plain text. The article text is the file's text; blocks are ranges over it.

use std::borrow::Cow;

use super::{addresses, boilerplate, lines, structure, wrap};
use crate::article::{Article, Source};
use crate::text::sanitize;

/// Reads decoded plain text. What is given away becomes the article's, without a copy where it can.
#[must_use]
pub fn article<'a>(decoded: impl Into<Cow<'a, str>>) -> Article {
    of_text(sanitize::kept(decoded.into()))
}

fn of_text(text: String) -> Article {
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
