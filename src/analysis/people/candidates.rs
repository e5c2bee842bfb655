//! Where names of people stand: units to spans.

use super::features::View;
use super::model;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::Class;
use crate::analysis::token::Tokens;

/// A name: units `first..=last`, without title and possessive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// What makes a run of capitals something other than a person.
const NOT: Class =
    Class::ORG_WORD.or(Class::COUNTRY).or(Class::NATIONALITY).or(Class::TIME).or(Class::FUNCTION).or(Class::CITY).or(Class::ORG);

/// All names, in reading order.
pub(crate) fn names(tokens: &Tokens<'_>, units: &[Unit]) -> Vec<Span> {
    let view = View::new(tokens, units);
    let scores = model::scores(&view);
    let transitions = model::transitions();
    let mut spans = Vec::new();
    for run in &view.runs {
        let labels = model::decode(*run, &scores, &transitions);
        let mut i = run.first;
        while i < run.end {
            if !labels[i - run.first] {
                i += 1;
                continue;
            }
            let mut last = i;
            while last + 1 < run.end && labels[last + 1 - run.first] {
                last += 1;
            }
            spans.extend(tidy(units, i, last));
            i = last + 1;
        }
    }
    spans
}

/// A labelled stretch without titles before and small words after.
fn tidy(units: &[Unit], mut first: usize, mut last: usize) -> Option<Span> {
    while first < last && units[first].kind == Kind::Title && !units[first].class.intersects(Class::GIVEN) {
        first += 1;
    }
    while last > first && units[last].kind == Kind::Particle {
        last -= 1;
    }
    (units[first].is_capital() || first < last).then_some(Span { first, last })
}
