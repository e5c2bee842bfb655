//! Findings as JSON, one object an article: the record of `extract`. Offsets are code points, half-open.
//!
//! Fields stand in the order of the types below and are absent when unknown.

use serde::Serialize;

use crate::analysis::figures::iso_date;
use crate::analysis::findings::{self, Value};
use crate::analysis::{Findings, Kinds};
use crate::article::{Article, BlockKind};
use crate::store::digest;
use crate::text::{CodePoints, TextRange};

/// One article's findings, ready to be written.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    text_sha256: String,
    offset_unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quotes: Option<Vec<Quote<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    people: Option<Vec<Person<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<Vec<Figure<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<Change<'a>>>,
    blocks: Vec<Block>,
}

#[derive(Debug, Serialize)]
struct Quote<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    parts: Vec<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<Speaker<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    via: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<[usize; 2]>,
}

#[derive(Debug, Serialize)]
struct Speaker<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
    form: &'static str,
}

#[derive(Debug, Serialize)]
struct Person<'a> {
    id: String,
    name: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    roles: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    affiliation: Option<&'a str>,
    mentions: Vec<Mention<'a>>,
}

#[derive(Debug, Serialize)]
struct Mention<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    form: &'static str,
}

#[derive(Debug, Serialize)]
struct Figure<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Normal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    high: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bound: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    applies_to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    set_by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<&'a str>,
}

/// A normalised value: a number, or the date in ISO 8601.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Normal {
    Number(f64),
    Date(String),
}

#[derive(Debug, Serialize)]
struct Change<'a> {
    start: usize,
    end: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<usize>,
    direction: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    factor: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    evidence: [usize; 2],
}

#[derive(Debug, Serialize)]
struct Block {
    start: usize,
    end: usize,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

/// The id of person number `index` in outputs: "p1" is the first.
#[must_use]
pub fn person_id(index: usize) -> String {
    format!("p{}", index + 1)
}

/// Turns findings into the record of one article. Lists that are not in `kinds` are left out; `with_text` adds the text itself.
#[must_use]
pub fn record<'a>(id: &'a str, article: &'a Article, found: &'a Findings, kinds: Kinds, with_text: bool) -> Record<'a> {
    let text = article.text.as_str();
    let map = CodePoints::new(text);
    let pair = |r: TextRange| [map.at_byte(text, r.start()), map.at_byte(text, r.end())];
    let words = |r: Option<TextRange>| r.map(|r| r.of(text));
    let quotes = found.quotes.iter().map(|q| {
        let [start, end] = pair(q.range);
        Quote {
            start,
            end,
            text: q.range.of(text),
            kind: q.kind.name(),
            reason: match q.kind {
                findings::QuoteKind::Mention(reason) => Some(reason.name()),
                _ => None,
            },
            parts: q.parts.iter().map(|&p| pair(p)).collect(),
            speaker: q.speaker.as_ref().map(|s| {
                let at = s.words.map(pair);
                Speaker {
                    name: &s.name,
                    person: s.person.map(person_id),
                    words: words(s.words),
                    start: at.map(|a| a[0]),
                    end: at.map(|a| a[1]),
                    form: s.form.name(),
                }
            }),
            cue: words(q.cue),
            via: words(q.via),
            evidence: q.evidence.map(pair),
        }
    });
    let people = found.people.iter().enumerate().map(|(i, p)| Person {
        id: person_id(i),
        name: &p.name,
        roles: &p.roles,
        affiliation: p.affiliation.as_deref(),
        mentions: p
            .mentions
            .iter()
            .map(|m| {
                let [start, end] = pair(m.range);
                Mention { start, end, text: m.range.of(text), form: m.form.name() }
            })
            .collect(),
    });
    let figures = found.figures.iter().map(|f| {
        let [start, end] = pair(f.range);
        let (value, low, high) = match f.value {
            Value::Exact(v) => (Some(Normal::Number(v)), None, None),
            Value::Range { low, high } => (None, Some(low), Some(high)),
            Value::Unknown => (iso_date(f.range.of(text)).map(Normal::Date), None, None),
        };
        Figure {
            start,
            end,
            text: f.range.of(text),
            kind: f.kind.name(),
            value,
            low,
            high,
            unit: f.unit.as_deref(),
            bound: f.bound.map(findings::Bound::name),
            topic: f.topic,
            applies_to: words(f.applies_to),
            set_by: words(f.set_by),
            period: words(f.period),
        }
    });
    let changes = found.changes.iter().map(|c| {
        let [start, end] = pair(c.range);
        Change {
            start,
            end,
            from: c.from,
            to: c.to,
            direction: c.direction.name(),
            difference: c.difference,
            factor: c.factor,
            unit: c.unit.as_deref(),
            evidence: pair(c.evidence),
        }
    });
    let blocks = article.blocks.iter().map(|b| {
        let [start, end] = pair(b.range);
        let reason = match b.kind {
            BlockKind::Boilerplate(reason) => Some(reason.words()),
            _ => None,
        };
        Block { start, end, kind: b.kind.name(), reason }
    });
    Record {
        id,
        title: article.meta.title.as_deref(),
        text_sha256: digest::sha256(text.as_bytes()),
        offset_unit: "codepoint",
        text: with_text.then_some(text),
        quotes: kinds.quotes.then(|| quotes.collect()),
        people: kinds.people.then(|| people.collect()),
        figures: (kinds.figures || kinds.changes).then(|| figures.collect()),
        changes: kinds.changes.then(|| changes.collect()),
        blocks: blocks.collect(),
    }
}
