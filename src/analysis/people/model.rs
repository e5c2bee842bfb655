//! The labels of a run: a linear-chain model with two labels, part of a person's name or not.
//!
//! Weights are in `weights.bin`, one signed byte for each of `1 << BITS` hashed features in steps of 1/16, then the four transitions.
//! [`super::train`] makes that file.

use super::features::{BITS, Run, View};

/// One step of a stored weight.
pub(crate) const STEP: f32 = 1.0 / 16.0;

/// Scores of going from one label to the next: `[before][now]`.
pub(crate) type Transitions = [[f32; 2]; 2];

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// How much speaks for a name, unit by unit of all runs (0 outside): the log-odds before the neighbours' labels count.
pub(crate) fn scores(view: &View<'_>) -> Vec<f32> {
    let mut scores = vec![0.0; view.units.len()];
    let mut features = Vec::new();
    for run in &view.runs {
        for i in run.range() {
            view.features(*run, i, &mut features);
            let sum: i32 = features.iter().map(|&f| i32::from(byte(f as usize))).sum();
            scores[i] = sum as f32 * STEP;
        }
    }
    scores
}

#[inline]
fn byte(at: usize) -> i8 {
    WEIGHTS.get(at).copied().unwrap_or_default().cast_signed()
}

/// The stored transitions.
pub(crate) fn transitions() -> Transitions {
    let at = |k: usize| f32::from(byte((1 << BITS) + k)) * STEP;
    [[at(0), at(1)], [at(2), at(3)]]
}

/// The best labels of a run (Viterbi), true for a name.
pub(crate) fn decode(run: Run, scores: &[f32], t: &Transitions) -> Vec<bool> {
    let n = run.end - run.first;
    let mut back = vec![[0_usize; 2]; n];
    let mut best = [t[0][0], t[0][1] + scores[run.first]];
    for k in 1..n {
        let mut next = [0.0; 2];
        for now in 0..2 {
            let (stay, come) = (best[0] + t[0][now], best[1] + t[1][now]);
            back[k][now] = usize::from(come > stay);
            next[now] = stay.max(come) + if now == 1 { scores[run.first + k] } else { 0.0 };
        }
        best = next;
    }
    let mut label = usize::from(best[1] > best[0]);
    let mut labels = vec![false; n];
    for k in (0..n).rev() {
        labels[k] = label == 1;
        label = back[k][label];
    }
    labels
}
