//! Lines of input: search, tags, the command line with its palette, filters.

use crossterm::event::{KeyCode, KeyModifiers};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};
use rustc_hash::FxHashMap;

use super::super::event::Effect;
use super::super::model::{Change, LineInput, Model, Overlay, Prompt, PromptKind, Tab, Target};
use super::{annotate, command, correct, import, reattach, search};
use crate::annotation::filter::{self, Field, Filter, Mistake};
use crate::config::Key;
use crate::store::typed::Kind;

/// How many completions are offered.
const OFFERED: usize = 200;

/// Why the tab Found has none.
const NO_FILTER: &str = "this list has no filter; :find WORDS looks again";

/// Opens a prompt with this input.
pub(super) fn open(model: &mut Model, kind: PromptKind, text: String) {
    let mut prompt =
        Prompt { kind, input: LineInput::new(text), completions: vec![], chosen: None, origin: model.caret, before: None, recalled: None };
    prompt.completions = completions(model, &prompt);
    model.overlay = Overlay::Prompt(prompt);
}

/// Asks for tags.
pub(super) fn open_tag(model: &mut Model, target: Target) {
    open(model, PromptKind::Tag(target), String::new());
}

/// Opens the command line.
pub(super) fn open_command(model: &mut Model) {
    open(model, PromptKind::Command, String::new());
}

/// Asks for a filter of the open tab.
pub(super) fn open_filter(model: &mut Model) {
    if model.pane.tab == Tab::Found {
        model.say(NO_FILTER);
        return;
    }
    let old = model.pane.typed[model.pane.tab as usize].clone();
    if !model.pane.focus {
        model.focus_pane(true);
    }
    open(model, PromptKind::Filter, old);
}

/// What the input could become.
fn completions(model: &Model, prompt: &Prompt) -> Vec<String> {
    match &prompt.kind {
        PromptKind::Command => command::completions(model, &prompt.input.text),
        PromptKind::Filter => filter_completions(model, &prompt.input.text, false),
        PromptKind::Tag(_) => {
            let typed = prompt.input.text.rsplit(',').next().unwrap_or_default();
            best(known_tags(model).into_iter().map(|t| (t.clone(), t)).collect(), typed.trim().trim_start_matches('-'))
        }
        PromptKind::Correct(what) => correct::names(model, what, prompt.input.text.trim()),
        PromptKind::Reattach(..) => prompt.completions.clone(),
        PromptKind::Search | PromptKind::Import => vec![],
    }
}

/// What a filter of the open tab could become; with `all`, an empty last term could become any field.
pub(super) fn filter_completions(model: &Model, typed: &str, all: bool) -> Vec<String> {
    let mut list = filter::completions(typed, model.pane.tab.domain(), all, |field| values(model, field));
    list.truncate(OFFERED);
    list
}

/// The values that a field of the open tab has, most frequent first.
fn values(model: &Model, field: Field) -> Vec<String> {
    if field == Field::Tag {
        return known_tags(model);
    }
    let (notes, text) = (&model.notes.all.annotations, model.article.text.as_str());
    let found = model.found.as_ref().map(|f| &*f.findings);
    let quotes = || found.iter().flat_map(|f| &f.quotes).filter(|q| q.kind.is_speech());
    let people = || found.iter().flat_map(|f| &f.people);
    let figures = || found.iter().flat_map(|f| &f.figures);
    let all: Vec<&str> = match (field, model.pane.tab) {
        (Field::Speaker, Tab::People) => people().map(|p| p.name.as_str()).collect(),
        (Field::Speaker, Tab::Quotes) => quotes().filter_map(|q| q.speaker.as_ref()).map(|s| &*s.name).collect(),
        (Field::Speaker, _) => notes.iter().filter_map(|a| a.speaker.as_ref()).map(|s| s.name.as_str()).collect(),
        (Field::Creator, _) => notes.iter().map(|a| a.creator.as_str()).collect(),
        (Field::Role, _) => people().flat_map(|p| p.roles.iter().map(String::as_str).chain(p.affiliation.as_deref())).collect(),
        (Field::Via, _) => quotes().filter_map(|q| q.via).map(|via| via.of(text)).collect(),
        (Field::Topic, _) => figures().filter_map(|f| f.topic).collect(),
        (Field::Unit, _) => figures().filter_map(|f| f.unit.as_deref()).collect(),
        (Field::About, _) => figures().filter_map(|f| f.applies_to).map(|about| about.of(text)).collect(),
        _ => vec![],
    };
    // How often each is there, and where it is first.
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for (i, value) in all.into_iter().enumerate().filter(|(_, v)| !v.trim().is_empty()) {
        counts.entry(value).or_insert((0, i)).0 += 1;
    }
    let mut values: Vec<_> = counts.into_iter().collect();
    values.sort_by_key(|(_, (n, first))| (std::cmp::Reverse(*n), *first));
    values.into_iter().map(|(value, _)| value.to_owned()).collect()
}

