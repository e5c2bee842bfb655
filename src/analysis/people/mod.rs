//! People: names with their aliases, roles and affiliations, and the pronouns that stand for them.

use super::findings::{Person, Quotation};
use super::sentences::Sentence;
use super::token::Tokens;
use crate::article::Article;

/// Finds all people with all their mentions. `quotes` tells what lies inside speech, where pronouns mean other people.
#[must_use]
pub fn find(_article: &Article, _tokens: &Tokens<'_>, _sentences: &[Sentence], _quotes: &[Quotation]) -> Vec<Person> {
    Vec::new()
}
