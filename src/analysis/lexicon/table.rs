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

/// The classes of the word with this hash.
#[inline]
pub(super) fn find(hash: u64) -> Class {
    let key = hash >> INDEX_BITS;
    let mut at = SETS + home(hash, SLOTS);
    let mut slot = number(at);
    while slot >> INDEX_BITS < key {
        at += 1;
        slot = number(at);
    }
    let set = (slot & ((1 << INDEX_BITS) - 1)) as usize;
    if slot >> INDEX_BITS == key && set < SETS { Class(number(set)) } else { Class::NONE }
}

/// A word as the table knows it, its ASCII letters in lower case. The same on every platform and for ever, since the file depends on it.
#[inline]
pub(super) fn hash(word: &[u8]) -> u64 {
    let mixed = packed(word, word.len() as u64, |hash, eight| mix(hash ^ eight, 0x9e37_79b9_7f4a_7c15));
    mix(mixed ^ 0xa076_1d64_78bd_642f, 0xe703_7ed1_a0b4_28db)
}

/// The two halves of the product over each other.
#[inline]
fn mix(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    (product as u64) ^ (product >> 64) as u64
}

/// Takes `state` through a word eight bytes at a time, the first lowest, with zeros after the end and ASCII capitals in lower case.
#[inline]
pub(crate) fn packed(word: &[u8], mut state: u64, step: impl Fn(u64, u64) -> u64) -> u64 {
    let (eights, rest) = word.as_chunks::<8>();
    for eight in eights {
        state = step(state, lower(u64::from_le_bytes(*eight)));
    }
    if rest.is_empty() { state } else { step(state, lower(pack(rest))) }
}

/// Fewer than eight bytes.
#[inline]
fn pack(bytes: &[u8]) -> u64 {
    if let (Some(head), Some(tail)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        // The two may overlap: they agree there.
        return u64::from(u32::from_le_bytes(*head)) | u64::from(u32::from_le_bytes(*tail)) << ((bytes.len() - 4) * 8);
    }
    bytes.iter().rev().fold(0, |packed, b| packed << 8 | u64::from(*b))
}

/// Lower case for the ASCII capitals among eight bytes.
#[inline]
const fn lower(eight: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let low = eight & (0x7f * ONES);
    let from_a = low + (0x80 - b'A' as u64) * ONES;
    let after_z = low + (0x7f - b'Z' as u64) * ONES;
    let capitals = (from_a ^ after_z) & !eight & (0x80 * ONES);
    eight | capitals >> 2
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
    // The last words may stand behind `wanted`, where no search begins but some end.
    slots.resize(slots.len().max(wanted) + 1, FREE);
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
    fn packing_is_lower_case_and_little_endian() {
        for word in ["", "a", "Ab", "ABC", "Zebra", "Q@[`{z", "Abcdefgh", "abcdEFGHi", "ÀÉx", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] {
            let mut bytes = word.as_bytes().to_ascii_lowercase();
            bytes.resize(bytes.len().next_multiple_of(8), 0);
            let plain: Vec<u64> = bytes.chunks(8).map(|c| u64::from_le_bytes(c.try_into().expect("eight"))).collect();
            let seen = std::cell::RefCell::new(Vec::new());
            packed(word.as_bytes(), 0, |_, eight| {
                seen.borrow_mut().push(eight);
                0
            });
            assert_eq!(seen.into_inner(), plain, "{word}");
        }
    }

    #[test]
    fn no_search_is_long() {
        let slots: Vec<u64> = (SETS..(TABLE.len() - HEADER) / 8).map(number).collect();
        let longest = slots.split(|s| *s == FREE).map(<[u64]>::len).max();
        assert!(longest.is_some_and(|n| n < 128), "{longest:?}");
    }
}
