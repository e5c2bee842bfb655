//! The side pane: the rows of the open tab.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::layout::Areas;
use super::super::lists::{Row, SpeakerShare};
use super::super::model::{Model, Tab};
use super::{clear, cut, ledger, put, put_cut};
use crate::annotation::{AnchorState, Annotation, Status};
use crate::config::Role;
use crate::export::plain::plural;
use crate::export::words;
use crate::text::{TextRange, grapheme::text_width};

/// Draws the pane, if it has room.
pub(super) fn draw(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let area = areas.pane;
    if area.is_empty() {
        return;
    }
    if areas.overlaid {
        clear(buffer, area, Style::new());
        clear(buffer, areas.divider, Style::new());
    }
    let tab = model.pane.tab;
    let rows = model.pane.lists.rows(tab);
    if rows.is_empty() {
        put_cut(buffer, area, 1, usize::from(area.width) - 1, &empty(model, tab), model.theme.style(Role::Chrome));
        return;
    }
    let top = model.pane.top[tab as usize];
    for (line, row) in rows.iter().enumerate().skip(top).take(usize::from(area.height)) {
        let at = Rect { y: area.y + super::to_u16(line - top), height: 1, ..area };
        let selected = line == model.pane.row() && !row.is_heading();
        let together = model.pane.anchor.is_some_and(|a| (a.min(model.pane.row())..=a.max(model.pane.row())).contains(&line));
        let role = match model.pane.focus {
            true if selected => Some(Role::Row),
            true if together && !row.is_heading() => Some(Role::Selection),
            _ => None,
        };
        draw_row(model, *row, at, selected, role.map(|r| model.theme.style(r)), buffer);
    }
}

/// What an empty tab says.
fn empty(model: &Model, tab: Tab) -> String {
    let filter = &model.pane.typed[tab as usize];
    if !filter.is_empty() {
        return format!("nothing fits the filter '{filter}'; F changes it");
    }
    match (tab, &model.found) {
        (Tab::Notes, _) => "no notes yet: t tags, c writes, H highlights".into(),
        (_, None) => "reading …".into(),
        (Tab::Quotes, _) => "no quotations found".into(),
        (Tab::People, _) => "no people found".into(),
        (Tab::Figures, _) => "no figures found".into(),
        (Tab::Found, _) => "nothing found".into(),
    }
}

/// One row: words on the left, where on the right.
#[derive(Default)]
struct Drawn {
    /// What stands first, each with the tag that gives it its colour.
    tags: Vec<(String, String)>,
    left: String,
    right: String,
    style: Style,
}

/// Draws a row: `selected` has the mark, `chosen` is the look of a row that keys work on.
fn draw_row(model: &Model, row: Row, area: Rect, selected: bool, chosen: Option<Style>, buffer: &mut Buffer) {
    let width = usize::from(area.width);
    if let Some(style) = chosen {
        clear(buffer, area, style);
    }
    if let (Row::Figure(_) | Row::Change(_) | Row::Topic(_), Some(found)) = (row, &model.found) {
        mark(model, area, selected, chosen, buffer);
        ledger::draw(model, &found.findings, row, area, chosen, buffer);
        return;
    }
    let Some(drawn) = drawn(model, row, width) else { return };
    let style = chosen.unwrap_or(drawn.style);
    let right_width = text_width(&drawn.right).min(width.saturating_sub(8));
    mark(model, area, selected, model.pane.focus.then_some(style), buffer);
    let end = width.saturating_sub(right_width + 2);
    let mut x = 1;
    for (words, tag) in &drawn.tags {
        let style =
            chosen.unwrap_or_else(|| model.settings.color_of_tag(tag).map_or(drawn.style, |c| model.theme.style(Role::of_color(c))));
        x = put_cut(buffer, area, x, end.saturating_sub(x), words, style) + 1;
    }
    put_cut(buffer, area, x, end.saturating_sub(x), &drawn.left, style);
    let quiet = chosen.unwrap_or_else(|| model.theme.style(Role::Chrome));
    let quiet = if matches!(row, Row::Speaker(_)) { model.theme.style(Role::Bar) } else { quiet };
    put_cut(buffer, area, width.saturating_sub(right_width + 1), right_width, &drawn.right, quiet);
}

/// The sign before the selected row.
fn mark(model: &Model, area: Rect, selected: bool, chosen: Option<Style>, buffer: &mut Buffer) {
    if selected {
        put(buffer, area, 0, "▸", chosen.unwrap_or_else(|| model.theme.style(Role::Strong)));
    }
}

