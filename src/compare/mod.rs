//! What changed between two versions of an article, in the reader's terms: paragraphs and quotations, not lines.
//!
//! Pure functions of two articles and what was found in them. Paragraphs are paired by the words they share, so one that moved or was
//! reworded is told from one that was cut and another that was added; quotations and figures are paired by what became of their words.

mod pairs;
mod pieces;
pub mod report;

use crate::analysis::Findings;
use crate::analysis::findings::{Bound, Figure, Quotation, Value};
use crate::article::{Article, BlockKind};
use crate::text::align::{Alignment, Tie};
use crate::text::fold::Folded;
use crate::text::words::Words;
use crate::text::{TextRange, grapheme};

use pairs::{Pair, pair};
pub use pieces::{Op, Piece};

/// One version: the article and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Version<'a> {
    /// The article.
    pub article: &'a Article,
    /// What was found in it.
    pub found: &'a Findings,
}

/// What changed. Ranges called `old` are bytes of the old text, those called `new` of the new one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// The headline, before and now.
    pub title: Option<(String, String)>,
    /// Quotations, in the order of the new text; those removed come where they were.
    pub quotes: Vec<QuoteChange>,
    /// Figures, also of paragraphs that were added or cut.
    pub figures: Vec<FigureChange>,
    /// Paragraphs.
    pub paragraphs: Vec<ParagraphChange>,
}

/// A quotation as one version has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// Where, with its marks.
    pub range: TextRange,
    /// The words.
    pub text: String,
    /// Who said it, when the version says so.
    pub speaker: Option<String>,
}

/// What happened to a quotation.
#[derive(Debug, Clone, PartialEq)]
pub enum QuoteChange {
    /// It is new.
    Added(Said),
    /// It is gone.
    Removed(Said),
    /// Its words, its speaker, or both are others.
    Changed {
        /// Before.
        old: Said,
        /// Now.
        new: Said,
        /// Its words differ.
        reworded: bool,
        /// It is ascribed to somebody else.
        reattributed: bool,
    },
}

/// A figure as one version has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Amount {
    /// Where.
    pub range: TextRange,
    /// The words.
    pub text: String,
    /// What the text puts beside it, where the words do not say it.
    pub bound: Option<Bound>,
    /// Its value.
    pub value: Value,
    /// In what.
    pub unit: Option<String>,
    /// What it is about.
    pub topic: Option<String>,
}

/// What happened to a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum FigureChange {
    /// The sentence has another value.
    Changed(Amount, Amount),
    /// The paragraph has it now.
    Added(Amount),
    /// The paragraph had it.
    Removed(Amount),
}

/// What happened to a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub struct ParagraphChange {
    /// Where it was; `None` when it was added.
    pub old: Option<TextRange>,
    /// Where it is; `None` when it was cut.
    pub new: Option<TextRange>,
    /// It stands in another place among its neighbours.
    pub moved: bool,
    /// What was kept, cut and added in it; empty when its words are the same.
    pub pieces: Vec<Piece>,
}

impl Comparison {
    /// Compares two versions.
    #[must_use]
    pub fn new(old: Version<'_>, new: Version<'_>) -> Self {
        let (old_words, new_words) = (Words::new(&old.article.text), Words::new(&new.article.text));
        let alignment = Alignment::new(&old_words, &new_words);
        let sides = Sides { old, new, old_words: &old_words, new_words: &new_words, alignment: &alignment };
        let pairs = sides.pair_paragraphs();
        Self { title: sides.title(), quotes: sides.quotes(), figures: sides.figures(), paragraphs: sides.paragraphs(&pairs) }
    }

    /// True when nothing changed that a reader would see as a change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.title.is_none() && self.quotes.is_empty() && self.figures.is_empty() && self.paragraphs.is_empty()
    }
}

struct Sides<'a> {
    old: Version<'a>,
    new: Version<'a>,
    old_words: &'a Words,
    new_words: &'a Words,
    alignment: &'a Alignment,
}

/// Two texts that share less of their words than this are two texts.
const SHARED: f32 = 0.4;