/// All tags of the notes, most used first, then those of `config.toml`, then those that were typed before.
#[must_use]
pub fn known_tags(model: &Model) -> Vec<String> {
    let mut counts: Vec<(usize, String)> = Vec::new();
    for tag in model.notes.all.annotations.iter().flat_map(|a| &a.tags) {
        match counts.iter_mut().find(|(_, t)| t == tag) {
            Some((n, _)) => *n += 1,
            None => counts.push((1, tag.clone())),
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut tags: Vec<String> = counts.into_iter().map(|(_, t)| t).collect();
    for tag in model.settings.tags.iter().map(|(tag, _)| tag).chain(&model.typed.tags) {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    tags
}

/// The items that match what was typed, best first; all of them when nothing was. Each comes with the words that are matched.
pub(super) fn best(items: Vec<(String, String)>, typed: &str) -> Vec<String> {
    if typed.is_empty() {
        return items.into_iter().map(|(item, _)| item).take(OFFERED).collect();
    }
    let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, bool, String)> = items
        .into_iter()
        .filter_map(|(item, words)| {
            let score = pattern.score(nucleo_matcher::Utf32Str::new(&words, &mut buffer), &mut matcher)?;
            Some((score, item.starts_with(typed), item))
        })
        .collect();
    scored.sort_by_key(|(score, starts, _)| (!*starts, std::cmp::Reverse(*score)));
    scored.into_iter().map(|(_, _, item)| item).take(OFFERED).collect()
}

/// A key while a prompt is open.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut model.overlay else { return vec![] };
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Esc => return cancel(model),
        KeyCode::Char('c') if control => return cancel(model),
        KeyCode::Backspace if prompt.input.text.is_empty() => return cancel(model),
        KeyCode::Enter => return confirm(model),
        KeyCode::Tab if matches!(prompt.kind, PromptKind::Tag(_)) => return complete_tag(model),
        KeyCode::Tab | KeyCode::BackTab if completes_line(prompt) => return complete_line(model, key.code == KeyCode::Tab),
        KeyCode::Char('n' | 'p') if control && completes_line(prompt) => return complete_line(model, key.code == KeyCode::Char('n')),
        KeyCode::Up | KeyCode::Down if kind_of(&prompt.kind).is_some() => return recall(model, key.code == KeyCode::Up),
        KeyCode::Tab | KeyCode::Down => choose(prompt, 1),
        KeyCode::BackTab | KeyCode::Up => choose(prompt, -1),
        KeyCode::Char('n') if control => choose(prompt, 1),
        KeyCode::Char('p') if control => choose(prompt, -1),
        KeyCode::Char('j') if matches!(prompt.kind, PromptKind::Reattach(..)) => choose(prompt, 1),
        KeyCode::Char('k') if matches!(prompt.kind, PromptKind::Reattach(..)) => choose(prompt, -1),
        KeyCode::Char(_) if matches!(prompt.kind, PromptKind::Reattach(..)) => {}
        _ => {
            if let Some(tag) = picked_by_digit(prompt, key) {
                prompt.input = LineInput::new(tag);
                return confirm(model);
            }
            if prompt.input.on_key(key) {
                prompt.recalled = None;
                return changed(model);
            }
        }
    }
    reattach::show(model);
    vec![]
}

/// Whose earlier lines a prompt goes through.
fn kind_of(kind: &PromptKind) -> Option<Kind> {
    match kind {
        PromptKind::Command => Some(Kind::Command),
        PromptKind::Search => Some(Kind::Search),
        PromptKind::Filter => Some(Kind::Filter),
        _ => None,
    }
}

