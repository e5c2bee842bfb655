//! Correcting what was detected: who said a quotation, who a person is. The corrections are notes like others: saved, undone, merged.

use std::sync::Arc;

use super::super::event::Effect;
use super::super::lists::Row;
use super::super::model::{Correcting, Found, Menu, Model, Overlay, Prompt, PromptKind, Tab};
use super::{annotate, prompt};
use crate::analysis::findings::{MentionForm, Person};
use crate::annotation::correcting::Desk;
use crate::annotation::{Edit, Notes, Stamp, corrections};
use crate::text::{CodePoints, TextRange};

/// What the prompt offers for a quotation whose speaker the text does not name.
pub const NOBODY: &str = crate::export::words::NOT_NAMED;

/// `S`: asks who said the quotation, or what is wrong about the person.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    model.selection = None;
    if let Some(rows) = model.selected_rows() {
        match of_rows(model, &rows) {
            Some(what) => prompt::open(model, PromptKind::Correct(what), String::new()),
            None => model.say("no quotations or people in these rows; S corrects who said them, or who they are"),
        }
        return vec![];
    }
    match subject(model) {
        Some(Subject::Quote(range)) => prompt::open(model, PromptKind::Correct(Correcting::Speaker(vec![range])), String::new()),
        Some(Subject::Person(at)) => model.overlay = Overlay::Menu(Menu::Person(at)),
        None => model.say("no quotation or name here; S corrects who said it, or who it is"),
    }
    vec![]
}

enum Subject {
    Quote(TextRange),
    Person(TextRange),
}

/// The selected row of the pane, else the innermost quotation or name under the caret.
fn subject(model: &Model) -> Option<Subject> {
    let found = model.found.as_ref()?;
    if model.pane.focus && matches!(model.pane.tab, Tab::Quotes | Tab::People) {
        return match *model.pane.lists.rows(model.pane.tab).get(model.pane.row())? {
            Row::Quote(i) => Some(Subject::Quote(found.findings.quotes.get(i)?.range)),
            Row::Person(i) => Some(Subject::Person(found.findings.people.get(i)?.mentions.first()?.range)),
            _ => None,
        };
    }
    if let Some((range, _)) = found.person_at(model.caret) {
        return Some(Subject::Person(range));
    }
    found.quotes.at(model.caret).map(|(_, i)| Subject::Quote(found.findings.quotes[i].range))
}

/// What is asked of several rows: who said the quotations in them, else who the people in them are.
fn of_rows(model: &Model, rows: &[Row]) -> Option<Correcting> {
    let findings = &model.found.as_ref()?.findings;
    let is_speech = |range: &TextRange| findings.quotes.iter().any(|q| q.range == *range && q.kind.is_speech());
    let range = |row: &Row| match row {
        Row::Quote(i) => Some(findings.quotes.get(*i)?.range),
        Row::Note(i) => model.notes.all.annotations.get(*i)?.now.range.filter(is_speech),
        Row::Hit(i) => model.pane.lists.hits.get(*i)?.range.filter(is_speech),
        _ => None,
    };
    let quotes: Vec<TextRange> = rows.iter().filter_map(range).collect();
    if !quotes.is_empty() {
        return Some(Correcting::Speaker(quotes));
    }
    let first = |row: &Row| match row {
        Row::Person(i) => Some(findings.people.get(*i)?.mentions.first()?.range),
        _ => None,
    };
    let people: Vec<TextRange> = rows.iter().filter_map(first).collect();
    match people.as_slice() {
        [] => None,
        [one] => Some(Correcting::Merge(*one)),
        _ => Some(Correcting::Same(people)),
    }
}

/// The person with a mention at these words.
fn person_at(model: &Model, at: TextRange) -> Option<&Person> {
    let people = &model.found.as_ref()?.findings.people;
    people.iter().find(|p| p.mentions.iter().any(|m| m.range == at))
}

/// The person's mentions by the same words as those at `at`.
fn same_words(model: &Model, at: TextRange) -> Vec<TextRange> {
    let text = model.article.text.as_str();
    let mentions = person_at(model, at).map_or(&[][..], |p| &p.mentions);
    mentions.iter().filter(|m| m.form != MentionForm::Pronoun && m.range.of(text) == at.of(text)).map(|m| m.range).collect()
}

/// The menu of a person: its title, and what each key does.
#[must_use]
pub fn choices(model: &Model, at: TextRange) -> (String, Vec<(char, String)>) {
    let words = at.of(&model.article.text);
    let name = person_at(model, at).map_or("", |p| p.name.as_str());
    let mut choices = vec![
        ('r', "rename".to_owned()),
        ('m', "merge with another".to_owned()),
        ('s', format!("split this “{}” off", super::super::view::cut(words, 24))),
    ];
    let same = same_words(model, at).len();
    if same > 1 {
        choices.push(('w', format!("split all {same} of them off")));
    }
    (super::super::view::cut(name, 30), choices)
}

