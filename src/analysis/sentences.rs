//! Sentences, as ranges of tokens.

use std::ops::Range;

use super::lexicon::Class;
use super::token::{Kind, Shape, Token, Tokens};
use crate::text::TextRange;

/// One sentence: token indices, half-open, within one block. Closing marks belong to the sentence they close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Indices into [`Tokens::list`].
    pub tokens: Range<usize>,
}

impl Sentence {
    /// The bytes from its first token to its last.
    #[must_use]
    pub fn range(&self, tokens: &Tokens<'_>) -> TextRange {
        tokens.span(self.tokens.start, self.tokens.end - 1)
    }
}

/// The sentences of all blocks, in reading order. Every token lies in exactly one.
#[must_use]
pub fn split(tokens: &Tokens<'_>) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.blocks.len() + tokens.list.len() / 24);
    for block in &tokens.blocks {
        let (mut first, mut i) = (block.tokens.start, block.tokens.start);
        while i < block.tokens.end {
            if !is_stop(tokens.list[i]) {
                i += 1;
                continue;
            }
            let last = closing(tokens, i, block.tokens.end);
            if last + 1 < block.tokens.end && ends(tokens, i, last, &block.tokens) {
                sentences.push(Sentence { tokens: first..last + 1 });
                first = last + 1;
            }
            i = last + 1;
        }
        if first < block.tokens.end {
            sentences.push(Sentence { tokens: first..block.tokens.end });
        }
    }
    sentences
}

/// The sentences of one stretch of text (a block), in bytes.
#[must_use]
pub fn in_range(text: &str, range: TextRange) -> Vec<TextRange> {
    let tokens = Tokens::of_range(text, range);
    split(&tokens).iter().map(|s| s.range(&tokens)).collect()
}

/// The index of the sentence that holds token `i`; the last one for tokens past the end.
#[must_use]
pub fn holding(sentences: &[Sentence], i: usize) -> usize {
    sentences.partition_point(|s| s.tokens.end <= i).min(sentences.len().saturating_sub(1))
}

