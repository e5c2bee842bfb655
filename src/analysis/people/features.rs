//! What the model sees of a unit: its letters, its lexicon classes, its neighbours, its run of capitals, and the rest of the article.

use rustc_hash::FxHashMap;

use super::entities::fold_into;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::{self, Class};
use crate::analysis::token::{Shape, Tokens};

/// Features are numbers under `1 << BITS`.
pub(crate) const BITS: u32 = 19;

/// What is known of one unit by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Atom {
    /// The folded word, hashed; 0 when it shall not be known (training).
    pub(crate) word: u32,
    /// Its last three letters, hashed.
    suffix: u32,
    /// Classes and kind in few bits.
    pub(crate) sign: u32,
    /// Case and build of the word.
    shape: u32,
    /// Which of the article's capitalised words it is, counted from one; 0 outside all runs.
    pub(crate) number: u32,
}

/// A stretch of candidate units `first..end` that is labelled as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: usize,
    pub(crate) end: usize,
}

impl Run {
    /// The units of it.
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.first..self.end
    }
}

/// Longer runs (a text in capitals) are cut: every look-around stays bounded.
const LONGEST_RUN: usize = 24;
const _: () = assert!(LONGEST_RUN + 1 < u32::BITS as usize, "the labels of a run, and of a small word before it, are bits of one number");

/// All an article's units as the model sees them.
pub(crate) struct View<'t> {
    pub(crate) units: &'t [Unit],
    pub(crate) atoms: Vec<Atom>,
    pub(crate) runs: Vec<Run>,
    /// What the article shows of each of its capitalised words, by [`Atom::number`].
    elsewhere: Vec<Elsewhere>,
}

/// What the whole article shows of a capitalised word.
#[derive(Debug, Clone, Copy, Default)]
struct Elsewhere {
    /// Bits that [`View::evidence`] sets, and whether the word stands in lower case too (3) and beside a word of organisations (7).
    flags: u16,
    /// How often it stands with a capital.
    capitals: u32,
}

impl<'t> View<'t> {
    /// Looks at every unit a bounded number of times.
    pub(crate) fn new(tokens: &Tokens<'_>, units: &'t [Unit]) -> Self {
        let mut folded = String::new();
        let atoms: Vec<Atom> = units.iter().map(|u| atom(tokens, u, &mut folded)).collect();
        let runs = runs(units);
        let mut view = View { units, atoms, runs, elsewhere: vec![Elsewhere::default()] };
        view.read_article();
        view
    }

    fn unit(&self, i: isize) -> Option<(&Unit, &Atom)> {
        let i = usize::try_from(i).ok()?;
        Some((self.units.get(i)?, &self.atoms[i]))
    }

    /// True for "The" and the like, unless it may be a name too.
    pub(crate) fn is_function_word(&self, i: usize) -> bool {
        let name = Class::GIVEN.or(Class::SURNAME).or(Class::SURNAME_US).or(Class::FAMILY_EAST).or(Class::TITLE).or(Class::PARTICLE);
        self.units[i].class.intersects(Class::FUNCTION) && !self.units[i].class.intersects(name)
    }

    /// One more than the greatest [`Atom::number`].
    pub(crate) fn words(&self) -> usize {
        self.elsewhere.len()
    }

