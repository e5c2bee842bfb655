//! Who is quoted how much with what, and every figure with its value: two tables that lead back to the text.

use super::notes::block_id;
use super::rows::line;
use super::{Page, escape};
use crate::analysis::findings::{Figure, Quotation};
use crate::export::words;
use crate::text::TextRange;

/// Both ledgers, as far as there is something in them.
pub(super) fn write(out: &mut String, page: &Page<'_>, number: usize) {
    let ledger = Ledger { page, number };
    ledger.speakers(out);
    ledger.figures(out);
    ledger.changes(out);
}

struct Ledger<'a> {
    page: &'a Page<'a>,
    number: usize,
}

impl Ledger<'_> {
    fn text(&self) -> &str {
        &self.page.noted.article.text
    }

    /// A link to the block that a range begins in: `¶5`.
    fn place(&self, range: TextRange) -> String {
        let block = self.page.noted.article.block_at(range.start()).unwrap_or(0);
        format!("<a href=\"#{}\">¶{}</a>", block_id(self.number, block), block + 1)
    }

    fn table(out: &mut String, caption: &str, columns: &[&str], rows: &[String]) {
        if rows.is_empty() {
            return;
        }
        let head: String = columns.iter().map(|c| format!("<th scope=\"col\">{c}</th>")).collect();
        *out += &format!(
            "<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
            rows.concat()
        );
    }

    fn speakers(&self, out: &mut String) {
        let found = self.page.found;
        let said = |speaker: Option<&str>| {
            let quotes = found.quotes.iter().filter(move |q| q.kind.is_speech() && q.speaker.as_ref().map(|s| &*s.name) == speaker);
            quotes.map(|q: &Quotation| format!("<li>{} {}</li>", line(q.range.of(self.text())), self.place(q.range))).collect::<String>()
        };
        let rows: Vec<String> = words::shares(self.page.noted.article, found)
            .iter()
            .map(|share| {
                let name = share.speaker.map_or_else(|| crate::export::words::NOT_NAMED.to_owned(), escape);
                format!(
                    "<tr><th scope=\"row\">{name}</th><td class=\"number\">{}</td><td class=\"number\">{} %</td><td><ul>{}</ul></td></tr>\n",
                    share.words,
                    share.percent,
                    said(share.speaker)
                )
            })
            .collect();
        Self::table(out, "Who said what", &["Speaker", "Words", "Share", "Quotations"], &rows);
    }

    fn figures(&self, out: &mut String) {
        let words_of = |range: Option<TextRange>| range.map(|r| line(r.of(self.text()))).unwrap_or_default();
        let row = |f: &Figure| {
            format!(
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
                line(f.range.of(self.text())),
                escape(&words::value(f, self.text())),
                escape(f.topic.unwrap_or_default()),
                words_of(f.applies_to),
                self.place(f.range)
            )
        };
        let rows: Vec<String> = self.page.found.figures.iter().map(row).collect();
        Self::table(out, "Figures", &["As written", "Value", "Topic", "Applies to", "Where"], &rows);
    }

    fn changes(&self, out: &mut String) {
        let found = self.page.found;
        let rows: Vec<String> = found
            .changes
            .iter()
            .map(|c| {
                let said = escape(&words::change(c, found));
                format!(
                    "<tr><th scope=\"row\">{}</th><td>{said}</td><td>{}</td></tr>\n",
                    line(c.range.of(self.text())),
                    self.place(c.range)
                )
            })
            .collect();
        Self::table(out, "Changes", &["As written", "From and to", "Where"], &rows);
    }
}
