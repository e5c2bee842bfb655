//! Markdown: the reading text (headings, paragraphs, items, quotations, code, table rows) with its links, and front matter.
//!
//! The marks of the syntax are not in the text; what a reader needs to see of them is: bullets, numbers, check boxes, footnote
//! labels, bars between cells. Pictures are there by their alternative text, as captions. Of raw HTML the text alone is kept.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::lines::Unit;
use super::{boilerplate, front_matter, head, structure};
use crate::article::tables::{Align, Cell, Tables};
use crate::article::{Article, Block, BlockKind, Link, Meta, Source};
use crate::text::{TextRange, grapheme, sanitize};

/// Between the cells of a table row.
const CELLS: &str = " | ";

/// Before the words of a picture, which "]" ends.
const IMAGE: &str = "[image: ";

/// Reads decoded Markdown.
#[must_use]
pub fn article(decoded: &str) -> Article {
    let source = sanitize::text(decoded);
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut builder = Builder::default();
    // The parser would take prose between two rules for metadata, wherever it stands.
    let front = front_matter::split(&source);
    if let Some(front) = &front {
        front.read(&mut builder.meta);
    }
    for event in Parser::new_ext(front.as_ref().map_or(&*source, |f| f.below), options) {
        builder.event(event);
    }
    builder.close();
    let Builder { text, mut blocks, nested, tables, mut links, mut meta, notes, note_marks, .. } = builder;
    links.sort_by_key(|l| (l.range.start(), l.range.end()));
    lead_inside(&text, &blocks, &mut links, &notes, &note_marks);
    for link in &mut links {
        // A mark that belongs to the character before it may stand right in front of a link's end or start.
        link.range = TextRange::new(grapheme::floor(&text, link.range.start()), grapheme::ceil(&text, link.range.end()));
    }
    fold(&text, &mut blocks);
    name(&text, &mut blocks, &mut meta);
    let mut article = Article {
        text,
        blocks,
        nested,
        tables: Arc::new(tables),
        links,
        meta,
        source: Source { media_type: "text/markdown", extractor: "markdown/1", encoding: "UTF-8", ..Source::default() },
        ..Article::default()
    };
    head::add(&mut article);
    article
}

/// What the links from a footnote's mark to the note begin with, and those back.
const TO_NOTE: &str = "#note-";
const TO_MARK: &str = "#mark-";

/// Finds where links to notes, to their marks and to headings lead in the text.
fn lead_inside(text: &str, blocks: &[Block], links: &mut [Link], notes: &Places, marks: &Places) {
    if !links.iter().any(|l| l.target.starts_with('#')) {
        return;
    }
    let headings = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Heading(_)));
    let headings: Places = headings.rev().map(|b| (slug(b.range.of(text)), b.range.start())).collect();
    for link in links {
        let named = |places: &Places, prefix: &str| link.target.strip_prefix(prefix).and_then(|name| places.get(name).copied());
        link.within = named(notes, TO_NOTE).or_else(|| named(marks, TO_MARK)).or_else(|| named(&headings, "#"));
    }
}

/// The name that renderers give a heading: "Why it matters" is `why-it-matters`.
fn slug(heading: &str) -> String {
    let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Folds furniture, as in plain text; tables, code and quotations are the author's.
fn fold(text: &str, blocks: &mut [Block]) {
    let units: Vec<Unit> = blocks.iter().map(|b| Unit { range: b.range, gap: 1 }).collect();
    for (block, reason) in blocks.iter_mut().zip(boilerplate::reasons(text, &units)) {
        let foldable = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading(_) | BlockKind::Caption);
        // What a picture shows is the author's word too.
        let foldable = foldable && !block.range.of(text).starts_with(IMAGE);
        if let (true, Some(reason)) = (foldable, reason) {
            block.kind = BlockKind::Boilerplate(reason);
        }
    }
}

