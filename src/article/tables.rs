//! The tables of an article: which bytes of a row are which cell.
//!
//! The text of a row holds its cells with bars between them. Which bar parts two cells, which cells are empty and which reach over
//! several columns, the text alone does not say.

use std::ops::Range;

use crate::text::{TextRange, grapheme};

/// No table has more columns; what stands in further ones stands in the last.
pub const MOST_COLUMNS: u16 = 256;

/// All tables of an article, in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables {
    list: Vec<Table>,
    rows: Vec<Row>,
    cells: Vec<Cell>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Table {
    align: Vec<Align>,
    /// Its first row.
    first: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    range: TextRange,
    header: bool,
    /// Its first cell.
    first: usize,
}

/// One cell of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its words; empty when there are none.
    pub range: TextRange,
    /// Its first column, from 0.
    pub column: u16,
    /// How many columns it reaches over.
    pub span: u16,
}

/// How the words of a column stand in it, as its author says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Nothing is said.
    #[default]
    Auto,
    /// At its left edge.
    Left,
    /// In its middle.
    Center,
    /// At its right edge.
    Right,
}

impl Tables {
    /// Begins a table; `align` may be shorter than it has columns.
    pub fn begin(&mut self, align: Vec<Align>) {
        self.list.push(Table { align, first: self.rows.len() });
    }

    /// Adds a row to the table that was begun last: the block at `range`, with its cells from left to right. Of what their ranges cover, what
    /// lies in the block is theirs, without white space at its ends.
    pub fn push(&mut self, text: &str, range: TextRange, header: bool, cells: &[Cell]) {
        if self.list.is_empty() {
            self.begin(Vec::new());
        }
        self.rows.push(Row { range, header, first: self.cells.len() });
        let mut from = range.start();
        for cell in cells {
            let inside = |at: usize| at.clamp(from, range.end().max(from));
            let ink = TextRange::new(inside(cell.range.start()), inside(cell.range.end()).max(inside(cell.range.start()))).trimmed(text);
            // A mark on a space belongs to it.
            let start = grapheme::floor(text, ink.start()).max(from);
            let end = if ink.is_empty() { start } else { grapheme::ceil(text, ink.end()).min(range.end()).max(start) };
            from = end;
            let column = cell.column.min(MOST_COLUMNS - 1);
            self.cells.push(Cell { range: TextRange::new(start, end), column, span: cell.span.clamp(1, MOST_COLUMNS - column) });
        }
    }

    /// The row whose block begins at byte `at`.
    #[must_use]
    pub fn row_at(&self, at: usize) -> Option<usize> {
        self.rows.binary_search_by_key(&at, |r| r.range.start()).ok()
    }

    /// The bytes of a row.
    #[must_use]
    pub fn range(&self, row: usize) -> TextRange {
        self.rows[row].range
    }

    /// True for a row of headings.
    #[must_use]
    pub fn is_header(&self, row: usize) -> bool {
        self.rows[row].header
    }

    /// The table that a row is of.
    #[must_use]
    pub fn table_of(&self, row: usize) -> usize {
        self.list.partition_point(|t| t.first <= row).saturating_sub(1)
    }

    /// The rows of a table.
    #[must_use]
    pub fn rows_of(&self, table: usize) -> Range<usize> {
        let end = self.list.get(table + 1).map_or(self.rows.len(), |t| t.first);
        self.list.get(table).map_or(end, |t| t.first)..end
    }

    /// The row of headings that a table begins with; of several the last, which says most.
    #[must_use]
    pub fn header_of(&self, table: usize) -> Option<usize> {
        const SEVERAL: usize = 4;
        self.rows_of(table).take(SEVERAL).take_while(|&row| self.is_header(row)).last()
    }

    /// The cells of a row, from left to right.
    #[must_use]
    pub fn cells(&self, row: usize) -> &[Cell] {
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |r| r.first);
        self.cells.get(self.rows[row].first..end).unwrap_or_default()
    }

    /// How a column stands, as its author says.
    #[must_use]
    pub fn align(&self, table: usize, column: usize) -> Align {
        self.list.get(table).and_then(|t| t.align.get(column)).copied().unwrap_or_default()
    }

    /// Moves everything from byte `at` on by so many bytes.
    pub fn shift(&mut self, at: usize, by: usize) {
        let move_range = |range: &mut TextRange| {
            if range.start() >= at {
                *range = TextRange::new(range.start() + by, range.end() + by);
            }
        };
        self.rows.iter_mut().for_each(|r| move_range(&mut r.range));
        self.cells.iter_mut().for_each(|c| move_range(&mut c.range));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(range: Range<usize>, column: u16) -> Cell {
        Cell { range: range.into(), column, span: 1 }
    }

    #[test]
    fn cells_keep_to_their_row_and_have_no_blanks_around_them() {
        let text = "x\n a | b |";
        let mut tables = Tables::default();
        tables.begin(vec![Align::Left, Align::Right]);
        tables.push(text, TextRange::new(3, 10), true, &[cell(2..4, 0), cell(6..8, 1), cell(12..14, 2)]);
        let found: Vec<_> = tables.cells(0).iter().map(|c| c.range).collect();
        assert_eq!(found, [(3..4).into(), (7..8).into(), (10..10).into()]);
        assert_eq!((tables.row_at(3), tables.row_at(4), tables.header_of(0)), (Some(0), None, Some(0)));
        assert_eq!((tables.align(0, 1), tables.align(0, 2)), (Align::Right, Align::Auto));
    }

    #[test]
    fn tables_part_their_rows() {
        let mut tables = Tables::default();
        tables.begin(vec![]);
        tables.push("a\nb\nc", (0..1).into(), true, &[cell(0..1, 0)]);
        tables.push("a\nb\nc", (2..3).into(), false, &[cell(2..3, 0)]);
        tables.begin(vec![]);
        tables.push("a\nb\nc", (4..5).into(), false, &[cell(4..5, 0)]);
        assert_eq!((tables.rows_of(0), tables.rows_of(1)), (0..2, 2..3));
        assert_eq!((tables.table_of(1), tables.table_of(2), tables.header_of(1)), (0, 1, None));
        tables.shift(2, 10);
        assert_eq!((tables.range(0), tables.row_at(12)), ((0..1).into(), Some(1)));
    }
}
