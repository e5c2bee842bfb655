//! What stands above an article: headline, authors and date, as lines of its text, when it does not give them itself.

use std::sync::Arc;

use crate::article::{Article, Block, BlockKind};
use crate::text::{TextRange, sanitize};

/// Adds the lines that `article.meta` knows and the text lacks: the headline at the top, authors and date below it.
pub(super) fn add(article: &mut Article) {
    let meta = &article.meta;
    let has = |kind| article.blocks.iter().any(|b: &Block| b.kind == kind);
    let below = article.blocks.iter().find(|b| b.kind == BlockKind::Title).map_or(0, |b| b.range.end());
    let mut head = Head::default();
    if let Some(title) = meta.title.as_deref().filter(|_| !has(BlockKind::Title)) {
        head.line(title, BlockKind::Title);
    }
    if !meta.byline.is_empty() && !has(BlockKind::Byline) {
        head.line(&format!("By {}", listed(&meta.byline)), BlockKind::Byline);
    }
    if let Some(date) = meta.published.as_deref().filter(|_| !has(BlockKind::Date)) {
        head.line(date.split('T').next().unwrap_or(date), BlockKind::Date);
    }
    head.into(article, below);
}

/// "Jane Roe", "Jane Roe and John Doe", "Jane Roe, John Doe and Ann Poe".
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

const GAP: &str = "\n\n";

#[derive(Default)]
struct Head {
    text: String,
    blocks: Vec<Block>,
}

impl Head {
    fn line(&mut self, words: &str, kind: BlockKind) {
        let words = sanitize::text(words);
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(GAP);
        }
        let start = self.text.len();
        self.text.push_str(words);
        self.blocks.push(Block { range: TextRange::new(start, self.text.len()), kind });
    }

    /// Puts the lines into the article at byte `at`: its beginning, or the end of its headline.
    fn into(self, article: &mut Article, at: usize) {
        let Self { mut text, blocks } = self;
        if text.is_empty() {
            return;
        }
        let lead = if at > 0 { GAP.len() } else { 0 };
        if at > 0 {
            text.insert_str(0, GAP);
        } else if !article.text.is_empty() {
            text.push_str(GAP);
        }
        let shift = text.len();
        article.text.insert_str(at, &text);
        let moved = |range: TextRange| TextRange::new(range.start() + shift, range.end() + shift);
        let first = article.blocks.partition_point(|b| b.range.start() < at);
        article.blocks.iter_mut().skip(first).for_each(|b| b.range = moved(b.range));
        for link in &mut article.links {
            if link.range.start() >= at {
                link.range = moved(link.range);
            }
            link.within = link.within.map(|to| if to >= at { to + shift } else { to });
        }
        article.nested.iter_mut().filter(|(start, _)| *start >= at).for_each(|(start, _)| *start += shift);
        Arc::make_mut(&mut article.tables).shift(at, shift);
        article.left_out.iter_mut().filter(|l| l.at >= at).for_each(|l| l.at += shift);
        let placed =
            blocks.into_iter().map(|b| Block { range: TextRange::new(b.range.start() + at + lead, b.range.end() + at + lead), ..b });
        article.blocks.splice(first..first, placed);
    }
}
