//! Figures that give one quantity two values.

use rustc_hash::FxHashMap;

use crate::analysis::findings::{Bound, Figure, FigureKind, Findings, Value};
use crate::text::{TextRange, grapheme};

/// How many different values of one quantity are compared: an article gives two or three, a made-up one a million.
const COMPARED: usize = 8;
/// Two figures that stand further apart are not in one sentence.
const SENTENCE: usize = 400;

/// For each figure another one that gives the same quantity a different value: the same topic of the same thing, in the same kind and unit, by the
/// same people and for the same time as far as the text says so. The two ends of a change do not contradict each other wherever they are said again, nor
/// do a bound or a rounded number and what fits it, nor figures of one sentence, which compare.
#[must_use]
pub fn contradictions(text: &str, found: &Findings) -> Vec<Option<usize>> {
    let mut other = vec![None; found.figures.len()];
    let keys = quantities(text, &found.figures);
    let mut moved: FxHashMap<u32, Vec<(usize, usize)>> = FxHashMap::default();
    for change in &found.changes {
        let (Some(from), Some(to)) = (change.from, change.to) else { continue };
        // The end that comes second often leaves out what the first said.
        for key in [from, to].into_iter().filter_map(|i| *keys.get(i)?) {
            let list = moved.entry(key).or_default();
            if list.len() < COMPARED {
                list.push((from, to));
            }
        }
    }
    let mut seen: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (i, key) in keys.into_iter().enumerate() {
        let Some(key) = key else { continue };
        let agree = |a: usize, b: usize| compatible(&found.figures[a], &found.figures[b]);
        let ends = |a: usize, b: usize| {
            moved
                .get(&key)
                .is_some_and(|m| m.iter().any(|&(from, to)| (agree(a, from) && agree(b, to)) || (agree(a, to) && agree(b, from))))
        };
        let list = seen.entry(key).or_default();
        let against = list.iter().copied().find(|&j| {
            let (a, b) = (&found.figures[j], &found.figures[i]);
            !agree(j, i) && !ends(j, i) && same_where_said(a, b, text) && !in_one_sentence(text, a.range, b.range)
        });
        if let Some(j) = against {
            other[i] = Some(j);
            other[j].get_or_insert(i);
        }
        if list.len() < COMPARED && !list.iter().any(|&j| found.figures[j].value == found.figures[i].value) {
            list.push(i);
        }
    }
    other
}

/// Which quantity each figure measures, by a number: thousands of figures measure few.
fn quantities(text: &str, figures: &[Figure]) -> Vec<Option<u32>> {
    let mut numbers: FxHashMap<Quantity, u32> = FxHashMap::default();
    let mut number = |quantity: Quantity| {
        let next = u32::try_from(numbers.len()).expect("texts are under 4 GiB");
        *numbers.entry(quantity).or_insert(next)
    };
    figures.iter().map(|f| Quantity::of(f, text).map(&mut number)).collect()
}

/// What is measured, as far as it must be the same.
#[derive(PartialEq, Eq, Hash)]
struct Quantity {
    kind: FigureKind,
    unit: Option<String>,
    topic: &'static str,
    about: String,
}

impl Quantity {
    /// None when the text does not say what is measured: nothing can be said about it then.
    fn of(figure: &Figure, text: &str) -> Option<Self> {
        if figure.value == Value::Unknown || figure.kind == FigureKind::Ordinal {
            return None;
        }
        let topic = figure.topic?;
        let about = match figure.applies_to.map(|r| folded(r, text)).filter(|words| !words.is_empty()) {
            Some(words) => words,
            None if SINGLE.contains(&topic) => circumstances(text, figure.range),
            None => return None,
        };
        Some(Self { kind: figure.kind, unit: figure.unit.as_deref().map(str::to_owned), topic, about })
    }
}

/// Topics of which there is one at a time and place: a figure of them needs no "of what".
const SINGLE: &[&str] = &["unemployment", "inflation", "trade balance", "population"];

