//! What an import would change: every note placed in the article, compared with what is there, counted.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Incoming;
use crate::annotation::anchor::locate;
use crate::annotation::{Anchor, AnchorState, Annotation, AnnotationKind, Correction, Edit, Notes, Now, attach, merge};
use crate::export::hypothesis::short_id;
use crate::export::readwise;
use crate::store::schema::{SourceRecord, Text};
use crate::text::fold::Folded;
use crate::text::{TextRange, Utf16, sanitize};

/// The changes that bring a file in, and what became of its notes.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// One batch: all or nothing, and one step to undo.
    pub edit: Edit,
    /// How it went.
    pub report: Report,
    /// The name of the article that the notes were made on, when that is another one.
    pub of_another: Option<String>,
}

/// What became of the notes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Report {
    /// New, on their words.
    pub attached: usize,
    /// New; the place is there, the words differ.
    pub changed: usize,
    /// New; the words are not in the article.
    pub orphan: usize,
    /// There already, and what the file says of them differs: both were brought together.
    pub merged: usize,
    /// There already, or deleted here.
    pub duplicate: usize,
    /// Corrections of findings that were not there.
    pub corrections: usize,
}

impl Report {
    /// True when the file held nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// True when there is something to write.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.attached + self.changed + self.orphan + self.merged + self.corrections > 0
    }

    /// "3 attached, 1 changed, 1 orphan, 2 duplicate"; what is rare is named only when it occurs.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { attached, changed, orphan, merged, duplicate, corrections } = *self;
        let mut words = format!("{attached} attached, {changed} changed, {orphan} orphan, {duplicate} duplicate");
        for (n, one, many) in [(merged, "merged", "merged"), (corrections, "correction", "corrections")] {
            if n > 0 {
                words += &format!(", {n} {}", if n == 1 { one } else { many });
            }
        }
        words
    }

    fn count(&mut self, a: &Annotation) {
        match a.now.state {
            AnchorState::Attached => self.attached += 1,
            AnchorState::Changed => self.changed += 1,
            AnchorState::Orphan => self.orphan += 1,
        }
    }
}

/// Of what a file holds for several articles, that for this one; all of it when nothing in it says which article it is for. The second value is
/// how many notes are for others.
#[must_use]
pub fn for_article(all: Vec<Incoming>, text: Text<'_>, uri: Option<&str>) -> (Vec<Incoming>, usize) {
    let fits = |i: &Incoming| {
        let source = &i.parsed.source;
        source.text_sha256.as_deref() == Some(text.sha256) || (uri.is_some() && source.uri.as_deref() == uri)
    };
    if all.len() < 2 || !all.iter().any(fits) {
        return (all, 0);
    }
    let (ours, others): (Vec<Incoming>, Vec<Incoming>) = all.into_iter().partition(fits);
    (ours, others.iter().map(|i| i.parsed.notes.annotations.len()).sum())
}

/// Plans to bring `incoming` into `here`, the notes on `text`, of which the notes file says `source`.
#[must_use]
pub fn plan(here: &Notes, source: &SourceRecord, incoming: Vec<Incoming>, text: Text<'_>) -> Plan {
    let mut planner = Planner::new(here);
    let other = incoming.iter().map(|i| &i.parsed).find(|p| !p.source.may_be(source) && (p.notes.id.is_empty() || p.notes.id != here.id));
    let of_another =
        other.map(|p| p.source.title.as_ref().or(p.source.uri.as_ref()).or(p.source.path.as_ref()).cloned().unwrap_or_default());
    for mut one in incoming {
        place(&mut one, text);
        for annotation in one.parsed.notes.annotations {
            planner.annotation(annotation, one.own);
        }
        for correction in one.parsed.notes.corrections {
            planner.correction(correction);
        }
    }
    Plan { edit: Edit::Batch(planner.edits), report: planner.report, of_another }
}

/// Finds the places of all annotations. This is the one use of anchoring here.
fn place(incoming: &mut Incoming, text: Text<'_>) {
    let notes = &mut incoming.parsed.notes;
    if incoming.own {
        attach(notes, text.text, text.map, text.sha256);
        return;
    }
    if incoming.utf16 {
        let units = Utf16::new(text.text);
        for anchor in notes.annotations.iter_mut().map(|a| &mut a.anchor) {
            (anchor.start, anchor.end) = (units.to_code_point(anchor.start), units.to_code_point(anchor.end));
        }
    }
    let mut folded = None;
    for a in notes.annotations.iter_mut().filter(|a| a.kind != AnnotationKind::Page) {
        let found = as_written(&a.anchor, text).or_else(|| locate(&a.anchor, text.text, text.map, &mut folded));
        settle(a, found, text);
    }
}

