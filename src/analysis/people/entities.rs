//! Name spans to people: aliases and short forms join their person, people who share a surname stay apart.
//!
//! Linking goes by hash of the folded words, never pairwise over all people.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::candidates::{Span, nickname_inside};
use super::units::{Kind, Unit};
use crate::analysis::findings::Gender;
use crate::analysis::lexicon::{self, Class};
use crate::analysis::token::Tokens;

/// One person while the article is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entity {
    /// The words of the fullest name, without titles.
    words: Vec<Word>,
    /// The fullest name as written.
    pub(crate) name: String,
    /// That name is in capitals.
    shouts: bool,
    /// What its names and titles say.
    pub(crate) gender: Gender,
    /// "jr" or "sr".
    generation: Option<&'static str>,
    /// Mentions by more than one word.
    pub(crate) full: usize,
    /// Spans in reading order.
    pub(crate) spans: Vec<Span>,
}

/// At most so many people are told apart by one shared word.
const SHARED: usize = 8;
/// Within how many further names a bare surname means the one named last.
const NEAR: usize = 12;

/// A folded word of the article's names: an index into [`Words`].
type Word = u32;

/// Every folded word of the article's names, once.
#[derive(Default)]
struct Words {
    index: FxHashMap<String, Word>,
    /// The same by the id of a token: most names stand in an article many times, and need no folding then.
    by_id: FxHashMap<u32, Word>,
    texts: Vec<String>,
    folded: String,
}

impl Words {
    /// The word of one unit of a name.
    fn of_unit(&mut self, tokens: &Tokens<'_>, unit: &Unit) -> Word {
        let id = if unit.first == unit.last { tokens.ids[unit.first as usize] } else { 0 };
        if let Some(known) = self.by_id.get(&id) {
            return *known;
        }
        let word = self.of(unit.range(tokens).of(tokens.text));
        if id != 0 {
            self.by_id.insert(id, word);
        }
        word
    }

    fn of(&mut self, text: &str) -> Word {
        fold_into(text, &mut self.folded);
        one_spelling(&mut self.folded);
        if let Some(known) = self.index.get(&self.folded) {
            return *known;
        }
        let new = Word::try_from(self.texts.len()).expect("texts are under 4 GiB");
        self.texts.push(self.folded.clone());
        self.index.insert(self.folded.clone(), new);
        new
    }

    fn text(&self, word: Word) -> &str {
        &self.texts[word as usize]
    }

    /// "assad" for "al-assad", where the article has that word too.
    fn behind_particle(&self, word: Word) -> Option<Word> {
        let (particle, rest) = self.text(word).split_once('-')?;
        matches!(particle, "al" | "el" | "as" | "ad" | "ash" | "an" | "ar" | "az").then(|| self.index.get(rest).copied())?
    }
}

/// People in the order of their first mention.
pub(crate) fn link(tokens: &Tokens<'_>, units: &[Unit], spans: &[Span]) -> Vec<Entity> {
    let mut words = Words::default();
    let mut names: Vec<Word> = Vec::with_capacity(2 * spans.len());
    let mut name_of = Vec::with_capacity(spans.len());
    for span in spans {
        let first = names.len();
        let inside = units[span.first..=span.last].iter().enumerate();
        let kept = inside.filter(|(k, u)| u.kind != Kind::Symbol && (*k == 0 || !u.class.intersects(Class::SUFFIX)));
        names.extend(kept.map(|(_, u)| words.of_unit(tokens, u)));
        name_of.push(first..names.len());
    }
    let by_word = vec![Vec::new(); words.texts.len()];
    let mut linker = Linker {
        tokens,
        units,
        words,
        entities: Vec::new(),
        by_full: FxHashMap::default(),
        by_word,
        seen: Vec::new(),
        times: Vec::new(),
        unclear: FxHashMap::default(),
    };
    let mut owner = vec![usize::MAX; spans.len()];
    for (i, span) in spans.iter().enumerate() {
        if name_of[i].len() < 2 {
            continue;
        }
        let name = &names[name_of[i].clone()];
        // "Joko Widodo, known as Pak Lurah", "Earvin “Magic” Johnson": the other name alone is somebody's too
        let called = i.checked_sub(1).filter(|&b| owner[b] != usize::MAX && is_called(tokens, units, spans[b], *span));
        owner[i] = match called {
            Some(before) => linker.alias(owner[before], name),
            None => linker.full(*span, name),
        };
        if let Some(nickname) = nickname_inside(units, *span) {
            let words: Vec<Word> = nickname.map(|k| linker.words.of(units[k].range(tokens).of(tokens.text))).collect();
            linker.alias(owner[i], &words);
        }
    }
    for (i, span) in spans.iter().enumerate() {
        if let [word] = names[name_of[i].clone()] {
            owner[i] = match i.checked_sub(1).filter(|&b| is_called(tokens, units, spans[b], *span)) {
                Some(before) => linker.also(owner[before], *span, word),
                None => linker.short(i, *span, word),
            };
        }
        let addressed = name_of[i].len() == 1 && linker.addressed(*span);
        linker.see(owner[i], i, addressed);
    }
    let settled = linker.settled();
    for owner in &mut owner {
        *owner = settled.get(owner).copied().unwrap_or(*owner);
    }
    let mut entities = linker.entities;
    for (span, owner) in spans.iter().zip(owner) {
        if let Some(entity) = entities.get_mut(owner) {
            entity.spans.push(*span);
        }
    }
    entities.retain(|e| !e.spans.is_empty());
    entities.sort_by_key(|e| e.spans[0].first);
    tell_apart(tokens, units, &mut entities);
    entities
}

