//! Draws the whole page: the article's text, and what was left out of it beside a bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::model::Model;
use super::super::whole_page::WholePage;
use super::{clear, put, put_cut, to_u16};
use crate::config::Role;

pub(super) fn draw(model: &Model, page: &WholePage, screen: Rect, buffer: &mut Buffer) {
    clear(buffer, screen, Style::new());
    let title = " the whole page, to read only: │ was left out of the article    j k scroll · any other key closes";
    put_cut(buffer, screen, 0, usize::from(screen.width), title, model.theme.style(Role::Strong));
    let text = model.areas().text;
    let left = usize::from(text.x.saturating_sub(screen.x));
    for (i, row) in page.rows.iter().skip(page.top).take(usize::from(screen.height.saturating_sub(2))).enumerate() {
        let area = Rect { y: screen.y + 2 + to_u16(i), height: 1, ..screen };
        if row.left_out {
            put(buffer, area, left, "│", model.theme.style(Role::Chrome));
        }
        put(buffer, area, left + 2, &row.words, model.theme.style(row.role));
    }
}
