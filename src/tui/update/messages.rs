//! What was said in the status line, as a list over the text.

use crossterm::event::KeyCode;

use super::super::event::Effect;
use super::super::model::{Model, Overlay};
use crate::config::Key;

/// Opens the list.
pub(super) fn open(model: &mut Model) {
    if model.said.is_empty() {
        model.say("nothing was said yet");
        return;
    }
    model.overlay = Overlay::Messages(0);
}

/// A key while the list is open: `j` and `k` scroll it, others close it.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Overlay::Messages(top) = &mut model.overlay else { return vec![] };
    let last = model.said.len().saturating_sub(1);
    let page = usize::from(model.size.height.saturating_sub(3)).max(1);
    match key.code {
        KeyCode::Char('j') | KeyCode::Down => *top = (*top + 1).min(last),
        KeyCode::Char('k') | KeyCode::Up => *top = top.saturating_sub(1),
        KeyCode::Char(' ' | 'f') | KeyCode::PageDown => *top = (*top + page).min(last),
        KeyCode::Char('b') | KeyCode::PageUp => *top = top.saturating_sub(page),
        KeyCode::Char('g') | KeyCode::Home => *top = 0,
        KeyCode::Char('G') | KeyCode::End => *top = last,
        _ => model.overlay = Overlay::None,
    }
    vec![]
}
