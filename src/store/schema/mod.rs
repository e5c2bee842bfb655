//! The notes file, version 1, as JSON; to and from the model.
//!
//! Positions in the file are code points; the model's are bytes of today's text. Fields that this version does not know are kept and written
//! back; a record that cannot be read is set aside and written back as it stands.

mod json_schema;
mod read;
mod records;
mod write;

pub use json_schema::json_schema;
pub use read::{ParseError, Parsed, parse};
pub use records::SourceRecord;
pub use write::{Text, annotation_json, write};
pub(super) use write::{Written, write_reusing};

/// The version that is written, and the newest that is written to.
pub const VERSION: u64 = 1;

/// What `offset_unit` says.
pub const OFFSET_UNIT: &str = "codepoint";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use std::borrow::Cow;

    use super::records::FigureRecord;
    use super::*;
    use crate::annotation::attach;
    use crate::annotation::model::{AnnotationKind, NotedFigure, NotedSpeaker, Notes, Now, Origin, Status, Tombstone, Unknown};
    use crate::annotation::sample::{self, TEXT};
    use crate::text::CodePoints;
    use crate::text::TextRange;
    use serde_json::Value;

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
            undone: false,
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
        let figure = |value: f64| FigureRecord {
            value: Some(value),
            low: None,
            high: None,
            bound: None,
            unit: None,
            unknown: Cow::Owned(Unknown::new()),
        };
        let json = |value: f64| serde_json::to_string(&figure(value)).expect("JSON");
        assert_eq!(json(145.0), r#"{"value":145}"#);
        assert_eq!(json(295_000_000_000.0), r#"{"value":295000000000}"#);
        assert_eq!(json(-0.25), r#"{"value":-0.25}"#);
        assert_eq!(json(1e300), r#"{"value":1e+300}"#);
    }
}
