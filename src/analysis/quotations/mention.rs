//! Speech against mention: titles of works, nicknames, terms, scare quotes and signs are words in marks that nobody said.
//!
//! A sum of hand-set weights over what stands in the marks and around them; speech from zero up. Each weight has its reason beside it.
//! Every look-around is bounded by [`AROUND`] tokens.

use std::ops::Range;

use super::Marked;
use crate::analysis::findings::{MentionReason, QuoteKind};
use crate::analysis::lexicon::{self, Class};
use crate::analysis::sentences::{self, Sentence};
use crate::analysis::token::{Kind, Shape, Token, Tokens};
use crate::article::{Article, BlockKind};

/// How far a look-around goes, in tokens.
const AROUND: usize = 60;

/// What all quotations of an article share.
pub(super) struct Context<'a> {
    article: &'a Article,
    tokens: &'a Tokens<'a>,
    sentences: &'a [Sentence],
    marked: &'a [Marked],
    /// Double marks are this article's marks for speech: single ones then stand for something else, or in headlines.
    double_style: bool,
}

impl<'a> Context<'a> {
    pub(super) fn new(article: &'a Article, tokens: &'a Tokens<'a>, sentences: &'a [Sentence], marked: &'a [Marked]) -> Self {
        let outer = || marked.iter().filter(|m| m.depth == 0);
        let double = outer().filter(|m| !is_single(tokens.list[m.parts[0].0])).count();
        Self { article, tokens, sentences, marked, double_style: double * 2 > outer().count() }
    }

    /// What words number `i` in marks are; they are not nested. `before`: the words in marks before them that are not nested, and what they are.
    pub(super) fn kind(&self, i: usize, before: Option<(usize, QuoteKind)>) -> QuoteKind {
        let mut inside = Inside::of(self.tokens, self.marked[i].inside());
        if self.marked[i].parts.len() > 1 {
            return QuoteKind::Full;
        }
        let mut around = Around::of(self, i);
        around.coordinated =
            before.filter(|&(b, kind)| self.coordinated(b, i) && !self.is_said_of(b, kind, i)).map(|(_, kind)| kind.is_speech());
        // “We won”. as the British put the full stop
        inside.stopped |= around.stop_outside && around.opens_sentence && inside.words > 1;
        match self.mention(&inside, &around) {
            Some(reason) => QuoteKind::Mention(reason),
            None if inside.is_clause() => QuoteKind::Full,
            None => QuoteKind::Fragment,
        }
    }

    /// Why it is no speech, or none when it is speech.
    fn mention(&self, inside: &Inside, around: &Around) -> Option<MentionReason> {
        if let Some(reason) = self.certain(inside, around) {
            return Some(reason);
        }
        let speech = inside.weight() + around.weight(inside, self.double_style);
        if speech >= 0.0 {
            return None;
        }
        Some(match () {
            () if around.sign => MentionReason::Sign,
            () if around.titled => MentionReason::Title,
            () if around.naming || around.so_called => MentionReason::Term,
            () if inside.title_case || around.work => MentionReason::Title,
            () => MentionReason::Scare,
        })
    }

    /// True when nothing but a comma, a conjunction and an article stands between two: a “bully” and a “liar”.
    fn coordinated(&self, before: usize, i: usize) -> bool {
        let between = self.marked[before].parts[self.marked[before].parts.len() - 1].1 + 1..self.marked[i].parts[0].0;
        between.len() <= 8
            && between.map(|k| self.tokens.list[k]).all(|t| {
                (t.kind == Kind::Symbol && matches!(t.first, ',' | ';' | '(' | ')'))
                    || t.has(Class::DETERMINER.or(Class::CONJUNCTION))
                    || t.is_word() && t.range().len() <= 2
            })
    }

    /// “This bill” — Senator Roe paused — “is an insult”: between two dashes stands what somebody did, then the sentence goes on.
    fn goes_on_behind_dashes(&self, i: usize) -> bool {
        /// Words between the dashes.
        const ASIDE: usize = 12;
        let Some(next) = self.marked.get(i + 1).map(|m| m.parts[0].0) else { return false };
        let close = self.marked[i].parts[0].1;
        let dash = |k: usize| matches!(self.tokens.list[k].first, '—' | '–') && self.tokens.list[k].kind == Kind::Symbol;
        let between = (close + 1)..next;
        let aside = (4..=ASIDE + 2).contains(&between.len()) && dash(between.start) && dash(between.end - 1);
        aside && self.tokens.list.get(next + 1).is_some_and(|t| t.is_word() && !t.is_capital())
    }

