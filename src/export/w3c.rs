//! W3C Web Annotations as JSON-LD: the notes file in the terms of the Recommendation, and nothing of it lost.
//!
//! What the Recommendation has a term for is written in it: the words as a quote selector, the place as a position selector, the note, tags and
//! status as bodies, the colour as a style. The rest goes along under `pq:` as JSON texts, which every reader of JSON-LD carries through:
//! `pq:file` is the notes file without its annotations, `pq:record` what is left of one. [`crate::import::w3c`] puts them together again.
//!
//! The quote goes with the address of the article. So does the position when the address gives that very text (plain text); that of a web
//! page counts in the text that was read out of the page, so it goes with that text's own name, `ni:///sha-256;…`.

use serde_json::{Map, Value, json};

use super::noted::{is_iri, text_name};

type Object = Map<String, Value>;

/// The prefix of terms of our own.
pub const NAMESPACE: &str = "https://pullquote.example/ns#";

/// The motivations of the Recommendation; any other is kept aside.
const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// Identifiers that are no IRI are written behind this, in percent-encoding.
pub const ODD_ID: &str = "urn:x-pullquote:";

/// Fields of a record that stand in bodies of their own, with the type and purpose of the body.
pub const DESCRIBING: [(&str, &str, &str); 3] =
    [("speaker", "pq:Speaker", "describing"), ("figure", "pq:Figure", "classifying"), ("person", "pq:Person", "identifying")];

/// A notes file as an `AnnotationCollection`. Of its annotations the first `readable` are records that this version reads; what stands
/// behind them goes along as it is.
#[must_use]
pub fn collection(file: &Value, readable: usize) -> Value {
    let mut rest = file.as_object().cloned().unwrap_or_default();
    let mut records = match rest.get_mut("annotations").map(Value::take) {
        Some(Value::Array(records)) => records,
        _ => Vec::new(),
    };
    let aside = records.split_off(readable.min(records.len()));
    rest.insert("annotations".into(), aside.into());
    let source = Source::of(file);
    let items: Vec<Value> = records.iter().filter_map(Value::as_object).map(|record| annotation(record, &source)).collect();
    let id = iri(text(file, "id"));
    let mut out = json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"pq": NAMESPACE}],
        "id": id,
        "type": "AnnotationCollection",
        "label": source.title.map_or_else(|| "Annotations".to_owned(), |title| format!("Annotations on {title}")),
        "pq:file": packed(&rest),
        "total": items.len(),
    });
    if !items.is_empty() {
        out["first"] = json!({"id": format!("{id}#page1"), "type": "AnnotationPage", "startIndex": 0, "items": items});
        if id.contains('#') {
            out["first"]["id"] = format!("{id}-page1").into();
        }
    }
    out
}

/// What the file says of its article, as far as targets need it.
struct Source<'a> {
    title: Option<&'a str>,
    /// An address of the article.
    address: Option<&'a str>,
    /// The text that was read is not what the address gives.
    extracted: bool,
    text_sha256: &'a str,
}

impl<'a> Source<'a> {
    fn of(file: &'a Value) -> Self {
        let source = &file["source"];
        Self {
            title: source["title"].as_str(),
            address: source["uri"].as_str().filter(|uri| is_iri(uri)),
            extracted: source["media_type"].as_str().is_some_and(|kind| kind != "text/plain"),
            text_sha256: text(source, "text_sha256"),
        }
    }
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The id itself, or an IRI that it can be read out of.
fn iri(id: &str) -> String {
    if is_iri(id) && !id.starts_with(ODD_ID) {
        return id.to_owned();
    }
    let escaped = id.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") });
    ODD_ID.to_owned() + &escaped.collect::<String>() + if id.is_empty() { "-" } else { "" }
}

/// A value as a JSON text of one line.
fn packed(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("keys are texts")
}

/// True for a time as the Recommendation wants it: UTC, with a Z.
fn is_time(text: &str) -> bool {
    text.ends_with('Z') && text.contains('T') && text.parse::<jiff::Timestamp>().is_ok() && !text.starts_with('-') && !text.contains(',')
}

/// One annotation. What is taken out of `rest` stands in a term of the Recommendation.
fn annotation(record: &Object, source: &Source<'_>) -> Value {
    let mut rest = record.clone();
    let mut out = Object::new();
    let id = rest.shift_remove("id").unwrap_or_default();
    out.insert("id".into(), iri(id.as_str().unwrap_or_default()).into());
    out.insert("type".into(), "Annotation".into());
    let motivation = record.get("motivation").and_then(Value::as_str).filter(|m| MOTIVATIONS.contains(m));
    out.insert("motivation".into(), motivation.unwrap_or("highlighting").into());
    if motivation.is_some() {
        rest.shift_remove("motivation");
    }
    for key in ["created", "modified"] {
        if record.get(key).and_then(Value::as_str).is_some_and(is_time)
            && let Some(time) = rest.shift_remove(key)
        {
            out.insert(key.into(), time);
        }
    }
    if let Some(name) = filled(record, "creator") {
        out.insert("creator".into(), json!({"type": "Person", "nickname": name}));
        rest.shift_remove("creator");
    }
    for key in ["kind", "origin"] {
        out.extend(rest.shift_remove(key).map(|value| (format!("pq:{key}"), value)));
    }
    let bodies = bodies(record, &mut rest);
    if !bodies.is_empty() {
        out.insert("body".into(), bodies.into());
    }
    let color = filled(record, "color").filter(|c| c.bytes().all(|b| b.is_ascii_lowercase()));
    if let Some(color) = color {
        out.insert("stylesheet".into(), json!({"type": "CssStylesheet", "value": format!(".{color} {{ background: {color} }}")}));
        rest.shift_remove("color");
    }
    out.insert("target".into(), target(record, &mut rest, source, color));
    out.insert("pq:record".into(), packed(&rest).into());
    out.into()
}

fn filled<'a>(record: &'a Object, key: &str) -> Option<&'a str> {
    record.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// Note, tags, status, and what is known of speaker, figure and person.
