//! The title bar, the rule with the tabs, the status line.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::Areas;
use super::super::ledger::amount;
use super::super::model::{MarkUse, Model, Overlay, Tab};
use super::{clear, cut, put, put_cut, set, tabs, to_u16};
use crate::analysis::findings::{Findings, Quotation};
use crate::annotation::{AnchorState, AnnotationKind};
use crate::article::Link;
use crate::config::{Action, Role};
use crate::export::words;
use crate::text::grapheme::text_width;
use crate::text::{TextRange, rows};

/// "Title …            trade-talks.txt · 31 ¶ · 3 min"
pub(super) fn title(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let area = areas.title;
    if area.is_empty() {
        return;
    }
    let article = &model.article;
    let width = usize::from(area.width);
    let file = article.source.path.as_deref().and_then(std::path::Path::file_name).map(|f| f.to_string_lossy());
    let minutes = crate::export::words::minutes(article);
    let counts = if model.partial { "reading …".to_owned() } else { format!("{} ¶ · {minutes} min", article.blocks.len()) };
    let right = match file {
        Some(file) if width >= 60 => format!("{} · {counts}", cut(&file, width / 3)),
        _ => counts,
    };
    let right_width = text_width(&right).min(width);
    let style = model.theme.style(Role::Chrome);
    put(buffer, area, width - right_width, &right, style);
    put_cut(buffer, area, 1, width.saturating_sub(right_width + 3), &article.name(), model.theme.style(Role::Title));
}

/// The rule under the title, and the tabs of the pane.
pub(super) fn rule(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let chrome = model.theme.style(Role::Chrome);
    // A rule without a row would lie on the first row of the text.
    for x in (areas.rule.x..areas.rule.right()).filter(|_| !areas.rule.is_empty()) {
        set(buffer, x, areas.rule.y, "─", 1, chrome);
    }
    if areas.divider.width > 0 && !areas.rule.is_empty() {
        set(buffer, areas.divider.x, areas.rule.y, "┬", 1, chrome);
    }
    for y in areas.divider.y..areas.divider.bottom() {
        for x in areas.divider.x..areas.divider.right() {
            set(buffer, x, y, "│", 1, chrome);
        }
    }
    for (columns, tab, heading) in tabs(model) {
        let open = tab == model.pane.tab;
        let role = if open { Role::Strong } else { Role::Chrome };
        let style = model.theme.style(role);
        let style = if open && model.pane.focus { style.patch(model.theme.style(Role::Row)) } else { style };
        let area = Rect::new(columns.start, areas.rule.y, columns.end - columns.start, 1);
        put(buffer, area, 0, &heading, style);
    }
}

