//! Two versions of a text, word by word: which word of the new one each word of the old one became.
//!
//! Runs of words that stand once in both versions are tied first, wherever they stand, so passages that moved are found as such; the
//! heaviest ordered part of them is the body, and what lies between tied runs is compared word by word. The work is bounded by the
//! lengths of the texts: a text of one word repeated for ever costs no more than another.

mod gap;
mod slide;

use rustc_hash::FxHashMap;

use super::words::{Gap, Words};

/// Nothing: a word without a counterpart.
const NONE: u32 = u32::MAX;

/// How a word became another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// It is the same.
    Same,
    /// It is spelt a little differently.
    Alike,
    /// Another word stands in its place.
    Replaced,
}

/// Where the words of an old text are in a new one.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    to_new: Vec<u32>,
    to_old: Vec<u32>,
    ties: Vec<Tie>,
    /// 0 for the body, else which moved passage a word of the old text belongs to.
    moved: Vec<u32>,
}

impl Alignment {
    /// Compares two texts.
    #[must_use]
    pub fn new(old: &Words, new: &Words) -> Self {
        let mut aligner = Aligner {
            old,
            new,
            alignment: Self {
                to_new: vec![NONE; old.len()],
                to_old: vec![NONE; new.len()],
                ties: vec![Tie::Same; old.len()],
                moved: vec![0; old.len()],
            },
            cells: gap::MOST_CELLS,
        };
        aligner.tie_ends();
        aligner.tie_seeds();
        aligner.split_body_from_moved();
        aligner.fill_body();
        aligner.fill_moved();
        aligner.lengthen();
        let mut alignment = aligner.alignment;
        slide::settle(old, new, &mut alignment);
        alignment.drop_strays(old);
        alignment
    }

    /// The word of the new text that an old one became, and how.
    #[must_use]
    pub fn to_new(&self, old: usize) -> Option<(usize, Tie)> {
        let to = *self.to_new.get(old)?;
        (to != NONE).then(|| (to as usize, self.ties[old]))
    }

    /// The word of the old text that a new one was.
    #[must_use]
    pub fn to_old(&self, new: usize) -> Option<usize> {
        self.to_old.get(new).filter(|&&o| o != NONE).map(|&o| o as usize)
    }

    /// 0 for a word that stayed in the order of the text, else the number of the moved passage it belongs to.
    #[must_use]
    pub fn moved(&self, old: usize) -> u32 {
        self.moved.get(old).copied().unwrap_or(0)
    }

    fn tie(&mut self, old: usize, new: usize, tie: Tie) {
        self.to_new[old] = number(new);
        self.to_old[new] = number(old);
        self.ties[old] = tie;
    }

    fn untie(&mut self, old: usize) {
        let new = std::mem::replace(&mut self.to_new[old], NONE);
        if new != NONE {
            self.to_old[new as usize] = NONE;
        }
    }

    /// A word or two that agree amid words that do not say nothing: "the", "of the".
    fn drop_strays(&mut self, old: &Words) {
        let firm = |a: &Self, i: usize| a.to_new[i] != NONE && a.ties[i] != Tie::Replaced;
        let mut at = 0;
        while at < self.to_new.len() {
            if !firm(self, at) {
                at += 1;
                continue;
            }
            let start = at;
            let mut weight = 0;
            while at < self.to_new.len() && firm(self, at) && (at == start || self.to_new[at] == self.to_new[at - 1] + 1) {
                weight += old.all[at].weight();
                at += 1;
            }
            let loose = |range: std::ops::Range<usize>| range.len() == STRAY_ROOM && range.into_iter().all(|i| !firm(self, i));
            if weight <= STRAY && loose(start.saturating_sub(STRAY_ROOM)..start) && loose(at..(at + STRAY_ROOM).min(self.to_new.len())) {
                (start..at).for_each(|i| self.untie(i));
            }
        }
    }
}

/// A run of agreeing words that weighs no more says nothing when this many words on each side do not agree.
const STRAY: u32 = 7;
const STRAY_ROOM: usize = 4;

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("texts are under 4 GiB")
}

struct Aligner<'t> {
    old: &'t Words,
    new: &'t Words,
    alignment: Alignment,
    /// How many pairs of words may still be compared.
    cells: usize,
}

/// So many words in a row, found once in each text, are surely the same passage.
const SEED: usize = 4;

/// A run of tied words: where it starts in the old text and in the new one, and its length.
#[derive(Clone, Copy)]
struct Run {
    old: usize,
    new: usize,
    len: usize,
}

