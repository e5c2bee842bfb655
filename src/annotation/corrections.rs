//! The reader's corrections, applied to what was detected: who said a quotation, who a person is.
//!
//! Every correction is a statement about words of the article: "the person of these words is called X, with all mentions", "these words
//! alone are X", "X said this". Statements do not depend on each other or on their order; of two about the same thing the later one holds.
//! Two people that are called by one name are thereby one. Words that are not surely found again are left alone, never guessed at.

use rustc_hash::FxHashMap;

use super::anchor::locate;
use super::model::Correction;
use crate::analysis::Findings;
use crate::analysis::findings::{Mention, Person, Quotation, Speaker, SpeakerForm};
use crate::text::fold::Folded;
use crate::text::{CodePoints, TextRange};

/// `what` of a correction that says who said a quotation; nothing in `to` means that the text does not say.
pub const SPEAKER: &str = "speaker";
/// `what` of a correction that says who a person is, with all mentions.
pub const PERSON: &str = "person";
/// `what` of a correction that says who is meant by these words alone.
pub const MENTION: &str = "mention";

/// `what` of a correction that says whether words are text or furniture ([`super::folds`]).
pub const FOLD: &str = "fold";

/// Findings with the reader's corrections.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Corrected {
    /// What was found, corrected.
    pub findings: Findings,
    /// How many corrections no longer find their words, or find nothing there to correct.
    pub lost: usize,
}

/// Applies the corrections of an article to what was found in it. `map` is the text's own table.
///
/// Applying them to corrected findings changes nothing.
#[must_use]
pub fn apply(found: &Findings, corrections: &[Correction], text: &str, map: &CodePoints) -> Corrected {
    let placed = Placed::new(corrections, text, map);
    let mut findings = found.clone();
    let mut lost = placed.lost;
    let stated = Statements::new(found, &placed);
    lost += stated.lost;
    if !stated.is_empty() {
        people(found, &stated, &mut findings);
    }
    lost += speakers(&placed, &mut findings);
    Corrected { findings, lost }
}

/// Corrections whose words were found, oldest first.
pub(super) struct Placed<'c> {
    pub(super) all: Vec<(TextRange, &'c Correction)>,
    lost: usize,
}

impl<'c> Placed<'c> {
    pub(super) fn new(corrections: &'c [Correction], text: &str, map: &CodePoints) -> Self {
        let mut folded: Option<Folded> = None;
        let mut placed = Self { all: Vec::new(), lost: 0 };
        for correction in corrections.iter().filter(|c| [SPEAKER, PERSON, MENTION].contains(&c.what.as_str())) {
            match locate(&correction.anchor, text, map, &mut folded) {
                Some(range) => placed.all.push((range, correction)),
                None => placed.lost += 1,
            }
        }
        placed.all.sort_by(|(_, a), (_, b)| (&a.modified, &a.id).cmp(&(&b.modified, &b.id)));
        placed
    }

    /// Those that state this kind of thing.
    pub(super) fn of(&self, what: &str) -> impl DoubleEndedIterator<Item = (TextRange, &'c Correction)> {
        self.all.iter().copied().filter(move |(_, c)| c.what == what)
    }
}

/// What the corrections say of people.
pub(super) struct Statements<'c> {
    /// Whose mention a range is, as detected.
    pub(super) owner: FxHashMap<TextRange, usize>,
    /// What single mentions were said to be, in reading order.
    pins: Vec<(TextRange, &'c str)>,
    /// What detected people were said to be.
    pub(super) groups: FxHashMap<usize, &'c str>,
    lost: usize,
}