fn bodies(record: &Object, rest: &mut Object) -> Vec<Value> {
    let mut bodies = Vec::new();
    if let Some(note) = filled(record, "note") {
        bodies.push(json!({"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": note}));
        rest.shift_remove("note");
    }
    let tags = record.get("tags").and_then(Value::as_array).filter(|tags| !tags.is_empty());
    if let Some(tags) = tags.filter(|tags| tags.iter().all(Value::is_string)) {
        bodies.extend(tags.iter().map(|tag| json!({"type": "TextualBody", "purpose": "tagging", "value": tag})));
        rest.shift_remove("tags");
    }
    if let Some(status) = filled(record, "status") {
        bodies.push(json!({"type": "TextualBody", "purpose": "assessing", "value": status}));
        rest.shift_remove("status");
    }
    for (key, kind, purpose) in DESCRIBING {
        let Some(value) = record.get(key).filter(|value| value.is_object()) else { continue };
        let body = json!({"type": ["TextualBody", kind], "purpose": purpose, "format": "application/json", "value": packed(value)});
        bodies.push(body);
        // The place in the order of fields stays.
        rest.insert(key.into(), Value::Null);
    }
    bodies
}

/// Where the words are: today's place when there is one, else that of the anchor. An anchor that says the same is left out of `rest`.
fn target(record: &Object, rest: &mut Object, source: &Source<'_>, color: Option<&str>) -> Value {
    let nothing = Value::Null;
    let (anchor, now) = (record.get("anchor").unwrap_or(&nothing), record.get("now").unwrap_or(&nothing));
    let exact = |at: &Value| at["exact"].as_str().map(str::to_owned).filter(|exact| !exact.is_empty());
    let span = |at: &Value| Some((at["start"].as_u64()?, at["end"].as_u64()?));
    let place = if span(now).is_some() && exact(now).is_some() { now } else { anchor };
    let created = record.get("created").and_then(Value::as_str).filter(|time| is_time(time));
    let styled = |mut target: Value| {
        if let Some(color) = color {
            target["styleClass"] = color.into();
        }
        if let Some(time) = created {
            target["state"] = json!({"type": "TimeState", "sourceDate": time});
        }
        target
    };
    let text_sha256 = now["text_sha256"].as_str().unwrap_or(source.text_sha256);
    let stored = text_name(text_sha256);
    let address = source.address.map_or_else(|| stored.clone(), str::to_owned);
    let (Some(words), Some((start, end))) = (exact(place), span(place)) else {
        return styled(json!({"source": address}));
    };
    let quote = quote(&words, anchor);
    let position = json!({"type": "TextPositionSelector", "start": start, "end": end});
    fold_places(rest, &words, (start, end), source);
    let another_text = source.extracted || text_sha256 != source.text_sha256;
    if another_text && source.address.is_some() {
        let (page, text) = (json!({"source": address, "selector": quote}), json!({"source": stored, "selector": position}));
        return json!([styled(page), styled(text)]);
    }
    styled(json!({"source": address, "selector": [position, quote]}))
}

fn quote(words: &str, anchor: &Value) -> Value {
    let mut quote = json!({"type": "TextQuoteSelector", "exact": words});
    for key in ["prefix", "suffix"] {
        if let Some(context) = anchor[key].as_str().filter(|context| !context.is_empty()) {
            quote[key] = context.into();
        }
    }
    quote
}

/// Leaves out of `rest` what the selectors say: of the anchor and of `now` the words and the place, of `now` also that it is attached to
/// the file's own text. What was left out is `true` there, so that fields keep their order.
fn fold_places(rest: &mut Object, words: &str, (start, end): (u64, u64), source: &Source<'_>) {
    let said: [(&str, Value); 3] = [("start", start.into()), ("end", end.into()), ("exact", words.into())];
    let contexts = ["prefix", "suffix"];
    for name in ["anchor", "now"] {
        let Some(Value::Object(place)) = rest.get_mut(name) else { continue };
        for (key, value) in &said {
            if place.get(*key) == Some(value) {
                place.insert((*key).into(), true.into());
            }
        }
        if name == "anchor" {
            for key in contexts {
                if place.get(key).is_some_and(|context| context.as_str().is_some_and(|c| !c.is_empty())) {
                    place.insert(key.into(), true.into());
                }
            }
        } else if place.get("text_sha256").and_then(Value::as_str).is_some_and(|digest| digest == source.text_sha256) {
            place.insert("text_sha256".into(), true.into());
        }
    }
}
