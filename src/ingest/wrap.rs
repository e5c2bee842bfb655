//! Hard-wrapped text: found by its line lengths, and joined into paragraphs.
//!
//! A single line feed is a paragraph break unless the text shows that somebody's program filled its lines to a width: then nearly
//! every line that another follows is so long that the next line's first word would not have fitted, and often a line begins in
//! the middle of a sentence.

use super::lines::{Line, Unit, list_mark};
use crate::text::TextRange;

/// Widths at which programs and people wrap.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=132;

/// The widest lines that are taken for a mail's by the lower measure.
const MAIL: usize = 80;

/// A fill that stops this many columns early still counts as full: hyphens, breaks before long dashes.
const SLACK: usize = 3;

/// Lines that are enough to see it by.
const SAMPLE: usize = 4000;

/// The units of a text: its lines, joined where the text is hard-wrapped.
pub(super) fn units(text: &str, lines: &[Line]) -> Vec<Unit> {
    let alone = |l: &Line| Unit { range: l.ink, gap: l.gap };
    let headers = mail_headers(text, lines);
    let width = width(text, lines, headers);
    if width.is_none() && headers == 0 {
        return lines.iter().map(alone).collect();
    }
    let mut units: Vec<Unit> = Vec::new();
    let mut before: Option<&Line> = None;
    for (i, line) in lines.iter().enumerate() {
        // A long header goes on in the next line, which is indented.
        let goes_on = |last: &Line| {
            if i < headers { line.indent > 0 } else { i > headers && width.is_some_and(|width| continues(text, last, line, width)) }
        };
        match (before, units.last_mut()) {
            (Some(last), Some(unit)) if line.gap == 0 && goes_on(last) => {
                unit.range = unit.range.union(line.ink);
            }
            _ => units.push(alone(line)),
        }
        before = Some(line);
    }
    units
}

/// The width that the text below its `headers` is wrapped at; `None` when it is not.
fn width(text: &str, lines: &[Line], headers: usize) -> Option<usize> {
    let lines = lines.get(headers..lines.len().min(headers + SAMPLE)).unwrap_or_default();
    let mut lengths: Vec<usize> = Vec::with_capacity(lines.len());
    let mut long = 0;
    for line in lines {
        // Bytes over-count at most by four: a line that long is no wrapped one, and need not be counted.
        let length = if line.ink.len() > 4 * WIDTHS.end() { usize::MAX } else { columns(text, line) };
        long += usize::from(length > *WIDTHS.end());
        lengths.push(length);
    }
    // Long lines are addresses, or what did not come from the filling program.
    if long * 4 > lines.len() {
        return None;
    }
    let mut sorted: Vec<usize> = lengths.iter().copied().filter(|l| WIDTHS.contains(l)).collect();
    if sorted.len() < 2 {
        return None;
    }
    sorted.sort_unstable();
    let width = *sorted.get((sorted.len() - 1) * 98 / 100)?;
    let (mut pairs, mut full, mut inside) = (0, 0, 0);
    for (pair, length) in lines.windows(2).zip(&lengths) {
        let [a, b] = pair else { continue };
        if b.gap > 0 || *length > width + SLACK || *length * 2 < width || is_marked(text, b) {
            continue;
        }
        pairs += 1;
        if *length + 1 + first_word(text, b) + SLACK > width {
            full += 1;
            let open = !ends_sentence(a.ink.of(text));
            inside += usize::from(open && b.ink.of(text).starts_with(char::is_lowercase));
        }
    }
    // Menus and lists may stand around the text; one pair in a short note is enough when the sentence runs over it.
    let enough = inside >= 2 || pairs <= 3;
    // Programs that send mail fill its lines: less shows it.
    if headers > 0 && width <= MAIL {
        return (full > 0 && full * 10 >= pairs * 4 && (inside > 0 || full >= 2)).then_some(width);
    }
    (full > 0 && enough && full * 10 >= pairs * 4 && inside * 4 >= full).then_some(width)
}

/// How many lines above a mail are its headers; 0 when it is none.
fn mail_headers(text: &str, lines: &[Line]) -> usize {
    const MOST: usize = 60;
    let named = |l: &&Line| {
        let line = l.ink.of(text);
        l.indent > 0
            || line
                .split_once(':')
                .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    };
    let block = lines.iter().enumerate().take(MOST).take_while(|(i, l)| (*i == 0 || l.gap == 0) && named(l)).count();
    let head = lines.get(..block).unwrap_or_default();
    let has = |name: &str| head.iter().any(|l| l.ink.of(text).starts_with(name));
    if has("From:") && (has("Subject:") || has("Date:")) { block } else { 0 }
}

