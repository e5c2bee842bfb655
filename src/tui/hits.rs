//! `:find`: all places of some words, in the text, in findings and in notes. Called on a worker.

use crate::analysis::Findings;
use crate::annotation::Notes;
use crate::article::Article;
use crate::text::search::Query;
use crate::text::{TextRange, grapheme};

/// A place in the list of results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where it is in the text; `None` for a note whose words are gone, and one on the article as a whole.
    pub range: Option<TextRange>,
    /// What it was found in.
    pub what: What,
    /// The words to show, with the match.
    pub words: String,
}

/// What a place was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The text.
    Text,
    /// A quotation: its words, its speaker or its channel.
    Quote,
    /// A person: the name, a role, the affiliation.
    Person,
    /// A figure: its words, its topic or what it applies to.
    Figure,
    /// A note: what was written, a tag, the speaker or the words it is on.
    Note,
}

impl What {
    /// For the list.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Quote => "quote",
            Self::Person => "person",
            Self::Figure => "figure",
            Self::Note => "note",
        }
    }
}

/// More are not listed.
pub const MOST: usize = 1000;
/// So much of the text around a match is shown, in bytes.
const BEFORE: usize = 24;
const BEHIND: usize = 120;

/// All places, in reading order; notes without a place last. `matches` are those in the text. A match inside a quotation, figure or note that is
/// listed is not listed once more.
#[must_use]
pub fn find(article: &Article, found: &Findings, notes: &Notes, query: &Query, matches: &[TextRange]) -> Vec<Hit> {
    let text = article.text.as_str();
    let mut hits = in_notes(notes, query);
    hits.extend(in_findings(text, found, query));
    let mut taken: Vec<TextRange> = hits.iter().filter(|h| h.what != What::Person).filter_map(|h| h.range).collect();
    taken.sort_unstable();
    // Ranges may nest: what reaches furthest so far covers.
    let mut reach = 0;
    let mut next = taken.iter().peekable();
    for found in matches {
        while let Some(range) = next.next_if(|r| r.start() <= found.start()) {
            reach = reach.max(range.end());
        }
        if found.end() > reach {
            hits.push(Hit { range: Some(*found), what: What::Text, words: around(article, *found) });
        }
    }
    hits.sort_by_key(|h| (h.range.is_none(), h.range.map(|r| (r.start(), r.end())), h.what == What::Text));
    hits.truncate(MOST);
    hits
}

fn in_notes<'a>(notes: &'a Notes, query: &'a Query) -> Vec<Hit> {
    let hit = |a: &crate::annotation::Annotation| {
        let line = a.note.lines().find(|line| query.is_in(line)).map(str::to_owned);
        let tag = || a.tags.iter().find(|t| query.is_in(t)).map(|t| format!("#{t} {}", short(&a.anchor.exact)));
        let speaker = || a.speaker.as_ref().filter(|s| query.is_in(&s.name)).map(|s| format!("{}: {}", s.name, short(&a.anchor.exact)));
        let exact = || query.is_in(&a.anchor.exact).then(|| short(&a.anchor.exact).to_owned());
        let words = line.or_else(tag).or_else(speaker).or_else(exact)?;
        Some(Hit { range: a.now.range, what: What::Note, words })
    };
    notes.annotations.iter().filter_map(hit).collect()
}

