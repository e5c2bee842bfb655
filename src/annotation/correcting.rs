//! What a reader says of a speaker or a person, as edits of the notes: corrections made, changed or taken back, and with them the
//! annotations that carry the corrected names.

use rustc_hash::{FxHashMap, FxHashSet};

use super::corrections::{self, MENTION, PERSON, Placed, SPEAKER, Speech, Statements};
use super::model::{Anchor, Annotation, AnnotationKind, Correction, NotedSpeaker, Notes, Stamp, Unknown};
use super::{Edit, corrections::apply};
use crate::analysis::Findings;
use crate::analysis::findings::Quotation;
use crate::text::{CodePoints, TextRange};

/// What corrections are made from.
pub struct Desk<'a> {
    /// What was detected, without corrections.
    pub found: &'a Findings,
    /// The notes as they are.
    pub notes: &'a Notes,
    /// The article's text.
    pub text: &'a str,
    /// The text's own table.
    pub map: &'a CodePoints,
    /// When it happens.
    pub stamp: Stamp,
    /// Makes identifiers, `urn:uuid:…`.
    pub id: &'a mut dyn FnMut() -> String,
}

impl Desk<'_> {
    /// Says that the quotation at `range` was said by `name`, or, when that is empty, that the text does not say by whom. Nothing to be
    /// done gives no edits.
    #[must_use]
    pub fn speaker(&mut self, range: TextRange, name: &str) -> Vec<Edit> {
        let old = Placed::new(&self.notes.corrections, self.text, self.map);
        let old: Vec<&Correction> = old.of(SPEAKER).filter(|(r, _)| *r == range).map(|(_, c)| c).collect();
        let others: Vec<Correction> = self.notes.corrections.iter().filter(|c| !old.iter().any(|o| o.id == c.id)).cloned().collect();
        let without = apply(self.found, &others, self.text, self.map).findings;
        let detected = Speech::new(&without.quotes).at(range).and_then(|i| without.quotes[i].speaker.as_ref()).map_or("", |s| &s.name);
        let mut edits = Vec::new();
        if detected == name {
            edits.extend(old.iter().map(|c| Edit::RemoveCorrection(c.id.clone())));
        } else if let Some(last) = old.last() {
            edits.extend(changed(last, name));
        } else {
            edits.push(self.new_correction(SPEAKER, range, name));
        }
        self.with_annotations(edits)
    }

    /// Says that the person with a mention at `at` is called `name`, with all mentions. When another person has that name, both are one.
    #[must_use]
    pub fn person(&mut self, at: TextRange, name: &str) -> Vec<Edit> {
        let now = apply(self.found, &self.notes.corrections, self.text, self.map).findings;
        let Some(person) = now.people.iter().find(|p| p.mentions.iter().any(|m| m.range == at)) else { return vec![] };
        if name.is_empty() || person.name == name {
            return vec![];
        }
        let placed = Placed::new(&self.notes.corrections, self.text, self.map);
        let mut edits = Vec::new();
        // What they were made of: detected people, each with a mention to hang the statement on, and single mentions.
        let owner = self.owners();
        let pins: FxHashMap<TextRange, &Correction> = placed.of(MENTION).collect();
        let mut groups: Vec<(usize, TextRange)> = Vec::new();
        let mut seen = FxHashSet::default();
        let here_first = person.mentions.iter().filter(|m| m.range == at).chain(&person.mentions);
        for mention in here_first {
            match (pins.get(&mention.range), owner.get(&mention.range)) {
                (Some(pin), _) if mention.range != at || seen.insert(usize::MAX) => edits.extend(changed(pin, name)),
                (None, Some(&group)) if seen.insert(group) => groups.push((group, mention.range)),
                _ => {}
            }
        }
        for (group, range) in groups {
            let of_group = |(r, _): &(TextRange, &Correction)| owner.get(r) == Some(&group) && !pins.contains_key(r);
            let old: Vec<&Correction> = placed.of(PERSON).filter(of_group).map(|(_, c)| c).collect();
            if self.found.people[group].name == name {
                edits.extend(old.iter().map(|c| Edit::RemoveCorrection(c.id.clone())));
            } else if let Some(last) = old.last() {
                edits.extend(changed(last, name));
            } else {
                edits.push(self.new_correction(PERSON, range, name));
            }
        }
        let said = placed.of(SPEAKER).filter(|(_, c)| c.to == person.name);
        edits.extend(said.filter_map(|(_, c)| changed(c, name)));
        self.with_annotations(edits)
    }

    /// Says that the mentions at `ranges` alone are `name`: another person of the article, or one who was not told apart.
    #[must_use]
    pub fn mentions(&mut self, ranges: &[TextRange], name: &str) -> Vec<Edit> {
        let placed = Placed::new(&self.notes.corrections, self.text, self.map);
        let stated = Statements::new(self.found, &placed);
        let owner = self.owners();
        let pins: FxHashMap<TextRange, &Correction> = placed.of(MENTION).collect();
        let ranges: FxHashSet<TextRange> = ranges.iter().copied().filter(|r| owner.contains_key(r)).collect();
        let mut edits = Vec::new();
        let mut taken = FxHashSet::default();
        let mut sorted: Vec<TextRange> = ranges.iter().copied().filter(|_| !name.is_empty()).collect();
        sorted.sort_unstable();
        for range in &sorted {
            let group = owner[range];
            let called = stated.groups.get(&group).copied().unwrap_or(&self.found.people[group].name);
            match pins.get(range) {
                Some(pin) if called == name => edits.push(Edit::RemoveCorrection(pin.id.clone())),
                Some(pin) => edits.extend(changed(pin, name)),
                None if called == name => {}
                None => {
                    taken.insert(*range);
                    edits.push(self.new_correction(MENTION, *range, name));
                }
            }
        }
        // A statement about a whole person must not hang on words that are no longer theirs.
        for (range, correction) in placed.of(PERSON).filter(|(r, _)| taken.contains(r)) {
            let mentions = owner.get(&range).map_or(&[][..], |&group| &self.found.people[group].mentions);
            edits.push(Edit::RemoveCorrection(correction.id.clone()));
            let other = mentions.iter().map(|m| m.range).find(|r| !taken.contains(r) && !pins.contains_key(r));
            edits.extend(other.map(|other| self.new_correction(PERSON, other, &correction.to)));
        }
        self.with_annotations(edits)
    }

    /// Whose mention a range is, as detected.
    fn owners(&self) -> FxHashMap<TextRange, usize> {
        let mut owner = FxHashMap::default();
        for (i, person) in self.found.people.iter().enumerate() {
            for mention in &person.mentions {
                owner.entry(mention.range).or_insert(i);
            }
        }
        owner
    }

    fn new_correction(&mut self, what: &str, range: TextRange, to: &str) -> Edit {
        Edit::AddCorrection(Box::new(Correction {
            id: (self.id)(),
            modified: self.stamp.now.clone(),
            what: what.into(),
            anchor: Anchor::of(self.text, self.map, range),
            to: to.into(),
            unknown: Unknown::new(),
        }))
    }

    /// The edits, and those of the kept quotations and people whose name they change. A name that the reader wrote otherwise stays.
    fn with_annotations(&self, mut edits: Vec<Edit>) -> Vec<Edit> {
        let mut after = self.notes.clone();
        if edits.is_empty() || after.apply(Edit::Batch(edits.clone()), &self.stamp).is_err() {
            return edits;
        }
        let old = Names::new(corrections::apply(self.found, &self.notes.corrections, self.text, self.map).findings);
        let new = Names::new(corrections::apply(self.found, &after.corrections, self.text, self.map).findings);
        let kept = self.notes.annotations.iter().filter_map(|a| renamed(a, &old, &new, self.text));
        edits.extend(kept.map(|a| Edit::Replace(Box::new(a))));
        edits
    }
}

