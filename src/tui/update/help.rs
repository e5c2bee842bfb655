//! Keys while help is open.

use crossterm::event::KeyCode;

use crate::config::Key;
use crate::tui::event::Effect;
use crate::tui::model::{Model, Overlay};

pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let page = usize::from(model.size.height.saturating_sub(4)).max(1);
    let Overlay::Help(top) = &mut model.overlay else { return vec![] };
    match key.code {
        KeyCode::Char('j') | KeyCode::Down => *top += 1,
        KeyCode::Char('k') | KeyCode::Up => *top = top.saturating_sub(1),
        KeyCode::Char(' ' | 'f' | 'd') | KeyCode::PageDown => *top += page,
        KeyCode::Char('b' | 'u') | KeyCode::PageUp => *top = top.saturating_sub(page),
        KeyCode::Char('g') | KeyCode::Home => *top = 0,
        KeyCode::Char('G') | KeyCode::End => *top = usize::MAX / 2,
        _ => {
            model.overlay = Overlay::None;
            return vec![];
        }
    }
    let most = crate::tui::view::help::height(model).saturating_sub(page);
    if let Overlay::Help(top) = &mut model.overlay {
        *top = (*top).min(most);
    }
    vec![]
}
