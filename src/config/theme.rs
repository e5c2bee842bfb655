//! Looks: every role's style in each theme. Roles differ by more than hue, so that nothing is lost without colour.

use ratatui::style::{Color, Modifier, Style};

use super::user_theme::UserTheme;
use crate::annotation::model::COLORS;
use crate::compare::report::Tone;

/// The 16 colours of a terminal, in the order of their codes.
pub const ANSI: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];

/// What a piece of the screen is. Only themes turn roles into colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    Text,
    /// The headline.
    Title,
    /// A heading.
    Heading,
    /// By-line, date, credit, caption: part of the article, said more quietly.
    Quiet,
    /// A folded or unfolded piece of furniture.
    Fold,
    /// Title bar, rules and other chrome.
    Chrome,
    /// The status line's mode word, the tab that is open.
    Strong,
    /// A quotation.
    Quote,
    /// Words in marks that nobody said.
    Mention,
    /// A person's mention.
    Person,
    /// A figure.
    Figure,
    /// The words of a link.
    Link,
    /// A mention of the person the caret is on.
    Lit,
    /// What an attribution rests on.
    Evidence,
    /// An annotation, by the index of its colour in [`crate::annotation::model::COLORS`].
    Note(u8),
    /// An annotation whose words changed.
    NoteChanged,
    /// The finding or annotation under the caret.
    Current,
    /// A label on a sentence.
    Label,
    /// A label on a finding.
    LabelFinding,
    /// A match of the search.
    Match,
    /// The match the caret is on.
    CurrentMatch,
    /// The selection.
    Selection,
    /// The selected row of a list.
    Row,
    /// An error in the status line.
    Error,
    /// Key names in help and hints.
    Key,
    /// A bar of a chart.
    Bar,
    /// Words that only the older version has.
    Cut,
    /// Words that only the newer version has.
    Added,
}

impl From<Tone> for Role {
    /// The looks of a tone; the signs in the text say the same without colours.
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Heading => Self::Heading,
            Tone::Plain => Self::Text,
            Tone::Cut => Self::Cut,
            Tone::Added => Self::Added,
            Tone::Quiet => Self::Chrome,
        }
    }
}

impl Role {
    /// Every role with its name in `config.toml`.
    pub const NAMED: [(&str, Self); 31] = [
        ("text", Self::Text),
        ("title", Self::Title),
        ("heading", Self::Heading),
        ("quiet", Self::Quiet),
        ("fold", Self::Fold),
        ("chrome", Self::Chrome),
        ("strong", Self::Strong),
        ("quote", Self::Quote),
        ("mention", Self::Mention),
        ("person", Self::Person),
        ("figure", Self::Figure),
        ("link", Self::Link),
        ("lit", Self::Lit),
        ("evidence", Self::Evidence),
        ("note-yellow", Self::Note(0)),
        ("note-green", Self::Note(1)),
        ("note-blue", Self::Note(2)),
        ("note-pink", Self::Note(3)),
        ("note-orange", Self::Note(4)),
        ("note-purple", Self::Note(5)),
        ("note-changed", Self::NoteChanged),
        ("current", Self::Current),
        ("match", Self::Match),
        ("current-match", Self::CurrentMatch),
        ("selection", Self::Selection),
        ("row", Self::Row),
        ("error", Self::Error),
        ("key", Self::Key),
        ("bar", Self::Bar),
        ("cut", Self::Cut),
        ("added", Self::Added),
    ];
}

impl Role {
    /// That of an annotation of this colour; of one that we do not know, the first.
    #[must_use]
    pub fn of_color(color: &str) -> Self {
        let at = COLORS.iter().position(|c| *c == color).unwrap_or(0);
        Self::Note(u8::try_from(at).unwrap_or(0))
    }
}

/// A palette of styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// For dark backgrounds.
    #[default]
    Dark,
    /// For light backgrounds.
    Light,
    /// Without colours: bold, underline, italic and reverse alone.
    Mono,
    /// One from `config.toml`.
    User(&'static UserTheme),
}

impl Theme {
    /// The themes that come with the program, in the order that the key cycles through.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Mono];

    /// The name in `config.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Mono => "mono",
            Self::User(theme) => &theme.name,
        }
    }

    /// The theme of this name, of those that come with the program.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.name() == name)
    }

    /// The style of a role. Uses the terminal's own 16 colours, so that it follows the reader's palette.
    #[must_use]
    pub fn style(self, role: Role) -> Style {
        match self {
            Self::Mono => mono(role),
            Self::Dark => coloured(role, &DARK),
            Self::Light => coloured(role, &LIGHT),
            Self::User(theme) => theme.style(role),
        }
    }
}

