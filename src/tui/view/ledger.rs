//! The rows of the Figures tab: amounts aligned in a column, changes with their difference and a pair of bars.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::ledger::{amount, measured, number};
use super::super::lists::Row;
use super::super::model::Model;
use super::{cut, put, put_cut};
use crate::analysis::findings::{Change, Direction, Findings, Value};
use crate::config::Role;
use crate::text::{TextRange, grapheme::text_width};

/// The sign of a figure that another one contradicts.
pub(super) const CONFLICT: &str = "≠";
/// Stands for an end of a change that the text does not give.
const UNSAID: &str = "?";
/// A bar of the larger end of a change.
const BAR: f64 = 6.0;

/// Draws a row of the ledger from its second column on; the first is the pane's. `chosen` is the style of a row that has the keys.
pub(super) fn draw(model: &Model, found: &Findings, row: Row, area: Rect, chosen: Option<Style>, buffer: &mut Buffer) {
    let style = |role| chosen.unwrap_or_else(|| model.theme.style(role));
    let text = model.article.text.as_str();
    let width = usize::from(area.width);
    // A third of a narrow pane is enough for the amounts.
    let column = model.pane.lists.amounts.min(width / 3);
    let place = |r: TextRange| model.article.block_at(r.start()).map_or_else(String::new, |b| format!("¶{}", b + 1));
    match row {
        Row::Figure(i) => {
            let Some(figure) = found.figures.get(i) else { return };
            let end = right(buffer, area, width, &place(figure.range), style(Role::Chrome));
            let column = aligned(buffer, area, column, &amount(figure, text), style(Role::Text));
            if model.pane.lists.contradicts(i).is_some() {
                put(buffer, area, column + 3, CONFLICT, style(Role::Error));
            }
            let what: Vec<&str> = figure.topic.into_iter().chain(figure.applies_to.map(|r| r.of(text))).collect();
            let words = figure.range.of(text);
            let what = if what.is_empty() { words.to_owned() } else { what.join(" · ") };
            put_cut(buffer, area, column + 5, end.saturating_sub(column + 6), &what, style(Role::Text));
        }
        Row::Change(i) => {
            let Some(change) = found.changes.get(i) else { return };
            let end = right(buffer, area, width, &place(change.range), style(Role::Chrome));
            let end_of = |i: Option<usize>| i.and_then(|i| found.figures.get(i)).map_or_else(|| UNSAID.to_owned(), |f| amount(f, text));
            let column = aligned(buffer, area, column, &end_of(change.from), style(Role::Figure));
            put(buffer, area, column + 3, arrow(change.direction), style(Role::Figure));
            let mut left = end_of(change.to);
            let moved = difference(change);
            if !moved.is_empty() {
                left.push_str("  ");
            }
            left.push_str(&moved);
            let x = column + 5;
            let fits = |b: &String| x + text_width(&left) + text_width(b) + 3 <= end;
            let bars = heights(change, found).and_then(|h| [lying(h), standing(h)].into_iter().find(fits));
            let end = bars.map_or(end, |b| right(buffer, area, end, &b, style(Role::Bar)));
            put_cut(buffer, area, x, end.saturating_sub(x + 1), &left, style(Role::Figure));
        }
        Row::Topic(i) => {
            let Some(group) = model.pane.lists.groups.get(i) else { return };
            let end = right(buffer, area, width, &group.figures.to_string(), style(Role::Chrome));
            put_cut(buffer, area, 1, end.saturating_sub(2), &group.name, style(Role::Strong));
        }
        _ => {}
    }
}

/// Puts `text` before column `end`, one column free behind it; returns where it begins.
fn right(buffer: &mut Buffer, area: Rect, end: usize, text: &str, style: Style) -> usize {
    let x = end.saturating_sub(text_width(text) + 1);
    put(buffer, area, x, text, style);
    x
}

/// Puts an amount at the right of the column of amounts, which begins at 2; returns how wide the column is in this row.
fn aligned(buffer: &mut Buffer, area: Rect, column: usize, amount: &str, style: Style) -> usize {
    let amount = cut(amount, usize::from(area.width) / 2);
    let column = column.max(text_width(&amount));
    put(buffer, area, 2 + column - text_width(&amount), &amount, style);
    column
}

fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "↗",
        Direction::Down => "↘",
        Direction::None => "→",
    }
}

/// "−115 points", "+4 m EUR", "× 0.5"; empty when the text gives neither.
fn difference(change: &Change) -> String {
    match (change.difference, change.factor) {
        (Some(difference), _) => {
            let sign = if difference < 0.0 { "−" } else { "+" };
            format!("{sign}{}", measured(difference.abs(), change.unit.as_deref()))
        }
        (None, Some(factor)) => format!("× {}", number(factor)),
        (None, None) => String::new(),
    }
}

/// Both ends to one scale, the larger one 1. None when they are not two numbers of one unit.
fn heights(change: &Change, found: &Findings) -> Option<[f64; 2]> {
    let end = |i: Option<usize>| match i.and_then(|i| found.figures.get(i)) {
        Some(f) => match f.value {
            Value::Exact(v) if v >= 0.0 => Some((v, f.unit.clone())),
            _ => None,
        },
        None => None,
    };
    let (from, to) = match (end(change.from), end(change.to), change.factor) {
        (Some((from, unit)), Some((to, other)), _) if unit == other => (from, to),
        (_, None, Some(factor)) | (None, _, Some(factor)) if factor > 0.0 => (1.0, factor),
        _ => return None,
    };
    let most = from.max(to);
    if most <= 0.0 || !most.is_finite() {
        return None;
    }
    Some([from / most, to / most])
}

/// "▇▇▇▇▇▇/▇▇". What is more than nothing is seen.
fn lying(heights: [f64; 2]) -> String {
    let [from, to] = heights.map(|h| "▇".repeat(if h > 0.0 { ((h * BAR).round() as usize).max(1) } else { 0 }));
    format!("{from}/{to}")
}

/// "█▃": the same where there is little room.
fn standing(heights: [f64; 2]) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    heights.iter().map(|h| STEPS[((h * 8.0).round() as usize).clamp(1, 8) - 1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis, ingest};

    fn only_change(text: &str) -> (Change, Findings) {
        let found = analysis::analyse(&ingest::from_text(text));
        assert_eq!(found.changes.len(), 1, "{text}");
        (found.changes[0].clone(), found)
    }

    #[test]
    fn bars_are_to_one_scale() {
        let (change, found) = only_change("The rate fell from 30 per cent to 10 per cent.");
        assert_eq!(heights(&change, &found).map(lying).as_deref(), Some("▇▇▇▇▇▇/▇▇"));
        assert_eq!(heights(&change, &found).map(standing).as_deref(), Some("█▃"));
        assert_eq!(difference(&change), "−20 points");
        let (change, found) = only_change("The rate rose from 1 per cent to 100 per cent.");
        assert_eq!(heights(&change, &found).map(lying).as_deref(), Some("▇/▇▇▇▇▇▇"));
        assert_eq!(difference(&change), "+99 points");
    }

    #[test]
    fn a_factor_alone_has_bars_too() {
        let (change, found) = only_change("The regulator halved the quota.");
        assert_eq!(difference(&change), "× 0.5");
        assert_eq!(heights(&change, &found).map(lying).as_deref(), Some("▇▇▇▇▇▇/▇▇▇"));
    }
}
