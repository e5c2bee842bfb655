//! Cues beside a quotation, and the phrase that each gives the words to.

use super::channel;
use super::clause::{Head, Line, Phrase, names_nobody};
use super::nouns::is_noun;
use super::own_words;
use super::passive::{agent, citing, is_apposed_participle, is_passive, quoted, undergoes};
use super::scene::{Item, Scene};
use crate::analysis::lexicon::Class;
use crate::analysis::token::Shape;

/// An attribution as the text gives it, in tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attribution {
    /// Who.
    pub who: Phrase,
    /// The cue's first and last token; none for a bare colon or dash.
    pub cue: Option<(usize, usize)>,
    /// The channel's first and last token.
    pub via: Option<(usize, usize)>,
}

fn any_cue() -> Class {
    Class::CUE.or(Class::CUE_WEAK).or(Class::CUE_ING)
}

/// The attribution that the text before a quotation gives it. `items` ends right before the opening mark.
pub(super) fn before(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let line = Line { scene, items };
    let mut undergone = None;
    for at in (0..items.len()).rev() {
        let Some(i) = line.token(at) else { continue };
        // "according to the ministry, “…”"; between commas after a name it is the channel
        if matches!(scene.str(i), "according" | "According") && line.token(at + 1).is_some_and(|t| scene.str(t) == "to") {
            if let Some(who) = line.starting_at(at + 2) {
                let to = line.token(at + 1)?;
                // "The mayor said, according to two officials, that": between commas it is the channel
                let between = at > 0 && line.is(at - 1, ',') && line.place(who.last, items.len() - 1).is_some_and(|p| line.is(p + 1, ','));
                if between && let Some(found) = before(scene, &items[..at - 1]) {
                    return Some(Attribution { via: Some((who.first, who.last)), ..found });
                }
                return Some(Attribution { who, cue: Some((i, to)), via: None });
            }
            continue;
        }
        // "in the words of Ann Roe, “…”"
        if scene.str(i) == "words"
            && at > 0
            && line.token(at + 1).is_some_and(|t| scene.str(t) == "of")
            && let Some(who) = line.starting_at(at + 2)
        {
            return Some(Attribution { who, cue: Some((i, i + 1)), via: None });
        }
        // at the start of a sentence a cue has a capital: “Warned Jo Hill: …”
        let opens = at == 0 && scene.token(i).has(Class::CUE) && scene.token(i).is_word();
        if !(opens || scene.is_verb(i, any_cue()) || is_of_two_words(&line, at)) || is_noun(&line, at) {
            continue;
        }
        if let Some(found) = governed(&line, at, i) {
            return Some(found);
        }
        if !scene.token(i).has(Class::CUE_ING) && (undergoes(&line, at) || is_apposed_participle(&line, at)) {
            if let Some(who) = agent(&line, at) {
                return Some(Attribution { who, cue: Some((i, i)), via: None });
            }
            // "Petrov was asked, “…”": by whom the text does not say, unless another verb of the sentence does
            let near = !matches!(scene.str(i), "asked" | "told") || items.len() - at <= 3;
            if near {
                undergone =
                    undergone.or(Some(Attribution { who: Phrase { first: i, last: i, head: Head::Nobody }, cue: Some((i, i)), via: None }));
            }
        }
    }
    undergone
}

/// The subject behind the words that a participle opens the sentence for: "Calling it “a disgrace,” Hill left", "After saying it was “late,” he left".
pub(super) fn opening_participle(scene: &Scene<'_>, left: &[Item], right: &[Item]) -> Option<Attribution> {
    let (line, after) = (Line { scene, items: left }, Line { scene, items: right });
    let led = line.has(0, Class::PREPOSITION) || line.has(0, Class::CONJUNCTION);
    let i = line.token(usize::from(led)).filter(|&i| scene.token(i).has(Class::CUE_ING))?;
    let who = after.main_subject(right.len().min(8)).filter(|who| matches!(who.head, Head::Person(_) | Head::Pronoun))?;
    let own = own_words::is_subject(&after, after.place(who.first, 8)?) && !names_nobody(scene.str(who.first));
    own.then_some(Attribution { who, cue: Some((i, i)), via: None })
}

/// Who speaks in a sentence without a quotation of its own: the subject of its first verb of speaking.
pub(super) fn reported(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let line = Line { scene, items };
    for at in 0..items.len() {
        let Some(i) = line.token(at) else { continue };
        if scene.is_verb(i, Class::CUE)
            && !is_noun(&line, at)
            && let Some(found) = governed(&line, at, i)
        {
            return Some(found);
        }
    }
    before(scene, items)
}

