//! Figures that one sentence ties together as a change: "from X to Y", "Y, down from X", "rose 3 points to 12 %", "halved".

use std::borrow::Cow;

use super::measure::{Measure, Unit};
use super::view::{View, folded};
use super::{bounds, physical};
use crate::analysis::findings::{Change, Direction};
use crate::analysis::lexicon::Class;
use crate::analysis::sentences::Sentence;
use crate::text::TextRange;

/// How many tokens may stand between the two ends of a change.
const REACH: usize = 12;

/// The figures of one block, and where they and their sentences stand.
pub(super) struct Block<'a> {
    pub(super) view: View<'a>,
    /// The block's figures, in reading order.
    pub(super) measures: &'a [Measure],
    /// The block's sentences, in reading order.
    pub(super) sentences: &'a [Sentence],
    /// The index that the first of `measures` has among all figures.
    pub(super) base: usize,
}

impl Block<'_> {
    /// The sentence that holds token `i`: the evidence.
    pub(super) fn sentence(&self, i: usize) -> Option<&Sentence> {
        self.sentences.get(self.sentences.partition_point(|s| s.tokens.end <= i))
    }

    fn together(&self, a: usize, b: usize) -> bool {
        self.sentence(a).is_some_and(|s| s.tokens.contains(&b))
    }
}

/// One change, as indices into the block's figures.
#[derive(Clone, Copy, Default)]
struct Ends {
    from: Option<usize>,
    to: Option<usize>,
    /// The figure that gives the difference ("rose 3 points to …").
    by: Option<usize>,
    /// Tokens, inclusive.
    first: usize,
    last: usize,
}

/// The changes of a block, in reading order.
pub(super) struct Found {
    pub(super) changes: Vec<Change>,
    /// Indices, among all figures, of "points" that turn out to be percentage points.
    pub(super) points: Vec<usize>,
}

/// All changes of the block.
pub(super) fn find(block: &Block<'_>) -> Found {
    let ms = block.measures;
    let mut found: Vec<Ends> = Vec::new();
    let mut k = 0;
    while k < ms.len() {
        let ends = pair(block, k).or_else(|| down_from(block, k)).or_else(|| compared(block, k)).or_else(|| up_by(block, k));
        if let Some(ends) = ends {
            let done = ends.from.max(ends.to).max(ends.by).unwrap_or(k);
            found.push(ends);
            k = done.max(k);
        }
        k += 1;
    }
    let of_percentage =
        |e: &&Ends| e.by.is_some_and(|k| ms[k].unit == Unit::Point) && e.to.is_some_and(|k| matches!(ms[k].unit, Unit::Percent));
    let points = found.iter().filter(of_percentage).filter_map(|e| e.by).map(|k| block.base + k).collect();
    let mut changes: Vec<Change> = found.iter().filter_map(|e| change(block, e)).collect();
    changes.sort_by_key(|c| c.range.start()); // `factors` looks them up by place
    factors(block, &mut changes);
    changes.sort_by_key(|c| c.range.start());
    Found { changes, points }
}

fn tie(block: &Block<'_>, k: usize) -> usize {
    bounds::tie(block.view, block.measures[k].first)
}

/// True when both figures can be ends of one change.
fn alike(a: &Measure, b: &Measure) -> bool {
    let times = matches!((&a.unit, &b.unit), (Unit::Time(_), Unit::Time(_)));
    (a.unit == b.unit || times) && !matches!(a.unit, Unit::Date | Unit::Ordinal | Unit::Times)
}

/// The value of `m` in the unit of `other`: "three hours" is 180 where the other is told in minutes.
fn in_unit_of(m: &Measure, other: &Measure) -> f64 {
    match (&m.unit, &other.unit) {
        (Unit::Time(own), Unit::Time(wanted)) if own != wanted => {
            let days = |name: &str| physical::time(name).map_or(1.0, |(_, days)| days);
            rounded(m.low * days(own) / days(wanted))
        }
        _ => m.low,
    }
}

