//! A comparison as lines for people, and as a value for programs.

use serde_json::{Map, Value as Json, json};

use super::{Amount, Comparison, FigureChange, Op, ParagraphChange, QuoteChange, Said, Version, start_of};
use crate::analysis::findings::Value;
use crate::article::Article;
use crate::text::{CodePoints, TextRange};

/// How a part of a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Heading,
    /// What is in both versions.
    Plain,
    /// What only the old one has.
    Cut,
    /// What only the new one has.
    Added,
    /// Places and explanations.
    Quiet,
}

/// One line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// Its parts, from left to right. Untrusted: they hold words of the articles.
    pub parts: Vec<(Tone, String)>,
    /// Columns to the left of it, also of the rows that it goes on over.
    pub indent: usize,
    /// Where in the new text it is about.
    pub place: Option<usize>,
}

impl Line {
    fn new(indent: usize, place: Option<usize>, parts: impl IntoIterator<Item = (Tone, String)>) -> Self {
        Self { parts: parts.into_iter().map(|(tone, text)| (tone, text.replace('\n', " "))).collect(), indent, place }
    }
}

/// Words of an unchanged stretch that are shown around a change.
const AROUND: usize = 60;

/// The whole comparison, line by line; nothing for no change.
#[must_use]
pub fn lines(changes: &Comparison, old: &Article, new: &Article) -> Vec<Line> {
    let mut lines = Vec::new();
    if let Some((before, now)) = &changes.title {
        heading(&mut lines, "Title");
        lines.push(Line::new(2, Some(0), [(Tone::Cut, format!("- {before}"))]));
        lines.push(Line::new(2, Some(0), [(Tone::Added, format!("+ {now}"))]));
    }
    let number = |article: &Article, range: TextRange| article.block_at(range.start()).map_or_else(String::new, |b| format!("¶{}", b + 1));
    if !changes.quotes.is_empty() {
        heading(&mut lines, "Quotations");
        for change in &changes.quotes {
            quote(&mut lines, change, &|said| number(old, said.range), &|said| number(new, said.range));
        }
    }
    if !changes.figures.is_empty() {
        heading(&mut lines, "Figures");
        for change in &changes.figures {
            figure(&mut lines, change, &|a| number(old, a.range), &|a| number(new, a.range));
        }
    }
    if !changes.paragraphs.is_empty() {
        heading(&mut lines, "Paragraphs");
        for change in &changes.paragraphs {
            paragraph(&mut lines, change, old, new, &number);
        }
    }
    lines
}

fn heading(lines: &mut Vec<Line>, words: &str) {
    if !lines.is_empty() {
        lines.push(Line::default());
    }
    lines.push(Line::new(0, None, [(Tone::Heading, words.to_owned())]));
}

fn quote(lines: &mut Vec<Line>, change: &QuoteChange, old_place: &dyn Fn(&Said) -> String, new_place: &dyn Fn(&Said) -> String) {
    let name = |said: &Said| said.speaker.clone().unwrap_or_else(|| "speaker not named".into());
    let (head, at, old, new) = match change {
        QuoteChange::Added(new) => (format!("+ added, {} {}", name(new), new_place(new)), Some(new.range.start()), None, Some(new)),
        QuoteChange::Removed(old) => (format!("- removed, {}, was {}", name(old), old_place(old)), None, Some(old), None),
        QuoteChange::Changed { old, new, reworded, reattributed } => {
            let what = match (reworded, reattributed) {
                (true, true) => "reworded and re-attributed",
                (true, false) => "reworded",
                _ => "re-attributed",
            };
            let who = if *reattributed { format!("{} → {}", name(old), name(new)) } else { name(new) };
            let old = Some(old).filter(|_| *reworded);
            (format!("~ {what}, {who} {}", new_place(new)), Some(new.range.start()), old, Some(new))
        }
    };
    lines.push(Line::new(2, at, [(Tone::Quiet, head)]));
    if let Some(old) = old {
        lines.push(Line::new(6, at, [(Tone::Cut, format!("- {}", old.text))]));
    }
    if let Some(new) = new {
        let only_speaker = matches!(change, QuoteChange::Changed { reworded: false, .. });
        let (tone, sign) = if only_speaker { (Tone::Plain, "  ") } else { (Tone::Added, "+ ") };
        lines.push(Line::new(6, at, [(tone, format!("{sign}{}", new.text))]));
    }
}

