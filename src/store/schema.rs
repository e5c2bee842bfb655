//! The notes file, version 1, as JSON; to and from the model.
//!
//! Positions in the file are code points; the model's are bytes of today's text. Fields that this version does not know are kept and written
//! back; a record that cannot be read is set aside and written back as it stands.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::annotation::model::{
    Anchor, AnchorState, Annotation, AnnotationKind, Correction, NotedFigure, NotedSpeaker, Notes, Now, Origin, Place, RecordList,
    SetAside, Status, Tombstone, Unknown,
};
use crate::text::CodePoints;

/// The version that is written, and the newest that is written to.
pub const VERSION: u64 = 1;

/// What `offset_unit` says.
pub const OFFSET_UNIT: &str = "codepoint";

/// `source`: which article, and which text the positions count in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SourceRecord {
    /// Where the article can be had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The article's file: its name when it lies beside the notes, else its absolute path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The headline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The authors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<Vec<String>>,
    /// The date of publication, as the article has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// When the article was first read, RFC 3339 in UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retrieved: Option<String>,
    /// The language, BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// The article's media type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// SHA-256 of the article's bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_sha256: Option<String>,
    /// SHA-256 of the article text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// Code points of the article text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_len: Option<usize>,
    /// What positions count: `codepoint`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset_unit: Option<String>,
    /// What made the text out of the bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extractor: Option<String>,
    /// Fields of other versions. Empty here: [`Notes::unknown_source`] holds them.
    #[serde(flatten)]
    pub(super) unknown: Unknown,
}

#[derive(Serialize, Deserialize)]
struct AnnotationRecord<'a> {
    id: Cow<'a, str>,
    #[serde(default = "first_rev")]
    rev: u64,
    #[serde(default)]
    created: Cow<'a, str>,
    #[serde(default)]
    modified: Cow<'a, str>,
    #[serde(default)]
    creator: Cow<'a, str>,
    #[serde(default = "passage")]
    kind: Cow<'a, str>,
    #[serde(default = "highlighting")]
    motivation: Cow<'a, str>,
    #[serde(default = "manual")]
    origin: Cow<'a, str>,
    #[serde(default)]
    tags: Vec<Cow<'a, str>>,
    #[serde(default)]
    note: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    color: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Cow<'a, str>>,
    anchor: Option<AnchorRecord<'a>>,
    now: Option<NowRecord<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speaker: Option<SpeakerRecord<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    figure: Option<FigureRecord<'a>>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

fn first_rev() -> u64 {
    1
}

fn passage() -> Cow<'static, str> {
    AnnotationKind::Passage.name().into()
}

fn highlighting() -> Cow<'static, str> {
    "highlighting".into()
}

fn manual() -> Cow<'static, str> {
    Origin::Manual.name().into()
}

#[derive(Serialize, Deserialize)]
struct AnchorRecord<'a> {
    start: usize,
    end: usize,
    exact: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    prefix: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    suffix: Option<Cow<'a, str>>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize)]
struct NowRecord<'a> {
    state: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exact: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text_sha256: Option<Cow<'a, str>>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize)]
struct SpeakerRecord<'a> {
    name: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cue: Option<Cow<'a, str>>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize)]
struct FigureRecord<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    value: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    low: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    high: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<Cow<'a, str>>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

/// A whole number is written as one: 145, not 145.0.
#[expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "serde's signature")]
fn number<S: serde::Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: beyond it not every whole number has a double of its own
    match *value {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and within the range that was just checked")]
        Some(v) if v.fract() == 0.0 && v.abs() < EXACT && !(v == 0.0 && v.is_sign_negative()) => to.serialize_i64(v as i64),
        Some(v) => to.serialize_f64(v),
        None => to.serialize_none(),
    }
}

#[derive(Serialize, Deserialize)]
struct CorrectionRecord<'a> {
    id: Cow<'a, str>,
    #[serde(default)]
    modified: Cow<'a, str>,
    what: Cow<'a, str>,
    anchor: AnchorRecord<'a>,
    to: Cow<'a, str>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize)]
