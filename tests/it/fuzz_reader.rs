//! Random keys, mouse events, pastes, resizes, findings, failing saves and other programs' changes over update and view: nothing panics, the
//! caret stays in the text, undoing everything gives the first notes back, in memory and on the disk. `PULLQUOTE_FUZZ_SECONDS=600 cargo test
//! --test it fuzz_reader` goes on for ten minutes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;
use proptest::test_runner::{TestCaseError, TestRunner};
use pullquote::annotation::{Anchor, Annotation, AnnotationKind, Edit, Notes, Now, Origin, Stamp};
use pullquote::config::{Key, Settings, Theme, actions, keys};
use pullquote::text::{CodePoints, TextRange};
use pullquote::tui::event::{Effect, Event, Loaded};
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

/// Something that happens to the reader.
#[derive(Debug, Clone)]
enum Step {
    /// An event as it comes.
    Event(Event),
    /// Findings arrive, for the first time or again.
    Found,
    /// Another program adds a note to the file, or takes one away.
    Outside { adds: bool },
    /// The next save fails.
    DiskFull,
}

fn any_event() -> impl Strategy<Value = Event> {
    let bound: Vec<Vec<Key>> = actions::ALL.iter().flat_map(|s| s.keys).map(|k| keys::parse(k).unwrap()).collect();
    let known = prop::sample::select(bound).prop_map(|k| k[0]);
    let second = prop::sample::select("qfpahgdtzosieywRMnmcxlb<>+-=\"19".chars().collect::<Vec<_>>()).prop_map(Key::char);
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
        1 => prop::sample::select(vec![Event::Pause, Event::Held, Event::Held, Event::Continued, Event::Background(Theme::Light)]),
    ]
}

fn any_step(takes: bool) -> impl Strategy<Value = Step> {
    prop_oneof![
        40 => any_event().prop_map(Step::Event),
        1 => Just(Step::Found),
        1 => any::<bool>().prop_map(move |adds| Step::Outside { adds: adds || !takes }),
        1 => Just(Step::DiskFull),
    ]
}

/// The reader and what is around it.
struct Play {
    model: Model,
    size: Size,
    /// The notes on the disk.
    disk: Notes,
    outside: usize,
    full: bool,
}

impl Play {
    fn new(text: &str, size: Size) -> Self {
        Self { model: model(text, size), size, disk: Notes::default(), outside: 0, full: false }
    }

    /// Findings and the notes of an earlier day arrive.
    fn load(&mut self, notes: Notes) {
        self.disk = notes.clone();
        self.take(Step::Found);
        update(&mut self.model, Event::Loaded(Box::new(Loaded { notes, ..Loaded::default() })));
    }

    /// False when the program ended.
    fn take(&mut self, step: Step) -> bool {
        let event = match step {
            Step::Event(event) => event,
            Step::Found => {
                let found = Arc::new(analysis::analyse(&self.model.article));
                Event::Found(found, Arc::new(CodePoints::new(&self.model.article.text)))
            }
            Step::Outside { adds } => {
                let before = self.disk.clone();
                if adds {
                    self.outside += 1;
                    let note = note(&self.model.article.text, &format!("outside-{}", self.outside), "harbour master");
                    let done = self.disk.apply(Edit::Add(Box::new(note)), &Stamp::default());
                    done.expect("the id is new");
                } else if let Some(first) = self.disk.annotations.first().map(|a| a.id.clone()) {
                    self.disk.apply(Edit::Remove(first), &Stamp::default()).expect("it is there");
                }
                Event::Outside(Box::new((before, self.disk.clone())))
            }
            Step::DiskFull => {
                self.full = true;
                return true;
            }
        };
        if let Event::Resize(new) = &event {
            self.size = *new;
        }
        let effects = update(&mut self.model, event);
        self.answer(effects)
    }

    /// What the world would answer at once.
    fn answer(&mut self, effects: Vec<Effect>) -> bool {
        for effect in effects {
            let event = match effect {
                Effect::Save(_, generation) if std::mem::take(&mut self.full) => {
                    Event::Saved { generation, result: Err("disk full".into()) }
                }
                Effect::Save(notes, generation) => {
                    self.disk = *notes;
                    Event::Saved { generation, result: Ok(None) }
                }
                Effect::Analyse(article) => Event::Found(Arc::new(analysis::analyse(&article)), Arc::new(CodePoints::new(&article.text))),
                Effect::Quit(_) => return false,
                _ => continue,
            };
            let effects = update(&mut self.model, event);
            if !self.answer(effects) {
                return false;
            }
        }
        true
    }
}

