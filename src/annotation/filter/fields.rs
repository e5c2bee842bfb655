//! What filters can ask about: fields, and which of them, with which values, there are for what.

use super::{Test, Words};
use crate::analysis::findings::FigureKind;
use crate::annotation::model::COLORS;
use crate::annotation::{AnchorState, AnnotationKind, Status};

/// What a filter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Domain {
    /// Annotations (and, in the side pane, corrections).
    Notes,
    /// Quotations.
    Quotes,
    /// People.
    People,
    /// Figures and changes.
    Figures,
}

/// Something that has values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// A tag.
    Tag,
    /// The status of a claim.
    Status,
    /// What kind it is.
    Kind,
    /// Who speaks, or who it is.
    Speaker,
    /// Who made it, and who changed it.
    Creator,
    /// The colour's name.
    Color,
    /// Attached, changed or orphan.
    State,
    /// The reader's note.
    Note,
    /// The words of the article.
    Text,
    /// The channel of a quotation.
    Via,
    /// A person's role or affiliation.
    Role,
    /// What a figure is about.
    Topic,
    /// What it is measured in.
    Unit,
    /// What it applies to.
    About,
}

impl Field {
    /// Where words are looked for that stand without a field.
    pub(super) const SEARCHED: [Self; 12] = [
        Self::Text,
        Self::Note,
        Self::Tag,
        Self::Speaker,
        Self::Kind,
        Self::Status,
        Self::State,
        Self::Role,
        Self::Topic,
        Self::About,
        Self::Via,
        Self::Color,
    ];

    /// The name in a filter.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tag => "tag",
            Self::Status => "status",
            Self::Kind => "kind",
            Self::Speaker => "speaker",
            Self::Creator => "creator",
            Self::Color => "color",
            Self::State => "state",
            Self::Note => "note",
            Self::Text => "text",
            Self::Via => "via",
            Self::Role => "role",
            Self::Topic => "topic",
            Self::Unit => "unit",
            Self::About => "about",
        }
    }

    /// True when a value must be the whole of it; of the others a part is enough.
    pub(super) fn is_whole(self) -> bool {
        matches!(self, Self::Tag | Self::Status | Self::Kind | Self::Color | Self::State | Self::Unit)
    }
}

impl Domain {
    /// The fields there are.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        use Field::{About, Color, Creator, Kind, Note, Role, Speaker, State, Status, Tag, Text, Topic, Unit, Via};
        match self {
            Self::Notes => &[Tag, Status, Kind, Speaker, Creator, Color, State, Note, Text],
            Self::Quotes => &[Speaker, Kind, Via, Text],
            Self::People => &[Speaker, Role, Text],
            Self::Figures => &[Kind, Topic, Unit, About, Text],
        }
    }

    /// The names of the fields, as a mistake lists them.
    pub(super) fn names(self) -> String {
        let since = matches!(self, Self::Notes).then_some("since");
        let names: Vec<&str> = self.named().into_iter().chain(since).collect();
        names.join(", ")
    }

    /// The names of the fields, as they are offered. Who a person is, is asked by `person`.
    pub(super) fn named(self) -> Vec<&'static str> {
        let name = |f: &Field| if (self, *f) == (Self::People, Field::Speaker) { "person" } else { f.name() };
        self.fields().iter().map(name).collect()
    }

    /// The words that stand alone for a field and its value.
    pub(super) fn shorts(self) -> Vec<&'static str> {
        match self {
            Self::Quotes => vec!["via", "unattributed"],
            Self::Figures => self.values(Field::Kind).unwrap_or_default(),
            Self::Notes => vec!["since:"],
            Self::People => vec![],
        }
    }

    /// The field of this name. A speaker is a person, too.
    pub(super) fn field(self, name: &str) -> Option<Field> {
        let name = match name {
            "person" | "name" => "speaker",
            "colour" => "color",
            name => name,
        };
        self.fields().iter().copied().find(|f| f.name() == name)
    }

    /// The values that a field can have, when they are a closed set.
    #[must_use]
    pub fn values(self, field: Field) -> Option<Vec<&'static str>> {
        Some(match (field, self) {
            (Field::Status, _) => Status::ALL.map(Status::name).to_vec(),
            (Field::Color, _) => COLORS.to_vec(),
            (Field::State, _) => AnchorState::ALL.map(AnchorState::name).to_vec(),
            (Field::Kind, Self::Notes) => AnnotationKind::ALL.iter().map(|k| k.name()).chain(["correction"]).collect(),
            (Field::Kind, Self::Quotes) => vec!["full", "fragment", "block"],
            (Field::Kind, Self::Figures) => FigureKind::ALL.iter().map(|k| k.name()).chain(["change", "conflict"]).collect(),
            _ => return None,
        })
    }

    /// What a word that stands alone is short for. "count" asks for a kind: it does not mean "countries".
    pub(super) fn short(self, word: &str) -> Option<(bool, Test)> {
        let any = |field| Test::Begins(field, Words::new(""));
        match (self, word) {
            (Self::Quotes, "via" | "second-hand") => Some((false, any(Field::Via))),
            (Self::Quotes, "unattributed") => Some((true, any(Field::Speaker))),
            (Self::Figures, word) => {
                let singular = match word.trim_end_matches('s') {
                    "%" => "percent",
                    "point" => "percentage_point",
                    "≠" => "conflict",
                    singular => singular,
                };
                let kind = self.values(Field::Kind)?.into_iter().find(|k| k.trim_end_matches('s') == singular)?;
                Some((false, Test::Is(Field::Kind, Words::new(kind))))
            }
            _ => None,
        }
    }
}
