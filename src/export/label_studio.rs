//! Tasks of Label Studio with the annotations as pre-annotations: positions in code points, one label for each kind, notes as text areas.

use serde_json::{Value, json};

use super::{Detail, LeftOut, Noted};
use crate::annotation::{Annotation, AnnotationKind, Status};

/// The labelling set-up that shows these tasks.
pub const CONFIG: &str = r#"<View><Labels name="label" toName="text"><Label value="Quote"/><Label value="Figure"/><Label value="Person"/><Label value="Passage"/></Labels><Text name="text" value="$text"/><TextArea name="note" toName="text" perRegion="true"/></View>"#;

const MISSING: [Detail; 6] = [Detail::Color, Detail::Speaker, Detail::Figure, Detail::Creator, Detail::Contributor, Detail::Date];

/// One task an article.
#[must_use]
pub fn tasks(articles: &[Noted<'_>]) -> (Vec<Value>, LeftOut) {
    let mut left = LeftOut::default();
    let tasks = articles.iter().map(|noted| task(noted, &mut left)).collect();
    (tasks, left)
}

fn task(noted: &Noted<'_>, left: &mut LeftOut) -> Value {
    let mut result = Vec::new();
    let mut notes = Vec::new();
    for (range, a) in noted.placed() {
        left.details(&MISSING, [a]);
        let (start, end) = noted.code_points(range);
        let words = noted.words(a);
        let region =
            |kind: &str, from: &str, value: Value| json!({"id": a.id, "from_name": from, "to_name": "text", "type": kind, "value": value});
        let mut labelled = region("labels", "label", json!({"start": start, "end": end, "text": words, "labels": [label(a)]}));
        let said: Vec<&str> = a.tags.iter().map(String::as_str).chain(a.status.map(Status::name)).collect();
        if !said.is_empty() {
            labelled["meta"] = json!({"text": said}); // shown with the region
        }
        result.push(labelled);
        if !a.note.is_empty() {
            notes.push(region("textarea", "note", json!({"start": start, "end": end, "text": [a.note]})));
        }
    }
    left.many(Detail::Page, noted.pages().len());
    left.many(Detail::Orphan, noted.orphans().len());
    left.corrections(noted.notes);
    result.extend(notes);
    json!({
        "data": {"text": noted.text.text, "source": noted.address(), "title": noted.article.name()},
        "predictions": [{"model_version": concat!("pullquote-", env!("CARGO_PKG_VERSION")), "result": result}],
    })
}

fn label(a: &Annotation) -> &'static str {
    match a.kind {
        AnnotationKind::Quote => "Quote",
        AnnotationKind::Figure => "Figure",
        AnnotationKind::Person => "Person",
        AnnotationKind::Passage | AnnotationKind::Page => "Passage",
    }
}
