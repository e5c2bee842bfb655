//! Keys while help is open.

use crossterm::event::KeyCode;

use crate::config::Key;
use crate::tui::event::Effect;
use crate::tui::model::{Help, LineInput, Model, Overlay};

pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let page = usize::from(model.size.height.saturating_sub(4)).max(1);
    let Overlay::Help(help) = &mut model.overlay else { return vec![] };
    if help.typing {
        type_in(help, key);
    } else if !scroll(help, key, page) {
        model.overlay = Overlay::None;
        return vec![];
    }
    let most = crate::tui::view::help::height(model).saturating_sub(page);
    if let Overlay::Help(help) = &mut model.overlay {
        help.top = help.top.min(most);
    }
    vec![]
}

/// A key while words are typed.
fn type_in(help: &mut Help, key: Key) {
    match key.code {
        KeyCode::Enter | KeyCode::Down | KeyCode::Up => help.typing = false,
        KeyCode::Esc => {
            help.typing = false;
            help.wanted = LineInput::default();
        }
        KeyCode::Backspace if help.wanted.text.is_empty() => help.typing = false,
        _ => {
            help.wanted.on_key(key);
            help.top = 0;
        }
    }
}

/// False for a key that closes help.
fn scroll(help: &mut Help, key: Key, page: usize) -> bool {
    match key.code {
        KeyCode::Char('/') => {
            help.typing = true;
            help.wanted = LineInput::default();
        }
        KeyCode::Esc if !help.wanted.text.is_empty() => help.wanted = LineInput::default(),
        KeyCode::Char('j') | KeyCode::Down => help.top += 1,
        KeyCode::Char('k') | KeyCode::Up => help.top = help.top.saturating_sub(1),
        KeyCode::Char(' ' | 'f' | 'd') | KeyCode::PageDown => help.top += page,
        KeyCode::Char('b' | 'u') | KeyCode::PageUp => help.top = help.top.saturating_sub(page),
        KeyCode::Char('g') | KeyCode::Home => help.top = 0,
        KeyCode::Char('G') | KeyCode::End => help.top = usize::MAX / 2,
        _ => return false,
    }
    true
}
