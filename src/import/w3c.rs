//! W3C Web Annotations: those that this program wrote become the notes file again, to the byte; of others what the Recommendation says is taken.

use serde_json::{Map, Value};

use super::{ImportError, Incoming, foreign, own};
use crate::annotation::model::COLORS;
use crate::annotation::{Annotation, AnnotationKind, NotedFigure, NotedSpeaker, Stamp, Status};
use crate::export::w3c::{DESCRIBING, ODD_ID};
use crate::store::schema::Parsed;

type Object = Map<String, Value>;

/// True for an annotation, a page or collection of them, or a list that begins with one.
#[must_use]
pub fn fits(value: &Value) -> bool {
    let first = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    let kinds = ["Annotation", "AnnotationCollection", "AnnotationPage"];
    first.is_object() && kinds.iter().any(|kind| is(first, kind)) || value.as_array().is_some_and(Vec::is_empty)
}

fn is(value: &Value, kind: &str) -> bool {
    listed(&value["type"]).iter().any(|t| t.as_str() == Some(kind))
}

/// A value, or the values of a list: the Recommendation allows either nearly everywhere.
fn listed(value: &Value) -> &[Value] {
    match value {
        Value::Null => &[],
        Value::Array(values) => values,
        one => std::slice::from_ref(one),
    }
}

/// What the file holds: one entry for each collection of ours, one for all else.
///
/// # Errors
/// [`ImportError::Damaged`] when a collection of ours was changed so that it is no notes file any more.
pub fn read(value: Value) -> Result<Vec<Incoming>, ImportError> {
    let mut incoming = Vec::new();
    let mut others = Vec::new();
    let values = match value {
        Value::Array(values) => values,
        one => vec![one],
    };
    for value in &values {
        match file(value) {
            Some(file) => incoming.push(own::file(&file)?),
            None => others.extend(items(value)),
        }
    }
    if !others.is_empty() || incoming.is_empty() {
        let mut parsed = Parsed::default();
        parsed.notes.annotations = others.into_iter().filter_map(annotation).collect();
        incoming.push(Incoming { parsed, ..Incoming::default() });
    }
    Ok(incoming)
}

/// The annotations of a collection, of a page, or the annotation itself.
fn items(value: &Value) -> Vec<&Value> {
    if is(value, "Annotation") {
        return vec![value];
    }
    let own = listed(&value["items"]).iter().chain(listed(&value["first"]["items"]));
    own.filter(|item| item.is_object()).collect()
}

/// The notes file that a collection of ours was made of; `None` for those of others.
#[must_use]
pub fn file(collection: &Value) -> Option<Value> {
    let mut file: Object = unpacked(&collection["pq:file"])?;
    let text_sha256 = file.get("source").map_or(Value::Null, |source| source["text_sha256"].clone());
    let records = items(collection).into_iter().filter_map(|item| record(item, &text_sha256));
    let mut records: Vec<Value> = records.map(Value::Object).collect();
    if let Some(Value::Array(aside)) = file.get_mut("annotations").map(Value::take) {
        records.extend(aside);
    }
    file.insert("annotations".into(), records.into());
    Some(file.into())
}

fn unpacked(packed: &Value) -> Option<Object> {
    serde_json::from_str(packed.as_str()?).ok()
}

/// The record that an annotation of ours was made of; `text_sha256` is the digest of the file's own text.
fn record(item: &Value, text_sha256: &Value) -> Option<Object> {
    let mut record = unpacked(&item["pq:record"])?;
    let id = item["id"].as_str()?;
    record.insert("id".into(), odd_id(id).unwrap_or_else(|| id.to_owned()).into());
    let mut fill = |key: &str, value: &Value| {
        if !value.is_null() && record.get(key).is_none_or(Value::is_null) {
            record.insert(key.into(), value.clone());
        }
    };
    for key in ["motivation", "created", "modified"] {
        fill(key, &item[key]);
    }
    for key in ["kind", "origin"] {
        fill(key, &item[format!("pq:{key}")]);
    }
    fill("creator", &item["creator"]["nickname"]);
    fill("color", listed(&item["target"]).first().map_or(&Value::Null, |target| &target["styleClass"]));
    let bodies = listed(&item["body"]);
    let said =
        |purpose: &'static str| bodies.iter().filter(move |b| b["purpose"] == purpose && b["type"] == "TextualBody").map(|b| &b["value"]);
    fill("note", said("commenting").next().unwrap_or(&Value::Null));
    fill("status", said("assessing").next().unwrap_or(&Value::Null));
    let tags: Vec<Value> = said("tagging").cloned().collect();
    if !tags.is_empty() {
        fill("tags", &tags.into());
    }
    for (key, kind, _) in DESCRIBING {
        let body = bodies.iter().find(|b| is(b, kind)).and_then(|b| unpacked(&b["value"]));
        fill(key, &body.map_or(Value::Null, Value::Object));
    }
    unfold_places(&mut record, item, text_sha256);
    Some(record)
}

