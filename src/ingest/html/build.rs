//! Pieces to an article: the reading text with its blocks and links, and what was left out.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::page::{Page, Piece};
use super::refine::Verdict;
use crate::article::tables::{Cell, Tables};
use crate::article::{Article, Block, BlockKind, LeftOut, Link, Meta, Reason, Source};
use crate::ingest::lines::Unit;
use crate::ingest::{boilerplate, head, structure};
use crate::text::{TextRange, grapheme};

/// Puts the article together. Its text begins with the headline; authors and date follow, when the body does not give them itself.
pub(super) fn article(page: &Page, verdicts: &[Verdict], mut meta: Meta) -> Article {
    let mut body = Body::default();
    let mut pictures = page.pictures.iter().peekable();
    let mut left = false;
    for (piece, verdict) in page.pieces.iter().zip(verdicts) {
        while let Some((_, words)) = pictures.next_if(|(at, _)| *at <= piece.range.start()) {
            body.pictures.push(words.clone());
        }
        // Amid what was left out stand the pictures of that.
        if matches!(verdict, Verdict::Left(_)) || left && !body.blocks.is_empty() {
            body.pictures.clear();
        }
        left = matches!(verdict, Verdict::Left(_));
        body.add(page, piece, *verdict);
    }
    body.lead_inside(page, meta.url.as_deref());
    let Body { text, mut blocks, nested, tables, mut links, left_out, .. } = body;
    fold(&text, &mut blocks);
    structure::top_lines(&text, &mut blocks, &mut meta);
    links.sort_by_key(|l| (l.range.start(), l.range.end()));
    let mut article = Article {
        text,
        blocks,
        nested,
        tables: Arc::new(tables),
        links,
        left_out,
        meta,
        source: Source { media_type: "text/html", extractor: "html/1", encoding: "UTF-8", ..Source::default() },
        ..Article::default()
    };
    head::add(&mut article);
    article
}

/// Folds furniture that reads like it, and the words under pictures that are not here. Tables, code and quotations are the author's.
fn fold(text: &str, blocks: &mut [Block]) {
    let units: Vec<Unit> = blocks.iter().map(|b| Unit { range: b.range, gap: 1 }).collect();
    for (block, reason) in blocks.iter_mut().zip(boilerplate::reasons(text, &units)) {
        let foldable = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading(_));
        match reason {
            _ if block.kind == BlockKind::Caption => block.kind = BlockKind::Boilerplate(Reason::Caption),
            Some(reason) if foldable => block.kind = BlockKind::Boilerplate(reason),
            _ if block.kind == BlockKind::Paragraph && structure::is_credit(block.range.of(text)) => block.kind = BlockKind::Credit,
            _ => {}
        }
    }
}

#[derive(Default)]
struct Body {
    text: String,
    blocks: Vec<Block>,
    nested: Vec<(usize, u8)>,
    tables: Tables,
    /// The number that the page gives the last table.
    table: usize,
    links: Vec<Link>,
    left_out: Vec<LeftOut>,
    /// What the pictures show that stand between the last piece that was kept and the next.
    pictures: Vec<String>,
    /// Where the pieces that were kept stand on the page, and in `text`.
    kept: Vec<(TextRange, usize)>,
}

impl Body {
    fn add(&mut self, page: &Page, piece: &Piece, verdict: Verdict) {
        let range = ink(&page.text, piece.range);
        if range.is_empty() {
            return;
        }
        match verdict {
            Verdict::Left(reason) => self.left_out.push(LeftOut { at: self.text.len(), text: range.of(&page.text).to_owned(), reason }),
            Verdict::Kept(kind) => {
                self.show_pictures(range.of(&page.text), piece.main);
                self.gap();
                let start = self.text.len();
                self.text.push_str(range.of(&page.text));
                if piece.level > 0 && matches!(kind, BlockKind::ListItem | BlockKind::Quote) {
                    self.nested.push((start, piece.level));
                }
                self.blocks.push(Block { range: TextRange::new(start, self.text.len()), kind });
                self.row(piece, range, start);
                self.kept.push((range, start));
                self.link(page, range, start);
            }
        }
    }

