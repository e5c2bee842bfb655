//! Bounds beside a value: "more than", "nearly", "or more".

use super::measure::{Measure, Unit};
use super::view::{View, folded};
use crate::analysis::findings::Bound::{self, About, AtLeast, AtMost, LessThan, MoreThan};

/// Bounds of several words, the last word first.
const PHRASES: &[(&[&str], Bound)] = &[
    (&["than", "more"], MoreThan),
    (&["than", "greater"], MoreThan),
    (&["than", "higher"], MoreThan),
    (&["than", "bigger"], MoreThan),
    (&["than", "larger"], MoreThan),
    (&["than", "less"], LessThan),
    (&["than", "fewer"], LessThan),
    (&["than", "lower"], LessThan),
    (&["than", "smaller"], LessThan),
    (&["least", "at"], AtLeast),
    (&["most", "at"], AtMost),
    (&["to", "up"], AtMost),
    (&["to", "close"], About),
    (&["as", "much", "as"], AtMost),
    (&["as", "many", "as"], AtMost),
    (&["as", "little", "as"], AtLeast),
    (&["as", "few", "as"], AtLeast),
    (&["of", "upwards"], MoreThan),
    (&["of", "upward"], MoreThan),
    (&["of", "excess", "in"], MoreThan),
    (&["estimated", "an"], About),
    (&["of", "maximum", "a"], AtMost),
    (&["of", "minimum", "a"], AtLeast),
    (&["as", "high", "as"], AtMost),
    (&["as", "low", "as"], AtLeast),
];

/// The words that phrases end in. Most words are in none, and cost no look at the list.
fn ends_a_phrase(word: &str) -> bool {
    matches!(word, "than" | "least" | "most" | "to" | "as" | "of" | "estimated")
}

/// Bounds of one word, in lower case.
fn of_word(word: &str) -> Option<Bound> {
    match word {
        "over" | "above" | "exceeding" | "exceeds" | "exceed" | "exceeded" | "topping" => Some(MoreThan),
        "under" | "below" => Some(LessThan),
        "about" | "around" | "some" | "roughly" | "approximately" | "nearly" | "almost" | "circa" | "perhaps" => Some(About),
        "maximum" => Some(AtMost),
        "minimum" => Some(AtLeast),
        _ => None,
    }
}

/// The bound right before token `first`, and its first token.
pub(super) fn before(v: View<'_>, first: usize) -> Option<(Bound, usize)> {
    let mut last = first.wrapping_sub(1);
    if v.any(last, &["a", "an", "the", "just"]) && v.get(last.wrapping_sub(1)).is_some() {
        last = last.wrapping_sub(1);
    }
    let t = v.get(last)?;
    if !t.is_word() {
        return matches!(t.first, '~' | '≈').then_some((About, last));
    }
    folded(v.text(last), |word| {
        if !ends_a_phrase(word) {
            return of_word(word).map(|bound| (bound, last));
        }
        for (words, bound) in PHRASES.iter().filter(|(words, _)| words[0] == word) {
            if words.iter().enumerate().skip(1).all(|(back, word)| v.eq(last.wrapping_sub(back), word)) {
                let begin = last - (words.len() - 1);
                return Some(match negated(v, begin, *bound) {
                    Some(bound) => (bound, begin - 1),
                    None => (*bound, begin),
                });
            }
        }
        None
    })
}

/// The bound of a figure, from the words before it. "over" before a length of time is one only where something is measured by it: hiring
/// "over 18 months" goes on for 18.
pub(super) fn of(v: View<'_>, m: &Measure) -> Option<Bound> {
    let (bound, begin) = before(v, m.first)?;
    let inner = m.high.is_some() && v.eq(m.first.wrapping_sub(1), "than");
    let span = matches!(m.unit, Unit::Time(_)) && v.eq(begin, "over") && !measured(v, begin, m.last + 1);
    (!inner && !span).then_some(bound)
}

/// True when "over" at token `over` compares a length of time: "for over 8 years", "took over an hour", "over 18 months ago".
fn measured(v: View<'_>, over: usize, behind: usize) -> bool {
    const MEASURING: &[&str] = &[
        "for", "of", "after", "with", "to", "and", "at", "is", "was", "were", "be", "been", "last", "lasts", "lasted", "take", "takes",
        "took", "taken", "wait", "waited", "waiting", "spend", "spent", "served", "stayed", "well", "just", "little", "within", "aged",
        "in",
    ];
    v.any(over.wrapping_sub(1), MEASURING) || v.any(behind, &["ago", "old", "late", "long", "later", "earlier"])
}

/// "no less than", "not more than".
fn negated(v: View<'_>, begin: usize, bound: Bound) -> Option<Bound> {
    if !v.any(begin.wrapping_sub(1), &["no", "not"]) {
        return None;
    }
    match bound {
        MoreThan => Some(AtMost),
        LessThan => Some(AtLeast),
        _ => None,
    }
}

/// The bound right behind: "or more", "or less", "+".
pub(super) fn behind(v: View<'_>, m: &Measure) -> Option<Bound> {
    let next = m.end() + 1;
    if v.is(m.last + 1, '+') && v.glued(m.last + 1) && !v.glued(m.last + 2) {
        return Some(AtLeast);
    }
    if !v.any(next, &["or", "and"]) {
        return None;
    }
    if v.any(next + 1, &["more", "above", "over", "higher", "greater"]) {
        return Some(AtLeast);
    }
    (v.eq(next, "or") && v.any(next + 1, &["less", "fewer", "below", "under", "lower"])).then_some(AtMost)
}

/// The token before a figure and its bound: what ties it to the sentence ("from", "to", "by").
pub(super) fn tie(v: View<'_>, first: usize) -> usize {
    let begin = before(v, first).map_or(first, |(_, begin)| begin);
    let mut tie = begin.wrapping_sub(1);
    for _ in 0..2 {
        let sign = v.is(tie, '+') && v.glued(tie + 1);
        if sign || folded(v.text(tie), is_filler) { tie = tie.wrapping_sub(1) } else { break }
    }
    tie
}

/// Words between a figure and what ties it, in lower case: "from a record 12 %".
fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "just"
            | "only"
            | "its"
            | "record"
            | "current"
            | "high"
            | "low"
            | "of"
            | "range"
            | "new"
            | "average"
            | "around"
            | "about"
            | "near"
            | "nearly"
            | "level"
            | "between"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_ends_in_a_word_that_is_looked_for() {
        for (words, _) in PHRASES {
            assert!(ends_a_phrase(words[0]) && of_word(words[0]).is_none(), "{words:?}");
        }
    }
}
