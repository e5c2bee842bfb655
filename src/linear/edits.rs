//! Making and changing notes. Every change is an [`Edit`], can be undone, and asks for a save at once.

use super::commands::Command;
use super::moves::capital;
use super::targets::{self, Target};
use super::{Desk, Reply, State, clipped, lists};
use crate::annotation::correcting;
use crate::annotation::model::said_of_tags;
use crate::annotation::{Anchor, Annotation, AnnotationKind, Edit, Now, Origin, Status};
use crate::export::words;

/// What the commands do that change notes.
pub(super) fn act(state: &mut State, command: Command, rest: &str, desk: &Desk) -> Reply {
    match command {
        Command::Undo | Command::Redo => return undo(state, command == Command::Undo, desk),
        Command::Delete => return delete(state, rest, desk),
        _ => {}
    }
    // A finding is kept by its number alone, too.
    let numbered = command == Command::Keep && !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let named = format!("f{rest}");
    let (place, rest) = targets::split(if numbered { &named } else { rest });
    let target = match targets::resolve(state, place) {
        Ok(target) => target,
        Err(why) => return Reply::say(why),
    };
    match command {
        Command::Keep if matches!(target, Target::Note(_)) => Reply::say("It is kept already; notes lists what you have."),
        Command::Keep => change(state, &target, "Kept", desk, |_| {}),
        Command::Highlight => change(state, &target, "Highlighted", desk, |a| a.color = a.color.take().or_else(|| Some("yellow".into()))),
        Command::Tag => tag(state, &target, rest, desk),
        Command::Note => note(state, &target, rest, desk),
        Command::Correct => correct(state, &target, rest, desk),
        _ => status(state, &target, rest, desk),
    }
}

fn tag(state: &mut State, target: &Target, tags: &str, desk: &Desk) -> Reply {
    if tags.trim_matches([',', ' ']).is_empty() {
        return Reply::say("Say the tag: tag s1 claim.");
    }
    change(state, target, &capital(&clipped(&said_of_tags(tags))), desk, |a| a.change_tags(tags))
}

/// A second note on the same words is a line more: nothing that was written goes by itself.
fn note(state: &mut State, target: &Target, words: &str, desk: &Desk) -> Reply {
    match words {
        "" => Reply::say("Say the note: note s1 who says so?"),
        "-" => change(state, target, "Emptied the note", desk, |a| a.note.clear()),
        words => change(state, target, "Noted", desk, |a| {
            if !a.note.is_empty() {
                a.note.push('\n');
            }
            a.note.push_str(words);
            a.motivation = "commenting".into();
        }),
    }
}

fn status(state: &mut State, target: &Target, word: &str, desk: &Desk) -> Reply {
    let name = word.to_lowercase().replace(' ', "-");
    let is_none = matches!(name.as_str(), "-" | "none");
    let mut begin = Status::ALL.into_iter().filter(|s| !name.is_empty() && s.name().starts_with(&name));
    let status = Status::from_name(&name).or_else(|| begin.next().filter(|_| begin.next().is_none())).filter(|_| !is_none);
    if status.is_none() && !is_none {
        let no = if word.is_empty() { String::new() } else { format!("There is no status {}. ", clipped(word)) };
        return Reply::say(format!("{no}Say a status: unchecked, verified, disputed, needs-source, or - for none."));
    }
    let label = status.map_or("Took the status away".into(), |s| format!("Marked {}", s.name().replace('-', " ")));
    change(state, target, &label, desk, |a| a.status = status)
}

