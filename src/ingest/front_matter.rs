//! The metadata block above a Markdown text: the few keys that name an article, in the simple part of YAML that people write.

use crate::article::Meta;

/// How many lines a metadata block may have to be seen as one.
const LINES: usize = 40;

/// True for a text that begins with a metadata block, between lines of `---` (YAML) or `+++` (TOML).
pub(super) fn is_above(text: &str) -> bool {
    block(text).is_some()
}

/// True when that block names the article: a plain text may have a rule at its top, but not this.
pub(super) fn names_article(text: &str) -> bool {
    block(text).is_some_and(|front| {
        let mut meta = Meta::default();
        read(&front, &mut meta);
        meta.title.is_some() || meta.url.is_some() || meta.published.is_some() && !meta.byline.is_empty()
    })
}

/// The lines of the block above a text.
fn block(text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines();
    let fence = lines.next().map(str::trim_end).filter(|l| matches!(*l, "---" | "+++"))?;
    let mut front = String::new();
    for line in lines.take(LINES) {
        if line.trim_end() == fence {
            return Some(front);
        }
        front.push_str(line);
        front.push('\n');
    }
    None
}

/// Reads what `front` says into `meta`, as YAML (`key: value`) or TOML (`key = value`). Unknown keys, nested values and anything else are
/// passed over.
pub(super) fn read(front: &str, meta: &mut Meta) {
    let mut list: Option<String> = None;
    let mut first = true;
    for line in front.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            if list.as_deref().is_some_and(is_author) {
                if std::mem::take(&mut first) {
                    meta.byline.clear();
                }
                meta.byline.push(bare(item).to_owned());
            }
            continue;
        }
        // A table of TOML begins: its keys are not the article's.
        if line.starts_with('[') {
            return;
        }
        let Some(at) = line.find([':', '=']) else { continue };
        let (Some(key), Some(value)) = (line.get(..at), line.get(at + 1..)) else { continue };
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

/// A value without its quotation marks, and without the double brackets of a link between notes.
fn bare(value: &str) -> &str {
    let value = value.trim();
    let quoted = |mark: char| value.strip_prefix(mark).and_then(|v| v.strip_suffix(mark));
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(value).trim();
    let linked = value.strip_prefix("[[").and_then(|v| v.strip_suffix("]]"));
    // "[[People/Lea Brandt|Lea]]" is shown as "Lea".
    linked.map_or(value, |l| l.rsplit(['|', '/']).next().unwrap_or(l).trim())
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
        read("author:\n  - \"[[Ana Sol]]\"\n", &mut meta);
        assert_eq!(meta.byline.last().map(String::as_str), Some("Ana Sol"), "a link between notes is a name");
    }

    #[test]
    fn toml() {
        let mut meta = Meta::default();
        read("title = \"A: B\"\nauthors = [\"Ana Sol\", 'Bo Lind']\ndate = 2031-04-05\n[extra]\ntitle = \"No\"\n", &mut meta);
        assert_eq!((meta.title.as_deref(), meta.published.as_deref()), (Some("A: B"), Some("2031-04-05")));
        assert_eq!(meta.byline, ["Ana Sol", "Bo Lind"]);
    }

    #[test]
    fn what_is_above_a_text() {
        assert!(is_above("+++\ntitle = \"A\"\n+++\nWords.") && names_article("---\r\ntitle: A\r\n---\r\nWords."));
        assert!(!names_article("---\nA rule and a thought: that is no title.\n---\nWords."));
        assert!(!is_above("---\nWords without end.") && !is_above("Words.\n---\n---\n"));
    }
}
