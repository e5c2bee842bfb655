//! CSV exports of Readwise: highlights with notes; columns are found by their names.

use csv::{ReaderBuilder, StringRecord};

use super::{ImportError, Incoming, foreign};
use crate::annotation::{Annotation, Stamp};
use crate::export::csv::unguarded;
use crate::export::readwise::inline_tags;
use crate::store::schema::Parsed;

/// The highlights, in their order.
///
/// # Errors
/// [`ImportError::Unknown`] when there is no column `Highlight`, [`ImportError::Csv`] when a record cannot be read.
pub fn read(bytes: &[u8]) -> Result<Vec<Incoming>, ImportError> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bytes);
    let header = reader.headers().map_err(|_| ImportError::Unknown)?.clone();
    let columns = Columns::of(&header).ok_or(ImportError::Unknown)?;
    let mut parsed = Parsed::default();
    for record in reader.records() {
        let record = record.map_err(|e| ImportError::Csv(e.to_string()))?;
        parsed.notes.annotations.extend(columns.annotation(&record));
    }
    Ok(vec![Incoming { parsed, own: false, utf16: false }])
}

/// Where the columns are.
struct Columns {
    highlight: usize,
    others: [Option<usize>; 5],
}

impl Columns {
    fn of(header: &StringRecord) -> Option<Self> {
        let at = |names: &[&str]| header.iter().position(|h| names.iter().any(|n| h.trim().eq_ignore_ascii_case(n)));
        let others = [at(&["Note"]), at(&["Tags"]), at(&["Location"]), at(&["Date", "Highlighted at"]), at(&["Title", "Book Title"])];
        Some(Self { highlight: at(&["Highlight"])?, others })
    }

    fn annotation(&self, record: &StringRecord) -> Option<Annotation> {
        let words = unguarded(record.get(self.highlight)?);
        let [note, tags, location, date, title] = self.others.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default());
        if words.is_empty() {
            return None;
        }
        let stamp = Stamp { now: time(date), creator: String::new() };
        let mut new = foreign(&["readwise", title, words, location, date], words, &stamp);
        if let Ok(start) = location.parse() {
            new.anchor.start = start;
            new.anchor.end = new.anchor.start.saturating_add(words.chars().count());
        }
        let (inline, note) = inline_tags(unguarded(note));
        let listed = tags.split(',').map(str::trim).filter(|t| !t.is_empty());
        for tag in inline.into_iter().chain(listed) {
            if !new.tags.iter().any(|t| t == tag) {
                new.tags.push(tag.to_owned());
            }
        }
        new.note = note.to_owned();
        new.motivation = new.fitting_motivation().to_owned();
        Some(new)
    }
}

/// RFC 3339 of `2026-01-02 03:04:05` and its like; nothing when it is no time.
fn time(date: &str) -> String {
    let stamp = date.parse::<jiff::Timestamp>().ok();
    let civil = || date.parse::<jiff::civil::DateTime>().ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|z| z.timestamp());
    stamp.or_else(civil).map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_name_and_tags_in_the_note() {
        let csv = "Title,highlight,Note,Location,Date\nA,\"two\nlines\",\".risk .US_China\nLead\",7,2026-01-02 03:04:05\nA,,no words,1,\nA,'=x,. not a tag,,soon\n";
        let read = read(csv.as_bytes()).expect("highlights").remove(0);
        let [one, two] = read.parsed.notes.annotations.as_slice() else { panic!("{:?}", read.parsed.notes) };
        assert_eq!((one.anchor.exact.as_str(), one.anchor.start, one.anchor.end), ("two\nlines", 7, 16));
        assert_eq!((one.tags.clone(), one.note.as_str()), (vec!["risk".to_owned(), "US_China".into()], "Lead"));
        assert_eq!(one.created, "2026-01-02T03:04:05Z");
        assert_eq!((two.anchor.exact.as_str(), two.note.as_str(), two.created.as_str()), ("=x", ". not a tag", ""));
        assert_eq!(super::read(b"a,b\n1,2\n").map(|_| ()), Err(ImportError::Unknown));
    }
}
