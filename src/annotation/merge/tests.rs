//! Merging: what either side did is in the result, whatever the order.

use proptest::prelude::*;

use super::super::sample::{self, deeds, on, perform, stamp};
use super::super::{Edit, Stamp, Status};
use super::*;

fn with(notes: &Notes, id: &str, stamp: &Stamp, change: impl FnOnce(&mut Annotation)) -> Notes {
    let mut notes = notes.clone();
    let mut a = notes.get(id).expect("there").clone();
    change(&mut a);
    notes.apply(Edit::Replace(Box::new(a)), stamp).expect("there");
    notes
}

fn without(notes: &Notes, id: &str) -> Notes {
    let mut notes = notes.clone();
    notes.apply(Edit::Remove(id.into()), &stamp(9)).expect("there");
    notes
}

fn one() -> Notes {
    sample::notes([on("a", "Ada Example")])
}

/// What one side did is in the result.
fn keeps(side: &Notes, base: &Notes, other: &Notes, merged: &Notes) -> Result<(), TestCaseError> {
    for a in &side.annotations {
        let before = base.get(&a.id);
        let changed = before.is_none_or(|b| !b.same_content(a));
        let Some(m) = merged.get(&a.id) else {
            prop_assert!(!changed && other.get(&a.id).is_none(), "{} is lost", a.id);
            continue;
        };
        if before.is_none_or(|b| b.note != a.note) {
            prop_assert!(m.note.contains(&a.note), "{:?} is not in {:?}", a.note, m.note);
        }
        for tag in &a.tags {
            let added = before.is_none_or(|b| !b.tags.contains(tag));
            prop_assert!(!added || m.tags.contains(tag), "the tag {tag} is lost");
        }
        let color_alone = other.get(&a.id).is_none_or(|o| before.is_some_and(|b| b.color == o.color));
        if color_alone && before.is_some_and(|b| b.color != a.color) {
            prop_assert_eq!(&m.color, &a.color);
        }
    }
    for gone in base.annotations.iter().filter(|b| side.get(&b.id).is_none()) {
        let edited = other.get(&gone.id).is_some_and(|o| !o.same_content(gone));
        prop_assert_eq!(merged.get(&gone.id).is_some(), edited, "{}: an edit beats a deletion, nothing else does", &gone.id);
    }
    Ok(())
}

proptest! {
    #[test]
    fn merging_with_itself_changes_nothing(base in sample::any_notes(), d in deeds("ada")) {
        let notes = perform(&base, &d);
        prop_assert_eq!(merge(None, &notes, &notes), Merged { notes: notes.clone(), taken: 0 });
        prop_assert_eq!(&merge(Some(&base), &notes, &notes).notes, &notes);
    }

    #[test]
    fn what_one_side_alone_did_is_taken(base in sample::any_notes(), d in deeds("ada")) {
        let side = perform(&base, &d);
        let content = |n: &Notes| n.annotations.iter().map(|a| Annotation { rev: 0, modified: String::new(), ..a.clone() }).collect::<Vec<_>>();
        for merged in [merge(Some(&base), &side, &base).notes, merge(Some(&base), &base, &side).notes] {
            prop_assert_eq!(content(&merged), content(&side));
            prop_assert_eq!(&merged.corrections, &side.corrections);
        }
    }

    #[test]
    fn nothing_of_either_side_is_lost(base in sample::any_notes(), d in deeds("ada"), e in deeds("bo")) {
        let (ours, theirs) = (perform(&base, &d), perform(&base, &e));
        let merged = merge(Some(&base), &ours, &theirs).notes;
        keeps(&ours, &base, &theirs, &merged)?;
        keeps(&theirs, &base, &ours, &merged)?;
    }

    #[test]
    fn the_sides_can_be_swapped(base in sample::any_notes(), d in deeds("ada"), e in deeds("bo")) {
        let (ours, theirs) = (perform(&base, &d), perform(&base, &e));
        prop_assert_eq!(merge(Some(&base), &ours, &theirs).notes, merge(Some(&base), &theirs, &ours).notes);
        prop_assert_eq!(merge(None, &ours, &theirs).notes, merge(None, &theirs, &ours).notes);
    }

    #[test]
    fn merging_again_changes_nothing(base in sample::any_notes(), d in deeds("ada"), e in deeds("bo")) {
        let (ours, theirs) = (perform(&base, &d), perform(&base, &e));
        let merged = merge(Some(&base), &ours, &theirs).notes;
        prop_assert_eq!(&merge(Some(&theirs), &merged, &theirs).notes, &merged);
        prop_assert_eq!(&merge(Some(&ours), &ours, &merged).notes, &merged);
        prop_assert_eq!(merge(Some(&merged), &merged, &merged).taken, 0);
    }
}

