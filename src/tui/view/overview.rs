//! Draws the article on one screen, over everything.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::{Model, Overview};
use super::{clear, put_cut, to_u16};
use crate::config::Role;

/// Draws the lines from the first that is shown.
pub(super) fn draw(model: &Model, shown: &Overview, screen: Rect, buffer: &mut Buffer) {
    clear(buffer, screen, Style::new());
    let room = usize::from(screen.height.saturating_sub(2));
    let below = shown.lines.len().saturating_sub(shown.top + room);
    let scroll = match (shown.top, below) {
        (0, 0) => String::new(),
        (_, 0) => "k goes back · ".to_owned(),
        _ => format!("j {below} more · "),
    };
    let title = format!(" overview    {scroll}q closes");
    put_cut(buffer, screen, 0, usize::from(screen.width), &title, model.theme.style(Role::Strong));
    for (i, line) in shown.lines.iter().skip(shown.top).take(room).enumerate() {
        let area = Rect { y: screen.y + 2 + to_u16(i), height: 1, ..screen };
        let mut x = 1;
        for (role, words) in line {
            x = put_cut(buffer, area, x, usize::from(area.width).saturating_sub(x), words, model.theme.style(*role));
        }
    }
}
