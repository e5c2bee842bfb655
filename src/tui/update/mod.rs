//! The only place where state changes. No files, no clock, no randomness, no terminal.

pub mod annotate;
pub mod caret;
pub mod changes;
pub mod copy;
pub mod correct;
pub mod editor;
pub mod import;
pub mod input;
mod labels;
pub mod mouse;
mod overview;
pub mod pane;
pub mod prompt;
pub mod reattach;
pub mod search;
pub mod select;
pub mod target;
pub mod viewport;
mod whole_page;

use std::sync::Arc;

use crossterm::event::KeyCode;

use super::event::{Draft, Effect, Event, Loaded};
use super::model::{Found, Leaving, MarkUse, Model, Overlay, Tab, Target};
use crate::annotation::{Notes, merge};
use crate::config::actions::Context;
use crate::config::keys::Lookup;
use crate::config::{Action, Key, Theme};

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
            let effects = on_key(model, key);
            // What was shown stays for the next prefix and goes with the sequence.
            model.hinting &= model.awaits_key();
            effects
        }
        Event::Pause => {
            model.hinting = model.awaits_key();
            vec![]
        }
        Event::Paste(text) => paste(model, &text),
        Event::Mouse(mouse, clicks) => mouse::on_mouse(model, mouse, clicks),
        Event::Resize(size) => {
            model.resize(size);
            whole_page::relayout(model);
            overview::relayout(model);
            labels::refresh(model);
            vec![]
        }
        Event::Whole(article) => {
            let warning = article.warnings.first().cloned();
            model.replace_beginning(article);
            model.open_place();
            labels::refresh(model);
            if let Some(warning) = warning {
                model.say(warning);
            }
            replay(model)
        }
        Event::Found(findings, map) => {
            model.pane.lists.compare_figures(&model.article, &findings);
            model.found = Some(Found::new(Arc::clone(&findings), findings, vec![]));
            model.map = Some(map);
            model.recorrect();
            model.refresh_findings();
            replay(model)
        }
        Event::Loaded(loaded) => on_loaded(model, *loaded),
        Event::NotLoaded(why) => {
            model.notes.loaded = true;
            model.notes.read_only = Some(why.clone());
            model.fail(why);
            replay(model)
        }
        Event::Saved { generation, result } => on_saved(model, generation, result),
        Event::Outside(states) => {
            let (before, now) = *states;
            take_in(model, &before, &now);
            vec![]
        }
        Event::Changed(lines) => {
            model.changes = Some(lines).filter(|l| !l.is_empty());
            vec![]
        }
        Event::Counted(query, starts) => {
            if let Some(search) = model.search.as_mut().filter(|s| s.query == query) {
                search.matches = Some(starts);
            }
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
        Event::Terminate(signal) => terminate(model, signal),
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
        Overlay::Help(_) => return on_help_key(model, key),
        Overlay::WholePage(_) => return whole_page::on_key(model, key),
        Overlay::Changes(_) => return changes::on_key(model, key),
        Overlay::Overview(_) => return overview::on_key(model, key),
    }
    model.message = None;
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
            act(model, action, count)
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
        Action::NextArticle => return to_article(model, Leaving::Next),
        Action::PrevArticle => return to_article(model, Leaving::Previous),
        _ => {}
    }
    match action.spec().group {
        Group::Move | Group::Scroll => caret::act(model, action, count),
        Group::Jump => caret::act_jump(model, action, count),
        Group::Select => select::act(model, action),
        Group::Annotate => annotate::act(model, action, count),
        Group::Search => search::act(model, action, count),
        Group::Copy => copy::act(model, action),
        Group::View => act_view(model, action, count),
        Group::Program => act_program(model, action),
    }
}

fn act_view(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::LayerQuotes => toggle(model, "quotations", |m| &mut m.layers.quotes),
        Action::LayerPeople => toggle(model, "people", |m| &mut m.layers.people),
        Action::LayerFigures => toggle(model, "figures", |m| &mut m.layers.figures),
        Action::LayerNotes => toggle(model, "annotations", |m| &mut m.layers.notes),
        Action::Wider => model.change_measure(4),
        Action::Narrower => model.change_measure(-4),
        Action::NextTheme => {
            let all: Vec<Theme> = model.settings.all_themes().collect();
            let here = all.iter().position(|t| *t == model.theme).unwrap_or(0);
            model.theme = all[(here + 1) % all.len()];
            model.say(format!("theme {}", model.theme.name()));
        }
        Action::Mouse => {
            model.mouse = !model.mouse;
            model.say(if model.mouse { "the mouse is ours" } else { "the mouse is the terminal's; M takes it back" });
            return vec![Effect::Mouse(model.mouse)];
        }
        Action::Zen => {
            model.zen = !model.zen;
            model.relayout();
        }
        Action::FoldOpen | Action::FoldClose | Action::FoldToggle => fold(model, action),
        Action::WholePage => whole_page::open(model),
        Action::FoldOpenAll | Action::FoldCloseAll => {
            let article = Arc::clone(&model.article);
            model.keep_place(|m| m.flow.set_all_folds(&article, action == Action::FoldOpenAll));
        }
        Action::Changes => changes::open(model),
        Action::Overview => overview::open(model),
        _ => pane::act(model, action, count),
    }
    vec![]
}

