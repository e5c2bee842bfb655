//! The metadata block above a Markdown text: the few keys that name an article, in the simple part of YAML that people write.

use crate::article::Meta;

/// Reads what `front` says into `meta`. Unknown keys, nested values and anything that is not `key: value` are passed over.
pub(super) fn read(front: &str, meta: &mut Meta) {
    let mut list: Option<String> = None;
    for line in front.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if list.as_deref().is_some_and(is_author) {
                meta.byline.push(bare(item).to_owned());
            }
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        if key.starts_with([' ', '\t', '#']) {
            continue;
        }
        let key = key.trim().to_ascii_lowercase();
        let value = bare(value);
        if value.is_empty() {
            list = Some(key);
            continue;
        }
        list = None;
        match key.as_str() {
            "title" | "headline" => meta.title = Some(value.to_owned()),
            "date" | "published" | "pubdate" | "publish_date" => meta.published = Some(value.to_owned()),
            "url" | "source" | "link" | "canonical" | "canonical_url" if value.contains("://") => meta.url = Some(value.to_owned()),
            "lang" | "language" => meta.lang = Some(value.to_owned()),
            key if is_author(key) => meta.byline = names(value),
            _ => {}
        }
    }
}

fn is_author(key: &str) -> bool {
    matches!(key, "author" | "authors" | "byline" | "by")
}

fn names(value: &str) -> Vec<String> {
    let inner = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).unwrap_or(value);
    inner.split([',', ';']).flat_map(|part| part.split(" and ")).map(|n| bare(n).to_owned()).filter(|n| !n.is_empty()).take(20).collect()
}

/// A value without its quotation marks.
fn bare(value: &str) -> &str {
    let value = value.trim();
    let quoted = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    quoted('"').or_else(|| quoted('\'')).unwrap_or(value).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_quotes() {
        let mut meta = Meta::default();
        read("title: 'One'\nauthors:\n  - Ana Sol\n  - \"Bo Lind\"\ntags: [a, b]\nsource: The Paper\n", &mut meta);
        assert_eq!(meta.title.as_deref(), Some("One"));
        assert_eq!(meta.byline, ["Ana Sol", "Bo Lind"]);
        assert_eq!(meta.url, None, "a name is no address");
        read("author: [Cy Dow, Di Eng]", &mut meta);
        assert_eq!(meta.byline, ["Cy Dow", "Di Eng"]);
    }
}
