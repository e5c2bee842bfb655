//! Keys as data: how they are written, and which action a sequence of them means.

use std::fmt;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use rustc_hash::FxHashMap;

use super::actions::{self, Action, Context};

/// One key press. Shift is part of the character for characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Ctrl and Alt; Shift only for keys that are no characters.
    pub modifiers: KeyModifiers,
}

const NAMES: &[(&str, KeyCode)] = &[
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("space", KeyCode::Char(' ')),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
];

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, modifiers: KeyModifiers::NONE }
    }

    /// A character without modifiers.
    #[must_use]
    pub const fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// What a terminal event means as a key.
    #[must_use]
    pub fn from_event(event: KeyEvent) -> Self {
        let mut modifiers = event.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let mut code = event.code;
        match code {
            // Some terminals report Ctrl-h for Backspace, and Shift with Tab instead of BackTab.
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => code = KeyCode::BackTab,
            // Enter typed before raw mode was on has become a line feed, which is Ctrl-j.
            KeyCode::Char('j') if modifiers == KeyModifiers::CONTROL => return Self::plain(KeyCode::Enter),
            KeyCode::Char(c) if modifiers.contains(KeyModifiers::CONTROL) => code = KeyCode::Char(c.to_ascii_lowercase()),
            _ => {}
        }
        if matches!(code, KeyCode::BackTab) || matches!(code, KeyCode::Char(c) if c != ' ') {
            modifiers -= KeyModifiers::SHIFT;
        }
        Self { code, modifiers }
    }

    /// The character this key types, when it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (modifier, name) in [(KeyModifiers::CONTROL, "Ctrl-"), (KeyModifiers::ALT, "Alt-"), (KeyModifiers::SHIFT, "Shift-")] {
            if self.modifiers.contains(modifier) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            code => {
                let name = NAMES.iter().find(|(_, c)| *c == code).map_or("?", |(n, _)| n);
                let mut chars = name.chars();
                chars.next().map_or(Ok(()), |c| write!(f, "{}{}", c.to_ascii_uppercase(), chars.as_str()))
            }
        }
    }
}

/// Reads a key sequence as it is written in the action table and in `config.toml`: keys separated by spaces ("] q", "ctrl-d", "G").
///
/// # Errors
/// One line that says which word is no key.
pub fn parse(written: &str) -> Result<Vec<Key>, String> {
    let keys: Vec<Key> = written.split_whitespace().map(parse_one).collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err("empty key; write for example \"ctrl-d\" or \"] q\"".into());
    }
    Ok(keys)
}

fn parse_one(word: &str) -> Result<Key, String> {
    let mut modifiers = KeyModifiers::NONE;
    let mut rest = word;
    while let Some((head, tail)) = rest.split_once('-').filter(|(head, tail)| !tail.is_empty() && head.len() > 1) {
        modifiers |= match head.to_ascii_lowercase().as_str() {
            "ctrl" => KeyModifiers::CONTROL,
            "alt" => KeyModifiers::ALT,
            "shift" => KeyModifiers::SHIFT,
            _ => return Err(format!("unknown key '{word}'; modifiers are ctrl-, alt- and shift-")),
        };
        rest = tail;
    }
    let mut chars = rest.chars();
    let code = match (chars.next(), chars.next()) {
        (Some(c), None) => KeyCode::Char(c),
        _ => {
            let lower = rest.to_ascii_lowercase();
            let named = NAMES.iter().find(|(n, _)| *n == lower).map(|(_, c)| *c);
            let function = || lower.strip_prefix('f').and_then(|n| n.parse().ok()).map(KeyCode::F);
            named.or_else(function).ok_or_else(|| format!("unknown key '{word}'"))?
        }
    };
    Ok(Key { code, modifiers })
}

/// A key sequence as people read it: "]q", "Ctrl-d", "g g" as "gg".
#[must_use]
pub fn show(keys: &[Key]) -> String {
    keys.iter().map(ToString::to_string).collect()
}

