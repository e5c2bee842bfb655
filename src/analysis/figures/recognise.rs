//! One walk over a block: every figure with its value, unit, bound and noun.

use super::measure::{self, Measure, Unit};
use super::number::{self, Style};
use super::traps::{self, Digits};
use super::view::{View, folded};
use super::{bounds, dates, range};
use crate::analysis::lexicon::Class;
use crate::analysis::token::Kind;

/// Words where a figure may start. Everything else is passed over.
const ANCHORS: Class =
    Class::NUMBER.or(Class::FRACTION).or(Class::MULTIPLE).or(Class::MONTH).or(Class::WEEKDAY).or(Class::DURATION).or(Class::CURRENCY);

/// The figures of a block, in reading order.
pub(super) fn figures(v: View<'_>) -> Vec<Measure> {
    let found = range::join(v, anchored(v));
    let mut out: Vec<Measure> = Vec::with_capacity(found.len());
    for mut m in found {
        if out.last().is_some_and(|before| m.first <= before.end()) {
            continue;
        }
        m.bound = bounds::of(v, &m);
        if m.unit == Unit::Bare {
            m = as_share(v, m);
        }
        if m.unit == Unit::Bare {
            m.noun = noun(v, m.last);
        }
        if m.bound.is_none() {
            m.bound = bounds::behind(v, &m);
        }
        let trap = if m.unit == Unit::Bare { traps::bare(v, &m) } else { traps::is_name_or_age(v, &m) };
        if !trap {
            out.push(m);
        }
    }
    out
}

/// Measures at every anchor, before neighbours are joined.
fn anchored(v: View<'_>) -> Vec<Measure> {
    let mut found: Vec<Measure> = Vec::new();
    let mut i = v.start;
    while i < v.end {
        let t = v.tokens.list[i];
        let (measure, next) = match t.kind {
            Kind::Number => at_digits(v, i),
            Kind::Word if t.has(ANCHORS) => (at_word(v, i), i + 1),
            Kind::Symbol if !t.first.is_ascii() && number::vulgar_at(v, i).is_some() => (measure::at(v, i), i + 1),
            _ => (None, i + 1),
        };
        i = next;
        if let Some(mut m) = measure {
            i = i.max(m.last + 1);
            // The currency between "10 $ 30" belongs to the first.
            if let Some(before) = found.last() {
                m.first = m.first.max(before.last + 1);
            }
            let power = v.get(m.last + 1).is_some_and(|t| matches!(t.first, '²' | '³' | '¹' | '⁰'..='⁹' | '⁻' | '^'));
            let open = v.glued(m.last + 1) && (v.word(m.last + 1) || v.number(m.last + 1) || power);
            if m.first <= m.last && !open {
                found.push(m);
            }
        }
    }
    found
}

fn at_digits(v: View<'_>, i: usize) -> (Option<Measure>, usize) {
    match traps::digits(v, i) {
        Digits::Skip(end) => (None, end + 1),
        Digits::Date(end) => (Some(dates::over(i, end)), end + 1),
        Digits::Free if dates::dotted(v.text(i)) => (Some(dates::over(i, i)), i + 1),
        Digits::Free => (dates::day_first(v, i).or_else(|| measure::at(v, i)), i + 1),
    }
}

fn at_word(v: View<'_>, i: usize) -> Option<Measure> {
    if v.has(i, Class::MONTH) {
        return dates::month_first(v, i);
    }
    if v.has(i, Class::WEEKDAY) {
        return dates::weekday(v, i);
    }
    if v.has(i, Class::FRACTION)
        && let Some(date) = dates::quarter(v, i)
    {
        return Some(date);
    }
    if v.glued(i) && v.past_hyphen(i - 1) == i && v.word(i.wrapping_sub(2)) && !v.has(i, Class::DURATION) && !v.any(i - 2, &["a", "an"]) {
        return None; // "forty-something", "mid-six", "one-third" is read at its start
    }
    if v.has(i, Class::NUMBER.or(Class::FRACTION)) {
        let m = measure::at(v, i);
        if m.as_ref().is_some_and(|m| m.unit != Unit::Ordinal || m.low >= 3.0) {
            return m;
        }
    }
    if v.has(i, Class::MULTIPLE) {
        return multiple(v, i);
    }
    if v.has(i, Class::CURRENCY) {
        return measure::article_money(v, i);
    }
    v.has(i, Class::DURATION).then(|| measure::article_duration(v, i)).flatten()
}

