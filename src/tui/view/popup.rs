//! What lies over the text and takes the keys: prompts, menus, the note editor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::super::layout::Areas;
use super::super::model::{Editor, LineInput, Menu, Model, Prompt, PromptKind, Tab, Target};
use super::super::update::annotate::{color_choices, status_choices};
use super::super::update::command;
use super::super::update::correct;
use super::{clear, cut, put, put_cut, set, to_u16};
use crate::annotation::filter::Filter;
use crate::config::{Action, Role};
use crate::text::search::Query;
use crate::text::{TextRange, grapheme::text_width};

/// With fewer columns a hint says nothing.
const CUT: usize = 16;
/// Completions shown at once.
const SHOWN: usize = 9;

/// The line of input in the status line, its completions above it. Gives the caret's cell.
pub(super) fn prompt(model: &Model, prompt: &Prompt, areas: Areas, buffer: &mut Buffer) -> Option<Position> {
    let area = areas.status;
    if area.is_empty() {
        return None;
    }
    completions(model, prompt, areas, buffer);
    clear(buffer, area, Style::new());
    let label = match &prompt.kind {
        PromptKind::Search => "/".to_owned(),
        PromptKind::Command => ":".to_owned(),
        PromptKind::Filter => "filter: ".to_owned(),
        PromptKind::Import => "import: ".to_owned(),
        PromptKind::Tag(target) => tag_label(model, target),
        PromptKind::Correct(what) => correct::question(model, what),
        PromptKind::Reattach(..) => "put it on: ".to_owned(),
    };
    let x = put(buffer, area, 0, &label, model.theme.style(Role::Strong));
    if let Some(mistake) = mistake(model, prompt).filter(|_| area.y > areas.text_pane.y) {
        // A row of its own: it must be seen however much is typed.
        super::message::above(&mistake, area, areas, model.theme.style(Role::Error), buffer);
    }
    let hint = hint(model, prompt);
    let room = usize::from(area.width).saturating_sub(x + 1);
    let cursor = input_line(model, &prompt.input, Rect { x: area.x + to_u16(x), width: to_u16(room + 1), ..area }, buffer);
    let used = x + text_width(&prompt.input.text) + 3;
    let hint = fitting(&hint, usize::from(area.width).saturating_sub(used + 2));
    let hint_at = usize::from(area.width).saturating_sub(text_width(&hint) + 1);
    put(buffer, area, hint_at, &hint, model.theme.style(Role::Chrome));
    cursor
}

/// As many parts of a hint as there is room for. The last says what Tab does, which is worth most; a hint without parts is cut, where enough of it is left.
fn fitting(hint: &str, room: usize) -> String {
    let mut parts: Vec<&str> = hint.split(" · ").collect();
    while text_width(&parts.join(" · ")) > room {
        match parts.len() {
            1 if room >= CUT => return cut(hint, room),
            1 => return String::new(),
            n => drop(parts.remove(n - 2)),
        }
    }
    parts.join(" · ")
}

/// What is wrong with what is typed.
fn mistake(model: &Model, prompt: &Prompt) -> Option<String> {
    match prompt.kind {
        // While there is something to choose from, nothing is wrong yet.
        PromptKind::Filter if !prompt.completions.is_empty() => None,
        PromptKind::Filter => Filter::parse(&prompt.input.text, model.pane.tab.domain()).err().map(|mistake| mistake.to_string()),
        PromptKind::Search => Query::new(&prompt.input.text).err(),
        _ => None,
    }
}

fn tag_label(model: &Model, target: &Target) -> String {
    let tags = match target {
        Target::Annotation(id) => model.notes.all.get(id).map(|a| a.tags.join(", ")),
        Target::Several(all) => return format!("tag {} rows: ", all.len()),
        _ => None,
    };
    match tags.filter(|t| !t.is_empty()) {
        Some(tags) => format!("tag [{}]: ", cut(&tags, 30)),
        None => "tag: ".into(),
    }
}

fn hint(model: &Model, prompt: &Prompt) -> String {
    match &prompt.kind {
        PromptKind::Search => match &model.search {
            Some(search) => match &search.matches {
                Some(m) if m.is_empty() => "no match".into(),
                Some(_) => search.counter(model.caret),
                None => "…".into(),
            },
            None => "case, quotes, dashes and wraps do not matter · ~ begins a regular expression".into(),
        },
        PromptKind::Tag(_) => "1-9 picks, after a space it types · -tag removes · Tab completes".into(),
        PromptKind::Command if command::with_words(&prompt.input.text).is_some() => {
            command::with_words(&prompt.input.text).map_or_else(String::new, |(c, _)| format!("{}: {}", c.spec().takes, c.spec().doc))
        }
        PromptKind::Command if prompt.completions.is_empty() && !command::is_understood(&prompt.input.text) => "nothing fits".into(),
        PromptKind::Command => "Enter does it · Up brings back earlier ones · Tab chooses".into(),
        PromptKind::Filter => match model.pane.tab {
            Tab::Quotes => "words · speaker:NAME · kind:fragment · via · unattributed · -not · or · Tab completes".into(),
            Tab::People => "words · person:NAME · role:WORDS · -not · or · Tab completes".into(),
            Tab::Figures => "words · percent · change · conflict · topic:tariff · -not · or · Tab completes".into(),
            Tab::Notes | Tab::Found => "words · tag:claim · -status:verified · speaker:NAME · or · Tab completes".into(),
        },
        PromptKind::Import => "notes file, W3C, Hypothesis or Readwise CSV".into(),
        PromptKind::Correct(what) => correct::hint(model, what, prompt),
        PromptKind::Reattach(..) => "j k choose · Enter takes it · Esc leaves it".into(),
    }
}

