//! What a reader sees at the edges: the text alone, small screens, articles that fit the screen, terminals without colours, long addresses.

use std::path::PathBuf;

use tempfile::TempDir;

use crate::pty::{Run, Start};

struct Desk {
    dir: TempDir,
    name: &'static str,
}

impl Desk {
    fn new(name: &'static str, text: &str) -> Self {
        let dir = TempDir::new().unwrap();
        std::fs::write(dir.path().join(name), text).unwrap();
        Self { dir, name }
    }

    /// Some minutes to read.
    fn long() -> Self {
        let paragraph =
            |n: usize| format!("Paragraph {n} says that the ferry came late. It left again at noon, and nobody was on board.\n\n");
        Self::new("ferry.txt", &(1..=60).map(paragraph).collect::<String>())
    }

    fn article(&self) -> PathBuf {
        self.dir.path().join(self.name)
    }

    fn start(&self, cols: u16, rows: u16) -> Start {
        Start::pullquote([self.article()]).size(cols, rows)
    }
}

fn ready(start: Start) -> Run {
    let run = start.go();
    run.wait("findings and notes", |screen| {
        let text = screen.contents();
        text.contains("READ") && !text.contains("reading …") && text.contains("saved")
    });
    run
}

#[test]
fn the_text_alone_is_the_text_alone() {
    let desk = Desk::long();
    for (cols, rows) in [(120, 40), (80, 24), (40, 12)] {
        let run = ready(desk.start(cols, rows));
        run.keys("zn");
        run.wait("no rule and no status", |screen| !screen.contents().contains('─') && !screen.contents().contains("READ"));
        assert!(run.row(0).trim_start().starts_with("Paragraph 1 says"), "{}", run.text());
        assert!(run.row(usize::from(rows) - 1).trim().is_empty(), "{}", run.text());
        // What is under way is seen.
        run.keys("v");
        run.wait_text("SELECT");
        run.keys("\x1b");
        run.wait_gone("SELECT");
        run.keys("zn");
        run.wait_text("READ");
    }
}

#[test]
fn a_small_screen_says_what_is_left_to_read_and_how_to_begin() {
    let desk = Desk::long();
    let run = desk.start(40, 12).go();
    run.wait_text("]q a quotation");
    run.wait_text("¶1/60 0 % · 4 min");
}

#[test]
fn an_article_that_is_seen_whole_is_read() {
    let desk = Desk::new("ferry.txt", "The ferry is late\n\nIt came at noon, and left again.\n");
    let mut run = ready(desk.start(80, 24));
    run.wait_text("¶1/2 all");
    run.resize(20, 4);
    // Drawn anew, and not only cut by the terminal: the last row is there.
    run.wait("not all of it", |screen| screen.contents().contains("READ") && !screen.contents().contains("all"));
    run.resize(80, 24);
    run.wait_text("¶1/2 all");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    let mut list = Start::pullquote([] as [&str; 0]).size(80, 24);
    for (key, below) in [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")] {
        list = list.env(key, run.home().join(below));
    }
    let list = list.go();
    list.wait_text("100 %");
}

#[test]
fn no_color_stays_without_colours_whatever_the_theme() {
    let desk = Desk::long();
    let run = ready(desk.start(80, 24).env("NO_COLOR", "1"));
    run.keys("zT");
    run.wait_text("NO_COLOR is set");
    run.keys("]pzT:next-theme\r");
    run.wait_text("NO_COLOR is set");
    let raw = String::from_utf8_lossy(&run.raw()).into_owned();
    let colour =
        raw.split("\x1b[").skip(1).find(|s| s.starts_with("38;") || s.starts_with("48;") || s.starts_with("3") && s[1..].starts_with("1m"));
    assert_eq!(colour, None);
}

#[test]
fn a_copied_address_is_said_and_keeps_its_host_where_there_is_no_room() {
    let address = format!("https://example.org/{}report.html", "long/way/".repeat(40));
    let desk = Desk::new("ferry.md", &format!("# Pier shut\n\nThe [report]({address}) is out, and a paragraph follows.\n"));
    let run = ready(desk.start(80, 24));
    run.keys("1yl");
    run.wait_text("sent https://example.org/long/");
    run.wait_text("report.html to the terminal's clipboard");
    let whole: String = run.text().lines().map(str::trim).collect();
    assert!(whole.contains(&address), "{}", run.text());
    run.resize(40, 6);
    run.keys("1yl");
    run.wait("the beginning and the end", |screen| {
        let text = screen.contents();
        text.contains("sent https://example.org/") && text.contains('…') && text.trim_end().ends_with("clipboard")
    });
}

#[test]
fn the_overview_keeps_to_a_narrow_screen() {
    let desk = Desk::long();
    let run = ready(desk.start(40, 12));
    run.keys("O");
    run.wait_text("overview");
    run.resize(18, 40);
    run.wait_text("Where in the ar…");
    run.wait("the strip's right edge", |screen| {
        screen.contents().lines().any(|l| l.starts_with(" quotations") && l.trim_end().ends_with('│'))
    });
}

