//! An article for a terminal: highlights as SGR sequences, which differ by more than colour.

use std::fmt::Write as _;

use ratatui::style::{Color, Modifier, Style};

use super::plain::{Page, Stretch, follows, left_out, stretches};
use super::table::clip;
use crate::annotation::model::COLORS;
use crate::annotation::{AnchorState, Annotation};
use crate::article::columns::{self, Kind, Piece, SetRow, Setting};
use crate::article::{BlockKind, Reason, has_own_mark};
use crate::config::theme::{ANSI, Role, Theme};
use crate::text::grapheme::text_width;
use crate::text::{TextRange, rows, sanitize};

/// The article as it should be printed, wrapped to `width` columns when there is one.
#[must_use]
pub fn article(page: Page<'_>, theme: Theme, width: Option<usize>) -> String {
    let text = page.article.text.as_str();
    let runs = runs(&marks(page, theme));
    let mut out = String::with_capacity(text.len() * 2);
    let mut next = 0;
    let mut last = None;
    let mut tables = TableRows { page, theme, width, setting: None };
    for stretch in stretches(page.article, page.unfold) {
        let kind = match &stretch {
            Stretch::Block(kind, _) => Some(*kind),
            Stretch::Folded(_) | Stretch::LeftOut(_) => None,
        };
        if !out.is_empty() && !follows(last, kind) {
            out.push('\n');
        }
        last = kind;
        match stretch {
            Stretch::Folded(words) => sign(&mut out, &words, theme, width),
            Stretch::LeftOut(piece) => {
                if piece.reason == Reason::Picture {
                    let words = format!("[image: {}]", sanitize::line(&piece.text));
                    for row in wrapped(&words, TextRange::new(0, words.len()), width, false) {
                        paint(&mut out, theme.style(Role::Quiet), row.of(&words).trim_end());
                        out.push('\n');
                    }
                    continue;
                }
                let words = format!("left out, {}: {}", piece.reason.words(), piece.text);
                sign(&mut out, &sanitize::line(&words), theme, width);
            }
            Stretch::Block(BlockKind::TableRow, range) if tables.print(range, &runs, &mut out) => {}
            Stretch::Block(kind, range) => {
                let indent = indent(kind, range.of(text));
                let room = width.map(|w| w.saturating_sub(indent.len()));
                for (i, row) in wrapped(text, range, room, kind == BlockKind::Code).into_iter().enumerate() {
                    let lead = if i == 0 { indent } else { indent.trim_end() };
                    let _ = write!(out, "{lead}{:pad$}", "", pad = indent.len() - lead.len());
                    while runs.get(next).is_some_and(|(r, _)| r.end() <= row.start()) {
                        next += 1;
                    }
                    paint_row(&mut out, text, row.trimmed(text), base(kind, theme), &runs[next..]);
                    out.push('\n');
                }
            }
        }
    }
    if let Some(words) = left_out(page.article).filter(|_| !page.unfold) {
        out.push('\n');
        sign(&mut out, &words, theme, width);
    }
    out
}

/// The rows of tables, set in columns.
struct TableRows<'a> {
    page: Page<'a>,
    theme: Theme,
    width: Option<usize>,
    /// How the table is set that the last row was of.
    setting: Option<(usize, Setting)>,
}

impl TableRows<'_> {
    /// Prints the row at `range`; nothing of one that is set as its text is.
    fn print(&mut self, range: TextRange, runs: &[(TextRange, Style)], out: &mut String) -> bool {
        let (text, tables) = (self.page.article.text.as_str(), &self.page.article.tables);
        let Some((row, width)) = tables.row_at(range.start()).zip(self.width).filter(|_| range.len() <= rows::SEGMENT) else {
            return false;
        };
        let table = tables.table_of(row);
        let setting = match self.setting.take() {
            Some((last, setting)) if last == table => setting,
            _ => columns::set(&columns::measure(text, tables, table, &[]), width),
        };
        let below_header = row > 0 && !tables.is_header(row) && tables.header_of(table) == Some(row - 1);
        let set = columns::row(text, tables, row, &setting, &[]);
        if let Some(set) = &set {
            if below_header && matches!(setting, Setting::Columns(_)) {
                let (bars, width) = columns::rule(&setting);
                let rule: String = (0..width).map(|x| if bars.contains(&x) { '┼' } else { '─' }).collect();
                paint(out, self.theme.style(Role::Chrome), &rule);
                out.push('\n');
            }
            let first = runs.partition_point(|(r, _)| r.end() <= range.start());
            (0..set.height()).for_each(|line| self.line(set, line, &runs[first..], out));
        }
        self.setting = Some((table, setting));
        set.is_some()
    }

    /// Prints one line of a row from left to right; the blanks in between come as they are needed.
    fn line(&self, set: &SetRow, line: usize, runs: &[(TextRange, Style)], out: &mut String) {
        let text = self.page.article.text.as_str();
        let chrome = self.theme.style(Role::Chrome);
        let mut x = 0;
        let mut pad = |out: &mut String, to: usize, columns: usize| {
            let _ = write!(out, "{:pad$}", "", pad = to.saturating_sub(x));
            x = to.max(x) + columns;
        };
        for label in set.labels.iter().filter(|l| l.line == line) {
            let words = clip(&label.range.of(text).replace('\n', " "), label.width);
            pad(out, set.label_x(), text_width(&words) + 1);
            paint(out, chrome, &format!("{words}:"));
        }
        let seen = |p: &&Piece| matches!(p.kind, Kind::Words | Kind::Head);
        let mut bars = set.bars.iter().copied().peekable();
        for piece in set.line(line).iter().filter(seen) {
            while let Some(bar) = bars.next_if(|&bar| bar < piece.x) {
                pad(out, bar, 1);
                paint(out, chrome, "│");
            }
            let row = piece.range.trimmed(text);
            if row.is_empty() {
                continue;
            }
            pad(out, piece.x, text_width(row.of(text)) + usize::from(piece.hyphen));
            let head = if piece.kind == Kind::Head { Role::Strong } else { Role::Text };
            paint_row(out, text, row, self.theme.style(head), runs);
            if piece.hyphen {
                out.push('-');
            }
        }
        for bar in bars {
            pad(out, bar, 1);
            paint(out, chrome, "│");
        }
        out.push('\n');
    }
}

