//! Moving the caret: motions, jumps, and the places it can stand on.

use super::super::event::Effect;
use super::super::flow::{Line, Place};
use super::super::model::{MarkUse, Model};
use super::links;
use crate::analysis::sentences;
use crate::article::BlockKind;
use crate::article::columns::Kind;
use crate::config::Action;
use crate::text::{TextRange, grapheme};

/// Motions and scrolling.
pub(super) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    let n = count.unwrap_or(1);
    match action {
        Action::Down => model.move_rows(n.try_into().unwrap_or(isize::MAX)),
        Action::Up => model.move_rows(-n.try_into().unwrap_or(isize::MAX)),
        Action::RowStart | Action::RowEnd => {
            let at = model.row_edge(action == Action::RowEnd);
            model.move_to(at);
        }
        Action::Top | Action::Bottom => {
            model.remember_jump();
            model.move_to(paragraph_or_edge(model, action, count));
        }
        Action::ScrollDown => model.scroll(n.try_into().unwrap_or(isize::MAX)),
        Action::ScrollUp => model.scroll(-n.try_into().unwrap_or(isize::MAX)),
        Action::HalfDown => model.page(model.view_height().div_ceil(2) * n, true),
        Action::HalfUp => model.page(model.view_height().div_ceil(2) * n, false),
        Action::PageDown => model.page(model.view_height().saturating_sub(2).max(1) * n, true),
        Action::PageUp => model.page(model.view_height().saturating_sub(2).max(1) * n, false),
        Action::Center => model.show_caret_at(model.view_height() / 2),
        Action::CaretTop => model.show_caret_at(0),
        _ => {
            let mut at = model.caret;
            for _ in 0..n {
                let next = step(model, action, at);
                if next == at {
                    break;
                }
                at = next;
            }
            model.move_to(at);
        }
    }
    vec![]
}

/// With a count, that paragraph; else the first or last byte of the article.
fn paragraph_or_edge(model: &Model, action: Action, count: Option<usize>) -> usize {
    let blocks = &model.article.blocks;
    let block = match count {
        Some(n) => blocks.get(n.saturating_sub(1)).or(blocks.last()),
        None if action == Action::Top => blocks.first(),
        None => return model.last_caret(),
    };
    block.map_or(0, |b| b.range.start())
}

/// One step of a motion inside the text.
fn step(model: &Model, action: Action, at: usize) -> usize {
    let text = &model.article.text;
    match action {
        Action::Left => model.clamp_caret(grapheme::prev(text, at), false),
        Action::Right => model.clamp_caret(grapheme::next(text, at), true),
        Action::WordNext => model.clamp_caret(word_start_after(text, at), true),
        Action::WordBack => model.clamp_caret(word_start_before(text, at), false),
        Action::WordEnd => model.clamp_caret(word_end_after(text, at), true),
        Action::SentenceNext => sentence(model, at, true),
        Action::SentenceBack => sentence(model, at, false),
        Action::ParagraphNext => block(model, at, true, |_| true),
        Action::ParagraphBack => block(model, at, false, |_| true),
        _ => at,
    }
}

fn is_word(g: &str) -> bool {
    g.chars().next().is_some_and(char::is_alphanumeric)
}

/// Words are looked for this far and no further: a text without spaces must not cost more.
const REACH: usize = 4096;

fn word_start_after(text: &str, at: usize) -> usize {
    let end = grapheme::floor(text, (at + REACH).min(text.len())).max(at);
    let tail = TextRange::new(at, end).of(text);
    let mut was = None;
    for (i, g) in grapheme::each(tail) {
        let now = (is_word(g), g.trim().is_empty());
        if !now.1 && was.is_some_and(|w: (bool, bool)| w.1 || w.0 != now.0) {
            return at + i;
        }
        was = Some(now);
    }
    end
}

