//! Help: the action table, by group, with the keys in force.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::model::{Help, Model, Overlay};
use super::{clear, popup, put, put_cut, to_u16};
use crate::config::actions::{ALL, Context, Group, Spec};
use crate::config::commands;
use crate::config::{Action, Keymap, Role};
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

/// All lines of help for a keymap that have these words: in the keys, in what they do, in the action's name or in the heading. The keys of the
/// selection or of the pane stand first where they are in force.
#[must_use]
pub fn lines(keymap: &Keymap, wanted: &str, here: Context) -> Vec<HelpLine> {
    let first = match here {
        Context::Read => None,
        Context::Select => Some("Here, in a selection"),
        Context::Pane => Some("Here, in the side pane"),
    };
    let of_here = |spec: &Spec| first.is_some() && spec.context == here;
    let mut lines = Vec::new();
    let keys = |spec: &Spec| {
        let place = if of_here(spec) { "" } else { place(spec.context) };
        (keymap.keys_of(spec.action).join("  "), format!("{}{place}", spec.doc), spec.name)
    };
    if let Some(heading) = first {
        section(&mut lines, wanted, heading, ALL.iter().filter(|s| of_here(s)).map(keys));
    }
    for group in Group::ALL {
        section(&mut lines, wanted, group.heading(), ALL.iter().filter(|s| s.group == group && !of_here(s)).map(keys));
    }
    let command = |spec: &commands::Spec| (format!(":{} {}", spec.name, spec.takes), spec.doc.to_owned(), spec.name);
    section(&mut lines, wanted, "Commands that take words, which Tab completes", commands::ALL.iter().map(command));
    lines
}

/// Where a key works, when not in the text.
fn place(context: Context) -> &'static str {
    match context {
        Context::Read => "",
        Context::Select => " (in a selection)",
        Context::Pane => " (in the pane)",
    }
}

/// A heading and those of the lines that have the words, each as keys, what they do and a name; nothing when none has.
fn section(lines: &mut Vec<HelpLine>, wanted: &str, heading: &'static str, all: impl Iterator<Item = (String, String, &'static str)>) {
    let wanted = wanted.to_lowercase();
    let mut headed = false;
    for (keys, doc, name) in all {
        let words = format!("{keys} {doc} {name} {heading}").to_lowercase();
        if !wanted.split_whitespace().all(|word| words.contains(word)) {
            continue;
        }
        if !std::mem::replace(&mut headed, true) {
            lines.extend((!lines.is_empty()).then_some(HelpLine::Empty));
            lines.push(HelpLine::Heading(heading));
        }
        lines.push(HelpLine::Keys(keys, doc));
    }
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
    let wanted = match &model.overlay {
        Overlay::Help(help) => help.wanted.text.as_str(),
        _ => "",
    };
    for line in lines(&model.settings.keymap, wanted, model.context()) {
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

/// Draws help over everything. Gives the caret's cell while words are typed.
pub(super) fn draw(model: &Model, help: &Help, screen: Rect, buffer: &mut Buffer) -> Option<Position> {
    clear(buffer, screen, Style::new());
    let width = usize::from(screen.width);
    let rows = rows(model, width);
    let strong = model.theme.style(Role::Strong);
    let mut caret = None;
    if help.typing {
        let x = put(buffer, screen, 0, " only lines with: ", strong);
        caret = popup::input_line(
            model,
            &help.wanted,
            Rect { x: screen.x + to_u16(x), width: to_u16(width.saturating_sub(x)), height: 1, ..screen },
            buffer,
        );
    } else if help.wanted.text.is_empty() {
        put_cut(buffer, screen, 0, width, " pullquote: keys    j k scroll · / finds · any other key closes", strong);
    } else {
        let title = format!(" keys with: {}    Esc shows all · / finds others", help.wanted.text);
        put_cut(buffer, screen, 0, width, &title, strong);
    }
    if rows.is_empty() {
        let nothing = format!("no line has these words; {} finds actions by name", model.key_of(Action::Command));
        put_cut(
            buffer,
            Rect { y: screen.y + screen.height.min(3) - 1, height: 1, ..screen },
            1,
            width.saturating_sub(2),
            &nothing,
            model.theme.style(Role::Text),
        );
    }
    let room = usize::from(screen.height.saturating_sub(2));
    let top = help.top.min(rows.len().saturating_sub(room));
    for (i, row) in rows.iter().skip(top).take(room).enumerate() {
        let area = Rect { y: screen.y + 2 + to_u16(i), height: 1, ..screen };
        for (at, words, role) in row {
            put(buffer, area, *at, words, model.theme.style(*role));
        }
    }
    caret
}
