//! `pullquote merge`: two notes files of one article become one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow, bail};

use super::{Outcome, output};
use crate::store::merge_files::{Report, Request, merge_files};

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// The notes file that takes the other in
    #[arg(value_name = "A")]
    ours: PathBuf,
    /// The other notes file of the same article; it is only read
    #[arg(value_name = "B")]
    theirs: PathBuf,
    /// The last version that both come from, where it was kept: then a change back is told from no change
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// Write the result here and leave A as it is
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let Args { ours, theirs, base, output } = args.clone();
    let same = |a: &Path, b: &Path| std::fs::canonicalize(a).ok().zip(std::fs::canonicalize(b).ok()).is_some_and(|(a, b)| a == b);
    if let Some(to) = output.as_deref().filter(|to| to.exists() && *to != Path::new("-") && !same(to, &ours) && !same(to, &theirs)) {
        bail!("cannot write '{}': it is there already and is neither of the two; give another path with -o", to.display());
    }
    let report = merge_files(&Request { ours, theirs, base, output, patience: Duration::from_secs(5) }).map_err(|e| anyhow!(e))?;
    output::print(format!("{}\n", told(&report)).as_bytes())?;
    Ok(Outcome::Done)
}

fn told(report: &Report) -> String {
    let parts = [
        (report.added, "added"),
        (report.changed, "changed"),
        (report.deleted, "deleted"),
        (report.corrections, if report.corrections == 1 { "correction" } else { "corrections" }),
    ];
    let mut said: Vec<String> = parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    if said.is_empty() {
        said.push("nothing new".into());
    }
    if report.both_texts > 0 {
        let notes = if report.both_texts == 1 { "note was" } else { "notes were" };
        said.push(format!("{} {notes} written in both: both texts are kept", report.both_texts));
    }
    if report.settled > 0 {
        let set = if report.settled == 1 { "status or colour was" } else { "statuses or colours were" };
        said.push(format!(
            "{} {set} set differently in both: of statuses the one of more doubt stays, the other is under the note",
            report.settled
        ));
    }
    let word = if report.total == 1 { "annotation" } else { "annotations" };
    format!("{}; {} {word} now", said.join(", "), report.total)
}
