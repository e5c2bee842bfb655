//! Interview dialogue without marks: "Q: …", "SMITH: …". Each turn is a quotation of its own.
//!
//! A label alone proves nothing ("Note:", "WASHINGTON:"): an article has a dialogue when labels recur close together and say who speaks.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::lexicon::Class;
use crate::analysis::token::{Kind, Shape, Token, Tokens};
use crate::article::{Article, BlockKind};

/// The longest label, in tokens: "MR. JAMES SMITH JR. (laughing):", "JOHN SMITH, HOST:".
const LABEL: usize = 9;
/// A turn stands at most so many paragraphs from another one; those between belong to the turn before them.
const NEAR: usize = 4;

/// The words of one turn: a piece for each paragraph, token indices, both ends included.
pub(super) type Turn = Vec<(usize, usize)>;

/// What a label is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// "Q", "A", "Question", "Answer".
    Letter,
    /// "SMITH", "THE COURT".
    Upper,
    /// "Jo Hill".
    Name,
}

/// A paragraph that opens with a label.
#[derive(Debug, Clone)]
struct Labelled {
    /// Index into [`Tokens::blocks`].
    block: usize,
    /// The label without its colon.
    label: Range<usize>,
    sort: Sort,
    /// The first token of the words.
    words: usize,
}

/// The label that the tokens of a block open with, without its colon, and the first token after the colon.
pub(in crate::analysis) fn label(tokens: &Tokens<'_>, block: Range<usize>) -> Option<(Range<usize>, usize)> {
    let at = |i: usize| (i < block.end).then(|| tokens.list[i]);
    let first = at(block.start).filter(|t| t.is_capital())?;
    // "Q. Why now?": the letter alone may have a full stop for a colon
    if first.range().len() == 1 && matches!(first.first, 'Q' | 'A') && at(block.start + 1).is_some_and(|t| t.is('.') && t.glued) {
        return at(block.start + 2).filter(|t| !t.glued).map(|_| (block.start..block.start + 1, block.start + 2));
    }
    let mut end = block.start + 1;
    let mut bracket = None;
    while let Some(t) = at(end).filter(|_| end < block.start + LABEL) {
        match t.kind {
            _ if t.is(':') => {
                let spoken = at(end + 1).is_some_and(|t| !t.glued || t.kind == Kind::Symbol);
                return spoken.then_some((block.start..bracket.unwrap_or(end), end + 1));
            }
            _ if bracket.is_some_and(|i| tokens.list[i].is('(')) => {} // "SMITH (laughing):"
            Kind::Symbol if t.is('(') => bracket = bracket.or(Some(end)),
            // "JOHN SMITH, HOST:"
            Kind::Symbol if t.is(',') && shouts(tokens.list[end - 1]) && at(end + 1).is_some_and(shouts) => bracket = bracket.or(Some(end)),
            Kind::Word if bracket.is_some() && !shouts(t) => return None,
            Kind::Symbol if t.glued && matches!(t.first, '.' | '-' | '\'' | '’') => {}
            Kind::Word if t.is_capital() || t.glued || t.has(Class::PARTICLE) => {}
            Kind::Number if end > block.start => {}
            _ => return None,
        }
        end += 1;
    }
    None
}

fn shouts(t: Token) -> bool {
    t.is_word() && t.shape == Shape::Upper
}

/// The turns of the article's dialogue, in reading order; none when there is no dialogue.
pub(super) fn turns(article: &Article, tokens: &Tokens<'_>) -> Vec<Turn> {
    let found = labelled(article, tokens);
    if found.len() < 2 {
        return Vec::new();
    }
    let turns = dialogue(tokens, found);
    let mut out = Vec::with_capacity(turns.len());
    for (k, turn) in turns.iter().enumerate() {
        let mut parts = vec![(turn.words, tokens.blocks[turn.block].tokens.end - 1)];
        let next = turns.get(k + 1).map_or(turn.block, |t| t.block);
        if next - turn.block <= NEAR {
            let between = &tokens.blocks[turn.block + 1..next.max(turn.block + 1)];
            let goes_on = between.iter().take_while(|b| is_speakable(article.blocks[b.block].kind) && goes_on(tokens, &b.tokens));
            parts.extend(goes_on.map(|b| (b.tokens.start, b.tokens.end - 1)));
        }
        out.push(parts);
    }
    out
}