impl Sides<'_> {
    fn title(&self) -> Option<(String, String)> {
        let of = |version: Version<'_>| version.article.meta.title.clone().unwrap_or_default();
        let (old, new) = (of(self.old), of(self.new));
        (Folded::new(&old).text.trim() != Folded::new(&new).text.trim()).then_some((old, new))
    }

    /// The blocks that are compared as paragraphs: the headline is told by itself.
    fn blocks(version: Version<'_>) -> Vec<TextRange> {
        version.article.body().filter(|(_, b)| b.kind != BlockKind::Title).map(|(_, b)| b.range).collect()
    }

    fn pair_paragraphs(&self) -> Vec<Pair> {
        pair(&Self::blocks(self.old), self.old_words, &Self::blocks(self.new), self.new_words, self.alignment, SHARED)
    }

    fn paragraphs(&self, pairs: &[Pair]) -> Vec<ParagraphChange> {
        let moved = pairs::out_of_order(pairs);
        let mut changes = Vec::new();
        for (pair, moved) in pairs.iter().zip(moved) {
            let pieces = match *pair {
                Pair { old: Some(old), new: Some(new) } => {
                    let pieces = pieces::pieces(
                        &self.old.article.text,
                        old,
                        self.old_words,
                        &self.new.article.text,
                        new,
                        self.new_words,
                        self.alignment,
                    );
                    let same = pieces.iter().all(|p| p.op == Op::Same);
                    if same { Vec::new() } else { pieces }
                }
                _ => Vec::new(),
            };
            let both = pair.old.is_some() && pair.new.is_some();
            if !both || moved || !pieces.is_empty() {
                changes.push(ParagraphChange { old: pair.old, new: pair.new, moved, pieces });
            }
        }
        changes
    }

    fn quotes(&self) -> Vec<QuoteChange> {
        let speech = |version: Version<'_>| -> Vec<Said> {
            let said = version.found.quotes.iter().filter(|q| q.kind.is_speech());
            said.map(|q| said_of(q, &version.article.text)).collect()
        };
        let (old, new) = (speech(self.old), speech(self.new));
        let ranges = |list: &[Said]| list.iter().map(|s| s.range).collect::<Vec<_>>();
        let pairs = pair(&ranges(&old), self.old_words, &ranges(&new), self.new_words, self.alignment, SHARED);
        let find = |list: &[Said], range: TextRange| list.iter().find(|s| s.range == range).cloned();
        let change = |pair: &Pair| match (pair.old.and_then(|r| find(&old, r)), pair.new.and_then(|r| find(&new, r))) {
            (None, Some(new)) => Some(QuoteChange::Added(new)),
            (Some(old), None) => Some(QuoteChange::Removed(old)),
            (Some(old), Some(new)) => {
                let bare = |s: &Said| Folded::new(s.text.trim_matches(|c: char| !c.is_alphanumeric())).text;
                let (reworded, reattributed) = (bare(&old) != bare(&new), !same_speaker(old.speaker.as_deref(), new.speaker.as_deref()));
                (reworded || reattributed).then_some(QuoteChange::Changed { old, new, reworded, reattributed })
            }
            (None, None) => None,
        };
        pairs.iter().filter_map(change).collect()
    }

    /// Figures whose words became other figures; those that came or went.
    fn figures(&self) -> Vec<FigureChange> {
        let (old, new) = (&self.old.found.figures, &self.new.found.figures);
        let mut taken = vec![false; new.len()];
        let became: Vec<Option<usize>> = old
            .iter()
            .map(|figure| {
                let to = self.figure_of(figure).filter(|&i| !taken[i])?;
                taken[to] = true;
                Some(to)
            })
            .collect();
        let mut changes = Vec::new();
        for (figure, to) in old.iter().zip(&became) {
            let amount = amount_of(figure, &self.old.article.text);
            match to {
                Some(to) if self.differ(figure, &new[*to]) => {
                    changes.push(FigureChange::Changed(amount, amount_of(&new[*to], &self.new.article.text)));
                }
                Some(_) => {}
                None => changes.push(FigureChange::Removed(amount)),
            }
        }
        let added = new.iter().zip(&taken).filter(|(_, taken)| !**taken);
        changes.extend(added.map(|(f, _)| FigureChange::Added(amount_of(f, &self.new.article.text))));
        changes
    }

    /// A date, which has no number, is what its words say.
    fn differ(&self, a: &Figure, b: &Figure) -> bool {
        let words = |figure: &Figure, version: Version<'_>| Folded::new(figure.range.of(&version.article.text)).text;
        a.value != b.value
            || a.unit != b.unit
            || a.bound != b.bound
            || a.value == Value::Unknown && words(a, self.old) != words(b, self.new)
    }

    /// The figure of the new text that has the words that this one became.
    fn figure_of(&self, figure: &Figure) -> Option<usize> {
        let figures = &self.new.found.figures;
        let mut best: Option<(u32, usize)> = None;
        for word in self.old_words.within(figure.range) {
            let Some((to, tie)) = self.alignment.to_new(word) else { continue };
            let at = self.new_words.all[to].range;
            let i = figures.partition_point(|f| f.range.end() <= at.start());
            let weight = if tie == Tie::Replaced { 1 } else { 2 };
            if figures.get(i).is_some_and(|f| f.range.overlaps(at) && f.kind == figure.kind) && best.is_none_or(|b| b.0 < weight) {
                best = Some((weight, i));
            }
        }
        best.map(|b| b.1)
    }
}

/// A shorter form of a name is the same speaker: "Hanna Beck", "Ms. Beck". So is the same name with what somebody is before it.
fn same_speaker(old: Option<&str>, new: Option<&str>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return old == new };
    let (old, new) = (Folded::new(old).text, Folded::new(new).text);
    let words =
        |name: &str| name.split(|c: char| c.is_whitespace() || c == '.').filter(|w| !w.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let (old, new) = (words(&old), words(&new));
    // The last word of a name is in both, and of one of them nothing else is missing but a title.
    let last = old.last().is_some() && old.last() == new.last();
    let others = |a: &[String], b: &[String]| a.iter().filter(|w| !b.contains(w) && !TITLES.contains(&w.as_str())).count();
    last && (others(&old, &new) == 0 || others(&new, &old) == 0)
}

/// Words before a surname that are no part of a name.
const TITLES: [&str; 8] = ["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "professor"];

fn said_of(quote: &Quotation, text: &str) -> Said {
    Said { range: quote.range, text: quote.range.of(text).to_owned(), speaker: quote.speaker.as_ref().map(|s| s.name.to_string()) }
}

fn amount_of(figure: &Figure, text: &str) -> Amount {
    Amount {
        range: figure.range,
        text: figure.range.of(text).to_owned(),
        bound: figure.bound,
        value: figure.value,
        unit: figure.unit.as_deref().map(str::to_owned),
        topic: figure.topic.as_ref().map(ToString::to_string),
    }
}

/// The beginning of a passage, for lists.
fn start_of(text: &str, most: usize) -> &str {
    TextRange::new(0, grapheme::floor(text, most.min(text.len()))).of(text)
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
