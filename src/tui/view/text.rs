//! The text column: rows with their marks, folds, margin signs, caret.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::super::flow::{Line, Place, Unit};
use super::super::layout::Areas;
use super::super::model::Model;
use super::{put, put_cut, set, to_u16};
use crate::annotation::AnchorState;
use crate::article::columns::{Kind, Piece, SetRow};
use crate::article::{BlockKind, Reason, has_own_mark};
use crate::config::{Action, Role};
use crate::text::TextRange;

/// Words of the text with a role. Later marks are painted over earlier ones.
struct Mark {
    range: TextRange,
    style: Style,
}

/// Draws the rows in view.
pub(super) fn draw(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let text = model.article.text.as_str();
    let mut place = model.top;
    let last = model.flow.last(text);
    let current = Current::of(model);
    for row in 0..areas.text.height {
        let area = Rect { y: areas.text.y + row, height: 1, ..areas.text };
        match model.flow.line(text, place) {
            Line::Gap => {}
            Line::Fold(fold) => fold_line(model, fold, area, buffer),
            Line::LeftOut => left_out_line(model, area, buffer),
            Line::Picture(picture, range) => {
                let words = model.flow.picture(picture).unwrap_or_default();
                let end = put(buffer, area, 2, range.of(words).trim_end(), model.theme.style(Role::Quiet));
                let cut = range.end() < words.len()
                    && matches!(model.flow.line(text, model.flow.down(text, place, 1)), Line::Gap | Line::Row { .. });
                if cut && model.flow.spacing() == 0 {
                    put(buffer, area, end, "…", model.theme.style(Role::Quiet));
                }
            }
            Line::Rule => rule(model, place, area, buffer),
            Line::Row { unit, range } => text_row(model, &current, (place, unit, range), area, areas, buffer),
        }
        if place == last {
            break;
        }
        place = model.flow.down(text, place, 1);
    }
}

/// What the caret is on, looked up once a frame.
struct Current {
    /// The finding or annotation under the caret.
    range: Option<TextRange>,
    /// The parts of the quotation under the caret, where its speaker interrupts it: those near enough to be in view.
    parts: Vec<TextRange>,
    /// The evidence of the quotation under the caret.
    evidence: Vec<TextRange>,
    /// The person under the caret.
    person: Option<usize>,
    selected: Option<TextRange>,
}

impl Current {
    fn of(model: &Model) -> Self {
        let mut current = Self { range: None, parts: vec![], evidence: vec![], person: None, selected: model.selected() };
        let Some(found) = &model.found else { return current };
        let at = model.caret;
        if let Some((range, i)) = found.quotes.at(at).filter(|_| model.layers.quotes) {
            let quote = &found.findings.quotes[i];
            /// More bytes than a screen shows.
            const NEAR: usize = 40_000;
            current.range = Some(range);
            current.parts = quote.parts.iter().filter(|p| p.start() < at + NEAR && p.end() + NEAR > at).copied().collect();
            current.evidence = [quote.cue, quote.speaker.as_ref().and_then(|s| s.words), quote.via].into_iter().flatten().collect();
        }
        if let Some((range, person)) = found.person_at(at).filter(|_| model.layers.people) {
            current.person = Some(person);
            current.range = Some(range);
        }
        if let Some((range, _)) = found.figures.at(at).filter(|_| model.layers.figures) {
            current.range = Some(range);
        }
        current
    }
}

fn fold_line(model: &Model, fold: usize, area: Rect, buffer: &mut Buffer) {
    let fold = model.flow.folds()[fold];
    let blocks = &model.article.blocks[fold.first..=fold.last];
    let mut reasons: Vec<&str> = Vec::new();
    for block in blocks {
        if let BlockKind::Boilerplate(reason) = block.kind
            && !reasons.contains(&reason.words())
        {
            reasons.push(reason.words());
        }
    }
    let lines = if blocks.len() == 1 { "1 line".to_owned() } else { format!("{} lines", blocks.len()) };
    let (sign, state) = if fold.open { ("▾", "unfolded") } else { ("▸", "folded") };
    let style = model.theme.style(Role::Fold);
    let here = !fold.open && model.article.blocks[fold.first].range.start() == model.caret;
    let style = if here { style.patch(model.theme.style(Role::Current)) } else { style };
    put_cut(buffer, area, 0, usize::from(area.width), &format!("{sign} {lines} {state}: {}", reasons.join(", ")), style);
}

/// What was left out of the page, and the keys that show it.
fn left_out_line(model: &Model, area: Rect, buffer: &mut Buffer) {
    let Some(words) = model.flow.left_out() else { return };
    // The reasons stand last: they may be cut.
    let (count, reasons) = words.split_once(": ").unwrap_or((words, ""));
    let line = format!("▸ {count} ({} shows them): {reasons}", model.key_of(Action::WholePage));
    put_cut(buffer, area, 0, usize::from(area.width), &line, model.theme.style(Role::Fold));
}

