//! How a table is set at a width: in columns, or, where it is too wide for that, each row as a list.
//!
//! Nothing here changes the text or draws: every byte of a row gets one place. What stands between the cells so that they align belongs
//! to no byte.

use super::tables::{Align, Cell, Tables};
use crate::text::{TextRange, grapheme, rows};

/// Columns between the cells of two columns: a blank, a bar, a blank.
const BETWEEN: usize = 3;
/// Longer words may be cut.
const WORD: usize = 16;
/// A column with cells wider than this holds prose, and is no narrower than [`PROSE`] / 2.
const PROSE: usize = 24;
/// Columns that the cells of a row stand to the right when it is set as a list.
const INDENT: usize = 2;
/// Columns that a label in a list leaves to its cell.
const LEAST: usize = 10;
/// So much of a table is measured, from its first row on: what is wider further down is wrapped.
const MEASURED: usize = 64 * 1024;

/// Signs that are drawn between the words: the byte before which each stands, and its columns. See [`rows::rows_with_signs`].
pub type Signs<'s> = &'s [(usize, usize)];

/// What the columns of a table need, whatever the width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Needs {
    columns: Vec<Need>,
    header: Option<usize>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Need {
    /// The widest cell.
    whole: usize,
    /// The longest word.
    word: usize,
    align: Align,
    /// Cells that hold a number, and cells that hold anything.
    numbers: usize,
    filled: usize,
}

/// How a table is set at a width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// In columns: where each begins, how wide it is, how its words stand in it.
    Columns(Vec<Column>),
    /// Each row as a list under its first cell; the row of headings that says what each cell is, and the columns there are.
    List {
        /// The row of headings.
        header: usize,
        /// The columns of the screen.
        width: usize,
    },
    /// As the text is.
    Text,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    x: usize,
    width: usize,
    align: Align,
}

/// A stretch of a row's text and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub range: TextRange,
    /// The line of the row that it stands on, from 0.
    pub line: usize,
    /// The column that it begins at.
    pub x: usize,
    /// The columns that it may take.
    pub width: usize,
    /// What it is.
    pub kind: Kind,
    /// The line breaks at a soft hyphen, which is drawn.
    pub hyphen: bool,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Words,
    /// Words of a heading: of a column, or, in a list, of a row.
    Head,
    /// What parts two cells.
    Bar,
    /// What parts two cells where they stand below each other: blank.
    Blank,
}

/// Words of the row of headings that are drawn once more, before a cell in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    /// The line of the row that it stands on.
    pub line: usize,
    /// The heading.
    pub range: TextRange,
    /// The columns that it may take; a colon and a blank follow.
    pub width: usize,
}

/// A row of a table as it is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetRow {
    /// Its pieces, by lines and from left to right.
    pieces: Vec<Piece>,
    /// Where each line's pieces end.
    lines: Vec<usize>,
    /// The pieces' beginnings in the order of the text, and the line of each.
    order: Vec<(usize, usize)>,
    /// Where bars stand on every line.
    pub bars: Vec<usize>,
    /// The labels of a list.
    pub labels: Vec<Label>,
}

impl SetRow {
    /// How many lines it takes.
    #[must_use]
    pub fn height(&self) -> usize {
        self.lines.len()
    }

    /// What stands on a line, from left to right.
    #[must_use]
    pub fn line(&self, line: usize) -> &[Piece] {
        let from = line.checked_sub(1).map_or(0, |before| self.lines[before]);
        self.lines.get(line).and_then(|&to| self.pieces.get(from..to)).unwrap_or_default()
    }

    /// The line that byte `at` stands on.
    #[must_use]
    pub fn line_of(&self, at: usize) -> usize {
        self.order.partition_point(|(start, _)| *start <= at).checked_sub(1).map_or(0, |i| self.order[i].1)
    }

    /// Where the labels of a list begin.
    #[must_use]
    pub fn label_x(&self) -> usize {
        INDENT
    }

