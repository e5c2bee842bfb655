//! The metadata block above a Markdown text: the few keys that name an article, in the simple part of YAML and TOML that people write.

use crate::article::Meta;

/// How many lines a metadata block may have to be seen as one.
const LINES: usize = 200;

/// How many bytes it may have.
const BYTES: usize = 32 << 10;

/// What stands above a text: its entries, and the text below it.
pub(super) struct Front<'t> {
    entries: Vec<Entry<'t>>,
    /// What the text is without the block.
    pub(super) below: &'t str,
}

/// A key with what stands behind it and in the lines that belong to it.
struct Entry<'t> {
    key: String,
    value: &'t str,
    more: Vec<&'t str>,
}

/// True for a text that begins with a metadata block, between lines of `---` (YAML) or `+++` (TOML).
pub(super) fn is_above(text: &str) -> bool {
    split(text).is_some()
}

/// True when that block names the article: a plain text may have a rule at its top, but not this.
pub(super) fn names_article(text: &str) -> bool {
    split(text).is_some_and(|front| {
        let mut meta = Meta::default();
        front.read(&mut meta);
        meta.title.is_some() || meta.url.is_some() || meta.published.is_some() && !meta.byline.is_empty()
    })
}

/// The block above a text; nothing when there is none. A rule above prose is no block: every line must be a key with its value, or
/// belong to the key above it.
pub(super) fn split(text: &str) -> Option<Front<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    let toml = match first.trim_end() {
        "---" => false,
        "+++" => true,
        _ => return None,
    };
    let mut at = first.len();
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut tables = false;
    for line in lines.take(LINES) {
        at += line.len();
        if at > BYTES {
            return None;
        }
        let line = line.trim_end();
        if matches!((line, toml), ("---" | "...", false) | ("+++", true)) {
            let below = text.get(at..)?;
            return (!entries.is_empty() || tables).then_some(Front { entries, below });
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        // The keys of a table are not the article's.
        if toml && line.starts_with('[') && line.ends_with(']') {
            tables = true;
            continue;
        }
        let belongs = entries.last().filter(|_| !tables).is_some_and(|e| e.takes(line));
        match (key(line, toml), entries.last_mut()) {
            (_, Some(entry)) if belongs => entry.more.push(line),
            (Some(_), _) if tables => {}
            (Some((key, value)), _) => entries.push(Entry { key, value, more: Vec::new() }),
            (None, Some(_)) if tables && line.starts_with([' ', '\t', ']', '}']) => {}
            (None, _) => return None,
        }
    }
    None
}

/// A key, in small letters, and what stands behind it on its line.
fn key(line: &str, toml: bool) -> Option<(String, &str)> {
    let (key, value) = line.split_once(if toml { '=' } else { ':' })?;
    if !toml && !value.is_empty() && !value.starts_with([' ', '\t']) {
        return None;
    }
    let key = if toml { key.trim_end() } else { key };
    let key = ['"', '\''].iter().find_map(|mark| key.strip_prefix(*mark)?.strip_suffix(*mark)).unwrap_or(key);
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/' | '@' | '$');
    (!key.is_empty() && key.chars().all(fits)).then(|| (key.to_lowercase(), value.trim()))
}

impl Front<'_> {
    /// Reads into `meta` what the block says of the article. Unknown keys and nested values are passed over.
    pub(super) fn read(&self, meta: &mut Meta) {
        for entry in &self.entries {
            if is_author(&entry.key) {
                let names = entry.names();
                if !names.is_empty() {
                    meta.byline = names;
                }
                continue;
            }
            let Some(value) = entry.text() else { continue };
            match entry.key.as_str() {
                "title" | "headline" => meta.title = Some(value),
                "date" | "published" | "pubdate" | "publish_date" if is_date(&value) => meta.published = Some(value),
                "url" | "source" | "link" | "canonical" | "canonical_url" if value.contains("://") => meta.url = Some(value),
                "lang" | "language" => meta.lang = Some(value),
                _ => {}
            }
        }
    }
}

