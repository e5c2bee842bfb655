//! Two versions of an invented article, and what a reader would say changed.

use super::report::{Tone, lines, to_json};
use super::*;
use crate::{analysis, ingest};

const OLD: &str = "Harbour fee to rise in spring\n\n\
    “We had no choice,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
    The fee is 145 euros for each ship and the council will vote on it in June, after a hearing in the old town hall.\n\n\
    Omar Haddad, who runs a ferry, answered: “They had every choice.”\n\n\
    Nobody from the port workers was heard before the decision, their union wrote in a letter to the council.\n\n\
    The port is the oldest on this coast and has been dredged four times since the war.\n";

fn changes(old: &str, new: &str) -> (Article, Article, Comparison) {
    let (old, new) = (ingest::from_text(old), ingest::from_text(new));
    let (a, b) = (analysis::analyse(&old), analysis::analyse(&new));
    let changes = Comparison::new(Version { article: &old, found: &a }, Version { article: &new, found: &b });
    (old, new, changes)
}

fn told(old: &str, new: &str) -> Vec<String> {
    let (old, new, changes) = changes(old, new);
    let line = |l: report::Line| l.parts.into_iter().map(|p| p.1).collect::<String>();
    lines(&changes, &old, &new).into_iter().map(line).collect()
}

#[test]
fn nothing_changed_also_when_marks_and_wraps_did() {
    assert!(changes(OLD, OLD).2.is_empty());
    let other = OLD.replace(['“', '”'], "\"").replace("\n\n", "\n\n\n");
    assert_eq!(told(OLD, &other), [""; 0]);
}

#[test]
fn figures_and_words_of_a_paragraph() {
    let new = OLD.replace("145 euros", "125 euros").replace("old town hall", "new town hall");
    assert_eq!(
        told(OLD, &new),
        [
            "Figures",
            "  ~ 145 euros → 125 euros  ¶3".trim_start(),
            "",
            "Paragraphs",
            "¶3 ~ The fee is [-145-]{+125+} euros for each ship and the council will vote on it in June, after a hearing in the [-old-]{+new+} town hall."
        ]
    );
}

#[test]
fn a_bound_a_date_and_figures_of_a_whole_paragraph() {
    let old = format!("{OLD}\nAbout 1,200 people signed, and the hearing is on 3 June.\n");
    let bound = told(&old, &old.replace("About 1,200", "More than 1,200"));
    assert_eq!(bound[..2], ["Figures", "~ about 1,200 people → more than 1,200 people  ¶7"], "{bound:#?}");
    let date = told(&old, &old.replace("3 June", "10 June"));
    assert_eq!(date[..2], ["Figures", "~ 3 June → 10 June  ¶7"], "{date:#?}");
    let gone = told(&old, OLD);
    assert!(gone[0] == "Figures" && gone[1].starts_with("- 1,200 people  was ¶7") && gone[2].starts_with("- 3 June  was ¶7"), "{gone:#?}");
}

#[test]
fn a_shorter_name_is_no_other_speaker() {
    let shorter = OLD.replace("said Ilse Brandt, the harbour master", "said Ms. Brandt, the harbour master");
    assert!(changes(OLD, &shorter).2.quotes.is_empty(), "{:#?}", told(OLD, &shorter));
    assert!(same_speaker(Some("Councillor Berta Lind"), Some("Lind")) && same_speaker(Some("Berta Lind"), Some("Dr Lind")));
    assert!(
        !same_speaker(Some("Berta Lind"), Some("Karl Lind"))
            && !same_speaker(Some("Berta"), None)
            && !same_speaker(Some("Lind"), Some("Berta"))
    );
}

#[test]
fn a_quotation_reworded_reattributed_removed_added() {
    let reworded = OLD.replace("We had no choice", "We had little choice");
    let said = told(OLD, &reworded);
    assert_eq!(said[..4], ["Quotations", "~ reworded, Ilse Brandt ¶2", "- “We had no choice,”", "+ “We had little choice,”"]);
    let reattributed = OLD.replace("Omar Haddad, who runs a ferry, answered", "Ines Moreau, who runs a ferry, answered");
    let said = told(OLD, &reattributed);
    assert_eq!(said[..3], ["Quotations", "~ re-attributed, Omar Haddad → Ines Moreau ¶4", "  “They had every choice.”"]);
    let gone = OLD.replace("Omar Haddad, who runs a ferry, answered: “They had every choice.”\n\n", "");
    assert_eq!(told(OLD, &gone)[..2], ["Quotations", "- removed, Omar Haddad, was ¶4"]);
    assert_eq!(told(&gone, OLD)[..2], ["Quotations", "+ added, Omar Haddad ¶4"]);
}

#[test]
fn paragraphs_added_cut_moved_and_the_title() {
    let last = "The port is the oldest on this coast and has been dredged four times since the war.\n";
    let moved = OLD.replace(last, "").replace("“We had", &format!("{last}\n“We had"));
    let (_, _, found) = changes(OLD, &moved);
    assert_eq!(found.paragraphs.len(), 1, "{found:#?}");
    assert!(found.paragraphs[0].moved && found.quotes.is_empty());
    let added = format!("{OLD}\nA new ferry was christened by the mayor on Saturday in bright sunshine.\n");
    let with = |sign: &str, place: &str, para: &str| {
        vec!["Figures".to_owned(), format!("{sign} Saturday  {place}"), String::new(), "Paragraphs".into(), para.into()]
    };
    assert_eq!(told(OLD, &added), with("+", "¶7", "¶7 + A new ferry was christened by the mayor on Saturday in bright sunshine."));
    assert_eq!(told(&added, OLD), with("-", "was ¶7", "was ¶7 - A new ferry was christened by the mayor on Saturday in bright sunshine."));
    let title = OLD.replace("to rise in spring", "to rise in autumn");
    assert_eq!(told(OLD, &title), ["Title", "- Harbour fee to rise in spring", "+ Harbour fee to rise in autumn"]);
}

#[test]
fn programs_get_places_in_code_points() {
    let new = format!("News 🌉\n\n{}", OLD.replace("145 euros", "125 euros"));
    let (a, b, found) = changes(OLD, &new);
    let (x, y) = (analysis::analyse(&a), analysis::analyse(&b));
    let json = to_json(&found, Version { article: &a, found: &x }, Version { article: &b, found: &y });
    let figure = &json["figures"][0];
    assert_eq!((&figure["change"], &figure["old"]["value"], &figure["new"]["value"]), (&"changed".into(), &145.0.into(), &125.0.into()));
    let start = figure["new"]["start"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a place");
    assert_eq!(b.text.chars().skip(start).take(9).collect::<String>(), "125 euros");
    assert_eq!(json["same"], false);
}

#[test]
fn cut_and_added_words_have_their_tones() {
    let (a, b, found) = changes(OLD, &OLD.replace("wait longer", "wait shorter"));
    let all = lines(&found, &a, &b);
    let tones: Vec<Tone> = all.iter().flat_map(|l| &l.parts).map(|p| p.0).collect();
    assert_eq!(tones, [Tone::Heading, Tone::Quiet, Tone::Plain, Tone::Cut, Tone::Added, Tone::Plain]);
}

#[test]
fn hostile_articles_are_compared_in_no_time() {
    for unit in ["word ", "“", "“a” said Bo. ", "9 ", "\n"] {
        let text = unit.repeat(300_000 / unit.len());
        let _ = changes(&text, &format!("x {text}"));
    }
}
