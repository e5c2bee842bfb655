//! Notes for tests: small ones by hand, many by chance.

use proptest::prelude::*;
use serde_json::json;

use super::model::{
    Anchor, Annotation, AnnotationKind, COLORS, Correction, NotedFigure, NotedSpeaker, Notes, Now, Origin, Stamp, Status, Unknown,
};
use super::{Edit, History};
use crate::text::{CodePoints, TextRange};

/// An invented article, with letters of one to four bytes.
pub(crate) const TEXT: &str = "Mayor says bridge “will open in May” 🌉\n\nAda Example told the council that the bridge would cost 40 per cent \
more than planned. “We are late,” she said, “but not lost.” Bo Sample, an engineer from Åby, disagreed: “It will not open in May.”\n\n\
The council votes on 3 June. Until then the bridge stays closed, said Example.\n";

pub(crate) fn stamp(n: u64) -> Stamp {
    Stamp { now: format!("2026-01-02T03:{:02}:{:02}Z", n / 60 % 60, n % 60), creator: "reader".into() }
}

/// The range of the first `words` in [`TEXT`].
pub(crate) fn range(words: &str) -> TextRange {
    let at = TEXT.find(words).expect("the words are in the text");
    TextRange::new(at, at + words.len())
}

/// An annotation of [`TEXT`] on `words`.
pub(crate) fn on(id: &str, words: &str) -> Annotation {
    let anchor = Anchor::of(TEXT, &CodePoints::new(TEXT), range(words));
    Annotation::new(id.into(), AnnotationKind::Passage, Origin::Manual, anchor, Now::attached(range(words)), &stamp(0))
}

/// Notes that hold these, in order.
pub(crate) fn notes(annotations: impl IntoIterator<Item = Annotation>) -> Notes {
    let mut notes = Notes { id: "urn:uuid:notes".into(), ..Notes::default() };
    for annotation in annotations {
        notes.apply(Edit::Add(Box::new(annotation)), &stamp(0)).expect("ids differ");
    }
    notes
}

const WORDS: [&str; 6] = ["“will open in May”", "Ada Example", "40 per cent", "“We are late,” she said, “but not lost.”", "Åby", "3 June"];

fn annotation(id: String) -> impl Strategy<Value = Annotation> {
    let extras = (any::<bool>(), 0..4_u8, prop::option::of(0..4_usize), prop::option::of(0..6_usize));
    (0..WORDS.len(), prop::collection::vec("[a-d]|später|#", 0..3), "(|ein|zwei|new\nline|\"quoted\\ 😀)", extras).prop_map(
        move |(words, tags, note, (rich, kind, status, color))| {
            let mut a = on(&id, WORDS[words]);
            for tag in tags {
                if !a.tags.contains(&tag) {
                    a.tags.push(tag);
                }
            }
            a.note = note;
            a.status = status.map(|s| Status::ALL[s]);
            a.color = color.map(|c| COLORS[c].to_owned());
            a.kind = AnnotationKind::ALL[usize::from(kind)];
            if rich {
                a.origin = Origin::Accepted;
                a.speaker = Some(NotedSpeaker { name: "Ada Example".into(), cue: Some("said".into()), unknown: unknown("role") });
                a.figure = Some(NotedFigure {
                    value: Some(40.0),
                    low: Some(0.1),
                    high: None,
                    bound: Some("about".into()),
                    unit: Some("percent".into()),
                    unknown: unknown("kind"),
                });
                a.unknown = unknown("person");
                a.anchor.unknown = unknown("selector");
                a.now.unknown = unknown("score");
            }
            a
        },
    )
}

fn unknown(key: &str) -> Unknown {
    let mut map = Unknown::new();
    map.insert(key.into(), json!({"deep": [1, 2.5, null, "x"], "n": 0.1}));
    map
}

/// Notes of up to six annotations and two corrections; all of rev 1.
pub(crate) fn any_notes() -> impl Strategy<Value = Notes> {
    let annotations = prop::collection::vec(any::<prop::sample::Index>(), 0..6)
        .prop_flat_map(|picks| (0..picks.len()).map(|i| annotation(format!("urn:uuid:{i}"))).collect::<Vec<_>>());
    (annotations, 0..3_usize, any::<bool>()).prop_map(|(annotations, corrections, strange)| {
        let mut notes = notes(annotations);
        for i in 0..corrections {
            let edit = Edit::AddCorrection(Box::new(correction(&format!("urn:uuid:c{i}"), "Bo Sample")));
            notes.apply(edit, &stamp(1)).expect("ids differ");
        }
        if strange {
            notes.unknown = unknown("extension");
            notes.unknown_source = unknown("archive");
            notes.unknown_generator = unknown("host");
        }
        notes
    })
}

