//! The only place where state changes. No files, no clock, no randomness, no terminal.

pub mod annotate;
mod arrived;
pub mod caret;
pub mod changes;
pub mod command;
pub mod copy;
pub mod correct;
pub mod editor;
mod help;
pub mod import;
pub mod input;
mod labels;
mod leave;
pub(crate) mod links;
mod messages;
pub mod mouse;
mod notes;
mod overview;
pub mod pane;
pub mod prompt;
pub mod reattach;
mod rows;
pub mod search;
pub mod select;
pub mod target;
mod view;
pub mod viewport;
mod whole_page;

use crossterm::event::{KeyCode, KeyModifiers};

use super::event::{Draft, Effect, Event};
use super::model::{Help, Leaving, MarkUse, Model, Overlay, Tab};
use crate::config::actions::Context;
use crate::config::keys::Lookup;
use crate::config::{Action, Key};

/// Takes in one event and says what the world should do.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = on_event(model, event);
    effects.extend(model.reanalyse.take().map(Effect::Analyse));
    effects
}

fn on_event(model: &mut Model, event: Event) -> Vec<Effect> {
    if !model.waiting.is_empty() && matches!(event, Event::Key(_) | Event::Paste(_)) {
        return wait_behind(model, event);
    }
    match event {
        Event::Key(key) => {
            model.welcome = false;
            // Nobody types while the mouse drags: the release was not reported.
            model.drag = None;
            let mut effects = on_key(model, key);
            notes::try_again(model, &mut effects);
            // What was shown stays for the next prefix and goes with the sequence.
            model.hinting &= model.awaits_key();
            effects
        }
        Event::Held => mouse::held(model),
        Event::Pause => {
            model.hinting = model.awaits_key();
            vec![]
        }
        Event::Paste(text) => paste(model, &text),
        Event::Mouse(mouse, clicks) => mouse::on_mouse(model, mouse, clicks),
        // Terminals tell a size more than once; what was scrolled since stays. It may have been another in between, and what stood outside lost.
        Event::Resize(size) if size == model.size => vec![Effect::Redraw],
        Event::Resize(size) => {
            let before = model.size;
            model.resize(size);
            whole_page::relayout(model, before);
            overview::relayout(model);
            labels::refresh(model);
            vec![]
        }
        Event::Whole(article) => arrived::whole(model, article),
        Event::Found(findings, map) => arrived::found(model, findings, map),
        Event::Loaded(loaded) => notes::on_loaded(model, *loaded),
        Event::NotLoaded(why) => notes::on_not_loaded(model, why),
        Event::Saved { generation, result } => notes::on_saved(model, generation, result),
        Event::Kept(path, generation) => {
            model.notes.kept = Some((path, generation));
            vec![]
        }
        Event::Outside(states) => notes::on_outside(model, &states.0, &states.1),
        Event::Changed(lines) => {
            model.changes = Some(lines).filter(|l| !l.is_empty());
            vec![]
        }
        Event::Counted(query, matches, cut) => {
            search::counted(model, &query, &matches, cut);
            vec![]
        }
        Event::Typed(typed) => {
            arrived::typed(model, typed);
            vec![]
        }
        Event::Hits(query, hits, cut) => {
            search::list(model, &query, hits, cut);
            vec![]
        }
        Event::Imported { path, generation, result } => import::done(model, path, generation, result),
        Event::Edited(result) => editor::edited(model, result),
        Event::Background(theme) => {
            model.theme = theme;
            vec![]
        }
        Event::Looked(..) => vec![],
        Event::Warning(text) => {
            model.fail(text);
            vec![]
        }
        Event::Terminate(signal) => leave::terminate(model, signal),
        Event::Stop => vec![Effect::Suspend],
        Event::Continued => vec![Effect::Redraw],
    }
}

/// Keys typed while an earlier one waits for findings or notes come after it; Esc gives up waiting.
fn wait_behind(model: &mut Model, event: Event) -> Vec<Effect> {
    let gives_up = [Key::plain(KeyCode::Esc), Key::char('Q')];
    let editing = matches!(model.overlay, Overlay::Editor(_));
    if !editing && matches!(&event, Event::Key(key) if gives_up.contains(key)) {
        model.waiting.clear();
        model.message = None;
        return update(model, event);
    }
    model.waiting.push_back(event);
    vec![]
}

