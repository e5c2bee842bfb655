//! Corrects what the extractor kept and left out: what it does not see is how a piece reads, and what the page says of it.
//!
//! The extractor scores whole elements. Inside those it chose stand captions, teasers, buttons and dates; beside them now and then a
//! paragraph of the article. Every rule here speaks of one piece or a run of pieces, and leaves prose alone.

use rustc_hash::FxHashMap;

use super::meta;
use super::page::{Page, Piece};
use crate::article::{BlockKind, Meta, Reason};
use crate::ingest::structure;

/// What becomes of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a block of the article.
    Kept(BlockKind),
    /// It is not, and why.
    Left(Reason),
}

/// The judgement of a page.
#[derive(Debug)]
pub(super) struct Judged {
    /// One for each piece.
    pub(super) verdicts: Vec<Verdict>,
    /// False when no article was found: all that the page shows is kept.
    pub(super) found: bool,
}

/// A line of at most so many bytes may be a date, a credit, a button.
const SHORT: usize = 160;

/// What is kept must be at least this many bytes of prose, or this part of the page's.
const LITTLE: usize = 250;
const PART: usize = 8;

/// Judges every piece. `kept` are the bytes of each that the extractor kept.
pub(super) fn judge(page: &Page, kept: Option<&[usize]>, meta: &Meta) -> Judged {
    let prose: Vec<bool> = page.pieces.iter().map(|p| is_prose(p, p.range.of(&page.text))).collect();
    let mut keep: Vec<bool> = match kept {
        Some(kept) => page.pieces.iter().zip(kept).map(|(p, kept)| kept * 2 >= p.range.len() && *kept > 0).collect(),
        None => vec![false; page.pieces.len()],
    };
    let found = is_enough(page, &keep, &prose);
    if !found {
        return Judged { verdicts: all_shown(page), found };
    }
    bridge(page, &mut keep, &prose);
    let zoned = zones(page, &keep, &prose);
    let mut verdicts: Vec<Verdict> = (0..page.pieces.len())
        .filter_map(|i| {
            let piece = page.pieces.get(i)?;
            let reason = match (keep.get(i)?, zoned.get(i)?, prose.get(i)?) {
                (false, ..) => Some(piece.zone.map_or(Reason::Outside, |z| z.reason)),
                (true, Some(reason), false) if piece.kind != BlockKind::Quote => Some(*reason),
                (true, _, prose) => own_reason(page, piece, *prose, meta),
            };
            Some(reason.map_or(Verdict::Kept(piece.kind), Verdict::Left))
        })
        .collect();
    lists_of_links(page, &mut verdicts);
    pull_quotes(page, &mut verdicts, &prose);
    last_headings(page, &mut verdicts);
    if is_next_to_nothing(page, &verdicts) {
        return Judged { verdicts: all_shown(page), found: false };
    }
    Judged { verdicts, found }
}

/// A sentence or more, not made of links.
pub(super) fn is_prose(piece: &Piece, text: &str) -> bool {
    if piece.linked * 2 >= text.len() || matches!(piece.kind, BlockKind::Heading(_)) {
        return false;
    }
    let chars = text.chars().count();
    let spaced = text.split_whitespace().count();
    // Scripts without spaces have about two characters to a word.
    let words = if chars > spaced * 20 { chars / 2 } else { spaced };
    let ends = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c)).ends_with(is_end);
    words >= 12 && ends || chars > 200
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '"' | '”' | '’' | ')' | '。' | '！' | '？')
}

/// True when what is kept is an article's worth: some prose, and not a trifle beside what the page shows.
fn is_enough(page: &Page, keep: &[bool], prose: &[bool]) -> bool {
    let (mut kept, mut shown) = (0, 0);
    for ((piece, keep), prose) in page.pieces.iter().zip(keep).zip(prose) {
        if *prose && piece.zone.is_none() {
            shown += piece.range.len();
        }
        if *keep && (*prose || piece.range.len() > 40) {
            kept += piece.range.len();
        }
    }
    kept > 0 && (kept >= LITTLE || kept * 2 >= shown) && kept * PART >= shown
}

