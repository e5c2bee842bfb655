//! What was kept, cut and added inside a paragraph.

use crate::text::TextRange;
use crate::text::align::{Alignment, Tie};
use crate::text::fold::Folded;
use crate::text::words::Words;

/// What happened to a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// It is in both versions.
    Same,
    /// It is in the old one alone.
    Cut,
    /// It is in the new one alone.
    Added,
}

/// A piece of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// What happened to it.
    pub op: Op,
    /// Its words, as the new version has them when it is in both.
    pub text: String,
}

/// The pieces of a paragraph that stands at `old` in one text and at `new` in the other.
pub(super) fn pieces(
    old_text: &str,
    old: TextRange,
    old_words: &Words,
    new_text: &str,
    new: TextRange,
    new_words: &Words,
    alignment: &Alignment,
) -> Vec<Piece> {
    let mut out = Pieces(Vec::new());
    let within = new_words.within(new);
    let (mut old_at, mut new_at, mut next) = (old.start(), new.start(), within.start);
    for word in old_words.within(old) {
        let Some((to, Tie::Same)) = alignment.to_new(word) else { continue };
        if to < next || to >= within.end {
            continue;
        }
        let (a, b) = (old_words.all[word].range, new_words.all[to].range);
        out.between(TextRange::new(old_at, a.start().max(old_at)).of(old_text), TextRange::new(new_at, b.start().max(new_at)).of(new_text));
        out.put(Op::Same, b.of(new_text));
        (old_at, new_at, next) = (a.end(), b.end(), to + 1);
    }
    out.between(TextRange::new(old_at, old.end().max(old_at)).of(old_text), TextRange::new(new_at, new.end().max(new_at)).of(new_text));
    out.0
}

struct Pieces(Vec<Piece>);

impl Pieces {
    fn put(&mut self, op: Op, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.op == op => last.text.push_str(text),
            _ => self.0.push(Piece { op, text: text.to_owned() }),
        }
    }

    /// What stands between two words that are in both versions. Marks and spaces that it begins or ends with alike belong to both.
    fn between(&mut self, old: &str, new: &str) {
        if Folded::new(old).text == Folded::new(new).text {
            self.put(Op::Same, new);
            return;
        }
        let alike = |(a, b): &(char, char)| a == b && !a.is_alphanumeric();
        let start: usize = old.chars().zip(new.chars()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
        let (head, new) = new.split_at(start);
        let (_, old) = old.split_at(start);
        let end: usize = old.chars().rev().zip(new.chars().rev()).take_while(alike).map(|(c, _)| c.len_utf8()).sum();
        let (new, tail) = new.split_at(new.len() - end);
        let (old, _) = old.split_at(old.len() - end);
        self.put(Op::Same, head);
        self.put(Op::Cut, old);
        self.put(Op::Added, new);
        self.put(Op::Same, tail);
    }
}