fn is_speakable(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote)
}

/// A paragraph between two turns goes on with the first: no stage direction, and no narration with speech in marks.
fn goes_on(tokens: &Tokens<'_>, block: &Range<usize>) -> bool {
    let first = block.clone().next().map(|i| tokens.list[i]);
    let brackets = first.is_none_or(|t| matches!(t.first, '(' | '[') && !t.is_word());
    let marks = block.clone().any(|i| tokens.list[i].kind == Kind::Symbol && matches!(tokens.list[i].first, '“' | '"' | '«'));
    !brackets && !marks
}

/// All paragraphs that open with a label and have words of their own after it.
fn labelled(article: &Article, tokens: &Tokens<'_>) -> Vec<Labelled> {
    let mut found = Vec::new();
    for (block, b) in tokens.blocks.iter().enumerate() {
        let kind = article.blocks[b.block].kind;
        let question = matches!(kind, BlockKind::Title | BlockKind::Heading(_)); // some set questions as headings
        if b.tokens.len() < 3 || !is_speakable(kind) && !question {
            continue;
        }
        let Some((label, words)) = label(tokens, b.tokens.clone()) else { continue };
        let in_marks = matches!(tokens.list[words].first, '“' | '"' | '„' | '«' | '”') && tokens.list[words].kind == Kind::Symbol;
        if in_marks || !(words..b.tokens.end).any(|i| tokens.list[i].is_word()) {
            continue;
        }
        let said = label.clone().filter(|&i| tokens.list[i].is_word());
        let letter = label.len() == 1 && matches!(tokens.str(label.start), "Q" | "A" | "Question" | "Answer" | "QUESTION" | "ANSWER");
        let sort = match () {
            () if letter => Sort::Letter,
            () if said.clone().all(|i| tokens.list[i].shape == Shape::Upper) => Sort::Upper,
            () => Sort::Name,
        };
        found.push(Labelled { block, label, sort, words });
    }
    found
}

/// Those of the labelled paragraphs that are turns of a dialogue.
fn dialogue(tokens: &Tokens<'_>, mut found: Vec<Labelled>) -> Vec<Labelled> {
    // "MAYOR JO HILL:" the first time is "HILL:" from then on
    let key = |l: &Labelled| last_word(tokens, l);
    let mut times: FxHashMap<String, usize> = FxHashMap::default();
    for l in &found {
        *times.entry(key(l)).or_default() += 1;
    }
    let asks = found.iter().any(|l| l.sort == Sort::Letter && matches!(tokens.list[l.label.start].first, 'Q'));
    let answers = found.iter().any(|l| l.sort == Sort::Letter && matches!(tokens.list[l.label.start].first, 'A'));
    let people = named(tokens, &found);
    let speaks = |l: &Labelled| match l.sort {
        Sort::Letter => asks,
        Sort::Name => people.contains(&last_word(tokens, l)),
        Sort::Upper => {
            let speaker = |i: usize| tokens.list[i].has(speaker_words()) || is_part(tokens.str(i));
            let known = people.contains(&last_word(tokens, l)) || l.label.clone().any(speaker);
            known || initials(l.label.clone().map(|i| tokens.list[i])) || times[&key(l)] > 1
        }
    };
    // Somebody must be known to speak: recurring capitals alone may be "PROS:" and "CONS:".
    let anybody = found.iter().any(|l| {
        l.sort != Sort::Upper && speaks(l)
            || people.contains(&last_word(tokens, l))
            || l.label.clone().any(|i| tokens.list[i].has(speaker_words()) || is_part(tokens.str(i)))
    });
    // Who talks with somebody known, again and again, speaks too: "Herald: … Rahman: …".
    let partner = found.iter().filter(|l| l.sort == Sort::Name && people.contains(&last_word(tokens, l))).count() >= 2;
    let speaks = |l: &Labelled| speaks(l) || partner && times[&key(l)] > 1;
    let recurs = found.iter().any(|l| speaks(l) && times[&key(l)] > 1);
    found.retain(speaks);
    let distinct = found.iter().map(key).collect::<FxHashSet<_>>().len();
    // "Clinton: 45 percent" again and again is a table.
    let talking = found.iter().filter(|l| is_talk(tokens, l)).count() * 2 >= found.len();
    let enough = talking && (asks && answers && found.len() >= 2)
        || talking && anybody && recurs && found.len() >= 3 && (distinct >= 2 || people.len() == 1);
    if !enough {
        return Vec::new();
    }
    let near = |a: usize, b: usize| found[b].block - found[a].block <= NEAR;
    let keep: Vec<bool> = (0..found.len()).map(|k| k > 0 && near(k - 1, k) || k + 1 < found.len() && near(k, k + 1)).collect();
    found.into_iter().zip(keep).filter_map(|(l, keep)| keep.then_some(l)).collect()
}