/// Draws an input, scrolled so that its caret is in view.
pub(super) fn input_line(model: &Model, input: &LineInput, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let before = text_width(TextRange::new(0, input.at).of(&input.text));
    let room = usize::from(area.width).saturating_sub(1).max(1);
    let skip = before.saturating_sub(room);
    let mut used = 0;
    let start = crate::text::grapheme::each(&input.text)
        .find(|(_, g)| {
            let here = used >= skip;
            if !here {
                used += crate::text::grapheme::width(g);
            }
            here
        })
        .map_or(input.text.len(), |(i, _)| i);
    put(buffer, area, 0, TextRange::new(start, input.text.len()).of(&input.text), model.theme.style(Role::Text));
    Some(Position::new(area.x + to_u16(before - used.min(before)), area.y))
}

fn completions(model: &Model, prompt: &Prompt, areas: Areas, buffer: &mut Buffer) {
    let shown = prompt.completions.len().min(SHOWN).min(usize::from(areas.text_pane.height).saturating_sub(1));
    if shown == 0 {
        return;
    }
    let first = prompt.chosen.map_or(0, |c| (c + 1).saturating_sub(shown));
    let area = Rect { y: areas.status.y - to_u16(shown), height: to_u16(shown), ..areas.status };
    clear(buffer, area, Style::new());
    let digits = matches!(prompt.kind, PromptKind::Tag(_)) && prompt.input.text.is_empty();
    for (line, i) in (first..prompt.completions.len()).take(shown).enumerate() {
        let row = Rect { y: area.y + to_u16(line), height: 1, ..area };
        let chosen = prompt.chosen == Some(i);
        let style = model.theme.style(if chosen { Role::Row } else { Role::Text });
        if chosen {
            clear(buffer, row, style);
        }
        let lead = if digits && i < 9 { format!("{} ", i + 1) } else { "  ".into() };
        let x = put(buffer, row, 1, &lead, model.theme.style(Role::Key));
        let keys = beside(model, prompt, &prompt.completions[i]);
        let room = usize::from(row.width).saturating_sub(x + text_width(&keys) + 3);
        let colored = || model.settings.color_of_tag(&prompt.completions[i]).map(|c| model.theme.style(Role::of_color(c)));
        let style = if matches!(prompt.kind, PromptKind::Tag(_)) && !chosen { colored().unwrap_or(style) } else { style };
        put_cut(buffer, row, x, room, &prompt.completions[i], style);
        put(buffer, row, usize::from(row.width).saturating_sub(text_width(&keys) + 1), &keys, model.theme.style(Role::Key));
    }
}

/// What stands beside a completion: the keys of an action, how often a tag is used.
fn beside(model: &Model, prompt: &Prompt, completion: &str) -> String {
    match prompt.kind {
        PromptKind::Command => {}
        PromptKind::Tag(_) => {
            let used = model.notes.all.annotations.iter().filter(|a| a.tags.iter().any(|t| t == completion)).count();
            return if used == 0 { String::new() } else { format!("{used} ×") };
        }
        _ => return String::new(),
    }
    let action = completion.split(" — ").next().and_then(Action::by_name);
    action.map_or_else(String::new, |a| model.settings.keymap.keys_of(a).join(" "))
}

