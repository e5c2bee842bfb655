//! The command line: one file for each subcommand.

mod extract;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Read the news critically in a terminal.
#[derive(Debug, Parser)]
#[command(name = "pullquote", version, about)]
struct Args {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what was found in articles
    Extract(extract::Args),
}

/// Runs the program with the process's own arguments.
#[must_use]
pub fn run() -> ExitCode {
    let args = Args::parse();
    let done = match args.command {
        Some(Command::Extract(args)) => extract::run(&args),
        None => Ok(ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        eprintln!("pullquote: {error:#}");
        ExitCode::from(2)
    })
}