/// The colours that differ between dark and light.
struct Palette {
    quote: Color,
    person: Color,
    figure: Color,
    quiet: Color,
    accent: Color,
    cut: Color,
    row: (Color, Color),
    /// Background and foreground of labels on sentences and on findings.
    labels: [(Color, Color); 2],
    /// Background and foreground of annotations, in the order of the colour names.
    notes: [(Color, Color); 6],
}

const DARK: Palette = Palette {
    quote: Color::LightGreen,
    person: Color::LightCyan,
    figure: Color::LightYellow,
    quiet: Color::Gray,
    accent: Color::Cyan,
    cut: Color::LightRed,
    row: (Color::Blue, Color::White),
    labels: [(Color::White, Color::Black), (Color::LightYellow, Color::Black)],
    notes: [
        (Color::LightYellow, Color::Black),
        (Color::Green, Color::Black),
        (Color::Blue, Color::White),
        (Color::Magenta, Color::White),
        (Color::LightRed, Color::Black),
        (Color::LightMagenta, Color::Black),
    ],
};

const LIGHT: Palette = Palette {
    // Green and grey of the 16 colours are too pale on white.
    quote: Color::Magenta,
    person: Color::Blue,
    figure: Color::Red,
    quiet: Color::Reset,
    accent: Color::Blue,
    cut: Color::Red,
    row: (Color::Blue, Color::White),
    labels: [(Color::Black, Color::White), (Color::Blue, Color::White)],
    notes: [
        (Color::LightYellow, Color::Black),
        (Color::LightGreen, Color::Black),
        (Color::LightCyan, Color::Black),
        (Color::LightMagenta, Color::Black),
        (Color::LightRed, Color::Black),
        (Color::Magenta, Color::White),
    ],
};

fn coloured(role: Role, palette: &Palette) -> Style {
    let plain = Style::new();
    match role {
        Role::Text => plain,
        Role::Title => plain.add_modifier(Modifier::BOLD),
        Role::Heading => plain.fg(palette.accent).add_modifier(Modifier::BOLD),
        Role::Quiet => plain.fg(palette.quiet).add_modifier(Modifier::ITALIC),
        Role::Chrome | Role::Fold => plain.fg(palette.quiet),
        Role::Strong => plain.fg(palette.accent).add_modifier(Modifier::BOLD),
        Role::Quote => plain.fg(palette.quote).add_modifier(Modifier::ITALIC),
        Role::Mention => plain.add_modifier(Modifier::ITALIC),
        Role::Person => plain.fg(palette.person).add_modifier(Modifier::UNDERLINED),
        Role::Figure => plain.fg(palette.figure).add_modifier(Modifier::BOLD),
        Role::Link => plain.add_modifier(Modifier::DIM | Modifier::UNDERLINED),
        Role::Lit => plain.fg(palette.person).add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        Role::Evidence => plain.add_modifier(Modifier::ITALIC),
        Role::Note(color) => {
            let (background, foreground) = palette.notes[usize::from(color) % palette.notes.len()];
            plain.bg(background).fg(foreground)
        }
        Role::NoteChanged => plain.bg(Color::Red).fg(Color::White).add_modifier(Modifier::UNDERLINED),
        Role::Current => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Label | Role::LabelFinding => {
            let (background, foreground) = palette.labels[usize::from(role == Role::LabelFinding)];
            plain.bg(background).fg(foreground).add_modifier(Modifier::BOLD)
        }
        Role::Match => plain.bg(Color::Cyan).fg(Color::Black),
        Role::CurrentMatch => plain.bg(Color::Cyan).fg(Color::Black).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Selection => plain.add_modifier(Modifier::REVERSED),
        Role::Row => plain.bg(palette.row.0).fg(palette.row.1).add_modifier(Modifier::BOLD),
        Role::Error => plain.bg(Color::Red).fg(Color::White).add_modifier(Modifier::BOLD),
        Role::Key => plain.fg(palette.accent),
        Role::Bar => plain.fg(palette.quote),
        Role::Cut => plain.fg(palette.cut).add_modifier(Modifier::CROSSED_OUT),
        Role::Added => plain.fg(palette.quote).add_modifier(Modifier::UNDERLINED),
    }
}

