//! Corrections of the findings of an invented article.

use proptest::prelude::*;

use super::super::correcting::Desk;
use super::super::model::{Anchor, Notes, Now, Origin, Stamp, Unknown};
use super::super::{Annotation, AnnotationKind, Edit};
use super::*;
use crate::analysis::findings::{MentionForm, QuoteKind};

const TEXT: &str = "Mara Quill met Ben Quill at the harbour. “The quay is too short,” Quill said. “It will do for years,” he answered.\n\n\
Later Quill wrote to Olga Reyes. “We have no money,” said Ms Reyes. Mara Quill did not reply; Quill was at sea.\n";

fn nth(words: &str, n: usize) -> TextRange {
    let (at, _) = TEXT.match_indices(words).nth(n).expect("the words are there");
    TextRange::new(at, at + words.len())
}

fn person(name: &str, mentions: &[TextRange]) -> Person {
    let mut mentions: Vec<Mention> = mentions.iter().map(|&range| Mention { range, form: MentionForm::Name }).collect();
    mentions.sort_by_key(|m| m.range);
    Person { name: name.into(), roles: vec![format!("role of {name}")], mentions, ..Person::default() }
}

fn quote(words: &str, who: Option<(&str, usize, TextRange)>) -> Quotation {
    let range = nth(words, 0);
    Quotation {
        range,
        parts: [range].into_iter().collect(),
        kind: QuoteKind::Full,
        speaker: who.map(|(name, person, words)| Speaker {
            name: name.into(),
            person: Some(person),
            words: Some(words),
            form: SpeakerForm::Named,
        }),
        cue: None,
        via: None,
        evidence: Some(range),
    }
}

const QUAY: &str = "“The quay is too short,”";
const YEARS: &str = "“It will do for years,”";
const MONEY: &str = "“We have no money,”";

/// "Quill" stands in TEXT inside Mara Quill, Ben Quill, alone, alone, inside Mara Quill, alone.
fn found() -> Findings {
    let mara = [nth("Mara Quill", 0), nth("Quill", 2), nth("Quill", 3), nth("Mara Quill", 1), nth("Quill", 5)];
    let people = vec![
        person("Mara Quill", &mara),
        person("Ben Quill", &[nth("Ben Quill", 0)]),
        person("Olga Reyes", &[nth("Olga Reyes", 0), nth("Reyes", 1)]),
    ];
    let quotes = vec![
        quote(QUAY, Some(("Mara Quill", 0, nth("Quill", 2)))),
        quote(YEARS, None),
        quote(MONEY, Some(("Olga Reyes", 2, nth("Reyes", 1)))),
    ];
    Findings { quotes, people, ..Findings::default() }
}

fn map() -> CodePoints {
    CodePoints::new(TEXT)
}

fn correction(n: usize, what: &str, range: TextRange, to: &str) -> Correction {
    Correction {
        id: format!("urn:uuid:{n:03}"),
        modified: String::new(),
        what: what.into(),
        anchor: Anchor::of(TEXT, &map(), range),
        to: to.into(),
        unknown: Unknown::new(),
    }
}

/// Names with the words of their mentions, then speakers.
fn shown(findings: &Findings) -> (Vec<String>, Vec<&str>) {
    let words = |p: &Person| p.mentions.iter().map(|m| m.range.of(TEXT)).collect::<Vec<_>>().join(" ");
    let people = findings.people.iter().map(|p| format!("{}: {}", p.name, words(p))).collect();
    (people, findings.quotes.iter().map(|q| q.speaker.as_ref().map_or("", |s| &*s.name)).collect())
}

fn corrected(corrections: &[Correction]) -> (Vec<String>, Vec<String>) {
    let Corrected { findings, lost } = apply(&found(), corrections, TEXT, &map());
    assert_eq!(lost, 0);
    let (people, speakers) = shown(&findings);
    (people, speakers.into_iter().map(str::to_owned).collect())
}