impl Entry<'_> {
    /// True for a line that goes on with this entry.
    fn takes(&self, line: &str) -> bool {
        if line.starts_with([' ', '\t']) || line == "-" || line.starts_with("- ") {
            return true;
        }
        let whole = self.whole();
        let open = match self.value.chars().next() {
            Some('[') => whole.matches('[').count() > whole.matches(']').count(),
            Some('{') => whole.matches('{').count() > whole.matches('}').count(),
            Some('"' | '\'') => quoted(&whole).is_none(),
            _ => false,
        };
        open && key(line, false).is_none()
    }

    /// The value with all its lines, joined by spaces.
    fn whole(&self) -> String {
        let lines = std::iter::once(self.value).chain(self.more.iter().map(|l| l.trim()));
        lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The value as one line of words; nothing for lists, maps and what is empty.
    fn text(&self) -> Option<String> {
        let is_list = |line: &&str| line.trim_start().starts_with("- ");
        let value = match self.value.chars().next() {
            // A block of lines, kept or folded: `>`, `|-`, `>2`.
            Some('>' | '|') if self.value.split(" #").next().unwrap_or_default().trim_end().len() <= 3 => {
                self.more.iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ")
            }
            None | Some('{') => return None,
            Some('[') if !self.value.starts_with("[[") => return None,
            Some('"' | '\'') => scalar(&self.whole()),
            Some(_) if self.more.iter().any(is_list) => scalar(self.value),
            Some(_) => scalar(&self.whole()),
        };
        let value = unlinked(&value).to_owned();
        (!value.is_empty() && value != "~" && value != "null").then_some(value)
    }

    /// The names of a list, of maps with a `name`, or of a line such as "Ana Sol and Bo Lind".
    fn names(&self) -> Vec<String> {
        const MOST: usize = 20;
        let whole = self.whole();
        let listed = || whole.strip_prefix('[')?.split(" #").next()?.trim_end().strip_suffix(']');
        let names: Vec<String> = if let Some(inner) = listed().filter(|_| !self.value.starts_with("[[")) {
            items(inner).iter().map(|item| scalar(item)).collect()
        } else if self.value.is_empty() || self.value.starts_with('#') {
            let lines = self.more.iter().filter_map(|line| {
                let line = line.trim();
                let item = line.strip_prefix("- ").map(str::trim);
                match key(item.unwrap_or(line), false) {
                    Some((key, name)) => (key == "name").then_some(name),
                    None => item,
                }
            });
            lines.map(scalar).collect()
        } else {
            let value = self.text().unwrap_or_default();
            value.split([',', ';']).flat_map(|part| part.split(" and ")).map(|name| name.trim().to_owned()).collect()
        };
        names.iter().map(|n| unlinked(n).to_owned()).filter(|n| !n.is_empty()).take(MOST).collect()
    }
}

fn is_author(key: &str) -> bool {
    matches!(key, "author" | "authors" | "byline" | "by")
}

/// A date names a year; a placeholder or a word does not.
fn is_date(value: &str) -> bool {
    value.split(|c: char| !c.is_ascii_digit()).any(|digits| matches!(digits.len(), 4 | 8))
}

/// The parts of a list in brackets, between commas that no quotation marks hold.
fn items(inner: &str) -> Vec<&str> {
    let mut open: Option<char> = None;
    inner
        .split(|c: char| {
            match open {
                Some(mark) if c == mark => open = None,
                None if matches!(c, '"' | '\'') => open = Some(c),
                _ => {}
            }
            open.is_none() && matches!(c, ',' | ';')
        })
        .collect()
}

/// One value: what its quotation marks hold, else the line without the comment behind it.
fn scalar(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = quoted(value) {
        return inner;
    }
    if value.starts_with('#') {
        return String::new();
    }
    value.split(" #").next().unwrap_or(value).trim().to_owned()
}

/// What stands between the quotation marks that a value begins with; nothing when it has none, or they are not closed.
fn quoted(value: &str) -> Option<String> {
    let mut chars = value.chars().peekable();
    let mark = chars.next().filter(|c| matches!(c, '"' | '\''))?;
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' if mark == '"' => match chars.next()? {
                'n' | 't' => out.push(' '),
                escaped => out.push(escaped),
            },
            c if c == mark && mark == '\'' && chars.peek() == Some(&mark) => out.extend(chars.next()),
            c if c == mark => return Some(out.trim().to_owned()),
            c => out.push(c),
        }
    }
    None
}

