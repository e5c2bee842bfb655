//! `pullquote tags`: the tags of many notes files at once. Nothing is written without `--apply`.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, anyhow, bail};
use clap::{Subcommand, ValueEnum};
use serde_json::json;

use super::add::tag;
use super::{Common, Outcome, output, settings};
use crate::annotation::{Annotation, Edit, Notes, Stamp};
use crate::export::json;
use crate::export::table::Table;
use crate::store::{clock, paths, rewrite};
use crate::text::fold::Folded;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// All tags, with how many annotations and files have them
    List {
        #[command(flatten)]
        files: Files,
        /// What to print
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
    /// Give a tag another name
    Rename {
        /// The tag
        old: String,
        /// Its new name, which no annotation has yet
        #[arg(value_parser = tag)]
        new: String,
        #[command(flatten)]
        how: How,
    },
    /// Make several tags one
    Merge {
        /// The tags
        #[arg(required = true)]
        tags: Vec<String>,
        /// The tag that stays
        #[arg(long, value_name = "TAG", value_parser = tag)]
        into: String,
        #[command(flatten)]
        how: How,
    },
    /// Take tags away; the annotations stay
    Delete {
        /// The tags
        #[arg(required = true)]
        tags: Vec<String>,
        #[command(flatten)]
        how: How,
    },
}

#[derive(Debug, clap::Args)]
struct Files {
    /// A directory, with those below it, a notes file, or an article with its notes beside it; again for more
    #[arg(long = "in", value_name = "PATH", default_value = ".")]
    within: Vec<OsString>,
}

#[derive(Debug, clap::Args)]
struct How {
    #[command(flatten)]
    files: Files,
    /// Write the changes; without it they are only shown
    #[arg(long)]
    apply: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One array of tags
    Json,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    match &args.command {
        Command::List { files, format } => list(&Set::open(files, common)?, *format),
        Command::Rename { old, new, how } => {
            let set = Set::open(&how.files, common)?;
            if old != new && set.count(new) > 0 {
                bail!("the tag '{new}' is in use; to make the two one: pullquote tags merge '{old}' --into '{new}'");
            }
            set.change(&Change { from: vec![old.clone()], to: Some(new.clone()) }, how)
        }
        Command::Merge { tags, into, how } => {
            let from = tags.iter().filter(|t| *t != into).cloned().collect();
            Set::open(&how.files, common)?.change(&Change { from, to: Some(into.clone()) }, how)
        }
        Command::Delete { tags, how } => Set::open(&how.files, common)?.change(&Change { from: tags.clone(), to: None }, how),
    }
}

fn list(set: &Set, format: Format) -> Result<Outcome> {
    let mut tags: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, notes) in &set.files {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        notes.annotations.iter().flat_map(|a| &a.tags).for_each(|t| *here.entry(t).or_default() += 1);
        for (tag, n) in here {
            let (annotations, files) = tags.entry(tag).or_default();
            *annotations += n;
            *files += 1;
        }
    }
    let mut tags: Vec<(&str, (usize, usize))> = tags.into_iter().collect();
    tags.sort_by_key(|(_, (annotations, _))| std::cmp::Reverse(*annotations));
    let mut out = Vec::new();
    if format == Format::Json {
        let records: Vec<_> =
            tags.iter().map(|(tag, (annotations, files))| json!({"tag": tag, "annotations": annotations, "files": files})).collect();
        json::pretty(&mut out, &records)?;
        out.push(b'\n');
    } else if !tags.is_empty() {
        let mut table = Table::new(&["TAG", "ANNOTATIONS", "FILES"]);
        tags.iter().for_each(|(tag, (annotations, files))| table.push([(*tag).to_owned(), annotations.to_string(), files.to_string()]));
        out = table.render(super::show::terminal_width()).into_bytes();
    }
    output::print(&out)?;
    Ok(Outcome::of(!tags.is_empty(), set.failed))
}

/// Tags that become another one, or nothing.
struct Change {
    from: Vec<String>,
    to: Option<String>,
}

impl Change {
    /// The annotation with the change made; `None` when it has none of the tags.
    fn made(&self, a: &Annotation) -> Option<Annotation> {
        if !a.tags.iter().any(|t| self.from.contains(t)) {
            return None;
        }
        let mut new = Annotation { tags: Vec::new(), ..a.clone() };
        let renamed = a.tags.iter().filter_map(|t| if self.from.contains(t) { self.to.as_ref() } else { Some(t) });
        for tag in renamed {
            if !new.tags.contains(tag) {
                new.tags.push(tag.clone());
            }
        }
        if a.motivation == a.fitting_motivation() {
            new.motivation = new.fitting_motivation().into();
        }
        Some(new)
    }

