//! Two copies of one article's notes become one, and nothing of either is lost.
//!
//! By identifier, `rev` and the common base, never by the clock: clocks of two machines differ, and the later save is not the better one.
//! The rules:
//! - what only one side changed since the base is as that side has it;
//! - tags are sets: added by either, or removed by either;
//! - a note that both changed keeps both texts, with [`SEPARATOR`] between;
//! - of a single value that both changed (speaker, kind) the side with the higher `rev` wins, else the greater value: both sides then come
//!   to the same result;
//! - of two statuses that of more doubt stays, so that what somebody disputes is never shown as verified; the other status, and the other
//!   of two colours, is written under the note ([`settled`] counts these);
//! - an edit beats a deletion; nothing counts as deleted without a tombstone, so an older file put back in place deletes nothing;
//! - the tombstone of an undone addition takes away only what the common base had: what was imported and undone on one side stays on the
//!   other.

mod fields;
mod note;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Annotation, Correction, Notes, SetAside, Tombstone, Unknown};
use fields::{Clash, Fields, three};
pub use note::{SEPARATOR, settled, texts};

/// What a merge gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The notes of both sides.
    pub notes: Notes,
    /// How many annotations and corrections are not as `ours` had them: new, changed or deleted by the other side.
    pub taken: usize,
}

/// Merges two copies. `base` is the last state that both had; `None` when that is not known.
///
/// # Examples
/// ```
/// use pullquote::annotation::{Notes, merge};
/// let notes = Notes { id: "urn:uuid:1".into(), ..Notes::default() };
/// assert_eq!(merge(None, &notes, &notes).notes, notes);
/// ```
#[must_use]
pub fn merge(base: Option<&Notes>, ours: &Notes, theirs: &Notes) -> Merged {
    let (annotations, mut taken) = annotations(base, ours, theirs);
    let (corrections, more) = corrections(base, ours, theirs);
    taken += more;
    let alive: FxHashSet<&str> = annotations.iter().map(|a| a.id.as_str()).chain(corrections.iter().map(|c| c.id.as_str())).collect();
    let deleted = tombstones(&alive, ours, theirs);
    let unknown = |of: fn(&Notes) -> &Unknown| unknown(base.map(of), of(ours), of(theirs));
    let id = match (ours.id.as_str(), theirs.id.as_str()) {
        ("", id) | (id, "") => id,
        (a, b) => three(base.map(|b| b.id.as_str()).as_ref(), &a, &b, |a, b| a.min(b)),
    };
    let notes = Notes {
        id: id.into(),
        annotations,
        corrections,
        deleted,
        unknown: unknown(|n| &n.unknown),
        unknown_source: unknown(|n| &n.unknown_source),
        unknown_generator: unknown(|n| &n.unknown_generator),
        set_aside: set_aside(base, ours, theirs),
    };
    Merged { notes, taken }
}

type ById<'a, T> = FxHashMap<&'a str, &'a T>;

fn by_id(annotations: &[Annotation]) -> ById<'_, Annotation> {
    annotations.iter().map(|a| (a.id.as_str(), a)).collect()
}

/// What `notes` deleted since the base. A tombstone that the base has too deletes nothing: what is alive was brought back since. Nor does
/// one of an addition that was taken back, unless the base had what was added: what the other side has came there from elsewhere, and
/// nobody decided against it.
fn graves<'a>(notes: &'a Notes, base: Option<&Notes>) -> ById<'a, Tombstone> {
    let old: FxHashSet<&str> = base.map(|b| b.deleted.iter().map(|t| t.id.as_str()).collect()).unwrap_or_default();
    let annotations = base.into_iter().flat_map(|b| b.annotations.iter().map(|a| a.id.as_str()));
    let corrections = base.into_iter().flat_map(|b| b.corrections.iter().map(|c| c.id.as_str()));
    let had: FxHashSet<&str> = annotations.chain(corrections).collect();
    let deletes = |t: &&Tombstone| !old.contains(t.id.as_str()) && (!t.undone || had.contains(t.id.as_str()));
    notes.deleted.iter().filter(deletes).map(|t| (t.id.as_str(), t)).collect()
}

