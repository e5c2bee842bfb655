//! Out of an article and out of the program: nothing is left behind unsaved.

use super::escape;
use crate::tui::event::Effect;
use crate::tui::model::{Leaving, Model};

pub(super) fn back(model: &mut Model) -> Vec<Effect> {
    if model.selection.is_some() || model.pane.focus {
        escape(model);
        return vec![];
    }
    model.leaving = model.list.map(|_| Leaving::List);
    quit(model)
}

/// To the next or the previous article of the list.
pub(super) fn to_article(model: &mut Model, leaving: Leaving) -> Vec<Effect> {
    match (model.list, leaving) {
        (None, _) => model.say("no list is open: give several files or a directory"),
        (Some((i, n)), Leaving::Next) if i + 1 >= n => model.say("this is the last article of the list"),
        (Some((0, _)), Leaving::Previous) => model.say("this is the first article of the list"),
        _ => {
            model.leaving = Some(leaving);
            return quit(model);
        }
    }
    vec![]
}

/// Ends at once when all is saved; else waits for the save. After a save that failed it tries once more; when the reader was told already
/// that this fails, too, the program ends in any case.
pub(super) fn quit(model: &mut Model) -> Vec<Effect> {
    if model.notes.is_saved() {
        return vec![Effect::Quit(0)];
    }
    model.quitting = true;
    model.say("saving, then quitting");
    // One that is under way already is waited for.
    if model.notes.failed.is_some() { vec![model.save_effect()] } else { vec![] }
}

/// A signal: keep an open note as a draft, save what is not saved yet, and go.
pub(super) fn terminate(model: &mut Model, signal: i32) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(draft) = model.draft() {
        effects.push(Effect::Draft(Some(draft)));
    }
    if !model.notes.is_saved() {
        effects.push(model.save_effect());
    }
    effects.push(Effect::Quit(u8::try_from(128 + signal).unwrap_or(2)));
    effects
}