struct TombstoneRecord<'a> {
    id: Cow<'a, str>,
    #[serde(default)]
    deleted: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rev: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<Cow<'a, str>>,
    #[serde(flatten)]
    unknown: Cow<'a, Unknown>,
}

/// What a notes file says.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// The notes. `now.range` is not set yet: [`crate::annotation::attach`] does that.
    pub notes: Notes,
    /// The article they belong to.
    pub source: SourceRecord,
    /// Why this version must not write the file.
    pub read_only: Option<String>,
    /// What the reader should know, one line each.
    pub warnings: Vec<String>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// Not JSON.
    #[error("line {line}, column {column}: {reason}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// JSON, but not a notes file.
    #[error("{0}")]
    Shape(String),
}

/// Reads a notes file. Annotations, corrections and tombstones come out in their order, each id once.
///
/// # Errors
/// [`ParseError`]: then nothing of the file is known, and it must not be written over.
pub fn parse(bytes: &[u8]) -> Result<Parsed, ParseError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|e| json_error(&e))?;
    let Value::Object(mut file) = value else {
        return Err(ParseError::Shape("it is not a notes file: no JSON object".into()));
    };
    let mut parsed = Parsed::default();
    let version = header(&mut file)?;
    if version > VERSION {
        parsed.read_only =
            Some(format!("the notes were written by a newer version of pullquote (format {version}, this one writes {VERSION})"));
    }
    if let Some(id) = file.remove("id") {
        parsed.notes.id = id.as_str().map(str::to_owned).ok_or_else(|| shape("id", "not a text"))?;
    }
    if let Some(Value::Object(mut generator)) = file.remove("generator") {
        generator.remove("name");
        generator.remove("version");
        parsed.notes.unknown_generator = generator;
    }
    if let Some(source) = file.remove("source") {
        parsed.source = serde_json::from_value(source).map_err(|e| shape("source", &e.to_string()))?;
        parsed.notes.unknown_source = std::mem::take(&mut parsed.source.unknown);
    }
    if let Some(unit) = parsed.source.offset_unit.as_deref().filter(|unit| *unit != OFFSET_UNIT) {
        parsed.read_only.get_or_insert_with(|| format!("the notes count positions in '{unit}', not in code points"));
    }
    let lists = [RecordList::Annotations, RecordList::Corrections, RecordList::Deleted];
    for list in lists {
        records(&mut file, list, &mut parsed)?;
    }
    parsed.notes.unknown = file;
    order(&mut parsed.notes);
    Ok(parsed)
}

fn json_error(error: &serde_json::Error) -> ParseError {
    let reason = error.to_string();
    // serde_json says the place at the end again.
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    ParseError::Json { line: error.line(), column: error.column(), reason }
}

fn shape(field: &str, what: &str) -> ParseError {
    ParseError::Shape(format!("'{field}': {what}"))
}

/// Checks `format` and gives `version`.
fn header(file: &mut Unknown) -> Result<u64, ParseError> {
    if file.remove("format").as_ref().and_then(Value::as_str) != Some("pullquote") {
        return Err(ParseError::Shape("it is not a notes file: 'format' is not \"pullquote\"".into()));
    }
    let version = file.remove("version").as_ref().and_then(Value::as_u64).filter(|v| *v > 0);
    version.ok_or_else(|| shape("version", "not a whole number from 1"))
}

fn list_name(list: RecordList) -> &'static str {
    match list {
        RecordList::Annotations => "annotations",
        RecordList::Corrections => "corrections",
        RecordList::Deleted => "deleted",
    }
}

