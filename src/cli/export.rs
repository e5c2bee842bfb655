//! `pullquote export`: the annotations of articles in another format.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::filter::Filter;
use super::notes::{Chosen, choose_all};
use super::{Common, Outcome, output, settings};
use crate::export::{LeftOut, Noted, csv, hypothesis, json, label_studio, markdown, readwise, refi_qda, spacy, w3c};
use crate::store::clock;

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
    /// W3C Web Annotations, JSON-LD; import gives the notes file again
    W3c,
    /// The file that Hypothesis imports
    Hypothesis,
    /// A page for people
    Markdown,
    /// One annotation a line
    Csv,
    /// The CSV that Readwise imports
    Readwise,
    /// Tasks with pre-annotations for Label Studio
    LabelStudio,
    /// JSON Lines for spaCy and Prodigy
    Spacy,
    /// A REFI-QDA project (.qdpx) for QualCoder, NVivo, ATLAS.ti
    RefiQda,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let (chosen, failed) = choose_all(&args.articles, &args.filter, common);
    if chosen.is_empty() {
        return Ok(Outcome::Failed);
    }
    let (out, left) = written(args, &chosen)?;
    output::deliver(args.output.as_deref(), &out)?;
    if let Some(what) = left.words() {
        let name = args.format.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
        output::say(&format!("left out, because {name} has no place for them: {what}"));
    }
    let found = chosen.iter().any(|c| !c.notes.annotations.is_empty());
    Ok(Outcome::of(found, failed))
}

fn written(args: &Args, chosen: &[Chosen]) -> Result<(Vec<u8>, LeftOut)> {
    let noted: Vec<Noted<'_>> = chosen.iter().map(Chosen::noted).collect();
    let many = args.articles.len() > 1;
    let nothing = LeftOut::default();
    Ok(match args.format {
        Format::Json => (one_or_list(&files(chosen)?, many)?, nothing),
        Format::W3c => {
            let collections: Vec<Value> =
                files(chosen)?.iter().zip(chosen).map(|(file, c)| w3c::collection(file, c.notes.annotations.len())).collect();
            (one_or_list(&collections, many)?, nothing)
        }
        Format::Hypothesis => {
            let user = clock::creator(settings::load().0.creator.as_deref());
            let (file, left) = hypothesis::file(&noted, &user, &clock::now());
            (one_or_list(&[file], false)?, left)
        }
        Format::Markdown => {
            let page = markdown::page(chosen.iter().map(|c| (c.article.as_ref(), &c.notes)));
            (page.into_bytes(), nothing)
        }
        Format::Csv => csv::notes(&noted),
        Format::Readwise => readwise::file(&noted),
        Format::LabelStudio => {
            let (tasks, left) = label_studio::tasks(&noted);
            (one_or_list(&tasks, true)?, left)
        }
        Format::Spacy => {
            let (records, left) = spacy::records(&noted);
            (lines(&records)?, left)
        }
        Format::RefiQda => refi_qda::project(&noted)?,
    })
}

/// One value on its own, or all of them as a list.
fn one_or_list(values: &[Value], many: bool) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    match values {
        [one] if !many => json::pretty(&mut out, one)?,
        values => json::pretty(&mut out, &values)?,
    }
    out.push(b'\n');
    Ok(out)
}

/// One value a line.
fn lines(values: &[impl Serialize]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    for value in values {
        json::compact(&mut out, value)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// The notes files as they would be saved.
fn files(chosen: &[Chosen]) -> Result<Vec<Value>> {
    let file = |c: &Chosen| match c.file.read_only() {
        None => Ok(serde_json::from_slice(&c.file.render(&c.notes))?),
        // A newer version's file goes out as it is: this version does not know all of it.
        Some(_) => as_stored(c),
    };
    chosen.iter().map(file).collect()
}

/// The file on the disk, with the annotations that were chosen.
fn as_stored(chosen: &Chosen) -> Result<Value> {
    let mut file: Value = serde_json::from_slice(&std::fs::read(chosen.file.path())?)?;
    if let Some(list) = file.get_mut("annotations").and_then(Value::as_array_mut) {
        list.retain(|a| a.get("id").and_then(Value::as_str).is_none_or(|id| chosen.notes.get(id).is_some()));
    }
    Ok(file)
}
