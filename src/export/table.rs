//! Tables for people: columns aligned by the width they have on a terminal.

use crate::text::{grapheme, sanitize};

/// A table of untrusted cells.
#[derive(Debug, Clone, Default)]
pub struct Table {
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

/// Between two columns.
const GAP: usize = 2;
/// No column is clipped below this many columns of the terminal.
const NARROWEST: usize = 8;

impl Table {
    /// An empty table with these headings.
    #[must_use]
    pub fn new(head: &[&'static str]) -> Self {
        Self { head: head.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; what is missing at its end is empty. Cells are made harmless and become one line each.
    pub fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut row: Vec<String> = cells.into_iter().map(|c| sanitize::line(&c).trim().to_owned()).collect();
        row.resize(self.head.len(), String::new());
        self.rows.push(row);
    }

    /// True when there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as lines. With `width` (in terminal columns) the widest columns are clipped until it fits; without, nothing is clipped.
    /// Columns that are empty in every row are left out.
    #[must_use]
    pub fn render(&self, width: Option<usize>) -> String {
        let filled: Vec<usize> = (0..self.head.len()).filter(|&c| self.rows.iter().any(|r| !r[c].is_empty())).collect();
        let mut widths: Vec<usize> = filled
            .iter()
            .map(|&c| self.rows.iter().map(|r| grapheme::text_width(&r[c])).chain([self.head[c].len()]).max().unwrap_or(0))
            .collect();
        if let Some(width) = width {
            fit(&mut widths, width);
        }
        let mut out = String::new();
        let heads = filled.iter().map(|&c| self.head[c]);
        line(&mut out, heads, &widths);
        for row in &self.rows {
            line(&mut out, filled.iter().map(|&c| row[c].as_str()), &widths);
        }
        out
    }
}

/// Shrinks the widest columns until the whole is at most `width` wide.
fn fit(widths: &mut [usize], width: usize) {
    let room = width.saturating_sub(GAP * widths.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter().copied().max().filter(|&w| w > NARROWEST) else { return };
        // Down to the second widest at once, or as far as needed.
        let next = widths.iter().copied().filter(|&w| w < widest).max().unwrap_or(NARROWEST).max(NARROWEST);
        let many = widths.iter().filter(|&&w| w == widest).count();
        let over = widths.iter().sum::<usize>() - room;
        let cut = over.div_ceil(many).min(widest - next).max(1);
        for w in widths.iter_mut().filter(|w| **w == widest) {
            *w -= cut;
        }
    }
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>, widths: &[usize]) {
    let begin = out.len();
    for (i, (cell, &width)) in cells.zip(widths).enumerate() {
        if i > 0 {
            out.extend(std::iter::repeat_n(' ', GAP));
        }
        let cell = clip(cell, width);
        let used = grapheme::text_width(&cell);
        out.push_str(&cell);
        out.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    }
    let ink = out.trim_end_matches(' ').len().max(begin);
    out.truncate(ink);
    out.push('\n');
}

/// `text` cut to `width` columns, with an ellipsis when something is cut off.
#[must_use]
pub fn clip(text: &str, width: usize) -> String {
    if grapheme::text_width(text) <= width {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for (_, g) in grapheme::each(text) {
        used += grapheme::width(g);
        if used > width {
            break;
        }
        out.push_str(g);
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells<const N: usize>(row: [&str; N]) -> [String; N] {
        row.map(str::to_owned)
    }

    #[test]
    fn columns_align_by_width_and_empty_ones_go() {
        let mut table = Table::new(&["KIND", "VIA", "TEXT"]);
        table.push(cells(["quote", "", "漢字 x"]));
        table.push(cells(["figure", "", "10\n%\u{202e}"]));
        assert_eq!(table.render(None), "KIND    TEXT\nquote   漢字 x\nfigure  10 %◊\n");
    }

    #[test]
    fn a_narrow_terminal_clips_the_widest_column() {
        let mut table = Table::new(&["KIND", "TEXT", "WHO"]);
        table.push(cells(["quote", "a very long quotation that does not fit", "Xi Jinping"]));
        let shown = table.render(Some(40));
        assert_eq!(shown, "KIND   TEXT                   WHO\nquote  a very long quotatio…  Xi Jinping\n");
        assert!(table.render(Some(1)).lines().count() == 2, "a width without room still prints");
    }

    #[test]
    fn clipping_counts_columns_not_characters() {
        assert_eq!(clip("漢字漢字", 5), "漢字…");
        assert_eq!(clip("漢字漢字", 4), "漢…");
        assert_eq!(clip("abc", 3), "abc");
    }
}
