//! What single words are known to be: a table from lower-cased words to classes, made of the word lists in `lexicon/`.
//!
//! A list is a text file: words in lower case, separated by white space; `#` starts a comment. A word may stand in many lists.
//! After a change of a list `UPDATE_LEXICON=1 cargo test --lib lexicon` makes `table` anew, which is what the program reads.
//! Classes 0 to 15 serve quotations and speakers, 16 to 39, 57 and 58 people, 40 to 56 figures. The model of names sees 16 to 33.

mod table;

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

    const fn bit(n: u32) -> Self {
        Self(1 << n)
    }

    /// True when the two sets share a class.
    #[must_use]
    #[inline]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    #[must_use]
    #[inline]
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
    /// A word that calls somebody a man ("Mr", "son", "spokesman").
    pub const MAN: Self = Self::bit(34);
    /// A word that calls somebody a woman.
    pub const WOMAN: Self = Self::bit(35);
    /// Kin or a friend: a given name after it is a person.
    pub const KIN: Self = Self::bit(36);
    /// Before the name of a ship.
    pub const VESSEL: Self = Self::bit(37);
    /// Behind a name it makes it that of a building, road, prize, law or body.
    pub const MEMORIAL: Self = Self::bit(38);
    /// A kind of organisation ("firm", "newspaper").
    pub const FIRM: Self = Self::bit(39);
    /// A word in lower case that belongs to an office after it ("former", "prime").
    pub const ROLE_WORD: Self = Self::bit(57);
    /// A description that fits people whom the article never names ("minister", "lawyer").
    pub const ANYBODY: Self = Self::bit(58);
    /// A given name.
    pub const GIVEN: Self = Self::GIVEN_M.or(Self::GIVEN_F);

    /// The bits.
    #[must_use]
    #[inline]
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
#[cfg(test)]
type List = (Class, &'static str);

#[cfg(test)]
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
    (Class::MAN, include_str!("lexicon/people_men.txt")),
    (Class::WOMAN, include_str!("lexicon/people_women.txt")),
    (Class::KIN, include_str!("lexicon/people_kin.txt")),
    (Class::VESSEL, include_str!("lexicon/people_vessels.txt")),
    (Class::MEMORIAL, include_str!("lexicon/people_memorials.txt")),
    (Class::FIRM, include_str!("lexicon/firms.txt")),
    (Class::ROLE_WORD, include_str!("lexicon/people_role_words.txt")),
    (Class::ANYBODY, include_str!("lexicon/people_anybody.txt")),

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

/// Longer words are in no list.
const LONGEST: usize = 32;

/// The classes of a word, whatever its case.
#[must_use]
#[inline]
pub fn class_of(word: &str) -> Class {
    Place::of(word).class()
}

/// Where a word would stand in the table. To find that takes the word, to look there takes time: who has many words does first the one, then the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place(u64);

impl Place {
    /// Where nothing stands.
    pub(crate) const NOWHERE: Self = Self(0);

    /// The place of a word, whatever its case.
    #[inline]
    pub(crate) fn of(word: &str) -> Self {
        match word {
            _ if word.len() > LONGEST => Self::NOWHERE,
            _ if word.is_ascii() => Self(table::hash(word.as_bytes())),
            _ => Self(table::hash(word.to_lowercase().as_bytes())),
        }
    }

    /// The place of the ASCII word at `at..end` of `text`, and its [`id`].
    #[inline]
    pub(crate) fn and_id(text: &[u8], at: usize, end: usize) -> (Self, u32) {
        let (hash, id) = table::hash_and_id(text, at, end);
        (if end - at > LONGEST { Self::NOWHERE } else { Self(hash) }, id)
    }

    /// The same of a word of one to eight ASCII letters, in lower case as [`super::eights`] reads it.
    #[inline]
    pub(super) fn and_id_of_short(length: usize, eight: u64) -> (Self, u32) {
        let (hash, id) = table::hash_and_id_of_short(length, eight);
        (Self(hash), id)
    }

    /// What the lexicon knows of the word there.
    #[inline]
    pub(crate) fn class(self) -> Class {
        table::find(self.0)
    }
}

/// A number above 1 that stands for a word, whatever the case of its ASCII letters.
#[inline]
pub(crate) fn id(word: &[u8]) -> u32 {
    table::id(word, 0, word.len())
}

/// The same for the bytes `at..end` of `text`.
#[inline]
pub(crate) fn id_at(text: &[u8], at: usize, end: usize) -> u32 {
    table::id(text, at, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn read<'t>(lists: &[(Class, &'t str)]) -> BTreeMap<&'t str, Class> {
        let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
        for (class, list) in lists {
            for line in list.lines() {
                let words = line.split('#').next().unwrap_or_default();
                for word in words.split_ascii_whitespace() {
                    let entry = classes.entry(word).or_default();
                    *entry = entry.or(*class);
                }
            }
        }
        classes
    }

    #[test]
    fn words_gather_classes_from_every_list() {
        let words = read(&[(Class::bit(1), "said added # no\nélan"), (Class::bit(2), "said")]);
        assert_eq!(words["said"], Class::bit(1).or(Class::bit(2)));
        assert_eq!((words["élan"], words.get("no")), (Class::bit(1), None));
    }

    /// With `UPDATE_LEXICON` set it writes the table instead.
    #[test]
    fn the_table_is_that_of_the_lists() {
        let words = read(LISTS);
        let made = table::build(&words);
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analysis/lexicon/lexicon.bin");
        if std::env::var_os("UPDATE_LEXICON").is_some() {
            std::fs::write(path, &made).expect("the table can be written");
            return;
        }
        let stale = std::fs::read(path).expect("the table is there") != made;
        assert!(!stale, "a word list has changed: run UPDATE_LEXICON=1 cargo test --lib lexicon, and commit lexicon.bin with it");
        for (word, class) in &words {
            assert!(word.len() <= LONGEST && *word == word.to_lowercase(), "'{word}' would never be found");
            assert_eq!(class_of(word), *class, "{word}");
            let shouted = word.to_uppercase();
            assert!(shouted.to_lowercase() != *word || shouted.len() > LONGEST || class_of(&shouted) == *class, "{shouted}");
        }
    }

    #[test]
    fn other_words_are_in_no_class() {
        assert_eq!(Place::NOWHERE.class(), Class::NONE);
        for word in ["", "xqzjwk", "quotationary", "ααα", "said1", "pneumonoultramicroscopicsilicovolcanoconiosis"] {
            assert_eq!(class_of(word), Class::NONE, "{word}");
        }
        assert!(class_of("SAID").intersects(Class::CUE) && class_of("Élan").bits() == class_of("ÉLAN").bits());
    }
}