/// Finds title, byline and date, as far as the front matter has not named them.
fn name(text: &str, blocks: &mut [Block], meta: &mut Meta) {
    let first = blocks.iter_mut().find(|b| !b.kind.is_boilerplate());
    if let Some(block) = first
        && let BlockKind::Heading(1) = block.kind
        && meta.title.as_deref().is_none_or(|title| letters(title) == letters(block.range.of(text)))
    {
        block.kind = BlockKind::Title;
        meta.title.get_or_insert_with(|| block.range.of(text).to_owned());
    }
    structure::top_lines(text, blocks, meta);
    for block in blocks.iter_mut().filter(|b| b.kind == BlockKind::Paragraph) {
        if structure::is_credit(block.range.of(text)) {
            block.kind = BlockKind::Credit;
        }
    }
}

/// What makes two lines the same headline.
fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
/// Bytes of the text by name.
type Places = FxHashMap<String, usize>;

#[derive(Default)]
struct Builder {
    text: String,
    blocks: Vec<Block>,
    nested: Vec<(usize, u8)>,
    tables: Tables,
    /// The cells of the open row, and whether it is one of headings.
    cells: Vec<Cell>,
    header: bool,
    links: Vec<Link>,
    meta: Meta,
    /// The open block: where it starts and what it is.
    open: Option<(usize, BlockKind)>,
    /// Nested block quotations.
    quotes: usize,
    /// Nested lists, each with its next number.
    lists: Vec<Option<u64>>,
    /// The mark of a list item that has no text yet.
    mark: Option<String>,
    /// Open links: where they start and where they lead.
    targets: Vec<(usize, String)>,
    /// The label of a footnote that has no text yet, where footnotes begin, and where they are first referred to.
    note: Option<String>,
    notes: Places,
    note_marks: Places,
    /// Nested pictures, and the alternative text read so far.
    pictures: usize,
    alt: String,
    captions: Vec<String>,
    /// Inside `<script>` or `<style>`.
    silent: bool,
}

impl Builder {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.push(&text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.push(&text),
            Event::Html(html) => self.html(&html),
            Event::InlineHtml(html) if html.eq_ignore_ascii_case("<br>") || html.eq_ignore_ascii_case("<br/>") => self.break_line(),
            Event::InlineHtml(_) | Event::Rule => {}
            Event::FootnoteReference(label) => {
                self.push(&format!("[{label}]"));
                self.footnote_mark(&label);
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => self.break_line(),
            Event::TaskListMarker(done) => self.push(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => {
                self.close();
                self.silent = false;
            }
            Tag::Heading { level, .. } => self.begin(BlockKind::Heading(depth(level))),
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => self.begin(BlockKind::Code),
            Tag::List(first) => {
                self.close();
                self.lists.push(first);
            }
            Tag::Item => {
                self.close();
                self.mark = Some(match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".into(),
                });
            }
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.mark = Some(format!("[{label}] "));
                self.note = Some(label.into_string());
            }
            Tag::Table(align) => self.tables.begin(align.into_iter().map(aligned).collect()),
            Tag::TableHead | Tag::TableRow => {
                self.header = tag == Tag::TableHead;
                self.begin(BlockKind::TableRow);
            }
            Tag::TableCell => {
                if self.open.is_some_and(|(start, _)| start < self.text.len()) {
                    self.text.push_str(CELLS);
                }
                let column = u16::try_from(self.cells.len()).unwrap_or(u16::MAX);
                self.cells.push(Cell { range: TextRange::empty(self.text.len()), column, span: 1 });
            }
            Tag::Link { dest_url, .. } => self.targets.push((self.text.len(), dest_url.into_string())),
            Tag::Image { .. } => self.pictures += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item | TagEnd::FootnoteDefinition => {
                self.close();
                self.mark = None;
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::TableHead | TagEnd::TableRow => {
                self.close();
            }
            TagEnd::TableCell => {
                if let Some(cell) = self.cells.last_mut() {
                    cell.range = TextRange::new(cell.range.start(), self.text.len().max(cell.range.start()));
                }
            }
            TagEnd::Link => self.link(),
            TagEnd::Image => {
                self.pictures = self.pictures.saturating_sub(1);
                if self.pictures == 0 {
                    self.captions.push(std::mem::take(&mut self.alt));
                }
            }
            _ => {}
        }
    }

