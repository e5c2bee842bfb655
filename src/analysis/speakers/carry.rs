//! Who goes on speaking from the text before: the sentence or the paragraph before, when the quotation has no cue of its own.

use super::clause::{Head, Line, Phrase};
use super::cues::{self, Attribution};
use super::own_words;
use super::place::Place;
use super::resolve::{self, Memory};
use super::scene::{Item, Scene};
use crate::analysis::findings::{Quotation, Speaker};
use crate::analysis::lexicon::Class;
use crate::analysis::quotations::blocks;

impl Place {
    /// The speaker who goes on from the text before, with no cue of its own here.
    pub(super) fn carried(
        self,
        scene: &Scene<'_>,
        quotes: &[Quotation],
        done: &[Option<Speaker>],
        i: usize,
        memory: &Memory,
    ) -> Option<(Speaker, Option<Attribution>)> {
        let block = scene.block(self.first);
        let sentence = scene.sentence(self.first);
        let before = (0..i).rev().take(12).find(|&k| quotes[k].kind.is_speech());
        let last_token = |k: usize| scene.tokens.at_or_after(quotes[k].range.end()).saturating_sub(1);
        let same_block = before.filter(|&k| scene.block(last_token(k)) == block);
        // In the same sentence as words that are attributed: “a” and “b”
        if let Some(k) = same_block
            && scene.sentence(last_token(k)) == sentence
            && let Some(speaker) = &done[k]
        {
            return Some((speaker.clone(), None));
        }
        // After a dash somebody else speaks.
        let dash = blocks::is_dash(scene.token(self.first)) && scene.tokens.blocks[block].tokens.start == self.first;
        if dash || self.is_new_turn(scene, quotes, same_block) {
            return None;
        }
        let left = self.left(scene);
        let line = Line { scene, items: &left };
        // "Jo Hill never said “I quit”"
        let mut near = left.iter().rev().take(4);
        if near.any(|&i| matches!(i, Item::Token(i) if matches!(scene.str(i), "never" | "not" | "denied" | "denies" | "refused" | "declined" | "t"))) {
            return None;
        }
        // A fragment in the writer's sentence about a person.
        if !left.is_empty()
            && let Some(who) = line.main_subject(left.len()).filter(|w| w.head != Head::Nominal)
        {
            if !own_words::may_be(&line, who) {
                return None;
            }
            let speaker = resolve::speaker(scene, who, memory)?;
            return Some((speaker, Some(Attribution { who, cue: None, via: None })));
        }
        // The sentence has a subject of its own: "The law grants “freedom of assembly”", "“No” was the reply".
        let words =
            left.iter().any(|&i| matches!(i, Item::Token(i) if scene.token(i).is_word() && !scene.token(i).has(Class::CONJUNCTION)));
        let subject = self.right(scene).first().is_some_and(|&i| matches!(i, Item::Token(i) if is_copula(scene.str(i))));
        if words || subject {
            return None;
        }
        let opens_block = scene.tokens.blocks[block].tokens.start + 1 >= sentence_start(scene, sentence);
        if sentence > 0 && scene.block(scene.sentences[sentence - 1].tokens.start) == block {
            return self.by_sentence(scene, sentence - 1, same_block.and_then(|k| done[k].as_ref()), memory);
        }
        if opens_block && block > 0 {
            return self.by_block(scene, quotes, done, before, block, memory);
        }
        None
    }

    /// Who has the verb of the words before: "Ann Roe called it “a mess”, Sam Poe “a success”".
    pub(super) fn named_alone(self, scene: &Scene<'_>) -> Option<Phrase> {
        let name = scene.name_ending_at(self.first.checked_sub(1)?)?;
        let joined = scene.token(name.first.checked_sub(1)?);
        let alone = joined.is(',') || matches!(scene.str(name.first - 1), "and" | "while" | "but");
        alone.then_some(Phrase { first: name.first, last: name.last, head: Head::Person(name.person) })
    }

