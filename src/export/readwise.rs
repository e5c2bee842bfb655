//! The CSV that Readwise imports: one highlight a row; tags stand at the head of the note as `.tag`.

use super::csv::{guarded, header, rows};
use super::{Detail, LeftOut, Noted};
use crate::annotation::{Annotation, AnnotationKind};
use crate::text::sanitize;

/// The columns.
pub const COLUMNS: [&str; 7] = ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"];

const MISSING: [Detail; 8] =
    [Detail::Status, Detail::Color, Detail::Speaker, Detail::Figure, Detail::Creator, Detail::Contributor, Detail::Wording, Detail::Gone];

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
        left.spellings(others.iter().copied(), tag);
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
        guarded(note(&a.tags, &a.note)),
        noted.place(a).map(|(start, _)| start.to_string()).unwrap_or_default(),
        date(&a.created),
    ]
}

/// A tag as Readwise has it: letters, digits and underscores.
#[must_use]
pub fn tag(tag: &str) -> String {
    tag.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// `.claim .US_China` on a line of its own, then the note.
fn note(tags: &[String], text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for word in tags.iter().map(|t| format!(".{}", tag(t))).filter(|w| w.len() > 1) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let text = sanitize::lines(text);
    match (words.is_empty(), text.is_empty()) {
        (false, true) => words.join(" "),
        (false, false) => format!("{}\n{text}", words.join(" ")),
        // A note that begins like tags is told from them by an empty line.
        (true, _) if !inline_tags(&text).0.is_empty() => format!("\n{text}"),
        (true, _) => text,
    }
}

/// `.tag .tag` on the first line of a note, and the note after it.
#[must_use]
pub fn inline_tags(note: &str) -> (Vec<&str>, &str) {
    let (first, rest) = note.split_once('\n').unwrap_or((note, ""));
    let tag = |t: &&str| t.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let words: Option<Vec<&str>> = first.split_whitespace().map(|w| w.strip_prefix('.').filter(tag)).collect();
    match words {
        Some(tags) if !tags.is_empty() => (tags, rest),
        _ => (Vec::new(), note),
    }
}

/// `2026-01-02 03:04:05`, in UTC.
fn date(rfc3339: &str) -> String {
    rfc3339.parse::<jiff::Timestamp>().map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotation::AnchorState;
    use crate::annotation::sample::{self, TEXT};
    use crate::store::schema::{SourceRecord, Text};
    use crate::text::CodePoints;
    use crate::{import, ingest};

    proptest! {
        /// What goes out and comes back says nothing new, whatever tags and notes hold.
        #[test]
        fn an_export_that_is_imported_holds_only_duplicates(
            said in prop::collection::vec((0_usize..4, hostile(), prop::collection::vec(hostile(), 0..4), any::<bool>()), 0..5),
        ) {
            let places = ["Åby", "open in May", "40 per cent", "She"];
            let there: Vec<&str> = places.into_iter().filter(|p| TEXT.contains(p)).collect();
            let annotations = said.into_iter().enumerate().map(|(i, (place, note, tags, gone))| {
                let mut a = sample::on(&format!("urn:uuid:{i}"), there[place % there.len()]);
                a.note = note;
                for tag in tags {
                    if !tag.is_empty() && !a.tags.contains(&tag) {
                        a.tags.push(tag);
                    }
                }
                if gone {
                    a.anchor.exact = format!("{} gone\u{7}", a.anchor.exact);
                    a.now.range = None;
                    a.now.state = AnchorState::Orphan;
                }
                a
            });
            let notes = sample::notes(annotations);
            let article = ingest::from_text(TEXT);
            let map = CodePoints::new(TEXT);
            let source = SourceRecord::default();
            let text = Text { text: TEXT, map: &map, sha256: "0" };
            let (csv, _) = file(&[Noted { id: "a", article: &article, notes: &notes, source: &source, text }]);
            let plan = import::plan(&notes, &source, import::read(&csv).expect("our own"), text);
            let expected = notes.annotations.len();
            prop_assert_eq!((plan.report.duplicate, plan.report.changes()), (expected, false), "{}", String::from_utf8_lossy(&csv));
        }
    }

    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "",
            ".",
            "'",
            "=",
            "+x",
            "-",
            "@",
            "_",
            ".tag",
            "a",
            "é",
            "e\u{301}",
            "\u{1b}",
            "\r\n",
            "\r",
            "\n",
            " ",
            "\t",
            ",",
            "\"",
            "<b>",
            "漢",
            "\u{202e}",
            "\u{200b}",
            "😀",
            "two words",
            "\u{2028}",
            ";",
        ]);
        prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn tags_stand_before_the_note() {
        let mut a = sample::on("a", "3 June");
        let note = |a: &Annotation| super::note(&a.tags, &a.note);
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
