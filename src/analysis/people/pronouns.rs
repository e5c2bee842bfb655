//! Pronouns outside quotations: "he", "she" and their forms to the person they stand for.
//!
//! The best of the people named in the last few sentences, by gender, distance and whether they were the subject; nobody when two are as good.
//! What the pronouns show of somebody's gender counts for the whole article: when they show some, they are read again.

use super::entities::Entity;
use super::units::{Kind, Unit};
use crate::analysis::findings::{Gender, Quotation};
use crate::analysis::lexicon::Class;
use crate::analysis::sentences::Sentence;
use crate::analysis::token::Tokens;
use crate::text::TextRange;

/// A pronoun and its person (an index into the entities).
pub(crate) struct Resolved {
    pub(crate) range: TextRange,
    pub(crate) person: usize,
}

/// How many people a pronoun chooses from, and how many sentences it looks back.
const CHOICE: usize = 10;
const BACK: usize = 5;
/// The least score of a person, and by how much it must beat the next.
const ENOUGH: f32 = 1.6;
const MARGIN: f32 = 0.25;
/// What it is worth to have been the subject.
const SUBJECT: f32 = 1.0;

/// Somebody who was spoken of.
#[derive(Debug, Clone, Copy)]
struct Seen {
    person: usize,
    sentence: usize,
    subject: bool,
    owner: bool,
    spoken: bool,
    times: f32,
}

/// A name or a pronoun, in reading order.
#[derive(Debug, Clone, Copy)]
enum Event {
    Name { person: usize, subject: bool, owner: bool },
    Pronoun { gender: Gender },
}

/// All pronouns whose person is clear.
pub(crate) fn resolve(
    tokens: &Tokens<'_>,
    units: &[Unit],
    sentences: &[Sentence],
    quotes: &[Quotation],
    entities: &mut [Entity],
) -> Vec<Resolved> {
    let events = events(tokens, units, sentences, entities);
    let speech = speech(quotes);
    let mut votes = vec![[0.0_f32; 2]; entities.len()];
    let mut resolved = Vec::new();
    read(tokens, &events, &speech, entities, |range, person, gender, sure| {
        votes[person][usize::from(gender == Gender::Female)] += sure;
        resolved.push(Resolved { range, person });
    });
    let mut learned = false;
    for (entity, [he, she]) in entities.iter_mut().zip(votes) {
        if entity.gender == Gender::Unknown && he.max(she) >= 1.5 && he.max(she) > 3.0 * he.min(she) {
            entity.gender = if he > she { Gender::Male } else { Gender::Female };
            learned = true;
        }
    }
    if learned {
        resolved.clear();
        read(tokens, &events, &speech, entities, |range, person, _, _| resolved.push(Resolved { range, person }));
    }
    resolved
}

/// Where somebody speaks, in reading order: pronouns there are the speaker's own.
fn speech(quotes: &[Quotation]) -> Vec<TextRange> {
    let speech = quotes.iter().filter(|q| q.kind.is_speech());
    let mut parts: Vec<TextRange> = speech.flat_map(|q| q.parts.iter().copied()).collect();
    parts.sort_unstable();
    parts
}

/// The gender that a pronoun shows.
fn pronoun(word: &str) -> Option<Gender> {
    match word {
        "he" | "He" | "him" | "Him" | "his" | "His" | "himself" | "HE" | "HIS" => Some(Gender::Male),
        "she" | "She" | "her" | "Her" | "hers" | "herself" | "SHE" | "HER" => Some(Gender::Female),
        _ => None,
    }
}

/// Names and pronouns with their sentence, in reading order.
fn events(tokens: &Tokens<'_>, units: &[Unit], sentences: &[Sentence], entities: &[Entity]) -> Vec<(usize, usize, Event)> {
    let mut names: Vec<(usize, usize, usize)> = Vec::new();
    for (person, entity) in entities.iter().enumerate() {
        names.extend(entity.spans.iter().map(|s| (units[s.first].first as usize, s.last, person)));
    }
    names.sort_unstable();
    let mut names = names.into_iter();
    let mut next = names.next();
    let mut events = Vec::with_capacity(2 * names.len());
    let mut inside = 0; // one past the last token of the name before
    for (number, sentence) in sentences.iter().enumerate() {
        let mut first = true;
        for i in sentence.tokens.clone() {
            if let Some((token, last, person)) = next
                && token <= i
            {
                next = names.next();
                let after = units.get(last + 1);
                let owner = after.is_some_and(|u| u.kind == Kind::Possessive);
                let acts = after.is_some_and(|u| u.class.intersects(Class::DOES));
                events.push((i, number, Event::Name { person, subject: first && !owner || acts, owner }));
                first = false;
                inside = units[last].last as usize + 1;
            } else if tokens.list[i].has(Class::PRONOUN)
                && i >= inside
                && let Some(gender) = pronoun(tokens.str(i))
            {
                events.push((i, number, Event::Pronoun { gender }));
            }
        }
    }
    events
}

