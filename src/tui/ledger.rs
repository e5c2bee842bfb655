//! The ledger of figures: which rows it has, in which order, what an amount looks like, and which figures contradict each other.

use rustc_hash::FxHashMap;

use super::lists::Row;
use crate::analysis::Findings;
use crate::analysis::figures::iso_date;
use crate::analysis::findings::{Bound, Figure, FigureKind, Value};
use crate::text::{TextRange, grapheme};

/// A heading of the ledger, and how many figures stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The topic, or what the figures have in common instead.
    pub name: String,
    /// How many figures.
    pub figures: usize,
}

/// The words over the figures that measure nothing.
const DATES: &str = "dates and ordinals";
/// The words over the figures whose topic the text does not say.
const OTHER: &str = "no topic";

/// The rows of the ledger and their headings. In reading order, or grouped by topic in the order in which topics first come up. Dates and ordinals
/// place things and measure nothing: they stand last. A change stands before the first of its figures.
pub(super) fn rows(text: &str, found: &Findings, other: &[Option<usize>], filter: &str, by_topic: bool) -> (Vec<Row>, Vec<Group>) {
    let keep = Filter::new(filter);
    let mut changes: Vec<(usize, usize)> = found.changes.iter().enumerate().filter_map(|(n, c)| Some((c.first_figure()?, n))).collect();
    changes.sort_unstable();
    let mut next_change = changes.into_iter().peekable();
    let mut groups: Vec<(&str, Vec<Row>)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, figure) in found.figures.iter().enumerate() {
        let name = match figure.kind {
            FigureKind::Date | FigureKind::Ordinal => DATES,
            _ if !by_topic => "",
            _ => figure.topic.unwrap_or(OTHER),
        };
        let place = *places.entry(name).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        let list = &mut groups[place].1;
        while let Some((_, n)) = next_change.next_if(|(first, _)| *first <= i) {
            let ends = [found.changes[n].from, found.changes[n].to].into_iter().flatten().filter_map(|f| found.figures.get(f));
            if keep.fits_change(found.changes[n].range.of(text), &ends.collect::<Vec<_>>(), text) {
                list.push(Row::Change(n));
            }
        }
        if keep.fits(text, figure, other.get(i).is_some_and(Option::is_some)) {
            list.push(Row::Figure(i));
        }
    }
    groups.retain(|(_, list)| !list.is_empty());
    groups.sort_by_key(|(name, _)| (*name == DATES, *name == OTHER));
    let (mut all, mut headings) = (Vec::new(), Vec::new());
    for (name, list) in groups {
        if !name.is_empty() {
            all.push(Row::Topic(headings.len()));
            let figures = list.iter().filter(|r| matches!(r, Row::Figure(_))).count();
            headings.push(Group { name: name.to_owned(), figures });
        }
        all.extend(list);
    }
    (all, headings)
}

const KINDS: [FigureKind; 9] = [
    FigureKind::Percent,
    FigureKind::PercentagePoints,
    FigureKind::Money,
    FigureKind::Duration,
    FigureKind::Count,
    FigureKind::Quantity,
    FigureKind::Multiple,
    FigureKind::Ordinal,
    FigureKind::Date,
];

/// A filter of the ledger. A word that names a kind asks for that kind and is not looked for in the text: "count" does not mean "countries".
struct Filter(Vec<(String, Option<Asked>)>);

/// What a word of the filter asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Kind(FigureKind),
    Change,
    Conflict,
}

impl Filter {
    fn new(typed: &str) -> Self {
        let asked = |word: &str| match word.trim_end_matches('s') {
            "change" => Some(Asked::Change),
            "conflict" | "≠" => Some(Asked::Conflict),
            "%" => Some(Asked::Kind(FigureKind::Percent)),
            "point" => Some(Asked::Kind(FigureKind::PercentagePoints)),
            singular => KINDS.into_iter().find(|k| k.name().trim_end_matches('s') == singular).map(Asked::Kind),
        };
        Self(typed.to_lowercase().split_whitespace().map(|w| (w.to_owned(), asked(w))).collect())
    }

    fn fits(&self, text: &str, figure: &Figure, conflict: bool) -> bool {
        self.0.iter().all(|(word, asked)| match asked {
            Some(Asked::Kind(kind)) => figure.kind == *kind,
            Some(Asked::Change) => false,
            Some(Asked::Conflict) => conflict,
            None => has(word, figure, text),
        })
    }

    fn fits_change(&self, words: &str, ends: &[&Figure], text: &str) -> bool {
        self.0.iter().all(|(word, asked)| match asked {
            Some(Asked::Kind(kind)) => ends.iter().any(|f| f.kind == *kind),
            Some(Asked::Change) => true,
            Some(Asked::Conflict) => false,
            None => words.to_lowercase().contains(word.as_str()) || ends.iter().any(|f| has(word, f, text)),
        })
    }
}

fn has(word: &str, figure: &Figure, text: &str) -> bool {
    let about = figure.applies_to.map_or("", |r| r.of(text));
    let fields = [figure.kind.name(), figure.topic.unwrap_or(""), about, figure.range.of(text)];
    fields.iter().any(|f| f.to_lowercase().contains(word))
}

