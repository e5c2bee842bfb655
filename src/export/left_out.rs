//! What a format has no place for, counted, so that the reader can be told.

use std::collections::BTreeMap;

use crate::annotation::{AnchorState, Annotation, Notes};

/// Something that a format may have no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// Notes.
    Note,
    /// Tags.
    Tag,
    /// Claim statuses.
    Status,
    /// Colours.
    Color,
    /// Speakers.
    Speaker,
    /// Values of figures.
    Figure,
    /// Names of those who made the annotations.
    Creator,
    /// Names of those who changed annotations of others.
    Contributor,
    /// Times.
    Date,
    /// Annotations on the article as a whole.
    Page,
    /// Annotations whose words are no longer in the article.
    Orphan,
    /// The first wording of words that changed: only today's go out.
    Wording,
    /// That the words of an orphan are gone.
    Gone,
    /// How a tag is spelt: it goes out with other letters.
    Spelling,
    /// Annotations that overlap another one.
    Overlap,
    /// The reader's corrections of findings.
    Correction,
}

impl Detail {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Note => ("note", "notes"),
            Self::Tag => ("tag", "tags"),
            Self::Status => ("status", "statuses"),
            Self::Color => ("colour", "colours"),
            Self::Speaker => ("speaker", "speakers"),
            Self::Figure => ("figure's value", "figures' values"),
            Self::Creator => ("creator", "creators"),
            Self::Contributor => ("name of who changed a note", "names of who changed a note"),
            Self::Date => ("date", "dates"),
            Self::Page => ("note on the page", "notes on the page"),
            Self::Orphan => ("orphan", "orphans"),
            Self::Wording => ("first wording of a changed note", "first wordings of changed notes"),
            Self::Gone => ("sign that an orphan's words are gone", "signs that orphans' words are gone"),
            Self::Spelling => ("tag's spelling", "tags' spelling"),
            Self::Overlap => ("overlapping annotation", "overlapping annotations"),
            Self::Correction => ("correction", "corrections"),
        }
    }

    /// How many of these an annotation has.
    fn count(self, a: &Annotation) -> usize {
        match self {
            Self::Note => usize::from(!a.note.is_empty()),
            Self::Tag => a.tags.len(),
            Self::Status => usize::from(a.status.is_some()),
            Self::Color => usize::from(a.color.is_some()),
            Self::Speaker => usize::from(a.speaker.is_some()),
            Self::Figure => usize::from(a.figure.is_some()),
            Self::Creator => usize::from(!a.creator.is_empty()),
            Self::Contributor => a.contributors.iter().filter(|c| **c != a.creator).count(),
            Self::Date => usize::from(!a.created.is_empty()),
            Self::Wording => usize::from(a.now.state == AnchorState::Changed && a.now.range.is_some()),
            Self::Gone => usize::from(a.now.state == AnchorState::Orphan),
            Self::Spelling | Self::Page | Self::Orphan | Self::Overlap | Self::Correction => 0,
        }
    }
}

/// How much of what was left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeMap<Detail, usize>);

impl LeftOut {
    /// Counts `n` of them.
    pub fn many(&mut self, detail: Detail, n: usize) {
        *self.0.entry(detail).or_default() += n;
    }

    /// Counts what annotations have of these details.
    pub fn details<'a>(&mut self, details: &[Detail], annotations: impl IntoIterator<Item = &'a Annotation>) {
        for a in annotations {
            for &detail in details {
                self.many(detail, detail.count(a));
            }
        }
    }

    /// Counts the tags that `written` makes other ones of.
    pub fn spellings<'a>(&mut self, annotations: impl IntoIterator<Item = &'a Annotation>, written: impl Fn(&str) -> String) {
        let tags = annotations.into_iter().flat_map(|a| &a.tags);
        self.many(Detail::Spelling, tags.filter(|tag| written(tag) != **tag).count());
    }

    /// Counts the corrections of findings.
    pub fn corrections(&mut self, notes: &Notes) {
        self.many(Detail::Correction, notes.corrections.len());
    }

    /// "3 notes, 1 speaker", most telling first; `None` when nothing was left out.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        let counted = self.0.iter().filter(|(_, n)| **n > 0).map(|(detail, n)| {
            let (one, many) = detail.words();
            format!("{n} {}", if *n == 1 { one } else { many })
        });
        let all: Vec<String> = counted.collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn what_is_left_out_is_counted_in_words() {
        let mut left = LeftOut::default();
        assert_eq!(left.words(), None);
        let mut a = sample::on("a", "3 June");
        a.tags = vec!["x".into(), "y".into()];
        left.details(&[Detail::Tag, Detail::Note], [&a]);
        left.many(Detail::Overlap, 1);
        assert_eq!(left.words().as_deref(), Some("2 tags, 1 overlapping annotation"));
    }
}
