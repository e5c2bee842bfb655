//! Who wrote it: names from what the page tells machines, else from the lines that it shows.

use super::tags::Tags;
use super::{dates, near_headline};
use crate::article::Reason;
use crate::ingest::html::page::{Page, Piece};

/// At most so many authors.
const MOST: usize = 20;

/// The authors' names, without "By", role and place. The name of the paper is none.
pub(super) fn authors(tags: &Tags, described: &[String], page: &Page, title: Option<&str>, publisher: Option<&str>) -> Vec<String> {
    let clean = |said: &[String]| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in said.iter().flat_map(|n| split(n)) {
            let known = names.iter().any(|n| n.eq_ignore_ascii_case(&name));
            if !known && !publisher.is_some_and(|p| p.eq_ignore_ascii_case(&name)) && names.len() < MOST {
                names.push(name);
            }
        }
        names
    };
    let told = [clean(described), clean(&metas(tags)), clean(&labelled(tags)), clean(&tags.authors)];
    let shown = || [clean(&marked(page)), clean(&written(page, title))];
    let first = told.iter().find(|n| !n.is_empty()).cloned().or_else(|| shown().into_iter().find(|n| !n.is_empty())).unwrap_or_default();
    // One place may name the first of several authors, another all.
    let holds_all = |names: &&Vec<String>| names.len() > first.len() && first.iter().all(|n| names.contains(n));
    if first.is_empty() { first } else { told.iter().find(holds_all).cloned().unwrap_or(first) }
}

fn metas(tags: &Tags) -> Vec<String> {
    const NAMES: [&str; 8] =
        ["author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "citation_author"];
    let is_name = |n: &&str| !n.contains("://") && !n.contains('@') && n.chars().any(char::is_alphabetic);
    let said = |name: &&str| -> Vec<String> { tags.all(name).filter(is_name).map(str::to_owned).collect() };
    NAMES.iter().map(said).find(|n| !n.is_empty()).unwrap_or_default()
}

/// The card for other sites: "Written by" and the names.
fn labelled(tags: &Tags) -> Vec<String> {
    let label = tags.first(&["twitter:label1"]).is_some_and(|l| l.to_lowercase().ends_with("by"));
    if label { tags.first(&["twitter:data1"]).map(str::to_owned).into_iter().collect() } else { Vec::new() }
}

/// The line that a page marks as its byline: the names that are links in it, else its words.
fn marked(page: &Page) -> Vec<String> {
    const MARKS: [&str; 4] = ["byline", "author", "writer", "contributor"];
    let is = |p: &&Piece| {
        p.range.len() <= 160 && MARKS.iter().any(|w| p.marks.contains(w)) && p.zone.is_none_or(|z| z.reason != Reason::AuthorBox)
    };
    let Some(line) = page.pieces.iter().filter(is).find(|p| dates::iso(p.range.of(&page.text)).is_none() || p.linked > 0) else {
        return Vec::new();
    };
    let links = page.links.iter().filter(|(at, _)| line.range.covers(*at)).map(|(at, _)| at.of(&page.text).to_owned());
    let links: Vec<String> = links.filter(|n| looks_like_names(n)).collect();
    if !links.is_empty() {
        return links;
    }
    let words = line.range.of(&page.text).split(['|', '•', '·']).next().unwrap_or_default().trim();
    if words.split_whitespace().count() <= 9 && looks_like_names(words) { vec![words.to_owned()] } else { Vec::new() }
}

/// A line near the headline that begins with "By".
fn written(page: &Page, title: Option<&str>) -> Vec<String> {
    let lines = near_headline(page, title).filter(|p| p.range.len() <= 160).map(|p| p.range.of(&page.text));
    lines.filter(|l| bare(l).len() < l.trim().len() && looks_like_names(bare(l))).take(1).map(str::to_owned).collect()
}

/// Two words or more that begin with capitals.
fn looks_like_names(words: &str) -> bool {
    bare(words).split_whitespace().filter(|w| w.starts_with(char::is_uppercase)).count() >= 2
}

/// What stands before names, in lower case.
const BEFORE: [&str; 16] = [
    "posted by ",
    "written by ",
    "interview by ",
    "story by ",
    "words by ",
    "reported by ",
    "reporting by ",
    "text by ",
    "by ",
    "author:",
    "von ",
    "par ",
    "por ",
    "di ",
    "автор:",
    "text:",
];

/// A byline without "By".
fn bare(byline: &str) -> &str {
    let mut rest = byline.trim();
    while let Some(shorter) = BEFORE.iter().find_map(|b| {
        let head = rest.get(..b.len())?;
        (head.to_lowercase() == *b).then(|| rest.get(b.len()..)).flatten()
    }) {
        rest = shorter.trim_start();
    }
    rest
}

/// Words that name what somebody does.
const ROLES: [&str; 20] = [
    "editor",
    "reporter",
    "correspondent",
    "writer",
    "staff",
    "columnist",
    "producer",
    "journalist",
    "bureau",
    "desk",
    "agency",
    "press",
    "news",
    "digital",
    "special",
    "contributor",
    "photographer",
    "analyst",
    "fellow",
    "professor",
];

/// "By Jane Roe and John Doe, Staff Writers" as names.
fn split(byline: &str) -> Vec<String> {
    let line = bare(byline);
    let line = line.split(" at ").next().unwrap_or(line);
    let parts = line.split([';', '|', '/', '•', '·']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" & "));
    let one_comma = |part: &str| part.matches(',').count() == 1 && part.split(',').all(|p| p.split_whitespace().count() == 1);
    // "Roe, Jane" is one name.
    let names = parts.flat_map(|p| if one_comma(p) { vec![p] } else { p.split(',').collect() });
    let names = names.map(|n| n.split('(').next().unwrap_or(n)).map(bare).map(|n| n.trim_end_matches(['.', ':', '-', '–'])).map(str::trim);
    let mut first = true;
    let mut found = Vec::new();
    for name in names.filter(|n| n.chars().any(char::is_alphabetic) && dates::iso(n).is_none() && n.split_whitespace().count() <= 8) {
        let is_role = |w: &str| ROLES.contains(&w.to_lowercase().trim_end_matches('s'));
        // "AP Staff" alone is a desk; behind a name it says what somebody does.
        if first || !name.split_whitespace().any(is_role) {
            found.push(name.to_owned());
        }
        first = false;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_byline() {
        assert_eq!(split("By Jane Roe and John Doe, Ann Poe"), ["Jane Roe", "John Doe", "Ann Poe"]);
        assert_eq!(split("Roe, Jane"), ["Roe, Jane"]);
        assert_eq!(split("Posted by Jane Roe at 18:47"), ["Jane Roe"]);
        assert_eq!(split("By By Jane Roe (Lagos), Economics Editor"), ["Jane Roe"]);
        assert_eq!(split("HNN Staff"), ["HNN Staff"]);
        assert_eq!(split("By Jane Roe, 3 April 2004"), ["Jane Roe"]);
        assert_eq!(split("Автор: Таисия Кольцова"), ["Таисия Кольцова"]);
    }
}
