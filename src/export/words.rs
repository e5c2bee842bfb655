//! Findings in words, for people and screen readers: values with their units, changes, who said how much.

use crate::analysis::Findings;
use crate::analysis::figures::iso_date;
use crate::analysis::findings::{Bound, Change, Figure, Person, Quotation, QuoteKind, SpeakerForm, Value};
use crate::article::Article;

/// What is said where an article does not say who spoke; in a filter it is `unattributed`.
pub const NOT_NAMED: &str = "speaker not named";

/// A number with its thousands apart: `295,000,000,000`, `1.5`. More than four decimals come from a fraction ("a third"): they are rounded.
#[must_use]
pub fn number(value: f64) -> String {
    let exact = value.abs();
    let rounded = (exact * 1e4).round() / 1e4;
    // Small numbers keep the digits that they have.
    let plain = if exact >= 0.01 && rounded.is_finite() { rounded } else { exact }.to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::from(if value < 0.0 { "-" } else { "" });
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A unit as read out after a number: `days`, `percentage points`, `USD`.
fn unit(unit: &str, one: bool) -> String {
    let words = unit.replace('_', " ");
    let keeps = one || words == "percent" || words.ends_with('s') || words.chars().any(|c| !c.is_ascii_lowercase() && c != ' ');
    if keeps { words } else { words + "s" }
}

/// A figure's value as [`figure`] says it; a date as ISO 8601 writes it (`2025-06-05`), where its words in `text` give one.
#[must_use]
pub fn value(of: &Figure, text: &str) -> String {
    if of.value == Value::Unknown { iso_date(of.range.of(text)).unwrap_or_default() } else { figure(of) }
}

/// Who said a quotation, and what that rests on where it is more than a name with a verb of speech: `said by Ada Lee`,
/// `said by Ada Lee (“she”)`, `said by Ada Lee (no cue)` where the text before goes on, `said by Ada Lee (corrected)`; None where the text does not say.
#[must_use]
pub fn said_by(quote: &Quotation, text: &str) -> Option<String> {
    let speaker = quote.speaker.as_ref()?;
    let words = speaker.words.map(|w| w.of(text)).filter(|w| !w.is_empty());
    let resolved = speaker.form == SpeakerForm::Pronoun || speaker.form == SpeakerForm::Nominal && speaker.person.is_some();
    if speaker.form == SpeakerForm::Corrected {
        return Some(format!("said by {} (corrected)", speaker.name));
    }
    let by = words.filter(|_| resolved).map(|w| format!("“{}”", w.split_whitespace().collect::<Vec<_>>().join(" ")));
    let cue = (quote.cue.is_none() && quote.kind != QuoteKind::Block).then(|| "no cue".to_owned());
    let ground: Vec<String> = by.into_iter().chain(cue).collect();
    let ground = if ground.is_empty() { String::new() } else { format!(" ({})", ground.join(", ")) };
    Some(format!("said by {}{ground}", speaker.name))
}

/// The channel of a quotation in the middle of a line: `the ministry`, also where it opens its sentence.
#[must_use]
pub fn via(quote: &Quotation, text: &str) -> Option<String> {
    let words = quote.via?.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let article = ["The ", "A ", "An ", "His ", "Her ", "Its ", "Their "].into_iter().find(|a| words.starts_with(a));
    Some(article.map_or(words.clone(), |a| a.to_lowercase() + words.strip_prefix(a).unwrap_or_default()))
}

/// A figure's value with its unit and bound: `more than 8 years`, `3 to 5 percent`; empty when there is no number.
#[must_use]
pub fn figure(figure: &Figure) -> String {
    let (amount, one) = match figure.value {
        Value::Exact(v) => (number(v), v == 1.0),
        Value::Range { low, high } => (format!("{} to {}", number(low), number(high)), false),
        Value::Unknown => return String::new(),
    };
    let bound = match figure.bound {
        Some(Bound::MoreThan) => "more than ",
        Some(Bound::LessThan) => "less than ",
        Some(Bound::AtLeast) => "at least ",
        Some(Bound::AtMost) => "at most ",
        Some(Bound::About) => "about ",
        None => "",
    };
    let unit = figure.unit.as_deref().map(|u| format!(" {}", unit(u, one))).unwrap_or_default();
    format!("{bound}{amount}{unit}")
}

/// A change: `145 percent to 30 percent, -115 percentage points`.
#[must_use]
pub fn change(change: &Change, found: &Findings) -> String {
    let end = |index: Option<usize>| index.and_then(|i| found.figures.get(i)).map(figure).filter(|v| !v.is_empty());
    let ends = match (end(change.from), end(change.to)) {
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("to {to}")),
        (None, None) => None,
    };
    let difference = change.difference.map(|d| {
        let sign = if d > 0.0 { "+" } else { "" };
        let unit = change.unit.as_deref().map(|u| format!(" {}", unit(u, d.abs() == 1.0))).unwrap_or_default();
        format!("{sign}{}{unit}", number(d))
    });
    let factor = change.factor.map(|f| format!("times {}", number((f * 1000.0).round() / 1000.0)));
    let parts: Vec<String> = [ends, difference, factor].into_iter().flatten().collect();
    if parts.is_empty() { change.direction.name().to_owned() } else { parts.join(", ") }
}

/// A person with offices and affiliation: `Scott Bessent (Treasury Secretary)`.
#[must_use]
pub fn person(person: &Person) -> String {
    let known: Vec<&str> = person.roles.iter().map(String::as_str).chain(person.affiliation.as_deref()).collect();
    if known.is_empty() { person.name.clone() } else { format!("{} ({})", person.name, known.join(", ")) }
}

