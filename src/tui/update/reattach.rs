//! Giving an annotation that lost its words another place: one of those that look like it, or a selection.

use super::super::event::Effect;
use super::super::model::{Model, Overlay, Prompt, PromptKind};
use super::annotate;
use crate::annotation::anchor;
use crate::text::{TextRange, grapheme};

/// How many places are offered.
const OFFERED: usize = 6;

/// In a text larger than this only selecting is offered: looking through it would hold up the keys.
const LARGEST: usize = 4 << 20;

/// A place with less of the words, and less of what stood around them, is not offered.
const LEAST_WORDS: f32 = 0.3;
const LEAST_AROUND: f32 = 0.8;

/// Offers places for the annotation of the selected row.
pub(super) fn open(model: &mut Model) {
    let Some(id) = model.annotation_here() else {
        model.say("no annotation here; in the Notes tab R gives one another place");
        return;
    };
    let Some(annotation) = model.notes.all.get(&id) else { return };
    let text = model.article.text.as_str();
    let found = if text.len() <= LARGEST { anchor::candidates(&annotation.anchor, text, OFFERED) } else { Vec::new() };
    let here = annotation.now.range;
    let places: Vec<TextRange> = found
        .iter()
        .filter(|c| c.kept >= LEAST_WORDS || c.before + c.after >= LEAST_AROUND)
        .map(|c| c.range)
        .filter(|range| Some(*range) != here)
        .collect();
    let place = |r: &TextRange| model.article.block_at(r.start()).map_or(0, |b| b + 1);
    let mut completions: Vec<String> = places.iter().map(|r| format!("¶{} {}", place(r), around(text, *r))).collect();
    completions.push("other words: select them with v, then R".into());
    let kind = PromptKind::Reattach(id, places);
    model.overlay = Overlay::Prompt(Prompt {
        kind,
        input: super::super::model::LineInput::default(),
        completions,
        chosen: Some(0),
        origin: model.caret,
        before: None,
        recalled: None,
    });
    show(model);
}

/// The words of a place, with a little of what stands before.
fn around(text: &str, range: TextRange) -> String {
    let from = grapheme::floor(text, range.start().saturating_sub(24));
    let to = grapheme::floor(text, (range.start() + 200).min(range.end())).max(range.start());
    let before = TextRange::new(from, range.start()).of(text);
    format!("…{before}[{}]", TextRange::new(range.start(), to).of(text)).replace('\n', " ")
}

/// Moves the view to the place that is chosen in the open list.
pub(super) fn show(model: &mut Model) {
    let Overlay::Prompt(Prompt { kind: PromptKind::Reattach(_, places), chosen, .. }) = &model.overlay else { return };
    if let Some(range) = chosen.and_then(|i| places.get(i)).copied() {
        model.move_to(range.start());
    }
}

/// Takes the chosen place; behind the last of them stands selecting.
pub(super) fn confirm(model: &mut Model, id: String, places: &[TextRange], chosen: usize) -> Vec<Effect> {
    if let Some(range) = places.get(chosen) {
        return annotate::put_on(model, id, *range);
    }
    model.notes.reattaching = Some(id);
    model.focus_pane(false);
    model.say("v selects words, R gives them to the annotation");
    vec![]
}
