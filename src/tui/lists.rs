//! The rows of the side pane, as light as possible: what each row is about, not what it looks like.

use super::ledger::{self, Group};
use super::model::Tab;
use crate::analysis::Findings;
use crate::analysis::figures::contradictions;
use crate::analysis::findings::Quotation;
use crate::annotation::Notes;
use crate::article::Article;
use crate::text::{TextRange, grapheme::text_width};

/// A row of a tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Heads the quotations of one speaker: index into [`Lists::speakers`].
    Speaker(usize),
    /// A quotation.
    Quote(usize),
    /// The channel of the quotation above.
    Via(usize),
    /// A person.
    Person(usize),
    /// A figure.
    Figure(usize),
    /// A change, with the figures it ties together.
    Change(usize),
    /// Heads figures: index into [`Lists::groups`].
    Topic(usize),
    /// An annotation.
    Note(usize),
    /// What the words of the annotation above were and are, when they changed.
    Was(usize),
    /// A correction of what was detected.
    Correction(usize),
}

impl Row {
    /// True for rows that are never selected: they belong to the rows around.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Speaker(_) | Self::Via(_) | Self::Topic(_) | Self::Was(_))
    }
}

/// How much one speaker is quoted.
#[derive(Debug, Clone, PartialEq)]
pub struct SpeakerShare {
    /// The name, or none for quotations without a speaker.
    pub name: Option<String>,
    /// How many quotations.
    pub quotes: usize,
    /// Words in them.
    pub words: usize,
    /// Share of all quoted words, 0 to 1.
    pub share: f64,
}

/// The rows of all tabs.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// The speakers, most quoted first; those without a name last.
    pub speakers: Vec<SpeakerShare>,
    /// The headings of the ledger.
    pub groups: Vec<Group>,
    /// True when the ledger is grouped by topic, false in reading order.
    pub by_topic: bool,
    /// Columns of the widest amount in the ledger.
    pub amounts: usize,
    contradictions: Vec<Option<usize>>,
    rows: [Vec<Row>; 4],
}

impl Lists {
    /// The rows of a tab.
    #[must_use]
    pub fn rows(&self, tab: Tab) -> &[Row] {
        &self.rows[tab as usize]
    }

    /// Makes the rows of the tabs that show findings. `filters` are as typed, one a tab.
    pub fn set_findings(&mut self, article: &Article, found: &Findings, filters: &[String; 4]) {
        let text = article.text.as_str();
        self.set_quotes(text, found, &filters[Tab::Quotes as usize]);
        let keep = Filter::new(&filters[Tab::People as usize]);
        let mut people: Vec<usize> = (0..found.people.len()).collect();
        people.sort_by_key(|&i| std::cmp::Reverse(found.people[i].mentions.len()));
        people.retain(|&i| {
            let person = &found.people[i];
            keep.fits(&Fields { person: &person.name, words: &[&person.roles.join(" ")], ..Fields::default() })
        });
        self.rows[Tab::People as usize] = people.into_iter().map(Row::Person).collect();
        self.set_figures(text, found, &filters[Tab::Figures as usize]);
    }

