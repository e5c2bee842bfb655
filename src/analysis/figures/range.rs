//! Two measures that are the ends of one range: "3 to 5 per cent", "$40-50 billion", "between 10 and 15".

use super::bounds;
use super::measure::{Measure, Unit};
use super::number::Style;
use super::view::View;
use crate::analysis::findings::Bound;
use crate::analysis::lexicon::Class;

/// How two neighbouring measures are tied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    Dash,
    To,
    Between,
    Or,
    /// "three in five"
    OutOf,
    /// "more than 10 and less than 40"
    Bounds,
}

/// Joins neighbours that are one range or one share. Ends that say their unit once get it both; changes stay two.
pub(super) fn join(v: View<'_>, measures: Vec<Measure>) -> Vec<Measure> {
    let mut out: Vec<Measure> = Vec::with_capacity(measures.len());
    for b in measures {
        let Some(a) = out.last_mut() else {
            out.push(b);
            continue;
        };
        match tie(v, a, &b).and_then(|tie| merged(v, a, &b, tie)) {
            Some(Joined::One(m)) => *a = m,
            Some(Joined::Two(first, second)) => {
                *a = first;
                out.push(second);
            }
            None => out.push(b),
        }
    }
    out
}

enum Joined {
    One(Measure),
    Two(Measure, Measure),
}

/// What stands between the two.
fn tie(v: View<'_>, a: &Measure, b: &Measure) -> Option<Tie> {
    if a.high.is_some() {
        return None;
    }
    let gap = a.last + 1;
    let begin = bounds::before(v, b.first).map_or(b.first, |(_, begin)| begin.max(gap));
    match begin.checked_sub(gap)? {
        1 if v.dash(gap) => (v.glued(gap) == (v.glued(gap + 1) && begin == b.first) || v.glued(gap + 1)).then_some(Tie::Dash),
        1 if v.any(gap, &["to", "through"]) => Some(Tie::To),
        2 if v.dash(gap) && v.glued(gap) && v.eq(gap + 1, "to") => Some(Tie::To),
        1 if v.eq(gap, "and") && between(v, a.first) => Some(Tie::Between),
        1 if v.eq(gap, "and") && bounded(v, a, b) => Some(Tie::Bounds),
        1 if v.eq(gap, "or") => Some(Tie::Or),
        1 if v.eq(gap, "in") => Some(Tie::OutOf),
        2 if v.eq(gap, "out") && v.eq(gap + 1, "of") => Some(Tie::OutOf),
        // "up to 5": the "to" is part of no bound here
        0 if v.eq(gap, "to") => Some(Tie::To),
        _ => None,
    }
}

/// True for "more than 10 and less than 40", in either order.
fn bounded(v: View<'_>, a: &Measure, b: &Measure) -> bool {
    let bound = |m: &Measure| bounds::before(v, m.first).map(|(bound, _)| bound);
    let lower = |m: &Measure| matches!(bound(m), Some(Bound::MoreThan | Bound::AtLeast));
    let upper = |m: &Measure| matches!(bound(m), Some(Bound::LessThan | Bound::AtMost));
    (lower(a) && upper(b) && a.low < b.low) || (upper(a) && lower(b) && b.low < a.low)
}

fn between(v: View<'_>, first: usize) -> bool {
    let tie = bounds::before(v, first).map_or(first, |(_, begin)| begin).wrapping_sub(1);
    v.eq(tie, "between") || v.eq(tie.wrapping_sub(1), "between") || v.eq(first.wrapping_sub(1), "from")
}

/// The two with their common unit, as one range or as two ends of a change.
fn merged(v: View<'_>, a: &Measure, b: &Measure, tie: Tie) -> Option<Joined> {
    let (mut a, mut b) = (a.clone(), b.clone());
    let apart = a.unit != Unit::Bare || a.magnitude > 1.0;
    if matches!(a.unit, Unit::Ordinal | Unit::Date) || matches!(b.unit, Unit::Ordinal | Unit::Date) {
        return None;
    }
    if tie == Tie::OutOf {
        return share(v, &a, &b);
    }
    if tie == Tie::Or && !(a.unit == Unit::Bare && a.low < b.low && b.low - a.low <= a.low.max(1.0) && a.style == b.style) {
        return None;
    }
    if tie == Tie::To && by_to(v, &a, &b) {
        return None;
    }
    share_unit(&mut a, &mut b, tie)?;
    if tie == Tie::Bounds {
        let (low, high) = (a.low.min(b.low), a.low.max(b.low));
        return Some(Joined::One(Measure { last: b.last, low, high: Some(high), unit: b.unit, ..a }));
    }
    if tie == Tie::To && is_change(v, &a, &b) {
        return Some(Joined::Two(a, b));
    }
    let ordered = a.low < b.low && (tie != Tie::Dash || a.low >= 0.0);
    if !ordered {
        return None;
    }
    let counted = apart || a.unit != Unit::Bare || b.style != Style::Digits || tie != Tie::Dash;
    (counted || plausible(v, &b)).then_some(Joined::One(Measure {
        last: b.last,
        low: a.low,
        high: Some(b.low),
        unit: b.unit,
        magnitude: b.magnitude,
        ..a
    }))
}