    /// the “Fair Wage Act” a “job killer”: an article alone stands between what is spoken of and what it is called.
    fn is_said_of(&self, before: usize, kind: QuoteKind, i: usize) -> bool {
        let between = self.marked[before].parts[self.marked[before].parts.len() - 1].1 + 1..self.marked[i].parts[0].0;
        kind == QuoteKind::Mention(MentionReason::Term) && between.len() == 1 && self.tokens.list[between.start].has(Class::DETERMINER)
    }

    /// Patterns that leave no doubt.
    fn certain(&self, inside: &Inside, around: &Around) -> Option<MentionReason> {
        // post_id="100200"
        if around.before.is_some_and(|t| t.is('=')) || inside.words == 0 {
            return Some(MentionReason::Term);
        }
        // Earvin “Magic” Johnson
        let name = |t: Option<Token>| t.is_some_and(|t| t.is_capital() && !t.has(Class::OPENER));
        // "(CROSSTALK)"
        if inside.bracketed || inside.address {
            return Some(MentionReason::Term);
        }
        // CNN's “State of the Union”, an episode of “Morning Song”
        let clause = inside.clause_verb || inside.asks;
        // directed “Long Way Home”, sang “Homeward”
        let name_like = inside.title_case || around.plays && inside.capitals == inside.words && inside.words <= 2;
        if around.makes && name_like && !clause && !around.headline {
            return Some(MentionReason::Title);
        }
        // the “Fair Wage Act”, his boat “Ida”
        if inside.act && inside.title_case && !clause && around.determined || around.christens && inside.words <= 2 && name_only(inside) {
            return Some(MentionReason::Term);
        }
        if around.sign_says && !around.headline {
            return Some(MentionReason::Sign);
        }
        if inside.title_case
            && !clause
            && !around.headline
            && !around.colon
            && (around.possessive || around.preposition || around.work || around.work_after)
        {
            return Some(MentionReason::Title);
        }
        let first_name = name(around.before) || around.initial_before;
        let short = inside.words <= 3 && inside.capitals > 0 && !inside.stopped;
        if first_name && name(around.after) && short && !around.headline && !around.cue_next_to {
            return Some(MentionReason::Nickname);
        }
        None
    }
}

/// All words have capitals, as in a name, and nothing ends a sentence.
fn name_only(inside: &Inside) -> bool {
    inside.capitals == inside.words && !inside.asks
}

/// True for a single mark.
fn is_single(t: Token) -> bool {
    matches!(t.first, '\'' | '‘' | '’' | '‚' | '`' | '‹' | '›')
}

/// What stands between the marks.
#[derive(Debug, Default)]
struct Inside {
    words: usize,
    /// Words with a capital.
    capitals: usize,
    /// Two words or more, all capitalised but for small ones.
    title_case: bool,
    first_capital: bool,
    clause_verb: bool,
    pronoun: bool,
    /// A comma before the closing mark.
    comma: bool,
    /// A full stop, question or exclamation mark before the closing mark.
    stopped: bool,
    asks: bool,
    /// All of it stands in brackets.
    bracketed: bool,
    /// A form of address and a name: “Mr. Poe”.
    address: bool,
    /// The last word is that of a law: “Fair Wage Act”.
    act: bool,
}