/// A line that stands for what is not shown.
fn sign(out: &mut String, words: &str, theme: Theme, width: Option<usize>) {
    let words = format!("▸ {words}");
    for row in wrapped(&words, TextRange::new(0, words.len()), width, false) {
        paint(out, theme.style(Role::Fold), row.of(&words).trim_end());
        out.push('\n');
    }
}

fn wrapped(text: &str, range: TextRange, width: Option<usize>, keep_newlines: bool) -> Vec<TextRange> {
    match width {
        Some(width) => rows::rows(text, range, width, keep_newlines),
        None if keep_newlines => rows::rows(text, range, usize::MAX / 2, true),
        None => vec![range],
    }
}

fn indent(kind: BlockKind, words: &str) -> &'static str {
    match kind {
        BlockKind::ListItem if has_own_mark(words) => "",
        BlockKind::ListItem => "- ",
        BlockKind::Quote | BlockKind::Code => "    ",
        _ => "",
    }
}

fn base(kind: BlockKind, theme: Theme) -> Style {
    theme.style(match kind {
        BlockKind::Title => Role::Title,
        BlockKind::Heading(_) => Role::Heading,
        BlockKind::Byline | BlockKind::Date | BlockKind::Caption | BlockKind::Boilerplate(Reason::Caption) | BlockKind::Credit => {
            Role::Quiet
        }
        BlockKind::Boilerplate(_) => Role::Fold,
        _ => Role::Text,
    })
}

/// Everything that is highlighted; what comes later paints over what comes earlier.
fn marks(page: Page<'_>, theme: Theme) -> Vec<(TextRange, Style)> {
    let found = page.found;
    let mut marks: Vec<(TextRange, Style)> = Vec::new();
    let mut add = |range: TextRange, role: Role| marks.push((range, theme.style(role)));
    found.people.iter().flat_map(|p| &p.mentions).for_each(|m| add(m.range, Role::Person));
    found.figures.iter().for_each(|f| add(f.range, Role::Figure));
    for quote in &found.quotes {
        let role = if quote.kind.is_speech() { Role::Quote } else { Role::Mention };
        quote.parts.iter().for_each(|&p| add(p, role));
    }
    for note in &page.notes.annotations {
        if let Some(range) = note.now.range {
            add(range, note_role(note));
        }
    }
    marks
}

fn note_role(note: &Annotation) -> Role {
    if note.now.state == AnchorState::Changed {
        return Role::NoteChanged;
    }
    let color = note.color.as_deref().and_then(|c| COLORS.iter().position(|&known| known == c)).unwrap_or(0);
    Role::Note(u8::try_from(color).unwrap_or(0))
}

/// Overlapping marks as disjoint runs in the order of the text.
fn runs(marks: &[(TextRange, Style)]) -> Vec<(TextRange, Style)> {
    let mut edges: Vec<(usize, usize, bool)> = Vec::with_capacity(marks.len() * 2);
    for (i, (range, _)) in marks.iter().enumerate().filter(|(_, (r, _))| !r.is_empty()) {
        edges.extend([(range.start(), i, true), (range.end(), i, false)]);
    }
    edges.sort_unstable();
    let mut open = std::collections::BTreeSet::new();
    let mut runs = Vec::with_capacity(edges.len());
    let mut from = 0;
    for (at, mark, opens) in edges {
        if at > from && !open.is_empty() {
            let style = open.iter().fold(Style::new(), |style: Style, &i: &usize| style.patch(marks[i].1));
            runs.push((TextRange::new(from, at), style));
        }
        from = at;
        if opens {
            open.insert(mark);
        } else {
            open.remove(&mark);
        }
    }
    runs
}