/// "from A to B", "to B from A", "by D to B" with the figure `k` as the first of the two.
fn pair(block: &Block<'_>, k: usize) -> Option<Ends> {
    let (v, ms) = (block.view, block.measures);
    let (a, b) = (&ms[k], ms.get(k + 1)?);
    let (before_a, before_b) = (tie(block, k), tie(block, k + 1));
    let near = b.first.saturating_sub(a.end()) <= REACH && block.together(a.first, b.first);
    if !near || before_b < a.end() {
        return None;
    }
    let (from_a, to_a) = (v.eq(before_a, "from"), v.eq(before_a, "to"));
    let (from_b, to_b) = (v.eq(before_b, "from"), v.eq(before_b, "to"));
    if from_a && to_b && alike(a, b) {
        let first = before_a;
        return Some(Ends { from: Some(k), to: Some(k + 1), first, last: b.end(), ..Ends::default() });
    }
    if to_a && from_b && alike(a, b) {
        return Some(Ends { from: Some(k + 1), to: Some(k), first: before_a, last: b.end(), ..Ends::default() });
    }
    // "rose 3 points to 12 %", "fell by half, to €75 million": nothing but the "to" between them
    let said = said_direction(v, before_a).is_some();
    let moved = said && v.eq(before_a, "by") || v.has(before_a, Class::UP.or(Class::DOWN));
    let next = if v.is(a.end() + 1, ',') { a.end() + 2 } else { a.end() + 1 };
    if moved && to_b && before_b == next {
        let points = matches!(a.unit, Unit::PercentagePoint | Unit::BasisPoint | Unit::Point);
        let fits = (points && b.unit == Unit::Percent) || a.unit == Unit::Percent || alike(a, b);
        // "…, from €36 million a year earlier"
        let old = ms.get(k + 2).filter(|c| {
            let from = tie(block, k + 2);
            alike(b, c) && v.eq(from, "from") && from <= b.end() + 2 && block.together(b.first, c.first)
        });
        let ends = Ends { to: Some(k + 1), by: Some(k), first: before_a, last: b.end(), ..Ends::default() };
        return fits.then_some(old.map_or(ends, |c| Ends { from: Some(k + 2), last: c.end(), ..ends }));
    }
    None
}

/// "slowed to 1.2 per cent, compared with 2.1" with the old value `k`, where a word says that the value moved or when the old one held.
fn compared(block: &Block<'_>, k: usize) -> Option<Ends> {
    let (v, ms) = (block.view, block.measures);
    let (new, old) = (ms.get(k.checked_sub(1)?)?, &ms[k]);
    let tie = tie(block, k);
    let with = v.any(tie, &["with", "to"]) && v.eq(tie.wrapping_sub(1), "compared");
    if !(with || v.eq(tie, "against")) || old.high.is_some() || new.high.is_some() || !alike(new, old) {
        return None;
    }
    let gap = tie.saturating_sub(new.end());
    if gap > 6 || tie <= new.end() || !block.together(new.first, old.first) || (new.unit == Unit::Bare && new.noun.is_none()) {
        return None;
    }
    // "jumped 12 per cent": the figure is the movement, not where it led
    let before = self::tie(block, k - 1);
    let movement = v.has(before, Class::UP.or(Class::DOWN)) || v.eq(before, "by");
    let before_now = v.any(old.end() + 1, &["a", "the", "in", "last"])
        && (old.end() + 2..old.end() + 5)
            .any(|i| v.any(i, &["ago", "earlier", "before", "previous", "previously", "year", "month", "quarter"]));
    let moved = said_direction(v, before).is_some() && v.eq(before, "to");
    let ends = Ends { from: Some(k), to: Some(k - 1), first: new.first, last: old.end(), ..Ends::default() };
    (!movement && (moved || before_now)).then_some(ends)
}

