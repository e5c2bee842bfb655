//! Sections of a page between marker lines, and how they are written again among lines of the reader's own.

use rustc_hash::FxHashSet;

use crate::store::clock;

/// A part of a page that is written again as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// What its marker says; the same every time.
    pub(super) key: String,
    /// Its lines, each with a line feed.
    pub(super) text: String,
}

const BEGIN: &str = "<!-- pullquote: begin ";
const CLOSE: &str = " -->";
const END: &str = "<!-- pullquote: end -->";

/// An identifier as a marker has it: no two hyphens side by side, which would end the comment.
pub(super) fn key(id: &str) -> String {
    let short = id.strip_prefix("urn:uuid:").unwrap_or(id);
    let fits = !short.is_empty() && !short.contains("--") && short.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits { short.to_owned() } else { clock::id_of(&[id]).to_string() }
}

/// A note's lines, none of them a marker.
pub(super) fn unmarked(note: &str) -> String {
    note.replace("<!-- pullquote:", "<!-- pullquote :")
}

/// True when a page has a marker.
pub(super) fn has_markers(page: &str) -> bool {
    page.lines().any(|line| marker(line).is_some())
}

fn marker(line: &str) -> Option<&str> {
    line.trim().strip_prefix(BEGIN)?.strip_suffix(CLOSE)
}

/// A stretch of an earlier page.
enum Piece<'a> {
    /// A section, by its key.
    Section(&'a str),
    /// Lines of the reader's own.
    Own(String),
}

/// An earlier page in pieces. A section whose end is missing is the reader's own: nothing in it is lost.
fn pieces(page: &str) -> Vec<Piece<'_>> {
    let mut pieces = vec![Piece::Own(String::new())];
    let mut open: Option<(&str, String)> = None;
    for line in page.split_inclusive('\n') {
        match (marker(line), open.take()) {
            (None, Some((key, _))) if line.trim() == END => pieces.extend([Piece::Section(key), Piece::Own(String::new())]),
            (None, Some((key, lines))) => open = Some((key, lines + line)),
            (None, None) => own(&mut pieces, line),
            (Some(key), unfinished) => {
                own(&mut pieces, &unfinished.map(|(_, lines)| lines).unwrap_or_default());
                open = Some((key, line.to_owned()));
            }
        }
    }
    own(&mut pieces, &open.map(|(_, lines)| lines).unwrap_or_default());
    pieces
}

fn own(pieces: &mut [Piece<'_>], lines: &str) {
    if let Some(Piece::Own(text)) = pieces.last_mut() {
        text.push_str(lines);
    }
}

/// The page with `sections` in it: one that `old` has stays in its place, a new one comes before the one that follows it, one that is not there any
/// more goes. One empty line parts sections; lines of the reader's own stay as they are.
pub(super) fn update(old: &str, sections: &[Section]) -> String {
    let pieces = pieces(old);
    let there: FxHashSet<&str> = pieces.iter().filter_map(|p| if let Piece::Section(key) = p { Some(*key) } else { None }).collect();
    let mut written = FxHashSet::default();
    let mut out = String::new();
    for piece in &pieces {
        match piece {
            Piece::Own(text) if text.trim().is_empty() => {}
            Piece::Own(text) => {
                part(&mut out);
                out.push_str(text.trim_matches('\n'));
                out.push('\n');
            }
            Piece::Section(key) => {
                let Some(at) = sections.iter().position(|s| s.key == *key) else { continue };
                // The new ones that stand right before it.
                let new = sections[..at].iter().rposition(|s| there.contains(s.key.as_str())).map_or(0, |before| before + 1);
                for section in &sections[new..=at] {
                    put(&mut out, section, &mut written);
                }
            }
        }
    }
    for section in sections {
        put(&mut out, section, &mut written);
    }
    out
}

/// An empty line before what comes.
fn part(out: &mut String) {
    if !out.is_empty() {
        out.push('\n');
    }
}

fn put<'a>(out: &mut String, section: &'a Section, written: &mut FxHashSet<&'a str>) {
    if written.insert(&section.key) {
        part(out);
        *out += &format!("{BEGIN}{}{CLOSE}\n{}{END}\n", section.key, section.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections(keys: &str) -> Vec<Section> {
        keys.chars().map(|c| Section { key: c.to_string(), text: format!("text of {c}\n") }).collect()
    }

    /// The page in short: keys of sections, and own lines.
    fn short(page: &str) -> String {
        let mut out = String::new();
        for piece in pieces(page) {
            match piece {
                Piece::Section(key) => out.push_str(key),
                Piece::Own(text) => out.extend(text.lines().filter(|l| !l.is_empty()).map(|l| format!("[{l}]"))),
            }
        }
        out
    }

    #[test]
    fn new_sections_come_where_they_belong_and_own_lines_stay() {
        let page = update("", &sections("bd"));
        assert_eq!(short(&page), "bd");
        let edited = format!("mine\n{}", page.replacen("end -->\n", "end -->\nunder b\n", 1));
        assert_eq!(short(&update(&edited, &sections("abcde"))), "[mine]ab[under b]cde");
        assert_eq!(short(&update(&edited, &sections("d"))), "[mine][under b]d");
        let once = update(&edited, &sections("abcde"));
        assert_eq!(update(&once, &sections("abcde")), once);
    }

    #[test]
    fn a_damaged_marker_loses_no_line() {
        let page = update("", &sections("ab")).replacen(END, "mine", 1);
        let again = update(&page, &sections("ab"));
        assert!(again.contains("text of a\nmine\n"), "{again}");
        assert_eq!(again.matches("text of b").count(), 1, "{again}");
    }

    #[test]
    fn keys_and_notes_cannot_end_a_comment() {
        assert_eq!(key("urn:uuid:3a03-b"), "3a03-b");
        assert!(!key("a-->b").contains('>') && !key("a--b").contains("--"));
        assert!(!has_markers(&unmarked("<!-- pullquote: begin x -->")));
    }
}
