//! Searching: words in the text as they are typed, expressions by the worker, and `:find`, which looks in findings and notes too.

use std::sync::Arc;

use crossterm::event::KeyCode;

use super::super::event::{Effect, Event};
use super::super::hits::Hit;
use super::super::model::{LineInput, Model, Overlay, Prompt, PromptKind, Search, Tab};
use super::{pane, prompt};
use crate::config::{Action, Key};
use crate::text::TextRange;
use crate::text::search::{Needle, Query};

/// How many matches are counted at the most.
pub const MOST: usize = 100_000;

/// `/`, `n`, `N` and the list of places.
pub(super) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::Search => {
            model.overlay = Overlay::Prompt(Prompt {
                kind: PromptKind::Search,
                input: LineInput::default(),
                completions: vec![],
                chosen: None,
                origin: model.caret,
                before: model.search.take().map(Box::new),
                recalled: None,
            });
            vec![]
        }
        Action::Find => match model.search.as_ref().map(|s| s.query.clone()) {
            Some(query) => everywhere(model, &query),
            None => {
                prompt::open(model, PromptKind::Command, "find ".into());
                vec![]
            }
        },
        _ => {
            step(model, action == Action::SearchNext, count.unwrap_or(1));
            vec![]
        }
    }
}

/// To the next or the previous match, `count` times; in the tab Found, place of its list.
fn step(model: &mut Model, forward: bool, count: usize) {
    if model.pane.tab == Tab::Found && !model.pane.lists.hits.is_empty() {
        return walk(model, forward, count);
    }
    let Some(search) = &model.search else {
        model.say("nothing was searched yet; / searches");
        return;
    };
    if search.matches.as_ref().is_some_and(|all| all.is_empty()) {
        return match said_of_cut(model, search.cut) {
            Some(words) => model.fail(format!("{} {words}", places(0))),
            None => not_there(model),
        };
    }
    // Those that were counted are all of them, unless there are very many.
    let counted = search.matches.as_ref().filter(|all| all.len() < MOST && !all.is_empty());
    let found = match (&search.wanted, counted) {
        (_, Some(all)) => beside(all, model.caret, forward, count).map(TextRange::start),
        (Query::Words(needle), None) => {
            let mut at = model.caret;
            for _ in 0..count {
                match find(model, needle, at, forward) {
                    Some(found) => at = found.start(),
                    None => break,
                }
            }
            Some(at)
        }
        (Query::Pattern(_), None) => {
            search.matches.as_ref().map(|all| beside(all, model.caret, forward, count).map_or(model.caret, TextRange::start))
        }
    };
    match found {
        None => model.say("still searching"),
        Some(at) if at == model.caret => {}
        Some(at) => model.jump(at),
    }
}

/// The match that is so many behind or before `at`; round the ends.
fn beside(all: &[TextRange], at: usize, forward: bool, count: usize) -> Option<TextRange> {
    let len = all.len();
    let steps = count.checked_rem(len)?;
    let next = if forward {
        all.partition_point(|r| r.start() <= at) + count.saturating_sub(1)
    } else {
        // Never below 0: as many rounds as there are are added first.
        all.partition_point(|r| r.start() < at) + len - steps
    };
    all.get(next % len).copied()
}

