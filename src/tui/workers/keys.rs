//! The thread that reads keys, mouse and sizes.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};

use super::start;
use crate::config::{Key, Theme};
use crate::tui::event::Event;
use crate::tui::layout::Size;
use crate::tui::outlet::Outlet;

/// Holds the key thread back while another program reads the terminal.
#[derive(Debug, Default)]
pub struct Gate {
    closed: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn close(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    /// Lets the key thread go on.
    pub fn open(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        while *closed {
            closed = self.opened.wait(closed).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Two presses on one cell within this time are a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// Reads keys until the terminal is gone. `asked` says that the terminal was asked for its background: the answer comes among the keys.
pub fn keys(events: Outlet, gate: Arc<Gate>, asked: bool) {
    let work = move || {
        let mut answer = asked.then(|| Answer::new(Instant::now() + PATIENCE));
        let mut presses = Presses::default();
        while let Ok(event) = event::read() {
            let news = match event {
                event::Event::Key(key) if key.kind != KeyEventKind::Release => {
                    // Both may hand the terminal to another program: nothing is read until the loop says so.
                    if key.modifiers.contains(KeyModifiers::CONTROL) && matches!(key.code, KeyCode::Char('o' | 'z')) {
                        gate.close();
                    }
                    let key = Key::from_event(key);
                    answer.as_mut().map_or_else(|| vec![Event::Key(key)], |a| a.take(key, Instant::now()))
                }
                event::Event::Paste(text) => vec![Event::Paste(text)],
                event::Event::Resize(width, height) => vec![Event::Resize(Size { width, height })],
                event::Event::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => vec![Event::Mouse(mouse, presses.count(mouse))],
                _ => vec![],
            };
            for event in news {
                events.send(event);
            }
            gate.wait();
        }
    };
    start("keys", work);
}

/// How long an answer of the terminal is waited for. Over a slow line it may take a while; keys are not held up by it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Counts quick presses on one cell.
#[derive(Default)]
struct Presses {
    last: Option<(Instant, u16, u16)>,
    count: u8,
}

impl Presses {
    fn count(&mut self, mouse: event::MouseEvent) -> u8 {
        if !matches!(mouse.kind, MouseEventKind::Down(_)) {
            return self.count;
        }
        let now = Instant::now();
        let again = self.last.is_some_and(|(at, x, y)| now - at < DOUBLE_CLICK && (x, y) == (mouse.column, mouse.row));
        self.count = if again { self.count % 3 + 1 } else { 1 };
        self.last = Some((now, mouse.column, mouse.row));
        self.count
    }
}

/// Tells the terminal's answer to the question for its background from keys: `ESC ] 1 1 ; r g b : 0000/0000/0000 BEL`. crossterm reads it as
/// Alt-] and characters, or, right behind an Esc that was typed (two escapes are one Esc to it), as `]` and characters. Keys typed before
/// and behind it are not lost, and what turns out to be none is given back.
struct Answer {
    until: Instant,
    held: Vec<Key>,
    escaped: bool,
}

impl Answer {
    fn new(until: Instant) -> Self {
        Self { until, held: Vec::new(), escaped: false }
    }

    fn take(&mut self, key: Key, now: Instant) -> Vec<Event> {
        let escaped = std::mem::replace(&mut self.escaped, key.code == KeyCode::Esc);
        let begins = self.held.is_empty()
            && (key == Key { code: KeyCode::Char(']'), modifiers: KeyModifiers::ALT } || (escaped && key == Key::char(']')));
        if self.held.is_empty() && (!begins || now > self.until) {
            return vec![Event::Key(key)];
        }
        let bell = key == Key { code: KeyCode::Char('g'), modifiers: KeyModifiers::CONTROL };
        let terminator = key == Key { code: KeyCode::Char('\\'), modifiers: KeyModifiers::ALT };
        // Over a slow line the terminator may come in two pieces: an Esc, and what is behind it.
        let half = self.held.last().is_some_and(|k| k.code == KeyCode::Esc);
        let said: String = self.held.iter().skip(1).filter_map(|k| k.typed()).collect();
        if bell || terminator || (half && key == Key::char('\\')) {
            self.held.clear();
            return theme_of(&said).map(Event::Background).into_iter().collect();
        }
        self.held.push(key);
        if key.code == KeyCode::Esc && !half && said.starts_with("11;rgb:") {
            return vec![];
        }
        let said = said + &key.typed().filter(|_| !begins).map(String::from).unwrap_or_default();
        let shape = "11;rgb:";
        let fits = said.len() < 40 && said.chars().zip(shape.chars()).all(|(a, b)| a == b) && said.len() + 1 == self.held.len();
        if fits { vec![] } else { self.held.drain(..).map(Event::Key).collect() }
    }
}

/// The theme for a background such as "11;rgb:ffff/ffff/dddd".
fn theme_of(answer: &str) -> Option<Theme> {
    let colors = answer.strip_prefix("11;rgb:")?;
    let part = |hex: &str| Some(f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from((1u32 << (4 * hex.len().min(7))) - 1));
    let parts: Vec<f64> = colors.split('/').map(part).collect::<Option<_>>()?;
    let [red, green, blue] = parts.get(..3)?.try_into().ok()?;
    // How bright the eye takes it: the luma weights of ITU-R BT.601.
    Some(if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 { Theme::Light } else { Theme::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &[Key]) -> (Vec<Key>, Option<Theme>) {
        let now = Instant::now();
        let mut answer = Answer::new(now + PATIENCE);
        let (mut keys, mut theme) = (Vec::new(), None);
        for event in typed.iter().flat_map(|k| answer.take(*k, now)) {
            match event {
                Event::Key(key) => keys.push(key),
                Event::Background(found) => theme = Some(found),
                other => panic!("{other:?}"),
            }
        }
        (keys, theme)
    }

    fn text(text: &str) -> Vec<Key> {
        text.chars().map(Key::char).collect()
    }

    const BEGIN: Key = Key { code: KeyCode::Char(']'), modifiers: KeyModifiers::ALT };
    const BELL: Key = Key { code: KeyCode::Char('g'), modifiers: KeyModifiers::CONTROL };

    #[test]
    fn the_answer_is_found_among_keys_and_no_key_is_lost() {
        let typed = [text("]q"), vec![BEGIN], text("11;rgb:ffff/ffff/dddd"), vec![BELL], text("t")].concat();
        assert_eq!(read(&typed), (text("]qt"), Some(Theme::Light)));
        let typed = [vec![BEGIN], text("11;rgb:1e/1e/2e"), vec![BELL]].concat();
        assert_eq!(read(&typed), (vec![], Some(Theme::Dark)));
        // Its end in two pieces.
        let escape = vec![Key::plain(KeyCode::Esc)];
        let typed = [vec![BEGIN], text("11;rgb:1e/1e/2e"), escape.clone(), text("\\]q")].concat();
        assert_eq!(read(&typed), (text("]q"), Some(Theme::Dark)));
        // An Esc that was typed before the answer ended is none of it.
        let typed = [vec![BEGIN], escape, text("j")].concat();
        assert_eq!(read(&typed), (typed, None));
    }

    #[test]
    fn the_answer_is_found_right_behind_an_escape() {
        let escape = vec![Key::plain(KeyCode::Esc)];
        let typed = [escape.clone(), text("]11;rgb:0000/0000/0000"), vec![BELL], text("j")].concat();
        assert_eq!(read(&typed), ([escape, text("j")].concat(), Some(Theme::Dark)));
    }

    #[test]
    fn keys_that_are_no_answer_come_back() {
        let typed = [vec![BEGIN], text("j")].concat();
        assert_eq!(read(&typed), (typed, None));
        let typed = [vec![Key::plain(KeyCode::Esc)], text("]q]1")].concat();
        assert_eq!(read(&typed), (typed, None));
    }
}
