//! What a command is about: a sentence, a finding, a note, the whole article.

use super::State;
use crate::analysis::findings::MentionForm;
use crate::analysis::sentences;
use crate::annotation::{AnnotationKind, Finding};
use crate::text::TextRange;

/// What is annotated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A note that is there, by its id.
    Note(String),
    /// Something that is none yet.
    Finding(Finding),
    /// The article as a whole.
    Page,
}

/// The sentences of the paragraph.
pub(super) fn sentences_here(state: &State) -> Vec<TextRange> {
    let text = &state.article.text;
    let all = sentences::in_range(text, state.here());
    all.into_iter().map(|r| r.trimmed(text)).filter(|r| !r.is_empty()).collect()
}

/// The quotations, figures and names of the paragraph, in reading order; what holds another stands before it.
pub(super) fn findings_here(state: &State) -> Vec<Finding> {
    let here = state.here();
    let found = &state.found;
    let quotes = found.quotes.iter().enumerate().filter(|(_, q)| q.kind.is_speech() && q.parts.iter().any(|p| p.overlaps(here)));
    let figures = found.figures.iter().enumerate().filter(|(_, f)| f.range.overlaps(here));
    let names = found.people.iter().enumerate().flat_map(|(i, p)| p.mentions.iter().map(move |m| (i, m)));
    let names = names.filter(|(_, m)| m.form == MentionForm::Name && m.range.overlaps(here));
    let mut all: Vec<(TextRange, Finding)> = quotes.map(|(i, q)| (q.range, Finding::Quote(i))).collect();
    all.extend(figures.map(|(i, f)| (f.range, Finding::Figure(i))));
    all.extend(names.map(|(i, m)| (m.range, Finding::Person(i, m.range))));
    all.sort_by_key(|(range, _)| (range.start(), std::cmp::Reverse(range.end())));
    all.into_iter().map(|(_, finding)| finding).collect()
}

/// Takes the place from the front of what was typed after a command: `s1`, `f2`, `n3`, `page`; else nothing is taken.
pub(super) fn split(rest: &str) -> (Option<&str>, &str) {
    let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let numbered = first.strip_prefix(['s', 'f', 'n']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if numbered || first == "page" { (Some(first), after.trim()) } else { (None, rest) }
}

/// What the place means; without one, what was last gone to, else the only sentence.
///
/// # Errors
/// What to say when there is no such place.
pub(super) fn resolve(state: &State, place: Option<&str>) -> Result<Target, String> {
    let Some(place) = place else { return unnamed(state) };
    if place == "page" {
        let page = state.notes.annotations.iter().find(|a| a.kind == AnnotationKind::Page);
        return Ok(page.map_or(Target::Page, |a| Target::Note(a.id.clone())));
    }
    let mut chars = place.chars();
    let kind = chars.next();
    let index = chars.as_str().parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    let none = |name: &str, count: usize| match count {
        0 => format!("There are no {name}."),
        n => format!("There is no {place}: the {name} go from 1 to {n}."),
    };
    match kind {
        Some('n') => {
            let note = index.and_then(|i| state.notes.annotations.get(i));
            note.map(|a| Target::Note(a.id.clone())).ok_or_else(|| none("notes", state.notes.annotations.len()))
        }
        Some('f') => {
            let all = findings_here(state);
            let one = index.and_then(|i| all.get(i));
            one.map(|&f| on(state, f)).ok_or_else(|| none("findings of this paragraph", all.len()))
        }
        _ => {
            let all = sentences_here(state);
            let one = index.and_then(|i| all.get(i));
            one.map(|&r| on(state, Finding::Passage(r))).ok_or_else(|| none("sentences of this paragraph", all.len()))
        }
    }
}

fn unnamed(state: &State) -> Result<Target, String> {
    if let Some(focus) = state.focus {
        return Ok(on(state, focus));
    }
    match sentences_here(state).as_slice() {
        [only] => Ok(on(state, Finding::Passage(*only))),
        [] => Err("There is nothing here.".into()),
        several => Err(format!("Say which sentence, s1 to s{}, or which finding; here lists them.", several.len())),
    }
}

/// The very words of a note are that note; those of a finding are that finding.
fn on(state: &State, finding: Finding) -> Target {
    let Some(range) = finding.range(&state.found) else { return Target::Finding(finding) };
    if let Some(note) = state.notes.annotations.iter().find(|a| a.now.range == Some(range)) {
        return Target::Note(note.id.clone());
    }
    let same = || findings_here(state).into_iter().find(|f| f.range(&state.found) == Some(range));
    Target::Finding(if matches!(finding, Finding::Passage(_)) { same().unwrap_or(finding) } else { finding })
}
