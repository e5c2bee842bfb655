//! A REFI-QDA project (`.qdpx`) for QualCoder, NVivo, ATLAS.ti: a zip of one XML file and the articles as plain text. Kinds, statuses and tags
//! become codes, annotations coded selections with the note as their description; positions are code points.

use std::io::{Cursor, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use rustc_hash::FxHashSet;
use uuid::Uuid;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::{Detail, LeftOut, Noted};
use crate::annotation::{Annotation, AnnotationKind};
use crate::store::clock::id_of;

const MISSING: [Detail; 4] = [Detail::Color, Detail::Speaker, Detail::Figure, Detail::Contributor];

/// The project, zipped.
///
/// # Errors
/// When the project is too large for a zip file.
pub fn project(articles: &[Noted<'_>]) -> zip::result::ZipResult<(Vec<u8>, LeftOut)> {
    let mut left = LeftOut::default();
    let sources: Vec<Source<'_>> = articles.iter().enumerate().map(|(i, noted)| Source::new(noted, i, &mut left)).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    zip.start_file("project.qde", options)?;
    zip.write_all(&xml(&sources))?;
    for source in &sources {
        zip.start_file(format!("Sources/{}.txt", source.guid), options)?;
        zip.write_all(source.noted.text.text.as_bytes())?;
    }
    Ok((zip.finish()?.into_inner(), left))
}

/// An article and what of it goes into the project.
struct Source<'a> {
    noted: &'a Noted<'a>,
    guid: String,
    /// Those with a place in the text.
    placed: Vec<&'a Annotation>,
    /// Those on the article as a whole.
    pages: Vec<&'a Annotation>,
}

impl<'a> Source<'a> {
    fn new(noted: &'a Noted<'a>, number: usize, left: &mut LeftOut) -> Self {
        let placed: Vec<&Annotation> = noted.placed().into_iter().map(|(_, a)| a).collect();
        let pages = noted.pages();
        left.many(Detail::Orphan, noted.orphans().len());
        left.details(&MISSING, placed.iter().chain(&pages).copied());
        left.corrections(noted.notes);
        Self { noted, guid: derived(&["source", noted.text.sha256, &number.to_string()]), placed, pages }
    }

    fn annotations(&self) -> impl Iterator<Item = &'a Annotation> {
        self.pages.iter().chain(&self.placed).copied()
    }
}

/// Codes, by name: what kind it is, its status, its tags.
fn codes(a: &Annotation) -> Vec<String> {
    let kind = match a.kind {
        AnnotationKind::Quote => "Quote",
        AnnotationKind::Figure => "Figure",
        AnnotationKind::Person => "Person",
        AnnotationKind::Passage => "Passage",
        AnnotationKind::Page => "Article",
    };
    let status = a.status.map(|s| format!("status: {}", s.name()));
    [kind.to_owned()].into_iter().chain(status).chain(a.tags.iter().cloned()).collect()
}

fn derived(words: &[&str]) -> String {
    upper(id_of(words))
}

fn upper(id: Uuid) -> String {
    id.hyphenated().to_string().to_uppercase()
}

fn user_guid(name: &str) -> String {
    derived(&["user", name])
}

fn code_guid(name: &str) -> String {
    derived(&["code", name])
}

