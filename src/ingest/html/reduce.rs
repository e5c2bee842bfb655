//! Markup cut down to what can be parsed safely: no scripts, styles or comments, bounded depth, bounded attributes, bounded size.
//!
//! A parser of HTML keeps a stack of open elements, looks through it for many tags, and opens formatting anew in every block that follows:
//! depth, attributes and unclosed formatting cost it more than linear time. One pass over the bytes, made before it, takes away what no article
//! has. Nothing of the text is lost but what the size limit says.

use memchr::{memchr, memmem};

/// Elements inside each other; what is nested deeper loses its tags. Pages that people write stay below 60.
const DEPTH: usize = 160;

/// Tables inside each other. Each is looked through with all that it holds.
const TABLES: usize = 12;

/// Formatting (`<b>`, `<font>`) that is open at once. The parser opens all of it anew in each block.
const FORMATTING: usize = 6;

/// A tag with more attributes, or longer, keeps only its name. The parser compares each attribute with all before it.
const ATTRIBUTES: usize = 64;
const TAG_LEN: usize = 32 << 10;

/// The size of the page in elements, and in bytes of text and tags, after the cut.
const ELEMENTS: usize = 250_000;
const LEN: usize = 16 << 20;

/// Data islands (JSON-LD) that are looked at, in bytes together.
const DATA_LEN: usize = 1 << 20;

/// What is kept of `<noscript>`: how many, and of at most how many bytes. Most hold a picture of one pixel.
const UNSCRIPTED: usize = 20;
const UNSCRIPTED_LEN: usize = 2000;

/// A page that is safe to parse.
#[derive(Debug, Default)]
pub(super) struct Reduced<'a> {
    /// Tags and text.
    pub(super) markup: String,
    /// The contents of `<script type="application/ld+json">`, in order.
    pub(super) data: Vec<&'a str>,
    /// What the page says to those who run no scripts, and to them alone: the contents of `<noscript>`.
    pub(super) unscripted: Vec<&'a str>,
    /// True when tags were taken away because they nest too deeply.
    pub(super) flattened: bool,
}

/// Cuts a page down; nothing when what remains is too large.
pub(super) fn reduce(html: &str) -> Option<Reduced<'_>> {
    let mut scan = Scan { html, at: 0, xml: html.trim_start().starts_with("<?xml"), ..Scan::default() };
    scan.out.markup.reserve(html.len().min(LEN) / 2);
    while let Some(tag) = memchr(b'<', html.as_bytes().get(scan.at..).unwrap_or_default()) {
        scan.copy_to(scan.at + tag);
        scan.markup();
        if scan.elements > ELEMENTS || scan.out.markup.len() > LEN {
            return None;
        }
    }
    scan.copy_to(html.len());
    (scan.out.markup.len() <= LEN).then_some(scan.out)
}

#[derive(Default)]
struct Scan<'a> {
    html: &'a str,
    at: usize,
    /// Written as XML: `<div/>` is an empty element.
    xml: bool,
    out: Reduced<'a>,
    elements: usize,
    blocks: Nesting,
    tables: Nesting,
    formatting: Nesting,
    data_len: usize,
    /// Ends that were looked for and do not come any more.
    gone: Vec<&'static str>,
}

/// Counts open elements, and those whose tags were taken away.
#[derive(Default)]
struct Nesting {
    open: usize,
    over: usize,
}

impl Nesting {
    /// False when the start tag has to go.
    fn enter(&mut self, most: usize) -> bool {
        if self.open >= most {
            self.over += 1;
            return false;
        }
        self.open += 1;
        true
    }

    /// False when the end tag belongs to a start tag that went.
    fn leave(&mut self) -> bool {
        if self.over > 0 {
            self.over -= 1;
            return false;
        }
        self.open = self.open.saturating_sub(1);
        true
    }
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        self.html.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn copy_to(&mut self, end: usize) {
        self.out.markup.push_str(self.html.get(self.at..end).unwrap_or_default());
        self.at = end;
    }

