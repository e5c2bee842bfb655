//! Cues beside a quotation, and the phrase that each gives the words to.

use super::clause::{Head, Line, Phrase};
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

/// True when the word is used as a noun here: "the report", "Trump's claim", "in comments".
fn is_noun(line: &Line<'_, '_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|b| line.token(b)) else { return false };
    let t = line.scene.token(before);
    let possessive =
        at >= 2 && matches!(line.scene.str(before), "s") && line.token(at - 2).is_some_and(|i| line.scene.token(i).is_apostrophe());
    let Some(i) = line.token(at) else { return false };
    let word = line.scene.str(i);
    let either = matches!(
        word,
        "report"
            | "reports"
            | "comment"
            | "comments"
            | "claim"
            | "claims"
            | "tweet"
            | "tweets"
            | "post"
            | "posts"
            | "note"
            | "notes"
            | "state"
            | "states"
            | "share"
            | "shares"
            | "rule"
            | "estimate"
            | "estimates"
            | "promise"
            | "promises"
            | "pledge"
            | "cry"
            | "answer"
            | "answers"
            | "remark"
            | "remarks"
            | "call"
            | "calls"
            | "attack"
            | "attacks"
            | "talk"
            | "talks"
            | "fear"
            | "fears"
            | "hope"
            | "hopes"
            | "view"
            | "views"
            | "demand"
            | "demands"
            | "charge"
            | "charges"
            | "challenge"
            | "question"
            | "questions"
            | "order"
            | "orders"
            | "offer"
            | "show"
            | "shows"
            | "issue"
            | "issues"
            | "release"
            | "use"
            | "start"
            | "quote"
            | "quotes"
            | "forecast"
            | "mention"
            | "appeal"
            | "point"
            | "points"
            | "sort"
            | "put"
            | "address"
            | "find"
            | "want"
            | "read"
            | "voice"
            | "signal"
            | "cut"
            | "joke"
            | "jokes"
            | "vow"
            | "guess"
            | "direct"
            | "welcome"
            | "given"
            | "set"
            | "stress"
            | "reveal"
            | "ask"
            | "begin"
    );
    if !either {
        return t.has(Class::DETERMINER) && !t.has(Class::PRONOUN) && word != "said"
            || t.has(Class::DETERMINER) && matches!(line.scene.str(before), "a" | "an" | "the" | "his" | "her");
    }
    let adjective = t.is_word()
        && t.shape == Shape::Lower
        && !t.has(Class::AUXILIARY)
        && line.scene.name_over(before).is_none()
        && !t.has(Class::OFFICE.or(Class::PRONOUN).or(Class::CONJUNCTION))
        && !t.has(Class::SPEAKING_THING);
    let plural_or_name =
        line.scene.str(before).ends_with('s') && t.shape == Shape::Lower && !t.has(Class::DETERMINER.or(Class::PREPOSITION));
    t.has(Class::DETERMINER.or(Class::PREPOSITION)) || possessive || (adjective && !plural_or_name)
}