#[test]
fn a_note_edited_twice_keeps_both_texts_once() {
    let base = with(&one(), "a", &stamp(1), |a| a.note = "old".into());
    let ours = with(&base, "a", &stamp(2), |a| a.note = "from here".into());
    let theirs = with(&base, "a", &stamp(3), |a| a.note = "from there".into());
    let merged = merge(Some(&base), &ours, &theirs).notes;
    assert_eq!(merged.annotations[0].note, format!("from here{SEPARATOR}from there"));
    assert_eq!(merged.annotations[0].rev, 4, "above both");
    let again = merge(Some(&base), &merged, &theirs).notes;
    assert_eq!(again.annotations[0].note, merged.annotations[0].note);
}

#[test]
fn the_clock_decides_nothing() {
    let base = one();
    let ours = with(&base, "a", &stamp(3000), |a| a.status = Some(Status::Unchecked));
    let theirs = with(&with(&base, "a", &stamp(1), |a| a.status = Some(Status::Verified)), "a", &stamp(2), |a| {
        a.status = Some(Status::Disputed);
    });
    let merged = merge(Some(&base), &ours, &theirs).notes;
    assert_eq!(merged.annotations[0].status, Some(Status::Disputed), "however early");
}

#[test]
fn an_edit_beats_a_deletion_and_a_deletion_beats_the_rest() {
    let base = one();
    let edited = with(&base, "a", &stamp(2), |a| a.note = "kept".into());
    let deleted = without(&base, "a");
    for (a, b) in [(&edited, &deleted), (&deleted, &edited)] {
        let merged = merge(Some(&base), a, b).notes;
        assert_eq!((merged.annotations.len(), merged.deleted.len()), (1, 0));
        assert_eq!(merge(None, a, b).notes.annotations.len(), 1, "without a base too: its rev is above the tombstone's");
        let merged = merge(Some(&base), if a == &edited { &base } else { a }, if b == &edited { &base } else { b }).notes;
        assert_eq!((merged.annotations.len(), merged.deleted.len()), (0, 1));
    }
    let merged = merge(None, &base, &deleted);
    assert_eq!((merged.notes.annotations.len(), merged.taken), (0, 1), "without a base: the version that was deleted stays deleted");
}

#[test]
fn without_a_base_another_version_of_the_same_rev_was_not_deleted() {
    let first = with(&one(), "a", &stamp(1), |a| a.note = "there".into());
    let second = with(&one(), "a", &stamp(2), |a| a.note = "here".into());
    assert_eq!(merge(None, &second, &without(&first, "a")).notes.annotations.len(), 1);
    assert_eq!(merge(None, &first, &without(&first, "a")).notes.annotations.len(), 0);
}

#[test]
fn an_undone_deletion_wins_over_the_deletion_that_was_saved() {
    let base = one();
    let mut ours = base.clone();
    let back = ours.apply(Edit::Remove("a".into()), &stamp(1)).expect("there");
    let saved = ours.clone();
    ours.apply(back, &stamp(2)).expect("gone");
    assert_eq!(merge(Some(&saved), &ours, &saved).notes.annotations.len(), 1);
    assert_eq!(merge(None, &saved, &ours).notes.annotations.len(), 1);
}

