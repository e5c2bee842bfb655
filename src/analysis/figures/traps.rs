//! Digits that are no figures: model names, laws, phone numbers, scores, versions, flights, clock times, list numbers, ages, years.

use super::currency;
use super::measure::{Measure, Unit};
use super::number::{self, Style};
use super::view::View;
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Shape, Token};

/// What the digits at a token are, before any unit is read.
pub(super) enum Digits {
    /// Perhaps a figure.
    Free,
    /// None: go on behind this token.
    Skip(usize),
    /// A date in digits, through this token.
    Date(usize),
}

/// Looks at what the digits at token `i` are tied to.
pub(super) fn digits(v: View<'_>, i: usize) -> Digits {
    if tied_before(v, i) {
        return Digits::Skip(run_end(v, i));
    }
    let text = v.text(i);
    if spaced_score(v, i) {
        return Digits::Skip(i + 2);
    }
    let tied = v.glued(i + 1) && v.glued(i + 2) && v.number(i + 2) && (v.dash(i + 1) || v.is(i + 1, '/') || v.is(i + 1, ':'));
    if tied && let Digits::Date(end) = chain(v, i) {
        return Digits::Date(end);
    }
    if text.len() > 1 && text.starts_with('0') && !text.contains(['.', ',']) && !v.is(i.wrapping_sub(1), '.') {
        return Digits::Skip(run_end(v, i));
    }
    let list = i == v.start && (v.is(i + 1, '.') || v.is(i + 1, ')')) && v.glued(i + 1);
    if list || clock(v, i) {
        return Digits::Skip(run_end(v, i).max(i + 1));
    }
    if tied { chain(v, i) } else { Digits::Free }
}

/// True when a letter, hash or the like stands right before the digits: "A350", "COVID-19", "#4", "v.2".
fn tied_before(v: View<'_>, i: usize) -> bool {
    if !v.glued(i) {
        return v.is(i.wrapping_sub(1), '+') && v.is(i + 1, '(');
    }
    let before = i - 1;
    let Some(t) = v.get(before) else { return false };
    if t.is_word() {
        return currency::before(v, i).is_none();
    }
    match t.first {
        '#' | '@' | '^' | '_' | '=' | '\\' | '/' | ':' => true,
        '.' => v.glued(before),
        '\'' | '’' | '‘' => text_is_year_end(v, i),
        '[' => v.glued(before) && v.is(i + 1, ']') && v.glued(i + 1), // the mark of a note: "in June[2]"
        '+' => v.is(i + 1, '(') || v.text(i).len() <= 3 && v.number(i + 1),
        '-' | '‐' | '‑' => v.glued(before) && !v.is(before.wrapping_sub(1), '(') && !money_before(v, before),
        _ => false,
    }
}

fn money_before(v: View<'_>, dash: usize) -> bool {
    v.number(dash.wrapping_sub(1))
        || v.get(dash.wrapping_sub(1)).is_some_and(|t| !t.is_word())
        || v.has(dash.wrapping_sub(1), Class::NUMBER)
}

/// "the class of ’24"
fn text_is_year_end(v: View<'_>, i: usize) -> bool {
    v.text(i).len() == 2
}

/// The last token of what is written without a space from token `i` on, as far as it is letters, digits and hyphens.
fn run_end(v: View<'_>, i: usize) -> usize {
    let mut end = i;
    while v.glued(end + 1) {
        let part = v.word(end + 1) || v.number(end + 1);
        let tie = (v.dash(end + 1) || v.is(end + 1, '/') || v.is(end + 1, ':') || v.is(end + 1, '.'))
            && v.glued(end + 2)
            && (v.word(end + 2) || v.number(end + 2));
        if !part && !tie {
            break;
        }
        end += 1;
    }
    end
}

/// "5:30", "5.30 pm", "at 9 a.m.", "6 o'clock".
fn clock(v: View<'_>, i: usize) -> bool {
    if v.is(i + 1, ':') && v.glued(i + 1) && v.glued(i + 2) && v.number(i + 2) {
        return true;
    }
    let after = i + 1;
    let letter = |k: usize| v.eq(k, "m");
    let dotted = v.any(after, &["a", "p"]) && v.is(after + 1, '.') && v.glued(after + 1) && letter(after + 2);
    let hour = number::value_of(v.text(i)).is_some_and(|h| h < 25.0);
    hour && (dotted
        || (v.any(after, &["am", "pm"]) && !v.any(after + 1, &["i"]))
        || (v.eq(after, "o") && v.get(after + 1).is_some_and(Token::is_apostrophe)))
        || (v.any(after, &["GMT", "BST", "UTC", "CET", "ET", "IST"]) && v.text(i).len() >= 4)
}