/// True when next to nothing was kept of a page that shows much more: the front page of a paper is headlines that are links.
fn is_next_to_nothing(page: &Page, verdicts: &[Verdict]) -> bool {
    let (mut kept, mut shown) = (0, 0);
    for (piece, verdict) in page.pieces.iter().zip(verdicts) {
        let length = piece.range.len();
        kept += if matches!(verdict, Verdict::Kept(_)) { length } else { 0 };
        shown += if piece.zone.is_some_and(|z| z.sure) { 0 } else { length };
    }
    kept < LITTLE && kept * PART < shown
}

/// Everything that the page shows and does not call navigation.
fn all_shown(page: &Page) -> Vec<Verdict> {
    let verdict = |p: &Piece| match p.zone.filter(|z| z.sure) {
        Some(zone) => Verdict::Left(zone.reason),
        None => Verdict::Kept(p.kind),
    };
    page.pieces.iter().map(verdict).collect()
}

/// Takes in prose that was left out although its neighbours in the same element were kept, and quotations amid the article.
fn bridge(page: &Page, keep: &mut [bool], prose: &[bool]) {
    let mut siblings: FxHashMap<u32, usize> = FxHashMap::default();
    let is_kept_prose = |(i, _): &(usize, &Piece)| keep.get(*i) == Some(&true) && prose.get(*i) == Some(&true);
    let (mut first, mut last) = (usize::MAX, 0);
    for (i, piece) in page.pieces.iter().enumerate().filter(is_kept_prose) {
        *siblings.entry(piece.parent).or_default() += 1;
        (first, last) = (first.min(i), i);
    }
    for (i, piece) in page.pieces.iter().enumerate() {
        let amid = first < i && i < last;
        let zone = piece.zone.is_none_or(|z| !z.sure && amid);
        // Of a post that is shown amid the article, also the line that says whose it is; and who wrote the article with whom, below it.
        let post = amid && piece.main && piece.kind == BlockKind::Quote;
        let credit = first < i && piece.kind == BlockKind::Paragraph && structure::is_credit(piece.range.of(&page.text));
        let may = zone && (prose.get(i) == Some(&true) || post || credit) && matches!(piece.kind, BlockKind::Paragraph | BlockKind::Quote);
        let fits = siblings.get(&piece.parent).is_some_and(|n| *n >= 2) || post || credit && piece.main;
        if may
            && fits
            && let Some(keep) = keep.get_mut(i)
        {
            *keep = true;
        }
    }
}

/// For each piece, why its zone speaks against it. A zone that is known by its name alone and holds mostly kept prose is the article's own
/// wrapper ("layout with-sidebar"), and speaks against nothing.
fn zones(page: &Page, keep: &[bool], prose: &[bool]) -> Vec<Option<Reason>> {
    let mut out: Vec<Option<Reason>> = page.pieces.iter().map(|p| p.zone.map(|z| z.reason)).collect();
    let mut start = 0;
    for run in page.pieces.chunk_by(|a, b| a.zone == b.zone) {
        let end = start + run.len();
        if run.first().and_then(|p| p.zone).is_some_and(|z| !z.sure) {
            let all: usize = run.iter().map(|p| p.range.len()).sum();
            let kept: Vec<usize> = (start..end)
                .filter(|i| keep.get(*i) == Some(&true) && prose.get(*i) == Some(&true))
                .filter_map(|i| page.pieces.get(i).map(|p| p.range.len()))
                .collect();
            if kept.len() >= 3 && kept.iter().sum::<usize>() * 2 >= all {
                out.get_mut(start..end).unwrap_or_default().fill(None);
            }
        }
        start = end;
    }
    out
}

/// Why a kept piece is not the article, by itself alone.
fn own_reason(page: &Page, piece: &Piece, prose: bool, meta: &Meta) -> Option<Reason> {
    let text = piece.range.of(&page.text);
    if !text.chars().any(char::is_alphanumeric) {
        return Some(Reason::Outside);
    }
    let is_title = text.len() <= 400 && meta.title.as_deref().is_some_and(|t| meta::letters(t) == meta::letters(text));
    if is_title {
        return Some(Reason::Outside);
    }
    if prose {
        return None;
    }
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).len();
    let linked = piece.linked * 20 >= bare * 17 && bare > 0;
    if linked && matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading(_)) && !text.starts_with("http") {
        return Some(Reason::RelatedLink);
    }
    let says = |words: &[&str]| words.iter().any(|w| piece.marks.contains(w));
    if text.len() > SHORT || matches!(piece.kind, BlockKind::Heading(_)) {
        return None;
    }
    // A quotation's last line says whose words they are, and when.
    if piece.kind == BlockKind::Quote || structure::is_credit(text) {
        return None;
    }
    if says(&["credit", "gallery", "photo", "image", "lightbox", "slide"]) || is_credit_line(text) {
        return Some(Reason::Caption);
    }
    let names_it = says(&[
        "date",
        "time",
        "kicker",
        "eyebrow",
        "overline",
        "rubric",
        "topline",
        "byline",
        "author",
        "meta",
        "posted",
        "published",
        "stamp",
    ]);
    (names_it || meta::is_date_line(text)).then_some(Reason::Outside)
}

