//! Code points to UTF-16 units and back: the coordinate of what was made for browsers.

/// The characters of one text that take two UTF-16 units.
#[derive(Debug, Clone, Default)]
pub struct Utf16 {
    /// Their code point offsets, ascending.
    wide: Vec<usize>,
}

impl Utf16 {
    /// Reads the whole text once.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let wide = if text.is_ascii() {
            Vec::new()
        } else {
            text.chars().enumerate().filter(|(_, c)| c.len_utf16() == 2).map(|(n, _)| n).collect()
        };
        Self { wide }
    }

    /// The UTF-16 offset of code point `n`.
    #[must_use]
    pub fn of_code_point(&self, n: usize) -> usize {
        n + self.wide.partition_point(|&w| w < n)
    }

    /// The code point at UTF-16 offset `at`; between the two units of a character, that character.
    #[must_use]
    pub fn to_code_point(&self, at: usize) -> usize {
        // The i-th wide character starts at unit `w + i`, and its second unit is the next.
        let mut before = 0;
        let mut end = self.wide.len();
        while before < end {
            let middle = before.midpoint(end);
            if self.wide[middle] + middle < at { before = middle + 1 } else { end = middle }
        }
        at - before
    }
}

#[cfg(test)]
mod tests {
    use super::Utf16;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(text in "(\\PC|\u{1F600}|é){0,200}") {
            let map = Utf16::new(&text);
            let mut units = 0;
            for (n, c) in text.chars().enumerate() {
                prop_assert_eq!(map.of_code_point(n), units);
                for unit in 0..c.len_utf16() {
                    prop_assert_eq!(map.to_code_point(units + unit), n);
                }
                units += c.len_utf16();
            }
            let n = text.chars().count();
            prop_assert_eq!((map.of_code_point(n), map.to_code_point(units)), (units, n));
        }
    }
}
