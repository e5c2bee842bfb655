//! Drawing. Functions of the model alone; untrusted text is made harmless on its way to a cell.

pub mod bars;
pub mod changes;
pub mod help;
mod hints;
mod labels;
pub mod ledger;
mod message;
mod overview;
pub mod pane;
pub mod popup;
mod scrollbar;
pub mod text;
mod whole_page;

use std::ops::Range;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::lists::Row;
use super::model::{Model, Overlay, Tab};
use crate::text::ascii::Signs;
use crate::text::{TextRange, grapheme, sanitize};

/// Draws everything.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.is_empty() {
        return;
    }
    let areas = model.areas();
    let buffer = frame.buffer_mut();
    text::draw(model, areas, buffer);
    scrollbar::draw(model, areas, buffer);
    bars::title(model, areas, buffer);
    pane::draw(model, areas, buffer);
    bars::rule(model, areas, buffer);
    bars::status(model, areas, buffer);
    let cursor = match &model.overlay {
        Overlay::None => {
            if model.hinting {
                hints::draw(model, areas, buffer);
            } else if model.welcome && message::is_short(model, areas) {
                hints::welcome(model, areas, buffer);
            }
            None
        }
        Overlay::Prompt(prompt) => popup::prompt(model, prompt, areas, buffer),
        Overlay::Editor(editor) => popup::editor(model, editor, area, buffer),
        Overlay::Menu(menu) => {
            popup::menu(model, menu, areas, buffer);
            None
        }
        Overlay::Labels(list) => {
            labels::draw(model, list, areas, buffer);
            None
        }
        Overlay::Help(shown) => {
            if let Some(caret) = help::draw(model, shown, area, buffer) {
                frame.set_cursor_position(caret);
            }
            return;
        }
        Overlay::WholePage(page) => {
            whole_page::draw(model, page, area, buffer);
            return;
        }
        Overlay::Changes(line) => {
            changes::draw(model, *line, area, buffer);
            return;
        }
        Overlay::Messages(top) => {
            message::list(model, *top, area, buffer);
            return;
        }
        Overlay::Overview(shown) => {
            overview::draw(model, shown, area, buffer);
            return;
        }
    };
    // The terminal's own cursor stands on the caret: screen readers and magnifiers follow it.
    let position = cursor.or_else(|| text::caret_cell(model, areas).filter(|_| !model.pane.focus));
    if let Some(position) = position.filter(|p| area.contains(*p)) {
        frame.set_cursor_position(position);
    }
}

/// Replaces what the terminal cannot show, in every cell.
pub(super) fn in_signs(signs: Signs, buffer: &mut Buffer) {
    if signs == Signs::Unicode {
        return;
    }
    let width = usize::from(buffer.area.width).max(1);
    for row in buffer.content.chunks_mut(width) {
        let mut cells = row.iter_mut().peekable();
        while let Some(cell) = cells.next() {
            let Some(instead) = signs.instead_of(cell.symbol(), cells.peek().is_some_and(|next| next.symbol() == " ")) else { continue };
            match (instead.as_bytes(), cells.peek_mut()) {
                (&[first, second], Some(next)) => {
                    cell.set_char(char::from(first));
                    next.set_char(char::from(second));
                }
                _ => {
                    cell.set_symbol(instead);
                }
            }
        }
    }
}

/// Writes one line of untrusted text into `area`'s first row from column `x` (relative to the area); returns the column behind it.
/// What does not fit is cut between graphemes.
pub(super) fn put(buffer: &mut Buffer, area: Rect, x: usize, text: &str, style: Style) -> usize {
    if area.is_empty() {
        return x;
    }
    let mut x = x;
    let room = usize::from(area.width);
    for_each_cell(text, |g, width| {
        let fits = x + width <= room;
        if fits {
            set(buffer, area.x + to_u16(x), area.y, g, width, style);
            x += width;
        }
        fits
    });
    x
}

/// Calls `each` with every grapheme of a line and its width, until it says stop. Most text is ASCII, where a byte is a grapheme.
pub(super) fn for_each_cell(text: &str, mut each: impl FnMut(&str, usize) -> bool) {
    if text.is_ascii() {
        for i in 0..text.len() {
            let g = crate::text::TextRange::new(i, i + 1).of(text);
            let width = if text.as_bytes()[i] >= b' ' && text.as_bytes()[i] < 0x7f { 1 } else { grapheme::width(g) };
            if !each(g, width) {
                return;
            }
        }
        return;
    }
    for (_, g) in grapheme::each(text) {
        if !each(g, grapheme::width(g)) {
            return;
        }
    }
}

/// Puts one grapheme into its cells.
pub(super) fn set(buffer: &mut Buffer, x: u16, y: u16, g: &str, width: usize, style: Style) {
    if width == 0 {
        return;
    }
    let Some(cell) = buffer.cell_mut((x, y)) else { return };
    cell.set_symbol(&sanitize::shown(g)).set_style(style);
    for i in 1..to_u16(width) {
        if let Some(cell) = buffer.cell_mut((x + i, y)) {
            cell.set_symbol(" ").set_style(style);
        }
    }
}

/// As [`put`], cut with an ellipsis at `width` columns.
pub(super) fn put_cut(buffer: &mut Buffer, area: Rect, x: usize, width: usize, text: &str, style: Style) -> usize {
    put(buffer, area, x, &cut(text, width), style)
}