/// Digits tied to digits by hyphens, slashes or colons: a date, a phone number, a score, a model; or two ends of a range, or a fraction.
fn chain(v: View<'_>, i: usize) -> Digits {
    let end = run_end(v, i);
    let parts = (i..=end).filter(|&k| v.number(k)).take(4).count();
    let size = |k: usize| v.text(k).len();
    if parts == 3 && end == i + 4 && !v.is(i + 1, ':') {
        let day = |k: usize| v.text(k).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d));
        let first = size(i) == 4 && day(i + 2) && day(i + 4);
        let last = day(i) && day(i + 2) && (size(i + 4) == 4 || (size(i + 4) == 2 && v.is(i + 1, '/')));
        return if first || last { Digits::Date(end) } else { Digits::Skip(end) };
    }
    if v.is(i + 1, '/') {
        let fraction = number::parse(v, i, false).filter(|n| n.style == Style::Fraction && parts == 2);
        let below = v.text(i + 2).parse::<u32>().unwrap_or_default();
        let usual = matches!(below, 2..=5 | 8 | 10 | 15 | 100 | 1000)
            || v.eq(i + 3, "of")
            || v.has(v.past_hyphen(i + 3), Class::DURATION.or(Class::PHYSICAL));
        return if fraction.is_some_and(|n| end <= n.last + 2) && usual { Digits::Free } else { Digits::Skip(end) };
    }
    if parts != 2 {
        return Digits::Skip(end);
    }
    let (Some(low), Some(high)) = (number::value_of(v.text(i)), number::value_of(v.text(i + 2))) else { return Digits::Skip(end) };
    let year = |k: usize| is_year(v.text(k));
    let season = year(i) && (size(i + 2) == 2 || year(i + 2));
    let phone = size(i) == 3 && size(i + 2) == 4 && !v.has(i + 3, Class::CURRENCY);
    let money = currency::before(v, i).is_some();
    let score = !money && (low >= high || score_noun(v, i + 3));
    if season || (phone && v.text(i).starts_with('5')) || score { Digits::Skip(end) } else { Digits::Free }
}

/// "1 – 0", "lost 2 – 3 to": small plain numbers around a dash that no unit or noun follows.
fn spaced_score(v: View<'_>, i: usize) -> bool {
    let plain = |k: usize| v.number(k) && v.text(k).len() <= 2;
    let apart = v.dash(i + 1) && !v.glued(i + 1) && !v.glued(i + 2);
    if !apart || !plain(i) || !plain(i + 2) || v.glued(i + 3) && !v.get(i + 3).is_some_and(|t| matches!(t.first, '.' | ',' | ';' | ')')) {
        return false;
    }
    currency::before(v, i).is_none()
        && (!v.word(i + 3) || v.has(i + 3, Class::STOP) && !v.eq(i + 3, "per") || v.capital(i + 3) || score_noun(v, i + 3))
}

/// True for what follows a score: "a 2-5 defeat".
fn score_noun(v: View<'_>, i: usize) -> bool {
    v.any(
        i,
        &[
            "win",
            "victory",
            "loss",
            "defeat",
            "lead",
            "record",
            "vote",
            "draw",
            "tie",
            "start",
            "skid",
            "run",
            "decision",
            "split",
            "majority",
            "aggregate",
            "ruling",
            "margin",
            "rout",
        ],
    )
}

/// Four digits that read as a year.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u32>().is_ok_and(|y| (1500..=2100).contains(&y))
}

/// True when a measure is no figure although it has a unit: ages, names of bonds, decades.
pub(super) fn is_name_or_age(v: View<'_>, m: &Measure) -> bool {
    let next = m.last + 1;
    let behind = v.past_hyphen(next);
    match m.unit {
        Unit::Time(unit) => {
            let age = v.eq(behind, "old") || v.any(behind, &["olds"]) || (v.eq(next, "of") && v.eq(next + 1, "age"));
            let bond = unit == "year"
                && v.any(
                    behind,
                    &[
                        "note",
                        "notes",
                        "bond",
                        "bonds",
                        "treasury",
                        "treasuries",
                        "gilt",
                        "gilts",
                        "yield",
                        "yields",
                        "bund",
                        "bunds",
                        "mortgage",
                        "mortgages",
                        "jgb",
                    ],
                );
            let at_age = v.eq(m.first.wrapping_sub(1), "of") && v.eq(m.first.wrapping_sub(2), "age");
            age || bond || at_age
        }
        Unit::Ordinal => v.any(
            behind,
            &[
                "century",
                "centuries",
                "party",
                "parties",
                "world",
                "person",
                "lady",
                "floor",
                "avenue",
                "street",
                "amendment",
                "grade",
                "grader",
                "graders",
            ],
        ),
        _ => v.glued(next) && v.word(next),
    }
}

