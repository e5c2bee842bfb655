//! One annotation, field by field.

use std::fmt::Debug;

use super::note::{OTHER_COLOR, OTHER_STATUS, both_texts, with_part};
use super::unknown;
use crate::annotation::model::{Annotation, Now, Status};

/// What happens to a value that both sides changed.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Clash {
    /// Both texts are kept, of single values one, whichever side is "ours".
    Settle,
    /// Ours wins.
    Ours,
}

pub(super) struct Fields<'a> {
    pub(super) before: Option<&'a Annotation>,
    pub(super) ours: &'a Annotation,
    pub(super) theirs: &'a Annotation,
    pub(super) clash: Clash,
}

impl Fields<'_> {
    pub(super) fn merge(&self) -> Annotation {
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
pub(super) fn three<T: PartialEq + Clone>(before: Option<&T>, ours: &T, theirs: &T, clash: impl FnOnce(&T, &T) -> T) -> T {
    match before {
        _ if ours == theirs => ours.clone(),
        Some(before) if before == ours => theirs.clone(),
        Some(before) if before == theirs => ours.clone(),
        _ => clash(ours, theirs),
    }
}

/// Tags as sets. The order is that of the base, then what was added, in the order of the alphabet where both added.
pub(super) fn tags(before: Option<&[String]>, ours: &[String], theirs: &[String]) -> Vec<String> {
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
