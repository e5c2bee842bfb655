//! Name spans to people: aliases and short forms join their person, people who share a surname stay apart.
//!
//! Linking goes by hash of the folded words, never pairwise over all people.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::candidates::Span;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::{self, Class};
use crate::analysis::token::Tokens;

/// Whether a person is spoken of as he or she.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Gender {
    /// Not known.
    #[default]
    Unknown,
    /// He.
    Male,
    /// She.
    Female,
}

/// One person while the article is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entity {
    /// Folded words of the fullest name, without titles.
    pub(crate) words: Vec<String>,
    /// The fullest name as written.
    pub(crate) name: String,
    /// What its names and titles say.
    pub(crate) gender: Gender,
    /// Mentions by more than one word.
    pub(crate) full: usize,
    /// Spans in reading order.
    pub(crate) spans: Vec<Span>,
}

/// At most so many people are told apart by one shared word.
const SHARED: usize = 8;

/// People in the order of their first mention.
pub(crate) fn link(tokens: &Tokens<'_>, units: &[Unit], spans: &[Span]) -> Vec<Entity> {
    let mut linker = Linker { tokens, units, entities: Vec::new(), by_full: FxHashMap::default(), by_word: FxHashMap::default() };
    let words: Vec<Vec<String>> = spans.iter().map(|s| linker.words(*s)).collect();
    let mut owner = vec![usize::MAX; spans.len()];
    for (i, span) in spans.iter().enumerate() {
        if words[i].len() >= 2 {
            owner[i] = linker.full(*span, &words[i]);
        }
    }
    // How far back each person was last named: "Mrs. Poe" is the one spoken of, not the one named most.
    let mut latest: Vec<usize> = Vec::new();
    for (i, span) in spans.iter().enumerate() {
        if words[i].len() == 1 {
            owner[i] = linker.short(*span, &words[i][0], &latest);
        }
        latest.resize(latest.len().max(owner[i] + 1), 0);
        latest[owner[i]] = i + 1;
    }
    let mut entities = linker.entities;
    for (span, owner) in spans.iter().zip(owner) {
        if let Some(entity) = entities.get_mut(owner) {
            entity.spans.push(*span);
        }
    }
    entities.retain(|e| !e.spans.is_empty());
    entities.sort_by_key(|e| e.spans[0].first);
    entities
}

/// A word for comparison: lower case, no accents, one kind of apostrophe and hyphen.
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Puts the folded word in place of what `out` holds.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    out.clear();
    // Marks of quotation and dashes are in every text, and nothing but themselves.
    let plain = |c: char| c.is_ascii() || matches!(c, '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{2023}');
    let straight = |c: char| if c == '’' { '\'' } else { c };
    if word.chars().all(plain) {
        out.extend(word.chars().map(|c| straight(c.to_ascii_lowercase())));
        return;
    }
    let bare = word.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    out.extend(bare.flat_map(char::to_lowercase).map(straight));
}

struct Linker<'t> {
    tokens: &'t Tokens<'t>,
    units: &'t [Unit],
    entities: Vec<Entity>,
    by_full: FxHashMap<String, usize>,
    by_word: FxHashMap<String, Vec<usize>>,
}