pub(crate) fn correction(id: &str, to: &str) -> Correction {
    let anchor = Anchor { start: 3, end: 7, exact: "or s".into(), ..Anchor::default() };
    Correction { id: id.into(), modified: stamp(1).now, what: "speaker".into(), anchor, to: to.into(), unknown: Unknown::new() }
}

/// Something a reader does, to the annotation at an index (if there is one).
#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Add(Box<Annotation>),
    Remove(usize),
    Note(usize, String),
    Tag(usize, String),
    Untag(usize),
    Color(usize, usize),
    Span(usize, usize),
    Correct(usize, String),
    Uncorrect(usize),
    Undo,
    Redo,
}

/// What a reader called `who` may do: the ids and texts that are made carry the name, so two readers' deeds can be told apart.
pub(crate) fn deeds(who: &'static str) -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        (0..1_000_000_u32).prop_flat_map(move |n| annotation(format!("urn:uuid:{who}{n}"))).prop_map(|a| Deed::Add(Box::new(a))),
        (0..6_usize).prop_map(Deed::Remove),
        (0..6_usize, 0..4_u8).prop_map(move |(i, n)| Deed::Note(i, format!("{who}'s note {n}"))),
        (0..6_usize, "[a-f]").prop_map(move |(i, tag)| Deed::Tag(i, tag)),
        (0..6_usize).prop_map(Deed::Untag),
        (0..6_usize, 0..COLORS.len()).prop_map(|(i, c)| Deed::Color(i, c)),
        (0..6_usize, 0..WORDS.len()).prop_map(|(i, w)| Deed::Span(i, w)),
        (0..2_usize, 0..3_u8).prop_map(move |(i, n)| Deed::Correct(i, format!("{who} {n}"))),
        (0..2_usize).prop_map(Deed::Uncorrect),
        Just(Deed::Undo),
        Just(Deed::Redo),
    ];
    prop::collection::vec(deed, 0..8)
}

/// The edit that a deed is, on these notes; `None` when it has nothing to work on.
pub(crate) fn edit(notes: &Notes, deed: &Deed) -> Option<Edit> {
    let at = |i: &usize| notes.annotations.get(*i).cloned();
    let replace = |i: &usize, change: &dyn Fn(&mut Annotation)| {
        let mut a = at(i)?;
        change(&mut a);
        Some(Edit::Replace(Box::new(a)))
    };
    match deed {
        Deed::Add(a) => Some(Edit::Add(a.clone())),
        Deed::Remove(i) => at(i).map(|a| Edit::Remove(a.id)),
        Deed::Note(i, text) => replace(i, &|a| a.note.clone_from(text)),
        Deed::Tag(i, tag) => replace(i, &|a| {
            if !a.tags.contains(tag) {
                a.tags.push(tag.clone());
            }
        }),
        Deed::Untag(i) => replace(i, &|a| drop(a.tags.pop())),
        Deed::Color(i, c) => replace(i, &|a| a.color = Some(COLORS[*c].to_owned())),
        Deed::Span(i, w) => replace(i, &|a| a.now = Now::attached(range(WORDS[*w]))),
        Deed::Correct(i, to) => {
            let mut c = notes.corrections.get(*i).cloned()?;
            c.to.clone_from(to);
            Some(Edit::ReplaceCorrection(Box::new(c)))
        }
        Deed::Uncorrect(i) => notes.corrections.get(*i).map(|c| Edit::RemoveCorrection(c.id.clone())),
        Deed::Undo | Deed::Redo => None,
    }
}

/// Does all of it, as the reader would: with undo.
pub(crate) fn perform(notes: &Notes, deeds: &[Deed]) -> Notes {
    let mut notes = notes.clone();
    let mut history = History::default();
    for (n, deed) in deeds.iter().enumerate() {
        let stamp = stamp(10 + n as u64);
        match deed {
            Deed::Undo => drop(history.undo(&mut notes, &stamp)),
            Deed::Redo => drop(history.redo(&mut notes, &stamp)),
            deed => {
                if let Some(edit) = edit(&notes, deed) {
                    let _ = history.apply(&mut notes, edit, "a deed", &stamp); // adding what is there already is refused: fine
                }
            }
        }
    }
    notes
}
