//! Two copies of one article's notes become one, and nothing of either is lost.
//!
//! By identifier, `rev` and the common base, never by the clock: clocks of two machines differ, and the later save is not the better one.
//! The rules:
//! - what only one side changed since the base is as that side has it;
//! - tags are sets: added by either, or removed by either;
//! - a note that both changed keeps both texts, with [`SEPARATOR`] between;
//! - of a single value that both changed (colour, status, speaker) the side with the higher `rev` wins, else the greater value: both sides
//!   then come to the same result;
//! - an edit beats a deletion; nothing counts as deleted without a tombstone, so an older file put back in place deletes nothing.

use std::fmt::Debug;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Annotation, Correction, Notes, Now, SetAside, Tombstone, Unknown};

/// Stands between the two texts of a note that was changed on both sides.
pub const SEPARATOR: &str = "\n\n――― also, written at the same time: ―――\n\n";

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

fn graves(notes: &Notes) -> ById<'_, Tombstone> {
    notes.deleted.iter().map(|t| (t.id.as_str(), t)).collect()
}

fn annotations(base: Option<&Notes>, ours: &Notes, theirs: &Notes) -> (Vec<Annotation>, usize) {
    let old = base.map(|b| by_id(&b.annotations)).unwrap_or_default();
    let (mine, other) = (by_id(&ours.annotations), by_id(&theirs.annotations));
    let (my_graves, other_graves) = (graves(ours), graves(theirs));
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
        return if ours.rev >= theirs.rev { ours.clone() } else { theirs.clone() };
    }
    // Rev 1 is what an annotation was made as: whatever the other side has comes after it.
    let before = before.or_else(|| match (ours.rev, theirs.rev) {
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

/// What happens to a value that both sides changed.
#[derive(Clone, Copy, PartialEq)]
enum Clash {
    /// Both texts are kept, of single values one, whichever side is "ours".
    Settle,
    /// Ours wins.
    Ours,
}

struct Fields<'a> {
    before: Option<&'a Annotation>,
    ours: &'a Annotation,
    theirs: &'a Annotation,
    clash: Clash,
}

impl Fields<'_> {
    fn merge(&self) -> Annotation {
        let Self { before, ours, theirs, clash } = self;
        Annotation {
            id: ours.id.clone(),
            rev: ours.rev,
            modified: ours.modified.clone(),
            // Written once, so equal on both sides unless somebody edited the file by hand.
            created: ours.created.clone().min(theirs.created.clone()),
            creator: self.pick(|a| &a.creator),
            anchor: self.pick(|a| &a.anchor),
            kind: self.pick(|a| &a.kind),
            motivation: self.pick(|a| &a.motivation),
            origin: self.pick(|a| &a.origin),
            tags: tags(before.map(|b| b.tags.as_slice()), &ours.tags, &theirs.tags),
            note: three(before.map(|b| &b.note), &ours.note, &theirs.note, |a, b| match clash {
                Clash::Ours => a.clone(),
                Clash::Settle => both_texts(a, b),
            }),
            color: self.pick(|a| &a.color),
            status: self.pick(|a| &a.status),
            now: self.now(),
            speaker: self.pick(|a| &a.speaker),
            figure: self.pick(|a| &a.figure),
            unknown: unknown(before.map(|b| &b.unknown), &ours.unknown, &theirs.unknown),
        }
    }

    fn pick<T: Clone + PartialEq + Debug>(&self, of: fn(&Annotation) -> &T) -> T {
        let (ours, theirs) = (self.ours.rev, self.theirs.rev);
        three(self.before.map(of), of(self.ours), of(self.theirs), |a, b| {
            let mine = self.clash == Clash::Ours || ours > theirs || (ours == theirs && format!("{a:?}") >= format!("{b:?}"));
            if mine { a.clone() } else { b.clone() }
        })
    }

    /// The place: by state and range; where it was last seen goes with it.
    fn now(&self) -> Now {
        let place = |a: &Annotation| (a.now.state, a.now.range);
        let (before, ours, theirs) = (self.before.map(place), place(self.ours), place(self.theirs));
        if ours == theirs {
            return self.pick(|a| &a.now);
        }
        let chosen = three(before.as_ref(), &ours, &theirs, |_, _| place_of(&self.pick(|a| &a.now)));
        if chosen == ours { self.ours.now.clone() } else { self.theirs.now.clone() }
    }
}

fn place_of(now: &Now) -> (super::model::AnchorState, Option<crate::text::TextRange>) {
    (now.state, now.range)
}

/// The value that one side changed; `clash` where both did.
fn three<T: PartialEq + Clone>(before: Option<&T>, ours: &T, theirs: &T, clash: impl FnOnce(&T, &T) -> T) -> T {
    match before {
        _ if ours == theirs => ours.clone(),
        Some(before) if before == ours => theirs.clone(),
        Some(before) if before == theirs => ours.clone(),
        _ => clash(ours, theirs),
    }
}

/// Tags as sets. The order is that of the base, then what was added, in the order of the alphabet where both added.
fn tags(before: Option<&[String]>, ours: &[String], theirs: &[String]) -> Vec<String> {
    let before = before.unwrap_or_default();
    if ours == theirs || before == theirs {
        return ours.to_vec();
    }
    if before == ours {
        return theirs.to_vec();
    }
    let mut out: Vec<String> = before.iter().filter(|t| ours.contains(t) && theirs.contains(t)).cloned().collect();
    let mut added: Vec<&String> = ours.iter().chain(theirs).filter(|t| !before.contains(t)).collect();
    added.sort();
    added.dedup();
    out.extend(added.into_iter().cloned());
    out
}

/// Both texts of a note. A text that the other holds already is not repeated, so that merging again changes nothing.
fn both_texts(ours: &str, theirs: &str) -> String {
    let (first, second) = if ours <= theirs { (ours, theirs) } else { (theirs, ours) };
    let mut parts: Vec<&str> = Vec::new();
    for part in first.split(SEPARATOR).chain(second.split(SEPARATOR)) {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.join(SEPARATOR)
}

fn corrections(base: Option<&Notes>, ours: &Notes, theirs: &Notes) -> (Vec<Correction>, usize) {
    let find = |notes: &Notes, id: &str| notes.correction(id).cloned();
    let mut taken = 0;
    let mut out = Vec::new();
    for a in &ours.corrections {
        let before = base.and_then(|b| find(b, &a.id));
        let buried = theirs.deleted.iter().any(|t| t.id == a.id);
        match find(theirs, &a.id) {
            Some(b) => {
                let both =
                    three(before.as_ref(), a, &b, |a, b| if (&a.to, &a.modified) >= (&b.to, &b.modified) { a.clone() } else { b.clone() });
                taken += usize::from(both != *a);
                out.push(both);
            }
            None if buried && before.as_ref().is_none_or(|b| b == a) => taken += 1,
            None => out.push(a.clone()),
        }
    }
    for b in theirs.corrections.iter().filter(|b| ours.correction(&b.id).is_none()) {
        let buried = ours.deleted.iter().any(|t| t.id == b.id);
        if !buried || base.and_then(|old| find(old, &b.id)).is_some_and(|before| before != *b) {
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
    // Of two for one id, the one of the later version.
    let key = |t: &Tombstone| (t.rev, t.deleted.clone(), t.modified.clone(), format!("{:?}", t.unknown));
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
