//! Signs in ASCII, for terminals and fonts that have nothing else. A sign keeps its width, so nothing moves.

use unicode_normalization::UnicodeNormalization;

use super::grapheme;

/// Which characters the terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Signs {
    /// All.
    #[default]
    Unicode,
    /// Letters of all scripts, but of signs (lines, bars, arrows, typographic quotes) those of ASCII.
    Ascii,
    /// ASCII and nothing else: the locale is not UTF-8.
    AsciiAlone,
}

impl Signs {
    /// What `asked` says (true: in ASCII; false: all), else what the locale says. `env` gives variables of the environment.
    /// A locale that is not set says nothing: many machines that show UTF-8 well have none.
    #[must_use]
    pub fn of(asked: Option<bool>, env: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(|name| env(name).filter(|value| !value.is_empty()));
        let utf8 = locale.is_none_or(|l| {
            let l = l.to_ascii_lowercase();
            l.contains("utf-8") || l.contains("utf8")
        });
        match (asked, utf8) {
            (Some(false), _) | (None, true) => Self::Unicode,
            (Some(true), true) => Self::Ascii,
            (_, false) => Self::AsciiAlone,
        }
    }

    /// What stands for a grapheme, when something must; as wide as it, or narrower. `before_space`: a space comes behind it; then two
    /// characters are for the place of both.
    #[must_use]
    pub fn instead_of(self, grapheme: &str, before_space: bool) -> Option<&'static str> {
        if self == Self::Unicode || grapheme.is_ascii() {
            return None;
        }
        let mut chars = grapheme.chars();
        let (first, alone) = (chars.next()?, chars.next().is_none());
        let known = Some(match first {
            _ if !alone => "",
            '≥' if before_space => ">=",
            '≤' if before_space => "<=",
            c => sign(c),
        });
        known.filter(|s| !s.is_empty()).or_else(|| if self == Self::AsciiAlone { Some(base(grapheme)) } else { None })
    }

    /// A line with everything replaced that must be.
    #[must_use]
    pub fn line(self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut graphemes = grapheme::each(text).map(|(_, g)| g).peekable();
        while let Some(g) = graphemes.next() {
            let instead = self.instead_of(g, graphemes.peek() == Some(&" "));
            out.push_str(instead.unwrap_or(g));
            if instead.is_some_and(|i| i.len() == 2) {
                graphemes.next();
            }
        }
        out
    }
}

/// The sign of ASCII that is meant by one of ours or by typographic marks; empty for other characters.
fn sign(c: char) -> &'static str {
    match c {
        '─' | '━' | '−' | '–' | '—' | '‐' | '‑' | '‧' | '▂' => "-",
        '│' | '┃' | '▎' | '▏' | '▕' | '▌' => "|",
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '▄' => "+",
        '▸' | '▶' | '→' | '›' | '⟩' => ">",
        '◂' | '◀' | '←' | '‹' | '⟨' => "<",
        '▾' | '▼' | '↓' => "v",
        '▫' => "o",
        '▴' | '▲' | '↑' => "^",
        '↗' => "/",
        '↘' => "\\",
        '▁' => "_",
        '▃' => "=",
        '▅' | '•' | '✎' => "*",
        '▆' => "%",
        '▇' => "#",
        '█' => "@",
        '┊' => ":",
        '·' => ".",
        '…' => "~",
        '×' => "x",
        '≠' => "!",
        '¶' => "P",
        '“' | '”' | '„' | '«' | '»' | '″' => "\"",
        '‘' | '’' | '‚' | '′' => "'",
        '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        '◊' | '\u{fffd}' | '\u{2400}'..='\u{243f}' => "?",
        _ => "",
    }
}

const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/// The letter under an accent, or a question mark: seen to stand for something else.
fn base(grapheme: &str) -> &'static str {
    let first = grapheme.nfkd().next().unwrap_or('?');
    let letter = LETTERS.char_indices().find(|(_, c)| *c == first).and_then(|(at, _)| LETTERS.get(at..=at));
    letter.unwrap_or("?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_replaced_and_letters_stay_where_they_can_be_shown() {
        let text = "│ “Café” … ¶5 ≥ 20 東京 − ≥5";
        assert_eq!(Signs::Unicode.line(text), text);
        assert_eq!(Signs::Ascii.line(text), "| \"Café\" ~ P5 >=20 東京 - ≥5");
        assert_eq!(Signs::AsciiAlone.line(text), "| \"Cafe\" ~ P5 >=20 ?? - ?5");
        assert!(Signs::AsciiAlone.line("👩‍👧 naïve ﬁ Ω ½").is_ascii());
    }

    #[test]
    fn steps_of_a_chart_differ() {
        let steps: std::collections::HashSet<&str> = "·▁▂▃▄▅▆▇█".chars().map(sign).collect();
        assert_eq!(steps.len(), 9);
    }

    #[test]
    fn the_locale_decides_when_nobody_asked() {
        let signs = |asked: Option<bool>, set: &[(&str, &str)]| {
            Signs::of(asked, |name| set.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
        };
        assert_eq!(signs(None, &[]), Signs::Unicode);
        assert_eq!(signs(None, &[("LANG", "de_DE.UTF-8")]), Signs::Unicode);
        assert_eq!(signs(None, &[("LANG", "C.utf8"), ("LC_ALL", "C")]), Signs::AsciiAlone, "LC_ALL comes first");
        assert_eq!(signs(None, &[("LANG", "en_US.UTF-8"), ("LC_ALL", "")]), Signs::Unicode, "empty is not set");
        assert_eq!(signs(None, &[("LC_CTYPE", "en_US.ISO-8859-1")]), Signs::AsciiAlone);
        assert_eq!(signs(Some(true), &[("LANG", "en_US.UTF-8")]), Signs::Ascii);
        assert_eq!(signs(Some(true), &[("LANG", "C")]), Signs::AsciiAlone);
        assert_eq!(signs(Some(false), &[("LANG", "C")]), Signs::Unicode);
    }
}