/// Takes in what waited.
fn replay(model: &mut Model) -> Vec<Effect> {
    let mut effects = Vec::new();
    while let Some(event) = model.waiting.pop_front() {
        let rest = std::mem::take(&mut model.waiting);
        model.message = None;
        effects.extend(update(model, event));
        let waits_again = !model.waiting.is_empty();
        model.waiting.extend(rest);
        if waits_again {
            break;
        }
    }
    effects
}

fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    match model.overlay {
        Overlay::None => {}
        Overlay::Prompt(_) => return prompt::on_key(model, key),
        Overlay::Editor(_) => return editor::on_key(model, key),
        Overlay::Menu(_) => return annotate::on_menu_key(model, key),
        Overlay::Labels(_) => return labels::on_key(model, key),
        Overlay::Help(_) => return help::on_key(model, key),
        Overlay::WholePage(_) => return whole_page::on_key(model, key),
        Overlay::Changes(_) => return changes::on_key(model, key),
        Overlay::Messages(_) => return messages::on_key(model, key),
        Overlay::Overview(_) => return overview::on_key(model, key),
    }
    model.message = None;
    model.edge = None;
    if let Some(mark) = model.awaiting_mark.take() {
        return on_mark(model, mark, key);
    }
    if model.pending.is_empty() && count_digit(model, key) {
        return vec![];
    }
    model.pending.push(key);
    let context = model.context();
    match model.settings.keymap.lookup(context, &model.pending) {
        Lookup::More => vec![],
        Lookup::Miss => {
            let unknown = crate::config::keys::show(&model.pending);
            let was_escape = model.pending.contains(&Key::plain(KeyCode::Esc));
            model.pending.clear();
            model.count = None;
            if !was_escape {
                model.say(format!("{unknown} is no key here; ? shows all"));
            }
            vec![]
        }
        Lookup::Hit(action) => {
            let needs = (action.needs_findings() && model.found.is_none())
                || (action.needs_notes() && !model.notes.loaded)
                || (model.partial && model.leaves_beginning(action));
            if needs {
                wait_for(model, action);
                return vec![];
            }
            model.pending.clear();
            let count = model.count.take();
            let idle = count.is_none() && context == Context::Read && model.search.is_none();
            let effects = act(model, action, count);
            if action == Action::Escape && idle && key.modifiers.contains(KeyModifiers::CONTROL) {
                // Who presses Ctrl-c where nothing is open wants to leave.
                model.say(format!("nothing is open or pending; {} quits", model.key_of(Action::Quit)));
            }
            effects
        }
    }
}

/// Keeps the keys of `action` until what it needs is there.
fn wait_for(model: &mut Model, action: Action) {
    let digits = model.count.take().map(|n| n.to_string()).unwrap_or_default();
    let keys = digits.chars().map(Key::char).chain(std::mem::take(&mut model.pending));
    model.waiting = keys.map(Event::Key).collect();
    let what = match () {
        () if model.partial => "the rest of the article",
        () if action.needs_findings() && model.found.is_none() => "quotations, figures and people",
        () => "your notes",
    };
    model.say(format!("reading {what}; Esc stops waiting"));
}

/// A digit that belongs to a count. A 0 counts only behind another digit.
fn count_digit(model: &mut Model, key: Key) -> bool {
    let Some(digit) = key.typed().and_then(|c| c.to_digit(10)) else {
        return false;
    };
    if model.context() == Context::Pane || (digit == 0 && model.count.is_none()) {
        return false;
    }
    let count = model.count.unwrap_or(0).saturating_mul(10).saturating_add(digit as usize);
    model.count = Some(count.min(999_999));
    true
}