/// Old and new words on one line each. Where both do not fit into `room` columns they begin at the first word that differs, behind an
/// ellipsis.
fn first_difference(was: &str, now: &str, room: usize) -> (String, String) {
    /// More than any row has.
    const MOST: usize = 1000;
    let fits = was.len() + now.len() <= MOST && grapheme::text_width(was) + grapheme::text_width(now) <= room;
    let same = was.bytes().zip(now.bytes()).take_while(|(a, b)| a == b).count();
    let word = |text: &str, at: usize| {
        let before = TextRange::new(0, grapheme::floor(text, at)).of(text);
        before.rfind(char::is_whitespace).and_then(|space| Some(space + before.get(space..)?.chars().next()?.len_utf8())).unwrap_or(0)
    };
    let part = |text: &str| {
        let from = if fits { 0 } else { word(text, same.min(text.len())) };
        let end = grapheme::floor(text, (from + MOST).min(text.len())).max(from);
        let dots = if from > 0 { "…" } else { "" };
        format!("{dots}{}", TextRange::new(from, end).of(text).replace('\n', " "))
    };
    (part(was), part(now))
}

/// "was 145 per cent → now 125 per cent" in so many columns; what one of the two does not need the other has.
fn was_and_is(was: &str, now: &str, width: usize) -> String {
    let room = width.saturating_sub(12);
    let (was, now) = first_difference(was, now, room);
    let (a, b) = (grapheme::text_width(&was), grapheme::text_width(&now));
    let half = room / 2;
    format!("was {} → now {}", cut(&was, half.max(room.saturating_sub(b))), cut(&now, half.max(room.saturating_sub(a))))
}

/// At most `width` columns of `text`, with an ellipsis where it was cut.
pub(super) fn cut(text: &str, width: usize) -> String {
    // A long text is not measured whole: no more than `width` graphemes can fit.
    let mut used = 0;
    let mut end = 0;
    for (i, g) in grapheme::each(text) {
        let w = grapheme::width(g);
        if used + w > width {
            let kept: String = grapheme::each(text).take_while(|(j, _)| *j < end).map(|(_, g)| g).collect();
            return if width == 0 { String::new() } else { format!("{}…", kept.trim_end()) };
        }
        used += w;
        if used < width {
            end = i + g.len();
        }
    }
    text.to_owned()
}

/// Columns fit in 16 bits on every screen; what does not is off the screen anyway.
pub(super) fn to_u16(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

/// Fills an area with spaces.
pub(super) fn clear(buffer: &mut Buffer, area: Rect, style: Style) {
    for y in area.y..area.bottom() {
        for x in area.x..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// The tab headings and the columns of the rule they stand in.
#[must_use]
pub fn tabs(model: &Model) -> Vec<(Range<u16>, Tab, String)> {
    let areas = model.areas();
    if areas.pane.width == 0 || areas.rule.is_empty() {
        return Vec::new();
    }
    // As much as fits: with room around, without, without the counts of the others, without any, the open tab's name alone, the numbers alone.
    let room = usize::from(areas.rule.right().saturating_sub(areas.pane.x + 1));
    let fits = |texts: &Vec<String>| texts.iter().map(|t| grapheme::text_width(t) + 1).sum::<usize>() <= room;
    let headings =
        |form: &dyn Fn(Tab, String) -> String| -> Vec<String> { model.pane.tabs().map(|tab| form(tab, count(model, tab))).collect() };
    let number = |tab: Tab| tab as usize + 1;
    let wide = headings(&|tab, n| format!(" {} {} {n} ", number(tab), tab.name()));
    let plain = || headings(&|tab, n| format!("{} {} {n}", number(tab), tab.name()));
    let counted = || {
        headings(&|tab, n| match tab == model.pane.tab {
            true => format!("{} {} {n}", number(tab), tab.name()),
            false => format!("{} {}", number(tab), tab.name()),
        })
    };
    let short = || headings(&|tab, _| format!("{} {}", number(tab), tab.name()));
    let one =
        || headings(&|tab, _| if tab == model.pane.tab { format!("{} {}", number(tab), tab.name()) } else { number(tab).to_string() });
    let tiny = || headings(&|tab, _| number(tab).to_string());
    let texts = Some(wide).filter(fits).or_else(|| Some(plain()).filter(fits)).or_else(|| Some(counted()).filter(fits));
    let texts = texts.or_else(|| Some(short()).filter(fits)).or_else(|| Some(one()).filter(fits));
    let mut x = areas.pane.x + 1;
    let mut list = Vec::new();
    for (tab, text) in model.pane.tabs().zip(texts.unwrap_or_else(tiny)) {
        let end = x + to_u16(grapheme::text_width(&text));
        if end > areas.rule.right() {
            break;
        }
        list.push((x..end, tab, text));
        x = end + 1;
    }
    list
}

/// How many things a tab holds; `3/12` where a filter lets 3 of 12 through.
fn count(model: &Model, tab: Tab) -> String {
    let found = model.found.as_ref().map(|f| &f.findings);
    let count = match tab {
        Tab::Quotes => model.found.as_ref().map(|f| f.speech),
        Tab::People => found.map(|f| f.people.len()),
        Tab::Figures => found.map(|f| f.figures.len()),
        Tab::Notes => Some(model.notes.all.annotations.len()),
        Tab::Found => Some(model.pane.lists.hits.len()),
    };
    let Some(all) = count else { return "…".to_owned() };
    if model.pane.typed[tab as usize].is_empty() {
        return all.to_string();
    }
    let is_counted = |row: &&Row| matches!(row, Row::Quote(_) | Row::Person(_) | Row::Figure(_) | Row::Note(_));
    format!("{}/{all}", model.pane.lists.rows(tab).iter().filter(is_counted).count())
}