/// The attribution that the text before a quotation gives it. `items` ends right before the opening mark.
pub(super) fn before(scene: &Scene<'_>, items: &[Item]) -> Option<Attribution> {
    let line = Line { scene, items };
    for at in (0..items.len()).rev() {
        let Some(i) = line.token(at) else { continue };
        // "according to the ministry, “…”"; between commas after a name it is the channel
        if matches!(scene.str(i), "according" | "According") && line.token(at + 1).is_some_and(|t| scene.str(t) == "to") {
            if let Some(who) = line.starting_at(at + 2) {
                let to = line.token(at + 1)?;
                return Some(Attribution { who, cue: Some((i, to)), via: None });
            }
            continue;
        }
        // "in the words of Ann Roe, “…”"
        if scene.str(i) == "words" && line.token(at + 1).is_some_and(|t| scene.str(t) == "of") && at > 0 {
            if let Some(who) = line.starting_at(at + 2) {
                return Some(Attribution { who, cue: Some((i, i + 1)), via: None });
            }
        }
        if !scene.is_verb(i, any_cue()) || is_noun(&line, at) {
            continue;
        }
        if let Some(found) = governed(&line, at, i) {
            return Some(found);
        }
    }
    None
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

/// True for descriptions of people and bodies: an office, a ministry, a name.
fn speaks(scene: &Scene<'_>, who: Phrase) -> bool {
    (who.first..=who.last).any(|i| {
        scene.token(i).has(Class::OFFICE.or(Class::SPEAKING_THING)) || scene.token(i).is_capital() && !scene.token(i).has(Class::DETERMINER)
    })
}

/// The attribution of the cue at item `at`, which is token `i`.
fn governed(line: &Line<'_, '_>, at: usize, i: usize) -> Option<Attribution> {
    let scene = line.scene;
    let word_before = |back: usize| at.checked_sub(back).and_then(|b| line.token(b)).map_or("", |t| scene.str(t));
    let via = channel_after(line, at + 1);
    // "quoted Trump as saying"
    if word_before(1) == "as" && scene.token(i).has(Class::CUE_ING) {
        let who = line.ending_at(at.checked_sub(2)?)?;
        let quoted = (0..at).rev().take(16).find(|&p| {
            matches!(
                line.token(p).map_or("", |t| scene.str(t)),
                "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing" | "paraphrased"
            )
        });
        let source = quoted.and_then(|q| line.subject(q).or_else(|| line.main_subject(q)));
        let cue = quoted.and_then(|q| line.token(q)).unwrap_or(i);
        return Some(Attribution { who, cue: Some((cue, cue)), via: source.map(|s| (s.first, s.last)).or(via) });
    }
    // "he was quoted as saying", "is called": passive
    // "didn't say", "should release": not said
    if matches!(word_before(1), "t" | "not" | "never")
        || (scene.token(i).has(Class::CUE_WEAK)
            && matches!(word_before(1), "should" | "could" | "can" | "may" | "might" | "must" | "will" | "would"))
    {
        return None;
    }
    let passive = matches!(word_before(1), "was" | "were" | "been" | "being" | "is" | "are" | "be") && !scene.token(i).has(Class::CUE_ING);
    if passive {
        // "was asked", "was called": what follows is not the subject's speech
        return None;
    }
    let who = if scene.token(i).has(Class::CUE_ING) { line.participle_subject(at) } else { line.finite_subject(at) }?;
    if scene.token(i).has(Class::CUE_WEAK) && who.head == Head::Nominal && !speaks(scene, who) {
        return None;
    }
    let via = via.or_else(|| channel_between(line, at));
    Some(Attribution { who, cue: Some((i, i)), via })
}

impl Line<'_, '_> {
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
        self.governing_subject(at).or_else(|| if near { self.subject(at) } else { None })
    }

    /// Who a finite verb belongs to; for "and added" the subject of the verb before.
    fn finite_subject(&self, at: usize) -> Option<Phrase> {
        let before = at.checked_sub(1).and_then(|b| self.token(b)).map_or("", |i| self.scene.str(i));
        if before == "to" {
            return self.governing_subject(at); // "went on to say"
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

    /// The subject of the nearest verb of speaking before `at`, else of the main clause.
    fn governing_subject(&self, at: usize) -> Option<Phrase> {
        for p in (0..at).rev() {
            let Some(i) = self.token(p) else { continue };
            if self.scene.is_verb(i, Class::CUE) && !is_noun(self, p) {
                if let Some(who) = self.subject(p) {
                    return Some(who);
                }
                // “…,” said Jo Hill, adding
                if p == 0 || matches!(self.items[p - 1], Item::Quote(_)) {
                    if let Some(who) = self.starting_at(p + 1) {
                        return Some(who);
                    }
                }
            }
        }
        self.main_subject(at)
    }
}

/// Words for places where people post.
fn is_platform(word: &str) -> bool {
    matches!(
        word,
        "media"
            | "platform"
            | "Twitter"
            | "Facebook"
            | "Instagram"
            | "Truth"
            | "TikTok"
            | "Weibo"
            | "Telegram"
            | "LinkedIn"
            | "YouTube"
            | "Reddit"
            | "WeChat"
            | "WhatsApp"
            | "Snapchat"
            | "Bluesky"
            | "Mastodon"
            | "Threads"
            | "X"
            | "blog"
            | "website"
            | "account"
            | "page"
            | "statement"
            | "letter"
            | "email"
            | "memo"
            | "tweet"
            | "post"
            | "interview"
            | "transcript"
    )
}

/// "on his social media platform", "in a statement" right after a cue.
fn channel_after(line: &Line<'_, '_>, at: usize) -> Option<(usize, usize)> {
    let scene = line.scene;
    for p in at..(at + 4).min(line.items.len()) {
        let i = line.token(p)?;
        if !matches!(scene.str(i), "on" | "in" | "via" | "to" | "through") {
            if scene.token(i).is_word() {
                continue;
            }
            return None;
        }
        let first = line.token(p + 1)?;
        for q in p + 1..(p + 7).min(line.items.len()) {
            let i = line.token(q)?;
            let t = scene.token(i);
            if !t.is_word() || t.has(Class::PREPOSITION) {
                break;
            }
            let more = line.token(q + 1).is_some_and(|n| is_platform(scene.str(n)) || matches!(scene.str(n), "Social" | "post" | "feed"));
            if is_platform(scene.str(i)) && !more {
                return Some((first, i));
            }
        }
        return None;
    }
    None
}

/// "Xi, according to the foreign ministry, said": the channel between a subject and its verb.
fn channel_between(line: &Line<'_, '_>, verb: usize) -> Option<(usize, usize)> {
    let scene = line.scene;
    let at = (0..verb).rev().take(16).find(|&p| line.token(p).is_some_and(|i| scene.str(i) == "according"))?;
    let who = line.starting_at(at + 2)?;
    Some((who.first, who.last))
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
    // “…,” as Ann Roe put it
    if scene.str(first) == "as" {
        start += 1;
    } else if t.has(Class::CONJUNCTION) && !t.has(Class::CUE) || t.has(Class::PREPOSITION) && scene.str(first) != "according" {
        return None;
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
        if !scene.is_verb(i, Class::CUE.or(Class::CUE_WEAK)) || (at > start && is_noun(&line, at)) {
            continue;
        }
        let near = Line { scene, items: &items[start..] };
        let verb = at - start;
        let inverted = verb == 0 || (verb == 1 && line.token(start).is_some_and(|i| scene.str(i).ends_with("ly")));
        if inverted && let Some(who) = near.starting_at(verb + 1) {
            return Some(Attribution { who, cue: Some((i, i)), via: channel(&line, at + 1) });
        }
        if let Some(who) = near.subject(verb) {
            return Some(Attribution { who, cue: Some((i, i)), via: channel(&line, at + 1) });
        }
        if scene.token(i).has(Class::CUE) {
            return None;
        }
    }
    None
}

/// The channel after the cue: "on social media", "in a statement", ", according to a transcript".
fn channel(line: &Line<'_, '_>, at: usize) -> Option<(usize, usize)> {
    if let Some(found) = channel_after(line, at) {
        return Some(found);
    }
    let scene = line.scene;
    let according = (at..line.items.len().min(at + 12)).find(|&p| line.token(p).is_some_and(|i| scene.str(i) == "according"))?;
    let who = line.starting_at(according + 2)?;
    Some((who.first, who.last))
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
        if scene.is_verb(i, Class::CUE) && !is_noun(&line, at) {
            if let Some(who) = line.subject(at) {
                return Some(Attribution { who, cue: Some((i, i)), via: channel(&line, at + 1) });
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
