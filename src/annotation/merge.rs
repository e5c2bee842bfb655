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
//! - an edit beats a deletion; nothing counts as deleted without a tombstone, so an older file put back in place deletes nothing.

use std::fmt::Debug;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Annotation, Correction, Notes, Now, SetAside, Status, Tombstone, Unknown};

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

/// What `notes` deleted since the base. A tombstone that the base has too deletes nothing: what is alive was brought back since.
fn graves<'a>(notes: &'a Notes, base: Option<&Notes>) -> ById<'a, Tombstone> {
    let old: FxHashSet<&str> = base.map(|b| b.deleted.iter().map(|t| t.id.as_str()).collect()).unwrap_or_default();
    notes.deleted.iter().map(|t| (t.id.as_str(), t)).filter(|(id, _)| !old.contains(id)).collect()
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
        let Self { before, ours, theirs, clash: _ } = self;
        Annotation {
            id: ours.id.clone(),
            rev: ours.rev,
            modified: ours.modified.clone(),
            // Written once, so equal on both sides unless somebody edited the file by hand.
            created: ours.created.clone().min(theirs.created.clone()),
            creator: self.pick(|a| &a.creator),
            contributors: tags(before.map(|b| b.contributors.as_slice()), &ours.contributors, &theirs.contributors),
            anchor: self.pick(|a| &a.anchor),
            kind: self.pick(|a| &a.kind),
            motivation: self.pick(|a| &a.motivation),
            origin: self.pick(|a| &a.origin),
            tags: tags(before.map(|b| b.tags.as_slice()), &ours.tags, &theirs.tags),
            note: self.note(),
            color: self.pick(|a| &a.color),
            status: self.status(),
            now: self.now(),
            speaker: self.pick(|a| &a.speaker),
            figure: self.pick(|a| &a.figure),
            unknown: unknown(before.map(|b| &b.unknown), &ours.unknown, &theirs.unknown),
        }
    }

    /// The text, and below it what of the other side has no place elsewhere.
    fn note(&self) -> String {
        let Self { before, ours, theirs, clash } = self;
        let mut note = three(before.map(|b| &b.note), &ours.note, &theirs.note, |a, b| match clash {
            Clash::Ours => a.clone(),
            Clash::Settle => both_texts(a, b),
        });
        for line in self.lost_status().into_iter().chain(self.lost_color()) {
            note = with_part(&note, &line);
        }
        note
    }

    fn status(&self) -> Option<Status> {
        three(self.before.map(|b| &b.status), &self.ours.status, &self.theirs.status, |a, b| match self.clash {
            Clash::Ours => *a,
            Clash::Settle if self.doubt(*a) >= self.doubt(*b) => *a,
            Clash::Settle => *b,
        })
    }

    /// Whether both sides are known to have changed what differs. Without a base, of two revs one may simply be the older.
    fn both_changed(&self) -> bool {
        self.before.is_some() || self.ours.rev == self.theirs.rev
    }

    /// How much a status doubts. One that nobody looked at is an opinion only where somebody made it that.
    fn doubt(&self, status: Option<Status>) -> u8 {
        match status {
            None => 0,
            Some(Status::Unchecked) if !self.both_changed() => 1,
            Some(Status::Verified) => 2,
            Some(Status::Unchecked) => 3,
            Some(Status::NeedsSource) => 4,
            Some(Status::Disputed) => 5,
        }
    }

    fn lost_status(&self) -> Option<String> {
        let kept = self.status();
        let lost = self.lost(|a| &a.status, &kept)?;
        (self.doubt(Some(lost)) > 1).then(|| format!("{OTHER_STATUS}{})", lost.name()))
    }

    fn lost_color(&self) -> Option<String> {
        let kept = self.pick(|a| &a.color);
        self.lost(|a| &a.color, &kept).filter(|_| self.both_changed()).map(|lost| format!("{OTHER_COLOR}{lost})"))
    }

    /// Of a value that both sides changed, what did not stay.
    fn lost<T: Clone + PartialEq>(&self, of: fn(&Annotation) -> &Option<T>, kept: &Option<T>) -> Option<T> {
        let (before, ours, theirs) = (self.before.map(of), of(self.ours), of(self.theirs));
        let clash = self.clash == Clash::Settle && ours != theirs && before != Some(ours) && before != Some(theirs);
        [ours, theirs].into_iter().find(|v| clash && *v != kept)?.clone()
    }

    fn pick<T: Clone + PartialEq + Debug>(&self, of: fn(&Annotation) -> &T) -> T {
        three(self.before.map(of), of(self.ours), of(self.theirs), |a, b| if self.ours_wins(a, b) { a.clone() } else { b.clone() })
    }

    /// Which of two single values stays, when both sides changed it.
    fn ours_wins<T: Debug>(&self, a: &T, b: &T) -> bool {
        let (ours, theirs) = (self.ours.rev, self.theirs.rev);
        self.clash == Clash::Ours || ours > theirs || (ours == theirs && format!("{a:?}") >= format!("{b:?}"))
    }

    /// The place, as one value; where it was last seen goes with it.
    fn now(&self) -> Now {
        let place = |a: &Annotation| (a.now.state, a.now.range);
        let (before, ours, theirs) = (self.before.map(place), place(self.ours), place(self.theirs));
        let (state, range) = three(before.as_ref(), &ours, &theirs, |a, b| if self.ours_wins(a, b) { *a } else { *b });
        let last = match (ours == (state, range), theirs == (state, range)) {
            (true, false) => self.ours.now.last.clone(),
            (false, _) => self.theirs.now.last.clone(),
            (true, true) => self.pick(|a| &a.now.last),
        };
        let unknown = unknown(self.before.map(|b| &b.now.unknown), &self.ours.now.unknown, &self.theirs.now.unknown);
        Now { state, range, last, unknown }
    }
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