    fn set_quotes(&mut self, text: &str, found: &Findings, filter: &str) {
        let keep = Filter::new(filter);
        let mut speakers: Vec<(SpeakerShare, Vec<usize>)> = Vec::new();
        let mut by_name = rustc_hash::FxHashMap::default();
        let speech = |q: &&Quotation| q.kind.is_speech();
        let total: usize = found.quotes.iter().filter(speech).map(|q| words_of(q, text)).sum();
        for (i, q) in found.quotes.iter().enumerate().filter(|(_, q)| speech(q)) {
            let name = q.speaker.as_ref().map(|s| s.name.clone());
            let fields = Fields {
                person: name.as_deref().unwrap_or(UNATTRIBUTED),
                kind: q.kind.name(),
                words: &[q.range.of(text)],
                quote: Some(Attribution { named: name.is_some(), second_hand: q.via.is_some() }),
            };
            if !keep.fits(&fields) {
                continue;
            }
            let slot = *by_name.entry(name.clone()).or_insert_with(|| {
                speakers.push((SpeakerShare { name, quotes: 0, words: 0, share: 0.0 }, Vec::new()));
                speakers.len() - 1
            });
            let (share, quotes) = &mut speakers[slot];
            share.quotes += 1;
            share.words += words_of(q, text);
            quotes.push(i);
        }
        for (share, _) in &mut speakers {
            share.share = if total == 0 { 0.0 } else { share.words as f64 / total as f64 };
        }
        speakers.sort_by_key(|(s, quotes)| (s.name.is_none(), std::cmp::Reverse(s.words), quotes.first().copied()));
        let rows = &mut self.rows[Tab::Quotes as usize];
        rows.clear();
        for (n, (_, quotes)) in speakers.iter().enumerate() {
            rows.push(Row::Speaker(n));
            for &i in quotes {
                rows.push(Row::Quote(i));
                if found.quotes[i].via.is_some() {
                    rows.push(Row::Via(i));
                }
            }
        }
        self.speakers = speakers.into_iter().map(|(s, _)| s).collect();
    }

    fn set_figures(&mut self, text: &str, found: &Findings, filter: &str) {
        let (rows, groups) = ledger::rows(text, found, &self.contradictions, filter, self.by_topic);
        let amounts = rows.iter().filter_map(|r| match *r {
            Row::Figure(i) => Some(text_width(&ledger::amount(&found.figures[i], text))),
            _ => None,
        });
        // One long amount does not widen the column of all: it takes the room behind it.
        self.amounts = amounts.filter(|&w| w <= ledger::COLUMN).max().unwrap_or(0);
        self.rows[Tab::Figures as usize] = rows;
        self.groups = groups;
    }

    /// Compares the figures of new findings with each other.
    pub fn compare_figures(&mut self, article: &Article, found: &Findings) {
        self.contradictions = contradictions(&article.text, found);
    }

    /// The figure that gives the quantity of this one another value.
    #[must_use]
    pub fn contradicts(&self, figure: usize) -> Option<usize> {
        *self.contradictions.get(figure)?
    }

    /// Makes the rows of the Notes tab.
    pub fn set_notes(&mut self, notes: &Notes, filter: &str) {
        let keep = Filter::new(filter);
        let all = notes.annotations.iter().enumerate();
        let fits = |a: &crate::annotation::Annotation| {
            let status = a.status.map_or("", crate::annotation::Status::name);
            let speaker = a.speaker.as_ref().map_or("", |s| s.name.as_str());
            let words = [&a.tags.join(" "), a.note.as_str(), &a.anchor.exact, status, a.now.state.name(), a.creator.as_str()];
            keep.fits(&Fields { person: speaker, kind: a.kind.name(), words: &words, quote: None })
        };
        let mut rows = Vec::new();
        for (i, a) in all.filter(|(_, a)| fits(a)) {
            rows.push(Row::Note(i));
            if a.now.state == crate::annotation::AnchorState::Changed {
                rows.push(Row::Was(i));
            }
        }
        for (i, c) in notes.corrections.iter().enumerate() {
            let words = ["corrected", c.to.as_str(), c.anchor.exact.as_str()];
            if keep.fits(&Fields { person: &c.to, kind: "correction", words: &words, quote: None }) {
                rows.push(Row::Correction(i));
            }
        }
        self.rows[Tab::Notes as usize] = rows;
    }
}

/// What a filter calls a quotation without a speaker.
const UNATTRIBUTED: &str = "unattributed";

/// Terms of a filter; a row fits when each of them does. `person:` and `kind:` look at one field, the quotation marks of `person:"Ada Example"`
/// keep words together, `via` (or `second-hand`) and `unattributed` tell quotations apart; any other word may stand anywhere.
struct Filter {
    terms: Vec<Term>,
}

enum Term {
    Word(String),
    Person(String),
    Kind(String),
    SecondHand,
    Unattributed,
}

/// What a filter looks at in a row.
#[derive(Default)]
struct Fields<'a> {
    /// The name of the speaker or person.
    person: &'a str,
    /// The name of its kind.
    kind: &'a str,
    /// Everything else.
    words: &'a [&'a str],
    /// For a quotation.
    quote: Option<Attribution>,
}

