//! Which annotations a command is about.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use jiff::Timestamp;

use crate::annotation::filter::{self, Domain, Field, Test, Words};
use crate::annotation::{AnnotationKind, Filter as Expression, Status};

/// Filters that `list` and `export` share: an expression, and options that are short for parts of one. Values of one option are
/// alternatives, but all tags must be there; the options narrow each other.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct Filter {
    /// Only annotations that fit this: tag:claim -status:verified speaker:trump since:2026-11-01 "words"; all terms must hold, or between
    /// two asks for one of them, - before one turns it round
    #[arg(long = "filter", value_name = "EXPRESSION", allow_hyphen_values = true, value_parser = expression)]
    expression: Option<Expression>,
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
    #[arg(long, value_name = "WHEN", value_parser = filter::moment)]
    since: Option<Timestamp>,
}

fn expression(given: &str) -> Result<Expression, String> {
    Expression::parse(given, Domain::Notes).map_err(|mistake| mistake.to_string())
}

impl Filter {
    /// All that is asked for, as one expression.
    pub(super) fn all(&self) -> Expression {
        let mut all = self.expression.clone().unwrap_or_default();
        let is = |field, value: &str| Test::Is(field, Words::new(value)).into();
        for tag in &self.tag {
            all.and_one_of(vec![is(Field::Tag, tag)]);
        }
        all.and_one_of(self.kind.iter().map(|k| is(Field::Kind, k.name())).collect());
        all.and_one_of(self.status.iter().map(|s| is(Field::Status, s.name())).collect());
        all.and_one_of(self.speaker.iter().map(|name| is(Field::Speaker, name)).collect());
        all.and_one_of(self.creator.iter().map(|name| is(Field::Creator, name)).collect());
        all.and_one_of(self.since.iter().map(|since| Test::Since(*since).into()).collect());
        all
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
