//! The command line: one file for each subcommand. Arguments in, exit code out.
//!
//! Errors are one line on standard error: what failed, the cause, what to do. A closed pipe is success.

mod add;
mod check;
mod completions;
mod config;
mod diff;
mod export;
mod extract;
mod filter;
mod import;
mod input;
mod linear;
mod list;
mod man;
mod merge;
mod notes;
mod output;
mod read;
mod reanchor;
mod schema;
mod settings;
mod shelf;
mod show;
mod snapshots;
mod tags;
mod web;

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::anyhow;
use clap::{CommandFactory, Parser, Subcommand};

const AFTER_HELP: &str = "Exit codes: 0 done, 1 nothing found, check failed or versions differ, 2 error. \
    Notes are kept beside the article, in ARTICLE.pullquote.json, or in the data directory where that cannot be.";

/// Read the news critically in a terminal: see who said what, how much, and who is who; mark it up; keep every mark as JSON
#[derive(Debug, Default, Parser)]
#[command(name = "pullquote", version, after_help = AFTER_HELP, disable_help_subcommand = true)]
struct Args {
    #[command(flatten)]
    common: Common,
    /// The article to read and annotate: a file, an address (https://…), or - for standard input; several, or a directory, open as a list;
    /// without any, what comes through a pipe, else what was read lately
    #[arg(value_name = "ARTICLE")]
    articles: Vec<OsString>,
    #[command(flatten)]
    place: read::Place,
    /// Read and annotate line by line, without a screen: for screen readers and simple terminals
    #[arg(long, conflicts_with_all = ["at", "line", "search"])]
    linear: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

impl Args {
    /// What `pullquote FILE` says, as it is started nearly always, without all that is needed to understand any other command line: building
    /// that takes as long as reading the article. None for whatever could mean something else.
    fn of_one_article(words: &[OsString]) -> Option<Self> {
        let [word] = words else { return None };
        let name = word.to_str()?;
        // No command has a dot or a slash in its name.
        let is_article = !name.starts_with('-') && name.contains(['.', '/']);
        is_article.then(|| Self { articles: vec![word.clone()], ..Self::default() })
    }
}

/// What every command understands.
#[derive(Debug, Clone, Default, clap::Args)]
struct Common {
    /// The notes file to use instead of the one beside the article
    #[arg(long, global = true, value_name = "PATH")]
    notes: Option<PathBuf>,
    /// The charset of the article (utf-8, windows-1252, shift_jis …) instead of the detected one
    #[arg(long, global = true, value_name = "LABEL")]
    encoding: Option<String>,
    /// Keep no copy of a fetched page, and no commands, searches and tags for other runs
    #[arg(long, global = true)]
    no_save: bool,
    /// Open an address from the copy that was kept; no network
    #[arg(long, global = true)]
    offline: bool,
    /// Lines, bars, arrows and typographic marks in ASCII, for fonts and terminals without them
    #[arg(long, global = true)]
    ascii: bool,
    /// The command is about notes: the copy that was kept of a page is enough.
    #[arg(skip)]
    kept_is_enough: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print an article with its highlights
    Show(show::Args),
    /// Print what is found in articles: quotations, people, figures, changes
    Extract(extract::Args),
    /// Annotate from a script
    Add(add::Args),
    /// List the annotations of articles
    List(list::Args),
    /// Write the annotations of articles in another format
    Export(export::Args),
    /// Tell whether the annotations still hold in an article as it is now
    Check(check::Args),
    /// Tell what changed between two versions of an article: quotations, figures, paragraphs
    Diff(diff::Args),
    /// Merge two notes files of one article
    Merge(merge::Args),
    /// Find passages in changed texts, for measuring
    #[command(hide = true)]
    Reanchor(reanchor::Args),
    /// Bring the annotations of another file into those of an article
    Import(import::Args),
    /// List, rename, merge or delete tags in many notes files at once
    Tags(tags::Args),
    /// List the copies of annotated texts, or remove those that no notes need
    Snapshots(snapshots::Args),
    /// Tell where the settings are and what is wrong in them, or print the defaults
    Config(config::Args),
    /// Print the JSON Schema of the notes file
    Schema,
    /// Print a completion script for a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// How a command ended, when nothing stopped it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// There was nothing to find.
    Nothing,
    /// Some inputs failed and were reported; the others were done.
    Failed,
}

impl Outcome {
    /// That of a command over many inputs.
    fn of(found: bool, failed: bool) -> Self {
        match (failed, found) {
            (true, _) => Self::Failed,
            (false, true) => Self::Done,
            (false, false) => Self::Nothing,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Nothing => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// Runs the program with the process's own arguments.
#[must_use]
pub fn run() -> ExitCode {
    if let Err((path, why)) = crate::log::start() {
        let why = crate::store::atomic::explain(&why);
        let cause = why.split(';').next().unwrap_or_default();
        output::say(&format!("nothing is logged: cannot write '{path}': {cause}; name another file in PULLQUOTE_LOG"));
    }
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let args = Args::of_one_article(&words).map_or_else(Args::try_parse, Ok);
    let done = args.map_err(Stop::Usage).and_then(|args| dispatch(args).map_err(Stop::Error));
    let code = code_of(done);
    crate::log::line(|| {
        let status = (0..=u8::MAX).find(|n| ExitCode::from(*n) == code).unwrap_or_default();
        let signal = status.checked_sub(128).filter(|n| *n > 0).map_or_else(String::new, |n| format!(", signal {n}"));
        format!("end: status {status}{signal}")
    });
    code
}

fn code_of(done: Result<ExitCode, Stop>) -> ExitCode {
    match done {
        Ok(code) => code,
        Err(Stop::Usage(error)) => output::usage(&error),
        Err(Stop::Error(error)) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(Stop::Error(error)) => {
            output::report(&error);
            Outcome::Failed.into()
        }
    }
}

enum Stop {
    Usage(clap::Error),
    Error(anyhow::Error),
}

fn dispatch(args: Args) -> anyhow::Result<ExitCode> {
    let common =
        Common { kept_is_enough: matches!(args.command, Some(Command::Add(_) | Command::List(_) | Command::Export(_))), ..args.common };
    let common = &common;
    if args.command.is_some() || args.linear {
        // The reader with a screen takes signals in by itself.
        crate::log::signals();
    }
    let command = match (args.command, args.articles.as_slice()) {
        (Some(_), []) if args.linear => {
            return Err(anyhow!("--linear is for reading; leave the command out: pullquote --linear ARTICLE"));
        }
        (Some(command), []) => command,
        (None, [article, rest @ ..]) if rest.iter().any(|word| is_command(word)) => return Err(before_command(article)),
        (None, articles) if args.linear => return read::by_line(articles, common),
        (None, articles) => return read::run(articles, &args.place, common),
        (Some(_), [article, ..]) => return Err(before_command(article)),
    };
    let outcome = match &command {
        Command::Show(args) => show::run(args, common),
        Command::Extract(args) => extract::run(args, common),
        Command::Add(args) => add::run(args, common),
        Command::List(args) => list::run(args, common),
        Command::Export(args) => export::run(args, common),
        Command::Check(args) => check::run(args, common),
        Command::Diff(args) => diff::run(args, common),
        Command::Merge(args) => merge::run(args),
        Command::Reanchor(args) => reanchor::run(args),
        Command::Import(args) => import::run(args, common),
        Command::Tags(args) => tags::run(args, common),
        Command::Snapshots(args) => snapshots::run(args),
        Command::Config(args) => config::run(args),
        Command::Schema => schema::run(),
        Command::Completions(args) => completions::run(args),
        Command::Man => man::run(),
    }?;
    Ok(outcome.into())
}

fn before_command(article: &OsStr) -> anyhow::Error {
    let article = article.to_string_lossy();
    anyhow!("'{article}' stands before the command; put articles after it (./NAME when a file is called like a command)")
}

/// True for the name of a command that is no file.
fn is_command(word: &OsStr) -> bool {
    command().find_subcommand(word).is_some() && !Path::new(word).exists()
}

/// The command line as clap sees it, for completions and the manual.
fn command() -> clap::Command {
    Args::command()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_article_is_understood_as_clap_does() {
        for word in ["a.txt", "./show", "/tmp/a b", "https://example.org/a?b=c", "~/x", "é.md", "a.b --c", "..", "show.txt"] {
            let words = [OsString::from(word)];
            let quick = Args::of_one_article(&words).expect(word);
            let full = Args::try_parse_from([OsString::from("pullquote"), words[0].clone()]).expect(word);
            assert_eq!(format!("{quick:?}"), format!("{full:?}"), "{word}");
        }
        for word in ["", "-", "show", "--help", "-V", "--notes=a.json", "-.txt", "article"] {
            assert!(Args::of_one_article(&[word.into()]).is_none(), "{word} may be something else");
        }
        assert!(Args::of_one_article(&["a.txt".into(), "b.txt".into()]).is_none());
        for command in command().get_subcommands() {
            assert!(!command.get_name().contains(['.', '/']));
        }
    }
}
