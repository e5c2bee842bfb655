//! CSV with a header line, as spreadsheets read it: offsets are code points, text cells are one line each, and a cell that a spreadsheet
//! would take for a formula has an apostrophe before it.

use csv::{Writer, WriterBuilder};

use super::{LeftOut, Noted};
use crate::analysis::Findings;
use crate::analysis::Kinds;
use crate::analysis::figures::iso_date;
use crate::analysis::findings::{Bound, Figure, QuoteKind, Value};
use crate::annotation::{Annotation, Status};
use crate::article::Article;
use crate::text::{CodePoints, TextRange, sanitize};

/// The columns of findings.
pub const FINDINGS: [&str; 16] = [
    "article",
    "kind",
    "start",
    "end",
    "text",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "speaker",
    "cue",
    "via",
    "person",
    "topic",
    "applies_to",
];

/// An untrusted text as one cell.
#[must_use]
pub fn cell(text: &str) -> String {
    guarded(sanitize::line(text).into_owned())
}

/// What a spreadsheet would take for the beginning of a formula.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The cell with an apostrophe before what a spreadsheet would take for a formula.
pub(super) fn guarded(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

/// The cell without the apostrophe that keeps it from being a formula.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Also behind apostrophes that are there already: one of them would be taken away when it is read again.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

/// A number as one cell: never with an exponent, without a fraction when it is whole.
#[must_use]
pub fn number(value: Option<f64>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}

/// Writes records into memory, which cannot fail.
fn written(write: impl FnOnce(&mut Writer<Vec<u8>>) -> csv::Result<()>) -> Vec<u8> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    write(&mut writer).and_then(|()| Ok(writer.flush()?)).expect("memory takes every record");
    writer.into_inner().expect("it is flushed")
}

/// A header line.
#[must_use]
pub fn header(columns: &[&str]) -> Vec<u8> {
    written(|w| w.write_record(columns))
}

/// Rows without a header, all as wide as `columns`.
#[must_use]
pub fn rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> Vec<u8> {
    written(|w| rows.into_iter().try_for_each(|row| w.write_record(row)))
}

/// The findings of one article, one row each, in the order of the article, without a header. Quotations inside others are rows of kind `nested`, words in
/// marks that nobody said of kind `mention`; a person has one row for each mention.
#[must_use]
pub fn findings(id: &str, article: &Article, found: &Findings, kinds: Kinds) -> Vec<u8> {
    let text = article.text.as_str();
    let map = CodePoints::new(text);
    let words = |r: Option<TextRange>| r.map(|r| cell(r.of(text))).unwrap_or_default();
    let row = |kind: &str, range: TextRange| {
        let mut row = [const { String::new() }; FINDINGS.len()];
        row[0] = cell(id);
        row[1] = kind.to_owned();
        row[2] = map.at_byte(text, range.start()).to_string();
        row[3] = map.at_byte(text, range.end()).to_string();
        row[4] = cell(range.of(text));
        row
    };
    let name = |person: Option<usize>| person.and_then(|p| found.people.get(p)).map(|p| cell(&p.name)).unwrap_or_default();
    let mut all: Vec<(TextRange, [String; FINDINGS.len()])> = Vec::new();
    if kinds.quotes {
        all.extend(found.quotes.iter().map(|q| {
            let kind = match q.kind {
                QuoteKind::Nested | QuoteKind::Mention(_) => q.kind.name(),
                _ => "quote",
            };
            let mut row = row(kind, q.range);
            if let Some(speaker) = &q.speaker {
                row[10] = cell(&speaker.name);
                row[13] = name(speaker.person);
            }
            row[11] = words(q.cue);
            row[12] = words(q.via);
            (q.range, row)
        }));
    }
    if kinds.people {
        for (p, person) in found.people.iter().enumerate() {
            all.extend(person.mentions.iter().map(|m| {
                let mut row = row("person", m.range);
                row[13] = name(Some(p));
                (m.range, row)
            }));
        }
    }
    if kinds.figures {
        all.extend(found.figures.iter().map(|f| {
            let mut row = row("figure", f.range);
            values(&mut row, f, text);
            row[14] = f.topic.unwrap_or_default().to_owned();
            row[15] = words(f.applies_to);
            (f.range, row)
        }));
    }
    if kinds.changes {
        all.extend(found.changes.iter().map(|c| {
            let mut row = row("change", c.range);
            row[5] = number(c.difference);
            row[9] = c.unit.as_deref().map(cell).unwrap_or_default();
            let about = c.to.or(c.from).and_then(|f| found.figures.get(f));
            row[14] = about.and_then(|f| f.topic).unwrap_or_default().to_owned();
            row[15] = words(about.and_then(|f| f.applies_to));
            (c.range, row)
        }));
    }
    all.sort_by_key(|(range, _)| *range);
    rows(all.into_iter().map(|(_, row)| row))
}

/// A date's value is the date as ISO 8601 writes it, where its words give one.
fn values(row: &mut [String; FINDINGS.len()], figure: &Figure, text: &str) {
    match figure.value {
        Value::Exact(v) => row[5] = number(Some(v)),
        Value::Range { low, high } => {
            row[6] = number(Some(low));
            row[7] = number(Some(high));
        }
        Value::Unknown => row[5] = iso_date(figure.range.of(text)).unwrap_or_default(),
    }
    row[8] = figure.bound.map(Bound::name).unwrap_or_default().to_owned();
    row[9] = figure.unit.as_deref().map(cell).unwrap_or_default();
}

