//! Annotations and the set of them that belongs to one article. Positions are bytes of the article text.

use crate::analysis::findings::{Figure, Value};
use crate::text::TextRange;

/// Fields of the notes file that this version does not know: kept and written back.
pub type Unknown = serde_json::Map<String, serde_json::Value>;

/// All notes of one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notes {
    /// `urn:uuid:…` of the notes file.
    pub id: String,
    /// The annotations, ordered by anchor start, anchor end, id.
    pub annotations: Vec<Annotation>,
    /// The reader's corrections of findings and folds.
    pub corrections: Vec<Correction>,
    /// Tombstones, so that a merge knows what was deleted.
    pub deleted: Vec<Tombstone>,
    /// Unknown fields of the file.
    pub unknown: Unknown,
    /// Unknown fields of the file's `source`.
    pub unknown_source: Unknown,
    /// Unknown fields of the file's `generator`.
    pub unknown_generator: Unknown,
    /// Records that could not be read, written back untouched.
    pub set_aside: Vec<SetAside>,
}

/// A record that this version cannot read, as it stands in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAside {
    /// The list of the file that it stands in.
    pub list: RecordList,
    /// The record.
    pub record: serde_json::Value,
}

/// The lists of a notes file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordList {
    /// `annotations`
    Annotations,
    /// `corrections`
    Corrections,
    /// `deleted`
    Deleted,
}

/// Who changes something, and when. The model has no clock: the caller says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// RFC 3339 in UTC.
    pub now: String,
    /// The reader's name.
    pub creator: String,
}

/// One annotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// `urn:uuid:…`, version 7.
    pub id: String,
    /// Counts the edits of this annotation, from 1.
    pub rev: u64,
    /// When it was made, RFC 3339 in UTC.
    pub created: String,
    /// When it was last changed, RFC 3339 in UTC.
    pub modified: String,
    /// Who made it.
    pub creator: String,
    /// Who else changed it, each once, in the order of their first change.
    pub contributors: Vec<String>,
    /// What it is on.
    pub kind: AnnotationKind,
    /// W3C motivation ("highlighting", "tagging", "commenting" …).
    pub motivation: String,
    /// How it came to be: manual, accepted (from a finding), imported.
    pub origin: Origin,
    /// Tags, in the order they were given, each once.
    pub tags: Vec<String>,
    /// The note, Markdown.
    pub note: String,
    /// The colour's name.
    pub color: Option<String>,
    /// The status of a claim.
    pub status: Option<Status>,
    /// The words it was made for. Written once, never changed.
    pub anchor: Anchor,
    /// Where those words are now.
    pub now: Now,
    /// The speaker, for a quotation.
    pub speaker: Option<NotedSpeaker>,
    /// The value, for a figure.
    pub figure: Option<NotedFigure>,
    /// Unknown fields of the record.
    pub unknown: Unknown,
}

/// What an annotation is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnnotationKind {
    /// A quotation.
    Quote,
    /// A figure.
    Figure,
    /// A person.
    Person,
    /// Any passage.
    Passage,
    /// The article as a whole.
    Page,
}

impl AnnotationKind {
    /// All of them, in the order they are listed to users.
    pub const ALL: [Self; 5] = [Self::Quote, Self::Figure, Self::Person, Self::Passage, Self::Page];

    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::Figure => "figure",
            Self::Person => "person",
            Self::Passage => "passage",
            Self::Page => "page",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }
}

/// How an annotation came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// The reader selected the words.
    Manual,
    /// The reader accepted a finding.
    Accepted,
    /// It came from another file.
    Imported,
}

impl Origin {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Manual, Self::Accepted, Self::Imported];

    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Accepted => "accepted",
            Self::Imported => "imported",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }
}

/// The status of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// Nobody looked yet.
    Unchecked,
    /// It holds.
    Verified,
    /// It is contradicted.
    Disputed,
    /// A source is missing.
    NeedsSource,
}

impl Status {
    /// All of them, in the order that the key cycles through.
    pub const ALL: [Self; 4] = [Self::Unchecked, Self::Verified, Self::Disputed, Self::NeedsSource];

    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchecked => "unchecked",
            Self::Verified => "verified",
            Self::Disputed => "disputed",
            Self::NeedsSource => "needs-source",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }
}

/// The names of the colours an annotation can have, in the order that the key cycles through.
pub const COLORS: [&str; 6] = ["yellow", "green", "blue", "pink", "orange", "purple"];

/// The words an annotation was made for: evidence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchor {
    /// First code point, as first written.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub exact: String,
    /// At most [`CONTEXT`] code points before.
    pub prefix: String,
    /// At most [`CONTEXT`] code points after.
    pub suffix: String,
    /// Unknown fields of the anchor.
    pub unknown: Unknown,
}