fn is_stop(t: Token) -> bool {
    t.kind == Kind::Symbol && matches!(t.first, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟')
}

fn is_closing(t: Token) -> bool {
    t.kind == Kind::Symbol && matches!(t.first, '”' | '"' | '’' | '\'' | ')' | ']' | '»' | '›' | '」' | '』' | '“')
}

/// The last of the stops and closing marks that follow the stop at `i`: they stay with their sentence.
fn closing(tokens: &Tokens<'_>, i: usize, end: usize) -> usize {
    let mut last = i;
    while last + 1 < end {
        let next = tokens.list[last + 1];
        let after = tokens.list.get(last + 2).filter(|_| last + 2 < end);
        // “ and " that a word is glued to open what comes next, unless they are glued to the stop: `guard up."With`
        let opens = !next.glued && after.is_some_and(|a| a.glued);
        let joins = next.glued && (is_stop(next) || is_closing(next));
        // `quit.” ...`: what is left out belongs to what came before
        let dots = next.is('.') && next.range().len() >= 3 || next.is('…');
        // `quit.’ ”`: a mark after a space that nothing is glued to
        let spaced = !next.glued && is_closing(next) && after.is_none_or(|a| !a.glued) && is_closing(tokens.list[last]);
        if !(joins && !(next.is('“') && after.is_some_and(|a| a.glued)) || spaced || dots) || opens {
            break;
        }
        last += 1;
    }
    last
}

/// True when the stop at `i`, with its closing marks up to `last`, ends a sentence. `last + 1` lies in the block.
fn ends(tokens: &Tokens<'_>, i: usize, last: usize, block: &Range<usize>) -> bool {
    let stop = tokens.list[i];
    let next = tokens.list[last + 1];
    // What starts the next sentence: past opening marks and brackets.
    let mut start = last + 1;
    while start + 1 < block.end && start < last + 4 && opens(tokens.list[start]) {
        start += 1;
    }
    let starter = tokens.list[start];
    let lower = starter.is_word() && starter.shape == Shape::Lower && starter.first.is_lowercase();
    if matches!(stop.first, '。' | '！' | '？' | '।') {
        return true;
    }
    if lower || matches!(starter.first, ',' | ';' | ':' | ')' | ']' | '%') && starter.kind == Kind::Symbol {
        return false;
    }
    if stop.is('.') && last == i {
        if next.glued {
            // `guard up.With`, but not `U.S.A`, `example.Com` of one letter, `2.5`
            return next.shape == Shape::Capital
                && before(tokens, i, block).is_some_and(|b| b.is_word() && b.range().len() > 1 && b.shape == Shape::Lower);
        }
        return !is_abbreviation(tokens, i, starter, block);
    }
    !(stop.range().len() > 1 && stop.first == '.' && !starter.is_capital() && starter.is_word())
}

fn opens(t: Token) -> bool {
    t.kind == Kind::Symbol && matches!(t.first, '“' | '"' | '‘' | '\'' | '(' | '[' | '«' | '„' | '`' | '—' | '–' | '-')
}

fn before(tokens: &Tokens<'_>, i: usize, block: &Range<usize>) -> Option<Token> {
    (i > block.start && tokens.list[i].glued).then(|| tokens.list[i - 1])
}

/// True when the full stop at `i` belongs to an abbreviation that goes on with `starter`.
fn is_abbreviation(tokens: &Tokens<'_>, i: usize, starter: Token, block: &Range<usize>) -> bool {
    let Some(word) = before(tokens, i, block) else { return false };
    if !word.is_word() {
        return false;
    }
    let dotted = i >= block.start + 2 && word.glued && tokens.list[i - 2].is('.');
    if word.range().len() == 1 && dotted {
        // `U.S. Senate` goes on, `in the U.S. He said` ends: what often starts a sentence decides. `a.m.` ends before a capital.
        let goes_on = starter.is_capital() && word.shape == Shape::Upper && !starter.has(Class::OPENER);
        return goes_on || !starter.is_word() && starter.kind == Kind::Symbol;
    }
    if word.range().len() == 1 && word.shape == Shape::Upper {
        // `wrote on X. Senator Roe` ends: the platform
        if word.first == 'X' && i >= block.start + 2 && matches!(tokens.str(i - 2), "on" | "to" | "from" | "via" | "platform") {
            return false;
        }
        // An initial; but `Plan B. He` and `it was I. Then` end.
        return !starter.has(Class::OPENER) || i >= block.start + 2 && tokens.list[i - 2].is_capital();
    }
    if word.has(Class::ABBREVIATION_MAY_END) {
        return !starter.is_capital()
            || !starter.has(Class::OPENER) && word.is_capital() && starter.is_capital() && !word.has(Class::ABBREVIATION);
    }
    // `No. 5` but `He said no. Then`; `Sen. Cruz` but `the sen. He`
    if word.has(Class::ABBREVIATION) {
        let numbered = starter.kind == Kind::Number;
        return match tokens.str(i - 1) {
            "No" | "Nos" | "no" | "nos" | "pp" | "fig" | "Fig" | "vol" | "Vol" | "ch" | "v" => numbered || word.range().len() == 1,
            _ => word.is_capital() || matches!(tokens.str(i - 1), "vs" | "approx" | "est" | "ca" | "cf" | "viz"),
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences are separated by `|` in the expectation.
    #[track_caller]
    fn check(marked: &str) {
        let text = marked.replace('|', "");
        let found: Vec<&str> = in_range(&text, TextRange::new(0, text.len())).iter().map(|r| r.of(&text)).collect();
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn full_stops_marks_and_questions() {
        check("It rained. |Nobody came! |Why? |Because it rained.");
        check("It came to 3.5 million. |So what? |1,200 left.");
    }

    #[test]
    fn closing_marks_stay_with_their_sentence() {
        check("“We are done.” |They left. |(It was late.) |Then “Go!” she cried.");
        check("“She said, ‘I quit.’ ” |Ray Shaw laughed.");
    }

    #[test]
    fn speech_goes_on_with_its_cue() {
        check("“Why now?” asked Sam Hunt. |“Because,” she said.");
    }

    #[test]
    fn abbreviations_and_initials_do_not_end_it() {
        check("Mr. Hale met Sen. Ann Roe and Dr. J. K. Poe at 5 p.m. on the No. 7 bus. |He left.");
        check("The U.S. Senate met in the U.S. |He voted no. |Then it ended.");
        check("Poe & Sons Inc. fell. |It owns Roe Inc. |The rest rose.");
    }

    #[test]
    fn a_missing_space_after_the_stop() {
        check("They keep their guard up.|With 300 ships at stake, it goes on.");
        check("The site example.com and the 2.5 release stay.");
    }

    #[test]
    fn ellipses_go_on_before_small_letters() {
        check("I want ... to listen. |I come humbly. ... |I listen.");
    }

    #[test]
    fn every_token_lies_in_one_sentence() {
        let text = "A. B.” (c) … ”” . . ! Mr. 'S. “\n".repeat(50);
        let tokens = Tokens::of_range(&text, TextRange::new(0, text.len()));
        let sentences = split(&tokens);
        let mut next = 0;
        for s in &sentences {
            assert_eq!(s.tokens.start, next);
            assert!(!s.tokens.is_empty());
            next = s.tokens.end;
        }
        assert_eq!(next, tokens.list.len());
    }
}
