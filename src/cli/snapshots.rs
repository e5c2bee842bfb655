//! `pullquote snapshots`: the copies of annotated texts, what room they take, and how those that no notes need are removed.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use clap::Subcommand;
use rustc_hash::FxHashSet;

use super::{Outcome, output, show};
use crate::export::table::Table;
use crate::store::snapshot::{self, Snapshot};
use crate::store::{Places, rewrite};
use crate::text::sanitize;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List the copies: when they were made, how long they are, whether notes name them, how they begin
    List,
    /// Remove the copies that no notes file names
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
    let named = named(places, &[])?;
    if !all.is_empty() {
        output::print(format!("{}{}\n", table(all, &named), total(all)).as_bytes())?;
    }
    Ok(Outcome::of(!all.is_empty(), false))
}

fn purge(places: &Places, all: &[Snapshot], within: &[OsString], apply: bool) -> Result<Outcome> {
    let mut more = Vec::new();
    for path in within.iter().map(Path::new) {
        let cannot = |e: std::io::Error| anyhow!("cannot read '{}': {}", path.display(), output::cause(&e));
        let is_dir = std::fs::metadata(path).map_err(cannot)?.is_dir();
        more.extend(if is_dir { rewrite::notes_files(path).map_err(cannot)? } else { vec![path.to_owned()] });
    }
    let named = named(places, &more)?;
    let unnamed: Vec<Snapshot> = all.iter().filter(|s| !named.contains(&s.text_sha256)).cloned().collect();
    if unnamed.is_empty() {
        output::say("every copy is named by notes; nothing to remove");
        return Ok(Outcome::Nothing);
    }
    let mut out = table(&unnamed, &named);
    if apply {
        let gone = snapshot::purge(places, |s| !named.contains(&s.text_sha256));
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

fn named(places: &Places, more: &[PathBuf]) -> Result<FxHashSet<String>> {
    snapshot::named(places, more).map_err(|why| anyhow!("{why}"))
}

fn table(snapshots: &[Snapshot], named: &FxHashSet<String>) -> String {
    let mut table = Table::new(&["STORED", "BYTES", "NOTES", "DIGEST", "TEXT"]);
    for s in snapshots {
        let stored = s.stored.and_then(|at| jiff::Timestamp::try_from(at).ok()).map(|t| t.strftime("%Y-%m-%d").to_string());
        let digest: String = s.text_sha256.chars().take(12).collect();
        let notes = if named.contains(&s.text_sha256) { "yes" } else { "none" };
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
