//! Which stretch of the old text became which of the new one.

use rustc_hash::FxHashMap;

use crate::text::TextRange;
use crate::text::align::{Alignment, Tie};
use crate::text::words::Words;

/// A stretch of the old text and what it became; one of the two may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) old: Option<TextRange>,
    pub(super) new: Option<TextRange>,
}

/// Pairs stretches by the words they share: at least `least` of the lighter one. In the order of the new text; what is gone stands behind
/// what stood before it.
pub(super) fn pair(
    old: &[TextRange],
    old_words: &Words,
    new: &[TextRange],
    new_words: &Words,
    alignment: &Alignment,
    least: f32,
) -> Vec<Pair> {
    let weight = |words: &Words, range: TextRange| words.within(range).map(|i| words.all[i].weight()).sum::<u32>();
    let mut shared: Vec<(u32, usize, usize)> = Vec::new();
    for (o, range) in old.iter().enumerate() {
        let mut by_new: FxHashMap<usize, u32> = FxHashMap::default();
        for word in old_words.within(*range) {
            let Some((to, tie)) = alignment.to_new(word) else { continue };
            if tie == Tie::Replaced {
                continue;
            }
            let at = new_words.all[to].range;
            let n = new.partition_point(|r| r.end() <= at.start());
            if new.get(n).is_some_and(|r| r.overlaps(at)) {
                *by_new.entry(n).or_default() += old_words.all[word].weight();
            }
        }
        for (n, together) in by_new {
            let lighter = weight(old_words, *range).min(weight(new_words, new[n])).max(1);
            if together as f32 >= least * lighter as f32 {
                shared.push((together, o, n));
            }
        }
    }
    shared.sort_unstable_by_key(|(together, o, n)| (std::cmp::Reverse(*together), *o, *n));
    let (mut to, mut from) = (vec![None; old.len()], vec![None; new.len()]);
    for (_, o, n) in shared {
        if to[o].is_none() && from[n].is_none() {
            (to[o], from[n]) = (Some(n), Some(o));
        }
    }
    same_words(old, old_words, new, new_words, &mut to, &mut from);
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    let gone_after = |pairs: &mut Vec<Pair>, from: usize| {
        old.iter().zip(&to).skip(from).take_while(|(_, to)| to.is_none()).for_each(|(r, _)| pairs.push(Pair { old: Some(*r), new: None }));
    };
    gone_after(&mut pairs, 0);
    for (range, from) in new.iter().zip(&from) {
        pairs.push(Pair { old: from.map(|o| old[o]), new: Some(*range) });
        if let Some(o) = from {
            gone_after(&mut pairs, o + 1);
        }
    }
    pairs
}

/// Stretches without a partner that have the same words: too short to be found by the comparison of the texts.
fn same_words(
    old: &[TextRange],
    old_words: &Words,
    new: &[TextRange],
    new_words: &Words,
    to: &mut [Option<usize>],
    from: &mut [Option<usize>],
) {
    let keys = |words: &Words, range: TextRange| words.within(range).map(|i| words.all[i].key).collect::<Vec<u64>>();
    let mut free: FxHashMap<Vec<u64>, Vec<usize>> = FxHashMap::default();
    for n in (0..new.len()).rev().filter(|n| from[*n].is_none()) {
        free.entry(keys(new_words, new[n])).or_default().push(n);
    }
    for o in 0..old.len() {
        if to[o].is_some() {
            continue;
        }
        if let Some(n) = free.get_mut(&keys(old_words, old[o])).and_then(Vec::pop) {
            (to[o], from[n]) = (Some(n), Some(o));
        }
    }
}

/// Which pairs stand in another order than in the old text: all but the longest chain in order.
pub(super) fn out_of_order(pairs: &[Pair]) -> Vec<bool> {
    let both: Vec<(usize, usize)> =
        pairs.iter().enumerate().filter_map(|(i, p)| Some((i, p.old?.start())).filter(|_| p.new.is_some())).collect();
    // Patience: the smallest end of an ordered chain of each length, and who came before.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; both.len()];
    for (k, (_, at)) in both.iter().enumerate() {
        let len = ends.partition_point(|&e| both[e].1 < *at);
        before[k] = len.checked_sub(1).map(|l| ends[l]);
        if len == ends.len() {
            ends.push(k);
        } else {
            ends[len] = k;
        }
    }
    let mut moved = vec![false; pairs.len()];
    both.iter().for_each(|(i, _)| moved[*i] = true);
    let mut at = ends.last().copied();
    while let Some(k) = at {
        moved[both[k].0] = false;
        at = before[k];
    }
    moved
}
