//! Making and changing annotations. Every change is an [`Edit`] with an inverse, and asks for a save at once.

use std::sync::Arc;

use super::super::event::Effect;
use super::super::lists::Row;
use super::super::model::{Change, Menu, Model, Overlay, PromptKind, Target};
use super::{correct, editor, prompt, reattach, rows};
use crate::annotation::model::{COLORS, said_of_tags};
use crate::annotation::{AnchorState, Annotation, Edit, Now, Status, folds};
use crate::article::Fold;
use crate::config::{Action, Key};
use crate::text::{CodePoints, TextRange};

/// What the annotating keys do.
pub(super) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    if let Some(why) = &model.notes.read_only {
        let text = format!("nothing can be changed: {why}");
        model.fail(text);
        return vec![];
    }
    match action {
        Action::Accept => return accept(model),
        Action::Undo | Action::Redo => return undo(model, action == Action::Undo, count.unwrap_or(1)),
        Action::Repeat => return repeat(model),
        Action::Delete => return delete(model),
        Action::Correct => return correct::open(model),
        Action::FoldCorrect => return correct_fold(model),
        Action::Reattach => return reattach(model),
        Action::ReattachOrphan => {
            reattach::open(model);
            return vec![];
        }
        Action::Import => {
            prompt::open(model, PromptKind::Import, String::new());
            return vec![];
        }
        Action::ReattachHint => {
            model.say("v on an annotation selects its words; move, then R gives it the new span");
            return vec![];
        }
        _ => {}
    }
    if model.selection.is_none() && !model.pane.focus && model.closed_fold_here().is_some() {
        model.say("this is folded; Enter unfolds it");
        return vec![];
    }
    let Some(target) = model.target() else {
        model.say("there is nothing here to annotate");
        return vec![];
    };
    match action {
        Action::Highlight => apply(model, &target, Change::Highlight),
        Action::Tag => {
            prompt::open_tag(model, target);
            vec![]
        }
        Action::Note | Action::Edit if matches!(target, Target::Several(_)) => {
            let key = |action| model.key_of(action);
            let keys = [Action::Tag, Action::Status, Action::Color, Action::Highlight, Action::Delete].map(key).join(", ");
            model.say(format!("a note is written on one row; {keys} work on all that are selected"));
            vec![]
        }
        Action::Note => {
            editor::open(model, target, false);
            vec![]
        }
        Action::Edit => edit(model),
        Action::Color => {
            model.overlay = Overlay::Menu(Menu::Color(target));
            vec![]
        }
        _ => {
            model.overlay = Overlay::Menu(Menu::Status(target));
            vec![]
        }
    }
}

/// A change that was typed in words, to what a key would be about.
pub(super) fn with_words(model: &mut Model, what: Change) -> Vec<Effect> {
    if let Some(why) = &model.notes.read_only {
        let text = format!("nothing can be changed: {why}");
        model.fail(text);
        return vec![];
    }
    match model.target() {
        Some(target) => apply(model, &target, what),
        None => {
            model.say("there is nothing here to annotate");
            vec![]
        }
    }
}

fn edit(model: &mut Model) -> Vec<Effect> {
    match model.annotation_here() {
        Some(id) => editor::open(model, Target::Annotation(id), true),
        None => model.say("no annotation here; c writes a note, t tags"),
    }
    vec![]
}

/// Keeps the finding under the caret, or opens the fold there.
fn accept(model: &mut Model) -> Vec<Effect> {
    if let Some(fold) = model.closed_fold_here() {
        model.set_fold(fold, true);
        return vec![];
    }
    let selected = model.selected();
    let finding = selected.map_or_else(|| model.finding_here(), |range| model.finding_of(range));
    if selected.is_some() && finding.is_none() {
        return act(model, Action::Highlight, None);
    }
    let Some(target) = finding else {
        model.say("no quotation, figure or name here; H highlights the sentence");
        return vec![];
    };
    let range = model.range_of(&target);
    let kept = model.notes.all.annotations.iter().any(|a| a.now.range == range && a.kind != crate::annotation::AnnotationKind::Passage);
    if kept {
        model.say("already kept; t tags it, c writes a note");
        return vec![];
    }
    apply(model, &target, Change::Accept)
}

/// Makes a change to a target and remembers it for `.`.
pub(super) fn apply(model: &mut Model, target: &Target, what: Change) -> Vec<Effect> {
    if let Target::Several(all) = target {
        return rows::apply(model, all, what);
    }
    let label = label(&what);
    let effects = change(model, target, &label, |a| set(a, &what));
    model.last_change = Some(what);
    effects
}

/// What the status line says of a change.
pub(super) fn label(what: &Change) -> String {
    match what {
        Change::Highlight => "highlighted".into(),
        Change::Tag(tags) => said_of_tags(tags),
        Change::Color(color) => format!("coloured {}", color.unwrap_or("no more")),
        Change::Status(status) => format!("status {}", status.map_or("none", Status::name)),
        Change::Note(_) => "note kept".into(),
        Change::Accept => "kept".into(),
        Change::Delete => "deleted".into(),
    }
}

