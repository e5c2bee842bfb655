//! Help: the action table, by group, with the keys in force.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::{clear, put, put_cut, to_u16};
use crate::config::actions::{ALL, Context, Group};
use crate::config::{Keymap, Role};

/// A line of help.
pub enum HelpLine {
    /// Nothing.
    Empty,
    /// A heading.
    Heading(&'static str),
    /// Keys and what they do.
    Keys(String, String),
}

/// All lines of help for a keymap.
#[must_use]
pub fn lines(keymap: &Keymap) -> Vec<HelpLine> {
    let mut lines = Vec::new();
    for group in Group::ALL {
        if !lines.is_empty() {
            lines.push(HelpLine::Empty);
        }
        lines.push(HelpLine::Heading(group.heading()));
        for spec in ALL.iter().filter(|s| s.group == group) {
            let place = match spec.context {
                Context::Read => "",
                Context::Select => " (in a selection)",
                Context::Pane => " (in the pane)",
            };
            lines.push(HelpLine::Keys(keymap.keys_of(spec.action).join("  "), format!("{}{place}", spec.doc)));
        }
    }
    lines
}

/// How many lines help has.
#[must_use]
pub fn height(model: &Model) -> usize {
    lines(&model.settings.keymap).len()
}

/// Draws help over everything, from line `top`.
pub(super) fn draw(model: &Model, top: usize, screen: Rect, buffer: &mut Buffer) {
    clear(buffer, screen, Style::new());
    let title = " pullquote: keys    j k scroll · any other key closes · : finds an action by name";
    put_cut(buffer, screen, 0, usize::from(screen.width), title, model.theme.style(Role::Strong));
    let room = screen.height.saturating_sub(2);
    let column = if screen.width >= 80 { 26 } else { 16 };
    let lines = lines(&model.settings.keymap);
    let top = top.min(lines.len().saturating_sub(usize::from(room)));
    for (i, line) in lines.iter().skip(top).take(usize::from(room)).enumerate() {
        let row = Rect { y: screen.y + 2 + to_u16(i), height: 1, ..screen };
        match line {
            HelpLine::Empty => {}
            HelpLine::Heading(words) => {
                put(buffer, row, 1, words, model.theme.style(Role::Heading));
            }
            HelpLine::Keys(keys, doc) => {
                let end = put(buffer, row, 3, keys, model.theme.style(Role::Key));
                let at = column.max(end + 2);
                put_cut(buffer, row, at, usize::from(row.width).saturating_sub(at + 1), doc, model.theme.style(Role::Text));
            }
        }
    }
}
