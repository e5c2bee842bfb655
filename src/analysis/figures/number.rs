//! Numbers as written: digits with English, Indian or European grouping, fractions, magnitudes; words of number are in `spelled`.

use super::spelled::{spelled, words_at};
use super::view::View;
use super::words::magnitude;
use crate::analysis::lexicon::Class;

/// A number that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// First token.
    pub(super) first: usize,
    /// Last token.
    pub(super) last: usize,
    /// The value, magnitude included.
    pub(super) value: f64,
    /// The magnitude behind it ("40 billion": 1e9), else 1.
    pub(super) magnitude: f64,
    /// How it is written.
    pub(super) style: Style,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Digits,
    Words,
    /// "two-thirds", "½", "1/4".
    Fraction,
    /// "twenty-first".
    Ordinal,
}

/// The number that starts at token `at`, if one does. `money`: a currency stands before it, so that "m" is a million.
pub(super) fn parse(v: View<'_>, at: usize, money: bool) -> Option<Number> {
    let n = alone(v, at, money)?;
    Some(over(v, n))
}

/// [`parse`] without "one over …", which would go on for ever in "1 over 1 over 1 …".
fn alone(v: View<'_>, at: usize, money: bool) -> Option<Number> {
    if v.number(at) { digits_at(v, at, money) } else { words_at(v, at) }
}

/// The value of a token of digits: "1,234.5", "1,50,000", "1.234,5". None for versions ("1.2.3") and ill-grouped digits.
pub(super) fn value_of(digits: &str) -> Option<f64> {
    if digits.len() > 32 {
        return None;
    }
    let (commas, dots) = (digits.bytes().filter(|&b| b == b',').count(), digits.bytes().filter(|&b| b == b'.').count());
    let without = |c: char| digits.chars().filter(|&d| d != c).collect::<String>();
    match (commas, dots) {
        (0, 0 | 1) => digits.parse().ok(),
        (0, _) => grouped(digits, '.').then(|| without('.').parse().ok()).flatten(),
        (_, 0) if grouped(digits, ',') => without(',').parse().ok(),
        (1, 0) => digits.replace(',', ".").parse().ok(),
        (_, 1) if digits.rfind('.') > digits.rfind(',') => {
            let (whole, _) = digits.split_once('.')?;
            grouped(whole, ',').then(|| without(',').parse().ok()).flatten()
        }
        (1, _) => {
            let (whole, _) = digits.split_once(',')?;
            grouped(whole, '.').then(|| without('.').replace(',', ".").parse().ok()).flatten()
        }
        _ => None,
    }
}

/// True for groups of three, or Indian groups of two before the last three.
fn grouped(digits: &str, separator: char) -> bool {
    let mut groups = digits.split(separator).map(str::len);
    let first = groups.next().unwrap_or_default();
    let rest: Vec<usize> = groups.collect();
    let Some((&last, middle)) = rest.split_last() else { return true };
    (1..=3).contains(&first) && last == 3 && (middle.iter().all(|&n| n == 3) || (first <= 2 && middle.iter().all(|&n| n == 2)))
}

fn digits_at(v: View<'_>, at: usize, money: bool) -> Option<Number> {
    let mut value = value_of(v.text(at))?;
    let (mut first, mut last, mut style) = (at, at, Style::Digits);
    if v.is(at.wrapping_sub(1), '.') && v.glued(at) && !v.glued(at - 1) {
        value /= 10f64.powi(i32::try_from(v.text(at).len()).ok()?);
        first = at - 1;
    }
    if let Some((end, joined)) = spaced_groups(v, at) {
        (last, value) = (end, joined);
    } else if v.is(at + 1, '/') && v.glued(at + 1) && v.glued(at + 2) && v.number(at + 2) {
        let below = value_of(v.text(at + 2))?;
        if !(1.0 <= value && value < below && below <= 1000.0) {
            return None;
        }
        (value, last, style) = (value / below, at + 2, Style::Fraction);
    } else if let Some(part) = vulgar_at(v, at + 1).filter(|_| v.glued(at + 1)) {
        (value, last) = (value + part, at + 1);
    } else if v.number(at + 1)
        && v.is(at + 2, '/')
        && v.glued(at + 2)
        && v.glued(at + 3)
        && let Some(Number { value: part, style: Style::Fraction, last: end, .. }) = digits_at(v, at + 1, false)
    {
        (value, last) = (value + part, end);
    }
    let mut n = Number { first, last, value, magnitude: 1.0, style };
    if let Some((m, end)) = suffix(v, last, money) {
        n = Number { last: end, value: value * m, magnitude: m, ..n };
    }
    Some(spelled(v, n).unwrap_or(n))
}

/// "40 000", "1 414 021 100": groups set apart by spaces. A no-break space always joins; a plain one only "000" or at the second group.
fn spaced_groups(v: View<'_>, at: usize) -> Option<(usize, f64)> {
    let whole = |i: usize| v.text(i).bytes().all(|b| b.is_ascii_digit());
    if v.text(at).len() > 3 || !whole(at) {
        return None;
    }
    let (mut end, mut digits, mut certain) = (at, v.text(at).to_owned(), false);
    while end - at < 5 && v.number(end + 1) && v.text(end + 1).len() == 3 && whole(end + 1) && !v.glued(end + 1) {
        let between = v.tokens.text.get(v.get(end)?.end()..v.get(end + 1)?.start())?;
        certain |= between != " " || v.text(end + 1) == "000" || end > at;
        digits.push_str(v.text(end + 1));
        end += 1;
    }
    (end > at && certain && !(v.glued(end + 1) && (v.word(end + 1) || v.number(end + 1))))
        .then(|| digits.parse().ok().map(|value| (end, value)))
        .flatten()
}