    /// Where `end` (in lower case) comes next, whatever its case. Looked for in vain at most once.
    fn find(&mut self, end: &'static str) -> Option<usize> {
        if self.gone.contains(&end) {
            return None;
        }
        let found = find_tag(self.html.as_bytes(), self.at, end);
        if found.is_none() {
            self.gone.push(end);
        }
        found
    }

    /// At a `<`: copies or passes over what begins there.
    fn markup(&mut self) {
        match self.rest().get(1) {
            Some(b'!') if self.rest().starts_with(b"<!--") => match self.find("-->") {
                Some(end) => self.at = end + 3,
                None => self.pass_to_bracket(),
            },
            Some(b'!') if self.rest().get(2).is_some_and(|b| b.eq_ignore_ascii_case(&b'd')) => {
                let end = memchr(b'>', self.rest()).map_or(self.html.len(), |i| self.at + i + 1);
                if end - self.at < 256 { self.copy_to(end) } else { self.at = end }
            }
            Some(b'!' | b'?') => self.pass_to_bracket(),
            Some(b'/') => self.end_tag(),
            Some(b) if b.is_ascii_alphabetic() => self.start_tag(),
            _ => self.copy_to(self.at + 1),
        }
    }

    fn pass_to_bracket(&mut self) {
        self.at = memchr(b'>', self.rest()).map_or(self.html.len(), |i| self.at + i + 1);
    }

    fn end_tag(&mut self) {
        let name = name(self.rest().get(2..).unwrap_or_default());
        let end = memchr(b'>', self.rest()).map_or(self.html.len(), |i| self.at + i + 1);
        let stays = match Class::of(&name) {
            Class::Formatting => self.formatting.leave(),
            Class::Block if name == "table" && !self.tables.leave() => false,
            Class::Block => self.blocks.leave(),
            Class::Void | Class::Implied => true,
            Class::Raw(_) | Class::Svg => false,
        };
        if stays && !name.is_empty() {
            self.out.markup.push_str("</");
            self.out.markup.push_str(&name);
            self.out.markup.push('>');
        }
        self.at = end;
    }

    fn start_tag(&mut self) {
        let tag = Tag::read(self.rest());
        let Some(tag) = tag else {
            // The page ends inside a tag.
            self.at = self.html.len();
            return;
        };
        let start = self.at;
        let end = start + tag.len;
        let whole = self.html.get(start..end).unwrap_or_default();
        let closed = self.xml && tag.closed;
        match Class::of(&tag.name) {
            Class::Raw(close) if !closed => return self.raw(&tag.name, whole, end, close),
            Class::Svg if !closed => {
                self.at = end;
                if let Some(close) = self.find("</svg") {
                    self.at = close;
                }
                return;
            }
            Class::Raw(_) | Class::Svg => {
                self.at = end;
                return;
            }
            Class::Formatting if !self.formatting.enter(FORMATTING) => {
                self.at = end;
                return;
            }
            Class::Block if tag.name == "table" && !self.tables.enter(TABLES) || !self.blocks.enter(DEPTH) => {
                self.out.flattened = true;
                self.out.markup.push_str("<br>");
                self.elements += 1;
                self.at = end;
                return;
            }
            _ => {}
        }
        self.elements += 1 + self.formatting.open;
        if tag.attributes > ATTRIBUTES || tag.len > TAG_LEN {
            self.out.markup.push('<');
            self.out.markup.push_str(&tag.name);
            self.out.markup.push('>');
            self.at = end;
        } else {
            self.copy_to(end);
        }
        if closed {
            self.close(&tag.name);
        }
    }

    /// `<div/>` in XML.
    fn close(&mut self, name: &str) {
        match Class::of(name) {
            Class::Formatting => drop(self.formatting.leave()),
            Class::Block => drop(self.blocks.leave()),
            Class::Implied => {}
            _ => return,
        }
        self.out.markup.push_str("</");
        self.out.markup.push_str(name);
        self.out.markup.push('>');
    }

