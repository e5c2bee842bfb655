//! Numbers as written: digits with English, Indian or European grouping, spelled-out numbers, fractions, magnitudes.

use super::view::{View, folded};
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

/// Longer numbers are read no further: a bound on every walk.
const LONGEST: usize = 24;

/// The number that starts at token `at`, if one does. `money`: a currency stands before it, so that "m" is a million.
pub(super) fn parse(v: View<'_>, at: usize, money: bool) -> Option<Number> {
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
    } else if v.number(at + 1) && v.is(at + 2, '/') && v.glued(at + 2) && v.glued(at + 3) {
        if let Some(Number { value: part, style: Style::Fraction, last: end, .. }) = digits_at(v, at + 1, false) {
            (value, last) = (value + part, end);
        }
    }
    let mut n = Number { first, last, value, magnitude: 1.0, style };
    if let Some((m, end)) = suffix(v, last, money) {
        n = Number { last: end, value: value * m, magnitude: m, ..n };
    }
    Some(over(v, spelled(v, n).unwrap_or(n)))
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
        "m" if !money && metres(v, i + 1) => return None,
        "m" | "M" | "MM" => 1e6,
        "mm" if money => 1e6,
        "b" | "B" => 1e9,
        "t" | "T" if money => 1e12,
        _ => return None,
    };
    Some((m, i))
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

