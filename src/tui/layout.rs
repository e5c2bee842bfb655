//! Where everything is on the screen: one function for drawing and for the mouse.

use ratatui::layout::Rect;

/// The size of the terminal in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Columns.
    pub width: u16,
    /// Rows.
    pub height: u16,
}

/// The parts of the screen. A part that has no room is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Areas {
    /// The title bar.
    pub title: Rect,
    /// The rule under it, with the tabs of the pane.
    pub rule: Rect,
    /// The rows of text, as wide as the text column.
    pub text: Rect,
    /// The columns of the text's pane: where the wheel scrolls the text, and margin signs stand.
    pub text_pane: Rect,
    /// The rows of the side pane, without its frame.
    pub pane: Rect,
    /// The column between text and pane.
    pub divider: Rect,
    /// The status line.
    pub status: Rect,
    /// True when the pane lies over the text.
    pub overlaid: bool,
}

/// From this width on the side pane stands beside the text.
pub const WIDE: u16 = 100;

/// What is wanted on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The side pane.
    pub pane: bool,
    /// The side pane has the keys: a narrow screen shows it only then.
    pub focus: bool,
    /// The text alone.
    pub zen: bool,
    /// The widest text column.
    pub measure: u16,
    /// Columns left and right of the text at least, where there is room.
    pub margin: u16,
}

/// No margins make the text column narrower than this.
const COLUMN: u16 = 20;

/// Lays out the screen.
#[must_use]
pub fn areas(size: Size, wanted: Wanted) -> Areas {
    let Size { width, height } = size;
    let Wanted { pane, focus, zen, measure, margin } = wanted;
    let bars = !zen && height >= 6 && width >= 20;
    let status = u16::from(height >= 2);
    let (title, rule) = if bars { (1, u16::from(height >= 8)) } else { (0, 0) };
    let top = title + rule;
    let body = height.saturating_sub(top + status);
    let beside = pane && width >= WIDE;
    let over = pane && focus && !beside;
    let pane_width = if beside {
        (width * 2 / 5).clamp(40, 64)
    } else if over {
        if width < 60 { width } else { (width * 3 / 5).max(40) }
    } else {
        0
    };
    let text_pane_width = if beside { width - pane_width - 1 } else { width };
    // Two columns on the left for margin signs where there is room, one on the right.
    let margin = if text_pane_width >= 40 { margin.min((text_pane_width - COLUMN) / 2) } else { u16::from(text_pane_width >= 10) };
    let column = text_pane_width.saturating_sub(margin * 2).min(measure).max(1).min(text_pane_width);
    let left = (text_pane_width - column) / 2;
    let divider = u16::from(beside || (over && width >= 60));
    Areas {
        title: Rect::new(0, 0, width, title),
        rule: Rect::new(0, title, width, rule),
        text: Rect::new(left, top, column, body),
        text_pane: Rect::new(0, top, text_pane_width, body),
        pane: Rect::new(width - pane_width + if over { divider } else { 0 }, top, pane_width - if over { divider } else { 0 }, body),
        divider: Rect::new((width - pane_width).saturating_sub(u16::from(beside)), top, divider, body),
        status: Rect::new(0, height - status, width, status),
        overlaid: over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WANTED: Wanted = Wanted { pane: true, focus: false, zen: false, measure: 76, margin: 4 };

    proptest! {
        #[test]
        fn every_part_lies_on_the_screen(width in 0u16..400, height in 0u16..120, pane: bool, focus: bool, zen: bool, measure in 0u16..200, margin in 0u16..60) {
            let a = areas(Size { width, height }, Wanted { pane, focus, zen, measure, margin });
            for part in [a.title, a.rule, a.text, a.text_pane, a.pane, a.divider, a.status] {
                prop_assert!(part.is_empty() || (part.right() <= width && part.bottom() <= height), "{part:?} in {width}x{height}");
            }
            prop_assert!(!a.overlaid || a.pane.width > 0 || width == 0);
        }
    }

    #[test]
    fn wide_screens_show_text_and_pane_side_by_side() {
        let a = areas(Size { width: 120, height: 40 }, WANTED);
        assert!(a.text.width >= 60 && a.pane.width >= 40 && a.text.right() <= a.divider.x && a.divider.right() == a.pane.x);
        let a = areas(Size { width: 80, height: 24 }, WANTED);
        assert_eq!((a.pane.width, a.text.width), (0, 72));
        let a = areas(Size { width: 80, height: 24 }, Wanted { margin: 10, ..WANTED });
        assert_eq!((a.text.x, a.text.width), (10, 60));
    }
}