/// A key of that menu.
pub(super) fn chosen(model: &mut Model, at: TextRange, key: char) {
    let name = person_at(model, at).map(|p| p.name.clone()).unwrap_or_default();
    let (what, text) = match key {
        'r' => (Correcting::Rename(at), name),
        'm' => (Correcting::Merge(at), String::new()),
        's' => (Correcting::Split(vec![at]), String::new()),
        'w' => (Correcting::Split(same_words(model, at)), String::new()),
        other => return model.say(format!("{other} is none of the choices; nothing changed")),
    };
    prompt::open(model, PromptKind::Correct(what), text);
}

/// What stands before the input.
#[must_use]
pub fn question(model: &Model, what: &Correcting) -> String {
    let name = |at: &TextRange| super::super::view::cut(person_at(model, *at).map_or("this person", |p| p.name.as_str()), 24);
    match what {
        Correcting::Speaker(places) if places.len() > 1 => format!("these {} said by: ", places.len()),
        Correcting::Speaker(_) => "said by: ".into(),
        Correcting::Same(people) => format!("these {} people are: ", people.len()),
        Correcting::Rename(at) => format!("{} is called: ", name(at)),
        Correcting::Merge(at) => format!("{} is the same as: ", name(at)),
        Correcting::Split(places) => match places.as_slice() {
            [one] => format!("this “{}” is: ", super::super::view::cut(one.of(&model.article.text), 24)),
            _ => format!("these {} are: ", places.len()),
        },
    }
}

/// What Enter would do, in a few words.
#[must_use]
pub fn hint(model: &Model, what: &Correcting, prompt: &Prompt) -> String {
    let chosen = prompt.chosen.and_then(|i| prompt.completions.get(i)).map_or(prompt.input.text.trim(), String::as_str);
    let known = model.found.as_ref().is_some_and(|f| f.findings.people.iter().any(|p| p.name == chosen));
    match what {
        _ if chosen.is_empty() => "type a name · Tab chooses".into(),
        Correcting::Speaker(_) if chosen == NOBODY => "Enter: the text does not say who".into(),
        Correcting::Speaker(_) | Correcting::Split(_) if known => format!("Enter: {chosen} of this article"),
        Correcting::Speaker(_) | Correcting::Split(_) => "Enter: a name of your own".into(),
        Correcting::Rename(at) if person_at(model, *at).is_some_and(|p| p.name == chosen) => "the name as it is".into(),
        Correcting::Rename(_) if known => format!("Enter: merges with {chosen}"),
        Correcting::Rename(at) => format!("Enter: with all {} mentions", person_at(model, *at).map_or(0, |p| p.mentions.len())),
        Correcting::Merge(_) | Correcting::Same(_) => "Enter: all mentions are theirs".into(),
    }
}

/// The names to choose from: people of the article, most mentioned first, then speakers who are none. What was typed comes last, unless only
/// people of the article will do.
pub(super) fn names(model: &Model, what: &Correcting, typed: &str) -> Vec<String> {
    let (Some(found), false) = (&model.found, matches!(what, Correcting::Rename(_))) else { return vec![] };
    let here = match what {
        Correcting::Merge(at) | Correcting::Rename(at) => Some(*at),
        Correcting::Split(places) => places.first().copied(),
        Correcting::Speaker(_) | Correcting::Same(_) => None,
    };
    let here = here.and_then(|at| person_at(model, at)).map(|p| p.name.as_str());
    let mut people: Vec<&Person> = found.findings.people.iter().filter(|p| Some(p.name.as_str()) != here).collect();
    people.sort_by_key(|p| std::cmp::Reverse(p.mentions.len()));
    let mut names: Vec<String> = people.into_iter().map(|p| p.name.clone()).collect();
    if let Correcting::Speaker(_) = what {
        let speakers = found.findings.quotes.iter().filter_map(|q| q.speaker.as_ref()).filter(|s| s.person.is_none());
        names.extend(speakers.map(|s| s.name.to_string()));
        names.push(NOBODY.into());
    }
    let mut seen = rustc_hash::FxHashSet::default();
    // Whoever types "nobody" means the same.
    names.retain(|n| (fits(n, typed) || n == NOBODY && fits("nobody", typed)) && seen.insert(n.clone()));
    let own = !typed.is_empty() && !seen.contains(typed) && !matches!(what, Correcting::Merge(_));
    names.extend(own.then(|| typed.to_owned()));
    names
}

