//! `pullquote add`: one annotation from a script. Prints its id.

use std::ffi::OsString;
use std::sync::Arc;

use anyhow::{Result, anyhow, bail};
use clap::builder::PossibleValuesParser;

use super::{Common, Outcome, input, notes, output, settings};
use crate::analysis::{self, Findings};
use crate::annotation::model::COLORS;
use crate::annotation::{Anchor, Annotation, AnnotationKind, Edit, NotedFigure, NotedSpeaker, Now, Origin, Stamp, Status};
use crate::article::Article;
use crate::store::{Opened, clock};
use crate::text::fold::Folded;
use crate::text::search::Needle;
use crate::text::{CodePoints, TextRange, grapheme};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The article; - for standard input
    article: OsString,
    /// The words to annotate. Case, kinds of quotation marks and line wraps count only when the exact words are there too
    #[arg(long, value_name = "TEXT", required_unless_present = "page", allow_hyphen_values = true)]
    exact: Option<String>,
    /// Annotate the article as a whole
    #[arg(long, conflicts_with_all = ["exact", "prefix", "suffix", "nth", "kind"])]
    page: bool,
    /// The words right before, when the text stands in several places
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    prefix: Option<String>,
    /// The words right after
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    suffix: Option<String>,
    /// Which of several places, counted from 1
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    nth: Option<u32>,
    /// A tag (give it again for more)
    #[arg(long, value_name = "TAG", value_parser = tag)]
    tag: Vec<String>,
    /// A note, Markdown
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, allow_hyphen_values = true)]
    note: String,
    /// The highlight's colour
    #[arg(long, value_parser = PossibleValuesParser::new(COLORS))]
    color: Option<String>,
    /// The status of the claim
    #[arg(long, value_enum)]
    status: Option<Status>,
    /// What it is on, instead of what is found there
    #[arg(long, value_enum)]
    kind: Option<AnnotationKind>,
}

/// A tag as it is stored: without white space around it, never empty, on one line.
pub(super) fn tag(given: &str) -> Result<String, String> {
    let tag = given.split_whitespace().collect::<Vec<_>>().join(" ");
    if tag.is_empty() { Err("a tag needs a letter".into()) } else { Ok(tag) }
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let article = Arc::new(input::open(&args.article, common)?.article);
    let shown = input::shown(&args.article);
    let range = match &args.exact {
        None => None,
        Some(exact) => match place(&article.text, exact, args) {
            Place::At(range) => Some(range),
            Place::Nowhere => {
                output::say(&format!("'{exact}' is not in {shown}; copy the words from 'pullquote show'"));
                return Ok(Outcome::Nothing);
            }
            Place::Several(n) => bail!("'{exact}' stands {n} times in {shown}; add --prefix, --suffix or --nth"),
            Place::TooFew(n) => bail!("'{exact}' stands only {n} times in {shown}; give a smaller --nth"),
        },
    };
    let Opened { mut file, mut notes, .. } = notes::open(&article, common)?;
    let stamp = clock::stamp(settings::load().0.creator.as_deref());
    let found = notes::corrected(&article, &notes);
    let annotation = annotation(args, &article, &found, range, file.text().map, &stamp);
    let id = annotation.id.clone();
    notes.apply(Edit::Add(Box::new(annotation)), &stamp)?;
    let saved = file.save(&notes).map_err(|e| anyhow!("{e}"))?;
    saved.warnings.iter().for_each(|w| output::say(w));
    output::print(format!("{id}\n").as_bytes())?;
    Ok(Outcome::Done)
}

/// Where the words are.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    At(TextRange),
    Nowhere,
    Several(usize),
    TooFew(usize),
}

fn place(text: &str, exact: &str, args: &Args) -> Place {
    let places = places(text, exact, args.prefix.as_deref(), args.suffix.as_deref());
    match (places.as_slice(), args.nth) {
        ([], _) => Place::Nowhere,
        ([one], None) => Place::At(*one),
        (several, None) => Place::Several(several.len()),
        (several, Some(nth)) => several.get(nth as usize - 1).map_or(Place::TooFew(several.len()), |&at| Place::At(at)),
    }
}

