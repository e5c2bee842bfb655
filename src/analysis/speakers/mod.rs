//! Who said each quotation: speaker, cue, channel and evidence.
//!
//! For each quotation, in reading order: what the text right beside it says (`place`, by `cues` that read `clause`s; `bare` where no marks
//! stand), then what goes on from the sentence or paragraph before (`carry`), then the same words attributed elsewhere (`same_words`).
//! `resolve` makes a person of pronouns and descriptions. What the text does not say stays empty: a cue whose subject nobody can tell is
//! kept without a speaker.

mod bare;
mod carry;
mod channel;
mod clause;
#[cfg(test)]
mod corpus;
mod cues;
mod interrupted;
mod nested;
mod nouns;
mod own_words;
#[cfg(test)]
mod papers;
mod passive;
mod phrase;
mod place;
mod resolve;
mod same_words;
mod scene;
#[cfg(test)]
mod tests;
mod together;

use cues::Attribution;
use resolve::Memory;
use scene::Scene;

use super::findings::{Person, Quotation, QuoteKind, Speaker};
use super::sentences::Sentence;
use super::token::Tokens;
use crate::article::{Article, BlockKind};

/// Fills in `speaker`, `cue`, `via` and `evidence` where the text says so.
pub fn attribute(article: &Article, tokens: &Tokens<'_>, sentences: &[Sentence], people: &[Person], quotes: &mut Vec<Quotation>) {
    if quotes.is_empty() {
        return;
    }
    let scene = Scene::new(article, tokens, sentences, people, quotes);
    let mut memory = Memory::default();
    let mut done: Vec<Option<Speaker>> = vec![None; quotes.len()];
    for i in 0..quotes.len() {
        if !quotes[i].kind.is_speech() {
            continue;
        }
        let place = place::Place::of(&scene, &quotes[i]);
        let block = quotes[i].kind == QuoteKind::Block;
        let beside = if block { bare::attribution(&scene, quotes, &quotes[i]) } else { place.direct(&scene) };
        let found = match beside.map(|a| together::widened(&scene, a)) {
            Some(a) => match resolve::speaker(&scene, a.who, &memory) {
                Some(speaker) => Some((speaker, Some(a))),
                // "she said", and nobody can tell who: the cue stays, and no other speaker is looked for.
                None => {
                    note(&scene, &mut quotes[i], a);
                    None
                }
            },
            None if block => None,
            None => place.carried(&scene, quotes, &done, i, &memory),
        };
        let Some((speaker, attribution)) = found else { continue };
        remember(&mut memory, &speaker, place.block(&scene));
        fill(&scene, &mut quotes[i], &speaker, attribution);
        done[i] = Some(speaker);
    }
    let title = article.blocks.iter().find(|b| b.kind == BlockKind::Title).map(|b| b.range);
    nested::attribute(&scene, quotes, &done);
    interrupted::join(&scene, quotes);
    same_words::share(tokens.text, title, quotes);
}

fn remember(memory: &mut Memory, speaker: &Speaker, block: usize) {
    match speaker.person {
        Some(person) => memory.person = Some((person, block)),
        None => memory.nominal = Some((speaker.name.clone(), block)),
    }
}

fn fill(scene: &Scene<'_>, quote: &mut Quotation, speaker: &Speaker, attribution: Option<Attribution>) {
    if let Some(a) = attribution {
        note(scene, quote, a);
    }
    let evidence = quote.evidence.unwrap_or(quote.range);
    quote.evidence = Some(speaker.words.map_or(evidence, |words| evidence.union(words)));
    quote.speaker = Some(speaker.clone());
}

/// What the text says, whether or not it tells who is meant.
fn note(scene: &Scene<'_>, quote: &mut Quotation, a: Attribution) {
    let span = |(first, last)| scene.span(first, last);
    quote.cue = a.cue.map(span);
    quote.via = a.via.map(span);
    let evidence = quote.range.union(span((a.who.first, a.who.last)));
    quote.evidence = Some(quote.cue.map_or(evidence, |cue| evidence.union(cue)));
}
