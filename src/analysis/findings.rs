//! What analysis finds: plain data over ranges of the article text, in bytes.

use std::borrow::Cow;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::text::TextRange;

/// Everything found in one article. Each list is in reading order of its first range.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Speech in quotation marks, and words in marks that nobody said (kind [`QuoteKind::Mention`]).
    pub quotes: Vec<Quotation>,
    /// People with all their mentions.
    pub people: Vec<Person>,
    /// Percentages, money, durations, counts …
    pub figures: Vec<Figure>,
    /// Pairs of figures that the text gives as one change.
    pub changes: Vec<Change>,
}

impl Findings {
    /// Hands every range to `change`.
    pub(super) fn each_range(&mut self, mut change: impl FnMut(&mut TextRange)) {
        for q in &mut self.quotes {
            change(&mut q.range);
            q.parts.iter_mut().for_each(&mut change);
            let words = q.speaker.as_mut().and_then(|s| s.words.as_mut());
            [words, q.cue.as_mut(), q.via.as_mut(), q.evidence.as_mut()].into_iter().flatten().for_each(&mut change);
        }
        for mention in self.people.iter_mut().flat_map(|p| &mut p.mentions) {
            change(&mut mention.range);
        }
        for f in &mut self.figures {
            change(&mut f.range);
            [f.applies_to.as_mut(), f.set_by.as_mut(), f.period.as_mut()].into_iter().flatten().for_each(&mut change);
        }
        for c in &mut self.changes {
            change(&mut c.range);
            change(&mut c.evidence);
        }
    }
}

/// The pieces of a quotation: nearly always one, which takes no memory of its own.
pub type Parts = SmallVec<[TextRange; 1]>;

/// A quotation: one speech event, in one or several parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// From the first mark to the last, marks included.
    pub range: TextRange,
    /// The pieces in marks: one, or several when it goes on over paragraphs or is interrupted by its cue. All lie in `range`.
    pub parts: Parts,
    /// What it is.
    pub kind: QuoteKind,
    /// Who said it, when the text says so.
    pub speaker: Option<Speaker>,
    /// The cue ("said", "used a nautical metaphor").
    pub cue: Option<TextRange>,
    /// The channel it came through ("the Chinese foreign ministry", "his social media platform").
    pub via: Option<TextRange>,
    /// What the attribution rests on: covers speaker's words, cue and quotation as far as they are known.
    pub evidence: Option<TextRange>,
}

/// What words in quotation marks are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuoteKind {
    /// At least a clause of speech.
    Full,
    /// Some words of speech inside the writer's sentence.
    Fragment,
    /// A block quotation.
    Block,
    /// Inside another quotation.
    Nested,
    /// Not speech.
    Mention(MentionReason),
}

/// Why words in marks are no speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionReason {
    /// The title of a work.
    Title,
    /// A nickname.
    Nickname,
    /// A term that is introduced or talked about.
    Term,
    /// Marks that keep a distance.
    Scare,
    /// Words on a sign, banner or label.
    Sign,
}

impl MentionReason {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Nickname => "nickname",
            Self::Term => "term",
            Self::Scare => "scare",
            Self::Sign => "sign",
        }
    }
}

impl QuoteKind {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Fragment => "fragment",
            Self::Block => "block",
            Self::Nested => "nested",
            Self::Mention(_) => "mention",
        }
    }

    /// True for what counts as somebody's speech of its own: neither nested nor a mention.
    #[must_use]
    pub fn is_speech(self) -> bool {
        matches!(self, Self::Full | Self::Fragment | Self::Block)
    }
}

/// Who said a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name in the article, or the nominal as written ("the ministry"). One for all quotations of a person.
    pub name: Arc<str>,
    /// Index into [`Findings::people`], when it is one of them.
    pub person: Option<usize>,
    /// The words that name the speaker here ("he").
    pub words: Option<TextRange>,
    /// How they do.
    pub form: SpeakerForm,
}

/// How a speaker is named where the speech is attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpeakerForm {
    /// By name.
    Named,
    /// By a pronoun.
    Pronoun,
    /// By a description ("the president", "a spokesman for the ministry").
    Nominal,
    /// Not by the article: the reader said so.
    Corrected,
}

impl SpeakerForm {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Pronoun => "pronoun",
            Self::Nominal => "nominal",
            Self::Corrected => "corrected",
        }
    }
}

