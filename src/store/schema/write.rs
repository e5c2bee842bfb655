//! The model to the file.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::VERSION;
use super::records::{
    AnchorRecord, AnnotationRecord, CorrectionRecord, FigureRecord, NowRecord, SourceRecord, SpeakerRecord, TombstoneRecord,
};
use crate::annotation::model::{AnchorState, Annotation, Correction, Notes, Now, RecordList, Tombstone, Unknown};
use crate::text::CodePoints;

/// Today's text, which the positions of a file that is written count in.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    /// The article text.
    pub text: &'a str,
    /// Its table.
    pub map: &'a CodePoints,
    /// Its SHA-256.
    pub sha256: &'a str,
}

/// What stands before the annotations.
#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    version: u64,
    id: &'a str,
    generator: GeneratorOut<'a>,
    source: SourceOut<'a>,
}

/// What stands after them.
#[derive(Serialize)]
struct Tail<'a> {
    corrections: Vec<Entry<'a, CorrectionRecord<'a>>>,
    deleted: Vec<Entry<'a, TombstoneRecord<'a>>>,
    #[serde(flatten)]
    unknown: &'a Unknown,
}

#[derive(Serialize)]
struct GeneratorOut<'a> {
    name: &'static str,
    version: &'static str,
    #[serde(flatten)]
    unknown: &'a Unknown,
}

#[derive(Serialize)]
struct SourceOut<'a> {
    #[serde(flatten)]
    known: &'a SourceRecord,
    #[serde(flatten)]
    unknown: &'a Unknown,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a, R> {
    Record(R),
    AsItStands(&'a Value),
}

/// A notes file as it is written, and where in it each annotation of the notes stands.
#[derive(Debug, Clone, Default)]
pub(in crate::store) struct Written {
    pub(in crate::store) bytes: Vec<u8>,
    pub(in crate::store) records: Vec<Range<usize>>,
}

/// The notes file: two-space indent, keys and records in a fixed order, a line feed at the end.
#[must_use]
pub fn write(notes: &Notes, source: &SourceRecord, text: Text<'_>) -> Vec<u8> {
    write_reusing(notes, source, text, |_, _| None).bytes
}

/// As [`write`]; `earlier` may know the bytes of an annotation (given with its index) from an earlier file. Ten thousand take 40 ms to make
/// anew, and a save changes one.
pub(in crate::store) fn write_reusing<'e>(
    notes: &Notes,
    source: &SourceRecord,
    text: Text<'_>,
    mut earlier: impl FnMut(usize, &Annotation) -> Option<&'e [u8]>,
) -> Written {
    let head = Head {
        format: "pullquote",
        version: VERSION,
        id: &notes.id,
        generator: GeneratorOut { name: "pullquote", version: env!("CARGO_PKG_VERSION"), unknown: &notes.unknown_generator },
        source: SourceOut { known: source, unknown: &notes.unknown_source },
    };
    let tail = Tail {
        corrections: entries(notes, RecordList::Corrections, notes.corrections.iter().map(correction_record)),
        deleted: entries(notes, RecordList::Deleted, notes.deleted.iter().map(tombstone_record)),
        unknown: &notes.unknown,
    };
    let mut out = Vec::with_capacity(2048 + 1024 * notes.annotations.len());
    put(&mut out, &head, 0);
    out.truncate(out.len() - "\n}".len());
    out.extend(b",\n  \"annotations\": [");
    let mut records = Vec::with_capacity(notes.annotations.len());
    for (i, annotation) in notes.annotations.iter().enumerate() {
        out.extend(if i == 0 { &b"\n    "[..] } else { &b",\n    "[..] });
        let start = out.len();
        match earlier(i, annotation) {
            Some(bytes) => out.extend(bytes),
            None => put(&mut out, &annotation_record(annotation, text), 2),
        }
        records.push(start..out.len());
    }
    let aside = notes.set_aside.iter().filter(|s| s.list == RecordList::Annotations);
    for (i, record) in aside.enumerate() {
        out.extend(if i == 0 && records.is_empty() { &b"\n    "[..] } else { &b",\n    "[..] });
        put(&mut out, &record.record, 2);
    }
    let none = out.ends_with(b"[");
    out.extend(if none { &b"],"[..] } else { &b"\n  ],"[..] });
    let from = out.len();
    put(&mut out, &tail, 0);
    out.remove(from); // its opening brace
    out.push(b'\n');
    Written { bytes: out, records }
}

/// Writes a value, indented as one that stands `depth` deep.
fn put(out: &mut Vec<u8>, value: &impl Serialize, depth: usize) {
    const NEVER: &str = "keys are texts and memory takes everything";
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        formatter.begin_object(&mut std::io::sink()).expect(NEVER); // raises the indent
    }
    value.serialize(&mut serde_json::Serializer::with_formatter(out, formatter)).expect(NEVER);
}

