//! Who speaks inside speech: “He left. My mother said, ‘Let him,’” she recalled. The inner words have their own cue, or no speaker.

use super::clause::{Head, Line};
use super::cues::{self, Attribution};
use super::place::Place;
use super::resolve;
use super::scene::{Item, Scene};
use crate::analysis::findings::{Quotation, QuoteKind, Speaker, SpeakerForm};
use crate::analysis::lexicon::Class;

/// How far the cue may stand from the inner words, in tokens.
const NEAR: usize = 6;

/// Fills in the speakers of nested quotations. Those around them are in `done`.
pub(super) fn attribute(scene: &Scene<'_>, quotes: &mut [Quotation], done: &[Option<Speaker>]) {
    let mut outer: Option<usize> = None;
    for i in 0..quotes.len() {
        if quotes[i].kind != QuoteKind::Nested {
            outer = Some(i).filter(|&i| quotes[i].kind.is_speech()).or(outer.filter(|&o| quotes[o].range.end() > quotes[i].range.start()));
            continue;
        }
        let Some(o) = outer.filter(|&o| quotes[o].range.covers(quotes[i].range)) else { continue };
        let Some(found) = beside(scene, &quotes[i], Place::of(scene, &quotes[o])) else { continue };
        let speaker = speaker(scene, found, done[o].as_ref());
        super::note(scene, &mut quotes[i], found);
        quotes[i].speaker = speaker;
    }
}

/// The attribution right beside the inner words, inside the outer ones.
fn beside(scene: &Scene<'_>, quote: &Quotation, outer: Place) -> Option<Attribution> {
    let place = Place::of(scene, quote);
    let tokens = |range: std::ops::Range<usize>| range.map(Item::Token).collect::<Vec<_>>();
    let sentence = &scene.sentences[scene.sentence(place.first)].tokens;
    let left = tokens(sentence.start.max(outer.first + 1).max(place.first.saturating_sub(4 * NEAR))..place.first);
    let introduced = left.len().checked_sub(1).is_some_and(|l| {
        let line = Line { scene, items: &left };
        line.is(l, ',') || line.is(l, ':')
    });
    // "I read ‘War and Peace’" is no speech
    let near = |a: &Attribution| {
        let apart = |cue: usize| place.first - cue.min(place.first);
        a.cue.is_some_and(|(cue, _)| {
            scene.str(cue) != "read" && (apart(cue) <= 2 || apart(cue) <= NEAR && (introduced || scene.token(cue).has(Class::CUE_WEAK)))
        })
    };
    if let Some(found) = cues::before(scene, &left).filter(near) {
        return Some(found);
    }
    let end = scene.sentences[scene.sentence(place.last)].tokens.end.min(outer.last).min(place.last + 1 + 3 * NEAR);
    let right = tokens(place.last + 1..end.max(place.last + 1));
    let line = Line { scene, items: &left };
    let breaks_off =
        (place.first..=place.last).rev().take(3).any(|i| matches!(scene.token(i).first, ',' | '?' | '!') && !scene.token(i).is_word());
    let open = left.is_empty() || line.is(left.len() - 1, ',');
    if breaks_off && open { cues::after(scene, &right) } else { None }
}

/// "I" is who speaks around it; other pronouns stand for somebody of that speaker's, whom the text does not tell.
fn speaker(scene: &Scene<'_>, found: Attribution, outer: Option<&Speaker>) -> Option<Speaker> {
    let words = scene.span(found.who.first, found.who.last);
    match found.who.head {
        Head::Pronoun if matches!(scene.str(found.who.first), "I") => {
            outer.map(|o| Speaker { words: Some(words), form: SpeakerForm::Pronoun, ..o.clone() })
        }
        Head::Pronoun | Head::Nobody => None,
        Head::Person(_) | Head::Together => resolve::speaker(scene, found.who, &resolve::Memory::default()),
        Head::Nominal => Some(resolve::described(scene, found.who)),
    }
}
