//! `config.toml`: what the reader set, with defaults for everything else. Parsing is pure; reading the file is the caller's.

use std::fmt::Write as _;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::actions::{ALL, Action, Context};
use super::keys::{self, Keymap};
use super::mend::{Mended, mend};
use super::theme::{Role, Theme};
use super::user_theme::{self, UserTheme};
use crate::annotation::Annotation;
use crate::annotation::model::COLORS;
use crate::export::citation::Style;
use crate::store::look::Look;
use crate::text::TextRange;
use crate::text::fold::Folded;
use crate::text::rows::rows;

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The theme; `None` asks the terminal whether its background is dark.
    pub theme: Option<Theme>,
    /// The themes of the reader's own, by name.
    pub themes: Vec<Theme>,
    /// The widest text column.
    pub measure: u16,
    /// Columns left and right of it at least.
    pub margin: u16,
    /// Empty lines between rows.
    pub spacing: u8,
    /// True when a bar shows where in the article the view is, where there is room.
    pub scrollbar: bool,
    /// The command that opens links; `None` takes `$BROWSER` or the system's.
    pub open: Option<String>,
    /// True when the program takes the mouse.
    pub mouse: bool,
    /// Signs are drawn in ASCII; `None` asks the locale.
    pub ascii: Option<bool>,
    /// Who makes annotations; `None` takes the user's name.
    pub creator: Option<String>,
    /// Tags of the reader's own choice, in the order of the file, each with the colour of annotations that have no other.
    pub tags: Vec<(String, &'static str)>,
    /// A program that takes copied text on its standard input, and its arguments; without one, the terminal is asked.
    pub copy: Option<Vec<String>>,
    /// How `yc` cites.
    pub citation: Style,
    /// Keys.
    pub keymap: Keymap,
}

/// The widest text column when nothing is set: 72 characters read well, and 76 keep old mail unbroken.
pub const MEASURE: u16 = 76;
/// More faults of a file are counted, not told.
const MOST: usize = 100;
/// The margin when nothing is set.
pub const MARGIN: u16 = 4;

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: None,
            themes: Vec::new(),
            measure: MEASURE,
            margin: MARGIN,
            spacing: 0,
            scrollbar: true,
            open: None,
            mouse: true,
            ascii: None,
            creator: None,
            tags: Vec::new(),
            copy: None,
            citation: Style::Plain,
            keymap: Keymap::default(),
        }
    }
}

/// The settings of the first level, as errors name them.
const NAMES: &str = "theme, measure, margin, spacing, scrollbar, mouse, ascii, open, creator, copy, citation, [tags], [keys.…], [themes.…]";

