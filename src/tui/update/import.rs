//! Bringing in the annotations of another file: one change, which `u` takes back.

use crossterm::event::KeyCode;

use super::super::event::{Effect, Event};
use super::super::model::{Model, PromptKind};
use super::{annotate, prompt};
use crate::config::Key;
use crate::import::Plan;

/// Asks for what a file would bring.
pub(super) fn ask(model: &mut Model, path: &str) -> Vec<Effect> {
    let path = path.trim();
    if let Some(why) = &model.notes.read_only {
        let text = format!("nothing can be changed: {why}");
        model.fail(text);
        return vec![];
    }
    if !model.notes.loaded {
        // The question stays on the screen, and is answered once they are.
        prompt::open(model, PromptKind::Import, path.to_owned());
        model.waiting.push_back(Event::Key(Key::plain(KeyCode::Enter)));
        model.say("reading your notes; Esc stops waiting");
        return vec![];
    }
    if path.is_empty() {
        return vec![];
    }
    model.say(format!("reading {path}"));
    vec![request(model, path.to_owned())]
}

fn request(model: &Model, path: String) -> Effect {
    Effect::Import(path, Box::new(model.notes.all.clone()), model.notes.generation)
}

/// Takes the answer in. When the notes changed meanwhile it is for others than these: it is asked for again.
pub(super) fn done(model: &mut Model, path: String, generation: u64, result: Result<Box<Plan>, String>) -> Vec<Effect> {
    match result {
        Err(why) => {
            model.fail(format!("cannot import '{path}': {why}"));
            vec![]
        }
        Ok(_) if generation != model.notes.generation => vec![request(model, path)],
        Ok(plan) if plan.report.is_empty() => {
            model.say(format!("'{path}' holds no annotations"));
            vec![]
        }
        Ok(plan) if !plan.report.changes() => {
            model.say(format!("nothing new: {}", plan.report.words()));
            vec![]
        }
        Ok(plan) => {
            let whose = plan.of_another.map_or_else(String::new, |title| format!(" from notes on another article, “{title}”"));
            annotate::commit(model, plan.edit, &format!("imported{whose}: {}", plan.report.words()))
        }
    }
}
