//! `pullquote show`: an article with its highlights on standard output.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::sync::Arc;

use anyhow::Result;
use clap::ValueEnum;

use super::{Common, Outcome, input, notes, output, settings};
use crate::annotation::Notes;
use crate::config::theme::Theme;
use crate::export::plain::{self, Page};
use crate::export::{overview, styled};
use crate::store::clock;
use crate::text::ascii::Signs;
use crate::text::{TextRange, rows};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The article; - or nothing for standard input
    article: Option<OsString>,
    /// Words in brackets instead of highlights: for screen readers and pipes
    #[arg(long)]
    plain: bool,
    /// Show page furniture too, and what was left out of a web page
    #[arg(long)]
    unfold: bool,
    /// The article on one screen instead: length, where things stand, who is quoted how much, changes, open claims
    #[arg(long)]
    overview: bool,
    /// Highlights: on a terminal, always, or never
    #[arg(long, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    color: When,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let highlights = match args.color {
        When::Auto => io::stdout().is_terminal(),
        When::Always => true,
        When::Never => false,
    };
    let how = How { as_words: args.plain || !highlights, unfold: args.unfold, overview: args.overview };
    print(args.article.as_deref().unwrap_or(OsStr::new("-")), how, common)
}

/// What of an article is printed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct How {
    /// Words in brackets in place of highlights.
    pub(super) as_words: bool,
    /// Furniture too.
    pub(super) unfold: bool,
    /// The overview and nothing else.
    pub(super) overview: bool,
}

/// The columns of an overview that goes to no terminal.
const PAGE: usize = 80;

/// Prints the article called `name`. Lines are wrapped on a terminal and nowhere else.
pub(super) fn print(name: &OsStr, how: How, common: &Common) -> Result<Outcome> {
    let article = Arc::new(input::open(name, common)?.article);
    // Notes that cannot be read must not keep the article from being read.
    let notes = notes::open(&article, common).map(|opened| opened.notes);
    let outcome = if notes.is_ok() { Outcome::Done } else { Outcome::Failed };
    let mut notes = notes.unwrap_or_else(|error| {
        output::report(&error);
        Notes::default()
    });
    let settings = settings::load().0;
    if !how.as_words {
        settings.color_by_tags(&mut notes.annotations);
    }
    let article = notes::judged(article, &notes);
    let found = notes::corrected(&article, &notes);
    let reader = clock::creator(settings.creator.as_deref());
    let page = Page { article: &article, found: &found, notes: &notes, unfold: how.unfold, reader: &reader };
    let width = terminal_width();
    let mut text = String::new();
    if how.overview {
        let lines = overview::lines(page, width.unwrap_or(PAGE), None);
        text = overview::print(&lines, (!how.as_words).then(theme).as_ref());
    } else if how.as_words {
        for line in plain::lines(page) {
            let whole = TextRange::new(0, line.len());
            let wrapped = width.map_or_else(|| vec![whole], |width| rows::rows(&line, whole, width, false));
            for row in wrapped {
                text.push_str(row.of(&line).trim_end());
                text.push('\n');
            }
        }
    } else {
        text = styled::article(page, theme(), width);
    }
    // A pipe or file gets the text as it is, unless ASCII was asked for.
    if common.ascii || width.is_some() {
        let asked = if common.ascii { Some(true) } else { settings.ascii };
        let signs = Signs::of(asked, |name| std::env::var(name).ok());
        if signs != Signs::Unicode {
            text = signs.line(&text);
        }
    }
    output::print(text.as_bytes())?;
    Ok(outcome)
}

/// The columns of the terminal that standard output is; `None` when it is none.
pub(super) fn terminal_width() -> Option<usize> {
    let width = io::stdout().is_terminal().then(crossterm::terminal::size)?.map_or(80, |(columns, _)| columns);
    Some(usize::from(width).max(20))
}

/// No colours when the reader wants none; else what the settings say, else what the environment says of the background. The terminal is not
/// asked: its answer could come after the program has ended.
pub(super) fn theme() -> Theme {
    if std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()) {
        return Theme::Mono;
    }
    let light = || std::env::var("COLORFGBG").is_ok_and(|v| matches!(v.rsplit(';').next(), Some("7" | "15")));
    settings::load().0.theme.unwrap_or_else(|| if light() { Theme::Light } else { Theme::Dark })
}
