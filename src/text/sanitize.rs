//! What may reach a terminal. Articles, titles, file names and notes are untrusted.
//!
//! Two steps: [`text`] makes article text of a decoded file (line ends, BOM, controls) and is the only one that changes what is stored;
//! [`shown`] and [`line()`] make anything harmless at the moment it is drawn or printed.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

/// Normalises decoded text into article text: CRLF and CR become LF, a BOM at the start goes, and every C0 and C1 control but LF and
/// tab becomes one visible code point (U+2400 and following for C0 and DEL, U+FFFD for C1). Nothing else changes.
#[must_use]
pub fn text(decoded: &str) -> Cow<'_, str> {
    let body = decoded.strip_prefix('\u{feff}').unwrap_or(decoded);
    if !has_control(body.as_bytes()) {
        return Cow::Borrowed(body);
    }
    let mut out = String::with_capacity(body.len() + 64);
    let mut from = 0;
    for (at, b) in body.bytes().enumerate() {
        if !(is_low(b) || b == 0xc2) {
            continue;
        }
        // Between two controls the text is copied as it is.
        let Some(c) = body.get(at..).and_then(|rest| rest.chars().next()) else { continue };
        let picture = match c {
            '\r' if body.as_bytes().get(at + 1) == Some(&b'\n') => None,
            '\r' => Some('\n'),
            c => match control_picture(c) {
                Some(picture) => Some(picture),
                None => continue,
            },
        };
        out.push_str(body.get(from..at).unwrap_or(""));
        out.extend(picture);
        from = at + c.len_utf8();
    }
    out.push_str(body.get(from..).unwrap_or(""));
    Cow::Owned(out)
}

/// As [`text`], of text that is given away: what needs no change is not copied.
#[must_use]
pub fn kept(decoded: Cow<'_, str>) -> String {
    let changed = match text(&decoded) {
        Cow::Owned(changed) => Some(changed),
        Cow::Borrowed(body) if body.len() == decoded.len() => None,
        Cow::Borrowed(body) => Some(body.to_owned()),
    };
    changed.unwrap_or_else(|| decoded.into_owned())
}

/// A C0 control or DEL that article text does not hold.
#[inline]
fn is_low(b: u8) -> bool {
    (b < b' ') & (b != b'\n') & (b != b'\t') | (b == 0x7f)
}

/// True when a C0, DEL or C1 control other than LF and tab is in the text. Without branches inside a chunk, so that it runs at the speed of memory: most texts
/// have none, and this stands before the first paint.
fn has_control(utf8: &[u8]) -> bool {
    if utf8.chunks(4096).any(|chunk| chunk.iter().fold(false, |found, b| found | is_low(*b))) {
        return true;
    }
    // C1 controls are two bytes, the first of which begins no-break spaces and many other characters too.
    memchr::memchr_iter(0xc2, utf8).any(|at| utf8.get(at + 1).is_some_and(|b| *b < 0xa0))
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
#[inline]
pub fn is_hostile(c: char) -> bool {
    // Letters, quotation marks and dashes are nearly all there is.
    !matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}') && (c.is_control() || is_invisible(c))
}

/// How one grapheme is drawn: as it is, or, when it holds a control, a bidi control or an invisible character, with a visible mark of
/// width one in its place. A tab and a line feed are drawn as one space, a soft hyphen as nothing: who breaks a row at one draws the hyphen. Joiners and selectors that make up a grapheme with visible characters (emoji,
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
        // A mark that stands on nothing would not be seen, and the caret on it neither.
        return if grapheme.width() == 0 && !grapheme.is_empty() {
            Cow::Owned(format!("\u{25cc}{grapheme}"))
        } else {
            Cow::Borrowed(grapheme)
        };
    }
    Cow::Owned(
        grapheme
            .chars()
            .filter_map(|c| match c {
                '\r' => None,
                '\n' | '\t' => Some(' '),
                c if c.is_control() => control_picture(c),
                '\u{00ad}' => None, // a soft hyphen is seen where a row breaks at it alone
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

/// Untrusted text of several lines: as [`line()`], but line feeds stay.
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
        let decoded = "plain\n“text” é".to_owned();
        let place = decoded.as_ptr();
        let kept_text = kept(decoded.into());
        assert_eq!((kept_text.as_str(), kept_text.as_ptr()), ("plain\n“text” é", place), "not copied");
        assert_eq!(kept("\u{feff}a\r\nb".into()), "a\nb");
        assert_eq!(kept("\u{feff}ab".to_owned().into()), "ab");
    }

    #[test]
    fn bidi_and_zero_width_are_seen() {
        assert_eq!(line("a\u{202e}b\u{200b}c"), "a◊b·c");
        assert_eq!(line("👩‍👧 می‌خواهم"), "👩‍👧 می‌خواهم", "joiners inside graphemes stay");
        assert_eq!(line("x\ny"), "x y");
    }

    #[test]
    fn a_mark_on_nothing_is_seen() {
        assert_eq!(line("\u{301}a e\u{301}"), "\u{25cc}\u{301}a e\u{301}");
        assert_eq!(shown("\u{301}").width(), 1);
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
