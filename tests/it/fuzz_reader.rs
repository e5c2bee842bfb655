//! Random keys, mouse events, pastes and resizes over update and view: nothing panics, the caret stays in the text, undoing everything
//! gives the first state back.

use std::sync::Arc;

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use pullquote::annotation::Stamp;
use pullquote::config::{Key, Settings, Theme, actions, keys};
use pullquote::text::CodePoints;
use pullquote::tui::event::{Effect, Event};
use pullquote::tui::layout::Size;
use pullquote::tui::model::{Desk, Model};
use pullquote::tui::update::update;
use pullquote::tui::view::view;
use pullquote::{analysis, ingest};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

#[derive(Default)]
struct Counting(u32);

impl Desk for Counting {
    fn stamp(&mut self) -> Stamp {
        Stamp { now: "2026-01-02T03:04:05Z".into(), creator: "reader".into() }
    }

    fn id(&mut self) -> String {
        self.0 += 1;
        format!("urn:uuid:00000000-0000-7000-8000-{:012}", self.0)
    }
}

const TEXT: &str = "Fee to rise “sharply”, port says\nBy Ann Cole\n\n\
    The fee will rise from 4 per cent to 6 per cent for a 90-day period, said Ilse Brandt, the harbour master.\n\n\
    Also Read: Ferry fares hit a record\n\n\
    “We had ‘no choice’,” she said. “None.” 漢字と仮名の行 👩‍👩‍👧 e\u{301}e\u{301} \u{202e}x\u{202c}.\n\n\
    Omar Haddad answered: “They had every choice.” He pays $2.5 million a year.\n\n\
    A heading here\n\n\
    Mr. Haddad and Ms. Brandt will meet on Thursday, and the talks could go on for three weeks or more, both said.\n\n\
    Source link\n\nLeave a Reply\nYour email address will not be published.\n";

fn model(text: &str, size: Size) -> Model {
    let article = Arc::new(ingest::from_text(text));
    Model::new(article, Settings::default(), Theme::Dark, size, Box::new(Counting::default()))
}

fn load(model: &mut Model) {
    let found = Arc::new(analysis::analyse(&model.article));
    let map = Arc::new(CodePoints::new(&model.article.text));
    update(model, Event::Found(found, map));
    update(model, Event::Loaded(Box::default()));
}

fn draw(model: &Model, size: Size) {
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| view(model, frame)).unwrap();
}

fn any_size() -> impl Strategy<Value = Size> {
    (20u16..=300, 6u16..=100).prop_map(|(width, height)| Size { width, height })
}

fn any_event() -> impl Strategy<Value = Event> {
    let bound: Vec<Vec<Key>> = actions::ALL.iter().flat_map(|s| s.keys).map(|k| keys::parse(k).unwrap()).collect();
    let known = prop::sample::select(bound).prop_map(|k| k[0]);
    let second = prop::sample::select("qfpahgdtzosieywRMnmc\"19".chars().collect::<Vec<_>>()).prop_map(Key::char);
    let mouse = (0u16..310, 0u16..105, 0usize..5, 1u8..4).prop_map(|(column, row, kind, clicks)| {
        let left = MouseButton::Left;
        let kinds = [
            MouseEventKind::Down(left),
            MouseEventKind::Drag(left),
            MouseEventKind::Up(left),
            MouseEventKind::ScrollDown,
            MouseEventKind::ScrollUp,
        ];
        Event::Mouse(MouseEvent { kind: kinds[kind], column, row, modifiers: KeyModifiers::NONE }, clicks)
    });
    prop_oneof![
        6 => known.prop_map(Event::Key),
        4 => second.prop_map(Event::Key),
        1 => any::<char>().prop_map(|c| Event::Key(Key::char(c))),
        1 => mouse,
        1 => "\\PC{0,20}".prop_map(Event::Paste),
        1 => any_size().prop_map(Event::Resize),
    ]
}

/// What the world would answer at once.
fn answer(model: &mut Model, effects: Vec<Effect>) -> bool {
    for effect in effects {
        match effect {
            Effect::Save(_, generation) => drop(update(model, Event::Saved { generation, result: Ok(None) })),
            Effect::Quit(_) => return false,
            _ => {}
        }
    }
    true
}

fn check(model: &Model) {
    let text = &model.article.text;
    assert!(text.is_char_boundary(model.caret), "the caret is inside a character");
    assert!(model.caret <= text.len());
    for a in &model.notes.all.annotations {
        let range = a.now.range.expect("nothing is orphaned while the text stays");
        assert!(!range.is_empty() && text.is_char_boundary(range.start()) && text.is_char_boundary(range.end()), "{range:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_events_at_any_size(size in any_size(), loads_at in 0usize..30, events in prop::collection::vec(any_event(), 1..120)) {
        let mut model = model(TEXT, size);
        let mut size = size;
        for (i, event) in events.into_iter().enumerate() {
            if i == loads_at {
                load(&mut model);
            }
            if let Event::Resize(new) = &event {
                size = *new;
            }
            let effects = update(&mut model, event);
            check(&model);
            draw(&model, size);
            if !answer(&mut model, effects) {
                break;
            }
        }
    }

    #[test]
    fn undoing_everything_gives_the_first_state_back(events in prop::collection::vec(any_event(), 1..80)) {
        let size = Size { width: 110, height: 30 };
        let mut model = model(TEXT, size);
        load(&mut model);
        for event in events {
            let effects = update(&mut model, event);
            answer(&mut model, effects);
        }
        for _ in 0..4 {
            update(&mut model, Event::Key(Key::plain(crossterm::event::KeyCode::Esc)));
        }
        for key in ['9', '9', '9', 'u'] {
            let effects = update(&mut model, Event::Key(Key::char(key)));
            answer(&mut model, effects);
        }
        prop_assert_eq!(model.notes.all.annotations.len(), 0);
    }

    #[test]
    fn any_text_is_drawn(text in "(\\PC|[a-z ,.\n“”\"']|\n\n|漢|\u{202e}|👩‍👧){0,400}", size in any_size(), keys in "[jkwbhl)({}GgfnzoLq ]{0,40}") {
        let mut model = model(&text, size);
        load(&mut model);
        draw(&model, size);
        for key in keys.chars() {
            update(&mut model, Event::Key(Key::char(key)));
            check(&model);
        }
        draw(&model, size);
    }
}

#[test]
fn a_burst_ends_where_single_keys_end() {
    let size = Size { width: 80, height: 24 };
    let text = TEXT.repeat(40);
    let (mut burst, mut single) = (model(&text, size), model(&text, size));
    load(&mut burst);
    load(&mut single);
    for _ in 0..300 {
        update(&mut burst, Event::Key(Key { code: crossterm::event::KeyCode::Char('e'), modifiers: KeyModifiers::CONTROL }));
    }
    for _ in 0..300 {
        update(&mut single, Event::Key(Key { code: crossterm::event::KeyCode::Char('e'), modifiers: KeyModifiers::CONTROL }));
        draw(&single, size);
    }
    assert_eq!((burst.top, burst.caret), (single.top, single.caret));
}
