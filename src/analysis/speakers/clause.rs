//! Clauses round a cue: its subject to the left or, inverted, to the right.
//!
//! A line of [`Item`]s goes in, noun phrases come out, with what stands at their head.

use super::scene::{Item, Named, Scene};
use crate::analysis::findings::MentionForm;
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Kind, Shape};

/// Who a noun phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// A person, by name (or by an office that people detection has resolved).
    Person(usize),
    /// "he", "she", "they", "it".
    Pronoun,
    /// Somebody spoke, and the words do not say who: "Petrov was asked, “…”".
    Nobody,
    /// Several people by name.
    Together,
    /// A description, or an organisation's name.
    Nominal,
}

/// A noun phrase: tokens `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    pub first: usize,
    pub last: usize,
    pub head: Head,
}

/// Words that a subject may leave between itself and its verb.
pub(super) fn is_between(scene: &Scene<'_>, i: usize) -> bool {
    let t = scene.token(i);
    if !t.is_word() {
        return t.is_apostrophe();
    }
    t.shape == Shape::Lower && (t.has(Class::AUXILIARY) || is_adverb(scene, i))
}

/// "sharply", not "family".
pub(super) fn is_adverb(scene: &Scene<'_>, i: usize) -> bool {
    let (t, word) = (scene.token(i), scene.str(i));
    let noun = t.has(Class::SPEAKING_THING.or(Class::OFFICE).or(Class::KIN)) || matches!(word, "reply" | "supply" | "monopoly" | "anomaly");
    word.len() > 4 && word.ends_with("ly") && !noun
}

/// "he", "somebody": a subject in one small word.
pub(super) fn is_subject_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "He" | "She" | "They" | "It" | "Both") || names_nobody(word)
}

/// A subject that stands for nobody whom the article can name: the writer, or anyone.
#[rustfmt::skip]
pub(super) fn names_nobody(word: &str) -> bool {
    matches!(
        word,
        "I" | "we" | "We" | "somebody" | "someone" | "nobody" | "everybody" | "everyone" | "anybody" | "anyone"
            | "Somebody" | "Someone" | "Nobody" | "Everybody" | "Everyone"
    )
}

fn token(item: Option<&Item>) -> Option<usize> {
    match item {
        Some(Item::Token(i)) => Some(*i),
        _ => None,
    }
}

/// A line of items with the scene they belong to.
#[derive(Clone, Copy)]
pub(super) struct Line<'l, 'a> {
    pub scene: &'l Scene<'a>,
    pub items: &'l [Item],
}

impl Line<'_, '_> {
    pub(super) fn token(&self, at: usize) -> Option<usize> {
        token(self.items.get(at))
    }