/// True when `line` goes on with what `last` began.
fn continues(text: &str, last: &Line, line: &Line, width: usize) -> bool {
    if is_marked(text, line) {
        return false;
    }
    let (above, below) = (last.ink.of(text), line.ink.of(text));
    let marked = list_mark(above).is_some_and(|m| m < above.len());
    let hangs = u32::try_from(list_mark(above).unwrap_or(0)).unwrap_or(0);
    let same_indent = line.indent == last.indent || (marked && line.indent == last.indent + hangs);
    // An indented line after a flush one begins a paragraph; a flush one after an indented one goes on with it.
    if line.indent > last.indent && !same_indent && !below.starts_with(char::is_lowercase) {
        return false;
    }
    let length = columns(text, last);
    if length * 2 < width {
        return false;
    }
    let full = length + 1 + first_word(text, line) + SLACK > width;
    full || (!ends_sentence(above) && below.starts_with(char::is_lowercase))
}

/// List items and quoted lines begin anew.
fn is_marked(text: &str, line: &Line) -> bool {
    let ink = line.ink.of(text);
    list_mark(ink).is_some() || ink.starts_with('>')
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', ')']).ends_with(['.', '!', '?', ':', '…'])
}

/// Columns that the line takes with its indentation, counting one for each character.
fn columns(text: &str, line: &Line) -> usize {
    line.indent as usize + characters(line.ink.of(text).as_bytes())
}

fn first_word(text: &str, line: &Line) -> usize {
    let ink = line.ink.of(text).as_bytes();
    let end = ink.iter().position(|b| *b == b' ').unwrap_or(ink.len());
    characters(ink.get(..end).unwrap_or(ink))
}

fn characters(utf8: &[u8]) -> usize {
    utf8.iter().filter(|b| **b & 0xc0 != 0x80).count()
}

/// The lines of a unit, joined as they are read: for titles and other one-line uses.
pub(super) fn joined(text: &str, range: TextRange) -> String {
    range.of(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        units(text, &split(text)).iter().map(|u| u.range.of(text).replace('\n', "/")).collect()
    }

    #[test]
    fn filled_lines_are_one_paragraph() {
        let text = "The harbour board met on Tuesday evening to hear what\nthe engineers had found under the northern pier, and\nleft with more questions than it had brought along.\nNobody spoke for long.\n\nA second paragraph follows after the blank line, and it\nis wrapped as well.\n";
        assert_eq!(paragraphs(text).len(), 2, "{:#?}", paragraphs(text));
    }

    #[test]
    fn a_short_line_ends_the_paragraph() {
        let text = "The harbour board met on Tuesday evening to hear what\nthe engineers had found under the old northern pier.\nIt left early.\nThe engineers had come a long way to speak and were not\namused by the length of the coffee break that followed.\n";
        let found = paragraphs(text);
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[0].ends_with("It left early."));
    }

    #[test]
    fn a_line_for_each_sentence_is_not_wrapped() {
        let text = "The board met on Tuesday.\nIt heard the engineers, who had come all the way from the coast to speak.\nNobody asked anything.\nThe mayor left before the vote and did not come back that evening.\nThen they went home.\n";
        assert_eq!(paragraphs(text).len(), 5);
    }

    #[test]
    fn a_short_mail_is_wrapped_too() {
        let body = "I asked the mayor. \"We cannot let another winter pass,\" said Mayor Hanna\nOstrow, who leads the council. The repair is expected to cost $12.5\nmillion, more than twice the sum set aside.\n\nBo asked:\n\nThe pier is closed.\nIt is old.\nIt was built in 1931.\nNobody used it for years and years.\nSo they say in town.\n";
        let mail = format!("From: Ana Sol\nSubject: Pier\n\n{body}");
        assert_eq!(paragraphs(&mail)[2].matches('/').count(), 2, "{:#?}", paragraphs(&mail));
        assert!(paragraphs(&mail).contains(&"It is old.".to_owned()));
    }

    #[test]
    fn items_and_long_lines_stand_alone() {
        let list = "- the first thing that the board wants to know by June\n- the second thing, which is about the money it will\n  cost the town over the next ten years and who pays\n- the third\n";
        assert_eq!(paragraphs(list).len(), 3, "{:#?}", paragraphs(list));
        let long = format!("{}\n{}\nend of it\n", "word ".repeat(60), "more ".repeat(60));
        assert_eq!(paragraphs(&long).len(), 3);
    }
}