/// Puts a change into an annotation.
pub(super) fn set(annotation: &mut Annotation, what: &Change) {
    match what {
        Change::Tag(words) => annotation.change_tags(words),
        Change::Color(color) => annotation.color = color.map(Into::into),
        Change::Status(status) => annotation.status = *status,
        Change::Note(note) => {
            annotation.note.clone_from(note);
            annotation.motivation = "commenting".into();
        }
        Change::Highlight | Change::Accept | Change::Delete => {}
    }
}

/// Changes the target's annotation, or makes one of it: one edit, one save.
pub(super) fn change(model: &mut Model, target: &Target, label: &str, alter: impl FnOnce(&mut Annotation)) -> Vec<Effect> {
    let Some((edit, after)) = altered(model, target, alter) else {
        model.fail("that note is gone: it was deleted elsewhere");
        return vec![];
    };
    if matches!(target, Target::Annotation(id) if model.notes.all.get(id) == Some(&after)) {
        model.say("nothing changed");
        return vec![];
    }
    let label = match after.speaker.as_ref().map(|s| s.name.as_str()) {
        Some(name) if label == "kept" => format!("kept, said by {name}"),
        _ => label.to_owned(),
    };
    commit(model, edit, &label)
}

/// What a change makes of the target's annotation, or of a new one on it, and the edit to that; none when the annotation is gone.
pub(super) fn altered(model: &mut Model, target: &Target, alter: impl FnOnce(&mut Annotation)) -> Option<(Edit, Annotation)> {
    let known = match target {
        Target::Annotation(id) => Some(model.notes.all.get(id)?.clone()),
        _ => None,
    };
    let is_new = known.is_none();
    let mut after = known.or_else(|| model.annotation_of(target))?;
    let before = after.clone();
    alter(&mut after);
    if !is_new && after != before {
        after.changed_by(&model.desk.stamp().creator);
    }
    let boxed = Box::new(after.clone());
    Some((if is_new { Edit::Add(boxed) } else { Edit::Replace(boxed) }, after))
}

/// Makes an edit, remembers its inverse, and asks for a save.
pub(super) fn commit(model: &mut Model, edit: Edit, label: &str) -> Vec<Effect> {
    let stamp = model.desk.stamp();
    let notes = &mut model.notes;
    if let Err(why) = notes.history.apply(&mut notes.all, edit, label, &stamp) {
        model.fail(why.to_string());
        return vec![];
    }
    model.selection = None;
    model.pane.anchor = None;
    model.say(label);
    saved_soon(model)
}

/// After the notes changed: new places, new rows, a save.
fn saved_soon(model: &mut Model) -> Vec<Effect> {
    model.notes.generation += 1;
    model.notes.abandon = false;
    model.refresh_notes();
    model.sync_pane();
    vec![model.save_effect()]
}

fn undo(model: &mut Model, back: bool, count: usize) -> Vec<Effect> {
    let stamp = model.desk.stamp();
    let (mut said, mut changed) = (None, false);
    for _ in 0..count {
        let notes = &mut model.notes;
        let step = if back { notes.history.undo(&mut notes.all, &stamp) } else { notes.history.redo(&mut notes.all, &stamp) };
        match step {
            None => break,
            Some(done) => {
                changed |= done.is_ok();
                said = Some(done);
            }
        }
    }
    let word = if back { "undone" } else { "done again" };
    match said {
        None => {
            model.say(if back { "nothing to undo" } else { "nothing to do again" });
            vec![]
        }
        Some(Err(why)) => {
            // Of several steps the last could not be taken; those before it were.
            let effects = if changed { saved_soon(model) } else { vec![] };
            model.fail(why.to_string());
            effects
        }
        Some(Ok(label)) => {
            model.say(format!("{word}: {label}"));
            saved_soon(model)
        }
    }
}

fn repeat(model: &mut Model) -> Vec<Effect> {
    match model.last_change.clone() {
        None => {
            model.say("nothing to repeat yet");
            vec![]
        }
        Some(Change::Delete) => delete(model),
        Some(Change::Accept) => accept(model),
        Some(what) => match model.target() {
            Some(target) => apply(model, &target, what),
            None => vec![],
        },
    }
}

/// Says that the furniture under the caret is text, all of a closed fold, or that the paragraph under it is furniture.
fn correct_fold(model: &mut Model) -> Vec<Effect> {
    let article = Arc::clone(&model.article);
    let Some(block) = article.block_at(model.caret) else { return vec![] };
    let furniture = article.blocks[block].kind.is_boilerplate();
    let closed = model.flow.fold_at(&article, model.caret).map(|f| model.flow.folds()[f]).filter(|f| furniture && !f.open);
    let (first, last) = closed.map_or((block, block), |f| (f.first, f.last));
    let range = TextRange::new(article.blocks[first].range.start(), article.blocks[last].range.end());
    let (fold, label) = if furniture { (Fold::Text, "this is text") } else { (Fold::Furniture, "this is furniture") };
    let map = model.map.clone().unwrap_or_else(|| Arc::new(CodePoints::new(&article.text)));
    let (id, now) = (model.desk.id(), model.desk.stamp().now);
    let edit = folds::say(&model.as_read, &map, &model.notes.all, range, fold, id, now);
    commit(model, edit, label)
}

