//! What attribution looks things up in: mentions by token, words in marks by token, and one quotation's sentence as a line of items.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::bare::Names;
use super::clause::Phrase;
use crate::analysis::findings::{MentionForm, Person, Quotation, QuoteKind};
use crate::analysis::lexicon::Class;
use crate::analysis::quotations::snapped;
use crate::analysis::sentences::{self, Sentence};
use crate::analysis::token::{Shape, Token, Tokens};
use crate::article::{Article, BlockKind};
use crate::text::TextRange;

/// How many items of a sentence are read on each side of a quotation.
const REACH: usize = 70;

/// A mention of a person: tokens `first..=last`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named {
    pub first: usize,
    pub last: usize,
    pub person: usize,
    pub form: MentionForm,
}

/// Words in marks that are not nested: tokens `first..=last`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub first: usize,
    pub last: usize,
    /// False for mentions: titles, nicknames, terms.
    pub speech: bool,
}

/// One step of a sentence: a token, or a whole quotation, which is opaque.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    /// A token outside all marks.
    Token(usize),
    /// Words in marks; index into [`Scene::pieces`].
    Quote(usize),
}

/// Everything that attribution reads.
pub(super) struct Scene<'a> {
    pub article: &'a Article,
    pub tokens: &'a Tokens<'a>,
    pub sentences: &'a [Sentence],
    pub people: &'a [Person],
    /// By first token.
    pub mentions: Vec<Named>,
    /// By first token.
    pub pieces: Vec<Piece>,
    /// Made when a label asks for somebody.
    pub names: OnceCell<Names>,
    /// Who has the role of that name, when one person has.
    pub holders: OnceCell<FxHashMap<String, Option<usize>>>,
    /// Who answers in an interview: the mention that says so.
    pub interviewee: OnceCell<Option<Phrase>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        article: &'a Article,
        tokens: &'a Tokens<'a>,
        sentences: &'a [Sentence],
        people: &'a [Person],
        quotes: &[Quotation],
    ) -> Self {
        let span = |range: TextRange| {
            let first = tokens.at_or_after(range.start());
            (first, tokens.at_or_after(range.end()).saturating_sub(1).max(first))
        };
        let mut mentions: Vec<Named> = Vec::new();
        for (person, p) in people.iter().enumerate() {
            for m in &p.mentions {
                let (first, last) = span(m.range);
                mentions.push(Named { first, last, person, form: m.form });
            }
        }
        mentions.sort_by_key(|m| (m.first, std::cmp::Reverse(m.last)));
        let mut pieces: Vec<Piece> = Vec::new();
        for q in quotes.iter().filter(|q| q.kind != QuoteKind::Nested) {
            for &part in &q.parts {
                let (first, last) = span(part);
                pieces.push(Piece { first, last, speech: q.kind.is_speech() });
            }
        }
        pieces.sort_by_key(|p| p.first);
        Self {
            article,
            tokens,
            sentences,
            people,
            mentions,
            pieces,
            names: OnceCell::new(),
            holders: OnceCell::new(),
            interviewee: OnceCell::new(),
        }
    }

    pub(super) fn token(&self, i: usize) -> Token {
        self.tokens.list[i]
    }

    pub(super) fn str(&self, i: usize) -> &'a str {
        self.tokens.str(i)
    }

    /// Tokens `first..=last` as a range of whole graphemes.
    pub(super) fn span(&self, first: usize, last: usize) -> TextRange {
        snapped(self.tokens.text, self.tokens.span(first, last))
    }

    /// The mention that starts at token `i`, the longest.
    pub(super) fn mention_at(&self, i: usize) -> Option<Named> {
        let at = self.mentions.partition_point(|m| m.first < i);
        self.mentions.get(at).copied().filter(|m| m.first == i)
    }

    /// The name that ends at token `i`.
    pub(super) fn name_ending_at(&self, i: usize) -> Option<Named> {
        let at = self.mentions.partition_point(|m| m.first <= i);
        self.mentions[..at].iter().rev().take(6).find(|m| m.last == i && m.form != MentionForm::Pronoun).copied()
    }

    /// The name that covers token `i`.
    pub(super) fn name_over(&self, i: usize) -> Option<Named> {
        let at = self.mentions.partition_point(|m| m.first <= i);
        self.mentions[..at].iter().rev().take(6).find(|m| m.last >= i && m.form != MentionForm::Pronoun).copied()
    }

    /// The piece in marks that covers token `i`; index into `pieces`.
    pub(super) fn piece_over(&self, i: usize) -> Option<usize> {
        let at = self.pieces.partition_point(|p| p.first <= i);
        at.checked_sub(1).filter(|&p| self.pieces[p].last >= i)
    }

    /// The sentence that holds token `i`.
    pub(super) fn sentence(&self, i: usize) -> usize {
        sentences::holding(self.sentences, i)
    }

    /// The index into [`Tokens::blocks`] that holds token `i`.
    pub(super) fn block(&self, i: usize) -> usize {
        self.tokens.blocks.partition_point(|b| b.tokens.end <= i).min(self.tokens.blocks.len() - 1)
    }

    /// True for titles and headings, where every word may have a capital.
    pub(super) fn is_headline(&self, i: usize) -> bool {
        let block = self.tokens.blocks.get(self.block(i)).map(|b| self.article.blocks[b.block].kind);
        matches!(block, Some(BlockKind::Title | BlockKind::Heading(_)))
    }

    /// True when token `i` may be a verb of the class: lower case, or anything in a headline.
    pub(super) fn is_verb(&self, i: usize, class: Class) -> bool {
        let t = self.token(i);
        t.has(class) && (t.shape == Shape::Lower || self.is_headline(i))
    }

    /// The items before token `end` back to `start`, nearest last; at most [`REACH`].
    pub(super) fn before(&self, start: usize, end: usize) -> Vec<Item> {
        let mut items = Vec::with_capacity(end.saturating_sub(start).min(REACH));
        let mut i = end;
        let mut piece = self.pieces.partition_point(|p| p.first < end); // the pieces before it begin before `i`
        while i > start && items.len() < REACH {
            i -= 1;
            match piece.checked_sub(1).filter(|&p| self.pieces[p].last >= i) {
                Some(inside) => {
                    items.push(Item::Quote(inside));
                    i = self.pieces[inside].first;
                    piece = inside;
                }
                None => items.push(Item::Token(i)),
            }
        }
        items.reverse();
        items
    }

    /// The items from token `start` up to `end`; at most [`REACH`].
    pub(super) fn after(&self, start: usize, end: usize) -> Vec<Item> {
        let mut items = Vec::with_capacity(end.saturating_sub(start).min(REACH));
        let mut i = start;
        let mut piece = self.pieces.partition_point(|p| p.first <= start);
        while i < end && items.len() < REACH {
            while self.pieces.get(piece).is_some_and(|p| p.first <= i) {
                piece += 1;
            }
            match piece.checked_sub(1).filter(|&p| self.pieces[p].last >= i) {
                Some(inside) => {
                    items.push(Item::Quote(inside));
                    i = self.pieces[inside].last + 1;
                }
                None => {
                    items.push(Item::Token(i));
                    i += 1;
                }
            }
        }
        items
    }
}
