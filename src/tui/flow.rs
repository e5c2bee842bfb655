//! The article as it flows down the screen: units (segments of blocks, folds), their gaps and their rows at the current width.
//!
//! Nothing counts the rows of the whole article: a place is a unit and a line in it, and moving walks from there, so a key press costs
//! the same in any text. Rows are laid out when they are reached and cached by unit; a change of width clears the cache.

mod pieces;

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::article::columns::{self, Kind, Piece};
use crate::article::tables::Tables;
use crate::article::{Article, BlockKind};
use crate::text::{TextRange, grapheme, rows, sanitize};
pub use pieces::Pieces;
use pieces::Set;

/// A run of the article that is laid out at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// The text it covers; for a fold, all of the folded text when closed and an empty range at its start when open.
    pub range: TextRange,
    /// Index of its block; the first block of a fold. Narrow, as there are as many units as paragraphs.
    block: u32,
    /// The fold that it stands for.
    fold: Option<u32>,
    /// Empty lines above, when lines are not spaced.
    gap: u8,
    /// Columns that its rows stand to the right.
    pub indent: u8,
    /// Columns that they stand further to the right behind the first row of a block.
    hang: u8,
    /// How many blocks of its kind are around its block.
    pub level: u8,
    keep_newlines: bool,
    /// True for the first unit of its block.
    pub first: bool,
    /// The picture whose words it is.
    picture: Option<u32>,
    /// The row of a table that it is, and whether it is the first under the headings.
    table: Option<(u32, bool)>,
}

impl Unit {
    /// The index of its block; of a fold's first block.
    #[must_use]
    pub fn block(&self) -> usize {
        self.block as usize
    }

    /// Columns that the row of this unit that begins at byte `start` stands to the right.
    #[must_use]
    pub fn indent_of(&self, start: usize) -> usize {
        let first = self.first && start == self.range.start();
        usize::from(self.indent) + if first { 0 } else { usize::from(self.hang) }
    }

    /// A unit without words of its own.
    fn line(range: TextRange, block: usize, fold: Option<usize>, gap: u8) -> Self {
        Self {
            range,
            block: narrow(block),
            fold: fold.map(narrow),
            gap,
            indent: 0,
            hang: 0,
            level: 0,
            keep_newlines: false,
            first: true,
            picture: None,
            table: None,
        }
    }
}

fn narrow(index: usize) -> u32 {
    u32::try_from(index).expect("ingest refuses texts over 4 GiB")
}

/// A run of furniture that folds as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// First block.
    pub first: usize,
    /// Last block, included.
    pub last: usize,
    /// True when it is unfolded.
    pub open: bool,
}

/// A line of the flow: a unit, and how many lines below its first gap line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Place {
    unit: usize,
    line: usize,
}

/// What one line of the flow is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Gap,
    /// A row of text.
    Row {
        /// The unit.
        unit: Unit,
        /// The text of the row; of a table, from the beginning of its first piece to the end of its last.
        range: TextRange,
    },
    /// The rule between the headings of a table and what stands under them.
    Rule,
    /// The line of a fold, by its index.
    Fold(usize),
    /// What is to be seen in a picture, by its index in [`Flow::picture`]; a row of those words.
    Picture(usize, TextRange),
    /// The line that says what was left out, below all text.
    LeftOut,
}

/// The flow of one article at one width.
#[derive(Debug)]
pub struct Flow {
    units: Vec<Unit>,
    folds: Vec<Fold>,
    /// What was left out, in words: a line below the last unit, and an empty one above it.
    left_out: Option<String>,
    /// The words of pictures, and the byte that each stands before.
    pictures: Vec<(usize, String)>,
    width: usize,
    /// Empty lines between rows.
    spacing: usize,
    /// Signs drawn between the words: the byte before which each stands, and its columns. In ascending order.
    signs: Vec<(usize, usize)>,
    tables: Arc<Tables>,
    cache: RefCell<FxHashMap<usize, Set>>,
    /// What the columns of tables need, and how they are set at this width.
    needs: RefCell<FxHashMap<usize, Rc<columns::Needs>>>,
    settings: RefCell<FxHashMap<usize, Rc<columns::Setting>>>,
}

/// So many pictures in a row are said, each in so many rows.
const PICTURES: usize = 3;
const PICTURE_ROWS: usize = 3;

/// How many units' rows are kept: many screens, and little memory.
const CACHED: usize = 512;

