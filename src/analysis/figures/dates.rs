//! Dates and periods, kept as written: "June 5, 2025", "5 June", "the first quarter of 2024", "October 2015", "Thursday".
//!
//! A year or a month alone is no figure: "in 2024" places an event, it measures nothing.

use super::measure::{Measure, Unit};
use super::traps::is_year;
use super::view::View;
use crate::analysis::lexicon::Class;

/// A date over these tokens.
pub(super) fn over(first: usize, last: usize) -> Measure {
    Measure { low: 0.0, unit: Unit::Date, ..Measure::one(first, last) }
}

fn is_day(v: View<'_>, i: usize) -> bool {
    v.text(i).len() <= 2 && v.text(i).parse::<u32>().is_ok_and(|d| (1..=31).contains(&d))
}

/// A month; without a capital only where the word is nothing else.
fn month(v: View<'_>, i: usize) -> bool {
    v.has(i, Class::MONTH) && (v.capital(i) || !v.any(i, &["may", "march", "mar", "august", "dec", "jun", "sep"]))
}

/// The last token of ", 2025" behind a day.
fn year_behind(v: View<'_>, last: usize) -> usize {
    let k = if v.is(last + 1, ',') { last + 2 } else { last + 1 };
    if v.number(k) && is_year(v.text(k)) { k } else { last }
}

/// The day's last token, with its "th".
fn day_end(v: View<'_>, i: usize) -> usize {
    if v.glued(i + 1) && v.any(i + 1, &["st", "nd", "rd", "th"]) { i + 1 } else { i }
}

/// "5 June 2025", "the 5th of June", at the day's token.
pub(super) fn day_first(v: View<'_>, i: usize) -> Option<Measure> {
    if !is_day(v, i) {
        return None;
    }
    let end = day_end(v, i);
    let at = if v.eq(end + 1, "of") { end + 2 } else { end + 1 };
    // The stop behind "1 Sept." belongs to it, that behind "1 March." ends the sentence.
    let short = v.is(at + 1, '.') && v.text(at).len() <= 4 && !v.any(at, &["may", "june", "july"]);
    month(v, at).then(|| over(i, year_behind(v, if short { at + 1 } else { at })))
}

/// "June 5, 2025", "Sept. 1", "October 2015", at the month's token.
pub(super) fn month_first(v: View<'_>, i: usize) -> Option<Measure> {
    if !month(v, i) {
        return None;
    }
    let mut at = i + 1;
    if v.is(at, '.') || v.past_hyphen(at) > at {
        at += 1;
    }
    if !v.number(at) {
        return None;
    }
    if is_year(v.text(at)) {
        return Some(over(i, at));
    }
    let clock = v.is(at + 1, ':');
    (is_day(v, at) && !clock).then(|| {
        let end = day_end(v, at);
        let end = if v.dash(end + 1) && is_day(v, end + 2) { end + 2 } else { end };
        over(i, year_behind(v, end))
    })
}

/// "13.5.2015" in one token.
pub(super) fn dotted(digits: &str) -> bool {
    if digits.len() > 10 {
        return false;
    }
    let parts: Vec<&str> = digits.split('.').collect();
    let day = |d: &str| d.len() <= 2 && d.parse::<u32>().is_ok_and(|d| (1..=31).contains(&d));
    matches!(parts.as_slice(), [d, m, y] if day(d) && day(m) && is_year(y))
}

/// The date that words give, as ISO 8601 writes it: `2025-06-05`, `XXXX-06-05` without a year, `2015-10` without a day. `words` are those
/// of a figure of kind date; none for quarters and days of the week, and for days that are not in the calendar's form.
///
/// # Examples
/// ```
/// use pullquote::analysis::figures::iso_date;
/// assert_eq!(iso_date("June 5, 2025").as_deref(), Some("2025-06-05"));
/// assert_eq!(iso_date("1 Sept.").as_deref(), Some("XXXX-09-01"));
/// assert_eq!(iso_date("Thursday"), None);
/// ```
#[must_use]
pub fn iso_date(words: &str) -> Option<String> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let mut named = None;
    let mut numbers: Vec<&str> = Vec::new();
    for part in words.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()) {
        let digits = part.trim_end_matches(|c: char| c.is_alphabetic());
        let letters = part.trim_start_matches(|c: char| c.is_ascii_digit()).to_lowercase();
        if !digits.is_empty() {
            numbers.push(digits);
        } else if let Some(month) = MONTHS.iter().position(|m| letters.starts_with(m)) {
            named = Some(month + 1);
        }
    }
    let value = |d: &str| d.parse::<usize>().ok();
    let year_at = numbers.iter().position(|d| is_year(d));
    let year = year_at.map_or("XXXX", |k| numbers.remove(k));
    let (month, day) = match (named, numbers.as_slice()) {
        (Some(month), [day]) => (month, value(day)?),
        (Some(month), []) => return Some(format!("{year}-{month:02}")),
        (None, [a, b]) => {
            let (a, b) = (value(a)?, value(b)?);
            // Month first, as American news writes it, unless the first can be no month or the year leads.
            if year_at == Some(0) || a <= 12 { (a, b) } else { (b, a) }
        }
        _ => return None,
    };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| format!("{year}-{month:02}-{day:02}"))
}

/// "Thursday", alone in its clause; not "Thursday's call" nor "the Thursday meeting".
pub(super) fn weekday(v: View<'_>, i: usize) -> Option<Measure> {
    if !v.capital(i) || v.get(i + 1).is_some_and(|t| t.is_apostrophe() && t.glued) || v.past_hyphen(i + 1) > i + 1 {
        return None;
    }
    let adverbial = v.any(i.wrapping_sub(1), &["on", "last", "next", "late", "early", "since", "until", "by"]);
    let clause_ends = v.get(i + 1).is_none_or(|t| !t.is_word() || t.has(Class::STOP));
    (adverbial || clause_ends).then(|| over(i, i))
}

/// "first quarter of 2024", "third quarter", at the ordinal's token.
pub(super) fn quarter(v: View<'_>, i: usize) -> Option<Measure> {
    let noun = v.past_hyphen(i + 1);
    if !v.any(i, &["first", "second", "third", "fourth"]) || !v.any(noun, &["quarter", "half"]) {
        return None;
    }
    let of = if v.any(noun + 1, &["of", "in"]) { noun + 2 } else { noun + 1 };
    if v.number(of) && is_year(v.text(of)) {
        return Some(over(i, of));
    }
    v.eq(noun, "quarter").then(|| over(i, noun))
}
