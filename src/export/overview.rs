//! An article on one screen: how long it is, where in it quotations, figures and notes stand, who is quoted how much, what changed, which
//! claims are open.

use super::plain::Page;
use super::styled::paint;
use super::table::clip;
use super::words;
use crate::analysis::findings::Direction;
use crate::annotation::{Annotation, Status};
use crate::config::{Role, Theme};
use crate::text::{TextRange, grapheme::text_width, rows, sanitize};

/// A line: harmless pieces from left to right, and what each is.
pub type Line = Vec<(Role, String)>;

/// Of speakers and of changes the first so many are listed; the rest is counted.
const LISTED: usize = 12;
/// The narrowest that is laid out.
const NARROWEST: usize = 16;
/// Of the words of a claim so many columns are shown.
const CLAIM: usize = 60;
/// The columns of "    55 words    6 quotations".
const FACTS: usize = 31;

/// The overview in lines of at most `width` columns (16 at least). `here` is where the reader is, a byte of the text.
#[must_use]
pub fn lines(page: Page<'_>, width: usize, here: Option<usize>) -> Vec<Line> {
    let width = width.max(NARROWEST);
    let mut lines = length(page, width);
    strips(page, width, here, &mut lines);
    speakers(page, width, &mut lines);
    figures(page, width, &mut lines);
    claims(page, width, &mut lines);
    lines
}

/// The lines for standard output: with `theme` as SGR sequences, else plain.
#[must_use]
pub fn print(lines: &[Line], theme: Option<&Theme>) -> String {
    let mut out = String::new();
    for line in lines {
        match theme {
            Some(theme) => line.iter().for_each(|(role, words)| paint(&mut out, theme.style(*role), words)),
            None => out.push_str(line.iter().map(|(_, words)| words.as_str()).collect::<String>().trim_end()),
        }
        out.push('\n');
    }
    out
}

/// The title, and how much there is of everything.
fn length(page: Page<'_>, width: usize) -> Vec<Line> {
    let Page { article, found, notes, .. } = page;
    let count = |n: usize, one: &str| format!("{} {one}{}", words::number(n as f64), if n == 1 { "" } else { "s" });
    let length = article.body().map(|(_, b)| b.range.of(&article.text).split_whitespace().count()).sum();
    let folded = article.blocks.iter().filter(|b| article.folds_away(b)).count();
    let speech = found.quotes.iter().filter(|q| q.kind.is_speech()).count();
    let mut facts = vec![
        format!("{} min", words::minutes(article)),
        count(length, "word"),
        count(article.blocks.len() - folded, "paragraph"),
        count(speech, "quotation"),
        count(found.people.len(), "person").replace("persons", "people"),
        count(found.figures.len(), "figure"),
        count(notes.annotations.len(), "note"),
    ];
    if folded > 0 {
        facts.insert(3, format!("{folded} folded"));
    }
    let mut lines = vec![vec![(Role::Title, clip(&sanitize::line(&article.name()), width))]];
    let mut row = String::new();
    for fact in facts {
        if !row.is_empty() && text_width(&row) + text_width(&fact) + 3 > width {
            lines.push(vec![(Role::Text, std::mem::take(&mut row))]);
        }
        if !row.is_empty() {
            row.push_str(" · ");
        }
        row.push_str(&fact);
    }
    lines.push(vec![(Role::Text, row)]);
    lines
}

fn heading(lines: &mut Vec<Line>, width: usize, words: &str) {
    lines.push(vec![]);
    lines.push(vec![(Role::Heading, clip(words, width))]);
}

/// Three rows from the beginning of the article to its end: the higher a mark, the more stands there.
fn strips(page: Page<'_>, width: usize, here: Option<usize>, lines: &mut Vec<Line>) {
    const LABEL: usize = 12;
    let Page { article, found, notes, .. } = page;
    let columns = width - LABEL - 2;
    let quotes: Vec<TextRange> = found.quotes.iter().filter(|q| q.kind.is_speech()).flat_map(|q| q.parts.iter().copied()).collect();
    let figures: Vec<TextRange> = found.figures.iter().map(|f| f.range).collect();
    let noted: Vec<TextRange> = notes.annotations.iter().filter_map(|n| n.now.range).collect();
    heading(lines, width, "Where in the article");
    if let Some(at) = here {
        let column = at * columns / article.text.len().max(1);
        let words = if column + 10 <= columns { "▼ you are" } else { "▼" };
        lines.push(vec![(Role::Strong, format!("{:pad$}{words}", "", pad = LABEL + 1 + column.min(columns - 1)))]);
    }
    for (name, ranges, role) in [("quotations", quotes, Role::Quote), ("figures", figures, Role::Figure), ("notes", noted, Role::Strong)] {
        let label = (Role::Text, format!("{name:<LABEL$}"));
        let edge = || (Role::Chrome, "│".to_owned());
        lines.push(vec![label, edge(), (role, strip(&ranges, article.text.len(), columns)), edge()]);
    }
}