/// Goes through the article once and tells every pronoun whose person is clear, with how sure that is.
fn read(
    tokens: &Tokens<'_>,
    events: &[(usize, usize, Event)],
    speech: &[TextRange],
    entities: &[Entity],
    mut found: impl FnMut(TextRange, usize, Gender, f32),
) {
    let mut seen: Vec<Seen> = Vec::new(); // the latest last, each person once
    let mut speech = speech.iter().peekable();
    for (n, &(token, sentence, event)) in events.iter().enumerate() {
        let range = tokens.list[token].range();
        while speech.next_if(|s| s.end() <= range.start()).is_some() {}
        let spoken = speech.peek().is_some_and(|s| s.overlaps(range));
        match event {
            Event::Name { person, subject, owner } => note(&mut seen, Seen { person, sentence, subject, owner, spoken, times: 1.0 }),
            Event::Pronoun { gender } if !spoken => {
                let other = other_end(tokens, events, n);
                let Some((person, sure)) = best(&seen, sentence, gender, other, entities) else { continue };
                found(range, person, gender, sure);
                let subject = matches!(tokens.str(token), "he" | "He" | "she" | "She");
                note(&mut seen, Seen { person, sentence, subject, owner: !subject, spoken: false, times: 1.0 });
            }
            Event::Pronoun { .. } => {}
        }
    }
}

/// The person at the other end of the pronoun's verb, whom it cannot stand for: "he told Trump", "Trump told him".
fn other_end(tokens: &Tokens<'_>, events: &[(usize, usize, Event)], n: usize) -> Option<usize> {
    /// A verb and one more word stand between at the most.
    const NEAR: usize = 3;
    let token = events[n].0;
    let near = match tokens.str(token) {
        "he" | "He" | "she" | "She" => events.get(n + 1).filter(|e| e.0 - token <= NEAR),
        "him" => n.checked_sub(1).map(|i| &events[i]).filter(|e| token - e.0 <= NEAR),
        _ => None,
    };
    let &(there, sentence, Event::Name { person, owner: false, .. }) = near? else { return None };
    let mut between = token.min(there) + 1..token.max(there);
    let clause = sentence == events[n].1 && between.all(|i| tokens.list[i].is_word());
    clause.then_some(person)
}

/// Moves somebody to the end of the list of those seen.
fn note(seen: &mut Vec<Seen>, mut now: Seen) {
    let from = seen.len().saturating_sub(2 * CHOICE);
    if let Some(at) = seen[from..].iter().position(|s| s.person == now.person) {
        let before = seen.remove(from + at);
        now.times += before.times;
        if before.sentence == now.sentence {
            now.subject |= before.subject;
            now.owner &= before.owner;
        }
    }
    seen.push(now);
}

/// The person a pronoun in `sentence` stands for, and by how much that person leads; never `other`.
fn best(seen: &[Seen], sentence: usize, gender: Gender, other: Option<usize>, entities: &[Entity]) -> Option<(usize, f32)> {
    let mut first: Option<(Seen, f32)> = None;
    let mut second: Option<(Seen, f32)> = None;
    for s in seen.iter().rev().take(CHOICE) {
        let known = entities[s.person].gender;
        let distance = sentence - s.sentence;
        if other == Some(s.person) || distance > BACK || known != Gender::Unknown && known != gender {
            continue;
        }
        let mut score = [3.0, 2.6, 1.8, 1.2, 0.8, 0.5][distance];
        score += if s.subject { SUBJECT } else { 0.0 };
        score += if known == gender { 0.8 } else { 0.0 };
        score -= if s.spoken { 1.5 } else { 0.0 };
        score -= if s.owner { 0.4 } else { 0.0 };
        score += 0.25 * s.times.min(8.0).ln();
        match first {
            Some((_, best)) if best >= score => second = second.filter(|(_, b)| *b >= score).or(Some((*s, score))),
            _ => {
                second = first;
                first = Some((*s, score));
            }
        }
    }
    let (one, score) = first?;
    let lead = second.map_or(score, |(_, second)| score - second);
    // "John Miller met David Clark. He …": of two new men in one sentence the subject alone does not tell.
    let equal = second.is_some_and(|(two, _)| {
        let alike = entities[one.person].gender == entities[two.person].gender;
        one.sentence == two.sentence && one.sentence < sentence && alike && !two.spoken && one.times <= 1.0 && two.times <= 1.0
    });
    let margin = if equal { SUBJECT + MARGIN } else { MARGIN };
    (score >= ENOUGH && lead >= margin).then_some((one.person, lead.min(1.5)))
}
