//! Several people who speak as one: "Ann Roe and Sam Poe said", "they said", "the couple", "both".

use super::clause::{Head, Phrase};
use super::cues::Attribution;
use super::scene::{Named, Scene};
use crate::analysis::findings::{MentionForm, Speaker, SpeakerForm};
use crate::analysis::lexicon::Class;
use crate::text::TextRange;

/// At most so many people speak as one.
const MOST: usize = 6;
/// How many mentions, sentences and tokens back two people named together are looked for.
const MENTIONS: usize = 12;
const SENTENCES: usize = 3;
const TOKENS: usize = 90;

/// The attribution to all whom the text names together: "Ann Roe and Sam Poe said", "said Ann Roe and Sam Poe".
pub(super) fn widened(scene: &Scene<'_>, a: Attribution) -> Attribution {
    if !matches!(a.who.head, Head::Person(_)) {
        return a;
    }
    let inverted = a.cue.is_some_and(|(cue, _)| cue < a.who.first);
    let who = if inverted { to_the_right(scene, a.who) } else { to_the_left(scene, a.who) };
    Attribution { who: who.unwrap_or(a.who), ..a }
}

/// Past the titles before token `first` of a name.
fn with_titles(scene: &Scene<'_>, first: usize) -> usize {
    let title = |i: usize| {
        let t = scene.token(i);
        t.is_word() && (t.has(Class::TITLE.or(Class::OFFICE)) || t.is_capital() && t.has(Class::NATIONALITY)) || t.is('.') && t.glued
    };
    let start = scene.sentences[scene.sentence(first)].tokens.start;
    (start..first).rev().take(6).take_while(|&i| title(i)).last().unwrap_or(first)
}

/// The name right before token `at`, past "and" or a comma: the one joined to what starts there.
fn joined_before(scene: &Scene<'_>, at: usize, last: bool) -> Option<Named> {
    let join = at.checked_sub(1).filter(|&i| if last { scene.str(i) == "and" } else { scene.token(i).is(',') })?;
    let before = join.checked_sub(1)?;
    let before = if last && scene.token(before).is(',') { before.checked_sub(1)? } else { before };
    scene.name_ending_at(before).filter(|n| n.form == MentionForm::Name && scene.piece_over(n.first).is_none())
}

fn to_the_left(scene: &Scene<'_>, who: Phrase) -> Option<Phrase> {
    let mut first = with_titles(scene, who.first);
    let start = scene.sentences[scene.sentence(who.first)].tokens.start;
    let mut found = false;
    while let Some(name) = joined_before(scene, first, !found).filter(|n| n.first >= start) {
        first = with_titles(scene, name.first);
        found = true;
        if who.first - first > TOKENS {
            return None;
        }
    }
    // "Ann Roe praised Sam Poe and Ivan Petrov said": those are named together who open the clause.
    let opens = first == start || {
        let t = scene.token(first - 1);
        let word = scene.str(first - 1);
        !t.is_word()
            || scene.piece_over(first - 1).is_some()
            || t.has(Class::CONJUNCTION.or(Class::TIME))
            || matches!(word, "both" | "Both")
    };
    (found && opens).then_some(Phrase { first, last: who.last, head: Head::Together })
}

fn to_the_right(scene: &Scene<'_>, who: Phrase) -> Option<Phrase> {
    let end = scene.sentences[scene.sentence(who.first)].tokens.end;
    let mut last = who.last;
    let mut done = false;
    for _ in 0..MOST {
        let mut at = last + 1;
        if at < end && scene.token(at).is(',') {
            at += 1;
        }
        done = at < end && scene.str(at) == "and";
        at += usize::from(done);
        let name = (at..end.min(at + 5)).find_map(|i| scene.mention_at(i));
        let name = name.filter(|n| n.form == MentionForm::Name && with_titles(scene, n.first) <= at && (done || at > last + 1))?;
        last = name.last;
        if done {
            break;
        }
    }
    // "said Ann Roe and Sam Poe left": the second has a verb of his own
    let closed = last + 1 >= end || {
        let t = scene.token(last + 1);
        !t.is_word() && !t.is_apostrophe() || t.has(Class::PREPOSITION) || scene.piece_over(last + 1).is_some()
    };
    (done && closed).then_some(Phrase { first: who.first, last, head: Head::Together })
}

