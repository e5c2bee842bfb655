//! One page for a browser that needs nothing else: the article with the highlights in it, the notes in the margin, who said what and how much.
//!
//! It has no scripts and loads nothing: a content security policy in its head says so to the browser too. Everything that comes from the
//! article, from notes or from file names is text there, never markup.

mod ledger;
mod notes;
mod rows;

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

use super::noted::Noted;
use crate::analysis::Findings;
use crate::text::sanitize;

const STYLE: &str = include_str!("style.css");

/// An article with what was found in it (as the reader corrected it).
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The article and its notes.
    pub noted: Noted<'a>,
    /// The findings.
    pub found: &'a Findings,
}

/// One page for one or several articles.
#[must_use]
pub fn page(pages: &[Page<'_>]) -> String {
    let title = match pages {
        [one] => one.noted.article.name(),
        many => format!("{} annotated articles", many.len()),
    };
    let lang = match pages {
        [one] => one.noted.article.meta.lang.as_deref().filter(|l| l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')),
        _ => None,
    };
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        BASE64_STANDARD.encode(Sha256::digest(STYLE.as_bytes()))
    );
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"pullquote {}\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#a1\">To the article</a>\n",
        lang.unwrap_or("en"),
        env!("CARGO_PKG_VERSION"),
        escape(&title),
    );
    if pages.len() > 1 {
        out += &format!("<h1>{}</h1>\n<nav aria-label=\"Articles\">\n<ol>\n", escape(&title));
        for (i, page) in pages.iter().enumerate() {
            out += &format!("<li><a href=\"#a{}\">{}</a></li>\n", i + 1, escape(&page.noted.article.name()));
        }
        out += "</ol>\n</nav>\n";
    }
    out += "<main>\n";
    for (i, page) in pages.iter().enumerate() {
        article(&mut out, page, i + 1);
    }
    out += "</main>\n</body>\n</html>\n";
    out
}

/// One article: head, text with margin, what has no place in the text, ledgers.
fn article(out: &mut String, page: &Page<'_>, number: usize) {
    *out += &format!("<article id=\"a{number}\" aria-labelledby=\"a{number}-name\">\n<header>\n");
    head(out, &page.noted, number);
    *out += "</header>\n";
    let margin = notes::Margin::new(&page.noted, number);
    rows::write(out, page, &margin);
    margin.homeless(out);
    ledger::write(out, page, number);
    *out += "</article>\n";
}

fn head(out: &mut String, noted: &Noted<'_>, number: usize) {
    let meta = &noted.article.meta;
    let level = if number == 1 { "h1" } else { "h2" };
    *out += &format!("<{level} id=\"a{number}-name\">{}</{level}>\n", escape(&noted.article.name()));
    let mut line = |what: &str, value: String| {
        if !value.is_empty() {
            *out += &format!("<p>{what}: {value}</p>\n");
        }
    };
    line("By", escape(&meta.byline.join(", ")));
    line("Published", escape(meta.published.as_deref().unwrap_or_default()));
    let web = noted.web_address().filter(|a| a.starts_with("https://") || a.starts_with("http://"));
    line("Source", web.map_or_else(|| escape(noted.source.uri.as_deref().unwrap_or(noted.id)), link));
    let count = noted.notes.annotations.len();
    line("Annotations", count.to_string());
}

/// A link to the web. Nothing is fetched before the reader follows it.
fn link(address: &str) -> String {
    let shown = escape(address);
    format!("<a href=\"{shown}\" rel=\"noopener noreferrer nofollow\">{shown}</a>")
}

/// Untrusted words on one line as the text of an element or of an attribute in double quotes.
fn escape(untrusted: &str) -> String {
    markup(&sanitize::line(untrusted))
}

/// As [`escape`], with line feeds kept.
fn escape_lines(untrusted: &str) -> String {
    markup(&sanitize::lines(untrusted))
}

fn markup(harmless: &str) -> String {
    let mut out = String::with_capacity(harmless.len() + 16);
    for c in harmless.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests;
