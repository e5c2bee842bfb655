//! `pullquote diff`: what changed between two versions of an article.

use std::ffi::OsString;
use std::io::IsTerminal;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::{Common, Outcome, input, output, show};
use crate::analysis;
use crate::compare::report::{self, Line};
use crate::compare::{Comparison, Version};
use crate::config::theme::Theme;
use crate::export::{json, styled};
use crate::text::{TextRange, rows, sanitize};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The older version; - for standard input. An address alone: the last copy that was kept, compared with what is there now
    old: OsString,
    /// The newer version
    new: Option<OsString>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Colours: on a terminal, always, or never
    #[arg(long, value_enum, default_value_t = show::When::Auto, value_name = "WHEN")]
    color: show::When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One object
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    if args.old == "-" && args.new.as_deref() == Some("-".as_ref()) {
        bail!("the two versions cannot both come from standard input; name one of them");
    }
    let (old, new) = match &args.new {
        Some(new) => (input::open(&args.old, common)?, input::open(new, common)?),
        None => input::versions(&args.old, common)?,
    };
    let (old_found, new_found) = (analysis::analyse(&old.article), analysis::analyse(&new.article));
    let (old, new) = (Version { article: &old.article, found: &old_found }, Version { article: &new.article, found: &new_found });
    let changes = Comparison::new(old, new);
    match args.format {
        Format::Json => {
            let mut out = Vec::new();
            json::pretty(&mut out, &report::to_json(&changes, old, new))?;
            out.push(b'\n');
            output::print(&out)?;
        }
        Format::Text => {
            let colour = match args.color {
                show::When::Auto => std::io::stdout().is_terminal(),
                show::When::Always => true,
                show::When::Never => false,
            };
            let theme = colour.then(show::theme);
            let lines = report::lines(&changes, old.article, new.article);
            output::print(text(&lines, theme, show::terminal_width()).as_bytes())?;
        }
    }
    Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Nothing })
}

fn text(lines: &[Line], theme: Option<Theme>, width: Option<usize>) -> String {
    let mut out = String::new();
    for line in lines {
        let whole: String = line.parts.iter().map(|(_, text)| text.as_str()).collect();
        let all = TextRange::new(0, whole.len());
        let room = width.map(|w| w.saturating_sub(line.indent + 2).max(10));
        let wrapped = room.map_or_else(|| vec![all], |room| rows::rows(&whole, all, room, false));
        for (i, row) in wrapped.into_iter().enumerate() {
            out.push_str(&" ".repeat(line.indent + if i > 0 { 2 } else { 0 }));
            let mut at = 0;
            for (tone, part) in &line.parts {
                let range = TextRange::new(at, at + part.len());
                at += part.len();
                let Some(here) = range.intersect(row.trimmed(&whole)) else { continue };
                match theme {
                    Some(theme) => styled::paint(&mut out, theme.style((*tone).into()), here.of(&whole)),
                    None => out.push_str(&sanitize::line(here.of(&whole))),
                }
            }
            out.push('\n');
        }
    }
    out
}