/// How many code points of context an anchor keeps on each side.
pub const CONTEXT: usize = 64;

/// Where an annotation's words are in today's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// Found, found with other words, or not found.
    pub state: AnchorState,
    /// Where, in bytes of the article text. `None` for an orphan (and for a page note).
    pub range: Option<TextRange>,
    /// Where the words were last seen according to the notes file; what an orphan is looked for by.
    pub last: Option<Place>,
    /// Unknown fields.
    pub unknown: Unknown,
}

impl Now {
    /// On its words, at `range` of today's text.
    #[must_use]
    pub fn attached(range: TextRange) -> Self {
        Self { state: AnchorState::Attached, range: Some(range), last: None, unknown: Unknown::new() }
    }

    /// Of no place: what a note on the whole page has.
    #[must_use]
    pub fn page() -> Self {
        Self { state: AnchorState::Attached, range: None, last: None, unknown: Unknown::new() }
    }
}

/// A place in some version of the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words there.
    pub exact: String,
    /// SHA-256 of that version, in lower-case hexadecimal digits.
    pub text_sha256: String,
}

/// Does an annotation still sit on its words?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AnchorState {
    /// The words are there.
    Attached,
    /// The place is there, the words changed.
    Changed,
    /// The place is gone.
    Orphan,
}

impl AnchorState {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Attached, Self::Changed, Self::Orphan];

    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Attached => "attached",
            Self::Changed => "changed",
            Self::Orphan => "orphan",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|v| v.name() == name)
    }
}

/// A speaker as kept in an annotation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotedSpeaker {
    /// The fullest name.
    pub name: String,
    /// The cue.
    pub cue: Option<String>,
    /// Unknown fields.
    pub unknown: Unknown,
}

/// A figure as kept in an annotation.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NotedFigure {
    /// The value.
    pub value: Option<f64>,
    /// The lower end of a range.
    pub low: Option<f64>,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// What the text says beside the value: `more_than`, `less_than`, `at_least`, `at_most`, `about`.
    pub bound: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// Unknown fields.
    pub unknown: Unknown,
}

impl NotedFigure {
    /// What a detected figure says. A date has no value.
    #[must_use]
    pub fn of(figure: &Figure) -> Self {
        let (value, low, high) = match figure.value {
            Value::Exact(v) => (Some(v), None, None),
            Value::Range { low, high } => (None, Some(low), Some(high)),
            Value::Unknown => (None, None, None),
        };
        let bound = figure.bound.map(|b| b.name().to_owned());
        Self { value, low, high, bound, unit: figure.unit.as_deref().map(str::to_owned), unknown: Unknown::new() }
    }
}

/// A correction of what was detected.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// `urn:uuid:…`.
    pub id: String,
    /// When, RFC 3339 in UTC.
    pub modified: String,
    /// `speaker`, `person`, `mention` ([`super::corrections`]) or `fold`.
    pub what: String,
    /// What it is about.
    pub anchor: Anchor,
    /// The corrected value: a name; for a speaker nothing when the text does not say who.
    pub to: String,
    /// Unknown fields.
    pub unknown: Unknown,
}

impl Correction {
    /// The order of corrections in memory and in files: anchor start, anchor end, id.
    #[must_use]
    pub fn order(&self) -> (usize, usize, &str) {
        (self.anchor.start, self.anchor.end, &self.id)
    }
}

/// That an annotation or a correction was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The id of what was deleted.
    pub id: String,
    /// When, RFC 3339 in UTC.
    pub deleted: String,
    /// The `rev` it had (absent for a correction). With `modified` it says which version was deleted, so that a
    /// merge without a common base can tell an edit made elsewhere from the version that was deleted.
    pub rev: Option<u64>,
    /// The `modified` it had.
    pub modified: Option<String>,
    /// An addition was taken back, by undo: nobody decided against the note, and an import may bring it again.
    pub undone: bool,
    /// Unknown fields.
    pub unknown: Unknown,
}

