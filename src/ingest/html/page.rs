//! A page as pieces: every paragraph, heading, item, row and caption of it in order, with what its surroundings say of it.
//!
//! The walk takes all text of the body, furniture too: which pieces are the article is decided afterwards, by [`super::extract`] and
//! [`super::refine`].

use std::rc::Rc;

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};
use rustc_hash::FxHashMap;

use super::elements::{is_block, is_container, is_silent};
use super::zone::{self, Names, Zone};
use crate::article::BlockKind;
use crate::article::tables::{Cell, MOST_COLUMNS};
use crate::text::{TextRange, sanitize};

/// Between the cells of a table row.
const CELLS: &str = " | ";

/// All text of a page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// The pieces' text, one behind the other.
    pub(super) text: String,
    pub(super) pieces: Vec<Piece>,
    /// The text nodes that hold ink, in order.
    pub(super) nodes: Vec<TextNode>,
    /// Links, by where they stand in `text`.
    pub(super) links: Vec<(TextRange, String)>,
    /// Where pictures stand in `text`, and what they show in their author's words.
    pub(super) pictures: Vec<(usize, String)>,
    /// Where elements with names begin in `text`: what `#name` leads to.
    pub(super) places: Vec<(usize, String)>,
}

/// One future block.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its text in [`Page::text`], white space folded.
    pub(super) range: TextRange,
    pub(super) kind: BlockKind,
    /// How many lists or quotations are around its own.
    pub(super) level: u8,
    /// What its surroundings are for.
    pub(super) zone: Option<Zone>,
    /// In an `<article>` or `<main>`, or what a page calls its article's body.
    pub(super) main: bool,
    /// The element that holds it, counted in the order of the page: pieces of one parent share it.
    pub(super) parent: u32,
    /// Bytes of it that are links.
    pub(super) linked: usize,
    /// What the page says this piece is: the `itemprop`, `class`, `rel` and `id` of the element it stands in.
    pub(super) marks: Rc<str>,
    /// Its cells, for a row of a table.
    pub(super) row: Option<Box<Row>>,
}

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The table, counted in the order of the page.
    pub(super) table: usize,
    /// A row of headings above the others.
    pub(super) header: bool,
    /// Its cells in [`Page::text`].
    pub(super) cells: Vec<Cell>,
}

/// The table that the walk is in.
#[derive(Debug, Default)]
struct Table {
    number: usize,
    /// Its rows so far, and whether one of them was none of headings.
    rows: usize,
    body: bool,
    /// The row at which each column is free again, which a cell further up reaches down to.
    free: Vec<usize>,
}

impl Table {
    /// The first free column from `column` on.
    fn free_from(&self, column: usize) -> usize {
        (column..usize::from(MOST_COLUMNS))
            .find(|&c| self.free.get(c).is_none_or(|&row| row <= self.rows))
            .unwrap_or(usize::from(MOST_COLUMNS))
    }

    /// Takes the columns of a cell for as many rows as it reaches down.
    fn take(&mut self, column: usize, span: usize, rows: usize) {
        let end = (column + span).min(usize::from(MOST_COLUMNS));
        if rows > 1 && column < end {
            if self.free.len() < end {
                self.free.resize(end, 0);
            }
            self.free[column..end].fill(self.rows.saturating_add(rows));
        }
    }
}

/// A text node and the piece that it is part of.
#[derive(Debug)]
pub(super) struct TextNode {
    pub(super) id: NodeId,
    pub(super) piece: usize,
    /// Bytes of ink.
    pub(super) ink: usize,
}

/// Walks over the body.
pub(super) fn page(document: &Document) -> Page {
    let mut walk = Walk::default();
    if let Some(body) = document.body() {
        walk.children(&body, &Around::default());
    }
    walk.close();
    walk.page
}

/// What holds for everything inside an element.
#[derive(Clone, Default)]
struct Around {
    zone: Option<Zone>,
    main: bool,
    quote: bool,
    /// Quotations and lists around it.
    quotes: u8,
    lists: u8,
    caption: bool,
    list: bool,
    pre: bool,
    heading: Option<u8>,
    raised: Option<Raised>,
    /// The element begins on a line of its own, whatever its name: the topic above a headline.
    apart: bool,
    parent: u32,
    /// The name and marks of the element.
    marks: Rc<str>,
}

/// What stands above the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Raised {
    /// A power: "10³".
    Power,
    /// The number of a note, in brackets, so that it does not stick to the word or figure before it.
    Note,
}