    /// Makes it in notes; gives how many annotations changed.
    fn apply(&self, notes: &mut Notes, stamp: &Stamp) -> usize {
        let changed: Vec<Annotation> = notes.annotations.iter().filter_map(|a| self.made(a)).collect();
        changed.into_iter().filter(|a| notes.apply(Edit::Replace(Box::new(a.clone())), stamp).is_ok()).count()
    }
}

/// Notes files, read.
struct Set {
    files: Vec<(PathBuf, Notes)>,
    /// Some could not be read, and were reported.
    failed: bool,
}

impl Set {
    fn open(files: &Files, common: &Common) -> Result<Self> {
        let mut set = Self { files: Vec::new(), failed: false };
        let mut found = Vec::new();
        for path in files.within.iter().map(Path::new).filter(|_| common.notes.is_none()) {
            found.extend(notes_files(path)?);
        }
        found.extend(common.notes.clone());
        found.sort();
        found.dedup();
        for path in found {
            match rewrite::read(&path) {
                Ok(parsed) => set.files.push((path, parsed.notes)),
                Err(why) => {
                    output::report(&anyhow!("{why}"));
                    set.failed = true;
                }
            }
        }
        Ok(set)
    }

    /// How many annotations have a tag.
    fn count(&self, tag: &str) -> usize {
        let annotations = self.files.iter().flat_map(|(_, notes)| &notes.annotations);
        annotations.filter(|a| a.tags.iter().any(|t| t == tag)).count()
    }

    /// Shows a change, or makes it: every file in one step, under its lock, as it is at that moment.
    fn change(&self, change: &Change, how: &How) -> Result<Outcome> {
        let stamp = clock::stamp(settings::load().0.creator.as_deref());
        let (mut out, mut all, mut failed) = (String::new(), 0, self.failed);
        for (path, notes) in &self.files {
            let mut n = change.apply(&mut notes.clone(), &stamp);
            if n == 0 {
                continue;
            }
            if how.apply {
                let written = rewrite::rewrite(path, PATIENCE, |notes| {
                    n = change.apply(notes, &stamp);
                    n > 0
                });
                if let Err(why) = written {
                    output::report(&anyhow!("{why}"));
                    failed = true;
                    continue;
                }
            }
            all += n;
            out += &format!("{}: {n} {}\n", crate::text::sanitize::line(&path.to_string_lossy()), annotations(n));
        }
        if all == 0 && failed && how.apply {
            output::say("nothing was changed");
        } else if all == 0 {
            self.nothing_found(&change.from);
        } else {
            let verb = if how.apply { "changed" } else { "would change; --apply writes it" };
            out += &format!("{all} {} {verb}\n", annotations(all));
        }
        output::print(out.as_bytes())?;
        Ok(Outcome::of(all > 0, failed))
    }

    /// Says which tags there are that differ only in case and marks.
    fn nothing_found(&self, tags: &[String]) {
        let fold = |s: &str| Folded::new(s).text;
        let known = self.files.iter().flat_map(|(_, notes)| &notes.annotations).flat_map(|a| &a.tags);
        let alike = known.clone().find(|known| tags.iter().any(|t| t != *known && fold(t) == fold(known)));
        let hint = alike.map_or_else(String::new, |tag| format!("; there is '{tag}'"));
        output::say(&format!("no annotation has the tag '{}'{hint}", tags.join("', '")));
    }
}

const PATIENCE: Duration = Duration::from_secs(5);

fn annotations(n: usize) -> &'static str {
    if n == 1 { "annotation" } else { "annotations" }
}

/// The notes files that a path stands for.
fn notes_files(path: &Path) -> Result<Vec<PathBuf>> {
    let cannot = |cause: &str| anyhow!("cannot read '{}': {cause}", path.display());
    if path.is_dir() {
        return rewrite::notes_files(path).map_err(|e| cannot(&output::cause(&e)));
    }
    let beside = paths::sidecar(path);
    match (path.to_string_lossy().ends_with(paths::SUFFIX) || !beside.exists(), path.exists()) {
        (_, false) => Err(cannot("no such file; check the path")),
        (true, true) => Ok(vec![path.to_owned()]),
        (false, true) => Ok(vec![beside]),
    }
}