    /// Finds where links to a part of this page lead in the text. Those to what was left out lead nowhere.
    fn lead_inside(&mut self, page: &Page, url: Option<&str>) {
        let name_of = |target: &str| {
            let (page, name) = target.split_once('#')?;
            (page.is_empty() || Some(page) == url).then(|| name.to_owned())
        };
        if !self.links.iter().any(|l| name_of(&l.target).is_some()) {
            return;
        }
        let places: FxHashMap<&str, usize> = page.places.iter().rev().map(|(at, name)| (name.as_str(), *at)).collect();
        for link in &mut self.links {
            let Some(&at) = name_of(&link.target).as_deref().and_then(|name| places.get(name)) else { continue };
            let piece = page.pieces.get(page.pieces.partition_point(|p| p.range.end() <= at));
            let kept = self.kept.get(self.kept.partition_point(|(range, _)| range.end() <= at));
            link.within = kept
                .filter(|(range, _)| piece.is_some_and(|p| p.range.overlaps(*range)))
                .map(|(range, start)| grapheme::floor(&self.text, start + at.saturating_sub(range.start())));
        }
    }

    /// Takes the links of the piece at `range`, which now begins at `start`.
    fn link(&mut self, page: &Page, range: TextRange, start: usize) {
        let from = page.links.partition_point(|(at, _)| at.end() <= range.start());
        for (at, target) in page.links.iter().skip(from).take_while(|(at, _)| at.start() < range.end()) {
            let Some(inside) = at.intersect(range).map(|r| r.trimmed(&page.text)).filter(|r| !r.is_empty()) else { continue };
            let moved = |at: usize| at - range.start() + start;
            let (begin, end) = (grapheme::floor(&self.text, moved(inside.start())), grapheme::ceil(&self.text, moved(inside.end())));
            if begin < end {
                self.links.push(Link { range: TextRange::new(begin, end), target: target.clone(), within: None });
            }
        }
    }

    /// Adds the pictures that stand amid what was kept, right before the piece with these `words`; above all of it they are of the page,
    /// unless this is `main`. What the words under a picture say is not said twice.
    fn show_pictures(&mut self, words: &str, main: bool) {
        let last = self.blocks.last().map_or("", |b| b.range.of(&self.text));
        for text in std::mem::take(&mut self.pictures) {
            let amid = main || !self.blocks.is_empty();
            if amid && !words.contains(&text) && !last.contains(&text) {
                self.left_out.push(LeftOut { at: self.text.len(), text, reason: Reason::Picture });
            }
        }
    }

    /// Takes the cells of the piece at `range`, which now begins at `start`.
    fn row(&mut self, piece: &Piece, range: TextRange, start: usize) {
        let Some(row) = &piece.row else { return };
        if self.table != row.table {
            self.table = row.table;
            self.tables.begin(Vec::new());
        }
        let moved = |at: usize| at.clamp(range.start(), range.end()) - range.start() + start;
        let cell = |c: &Cell| Cell { range: TextRange::new(moved(c.range.start()), moved(c.range.end())), ..*c };
        let cells: Vec<Cell> = row.cells.iter().map(cell).collect();
        self.tables.push(&self.text, TextRange::new(start, self.text.len()), row.header, &cells);
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }
}

/// A piece without white space at its ends; a space with a mark on it is ink.
fn ink(text: &str, range: TextRange) -> TextRange {
    let ink = range.trimmed(text);
    if ink.is_empty() {
        return ink;
    }
    let start = grapheme::floor(text, ink.start()).max(range.start());
    TextRange::new(start, grapheme::ceil(text, ink.end()).min(range.end()))
}
