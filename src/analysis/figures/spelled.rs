//! Numbers in words: "twenty-three thousand four hundred", "two and a half million", "two-thirds", "twenty-first".

use super::number::{Number, Style, value_of, vulgar_at};
use super::view::View;
use super::words::{magnitude, rank, small};
use crate::analysis::lexicon::Class;

/// Longer numbers are read no further: a bound on every walk.
const LONGEST: usize = 24;

/// A number of words, a fraction or an ordinal at token `at`.
pub(super) fn words_at(v: View<'_>, at: usize) -> Option<Number> {
    if let Some(value) = vulgar_at(v, at) {
        return Some(scaled_fraction(v, Number { first: at, last: at, value, magnitude: 1.0, style: Style::Fraction }));
    }
    if v.has(at, Class::FRACTION) && !v.has(at, Class::NUMBER) {
        return lone_fraction(v, at);
    }
    let article = v.any(at.wrapping_sub(1), &["a", "an"]);
    let seed = Number { first: at, last: at, value: 0.0, magnitude: 1.0, style: Style::Words };
    if v.eq(at, "couple") {
        let of = v.eq(at + 1, "of");
        let first = if article { at - 1 } else { at };
        let scale = magnitude(v.text(at + 2)).filter(|&m| m >= 1e3 && v.has(at + 2, Class::NUMBER));
        return match scale.filter(|_| of) {
            Some(m) => Some(Number { first, last: at + 2, value: 2.0 * m, magnitude: m, ..seed }),
            None => (of && v.has(at + 2, Class::DURATION)).then_some(Number { first, last: at + 1, value: 2.0, ..seed }),
        };
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
    Some(with_part(v, n))
}

/// "half", "a third", "a quarter of a million".
fn lone_fraction(v: View<'_>, at: usize) -> Option<Number> {
    let (below, plural) = rank(v.text(at))?;
    let half = v.eq(at, "half");
    let article = v.any(at.wrapping_sub(1), &["a", "an"]);
    // "half-life" and "quarter-final" are words
    let tied = v.past_hyphen(at + 1);
    let compound =
        tied > at + 1 && !v.has(tied, Class::NUMBER.or(Class::DURATION).or(Class::PHYSICAL)) && !v.any(tied, &["percentage", "point"]);
    let clock = half && v.eq(at + 1, "past");
    // the second half of a match or a year is a time, not a part
    let period = half && v.any(at.wrapping_sub(1), &["first", "second", "other", "latter", "better", "next", "this", "each", "the"]);
    if plural || compound || period || clock {
        return None;
    }
    let tail = tied == at + 1;
    let fraction = half
        || (below >= 3.0 && article && tail && ends_fraction(v, at + 1))
        || (v.eq(at, "quarter") && (scales(v, at + 1) || v.eq(tied, "point")));
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
            &[
                "of", "in", "on", "from", "to", "since", "by", "and", "or", "as", "more", "less", "higher", "lower", "last", "this",
                "over", "compared", "at", "were", "was", "are", "is", "have", "had", "said", "say", "do", "did", "will", "would",
            ],
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
pub(super) fn spelled(v: View<'_>, start: Number) -> Option<Number> {
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
        if let Some((part, last)) = part_behind(v, i).filter(|_| !(joined || from_digits && start.magnitude == 1.0 && current > 1e4)) {
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
        // "$5 billion and 12 people": behind digits only a hundred goes on with "and"
        let goes_on = !from_digits || v.eq(i - 1, "hundred") || best.last > start.last;
        if (v.eq(i, "and") || v.is(i, '&')) && goes_on && !open && !joined && (current % 100.0 == 0.0) && (current > 0.0 || total > 0.0) {
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
