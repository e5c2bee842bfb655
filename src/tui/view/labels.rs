//! The labels over the text. Each stands in the blank before its words where there is one, so that the words stay readable and nothing
//! moves.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::super::layout::Areas;
use super::super::model::{Label, Labels, Model};
use super::{set, to_u16};
use crate::config::{Role, Theme};
use crate::text::grapheme;

/// Draws what is left to type of the labels that begin with what was typed.
pub(super) fn draw(model: &Model, labels: &Labels, areas: Areas, buffer: &mut Buffer) {
    let mut list: Vec<&Label> = labels.list.iter().collect();
    // Of two at one place the longer comes first: a sentence before the finding that it begins with.
    list.sort_by_key(|l| (l.at, std::cmp::Reverse(l.range.end())));
    let text = model.article.text.as_str();
    let last = model.flow.last(text);
    let mut place = model.top;
    for row in 0..areas.text.height {
        let pieces = model.flow.pieces(text, place);
        let mut free = areas.text_pane.x;
        for piece in pieces.list() {
            let from = list.partition_point(|l| l.at < piece.range.start());
            let to = list.partition_point(|l| l.at < piece.range.end());
            for label in list.get(from..to).unwrap_or_default() {
                let x = areas.text.x + to_u16(model.flow.column_at(text, place, label.at));
                free = put(model, label, labels.typed, (x, areas.text.y + row), free, areas.text_pane, buffer);
            }
        }
        if place == last {
            break;
        }
        place = model.flow.down(text, place, 1);
    }
}

/// Draws one label for words that begin at `(x, y)`, from column `free` on and inside `pane`; gives the column behind it.
fn put(model: &Model, label: &Label, typed: Option<char>, (x, y): (u16, u16), free: u16, pane: Rect, buffer: &mut Buffer) -> u16 {
    let before = x.checked_sub(1).filter(|&x| x >= free && is_blank(buffer, x, y));
    let start = before.unwrap_or(x).max(free);
    let style = model.theme.style(if label.finding { Role::LabelFinding } else { Role::Label });
    let mut at = start;
    for (i, letter) in label.code.chars().enumerate() {
        let shown = typed.is_none_or(|typed| label.code.starts_with(typed) && i > 0);
        if shown && at < pane.right() {
            let style = make_room(model.theme, style, at, y, buffer);
            set(buffer, at, y, letter.encode_utf8(&mut [0; 4]), 1, style);
        }
        at += 1;
    }
    at
}

/// True for an empty cell that is not the second half of a wide character.
fn is_blank(buffer: &Buffer, x: u16, y: u16) -> bool {
    buffer.cell((x, y)).is_some_and(|c| c.symbol().trim().is_empty()) && !is_second_half(buffer, x, y)
}

fn is_second_half(buffer: &Buffer, x: u16, y: u16) -> bool {
    x.checked_sub(1).and_then(|x| buffer.cell((x, y))).is_some_and(|c| grapheme::width(c.symbol()) > 1)
}

/// Takes away what a label is drawn over; gives the label's style there. Without colours it is the reverse of what was there: reversed
/// words of an annotation would swallow it.
fn make_room(theme: Theme, style: Style, x: u16, y: u16, buffer: &mut Buffer) -> Style {
    if is_second_half(buffer, x, y)
        && let Some(cell) = buffer.cell_mut((x - 1, y))
    {
        cell.set_symbol(" ");
    }
    let Some(cell) = buffer.cell_mut((x, y)) else { return style };
    let below = std::mem::replace(&mut cell.modifier, Modifier::empty());
    if theme == Theme::Mono && below.contains(Modifier::REVERSED) { style.remove_modifier(Modifier::REVERSED) } else { style }
}