/// The earlier line before this one that begins with what was typed, or the later one behind it; at last what was typed.
fn recall(model: &mut Model, back: bool) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut model.overlay else { return vec![] };
    let Some(kind) = kind_of(&prompt.kind) else { return vec![] };
    let (here, begun) = prompt.recalled.take().map_or_else(|| (None, prompt.input.text.clone()), |(i, begun)| (Some(i), begun));
    let lines = model.typed.of(kind).iter().enumerate();
    let mut fits = lines.filter(|(_, line)| line.starts_with(&begun) && **line != begun);
    let next = match (here, back) {
        (None, true) => fits.next(),
        (Some(i), true) => fits.find(|(n, _)| *n > i),
        (Some(i), false) => fits.take_while(|(n, _)| *n < i).last(),
        (None, false) => None,
    };
    match next {
        Some((i, line)) => {
            prompt.input = LineInput::new(line.clone());
            prompt.recalled = Some((i, begun));
        }
        // The oldest stays; behind the newest is what was typed.
        None if back => prompt.recalled = here.map(|i| (i, begun)),
        None => prompt.input = LineInput::new(begun),
    }
    changed(model)
}

/// Keeps a line for later, and for other runs unless nothing is to be kept.
fn remember(model: &mut Model, kind: Kind, line: &str) -> Vec<Effect> {
    let line = line.trim();
    if line.is_empty() {
        return vec![];
    }
    model.typed.add(kind, line);
    if model.private { vec![] } else { vec![Effect::Remember(kind, line.to_owned())] }
}

/// In the empty tag prompt a digit picks from the list.
fn picked_by_digit(prompt: &Prompt, key: Key) -> Option<String> {
    if !matches!(prompt.kind, PromptKind::Tag(_)) || !prompt.input.text.is_empty() {
        return None;
    }
    let digit = key.typed()?.to_digit(10)?.checked_sub(1)?;
    prompt.completions.get(digit as usize).cloned()
}

/// Puts the chosen tag, or the best one, in the place of the one that is being typed.
fn complete_tag(model: &mut Model) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut model.overlay else { return vec![] };
    let Some(tag) = prompt.completions.get(prompt.chosen.unwrap_or(0)) else { return vec![] };
    let before = prompt.input.text.rsplit_once(',').map_or(String::new(), |(before, _)| format!("{before},"));
    prompt.input = LineInput::new(format!("{before}{tag}"));
    changed(model)
}

/// True where a completion stands in for all that is typed: in a filter, and behind the name of a command.
fn completes_line(prompt: &Prompt) -> bool {
    match prompt.kind {
        PromptKind::Filter => true,
        PromptKind::Command => command::with_words(&prompt.input.text).is_some(),
        _ => false,
    }
}

/// Puts the next completion in the place of what was typed. One alone is taken, and what could follow it is offered.
fn complete_line(model: &mut Model, forward: bool) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &model.overlay else { return vec![] };
    // Nothing is offered for what is not begun, until that is asked for.
    let asked = prompt.completions.is_empty() && prompt.kind == PromptKind::Filter;
    let offered = asked.then(|| filter_completions(model, &prompt.input.text, true));
    let Overlay::Prompt(prompt) = &mut model.overlay else { return vec![] };
    prompt.completions = offered.unwrap_or_else(|| std::mem::take(&mut prompt.completions));
    choose(prompt, if forward { 1 } else { -1 });
    let Some(line) = prompt.chosen.and_then(|i| prompt.completions.get(i)) else { return vec![] };
    prompt.input = LineInput::new(line.clone());
    prompt.recalled = None;
    let (is_filter, alone, text) = (prompt.kind == PromptKind::Filter, prompt.completions.len() == 1, prompt.input.text.clone());
    if alone {
        return changed(model);
    }
    if is_filter {
        drop(set_filter(model, &text));
    }
    vec![]
}

fn choose(prompt: &mut Prompt, by: isize) {
    let Ok(len) = isize::try_from(prompt.completions.len()) else { return };
    if len == 0 {
        return;
    }
    let here = prompt.chosen.map_or(if by > 0 { -1 } else { 0 }, |i| isize::try_from(i).unwrap_or(0));
    prompt.chosen = usize::try_from((here + by).rem_euclid(len)).ok();
}

