//! Selecting text: by motions, by text objects, by the words of an annotation.

use super::super::event::Effect;
use super::super::model::{Model, Selection};
use super::{labels, rows};
use crate::config::Action;
use crate::text::{TextRange, grapheme};

/// `v`, `V`, `o` and the text objects.
pub(super) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::Visual => start(model),
        Action::VisualLine => model.selection = Some(Selection { anchor: model.caret, paragraphs: true, of: None, began: None }),
        Action::Labels => labels::open(model),
        Action::VisualEnd => model.selection = None,
        Action::PaneSelect => rows::toggle(model),
        Action::PaneSelectAll => rows::all(model),
        Action::SwapEnds => {
            let caret = model.caret;
            if let Some(selection) = &mut model.selection {
                let anchor = std::mem::replace(&mut selection.anchor, caret);
                model.move_to(anchor);
            }
        }
        _ => {
            let began = model.selection.as_ref().and_then(|s| s.began);
            match object(model, action, began.unwrap_or(model.caret)) {
                Some(range) => select(model, range, None),
                None => model.say("there is none at the caret"),
            }
        }
    }
    vec![]
}

/// Starts at the caret; on an annotation, with its words.
fn start(model: &mut Model) {
    let here = model.notes.spans.at(model.caret).filter(|_| model.layers.notes);
    match here {
        Some((range, i)) => {
            let id = model.notes.all.annotations[i].id.clone();
            let began = model.caret;
            select(model, range, Some(id));
            if let Some(selection) = &mut model.selection {
                selection.began = Some(began);
            }
            model.say("move, then R gives the annotation this span");
        }
        None => model.selection = Some(Selection { anchor: model.caret, paragraphs: false, of: None, began: None }),
    }
}

/// Selects a range: the caret goes to its last character.
pub(super) fn select(model: &mut Model, range: TextRange, of: Option<String>) {
    let of = of.or_else(|| model.selection.take().and_then(|s| s.of));
    model.move_to(grapheme::prev(&model.article.text, range.end()).max(range.start()));
    model.selection = Some(Selection { anchor: range.start(), paragraphs: false, of, began: None });
}

/// The text object at byte `at`.
fn object(model: &Model, action: Action, at: usize) -> Option<TextRange> {
    let text = &model.article.text;
    let block = model.article.block_at(at)?;
    let paragraph = model.article.blocks[block].range;
    match action {
        Action::InnerSentence => model.sentence_at(at),
        Action::AroundSentence => Some(with_space(text, model.sentence_at(at)?)),
        Action::InnerParagraph => Some(paragraph),
        Action::AroundParagraph => {
            let next = model.article.blocks.get(block + 1).map_or(paragraph.end(), |b| b.range.start());
            Some(TextRange::new(paragraph.start(), next))
        }
        Action::InnerQuote | Action::AroundQuote => {
            let found = model.found.as_ref()?;
            let (part, _) = found.quotes.at(at).or_else(|| found.mentions.at(at))?;
            Some(if action == Action::AroundQuote { part } else { inside_marks(text, part) })
        }
        _ => {
            let word = word_at(text, paragraph, at)?;
            Some(if action == Action::AroundWord { with_space(text, word) } else { word })
        }
    }
}

/// The range with the spaces behind it.
fn with_space(text: &str, range: TextRange) -> TextRange {
    let tail = TextRange::new(range.end(), text.len()).of(text);
    let spaces = tail.bytes().take_while(|b| *b == b' ').count();
    TextRange::new(range.start(), range.end() + spaces)
}

/// A quotation without its marks.
fn inside_marks(text: &str, part: TextRange) -> TextRange {
    let is_mark = |g: &str| g.chars().next().is_some_and(|c| "“”„\"‘’'«»‹›`".contains(c));
    let words = part.of(text);
    let lead = grapheme::each(words).next().filter(|(_, g)| is_mark(g)).map_or(0, |(_, g)| g.len());
    // A mark that stands alone is taken off once.
    let tail = grapheme::each_back(words).next().filter(|(at, g)| *at >= lead && is_mark(g)).map_or(0, |(_, g)| g.len());
    TextRange::new(part.start() + lead, part.end() - tail)
}

/// The word at byte `at`: letters and digits, with hyphens and apostrophes between them.
pub(super) fn word_at(text: &str, paragraph: TextRange, at: usize) -> Option<TextRange> {
    use unicode_segmentation::UnicodeSegmentation;
    // A window keeps a paragraph of a megabyte cheap; it is wider than any word.
    let from = grapheme::floor(text, at.saturating_sub(200)).max(paragraph.start());
    let to = grapheme::floor(text, (at + 200).min(text.len())).min(paragraph.end());
    let window = TextRange::new(from, to.max(from)).of(text);
    let word = window.split_word_bound_indices().find(|(i, w)| (from + i..from + i + w.len()).contains(&at))?;
    Some(TextRange::new(from + word.0, from + word.0 + word.1.len()))
}

impl Model {
    /// The sentence that holds byte `at`, or the last before it in its block.
    #[must_use]
    pub fn sentence_at(&self, at: usize) -> Option<TextRange> {
        let sentences = self.sentences_near(self.article.block_at(at)?, at);
        let here = sentences.iter().rev().find(|s| s.start() <= at);
        here.or(sentences.first()).copied()
    }
}