/// The place that an anchor without context says, when the words there are those, as an export writes them.
fn as_written(anchor: &Anchor, text: Text<'_>) -> Option<TextRange> {
    if !(anchor.prefix.is_empty() && anchor.suffix.is_empty()) || anchor.exact.is_empty() {
        return None;
    }
    let (start, end) = (text.map.to_byte(text.text, anchor.start)?, text.map.to_byte(text.text, anchor.end)?);
    let range = (start < end).then(|| TextRange::new(start, end))?;
    (sanitize::lines(range.of(text.text)) == anchor.exact).then_some(range)
}

/// Gives an annotation of another tool its anchor in this article: the words are those it came with, the offsets this article's.
fn settle(a: &mut Annotation, found: Option<TextRange>, text: Text<'_>) {
    let Some(range) = found else {
        a.now = Now { state: AnchorState::Orphan, ..Now::page() };
        return;
    };
    let Anchor { exact, prefix, suffix, .. } = std::mem::take(&mut a.anchor);
    a.anchor = Anchor::of(text.text, text.map, range);
    a.now = Now::attached(range);
    if a.anchor.exact != exact {
        a.now.state = AnchorState::Changed;
        a.anchor.exact = exact;
    }
    // Context that the other tool gave is evidence too; where it gave none, this article's is better than nothing.
    for (ours, theirs) in [(&mut a.anchor.prefix, prefix), (&mut a.anchor.suffix, suffix)] {
        if !theirs.is_empty() {
            *ours = theirs;
        }
    }
}

struct Planner<'a> {
    here: FxHashMap<&'a str, &'a Annotation>,
    /// Identifiers that are taken: here, deleted here, or brought in already.
    ids: FxHashSet<String>,
    /// What annotations say, for those without an identifier of ours.
    said: FxHashSet<Said>,
    /// Identifiers as Hypothesis shortens them.
    short: FxHashSet<String>,
    edits: Vec<Edit>,
    report: Report,
}

/// Two annotations that say the same of the same words are one.
#[derive(PartialEq, Eq, Hash)]
struct Said {
    place: Option<TextRange>,
    words: String,
    note: String,
    tags: Vec<String>,
}

impl Said {
    fn of(a: &Annotation) -> Self {
        // In the form that the poorest format has it in: tags of letters, digits and underscores, nothing unseen.
        let mut tags: Vec<String> = a.tags.iter().map(|tag| readwise::tag(tag)).filter(|tag| !tag.is_empty()).collect();
        tags.sort();
        tags.dedup();
        // Of an orphan only the words tell; a place tells more than its words.
        let words = if a.now.range.is_some() { String::new() } else { Folded::new(sanitize::lines(&a.anchor.exact).trim()).text };
        Self { place: a.now.range, words, note: sanitize::lines(&a.note).trim().to_owned(), tags }
    }
}

impl<'a> Planner<'a> {
    fn new(here: &'a Notes) -> Self {
        let annotations = here.annotations.iter();
        // What was brought in and undone may come again; what the reader deleted may not.
        let gone = here.deleted.iter().filter(|t| !t.undone).map(|t| t.id.clone());
        Self {
            here: annotations.clone().map(|a| (a.id.as_str(), a)).collect(),
            ids: annotations.clone().map(|a| a.id.clone()).chain(here.corrections.iter().map(|c| c.id.clone())).chain(gone).collect(),
            said: annotations.clone().map(Said::of).collect(),
            short: annotations.map(|a| super::clock::id_of(&["hypothesis", &short_id(&a.id)]).urn().to_string()).collect(),
            edits: Vec::new(),
            report: Report::default(),
        }
    }

    fn annotation(&mut self, a: Annotation, own: bool) {
        if let Some(&ours) = self.here.get(a.id.as_str()) {
            return self.both(ours, &a, own);
        }
        let there = if own { false } else { self.short.contains(&a.id) || self.said.contains(&Said::of(&a)) };
        if there || !self.ids.insert(a.id.clone()) {
            self.report.duplicate += 1;
            return;
        }
        self.said.insert(Said::of(&a));
        self.report.count(&a);
        self.edits.push(Edit::Add(Box::new(a)));
    }

    /// An annotation that is here already. From a notes file it is merged; from another tool it is left: the reader may have gone on with it here.
    fn both(&mut self, ours: &Annotation, theirs: &Annotation, own: bool) {
        if own {
            let notes = |a: &Annotation| Notes { annotations: vec![a.clone()], ..Notes::default() };
            let merged = merge(None, &notes(ours), &notes(theirs)).notes.annotations.remove(0);
            if !merged.same_content(ours) {
                self.report.merged += 1;
                self.edits.push(Edit::Replace(Box::new(merged)));
                return;
            }
        }
        self.report.duplicate += 1;
    }