/// True when every typed word begins a word of the name.
fn fits(name: &str, typed: &str) -> bool {
    let (name, typed) = (crate::text::fold::letters(name), crate::text::fold::letters(typed));
    typed.split_whitespace().all(|t| name.split_whitespace().any(|n| n.starts_with(t)))
}

/// The name was given.
pub(super) fn confirm(model: &mut Model, what: &Correcting, name: &str) -> Vec<Effect> {
    let name = name.trim();
    if name.is_empty() {
        return vec![];
    }
    if matches!(what, Correcting::Merge(_)) && !model.found.as_ref().is_some_and(|f| f.findings.people.iter().any(|p| p.name == name)) {
        model.fail(format!("nobody in this article is called '{name}'; S r renames"));
        return vec![];
    }
    let Some(edits) = edits(model, what, name) else { return vec![] };
    if edits.is_empty() {
        model.say("nothing changed");
        return vec![];
    }
    let was = |at: &TextRange| person_at(model, *at).map_or("", |p| p.name.as_str()).to_owned();
    let label = match what {
        Correcting::Speaker(places) if places.len() > 1 => {
            let who = if name == NOBODY { NOBODY.to_owned() } else { format!("said by {name}") };
            format!("corrected: {} quotations, {who}", places.len())
        }
        Correcting::Same(people) => format!("corrected: these {} people are {name}", people.len()),
        Correcting::Speaker(_) if name == NOBODY => format!("corrected: {NOBODY}"),
        Correcting::Speaker(_) => format!("corrected: said by {name}"),
        Correcting::Rename(at) | Correcting::Merge(at) => format!("corrected: {} is {name}", was(at)),
        Correcting::Split(places) if places.len() == 1 => format!("corrected: this is {name}"),
        Correcting::Split(places) => format!("corrected: these {} are {name}", places.len()),
    };
    annotate::commit(model, Edit::Batch(edits), &label)
}

fn edits(model: &mut Model, what: &Correcting, name: &str) -> Option<Vec<Edit>> {
    let article = Arc::clone(&model.article);
    let detected = Arc::clone(&model.found.as_ref()?.detected);
    let map = model.map.clone().unwrap_or_else(|| Arc::new(CodePoints::new(&article.text)));
    let stamp = model.desk.stamp();
    let (notes, maker) = (&model.notes.all, &mut model.desk);
    let mut id = || maker.id();
    let mut desk = |notes: &Notes, make: &dyn Fn(&mut Desk<'_>) -> Vec<Edit>| {
        make(&mut Desk { found: &detected, notes, text: &article.text, map: &map, stamp: stamp.clone(), id: &mut id })
    };
    let said_by = if name == NOBODY { "" } else { name };
    Some(match what {
        Correcting::Speaker(places) => one_by_one(notes, places, &stamp, |notes, at| desk(notes, &|d| d.speaker(at, said_by))),
        Correcting::Same(people) => one_by_one(notes, people, &stamp, |notes, at| desk(notes, &|d| d.person(at, name))),
        Correcting::Rename(at) | Correcting::Merge(at) => desk(notes, &|d| d.person(*at, name)),
        Correcting::Split(places) => desk(notes, &|d| d.mentions(places, name)),
    })
}

/// The edits for one place after the other: each is made from the notes as the ones before leave them.
fn one_by_one(notes: &Notes, places: &[TextRange], stamp: &Stamp, mut edits: impl FnMut(&Notes, TextRange) -> Vec<Edit>) -> Vec<Edit> {
    let (mut notes, mut all) = (notes.clone(), Vec::new());
    for at in places {
        let next = edits(&notes, *at);
        if next.is_empty() || notes.apply(Edit::Batch(next.clone()), stamp).is_err() {
            continue;
        }
        all.extend(next);
    }
    all
}

impl Model {
    /// Makes the findings anew when the corrections are no longer those that were applied.
    pub fn recorrect(&mut self) {
        let Some(found) = &self.found else { return };
        if found.corrections == self.notes.all.corrections {
            return;
        }
        let stated = self.notes.all.corrections.clone();
        let detected = Arc::clone(&found.detected);
        let (findings, lost) = match &self.map {
            Some(map) if !stated.is_empty() => {
                let corrected = corrections::apply(&detected, &stated, &self.article.text, map);
                (Arc::new(corrected.findings), corrected.lost)
            }
            _ => (Arc::clone(&detected), 0),
        };
        // Said when they are first applied: at the opening.
        if lost > 0 && found.corrections.is_empty() && self.message.is_none() {
            let them = if lost == 1 {
                "1 correction no longer finds its words".into()
            } else {
                format!("{lost} corrections no longer find their words")
            };
            self.say(them);
        }
        self.found = Some(Found::new(findings, detected, stated));
        self.refresh_findings();
        self.sync_pane();
    }
}
