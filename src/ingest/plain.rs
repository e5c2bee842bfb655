//! Plain text. The article text is the file's text; blocks are ranges over it.

use crate::article::{Article, Block, BlockKind, Source};
use crate::text::{TextRange, sanitize};

/// Reads decoded plain text.
#[must_use]
pub fn article(decoded: &str) -> Article {
    let text = sanitize::text(decoded).into_owned();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange::new(start, start + line.len()).trimmed(&text);
        start += line.len();
        if !range.is_empty() {
            let kind = if blocks.is_empty() { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { range, kind });
        }
    }
    Article {
        text,
        blocks,
        source: Source { media_type: "text/plain", extractor: "plain/1", encoding: "UTF-8", ..Source::default() },
        ..Article::default()
    }
}