/// What a sequence of keys means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// This action.
    Hit(Action),
    /// The start of longer sequences.
    More,
    /// Nothing.
    Miss,
}

/// Key sequences and their actions, for each context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bound: FxHashMap<(Context, Vec<Key>), Action>,
}

impl Default for Keymap {
    /// The default keys of the action table.
    fn default() -> Self {
        let mut map = Self { bound: FxHashMap::default() };
        for spec in actions::ALL {
            for written in spec.keys {
                let keys = parse(written).expect("a test checks that default keys parse");
                map.bound.insert((spec.context, keys), spec.action);
            }
        }
        map
    }
}

impl Keymap {
    /// What `pending` means in `context`. A context other than [`Context::Read`] falls back to it.
    #[must_use]
    pub fn lookup(&self, context: Context, pending: &[Key]) -> Lookup {
        let own = self.lookup_in(context, pending);
        if own == Lookup::Miss && context != Context::Read { self.lookup_in(Context::Read, pending) } else { own }
    }

    fn lookup_in(&self, context: Context, pending: &[Key]) -> Lookup {
        if let Some(&action) = self.bound.get(&(context, pending.to_vec())) {
            return Lookup::Hit(action);
        }
        if self.bound.keys().any(|(c, keys)| *c == context && keys.len() > pending.len() && keys.starts_with(pending)) {
            return Lookup::More;
        }
        Lookup::Miss
    }

    /// Binds `keys` to `action` in place of the action's other keys in that context.
    ///
    /// # Errors
    /// One line, when a key hides or is hidden by a longer sequence.
    pub fn rebind(&mut self, context: Context, action: Action, sequences: &[Vec<Key>]) -> Result<(), String> {
        self.bound.retain(|(c, _), a| !(*c == context && *a == action));
        for keys in sequences {
            self.bound.retain(|(c, k), _| !(*c == context && k == keys));
            let clash = self.bound.iter().find(|((c, k), _)| *c == context && (k.starts_with(keys) || keys.starts_with(k)));
            if let Some(((_, other), a)) = clash {
                return Err(format!("'{}' and '{}' ({}) hide each other", show(keys), show(other), a.spec().name));
            }
            self.bound.insert((context, keys.clone()), action);
        }
        Ok(())
    }

    /// The default keys that do something else now, one line each: "j was down; it is now tag".
    #[must_use]
    pub fn taken(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for spec in actions::ALL {
            for keys in spec.keys.iter().filter_map(|written| parse(written).ok()) {
                let now = self.bound.get(&(spec.context, keys.clone())).filter(|now| **now != spec.action);
                lines.extend(now.map(|now| format!("{} was {}; it is now {}", show(&keys), spec.name, now.spec().name)));
            }
        }
        lines
    }

    /// The sequences bound to an action, shortest first, as people read them.
    #[must_use]
    pub fn keys_of(&self, action: Action) -> Vec<String> {
        let mut keys: Vec<&Vec<Key>> = self.bound.iter().filter(|(_, a)| **a == action).map(|((_, k), _)| k).collect();
        keys.sort_by_key(|k| (show(k).len(), show(k)));
        keys.dedup();
        keys.iter().map(|k| show(k)).collect()
    }

