//! Noun phrases: read to the left of a verb or to the right of "said", with what stands at their head.

use super::clause::{Head, Line, Phrase, is_adverb, is_between, is_subject_pronoun};
use super::scene::{Item, Named};
use crate::analysis::findings::MentionForm;
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Kind, Shape};

/// The longest noun phrase, in items.
const LONGEST: usize = 16;

/// What an item is to a noun phrase that is read to the left.
enum Step {
    /// A word of it; it may start here.
    Take,
    /// Joins what stands before it; the phrase does not start here.
    Pass,
    /// A word of it, and so is the preposition before it.
    TakeWithPreposition,
    /// Its first word.
    TakeLast,
    /// No part of it.
    Stop,
}

impl Line<'_, '_> {
    /// The noun phrase whose last item is `at`: a name, or a description read to the left.
    pub(super) fn ending_at(&self, at: usize) -> Option<Phrase> {
        let i = self.token(at)?;
        if is_subject_pronoun(self.scene.str(i)) {
            return Some(Phrase { first: i, last: i, head: Head::Pronoun });
        }
        // "Ann Roe, 45"
        if let Some(name) = self.scene.name_ending_at(i).filter(|n| !self.inside_phrase(at, *n)) {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        let first = self.read_left(at)?;
        let phrase = self.phrase(first, at)?;
        if phrase.head == Head::Nominal {
            // "James Poe, head of research at Soporis told", "Lucas Roe and his team wrote"
            let word = self.word(first);
            let joined = first.checked_sub(1).filter(|&p| self.word(p) == "and" && matches!(word, "his" | "her" | "their"));
            let apposed =
                first.checked_sub(1).filter(|&p| self.is(p, ',') && !matches!(word, "the" | "a" | "an" | "The" | "his" | "her" | "their"));
            if let Some(name) = joined.or(apposed).and_then(|p| p.checked_sub(1)).and_then(|p| self.name_at_end(p)) {
                return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
            // "Jo Hill, a resident of the village told": where the name opens the clause, so that it is no list
            let comma = first.checked_sub(1).filter(|&p| self.is(p, ','));
            if let Some(name) = comma.and_then(|p| p.checked_sub(1)).and_then(|p| self.name_at_end(p))
                && self.place(name.first, at).is_some_and(|p| p == 0 || matches!(self.items[p - 1], Item::Quote(_)))
            {
                return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
        }
        Some(phrase)
    }

    /// A name at the end of "a lawyer for Ann Roe" is not the one who speaks.
    pub(super) fn inside_phrase(&self, at: usize, name: Named) -> bool {
        let Some(mut start) = self.place(name.first, at) else { return false };
        // "a spokesman for Mr. Platt", "an aide to President Poe"
        while start > 0 && (self.has(start - 1, Class::TITLE) || self.is(start - 1, '.') && start > 1 && self.has(start - 2, Class::TITLE))
        {
            start -= 1;
        }
        let Some(before) = start.checked_sub(1) else { return false };
        // "head of research at security firm Soporis": what a firm is called, not who speaks
        if before > 0 && self.has(before, Class::FIRM) {
            return true;
        }
        if !matches!(self.word(before), "for" | "of" | "to" | "by" | "with" | "at" | "from" | "representing") {
            return false;
        }
        let Some(noun) = before.checked_sub(1) else { return false };
        self.has(noun, Class::OFFICE) || self.scene_name_over(noun)
    }

    /// The name at `at` belongs to "a lawyer for": the description before it speaks.
    pub(super) fn is_client(&self, at: usize) -> bool {
        let mut k = at;
        let dotted = |k: usize| self.is(k - 1, '.') && k > 1 && self.has(k - 2, Class::TITLE);
        while k > 0 && (self.has(k - 1, Class::TITLE.or(Class::OFFICE)) || dotted(k)) {
            k -= 1;
        }
        k > 1 && matches!(self.word(k - 1), "for" | "of" | "to" | "by" | "with" | "representing") && self.has(k - 2, Class::OFFICE)
    }

    fn scene_name_over(&self, at: usize) -> bool {
        self.token(at).is_some_and(|i| self.scene.name_over(i).is_some())
    }

    /// The first item of the noun phrase that ends at `at`.
    fn read_left(&self, at: usize) -> Option<usize> {
        let mut first = None;
        let mut k = at + 1;
        while k > 0 && at + 1 - k < LONGEST {
            k -= 1;
            match self.step_left(k, at) {
                Step::Take => first = Some(k),
                Step::Pass => {}
                Step::TakeWithPreposition => {
                    first = Some(k);
                    k -= 1;
                }
                Step::TakeLast => return Some(k),
                Step::Stop => break,
            }
        }
        first
    }

    /// What item `k` is to the noun phrase that ends at `at` and has been read down to it.
    fn step_left(&self, k: usize, at: usize) -> Step {
        let scene = self.scene;
        let Some(i) = self.token(k) else {
            // the “Dunes” actor
            return if self.is_mention(k) && k < at { Step::Pass } else { Step::Stop };
        };
        let (t, word) = (scene.token(i), scene.str(i));
        match t.kind {
            Kind::Number => return Step::Take,
            Kind::Symbol => {
                let joins = t.is('-') || t.is('&') || t.glued && (t.is('.') || t.is_apostrophe());
                return if joins && k > 0 { Step::Pass } else { Step::Stop };
            }
            Kind::Word => {}
        }
        if t.glued && word.len() <= 2 && k > 0 && self.token(k - 1).is_some_and(|i| scene.token(i).is_apostrophe()) {
            return Step::Pass; // the s of a possessive
        }
        if matches!(word, "that" | "That") {
            return Step::Stop;
        }
        if word == "and" && k > 0 && k < at && self.has(k + 1, Class::OFFICE) && self.has(k - 1, Class::OFFICE) {
            return Step::Pass; // "the singer and guitarist"
        }
        if t.has(Class::DETERMINER) {
            // "the head of the party": goes on before a preposition
            return if self.noun_and_preposition_before(k) { Step::TakeWithPreposition } else { Step::TakeLast };
        }
        if t.has(Class::PREPOSITION) && !(t.is_capital() && k < at) {
            return if self.joins_nouns(k) { Step::Pass } else { Step::Stop };
        }
        let stops = Class::CONJUNCTION.or(Class::AUXILIARY).or(Class::PRONOUN);
        let small = t.shape == Shape::Lower;
        let opener = t.has(Class::OPENER) && t.shape != Shape::Upper;
        if small && t.has(stops) || t.has(Class::CUE_ING) || opener || small && is_adverb(scene, i) {
            return Step::Stop;
        }
        Step::Take
    }

    /// "head of" before the determiner at `k`.
    fn noun_and_preposition_before(&self, k: usize) -> bool {
        // "a report by the auditor"
        let by = k > 1 && self.word(k - 1) == "by" && self.has(k - 2, Class::SPEAKING_THING);
        if k < 2 || !by && !matches!(self.word(k - 1), "of" | "for" | "at" | "from" | "with" | "in" | "to") {
            return false;
        }
        let function = Class::AUXILIARY.or(Class::CONJUNCTION).or(Class::PREPOSITION).or(Class::CUE);
        self.token(k - 2).map(|i| self.scene.token(i)).is_some_and(|n| n.is_word() && (by || n.is_capital() || !n.has(function)))
    }

    /// True when the preposition at `k` goes on a noun phrase: "spokesman for", "lecturer at".
    fn joins_nouns(&self, k: usize) -> bool {
        let Some(n) = k.checked_sub(1).and_then(|b| self.token(b)).map(|i| self.scene.token(i)) else { return false };
        let function = Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY).or(Class::CUE).or(Class::CUE_ING).or(Class::TIME);
        match self.word(k) {
            "of" | "at" => n.is_word() && !n.has(function),
            "to" => {
                n.has(Class::OFFICE)
                    && matches!(self.word(k - 1), "aide" | "adviser" | "advisor" | "counsel" | "ambassador" | "envoy" | "lawyer")
            }
            "for" | "from" | "with" | "in" => n.is_word() && (n.has(Class::OFFICE.or(Class::SPEAKING_THING)) || n.is_capital()),
            _ => false,
        }
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
        // "one of the ushers": the noun may stand behind the preposition
        let noun = (first..=if core == first { last } else { core }).any(|p| {
            self.token(p).is_some_and(|i| scene.token(i).is_word() && !scene.token(i).has(Class::DETERMINER.or(Class::PREPOSITION)))
        });
        // "One resident wept. Another said": nobody who was named
        let another = first == last && matches!(self.word(first), "another" | "Another" | "others" | "Others");
        if !noun && !another {
            return None;
        }
        // One small word that names nobody: what stands before "said" is then no subject.
        let only = scene.token(a);
        if a == b
            && !another
            && only.shape == Shape::Lower
            && !only.has(Class::OFFICE.or(Class::SPEAKING_THING))
            && !scene.str(a).ends_with('s')
        {
            return None;
        }
        // "to stoke voter fears": no description of anybody without an article, an office or a plural
        let bare = |i: usize| scene.token(i).shape == Shape::Lower && scene.token(i).is_word() && !scene.token(i).has(Class::DETERMINER);
        let able = Class::OFFICE.or(Class::SPEAKING_THING).or(Class::NATIONALITY);
        let able = |i: usize| scene.token(i).has(able) || scene.token(i).is_capital() || scene.str(i).ends_with('s');
        if bare(a) && !(able(end) || able(b)) {
            return None;
        }
        if let Some(title) = scene.mention_at(a).filter(|m| m.form == MentionForm::Title) {
            return Some(Phrase { first: a, last: title.last, head: Head::Person(title.person) });
        }
        Some(Phrase { first: a, last: b, head: Head::Nominal })
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
        // "compared to what the others do"
        let question = matches!(scene.str(first), "what" | "how" | "why" | "whether" | "where" | "when" | "than");
        if end == start || question {
            return None;
        }
        let last = self.token(end - 1)?;
        let client = |n: Named| self.place(n.first, end - 1).is_some_and(|p| self.is_client(p));
        if let Some(name) = scene.name_ending_at(last).filter(|n| n.first >= first && !client(*n)) {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        // the minister, Ivan Petrov, who …
        let mut next = end + 1;
        while next < end + 4
            && (self.has(next, Class::TITLE) || self.is(next, '.'))
            && self.token(next).is_some_and(|i| scene.mention_at(i).is_none())
        {
            next += 1;
        }
        if self.is(end, ',')
            && let Some(name) = self.token(next).and_then(|i| scene.mention_at(i)).filter(|m| m.form == MentionForm::Name)
        {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        // said former deputy secretary of state for European affairs Linda Poe
        if !scene.token(first).has(Class::DETERMINER)
            && scene.token(first).has(Class::OFFICE.or(Class::TITLE).or(Class::AUXILIARY).or(Class::COMMON))
            && let Some(name) = self.name_after_title(end)
        {
            return Some(name);
        }
        // Secretary of State Jane Poe; Ann Roe of the union
        let core = (start..end).find(|&p| p > start && self.has(p, Class::PREPOSITION)).unwrap_or(end);
        if let Some(name) = self.token(core - 1).and_then(|i| scene.name_ending_at(i)).filter(|n| n.first >= first) {
            return Some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
        }
        self.phrase(start, end - 1)
    }

    /// The name that ends a long title which goes on at `at` with "for European affairs".
    fn name_after_title(&self, at: usize) -> Option<Phrase> {
        for p in at..(at + 10).min(self.items.len()) {
            let i = self.token(p)?;
            let t = self.scene.token(i);
            if let Some(name) = self.scene.mention_at(i).filter(|m| m.form == MentionForm::Name) {
                let led = p > at && !self.has(p - 1, Class::PREPOSITION.or(Class::DETERMINER).or(Class::CONJUNCTION));
                return led.then_some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) });
            }
            // "head of public affairs", "master of ceremonies"
            let field = t.shape == Shape::Lower && self.is_field(p);
            let goes_on =
                t.is_capital() || field || t.has(Class::PREPOSITION.or(Class::OFFICE)) || matches!(self.scene.str(i), "and" | "the");
            if !t.is_word() || !goes_on {
                return None;
            }
        }
        None
    }

    /// True for a word of what somebody is head, director or master of: at most two of them behind the preposition.
    fn is_field(&self, at: usize) -> bool {
        let function =
            Class::AUXILIARY.or(Class::CONJUNCTION).or(Class::PRONOUN).or(Class::DETERMINER).or(Class::CUE).or(Class::CLAUSE_VERB);
        let of = |p: usize| matches!(self.word(p), "of" | "for");
        !self.has(at, function) && (at > 0 && of(at - 1) || at > 1 && of(at - 2))
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
                let joins =
                    t.glued && (t.is('-') || t.is('&') || t.is('/') || t.is_apostrophe() || t.is('.') && self.abbreviates(k)) || t.is('&');
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
                let goes_on = matches!(word, "of" | "for" | "at" | "from" | "with") && office_before
                    || word == "to"
                        && matches!(self.word(k - 1), "counsel" | "adviser" | "advisor" | "aide" | "ambassador" | "envoy" | "lawyer");
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
}