#[test]
fn sentences_of_a_giant_paragraph_are_walked_and_kept() {
    let text: String = (1..=12_000).map(|n| format!("Sentence {n} says that the ferry came late. ")).collect();
    let desk = Desk::new("ferry.txt", &text);
    let run = ready(desk.start(80, 24));
    run.keys("/sentence 7000 \r");
    run.until("the match", || run.find("Sentence 7000 ") == Some(run.cursor()));
    run.keys("))");
    run.until("two sentences on", || run.find("Sentence 7002 ") == Some(run.cursor()));
    run.keys("(");
    run.until("one back", || run.find("Sentence 7001 ") == Some(run.cursor()));
    run.keys("H");
    run.wait_text("1 note");
    let notes = desk.dir.path().join("ferry.txt.pullquote.json");
    run.until("the highlight", || {
        std::fs::read_to_string(&notes).is_ok_and(|file| file.contains("\"exact\": \"Sentence 7001 says that the ferry came late.\""))
    });
    run.keys("G");
    run.until("the end", || run.text().contains("Sentence 12000 "));
    run.resize(40, 12);
    run.wait_text("Sentence 12000");
}

#[test]
fn right_to_left_text_keeps_its_order_and_its_pane() {
    let arabic = "أعلن الميناء أن الرسوم سترتفع من 4 إلى 6 في المئة يوم 9 سبتمبر 2031، وفق Nordhavn Port، وقال إن (القرار) نهائي.";
    let hebrew = "הנמל הודיע כי האגרה תעלה מ-4 ל-6 אחוזים ב-9 בספטמבר 2031, לפי Nordhavn Port.";
    let text = format!(
        "Harbour talks\n\n{arabic}\n\n{hebrew}\n\nHidden \u{202e}order\u{202c} and \u{2067}isolates\u{2069}.\n\n“No,” said Ilse Brandt.\n"
    );
    let desk = Desk::new("talks.txt", &text);
    let mut run = ready(desk.start(120, 40));
    assert!(run.modes().as_sent && run.modes().alternate);
    let shown: String = run.text().lines().flat_map(|l| l.split('│').next()).map(str::trim).collect::<Vec<_>>().join(" ");
    assert!(shown.contains(arabic) && shown.contains(hebrew), "{}", run.text());
    assert!(shown.contains("Hidden ◊order◊ and ◊isolates◊."), "what turns the order round is seen and sent to nobody");
    assert!(!String::from_utf8_lossy(&run.raw()).contains(['\u{202e}', '\u{2067}', '\u{202c}', '\u{2069}']));
    let bars: Vec<Option<usize>> = (2..30).map(|row| run.row(row).chars().position(|c| c == '│')).collect();
    assert!(bars.iter().all(|b| b.is_some() && *b == bars[0]), "{bars:?}");
    // A step goes to the next letter as it is stored, one column to the right; marks on a letter go with it.
    run.keys("j");
    run.until("the first letter", || run.cursor() == (4, 4));
    for step in 1..20 {
        run.keys("l");
        run.until("the next letter", || run.cursor() == (4, 4 + step));
    }
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    assert_eq!(run.modes(), crate::pty::Modes::default());
}

#[test]
fn pictures_say_what_they_show_and_nothing_is_found_in_it() {
    let prose = "<p>The harbour board voted on Tuesday to close the northern pier for the whole of the winter, and to sell the crane that stands on it.</p>";
    let page = format!(
        "<html><head><title>The pier will close</title></head><body><article><h1>The pier will close</h1>{prose}\
         <figure><img src=a.jpg alt='A banner that says “No new piers” over grey water'><figcaption>“We stay,” said Ilse Brandt at the pier.</figcaption></figure>\
         {prose}<p>The end of it came late in the evening, when nobody was left in the hall.</p></article></body></html>"
    );
    let desk = Desk::new("pier.html", &page);
    let run = ready(desk.start(120, 40));
    run.wait_text("[image: A banner that says “No new piers” over grey water]");
    run.wait_text("▫ “We stay,” said Ilse Brandt");
    let (image, caption, prose) = (run.style_of("[image:"), run.style_of("We stay"), run.style_of("The harbour board voted"));
    assert!(image.italic && caption.italic && !prose.italic);
    assert!(run.text().contains("1 Quotes 0"), "{}", run.text());
    // The caret goes over the picture's words, and a caption can be searched and kept.
    run.keys("jjjj");
    run.until("the caption", || run.find("“We stay").is_some_and(|(row, _)| run.cursor().0 == row));
    run.keys("/ilse\r");
    run.until("the match", || run.find("Ilse") == Some(run.cursor()));
    let run = Start::pullquote(["show".as_ref(), "--plain".as_ref(), desk.article().as_os_str()]).size(120, 40).go();
    run.wait_text("[image: A banner that says “No new piers” over grey water]");
    run.wait_text("[caption] “We stay,” said Ilse Brandt at the pier.");
}