fn mono(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Chrome | Role::Fold | Role::Bar => plain,
        Role::Title | Role::Heading | Role::Strong | Role::Key | Role::Figure => plain.add_modifier(Modifier::BOLD),
        Role::Quiet => plain.add_modifier(Modifier::DIM),
        Role::Link => plain.add_modifier(Modifier::DIM | Modifier::UNDERLINED),
        Role::Mention | Role::Evidence | Role::Quote => plain.add_modifier(Modifier::ITALIC),
        Role::Person | Role::Added => plain.add_modifier(Modifier::UNDERLINED),
        Role::Cut => plain.add_modifier(Modifier::CROSSED_OUT),
        Role::Lit | Role::Current => plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        Role::Note(_) | Role::Match | Role::Row => plain.add_modifier(Modifier::REVERSED),
        Role::NoteChanged | Role::CurrentMatch | Role::Error | Role::Label => plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
        Role::LabelFinding => plain.add_modifier(Modifier::REVERSED | Modifier::BOLD | Modifier::UNDERLINED),
        Role::Selection => plain.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWN_TOGETHER: [Role; 11] = [
        Role::Text,
        Role::Link,
        Role::Quote,
        Role::Person,
        Role::Figure,
        Role::Note(0),
        Role::Match,
        Role::Selection,
        Role::Current,
        Role::Label,
        Role::LabelFinding,
    ];

    #[test]
    fn roles_that_meet_in_the_text_differ_in_every_theme() {
        for theme in Theme::ALL {
            for (i, a) in SHOWN_TOGETHER.into_iter().enumerate() {
                for b in SHOWN_TOGETHER.into_iter().skip(i + 1) {
                    if theme == Theme::Mono && matches!((a, b), (Role::Note(_), Role::Match)) {
                        continue; // both are marks laid over the text; the status line says which
                    }
                    assert_ne!(theme.style(a), theme.style(b), "{a:?} and {b:?} look alike in {}", theme.name());
                }
            }
        }
    }

    /// Two usual palettes of the 16 colours: xterm's and the VGA's, which the Linux console has.
    const PALETTES: [[(u8, u8, u8); 16]; 2] = [
        [
            (0, 0, 0),
            (205, 0, 0),
            (0, 205, 0),
            (205, 205, 0),
            (0, 0, 238),
            (205, 0, 205),
            (0, 205, 205),
            (229, 229, 229),
            (127, 127, 127),
            (255, 0, 0),
            (0, 255, 0),
            (255, 255, 0),
            (92, 92, 255),
            (255, 0, 255),
            (0, 255, 255),
            (255, 255, 255),
        ],
        [
            (0, 0, 0),
            (170, 0, 0),
            (0, 170, 0),
            (170, 85, 0),
            (0, 0, 170),
            (170, 0, 170),
            (0, 170, 170),
            (170, 170, 170),
            (85, 85, 85),
            (255, 85, 85),
            (85, 255, 85),
            (255, 255, 85),
            (85, 85, 255),
            (255, 85, 255),
            (85, 255, 255),
            (255, 255, 255),
        ],
    ];

    /// Relative luminance as WCAG 2 defines it.
    fn luminance((r, g, b): (u8, u8, u8)) -> f64 {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
    }

    fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((contrast((119, 119, 119), (255, 255, 255)) - 4.478).abs() < 1e-3, "the grey that just fails");
    }

    /// The themes use the 16 colours alone, so this is also what a terminal of 16 colours shows.
    #[test]
    fn every_role_can_be_read() {
        let themes = [(Theme::Dark, 0, 15), (Theme::Light, 15, 0), (Theme::Mono, 0, 15), (Theme::Mono, 15, 0)];
        for palette in PALETTES {
            for (theme, ground, text) in themes {
                for (name, role) in Role::NAMED {
                    let style = theme.style(role);
                    let rgb = |color: Option<Color>, own: usize| match color {
                        None | Some(Color::Reset) => palette[own],
                        Some(color) => {
                            palette[ANSI.iter().position(|c| *c == color).unwrap_or_else(|| panic!("{name}: {color} is not one of the 16"))]
                        }
                    };
                    let ratio = contrast(rgb(style.fg, text), rgb(style.bg, ground));
                    assert!(ratio >= 4.5, "{name} in {}: {ratio:.2}", theme.name());
                }
            }
        }
    }

    #[test]
    fn mono_has_no_colour() {
        for (_, role) in Role::NAMED {
            let style = Theme::Mono.style(role);
            assert!(style.fg.is_none() && style.bg.is_none());
        }
    }
}
