//! What a key is about: the selection, else the annotation, finding or sentence under the caret; and the annotation made of it.

use std::sync::Arc;

use super::super::lists::Row;
use super::super::model::{Model, Tab, Target};
use crate::analysis::Findings;
use crate::annotation::{Annotation, Finding};
use crate::text::{CodePoints, TextRange};

impl Model {
    /// What an annotating key is about.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        if let Some(all) = self.targets_of_rows() {
            return Some(Target::Several(all));
        }
        if let Some(range) = self.selected() {
            // The very words of an annotation are that annotation.
            let same = self.notes.spans.overlapping(range).find(|(r, _)| *r == range);
            let id = same.map(|(_, i)| self.notes.all.annotations[i].id.clone());
            return Some(id.map_or(Target::Passage(range), Target::Annotation));
        }
        if let Some(id) = self.annotation_here() {
            return Some(Target::Annotation(id));
        }
        self.finding_here().or_else(|| self.sentence_at(self.caret).map(Target::Passage))
    }

    /// The annotation under the caret, or the one selected in the Notes tab: its id.
    #[must_use]
    pub fn annotation_here(&self) -> Option<String> {
        let index = if self.pane.focus && self.pane.tab == Tab::Notes {
            match self.pane.lists.rows(Tab::Notes).get(self.pane.row()) {
                Some(Row::Note(i)) => Some(*i),
                _ => None,
            }
        } else {
            self.notes.spans.at(self.caret).map(|(_, i)| i)
        };
        Some(self.notes.all.annotations.get(index?)?.id.clone())
    }

    /// The innermost finding under the caret.
    #[must_use]
    pub fn finding_here(&self) -> Option<Target> {
        let found = self.found.as_ref()?;
        let at = self.caret;
        let quote = found.quotes.at(at).map(|(r, i)| (r.len(), Target::Quote(i)));
        let person = found.people.at(at).map(|(r, i)| (r.len(), Target::Person(i, r)));
        let figure = found.figures.at(at).map(|(r, i)| (r.len(), Target::Figure(i)));
        [figure, person, quote].into_iter().flatten().min_by_key(|(len, _)| *len).map(|(_, t)| t)
    }

    /// The finding that has exactly these words.
    pub(super) fn finding_of(&self, range: TextRange) -> Option<Target> {
        let found = self.found.as_ref()?;
        let quote = found.quotes.overlapping(range).map(|(_, i)| i).find(|&i| found.findings.quotes[i].range == range);
        let figure = || found.figures.overlapping(range).find(|(r, _)| *r == range).map(|(_, i)| Target::Figure(i));
        let person = || found.people.overlapping(range).find(|(r, _)| *r == range).map(|(r, i)| Target::Person(i, r));
        quote.map(Target::Quote).or_else(figure).or_else(person)
    }

    /// The words of a target.
    #[must_use]
    pub fn range_of(&self, target: &Target) -> Option<TextRange> {
        let findings = self.found.as_ref().map(|f| &f.findings);
        match target {
            Target::Annotation(id) => self.notes.all.get(id)?.now.range,
            Target::Quote(i) => Some(findings?.quotes.get(*i)?.range),
            Target::Figure(i) => Some(findings?.figures.get(*i)?.range),
            Target::Person(_, range) | Target::Passage(range) => Some(*range),
            Target::Several(all) => self.range_of(all.first()?),
        }
    }

    /// A new annotation on a target that is not one yet. Words that are exactly a finding's are that finding, accepted.
    pub(super) fn annotation_of(&mut self, target: &Target) -> Option<Annotation> {
        let finding = match target {
            Target::Passage(range) => self.finding_of(*range),
            _ => None,
        };
        let target = finding.as_ref().unwrap_or(target);
        let finding = match target {
            Target::Annotation(_) | Target::Several(_) => return None,
            Target::Quote(i) => Finding::Quote(*i),
            Target::Figure(i) => Finding::Figure(*i),
            Target::Person(i, range) => Finding::Person(*i, *range),
            Target::Passage(range) => Finding::Passage(*range),
        };
        let text = Arc::clone(&self.article);
        let map = self.map.clone().unwrap_or_else(|| Arc::new(CodePoints::new(&text.text)));
        let stamp = self.desk.stamp();
        let id = self.desk.id();
        let nothing = Findings::default();
        let found = self.found.as_ref().map_or(&nothing, |f| &f.findings);
        finding.annotation(found, &text.text, &map, id, &stamp)
    }
}
