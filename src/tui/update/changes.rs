//! What changed in the article since it was annotated: a list over the text.

use crossterm::event::KeyCode;

use super::super::event::Effect;
use super::super::model::{Model, Overlay};
use crate::config::Key;

/// Opens the list.
pub(super) fn open(model: &mut Model) {
    match &model.changes {
        Some(lines) => {
            let first = lines.iter().position(|l| l.place.is_some()).unwrap_or(0);
            model.overlay = Overlay::Changes(first);
        }
        None => model.say("nothing is known to have changed since the article was annotated; pullquote diff compares two files"),
    }
}

/// A key while the list is open: `j` and `k` go from change to change, Enter goes to its place in the text.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let (Overlay::Changes(at), Some(lines)) = (&mut model.overlay, &model.changes) else {
        model.overlay = Overlay::None;
        return vec![];
    };
    let last = lines.len().saturating_sub(1);
    let page = usize::from(model.size.height.saturating_sub(4)).max(1);
    match key.code {
        KeyCode::Char('j') | KeyCode::Down => *at = (*at + 1).min(last),
        KeyCode::Char('k') | KeyCode::Up => *at = at.saturating_sub(1),
        KeyCode::Char(' ' | 'f') | KeyCode::PageDown => *at = (*at + page).min(last),
        KeyCode::Char('b') | KeyCode::PageUp => *at = at.saturating_sub(page),
        KeyCode::Char('g') | KeyCode::Home => *at = 0,
        KeyCode::Char('G') | KeyCode::End => *at = last,
        KeyCode::Enter => {
            let place = lines.get(*at).and_then(|l| l.place);
            match place {
                Some(place) => {
                    model.overlay = Overlay::None;
                    model.jump(place);
                }
                None => model.say("that is no longer in the text"),
            }
        }
        _ => model.overlay = Overlay::None,
    }
    vec![]
}
