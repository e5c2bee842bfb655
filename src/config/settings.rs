//! `config.toml`: what the reader set, with defaults for everything else. Parsing is pure; reading the file is the caller's.

use serde::Deserialize;

use super::actions::{Action, Context};
use super::keys::{self, Keymap};
use super::theme::Theme;

/// All settings.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The theme; `None` asks the terminal whether its background is dark.
    pub theme: Option<Theme>,
    /// The widest text column.
    pub measure: u16,
    /// True when the program takes the mouse.
    pub mouse: bool,
    /// Who makes annotations; `None` takes the user's name.
    pub creator: Option<String>,
    /// Keys.
    pub keymap: Keymap,
}

/// The widest text column when nothing is set: 72 characters read well, and 76 keep old mail unbroken.
pub const MEASURE: u16 = 76;

impl Default for Settings {
    fn default() -> Self {
        Self { theme: None, measure: MEASURE, mouse: true, creator: None, keymap: Keymap::default() }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    theme: Option<String>,
    measure: Option<u16>,
    mouse: Option<bool>,
    creator: Option<String>,
    keys: toml::Table,
}

impl Settings {
    /// Reads the text of a `config.toml`. What is wrong is left at its default and reported, one line each.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let mut settings = Self::default();
        let file: File = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => return (settings, vec![describe(text, &error)]),
        };
        let mut problems = Vec::new();
        if let Some(name) = &file.theme {
            settings.theme = Theme::by_name(name);
            if settings.theme.is_none() && name != "auto" {
                problems.push(format!("theme = \"{name}\": no such theme; use auto, dark, light or mono"));
            }
        }
        if let Some(measure) = file.measure {
            settings.measure = measure.clamp(20, 400);
        }
        settings.mouse = file.mouse.unwrap_or(settings.mouse);
        settings.creator = file.creator;
        for (context, table) in &file.keys {
            bind_all(&mut settings.keymap, context, table, &mut problems);
        }
        (settings, problems)
    }
}

/// One line with the place: "line 3, column 7: …".
fn describe(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |s| s.start).min(text.len());
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    let message = error.message().lines().next().unwrap_or("not valid TOML");
    format!("line {line}, column {column}: {message}")
}

fn bind_all(keymap: &mut Keymap, context: &str, table: &toml::Value, problems: &mut Vec<String>) {
    let Some(context) = Context::ALL.into_iter().find(|c| c.name() == context) else {
        problems.push(format!("[keys.{context}]: no such table; use keys.read, keys.select or keys.pane"));
        return;
    };
    for (name, value) in table.as_table().into_iter().flatten() {
        let Some(action) = Action::by_name(name) else {
            problems.push(format!("keys.{}.{name}: no such action; the command line (:) lists them", context.name()));
            continue;
        };
        let written: Vec<&str> = match value {
            toml::Value::String(one) => vec![one],
            toml::Value::Array(many) => many.iter().filter_map(toml::Value::as_str).collect(),
            _ => vec![],
        };
        let bound = written
            .iter()
            .map(|w| keys::parse(w))
            .collect::<Result<Vec<_>, _>>()
            .and_then(|sequences| keymap.rebind(context, action, &sequences));
        if let Err(why) = bound {
            problems.push(format!("keys.{}.{name}: {why}", context.name()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings_and_keys() {
        let (s, problems) =
            Settings::parse("theme = \"light\"\nmeasure = 60\n[keys.read]\nnext-quote = [\"ctrl-n\", \"] q\"]\nhelp = \"ctrl-h\"\n");
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!((s.theme, s.measure), (Some(Theme::Light), 60));
        assert_eq!(s.keymap.keys_of(Action::NextQuote), ["]q", "Ctrl-n"]);
    }

    #[test]
    fn problems_are_said_and_the_rest_holds() {
        let (_, problems) = Settings::parse("theme = \"sepia\"\n[keys.read]\nfly = \"x\"\nhelp = \"g\"\n");
        assert_eq!(problems.len(), 3, "{problems:?}");
        assert!(problems[0].contains("dark, light or mono"));
        let (_, problems) = Settings::parse("measure = 60\ntheme 3\n");
        assert!(problems[0].starts_with("line 2, column"), "{problems:?}");
    }
}
