//! Copying: text for the terminal's clipboard.

use super::super::event::Effect;
use super::super::model::{Model, Target};
use crate::config::Action;

/// `yy`, `yc`, `yj` and `y` on a selection.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
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
        _ => words,
    };
    model.selection = None;
    let count = copied.split_whitespace().count();
    let words = if count == 1 { "word" } else { "words" };
    model.say(format!("sent {count} {words} to the terminal's clipboard"));
    vec![Effect::Copy(copied)]
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
