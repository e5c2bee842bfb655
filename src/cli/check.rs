//! `pullquote check`: do the annotations still hold in this text?

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::{Common, Outcome, input, notes, output, settings};
use crate::annotation::{AnchorState, Annotation, Attached};
use crate::article::Article;
use crate::export::json;
use crate::store::{Opened, clock, schema};
use crate::text::{TextRange, sanitize};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The article as it is now; - for standard input
    article: OsString,
    /// The notes file, when it is not the article's own
    #[arg(value_name = "NOTES", conflicts_with = "notes")]
    file: Option<PathBuf>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let mut common = common.clone();
    common.notes = args.file.clone().or(common.notes);
    if let Some(path) = common.notes.as_deref().filter(|path| !path.exists()) {
        bail!("cannot read the notes '{}': no such file; check the path", path.display());
    }
    let input::Opened { id, article } = input::open(&args.article, &common)?;
    let article = Arc::new(article);
    let opened = notes::open(&article, &common)?;
    if opened.notes.annotations.is_empty() {
        output::say(&format!("there are no notes for {}", input::shown(&args.article)));
    }
    let reader = clock::creator(settings::load().0.creator.as_deref());
    let out = match args.format {
        Format::Text => text(&article, &opened, &reader).into_bytes(),
        Format::Json => {
            let mut out = Vec::new();
            json::pretty(&mut out, &record(&id, &opened))?;
            out.push(b'\n');
            out
        }
    };
    output::print(&out)?;
    let Attached { changed, orphan, .. } = opened.attached;
    // What could not be read may say anything.
    let holds = !opened.notes.annotations.is_empty() && opened.notes.set_aside.is_empty() && changed + orphan == 0;
    Ok(if holds { Outcome::Done } else { Outcome::Nothing })
}

fn text(article: &Article, opened: &Opened, reader: &str) -> String {
    let mut out = String::new();
    let place = |at: usize| article.block_at(at).map(|b| format!("¶{}", b + 1));
    for a in &opened.notes.annotations {
        let (state, words) = (a.now.state, shown(&a.anchor.exact));
        let at = a.now.range.and_then(|r| place(r.start())).unwrap_or_default();
        out.push_str(&format!("{:<9} {at:<5} {}\n", state.name(), if words.is_empty() { "the article".into() } else { words }));
        match (state, a.now.range) {
            (AnchorState::Changed, Some(range)) => out.push_str(&format!("{:15} now: {}\n", "", shown(range.of(&article.text)))),
            (AnchorState::Orphan, _) => {
                // A text without a paragraph is near to nothing.
                if let Some(near) = opened.near.get(&a.id).and_then(|near| place(*near)) {
                    out.push_str(&format!("{:15} was near {near}\n", ""));
                }
            }
            _ => {}
        }
        let whose = a.whose(reader);
        if !whose.is_empty() {
            out.push_str(&format!("{:15} by: {}\n", "", sanitize::line(&whose)));
        }
        if let Some(line) = a.note.lines().next() {
            out.push_str(&format!("{:15} note: {}\n", "", sanitize::line(line)));
        }
    }
    let Attached { attached, changed, orphan } = opened.attached;
    let aside = opened.notes.set_aside.len();
    let aside = if aside > 0 { format!(", {aside} not read") } else { String::new() };
    out.push_str(&format!("{attached} attached, {changed} changed, {orphan} orphan{aside}\n"));
    out
}

/// Words on one line, without what would harm a terminal.
fn shown(words: &str) -> String {
    const MOST: usize = 300;
    let end = crate::text::grapheme::floor(words, MOST.min(words.len()));
    let cut = if end < words.len() { "…" } else { "" };
    format!("{}{cut}", sanitize::line(&TextRange::new(0, end).of(words).replace('\n', " ")))
}

fn record(id: &str, opened: &Opened) -> Value {
    let text = opened.file.text();
    let annotation = |a: &Annotation| {
        let mut record = Map::new();
        record.insert("state".into(), a.now.state.name().into());
        if let Some(near) = opened.near.get(&a.id) {
            record.insert("near".into(), text.map.at_byte(text.text, *near).into());
        }
        if let Value::Object(fields) = schema::annotation_json(a, text) {
            let wanted = ["id", "kind", "creator", "contributors", "tags", "note", "anchor"];
            record.extend(fields.into_iter().filter(|(key, _)| wanted.contains(&key.as_str())));
        }
        if let Some(range) = a.now.range {
            let (start, end) = (text.map.at_byte(text.text, range.start()), text.map.at_byte(text.text, range.end()));
            record.insert("now".into(), json!({"start": start, "end": end, "exact": range.of(text.text)}));
        }
        Value::Object(record)
    };
    let Attached { attached, changed, orphan } = opened.attached;
    json!({
        "article": id, "notes": opened.file.path().to_string_lossy(), "text_sha256": text.sha256, "offset_unit": "codepoint",
        "attached": attached, "changed": changed, "orphan": orphan, "not_read": opened.notes.set_aside.len(),
        "annotations": opened.notes.annotations.iter().map(annotation).collect::<Vec<_>>(),
    })
}
