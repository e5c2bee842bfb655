//! A unit as it is laid out, and what of it stands on one line of the screen: one piece of text, or the pieces of a table's cells.

use std::rc::Rc;

use crate::article::columns::{Piece, SetRow};
use crate::text::{TextRange, rows};

/// A unit as it is laid out.
#[derive(Debug, Clone)]
pub(super) enum Set {
    /// Rows that tile its text.
    Rows(Rc<[TextRange]>),
    /// A row of a table.
    Cells(Rc<SetRow>),
}

impl Set {
    pub(super) fn height(&self) -> usize {
        match self {
            Self::Rows(rows) => rows.len(),
            Self::Cells(row) => row.height(),
        }
    }

    /// The text of a row.
    pub(super) fn range(&self, row: usize) -> TextRange {
        match self {
            Self::Rows(rows) => rows[row.min(rows.len() - 1)],
            Self::Cells(set) => {
                let pieces = set.line(row.min(set.height() - 1));
                let start = pieces.iter().map(|p| p.range.start()).min().unwrap_or(0);
                TextRange::new(start, pieces.iter().map(|p| p.range.end()).max().unwrap_or(start))
            }
        }
    }

    /// The row that holds byte `at`.
    pub(super) fn row_of(&self, at: usize) -> usize {
        match self {
            Self::Rows(rows) => rows::row_of(rows, at),
            Self::Cells(row) => row.line_of(at),
        }
    }
}

/// What stands on a line of the screen.
#[derive(Debug, Default)]
pub struct Pieces(Of);

#[derive(Debug, Default)]
enum Of {
    #[default]
    Nothing,
    Text([Piece; 1]),
    /// A row of a table, and its line.
    Table(Rc<SetRow>, usize),
}

impl Pieces {
    pub(super) fn of_text(piece: Piece) -> Self {
        Self(Of::Text([piece]))
    }

    pub(super) fn of_table(row: Rc<SetRow>, line: usize) -> Self {
        Self(Of::Table(row, line))
    }

    /// The pieces, from left to right.
    #[must_use]
    pub fn list(&self) -> &[Piece] {
        match &self.0 {
            Of::Nothing => &[],
            Of::Text(piece) => piece,
            Of::Table(row, line) => row.line(*line),
        }
    }

    /// The row of a table that they are of, and its line.
    #[must_use]
    pub fn table_row(&self) -> Option<(&SetRow, usize)> {
        match &self.0 {
            Of::Table(row, line) => Some((row, *line)),
            _ => None,
        }
    }

    /// The piece that byte `at` stands in, or the one before it.
    #[must_use]
    pub fn at(&self, at: usize) -> Option<&Piece> {
        let list = self.list();
        list.iter().find(|p| p.range.contains(at)).or_else(|| list.iter().rfind(|p| p.range.start() <= at))
    }

    /// The piece at a column, or the nearest.
    #[must_use]
    pub fn near(&self, column: usize) -> Option<&Piece> {
        let away = |p: &&Piece| p.x.saturating_sub(column).max((column + 1).saturating_sub(p.x + p.width.max(1)));
        self.list().iter().min_by_key(away)
    }
}