fn word_end_after(text: &str, at: usize) -> usize {
    let start = grapheme::next(text, at);
    let end = grapheme::floor(text, (start + REACH).min(text.len())).max(start);
    let mut last = None;
    for (i, g) in grapheme::each(TextRange::new(start, end).of(text)) {
        match last {
            None if g.trim().is_empty() => {}
            Some((_, word)) if g.trim().is_empty() || is_word(g) != word => break,
            _ => last = Some((start + i, is_word(g))),
        }
    }
    last.map_or(end, |(i, _)| i)
}

fn word_start_before(text: &str, at: usize) -> usize {
    let start = grapheme::floor(text, at.saturating_sub(REACH));
    let mut found = None;
    for (i, g) in grapheme::each_back(TextRange::new(start, at).of(text)) {
        match found {
            None if g.trim().is_empty() => {}
            Some((_, word)) if g.trim().is_empty() || is_word(g) != word => break,
            _ => found = Some((start + i, is_word(g))),
        }
    }
    found.map_or(start, |(i, _)| i)
}

/// The start of the next sentence, or of this one (of the one before, from a start).
fn sentence(model: &Model, at: usize, forward: bool) -> usize {
    let article = &model.article;
    let Some(index) = article.block_at(at) else { return at };
    let here = model.sentences_near(index, at);
    if forward {
        let next = here.iter().map(|s| s.start()).find(|&s| s > at);
        // A sentence that has no end nearby is gone through in steps.
        let behind = here.last().map(|s| s.end()).filter(|&end| end > at && end < article.blocks[index].range.end());
        return next.or(behind).unwrap_or_else(|| block(model, at, true, |_| true));
    }
    if let Some(start) = here.iter().rev().map(|s| s.start()).find(|&s| s < at) {
        return start;
    }
    let before = block(model, at, false, |_| true);
    let last = article.block_at(before).and_then(|i| model.sentences_near(i, article.blocks[i].range.end()).last().copied());
    last.filter(|s| s.start() < at).map_or(before, TextRange::start)
}

/// The start of the next block that `wanted` takes, or of the one before; `at` when there is none.
fn block(model: &Model, at: usize, forward: bool, wanted: impl Fn(BlockKind) -> bool) -> usize {
    let blocks = &model.article.blocks;
    let fits = |b: &&crate::article::Block| wanted(b.kind) && !model.is_folded_away(b.range.start());
    let found = if forward {
        let from = blocks.partition_point(|b| b.range.start() <= at);
        blocks.get(from..).unwrap_or_default().iter().find(fits)
    } else {
        let to = blocks.partition_point(|b| b.range.start() < at);
        blocks.get(..to).unwrap_or_default().iter().rev().find(fits)
    };
    found.map_or(at, |b| b.range.start())
}

/// Jumps to findings, annotations, headings and marks.
pub(super) fn act_jump(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::SetMark => model.awaiting_mark = Some(MarkUse::Set),
        Action::GoMark => model.awaiting_mark = Some(MarkUse::Go),
        Action::JumpBack => {
            if let Some(at) = model.jumps.back.pop() {
                model.jumps.forward.push(model.caret);
                model.move_to(at);
            }
        }
        Action::JumpForward => {
            if let Some(at) = model.jumps.forward.pop() {
                model.jumps.back.push(model.caret);
                model.move_to(at);
            }
        }
        Action::NextMention | Action::FirstMention => mention(model, action),
        _ => {
            let mut at = model.caret;
            for _ in 0..count.unwrap_or(1) {
                match finding(model, action, at) {
                    Some(next) => at = next,
                    None => break,
                }
            }
            if at == model.caret {
                model.say(format!("no {} here", action.spec().doc.replace("previous", "earlier").replace("next", "further")));
            } else {
                model.jump(at);
            }
        }
    }
    vec![]
}