/// The speaker of a phrase that names several people, with `words` as the text gives them.
pub(super) fn speaker(scene: &Scene<'_>, who: Phrase, words: TextRange, form: SpeakerForm) -> Option<Speaker> {
    let from = scene.mentions.partition_point(|m| m.first < who.first);
    let inside = scene.mentions[from..].iter().take_while(|m| m.first <= who.last).filter(|m| m.form == MentionForm::Name);
    let mut people: Vec<usize> = Vec::new();
    for m in inside {
        if !people.contains(&m.person) {
            people.push(m.person);
        }
    }
    let names: Vec<&str> = people.iter().take(MOST).map(|&p| scene.people[p].name.as_str()).collect();
    let (last, before) = names.split_last().filter(|(_, before)| !before.is_empty())?;
    Some(Speaker { name: format!("{} and {last}", before.join(", ")).into(), person: None, words: Some(words), form })
}

/// True for a description of people who were named together: "the couple", "the two men", "both leaders".
pub(super) fn is_of_several(scene: &Scene<'_>, who: Phrase) -> bool {
    // "the two men" may be read from "two" on
    let the =
        who.first.checked_sub(1).filter(|&i| matches!(scene.str(who.first), "two" | "three") && matches!(scene.str(i), "the" | "The"));
    let who = Phrase { first: the.unwrap_or(who.first), ..who };
    let (first, last) = (scene.str(who.first), scene.str(who.last));
    let two = who.last > who.first && matches!(scene.str(who.first + 1), "two" | "pair" | "couple" | "duo" | "three" | "trio");
    let kin = matches!(last, "brothers" | "sisters" | "siblings" | "twins" | "couple" | "pair" | "duo" | "newlyweds" | "trio" | "spouses");
    matches!(first, "the" | "The") && who.last - who.first <= 3 && (two || kin && who.last - who.first <= 2)
        || matches!(first, "both" | "Both") && who.last - who.first <= 2
}

/// Those who were last named together before token `at`, in this or the last paragraph; none when another group stands between.
pub(super) fn named_before(scene: &Scene<'_>, at: usize) -> Option<Phrase> {
    let (block, sentence) = (scene.block(at), scene.sentence(at));
    let upto = scene.mentions.partition_point(|m| m.first < at);
    let near = scene.mentions[..upto].iter().rev().take(MENTIONS);
    let near =
        near.take_while(|m| at - m.first <= TOKENS && block - scene.block(m.first) <= 1 && sentence - scene.sentence(m.first) <= SENTENCES);
    let outside = |m: &&Named| m.form == MentionForm::Name && scene.piece_over(m.first).is_none();
    for m in near.filter(outside) {
        let who = Phrase { first: m.first, last: m.last, head: Head::Person(m.person) };
        let mut first = with_titles(scene, m.first);
        let mut found = false;
        while let Some(name) = joined_before(scene, first, !found).filter(|n| n.person != m.person) {
            first = with_titles(scene, name.first);
            found = true;
            if who.first - first > TOKENS {
                return None;
            }
        }
        if found {
            return (!others_between(scene, m.last + 1, at)).then_some(Phrase { first, last: m.last, head: Head::Together });
        }
    }
    None
}

/// True when some other group is spoken of in tokens `from..to`, outside speech.
fn others_between(scene: &Scene<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|i| is_group(scene, i) && scene.piece_over(i).is_none())
}

/// "officials", "protesters", "police": a noun of several people who can speak.
fn is_group(scene: &Scene<'_>, i: usize) -> bool {
    let (t, word) = (scene.token(i), scene.str(i));
    let plural = word.ends_with('s') && !word.ends_with("ss") || matches!(word, "people" | "police" | "men" | "women" | "children");
    t.is_word() && plural && t.has(Class::OFFICE.or(Class::SPEAKING_THING)) && !t.has(Class::CUE.or(Class::CUE_WEAK))
}

/// The group that the sentence before token `at` opens with: "Protesters met on the square. “…,” they said."
pub(super) fn subject_before(scene: &Scene<'_>, at: usize) -> Option<Phrase> {
    let sentence = scene.sentence(at);
    let quote = scene.pieces.partition_point(|p| p.first < at).checked_sub(1).map(|p| scene.pieces[p].first);
    // The words themselves may be the sentence before.
    let before = quote.filter(|&q| scene.sentence(q) + 1 >= sentence).map_or(sentence, |q| scene.sentence(q)).checked_sub(1)?;
    let tokens = scene.sentences[before].tokens.clone();
    let noun = tokens.clone().take(4).find(|&i| is_group(scene, i))?;
    let plain = (tokens.start..noun).all(|i| scene.token(i).is_word() && !scene.token(i).has(Class::PREPOSITION.or(Class::CONJUNCTION)));
    (plain && scene.block(at) - scene.block(noun) <= 1).then_some(Phrase { first: tokens.start, last: noun, head: Head::Nominal })
}
