//! The margin: every annotation numbered in the order of the text, beside the block that it begins in.

use super::{escape, escape_lines};
use crate::annotation::{AnchorState, Annotation};
use crate::export::Noted;
use crate::export::markdown::figure_words;
use crate::text::TextRange;

/// The annotations of an article with their numbers.
pub(super) struct Margin<'a> {
    noted: &'a Noted<'a>,
    /// What identifiers in the page begin with.
    article: usize,
    /// Those with a place, in the order of the text; the number is the index and one.
    placed: Vec<(TextRange, &'a Annotation)>,
    /// On the article as a whole.
    pages: Vec<&'a Annotation>,
    /// No longer in the article.
    orphans: Vec<&'a Annotation>,
}

impl<'a> Margin<'a> {
    pub(super) fn new(noted: &'a Noted<'a>, article: usize) -> Self {
        Self { noted, article, placed: noted.placed(), pages: noted.pages(), orphans: noted.orphans() }
    }

    /// What is marked in the text: range and annotation, in the order of the text.
    pub(super) fn placed(&self) -> &[(TextRange, &'a Annotation)] {
        &self.placed
    }

    /// The identifiers of note number `n` (from 0): in the margin, and in the text.
    pub(super) fn ids(&self, n: usize) -> (String, String) {
        (format!("a{}-n{}", self.article, n + 1), format!("a{}-m{}", self.article, n + 1))
    }

    /// The identifier of a block.
    pub(super) fn block_id(&self, block: usize) -> String {
        block_id(self.article, block)
    }

    /// The notes that begin in block `block` (or between it and the next), as an `aside`; those behind the last block come beside it. `done` is
    /// how many are written already.
    pub(super) fn beside(&self, out: &mut String, block: usize, done: &mut usize) {
        let from = *done;
        let article = self.noted.article;
        let last = block + 1 >= article.blocks.len();
        while let Some((range, _)) = self.placed.get(*done)
            && (last || article.block_at(range.start()).unwrap_or(0) <= block)
        {
            *done += 1;
        }
        if from == *done {
            return;
        }
        *out += &format!("<aside aria-label=\"Notes on paragraph {}\">\n", block + 1);
        for n in from..*done {
            self.note(out, n);
        }
        *out += "</aside>\n";
    }

    fn note(&self, out: &mut String, n: usize) {
        let (_, a) = self.placed[n];
        let (id, mark) = self.ids(n);
        *out += &format!("<div class=\"note{}\" id=\"{id}\" role=\"note\">\n", color_class(a));
        *out += &format!("<p><a href=\"#{mark}\" aria-label=\"Note {0}: to the words\">{0}</a> {1}</p>\n", n + 1, kind_words(a));
        if a.now.state == AnchorState::Changed {
            *out += &format!("<p>The article has changed here. It said:</p>\n<blockquote>{}</blockquote>\n", escape(&a.anchor.exact));
        }
        body(out, a);
        *out += "</div>\n";
    }

    /// Notes on the page, and those whose words are gone: they have no place beside the text.
    pub(super) fn homeless(&self, out: &mut String) {
        let sections = [("On the article as a whole", &self.pages), ("No longer in the article", &self.orphans)];
        for (heading, notes) in sections.into_iter().filter(|(_, notes)| !notes.is_empty()) {
            *out += &format!("<section>\n<h2>{heading}</h2>\n");
            for a in notes {
                *out += &format!("<div class=\"note{}\" role=\"note\">\n<p>{}</p>\n", color_class(a), kind_words(a));
                if !a.anchor.exact.is_empty() {
                    *out += &format!("<blockquote>{}</blockquote>\n", escape(&a.anchor.exact));
                }
                body(out, a);
                *out += "</div>\n";
            }
            *out += "</section>\n";
        }
    }
}

/// The identifier of a block of an article.
pub(super) fn block_id(article: usize, block: usize) -> String {
    format!("a{article}-p{}", block + 1)
}

/// The class of the annotation's colour, when it is one of ours, with a space before it.
pub(super) fn color_class(a: &Annotation) -> String {
    let ours = |color: &&str| crate::annotation::model::COLORS.contains(color);
    a.color.as_deref().filter(ours).map(|color| format!(" {color}")).unwrap_or_default()
}

/// What it is on, and who said it or how much it is.
fn kind_words(a: &Annotation) -> String {
    let mut words = a.kind.name().to_owned();
    if let Some(speaker) = &a.speaker {
        words += &format!(", {}", escape(&speaker.name));
    }
    if let Some(figure) = &a.figure {
        words += &format!(", {}", escape(&figure_words(figure)));
    }
    words
}

/// Status, tags, the note, and who wrote it when.
fn body(out: &mut String, a: &Annotation) {
    let mut facts: Vec<String> = a.status.iter().map(|s| format!("<strong>{}</strong>", s.name())).collect();
    facts.extend(a.tags.iter().map(|tag| format!("<span class=\"tag\">{}</span>", escape(tag))));
    if !facts.is_empty() {
        *out += &format!("<p>{}</p>\n", facts.join(" "));
    }
    if !a.note.trim().is_empty() {
        *out += &format!("<p>{}</p>\n", escape_lines(a.note.trim()));
    }
    let day = a.modified.split('T').next().unwrap_or_default();
    let whose = a.whose("");
    let signed: Vec<String> = [whose.as_str(), day].into_iter().filter(|s| !s.is_empty()).map(escape).collect();
    if !signed.is_empty() {
        *out += &format!("<p class=\"facts\">{}</p>\n", signed.join(", "));
    }
}
