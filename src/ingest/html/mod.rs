//! Web pages: bytes to the reading text of the article, with what was left out beside it.
//!
//! | file | what it does |
//! |---|---|
//! | `charset` | the charset that a page names in its head |
//! | `reduce` | cuts the markup down to what can be parsed in bounded time |
//! | `page` | walks over the parsed page: every paragraph, heading, item, row, caption with its surroundings |
//! | `zone` | what a part of a page is for, by its element, role and class |
//! | `extract` | which pieces are the article, as `dom_smoothie` judges |
//! | `refine` | corrects that judgement by what the pieces say and where they stand |
//! | `meta` | title, authors, date, publisher, language, address, by ladders of evidence |
//! | `build` | pieces to an article |
//!
//! Scripts never run and nothing is loaded: a page is a string.

mod build;
pub(super) mod charset;
mod extract;
mod meta;
mod page;
mod reduce;
mod refine;
mod zone;

use dom_query::Document;

use super::Error;
use crate::article::Article;

/// An article that is not free to read and shorter than this, in bytes, is taken for its beginning.
const STUB: usize = 2500;

/// Reads a decoded page. `address` is where it came from, when that is known.
///
/// # Errors
/// When it has more elements or text than can be read in bounded time.
pub(super) fn article(decoded: &str, address: Option<&str>) -> Result<Article, Error> {
    let reduced = reduce::reduce(decoded).ok_or(Error::PageTooLarge)?;
    let document = Document::from(reduced.markup);
    let page = page::page(&document);
    let meta::Said { meta, paid } = meta::read(&document, &reduced.data, &page, address);
    let kept = extract::kept(document, &page);
    let judged = refine::judge(&page, kept.as_deref(), &meta);
    let mut article = build::article(&page, &judged.verdicts, meta);
    if !judged.found {
        article.warnings.push("no article was found on this page: all of its text is here".into());
    }
    if paid && article.text.len() < STUB {
        article.warnings.push("the page says that it is not free to read: this may be only its beginning".into());
    }
    if reduced.flattened {
        article.warnings.push("elements are nested so deeply that some of the page's structure is lost".into());
    }
    Ok(article)
}
