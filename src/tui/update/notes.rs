//! What happens to the notes outside: read, saved, changed by another program.

use super::{editor, replay};
use crate::annotation::merge::settled;
use crate::annotation::{Notes, merge};
use crate::tui::event::{Effect, Loaded};
use crate::tui::model::{Model, Overlay, Target};

pub(super) fn on_loaded(model: &mut Model, loaded: Loaded) -> Vec<Effect> {
    let Loaded { notes, read_only, path, warnings, draft, near, taken_in } = loaded;
    model.notes.near = near;
    model.notes.all = notes;
    model.notes.path = path;
    model.notes.read_only = read_only;
    model.notes.loaded = true;
    model.refresh_notes();
    if let Some(why) = model.notes.read_only.clone() {
        model.fail(format!("read only: {why}"));
    } else {
        model.announce(warnings, true);
    }
    let mut effects = Vec::new();
    if taken_in > 0 {
        model.say(match taken_in {
            1 => "1 change that could not be saved was taken in".to_owned(),
            n => format!("{n} changes that could not be saved were taken in"),
        });
        model.notes.generation += 1;
        effects.push(model.save_effect());
    }
    if let Some(draft) = draft.filter(|_| model.notes.read_only.is_none()) {
        editor::recover(model, &draft);
    }
    effects.extend(replay(model));
    effects
}

/// What was given to save, and what is on disk now.
type Taken = Option<Box<(Notes, Notes)>>;

pub(super) fn on_saved(model: &mut Model, generation: u64, result: Result<Taken, String>) -> Vec<Effect> {
    model.notes.retrying = false;
    let again = std::mem::take(&mut model.notes.again);
    match result {
        Ok(taken) => {
            let told = std::mem::take(&mut model.notes.asked) || model.notes.failed.is_some();
            model.notes.saved = model.notes.saved.max(generation);
            model.notes.failed = None;
            model.notes.abandon = false;
            if told && model.notes.is_saved() {
                model.say("everything is saved now");
            }
            if let Some(taken) = taken {
                let (given, on_disk) = *taken;
                // There may be newer changes here than those that were saved: they stay, the next save brings them to the disk.
                take_in(model, &given, &on_disk);
            }
            if model.quitting && model.notes.is_saved() {
                return vec![Effect::Quit(0)];
            }
        }
        Err(why) => {
            let quitting = std::mem::take(&mut model.quitting);
            let asked = std::mem::take(&mut model.notes.asked);
            let known = model.notes.failed.as_ref() == Some(&why);
            let given_up = quitting && model.notes.abandon;
            model.notes.abandon |= quitting;
            // What is tried again behind every key is said once.
            if quitting || asked || !known {
                let hint = if model.notes.abandon { "; Q again quits without saving" } else { "" };
                model.fail(format!("not saved{hint}: {why}"));
            }
            model.notes.failed = Some(why);
            if given_up {
                return vec![Effect::Quit(2)];
            }
            if again {
                model.notes.retrying = true;
                return vec![model.save_effect()];
            }
        }
    }
    vec![]
}

/// The reader asks for a save: there is something to do only when the last one failed.
pub(super) fn save(model: &mut Model) -> Vec<Effect> {
    if let Some(why) = model.notes.read_only.clone() {
        model.fail(format!("read only: {why}"));
        return vec![];
    }
    if model.notes.is_saved() {
        model.say("every change is saved at once");
        return vec![];
    }
    model.notes.asked = true;
    model.say("saving");
    vec![model.save_effect()]
}

/// After a save that failed, every key tries again, one save at a time.
pub(super) fn try_again(model: &mut Model, effects: &mut Vec<Effect>) {
    let tried = effects.iter().any(|e| matches!(e, Effect::Save(..) | Effect::Quit(_)));
    if tried || model.notes.failed.is_none() || model.notes.is_saved() {
        return;
    }
    if model.notes.retrying {
        model.notes.again = true;
        return;
    }
    model.notes.retrying = true;
    effects.push(model.save_effect());
}

/// A note that is being written on an annotation that was deleted elsewhere becomes one on the same words.
fn keep_open_note(model: &mut Model, merged: &Notes) {
    let Overlay::Editor(open) = &model.overlay else { return };
    let Target::Annotation(id) = &open.target else { return };
    if merged.get(id).is_some() {
        return;
    }
    let words = model.notes.all.get(id).and_then(|a| a.now.range).or_else(|| model.sentence_at(model.caret));
    if let (Overlay::Editor(open), Some(words)) = (&mut model.overlay, words) {
        open.target = Target::Passage(words);
        open.tags = None;
        open.in_tags = false;
        model.say("the annotation was deleted elsewhere; Esc keeps your note on the same words");
    }
}

/// Takes in what another program wrote into the notes file. The caret, the view and what is open stay.
fn take_in(model: &mut Model, before: &Notes, now: &Notes) {
    let merged = merge(Some(before), &model.notes.all, now).notes;
    if merged == model.notes.all {
        return;
    }
    keep_open_note(model, &merged);
    let settled = settled(&model.notes.all, &merged);
    model.notes.all = merged;
    model.refresh_notes();
    if matches!(model.overlay, Overlay::None) {
        model.say(match settled {
            0 => "took in changes that another program made".to_owned(),
            1 => "took in changes: a status or colour was set differently elsewhere; the other one is under its note".to_owned(),
            n => format!("took in changes: {n} statuses or colours were set differently elsewhere; the others are under their notes"),
        });
    }
}

/// There are no notes and there will be none: nothing can be changed.
pub(super) fn on_not_loaded(model: &mut Model, why: String) -> Vec<Effect> {
    model.notes.loaded = true;
    model.notes.read_only = Some(why.clone());
    model.not_loaded = Some(why.clone());
    model.fail(why);
    replay(model)
}

/// Another program wrote into the notes file.
pub(super) fn on_outside(model: &mut Model, before: &Notes, now: &Notes) -> Vec<Effect> {
    take_in(model, before, now);
    // What the other program left out without deleting it is still here: it is not saved until it is written again.
    let lacks = model.notes.is_saved() && model.notes.all.annotations.iter().any(|a| now.get(&a.id).is_none());
    if !lacks {
        return vec![];
    }
    model.notes.generation += 1;
    vec![model.save_effect()]
}
