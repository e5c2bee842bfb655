//! What is said of findings and notes, one a line.

use super::targets::{findings_here, sentences_here};
use super::{Reply, State, annotations_on, clipped};
use crate::analysis::figures::contradictions;
use crate::annotation::filter::{Domain, Filter};
use crate::annotation::{AnchorState, AnnotationKind, Finding};
use crate::export::plain::{self, plural};
use crate::export::words;
use crate::text::{TextRange, sanitize};
use crate::tui::ledger::Measured;
use crate::tui::lists::{Named, Said};

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
            let who = quote.and_then(|q| words::said_by(q, &state.article.text)).unwrap_or_else(|| words::NOT_NAMED.into());
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

/// What a filter asks for, or what is wrong with it.
fn wanted(typed: &str, domain: Domain) -> Result<Filter, Reply> {
    Filter::parse(typed, domain).map_err(|mistake| Reply::say(format!("This filter cannot be used: {}.", clipped(&mistake.to_string()))))
}

/// The quotations that fit, with their numbers.
pub(super) fn quotes(state: &mut State, typed: &str) -> Reply {
    let keep = match wanted(typed, Domain::Quotes) {
        Ok(keep) => keep,
        Err(reply) => return reply,
    };
    let text = state.article.text.as_str();
    let fits =
        |f: &Finding| matches!(f, Finding::Quote(i) if state.found.quotes.get(*i).is_some_and(|quote| keep.fits(&Said { quote, text })));
    let all = speech(state).into_iter().enumerate().filter(|(_, (f, _))| fits(f));
    let rows = all.map(|(n, (f, r))| format!("{}: {}, {}", n + 1, finding(state, f), state.place_of(r))).collect();
    list(state, &named("quotations", typed), rows)
}

/// "quotations", "quotations that fit".
fn named(what: &str, filter: &str) -> String {
    if filter.is_empty() { what.to_owned() } else { format!("{what} that fit") }
}

/// The people that fit, with their numbers.
pub(super) fn people(state: &mut State, typed: &str) -> Reply {
    let keep = match wanted(typed, Domain::People) {
        Ok(keep) => keep,
        Err(reply) => return reply,
    };
    let text = state.article.text.as_str();
    let all = state.found.people.iter().enumerate().filter(|(_, person)| keep.fits(&Named { person, text }));
    let row = |(n, p): (usize, &crate::analysis::findings::Person)| {
        format!("{}: {}, {}", n + 1, sanitize::line(&words::person(p)), plural(p.mentions.len(), "mention"))
    };
    let rows = all.map(row).collect();
    list(state, &named("people", typed), rows)
}

/// The figures that fit, with their numbers.
pub(super) fn figures(state: &mut State, typed: &str) -> Reply {
    let keep = match wanted(typed, Domain::Figures) {
        Ok(keep) => keep,
        Err(reply) => return reply,
    };
    let text = state.article.text.as_str();
    let other = if typed.is_empty() { vec![] } else { contradictions(text, &state.found) };
    let conflict = |n: usize| other.get(n).is_some_and(Option::is_some);
    let all = state.found.figures.iter().enumerate().filter(|(n, figure)| keep.fits(&Measured { figure, text, conflict: conflict(*n) }));
    let rows = all.map(|(n, f)| format!("{}: {}, {}", n + 1, finding(state, Finding::Figure(n)), state.place_of(f.range))).collect();
    list(state, &named("figures", typed), rows)
}

/// The notes that fit, with the names that commands take.
pub(super) fn notes(state: &mut State, typed: &str) -> Reply {
    let keep = match wanted(typed, Domain::Notes) {
        Ok(keep) => keep,
        Err(reply) => return reply,
    };
    let all = state.notes.annotations.iter().enumerate().filter(|(_, a)| keep.fits(*a));
    let rows = all.map(|(i, _)| note(state, i)).collect();
    list(state, &named("notes", typed), rows)
}

/// The links of the text with where each leads: an address, or a place of this article.
pub(super) fn links(state: &mut State) -> Reply {
    let text = state.article.text.as_str();
    let all = state.article.links.iter().filter(|link| !link.range.is_empty()).enumerate();
    let rows = all.map(|(n, link)| {
        let words = link.range.of(text);
        let to = link.within.map_or_else(|| link.target.clone(), |at| state.place_of(TextRange::new(at, at)));
        sanitize::line(&format!("{}: {words}, to {to}, {}", n + 1, state.place_of(link.range))).into_owned()
    });
    let rows = rows.collect();
    list(state, "links", rows)
}

/// The articles that were named.
pub(super) fn articles(state: &mut State) -> Reply {
    let here = |i: usize| if i == state.index { ", the one you are reading" } else { "" };
    let rows = state.list.iter().enumerate().map(|(i, name)| format!("{}: {}{}", i + 1, sanitize::line(name), here(i))).collect();
    list(state, "other articles: name several after --linear, or a directory", rows)
}

/// What of the page is not in the article, in its order.
pub(super) fn left_out(state: &mut State) -> Reply {
    let rows = state.article.left_out.iter().map(|l| format!("{}: {}", l.reason.words(), sanitize::line(&l.text))).collect();
    list(state, "lines left out", rows)
}

pub(super) fn note(state: &State, index: usize) -> String {
    let note = &state.notes.annotations[index];
    let (on, place) = match note.now.range {
        Some(range) => (range.of(&state.article.text).to_owned(), state.place_of(range)),
        None if note.kind == AnnotationKind::Page => (state.article.name(), "the whole article".into()),
        None => (note.anchor.exact.clone(), "its words are gone".into()),
    };
    let changed = if note.now.state == AnchorState::Changed { ", its words changed" } else { "" };
    sanitize::line(&format!("n{}: {}, {place}{changed}", index + 1, plain::annotation(note, &on, &state.reader))).into_owned()
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
    let among = state.list.get(state.index).filter(|_| state.list.len() > 1);
    let among = among.map(|name| format!("Article {} of {}: {}.", state.index + 1, state.list.len(), sanitize::line(name)));
    let mut lines: Vec<String> = among.into_iter().collect();
    lines.push(format!("Paragraph {} of {all}, {percent} per cent{under}.", (state.block + 1).min(all)));
    lines.push(format!(
        "Here: {}, {}, {}.",
        plural(sentences_here(state).len(), "sentence"),
        plural(findings_here(state).len(), "finding"),
        plural(annotations_on(state, state.here()).count(), "note")
    ));
    if let Some(focus) = state.focus {
        lines.push(format!("You went to the {}", finding(state, focus)));
    }
    if let Some(why) = &state.locked {
        lines.push(format!("Nothing can be changed: {}", sanitize::line(why)));
    }
    lines.push(if state.unsaved { "The last changes are not saved." } else { "Everything is saved." }.into());
    lines
}
