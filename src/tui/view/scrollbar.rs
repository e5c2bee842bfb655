//! The bar beside the text: where the view is in the article, and where notes and quotations are.

use ratatui::buffer::Buffer;
use ratatui::style::{Modifier, Style};

use super::super::layout::Areas;
use super::super::model::Model;
use super::{set, to_u16};
use crate::config::Role;
use crate::text::TextRange;

/// Draws the bar in the last column of the text's pane, when that is free and there is something to scroll.
pub(super) fn draw(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let x = areas.text_pane.right().saturating_sub(1);
    let height = usize::from(areas.text.height);
    let wanted = model.settings.scrollbar && !model.zen && areas.text.right() < x;
    let text = model.article.text.as_str();
    let Some(seen) = seen(model, height).filter(|seen| wanted && seen.len() < text.trim_end().len()) else { return };
    for row in 0..height {
        let part = TextRange::new(text.len() * row / height, (text.len() * (row + 1) / height).max(text.len() * row / height));
        let shown = part.overlaps(seen);
        let (sign, style) = sign(model, part);
        let style = if shown { style.add_modifier(Modifier::REVERSED) } else { style };
        if shown || sign != " " {
            set(buffer, x, areas.text.y + to_u16(row), sign, 1, style);
        }
    }
}

/// The text in view; at least one byte, so that the bar shows something.
fn seen(model: &Model, height: usize) -> Option<TextRange> {
    let text = model.article.text.as_str();
    let start = model.flow.start_of(text, model.top);
    let behind = model.flow.down(text, model.top, height);
    let whole = model.flow.distance(text, model.top, behind, height) != Some(height);
    let end = if whole { text.len() } else { model.flow.start_of(text, behind) };
    (start < text.len()).then(|| TextRange::new(start, end.max(start + 1)))
}

/// What stands in a part of the text: a note counts more than a finding.
fn sign(model: &Model, part: TextRange) -> (&'static str, Style) {
    let layers = model.layers;
    if layers.notes && model.notes.spans.overlapping(part).next().is_some() {
        return ("•", model.theme.style(Role::Strong));
    }
    let quiet = model.theme.style(Role::Chrome);
    // News is full of figures and names: signs for them would stand nearly everywhere.
    let found = layers.quotes && model.found.as_ref().is_some_and(|f| f.quotes.overlapping(part).next().is_some());
    (if found { "·" } else { " " }, quiet)
}