fn toggle(model: &mut Model, what: &str, layer: impl Fn(&mut Model) -> &mut bool) {
    let shown = layer(model);
    *shown = !*shown;
    let state = if *shown { "shown" } else { "hidden" };
    model.say(format!("{what} {state}"));
}

/// Opens or closes the fold at the caret, or the next one in view.
fn fold(model: &mut Model, action: Action) {
    let article = Arc::clone(&model.article);
    let Some(fold) = model.flow.fold_at(&article, model.caret).or_else(|| model.fold_in_view()) else {
        model.say("no folded furniture in view");
        return;
    };
    let open = match action {
        Action::FoldOpen => true,
        Action::FoldClose => false,
        _ => !model.flow.folds()[fold].open,
    };
    model.set_fold(fold, open);
}

fn act_program(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Command => {
            prompt::open_command(model);
            vec![]
        }
        Action::Help => {
            model.overlay = Overlay::Help(0);
            vec![]
        }
        Action::Back => back(model),
        Action::Quit => {
            model.leaving = None;
            quit(model)
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
    if model.selection.take().is_some() {
        return;
    }
    if model.pane.focus {
        model.focus_pane(false);
        return;
    }
    model.search = None;
    model.notes.reattaching = None;
}

fn back(model: &mut Model) -> Vec<Effect> {
    if model.selection.is_some() || model.pane.focus {
        escape(model);
        return vec![];
    }
    model.leaving = model.list.map(|_| Leaving::List);
    quit(model)
}

/// To the next or the previous article of the list.
fn to_article(model: &mut Model, leaving: Leaving) -> Vec<Effect> {
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

/// Ends at once when all is saved; else waits for the save. After a save that failed it tries once more, and a second time gives up
/// what could not be saved.
fn quit(model: &mut Model) -> Vec<Effect> {
    if model.notes.is_saved() {
        return vec![Effect::Quit(0)];
    }
    model.quitting = true;
    if model.notes.failed.is_none() {
        model.say("saving, then quitting");
        return vec![];
    }
    if model.notes.abandon {
        return vec![Effect::Quit(2)];
    }
    model.notes.abandon = true;
    vec![model.save_effect()]
}

/// A signal: keep an open note as a draft, save what is not saved yet, and go.
fn terminate(model: &mut Model, signal: i32) -> Vec<Effect> {
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

fn on_loaded(model: &mut Model, loaded: Loaded) -> Vec<Effect> {
    let Loaded { notes, read_only, path, warnings, draft, near } = loaded;
    model.notes.near = near;
    model.notes.all = notes;
    model.notes.path = path;
    model.notes.read_only = read_only;
    model.notes.loaded = true;
    model.refresh_notes();
    if let Some(why) = model.notes.read_only.clone() {
        model.fail(format!("read only: {why}"));
    } else if let Some(first) = warnings.into_iter().next() {
        model.fail(first);
    }
    if let Some(draft) = draft.filter(|_| model.notes.read_only.is_none()) {
        editor::recover(model, &draft);
    }
    replay(model)
}

/// What was given to save, and what is on disk now.
type Taken = Option<Box<(Notes, Notes)>>;

fn on_saved(model: &mut Model, generation: u64, result: Result<Taken, String>) -> Vec<Effect> {
    match result {
        Ok(taken) => {
            model.notes.saved = model.notes.saved.max(generation);
            model.notes.failed = None;
            model.notes.abandon = false;
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
            model.quitting = false;
            let hint = if model.notes.abandon { "; Q again quits without saving" } else { "" };
            model.fail(format!("not saved{hint}: {why}"));
            model.notes.failed = Some(why);
        }
    }
    vec![]
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
    model.notes.all = merged;
    model.refresh_notes();
    if matches!(model.overlay, Overlay::None) {
        model.say("took in changes that another program made");
    }
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

fn on_help_key(model: &mut Model, key: Key) -> Vec<Effect> {
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
    let most = super::view::help::height(model).saturating_sub(page);
    if let Overlay::Help(top) = &mut model.overlay {
        *top = (*top).min(most);
    }
    vec![]
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
            self.pane.lists.set_findings(&self.article, &found.findings, &self.pane.filter);
            self.clamp_pane();
        }
    }

    /// Makes everything that depends on the notes anew.
    pub fn refresh_notes(&mut self) {
        self.refold();
        self.recorrect();
        self.notes.index();
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
