//! What the elements of a page say of its article: `meta`, `link`, `title`, `time`, microdata.

use dom_query::{Document, Element, NodeRef};

use super::super::page::attribute;
use super::tidy;

/// The facts of a page's elements, in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// `(name, content)` of each `meta`, the name in lower case.
    metas: Vec<(String, String)>,
    pub(super) title: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) lang: Option<String>,
    /// Dates in `time`, in microdata and in microformats.
    pub(super) times: Vec<Time>,
    /// Headings: which element of the page, and the words.
    pub(super) headings: Vec<(usize, String)>,
    /// Names in microdata and `rel=author`.
    pub(super) authors: Vec<String>,
}

/// A date in an element.
#[derive(Debug)]
pub(super) struct Time {
    /// Which element of the page it is.
    pub(super) at: usize,
    /// How sure it is that it is the article's.
    pub(super) kind: TimeKind,
    /// What it says.
    pub(super) said: String,
}

/// What a `time` or microdata date is said to be. The order is that of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimeKind {
    /// `itemprop="datePublished"`, `pubdate`.
    Published,
    /// Its class says "published" or "date".
    Named,
    /// A `time` of no particular kind.
    Plain,
    /// Its class or property says that it is a change.
    Modified,
}

/// How many elements of each kind are looked at.
const MOST: usize = 400;

impl Tags {
    /// Collects them in one walk over all elements.
    pub(super) fn read(document: &Document) -> Self {
        let mut tags = Self::default();
        for (at, node) in document.root().descendants_it().enumerate() {
            let Some(element) = node.element_ref() else { continue };
            match &*element.name.local {
                "meta" => tags.meta(&element),
                "link" if attribute(&element, "rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) => {
                    tags.canonical = tags.canonical.take().or_else(|| attribute(&element, "href").and_then(tidy));
                }
                "title" if tags.title.is_none() => tags.title = tidy(&node.text()),
                "html" => tags.lang = attribute(&element, "lang").or_else(|| attribute(&element, "xml:lang")).and_then(tidy),
                "h1" | "h2" | "h3" if tags.headings.len() < MOST => tags.headings.extend(tidy(&node.text()).map(|words| (at, words))),
                _ => tags.element(at, &node, &element),
            }
        }
        tags
    }

    fn meta(&mut self, element: &Element) {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|n| attribute(element, n));
        if let (Some(name), Some(content)) = (name, attribute(element, "content"))
            && self.metas.len() < MOST
            && let Some(content) = tidy(content)
        {
            self.metas.push((name.trim().to_ascii_lowercase(), content));
        }
    }

    fn element(&mut self, at: usize, node: &NodeRef<'_>, element: &Element) {
        let property = attribute(element, "itemprop").unwrap_or_default().to_ascii_lowercase();
        let is_time = &*element.name.local == "time";
        let formatted =
            &*element.name.local == "abbr" && attribute(element, "title").is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        let dated = formatted || property.starts_with("date") || property == "uploaddate";
        if (is_time || dated) && self.times.len() < MOST && !is_comment(node) {
            let said = ["datetime", "content", "data-time", "title"].iter().find_map(|n| attribute(element, n)).and_then(tidy);
            if let Some(said) = said.or_else(|| tidy(&node.text())) {
                self.times.push(Time { at, kind: time_kind(element, &property), said });
            }
        }
        let author = property == "author" || attribute(element, "rel").is_some_and(|r| r.split(' ').any(|r| r == "author"));
        if author && self.authors.len() < 20 {
            // A person may be described by parts: the name is one of them.
            let name = node.descendants_it().find(|n| n.attr("itemprop").is_some_and(|p| &*p == "name"));
            let said = name.map_or_else(|| node.text(), |n| n.attr("content").unwrap_or_else(|| n.text()));
            self.authors.extend(tidy(&said));
        }
    }

    /// The first content of the first of `names` that the page has.
    pub(super) fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.metas.iter().find(|(n, _)| n == name)).map(|(_, content)| content.as_str())
    }

    /// All contents under `name`.
    pub(super) fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.metas.iter().filter(move |(n, _)| n == name).map(|(_, content)| content.as_str())
    }
}

/// True inside a reader's comment, or a post of somebody else: its date is not the article's.
fn is_comment(node: &NodeRef<'_>) -> bool {
    let names = |n: NodeRef<'_>| {
        n.has_name("blockquote") || ["class", "id"].iter().any(|a| n.attr(a).is_some_and(|v| v.to_ascii_lowercase().contains("comment")))
    };
    node.ancestors_it(Some(6)).any(names)
}

fn time_kind(element: &Element, property: &str) -> TimeKind {
    let words = ["class", "id"].map(|n| attribute(element, n).unwrap_or_default()).join(" ").to_ascii_lowercase();
    let says = |w: &str| words.contains(w);
    if property == "datemodified" || says("modif") || says("updat") {
        TimeKind::Modified
    } else if property == "datepublished" || attribute(element, "pubdate").is_some() {
        TimeKind::Published
    } else if says("publish") || says("pubdate") || says("entry-date") || says("date") || says("posted") || property == "datecreated" {
        TimeKind::Named
    } else {
        TimeKind::Plain
    }
}
