//! What is typed, what is said, what the notes are then.

use std::sync::Arc;

use super::{Desk, Reply, State, step};
use crate::annotation::{AnnotationKind, Notes, Origin, Stamp, Status};
use crate::article::{Article, LeftOut, Link, Reason};
use crate::store::clock;
use crate::text::TextRange;
use crate::{analysis, ingest};

/// Invented.
const TEXT: &str = "Bridge “will open in May”, mayor says\n\nAnna Miller, the mayor, told the council that the bridge would cost 40 per cent \
more. “We are late,” Miller said.\n\nPeter Novak, an engineer, disagreed. “It will not open in May,” Novak said.\n\nNobody else spoke.\n";

/// A reader at work: each line gets its own time and identifier.
struct Reader {
    state: State,
    typed: usize,
}

impl Reader {
    fn of(text: &str, locked: Option<&str>) -> Self {
        let article = Arc::new(ingest::from_text(text));
        let found = analysis::analyse(&article);
        Self { state: State::new(article, found, Notes::default(), locked.map(str::to_owned), "ada".into()), typed: 0 }
    }

    fn new() -> Self {
        Self::of(TEXT, None)
    }

    fn reply(&mut self, line: &str) -> Reply {
        self.typed += 1;
        let stamp = Stamp { now: "2026-01-02T03:04:05Z".into(), creator: "ada".into() };
        step(&mut self.state, line, &Desk { stamp, id: format!("urn:uuid:{}", self.typed), fresh: clock::new_id })
    }

    fn type_in(&mut self, line: &str) -> String {
        self.reply(line).lines.join("\n")
    }
}

#[test]
fn paragraphs_are_read_one_at_a_time_with_findings_in_words() {
    let mut reader = Reader::new();
    let opening = reader.state.opening().join("\n");
    assert!(opening.contains("4 paragraphs") && opening.contains("help"), "{opening}");
    assert_eq!(reader.state.prompt(), "1 of 4> ");
    let second = reader.type_in("");
    assert!(second.contains("40 per cent [figure: 40 percent") && second.contains("[said by Anna Miller]"), "{second}");
    assert!(reader.type_in("4").contains("Nobody else spoke."));
    assert_eq!(reader.type_in("next"), "This is the end of the article.");
    assert!(reader.type_in("p").contains("It will not open"));
    assert_eq!(reader.type_in("99"), "Say a paragraph from 1 to 4.");
}

#[test]
fn jumps_go_on_from_where_the_last_one_was() {
    let mut reader = Reader::new();
    assert!(reader.type_in("quote").contains("will open in May"));
    assert!(reader.type_in("quote").contains("said by Anna Miller: “We are late,”"));
    assert!(reader.type_in("'").starts_with("Paragraph 3: quotation, said by Peter Novak"));
    assert_eq!(reader.type_in("quote"), "There is no quotation after this.");
    assert!(reader.type_in("quote 1").starts_with("Paragraph 1:"));
    assert!(reader.type_in("figure").starts_with("Paragraph 2: figure, 40 percent"));
    assert_eq!(reader.type_in("person"), "Paragraph 2: person, Anna Miller (mayor): Miller", "the name after the figure");
    assert!(reader.type_in("person").starts_with("Paragraph 3: person, Peter Novak"));
    assert!(reader.type_in("person 1").starts_with("Paragraph 2: person, Anna Miller (mayor): Anna Miller"));
}

#[test]
fn a_finding_is_kept_with_its_speaker_and_undone() {
    let mut reader = Reader::new();
    reader.type_in("quote 2");
    let kept = reader.reply("keep");
    assert!(kept.save && kept.lines[0].starts_with("Kept: quotation, said by Anna Miller"), "{kept:?}");
    let note = &reader.state.notes().annotations[0];
    assert_eq!((note.kind, note.origin, note.creator.as_str()), (AnnotationKind::Quote, Origin::Accepted, "ada"));
    assert_eq!(note.speaker.as_ref().map(|s| s.name.as_str()), Some("Anna Miller"));
    assert!(!reader.reply("keep").save, "it is there already");
    assert!(reader.type_in("tag claim, delay").starts_with("Tagged"));
    assert_eq!(reader.state.notes().annotations[0].tags, ["claim", "delay"]);
    assert_eq!(reader.state.notes().annotations.len(), 1, "the note on these words is the one that is tagged");
    assert!(reader.type_in("u").starts_with("Undone: Tagged"));
    assert!(reader.type_in("undo").starts_with("Undone: Kept"));
    assert!(reader.state.notes().annotations.is_empty());
    assert!(reader.type_in("redo").starts_with("Done again: Kept"));
    assert_eq!(reader.type_in("redo").lines().next().map(|l| l.starts_with("Done again: Tagged")), Some(true));
    assert_eq!(reader.type_in("redo"), "There is nothing to do again.");
}

