//! Who speaks where no marks stand: the label of a turn ("SMITH: …"), a block quote's signature ("— Jo Hill") or the words that introduce it.

use rustc_hash::FxHashMap;

use super::clause::{Head, Line, Phrase};
use super::cues::{self, Attribution};
use super::place::Place;
use super::scene::Scene;
use crate::analysis::findings::{MentionForm, Person, Quotation, QuoteKind};
use crate::analysis::lexicon::Class;
use crate::analysis::quotations::{blocks, dialogue};
use crate::article::BlockKind;

/// The attribution of a quotation of kind `block`; none when the text does not say.
pub(super) fn attribution(scene: &Scene<'_>, quotes: &[Quotation], quote: &Quotation) -> Option<Attribution> {
    match turn(scene, quote) {
        Some(label) => labelled(scene, quotes, label),
        None => signed(scene, quote).or_else(|| introduced(scene, quote)).or_else(|| followed(scene, quote)),
    }
}

/// The label that a quotation follows, tokens `first..=last`.
fn turn(scene: &Scene<'_>, quote: &Quotation) -> Option<(usize, usize)> {
    let first = scene.tokens.at_or_after(quote.range.start());
    let block = scene.tokens.blocks.get(scene.block(first.min(scene.tokens.list.len() - 1)))?.tokens.clone();
    let (label, words) = dialogue::label(scene.tokens, block)?;
    (words == first).then(|| (label.start, label.end - 1))
}

fn labelled(scene: &Scene<'_>, quotes: &[Quotation], (first, last): (usize, usize)) -> Option<Attribution> {
    let nominal = Attribution { who: Phrase { first, last, head: Head::Nominal }, cue: None, via: None };
    let person = |person| Attribution { who: Phrase { first, last, head: Head::Person(person) }, cue: None, via: None };
    if first == last && matches!(scene.str(first), "Q" | "Question" | "QUESTION") {
        return None; // whoever asks
    }
    if first == last && matches!(scene.str(first), "A" | "Answer" | "ANSWER") {
        let who = (*scene.interviewee.get_or_init(|| interviewee(scene, quotes)))?;
        return Some(Attribution { who, cue: None, via: None });
    }
    Some(by_label(scene, first, last).map_or(nominal, person))
}

/// The person that a label names: a mention, the one person with that name, or the one with those initials.
pub(super) fn by_label(scene: &Scene<'_>, first: usize, last: usize) -> Option<usize> {
    let named = |i: usize| scene.name_ending_at(i).filter(|n| n.first >= first).map(|n| n.person);
    if let Some(person) = (first..=last).rev().find_map(named) {
        return Some(person);
    }
    let last_word = (first..=last).rev().find(|&i| scene.token(i).is_word())?;
    let word = scene.str(last_word);
    let letters: String = (first..=last).filter(|&i| scene.token(i).is_word()).map(|i| scene.str(i)).collect();
    let names = scene.names.get_or_init(|| Names::of(scene.people));
    let short = (2..=3).contains(&letters.len()) && letters.chars().all(char::is_uppercase);
    names.person(word).or_else(|| if short { names.initials.get(&letters).copied().flatten() } else { None })
}

/// The article's people by the words of their names; none where two share one.
#[derive(Debug, Default)]
pub(super) struct Names {
    surnames: FxHashMap<String, Option<usize>>,
    words: FxHashMap<String, Option<usize>>,
    initials: FxHashMap<String, Option<usize>>,
}

impl Names {
    fn of(people: &[Person]) -> Self {
        let mut names = Self::default();
        let put = |map: &mut FxHashMap<String, Option<usize>>, key: String, person: usize| {
            map.entry(key).and_modify(|one| *one = one.filter(|&p| p == person)).or_insert(Some(person));
        };
        for (person, p) in people.iter().enumerate() {
            for word in p.name.split_whitespace() {
                put(&mut names.words, word.to_lowercase(), person);
            }
            put(&mut names.surnames, p.name.split_whitespace().next_back().unwrap_or_default().to_lowercase(), person);
            put(&mut names.initials, p.name.split([' ', '-']).filter_map(|w| w.chars().next()).collect(), person);
        }
        names
    }

    /// By surname, else by any one name.
    fn person(&self, word: &str) -> Option<usize> {
        let word = word.to_lowercase();
        self.surnames.get(&word).copied().unwrap_or_else(|| self.words.get(&word).copied().flatten())
    }
}

