//! Figures with normalised values, and the changes that tie them together.
//!
//! Anchors are tokens of digits, words of number, fractions, months and units of time; from each, windows of a constant number of
//! tokens are read. `number` reads the number, `measure` its unit, `traps` says what is none, `range` joins the ends of a range,
//! `changes` those of a change, `topic` says what it is about.

mod bounds;
mod changes;
mod conflicts;
mod currency;
mod dates;
mod measure;
mod number;
mod physical;
mod range;
mod recognise;
mod spelled;
mod topic;
mod traps;
mod view;
mod words;

#[cfg(test)]
mod cases;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tie_cases;

pub use conflicts::contradictions;
pub use dates::iso_date;

use std::borrow::Cow;

use super::findings::{Change, Figure, FigureKind, Value};
use super::sentences::Sentence;
use super::token::Tokens;
use crate::text::{TextRange, grapheme};
use currency::Habits;
use measure::{Measure, Unit};
use view::View;

/// Finds all figures, and the changes between them (indices into the figures). Both in reading order.
#[must_use]
pub fn find(tokens: &Tokens<'_>, sentences: &[Sentence]) -> (Vec<Figure>, Vec<Change>) {
    let (mut figures, mut changes) = (Vec::new(), Vec::new());
    let habits = Habits::of(tokens.text);
    for block in &tokens.blocks {
        let view = View { tokens, start: block.tokens.start, end: block.tokens.end, habits };
        let mut measures = recognise::figures(view);
        measures.retain(|m| on_graphemes(tokens.text, m.range(view)));
        let first = sentences.partition_point(|s| s.tokens.end <= view.start);
        let last = sentences.partition_point(|s| s.tokens.start < view.end);
        let base = figures.len();
        let read = changes::Block { view, measures: &measures, sentences: sentences.get(first..last).unwrap_or_default(), base };
        let found = changes::find(&read);
        figures.extend(measures.iter().map(|m| figure(view, m)));
        topic::fill(&read, &mut figures[base..]);
        for k in found.points {
            figures[k].kind = FigureKind::PercentagePoints;
            figures[k].unit = unit_name(&Unit::PercentagePoint);
        }
        changes.extend(found.changes);
    }
    (figures, changes)
}

/// True when both ends are grapheme boundaries: digits may carry marks (keycaps) that make them something else.
fn on_graphemes(text: &str, range: TextRange) -> bool {
    let plain = |at: usize| text.as_bytes().get(at).is_none_or(u8::is_ascii);
    [range.start(), range.end()].into_iter().all(|at| plain(at) || grapheme::floor(text, at) == at)
}

/// A measure as a finding.
fn figure(view: View<'_>, m: &Measure) -> Figure {
    let value = match (m.high, &m.unit) {
        (_, Unit::Date) => Value::Unknown,
        (Some(high), _) => Value::Range { low: m.low, high },
        (None, _) => Value::Exact(m.low),
    };
    let kind = match m.unit {
        Unit::Bare => FigureKind::Count,
        Unit::Percent => FigureKind::Percent,
        Unit::PercentagePoint | Unit::BasisPoint => FigureKind::PercentagePoints,
        Unit::Money(_) => FigureKind::Money,
        Unit::Time(_) => FigureKind::Duration,
        Unit::Point | Unit::Physical(_) => FigureKind::Quantity,
        Unit::Times => FigureKind::Multiple,
        Unit::Ordinal => FigureKind::Ordinal,
        Unit::Date => FigureKind::Date,
    };
    Figure {
        range: m.range(view),
        kind,
        value,
        unit: unit_name(&m.unit),
        bound: m.bound,
        topic: None,
        applies_to: None,
        set_by: None,
        period: None,
    }
}

/// The name of a unit in the findings.
fn unit_name(unit: &Unit) -> Option<Cow<'static, str>> {
    match unit {
        Unit::Bare | Unit::Times | Unit::Ordinal | Unit::Date => None,
        Unit::Percent => Some("percent".into()),
        Unit::PercentagePoint => Some("percentage_point".into()),
        Unit::BasisPoint => Some("basis_point".into()),
        Unit::Point => Some("point".into()),
        Unit::Money(code) => Some((*code).into()),
        Unit::Time(name) => Some((*name).into()),
        Unit::Physical(name) => Some(name.clone()),
    }
}
