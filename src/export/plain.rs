//! An article for screen readers and pipes: words in square brackets say what highlights would show.

use super::words;
use crate::analysis::Findings;
use crate::annotation::{Annotation, Notes};
use crate::article::{Article, Block, BlockKind, LeftOut, Reason, has_own_mark};
use crate::text::{TextRange, sanitize};

/// What is shown of an article.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found in it.
    pub found: &'a Findings,
    /// The reader's notes on it.
    pub notes: &'a Notes,
    /// Furniture is shown instead of one line that tells of it.
    pub unfold: bool,
    /// Who reads: of notes that are somebody else's it is said whose.
    pub reader: &'a str,
}

/// Words to be read after byte `at`; of two at one place, that of the shorter range first.
struct Aside {
    at: usize,
    len: usize,
    words: String,
}

/// The article as harmless lines, not wrapped: its blocks with a blank line between them, then people, speakers, changes and lost notes.
#[must_use]
pub fn lines(page: Page<'_>) -> Vec<String> {
    let Page { article, found, notes, unfold, reader } = page;
    let asides = asides(page);
    let mut lines: Vec<String> = Vec::new();
    let mut next = 0;
    let mut last = None;
    for stretch in stretches(article, unfold) {
        let kind = match &stretch {
            Stretch::Block(kind, _) => Some(*kind),
            Stretch::Folded(_) | Stretch::LeftOut(_) => None,
        };
        if !lines.is_empty() && !follows(last, kind) {
            lines.push(String::new());
        }
        last = kind;
        match stretch {
            Stretch::Folded(words) => lines.push(format!("[{words}]")),
            Stretch::LeftOut(piece) if piece.reason == Reason::Picture => lines.push(format!("[image: {}]", sanitize::line(&piece.text))),
            Stretch::LeftOut(piece) => {
                lines.push(sanitize::line(&format!("[left out, {}] {}", piece.reason.words(), piece.text)).into_owned());
            }
            Stretch::Block(kind, range) => {
                while asides.get(next).is_some_and(|a| a.at <= range.start()) {
                    next += 1;
                }
                let begin = next;
                while asides.get(next).is_some_and(|a| a.at <= range.end()) {
                    next += 1;
                }
                lines.extend(block(&article.text, kind, range, &asides[begin..next]));
            }
        }
    }
    if let Some(words) = left_out(article).filter(|_| !unfold) {
        lines.extend([String::new(), format!("[{words}]")]);
    }
    summary(article, found, notes, reader, &mut lines);
    lines
}

/// What of a web page is not here, and where it is to be seen.
pub(super) fn left_out(article: &Article) -> Option<String> {
    article.left_out_words().map(|words| format!("{words}; show --unfold prints them, zB in the reader shows them"))
}

/// One block of [`lines`], with what is said of it there.
#[must_use]
pub fn block_lines(page: Page<'_>, of: &Block) -> Vec<String> {
    let mut asides = asides(page);
    asides.retain(|a| of.range.start() < a.at && a.at <= of.range.end());
    block(&page.article.text, of.kind, of.range, &asides)
}

/// A piece of the page.
pub(super) enum Stretch<'a> {
    /// A block that is shown.
    Block(BlockKind, TextRange),
    /// Furniture that is not, in words: `14 lines folded: related link, author box`.
    Folded(String),
    /// What of a web page is not in the article, in its place.
    LeftOut(&'a LeftOut),
}