impl Flow {
    /// The flow of an article with all furniture folded.
    #[must_use]
    pub fn new(article: &Article, width: usize) -> Self {
        let mut folds: Vec<Fold> = Vec::new();
        for (i, _) in article.blocks.iter().enumerate().filter(|(_, b)| article.folds_away(b)) {
            match folds.last_mut() {
                Some(fold) if fold.last + 1 == i => fold.last = i,
                _ => folds.push(Fold { first: i, last: i, open: false }),
            }
        }
        let left_out = article.left_out_words();
        let mut flow = Self {
            units: Vec::new(),
            folds,
            left_out,
            pictures: article.pictures().map(|(at, words)| (at, sanitize::line(&words).into_owned())).collect(),
            width,
            spacing: 0,
            signs: Vec::new(),
            tables: Arc::clone(&article.tables),
            cache: RefCell::default(),
            needs: RefCell::default(),
            settings: RefCell::default(),
        };
        flow.build(article);
        flow
    }

    fn build(&mut self, article: &Article) {
        self.cache.borrow_mut().clear();
        self.units.clear();
        self.units.reserve_exact(article.blocks.len());
        let folds = self.folds.clone();
        let mut folds = folds.iter().enumerate().peekable();
        let mut before: Option<BlockKind> = None;
        let mut i = 0;
        let mut next = 0;
        while let Some(block) = article.blocks.get(i) {
            let many = self.pictures.iter().skip(next).take_while(|(at, _)| *at <= block.range.start()).count();
            // Of a gallery the first few: the caret goes over them in one step.
            for picture in next..next + many.min(PICTURES) {
                let gap = u8::from(!self.units.is_empty());
                self.units.push(Unit {
                    picture: Some(narrow(picture)),
                    indent: 2,
                    ..Unit::line(TextRange::empty(block.range.start()), i, None, gap)
                });
            }
            next += many;
            let gap = if self.units.is_empty() { 0 } else { gap(before, block.kind) };
            if let Some((n, fold)) = folds.next_if(|(_, f)| f.first == i) {
                let covered = block.range.union(article.blocks[fold.last].range);
                let range = if fold.open { TextRange::empty(block.range.start()) } else { covered };
                self.units.push(Unit::line(range, i, Some(n), gap));
                before = Some(block.kind);
                if !fold.open {
                    i = fold.last + 1;
                    continue;
                }
                self.push_block(article, i, 0);
            } else {
                self.push_block(article, i, gap);
            }
            before = Some(block.kind);
            i += 1;
        }
        if self.units.is_empty() {
            // An article without a block still has a place for the caret.
            let range = TextRange::empty(0);
            self.units.push(Unit::line(range, 0, None, 0));
        }
    }

    fn push_block(&mut self, article: &Article, index: usize, gap: u8) {
        let block = article.blocks[index];
        // Markdown joins the lines of its paragraphs: a line feed that is left was meant.
        let keep_newlines = block.kind == BlockKind::Code || article.source.media_type == "text/markdown";
        let level = article.level_of(&block).min(DEEPEST);
        let indent = indent(block.kind) * (level + 1);
        let hang = if block.kind == BlockKind::ListItem { hang(block.range.of(&article.text)) } else { 0 };
        let segments = rows::segments(&article.text, block.range);
        // A row of one segment has a bounded number of cells.
        let row = self.tables.row_at(block.range.start()).filter(|_| block.kind == BlockKind::TableRow && segments.len() == 1);
        let table = row.map(|row| {
            (narrow(row), row > 0 && !self.tables.is_header(row) && self.tables.header_of(self.tables.table_of(row)) == Some(row - 1))
        });
        for (n, range) in segments.into_iter().enumerate() {
            let gap = if n == 0 { gap } else { 0 };
            self.units.push(Unit {
                range,
                block: narrow(index),
                fold: None,
                gap,
                indent,
                hang,
                level,
                keep_newlines,
                first: n == 0,
                picture: None,
                table,
            });
        }
    }

    /// The folds, in reading order.
    #[must_use]
    pub fn folds(&self) -> &[Fold] {
        &self.folds
    }

    /// The fold that holds byte `at`.
    #[must_use]
    pub fn fold_at(&self, article: &Article, at: usize) -> Option<usize> {
        let block = article.block_at(at)?;
        let before = self.folds.partition_point(|f| f.first <= block).checked_sub(1)?;
        (block <= self.folds[before].last).then_some(before)
    }

