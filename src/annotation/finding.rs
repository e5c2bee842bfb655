//! Annotations made of what analysis found: a kept quotation has its speaker, a kept figure its value.

use serde_json::json;

use super::model::{Anchor, Annotation, AnnotationKind, NotedFigure, NotedSpeaker, Now, Origin, Stamp};
use crate::analysis::Findings;
use crate::text::{CodePoints, TextRange};

/// What a new annotation is on. Numbers are indices into the lists of [`Findings`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// A quotation.
    Quote(usize),
    /// A figure.
    Figure(usize),
    /// A person, at one mention.
    Person(usize, TextRange),
    /// Words of the reader's choice.
    Passage(TextRange),
}

impl Finding {
    /// Its words; `None` when there is no such finding.
    #[must_use]
    pub fn range(self, found: &Findings) -> Option<TextRange> {
        match self {
            Self::Quote(i) => found.quotes.get(i).map(|q| q.range),
            Self::Figure(i) => found.figures.get(i).map(|f| f.range),
            Self::Person(_, range) | Self::Passage(range) => Some(range),
        }
    }

    /// The annotation that keeps it, in `text` with its code points `map`, under the identifier `id`. `None` when there is no such finding.
    #[must_use]
    pub fn annotation(self, found: &Findings, text: &str, map: &CodePoints, id: String, stamp: &Stamp) -> Option<Annotation> {
        let range = self.range(found)?;
        let (kind, motivation, color) = match self {
            Self::Quote(_) => (AnnotationKind::Quote, "highlighting", "yellow"),
            Self::Figure(_) => (AnnotationKind::Figure, "classifying", "green"),
            Self::Person(..) => (AnnotationKind::Person, "identifying", "blue"),
            Self::Passage(_) => (AnnotationKind::Passage, "highlighting", "yellow"),
        };
        let origin = if matches!(self, Self::Passage(_)) { Origin::Manual } else { Origin::Accepted };
        let mut new = Annotation::new(id, kind, origin, Anchor::of(text, map, range), Now::attached(range), stamp);
        new.motivation = motivation.into();
        new.color = Some(color.into());
        match self {
            Self::Quote(i) => {
                let quote = found.quotes.get(i)?;
                new.speaker = quote.speaker.as_ref().map(|s| NotedSpeaker {
                    name: s.name.to_string(),
                    cue: quote.cue.map(|c| c.of(text).into()),
                    ..NotedSpeaker::default()
                });
            }
            Self::Figure(i) => new.figure = found.figures.get(i).map(NotedFigure::of),
            Self::Person(i, _) => {
                new.unknown.insert("person".into(), json!({ "name": found.people.get(i)?.name }));
            }
            Self::Passage(_) => {}
        }
        Some(new)
    }
}
