//! Who said each quotation: speaker, cue, channel and evidence.

use super::findings::{Person, Quotation};
use super::sentences::Sentence;
use super::token::Tokens;
use crate::article::Article;

/// Fills in `speaker`, `cue`, `via` and `evidence` where the text says so.
pub fn attribute(_article: &Article, _tokens: &Tokens<'_>, _sentences: &[Sentence], _people: &[Person], _quotes: &mut [Quotation]) {}