/// The blocks with runs of furniture folded into one line each, or with all that was folded and left out.
pub(super) fn stretches(article: &Article, unfold: bool) -> Vec<Stretch<'_>> {
    let mut out = Vec::with_capacity(article.blocks.len());
    let mut folded: Vec<&'static str> = Vec::new();
    let mut count = 0;
    let fold = |count: &mut usize, reasons: &mut Vec<&'static str>, out: &mut Vec<Stretch<'_>>| {
        if *count > 0 {
            let lines = if *count == 1 { "line" } else { "lines" };
            out.push(Stretch::Folded(format!("{count} {lines} folded: {}", reasons.join(", "))));
            *count = 0;
            reasons.clear();
        }
    };
    let mut left = article.left_out.iter().filter(|l| unfold || l.reason == Reason::Picture).peekable();
    for block in &article.blocks {
        while let Some(piece) = left.next_if(|l| l.at <= block.range.start()) {
            out.push(Stretch::LeftOut(piece));
        }
        match block.kind {
            BlockKind::Boilerplate(reason) if !unfold && article.folds_away(block) => {
                count += block.range.of(&article.text).lines().filter(|l| !l.trim().is_empty()).count();
                if !folded.contains(&reason.words()) {
                    folded.push(reason.words());
                }
            }
            kind => {
                fold(&mut count, &mut folded, &mut out);
                out.push(Stretch::Block(kind, block.range));
            }
        }
    }
    fold(&mut count, &mut folded, &mut out);
    out.extend(left.map(Stretch::LeftOut));
    out
}

/// True when a block comes right under the one before: one more item of a list, one more row of a table.
pub(super) fn follows(last: Option<BlockKind>, kind: Option<BlockKind>) -> bool {
    last == kind && matches!(kind, Some(BlockKind::ListItem | BlockKind::TableRow))
}

/// What stands before the words of a block.
pub(super) fn lead(kind: BlockKind, words: &str) -> &'static str {
    match kind {
        BlockKind::ListItem if has_own_mark(words) => "",
        BlockKind::Title => "Title: ",
        BlockKind::Heading(_) => "Heading: ",
        BlockKind::Caption => "Caption: ",
        BlockKind::Quote => "Block quotation: ",
        BlockKind::ListItem => "- ",
        _ => "",
    }
}

fn block(text: &str, kind: BlockKind, range: TextRange, asides: &[Aside]) -> Vec<String> {
    let mut body = match kind {
        BlockKind::Boilerplate(reason) => format!("[{}] ", reason.words()),
        _ => lead(kind, range.of(text)).to_owned(),
    };
    let mut from = range.start();
    for aside in asides {
        body.push_str(TextRange::new(from, aside.at).of(text));
        body.push_str(&format!(" [{}]", aside.words));
        from = aside.at;
    }
    body.push_str(TextRange::new(from, range.end()).of(text));
    match kind {
        BlockKind::Code => body.lines().map(|l| sanitize::line(l).into_owned()).collect(),
        _ => vec![sanitize::line(&body).into_owned()],
    }
}

fn asides(page: Page<'_>) -> Vec<Aside> {
    let Page { article, found, notes, reader, .. } = page;
    let mut all = Vec::new();
    for quote in found.quotes.iter().filter(|q| q.kind.is_speech()) {
        let who = quote.speaker.as_ref().map_or_else(|| format!("quotation, {}", words::NOT_NAMED), |s| format!("said by {}", s.name));
        let via = words::via(quote, &article.text).map(|v| format!(", via {v}")).unwrap_or_default();
        all.extend(quote.parts.iter().map(|p| Aside { at: p.end(), len: p.len(), words: format!("{who}{via}") }));
    }
    for figure in &found.figures {
        let value = words::value(figure, &article.text);
        if !value.is_empty() {
            let topic = figure.topic.map(|t| format!(", {t}")).unwrap_or_default();
            all.push(Aside { at: figure.range.end(), len: figure.range.len(), words: format!("figure: {value}{topic}") });
        }
    }
    for change in &found.changes {
        all.push(Aside { at: change.range.end(), len: change.range.len(), words: format!("change: {}", words::change(change, found)) });
    }
    for note in &notes.annotations {
        if let Some(range) = note.now.range {
            all.push(Aside { at: range.end(), len: range.len(), words: annotation(note, range.of(&article.text), reader) });
        }
    }
    all.sort_by_key(|a| (a.at, a.len));
    all
}

