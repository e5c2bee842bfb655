//! JSON Lines for spaCy and Prodigy: one article a line with its labelled spans. `entities` is what `Example.from_dict` takes, `spans` what
//! Prodigy shows. Labels are flat there: of annotations that overlap, the first stays.

use serde_json::{Value, json};

use super::{Detail, LeftOut, Noted};

const MISSING: [Detail; 9] = [
    Detail::Note,
    Detail::Tag,
    Detail::Status,
    Detail::Color,
    Detail::Speaker,
    Detail::Figure,
    Detail::Creator,
    Detail::Contributor,
    Detail::Date,
];

/// One record an article, in their order.
#[must_use]
pub fn records(articles: &[Noted<'_>]) -> (Vec<Value>, LeftOut) {
    let mut left = LeftOut::default();
    let records = articles.iter().map(|noted| record(noted, &mut left)).collect();
    (records, left)
}

fn record(noted: &Noted<'_>, left: &mut LeftOut) -> Value {
    let mut spans: Vec<(usize, usize, String)> = Vec::new();
    for (range, a) in noted.placed() {
        // A label may not begin or end with white space.
        let range = range.trimmed(noted.text.text);
        if range.is_empty() {
            continue;
        }
        let (start, end) = noted.code_points(range);
        if spans.last().is_some_and(|(_, before, _)| start < *before) {
            left.many(Detail::Overlap, 1);
            continue;
        }
        left.details(&MISSING, [a]);
        spans.push((start, end, a.kind.name().to_uppercase()));
    }
    left.many(Detail::Page, noted.pages().len());
    left.many(Detail::Orphan, noted.orphans().len());
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