/// Paints one row; `runs` are those that do not end before it.
fn paint_row(out: &mut String, text: &str, row: TextRange, base: Style, runs: &[(TextRange, Style)]) {
    let mut from = row.start();
    for (range, style) in runs {
        let Some(shown) = range.intersect(row) else {
            if range.start() >= row.end() {
                break;
            }
            continue;
        };
        paint(out, base, TextRange::new(from, shown.start()).of(text));
        paint(out, base.patch(*style), shown.of(text));
        from = shown.end();
    }
    paint(out, base, TextRange::new(from, row.end().max(from)).of(text));
}

/// Appends untrusted words in a style, which ends after them.
pub fn paint(out: &mut String, style: Style, words: &str) {
    if words.is_empty() {
        return;
    }
    let codes = sgr(style);
    let words = sanitize::line(words);
    if codes.is_empty() {
        out.push_str(&words);
    } else {
        let _ = write!(out, "\x1b[{codes}m{words}\x1b[0m");
    }
}

/// The parameters that switch a style on.
fn sgr(style: Style) -> String {
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
        (Modifier::CROSSED_OUT, "9"),
    ];
    let set = style.add_modifier.difference(style.sub_modifier);
    let mut codes: Vec<String> = modifiers.iter().filter(|(m, _)| set.contains(*m)).map(|(_, code)| (*code).to_owned()).collect();
    codes.extend(style.fg.and_then(|c| color(c, 30)));
    codes.extend(style.bg.and_then(|c| color(c, 40)));
    codes.join(";")
}

/// A colour's parameters; `ground` is 30 for the letters and 40 for what is behind them.
fn color(color: Color, ground: u8) -> Option<String> {
    match color {
        Color::Reset => None,
        Color::Indexed(i) => Some(format!("{};5;{i}", ground + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", ground + 8)),
        named_color => {
            let i = u8::try_from(ANSI.iter().position(|&c| c == named_color)?).ok()?;
            Some((if i < 8 { ground + i } else { ground + 60 + i - 8 }).to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Findings;
    use crate::analysis::findings::{Mention, MentionForm, Person, Quotation, QuoteKind};
    use crate::annotation::Notes;
    use crate::ingest;

    /// What is left on the screen when the sequences have done their work.
    fn without_codes(painted: &str) -> String {
        let mut out = String::new();
        let mut rest = painted;
        while let Some((before, after)) = rest.split_once("\x1b[") {
            out.push_str(before);
            rest = after.split_once('m').map_or("", |(_, rest)| rest);
        }
        out + rest
    }

    #[test]
    fn highlights_overlap_wrap_and_leave_the_words_alone() {
        let text = "A title here\n\nShe saw “Ann Lee and \u{202e}others” there.\n";
        let article_ = ingest::from_text(text);
        let at = |words: &str| {
            let start = text.find(words).expect("in the text");
            TextRange::new(start, start + words.len())
        };
        let range = at("“Ann Lee and \u{202e}others”");
        let quote = Quotation {
            range,
            parts: [range].into_iter().collect(),
            kind: QuoteKind::Full,
            speaker: None,
            cue: None,
            via: None,
            evidence: None,
        };
        let mentions = vec![Mention { range: at("Ann Lee"), form: MentionForm::Name }];
        let person = Person { name: "Ann Lee".into(), mentions, ..Person::default() };
        let found = Findings { quotes: vec![quote], people: vec![person], ..Findings::default() };
        let notes = Notes::default();
        let page = Page { article: &article_, found: &found, notes: &notes, unfold: false, reader: "" };
        let painted = article(page, Theme::Mono, Some(12));
        assert_eq!(without_codes(&painted), "A title here\n\nShe saw “Ann\nLee and\n◊others”\nthere.\n");
        assert!(painted.contains("She saw \x1b[3m“\x1b[0m\x1b[3;4mAnn\x1b[0m\n\x1b[3;4mLee\x1b[0m\x1b[3m and\x1b[0m\n"), "{painted:?}");
        assert_eq!(without_codes(&article(page, Theme::Dark, None)), "A title here\n\nShe saw “Ann Lee and ◊others” there.\n");
    }

    #[test]
    fn styles_become_sgr() {
        let style = Style::new().fg(Color::LightCyan).bg(Color::Blue).add_modifier(Modifier::BOLD | Modifier::UNDERLINED);
        assert_eq!(sgr(style), "1;4;96;44");
        assert_eq!(sgr(Style::new().fg(Color::Indexed(200)).bg(Color::Reset)), "38;5;200");
    }
}