    /// Numbers the capitalised words and gathers what the whole article shows of each.
    fn read_article(&mut self) {
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::with_capacity_and_hasher(self.runs.len(), Default::default());
        for run in &self.runs {
            let organised = self.units[run.first..run.end].iter().any(|u| u.class.intersects(Class::ORG_WORD));
            for i in run.range() {
                let new = u32::try_from(self.elsewhere.len()).expect("texts are under 4 GiB");
                let number = *numbers.entry(self.atoms[i].word).or_insert(new);
                if number == new {
                    self.elsewhere.push(Elsewhere::default());
                }
                self.atoms[i].number = number;
                let at = isize::try_from(i).unwrap_or(isize::MAX);
                let flags = self.evidence(*run, at) | if organised { 1 << 7 } else { 0 };
                let word = &mut self.elsewhere[number as usize];
                word.flags |= flags;
                word.capitals += 1;
            }
        }
        // Few of the words in lower case stand with a capital too: most are told apart without a look at the table.
        let place = |word: u32| ((word >> 14) as usize % 64, 1_u64 << (word >> 8 & 63));
        let mut capitals = [0_u64; 64];
        for (slot, bit) in numbers.keys().map(|word| place(*word)) {
            capitals[slot] |= bit;
        }
        for (u, atom) in self.units.iter().zip(&self.atoms) {
            let (slot, bit) = place(atom.word);
            if u.kind == Kind::Lower
                && capitals[slot] & bit != 0
                && let Some(number) = numbers.get(&atom.word)
            {
                self.elsewhere[*number as usize].flags |= 1 << 3;
            }
        }
    }

    /// What the place of one capitalised word says of the word.
    fn evidence(&self, run: Run, i: isize) -> u16 {
        let has = |k: isize, class: Class| self.unit(k).is_some_and(|(u, _)| u.class.intersects(class));
        let symbol = |k: isize, c: char| self.unit(k).is_some_and(|(u, _)| u.symbol == c && u.kind == Kind::Symbol);
        let at = usize::try_from(i).unwrap_or(0);
        let inside = at > run.first;
        let last = at + 1 == run.end;
        let mut flags = 0;
        let mut set = |bit: u16, on: bool| flags |= u16::from(on) << bit;
        set(0, inside && has(i - 1, Class::TITLE));
        set(1, inside && last && has(i - 1, Class::GIVEN));
        set(2, last && (has(i + 1, Class::DOES)) || !inside && has(i - 1, Class::DOES));
        set(4, !inside && self.unit(i - 1).is_some_and(|(u, a)| u.kind == Kind::Lower && is_place_word(a.word)));
        set(6, last && self.unit(i + 1).is_some_and(|(u, _)| u.kind == Kind::Possessive));
        set(8, last && symbol(i + 1, ',') && self.unit(i + 2).is_some_and(|(u, _)| u.kind == Kind::Number));
        set(9, run.end - run.first == 1);
        flags
    }

    /// Hands the features of unit `i` of `run` to `out`.
    pub(crate) fn features(&self, run: Run, i: usize, out: impl FnMut(u32)) {
        let mut hash = Hash { out };
        let none = Atom { word: 1, suffix: 1, sign: 1 << 30, shape: 1, number: 0 };
        let before = |k: usize| k.checked_sub(1).filter(|_| !self.units[k].opens_block);
        let after = |k: usize| self.units.get(k + 1).filter(|u| !u.opens_block).map(|_| k + 1);
        let near = |k: Option<usize>| k.map_or(none, |k| self.atoms[k]);
        let (me, l1, l2) = (self.atoms[i], near(before(i)), near(before(i).and_then(before)));
        let (r1, r2) = (near(after(i)), near(after(i).and_then(after)));
        hash.add(0, 0, 0);
        hash.add(1, me.word, 0);
        hash.add(2, me.suffix, me.shape);
        hash.add(3, me.sign, 0);
        hash.add(4, me.sign, me.shape);
        hash.add(5, l1.word, 0);
        hash.add(6, r1.word, 0);
        hash.add(7, l2.word, l1.word);
        hash.add(8, r1.word, r2.word);
        hash.add(9, l1.sign, me.sign);
        hash.add(10, me.sign, r1.sign);
        hash.add(11, l1.sign, me.sign ^ r1.sign.rotate_left(13));
        hash.add(12, l2.sign, l1.sign ^ me.sign.rotate_left(13));
        hash.add(13, me.sign, r1.sign ^ r2.sign.rotate_left(13));
        hash.add(14, me.word, l1.word);
        hash.add(15, me.word, r1.word);
        self.place(run, i, me, &mut hash);
        self.article(run, i, me, &mut hash);
    }