    fn from(mut pieces: Vec<Piece>, bars: Vec<usize>, labels: Vec<Label>) -> Self {
        let mut order: Vec<(usize, usize)> = pieces.iter().map(|p| (p.range.start(), p.line)).collect();
        order.sort_unstable();
        pieces.sort_by_key(|p| (p.line, p.x, p.range.start()));
        let height = pieces.last().map_or(1, |p| p.line + 1);
        let lines = (0..height).map(|line| pieces.partition_point(|p| p.line <= line)).collect();
        Self { pieces, lines, order, bars, labels }
    }
}

fn columns(text: &str, range: TextRange, signs: Signs<'_>) -> usize {
    grapheme::text_width(range.of(text)) + rows::sign_columns(signs, range)
}

/// Measures a table. At most so much of it that the cost is the same for every longer one.
#[must_use]
pub fn measure(text: &str, tables: &Tables, table: usize, signs: Signs<'_>) -> Needs {
    let mut needs: Vec<Need> = Vec::new();
    let mut left = MEASURED;
    for row in tables.rows_of(table) {
        let Some(rest) = left.checked_sub(tables.range(row).len() + 1) else { break };
        left = rest;
        for cell in tables.cells(row) {
            let last = usize::from(cell.column + cell.span);
            if needs.len() < last {
                needs.resize(last, Need::default());
            }
            if cell.span > 1 || cell.range.is_empty() {
                continue;
            }
            let words = cell.range.of(text);
            let need = &mut needs[usize::from(cell.column)];
            need.whole = need.whole.max(columns(text, cell.range, signs));
            need.word = need.word.max(words.split(char::is_whitespace).map(grapheme::text_width).max().unwrap_or(0));
            if !tables.is_header(row) {
                need.filled += usize::from(words.chars().any(char::is_alphanumeric));
                need.numbers += usize::from(is_number(words));
            }
        }
    }
    let filled = needs.iter().rposition(|n| n.whole > 0).map_or(0, |i| i + 1);
    needs.truncate(filled);
    for (column, need) in needs.iter_mut().enumerate() {
        need.align = match tables.align(table, column) {
            // Two of three: among numbers stand "n/a" and "none".
            Align::Auto if need.numbers > 0 && need.numbers * 3 >= need.filled * 2 => Align::Right,
            said => said,
        };
    }
    Needs { columns: needs, header: tables.header_of(table) }
}

/// "1,234", "−3.5 %", "$2.1bn", "(12)", "2031": digits first, and more of them than letters.
fn is_number(cell: &str) -> bool {
    const LETTERS: usize = 3;
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    let money = cell.contains(['$', '€', '£', '¥', '₹', '₩']);
    let first = cell.chars().find(|c| c.is_alphanumeric());
    digits > 0 && letters <= LETTERS && (money || first.is_some_and(|c| c.is_ascii_digit()))
}

/// Decides how a table is set at a width.
#[must_use]
pub fn set(needs: &Needs, width: usize) -> Setting {
    let too_wide = match needs.header {
        Some(header) if needs.columns.len() > 1 => Setting::List { header, width },
        _ => Setting::Text,
    };
    let bars = BETWEEN * needs.columns.iter().filter(|n| n.whole > 0).count().saturating_sub(1);
    let least: Vec<usize> = needs.columns.iter().map(least).collect();
    let Some(room) = width.checked_sub(bars).filter(|room| !least.is_empty() && least.iter().sum::<usize>() <= *room) else {
        return too_wide;
    };
    let widths = widths(needs, &least, room);
    let mut x = 0;
    let columns = needs.columns.iter().zip(widths).map(|(need, width)| {
        let column = Column { x, width, align: need.align };
        // Columns that nothing stands in hold others apart on a page, and take no room here.
        x += if width > 0 { width + BETWEEN } else { 0 };
        column
    });
    Setting::Columns(columns.collect())
}

/// Where the bars between columns stand, and how wide the table is.
#[must_use]
pub fn rule(setting: &Setting) -> (Vec<usize>, usize) {
    let Setting::Columns(columns) = setting else { return (Vec::new(), 0) };
    (bars(columns).collect(), right_edge(columns).unwrap_or(0))
}

