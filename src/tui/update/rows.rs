//! Rows of the side pane that were selected together: what is done to one is done to all, as one change.

use super::super::event::Effect;
use super::super::lists::{self, Row};
use super::super::model::{Change, Model, Target};
use super::annotate::{altered, commit, label, set};
use crate::annotation::Edit;
use crate::config::Action;

impl Model {
    /// The rows that are selected together; none unless that was begun.
    #[must_use]
    pub fn selected_rows(&self) -> Option<Vec<Row>> {
        let anchor = self.pane.anchor.filter(|_| self.pane.focus)?;
        let rows = self.pane.lists.rows(self.pane.tab);
        let (first, last) = (anchor.min(self.pane.row()), anchor.max(self.pane.row()));
        Some(rows.iter().skip(first).take(last + 1 - first).copied().filter(|r| !r.is_heading()).collect())
    }

    /// What annotating keys are about while several rows are selected: what each row is about.
    pub(super) fn targets_of_rows(&self) -> Option<Vec<Target>> {
        let rows = self.selected_rows()?;
        Some(rows.into_iter().filter_map(|row| self.target_of_row(row)).collect())
    }

    /// The annotation of a row, or the finding that none is on yet.
    fn target_of_row(&self, row: Row) -> Option<Target> {
        let found = self.found.as_ref().map(|f| &*f.findings);
        let finding = match row {
            Row::Note(i) => return Some(Target::Annotation(self.notes.all.annotations.get(i)?.id.clone())),
            Row::Quote(i) => Target::Quote(i),
            Row::Figure(i) => Target::Figure(i),
            // Words that are a finding's are that finding once they are kept.
            Row::Hit(_) => Target::Passage(lists::target(row, &self.pane.lists, found, &self.notes.all)?),
            Row::Person(i) => Target::Person(i, lists::target(row, &self.pane.lists, found, &self.notes.all)?),
            _ => return None,
        };
        let range = self.range_of(&finding)?;
        let kept = self.notes.spans.overlapping(range).find(|(r, _)| *r == range);
        Some(kept.map_or(finding, |(_, i)| Target::Annotation(self.notes.all.annotations[i].id.clone())))
    }

    /// Says how many rows are selected, and what can be done to them.
    pub(super) fn say_rows(&mut self) {
        let Some(rows) = self.selected_rows() else { return };
        let key = |action| self.key_of(action);
        let [tag, status, color, delete] = [Action::Tag, Action::Status, Action::Color, Action::Delete].map(key);
        let count = counted(rows.len(), "row");
        self.say(format!("{count} selected · {tag} tag  {status} status  {color} colour  {delete} delete"));
    }
}

/// Begins with the row of the caret, or ends.
pub(super) fn toggle(model: &mut Model) {
    let rows = model.pane.lists.rows(model.pane.tab);
    let row = (model.pane.row()..rows.len()).find(|r| !rows[*r].is_heading());
    model.pane.anchor = if model.pane.anchor.is_none() { row } else { None };
    // What was under a heading is the row now.
    if let Some(row) = model.pane.anchor {
        model.pane.selected[model.pane.tab as usize] = row;
    }
    model.say_rows();
}

/// From the first row to the last.
pub(super) fn all(model: &mut Model) {
    let rows = model.pane.lists.rows(model.pane.tab);
    let first = rows.iter().position(|r| !r.is_heading());
    let Some(last) = rows.len().checked_sub(1).filter(|_| first.is_some()) else {
        model.say("there are no rows here");
        return;
    };
    model.pane.anchor = first;
    model.pane.selected[model.pane.tab as usize] = last;
    model.say_rows();
}

/// "1 row", "3 rows".
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// Makes a change to every target: one edit, one save. An annotation that is gone by now is passed over.
pub(super) fn apply(model: &mut Model, targets: &[Target], what: Change) -> Vec<Effect> {
    let mut edits = Vec::new();
    for target in targets {
        let before = match target {
            Target::Annotation(id) => model.notes.all.get(id).cloned(),
            _ => None,
        };
        if let Some((edit, after)) = altered(model, target, |a| set(a, &what))
            && before.as_ref() != Some(&after)
        {
            edits.push(edit);
        }
    }
    if edits.is_empty() {
        model.say("nothing changed");
        return vec![];
    }
    let of_all = if edits.len() < targets.len() { format!("{} of ", edits.len()) } else { String::new() };
    let label = format!("{} on {of_all}{}", label(&what), counted(targets.len(), "row"));
    model.last_change = Some(what);
    commit(model, Edit::Batch(edits), &label)
}

/// Deletes the annotations and corrections of these rows.
pub(super) fn delete(model: &mut Model, rows: &[Row]) -> Vec<Effect> {
    let notes = &model.notes.all;
    let removal = |row: &Row| match row {
        Row::Correction(i) => notes.corrections.get(*i).map(|c| Edit::RemoveCorrection(c.id.clone())),
        row => match model.target_of_row(*row)? {
            Target::Annotation(id) => Some(Edit::Remove(id)),
            _ => None,
        },
    };
    let edits: Vec<Edit> = rows.iter().filter_map(removal).collect();
    if edits.is_empty() {
        model.say("nothing here is yours to delete");
        return vec![];
    }
    let label = format!("deleted {}; {} brings them back", counted(edits.len(), "row"), model.key_of(Action::Undo));
    commit(model, Edit::Batch(edits), &label)
}
