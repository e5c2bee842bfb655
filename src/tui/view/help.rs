//! Help: the action table, by group, with the keys in force.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::{clear, put, put_cut, to_u16};
use crate::config::actions::{ALL, Context, Group};
use crate::config::{Keymap, Role};
use crate::text::TextRange;
use crate::text::grapheme::text_width;
use crate::text::rows::rows as broken;

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

/// How many rows help takes on this screen.
#[must_use]
pub fn height(model: &Model) -> usize {
    rows(model, usize::from(model.size.width)).len()
}

/// A row of help: where it starts, its words, how it looks; keys and their doc share one.
type Row = Vec<(usize, String, Role)>;

/// All lines, broken to the width.
fn rows(model: &Model, width: usize) -> Vec<Row> {
    let column = if width >= 80 { 26 } else { 16.min(width / 2) };
    let mut rows: Vec<Row> = Vec::new();
    for line in lines(&model.settings.keymap) {
        match line {
            HelpLine::Empty => rows.push(vec![]),
            HelpLine::Heading(words) => rows.push(vec![(1, words.to_owned(), Role::Heading)]),
            HelpLine::Keys(keys, doc) => {
                let all = TextRange::new(0, doc.len());
                let mut docs = broken(&doc, all, width.saturating_sub(column + 1), false).into_iter();
                let first = docs.next().unwrap_or(all).of(&doc).to_owned();
                if text_width(&keys) + 4 > column {
                    rows.push(vec![(3, keys, Role::Key)]);
                    rows.push(vec![(column, first, Role::Text)]);
                } else {
                    rows.push(vec![(3, keys, Role::Key), (column, first, Role::Text)]);
                }
                rows.extend(docs.map(|r| vec![(column, r.of(&doc).to_owned(), Role::Text)]));
            }
        }
    }
    rows
}

/// Draws help over everything, from line `top`.
pub(super) fn draw(model: &Model, top: usize, screen: Rect, buffer: &mut Buffer) {
    clear(buffer, screen, Style::new());
    let title = " pullquote: keys    j k scroll · any other key closes · : finds an action by name";
    put_cut(buffer, screen, 0, usize::from(screen.width), title, model.theme.style(Role::Strong));
    let room = usize::from(screen.height.saturating_sub(2));
    let rows = rows(model, usize::from(screen.width));
    let top = top.min(rows.len().saturating_sub(room));
    for (i, row) in rows.iter().skip(top).take(room).enumerate() {
        let area = Rect { y: screen.y + 2 + to_u16(i), height: 1, ..screen };
        for (at, words, role) in row {
            put(buffer, area, *at, words, model.theme.style(*role));
        }
    }
}
