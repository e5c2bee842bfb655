//! Where names of people stand: units to spans.
//!
//! The model labels each run of capitals by itself; then the article speaks: words of a sure full name speak for the same words elsewhere, and a lone
//! capital that no full name explains needs more than its neighbours.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::entities::fold;
use super::evidence;
use super::features::{Run, View};
use super::headlines;
use super::model;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::{self, Class};
use crate::analysis::token::{Shape, Tokens};

/// A name: units `first..=last`, without title and possessive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// What the article as a whole shows of a word.
#[derive(Debug, Clone, Copy, Default)]
struct Known {
    /// It ends a sure full name.
    surname: bool,
    /// It stands in a sure full name elsewhere.
    part: bool,
    /// Sum of its scores, and how often it occurs.
    sum: f32,
    count: f32,
}

/// What a word gains when it ends a sure full name of the article, and when it stands inside one.
const SURNAME: f32 = 3.0;
const PART: f32 = 2.0;
/// What a lone capital loses that neither a title nor a full name explains.
const LONE: f32 = 1.5;
/// What it loses instead where what it has is a firm's: "Vodatel's shares".
const FIRM: f32 = 8.0;
/// What a name gains behind a form of address or a word of kin.
const ANNOUNCED: f32 = 6.0;
/// The mean score from which a name of several words is sure.
const SURE: f32 = 2.0;

/// All names, in reading order.
pub(crate) fn names(tokens: &Tokens<'_>, units: &[Unit]) -> Vec<Span> {
    let view = View::new(tokens, units);
    let mut scores = model::scores(&view);
    let transitions = model::transitions();
    weigh(tokens, &view, &mut scores, &transitions);
    let mut spans = Vec::new();
    let mut firms: FxHashSet<Vec<u32>> = FxHashSet::default();
    // "Lady Constance" with its title
    let words = |first: usize, last: usize| view.atoms[before_titles(units, first)..=last].iter().map(|a| a.word).collect::<Vec<_>>();
    for run in &view.runs {
        each_stretch(*run, model::decode(*run, &scores, &transitions), |first, last| {
            if first < last && is_firm(units, last) || is_vessel(units, first) {
                firms.insert(words(first, last));
            } else if !is_known_otherwise(tokens, &view, first, last) {
                spans.extend(tidy(tokens, units, first, last));
            }
        });
    }
    // "Baker Lane, a law firm, sued … Baker Lane said", "the ferry Lady Constance … Lady Constance sank"
    spans.retain(|s: &Span| firms.is_empty() || !firms.contains(&words(s.first, s.last)));
    let spans = headlines::cut(&view, around_nicknames(units, &spans));
    let mut names = with_short_forms(tokens, &view, &spans);
    evidence::keep(tokens, &view, &mut names);
    evidence::with_joined(tokens, &view, &mut names);
    names
}

/// The opening mark of a nickname that ends right before unit `i`: ‘Buba’ in Luis ‘Buba’ Lopez.
fn nickname_before(units: &[Unit], i: usize) -> Option<usize> {
    let mark = |k: usize| units[k].kind == Kind::Symbol && matches!(units[k].symbol, '“' | '”' | '"' | '‘' | '’' | '\'');
    let close = i.checked_sub(1).filter(|&k| mark(k))?;
    let open = (close.saturating_sub(4)..close).rev().find(|&k| mark(k))?;
    let inside = open + 1 < close && units[open + 1..close].iter().all(Unit::is_capital);
    (inside && open > 0 && units[open..=i].iter().all(|u| !u.opens_block)).then_some(open)
}

/// The units of the nickname that stands in marks inside a name.
pub(crate) fn nickname_inside(units: &[Unit], span: Span) -> Option<std::ops::Range<usize>> {
    let mark = |k: &usize| units[*k].kind == Kind::Symbol && matches!(units[*k].symbol, '“' | '”' | '"' | '‘' | '’' | '\'');
    let inside = span.first + 1..span.last;
    let (open, close) = (inside.clone().find(mark)?, inside.rev().find(mark)?);
    (open + 1 < close && close - open <= 5).then_some(open + 1..close)
}