fn records(file: &mut Unknown, list: RecordList, parsed: &mut Parsed) -> Result<(), ParseError> {
    let name = list_name(list);
    let records = match file.remove(name) {
        None | Some(Value::Null) => return Ok(()),
        Some(Value::Array(records)) => records,
        Some(_) => return Err(shape(name, "not a list")),
    };
    let notes = &mut parsed.notes;
    let text_sha256 =
        parsed.source.text_sha256.as_deref().filter(|_| parsed.source.offset_unit.as_deref().is_none_or(|u| u == OFFSET_UNIT));
    let mut seen = FxHashSet::default();
    for (i, record) in records.into_iter().enumerate() {
        // Borrowing the record keeps it at hand for the case that it cannot be read.
        let read = match list {
            RecordList::Annotations => annotation(&record, text_sha256, &mut seen).map(|a| notes.annotations.push(a)),
            RecordList::Corrections => correction(&record, &mut seen).map(|c| notes.corrections.push(c)),
            RecordList::Deleted => tombstone(&record, &mut seen).map(|t| notes.deleted.push(t)),
        };
        if let Err(why) = read {
            parsed.warnings.push(format!("record {} of '{name}' cannot be read and is kept as it is: {why}", i + 1));
            notes.set_aside.push(SetAside { list, record });
        }
    }
    Ok(())
}

/// Sorts the lists. What is there is not deleted, whatever a tombstone says: somebody put it back by hand.
fn order(notes: &mut Notes) {
    notes.annotations.sort_by(|a, b| a.order().cmp(&b.order()));
    notes.corrections.sort_by(|a, b| a.order().cmp(&b.order()));
    notes.deleted.sort_by(|a, b| a.id.cmp(&b.id));
    let alive: FxHashSet<&str> =
        notes.annotations.iter().map(|a| a.id.as_str()).chain(notes.corrections.iter().map(|c| c.id.as_str())).collect();
    let dead: Vec<Tombstone> = notes.deleted.iter().filter(|t| !alive.contains(t.id.as_str())).cloned().collect();
    notes.deleted = dead;
}

fn once(id: &str, seen: &mut FxHashSet<String>) -> Result<(), String> {
    if id.is_empty() {
        return Err("its id is empty".into());
    }
    if seen.insert(id.to_owned()) { Ok(()) } else { Err(format!("another record has the same id {id}")) }
}

fn annotation(record: &Value, text_sha256: Option<&str>, seen: &mut FxHashSet<String>) -> Result<Annotation, String> {
    let r = AnnotationRecord::deserialize(record).map_err(|e| e.to_string())?;
    let kind = named(AnnotationKind::from_name, "kind", &r.kind)?;
    let origin = named(Origin::from_name, "origin", &r.origin)?;
    let status = r.status.map(|s| named(Status::from_name, "status", &s)).transpose()?;
    let anchor = match r.anchor {
        Some(anchor) => self::anchor(anchor)?,
        None if kind == AnnotationKind::Page => Anchor::default(),
        None => return Err("it has no anchor".into()),
    };
    let now = match r.now {
        Some(now) => self::now(now)?,
        // Written by a tool that leaves `now` out: the anchor counts in the file's own text.
        None => Now {
            state: AnchorState::Attached,
            range: None,
            last: text_sha256.map(|digest| Place {
                start: anchor.start,
                end: anchor.end,
                exact: anchor.exact.clone(),
                text_sha256: digest.into(),
            }),
            unknown: Unknown::new(),
        },
    };
    once(&r.id, seen)?;
    Ok(Annotation {
        id: r.id.into_owned(),
        rev: r.rev.max(1),
        created: r.created.into_owned(),
        modified: r.modified.into_owned(),
        creator: r.creator.into_owned(),
        kind,
        motivation: r.motivation.into_owned(),
        origin,
        tags: r.tags.into_iter().map(Cow::into_owned).collect(),
        note: r.note.into_owned(),
        color: r.color.map(Cow::into_owned),
        status,
        anchor,
        now,
        speaker: r.speaker.map(|s| NotedSpeaker {
            name: s.name.into_owned(),
            cue: s.cue.map(Cow::into_owned),
            unknown: s.unknown.into_owned(),
        }),
        figure: r.figure.map(|f| NotedFigure {
            value: f.value,
            low: f.low,
            high: f.high,
            unit: f.unit.map(Cow::into_owned),
            unknown: f.unknown.into_owned(),
        }),
        unknown: r.unknown.into_owned(),
    })
}

