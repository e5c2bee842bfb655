//! The JSON Schema of the notes file, made from the records that are read and written.

use std::borrow::Cow;

use schemars::{JsonSchema, schema_for};
use serde_json::Value;

use super::VERSION;
use super::records::{AnnotationRecord, CorrectionRecord, SourceRecord, TombstoneRecord};
use crate::annotation::model::Unknown;

/// A notes file as a whole. [`super::parse`] takes it apart by hand, so that one bad record does not take the others along.
#[derive(JsonSchema)]
#[schemars(title = "pullquote notes file, version 1", rename = "Notes")]
#[expect(dead_code, reason = "only its schema is used")]
struct FileRecord<'a> {
    /// Says that this is a notes file.
    #[schemars(extend("const" = "pullquote"))]
    format: &'a str,
    /// The version of the format.
    #[schemars(extend("const" = VERSION))]
    version: u64,
    /// `urn:uuid:…`.
    #[serde(default)]
    id: Cow<'a, str>,
    /// The program that wrote it.
    #[serde(default)]
    generator: GeneratorRecord<'a>,
    /// The article, and the text that positions count in.
    #[serde(default)]
    source: SourceRecord,
    /// The annotations, ordered by anchor start, anchor end, id.
    #[serde(default)]
    annotations: Vec<AnnotationRecord<'a>>,
    /// The reader's corrections of what was found.
    #[serde(default)]
    corrections: Vec<CorrectionRecord<'a>>,
    /// What was deleted, so that a merge knows.
    #[serde(default)]
    deleted: Vec<TombstoneRecord<'a>>,
    #[serde(flatten)]
    unknown: Unknown,
}

#[derive(JsonSchema, Default)]
#[schemars(rename = "Generator")]
#[expect(dead_code, reason = "only its schema is used")]
struct GeneratorRecord<'a> {
    #[serde(default)]
    name: Cow<'a, str>,
    #[serde(default)]
    version: Cow<'a, str>,
    #[serde(flatten)]
    unknown: Unknown,
}

