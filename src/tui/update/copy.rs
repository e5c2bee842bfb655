//! Copying: text for the terminal's clipboard.

use std::sync::Arc;

use super::super::event::Effect;
use super::super::lists::Row;
use super::super::model::{Model, Tab, Target};
use crate::analysis::figures::iso_date;
use crate::analysis::findings::Value;
use crate::annotation::AnnotationKind;
use crate::config::Action;
use crate::export::citation::{self, Style, Work};
use crate::export::words;

/// Of what is copied so many columns are said.
const SHOWN: usize = 30;

/// `yy`, `yc`, `yj`, `yv`, and `y` on a selection.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if let Some(targets) = model.targets_of_rows() {
        let all: Vec<String> = targets.iter().filter_map(|target| copied(model, action, target)).collect();
        model.pane.anchor = None;
        if all.is_empty() {
            model.say("nothing to copy in these rows");
            return vec![];
        }
        return copy(model, all.join(if action == Action::YankCitation { "\n\n" } else { "\n" }));
    }
    if let Some(words) = change_of_row(model, action) {
        return copy(model, words);
    }
    let selected = model.selected();
    let target = match selected {
        Some(range) => model.finding_of(range).or(Some(Target::Passage(range))),
        None => model.finding_here().or_else(|| model.sentence_at(model.caret).map(Target::Passage)),
    };
    let Some(target) = target else {
        model.say("nothing to copy here");
        return vec![];
    };
    match copied(model, action, &target) {
        Some(copied) => copy(model, copied),
        None if action == Action::YankValue => {
            model.say("no figure here; ]f goes to the next");
            vec![]
        }
        None => vec![],
    }
}

/// What an action copies of a target.
fn copied(model: &mut Model, action: Action, target: &Target) -> Option<String> {
    let range = model.range_of(target)?;
    let words = range.of(&model.article.text).to_owned();
    match action {
        Action::YankCitation => Some(citation(model, target, &words)),
        Action::YankJson => json(model, target),
        Action::YankValue => value(model, target),
        _ => Some(words),
    }
}

/// Nobody says whether it arrived: a terminal never does, and a program only when it failed.
pub(super) fn copy(model: &mut Model, copied: String) -> Vec<Effect> {
    let count = copied.split_whitespace().count();
    let words = if count == 1 { "word" } else { "words" };
    let shown = super::super::view::cut(&copied.split_whitespace().take(SHOWN).collect::<Vec<_>>().join(" "), SHOWN);
    send(model, copied, &format!("{count} {words}"), Some(&shown))
}

/// Copies, and says of it `what` it is, and the words where they are `shown`.
pub(super) fn send(model: &mut Model, copied: String, what: &str, shown: Option<&str>) -> Vec<Effect> {
    let command = model.settings.copy.clone();
    let to =
        command.as_ref().and_then(|c| c.first()).map_or_else(|| "the terminal's clipboard".to_owned(), |program| format!("'{program}'"));
    let shown = shown.map_or_else(String::new, |words| format!(": {words}"));
    model.say(format!("sent {what} to {to}{shown}"));
    vec![Effect::Copy(copied, command)]
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

/// The words with who said them and where they stand, in the style of the settings.
fn citation(model: &mut Model, target: &Target, words: &str) -> String {
    let noted = match target {
        Target::Annotation(id) => model.notes.all.get(id),
        _ => None,
    };
    let quote = match target {
        Target::Quote(i) => model.found.as_ref().and_then(|f| f.findings.quotes.get(*i)),
        _ => None,
    };
    let speaker = quote.and_then(|q| q.speaker.as_ref()).map(|s| s.name.to_string());
    let speaker = speaker.or_else(|| noted.and_then(|a| a.speaker.as_ref()).map(|s| s.name.clone()));
    let is_quote = quote.is_some() || noted.is_some_and(|a| a.kind == AnnotationKind::Quote);
    let words = if is_quote { words.to_owned() } else { format!("“{words}”") };
    let article = Arc::clone(&model.article);
    let path = article.source.path.as_ref().map(|p| p.display().to_string());
    let style = model.settings.citation;
    let work = Work {
        authors: &article.meta.byline,
        title: &article.name(),
        publisher: article.meta.publisher.as_deref(),
        published: article.meta.published.as_deref(),
        // A path is of no use in a list of references.
        url: article.meta.url.as_deref().or(path.as_deref().filter(|_| style == Style::Plain)),
        accessed: &model.desk.stamp().now,
    };
    citation::quotation(style, &words, speaker.as_deref(), &work)
}

/// The annotation that keeping the target would make, or the one that is there.
fn json(model: &mut Model, target: &Target) -> Option<String> {
    let known = match target {
        Target::Annotation(id) => Some(id.clone()),
        _ => model.annotation_here(),
    };
    let annotation = match known {
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
