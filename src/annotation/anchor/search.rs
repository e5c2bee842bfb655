//! Finding a passage by its words and what stood around them, without the text it was made in.
//!
//! Candidates are places where words of the passage and its context stand as far apart as they did; each is compared word by word. The
//! best is taken only when it is surely the passage and clearly better than the next.

use rustc_hash::FxHashMap;

use super::edges::{self, Edges};
use crate::text::align::{Alignment, Tie};
use crate::text::words::Words;
use crate::text::{TextRange, grapheme};

/// A text in which passages are looked for.
#[derive(Debug)]
pub struct Index<'t> {
    text: &'t str,
    words: Words,
    places: FxHashMap<u64, Vec<u32>>,
}

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The words.
    pub exact: &'a str,
    /// What stood before.
    pub prefix: &'a str,
    /// What stood behind.
    pub suffix: &'a str,
    /// Where it stood, as a share of its text from 0 to 1, when that is known: of equal places the nearer one is listed first.
    pub share: Option<f32>,
}

/// A place where a passage may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Where.
    pub range: TextRange,
    /// How well it fits, from 0 to 1.
    pub score: f32,
    /// Which share of the words is there.
    pub kept: f32,
    /// Which share of the context before, and behind, is there.
    pub before: f32,
    /// See `before`.
    pub after: f32,
    /// As `before` and `after`, of what stands as far from the words as it did.
    pub close: (f32, f32),
    /// Word for word.
    pub same: bool,
    /// How many words the passage has.
    pub words: usize,
}

/// A word that stands more often than this says little of a place.
const COMMON: usize = 400;

/// How many candidates are compared word by word.
const COMPARED: usize = 6;

/// How far a candidate may be stretched by what was put in, in words.
const SLACK: usize = 24;

impl<'t> Index<'t> {
    /// Reads the text's words once.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let words = Words::new(text);
        let mut places: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
        for (i, word) in words.all.iter().enumerate() {
            let list = places.entry(word.key).or_default();
            // One more than common tells that it is common.
            if list.len() <= COMMON {
                list.push(u32::try_from(i).expect("texts are under 4 GiB"));
            }
        }
        Self { text, words, places }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Its words.
    #[must_use]
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The place of a passage, when it is surely that.
    #[must_use]
    pub fn find(&self, wanted: Wanted<'_>) -> Option<Candidate> {
        if let Some(found) = self.verbatim(wanted) {
            return Some(found);
        }
        let (candidates, hole) = self.look(wanted);
        let best = candidates.first().copied().filter(Candidate::is_sure)?;
        // Where all that stood around it now meets, the passage was taken out: what is found elsewhere is another.
        if hole > best.before + best.after + HOLE {
            return None;
        }
        let rival = candidates.get(1).filter(|c| c.same || !best.same || c.kept > 0.8);
        rival.is_none_or(|second| best.score - second.score >= MARGIN).then_some(best)
    }

    /// The one place where the passage stands with all of its context, letter by letter: most notes of a text that changed a little.
    fn verbatim(&self, wanted: Wanted<'_>) -> Option<Candidate> {
        if wanted.prefix.len().min(wanted.suffix.len()) < ENOUGH {
            return None;
        }
        let (whole, range) = joined(wanted);
        let finder = memchr::memmem::Finder::new(&whole);
        let mut places = finder.find_iter(self.text.as_bytes());
        let at = places.next().filter(|_| places.next().is_none())?;
        let range = TextRange::new(at + range.start(), at + range.end());
        let words = self.words.within(range).len();
        let fits = words > 0
            && grapheme::floor(self.text, range.start()) == range.start()
            && grapheme::floor(self.text, range.end()) == range.end();
        fits.then_some(Candidate { range, score: 1.0, kept: 1.0, before: 1.0, after: 1.0, close: (1.0, 1.0), same: true, words })
    }

    /// The places where a passage may be, best first, at most `most`.
    #[must_use]
    pub fn candidates(&self, wanted: Wanted<'_>, most: usize) -> Vec<Candidate> {
        let mut found = self.look(wanted).0;
        found.truncate(most);
        found
    }

