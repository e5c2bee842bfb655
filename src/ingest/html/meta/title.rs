//! The headline: the one that readers see, when what the page tells machines agrees with it.

use super::letters;
use super::tags::Tags;
use crate::article::BlockKind;
use crate::ingest::html::page::Page;

/// Between a headline and the name of the paper.
const SEPARATORS: [&str; 8] = [" | ", " - ", " – ", " — ", " · ", " :: ", " » ", " • "];

/// The best headline.
pub(super) fn choose(tags: &Tags, headline: Option<&str>, page: &Page, publisher: Option<&str>, url: Option<&str>) -> Option<String> {
    let site = Site { publisher, host: url.and_then(super::host) };
    let metas = [
        tags.first(&["og:title"]),
        tags.first(&["twitter:title"]),
        tags.first(&["parsely-title", "sailthru.title", "dc.title", "dcterms.title", "citation_title", "title", "headline"]),
    ];
    let told: Vec<String> =
        headline.into_iter().chain(metas.into_iter().flatten()).map(|t| site.without_name(t)).filter(|t| !t.is_empty()).collect();
    let window = tags.title.as_deref().map(|t| site.without_name(t));
    let mut seen = headings(page);
    if let Some(window) = &tags.title {
        leave_out_name(&mut seen, window);
    }
    let agrees = |seen: &&String| told.iter().chain(&window).any(|t| alike(seen, t));
    let agreed = seen.iter().find(agrees).cloned();
    let found = agreed.or_else(|| tags.title.as_deref().and_then(|w| part_of(w, page))).or_else(|| only_heading(page, &site));
    if found.is_some() {
        return found;
    }
    told.into_iter()
        .find(|t| !site.is_name(t))
        .or_else(|| seen.into_iter().find(|s| !site.is_name(s)))
        .or_else(|| window.map(|w| shortened(&w)))
        .filter(|t| !t.is_empty())
}

/// The headings that may be the headline: of the first level, then the first of the second.
fn headings(page: &Page) -> Vec<String> {
    let of = |level: u8| {
        let wanted = move |p: &&super::super::page::Piece| p.kind == BlockKind::Heading(level) && (3..=400).contains(&p.range.len());
        page.pieces.iter().filter(wanted).map(|p| p.range.of(&page.text).to_owned())
    };
    let named = page.pieces.iter().filter(|p| p.range.len() <= 300 && (p.marks.contains("headline") || p.marks.contains("article-title")));
    let named = named.map(|p| p.range.of(&page.text).to_owned());
    of(1).take(5).chain(of(2).take(3)).chain(named.take(3)).collect()
}

/// Takes the name of the paper from the headings: one that is the last part of the window's title, when another is like the rest of it.
fn leave_out_name(seen: &mut Vec<String>, window: &str) {
    let cut = SEPARATORS.iter().filter_map(|s| window.rsplit_once(s)).max_by_key(|(head, _)| head.len());
    let Some((rest, name)) = cut else { return };
    let name = letters(name);
    if seen.iter().any(|s| letters(s) != name && alike(s, rest)) {
        seen.retain(|s| letters(s) != name);
    }
}

/// The line of the page that the window's title begins or ends with; the name of the paper and the like are the rest of it.
fn part_of(window: &str, page: &Page) -> Option<String> {
    const FIRST: usize = 80;
    let window = letters(window);
    let lines = page.pieces.iter().take(FIRST).map(|p| p.range.of(&page.text)).filter(|l| (20..=300).contains(&l.len()));
    lines
        .filter(|line| {
            let line = letters(line);
            line.len() * 5 >= window.len() * 2 && (window.starts_with(&line) || window.ends_with(&line))
        })
        .max_by_key(|line| line.len())
        .map(str::to_owned)
}

/// The one heading of the first level, when it reads like a headline.
fn only_heading(page: &Page, site: &Site<'_>) -> Option<String> {
    let of_first = page.pieces.iter().filter(|p| p.kind == BlockKind::Heading(1) && p.zone.is_none());
    let mut lines =
        of_first.map(|p| p.range.of(&page.text)).filter(|l| l.len() <= 400 && l.split_whitespace().count() >= 4 && !site.is_name(l));
    let one = lines.next()?;
    lines.all(|l| l == one).then(|| one.to_owned())
}

/// Whose page it is.
struct Site<'a> {
    publisher: Option<&'a str>,
    host: Option<&'a str>,
}

impl Site<'_> {
    /// True when `words` are the name of the paper, or its host.
    fn is_name(&self, words: &str) -> bool {
        let words = letters(words);
        if words.is_empty() {
            return true;
        }
        let name =
            self.publisher.map(letters).is_some_and(|p| p == words || words.len() > 3 && (p.contains(&words) || words.starts_with(&p)));
        name || self.host.map(letters).is_some_and(|h| words.len() > 2 && (h == words || h.starts_with(&words)))
    }

    /// The headline without the name of the paper before or behind it.
    fn without_name(&self, title: &str) -> String {
        let mut title = title.trim();
        for _ in 0..3 {
            let cut = SEPARATORS.iter().find_map(|s| {
                let (head, tail) = title.rsplit_once(s)?;
                if self.is_name(tail) {
                    return Some(head);
                }
                let (head, tail) = title.split_once(s)?;
                self.is_name(head).then_some(tail)
            });
            match cut {
                Some(cut) if !cut.trim().is_empty() => title = cut.trim(),
                _ => break,
            }
        }
        title.to_owned()
    }
}

/// A window title without what looks like the name of the paper: a short last part.
fn shortened(window: &str) -> String {
    let cut = SEPARATORS.iter().filter_map(|s| window.rsplit_once(s)).max_by_key(|(head, _)| head.len());
    match cut {
        Some((head, tail)) if tail.split_whitespace().count() <= 4 && head.split_whitespace().count() >= 3 => head.trim().to_owned(),
        _ => window.to_owned(),
    }
}

/// True when most words of the shorter are words of the longer.
pub(in crate::ingest::html) fn alike(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).take(60).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.is_empty() || short.len() * 3 < long.len() {
        return false;
    }
    let same = short.iter().filter(|w| long.contains(w)).count();
    same * 10 >= short.len() * 6 && same * 10 >= long.len() * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_paper_goes() {
        let site = Site { publisher: Some("The Harbour Post"), host: Some("harbourpost.example") };
        assert_eq!(site.without_name("Pier closes - for good | The Harbour Post"), "Pier closes - for good");
        assert_eq!(site.without_name("Harbour Post: pier closes"), "Harbour Post: pier closes");
        assert_eq!(site.without_name("The Harbour Post"), "The Harbour Post");
        assert_eq!(shortened("The pier closes for good - Some Paper"), "The pier closes for good");
    }

    #[test]
    fn a_heading_that_names_the_paper_is_no_headline() {
        let headings = |window| {
            let mut seen = vec!["The Harbour Post".to_owned(), "Board meets on the pier".to_owned()];
            leave_out_name(&mut seen, window);
            seen
        };
        assert_eq!(headings("Live: Board meets - The Harbour Post"), ["Board meets on the pier"]);
        assert_eq!(headings("Opening hours - The Harbour Post").len(), 2, "no other heading is like the rest");
        assert_eq!(headings("The Harbour Post").len(), 2);
    }

    #[test]
    fn variants_are_alike() {
        assert!(alike("Pier closes for the winter, board says", "Board says pier closes for winter"));
        assert!(!alike("The Harbour Post", "Pier closes for the winter"));
    }
}