    /// Where the unit stands in its run, and what stands around the run.
    fn place(&self, run: Run, i: usize, me: Atom, hash: &mut Hash<impl FnMut(u32)>) {
        let length = bucket(run.end - run.first);
        let (from, to) = (bucket(i - run.first), bucket(run.end - 1 - i));
        let opens = u32::from(self.units[run.first].opens_block);
        hash.add(20, from, to);
        hash.add(21, from << 8 | to, me.sign);
        hash.add(22, from << 8 | to, me.shape);
        let left =
            run.first.checked_sub(1).filter(|_| opens == 0).map_or(Atom { word: 1, sign: 1 << 30, ..Atom::default() }, |k| self.atoms[k]);
        let right = self
            .units
            .get(run.end)
            .filter(|u| !u.opens_block)
            .map_or(Atom { word: 1, sign: 1 << 30, ..Atom::default() }, |_| self.atoms[run.end]);
        hash.add(23, left.word, length);
        hash.add(24, right.word, length);
        hash.add(25, left.word, from << 8 | to);
        hash.add(26, right.word, from << 8 | to);
        hash.add(27, left.sign, right.sign ^ length << 24);
        hash.add(28, right.sign, me.sign);
        hash.add(29, left.sign, me.sign);
        hash.add(30, left.word, right.word ^ length);
        let (mut before, mut after) = (0, 0);
        for k in run.first..i {
            before |= self.atoms[k].sign;
        }
        for k in i + 1..run.end {
            after |= self.atoms[k].sign;
        }
        hash.add(31, before & SALIENT, me.sign);
        hash.add(32, after & SALIENT, me.sign);
        hash.add(33, before & SALIENT, after & SALIENT);
        hash.add(34, self.atoms[run.end - 1].word, to);
        hash.add(35, self.atoms[run.first].word, from);
        let shouting = run.end - run.first > 2 && self.units[run.first..run.end].iter().all(|u| u.shape == Shape::Upper);
        hash.add(36, u32::from(shouting), me.sign);
    }

    /// What the rest of the article shows.
    fn article(&self, run: Run, i: usize, me: Atom, hash: &mut Hash<impl FnMut(u32)>) {
        let Elsewhere { flags, capitals } = self.elsewhere[me.number as usize];
        let count = bucket(capitals as usize);
        let alone = u32::from(run.end - run.first == 1);
        for bit in 0..10 {
            if flags & (1 << bit) != 0 {
                hash.add(40 + bit, alone, 0);
                hash.add(60 + bit, alone, me.sign & SALIENT);
            }
        }
        hash.add(80, count, alone);
        hash.add(81, u32::from(flags), alone);
        hash.add(82, u32::from(flags), u32::from(i + 1 == run.end) << 8 | u32::from(i == run.first));
    }
}

/// Words after which a capital is more often a place.
fn is_place_word(word: u32) -> bool {
    thread_local! {
        static PLACE: [u32; 9] = ["in", "at", "from", "to", "near", "into", "outside", "across", "around"].map(|w| lexicon::id(w.as_bytes()));
    }
    PLACE.with(|p| p.contains(&word))
}

