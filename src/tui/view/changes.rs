//! Draws what changed in the article since it was annotated, over everything.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::{clear, put, put_cut, to_u16};
use crate::compare::report::{Line, Tone};
use crate::config::Role;
use crate::text::TextRange;
use crate::text::rows::rows as broken;

/// A piece of a row, and how it is meant.
type Piece = (Tone, String);

/// Draws the list so that line `at` is in view, with a mark before it.
pub(super) fn draw(model: &Model, at: usize, screen: Rect, buffer: &mut Buffer) {
    clear(buffer, screen, Style::new());
    let title = " what changed since it was annotated    j k move · Enter goes there · q closes";
    put_cut(buffer, screen, 0, usize::from(screen.width), title, model.theme.style(Role::Strong));
    let Some(lines) = &model.changes else { return };
    let room = usize::from(screen.height.saturating_sub(2));
    let width = usize::from(screen.width);
    // From the chosen line upwards as far as a third of the screen, then down.
    let mut first = at;
    let mut above = 0;
    while first > 0 && above < room / 3 {
        first -= 1;
        above += wrapped(&lines[first], width).len();
    }
    let rows = lines.iter().enumerate().skip(first).flat_map(|(i, line)| {
        let rows = wrapped(line, width).into_iter().enumerate();
        rows.map(move |(n, row)| (i, n, line.indent, row))
    });
    for (y, (i, n, indent, row)) in rows.take(room).enumerate() {
        let area = Rect { y: screen.y + 2 + to_u16(y), height: 1, ..screen };
        if i == at && n == 0 {
            put(buffer, area, 0, "▸", model.theme.style(Role::Strong));
        }
        let mut x = 1 + indent + if n > 0 { 2 } else { 0 };
        for (tone, words) in row {
            x = put(buffer, area, x, &words, model.theme.style(tone.into()));
        }
    }
}

/// A line broken to the width, each row in its pieces.
fn wrapped(line: &Line, width: usize) -> Vec<Vec<Piece>> {
    let whole: String = line.parts.iter().map(|(_, text)| text.as_str()).collect();
    let all = TextRange::new(0, whole.len());
    let room = width.saturating_sub(line.indent + 4).max(4);
    let row = |row: TextRange| {
        let mut at = 0;
        let piece = |(tone, part): &Piece| {
            let range = TextRange::new(at, at + part.len());
            at += part.len();
            range.intersect(row).map(|here| (*tone, here.of(&whole).to_owned()))
        };
        line.parts.iter().filter_map(piece).collect()
    };
    let rows: Vec<Vec<Piece>> = broken(&whole, all, room, false).into_iter().map(row).collect();
    if rows.is_empty() { vec![vec![]] } else { rows }
}
