//! The article on one screen.

use crossterm::event::KeyCode;

use super::super::event::Effect;
use super::super::model::{Model, Overlay, Overview};
use crate::config::Key;
use crate::export::overview;
use crate::export::plain::Page;

/// Opens the overview.
pub(super) fn open(model: &mut Model) {
    model.overlay = Overlay::Overview(Overview::default());
    relayout(model);
}

/// Lays an open overview out anew.
pub(super) fn relayout(model: &mut Model) {
    let Overlay::Overview(Overview { top, .. }) = model.overlay else { return };
    let Some(found) = &model.found else { return };
    let page = Page { article: &model.article, found: &found.findings, notes: &model.notes.all, unfold: false, reader: &model.reader };
    // One column free on both sides.
    let lines = overview::lines(page, usize::from(model.size.width).saturating_sub(2), Some(model.caret));
    model.overlay = Overlay::Overview(Overview { lines, top });
    scroll(model, 0);
}

/// A key while it is open.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let page = room(model).saturating_sub(1).max(1).cast_signed();
    match key.code {
        KeyCode::Char('j') | KeyCode::Down => scroll(model, 1),
        KeyCode::Char('k') | KeyCode::Up => scroll(model, -1),
        KeyCode::Char(' ' | 'f' | 'd') | KeyCode::PageDown => scroll(model, page),
        KeyCode::Char('b' | 'u') | KeyCode::PageUp => scroll(model, -page),
        KeyCode::Char('g') | KeyCode::Home => scroll(model, isize::MIN),
        KeyCode::Char('G') | KeyCode::End => scroll(model, isize::MAX),
        _ => model.overlay = Overlay::None,
    }
    vec![]
}

/// The rows under its title.
fn room(model: &Model) -> usize {
    usize::from(model.size.height.saturating_sub(2)).max(1)
}

fn scroll(model: &mut Model, by: isize) {
    let room = room(model);
    if let Overlay::Overview(shown) = &mut model.overlay {
        shown.top = shown.top.saturating_add_signed(by).min(shown.lines.len().saturating_sub(room));
    }
}
