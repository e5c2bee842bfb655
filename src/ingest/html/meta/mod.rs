//! Title, authors, date, publisher, language and address of an article, each by a ladder of evidence.
//!
//! What a page tells machines about its article (JSON-LD, then Open Graph, then other `meta`) stands above what its elements suggest, and
//! that above the address. The headline that readers see wins over its variants for search engines.

mod byline;
mod dates;
mod json_ld;
mod tags;
mod title;

use dom_query::Document;

use self::tags::{Tags, TimeKind};
use super::page::{Page, Piece};
use super::refine;
use crate::article::{BlockKind, Meta};
use crate::ingest::boilerplate::is_date_word;

/// What a page says of its article.
pub(super) struct Said {
    pub(super) meta: Meta,
    /// It is not free to read.
    pub(super) paid: bool,
}

/// Reads all evidence. `data` are the JSON-LD islands; `address` is where the page came from, when that is known.
pub(super) fn read(document: &Document, data: &[&str], page: &Page, address: Option<&str>) -> Said {
    let tags = Tags::read(document);
    let described = json_ld::article(data).unwrap_or_default();
    let url = url(&tags, described.url.as_deref(), address);
    let publisher = described.publisher.clone().or_else(|| {
        tags.first(&["og:site_name", "application-name", "publisher", "dc.publisher", "article:publisher", "twitter:app:name:iphone"])
            .filter(|n| !n.contains("://"))
            .map(str::to_owned)
    });
    let title = title::choose(&tags, described.headline.as_deref(), page, publisher.as_deref(), url.as_deref());
    let lang = tags.lang.clone().or_else(|| described.lang.clone()).or_else(|| {
        let named = tags.first(&["content-language", "og:locale", "dc.language", "language"]);
        named.map(|l| l.split(',').next().unwrap_or(l).trim().replace('_', "-"))
    });
    let meta = Meta {
        byline: byline::authors(&tags, &described.authors, page, title.as_deref(), publisher.as_deref()),
        published: published(&tags, &described, page, title.as_deref(), url.as_deref()),
        title,
        publisher,
        lang,
        url,
    };
    Said { meta, paid: described.paid }
}

/// The address that the page calls its own. A page's word counts only for its own host when that is known.
fn url(tags: &Tags, described: Option<&str>, address: Option<&str>) -> Option<String> {
    let full = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let said = [tags.canonical.as_deref(), tags.first(&["og:url"]), described];
    let said = said.into_iter().flatten().find(full);
    match (said, address) {
        (Some(said), Some(address)) if host(said) != host(address) => Some(address.to_owned()),
        (Some(said), _) => Some(said.to_owned()),
        (None, address) => address.map(str::to_owned),
    }
}

/// The host of an address, without "www.".
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

const PUBLISHED: [&str; 30] = [
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "publicationdate",
    "pubdate",
    "pub_date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "rnews:datepublished",
    "bt:pubdate",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "displaydate",
    "date",
    "created",
];

/// The date of publication, as ISO 8601.
fn published(tags: &Tags, described: &json_ld::Described, page: &Page, title: Option<&str>, url: Option<&str>) -> Option<String> {
    let of_kind = |kind: TimeKind| time(tags, kind, title);
    described
        .published
        .as_deref()
        .and_then(dates::iso)
        .or_else(|| PUBLISHED.iter().find_map(|name| tags.all(name).find_map(dates::iso)))
        .or_else(|| of_kind(TimeKind::Published))
        .or_else(|| of_kind(TimeKind::Named))
        .or_else(|| written(page, title))
        .or_else(|| marked(page))
        .or_else(|| url.and_then(dates::in_address))
        .or_else(|| of_kind(TimeKind::Plain))
        .or_else(|| described.modified.as_deref().and_then(dates::iso))
        .or_else(|| tags.first(&["article:modified_time", "og:updated_time", "last-modified"]).and_then(dates::iso))
        .or_else(|| of_kind(TimeKind::Modified))
}

/// The date of a kind that stands nearest to the headline: teasers of other articles have dates too.
fn time(tags: &Tags, kind: TimeKind, title: Option<&str>) -> Option<String> {
    let headline = title.and_then(|title| {
        let title = letters(title);
        tags.headings.iter().find(|(_, words)| letters(words) == title).map(|(at, _)| *at)
    });
    let dated = tags.times.iter().filter(|t| t.kind == kind).filter_map(|t| Some((t.at, dates::iso(&t.said)?)));
    dated.min_by_key(|(at, _)| headline.map_or(0, |h| at.abs_diff(h))).map(|(_, date)| date)
}