    /// What can follow `pending` in `context`: the keys and what they do, in the order of the action table. A key of the context's own
    /// hides the reader's.
    #[must_use]
    pub fn continuations(&self, context: Context, pending: &[Key]) -> Vec<(String, &'static str)> {
        let follows = |keys: &[Key]| keys.len() > pending.len() && keys.starts_with(pending);
        let mut list: Vec<(Action, String)> = self
            .bound
            .iter()
            .filter(|((c, keys), action)| {
                (*c == context || *c == Context::Read) && follows(keys) && self.lookup(context, keys) == Lookup::Hit(**action)
            })
            .map(|((_, keys), action)| (*action, show(&keys[pending.len()..])))
            .collect();
        list.sort_by_key(|(action, keys)| (*action as usize, keys.clone()));
        list.dedup();
        list.into_iter().map(|(action, keys)| (keys, action.spec().doc)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_keys_parse_and_none_shadows_another() {
        let map = Keymap::default();
        let count: usize = actions::ALL.iter().map(|s| s.keys.len()).sum();
        assert_eq!(map.bound.len(), count, "two actions share a key in one context");
        for (context, keys) in map.bound.keys() {
            for (c, other) in map.bound.keys() {
                let hides = c == context && other.len() > keys.len() && other.starts_with(keys);
                assert!(!hides, "{} hides {}", show(keys), show(other));
            }
        }
    }

    #[test]
    fn keys_that_were_taken_from_others_are_known() {
        let mut map = Keymap::default();
        assert_eq!(map.taken(), [""; 0]);
        map.rebind(Context::Read, Action::Tag, &[vec![Key::char('j')]]).expect("no clash");
        assert_eq!(map.taken(), ["j was down; it is now tag"]);
    }

    #[test]
    fn sequences_and_contexts() {
        let map = Keymap::default();
        let of = |s: &str| parse(s).expect("a key");
        assert_eq!(map.lookup(Context::Read, &of("]")), Lookup::More);
        assert_eq!(map.lookup(Context::Read, &of("] q")), Lookup::Hit(Action::NextQuote));
        assert_eq!(map.lookup(Context::Select, &of("i q")), Lookup::Hit(Action::InnerQuote));
        assert_eq!(map.lookup(Context::Select, &of("j")), Lookup::Hit(Action::Down));
        assert_eq!(map.lookup(Context::Pane, &of("j")), Lookup::Hit(Action::PaneDown));
        assert_eq!(map.lookup(Context::Read, &of("i")), Lookup::Miss);
    }

    #[test]
    fn what_can_follow_is_in_the_order_of_the_table_and_of_the_context() {
        let map = Keymap::default();
        let of = |context, s: &str| -> Vec<String> {
            map.continuations(context, &parse(s).expect("a key")).into_iter().map(|(keys, _)| keys).collect()
        };
        assert_eq!(of(Context::Read, "]"), ["q", "f", "p", "a", "b", "h", "l"]);
        assert_eq!(of(Context::Select, "i"), ["s", "p", "q", "w"]);
        assert_eq!(of(Context::Read, "i"), [""; 0]);
        // In the pane gg is the first row, and gd is still the reader's.
        let pane = map.continuations(Context::Pane, &parse("g").expect("a key"));
        assert!(pane.contains(&("g".into(), Action::PaneTop.spec().doc)) && pane.contains(&("d".into(), Action::FirstMention.spec().doc)));
        assert_eq!(pane.iter().filter(|(keys, _)| keys == "g").count(), 1);
    }

    #[test]
    fn rebinding_refuses_a_key_that_hides_others() {
        let mut map = Keymap::default();
        let of = |s: &str| vec![parse(s).expect("a key")];
        assert!(map.rebind(Context::Read, Action::Help, &of("g")).is_err());
        assert!(map.rebind(Context::Read, Action::Help, &of("ctrl-g")).is_ok());
        assert_eq!(map.keys_of(Action::Help), ["Ctrl-g"]);
    }

    #[test]
    fn keys_are_shown_as_people_write_them() {
        for (written, shown) in
            [("ctrl-d", "Ctrl-d"), ("] q", "]q"), ("backtab", "Shift-Tab"), ("f1", "F1"), ("pagedown", "PgDn"), ("-", "-")]
        {
            assert_eq!(show(&parse(written).expect("a key")), shown);
        }
        assert!(parse("hyper-x").is_err() && parse("nokey").is_err() && parse("").is_err());
    }
}