    /// An element whose content is no markup, up to `close`.
    fn raw(&mut self, name: &str, tag: &str, after: usize, close: &'static str) {
        self.at = after;
        let Some(end) = self.find(close) else {
            // A script goes on to the end of the page; others that are not closed are passed over alone.
            if name == "script" || name == "style" {
                self.at = self.html.len();
            }
            return;
        };
        let content = self.html.get(after..end).unwrap_or_default();
        if name == "script" {
            let is_data = tag.len() < 4096 && tag.to_ascii_lowercase().contains("ld+json");
            if is_data && self.data_len + content.len() <= DATA_LEN {
                self.data_len += content.len();
                self.out.data.push(content);
            }
        }
        if name == "noscript" && self.out.unscripted.len() < UNSCRIPTED && content.len() <= UNSCRIPTED_LEN {
            self.out.unscripted.push(content);
        }
        self.at = end;
        if name == "title" {
            self.elements += 1;
            self.out.markup.push_str("<title>");
            self.out.markup.push_str(&content.replace('<', "&lt;"));
            self.out.markup.push_str("</title>");
        }
        self.pass_to_bracket();
    }
}

/// How an element nests.
enum Class {
    /// No content, no end tag.
    Void,
    /// Its end tag may be left out: the parser closes it by itself.
    Implied,
    /// Opened anew in each block until it is closed.
    Formatting,
    /// Content that is not parsed, and how it ends.
    Raw(&'static str),
    Svg,
    Block,
}

impl Class {
    fn of(name: &str) -> Self {
        match name {
            "area" | "base" | "br" | "col" | "embed" | "hr" | "img" | "input" | "link" | "meta" | "param" | "source" | "track" | "wbr" => {
                Self::Void
            }
            "html" | "head" | "body" | "p" | "li" | "dt" | "dd" | "tr" | "td" | "th" | "thead" | "tbody" | "tfoot" | "colgroup"
            | "option" | "optgroup" | "rp" | "rt" | "a" => Self::Implied,
            "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u" => Self::Formatting,
            "script" => Self::Raw("</script"),
            "style" => Self::Raw("</style"),
            "title" => Self::Raw("</title"),
            "textarea" => Self::Raw("</textarea"),
            "iframe" => Self::Raw("</iframe"),
            "noscript" => Self::Raw("</noscript"),
            "noframes" => Self::Raw("</noframes"),
            "noembed" => Self::Raw("</noembed"),
            "xmp" => Self::Raw("</xmp"),
            "template" => Self::Raw("</template"),
            "plaintext" => Self::Implied,
            "svg" => Self::Svg,
            _ => Self::Block,
        }
    }
}

/// The name that a tag begins with, in lower case; names are not longer than 40 bytes.
fn name(bytes: &[u8]) -> String {
    let part = bytes.iter().take(40).take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'>' | b'/'));
    part.map(|b| char::from(b.to_ascii_lowercase())).filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_')).collect()
}

/// A start tag, measured.
struct Tag {
    name: String,
    /// In bytes, brackets included.
    len: usize,
    attributes: usize,
    /// Ends with `/>`.
    closed: bool,
}

impl Tag {
    /// Reads the tag at the start of `bytes`; nothing when the page ends inside it.
    fn read(bytes: &[u8]) -> Option<Self> {
        let name = name(bytes.get(1..)?);
        let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/');
        let mut at = 1 + bytes.get(1..)?.iter().position(is_end)?;
        let mut attributes = 0;
        loop {
            match *bytes.get(at)? {
                b'>' => {
                    let closed = bytes.get(at - 1) == Some(&b'/');
                    return Some(Self { name, len: at + 1, attributes, closed });
                }
                b'/' => at += 1,
                b if b.is_ascii_whitespace() => at += 1,
                _ => {
                    attributes += 1;
                    at = attribute(bytes, at)?;
                }
            }
        }
    }
}

