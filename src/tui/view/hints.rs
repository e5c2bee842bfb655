//! What can follow an unfinished sequence of keys: a small pane over the last rows of the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::layout::Areas;
use super::super::model::{MarkUse, Model};
use super::{clear, put, put_cut, set, to_u16};
use crate::config::actions::{ALL, Context, Group};
use crate::config::{Action, Role, keys};
use crate::text::TextRange;
use crate::text::grapheme::text_width;

/// Columns that a key and what it does are given where there is room, and at least.
const ROOMY: usize = 38;
const NARROW: usize = 18;

/// Draws the pane.
pub(super) fn draw(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let lines = lines(model);
    let width = usize::from(areas.status.width).saturating_sub(2);
    let most = usize::from(areas.text.height) * 2 / 3;
    if lines.is_empty() || width < NARROW || most == 0 {
        return;
    }
    let (columns, rows) = grid(lines.len(), width, most);
    let area = Rect { y: areas.status.y - to_u16(rows + 1), height: to_u16(rows + 1), ..areas.status };
    clear(buffer, area, Style::new());
    title(model, area, buffer);
    let keys: Vec<usize> = lines.chunks(rows).map(|l| l.iter().map(|(key, _)| text_width(key)).max().unwrap_or(0)).collect();
    let column = width / columns;
    let shown = if lines.len() > columns * rows { columns * rows - 1 } else { lines.len() };
    let cell = |i: usize| (1 + i / rows * column, Rect { y: area.y + 1 + to_u16(i % rows), height: 1, ..area });
    for (i, (key, doc)) in lines.iter().take(shown).enumerate() {
        let (x, row) = cell(i);
        put(buffer, row, x, key, model.theme.style(Role::Key));
        let x_doc = x + keys[i / rows] + 2;
        put_cut(buffer, row, x_doc, (x + column).saturating_sub(x_doc + 1), doc, model.theme.style(Role::Text));
    }
    if shown < lines.len() {
        let (x, row) = cell(shown);
        let more = format!("… {} more: {}", lines.len() - shown, model.key_of(Action::Help));
        put_cut(buffer, row, x, column - 1, &more, model.theme.style(Role::Chrome));
    }
}

/// One line over the status line: what to begin with.
pub(super) fn welcome(model: &Model, areas: Areas, buffer: &mut Buffer) {
    if areas.text_pane.height < 6 || areas.status.is_empty() {
        return;
    }
    let hints = [
        (Action::NextQuote, "a quotation"),
        (Action::Accept, "keeps it"),
        (Action::Tag, "tags it"),
        (Action::Note, "notes"),
        (Action::Help, "all keys"),
    ];
    let row = Rect { y: areas.status.y - 1, height: 1, ..areas.status };
    clear(buffer, row, Style::new());
    let width = usize::from(row.width);
    let mut x = 1;
    for (action, words) in hints {
        let key = model.key_of(action);
        if x + text_width(&key) + text_width(words) + 2 > width {
            break;
        }
        x = put(buffer, row, x, &key, model.theme.style(Role::Key));
        x = put(buffer, row, x + 1, words, model.theme.style(Role::Text)) + 3;
    }
}

/// Columns and rows for so many entries: roomy columns, and narrower ones when there would be more than `most` rows.
fn grid(count: usize, width: usize, most: usize) -> (usize, usize) {
    let roomy = (width / ROOMY).max(1);
    let narrow = (width / NARROW).max(1);
    let columns = (roomy..=narrow).find(|c| count.div_ceil(*c) <= most).unwrap_or(narrow);
    (columns, count.div_ceil(columns).min(most))
}

/// The rule over the pane, with the keys so far.
fn title(model: &Model, area: Rect, buffer: &mut Buffer) {
    for x in area.x..area.right() {
        set(buffer, x, area.y, "─", 1, model.theme.style(Role::Chrome));
    }
    let count = model.count.map(|n| n.to_string()).unwrap_or_default();
    let typed = match model.awaiting_mark {
        Some(MarkUse::Set) => model.key_of(Action::SetMark),
        Some(MarkUse::Go) => model.key_of(Action::GoMark),
        None => format!("{count}{}", keys::show(&model.pending)),
    };
    let x = put(buffer, area, 2, &format!(" {typed} "), model.theme.style(Role::Strong));
    let drops = format!("then · {} drops ", model.key_of(Action::Escape));
    put_cut(buffer, area, x, usize::from(area.width).saturating_sub(x + 2), &drops, model.theme.style(Role::Chrome));
}

/// Keys and what they do.
fn lines(model: &Model) -> Vec<(String, String)> {
    match model.awaiting_mark {
        Some(MarkUse::Set) => return vec![("a letter".into(), "the mark's name".into())],
        Some(MarkUse::Go) => return marks(model),
        None => {}
    }
    let keymap = &model.settings.keymap;
    if !model.pending.is_empty() {
        let follow = keymap.continuations(model.context(), &model.pending);
        return follow.into_iter().map(|(key, doc)| (key, doc.to_owned())).collect();
    }
    let mut counted: Vec<_> = ALL.iter().filter(|s| s.action.takes_count() && s.context == Context::Read).collect();
    counted.sort_by_key(|s| s.group != Group::Move);
    counted.into_iter().map(|s| (model.key_of(s.action), s.doc.to_owned())).filter(|(key, _)| !key.is_empty()).collect()
}

/// The marks that are set, with the words that they stand on.
fn marks(model: &Model) -> Vec<(String, String)> {
    let text = model.article.text.as_str();
    let mut marks: Vec<(char, usize)> = model.marks.iter().map(|(letter, at)| (*letter, *at)).collect();
    marks.sort_unstable();
    let words = |at: usize| {
        let end = model.article.block_at(at).map_or(at, |i| model.article.blocks[i].range.end()).max(at);
        super::cut(TextRange::new(at, end).of(text), ROOMY)
    };
    let mut list: Vec<_> = marks.into_iter().map(|(letter, at)| (letter.to_string(), words(at))).collect();
    if list.is_empty() {
        list.push((String::new(), format!("no mark is set; {} sets one", model.key_of(Action::SetMark))));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_roomy_columns_and_in_narrow_ones_when_there_are_many() {
        assert_eq!(grid(5, 118, 20), (3, 2));
        assert_eq!(grid(11, 78, 14), (2, 6));
        assert_eq!(grid(11, 38, 6), (2, 6));
        // More than fits: as many as there is room for.
        assert_eq!(grid(40, 38, 6), (2, 6));
    }
}