impl Inside {
    fn of(tokens: &Tokens<'_>, range: Range<usize>) -> Self {
        let mut found = Self::default();
        let mut small = 0;
        for i in range.clone().take(AROUND) {
            let t = tokens.list[i];
            if t.kind == Kind::Number {
                found.words += 1;
                small += 1;
            }
            if !t.is_word() || (t.glued && i > range.start && tokens.list[i - 1].is_apostrophe() && t.range().len() <= 2) {
                found.clause_verb |= t.is_word()
                    && i > range.start
                    && tokens.list[i - 1].is_apostrophe()
                    && matches!(tokens.str(i), "m" | "re" | "ve" | "ll");
                continue;
            }
            found.first_capital |= found.words == 0 && t.is_capital();
            found.words += 1;
            let capital = t.is_capital();
            found.capitals += usize::from(capital);
            let minor = t.has(Class::PREPOSITION.or(Class::DETERMINER).or(Class::CONJUNCTION)) || t.range().len() <= 2;
            small += usize::from(!capital && minor);
            found.clause_verb |= t.has(Class::CLAUSE_VERB) && !capital;
            found.pronoun |= t.has(Class::PRONOUN) && (!capital || found.words == 1 || t.range().len() == 1);
        }
        found.words += range.len().saturating_sub(AROUND);
        found.title_case = found.words >= 2 && found.first_capital && found.capitals + small >= found.words && found.capitals >= 2;
        // “She said, ‘I quit.’”: past the marks of what is nested
        let nested = |t: &Token| matches!(t.first, '’' | '”' | '\'' | '"' | '»') && !t.is_word();
        let last = range.clone().rev().take(4).map(|l| tokens.list[l]).find(|t| !nested(t));
        found.bracketed =
            range.len() > 2 && tokens.list[range.start].is('(') && range.clone().rev().take(2).any(|k| tokens.list[k].is(')'));
        let ends = range.clone().rev().take(2).find(|&k| tokens.list[k].is_word());
        found.act = ends.is_some_and(|k| matches!(tokens.str(k), "Act" | "Bill" | "Law" | "Amendment" | "Treaty" | "Doctrine"));
        found.comma = last.is_some_and(|t| t.is(','));
        let form = matches!(tokens.str(range.start), "Mr" | "Mrs" | "Ms" | "Dr"); // “Miss Piggy” is an insult
        let name = (2..=3).contains(&found.words) && found.capitals == found.words;
        found.address = form && name && last.is_some_and(Token::is_word);
        found.asks = last.is_some_and(|t| t.is('?') || t.is('!'));
        found.stopped = found.asks || last.is_some_and(|t| t.is('.') || t.is('…'));
        found
    }

    /// At least a clause.
    fn is_clause(&self) -> bool {
        self.words >= 8 || (self.first_capital && (self.stopped || self.comma)) || (self.words >= 4 && self.clause_verb && self.pronoun)
    }

    fn weight(&self) -> f32 {
        // Long stretches are speech, single words seldom.
        let mut sum = match self.words {
            0 | 1 => -1.3,
            2 => -0.7,
            3 => 0.0,
            4..=6 => 0.7,
            7..=11 => {
                if self.title_case {
                    1.0
                } else {
                    1.8
                }
            }
            _ => 4.0,
        };
        if self.title_case {
            // A title may hold a clause: “It Keeps You Runnin’”
            sum -= 1.4;
        } else if self.words >= 3 {
            sum += if self.clause_verb { 1.0 } else { 0.0 } + if self.pronoun { 1.0 } else { 0.0 };
            sum += if self.stopped && self.first_capital { 0.7 } else { 0.0 };
        } else if self.pronoun || self.clause_verb {
            sum += 0.3;
        }
        if self.words == 1 && self.capitals == 1 {
            sum -= 0.5;
        }
        sum + if self.asks { 1.0 } else { 0.0 }
    }
}

/// What stands around the marks.
#[derive(Debug, Default)]
struct Around {
    before: Option<Token>,
    after: Option<Token>,
    /// "C." before: part of a name.
    initial_before: bool,
    /// A cue with its comma or colon right before, or a cue right after.
    cue_next_to: bool,
    /// A cue right before, without a comma.
    cue_before: bool,
    /// A cue in the sentence.
    cue_left: bool,
    cue_right: bool,
    weak_cue: bool,
    /// A weak cue right after: “a mess,” as he put it.
    weak_after: bool,
    colon: bool,
    naming: bool,
    /// "titled", "entitled".
    titled: bool,
    /// A person or pronoun does the naming: "he called “a disgrace”".
    named_by_somebody: bool,
    so_called: bool,
    work: bool,
    /// "“Keeping It Real” radio programme"
    work_after: bool,
    sign: bool,
    /// "A sign on the door read “…”"
    sign_says: bool,
    /// Made or played by somebody: "published “…”", "sang “…”".
    makes: bool,
    /// By a verb that says of nothing but works that they were made or played.
    plays: bool,
    possessive: bool,
    preposition: bool,
    /// Stands before a noun, after a determiner or adjective.
    attributive: bool,
    headline: bool,
    /// Stands in a list with words in marks before it: whether those are speech.
    coordinated: Option<bool>,
    /// "is “fair”", "being “duped”".
    copula: bool,
    /// "as a “disgrace”".
    as_before: bool,
    single: bool,
    /// It is all there is of its sentence, or opens it.
    opens_sentence: bool,
    /// A full stop right after the closing mark.
    stop_outside: bool,
    /// An article right before the opening mark.
    determined: bool,
    /// "called his boat “Ida”": a thing or child gets its name.
    christens: bool,
    /// “It’s over”: Ida Lie on the strike.
    headed: bool,
    /// “This bill” — she paused — “is an insult.”
    interrupted: bool,
}

