//! What is said of findings and notes, one a line.

use super::targets::{findings_here, sentences_here};
use super::{Reply, State, annotations_on, clipped};
use crate::annotation::{AnchorState, AnnotationKind, Finding};
use crate::export::plain::{self, plural};
use crate::export::words;
use crate::text::{TextRange, sanitize};

/// How many rows of a list are said at once.
const AT_ONCE: usize = 20;

fn list(state: &mut State, name: &str, rows: Vec<String>) -> Reply {
    if rows.is_empty() {
        return Reply::say(format!("There are no {name}."));
    }
    state.more = rows.into();
    more(state)
}

/// The next rows of a list.
pub(super) fn more(state: &mut State) -> Reply {
    if state.more.is_empty() {
        return Reply::say("There is no more of the list.");
    }
    let mut lines: Vec<String> = state.more.drain(..AT_ONCE.min(state.more.len())).collect();
    if !state.more.is_empty() {
        lines.push(format!("{} more; more says them.", state.more.len()));
    }
    Reply { lines, ..Reply::default() }
}

/// The quotations that count as speech of their own.
pub(super) fn speech(state: &State) -> Vec<(Finding, TextRange)> {
    let quotes = state.found.quotes.iter().enumerate().filter(|(_, q)| q.kind.is_speech());
    quotes.map(|(i, q)| (Finding::Quote(i), q.range)).collect()
}

/// A finding in words: `quotation, said by Ada Example: “…”`.
pub(super) fn finding(state: &State, of: Finding) -> String {
    let said = of.range(&state.found).map(|r| state.words(r)).unwrap_or_default();
    let line = match of {
        Finding::Quote(i) => {
            let quote = state.found.quotes.get(i);
            let who = quote.and_then(|q| words::said_by(q, &state.article.text)).unwrap_or_else(|| "no speaker given".into());
            format!("quotation, {who}: {said}")
        }
        Finding::Figure(i) => {
            let value = state.found.figures.get(i).map(|f| words::value(f, &state.article.text)).unwrap_or_default();
            let value = if value.is_empty() { "no value".into() } else { value };
            format!("figure, {value}: {said}")
        }
        Finding::Person(i, _) => {
            format!("person, {}: {said}", state.found.people.get(i).map(words::person).unwrap_or_default())
        }
        Finding::Passage(_) => said,
    };
    sanitize::line(&line).into_owned()
}

/// All quotations, numbered.
pub(super) fn quotes(state: &mut State) -> Reply {
    let all = speech(state);
    let row = |(n, (f, r)): (usize, &(Finding, TextRange))| format!("{}: {}, {}", n + 1, finding(state, *f), state.place_of(*r));
    let rows = all.iter().enumerate().map(row).collect();
    list(state, "quotations", rows)
}

/// All people, numbered.
pub(super) fn people(state: &mut State) -> Reply {
    let row = |(n, p): (usize, &crate::analysis::findings::Person)| {
        format!("{}: {}, {}", n + 1, sanitize::line(&words::person(p)), plural(p.mentions.len(), "mention"))
    };
    let rows = state.found.people.iter().enumerate().map(row).collect();
    list(state, "people", rows)
}

/// All figures, numbered.
pub(super) fn figures(state: &mut State) -> Reply {
    let figures = state.found.figures.iter().enumerate();
    let rows = figures.map(|(n, f)| format!("{}: {}, {}", n + 1, finding(state, Finding::Figure(n)), state.place_of(f.range))).collect();
    list(state, "figures", rows)
}

/// All notes, with the names that commands take.
pub(super) fn notes(state: &mut State) -> Reply {
    let rows = (0..state.notes.annotations.len()).map(|i| note(state, i)).collect();
    list(state, "notes", rows)
}

fn note(state: &State, index: usize) -> String {
    let note = &state.notes.annotations[index];
    let (on, place) = match note.now.range {
        Some(range) => (range.of(&state.article.text).to_owned(), state.place_of(range)),
        None if note.kind == AnnotationKind::Page => (state.article.name(), "the whole article".into()),
        None => (note.anchor.exact.clone(), "its words are gone".into()),
    };
    let changed = if note.now.state == AnchorState::Changed { ", its words changed" } else { "" };
    sanitize::line(&format!("n{}: {}, {place}{changed}", index + 1, plain::annotation(note, &on))).into_owned()
}

/// Sentences, findings and notes of the paragraph, with the names that commands take.
pub(super) fn here(state: &mut State) -> Reply {
    let sentences = sentences_here(state);
    let mut rows: Vec<String> =
        sentences.iter().enumerate().map(|(i, r)| format!("s{}: {}", i + 1, clipped(r.of(&state.article.text)))).collect();
    rows.extend(findings_here(state).into_iter().enumerate().map(|(i, f)| format!("f{}: {}", i + 1, finding(state, f))));
    rows.extend(annotations_on(state, state.here()).map(|i| note(state, i)));
    list(state, "sentences here", rows)
}

/// Where the reader is, and what is there.
pub(super) fn position(state: &State) -> Vec<String> {
    let all = state.article.blocks.len();
    let heading = state.article.blocks.iter().take(state.block + 1).rev().find(|b| matches!(b.kind, crate::article::BlockKind::Heading(_)));
    let under = heading.map(|b| format!(", under the heading {}", state.words(b.range))).unwrap_or_default();
    let percent = state.here().start() * 100 / state.article.text.len().max(1);
    let mut lines = vec![format!("Paragraph {} of {all}, {percent} per cent{under}.", (state.block + 1).min(all))];
    lines.push(format!(
        "Here: {}, {}, {}.",
        plural(sentences_here(state).len(), "sentence"),
        plural(findings_here(state).len(), "finding"),
        plural(annotations_on(state, state.here()).count(), "note")
    ));
    if let Some(focus) = state.focus {
        lines.push(format!("You went to the {}", finding(state, focus)));
    }
    lines.push(if state.unsaved { "The last changes are not saved." } else { "Everything is saved." }.into());
    lines
}
