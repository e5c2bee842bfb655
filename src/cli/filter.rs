//! Which annotations a command is about.

use clap::ValueEnum;
use clap::builder::PossibleValue;

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
}

impl Filter {
    /// True when nothing is asked for, so everything passes.
    pub(super) fn admits_all(&self) -> bool {
        self.tag.is_empty() && self.kind.is_empty() && self.speaker.is_none() && self.status.is_empty()
    }

    pub(super) fn admits(&self, annotation: &Annotation) -> bool {
        let fold = |s: &str| Folded::new(s).text;
        let tagged = |tag: &String| annotation.tags.iter().any(|t| fold(t) == fold(tag));
        let named = |name: &String| annotation.speaker.as_ref().is_some_and(|s| fold(&s.name).contains(&fold(name)));
        self.tag.iter().all(tagged)
            && (self.kind.is_empty() || self.kind.contains(&annotation.kind))
            && self.speaker.iter().all(named)
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