#[test]
fn a_speaker_is_set_and_joined_to_the_person_of_that_name() {
    let findings = apply(&found(), &[correction(1, SPEAKER, nth(YEARS, 0), "Ben Quill")], TEXT, &map()).findings;
    let speaker = findings.quotes[1].speaker.as_ref().expect("corrected");
    assert_eq!((&*speaker.name, speaker.person, speaker.form), ("Ben Quill", Some(1), SpeakerForm::Corrected));
    assert_eq!(findings.quotes[1].evidence, None, "the detected evidence was not for him");
    let findings = apply(&found(), &[correction(1, SPEAKER, nth(QUAY, 0), "")], TEXT, &map()).findings;
    assert_eq!(findings.quotes[0].speaker, None);
}

#[test]
fn renaming_takes_the_speaker_along() {
    let (people, speakers) = corrected(&[correction(1, PERSON, nth("Quill", 3), "Mara Jane Quill")]);
    assert_eq!(people[0], "Mara Jane Quill: Mara Quill Quill Quill Mara Quill Quill");
    assert_eq!(speakers, ["Mara Jane Quill", "", "Olga Reyes"]);
}

#[test]
fn the_name_of_another_person_merges() {
    let Corrected { findings, .. } = apply(&found(), &[correction(1, PERSON, nth("Ben Quill", 0), "Mara Quill")], TEXT, &map());
    assert_eq!(shown(&findings).0, ["Mara Quill: Mara Quill Ben Quill Quill Quill Mara Quill Quill", "Olga Reyes: Olga Reyes Reyes"]);
    assert_eq!(findings.people[0].roles, ["role of Mara Quill", "role of Ben Quill"]);
    assert_eq!(findings.quotes[2].speaker.as_ref().and_then(|s| s.person), Some(1), "people behind move up");
    let Corrected { findings, .. } = apply(&found(), &[correction(1, PERSON, nth("Mara Quill", 0), "Ben Quill")], TEXT, &map());
    assert_eq!(findings.people[0].roles, ["role of Ben Quill", "role of Mara Quill"], "the one who is meant comes first");
}

#[test]
fn a_mention_is_split_off_with_what_it_attributes() {
    let (people, speakers) = corrected(&[correction(1, MENTION, nth("Quill", 2), "Ben Quill")]);
    assert_eq!(people[..2], ["Mara Quill: Mara Quill Quill Mara Quill Quill", "Ben Quill: Ben Quill Quill"]);
    assert_eq!(speakers[0], "Ben Quill", "said by the mention that was split off");
    let (people, _) = corrected(&[correction(1, MENTION, nth("Quill", 5), "The Quill")]);
    assert_eq!(people[3], "The Quill: Quill");
}

#[test]
fn words_that_changed_are_left_alone() {
    let speaker = correction(1, SPEAKER, nth(YEARS, 0), "Ben Quill");
    let text = TEXT.replace("for years", "for decades");
    let Corrected { findings, lost } = apply(&found(), &[speaker], &text, &CodePoints::new(&text));
    assert_eq!((findings, lost), (found(), 1));
}

#[test]
fn words_that_moved_are_found_again() {
    let text = format!("A new line.\n\n{TEXT}");
    let by = text.len() - TEXT.len();
    let moved = |r: TextRange| TextRange::new(r.start() + by, r.end() + by);
    let mut found = found();
    found.quotes.iter_mut().for_each(|q| q.range = moved(q.range));
    found.people.iter_mut().flat_map(|p| &mut p.mentions).for_each(|m| m.range = moved(m.range));
    let stated = [correction(1, SPEAKER, nth(YEARS, 0), "Ben Quill"), correction(2, MENTION, nth("Quill", 5), "The Quill")];
    let Corrected { findings, lost } = apply(&found, &stated, &text, &CodePoints::new(&text));
    assert_eq!(lost, 0);
    assert_eq!(findings.quotes[1].speaker.as_ref().map(|s| &*s.name), Some("Ben Quill"));
    assert_eq!(findings.people[3].mentions[0].range, moved(nth("Quill", 5)));
}

