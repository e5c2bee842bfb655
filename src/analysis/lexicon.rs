//! What single words are known to be: a table from lower-cased words to classes, read from the word lists in `lexicon/`.
//!
//! A list is a text file: words in lower case, separated by white space; `#` starts a comment. A word may stand in many lists.
//! Classes 0 to 15 serve quotations and speakers, 16 to 39 people, 40 to 63 figures.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

/// A set of word classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Class(u64);

impl Class {
    /// No class.
    pub const NONE: Self = Self(0);

    /// A verb that introduces speech wherever it stands ("said", "tweeted").
    pub const CUE: Self = Self::bit(0);
    /// A verb that introduces speech when it governs it ("called", "promised").
    pub const CUE_WEAK: Self = Self::bit(1);
    /// The form in -ing of a verb that introduces speech ("saying", "adding").
    pub const CUE_ING: Self = Self::bit(2);
    /// A word before a full stop that does not end the sentence ("Sen.").
    pub const ABBREVIATION: Self = Self::bit(3);
    /// An abbreviation that may end one ("Inc.").
    pub const ABBREVIATION_MAY_END: Self = Self::bit(4);
    /// A word that seldom follows an abbreviation inside a sentence, and often opens one ("The", "But").
    pub const OPENER: Self = Self::bit(5);
    /// An auxiliary, or an adverb that stands between a subject and its verb ("has", "also").
    pub const AUXILIARY: Self = Self::bit(6);
    /// A preposition.
    pub const PREPOSITION: Self = Self::bit(7);
    /// A determiner or possessive pronoun.
    pub const DETERMINER: Self = Self::bit(8);
    /// A conjunction, relative or question word: a clause may start after it.
    pub const CONJUNCTION: Self = Self::bit(9);
    /// A verb form that tells a clause from a name or a term ("is", "want", "don").
    pub const CLAUSE_VERB: Self = Self::bit(10);
    /// A pronoun, as subject or object.
    pub const PRONOUN: Self = Self::bit(11);
    /// Before words in marks: they name or define something ("dubbed", "term").
    pub const NAMING: Self = Self::bit(12);
    /// A kind of work that has a title ("film", "song").
    pub const WORK: Self = Self::bit(13);
    /// Something that speaks without being a person ("statement", "ministry").
    pub const SPEAKING_THING: Self = Self::bit(14);
    /// A thing that bears words ("banner", "poster").
    pub const SIGN: Self = Self::bit(15);

    #[allow(dead_code)]
    const fn bit(n: u32) -> Self {
        Self(1 << n)
    }

    /// True when the two sets share a class.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Class {
    /// A given name of men somewhere.
    pub const GIVEN_M: Self = Self::bit(16);
    /// A given name of women somewhere.
    pub const GIVEN_F: Self = Self::bit(17);
    /// A family name that is seldom anything else.
    pub const SURNAME: Self = Self::bit(18);
    /// A frequent family name in the US, often a word of its own too.
    pub const SURNAME_US: Self = Self::bit(19);
    /// A family name that stands first (Chinese, Korean, Vietnamese).
    pub const FAMILY_EAST: Self = Self::bit(20);
    /// A form of address or rank that stands straight before a name.
    pub const TITLE: Self = Self::bit(21);
    /// An office, role or trade.
    pub const OFFICE: Self = Self::bit(22);
    /// A small word inside names ("van", "bin").
    pub const PARTICLE: Self = Self::bit(23);
    /// "Jr", "III".
    pub const SUFFIX: Self = Self::bit(24);
    /// A country, state or large region.
    pub const COUNTRY: Self = Self::bit(25);
    /// A city, or a team called after one.
    pub const CITY: Self = Self::bit(26);
    /// A people, language, religion or party as an adjective.
    pub const NATIONALITY: Self = Self::bit(27);
    /// A word that makes a capitalised run an institution, event, law, work or place.
    pub const ORG_WORD: Self = Self::bit(28);
    /// The name of an organisation.
    pub const ORG: Self = Self::bit(29);
    /// A month, weekday, season or feast.
    pub const TIME: Self = Self::bit(30);
    /// A verb that people do: say, tell, resign.
    pub const DOES: Self = Self::bit(31);
    /// A function word: never a name.
    pub const FUNCTION: Self = Self::bit(32);
    /// A word that common texts write in lower case.
    pub const COMMON: Self = Self::bit(33);
    /// A given name.
    pub const GIVEN: Self = Self::GIVEN_M.or(Self::GIVEN_F);

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u64 {
        self.0
    }
}