fn delete(model: &mut Model) -> Vec<Effect> {
    if let Some(rows) = model.selected_rows() {
        return rows::delete(model, &rows);
    }
    if let Some(Row::Correction(i)) = model.pane.lists.rows(model.pane.tab).get(model.pane.row()).filter(|_| model.pane.focus)
        && let Some(correction) = model.notes.all.corrections.get(*i)
    {
        let edit = Edit::RemoveCorrection(correction.id.clone());
        return commit(model, edit, "correction taken back; u brings it back");
    }
    let Some(id) = model.annotation_here() else {
        model.say("no annotation here; ]a goes to the next");
        return vec![];
    };
    model.last_change = Some(Change::Delete);
    commit(model, Edit::Remove(id), "deleted; u brings it back")
}

/// Gives the annotation whose words were selected by `v` the selected span.
fn reattach(model: &mut Model) -> Vec<Effect> {
    let here = || model.notes.spans.at(model.caret).map(|(_, i)| model.notes.all.annotations[i].id.clone());
    let awaiting = model.notes.reattaching.take();
    let id = awaiting.or_else(|| model.selection.as_ref().and_then(|s| s.of.clone())).or_else(here);
    let (Some(id), Some(range)) = (id, model.selected()) else {
        model.say("v on an annotation selects its words; move, then R gives it the new span");
        return vec![];
    };
    put_on(model, id, range)
}

/// Gives an annotation these words. Its anchor stays: one that had lost its words and now has others counts as changed.
pub(super) fn put_on(model: &mut Model, id: String, range: crate::text::TextRange) -> Vec<Effect> {
    let article = std::sync::Arc::clone(&model.article);
    change(model, &Target::Annotation(id), "moved to these words", |a| {
        let same = a.now.state == AnchorState::Attached || range.of(&article.text) == a.anchor.exact;
        let state = if same { AnchorState::Attached } else { AnchorState::Changed };
        a.now = Now { state, range: Some(range), last: None, unknown: std::mem::take(&mut a.now.unknown) };
    })
}

/// A key while a menu is open: a choice, the menu's own key for the next value, or anything else to close it.
pub(super) fn on_menu_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Overlay::Menu(menu) = std::mem::replace(&mut model.overlay, Overlay::None) else { return vec![] };
    model.message = None;
    let Some(typed) = key.typed() else { return vec![] };
    let current = |target: &Target| match target {
        Target::Annotation(id) => model.notes.all.get(id).cloned(),
        Target::Several(all) => all.iter().find_map(|t| match t {
            Target::Annotation(id) => model.notes.all.get(id).cloned(),
            _ => None,
        }),
        _ => None,
    };
    match menu {
        Menu::Color(target) => {
            let now = current(&target).and_then(|a| a.color);
            let here = COLORS.iter().position(|c| Some(*c) == now.as_deref());
            let color = match typed {
                'C' => Some(COLORS[here.map_or(0, |i| (i + 1) % COLORS.len())]),
                '-' => None,
                c => match color_choices().into_iter().find(|(k, name)| *k == c || name_digit(name) == Some(c)) {
                    Some((_, name)) => Some(name),
                    None => return no_choice(model, c),
                },
            };
            apply(model, &target, Change::Color(color))
        }
        Menu::Status(target) => {
            let now = current(&target).and_then(|a| a.status);
            let here = Status::ALL.iter().position(|s| Some(*s) == now);
            let status = match typed {
                'x' => Some(Status::ALL[here.map_or(0, |i| (i + 1) % Status::ALL.len())]),
                '-' => None,
                c => match status_choices().into_iter().find(|(k, _)| *k == c) {
                    Some((_, status)) => Some(status),
                    None => return no_choice(model, c),
                },
            };
            apply(model, &target, Change::Status(status))
        }
        Menu::Person(at) => {
            correct::chosen(model, at, typed);
            vec![]
        }
    }
}

fn no_choice(model: &mut Model, typed: char) -> Vec<Effect> {
    model.say(format!("{typed} is none of the choices; nothing changed"));
    vec![]
}

/// The colours and the letters that choose them: the first of each name, but "pink" has taken purple's.
#[must_use]
pub fn color_choices() -> Vec<(char, &'static str)> {
    let letter = |name: &str| if name == "purple" { 'u' } else { name.chars().next().unwrap_or(' ') };
    COLORS.iter().map(|name| (letter(name), *name)).collect()
}

fn name_digit(name: &str) -> Option<char> {
    let i = COLORS.iter().position(|c| *c == name)?;
    char::from_digit(u32::try_from(i).ok()? + 1, 10)
}

/// The statuses and the letters that choose them.
#[must_use]
pub fn status_choices() -> Vec<(char, Status)> {
    Status::ALL.iter().map(|s| (s.name().chars().next().unwrap_or(' '), *s)).collect()
}
