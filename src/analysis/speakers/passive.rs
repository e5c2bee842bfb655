//! Who speaks where a verb of speaking is done to somebody or names a source: "was called “a fool” by Ann Roe", "was quoted as saying".

use super::clause::{Head, Line, Phrase};
use super::cues::{Attribution, speaks};
use super::scene::{Item, Scene};
use crate::analysis::lexicon::Class;

/// Forms of "be" before a participle.
pub(super) fn is_passive(word: &str) -> bool {
    matches!(word, "was" | "were" | "been" | "being" | "is" | "are" | "be")
}

/// True where the verb at `at` is done to its subject: "was asked", "has been widely criticised".
pub(super) fn undergoes(line: &Line<'_, '_>, at: usize) -> bool {
    let adverb = |p: &usize| {
        line.word(*p).ends_with("ly") || matches!(line.word(*p), "also" | "once" | "often" | "later" | "then" | "not" | "being")
    };
    (0..at).rev().take(4).find(|p| !adverb(p) || is_passive(line.word(*p))).is_some_and(|p| is_passive(line.word(p)))
}

/// True for "Jo Hill, described as": a participle behind the comma of the name that it belongs to.
pub(super) fn is_apposed_participle(line: &Line<'_, '_>, at: usize) -> bool {
    let preposition = matches!(line.word(at + 1), "as" | "by" | "for" | "of");
    if at < 2 || !line.is(at - 1, ',') || !preposition {
        return false;
    }
    // "Another critic, Laurence Roe, described as": between commas the name is the subject
    let name = line.name_at_end(at - 2).and_then(|name| line.place(name.first, at));
    name.is_some_and(|first| first == 0 || !line.is(first - 1, ','))
}

/// Who does what is done by the verb at `at`: "was told by Sam Hunt that".
pub(super) fn agent(line: &Line<'_, '_>, at: usize) -> Option<Phrase> {
    let by = (at + 1..(at + 4).min(line.items.len())).find(|&p| line.word(p) == "by")?;
    line.starting_at(by + 1).filter(|who| who.head == Head::Pronoun || who.head != Head::Nominal || speaks(line.scene, *who))
}

/// Who called somebody so, where that stands behind the words: "was called “a fool” by Sam Hunt". `left` ends before the words, `right` starts behind.
pub(super) fn by_agent(scene: &Scene<'_>, left: &[Item], right: &[Item]) -> Option<Attribution> {
    let (line, after) = (Line { scene, items: left }, Line { scene, items: right });
    if after.word(0) != "by" {
        return None;
    }
    let at = (0..left.len())
        .rev()
        .take(6)
        .find(|&at| line.token(at).is_some_and(|i| scene.is_verb(i, Class::CUE.or(Class::CUE_WEAK).or(Class::NAMING))))?;
    // "reported in a “hit piece” by the Herald" is another's
    let apart = (at + 1..left.len()).any(|p| line.has(p, Class::PREPOSITION) && !matches!(line.word(p), "as" | "of" | "for" | "to"));
    let i = line.token(at).filter(|_| !apart && (undergoes(&line, at) || is_apposed_participle(&line, at)))?;
    let who = after.starting_at(1)?;
    Some(Attribution { who, cue: Some((i, i)), via: None })
}

/// “…,” the agency quoted Jo Hill as saying; Jo Hill was quoted as saying by the agency: the verb is the item at `verb`.
pub(super) fn quoted(near: &Line<'_, '_>, verb: usize) -> Option<Attribution> {
    if !matches!(near.word(verb), "quoted" | "quotes" | "cited" | "paraphrased" | "heard" | "overheard" | "recorded") {
        return None;
    }
    let (i, end) = (near.token(verb)?, near.items.len().min(verb + 14));
    let saying = (verb + 1..end).find(|&p| near.has(p, Class::CUE_ING))?;
    let span = |who: Phrase| (who.first, who.last);
    if undergoes(near, verb) {
        let by = (saying + 1..end).find(|&p| matches!(near.word(p), "by" | "in")).and_then(|p| near.starting_at(p + 1));
        return Some(Attribution { who: near.subject(verb)?, cue: Some((i, i)), via: by.map(span) });
    }
    let who = near.ending_at(saying.checked_sub(2).filter(|&p| p > verb && near.word(p + 1) == "as")?)?;
    Some(Attribution { who, cue: Some((i, i)), via: near.subject(verb).map(span) })
}

/// “…,” the agency reported, citing Jo Hill: somebody by name, and who reported it.
pub(super) fn citing(near: &Line<'_, '_>, verb: usize) -> Option<(Phrase, Phrase)> {
    let cites =
        (verb + 1..near.items.len().min(verb + 8)).find(|&p| matches!(near.word(p), "citing" | "quoting") && near.is(p - 1, ','))?;
    let who = near.starting_at(cites + 1).filter(|who| matches!(who.head, Head::Person(_)))?;
    let source = near.subject(verb).filter(|source| source.head == Head::Nominal)?;
    Some((who, source))
}