/// A value without the double brackets of a link between notes: "[[People/Lea Brandt|Lea]]" is shown as "Lea".
fn unlinked(value: &str) -> &str {
    let value = value.trim();
    let linked = value.strip_prefix("[[").and_then(|v| v.strip_suffix("]]"));
    linked.map_or(value, |l| l.rsplit(['|', '/']).next().unwrap_or(l).trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yaml(front: &str) -> Meta {
        let mut meta = Meta::default();
        split(&format!("---\n{front}\n---\nWords.")).expect("a block").read(&mut meta);
        meta
    }

    #[test]
    fn lists_and_quotes() {
        let meta = yaml("title: 'One'\nauthors:\n  - Ana Sol\n  - \"Bo Lind\"\ntags: [a, b]\nsource: The Paper");
        assert_eq!(meta.title.as_deref(), Some("One"));
        assert_eq!(meta.byline, ["Ana Sol", "Bo Lind"]);
        assert_eq!(meta.url, None, "a name is no address");
        assert_eq!(yaml("author: [Cy Dow, Di Eng]").byline, ["Cy Dow", "Di Eng"]);
        assert_eq!(yaml("author:\n- Cy Dow\n- Di Eng").byline, ["Cy Dow", "Di Eng"]);
        assert_eq!(yaml("author:\n  - \"[[Ana Sol]]\"").byline, ["Ana Sol"], "a link between notes is a name");
        assert_eq!(yaml("author: \"[[People/Ana Sol]]\"").byline, ["Ana Sol"]);
        assert_eq!(yaml("author: Ana Sol and Bo Lind").byline, ["Ana Sol", "Bo Lind"]);
    }

    #[test]
    fn values_of_several_lines() {
        for title in [
            "title: >\n  The pier\n  is shut",
            "title: >-\n  The pier\n  is shut",
            "title: |\n  The pier\n  is shut",
            "title: \"The pier\n  is shut\"",
            "title: 'The pier\nis shut'",
            "title: The pier\n  is shut",
        ] {
            let meta = yaml(&format!("{title}\nlang: en"));
            assert_eq!((meta.title.as_deref(), meta.lang.as_deref()), (Some("The pier is shut"), Some("en")), "{title}");
        }
    }

    #[test]
    fn escapes_and_comments() {
        let title = |value: &str| yaml(&format!("title: {value}")).title;
        assert_eq!(title("'It''s shut' # for now").as_deref(), Some("It's shut"));
        assert_eq!(title("\"She said \\\"no\\\"\"").as_deref(), Some("She said \"no\""));
        assert_eq!(title("The pier # a working title").as_deref(), Some("The pier"));
        assert_eq!(title("Pier #4: the end").as_deref(), Some("Pier"));
        assert_eq!(title("C#: a language").as_deref(), Some("C#: a language"));
        assert_eq!(title("'Tis the season").as_deref(), Some("'Tis the season"));
        assert_eq!(title("# nothing yet"), None);
    }

    #[test]
    fn authors_with_more_than_a_name() {
        assert_eq!(yaml("author:\n  name: Ana Sol\n  url: https://example.org/ana").byline, ["Ana Sol"]);
        let two = "authors:\n  - name: Ana Sol\n    email: ana@example.org\n  - name: 'Bo Lind'\n    role: editor";
        assert_eq!(yaml(two).byline, ["Ana Sol", "Bo Lind"]);
    }

    #[test]
    fn a_date_has_a_year() {
        let date = |value: &str| yaml(&format!("date: {value}")).published;
        for good in ["2031-04-05", "5 April 2031", "20310405", "2031-04-05T10:00:00Z"] {
            assert_eq!(date(good).as_deref(), Some(good));
        }
        for bad in ["notadate", "\"{{date}}\"", "today", "12"] {
            assert_eq!(date(bad), None, "{bad}");
        }
    }

    #[test]
    fn toml() {
        let text = "+++\ntitle = \"A: B\"\nauthors = [\"Ana Sol\", 'Bo Lind']\ndate = 2031-04-05\n[extra]\ntitle = \"No\"\n+++\nWords.";
        let front = split(text).expect("a block");
        let mut meta = Meta::default();
        front.read(&mut meta);
        assert_eq!((meta.title.as_deref(), meta.published.as_deref()), (Some("A: B"), Some("2031-04-05")));
        assert_eq!(meta.byline, ["Ana Sol", "Bo Lind"]);
        assert_eq!(front.below, "Words.");
    }

    #[test]
    fn what_is_above_a_text() {
        assert!(is_above("+++\ntitle = \"A\"\n+++\nWords.") && names_article("---\r\ntitle: A\r\n---\r\nWords."));
        assert!(is_above("---\n# by hand\ntitle: A\n\ntags:\n- a\n- b\nkeys: [a,\n  b\n]\n...\nWords."));
        assert!(!is_above("---\nWords without end.") && !is_above("Words.\n---\n---\n"));
        for prose in [
            "The council met.\nNote: it costs $5 million.",
            "A rule and a thought: that is no title.",
            "title: A\nThe council met.",
            "- one\n- two",
            "https://example.org/a",
            "",
        ] {
            assert!(!is_above(&format!("---\n{prose}\n---\nWords.")), "{prose}");
        }
    }

    #[test]
    fn a_block_without_end_costs_linear_time() {
        let started = std::time::Instant::now();
        assert!(!is_above(&format!("---\ntitle: \"{}", "a\n".repeat(500_000))));
        assert!(!is_above(&format!("---\ntitle: \"{}", "a ".repeat(500_000))));
        assert!(started.elapsed().as_secs() < 5);
    }
}
