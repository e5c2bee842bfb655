//! The words between two tied runs, compared one by one: the heaviest pairing that keeps their order.

use super::super::words::Words;
use super::{Run, Tie, heaviest_in_order, once_in_both};

/// How many pairs of words are compared for one pair of texts.
pub(super) const MOST_CELLS: usize = 6_000_000;

/// How many pairs are compared at once; a larger gap is divided first.
const CELLS: usize = 30_000;

/// Words this alike are the same word with a slip.
const ALIKE: f32 = 0.6;

/// Appends the ties found between these words of the old text and these of the new one. `cells` is what may still be spent.
pub(super) fn fill(old: &Words, o: &[usize], new: &Words, n: &[usize], cells: &mut usize, ties: &mut Vec<(usize, usize, Tie)>) {
    let same = |a: usize, b: usize| old.all[a].key == new.all[b].key;
    let start = o.iter().zip(n).take_while(|(a, b)| same(**a, **b)).count();
    let (o, head_o) = (&o[start..], &o[..start]);
    let (n, head_n) = (&n[start..], &n[..start]);
    ties.extend(head_o.iter().zip(head_n).map(|(a, b)| (*a, *b, Tie::Same)));
    let end = o.iter().rev().zip(n.iter().rev()).take_while(|(a, b)| same(**a, **b)).count();
    let (o, tail_o) = o.split_at(o.len() - end);
    let (n, tail_n) = n.split_at(n.len() - end);
    ties.extend(tail_o.iter().zip(tail_n).map(|(a, b)| (*a, *b, Tie::Same)));
    if o.is_empty() || n.is_empty() {
        return;
    }
    if o.len() * n.len() <= CELLS {
        pair(old, o, new, n, cells, ties);
    } else {
        divide(old, o, new, n, cells, ties);
    }
}

/// Cuts a large gap where runs of words stand once on both sides of it.
fn divide(old: &Words, o: &[usize], new: &Words, n: &[usize], cells: &mut usize, ties: &mut Vec<(usize, usize, Tie)>) {
    for len in [2, 1] {
        let found = once_in_both(old, o, new, n, len);
        let runs: Vec<Run> = found.iter().map(|&(old, new)| Run { old, new, len: 1 }).collect();
        let chain = heaviest_in_order(&runs);
        let cuts: Vec<(usize, usize)> = found.into_iter().zip(chain).filter(|(_, kept)| *kept).map(|(at, _)| at).collect();
        if cuts.is_empty() {
            continue;
        }
        let (mut rest_o, mut rest_n) = (o, n);
        for (a, b) in cuts {
            let (before_o, from_o) = rest_o.split_at(rest_o.partition_point(|x| *x < a));
            let (before_n, from_n) = rest_n.split_at(rest_n.partition_point(|x| *x < b));
            fill_smaller(old, before_o, new, before_n, cells, ties);
            ties.push((a, b, Tie::Same));
            (rest_o, rest_n) = (from_o.get(1..).unwrap_or_default(), from_n.get(1..).unwrap_or_default());
        }
        fill_smaller(old, rest_o, new, rest_n, cells, ties);
        return;
    }
    ends(old, o, new, n, cells, ties);
}

/// As [`fill`], one level down only: what is still too large is compared at its ends.
fn fill_smaller(old: &Words, o: &[usize], new: &Words, n: &[usize], cells: &mut usize, ties: &mut Vec<(usize, usize, Tie)>) {
    if o.is_empty() || n.is_empty() {
    } else if o.len() * n.len() <= CELLS {
        pair(old, o, new, n, cells, ties);
    } else {
        ends(old, o, new, n, cells, ties);
    }
}

/// The first and the last words of what is too large to compare.
fn ends(old: &Words, o: &[usize], new: &Words, n: &[usize], cells: &mut usize, ties: &mut Vec<(usize, usize, Tie)>) {
    const SIDE: usize = 80;
    let cut = |list: &[usize]| SIDE.min(list.len() / 2);
    let (co, cn) = (cut(o), cut(n));
    pair(old, &o[..co], new, &n[..cn], cells, ties);
    pair(old, &o[o.len() - co..], new, &n[n.len() - cn..], cells, ties);
}

/// What the pairing came from.
#[derive(Clone, Copy, PartialEq)]
enum Step {
    Old,
    New,
    Pair(Tie),
}

/// The heaviest pairing of two lists of words.
fn pair(old: &Words, o: &[usize], new: &Words, n: &[usize], cells: &mut usize, ties: &mut Vec<(usize, usize, Tie)>) {
    let (rows, columns) = (o.len(), n.len());
    if rows == 0 || columns == 0 || *cells < rows * columns {
        return;
    }
    *cells -= rows * columns;
    let width = columns + 1;
    let mut steps = vec![Step::Old; (rows + 1) * width];
    steps[..width].fill(Step::New);
    let mut above = vec![0_i32; width];
    let mut row = vec![0_i32; width];
    for i in 1..=rows {
        row[0] = 0;
        for j in 1..=columns {
            let (a, b) = (o[i - 1], n[j - 1]);
            let (tie, worth) = worth(old, a, new, b);
            // Runs go before scattered words, and a word that was replaced stands beside those that were not.
            let goes_on = match (tie, steps[(i - 1) * width + j - 1]) {
                (Tie::Same | Tie::Alike, Step::Pair(Tie::Same | Tie::Alike)) => 3,
                (_, Step::Pair(_)) => 1,
                _ => 0,
            };
            let paired = above[j - 1] + worth + goes_on;
            let (step, value) = [(Step::Old, above[j]), (Step::New, row[j - 1])]
                .into_iter()
                .fold((Step::Pair(tie), paired), |best, other| if other.1 > best.1 { other } else { best });
            row[j] = value;
            steps[i * width + j] = step;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        match steps[i * width + j] {
            Step::Old => i -= 1,
            Step::New => j -= 1,
            Step::Pair(tie) => {
                (i, j) = (i - 1, j - 1);
                ties.push((o[i], n[j], tie));
            }
        }
    }
}

/// What a pair of words is worth.
fn worth(old: &Words, a: usize, new: &Words, b: usize) -> (Tie, i32) {
    let (x, y) = (&old.all[a], &new.all[b]);
    if x.key == y.key {
        return (Tie::Same, 6 + x.weight() as i32);
    }
    let alike = old.likeness(a, new, b);
    if alike >= ALIKE { (Tie::Alike, (alike * 9.0) as i32) } else { (Tie::Replaced, 1) }
}