fn any_correction() -> impl Strategy<Value = (usize, usize, usize)> {
    (0..3_usize, 0..8_usize, 0..6_usize)
}

const NAMES: [&str; 6] = ["Mara Quill", "Ben Quill", "Olga Reyes", "X", "Y", ""];

fn made(n: usize, (what, place, name): (usize, usize, usize)) -> Correction {
    let found = found();
    let mentions: Vec<TextRange> = found.people.iter().flat_map(|p| &p.mentions).map(|m| m.range).collect();
    let range = if what == 0 { found.quotes[place % 3].range } else { mentions[place] };
    correction(n, [SPEAKER, PERSON, MENTION][what], range, NAMES[name])
}

fn check(findings: &Findings) {
    let mut mentions: Vec<TextRange> = findings.people.iter().flat_map(|p| &p.mentions).map(|m| m.range).collect();
    mentions.sort_unstable();
    let mut before: Vec<TextRange> = found().people.iter().flat_map(|p| &p.mentions).map(|m| m.range).collect();
    before.sort_unstable();
    assert_eq!(mentions, before, "no mention is lost or doubled");
    assert!(findings.people.windows(2).all(|p| p[0].mentions[0].range <= p[1].mentions[0].range), "reading order");
    for speaker in findings.quotes.iter().filter_map(|q| q.speaker.as_ref()) {
        if let Some(person) = speaker.person {
            assert_eq!(*speaker.name, findings.people[person].name);
        }
    }
}

