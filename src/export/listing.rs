//! Findings of an article as a table for people.

use super::table::{Table, clip};
use super::words;
use crate::analysis::Findings;
use crate::analysis::Kinds;
use crate::analysis::findings::QuoteKind;
use crate::article::Article;
use crate::text::{CodePoints, TextRange, sanitize};

/// A heading with the article's name, then its findings: quotations, figures and changes one a row in reading order, after them the people.
/// `AT` is the first code point. With `width` (terminal columns) rows are clipped to it.
#[must_use]
pub fn findings(id: &str, article: &Article, found: &Findings, kinds: Kinds, width: Option<usize>) -> String {
    let text = article.text.as_str();
    let map = CodePoints::new(text);
    let words_of = |r: Option<TextRange>| r.map_or("", |r| r.of(text));
    let mut rows: Vec<(TextRange, [String; 5])> = Vec::new();
    if kinds.quotes {
        rows.extend(found.quotes.iter().map(|q| {
            let kind = match q.kind {
                QuoteKind::Mention(reason) => reason.name(),
                QuoteKind::Nested => "nested",
                _ => "quote",
            };
            let who = q.speaker.as_ref().map_or("", |s| &*s.name);
            (q.range, [kind.into(), q.range.of(text).into(), who.into(), String::new(), words_of(q.via).into()])
        }));
    }
    if kinds.figures {
        rows.extend(found.figures.iter().map(|f| {
            let about: Vec<&str> = [f.topic.unwrap_or_default(), words_of(f.applies_to)].into_iter().filter(|a| !a.is_empty()).collect();
            (f.range, [f.kind.name().replace('_', " "), f.range.of(text).into(), String::new(), words::value(f, text), about.join(", ")])
        }));
    }
    if kinds.changes {
        let rest = |c| words::change(c, found);
        rows.extend(
            found.changes.iter().map(|c| (c.range, ["change".into(), c.range.of(text).into(), String::new(), rest(c), String::new()])),
        );
    }
    rows.sort_by_key(|(range, _)| *range);
    if kinds.people {
        rows.extend(found.people.iter().filter_map(|p| {
            let first = p.mentions.first()?;
            let mentions = if p.mentions.len() == 1 { "1 mention".into() } else { format!("{} mentions", p.mentions.len()) };
            let known: Vec<&str> = p.roles.iter().map(String::as_str).chain(p.affiliation.as_deref()).collect();
            Some((first.range, ["person".into(), p.name.clone(), String::new(), mentions, known.join(", ")]))
        }));
    }
    let mut table = Table::new(&["AT", "KIND", "TEXT", "SPEAKER", "VALUE", "ABOUT"]);
    for (range, [kind, text_cell, who, value, about]) in rows {
        table.push([map.at_byte(text, range.start()).to_string(), kind, text_cell, who, value, about]);
    }
    let name = article.name();
    let heading = if name.is_empty() || id == name { id.to_owned() } else { format!("{id}: {name}") };
    let heading = sanitize::line(&heading);
    let heading = width.map_or_else(|| heading.clone().into_owned(), |w| clip(&heading, w));
    let body = if table.is_empty() { "nothing found\n".into() } else { table.render(width) };
    format!("{heading}\n{body}")
}
