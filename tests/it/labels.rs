//! Labels on what is in view, and the pane that shows what can follow a prefix.

use crate::desk::{Desk, SMALL};
use crate::pty::{Run, Start};

fn open(desk: &Desk, cols: u16, rows: u16, env: &[(&str, &str)]) -> Run {
    let start = Start::pullquote([desk.article()]).size(cols, rows).env("TERM", "xterm-256color");
    let run = env.iter().fold(start, |start, (key, value)| start.env(key, value)).go();
    run.wait("the findings and notes", |screen| {
        let text = screen.contents();
        text.contains("READ") && !text.contains("reading …") && text.contains("0 ")
    });
    run.wait_text("saved");
    run
}

/// The label of one letter that stands in the blank before these words.
fn label_before(run: &Run, words: &str) -> String {
    let (row, col) = run.find(words).unwrap_or_else(|| panic!("'{words}' is not on the screen\n{}", run.text()));
    let label = run.row(row.into()).chars().nth(usize::from(col) - 1).unwrap();
    assert!(label.is_ascii_lowercase(), "'{label}' before '{words}' is no label\n{}", run.text());
    label.to_string()
}

#[test]
fn a_visible_sentence_is_highlighted_with_three_keys_and_the_text_stays_where_it_is() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40, &[]);
    let words = "Ships";
    let before = run.find(words);
    run.keys("s");
    run.wait_text("LABEL");
    assert_eq!(run.find(words), before);
    let label = label_before(&run, words);
    run.keys(&format!("{label}H"));
    run.wait_text("1 note · saved");
    let kept = desk.annotations()[0].clone();
    assert_eq!(kept["anchor"]["exact"], "Ships may wait longer in the spring.");
    assert_eq!(kept["kind"], "passage");
    assert!(!run.text().contains("LABEL"));
}

#[test]
fn a_labelled_finding_is_kept_tagged_or_given_a_status_as_one_thought() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24, &[]);
    // No side pane, which would show the same words.
    for (n, (words, keys, said)) in
        [("Ilse Brandt", "\r", "kept"), ("“They had", "tclaim\r", "tagged claim"), ("6 per cent", "xv", "status verified")]
            .into_iter()
            .enumerate()
    {
        run.keys("s");
        run.wait_text("LABEL");
        run.keys(&format!("{}{keys}", label_before(&run, words)));
        run.wait_text(said);
        run.wait_text(&format!("{} {} · saved", n + 1, if n == 0 { "note" } else { "notes" }));
    }
    // In reading order.
    let [figure, person, quote] = [0, 1, 2].map(|i| desk.annotations()[i].clone());
    assert_eq!((&person["kind"], &person["anchor"]["exact"]), (&"person".into(), &"Ilse Brandt".into()));
    assert_eq!((&quote["kind"], &quote["speaker"]["name"], &quote["tags"][0]), (&"quote".into(), &"Omar Haddad".into(), &"claim".into()));
    assert_eq!((&figure["kind"], &figure["status"]), (&"figure".into(), &"verified".into()));
}

#[test]
fn more_than_26_labels_take_a_second_letter_and_escape_drops_them() {
    let text: String = (1..=40).map(|n| format!("{} ferries left.\n\n", ["Red", "Blue", "Old", "New"][n % 4])).collect();
    let desk = Desk::new(&format!("Ferries\n\n{text}"));
    let run = open(&desk, 80, 70, &[]);
    run.keys("s");
    run.wait_text("LABEL");
    let lines: Vec<String> = run.text().lines().map(str::to_owned).collect();
    let far = lines.iter().rev().find(|l| l.contains("ferries left.")).unwrap();
    // The second letter lies over the first of the words: "ma" and "ed ferries left."
    let code: String = far.trim_start().chars().take(2).collect();
    assert!(code.chars().all(|c| c.is_ascii_lowercase()), "{far}");
    let of_code = |c: char| lines.iter().filter(|l| l.trim_start().starts_with(c)).count();
    assert!(of_code('a') == 1 && of_code('m') > 1, "near ones have one letter\n{}", lines.join("\n"));
    run.keys(&code[..1]);
    run.wait_text(&format!("{}…", &code[..1]));
    run.keys(&code[1..]);
    run.wait_text("SELECT");
    run.keys("H");
    run.wait_text("1 note · saved");
    assert!(desk.annotations()[0]["anchor"]["exact"].as_str().unwrap().ends_with("ferries left."));
    run.keys("s");
    run.wait_text("LABEL");
    run.keys("\x1b");
    run.wait_gone("LABEL");
    assert!(!run.text().contains("SELECT"));
}

#[test]
fn labels_are_told_from_text_without_colours_too() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 80, 24, &[("NO_COLOR", "1")]);
    let sentence = "Ships may wait";
    run.keys("s");
    run.wait_text("LABEL");
    let (row, col) = run.find(sentence).unwrap();
    let style = run.style(row, col - 1);
    assert!(style.bold && style.reverse && !style.underline, "{style:?}");
    let (row, col) = run.find("Ilse Brandt").unwrap();
    let style = run.style(row, col - 1);
    assert!(style.bold && style.reverse && style.underline, "a finding's label differs: {style:?}");
    // On the words of an annotation, which are reversed themselves, the label is not.
    // The sentence begins with a quotation: its label stands in the blank, the quotation's on the first character.
    run.keys(&format!("{}H", label_before(&run, &format!("{}We had", label_before(&run, "We had")))));
    run.wait_text("1 note · saved");
    run.keys("s");
    run.wait_text("LABEL");
    let (row, col) = run.find("Ilse Brandt").unwrap();
    assert!(run.style(row, col).reverse && !run.style(row, col - 1).reverse);
}

#[test]
fn what_can_follow_a_prefix_is_shown_after_a_pause_and_goes_with_the_sequence() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40, &[]);
    run.keys("]");
    run.wait_text("next quotation");
    assert!(run.text().contains("next heading") && !run.text().contains("previous quotation"));
    run.keys("q");
    run.wait_gone("next heading");
    run.keys("3");
    run.wait_text("one row down");
    run.keys("\x1b");
    run.wait_gone("one row down");
    run.keys("vi");
    run.wait_text("select the words of the quotation");
    run.keys("q");
    run.wait_gone("select the sentence");
    run.keys("\x1b");
    run.wait_gone("SELECT");
    run.keys("ma'");
    run.wait_text("“We had no choice");
    run.wait_text("drops");
    run.keys("a");
    run.wait_gone("drops");
}

#[test]
fn keys_typed_without_a_pause_never_show_the_pane() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 120, 40, &[]);
    run.keys("]q\r");
    run.wait_text("1 note · saved");
    let raw = String::from_utf8_lossy(&run.raw()).into_owned();
    assert!(!raw.contains("next heading"));
}

#[test]
fn the_pane_fits_small_screens() {
    let desk = Desk::new(SMALL);
    let run = open(&desk, 40, 12, &[]);
    run.keys("z");
    run.wait_text("drops");
    // Its rule, the rows below, and the status line; the title stays.
    assert!(run.row(0).contains("Harbour fee"), "{}", run.text());
    for key in ["z  put the caret", "B  the whole pa", "more: ?"] {
        run.wait_text(key);
    }
}