/// What a word of magnitude multiplies by; "hundred" and "dozen" too.
fn magnitude(word: &str) -> Option<f64> {
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
fn small(word: &str) -> Option<f64> {
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

/// A number of words, a fraction or an ordinal at token `at`.
fn words_at(v: View<'_>, at: usize) -> Option<Number> {
    if let Some(value) = vulgar_at(v, at) {
        return Some(scaled_fraction(v, Number { first: at, last: at, value, magnitude: 1.0, style: Style::Fraction }));
    }
    if v.has(at, Class::FRACTION) && !v.has(at, Class::NUMBER) {
        return lone_fraction(v, at);
    }
    let article = v.any(at.wrapping_sub(1), &["a", "an"]);
    let seed = Number { first: at, last: at, value: 0.0, magnitude: 1.0, style: Style::Words };
    if v.eq(at, "couple") {
        let time = v.eq(at + 1, "of") && v.has(at + 2, Class::DURATION);
        return time.then_some(Number { first: if article { at - 1 } else { at }, last: at + 1, value: 2.0, ..seed });
    }
    let mut n = if let Some(value) = small(v.text(at)) {
        Number { value, ..seed }
    } else {
        // A magnitude alone needs its article ("a million"); "hundred thousand" is said without.
        let value = magnitude(v.text(at))?;
        let plural = v.text(at).ends_with(['s', 'S']);
        let further = v.has(v.past_hyphen(at + 1), Class::NUMBER);
        if plural || !(article || (further && v.eq(at, "hundred"))) {
            return None;
        }
        Number { first: if article { at - 1 } else { at }, value, magnitude: if value >= 1e3 { value } else { 1.0 }, ..seed }
    };
    n = spelled(v, n).unwrap_or(n);
    Some(over(v, with_part(v, n)))
}

/// "half", "a third", "a quarter of a million".
fn lone_fraction(v: View<'_>, at: usize) -> Option<Number> {
    let (below, plural) = rank(v.text(at))?;
    let half = v.eq(at, "half");
    let article = v.any(at.wrapping_sub(1), &["a", "an"]);
    // "half-life" and "quarter-final" are words
    let tied = v.past_hyphen(at + 1);
    let compound = tied > at + 1 && !v.has(tied, Class::NUMBER.or(Class::DURATION).or(Class::PHYSICAL)) && !v.eq(tied, "percentage");
    if plural || compound {
        return None;
    }
    let tail = v.past_hyphen(at + 1) == at + 1;
    let fraction = half || (below >= 3.0 && article && tail && ends_fraction(v, at + 1)) || (v.eq(at, "quarter") && scales(v, at + 1));
    let first = if article { at - 1 } else { at };
    if fraction {
        return Some(scaled_fraction(v, Number { first, last: at, value: 1.0 / below, magnitude: 1.0, style: Style::Fraction }));
    }
    let named = half || v.eq(at, "quarter");
    (!named).then_some(Number { first: at, last: at, value: below, magnitude: 1.0, style: Style::Ordinal })
}

/// True when "a third" ends there: it is a part, not the first word of "a third buyer".
fn ends_fraction(v: View<'_>, i: usize) -> bool {
    !v.word(i)
        || v.any(
            i,
            &["of", "in", "on", "from", "to", "since", "by", "and", "or", "as", "more", "less", "last", "this", "over", "compared", "at"],
        )
}

/// True when "of a million", "a billion", "million" goes on at token `i`.
fn scales(v: View<'_>, i: usize) -> bool {
    let i = if v.eq(i, "of") { i + 1 } else { i };
    let i = if v.any(i, &["a", "an"]) { i + 1 } else { i };
    v.has(i, Class::NUMBER) && magnitude(v.text(i)).is_some()
}

/// "half a billion", "three quarters of a million", "half million".
fn scaled_fraction(v: View<'_>, n: Number) -> Number {
    let mut i = v.past_hyphen(n.last + 1);
    if v.eq(i, "of") {
        i += 1;
    }
    if v.any(i, &["a", "an"]) {
        i += 1;
    }
    match magnitude(v.text(i)).filter(|_| v.has(i, Class::NUMBER) && !v.text(i).ends_with('s')) {
        Some(m) => Number { last: i, value: n.value * m, magnitude: m, style: Style::Words, ..n },
        None => n,
    }
}

/// "one over twenty"
fn over(v: View<'_>, n: Number) -> Number {
    let below = n.last + 2;
    if n.value != 1.0 || !v.eq(n.last + 1, "over") || !(v.number(below) || v.has(below, Class::NUMBER)) {
        return n;
    }
    match parse(v, below, false) {
        Some(b) if b.value > 1.0 && b.style != Style::Fraction && !v.word(b.last + 1) => {
            Number { last: b.last, value: 1.0 / b.value, style: Style::Fraction, ..n }
        }
        _ => n,
    }
}

/// A fraction or an ordinal made of the number and the word behind it: "two-thirds", "twenty-first".
fn with_part(v: View<'_>, n: Number) -> Number {
    let i = v.past_hyphen(n.last + 1);
    let Some((below, plural)) = v.has(i, Class::FRACTION).then(|| rank(v.text(i))).flatten() else { return n };
    let quarter = v.any(i, &["quarter", "quarters"]);
    let part =
        if quarter { n.value == 1.0 || (n.value == 3.0 && !span_of_time(v, n.first)) } else { plural || n.value == 1.0 || v.eq(i, "half") };
    if part && below >= 2.0 && !v.eq(i, "second") {
        return scaled_fraction(v, Number { last: i, value: n.value / below, style: Style::Fraction, ..n });
    }
    if !plural && !quarter && n.value >= 20.0 && below < 10.0 && n.value % 10.0 == 0.0 {
        return Number { last: i, value: n.value + below, style: Style::Ordinal, ..n };
    }
    if !plural && below >= 100.0 {
        return Number { last: i, value: n.value * below, style: Style::Ordinal, ..n };
    }
    n
}

/// True when the number before "quarters" counts quarters of a year.
fn span_of_time(v: View<'_>, first: usize) -> bool {
    v.any(first.wrapping_sub(1), &["last", "past", "next", "first", "previous", "consecutive", "straight", "for"])
}

/// Goes on with words of number behind `start`; none when nothing is added.
fn spelled(v: View<'_>, start: Number) -> Option<Number> {
    let (mut total, mut current, mut smallest) =
        if start.magnitude > 1.0 { (start.value, 0.0, start.magnitude) } else { (0.0, start.value, f64::INFINITY) };
    let mut best = start;
    let mut joined = false; // by "and" since `best`
    let open = v.any(start.first.wrapping_sub(1), &["between"]);
    let mut i = start.last + 1;
    let from_digits = start.style == Style::Digits;
    while i < start.last + LONGEST {
        let apart = v.is(i, '-') && !v.glued(i) && current % 100.0 >= 20.0 && small(v.text(i + 1)).is_some_and(|w| w < 10.0);
        let next = if apart { i + 1 } else { v.past_hyphen(i) }; // "fifty - two" in text whose tokens are set apart
        let word = v.text(next);
        if let Some((part, last)) = part_behind(v, i).filter(|_| !joined && !(from_digits && start.magnitude == 1.0 && current > 1e4)) {
            let own = magnitude(v.text(last + 1)).filter(|&m| m < smallest && current == 0.0 && v.has(last + 1, Class::NUMBER));
            match (own, current == 0.0 && total > 0.0) {
                (Some(m), true) => total += part * m, // "one billion and a half million"
                (_, true) => total += part * smallest,
                _ => current += part,
            }
            let last = if own.is_some() && total > 0.0 { last + 1 } else { last };
            best = Number { last, value: total + current, ..best };
            i = last + 1;
            continue;
        }
        if (v.eq(i, "and") || v.is(i, '&')) && !open && !joined && (current % 100.0 == 0.0) && (current > 0.0 || total > 0.0) {
            joined = true;
            i += 1;
            continue;
        }
        if let Some(more) = digits_within(v, next, joined, total, current) {
            current += more;
            joined = false;
            best = Number { last: next, value: total + current, ..best };
            i = next + 1;
            continue;
        }
        if !v.has(next, Class::NUMBER) {
            if v.eq(i, "point")
                && !from_digits
                && let Some((decimals, last)) = decimals(v, i + 1)
            {
                current += decimals;
                best = Number { last, value: total + current, ..best };
                i = last + 1;
                continue;
            }
            break;
        }
        if let Some(w) = small(word) {
            let fits = current == 0.0 && total > 0.0
                || current >= 100.0 && current % 100.0 == 0.0
                || (current % 100.0 >= 20.0 && current % 10.0 == 0.0 && (1.0..10.0).contains(&w));
            let bare_digits = from_digits && total == 0.0 && current == start.value;
            if !fits || bare_digits || v.has(next + 1, Class::DURATION) && total > 0.0 && !joined {
                break;
            }
            current += w;
        } else if let Some(m) = magnitude(word) {
            if m < 1e3 {
                if (current >= 100.0 && m == 100.0) || (joined && current == 0.0) {
                    break;
                }
                current = current.max(1.0) * m;
            } else if total > 0.0 && current == 0.0 {
                total *= m; // "lakh crore"
                smallest *= m;
            } else if m >= smallest {
                break;
            } else {
                total += current.max(1.0) * m;
                (current, smallest) = (0.0, m);
            }
        } else {
            break;
        }
        // An "and" counts only with what follows it: "between one hundred and two hundred" is two numbers.
        let conflict = joined
            && magnitude(v.text(v.past_hyphen(next + 1)))
                .is_some_and(|m| v.has(v.past_hyphen(next + 1), Class::NUMBER) && (m >= smallest || (m < 1e3 && current >= 100.0)));
        if conflict {
            break;
        }
        joined = false;
        let magnitude = if current == 0.0 { smallest } else { 1.0 };
        best = Number { last: next, value: total + current, magnitude, ..best };
        i = next + 1;
    }
    (best != start).then_some(best)
}

/// Digits that go on with a number: "4 thousand 3 hundred", "3 hundred and 21".
fn digits_within(v: View<'_>, i: usize, joined: bool, total: f64, current: f64) -> Option<f64> {
    let n = if v.number(i) { value_of(v.text(i))? } else { return None };
    let hundreds = total > 0.0 && current == 0.0 && n < 10.0 && v.eq(i + 1, "hundred");
    let hundreds_before = (current >= 100.0 && current % 100.0 == 0.0) || (current == 0.0 && total >= 100.0);
    let units = joined && hundreds_before && n > 0.0 && n < 100.0 && n.fract() == 0.0 && !v.is(i + 1, '%') && !v.has(i + 1, Class::NUMBER);
    (hundreds || units).then_some(n)
}

/// "point two five" as decimals.
fn decimals(v: View<'_>, mut i: usize) -> Option<(f64, usize)> {
    let (mut value, mut place, begun) = (0.0, 0.1, i);
    while i < begun + 8
        && let Some(d) = small(v.text(i)).filter(|&d| d < 10.0)
    {
        value += d * place;
        place /= 10.0;
        i += 1;
    }
    (i > begun).then(|| (value, i - 1))
}

/// "and a half", "-and-a-half", "and three quarters" at token `i`.
pub(super) fn part_behind(v: View<'_>, i: usize) -> Option<(f64, usize)> {
    let i = v.past_hyphen(i);
    if !v.eq(i, "and") {
        return None;
    }
    let mut k = v.past_hyphen(i + 1);
    let mut above = 1.0;
    if v.any(k, &["a", "an", "one"]) {
        k = v.past_hyphen(k + 1);
    } else if let Some(n) = small(v.text(k)).filter(|&n| n >= 2.0) {
        above = n;
        k = v.past_hyphen(k + 1);
    } else if !v.eq(k, "half") {
        return None;
    }
    let (below, plural) = v.has(k, Class::FRACTION).then(|| rank(v.text(k))).flatten()?;
    let usual =
        v.eq(k, "half") || v.eq(k.wrapping_sub(1), "one") || v.eq(k, "quarter") || plural || (below == 3.0 && ends_fraction(v, k + 1));
    (usual && below > 1.0 && plural == (above > 1.0)).then_some((above / below, k))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::token::Tokens;
    use crate::text::TextRange;

    fn number(text: &str) -> Option<f64> {
        let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
        let view = View { tokens: &tokens, start: 0, end: tokens.list.len() };
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