proptest! {
    #[test]
    fn twice_is_once_and_people_are_whole(stated in prop::collection::vec(any_correction(), 0..8)) {
        let stated: Vec<Correction> = stated.into_iter().enumerate().map(|(n, c)| made(n, c)).collect();
        let once = apply(&found(), &stated, TEXT, &map()).findings;
        check(&once);
        let twice = apply(&once, &stated, TEXT, &map()).findings;
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn the_order_of_the_list_does_not_matter(stated in prop::collection::vec(any_correction(), 0..8)) {
        let stated: Vec<Correction> = stated.into_iter().enumerate().map(|(n, c)| made(n, c)).collect();
        let turned: Vec<Correction> = stated.iter().rev().cloned().collect();
        prop_assert_eq!(apply(&found(), &turned, TEXT, &map()), apply(&found(), &stated, TEXT, &map()));
    }

    /// Whatever was said before: what is said now holds.
    #[test]
    fn what_is_said_last_holds(said in prop::collection::vec(any_correction(), 1..8)) {
        let mut reader = Reader::new();
        for (what, place, name) in said {
            let mentions: Vec<TextRange> = found().people.iter().flat_map(|p| &p.mentions).map(|m| m.range).collect();
            let (quote, at, name) = (found().quotes[place % 3].range, mentions[place], NAMES[name]);
            let before = reader.findings();
            reader.say(|desk| match what {
                0 => desk.speaker(quote, name),
                1 => desk.person(at, name),
                _ => desk.mentions(&[at], name),
            });
            let now = reader.findings();
            check(&now);
            let of = |f: &Findings, at| f.people.iter().find(|p| p.mentions.iter().any(|m| m.range == at)).cloned().expect("somebody's");
            match what {
                0 => prop_assert_eq!(now.quotes[place % 3].speaker.as_ref().map_or("", |s| &s.name), name),
                _ if name.is_empty() => prop_assert_eq!(now, before),
                1 => {
                    for mention in of(&before, at).mentions {
                        prop_assert_eq!(of(&now, mention.range).name, name);
                    }
                }
                _ => prop_assert_eq!(of(&now, at).name, name),
            }
        }
    }
}

/// Somebody who corrects.
struct Reader {
    notes: Notes,
    ids: usize,
}

impl Reader {
    fn new() -> Self {
        Self { notes: Notes::default(), ids: 0 }
    }

    fn findings(&self) -> Findings {
        apply(&found(), &self.notes.corrections, TEXT, &map()).findings
    }

    fn say(&mut self, what: impl FnOnce(&mut Desk<'_>) -> Vec<Edit>) -> Edit {
        let stamp = Stamp::default();
        let (found, map, notes) = (found(), map(), self.notes.clone());
        let mut ids = self.ids;
        let mut id = || {
            ids += 1;
            format!("urn:uuid:{ids:03}")
        };
        let edits = what(&mut Desk { found: &found, notes: &notes, text: TEXT, map: &map, stamp: stamp.clone(), id: &mut id });
        self.ids = ids;
        self.notes.apply(Edit::Batch(edits), &stamp).expect("all is there")
    }
}

fn kept(kind: AnnotationKind, range: TextRange) -> Annotation {
    let anchor = Anchor::of(TEXT, &map(), range);
    Annotation::new("urn:uuid:kept".into(), kind, Origin::Accepted, anchor, Now::attached(range), &Stamp::default())
}

#[test]
fn a_kept_quotation_follows_and_undo_brings_its_speaker_back() {
    let mut reader = Reader::new();
    let mut kept = kept(AnnotationKind::Quote, nth(QUAY, 0));
    kept.speaker = Some(super::super::NotedSpeaker { name: "Mara Quill".into(), cue: Some("said".into()), unknown: Unknown::new() });
    reader.notes.annotations.push(kept);
    let speaker = |r: &Reader| r.notes.annotations[0].speaker.as_ref().map(|s| (s.name.clone(), s.cue.clone()));
    let inverse = reader.say(|d| d.person(nth("Mara Quill", 0), "M. Quill"));
    assert_eq!(speaker(&reader), Some(("M. Quill".into(), Some("said".into()))));
    reader.say(|d| d.speaker(nth(QUAY, 0), ""));
    assert_eq!(speaker(&reader), None);
    reader.say(|d| d.speaker(nth(QUAY, 0), "M. Quill"));
    assert_eq!(reader.notes.corrections.len(), 1, "as detected: the correction of the speaker is taken back");
    reader.notes.apply(inverse, &Stamp::default()).expect("all is there");
    assert_eq!(reader.notes.corrections, []);
    assert_eq!(speaker(&reader).map(|s| s.0), Some("Mara Quill".into()));
}

#[test]
fn splitting_off_the_words_that_a_person_was_renamed_by_keeps_the_name() {
    let mut reader = Reader::new();
    reader.say(|d| d.person(nth("Quill", 2), "M. Quill"));
    reader.say(|d| d.mentions(&[nth("Quill", 2)], "Ben Quill"));
    let people = shown(&reader.findings()).0;
    assert_eq!(people[..2], ["M. Quill: Mara Quill Quill Mara Quill Quill", "Ben Quill: Ben Quill Quill"]);
    reader.say(|d| d.mentions(&[nth("Quill", 2)], "M. Quill"));
    assert_eq!(shown(&reader.findings()).0[1], "Ben Quill: Ben Quill", "it went back, and nothing more is stated of it");
    assert_eq!(reader.notes.corrections.len(), 1);
}

#[test]
fn those_who_were_merged_are_renamed_together_with_what_they_said() {
    let mut reader = Reader::new();
    reader.say(|d| d.speaker(nth(YEARS, 0), "Ben Quill"));
    reader.say(|d| d.person(nth("Ben Quill", 0), "Mara Quill"));
    reader.say(|d| d.person(nth("Quill", 5), "The Quills"));
    let findings = reader.findings();
    let (people, speakers) = shown(&findings);
    assert_eq!(people[0], "The Quills: Mara Quill Ben Quill Quill Quill Mara Quill Quill");
    assert_eq!(speakers, ["The Quills", "The Quills", "Olga Reyes"]);
}