/// Cues of two words: "held that", "shot back", "chimed in".
#[rustfmt::skip]
fn is_of_two_words(line: &Line<'_, '_>, at: usize) -> bool {
    let verb = line.word(at);
    match line.word(at + 1) {
        "that" => matches!(verb, "held" | "holds" | "decided" | "determined" | "discovered"),
        "back" => matches!(verb, "shot" | "shoots" | "fired" | "fires" | "hit" | "hits" | "pushed" | "pushes" | "clapped" | "struck" | "snapped" | "bit"),
        "in" => matches!(verb, "chimed" | "chimes" | "weighed" | "weighs" | "cut" | "butted" | "broke"),
        "up" => matches!(verb, "piped" | "pipes" | "spoke" | "summed" | "sums"),
        "out" => matches!(verb, "blurted" | "cried" | "called" | "burst" | "pointed" | "points"),
        "off" => matches!(verb, "signed" | "signs" | "trailed"),
        "on" => matches!(verb, "went" | "goes"),
        _ => false,
    }
}

/// “…,” her mother told her, Ann Roe recalled: who tells what somebody else said, by name at the end of the sentence, and goes on speaking.
pub(super) fn teller(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let behind = items.iter().rposition(|i| matches!(i, Item::Quote(_)))? + 1;
    let line = Line { scene, items };
    let cue = |p: usize| line.token(p).is_some_and(|i| scene.is_verb(i, Class::CUE));
    let last = (behind..items.len()).rev().take(3).find(|&p| cue(p))?;
    let who = line.subject(last).filter(|who| matches!(who.head, Head::Person(_)))?;
    let comma = line.place(who.first, last)?.checked_sub(1).filter(|&p| line.is(p, ','))?;
    let told = (behind..comma).any(cue);
    told.then_some(Attribution { who, cue: Some((line.token(last)?, line.token(last)?)), via: None })
}

/// Verbs whose subject speaks, whatever noun it is. Those of the lists that say other things too need a subject that can.
fn is_core(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "say"
            | "told"
            | "tells"
            | "tell"
            | "added"
            | "adds"
            | "asked"
            | "asks"
            | "wrote"
            | "writes"
            | "tweeted"
            | "tweets"
            | "replied"
            | "replies"
            | "explained"
            | "explains"
    )
}

/// True for descriptions of people and bodies: its noun is an office, a ministry, a name; also "one of the ushers".
pub(super) fn speaks(scene: &Scene<'_>, who: Phrase) -> bool {
    let able = |i: usize| {
        let t = scene.token(i);
        t.has(Class::OFFICE.or(Class::SPEAKING_THING).or(Class::NATIONALITY)) || t.is_capital() && !t.has(Class::DETERMINER)
    };
    // The noun stands last, before the first preposition; "a person close", "those surveyed" have a word behind it.
    let core = (who.first + 1..=who.last).find(|&i| scene.token(i).has(Class::PREPOSITION) && !scene.token(i).is_capital());
    let noun = core.map_or(who.last, |i| i - 1);
    let behind = scene.str(noun).ends_with("ed") || matches!(scene.str(noun), "familiar" | "close" | "involved" | "known" | "present");
    able(noun)
        || behind && noun > who.first && able(noun - 1)
        || noun == who.first && scene.token(noun).has(Class::DETERMINER) && able(who.last)
}

