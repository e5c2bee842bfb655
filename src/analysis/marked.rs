//! Text with its expected findings in one string, for tests: `[q:“Yes,”] she said`, `[q=Donald Trump:“No”]`, nested as deep as needed.
//!
//! A mark is `[`, a lower-case tag, an optional `=label` without colon or bracket, `:`, the words, `]`. Every other bracket is text.

use crate::article::{Article, Block, BlockKind};
use crate::text::TextRange;

/// A marked range: its tag, where it lies in the text without marks, and its label.
pub(crate) type Mark = (String, TextRange, Option<String>);

/// An article of paragraphs, one a line; a first line that starts with "# " is the title.
pub(crate) fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if !range.is_empty() {
            let kind = if range.of(text).starts_with("# ") { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { range, kind });
        }
    }
    Article { text: text.to_owned(), blocks, ..Article::default() }
}

/// The text without the marks, and the marks by start, outer ones first.
///
/// # Panics
/// If a mark is not closed.
pub(crate) fn parse(marked: &str) -> (String, Vec<Mark>) {
    let mut text = String::with_capacity(marked.len());
    let mut marks: Vec<Mark> = Vec::new();
    let mut open: Vec<Option<usize>> = Vec::new(); // none: a bracket that is text
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let after = rest.strip_prefix(c).unwrap_or_default();
        rest = after;
        match c {
            '[' => match head(after) {
                Some((tag, label, words)) => {
                    open.push(Some(marks.len()));
                    marks.push((tag.to_owned(), TextRange::empty(text.len()), label.map(str::to_owned)));
                    rest = words;
                }
                None => {
                    open.push(None);
                    text.push(c);
                }
            },
            ']' => match open.pop() {
                Some(Some(mark)) => marks[mark].1 = TextRange::new(marks[mark].1.start(), text.len()),
                _ => text.push(c),
            },
            _ => text.push(c),
        }
    }
    assert!(!open.iter().any(Option::is_some), "a mark is not closed: {marked}");
    (text, marks)
}

/// The tag, the label and what follows the colon, when `after` continues a mark's bracket.
fn head(after: &str) -> Option<(&str, Option<&str>, &str)> {
    let (head, words) = after.split_once(':')?;
    let (tag, label) = head.split_once('=').map_or((head, None), |(tag, label)| (tag, Some(label)));
    let plain = !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_lowercase());
    (plain && !head.contains(['[', ']', '\n'])).then_some((tag, label, words))
}

/// The marked string again: the inverse of [`parse`] for marks that nest or follow one another.
///
/// # Panics
/// If a range does not lie on character boundaries of `text`.
pub(crate) fn render(text: &str, marks: &[Mark]) -> String {
    let mut order: Vec<&Mark> = marks.iter().collect();
    order.sort_by_key(|(_, range, _)| (range.start(), std::cmp::Reverse(range.end())));
    let mut out = String::with_capacity(text.len() + marks.len() * 8);
    let mut open: Vec<usize> = Vec::new(); // ends, the innermost last
    let mut at = 0;
    let mut copy = |out: &mut String, to: usize| {
        out.push_str(TextRange::new(at.min(to), to).of(text));
        at = at.max(to);
    };
    for (tag, range, label) in order {
        while let Some(end) = open.pop_if(|end| *end <= range.start()) {
            copy(&mut out, end);
            out.push(']');
        }
        copy(&mut out, range.start());
        let label = label.as_ref().map(|l| format!("={l}")).unwrap_or_default();
        out.push_str(&format!("[{tag}{label}:"));
        let inner = open.last().map_or(range.end(), |&outer| outer.min(range.end()));
        open.push(inner);
    }
    while let Some(end) = open.pop() {
        copy(&mut out, end);
        out.push(']');
    }
    copy(&mut out, text.len());
    out
}

#[test]
fn marks_come_back_as_written() {
    let marked = "[p=Xi Jinping:Xi] said: [q=Xi Jinping:“to ‘[n:take the helm]’ [sic]”], see [1]: [q:“x”][q:“y”]";
    let (text, marks) = parse(marked);
    assert_eq!(text, "Xi said: “to ‘take the helm’ [sic]”, see [1]: “x”“y”");
    assert_eq!(marks.len(), 5);
    assert_eq!(marks[2].1.of(&text), "take the helm");
    assert_eq!(marks[0], ("p".to_owned(), TextRange::new(0, 2), Some("Xi Jinping".to_owned())));
    assert_eq!(render(&text, &marks), marked);
}