    pub(super) fn is(&self, at: usize, symbol: char) -> bool {
        self.token(at).is_some_and(|i| self.scene.token(i).is(symbol))
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |i| self.scene.str(i))
    }

    pub(super) fn has(&self, at: usize, class: Class) -> bool {
        self.token(at).is_some_and(|i| self.scene.token(i).has(class))
    }

    /// Where token `i` stands in the line.
    pub(super) fn place(&self, i: usize, near: usize) -> Option<usize> {
        (0..=near).rev().find(|&p| self.token(p) == Some(i))
    }

    /// The subject of the verb at `verb`, which stands before it.
    pub(super) fn subject(&self, verb: usize) -> Option<Phrase> {
        let mut k = verb.checked_sub(1)?;
        let used = |k: usize| self.word(k) == "used" && self.word(k + 1) == "to";
        while k > 0 && self.token(k).is_some_and(|i| is_between(self.scene, i) || used(k)) && self.name_at_end(k).is_none() {
            k -= 1;
        }
        k = self.skip_time(k);
        let i = self.token(k)?;
        let word = self.scene.str(i);
        if is_subject_pronoun(word) {
            return Some(Phrase { first: i, last: i, head: Head::Pronoun });
        }
        if matches!(word, "who" | "which" | "that") {
            let before = k.checked_sub(1)?;
            let before = if self.is(before, ',') { before.checked_sub(1)? } else { before };
            return self.ending_at(before).filter(|p| p.head != Head::Pronoun); // "anybody who complains" is not who speaks
        }
        if matches!(self.scene.token(i).first, ',' | ')' | '—' | '–' | ']') && !self.scene.token(i).is_word() {
            return self.before_apposition(k);
        }
        if matches!(word, "and" | "but" | "then" | "or" | "while") {
            return None; // shares the subject of the verb before: the caller asks for that
        }
        self.ending_at(k)
    }

    /// Past "on Tuesday", "late Monday night", "last week" between a subject and its verb.
    fn skip_time(&self, mut k: usize) -> usize {
        let start = k;
        let mut seen = false;
        while k > 0 && start - k < 4 {
            let time = self.has(k, Class::TIME)
                || matches!(self.word(k), "night" | "morning" | "afternoon" | "evening" | "week" | "month" | "year");
            let lead = seen && matches!(self.word(k), "on" | "late" | "early" | "last" | "this" | "earlier" | "in");
            if !(time && self.name_at_end(k).is_none() || lead) {
                break;
            }
            seen |= time;
            k -= 1;
        }
        k
    }

    pub(super) fn name_at_end(&self, at: usize) -> Option<Named> {
        self.scene.name_ending_at(self.token(at)?)
    }

    /// The subject before an apposition or parenthesis that ends at `end`: "Jo Hill, a lawyer for Ann Roe, said".
    pub(super) fn before_apposition(&self, end: usize) -> Option<Phrase> {
        // "Another critic, Laurence Roe, likened": the name alone between commas
        if let Some(name) = end.checked_sub(1).and_then(|k| self.name_at_end(k))
            && self.place(name.first, end).and_then(|p| p.checked_sub(1)).is_some_and(|p| self.is(p, ','))
        {
            let between = self.place(name.first, end).unwrap_or(end);
            // "Ann Roe, Jo Hill, …", but "a lawyer for Ann Roe, Jo Hill, said"
            let before = between.checked_sub(2).and_then(|p| self.name_at_end(p));
            let listed = before.is_some_and(|n| !self.place(n.first, end).is_some_and(|p| self.is_client(p)));
            if !listed {
                return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
        }
        if let Some(name) = self.apposed_body(end) {
            return Some(name);
        }
        let mut nominal = None;
        for p in (1..end).rev().take(45) {
            match self.items[p] {
                Item::Quote(_) => continue,
                Item::Token(i) => {
                    let t = self.scene.token(i);
                    if t.is_word() || t.kind != Kind::Symbol {
                        continue;
                    }
                    if matches!(t.first, ';' | ':' | '.') && !t.glued {
                        break;
                    }
                    if matches!(t.first, ',' | '(' | '—' | '–' | '[') {
                        if let Some(name) = self.name_at_end(p - 1)
                            && !self.inside_phrase(p - 1, name)
                        {
                            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
                        }
                        let pronoun = self.token(p - 1).filter(|&i| is_subject_pronoun(self.scene.str(i)));
                        if let Some(i) = pronoun {
                            return Some(Phrase { first: i, last: i, head: Head::Pronoun });
                        }
                        nominal = self.ending_at(p - 1).or(nominal);
                    }
                }
            }
        }
        nominal.or_else(|| self.ending_at(end.checked_sub(1)?))
    }

    /// "The operator, Norail, said": the name of what a firm's description stands before, between commas, the second at `end`.
    fn apposed_body(&self, end: usize) -> Option<Phrase> {
        /// The longest such name, in words.
        const NAME: usize = 4;
        let capital = |p: &usize| {
            self.token(*p).is_some_and(|i| self.scene.token(i).is_capital())
                && !self.has(*p, Class::COUNTRY.or(Class::CITY).or(Class::TIME))
        };
        let length = (0..end).rev().take(NAME + 1).take_while(capital).count();
        let start = end.checked_sub(length).filter(|_| (1..=NAME).contains(&length))?;
        let comma = start.checked_sub(1).filter(|&p| self.is(p, ','))?;
        let noun = comma.checked_sub(1)?;
        let body = self.has(noun, Class::FIRM) && self.token(noun).is_some_and(|i| self.scene.token(i).shape == Shape::Lower);
        (body && self.name_at_end(end - 1).is_none()).then_some(Phrase {
            first: self.token(start)?,
            last: self.token(end - 1)?,
            head: Head::Nominal,
        })
    }

    /// The subject of the line's main clause: the first name, pronoun or description that a verb may follow.
    pub(super) fn main_subject(&self, end: usize) -> Option<Phrase> {
        let scene = self.scene;
        let mut p = 0;
        while p < end.min(self.items.len()) {
            let Some(i) = self.token(p) else {
                p += 1;
                continue;
            };
            // "dedicated to Dr. Ann Cole": past the titles
            let title = |p: usize| self.has(p - 1, Class::TITLE) || p > 1 && self.is(p - 1, '.') && self.has(p - 2, Class::TITLE);
            let start = (1..=p).rev().take(5).find(|&p| !title(p)).unwrap_or(0);
            let after_preposition = start > 0
                && self.has(start - 1, Class::PREPOSITION)
                && !matches!(self.word(start - 1), "as" | "like" | "after" | "before" | "since" | "until");
            if let Some(name) = scene.mention_at(i).filter(|m| m.form != MentionForm::Pronoun) {
                let next = self.items.iter().skip(p).position(|&it| it == Item::Token(name.last)).map_or(p + 1, |d| p + d + 1);
                let possessive = self.token(next).is_some_and(|n| scene.token(n).is_apostrophe() && scene.token(n).glued);
                if !after_preposition && !possessive {
                    return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
                }
                p = next;
                continue;
            }
            if is_subject_pronoun(scene.str(i)) && !matches!(scene.str(i), "it" | "It") && !after_preposition {
                return Some(Phrase { first: i, last: i, head: Head::Pronoun });
            }
            p += 1;
        }
        self.first_phrase(end)
    }

    /// The phrase without the verb that it was read over: "The town released a statement", "His chief aide doubled down".
    fn up_to_verb(&self, phrase: Phrase) -> Phrase {
        let scene = self.scene;
        let noun = |i: usize| scene.token(i).has(Class::OFFICE.or(Class::SPEAKING_THING).or(Class::KIN)) || scene.token(i).is_capital();
        let verb = |i: usize| {
            let t = scene.token(i);
            let does = t.has(Class::CUE.or(Class::CUE_WEAK).or(Class::DOES)) || scene.str(i).len() > 4 && scene.str(i).ends_with("ed");
            let used = matches!(scene.str(i), "used" | "come" | "came" | "keep" | "kept"); // "my father used to say"
            t.is_word() && t.shape == Shape::Lower && (does || used) && !t.has(Class::OFFICE.or(Class::SPEAKING_THING))
        };
        match (phrase.first + 1..=phrase.last).find(|&i| verb(i) && noun(i - 1) && !scene.token(i - 1).has(Class::DETERMINER)) {
            Some(at) if phrase.head == Head::Nominal => Phrase { last: at - 1, ..phrase },
            _ => phrase,
        }
    }

    /// The description that the line opens with: "The Audit Board, which …, issued a statement".
    fn first_phrase(&self, end: usize) -> Option<Phrase> {
        let mut start = 0;
        // past "On Monday," and the like
        while start < end.min(12) && (self.has(start, Class::PREPOSITION) || self.token(start).is_none()) {
            let comma = (start..end.min(start + 12)).find(|&p| self.is(p, ','))?;
            start = comma + 1;
        }
        let i = self.token(start)?;
        let t = self.scene.token(i);
        if start >= end || !(t.has(Class::DETERMINER) || t.is_capital()) || t.has(Class::CONJUNCTION) {
            return None;
        }
        let phrase = self.starting_at(start).filter(|p| p.head != Head::Pronoun).map(|p| self.up_to_verb(p))?;
        let known = (phrase.first..=phrase.last).any(|i| {
            self.scene.token(i).has(Class::OFFICE.or(Class::SPEAKING_THING)) || i > phrase.first && self.scene.token(i).is_capital()
        });
        known.then_some(phrase)
    }
}
