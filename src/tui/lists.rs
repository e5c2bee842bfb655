//! The rows of the side pane, as light as possible: what each row is about, not what it looks like.

use super::ledger::{self, Group};
use super::model::Tab;
use crate::analysis::Findings;
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
}

impl Row {
    /// True for rows that are never selected: they belong to the rows around.
    #[must_use]
    pub fn is_heading(self) -> bool {
        matches!(self, Self::Speaker(_) | Self::Via(_) | Self::Topic(_))
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
        people.retain(|&i| keep.fits(&[&found.people[i].name, &found.people[i].roles.join(" ")]));
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
            if !keep.fits(&[name.as_deref().unwrap_or("unattributed"), q.kind.name(), q.range.of(text)]) {
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
        self.amounts = amounts.max().unwrap_or(0);
        self.rows[Tab::Figures as usize] = rows;
        self.groups = groups;
    }

    /// Compares the figures of new findings with each other.
    pub fn compare_figures(&mut self, article: &Article, found: &Findings) {
        self.contradictions = ledger::contradictions(&article.text, found);
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
            keep.fits(&[&a.tags.join(" "), &a.note, &a.anchor.exact, status, speaker, a.now.state.name(), a.kind.name()])
        };
        self.rows[Tab::Notes as usize] = all.filter(|(_, a)| fits(a)).map(|(i, _)| Row::Note(i)).collect();
    }
}

/// Words of a filter; a row fits when each of them stands in one of its fields.
struct Filter {
    words: Vec<String>,
}

impl Filter {
    fn new(typed: &str) -> Self {
        Self { words: typed.to_lowercase().split_whitespace().map(str::to_owned).collect() }
    }

    fn fits(&self, fields: &[&str]) -> bool {
        self.words.iter().all(|w| fields.iter().any(|f| f.to_lowercase().contains(w.as_str())))
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
        Row::Speaker(_) | Row::Topic(_) => None,
        Row::Quote(i) => Some(found?.quotes.get(i)?.parts.first().copied().unwrap_or(found?.quotes[i].range)),
        Row::Via(i) => found?.quotes.get(i)?.via,
        Row::Person(i) => found?.people.get(i)?.mentions.first().map(|m| m.range),
        Row::Figure(i) => Some(found?.figures.get(i)?.range),
        // On a figure, where keys have something to work on: a change begins with "from".
        Row::Change(i) => {
            let change = found?.changes.get(i)?;
            Some(change.first_figure().and_then(|f| found?.figures.get(f)).map_or(change.range, |f| f.range))
        }
        Row::Note(i) => notes.annotations.get(i)?.now.range,
    }
}
