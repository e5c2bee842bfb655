//! Annotations as a Markdown page: title and source, then each annotation as a block quotation with what the reader made of it.
//!
//! A page in a file has its sections between marker lines, so that it can be written again ([`update`]) and the reader's own lines stay. For
//! Obsidian it has properties at its head and a block id after each annotation.

mod front_matter;
mod open;
mod sections;

use std::fmt::Write as _;

use super::{LeftOut, Noted};
use crate::annotation::{AnchorState, Annotation, AnnotationKind, NotedFigure};
use crate::text::sanitize;
use sections::Section;

/// Which Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// What every reader of Markdown shows.
    Plain,
    /// With properties, block ids and `#tags`.
    Obsidian,
}

/// The page does not come from here: writing it anew would lose its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was not written by pullquote and its lines would be lost; give another file")]
pub struct NotOurs;

/// One page for one or several articles, without markers. Words of articles are shown as they are, not as Markdown; notes are the reader's own
/// Markdown.
#[must_use]
pub fn page(articles: &[Noted<'_>], flavour: Flavour) -> (String, LeftOut) {
    let (sections, left) = sections_of(articles, flavour);
    let body = sections.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join("\n");
    let head = if flavour == Flavour::Obsidian { front_matter::update("", articles) + "\n" } else { String::new() };
    (head + &body, left)
}

/// The page between markers, and around them what `old`, an earlier page, has there. An empty `old` gives a new page.
///
/// # Errors
/// [`NotOurs`] when `old` has words and no markers.
pub fn update(old: &str, articles: &[Noted<'_>], flavour: Flavour) -> Result<(String, LeftOut), NotOurs> {
    let (sections, left) = sections_of(articles, flavour);
    let (matter, body) = front_matter::split(old);
    if !old.trim().is_empty() && !sections::has_markers(body) {
        return Err(NotOurs);
    }
    let matter = match flavour {
        Flavour::Obsidian => front_matter::update(matter, articles) + "\n",
        Flavour::Plain => matter.to_owned(),
    };
    Ok((matter + &sections::update(body, &sections), left))
}

fn sections_of(articles: &[Noted<'_>], flavour: Flavour) -> (Vec<Section>, LeftOut) {
    let mut left = LeftOut::default();
    let mut sections: Vec<Section> = Vec::new();
    for noted in articles {
        let mut text = String::new();
        head(&mut text, noted);
        sections.push(Section { key: format!("article {}", sections::key(&noted.notes.id)), text });
        for annotation in &noted.notes.annotations {
            let mut text = String::new();
            entry(&mut text, noted, annotation, flavour);
            sections.push(Section { key: sections::key(&annotation.id), text });
        }
        left.corrections(noted.notes);
        if flavour == Flavour::Obsidian {
            left.spellings(&noted.notes.annotations, front_matter::tag);
        }
    }
    (sections, left)
}

fn head(out: &mut String, noted: &Noted<'_>) {
    let article = noted.article;
    let _ = writeln!(out, "# {}\n", literal(&article.name()));
    let mut source: Vec<String> = Vec::new();
    source.extend(noted.source.uri.as_deref().or(article.meta.url.as_deref()).map(literal));
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

fn entry(out: &mut String, noted: &Noted<'_>, annotation: &Annotation, flavour: Flavour) {
    let Annotation { anchor, now, .. } = annotation;
    if annotation.kind != AnnotationKind::Page {
        quote(out, &anchor.exact);
    }
    if let Some(speaker) = &annotation.speaker {
        let cue = speaker.cue.as_deref().map(|c| format!(" ({})", literal(c))).unwrap_or_default();
        let _ = writeln!(out, "— {}{cue}\n", literal(&speaker.name));
    }
    match (now.state, now.range) {
        (AnchorState::Changed, Some(_)) => {
            out.push_str("The article now says:\n\n");
            quote(out, noted.words(annotation));
        }
        (AnchorState::Orphan, _) => out.push_str("These words are no longer in the article.\n\n"),
        _ => {}
    }
    let facts = facts(annotation, flavour);
    for fact in &facts {
        let _ = writeln!(out, "- {fact}");
    }
    if !facts.is_empty() {
        out.push('\n');
    }
    if !annotation.note.is_empty() {
        let note = sections::unmarked(&sanitize::lines(annotation.note.trim_end()));
        let _ = writeln!(out, "{note}{}\n", open::closing(&note, flavour));
    }
    if flavour == Flavour::Obsidian {
        let tags: Vec<String> = annotation.tags.iter().map(|t| format!("#{}", front_matter::tag(t))).collect();
        if !tags.is_empty() {
            let _ = writeln!(out, "{}\n", tags.join(" "));
        }
        let _ = writeln!(out, "^{}\n", block_id(&annotation.id));
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
}

/// What is said in a word each. Obsidian has its tags as such.
fn facts(annotation: &Annotation, flavour: Flavour) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    if !annotation.tags.is_empty() && flavour == Flavour::Plain {
        facts.push(format!("Tags: {}", annotation.tags.iter().map(|t| literal(t)).collect::<Vec<_>>().join(", ")));
    }
    facts.extend(annotation.status.map(|s| format!("Status: {}", s.name())));
    facts.extend(annotation.color.as_deref().map(|c| format!("Colour: {}", literal(c))));
    let figure = annotation.figure.as_ref().map(figure_words).filter(|words| !words.is_empty());
    facts.extend(figure.map(|words| format!("Figure: {}", literal(&words))));
    let day = annotation.modified.split('T').next().unwrap_or_default();
    let signed: Vec<String> = [annotation.whose("").as_str(), day].into_iter().filter(|s| !s.is_empty()).map(literal).collect();
    if !annotation.creator.is_empty() || !annotation.contributors.is_empty() {
        facts.push(format!("Noted by: {}", signed.join(", ")));
    }
    facts
}

/// The value with its bound and unit: `more than 20 percent`.
pub(super) fn figure_words(figure: &NotedFigure) -> String {
    let value = match (figure.value, figure.low, figure.high) {
        (Some(value), ..) => value.to_string(),
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        _ => String::new(),
    };
    let bound = figure.bound.as_deref().map(|b| b.replace('_', " ")).unwrap_or_default();
    let parts = [bound, value, figure.unit.clone().unwrap_or_default()];
    parts.iter().filter(|p| !p.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What a link of Obsidian calls an annotation: the end of its id, where identifiers of one day differ.
fn block_id(id: &str) -> String {
    let key = sections::key(id);
    let letters: Vec<char> = key.chars().filter(char::is_ascii_alphanumeric).collect();
    letters[letters.len().saturating_sub(12)..].iter().collect()
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
    use crate::annotation::{Anchor, NotedSpeaker, Notes, Now, Origin, Stamp, Status};
    use crate::article::Article;
    use crate::ingest;
    use crate::store::schema::{SourceRecord, Text};
    use crate::text::{CodePoints, TextRange};

    fn with<T>(article: &Article, notes: &Notes, then: impl Fn(&Noted<'_>) -> T) -> T {
        let map = CodePoints::new(&article.text);
        let source = SourceRecord::default();
        let text = Text { text: &article.text, map: &map, sha256: "0" };
        then(&Noted { id: "a", article, notes, source: &source, text })
    }

    fn noted() -> (Article, Notes) {
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
        (article, Notes { id: "urn:uuid:n".into(), annotations: vec![one], ..Notes::default() })
    }

    #[test]
    fn words_of_the_article_are_not_markdown_and_notes_are() {
        let (article, notes) = noted();
        assert_eq!(
            with(&article, &notes, |noted| page(&[*noted], Flavour::Plain).0),
            "# \\# The \\*title\\*\n\n- Source: a␛\\_b.txt\n\n> 1\\. “We \\[will\\] act,”\n\n— Ann Lee (said)\n\n\
             - Tags: claim, a\\_b\n- Status: needs-source\n- Noted by: reader, 2026-01-02\n\nSee **this**:\n- one\n"
        );
    }

    #[test]
    fn a_note_cannot_swallow_the_rest_of_the_page() {
        let (article, mut notes) = noted();
        for (note, close) in [("```\nopen fence", "\n```"), ("a <!-- x", "\n-->"), ("$$\nx", "\n$$"), ("%%\nhidden", "\n%%")] {
            notes.annotations[0].note = note.into();
            let page = with(&article, &notes, |noted| page(&[*noted], Flavour::Obsidian).0);
            assert!(page.contains(&format!("{note}{close}\n\n#claim #a_b\n")), "{page}");
        }
        notes.annotations[0].note = String::new();
        notes.annotations[0].figure = Some(NotedFigure::default());
        assert!(!with(&article, &notes, |noted| page(&[*noted], Flavour::Plain).0).contains("Figure"), "a date has no value");
    }

    #[test]
    fn obsidian_has_properties_tags_and_block_ids() {
        let (article, notes) = noted();
        assert_eq!(
            with(&article, &notes, |noted| page(&[*noted], Flavour::Obsidian).0),
            "---\ntitle: \"# The *title*\"\ncreated: 2026-01-02\ntags: [a_b, claim]\npullquote-id: \"urn:uuid:n\"\n---\n\n\
             # \\# The \\*title\\*\n\n- Source: a␛\\_b.txt\n\n> 1\\. “We \\[will\\] act,”\n\n— Ann Lee (said)\n\n\
             - Status: needs-source\n- Noted by: reader, 2026-01-02\n\nSee **this**:\n- one\n\n#claim #a_b\n\n^1\n"
        );
    }

    #[test]
    fn written_again_the_readers_lines_stay() {
        let (article, mut notes) = noted();
        let again = |old: &str, notes: &Notes| with(&article, notes, |noted| update(old, &[*noted], Flavour::Obsidian).map(|u| u.0));
        let first = again("", &notes).expect("a new page");
        assert_eq!(again(&first, &notes).expect("ours"), first, "nothing new, nothing changed");
        let mine = first.replace("^1\n<!-- pullquote: end -->\n", "^1\n<!-- pullquote: end -->\n\nMy own line.\n") + "\nAnd the last.\n";
        let mine = mine.replace("tags: [a_b, claim]", "aliases: [mine]\ntags: [a_b, claim, my-tag]");
        notes.annotations[0].note = "Another note.".into();
        notes.annotations[0].tags.push("new".into());
        let second = again(&mine, &notes).expect("ours");
        assert!(second.contains("^1\n<!-- pullquote: end -->\n\nMy own line.\n") && second.ends_with("\nAnd the last.\n"), "{second}");
        assert!(second.contains("Another note.") && !second.contains("See **this**"), "{second}");
        assert!(second.contains("aliases: [mine]\n") && second.contains("tags: [a_b, claim, my-tag, new]\n"), "{second}");
        notes.annotations.clear();
        let third = again(&second, &notes).expect("ours");
        assert!(!third.contains("Another note.") && third.contains("My own line.\n") && third.contains("And the last.\n"), "{third}");
        assert_eq!(again("My page.\n", &notes), Err(NotOurs));
    }
}