fn in_findings(text: &str, found: &Findings, query: &Query) -> Vec<Hit> {
    let mut hits = Vec::new();
    for q in found.quotes.iter().filter(|q| q.kind.is_speech()) {
        let speaker = q.speaker.as_ref().map(|s| &*s.name);
        let fits =
            speaker.is_some_and(|s| query.is_in(s)) || q.via.is_some_and(|v| query.is_in(v.of(text))) || query.is_in(q.range.of(text));
        if fits {
            let said = speaker.map_or_else(String::new, |s| format!("{s}: "));
            hits.push(Hit { range: Some(q.range), what: What::Quote, words: format!("{said}{}", short(q.range.of(text))) });
        }
    }
    for p in &found.people {
        let about: Vec<&str> = p.roles.iter().map(String::as_str).chain(p.affiliation.as_deref()).collect();
        if query.is_in(&p.name) || about.iter().any(|w| query.is_in(w)) {
            let about = if about.is_empty() { String::new() } else { format!(" · {}", about.join(", ")) };
            hits.push(Hit { range: p.mentions.first().map(|m| m.range), what: What::Person, words: format!("{}{about}", p.name) });
        }
    }
    for f in &found.figures {
        let about = f.applies_to.map(|r| r.of(text));
        if query.is_in(f.range.of(text)) || f.topic.is_some_and(|t| query.is_in(t)) || about.is_some_and(|a| query.is_in(a)) {
            let about: Vec<&str> = [Some(f.range.of(text)), f.topic, about].into_iter().flatten().collect();
            hits.push(Hit { range: Some(f.range), what: What::Figure, words: about.join(" · ") });
        }
    }
    hits
}

/// The beginning of some words: no more than a row is shown.
fn short(words: &str) -> &str {
    TextRange::new(0, grapheme::floor(words, (BEFORE + BEHIND).min(words.len()))).of(words)
}

/// A match with the words around it, as far as its paragraph goes.
fn around(article: &Article, found: TextRange) -> String {
    let text = article.text.as_str();
    let block = article.block_at(found.start()).map_or(found, |b| article.blocks[b].range);
    let from = grapheme::floor(text, found.start().saturating_sub(BEFORE)).max(block.start()).min(found.start());
    let to = grapheme::floor(text, (found.start() + BEHIND).min(text.len())).min(block.end()).max(from);
    let before = TextRange::new(from, to).of(text);
    // From the beginning of a word on, where that is not the match itself.
    let cut = if from > block.start() { before.find(' ').map_or(0, |i| i + 1).min(found.start() - from) } else { 0 };
    let lead = if from > block.start() { "…" } else { "" };
    format!("{lead}{}", TextRange::new(from + cut, to.max(from + cut)).of(text).replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{analysis, ingest};

    const TEXT: &str = "Harbour fee to rise\n\nThe fee will rise to 6 per cent, the port said.\n\n“We had no choice about the fee,” said Ilse Brandt, the \
        harbour master. The fee is old.\n";

    fn found(query: &str) -> Vec<(What, String)> {
        let article = ingest::from_text(TEXT);
        let findings = analysis::analyse(&article);
        let query = Query::new(query).expect("no mistake").expect("a query");
        let matches: Vec<TextRange> = article.blocks.iter().flat_map(|b| query.all(TEXT, b.range)).collect();
        let hits = find(&article, &findings, &Notes::default(), &query, &matches);
        hits.into_iter().map(|h| (h.what, h.words)).collect()
    }

    #[test]
    fn a_match_is_listed_once_and_in_reading_order() {
        let hits = found("fee");
        let kinds: Vec<What> = hits.iter().map(|(what, _)| *what).collect();
        assert_eq!(kinds.iter().filter(|w| **w == What::Quote).count(), 1, "{hits:?}");
        assert_eq!(kinds.iter().filter(|w| **w == What::Text).count(), 3, "the one inside the quotation is the quotation: {hits:?}");
        assert_eq!(hits[0], (What::Text, "Harbour fee to rise".into()));
        assert!(hits.iter().any(|(_, words)| words == "…harbour master. The fee is old."), "{hits:?}");
    }

    #[test]
    fn what_is_known_of_a_finding_is_found_too() {
        let hits = found("brandt");
        assert!(hits.iter().any(|(what, words)| *what == What::Quote && words.starts_with("Ilse Brandt: “We had")), "{hits:?}");
        assert!(hits.iter().any(|(what, words)| *what == What::Person && words.starts_with("Ilse Brandt")), "{hits:?}");
        let hits = found("~6 per cent|choice");
        assert_eq!(hits.iter().map(|h| h.0).collect::<Vec<_>>(), [What::Figure, What::Quote], "{hits:?}");
    }
}
