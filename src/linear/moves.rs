//! Going from place to place.

use super::{Reply, State, clipped, lists};
use crate::analysis::findings::MentionForm;
use crate::annotation::{Annotation, Finding};
use crate::text::search::Query;
use crate::text::{TextRange, grapheme};
use crate::tui::hits::{self, Hit, What};

/// Arrives at a block: what was folded on the way, then the paragraph.
fn arrive(state: &mut State, block: usize) {
    state.block = block;
    (state.focus, state.caret) = (None, None);
}

/// The next paragraph or the one before; furniture is passed over, and that is said.
pub(super) fn by(state: &mut State, forward: bool) -> Reply {
    let blocks = &state.article.blocks;
    let is_text = |&i: &usize| blocks.get(i).is_some_and(|b| !state.article.folds_away(b));
    let to = if forward { (state.block + 1..blocks.len()).find(is_text) } else { (0..state.block).rev().find(is_text) };
    let Some(to) = to else {
        let more = match (forward, state.index + 1 < state.list.len()) {
            (true, true) => " open next goes on to the next article.",
            (true, false) if state.list.len() > 1 => " It is the last of the list.",
            _ => "",
        };
        let end = if forward { "end" } else { "beginning" };
        return Reply::say(format!("This is the {end} of the article.{more}"));
    };
    let passed = to.abs_diff(state.block) - 1;
    arrive(state, to);
    let mut lines = Vec::new();
    if passed > 0 {
        lines.push(format!("[{} of page furniture passed over]", crate::export::plain::plural(passed, "piece")));
    }
    lines.extend(state.paragraph());
    Reply { lines, ..Reply::default() }
}

/// The paragraph with this number.
pub(super) fn to(state: &mut State, number: &str) -> Reply {
    let last = state.article.blocks.len();
    let to = match number {
        "end" => Some(last),
        "top" => Some(1),
        number => number.parse().ok().filter(|n| (1..=last).contains(n)),
    };
    match to.and_then(|n: usize| n.checked_sub(1)) {
        Some(block) => {
            arrive(state, block);
            Reply { lines: state.paragraph(), ..Reply::default() }
        }
        None => Reply::say(format!("Say a paragraph from 1 to {last}.")),
    }
}

/// Goes to a finding and says it, then its paragraph when that is another one.
fn jump(state: &mut State, to: Finding, range: TextRange) -> Reply {
    let block = state.article.block_at(range.start()).unwrap_or(0);
    let moved = block != state.block;
    arrive(state, block);
    (state.focus, state.caret) = (Some(to), Some(range.start()));
    let mut lines = vec![format!("{}: {}", capital(&state.place_of(range)), lists::finding(state, to))];
    if moved {
        lines.extend(state.paragraph());
    }
    Reply { lines, ..Reply::default() }
}

pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Of these findings the one that was asked for by its number, else the next.
fn choose(state: &mut State, number: &str, name: &str, all: &[(Finding, TextRange)]) -> Reply {
    let from = state.caret.map_or(state.here().start(), |at| at + 1);
    let chosen = match number {
        "" => all.iter().find(|(_, r)| r.start() >= from),
        number => number.parse::<usize>().ok().and_then(|n| all.get(n.checked_sub(1)?)),
    };
    match (chosen.copied(), number) {
        (Some((finding, range)), _) => jump(state, finding, range),
        (None, "") => Reply::say(format!("There is no {name} after this.")),
        (None, _) if all.is_empty() => Reply::say(format!("There is no {name} in the article.")),
        (None, _) => Reply::say(format!("Say a number from 1 to {}.", all.len())),
    }
}

/// The next quotation, or the one with this number in the list.
pub(super) fn quote(state: &mut State, number: &str) -> Reply {
    let all = lists::speech(state);
    choose(state, number, "quotation", &all)
}

/// The next figure, or the one with this number in the list.
pub(super) fn figure(state: &mut State, number: &str) -> Reply {
    let all: Vec<_> = state.found.figures.iter().enumerate().map(|(i, f)| (Finding::Figure(i), f.range)).collect();
    choose(state, number, "figure", &all)
}

