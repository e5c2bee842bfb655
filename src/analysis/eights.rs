//! Text eight bytes at a time: words are short, and a loop over their bytes costs more in wrong guesses of its end than in work.

/// Every byte 1.
const ONES: u64 = 0x0101_0101_0101_0101;

/// The bytes `at..end`, at most eight of them, as a number: the first lowest, zeros after the end.
#[inline]
fn load(text: &[u8], at: usize, end: usize) -> u64 {
    let length = (end - at).min(8);
    match text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        Some(eight) if length > 0 => u64::from_le_bytes(*eight) & u64::MAX >> (64 - 8 * length),
        _ => text.get(at..at + length).unwrap_or_default().iter().rev().fold(0, |all, b| all << 8 | u64::from(*b)),
    }
}

/// Takes `state` through the bytes `at..end` of `text`, eight at a time, with ASCII capitals in lower case.
#[inline]
pub(super) fn fold<S>(text: &[u8], at: usize, end: usize, mut state: S, step: impl Fn(S, u64) -> S) -> S {
    let mut at = at;
    while at < end {
        state = step(state, lower(load(text, at, end)));
        at += 8;
    }
    state
}

/// The word of one to seven small ASCII letters, the first of which may be a capital, that starts with the letter at byte `at`: its length, and its
/// bytes in lower case as [`fold`] hands them on. None for other words, and at the very end of the text.
#[inline]
pub(super) fn short_word(text: &[u8], at: usize) -> Option<(usize, u64)> {
    let eight = u64::from_le_bytes(*text.get(at..)?.first_chunk::<8>()?);
    let others = !between::<b'a', b'z'>(eight) & (0x80 * ONES) & !0xff;
    let length = others.trailing_zeros() as usize / 8;
    if length == 8 {
        return None;
    }
    let next = (eight >> (8 * length)) as u8;
    let goes_on = !next.is_ascii() || next.is_ascii_uppercase();
    (!goes_on).then(|| (length, lower(eight) & u64::MAX >> (64 - 8 * length)))
}

/// How many small ASCII letters stand in a row from byte `at` on.
#[inline]
pub(super) fn small_letters(text: &[u8], at: usize) -> usize {
    let mut run = 0;
    loop {
        let others = !between::<b'a', b'z'>(load(text, at + run, text.len())) & (0x80 * ONES);
        if others != 0 {
            return run + others.trailing_zeros() as usize / 8;
        }
        run += 8;
    }
}

/// The top bit of each byte that is an ASCII character from `FIRST` to `LAST`.
#[inline]
const fn between<const FIRST: u8, const LAST: u8>(eight: u64) -> u64 {
    let low = eight & (0x7f * ONES);
    let from_first = low + (0x80 - FIRST as u64) * ONES;
    let after_last = low + (0x7f - LAST as u64) * ONES;
    (from_first ^ after_last) & !eight & (0x80 * ONES)
}

/// Lower case for the ASCII capitals among eight bytes.
#[inline]
const fn lower(eight: u64) -> u64 {
    eight | between::<b'A', b'Z'>(eight) >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_little_endian_in_lower_case() {
        for word in ["", "a", "Ab", "ABC", "Zebra", "Q@[`{z", "Abcdefgh", "abcdEFGHi", "ÀÉx", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"] {
            let mut bytes = word.as_bytes().to_ascii_lowercase();
            bytes.resize(bytes.len().next_multiple_of(8), 0);
            let plain: Vec<u64> = bytes.chunks(8).map(|c| u64::from_le_bytes(c.try_into().expect("eight"))).collect();
            for around in ["", "x", "xxxxxxxxx"] {
                let text = format!("{around}{word}{around}");
                let end = around.len() + word.len();
                let seen = fold(text.as_bytes(), around.len(), end, Vec::new(), |mut seen, eight| {
                    seen.push(eight);
                    seen
                });
                assert_eq!(seen, plain, "{text}");
            }
        }
    }

    #[test]
    fn short_words_are_those_that_fold_in_one_step() {
        for (text, length) in
            [("Ab said it", Some(2)), ("a, and more", Some(1)), ("letters. ", Some(7)), ("O'Neill and", Some(1)), ("x9 and more", Some(1))]
        {
            let folded = length.map(|n| (n, fold(text.as_bytes(), 0, n, 0, |_, eight| eight)));
            assert_eq!(short_word(text.as_bytes(), 0), folded, "{text}");
        }
        for text in ["eightltr and", "iPhone and", "USA and more", "caf\u{e9} and more", "short"] {
            assert_eq!(short_word(text.as_bytes(), 0), None, "{text}");
        }
    }

    #[test]
    fn runs_end_before_what_is_no_small_letter() {
        for (text, run) in
            [("", 0), ("A", 0), ("abc", 3), ("abcdefgh", 8), ("abcdefghijklmnopqrs tuv", 19), ("zé", 1), ("a{", 1), ("a`", 1)]
        {
            assert_eq!(small_letters(text.as_bytes(), 0), run, "{text}");
            assert_eq!(small_letters(format!("{text}-and some more").as_bytes(), 0), run, "{text}-");
        }
    }
}