/// "45 per cent, up two points": the difference `k` right behind the new value.
fn up_by(block: &Block<'_>, k: usize) -> Option<Ends> {
    let (v, ms) = (block.view, block.measures);
    let (new, by) = (ms.get(k.checked_sub(1)?)?, &ms[k]);
    let tie = tie(block, k);
    let points = matches!(by.unit, Unit::PercentagePoint | Unit::BasisPoint | Unit::Point);
    let behind = v.any(tie, &["up", "down"]) && v.is(tie.wrapping_sub(1), ',') && tie.wrapping_sub(2) == new.end();
    let fits = points && new.unit == Unit::Percent && new.high.is_none() && by.high.is_none();
    (behind && fits).then_some(Ends { to: Some(k - 1), by: Some(k), first: new.first, last: by.end(), ..Ends::default() })
}

/// "B, down from A", "up from A" with the old value `k`.
fn down_from(block: &Block<'_>, k: usize) -> Option<Ends> {
    let (v, ms) = (block.view, block.measures);
    let from = tie(block, k);
    if !v.eq(from, "from") {
        return None;
    }
    let word = from.wrapping_sub(1);
    if !v.any(word, &["up", "down", "higher", "lower", "increase", "decrease", "rise", "drop", "fall", "decline", "unchanged"]) {
        return None;
    }
    let old = &ms[k];
    let down = v.any(word, &["down", "lower", "decrease", "drop", "fall", "decline"]);
    // A figure that lies on the other side is none of this change: "23 boats … 14.5 days, down from 17".
    let same = v.eq(word, "unchanged");
    let agrees = |j: usize| {
        let new = in_unit_of(&ms[j], old);
        let new_high = ms[j].high.unwrap_or(new);
        if same {
            new == old.low
        } else if down {
            new_high < old.low
        } else {
            new > old.low
        }
    };
    let new = (k.saturating_sub(2)..k)
        .rev()
        .find(|&j| alike(&ms[j], old) && agrees(j) && word.saturating_sub(ms[j].end()) <= REACH && block.together(ms[j].first, old.first));
    let first = new.map_or(word, |j| ms[j].first);
    Some(Ends { from: Some(k), to: new, first, last: old.end(), ..Ends::default() })
}

/// The change with its difference and direction.
fn change(block: &Block<'_>, ends: &Ends) -> Option<Change> {
    let (v, ms) = (block.view, block.measures);
    let value = |k: Option<usize>| k.map(|k| &ms[k]).filter(|m| m.high.is_none());
    let evidence = block.sentence(ends.first)?.range(v.tokens);
    let said = said_direction(v, ends.by.map_or(ends.first, |k| ms[k].first));
    let (mut difference, mut unit, mut factor) = (None, None, None);
    let mut direction = said;
    match (value(ends.from), value(ends.to), value(ends.by)) {
        (Some(old), Some(new), _) => {
            let d = rounded(new.low - in_unit_of(old, new));
            difference = Some(d);
            unit = difference_unit(&new.unit);
            direction = Some(if d > 0.0 {
                Direction::Up
            } else if d < 0.0 {
                Direction::Down
            } else {
                Direction::None
            });
        }
        (_, Some(new), Some(by)) => {
            let sign = if said == Some(Direction::Down) { -1.0 } else { 1.0 };
            if by.unit == Unit::Percent {
                factor = Some(rounded(1.0 + sign * by.low / 100.0));
            } else {
                difference = Some(sign * by.low);
                let points = by.unit == Unit::Point && new.unit == Unit::Percent;
                unit = if points { Some("percentage_point".into()) } else { difference_unit(&by.unit) };
            }
        }
        _ => {}
    }
    Some(Change {
        range: v.tokens.span(ends.first, ends.last),
        from: ends.from.map(|k| block.base + k),
        to: ends.to.map(|k| block.base + k),
        direction: direction.unwrap_or(Direction::None),
        difference,
        factor,
        unit,
        evidence,
    })
}

/// Without the noise of binary fractions: 4.5 - 4.3 is 0.2.
fn rounded(x: f64) -> f64 {
    let places = 1e9;
    if x.abs() < 1e6 { (x * places).round() / places } else { x }
}

