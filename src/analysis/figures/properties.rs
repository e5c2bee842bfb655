//! What holds for any text: ranges, indices, order, and time in proportion to the length.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::find;
use crate::analysis::findings::{Change, Direction, Figure, Value};
use crate::analysis::sentences;
use crate::analysis::token::Tokens;
use crate::text::{TextRange, grapheme};

fn found(text: &str) -> (Vec<Figure>, Vec<Change>) {
    let tokens = Tokens::of_range(text, TextRange::new(0, text.len()));
    find(&tokens, &sentences::split(&tokens))
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
        match f.value {
            Value::Exact(x) => assert!(x.is_finite(), "{text:?}: {f:?}"),
            Value::Range { low, high } => assert!(low.is_finite() && high.is_finite() && low < high, "{text:?}: {f:?}"),
            Value::Unknown => {}
        }
    }
    for c in &changes {
        assert!(c.from.is_none_or(|k| k < figures.len()) && c.to.is_none_or(|k| k < figures.len()), "{text:?}: {c:?}");
        assert!(c.from.is_none() || c.from != c.to, "{text:?}: {c:?}");
        assert!(c.evidence.covers(c.range), "{text:?}: {c:?}");
        let grown = c.difference.is_none_or(|d| match c.direction {
            Direction::Up => d > 0.0,
            Direction::Down => d < 0.0,
            Direction::None => d == 0.0,
        });
        assert!(grown, "{text:?}: {c:?}");
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

/// An amount as written, with its value and unit.
fn amount() -> impl Strategy<Value = (String, f64, &'static str)> {
    let forms: Vec<(&str, &str, f64, &'static str)> = vec![
        ("$", " billion", 1e9, "USD"),
        ("$", "m", 1e6, "USD"),
        ("€", "", 1.0, "EUR"),
        ("£", "bn", 1e9, "GBP"),
        ("", " per cent", 1.0, "percent"),
        ("", "%", 1.0, "percent"),
        ("", " million yen", 1e6, "JPY"),
        ("", " basis points", 1.0, "basis_point"),
        ("", " kilometres", 1.0, "kilometre"),
        ("", " years", 1.0, "year"),
    ];
    (2u16..900, prop::sample::select(forms))
        .prop_map(|(n, (sign, unit, worth, name))| (format!("{sign}{n}{unit}"), f64::from(n) * worth, name))
}

proptest! {
    /// Amounts that a list names one after the other are read one by one, whatever stands between them.
    #[test]
    fn a_list_of_amounts_reads_back(list in prop::collection::vec((amount(), prop::sample::select(vec![", ", " and ", "; "])), 1..6)) {
        let text: String = std::iter::once("It listed ").chain(list.iter().flat_map(|((words, ..), tie)| [words.as_str(), tie])).collect();
        let text = text.trim_end_matches([',', ';', ' ']).trim_end_matches(" and").to_owned() + ".";
        let read: Vec<(f64, String)> = found(&text)
            .0
            .iter()
            .map(|f| match f.value {
                Value::Exact(x) => (x, f.unit.as_deref().unwrap_or_default().to_owned()),
                _ => (f64::NAN, String::new()),
            })
            .collect();
        let written: Vec<(f64, String)> = list.iter().map(|((_, value, unit), _)| (*value, (*unit).to_owned())).collect();
        prop_assert_eq!(read, written, "{}", text);
    }
}

/// Sixteen times the text may take four times as long a byte, on a busy machine; what grows with the square would take sixteen times.
#[test]
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
            (0..2)
                .map(|_| {
                    let begun = Instant::now();
                    std::hint::black_box(find(&tokens, &sentences));
                    begun.elapsed()
                })
                .min()
                .unwrap_or_default()
        };
        let (short, long) = (time(4_000), time(64_000));
        assert!(long < short * 64 + Duration::from_millis(20), "{piece:?}: {short:?} for 4 KB, {long:?} for 64 KB");
    }
}
