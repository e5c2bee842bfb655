//! What a decoded text is: plain, Markdown, or a web page. By name first, then by content.

use std::path::Path;

use super::front_matter;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text as it is.
    Plain,
    /// CommonMark with tables and front matter.
    Markdown,
    /// A web page.
    Html,
}

/// How much of the text the content decides by.
const SAMPLE_LINES: usize = 200;

/// The kind of `text`, from a file called `name` or from a pipe.
pub(super) fn kind(name: Option<&Path>, text: &str) -> Kind {
    if is_html(text) {
        return Kind::Html;
    }
    let ending = name.and_then(Path::extension).map(|e| e.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("md" | "markdown" | "mdown" | "mkd") => Kind::Markdown,
        Some("htm" | "html" | "xhtml") => Kind::Html,
        Some("txt" | "text") if is_surely_markdown(text) => Kind::Markdown,
        Some("txt" | "text") => Kind::Plain,
        _ if is_fragment(text) => Kind::Html,
        _ if is_markdown(text) => Kind::Markdown,
        _ => Kind::Plain,
    }
}

/// A page begins with its doctype or one of the elements that only a page begins with; a text that speaks of tags does not.
fn is_html(text: &str) -> bool {
    let head = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let starts = |with: &str| head.as_bytes().get(..with.len()).is_some_and(|h| h.eq_ignore_ascii_case(with.as_bytes()));
    if starts("<?xml") || starts("<!--") {
        let near: String = head.chars().take(2000).collect::<String>().to_ascii_lowercase();
        return near.contains("<html") || near.contains("<!doctype html");
    }
    ["<!doctype html", "<html", "<head", "<body", "<meta ", "<title>"].iter().any(|s| starts(s))
}

/// A piece of a page, as it is copied out of a browser's tools: it begins with an element of text, and something is closed further on.
fn is_fragment(text: &str) -> bool {
    const BEGINNINGS: [&str; 10] = ["article", "div", "section", "main", "p", "h1", "h2", "ul", "table", "blockquote"];
    let Some(tag) = text.trim_start().strip_prefix('<') else { return false };
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).take(12).map(|c| c.to_ascii_lowercase()).collect();
    let ends = tag.get(name.len()..).is_some_and(|rest| rest.starts_with(['>', ' ', '\n']));
    ends && BEGINNINGS.contains(&name.as_str()) && tag.chars().take(20_000).collect::<String>().contains("</")
}

/// Without a name that says so, a text is Markdown only on several signs that plain text does not show.
fn is_markdown(text: &str) -> bool {
    front_matter::is_above(text) || {
        let Signs { headings, frames, links } = Signs::of(text);
        headings + frames + 2 * links >= 2
    }
}

/// Against the name of the file: front matter that names the article, or headings together with links or code, again and again.
fn is_surely_markdown(text: &str) -> bool {
    let Signs { headings, frames, links } = Signs::of(text);
    front_matter::names_article(text) || headings >= 2 && frames + links >= 2
}

/// How many lines show what Markdown is written with.
struct Signs {
    headings: usize,
    /// Code fences and the rules of tables.
    frames: usize,
    links: usize,
}

impl Signs {
    fn of(text: &str) -> Self {
        let mut signs = Self { headings: 0, frames: 0, links: 0 };
        for line in text.lines().take(SAMPLE_LINES) {
            let line = line.trim_start();
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            signs.headings += usize::from((1..=6).contains(&hashes) && line.as_bytes().get(hashes) == Some(&b' '));
            signs.frames += usize::from(line.starts_with("```") || line.starts_with("|--") || line.starts_with("| --"));
            signs.links += usize::from(line.contains("](http"));
        }
        signs
    }
}