    /// What was left out of the page, in words.
    #[must_use]
    pub fn left_out(&self) -> Option<&str> {
        self.left_out.as_deref()
    }

    /// The words of a picture.
    #[must_use]
    pub fn picture(&self, picture: usize) -> Option<&str> {
        self.pictures.get(picture).map(|(_, words)| words.as_str())
    }

    /// Opens or closes a fold.
    pub fn set_fold(&mut self, article: &Article, fold: usize, open: bool) {
        if self.folds[fold].open != open {
            self.folds[fold].open = open;
            self.build(article);
        }
    }

    /// Opens or closes all folds.
    pub fn set_all_folds(&mut self, article: &Article, open: bool) {
        for fold in &mut self.folds {
            fold.open = open;
        }
        self.build(article);
    }

    /// Lays everything out anew for another width.
    pub fn set_width(&mut self, width: usize) {
        if self.width != width {
            self.width = width;
            self.cache.borrow_mut().clear();
            self.settings.borrow_mut().clear();
        }
    }

    /// Columns of the text.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Puts so many empty lines between rows.
    pub fn set_spacing(&mut self, spacing: usize) {
        self.spacing = spacing;
    }

    /// Empty lines between rows.
    #[must_use]
    pub fn spacing(&self) -> usize {
        self.spacing
    }

    /// Takes what [`Flow`] was told about looks from another flow: its width, spacing and signs.
    #[must_use]
    pub fn like(mut self, other: &Self) -> Self {
        self.set_width(other.width);
        self.spacing = other.spacing;
        self.set_signs(other.signs.clone());
        self
    }

    /// Makes room for signs between the words: the byte before which each stands, and its columns. In ascending order.
    pub fn set_signs(&mut self, signs: Vec<(usize, usize)>) {
        if self.signs != signs {
            self.signs = signs;
            self.cache.borrow_mut().clear();
            self.needs.borrow_mut().clear();
            self.settings.borrow_mut().clear();
        }
    }

    /// The signs behind the bytes of `range`.
    #[must_use]
    pub fn signs(&self, range: TextRange) -> &[(usize, usize)] {
        let from = self.signs.partition_point(|(at, _)| *at <= range.start());
        let to = self.signs.partition_point(|(at, _)| *at <= range.end());
        self.signs.get(from..to).unwrap_or_default()
    }

    /// How many signs stand before those of [`Flow::signs`].
    #[must_use]
    pub fn signs_before(&self, range: TextRange) -> usize {
        self.signs.partition_point(|(at, _)| *at <= range.start())
    }

    /// Columns that a stretch of a row takes, with the signs in it.
    #[must_use]
    pub fn columns(&self, text: &str, range: TextRange) -> usize {
        grapheme::text_width(range.of(text)) + rows::sign_columns(self.signs(range), range)
    }

    /// Empty lines above each line of a unit. The rows of a table stay together: empty lines would cut its columns.
    fn spacing_in(&self, index: usize) -> usize {
        if self.units[index].table.is_some() { 0 } else { self.spacing }
    }

    /// Lines above a unit: empty ones, and the rule under the headings of a table.
    fn gap(&self, text: &str, index: usize) -> usize {
        let unit = self.units[index];
        usize::from(unit.gap) + usize::from(self.has_rule(text, index)) + if index == 0 { 0 } else { self.spacing_in(index) }
    }

    /// True for the first row under the headings of a table that is set in columns.
    fn has_rule(&self, text: &str, index: usize) -> bool {
        matches!(self.units[index].table, Some((row, true)) if index > 0 && matches!(*self.setting(text, row as usize), columns::Setting::Columns(_)))
    }

    fn rows(&self, text: &str, index: usize) -> Set {
        if let Some(set) = self.cache.borrow().get(&index) {
            return set.clone();
        }
        let unit = self.units[index];
        let hang = if unit.first { usize::from(unit.hang) } else { 0 };
        let width = self.width.saturating_sub(unit.indent_of(usize::MAX));
        if let Some(words) = unit.picture.and_then(|p| self.picture(p as usize)) {
            let rows = rows::rows(words, TextRange::new(0, words.len()), width, false);
            return Set::Rows(rows.into_iter().take(PICTURE_ROWS).collect());
        }
        let cells = unit
            .table
            .map(|(row, _)| row as usize)
            .and_then(|row| columns::row(text, &self.tables, row, &self.setting(text, row), &self.signs));
        let set = match cells {
            Some(cells) => Set::Cells(Rc::new(cells)),
            None => Set::Rows(rows::rows_with_signs(text, unit.range, (width, hang), unit.keep_newlines, self.signs(unit.range)).into()),
        };
        let mut cache = self.cache.borrow_mut();
        if cache.len() >= CACHED {
            cache.clear();
        }
        cache.insert(index, set.clone());
        set
    }

