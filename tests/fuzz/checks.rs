//! What holds for every input, however odd: an article or an error comes out, and every range is a place in the text.
//!
//! The fuzz targets call these on inputs that they make up, `tests/it/odd_inputs.rs` on those that were once a fault.

use std::path::Path;

use pullquote::analysis::{Findings, Kinds};
use pullquote::article::Article;
use pullquote::export::findings::record;
use pullquote::export::json;
use pullquote::ingest::{self, Kind, Options};
use pullquote::text::{CodePoints, TextRange, grapheme};
use serde_json::Value;

/// Bytes to an article of this kind; its blocks are sorted, disjoint, and lie in the text on grapheme boundaries.
///
/// # Panics
/// When they do not.
pub fn reading(bytes: &[u8], kind: Kind) {
    let options = Options { kind: Some(kind), ..Options::default() };
    if let Ok(article) = ingest::read(bytes, Some(Path::new("article")), &options) {
        blocks(&article);
    }
}

/// A text to its article and its findings; they agree with the text, and their record is JSON that agrees with it too.
///
/// # Panics
/// When they do not.
pub fn extracting(text: &str) {
    let article = ingest::from_text(text);
    blocks(&article);
    let found = pullquote::analysis::analyse(&article);
    findings(&article, &found);
    let mut out = Vec::new();
    json::compact(&mut out, &record("odd", &article, &found, Kinds::ALL, true)).expect("memory takes every record");
    let written: Value = serde_json::from_slice(&out).expect("the record is JSON");
    assert_eq!(written["text"], article.text.as_str());
    slices(&written, &article);
}

fn blocks(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        assert!(block.range.start() >= end, "block {:?} begins before {end}", block.range);
        on_graphemes(&article.text, block.range);
        end = block.range.end();
    }
    for link in &article.links {
        on_graphemes(&article.text, link.range);
    }
    assert!(article.left_out.is_sorted_by_key(|l| l.at), "what was left out is in the order of the page");
    assert!(article.left_out.iter().all(|l| l.at <= article.text.len()), "what was left out stood somewhere");
}

fn findings(article: &Article, found: &Findings) {
    let check = |range: TextRange| on_graphemes(&article.text, range);
    for quote in &found.quotes {
        check(quote.range);
        assert!(!quote.parts.is_empty(), "a quotation without a part");
        for part in &quote.parts {
            check(*part);
            assert!(quote.range.covers(*part), "part {part:?} outside its quotation {:?}", quote.range);
        }
        let speaker = quote.speaker.as_ref();
        [quote.cue, quote.via, quote.evidence, speaker.and_then(|s| s.words)].into_iter().flatten().for_each(check);
        if let Some(person) = speaker.and_then(|s| s.person) {
            assert!(person < found.people.len(), "speaker {person} of {} people", found.people.len());
        }
    }
    for person in &found.people {
        assert!(!person.mentions.is_empty(), "{} is nowhere mentioned", person.name);
        person.mentions.iter().for_each(|m| check(m.range));
    }
    for figure in &found.figures {
        check(figure.range);
        [figure.applies_to, figure.set_by, figure.period].into_iter().flatten().for_each(check);
    }
    for change in &found.changes {
        check(change.range);
        check(change.evidence);
        for end in [change.from, change.to].into_iter().flatten() {
            assert!(end < found.figures.len(), "figure {end} of {}", found.figures.len());
        }
    }
}

#[track_caller]
fn on_graphemes(text: &str, range: TextRange) {
    assert!(range.end() <= text.len(), "{range:?} in a text of {} bytes", text.len());
    for at in [range.start(), range.end()] {
        assert_eq!(grapheme::floor(text, at), at, "{range:?} cuts a grapheme");
    }
}

/// Every `text` of the record is what stands at its `start` and `end`, in code points; speakers are people of the record.
fn slices(record: &Value, article: &Article) {
    let map = CodePoints::new(&article.text);
    for list in ["quotes", "people", "figures"] {
        for finding in record[list].as_array().expect("a list") {
            let mentions = finding["mentions"].as_array();
            let items: Vec<&Value> = mentions.map_or_else(|| vec![finding], |m| m.iter().collect());
            for item in items {
                let at = |name: &str| {
                    let point = item[name].as_u64().and_then(|n| usize::try_from(n).ok()).expect("an offset");
                    map.to_byte(&article.text, point).expect("an offset in the text")
                };
                assert_eq!(item["text"], TextRange::new(at("start"), at("end")).of(&article.text));
            }
        }
    }
    let people = record["people"].as_array().expect("a list");
    for quote in record["quotes"].as_array().expect("a list") {
        let person = &quote["speaker"]["person"];
        assert!(person.is_null() || people.iter().any(|p| p["id"] == *person), "no person {person}");
    }
}
