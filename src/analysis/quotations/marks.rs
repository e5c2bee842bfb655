//! Quotation marks among the tokens: which symbols may open or close, told by their shape and what they are glued to.
//!
//! Apostrophes inside words, decades ('90s), inch and foot marks are no marks and are left out here.

use std::ops::Range;

use crate::analysis::token::{Kind, Shape, Token, Tokens};

/// Marks that close one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// `"` `“` `”` `„` and two single ones written together.
    Double,
    /// `'` `‘` `’` `‚` and the backtick.
    Single,
    /// `«` `»` either way round.
    Guillemet,
    /// `‹` `›` either way round.
    SingleGuillemet,
    /// `「` `」` `『` `』`.
    Corner,
}

/// How well a mark's surroundings fit a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It cannot be that.
    No,
    /// It may be, when nothing better is found.
    Weak,
    /// It looks like that.
    Strong,
}

/// One quotation mark: tokens `first..=last` (two when it is written as two).
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub first: usize,
    pub last: usize,
    pub family: Family,
    pub opens: Fit,
    pub closes: Fit,
    /// `„` or `‚`: `“` and `‘` close it.
    pub low: bool,
    /// Its character: a straight mark closes a straight one.
    pub glyph: char,
    /// Glued to a comma or colon: what looks like a closing mark may open.
    pub after_comma: bool,
    /// Glued to a number: perhaps inches or minutes.
    pub measure: bool,
}

/// True for the first character of any mark: the one test that every token pays.
pub(super) fn is_candidate(t: &Token) -> bool {
    t.kind == Kind::Symbol
        && matches!(
            t.first,
            '"' | '“'
                | '”'
                | '„'
                | '‟'
                | '＂'
                | '\''
                | '‘'
                | '’'
                | '‚'
                | '‛'
                | '`'
                | '«'
                | '»'
                | '‹'
                | '›'
                | '「'
                | '」'
                | '『'
                | '』'
        )
}

/// The marks among tokens `block`, into `marks` (cleared first).
pub(super) fn read(tokens: &Tokens<'_>, block: Range<usize>, marks: &mut Vec<Mark>) {
    marks.clear();
    let mut i = block.start;
    while i < block.end {
        if !is_candidate(&tokens.list[i]) {
            i += 1;
            continue;
        }
        let last = if is_double_of_singles(tokens, i, &block) { i + 1 } else { i };
        marks.extend(mark(tokens, i, last, &block));
        i = last + 1;
    }
}

/// `''`, ` `` `, `‘‘`, `’’`: one double mark written as two single ones.
fn is_double_of_singles(tokens: &Tokens<'_>, i: usize, block: &Range<usize>) -> bool {
    let t = tokens.list[i];
    i + 1 < block.end && matches!(t.first, '\'' | '‘' | '’' | '`') && tokens.list[i + 1].is(t.first) && tokens.list[i + 1].glued
}

/// Two straight apostrophes close a ``LaTeX'' quotation; whether a pair of them opens one too (''as some news databases print it'').
/// The sets that detection is measured on do not count those as quotations.
const DOUBLED_APOSTROPHES_OPEN: bool = false;

/// What stands beside the mark.
struct Beside {
    /// The token that is glued before it.
    before: Option<Token>,
    /// The token that is glued after it.
    after: Option<Token>,
}

fn mark(tokens: &Tokens<'_>, first: usize, last: usize, block: &Range<usize>) -> Option<Mark> {
    let beside = Beside {
        before: (first > block.start && tokens.list[first].glued).then(|| tokens.list[first - 1]),
        after: tokens.list.get(last + 1).filter(|t| last + 1 < block.end && t.glued).copied(),
    };
    let c = tokens.list[first].first;
    let after_comma = beside.before.is_some_and(|b| b.is(',') || b.is(':'));
    let measure = beside.before.is_some_and(|b| b.kind == Kind::Number);
    let made = |family, (opens, closes), low| Some(Mark { first, last, family, opens, closes, low, glyph: c, after_comma, measure });
    if first != last {
        if c == '\'' && !DOUBLED_APOSTROPHES_OPEN {
            return made(Family::Double, (Fit::No, if straight(&beside).1 == Fit::No { Fit::No } else { Fit::Strong }), false);
        }
        return made(Family::Double, curly(c, &beside).unwrap_or_else(|| straight(&beside)), false);
    }
    match c {
        '"' | '＂' | '‟' => made(Family::Double, straight(&beside), false),
        '“' | '”' => made(Family::Double, curly(c, &beside).unwrap_or((Fit::Weak, Fit::Weak)), false),
        '„' => made(Family::Double, (Fit::Strong, Fit::No), true),
        '‚' => made(Family::Single, (Fit::Strong, Fit::No), true),
        '«' | '‹' => made(guillemet(c), angle(true, &beside), false),
        '»' | '›' => made(guillemet(c), angle(false, &beside), false),
        '「' | '『' => made(Family::Corner, (Fit::Strong, Fit::No), false),
        '」' | '』' => made(Family::Corner, (Fit::No, Fit::Strong), false),
        _ => {
            let fit = single(tokens, first, c, &beside);
            (fit != (Fit::No, Fit::No)).then_some(Mark {
                first,
                last,
                family: Family::Single,
                opens: fit.0,
                closes: fit.1,
                low: false,
                glyph: c,
                after_comma,
                measure,
            })
        }
    }
}

fn guillemet(c: char) -> Family {
    if matches!(c, '«' | '»') { Family::Guillemet } else { Family::SingleGuillemet }
}