/// The date in a short line whose class says that it is one.
fn marked(page: &Page) -> Option<String> {
    let is = |marks: &str| ["date", "published", "timestamp", "posted", "byline", "dateline", "meta"].iter().any(|w| marks.contains(w));
    let lines = page.pieces.iter().filter(|p| {
        p.range.len() <= 160 && p.kind != BlockKind::Quote && is(&p.marks) && !p.marks.contains("update") && !p.marks.contains("comment")
    });
    lines.take(40).find_map(|p| dates::iso(p.range.of(&page.text)))
}

/// The pieces around the headline: those behind it first, as pages mostly have it.
fn near_headline<'p>(page: &'p Page, title: Option<&str>) -> impl Iterator<Item = &'p Piece> {
    let title = title.map(letters);
    let is_title = |p: &Piece| p.range.len() <= 400 && title.as_deref() == Some(letters(p.range.of(&page.text)).as_str());
    let at = page.pieces.iter().position(is_title).or_else(|| page.pieces.iter().position(|p| p.kind == BlockKind::Heading(1)));
    // Without one, what stands right above the text.
    let text = |from: usize| page.pieces.iter().skip(from).position(|p| refine::is_prose(p, p.range.of(&page.text))).map(|n| from + n);
    let (behind, before) = match (at, text(at.map_or(0, |at| at + 1))) {
        (Some(at), text) => {
            // A summary may stand above the byline, the text does not.
            let end = text.and_then(|first| page.pieces.get(first + 1..).map(|_| first + 1)).unwrap_or(page.pieces.len());
            (page.pieces.get(at + 1..end.max(at + 1)).unwrap_or_default(), page.pieces.get(at.saturating_sub(4)..at).unwrap_or_default())
        }
        (None, Some(text)) => (&[][..], page.pieces.get(text.saturating_sub(3)..text).unwrap_or_default()),
        (None, None) => (&[][..], &[][..]),
    };
    behind.iter().take(12).chain(before.iter().rev())
}

/// The date in a short line next to the headline. A sentence that names a day, and a post or picture that has one, are no evidence.
fn written(page: &Page, title: Option<&str>) -> Option<String> {
    let is_line = |p: &&Piece| {
        let line = p.range.of(&page.text);
        matches!(p.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading(_) | BlockKind::TableRow)
            && (!line.ends_with(['.', '!', '?']) || is_date_line(line))
    };
    let lines = near_headline(page, title).filter(is_line).filter(|p| p.range.len() <= 120 && p.linked * 2 < p.range.len().max(1) + 40);
    let words = lines.map(|p| p.range.of(&page.text)).filter(|l| !l.to_lowercase().contains("updated"));
    words.filter(|l| l.split_whitespace().count() <= 16).find_map(dates::iso)
}

/// True for a line of a date and little else; a sentence that names a day is none.
pub(super) fn is_date_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let told = line.split(|c: char| !c.is_alphanumeric()).filter(|w| w.starts_with(char::is_lowercase) && !is_date_word(w));
    if line.ends_with(['.', '!', '?']) && told.take(2).count() == 2 {
        return false;
    }
    words <= 16 && dates::iso(line).is_some() && line.chars().filter(char::is_ascii_digit).count() * 2 >= words
}

/// The letters and digits of a line, in lower case: what makes two lines the same headline.
pub(super) fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// White space folded, character references read (data in scripts and attributes often holds them twice); nothing when empty. At most
/// 1,000 bytes are kept.
fn tidy(said: &str) -> Option<String> {
    let said: String = said.chars().take(1000).collect();
    let said = if said.contains('&') { unescape(&said) } else { said };
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

fn unescape(said: &str) -> String {
    const NAMED: [(&str, &str); 16] = [
        ("amp", "&"),
        ("quot", "\""),
        ("apos", "'"),
        ("lt", "<"),
        ("gt", ">"),
        ("nbsp", "\u{a0}"),
        ("rsquo", "’"),
        ("lsquo", "‘"),
        ("ldquo", "“"),
        ("rdquo", "”"),
        ("mdash", "—"),
        ("ndash", "–"),
        ("hellip", "…"),
        ("eacute", "é"),
        ("ouml", "ö"),
        ("uuml", "ü"),
    ];
    let mut out = String::with_capacity(said.len());
    let mut rest = said;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let reference = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        let read = reference.and_then(|(name, tail)| {
            let code = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            let named = NAMED.iter().find(|(n, _)| *n == name).map(|(_, c)| (*c).to_owned());
            Some((code.and_then(char::from_u32).map(String::from).or(named)?, tail))
        });
        match read {
            Some((c, tail)) => {
                out.push_str(&c);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read() {
        assert_eq!(tidy(" A &amp; B&#8217;s  &#x201c;c&quot; & d &unknown; ").as_deref(), Some("A & B’s “c\" & d &unknown;"));
        assert_eq!(tidy(" \n"), None);
    }
}