fn figure(lines: &mut Vec<Line>, change: &FigureChange, old_place: &dyn Fn(&Amount) -> String, new_place: &dyn Fn(&Amount) -> String) {
    let topic = |a: &Amount| a.topic.as_ref().map_or_else(String::new, |t| format!("  {t}"));
    let line = match change {
        FigureChange::Changed(old, new) => Line::new(
            2,
            Some(new.range.start()),
            [
                (Tone::Plain, "~ ".into()),
                (Tone::Cut, bounded(old, new)),
                (Tone::Plain, " → ".into()),
                (Tone::Added, bounded(new, old)),
                (Tone::Quiet, format!("  {}{}", new_place(new), topic(new))),
            ],
        ),
        FigureChange::Added(new) => Line::new(
            2,
            Some(new.range.start()),
            [(Tone::Added, format!("+ {}", new.text)), (Tone::Quiet, format!("  {}{}", new_place(new), topic(new)))],
        ),
        FigureChange::Removed(old) => {
            Line::new(2, None, [(Tone::Cut, format!("- {}", old.text)), (Tone::Quiet, format!("  was {}{}", old_place(old), topic(old)))])
        }
    };
    lines.push(line);
}

/// The words of a figure; with what stands beside it, where that is another one beside the other.
fn bounded(a: &Amount, other: &Amount) -> String {
    let bound = a.bound.map(|b| b.name().replace('_', " ")).filter(|_| a.bound != other.bound);
    match bound {
        Some(bound) if !a.text.to_lowercase().starts_with(&bound) => format!("{bound} {}", a.text),
        _ => a.text.clone(),
    }
}

fn paragraph(
    lines: &mut Vec<Line>,
    change: &ParagraphChange,
    old: &Article,
    new: &Article,
    number: &dyn Fn(&Article, TextRange) -> String,
) {
    let at = change.new.map(TextRange::start);
    match (change.old, change.new) {
        (None, Some(range)) => {
            let words = format!("+ {}", range.of(&new.text));
            lines.push(Line::new(2, at, [(Tone::Quiet, format!("{} ", number(new, range))), (Tone::Added, words)]));
        }
        (Some(range), None) => {
            let words = format!("- {}", range.of(&old.text));
            lines.push(Line::new(2, None, [(Tone::Quiet, format!("was {} ", number(old, range))), (Tone::Cut, words)]));
        }
        (Some(before), Some(now)) => {
            let place = number(new, now);
            let head = if change.moved { format!("{place} moved, was {} ", number(old, before)) } else { format!("{place} ~ ") };
            let mut parts = vec![(Tone::Quiet, head)];
            if change.pieces.is_empty() {
                parts.push((Tone::Plain, shortened(now.of(&new.text), true, false)));
            }
            for (i, piece) in change.pieces.iter().enumerate() {
                parts.push(match piece.op {
                    Op::Same => (Tone::Plain, shortened(&piece.text, i == 0, i + 1 == change.pieces.len())),
                    Op::Cut => (Tone::Cut, format!("[-{}-]", piece.text)),
                    Op::Added => (Tone::Added, format!("{{+{}+}}", piece.text)),
                });
            }
            lines.push(Line::new(2, at, parts));
        }
        (None, None) => {}
    }
}

/// An unchanged stretch, without its middle when it is long; without its beginning when it is the first piece, its end when the last.
fn shortened(text: &str, first: bool, last: bool) -> String {
    if text.len() <= AROUND * 2 {
        return text.to_owned();
    }
    // Between words, where there are any.
    let head = start_of(text, AROUND);
    let head = head.rsplit_once(' ').map_or(head, |(words, _)| words);
    let from = crate::text::grapheme::ceil(text, text.len() - AROUND);
    let tail = TextRange::new(from, text.len()).of(text);
    let tail = tail.split_once(' ').map_or(tail, |(_, words)| words);
    match (first, last) {
        (true, false) => format!("…{tail}"),
        (_, true) => format!("{head}…"),
        (false, false) => format!("{head} … {tail}"),
    }
}