/// A row of `columns` marks for a text of `len` bytes; a dot where nothing stands.
fn strip(ranges: &[TextRange], len: usize, columns: usize) -> String {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    // How many begin in a column less how many ended before it: their sum so far is how many stand there.
    let mut edges = vec![0_isize; columns + 1];
    let column = |at: usize| (at * columns / len.max(1)).min(columns - 1);
    for range in ranges {
        edges[column(range.start())] += 1;
        edges[column(range.end().saturating_sub(1).max(range.start())) + 1] -= 1;
    }
    let mut standing = 0;
    let counts: Vec<usize> = edges[..columns]
        .iter()
        .map(|edge| {
            standing += edge;
            usize::try_from(standing).unwrap_or(0)
        })
        .collect();
    // One alone is low, so that four look like more than one.
    let most = counts.iter().copied().max().unwrap_or(0).max(4);
    counts.iter().map(|&n| if n == 0 { '·' } else { STEPS[(n * 8).div_ceil(most) - 1] }).collect()
}

fn speakers(page: Page<'_>, width: usize, lines: &mut Vec<Line>) {
    let shares = words::shares(page.article, page.found);
    heading(lines, width, "Who is quoted");
    if shares.is_empty() {
        lines.push(vec![(Role::Chrome, "no quotations".to_owned())]);
    }
    // The columns of the bars, and of how many words and quotations there are.
    let (bar, facts) = match width {
        90.. => (20, FACTS),
        66.. => (12, FACTS),
        50.. => (20, 0),
        _ => (8, 0),
    };
    let most = shares.first().map_or(1, |s| s.words.max(1));
    let names: Vec<String> =
        shares.iter().take(LISTED).map(|s| sanitize::line(s.speaker.unwrap_or(words::NOT_NAMED)).into_owned()).collect();
    let room = (width - bar - facts - 7).min(28);
    let column = names.iter().map(|n| text_width(n)).max().unwrap_or(0).min(room);
    for (share, name) in shares.iter().zip(&names) {
        let name = clip(name, column);
        let filled = (share.words * bar).div_ceil(most);
        let mut line = vec![
            (Role::Text, format!("{name}{:pad$}", "", pad = column - text_width(&name) + 1)),
            (Role::Bar, "▇".repeat(filled)),
            (Role::Text, format!("{:pad$}{:>3} %", "", share.percent, pad = bar - filled + 1)),
        ];
        if facts > 0 {
            let s = if share.quotes == 1 { "" } else { "s" };
            line.push((Role::Chrome, format!("  {:>6} words  {:>3} quotation{s}", share.words, share.quotes)));
        }
        lines.push(line);
    }
    more(shares.len(), "speaker", lines);
}

/// Says how many were not listed.
fn more(all: usize, what: &str, lines: &mut Vec<Line>) {
    if all > LISTED {
        let s = if all == LISTED + 1 { "" } else { "s" };
        lines.push(vec![(Role::Chrome, format!("and {} more {what}{s}", all - LISTED))]);
    }
}

fn figures(page: Page<'_>, width: usize, lines: &mut Vec<Line>) {
    let Page { article, found, .. } = page;
    heading(lines, width, "Figures that change");
    if found.changes.is_empty() {
        lines.push(vec![(Role::Chrome, "none".to_owned())]);
    }
    for change in found.changes.iter().take(LISTED) {
        let arrow = match change.direction {
            Direction::Up => "↗",
            Direction::Down => "↘",
            Direction::None => "→",
        };
        let ends = [change.from, change.to].into_iter().flatten().filter_map(|i| found.figures.get(i));
        let topic = ends.clone().find_map(|f| f.topic);
        let about = ends.filter_map(|f| f.applies_to).next().map(|r| r.of(&article.text));
        let what: Vec<&str> = topic.into_iter().chain(about).collect();
        let what = if what.is_empty() { change.range.of(&article.text).to_owned() } else { what.join(", ") };
        let pieces = [(Role::Figure, format!("{arrow} {}", words::change(change, found))), (Role::Text, format!("  {what}"))];
        broken(&paragraph(page, Some(change.range)), &pieces, width, lines);
    }
    more(found.changes.len(), "change", lines);
}

fn claims(page: Page<'_>, width: usize, lines: &mut Vec<Line>) {
    let open: Vec<(&Annotation, Status)> = page
        .notes
        .annotations
        .iter()
        .filter_map(|a| Some((a, a.status?)))
        .filter(|(_, status)| matches!(status, Status::Unchecked | Status::NeedsSource | Status::Disputed))
        .collect();
    heading(lines, width, "Open claims");
    if open.is_empty() {
        lines.push(vec![(Role::Chrome, "none".to_owned())]);
    }
    for (note, status) in open {
        let said = note.now.range.map_or(note.anchor.exact.as_str(), |r| r.of(&page.article.text));
        let said = said.trim_matches(['“', '”', '"']);
        let about = note.note.lines().next().map(|n| format!(" · {n}")).unwrap_or_default();
        let pieces = [
            (Role::Strong, format!("{:<13}", status.name().replace('-', " "))),
            (Role::Text, format!("“{}”", clip(said, CLAIM))),
            (Role::Chrome, about),
        ];
        broken(&paragraph(page, note.now.range), &pieces, width, lines);
    }
}

