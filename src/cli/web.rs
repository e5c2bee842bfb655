//! Articles by their addresses: fetched, or taken from the copies that were kept.

use super::Common;
use crate::fetch::{self, Fetched, Patience};
use crate::store::{Places, atomic, pages};

/// A page that came by its address.
pub(super) struct Page {
    pub(super) bytes: Vec<u8>,
    /// The content type that came with it; may be empty.
    pub(super) media_type: String,
    pub(super) charset: Option<String>,
    /// Where it was in the end.
    pub(super) address: String,
    /// What the reader should know, one line each.
    pub(super) notices: Vec<String>,
}

/// Reads the page at `typed`: from the network, or the last copy when there is no getting at it. With `--offline`, and for commands that are
/// about notes, a copy is enough.
pub(super) fn open(typed: &str, common: &Common) -> Result<Page, String> {
    let places = Places::from_env().map_err(|e| format!("{e:#}"))?;
    if common.offline || common.kept_is_enough {
        if let Some(page) = kept(&places, typed, common.offline.then_some("not fetched (--offline)")) {
            return Ok(page);
        }
        if common.offline {
            return Err("no copy of it was kept; leave --offline out to fetch it".into());
        }
    }
    match fetch::fetch(typed, Patience::default()) {
        Ok(fetched) => Ok(take(&places, typed, fetched, common)),
        Err(why) => kept(&places, typed, Some(&format!("not fetched: {why}"))).ok_or_else(|| why.to_string()),
    }
}

/// Two versions of the page at `typed`, the older first: the last copy that was kept and what is there now, or, with `--offline`, the last two
/// copies.
pub(super) fn versions(typed: &str, common: &Common) -> Result<(Page, Page), String> {
    let places = Places::from_env().map_err(|e| format!("{e:#}"))?;
    let mut copies = pages::of(&places, typed).into_iter().rev();
    let mut last = || {
        let (copy, bytes) = copies.by_ref().find_map(|c| pages::load(&places, &c).map(|bytes| (c, bytes)))?;
        let notices = vec![format!("the copy of {}", copy.retrieved)];
        Some(Page { bytes, media_type: copy.media_type, charset: copy.charset, address: copy.address, notices })
    };
    let newest = last();
    if common.offline {
        let older = newest.and_then(|newest| Some((last()?, newest)));
        return older.ok_or_else(|| "fewer than two copies of it were kept; leave --offline out to compare with what is there now".into());
    }
    let now = fetch::fetch(typed, Patience::default()).map_err(|why| why.to_string())?;
    let now = take(&places, typed, now, common);
    newest.map(|older| (older, now)).ok_or_else(|| {
        let kept = if common.no_save { "" } else { ", it is kept now" };
        format!("no earlier copy of it was kept to compare with{kept}")
    })
}

/// What was fetched, kept for later unless the reader wants otherwise.
fn take(places: &Places, typed: &str, fetched: Fetched, common: &Common) -> Page {
    let Fetched { bytes, address, redirects, media_type, charset } = fetched;
    let mut notices = Vec::new();
    if !redirects.is_empty() {
        notices.push(format!("redirected to {address}"));
    }
    if !common.no_save {
        let page = pages::New { typed, address: &address, media_type: &media_type, charset: charset.as_deref(), bytes: &bytes };
        if let Err(why) = pages::keep(places, page) {
            notices.push(format!("no copy was kept: {}", atomic::explain(&why)));
        }
    }
    Page { bytes, media_type, charset, address, notices }
}

/// The newest copy that can be read; `why` is it that is given out, when the reader should know.
fn kept(places: &Places, typed: &str, why: Option<&str>) -> Option<Page> {
    let copies = pages::of(places, typed);
    let (copy, bytes) = copies.into_iter().rev().find_map(|c| pages::load(places, &c).map(|bytes| (c, bytes)))?;
    let notices = why.map(|why| format!("{why}; this is the copy of {}", copy.retrieved)).into_iter().collect();
    Some(Page { bytes, media_type: copy.media_type, charset: copy.charset, address: copy.address, notices })
}
