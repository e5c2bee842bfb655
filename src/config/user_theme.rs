//! Themes from `config.toml`: the styles of some roles, and a theme that gives the others.

use std::hash::{Hash, Hasher};

use ratatui::style::{Color, Modifier, Style};

use super::theme::{Role, Theme};

/// A theme of the reader's own. Two of one name are the same.
#[derive(Debug)]
pub struct UserTheme {
    /// Its name.
    pub name: String,
    /// Gives the roles that are not set here.
    pub base: Theme,
    /// The roles that are.
    pub styles: Vec<(Role, Style)>,
}

impl PartialEq for UserTheme {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for UserTheme {}

impl Hash for UserTheme {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl UserTheme {
    /// The theme for use. It is kept until the program ends, so that themes can be passed around as freely as those that come with it.
    #[must_use]
    pub fn keep(self) -> Theme {
        Theme::User(Box::leak(Box::new(self)))
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles.iter().find(|(r, _)| *r == role).map_or_else(|| self.base.style(role), |(_, style)| *style)
    }
}

/// What a word of a style may be.
pub const WORDS: &str = "a colour (black, red, green, yellow, blue, magenta, cyan, gray, dark-gray, light-red … light-cyan, white, 0 to 255, #rrggbb, default), \
    first for the letters, second for the ground; then bold, dim, italic, underline, reverse, crossed-out";

const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

/// Reads a style as it is written: `light-green`, `black #ffcc00 bold`, `default blue`. Nothing is the terminal's own look.
///
/// # Errors
/// The word that is none of [`WORDS`], or one colour too many.
pub fn style(written: &str) -> Result<Style, String> {
    let mut style = Style::new();
    for word in written.split_whitespace() {
        if let Some((_, modifier)) = MODIFIERS.iter().find(|(name, _)| *name == word) {
            style = style.add_modifier(*modifier);
            continue;
        }
        let color = if word == "default" { Ok(Color::Reset) } else { word.parse::<Color>() };
        let color = color.map_err(|_| format!("'{word}' is no colour and no attribute; use {WORDS}"))?;
        match (style.fg, style.bg) {
            (None, _) => style = style.fg(color),
            (_, None) => style = style.bg(color),
            _ => return Err(format!("'{word}' is a third colour; use {WORDS}")),
        }
    }
    Ok(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_as_they_are_written() {
        assert_eq!(style("light-green"), Ok(Style::new().fg(Color::LightGreen)));
        let bold = Style::new().fg(Color::Black).bg(Color::Rgb(255, 204, 0)).add_modifier(Modifier::BOLD);
        assert_eq!(style("black #ffcc00 bold"), Ok(bold));
        assert_eq!(
            style("default 240 underline"),
            Ok(Style::new().fg(Color::Reset).bg(Color::Indexed(240)).add_modifier(Modifier::UNDERLINED))
        );
        assert_eq!(style(""), Ok(Style::new()));
        assert!(style("bold puce").is_err_and(|e| e.contains("'puce'") && e.contains("dark-gray")));
        assert!(style("red blue green").is_err_and(|e| e.contains("third colour")));
    }

    #[test]
    fn what_a_theme_does_not_set_its_base_gives() {
        let red = Style::new().fg(Color::Red);
        let theme = UserTheme { name: "mine".into(), base: Theme::Mono, styles: vec![(Role::Quote, red)] }.keep();
        assert_eq!(theme.style(Role::Quote), red);
        assert_eq!(theme.style(Role::Person), Theme::Mono.style(Role::Person));
        assert_eq!(theme.name(), "mine");
    }
}