/// A choice by one key, in the status line, and in rows over it where that is too narrow for all of them.
pub(super) fn menu(model: &Model, menu: &Menu, areas: Areas, buffer: &mut Buffer) {
    let area = areas.status;
    if area.is_empty() {
        return;
    }
    let text = model.theme.style(Role::Text);
    let (title, choices): (String, Vec<(char, String, Style)>) = match menu {
        Menu::Color(_) => {
            let style = |name| model.theme.style(Role::of_color(name));
            ("colour".into(), color_choices().into_iter().map(|(c, name)| (c, name.to_owned(), style(name))).collect())
        }
        Menu::Status(_) => ("status".into(), status_choices().into_iter().map(|(c, s)| (c, s.name().to_owned(), text)).collect()),
        Menu::Person(at) => {
            let (title, choices) = correct::choices(model, *at);
            (title, choices.into_iter().map(|(c, words)| (c, words, text)).collect())
        }
    };
    let (none, words) = if matches!(menu, Menu::Person(_)) { ("Esc", "nothing") } else { ("-", "none") };
    let chrome = model.theme.style(Role::Chrome);
    let key = model.theme.style(Role::Key);
    let mut entries = vec![(title, String::new(), model.theme.style(Role::Strong), text)];
    entries.extend(choices.into_iter().map(|(letter, name, style)| (letter.to_string(), name, key, style)));
    entries.push((none.into(), words.into(), chrome, chrome));
    // Where each begins: row and column.
    let (mut row, mut x) = (0, 1);
    let mut places = Vec::new();
    for (letter, name, ..) in &entries {
        let wide = text_width(letter) + text_width(name) + 1;
        if x > 1 && x + wide > usize::from(area.width) {
            (row, x) = (row + 1, 1);
        }
        places.push((row, x));
        x += wide + 2;
    }
    let above = to_u16(row).min(areas.text_pane.height);
    let area = Rect { y: area.y.saturating_sub(above), height: above + 1, ..area };
    clear(buffer, area, Style::new());
    for ((row, x), (letter, name, first, style)) in places.into_iter().zip(entries) {
        if row < usize::from(area.height) {
            let line = Rect { y: area.y + to_u16(row), height: 1, ..area };
            let x = put(buffer, line, x, &letter, first) + 1;
            put(buffer, line, x, &name, style);
        }
    }
}

/// The note editor, a box in the lower part of the screen. Gives the caret's cell when the tags have it.
pub(super) fn editor(model: &Model, editor: &Editor, screen: Rect, buffer: &mut Buffer) -> Option<Position> {
    let height = (screen.height / 2).clamp(5.min(screen.height), 14);
    let width = screen.width.min(84);
    let area = Rect::new((screen.width - width) / 2, screen.height.saturating_sub(height + 1), width, height);
    clear(buffer, area, Style::new());
    frame(model, area, buffer);
    let whose = match &editor.target {
        Target::Annotation(id) => model.notes.all.get(id).map(|a| a.whose(&model.reader)).filter(|whose| !whose.is_empty()),
        _ => None,
    };
    let words = match &editor.target {
        Target::Annotation(id) => model.notes.all.get(id).map(|a| a.anchor.exact.clone()),
        target => model.range_of(target).map(|r| r.of(&model.article.text).to_owned()),
    };
    let inner_width = usize::from(area.width).saturating_sub(4);
    let by = whose.map_or_else(String::new, |whose| format!("by {} ", cut(&whose, inner_width / 2)));
    let words = cut(words.as_deref().unwrap_or("this place"), inner_width.saturating_sub(12 + text_width(&by)));
    let title = format!(" note {by}on {words} ");
    put(buffer, area, 2, &title, model.theme.style(Role::Strong));
    let keys = if editor.tags.is_some() {
        " Esc keeps · Ctrl-c abandons · Tab tags · Ctrl-o editor "
    } else {
        " Esc keeps · Ctrl-c abandons · Ctrl-o editor "
    };
    let bottom = Rect { y: area.bottom().saturating_sub(1), height: 1, ..area };
    put_cut(buffer, bottom, 2, inner_width, keys, model.theme.style(Role::Chrome));
    let mut inner = Rect::new(area.x + 2, area.y + 1, area.width.saturating_sub(4), area.height.saturating_sub(2));
    let mut cursor = None;
    if let Some(tags) = &editor.tags {
        let row = Rect { height: 1.min(inner.height), ..inner };
        let x = put(buffer, row, 0, "tags: ", model.theme.style(Role::Strong));
        let field = Rect { x: row.x + to_u16(x), width: row.width.saturating_sub(to_u16(x)), ..row };
        let at = input_line(model, tags, field, buffer);
        cursor = at.filter(|_| editor.in_tags);
        inner = Rect { y: inner.y + 1, height: inner.height.saturating_sub(1), ..inner };
    }
    if !inner.is_empty() {
        (&editor.area).render(inner, buffer);
    }
    cursor
}

fn frame(model: &Model, area: Rect, buffer: &mut Buffer) {
    let style = model.theme.style(Role::Chrome);
    let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
    for x in area.x..area.right() {
        set(buffer, x, area.y, "─", 1, style);
        set(buffer, x, bottom, "─", 1, style);
    }
    for y in area.y..area.bottom() {
        set(buffer, area.x, y, "│", 1, style);
        set(buffer, right, y, "│", 1, style);
    }
    for (x, y, corner) in [(area.x, area.y, "┌"), (right, area.y, "┐"), (area.x, bottom, "└"), (right, bottom, "┘")] {
        set(buffer, x, y, corner, 1, style);
    }
}
