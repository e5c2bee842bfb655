//! The list of articles that opens for a directory, for several files, or for nothing: what was read lately.
//!
//! `Event -> update(&mut Picker, Event) -> Option<Picked>`; what is known of an article comes from a worker, one by one.

mod view;

pub use view::draw;

use crossterm::event::{KeyCode, KeyModifiers, MouseButton, MouseEventKind};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::event::Event;
use super::layout::Size;
use super::model::LineInput;
use crate::config::{Key, Theme};

/// What is known of an article in the list; unknown fields are absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Info {
    /// The title.
    pub title: Option<String>,
    /// When it was published, or when it was read, as the list is about.
    pub date: Option<String>,
    /// Words of text.
    pub words: Option<usize>,
    /// Quotations.
    pub quotes: Option<usize>,
    /// Annotations.
    pub notes: Option<usize>,
    /// How far it was read, in per cent.
    pub read: Option<usize>,
    /// Why it cannot be read.
    pub failed: Option<String>,
}

/// One article of the list.
#[derive(Debug, Clone)]
pub struct Item {
    /// The name of its file, or its address. Untrusted.
    pub name: String,
    /// What is known of it.
    pub info: Info,
}

/// How the list ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// This article is to be read.
    Article(usize),
    /// The program ends with this status.
    Quit(u8),
}

/// The list and what is chosen in it.
pub struct Picker {
    /// What stands over the list.
    pub heading: String,
    /// All articles.
    pub items: Vec<Item>,
    /// Which of them fit what was typed, best first.
    shown: Vec<usize>,
    /// The chosen row.
    row: usize,
    /// The first row in view.
    top: usize,
    /// What is typed, while it is.
    typed: Option<LineInput>,
    /// What the list is searched for.
    query: String,
    /// A `g` waits for the second.
    pending: bool,
    /// The keys lie over the list.
    help: bool,
    /// What is said until the next key.
    said: Option<String>,
    size: Size,
    /// The look.
    pub theme: Theme,
}

/// The keys of the list.
const KEYS: [(&str, &str); 8] = [
    ("Enter l", "read the article"),
    ("q", "in an article: back to the list; in the list: quit"),
    ("/", "only articles whose title or name has these letters; Esc shows all"),
    ("]b [b", "in an article: next, previous"),
    ("j k", "down, up"),
    ("gg G", "first, last"),
    ("Space b", "a page down, up"),
    ("Q Ctrl-c", "quit"),
];

/// Rows that are no articles: title, rule, status.
const FRAME: u16 = 3;

impl Picker {
    /// A list with article `chosen` chosen.
    #[must_use]
    pub fn new(heading: String, items: Vec<Item>, chosen: usize, size: Size, theme: Theme) -> Self {
        let shown: Vec<usize> = (0..items.len()).collect();
        let row = chosen.min(shown.len().saturating_sub(1));
        let mut picker = Self {
            heading,
            items,
            shown,
            row,
            top: 0,
            typed: None,
            query: String::new(),
            pending: false,
            help: false,
            said: None,
            size,
            theme,
        };
        picker.keep_in_view();
        picker
    }

    fn height(&self) -> usize {
        usize::from(self.size.height.saturating_sub(FRAME)).max(1)
    }

    fn go(&mut self, row: usize) {
        self.row = row.min(self.shown.len().saturating_sub(1));
        self.keep_in_view();
    }

    fn keep_in_view(&mut self) {
        let height = self.height();
        self.top = self.top.clamp((self.row + 1).saturating_sub(height), self.row);
    }

    /// Shows the articles whose title or name fits what was typed, best first.
    fn search(&mut self) {
        self.shown = (0..self.items.len()).collect();
        if !self.query.trim().is_empty() {
            let pattern = Pattern::parse(self.query.trim(), CaseMatching::Ignore, Normalization::Smart);
            let (mut matcher, mut buffer) = (Matcher::new(Config::DEFAULT), Vec::new());
            let mut score = |item: &Item| {
                let words = format!("{} {}", item.info.title.as_deref().unwrap_or_default(), item.name);
                pattern.score(Utf32Str::new(&words, &mut buffer), &mut matcher)
            };
            let mut fitting: Vec<(u32, usize)> = self.shown.iter().filter_map(|&i| Some((score(&self.items[i])?, i))).collect();
            fitting.sort_by_key(|&(score, i)| (std::cmp::Reverse(score), i));
            self.shown = fitting.into_iter().map(|(_, i)| i).collect();
        }
        self.go(0);
    }
}

/// Takes in one event; how the list ends, when it does.
pub fn update(picker: &mut Picker, event: Event) -> Option<Picked> {
    match event {
        Event::Key(key) if picker.typed.is_some() => on_typing(picker, key),
        Event::Key(key) => on_key(picker, key),
        Event::Paste(text) => {
            if let Some(input) = &mut picker.typed {
                input.insert(text.lines().next().unwrap_or_default());
                picker.query.clone_from(&input.text);
                picker.search();
            }
            None
        }
        Event::Mouse(mouse, _) => match mouse.kind {
            MouseEventKind::ScrollDown => {
                picker.go(picker.row + 3);
                None
            }
            MouseEventKind::ScrollUp => {
                picker.go(picker.row.saturating_sub(3));
                None
            }
            MouseEventKind::Down(MouseButton::Left) => {
                let row = (picker.top + usize::from(mouse.row)).checked_sub(2)?;
                let inside = mouse.row >= 2 && usize::from(mouse.row) < 2 + picker.height();
                picker.shown.get(row).filter(|_| inside).map(|&i| Picked::Article(i))
            }
            _ => None,
        },
        Event::Resize(size) => {
            picker.size = size;
            picker.keep_in_view();
            None
        }
        Event::Looked(i, info) => {
            if let Some(item) = picker.items.get_mut(i) {
                item.info = *info;
            }
            if !picker.query.is_empty() {
                let row = picker.row;
                picker.search();
                picker.go(row);
            }
            None
        }
        Event::Background(theme) => {
            picker.theme = theme;
            None
        }
        Event::Terminate(signal) => Some(Picked::Quit(u8::try_from(128 + signal).unwrap_or(2))),
        _ => None,
    }
}

