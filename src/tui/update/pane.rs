//! The side pane: focus, tabs, rows, and keeping its selected row in step with the caret.

use super::super::lists::{self, Row};
use super::super::model::{Model, Tab};
use crate::config::Action;

/// What the keys of the pane do.
pub(super) fn act(model: &mut Model, action: Action, count: Option<usize>) {
    let n = count.unwrap_or(1);
    match action {
        Action::PaneNext => turn(model, 1),
        Action::PanePrev => turn(model, model.pane.tabs().count() - 1),
        Action::TabQuotes | Action::PaneTab1 => open(model, Tab::Quotes),
        Action::TabPeople | Action::PaneTab2 => open(model, Tab::People),
        Action::TabFigures | Action::PaneTab3 => open(model, Tab::Figures),
        Action::TabNotes | Action::PaneTab4 => open(model, Tab::Notes),
        Action::TabFound | Action::PaneTab5 if model.pane.lists.rows(Tab::Found).is_empty() => {
            model.say("nothing was looked for yet; :find WORDS looks everywhere");
        }
        Action::TabFound | Action::PaneTab5 => open(model, Tab::Found),
        Action::PaneDown => select(model, model.pane.row().saturating_add(n), true),
        Action::PaneUp => select(model, model.pane.row().saturating_sub(n), false),
        Action::PaneTop => select(model, 0, true),
        Action::PaneBottom => select(model, usize::MAX, false),
        Action::PaneEnter => {
            model.remember_jump();
            // The row may have been marked without the text going there.
            select(model, model.pane.row(), true);
            model.focus_pane(false);
        }
        Action::PaneOrder => order(model),
        Action::Filter => super::prompt::open_filter(model),
        Action::TogglePane => {
            model.pane.wanted = !model.pane.wanted;
            model.pane.focus = false;
            model.relayout();
        }
        _ => {}
    }
}

/// From the text into the pane; inside it from tab to tab.
fn turn(model: &mut Model, by: usize) {
    if model.pane.focus {
        let tabs: Vec<Tab> = model.pane.tabs().collect();
        open(model, tabs[(model.pane.tab as usize + by) % tabs.len()]);
    } else {
        model.focus_pane(true);
    }
}

fn open(model: &mut Model, tab: Tab) {
    model.pane.anchor = None;
    model.pane.tab = tab;
    model.focus_pane(true);
}

/// The ledger in reading order, or by topic; the selected row stays.
fn order(model: &mut Model) {
    let tab = model.pane.tab;
    if tab != Tab::Figures {
        model.say("only the figures have another order");
        return;
    }
    let selected = model.pane.lists.rows(tab).get(model.pane.row()).copied();
    model.pane.lists.by_topic = !model.pane.lists.by_topic;
    model.refresh_findings();
    let again = selected.and_then(|row| model.pane.lists.rows(tab).iter().position(|r| *r == row));
    model.pane.selected[tab as usize] = again.unwrap_or(0);
    model.clamp_pane();
    model.say(if model.pane.lists.by_topic { "figures by topic" } else { "figures in reading order" });
}

/// Selects a row; heading rows are stepped over. The text follows.
pub(super) fn select(model: &mut Model, row: usize, down: bool) {
    let rows = model.pane.lists.rows(model.pane.tab);
    let Some(last) = rows.len().checked_sub(1) else { return };
    let row = row.min(last);
    let selectable = |r: &usize| !rows[*r].is_heading();
    let on = || (row..=last).find(selectable);
    let back = || (0..=row).rev().find(selectable);
    let found = if down { on().or_else(back) } else { back().or_else(on) };
    let Some(row) = found else { return };
    let chosen = rows[row];
    model.pane.selected[model.pane.tab as usize] = row;
    model.clamp_pane();
    model.say_rows();
    match lists::target(chosen, &model.pane.lists, model.found.as_ref().map(|f| &*f.findings), &model.notes.all) {
        Some(range) => {
            if let Some(fold) = model.flow.fold_at(&model.article, range.start()).filter(|_| model.is_folded_away(range.start())) {
                model.set_fold(fold, true);
            }
            model.caret = model.clamp_caret(range.start(), true);
            model.goal = None;
            model.show_caret();
        }
        None => orphan(model, chosen),
    }
}

