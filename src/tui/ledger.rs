//! The ledger of figures: which rows it has, in which order and what an amount looks like.

use rustc_hash::FxHashMap;

use super::lists::Row;
use crate::analysis::Findings;
use crate::analysis::figures::iso_date;
use crate::analysis::findings::{Bound, Figure, Value};
use crate::annotation::filter::{Field, Filter, Subject};
use crate::export::words;

/// A heading of the ledger, and how many figures stand under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The topic, or what the figures have in common instead.
    pub name: String,
    /// How many figures.
    pub figures: usize,
}

/// No column of amounts is wider; longer amounts stand out of it.
pub const COLUMN: usize = 12;
/// The words over the figures that measure nothing.
const DATES: &str = "dates and ordinals";
/// The words over the figures whose topic the text does not say.
const OTHER: &str = "no topic";

/// The rows of the ledger and their headings. In reading order, or grouped by topic in the order in which topics first come up. Dates and ordinals
/// place things and measure nothing: they stand last. A change stands before the first of its figures.
pub(super) fn rows(text: &str, found: &Findings, other: &FxHashMap<usize, usize>, keep: &Filter, by_topic: bool) -> (Vec<Row>, Vec<Group>) {
    let mut changes: Vec<(usize, usize)> = found.changes.iter().enumerate().filter_map(|(n, c)| Some((c.first_figure()?, n))).collect();
    changes.sort_unstable();
    let mut next_change = changes.into_iter().peekable();
    let mut groups: Vec<(&str, Vec<Row>)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (i, figure) in found.figures.iter().enumerate() {
        let name = match figure.kind {
            kind if kind.places() => DATES,
            _ if !by_topic => "",
            _ => figure.topic.unwrap_or(OTHER),
        };
        let place = *places.entry(name).or_insert_with(|| {
            // In reading order nearly all figures are in one group, which is not to grow again and again.
            groups.push((name, Vec::with_capacity(if by_topic { 0 } else { found.figures.len() - i })));
            groups.len() - 1
        });
        let list = &mut groups[place].1;
        while let Some((_, n)) = next_change.next_if(|(first, _)| *first <= i) {
            let ends = [found.changes[n].from, found.changes[n].to].into_iter().flatten().filter_map(|f| found.figures.get(f));
            let ends = ends.map(|figure| Measured { figure, text, conflict: false }).collect();
            if keep.fits(&Moved { words: found.changes[n].range.of(text), ends }) {
                list.push(Row::Change(n));
            }
        }
        if keep.fits(&Measured { figure, text, conflict: other.contains_key(&i) }) {
            list.push(Row::Figure(i));
        }
    }
    groups.retain(|(_, list)| !list.is_empty());
    groups.sort_by_key(|(name, _)| (*name == DATES, *name == OTHER));
    let (mut all, mut headings) = (Vec::new(), Vec::new());
    for (name, mut list) in groups {
        if !name.is_empty() {
            all.push(Row::Topic(headings.len()));
            let figures = list.iter().filter(|r| matches!(r, Row::Figure(_))).count();
            headings.push(Group { name: name.to_owned(), figures });
        }
        // A group without a heading is the first, and may be all there is.
        if all.is_empty() {
            all = list;
        } else {
            all.append(&mut list);
        }
    }
    (all, headings)
}

/// A figure, for a filter.
pub struct Measured<'a> {
    /// The figure.
    pub figure: &'a Figure,
    /// The article's text.
    pub text: &'a str,
    /// The article gives its quantity another value, too.
    pub conflict: bool,
}

impl Subject for Measured<'_> {
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        let figure = self.figure;
        match field {
            Field::Kind => fits(figure.kind.name()) || (self.conflict && fits("conflict")),
            Field::Topic => figure.topic.is_some_and(fits),
            Field::Unit => figure.unit.as_deref().is_some_and(fits),
            Field::About => figure.applies_to.is_some_and(|r| fits(r.of(self.text))),
            Field::Text => fits(figure.range.of(self.text)),
            _ => false,
        }
    }
}

/// A change, for a filter: it has what the figures of its ends have.
struct Moved<'a> {
    words: &'a str,
    ends: Vec<Measured<'a>>,
}

impl Subject for Moved<'_> {
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        let own = match field {
            Field::Kind => fits("change"),
            Field::Text => fits(self.words),
            _ => false,
        };
        own || self.ends.iter().any(|end| end.any(field, fits))
    }
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
    let unit = figure.unit.as_deref();
    match figure.value {
        Value::Exact(v) => measured(v, unit),
        Value::Range { low, high } => format!("{}–{}", number(low), measured(high, unit)),
        Value::Unknown => String::new(),
    }
}

/// The plural's s, for units that are words: "90 days", but "295 bn USD" and "1 hour".
fn plural(unit: &str) -> &'static str {
    let word = unit.len() > 2 && unit.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if word && !unit.ends_with('s') { "s" } else { "" }
}

/// A number as people say it: large ones with their magnitude, the others with their thousands apart.
#[must_use]
pub fn number(v: f64) -> String {
    let (scaled, word) = match v.abs() {
        a if a >= 1e12 => (v / 1e12, " tn"),
        a if a >= 1e9 => (v / 1e9, " bn"),
        a if a >= 1e6 => (v / 1e6, " m"),
        _ => (v, ""),
    };
    // More than four decimals were computed ("a third"), not written.
    let written = ((scaled * 1e4).round() - scaled * 1e4).abs() < 1e-6;
    let places = if written { 1e4 } else { 10.0 };
    format!("{}{word}", words::number((scaled * places).round() / places))
}

/// "145 %", "16,800 tonnes", "1 basis point": a number with its unit as [`amount`] writes it.
#[must_use]
pub fn measured(v: f64, unit: Option<&str>) -> String {
    format!("{}{}", number(v), unit_behind(unit, v == 1.0))
}

/// The unit behind a number, with its space and its plural.
fn unit_behind(unit: Option<&str>, one: bool) -> String {
    match unit {
        Some("percent") => " %".to_owned(),
        Some("percentage_point") => if one { " point" } else { " points" }.to_owned(),
        Some("basis_point") => " bp".to_owned(),
        Some(unit) => format!(" {}{}", unit.replace('_', " "), if one { "" } else { plural(unit) }),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::filter::Domain;
    use crate::{analysis, ingest};

    fn found(text: &str) -> Findings {
        analysis::analyse(&ingest::from_text(text))
    }

    const LEDGER: &str =
        "Prices rose 3 per cent on 5 June 2025.\n\nThe tariff was cut from 20 per cent to 10 per cent.\n\nPrices fell by $2 million.";

    fn listed(filter: &str, by_topic: bool) -> Vec<String> {
        let found = found(LEDGER);
        let keep = Filter::parse(filter, Domain::Figures).expect("a filter");
        let (rows, groups) = rows(LEDGER, &found, &FxHashMap::default(), &keep, by_topic);
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
        assert_eq!(number(16_800.0), "16,800");
        assert_eq!(number(100.0 / 3.0), "33.3");
        assert_eq!(number(1_250_000.0), "1.25 m");
    }
}
