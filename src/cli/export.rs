//! `pullquote export`: the annotations of articles in another format.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use super::filter::Filter;
use super::notes::{Chosen, choose_all, corrected};
use super::{Common, Outcome, output, settings};
use crate::analysis::Findings;
use crate::export::html::{self, Page};
use crate::export::markdown::{self, Flavour};
use crate::export::{LeftOut, Noted, csv, hypothesis, json, label_studio, readwise, refi_qda, spacy, w3c};
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
    /// A page for people; with -o, lines of your own between its sections stay when it is written again
    Markdown,
    /// The same with properties, block ids and tags for Obsidian
    Obsidian,
    /// One annotation a line
    Csv,
    /// One page for a browser: the article with highlights, notes, speakers and figures
    Html,
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
    let (mut chosen, failed) = choose_all(&args.articles, &args.filter, common);
    if chosen.is_empty() {
        return Ok(Outcome::Failed);
    }
    let articles = args.articles.iter().map(Path::new);
    let found = chosen.iter().any(|c| !c.notes.annotations.is_empty());
    output::refuse_to_overwrite(args.output.as_deref(), articles.chain(chosen.iter().map(|c| c.file.path())), !found)?;
    if matches!(args.format, Format::Html) {
        let settings = settings::load().0;
        chosen.iter_mut().for_each(|c| settings.color_by_tags(&mut c.notes.annotations));
    }
    let (out, left) = written(args, &chosen)?;
    output::deliver(args.output.as_deref(), &out)?;
    if let Some(what) = left.words() {
        let name = args.format.to_possible_value().map(|v| v.get_name().to_owned()).unwrap_or_default();
        output::say(&format!("left out, because {name} has no place for them: {what}"));
    }
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
        Format::Markdown => markdown_page(args, &noted, Flavour::Plain)?,
        Format::Obsidian => markdown_page(args, &noted, Flavour::Obsidian)?,
        Format::Csv => csv::notes(&noted),
        Format::Html => {
            let found: Vec<Findings> = chosen.iter().map(|c| corrected(&c.article, &c.notes)).collect();
            let pages: Vec<Page<'_>> = noted.iter().zip(&found).map(|(noted, found)| Page { noted: *noted, found }).collect();
            (html::page(&pages).into_bytes(), nothing)
        }
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

/// The page; for a file, with markers and with the lines that the reader has put between them.
fn markdown_page(args: &Args, noted: &[Noted<'_>], flavour: Flavour) -> Result<(Vec<u8>, LeftOut)> {
    let (page, left) = match args.output.as_deref().filter(|path| *path != Path::new("-")) {
        None => markdown::page(noted, flavour),
        Some(path) => {
            let old = if path.is_file() { std::fs::read(path).unwrap_or_default() } else { Vec::new() };
            let old = String::from_utf8(old).map_err(|_| anyhow!("cannot write '{}': {}", path.display(), markdown::NotOurs))?;
            markdown::update(&old, noted, flavour).map_err(|why| anyhow!("cannot write '{}': {why}", path.display()))?
        }
    };
    Ok((page.into_bytes(), left))
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