/// "Mr. Vance" and "Mrs. Vance" for two people whom the article calls by one name and different forms of address.
fn tell_apart(tokens: &Tokens<'_>, units: &[Unit], entities: &mut [Entity]) {
    let mut times: FxHashMap<String, usize> = FxHashMap::default();
    for entity in entities.iter() {
        *times.entry(entity.name.clone()).or_default() += 1;
    }
    for entity in entities.iter_mut().filter(|e| times[&e.name] > 1) {
        let title = |s: &Span| s.first.checked_sub(1).map(|i| units[i]).filter(|u| u.kind == Kind::Title && !units[s.first].opens_block);
        if let Some(title) = entity.spans.iter().find_map(title) {
            entity.name = format!("{} {}", title.range(tokens).of(tokens.text), entity.name);
        }
    }
}

/// Slavic surnames end in -sky, -skyy, -skiy, -skij or -ski as the transliteration has it: one ending for all.
fn one_spelling(word: &mut String) {
    let stem = word.trim_end_matches(['y', 'i', 'j']);
    if stem.len() > 4 && stem.len() < word.len() && stem.ends_with("sk") {
        word.truncate(stem.len());
        word.push('y');
    }
}

/// True for "liz" and "elizabeth".
fn is_short_for(short: &str, long: &str) -> bool {
    static FORMS: OnceLock<FxHashMap<&str, &str>> = OnceLock::new();
    let forms = FORMS.get_or_init(|| {
        let lines = include_str!("../lexicon/people_short_given.tsv").lines().filter(|l| !l.starts_with('#'));
        lines.filter_map(|l| l.split_once('\t')).collect()
    });
    forms.get(long).is_some_and(|all| all.split(' ').any(|form| form == short))
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
    if word.is_ascii() {
        out.push_str(word);
        out.make_ascii_lowercase();
        return;
    }
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

/// What a word like "Mr", "widow" or "spokesman" says of the person it is said of.
pub(crate) fn called(class: Class) -> Gender {
    match (class.intersects(Class::MAN), class.intersects(Class::WOMAN)) {
        (true, false) => Gender::Male,
        (false, true) => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// True for "Joko Widodo, (also, better …) known as Jokowi", "Joko Widodo, nicknamed Jokowi": `alias` is called so by the text right behind `name`.
fn is_called(tokens: &Tokens<'_>, units: &[Unit], name: Span, alias: Span) -> bool {
    let between = &units[(name.last + 1).min(alias.first)..alias.first];
    let word = |u: &Unit| tokens.str(u.first as usize);
    let [.., last] = between else { return false };
    let nicknamed = matches!(word(last), "nicknamed" | "dubbed"); // the "as" is no must
    let known = || between.iter().rev().nth(1).is_some_and(|u| matches!(word(u), "known" | "nicknamed" | "dubbed"));
    let joined = between.len() <= 6 && between.iter().all(|u| !u.opens_block && (u.kind == Kind::Lower || u.symbol == ','));
    joined && !units[alias.first].opens_block && (nicknamed || word(last) == "as" && known())
}

struct Linker<'t> {
    tokens: &'t Tokens<'t>,
    units: &'t [Unit],
    words: Words,
    entities: Vec<Entity>,
    by_full: FxHashMap<Vec<Word>, usize>,
    /// For each word the people whose names have it.
    by_word: Vec<Vec<usize>>,
    /// Where each person was named last: an index of a span, counted from 1; 0 for not yet.
    seen: Vec<usize>,
    /// How often each person was named up to here, and how often of these with a form of address alone ("Mr. Poe").
    times: Vec<(usize, usize)>,
    /// The bare name of a word that two people share where the text does not say whom it means.
    unclear: FxHashMap<Word, (usize, Vec<usize>)>,
}

impl Linker<'_> {
    /// The person of a name of several words.
    fn full(&mut self, span: Span, words: &[Word]) -> usize {
        let known = self.by_full.get(words).copied().filter(|&e| !self.contradicts(span, e));
        let owner = known.or_else(|| self.compatible(span, words)).unwrap_or_else(|| self.person());
        if known.is_none() {
            self.by_full.insert(words.to_vec(), owner);
        }
        for word in words.iter().chain(&self.words.behind_particle(*words.last().unwrap_or(&0))) {
            let sharing = &mut self.by_word[*word as usize];
            if sharing.len() < SHARED && !sharing.contains(&owner) {
                sharing.push(owner);
            }
        }
        self.entities[owner].full += 1;
        self.adopt(owner, span, words);
        owner
    }

    /// Another name that the text itself gives somebody.
    fn alias(&mut self, owner: usize, words: &[Word]) -> usize {
        self.by_full.entry(words.to_vec()).or_insert(owner);
        owner
    }

    /// A name of one word that the text itself gives somebody: "Joko Widodo, known as Jokowi".
    fn also(&mut self, owner: usize, span: Span, word: Word) -> usize {
        self.by_word[word as usize] = vec![owner];
        self.adopt(owner, span, &[word]);
        owner
    }

    /// Keeps the fullest name and what a title says of the gender.
    fn adopt(&mut self, owner: usize, span: Span, words: &[Word]) {
        let (first, last) = (self.units[span.first], self.units[span.last]);
        let name = self.tokens.span(first.first as usize, last.last as usize).of(self.tokens.text);
        let (gender, generation) = (self.gender(span), self.generation(span));
        let entity = &mut self.entities[owner];
        let shouts = || name.chars().filter(|c| c.is_alphabetic()).nth(2).is_some() && !name.chars().any(char::is_lowercase);
        let better = words.len() > entity.words.len() || words.len() == entity.words.len() && name.len() > entity.name.len();
        // "JOHN SMITH", then "John": the name in capitals is the fuller one
        let fuller = entity.words.len() > 1 && words.len() == 1;
        let may = entity.name.is_empty() || entity.shouts && !fuller || better;
        if may && (entity.name.is_empty() || better && entity.shouts || !shouts()) {
            let one_line = !name.contains("  ") && !name.chars().any(|c| c.is_whitespace() && c != ' ');
            entity.name = if one_line { name.to_owned() } else { name.split_whitespace().collect::<Vec<_>>().join(" ") };
            entity.shouts = shouts();
            entity.words = words.to_vec();
        }
        if entity.gender == Gender::Unknown {
            entity.gender = gender;
        }
        entity.generation = entity.generation.or(generation);
    }

    /// The form of address before a name, where it tells a gender: "Mrs. Roe".
    fn address(&self, span: Span) -> Option<Unit> {
        let before = span.first.checked_sub(1).filter(|_| !self.units[span.first].opens_block);
        before.map(|i| self.units[i]).filter(|u| u.kind == Kind::Title && called(u.class) != Gender::Unknown)
    }

    fn addressed(&self, span: Span) -> bool {
        self.address(span).is_some()
    }

    /// What tells father and son of one name apart: "Cy Ray Jr.", "Cy Ray Sr.".
    fn generation(&self, span: Span) -> Option<&'static str> {
        let last = self.units[span.last];
        if span.first == span.last || !last.class.intersects(Class::SUFFIX) {
            return None;
        }
        match self.tokens.str(last.first as usize) {
            "Jr" | "Jnr" => Some("jr"),
            "Sr" | "Snr" => Some("sr"),
            _ => None,
        }
    }

    /// True where the form of address or the generation says that it is somebody else of the same name.
    fn contradicts(&self, span: Span, person: usize) -> bool {
        let person = &self.entities[person];
        let told = self.address(span).map_or(Gender::Unknown, |u| called(u.class));
        let gender = told != Gender::Unknown && person.gender != Gender::Unknown && told != person.gender;
        let generation = self.generation(span).zip(person.generation).is_some_and(|(a, b)| a != b);
        gender || generation
    }

    /// What a title, a word of kin or the given name says: "Ms. Roe", "her son Marco", "his widow, Grace".
    fn gender(&self, span: Span) -> Gender {
        let before = span.first.checked_sub(1).filter(|_| !self.units[span.first].opens_block).map(|i| (i, self.units[i]));
        let kin = |i: usize| i.checked_sub(1).map(|i| self.units[i]).filter(|u| u.class.intersects(Class::KIN));
        let called = before.and_then(|(i, u)| if u.symbol == ',' { kin(i) } else { Some(u) }).map_or(Gender::Unknown, |u| called(u.class));
        if called != Gender::Unknown {
            return called;
        }
        let class = self.units[span.first].class;
        if span.first < span.last && self.units[span.first].kind == Kind::Title && self::called(class) != Gender::Unknown {
            return self::called(class); // "Lady Boyd"
        }
        if span.first == span.last && class.intersects(Class::SURNAME.or(Class::SURNAME_US).or(Class::COMMON)) {
            return Gender::Unknown;
        }
        match (class.intersects(Class::GIVEN_M), class.intersects(Class::GIVEN_F)) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        }
    }

    /// Somebody whose name has these words in this order, or the other way round ("Donald J. Trump", "D. Trump").
    fn compatible(&self, span: Span, words: &[Word]) -> Option<usize> {
        let (first, last) = (words.first()?, words.last()?);
        let sharing = self.by_word[*last as usize].iter().chain(&self.by_word[*first as usize]);
        sharing.copied().find(|&e| {
            let other = &self.entities[e].words;
            let (short, long) = if other.len() <= words.len() { (&other[..], words) } else { (words, &other[..]) };
            let ends = short.last() == long.last() || (short.first() == long.first() && short.len() < long.len());
            ends && self.inside(short, long) && !self.contradicts(span, e)
        })
    }

    /// True when the words of `short` stand in `long` in their order; an initial stands for a word.
    fn inside(&self, short: &[Word], long: &[Word]) -> bool {
        let same = |a: Word, b: Word| {
            let (a, b) = (self.words.text(a).trim_end_matches('.'), self.words.text(b).trim_end_matches('.'));
            let initial = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
            a == b || initial(a, b) || initial(b, a) || is_short_for(a, b) || is_short_for(b, a)
        };
        if self.initials(short, long) {
            return true;
        }
        let mut rest = long.iter();
        short.iter().all(|w| rest.any(|l| w == l || same(*w, *l)))
    }

    /// True for "KB Hegde" beside "Keshav Baliram Hegde": the first word is the first letters of the others.
    fn initials(&self, short: &[Word], long: &[Word]) -> bool {
        let [first, rest @ ..] = short else { return false };
        let letters = self.words.text(*first);
        let given = long.len().saturating_sub(rest.len());
        given >= 2 && long.ends_with(rest) && letters.chars().eq(long[..given].iter().filter_map(|w| self.words.text(*w).chars().next()))
    }

    /// The person of a name of one word, at span `at`: whom the article means, or somebody known by this word alone.
    fn short(&mut self, at: usize, span: Span, word: Word) -> usize {
        let gender = self.gender(span);
        let fit = |e: &Entity| match (gender, e.gender) {
            (Gender::Unknown, _) => 1,
            (told, known) if told == known => 2,
            (_, Gender::Unknown) => 1,
            _ => 0,
        };
        let rank = |e: usize| {
            let e = &self.entities[e];
            let surname = e.words.last() == Some(&word) || e.words[0] == word && self.family_first(e);
            let given = lexicon::class_of(self.words.text(e.words[0])).intersects(Class::GIVEN);
            (fit(e), surname, given)
        };
        let sharing: Vec<usize> = self.by_word[word as usize].iter().copied().filter(|&e| !self.contradicts(span, e)).collect();
        let best = sharing.iter().map(|&e| rank(e)).max();
        let likely: Vec<usize> = sharing.iter().copied().filter(|&e| Some(rank(e)) == best).collect();
        let owner = match likely[..] {
            [] => {
                let new = self.person();
                let sharing = &mut self.by_word[word as usize];
                if sharing.len() < SHARED {
                    sharing.push(new);
                }
                new
            }
            [one] => one,
            _ => match self.meant(at, &likely, self.addressed(span)) {
                Some(owner) => owner,
                None => match self.unclear.get(&word) {
                    Some((known, _)) => *known,
                    None => {
                        let new = self.person();
                        self.unclear.insert(word, (new, likely));
                        new
                    }
                },
            },
        };
        self.adopt(owner, span, &[word]);
        owner
    }

    /// Which of several people of one surname a bare surname means: the one whom the article is about, else the one named last. None where both
    /// were named together ("Ann and Ben Okafor. Okafor …") or neither was. A form of address (`told`) points at the one named last ("Mrs. Okafor"
    /// is the widow just spoken of), unless the other has been called so all along.
    fn meant(&self, at: usize, people: &[usize], told: bool) -> Option<usize> {
        let mut by_full: Vec<usize> = people.to_vec();
        by_full.sort_by_key(|&e| std::cmp::Reverse(self.entities[e].full));
        let [first, second] = [by_full[0], by_full[1]].map(|e| self.entities[e].full);
        if first > second && !told {
            return Some(by_full[0]);
        }
        // By short names too the article is about one of them: a first lady named once does not take over.
        let times = |e: usize| self.times.get(e).copied().unwrap_or_default();
        let mut by_times = by_full.clone();
        by_times.sort_by_key(|&e| std::cmp::Reverse(times(e)));
        let main = (times(by_times[0]).0 > 2 * times(by_times[1]).0).then_some(by_times[0]);
        if let Some(main) = main.filter(|&e| !told || times(e).1 > 0) {
            return Some(main);
        }
        let seen = |e: usize| self.seen.get(e).copied().unwrap_or(0);
        let mut by_place: Vec<usize> = people.iter().copied().filter(|&e| told || self.entities[e].full == first).collect();
        by_place.sort_by_key(|&e| std::cmp::Reverse(seen(e)));
        let (last, before) = (seen(by_place[0]), seen(by_place[1]));
        if last > 0 && at < last + NEAR && last > before + 1 {
            return Some(by_place[0]);
        }
        (told && first > second).then_some(by_full[0])
    }

    /// Who is meant after all where a bare surname was not clear when it was read, as in a headline: the one of them whom the rest of the
    /// article is about.
    fn settled(&self) -> FxHashMap<usize, usize> {
        let times = |e: usize| self.times.get(e).map_or(0, |t| t.0);
        let main = |people: &[usize]| {
            let mut by_times = people.to_vec();
            by_times.sort_by_key(|&e| std::cmp::Reverse(times(e)));
            (times(by_times[0]) > 2 * times(by_times[1])).then_some(by_times[0])
        };
        self.unclear.values().filter_map(|(bare, people)| Some((*bare, main(people)?))).collect()
    }

    /// Remembers that `person` is named by span `at`.
    fn see(&mut self, person: usize, at: usize, addressed: bool) {
        if person >= self.seen.len() {
            self.seen.resize(person + 1, 0);
            self.times.resize(person + 1, (0, 0));
        }
        self.seen[person] = at + 1;
        self.times[person].0 += 1;
        self.times[person].1 += usize::from(addressed);
    }

    /// A new person.
    fn person(&mut self) -> usize {
        self.entities.push(Entity::default());
        self.entities.len() - 1
    }

    fn family_first(&self, e: &Entity) -> bool {
        e.words.first().is_some_and(|w| lexicon::class_of(self.words.text(*w)).intersects(Class::FAMILY_EAST))
    }
}
