//! The text, block by block, with marks where annotations are; each block's notes stand in the same row.

use super::notes::{Margin, color_class};
use super::{Page, escape, escape_lines};
use crate::annotation::Annotation;
use crate::article::{Article, Block, BlockKind, has_own_mark};
use crate::text::TextRange;

/// The blocks of the article in rows. The title stands in the head already, unless something is marked in it.
pub(super) fn write(out: &mut String, page: &Page<'_>, margin: &Margin<'_>) {
    let article = page.noted.article;
    let marks = Marks { text: &article.text, margin };
    let mut done = 0;
    for (i, block) in article.blocks.iter().enumerate() {
        let marked = margin.placed().iter().any(|(range, _)| range.overlaps(block.range));
        if block.kind == BlockKind::Title && !marked {
            continue;
        }
        *out += "<div class=\"row\">\n";
        element(out, article, block, &margin.block_id(i), &marks.words(block.range));
        margin.beside(out, i, &mut done);
        *out += "</div>\n";
    }
    if article.blocks.is_empty() {
        margin.beside(out, 0, &mut done);
    }
}

/// One block as the element that it is.
fn element(out: &mut String, article: &Article, block: &Block, id: &str, words: &str) {
    let written = match block.kind {
        BlockKind::Title => format!("<p class=\"words\" id=\"{id}\"><strong>{words}</strong></p>"),
        BlockKind::Heading(level) => format!("<h{0} class=\"words\" id=\"{id}\">{words}</h{0}>", level.clamp(2, 6)),
        BlockKind::ListItem => {
            let bare = if has_own_mark(block.range.of(&article.text)) { " bare" } else { "" };
            format!("<ul class=\"words{bare}\" id=\"{id}\"><li>{words}</li></ul>")
        }
        BlockKind::Quote => format!("<blockquote class=\"words\" id=\"{id}\">{words}</blockquote>"),
        BlockKind::Code => format!("<pre class=\"words\" id=\"{id}\">{words}</pre>"),
        BlockKind::Boilerplate(reason) => {
            format!("<details id=\"{id}\"><summary>folded: {}</summary><div class=\"words\">{words}</div></details>", reason.words())
        }
        BlockKind::Byline | BlockKind::Date | BlockKind::Paragraph | BlockKind::Caption | BlockKind::Credit | BlockKind::TableRow => {
            format!("<p class=\"words\" id=\"{id}\">{words}</p>")
        }
    };
    *out += &written;
    *out += "\n";
}

struct Marks<'a> {
    text: &'a str,
    margin: &'a Margin<'a>,
}

impl Marks<'_> {
    /// The words of a range, cut where annotations begin and end. Where several lie over each other the words have the look of the last one,
    /// and a double line; every one has its number where it ends.
    fn words(&self, range: TextRange) -> String {
        let placed = self.margin.placed();
        let near: Vec<(usize, TextRange, &Annotation)> =
            placed.iter().enumerate().filter(|(_, (r, _))| r.overlaps(range)).map(|(n, (r, a))| (n, *r, *a)).collect();
        if near.is_empty() {
            return escape_lines(range.of(self.text));
        }
        let ends = near.iter().flat_map(|(_, r, _)| [r.start(), r.end()]).filter(|at| range.contains(*at));
        let mut cuts: Vec<usize> = ends.chain([range.start(), range.end()]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2).map(|ends| self.run(TextRange::new(ends[0], ends[1]), &near)).collect()
    }

    fn run(&self, run: TextRange, near: &[(usize, TextRange, &Annotation)]) -> String {
        let over: Vec<_> = near.iter().filter(|(_, r, _)| r.overlaps(run)).collect();
        let words = escape_lines(run.of(self.text));
        let Some((_, _, top)) = over.last() else { return words };
        let mut out = String::new();
        for (n, _, _) in over.iter().filter(|(_, r, _)| r.start() == run.start()) {
            out += &format!("<span id=\"{}\"></span>", self.margin.ids(*n).1);
        }
        let several = if over.len() > 1 { " several" } else { "" };
        let class = format!("{}{several}", color_class(top));
        out += &match class.trim() {
            "" => format!("<mark>{words}</mark>"),
            class => format!("<mark class=\"{class}\">{words}</mark>"),
        };
        for (n, _, _) in over.iter().filter(|(_, r, _)| r.end() == run.end()) {
            out += &format!("<sup><a href=\"#{0}\" aria-label=\"Note {1}\">{1}</a></sup>", self.margin.ids(*n).0, n + 1);
        }
        out
    }
}

/// Words of the article in one line, for a table.
pub(super) fn line(words: &str) -> String {
    let joined = words.split_whitespace().collect::<Vec<_>>().join(" ");
    escape(&joined)
}