/// A note on the first `words` of a text.
fn note(text: &str, id: &str, words: &str) -> Annotation {
    let at = text.find(words).expect("the words are in the text");
    let range = TextRange::new(at, at + words.len());
    let anchor = Anchor::of(text, &CodePoints::new(text), range);
    let stamp = Stamp { now: "2026-01-01T00:00:00Z".into(), creator: "reader".into() };
    Annotation::new(id.into(), AnnotationKind::Passage, Origin::Manual, anchor, Now::attached(range), &stamp)
}

/// The notes of an earlier day.
fn earlier() -> Notes {
    let mut notes = Notes::default();
    let mut noted = note(TEXT, "earlier-1", "“sharply”");
    (noted.note, noted.tags) = ("Is it?".into(), vec!["claim".into(), "port".into()]);
    for annotation in [noted, note(TEXT, "earlier-2", "three weeks or more")] {
        notes.apply(Edit::Add(Box::new(annotation)), &Stamp::default()).expect("ids differ");
    }
    notes
}

/// What a reader sees of notes: all but the counts and times of changes.
fn seen(notes: &Notes) -> Vec<String> {
    let kept = |a: &&Annotation| !a.id.starts_with("outside-");
    let said = |a: &Annotation| {
        format!("{} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}", a.id, a.kind, a.tags, a.note, a.color, a.status, a.anchor, a.now, a.speaker)
    };
    let corrections = notes.corrections.iter().map(|c| format!("{c:?}"));
    let mut all: Vec<String> = notes.annotations.iter().filter(kept).map(said).chain(corrections).collect();
    all.sort();
    all
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

/// How many cases a round has. `PULLQUOTE_FUZZ_SECONDS` says for how long rounds follow each other; without it there is one.
const ROUND: u32 = 48;

/// Runs rounds of a property, each with other chances.
fn rounds<S: Strategy>(strategy: &S, holds: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let seconds = std::env::var("PULLQUOTE_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let end = Instant::now() + Duration::from_secs(seconds);
    loop {
        let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(ROUND) };
        if let Err(why) = TestRunner::new(config).run(strategy, &holds) {
            panic!("{why}");
        }
        if Instant::now() >= end {
            return;
        }
    }
}

#[test]
fn any_events_at_any_size() {
    let strategy = (any_size(), 0usize..30, prop::collection::vec(any_step(true), 1..120));
    rounds(&strategy, |(size, loads_at, steps)| {
        let mut play = Play::new(TEXT, size);
        for (i, step) in steps.into_iter().enumerate() {
            if i == loads_at {
                play.load(earlier());
            }
            let on = play.take(step);
            check(&play.model);
            draw(&play.model, play.size);
            if !on {
                break;
            }
        }
        Ok(())
    });
}

#[test]
fn undoing_everything_gives_the_first_state_back() {
    rounds(&prop::collection::vec(any_step(false), 1..80), |steps| {
        let mut play = Play::new(TEXT, Size { width: 110, height: 30 });
        play.load(earlier());
        for step in steps {
            play.take(step);
        }
        play.full = false;
        for _ in 0..4 {
            play.take(Step::Event(Event::Key(Key::plain(crossterm::event::KeyCode::Esc))));
        }
        for key in ['9', '9', '9', 'u'] {
            play.take(Step::Event(Event::Key(Key::char(key))));
        }
        // A save that failed is tried again on the way out.
        play.take(Step::Event(Event::Key(Key::char('Q'))));
        prop_assert_eq!(seen(&play.model.notes.all), seen(&earlier()));
        prop_assert_eq!(seen(&play.disk), seen(&earlier()), "and so on the disk");
        Ok(())
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_drawn(text in "(\\PC|[a-z ,.\n“”\"']|\n\n|漢|\u{202e}|👩‍👧){0,400}", size in any_size(), keys in "[jkwbhl)({}GgfnzoLq ]{0,40}") {
        let mut play = Play::new(&text, size);
        play.load(Notes::default());
        let Play { mut model, .. } = play;
        draw(&model, size);
        for key in keys.chars() {
            update(&mut model, Event::Key(Key::char(key)));
            check(&model);
        }
        draw(&model, size);
    }
}

/// Another program deleted what the second step would take back.
#[test]
fn steps_that_were_undone_are_saved_though_the_next_cannot_be() {
    let mut play = Play::new(TEXT, Size { width: 110, height: 30 });
    play.load(Notes::default());
    for key in ["H", "}", "}", "H"] {
        play.take(Step::Event(Event::Key(keys::parse(key).unwrap()[0])));
    }
    assert_eq!(play.disk.annotations.len(), 2);
    play.take(Step::Outside { adds: false });
    for key in ['2', 'u'] {
        play.take(Step::Event(Event::Key(Key::char(key))));
    }
    assert_eq!((play.model.notes.all.annotations.len(), play.disk.annotations.len()), (0, 0));
    draw(&play.model, play.size);
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