impl Settings {
    /// Reads the text of a `config.toml`. What is wrong is left at its default and reported, one line each: where, what, and what is allowed.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<String>) {
        let Mended { text, problems, written } = mend(text);
        let text = text.as_str();
        let (table, _) = DeTable::parse_recoverable(text);
        let mut reading = Reading { text, written, settings: Self::default(), problems };
        reading.file(table.get_ref());
        // In the order of the file.
        reading.problems.sort_by_key(|(at, _)| *at);
        let more = reading.problems.len().saturating_sub(MOST);
        let told = reading.problems.into_iter().take(MOST).map(|(at, what)| format!("{}: {what}", place(text, at)));
        let more = (more > 0).then(|| format!("and {more} more faults"));
        (reading.settings, told.chain(more).collect())
    }

    /// How the text is set.
    #[must_use]
    pub fn look(&self) -> Look {
        Look { measure: self.measure, margin: self.margin, spacing: self.spacing }
    }

    /// The theme of this name: one that comes with the program, or the reader's own.
    #[must_use]
    pub fn theme_named(&self, name: &str) -> Option<Theme> {
        self.all_themes().find(|t| t.name() == name)
    }

    /// Every theme there is, in the order that the key cycles through.
    pub fn all_themes(&self) -> impl Iterator<Item = Theme> {
        Theme::ALL.into_iter().chain(self.themes.iter().copied())
    }

    /// The colour that a tag gives.
    #[must_use]
    pub fn color_of_tag(&self, tag: &str) -> Option<&'static str> {
        if self.tags.is_empty() {
            return None;
        }
        let folded = Folded::new(tag).text;
        self.tags.iter().find(|(name, _)| Folded::new(name).text == folded).map(|(_, color)| *color)
    }

    /// The look of an annotation: its own colour when that is not yellow (which nobody chose), else that of the first of its tags that has
    /// one, else yellow.
    #[must_use]
    pub fn role_of(&self, annotation: &Annotation) -> Role {
        Role::of_color(self.tag_color(annotation).or(annotation.color.as_deref()).unwrap_or(COLORS[0]))
    }

    /// Gives annotations the colours of their tags, as they are shown: for pages and for `show`, never for the notes file.
    pub fn color_by_tags(&self, annotations: &mut [Annotation]) {
        for annotation in annotations {
            if let Some(color) = self.tag_color(annotation) {
                annotation.color = Some(color.to_owned());
            }
        }
    }

    /// The colour of the first tag that has one, when the annotation itself has none but yellow.
    fn tag_color(&self, annotation: &Annotation) -> Option<&'static str> {
        let chosen = annotation.color.as_deref().is_some_and(|c| c != COLORS[0]);
        annotation.tags.iter().find_map(|t| self.color_of_tag(t)).filter(|_| !chosen)
    }

    /// A documented `config.toml` that sets what holds anyway.
    #[must_use]
    pub fn default_toml() -> String {
        let default = Self::default();
        let mut out = String::from("# Settings of pullquote. Everything is optional; what is set here holds anyway.\n\n");
        let mut line = |doc: &str, line: String| {
            let _ = write!(out, "# {doc}\n{line}\n\n");
        };
        line(
            "auto asks the terminal for its background; dark, light, mono, or one of [themes.NAME]. NO_COLOR=1 means mono.",
            format!("theme = \"{}\"", default.theme.map_or("auto", Theme::name)),
        );
        let range = |what: &str, low: u16, high: u16| format!("{what}: {low} to {high}.");
        let widths = range("The widest text column", *Look::MEASURES.start(), *Look::MEASURES.end());
        line(&widths, format!("measure = {}", default.measure));
        let margins = range("Columns left and right of it at least", *Look::MARGINS.start(), *Look::MARGINS.end());
        line(&margins, format!("margin = {}", default.margin));
        let spacings = range("Empty lines between rows", (*Look::SPACINGS.start()).into(), (*Look::SPACINGS.end()).into());
        line(&spacings, format!("spacing = {}", default.spacing));
        line("A bar beside the text, with signs for quotations and notes.", format!("scrollbar = {}", default.scrollbar));
        line("Whether the mouse is the program's.", format!("mouse = {}", default.mouse));
        line("Lines, bars and arrows in ASCII. Without this: when the locale is known not to be UTF-8.", "# ascii = true".to_owned());
        line("The command that opens links. Without this: $BROWSER, else xdg-open or open.", "# open = \"firefox --new-tab\"".to_owned());
        line("The name in your annotations. Without this: your user name.", "# creator = \"Jo\"".to_owned());
        line(
            "A program that takes copied text on its standard input. Without this: the terminal is asked (OSC 52), which never answers.",
            "# copy = \"xclip -selection clipboard\"".to_owned(),
        );
        let styles = Style::NAMED.map(|(name, _)| name).join(", ");
        line(&format!("How yc cites: {styles}."), "citation = \"plain\"".to_owned());
        line(
            &format!("Tags that the tag prompt always offers, and the colours they give: {}.", COLORS.join(", ")),
            "[tags]\n# claim = \"pink\"\n# \"to check\" = \"orange\"".to_owned(),
        );
        let roles: Vec<&str> = Role::NAMED.iter().map(|(name, _)| *name).collect();
        comment(&mut out, "A theme of your own: roles that differ from those of its base (dark, light or mono).");
        comment(&mut out, &format!("A style is {}.", user_theme::WORDS));
        comment(&mut out, &format!("Roles: {}.", roles.join(", ")));
        out.push_str("# [themes.mine]\n# base = \"dark\"\n# quote = \"#a0e0a0 italic\"\n# note-yellow = \"black #ffe080\"\n");
        for context in Context::ALL {
            let _ =
                write!(out, "\n# Keys: one, or several in brackets; a sequence has spaces between its keys.\n[keys.{}]\n", context.name());
            for spec in ALL.iter().filter(|s| s.context == context) {
                let _ = writeln!(out, "# {} = {:?} # {}", spec.name, spec.keys, spec.doc);
            }
        }
        out
    }
}

