//! The view over the text: scrolling, folding, resizing, and keeping the caret in it.

use std::sync::Arc;

use super::super::flow::Line;
use super::super::layout::Size;
use super::super::model::{Model, Opening, Search};
use crate::annotation::{corrections, folds};
use crate::config::Action;
use crate::store::look::Look;
use crate::text::search::Needle;
use crate::text::{CodePoints, TextRange};

/// Rows kept between the caret and the edge of the view, where there is room.
const MARGIN: usize = 2;

impl Model {
    /// Rows of text in view.
    #[must_use]
    pub fn view_height(&self) -> usize {
        usize::from(self.areas().text.height).max(1)
    }

    /// Opens or closes a fold, keeping the caret.
    pub fn set_fold(&mut self, fold: usize, open: bool) {
        let article = std::sync::Arc::clone(&self.article);
        self.keep_place(|m| m.flow.set_fold(&article, fold, open));
    }

    /// The closed fold that the caret stands on.
    #[must_use]
    pub fn closed_fold_here(&self) -> Option<usize> {
        self.flow.fold_at(&self.article, self.caret).filter(|&f| !self.flow.folds()[f].open)
    }

    /// True when all of the article is in view.
    #[must_use]
    pub fn shows_all(&self) -> bool {
        let text = &self.article.text;
        let last = self.flow.last(text);
        !self.partial && self.top == self.flow.first() && self.flow.distance(text, self.top, last, self.view_height() - 1).is_some()
    }

    /// The first fold in view.
    #[must_use]
    pub fn fold_in_view(&self) -> Option<usize> {
        let text = &self.article.text;
        let mut place = self.top;
        for _ in 0..self.view_height() {
            if let Line::Fold(fold) = self.flow.line(text, place) {
                return Some(fold);
            }
            place = self.flow.down(text, place, 1);
        }
        None
    }

    /// Changes the flow while the text at the top of the view stays where it is.
    pub fn keep_place(&mut self, change: impl FnOnce(&mut Self)) {
        let anchor = self.flow.start_of(&self.article.text, self.top);
        change(self);
        self.top = self.flow.place_of(&self.article.text, anchor);
        self.caret = self.clamp_caret(self.caret, false);
        self.clamp_top();
        self.show_caret();
    }

    /// True when an action could reach beyond the beginning of the article that is there so far.
    #[must_use]
    pub fn leaves_beginning(&self, action: Action) -> bool {
        use crate::config::actions::Group;
        match action.spec().group {
            Group::Program => false,
            Group::Move | Group::Scroll if !matches!(action, Action::Top | Action::Bottom) && self.count.is_none() => {
                let text = &self.article.text;
                let far = self.flow.down(text, self.top, self.view_height() * 4);
                far == self.flow.last(text)
            }
            _ => true,
        }
    }

    /// Puts the whole article in the place of its beginning. The view stays where it is.
    pub fn replace_beginning(&mut self, whole: Arc<crate::article::Article>) {
        self.partial = false;
        let grown = whole.text.starts_with(&self.article.text);
        let anchor = if grown { self.flow.start_of(&self.article.text, self.top) } else { 0 };
        let at_top = self.top == self.flow.first();
        self.as_read = Arc::clone(&whole);
        self.article = whole;
        self.flow = crate::tui::flow::Flow::new(&self.article, self.flow.width()).like(&self.flow);
        self.flow.set_signs(self.link_signs());
        let caret = if grown { self.caret } else { self.article.blocks.first().map_or(0, |b| b.range.start()) };
        self.caret = self.clamp_caret(caret, false);
        self.top = if at_top { self.flow.first() } else { self.flow.place_of(&self.article.text, anchor) };
        self.clamp_top();
        self.show_caret();
    }