/// Joins the two halves of a name around a nickname in marks.
fn around_nicknames(units: &[Unit], spans: &[Span]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        let mut span = *span;
        if let Some(open) = nickname_before(units, span.first) {
            while joined.pop_if(|s| s.first > open).is_some() {} // the nickname itself was taken for a name
            if let Some(half) = joined.pop_if(|s| s.last + 1 == open) {
                span.first = half.first;
            } else if units[open - 1].kind == Kind::Name && evidence::may_be_given(&units[open - 1]) {
                span.first = open - 1;
            }
        }
        joined.push(span);
    }
    joined
}

/// Adds the lone capitals that are the last word of a name found elsewhere (the first word, where the family name stands first).
fn with_short_forms(tokens: &Tokens<'_>, view: &View<'_>, spans: &[Span]) -> Vec<Span> {
    let mut known = vec![false; view.words()];
    for span in spans {
        known[view.atoms[span.last].number as usize] = true;
        if let Some(nickname) = nickname_inside(view.units, *span).filter(|n| n.len() == 1) {
            known[view.atoms[nickname.start].number as usize] = true;
        }
        if view.units[span.first].class.intersects(Class::FAMILY_EAST) {
            known[view.atoms[span.first].number as usize] = true;
        }
    }
    known[0] = false; // what stands in no run
    let behind: FxHashSet<u32> = spans.iter().filter_map(|s| behind_particle(tokens, &view.units[s.last])).collect();
    let mut all = Vec::with_capacity(spans.len());
    let mut taken = spans.iter().peekable();
    let alone = |u: Option<&Unit>| u.is_none_or(|u| !u.is_capital() || u.opens_block || u.class.intersects(Class::TITLE));
    for run in &view.runs {
        for i in run.range() {
            if let Some(span) = taken.next_if(|s| s.first <= i) {
                all.push(*span);
            }
            let u = &view.units[i];
            let inside = all.last().is_some_and(|s| s.last >= i);
            let plain = !inside && u.kind == Kind::Name && !u.class.intersects(Class::FUNCTION);
            let lone = plain && alone(view.units.get(i + 1)) && (u.opens_block || alone(i.checked_sub(1).map(|k| &view.units[k])));
            let explained = known[view.atoms[i].number as usize] || behind.contains(&view.atoms[i].word);
            if lone && explained && !named_after(tokens, view.units, i, i) {
                all.push(Span { first: i, last: i });
            }
        }
    }
    all
}

/// The [`lexicon::id`] of "Assad" for "al-Assad".
fn behind_particle(tokens: &Tokens<'_>, u: &Unit) -> Option<u32> {
    let (particle, name) = u.range(tokens).of(tokens.text).split_once('-')?;
    lexicon::class_of(particle).intersects(Class::PARTICLE).then(|| lexicon::id(name.as_bytes()))
}

/// Calls `name` with the first and last unit of every labelled stretch.
fn each_stretch(run: Run, labels: u32, mut name: impl FnMut(usize, usize)) {
    let (mut labels, mut at) = (labels, run.first);
    while labels != 0 {
        let gap = labels.trailing_zeros();
        let length = (labels >> gap).trailing_ones();
        let first = at + gap as usize;
        at = first + length as usize;
        name(first, at - 1);
        labels = labels >> gap >> length;
    }
}