/// A command line in its words; quotation marks of either kind keep words together. No shell ever reads it.
fn words_of(command: &str) -> Result<Vec<String>, String> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut quote) = (None::<String>, None);
    for c in command.chars() {
        match quote {
            Some(q) if c == q => quote = None,
            None if matches!(c, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            None if c.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(c),
        }
    }
    if quote.is_some() {
        return Err("a quotation mark is not closed".into());
    }
    words.extend(word);
    Ok(words)
}

/// Writes a comment, in lines that fit on a screen.
fn comment(out: &mut String, words: &str) {
    for row in rows(words, TextRange::new(0, words.len()), 100, false) {
        let _ = writeln!(out, "# {}", row.of(words).trim_end());
    }
}

/// "line 3, column 7" of byte `at`, both from 1.
fn place(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    format!("line {line}, column {column}")
}

type Value<'a> = Spanned<DeValue<'a>>;

/// A file that is being read.
struct Reading<'a> {
    text: &'a str,
    /// What stands in the lines whose value is no value at all.
    written: Vec<(usize, String)>,
    settings: Settings,
    /// Where, and what.
    problems: Vec<(usize, String)>,
}

impl Reading<'_> {
    fn problem(&mut self, span: Range<usize>, what: String) {
        self.problems.push((span.start, what));
    }

    /// Says that `value` is not what the setting takes.
    fn wrong(&mut self, name: &str, value: &Value<'_>, allowed: &str) {
        let span = value.span();
        let line = self.text.get(..span.start).unwrap_or_default().matches('\n').count();
        let as_read = || self.text.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default();
        let written = self.written.iter().find(|(at, _)| *at == line).map_or_else(as_read, |(_, words)| words);
        self.problem(value.span(), format!("{name} = {written}: use {allowed}"));
    }

    fn file(&mut self, table: &DeTable<'_>) {
        // Themes first: `theme` may name one.
        if let Some(themes) = table.get("themes") {
            self.tables("themes", themes, Self::theme);
        }
        for (name, value) in table {
            let at = name.span();
            match (name.get_ref().as_ref(), value.get_ref()) {
                ("themes", _) => {}
                ("keys", _) => self.tables("keys", value, Self::keys),
                ("tags", DeValue::Table(tags)) => self.tags(tags),
                ("tags", _) => self.wrong("tags", value, "a table: [tags], then claim = \"pink\" in lines of their own"),
                ("theme", DeValue::String(named)) => {
                    self.settings.theme = self.settings.theme_named(named);
                    if self.settings.theme.is_none() && named != "auto" {
                        self.wrong("theme", value, &self.themes());
                    }
                }
                ("theme", _) => self.wrong("theme", value, &format!("{}, in quotes", self.themes())),
                ("measure", _) => {
                    if let Some(number) = self.number("measure", value, Look::MEASURES) {
                        self.settings.measure = number;
                    }
                }
                ("margin", _) => {
                    if let Some(number) = self.number("margin", value, Look::MARGINS) {
                        self.settings.margin = number;
                    }
                }
                ("spacing", _) => {
                    let (low, high) = Look::SPACINGS.into_inner();
                    if let Some(number) = self.number("spacing", value, low.into()..=high.into()) {
                        self.settings.spacing = u8::try_from(number).unwrap_or(high);
                    }
                }
                ("scrollbar", DeValue::Boolean(on)) => self.settings.scrollbar = *on,
                ("open", DeValue::String(command)) if !command.trim().is_empty() => self.settings.open = Some(command.to_string()),
                ("open", _) => self.wrong("open", value, "a command in quotes"),
                ("mouse", DeValue::Boolean(on)) => self.settings.mouse = *on,
                ("ascii", DeValue::Boolean(on)) => self.settings.ascii = Some(*on),
                (name @ ("mouse" | "ascii" | "scrollbar"), _) => self.wrong(name, value, "true or false"),
                ("creator", DeValue::String(named)) => self.settings.creator = Some(named.to_string()),
                ("copy", DeValue::String(command)) => match words_of(command) {
                    Ok(words) if !words.is_empty() => self.settings.copy = Some(words),
                    Ok(_) => self.wrong("copy", value, "a program and its arguments: \"xclip -selection clipboard\""),
                    Err(why) => self.problem(value.span(), format!("copy: {why}")),
                },
                ("copy", _) => self.wrong("copy", value, "a program and its arguments in quotes: \"xclip -selection clipboard\""),
                ("citation", written) => {
                    let named = written.as_str().and_then(|w| Style::NAMED.into_iter().find(|(name, _)| *name == w));
                    match named {
                        Some((_, style)) => self.settings.citation = style,
                        None => self.wrong("citation", value, &Style::NAMED.map(|(name, _)| name).join(", ")),
                    }
                }
                ("creator", _) => self.wrong("creator", value, "a name in quotes"),
                (other, _) => self.problem(at, format!("{other}: no such setting; there are {NAMES}")),
            }
        }
    }

    /// What `theme` may name.
    fn themes(&self) -> String {
        let all: Vec<&str> = self.settings.all_themes().map(Theme::name).collect();
        format!("auto, {}", all.join(", "))
    }

    /// A whole number in `range`; what is none is reported.
    fn number(&mut self, name: &str, value: &Value<'_>, range: std::ops::RangeInclusive<u16>) -> Option<u16> {
        let number = value.get_ref().as_integer().and_then(|n| u16::from_str_radix(&n.as_str().replace('_', ""), n.radix()).ok());
        let number = number.filter(|n| range.contains(n));
        if number.is_none() {
            self.wrong(name, value, &format!("a number from {} to {}", range.start(), range.end()));
        }
        number
    }

    fn tags(&mut self, table: &DeTable<'_>) {
        // In the order of the file, which is that of the prompt.
        let mut tags: Vec<_> = table.iter().collect();
        tags.sort_by_key(|(name, _)| name.span().start);
        for (name, value) in tags {
            let tag = name.get_ref().trim();
            if tag.is_empty() || tag.contains(',') {
                self.problem(name.span(), format!("tags.\"{tag}\": a tag is words without a comma"));
                continue;
            }
            match value.get_ref().as_str().and_then(|written| COLORS.into_iter().find(|c| *c == written)) {
                Some(color) => self.settings.tags.push((tag.to_owned(), color)),
                None => self.wrong(&format!("tags.{tag}"), value, &COLORS.join(", ")),
            }
        }
    }

    /// Reads each of the tables in a table.
    fn tables(&mut self, name: &str, value: &Value<'_>, read: impl Fn(&mut Self, &Spanned<std::borrow::Cow<'_, str>>, &DeTable<'_>)) {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(name, value, &format!("tables: [{name}.NAME]"));
            return;
        };
        for (inner, value) in table {
            match value.get_ref().as_table() {
                Some(table) => read(self, inner, table),
                None => self.problem(inner.span(), format!("{name}.{}: use a table: [{name}.NAME]", inner.get_ref())),
            }
        }
    }

    fn theme(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, table: &DeTable<'_>) {
        let own = name.get_ref().as_ref();
        if own == "auto" || Theme::by_name(own).is_some() {
            self.problem(name.span(), format!("[themes.{own}]: the program has a theme of this name; use another"));
            return;
        }
        let mut theme = UserTheme { name: own.to_owned(), base: Theme::default(), styles: Vec::new() };
        for (key, value) in table {
            let (key, at) = (key.get_ref().as_ref(), key.span());
            let Some(written) = value.get_ref().as_str() else {
                self.wrong(&format!("themes.{own}.{key}"), value, "words in quotes");
                continue;
            };
            if key == "base" {
                match Theme::by_name(written) {
                    Some(base) => theme.base = base,
                    None => self.wrong(&format!("themes.{own}.base"), value, "dark, light or mono"),
                }
                continue;
            }
            let Some((_, role)) = Role::NAMED.iter().find(|(name, _)| *name == key) else {
                let all: Vec<&str> = Role::NAMED.iter().map(|(name, _)| *name).collect();
                self.problem(at, format!("themes.{own}.{key}: no such role; there are base, {}", all.join(", ")));
                continue;
            };
            match user_theme::style(written) {
                Ok(style) => theme.styles.push((*role, style)),
                Err(why) => self.problem(value.span(), format!("themes.{own}.{key}: {why}")),
            }
        }
        self.settings.themes.push(theme.keep());
    }

    fn keys(&mut self, name: &Spanned<std::borrow::Cow<'_, str>>, table: &DeTable<'_>) {
        let Some(context) = Context::ALL.into_iter().find(|c| c.name() == name.get_ref().as_ref()) else {
            let what = format!("[keys.{}]: no such table; use keys.read, keys.select or keys.pane", name.get_ref());
            self.problem(name.span(), what);
            return;
        };
        for (key, value) in table {
            let name = format!("keys.{}.{}", context.name(), key.get_ref());
            let Some(action) = Action::by_name(key.get_ref()) else {
                let what = format!("{name}: no such action; pullquote config --default lists them");
                self.problem(key.span(), what);
                continue;
            };
            let written: Option<Vec<&str>> = match value.get_ref() {
                DeValue::String(one) => Some(vec![one]),
                DeValue::Array(many) => many.iter().map(|v| v.get_ref().as_str()).collect(),
                _ => None,
            };
            let Some(written) = written else {
                self.wrong(&name, value, "a key in quotes, or several in brackets: [\"] q\", \"ctrl-n\"]");
                continue;
            };
            let sequences = written.iter().map(|w| keys::parse(w)).collect::<Result<Vec<_>, _>>();
            if let Err(why) = sequences.and_then(|s| self.settings.keymap.rebind(context, action, &s)) {
                self.problem(value.span(), format!("{name}: {why}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_settings_and_keys() {
        let (s, problems) = Settings::parse(
            "theme = \"light\"\nmeasure = 60\nmargin = 8\nspacing = 1\nscrollbar = false\nopen = \"w3m\"\nascii = true\n[keys.read]\nnext-quote = [\"ctrl-n\", \"] q\"]\nhelp = \"ctrl-h\"\n",
        );
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!((s.theme, s.measure, s.ascii), (Some(Theme::Light), 60, Some(true)));
        assert_eq!((s.margin, s.spacing, s.scrollbar, s.open.as_deref()), (8, 1, false, Some("w3m")));
        assert_eq!(s.keymap.keys_of(Action::NextQuote), ["]q", "Ctrl-n"]);
    }

    #[test]
    fn problems_are_said_with_their_place_and_the_rest_holds() {
        let text = "theme = \"sepia\"\nmouse = 1\nmeasure = 5\n wide = 3\ncreator = \"Jo\"\n[keys.read]\nfly = \"x\"\nhelp = \"g\"\nquit = 7\n[keys.sea]\n";
        let (settings, problems) = Settings::parse(text);
        let starts = [
            "line 1, column 9: theme = \"sepia\": use auto, dark, light, mono",
            "line 2, column 9: mouse = 1: use true or false",
            "line 3, column 11: measure = 5: use a number from 20 to 400",
            "line 4, column 2: wide: no such setting; there are theme, ",
            "line 7, column 1: keys.read.fly: no such action; ",
            "line 8, column 8: keys.read.help: 'g' and 'g",
            "line 9, column 8: keys.read.quit = 7: use a key in quotes",
            "line 10, column 7: [keys.sea]: no such table; ",
        ];
        assert_eq!(problems.len(), starts.len(), "{problems:#?}");
        for (problem, start) in problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem} is not {start}");
        }
        assert_eq!((settings.measure, settings.mouse, settings.creator.as_deref()), (MEASURE, true, Some("Jo")));
        let (settings, problems) = Settings::parse("measure = 60\ntheme 3\nmouse = maybe\nspacing = \"1\nmargin = 9\n");
        assert_eq!(
            problems,
            [
                "line 2, column 1: theme 3: write NAME = VALUE, [TABLE] or # and words of your own",
                "line 3, column 9: mouse = maybe: use true or false",
                "line 4, column 11: spacing = \"1: use a number from 0 to 2"
            ]
        );
        assert_eq!((settings.measure, settings.margin), (60, 9), "the rest holds");
    }

    #[test]
    fn themes_of_the_readers_own() {
        let text = "theme = \"mine\"\n[themes.mine]\nbase = \"light\"\nquote = \"#102030 bold\"\nqoute = \"red\"\nperson = \"puce\"\n[themes.dark]\n";
        let (settings, problems) = Settings::parse(text);
        assert_eq!(problems.len(), 3, "{problems:#?}");
        assert!(problems[0].starts_with("line 5, column 1: themes.mine.qoute: no such role; there are base, text, "), "{problems:#?}");
        assert!(problems[1].starts_with("line 6, column 10: themes.mine.person: 'puce' is no colour"), "{problems:#?}");
        assert!(problems[2].starts_with("line 7, column 9: [themes.dark]: the program has"), "{problems:#?}");
        let theme = settings.theme.expect("the theme");
        assert_eq!(theme.style(Role::Quote), user_theme::style("#102030 bold").expect("a style"));
        assert_eq!(theme.style(Role::Person), Theme::Light.style(Role::Person));
        assert_eq!(settings.all_themes().last(), Some(theme));
    }

    #[test]
    fn tags_give_colours_and_keep_their_order() {
        let text = "[tags]\nzeal = \"green\"\nClaim = \"pink\"\n\"to check\" = \"orange\"\nb = \"red\"\n\"a,b\" = \"blue\"\nc = 3\n";
        let (settings, problems) = Settings::parse(text);
        assert_eq!(settings.tags, [("zeal".into(), "green"), ("Claim".into(), "pink"), ("to check".into(), "orange")]);
        assert_eq!(problems.len(), 3, "{problems:#?}");
        assert_eq!(problems[0], "line 5, column 5: tags.b = \"red\": use yellow, green, blue, pink, orange, purple");
        assert!(problems[1].starts_with("line 6, column 1: tags.\"a,b\": a tag is words without a comma"), "{problems:#?}");
        assert!(problems[2].starts_with("line 7, column 5: tags.c = 3: use yellow"), "{problems:#?}");
        assert_eq!((settings.color_of_tag("claim"), settings.color_of_tag("claims")), (Some("pink"), None));
        let (_, problems) = Settings::parse("tags = 3\n");
        assert!(problems[0].starts_with("line 1, column 8: tags = 3: use a table"), "{problems:?}");
    }

    #[test]
    fn a_command_is_words_and_a_citation_has_a_style() {
        let (settings, problems) = Settings::parse("copy = \"xclip -t 'text/plain; x' \\\"\\\"\"\ncitation = \"mla\"\n");
        assert_eq!(problems, Vec::<String>::new());
        assert_eq!(settings.copy, Some(["xclip", "-t", "text/plain; x", ""].map(str::to_owned).to_vec()));
        assert_eq!(settings.citation, Style::Mla);
        let (_, problems) = Settings::parse("copy = \" \"\ncitation = \"turabian\"\n");
        assert!(problems[0].starts_with("line 1, column 8: copy = \" \": use a program and its arguments"), "{problems:?}");
        assert_eq!(problems[1], "line 2, column 12: citation = \"turabian\": use plain, apa, chicago, mla");
        assert_eq!(Settings::parse("copy = \"a 'b\"").1, ["line 1, column 8: copy: a quotation mark is not closed"]);
    }

    /// As printed, and with everything that is commented out there in force except what depends on the system and the theme of the reader's own.
    #[test]
    fn the_default_file_is_the_defaults() {
        let printed = Settings::default_toml();
        assert_eq!(Settings::parse(&printed), (Settings::default(), vec![]));
        let is_key = |line: &str| ALL.iter().any(|s| line.starts_with(&format!("# {} = [", s.name)));
        let in_force: String =
            printed.lines().map(|l| l.strip_prefix("# ").filter(|_| is_key(l)).unwrap_or(l)).flat_map(|l| [l, "\n"]).collect();
        assert!(printed.lines().all(|l| l == l.trim()), "nothing is indented");
        assert_eq!(in_force.matches("\nnext-quote").count(), 1);
        assert_eq!(Settings::parse(&in_force), (Settings::default(), vec![]));
        let uncommented =
            printed.replace("# [themes", "[themes").replace("# base", "base").replace("# quote =", "quote =").replace("# note-y", "note-y");
        let (settings, problems) = Settings::parse(&uncommented);
        assert_eq!((problems, settings.themes.len()), (vec![], 1), "the example is a theme");
    }
}
