//! Lists of articles for the reader: a directory, several files, what was read lately.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};

use super::{Common, input, notes};
use crate::analysis;
use crate::store::recent::{self, Recent};
use crate::store::{NotesFile, Places};
use crate::tui::picker::{Info, Item};
use crate::tui::session::Look;

/// Articles and what stands over their list.
pub(super) struct Shelf {
    pub(super) heading: String,
    pub(super) articles: Vec<OsString>,
    /// For what was read lately: the place and time of each.
    recent: Vec<Recent>,
}

/// The endings of files that a directory's list shows.
const ENDINGS: &[&str] = &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "eml"];

impl Shelf {
    /// What was read lately and is still there.
    pub(super) fn recent(places: &Places) -> Result<Self> {
        let mut recent = recent::list(places);
        recent.retain(|r| input::as_address(OsStr::new(&r.article)).is_some() || Path::new(&r.article).is_file());
        if recent.is_empty() {
            bail!("no article given; try 'pullquote FILE', or 'pullquote --help'");
        }
        let articles = recent.iter().map(|r| OsString::from(&r.article)).collect();
        Ok(Self { heading: "Read lately".into(), articles, recent })
    }

    /// Files, addresses, and the articles in directories.
    pub(super) fn of(names: &[OsString]) -> Result<Self> {
        let articles = expand(names)?;
        let heading = match names {
            [one] => format!("{} · {} articles", Path::new(one).display(), articles.len()),
            _ => format!("{} articles", articles.len()),
        };
        Ok(Self { heading, articles, recent: Vec::new() })
    }

    /// The rows of the list, before more is known.
    pub(super) fn items(&self) -> Vec<Item> {
        let named = |(i, article): (usize, &OsString)| {
            let recent = self.recent.get(i);
            let info = recent.map(|r| Info { title: Some(r.title.clone()), ..Info::default() }).unwrap_or_default();
            let name = match recent {
                Some(r) => r.article.clone(),
                None => Path::new(article).file_name().unwrap_or(article).to_string_lossy().into_owned(),
            };
            Item { name, info }
        };
        self.articles.iter().enumerate().map(named).collect()
    }

    /// Finds out what the list shows of each article.
    pub(super) fn look(&self, places: &Places, common: &Common) -> Look {
        let (articles, recent, common) = (self.articles.clone(), self.recent.clone(), common.clone());
        let places = places.clone();
        Box::new(move |i| {
            let left = recent.get(i).cloned().or_else(|| {
                let known = known_as(&articles[i])?;
                recent::list(&places).into_iter().find(|r| r.article == known)
            });
            info(&articles[i], left.as_ref(), !recent.is_empty(), &common)
        })
    }
}

/// What the list shows of one article; of an address, what the copy that was kept tells: nothing is fetched for a list.
fn info(name: &OsStr, left: Option<&Recent>, lately: bool, common: &Common) -> Info {
    // The caret on the last character has read everything.
    let read = left.filter(|r| r.length > 0).map(|r| if r.at + 2 >= r.length { 100 } else { r.at * 100 / r.length });
    let day = |r: &Recent| r.left.split('T').next().unwrap_or_default().to_owned();
    let known = Info { title: left.map(|r| r.title.clone()), read, date: left.filter(|_| lately).map(day), ..Info::default() };
    let is_address = input::as_address(name).is_some();
    let common = &Common { offline: common.offline || is_address, ..common.clone() };
    let article = match input::quietly(name, common) {
        Ok(opened) => Arc::new(opened.article),
        // Without a copy nothing is known of it yet.
        Err(_) if is_address => return Info { read: None, ..known },
        Err(error) => return Info { failed: Some(format!("{error:#}")), ..known },
    };
    let found = analysis::analyse(&article);
    let notes = notes::options(common).ok().and_then(|options| NotesFile::open(Arc::clone(&article), options).ok());
    Info {
        title: article.meta.title.clone().or(known.title),
        date: known.date.or_else(|| article.meta.published.as_deref().map(published)),
        words: Some(article.text.split_whitespace().count()),
        quotes: Some(found.quotes.iter().filter(|q| q.kind.is_speech()).count()),
        notes: notes.map(|opened| opened.notes.annotations.len()),
        read: known.read,
        failed: None,
    }
}

/// The day, as ISO 8601 writes it where the words give one.
fn published(words: &str) -> String {
    let day = words.split('T').next().unwrap_or_default();
    analysis::figures::iso_date(day).filter(|_| !day.starts_with(|c: char| c.is_ascii_digit())).unwrap_or_else(|| day.to_owned())
}

/// True for a directory.
pub(super) fn is_directory(name: &OsStr) -> bool {
    name != "-" && Path::new(name).is_dir()
}

/// Files and addresses as they are; of a directory its articles, by name.
pub(super) fn expand(names: &[OsString]) -> Result<Vec<OsString>> {
    let mut all = Vec::new();
    for name in names {
        if is_directory(name) {
            all.extend(articles_in(Path::new(name))?.into_iter().map(PathBuf::into_os_string));
        } else {
            all.push(name.clone());
        }
    }
    Ok(all)
}

fn articles_in(directory: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(directory).with_context(|| format!("cannot read the directory '{}'", directory.display()))?;
    let wanted = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
        !hidden && ENDINGS.contains(&ending.as_str()) && path.is_file()
    };
    let mut found: Vec<PathBuf> = entries.flatten().map(|e| e.path()).filter(wanted).collect();
    found.sort();
    if found.is_empty() {
        bail!("no articles in '{}': it has no files that end in .{}", directory.display(), ENDINGS.join(", ."));
    }
    Ok(found)
}

/// What an article is remembered as: its absolute path or its address; nothing for pipes.
pub(super) fn known_as(name: &OsStr) -> Option<String> {
    if name == "-" {
        return None;
    }
    if let Some(address) = input::as_address(name) {
        return Some(address.to_owned());
    }
    std::fs::canonicalize(name).ok()?.to_str().map(str::to_owned)
}
