//! The mouse: everything it does can be done from the keyboard.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::Position;

use super::super::event::Effect;
use super::super::flow::Line;
use super::super::model::{Drag, Help, Model, Overlay, Selection};
use super::{act, select, whole_page};
use crate::config::Action;

/// Lines a turn of the wheel scrolls.
const WHEEL: usize = 3;

/// Takes in a mouse event; `clicks` counts quick presses on one cell.
pub(super) fn on_mouse(model: &mut Model, mouse: MouseEvent, clicks: u8) -> Vec<Effect> {
    let at = Position::new(mouse.column, mouse.row);
    if matches!(model.overlay, Overlay::Labels(_)) && !matches!(mouse.kind, MouseEventKind::Up(_)) {
        model.overlay = Overlay::None;
    }
    match mouse.kind {
        MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
            let down = mouse.kind == MouseEventKind::ScrollDown;
            if let Overlay::WholePage(_) = &model.overlay {
                whole_page::scroll(model, if down { WHEEL.cast_signed() } else { -WHEEL.cast_signed() });
                return vec![];
            }
            if let Overlay::Help(Help { top, .. }) = &mut model.overlay {
                *top = if down { *top + WHEEL } else { top.saturating_sub(WHEEL) };
                return vec![];
            }
            let areas = model.areas();
            if areas.pane.contains(at) {
                model.scroll_pane(down, WHEEL);
                return vec![];
            }
            act(model, if down { Action::ScrollDown } else { Action::ScrollUp }, Some(WHEEL))
        }
        MouseEventKind::Down(MouseButton::Left) if matches!(model.overlay, Overlay::None) => press(model, at, clicks),
        MouseEventKind::Drag(MouseButton::Left) => drag(model, at),
        MouseEventKind::Up(MouseButton::Left) => {
            model.drag = None;
            vec![]
        }
        _ => vec![],
    }
}

fn press(model: &mut Model, at: Position, clicks: u8) -> Vec<Effect> {
    let areas = model.areas();
    model.message = None;
    if areas.rule.contains(at)
        && let Some((_, tab, _)) = super::super::view::tabs(model).into_iter().find(|(columns, ..)| columns.contains(&at.x))
    {
        return act(
            model,
            [Action::TabQuotes, Action::TabPeople, Action::TabFigures, Action::TabNotes, Action::TabFound][tab as usize],
            None,
        );
    }
    if areas.pane.contains(at) {
        if !model.pane.focus {
            model.focus_pane(true);
        }
        let tab = model.pane.tab;
        let row = model.pane.top[tab as usize] + usize::from(at.y - areas.pane.y);
        if row < model.pane.lists.rows(tab).len() {
            model.pane.selected[tab as usize] = row;
            return act(model, Action::PaneDown, Some(0));
        }
        return vec![];
    }
    if !areas.text_pane.contains(at) {
        return vec![];
    }
    if model.pane.focus {
        model.focus_pane(false);
    }
    if is_left_out(model, at) {
        whole_page::open(model);
        return vec![];
    }
    let Some(byte) = byte_under(model, at) else { return vec![] };
    model.selection = None;
    model.move_to(byte);
    let place = model.flow.place_of(&model.article.text, model.caret);
    if let Line::Fold(fold) = model.flow.line(&model.article.text, place) {
        let open = model.flow.folds()[fold].open;
        model.set_fold(fold, !open);
        return vec![];
    }
    model.drag = Some(Drag { from: model.caret, beyond: None });
    let block = model.article.block_at(model.caret).map(|i| model.article.blocks[i].range);
    let range = match (clicks, block) {
        (2, Some(block)) => select::word_at(&model.article.text, block, model.caret),
        (3.., Some(_)) => model.sentence_at(model.caret),
        _ => None,
    };
    if let Some(range) = range {
        select::select(model, range, None);
    }
    vec![]
}

/// The pointer is held still past the edge of the text.
pub(super) fn held(model: &mut Model) -> Vec<Effect> {
    match model.drag {
        Some(Drag { beyond: Some(at), .. }) => drag(model, at),
        _ => vec![],
    }
}

/// Drags the selection; at the edge of the view it scrolls.
fn drag(model: &mut Model, at: Position) -> Vec<Effect> {
    let Some(Drag { from, .. }) = model.drag else { return vec![] };
    let area = model.areas().text;
    let by = match at.y {
        y if y < area.y => -1,
        y if y >= area.bottom() => 1,
        _ => 0,
    };
    let top = model.top;
    if by != 0 {
        model.scroll(by);
    }
    // At the end of the article there is nothing to wait for.
    let beyond = (by != 0 && model.top != top).then_some(at);
    model.drag = Some(Drag { from, beyond });
    let inside = Position::new(at.x, at.y.clamp(area.y, area.bottom().saturating_sub(1).max(area.y)));
    if let Some(byte) = byte_under(model, inside)
        && (byte != from || model.selection.is_some())
    {
        model.selection.get_or_insert(Selection { anchor: from, paragraphs: false, of: None, began: None });
        model.move_to(byte);
    }
    vec![]
}

/// True for a cell of the line that says what was left out of the page.
fn is_left_out(model: &Model, at: Position) -> bool {
    let (text, row) = (&model.article.text, usize::from(at.y.saturating_sub(model.areas().text.y)));
    let place = model.flow.down(text, model.top, row);
    model.flow.line(text, place) == Line::LeftOut && model.flow.distance(text, model.top, place, row) == Some(row)
}

/// The byte under a cell of the text.
fn byte_under(model: &Model, at: Position) -> Option<usize> {
    let area = model.areas().text;
    let text = &model.article.text;
    let row = usize::from(at.y.checked_sub(area.y)?);
    let place = model.flow.down(text, model.top, row);
    Some(model.byte_at(place, usize::from(at.x.saturating_sub(area.x))))
}