/// True for a question, or words with a verb or pronoun.
fn is_talk(tokens: &Tokens<'_>, turn: &Labelled) -> bool {
    let rest = turn.words..tokens.blocks[turn.block].tokens.end;
    let asks = rest.clone().next_back().is_some_and(|i| tokens.list[i].is('?'));
    asks || rest.take(40).any(|i| tokens.list[i].has(Class::CLAUSE_VERB.or(Class::PRONOUN)))
}

/// Words in capitals that tell who speaks.
fn speaker_words() -> Class {
    Class::OFFICE.or(Class::TITLE).or(Class::GIVEN).or(Class::SURNAME)
}

/// The parts of a court and a studio.
#[rustfmt::skip]
fn is_part(word: &str) -> bool {
    matches!(
        word,
        "COURT" | "DEFENDANT" | "WITNESS" | "CLERK" | "FOREPERSON" | "FOREMAN" | "MODERATOR" | "ANNOUNCER" | "CALLER" | "SPEAKER" | "INTERVIEWER"
            | "INTERVIEWEE" | "AUDIENCE" | "PROSECUTION" | "COUNSEL" | "OPERATOR" | "DISPATCHER" | "NARRATOR" | "PANELIST" | "UNIDENTIFIED" | "MALE" | "FEMALE" | "PANELLIST"
    )
}

/// "JS", "J.S.": two or three letters.
fn initials(label: impl Iterator<Item = Token>) -> bool {
    let letters: usize = label.filter(|t| t.is_word()).map(|t| t.range().len()).sum();
    (2..=3).contains(&letters)
}

fn last_word(tokens: &Tokens<'_>, l: &Labelled) -> String {
    l.label.clone().rev().find(|&i| tokens.list[i].is_word()).map_or_else(String::new, |i| tokens.str(i).to_lowercase())
}

/// The last words of labels that end a name of two words or more somewhere in the article or are its initials; also of labels that
/// are a title or given name with a name.
fn named(tokens: &Tokens<'_>, found: &[Labelled]) -> FxHashSet<String> {
    let wanted: FxHashSet<String> = found.iter().filter(|l| l.sort != Sort::Letter).map(|l| last_word(tokens, l)).collect();
    let mut people = FxHashSet::default();
    let mut labels = found.iter().map(|l| l.label.clone()).peekable();
    for i in 1..tokens.list.len() {
        while labels.next_if(|l| l.end <= i).is_some() {}
        let inside = labels.peek().is_some_and(|l| l.contains(&i));
        let (before, t) = (tokens.list[i - 1], tokens.list[i]);
        if !t.is_capital() || inside && labels.peek().is_some_and(|l| l.len() < 2) {
            continue;
        }
        let named = before.is_capital() && !before.has(Class::OPENER.or(Class::DETERMINER).or(Class::PREPOSITION));
        let given = named && before.has(Class::GIVEN.or(Class::TITLE).or(Class::OFFICE));
        let titled = before.is('.') && i > 1 && tokens.list[i - 2].has(Class::TITLE);
        // "Los Angeles Lakers" is a name too
        let team = t.has(Class::ORG.or(Class::ORG_WORD).or(Class::CITY).or(Class::COUNTRY)) || before.has(Class::CITY.or(Class::COUNTRY));
        let word = tokens.str(i).to_lowercase();
        let surname = named && t.has(Class::SURNAME.or(Class::SURNAME_US)) && !t.has(Class::COMMON);
        let given = given && (!team || t.has(Class::SURNAME.or(Class::SURNAME_US)));
        if (titled || given || surname && !inside && !team) && wanted.contains(&word) {
            people.insert(word);
        }
        let initials: String = [before.first, t.first].iter().flat_map(|c| c.to_lowercase()).collect();
        if named && !inside && wanted.contains(&initials) {
            people.insert(initials);
        }
    }
    people
}
