//! The file to the model.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

use super::records::{AnchorRecord, AnnotationRecord, CorrectionRecord, NowRecord, SourceRecord, TombstoneRecord};
use super::{OFFSET_UNIT, VERSION};
use crate::annotation::model::{
    Anchor, AnchorState, Annotation, AnnotationKind, Correction, NotedFigure, NotedSpeaker, Notes, Now, Origin, Place, RecordList,
    SetAside, Status, Tombstone, Unknown,
};

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
    let Top::Object { rest: mut file, lists } = serde_json::from_slice(bytes).map_err(|e| json_error(&e))? else {
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
    for (list, raw) in LISTS.into_iter().zip(lists) {
        records(raw, list, &mut parsed)?;
    }
    parsed.notes.unknown = file;
    order(&mut parsed.notes);
    Ok(parsed)
}

const LISTS: [RecordList; 3] = [RecordList::Annotations, RecordList::Corrections, RecordList::Deleted];

/// The file, its lists of records still as text: ten thousand records are read once, not first into values and then into records.
enum Top<'a> {
    Object {
        rest: Unknown,
        /// In the order of [`LISTS`].
        lists: [Option<&'a RawValue>; 3],
    },
    Other,
}

impl<'de: 'a, 'a> Deserialize<'de> for Top<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        if !raw.get().starts_with('{') {
            return Ok(Self::Other);
        }
        let mut inner = serde_json::Deserializer::from_str(raw.get());
        inner.deserialize_map(Fields).map_err(D::Error::custom)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Top<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a notes file")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Top<'de>, M::Error> {
        let (mut rest, mut lists) = (Unknown::new(), [None; 3]);
        while let Some(key) = map.next_key::<String>()? {
            match LISTS.into_iter().position(|list| list_name(list) == key) {
                Some(at) => lists[at] = Some(map.next_value()?),
                None => drop(rest.insert(key, map.next_value()?)),
            }
        }
        Ok(Top::Object { rest, lists })
    }
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

fn records(raw: Option<&RawValue>, list: RecordList, parsed: &mut Parsed) -> Result<(), ParseError> {
    let name = list_name(list);
    let Some(raw) = raw.map(RawValue::get).filter(|raw| *raw != "null") else { return Ok(()) };
    let records: Vec<&RawValue> = serde_json::from_str(raw).map_err(|_| shape(name, "not a list"))?;
    let notes = &mut parsed.notes;
    let text_sha256 =
        parsed.source.text_sha256.as_deref().filter(|_| parsed.source.offset_unit.as_deref().is_none_or(|u| u == OFFSET_UNIT));
    let mut seen = FxHashSet::default();
    for (i, record) in records.into_iter().enumerate() {
        let read = match list {
            RecordList::Annotations => annotation(record, text_sha256, &mut seen).map(|a| notes.annotations.push(a)),
            RecordList::Corrections => correction(record, &mut seen).map(|c| notes.corrections.push(c)),
            RecordList::Deleted => tombstone(record, &mut seen).map(|t| notes.deleted.push(t)),
        };
        if let Err(why) = read {
            parsed.warnings.push(format!("record {} of '{name}' cannot be read and is kept as it is: {why}", i + 1));
            let record = serde_json::from_str(record.get()).map_err(|e| json_error(&e))?;
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

/// A record; why not, without the place in it, which would not be that in the file.
fn read_as<'a, T: Deserialize<'a>>(record: &'a RawValue) -> Result<T, String> {
    serde_json::from_str(record.get()).map_err(|e| e.to_string().split(" at line ").next().unwrap_or_default().to_owned())
}

fn once(id: &str, seen: &mut FxHashSet<String>) -> Result<(), String> {
    if id.is_empty() {
        return Err("its id is empty".into());
    }
    if seen.insert(id.to_owned()) { Ok(()) } else { Err(format!("another record has the same id {id}")) }
}

fn annotation(record: &RawValue, text_sha256: Option<&str>, seen: &mut FxHashSet<String>) -> Result<Annotation, String> {
    let r = read_as::<AnnotationRecord<'_>>(record)?;
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
        contributors: r.contributors.into_iter().map(Cow::into_owned).collect(),
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
            bound: f.bound.map(Cow::into_owned),
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

fn correction(record: &RawValue, seen: &mut FxHashSet<String>) -> Result<Correction, String> {
    let r = read_as::<CorrectionRecord<'_>>(record)?;
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

fn tombstone(record: &RawValue, seen: &mut FxHashSet<String>) -> Result<Tombstone, String> {
    let r = read_as::<TombstoneRecord<'_>>(record)?;
    once(&r.id, seen)?;
    Ok(Tombstone {
        id: r.id.into_owned(),
        deleted: r.deleted.into_owned(),
        rev: r.rev,
        modified: r.modified.map(Cow::into_owned),
        undone: r.undone,
        unknown: r.unknown.into_owned(),
    })
}