#[derive(Default)]
struct Walk {
    page: Page,
    /// Where the open piece starts, and what it is.
    open: Option<(usize, Piece)>,
    /// White space is due before the next ink.
    space: bool,
    /// The mark of a list item that has no text yet.
    mark: Option<String>,
    /// The row that cells are added to.
    row: bool,
    table: Table,
    tables: usize,
    elements: u32,
    links: Vec<(usize, String)>,
    /// What names say, for those that were met: pages use the same ones again and again.
    names: FxHashMap<String, Names>,
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>, around: &Around) {
        let mut child = node.first_child();
        while let Some(node) = child {
            self.node(&node, around);
            child = node.next_sibling();
        }
    }

    fn node(&mut self, node: &NodeRef<'_>, around: &Around) {
        let text = node.query(|n| match &n.data {
            NodeData::Text { contents } => Some(contents.to_string()),
            _ => None,
        });
        if let Some(Some(text)) = text {
            return self.text(node.id, &text, around);
        }
        let Some(element) = node.element_ref() else { return };
        let name = element.name.local.clone();
        if is_silent(&name) {
            return;
        }
        let inside = self.inside(&name, &element, around);
        let named = attribute(&element, "id").or_else(|| attribute(&element, "name").filter(|_| &*name == "a"));
        if let Some(place) = named.filter(|n| !n.is_empty()) {
            self.page.places.push((self.page.text.len(), place.to_owned()));
        }
        let link = if &*name == "a" { attribute(&element, "href").map(str::to_owned) } else { None };
        self.element(node, &name, &inside, link);
    }

    /// What holds inside an element that stands in `around`.
    fn inside(&mut self, name: &str, element: &Element, around: &Around) -> Around {
        let mut inside = around.clone();
        let words = words_of(element);
        let names = self.names.entry(words).or_insert_with_key(|words| Names::of(words));
        let block = is_block(name);
        if block {
            self.elements += 1;
            inside.marks = Rc::clone(&names.words);
        } else if names.author {
            inside.marks = format!("{} {}", inside.marks, names.words).into();
        }
        if is_container(name) {
            inside.parent = self.elements;
        }
        inside.apart = around.heading.is_some() && names.kicker;
        if inside.apart {
            inside.heading = None;
            inside.marks = Rc::clone(&names.words);
        }
        inside.zone = around.zone.or_else(|| zone::of(name, element, names, around.main));
        inside.main |= zone::is_main(name, element, names);
        match name {
            "blockquote" => {
                inside.quote = true;
                inside.quotes = inside.quotes.saturating_add(1);
            }
            "figcaption" => inside.caption = true,
            "ul" | "ol" | "menu" => {
                inside.list = true;
                inside.lists = inside.lists.saturating_add(1);
            }
            "pre" | "listing" => inside.pre = true,
            "sup" => inside.raised = None,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => inside.heading = name.bytes().last().map(|b| b - b'0'),
            _ => {}
        }
        inside.caption |= block && names.caption;
        inside
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, inside: &Around, link: Option<String>) {
        match name {
            "img" if inside.zone.is_none() && !self.row => self.picture(node),
            "br" if self.row || inside.pre => self.space(inside.pre),
            "br" => self.close(),
            "a" => {
                if let Some(target) = link {
                    self.links.push((self.page.text.len(), target));
                    self.children(node, inside);
                    self.link();
                } else {
                    self.children(node, inside);
                }
            }
            "sup" if !inside.pre => self.children(node, &Around { raised: raised(node), ..inside.clone() }),
            "q" => {
                self.ink("“", inside);
                self.children(node, inside);
                self.ink("”", inside);
            }
            "table" if !self.row => {
                self.close();
                self.tables += 1;
                let outer = std::mem::replace(&mut self.table, Table { number: self.tables, ..Table::default() });
                self.children(node, inside);
                self.close();
                self.table = outer;
            }
            "tr" if is_data_row(node) => self.data_row(node, inside),
            "td" | "th" if self.row => self.children(node, inside),
            "li" => {
                self.close();
                self.mark = Some(item_mark(node));
                self.children(node, inside);
                self.close();
                self.mark = None;
            }
            name if self.row || !is_block(name) && !inside.apart => self.children(node, inside),
            _ => {
                self.close();
                self.children(node, inside);
                self.close();
            }
        }
    }

    fn data_row(&mut self, row: &NodeRef<'_>, inside: &Around) {
        self.close();
        self.row = true;
        let before = self.page.pieces.len();
        let mut column = 0;
        let mut cells = Vec::new();
        let mut header = !self.table.body;
        for cell in row.element_children() {
            if self.open.is_some() {
                self.space = false;
                self.page.text.push_str(CELLS);
            }
            let start = self.page.text.len();
            self.node(&cell, inside);
            let number = |name: &str| cell.attr(name).and_then(|n| n.trim().parse().ok()).unwrap_or(1).clamp(1, usize::from(MOST_COLUMNS));
            let (span, rows) = (number("colspan"), number("rowspan"));
            column = self.table.free_from(column);
            self.table.take(column, span, rows);
            let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
            cells.push(Cell { range: TextRange::new(start, self.page.text.len()), column: narrow(column), span: narrow(span) });
            column += span;
            header &= cell.has_name("th");
        }
        self.close();
        self.row = false;
        header |= row.parent().is_some_and(|p| p.has_name("thead"));
        self.table.body |= !header;
        self.table.rows += 1;
        if let Some(piece) = self.page.pieces.get_mut(before) {
            piece.row = Some(Box::new(Row { table: self.table.number, header, cells }));
        }
    }

    /// Takes what is said of a picture, when that is more than a name.
    fn picture(&mut self, image: &NodeRef<'_>) {
        const WORDS: usize = 3;
        const LONGEST: usize = 400;
        /// Smaller ones are signs and faces.
        const PIXELS: u32 = 100;
        let Some(alt) = image.attr("alt") else { return };
        let small = |side: &str| image.attr(side).and_then(|n| n.trim().parse().ok()).is_some_and(|n: u32| n < PIXELS);
        let words = sanitize::text(&alt).split_whitespace().collect::<Vec<_>>().join(" ");
        let told = words.split(' ').count() >= WORDS && words.len() <= LONGEST && !words.to_lowercase().contains("logo");
        // A picture that leads to another page is a teaser for it; one that leads to itself is there to be seen larger.
        let leads_away = self.links.last().is_some_and(|(_, target)| !is_picture(target));
        if told && !leads_away && !small("width") && !small("height") && self.page.pictures.last().is_none_or(|(_, last)| *last != words) {
            self.page.pictures.push((self.page.text.len(), words));
        }
    }

    fn link(&mut self) {
        let Some((start, target)) = self.links.pop() else { return };
        let end = self.page.text.len();
        if start < end {
            if let Some((_, piece)) = &mut self.open {
                piece.linked += end - start.max(piece.range.start());
            }
            self.page.links.push((TextRange::new(start, end), target));
        }
    }

    fn text(&mut self, id: NodeId, text: &str, around: &Around) {
        // Character references can spell controls. Form feeds are white space here.
        let clean;
        let text = if text.chars().any(|c| c.is_control() && !is_space(c)) {
            clean = sanitize::text(&text.replace('\u{c}', " ")).into_owned();
            &clean
        } else {
            text
        };
        let above;
        let text = match around.raised {
            Some(raised) if !text.trim().is_empty() => {
                above = set_above(text.trim(), raised);
                &above
            }
            _ => text,
        };
        let before = self.page.text.len();
        if around.pre {
            if self.open.is_some() || !text.trim().is_empty() {
                self.open(around);
                self.page.text.push_str(&sanitize::text(text));
            }
        } else {
            let mut words = text.split(is_space).peekable();
            while let Some(word) = words.next() {
                if !word.is_empty() {
                    self.ink(word, around);
                }
                if words.peek().is_some() {
                    self.space(false);
                }
            }
        }
        let ink = self.page.text.len() - before;
        if ink > 0 && !text.trim().is_empty() {
            self.page.nodes.push(TextNode { id, piece: self.page.pieces.len(), ink });
        }
    }

    fn space(&mut self, line: bool) {
        if line {
            self.page.text.push('\n');
        } else {
            self.space = self.open.is_some();
        }
    }

    fn ink(&mut self, word: &str, around: &Around) {
        self.open(around);
        if std::mem::take(&mut self.space) {
            self.page.text.push(' ');
        }
        self.page.text.push_str(word);
    }

    fn open(&mut self, around: &Around) {
        if self.open.is_some() {
            return;
        }
        let kind = match around {
            _ if self.row => BlockKind::TableRow,
            Around { pre: true, .. } => BlockKind::Code,
            Around { heading: Some(level), .. } => BlockKind::Heading(*level),
            Around { caption: true, .. } => BlockKind::Caption,
            Around { list: true, .. } if self.mark.is_some() => BlockKind::ListItem,
            Around { quote: true, .. } => BlockKind::Quote,
            Around { list: true, .. } => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        let start = self.page.text.len();
        if let Some(mark) = self.mark.take()
            && kind == BlockKind::ListItem
        {
            self.page.text.push_str(&mark);
        }
        self.space = false;
        let piece = Piece {
            range: TextRange::empty(start),
            kind,
            level: match kind {
                BlockKind::ListItem => around.lists.saturating_sub(1),
                BlockKind::Quote => around.quotes.saturating_sub(1),
                _ => 0,
            },
            zone: around.zone,
            main: around.main,
            parent: around.parent,
            linked: 0,
            marks: Rc::clone(&around.marks),
            row: None,
        };
        self.open = Some((start, piece));
    }

    fn close(&mut self) {
        self.space = false;
        let Some((start, mut piece)) = self.open.take() else { return };
        // An open link goes on in the next piece.
        let end = self.page.text.len();
        for (from, target) in &mut self.links {
            if *from < end {
                piece.linked += end - (*from).max(start);
                self.page.links.push((TextRange::new((*from).max(start), end), target.clone()));
                *from = end;
            }
        }
        piece.range = TextRange::new(start, end);
        self.page.pieces.push(piece);
    }
}

