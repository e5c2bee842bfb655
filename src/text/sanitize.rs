//! What may reach a terminal. Articles, titles, file names and notes are untrusted.
//!
//! Two steps: [`text`] makes article text of a decoded file (line ends, BOM, controls) and is the only one that changes what is stored;
//! [`shown`] and [`line`] make anything harmless at the moment it is drawn or printed.

use std::borrow::Cow;

/// Normalises decoded text into article text: CRLF and CR become LF, a BOM at the start goes, and every C0 and C1 control but LF and
/// tab becomes one visible code point (U+2400 and following for C0 and DEL, U+FFFD for C1). Nothing else changes.
#[must_use]
pub fn text(decoded: &str) -> Cow<'_, str> {
    let body = decoded.strip_prefix('\u{feff}').unwrap_or(decoded);
    if !body.bytes().any(|b| (b < b' ' && b != b'\n' && b != b'\t') || b == 0x7f || b == 0xc2) {
        return Cow::Borrowed(body);
    }
    let mut out = String::with_capacity(body.len());
    let mut chars = body.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() == Some(&'\n') {
                    chars.next();
                }
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            c => out.push(control_picture(c).unwrap_or(c)),
        }
    }
    Cow::Owned(out)
}

/// The visible stand-in of a control character: U+2400 and following for C0 and DEL, U+FFFD for C1.
fn control_picture(c: char) -> Option<char> {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32),
        '\x7f' => Some('\u{2421}'),
        '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
        _ => None,
    }
}

/// True for characters that take no room and change the order or the look of others: bidi controls, zero-width spaces, tags.
/// Joiners and variation selectors are not among them: whether they are hostile depends on what they join (see [`shown`]).
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}' | '\u{2028}' | '\u{2029}'
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{034f}' | '\u{17b4}' | '\u{17b5}')
}

/// True for what must not reach a terminal as it is: controls (also line feed and tab), bidi controls, invisible characters.
#[must_use]
pub fn is_hostile(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// How one grapheme is drawn: as it is, or, when it holds a control, a bidi control or an invisible character, with a visible mark of
/// width one in its place. A tab and a line feed are drawn as one space. Joiners and selectors that make up a grapheme with visible characters (emoji,
/// Persian, Indic) stay.
#[must_use]
pub fn shown(grapheme: &str) -> Cow<'_, str> {
    match grapheme.as_bytes() {
        [b' '..=b'~'] => return Cow::Borrowed(grapheme),
        [b'\t' | b'\n'] => return Cow::Borrowed(" "),
        _ => {}
    }
    let alone = grapheme.chars().all(|c| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}'));
    let flag = grapheme.starts_with('\u{1f3f4}'); // a flag of tag characters is one visible grapheme
    if !alone && (flag || !grapheme.chars().any(is_hostile)) {
        return Cow::Borrowed(grapheme);
    }
    Cow::Owned(
        grapheme
            .chars()
            .filter_map(|c| match c {
                '\r' => None,
                '\n' | '\t' => Some(' '),
                c if c.is_control() => control_picture(c),
                '\u{00ad}' => Some('\u{2027}'), // soft hyphen: a hyphenation point
                '\u{200b}' | '\u{2028}' | '\u{2029}' => Some('\u{00b7}'),
                c if is_invisible(c) || alone => Some('\u{25ca}'), // a lozenge: "something unseen stands here"
                c => Some(c),
            })
            .collect(),
    )
}

/// One line of untrusted text, harmless on any terminal: controls, line feeds and invisible characters become visible marks.
#[must_use]
pub fn line(untrusted: &str) -> Cow<'_, str> {
    if untrusted.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Cow::Borrowed(untrusted);
    }
    Cow::Owned(super::grapheme::each(untrusted).map(|(_, g)| shown(g)).collect())
}

/// Untrusted text of several lines: as [`line`], but line feeds stay.
#[must_use]
pub fn lines(untrusted: &str) -> String {
    let mut out = String::with_capacity(untrusted.len());
    for (i, l) in untrusted.split('\n').enumerate() {
        if i > 0 {
            out.push('\n');
        }
        out.push_str(&line(l));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn line_ends_bom_and_controls() {
        assert_eq!(text("\u{feff}a\r\nb\rc\x1b[31m\u{9b}\tx"), "a\nb\nc\u{241b}[31m\u{fffd}\tx");
        assert!(matches!(text("plain\n“text” é"), Cow::Borrowed(_)));
    }

    #[test]
    fn bidi_and_zero_width_are_seen() {
        assert_eq!(line("a\u{202e}b\u{200b}c"), "a◊b·c");
        assert_eq!(line("👩‍👧 می‌خواهم"), "👩‍👧 می‌خواهم", "joiners inside graphemes stay");
        assert_eq!(line("x\ny"), "x y");
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_left(input in "\\PC*|[\u{0}-\u{a0}\u{200b}-\u{2070}\u{202a}-\u{202e}a-z]*") {
            let stored = text(&input);
            prop_assert!(!stored.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            prop_assert!(!line(&input).chars().any(|c| c.is_control() || is_invisible(c)));
        }
    }
}
