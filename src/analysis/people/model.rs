//! The labels of a run: a linear-chain model with two labels, part of a person's name or not.
//!
//! Weights are in `weights.bin`, one signed byte for each of `1 << BITS` hashed features in steps of 1/16, then the four transitions.
//! [`super::train`] makes that file.

use super::features::{BITS, Run, View};

/// One step of a stored weight.
pub(crate) const STEP: f32 = 1.0 / 16.0;

/// Scores of going from one label to the next: `[before][now]`.
pub(crate) type Transitions = [[f32; 2]; 2];

/// The score of a word that is never a name by itself, as the first of a sentence often is: a third of all runs, and no need to weigh them.
const NEVER: f32 = -6.0;

static WEIGHTS: &[u8] = include_bytes!("weights.bin");

/// How much speaks for a name, unit by unit of all runs (0 outside): the log-odds before the neighbours' labels count.
pub(crate) fn scores(view: &View<'_>) -> Vec<f32> {
    let mut scores = vec![0.0; view.units.len()];
    for run in &view.runs {
        if run.first + 1 == run.end && view.is_function_word(run.first) {
            scores[run.first] = NEVER;
            continue;
        }
        for i in run.range() {
            let mut sum = 0;
            view.features(*run, i, |feature| sum += i32::from(byte(feature as usize)));
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

/// The best labels of a run (Viterbi): bit `k` is set when its unit `k` belongs to a name. Runs are shorter than 32 units.
pub(crate) fn decode(run: Run, scores: &[f32], t: &Transitions) -> u32 {
    let mut back = [0_u32; 2]; // bit k: the label before unit k, when k has this one
    let mut best = [t[0][0], t[0][1] + scores[run.first]];
    for (k, score) in scores[run.range()].iter().enumerate().skip(1) {
        let mut next = [0.0; 2];
        for now in 0..2 {
            let (stay, come) = (best[0] + t[0][now], best[1] + t[1][now]);
            back[now] |= u32::from(come > stay) << k;
            next[now] = stay.max(come) + if now == 1 { *score } else { 0.0 };
        }
        best = next;
    }
    let mut label = u32::from(best[1] > best[0]);
    let mut labels = 0;
    for k in (0..run.range().len()).rev() {
        labels |= label << k;
        label = back[label as usize] >> k & 1;
    }
    labels
}