fn on_key(picker: &mut Picker, key: Key) -> Option<Picked> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let page = picker.height();
    let twice = std::mem::take(&mut picker.pending);
    picker.said = None;
    if std::mem::take(&mut picker.help) {
        return None;
    }
    match key.code {
        KeyCode::Enter | KeyCode::Char('l') | KeyCode::Right => return picker.shown.get(picker.row).map(|&i| Picked::Article(i)),
        KeyCode::Char('q' | 'Q') => return Some(Picked::Quit(0)),
        KeyCode::Char('c') if control => return Some(Picked::Quit(0)),
        KeyCode::Esc if picker.query.is_empty() => return Some(Picked::Quit(0)),
        KeyCode::Esc => {
            picker.query.clear();
            picker.search();
        }
        KeyCode::Char('/') => picker.typed = Some(LineInput::new(picker.query.clone())),
        KeyCode::Char('d') if control => picker.go(picker.row + page / 2),
        KeyCode::Char('u') if control => picker.go(picker.row.saturating_sub(page / 2)),
        KeyCode::Char('f') if control => picker.go(picker.row + page),
        KeyCode::Char('b') if control => picker.go(picker.row.saturating_sub(page)),
        KeyCode::Char('j') | KeyCode::Down => picker.go(picker.row + 1),
        KeyCode::Char('k') | KeyCode::Up => picker.go(picker.row.saturating_sub(1)),
        KeyCode::Char(' ' | 'f') | KeyCode::PageDown => picker.go(picker.row + page),
        KeyCode::Char('b') | KeyCode::PageUp => picker.go(picker.row.saturating_sub(page)),
        KeyCode::Char('g') if twice => picker.go(0),
        KeyCode::Char('g') => picker.pending = true,
        KeyCode::Char('?') | KeyCode::F(1) => picker.help = true,
        KeyCode::Home => picker.go(0),
        KeyCode::Char('G') | KeyCode::End => picker.go(usize::MAX),
        _ => picker.said = Some(format!("{key} is no key here; ? shows all")),
    }
    None
}

/// A key while something is typed: the list follows.
fn on_typing(picker: &mut Picker, key: Key) -> Option<Picked> {
    match key.code {
        KeyCode::Enter => {
            picker.typed = None;
            return picker.shown.get(picker.row).map(|&i| Picked::Article(i));
        }
        KeyCode::Esc => {
            picker.typed = None;
            picker.query.clear();
            picker.search();
        }
        KeyCode::Down | KeyCode::Tab => picker.go(picker.row + 1),
        KeyCode::Up | KeyCode::BackTab => picker.go(picker.row.saturating_sub(1)),
        _ => {
            let input = picker.typed.as_mut()?;
            if input.on_key(key) {
                picker.query.clone_from(&input.text);
                picker.search();
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        let items = ["Harbour fee to rise", "Bread and salt", "The bridge is shut"]
            .map(|title| Item { name: format!("{}.txt", title.len()), info: Info { title: Some(title.into()), ..Info::default() } });
        Picker::new("3 articles".into(), items.into(), 0, Size { width: 80, height: 5 }, Theme::Dark)
    }

    fn press(picker: &mut Picker, keys: &str) -> Option<Picked> {
        let event =
            |c: char| Event::Key(Key { code: if c == '\r' { KeyCode::Enter } else { KeyCode::Char(c) }, modifiers: KeyModifiers::NONE });
        keys.chars().filter_map(|c| update(picker, event(c))).last()
    }

    #[test]
    fn keys_go_through_the_list_and_open() {
        assert_eq!(press(&mut picker(), "jj\r"), Some(Picked::Article(2)));
        assert_eq!(press(&mut picker(), "Gk\r"), Some(Picked::Article(1)));
        assert_eq!(press(&mut picker(), "Ggg\r"), Some(Picked::Article(0)));
        assert_eq!(press(&mut picker(), "jjjj\r"), Some(Picked::Article(2)));
        assert_eq!(press(&mut picker(), "q"), Some(Picked::Quit(0)));
    }

    #[test]
    fn help_takes_the_next_key_and_an_unknown_key_is_told() {
        let mut picker = picker();
        press(&mut picker, "?");
        assert!(picker.help);
        assert_eq!(press(&mut picker, "q"), None, "it closes help");
        press(&mut picker, "x");
        assert_eq!(picker.said.as_deref(), Some("x is no key here; ? shows all"));
        press(&mut picker, "j");
        assert_eq!((picker.said.as_deref(), picker.row), (None, 1));
    }

    #[test]
    fn what_is_typed_narrows_the_list() {
        let mut picker = picker();
        assert_eq!(press(&mut picker, "/brdg\r"), Some(Picked::Article(2)));
        assert_eq!(picker.shown, [2]);
        let mut none = self::picker();
        assert_eq!(press(&mut none, "/zzz\r"), None);
    }

    #[test]
    fn the_chosen_row_stays_in_view() {
        let mut picker = picker();
        press(&mut picker, "G");
        assert_eq!((picker.row, picker.top), (2, 1));
        update(&mut picker, Event::Resize(Size { width: 80, height: 4 }));
        assert_eq!(picker.top, 2);
    }
}