impl Aligner<'_> {
    fn same(&self, old: usize, new: usize) -> bool {
        self.old.all[old].key == self.new.all[new].key
    }

    fn free(&self, old: usize, new: usize) -> bool {
        self.alignment.to_new[old] == NONE && self.alignment.to_old[new] == NONE
    }

    /// What the texts begin and end with alike.
    fn tie_ends(&mut self) {
        let (m, n) = (self.old.len(), self.new.len());
        let start = (0..m.min(n)).take_while(|&i| self.same(i, i)).count();
        let end = (0..m.min(n) - start).take_while(|&i| self.same(m - 1 - i, n - 1 - i)).count();
        (0..start).for_each(|i| self.alignment.tie(i, i, Tie::Same));
        (0..end).for_each(|i| self.alignment.tie(m - 1 - i, n - 1 - i, Tie::Same));
    }

    /// Runs of [`SEED`] words that stand once in each text, with what agrees on both sides of them.
    fn tie_seeds(&mut self) {
        let free_old: Vec<usize> = (0..self.old.len()).filter(|&i| self.alignment.to_new[i] == NONE).collect();
        let free_new: Vec<usize> = (0..self.new.len()).filter(|&i| self.alignment.to_old[i] == NONE).collect();
        for (o, n) in once_in_both(self.old, &free_old, self.new, &free_new, SEED) {
            if self.free(o, n) {
                self.extend(o, n);
            }
        }
    }

    fn extend(&mut self, old: usize, new: usize) {
        let (mut o, mut n) = (old, new);
        while o < self.old.len() && n < self.new.len() && self.free(o, n) && self.same(o, n) {
            self.alignment.tie(o, n, Tie::Same);
            (o, n) = (o + 1, n + 1);
        }
        let (mut o, mut n) = (old, new);
        while o > 0 && n > 0 && self.free(o - 1, n - 1) && self.same(o - 1, n - 1) {
            (o, n) = (o - 1, n - 1);
            self.alignment.tie(o, n, Tie::Same);
        }
    }

    /// The runs of tied words, in the order of the old text.
    fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for (old, &new) in self.alignment.to_new.iter().enumerate().filter(|(_, n)| **n != NONE) {
            let new = new as usize;
            let moved = |i: usize| self.alignment.moved[i];
            match runs.last_mut() {
                Some(run) if run.old + run.len == old && run.new + run.len == new && moved(run.old) == moved(old) => run.len += 1,
                _ => runs.push(Run { old, new, len: 1 }),
            }
        }
        runs
    }

    /// The heaviest runs that stand in the same order in both texts are the body; the others moved.
    fn split_body_from_moved(&mut self) {
        let runs = self.runs();
        let body = heaviest_in_order(&runs);
        let mut passage = 0;
        let mut last: Option<Run> = None;
        for (run, _) in runs.iter().zip(&body).filter(|(_, in_body)| !**in_body) {
            // What moved together is one passage.
            let together =
                last.is_some_and(|l| run.old <= l.old + l.len + NEAR && (l.new + l.len..=l.new + l.len + NEAR).contains(&run.new));
            passage += u32::from(!together);
            last = Some(*run);
            self.alignment.moved[run.old..run.old + run.len].fill(passage);
        }
    }

    fn fill_body(&mut self) {
        let (mut old_from, mut new_from) = (0, 0);
        let runs: Vec<Run> = self.runs().into_iter().filter(|r| self.alignment.moved[r.old] == 0).collect();
        let end = Run { old: self.old.len(), new: self.new.len(), len: 0 };
        for run in runs.iter().chain([&end]) {
            self.fill_between(old_from..run.old, new_from..run.new, 0);
            (old_from, new_from) = (run.old + run.len, run.new + run.len);
        }
    }

    fn fill_moved(&mut self) {
        let runs: Vec<Run> = self.runs().into_iter().filter(|r| self.alignment.moved[r.old] != 0).collect();
        for pair in runs.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let passage = self.alignment.moved[a.old];
            if passage == self.alignment.moved[b.old] && a.new + a.len <= b.new {
                self.fill_between(a.old + a.len..b.old, a.new + a.len..b.new, passage);
            }
        }
    }

    /// Long runs go on over words that short runs took: two passages that begin alike changed places.
    fn lengthen(&mut self) {
        let runs = self.runs();
        let (mut weak_old, mut weak_new) = (vec![true; self.old.len()], vec![true; self.new.len()]);
        for run in runs.iter().filter(|r| r.len >= SEED) {
            let sure = self.sure_part(run);
            weak_old[run.old + sure.start..run.old + sure.end].fill(false);
            weak_new[run.new + sure.start..run.new + sure.end].fill(false);
        }
        for run in runs.iter().filter(|r| r.len >= SEED) {
            let passage = self.alignment.moved[run.old];
            let after = (run.old + run.len..self.old.len()).zip(run.new + run.len..self.new.len());
            let before = (0..run.old).rev().zip((0..run.new).rev());
            let last = (run.old + run.len - 1, run.new + run.len - 1);
            for (end, side) in
                [(last, after.take(MOST_LONGER).collect::<Vec<_>>()), ((run.old, run.new), before.take(MOST_LONGER).collect())]
            {
                // Another run may have taken this end.
                if self.alignment.to_new[end.0] != number(end.1) {
                    continue;
                }
                for (o, n) in side {
                    if !weak_old[o] || !weak_new[n] || !self.same(o, n) || self.alignment.to_new[o] == number(n) {
                        break;
                    }
                    if let Some(other) = self.alignment.to_old(n) {
                        self.alignment.untie(other);
                    }
                    self.alignment.untie(o);
                    self.alignment.tie(o, n, Tie::Same);
                    self.alignment.moved[o] = passage;
                    (weak_old[o], weak_new[n]) = (false, false);
                }
            }
        }
    }

    /// A run without the few words that it has of the paragraphs before and behind.
    fn sure_part(&self, run: &Run) -> std::ops::Range<usize> {
        let breaks = |i: usize| self.old.all[run.old + i].gap >= Gap::Line;
        let start = (1..SEED.min(run.len)).find(|i| breaks(*i)).unwrap_or(0);
        let end = (run.len.saturating_sub(SEED - 1).max(start + 1)..run.len).find(|i| breaks(*i)).unwrap_or(run.len);
        start..end
    }

    /// Compares the words without a counterpart in these stretches.
    fn fill_between(&mut self, old: std::ops::Range<usize>, new: std::ops::Range<usize>, passage: u32) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        let old: Vec<usize> = old.filter(|&i| self.alignment.to_new[i] == NONE).collect();
        let new: Vec<usize> = new.filter(|&i| self.alignment.to_old[i] == NONE).collect();
        let mut ties = Vec::new();
        gap::fill(self.old, &old, self.new, &new, &mut self.cells, &mut ties);
        for (o, n, tie) in ties {
            self.alignment.tie(o, n, tie);
            self.alignment.moved[o] = passage;
        }
    }
}