/// The attribution of the cue at item `at`, which is token `i`.
fn governed(line: &Line<'_, '_>, at: usize, i: usize) -> Option<Attribution> {
    let scene = line.scene;
    let word_before = |back: usize| at.checked_sub(back).and_then(|b| line.token(b)).map_or("", |t| scene.str(t));
    let via = channel::after(line, at + 1);
    // "quoted Jo Hill as saying", "… as having said"
    let having = word_before(1) == "having" && word_before(2) == "as";
    if word_before(1) == "as" && scene.token(i).has(Class::CUE_ING) || having {
        let as_at = if having { at - 2 } else { at - 1 };
        let quoted = (0..at).rev().take(16).find(|&p| {
            matches!(
                line.token(p).map_or("", |t| scene.str(t)),
                "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing" | "paraphrased"
            )
        });
        // "Ivan Petrov was quoted by the agency as saying"
        if let Some(q) = quoted.filter(|&q| q > 0 && is_passive(line.word(q - 1))) {
            let by = if line.word(q + 1) == "by" { line.starting_at(q + 2) } else { None };
            let who = line.subject(q).or_else(|| line.main_subject(q))?;
            return Some(Attribution { who, cue: Some((line.token(q)?, line.token(q)?)), via: by.map(|b| (b.first, b.last)).or(via) });
        }
        let who = line.quoted_before(as_at, quoted)?;
        let source = quoted.and_then(|q| line.subject(q).or_else(|| line.main_subject(q)));
        let cue = quoted.and_then(|q| line.token(q)).unwrap_or(i);
        return Some(Attribution { who, cue: Some((cue, cue)), via: source.map(|s| (s.first, s.last)).or(via) });
    }
    // "speaking of the devil", "he was talking about bread": says what about, not what
    if matches!(scene.str(i), "talking" | "speaking") && line.has(at + 1, Class::PREPOSITION) {
        return None;
    }
    // "refused to say"
    if word_before(1) == "to"
        && matches!(word_before(2), "refused" | "refuses" | "declined" | "declines" | "failed" | "fails" | "refusing" | "declining")
    {
        return None;
    }
    // "didn't say" (the t of n't), "should release": not said
    if matches!(word_before(1), "t" | "not" | "never")
        || (scene.token(i).has(Class::CUE_WEAK)
            && matches!(word_before(1), "should" | "could" | "can" | "may" | "might" | "must" | "will" | "would"))
    {
        return None;
    }
    // "was asked", "was called": what follows is not the subject's speech
    if !scene.token(i).has(Class::CUE_ING) && (undergoes(line, at) || is_apposed_participle(line, at)) {
        return None;
    }
    if matches!(scene.str(i), "pleaded" | "pled") && matches!(line.word(at + 1), "guilty" | "not" | "no") {
        return None; // "pleaded guilty to “conduct unbecoming”"
    }
    if scene.token(i).has(Class::CUE_ING) && matches!(word_before(1), "denied" | "denies" | "without" | "denying" | "not" | "never") {
        return None; // "denied calling him “a fool”"
    }
    let who = if scene.token(i).has(Class::CUE_ING) { line.participle_subject(at) } else { line.finite_subject(at) }?;
    if who.head == Head::Nominal && !is_core(scene.str(i)) && !speaks(scene, who) {
        return None;
    }
    let via = via.or_else(|| channel::between(line, at)).or_else(|| channel::leading(line, at, who));
    Some(Attribution { who, cue: Some((i, i)), via })
}

impl Line<'_, '_> {
    /// Who stands before the "as" of "quoted … as saying", where `verb` is the item of "quoted": "him", "Ivo Hall, the chief of police,".
    fn quoted_before(&self, as_at: usize, verb: Option<usize>) -> Option<Phrase> {
        let last = as_at.checked_sub(1)?;
        if let Some(i) = self.token(last).filter(|&i| matches!(self.scene.str(i), "him" | "her" | "them")) {
            return Some(Phrase { first: i, last: i, head: Head::Pronoun });
        }
        if !self.is(last, ',') {
            return self.ending_at(last);
        }
        let behind = |who: &Phrase| self.place(who.first, last).is_some_and(|p| verb.is_none_or(|q| p > q));
        self.before_apposition(last).filter(behind).or_else(|| self.starting_at(verb? + 1))
    }