/// What a figure says: "145 %", "more than 20 %", "610 m–640 m EUR"; a date as ISO 8601 writes it, or its words.
#[must_use]
pub fn amount(figure: &Figure, text: &str) -> String {
    if figure.value == Value::Unknown {
        let words = figure.range.of(text);
        return iso_date(words).unwrap_or_else(|| words.to_owned());
    }
    let bound = match figure.bound {
        Some(Bound::MoreThan) => "> ",
        Some(Bound::LessThan) => "< ",
        Some(Bound::AtLeast) => "≥ ",
        Some(Bound::AtMost) => "≤ ",
        Some(Bound::About) => "~ ",
        None => "",
    };
    format!("{bound}{}", value(figure))
}

/// "145 %", "295 bn USD", "3–5 %"; empty for what has no number.
fn value(figure: &Figure) -> String {
    let unit = match figure.unit.as_deref() {
        Some("percent") => " %".to_owned(),
        Some("percentage_point") => " points".to_owned(),
        Some(unit) => format!(" {}{}", unit.replace('_', " "), plural(unit, figure.value)),
        None => String::new(),
    };
    match figure.value {
        Value::Exact(v) => format!("{}{unit}", number(v)),
        Value::Range { low, high } => format!("{}–{}{unit}", number(low), number(high)),
        Value::Unknown => String::new(),
    }
}

/// The plural's s, for units that are words: "90 days", but "295 bn USD" and "1 hour".
fn plural(unit: &str, value: Value) -> &'static str {
    let word = unit.len() > 2 && unit.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if word && value != Value::Exact(1.0) && !unit.ends_with('s') { "s" } else { "" }
}

/// A number as people say it: large ones with their magnitude.
#[must_use]
pub fn number(v: f64) -> String {
    let (scaled, word) = match v.abs() {
        a if a >= 1e12 => (v / 1e12, " tn"),
        a if a >= 1e9 => (v / 1e9, " bn"),
        a if a >= 1e6 => (v / 1e6, " m"),
        _ => (v, ""),
    };
    let text = format!("{scaled:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    format!("{text}{word}")
}

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
    let keys: Vec<Option<Quantity>> = found.figures.iter().map(|f| Quantity::of(f, text)).collect();
    let mut moved: FxHashMap<&Quantity, Vec<(usize, usize)>> = FxHashMap::default();
    for change in &found.changes {
        let (Some(from), Some(to)) = (change.from, change.to) else { continue };
        // The end that comes second often leaves out what the first said.
        for key in [from, to].into_iter().filter_map(|i| keys.get(i)?.as_ref()) {
            let list = moved.entry(key).or_default();
            if list.len() < COMPARED {
                list.push((from, to));
            }
        }
    }
    let mut seen: FxHashMap<&Quantity, Vec<usize>> = FxHashMap::default();
    for (i, key) in keys.iter().enumerate() {
        let Some(key) = key else { continue };
        let agree = |a: usize, b: usize| compatible(&found.figures[a], &found.figures[b]);
        let ends = |a: usize, b: usize| {
            moved.get(key).is_some_and(|m| m.iter().any(|&(from, to)| (agree(a, from) && agree(b, to)) || (agree(a, to) && agree(b, from))))
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
        let about = folded(figure.applies_to?, text);
        (!about.is_empty()).then_some(())?;
        Some(Self { kind: figure.kind, unit: figure.unit.as_deref().map(str::to_owned), topic: figure.topic?, about })
    }
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

    const LEDGER: &str =
        "Prices rose 3 per cent on 5 June 2025.\n\nThe tariff was cut from 20 per cent to 10 per cent.\n\nPrices fell by $2 million.";

    fn listed(filter: &str, by_topic: bool) -> Vec<String> {
        let found = found(LEDGER);
        let (rows, groups) = rows(LEDGER, &found, &[], filter, by_topic);
        let shown = |row: &Row| match *row {
            Row::Topic(i) => format!("{} {}", groups[i].name, groups[i].figures),
            Row::Change(i) => format!("change {}", found.changes[i].range.of(LEDGER)),
            Row::Figure(i) => amount(&found.figures[i], LEDGER),
            _ => unreachable!("no other row"),
        };
        rows.iter().map(shown).collect()
    }

    #[test]
    fn dates_stand_last() {
        let rows = listed("", false);
        assert_eq!(rows[rows.len() - 2..], ["dates and ordinals 1", "2025-06-05"]);
        assert_eq!(rows[0], "3 %");
    }

    #[test]
    fn topics_come_in_the_order_of_the_article() {
        let rows = listed("", true);
        let place = |row: &str| rows.iter().position(|r| r.starts_with(row)).unwrap_or_else(|| panic!("{row} in {rows:?}"));
        assert!(place("price") < place("3 %") && place("3 %") < place("2 m USD"), "{rows:?}");
        assert!(place("2 m USD") < place("tariff") && place("tariff") < place("20 %"), "{rows:?}");
        assert!(place("20 %") < place("dates"), "{rows:?}");
    }

    #[test]
    fn a_filter_asks_for_kinds_and_words() {
        assert_eq!(listed("money", false), ["2 m USD"]);
        assert_eq!(listed("date", false), ["dates and ordinals 1", "2025-06-05"]);
        assert_eq!(listed("percent tariff", false), ["change from 20 per cent to 10 per cent", "20 %", "10 %"]);
        assert_eq!(listed("change", false), ["change from 20 per cent to 10 per cent"]);
        assert_eq!(listed("conflict", false), [""; 0]);
    }

    #[test]
    fn numbers_are_said_as_people_say_them() {
        assert_eq!(number(295e9), "295 bn");
        assert_eq!(number(1.5), "1.5");
        assert_eq!(number(-115.0), "-115");
        assert_eq!(number(1_250_000.0), "1.25 m");
    }
}
