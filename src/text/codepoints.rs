//! Bytes to Unicode code points and back: the coordinate of every file and output.

/// A table from byte offsets to code point offsets of one text. Small: one entry for every 256 bytes.
#[derive(Debug, Clone, Default)]
pub struct CodePoints {
    /// `before[i]` is how many code points start before byte `i * STEP`. Empty for a text of ASCII alone.
    before: Vec<u32>,
    bytes: usize,
    count: usize,
}

const STEP: usize = 256;

/// True for a byte that starts a code point.
fn starts(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// How many code points start in `bytes`; eight bytes at a time, as this stands behind every offset that is written.
fn count(bytes: &[u8]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = bytes.as_chunks::<8>();
    let inside = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        let goes_on = (eight >> 7) & !(eight >> 6) & ONES; // 0b10xx_xxxx
        (goes_on.wrapping_mul(ONES) >> 56) as usize
    };
    8 * eights.len() - eights.iter().map(inside).sum::<usize>() + rest.iter().filter(|&&b| starts(b)).count()
}

impl CodePoints {
    /// Reads the whole text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let bytes = text.len();
        if text.is_ascii() {
            return Self { before: Vec::new(), bytes, count: bytes };
        }
        let mut before = Vec::with_capacity(bytes / STEP + 1);
        let mut seen = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(u32::try_from(seen).expect("texts are under 4 GiB"));
            seen += count(chunk);
        }
        Self { before, bytes, count: seen }
    }

    /// How many code points the text has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// True for the empty text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The code point offset of byte `at` of `text`, which must be the text the table was made of.
    /// Past the end, the end; inside a character, the next one.
    #[must_use]
    pub fn at_byte(&self, text: &str, at: usize) -> usize {
        let at = at.min(self.bytes);
        let slot = at / STEP;
        match self.before.get(slot) {
            Some(&n) => n as usize + count(&text.as_bytes()[slot * STEP..at]),
            None if self.before.is_empty() => at,
            None => self.count,
        }
    }

    /// The byte offset of code point `n` of `text`; `None` past the end (the end itself has an offset).
    #[must_use]
    pub fn to_byte(&self, text: &str, n: usize) -> Option<usize> {
        if n >= self.count {
            return (n == self.count).then_some(self.bytes);
        }
        if self.before.is_empty() {
            return Some(n);
        }
        let slot = self.before.partition_point(|&b| b as usize <= n) - 1;
        let mut left = n - self.before[slot] as usize;
        for (i, &b) in text.as_bytes()[slot * STEP..].iter().enumerate() {
            if starts(b) {
                if left == 0 {
                    return Some(slot * STEP + i);
                }
                left -= 1;
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{CodePoints, count};

    #[test]
    fn code_points_are_counted_as_chars_are() {
        let text = "aé“ß字👩‍👧 plain words \u{10ffff}\u{80}~";
        for (from, _) in text.char_indices() {
            let rest = text.get(from..).expect("on a boundary");
            assert_eq!(count(rest.as_bytes()), rest.chars().count(), "{rest}");
        }
    }
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "(\\PC|\u{1F600}|é){0,900}") {
            let map = CodePoints::new(&text);
            for (n, (at, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.at_byte(&text, at), n);
                prop_assert_eq!(map.to_byte(&text, n), Some(at));
            }
            let n = text.chars().count();
            prop_assert_eq!(map.len(), n);
            prop_assert_eq!(map.to_byte(&text, n), Some(text.len()));
            prop_assert_eq!(map.to_byte(&text, n + 1), None);
        }
    }
}