/// Every place of the words between these contexts: those where they stand exactly so, else those where they differ in case, marks and wraps.
fn places(text: &str, exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Vec<TextRange> {
    let whole = TextRange::new(0, text.len());
    let Some(needle) = Needle::new(exact) else { return Vec::new() };
    let fold = |s: &str| Folded::new(s).text;
    let (prefix, suffix) = (prefix.map(fold), suffix.map(fold));
    // Folding can only shorten by a small factor: runs of white space are looked at as far as this.
    let context = |folded: &str| folded.len() * 4 + 64;
    let before = |at: TextRange, prefix: &String| {
        let from = grapheme::floor(text, at.start().saturating_sub(context(prefix)));
        fold(TextRange::new(from, at.start()).of(text)).trim_end().ends_with(prefix.trim_end())
    };
    let after = |at: TextRange, suffix: &String| {
        let to = grapheme::ceil(text, (at.end() + context(suffix)).min(text.len()));
        fold(TextRange::new(at.end(), to).of(text)).trim_start().starts_with(suffix.trim_start())
    };
    let found: Vec<TextRange> = needle
        .all(text, whole)
        .map(|at| TextRange::new(grapheme::floor(text, at.start()), grapheme::ceil(text, at.end())))
        .filter(|&at| prefix.as_ref().is_none_or(|p| before(at, p)) && suffix.as_ref().is_none_or(|s| after(at, s)))
        .collect();
    let exactly: Vec<TextRange> = found.iter().copied().filter(|at| at.of(text) == exact).collect();
    if exactly.is_empty() { found } else { exactly }
}

/// The annotation that is asked for, with what is found in its place.
fn annotation(args: &Args, article: &Article, found: &Findings, range: Option<TextRange>, map: &CodePoints, stamp: &Stamp) -> Annotation {
    let kind = args.kind.unwrap_or_else(|| range.map_or(AnnotationKind::Page, |range| kind_at(found, article, range)));
    let (anchor, now) = range.map_or_else(|| (Anchor::default(), Now::page()), |r| (Anchor::of(&article.text, map, r), Now::attached(r)));
    let mut new = Annotation::new(clock::new_id(), kind, Origin::Manual, anchor, now, stamp);
    for tag in &args.tag {
        if !new.tags.contains(tag) {
            new.tags.push(tag.clone());
        }
    }
    new.note.clone_from(&args.note);
    new.color.clone_from(&args.color);
    new.status = args.status;
    if let Some(range) = range {
        match kind {
            AnnotationKind::Quote => new.speaker = speaker_at(found, article, range),
            AnnotationKind::Figure => new.figure = figure_at(found, range),
            _ => {}
        }
    }
    new.motivation = new.fitting_motivation().into();
    new
}

/// What stands at `range`: a quotation when it is one, with or without its marks, or a part of one; a figure or a person when it is exactly one.
fn kind_at(found: &Findings, article: &Article, range: TextRange) -> AnnotationKind {
    if found.figures.iter().any(|f| f.range == range) {
        AnnotationKind::Figure
    } else if found.people.iter().flat_map(|p| &p.mentions).any(|m| m.range == range) {
        AnnotationKind::Person
    } else if speech_at(found, article, range).is_some() {
        AnnotationKind::Quote
    } else {
        AnnotationKind::Passage
    }
}

/// The quotation that `range` lies in, or is but for marks and white space around it.
fn speech_at<'f>(found: &'f Findings, article: &Article, range: TextRange) -> Option<&'f analysis::findings::Quotation> {
    let bare = |r: TextRange| r.of(&article.text).trim_matches(|c: char| !c.is_alphanumeric());
    let speech = || found.quotes.iter().filter(|q| q.kind.is_speech());
    speech().find(|q| q.range.covers(range)).or_else(|| speech().find(|q| q.range.overlaps(range) && bare(q.range) == bare(range)))
}

fn speaker_at(found: &Findings, article: &Article, range: TextRange) -> Option<NotedSpeaker> {
    let quote = speech_at(found, article, range).or_else(|| found.quotes.iter().find(|q| q.kind.is_speech() && q.range.overlaps(range)))?;
    let speaker = quote.speaker.as_ref()?;
    let cue = quote.cue.map(|c| c.of(&article.text).to_owned());
    Some(NotedSpeaker { name: speaker.name.to_string(), cue, ..NotedSpeaker::default() })
}

fn figure_at(found: &Findings, range: TextRange) -> Option<NotedFigure> {
    let exact = found.figures.iter().find(|f| f.range == range);
    exact.or_else(|| found.figures.iter().find(|f| f.range.overlaps(range))).map(NotedFigure::of)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "He said “we  act”.\nShe said “We act”. They said “we\nact” (all).";

    fn found(exact: &str, prefix: Option<&str>, suffix: Option<&str>) -> Vec<&'static str> {
        places(TEXT, exact, prefix, suffix).into_iter().map(|r| r.of(TEXT)).collect()
    }

    #[test]
    fn exact_words_go_first_and_folded_ones_are_the_way_out() {
        assert_eq!(found("We act", None, None), ["We act"]);
        assert_eq!(found("\"we act\"", None, None), ["“we  act”", "“We act”", "“we\nact”"]);
        assert_eq!(found("we acted", None, None), [""; 0]);
    }

    #[test]
    fn context_tells_places_apart() {
        assert_eq!(found("\"we act\"", Some("They said"), None), ["“we\nact”"]);
        assert_eq!(found("we act", None, Some("\". she")), ["we  act"]);
        assert_eq!(found("said", Some("nobody"), None), [""; 0]);
    }

    #[test]
    fn one_megabyte_of_the_same_words_is_counted_in_no_time() {
        let text = "\" ".repeat(500_000);
        assert_eq!(places(&text, "\" \"", None, Some("\"")).len(), 250_000 - 1);
    }
}
