//! Going from place to place.

use super::{Reply, State, lists};
use crate::analysis::findings::MentionForm;
use crate::annotation::Finding;
use crate::text::TextRange;
use crate::text::search::Needle;

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
        return Reply::say(if forward { "This is the end of the article." } else { "This is the beginning of the article." });
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

fn capital(words: &str) -> String {
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

/// The next place of these words, or of those before; from the beginning when there is none after this.
pub(super) fn find(state: &mut State, words: &str) -> Reply {
    if !words.is_empty() {
        state.sought = Needle::new(words);
    }
    let Some(needle) = state.sought.clone() else { return Reply::say("Say what to look for: find WORDS.") };
    let text = &state.article.text;
    let from = state.caret.map_or(state.here().start(), |at| crate::text::grapheme::ceil(text, at + 1)).min(text.len());
    let after = needle.first(text, TextRange::new(from, text.len()));
    let Some(range) = after.or_else(|| needle.first(text, TextRange::new(0, from))) else {
        return Reply::say("These words are not in the article.");
    };
    let words = TextRange::new(crate::text::grapheme::floor(text, range.start()), crate::text::grapheme::ceil(text, range.end()));
    let mut reply = jump(state, Finding::Passage(words), words);
    if after.is_none() {
        reply.lines.insert(0, "From the beginning again.".into());
    }
    reply
}
