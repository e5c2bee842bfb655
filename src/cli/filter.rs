//! Which annotations a command is about.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::annotation::{Annotation, AnnotationKind, Status};
use crate::text::fold::Folded;

/// Filters that `list` and `export` share. Values of one option are alternatives, but all tags must be there; the options narrow each other.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Filter {
    /// Only annotations with this tag (given again: with all of them)
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// Only annotations of this kind (given again: of one of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    kind: Vec<AnnotationKind>,
    /// Only what this speaker said; a part of the name is enough
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only annotations with this status (given again: with one of them)
    #[arg(long, value_enum, value_delimiter = ',')]
    status: Vec<Status>,
    /// Only what this person annotated; a part of the name is enough
    #[arg(long, value_name = "NAME")]
    creator: Option<String>,
    /// Only what was made or changed from this day or time on (2026-01-31, 2026-01-31T12:00:00Z)
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    since: Option<Timestamp>,
}

/// A day, from its beginning in UTC, or a time.
fn moment(given: &str) -> Result<Timestamp, String> {
    let day = || given.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    let time = given.parse::<Timestamp>().ok().or_else(day);
    time.ok_or_else(|| "not a day (2026-01-31) or a time (2026-01-31T12:00:00Z)".into())
}

impl Filter {
    /// True when nothing is asked for, so everything passes.
    pub(super) fn admits_all(&self) -> bool {
        self.tag.is_empty()
            && self.kind.is_empty()
            && self.speaker.is_none()
            && self.status.is_empty()
            && self.creator.is_none()
            && self.since.is_none()
    }

    pub(super) fn admits(&self, annotation: &Annotation) -> bool {
        let fold = |s: &str| Folded::new(s).text;
        let tagged = |tag: &String| annotation.tags.iter().any(|t| fold(t) == fold(tag));
        let named = |name: &String| annotation.speaker.as_ref().is_some_and(|s| fold(&s.name).contains(&fold(name)));
        let by = |name: &String| fold(&annotation.creator).contains(&fold(name));
        let changed = |since: &Timestamp| annotation.modified.parse::<Timestamp>().is_ok_and(|modified| modified >= *since);
        self.tag.iter().all(tagged)
            && (self.kind.is_empty() || self.kind.contains(&annotation.kind))
            && self.speaker.iter().all(named)
            && self.creator.iter().all(by)
            && self.since.iter().all(changed)
            && (self.status.is_empty() || annotation.status.is_some_and(|s| self.status.contains(&s)))
    }
}

impl ValueEnum for AnnotationKind {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

impl ValueEnum for Status {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
