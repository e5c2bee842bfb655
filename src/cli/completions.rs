//! `pullquote completions`: a completion script for a shell.

use anyhow::Result;
use clap_complete::Shell;

use super::{Outcome, output};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    // Into memory first: clap_complete panics on a closed pipe.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "pullquote", &mut script);
    output::print(&script)?;
    Ok(Outcome::Done)
}
