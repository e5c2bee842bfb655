//! What holds for any text: ranges, indices, order, and time in proportion to the length.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::read;
use crate::analysis::findings::{Change, Figure};
use crate::analysis::sentences;
use crate::analysis::token::Tokens;
use crate::text::{TextRange, grapheme};

fn found(text: &str) -> (Vec<Figure>, Vec<Change>) {
    let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
    read(&tokens, &sentences::split(&tokens))
}

/// Words that stand near figures, in any order.
fn soup() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "1",
        "12",
        "3.5",
        "1,234",
        "2024",
        "09",
        "145",
        "$",
        "€",
        "US",
        "£",
        "%",
        "per",
        "cent",
        "point",
        "points",
        "percentage",
        "basis",
        "m",
        "bn",
        "million",
        "billion",
        "lakh",
        "crore",
        "half",
        "a",
        "an",
        "one",
        "two",
        "twenty",
        "hundred",
        "thousand",
        "third",
        "quarter",
        "and",
        "or",
        "to",
        "from",
        "between",
        "by",
        "up",
        "down",
        "rose",
        "fell",
        "cut",
        "doubled",
        "halved",
        "tariff",
        "tariffs",
        "on",
        "goods",
        "for",
        "over",
        "year",
        "day",
        "hours",
        "feet",
        "inches",
        "in",
        "out",
        "of",
        "June",
        "Thursday",
        "p",
        ".",
        ",",
        "-",
        "–",
        "(",
        ")",
        "/",
        ":",
        "½",
        "°",
        "C",
        "’",
        "s",
        "+",
        "−",
        "\u{301}",
        "\u{20e3}",
        "é",
        "old",
        "long",
        "times",
        "fold",
        "th",
        "pounds",
        "dollars",
        "cents",
        "more",
        "than",
        "at",
        "least",
    ]);
    let glue = prop::sample::select(vec!["", " ", " ", "\u{a0}"]);
    prop::collection::vec((words, glue), 0..40).prop_map(|parts| parts.into_iter().flat_map(|(word, glue)| [word, glue]).collect())
}

fn holds(text: &str) {
    let (figures, changes) = found(text);
    let boundary = |at: usize| grapheme::floor(text, at) == at;
    let mut end = 0;
    for f in &figures {
        assert!(boundary(f.range.start()) && boundary(f.range.end()), "{text:?}: {f:?}");
        assert!(end <= f.range.start() && !f.range.is_empty(), "{text:?}: {f:?} overlaps");
        end = f.range.end();
    }
    for c in &changes {
        assert!(c.from.is_none_or(|k| k < figures.len()) && c.to.is_none_or(|k| k < figures.len()), "{text:?}: {c:?}");
        assert!(c.from.is_none() || c.from != c.to, "{text:?}: {c:?}");
        assert!(c.evidence.covers(c.range) || c.range.overlaps(c.evidence), "{text:?}: {c:?}");
    }
}

proptest! {
    #[test]
    fn any_words_of_figures(text in soup()) {
        holds(&text);
    }

    #[test]
    fn any_digits_and_signs(text in "[0-9.,:/$€£%+() -]{0,60}") {
        holds(&text);
    }

    #[test]
    fn any_text(text in "\\PC{0,60}") {
        holds(&text);
    }
}

/// Twice the text must not take much more than twice the time. Timed, so it is run by hand: `cargo test -- --ignored linear`.
#[test]
#[ignore = "timed"]
fn linear_in_hostile_text() {
    for piece in [
        "1",
        "1 ",
        "1-",
        "1-a-",
        "1/2/",
        "1.",
        "1,",
        "1:",
        "from 1 to 2 to 3 ",
        "one hundred and ",
        "one over ",
        "1 over ",
        "a quarter of ",
        "$",
        "$1-",
        "doubled to 2 from 3 ",
        "between 1 and ",
        "tariff on 5% ",
        "1 foot 2 inches ",
        "2 to ",
        "\u{20e3}1",
        "for a year ",
        "up from 3% ",
        "-",
        "½",
        "(1) ",
    ] {
        let time = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let tokens = Tokens::of_range(&text, TextRange::new(0, text.len()));
            let sentences = sentences::split(&tokens);
            (0..3)
                .map(|_| {
                    let begun = Instant::now();
                    std::hint::black_box(read(&tokens, &sentences));
                    begun.elapsed()
                })
                .min()
                .unwrap_or_default()
        };
        let (once, twice) = (time(100_000), time(200_000));
        assert!(twice < once * 4 + Duration::from_millis(5), "{piece:?}: {once:?} for 100 KB, {twice:?} for 200 KB");
    }
}