/// Lets the article speak for or against each word.
fn weigh(tokens: &Tokens<'_>, view: &View<'_>, scores: &mut [f32], transitions: &model::Transitions) {
    let mut known = vec![Known::default(); view.words()];
    let number = |i: usize| view.atoms[i].number as usize;
    let mut lone = Vec::new();
    for run in &view.runs {
        let labels = model::decode(*run, scores, transitions);
        for i in run.range() {
            let word = &mut known[number(i)];
            word.sum += scores[i].clamp(-6.0, 6.0);
            word.count += 1.0;
        }
        each_stretch(*run, labels, |first, last| {
            let mean = scores[first..=last].iter().sum::<f32>() / (last - first + 1) as f32;
            if first == last {
                lone.push(first);
            } else if mean > SURE {
                for i in first..=last {
                    known[number(i)].part = true;
                }
                known[number(last)].surname = true;
                if view.units[first].class.intersects(Class::FAMILY_EAST) {
                    known[number(first)].surname = true;
                }
            }
        });
    }
    for run in &view.runs {
        for i in run.range() {
            let k = known[number(i)];
            scores[i] += k.sum / k.count - scores[i].clamp(-6.0, 6.0); // every occurrence counts alike
            let firm = view
                .units
                .get(i + 1)
                .is_some_and(|u| i + 1 < run.end && u.class.intersects(Class::ORG_WORD) && !u.class.intersects(Class::GIVEN));
            if firm {
                continue; // "Tata Sons" beside Ratan Tata
            }
            if k.surname {
                scores[i] += SURNAME;
            } else if k.part {
                scores[i] += PART;
            }
        }
    }
    for i in view.runs.iter().flat_map(|run| run.range()).filter(|&i| is_announced(tokens, view.units, i)) {
        scores[i] += ANNOUNCED;
    }
    for i in lone {
        let titled = i > 0 && !view.units[i].opens_block && view.units[i - 1].kind == Kind::Title || is_announced(tokens, view.units, i);
        let explained = known[number(i)].part;
        if !titled && !explained {
            scores[i] -= if is_of_a_firm(tokens, view.units, i) { FIRM } else { LONE };
        }
    }
}

/// True for a lone capital that owns what firms own, or is a party of a case: "Vodatel's chief executive", "Roe v. Wade".
fn is_of_a_firm(tokens: &Tokens<'_>, units: &[Unit], i: usize) -> bool {
    let word = |k: usize| units.get(k).filter(|u| !u.opens_block).map_or("", |u| tokens.str(u.first as usize));
    let owns = units.get(i + 1).is_some_and(|u| u.kind == Kind::Possessive && !u.opens_block);
    let corporate = matches!(word(i + 2), "shares" | "stock" | "shareholders" | "headquarters" | "subsidiary" | "ceo" | "CEO" | "CFO")
        || word(i + 2) == "chief" && matches!(word(i + 3), "executive" | "financial" | "operating");
    let versus = |k: usize| word(k) == "v" && word(k + 1) == ".";
    owns && corporate || versus(i + 1) || i >= 2 && versus(i - 2)
}

/// True where a form of address or a word of kin stands before a name: "Ms. Tran", "her son Marco", "his widow, Grace".
fn is_announced(tokens: &Tokens<'_>, units: &[Unit], i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| !units[i].opens_block && units[i].kind == Kind::Name) else { return false };
    if evidence::announces(tokens, units, i) {
        return true;
    }
    let (kin, addressed) = (|k: usize| units[k].class.intersects(Class::KIN) && units[k].kind == Kind::Lower, units[before]);
    if units[i].class.intersects(Class::GIVEN) && (kin(before) || addressed.symbol == ',' && before > 0 && kin(before - 1)) {
        return true;
    }
    // "US Trade Representative Jamieson Greer": an office and the two words that end the run
    let two = units.get(i + 1).is_some_and(|u| u.kind == Kind::Name && !u.opens_block) && !units.get(i + 2).is_some_and(Unit::is_capital);
    let name = |u: &Unit| {
        u.shape == Shape::Capital
            && !u.class.intersects(Class::OFFICE.or(Class::ORG_WORD).or(Class::FUNCTION).or(Class::COUNTRY).or(Class::CITY))
    };
    if two && addressed.is_capital() && addressed.class.intersects(Class::OFFICE) && name(&units[i]) && name(&units[i + 1]) {
        return true;
    }
    let form = matches!(tokens.str(addressed.first as usize), "Mr" | "Mrs" | "Ms" | "Miss" | "Mx" | "Dame");
    form && !units[i].class.intersects(Class::FUNCTION.or(Class::ORG_WORD)) && units[i].shape == Shape::Capital
}

