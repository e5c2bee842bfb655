//! What can follow an unfinished sequence of keys: a small pane over the last rows of the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::layout::Areas;
use super::super::model::{MarkUse, Model};
use super::{clear, put, put_cut, set, to_u16};
use crate::config::actions::{ALL, Context, Group};
use crate::config::{Action, Role, keys};
use crate::text::grapheme::text_width;
use crate::text::{TextRange, rows};

/// The most columns side by side, and the least that an entry and what it does are given.
const SIDE_BY_SIDE: usize = 4;
const NARROW: usize = 18;
const DOC: usize = 12;
/// The most rows of one entry.
const ROWS: usize = 3;
/// So much of the words at a mark is shown.
const WORDS: usize = 38;

/// Draws the pane.
pub(super) fn draw(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let lines = lines(model);
    let width = usize::from(areas.status.width).saturating_sub(2);
    let room = usize::from(areas.text.height);
    if lines.is_empty() || width < NARROW || room < 2 {
        return;
    }
    // A third of the text stays in view, unless something would be missing.
    let some = grid(&lines, width, room * 2 / 3);
    let grid = if some.is_whole() {
        some
    } else {
        Some(grid(&lines, width, room - 1)).filter(Grid::is_whole).unwrap_or_else(|| keys_first(&lines, width, room - 1))
    };
    let Grid { columns, height, docs } = grid;
    let area = Rect { y: areas.status.y - to_u16(height + 1), height: to_u16(height + 1), ..areas.status };
    clear(buffer, area, Style::new());
    title(model, area, buffer);
    let (column, key_width) = (width / columns, key_width(&lines));
    let (mut n, mut y) = (0, 0);
    for (i, ((key, _), doc)) in lines.iter().zip(&docs).enumerate() {
        if y > 0 && y + doc.len() > height {
            (n, y) = (n + 1, 0);
        }
        let x = 1 + n * column;
        let row = |y: usize| Rect { y: area.y + 1 + to_u16(y), height: 1, ..area };
        let last = n + 1 == columns && i + 1 < lines.len() && y + doc.len() + docs.get(i + 1).map_or(0, Vec::len) > height;
        if last {
            let more = format!("… {} more: {}", lines.len() - i, model.key_of(Action::Help));
            put_cut(buffer, row(y), x, column - 1, &more, model.theme.style(Role::Chrome));
            return;
        }
        put(buffer, row(y), x, key, model.theme.style(Role::Key));
        for (line, words) in doc.iter().enumerate() {
            let room = column.saturating_sub(key_width + 3);
            put_cut(buffer, row(y + line), x + key_width + 2, room, words, model.theme.style(Role::Text));
        }
        y += doc.len();
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

/// How the entries stand: in so many columns of this height, each with its words broken into rows.
struct Grid {
    columns: usize,
    height: usize,
    docs: Vec<Vec<String>>,
}

impl Grid {
    /// True when nothing is missing.
    fn is_whole(&self) -> bool {
        fit(&self.docs, self.height, self.columns)
    }
}

fn key_width(lines: &[(String, String)]) -> usize {
    lines.iter().map(|(key, _)| text_width(key)).max().unwrap_or(0)
}

/// The pane that costs least with all words in full; where that is higher than `most` rows, with the first clause of each (help has the rest).
/// That may be too high as well: then something is missing.
fn grid(lines: &[(String, String)], width: usize, most: usize) -> Grid {
    let key = key_width(lines);
    let wide_enough = |columns: &usize| width / columns >= (key + 3 + DOC).max(NARROW);
    let best = |shown: fn(&str) -> &str| {
        let grids = (1..=SIDE_BY_SIDE).filter(wide_enough).map(|columns| {
            let room = (width / columns).saturating_sub(key + 3).max(2);
            let docs: Vec<Vec<String>> = lines.iter().map(|(_, doc)| broken(shown(doc), room)).collect();
            let height = (1..).find(|height| fit(&docs, *height, columns)).unwrap_or(1);
            Grid { columns, height, docs }
        });
        grids.filter(|grid| grid.docs.iter().all(|doc| doc.len() <= ROWS)).min_by_key(|grid| (cost(grid), grid.columns))
    };
    let in_full = best(|doc| doc).filter(|grid| grid.height <= most);
    let narrow =
        || Grid { columns: 1, height: lines.len(), docs: lines.iter().map(|(_, doc)| vec![first_clause(doc).to_owned()]).collect() };
    let grid = in_full.or_else(|| best(first_clause)).unwrap_or_else(narrow);
    Grid { height: grid.height.min(most), ..grid }
}

/// Every key, in as few columns as do, with as much of what it does as one row has room for.
fn keys_first(lines: &[(String, String)], width: usize, most: usize) -> Grid {
    let key = key_width(lines);
    let widest = (1..=SIDE_BY_SIDE).take_while(|columns| width / columns >= (key + 3 + DOC).max(NARROW)).last().unwrap_or(1);
    let columns = (1..widest).find(|columns| lines.len().div_ceil(*columns) <= most).unwrap_or(widest);
    let one = |doc: &str| vec![first_clause(doc).to_owned()];
    Grid { columns, height: lines.len().div_ceil(columns).min(most), docs: lines.iter().map(|(_, doc)| one(doc)).collect() }
}

/// What a grid costs the reader: rows of the text that it hides, and words that are broken.
fn cost(grid: &Grid) -> usize {
    2 * grid.height + grid.docs.iter().map(|doc| doc.len() - 1).sum::<usize>()
}

/// True when the entries, one below the other, fit into so many columns of this height.
fn fit(docs: &[Vec<String>], height: usize, columns: usize) -> bool {
    let (mut n, mut y) = (1, 0);
    for doc in docs {
        if y > 0 && y + doc.len() > height {
            (n, y) = (n + 1, 0);
        }
        y += doc.len();
        if y > height {
            return false;
        }
    }
    n <= columns
}

/// Words in rows of so many columns.
fn broken(words: &str, room: usize) -> Vec<String> {
    let all = rows::rows(words, TextRange::new(0, words.len()), room, false);
    let list: Vec<String> = all.iter().map(|row| row.of(words).trim_end().to_owned()).collect();
    if list.is_empty() { vec![String::new()] } else { list }
}

/// What stands before the first comma, colon or semicolon.
fn first_clause(doc: &str) -> &str {
    doc.split([',', ';', ':']).next().unwrap_or(doc).trim_end()
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
        super::cut(TextRange::new(at, end).of(text), WORDS)
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

    fn entries(docs: &[&str]) -> Vec<(String, String)> {
        docs.iter().map(|doc| ("x".to_owned(), (*doc).to_owned())).collect()
    }

    #[test]
    fn words_are_broken_and_stand_in_full_where_there_is_room() {
        let docs = ["next quotation", "next mention of a person", "open the link under the caret, with a count the link of that number"];
        let grid = grid(&entries(&docs), 78, 14);
        assert!(grid.columns > 1 && grid.height <= 4, "{} {}", grid.columns, grid.height);
        assert!(grid.docs.iter().zip(docs).all(|(rows, doc)| rows.join(" ") == doc), "{:?}", grid.docs);
    }

    #[test]
    fn where_there_is_none_the_first_clause_stands_and_then_as_many_as_fit() {
        let docs = vec!["open the link under the caret, with a count the link of that number; to a footnote or heading, go there"; 8];
        let low = grid(&entries(&docs), 78, 6);
        assert!(low.height <= 6 && low.docs.iter().all(|rows| rows.join(" ") == "open the link under the caret"), "{:?}", low.docs);
        let lower = grid(&entries(&docs), 38, 3);
        assert!(lower.height == 3 && lower.docs.iter().all(|rows| rows.join(" ") == "open the link under the caret"), "{:?}", lower.docs);
    }
}