/// 240 words of six characters: how fast people read news.
const BYTES_A_MINUTE: usize = 1440;

/// How long an article takes to read, in minutes, one at least.
#[must_use]
pub fn minutes(article: &Article) -> usize {
    article.text.len().div_ceil(BYTES_A_MINUTE).max(1)
}

/// How long it takes to read on from byte `at`, in whole minutes, begun ones counted; 0 at the end.
#[must_use]
pub fn minutes_left(article: &Article, at: usize) -> usize {
    article.text.trim_end().len().saturating_sub(at).div_ceil(BYTES_A_MINUTE)
}

/// One speaker's share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share<'a> {
    /// The speaker; `None` for what nobody is named for.
    pub speaker: Option<&'a str>,
    /// How many quotations.
    pub quotes: usize,
    /// How many words in them.
    pub words: usize,
    /// Part of all quoted words, in whole per cent.
    pub percent: usize,
}

/// Who is quoted how much, most words first. Nested quotations and mentions do not count.
#[must_use]
pub fn shares<'a>(article: &Article, found: &'a Findings) -> Vec<Share<'a>> {
    let mut shares: Vec<Share<'a>> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for quote in found.quotes.iter().filter(|q| q.kind.is_speech()) {
        let speaker = quote.speaker.as_ref().map(|s| &*s.name);
        let place = *places.entry(speaker).or_insert_with(|| {
            shares.push(Share { speaker, quotes: 0, words: 0, percent: 0 });
            shares.len() - 1
        });
        shares[place].quotes += 1;
        shares[place].words += words_in(article, quote);
    }
    let all: usize = shares.iter().map(|s| s.words).sum();
    for share in &mut shares {
        share.percent = (share.words * 100 + all / 2) / all.max(1);
    }
    shares.sort_by_key(|s| std::cmp::Reverse(s.words));
    shares
}

fn words_in(article: &Article, quote: &Quotation) -> usize {
    let words = |r: &crate::text::TextRange| r.of(&article.text).split_whitespace().filter(|w| w.contains(char::is_alphanumeric)).count();
    quote.parts.iter().map(words).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::findings::{Direction, FigureKind};
    use crate::text::TextRange;

    fn figure_of(value: Value, unit: Option<&'static str>) -> Figure {
        Figure {
            range: TextRange::empty(0),
            kind: FigureKind::Percent,
            value,
            unit: unit.map(Into::into),
            bound: None,
            topic: None,
            applies_to: None,
            set_by: None,
            period: None,
        }
    }

    #[test]
    fn values_read_as_words() {
        assert_eq!(figure(&figure_of(Value::Exact(295e9), Some("USD"))), "295,000,000,000 USD");
        assert_eq!(figure(&figure_of(Value::Exact(1.0), Some("day"))), "1 day");
        assert_eq!(figure(&figure_of(Value::Range { low: 1234.5, high: 2e3 }, Some("day"))), "1,234.5 to 2,000 days");
        let bound = Figure { bound: Some(Bound::AtLeast), ..figure_of(Value::Exact(-7.0), None) };
        assert_eq!(figure(&bound), "at least -7");
        assert_eq!(figure(&figure_of(Value::Unknown, None)), "");
        assert_eq!(figure(&figure_of(Value::Exact(1.0 / 3.0), None)), "0.3333");
        let date = Figure { range: TextRange::new(3, 9), ..figure_of(Value::Unknown, None) };
        assert_eq!(value(&date, "on 5 June it rained"), "XXXX-06-05");
        assert_eq!(value(&date, "on Friday it rained"), "");
    }

    #[test]
    fn a_change_says_both_ends_and_the_difference() {
        let figures = vec![figure_of(Value::Exact(145.0), Some("percent")), figure_of(Value::Exact(30.0), Some("percent"))];
        let found = Findings { figures, ..Findings::default() };
        let mut one = Change {
            range: TextRange::empty(0),
            from: Some(0),
            to: Some(1),
            direction: Direction::Down,
            difference: Some(-115.0),
            factor: None,
            unit: Some("percentage_point".into()),
            evidence: TextRange::empty(0),
        };
        assert_eq!(change(&one, &found), "145 percent to 30 percent, -115 percentage points");
        one = Change { from: None, to: None, difference: None, factor: Some(0.5), ..one };
        assert_eq!(change(&one, &found), "times 0.5");
    }

    #[test]
    fn who_said_it_and_how_the_text_says_so() {
        let text = "Anna Lee wrote a letter. “We go,” she said. Anna Lee was calm. “We stay.” “No,” said the union.";
        let article = crate::ingest::from_text(text);
        let found = crate::analysis::analyse(&article);
        let said: Vec<Option<String>> = found.quotes.iter().map(|q| said_by(q, &article.text)).collect();
        let want = ["said by Anna Lee (“she”)", "said by Anna Lee (“she”, no cue)", "said by the union"];
        assert_eq!(said, want.map(|w| Some(w.to_owned())));
    }

    #[test]
    fn a_channel_is_told_in_small_letters() {
        let text = "The ministry quoted Anna Lee as saying: “We go.”";
        let article = crate::ingest::from_text(text);
        let found = crate::analysis::analyse(&article);
        assert_eq!(via(&found.quotes[0], &article.text).as_deref(), Some("the ministry"));
    }
}
