//! What must hold of the page's text; how a browser takes it, `tests/peers/run` checks.

use super::*;
use crate::annotation::{Anchor, Annotation, AnnotationKind, Notes, Now, Origin, Stamp};
use crate::article::Article;
use crate::store::schema::{SourceRecord, Text};
use crate::text::{CodePoints, TextRange};
use crate::{analysis, ingest};

fn on(article: &Article, words: &str, change: impl Fn(&mut Annotation)) -> Annotation {
    let start = article.text.find(words).expect("the words are there");
    let range = TextRange::new(start, start + words.len());
    let anchor = Anchor::of(&article.text, &CodePoints::new(&article.text), range);
    let stamp = Stamp { now: "2026-01-02T03:04:05Z".into(), creator: "ada".into() };
    let mut a = Annotation::new(format!("urn:uuid:{words}"), AnnotationKind::Passage, Origin::Manual, anchor, Now::attached(range), &stamp);
    change(&mut a);
    a
}

fn written(article: &Article, annotations: Vec<Annotation>, source: &SourceRecord) -> String {
    let notes = Notes { annotations, ..Notes::default() };
    let found = analysis::analyse(article);
    let map = CodePoints::new(&article.text);
    let text = Text { text: &article.text, map: &map, sha256: "0" };
    let noted = Noted { id: "a.txt", article, notes: &notes, source, text };
    page(&[Page { noted, found: &found }])
}

/// The words between tags, entities undone.
fn shown(html: &str) -> String {
    let (_, body) = html.split_once("<body>").expect("a body");
    let pieces = body.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
    let words: String = pieces.collect();
    let plain = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    plain.replace("&amp;", "&")
}

/// Every tag's name, from the body on.
fn tags(html: &str) -> Vec<&str> {
    let (_, body) = html.split_once("<body>").expect("a body");
    body.split('<').skip(1).map(|t| t.split([' ', '>']).next().unwrap_or_default().trim_start_matches('/')).collect()
}

#[test]
fn hostile_words_stay_words() {
    let evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) </title> \u{202e}gnp.exe &lt; ' \"";
    let text = format!("{evil}\n\nShe said “{evil}” to 40 per cent of them, said Ada Example.\n");
    let mut article = ingest::from_text(&text);
    article.meta.title = Some(format!("Title {evil}"));
    article.meta.byline = vec![evil.into()];
    article.meta.lang = Some("en\" onload=\"x".into());
    let a = on(&article, "to 40 per cent", |a| {
        (a.note, a.tags, a.color, a.creator) = (evil.into(), vec![evil.into()], Some("red\" onclick=\"x".into()), evil.into());
    });
    let source: SourceRecord = serde_json::from_value(serde_json::json!({"uri": "javascript:alert(4)"})).expect("a source");
    let html = written(&article, vec![a], &source);
    let known = [
        "a",
        "main",
        "article",
        "header",
        "h1",
        "p",
        "div",
        "span",
        "mark",
        "sup",
        "aside",
        "strong",
        "table",
        "caption",
        "thead",
        "tr",
        "th",
        "tbody",
        "td",
        "ul",
        "li",
        "body",
        "html",
        "details",
        "summary",
        "section",
        "h2",
        "blockquote",
    ];
    let unknown: Vec<&str> = tags(&html).into_iter().filter(|t| !known.contains(t)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(html.starts_with("<!doctype html>\n<html lang=\"en\">"), "a language tag that is none");
    assert!(!html.contains('\u{202e}'), "no bidi control");
    let (_, body) = html.split_once("<body>").expect("a body");
    for tag in body.split('<').skip(1).filter_map(|t| t.split_once('>')).map(|(tag, _)| tag) {
        // Between quotation marks stand values, outside names.
        for (i, part) in tag.split('"').enumerate().filter(|(i, _)| i % 2 == 0) {
            let names = part.split_whitespace().skip(usize::from(i == 0));
            let known = ["class=", "id=", "href=", "aria-label=", "aria-labelledby=", "role=", "scope=", "rel="];
            names.for_each(|name| assert!(known.contains(&name), "{name} in {tag}"));
        }
        let target = tag.split_once("href=\"").map_or("#", |(_, target)| target);
        assert!(target.starts_with('#') || target.starts_with("https://"), "{tag}");
    }
    let (shown, evil) = (shown(&html), crate::text::sanitize::line(evil).into_owned());
    for said in
        [format!("Title {evil}"), format!("By: {evil}"), format!("said “{evil}”"), format!("1 passage\n{evil}\n{evil}\n{evil}, 2026")]
    {
        assert!(shown.contains(&said), "{said} is not in {shown}");
    }
}

#[test]
fn nothing_is_loaded() {
    let article = ingest::from_text("One line.\n");
    let html = written(&article, vec![], &SourceRecord::default());
    let (head, _) = html.split_once("</head>").expect("a head");
    let policy = head.split_once("Content-Security-Policy\" content=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a policy").0;
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    for loads in ["<link", "<script", "@import", "url(", "src=", "http:", "https:"] {
        assert!(!html.contains(loads), "{loads}");
    }
}

#[test]
fn overlapping_highlights_both_show_and_the_text_is_whole() {
    let text = "Head\n\nThe council votes on the bridge in June, and nobody knows how it ends.\n\nSecond paragraph here.\n";
    let article = ingest::from_text(text);
    let one = on(&article, "votes on the bridge", |a| a.color = Some("green".into()));
    let two = on(&article, "the bridge in June", |a| a.note = "when?\n<b>".into());
    let long = on(&article, "how it ends.\n\nSecond", |a| a.tags = vec!["over two".into()]);
    let html = written(&article, vec![one, two, long], &SourceRecord::default());
    assert!(html.contains("<mark class=\"green\">votes on </mark>"), "{html}");
    assert!(html.contains("<mark class=\"several\">the bridge</mark><sup><a href=\"#a1-n1\" aria-label=\"Note 1\">1</a></sup>"), "{html}");
    assert!(html.contains("<mark> in June</mark><sup><a href=\"#a1-n2\" aria-label=\"Note 2\">2</a></sup>"), "{html}");
    assert!(html.contains("<mark>how it ends.</mark></p>") && html.contains("<mark>Second</mark><sup>"), "{html}");
    assert!(html.contains("<p>when?\n&lt;b&gt;</p>"), "{html}");
    for (href, _) in html.match_indices("href=\"#").map(|(at, _)| html.split_at(at + 7).1.split_once('"').expect("a quote")) {
        assert!(html.contains(&format!("id=\"{href}\"")), "{href} leads nowhere");
    }
    let ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|t| t.split('"').next()).collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
}