/// Classes of the figures.
impl Class {
    /// A spelled-out cardinal or magnitude.
    pub const NUMBER: Self = Self::bit(40);
    /// A part of one, or an ordinal.
    pub const FRACTION: Self = Self::bit(41);
    /// A multiple in one word ("twofold", "halved").
    pub const MULTIPLE: Self = Self::bit(42);
    /// A word or code of money.
    pub const CURRENCY: Self = Self::bit(43);
    /// A word of percentages and points.
    pub const PERCENT: Self = Self::bit(44);
    /// A unit of time.
    pub const DURATION: Self = Self::bit(45);
    /// A physical unit.
    pub const PHYSICAL: Self = Self::bit(46);
    /// Grows.
    pub const UP: Self = Self::bit(47);
    /// Shrinks.
    pub const DOWN: Self = Self::bit(48);
    /// Changes, either way.
    pub const MOVE: Self = Self::bit(49);
    /// Makes "from … to …" a range.
    pub const SPAN: Self = Self::bit(50);
    /// What figures are about.
    pub const TOPIC: Self = Self::bit(51);
    /// What the setter of a rate does.
    pub const SETTER: Self = Self::bit(52);
    /// Ends a noun phrase.
    pub const STOP: Self = Self::bit(53);
    /// A month.
    pub const MONTH: Self = Self::bit(54);
    /// A day of the week.
    pub const WEEKDAY: Self = Self::bit(55);
    /// A noun named by the number behind it.
    pub const NUMBERED: Self = Self::bit(56);
}

