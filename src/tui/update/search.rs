//! Searching the text.

use super::super::event::Effect;
use super::super::model::{LineInput, Model, Overlay, Prompt, PromptKind, Search};
use crate::config::Action;
use crate::text::TextRange;
use crate::text::search::Needle;

/// How many matches are counted at the most.
pub const MOST: usize = 100_000;

/// `/`, `n` and `N`.
pub(super) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    if action == Action::Search {
        model.overlay = Overlay::Prompt(Prompt {
            kind: PromptKind::Search,
            input: LineInput::default(),
            completions: vec![],
            chosen: None,
            origin: model.caret,
            before: model.search.take(),
        });
        return vec![];
    }
    let Some(needle) = model.search.as_ref().map(|s| s.needle.clone()) else {
        model.say("nothing was searched yet; / searches");
        return vec![];
    };
    let mut at = model.caret;
    for _ in 0..count.unwrap_or(1) {
        match find(model, &needle, at, action == Action::SearchNext) {
            Some(found) => at = found.start(),
            None => break,
        }
    }
    go(model, at);
    vec![]
}

/// The next match behind `at`, or the one before it; round the ends.
fn find(model: &Model, needle: &Needle, at: usize, forward: bool) -> Option<TextRange> {
    let text = &model.article.text;
    let end = text.len();
    if forward {
        let next = crate::text::grapheme::next(text, at).min(end);
        needle.first(text, TextRange::new(next, end)).or_else(|| needle.first(text, TextRange::new(0, next)))
    } else {
        needle.last(text, TextRange::new(0, at)).or_else(|| needle.last(text, TextRange::new(at, end)))
    }
}

/// Jumps to a match and says when the search went round.
fn go(model: &mut Model, at: usize) {
    if at == model.caret {
        return;
    }
    model.jump(at);
}

/// The query changed while it is typed: shows the first match from where the search began.
pub(super) fn live(model: &mut Model, query: &str, origin: usize) -> Vec<Effect> {
    let Some(needle) = Needle::new(query) else {
        model.search = None;
        model.move_to(origin);
        return vec![];
    };
    let text = &model.article.text;
    let here = TextRange::new(origin.min(text.len()), text.len());
    let found = needle.first(text, here).or_else(|| needle.first(text, TextRange::new(0, here.start())));
    model.search = Some(Search { needle, query: query.to_owned(), matches: None });
    match found {
        Some(found) => {
            if let Some(fold) = model.flow.fold_at(&model.article, found.start()).filter(|_| model.is_folded_away(found.start())) {
                model.set_fold(fold, true);
            }
            model.move_to(found.start());
        }
        None => model.move_to(origin),
    }
    vec![Effect::Count(query.to_owned())]
}

/// The search was confirmed.
pub(super) fn confirm(model: &mut Model, origin: usize) {
    let Some(search) = &model.search else { return };
    let text = &model.article.text;
    let here = search.needle.first(text, TextRange::new(model.caret, crate::text::grapheme::next(text, model.caret)));
    if here.is_none() {
        let query = search.query.clone();
        model.fail(format!("'{query}' is not in the article"));
        return;
    }
    if model.caret != origin {
        let landed = model.caret;
        model.caret = origin;
        model.remember_jump();
        model.caret = landed;
    }
}
