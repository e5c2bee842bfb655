//! Labels: a letter on every sentence and finding in view; typing it selects those words.

use std::collections::BTreeMap;

use crossterm::event::KeyCode;

use super::super::event::Effect;
use super::super::flow::Line;
use super::super::model::{Label, Labels, Model, Overlay};
use super::select;
use crate::analysis::sentences;
use crate::config::Key;
use crate::text::{TextRange, grapheme};

/// The home row first: what is near the caret gets the letters under the fingers.
const LETTERS: [char; 26] =
    ['a', 's', 'd', 'f', 'g', 'h', 'j', 'k', 'l', 'q', 'w', 'e', 'r', 't', 'y', 'u', 'i', 'o', 'p', 'z', 'x', 'c', 'v', 'b', 'n', 'm'];

/// Puts labels on what is in view.
pub(super) fn open(model: &mut Model) {
    if model.pane.focus {
        // On a narrow screen the pane lies over the words that are to be labelled.
        model.focus_pane(false);
    }
    let list = labels(model);
    if list.is_empty() {
        model.say("there is nothing in view to label");
        return;
    }
    model.overlay = Overlay::Labels(Labels { list, typed: None });
}

/// After the view changed under them: labels on what is in view now.
pub(super) fn refresh(model: &mut Model) {
    if matches!(model.overlay, Overlay::Labels(_)) {
        model.overlay = Overlay::None;
        open(model);
    }
}

/// A letter of a label; anything else drops the labels.
pub(super) fn on_key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Overlay::Labels(mut labels) = std::mem::replace(&mut model.overlay, Overlay::None) else { return vec![] };
    model.message = None;
    if key.code == KeyCode::Backspace && labels.typed.take().is_some() {
        model.overlay = Overlay::Labels(labels);
        return vec![];
    }
    let Some(letter) = key.typed() else { return vec![] };
    let code: String = labels.typed.into_iter().chain([letter]).collect();
    if let Some(label) = labels.list.iter().find(|l| l.code == code) {
        model.remember_jump();
        select::select(model, label.range, None);
    } else if labels.list.iter().any(|l| l.code.starts_with(&code)) {
        labels.typed = Some(letter);
        model.overlay = Overlay::Labels(labels);
    } else {
        model.say(format!("nothing has the label {code}"));
    }
    vec![]
}

/// What is in view, nearest to the caret first, each with a code.
fn labels(model: &Model) -> Vec<Label> {
    let mut list: Vec<Label> =
        in_view(model).into_iter().map(|(range, (at, finding))| Label { code: String::new(), range, at, finding }).collect();
    list.sort_by_key(|l| (l.at.abs_diff(model.caret), l.finding, l.range));
    let codes = codes(list.len());
    list.truncate(codes.len());
    for (label, code) in list.iter_mut().zip(codes) {
        label.code = code;
    }
    list
}

/// The sentences and findings in view: where each begins to be seen, and whether it is a finding. Words that are both count as a finding.
fn in_view(model: &Model) -> BTreeMap<TextRange, (usize, bool)> {
    let mut seen = BTreeMap::new();
    for (block, view) in blocks_in_view(model) {
        for range in sentences_in(model, block, view) {
            seen.insert(range, (range.start().max(view.start()), false));
        }
        let Some(found) = &model.found else { continue };
        let findings = &found.findings;
        let quotes = found.quotes.overlapping(view).map(|(_, i)| findings.quotes[i].range).filter(|_| model.layers.quotes);
        let people = found.people.overlapping(view).map(|(range, _)| range).filter(|_| model.layers.people);
        let figures = found.figures.overlapping(view).map(|(range, _)| range).filter(|_| model.layers.figures);
        for range in quotes.chain(people).chain(figures) {
            // A quotation over several paragraphs is labelled where it is first seen.
            let at = seen.get(&range).map_or(range.start().max(view.start()), |(at, _)| *at);
            seen.insert(range, (at, true));
        }
    }
    seen
}

/// Around the view this much of a giant paragraph is looked at for sentences: a key press costs the same in any text.
const REACH: usize = 16 * 1024;

/// The sentences of a block that are in view.
fn sentences_in(model: &Model, block: usize, view: TextRange) -> Vec<TextRange> {
    let text = &model.article.text;
    let whole = model.article.blocks.get(block).map_or(view, |b| b.range);
    let from = grapheme::floor(text, view.start().saturating_sub(REACH)).max(whole.start());
    let to = grapheme::floor(text, (view.end() + REACH).min(text.len())).min(whole.end());
    let near = sentences::in_range(text, TextRange::new(from, to));
    let cut = |s: &TextRange| (s.start() == from && from > whole.start()) || (s.end() == to && to < whole.end());
    near.into_iter().filter(|s| !s.is_empty() && s.overlaps(view) && !cut(s)).collect()
}

/// The blocks in view, and what of each is.
fn blocks_in_view(model: &Model) -> Vec<(usize, TextRange)> {
    let text = &model.article.text;
    let last = model.flow.last(text);
    let mut place = model.top;
    let mut blocks: Vec<(usize, TextRange)> = Vec::new();
    for _ in 0..model.view_height() {
        if let Line::Row { unit, range } = model.flow.line(text, place) {
            match blocks.last_mut() {
                Some((block, view)) if *block == unit.block() => *view = view.union(range),
                _ => blocks.push((unit.block(), range)),
            }
        }
        if place == last {
            break;
        }
        place = model.flow.down(text, place, 1);
    }
    blocks
}

/// Codes for so many labels, none the beginning of another: one letter each, and behind as few letters as will do two. No more than
/// two letters can tell apart.
fn codes(count: usize) -> Vec<String> {
    let letters = LETTERS.len();
    let heads = count.saturating_sub(letters).div_ceil(letters - 1).min(letters);
    let (single, heads) = LETTERS.split_at(letters - heads);
    let double = heads.iter().flat_map(|head| LETTERS.iter().map(move |tail| format!("{head}{tail}")));
    single.iter().map(ToString::to_string).chain(double).take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn up_to_26_labels_have_one_letter_and_more_have_two() {
        assert_eq!(codes(3), ["a", "s", "d"]);
        assert!(codes(26).iter().all(|c| c.len() == 1));
        let codes = codes(27);
        assert_eq!(codes.iter().filter(|c| c.len() == 1).count(), 25);
        assert_eq!(&codes[25..], ["ma", "ms"]);
    }

    #[test]
    fn no_code_begins_another_and_none_is_missing() {
        for count in [0, 1, 26, 27, 51, 52, 300, 676] {
            let codes = codes(count);
            assert_eq!(codes.len(), count);
            let singles: HashSet<&str> = codes.iter().filter(|c| c.len() == 1).map(String::as_str).collect();
            assert_eq!(codes.iter().collect::<HashSet<_>>().len(), count);
            assert!(codes.iter().filter(|c| c.len() == 2).all(|c| !singles.contains(c.split_at(1).0)));
        }
        assert_eq!(codes(5000).len(), 676);
    }
}
