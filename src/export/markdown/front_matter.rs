//! The properties at the head of an Obsidian page: ours are written anew, the reader's own stay.

use std::collections::BTreeSet;

use super::super::Noted;
use crate::text::{TextRange, sanitize};

/// The keys that we write.
const OURS: [&str; 7] = ["title", "source", "author", "published", "created", "tags", "pullquote-id"];

/// The properties of a page, with their lines of hyphens, and the rest of it.
pub(super) fn split(page: &str) -> (&str, &str) {
    let inside = page.strip_prefix("---\n");
    let end = inside.and_then(|rest| if rest.starts_with("---\n") { Some(0) } else { rest.find("\n---\n").map(|at| at + 1) });
    let at = end.map_or(0, |end| "---\n".len() + end + "---\n".len());
    (TextRange::new(0, at).of(page), TextRange::new(at, page.len()).of(page))
}

/// The properties for these articles, with what `old` ones hold of the reader's own: other keys, and tags.
pub(super) fn update(old: &str, articles: &[Noted<'_>]) -> String {
    let old: Vec<Property<'_>> = properties(old);
    let mut out = String::from("---\n");
    for (key, value) in ours(articles, &old) {
        out += &format!("{key}: {value}\n");
    }
    for property in old.iter().filter(|p| !OURS.contains(&p.key)) {
        out += &property.lines;
    }
    out + "---\n"
}

/// A key with its lines.
struct Property<'a> {
    key: &'a str,
    lines: String,
}

fn properties(matter: &str) -> Vec<Property<'_>> {
    let mut found: Vec<Property<'_>> = Vec::new();
    for line in matter.lines().filter(|line| *line != "---") {
        let key = line.split_once(':').map(|(key, _)| key).filter(|key| !line.starts_with([' ', '\t', '-', '#']) && !key.is_empty());
        match (key, found.last_mut()) {
            (Some(key), _) => found.push(Property { key, lines: format!("{line}\n") }),
            (None, Some(last)) => last.lines += &format!("{line}\n"),
            (None, None) => found.push(Property { key: "", lines: format!("{line}\n") }),
        }
    }
    found
}

fn ours(articles: &[Noted<'_>], old: &[Property<'_>]) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    if let [one] = articles {
        all.push(("title", quoted(&one.article.name())));
        all.extend(one.article.meta.published.as_deref().map(|date| ("published", quoted(date))));
    }
    let each = |of: &dyn Fn(&Noted<'_>) -> Vec<String>| articles.iter().flat_map(of).map(|v| quoted(&v)).collect::<Vec<_>>();
    all.extend(value(&each(&|n| n.source.uri.iter().cloned().collect())).map(|v| ("source", v)));
    all.extend(value(&each(&|n| n.article.meta.byline.clone())).map(|v| ("author", v)));
    let annotations = || articles.iter().flat_map(|n| &n.notes.annotations);
    let days =
        annotations().filter_map(|a| a.created.split('T').next()).filter(|day| day.len() == 10 && !day.contains(char::is_alphabetic));
    all.extend(days.min().map(|day| ("created", day.to_owned())));
    let mut tags: BTreeSet<String> = annotations().flat_map(|a| &a.tags).map(|t| tag(t)).collect();
    tags.extend(old.iter().filter(|p| p.key == "tags").flat_map(|p| own_tags(&p.lines)));
    if !tags.is_empty() {
        all.push(("tags", format!("[{}]", tags.into_iter().collect::<Vec<_>>().join(", "))));
    }
    all.extend(value(&each(&|n| vec![n.notes.id.clone()])).map(|v| ("pullquote-id", v)));
    all
}

/// One value as it is, several as a list.
fn value(values: &[String]) -> Option<String> {
    match values {
        [] => None,
        [one] => Some(one.clone()),
        many => Some(format!("[{}]", many.join(", "))),
    }
}

/// Tags as a page has them, in brackets or one a line.
fn own_tags(lines: &str) -> Vec<String> {
    let list = lines.split_once(':').map_or("", |(_, list)| list);
    let words = list.split([',', '\n', '[', ']', ' ', '"', '\'']).map(|word| word.trim().trim_start_matches('#'));
    words.filter(|word| !word.is_empty() && *word != "-").map(tag).collect()
}

/// A tag as Obsidian takes it: letters, digits, `_`, `-` and `/`, and not of digits alone.
pub(super) fn tag(tag: &str) -> String {
    let plain: String = tag.chars().map(|c| if c.is_alphanumeric() || matches!(c, '_' | '-' | '/') { c } else { '-' }).collect();
    if plain.chars().all(|c| c.is_ascii_digit()) { format!("{plain}_") } else { plain }
}

/// A text in double quotes, which YAML reads as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(sanitize::line(text)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_told_from_the_page() {
        assert_eq!(split("---\na: 1\n---\nrest"), ("---\na: 1\n---\n", "rest"));
        assert_eq!(split("---\n---\nrest"), ("---\n---\n", "rest"));
        for none in ["", "# x\n---\n", "---\nno end\n"] {
            assert_eq!(split(none), ("", none));
        }
    }

    #[test]
    fn own_properties_and_tags_stay() {
        let old = "---\ntitle: Old\ncssclasses:\n  - wide\n# a remark\ntags:\n  - mine\n  - \"other one\"\nstatus: read\n---\n";
        assert_eq!(update(old, &[]), "---\ntags: [mine, one, other]\ncssclasses:\n  - wide\n# a remark\nstatus: read\n---\n");
        assert_eq!((tag("US China"), tag("2026"), tag("a/b_c")), ("US-China".into(), "2026_".into(), "a/b_c".into()));
    }
}
