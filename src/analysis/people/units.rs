//! Tokens to units: the pieces that names are made of. "O’Brien", "Jean-Claude", "al-Bashir", "J.K." and "Mr." are one unit each.

use crate::analysis::lexicon::Class;
use crate::analysis::token::{Shape, Token, Tokens};
use crate::text::TextRange;

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    /// A capitalised word that may be part of a name.
    Name,
    /// One or several letters with full stops ("J.", "J.K."), or one capital letter.
    Initial,
    /// A small word that stands inside names, in lower case ("van", "bin").
    Particle,
    /// A title with its full stop, or a capitalised title ("Mr.", "President").
    Title,
    /// Any other word, in lower case.
    Lower,
    /// The possessive "’s".
    Possessive,
    /// A number.
    Number,
    /// Anything else; the first character of it is in `symbol`.
    Symbol,
}

/// One unit: tokens `first..=last`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    pub(crate) first: u32,
    pub(crate) last: u32,
    /// Classes of all its words together.
    pub(crate) class: Class,
    pub(crate) kind: Kind,
    pub(crate) shape: Shape,
    /// The first character.
    pub(crate) symbol: char,
    /// True for the first unit of a block.
    pub(crate) opens_block: bool,
}

impl Unit {
    /// True for what can be a word of a name by its looks.
    #[inline]
    pub(crate) fn is_capital(&self) -> bool {
        matches!(self.kind, Kind::Name | Kind::Initial | Kind::Title)
    }

    /// The bytes it covers.
    #[inline]
    pub(crate) fn range(&self, tokens: &Tokens<'_>) -> TextRange {
        tokens.span(self.first as usize, self.last as usize)
    }
}

/// All units of all blocks, in reading order. Linear: each token is looked at a bounded number of times.
pub(crate) fn units(tokens: &Tokens<'_>) -> Vec<Unit> {
    let mut units = Vec::with_capacity(tokens.list.len());
    for block in &tokens.blocks {
        let mut i = block.tokens.start;
        while i < block.tokens.end {
            let last = if tokens.list.get(i + 1).is_some_and(|t| t.glued) { last_of(tokens, i, block.tokens.end) } else { i };
            units.push(make(tokens, i, last, i == block.tokens.start));
            i = last + 1;
        }
    }
    units
}

/// The most pieces that one unit joins.
const LONGEST: usize = 8;

/// The last token of the unit that starts with token `i`.
fn last_of(tokens: &Tokens<'_>, i: usize, end: usize) -> usize {
    let list = &tokens.list;
    let t = list[i];
    let glued = |k: usize| k < end && list[k].glued;
    if !glued(i + 1) {
        return i;
    }
    if t.is_apostrophe() && t.glued && glued(i + 1) && matches!(tokens.str(i + 1), "s" | "S") && !glued_word(list, i + 2, end) {
        return i + 1;
    }
    if !t.is_word() {
        return i;
    }
    if !t.is_capital() {
        let article = || matches!(tokens.str(i), "ad" | "an" | "ar" | "as" | "ash" | "at" | "az"); // "ad-Dabir"
        let joins = joins_hyphen(tokens, i, end) && (t.has(Class::PARTICLE) || article());
        return if joins { joined(tokens, i, end) } else { i };
    }
    if t.range().len() == t.first.len_utf8() && glued(i + 1) && list[i + 1].is('.') {
        let mut last = i + 1; // initials: "J." and "J.K."
        while last + 2 < end && last < i + LONGEST && glued(last + 1) && single(list[last + 1]) && glued(last + 2) && list[last + 2].is('.')
        {
            last += 2;
        }
        return last;
    }
    if i + 2 < end && glued(i + 1) && list[i + 1].is('&') && glued(i + 2) && list[i + 2].is_capital() {
        return i + 2; // "J&K"
    }
    let last = joined(tokens, i, end);
    let short = t.has(Class::TITLE.or(Class::SUFFIX)) && t.range().len() <= 5;
    if last == i && short && glued(i + 1) && list[i + 1].is('.') { i + 1 } else { last }
}

fn single(t: Token) -> bool {
    t.is_word() && t.shape == Shape::Upper && t.range().len() == t.first.len_utf8()
}

fn glued_word(list: &[Token], k: usize, end: usize) -> bool {
    k < end && list[k].glued && list[k].is_word()
}

/// Follows hyphens and inner apostrophes from the word at `i`.
fn joined(tokens: &Tokens<'_>, i: usize, end: usize) -> usize {
    let mut last = i;
    while last < i + LONGEST && (joins_hyphen(tokens, last, end) || joins_apostrophe(tokens, last, end)) {
        last += 2;
    }
    last
}

fn joins_hyphen(tokens: &Tokens<'_>, k: usize, end: usize) -> bool {
    let list = &tokens.list;
    if k + 2 >= end || !list[k + 1].glued || !matches!(list[k + 1].first, '-' | '‑' | '‐') || !glued_word(list, k + 2, end) {
        return false;
    }
    let next = list[k + 2];
    if next.is_capital() {
        return true;
    }
    // "Kwok-chuen", "Misbah-ul-Haq", but not "Paris-based"
    let inner = next.has(Class::PARTICLE) && k + 4 < end && list[k + 3].is('-') && list[k + 4].is_capital();
    let syllable = next.range().len() <= 6 && list[k].range().len() <= 6;
    let east = k > 0 && list[k - 1].has(Class::FAMILY_EAST) && list[k - 1].is_capital() && !list[k].glued; // "Moon Jae-in"
    inner || (list[k].is_capital() && syllable && (east || !next.has(Class::COMMON.or(Class::FUNCTION))))
}

fn joins_apostrophe(tokens: &Tokens<'_>, k: usize, end: usize) -> bool {
    let list = &tokens.list;
    if k + 2 >= end
        || !list[k + 1].glued
        || !(list[k + 1].is_apostrophe() || list[k + 1].is('`') || list[k + 1].is('ʼ'))
        || !glued_word(list, k + 2, end)
    {
        return false;
    }
    let (word, next) = (list[k], list[k + 2]);
    if next.is_capital() {
        return next.range().len() > 1 && word.range().len() <= 3; // "O’Brien", "N’Golo"
    }
    // "Ma’ruf", but neither "Trump’s" nor "We’ve"
    !word.has(Class::FUNCTION) && !matches!(tokens.str(k + 2), "s" | "d" | "t" | "m" | "re" | "ve" | "ll" | "em" | "til" | "nt")
}

#[inline]
fn make(tokens: &Tokens<'_>, first: usize, last: usize, opens_block: bool) -> Unit {
    let list = &tokens.list;
    let t = list[first];
    let class = if first == last { t.class } else { list[first..=last].iter().fold(Class::NONE, |all, other| all.or(other.class)) };
    let kind = if t.is_apostrophe() && last > first {
        Kind::Possessive
    } else if !t.is_word() {
        if t.kind == crate::analysis::token::Kind::Number { Kind::Number } else { Kind::Symbol }
    } else if !t.is_capital() {
        match t.has(Class::PARTICLE) {
            _ if last > first => Kind::Name, // "al-Bashir"
            true => Kind::Particle,
            false => Kind::Lower,
        }
    } else if single(t) && (last > first && list[first + 1].is('.') || last == first) {
        Kind::Initial
    } else if class.intersects(Class::TITLE) {
        Kind::Title
    } else {
        Kind::Name
    };
    let fit = |n: usize| u32::try_from(n).expect("texts are under 4 GiB");
    Unit { first: fit(first), last: fit(last), class, kind, shape: t.shape, symbol: t.first, opens_block }
}
