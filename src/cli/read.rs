//! `pullquote [ARTICLE]`: read and annotate in the terminal; printed as `show --plain` does when standard output is none.

use std::ffi::OsStr;
use std::io::{self, IsTerminal};
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::{Common, input, linear, notes, output, settings, show};
use crate::tui;

pub(super) fn run(article: Option<&OsStr>, by_line: bool, common: &Common) -> Result<ExitCode> {
    let article = match article {
        Some(article) => article,
        None if io::stdin().is_terminal() => bail!("no article given; try 'pullquote FILE', or 'pullquote --help'"),
        None => OsStr::new("-"),
    };
    if by_line {
        return linear::run(article, common).map(ExitCode::from);
    }
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if dumb || !io::stdout().is_terminal() {
        if dumb && io::stdout().is_terminal() && io::stdin().is_terminal() {
            output::say("this terminal cannot be drawn on (TERM=dumb); to annotate in it: pullquote --linear ARTICLE");
        }
        return show::print(article, true, false, common).map(ExitCode::from);
    }
    let (settings, mut warnings) = settings::load();
    let notes = notes::options(common)?;
    // A large or distant article is on the screen before it is read: its beginning first, the rest behind it.
    let (article, rest) = match input::preview(article, common) {
        Some(beginning) => {
            let (name, common) = (article.to_owned(), common.clone());
            let rest: tui::Load = Box::new(move || input::quietly(&name, &common).map(|o| o.article).map_err(|e| format!("{e:#}")));
            (beginning, Some(rest))
        }
        None => (input::quietly(article, common)?.article, None),
    };
    warnings.extend_from_slice(&article.warnings);
    tui::run(tui::Options { article, rest, notes, settings, warnings }).map(ExitCode::from)
}