fn bars(columns: &[Column]) -> impl Iterator<Item = usize> {
    columns.iter().filter(|c| c.width > 0 && c.x > 0).map(|c| c.x - 2)
}

/// The narrowest that a column is read well at.
fn least(need: &Need) -> usize {
    let prose = if need.whole > PROSE { PROSE / 2 } else { 1 };
    need.whole.min(need.word.min(WORD).max(prose))
}

/// Columns for each: all that it needs, or as much as any other that needs more.
fn widths(needs: &Needs, least: &[usize], room: usize) -> Vec<usize> {
    let at = |most: usize| needs.columns.iter().zip(least).map(move |(need, least)| need.whole.min(most).max(*least));
    let (mut low, mut high) = (0, room);
    while low < high {
        let most = (low + high).div_ceil(2);
        if at(most).sum::<usize>() <= room { low = most } else { high = most - 1 }
    }
    let mut widths: Vec<usize> = at(low).collect();
    let mut left = room.saturating_sub(widths.iter().sum());
    for (width, need) in widths.iter_mut().zip(&needs.columns) {
        if left > 0 && *width < need.whole {
            *width += 1;
            left -= 1;
        }
    }
    widths
}

/// Sets a row. Nothing for one that is set as its text is.
#[must_use]
pub fn row(text: &str, tables: &Tables, row: usize, setting: &Setting, signs: Signs<'_>) -> Option<SetRow> {
    let setter = Setter { text, tables, row, signs, pieces: Vec::new() };
    match setting {
        Setting::Text => None,
        Setting::Columns(columns) => fits(tables.cells(row), columns).then(|| setter.in_columns(columns)),
        Setting::List { header, width } => Some(setter.listed(*header, *width)),
    }
}

/// True when every cell has a column of its own: further down than was measured a table may have more.
fn fits(cells: &[Cell], columns: &[Column]) -> bool {
    let over = |c: &Cell| {
        let from = columns.get(usize::from(c.column)..).unwrap_or_default();
        right_edge(from.get(..usize::from(c.span).min(from.len())).unwrap_or_default())
    };
    let apart = cells.windows(2).all(|pair| pair[0].column + pair[0].span <= pair[1].column);
    apart && cells.iter().all(|c| c.range.is_empty() || over(c).is_some())
}

/// Where the last column ends that has any room.
fn right_edge(columns: &[Column]) -> Option<usize> {
    columns.iter().rfind(|c| c.width > 0).map(|c| c.x + c.width)
}

struct Setter<'a> {
    text: &'a str,
    tables: &'a Tables,
    row: usize,
    signs: Signs<'a>,
    pieces: Vec<Piece>,
}

