//! Where words were taken out or put in, several places may explain it: "the fee. The fee" without one "the fee". The place is moved to
//! where sentences and paragraphs begin, since that is how people edit.

use super::super::words::{Gap, Words};
use super::{Alignment, NONE, Tie, number};

/// How far a place is moved at least, in words; else as far as it is long, since a longer way leads over the same words again.
const FAR: usize = 8;

/// Moves all places where words were only taken out, or only put in.
pub(super) fn settle(old: &Words, new: &Words, alignment: &mut Alignment) {
    let Alignment { to_new, to_old, ties, moved } = alignment;
    let firm: Vec<bool> = ties.iter().zip(moved.iter()).map(|(tie, moved)| *tie == Tie::Same && *moved == 0).collect();
    let old_firm = |side: &[u32], i: usize| side[i] != NONE && firm[i];
    slide(old, to_new, to_old, &|side, i| old_firm(side, i));
    // The same from the other side. Only words of the body that stayed the same move, so the old words keep their marks.
    let of_new: Vec<bool> = to_old.iter().map(|&o| o != NONE && firm[o as usize]).collect();
    slide(new, to_old, to_new, &|side, i| side[i] != NONE && of_new[i]);
    for (i, tie) in ties.iter_mut().enumerate() {
        if let Some(&to) = to_new.get(i).filter(|to| **to != NONE)
            && old.all[i].key == new.all[to as usize].key
        {
            *tie = Tie::Same;
        }
    }
}

/// Hunks of `words` without a counterpart between two neighbours in the other text.
fn slide(words: &Words, to: &mut [u32], back: &mut [u32], firm: &dyn Fn(&[u32], usize) -> bool) {
    let mut at = 0;
    while at < to.len() {
        if to[at] != NONE {
            at += 1;
            continue;
        }
        let start = at;
        while at < to.len() && to[at] == NONE {
            at += 1;
        }
        if start == 0 || at == to.len() || !firm(to, start - 1) || !firm(to, at) || to[at] != to[start - 1] + 1 {
            continue;
        }
        at = move_hunk(words, to, back, start, at, firm).max(at);
    }
}

/// Moves the hunk `start..end` to the best of the places that explain the same change; gives its end there.
fn move_hunk(words: &Words, to: &mut [u32], back: &mut [u32], start: usize, end: usize, firm: &dyn Fn(&[u32], usize) -> bool) -> usize {
    let key = |i: usize| words.all[i].key;
    let far = (end - start).max(FAR);
    let next_to = |a: usize, b: usize| to[a] + 1 == to[b];
    let left = (0..far.min(start))
        .take_while(|s| firm(to, start - 1 - s) && key(start - 1 - s) == key(end - 1 - s) && (*s == 0 || next_to(start - 1 - s, start - s)))
        .count();
    let right = (0..far.min(to.len() - end))
        .take_while(|s| firm(to, end + s) && key(end + s) == key(start + s) && (*s == 0 || next_to(end + s - 1, end + s)))
        .count();
    let strength = |from: usize| {
        let gap = |i: usize| words.all.get(i).map_or(Gap::Paragraph, |w| w.gap) as i32;
        gap(from) + gap(from + end - start)
    };
    // The first of the best: of two copies it is the earlier one that came in.
    let best = (start - left..=start + right).rev().max_by_key(|from| strength(*from)).unwrap_or(start);
    let size = end - start;
    move_ties(best, start, size, to, back);
    best + size
}

/// Moves the ties between the old place of a hunk and its new one.
fn move_ties(best: usize, start: usize, size: usize, to: &mut [u32], back: &mut [u32]) {
    for s in (best..start).rev() {
        // The word before the hunk goes behind it.
        let target = std::mem::replace(&mut to[s], NONE);
        to[s + size] = target;
        back[target as usize] = number(s + size);
    }
    for s in start..best {
        let target = std::mem::replace(&mut to[s + size], NONE);
        to[s] = target;
        back[target as usize] = number(s);
    }
}
