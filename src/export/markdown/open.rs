//! What a note leaves open: a fence, a comment, a formula. It would swallow the page behind it.

use super::Flavour;

/// The stretches of Markdown that go on over empty lines until they are closed.
const HTML: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<![cdata[", "]]>"),
    ("<?", "?>"),
    ("<!", ">"),
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
];

/// Those of Obsidian: comments and formulas.
const OBSIDIAN: [&str; 2] = ["%%", "$$"];

/// The lines that close what a note leaves open, each behind a line feed; mostly nothing.
pub(super) fn closing(note: &str, flavour: Flavour) -> String {
    let mut out = String::new();
    let mut open: Option<Open> = None;
    for line in note.lines() {
        open = after(line, open, flavour);
    }
    // What closes a fence inside a quotation or a list may stand without its marks: both end before it.
    match open {
        None => {}
        Some(Open::Fence(mark, len)) => out = format!("\n{}", mark.to_string().repeat(len)),
        Some(Open::Until(end)) => out = format!("\n{end}"),
    }
    out
}

#[derive(Debug, Clone, Copy)]
enum Open {
    /// Code, until as many of the same mark.
    Fence(char, usize),
    /// Until this.
    Until(&'static str),
}

/// What is open behind a line.
fn after(line: &str, open: Option<Open>, flavour: Flavour) -> Option<Open> {
    let bare = line.trim_start_matches([' ', '>', '\t']).trim_end();
    let mut rest = match open {
        Some(Open::Fence(mark, len)) => {
            let closes = bare.chars().all(|c| c == mark) && bare.chars().count() >= len;
            return open.filter(|_| !closes);
        }
        Some(Open::Until(end)) => line.to_lowercase().split_once(end).map(|(_, rest)| rest.to_owned()).ok_or(end),
        None => {
            let item = bare.trim_start_matches(['-', '*', '+']).trim_start();
            for mark in ['`', '~'] {
                let len = item.chars().take_while(|c| *c == mark).count();
                let info = item.trim_start_matches(mark);
                if len >= 3 && (mark == '~' || !info.contains('`')) {
                    return Some(Open::Fence(mark, len));
                }
            }
            Ok(line.to_lowercase())
        }
    };
    loop {
        let text = match rest {
            Ok(text) => text,
            Err(end) => return Some(Open::Until(end)),
        };
        let html = HTML.iter().filter_map(|&(begin, end)| Some((text.find(begin)?, begin, end)));
        let signs = OBSIDIAN.iter().filter(|_| flavour == Flavour::Obsidian).filter_map(|&sign| Some((text.find(sign)?, sign, sign)));
        // Of two that begin at one place the first of the list, which is the longer one.
        let (at, begin, end) = html.chain(signs).min_by_key(|(at, ..)| *at)?;
        let behind = text.get(at + begin.len()..).unwrap_or_default().to_owned();
        rest = behind.split_once(end).map(|(_, rest)| rest.to_owned()).ok_or(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_is_closed_and_what_is_closed_is_left() {
        let plain = |note: &str| closing(note, Flavour::Plain);
        for closed in
            ["", "a `b", "```\nx\n```", "~~~~ rust\n```\n~~~~", "a <!-- b --> c", "<!-- x\n\ny -->", "5 < 6", "```a```", "%%", "a <b> c"]
        {
            assert_eq!(plain(closed), "", "{closed}");
        }
        assert_eq!(plain("````\n```\nx"), "\n````");
        assert_eq!(plain("> ~~~\n> x"), "\n~~~");
        assert_eq!(plain("```\n<!--"), "\n```", "in code it is no comment");
        assert_eq!(plain("x <!-- a --> <!-- b"), "\n-->");
        assert_eq!(plain("<PRE>\n\nx"), "\n</pre>");
        assert_eq!(closing("a %%b%% %%c", Flavour::Obsidian), "\n%%");
    }
}