/// How many words a run is made longer by at most.
const MOST_LONGER: usize = 16;

/// Moved runs as near as this, in words, moved together.
const NEAR: usize = 40;

/// The places of runs of `len` words that stand once among these words of both texts, in the order of the old text. The words of a run
/// stand side by side.
fn once_in_both(old: &Words, old_at: &[usize], new: &Words, new_at: &[usize], len: usize) -> Vec<(usize, usize)> {
    #[derive(Default)]
    struct Seen {
        old: Option<u32>,
        new: Option<u32>,
        /// Stands several times in one of the texts.
        often: bool,
    }
    let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
    seen.reserve(old_at.len());
    for (key, at) in grams(old, old_at, len) {
        let seen = seen.entry(key).or_default();
        seen.often |= seen.old.replace(number(at)).is_some();
    }
    for (key, at) in grams(new, new_at, len) {
        if let Some(seen) = seen.get_mut(&key) {
            seen.often |= seen.new.replace(number(at)).is_some();
        }
    }
    let mut found: Vec<(usize, usize)> =
        seen.values().filter(|s| !s.often).filter_map(|s| Some((s.old? as usize, s.new? as usize))).collect();
    found.sort_unstable();
    found
}

/// The runs of `len` neighbouring words at these places, as one key each.
fn grams<'w>(words: &'w Words, at: &'w [usize], len: usize) -> impl Iterator<Item = (u64, usize)> + 'w {
    at.windows(len).filter(move |w| w[len - 1] - w[0] == len - 1).map(move |w| {
        let key = w.iter().fold(0_u64, |key, &i| (key.rotate_left(17) ^ words.all[i].key).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        (key, w[0])
    })
}

/// Which of the runs, in the order of the old text, belong to the heaviest chain that is in order in the new text too.
fn heaviest_in_order(runs: &[Run]) -> Vec<bool> {
    let mut by_new: Vec<usize> = (0..runs.len()).collect();
    by_new.sort_unstable_by_key(|&i| runs[i].new);
    let mut rank = vec![0; runs.len()];
    by_new.iter().enumerate().for_each(|(r, &i)| rank[i] = r + 1);
    // A Fenwick tree over ranks: the heaviest chain that ends at a rank no higher, and its last run.
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); runs.len() + 1];
    let mut before: Vec<Option<usize>> = vec![None; runs.len()];
    let mut best: (usize, Option<usize>) = (0, None);
    for (i, run) in runs.iter().enumerate() {
        let mut heaviest = (0, None);
        let mut r = rank[i] - 1;
        while r > 0 {
            if tree[r].0 > heaviest.0 {
                heaviest = tree[r];
            }
            r &= r - 1;
        }
        before[i] = heaviest.1;
        let chain = (heaviest.0 + run.len, Some(i));
        if chain.0 > best.0 {
            best = chain;
        }
        let mut r = rank[i];
        while r < tree.len() {
            if chain.0 > tree[r].0 {
                tree[r] = chain;
            }
            r += r & r.wrapping_neg();
        }
    }
    let mut in_body = vec![false; runs.len()];
    let mut at = best.1;
    while let Some(i) = at {
        in_body[i] = true;
        at = before[i];
    }
    in_body
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The old text, each word as it became: itself, `new~` when alike, `new!` when replaced, `-` when gone, `^` before what moved.
    fn became(old: &str, new: &str) -> String {
        let (a, b) = (Words::new(old), Words::new(new));
        let alignment = Alignment::new(&a, &b);
        let word = |i: usize| match alignment.to_new(i) {
            None => "-".to_owned(),
            Some((to, tie)) => {
                let moved = if alignment.moved(i) > 0 { "^" } else { "" };
                let end = ["", "~", "!"][tie as usize];
                format!("{moved}{}{end}", b.all[to].range.of(new))
            }
        };
        (0..a.len()).map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_are_found_again() {
        assert_eq!(became("the fee is 145 per cent now", "now the fee is 125 per cent now"), "the fee is 125! per cent now");
        assert_eq!(became("the bridge is late", "the brigde is very late"), "the brigde~ is late");
        assert_eq!(became("one two three four", "one four"), "one - - four");
        assert_eq!(became("", "x"), "");
        assert_eq!(became("x", ""), "-");
    }

    #[test]
    fn a_deleted_sentence_takes_its_own_words_along() {
        let old = "He left. China said no to it. China denied it.";
        assert_eq!(became(old, "He left. China denied it."), "He left - - - - - China denied it");
        let new = "He left. China said so. China said no to it. China denied it.";
        assert_eq!(became(old, new), "He left China said no to it China denied it");
        let (a, b) = (Words::new(old), Words::new(new));
        assert_eq!(Alignment::new(&a, &b).to_new(2).map(|t| t.0), Some(5), "the sentence that was there, not the new one before it");
    }

    #[test]
    fn passages_that_moved_are_found_as_such() {
        let (one, two) = ("the council votes on the bridge in the spring of next year", "nobody was hurt when the crane fell");
        let moved = became(&format!("{one}. {two}."), &format!("{two}. {one}."));
        assert_eq!(moved, format!("{one} ^{}", two.replace(' ', " ^")));
    }

    #[test]
    fn hostile_texts_cost_no_more_than_others() {
        let mut many = vec!["word ".repeat(200_000), "a b ".repeat(250_000), "“".repeat(300_000), "x".repeat(1_000_000)];
        many.push((0..200_000).map(|i| format!("{} ", i * 7919 % 1000)).collect());
        let (first, rest) = many.split_first().expect("five");
        let start = std::time::Instant::now();
        for text in rest.iter().chain([first]) {
            let old = Words::new(text);
            let new = Words::new(&format!(
                "new {}new{}",
                text.get(..text.len() / 3).unwrap_or_default(),
                text.get(text.len() / 2..).unwrap_or_default()
            ));
            let alignment = Alignment::new(&old, &new);
            assert!(alignment.to_new.len() == old.len());
        }
        assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn every_tie_is_one_of_two_words(old in "([a-d]|the |of |, |\\. |\n){0,60}", new in "([a-d]|the |of |, |\\. |\n){0,60}") {
            let (a, b) = (Words::new(&old), Words::new(&new));
            let alignment = Alignment::new(&a, &b);
            for i in 0..a.len() {
                if let Some((to, tie)) = alignment.to_new(i) {
                    prop_assert_eq!(alignment.to_old(to), Some(i));
                    prop_assert_eq!(tie == Tie::Same, a.all[i].key == b.all[to].key);
                }
            }
            let body: Vec<usize> = (0..a.len()).filter(|i| alignment.moved(*i) == 0).filter_map(|i| alignment.to_new(i)).map(|t| t.0).collect();
            prop_assert!(body.is_sorted());
        }

        #[test]
        fn a_text_is_itself(text in "([a-d]|the |of |, |\\. |\n){0,60}") {
            let words = Words::new(&text);
            let alignment = Alignment::new(&words, &words);
            for i in 0..words.len() {
                prop_assert_eq!(alignment.to_new(i), Some((i, Tie::Same)));
            }
        }
    }
}