impl Around {
    fn of(cx: &Context<'_>, i: usize) -> Self {
        let (tokens, marked) = (cx.tokens, &cx.marked[i]);
        let (open, close) = marked.parts[0];
        let left = &cx.sentences[sentences::holding(cx.sentences, open)].tokens;
        let right = &cx.sentences[sentences::holding(cx.sentences, close)].tokens;
        let start = left.start.max(open.saturating_sub(AROUND));
        let end = right.end.min(close + 1 + AROUND);
        let mut found = Self { single: is_single(tokens.list[open]), ..Self::default() };
        let block = cx.article.block_at(tokens.list[open].start()).map(|b| cx.article.blocks[b].kind);
        found.headline = matches!(block, Some(BlockKind::Title | BlockKind::Heading(_)));
        found.opens_sentence = open == left.start;
        found.before = (open > start).then(|| tokens.list[open - 1]);
        found.after = (close + 1 < end).then(|| tokens.list[close + 1]);
        found.read_left(tokens, start, open);
        found.read_right(cx, close + 1, end);
        found.headed = found.opens_sentence
            && found.after.is_some_and(|t| t.is(':'))
            && (close + 2 < end)
                .then(|| tokens.list[close + 2])
                .is_some_and(|t| t.is_capital() && !t.has(Class::DETERMINER.or(Class::OPENER)));
        found.interrupted = found.opens_sentence && cx.goes_on_behind_dashes(i);
        found.cues(cx, i, start..open, close + 1..end);
        found
    }

    /// What leads up to the opening mark.
    fn read_left(&mut self, tokens: &Tokens<'_>, start: usize, open: usize) {
        let Some(before) = self.before else { return };
        let at = |back: usize| (open >= start + back).then(|| tokens.list[open - back]);
        self.colon = before.is(':');
        self.preposition = before.has(Class::PREPOSITION) && tokens.str(open - 1) != "as"; // "described her as “Queen Bee”"
        let s_glued = matches!(tokens.str(open - 1), "s" | "S") && at(2).is_some_and(Token::is_apostrophe);
        self.determined = before.has(Class::DETERMINER);
        let thing = before.has(Class::VESSEL) && before.shape == Shape::Lower
            || matches!(tokens.str(open - 1), "boat" | "dog" | "cat" | "horse" | "band" | "baby" | "son" | "daughter");
        self.christens = thing
            && open >= start + 3
            && matches!(tokens.str(open - 2), "his" | "her" | "their" | "its" | "the" | "a")
            && matches!(tokens.str(open - 3), "called" | "named" | "nicknamed" | "christened" | "calls" | "names");
        self.possessive = s_glued || (before.is_apostrophe() && before.glued);
        self.initial_before = before.is('.')
            && before.glued
            && at(2).is_some_and(|t| t.range().len() == 1 && t.shape == Shape::Upper)
            && at(3).is_some_and(Token::is_capital);
        let verb = tokens.str(open - 1);
        self.plays = matches!(verb, "directed" | "sang" | "sings" | "performed" | "performs" | "recorded" | "composed" | "conducted");
        self.makes = self.plays
            || matches!(
                verb,
                "published"
                    | "publishes"
                    | "released"
                    | "releases"
                    | "wrote"
                    | "writing"
                    | "produced"
                    | "produces"
                    | "authored"
                    | "covered"
                    | "penned"
                    | "quoted"
            );
        self.sign_says = sign_speaks(tokens, start, open);
        // Past an article and one adjective: `the song “X”`, `known as the “X”`, `a book called “X”`
        let mut k = open - 1;
        let skips = |t: Token| {
            matches!(t.first, ',' | ':' | '-') && t.kind == Kind::Symbol
                || t.has(Class::DETERMINER)
                || t.is_word() && matches!(t.range().of(tokens.text), "as" | "new" | "own")
        };
        while k > start && open - k < 4 && skips(tokens.list[k]) {
            k -= 1;
        }
        let near = tokens.list[k];
        self.copula = matches!(near.range().of(tokens.text), "is" | "are" | "was" | "were" | "be" | "been" | "being");
        self.as_before = tokens.str(k) == "as" || tokens.str(k + 1) == "as" && k + 1 < open;
        let near = if tokens.str(k) == "of" && k > start { tokens.list[k - 1] } else { near };
        self.work = near.has(Class::WORK) && near.shape == Shape::Lower;
        self.sign = near.has(Class::SIGN) && near.shape == Shape::Lower;
        self.naming = near.has(Class::NAMING);
        self.titled = matches!(near.range().of(tokens.text), "titled" | "entitled");
        if self.naming {
            let by = (k > start).then(|| tokens.list[k - 1]);
            self.named_by_somebody = by.is_some_and(|t| {
                let people = lexicon::class_of(t.range().of(tokens.text).trim_end_matches('s')).intersects(Class::NATIONALITY);
                t.is_capital() && !people // "what Americans call “soccer”" is a word for it
                    || t.has(Class::OFFICE.or(Class::SPEAKING_THING))
                    || t.has(Class::PRONOUN) && !matches!(tokens.str(k - 1), "that" | "which" | "what" | "it" | "who")
            });
        }
        self.so_called = open >= start + 3 && tokens.str(open - 1) == "called" && tokens.list[open - 2].is('-');
    }

