//! The lexicon as it is shipped: a table in `lexicon.bin` that is read where it lies. Nothing is built or loaded at start.
//!
//! Layout, all little-endian: number of class sets (`u32`), number of slots (`u32`), the class sets (`u64` each), the slots (`u64` each).
//! A slot holds the upper 48 bits of a word's [`hash`] above the 16-bit index of its class set; free slots are all ones. The upper half of the hash says
//! at which slot the search begins, and slots ascend, so it ends at the first that is not less. The last slot is free.
//!
//! Words are not stored. A word in no list is taken for one that is with a chance of 51,000 in 2^48.
//!
//! The file is made of the word lists by `UPDATE_LEXICON=1 cargo test --lib lexicon`; the same test fails when it does not fit them.

use super::Class;
use crate::analysis::eights;

static TABLE: &[u8] = include_bytes!("lexicon.bin");

const SETS: usize = header(0);
const SLOTS: usize = header(4);
const HEADER: usize = 8;

const fn header(at: usize) -> usize {
    let table = include_bytes!("lexicon.bin");
    u32::from_le_bytes([table[at], table[at + 1], table[at + 2], table[at + 3]]) as usize
}

/// The `index`th number after the header; all ones past the end, as in a free slot.
#[inline]
fn number(index: usize) -> u64 {
    let at = HEADER + index * 8;
    TABLE.get(at..at + 8).and_then(|b| b.try_into().ok()).map_or(FREE, u64::from_le_bytes)
}

const FREE: u64 = u64::MAX;
const INDEX_BITS: u32 = 16;

/// Where the search for a hash begins among `slots` slots.
#[inline]
const fn home(hash: u64, slots: usize) -> usize {
    (((hash >> 32) * slots as u64) >> 32) as usize
}

/// How many slots are looked at together: nearly every search ends among them, so what they hold need not be guessed one by one.
const TOGETHER: usize = 4;

/// The classes of the word with this hash.
#[inline]
pub(super) fn find(hash: u64) -> Class {
    let key = hash >> INDEX_BITS;
    let mut at = HEADER + 8 * (SETS + home(hash, SLOTS));
    let mut found = NO_SET;
    // Past the end nothing is left to find.
    while let Some(slots) = TABLE.get(at..).and_then(|rest| rest.first_chunk::<{ 8 * TOGETHER }>()) {
        let mut last = FREE;
        for slot in slots.as_chunks::<8>().0.iter().map(|slot| u64::from_le_bytes(*slot)) {
            found = if slot >> INDEX_BITS == key { slot } else { found };
            last = slot;
        }
        if last >> INDEX_BITS >= key {
            break;
        }
        at += 8 * TOGETHER;
    }
    let set = (found & NO_SET) as usize;
    if set < SETS { Class(number(set)) } else { Class::NONE }
}

/// The index of no set.
const NO_SET: u64 = (1 << INDEX_BITS) - 1;

/// The [`hash`] and the [`id`] of the bytes `at..end` of `text`.
#[inline]
pub(super) fn hash_and_id(text: &[u8], at: usize, end: usize) -> (u64, u32) {
    let start = (Hash::of_length(end - at), Id::START);
    let (hash, id) = eights::fold(text, at, end, start, |(hash, id), eight| (hash.step(eight), id.step(eight)));
    (hash.end(), id.end())
}

/// The same of a word of at most eight ASCII letters, in lower case as [`eights::fold`] hands it on.
#[inline]
pub(super) fn hash_and_id_of_short(length: usize, eight: u64) -> (u64, u32) {
    (Hash::of_length(length).step(eight).end(), Id::START.step(eight).end())
}

/// A number above 1 that stands for a word, whatever the case of its ASCII letters: the weights of the models are found by it.
#[inline]
pub(super) fn id(text: &[u8], at: usize, end: usize) -> u32 {
    eights::fold(text, at, end, Id::START, Id::step).end()
}

/// A word as the table knows it, its ASCII letters in lower case.
#[inline]
pub(super) fn hash(word: &[u8]) -> u64 {
    eights::fold(word, 0, word.len(), Hash::of_length(word.len()), Hash::step).end()
}

/// [`hash`] in the making. The same on every platform and for ever, since the file depends on it.
#[derive(Clone, Copy)]
struct Hash(u64);

impl Hash {
    #[inline]
    const fn of_length(length: usize) -> Self {
        Self(length as u64)
    }

    #[inline]
    fn step(self, eight: u64) -> Self {
        Self(mix(self.0 ^ eight, 0x9e37_79b9_7f4a_7c15))
    }

    #[inline]
    fn end(self) -> u64 {
        mix(self.0 ^ 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db)
    }
}

/// [`id`] in the making. The same for ever too: the models are trained with it.
#[derive(Clone, Copy)]
struct Id(u64);

impl Id {
    const START: Self = Self(0x811c_9dc5);

    #[inline]
    fn step(self, eight: u64) -> Self {
        Self((self.0.rotate_left(5) ^ eight).wrapping_mul(0x517c_c1b7_2722_0a95))
    }

    #[inline]
    fn end(self) -> u32 {
        (self.0 >> 32) as u32 | 2
    }
}

/// The two halves of the product over each other.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// Makes the table of words and their classes.
#[cfg(test)]
pub(super) fn build(words: &std::collections::BTreeMap<&str, Class>) -> Vec<u8> {
    let mut sets: Vec<u64> = words.values().map(|c| c.0).collect();
    sets.sort_unstable();
    sets.dedup();
    assert!(sets.len() < 1 << INDEX_BITS, "too many different sets of classes");
    let index = |class: &Class| sets.binary_search(&class.0).expect("it was gathered from the words") as u64;
    let mask = (1 << INDEX_BITS) - 1;
    let mut filled: Vec<(u64, u64)> = words.iter().map(|(word, class)| (hash(word.as_bytes()), index(class))).collect();
    filled.sort_unstable();
    assert!(filled.windows(2).all(|w| w[0].0 >> INDEX_BITS != w[1].0 >> INDEX_BITS), "two words look alike: change the numbers in hash()");
    let wanted = words.len() * 3 / 2 + 1;
    let mut slots: Vec<u64> = Vec::with_capacity(wanted + 64);
    for (hash, set) in filled {
        let at = home(hash, wanted).max(slots.len());
        slots.resize(at, FREE);
        slots.push(hash & !mask | set);
    }
    // The last words may stand behind `wanted`, where no search begins but some end. What is looked at together is there.
    slots.resize(slots.len().max(wanted) + TOGETHER, FREE);
    let mut table = Vec::with_capacity(HEADER + (sets.len() + slots.len()) * 8);
    for n in [sets.len(), wanted] {
        table.extend(u32::try_from(n).expect("a few thousand").to_le_bytes());
    }
    for n in sets.into_iter().chain(slots) {
        table.extend(n.to_le_bytes());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_search_is_long() {
        let slots: Vec<u64> = (SETS..(TABLE.len() - HEADER) / 8).map(number).collect();
        let longest = slots.split(|s| *s == FREE).map(<[u64]>::len).max();
        assert!(longest.is_some_and(|n| n < 128), "{longest:?}");
    }
}