#[derive(Clone, Copy)]
struct Attribution {
    named: bool,
    second_hand: bool,
}

impl Filter {
    fn new(typed: &str) -> Self {
        let mut quoted = false;
        let split = |c: char| {
            quoted ^= c == '"';
            c.is_whitespace() && !quoted
        };
        let lower = typed.to_lowercase();
        let pieces = lower.split(split).map(|piece| piece.replace('"', "")).filter(|piece| !piece.is_empty());
        let term = |piece: String| match piece.split_once(':') {
            Some(("person" | "speaker", name)) => Term::Person(name.to_owned()),
            Some(("kind", kind)) => Term::Kind(kind.to_owned()),
            _ if piece == "via" || piece == "second-hand" => Term::SecondHand,
            _ if piece == UNATTRIBUTED => Term::Unattributed,
            _ => Term::Word(piece),
        };
        Self { terms: pieces.map(term).collect() }
    }

    fn fits(&self, row: &Fields<'_>) -> bool {
        let has = |field: &str, word: &str| field.to_lowercase().contains(word);
        let anywhere = |word: &str| has(row.person, word) || has(row.kind, word) || row.words.iter().any(|f| has(f, word));
        self.terms.iter().all(|term| match (term, row.quote) {
            (Term::Word(word), _) => anywhere(word),
            (Term::Person(name), _) => has(row.person, name),
            (Term::Kind(kind), _) => row.kind.starts_with(kind.as_str()),
            (Term::SecondHand, Some(quote)) => quote.second_hand,
            (Term::Unattributed, Some(quote)) => !quote.named,
            (Term::SecondHand, None) => anywhere("via"),
            (Term::Unattributed, None) => anywhere(UNATTRIBUTED),
        })
    }
}

/// Words of speech in a quotation.
#[must_use]
pub fn words_of(quotation: &Quotation, text: &str) -> usize {
    let in_part = |p: &TextRange| p.of(text).split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count();
    quotation.parts.iter().map(in_part).sum()
}

/// Where a row's words stand in the article; none for an orphan and a heading row.
#[must_use]
pub fn target(row: Row, found: Option<&Findings>, notes: &Notes) -> Option<TextRange> {
    match row {
        // Its words are looked for where it is applied, and may be nowhere.
        Row::Speaker(_) | Row::Topic(_) | Row::Correction(_) => None,
        Row::Quote(i) => Some(found?.quotes.get(i)?.parts.first().copied().unwrap_or(found?.quotes[i].range)),
        Row::Via(i) => found?.quotes.get(i)?.via,
        Row::Person(i) => found?.people.get(i)?.mentions.first().map(|m| m.range),
        Row::Figure(i) => Some(found?.figures.get(i)?.range),
        // On a figure, where keys have something to work on: a change begins with "from".
        Row::Change(i) => {
            let change = found?.changes.get(i)?;
            Some(change.first_figure().and_then(|f| found?.figures.get(f)).map_or(change.range, |f| f.range))
        }
        Row::Note(i) | Row::Was(i) => notes.annotations.get(i)?.now.range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_looks_where_it_says() {
        let quote = |named, second_hand| Fields {
            person: if named { "Ada Example" } else { UNATTRIBUTED },
            kind: "fragment",
            words: &["“no way to Bo”"],
            quote: Some(Attribution { named, second_hand }),
        };
        let fits = |typed: &str, named, second_hand| Filter::new(typed).fits(&quote(named, second_hand));
        assert!(fits("", true, false) && fits("ADA way", true, false));
        assert!(fits("person:ada", true, false) && !fits("person:bo", true, false), "a name in the words is not the speaker");
        assert!(fits("person:\"a example\"", true, false) && !fits("person:\"example ada\"", true, false));
        assert!(fits("kind:frag", true, false) && !fits("kind:full", true, false));
        assert!(fits("via", true, true) && !fits("via person:ada", true, false) && fits("second-hand", false, true));
        assert!(fits("unattributed", false, false) && !fits("unattributed", true, false));
        assert!(fits("person:", true, false), "half typed");
    }
}