/// `attributes` with those of who made it and when, as far as they are known.
fn signed(mut attributes: Vec<(&'static str, String)>, a: &Annotation) -> Vec<(&'static str, String)> {
    attributes.push(("creatingUser", user_guid(&a.creator)));
    let time = |text: &String| text.parse::<jiff::Timestamp>().ok().map(|t| t.to_string());
    attributes.extend(time(&a.created).map(|t| ("creationDateTime", t)));
    attributes
}

struct Xml {
    out: Writer<Vec<u8>>,
    /// Identifiers given out: two notes files may hold the same annotation.
    seen: FxHashSet<String>,
}

const NEVER: &str = "memory takes everything";

impl Xml {
    /// An element with what `inside` writes into it.
    fn element(&mut self, name: &str, attributes: &[(&str, String)], inside: impl FnOnce(&mut Self)) {
        let mut start = quick_xml::events::BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((*key, allowed(value).as_str()));
        }
        let end = start.to_end().into_owned();
        self.out.write_event(Event::Start(start.borrow())).expect(NEVER);
        inside(self);
        self.out.write_event(Event::End(end)).expect(NEVER);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.element(name, &[], |xml| xml.out.write_event(Event::Text(BytesText::new(&allowed(text)))).expect(NEVER));
    }

    fn once(&mut self, guid: String) -> String {
        let mut unused = guid;
        while !self.seen.insert(unused.clone()) {
            unused = derived(&["again", &unused]);
        }
        unused
    }

    fn user(&mut self, name: &str) {
        self.element("User", &[("guid", user_guid(name)), ("name", name.to_owned())], |_| {});
    }

    fn code(&mut self, name: &str) {
        let attributes =
            [("guid", code_guid(name)), ("name", name.to_owned()), ("isCodable", "true".to_owned()), ("color", "#FFD400".to_owned())];
        self.element("Code", &attributes, |_| {});
    }

    fn source(&mut self, source: &Source<'_>) {
        let name = source.noted.article.name();
        let path = format!("internal://{}.txt", source.guid);
        let attributes = [("guid", source.guid.clone()), ("name", name), ("plainTextPath", path)];
        self.element("TextSource", &attributes, |xml| {
            let notes: Vec<&str> = source.pages.iter().map(|a| a.note.as_str()).filter(|n| !n.is_empty()).collect();
            if !notes.is_empty() {
                xml.text("Description", &notes.join("\n\n"));
            }
            source.placed.iter().for_each(|a| xml.selection(source.noted, a));
            source.pages.iter().for_each(|a| xml.codings(a));
        });
    }

    fn selection(&mut self, noted: &Noted<'_>, a: &Annotation) {
        let Some((start, end)) = noted.place(a) else { return };
        let own = a.id.strip_prefix("urn:uuid:").and_then(|id| Uuid::try_parse(id).ok());
        let guid = self.once(own.map_or_else(|| derived(&["annotation", &a.id]), upper));
        let name: String = noted.words(a).chars().take(40).collect();
        let attributes = vec![("guid", guid), ("name", name), ("startPosition", start.to_string()), ("endPosition", end.to_string())];
        self.element("PlainTextSelection", &signed(attributes, a), |xml| {
            if !a.note.is_empty() {
                xml.text("Description", &a.note);
            }
            xml.codings(a);
        });
    }

    fn codings(&mut self, a: &Annotation) {
        for code in codes(a) {
            let guid = self.once(derived(&["coding", &a.id, &code]));
            self.element("Coding", &signed(vec![("guid", guid)], a), |xml| {
                xml.element("CodeRef", &[("targetGUID", code_guid(&code))], |_| {});
            });
        }
    }
}

/// Names in their order, each once.
fn once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = FxHashSet::default();
    names.filter(|name| seen.insert(name.clone())).collect()
}

fn xml(sources: &[Source<'_>]) -> Vec<u8> {
    let mut xml = Xml { out: Writer::new(Vec::new()), seen: FxHashSet::default() };
    xml.out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None))).expect(NEVER);
    let annotations = || sources.iter().flat_map(Source::annotations);
    let users = once(annotations().map(|a| a.creator.clone()));
    let codes = once(annotations().flat_map(codes));
    let name = match sources {
        [one] => one.noted.article.name(),
        many => format!("{} articles", many.len()),
    };
    let origin = concat!("pullquote ", env!("CARGO_PKG_VERSION")).to_owned();
    let attributes = [("xmlns", "urn:QDA-XML:project:1.0".to_owned()), ("name", name), ("origin", origin)];
    xml.element("Project", &attributes, |xml| {
        if !users.is_empty() {
            xml.element("Users", &[], |xml| users.iter().for_each(|user| xml.user(user)));
        }
        if !codes.is_empty() {
            xml.element("CodeBook", &[], |xml| xml.element("Codes", &[], |xml| codes.iter().for_each(|code| xml.code(code))));
        }
        if !sources.is_empty() {
            xml.element("Sources", &[], |xml| sources.iter().for_each(|source| xml.source(source)));
        }
    });
    xml.out.into_inner()
}

/// The text without what XML has no way to write.
fn allowed(text: &str) -> String {
    let fits = |c: char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..) && !('\u{7f}'..='\u{9f}').contains(&c);
    text.chars().map(|c| if fits(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_write_is_replaced() {
        assert_eq!(allowed("a\u{0}\u{8}b\u{fffe}\u{1f600}\tc\r"), "a\u{fffd}\u{fffd}b\u{fffd}\u{1f600}\tc\u{fffd}");
    }
}
