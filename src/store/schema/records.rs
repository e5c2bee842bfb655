//! The records of the file, field by field, in the order in which they are written.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::annotation::model::{AnchorState, AnnotationKind, Origin, Status, Unknown};
use crate::text::fold::Folded;

/// `source`: which article, and which text the positions count in.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(rename = "Source")]
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
    pub(in crate::store) unknown: Unknown,
}

impl SourceRecord {
    /// Whether two notes files may be of one article: one text, one address or one headline; or one of them does not say.
    #[must_use]
    pub fn may_be(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        let folded = |title: &Option<String>| title.as_ref().map(|t| Folded::new(t).text.trim().to_owned());
        let silent = |s: &Self| s.text_sha256.is_none() && s.uri.is_none() && s.title.is_none();
        same(&self.text_sha256, &other.text_sha256)
            || same(&self.uri, &other.uri)
            || same(&folded(&self.title), &folded(&other.title))
            || silent(self)
            || silent(other)
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Annotation")]
pub(super) struct AnnotationRecord<'a> {
    /// `urn:uuid:…`.
    pub(super) id: Cow<'a, str>,
    /// Counts the edits, from 1.
    #[serde(default = "first_rev")]
    pub(super) rev: u64,
    /// RFC 3339 in UTC.
    #[serde(default)]
    pub(super) created: Cow<'a, str>,
    /// RFC 3339 in UTC.
    #[serde(default)]
    pub(super) modified: Cow<'a, str>,
    /// Who made it.
    #[serde(default)]
    pub(super) creator: Cow<'a, str>,
    /// Who else changed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) contributors: Vec<Cow<'a, str>>,
    /// What it is on.
    #[schemars(extend("enum" = AnnotationKind::ALL.map(AnnotationKind::name)))]
    #[serde(default = "passage")]
    pub(super) kind: Cow<'a, str>,
    /// A motivation of W3C Web Annotation.
    #[serde(default = "highlighting")]
    pub(super) motivation: Cow<'a, str>,
    /// How it came to be.
    #[schemars(extend("enum" = Origin::ALL.map(Origin::name)))]
    #[serde(default = "manual")]
    pub(super) origin: Cow<'a, str>,
    /// Each once.
    #[serde(default)]
    pub(super) tags: Vec<Cow<'a, str>>,
    /// Markdown.
    #[serde(default)]
    pub(super) note: Cow<'a, str>,
    /// The name of a colour: yellow, green, blue, pink, orange, purple.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) color: Option<Cow<'a, str>>,
    /// The status of a claim.
    #[schemars(extend("enum" = optional(&Status::ALL.map(Status::name))))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Cow<'a, str>>,
    /// The words it was made for; never changed. Only a note on the page has none.
    pub(super) anchor: Option<AnchorRecord<'a>>,
    /// Where those words are in the text of `text_sha256`.
    pub(super) now: Option<NowRecord<'a>>,
    /// Who said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speaker: Option<SpeakerRecord<'a>>,
    /// How much it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) figure: Option<FigureRecord<'a>>,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}

/// The values of a field that may be there or not.
fn optional(names: &[&'static str]) -> Vec<Option<&'static str>> {
    names.iter().copied().map(Some).chain([None]).collect()
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

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Anchor")]
pub(super) struct AnchorRecord<'a> {
    /// First code point of the article text.
    pub(super) start: usize,
    /// One past the last code point.
    pub(super) end: usize,
    /// The words.
    pub(super) exact: Cow<'a, str>,
    /// At most 64 code points before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) prefix: Option<Cow<'a, str>>,
    /// At most 64 code points after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) suffix: Option<Cow<'a, str>>,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Now")]
pub(super) struct NowRecord<'a> {
    /// Whether the words are there.
    #[schemars(extend("enum" = AnchorState::ALL.map(AnchorState::name)))]
    pub(super) state: Cow<'a, str>,
    /// First code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) start: Option<usize>,
    /// One past the last code point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<usize>,
    /// The words there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) exact: Option<Cow<'a, str>>,
    /// SHA-256 of that text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) text_sha256: Option<Cow<'a, str>>,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Speaker")]
pub(super) struct SpeakerRecord<'a> {
    pub(super) name: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cue: Option<Cow<'a, str>>,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Figure")]
pub(super) struct FigureRecord<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub(super) value: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub(super) low: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "number")]
    pub(super) high: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bound: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<Cow<'a, str>>,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}

/// A whole number is written as one: 145, not 145.0.
fn number<S: serde::Serializer>(value: &Option<f64>, to: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0; // 2^53: beyond it not every whole number has a double of its own
    match *value {
        Some(v) if v.fract() == 0.0 && v.abs() < EXACT && !(v == 0.0 && v.is_sign_negative()) => to.serialize_i64(v as i64),
        Some(v) => to.serialize_f64(v),
        None => to.serialize_none(),
    }
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Correction")]
pub(super) struct CorrectionRecord<'a> {
    pub(super) id: Cow<'a, str>,
    #[serde(default)]
    pub(super) modified: Cow<'a, str>,
    /// `speaker`, `person`, `mention` or `fold`.
    pub(super) what: Cow<'a, str>,
    pub(super) anchor: AnchorRecord<'a>,
    /// The corrected value.
    pub(super) to: Cow<'a, str>,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Tombstone")]
pub(super) struct TombstoneRecord<'a> {
    pub(super) id: Cow<'a, str>,
    #[serde(default)]
    pub(super) deleted: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rev: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) modified: Option<Cow<'a, str>>,
    /// An addition was taken back; an import may bring it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) undone: bool,
    #[serde(flatten)]
    pub(super) unknown: Cow<'a, Unknown>,
}