/// "twofold", "twice as many".
fn multiple(v: View<'_>, i: usize) -> Option<Measure> {
    let low =
        folded(v.text(i), |w| {
            Some(match w {
                "twofold" => 2.0,
                "threefold" => 3.0,
                "fourfold" => 4.0,
                "fivefold" => 5.0,
                "sixfold" => 6.0,
                "sevenfold" => 7.0,
                "eightfold" => 8.0,
                "ninefold" => 9.0,
                "tenfold" => 10.0,
                "hundredfold" => 100.0,
                "thousandfold" => 1000.0,
                "twice" | "thrice" if v.any(i + 1, &["as", "the", "that", "its", "their", "what", "more", "his", "her"]) => {
                    if w == "twice" { 2.0 } else { 3.0 }
                }
                _ => return None,
            })
        })?;
    Some(Measure { low, unit: Unit::Times, ..Measure::one(i, i) })
}

/// "half of", "fell by nearly a third", "a fifth said": a part of something is a share, in per cent.
fn as_share(v: View<'_>, m: Measure) -> Measure {
    if m.style != Style::Fraction || m.low >= 1.0 || m.high.is_some() {
        return m;
    }
    let (tie, next) = (bounds::tie(v, m.first), m.last + 1);
    let moved = v.any(tie, &["by", "from", "to"]) || v.has(tie, Class::UP.or(Class::DOWN));
    let written = v.word(m.last) && m.first > v.start && (!v.word(next) || v.has(next, Class::STOP));
    let compared = v.any(next, &["of", "higher", "lower", "more", "less", "fewer", "cheaper", "dearer"]);
    let verb = v.any(next, &["were", "was", "are", "is", "said", "say", "have", "had", "do", "did", "will", "would"]);
    if moved || written || compared || verb { Measure { low: m.low * 100.0, unit: Unit::Percent, ..m } } else { m }
}

/// The last token of the noun that a number counts, a few words behind it: "5,200 workers", "two younger human siblings".
fn noun(v: View<'_>, last: usize) -> Option<usize> {
    let mut i = last + 1;
    if v.any(i, &["more", "other", "additional"]) {
        i += 1;
    }
    let limit = i + 6;
    while i < limit {
        let t = v.get(i)?;
        if t.kind == Kind::Number && t.glued {
            i += 1; // "50 Airbus A350-900 jets"
            continue;
        }
        if !t.is_word() {
            let hyphen = v.past_hyphen(i);
            if hyphen == i {
                return None;
            }
            i = hyphen;
            continue;
        }
        let model = t.is_capital() && v.number(i + 1) && v.glued(i + 1); // the "A" of "A350"
        if (t.glued && v.past_hyphen(i - 1) != i) || (t.has(Class::STOP.or(Class::NUMBER)) && !model) {
            return None;
        }
        if plural(v.text(i)) {
            return Some(i);
        }
        i += 1;
    }
    None
}

/// True for words that look like a plural noun.
fn plural(word: &str) -> bool {
    let ending = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
    ending
        || folded(word, |w| {
            matches!(
                w,
                "people"
                    | "men"
                    | "women"
                    | "children"
                    | "police"
                    | "cattle"
                    | "aircraft"
                    | "fish"
                    | "sheep"
                    | "staff"
                    | "crew"
                    | "personnel"
                    | "teeth"
                    | "mice"
                    | "others"
            )
        })
}
