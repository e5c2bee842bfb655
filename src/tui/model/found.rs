//! Findings and where they stand.

use std::sync::Arc;

use crate::analysis::Findings;
use crate::analysis::findings::MentionForm;
use crate::annotation::Correction;
use crate::text::TextRange;
use crate::tui::spans::Spans;

/// Findings and their places.
pub struct Found {
    /// The findings.
    pub findings: Arc<Findings>,
    /// How many quotations are speech.
    pub speech: usize,
    /// Speech (kinds full, fragment, block), by index.
    pub quotes: Spans,
    /// Words in marks that are no speech of their own.
    pub mentions: Spans,
    /// Mentions of people by name or title; the number is the person's.
    pub people: Spans,
    /// Pronouns that stand for people; seen only while the caret is on their person.
    pub pronouns: Spans,
    /// Figures.
    pub figures: Spans,
    /// The same before the reader's corrections.
    pub detected: Arc<Findings>,
    /// The corrections that made the difference.
    pub corrections: Vec<Correction>,
}

impl Found {
    /// Indexes findings. `detected` are the same before the reader's `corrections`.
    #[must_use]
    pub fn new(findings: Arc<Findings>, detected: Arc<Findings>, corrections: Vec<Correction>) -> Self {
        let quotes = findings.quotes.iter().enumerate();
        let parts = |speech: bool| {
            let wanted = quotes.clone().filter(move |(_, q)| q.kind.is_speech() == speech);
            Spans::new(wanted.flat_map(|(i, q)| q.parts.iter().map(move |p| (*p, i))))
        };
        let people = findings.people.iter().enumerate();
        let mentions = |pronouns: bool| {
            let all = people.clone().flat_map(|(i, p)| p.mentions.iter().map(move |m| (m, i)));
            Spans::new(all.filter(move |(m, _)| (m.form == MentionForm::Pronoun) == pronouns).map(|(m, i)| (m.range, i)))
        };
        Self {
            speech: findings.quotes.iter().filter(|q| q.kind.is_speech()).count(),
            quotes: parts(true),
            mentions: parts(false),
            people: mentions(false),
            pronouns: mentions(true),
            figures: Spans::new(findings.figures.iter().enumerate().map(|(i, f)| (f.range, i))),
            findings,
            detected,
            corrections,
        }
    }

    /// The mention at byte `at`, a pronoun too, and whose it is.
    #[must_use]
    pub fn person_at(&self, at: usize) -> Option<(TextRange, usize)> {
        self.people.at(at).or_else(|| self.pronouns.at(at))
    }
}