/// The schema of a notes file of this version, JSON Schema draft 2020-12. Fields that it does not name are allowed everywhere.
#[must_use]
pub fn json_schema() -> Value {
    schema_for!(FileRecord<'_>).to_value()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::annotation::sample::{self, TEXT};
    use crate::store::schema::{Text, parse, write};
    use crate::text::CodePoints;

    /// Checks a value against a schema. Knows the keywords that ours has, and none else: a new one must be taught here first.
    fn check(root: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
        let Some(schema) = schema.as_object() else {
            return if *schema == json!(true) { Ok(()) } else { Err(format!("{at}: nothing is allowed here")) };
        };
        let fail = |why: &str| Err(format!("{at}: {why} ({value})"));
        for (keyword, rule) in schema {
            match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "default" | "format" => {}
                "$ref" => {
                    let name = rule.as_str().and_then(|r| r.strip_prefix('#')).expect("a local reference");
                    check(root, root.pointer(name).expect("it leads somewhere"), value, at)?;
                }
                "const" if value != rule => return fail("not the one value"),
                "enum" if !rule.as_array().expect("a list").contains(value) => return fail("none of the values"),
                "const" | "enum" => {}
                "minimum" => {
                    if value.as_f64().is_some_and(|v| v < rule.as_f64().expect("a number")) {
                        return fail("too small");
                    }
                }
                "type" => {
                    let types = rule.as_array().cloned().unwrap_or_else(|| vec![rule.clone()]);
                    if !types.iter().any(|t| is(value, t.as_str().expect("a name"))) {
                        return fail(&format!("not of type {rule}"));
                    }
                }
                "anyOf" => {
                    if !rule.as_array().expect("a list").iter().any(|s| check(root, s, value, at).is_ok()) {
                        return fail("fits none of several");
                    }
                }
                "required" => {
                    let missing = rule.as_array().expect("a list").iter().find(|k| value.get(k.as_str().expect("a name")).is_none());
                    if let (Some(key), true) = (missing, value.is_object()) {
                        return fail(&format!("{key} is missing"));
                    }
                }
                "items" => {
                    for (i, item) in value.as_array().into_iter().flatten().enumerate() {
                        check(root, rule, item, &format!("{at}/{i}"))?;
                    }
                }
                "properties" => {
                    for (key, property) in rule.as_object().expect("properties") {
                        if let Some(inner) = value.get(key) {
                            check(root, property, inner, &format!("{at}/{key}"))?;
                        }
                    }
                }
                "additionalProperties" => assert_eq!(rule, &json!(true), "unknown fields are kept"),
                unknown => panic!("teach the test the keyword {unknown}"),
            }
        }
        Ok(())
    }

    fn is(value: &Value, kind: &str) -> bool {
        match kind {
            "object" => value.is_object(),
            "array" => value.is_array(),
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            other => panic!("teach the test the type {other}"),
        }
    }

    fn fits(file: &Value) -> Result<(), String> {
        let schema = json_schema();
        check(&schema, &schema, file, "")
    }

    proptest! {
        #[test]
        fn what_is_written_fits(notes in sample::any_notes(), deeds in sample::deeds("ada")) {
            let notes = sample::perform(&notes, &deeds);
            let map = CodePoints::new(TEXT);
            let bytes = write(&notes, &SourceRecord::default(), Text { text: TEXT, map: &map, sha256: "today" });
            prop_assert_eq!(fits(&serde_json::from_slice(&bytes).expect("JSON")), Ok(()));
        }
    }

    fn good() -> Value {
        json!({"format": "pullquote", "version": 1, "id": "urn:uuid:n", "source": {"text_len": 3},
            "annotations": [{"id": "urn:uuid:a", "kind": "quote", "status": "verified", "anchor": {"start": 1, "end": 2, "exact": "x"},
                "now": {"state": "attached"}, "tags": ["a"], "figure": {"value": 1.5}, "x": 1}],
            "corrections": [{"id": "urn:uuid:c", "what": "speaker", "anchor": {"start": 1, "end": 2, "exact": "x"}, "to": "Ada"}],
            "deleted": [{"id": "urn:uuid:d", "deleted": "2026-01-02T03:04:05Z"}]})
    }

    #[test]
    fn what_the_schema_refuses_the_reader_refuses_or_sets_aside() {
        assert_eq!(fits(&good()), Ok(()));
        assert_eq!(parse(good().to_string().as_bytes()).expect("readable").warnings, Vec::<String>::new());
        let broken = [
            ("/format", json!("w3c")),
            ("/version", json!("1")),
            ("/version", json!(0)),
            ("/id", json!(7)),
            ("/source/text_len", json!(-1)),
            ("/source/title", json!(["a"])),
            ("/annotations", json!({})),
            ("/annotations/0", json!("a note")),
            ("/annotations/0/id", json!(1)),
            ("/annotations/0/kind", json!("poem")),
            ("/annotations/0/origin", json!("heaven")),
            ("/annotations/0/status", json!("true")),
            ("/annotations/0/tags", json!("a, b")),
            ("/annotations/0/rev", json!(-1)),
            ("/annotations/0/anchor/start", json!("1")),
            ("/annotations/0/anchor/end", json!(1.5)),
            ("/annotations/0/anchor", json!({"start": 1, "end": 2})),
            ("/annotations/0/now/state", json!("moved")),
            ("/annotations/0/figure/value", json!("145")),
            ("/annotations/0/speaker", json!({"cue": "said"})),
            ("/corrections/0/what", json!(null)),
            ("/corrections/0/anchor", json!(null)),
            ("/deleted/0/id", json!(null)),
        ];
        for (place, value) in broken {
            let mut file = good();
            match file.pointer_mut(place) {
                Some(at) => *at = value.clone(),
                None => {
                    let (parent, key) = place.rsplit_once('/').expect("a path");
                    file.pointer_mut(parent).expect("there")[key] = value.clone();
                }
            }
            assert!(fits(&file).is_err(), "{place}: {value} fits the schema");
            let read = parse(file.to_string().as_bytes());
            assert!(read.is_err() || read.is_ok_and(|p| !p.warnings.is_empty()), "{place}: {value} is read");
        }
    }

    #[test]
    fn files_of_old_versions_load_for_ever() {
        let files = [
            (include_str!("../../../tests/it/fixtures/notes/v1-full.pullquote.json"), 6),
            (include_str!("../../../tests/it/fixtures/notes/v1-bare.pullquote.json"), 2),
            (include_str!("../../../tests/it/fixtures/notes/v1-empty.pullquote.json"), 0),
        ];
        for (text, count) in files {
            assert_eq!(fits(&serde_json::from_str(text).expect("JSON")), Ok(()));
            let parsed = parse(text.as_bytes()).expect("a notes file");
            assert_eq!((parsed.notes.annotations.len(), parsed.warnings, parsed.read_only), (count, vec![], None));
        }
    }
}
