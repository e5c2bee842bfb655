//! Where a quotation stands, and what goes on to it from the text around: its own sentence, the sentence and the paragraph before,
//! the same words elsewhere.

use rustc_hash::FxHashMap;

use super::clause::{Head, Line, Phrase};
use super::cues::{self, Attribution};
use super::resolve::{self, Memory};
use super::scene::{Item, Scene};
use crate::analysis::findings::{Person, Quotation, Speaker};
use crate::analysis::lexicon::Class;
use crate::analysis::token::Shape;
use crate::text::TextRange;

/// A quotation's first and last token and the sentences that hold them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    first: usize,
    last: usize,
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

    fn left(self, scene: &Scene<'_>) -> Vec<Item> {
        let start = scene.sentences[scene.sentence(self.first)].tokens.start;
        scene.before(start, self.first)
    }

    fn right(self, scene: &Scene<'_>) -> Vec<Item> {
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
        // "Ivan Petrov was blunt: “Money.”"
        let colon = left.last().is_some_and(|&item| matches!(item, Item::Token(i) if scene.token(i).is(':')));
        if colon && let Some(who) = line.main_subject(left.len()) {
            return Some(Attribution { who, cue: self.colon_cue(scene, &line, who.last), via: None });
        }
        None
    }

    /// "HILL: Governor, …": a transcript's label inside the marks.
    fn labelled(self, scene: &Scene<'_>) -> Option<Attribution> {
        let start = self.first + 1;
        let end = (start..self.last.min(start + 4)).find(|&i| scene.token(i).is(':'))?;
        let label = (start..end).all(|i| scene.token(i).is_word() && scene.token(i).shape == Shape::Upper && scene.str(i).len() > 1);
        if end == start || !label {
            return None;
        }
        let named = |p: &Person| p.name.split_whitespace().next_back().is_some_and(|n| n.eq_ignore_ascii_case(scene.str(end - 1)));
        let head = scene.people.iter().position(named).map_or(Head::Nominal, Head::Person);
        Some(Attribution { who: Phrase { first: start, last: end - 1, head }, cue: None, via: None })
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
        // The cue must be near and nothing else must be said by it.
        let near = end - sentence.tokens.start <= 6 && !items.iter().any(|i| matches!(i, Item::Quote(_)));
        let short = matches!(self.ending(scene), Some('?' | '!')) || items.len() <= 8;
        (near && short).then_some(cue)
    }

    /// The speaker who goes on from the text before, with no cue of its own here.
    pub(super) fn carried(
        self,
        scene: &Scene<'_>,
        quotes: &[Quotation],
        done: &[Option<Speaker>],
        i: usize,
        memory: &Memory,
    ) -> Option<(Speaker, Option<Attribution>)> {
        let block = scene.block(self.first);
        let sentence = scene.sentence(self.first);
        let before = (0..i).rev().take(12).find(|&k| quotes[k].kind.is_speech());
        let last_token = |k: usize| scene.tokens.at_or_after(quotes[k].range.end()).saturating_sub(1);
        let same_block = before.filter(|&k| scene.block(last_token(k)) == block);
        // In the same sentence as words that are attributed: “a” and “b”
        if let Some(k) = same_block
            && scene.sentence(last_token(k)) == sentence
            && let Some(speaker) = &done[k]
        {
            return Some((speaker.clone(), None));
        }
        let left = self.left(scene);
        let line = Line { scene, items: &left };
        // A fragment in the writer's sentence about a person.
        if !left.is_empty()
            && let Some(who) = line.main_subject(left.len())
        {
            let speaker = resolve::speaker(scene, who, memory)?;
            return Some((speaker, Some(Attribution { who, cue: None, via: None })));
        }
        let opens_block = scene.tokens.blocks[block].tokens.start + 1 >= sentence_start(scene, sentence);
        if sentence > 0 && scene.block(scene.sentences[sentence - 1].tokens.start) == block {
            return self.by_sentence(scene, sentence - 1, same_block.and_then(|k| done[k].as_ref()), memory);
        }
        if opens_block && block > 0 {
            return self.by_block(scene, quotes, done, before, block, memory);
        }
        None
    }

    /// From the sentence before: who speaks in it, else who spoke last in the paragraph, else whom it is about.
    fn by_sentence(
        self,
        scene: &Scene<'_>,
        sentence: usize,
        last: Option<&Speaker>,
        memory: &Memory,
    ) -> Option<(Speaker, Option<Attribution>)> {
        let tokens = scene.sentences[sentence].tokens.clone();
        let items = scene.before(tokens.start, tokens.end);
        if let Some(speaker) = last
            && (items.iter().any(|i| matches!(i, Item::Quote(_))) || cues::reported(scene, &items).is_none())
        {
            return Some((speaker.clone(), None));
        }
        if let Some(found) = cues::reported(scene, &items) {
            return Some((resolve::speaker(scene, found.who, memory)?, Some(Attribution { cue: None, ..found })));
        }
        let line = Line { scene, items: &items };
        let who = line.main_subject(items.len()).filter(|w| w.head != Head::Nominal)?;
        Some((resolve::speaker(scene, who, memory)?, Some(Attribution { who, cue: None, via: None })))
    }

    /// From the paragraph before.
    fn by_block(
        self,
        scene: &Scene<'_>,
        quotes: &[Quotation],
        done: &[Option<Speaker>],
        before: Option<usize>,
        block: usize,
        memory: &Memory,
    ) -> Option<(Speaker, Option<Attribution>)> {
        let earlier = &scene.tokens.blocks[block - 1].tokens;
        if earlier.is_empty() {
            return None;
        }
        let last_sentence = scene.sentence(earlier.end - 1);
        let spoken = before.filter(|&k| scene.block(scene.tokens.at_or_after(quotes[k].range.end()).saturating_sub(1)) == block - 1);
        self.by_sentence(scene, last_sentence, spoken.and_then(|k| done[k].as_ref()), memory)
    }
}

fn sentence_start(scene: &Scene<'_>, sentence: usize) -> usize {
    scene.sentences[sentence].tokens.start
}

/// The same words attributed elsewhere in the article share that speaker: a headline's fragment.
pub(super) fn same_words(text: &str, headline: Option<TextRange>, quotes: &mut [Quotation]) {
    // A headline says less clearly who spoke than the text under it.
    let headline = |q: &Quotation| headline.is_some_and(|h| h.covers(q.range));
    let asks = |q: &Quotation| q.kind.is_speech() && (q.speaker.is_none() || headline(q));
    if !quotes.iter().any(asks) {
        return;
    }
    let mut known: FxHashMap<String, Speaker> = FxHashMap::default();
    for q in quotes.iter().filter(|q| q.kind.is_speech()) {
        if let Some(speaker) = &q.speaker
            && !headline(q)
        {
            known.entry(folded(text, q.range)).or_insert_with(|| speaker.clone());
        }
    }
    for q in quotes.iter_mut().filter(|q| asks(q)) {
        if let Some(speaker) = known.get(&folded(text, q.range)) {
            let words = speaker.words;
            q.speaker = Some(speaker.clone());
            (q.cue, q.via) = (None, None); // those stand beside the other place
            q.evidence = words.map(|w| w.union(q.range)).or(Some(q.range));
        }
    }
}

/// The words without marks, punctuation at the ends and case.
fn folded(text: &str, range: TextRange) -> String {
    range.of(text).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
