//! The notes of an article, for the commands.

use std::ffi::OsStr;
use std::sync::Arc;

use anyhow::Result;

use super::filter::Filter;
use super::{Common, input, output};
use crate::analysis::{self, Findings};
use crate::annotation::{Notes, corrections, folds};
use crate::article::Article;
use crate::export::Noted;
use crate::log;
use crate::store::{NotesFile, OpenOptions, Opened, Places};
use crate::text::CodePoints;

/// Where the notes are looked for.
pub(super) fn options(common: &Common) -> Result<OpenOptions> {
    let mut options = OpenOptions::new(Places::from_env()?);
    options.explicit.clone_from(&common.notes);
    Ok(options)
}

/// Opens the notes of an article; what the store warns of is said on standard error.
pub(super) fn open(article: &Arc<Article>, common: &Common) -> Result<Opened> {
    let opened = NotesFile::open(Arc::clone(article), options(common)?)?;
    opened.warnings.iter().for_each(|w| output::say(w));
    Ok(opened)
}

/// An article as its reader judged what is furniture.
pub(super) fn judged(article: Arc<Article>, notes: &Notes) -> Arc<Article> {
    folds::apply(&article, &notes.corrections, &CodePoints::new(&article.text)).map_or(article, Arc::new)
}

/// What is found in an article, with the reader's corrections.
pub(super) fn corrected(article: &Article, notes: &Notes) -> Findings {
    let found = log::timed("analysis", || analysis::analyse(article));
    if notes.corrections.is_empty() {
        return found;
    }
    corrections::apply(&found, &notes.corrections, &article.text, &CodePoints::new(&article.text)).findings
}

/// An article by the name that the reader gave, with those of its notes that a filter admits.
pub(super) struct Chosen {
    /// Untrusted.
    pub(super) id: String,
    pub(super) article: Arc<Article>,
    pub(super) file: NotesFile,
    pub(super) notes: Notes,
}

impl Chosen {
    /// For the formats.
    pub(super) fn noted(&self) -> Noted<'_> {
        Noted { id: &self.id, article: &self.article, notes: &self.notes, source: self.file.source(), text: self.file.text() }
    }
}

/// Opens an article and chooses from its notes.
pub(super) fn choose(name: &OsStr, filter: &Filter, common: &Common) -> Result<Chosen> {
    let input::Opened { id, article } = input::open(name, common)?;
    let article = Arc::new(article);
    let Opened { file, mut notes, .. } = open(&article, common)?;
    let filter = filter.all();
    if !filter.is_empty() {
        notes.annotations.retain(|a| filter.fits(a));
        // What is no annotation does not pass a filter on annotations.
        notes.corrections.clear();
        notes.deleted.clear();
        notes.set_aside.clear();
    }
    Ok(Chosen { id, article, file, notes })
}

/// As [`choose`] for every name; those that fail are reported and left out, and the second value is true.
pub(super) fn choose_all<'a>(
    names: impl IntoIterator<Item = &'a std::ffi::OsString>,
    filter: &Filter,
    common: &Common,
) -> (Vec<Chosen>, bool) {
    let mut failed = false;
    let chosen = names.into_iter().filter_map(|name| {
        choose(name, filter, common)
            .inspect_err(|error| {
                output::report(error);
                failed = true;
            })
            .ok()
    });
    let chosen = chosen.collect();
    (chosen, failed)
}