/// True for an address that ends as those of pictures do.
fn is_picture(target: &str) -> bool {
    let path = target.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"].iter().any(|end| path.ends_with(end))
}

/// How the words of a `sup` are set: letters ("4th", "n°") stay as they are.
fn raised(sup: &NodeRef<'_>) -> Option<Raised> {
    const MOST: usize = 12;
    let text = sup.text();
    let text = text.trim();
    let linked = sup.descendants_it().any(|n| n.attr("href").is_some_and(|h| h.starts_with('#')));
    let linked = linked || sup.parent().is_some_and(|p| p.attr("href").is_some_and(|h| h.starts_with('#')));
    if text.is_empty() || text.len() > MOST {
        return None;
    }
    if linked {
        return Some(Raised::Note);
    }
    let is_power = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−' | '–');
    (text.chars().any(is_power) && text.chars().all(|c| is_power(c) || c.is_ascii_alphabetic() || matches!(c, '.' | '/')))
        .then_some(Raised::Power)
}

fn set_above(text: &str, raised: Raised) -> String {
    if raised == Raised::Note {
        return if text.starts_with(['[', '(']) { text.to_owned() } else { format!("[{text}]") };
    }
    let power = |c: char| {
        Some(match c {
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4'..='9' => char::from_u32(0x2070 + c.to_digit(10)?)?,
            '+' => '⁺',
            '-' | '−' | '–' => '⁻',
            'n' => 'ⁿ',
            'i' => 'ⁱ',
            _ => return None,
        })
    };
    text.chars().map(power).collect::<Option<String>>().unwrap_or_else(|| format!("^{text}"))
}

