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

    // figures

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
        let mut classes: FxHashMap<&'static str, Class> = FxHashMap::default();
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
