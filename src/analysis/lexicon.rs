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

    // people

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
