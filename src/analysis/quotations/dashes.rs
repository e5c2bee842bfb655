//! Dialogue after dashes, as French, Spanish, Polish, Turkish and Irish writers set it: "— I will go, she said, and stay."
//!
//! A line that opens with a dash may be an item of a list or a signature. It is speech when lines like it stand close together and one of them
//! carries its cue, or when they ask and answer.

use std::ops::Range;

use crate::analysis::lexicon::Class;
use crate::analysis::token::{Kind, Shape, Token, Tokens};
use crate::article::{Article, BlockKind};

/// Lines of one dialogue stand at most so many paragraphs apart.
const NEAR: usize = 3;
/// The longest cue clause inside a line, and the farthest verb of it, in tokens.
const CLAUSE: usize = 16;
const VERB: usize = 6;

/// A paragraph that opens with a dash.
struct Line {
    /// Index into [`Tokens::blocks`].
    block: usize,
    /// What is said, without the cue.
    pieces: Vec<(usize, usize)>,
    cue: bool,
    asks: bool,
    /// Somebody says "I" or "you", or shouts.
    talks: bool,
}

/// What is said in lines after dashes, in reading order: first and last token of each piece, the dash included.
pub(super) fn pieces(article: &Article, tokens: &Tokens<'_>) -> Vec<(usize, usize)> {
    let lines: Vec<Line> = (0..tokens.blocks.len()).filter_map(|b| line(article, tokens, b)).collect();
    let mut found = Vec::new();
    for run in lines.chunk_by(|a, b| b.block - a.block <= NEAR) {
        let answers = run.len() >= 3 && run.iter().any(|l| l.asks) && run.iter().any(|l| !l.asks) && run.iter().any(|l| l.talks);
        if run.len() >= 2 && run.iter().any(|l| l.cue) || answers {
            found.extend(run.iter().flat_map(|l| l.pieces.iter().copied()));
        }
    }
    found
}

/// The last token of words whose closing mark is missing, where a cue clause ends their sentence: “We will not go, Ann Roe said on Monday.
pub(super) fn end_before_cue(tokens: &Tokens<'_>, first: usize, last: usize) -> Option<usize> {
    let clause = (first + 2..=last).find_map(|at| clause(tokens, at, last + 1))?;
    let ends = clause.end > last || is_stop(tokens.list[clause.end]);
    ends.then_some(clause.start - 1)
}

fn is_dash(t: Token) -> bool {
    matches!(t.first, '—' | '–' | '―') && !t.is_word()
}

fn is_stop(t: Token) -> bool {
    t.kind == Kind::Symbol && matches!(t.first, '.' | '?' | '!' | '…')
}

fn line(article: &Article, tokens: &Tokens<'_>, block: usize) -> Option<Line> {
    let range = tokens.blocks[block].tokens.clone();
    let (list, last) = (&tokens.list, range.end.checked_sub(1)?);
    let opens = article.blocks[tokens.blocks[block].block].kind == BlockKind::Paragraph && range.len() >= 3 && is_dash(list[range.start]);
    // "— Ann Roe" signs what stands above it.
    if !opens || !(is_stop(list[last]) || is_dash(list[last])) || matches!(list[range.start + 1].first, '“' | '"' | '«' | '‘' | '„')
    {
        return None;
    }
    let cue = (range.start + 2..range.end).find_map(|at| clause(tokens, at, range.end));
    let mut pieces = vec![(range.start, cue.as_ref().map_or(last, |c| c.start - 1))];
    if let Some(clause) = &cue {
        pieces.extend(goes_on(tokens, clause.end, last).map(|first| (first, last)));
    }
    let person = |i: usize| matches!(tokens.str(i), "I" | "you" | "You" | "we" | "We" | "me" | "my" | "My" | "your" | "Your");
    let talks = range.clone().any(|i| person(i) || list[i].is('!'));
    Some(Line { block, pieces, asks: list[last].is('?'), talks, cue: cue.is_some() })
}

/// The cue clause that starts at token `at`, right behind a mark: "said Ann Roe", "she answered quietly".
fn clause(tokens: &Tokens<'_>, at: usize, end: usize) -> Option<Range<usize>> {
    let list = &tokens.list;
    let before = list[at - 1];
    if !(before.is(',') || is_stop(before) || is_dash(before)) {
        return None;
    }
    let stop = |i: usize| list[i].is(',') || is_stop(list[i]) && !list[i - 1].has(Class::TITLE) || is_dash(list[i]);
    let close = (at..end.min(at + CLAUSE)).find(|&i| stop(i)).unwrap_or(end.min(at + CLAUSE));
    let verb = (at..close.min(at + VERB)).find(|&i| list[i].has(Class::CUE.or(Class::CUE_WEAK)) && list[i].shape == Shape::Lower)?;
    let names = |i: usize| {
        i < close && {
            let (t, word) = (list[i], tokens.str(i));
            t.is_capital() && !t.has(Class::PRONOUN) || t.has(Class::DETERMINER) || matches!(word, "he" | "she" | "they" | "I")
        }
    };
    let inverted = verb == at && names(verb + 1);
    // "I know, he said he would come" goes on behind the verb.
    let behind = |i: usize| list[i].has(Class::PREPOSITION.or(Class::TIME)) || tokens.str(i).ends_with("ly");
    let closed = verb + 1 >= close || behind(verb + 1);
    let plain = verb > at && names(at) && (at..verb).all(|i| list[i].is_word()) && closed;
    (inverted || plain).then_some(at..close)
}

/// Where speech goes on behind a cue clause that ends before token `end`: after its comma, or after a dash.
fn goes_on(tokens: &Tokens<'_>, end: usize, last: usize) -> Option<usize> {
    let list = &tokens.list;
    let next = |i: usize| (i < last).then_some(i);
    if list.get(end)?.is(',') || is_dash(list[end]) {
        let dash = usize::from(list.get(end + 1).is_some_and(|t| is_dash(*t)));
        return next(end + 1 + dash).filter(|&i| dash > 0 || is_dash(list[end]) || list[i].is_word());
    }
    // "— Yes, she said. — Come in."
    let dash = list.get(end + 1).is_some_and(|t| is_dash(*t));
    if dash { next(end + 2) } else { None }
}