fn changed(correction: &Correction, to: &str) -> Option<Edit> {
    (correction.to != to).then(|| Edit::ReplaceCorrection(Box::new(Correction { to: to.into(), ..correction.clone() })))
}

/// The names in findings, by place.
struct Names {
    quotes: FxHashMap<TextRange, Quotation>,
    people: FxHashMap<TextRange, String>,
}

impl Names {
    fn new(findings: Findings) -> Self {
        let named = |p: &crate::analysis::findings::Person| p.mentions.iter().map(|m| (m.range, p.name.clone())).collect::<Vec<_>>();
        Self {
            people: findings.people.iter().flat_map(named).collect(),
            quotes: findings.quotes.into_iter().filter(|q| q.kind.is_speech()).map(|q| (q.range, q)).collect(),
        }
    }

    fn speaker(&self, range: TextRange) -> Option<&str> {
        self.quotes.get(&range)?.speaker.as_ref().map(|s| &*s.name)
    }
}

/// An annotation with its new name, when its name was the old one and that has changed.
fn renamed(annotation: &Annotation, old: &Names, new: &Names, text: &str) -> Option<Annotation> {
    let range = annotation.now.range?;
    let mut after = annotation.clone();
    match annotation.kind {
        AnnotationKind::Quote => {
            let (was, is) = (old.speaker(range), new.speaker(range));
            if was == is || annotation.speaker.as_ref().map(|s| s.name.as_str()) != was {
                return None;
            }
            let cue = new.quotes.get(&range).and_then(|q| q.cue).map(|c| c.of(text).to_owned());
            after.speaker = is.map(|name| match after.speaker.take() {
                Some(speaker) => NotedSpeaker { name: name.into(), ..speaker },
                None => NotedSpeaker { name: name.into(), cue, unknown: Unknown::new() },
            });
        }
        AnnotationKind::Person => {
            let name = after.unknown.get_mut("person")?.get_mut("name")?;
            let is = new.people.get(&range)?;
            if old.people.get(&range)? == is || name.as_str() != old.people.get(&range).map(String::as_str) {
                return None;
            }
            *name = is.as_str().into();
        }
        _ => return None,
    }
    Some(after)
}
