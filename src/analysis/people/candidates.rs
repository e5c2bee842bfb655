//! Where names of people stand: units to spans.

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
pub(crate) fn names(_tokens: &Tokens<'_>, units: &[Unit]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut i = 0;
    while i < units.len() {
        if !units[i].is_capital() {
            i += 1;
            continue;
        }
        let end = run_end(units, i);
        if let Some(span) = name_in(units, i, end) {
            spans.push(span);
        }
        i = end;
    }
    spans
}

/// One past the last unit of the capitalised run that starts at `i`.
fn run_end(units: &[Unit], i: usize) -> usize {
    let mut end = i + 1;
    while end < units.len() && !units[end].opens_block {
        let more = units[end].is_capital()
            || units[end].kind == Kind::Particle
                && units.get(end + 1).is_some_and(|u| !u.opens_block && (u.is_capital() || u.kind == Kind::Particle));
        if !more {
            break;
        }
        end += 1;
    }
    while units[end - 1].kind == Kind::Particle {
        end -= 1;
    }
    end
}

/// The person in the run `first..end`, by rules over its words and neighbours.
fn name_in(units: &[Unit], mut first: usize, end: usize) -> Option<Span> {
    let mut titled = false;
    while first < end {
        let u = units[first];
        let known = u.class.intersects(Class::GIVEN.or(Class::SURNAME));
        let office = u.class.intersects(Class::TITLE.or(Class::OFFICE));
        let lead = office || !known && u.class.intersects(NOT.or(Class::COMMON)) || u.class.intersects(Class::FUNCTION);
        if !lead {
            break;
        }
        titled = office;
        first += 1;
    }
    let words = &units[first.min(end)..end];
    let given = words.first()?.class.intersects(Class::GIVEN);
    let surname = words[words.len() - 1].class.intersects(Class::SURNAME.or(Class::SURNAME_US));
    let east = words[0].class.intersects(Class::FAMILY_EAST) && words.len() >= 2;
    if words.iter().any(|u| u.class.intersects(NOT) && !(titled && u.class.intersects(Class::CITY)) && !u.class.intersects(Class::SURNAME))
    {
        return None;
    }
    let does = units.get(end).is_some_and(|u| u.class.intersects(Class::DOES));
    let many = words.len() >= 2;
    let sure = titled || many && (given || surname || east) || does && (surname || given);
    sure.then_some(Span { first, last: end - 1 })
}
