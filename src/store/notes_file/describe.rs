//! What a notes file says of its article.

use std::path::Path;

use super::super::schema::{OFFSET_UNIT, SourceRecord};
use super::super::{clock, digest};
use super::OpenOptions;
use crate::article::Article;
use crate::text::CodePoints;
use crate::text::words::Words;

/// The article's path as the notes file has it: its name when it lies beside, else absolute.
pub(super) fn beside(article: &Path, notes: &Path) -> String {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let (article, notes) = (absolute(article), absolute(notes));
    let name = article.file_name().filter(|_| article.parent() == notes.parent());
    name.map_or_else(|| article.to_string_lossy().into_owned(), |name| name.to_string_lossy().into_owned())
}

/// What is known of the article today; from `stored`, what is not known today.
pub(super) fn describe(
    article: &Article,
    text_sha256: &str,
    map: &CodePoints,
    options: &OpenOptions,
    new: bool,
    stored: SourceRecord,
) -> SourceRecord {
    let raw = article.source.path.as_deref().and_then(|path| digest::of_file(path).ok());
    // Somebody may have changed the file since it was read.
    let raw = raw.filter(|(_, len)| *len == article.source.raw_len).map(|(digest, _)| digest);
    let same_text = stored.text_sha256.as_deref() == Some(text_sha256);
    let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
    let meta = &article.meta;
    SourceRecord {
        uri: options.uri.clone().or_else(|| meta.url.clone()).or(stored.uri),
        title: meta.title.clone().or(stored.title),
        byline: Some(meta.byline.clone()).filter(|b| !b.is_empty()).or(stored.byline),
        published: meta.published.clone().or(stored.published),
        retrieved: stored.retrieved.or_else(|| new.then(clock::now)),
        lang: meta.lang.clone().or(stored.lang),
        media_type: some(article.source.media_type).or(stored.media_type),
        raw_sha256: raw.or(stored.raw_sha256.filter(|_| same_text)),
        text_sha256: Some(text_sha256.to_owned()),
        text_len: Some(map.len()),
        offset_unit: Some(OFFSET_UNIT.into()),
        extractor: some(article.source.extractor).or(stored.extractor),
        path: stored.path,
        ..SourceRecord::default()
    }
}

/// True when what a notes file says of its article cannot be a version of this one: another text under another headline.
pub(super) fn is_of_another(stored: &SourceRecord, article: &Article, text_sha256: &str) -> bool {
    let (Some(digest), Some(before), Some(now)) = (&stored.text_sha256, &stored.title, &article.meta.title) else { return false };
    if digest == text_sha256 {
        return false;
    }
    !headlines_alike(before, now)
}

/// True when two headlines may be of two versions of one article: half the words of the shorter are in the other.
pub(in crate::store) fn headlines_alike(before: &str, now: &str) -> bool {
    let keys = |title: &str| Words::new(title).all.iter().map(|w| w.key).collect::<Vec<_>>();
    let (before, now) = (keys(before), keys(now));
    let shared = before.iter().filter(|k| now.contains(k)).count();
    shared * 2 >= before.len().min(now.len()).max(1)
}