/// Two plain numbers with a hyphen are a range only before what they count.
fn plausible(v: View<'_>, b: &Measure) -> bool {
    if b.low >= 1000.0 && !super::traps::is_year(v.text(b.last)) {
        return true;
    }
    v.word(b.last + 1) && !v.glued(b.last + 1) && !v.has(b.last + 1, Class::STOP) && !v.capital(b.last + 1)
}

/// Gives a unit or a magnitude that is said once to both ends. None when the two do not fit.
fn share_unit(a: &mut Measure, b: &mut Measure, tie: Tie) -> Option<()> {
    if a.unit == Unit::Bare && b.unit != Unit::Bare && a.magnitude <= b.magnitude && !(b.prefixed && tie != Tie::Between) {
        if a.magnitude == 1.0 && b.magnitude > 1.0 && a.low < b.low / b.magnitude {
            a.low *= b.magnitude;
        }
        a.low *= b.coin; // "20 to 30 pence": the second end is already in pounds
        a.unit = b.unit.clone();
        return Some(());
    }
    if matches!(a.unit, Unit::Money(_)) && a.prefixed && b.unit == Unit::Bare {
        b.unit = a.unit.clone();
        b.prefixed = true;
    }
    if a.unit != b.unit {
        return None;
    }
    if a.magnitude == 1.0 && b.magnitude > 1.0 && a.low < b.low / b.magnitude {
        a.low *= b.magnitude;
        a.magnitude = b.magnitude;
    }
    Some(())
}

/// "three in five", "7 out of 10": a share, in per cent.
fn share(v: View<'_>, a: &Measure, b: &Measure) -> Option<Joined> {
    let digits = a.low == 1.0 && b.low <= 100.0 && v.word(b.last + 1) && !v.has(b.last + 1, Class::MONTH);
    let told = v.eq(a.last + 1, "out") || (a.style == Style::Words && b.style == Style::Words) || digits;
    let fits = told && a.unit == Unit::Bare && b.unit == Unit::Bare && a.low >= 1.0 && a.low < b.low && b.low <= 1000.0;
    fits.then(|| Joined::One(Measure { last: b.last, low: 100.0 * a.low / b.low, unit: Unit::Percent, style: Style::Words, ..a.clone() }))
}

/// "down by 30 to 126", "rose 3 points to 12 %": the first is the difference, not an end.
fn by_to(v: View<'_>, a: &Measure, b: &Measure) -> bool {
    let tie = bounds::tie(v, a.first);
    if v.eq(a.first.wrapping_sub(1), "of") && a.unit == b.unit {
        return false; // "a rise of 3% to 5%"
    }
    if v.eq(tie, "by") {
        return a.unit != Unit::Bare || b.unit == Unit::Bare;
    }
    let moved = v.has(tie, Class::UP.or(Class::DOWN));
    moved && (a.unit != Unit::Bare || b.unit == Unit::Bare)
}

/// "from 5 to 10 per cent" is a change when the value falls, or when the words before it say that something changed.
pub(super) fn is_change(v: View<'_>, a: &Measure, b: &Measure) -> bool {
    let from = bounds::tie(v, a.first);
    if !v.eq(from, "from") {
        return false;
    }
    let change = Class::UP.or(Class::DOWN).or(Class::MOVE);
    for back in 1..=14 {
        let i = from.wrapping_sub(back);
        let Some(t) = v.get(i) else { break };
        if t.is('.') && !v.glued(i + 1) || t.is(';') {
            break;
        }
        if back <= 3 && t.has(Class::SPAN) && !t.has(change) {
            return false;
        }
        let bare_verb = back == 1 && v.any(i, &["take", "takes", "took", "taking"]); // "takes from 5 to 6 hours"
        if t.is_word() && t.has(change) && !v.has(i, Class::SPAN) && !bare_verb {
            return true;
        }
    }
    a.low > b.low
}