fn on_mark(model: &mut Model, mark: MarkUse, key: Key) -> Vec<Effect> {
    let Some(letter) = key.typed() else {
        return vec![];
    };
    match mark {
        MarkUse::Set => {
            model.marks.insert(letter, model.caret);
            model.say(format!("mark {letter} set"));
        }
        MarkUse::Go => match model.marks.get(&letter) {
            Some(&at) => model.jump(at),
            None => model.say(format!("there is no mark {letter}; m{letter} sets it")),
        },
    }
    vec![]
}

/// Does one action. `count` is what was typed before it.
pub fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    use crate::config::actions::Group;
    match action {
        Action::NextArticle => return leave::to_article(model, Leaving::Next),
        Action::PrevArticle => return leave::to_article(model, Leaving::Previous),
        Action::OpenLink => return links::open(model, count),
        Action::YankLink => return links::copy(model, count),
        _ => {}
    }
    match action.spec().group {
        Group::Move | Group::Scroll => caret::act(model, action, count),
        Group::Jump => caret::act_jump(model, action, count),
        Group::Select => select::act(model, action),
        Group::Annotate => annotate::act(model, action, count),
        Group::Search => search::act(model, action, count),
        Group::Copy => copy::act(model, action),
        Group::View => view::act(model, action, count),
        Group::Program => act_program(model, action),
    }
}

fn act_program(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Command => {
            prompt::open_command(model);
            vec![]
        }
        Action::Messages => {
            messages::open(model);
            vec![]
        }
        Action::Help => {
            model.overlay = Overlay::Help(Help::default());
            vec![]
        }
        Action::Back => leave::back(model),
        Action::Quit => {
            model.leaving = None;
            leave::quit(model)
        }
        Action::Suspend => vec![Effect::Suspend],
        Action::Redraw => vec![Effect::Redraw],
        _ => {
            escape(model);
            vec![]
        }
    }
}

/// Drops what is open, one layer at a time: the selection, the pane's focus, the search's marks.
fn escape(model: &mut Model) {
    model.count = None;
    model.pending.clear();
    if model.selection.take().is_some() || model.pane.anchor.take().is_some() {
        return;
    }
    if model.pane.focus {
        model.focus_pane(false);
        return;
    }
    model.search = None;
    model.notes.reattaching = None;
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    match &mut model.overlay {
        Overlay::Prompt(prompt) => {
            prompt.input.insert(&text.replace(['\n', '\r'], " "));
            prompt::changed(model)
        }
        Overlay::Editor(_) => editor::paste(model, text),
        _ => {
            model.say("nothing takes pasted text here; c opens a note");
            vec![]
        }
    }
}

impl Model {
    /// Which keys are in force.
    #[must_use]
    pub fn context(&self) -> Context {
        match (&self.selection, self.pane.focus) {
            (_, true) => Context::Pane,
            (Some(_), _) => Context::Select,
            _ => Context::Read,
        }
    }

    /// Makes the rows of the findings tabs anew.
    pub fn refresh_findings(&mut self) {
        if let Some(found) = &self.found {
            let tab = self.pane.tab;
            let before = self.pane.lists.rows(tab).to_vec();
            self.pane.lists.set_findings(&self.article, &found.findings, &self.pane.filter);
            if before != self.pane.lists.rows(tab) {
                self.pane.anchor = None;
            }
            self.clamp_pane();
        }
    }

    /// Makes everything that depends on the notes anew.
    pub fn refresh_notes(&mut self) {
        self.refold();
        self.recorrect();
        self.notes.index();
        if self.pane.tab == Tab::Notes {
            // The rows may be others now.
            self.pane.anchor = None;
        }
        self.pane.lists.set_notes(&self.notes.all, &self.pane.filter[Tab::Notes as usize]);
        self.clamp_pane();
    }

    /// The effect that saves the notes as they are.
    #[must_use]
    pub fn save_effect(&self) -> Effect {
        Effect::Save(Box::new(self.notes.all.clone()), self.notes.generation)
    }

    /// The draft of the open note, if one is open and has text.
    #[must_use]
    pub fn draft(&self) -> Option<Draft> {
        let Overlay::Editor(editor) = &self.overlay else { return None };
        editor::draft(self, editor)
    }
}
