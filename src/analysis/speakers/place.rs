//! Where a quotation stands, and what its own sentence says of who speaks.

use super::clause::{Head, Line};
use super::cues::{self, Attribution};
use super::scene::{Item, Scene};
use crate::analysis::findings::Quotation;
use crate::analysis::lexicon::Class;
use crate::analysis::quotations::blocks;
use crate::text::TextRange;

/// A longer paragraph is no signature, in tokens.
const SIGNATURE: usize = 16;

/// A quotation's first and last token and the sentences that hold them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) first: usize,
    pub(super) last: usize,
}

impl Place {
    pub(super) fn of(scene: &Scene<'_>, quote: &Quotation) -> Self {
        let first = scene.tokens.at_or_after(quote.range.start()).min(scene.tokens.list.len() - 1);
        let end = |range: TextRange| scene.tokens.at_or_after(range.end()).saturating_sub(1).max(first);
        Self { first, last: end(quote.range) }
    }

    pub(super) fn block(self, scene: &Scene<'_>) -> usize {
        scene.block(self.first)
    }

    /// The first and last token between the marks.
    pub(super) fn inside(self) -> (usize, usize) {
        (self.first + 1, self.last)
    }

    pub(super) fn left(self, scene: &Scene<'_>) -> Vec<Item> {
        let start = scene.sentences[scene.sentence(self.first)].tokens.start;
        scene.before(start, self.first)
    }

    pub(super) fn right(self, scene: &Scene<'_>) -> Vec<Item> {
        let end = scene.sentences[scene.sentence(self.last)].tokens.end;
        scene.after(self.last + 1, end)
    }

    /// The attribution in the quotation's own sentence, or in the short sentence right after it.
    pub(super) fn direct(self, scene: &Scene<'_>) -> Option<Attribution> {
        if let Some(found) = self.labelled(scene) {
            return Some(found);
        }
        let left = self.left(scene);
        let line = Line { scene, items: &left };
        let introduced =
            left.last().is_some_and(|&item| matches!(item, Item::Token(i) if scene.token(i).is(',') || scene.token(i).is(':')));
        let right = self.right(scene);
        let before = cues::before(scene, &left);
        if introduced && let Some(mut found) = before {
            let purpose = found.cue.is_some_and(|(first, _)| first > 0 && scene.str(first - 1) == "to");
            if purpose && let Some(cue) = self.colon_cue(scene, &line, found.who.last) {
                found.cue = Some(cue); // "used a metaphor to describe it: “…”"
            }
            let near = found.cue.is_some_and(|(_, last)| self.first - last <= 12);
            if near {
                return Some(found);
            }
        }
        let block_end = scene.tokens.blocks[scene.block(self.last)].tokens.end;
        if let Some(found) = cues::after_dash(scene, &scene.after(self.last + 1, block_end.min(self.last + 12))) {
            return Some(found);
        }
        let ending = self.ending(scene);
        let comma_after = right.first().is_some_and(|&r| matches!(r, Item::Token(i) if scene.token(i).is(',')));
        let breaks_off = matches!(ending, Some(',' | '?' | '!' | '-' | '—' | '–')) || left.is_empty() || comma_after;
        let after = if breaks_off { cues::after(scene, &right) } else { None };
        let beside = after.or(before).or_else(|| cues::later(scene, &right)).or_else(|| self.next_sentence(scene, &right));
        if beside.is_some() {
            return beside;
        }
        if let Some(signed) = self.signed(scene) {
            return Some(signed);
        }
        // "Ivan Petrov was blunt: “Money.”"
        let colon = left.last().is_some_and(|&item| matches!(item, Item::Token(i) if scene.token(i).is(':')));
        if colon && let Some(who) = line.main_subject(left.len()) {
            return Some(Attribution { who, cue: self.colon_cue(scene, &line, who.last), via: None });
        }
        None
    }

