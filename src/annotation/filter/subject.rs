//! What a filter judges.

use jiff::Timestamp;

use super::Field;
use crate::annotation::{Annotation, Correction};

/// Something with fields.
pub trait Subject {
    /// True when `fits` says so of one of the field's values. A field that it does not have has none.
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool;

    /// When it was made or last changed.
    fn modified(&self) -> Option<Timestamp> {
        None
    }
}

impl Subject for Annotation {
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        match field {
            Field::Tag => self.tags.iter().any(|t| fits(t)),
            Field::Status => self.status.is_some_and(|s| fits(s.name())),
            Field::Kind => fits(self.kind.name()),
            Field::Speaker => self.speaker.as_ref().is_some_and(|s| fits(&s.name)),
            Field::Creator => fits(&self.creator) || self.contributors.iter().any(|c| fits(c)),
            Field::Color => self.color.as_deref().is_some_and(fits),
            Field::State => fits(self.now.state.name()),
            Field::Note => fits(&self.note),
            Field::Text => fits(&self.anchor.exact),
            _ => false,
        }
    }

    fn modified(&self) -> Option<Timestamp> {
        self.modified.parse().ok()
    }
}

impl Subject for Correction {
    fn any(&self, field: Field, fits: &mut dyn FnMut(&str) -> bool) -> bool {
        match field {
            Field::Kind => fits("correction") || fits("corrected"),
            Field::Speaker => fits(&self.to),
            Field::Text => fits(&self.anchor.exact),
            _ => false,
        }
    }

    fn modified(&self) -> Option<Timestamp> {
        self.modified.parse().ok()
    }
}