/// " READ  ¶3/31 9 %  Donald Trump, “posted” …          3 notes · saved    ? help"
pub(super) fn status(model: &Model, areas: Areas, buffer: &mut Buffer) {
    let area = areas.status;
    if area.is_empty() {
        return;
    }
    if model.zen && model.message.is_none() && mode(model) == "READ" && says_nothing(model) {
        return;
    }
    let width = usize::from(area.width);
    let chrome = model.theme.style(Role::Chrome);
    let (mode, detail) = (mode(model), detail(model));
    let said = match &model.message {
        Some(message) => text_width(&message.text) + 2,
        None => text_width(&mode) + text_width(&detail) + 7,
    };
    // The most that leaves room for what is said: first the hints give way, then the layers and the time, and to a message everything.
    let rights = [right_of_status(model, width), right_of_status(model, width.min(99)), right_of_status(model, 0)];
    // Behind these the place gives way, and last of all which match the caret is on.
    let lefts = if model.message.is_some() {
        Default::default()
    } else {
        [left_of_status(model, width), left_of_status(model, 0), place_and_match(model), under_way(model)]
    };
    let pairs = [(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (3, 2)].map(|(l, r)| (&lefts[l], &rights[r]));
    let in_full = is_said_in_full(model);
    let pairs = &pairs[..if in_full || model.message.is_some() { 6 } else { 5 }];
    let fits = pairs.iter().find(|(l, r)| said + text_width(l) + text_width(r) <= width);
    let (left, right) = match (fits, &model.message) {
        (Some((left, right)), _) => ((*left).clone(), (*right).clone()),
        (None, Some(_)) => Default::default(),
        (None, None) => {
            let right = &rights[usize::from(width < 50) + 1];
            let room = width.saturating_sub(text_width(right) + text_width(&mode) + 4);
            // What the caret is on is cut before the place is, but it has some room where there is a shorter form.
            let wanted = text_width(&detail).min(12);
            let left =
                lefts[1..3].iter().find(|l| text_width(l) + wanted <= room).or_else(|| lefts[2..].iter().find(|l| text_width(l) <= room));
            (left.unwrap_or(&lefts[3]).clone(), right.clone())
        }
    };
    let right_width = text_width(&right).min(width);
    put(buffer, area, width - right_width, &right, chrome);
    let room = width.saturating_sub(right_width + 1);
    if let Some(message) = &model.message {
        super::message::draw(model, message, areas, room.saturating_sub(1), buffer);
        return;
    }
    if in_full && fits.is_none() {
        // Where a link leads, and who says it by what channel, is said in full before anything else is but the match.
        let under_way = under_way(model);
        let said = if under_way.is_empty() { detail } else { format!("{under_way} · {detail}") };
        draw_in_full(model, areas, &said, buffer);
        return;
    }
    let mut x = put(buffer, area, 1, &mode, model.theme.style(Role::Strong));
    x = put_cut(buffer, area, x + 2, room.saturating_sub(x + 2), &left, chrome);
    if !detail.is_empty() && x + 8 < room {
        put_cut(buffer, area, x + 3, room.saturating_sub(x + 3), &detail, model.theme.style(Role::Text));
    }
}

/// True when nothing is under way that the reader of the text alone must know of.
fn says_nothing(model: &Model) -> bool {
    let typing = !model.pending.is_empty() || model.count.is_some() || model.awaiting_mark.is_some() || model.search.is_some();
    !typing && matches!(model.overlay, Overlay::None) && model.notes.failed.is_none() && model.found.is_some()
}

/// True where the caret is on a link or a quotation.
fn is_said_in_full(model: &Model) -> bool {
    let reads = model.selection.is_none() && !model.pane.focus;
    let on_quote = || reads && model.found.as_ref().is_some_and(|f| f.quotes.at(model.caret).is_some());
    on_link(model).is_some() || matches!(model.overlay, Overlay::None) && model.closed_fold_here().is_none() && on_quote()
}

/// Words over the status line and as many rows above it as they need, up to half of the screen. Where that would hide the caret they stand at
/// the top.
fn draw_in_full(model: &Model, areas: Areas, words: &str, buffer: &mut Buffer) {
    let width = usize::from(areas.status.width).saturating_sub(2);
    let rows = rows::rows(words, TextRange::new(0, words.len()), width, false);
    let most = usize::from(areas.status.bottom() / 2).max(1);
    let height = to_u16(rows.len().min(most));
    let mut area = Rect { y: areas.status.bottom() - height, height, ..areas.status };
    let caret = model.caret_row().map_or(0, |row| areas.text.y + to_u16(row));
    clear(buffer, areas.status, model.theme.style(Role::Chrome));
    if height > 1 && caret >= area.y {
        area.y = 0;
    }
    clear(buffer, area, model.theme.style(Role::Chrome));
    for (i, row) in rows.iter().take(usize::from(height)).enumerate() {
        let line = Rect { y: area.y + to_u16(i), height: 1, ..area };
        let last = i + 1 == usize::from(height);
        let shown = if last { TextRange::new(row.start(), words.len()) } else { *row };
        put(buffer, line, 1, &super::message::without_middle(shown.of(words).trim_end(), width), model.theme.style(Role::Text));
    }
}

fn mode(model: &Model) -> String {
    match (&model.overlay, model.selected(), model.pane.focus) {
        (Overlay::Editor(_), _, _) => "NOTE".into(),
        (Overlay::Labels(_), _, _) => "LABEL".into(),
        (_, Some(selected), _) => format!("SELECT {}", counted_words(&model.article.text, selected)),
        (_, _, true) => format!("PANE {}", model.pane.tab.name()),
        _ => "READ".into(),
    }
}

/// "1 word", "12 words"; of a long passage only that there are more than were counted: every key draws this anew.
fn counted_words(text: &str, range: TextRange) -> String {
    /// Some twenty screens of text.
    const MOST: usize = 40_000;
    let end = crate::text::grapheme::floor(text, range.end().min(range.start() + MOST)).max(range.start());
    let count = TextRange::new(range.start(), end).of(text).split_whitespace().count();
    let more = if end < range.end() { "more than " } else { "" };
    format!("{more}{}", crate::export::plain::plural(count, "word"))
}

/// The place and what is under way: what stays where there is little room.
fn place_and_match(model: &Model) -> String {
    let block = model.article.block_at(model.caret).map_or(0, |b| b + 1);
    [format!("¶{block}/{}", model.article.blocks.len()), under_way(model)].join("  ").trim_end().to_owned()
}

/// The keys of an unfinished sequence, and which match of a search the caret is on: the last to give way.
fn under_way(model: &Model) -> String {
    let counter = model.search.as_ref().map_or_else(String::new, |s| s.counter(model.caret));
    let counter = if counter.is_empty() { counter } else { format!("match {counter}") };
    [typed_keys(model), counter].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  ")
}

/// "3]…" in the middle of a sequence, else nothing.
fn typed_keys(model: &Model) -> String {
    let pending = match model.awaiting_mark {
        Some(MarkUse::Set) => model.key_of(Action::SetMark),
        Some(MarkUse::Go) => model.key_of(Action::GoMark),
        None => crate::config::keys::show(&model.pending),
    };
    let count = model.count.map(|n| n.to_string()).unwrap_or_default();
    if pending.is_empty() && count.is_empty() { String::new() } else { format!("{count}{pending}…") }
}

fn left_of_status(model: &Model, width: usize) -> String {
    let article = &model.article;
    let block = article.block_at(model.caret).map_or(0, |b| b + 1);
    let percent = (model.caret * 100).checked_div(model.last_caret()).unwrap_or(0).min(100);
    let minutes = words::minutes_left(article, model.caret);
    let read = if model.shows_all() { "all".to_owned() } else { format!("{percent} %") };
    let mut left = format!("¶{block}/{} {read}", article.blocks.len());
    if width > 0 && minutes > 0 && !model.partial {
        left.push_str(&format!(" · {minutes} min{}", if width >= 60 { " left" } else { "" }));
    }
    let layers = model.layers;
    let shown = [(layers.quotes, 'Q'), (layers.people, 'P'), (layers.figures, 'F'), (layers.notes, 'N')];
    if width >= 100 || shown.iter().any(|(on, _)| !on) {
        left.push_str("  layers ");
        let letters: Vec<String> = shown.iter().filter(|(on, _)| *on).map(|(_, c)| c.to_string()).collect();
        left.push_str(&if letters.is_empty() { "none".to_owned() } else { letters.join(" ") });
    }
    if model.found.is_none() {
        left.push_str("  reading …");
    }
    let filter = &model.pane.typed[model.pane.tab as usize];
    if !filter.is_empty() && model.areas().pane.width > 0 {
        left.push_str(&format!("  filter {}", cut(filter, 24)));
    }
    let keys = typed_keys(model);
    if !keys.is_empty() {
        left.push_str(&format!("  {keys}"));
    }
    if let Some(search) = &model.search {
        left.push_str(&format!("  /{} {}", cut(&search.query, 20), search.counter(model.caret)));
    }
    left
}

fn right_of_status(model: &Model, width: usize) -> String {
    let notes = model.notes.all.annotations.len();
    let state = match (&model.notes.failed, model.notes.is_saved()) {
        _ if !model.notes.loaded => "…",
        _ if model.notes.read_only.is_some() => "read only",
        (Some(_), _) => "NOT SAVED",
        (None, true) => "saved",
        (None, false) => "saving",
    };
    let word = if notes == 1 { "note" } else { "notes" };
    let help = model.key_of(Action::Help);
    match width {
        100.. => {
            let key = |action| model.key_of(action);
            let hints = if model.selection.is_some() {
                format!("{} tag  {} note  {} copy", key(Action::Tag), key(Action::Note), key(Action::YankSelection))
            } else if model.pane.focus && model.pane.tab == Tab::Found {
                format!("{} text  {} next", key(Action::Escape), key(Action::SearchNext))
            } else if model.pane.focus {
                format!("{} text  {} filter", key(Action::Escape), key(Action::Filter))
            } else {
                format!("{} quote  {} pane  {} tag", key(Action::NextQuote), key(Action::PaneNext), key(Action::Tag))
            };
            format!("{notes} {word} · {state}   {hints}  {help} help ")
        }
        50.. => format!("{notes} {word} · {state}  {help} help "),
        _ => format!("{notes} · {state} "),
    }
}

/// The link under the caret, when the caret is what the status line is about.
fn on_link(model: &Model) -> Option<&Link> {
    let link = model.article.link_at(model.caret).map(|i| &model.article.links[i]);
    link.filter(|_| matches!(model.overlay, Overlay::None) && model.closed_fold_here().is_none())
}

/// What the caret is on, in words: where a link leads, then what else is known of the place.
fn detail(model: &Model) -> String {
    let Some(link) = on_link(model) else {
        return detail_of_place(model);
    };
    let text = model.article.text.as_str();
    let mut said = match link.within {
        // As much as is read at a glance: the rest is where it leads.
        Some(at) => {
            let end = model.article.block_at(at).map_or(at, |i| model.article.blocks[i].range.end()).max(at);
            format!("→ {}", cut(TextRange::new(at, end).of(text), 40))
        }
        None => format!("→ {}", super::super::update::links::absolute(model, &link.target)),
    };
    let more = detail_of_place(model);
    if !more.is_empty() {
        said.push_str(&format!(" · {more}"));
    }
    said
}

fn detail_of_place(model: &Model) -> String {
    let text = model.article.text.as_str();
    if let Overlay::Labels(labels) = &model.overlay {
        let typed = labels.typed.map_or_else(|| "type a label to select".to_owned(), |letter| format!("{letter}… type the second letter"));
        return format!("{typed} · {} drops", model.key_of(Action::Escape));
    }
    if model.closed_fold_here().is_some() {
        return format!("folded · {} unfolds", model.key_of(Action::Accept));
    }
    if let Some((_, i)) = model.notes.spans.at(model.caret).filter(|_| model.layers.notes) {
        let a = &model.notes.all.annotations[i];
        let tags: Vec<String> = a.tags.iter().map(|t| format!("#{t}")).collect();
        let status = a.status.map_or("", crate::annotation::Status::name);
        let note = a.note.lines().next().unwrap_or_default();
        let quote = model.found.as_ref().and_then(|f| f.quotes.at(model.caret).map(|(_, i)| &f.findings.quotes[i]));
        let name = a.speaker.as_ref().map_or("", |s| s.name.as_str());
        let as_found = quote.filter(|q| q.speaker.as_ref().is_some_and(|s| *s.name == *name));
        let speaker = as_found.map_or_else(|| name.to_owned(), |q| speech(q, text));
        let whose = a.whose(&model.reader);
        let whose = if whose.is_empty() { whose } else { format!("by {whose}") };
        let changed = match (a.now.state, a.now.range) {
            (AnchorState::Changed, Some(range)) => {
                // What stands to the left and right of it takes about so much.
                let others = if model.size.width >= 100 { 66 } else { 44 };
                super::was_and_is(&a.anchor.exact, range.of(text), usize::from(model.size.width).saturating_sub(others))
            }
            _ => String::new(),
        };
        let color = a.color.as_deref().unwrap_or_default();
        let kept = if matches!(a.kind, AnnotationKind::Passage | AnnotationKind::Page) { "" } else { "kept" };
        let parts = [&changed, &whose, status, &tags.join(" "), &speaker, kept, color, note];
        let said: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        return if said.is_empty() { format!("{} highlighted", a.kind.name()) } else { said.join(" · ") };
    }
    let Some(found) = &model.found else { return String::new() };
    if let Some((_, i)) = found.figures.at(model.caret) {
        return figure(model, &found.findings, i);
    }
    if let Some((_, i)) = found.person_at(model.caret) {
        let person = &found.findings.people[i];
        let parts = [Some(person.name.clone()), person.roles.first().cloned(), person.affiliation.clone()];
        return parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    }
    if let Some((_, i)) = found.quotes.at(model.caret) {
        return speech(&found.findings.quotes[i], text);
    }
    String::new()
}

fn speech(quote: &Quotation, text: &str) -> String {
    let mut out = words::said_by(quote, text).unwrap_or_else(|| words::NOT_NAMED.to_owned());
    if let Some(cue) = quote.cue {
        out.push_str(&format!(" · {}", cue.of(text)));
    }
    if let Some(via) = words::via(quote, text) {
        out.push_str(&format!(" · via {via}"));
    }
    out
}

/// A figure's amount, what it is about, and what contradicts it.
fn figure(model: &Model, found: &Findings, index: usize) -> String {
    let text = model.article.text.as_str();
    let figure = &found.figures[index];
    let mut out = amount(figure, text);
    if let Some(other) = model.pane.lists.contradicts(index).and_then(|i| found.figures.get(i)) {
        let place = model.article.block_at(other.range.start()).map_or(0, |b| b + 1);
        out.push_str(&format!(" {} {} in ¶{place}: two values", super::ledger::CONFLICT, amount(other, text)));
    }
    if let Some(topic) = figure.topic {
        out.push_str(&format!(" · {topic}"));
    }
    if let Some(about) = figure.applies_to {
        out.push_str(&format!(" · {}", about.of(text)));
    }
    out
}