    /// Goes to where the article is to be opened, once that place is there.
    pub fn open_place(&mut self) {
        let text = self.article.text.as_str();
        let at = match &self.opening {
            None => return,
            Some(Opening::CodePoint(n)) => text.char_indices().nth(*n).map(|(at, _)| at),
            Some(Opening::Line(n)) => {
                memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).nth(n.saturating_sub(2)).filter(|_| *n > 1)
            }
            Some(Opening::Search(words)) => {
                Needle::new(words).and_then(|needle| needle.first(text, TextRange::new(0, text.len()))).map(TextRange::start)
            }
        };
        match at {
            Some(at) => {
                self.jump(at);
                if let Some(Opening::Search(query)) = self.opening.take()
                    && let Some(needle) = Needle::new(&query)
                {
                    self.search = Some(Search::words(needle, query));
                }
            }
            None if self.partial => {}
            None => self.open_elsewhere(),
        }
    }

    /// The place that was asked for is not there: says so, and opens where the article was left.
    fn open_elsewhere(&mut self) {
        let missing = match self.opening.take() {
            Some(Opening::Search(words)) => format!("'{words}' is not in the article"),
            Some(Opening::Line(n)) => format!("the article has no line {n}"),
            Some(Opening::CodePoint(n)) if Some(n) != self.left => format!("the article's text ends before {n}"),
            _ => return, // it was longer when it was left
        };
        self.opening = self.left.take().map(Opening::CodePoint);
        self.open_place();
        self.say(missing);
    }

    /// Folds the article as the reader judged it, when that is not how it is folded. What is found in it is asked for anew.
    pub fn refold(&mut self) {
        let stated = &self.notes.all.corrections;
        let said = stated.iter().any(|c| c.what == corrections::FOLD);
        if !said && Arc::ptr_eq(&self.article, &self.as_read) || self.partial {
            return;
        }
        let map = self.map.clone().unwrap_or_else(|| Arc::new(CodePoints::new(&self.as_read.text)));
        let judged = folds::apply(&self.as_read, stated, &map).map_or_else(|| Arc::clone(&self.as_read), Arc::new);
        if judged.blocks == self.article.blocks {
            return;
        }
        let flow = crate::tui::flow::Flow::new(&judged, self.flow.width()).like(&self.flow);
        self.reanalyse = Some(Arc::clone(&judged));
        self.keep_place(|m| {
            m.flow = flow;
            m.article = judged;
        });
    }

    /// Takes in a new size of the terminal.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.drag = None;
        self.relayout();
    }

    /// Lays out for the areas of now.
    pub fn relayout(&mut self) {
        let width = usize::from(self.areas().text.width).max(1);
        let at_top = self.top == self.flow.first();
        self.keep_place(|m| m.flow.set_width(width));
        if at_top && self.caret_row().is_some() {
            self.top = self.flow.first();
            self.show_caret();
        }
        self.clamp_pane();
    }

    /// Makes the text column wider or narrower than it is on the screen.
    pub fn change_measure(&mut self, by: i16) {
        let shown = self.areas().text.width;
        let measure = shown.saturating_add_signed(by).clamp(20, self.size.width.max(20));
        self.set_look(Look { measure, ..self.look });
        let width = self.areas().text.width;
        let limit = if width == shown { ", as far as it goes" } else { "" };
        self.say(format!("text column: {width} columns{limit}"));
    }

    /// Makes the margins wider or narrower.
    pub fn change_margin(&mut self, by: i16) {
        let before = self.areas().text;
        self.set_look(Look { margin: self.look.margin.saturating_add_signed(by), ..self.look }.clamped());
        let limit = if self.areas().text == before { "; the column is narrower than the margins leave room for" } else { "" };
        self.say(format!("margins: {} columns at least{limit}", self.look.margin));
    }

    /// Puts more or fewer empty lines between rows.
    pub fn change_spacing(&mut self, by: i8) {
        let before = self.look.spacing;
        self.set_look(Look { spacing: before.saturating_add_signed(by), ..self.look }.clamped());
        let limit = if self.look.spacing == before { ", as far as it goes" } else { "" };
        self.say(match self.look.spacing {
            0 => format!("lines: single spaced{limit}"),
            1 => format!("lines: one empty line between{limit}"),
            n => format!("lines: {n} empty lines between{limit}"),
        });
    }

    /// Sets the text anew. What is at the top of the view stays there.
    pub fn set_look(&mut self, look: Look) {
        self.look = look;
        let spacing = usize::from(look.spacing);
        if self.flow.spacing() != spacing {
            let at_top = self.top == self.flow.first();
            self.keep_place(|m| m.flow.set_spacing(spacing));
            if at_top {
                self.top = self.flow.first();
                self.show_caret();
            }
        }
        self.relayout();
    }

    /// The row of the view that the caret is on.
    #[must_use]
    pub fn caret_row(&self) -> Option<usize> {
        let text = &self.article.text;
        let place = self.flow.place_of(text, self.caret);
        self.flow.distance(text, self.top, place, self.view_height() - 1)
    }

    /// Scrolls as little as is needed to have the caret in view; a far place is put a third down.
    pub fn show_caret(&mut self) {
        let text = &self.article.text;
        let height = self.view_height();
        let margin = MARGIN.min((height - 1) / 2);
        let place = self.flow.place_of(text, self.caret);
        match self.flow.distance(text, self.top, place, height * 2) {
            Some(row) if row >= margin && row + margin < height => return,
            Some(row) if row < margin => self.top = self.flow.up(text, place, margin),
            Some(row) if row < height + height / 2 => self.top = self.flow.up(text, place, height - 1 - margin),
            _ => {
                let above = self.flow.distance(text, place, self.top, height);
                self.top = self.flow.up(text, place, if above.is_some() { margin } else { height / 3 });
            }
        }
        self.clamp_top();
    }

    /// Never scrolls past the end: the last line stays at the bottom.
    pub fn clamp_top(&mut self) {
        let text = &self.article.text;
        let last_top = self.flow.up(text, self.flow.last(text), self.view_height() - 1);
        self.top = self.top.min(last_top);
    }

    /// Puts the caret's line at this row of the view.
    pub(super) fn show_caret_at(&mut self, row: usize) {
        let text = &self.article.text;
        self.top = self.flow.up(text, self.flow.place_of(text, self.caret), row);
        self.clamp_top();
    }

    /// Scrolls by lines; the caret stays in view, on its column.
    pub fn scroll(&mut self, lines: isize) {
        let text = &self.article.text;
        let n = lines.unsigned_abs();
        self.top = if lines > 0 { self.flow.down(text, self.top, n) } else { self.flow.up(text, self.top, n) };
        self.clamp_top();
        self.caret_into_view();
    }

    /// Brings the caret into the view without scrolling.
    pub(super) fn caret_into_view(&mut self) {
        let height = self.view_height();
        let margin = MARGIN.min((height - 1) / 2);
        let text = &self.article.text;
        let place = self.flow.place_of(text, self.caret);
        let row = self.flow.distance(text, self.top, place, height * 2);
        let (at_start, at_end) = (self.top == self.flow.first(), self.flow.down(text, self.top, height) == self.flow.last(text));
        let low = if at_start { 0 } else { margin };
        let high = if at_end { height - 1 } else { height - 1 - margin };
        let goal = self.goal.unwrap_or_else(|| self.column_of(self.caret));
        let (from, down) = match row {
            Some(row) if row < low => (low, true),
            Some(row) if row > high => (high, false),
            Some(_) => return,
            None if place < self.top => (low, true),
            None => (high, false),
        };
        let line = self.flow.down(text, self.top, from);
        let line = self.nearest_row(line, down);
        self.caret = self.byte_at(line, goal);
        self.goal = Some(goal);
        self.sync_pane();
    }

    /// Pages: the view and the caret move together.
    pub(super) fn page(&mut self, lines: usize, down: bool) {
        let text = &self.article.text;
        let row = self.caret_row().unwrap_or(0);
        let goal = self.goal.unwrap_or_else(|| self.column_of(self.caret));
        let before = self.top;
        self.top = if down { self.flow.down(text, self.top, lines) } else { self.flow.up(text, self.top, lines) };
        self.clamp_top();
        let text = &self.article.text;
        if self.top != before {
            let height = self.view_height();
            let edge = if down { self.flow.down(text, before, height - 1) } else { before };
            self.edge = Some(self.flow.start_of(text, self.nearest_row(edge, !down)));
        }
        let line = if self.top == before {
            // Nothing left to scroll: the caret goes to the edge.
            if down { self.flow.last(text) } else { self.flow.first() }
        } else {
            self.flow.down(text, self.top, row)
        };
        let line = self.nearest_row(line, down);
        self.caret = self.byte_at(line, goal);
        self.goal = Some(goal);
        self.show_caret();
        self.sync_pane();
    }
}