    /// Who a form in -ing belongs to: what stands right before it, else the main clause's subject.
    fn participle_subject(&self, at: usize) -> Option<Phrase> {
        let before = at.checked_sub(1)?;
        let i = self.token(before);
        let near = i.is_some_and(|i| {
            let t = self.scene.token(i);
            t.is_word() && !t.has(Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::DETERMINER))
                || t.is_word() && matches!(self.scene.str(i), "is" | "was" | "are" | "were")
        });
        if near
            && let Some(who) = self.subject(at)
            && who.head != Head::Nominal
        {
            return Some(who);
        }
        let thing = if near { self.subject(at) } else { None };
        // "Ann Roe received a letter telling her that": what speaks is the letter
        let got = |who: &Phrase| self.place(who.first, at).is_some_and(|p| p > 0 && own_words::gets(self.word(p - 1)));
        thing.filter(got).or_else(|| self.governing_subject(at)).or(thing)
    }

    /// Who a finite verb belongs to; for "and added" the subject of the verb before.
    fn finite_subject(&self, at: usize) -> Option<Phrase> {
        let before = at.checked_sub(1).and_then(|b| self.token(b)).map_or("", |i| self.scene.str(i));
        if before == "to" {
            return self.governing_subject(at); // "went on to say"
        }
        // "But, said Jo Hill, “…”"
        if at > 0
            && self.is(at - 1, ',')
            && !self.has(at + 1, Class::PREPOSITION)
            && let Some(who) = self.starting_at(at + 1).filter(|who| matches!(who.head, Head::Person(_)))
            && self.place(who.last, self.items.len()).is_some_and(|p| self.is(p + 1, ',') || self.is(p + 1, ':'))
        {
            return Some(who);
        }
        if let Some(who) = self.subject(at) {
            return Some(who);
        }
        // inverted before the words: "Said Jo Hill: “…”"
        if at == 0
            && let Some(who) = self.starting_at(1)
        {
            return Some(who);
        }
        self.governing_subject(at)
    }

    /// The subject of the main clause where the verb at `p` belongs to a clause before it: "As the crowd began to chant, Ann Roe rose and joked".
    fn main_clause_after(&self, p: usize, at: usize) -> Option<Phrase> {
        let opens = matches!(
            self.word(0),
            "As" | "When" | "After" | "While" | "Before" | "Once" | "Although" | "Though" | "If" | "Because" | "Since"
        );
        let comma = (p..at).find(|&c| self.is(c, ',')).filter(|_| opens)?;
        let main = Line { scene: self.scene, items: &self.items[comma + 1..at] };
        main.main_subject(at - comma - 1).filter(|who| matches!(who.head, Head::Person(_)))
    }

    /// The subject of the nearest verb of speaking before `at`, else of the main clause.
    fn governing_subject(&self, at: usize) -> Option<Phrase> {
        for p in (0..at).rev() {
            let Some(i) = self.token(p) else { continue };
            let weak = self.scene.is_verb(i, Class::CUE_WEAK);
            if (weak || self.scene.is_verb(i, Class::CUE)) && !is_noun(self, p) {
                let fits = |w: &Phrase| !names_nobody(self.scene.str(w.first)) && (!weak || w.head != Head::Nominal);
                if let Some(who) = self.subject(p).filter(fits) {
                    return self.main_clause_after(p, at).or(Some(who));
                }
                // “…,” said Jo Hill, adding
                let inverted = if p == 0 { !weak } else { matches!(self.items[p - 1], Item::Quote(_)) };
                if inverted && let Some(who) = self.starting_at(p + 1) {
                    return Some(who);
                }
            }
        }
        self.main_subject(at)
    }
}

/// The attribution right after a quotation: "said Jo Hill", "Jo Hill, a lawyer, said", "according to Jo Hill", "— Jo Hill".
pub(super) fn after(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let line = Line { scene, items };
    let mut start = 0;
    while line.token(start).is_some_and(|i| scene.token(i).is(',') || scene.token(i).is('.') && scene.token(i).glued) {
        start += 1;
    }
    let first = line.token(start)?;
    let t = scene.token(first);
    if matches!(t.first, '—' | '–' | '-') && !t.is_word() {
        return None; // a parenthesis of the writer's: “…,”—a claim that drew laughs
    }
    // “…,” in the words of Ann Roe
    if scene.str(first) == "in" && line.word(start + 1) == "the" && line.word(start + 2) == "words" && line.word(start + 3) == "of" {
        let who = line.starting_at(start + 4)?;
        return Some(Attribution { who, cue: Some((line.token(start + 2)?, line.token(start + 3)?)), via: None });
    }
    // “…,” as Ann Roe put it
    if scene.str(first) == "as" {
        start += 1;
    } else if t.has(Class::CONJUNCTION) && !t.has(Class::CUE) || t.has(Class::PREPOSITION) && scene.str(first) != "according" {
        return None;
    }
    if let Some(found) = unlisted(&line, start) {
        return Some(found);
    }
    for at in start..items.len() {
        let i = line.token(at)?; // another quotation ends the search
        let symbol = scene.token(i);
        if symbol.is(';') || symbol.is(':') {
            return None;
        }
        if scene.str(i) == "according" && at == start {
            let who = line.starting_at(at + 2)?;
            return Some(Attribution { who, cue: Some((i, line.token(at + 1)?)), via: None });
        }
        let two_words = is_of_two_words(&line, at);
        if !(two_words || scene.is_verb(i, Class::CUE.or(Class::CUE_WEAK))) || (at > start && is_noun(&line, at)) {
            continue;
        }
        let near = Line { scene, items: &items[start..] };
        let verb = at - start;
        if let Some(found) = quoted(&near, verb) {
            return Some(found);
        }
        let inverted = verb == 0 || (verb == 1 && line.token(start).is_some_and(|i| scene.str(i).ends_with("ly")));
        // "chimed in Jo Hill", "shot back the mayor"
        let particle =
            two_words && near.token(verb + 2).is_some_and(|i| scene.token(i).is_capital() || scene.token(i).has(Class::DETERMINER));
        if inverted && let Some(who) = near.starting_at(verb + 1 + usize::from(particle)) {
            return Some(Attribution { who, cue: Some((i, i)), via: channel::anywhere_after(&line, at + 1) });
        }
        if at > start && is_passive(line.word(at - 1)) {
            return None; // "a soldier was found"
        }
        if let Some((who, source)) = citing(&near, verb) {
            return Some(Attribution { who, cue: Some((i, i)), via: Some((source.first, source.last)) });
        }
        let heavy = |who: &Phrase| scene.token(i).has(Class::CUE) || who.head != Head::Nominal || speaks(scene, *who);
        if let Some(who) = near.subject(verb).filter(heavy) {
            return Some(Attribution { who, cue: Some((i, i)), via: channel::anywhere_after(&line, at + 1) });
        }
        if scene.token(i).has(Class::CUE) {
            return None;
        }
    }
    None
}