fn base_role(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Title => Role::Title,
        BlockKind::Heading(_) => Role::Heading,
        BlockKind::Byline | BlockKind::Date | BlockKind::Credit | BlockKind::Caption => Role::Quiet,
        BlockKind::Boilerplate(Reason::Caption) => Role::Quiet,
        BlockKind::Boilerplate(_) => Role::Fold,
        _ => Role::Text,
    }
}

fn text_row(
    model: &Model,
    current: &Current,
    (place, unit, range): (Place, Unit, TextRange),
    area: Rect,
    areas: Areas,
    buffer: &mut Buffer,
) {
    let text = model.article.text.as_str();
    let kind = model.article.blocks.get(unit.block()).map_or(BlockKind::Paragraph, |b| b.kind);
    let base = model.theme.style(base_role(kind));
    let pieces = model.flow.pieces(text, place);
    lead(model, kind, unit, range, area, buffer);
    if let Some((row, line)) = pieces.table_row() {
        between_cells(model, row, line, area, buffer);
    }
    if model.layers.notes && areas.text.x >= 2 {
        margin_sign(model, pieces.list(), area, buffer);
    }
    if model.edge == Some(range.start()) && areas.text.x >= 2 {
        set(buffer, area.x - 1, area.y, "›", 1, model.theme.style(Role::Strong));
    }
    for piece in pieces.list() {
        let style = match piece.kind {
            Kind::Words => base,
            Kind::Head => base.patch(model.theme.style(Role::Strong)),
            Kind::Bar => model.theme.style(Role::Chrome),
            Kind::Blank => continue,
        };
        draw_piece(model, current, piece, style, area, buffer);
    }
}

/// Draws the words of a piece with what is marked in them.
fn draw_piece(model: &Model, current: &Current, piece: &Piece, base: Style, area: Rect, buffer: &mut Buffer) {
    let (text, range) = (model.article.text.as_str(), piece.range);
    // A blank may hang behind the last word of a cell, in front of the bar.
    let end = (piece.x + piece.width + usize::from(piece.kind != Kind::Bar)).min(usize::from(area.width));
    let marks = marks(model, current, range);
    let mut signs = model.flow.signs(range).iter().zip(model.flow.signs_before(range) + 1..).peekable();
    let mut at = range.start();
    let mut x = piece.x;
    for (run, style) in runs(range, &marks) {
        let style = base.patch(style);
        super::for_each_cell(run.of(text), |g, width| {
            let fits = x + width <= end;
            if fits {
                let g = if piece.kind == Kind::Bar && g == "|" { "│" } else { g };
                set(buffer, area.x + to_u16(x), area.y, g, width, style);
                x += width;
            }
            at += g.len();
            while let Some((_, number)) = signs.next_if(|((end, _), _)| *end <= at) {
                x = put(buffer, area, x, &format!("⟨{number}⟩"), model.theme.style(Role::Chrome));
            }
            fits
        });
    }
    if piece.hyphen {
        put(buffer, area, x, "-", base);
    }
}

/// Bars between the cells of a row, and what the cells of a list are.
fn between_cells(model: &Model, row: &SetRow, line: usize, area: Rect, buffer: &mut Buffer) {
    let style = model.theme.style(Role::Chrome);
    for &x in &row.bars {
        put(buffer, area, x, "│", style);
    }
    for label in row.labels.iter().filter(|l| l.line == line) {
        let x = put_cut(buffer, area, row.label_x(), label.width, &label.range.of(&model.article.text).replace('\n', " "), style);
        put(buffer, area, x, ": ", style);
    }
}

/// The rule under the headings of a table.
fn rule(model: &Model, place: Place, area: Rect, buffer: &mut Buffer) {
    let style = model.theme.style(Role::Chrome);
    for (x, sign) in model.flow.rule(&model.article.text, place) {
        put(buffer, area, x, sign, style);
    }
}

/// What stands in the indent of a row.
fn lead(model: &Model, kind: BlockKind, unit: Unit, range: TextRange, area: Rect, buffer: &mut Buffer) {
    let style = model.theme.style(Role::Chrome);
    match kind {
        BlockKind::Quote => (0..=usize::from(unit.level)).map(|level| put(buffer, area, level * 2, "│", style)).max().unwrap_or(0),
        BlockKind::Code => put(buffer, area, 0, "┊", style),
        BlockKind::Boilerplate(Reason::Caption) if unit.first && range.start() == unit.range.start() => put(buffer, area, 0, "▫", style),
        BlockKind::ListItem if unit.first && range.start() == unit.range.start() && !has_own_mark(range.of(&model.article.text)) => {
            put(buffer, area, usize::from(unit.level) * 2, "•", style)
        }
        _ => 0,
    };
}

