//! An article to what is in it: quotations with their speakers, people, figures and changes.
//!
//! Pure functions of the article. One pass makes [`token::Tokens`]; every detector reads those and nothing scans the text again.
//! Furniture is not read. Nothing here edits the text or makes annotations.

mod eights;
pub mod figures;
pub mod findings;
pub mod lexicon;
#[cfg(test)]
pub(crate) mod marked;
mod parts;
pub mod people;
pub mod quotations;
pub mod sentences;
pub mod speakers;
pub mod token;

pub use findings::Findings;

use crate::article::Article;
use token::Tokens;

/// Which findings are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds {
    /// Quotations.
    pub quotes: bool,
    /// People.
    pub people: bool,
    /// Figures.
    pub figures: bool,
    /// Changes. They point into the list of figures, which therefore comes with them.
    pub changes: bool,
}

impl Kinds {
    /// Everything.
    pub const ALL: Self = Self { quotes: true, people: true, figures: true, changes: true };
    /// Nothing: to add to.
    pub const NONE: Self = Self { quotes: false, people: false, figures: false, changes: false };

    /// True when `found` has something of these kinds.
    #[must_use]
    pub fn any(self, found: &Findings) -> bool {
        (self.quotes && !found.quotes.is_empty())
            || (self.people && !found.people.is_empty())
            || (self.figures && !found.figures.is_empty())
            || (self.changes && !found.changes.is_empty())
    }
}

/// Finds everything. Linear in the length of the text.
#[must_use]
pub fn analyse(article: &Article) -> Findings {
    analyse_for(article, Kinds::ALL)
}

/// Finds at least what is asked for: quotations and people need each other, figures nobody.
#[must_use]
pub fn analyse_for(article: &Article, kinds: Kinds) -> Findings {
    if parts::is_long(article) { parts::analyse(article, kinds) } else { analyse_whole(article, kinds) }
}

/// The same with all of the text at once.
fn analyse_whole(article: &Article, kinds: Kinds) -> Findings {
    let tokens = Tokens::of(article);
    let sentences = sentences::split(&tokens);
    let (figures, changes) = if kinds.figures || kinds.changes { figures::find(&tokens, &sentences) } else { Default::default() };
    if !kinds.quotes && !kinds.people {
        return Findings { figures, changes, ..Findings::default() };
    }
    let mut quotes = quotations::find(article, &tokens, &sentences);
    let people = people::find(&tokens, &sentences, &quotes);
    speakers::attribute(article, &tokens, &sentences, &people, &mut quotes);
    Findings { quotes, people, figures, changes }
}