/// When and where a figure holds, as far as its sentence says: names, months, years and words such as "forecast". In one order, whatever theirs.
fn circumstances(text: &str, figure: TextRange) -> String {
    const QUALIFYING: &[&str] = &[
        "forecast",
        "forecasts",
        "expected",
        "expects",
        "predicted",
        "target",
        "previous",
        "previously",
        "earlier",
        "ago",
        "last",
        "next",
        "core",
        "food",
        "annual",
        "monthly",
        "youth",
        "year",
        "month",
        "quarter",
    ];
    let ends = |part: &str| part.find(['\n', ';']).into_iter().chain([". ", "! ", "? "].iter().filter_map(|m| part.find(m))).min();
    let before = TextRange::new(grapheme::floor(text, figure.start().saturating_sub(SENTENCE)), figure.start()).of(text);
    let begin = before.rfind(['\n', ';']).into_iter().chain([". ", "! ", "? "].iter().filter_map(|m| before.rfind(m))).max();
    let before = begin.and_then(|at| before.get(at + 1..)).unwrap_or(before).trim_start();
    let after = TextRange::new(figure.end(), grapheme::floor(text, text.len().min(figure.end() + SENTENCE)).max(figure.end())).of(text);
    let after = ends(after).and_then(|at| after.get(..at)).unwrap_or(after);
    let said = |word: &&str| {
        let year = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        year || word.starts_with(char::is_uppercase) || QUALIFYING.contains(word)
    };
    let words = |part: &'_ str, skip: usize| -> Vec<String> {
        part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).skip(skip).filter(said).map(str::to_owned).collect()
    };
    // The first word of a sentence has its capital for nothing.
    let mut all = words(before, 1);
    all.extend(words(after, 0));
    all.sort_unstable();
    all.dedup();
    all.join(" ")
}

/// Words in lower case, without articles.
fn folded(range: TextRange, text: &str) -> String {
    let words = range.of(text).to_lowercase();
    words.split_whitespace().filter(|w| !["the", "a", "an", "all", "its", "their"].contains(w)).collect::<Vec<_>>().join(" ")
}

/// True unless the text gives both and they differ.
fn same_where_said(a: &Figure, b: &Figure, text: &str) -> bool {
    let same = |a: Option<TextRange>, b: Option<TextRange>| a.zip(b).is_none_or(|(a, b)| folded(a, text) == folded(b, text));
    same(a.set_by, b.set_by) && same(a.period, b.period)
}

fn in_one_sentence(text: &str, a: TextRange, b: TextRange) -> bool {
    if b.start() < a.end() {
        return true;
    }
    let end = grapheme::floor(text, b.start().min(a.end() + SENTENCE)).max(a.end());
    let between = TextRange::new(a.end(), end).of(text);
    b.start() - a.end() <= SENTENCE
        && !between.contains(['\n', ';'])
        && ![".", "!", "?", "”", "\""].iter().any(|m| between.contains(&format!("{m} ")))
}

/// True when both can be told of one number.
fn compatible(a: &Figure, b: &Figure) -> bool {
    let ((a_low, a_high), (b_low, b_high)) = (interval(a), interval(b));
    a_low <= b_high && b_low <= a_high
}

/// The lowest and the highest number that a figure's words can mean.
fn interval(figure: &Figure) -> (f64, f64) {
    let (low, high) = match figure.value {
        Value::Exact(v) => {
            let off = if figure.bound == Some(Bound::About) { v.abs() / 10.0 } else { rounding(v) };
            (v - off, v + off)
        }
        Value::Range { low, high } => (low, high),
        Value::Unknown => (f64::NEG_INFINITY, f64::INFINITY),
    };
    match figure.bound {
        Some(Bound::MoreThan | Bound::AtLeast) => (low, f64::INFINITY),
        Some(Bound::LessThan | Bound::AtMost) => (f64::NEG_INFINITY, high),
        _ => (low, high),
    }
}

