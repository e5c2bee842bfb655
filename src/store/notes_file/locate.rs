//! Where the notes of an article are, or will be.

use std::path::{Path, PathBuf};

use super::super::paths::{self, Known};
use super::OpenOptions;
use crate::article::Article;

/// The place of an article's notes.
#[derive(Debug)]
pub(super) struct Location {
    pub(super) path: PathBuf,
    /// A guess: nothing is there yet, and whether the directory can be written to is seen at the first save.
    pub(super) provisional: bool,
    /// Found by the article's own name, which another article may have taken over.
    pub(super) by_name: bool,
}

/// Where the notes are or will be, and whether that is only a guess.
pub(super) fn locate(article: &Article, text_sha256: &str, options: &OpenOptions, warnings: &mut Vec<String>) -> Location {
    let at = |path: PathBuf| Location { path, provisional: false, by_name: false };
    if let Some(path) = &options.explicit {
        return at(path.clone());
    }
    let file = article.source.path.as_deref();
    let absolute = file.and_then(|path| std::path::absolute(path).ok());
    let known = Known {
        path: absolute.as_deref(),
        text_sha256: says_something(article).then_some(text_sha256),
        uri: options.uri.as_deref().or(article.meta.url.as_deref()),
    };
    if let Some((found, how)) = paths::find(&options.places, known) {
        // They stay there: a program that has them open would write them anew at the old place.
        if let Some(how) = how {
            warnings.push(format!("the notes are in '{}', found {how}", found.display()));
        }
        // By name: as the reader named the article, not as an absolute path.
        let named =
            file.map(paths::sidecar).filter(|beside| absolute.as_deref().map(paths::sidecar).as_ref() == Some(&found) && beside.exists());
        let by_name = named.is_some();
        return Location { by_name, ..at(named.unwrap_or(found)) };
    }
    let path = file.map_or_else(|| paths::in_data_directory(&options.places, text_sha256), paths::sidecar);
    Location { provisional: true, ..at(path) }
}

/// All empty texts have one digest: it says nothing about which article this is.
pub(super) fn says_something(article: &Article) -> bool {
    !article.text.trim().is_empty()
}

/// The name beside `path` with a number in it.
pub(super) fn numbered(path: &Path, n: u32) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(paths::SUFFIX).unwrap_or(&name);
    path.with_file_name(format!("{stem}.{n}{}", paths::SUFFIX))
}
