//! What the screen looks like, cell by cell with its styles, at three sizes in three themes: an article with a note, a fold, a selection, and
//! the side pane where there is room.
//!
//! A snapshot holds the letters; under them a letter for the style of each cell (a point: the terminal's own); under that what each of
//! these letters is in the dark, the light and the mono theme.

use std::sync::Arc;

use pullquote::annotation::Stamp;
use pullquote::config::{Key, Settings, Theme, keys};
use pullquote::text::CodePoints;
use pullquote::tui::event::Event;
use pullquote::tui::layout::Size;
use pullquote::tui::model::{Desk, Model};
use pullquote::tui::update::update;
use pullquote::tui::view::view;
use pullquote::{analysis, ingest};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

const ARTICLE: &str = "Harbour fee to rise “sharply”, port says\nBy Ann Cole\n\n\
    The fee will rise from 4 per cent to 6 per cent for a 90-day period, said Ilse Brandt, the harbour master.\n\n\
    Also Read: Ferry fares hit a record\n\n\
    “We had ‘no choice’,” she said. “None.” The report is at https://example.org/fees for all to read.\n\n\
    Omar Haddad answered: “They had every choice.” He pays $2.5 million a year, more than any other in the port.\n\n\
    Both will meet on Thursday, and the talks could go on for three weeks or more, people close to them said. Nobody expects an agreement before the spring.\n\n\
    Source link\n\nLeave a Reply\nYour email address will not be published.\n";

struct Still;

impl Desk for Still {
    fn stamp(&mut self) -> Stamp {
        Stamp { now: "2026-01-02T03:04:05Z".into(), creator: "reader".into() }
    }

    fn id(&mut self) -> String {
        "urn:uuid:00000000-0000-7000-8000-000000000001".into()
    }
}

fn scene(size: Size, theme: Theme) -> Buffer {
    let article = Arc::new(ingest::from_text(ARTICLE));
    let mut model = Model::new(Arc::clone(&article), Settings::default(), theme, size, Box::new(Still));
    update(&mut model, Event::Found(Arc::new(analysis::analyse(&article)), Arc::new(CodePoints::new(&article.text))));
    update(&mut model, Event::Loaded(Box::default()));
    // Keep the figure and tag it; then select the first words of the second quotation.
    for key in ["]", "f", "enter", "t", "f", "e", "e", "enter", "]", "q", "v", "w", "w"] {
        let key: Key = keys::parse(key).expect("a key")[0];
        for effect in update(&mut model, Event::Key(key)) {
            if let pullquote::tui::event::Effect::Save(_, generation) = effect {
                update(&mut model, Event::Saved { generation, result: Ok(None) });
            }
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a screen");
    terminal.draw(|frame| view(&model, frame)).expect("it draws");
    terminal.backend().buffer().clone()
}

/// A style in words.
fn words(style: Style) -> String {
    let color = |name: &str, color: Option<Color>| color.filter(|c| *c != Color::Reset).map(|c| format!("{name}{c}"));
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underline"),
        (Modifier::REVERSED, "reverse"),
        (Modifier::CROSSED_OUT, "crossed-out"),
    ];
    let on = modifiers.into_iter().filter(|(m, _)| style.add_modifier.contains(*m)).map(|(_, name)| name.to_owned());
    let all: Vec<String> = color("", style.fg).into_iter().chain(color("on ", style.bg)).chain(on).collect();
    if all.is_empty() { "plain".into() } else { all.join(" ") }
}

/// The snapshot of the scene at a size.
fn picture(width: u16, height: u16) -> String {
    let buffers = [Theme::Dark, Theme::Light, Theme::Mono].map(|theme| scene(Size { width, height }, theme));
    let looks = |i: usize| buffers.each_ref().map(|b| words(b.content[i].style()));
    let plain = ["plain", "plain", "plain"].map(str::to_owned);
    let mut known: Vec<[String; 3]> = Vec::new();
    let mut letters = String::new();
    for i in 0..usize::from(width) * usize::from(height) {
        let look = looks(i);
        let letter = if look == plain {
            '.'
        } else {
            let at = known.iter().position(|k| *k == look).unwrap_or_else(|| {
                known.push(look);
                known.len() - 1
            });
            char::from(b'a' + u8::try_from(at).expect("not that many styles"))
        };
        letters.push(letter);
    }
    let mut out = String::new();
    for row in buffers[0].content.chunks(usize::from(width)) {
        let text: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        out.push_str(text.trim_end());
        out.push('\n');
    }
    for buffer in &buffers {
        let same = buffer.content.iter().zip(&buffers[0].content).all(|(a, b)| a.symbol() == b.symbol());
        assert!(same, "a theme changes no letter");
    }
    for row in letters.as_bytes().chunks(usize::from(width)) {
        out.push_str(String::from_utf8_lossy(row).trim_end_matches('.'));
        out.push('\n');
    }
    for (letter, [dark, light, mono]) in ('a'..).zip(&known) {
        out.push_str(&format!("{letter}: dark {dark}; light {light}; mono {mono}\n"));
    }
    out
}

#[test]
fn a_wide_screen() {
    insta::assert_snapshot!(picture(120, 40));
}

#[test]
fn a_usual_screen() {
    insta::assert_snapshot!(picture(80, 24));
}

#[test]
fn a_small_screen() {
    insta::assert_snapshot!(picture(40, 12));
}
