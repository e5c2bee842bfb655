//! `pullquote list`: the annotations of articles.

use std::ffi::OsString;

use anyhow::Result;
use clap::ValueEnum;
use serde_json::Value;

use super::filter::Filter;
use super::notes::{Chosen, choose_all};
use super::{Common, Outcome, output, settings, show};
use crate::annotation::AnchorState;
use crate::export::table::Table;
use crate::export::{csv, json};
use crate::store::{clock, schema};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles, or - for standard input
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<OsString>,
    #[command(flatten)]
    filter: Filter,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One array of annotations, each with its article
    Json,
    /// One annotation a line
    Csv,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let (chosen, failed) = choose_all(&args.articles, &args.filter, common);
    let found = chosen.iter().any(|c| !c.notes.annotations.is_empty());
    let out = match args.format {
        Format::Table if found => table(&chosen, args.articles.len() > 1).into_bytes(),
        Format::Table => Vec::new(),
        Format::Json => records(&chosen)?,
        Format::Csv => csv::notes(&chosen.iter().map(Chosen::noted).collect::<Vec<_>>()).0,
    };
    output::print(&out)?;
    Ok(Outcome::of(found, failed))
}

fn table(chosen: &[Chosen], many: bool) -> String {
    let reader = clock::creator(settings::load().0.creator.as_deref());
    let mut table = Table::new(&["ARTICLE", "AT", "KIND", "STATUS", "TAGS", "SPEAKER", "TEXT", "NOTE", "BY", "STATE"]);
    for Chosen { id, file, notes, .. } in chosen {
        let text = file.text();
        for a in &notes.annotations {
            let at = a.now.range.map_or(String::new(), |r| text.map.at_byte(text.text, r.start()).to_string());
            let state = if a.now.state == AnchorState::Attached { "" } else { a.now.state.name() };
            table.push([
                if many { id.clone() } else { String::new() },
                at,
                a.kind.name().into(),
                a.status.map_or("", |s| s.name()).into(),
                a.tags.join(", "),
                a.speaker.as_ref().map_or(String::new(), |s| s.name.clone()),
                a.now.range.map_or(a.anchor.exact.clone(), |r| r.of(text.text).into()),
                a.note.clone(),
                a.whose(&reader),
                state.into(),
            ]);
        }
    }
    table.render(show::terminal_width())
}

fn records(chosen: &[Chosen]) -> Result<Vec<u8>> {
    let mut records = Vec::new();
    for Chosen { id, file, notes, .. } in chosen {
        for annotation in &notes.annotations {
            let mut record = serde_json::Map::from_iter([("article".to_owned(), Value::from(id.as_str()))]);
            if let Value::Object(fields) = schema::annotation_json(annotation, file.text()) {
                record.extend(fields);
            }
            records.push(record);
        }
    }
    let mut out = Vec::new();
    json::pretty(&mut out, &records)?;
    out.push(b'\n');
    Ok(out)
}
