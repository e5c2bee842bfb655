//! JSON Lines for spaCy and Prodigy: one article a line with its labelled spans. `entities` is what `Example.from_dict` takes, `spans` what
//! Prodigy shows. Labels are flat there: of annotations that overlap, the first stays.

use serde_json::{Value, json};

use super::{Detail, LeftOut, Noted};
use crate::annotation::{Annotation, AnnotationKind};

const MISSING: [Detail; 8] =
    [Detail::Note, Detail::Tag, Detail::Status, Detail::Color, Detail::Speaker, Detail::Figure, Detail::Creator, Detail::Date];

/// One record an article, in their order.
#[must_use]
pub fn records(articles: &[Noted<'_>]) -> (Vec<Value>, LeftOut) {
    let mut left = LeftOut::default();
    let records = articles.iter().map(|noted| record(noted, &mut left)).collect();
    (records, left)
}

fn record(noted: &Noted<'_>, left: &mut LeftOut) -> Value {
    let mut spans: Vec<(usize, usize, String)> = Vec::new();
    for a in in_place(noted, left) {
        // A label may not begin or end with white space.
        let Some(range) = a.now.range.map(|r| r.trimmed(noted.text.text)).filter(|r| !r.is_empty()) else { continue };
        let at = |byte| noted.text.map.at_byte(noted.text.text, byte);
        let (start, end) = (at(range.start()), at(range.end()));
        if spans.last().is_some_and(|(_, before, _)| start < *before) {
            left.one(Detail::Overlap);
            continue;
        }
        left.details(&MISSING, [a]);
        spans.push((start, end, a.kind.name().to_uppercase()));
    }
    left.corrections(noted.notes);
    let entities: Vec<Value> = spans.iter().map(|(start, end, label)| json!([start, end, label])).collect();
    let spans: Vec<Value> = spans.iter().map(|(start, end, label)| json!({"start": start, "end": end, "label": label})).collect();
    json!({
        "text": noted.text.text,
        "spans": spans,
        "entities": entities,
        "meta": {"source": noted.address(), "sha256": noted.text.sha256},
        "answer": "accept",
    })
}

/// The annotations that stand on words of today's text, in the order of the text; the others are counted as left out.
pub(super) fn in_place<'a>(noted: &Noted<'a>, left: &mut LeftOut) -> Vec<&'a Annotation> {
    let mut placed = Vec::new();
    for a in &noted.notes.annotations {
        match (a.now.range, a.kind) {
            (Some(_), _) => placed.push(a),
            (None, AnnotationKind::Page) => left.one(Detail::Page),
            (None, _) => left.one(Detail::Orphan),
        }
    }
    placed.sort_by_key(|a| a.now.range);
    placed
}
