//! Annotations as a Markdown page: title and source, then each annotation as a block quotation with what the reader made of it.

use std::fmt::Write as _;

use crate::annotation::{AnchorState, Annotation, AnnotationKind, Notes};
use crate::article::Article;
use crate::text::sanitize;

/// One page for one or several articles. Words of articles are shown as they are, not as Markdown; notes are the reader's own Markdown.
#[must_use]
pub fn page<'a>(articles: impl IntoIterator<Item = (&'a Article, &'a Notes)>) -> String {
    let mut out = String::new();
    for (article, notes) in articles {
        if !out.is_empty() {
            out.push('\n');
        }
        head(&mut out, article);
        for annotation in &notes.annotations {
            entry(&mut out, article, annotation);
        }
    }
    out
}

fn head(out: &mut String, article: &Article) {
    let _ = writeln!(out, "# {}\n", literal(&article.name()));
    let mut source: Vec<String> = Vec::new();
    source.extend(article.meta.url.as_deref().map(literal));
    source.extend(article.source.path.as_deref().map(|p| literal(&p.to_string_lossy())));
    let mut line = |what: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(out, "- {what}: {value}");
        }
    };
    line("Source", &source.join(", "));
    line("By", &article.meta.byline.iter().map(|b| literal(b)).collect::<Vec<_>>().join(", "));
    line("Published", &article.meta.published.as_deref().map(literal).unwrap_or_default());
}

fn entry(out: &mut String, article: &Article, annotation: &Annotation) {
    let Annotation { anchor, now, .. } = annotation;
    out.push('\n');
    if annotation.kind != AnnotationKind::Page {
        quote(out, &anchor.exact);
    }
    if let Some(speaker) = &annotation.speaker {
        let cue = speaker.cue.as_deref().map(|c| format!(" ({})", literal(c))).unwrap_or_default();
        let _ = writeln!(out, "— {}{cue}\n", literal(&speaker.name));
    }
    match (now.state, now.range) {
        (AnchorState::Changed, Some(range)) => {
            out.push_str("The article now says:\n\n");
            quote(out, range.of(&article.text));
        }
        (AnchorState::Orphan, _) => out.push_str("These words are no longer in the article.\n\n"),
        _ => {}
    }
    let mut facts: Vec<String> = Vec::new();
    if !annotation.tags.is_empty() {
        facts.push(format!("Tags: {}", annotation.tags.iter().map(|t| literal(t)).collect::<Vec<_>>().join(", ")));
    }
    facts.extend(annotation.status.map(|s| format!("Status: {}", s.name())));
    facts.extend(annotation.color.as_deref().map(|c| format!("Colour: {}", literal(c))));
    if let Some(figure) = &annotation.figure {
        let value = match (figure.value, figure.low, figure.high) {
            (Some(value), ..) => value.to_string(),
            (None, Some(low), Some(high)) => format!("{low} to {high}"),
            _ => String::new(),
        };
        let bound = figure.bound.as_deref().map(|b| literal(&b.replace('_', " "))).unwrap_or_default();
        let words = [bound, value, figure.unit.as_deref().map(literal).unwrap_or_default()];
        facts.push(format!("Figure: {}", words.join(" ").trim()));
    }
    for fact in &facts {
        let _ = writeln!(out, "- {fact}");
    }
    if !facts.is_empty() {
        out.push('\n');
    }
    if !annotation.note.is_empty() {
        let _ = writeln!(out, "{}\n", sanitize::lines(annotation.note.trim_end()));
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
}

/// Words of the article as a block quotation.
fn quote(out: &mut String, words: &str) {
    for line in words.lines() {
        let _ = writeln!(out, "{}", format!("> {}", literal(line)).trim_end());
    }
    out.push('\n');
}

/// Untrusted words on one line that Markdown shows as they are.
fn literal(words: &str) -> String {
    let words = sanitize::line(words.trim());
    let mut out = String::with_capacity(words.len() + 8);
    // What is a mark only at the start of a line: headings, lists, rules, numbered items.
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0 && matches!(words.as_bytes().get(digits), Some(b'.' | b')'));
    for (i, c) in words.char_indices() {
        let leads = i == 0 && matches!(c, '#' | '-' | '+' | '=' | ':');
        if leads || (numbered && i == digits) || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchor, NotedSpeaker, Now, Origin, Stamp, Status};
    use crate::ingest;
    use crate::text::{CodePoints, TextRange};

    #[test]
    fn words_of_the_article_are_not_markdown_and_notes_are() {
        let text = "# The *title*\n\n1. “We [will] act,” she said.\n";
        let mut article = ingest::from_text(text);
        article.meta.title = Some("# The *title*".into());
        article.source.path = Some("a\u{1b}_b.txt".into());
        let start = text.find('1').expect("there");
        let range = TextRange::new(start, text.find(" she").expect("there"));
        let anchor = Anchor::of(text, &CodePoints::new(text), range);
        let stamp = Stamp { now: "2026-01-02T03:04:05Z".into(), creator: "reader".into() };
        let mut one = Annotation::new("urn:uuid:1".into(), AnnotationKind::Quote, Origin::Manual, anchor, Now::attached(range), &stamp);
        one.speaker = Some(NotedSpeaker { name: "Ann Lee".into(), cue: Some("said".into()), ..NotedSpeaker::default() });
        one.tags = vec!["claim".into(), "a_b".into()];
        one.status = Some(Status::NeedsSource);
        one.note = "See **this**:\n- one\n".into();
        let notes = Notes { annotations: vec![one], ..Notes::default() };
        assert_eq!(
            page([(&article, &notes)]),
            "# \\# The \\*title\\*\n\n- Source: a␛\\_b.txt\n\n> 1\\. “We \\[will\\] act,”\n\n— Ann Lee (said)\n\n\
             - Tags: claim, a\\_b\n- Status: needs-source\n\nSee **this**:\n- one\n"
        );
    }
}