/// True when a number without a unit is part of a name, a year, an age, a list number, a reference.
pub(super) fn bare(v: View<'_>, m: &Measure) -> bool {
    let (before, next) = (m.first.wrapping_sub(1), m.last + 1);
    let numbered = if v.is(before, '.') { before.wrapping_sub(1) } else { before };
    if v.has(numbered, Class::NUMBERED) && !(v.eq(numbered, "no") && !v.is(before, '.') && !v.capital(numbered)) {
        return true;
    }
    let of_person = v.any(before, &["was", "is", "turned"]) && v.any(before.wrapping_sub(1), &["he", "she", "who"])
        || v.eq(before, "at") && v.any(before.wrapping_sub(1), &["died", "retired", "married"]);
    if of_person && m.noun.is_none() && m.low < 120.0 {
        return true;
    }
    if v.eq(before, "past") && v.any(before.wrapping_sub(1), &["half", "quarter"]) {
        return true;
    }
    // "from 5 to 9 in the evening"
    if v.eq(next, "in") && v.any(next + 2, &["morning", "afternoon", "evening"]) && m.low <= 24.0 {
        return true;
    }
    if v.eq(v.past_hyphen(next), "for") && v.past_hyphen(next) > next {
        return true;
    }
    match m.style {
        Style::Digits if m.magnitude == 1.0 => digits_are_name(v, m, before, next),
        Style::Words => words_are_no_figure(v, m, before, next),
        _ => false,
    }
}

/// "10 Downing Street"
fn address(v: View<'_>, next: usize) -> bool {
    const ROADS: &[&str] = &["street", "road", "avenue", "lane", "boulevard", "square", "drive", "terrace", "st", "rd", "ave"];
    v.capital(next) && (next + 1..next + 4).take_while(|&k| v.capital(k)).any(|k| v.any(k, ROADS))
}

/// "opens at 8.15", "at 7.30 in the evening": hours and minutes with a stop between.
fn dotted_clock(v: View<'_>, m: &Measure, before: usize, next: usize) -> bool {
    let Some((hour, minute)) = v.text(m.last).split_once('.') else { return false };
    let fits = hour.len() <= 2 && minute.len() == 2 && hour.parse().is_ok_and(|h: u32| h < 25) && minute.parse().is_ok_and(|m: u32| m < 60);
    let starts = &["open", "opens", "start", "starts", "begin", "begins", "leave", "leaves", "close", "closes", "began", "started", "left"];
    let when = v.eq(next, "in") && v.any(next + 2, &["morning", "afternoon", "evening"]) || v.any(next, &["tonight", "sharp", "today"]);
    fits && v.any(before, &["at", "from", "until", "by"]) && (when || v.any(before.wrapping_sub(1), starts))
}

fn digits_are_name(v: View<'_>, m: &Measure, before: usize, next: usize) -> bool {
    if address(v, next) || dotted_clock(v, m, before, next) {
        return true;
    }
    let text = v.text(m.last);
    let plain = !text.contains([',', '.']) && m.first == m.last;
    let counted = m.noun.is_some();
    if v.number(before) || (v.is(before, '(') && v.is(next, ')')) {
        return true;
    }
    if v.is(next, ')') && !(1..=6).any(|d| v.is(m.first.wrapping_sub(d), '(')) && plain {
        return true;
    }
    if plain && text.len() >= 9 {
        return true;
    }
    if plain && is_year(text) && m.bound.is_none() {
        let round = m.low % 100.0 == 0.0 && counted && !v.any(before, &["in", "since", "the", "by", "of", "until", "from"]);
        return !round;
    }
    // "Nikkei 225", "Windows 10", "737 Max"; not "Boeing sold 30", where the word before is a verb
    let name = m.bound.is_none() && v.capital(before) && !v.has(before, Class::STOP.or(Class::CURRENCY)) && !v.glued(m.first);
    if name && plain && m.high.is_none() && (!v.opens_sentence(before) || !counted) {
        return true;
    }
    let airliner = plain && text.len() == 3 && text.starts_with('7') && text.ends_with('7');
    if airliner && (v.capital(next) || v.any(next, &["jet", "jets", "aircraft", "plane", "planes", "family"])) {
        return true;
    }
    // "Jane Roe, 45, said"
    let commas = v.is(before, ',') && (v.is(next, ',') || v.is(next, '.'));
    commas && plain && m.low < 120.0 && v.capital(before.wrapping_sub(1))
}

/// "one", "the two leaders", "number six", "the Big Three", "four-cylinder".
fn words_are_no_figure(v: View<'_>, m: &Measure, before: usize, next: usize) -> bool {
    if m.low == 1.0 || (m.low == 0.0 && m.noun.is_none()) {
        return true;
    }
    if v.past_hyphen(next) > next {
        return true;
    }
    let definite = v.any(before, &["the", "these", "those", "both", "other"])
        || (v.any(before, &["s"]) && v.get(before.wrapping_sub(1)).is_some_and(Token::is_apostrophe));
    if definite && m.low <= 10.0 && m.high.is_none() {
        return true;
    }
    let titled = v.get(m.first).is_some_and(|t| t.is_capital() && t.shape != Shape::Upper) && !v.opens_sentence(m.first);
    titled && v.capital(before) && m.low <= 12.0
}