    /// Opens a block of `kind`, or of the kind that lists and quotations around it say.
    fn begin(&mut self, kind: BlockKind) {
        self.close();
        self.cells.clear();
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.open = Some((self.text.len(), kind));
        let around = match kind {
            BlockKind::ListItem => self.lists.len(),
            BlockKind::Quote => self.quotes,
            _ => 0,
        };
        if around > 1 {
            self.nested.push((self.text.len(), u8::try_from(around - 1).unwrap_or(u8::MAX)));
        }
        if let Some(mark) = self.mark.take() {
            let start = self.text.len();
            self.text.push_str(&mark);
            if let Some(label) = self.note.take() {
                let range = TextRange::new(start, start + mark.trim_end().len());
                self.links.push(Link { range, target: format!("{TO_MARK}{label}"), within: None });
                self.notes.insert(label, start);
            }
        }
    }

    /// Makes the mark of a footnote that was just pushed a link to the note.
    fn footnote_mark(&mut self, label: &str) {
        let mark = format!("[{label}]");
        if self.open.is_none() || !self.text.ends_with(&mark) {
            return;
        }
        let range = TextRange::new(self.text.len() - mark.len(), self.text.len());
        self.links.push(Link { range, target: format!("{TO_NOTE}{label}"), within: None });
        self.note_marks.entry(label.to_owned()).or_insert(range.start());
    }

    /// Adds words to the open block, and opens one when there is none.
    fn push(&mut self, words: &str) {
        // Character references can spell controls.
        let words = sanitize::text(words);
        if self.pictures > 0 {
            self.alt.push_str(&words);
            return;
        }
        if self.open.is_none() {
            if words.trim().is_empty() {
                return;
            }
            self.begin(match (self.quotes, self.lists.len(), &self.mark) {
                (_, _, Some(mark)) if mark.starts_with('[') => BlockKind::Paragraph,
                (_, 1.., _) => BlockKind::ListItem,
                (1.., ..) => BlockKind::Quote,
                _ => BlockKind::Paragraph,
            });
        }
        let code = matches!(self.open, Some((_, BlockKind::Code)));
        let fresh = self.open.is_some_and(|(start, _)| start == self.text.len());
        let fresh = fresh || self.text.ends_with('\n');
        self.text.push_str(if fresh && !code { words.trim_start() } else { &words });
    }

    /// A line break that the author meant: a line feed in the paragraph. A second one begins a block.
    fn break_line(&mut self) {
        if let Some((_, kind)) = self.open
            && self.pictures == 0
            && !matches!(kind, BlockKind::TableRow | BlockKind::Heading(_))
        {
            if !self.text.ends_with('\n') {
                self.text.push('\n');
            } else if self.targets.is_empty() {
                self.begin(kind);
            }
        } else {
            self.push(" ");
        }
    }

    /// The text of a piece of raw HTML: what stands outside its tags.
    fn html(&mut self, html: &str) {
        let mut words = String::new();
        let mut rest = html;
        while let Some((before, tag)) = rest.split_once('<') {
            if !self.silent {
                words.push_str(before);
            }
            let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
            let tag = tag.trim().to_ascii_lowercase();
            if tag.starts_with("script") || tag.starts_with("style") {
                self.silent = true;
            } else if tag.starts_with("/script") || tag.starts_with("/style") {
                self.silent = false;
            }
            rest = after;
        }
        if !self.silent {
            words.push_str(rest);
        }
        if !words.trim().is_empty() {
            self.push(words.trim_end_matches('\n'));
            self.push(" ");
        }
    }

    fn link(&mut self) {
        let Some((start, target)) = self.targets.pop() else { return };
        if start >= self.text.len() {
            return;
        }
        let range = TextRange::new(grapheme::floor(&self.text, start), self.text.len()).trimmed(&self.text);
        if !range.is_empty() {
            self.links.push(Link { range, target, within: None });
        }
    }

    /// Ends the open block, and adds the pictures that stood in it as captions.
    fn close(&mut self) {
        if let Some((start, kind)) = self.open.take() {
            self.finish(start, kind);
        }
        for caption in std::mem::take(&mut self.captions) {
            let caption = caption.split_whitespace().collect::<Vec<_>>().join(" ");
            if caption.is_empty() || is_file_name(&caption) {
                continue;
            }
            if !self.text.is_empty() {
                self.text.push_str("\n\n");
            }
            let start = self.text.len();
            self.text.push_str(&format!("{IMAGE}{caption}]"));
            self.finish(start, BlockKind::Caption);
        }
    }

