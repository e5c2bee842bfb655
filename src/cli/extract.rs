//! `pullquote extract`: findings of many articles on standard output, in the order of the input.
//!
//! One thread reads, several analyse, this one writes. For every input a one-slot channel goes to the writer in order and its other end goes
//! with the input to whoever is free; the queue of slots is bounded, so memory is too, however many articles come.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use clap::ValueEnum;
use serde::Deserialize;

use super::{Common, Outcome, input, notes, output};
use crate::analysis::Kinds;
use crate::article::Article;
use crate::export::findings::record;
use crate::export::{csv, json, listing};
use crate::{analysis, ingest};

#[derive(Debug, Clone, clap::Args)]
pub(super) struct Args {
    /// Articles, or - for standard input, which is also read at the end of a pipe when nothing is named
    #[arg(value_name = "ARTICLE")]
    articles: Vec<OsString>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Read many articles from each file: one {"id","text"} a line
    #[arg(long, value_enum, value_name = "FORMAT")]
    from: Option<From>,
    /// Add the article text, which the offsets refer to (json and jsonl)
    #[arg(long)]
    text: bool,
    /// Only findings of this kind (give it again for more than one)
    #[arg(long, value_enum, value_delimiter = ',')]
    kind: Vec<Kind>,
    /// With the corrections of speakers, people and folds in the notes of each article
    #[arg(long, conflicts_with = "from")]
    corrected: bool,
    /// How many articles to work on at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One object, or one array for several articles
    Json,
    /// One object a line
    Jsonl,
    /// One finding a line
    Csv,
    /// For people
    Table,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// JSON Lines
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Quote,
    Person,
    Figure,
    Change,
}

impl Args {
    fn kinds(&self) -> Kinds {
        if self.kind.is_empty() {
            return Kinds::ALL;
        }
        self.kind.iter().fold(Kinds::NONE, |kinds, kind| match kind {
            Kind::Quote => Kinds { quotes: true, ..kinds },
            Kind::Person => Kinds { people: true, ..kinds },
            Kind::Figure => Kinds { figures: true, ..kinds },
            Kind::Change => Kinds { changes: true, ..kinds },
        })
    }

    /// True when the output is an array even when one article comes.
    fn is_many(&self) -> bool {
        self.from.is_some() || self.articles.len() > 1
    }
}

/// One input on its way to a worker.
enum Input {
    /// An article of its own.
    Named(OsString),
    /// A line of a corpus, and what it is called in errors and when it has no id.
    Line { at: String, line: Vec<u8> },
    /// Something that could not be read.
    Failed(anyhow::Error),
}

/// What a worker made of an input.
struct Made {
    /// Ready to be written, with the article's size for the progress line; or why not.
    output: Result<Vec<u8>>,
    warnings: Vec<String>,
    found: bool,
    bytes: usize,
}

type Slot = SyncSender<Made>;

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let mut args = args.clone();
    if args.articles.is_empty() {
        if io::stdin().is_terminal() {
            bail!("no article is named; give one or more, or - for standard input");
        }
        args.articles.push("-".into());
    }
    let args = &args;
    let jobs = args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let settings = Arc::new(Settings { args: args.clone(), common: common.clone(), width: super::show::terminal_width() });
    let (to_writer, slots) = sync_channel(jobs * 8);
    let (to_workers, work) = sync_channel(jobs * 8);
    let work = Arc::new(Mutex::new(work));
    for _ in 0..jobs {
        let (settings, work) = (Arc::clone(&settings), Arc::clone(&work));
        thread::Builder::new().spawn(move || worker(&settings, &work)).context("cannot start a thread")?;
    }
    let reader = Arc::clone(&settings);
    // None of the threads is waited for: when the writer is done early (a closed pipe), the reader may hang on its input for good.
    thread::Builder::new()
        .spawn(move || {
            let mut send = |input| {
                let (slot, made) = sync_channel(1);
                to_writer.send(made).is_ok() && to_workers.send((input, slot)).is_ok()
            };
            read(&reader.args, &mut send);
        })
        .context("cannot start a thread")?;
    write(args, &slots)
}

struct Settings {
    args: Args,
    common: Common,
    width: Option<usize>,
}

