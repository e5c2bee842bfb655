//! Title, authors, date, publisher, language and address of an article, each by a ladder of evidence.
//!
//! What a page tells machines about its article (JSON-LD, then Open Graph, then other `meta`) stands above what its elements suggest, and
//! that above the address. The headline that readers see wins over its variants for search engines.

mod dates;
mod json_ld;
mod tags;
mod title;

use dom_query::Document;

use self::tags::{Tags, TimeKind};
use super::page::Page;
use crate::article::Meta;

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
        title,
        byline: authors(&tags, &described.authors, page, publisher.as_deref()),
        published: published(&tags, &described, page, url.as_deref()),
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
fn published(tags: &Tags, described: &json_ld::Described, page: &Page, url: Option<&str>) -> Option<String> {
    let of_kind = |wanted: TimeKind| tags.times.iter().filter(move |(k, _)| *k == wanted).find_map(|(_, said)| dates::iso(said));
    described
        .published
        .as_deref()
        .and_then(dates::iso)
        .or_else(|| PUBLISHED.iter().find_map(|name| tags.all(name).find_map(dates::iso)))
        .or_else(|| of_kind(TimeKind::Published))
        .or_else(|| of_kind(TimeKind::Named))
        .or_else(|| of_kind(TimeKind::Plain))
        .or_else(|| marked(page))
        .or_else(|| url.and_then(dates::in_address))
        .or_else(|| written(page))
        .or_else(|| described.modified.as_deref().and_then(dates::iso))
        .or_else(|| tags.first(&["article:modified_time", "og:updated_time", "last-modified"]).and_then(dates::iso))
        .or_else(|| of_kind(TimeKind::Modified))
}

/// The date in a short line whose class says that it is one.
fn marked(page: &Page) -> Option<String> {
    let is = |marks: &str| ["date", "published", "timestamp", "posted", "byline", "dateline", "meta"].iter().any(|w| marks.contains(w));
    let lines = page.pieces.iter().filter(|p| p.range.len() <= 160 && is(&p.marks) && !p.marks.contains("update"));
    lines.take(40).find_map(|p| dates::iso(p.range.of(&page.text)))
}

/// The date in a short line next to the headline.
fn written(page: &Page) -> Option<String> {
    let headline = page.pieces.iter().position(|p| p.kind == crate::article::BlockKind::Heading(1))?;
    let near = page.pieces.iter().skip(headline.saturating_sub(3)).take(12);
    near.filter(|p| p.range.len() <= 120).find_map(|p| dates::iso(p.range.of(&page.text)))
}

/// True for a line of a date and little else.
pub(super) fn is_date_line(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words <= 16 && dates::iso(line).is_some() && line.chars().filter(char::is_ascii_digit).count() * 2 >= words
}

/// The letters and digits of a line, in lower case: what makes two lines the same headline.
pub(super) fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The authors' names.
fn authors(tags: &Tags, described: &[String], page: &Page, publisher: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = described.to_vec();
    for name in ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "citation_author"] {
        if found.is_empty() {
            found = tags.all(name).filter(|n| !n.contains("://") && !n.contains('@')).map(str::to_owned).collect();
        }
    }
    if found.is_empty() {
        found.clone_from(&tags.authors);
    }
    if found.is_empty() {
        found.extend(bylines(page));
    }
    let mut names: Vec<String> = Vec::new();
    for name in found.iter().flat_map(|n| split(n)) {
        let known = names.iter().any(|n| n.eq_ignore_ascii_case(&name));
        let is_paper = publisher.is_some_and(|p| p.eq_ignore_ascii_case(&name)) && found.len() > 1;
        if !known && !is_paper && names.len() < 20 {
            names.push(name);
        }
    }
    names
}

/// The line that a page marks as its byline.
fn bylines(page: &Page) -> Option<String> {
    let is = |marks: &str| marks.contains("byline") || marks.contains("author");
    let line = page.pieces.iter().find(|p| p.range.len() <= 100 && is(&p.marks) && p.zone.is_none_or(|z| z.reason != crate::article::Reason::AuthorBox))?;
    let line = line.range.of(&page.text);
    let names = line.split(['|', '•', '·', ',']).next()?.trim();
    (names.split_whitespace().count() <= 8 && dates::iso(names).is_none()).then(|| names.to_owned())
}

/// "By Jane Roe and John Doe" as names.
fn split(names: &str) -> Vec<String> {
    let bare = names.trim();
    let bare = ["by ", "By ", "BY ", "Von ", "Par ", "Por "].iter().find_map(|b| bare.strip_prefix(b)).unwrap_or(bare);
    let parts = bare.split([';', '|']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & "));
    let one_comma = |part: &str| part.matches(',').count() == 1 && part.split(',').all(|p| p.split_whitespace().count() == 1);
    parts
        // "Roe, Jane" is one name.
        .flat_map(|p| if one_comma(p) { vec![p] } else { p.split(',').collect() })
        .map(str::trim)
        .filter(|n| n.chars().any(char::is_alphabetic) && n.split_whitespace().count() <= 8)
        .map(str::to_owned)
        .collect()
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
    fn names_of_a_byline() {
        assert_eq!(split("By Jane Roe and John Doe, Ann Poe"), ["Jane Roe", "John Doe", "Ann Poe"]);
        assert_eq!(split("Roe, Jane"), ["Roe, Jane"]);
    }

    #[test]
    fn references_are_read() {
        assert_eq!(tidy(" A &amp; B&#8217;s  &#x201c;c&quot; & d &unknown; ").as_deref(), Some("A & B’s “c\" & d &unknown;"));
        assert_eq!(tidy(" \n"), None);
    }
}
