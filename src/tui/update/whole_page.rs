//! Keys in the view of the whole page.

use crossterm::event::KeyCode;

use super::super::event::Effect;
use super::super::layout::Size;
use super::super::model::{Model, Overlay};
use super::super::whole_page::WholePage;
use crate::config::Key;

/// Opens the view where the caret is.
pub(super) fn open(model: &mut Model) {
    let width = usize::from(model.areas().text.width).max(20);
    match WholePage::new(&model.article, width, model.caret) {
        Some(page) => {
            model.overlay = Overlay::WholePage(Box::new(page));
            scroll(model, 0);
        }
        None => model.say("nothing was left out; zR unfolds what is folded"),
    }
}

/// Lays the view out anew, after a change from another size. Where the end was in view, it stays in view.
pub(super) fn relayout(model: &mut Model, before: Size) {
    if let Overlay::WholePage(page) = &model.overlay {
        let at_end = page.top > 0 && page.top + room_of(before) >= page.rows.len();
        let part = page.top * 1000 / page.rows.len().max(1);
        open(model);
        if let Overlay::WholePage(page) = &mut model.overlay {
            page.top = part * page.rows.len() / 1000;
        }
        scroll(model, if at_end { isize::MAX / 2 } else { 0 });
    }
}

/// Scrolls by rows.
pub(super) fn scroll(model: &mut Model, by: isize) {
    let room = room(model);
    if let Overlay::WholePage(page) = &mut model.overlay {
        page.scroll_to(page.top.saturating_add_signed(by), room);
    }
}

fn room(model: &Model) -> usize {
    room_of(model.size)
}

fn room_of(size: Size) -> usize {
    usize::from(size.height.saturating_sub(2)).max(1)
}

pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let room = isize::try_from(room(model)).unwrap_or(1);
    let by = match key.code {
        KeyCode::Char('j') | KeyCode::Down => 1,
        KeyCode::Char('k') | KeyCode::Up => -1,
        KeyCode::Char(' ' | 'f') | KeyCode::PageDown => room,
        KeyCode::Char('b') | KeyCode::PageUp => -room,
        KeyCode::Char('d') => room / 2,
        KeyCode::Char('u') => -room / 2,
        KeyCode::Char('g') | KeyCode::Home => isize::MIN / 2,
        KeyCode::Char('G') | KeyCode::End => isize::MAX / 2,
        _ => {
            model.overlay = Overlay::None;
            return vec![];
        }
    };
    scroll(model, by);
    vec![]
}