fn named<T>(from_name: fn(&str) -> Option<T>, field: &str, name: &str) -> Result<T, String> {
    from_name(name).ok_or_else(|| format!("unknown {field} '{name}'"))
}

fn anchor(r: AnchorRecord<'_>) -> Result<Anchor, String> {
    if r.start > r.end {
        return Err(format!("its anchor ends ({}) before it starts ({})", r.end, r.start));
    }
    Ok(Anchor {
        start: r.start,
        end: r.end,
        exact: r.exact.into_owned(),
        prefix: r.prefix.unwrap_or_default().into_owned(),
        suffix: r.suffix.unwrap_or_default().into_owned(),
        unknown: r.unknown.into_owned(),
    })
}

fn now(r: NowRecord<'_>) -> Result<Now, String> {
    let state = named(AnchorState::from_name, "state", &r.state)?;
    let last = match (r.start, r.end, r.exact, r.text_sha256) {
        (Some(start), Some(end), Some(exact), Some(digest)) if start <= end => {
            Some(Place { start, end, exact: exact.into_owned(), text_sha256: digest.into_owned() })
        }
        _ => None,
    };
    Ok(Now { state, range: None, last, unknown: r.unknown.into_owned() })
}

fn correction(record: &Value, seen: &mut FxHashSet<String>) -> Result<Correction, String> {
    let r = CorrectionRecord::deserialize(record).map_err(|e| e.to_string())?;
    let anchor = anchor(r.anchor)?;
    once(&r.id, seen)?;
    Ok(Correction {
        id: r.id.into_owned(),
        modified: r.modified.into_owned(),
        what: r.what.into_owned(),
        anchor,
        to: r.to.into_owned(),
        unknown: r.unknown.into_owned(),
    })
}

fn tombstone(record: &Value, seen: &mut FxHashSet<String>) -> Result<Tombstone, String> {
    let r = TombstoneRecord::deserialize(record).map_err(|e| e.to_string())?;
    once(&r.id, seen)?;
    Ok(Tombstone {
        id: r.id.into_owned(),
        deleted: r.deleted.into_owned(),
        rev: r.rev,
        modified: r.modified.map(Cow::into_owned),
        unknown: r.unknown.into_owned(),
    })
}

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

#[derive(Serialize)]
struct FileOut<'a> {
    format: &'static str,
    version: u64,
    id: &'a str,
    generator: GeneratorOut<'a>,
    source: SourceOut<'a>,
    annotations: Vec<Entry<'a, AnnotationRecord<'a>>>,
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