/// Small counts as they are, larger ones together.
fn bucket(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

struct Hash<F> {
    out: F,
}

impl<F: FnMut(u32)> Hash<F> {
    #[inline]
    fn add(&mut self, template: u32, a: u32, b: u32) {
        let mixed = (u64::from(a) ^ u64::from(b).rotate_left(32) ^ (u64::from(template) << 25)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (self.out)((mixed >> (64 - BITS)) as u32);
    }
}

/// The bits of [`Atom::sign`]: classes as the lexicon numbers them, from the first of people's; the two kinds of given names are one.
#[inline]
const fn signs(class: Class) -> u32 {
    let bits = class.bits() >> 16;
    let given = if bits & 0b11 != 0 { 1 } else { 0 };
    (bits & 0x3_fffc) as u32 | given
}

/// The signs that matter at a distance: all but names.
const SALIENT: u32 = !signs(Class::SURNAME_US.or(Class::FAMILY_EAST)) & 0x3_ffff;

/// What is known of `u` by itself. `folded` is room to work in.
#[inline]
fn atom(tokens: &Tokens<'_>, u: &Unit, folded: &mut String) -> Atom {
    let word = if u.first == u.last { tokens.ids[u.first as usize] } else { 0 };
    let sign = signs(u.class) | (u.kind as u32) << 18;
    if word == 0 || u.is_capital() {
        return Atom { sign, ..letters(tokens, u, word, folded) };
    }
    Atom { word, suffix: 0, sign, shape: u.shape as u32, number: 0 }
}

/// What the letters of `u` tell. `word` is its id, if that is known already.
#[inline(never)]
fn letters(tokens: &Tokens<'_>, u: &Unit, word: u32, folded: &mut String) -> Atom {
    let text = u.range(tokens).of(tokens.text);
    if word != 0 || text.is_ascii() {
        let word = if word == 0 { lexicon::id(text.as_bytes()) } else { word };
        return Atom { word, ..ending(u, text, true) };
    }
    fold_into(text, folded);
    Atom { word: lexicon::id(folded.as_bytes()), ..ending(u, folded, false) }
}

/// The features of how a word ends and is built; only of words that may be names.
fn ending(u: &Unit, word: &str, ascii: bool) -> Atom {
    if !u.is_capital() {
        return Atom { shape: u.shape as u32, ..Atom::default() };
    }
    let tail = if word.is_ascii() { word.len().checked_sub(3) } else { word.char_indices().rev().nth(2).map(|(at, _)| at) };
    let suffix = lexicon::id(&word.as_bytes()[tail.unwrap_or(0)..]);
    let joined = u.first != u.last; // no mark stands inside a token
    let holds = |mark: u8| u32::from(joined && word.as_bytes().contains(&mark));
    let build = holds(b'-') | holds(b'\'') << 1 | u32::from(!ascii) << 2;
    let shape = u.shape as u32 | build << 4 | u32::from(word.len() >= 2) << 8 | u32::from(word.len() <= 2) << 9;
    Atom { suffix, shape, ..Atom::default() }
}

/// Hides from an atom what lists and identity say, as if the word were unknown; for training.
#[cfg(test)]
pub(crate) fn hide(atom: &mut Atom, word: bool, classes: bool) {
    if word {
        (atom.word, atom.number) = (0, 0);
    }
    if classes {
        let lists =
            Class::GIVEN.or(Class::SURNAME).or(Class::SURNAME_US).or(Class::FAMILY_EAST).or(Class::COUNTRY).or(Class::CITY).or(Class::ORG);
        atom.sign &= !signs(lists);
    }
}

/// Stretches of units that may hold names: capitals, and small words between them.
fn runs(units: &[Unit]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut i = 0;
    while i < units.len() {
        if !units[i].is_capital() {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end < units.len() && end - i < LONGEST_RUN && !units[end].opens_block {
            let small = |k: usize| units.get(k).is_some_and(|u| u.kind == Kind::Particle && !u.opens_block);
            let capital = |k: usize| units.get(k).is_some_and(|u| u.is_capital() && !u.opens_block);
            if !(capital(end) || small(end) && (capital(end + 1) || small(end + 1) && capital(end + 2))) {
                break;
            }
            end += 1;
        }
        let particle = i > 0 && !units[i].opens_block && units[i - 1].kind == Kind::Particle && runs.last().is_none_or(|r: &Run| r.end < i);
        runs.push(Run { first: if particle { i - 1 } else { i }, end });
        i = end;
    }
    runs
}