/// The unit of a difference: between percentages, points.
fn difference_unit(unit: &Unit) -> Option<Cow<'static, str>> {
    match unit {
        Unit::Percent | Unit::PercentagePoint => Some("percentage_point".into()),
        other => super::unit_name(other),
    }
}

/// What the last word of growing or shrinking at or before token `i` says.
fn said_direction(v: View<'_>, i: usize) -> Option<Direction> {
    (0..REACH + 4).find_map(|back| {
        let t = v.get(i.wrapping_sub(back))?;
        match (t.has(Class::UP), t.has(Class::DOWN)) {
            (true, false) => Some(Direction::Up),
            (false, true) => Some(Direction::Down),
            _ => None,
        }
    })
}

/// Gives changes their "doubled" and "halved", or makes one that has nothing but the factor. `changes` are in reading order.
fn factors(block: &Block<'_>, changes: &mut Vec<Change>) {
    let v = block.view;
    let mut alone = Vec::new();
    for i in (v.start..v.end).filter(|&i| v.has(i, Class::MULTIPLE)) {
        let Some(factor) = factor_of(v, i) else { continue };
        // "more than doubled": by how much, the text does not say
        let exact = bounds::before(v, i).is_none();
        let at = v.tokens.list[i];
        let reach = v.tokens.list[(i + REACH).min(v.end - 1)].end();
        let next = changes.partition_point(|c| c.range.start() < at.start());
        match changes.get_mut(next).filter(|c| c.evidence.covers(at.range()) && c.range.start() < reach) {
            Some(change) => {
                change.factor = exact.then_some(factor);
                change.range = TextRange::new(at.start(), change.range.end());
            }
            None => alone.extend(factor_alone(block, i, factor, exact)),
        }
    }
    changes.append(&mut alone);
}

/// A change of which the text gives the factor, and perhaps the new value: "doubled to $4".
fn factor_alone(block: &Block<'_>, i: usize, factor: f64, exact: bool) -> Option<Change> {
    let v = block.view;
    let sentence = block.sentence(i)?;
    let first = block.measures.partition_point(|m| m.first <= i);
    let near = |m: &&Measure| m.first <= i + REACH && sentence.tokens.contains(&m.first) && v.eq(tie(block, first), "to");
    let to = block.measures.get(first).filter(near);
    Some(Change {
        range: to.map_or(v.tokens.list[i].range(), |m| v.tokens.span(i, m.end())),
        from: None,
        to: to.map(|_| block.base + first),
        direction: if factor < 1.0 { Direction::Down } else { Direction::Up },
        difference: None,
        factor: exact.then_some(factor),
        unit: None,
        evidence: sentence.range(v.tokens),
    })
}

/// What a verb multiplies by: "doubled" 2, "halved" 0.5. Adjectives ("a double room") are no change.
fn factor_of(v: View<'_>, i: usize) -> Option<f64> {
    let factor = folded(v.text(i), |w| {
        Some(match w {
            "doubled" | "doubles" | "doubling" => 2.0,
            "tripled" | "triples" | "tripling" | "trebled" | "trebles" | "trebling" => 3.0,
            "quadrupled" | "quadruples" | "quadrupling" => 4.0,
            "quintupled" => 5.0,
            "halved" | "halves" | "halve" | "halving" => 0.5,
            "double" | "triple" | "treble" | "quadruple" if verb(v, i) => match w {
                "double" => 2.0,
                "quadruple" => 4.0,
                _ => 3.0,
            },
            _ => return None,
        })
    })?;
    (!v.any(i + 1, &["down"])).then_some(factor)
}

fn verb(v: View<'_>, i: usize) -> bool {
    let before = if v.eq(i.wrapping_sub(1), "than") { i.wrapping_sub(3) } else { i.wrapping_sub(1) };
    v.any(before, &["to", "will", "would", "could", "may", "might", "should", "did", "can"])
}