fn annotations(base: Option<&Notes>, ours: &Notes, theirs: &Notes) -> (Vec<Annotation>, usize) {
    let old = base.map(|b| by_id(&b.annotations)).unwrap_or_default();
    let (mine, other) = (by_id(&ours.annotations), by_id(&theirs.annotations));
    let (my_graves, other_graves) = (graves(ours, base), graves(theirs, base));
    let mut out = Vec::with_capacity(ours.annotations.len().max(theirs.annotations.len()));
    let mut taken = 0;
    for a in &ours.annotations {
        let id = a.id.as_str();
        let before = old.get(id).copied();
        match (other.get(id), other_graves.get(id)) {
            (Some(b), _) => {
                let both = annotation(before, a, b);
                taken += usize::from(!both.same_content(a));
                out.push(both);
            }
            (None, Some(grave)) if !outlives(a, before, grave) => taken += 1,
            (None, _) => out.push(a.clone()),
        }
    }
    for b in theirs.annotations.iter().filter(|b| !mine.contains_key(b.id.as_str())) {
        let keep = my_graves.get(b.id.as_str()).is_none_or(|grave| outlives(b, old.get(b.id.as_str()).copied(), grave));
        if keep {
            taken += 1;
            out.push(b.clone());
        }
    }
    out.sort_by(|a, b| a.order().cmp(&b.order()));
    (out, taken)
}

/// Whether an annotation that the other side deleted stays: it was edited since the state that both had.
fn outlives(a: &Annotation, before: Option<&Annotation>, grave: &Tombstone) -> bool {
    if let Some(before) = before {
        return !a.same_content(before);
    }
    match grave.rev {
        Some(rev) if a.rev == rev => grave.modified.as_ref().is_some_and(|m| *m != a.modified),
        Some(rev) => a.rev > rev,
        None => a.rev > 1, // rev 1 was never edited: there is no edit to save
    }
}

/// One annotation that both sides have.
fn annotation(before: Option<&Annotation>, ours: &Annotation, theirs: &Annotation) -> Annotation {
    if ours.same_content(theirs) {
        return if (ours.rev, &ours.modified) >= (theirs.rev, &theirs.modified) { ours.clone() } else { theirs.clone() };
    }
    // Rev 1 is what an annotation was made as: whatever the other side has comes after it.
    let before = before.or(match (ours.rev, theirs.rev) {
        (1, 2..) => Some(ours),
        (2.., 1) => Some(theirs),
        _ => None,
    });
    let mut both = Fields { before, ours, theirs, clash: Clash::Settle }.merge();
    both.rev = ours.rev.max(theirs.rev);
    let made_anew = !both.same_content(ours) && !both.same_content(theirs);
    if made_anew {
        both.rev += 1;
        both.modified = ours.modified.clone().max(theirs.modified.clone());
    } else {
        both.modified.clone_from(if both.same_content(ours) { &ours.modified } else { &theirs.modified });
    }
    both
}

/// `current` with the change from `from` to `to` made in it; what differs between `from` and `current` otherwise stays.
pub(super) fn carry(from: &Annotation, to: &Annotation, current: &Annotation) -> Annotation {
    Fields { before: Some(from), ours: to, theirs: current, clash: Clash::Ours }.merge()
}

