//! Annotations and the set of them that belongs to one article. Positions are bytes of the article text.

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
    /// Records that did not parse, written back untouched.
    pub set_aside: Vec<serde_json::Value>,
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
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Accepted => "accepted",
            Self::Imported => "imported",
        }
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
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Attached => "attached",
            Self::Changed => "changed",
            Self::Orphan => "orphan",
        }
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
    /// The unit.
    pub unit: Option<String>,
    /// Unknown fields.
    pub unknown: Unknown,
}

/// A correction of what was detected.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// `urn:uuid:…`.
    pub id: String,
    /// When, RFC 3339 in UTC.
    pub modified: String,
    /// `speaker`, `person` or `fold`.
    pub what: String,
    /// What it is about.
    pub anchor: Anchor,
    /// The corrected value.
    pub to: String,
    /// Unknown fields.
    pub unknown: Unknown,
}

/// That an annotation was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The annotation's id.
    pub id: String,
    /// When, RFC 3339 in UTC.
    pub deleted: String,
    /// Unknown fields.
    pub unknown: Unknown,
}

impl Notes {
    /// The annotation with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Annotation> {
        self.annotations.iter().find(|a| a.id == id)
    }
}