/// The notes file: two-space indent, keys and records in a fixed order, a line feed at the end.
#[must_use]
pub fn write(notes: &Notes, source: &SourceRecord, text: Text<'_>) -> Vec<u8> {
    let file = FileOut {
        format: "pullquote",
        version: VERSION,
        id: &notes.id,
        generator: GeneratorOut { name: "pullquote", version: env!("CARGO_PKG_VERSION"), unknown: &notes.unknown_generator },
        source: SourceOut { known: source, unknown: &notes.unknown_source },
        annotations: entries(notes, RecordList::Annotations, notes.annotations.iter().map(|a| annotation_record(a, text))),
        corrections: entries(notes, RecordList::Corrections, notes.corrections.iter().map(correction_record)),
        deleted: entries(notes, RecordList::Deleted, notes.deleted.iter().map(tombstone_record)),
        unknown: &notes.unknown,
    };
    let mut out = Vec::with_capacity(1024 + 1024 * notes.annotations.len());
    serde_json::to_writer_pretty(&mut out, &file).expect("keys are texts and memory takes everything");
    out.push(b'\n');
    out
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
        unknown: Cow::Borrowed(&t.unknown),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::annotation::attach;
    use crate::annotation::sample::{self, TEXT};
    use crate::text::TextRange;

    const DIGEST: &str = "today";

    fn source() -> SourceRecord {
        SourceRecord { text_sha256: Some(DIGEST.into()), offset_unit: Some(OFFSET_UNIT.into()), ..SourceRecord::default() }
    }

    fn written(notes: &Notes) -> String {
        let map = CodePoints::new(TEXT);
        let bytes = write(notes, &source(), Text { text: TEXT, map: &map, sha256: DIGEST });
        String::from_utf8(bytes).expect("JSON is UTF-8")
    }

    fn read(json: &str) -> Parsed {
        let mut parsed = parse(json.as_bytes()).expect("a notes file");
        attach(&mut parsed.notes, TEXT, &CodePoints::new(TEXT), DIGEST);
        parsed
    }

    fn file(annotations: &Value) -> String {
        json!({"format": "pullquote", "version": 1, "id": "urn:uuid:n", "annotations": annotations}).to_string()
    }

    #[test]
    fn the_file_looks_like_this() {
        let mut a = sample::on("urn:uuid:a", "40 per cent");
        a.kind = AnnotationKind::Figure;
        a.origin = Origin::Accepted;
        a.tags = vec!["claim".into()];
        a.note = "Ask the *mayor*.".into();
        a.color = Some("yellow".into());
        a.status = Some(Status::NeedsSource);
        a.speaker = Some(NotedSpeaker { name: "Ada Example".into(), cue: Some("told".into()), unknown: Unknown::new() });
        a.figure = Some(NotedFigure { value: Some(40.0), unit: Some("percent".into()), ..NotedFigure::default() });
        let mut notes = sample::notes([a]);
        notes.corrections.push(sample::correction("urn:uuid:c", "Bo Sample"));
        notes.deleted.push(Tombstone {
            id: "urn:uuid:d".into(),
            deleted: "2026-01-02T03:00:00Z".into(),
            rev: Some(3),
            modified: None,
            unknown: Unknown::new(),
        });
        let json = written(&notes);
        let json = json.replace(env!("CARGO_PKG_VERSION"), "0.0.0");
        assert_eq!(
            json,
            r#"{
  "format": "pullquote",
  "version": 1,
  "id": "urn:uuid:notes",
  "generator": {
    "name": "pullquote",
    "version": "0.0.0"
  },
  "source": {
    "text_sha256": "today",
    "offset_unit": "codepoint"
  },
  "annotations": [
    {
      "id": "urn:uuid:a",
      "rev": 1,
      "created": "2026-01-02T03:00:00Z",
      "modified": "2026-01-02T03:00:00Z",
      "creator": "reader",
      "kind": "figure",
      "motivation": "highlighting",
      "origin": "accepted",
      "tags": [
        "claim"
      ],
      "note": "Ask the *mayor*.",
      "color": "yellow",
      "status": "needs-source",
      "anchor": {
        "start": 96,
        "end": 107,
        "exact": "40 per cent",
        "prefix": "May” 🌉\n\nAda Example told the council that the bridge would cost ",
        "suffix": " more than planned. “We are late,” she said, “but not lost.” Bo "
      },
      "now": {
        "state": "attached",
        "start": 96,
        "end": 107,
        "exact": "40 per cent",
        "text_sha256": "today"
      },
      "speaker": {
        "name": "Ada Example",
        "cue": "told"
      },
      "figure": {
        "value": 40,
        "unit": "percent"
      }
    }
  ],
  "corrections": [
    {
      "id": "urn:uuid:c",
      "modified": "2026-01-02T03:00:01Z",
      "what": "speaker",
      "anchor": {
        "start": 3,
        "end": 7,
        "exact": "or s"
      },
      "to": "Bo Sample"
    }
  ],
  "deleted": [
    {
      "id": "urn:uuid:d",
      "deleted": "2026-01-02T03:00:00Z",
      "rev": 3
    }
  ]
}
"#
        );
    }

    /// The model but for what only the file says (where words were last seen).
    fn bare(notes: &Notes) -> Notes {
        let mut notes = notes.clone();
        for a in &mut notes.annotations {
            a.now.last = None;
        }
        notes
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(notes in sample::any_notes(), deeds in sample::deeds("ada")) {
            let mut notes = sample::perform(&notes, &deeds);
            for a in notes.annotations.iter_mut().filter(|a| a.kind == AnnotationKind::Page) {
                a.now.range = None; // a note on the page has no place
            }
            let json = written(&notes);
            let back = read(&json);
            prop_assert_eq!(&back.warnings, &Vec::<String>::new());
            prop_assert_eq!(bare(&back.notes), bare(&notes));
            prop_assert_eq!(written(&back.notes), json, "written again, it is the same to the byte");
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn a_damaged_file_is_read_or_refused(notes in sample::any_notes(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
            let mut bytes = written(&notes).into_bytes();
            let at = at.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
            if let Ok(mut parsed) = parse(&bytes) {
                attach(&mut parsed.notes, TEXT, &CodePoints::new(TEXT), DIGEST);
                let _ = written(&parsed.notes);
            }
        }
    }

    #[test]
    fn a_file_of_another_hand_loses_nothing() {
        let json = r##"{ "version": 1, "format": "pullquote", "id": "urn:uuid:n", "x-sync": {"n": 0.1, "big": 18446744073709551615, "list": [1, null, "é"]},
            "generator": {"name": "other", "version": "9", "host": "ci"},
            "source": {"path": "a.txt", "archive": "https://archive.example/1", "text_sha256": "today", "offset_unit": "codepoint"},
            "deleted": [{"id": "urn:uuid:d", "deleted": "2025-01-01T00:00:00Z", "by": "Bo"}],
            "corrections": [{"id": "urn:uuid:c", "what": "person", "anchor": {"start": 0, "end": 5, "exact": "Mayor", "x": 1}, "to": "Cy Sample", "why": "she was elected"}],
            "annotations": [{"id": "urn:uuid:a", "kind": "figure", "origin": "accepted", "anchor": {"start": 96, "end": 107, "exact": "40 per cent", "refined": true},
              "figure": {"value": 0.1, "unit": "percent", "kind": "tariff_rate"}, "speaker": {"name": "Ada", "affiliation": "City"}, "person": {"name": "Ada", "mentions": 14},
              "now": {"state": "attached", "start": 96, "end": 107, "exact": "40 per cent", "text_sha256": "today", "score": 1}}] }"##;
        let parsed = read(json);
        let map = CodePoints::new(TEXT);
        let out = write(&parsed.notes, &parsed.source, Text { text: TEXT, map: &map, sha256: DIGEST });
        let (before, mut after): (Value, Value) = (serde_json::from_str(json).expect("JSON"), serde_json::from_slice(&out).expect("JSON"));
        assert_eq!(after["generator"]["host"], "ci");
        after["generator"] = before["generator"].clone();
        // What the other hand left out is filled in; nothing else differs.
        let a = &mut after["annotations"][0];
        for filled in ["rev", "created", "modified", "creator", "motivation", "tags", "note"] {
            assert!(a.as_object_mut().expect("a record").remove(filled).is_some(), "{filled}");
        }
        for filled in ["prefix", "suffix"] {
            assert_eq!(a["anchor"].as_object_mut().expect("a record").remove(filled), Some("".into()));
        }
        assert_eq!(after["corrections"][0].as_object_mut().expect("a record").remove("modified"), Some("".into()));
        assert_eq!(after, before);
    }

    #[test]
    fn one_bad_record_does_not_take_the_others_along() {
        let good = json!({"id": "urn:uuid:a", "anchor": {"start": 96, "end": 107, "exact": "40 per cent"}});
        let bad = [
            json!({"id": "urn:uuid:b", "anchor": {"start": "97", "end": 108, "exact": "40 per cent"}, "note": "do not lose me"}),
            json!({"id": "urn:uuid:c", "anchor": {"start": 9, "end": 8, "exact": ""}}),
            json!({"id": "urn:uuid:d"}),
            json!({"id": "urn:uuid:e", "kind": "poem", "anchor": {"start": 0, "end": 5, "exact": "Mayor"}}),
            json!({"id": "urn:uuid:a", "note": "a second one", "anchor": {"start": 0, "end": 5, "exact": "Mayor"}}),
            json!("not even a record"),
        ];
        let list: Vec<Value> = [good].into_iter().chain(bad.clone()).collect();
        let parsed = read(&file(&json!(list)));
        assert_eq!(parsed.notes.annotations.len(), 1);
        assert_eq!(parsed.warnings.len(), bad.len());
        assert!(
            parsed.warnings[0].starts_with("record 2 of 'annotations' cannot be read and is kept as it is: "),
            "{}",
            parsed.warnings[0]
        );
        let after: Value = serde_json::from_str(&written(&parsed.notes)).expect("JSON");
        assert_eq!(after["annotations"].as_array().expect("a list")[1..], bad);
    }

    #[test]
    fn damage_is_told_by_line_and_column() {
        let error = parse(b"{\n  \"format\": \"pullquote\",\n  \"version\" 1\n}").expect_err("a colon is missing");
        assert_eq!(error.to_string(), "line 3, column 13: expected `:`");
        assert!(parse(b"").is_err());
        for other in [
            "[]",
            "{}",
            "7",
            r#"{"format": "w3c", "version": 1}"#,
            r#"{"format": "pullquote"}"#,
            r#"{"format": "pullquote", "version": "1"}"#,
        ] {
            assert!(matches!(parse(other.as_bytes()), Err(ParseError::Shape(_))), "{other}");
        }
        let list = r#"{"format": "pullquote", "version": 1, "annotations": {}}"#;
        assert_eq!(parse(list.as_bytes()).map(|_| ()), Err(ParseError::Shape("'annotations': not a list".into())));
    }

    #[test]
    fn a_newer_version_and_other_offsets_are_for_reading_only() {
        let newer = parse(br#"{"format": "pullquote", "version": 2}"#).expect("readable");
        assert!(newer.read_only.is_some_and(|why| why.contains("newer version")));
        let utf16 = parse(br#"{"format": "pullquote", "version": 1, "source": {"offset_unit": "utf16"}}"#).expect("readable");
        assert!(utf16.read_only.is_some_and(|why| why.contains("'utf16'")));
        assert_eq!(parse(br#"{"format": "pullquote", "version": 1}"#).expect("readable").read_only, None);
    }

    #[test]
    fn an_orphan_keeps_the_place_where_it_was_last_seen() {
        let json = file(&json!([{"id": "urn:uuid:a", "anchor": {"start": 1, "end": 10, "exact": "gone words"},
            "now": {"state": "changed", "start": 3, "end": 14, "exact": "gone  words", "text_sha256": "yesterday"}}]));
        let parsed = read(&json);
        let after: Value = serde_json::from_str(&written(&parsed.notes)).expect("JSON");
        let now = json!({"state": "orphan", "start": 3, "end": 14, "exact": "gone  words", "text_sha256": "yesterday"});
        assert_eq!(after["annotations"][0]["now"], now);
    }

    #[test]
    fn a_place_that_is_none_in_this_text_is_written_as_an_orphan() {
        let mut notes = sample::notes([sample::on("urn:uuid:a", "Åby")]);
        let inside_a_letter = sample::range("Åby").start() + 1;
        for range in [TextRange::new(inside_a_letter, inside_a_letter + 1), TextRange::new(9000, 9001)] {
            notes.annotations[0].now = Now::attached(range);
            let after: Value = serde_json::from_str(&written(&notes)).expect("JSON");
            assert_eq!(after["annotations"][0]["now"], json!({"state": "orphan"}));
        }
    }

    #[test]
    fn whole_numbers_are_written_as_such() {
        let figure =
            |value: f64| FigureRecord { value: Some(value), low: None, high: None, unit: None, unknown: Cow::Owned(Unknown::new()) };
        let json = |value: f64| serde_json::to_string(&figure(value)).expect("JSON");
        assert_eq!(json(145.0), r#"{"value":145}"#);
        assert_eq!(json(295_000_000_000.0), r#"{"value":295000000000}"#);
        assert_eq!(json(-0.25), r#"{"value":-0.25}"#);
        assert_eq!(json(1e300), r#"{"value":1e+300}"#);
    }
}