/// Where the attribute that begins at `at` ends.
fn attribute(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes.get(at..)?;
    // A name may begin with an equals sign.
    let mut end = 1 + rest.get(1..)?.iter().position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'='))?;
    let value = end + rest.get(end..)?.iter().position(|b| !b.is_ascii_whitespace())?;
    if rest.get(value) != Some(&b'=') {
        return Some(at + end);
    }
    let start = value + 1 + rest.get(value + 1..)?.iter().position(|b| !b.is_ascii_whitespace())?;
    end = match *rest.get(start)? {
        mark @ (b'"' | b'\'') => start + 2 + memchr(mark, rest.get(start + 1..)?)?,
        b'>' => start,
        _ => start + rest.get(start..)?.iter().position(|b| b.is_ascii_whitespace() || *b == b'>')?,
    };
    Some(at + end)
}

/// The next place of `wanted`, which is in lower case, from `at` on.
fn find_tag(bytes: &[u8], at: usize, wanted: &str) -> Option<usize> {
    let wanted = wanted.as_bytes();
    if wanted == b"-->" {
        return memmem::find(bytes.get(at..)?, wanted).map(|i| at + i);
    }
    let mut from = at;
    loop {
        let found = from + memchr(b'<', bytes.get(from..)?)?;
        if bytes.get(found..found + wanted.len()).is_some_and(|b| b.eq_ignore_ascii_case(wanted)) {
            return Some(found);
        }
        from = found + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markup(html: &str) -> String {
        reduce(html).expect("small").markup
    }

    #[test]
    fn scripts_styles_and_comments_go() {
        let page = "<p>a<!-- <p> --><script>if (a < b) document.write('<p>')</script>b<STYLE>p{}</STYLE ><svg><title>x</title></svg>c</p>";
        assert_eq!(markup(page), "<p>abc</p>");
        assert_eq!(markup("a<script>x"), "a", "a script that is not closed holds the rest");
        assert_eq!(markup("<title>A <b> B</title>"), "<title>A &lt;b> B</title>");
        assert_eq!(markup("a < b <3 c"), "a < b <3 c");
    }

    #[test]
    fn data_islands_are_kept_apart() {
        let page = "<script type='application/ld+json'>{\"a\":1}</script><script type=\"module\">x</script>";
        assert_eq!(reduce(page).expect("small").data, ["{\"a\":1}"]);
    }

    #[test]
    fn brackets_in_attributes_do_not_end_the_tag() {
        assert_eq!(markup("<a title='a > b' href=x>y</a>"), "<a title='a > b' href=x>y</a>");
        assert_eq!(markup("<a title=it's>y</a><b>'</b>"), "<a title=it's>y</a><b>'</b>");
    }

    #[test]
    fn depth_formatting_and_attributes_are_bounded() {
        let tables = markup(&format!("{}x{}<table><td>y", "<table><td>".repeat(20_000), "</table>".repeat(20_000)));
        assert_eq!(
            (tables.matches("<table>").count(), tables.matches("</table>").count()),
            (TABLES + 1, TABLES),
            "and those behind them stay"
        );
        let deep = format!("{}x{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        let found = reduce(&deep).expect("small");
        assert!(found.flattened && found.markup.matches("<div>").count() == DEPTH && found.markup.matches("</div>").count() == DEPTH);
        let bold: String = (0..1000).map(|i| format!("<b id={i}><p>x")).collect();
        assert_eq!(markup(&bold).matches("<b ").count(), FORMATTING);
        let tag = format!("<div {}>", "a=1 ".repeat(100));
        assert_eq!(markup(&tag), "<div>");
        assert!(reduce(&"<i></i>".repeat(ELEMENTS)).is_none(), "too many elements");
        assert!(reduce(&"x".repeat(LEN + 1)).is_none(), "too long");
    }

    #[test]
    fn hostile_markup_costs_linear_time() {
        for piece in ["<", "<!--", "<a ", "<a \"", "<svg>", "<title>", "</", "<script>", "<noscript>", "<a b='", "<!", "<p/", "<b><p>"] {
            let _ = reduce(&piece.repeat(1_000_000 / piece.len()));
        }
    }

    #[test]
    fn empty_elements_of_xml() {
        assert_eq!(markup("<?xml version='1.0'?><div/><script src='x'/><p>a</p>"), "<div/></div><p>a</p>");
    }
}