/// A sign in the margin beside rows that hold annotations: a note counts more than a tag, a tag more than a highlight.
fn margin_sign(model: &Model, row: &[Piece], area: Rect, buffer: &mut Buffer) {
    let here = row.iter().flat_map(|p| model.notes.spans.overlapping(p.range)).map(|(_, i)| &model.notes.all.annotations[i]);
    let rank = here.map(|a| match () {
        () if a.now.state == AnchorState::Changed => (4, "!"),
        () if !a.note.is_empty() => (3, "✎"),
        () if !a.tags.is_empty() => (2, "#"),
        () => (1, "▎"),
    });
    if let Some((_, sign)) = rank.max() {
        let x = area.x - 2;
        set(buffer, x, area.y, sign, 1, model.theme.style(Role::Strong));
    }
}

/// The marks of a row, lowest first: people, figures, quotations, annotations, search, what the caret is on, selection.
fn marks(model: &Model, current: &Current, row: TextRange) -> Vec<Mark> {
    let mut marks = Vec::new();
    let theme = model.theme;
    let mut add = |range, role| marks.push(Mark { range, style: theme.style(role) });
    let links = &model.article.links;
    let from = links.partition_point(|l| l.range.end() <= row.start());
    let links = links.get(from..).unwrap_or_default().iter().take_while(|l| l.range.start() < row.end());
    links.for_each(|l| add(l.range, Role::Link));
    if let Some(found) = &model.found {
        if model.layers.people {
            for (range, person) in found.people.overlapping(row) {
                add(range, if current.person == Some(person) { Role::Lit } else { Role::Person });
            }
            let lit = found.pronouns.overlapping(row).filter(|(_, person)| current.person == Some(*person));
            lit.for_each(|(range, _)| add(range, Role::Lit));
        }
        if model.layers.figures {
            found.figures.overlapping(row).for_each(|(range, _)| add(range, Role::Figure));
        }
        if model.layers.quotes {
            found.mentions.overlapping(row).for_each(|(range, _)| add(range, Role::Mention));
            found.quotes.overlapping(row).for_each(|(range, _)| add(range, Role::Quote));
        }
    }
    current.evidence.iter().filter(|r| r.overlaps(row)).for_each(|r| add(*r, Role::Evidence));
    if model.layers.notes {
        for (range, i) in model.notes.spans.overlapping(row) {
            let annotation = &model.notes.all.annotations[i];
            let changed = annotation.now.state == AnchorState::Changed;
            add(range, if changed { Role::NoteChanged } else { model.settings.role_of(annotation) });
        }
    }
    if let Some(search) = &model.search {
        for range in search.seen(&model.article.text, row) {
            add(range, if range.start() == model.caret { Role::CurrentMatch } else { Role::Match });
        }
    }
    // What lies in a quotation is what the caret is on, and not all of the quotation.
    let parts = current.parts.iter().copied().filter(|_| current.range.is_some_and(|r| current.parts.contains(&r)));
    parts.chain(current.range).filter(|r| r.overlaps(row)).for_each(|r| add(r, Role::Current));
    current.selected.into_iter().filter(|r| r.overlaps(row)).for_each(|r| add(r, Role::Selection));
    marks
}

/// Overlapping marks to disjoint styled runs of one row. Attributes add up; colours of later marks win.
fn runs(row: TextRange, marks: &[Mark]) -> Vec<(TextRange, Style)> {
    let inside = |at: usize| at.clamp(row.start(), row.end());
    let mut cuts: Vec<usize> = marks.iter().flat_map(|m| [inside(m.range.start()), inside(m.range.end())]).collect();
    cuts.extend([row.start(), row.end()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|pair| {
            let run = TextRange::new(pair[0], pair[1]);
            let style = marks.iter().filter(|m| m.range.overlaps(run)).fold(Style::new(), |mut style, mark| {
                // Only a link's words are dim, and only while nothing else is said of them.
                style.add_modifier.remove(Modifier::DIM);
                // A mark with a background sets its own foreground: colours of the words under it could vanish in it.
                style.patch(mark.style)
            });
            (run, style)
        })
        .collect()
}

/// Where the caret is on the screen.
#[must_use]
pub fn caret_cell(model: &Model, areas: Areas) -> Option<Position> {
    let row = model.caret_row()?;
    let text = &model.article.text;
    let place = model.flow.place_of(text, model.caret);
    let x = model.flow.column_at(text, place, model.caret);
    let x = x.min(usize::from(areas.text.width.saturating_sub(1)));
    Some(Position::new(areas.text.x + to_u16(x), areas.text.y + to_u16(row)))
}