/// The next name of a person, or the first mention of the person with this number in the list.
pub(super) fn person(state: &mut State, number: &str) -> Reply {
    let people = state.found.people.iter().enumerate();
    let mut all: Vec<(Finding, TextRange)> = if number.is_empty() {
        let names = people.flat_map(|(i, p)| p.mentions.iter().map(move |m| (i, m)));
        names.filter(|(_, m)| m.form == MentionForm::Name).map(|(i, m)| (Finding::Person(i, m.range), m.range)).collect()
    } else {
        people.filter_map(|(i, p)| p.mentions.first().map(|m| (Finding::Person(i, m.range), m.range))).collect()
    };
    if number.is_empty() {
        all.sort_by_key(|(_, range)| range.start());
    }
    choose(state, number, "name", &all)
}

/// What was looked for, and where it is.
#[derive(Debug)]
pub(super) struct Sought {
    query: Query,
    /// The place of the list that was gone to.
    at: Option<usize>,
}

/// The next place of these words, or of those before; from the beginning when there is none after this. Findings and notes have what is known of
/// them: who speaks, a topic, a tag.
pub(super) fn find(state: &mut State, words: &str) -> Reply {
    if !words.is_empty() {
        match Query::new(words) {
            Ok(query) => state.sought = query.map(|query| Sought { query, at: None }),
            Err(why) => return Reply::say(format!("{} is no regular expression: {}.", clipped(words), clipped(&why))),
        }
    }
    let Some(sought) = &state.sought else { return Reply::say("Say what to look for: find WORDS.") };
    let text = state.article.text.as_str();
    let matches: Vec<TextRange> = match &sought.query {
        Query::Words(needle) => needle.all(text, TextRange::new(0, text.len())).collect(),
        pattern @ Query::Pattern(_) => state.article.blocks.iter().flat_map(|b| pattern.all(text, b.range)).collect(),
    };
    let hits = hits::find(&state.article, &state.found, &state.notes, &sought.query, &matches);
    let from = state.caret.map_or(state.here().start(), |at| at + 1);
    // What was gone to by the last find may begin where the next place does.
    let gone_to = sought.at.filter(|i| hits.get(*i).is_some_and(|h| h.range.map(TextRange::start) == state.caret));
    let after = match gone_to {
        Some(i) => Some(i + 1).filter(|i| *i < hits.len()),
        None => hits.iter().position(|h| h.range.is_none_or(|r| r.start() >= from)),
    };
    let index = after.unwrap_or(0);
    let Some(hit) = hits.get(index) else { return Reply::say("These words are not in the article, nor in your notes.") };
    let mut reply = arrive_at(state, hit);
    if let Some(sought) = &mut state.sought {
        sought.at = Some(index);
    }
    if hits.len() > 1 {
        reply.lines.insert(1, format!("Place {} of {}.", index + 1, hits.len()));
    }
    if after.is_none() {
        reply.lines.insert(0, "From the beginning again.".into());
    }
    reply
}

/// Goes to what was found, and says what it is.
fn arrive_at(state: &mut State, hit: &Hit) -> Reply {
    // Of notes without a place, the one that has the words.
    let has =
        |a: &Annotation| hit.range.is_some() || a.note.lines().chain(a.tags.iter().map(String::as_str)).any(|l| hit.words.contains(l));
    let is = |a: &Annotation| a.now.range == hit.range && has(a);
    let note = || state.notes.annotations.iter().position(is).map(|i| format!("In your notes: {}", lists::note(state, i)));
    let note = if hit.what == What::Note { note() } else { None };
    let Some(range) = hit.range else {
        state.caret = None;
        return Reply::say(note.unwrap_or_else(|| clipped(&hit.words)));
    };
    let found = &state.found;
    let finding = match hit.what {
        What::Quote => found.quotes.iter().position(|q| q.range == range).map(Finding::Quote),
        What::Figure => found.figures.iter().position(|f| f.range == range).map(Finding::Figure),
        What::Person => found.people.iter().position(|p| p.mentions.iter().any(|m| m.range == range)).map(|i| Finding::Person(i, range)),
        What::Text | What::Note => None,
    };
    let text = &state.article.text;
    let whole = TextRange::new(grapheme::floor(text, range.start()), grapheme::ceil(text, range.end()));
    let mut reply = jump(state, finding.unwrap_or(Finding::Passage(whole)), range);
    if let (Some(note), Some(first)) = (note, reply.lines.first_mut()) {
        *first = note;
    }
    reply
}