/// Begins the line under a note that keeps the status that another copy has.
const OTHER_STATUS: &str = "(another copy says: status ";

/// Begins the line under a note that keeps the colour that another copy has.
const OTHER_COLOR: &str = "(another copy says: colour ";

/// The note with one more part, once.
fn with_part(note: &str, part: &str) -> String {
    match note {
        "" => part.to_owned(),
        note if note.split(SEPARATOR).any(|p| p == part) => note.to_owned(),
        note => format!("{note}{SEPARATOR}{part}"),
    }
}

fn is_settled(part: &&str) -> bool {
    part.starts_with(OTHER_STATUS) || part.starts_with(OTHER_COLOR)
}

/// How many statuses and colours of `after` were set differently in another copy, so that one of the two was written under the note, since
/// `before`.
#[must_use]
pub fn settled(before: &Notes, after: &Notes) -> usize {
    let count = |note: &str| note.split(SEPARATOR).filter(is_settled).count();
    let mut old: Option<ById<'_, Annotation>> = None;
    let mut sum = 0;
    for a in after.annotations.iter().filter(|a| a.note.contains(OTHER_STATUS) || a.note.contains(OTHER_COLOR)) {
        let old = old.get_or_insert_with(|| by_id(&before.annotations));
        sum += count(&a.note).saturating_sub(old.get(a.id.as_str()).map_or(0, |was| count(&was.note)));
    }
    sum
}

/// How many texts the note of an annotation holds that were written at the same time.
#[must_use]
pub fn texts(note: &str) -> usize {
    note.split(SEPARATOR).filter(|part| !is_settled(part)).count()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::sample::{self, deeds, on, perform, stamp};
    use super::super::{Edit, Stamp};
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
        assert_eq!(
            a.note.split(SEPARATOR).collect::<Vec<_>>(),
            ["(another copy says: status verified)", "(another copy says: colour green)"]
        );
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
}
