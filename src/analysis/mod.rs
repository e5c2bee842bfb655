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
pub mod people;
pub mod quotations;
pub mod sentences;
pub mod speakers;
pub mod token;

pub use findings::Findings;

use crate::article::Article;
use token::Tokens;

/// Finds everything. Linear in the length of the text.
#[must_use]
pub fn analyse(article: &Article) -> Findings {
    let tokens = Tokens::of(article);
    let sentences = sentences::split(&tokens);
    let mut quotes = quotations::find(article, &tokens, &sentences);
    let people = people::find(article, &tokens, &sentences, &quotes);
    speakers::attribute(article, &tokens, &sentences, &people, &mut quotes);
    let (figures, changes) = figures::find(&tokens, &sentences);
    Findings { quotes, people, figures, changes }
}
