//! `pullquote [ARTICLE]`: read and annotate in the terminal; printed as `show --plain` does when standard output is none.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::{Common, input, notes, settings, show};
use crate::tui;

pub(super) fn run(article: Option<&OsStr>, common: &Common) -> Result<ExitCode> {
    let article = match article {
        Some(article) => article,
        None if io::stdin().is_terminal() => bail!("no article given; try 'pullquote FILE', or 'pullquote --help'"),
        None => OsStr::new("-"),
    };
    if !io::stdout().is_terminal() {
        return show::print(article, true, false, common).map(ExitCode::from);
    }
    let mut article = input::quietly(article, common)?.article;
    let (settings, mut warnings) = settings::load();
    warnings.append(&mut article.warnings);
    let notes = notes::options(common)?;
    tui::run(tui::Options { article, notes, settings, warnings }).map(ExitCode::from)
}
