//! `pullquote config`: the settings file, where it lies, what is wrong in it, and the defaults.

use anyhow::Result;

use super::{Outcome, output, settings};
use crate::config::Settings;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Print a settings file with all defaults, documented
    #[arg(long)]
    default: bool,
}

/// Without `--default`: the path of the file, and on standard error what is wrong in it and which keys it took from others.
pub(super) fn run(args: &Args) -> Result<Outcome> {
    if args.default {
        output::print(Settings::default_toml().as_bytes())?;
        return Ok(Outcome::Done);
    }
    if let Some(path) = settings::path() {
        output::print(format!("{}\n", crate::text::sanitize::line(&path.to_string_lossy())).as_bytes())?;
    }
    let (settings, problems) = settings::load();
    problems.iter().for_each(|problem| output::say(problem));
    // What was asked for is no problem: it is said in case it was not meant.
    settings.keymap.taken().iter().for_each(|taken| output::say(&format!("note: {taken}")));
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::Nothing })
}
