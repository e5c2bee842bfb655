//! `pullquote snapshots`: the copies of annotated texts, what room they take, and how those that no notes need are removed.

use std::ffi::OsString;
use std::path::Path;

use anyhow::{Result, anyhow, bail};
use clap::Subcommand;

use super::{Outcome, output, show};
use crate::export::table::Table;
use crate::store::snapshot::{self, Need, Needs, Snapshot};
use crate::store::{Places, rewrite};
use crate::text::sanitize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the copies: when they were made, how long they are, whether notes need them, how they begin
    List,
    /// Remove the copies that no notes file has annotations of
    Purge {
        /// Look here too for notes files: a directory with those below it, or a notes file; again for more
        #[arg(long = "in", value_name = "PATH")]
        within: Vec<OsString>,
        /// Remove them; without it they are only shown
        #[arg(long)]
        apply: bool,
    },
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let places = Places::from_env()?;
    let all = snapshot::list(&places).map_err(|e| anyhow!("cannot read '{}': {}", places.data.display(), output::cause(&e)))?;
    match &args.command {
        Command::List => list(&places, &all),
        Command::Purge { within, apply } => purge(&places, &all, within, *apply),
    }
}

fn list(places: &Places, all: &[Snapshot]) -> Result<Outcome> {
    if all.is_empty() {
        output::print(b"no copies of texts are kept; the first note on an article makes one\n")?;
        return Ok(Outcome::Done);
    }
    let needs = snapshot::needs(places, &[]);
    needs.unreadable.iter().for_each(|why| output::say(&why.to_string()));
    output::print(format!("{}{}\n", table(all, &needs), total(all)).as_bytes())?;
    Ok(Outcome::Done)
}

fn purge(places: &Places, all: &[Snapshot], within: &[OsString], apply: bool) -> Result<Outcome> {
    let mut more = Vec::new();
    for path in within.iter().map(Path::new) {
        let cannot = |e: std::io::Error| anyhow!("cannot read '{}': {}", path.display(), output::cause(&e));
        let is_dir = std::fs::metadata(path).map_err(cannot)?.is_dir();
        more.extend(if is_dir { rewrite::notes_files(path).map_err(cannot)? } else { vec![path.to_owned()] });
    }
    let needs = snapshot::needs(places, &more);
    if let Some(why) = needs.unreadable.first() {
        bail!("{why}; which copies it needs is not known, so none is removed");
    }
    let unneeded = |s: &Snapshot| needs.of(&s.text_sha256) < Need::Unknown;
    let unnamed: Vec<Snapshot> = all.iter().filter(|s| unneeded(s)).cloned().collect();
    if unnamed.is_empty() {
        output::say("every copy is needed by notes; nothing to remove");
        return Ok(Outcome::Nothing);
    }
    let mut out = table(&unnamed, &needs);
    if apply {
        let gone = snapshot::purge(places, unneeded);
        gone.map_err(|e| anyhow!("cannot remove from '{}': {}", places.data.display(), output::cause(&e)))?;
        out += &format!("{} removed\n", total(&unnamed));
    } else {
        out += &format!(
            "{} would be removed; --apply does it. Notes files that this program never opened here are found with --in PATH\n",
            total(&unnamed)
        );
    }
    output::print(out.as_bytes())?;
    Ok(Outcome::Done)
}

fn table(snapshots: &[Snapshot], needs: &Needs) -> String {
    let mut table = Table::new(&["STORED", "BYTES", "NOTES", "DIGEST", "TEXT"]);
    for s in snapshots {
        let stored = s.stored.and_then(|at| jiff::Timestamp::try_from(at).ok()).map(|t| t.strftime("%Y-%m-%d").to_string());
        let digest: String = s.text_sha256.chars().take(12).collect();
        let notes = match needs.of(&s.text_sha256) {
            Need::Needed => "yes",
            Need::Empty => "no notes",
            Need::Gone => "notes file gone",
            Need::Unknown => "notes file cannot be read",
        };
        table.push([stored.unwrap_or_default(), s.len.to_string(), notes.into(), digest, beginning(&s.path)]);
    }
    table.render(show::terminal_width())
}

/// The first line that says something.
fn beginning(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().map(str::trim).find(|l| !l.is_empty()).unwrap_or_default();
    sanitize::line(&line.chars().take(200).collect::<String>()).into_owned()
}

/// "3 copies, 12,345 bytes".
fn total(snapshots: &[Snapshot]) -> String {
    let bytes: u64 = snapshots.iter().map(|s| s.len).sum();
    let word = if snapshots.len() == 1 { "copy" } else { "copies" };
    format!("{} {word}, {bytes} bytes", snapshots.len())
}
