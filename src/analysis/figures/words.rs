//! What single words of number are worth.

use super::view::folded;

/// What a word of magnitude multiplies by; "hundred" and "dozen" too.
pub(super) fn magnitude(word: &str) -> Option<f64> {
    folded(word, |w| {
        Some(match w {
            "hundred" => 1e2,
            "thousand" | "thousands" => 1e3,
            "million" | "millions" | "mn" | "mln" | "mio" | "mil" => 1e6,
            "billion" | "billions" | "bn" | "bln" => 1e9,
            "trillion" | "trillions" | "tn" | "trn" | "trln" => 1e12,
            "quadrillion" => 1e15,
            "lakh" | "lakhs" | "lac" => 1e5,
            "crore" | "crores" | "cr" => 1e7,
            "dozen" | "dozens" => 12.0,
            _ => return None,
        })
    })
}

/// The value of a word below a hundred.
pub(super) fn small(word: &str) -> Option<f64> {
    folded(word, |w| {
        Some(f64::from(match w {
            "zero" | "nought" | "nil" => 0u8,
            "one" => 1,
            "two" => 2,
            "three" => 3,
            "four" => 4,
            "five" => 5,
            "six" => 6,
            "seven" => 7,
            "eight" => 8,
            "nine" => 9,
            "ten" => 10,
            "eleven" => 11,
            "twelve" => 12,
            "thirteen" => 13,
            "fourteen" => 14,
            "fifteen" => 15,
            "sixteen" => 16,
            "seventeen" => 17,
            "eighteen" => 18,
            "nineteen" => 19,
            "twenty" => 20,
            "thirty" => 30,
            "forty" | "fourty" => 40,
            "fifty" => 50,
            "sixty" => 60,
            "seventy" => 70,
            "eighty" => 80,
            "ninety" => 90,
            _ => return None,
        }))
    })
}

/// The rank of an ordinal word, and whether it is a plural, which only fractions have.
pub(super) fn rank(word: &str) -> Option<(f64, bool)> {
    folded(word, |w| {
        if let Some(r) = rank_of(w) {
            return Some((r, false));
        }
        let singular = if w == "halves" { "half" } else { w.strip_suffix('s')? };
        Some((rank_of(singular)?, true))
    })
}

fn rank_of(word: &str) -> Option<f64> {
    Some(f64::from(match word {
        "first" => 1u32,
        "second" | "half" => 2,
        "third" => 3,
        "fourth" | "quarter" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        "fortieth" => 40,
        "fiftieth" => 50,
        "sixtieth" => 60,
        "seventieth" => 70,
        "eightieth" => 80,
        "ninetieth" => 90,
        "hundredth" => 100,
        "thousandth" => 1000,
        "millionth" => 1_000_000,
        _ => return None,
    }))
}