/// A magnitude right behind digits: a word, or letters without a space ("2.6bn", "100k").
fn suffix(v: View<'_>, last: usize, money: bool) -> Option<(f64, usize)> {
    let i = v.past_hyphen(last + 1);
    let word = v.text(i);
    if let Some(m) = magnitude(word) {
        // "1.5 lakh crore", "2 thousand million"
        let further = magnitude(v.text(i + 1)).filter(|&n| n >= m && v.has(i + 1, Class::NUMBER));
        return Some(further.map_or((m, i), |n| (m * n, i + 1)));
    }
    if i != last + 1 || !v.glued(i) {
        return None;
    }
    let m = match word {
        "k" | "K" => 1e3,
        "m" if !money && (metres(v, i + 1) || thing_of_metres(v, last, i + 1)) => return None,
        "m" | "M" | "MM" => 1e6,
        "mm" if money => 1e6,
        "b" | "B" => 1e9,
        "t" | "T" if money => 1e12,
        _ => return None,
    };
    Some((m, i))
}

/// "a 3m wall", "a 5m-deep hole": one thing, told by its length. "a 2m rise" is of millions.
fn thing_of_metres(v: View<'_>, digits: usize, i: usize) -> bool {
    let noun = v.word(i) && !v.has(i, Class::STOP.or(Class::UP).or(Class::DOWN).or(Class::NUMBER)) && !v.capital(i);
    let one = v.any(digits.wrapping_sub(1), &["a", "an", "the"]);
    let tied = v.past_hyphen(i);
    let measured = tied > i && v.any(tied, &["long", "wide", "tall", "high", "deep", "thick"]);
    measured || (one && noun && v.text(digits).len() <= 3 && !v.text(i).ends_with('s'))
}

/// True when what follows "100m" says that it is a length.
fn metres(v: View<'_>, i: usize) -> bool {
    const AFTER: &[&str] = &[
        "long",
        "wide",
        "tall",
        "high",
        "deep",
        "away",
        "above",
        "below",
        "race",
        "final",
        "sprint",
        "hurdles",
        "freestyle",
        "butterfly",
        "backstroke",
        "dash",
        "from",
        "radius",
        "exclusion",
        "apart",
        "down",
        "up",
        "north",
        "south",
        "east",
        "west",
        "x",
        "relay",
    ];
    v.any(i, AFTER) || (v.any(i, &["of"]) && v.any(i + 1, &["the", "each", "where"]))
}

/// The value of "½" and its kind at token `i`.
pub(super) fn vulgar_at(v: View<'_>, i: usize) -> Option<f64> {
    Some(match v.get(i)?.first {
        '½' => 0.5,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅙' => 1.0 / 6.0,
        '⅚' => 5.0 / 6.0,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}

/// "one over twenty"
fn over(v: View<'_>, n: Number) -> Number {
    let below = n.last + 2;
    if n.value != 1.0 || !v.eq(n.last + 1, "over") || !(v.number(below) || v.has(below, Class::NUMBER)) {
        return n;
    }
    match alone(v, below, false) {
        Some(b) if b.value > 1.0 && b.style != Style::Fraction && !v.word(b.last + 1) => {
            Number { last: b.last, value: 1.0 / b.value, style: Style::Fraction, ..n }
        }
        _ => n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::currency::Habits;
    use crate::analysis::token::Tokens;
    use crate::text::TextRange;

    fn number(text: &str) -> Option<f64> {
        let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
        let view = View { tokens: &tokens, start: 0, end: tokens.list.len(), habits: Habits::of(text) };
        (0..tokens.list.len()).find_map(|i| parse(view, i, false)).map(|n| n.value)
    }

    #[test]
    fn groupings() {
        for (digits, value) in [
            ("1,234.5", Some(1234.5)),
            ("1,50,000", Some(150_000.0)),
            ("12,34,567", Some(1_234_567.0)),
            ("1.234.567", Some(1_234_567.0)),
            ("1.234,5", Some(1234.5)),
            ("3,5", Some(3.5)),
            ("0.25", Some(0.25)),
            ("1.2.3", None),
            ("1,2,3", None),
        ] {
            assert_eq!(value_of(digits), value, "{digits}");
        }
    }

    #[test]
    fn spelled_out() {
        for (words, value) in [
            ("twenty-three thousand four hundred", 23_400.0),
            ("one hundred and ten", 110.0),
            ("two hundred and three thousand", 203_000.0),
            ("two and a half million", 2.5e6),
            ("3 million and a half", 3.5e6),
            ("half a billion", 5e8),
            ("a quarter of a million", 250_000.0),
            ("three quarters of a billion", 7.5e8),
            ("1.5 lakh crore", 1.5e12),
            ("two point two million", 2.2e6),
            ("9 hundred and twenty", 920.0),
            ("half a dozen", 6.0),
            ("a hundred", 100.0),
            ("40 000", 40_000.0),
            ("3½", 3.5),
            ("2 1/2", 2.5),
            ("three-and-a-half", 3.5),
            ("seventy-eight", 78.0),
            ("ninety trillion two thousand and six", 90_000_000_002_006.0),
        ] {
            assert_eq!(number(words), Some(value), "{words}");
        }
    }

    #[test]
    fn two_numbers_are_not_one() {
        assert_eq!(number("between one hundred and two hundred"), Some(100.0));
        assert_eq!(number("two million two weeks ago"), Some(2e6));
        assert_eq!(number("400 737 jets"), Some(400.0));
        assert_eq!(number("hundreds of people"), None);
    }
}