#[test]
fn sentences_and_notes_are_named() {
    let mut reader = Reader::new();
    reader.type_in("2");
    let here = reader.type_in("here");
    assert!(here.contains("s2: “We are late,” Miller said.") && here.contains("f1: person, Anna Miller"), "{here}");
    assert!(reader.type_in("tag claim").starts_with("Say which sentence, s1 to s2"));
    assert!(reader.type_in("note s1 who says so?").starts_with("Noted: Anna Miller, the mayor"));
    assert!(reader.type_in("note n1 the council").starts_with("Noted"));
    assert!(reader.type_in("status n1 needs source").starts_with("Marked needs source"));
    let note = &reader.state.notes().annotations[0];
    assert_eq!((note.note.as_str(), note.status), ("who says so?\nthe council", Some(Status::NeedsSource)));
    assert!(reader.type_in("notes").starts_with("n1: note on “Anna Miller"));
    assert!(reader.type_in("read").contains("needs source; “who says so?"), "the paragraph says its notes");
    assert!(reader.type_in("delete n2").starts_with("There is no n2"));
    assert!(reader.type_in("delete n1").starts_with("Deleted"));
    assert!(reader.type_in("note page a good read").starts_with("Noted: the whole article"));
    assert_eq!(reader.state.notes().annotations[0].kind, AnnotationKind::Page);
    reader.type_in("tag page #whole");
    let pages: Vec<_> = reader.state.notes().annotations.iter().filter(|a| a.kind == AnnotationKind::Page).collect();
    assert_eq!(
        (pages.len(), pages[0].note.as_str(), &pages[0].tags[..]),
        (1, "a good read", &["whole".to_owned()][..]),
        "one note on the whole article"
    );
}

#[test]
fn words_are_found_and_what_was_found_can_be_tagged() {
    let mut reader = Reader::new();
    assert!(reader.type_in("find an ENGINEER").starts_with("Paragraph 3: an engineer"));
    assert!(reader.type_in("highlight").starts_with("Highlighted: an engineer"));
    assert_eq!(reader.state.notes().annotations[0].anchor.exact, "an engineer");
    assert!(reader.type_in("find").starts_with("From the beginning again."));
    assert_eq!(reader.type_in("/zebra"), "These words are not in the article, nor in your notes.");
}

#[test]
fn lists_take_filters_and_say_what_is_wrong_in_one() {
    let mut reader = Reader::new();
    assert!(
        reader.type_in("quotes speaker:novak").starts_with("3: quotation, said by Peter Novak"),
        "the number is that of the whole list"
    );
    assert!(reader.type_in("quote 3").contains("said by Peter Novak"));
    assert!(reader.type_in("people role:mayor").starts_with("1: Anna Miller"));
    assert!(reader.type_in("figures percent").contains("40 percent"));
    assert_eq!(reader.type_in("figures money"), "There are no figures that fit.");
    assert!(reader.type_in("notes stat:open").starts_with("This filter cannot be used: column 1: no field 'stat'; there are tag"));
    reader.type_in("tag claim");
    reader.type_in("quote 2");
    reader.type_in("keep");
    assert!(reader.type_in("notes -tag:claim").starts_with("n1: "), "{}", reader.type_in("notes"));
    assert!(reader.type_in("notes tag:claim").starts_with("n2: "));
}

#[test]
fn a_speaker_and_a_name_are_corrected_and_come_back() {
    let mut reader = Reader::new();
    reader.type_in("quote 2");
    let reply = reader.reply("correct Peter Novak");
    assert!(reply.save && reply.lines == ["Corrected: said by Peter Novak, not Anna Miller"], "{reply:?}");
    assert!(reader.type_in("quotes novak").contains("2: quotation, said by Peter Novak (corrected): “We are late,”"));
    assert_eq!(reader.type_in("correct Peter Novak"), "Nothing changed.");
    assert_eq!(reader.type_in("co -"), "Corrected: speaker not named; before: Peter Novak");
    assert!(reader.type_in("u").starts_with("Undone"));
    assert!(reader.type_in("u").starts_with("Undone"));
    assert!(reader.type_in("quote 2").contains("said by Anna Miller"));
    reader.type_in("person 2");
    assert_eq!(reader.type_in("correct Petr Novák"), "Corrected: Peter Novak is Petr Novák");
    assert!(reader.type_in("people").contains("Petr Novák"));
    reader.type_in("figure 1");
    assert!(reader.type_in("correct Ann").starts_with("Only quotations and people"));
    reader.type_in("quote 1");
    assert!(reader.type_in("correct").starts_with("Say who said it"));
}