    /// How the table of a row is set.
    fn setting(&self, text: &str, row: usize) -> Rc<columns::Setting> {
        let table = self.tables.table_of(row);
        if let Some(setting) = self.settings.borrow().get(&table) {
            return Rc::clone(setting);
        }
        let signs = self.signs.as_slice();
        let needs =
            Rc::clone(self.needs.borrow_mut().entry(table).or_insert_with(|| Rc::new(columns::measure(text, &self.tables, table, signs))));
        let setting = Rc::new(columns::set(&needs, self.width));
        self.settings.borrow_mut().insert(table, Rc::clone(&setting));
        setting
    }

    /// What stands on the line at a place; nothing but for rows of text.
    #[must_use]
    pub fn pieces(&self, text: &str, place: Place) -> Pieces {
        let Line::Row { unit, range } = self.line(text, place) else {
            return Pieces::default();
        };
        if let Set::Cells(row) = self.rows(text, place.unit) {
            return Pieces::of_table(row, (place.line - self.gap(text, place.unit)) / (self.spacing_in(place.unit) + 1));
        }
        let hyphen = range.end() < unit.range.end() && range.of(text).ends_with(rows::SOFT_HYPHEN);
        let x = unit.indent_of(range.start());
        let head = unit.table.is_some_and(|(row, _)| self.tables.is_header(row as usize));
        let kind = if head { Kind::Head } else { Kind::Words };
        Pieces::of_text(Piece { range, line: 0, x, width: self.width.saturating_sub(x), kind, hyphen })
    }

    /// The rule at a place: columns, and what is drawn from each on.
    #[must_use]
    pub fn rule(&self, text: &str, place: Place) -> Vec<(usize, &'static str)> {
        let Some(row) = self.units[place.unit].table.map(|(row, _)| row as usize) else { return Vec::new() };
        let setting = self.setting(text, row);
        let (bars, width) = columns::rule(&setting);
        (0..width).map(|x| (x, if bars.contains(&x) { "┼" } else { "─" })).collect()
    }

    /// The column of the text's area that byte `at` of a line stands in.
    #[must_use]
    pub fn column_at(&self, text: &str, place: Place, at: usize) -> usize {
        let pieces = self.pieces(text, place);
        let Some(piece) = pieces.at(at).or_else(|| pieces.list().first()) else { return 0 };
        let before = TextRange::new(piece.range.start(), at.clamp(piece.range.start(), piece.range.end()));
        let columns = self.columns(text, before);
        // What parts two cells may be longer than its place.
        piece.x + if piece.kind == Kind::Words || piece.kind == Kind::Head { columns } else { columns.min(piece.width.saturating_sub(1)) }
    }

    fn height(&self, text: &str, index: usize) -> usize {
        let tail = if index + 1 == self.units.len() && self.left_out.is_some() { 2 } else { 0 };
        self.gap(text, index) + self.text_lines(text, index) + tail
    }

    /// The lines of a unit without those around it.
    fn text_lines(&self, text: &str, index: usize) -> usize {
        let rows = if self.units[index].fold.is_some() { 1 } else { self.rows(text, index).height() };
        rows + (rows - 1) * self.spacing_in(index)
    }

    /// What stands at a place.
    #[must_use]
    pub fn line(&self, text: &str, place: Place) -> Line {
        let unit = self.units[place.unit];
        let Some(line) = place.line.checked_sub(self.gap(text, place.unit)) else {
            return if place.line == 0 && self.has_rule(text, place.unit) { Line::Rule } else { Line::Gap };
        };
        if let Some(below) = line.checked_sub(self.text_lines(text, place.unit)) {
            return if below == 0 { Line::Gap } else { Line::LeftOut };
        }
        let step = self.spacing_in(place.unit) + 1;
        let row = line / step;
        if line % step != 0 {
            return Line::Gap;
        }
        if let Some(fold) = unit.fold {
            return Line::Fold(fold as usize);
        }
        let range = self.rows(text, place.unit).range(row);
        match unit.picture {
            Some(picture) => Line::Picture(picture as usize, range),
            None => Line::Row { unit, range },
        }
    }

