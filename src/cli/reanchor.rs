//! `pullquote reanchor --bench`: look-ups as JSON Lines on standard input, where each passage is now on standard output. For measuring the
//! algorithm beside others; hidden from help.

use std::io::{self, BufRead, Write};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Outcome, output};
use crate::annotation::anchor::place::Compared;
use crate::annotation::anchor::place_of;
use crate::annotation::anchor::search::{Index, Wanted};
use crate::text::align::Alignment;
use crate::text::words::Words;
use crate::text::{CodePoints, TextRange};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Read texts and look-ups from standard input
    #[arg(long, required = true)]
    bench: bool,
    /// Look passages up by their words and context alone, as when the old text was not kept
    #[arg(long)]
    no_snapshot: bool,
}

/// A text, or a passage to look up.
#[derive(Deserialize)]
struct Line {
    doc: String,
    text: Option<String>,
    id: Option<serde_json::Value>,
    old_doc: Option<String>,
    #[serde(default)]
    prefix: String,
    exact: Option<String>,
    #[serde(default)]
    suffix: String,
    /// Code points.
    hint: Option<usize>,
}

#[derive(Serialize)]
struct Found {
    id: serde_json::Value,
    start: Option<usize>,
    end: Option<usize>,
    cp_start: Option<usize>,
    cp_end: Option<usize>,
    ms: f64,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut texts: FxHashMap<String, String> = FxHashMap::default();
    let mut lookups: Vec<Line> = Vec::new();
    for (n, line) in io::stdin().lock().lines().enumerate() {
        let line = line.context("cannot read standard input")?;
        if line.trim().is_empty() {
            continue;
        }
        let line: Line = serde_json::from_str(&line).with_context(|| format!("cannot read line {}", n + 1))?;
        match (line.exact.is_some(), line.text) {
            (false, Some(text)) => drop(texts.insert(line.doc, text)),
            (true, text) => lookups.push(Line { text, ..line }),
            (false, None) => bail!("line {} has neither 'text' nor 'exact'", n + 1),
        }
    }
    let mut bench = Bench { texts: &texts, maps: FxHashMap::default(), olds: FxHashMap::default(), today: None, pair: None };
    let mut out = output::stdout();
    for line in &lookups {
        let found = bench.look_up(line, !args.no_snapshot)?;
        serde_json::to_writer(&mut out, &found)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

struct Bench<'t> {
    texts: &'t FxHashMap<String, String>,
    maps: FxHashMap<&'t str, CodePoints>,
    olds: FxHashMap<&'t str, Words>,
    /// The text of the last look-up, and its comparison with an older one: look-ups of one text follow each other.
    today: Option<(&'t str, Index<'t>)>,
    pair: Option<(&'t str, &'t str, Alignment)>,
}

impl<'t> Bench<'t> {
    fn look_up(&mut self, line: &'t Line, with_snapshot: bool) -> Result<Found> {
        let text = self.text(&line.doc)?;
        let started = Instant::now();
        if self.today.as_ref().is_none_or(|(doc, _)| *doc != line.doc) {
            self.today = Some((&line.doc, Index::new(text)));
        }
        let old = line.old_doc.as_deref().filter(|_| with_snapshot);
        let range = match old.zip(line.hint) {
            Some((old, hint)) => self.compared(line, old, hint)?,
            None => {
                let share = line.hint.map(|hint| hint as f32 / text.len().max(1) as f32);
                self.today.as_ref().and_then(|(_, index)| index.find(wanted(line, share))).map(|c| c.range)
            }
        };
        let ms = started.elapsed().as_secs_f64() * 1000.0;
        let map = self.maps.entry(&line.doc).or_insert_with(|| CodePoints::new(text));
        let start = range.map(|r| map.at_byte(text, r.start()));
        let end = range.map(|r| map.at_byte(text, r.end()));
        Ok(Found { id: line.id.clone().unwrap_or_default(), start, end, cp_start: start, cp_end: end, ms })
    }

    fn compared(&mut self, line: &'t Line, old_doc: &'t str, hint: usize) -> Result<Option<TextRange>> {
        let old = self.text(old_doc)?;
        let Some((_, index)) = &self.today else { return Ok(None) };
        let old_words = self.olds.entry(old_doc).or_insert_with(|| Words::new(old));
        if self.pair.as_ref().is_none_or(|(o, n, _)| (*o, *n) != (old_doc, line.doc.as_str())) {
            self.pair = Some((old_doc, &line.doc, Alignment::new(old_words, index.words())));
        }
        let Some((_, _, alignment)) = &self.pair else { return Ok(None) };
        let map = self.maps.entry(old_doc).or_insert_with(|| CodePoints::new(old));
        let exact = line.exact.as_deref().unwrap_or_default();
        let ends = map.to_byte(old, hint).zip(map.to_byte(old, hint + exact.chars().count()));
        let range = ends.filter(|(start, end)| start < end).map(|(start, end)| TextRange::new(start, end));
        let compared = Compared { old, old_words, new: index.text(), new_words: index.words(), alignment };
        Ok(range.filter(|r| r.of(old) == exact).and_then(|range| place_of(&compared, index, range, wanted(line, None))))
    }

    fn text(&self, doc: &str) -> Result<&'t str> {
        self.texts.get(doc).map(String::as_str).with_context(|| format!("no text '{doc}' came before its look-ups"))
    }
}

fn wanted(line: &Line, share: Option<f32>) -> Wanted<'_> {
    Wanted { exact: line.exact.as_deref().unwrap_or_default(), prefix: &line.prefix, suffix: &line.suffix, share }
}
