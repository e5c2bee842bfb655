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
fn is_between(scene: &Scene<'_>, i: usize) -> bool {
    let t = scene.token(i);
    if !t.is_word() {
        return t.is_apostrophe();
    }
    let word = scene.str(i);
    t.shape == Shape::Lower && (t.has(Class::AUXILIARY) || (word.len() > 4 && word.ends_with("ly")))
}

pub(super) fn is_subject_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "He" | "She" | "They" | "It")
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

    fn is(&self, at: usize, symbol: char) -> bool {
        self.token(at).is_some_and(|i| self.scene.token(i).is(symbol))
    }

    fn word(&self, at: usize) -> &str {
        self.token(at).map_or("", |i| self.scene.str(i))
    }

    fn has(&self, at: usize, class: Class) -> bool {
        self.token(at).is_some_and(|i| self.scene.token(i).has(class))
    }

    /// Where token `i` stands in the line.
    fn place(&self, i: usize, near: usize) -> Option<usize> {
        (0..=near).rev().find(|&p| self.token(p) == Some(i))
    }

    /// The subject of the verb at `verb`, which stands before it.
    pub(super) fn subject(&self, verb: usize) -> Option<Phrase> {
        let mut k = verb.checked_sub(1)?;
        while k > 0 && self.token(k).is_some_and(|i| is_between(self.scene, i)) && self.name_at_end(k).is_none() {
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
            return self.ending_at(before);
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

    fn name_at_end(&self, at: usize) -> Option<Named> {
        self.scene.name_ending_at(self.token(at)?)
    }

    /// The noun phrase whose last item is `at`: a name, or a description read to the left.
    pub(super) fn ending_at(&self, at: usize) -> Option<Phrase> {
        let i = self.token(at)?;
        if is_subject_pronoun(self.scene.str(i)) {
            return Some(Phrase { first: i, last: i, head: Head::Pronoun });
        }
        // "Scott Morrison (R)", "Ann Roe, 45"
        if let Some(name) = self.scene.name_ending_at(i) {
            if !self.inside_phrase(at, name) {
                return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
        }
        let first = self.read_left(at)?;
        let phrase = self.phrase(first, at)?;
        if phrase.head == Head::Nominal {
            // "James Lyne, head of research at Sophos told", "Lucas Roe and his team wrote"
            let word = self.word(first);
            let joined = first.checked_sub(1).filter(|&p| self.word(p) == "and" && matches!(word, "his" | "her" | "their"));
            let apposed =
                first.checked_sub(1).filter(|&p| self.is(p, ',') && !matches!(word, "the" | "a" | "an" | "The" | "his" | "her" | "their"));
            if let Some(name) = joined.or(apposed).and_then(|p| p.checked_sub(1)).and_then(|p| self.name_at_end(p)) {
                return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
        }
        Some(phrase)
    }

    /// A name at the end of "a lawyer for Ann Roe" is not the one who speaks.
    fn inside_phrase(&self, at: usize, name: Named) -> bool {
        let Some(start) = self.place(name.first, at) else { return false };
        let Some(before) = start.checked_sub(1) else { return false };
        if !matches!(self.word(before), "for" | "of" | "to" | "by" | "with" | "at" | "from" | "representing") {
            return false;
        }
        let Some(noun) = before.checked_sub(1) else { return false };
        self.has(noun, Class::OFFICE) || self.scene_name_over(noun)
    }

    fn scene_name_over(&self, at: usize) -> bool {
        self.token(at).is_some_and(|i| self.scene.name_over(i).is_some())
    }

    /// The first item of the noun phrase that ends at `at`.
    fn read_left(&self, at: usize) -> Option<usize> {
        let scene = self.scene;
        let mut first = None;
        let mut k = at + 1;
        while k > 0 && at + 1 - k < 16 {
            k -= 1;
            let Some(i) = self.token(k) else {
                if self.is_mention(k) && k < at {
                    continue; // the “Pose” actor
                }
                break;
            };
            let t = scene.token(i);
            let word = scene.str(i);
            if t.kind == Kind::Number {
                first = Some(k);
                continue;
            }
            if !t.is_word() {
                let joins = t.is('-') || t.is('&') || t.is('.') && t.glued || t.is_apostrophe() && t.glued;
                if joins && k > 0 {
                    continue;
                }
                break;
            }
            if t.glued && k > 0 && self.token(k - 1).is_some_and(|i| scene.token(i).is_apostrophe()) && word.len() <= 2 {
                continue; // the s of a possessive
            }
            let capital_inside = t.is_capital() && k < at;
            if matches!(word, "that" | "That") {
                break;
            }
            if word == "and" && k > 0 && k < at && self.has(k + 1, Class::OFFICE) && self.has(k - 1, Class::OFFICE) {
                continue; // "the singer and guitarist"
            }
            if t.has(Class::DETERMINER) {
                first = Some(k);
                // "the head of the party": goes on before a preposition
                if k > 1
                    && self.has(k - 1, Class::PREPOSITION)
                    && matches!(self.word(k - 1), "of" | "for" | "at" | "from" | "with" | "in" | "to")
                {
                    let noun = self.token(k - 2).map(|i| scene.token(i));
                    if noun.is_some_and(|n| {
                        n.is_word() && !n.has(Class::AUXILIARY.or(Class::CONJUNCTION).or(Class::PREPOSITION)) && !n.has(Class::CUE)
                            || n.is_capital() && n.is_word()
                    }) {
                        k -= 1;
                        continue;
                    }
                }
                break;
            }
            if t.has(Class::PREPOSITION) && !capital_inside {
                let noun = k.checked_sub(1).and_then(|b| self.token(b)).map(|i| scene.token(i));
                let strict = !matches!(word, "of" | "at");
                let function =
                    Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY).or(Class::CUE).or(Class::CUE_ING).or(Class::TIME);
                let noun = noun.is_some_and(|n| {
                    n.is_word()
                        && if strict { n.has(Class::OFFICE) || n.has(Class::SPEAKING_THING) || n.is_capital() } else { !n.has(function) }
                });
                if noun && matches!(word, "of" | "for" | "at" | "from" | "with" | "in") {
                    continue;
                }
                break;
            }
            let stops = Class::CONJUNCTION.or(Class::AUXILIARY).or(Class::PRONOUN);
            if t.has(stops) && t.shape == Shape::Lower
                || t.has(Class::CUE_ING)
                || (t.has(Class::OPENER) && !t.has(Class::DETERMINER) && t.shape != Shape::Upper)
            {
                break;
            }
            if word.len() > 4 && word.ends_with("ly") && t.shape == Shape::Lower {
                break;
            }
            first = Some(k);
        }
        first
    }

    /// Words in marks that nobody said: a title or nickname inside a noun phrase.
    fn is_mention(&self, at: usize) -> bool {
        matches!(self.items.get(at), Some(Item::Quote(piece)) if !self.scene.pieces[*piece].speech)
    }

    /// The noun phrase over items `first..=last`, with its head.
    fn phrase(&self, first: usize, last: usize) -> Option<Phrase> {
        let scene = self.scene;
        let (a, b) = (self.token(first)?, self.token(last)?);
        // The core ends before the first preposition.
        let core = (first..=last).find(|&p| p > first && self.has(p, Class::PREPOSITION)).map_or(last, |p| p - 1);
        let end = self.token(core)?;
        if let Some(name) = scene.name_ending_at(end).filter(|n| n.first >= a) {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        let noun = (first..=core).any(|p| {
            self.token(p).is_some_and(|i| scene.token(i).is_word() && !scene.token(i).has(Class::DETERMINER.or(Class::PREPOSITION)))
        });
        if !noun {
            return None;
        }
        if let Some(title) = scene.mention_at(a).filter(|m| m.form == MentionForm::Title) {
            return Some(Phrase { first: a, last: title.last, head: Head::Person(title.person) });
        }
        Some(Phrase { first: a, last: b, head: Head::Nominal })
    }

    /// The subject before an apposition or parenthesis that ends at `end`: "Jo Hill, a lawyer for Ann Roe, said".
    fn before_apposition(&self, end: usize) -> Option<Phrase> {
        // "Another critic, Laurence Roe, likened": the name alone between commas
        if let Some(name) = end.checked_sub(1).and_then(|k| self.name_at_end(k))
            && self.place(name.first, end).and_then(|p| p.checked_sub(1)).is_some_and(|p| self.is(p, ','))
        {
            let between = self.place(name.first, end).unwrap_or(end);
            let listed = between >= 2 && self.name_at_end(between - 2).is_some();
            if !listed {
                return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
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

    /// The noun phrase that starts at item `at`: after "said", after "according to".
    pub(super) fn starting_at(&self, at: usize) -> Option<Phrase> {
        let scene = self.scene;
        let mut start = at;
        while self.token(start).is_some_and(|i| is_between(scene, i) && !scene.token(i).has(Class::DETERMINER)) && start < at + 3 {
            start += 1;
        }
        let first = self.token(start)?;
        if is_subject_pronoun(scene.str(first)) {
            return Some(Phrase { first, last: first, head: Head::Pronoun });
        }
        let end = self.read_right(start);
        if end == start {
            return None;
        }
        let last = self.token(end - 1)?;
        if let Some(name) = scene.name_ending_at(last).filter(|n| n.first >= first) {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        // the minister, Ivan Petrov, who …
        if self.is(end, ',')
            && let Some(name) = self.token(end + 1).and_then(|i| scene.mention_at(i)).filter(|m| m.form == MentionForm::Name)
        {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        // Secretary of State Mike Pompeo; Ann Roe of the union
        let core = (start..end).find(|&p| p > start && self.has(p, Class::PREPOSITION)).unwrap_or(end);
        if let Some(name) = self.token(core - 1).and_then(|i| scene.name_ending_at(i)).filter(|n| n.first >= first) {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        self.phrase(start, end - 1)
    }

    /// One past the last item of the noun phrase that starts at `start`.
    fn read_right(&self, start: usize) -> usize {
        let scene = self.scene;
        let mut k = start;
        while k < self.items.len() && k - start < 16 {
            let Some(i) = self.token(k) else { break };
            let t = scene.token(i);
            let word = scene.str(i);
            if t.kind == Kind::Symbol {
                let joins = t.glued && (t.is('-') || t.is('&') || t.is_apostrophe() || t.is('.') && self.abbreviates(k)) || t.is('&');
                if !joins {
                    break;
                }
                k += 1;
                continue;
            }
            if k > start && t.is_word() && t.shape == Shape::Lower {
                let possessive = t.glued && self.token(k - 1).is_some_and(|i| scene.token(i).is_apostrophe());
                let office_before = self.has(k - 1, Class::OFFICE.or(Class::SPEAKING_THING))
                    || self.token(k - 1).is_some_and(|i| scene.token(i).is_capital());
                let goes_on = matches!(word, "of" | "for" | "at" | "from" | "with") && office_before;
                let stops = Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY).or(Class::PRONOUN);
                if t.has(stops) && !possessive && !goes_on || t.has(Class::CUE_ING) || t.has(Class::TIME) {
                    break;
                }
            }
            if k > start && t.has(Class::TIME) && t.is_capital() && scene.name_over(i).is_none() {
                break;
            }
            k += 1;
        }
        k
    }

    /// A full stop inside a name or title: "Sen. Ann Roe", "J. Poe", "Jr."
    fn abbreviates(&self, at: usize) -> bool {
        at > 0 && (self.has(at - 1, Class::ABBREVIATION.or(Class::ABBREVIATION_MAY_END)) || self.word(at - 1).len() == 1)
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
            let after_preposition = p > 0
                && self.has(p - 1, Class::PREPOSITION)
                && !matches!(self.word(p - 1), "as" | "like" | "after" | "before" | "since" | "until");
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

    /// The description that the line opens with: "The Electoral Commission, which …, issued a statement".
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
        let phrase = self.starting_at(start).filter(|p| p.head != Head::Pronoun)?;
        let known = (phrase.first..=phrase.last).any(|i| {
            self.scene.token(i).has(Class::OFFICE.or(Class::SPEAKING_THING)) || i > phrase.first && self.scene.token(i).is_capital()
        });
        known.then_some(phrase)
    }
}
