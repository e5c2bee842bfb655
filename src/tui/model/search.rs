//! The search in use.

use std::sync::Arc;

use crate::text::search::{Needle, Query};
use crate::text::{TextRange, grapheme};

/// The search in use.
#[derive(Debug, Clone)]
pub struct Search {
    /// What is looked for.
    pub wanted: Query,
    /// As typed.
    pub query: String,
    /// All matches in reading order, once they are counted (up to [`crate::tui::update::search::MOST`]).
    pub matches: Option<Arc<Vec<TextRange>>>,
    /// In how many paragraphs an expression was looked for, when it was not all of them.
    pub cut: Option<usize>,
    /// Where a jump to the first match is to start from, once an expression's matches are known.
    pub awaiting: Option<usize>,
}

impl Search {
    /// A search for words.
    #[must_use]
    pub fn words(needle: Needle, query: String) -> Self {
        Self { wanted: Query::Words(needle), query, matches: None, cut: None, awaiting: None }
    }

    /// The matches that show in a row. Words are looked for there and then; those of an expression are known once all were counted.
    #[must_use]
    pub fn seen(&self, text: &str, row: TextRange) -> Vec<TextRange> {
        match &self.wanted {
            Query::Words(needle) => {
                // A match may start on the row before.
                let from = grapheme::floor(text, row.start().saturating_sub(self.query.len() * 2));
                needle.all(text, TextRange::new(from, row.end())).filter(|r| r.overlaps(row)).collect()
            }
            Query::Pattern(_) => {
                let all = self.matches.as_deref().map_or(&[][..], Vec::as_slice);
                let first = all.partition_point(|r| r.end() <= row.start());
                all.iter().skip(first).take_while(|r| r.start() < row.end()).copied().collect()
            }
        }
    }

    /// "3/7" where the caret is; nothing while they are counted.
    #[must_use]
    pub fn counter(&self, caret: usize) -> String {
        let more = if self.cut.is_some() { "+" } else { "" };
        let here = |m: &[TextRange]| m.partition_point(|r| r.start() <= caret);
        self.matches.as_ref().map_or_else(String::new, |m| format!("{}/{}{more}", here(m), m.len()))
    }
}