/// What a line of tags does, in words: "tagged claim, tariff", "tag fee taken away".
#[must_use]
pub fn said_of_tags(line: &str) -> String {
    let bare = |tag: &str| tag.trim_start_matches('#').trim().to_owned();
    let (gone, new): (Vec<&str>, Vec<&str>) = line.split(',').map(str::trim).filter(|t| !t.is_empty()).partition(|t| t.starts_with('-'));
    let list = |tags: &[&str]| tags.iter().map(|t| bare(t.trim_start_matches('-'))).collect::<Vec<_>>().join(", ");
    let word = if gone.len() == 1 { "tag" } else { "tags" };
    let parts = [
        (!new.is_empty()).then(|| format!("tagged {}", list(&new))),
        (!gone.is_empty()).then(|| format!("{word} {} taken away", list(&gone))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

impl Annotation {
    /// A new annotation, rev 1, without tags, note or colour. `id` is `urn:uuid:…`, made by the caller.
    #[must_use]
    pub fn new(id: String, kind: AnnotationKind, origin: Origin, anchor: Anchor, now: Now, stamp: &Stamp) -> Self {
        Self {
            id,
            rev: 1,
            created: stamp.now.clone(),
            modified: stamp.now.clone(),
            creator: stamp.creator.clone(),
            contributors: Vec::new(),
            kind,
            motivation: "highlighting".into(),
            origin,
            tags: Vec::new(),
            note: String::new(),
            color: None,
            status: None,
            anchor,
            now,
            speaker: None,
            figure: None,
            unknown: Unknown::new(),
        }
    }

    /// The W3C motivation that fits the content: a note is commenting, tags or a status alone are classifying, else highlighting.
    #[must_use]
    pub fn fitting_motivation(&self) -> &'static str {
        match self {
            Self { note, .. } if !note.is_empty() => "commenting",
            Self { tags, status, .. } if !tags.is_empty() || status.is_some() => "classifying",
            _ => "highlighting",
        }
    }

    /// Says that `who` changed it: nobody's words stand under another's name alone.
    pub fn changed_by(&mut self, who: &str) {
        if !who.is_empty() && self.creator != who && !self.contributors.iter().any(|c| c == who) {
            self.contributors.push(who.into());
        }
    }

    /// Whose it is for the reader called `reader`: nothing when it is the reader's alone, else "Bo Sample", "Bo Sample, changed by ada".
    #[must_use]
    pub fn whose(&self, reader: &str) -> String {
        let others: Vec<&str> = self.contributors.iter().map(String::as_str).filter(|c| *c != self.creator).collect();
        match (self.creator.as_str(), others.is_empty()) {
            (creator, true) if creator == reader => String::new(),
            (creator, true) => creator.to_owned(),
            ("", false) => format!("changed by {}", others.join(", ")),
            (creator, false) => format!("{creator}, changed by {}", others.join(", ")),
        }
    }

    /// Changes the tags by a line as the reader types it: commas between tags, a `-` before one that goes.
    pub fn change_tags(&mut self, line: &str) {
        // Tags are shown with a `#`, and may be typed with one.
        let bare = |tag: &'_ str| tag.trim_start_matches('#').trim().to_owned();
        for word in line.split(',').map(str::trim) {
            let (gone, word) = word.strip_prefix('-').map_or((None, bare(word)), |gone| (Some(gone), bare(gone)));
            if word.is_empty() {
                continue;
            }
            match gone {
                Some(gone) => self.tags.retain(|t| *t != word && t != gone),
                None if self.tags.contains(&word) => {}
                None => self.tags.push(word),
            }
        }
        if self.motivation == "highlighting" && !self.tags.is_empty() {
            self.motivation = "tagging".into();
        }
    }

    /// The order of annotations in memory and in files: anchor start, anchor end, id.
    #[must_use]
    pub fn order(&self) -> (usize, usize, &str) {
        (self.anchor.start, self.anchor.end, &self.id)
    }

    /// Equal but for `rev` and `modified`.
    #[must_use]
    pub fn same_content(&self, other: &Self) -> bool {
        // Every field is named, so that a new one cannot be forgotten here.
        let Self { id, rev: _, created, modified: _, creator, contributors, kind, motivation, origin, tags, note, color, status, .. } =
            self;
        let Self { anchor, now, speaker, figure, unknown, .. } = self;
        *id == other.id
            && *created == other.created
            && *creator == other.creator
            && *contributors == other.contributors
            && *kind == other.kind
            && *motivation == other.motivation
            && *origin == other.origin
            && *tags == other.tags
            && *note == other.note
            && *color == other.color
            && *status == other.status
            && *anchor == other.anchor
            && (now.state, now.range, &now.unknown) == (other.now.state, other.now.range, &other.now.unknown)
            && *speaker == other.speaker
            && *figure == other.figure
            && *unknown == other.unknown
    }
}

impl Notes {
    /// The annotation with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Annotation> {
        self.annotations.iter().find(|a| a.id == id)
    }

    /// The correction with this id.
    #[must_use]
    pub fn correction(&self, id: &str) -> Option<&Correction> {
        self.corrections.iter().find(|c| c.id == id)
    }

    /// True when there is nothing that would be worth a file.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.annotations.is_empty() && self.corrections.is_empty() && self.deleted.is_empty() && self.set_aside.is_empty()
    }
}