fn drawn(model: &Model, row: Row, width: usize) -> Option<Drawn> {
    let found = model.found.as_ref().map(|f| &*f.findings);
    let text = model.article.text.as_str();
    let theme = model.theme;
    let plain = theme.style(Role::Text);
    let place = |r: TextRange| model.article.block_at(r.start()).map_or_else(String::new, |b| format!("¶{}", b + 1));
    Some(match row {
        Row::Speaker(i) => speaker(model, i, width),
        Row::Quote(i) => {
            let quote = found?.quotes.get(i)?;
            Drawn { left: format!("  {}", start_of(text, quote.range)), right: place(quote.range), style: plain, ..Drawn::default() }
        }
        Row::Via(i) => {
            let via = words::via(found?.quotes.get(i)?, text)?;
            Drawn { left: format!("    via {via}"), right: String::new(), style: theme.style(Role::Chrome), ..Drawn::default() }
        }
        Row::Person(i) => {
            let person = found?.people.get(i)?;
            let about: Vec<&str> = person.roles.iter().take(1).map(String::as_str).chain(person.affiliation.as_deref()).collect();
            let about = if about.is_empty() { String::new() } else { format!(" · {}", about.join(", ")) };
            Drawn {
                left: format!("{}{about}", person.name),
                right: format!("{} ×", person.mentions.len()),
                style: theme.style(Role::Text),
                ..Drawn::default()
            }
        }
        Row::Figure(_) | Row::Change(_) | Row::Topic(_) => return None,
        Row::Note(i) => note(model, model.notes.all.annotations.get(i)?, width, &place),
        Row::Correction(i) => {
            let c = model.notes.all.corrections.get(i)?;
            let to = if c.to.is_empty() { words::NOT_NAMED } else { &c.to };
            let words = c.anchor.exact.trim_matches(['“', '”', '"']);
            Drawn {
                left: format!("corrected to {to}: “{}”", cut(words, width / 2)),
                right: c.what.clone(),
                style: plain,
                ..Drawn::default()
            }
        }
        Row::Hit(i) => {
            let hit = model.pane.lists.hits.get(i)?;
            let right = hit.range.map_or_else(|| hit.what.name().to_owned(), |r| format!("{} {}", hit.what.name(), place(r)));
            Drawn { left: hit.words.clone(), right, style: plain, ..Drawn::default() }
        }
        Row::Was(i) => {
            let a = model.notes.all.annotations.get(i)?;
            Drawn {
                left: format!("  {}", super::was_and_is(&a.anchor.exact, a.now.range?.of(text), width.saturating_sub(4))),
                right: String::new(),
                style: theme.style(Role::Chrome),
                ..Drawn::default()
            }
        }
    })
}

/// The first words of a range: a quotation of a megabyte costs no more than a row.
fn start_of(text: &str, range: TextRange) -> String {
    let end = crate::text::grapheme::floor(text, (range.start() + 400).min(range.end())).max(range.start());
    TextRange::new(range.start(), end).of(text).to_owned()
}

/// "Donald Trump     6 quotes · 61 words ▇▇▇▇ 47 %", shorter where there is little room.
fn speaker(model: &Model, index: usize, width: usize) -> Drawn {
    let share = &model.pane.lists.speakers[index];
    let percent = (share.share * 100.0).round();
    let name = share.name.clone().unwrap_or_else(|| format!("({})", words::NOT_NAMED).into());
    // Eight steps are enough to compare by eye; the number beside says the rest.
    let bar = |steps: usize| "▇".repeat(((share.share * steps as f64).round() as usize).clamp(1, steps));
    let form = |form: usize, quotes: usize, words: usize| {
        let (counts, words) = (plural(quotes, "quote"), plural(words, "word"));
        match form {
            0 => format!("{counts} · {words} {:<8} {percent:>3} %", bar(8)),
            1 => format!("{counts} · {words} {:<4} {percent:>3} %", bar(4)),
            2 => format!("{words} {:<8} {percent:>3} %", bar(8)),
            3 => format!("{words} {:<4} {percent:>3} %", bar(4)),
            4 => format!("{words} {percent:>3} %"),
            _ => format!("{percent} %"),
        }
    };
    // The same form for all speakers, so that their bars can be compared: the one that the largest numbers leave room for.
    let room = width.saturating_sub(18);
    let most = |of: fn(&SpeakerShare) -> usize| model.pane.lists.speakers.iter().map(of).max().unwrap_or(0);
    let (most_quotes, most_words) = (most(|s| s.quotes), most(|s| s.words));
    let widest = (0..5).find(|&n| text_width(&form(n, most_quotes, most_words)) <= room).unwrap_or(5);
    let right = form(widest, share.quotes, share.words);
    Drawn { left: name.to_string(), right, style: model.theme.style(Role::Strong), ..Drawn::default() }
}

fn note(model: &Model, a: &Annotation, width: usize, place: &dyn Fn(TextRange) -> String) -> Drawn {
    let status = match a.status {
        Some(Status::Verified) => "✓ ",
        Some(Status::Disputed) => "✗ ",
        Some(Status::NeedsSource) => "? ",
        Some(Status::Unchecked) => "○ ",
        None => "",
    };
    let sign = Some((status.trim_end().to_owned(), String::new())).filter(|_| !status.is_empty());
    let tags = sign.into_iter().chain(a.tags.iter().map(|t| (format!("#{t}"), t.clone()))).collect();
    let note = a.note.lines().next().map_or(String::new(), |n| format!("{n} — "));
    let words = start_of(&a.anchor.exact, TextRange::new(0, a.anchor.exact.len()));
    let right = match (a.now.state, a.now.range) {
        (AnchorState::Orphan, _) => "orphan".to_owned(),
        (AnchorState::Changed, Some(r)) => format!("changed {}", place(r)),
        (_, Some(r)) => place(r),
        (_, None) => "article".to_owned(),
    };
    let right = match a.whose(&model.reader) {
        whose if whose.is_empty() => right,
        whose => format!("{} · {right}", cut(&whose, width / 3)),
    };
    let role = if a.now.state == AnchorState::Orphan { Role::Error } else { Role::Text };
    Drawn { tags, left: format!("{note}{words}"), right, style: model.theme.style(role) }
}