/// The columns of annotations.
pub const NOTES: [&str; 25] = [
    "article",
    "id",
    "kind",
    "state",
    "start",
    "end",
    "text",
    "tags",
    "status",
    "color",
    "note",
    "speaker",
    "cue",
    "value",
    "low",
    "high",
    "bound",
    "unit",
    "created",
    "modified",
    "creator",
    "contributors",
    "paragraph",
    "title",
    "uri",
];

/// The annotations of articles, one row each, with a header. `start` and `end` are empty when the words are gone; tags are parted by semicolons;
/// a note keeps its line feeds.
#[must_use]
pub fn notes(articles: &[Noted<'_>]) -> (Vec<u8>, LeftOut) {
    let mut left = LeftOut::default();
    let mut out = header(&NOTES);
    for noted in articles {
        out.extend(rows(noted.notes.annotations.iter().map(|a| note(noted, a))));
        left.corrections(noted.notes);
    }
    (out, left)
}

fn note(noted: &Noted<'_>, a: &Annotation) -> [String; NOTES.len()] {
    let place = noted.place(a);
    let offset = |at: Option<usize>| at.map(|at| at.to_string()).unwrap_or_default();
    let some = |s: Option<&str>| s.map(cell).unwrap_or_default();
    let (speaker, figure) = (a.speaker.as_ref(), a.figure.as_ref());
    [
        cell(noted.id),
        cell(&a.id),
        a.kind.name().into(),
        a.now.state.name().into(),
        offset(place.map(|p| p.0)),
        offset(place.map(|p| p.1)),
        cell(noted.words(a)),
        cell(&a.tags.join("; ")),
        a.status.map(Status::name).unwrap_or_default().into(),
        some(a.color.as_deref()),
        guarded(sanitize::lines(&a.note)),
        some(speaker.map(|s| s.name.as_str())),
        some(speaker.and_then(|s| s.cue.as_deref())),
        number(figure.and_then(|f| f.value)),
        number(figure.and_then(|f| f.low)),
        number(figure.and_then(|f| f.high)),
        some(figure.and_then(|f| f.bound.as_deref())),
        some(figure.and_then(|f| f.unit.as_deref())),
        cell(&a.created),
        cell(&a.modified),
        cell(&a.creator),
        cell(&a.contributors.join("; ")),
        offset(noted.paragraph(a)),
        cell(&noted.article.name()),
        some(noted.source.uri.as_deref()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::findings::{FigureKind, Quotation, Speaker, SpeakerForm};
    use crate::ingest;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_not() {
        assert_eq!(unguarded("'quoted' words"), "'quoted' words");
        for dangerous in ["=1+1", "+1", "-1", "@x", "＝1"] {
            assert_eq!(cell(dangerous), format!("'{dangerous}"));
            assert_eq!(unguarded(&cell(dangerous)), dangerous);
        }
        assert_eq!(cell("a=b\n\u{1b}[31m"), "a=b ␛[31m");
        assert_eq!(number(Some(-115.0)), "-115");
        assert_eq!(number(Some(295e9)), "295000000000");
    }

    #[test]
    fn figures_have_a_number_or_a_date_as_their_value() {
        let article =
            ingest::from_text("On 9 September 2031 the port paid €42.7 million, or 3 to 5 per cent of its debt, and on Tuesday it closed.");
        let found = crate::analysis::analyse(&article);
        let csv = findings("a", &article, &found, Kinds { figures: true, ..Kinds::NONE });
        let rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(csv.as_slice())
            .records()
            .map(|r| r.expect("a record").iter().map(str::to_owned).collect())
            .collect();
        let value = |words: &str| {
            let row = rows.iter().find(|r| r[4] == words).unwrap_or_else(|| panic!("no {words} in {rows:?}"));
            [row[5].clone(), row[6].clone(), row[7].clone(), row[9].clone()]
        };
        assert_eq!(value("9 September 2031"), ["2031-09-09", "", "", ""]);
        assert_eq!(value("€42.7 million"), ["42700000", "", "", "EUR"]);
        assert_eq!(value("3 to 5 per cent"), ["", "3", "5", "percent"]);
        assert_eq!(value("Tuesday"), ["", "", "", ""]);
    }

    #[test]
    fn rows_stand_in_the_order_of_the_article() {
        let text = "Growth was é 1.5 per cent, “=up, up”, she said.";
        let article = ingest::from_text(text);
        let at = |words: &str| {
            let start = text.find(words).expect("in the text");
            TextRange::new(start, start + words.len())
        };
        let quote = Quotation {
            range: at("“=up, up”"),
            parts: [at("“=up, up”")].into_iter().collect(),
            kind: QuoteKind::Full,
            speaker: Some(Speaker { name: "she".into(), person: None, words: Some(at("she")), form: SpeakerForm::Pronoun }),
            cue: Some(at("said")),
            via: None,
            evidence: None,
        };
        let figure = Figure {
            range: at("1.5 per cent"),
            kind: FigureKind::Percent,
            value: Value::Exact(1.5),
            unit: Some("percent".into()),
            bound: None,
            topic: Some("growth"),
            applies_to: None,
            set_by: None,
            period: None,
        };
        let found = Findings { quotes: vec![quote], figures: vec![figure], ..Findings::default() };
        let csv = String::from_utf8(findings("-a", &article, &found, Kinds::ALL)).expect("text");
        assert_eq!(csv, "'-a,figure,13,25,1.5 per cent,1.5,,,,percent,,,,,growth,\n'-a,quote,27,36,\"“=up, up”\",,,,,,she,said,,,,\n");
        let figures = Kinds { figures: true, ..Kinds::NONE };
        assert_eq!(findings("a", &article, &found, figures).iter().filter(|b| **b == b'\n').count(), 1);
    }
}