    /// What follows the closing mark.
    fn read_right(&mut self, cx: &Context<'_>, close: usize, end: usize) {
        let Some(after) = self.after else { return };
        // has been called “strategic ambiguity” by Ann Roe
        let agent = |t: &Token| t.is_capital() && !t.has(Class::NATIONALITY.or(Class::DETERMINER)); // "dubbed the “Hilton” by American soldiers"
        self.named_by_somebody |=
            close + 1 < end && cx.tokens.str(close) == "by" && (close + 1..end.min(close + 4)).any(|k| agent(&cx.tokens.list[k]));
        self.stop_outside = after.is('.') && after.glued;
        self.work_after =
            (close..end.min(close + 2)).any(|k| cx.tokens.list[k].has(Class::WORK) && cx.tokens.list[k].shape == Shape::Lower);
        let plain = after.is_word() && after.shape == Shape::Lower;
        let function =
            Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY).or(Class::PRONOUN).or(Class::DETERMINER).or(Class::CUE);
        let determined = self.before.is_some_and(|t| {
            t.is_word() && t.shape == Shape::Lower && !t.has(Class::CUE.or(Class::CONJUNCTION)) || t.has(Class::DETERMINER)
        });
        self.attributive =
            plain && !after.has(function) && (determined || self.possessive) && close < end && !ends_in_ly(cx.tokens.str(close));
    }

    /// Cues in the sentence, outside other words in marks.
    fn cues(&mut self, cx: &Context<'_>, i: usize, left: Range<usize>, right: Range<usize>) {
        let tokens = cx.tokens;
        let strong = Class::CUE.or(Class::CUE_ING);
        let outside = |k: usize| {
            let covers = |m: &Marked| m.parts[0].0 <= k && k <= m.parts[m.parts.len() - 1].1;
            let lower = i.saturating_sub(8);
            !cx.marked[lower..(i + 8).min(cx.marked.len())].iter().any(covers)
        };
        for k in left.clone() {
            let t = tokens.list[k];
            let words_of = tokens.str(k) == "words" && tokens.str(k + 1) == "of";
            let according = matches!(tokens.str(k), "according" | "According") || words_of;
            if (t.has(strong) && t.shape == Shape::Lower || according) && outside(k) {
                self.cue_left = true;
            } else if t.has(Class::CUE_WEAK) && t.shape == Shape::Lower && outside(k) {
                self.weak_cue = true;
            }
        }
        for k in right.clone() {
            let t = tokens.list[k];
            let words_of = tokens.str(k) == "words" && tokens.str(k + 1) == "of";
            let according = tokens.str(k) == "according" || words_of;
            if (t.has(Class::CUE) && t.shape == Shape::Lower || according) && outside(k) {
                self.cue_right = true;
                self.cue_next_to |= k < right.start + 5;
            }
        }
        self.weak_after = right.clone().take(5).any(|k| tokens.list[k].has(Class::CUE_WEAK) && tokens.list[k].shape == Shape::Lower);
        let comma = self.before.is_some_and(|t| t.is(',') || t.is(':'));
        let near = left.clone().rev().take(if comma { 7 } else { 4 });
        for k in near {
            let t = tokens.list[k];
            if t.has(strong.or(Class::CUE_WEAK)) && t.shape == Shape::Lower && outside(k) {
                self.cue_next_to |= comma;
                self.cue_before = true;
            }
        }
    }

    fn weight(&self, inside: &Inside, double_style: bool) -> f32 {
        let mut sum = 0.0;
        let mut add = |holds: bool, weight: f32| sum += if holds { weight } else { 0.0 };
        add(self.cue_next_to, 2.5);
        add(self.cue_before, 1.3);
        // One cue in the sentence is evidence, a second one hardly more.
        add(self.cue_left || self.cue_right, 1.4);
        add(self.weak_cue, if self.cue_left || self.cue_right { 0.6 } else { 1.4 });
        add(self.weak_after && inside.comma, 1.8);
        add(self.copula, 0.6);
        add(self.as_before, 1.0);
        add(self.coordinated == Some(true), 1.5);
        add(self.coordinated == Some(false), -1.8);
        // was blunt: “Money.”
        add(self.colon, if inside.stopped { 2.4 } else { 1.2 });
        // “Amazing,” Davis said: a comma inside marks at the start of a sentence
        add(inside.comma && self.opens_sentence, 1.5);
        add(self.opens_sentence && inside.stopped && self.after.is_none(), 2.5);
        // “We won”. “We are happy”. as the British put the full stop
        add(self.opens_sentence && inside.first_capital && inside.words > 1 && self.stop_outside, 2.5);
        add(self.headline, 1.6);
        add(self.headed && !inside.title_case, 2.5);
        add(self.interrupted, 3.0);
        add(!self.single && self.cue_left, 0.4);
        add(self.single && double_style && !self.headline, -0.9);
        add(self.naming, if self.named_by_somebody { 0.4 } else { -2.2 });
        add(self.so_called, -4.0);
        add(self.work && !inside.clause_verb, -2.2);
        // Titles follow a possessive or a preposition: CNN's “State of the Union”, on “Face the Nation”
        add(inside.title_case && !self.headline && (self.possessive || self.preposition), -2.2);
        add(inside.words <= 2 && inside.capitals > 0 && !self.headline && (self.possessive || self.preposition), -1.2);
        add(self.attributive && inside.words <= 3, -0.6);
        add(self.sign && inside.words <= 8, -1.5);
        sum
    }
}