/// A person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// The fullest name in the article, without titles.
    pub name: String,
    /// Offices and titles as written, each once, in order of first use.
    pub roles: Vec<String>,
    /// The organisation, when an apposition or a title gives it.
    pub affiliation: Option<String>,
    /// Whether the article speaks of him or of her.
    pub gender: Gender,
    /// All mentions, in reading order.
    pub mentions: Vec<Mention>,
}

/// Whether a person is spoken of as he or she, by names, titles, kinship and pronouns. Serves to resolve pronouns alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Gender {
    /// Not known.
    #[default]
    Unknown,
    /// He.
    Male,
    /// She.
    Female,
}

/// One mention of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The words, without title and possessive.
    pub range: TextRange,
    /// What they are.
    pub form: MentionForm,
}

/// How a mention names its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MentionForm {
    /// By a name or a part of it.
    Name,
    /// By an office alone ("the Treasury secretary").
    Title,
    /// By a pronoun.
    Pronoun,
}

impl MentionForm {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Pronoun => "pronoun",
        }
    }
}

/// A figure with its normalised value.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The words, with number, magnitude and unit.
    pub range: TextRange,
    /// What it measures.
    pub kind: FigureKind,
    /// The value in `unit`.
    pub value: Value,
    /// `percent`, `percentage_point`, an ISO 4217 code, `day`, `kilometre` …; none for counts without a unit.
    pub unit: Option<Cow<'static, str>>,
    /// What the text puts beside it ("more than").
    pub bound: Option<Bound>,
    /// The field's word for it (`tariff`, `growth`).
    pub topic: Option<&'static str>,
    /// The noun phrase it applies to ("Chinese goods").
    pub applies_to: Option<TextRange>,
    /// Who set it ("Trump").
    pub set_by: Option<TextRange>,
    /// For how long it holds ("for a 90-day period").
    pub period: Option<TextRange>,
}

/// A value as given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// One number.
    Exact(f64),
    /// From low to high.
    Range {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// No number ("Thursday"): kept as written.
    Unknown,
}

/// What a figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A share of a hundred.
    Percent,
    /// A difference of percentages; basis points are a unit of it.
    PercentagePoints,
    /// An amount of a currency.
    Money,
    /// A length of time.
    Duration,
    /// A number of things.
    Count,
    /// A physical quantity.
    Quantity,
    /// "twofold", "three times".
    Multiple,
    /// "third".
    Ordinal,
    /// A date or period.
    Date,
}

impl FigureKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Percent,
        Self::PercentagePoints,
        Self::Money,
        Self::Duration,
        Self::Count,
        Self::Quantity,
        Self::Multiple,
        Self::Ordinal,
        Self::Date,
    ];

    /// True for what places a thing and measures nothing: dates and ordinals.
    #[must_use]
    pub fn places(self) -> bool {
        matches!(self, Self::Date | Self::Ordinal)
    }

    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::PercentagePoints => "percentage_points",
            Self::Money => "money",
            Self::Duration => "duration",
            Self::Count => "count",
            Self::Quantity => "quantity",
            Self::Multiple => "multiple",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
        }
    }
}

/// A bound beside a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// "more than", "over".
    MoreThan,
    /// "less than", "under".
    LessThan,
    /// "at least".
    AtLeast,
    /// "at most", "up to".
    AtMost,
    /// "about", "nearly", "some".
    About,
}

impl Bound {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MoreThan => "more_than",
            Self::LessThan => "less_than",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::About => "about",
        }
    }
}

/// A change of a quantity, as one sentence gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// From the first word to the last ("from 145 per cent to 30 per cent").
    pub range: TextRange,
    /// Index into [`Findings::figures`] of the old value, when given.
    pub from: Option<usize>,
    /// Index of the new value, when given.
    pub to: Option<usize>,
    /// Which way.
    pub direction: Direction,
    /// New less old, in `unit`.
    pub difference: Option<f64>,
    /// New divided by old ("halved": 0.5).
    pub factor: Option<f64>,
    /// The unit of `difference`; between two percentages it is `percentage_point`.
    pub unit: Option<Cow<'static, str>>,
    /// The sentence that says so.
    pub evidence: TextRange,
}

impl Change {
    /// The figure of the change that comes first in the text, as an index.
    #[must_use]
    pub fn first_figure(&self) -> Option<usize> {
        self.from.into_iter().chain(self.to).min()
    }
}

/// Which way a quantity went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// It grew.
    Up,
    /// It shrank.
    Down,
    /// It stayed.
    None,
}

impl Direction {
    /// The name in files and outputs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::None => "none",
        }
    }
}
