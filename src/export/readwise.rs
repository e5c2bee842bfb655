//! The CSV that Readwise imports: one highlight a row; tags stand at the head of the note as `.tag`.

use super::csv::{guarded, header, rows};
use super::{Detail, LeftOut, Noted};
use crate::annotation::{Annotation, AnnotationKind};
use crate::text::sanitize;

/// The columns.
pub const COLUMNS: [&str; 7] = ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"];

const MISSING: [Detail; 5] = [Detail::Status, Detail::Color, Detail::Speaker, Detail::Figure, Detail::Creator];

/// All annotations that have words, with a header.
#[must_use]
pub fn file(articles: &[Noted<'_>]) -> (Vec<u8>, LeftOut) {
    let mut left = LeftOut::default();
    let mut out = header(&COLUMNS);
    for noted in articles {
        let others: Vec<&Annotation> = noted.notes.annotations.iter().filter(|a| a.kind != AnnotationKind::Page).collect();
        left.many(Detail::Page, noted.notes.annotations.len() - others.len());
        left.details(&MISSING, others.iter().copied());
        left.corrections(noted.notes);
        out.extend(rows(others.into_iter().map(|a| row(noted, a))));
    }
    (out, left)
}

fn row(noted: &Noted<'_>, a: &Annotation) -> [String; COLUMNS.len()] {
    [
        guarded(sanitize::lines(noted.words(a))),
        guarded(sanitize::line(&noted.article.name()).into_owned()),
        guarded(sanitize::line(&noted.article.meta.byline.join(", ")).into_owned()),
        noted.web_address().unwrap_or_default().to_owned(),
        guarded(note(a)),
        noted.place(a).map(|(start, _)| start.to_string()).unwrap_or_default(),
        date(&a.created),
    ]
}

/// `.claim .US_China` on a line of its own, then the note. Tags of Readwise are words.
fn note(a: &Annotation) -> String {
    let word = |tag: &String| tag.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect::<String>();
    let tags: Vec<String> = a.tags.iter().map(|t| format!(".{}", word(t))).collect();
    let parts = [tags.join(" "), sanitize::lines(&a.note)];
    parts.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// `2026-01-02 03:04:05`, in UTC.
fn date(rfc3339: &str) -> String {
    rfc3339.parse::<jiff::Timestamp>().map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn tags_stand_before_the_note() {
        let mut a = sample::on("a", "3 June");
        assert_eq!(note(&a), "");
        a.tags = vec!["risk".into(), "US-China".into()];
        assert_eq!(note(&a), ".risk .US_China");
        a.note = "Lead\nwith this.".into();
        assert_eq!(note(&a), ".risk .US_China\nLead\nwith this.");
        a.tags.clear();
        assert_eq!(note(&a), "Lead\nwith this.");
        assert_eq!(date("2026-01-02T03:04:05Z"), "2026-01-02 03:04:05");
        assert_eq!(date(""), "");
    }
}