/// HTML's own white space; no-break spaces are ink.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// The value of an attribute.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// The names that a page gives an element, in lower case.
fn words_of(element: &Element) -> String {
    const NAMES: [&str; 6] = ["itemprop", "class", "id", "rel", "data-testid", "data-component"];
    let mut words = String::new();
    for attribute in element.attrs.iter().filter(|a| NAMES.contains(&&*a.name.local)) {
        words.extend(attribute.value.chars().take(150).map(|c| c.to_ascii_lowercase()));
        words.push(' ');
    }
    words
}

/// A row of short cells is a row of data; one that holds paragraphs or other tables lays out the page.
fn is_data_row(row: &NodeRef<'_>) -> bool {
    const CELL: usize = 300;
    let cells = row.element_children();
    cells.len() >= 2
        && cells.iter().all(|cell| {
            let lays_out = cell.descendants_it().any(|n| {
                n.qual_name_ref()
                    .is_some_and(|q| matches!(&*q.local, "table" | "div" | "ul" | "ol" | "h1" | "h2" | "h3" | "form" | "blockquote"))
            });
            !lays_out && cell.text().trim().len() <= CELL
        })
}

/// "• ", or the number of an item of an ordered list.
fn item_mark(item: &NodeRef<'_>) -> String {
    let Some(list) = item.parent() else { return "• ".into() };
    if !list.has_name("ol") {
        return "• ".into();
    }
    let start: i64 = list.attr("start").and_then(|s| s.trim().parse().ok()).unwrap_or(1);
    let mut before = 0;
    let mut sibling = item.prev_element_sibling();
    while let Some(node) = sibling {
        before += 1;
        // A list of thousands is counted in vain by nobody.
        if before > 500 {
            return "• ".into();
        }
        sibling = node.prev_element_sibling();
    }
    format!("{}. ", start.saturating_add(before))
}
