//! What is said in the status line, and over the last rows of the text when it is longer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::layout::Areas;
use super::super::model::{Message, Model};
use super::{clear, cut, put, put_cut, to_u16};
use crate::config::Role;
use crate::text::TextRange;
use crate::text::grapheme::{self, text_width};
use crate::text::rows::rows;

/// Draws a message into `room` columns of the status line. Where it does not fit, even with its paths cut in their middle, all of it stands on
/// the last rows of the text, in at most half of them.
pub(super) fn draw(model: &Model, message: &Message, areas: Areas, room: usize, buffer: &mut Buffer) {
    let style = model.theme.style(if message.error { Role::Error } else { Role::Text });
    let fits = |text: &str| text_width(text) <= room;
    let text = if fits(&message.text) { message.text.clone() } else { shortened(&message.text) };
    let lines = rows(&message.text, TextRange::new(0, message.text.len()), room, true);
    let most = usize::from(areas.text_pane.height / 2) + 1;
    if fits(&text) || most == 1 || lines.len() < 2 {
        put(buffer, areas.status, 1, &without_middle(&text, room), style);
        return;
    }
    let count = lines.len().min(most);
    let area = Rect { y: areas.status.y.saturating_sub(to_u16(count - 1)), height: to_u16(count), ..areas.status };
    clear(buffer, area, Style::new());
    for (n, line) in lines.iter().take(count).enumerate() {
        let row = Rect { y: area.y + to_u16(n), height: 1, ..area };
        if n + 1 == count {
            // How it begins and how it ends says more than its middle: the host of an address, what to do about an error.
            let rest = TextRange::new(line.start(), message.text.len()).of(&message.text);
            put(buffer, row, 1, &without_middle(rest, room), style);
        } else {
            put(buffer, row, 1, line.of(&message.text).trim_end(), style);
        }
    }
}

/// Words on as many rows above the line of input as they need, up to half of the text.
pub(super) fn above(words: &str, input: Rect, areas: Areas, style: Style, buffer: &mut Buffer) {
    let room = usize::from(input.width).saturating_sub(2).max(2);
    let lines = rows(words, TextRange::new(0, words.len()), room, true);
    let count = lines.len().min(usize::from(areas.text_pane.height / 2).max(1)).min(usize::from(input.y));
    for (n, line) in lines.iter().take(count).enumerate() {
        let row = Rect { y: input.y - to_u16(count - n), height: 1, ..input };
        clear(buffer, row, Style::new());
        let last = n + 1 == count;
        let shown = if last { TextRange::new(line.start(), words.len()) } else { *line };
        put(buffer, row, 1, &without_middle(shown.of(words).trim_end(), room), style);
    }
}

/// At most `room` columns of a text: where it is longer, its beginning and its end.
pub(super) fn without_middle(text: &str, room: usize) -> String {
    /// No row has more.
    const MOST: usize = 2000;
    if text.len() <= MOST * 4 && text_width(text) <= room {
        return text.to_owned();
    }
    let end = room.saturating_sub(1).min(MOST) / 3;
    let mut used = 0;
    let tail = grapheme::each_back(text).take_while(|(_, g)| {
        used += grapheme::width(g);
        used <= end
    });
    let from = tail.last().map_or(text.len(), |(at, _)| at);
    let head = cut(TextRange::new(0, from).of(text), room.saturating_sub(text_width(TextRange::new(from, text.len()).of(text))));
    format!("{head}{}", TextRange::new(from, text.len()).of(text))
}

/// Draws all that was said, newest first, from the `top` newest on.
pub(super) fn list(model: &Model, top: usize, screen: Rect, buffer: &mut Buffer) {
    clear(buffer, screen, Style::new());
    let width = usize::from(screen.width);
    put_cut(buffer, screen, 0, width, " messages, newest first    j k move · q closes", model.theme.style(Role::Strong));
    let room = usize::from(screen.height.saturating_sub(2));
    let mut y = 0;
    let mut of = &model.name;
    for message in model.said.iter().rev().skip(top).take(room) {
        let row = |y: usize| Rect { y: screen.y + 2 + to_u16(y), height: 1, ..screen };
        if message.of != *of && y < room {
            of = &message.of;
            put_cut(buffer, row(y), 1, width.saturating_sub(2), &format!("in “{of}”:"), model.theme.style(Role::Chrome));
            y += 1;
        }
        let style = model.theme.style(if message.error { Role::Error } else { Role::Text });
        let lines = rows(&message.text, TextRange::new(0, message.text.len()), width.saturating_sub(4).max(2), true);
        for (n, line) in lines.iter().enumerate().take(room.saturating_sub(y)) {
            put(buffer, row(y + n), if n == 0 { 1 } else { 3 }, line.of(&message.text).trim_end(), style);
        }
        y += lines.len();
    }
}

/// True when one line is enough for what is said, or nothing is.
pub(super) fn is_short(model: &Model, areas: Areas) -> bool {
    let room = usize::from(areas.status.width).saturating_sub(2);
    model.message.as_ref().is_none_or(|m| text_width(&m.text) <= room || text_width(&shortened(&m.text)) <= room)
}

/// The same with every quoted path cut in its middle: of "'/a/b/notes.json'" stays "'…/notes.json'".
fn shortened(text: &str) -> String {
    let path = |part: &str| part.contains('/') && !part.contains(['\n', '“']);
    let parts: Vec<&str> = text.split('\'').collect();
    let last = parts.len() - 1;
    let short = parts.into_iter().enumerate().map(|(i, part)| match part.rsplit_once('/') {
        Some((_, name)) if i % 2 == 1 && i < last && path(part) => format!("…/{name}"),
        _ => part.to_owned(),
    });
    short.collect::<Vec<_>>().join("'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_text_the_beginning_and_the_end_stay() {
        let address = "opening https://example.org/a/long/way/to/the/report.html";
        assert_eq!(without_middle(address, 40), "opening https://example.or…e/report.html");
        assert_eq!(without_middle(address, 60), address);
        for room in 0..60 {
            assert!(text_width(&without_middle(address, room)) <= room, "{room}");
            assert!(text_width(&without_middle(&"漢字".repeat(40), room)) <= room, "{room}");
        }
    }

    #[test]
    fn paths_are_cut_in_their_middle() {
        assert_eq!(shortened("full: cannot write '/a/b c/n.json'; free some"), "full: cannot write '…/n.json'; free some");
        assert_eq!(shortened("'n.json' and '/x/y' of 1/2"), "'n.json' and '…/y' of 1/2");
        assert_eq!(shortened("don't write a/b"), "don't write a/b");
    }
}