/// What stands behind [`ODD_ID`], without its percent-encoding.
fn odd_id(id: &str) -> Option<String> {
    let escaped = id.strip_prefix(ODD_ID)?;
    let mut bytes = Vec::new();
    let mut rest = escaped.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(str::from_utf8(&digits).ok()?, 16).ok()?);
        } else if byte != b'-' {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Puts what the selectors say in the places where the record has `true`.
fn unfold_places(record: &mut Object, item: &Value, text_sha256: &Value) {
    let selectors = Selectors::of(item);
    let words = |key: &str| match key {
        "start" => selectors.start.into(),
        "end" => selectors.end.into(),
        "exact" => selectors.exact.into(),
        "prefix" => selectors.prefix.into(),
        "suffix" => selectors.suffix.into(),
        "text_sha256" => text_sha256.clone(),
        _ => Value::Bool(true),
    };
    for name in ["anchor", "now"] {
        let Some(Value::Object(place)) = record.get_mut(name) else { continue };
        for (key, value) in place.iter_mut().filter(|(_, value)| **value == Value::Bool(true)) {
            *value = words(key);
        }
    }
}

/// The first quote and the first position of all targets.
#[derive(Default)]
struct Selectors<'a> {
    start: Option<u64>,
    end: Option<u64>,
    exact: Option<&'a str>,
    prefix: Option<&'a str>,
    suffix: Option<&'a str>,
}

impl<'a> Selectors<'a> {
    fn of(item: &'a Value) -> Self {
        let mut found = Self::default();
        for selector in listed(&item["target"]).iter().flat_map(|target| listed(&target["selector"])) {
            found.take(selector);
        }
        found
    }

    fn take(&mut self, selector: &'a Value) {
        if is(selector, "TextQuoteSelector") && self.exact.is_none() {
            let text = |key: &str| selector[key].as_str();
            (self.exact, self.prefix, self.suffix) = (text("exact"), text("prefix"), text("suffix"));
        }
        if is(selector, "TextPositionSelector") && self.start.is_none() {
            (self.start, self.end) = (selector["start"].as_u64(), selector["end"].as_u64());
        }
        for refined in listed(&selector["refinedBy"]).iter().chain(listed(&selector["items"])) {
            self.take(refined);
        }
    }
}

/// An annotation of another tool.
fn annotation(item: &Value) -> Option<Annotation> {
    let item = if is(item, "Annotation") { item } else { return None };
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let selectors = Selectors::of(item);
    let creator = listed(&item["creator"]).first().map_or(String::new(), |who| {
        let names = ["nickname", "name", "id"];
        who.as_str().or_else(|| names.iter().find_map(|key| who[*key].as_str())).unwrap_or_default().to_owned()
    });
    let stamp = Stamp { now: text(&item["created"]), creator };
    let id = item["id"].as_str().map_or_else(|| item.to_string(), str::to_owned);
    let mut new = foreign(&["w3c", &id], selectors.exact.unwrap_or_default(), &stamp);
    if item["id"].is_string() {
        new.id = id;
    }
    if let Some(modified) = item["modified"].as_str() {
        new.modified = modified.to_owned();
    }
    new.anchor.prefix = selectors.prefix.unwrap_or_default().to_owned();
    new.anchor.suffix = selectors.suffix.unwrap_or_default().to_owned();
    if let (Some(start), Some(end)) = (selectors.start, selectors.end)
        && start <= end
    {
        let offset = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
        (new.anchor.start, new.anchor.end) = (offset(start), offset(end));
        if new.kind == AnnotationKind::Page {
            new.kind = AnnotationKind::Passage; // a place without words: an orphan until the reader gives it some
        }
    }
    if let Some(motivation) = listed(&item["motivation"]).first().and_then(Value::as_str) {
        new.motivation = motivation.to_owned();
    }
    if let Some(kind) = item["pq:kind"].as_str().and_then(AnnotationKind::from_name) {
        new.kind = kind;
    }
    let style = listed(&item["target"]).first().and_then(|target| target["styleClass"].as_str());
    new.color = style.filter(|class| COLORS.contains(class)).map(str::to_owned);
    read_bodies(item, &mut new);
    Some(new)
}

