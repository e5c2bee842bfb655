//! Editing one line of text.

use crossterm::event::{KeyCode, KeyModifiers};

use super::super::model::LineInput;
use crate::config::Key;
use crate::text::{TextRange, grapheme};

impl LineInput {
    /// A line with the caret at its end.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { at: text.len(), text }
    }

    /// Puts text in at the caret.
    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.at, text);
        self.at += text.len();
    }

    /// Takes in a key; true when the text changed.
    pub fn on_key(&mut self, key: Key) -> bool {
        let before = self.text.len();
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char('a') if control => self.at = 0,
            KeyCode::Char('e') if control => self.at = self.text.len(),
            KeyCode::Char('u') if control => {
                self.text.replace_range(..self.at, "");
                self.at = 0;
            }
            KeyCode::Char('w') if control => {
                let head = TextRange::new(0, self.at).of(&self.text).trim_end();
                let to = head.rfind(char::is_whitespace).map_or(0, |i| i + 1);
                self.text.replace_range(to..self.at, "");
                self.at = to;
            }
            KeyCode::Char('h') if control => self.erase(),
            KeyCode::Backspace => self.erase(),
            KeyCode::Delete => {
                let next = grapheme::next(&self.text, self.at);
                self.text.replace_range(self.at..next, "");
            }
            KeyCode::Left => self.at = grapheme::prev(&self.text, self.at),
            KeyCode::Right => self.at = grapheme::next(&self.text, self.at),
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = self.text.len(),
            _ => {
                if let Some(c) = key.typed() {
                    self.insert(c.encode_utf8(&mut [0; 4]));
                }
            }
        }
        self.text.len() != before
    }

    fn erase(&mut self) {
        let prev = grapheme::prev(&self.text, self.at);
        self.text.replace_range(prev..self.at, "");
        self.at = prev;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_by_graphemes_and_words() {
        let mut input = LineInput::new("un mot é👩‍👧");
        input.on_key(Key::plain(KeyCode::Backspace));
        input.on_key(Key::plain(KeyCode::Backspace));
        assert_eq!(input.text, "un mot ");
        input.on_key(Key { code: KeyCode::Char('w'), modifiers: KeyModifiers::CONTROL });
        assert_eq!((input.text.as_str(), input.at), ("un ", 3));
        input.on_key(Key::plain(KeyCode::Home));
        assert!(input.on_key(Key::char('x')));
        assert_eq!(input.text, "xun ");
    }
}