/// An annotation in words: `note on “…”: tags claim, tariff; disputed; “the note”`; with `by Bo Sample` when it is not the `reader`'s alone.
#[must_use]
pub fn annotation(note: &Annotation, on: &str, reader: &str) -> String {
    let mut parts = Vec::new();
    if !note.tags.is_empty() {
        parts.push(format!("tags {}", note.tags.join(", ")));
    }
    parts.extend(note.status.map(|s| s.name().replace('-', " ")));
    if !note.note.is_empty() {
        parts.push(format!("“{}”", note.note));
    }
    if parts.is_empty() {
        parts.push(note.color.as_ref().map_or("highlighted".into(), |c| format!("highlighted in {c}")));
    }
    let whose = note.whose(reader);
    if !whose.is_empty() {
        parts.push(if note.creator.is_empty() { whose } else { format!("by {whose}") });
    }
    let on = on.trim_matches(['“', '”', '"']);
    format!("note on “{}”: {}", super::table::clip(&sanitize::line(on), 40), parts.join("; "))
}

fn summary(article: &Article, found: &Findings, notes: &Notes, reader: &str, lines: &mut Vec<String>) {
    let mut section = |heading: &str, rows: Vec<String>| {
        if !rows.is_empty() {
            lines.extend([String::new(), format!("[{heading}]")]);
            lines.extend(rows.iter().map(|r| format!("- {}", sanitize::line(r))));
        }
    };
    let shares = words::shares(article, found).into_iter().map(|s| {
        let (quotes, quoted) = (plural(s.quotes, "quotation"), plural(s.words, "word"));
        format!("{}: {quotes}, {quoted}, {} per cent of the words quoted", s.speaker.unwrap_or(words::NOT_NAMED), s.percent)
    });
    section("Who is quoted", shares.collect());
    section("People", found.people.iter().map(|p| format!("{}: {}", words::person(p), plural(p.mentions.len(), "mention"))).collect());
    let lost = notes.annotations.iter().filter(|n| n.now.range.is_none() && n.kind != crate::annotation::AnnotationKind::Page);
    section("Notes whose words are gone", lost.map(|n| annotation(n, &n.anchor.exact, reader)).collect());
    let page = notes.annotations.iter().filter(|n| n.kind == crate::annotation::AnnotationKind::Page);
    section("Notes on the article", page.map(|n| annotation(n, &article.name(), reader)).collect());
}

/// `1 note`, `2 notes`.
#[must_use]
pub fn plural(n: usize, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_left_out_is_printed_unfolded_and_counted_otherwise() {
        let block = |range: std::ops::Range<usize>, kind| Block { range: range.into(), kind };
        let left = |at, text: &str, reason| LeftOut { at, text: text.into(), reason };
        let article = Article {
            text: "Pier shut\n\nNobody came.".into(),
            blocks: vec![block(0..9, BlockKind::Title), block(11..23, BlockKind::Paragraph)],
            left_out: vec![left(9, "Home\nWorld", Reason::Navigation), left(23, "More news", Reason::RelatedLink)],
            ..Article::default()
        };
        let (found, notes) = (Findings::default(), Notes::default());
        let printed = |unfold| lines(Page { article: &article, found: &found, notes: &notes, reader: "", unfold }).join("\n");
        assert_eq!(
            printed(true),
            "Title: Pier shut\n\n[left out, navigation] Home World\n\nNobody came.\n\n[left out, related link] More news"
        );
        assert!(
            printed(false)
                .ends_with("[2 lines left out: navigation, related link; show --unfold prints them, zB in the reader shows them]")
        );
        let styled = super::super::styled::article(
            Page { article: &article, found: &found, notes: &notes, reader: "", unfold: true },
            crate::config::theme::Theme::Mono,
            None,
        );
        assert!(styled.contains("left out, navigation: Home World"), "{styled}");
    }
}