/// "A banner over the gate read “…”", "banners saying “…”": a thing that bears words is what says them.
fn sign_speaks(tokens: &Tokens<'_>, start: usize, open: usize) -> bool {
    let comma = open - 1 > start && matches!(tokens.list[open - 1].first, ',' | ':');
    let verb = open - 1 - usize::from(comma);
    let says = matches!(
        tokens.str(verb),
        "read" | "reads" | "said" | "says" | "saying" | "reading" | "declared" | "proclaimed" | "proclaiming" | "declaring"
    );
    if !says || verb <= start {
        return false;
    }
    let is_sign = |k: usize| {
        let t = tokens.list[k];
        t.has(Class::SIGN) && t.shape == Shape::Lower && !t.has(Class::CUE_ING) && !tokens.str(k).ends_with("ed")
    };
    let before = verb - 1;
    if is_sign(before) {
        // "A man with a sign said", "holding a sign said": the sign is not what says it
        let noun = (start..before).rev().find(|&k| !tokens.list[k].has(Class::DETERMINER)).map(|k| (tokens.list[k], tokens.str(k)));
        let held = noun.is_some_and(|(t, word)| t.has(Class::PREPOSITION) || word.ends_with("ing"));
        return tokens.str(verb).ends_with("ing") || !held;
    }
    if matches!(tokens.str(before), "that" | "which") && before > start && is_sign(before - 1) {
        return true;
    }
    // At the start of the clause, before a preposition: with a person first it is the person who speaks.
    let clause = (start..verb).rev().take(14).find(|&k| tokens.list[k].is(',') || tokens.list[k].is(';')).map_or(start, |k| k + 1);
    let person = Class::OFFICE.or(Class::SPEAKING_THING).or(Class::PREPOSITION).or(Class::CUE);
    (clause..verb.min(clause + 5))
        .take_while(|&k| !tokens.list[k].has(person))
        .any(|k| (is_sign(k) || k == start && tokens.list[k].has(Class::SIGN)) && tokens.list[k + 1].has(Class::PREPOSITION))
}

fn ends_in_ly(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
}
