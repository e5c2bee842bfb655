//! Drawing the list of articles.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::super::view::{cut, put, put_cut};
use super::{Item, KEYS, Picker};
use crate::config::Role;
use crate::text::grapheme::text_width;
use crate::text::{TextRange, rows};

/// From this width on the columns of the facts stand.
const WIDE: usize = 70;
/// Widths of the columns: date, words, quotations, notes.
const DATE: usize = 11;
const NUMBER: usize = 7;

/// Draws the list.
pub fn draw(picker: &Picker, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.height < super::FRAME {
        return;
    }
    if picker.help {
        return help(picker, area, frame.buffer_mut());
    }
    let cursor = rows(picker, area, frame.buffer_mut());
    if let Some(position) = cursor.filter(|p| area.contains(*p)) {
        frame.set_cursor_position(position);
    }
}

/// The keys, over everything.
fn help(picker: &Picker, area: Rect, buffer: &mut ratatui::buffer::Buffer) {
    let style = |role| picker.theme.style(role);
    let width = usize::from(area.width);
    buffer.set_style(area, style(Role::Text));
    put_cut(buffer, area, 1, width.saturating_sub(2), "keys of the list    any key closes", style(Role::Strong));
    let mut y = 2;
    for (keys, does) in KEYS {
        let lines = rows::rows(does, TextRange::new(0, does.len()), width.saturating_sub(12).max(2), false);
        for (n, line) in lines.iter().enumerate().take(usize::from(area.height.saturating_sub(y))) {
            let row = Rect { y: area.y + y, height: 1, ..area };
            if n == 0 {
                put(buffer, row, 1, keys, style(Role::Key));
            }
            put(buffer, row, 11, line.of(does).trim_end(), style(Role::Text));
            y += 1;
        }
    }
}

fn rows(picker: &Picker, area: Rect, buffer: &mut ratatui::buffer::Buffer) -> Option<Position> {
    let style = |role| picker.theme.style(role);
    let width = usize::from(area.width);
    buffer.set_style(area, style(Role::Text));
    let line = |row: u16| Rect { y: area.y + row, height: 1, ..area };
    put_cut(buffer, line(0), 1, width.saturating_sub(2), &picker.heading, style(Role::Strong));
    let wide = width >= WIDE;
    let facts = if wide { DATE + 3 * NUMBER + 6 } else { 0 };
    if wide {
        put(buffer, line(0), width - facts, &columns("date", "words", "quotes", "notes", "read"), style(Role::Chrome));
    }
    put(buffer, line(1), 0, &"─".repeat(width), style(Role::Chrome));
    for (n, &i) in picker.shown.iter().skip(picker.top).take(picker.height()).enumerate() {
        let chosen = picker.top + n == picker.row;
        let row = line(u16::try_from(n).unwrap_or(u16::MAX).saturating_add(2));
        let role = |plain| if chosen { Role::Row } else { plain };
        if chosen {
            buffer.set_style(row, style(Role::Row));
            put(buffer, row, 0, "▸", style(Role::Row));
        }
        let item = &picker.items[i];
        let room = width.saturating_sub(facts + 3);
        let end = put_cut(buffer, row, 2, room, title(item), style(role(Role::Text)));
        if item.info.title.is_some() && end + text_width(&item.name) + 3 < width - facts {
            put_cut(buffer, row, end + 2, width - facts - end - 3, &item.name, style(role(Role::Chrome)));
        }
        if wide {
            put(buffer, row, width - facts, &facts_of(item), style(role(Role::Chrome)));
        }
    }
    status(picker, line(area.height - 1), buffer)
}

/// The title, the failure, or the name.
fn title(item: &Item) -> &str {
    item.info.failed.as_deref().or(item.info.title.as_deref()).unwrap_or(&item.name)
}

fn facts_of(item: &Item) -> String {
    let info = &item.info;
    let number = |n: Option<usize>| n.map_or_else(String::new, |n| n.to_string());
    let read = info.read.map_or_else(String::new, |p| format!("{p} %"));
    columns(&cut(info.date.as_deref().unwrap_or_default(), DATE - 1), &number(info.words), &number(info.quotes), &number(info.notes), &read)
}

fn columns(date: &str, words: &str, quotes: &str, notes: &str, read: &str) -> String {
    format!("{date:<DATE$}{words:>NUMBER$}{quotes:>NUMBER$}{notes:>NUMBER$}{read:>6}")
}

fn status(picker: &Picker, row: Rect, buffer: &mut ratatui::buffer::Buffer) -> Option<Position> {
    let style = |role| picker.theme.style(role);
    if let Some(said) = &picker.said {
        put_cut(buffer, row, 1, usize::from(row.width).saturating_sub(2), said, style(Role::Text));
        return None;
    }
    if let Some(input) = &picker.typed {
        let end = put(buffer, row, 0, "/", style(Role::Strong));
        put(buffer, row, end, &input.text, style(Role::Text));
        let caret = end + text_width(TextRange::new(0, input.at).of(&input.text));
        return Some(Position { x: row.x + u16::try_from(caret).unwrap_or(u16::MAX), y: row.y });
    }
    let place = if picker.shown.is_empty() { "nothing fits".to_owned() } else { format!("{}/{}", picker.row + 1, picker.shown.len()) };
    let searched = if picker.query.is_empty() { String::new() } else { format!("  /{}", picker.query) };
    let keys = "Enter read  / search  q quit  ? help";
    put_cut(buffer, row, 1, usize::from(row.width).saturating_sub(2), &format!("{place}{searched}   {keys}"), style(Role::Chrome));
    None
}