/// Where a finding jump leads from `at`.
fn finding(model: &Model, action: Action, at: usize) -> Option<usize> {
    use Action::{NextFigure, NextHeading, NextNote, NextPerson, NextQuote, PrevFigure, PrevHeading, PrevPerson, PrevQuote};
    if matches!(action, NextHeading | PrevHeading) {
        let to = block(model, at, action == NextHeading, |k| matches!(k, BlockKind::Heading(_) | BlockKind::Title));
        return (to != at).then_some(to);
    }
    if matches!(action, Action::NextLink | Action::PrevLink) {
        return links::beside(model, at, action == Action::NextLink);
    }
    let found = model.found.as_ref();
    let spans = match action {
        NextQuote | PrevQuote => &found?.quotes,
        NextFigure | PrevFigure => &found?.figures,
        NextPerson | PrevPerson => &found?.people,
        _ => &model.notes.spans,
    };
    let forward = matches!(action, NextQuote | NextFigure | NextPerson | NextNote);
    let next = if forward { spans.after(at) } else { spans.before(at) };
    next.map(|(range, _)| range.start())
}

/// The next or first mention of the person under the caret.
fn mention(model: &mut Model, action: Action) {
    let Some(found) = &model.found else { return };
    let Some((_, person)) = found.person_at(model.caret) else {
        model.say("the caret is on no person's name; ]p goes to the next");
        return;
    };
    let mentions = &found.findings.people[person].mentions;
    let first = mentions.first().map(|m| m.range.start());
    let next = mentions.iter().map(|m| m.range.start()).find(|&s| s > model.caret);
    if let Some(at) = if action == Action::FirstMention { first } else { next.or(first) } {
        model.jump(at);
    }
}

impl Model {
    /// The sentences of a block; of a giant one, those around byte `at`: a key press costs the same in any text.
    #[must_use]
    pub fn sentences_near(&self, block: usize, at: usize) -> Vec<TextRange> {
        /// Bytes on either side of it.
        const AROUND: usize = 16 * 1024;
        let text = &self.article.text;
        let Some(whole) = self.article.blocks.get(block).map(|b| b.range) else { return Vec::new() };
        let from = grapheme::floor(text, at.saturating_sub(AROUND)).max(whole.start());
        let to = grapheme::floor(text, (at + AROUND).min(text.len())).min(whole.end()).max(from);
        let mut near = sentences::in_range(text, TextRange::new(from, to));
        // What is cut at an edge is no sentence, unless the caret stands in it.
        let whole_one = |s: &TextRange| (s.start() > from || from == whole.start()) && (s.end() < to || to == whole.end());
        near.retain(|s| whole_one(s) || (s.start() <= at && at <= s.end()));
        near
    }

    /// True when byte `at` lies in closed furniture.
    #[must_use]
    pub fn is_folded_away(&self, at: usize) -> bool {
        self.flow.fold_at(&self.article, at).is_some_and(|f| {
            let fold = self.flow.folds()[f];
            !fold.open && at != self.article.blocks[fold.first].range.start()
        })
    }

    /// The last place a caret can stand on.
    #[must_use]
    pub fn last_caret(&self) -> usize {
        self.article.blocks.last().map_or(0, |b| self.clamp_caret(grapheme::prev(&self.article.text, b.range.end()), false))
    }

    /// The nearest caret place to byte `at`: inside a block, not in closed furniture. Between blocks it goes on `forward` or back.
    #[must_use]
    pub fn clamp_caret(&self, at: usize, forward: bool) -> usize {
        let blocks = &self.article.blocks;
        let Some(index) = self.article.block_at(at) else {
            return blocks.first().map_or(0, |b| b.range.start());
        };
        let block = blocks[index];
        let folds = self.flow.folds();
        let closed = self.flow.fold_at(&self.article, block.range.start()).filter(|&f| !folds[f].open);
        let (first, end, next) = match closed {
            // A closed fold has one place: its start.
            Some(f) => (blocks[folds[f].first].range.start(), blocks[folds[f].first].range.start() + 1, folds[f].last + 1),
            None => (block.range.start(), block.range.end(), index + 1),
        };
        if at < end {
            return at.max(first);
        }
        match blocks.get(next).filter(|_| forward) {
            Some(b) => b.range.start(),
            None if closed.is_some() => first,
            None => grapheme::prev(&self.article.text, block.range.end()).max(block.range.start()),
        }
    }