/// `«` opens and `»` closes, unless space and words say that they are used the other way round.
fn angle(left: bool, beside: &Beside) -> (Fit, Fit) {
    let reversed = if left {
        beside.before.is_some_and(|t| !leads(t) || matches!(t.first, '.' | '…')) && beside.after.is_none_or(trails)
    } else {
        beside.before.is_none_or(leads) && beside.after.is_some_and(|t| !trails(t))
    };
    match (left, reversed) {
        (true, false) => (Fit::Strong, Fit::No),
        (true, true) => (Fit::Weak, Fit::Strong),
        (false, false) => (Fit::No, Fit::Strong),
        (false, true) => (Fit::Strong, Fit::Weak),
    }
}

/// Something after which a quotation may open without a space.
fn leads(t: Token) -> bool {
    t.kind == Kind::Symbol
        && matches!(
            t.first,
            '(' | '[' | '{' | '—' | '–' | '-' | '/' | '“' | '‘' | '"' | '\'' | '„' | '«' | '`' | '…' | '.' | ':' | '=' | '>'
        )
}

/// Something before which a quotation may close without a space.
fn trails(t: Token) -> bool {
    t.kind == Kind::Symbol
        && matches!(
            t.first,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | ')'
                | ']'
                | '}'
                | '—'
                | '–'
                | '-'
                | '/'
                | '”'
                | '’'
                | '"'
                | '\''
                | '»'
                | '“'
                | '…'
                | '‘'
                | '<'
        )
}

/// How straight marks fit: by the spaces alone.
fn straight(beside: &Beside) -> (Fit, Fit) {
    match (beside.before, beside.after) {
        (None, Some(_)) => (Fit::Strong, if beside.after.is_some_and(trails) { Fit::Weak } else { Fit::No }),
        (Some(_), None) => (Fit::No, Fit::Strong),
        (None, None) => (Fit::Weak, Fit::Weak),
        (Some(before), Some(after)) => match (leads(before), trails(after)) {
            (true, false) if !matches!(before.first, '.' | '…' | '"' | '\'') => (Fit::Strong, Fit::Weak),
            (false, true) => (Fit::Weak, Fit::Strong),
            _ => (Fit::Weak, Fit::Weak),
        },
    }
}

/// How curly marks fit: by their shape, unless spaces and words say clearly that it is the wrong way round. None for other marks.
fn curly(c: char, beside: &Beside) -> Option<(Fit, Fit)> {
    let word_after = beside.after.is_some_and(|t| !trails(t));
    let hard_before = beside.before.is_some_and(|t| !leads(t) || matches!(t.first, '.' | '…'));
    match c {
        '“' | '‘' | '`' if hard_before && !word_after => Some((Fit::Weak, Fit::Strong)),
        '“' | '‘' | '`' => Some((Fit::Strong, Fit::No)),
        '”' | '’' if beside.before.is_none() && word_after => Some((Fit::Strong, Fit::Weak)),
        '”' | '’' => Some((Fit::No, Fit::Strong)),
        _ => None,
    }
}

/// Words that lose their beginning to an apostrophe.
const CUT_IN_FRONT: &[&str] = &[
    "em", "n", "til", "till", "cause", "tis", "twas", "twere", "twill", "bout", "round", "cos", "coz", "cuz", "ere", "ello", "nuff",
    "neath", "tude", "hood", "s", "nother",
];

/// How single marks fit; `(No, No)` for apostrophes.
fn single(tokens: &Tokens<'_>, i: usize, c: char, beside: &Beside) -> (Fit, Fit) {
    let wordlike = |t: Token| t.kind != Kind::Symbol;
    let opens = match (beside.before, beside.after) {
        (_, None) => Fit::No,
        (before, Some(after)) => {
            let free = before.is_none_or(|b| leads(b) && (c != '\'' || !matches!(b.first, '.' | '…')));
            let decade = after.kind == Kind::Number && after.range().len() == 2 && c != '‘';
            let lower = after.is_word() && after.shape == Shape::Lower && CUT_IN_FRONT.contains(&tokens.str(i + 1));
            let cut = (lower || matches!(tokens.str(i + 1), "Tis" | "Twas" | "Twere" | "Twill")) && c != '‘';
            let inside =
                wordlike(after) || matches!(after.first, '[' | '(' | '…' | '.' | '$' | '£' | '€' | '#' | '@' | '“' | '"' | '¡' | '¿');
            match (free && inside && !decade && !cut, c) {
                (true, '’') => Fit::Weak,
                (true, _) => Fit::Strong,
                (false, _) => Fit::No,
            }
        }
    };
    let closes = match (beside.before, beside.after) {
        (None, None) if c == '’' => Fit::Weak,
        (None, _) => Fit::No,
        (Some(_), Some(after)) if wordlike(after) => Fit::No,
        (Some(before), after) => {
            if c == '‘' && !after.is_none_or(trails) {
                Fit::No
            } else if wordlike(before) && is_possessive(tokens.str(i - 1)) {
                Fit::Weak
            } else {
                Fit::Strong
            }
        }
    };
    (opens, closes)
}

/// A word that an apostrophe may follow: a plural's or a name's possessive, or a dropped g.
fn is_possessive(word: &str) -> bool {
    word.ends_with(['s', 'S', 'z', 'x']) || (word.len() > 3 && word.ends_with("in")) || matches!(word, "o" | "ol" | "th" | "an" | "n")
}