impl<'c> Statements<'c> {
    pub(super) fn new(found: &Findings, placed: &Placed<'c>) -> Self {
        let mut stated = Self { owner: FxHashMap::default(), pins: Vec::new(), groups: FxHashMap::default(), lost: 0 };
        if !placed.all.iter().any(|(_, c)| c.what != SPEAKER) {
            return stated;
        }
        for (i, person) in found.people.iter().enumerate() {
            for mention in &person.mentions {
                stated.owner.entry(mention.range).or_insert(i);
            }
        }
        let mut pins = FxHashMap::default();
        for (range, correction) in placed.of(MENTION) {
            if stated.owner.contains_key(&range) && !correction.to.is_empty() {
                pins.insert(range, correction.to.as_str());
            } else {
                stated.lost += 1;
            }
        }
        stated.pins = pins.into_iter().collect();
        stated.pins.sort_unstable();
        for (range, correction) in placed.of(PERSON) {
            match stated.owner.get(&range) {
                // What was said of these words alone says nothing of the person they were taken from.
                Some(_) if stated.pin(range).is_some() => {}
                Some(&person) if !correction.to.is_empty() => drop(stated.groups.insert(person, correction.to.as_str())),
                _ => stated.lost += 1,
            }
        }
        stated
    }

    fn is_empty(&self) -> bool {
        self.pins.is_empty() && self.groups.is_empty()
    }

    /// What the mention at `range` alone was said to be.
    pub(super) fn pin(&self, range: TextRange) -> Option<&'c str> {
        self.pins.binary_search_by_key(&range, |p| p.0).ok().map(|i| self.pins[i].1)
    }

    /// The first pinned mention inside `words`.
    fn pin_within(&self, words: TextRange) -> Option<TextRange> {
        let first = self.pins.partition_point(|p| p.0.start() < words.start());
        self.pins.get(first).map(|p| p.0).filter(|r| words.covers(*r))
    }
}

/// Makes people anew: those who are called by one stated name are one person.
fn people(found: &Findings, stated: &Statements<'_>, findings: &mut Findings) {
    let mut made = People { list: Vec::new(), by_name: FxHashMap::default() };
    let restated = |i: usize| stated.groups.get(&i).copied().filter(|name| *name != found.people[i].name);
    let mut class = vec![0; found.people.len()];
    // Names as detected first: a stated name joins the person who has it.
    for (i, person) in found.people.iter().enumerate().filter(|(i, _)| restated(*i).is_none()) {
        class[i] = made.add(&person.name);
    }
    for (i, class) in class.iter_mut().enumerate() {
        if let Some(name) = restated(i) {
            *class = made.named(name);
        }
    }
    let mut pinned = FxHashMap::default();
    // What is known of the one who was meant comes before what is known of those who turned out to be the same.
    let own = |i: &usize| made.list[class[*i]].name != found.people[*i].name;
    let mut described: Vec<usize> = (0..found.people.len()).collect();
    described.sort_by_key(own);
    for i in described {
        made.list[class[i]].describe(&found.people[i]);
    }
    for (i, person) in found.people.iter().enumerate() {
        for mention in &person.mentions {
            let to = match stated.pin(mention.range) {
                Some(name) if made.list[class[i]].name != name => made.named(name),
                _ => class[i],
            };
            pinned.insert(mention.range, to);
            made.list[to].mentions.push(*mention);
        }
    }
    let order = made.finish(findings);
    let place = |person: usize| order.get(person).copied().flatten();
    for quote in &mut findings.quotes {
        let Some(speaker) = &mut quote.speaker else { continue };
        let Some(was) = speaker.person.filter(|p| *p < class.len()) else { continue };
        let by_words = speaker.words.and_then(|w| stated.pin_within(w)).and_then(|r| pinned.get(&r).copied());
        let now = by_words.and_then(place).or_else(|| whole(&found.people[was], class[was], stated, &pinned).and_then(place));
        if let Some(now) = now.filter(|now| findings.people[*now].name != found.people[was].name) {
            speaker.name = findings.people[now].name.as_str().into();
        }
        speaker.person = now;
    }
}