/// From place to place of the list, whoever has the keys.
fn walk(model: &mut Model, forward: bool, count: usize) {
    let row = model.pane.row();
    let last = model.pane.lists.hits.len() - 1;
    let to = if forward { (row + count).min(last) } else { row.saturating_sub(count) };
    if to == row {
        model.say(if forward { "this is the last place; N goes back" } else { "this is the first place" });
        return;
    }
    if !model.pane.focus {
        model.remember_jump();
    }
    pane::select(model, to, forward);
    model.say(format!("{}/{}", to + 1, last + 1));
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

/// The query changed while it is typed: shows the first match from where the search began. Those of an expression come from the worker.
pub(super) fn live(model: &mut Model, query: &str, origin: usize) -> Vec<Effect> {
    let Ok(Some(wanted)) = Query::new(query) else {
        model.search = None;
        model.move_to(origin);
        return vec![];
    };
    let text = &model.article.text;
    let here = TextRange::new(origin.min(text.len()), text.len());
    let found = match &wanted {
        Query::Words(needle) => {
            needle.first(text, here).or_else(|| needle.first(text, TextRange::new(0, here.start()))).map_or(origin, TextRange::start)
        }
        Query::Pattern(_) => origin,
    };
    let awaiting = matches!(wanted, Query::Pattern(_)).then_some(origin);
    model.search = Some(Search { wanted, query: query.to_owned(), matches: None, cut: None, awaiting });
    show(model, found);
    vec![Effect::Count(query.to_owned())]
}

/// Moves to a place while the query is typed: nothing is remembered of it.
fn show(model: &mut Model, at: usize) {
    if let Some(fold) = model.flow.fold_at(&model.article, at).filter(|_| model.is_folded_away(at)) {
        model.set_fold(fold, true);
    }
    model.move_to(at);
}

/// All matches are known.
pub(super) fn counted(model: &mut Model, query: &str, matches: &Arc<Vec<TextRange>>, cut: Option<usize>) {
    let Some(search) = model.search.as_mut().filter(|s| s.query == query) else { return };
    search.matches = Some(Arc::clone(matches));
    search.cut = cut;
    let waited = search.awaiting.take();
    go_to_first(model, matches, waited);
    if let Some(words) = said_of_cut(model, cut) {
        model.fail(format!("{} {words}", places(matches.len())));
    } else if matches.is_empty() && waited.is_some() && !is_typing(model) {
        not_there(model);
    }
}

/// "1 place", "3 places".
fn places(count: usize) -> String {
    format!("{count} {}", if count == 1 { "place" } else { "places" })
}

/// How far an expression was looked for, when that is not all of the article.
fn said_of_cut(model: &Model, cut: Option<usize>) -> Option<String> {
    let (done, all) = (cut?, model.article.blocks.len());
    Some(format!("up to ¶{done} of {all}: the expression takes too long and was stopped there; a simpler one is faster"))
}

fn go_to_first(model: &mut Model, matches: &[TextRange], waited: Option<usize>) {
    let Some(origin) = waited else { return };
    let first = matches.iter().find(|r| r.start() >= origin).or(matches.first());
    match first {
        Some(first) if is_typing(model) => show(model, first.start()),
        Some(first) => model.jump(first.start()),
        None if is_typing(model) => model.move_to(origin),
        None => {}
    }
}

/// True while the search is typed.
fn is_typing(model: &Model) -> bool {
    matches!(&model.overlay, Overlay::Prompt(p) if p.kind == PromptKind::Search)
}

fn not_there(model: &mut Model) {
    let query = model.search.as_ref().map_or_else(String::new, |s| s.query.clone());
    model.fail(format!("'{query}' is not in the article"));
}

/// Looks for words at once, from the caret on.
pub(super) fn now(model: &mut Model, words: &str) -> Vec<Effect> {
    let origin = model.caret;
    let effects = live(model, words, origin);
    confirm(model, words, origin);
    effects
}

/// The search for what was typed was confirmed.
pub(super) fn confirm(model: &mut Model, typed: &str, origin: usize) {
    if let Err(why) = Query::new(typed) {
        model.fail(format!("'{typed}' is no regular expression: {why}"));
        return;
    }
    let Some(search) = &model.search else { return };
    let there = match (&search.wanted, &search.matches) {
        // The jump comes with the matches.
        (Query::Pattern(_), None) => return,
        (Query::Pattern(_), Some(all)) => !all.is_empty(),
        (Query::Words(needle), _) => {
            let text = &model.article.text;
            needle.first(text, TextRange::new(model.caret, crate::text::grapheme::next(text, model.caret))).is_some()
        }
    };
    if !there {
        return not_there(model);
    }
    if model.caret != origin {
        let landed = model.caret;
        model.caret = origin;
        model.remember_jump();
        model.caret = landed;
    }
}

/// `:find`: asks for all places in the text, in findings and in notes.
pub(super) fn everywhere(model: &mut Model, words: &str) -> Vec<Effect> {
    let words = words.trim();
    let wanted = match Query::new(words) {
        Ok(Some(wanted)) => wanted,
        Ok(None) => {
            model.say("say what to look for: :find WORDS");
            return vec![];
        }
        Err(why) => {
            model.fail(format!("'{words}' is no regular expression: {why}"));
            return vec![];
        }
    };
    let Some(found) = model.found.as_ref().filter(|_| model.notes.loaded).map(|f| Arc::clone(&f.findings)) else {
        // The question stays on the screen, and is answered once they are there.
        prompt::open(model, PromptKind::Command, format!("find {words}"));
        model.waiting.push_back(Event::Key(Key::plain(KeyCode::Enter)));
        model.say("reading the article and your notes; Esc stops waiting");
        return vec![];
    };
    model.search = Some(Search { wanted, query: words.to_owned(), matches: None, cut: None, awaiting: None });
    model.finding = Some(words.to_owned());
    model.say("looking …");
    vec![Effect::Count(words.to_owned()), Effect::Find(words.to_owned(), found, Box::new(model.notes.all.clone()))]
}

/// The places are there: lists them, and goes to the one that comes next in the text.
pub(super) fn list(model: &mut Model, query: &str, hits: Arc<Vec<Hit>>, cut: Option<usize>) {
    if model.finding.as_deref() != Some(query) {
        return;
    }
    model.finding = None;
    let cut = said_of_cut(model, cut);
    if hits.is_empty() {
        let where_ = cut.map_or_else(|| "not in the text, nor in findings and notes".to_owned(), |cut| format!("not in the text {cut}"));
        model.fail(format!("'{query}' is nowhere: {where_}"));
        return;
    }
    let count = hits.len();
    let first = hits.iter().position(|h| h.range.is_some_and(|r| r.start() >= model.caret)).unwrap_or(0);
    model.pane.lists.set_hits(hits);
    model.pane.tab = Tab::Found;
    model.remember_jump();
    model.focus_pane(true);
    pane::select(model, first, true);
    let all = if count == super::super::hits::MOST { "the first " } else { "" };
    let next = model.key_of(Action::SearchNext);
    match cut {
        Some(cut) => model.fail(format!("{} {cut}", places(count))),
        None => model.say(format!("{all}{} · {next} next · Enter goes there", places(count))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matches_are_walked_round_the_ends() {
        let all: Vec<TextRange> = [10, 20, 30].map(|at| TextRange::new(at, at + 2)).to_vec();
        let to = |at, forward, count| beside(&all, at, forward, count).map(TextRange::start);
        assert_eq!([to(0, true, 1), to(10, true, 1), to(10, true, 2), to(30, true, 1), to(10, true, 4)], [10, 20, 30, 10, 20].map(Some));
        assert_eq!(
            [to(30, false, 1), to(15, false, 1), to(10, false, 1), to(20, false, 3), to(5, false, 2)],
            [20, 10, 30, 20, 20].map(Some)
        );
        assert_eq!(beside(&[], 3, true, 1), None);
    }
}