/// Says who said a quotation, or what a person is called.
fn correct(state: &mut State, target: &Target, name: &str, desk: &Desk) -> Reply {
    let range = match target {
        Target::Finding(finding) => finding.range(&state.found),
        Target::Note(id) => state.notes.get(id).and_then(|a| a.now.range),
        Target::Page => None,
    };
    let quote = range.and_then(|r| state.found.quotes.iter().find(|q| q.range == r && q.kind.is_speech()));
    let person = range.and_then(|r| state.found.people.iter().find(|p| p.mentions.iter().any(|m| m.range == r)));
    let was = match (quote, person) {
        (Some(quote), _) => quote.speaker.as_ref().map_or(words::NOT_NAMED, |s| &s.name).to_owned(),
        (None, Some(person)) => person.name.clone(),
        (None, None) => return Reply::say("Only quotations and people can be corrected; here lists them."),
    };
    let (is_quote, name) = (quote.is_some(), name.trim());
    if name.is_empty() || (name == "-" && !is_quote) {
        return Reply::say(if is_quote {
            "Say who said it: correct f1 Anna Miller; - when the text does not say."
        } else {
            "Say the name: correct f1 Anna Miller."
        });
    }
    let given = if name == "-" { "" } else { name };
    let mut fresh = desk.fresh;
    let mut making = correcting::Desk {
        found: &state.detected,
        notes: &state.notes,
        text: &state.article.text,
        map: &state.map,
        stamp: desk.stamp.clone(),
        id: &mut fresh,
    };
    let Some(range) = range else { return Reply::say("Its words are gone.") };
    let edits = if is_quote { making.speaker(range, given) } else { making.person(range, given) };
    if edits.is_empty() {
        return Reply::say("Nothing changed.");
    }
    let (now, was) = (clipped(given), clipped(&was));
    let label = match (is_quote, given.is_empty()) {
        (true, true) => format!("Corrected: {}; before: {was}", words::NOT_NAMED),
        (true, false) if was == words::NOT_NAMED => format!("Corrected: said by {now}; before: {was}"),
        (true, false) => format!("Corrected: said by {now}, not {was}"),
        (false, _) => format!("Corrected: {was} is {now}"),
    };
    commit(state, Edit::Batch(edits), &label, desk)
}

/// Changes the note that the target is, or makes one of it.
fn change(state: &mut State, target: &Target, label: &str, desk: &Desk, alter: impl FnOnce(&mut Annotation)) -> Reply {
    let made = match target {
        Target::Note(id) => state.notes.get(id).cloned(),
        Target::Finding(f) => f.annotation(&state.found, &state.article.text, &state.map, desk.id.clone(), &desk.stamp),
        Target::Page => {
            let (id, page) = (desk.id.clone(), AnnotationKind::Page);
            Some(Annotation::new(id, page, Origin::Manual, Anchor::default(), Now::page(), &desk.stamp))
        }
    };
    let Some(mut after) = made else { return Reply::say("That note is gone: it was deleted elsewhere.") };
    alter(&mut after);
    if state.notes.get(&after.id) == Some(&after) {
        return Reply::say("Nothing changed.");
    }
    after.changed_by(&desk.stamp.creator);
    let said = match target {
        Target::Finding(finding) => lists::finding(state, *finding),
        Target::Page => "the whole article".into(),
        Target::Note(_) => clipped(&after.anchor.exact),
    };
    let edit = if matches!(target, Target::Note(_)) { Edit::Replace(Box::new(after)) } else { Edit::Add(Box::new(after)) };
    commit(state, edit, &format!("{label}: {said}"), desk)
}

fn commit(state: &mut State, edit: Edit, label: &str, desk: &Desk) -> Reply {
    match state.history.apply(&mut state.notes, edit, label, &desk.stamp) {
        Ok(()) => changed(state, label.to_owned()),
        Err(why) => Reply::say(format!("Not done: {why}.")),
    }
}

fn changed(state: &mut State, line: String) -> Reply {
    state.unsaved = true;
    state.recorrect();
    Reply { lines: vec![line], save: true, ..Reply::default() }
}

fn delete(state: &mut State, rest: &str, desk: &Desk) -> Reply {
    let (place, _) = targets::split(rest);
    match targets::resolve(state, place) {
        Ok(Target::Note(id)) => {
            let said = state.notes.get(&id).map(|a| clipped(&a.anchor.exact)).unwrap_or_default();
            commit(state, Edit::Remove(id), &format!("Deleted the note on {said}"), desk)
        }
        Ok(_) => Reply::say("There is no note on that; notes lists them."),
        Err(_) if place.is_none() => Reply::say("Say which note: delete n1; notes lists them."),
        Err(why) => Reply::say(why),
    }
}

fn undo(state: &mut State, back: bool, desk: &Desk) -> Reply {
    let step = if back { state.history.undo(&mut state.notes, &desk.stamp) } else { state.history.redo(&mut state.notes, &desk.stamp) };
    match step {
        None => Reply::say(if back { "There is nothing to undo." } else { "There is nothing to do again." }),
        Some(Err(why)) => Reply::say(format!("Not done: {why}.")),
        Some(Ok(label)) => changed(state, format!("{}: {label}", if back { "Undone" } else { "Done again" })),
    }
}