/// “…!” beamed Jo Hill: a verb in the past of no list, straight between the words and a name.
fn unlisted(line: &Line<'_, '_>, at: usize) -> Option<Attribution> {
    let verb = line.token(at)?;
    let t = line.scene.token(verb);
    let known = Class::CUE.or(Class::CUE_WEAK).or(Class::AUXILIARY).or(Class::PREPOSITION).or(Class::CONJUNCTION).or(Class::OFFICE);
    if !t.is_word() || t.shape != Shape::Lower || t.has(known) || !line.scene.str(verb).ends_with("ed") {
        return None;
    }
    let who = line.starting_at(at + 1).filter(|w| matches!(w.head, Head::Person(_)))?;
    Some(Attribution { who, cue: Some((verb, verb)), via: channel::anywhere_after(line, at + 1) })
}

/// “…” — Jo Hill, mayor
pub(super) fn after_dash(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let line = Line { scene, items };
    let dash = scene.token(line.token(0)?);
    if !matches!(dash.first, '—' | '–' | '-' | '―' | '~') || dash.is_word() {
        return None;
    }
    let first = line.token(1)?;
    if let Some(name) = scene.mention_at(first) {
        return Some(Attribution {
            who: Phrase { first: name.first, last: name.last, head: Head::Person(name.person) },
            cue: None,
            via: None,
        });
    }
    // A name that people detection does not know: two capitals or more, and nothing but a comma or the end after them.
    let mut end = 1;
    while line
        .token(end)
        .is_some_and(|i| scene.token(i).is_capital() || scene.token(i).is('.') && scene.token(i).glued && end + 1 < items.len())
    {
        end += 1;
    }
    let ends = line.token(end).is_none_or(|i| matches!(scene.token(i).first, ',' | '.' | '('));
    (ends && (3..8).contains(&end)).then(|| Attribution {
        who: Phrase { first, last: first + end - 2, head: Head::Nominal },
        cue: None,
        via: None,
    })
}

/// The attribution anywhere later in the sentence: "was “angry” and “sad”, he said".
pub(super) fn later(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let line = Line { scene, items };
    for at in 0..items.len() {
        let Some(i) = line.token(at) else { continue };
        if scene.str(i) == "according" && line.token(at + 1).is_some_and(|t| scene.str(t) == "to") {
            let who = line.starting_at(at + 2)?;
            return Some(Attribution { who, cue: Some((i, i + 1)), via: None });
        }
        if scene.is_verb(i, Class::CUE) && !is_noun(&line, at) && !(at > 0 && is_passive(line.word(at - 1))) {
            if let Some((who, source)) = citing(&line, at) {
                return Some(Attribution { who, cue: Some((i, i)), via: Some((source.first, source.last)) });
            }
            let able = |who: &Phrase| who.head != Head::Nominal || is_core(scene.str(i)) || speaks(scene, *who);
            let who = line.subject(at).filter(able);
            // "… in the primary, said Jo Hill": inverted behind a comma, unless a name stands before it
            let behind = at > 0 && line.is(at - 1, ',') && who.is_none_or(|w| w.head == Head::Nominal);
            if behind && let Some(who) = line.starting_at(at + 1).filter(|w| w.head != Head::Nominal || speaks(scene, *w)) {
                return Some(Attribution { who, cue: Some((i, i)), via: None });
            }
            if let Some(who) = who {
                return Some(Attribution { who, cue: Some((i, i)), via: channel::anywhere_after(&line, at + 1) });
            }
            if at > 0
                && (line.token(at - 1).is_some_and(|c| scene.token(c).is(',')) || matches!(items[at - 1], Item::Quote(_)))
                && let Some(who) = line.starting_at(at + 1)
            {
                return Some(Attribution { who, cue: Some((i, i)), via: None });
            }
        }
    }
    None
}
