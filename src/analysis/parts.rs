//! Very long texts, part by part: what the detectors keep of every word takes twenty times the room of the text, and nobody's article is
//! that long.
//!
//! A part ends between two blocks. What it says of people is joined by their names; a quotation that goes on over the end of a part stays two.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::findings::{Findings, Person};
use super::{Kinds, analyse_whole};
use crate::article::{Article, Block};
use crate::text::TextRange;

/// The least length of a part, in bytes: more than articles have.
const PART: usize = 1 << 16;

/// A text this long is cut into parts.
const LONG: usize = 1 << 19;

/// True for texts that are analysed in parts.
pub(super) fn is_long(article: &Article) -> bool {
    article.text.len() >= LONG && article.blocks.len() > 1
}

/// Finds what is in each part, and puts it together.
pub(super) fn analyse(article: &Article, kinds: Kinds) -> Findings {
    let mut whole = Whole::default();
    let parts = parts(article);
    let mut left = parts.len();
    for blocks in parts {
        let (first, last) = (article.blocks[blocks.start].range, article.blocks[blocks.end - 1].range);
        let range = first.union(last);
        let moved = |b: &Block| Block { range: TextRange::new(b.range.start() - range.start(), b.range.end() - range.start()), ..*b };
        let part = Article {
            text: range.of(&article.text).to_owned(),
            blocks: article.blocks[blocks].iter().map(moved).collect(),
            ..Article::default()
        };
        whole.add(analyse_whole(&part, kinds), range.start(), left);
        left -= 1;
    }
    whole.found.quotes.shrink_to_fit();
    whole.found.figures.shrink_to_fit();
    whole.found.changes.shrink_to_fit();
    whole.found
}

/// Which blocks each part has.
fn parts(article: &Article) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut first = 0;
    for (i, block) in article.blocks.iter().enumerate() {
        if block.range.end() - article.blocks[first].range.start() >= PART || i + 1 == article.blocks.len() {
            parts.push(first..i + 1);
            first = i + 1;
        }
    }
    parts
}

/// What was found up to now.
#[derive(Default)]
struct Whole {
    found: Findings,
    /// The name of each person, for the quotations.
    names: Vec<Arc<str>>,
    /// People by their names in small letters.
    by_name: FxHashMap<String, usize>,
    /// The person of a last name; none where several have it.
    by_surname: FxHashMap<String, Option<usize>>,
}

impl Whole {
    /// Adds what a part has that begins at byte `start`. It is the first of `left` parts that are still to come.
    fn add(&mut self, mut part: Findings, start: usize, left: usize) {
        part.each_range(|range| *range = TextRange::new(range.start() + start, range.end() + start));
        let figures = self.found.figures.len();
        for change in &mut part.changes {
            change.from = change.from.map(|i| i + figures);
            change.to = change.to.map(|i| i + figures);
        }
        let people: Vec<usize> = part.people.into_iter().map(|person| self.person(person)).collect();
        for speaker in part.quotes.iter_mut().filter_map(|q| q.speaker.as_mut()) {
            if let Some(person) = speaker.person.map(|p| people[p]) {
                speaker.person = Some(person);
                speaker.name = Arc::clone(&self.names[person]);
            }
        }
        append(&mut self.found.quotes, part.quotes, left);
        append(&mut self.found.figures, part.figures, left);
        append(&mut self.found.changes, part.changes, left);
    }

    /// The index of somebody: who has that name already, or who alone has that surname, where it stands for itself.
    fn person(&mut self, mut person: Person) -> usize {
        let name = person.name.to_lowercase();
        let surname = name.split_whitespace().next_back().unwrap_or_default().to_owned();
        let bare = surname == name;
        let known = self.by_name.get(&name).copied().or_else(|| self.by_surname.get(&surname).copied().flatten().filter(|_| bare));
        if let Some(known) = known {
            let one = &mut self.found.people[known];
            one.mentions.append(&mut person.mentions);
            person.roles.retain(|role| !one.roles.contains(role));
            one.roles.append(&mut person.roles);
            one.affiliation = one.affiliation.take().or(person.affiliation);
            return known;
        }
        let new = self.found.people.len();
        if !bare {
            self.by_surname.entry(surname).and_modify(|one| *one = None).or_insert(Some(new));
        }
        self.by_name.insert(name, new);
        self.names.push(person.name.as_str().into());
        self.found.people.push(person);
        new
    }
}

/// Adds a part's findings. The first time, room is made for the `left` parts that are still to come, as if each had as many: a list that grows
/// again and again leaves holes as large as itself. Where there is no such room, it grows.
fn append<T>(all: &mut Vec<T>, mut part: Vec<T>, left: usize) {
    if all.is_empty() {
        let _ = all.try_reserve_exact(part.len().saturating_mul(left));
    }
    all.append(&mut part);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{analyse, analyse_whole};
    use crate::ingest;

    const NEWS: &str = "Mayor Ada Lee met the governor, Ben Roe, on Monday. “We will build the bridge,” said Lee.\n\n\
        The cost rose from 3 million dollars to 5 million dollars. “That is dear,” Roe said.\n\n";

    #[test]
    fn a_long_text_is_found_like_its_parts() {
        let one = ingest::from_text(NEWS);
        let few = analyse_whole(&one, Kinds::ALL);
        assert_eq!((few.quotes.len(), few.people.len(), few.changes.len()), (2, 2, 1), "{few:?}");
        let times = LONG / NEWS.len() + 1;
        let long = ingest::from_text(&NEWS.repeat(times));
        assert!(is_long(&long) && !is_long(&one));
        let all = analyse(&long);
        let names: Vec<&str> = all.people.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["Ada Lee", "Ben Roe"]);
        assert_eq!((all.quotes.len(), all.changes.len(), all.figures.len()), (2 * times, times, few.figures.len() * times));
        for (i, quote) in all.quotes.iter().enumerate() {
            let like = &few.quotes[i % 2];
            assert_eq!(quote.range.of(&long.text), like.range.of(&one.text));
            let said = quote.speaker.as_ref().expect("somebody");
            assert_eq!((said.person, &*said.name), (Some(i % 2), names[i % 2]));
            assert_eq!(said.words.map(|w| w.of(&long.text)), Some(["Lee", "Roe"][i % 2]));
        }
        for change in &all.changes {
            let ends = [change.from, change.to].map(|i| all.figures[i.expect("both")].range.of(&long.text));
            assert_eq!(ends, ["3 million dollars", "5 million dollars"]);
        }
        let mentions = |found: &Findings| found.people.iter().map(|p| p.mentions.len()).collect::<Vec<_>>();
        assert_eq!(mentions(&all), mentions(&few).iter().map(|n| n * times).collect::<Vec<_>>());
    }
}