    /// The byte where a place's line starts; for an empty line, where the text below it starts, and below all text, where its last line does.
    #[must_use]
    pub fn start_of(&self, text: &str, place: Place) -> usize {
        match self.line(text, place) {
            Line::Row { range, .. } => range.start(),
            Line::Fold(_) | Line::Picture(..) => self.units[place.unit].range.start(),
            Line::Gap | Line::Rule | Line::LeftOut => match place.line.checked_sub(self.gap(text, place.unit)) {
                Some(line) if self.units[place.unit].fold.is_none() && self.units[place.unit].picture.is_none() => {
                    self.rows(text, place.unit).range(line / (self.spacing_in(place.unit) + 1) + 1).start()
                }
                _ => self.units[place.unit].range.start(),
            },
        }
    }

    /// The place of the row that holds byte `at`, or of the nearest before it.
    #[must_use]
    pub fn place_of(&self, text: &str, at: usize) -> Place {
        let unit = self.units.partition_point(|u| u.range.start() <= at).saturating_sub(1);
        let row = if self.units[unit].fold.is_some() { 0 } else { self.rows(text, unit).row_of(at) };
        Place { unit, line: self.gap(text, unit) + row * (self.spacing_in(unit) + 1) }
    }

    /// The first place.
    #[must_use]
    pub fn first(&self) -> Place {
        Place::default()
    }

    /// The last place.
    #[must_use]
    pub fn last(&self, text: &str) -> Place {
        let unit = self.units.len() - 1;
        Place { unit, line: self.height(text, unit) - 1 }
    }

    /// The place `n` lines below, or the last.
    #[must_use]
    pub fn down(&self, text: &str, place: Place, n: usize) -> Place {
        let (mut unit, mut line) = (place.unit, place.line + n);
        loop {
            let height = self.height(text, unit);
            if line < height {
                return Place { unit, line };
            }
            if unit + 1 == self.units.len() {
                return Place { unit, line: height - 1 };
            }
            line -= height;
            unit += 1;
        }
    }

    /// The place `n` lines above, or the first.
    #[must_use]
    pub fn up(&self, text: &str, place: Place, n: usize) -> Place {
        let (mut unit, mut line, mut n) = (place.unit, place.line, n);
        while n > line {
            if unit == 0 {
                return Place::default();
            }
            n -= line + 1;
            unit -= 1;
            line = self.height(text, unit) - 1;
        }
        Place { unit, line: line - n }
    }

    /// How many lines `to` lies below `from`, when that is at most `most`.
    #[must_use]
    pub fn distance(&self, text: &str, from: Place, to: Place, most: usize) -> Option<usize> {
        if to < from {
            return None;
        }
        let (mut unit, mut lines) = (from.unit, 0);
        while unit < to.unit {
            lines += self.height(text, unit) - if unit == from.unit { from.line } else { 0 };
            if lines > most {
                return None;
            }
            unit += 1;
        }
        lines += to.line - if to.unit == from.unit { from.line } else { 0 };
        (lines <= most).then_some(lines)
    }
}

fn gap(before: Option<BlockKind>, kind: BlockKind) -> u8 {
    use BlockKind::{Boilerplate, Byline, Code, Date, ListItem, TableRow};
    match (before, kind) {
        (Some(ListItem), ListItem)
        | (Some(Code), Code)
        | (Some(TableRow), TableRow)
        | (Some(Byline), Date)
        | (Some(Date), Byline)
        | (Some(Boilerplate(_)), Boilerplate(_)) => 0,
        _ => 1,
    }
}

/// Deeper blocks stand no further to the right.
const DEEPEST: u8 = 4;

/// Columns of the mark that an item begins with, and of the space behind it.
fn hang(item: &str) -> u8 {
    let mark = item.split(' ').next().unwrap_or_default();
    let numbered = |m: &str| m.len() <= 4 && !m.is_empty() && m.bytes().all(|b| b.is_ascii_alphanumeric());
    let is_mark = matches!(mark, "-" | "*" | "•" | "–" | "+" | "·") || mark.strip_suffix(['.', ')']).is_some_and(numbered);
    if is_mark { u8::try_from(grapheme::text_width(mark) + 1).unwrap_or(0) } else { 0 }
}

fn indent(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::ListItem | BlockKind::Quote | BlockKind::Code | BlockKind::Boilerplate(_) => 2,
        _ => 0,
    }
}

#[cfg(test)]
#[path = "flow/tests.rs"]
mod tests;