    fn correction(&mut self, correction: Correction) {
        if self.ids.insert(correction.id.clone()) {
            self.report.corrections += 1;
            self.edits.push(Edit::AddCorrection(Box::new(correction)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Origin;
    use crate::annotation::sample::{self, TEXT, on, stamp};
    use crate::text::CodePoints;

    fn text(map: &CodePoints) -> Text<'_> {
        Text { text: TEXT, map, sha256: "today" }
    }

    fn planned(here: &Notes, annotations: Vec<Annotation>, own: bool) -> Plan {
        let mut one = Incoming { own, ..Incoming::default() };
        one.parsed.notes.annotations = annotations;
        plan(here, &SourceRecord::default(), vec![one], text(&CodePoints::new(TEXT)))
    }

    fn bare(words: &str, prefix: &str) -> Annotation {
        let mut a = super::super::foreign(&["test", words, prefix], words, &stamp(0));
        a.anchor.prefix = prefix.into();
        a
    }

    #[test]
    fn what_fits_sits_on_its_words_and_what_does_not_is_an_orphan() {
        let incoming = vec![
            bare("40 per cent more", "cost "),
            bare("\"We are late,\" she said", "planned. "),
            bare("never written here", ""),
            bare("open in May", ""),
            bare("", ""),
        ];
        let plan = planned(&sample::notes([]), incoming, false);
        assert_eq!(plan.report, Report { attached: 2, changed: 1, orphan: 2, ..Report::default() });
        let mut notes = sample::notes([]);
        notes.apply(plan.edit, &stamp(1)).expect("new ones");
        let found: Vec<(&str, Option<&str>)> =
            notes.annotations.iter().map(|a| (a.anchor.exact.as_str(), a.now.range.map(|r| r.of(TEXT)))).collect();
        assert!(found.contains(&("\"We are late,\" she said", Some("“We are late,” she said"))), "the words are theirs: {found:?}");
        assert!(found.contains(&("open in May", None)), "two places fit: {found:?}");
        assert!(notes.annotations.iter().all(|a| a.origin == Origin::Imported));
    }

    #[test]
    fn importing_twice_adds_nothing_not_even_what_was_deleted() {
        let incoming = || vec![bare("40 per cent more", ""), bare("3 June", "votes on "), bare("nowhere", "")];
        let mut notes = sample::notes([]);
        let first = planned(&notes, incoming(), false);
        notes.apply(first.edit, &stamp(1)).expect("new ones");
        let again = planned(&notes, incoming(), false);
        assert_eq!((again.report.duplicate, again.report.changes()), (3, false));
        let id = notes.annotations[1].id.clone();
        notes.apply(Edit::Remove(id), &stamp(2)).expect("there");
        assert_eq!(planned(&notes, incoming(), false).report.duplicate, 3);
    }

    #[test]
    fn what_was_imported_and_undone_can_be_imported_again() {
        let incoming = || vec![bare("40 per cent more", ""), bare("3 June", "votes on "), bare("nowhere", "")];
        let mut notes = sample::notes([]);
        let back = notes.apply(planned(&notes, incoming(), false).edit, &stamp(1)).expect("new ones");
        notes.apply(back, &stamp(2)).expect("all are there");
        assert!(notes.annotations.is_empty());
        let again = planned(&notes, incoming(), false);
        assert_eq!((again.report.attached, again.report.orphan, again.report.duplicate), (2, 1, 0));
        notes.apply(again.edit, &stamp(3)).expect("new ones");
        assert_eq!((notes.annotations.len(), notes.deleted.len()), (3, 0));
    }

    #[test]
    fn the_same_words_with_the_same_note_by_hand_are_a_duplicate_and_another_note_is_not() {
        let mut mine = on("urn:uuid:a", "40 per cent");
        mine.tags = vec!["US-China".into()];
        let here = sample::notes([mine]);
        let mut same = bare("40 per cent", "cost ");
        same.tags = vec!["US_China".into()];
        assert_eq!(planned(&here, vec![same.clone()], false).report.duplicate, 1);
        same.note = "else".into();
        assert_eq!(planned(&here, vec![same], false).report.attached, 1);
    }

    #[test]
    fn another_persons_notes_stand_beside_mine_and_an_edit_of_the_same_note_is_merged() {
        let here = sample::notes([on("urn:uuid:a", "40 per cent")]);
        let mut theirs = on("urn:uuid:b", "40 per cent");
        theirs.creator = "bo".into();
        let mut edited = on("urn:uuid:a", "40 per cent");
        (edited.note, edited.rev) = ("look".into(), 2);
        let plan = planned(&here, vec![theirs, edited, on("urn:uuid:a", "40 per cent")], true);
        assert_eq!(plan.report, Report { attached: 1, merged: 1, duplicate: 1, ..Report::default() });
        let mut notes = here.clone();
        notes.apply(plan.edit, &stamp(1)).expect("applied");
        assert_eq!(
            notes.annotations.iter().map(|a| (a.creator.as_str(), a.note.as_str())).collect::<Vec<_>>(),
            [("reader", "look"), ("bo", "")]
        );
    }
}