    /// "— Jo Hill, mayor", alone in the paragraph after one that holds nothing but the quotation.
    fn signed(self, scene: &Scene<'_>) -> Option<Attribution> {
        let at = scene.block(self.last);
        let own = &scene.tokens.blocks[at].tokens;
        if own.start != self.first || own.end > self.last + 2 {
            return None;
        }
        let next = &scene.tokens.blocks.get(at + 1)?.tokens;
        let signature = next.len() <= SIGNATURE && next.clone().next().is_some_and(|i| blocks::is_dash(scene.token(i)));
        signature.then(|| cues::after_dash(scene, &scene.after(next.start, next.end))).flatten()
    }

    /// The verb phrase that a colon follows: "used a nautical metaphor".
    fn colon_cue(self, scene: &Scene<'_>, line: &Line<'_, '_>, subject: usize) -> Option<(usize, usize)> {
        let mut p = (0..line.items.len()).find(|&p| line.token(p) == Some(subject))? + 1;
        while line.token(p).is_some_and(|i| scene.token(i).has(Class::AUXILIARY) || scene.str(i).ends_with("ly")) {
            p += 1;
        }
        let first = line.token(p).filter(|&i| scene.token(i).is_word())?;
        let mut last = first;
        for q in p + 1..(p + 6).min(line.items.len()) {
            let i = line.token(q)?;
            let t = scene.token(i);
            if !t.is_word() || t.has(Class::PREPOSITION.or(Class::CONJUNCTION)) {
                break;
            }
            last = i;
        }
        Some((first, last))
    }

    /// The punctuation that the quotation ends with, inside or right after its mark.
    fn ending(self, scene: &Scene<'_>) -> Option<char> {
        let inside = (self.first..self.last)
            .rev()
            .take(4)
            .map(|i| scene.token(i))
            .find(|t| !t.is_word() && !matches!(t.first, '”' | '’' | '"' | '\'' | ')' | ']'));
        let last = self.last.checked_sub(1).map(|i| scene.token(i));
        let direct = inside.filter(|t| last.is_some_and(|l| l.end() - t.end() <= 4)).map(|t| t.first);
        let after = scene.tokens.list.get(self.last + 1).filter(|t| t.is(','));
        after.map(|t| t.first).or(direct)
    }

    /// “We are ready.” Sam Hunt said.
    fn next_sentence(self, scene: &Scene<'_>, right: &[Item]) -> Option<Attribution> {
        if !right.is_empty() {
            return None;
        }
        let next = scene.sentence(self.last) + 1;
        let sentence = scene.sentences.get(next)?;
        if scene.block(sentence.tokens.start) != scene.block(self.last) {
            return None;
        }
        let items = scene.after(sentence.tokens.start, sentence.tokens.end);
        let cue = cues::after(scene, &items)?;
        let (_, end) = cue.cue?;
        if !scene.token(cue.cue?.0).has(Class::CUE) {
            return None; // “Not a chance.” Dana White nodded.
        }
        // “…” Jo Hill said it, and went on.
        let said = items.iter().position(|&i| i == Item::Token(end));
        let it = said.and_then(|p| items.get(p + 1).zip(items.get(p + 2)));
        if let Some((&Item::Token(it), &Item::Token(stop))) = it
            && matches!(scene.str(it), "it" | "this" | "that" | "so")
            && matches!(scene.token(stop).first, ',' | '.')
        {
            return Some(cue);
        }
        // The cue must be near and nothing else must be said by it.
        let said_more = |i: &Item| matches!(i, Item::Quote(piece) if scene.pieces[*piece].speech);
        // Past an apposition: "Rep. Ann Roe, D-Ohio, said"
        let named = matches!(cue.who.head, Head::Person(_)) && cue.who.first - sentence.tokens.start <= 3;
        let near = end - sentence.tokens.start <= if named { 14 } else { 6 } && !items.iter().any(said_more);
        let short = matches!(self.ending(scene), Some('?' | '!')) || items.len() <= 8;
        (near && short).then_some(cue)
    }
}