#[test]
fn nothing_changes_where_nothing_may() {
    let mut reader = Reader::of(TEXT, Some("a newer version made the file"));
    assert!(reader.state.opening().iter().any(|l| l.contains("a newer version")));
    reader.type_in("quote");
    for line in ["keep", "tag claim", "undo", "delete n1"] {
        let reply = reader.reply(line);
        assert!(!reply.save && reply.lines[0].contains("a newer version"), "{line}: {reply:?}");
    }
    assert!(reader.state.notes().annotations.is_empty());
}

#[test]
fn leaving_with_unsaved_changes_takes_two_words() {
    let mut reader = Reader::new();
    reader.type_in("quote");
    assert!(reader.reply("keep").save);
    assert!(reader.state.not_saved("the disk is full").join(" ").contains("the disk is full"));
    let first = reader.reply("quit");
    assert!(!first.end && first.lines[0].contains("not saved"), "{first:?}");
    assert!(reader.reply("save").save);
    assert_eq!(reader.state.saved(None), ["Saved."]);
    assert!(reader.reply("quit").end);
}

#[test]
fn long_lists_come_in_pieces() {
    let text: String = (0..45).map(|i| format!("It cost {} dollars then.\n\n", i + 100)).collect();
    let mut reader = Reader::of(&text, None);
    let first = reader.reply("figures").lines;
    assert_eq!((first.len(), first[20].as_str()), (21, "25 more; more says them."));
    assert_eq!(reader.reply("more").lines.len(), 21);
    assert_eq!(reader.reply("m").lines.len(), 5);
    assert_eq!(reader.type_in("m"), "There is no more of the list.");
}

#[test]
fn an_empty_article_and_odd_lines_end_in_words() {
    let mut reader = Reader::of("", None);
    for line in [
        "",
        "quote",
        "keep",
        "tag s1 x",
        "note s0 x",
        "here",
        "where",
        "find x",
        "1",
        "0",
        "99999999999999999999",
        "\u{1b}[2J",
        "status s9 -",
    ] {
        let reply = reader.reply(line);
        assert!(!reply.lines.is_empty(), "{line:?}");
        assert!(reply.lines.iter().all(|l| !l.contains('\u{1b}')), "{reply:?}");
    }
}

#[test]
fn what_was_left_out_is_listed() {
    let mut reader = Reader::new();
    assert_eq!(reader.type_in("omitted"), "There are no lines left out.");
    let left = LeftOut { at: 0, text: "Home\nWorld".into(), reason: Reason::Navigation };
    let article = Article { left_out: vec![left], ..ingest::from_text(TEXT) };
    let found = analysis::analyse(&article);
    reader.state = State::new(Arc::new(article), found, Notes::default(), None, "ada".into());
    assert_eq!(reader.type_in("omitted"), "navigation: Home World");
    assert!(reader.type_in("help").contains("omitted, or o: "));
}

#[test]
fn links_are_listed_with_their_addresses() {
    let mut reader = Reader::new();
    assert_eq!(reader.type_in("links"), "There are no links.");
    let text = "The report is out.\n\nA second paragraph.";
    let link = |from, to, target: &str, within| Link { range: TextRange::new(from, to), target: target.into(), within };
    let links = vec![link(4, 10, "https://example.org/report", None), link(22, 28, "#top", Some(0))];
    let article = Article { links, ..ingest::from_text(text) };
    let found = analysis::analyse(&article);
    reader.state = State::new(Arc::new(article), found, Notes::default(), None, "ada".into());
    let lines = reader.reply("links").lines;
    assert!(lines.iter().any(|l| l.starts_with("1: report, to https://example.org/report, ")), "{lines:?}");
    assert!(lines.iter().any(|l| l.starts_with("2: second, to ")), "{lines:?}");
}
