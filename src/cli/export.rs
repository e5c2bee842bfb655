//! `pullquote export`: the annotations of articles in another format.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use serde_json::Value;

use super::filter::Filter;
use super::notes::{Chosen, choose_all};
use super::{Common, Outcome, output};
use crate::export::{csv, json, markdown};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles, or - for standard input
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<OsString>,
    /// What to write
    #[arg(long, value_enum)]
    format: Format,
    /// Where to; - is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    filter: Filter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The notes file, or one array of them for several articles
    Json,
    /// A page for people
    Markdown,
    /// One annotation a line
    Csv,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let (chosen, failed) = choose_all(&args.articles, &args.filter, common);
    if chosen.is_empty() {
        return Ok(Outcome::Failed);
    }
    let out = match args.format {
        Format::Json => notes_files(&chosen, args.articles.len() > 1)?,
        Format::Markdown => markdown::page(chosen.iter().map(|c| (c.article.as_ref(), &c.notes))).into_bytes(),
        Format::Csv => csv::notes(chosen.iter().map(|c| (c.id.as_str(), c.article.as_ref(), &c.notes))),
    };
    output::deliver(args.output.as_deref(), &out)?;
    let found = chosen.iter().any(|c| !c.notes.annotations.is_empty());
    Ok(Outcome::of(found, failed))
}

/// The notes files as they would be saved.
fn notes_files(chosen: &[Chosen], many: bool) -> Result<Vec<u8>> {
    let mut files = Vec::new();
    for c in chosen {
        files.push(match c.file.read_only() {
            None => serde_json::from_slice(&c.file.render(&c.notes))?,
            // A newer version's file goes out as it is: this version does not know all of it.
            Some(_) => as_stored(c)?,
        });
    }
    let mut out = Vec::new();
    match files.as_slice() {
        [one] if !many => json::pretty(&mut out, one)?,
        files => json::pretty(&mut out, &files)?,
    }
    out.push(b'\n');
    Ok(out)
}

/// The file on the disk, with the annotations that were chosen.
fn as_stored(chosen: &Chosen) -> Result<Value> {
    let mut file: Value = serde_json::from_slice(&std::fs::read(chosen.file.path())?)?;
    if let Some(list) = file.get_mut("annotations").and_then(Value::as_array_mut) {
        list.retain(|a| a.get("id").and_then(Value::as_str).is_none_or(|id| chosen.notes.get(id).is_some()));
    }
    Ok(file)
}