/// Sends every input until `send` says that nobody listens any more.
fn read(args: &Args, send: &mut impl FnMut(Input) -> bool) {
    for name in &args.articles {
        let go_on = match args.from {
            None => send(Input::Named(name.clone())),
            Some(From::Jsonl) => read_lines(name, send),
        };
        if !go_on {
            return;
        }
    }
}

fn read_lines(name: &OsStr, send: &mut impl FnMut(Input) -> bool) -> bool {
    let failed = |error: &io::Error| Input::Failed(anyhow!("cannot read {}: {}", input::shown(name), output::cause(error)));
    let mut from: Box<dyn BufRead> = if name == "-" {
        Box::new(BufReader::with_capacity(1 << 20, io::stdin()))
    } else {
        match File::open(name) {
            Ok(file) => Box::new(BufReader::with_capacity(1 << 20, file)),
            Err(error) => return send(failed(&error)),
        }
    };
    for number in 1_u64.. {
        let mut line = Vec::new();
        match from.read_until(b'\n', &mut line) {
            Ok(0) => break,
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
            Ok(_) => {
                // Some editors put a mark of the encoding in front of a file.
                if number == 1 && line.starts_with(b"\xef\xbb\xbf") {
                    line.drain(..3);
                }
                let at = format!("{}:{number}", name.to_string_lossy());
                if !send(Input::Line { at, line }) {
                    return false;
                }
            }
            Err(error) => return send(failed(&error)),
        }
    }
    true
}

fn worker(settings: &Settings, work: &Mutex<Receiver<(Input, Slot)>>) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((input, slot)) = next else { return };
        // A fault in one article must not take the others with it: the slot is dropped, and the writer says so.
        if let Ok(made) = catch_unwind(AssertUnwindSafe(|| make(settings, input))) {
            let _ = slot.send(made);
        }
    }
}

/// A line of a corpus. The id may be a number.
#[derive(Deserialize)]
struct Line {
    id: Option<serde_json::Value>,
    text: String,
}

fn make(settings: &Settings, input: Input) -> Made {
    let mut warnings = Vec::new();
    let opened = match input {
        Input::Failed(error) => Err(error),
        Input::Named(name) => input::quietly(&name, &settings.common).map(|opened| {
            warnings = opened.article.warnings.iter().map(|w| format!("{}: {w}", input::shown(&name))).collect();
            (opened.id, opened.article)
        }),
        Input::Line { at, line } => parse_line(&at, &line),
    };
    let (id, article) = match opened {
        Ok(opened) => opened,
        Err(error) => return Made { output: Err(error), warnings, found: false, bytes: 0 },
    };
    let (article, found) = match find(settings, article) {
        Ok(found) => found,
        Err(error) => return Made { output: Err(error), warnings, found: false, bytes: 0 },
    };
    let kinds = settings.args.kinds();
    let output = match settings.args.format {
        Format::Json | Format::Jsonl => {
            let record = record(&id, &article, &found, kinds, settings.args.text);
            let mut out = Vec::with_capacity(2 * article.text.len());
            let written =
                if settings.args.format == Format::Json { json::pretty(&mut out, &record) } else { json::compact(&mut out, &record) };
            written.map(|()| out).map_err(anyhow::Error::from)
        }
        Format::Csv => Ok(csv::findings(&id, &article, &found, kinds)),
        Format::Table => Ok(listing::findings(&id, &article, &found, kinds, settings.width).into_bytes()),
    };
    Made { output, warnings, found: kinds.any(&found), bytes: article.text.len() }
}

/// What is in an article: as detected, or as its reader has corrected it.
fn find(settings: &Settings, article: Article) -> Result<(Arc<Article>, analysis::Findings)> {
    let article = Arc::new(article);
    if !settings.args.corrected {
        let found = analysis::analyse_for(&article, settings.args.kinds());
        return Ok((article, found));
    }
    let notes = notes::open(&article, &settings.common)?.notes;
    let article = notes::judged(article, &notes);
    let found = notes::corrected(&article, &notes);
    Ok((article, found))
}

