//! Copying: text for the terminal's clipboard.

use super::super::event::Effect;
use super::super::lists::Row;
use super::super::model::{Model, Tab, Target};
use crate::analysis::figures::iso_date;
use crate::analysis::findings::Value;
use crate::config::Action;
use crate::export::words;

/// `yy`, `yc`, `yj`, `yv`, and `y` on a selection.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(words) = change_of_row(model, action) {
        return copy(model, words);
    }
    let selected = model.selected();
    let target = match selected {
        Some(range) => Some(Target::Passage(range)),
        None => model.finding_here().or_else(|| model.sentence_at(model.caret).map(Target::Passage)),
    };
    let Some(target) = target else {
        model.say("nothing to copy here");
        return vec![];
    };
    let Some(range) = model.range_of(&target) else { return vec![] };
    let words = range.of(&model.article.text).to_owned();
    let copied = match action {
        Action::YankCitation => citation(model, &target, &words),
        Action::YankJson => match json(model, &target) {
            Some(json) => json,
            None => return vec![],
        },
        Action::YankValue => match value(model, &target) {
            Some(value) => value,
            None => {
                model.say("no figure here; ]f goes to the next");
                return vec![];
            }
        },
        _ => words,
    };
    copy(model, copied)
}

pub(super) fn copy(model: &mut Model, copied: String) -> Vec<Effect> {
    model.selection = None;
    let count = copied.split_whitespace().count();
    let words = if count == 1 { "word" } else { "words" };
    model.say(format!("sent {count} {words} to the terminal's clipboard"));
    vec![Effect::Copy(copied)]
}

/// A change that is selected in the ledger: its words, or its values and their difference.
fn change_of_row(model: &Model, action: Action) -> Option<String> {
    let Some(Row::Change(i)) = model.pane.lists.rows(Tab::Figures).get(model.pane.row()).filter(|_| model.pane.focus) else { return None };
    let found = &model.found.as_ref().filter(|_| model.pane.tab == Tab::Figures)?.findings;
    let change = found.changes.get(*i)?;
    match action {
        Action::Yank => Some(change.range.of(&model.article.text).to_owned()),
        Action::YankValue => Some(words::change(change, found)),
        _ => None,
    }
}

/// A figure's value as a spreadsheet takes it, with its unit: "42700000 EUR", "3 to 5 percent", "2031-09-09".
fn value(model: &Model, target: &Target) -> Option<String> {
    let Target::Figure(i) = target else { return None };
    let figure = model.found.as_ref()?.findings.figures.get(*i)?;
    let number = match figure.value {
        Value::Exact(v) => v.to_string(),
        Value::Range { low, high } => format!("{low} to {high}"),
        Value::Unknown => {
            let words = figure.range.of(&model.article.text);
            iso_date(words).unwrap_or_else(|| words.to_owned())
        }
    };
    Some(figure.unit.as_deref().map_or_else(|| number.clone(), |unit| format!("{number} {unit}")))
}

/// The words with who said them and where they stand.
fn citation(model: &Model, target: &Target, words: &str) -> String {
    let quote = match target {
        Target::Quote(i) => model.found.as_ref().and_then(|f| f.findings.quotes.get(*i)),
        _ => None,
    };
    let speaker = quote.and_then(|q| q.speaker.as_ref()).map(|s| s.name.as_str());
    let words = if quote.is_some() { words.to_owned() } else { format!("“{words}”") };
    let meta = &model.article.meta;
    let source = meta.url.clone().or_else(|| model.article.source.path.as_ref().map(|p| p.display().to_string()));
    let parts = [speaker.map(str::to_owned), Some(format!("in: {}", model.article.name())), meta.published.clone(), source];
    let tail: Vec<String> = parts.into_iter().flatten().collect();
    format!("{words} ({})", tail.join(", "))
}

/// The annotation that keeping the target would make, or the one that is there.
fn json(model: &mut Model, target: &Target) -> Option<String> {
    let annotation = match model.annotation_here() {
        Some(id) => model.notes.all.get(&id).cloned()?,
        None => model.annotation_of(target)?,
    };
    let value = serde_json::json!({
        "id": annotation.id,
        "kind": annotation.kind.name(),
        "exact": annotation.anchor.exact,
        "start": annotation.anchor.start,
        "end": annotation.anchor.end,
        "speaker": annotation.speaker.map(|s| s.name),
        "value": annotation.figure.as_ref().and_then(|f| f.value),
        "unit": annotation.figure.and_then(|f| f.unit),
        "tags": annotation.tags,
        "note": annotation.note,
    });
    serde_json::to_string_pretty(&value).ok()
}