impl Setter<'_> {
    /// Wraps a stretch into so many columns from `x` and `line` on; gives how many lines it takes.
    fn wrap(&mut self, range: TextRange, (line, x): (usize, usize), width: usize, align: Align, kind: Kind) -> usize {
        if range.is_empty() {
            return 0;
        }
        let rows = rows::rows_with_signs(self.text, range, (width, 0), false, self.signs);
        let count = rows.len();
        for (n, row) in rows.into_iter().enumerate() {
            let ink = TextRange::new(row.start(), row.start() + row.of(self.text).trim_end().len());
            let hyphen = n + 1 < count && row.of(self.text).ends_with(rows::SOFT_HYPHEN);
            let free = width.saturating_sub(columns(self.text, ink, self.signs) + usize::from(hyphen));
            let lead = match align {
                Align::Auto | Align::Left => 0,
                Align::Center => free / 2,
                Align::Right => free,
            };
            self.pieces.push(Piece { range: row, line: line + n, x: x + lead, width: width - lead.min(width), kind, hyphen });
        }
        count
    }

    fn part(&mut self, from: usize, to: usize, (line, x): (usize, usize), kind: Kind) {
        if from < to {
            self.pieces.push(Piece { range: TextRange::new(from, to), line, x, width: BETWEEN, kind, hyphen: false });
        }
    }

    fn in_columns(mut self, columns: &[Column]) -> SetRow {
        let block = self.tables.range(self.row);
        let kind = if self.tables.is_header(self.row) { Kind::Head } else { Kind::Words };
        let mut bars: Vec<usize> = bars(columns).collect();
        let mut from = block.start();
        let mut bar = 0;
        for cell in self.tables.cells(self.row) {
            let first = usize::from(cell.column);
            let over = columns.get(first..(first + usize::from(cell.span)).min(columns.len())).unwrap_or_default();
            // Behind the last column that anything stands in.
            let Some(left) = over.first() else { continue };
            let end = right_edge(over).unwrap_or(left.x);
            bars.retain(|&x| x < left.x || x > end);
            // Two that stand in one place are seen as one.
            let part = (0, left.x.saturating_sub(BETWEEN));
            self.part(from, cell.range.start(), part, if left.x > bar { Kind::Bar } else { Kind::Blank });
            bar = left.x;
            let align = if over.len() > 1 && left.align == Align::Right { Align::Center } else { left.align };
            self.wrap(cell.range, (0, left.x), end - left.x, align, kind);
            from = cell.range.end().max(from);
        }
        let end = right_edge(columns).unwrap_or(0);
        self.part(from, block.end(), (0, end), Kind::Blank);
        SetRow::from(self.pieces, bars, Vec::new())
    }

    fn listed(mut self, header: usize, width: usize) -> SetRow {
        let block = self.tables.range(self.row);
        if self.tables.is_header(self.row) {
            self.wrap(block, (0, 0), width, Align::Left, Kind::Head);
            return SetRow::from(self.pieces, Vec::new(), Vec::new());
        }
        let mut labels = Vec::new();
        let mut from = block.start();
        let mut line = 0;
        let hang = (INDENT * 2).min(width / 2);
        for cell in self.tables.cells(self.row) {
            // What parts it from the cell before stands behind that, unseen.
            let behind = self.pieces.last().map_or((0, 0), |p| (p.line, p.x + columns(self.text, p.range, self.signs)));
            self.part(from, cell.range.start(), behind, Kind::Blank);
            from = cell.range.end().max(from);
            if cell.column == 0 {
                line += self.wrap(cell.range, (line, 0), width, Align::Left, Kind::Head);
                continue;
            }
            let label = self.label(header, cell.column);
            let room = label.map_or(0, |l| grapheme::text_width(l.of(self.text)).min(width.saturating_sub(INDENT + 2 + LEAST)));
            let x = INDENT + if room > 0 { room + 2 } else { 0 };
            // The words go on under their label.
            let first = self.first_row(cell.range, width.saturating_sub(x));
            let rest = TextRange::new(first.end(), cell.range.end());
            let mut lines = self.wrap(first, (line, x), width.saturating_sub(x), Align::Left, Kind::Words);
            lines += self.wrap(rest, (line + lines, hang), width - hang, Align::Left, Kind::Words);
            if let Some(range) = label.filter(|_| lines > 0 && room > 0) {
                labels.push(Label { line, range, width: room });
            }
            line += lines;
        }
        let behind = self.pieces.last().map_or((0, 0), |p| (p.line, p.x + columns(self.text, p.range, self.signs)));
        self.part(from, block.end(), behind, Kind::Blank);
        SetRow::from(self.pieces, Vec::new(), labels)
    }

    /// What of a cell fits into the first line.
    fn first_row(&self, cell: TextRange, width: usize) -> TextRange {
        rows::rows_with_signs(self.text, cell, (width, 0), false, self.signs).first().copied().unwrap_or(cell)
    }

    /// The heading over a column.
    fn label(&self, header: usize, column: u16) -> Option<TextRange> {
        let over = self.tables.cells(header).iter().find(|c| (c.column..c.column + c.span).contains(&column));
        over.map(|c| c.range).filter(|r| !r.is_empty())
    }
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