#[test]
fn an_undone_addition_takes_away_what_the_base_had_and_nothing_from_elsewhere() {
    let theirs = one();
    let mut ours = Notes { annotations: Vec::new(), ..one() };
    let before = ours.clone();
    let back = ours.apply(Edit::Add(Box::new(theirs.annotations[0].clone())), &stamp(1)).expect("new");
    let imported = ours.clone();
    ours.apply(back, &stamp(2)).expect("there");
    assert!(ours.deleted[0].undone && ours.annotations.is_empty());
    for base in [None, Some(&before), Some(&ours)] {
        for (a, b) in [(&ours, &theirs), (&theirs, &ours)] {
            let merged = merge(base, a, b).notes;
            assert_eq!((merged.annotations.len(), merged.deleted.len()), (1, 0), "{base:?}");
        }
    }
    let merged = merge(Some(&imported), &ours, &imported);
    assert_eq!((merged.notes.annotations.len(), merged.notes.deleted.len()), (0, 1), "the file had it, and its reader took it back");
}

#[test]
fn an_older_file_put_back_deletes_nothing() {
    let old = one();
    let base = sample::notes([on("a", "Ada Example"), on("b", "3 June")]);
    assert_eq!(merge(Some(&base), &base, &old).notes.annotations.len(), 2);
}

#[test]
fn of_two_statuses_and_colours_neither_vanishes() {
    let base = sample::notes([on("a", "Ada Example")]);
    let set = |status, color: &str| with(&base, "a", &stamp(1), |a| (a.status, a.color) = (Some(status), Some(color.to_owned())));
    let (ours, theirs) = (set(Status::Verified, "green"), set(Status::Disputed, "pink"));
    let merged = merge(Some(&base), &ours, &theirs).notes;
    let a = &merged.annotations[0];
    assert_eq!((a.status, a.color.as_deref()), (Some(Status::Disputed), Some("pink")));
    assert_eq!(a.note.split(SEPARATOR).collect::<Vec<_>>(), ["(another copy says: status verified)", "(another copy says: colour green)"]);
    assert_eq!((settled(&ours, &merged), settled(&merged, &merged)), (2, 0));
    assert_eq!(merge(Some(&base), &theirs, &ours).notes, merged, "whichever way round");
    assert_eq!(merge(None, &theirs, &ours).notes.annotations, merged.annotations, "without the base");
    assert_eq!(merge(Some(&base), &merged, &ours).notes.annotations[0].note, a.note, "once");
    // Of an older copy it is not known that somebody set anything in it: what nobody looked at there comes after a judgement.
    let older = with(&base, "a", &stamp(1), |a| a.status = Some(Status::Unchecked));
    let newer = with(&older, "a", &stamp(2), |a| a.status = Some(Status::Verified));
    assert_eq!(merge(None, &older, &newer).notes, newer);
}

#[test]
fn who_changed_it_is_a_set() {
    let base = sample::notes([on("a", "Ada Example")]);
    let by = |who: &str| with(&base, "a", &stamp(1), |a| a.changed_by(who));
    let merged = merge(Some(&base), &by("bo"), &by("cleo")).notes;
    assert_eq!(merged.annotations[0].contributors, ["bo", "cleo"]);
    assert_eq!(merged.annotations[0].whose("reader"), "reader, changed by bo, cleo");
    assert_eq!(base.annotations[0].whose("reader"), "");
}

#[test]
fn tags_are_sets() {
    let base = with(&one(), "a", &stamp(1), |a| a.tags = vec!["x".into(), "y".into()]);
    let ours = with(&base, "a", &stamp(2), |a| a.tags = vec!["x".into(), "claim".into()]);
    let theirs = with(&base, "a", &stamp(2), |a| a.tags = vec!["x".into(), "y".into(), "bridge".into()]);
    assert_eq!(merge(Some(&base), &ours, &theirs).notes.annotations[0].tags, ["x", "bridge", "claim"]);
}

#[test]
fn records_set_aside_stay_until_somebody_mends_them() {
    use super::super::model::RecordList;
    let broken = SetAside { list: RecordList::Annotations, record: serde_json::json!({"id": 7}) };
    let base = Notes { set_aside: vec![broken], ..one() };
    assert_eq!(merge(Some(&base), &base, &base).notes.set_aside.len(), 1);
    assert_eq!(merge(Some(&base), &base, &one()).notes.set_aside.len(), 0);
    assert_eq!(merge(None, &base, &one()).notes.set_aside.len(), 1);
}