/// Names of places and companies that look like people.
fn is_known_otherwise(tokens: &Tokens<'_>, view: &View<'_>, first: usize, last: usize) -> bool {
    type Phrases = (FxHashSet<u32>, FxHashSet<&'static str>);
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    let (openings, phrases) = PHRASES.get_or_init(|| {
        let lines = include_str!("../lexicon/people_not.txt").lines();
        (lines.clone().filter_map(|l| l.split(' ').next()).map(|w| lexicon::id(w.as_bytes())).collect(), lines.collect())
    });
    if first == last || last - first > 3 || !openings.contains(&view.atoms[first].word) {
        return false;
    }
    let words: Vec<String> = view.units[first..=last].iter().map(|u| fold(u.range(tokens).of(tokens.text))).collect();
    phrases.contains(words.join(" ").as_str())
}

/// True for what the text calls a firm, a newspaper … right behind its name: "Baker Lane, a law firm,".
fn is_firm(units: &[Unit], last: usize) -> bool {
    /// Words between the article and the noun.
    const MODIFIERS: usize = 6;
    let at = |k: usize| units.get(last + k).filter(|_| (1..=k).all(|n| units.get(last + n).is_some_and(|u| !u.opens_block)));
    if at(1).is_none_or(|u| u.symbol != ',')
        || !at(2).is_some_and(|u| matches!(u.symbol, 'a' | 't') && u.class.intersects(Class::DETERMINER))
    {
        return false;
    }
    // The last noun before a preposition or a mark is what it is.
    let plain =
        |u: &Unit| !matches!(u.kind, Kind::Symbol | Kind::Possessive) && !u.class.intersects(Class::PREPOSITION.or(Class::CONJUNCTION));
    let length = (3..3 + MODIFIERS).take_while(|&k| at(k).is_some_and(plain)).count();
    length > 0 && at(2 + length).is_some_and(|u| u.class.intersects(Class::FIRM) && !u.class.intersects(Class::OFFICE) && !u.is_capital())
}

/// The first of the titles before unit `first` of a name; `first` without any.
fn before_titles(units: &[Unit], first: usize) -> usize {
    (0..first).rev().take(2).take_while(|&k| units[k].kind == Kind::Title && !units[k + 1].opens_block).last().unwrap_or(first)
}

/// True for the name of a ship: "the ferry Mary Ellen", "the yacht Lady Anna", "USS John McCain".
fn is_vessel(units: &[Unit], first: usize) -> bool {
    let start = before_titles(units, first);
    start > 0 && !units[start].opens_block && units[start - 1].class.intersects(Class::VESSEL)
}

/// True for "Mount Wilson", "Lake Wilson", "Wilson's disease": a landmark or an illness, in an article about a Wilson too.
fn is_landmark(tokens: &Tokens<'_>, units: &[Unit], first: usize, last: usize) -> bool {
    let word = |k: usize| tokens.str(units[k].first as usize);
    let land = |k: usize| !units[first].opens_block && matches!(word(k), "Mount" | "Mt" | "Lake" | "Fort" | "Cape" | "Camp" | "River");
    let lower = |k: usize| units.get(k).filter(|u| u.kind == Kind::Lower && !u.opens_block).map_or("", |_| word(k));
    let illness = |k: usize| matches!(lower(k), "disease" | "syndrome" | "lymphoma" | "palsy");
    let owns = units.get(last + 1).is_some_and(|u| u.kind == Kind::Possessive && !u.opens_block);
    first.checked_sub(1).is_some_and(land) || illness(last + 1) || owns && illness(last + 2)
}

/// True for ships, firms, roads and buildings that bear a person's name: "the ferry Mary Ellen", "Johnson & Johnson", "Trump Tower".
fn named_after(tokens: &Tokens<'_>, units: &[Unit], first: usize, last: usize) -> bool {
    let before = first.checked_sub(1).filter(|_| !units[first].opens_block);
    let after = Some(last + 1).filter(|&i| units.get(i).is_some_and(|u| !u.opens_block));
    // one word on either side: "Daniel & Richard Tsai" are people
    let capital = |i: Option<usize>| i.and_then(|i| units.get(i)).is_some_and(Unit::is_capital);
    let ampersand = |i: Option<usize>| i.is_some_and(|i| units[i].symbol == '&');
    let left = ampersand(before) && capital(first.checked_sub(2)) && !capital(first.checked_sub(3));
    let right = ampersand(after) && capital(Some(last + 2)) && !capital(Some(last + 3));
    let firm = first == last && (left || right);
    let body = |i: usize| {
        let word = tokens.str(units[i].first as usize);
        matches!(
            word,
            "Organization" | "Organisation" | "Corporation" | "Inc" | "Plaza" | "Hotel" | "Hotels" | "Casino" | "College" | "Hospital"
        )
    };
    let place = |i: usize| units[i].shape == Shape::Capital && (units[i].class.intersects(Class::MEMORIAL) || body(i));
    // "Charles de Gaulle airport"; the others are verbs too in lower case, or belong to the person
    let lower =
        |i: usize| matches!(tokens.str(units[i].first as usize), "airport" | "boulevard" | "avenue" | "stadium" | "museum" | "highway");
    is_vessel(units, first)
        || is_landmark(tokens, units, first, last)
        || firm
        || after.is_some_and(|i| place(i) || lower(i))
        || (first < last && place(last))
}

/// A labelled stretch without titles before and small words after.
fn tidy(tokens: &Tokens<'_>, units: &[Unit], mut first: usize, mut last: usize) -> Option<Span> {
    while first < last && units[first].kind == Kind::Title && !units[first].class.intersects(Class::GIVEN) {
        first += 1;
    }
    let anybody = matches!(tokens.str(units[last].first as usize), "Nobody" | "Somebody" | "Anybody" | "Everybody" | "Neither");
    if first == last && anybody {
        return None;
    }
    if first < last && matches!(tokens.str(units[first].first as usize), "Neither" | "Nor" | "Both" | "Either") {
        first += 1;
    }
    let acronym = units[first].shape == Shape::Upper && units[first].range(tokens).len() >= 3 && units[first].kind == Kind::Name;
    let trade = units[first].class.intersects(Class::OFFICE) && !units[first].class.intersects(Class::GIVEN);
    if last >= first + 2 && (acronym && units[first + 1].shape == Shape::Capital || trade) {
        first += 1; // "ASI Masud Rana", "Nurse Carmen Diaz"
    }
    while last > first && units[last].kind == Kind::Particle {
        last -= 1;
    }
    if named_after(tokens, units, first, last) {
        return None;
    }
    // "Sri Wahyuningsih", "Summer Haddon": given names that are titles and seasons elsewhere
    let before = first.checked_sub(1).filter(|&b| first == last && !units[first].opens_block && units[b].first == units[b].last);
    if before.is_some_and(|b| matches!(tokens.str(units[b].first as usize), "Sri" | "Duke" | "Summer" | "Autumn")) {
        first -= 1;
    }
    let after = |k: usize| units.get(last + k).filter(|_| (1..=k).all(|n| units.get(last + n).is_some_and(|u| !u.opens_block)));
    let suffix = |k: usize| after(k).is_some_and(|u| u.class.intersects(Class::SUFFIX) && u.is_capital());
    if suffix(1) {
        last += 1;
    } else if after(1).is_some_and(|u| u.symbol == ',') && suffix(2) && units[last + 2].last > units[last + 2].first {
        last += 2; // "Pruitt, Jr."
    }
    (units[first].is_capital() || first < last).then_some(Span { first, last })
}