/// The input changed.
pub(super) fn changed(model: &mut Model) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &model.overlay else { return vec![] };
    let (kind, text, origin) = (prompt.kind.clone(), prompt.input.text.clone(), prompt.origin);
    match kind {
        PromptKind::Search => return search::live(model, &text, origin),
        // What is half typed leaves the rows as they are; the prompt says what is missing.
        PromptKind::Filter => {
            drop(set_filter(model, &text));
            let list = filter_completions(model, &text, false);
            if let Overlay::Prompt(prompt) = &mut model.overlay {
                // What is complete needs no list.
                prompt.completions = if list == [text] { vec![] } else { list };
                prompt.chosen = None;
            }
        }
        PromptKind::Reattach(..) | PromptKind::Import => {}
        PromptKind::Tag(_) | PromptKind::Command | PromptKind::Correct(_) => {
            let list = completions(model, prompt);
            if let Overlay::Prompt(prompt) = &mut model.overlay {
                // What is marked is what Enter takes: a name is never taken unseen.
                prompt.chosen = (matches!(kind, PromptKind::Correct(_)) && !text.trim().is_empty() && !list.is_empty()).then_some(0);
                prompt.completions = list;
            }
        }
    }
    vec![]
}

/// Filters the open tab.
///
/// # Errors
/// What is wrong with the filter.
pub(super) fn filter_now(model: &mut Model, typed: &str) -> Result<(), String> {
    if model.pane.tab == Tab::Found {
        return Err(NO_FILTER.into());
    }
    set_filter(model, typed).map_err(|mistake| mistake.to_string())?;
    if !model.pane.focus {
        model.focus_pane(true);
    }
    Ok(())
}

fn set_filter(model: &mut Model, typed: &str) -> Result<(), Mistake> {
    let tab = model.pane.tab;
    model.pane.filter[tab as usize] = Filter::parse(typed, tab.domain())?;
    model.pane.typed[tab as usize] = typed.trim().to_owned();
    if tab == Tab::Notes {
        model.refresh_notes();
    } else {
        model.refresh_findings();
    }
    Ok(())
}

fn cancel(model: &mut Model) -> Vec<Effect> {
    if let Overlay::Prompt(prompt) = std::mem::replace(&mut model.overlay, Overlay::None) {
        match prompt.kind {
            PromptKind::Search => {
                model.search = prompt.before.map(|before| *before);
                model.move_to(prompt.origin);
            }
            PromptKind::Filter => drop(set_filter(model, "")),
            PromptKind::Reattach(..) => model.move_to(prompt.origin),
            PromptKind::Tag(_) | PromptKind::Command | PromptKind::Correct(_) | PromptKind::Import => {}
        }
    }
    vec![]
}

fn confirm(model: &mut Model) -> Vec<Effect> {
    let Overlay::Prompt(mut prompt) = std::mem::replace(&mut model.overlay, Overlay::None) else { return vec![] };
    let chosen = prompt.chosen.and_then(|i| prompt.completions.get(i).cloned());
    match prompt.kind {
        PromptKind::Search => {
            search::confirm(model, &prompt.input.text, prompt.origin);
            remember(model, Kind::Search, &prompt.input.text)
        }
        PromptKind::Filter => {
            // The caret goes to the mistake, which the prompt says.
            if let Err(mistake) = set_filter(model, &prompt.input.text) {
                prompt.input.at = mistake.at;
                // The line above the prompt goes with it; the list of messages keeps it.
                model.fail(mistake.to_string());
                model.message = None;
                model.overlay = Overlay::Prompt(prompt);
                return vec![];
            }
            remember(model, Kind::Filter, &prompt.input.text)
        }
        PromptKind::Reattach(id, places) => reattach::confirm(model, id, &places, prompt.chosen.unwrap_or(0)),
        PromptKind::Import => import::ask(model, &prompt.input.text),
        PromptKind::Tag(target) => {
            let typed = match (chosen, prompt.input.text.rsplit_once(',')) {
                (Some(tag), Some((before, _))) => format!("{before},{tag}"),
                (Some(tag), None) => tag,
                (None, _) => prompt.input.text,
            };
            if typed.trim().is_empty() {
                return vec![];
            }
            let mut effects = Vec::new();
            for tag in typed.split(',').map(str::trim).filter(|t| !t.starts_with('-')) {
                effects.extend(remember(model, Kind::Tag, tag));
            }
            effects.extend(annotate::apply(model, &target, Change::Tag(typed.trim().into())));
            effects
        }
        PromptKind::Correct(what) => correct::confirm(model, &what, chosen.as_deref().unwrap_or(prompt.input.text.trim())),
        PromptKind::Command => {
            let line = chosen.as_deref().map_or(prompt.input.text.as_str(), command::name_of);
            let mut effects = remember(model, Kind::Command, line);
            let only = prompt.completions.first().filter(|_| prompt.completions.len() == 1);
            effects.extend(command::run(model, line, only.map(String::as_str)));
            effects
        }
    }
}