/// One annotation as it stands in the notes file, on its own: for copying and for lists.
#[must_use]
pub fn annotation_json(annotation: &Annotation, text: Text<'_>) -> Value {
    serde_json::to_value(annotation_record(annotation, text)).expect("keys are texts")
}

fn entries<'a, R>(notes: &'a Notes, list: RecordList, records: impl Iterator<Item = R>) -> Vec<Entry<'a, R>> {
    let aside = notes.set_aside.iter().filter(|s| s.list == list).map(|s| Entry::AsItStands(&s.record));
    records.map(Entry::Record).chain(aside).collect()
}

fn annotation_record<'a>(a: &'a Annotation, text: Text<'a>) -> AnnotationRecord<'a> {
    AnnotationRecord {
        id: a.id.as_str().into(),
        rev: a.rev,
        created: a.created.as_str().into(),
        modified: a.modified.as_str().into(),
        creator: a.creator.as_str().into(),
        contributors: a.contributors.iter().map(|c| c.as_str().into()).collect(),
        kind: a.kind.name().into(),
        motivation: a.motivation.as_str().into(),
        origin: a.origin.name().into(),
        tags: a.tags.iter().map(|t| t.as_str().into()).collect(),
        note: a.note.as_str().into(),
        color: a.color.as_deref().map(Cow::Borrowed),
        status: a.status.map(|s| s.name().into()),
        anchor: Some(AnchorRecord {
            start: a.anchor.start,
            end: a.anchor.end,
            exact: a.anchor.exact.as_str().into(),
            prefix: Some(a.anchor.prefix.as_str().into()),
            suffix: Some(a.anchor.suffix.as_str().into()),
            unknown: Cow::Borrowed(&a.anchor.unknown),
        }),
        now: Some(now_record(&a.now, text)),
        speaker: a.speaker.as_ref().map(|s| SpeakerRecord {
            name: s.name.as_str().into(),
            cue: s.cue.as_deref().map(Cow::Borrowed),
            unknown: Cow::Borrowed(&s.unknown),
        }),
        figure: a.figure.as_ref().map(|f| FigureRecord {
            value: f.value,
            low: f.low,
            high: f.high,
            bound: f.bound.as_deref().map(Cow::Borrowed),
            unit: f.unit.as_deref().map(Cow::Borrowed),
            unknown: Cow::Borrowed(&f.unknown),
        }),
        unknown: Cow::Borrowed(&a.unknown),
    }
}

/// An orphan keeps the place where it was last seen, under the digest of that text. So does what claims a place that is none in this text.
fn now_record<'a>(now: &'a Now, text: Text<'a>) -> NowRecord<'a> {
    let here = now.range.and_then(|range| {
        let exact = text.text.get(range.start()..range.end())?;
        Some((text.map.at_byte(text.text, range.start()), text.map.at_byte(text.text, range.end()), exact, text.sha256))
    });
    let last = now.last.as_ref().map(|last| (last.start, last.end, last.exact.as_str(), last.text_sha256.as_str()));
    let state = if here.is_none() && now.range.is_some() { AnchorState::Orphan } else { now.state };
    let place = here.or(last);
    NowRecord {
        state: state.name().into(),
        start: place.map(|p| p.0),
        end: place.map(|p| p.1),
        exact: place.map(|p| p.2.into()),
        text_sha256: place.map(|p| p.3.into()),
        unknown: Cow::Borrowed(&now.unknown),
    }
}

fn correction_record(c: &Correction) -> CorrectionRecord<'_> {
    let context = |s: &str| (!s.is_empty()).then(|| Cow::Owned(s.to_owned()));
    CorrectionRecord {
        id: c.id.as_str().into(),
        modified: c.modified.as_str().into(),
        what: c.what.as_str().into(),
        anchor: AnchorRecord {
            start: c.anchor.start,
            end: c.anchor.end,
            exact: c.anchor.exact.as_str().into(),
            prefix: context(&c.anchor.prefix),
            suffix: context(&c.anchor.suffix),
            unknown: Cow::Borrowed(&c.anchor.unknown),
        },
        to: c.to.as_str().into(),
        unknown: Cow::Borrowed(&c.unknown),
    }
}

fn tombstone_record(t: &Tombstone) -> TombstoneRecord<'_> {
    TombstoneRecord {
        id: t.id.as_str().into(),
        deleted: t.deleted.as_str().into(),
        rev: t.rev,
        modified: t.modified.as_deref().map(Cow::Borrowed),
        undone: t.undone,
        unknown: Cow::Borrowed(&t.unknown),
    }
}