/// Half a unit of the last digit that is given, for fractions and for millions: "$2.3 million" is what $2,312,000 is called. Smaller whole numbers
/// are meant as they stand.
fn rounding(v: f64) -> f64 {
    let whole = v.fract() == 0.0;
    if whole && v.abs() < 1e6 {
        return 0.0;
    }
    let digits = format!("{:e}", v.abs());
    let (mantissa, exponent) = digits.split_once('e').unwrap_or((&digits, "0"));
    let places = mantissa.split_once('.').map_or(0, |(_, f)| f.len());
    let exponent: i32 = exponent.parse().unwrap_or(0);
    // Fractions of many digits were computed ("a third"), not written.
    if places > 9 { 0.0 } else { 0.5 * 10_f64.powi(exponent - i32::try_from(places).unwrap_or(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis, ingest};

    fn found(text: &str) -> Findings {
        analysis::analyse(&ingest::from_text(text))
    }

    /// The pairs that contradict each other, in the words of the text.
    fn pairs(text: &str) -> Vec<(String, String)> {
        let found = found(text);
        let words = |i: usize| found.figures[i].range.of(text).to_owned();
        let other = contradictions(text, &found);
        other.iter().enumerate().filter_map(|(i, o)| o.filter(|o| *o > i).map(|o| (words(i), words(o)))).collect()
    }

    fn pair(a: &str, b: &str) -> Vec<(String, String)> {
        vec![(a.into(), b.into())]
    }

    #[test]
    fn one_quantity_with_two_values_is_a_contradiction() {
        let text = "The ministry put a 25 per cent tariff on Chinese goods.\n\nTraders were surprised. They now pay a 35 per cent tariff on Chinese goods.";
        assert_eq!(pairs(text), pair("25 per cent", "35 per cent"));
        assert_eq!(pairs(&text.replace("on Chinese goods.\n", "on Mexican goods.\n")), []);
        assert_eq!(pairs(&text.replace("35", "25")), []);
    }

    #[test]
    fn what_there_is_one_of_needs_no_more_words() {
        let text = "Unemployment was 4.1 per cent, the office said.\n\nThe bank put unemployment at 4.6 per cent.";
        assert_eq!(pairs(text), pair("4.1 per cent", "4.6 per cent"));
        assert_eq!(pairs(&text.replace("4.6 per cent.", "4.6 per cent in March.")), []);
        assert_eq!(pairs(&text.replace("bank put", "bank expected to put")), []);
        assert_eq!(pairs(&text.replace("4.6 per cent.", "4.6 per cent in Norland.")), []);
    }

    #[test]
    fn the_ends_of_a_change_do_not_contradict_wherever_they_are_said_again() {
        let change = "The US cut its tariff on Chinese goods from 125 per cent to 10 per cent.";
        assert_eq!(pairs(change), []);
        assert_eq!(pairs(&format!("{change}\n\nFew had paid the 125 per cent tariff on Chinese goods.")), []);
        let third = format!("{change}\n\nFew will pay the 40 per cent tariff on Chinese goods.");
        assert!(pairs(&third).iter().any(|(_, b)| b == "40 per cent"), "{:?}", pairs(&third));
    }

    #[test]
    fn bounds_and_rounded_numbers_fit_what_they_round() {
        let of = |value, bound| Figure {
            range: TextRange::empty(0),
            kind: FigureKind::Money,
            value,
            unit: None,
            bound,
            topic: None,
            applies_to: None,
            set_by: None,
            period: None,
        };
        let fits = |a, a_bound, b| compatible(&of(Value::Exact(a), a_bound), &of(Value::Exact(b), None));
        assert!(fits(20.0, Some(Bound::MoreThan), 25.0) && !fits(20.0, Some(Bound::LessThan), 25.0));
        assert!(fits(300.0, Some(Bound::About), 310.0) && !fits(300.0, Some(Bound::About), 360.0));
        assert!(fits(2.3e6, None, 2_312_000.0) && !fits(2.3e6, None, 2_412_000.0));
        assert!(fits(18.5, None, 18.47) && !fits(18.5, None, 18.3));
        assert!(!fits(30.0, None, 32.0) && !fits(145.0, None, 146.0));
        let range = of(Value::Range { low: 3.0, high: 5.0 }, None);
        assert!(compatible(&range, &of(Value::Exact(4.0), None)) && !compatible(&range, &of(Value::Exact(6.0), None)));
    }
}
