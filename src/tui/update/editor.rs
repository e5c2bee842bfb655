//! The note editor. Its text is kept as a draft on disk while it is open.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui_textarea::{TextArea, WrapMode};

use super::super::event::{Draft, Effect, Event};
use super::super::model::{Change, Editor, LineInput, Model, Overlay, Target};
use super::annotate;
use crate::annotation::Annotation;
use crate::config::Key;
use crate::text::TextRange;

/// Opens the editor on a target; `with_tags` edits its tags as well.
pub(super) fn open(model: &mut Model, target: Target, with_tags: bool) {
    let existing = match &target {
        Target::Annotation(id) => model.notes.all.get(id),
        _ => None,
    };
    let note = existing.map_or("", |a| a.note.as_str());
    let tags = existing.filter(|_| with_tags).map(|a| LineInput::new(a.tags.join(", ")));
    let editor = Editor { area: area_of(note), in_tags: false, tags, target };
    model.overlay = Overlay::Editor(Box::new(editor));
}

fn area_of(note: &str) -> TextArea<'static> {
    let mut area = TextArea::from(note.split('\n'));
    area.set_cursor_line_style(ratatui::style::Style::new());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.move_cursor(ratatui_textarea::CursorMove::Bottom);
    area.move_cursor(ratatui_textarea::CursorMove::End);
    area
}

/// A key while the editor is open.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Overlay::Editor(editor) = &mut model.overlay else { return vec![] };
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Esc => return keep(model),
        KeyCode::Char('c') if control => {
            model.overlay = Overlay::None;
            model.say("note abandoned");
            return vec![Effect::Draft(None)];
        }
        KeyCode::Char('o') if control => return vec![Effect::OpenEditor(note_of(editor))],
        KeyCode::Tab | KeyCode::BackTab if editor.tags.is_some() => editor.in_tags = !editor.in_tags,
        _ => match &mut editor.tags {
            Some(tags) if editor.in_tags => {
                if key.code == KeyCode::Enter {
                    editor.in_tags = false;
                } else {
                    tags.on_key(key);
                }
            }
            _ => {
                editor.area.input(KeyEvent::new(key.code, key.modifiers));
            }
        },
    }
    keep_draft(model)
}

pub(super) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Overlay::Editor(editor) = &mut model.overlay {
        let text = crate::text::sanitize::text(text);
        match &mut editor.tags {
            Some(tags) if editor.in_tags => tags.insert(&text.replace('\n', " ")),
            _ => {
                editor.area.insert_str(text);
            }
        }
    }
    keep_draft(model)
}

/// The text that came back from the reader's own editor.
pub(super) fn edited(model: &mut Model, result: Result<String, String>) -> Vec<Effect> {
    match result {
        Ok(text) => {
            if let Overlay::Editor(editor) = &mut model.overlay {
                editor.area = area_of(crate::text::sanitize::text(&text).trim_end_matches('\n'));
            }
        }
        Err(why) => model.fail(why),
    }
    let mut effects = keep_draft(model);
    effects.push(Effect::Redraw);
    effects
}

fn keep_draft(model: &Model) -> Vec<Effect> {
    model.draft().map(|d| Effect::Draft(Some(d))).into_iter().collect()
}

fn note_of(editor: &Editor) -> String {
    editor.area.lines().join("\n")
}

/// The draft that the editor's text is.
pub(super) fn draft(model: &Model, editor: &Editor) -> Option<Draft> {
    let range = model.range_of(&editor.target).unwrap_or_else(|| TextRange::empty(model.caret));
    let annotation = match &editor.target {
        Target::Annotation(id) => Some(id.clone()),
        _ => None,
    };
    Some(Draft { note: note_of(editor), annotation, start: range.start(), end: range.end() })
}

/// Opens the editor again on a draft that was left behind.
pub(super) fn recover(model: &mut Model, draft: &Draft) {
    let known = draft.annotation.clone().filter(|id| model.notes.all.get(id).is_some());
    let text = &model.article.text;
    let fits = draft.start <= draft.end && text.is_char_boundary(draft.start) && text.is_char_boundary(draft.end.min(text.len()));
    let range = if fits { TextRange::new(draft.start, draft.end.min(text.len()).max(draft.start)) } else { TextRange::empty(model.caret) };
    let target = known.map_or(Target::Passage(range), Target::Annotation);
    model.move_to(range.start());
    model.overlay = Overlay::Editor(Box::new(Editor { area: area_of(&draft.note), in_tags: false, tags: None, target }));
    model.say("this note was being written when the program ended: Esc keeps it, Ctrl-c abandons it");
}

/// Keeps the note and closes.
fn keep(model: &mut Model) -> Vec<Effect> {
    if model.found.is_none() {
        // A recovered note may be on a quotation: its speaker is known only then.
        model.waiting.push_back(Event::Key(Key::plain(KeyCode::Esc)));
        model.say("reading the article; the note is kept in a moment");
        return vec![];
    }
    let Overlay::Editor(editor) = std::mem::replace(&mut model.overlay, Overlay::None) else { return vec![] };
    let note = note_of(&editor).trim_end().to_owned();
    let is_new = !matches!(editor.target, Target::Annotation(_));
    let tags = editor.tags.as_ref().map(|t| t.text.clone());
    if is_new && note.is_empty() {
        model.say("empty note, nothing kept");
        return vec![Effect::Draft(None)];
    }
    if !note.is_empty() {
        model.last_change = Some(Change::Note(note.clone()));
    }
    let mut effects = annotate::change(model, &editor.target, "note kept", |a| put(a, note, tags.as_deref()));
    effects.push(Effect::Draft(None));
    effects
}

fn put(annotation: &mut Annotation, note: String, tags: Option<&str>) {
    annotation.note = note;
    if !annotation.note.is_empty() {
        annotation.motivation = "commenting".into();
    }
    if let Some(typed) = tags {
        let mut list: Vec<String> = Vec::new();
        for tag in typed.split(',').map(str::trim).filter(|t| !t.is_empty()) {
            if !list.iter().any(|t| t == tag) {
                list.push(tag.into());
            }
        }
        annotation.tags = list;
    }
}
