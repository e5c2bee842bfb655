//! Whether words in marks that no cue gives to anybody can be the words of the sentence's subject: "Hill urged the town to “stand up”".
//!
//! They are not his when something is done to him ("Hill was accused of “lying”"), when they say what he is ("was “a giant of the game”"), when he
//! is in another's clause ("the choice was between attacking Hill as “unfit” or waiting"), or when he gets or breaks them ("received a letter that
//! “…”", "pleaded guilty to “conduct …”").

use super::clause::{Line, Phrase};
use super::passive::is_passive;
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Kind, Shape};

/// How far the subject and its verb are looked for, in items.
const NEAR: usize = 24;

/// Verbs whose object somebody else has said or written.
#[rustfmt::skip]
pub(super) fn gets(word: &str) -> bool {
    matches!(
        word,
        "face" | "faces" | "faced" | "received" | "receives" | "got" | "gets" | "heard" | "hears" | "learned" | "learnt" | "pleaded" | "pled"
            | "signed" | "violated" | "breached" | "broke" | "wore" | "wears" | "wearing" | "won" | "earned" | "attended"
            | "visited" | "held" | "holds" | "carried" | "carries" | "founded" | "joined" | "entered" | "owns" | "owned" | "bought" | "ran" | "became" | "remains" | "remained" | "stars" | "starred" | "played" | "plays"
    )
}

/// Those of the irregular participles that people are the object of.
#[rustfmt::skip]
fn is_participle(word: &str) -> bool {
    word.len() > 3 && word.ends_with("ed")
        || matches!(
            word,
            "told" | "found" | "held" | "known" | "seen" | "given" | "sent" | "made" | "shown" | "hit" | "caught" | "shot" | "taken" | "left"
                | "thought" | "taught" | "born" | "said" | "cast" | "sworn" | "beaten" | "driven" | "forgotten" | "hailed" | "put" | "dubbed"
        )
}

/// True when the words at the end of the line can be those of `who`, the subject that was found in it.
pub(super) fn may_be(line: &Line<'_, '_>, who: Phrase) -> bool {
    let near = line.items.len().saturating_sub(1);
    let (Some(first), Some(last)) = (line.place(who.first, near), line.place(who.last, near)) else { return true };
    let infinitive = line.word(last + 1) == "to"; // "this led Hill to fear a “slow death”"
    if !is_subject(line, first) && !infinitive {
        return false;
    }
    let verb = verb_after(line, last + 1);
    let word = line.word(verb);
    if is_passive(word) || matches!(word, "has" | "have" | "had" | "gets" | "got") && is_passive(line.word(verb + 1)) {
        return !undergoes(line, verb);
    }
    // "Hill, accused of “lying”"
    let apposed = line.is(last + 1, ',') && is_participle(line.word(last + 2)) && line.has(last + 3, Class::PREPOSITION);
    !gets(word) && !apposed && !matches!(word, "known" | "wanted")
}

/// True when nothing before the item at `first` makes it an object: it opens the line or a clause, with its titles.
pub(super) fn is_subject(line: &Line<'_, '_>, first: usize) -> bool {
    let title = Class::TITLE.or(Class::OFFICE).or(Class::NATIONALITY).or(Class::DETERMINER).or(Class::ROLE_WORD);
    for p in (0..first).rev().take(8) {
        let Some(i) = line.token(p) else { return true };
        let t = line.scene.token(i);
        if t.kind == Kind::Symbol {
            if t.is('.') && t.glued || t.is('-') {
                continue;
            }
            return true;
        }
        let word = line.scene.str(i);
        let conjunction = t.has(Class::CONJUNCTION) || matches!(word, "as" | "As" | "after" | "After" | "before" | "Before");
        if conjunction {
            // "going after Hill as"
            let verb = matches!(word, "after" | "before" | "as")
                && p > 0
                && (line.word(p - 1).ends_with("ing") || line.word(p - 1).ends_with("ed"));
            return !verb;
        }
        let adverb = t.has(Class::AUXILIARY.or(Class::TIME)) || t.shape == Shape::Lower && word.ends_with("ly");
        if !t.has(title) && !adverb && !t.is_capital() {
            // an adjective or noun of a title: "the shipping writer Hill"
            let title_before = p + 1 < first && line.has(p + 1, Class::OFFICE);
            if !title_before || is_participle(word) || t.has(Class::PREPOSITION) {
                return false;
            }
        }
    }
    true
}

/// The item of the subject's verb, past an apposition, a relative clause, auxiliaries and adverbs.
fn verb_after(line: &Line<'_, '_>, mut p: usize) -> usize {
    let comma_or_bracket = |p: usize| line.is(p, ',') || line.is(p, '(') || line.is(p, ')');
    if line.is(p, ',') || line.is(p, '(') {
        let close = (p + 1..(p + NEAR).min(line.items.len())).find(|&q| comma_or_bracket(q));
        p = close.map_or(p, |q| q + 1);
    }
    while line.token(p).is_some_and(|i| {
        let (t, word) = (line.scene.token(i), line.scene.str(i));
        t.is_word() && !is_passive(word) && (t.has(Class::AUXILIARY) && !matches!(word, "has" | "have" | "had") || word.ends_with("ly"))
    }) {
        p += 1;
    }
    p
}

/// True for "was accused of", "has been called", "was a", "is “…”": from the form of "be" or "have" at item `verb`.
fn undergoes(line: &Line<'_, '_>, verb: usize) -> bool {
    let mut p = verb + 1;
    while line.token(p).is_some_and(|i| {
        let (t, word) = (line.scene.token(i), line.scene.str(i));
        is_passive(word) || t.is_word() && t.shape == Shape::Lower && (t.has(Class::AUXILIARY) || word.len() > 4 && word.ends_with("ly"))
    }) {
        p += 1;
    }
    let word = line.word(p);
    // His own words are what such a sentence is about: "was recorded saying", "was quoted in the Herald".
    if matches!(word, "quoted" | "recorded" | "filmed" | "overheard" | "heard" | "shown" | "seen" | "asked") {
        return false;
    }
    is_participle(word) || p >= line.items.len() || line.has(p, Class::DETERMINER)
}