fn corrections(base: Option<&Notes>, ours: &Notes, theirs: &Notes) -> (Vec<Correction>, usize) {
    fn by_id(notes: &Notes) -> ById<'_, Correction> {
        notes.corrections.iter().map(|c| (c.id.as_str(), c)).collect()
    }
    let old = base.map(by_id).unwrap_or_default();
    let (mine, other) = (by_id(ours), by_id(theirs));
    let (my_graves, other_graves) = (graves(ours, base), graves(theirs, base));
    // An edit beats a deletion; what is as it was in the base was not edited.
    let outlives = |c: &Correction| old.get(c.id.as_str()).is_some_and(|before| *before != c);
    let mut taken = 0;
    let mut out = Vec::new();
    for a in &ours.corrections {
        let id = a.id.as_str();
        match other.get(id) {
            Some(b) => {
                let greater =
                    |a: &Correction, b: &Correction| if (&a.to, &a.modified) >= (&b.to, &b.modified) { a.clone() } else { b.clone() };
                let both = three(old.get(id).copied(), a, *b, greater);
                taken += usize::from(both != *a);
                out.push(both);
            }
            None if other_graves.contains_key(id) && !outlives(a) => taken += 1,
            None => out.push(a.clone()),
        }
    }
    for b in theirs.corrections.iter().filter(|b| !mine.contains_key(b.id.as_str())) {
        if !my_graves.contains_key(b.id.as_str()) || outlives(b) {
            taken += 1;
            out.push(b.clone());
        }
    }
    out.sort_by(|a, b| a.order().cmp(&b.order()));
    (out, taken)
}

/// The tombstones of both sides, but for what is alive.
fn tombstones(alive: &FxHashSet<&str>, ours: &Notes, theirs: &Notes) -> Vec<Tombstone> {
    let mut all: Vec<&Tombstone> = ours.deleted.iter().chain(&theirs.deleted).filter(|t| !alive.contains(t.id.as_str())).collect();
    // Of two for one id, the one of the later version; a deletion tells more than an undoing.
    let key = |t: &Tombstone| (t.rev, !t.undone, t.deleted.clone(), t.modified.clone(), format!("{:?}", t.unknown));
    all.sort_by(|a, b| a.id.cmp(&b.id).then_with(|| key(b).cmp(&key(a))));
    all.dedup_by(|b, a| a.id == b.id);
    all.into_iter().cloned().collect()
}

/// Unknown fields, key by key.
fn unknown(before: Option<&Unknown>, ours: &Unknown, theirs: &Unknown) -> Unknown {
    if ours == theirs {
        return ours.clone();
    }
    let mut out = Unknown::new();
    for key in ours.keys().chain(theirs.keys().filter(|k| !ours.contains_key(*k))) {
        let (a, b) = (ours.get(key), theirs.get(key));
        let before = before.map(|m| m.get(key));
        let value = match (a, b) {
            // Without a base, what one side has and the other has not was added.
            (Some(v), None) | (None, Some(v)) if before.is_none() => Some(v),
            _ => three(before.as_ref(), &a, &b, |a, b| if a.map(ToString::to_string) >= b.map(ToString::to_string) { *a } else { *b }),
        };
        if let Some(value) = value {
            out.insert(key.clone(), value.clone());
        }
    }
    out
}

/// Records set aside: a set. One that was in the base and is gone on a side was mended or taken out there.
fn set_aside(base: Option<&Notes>, ours: &Notes, theirs: &Notes) -> Vec<SetAside> {
    if ours.set_aside == theirs.set_aside {
        return ours.set_aside.clone();
    }
    let key = |s: &SetAside| format!("{:?} {}", s.list, s.record);
    let keys = |notes: &Notes| notes.set_aside.iter().map(key).collect::<FxHashSet<_>>();
    let (mine, other, old) = (keys(ours), keys(theirs), base.map(keys).unwrap_or_default());
    let mut seen = FxHashSet::default();
    let all = ours.set_aside.iter().chain(&theirs.set_aside);
    all.filter(|s| {
        let key = key(s);
        let dropped = old.contains(&key) && !(mine.contains(&key) && other.contains(&key));
        !dropped && seen.insert(key)
    })
    .cloned()
    .collect()
}