/// The comparison for programs: positions are code points.
#[must_use]
pub fn to_json(changes: &Comparison, old: Version<'_>, new: Version<'_>) -> Json {
    let maps = (CodePoints::new(&old.article.text), CodePoints::new(&new.article.text));
    let place = |article: &Article, map: &CodePoints, range: TextRange, with_text: bool| {
        let text = &article.text;
        let mut out = Map::new();
        out.insert("start".into(), map.at_byte(text, range.start()).into());
        out.insert("end".into(), map.at_byte(text, range.end()).into());
        if with_text {
            out.insert("text".into(), range.of(text).into());
        }
        out
    };
    let old_place = |range: TextRange| place(old.article, &maps.0, range, true);
    let new_place = |range: TextRange| place(new.article, &maps.1, range, true);
    let said = |mut at: Map<String, Json>, said: &Said| {
        at.insert("speaker".into(), said.speaker.as_deref().into());
        Json::Object(at)
    };
    let amount = |mut at: Map<String, Json>, a: &Amount| {
        match a.value {
            Value::Exact(value) => drop(at.insert("value".into(), json!(value))),
            Value::Range { low, high } => {
                at.insert("low".into(), json!(low));
                at.insert("high".into(), json!(high));
            }
            Value::Unknown => {}
        }
        if let Some(unit) = &a.unit {
            at.insert("unit".into(), unit.as_str().into());
        }
        if let Some(bound) = a.bound {
            at.insert("bound".into(), bound.name().into());
        }
        Json::Object(at)
    };
    let quotes = changes.quotes.iter().map(|change| match change {
        QuoteChange::Added(new) => json!({"change": ["added"], "new": said(new_place(new.range), new)}),
        QuoteChange::Removed(old) => json!({"change": ["removed"], "old": said(old_place(old.range), old)}),
        QuoteChange::Changed { old, new, reworded, reattributed } => {
            let what = [(*reworded, "reworded"), (*reattributed, "reattributed")];
            let what: Vec<&str> = what.into_iter().filter(|w| w.0).map(|w| w.1).collect();
            json!({"change": what, "old": said(old_place(old.range), old), "new": said(new_place(new.range), new)})
        }
    });
    let figures = changes.figures.iter().map(|change| match change {
        FigureChange::Changed(old, new) => {
            json!({"change": "changed", "old": amount(old_place(old.range), old), "new": amount(new_place(new.range), new)})
        }
        FigureChange::Added(new) => json!({"change": "added", "new": amount(new_place(new.range), new)}),
        FigureChange::Removed(old) => json!({"change": "removed", "old": amount(old_place(old.range), old)}),
    });
    let paragraphs = changes.paragraphs.iter().map(|change| {
        let mut out = Map::new();
        let what = match (change.old, change.new) {
            (None, _) => vec!["added"],
            (_, None) => vec!["cut"],
            _ => [(change.moved, "moved"), (!change.pieces.is_empty(), "reworded")].into_iter().filter(|w| w.0).map(|w| w.1).collect(),
        };
        out.insert("change".into(), what.into());
        change.old.map(|r| out.insert("old".into(), old_place(r).into()));
        change.new.map(|r| out.insert("new".into(), new_place(r).into()));
        if !change.pieces.is_empty() {
            let op = |op| match op {
                Op::Same => "same",
                Op::Cut => "cut",
                Op::Added => "added",
            };
            let pieces: Vec<Json> = change.pieces.iter().map(|p| json!({"op": op(p.op), "text": p.text})).collect();
            out.insert("pieces".into(), pieces.into());
        }
        Json::Object(out)
    });
    let title = changes.title.as_ref().map(|(old, new)| json!({"old": old, "new": new}));
    json!({
        "same": changes.is_empty(), "offset_unit": "codepoint", "title": title,
        "quotes": quotes.collect::<Vec<_>>(), "figures": figures.collect::<Vec<_>>(), "paragraphs": paragraphs.collect::<Vec<_>>(),
    })
}