/// "Photo: Jane Roe", "© Jane Roe", "Image 1 of 5".
fn is_credit_line(text: &str) -> bool {
    let line = text.trim_start_matches(['(', '[']);
    if line.starts_with('©') {
        return true;
    }
    let first = |words: &[&str]| words.iter().find_map(|w| line.strip_prefix(w));
    let rest = first(&["Photographs", "Photograph", "Photos", "Photo", "Pictures", "Picture", "Images", "Image", "Foto", "Credit"]);
    rest.is_some_and(|rest| {
        let rest = rest.trim_start_matches(" credit").trim_start_matches(" by").trim_start();
        rest.starts_with(':') || rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains(" of ")
    })
}

/// Leaves out lists whose items are links and little else.
fn lists_of_links(page: &Page, verdicts: &mut [Verdict]) {
    let mut start = 0;
    for run in page.pieces.chunk_by(|a, b| (a.kind, a.parent) == (b.kind, b.parent)) {
        let end = start + run.len();
        let linked: usize = run.iter().map(|p| p.linked).sum();
        // Without the bullets.
        let all: usize = run.iter().map(|p| p.range.len().saturating_sub(4)).sum();
        if run.first().is_some_and(|p| p.kind == BlockKind::ListItem) && all > 0 && linked * 10 >= all * 7 {
            let kept = verdicts.get_mut(start..end).unwrap_or_default();
            kept.iter_mut().filter(|v| matches!(v, Verdict::Kept(_))).for_each(|v| *v = Verdict::Left(Reason::RelatedLink));
        }
        start = end;
    }
}

/// Leaves out words that stand in the article a second time, set large: pull quotes.
fn pull_quotes(page: &Page, verdicts: &mut [Verdict], prose: &[bool]) {
    const MOST: usize = 40;
    let is_kept = |v: &Verdict| matches!(v, Verdict::Kept(_));
    let may = |p: &Piece, v: &Verdict| {
        let kind =
            matches!(p.kind, BlockKind::Quote | BlockKind::Heading(_)) || ["pull", "quote", "aside"].iter().any(|w| p.marks.contains(w));
        is_kept(v) && kind && (20..=500).contains(&p.range.len())
    };
    let suspects: Vec<usize> =
        (0..page.pieces.len()).filter(|i| page.pieces.get(*i).zip(verdicts.get(*i)).is_some_and(|(p, v)| may(p, v))).take(MOST).collect();
    if suspects.is_empty() {
        return;
    }
    let others = page.pieces.iter().zip(verdicts.iter()).zip(prose).enumerate();
    let body: String = others
        .filter(|(i, ((p, v), prose))| is_kept(v) && **prose && p.kind != BlockKind::Quote && !suspects.contains(i))
        .map(|(_, ((p, _), _))| meta::letters(p.range.of(&page.text)) + "\n")
        .collect();
    for i in suspects {
        let Some(piece) = page.pieces.get(i) else { continue };
        let words = meta::letters(piece.range.of(&page.text));
        if words.len() >= 16
            && body.contains(&words)
            && let Some(verdict) = verdicts.get_mut(i)
        {
            *verdict = Verdict::Left(Reason::Repeated);
        }
    }
}

/// Leaves out headings at the end: they head what was left out.
fn last_headings(page: &Page, verdicts: &mut [Verdict]) {
    for (piece, verdict) in page.pieces.iter().zip(verdicts).rev() {
        match verdict {
            Verdict::Kept(BlockKind::Heading(_)) => *verdict = Verdict::Left(Reason::Outside),
            Verdict::Kept(_) if piece.range.len() < 40 && piece.range.of(&page.text).trim_end().ends_with(':') => {
                *verdict = Verdict::Left(Reason::Outside);
            }
            Verdict::Kept(_) => return,
            Verdict::Left(_) => {}
        }
    }
}
