//! The text of a note that was written twice, and what stands below it of the other copy.

use super::{ById, by_id};
use crate::annotation::model::{Annotation, Notes};

/// Stands between the two texts of a note that was changed on both sides.
pub const SEPARATOR: &str = "\n\n――― also, written at the same time: ―――\n\n";

/// Begins the line under a note that keeps the status that another copy has.
pub(super) const OTHER_STATUS: &str = "(another copy says: status ";

/// Begins the line under a note that keeps the colour that another copy has.
pub(super) const OTHER_COLOR: &str = "(another copy says: colour ";

/// The note with one more part, once.
pub(super) fn with_part(note: &str, part: &str) -> String {
    match note {
        "" => part.to_owned(),
        note if note.split(SEPARATOR).any(|p| p == part) => note.to_owned(),
        note => format!("{note}{SEPARATOR}{part}"),
    }
}

fn is_settled(part: &&str) -> bool {
    part.starts_with(OTHER_STATUS) || part.starts_with(OTHER_COLOR)
}

/// How many statuses and colours of `after` were set differently in another copy, so that one of the two was written under the note, since
/// `before`.
#[must_use]
pub fn settled(before: &Notes, after: &Notes) -> usize {
    let count = |note: &str| note.split(SEPARATOR).filter(is_settled).count();
    let mut old: Option<ById<'_, Annotation>> = None;
    let mut sum = 0;
    for a in after.annotations.iter().filter(|a| a.note.contains(OTHER_STATUS) || a.note.contains(OTHER_COLOR)) {
        let old = old.get_or_insert_with(|| by_id(&before.annotations));
        sum += count(&a.note).saturating_sub(old.get(a.id.as_str()).map_or(0, |was| count(&was.note)));
    }
    sum
}

/// How many texts the note of an annotation holds that were written at the same time.
#[must_use]
pub fn texts(note: &str) -> usize {
    note.split(SEPARATOR).filter(|part| !is_settled(part)).count()
}

/// Both texts of a note. A text that the other holds already is not repeated, so that merging again changes nothing.
pub(super) fn both_texts(ours: &str, theirs: &str) -> String {
    let (first, second) = if ours <= theirs { (ours, theirs) } else { (theirs, ours) };
    let mut parts: Vec<&str> = Vec::new();
    for part in first.split(SEPARATOR).chain(second.split(SEPARATOR)) {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(SEPARATOR)
}