/// The words of an orphan are gone: the text shows where they were, when that is known.
fn orphan(model: &mut Model, row: Row) {
    if let Row::Hit(_) = row {
        model.say("a note without a place in the text; the tab Notes has it");
    }
    let Row::Note(i) = row else { return };
    let Some(a) = model.notes.all.annotations.get(i) else { return };
    if a.kind == crate::annotation::AnnotationKind::Page {
        model.say("a note on the article as a whole");
        return;
    }
    let key = model.key_of(Action::ReattachOrphan);
    match model.notes.near.get(&a.id).copied() {
        Some(near) => {
            model.caret = model.clamp_caret(near, true);
            model.goal = None;
            model.show_caret();
            model.say(format!("its words are gone; they were here · {key} gives it another place"));
        }
        None => model.say(format!("its words are no longer in the text · {key} gives it another place")),
    }
}

impl Model {
    /// Gives the keys to the pane or back to the text.
    pub fn focus_pane(&mut self, focus: bool) {
        if focus {
            self.pane.wanted = true;
            self.zen = false;
            self.selection = None;
        }
        self.pane.focus = focus;
        self.pane.anchor = None;
        self.relayout();
        if focus {
            self.select_nearest();
        }
    }

    /// Selects the row whose words the caret is on, else that whose words come next in the text. The text does not move.
    pub(super) fn select_nearest(&mut self) {
        let tab = self.pane.tab;
        let findings = self.found.as_ref().map(|f| &*f.findings);
        let rows = self.pane.lists.rows(tab);
        let places = rows.iter().enumerate().filter(|(_, r)| !r.is_heading());
        let places = places.filter_map(|(i, r)| Some((lists::target(*r, &self.pane.lists, findings, &self.notes.all)?, i)));
        // The list does not open at its end because the article begins with a date.
        let places = places.map(|(r, i)| (r, i, matches!(rows[i], Row::Figure(n) if findings.is_some_and(|f| f.figures[n].kind.places()))));
        let nearest =
            places.min_by_key(|(r, _, date)| (!r.contains(self.caret), *date, r.start() < self.caret, r.start().abs_diff(self.caret)));
        let first = || rows.iter().position(|r| !r.is_heading());
        if let Some(row) = nearest.map(|(_, row, _)| row).or_else(first) {
            self.pane.selected[tab as usize] = row;
            self.clamp_pane();
        }
    }

    /// Selects the row whose words the caret is on, if the open tab has one.
    pub fn sync_pane(&mut self) {
        let caret = self.caret;
        let tab = self.pane.tab;
        let wanted = match (tab, &self.found) {
            (Tab::Notes, _) => self.notes.spans.at(caret).map(|(_, i)| Row::Note(i)),
            (Tab::Found, _) | (_, None) => None,
            (Tab::Quotes, Some(f)) => f.quotes.at(caret).map(|(_, i)| Row::Quote(i)),
            (Tab::People, Some(f)) => f.person_at(caret).map(|(_, i)| Row::Person(i)),
            (Tab::Figures, Some(f)) => f.figures.at(caret).map(|(_, i)| Row::Figure(i)),
        };
        let Some(wanted) = wanted else { return };
        if let Some(row) = self.pane.lists.rows(tab).iter().position(|r| *r == wanted) {
            self.pane.selected[tab as usize] = row;
            self.clamp_pane();
        }
    }

    /// Scrolls the rows of the open tab by so many lines, no further than they go. The selected row and the text stay.
    pub(super) fn scroll_pane(&mut self, down: bool, lines: usize) {
        let tab = self.pane.tab;
        let last = self.pane.lists.rows(tab).len().saturating_sub(usize::from(self.areas().pane.height));
        let top = &mut self.pane.top[tab as usize];
        *top = if down { (*top + lines).min(last) } else { top.saturating_sub(lines) };
    }

    /// Keeps the selected row inside the list, and in view.
    pub fn clamp_pane(&mut self) {
        let height = usize::from(self.areas().pane.height).max(1);
        for tab in Tab::ALL {
            let i = tab as usize;
            let rows = self.pane.lists.rows(tab);
            self.pane.selected[i] = self.pane.selected[i].min(rows.len().saturating_sub(1));
            let row = self.pane.selected[i];
            // The heading above the first quotation of a speaker stays in view with it.
            let head = if row > 0 && matches!(rows.get(row - 1), Some(Row::Speaker(_) | Row::Topic(_))) { row - 1 } else { row };
            let top = &mut self.pane.top[i];
            *top = (*top).min(head).max((row + 1).saturating_sub(height)).min(rows.len().saturating_sub(1));
        }
    }
}