    /// Puts the caret at byte `at` and brings it into view.
    pub fn move_to(&mut self, at: usize) {
        self.caret = self.clamp_caret(grapheme::floor(&self.article.text, at), true);
        self.goal = None;
        if let Some(selection) = &mut self.selection {
            selection.began = None;
        }
        self.show_caret();
        self.sync_pane();
    }

    /// As [`Model::move_to`], remembering where it came from; unfolds furniture that holds the place.
    pub fn jump(&mut self, at: usize) {
        self.remember_jump();
        if let Some(fold) = self.flow.fold_at(&self.article, at).filter(|_| self.is_folded_away(at)) {
            self.set_fold(fold, true);
        }
        self.move_to(at);
    }

    /// Remembers the caret for `Ctrl-o`.
    pub fn remember_jump(&mut self) {
        if self.jumps.back.last() != Some(&self.caret) {
            self.jumps.back.push(self.caret);
        }
        self.jumps.forward.clear();
    }

    /// Moves the caret by rows of text, over the empty lines between blocks.
    pub fn move_rows(&mut self, rows: isize) {
        let text = &self.article.text;
        let goal = self.goal.unwrap_or_else(|| self.column_of(self.caret));
        let mut place = self.flow.place_of(text, self.caret);
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { self.flow.down(text, place, 1) } else { self.flow.up(text, place, 1) };
            if next == place {
                break;
            }
            let landed = self.nearest_row(next, rows > 0);
            if (rows > 0 && landed <= place) || (rows < 0 && landed >= place) {
                break;
            }
            place = landed;
        }
        self.caret = self.byte_at(place, goal);
        self.goal = Some(goal);
        self.show_caret();
        self.sync_pane();
    }

    /// The place itself, or the nearest on from it that the caret can stand on: a row of text or a closed fold.
    pub(super) fn nearest_row(&self, place: Place, down: bool) -> Place {
        let text = &self.article.text;
        let stands = |p: Place| match self.flow.line(text, p) {
            Line::Gap | Line::Rule | Line::Picture(..) | Line::LeftOut => false,
            Line::Row { .. } => true,
            Line::Fold(f) => !self.flow.folds()[f].open,
        };
        // Between two rows there are at most a fold's line, the words of a few pictures, and gaps above and below them.
        for down in [down, !down] {
            let mut p = place;
            for _ in 0..18 + 12 * self.flow.spacing() {
                if stands(p) {
                    return p;
                }
                p = if down { self.flow.down(text, p, 1) } else { self.flow.up(text, p, 1) };
            }
        }
        place
    }

    /// The column of the text's area that byte `at` stands in.
    pub(super) fn column_of(&self, at: usize) -> usize {
        let text = &self.article.text;
        self.flow.column_at(text, self.flow.place_of(text, at), at)
    }

    /// The byte at a column of a line, or the nearest.
    #[must_use]
    pub fn byte_at(&self, place: Place, column: usize) -> usize {
        let text = &self.article.text;
        let pieces = self.flow.pieces(text, place);
        let Some(piece) = pieces.near(column) else {
            return self.flow.start_of(text, place);
        };
        let mut used = piece.x;
        let mut last = piece.range.start();
        // The blanks around a bar are places too.
        let whole = piece.range.of(text);
        let ink = if piece.kind == Kind::Bar { whole } else { whole.trim_end() };
        for (i, g) in grapheme::each(ink) {
            last = piece.range.start() + i;
            used += self.flow.columns(text, TextRange::new(last, last + g.len()));
            if used > column {
                break;
            }
        }
        last
    }

    fn row_edge(&self, end: bool) -> usize {
        let text = &self.article.text;
        let place = self.flow.place_of(text, self.caret);
        self.byte_at(place, if end { usize::MAX / 2 } else { 0 })
    }
}