    /// All candidates, best first; and how much of the context meets where nothing of the passage is left, from 0 to 2.
    fn look(&self, wanted: Wanted<'_>) -> (Vec<Candidate>, f32) {
        let (whole, range) = joined(wanted);
        let query = Words::new(&whole);
        let exact = query.within(range);
        if exact.is_empty() {
            return (self.marks(wanted).into_iter().collect(), 0.0);
        }
        let mut found: Vec<Candidate> = Vec::new();
        let mut hole = 0.0_f32;
        for diagonal in self.diagonals(&query, &exact) {
            let mut candidate = match self.compare(&whole, &query, range, diagonal) {
                Some(Compare::At(candidate)) => candidate,
                Some(Compare::Hole(context)) => {
                    hole = hole.max(context);
                    continue;
                }
                None => continue,
            };
            if let Some(share) = wanted.share {
                let here = candidate.range.start() as f32 / self.text.len().max(1) as f32;
                candidate.score += NEARNESS * (1.0 - (here - share).abs());
            }
            match found.iter_mut().find(|c| c.range.overlaps(candidate.range)) {
                Some(known) if known.score < candidate.score => *known = candidate,
                Some(_) => {}
                None => found.push(candidate),
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        (found, hole)
    }

    /// How far the words of the new text are from those of the query at the likeliest places.
    fn diagonals(&self, query: &Words, exact: &std::ops::Range<usize>) -> Vec<i64> {
        let mut votes: FxHashMap<i64, f32> = FxHashMap::default();
        // What says most of the place goes first; a passage as long as an article does not need all of its words.
        let mut rare: Vec<(usize, &Vec<u32>)> =
            (0..query.len()).filter_map(|i| Some((i, self.places.get(&query.all[i].key).filter(|p| p.len() <= COMMON)?))).collect();
        rare.sort_by_key(|(i, places)| (places.len(), *i));
        for (i, places) in rare.into_iter().take(200) {
            let own = if exact.contains(&i) { 1.5 } else { 1.0 };
            let weight = own * query.all[i].weight() as f32 / (places.len() as f32).sqrt();
            for &place in places {
                let diagonal = i64::from(place) - i64::try_from(i).unwrap_or(0);
                *votes.entry(diagonal.div_euclid(BUCKET)).or_default() += weight;
            }
        }
        let together = |b: i64| votes.get(&b).copied().unwrap_or(0.0) + votes.get(&(b + 1)).copied().unwrap_or(0.0);
        let mut buckets: Vec<(f32, i64)> = votes.keys().map(|&b| (together(b), b)).collect();
        buckets.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut chosen: Vec<i64> = Vec::new();
        for (_, bucket) in buckets {
            if chosen.iter().all(|c| c.abs_diff(bucket) > 1) {
                chosen.push(bucket);
            }
            if chosen.len() == COMPARED {
                break;
            }
        }
        chosen.into_iter().map(|b| b * BUCKET).collect()
    }

    /// Compares the query with the words at one place.
    fn compare(&self, whole: &str, query: &Words, range: TextRange, diagonal: i64) -> Option<Compare> {
        let slack = i64::try_from(SLACK + query.len() / 4).unwrap_or(0);
        let len = i64::try_from(query.len()).ok()?;
        let clamp = |at: i64| usize::try_from(at.max(0)).unwrap_or(0).min(self.words.len());
        let (from, to) = (clamp(diagonal - slack), clamp(diagonal + len + slack + BUCKET));
        if from == to {
            return None;
        }
        let within = self.with_marks(from, to);
        let (shift, window_text) = (within.start(), within.of(self.text));
        let window = Words::new(window_text);
        let alignment = Alignment::new(query, &window);
        let exact = query.within(range);
        let tied = |i: usize| alignment.to_new(i).filter(|t| t.1 != Tie::Replaced);
        let weight = |i: usize| query.all[i].weight() as f32;
        let share_where = |words: std::ops::Range<usize>, counts: &dyn Fn(usize, usize) -> bool| {
            let total: f32 = words.clone().map(weight).sum();
            let alike = |i: usize, to: usize| query.likeness(i, &window, to).max(0.6) * weight(i);
            let there: f32 = words.filter_map(|i| tied(i).filter(|(to, _)| counts(i, *to)).map(|(to, _)| alike(i, to))).sum();
            if total > 0.0 { there / total } else { 0.0 }
        };
        let share = |words: std::ops::Range<usize>| share_where(words, &|_, _| true);
        let (kept, before, after) = (share(exact.clone()), share(near_before(&exact)), share(near_after(&exact, query.len())));
        if kept <= 0.0 {
            return Some(Compare::Hole(before + after));
        }
        let first = exact.clone().find_map(|i| alignment.to_new(i))?.0;
        let last = exact.clone().rev().find_map(|i| alignment.to_new(i))?.0;
        let put_in = match kept {
            k if k >= 0.9 => PUT_IN + SLACK,
            // Of two or three words one is found anywhere near.
            _ if exact.len() < 4 => 2,
            _ => PUT_IN,
        };
        if last < first || last - first > exact.len() + exact.len() / 2 + put_in {
            return None;
        }
        let close = (
            share_where(near_before(&exact), &|i, to| (exact.start - i).abs_diff(first.saturating_sub(to)) <= PUSHED),
            share_where(near_after(&exact, query.len()), &|i, to| (i + 1 - exact.end).abs_diff(to.saturating_sub(last)) <= PUSHED),
        );
        let same = (exact.clone()).all(|i| alignment.to_new(i) == Some((first + i - exact.start, Tie::Same)));
        let edges = Edges { old: whole, old_words: query, new: window_text, new_words: &window };
        let local = edges.range(range, &exact, first, last)?;
        let range = TextRange::new(shift + local.start(), shift + local.end());
        let score = 0.6 * kept + 0.2 * before + 0.2 * after;
        Some(Compare::At(Candidate { range, score, kept, before, after, close, same, words: exact.len() }))
    }

    /// The words from `from` to before `to`, with the marks before the first and behind the last, which may belong to a passage.
    fn with_marks(&self, from: usize, to: usize) -> TextRange {
        let (first, last) = (self.words.all[from].range.start(), self.words.all[to - 1].range.end());
        let before = from.checked_sub(1).map_or(0, |w| self.words.all[w].range.end());
        let behind = self.words.all.get(to).map_or(self.text.len(), |w| w.range.start());
        let start = grapheme::ceil(self.text, first.saturating_sub(ROOM_FOR_MARKS).max(before)).min(first);
        let end = grapheme::floor(self.text, (last + ROOM_FOR_MARKS).min(behind)).max(last);
        TextRange::new(start, end)
    }

    /// A passage without words: between the words that stood around it.
    fn marks(&self, wanted: Wanted<'_>) -> Option<Candidate> {
        let (whole, range) = joined(wanted);
        let query = Words::new(&whole);
        let next = query.within(range).start;
        let before = next.checked_sub(1)?;
        let places = |i: usize| self.places.get(&query.all[i].key);
        let pairs = places(before)?
            .iter()
            .filter(|&&p| self.words.all.get(p as usize + 1).is_some_and(|w| query.all.get(next).is_some_and(|q| q.key == w.key)));
        let fits = |p: &u32| {
            let (p, n) = (*p as usize, query.len());
            let left = (0..before).rev().zip((0..p).rev()).take(4).filter(|(a, b)| query.all[*a].key == self.words.all[*b].key).count();
            let right =
                (next + 1..n).zip(p + 2..self.words.len()).take(4).filter(|(a, b)| query.all[*a].key == self.words.all[*b].key).count();
            left + right >= 2
        };
        let mut found = pairs.filter(|p| fits(p));
        let one = *found.next().filter(|_| found.next().is_none())? as usize;
        let within = TextRange::new(self.words.all[one].range.end(), self.words.all[one + 1].range.start());
        let range = edges::find_marks(wanted.exact, self.text, within)?;
        Some(Candidate { range, score: 1.0, kept: 1.0, before: 1.0, after: 1.0, close: (1.0, 1.0), same: true, words: 1 })
    }
}

/// What is at a place where a passage may be.
enum Compare {
    At(Candidate),
    /// Nothing of the passage, but so much of its context, from 0 to 2.
    Hole(f32),
}

/// How much more of the context must meet elsewhere.
const HOLE: f32 = 0.2;

/// How many words may have been put into a passage, beside half as many as it has; more when all of it is there.
const PUT_IN: usize = 6;

/// Bytes of context on each side that are enough to look for a passage letter by letter.
const ENOUGH: usize = 16;

/// So many bytes of marks at most: an article can be a million of them.
const ROOM_FOR_MARKS: usize = 64;

/// Context within so many words of where it stood is where it was.
const PUSHED: usize = 3;

/// Diagonals within so many words of each other are one place.
const BUCKET: i64 = 8;

/// How much better than the next a place must be.
const MARGIN: f32 = 0.06;

/// What the old position counts at most: it only decides between equals.
const NEARNESS: f32 = 0.02;

/// How many words of the context on each side are looked at.
const CONTEXT: usize = 10;

fn near_before(exact: &std::ops::Range<usize>) -> std::ops::Range<usize> {
    exact.start.saturating_sub(CONTEXT)..exact.start
}

fn near_after(exact: &std::ops::Range<usize>, len: usize) -> std::ops::Range<usize> {
    exact.end..(exact.end + CONTEXT).min(len)
}

/// Prefix, words and suffix as one text, and where in it the words are.
fn joined(wanted: Wanted<'_>) -> (String, TextRange) {
    let Wanted { exact, prefix, suffix, .. } = wanted;
    (format!("{prefix}{exact}{suffix}"), TextRange::new(prefix.len(), prefix.len() + exact.len()))
}

impl Candidate {
    /// True when this can be nothing else than the passage, as far as it tells by itself.
    fn is_sure(&self) -> bool {
        // Words that stand about somewhere near say little: a new paragraph may repeat a few words right below what was theirs.
        let (before, after) = self.close;
        let context = before + after;
        let (low, high) = (before.min(after), before.max(after));
        if self.same {
            return self.words >= 8 || high >= 0.85 || context >= 1.1;
        }
        match self.kept {
            // A few words of many changed: some of the surroundings must be there, else it is only alike.
            k if k >= 0.9 && self.words >= 12 => high >= 0.5,
            k if k >= 0.5 && self.words >= 4 => high >= 0.6 && context >= 0.8,
            k if k >= 0.3 && self.words >= 4 => context >= 1.2 && low >= 0.3,
            // One word of two, or a word spelt like it: nearly all that stood around must be there.
            k if k >= 0.3 => context >= 1.4 && low >= 0.5,
            _ => false,
        }
    }
}
