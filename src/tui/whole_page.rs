//! The whole page behind an article: its text with what was left out in between, and why. To be read only: positions of notes are those of the
//! article's own text, which this leaves alone.

use crate::article::{Article, BlockKind};
use crate::config::Role;
use crate::text::TextRange;
use crate::text::rows::rows as broken;

/// One row of the view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its words. Untrusted.
    pub words: String,
    /// How it looks.
    pub role: Role,
    /// True for what is not in the article.
    pub left_out: bool,
}

/// The rows of a page, and where the view stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholePage {
    /// All rows, for a width.
    pub rows: Vec<Row>,
    /// The first row on the screen.
    pub top: usize,
}

impl WholePage {
    /// Lays the page out; the view begins at byte `at` of the article. Nothing when nothing was left out.
    #[must_use]
    pub fn new(article: &Article, width: usize, at: usize) -> Option<Self> {
        if article.left_out.is_empty() {
            return None;
        }
        let mut page = Self { rows: Vec::new(), top: 0 };
        let mut left = article.left_out.iter().peekable();
        for block in &article.blocks {
            let mut reason = None;
            while let Some(piece) = left.next_if(|l| l.at <= block.range.start()) {
                page.left_out(&piece.text, piece.reason.words(), &mut reason, width);
            }
            if block.range.start() <= at {
                page.top = page.rows.len();
            }
            page.block(block.range.of(&article.text), block.kind, width);
        }
        let mut reason = None;
        for piece in left {
            page.left_out(&piece.text, piece.reason.words(), &mut reason, width);
        }
        Some(page)
    }

    fn block(&mut self, words: &str, kind: BlockKind, width: usize) {
        let role = match kind {
            BlockKind::Title => Role::Title,
            BlockKind::Heading(_) => Role::Heading,
            BlockKind::Boilerplate(reason) => {
                self.push(&format!("[{}]", reason.words()), Role::Quiet, false, width);
                Role::Fold
            }
            _ => Role::Text,
        };
        self.push(words, role, false, width);
        self.empty();
    }

    /// A piece that was left out; `last` is the reason of the one right before it.
    fn left_out(&mut self, words: &str, reason: &'static str, last: &mut Option<&'static str>, width: usize) {
        if *last != Some(reason) {
            self.push(&format!("[{reason}]"), Role::Quiet, true, width);
        } else if self.rows.last().is_some_and(|r| r.words.is_empty()) {
            self.rows.pop();
        }
        *last = Some(reason);
        self.push(words, Role::Fold, true, width);
        self.empty();
    }

    fn push(&mut self, words: &str, role: Role, left_out: bool, width: usize) {
        let all = TextRange::new(0, words.len());
        let rows = broken(words, all, width.saturating_sub(3).max(1), true).into_iter();
        self.rows.extend(rows.map(|r| Row { words: r.of(words).trim_end().to_owned(), role, left_out }));
    }

    fn empty(&mut self) {
        self.rows.push(Row { words: String::new(), role: Role::Text, left_out: false });
    }

    /// Moves the view, so that the last row stays at its end on a screen of `room` rows.
    pub fn scroll_to(&mut self, top: usize, room: usize) {
        self.top = top.min(self.rows.len().saturating_sub(room));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::{Block, LeftOut, Reason};

    #[test]
    fn what_was_left_out_stands_in_its_place() {
        let left = |at, text: &str, reason| LeftOut { at, text: text.into(), reason };
        let article = Article {
            text: "Pier shut\n\nThe pier is shut.".into(),
            blocks: vec![
                Block { range: (0..9).into(), kind: BlockKind::Title },
                Block { range: (11..28).into(), kind: BlockKind::Paragraph },
            ],
            left_out: vec![
                left(9, "Home", Reason::Navigation),
                left(9, "World", Reason::Navigation),
                left(9, "Share", Reason::ShareBar),
                left(28, "More news", Reason::RelatedLink),
            ],
            ..Article::default()
        };
        let page = WholePage::new(&article, 40, 12).expect("something was left out");
        let rows: Vec<&str> = page.rows.iter().map(|r| r.words.as_str()).collect();
        assert_eq!(
            rows,
            [
                "Pier shut",
                "",
                "[navigation]",
                "Home",
                "World",
                "",
                "[share bar]",
                "Share",
                "",
                "The pier is shut.",
                "",
                "[related link]",
                "More news",
                ""
            ]
        );
        assert_eq!(page.rows[page.top].words, "The pier is shut.");
        assert_eq!(WholePage::new(&Article { left_out: vec![], ..article }, 40, 0), None);
    }
}
