//! Ranges with a number each, ordered so that the ones at a place are found without looking at the others.

use crate::text::TextRange;

/// An immutable index of ranges, which may overlap.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    /// By start.
    list: Vec<(TextRange, u32)>,
    /// `reach[i]` is the furthest end of `list[..=i]`. Empty when that is the end of `list[i]`, as of ranges that do not lie in each other.
    reach: Vec<u32>,
}

impl Spans {
    /// Indexes ranges with the numbers their owner knows them by.
    #[must_use]
    pub fn new(ranges: impl IntoIterator<Item = (TextRange, usize), IntoIter: Clone>) -> Self {
        // A text has fewer ranges than bytes.
        let fit = |n: usize| u32::try_from(n).expect("ingest refuses texts over 4 GiB");
        let ranges = ranges.into_iter();
        // Counted first: a list that grows leaves holes as large as itself.
        let mut list = Vec::with_capacity(ranges.clone().count());
        list.extend(ranges.map(|(range, n)| (range, fit(n))));
        list.sort_unstable();
        if list.is_sorted_by_key(|(r, _)| r.end()) {
            return Self { list, reach: Vec::new() };
        }
        let mut far = 0;
        let furthest = |(r, _): &(TextRange, u32)| {
            far = far.max(fit(r.end()));
            far
        };
        let reach = list.iter().map(furthest).collect();
        Self { list, reach }
    }

    /// True when there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All ranges that share a byte with `range`, by start.
    pub fn overlapping(&self, range: TextRange) -> impl Iterator<Item = (TextRange, usize)> + '_ {
        let first = if self.reach.is_empty() {
            self.list.partition_point(|(r, _)| r.end() <= range.start())
        } else {
            self.reach.partition_point(|&end| end as usize <= range.start())
        };
        self.list
            .get(first..)
            .unwrap_or_default()
            .iter()
            .copied()
            .take_while(move |(r, _)| r.start() < range.end())
            .filter(move |(r, _)| r.overlaps(range))
            .map(|(r, n)| (r, n as usize))
    }

    /// The innermost range that holds byte `at`.
    #[must_use]
    pub fn at(&self, at: usize) -> Option<(TextRange, usize)> {
        self.overlapping(TextRange::new(at, at + 1)).min_by_key(|(r, _)| r.len())
    }

    /// The first range that starts behind byte `at`.
    #[must_use]
    pub fn after(&self, at: usize) -> Option<(TextRange, usize)> {
        self.list.get(self.list.partition_point(|(r, _)| r.start() <= at)).map(|&(r, n)| (r, n as usize))
    }

    /// The last range that starts before byte `at`.
    #[must_use]
    pub fn before(&self, at: usize) -> Option<(TextRange, usize)> {
        self.list.partition_point(|(r, _)| r.start() < at).checked_sub(1).and_then(|i| self.list.get(i)).map(|&(r, n)| (r, n as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_looking_at_all(pairs in prop::collection::vec((0usize..60, 0usize..20), 0..30), at in 0usize..80, len in 1usize..20) {
            let ranges: Vec<_> = pairs.iter().enumerate().map(|(i, (s, n))| (TextRange::new(*s, s + n), i)).collect();
            let spans = Spans::new(ranges.clone());
            let view = TextRange::new(at, at + len);
            let mut plain: Vec<_> = ranges.iter().copied().filter(|(r, _)| r.overlaps(view)).collect();
            plain.sort_unstable();
            prop_assert_eq!(spans.overlapping(view).collect::<Vec<_>>(), plain);
            prop_assert_eq!(spans.after(at).map(|(r, _)| r.start()), ranges.iter().map(|(r, _)| r.start()).filter(|s| *s > at).min());
            prop_assert_eq!(spans.before(at).map(|(r, _)| r.start()), ranges.iter().map(|(r, _)| r.start()).filter(|s| *s < at).max());
        }
    }
}