    fn finish(&mut self, start: usize, kind: BlockKind) {
        let end = self.text.trim_end().len();
        let end = if end > start && end < self.text.len() { grapheme::ceil(&self.text, end) } else { end };
        self.text.truncate(end.max(start));
        if end > start {
            let range = TextRange::new(start, end);
            self.blocks.push(Block { range, kind });
            if kind == BlockKind::TableRow {
                self.tables.push(&self.text, range, self.header, &self.cells);
            }
        } else {
            self.nested.pop_if(|(at, _)| *at == start);
            let kept = self.text.trim_end_matches('\n').len();
            self.text.truncate(kept);
        }
    }
}

/// True for an alternative text that says nothing of the picture: "IMG_2031.jpg".
fn is_file_name(words: &str) -> bool {
    !words.contains(' ') && words.contains(['.', '_']) && words.is_ascii()
}

fn aligned(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Auto,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

fn depth(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(markdown: &str) -> Vec<String> {
        let article = article(markdown);
        article.blocks.iter().map(|b| format!("{}: {}", b.kind.name(), b.range.of(&article.text))).collect()
    }

    #[test]
    fn the_reading_text_of_each_construct() {
        let found = lines(
            "# Harbour vote\n\nThe **board** said\n\"no\" on `Monday`.\n\n## Why\n\n- first\n- second\n  - inner\n\n3. three\n4. four\n\n> A quote\n> goes on.\n\n```rust\nlet a;\n\nlet b;\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
        );
        assert_eq!(
            found,
            [
                "title: Harbour vote",
                "paragraph: The board said \"no\" on Monday.",
                "heading: Why",
                "list_item: • first",
                "list_item: • second",
                "list_item: • inner",
                "list_item: 3. three",
                "list_item: 4. four",
                "quote: A quote goes on.",
                "code: let a;\n\nlet b;",
                "table_row: a | b",
                "table_row: 1 | 2",
            ]
        );
    }

    #[test]
    fn rows_of_a_table_know_their_cells() {
        let found = article(
            "---\ntitle: Ships\n---\n| | *2030* | a \\| b |\n|:--|--:|:-:|\n| North | | `9` |\n| [South](https://example.org) | 7 |\n",
        );
        let cells = |row| found.tables.cells(row).iter().map(|c| c.range.of(&found.text)).collect::<Vec<_>>();
        assert_eq!((cells(0), cells(1)), (vec!["", "2030", "a | b"], vec!["North", "", "9"]));
        assert_eq!(cells(2), ["South", "7", ""]);
        let align: Vec<Align> = (0..4).map(|column| found.tables.align(0, column)).collect();
        assert_eq!(align, [Align::Left, Align::Right, Align::Center, Align::Auto]);
        assert_eq!((found.tables.header_of(0), found.tables.rows_of(0)), (Some(0), 0..3));
        let rows: Vec<_> = found.blocks.iter().filter_map(|b| found.tables.row_at(b.range.start())).collect();
        assert_eq!(rows, [0, 1, 2], "the headline above it moves them too");
    }

    #[test]
    fn links_pictures_and_html() {
        let found = article(
            "See [the **report**](https://example.org/r).\n\n![The pier at dawn](p.jpg)\n\n<div>Plain <b>words</b></div>\n\nA <b>bold</b> one.\n",
        );
        let link = &found.links[0];
        assert_eq!((link.range.of(&found.text), link.target.as_str()), ("the report", "https://example.org/r"));
        let kinds: Vec<_> = found.blocks.iter().map(|b| (b.kind.name(), b.range.of(&found.text))).collect();
        assert_eq!(
            kinds,
            [
                ("paragraph", "See the report."),
                ("caption", "[image: The pier at dawn]"),
                ("paragraph", "Plain words"),
                ("paragraph", "A bold one.")
            ]
        );
        assert!(article("<script>\nalert(1)\n</script>\n\nText.").text.eq("Text."));
    }

    #[test]
    fn links_lead_to_notes_and_back_and_to_headings() {
        let text = "# Pier\n\nShut[^a], see [why](#why-it-is-shut). [Gone](#nowhere).\n\n## Why it is shut\n\nRot.\n\n[^a]: On *Monday*.\n";
        let found = article(text);
        let links: Vec<_> =
            found.links.iter().map(|l| (l.range.of(&found.text), l.within.map(|at| TextRange::new(at, at + 4).of(&found.text)))).collect();
        assert_eq!(links, [("[a]", Some("[a] ")), ("why", Some("Why ")), ("Gone", None), ("[a]", Some("[a],"))]);
        assert_eq!(found.link_at(found.links[1].range.start()), Some(1));
        assert_eq!(found.link_at(found.links[1].range.end()), None);
    }

    #[test]
    fn hostile_references_stay_visible() {
        assert_eq!(article("a&#27;b&#x9b;c").text, "a\u{241b}b\u{fffd}c");
        assert_eq!(article("a  \nb").text, "a\nb", "a hard break is a line break in the paragraph");
        assert_eq!(lines("One,<br>  two<br><br>three."), ["paragraph: One,\ntwo", "paragraph: three."]);
        assert_eq!(article("a ![IMG_2031.jpg](IMG_2031.jpg) b").text, "a  b", "a file name says nothing of a picture");
    }

    #[test]
    fn front_matter_names_the_article() {
        let found = article(
            "---\ntitle: \"A: B\"\nauthor: Ana Sol\ndate: 2031-04-05\nurl: https://example.org/a\nlang: en\n---\n\nText stands here.\n",
        );
        assert_eq!(found.meta.title.as_deref(), Some("A: B"));
        assert_eq!(found.meta.byline, ["Ana Sol"]);
        assert_eq!(found.meta.published.as_deref(), Some("2031-04-05"));
        assert_eq!(found.meta.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(found.text, "A: B\n\nBy Ana Sol\n\n2031-04-05\n\nText stands here.");
        let kinds = found.blocks.iter().map(|b| b.kind.name()).collect::<Vec<_>>();
        assert_eq!(kinds, ["title", "byline", "date", "paragraph"]);
        assert_eq!(article("+++\ntitle = \"A\"\n+++\n\nText.").text, "A\n\nText.");
    }

    #[test]
    fn blocks_inside_their_like_have_levels() {
        let found = article("---\ntitle: Pier\n---\n- one\n  - two\n    1. three\n- four\n\n> five\n>\n> > six\n");
        let levels: Vec<_> = found.blocks.iter().map(|b| (b.range.of(&found.text), found.level_of(b))).collect();
        assert_eq!(levels, [("Pier", 0), ("• one", 0), ("• two", 1), ("1. three", 2), ("• four", 0), ("five", 0), ("six", 1)]);
    }

    #[test]
    fn prose_between_rules_is_text() {
        let found = article("---\nThe council met.\nNote: it costs $5 million.\n---\nEnd of it.\n").text;
        assert!(found.contains("The council met. Note: it costs $5 million.") && found.ends_with("End of it."), "{found}");
        let found = article("One.\n\n---\nTwo: it is.\n\n---\nThree.\n").text;
        assert_eq!(found, "One.\n\nTwo: it is.\n\nThree.", "below the top there is no metadata");
    }

    #[test]
    fn a_headline_stands_once_and_another_heading_is_none() {
        let front = "---\ntitle: The pier\nauthor: Ana Sol\n---\n";
        assert_eq!(
            lines(&format!("{front}# The [pier](https://example.org)\n\nText [here](https://example.org/b).\n")),
            ["title: The pier", "byline: By Ana Sol", "paragraph: Text here."]
        );
        let found = article(&format!("{front}# The [pier](https://example.org)\n\nText [here](https://example.org/b).\n"));
        assert_eq!(found.links.iter().map(|l| l.range.of(&found.text)).collect::<Vec<_>>(), ["pier", "here"]);
        assert_eq!(
            lines(&format!("{front}# Why\n\nText.\n")),
            ["title: The pier", "byline: By Ana Sol", "heading: Why", "paragraph: Text."]
        );
    }
}