/// Who answers: the one person named before the first turn. Of two nobody can tell.
fn interviewee(scene: &Scene<'_>, quotes: &[Quotation]) -> Option<Phrase> {
    let start = quotes.iter().filter(|q| q.kind == QuoteKind::Block).find_map(|q| turn(scene, q))?.0;
    let upto = scene.mentions.partition_point(|m| m.first < start);
    let written = |i: usize| {
        let kind = scene.article.blocks[scene.tokens.blocks[scene.block(i)].block].kind;
        matches!(kind, BlockKind::Byline | BlockKind::Credit)
    };
    let mut named = scene.mentions[..upto].iter().rev().filter(|m| m.form == MentionForm::Name && !written(m.first));
    let nearest = named.next()?;
    let who = Phrase { first: nearest.first, last: nearest.last, head: Head::Person(nearest.person) };
    named.all(|m| m.person == nearest.person).then_some(who)
}

/// "… the end. — Jo Hill, mayor" in the last paragraph of a block quote or in the one after it.
fn signed(scene: &Scene<'_>, quote: &Quotation) -> Option<Attribution> {
    let last = scene.tokens.at_or_after(quote.range.end()).saturating_sub(1);
    let at = scene.block(last);
    let dash = |block: usize, from: usize| {
        let tokens = &scene.tokens.blocks.get(block)?.tokens;
        let start = (from.max(tokens.start)..tokens.end).find(|&i| !scene.token(i).is('>'))?;
        blocks::is_dash(scene.token(start)).then(|| scene.after(start, tokens.end.min(start + 12)))
    };
    let items = dash(at, last + 1).or_else(|| dash(at + 1, last + 1))?;
    cues::after_dash(scene, &items)
}

/// By the paragraph before: "Jo Hill wrote:", or a sentence with a cue.
fn introduced(scene: &Scene<'_>, quote: &Quotation) -> Option<Attribution> {
    let block = scene.block(scene.tokens.at_or_after(quote.range.start()));
    let earlier = &scene.tokens.blocks.get(block.checked_sub(1)?)?.tokens;
    let end = earlier.end.checked_sub(1).filter(|_| !earlier.is_empty())?;
    let sentence = &scene.sentences[scene.sentence(end)].tokens;
    let items = scene.before(sentence.start, sentence.end);
    let line = Line { scene, items: &items };
    let found = cues::before(scene, &items).or_else(|| cues::reported(scene, &items));
    if !scene.token(end).is(':') {
        return found.filter(|a| a.cue.is_some_and(|(cue, _)| scene.token(cue).has(Class::CUE)));
    }
    found.or_else(|| Some(Attribution { who: line.main_subject(items.len())?, cue: None, via: None }))
}

/// By the paragraph behind it: "Jo Hill said this on Monday."
fn followed(scene: &Scene<'_>, quote: &Quotation) -> Option<Attribution> {
    let last = scene.tokens.at_or_after(quote.range.end()).saturating_sub(1);
    let later = &scene.tokens.blocks.get(scene.block(last) + 1)?.tokens;
    let sentence = scene.sentences.get(scene.sentence(later.start))?.tokens.clone();
    let items = scene.after(sentence.start, sentence.end);
    let line = Line { scene, items: &items };
    let found = cues::reported(scene, &items)?;
    let at = line.place(found.cue?.1, items.len().saturating_sub(1))?;
    matches!(line.word(at + 1), "this" | "these" | "that" | "so").then_some(found).filter(|_| at <= 6)
}

impl Place {
    /// "HILL: Governor, …": a transcript's label inside the marks.
    pub(super) fn labelled(self, scene: &Scene<'_>) -> Option<Attribution> {
        let (start, last) = self.inside();
        let end = (start..last.min(start + 4)).find(|&i| scene.token(i).is(':'))?;
        let label = (start..end).all(|i| scene.token(i).is_word() && scene.token(i).shape == crate::analysis::token::Shape::Upper);
        if end == start || !label || scene.str(end - 1).len() < 2 {
            return None;
        }
        let head = by_label(scene, start, end - 1).map_or(Head::Nominal, Head::Person);
        Some(Attribution { who: Phrase { first: start, last: end - 1, head }, cue: None, via: None })
    }
}