fn read_bodies(item: &Value, new: &mut Annotation) {
    let mut notes: Vec<&str> = item["bodyValue"].as_str().into_iter().collect();
    for body in listed(&item["body"]) {
        if body["format"] == "application/json" {
            describe(body, new);
            continue;
        }
        let value = body["value"].as_str().or_else(|| body.as_str()).or_else(|| body["source"].as_str()).unwrap_or_default();
        match body["purpose"].as_str() {
            _ if value.is_empty() => {}
            Some("tagging" | "classifying") if !new.tags.iter().any(|tag| tag == value) => new.tags.push(value.to_owned()),
            Some("tagging" | "classifying") => {}
            Some("assessing") if Status::from_name(value).is_some() => new.status = Status::from_name(value),
            _ => notes.push(value),
        }
    }
    new.note = notes.join("\n\n");
}

/// Takes a speaker, a figure or a person as our own bodies have them; any other body of JSON says nothing to a reader.
fn describe(body: &Value, new: &mut Annotation) {
    let Some((key, _, _)) = DESCRIBING.iter().find(|(_, kind, _)| is(body, kind)) else { return };
    let Some(mut fields) = unpacked(&body["value"]) else { return };
    let mut text = |key: &str| fields.shift_remove(key).and_then(|v| v.as_str().map(str::to_owned));
    match *key {
        "speaker" => {
            let (name, cue) = (text("name").unwrap_or_default(), text("cue"));
            new.speaker = Some(NotedSpeaker { name, cue, unknown: fields });
        }
        "figure" => {
            let (unit, bound) = (text("unit"), text("bound"));
            let mut number = |key: &str| fields.shift_remove(key).and_then(|v| v.as_f64());
            let (value, low, high) = (number("value"), number("low"), number("high"));
            new.figure = Some(NotedFigure { value, low, high, bound, unit, unknown: fields });
        }
        other => {
            new.unknown.insert(other.to_owned(), fields.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::annotation::sample::{self, TEXT};
    use crate::annotation::{Notes, model::Unknown};
    use crate::export::w3c::collection;
    use crate::store::schema::{self, SourceRecord, Text};
    use crate::text::CodePoints;

    const DIGEST: &str = "9b84738dee88c79ea7ac6b45879cb5bdc91ae605b7872d3f2a73ea7180e36395";

    fn written(notes: &Notes, source: &SourceRecord) -> Vec<u8> {
        schema::write(notes, source, Text { text: TEXT, map: &CodePoints::new(TEXT), sha256: DIGEST })
    }

    fn source(uri: Option<&str>, media_type: &str) -> SourceRecord {
        let fields =
            json!({"uri": uri, "title": "Mayor says", "media_type": media_type, "text_sha256": DIGEST, "offset_unit": "codepoint"});
        serde_json::from_value(fields).expect("a source")
    }

    /// Through the collection as text, and written again by the store.
    fn back(file: &[u8], readable: usize) -> String {
        let value: Value = serde_json::from_slice(file).expect("JSON");
        let text = collection(&value, readable).to_string();
        let incoming = super::super::read(text.as_bytes()).expect("annotations").remove(0);
        assert!(incoming.own);
        let mut notes = incoming.parsed.notes;
        crate::annotation::attach(&mut notes, TEXT, &CodePoints::new(TEXT), DIGEST);
        String::from_utf8(written(&notes, &incoming.parsed.source)).expect("JSON")
    }

    proptest! {
        #[test]
        fn what_is_exported_is_imported_to_the_byte(
            notes in sample::any_notes(),
            deeds in sample::deeds("ada"),
            page in any::<bool>(),
            odd in prop::option::of("\\PC{0,6}"),
            orphan in any::<bool>(),
        ) {
            let mut notes = sample::perform(&notes, &deeds);
            if let (Some(odd), Some(first)) = (odd, notes.annotations.first_mut()) {
                (first.id, first.creator, first.created, first.motivation) = (format!("{odd}."), odd.clone(), odd.clone(), odd.clone());
                (first.color, first.note) = (Some(odd.clone()), odd);
            }
            if let (true, Some(last)) = (orphan, notes.annotations.last_mut()) {
                last.now.range = None;
                last.now.state = crate::annotation::AnchorState::Orphan;
                last.anchor.exact = "words that are nowhere".into();
            }
            for a in notes.annotations.iter_mut().filter(|a| a.kind == AnnotationKind::Page) {
                a.now.range = None;
            }
            let source = if page { source(Some("https://news.example/a"), "text/html") } else { source(None, "text/plain") };
            // What the store writes of what it reads is the canonical form.
            let mut read = schema::parse(&written(&notes, &source)).expect("a notes file");
            crate::annotation::attach(&mut read.notes, TEXT, &CodePoints::new(TEXT), DIGEST);
            let file = written(&read.notes, &read.source);
            prop_assert_eq!(back(&file, read.notes.annotations.len()), String::from_utf8(file).expect("JSON"));
        }
    }

    #[test]
    fn records_that_cannot_be_read_and_unknown_fields_go_along() {
        let file = json!({"format": "pullquote", "version": 1, "id": "urn:uuid:n", "generator": {"name": "pullquote", "version": "0", "x": 1},
            "source": {"text_sha256": DIGEST, "x-archive": [1, null]}, "x-sync": {"n": 0.1},
            "annotations": [
                {"id": "urn:uuid:a", "anchor": {"start": 96, "end": 107, "exact": "40 per cent", "x": true}, "zebra": 1, "person": {"name": "Ada"}, "apple": 2},
                {"id": "urn:uuid:bad", "kind": "poem"},
            ],
            "corrections": [], "deleted": [{"id": "urn:uuid:d", "deleted": "2026-01-02T03:04:05Z", "by": "Bo"}]});
        let mut parsed = schema::parse(file.to_string().as_bytes()).expect("a notes file");
        crate::annotation::attach(&mut parsed.notes, TEXT, &CodePoints::new(TEXT), DIGEST);
        let file = written(&parsed.notes, &parsed.source);
        assert_eq!(parsed.notes.set_aside.len(), 1);
        assert_eq!(back(&file, 1), String::from_utf8(file).expect("JSON"));
    }

    #[test]
    fn on_a_web_page_the_quote_goes_with_the_page_and_the_position_with_the_text() {
        let notes = sample::notes([sample::on("urn:uuid:a", "40 per cent")]);
        let file = |uri, kind| serde_json::from_slice::<Value>(&written(&notes, &source(uri, kind))).expect("JSON");
        let target = |file: &Value| collection(file, 1)["first"]["items"][0]["target"].clone();
        let page = target(&file(Some("https://news.example/a"), "text/html"));
        assert_eq!(page[0]["source"], "https://news.example/a");
        assert_eq!(page[0]["selector"]["exact"], "40 per cent");
        assert_eq!(page[0]["selector"]["start"], Value::Null);
        assert!(page[1]["source"].as_str().is_some_and(|s| s.starts_with("ni:///sha-256;")));
        assert_eq!(page[1]["selector"], json!({"type": "TextPositionSelector", "start": 96, "end": 107}));
        let plain = target(&file(Some("https://news.example/a.txt"), "text/plain"));
        assert_eq!((&plain["source"], plain["selector"].as_array().map(Vec::len)), (&json!("https://news.example/a.txt"), Some(2)));
    }

    #[test]
    fn annotations_of_others_are_read() {
        let list = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": [
            {"id": "https://x.example/1", "type": "Annotation", "created": "2026-01-02T03:04:05Z", "creator": {"type": "Person", "name": "Bo"},
             "body": [{"type": "TextualBody", "value": "why?", "purpose": "commenting"},
                {"type": ["TextualBody", "pq:Speaker"], "format": "application/json", "purpose": "describing", "value": "{\"name\": \"Ada\", \"x\": 1}"},
                {"type": ["TextualBody", "x:Other"], "format": "application/json", "purpose": "tagging", "value": "{}"},
                {"type": "TextualBody", "value": "fee", "purpose": "tagging"}],
             "target": {"source": "https://news.example/a", "selector": {"type": "RangeSelector", "refinedBy":
                {"type": "TextQuoteSelector", "exact": "40 per cent", "prefix": "cost "}}}},
            {"type": "Annotation", "bodyValue": "all of it", "target": "https://news.example/a"},
        ]});
        let read = super::super::read(list.to_string().as_bytes()).expect("annotations").remove(0);
        assert!(!read.own);
        let [quote, page] = read.parsed.notes.annotations.as_slice() else { panic!("{:?}", read.parsed.notes) };
        assert_eq!((quote.id.as_str(), quote.creator.as_str(), quote.note.as_str()), ("https://x.example/1", "Bo", "why?"));
        assert_eq!((quote.tags.as_slice(), quote.anchor.prefix.as_str()), (["fee".to_owned()].as_slice(), "cost "));
        let speaker = quote.speaker.as_ref().expect("a speaker");
        assert_eq!((speaker.name.as_str(), speaker.unknown.get("x")), ("Ada", Some(&json!(1))));
        assert_eq!((page.kind, page.note.as_str(), &page.unknown), (AnnotationKind::Page, "all of it", &Unknown::new()));
    }
}