/// "¶7   ", or that the words are gone.
fn paragraph(page: Page<'_>, range: Option<TextRange>) -> String {
    let number = range.map(|r| page.article.block_at(r.start()).map_or_else(String::new, |b| format!("¶{}", b + 1)));
    format!("{:<5}", number.unwrap_or_else(|| "gone".to_owned()))
}

/// What stands behind the paragraph's number, made harmless and broken to the width; a fourth row is left out, with a sign of that.
fn broken(number: &str, pieces: &[(Role, String)], width: usize, lines: &mut Vec<Line>) {
    const ROWS: usize = 3;
    let pieces: Vec<(Role, String)> = pieces.iter().map(|(role, words)| (*role, sanitize::line(words).into_owned())).collect();
    let whole: String = pieces.iter().map(|(_, words)| words.as_str()).collect();
    let indent = text_width(number);
    // One column stays free, for the sign.
    let rows = rows::rows(&whole, TextRange::new(0, whole.len()), width.saturating_sub(indent + 1), false);
    for (i, row) in rows.iter().take(ROWS).enumerate() {
        let mut line = vec![(Role::Chrome, if i == 0 { number.to_owned() } else { " ".repeat(indent) })];
        let mut at = 0;
        for (role, words) in &pieces {
            let here = TextRange::new(at, at + words.len()).intersect(row.trimmed(&whole));
            at += words.len();
            line.extend(here.map(|here| (*role, here.of(&whole).to_owned())));
        }
        if i + 1 == ROWS && rows.len() > ROWS {
            line.push((Role::Chrome, "…".to_owned()));
        }
        lines.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Notes;
    use crate::{analysis, ingest};

    const TEXT: &str = "Harbour fee to rise\n\n\
        The fee will rise from 4 per cent to 6 per cent, the port said on Monday.\n\n\
        “We had no choice in the matter at all,” said Ilse Brandt, the harbour master. Ships may wait longer in the spring.\n\n\
        Omar Haddad, who runs a ferry, answered: “They had every choice.”\n";

    fn shown(width: usize) -> Vec<String> {
        let article = ingest::from_text(TEXT);
        let found = analysis::analyse(&article);
        let notes = Notes::default();
        let page = Page { article: &article, found: &found, notes: &notes, unfold: false, reader: "" };
        print(&lines(page, width, Some(0)), None).lines().map(str::to_owned).collect()
    }

    #[test]
    fn says_who_is_quoted_how_much_and_what_changed() {
        let rows = shown(100);
        let row = |start: &str| rows.iter().find(|r| r.starts_with(start)).unwrap_or_else(|| panic!("{start}: {rows:#?}")).clone();
        // Nine words and four: 69 and 31 per cent.
        assert!(row("Ilse Brandt").contains(&format!("{}  69 %", "▇".repeat(20))), "{rows:#?}");
        assert!(row("Omar Haddad").contains("31 %") && row("Omar Haddad").contains("4 words"), "{rows:#?}");
        assert!(row("¶2").contains("↗ 4 percent to 6 percent, +2 percentage points"), "{rows:#?}");
        // Monday is one of the figures: a date.
        assert!(rows.iter().any(|r| r.contains("2 quotations · 2 people · 3 figures")), "{rows:#?}");
    }

    #[test]
    fn no_line_is_wider_than_asked() {
        for width in 0..200 {
            for row in shown(width) {
                assert!(text_width(&row) <= width.max(NARROWEST), "{width}: {row}");
            }
        }
    }

    #[test]
    fn a_change_is_told_to_its_end_where_there_is_little_room() {
        let rows = shown(40);
        let at = rows.iter().position(|r| r.starts_with("¶2")).unwrap_or_else(|| panic!("{rows:#?}"));
        assert_eq!(rows[at], "¶2   ↗ 4 percent to 6 percent, +2");
        assert!(rows[at + 1].starts_with("     percentage points"), "{rows:#?}");
    }

    #[test]
    fn a_strip_shows_where_things_stand() {
        let r = |a, b| TextRange::new(a, b);
        assert_eq!(strip(&[r(0, 5), r(95, 100)], 100, 10), "▂········▂");
        assert_eq!(strip(&[r(10, 40)], 100, 10), "·▂▂▂······");
        assert_eq!(strip(&[r(0, 1), r(1, 2), r(2, 3), r(3, 4), r(50, 60)], 100, 4), "█·▂·");
        assert_eq!(strip(&[], 0, 4), "····");
    }
}