fn parse_line(at: &str, line: &[u8]) -> Result<(String, Article)> {
    let line: Line = serde_json::from_slice(line).map_err(|e| {
        let cause = e.to_string();
        // The line of a JSON Lines file is its number in the file, which serde cannot know.
        let cause = cause.split(" at line ").next().unwrap_or(&cause);
        anyhow!("cannot read '{at}': {cause} in column {}; a line is {{\"id\": …, \"text\": …}}", e.column())
    })?;
    let id = match line.id {
        Some(serde_json::Value::String(id)) => id,
        Some(serde_json::Value::Null) | None => at.to_owned(),
        Some(other) => other.to_string(),
    };
    Ok((id, ingest::from_text(&line.text)))
}

/// Writes what the slots hold, in order.
fn write(args: &Args, slots: &Receiver<Receiver<Made>>) -> Result<Outcome> {
    let mut out = output::stdout();
    let mut progress = Progress::new();
    let (mut written, mut found, mut failed) = (0_usize, false, false);
    let array = args.format == Format::Json && args.is_many();
    if args.format == Format::Csv {
        out.write_all(&csv::header(&csv::FINDINGS))?;
    }
    // What is done goes out before anything is waited for: whoever writes one line and reads its answer must get it.
    while let Some(slot) = next(slots, &mut out)? {
        let made = match slot.try_recv() {
            Ok(made) => Ok(made),
            Err(_) => {
                out.flush()?;
                slot.recv()
            }
        };
        let made = made.unwrap_or_else(|_| Made {
            output: Err(anyhow!("cannot analyse article {}: a fault in the program; please report it", written + 1)),
            warnings: Vec::new(),
            found: false,
            bytes: 0,
        });
        if made.output.is_err() || !made.warnings.is_empty() {
            progress.clear();
        }
        made.warnings.iter().for_each(|w| output::say(w));
        match made.output {
            Ok(bytes) => {
                let separator: &[u8] = match (args.format, written) {
                    (Format::Json, 0) if array => b"[\n",
                    (Format::Json, 1..) => b",\n",
                    (Format::Table, 1..) => b"\n",
                    _ => b"",
                };
                out.write_all(separator)?;
                out.write_all(&bytes)?;
                if args.format == Format::Jsonl {
                    out.write_all(b"\n")?;
                }
                written += 1;
                found |= made.found;
            }
            Err(error) => {
                output::report(&error);
                failed = true;
            }
        }
        progress.done(made.bytes);
    }
    match (args.format, written) {
        (Format::Json, 0) if array => out.write_all(b"[]\n")?,
        (Format::Json, 1..) => out.write_all(if array { b"\n]\n" } else { b"\n" })?,
        _ => {}
    }
    progress.clear();
    out.flush()?;
    Ok(Outcome::of(found, failed))
}

/// The next slot; none when no more inputs come. Flushes `out` before it waits.
fn next(slots: &Receiver<Receiver<Made>>, out: &mut impl Write) -> Result<Option<Receiver<Made>>> {
    if let Ok(slot) = slots.try_recv() {
        return Ok(Some(slot));
    }
    out.flush()?;
    Ok(slots.recv().ok())
}

/// A line on standard error, while that is a terminal and the output goes elsewhere.
struct Progress {
    shown: bool,
    since: Option<Instant>,
    last: Instant,
    articles: usize,
    bytes: usize,
}

const PROGRESS_EVERY: Duration = Duration::from_millis(200);

impl Progress {
    fn new() -> Self {
        let wanted = io::stderr().is_terminal() && !io::stdout().is_terminal();
        let now = Instant::now();
        Self { shown: false, since: wanted.then_some(now), last: now, articles: 0, bytes: 0 }
    }

    fn done(&mut self, bytes: usize) {
        self.articles += 1;
        self.bytes += bytes;
        let Some(since) = self.since else { return };
        if self.last.elapsed() >= PROGRESS_EVERY {
            self.last = Instant::now();
            let megabytes = self.bytes as f64 / 1e6;
            let speed = megabytes / since.elapsed().as_secs_f64();
            let _ = write!(io::stderr(), "\r{} articles, {megabytes:.1} MB, {speed:.1} MB/s\x1b[K", self.articles);
            self.shown = true;
        }
    }

    /// Takes the line away, so that another can be written.
    fn clear(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
            self.shown = false;
        }
    }
}