impl Linker<'_> {
    fn words(&self, span: Span) -> Vec<String> {
        let units = &self.units[span.first..=span.last];
        let words = units.iter().enumerate().filter(|(k, u)| u.kind != Kind::Symbol && (*k == 0 || !u.class.intersects(Class::SUFFIX)));
        words.map(|(_, u)| fold(u.range(self.tokens).of(self.tokens.text))).collect()
    }

    /// The person of a name of several words.
    fn full(&mut self, span: Span, words: &[String]) -> usize {
        let key = words.join(" ");
        let found = self.by_full.get(&key).copied().or_else(|| self.compatible(words));
        let owner = found.unwrap_or_else(|| {
            self.entities.push(Entity::default());
            self.entities.len() - 1
        });
        self.by_full.entry(key).or_insert(owner);
        for word in words {
            let sharing = self.by_word.entry(word.clone()).or_default();
            if sharing.len() < SHARED && !sharing.contains(&owner) {
                sharing.push(owner);
            }
        }
        self.entities[owner].full += 1;
        self.adopt(owner, span, words);
        owner
    }

    /// Keeps the fullest name and what a title says of the gender.
    fn adopt(&mut self, owner: usize, span: Span, words: &[String]) {
        let (first, last) = (self.units[span.first], self.units[span.last]);
        let name = self.tokens.span(first.first as usize, last.last as usize).of(self.tokens.text);
        let gender = self.gender(span);
        let entity = &mut self.entities[owner];
        let shouting = |name: &str| name.chars().filter(|c| c.is_alphabetic()).nth(2).is_some() && !name.chars().any(char::is_lowercase);
        let better = words.len() > entity.words.len() || words.len() == entity.words.len() && name.len() > entity.name.len();
        let shouts = shouting(&entity.name);
        if entity.name.is_empty() || (shouts && !shouting(name)) || (better && (shouts || !shouting(name))) {
            entity.name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            entity.words = words.to_vec();
        }
        if entity.gender == Gender::Unknown {
            entity.gender = gender;
        }
    }

    fn gender(&self, span: Span) -> Gender {
        let title = span.first.checked_sub(1).map(|i| self.units[i]).filter(|u| u.kind == Kind::Title);
        let title = title.map(|u| fold(self.tokens.str(u.first as usize))).unwrap_or_default();
        match title.as_str() {
            "mr" | "sir" | "king" | "prince" | "lord" | "herr" | "monsieur" | "congressman" | "duke" => return Gender::Male,
            "mrs" | "ms" | "miss" | "dame" | "lady" | "queen" | "princess" | "madame" | "congresswoman" | "duchess" => {
                return Gender::Female;
            }
            _ => {}
        }
        if span.first == span.last {
            return Gender::Unknown;
        }
        let class = self.units[span.first].class;
        match (class.intersects(Class::GIVEN_M), class.intersects(Class::GIVEN_F)) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    }

    /// Somebody whose name has these words in this order, or the other way round ("Donald J. Trump", "D. Trump").
    fn compatible(&self, words: &[String]) -> Option<usize> {
        let anchor = words.last()?;
        let sharing = self.by_word.get(anchor).into_iter().chain(self.by_word.get(words.first()?)).flatten();
        sharing.copied().find(|&e| {
            let other = &self.entities[e].words;
            let (short, long) = if other.len() <= words.len() { (&other[..], words) } else { (words, &other[..]) };
            let ends = short.last() == long.last() || (short.first() == long.first() && short.len() < long.len());
            ends && inside(short, long)
        })
    }

    /// The person of a name of one word: whom the article means, or somebody known by this word alone.
    fn short(&mut self, span: Span, word: &str, latest: &[usize]) -> usize {
        let gender = self.gender(span);
        let sharing = self.by_word.get(word).map(Vec::as_slice).unwrap_or_default();
        let fits = |e: &Entity| gender == Gender::Unknown || e.gender == Gender::Unknown || e.gender == gender;
        let rank = |e: &Entity| {
            let surname = e.words.last().is_some_and(|w| w == word) || e.words[0] == word && self.family_first(e);
            (fits(e), surname)
        };
        // A form of address points at somebody just named, a bare name at whom the article is about.
        let near = |e: usize| if gender == Gender::Unknown { (self.entities[e].full, 0) } else { (0, latest.get(e).copied().unwrap_or(0)) };
        let best = sharing.iter().copied().rev().max_by_key(|&e| (rank(&self.entities[e]), near(e)));
        let owner = best.unwrap_or_else(|| {
            self.entities.push(Entity::default());
            self.by_word.insert(word.to_owned(), vec![self.entities.len() - 1]);
            self.entities.len() - 1
        });
        self.adopt(owner, span, std::slice::from_ref(&word.to_owned()));
        owner
    }

    fn family_first(&self, e: &Entity) -> bool {
        e.words.first().is_some_and(|w| lexicon::class_of(w).intersects(Class::FAMILY_EAST))
    }
}

/// True when the words of `short` stand in `long` in their order; an initial stands for a word.
fn inside(short: &[String], long: &[String]) -> bool {
    let same = |a: &str, b: &str| {
        let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
        let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
        a == b || initial(a, b) || initial(b, a)
    };
    let mut rest = long.iter();
    short.iter().all(|w| rest.any(|l| same(w, l)))
}