/// One list and the class that its words get.
type List = (Class, &'static str);

#[rustfmt::skip]
const LISTS: &[List] = &[
    // quotations and speakers
    (Class::CUE, include_str!("lexicon/cues.txt")),
    (Class::CUE_WEAK, include_str!("lexicon/cues_weak.txt")),
    (Class::CUE_ING, include_str!("lexicon/cues_ing.txt")),
    (Class::ABBREVIATION, include_str!("lexicon/abbreviations.txt")),
    (Class::ABBREVIATION_MAY_END, include_str!("lexicon/abbreviations_may_end.txt")),
    (Class::OPENER, include_str!("lexicon/openers.txt")),
    (Class::AUXILIARY, include_str!("lexicon/auxiliaries.txt")),
    (Class::PREPOSITION, include_str!("lexicon/prepositions.txt")),
    (Class::DETERMINER, include_str!("lexicon/determiners.txt")),
    (Class::CONJUNCTION, include_str!("lexicon/conjunctions.txt")),
    (Class::CLAUSE_VERB, include_str!("lexicon/clause_verbs.txt")),
    (Class::PRONOUN, include_str!("lexicon/pronouns.txt")),
    (Class::NAMING, include_str!("lexicon/naming.txt")),
    (Class::WORK, include_str!("lexicon/works.txt")),
    (Class::SPEAKING_THING, include_str!("lexicon/speaking_things.txt")),
    (Class::SIGN, include_str!("lexicon/signs.txt")),

    // people
    (Class::GIVEN_M, include_str!("lexicon/people_given_m_us.txt")),
    (Class::GIVEN_M, include_str!("lexicon/people_given_m_world.txt")),
    (Class::GIVEN_F, include_str!("lexicon/people_given_f_us.txt")),
    (Class::GIVEN_F, include_str!("lexicon/people_given_f_world.txt")),
    (Class::SURNAME, include_str!("lexicon/people_surnames_world.txt")),
    (Class::SURNAME_US, include_str!("lexicon/people_surnames_us.txt")),
    (Class::FAMILY_EAST, include_str!("lexicon/people_family_east.txt")),
    (Class::TITLE, include_str!("lexicon/people_titles.txt")),
    (Class::OFFICE, include_str!("lexicon/people_offices.txt")),
    (Class::PARTICLE, include_str!("lexicon/people_particles.txt")),
    (Class::SUFFIX, include_str!("lexicon/people_suffixes.txt")),
    (Class::COUNTRY, include_str!("lexicon/people_countries.txt")),
    (Class::CITY, include_str!("lexicon/people_cities.txt")),
    (Class::CITY, include_str!("lexicon/people_places_more.txt")),
    (Class::NATIONALITY, include_str!("lexicon/people_nationalities.txt")),
    (Class::ORG_WORD, include_str!("lexicon/people_org_words.txt")),
    (Class::ORG, include_str!("lexicon/people_orgs.txt")),
    (Class::ORG, include_str!("lexicon/people_orgs_more.txt")),
    (Class::TIME, include_str!("lexicon/people_time.txt")),
    (Class::DOES, include_str!("lexicon/people_cues.txt")),
    (Class::FUNCTION, include_str!("lexicon/people_function.txt")),
    (Class::COMMON, include_str!("lexicon/people_common.txt")),

    // figures
    (Class::NUMBER, include_str!("lexicon/numbers.txt")),
    (Class::FRACTION, include_str!("lexicon/fractions.txt")),
    (Class::MULTIPLE, include_str!("lexicon/multiples.txt")),
    (Class::CURRENCY, include_str!("lexicon/currencies.txt")),
    (Class::PERCENT, include_str!("lexicon/percents.txt")),
    (Class::DURATION, include_str!("lexicon/durations.txt")),
    (Class::PHYSICAL, include_str!("lexicon/physical.txt")),
    (Class::UP, include_str!("lexicon/up.txt")),
    (Class::DOWN, include_str!("lexicon/down.txt")),
    (Class::MOVE, include_str!("lexicon/moves.txt")),
    (Class::SPAN, include_str!("lexicon/spans.txt")),
    (Class::TOPIC, include_str!("lexicon/topics.txt")),
    (Class::SETTER, include_str!("lexicon/setters.txt")),
    (Class::STOP, include_str!("lexicon/stops.txt")),
    (Class::MONTH, include_str!("lexicon/calendar.txt")),
    (Class::WEEKDAY, include_str!("lexicon/weekdays.txt")),
    (Class::NUMBERED, include_str!("lexicon/numbered.txt")),
];

/// The table.
#[derive(Debug)]
pub struct Lexicon {
    classes: FxHashMap<&'static str, Class>,
}

/// The lexicon, built at first use (a worker's, never the drawing thread's).
pub fn get() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::new(LISTS))
}

/// Longer words are in no list.
const LONGEST: usize = 32;

impl Lexicon {
    fn new(lists: &[List]) -> Self {
        let bytes: usize = lists.iter().map(|(_, list)| list.len()).sum();
        let mut classes: FxHashMap<&'static str, Class> = FxHashMap::with_capacity_and_hasher(bytes / 8, Default::default());
        for (class, list) in lists {
            for line in list.lines() {
                let words = line.split('#').next().unwrap_or_default();
                for word in words.split_ascii_whitespace() {
                    let entry = classes.entry(word).or_default();
                    *entry = entry.or(*class);
                }
            }
        }
        Self { classes }
    }

    /// The classes of a word, whatever its case.
    #[must_use]
    pub fn class_of(&self, word: &str) -> Class {
        if word.len() > LONGEST {
            return Class::NONE;
        }
        let mut lower = [0; LONGEST];
        if word.is_ascii() {
            let lower = &mut lower[..word.len()];
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            let found = std::str::from_utf8(lower).ok().and_then(|w| self.classes.get(w));
            return found.copied().unwrap_or(Class::NONE);
        }
        self.classes.get(word.to_lowercase().as_str()).copied().unwrap_or(Class::NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_gather_classes_from_every_list() {
        let lexicon = Lexicon::new(&[(Class::bit(1), "said added # no\nélan"), (Class::bit(2), "said")]);
        assert_eq!(lexicon.class_of("Said"), Class::bit(1).or(Class::bit(2)));
        assert_eq!(lexicon.class_of("ÉLAN"), Class::bit(1));
        assert_eq!(lexicon.class_of("no"), Class::NONE);
    }
}