/// The class of a detected person: that of the mentions nothing was said of; when there are none, the one that all went to.
fn whole(person: &Person, class: usize, stated: &Statements<'_>, pinned: &FxHashMap<TextRange, usize>) -> Option<usize> {
    if stated.pins.is_empty() || person.mentions.iter().any(|m| stated.pin(m.range).is_none()) {
        return Some(class);
    }
    let mut all = person.mentions.iter().filter_map(|m| pinned.get(&m.range).copied());
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// People while they are made.
struct People {
    list: Vec<Person>,
    by_name: FxHashMap<String, usize>,
}

impl People {
    fn add(&mut self, name: &str) -> usize {
        self.list.push(Person { name: name.into(), ..Person::default() });
        let new = self.list.len() - 1;
        self.by_name.entry(name.into()).or_insert(new);
        new
    }

    /// The first person of this name, made when there is none.
    fn named(&mut self, name: &str) -> usize {
        self.by_name.get(name).copied().unwrap_or_else(|| self.add(name))
    }

    /// Puts the people who have mentions into the findings, in reading order, and says where each went.
    fn finish(mut self, findings: &mut Findings) -> Vec<Option<usize>> {
        let key = |m: &Mention| (m.range.start(), m.range.end());
        for person in &mut self.list {
            person.mentions.sort_by_key(key);
            person.mentions.dedup();
        }
        let mut sorted: Vec<usize> = (0..self.list.len()).filter(|&i| !self.list[i].mentions.is_empty()).collect();
        sorted.sort_by_key(|&i| self.list[i].mentions.first().map(key));
        let mut order = vec![None; self.list.len()];
        sorted.iter().enumerate().for_each(|(to, &from)| order[from] = Some(to));
        findings.people = sorted.into_iter().map(|i| std::mem::take(&mut self.list[i])).collect();
        order
    }
}

impl Person {
    /// Takes in what was found about another person who is this one.
    fn describe(&mut self, other: &Self) {
        for role in &other.roles {
            if !self.roles.contains(role) {
                self.roles.push(role.clone());
            }
        }
        if self.affiliation.is_none() {
            self.affiliation.clone_from(&other.affiliation);
        }
    }
}

/// Sets the speakers that were corrected; gives how many corrections found no quotation.
fn speakers(placed: &Placed<'_>, findings: &mut Findings) -> usize {
    if placed.of(SPEAKER).next().is_none() {
        return 0;
    }
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    for (i, person) in findings.people.iter().enumerate() {
        by_name.entry(person.name.clone()).or_insert(i);
    }
    let speech = Speech::new(&findings.quotes);
    let mut stated: FxHashMap<usize, &str> = FxHashMap::default();
    let mut lost = 0;
    for (range, correction) in placed.of(SPEAKER) {
        match speech.at(range) {
            Some(quote) => drop(stated.insert(quote, &correction.to)),
            None => lost += 1,
        }
    }
    for (quote, name) in stated {
        let quote = &mut findings.quotes[quote];
        if quote.speaker.as_ref().map_or("", |s| &*s.name) == name {
            continue; // as detected: the evidence stands
        }
        // What the detected attribution rested on is no evidence of this one.
        quote.evidence = None;
        quote.speaker = (!name.is_empty()).then(|| Speaker {
            name: name.into(),
            person: by_name.get(name).copied(),
            words: None,
            form: SpeakerForm::Corrected,
        });
    }
    lost
}

/// Finds quotations by their words.
pub(super) struct Speech {
    /// Ranges of what counts as speech, by start, with indices.
    list: Vec<(TextRange, usize)>,
}

impl Speech {
    pub(super) fn new(quotes: &[Quotation]) -> Self {
        let speech = quotes.iter().enumerate().filter(|(_, q)| q.kind.is_speech());
        let mut list: Vec<_> = speech.map(|(i, q)| (q.range, i)).collect();
        list.sort_unstable();
        Self { list }
    }

    /// The quotation at these words; when none has exactly them, the only one that has some of them.
    pub(super) fn at(&self, range: TextRange) -> Option<usize> {
        if let Ok(i) = self.list.binary_search_by_key(&range, |(r, _)| *r) {
            return Some(self.list[i].1);
        }
        let before = self.list.partition_point(|(r, _)| r.start() < range.end());
        let mut near = self.list.iter().take(before).rev().take_while(|(r, _)| r.overlaps(range));
        near.next().filter(|_| near.next().is_none()).map(|(_, i)| *i)
    }
}

#[cfg(test)]
#[path = "corrections_tests.rs"]
mod tests;