    /// From the sentence before: who speaks in it, else who spoke last in the paragraph, else whom it is about.
    fn by_sentence(
        self,
        scene: &Scene<'_>,
        sentence: usize,
        last: Option<&Speaker>,
        memory: &Memory,
    ) -> Option<(Speaker, Option<Attribution>)> {
        let tokens = scene.sentences[sentence].tokens.clone();
        let items = scene.before(tokens.start, tokens.end);
        if let Some(teller) = cues::teller(scene, &items) {
            return Some((resolve::speaker(scene, teller.who, memory)?, Some(Attribution { cue: None, ..teller })));
        }
        if let Some(speaker) = last
            && (items.iter().any(|i| matches!(i, Item::Quote(_))) || cues::reported(scene, &items).is_none())
        {
            return Some((speaker.clone(), None));
        }
        if let Some(found) = cues::reported(scene, &items).filter(|a| a.who.head != Head::Nominal || cues::speaks(scene, a.who)) {
            return Some((resolve::speaker(scene, found.who, memory)?, Some(Attribution { cue: None, ..found })));
        }
        let line = Line { scene, items: &items };
        let who = line.main_subject(items.len()).filter(|w| w.head != Head::Nominal)?;
        Some((resolve::speaker(scene, who, memory)?, Some(Attribution { who, cue: None, via: None })))
    }

    /// “Why not?” “Because.”, or “Do you plead guilty?” the judge asked. ¶ “Yes.”: somebody else speaks, and the text does not say who.
    fn is_new_turn(self, scene: &Scene<'_>, quotes: &[Quotation], same_block: Option<usize>) -> bool {
        let asks = |k: usize| ends_with_question(quotes[k].range.of(scene.tokens.text));
        let own = scene.tokens.span(self.first, self.last);
        let ends_block = scene.tokens.blocks[self.block(scene)].tokens.end == self.last + 1;
        let block_start = scene.tokens.blocks[self.block(scene)].tokens.start == self.first;
        // A question that is answered right after it, or that is all there is of its paragraph.
        let answered = scene.piece_over(self.last + 1).is_some() || block_start && ends_block;
        if ends_with_question(own.of(scene.tokens.text)) && answered && self.last - self.first < 14 {
            return true;
        }
        let Some(before) = quotes.partition_point(|q| q.range.start() < own.start()).checked_sub(1) else { return false };
        let end = scene.tokens.at_or_after(quotes[before].range.end()).saturating_sub(1);
        match same_block {
            Some(k) => end + 1 == self.first && asks(k),
            // The paragraph before is a question and its cue.
            None => {
                let block = self.block(scene);
                block_start && block > 0 && scene.block(end) == block - 1 && asks(before) && {
                    let rest = end + 1..scene.tokens.blocks[block - 1].tokens.end;
                    rest.len() <= 14
                }
            }
        }
    }

    /// From the paragraph before.
    fn by_block(
        self,
        scene: &Scene<'_>,
        quotes: &[Quotation],
        done: &[Option<Speaker>],
        before: Option<usize>,
        block: usize,
        memory: &Memory,
    ) -> Option<(Speaker, Option<Attribution>)> {
        let earlier = &scene.tokens.blocks[block - 1].tokens;
        if earlier.is_empty() {
            return None;
        }
        let last_sentence = scene.sentence(earlier.end - 1);
        let spoken = before.filter(|&k| scene.block(scene.tokens.at_or_after(quotes[k].range.end()).saturating_sub(1)) == block - 1);
        self.by_sentence(scene, last_sentence, spoken.and_then(|k| done[k].as_ref()), memory)
    }
}

fn is_copula(word: &str) -> bool {
    matches!(word, "was" | "is" | "were" | "are" | "has" | "had")
}

fn ends_with_question(words: &str) -> bool {
    words.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?')
}

fn sentence_start(scene: &Scene<'_>, sentence: usize) -> usize {
    scene.sentences[sentence].tokens.start
}
