//! The rows of the side pane, as light as possible: what each row is about, not what it looks like.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::hits::Hit;
use super::ledger::{self, Group};
use super::model::Tab;
use crate::analysis::Findings;
use crate::analysis::figures::contradictions;
use crate::analysis::findings::{MentionForm, Person, Quotation};
use crate::annotation::filter::{Field, Filter, Subject};
use crate::annotation::{AnchorState, Notes};
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
    /// A place that was found: index into [`Lists::hits`].
    Hit(usize),
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
    pub name: Option<Arc<str>>,
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
    /// The other of each figure that has one.
    contradictions: FxHashMap<usize, usize>,
    rows: [Vec<Row>; 5],
    /// What `:find` found.
    pub hits: Arc<Vec<Hit>>,
}

impl Lists {
    /// The rows of a tab.
    #[must_use]
    pub fn rows(&self, tab: Tab) -> &[Row] {
        &self.rows[tab as usize]
    }

    /// Makes the rows of the tabs that show findings. There is one filter a tab.
    pub fn set_findings(&mut self, article: &Article, found: &Findings, filters: &[Filter; 5]) {
        let text = article.text.as_str();
        self.set_quotes(text, found, &filters[Tab::Quotes as usize]);
        let keep = &filters[Tab::People as usize];
        let mut people: Vec<usize> = (0..found.people.len()).collect();
        people.sort_by_key(|&i| std::cmp::Reverse(found.people[i].mentions.len()));
        people.retain(|&i| keep.fits(&Named { person: &found.people[i], text }));
        self.rows[Tab::People as usize] = people.into_iter().map(Row::Person).collect();
        self.set_figures(text, found, &filters[Tab::Figures as usize]);
    }

    fn set_quotes(&mut self, text: &str, found: &Findings, keep: &Filter) {
        let mut speakers: Vec<(SpeakerShare, Vec<usize>)> = Vec::new();
        let mut by_name = FxHashMap::default();
        let speech = |q: &&Quotation| q.kind.is_speech();
        let total: usize = found.quotes.iter().filter(speech).map(|q| words_of(q, text)).sum();
        for (i, q) in found.quotes.iter().enumerate().filter(|(_, q)| speech(q)) {
            let name = q.speaker.as_ref().map(|s| s.name.clone());
            if !keep.fits(&Said { quote: q, text }) {
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
        rows.reserve_exact(speakers.iter().map(|(_, quotes)| quotes.len() + 1).sum());
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

    fn set_figures(&mut self, text: &str, found: &Findings, filter: &Filter) {
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
        let others = contradictions(&article.text, found).into_iter().enumerate();
        self.contradictions = others.filter_map(|(i, other)| Some((i, other?))).collect();
    }

    /// The figure that gives the quantity of this one another value.
    #[must_use]
    pub fn contradicts(&self, figure: usize) -> Option<usize> {
        self.contradictions.get(&figure).copied()
    }

    /// Makes the rows of the tab Found.
    pub fn set_hits(&mut self, hits: Arc<Vec<Hit>>) {
        self.rows[Tab::Found as usize] = (0..hits.len()).map(Row::Hit).collect();
        self.hits = hits;
    }

    /// Makes the rows of the Notes tab.
    pub fn set_notes(&mut self, notes: &Notes, keep: &Filter) {
        let mut rows = Vec::new();
        for (i, a) in notes.annotations.iter().enumerate().filter(|(_, a)| keep.fits(*a)) {
            rows.push(Row::Note(i));
            if a.now.state == AnchorState::Changed {
                rows.push(Row::Was(i));
            }
        }
        rows.extend(notes.corrections.iter().enumerate().filter(|(_, c)| keep.fits(*c)).map(|(i, _)| Row::Correction(i)));
        self.rows[Tab::Notes as usize] = rows;
    }
}

/// A quotation, for a filter.
pub struct Said<'a> {
    /// The quotation.
    pub quote: &'a Quotation,
    /// The article's text.
    pub text: &'a str,
}

impl Subject for Said<'_> {
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        match field {
            Field::Speaker => self.quote.speaker.as_ref().is_some_and(|s| fits(&s.name)),
            Field::Kind => fits(self.quote.kind.name()),
            Field::Via => self.quote.via.is_some_and(|via| fits(via.of(self.text))),
            Field::Text => fits(self.quote.range.of(self.text)),
            _ => false,
        }
    }
}

/// A person, for a filter. Any of the names that the article uses will do.
pub struct Named<'a> {
    /// The person.
    pub person: &'a Person,
    /// The article's text.
    pub text: &'a str,
}

impl Subject for Named<'_> {
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        let person = self.person;
        match field {
            Field::Speaker => fits(&person.name),
            Field::Role => person.roles.iter().map(String::as_str).chain(person.affiliation.as_deref()).any(fits),
            Field::Text => person.mentions.iter().filter(|m| m.form != MentionForm::Pronoun).any(|m| fits(m.range.of(self.text))),
            _ => false,
        }
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
pub fn target(row: Row, lists: &Lists, found: Option<&Findings>, notes: &Notes) -> Option<TextRange> {
    match row {
        Row::Hit(i) => lists.hits.get(i)?.range,
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
