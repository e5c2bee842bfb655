//! From the words that name a speaker to the person: pronouns and descriptions.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::clause::{Head, Phrase};
use super::cues;
use super::scene::Scene;
use super::together;
use crate::analysis::findings::{Gender, MentionForm, Speaker, SpeakerForm};
use crate::analysis::lexicon::Class;
use crate::text::TextRange;

/// How many mentions a description looks back over.
const BACK: usize = 30;

/// What is known of earlier attributions when a phrase is resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// The person who spoke last, and the block.
    pub person: Option<(usize, usize)>,
    /// The description or organisation that spoke last, its words and the block.
    pub nominal: Option<(Arc<str>, usize)>,
}

/// The speaker that a phrase names, or none when a pronoun stands for nobody certain.
pub(super) fn speaker(scene: &Scene<'_>, who: Phrase, memory: &Memory) -> Option<Speaker> {
    let words = scene.span(who.first, who.last);
    match who.head {
        Head::Person(person) => {
            let title = scene.mention_at(who.first).is_some_and(|m| m.form == MentionForm::Title);
            Some(named(scene, person, words, if title { SpeakerForm::Nominal } else { SpeakerForm::Named }))
        }
        Head::Pronoun => pronoun(scene, who, words, memory),
        Head::Nobody => None,
        Head::Together => together::speaker(scene, who, words, SpeakerForm::Named),
        Head::Nominal => Some(nominal(scene, who, words, memory)),
    }
}

fn named(scene: &Scene<'_>, person: usize, words: TextRange, form: SpeakerForm) -> Speaker {
    Speaker { name: scene.people[person].name.as_str().into(), person: Some(person), words: Some(words), form }
}

fn pronoun(scene: &Scene<'_>, who: Phrase, words: TextRange, memory: &Memory) -> Option<Speaker> {
    let word = match scene.str(who.first) {
        "him" => "he".to_owned(), // "quoted him as saying"
        "her" => "she".to_owned(),
        "them" => "they".to_owned(),
        word => word.to_ascii_lowercase(),
    };
    if let Some(m) = scene.mention_at(who.first).filter(|m| m.form == MentionForm::Pronoun) {
        return Some(named(scene, m.person, words, SpeakerForm::Pronoun));
    }
    let block = scene.block(who.first);
    if matches!(word.as_str(), "they" | "it")
        && let Some(own) = of_sentence(scene, who)
    {
        return Some(Speaker { form: SpeakerForm::Pronoun, words: Some(words), ..described(scene, own) });
    }
    if matches!(word.as_str(), "they" | "both") {
        return several(scene, who, words, memory);
    }
    if word == "it" {
        let (name, at) = memory.nominal.as_ref()?;
        return (block - *at <= 2).then(|| Speaker { name: name.clone(), person: None, words: Some(words), form: SpeakerForm::Pronoun });
    }
    let wanted = match word.as_str() {
        "she" => Gender::Female,
        "he" => Gender::Male,
        _ => return None, // "I", "somebody"
    };
    // Who spoke last goes on, when nothing speaks against it.
    let (person, _) = memory.person.filter(|&(_, at)| block - at <= 1)?;
    let known = scene.people[person].gender;
    (known == wanted || known == Gender::Unknown).then(|| named(scene, person, words, SpeakerForm::Pronoun))
}

/// The description that speaks earlier in the pronoun's own sentence: "The ministry said … in what it called".
fn of_sentence(scene: &Scene<'_>, who: Phrase) -> Option<Phrase> {
    let start = scene.sentences[scene.sentence(who.first)].tokens.start;
    let items = scene.before(start, who.first);
    cues::reported(scene, &items).map(|a| a.who).filter(|w| w.head == Head::Nominal && cues::speaks(scene, *w) && w.last < who.first)
}

/// "they", "both": those who were named together last, a description that spoke before, or the group that the last sentence is about.
fn several(scene: &Scene<'_>, who: Phrase, words: TextRange, memory: &Memory) -> Option<Speaker> {
    if let Some(people) = together::named_before(scene, who.first) {
        return together::speaker(scene, people, words, SpeakerForm::Pronoun);
    }
    let described = |name: Arc<str>| Speaker { name, person: None, words: Some(words), form: SpeakerForm::Pronoun };
    if let Some((name, at)) = &memory.nominal {
        return (scene.block(who.first) - *at <= 2).then(|| described(name.clone()));
    }
    together::subject_before(scene, who.first).map(|group| described(joined(scene, scene.span(group.first, group.last)).into()))
}

/// A description: the person who holds that office here, when one is known, else the words themselves.
fn nominal(scene: &Scene<'_>, who: Phrase, words: TextRange, memory: &Memory) -> Speaker {
    if let Some(person) = holder(scene, who).or_else(|| only_person_near(scene, who, memory)) {
        return named(scene, person, words, SpeakerForm::Nominal);
    }
    if together::is_of_several(scene, who)
        && let Some(speaker) =
            together::named_before(scene, who.first).and_then(|p| together::speaker(scene, p, words, SpeakerForm::Nominal))
    {
        return speaker;
    }
    described(scene, who)
}

/// A description as its words give it.
pub(super) fn described(scene: &Scene<'_>, who: Phrase) -> Speaker {
    let words = scene.span(who.first, who.last);
    let capital = scene.token(who.first).is_capital() && !scene.token(who.first).has(Class::DETERMINER);
    // "Pollsters agree": the capital is that of the sentence
    let opens = who.first == who.last && scene.token(who.first).has(Class::SPEAKING_THING.or(Class::COMMON));
    let proper = capital && !opens && (who.first..=who.last).all(|i| !scene.token(i).has(Class::OFFICE));
    // "analytics firm Northern Analytics", "the Northern Herald": the proper name is the fullest name
    let mut first = who.first;
    while first < who.last
        && (!scene.token(first).is_capital() || scene.token(first).has(Class::DETERMINER))
        && scene.token(first).is_word()
    {
        first += 1;
    }
    let rest_proper = (first..=who.last).all(|i| scene.token(i).is_word() && scene.token(i).is_capital());
    // "the Northern Herald", but "another Northern Democrat", "the Texan"
    let the = matches!(scene.str(who.first), "the" | "The") && !scene.token(who.last).has(Class::NATIONALITY);
    let descriptor = who.first == first || the && first == who.first + 1 || !scene.token(who.first).has(Class::DETERMINER);
    if rest_proper && descriptor && !capital {
        let range = scene.span(first, who.last);
        return Speaker { name: joined(scene, range).into(), person: None, words: Some(words), form: SpeakerForm::Named };
    }
    let all_capital =
        (who.first..=who.last).all(|i| !scene.token(i).is_word() || scene.token(i).is_capital() || scene.token(i).has(Class::PREPOSITION));
    let form = if proper && all_capital { SpeakerForm::Named } else { SpeakerForm::Nominal };
    Speaker { name: joined(scene, words).into(), person: None, words: Some(words), form }
}

/// The words on one line.
fn joined(scene: &Scene<'_>, range: TextRange) -> String {
    range.of(scene.tokens.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "the actor", "the singer and guitarist": the one person named in this and the last paragraph, when he or she is the only one.
fn only_person_near(scene: &Scene<'_>, who: Phrase, memory: &Memory) -> Option<usize> {
    let last = scene.str(who.last);
    let definite = matches!(scene.str(who.first), "the" | "The") && who.last - who.first <= 4 && scene.token(who.last).has(Class::OFFICE);
    // "the minister", "the senator": an office that somebody else may hold as well
    if !definite || last.ends_with('s') || scene.token(who.last).has(Class::ANYBODY.or(Class::TITLE)) {
        return None;
    }
    let block = scene.block(who.first);
    // The description spoke before as itself: "a resident said … the resident added".
    if memory.nominal.as_ref().is_some_and(|(name, at)| block - at <= 3 && name.ends_with(last)) {
        return None;
    }
    let upto = scene.mentions.partition_point(|m| m.first < who.first);
    let near = scene.mentions[..upto].iter().rev().take(BACK).take_while(|m| block - scene.block(m.first) <= 1);
    let mut outside = near.filter(|m| scene.piece_over(m.first).is_none()).map(|m| m.person);
    let person = outside.next()?;
    // "the union chief" where the police chief was named, "the former mayor": somebody else
    let other = |role: &String| role.to_ascii_lowercase().ends_with(&last.to_ascii_lowercase());
    let distinct = (who.first..who.last).any(|i| is_distinct(scene.str(i))) || scene.people[person].roles.iter().any(other);
    (!distinct && outside.all(|p| p == person)).then_some(person)
}

/// "the senator": the last person before it whose role is that, when the phrase is definite and says no more; else the only one who has
/// that role in the article.
fn holder(scene: &Scene<'_>, who: Phrase) -> Option<usize> {
    if !matches!(scene.str(who.first), "the" | "The") || who.last - who.first > 3 || !scene.token(who.last).has(Class::OFFICE) {
        return None;
    }
    let office: Vec<String> = (who.first + 1..=who.last).map(|i| scene.str(i).to_ascii_lowercase()).collect();
    let upto = scene.mentions.partition_point(|m| m.first < who.first);
    let mut recent = scene.mentions[..upto].iter().rev().take(BACK * 2).filter(|m| m.form == MentionForm::Name);
    let near = recent.find(|m| scene.people[m.person].roles.iter().any(|role| is_role(&office, role)));
    near.map(|m| m.person).or_else(|| {
        let holders = scene.holders.get_or_init(|| holders(scene));
        let holder = holders.get(office.last()?).copied().flatten()?;
        scene.people[holder].roles.iter().any(|role| is_role(&office, role)).then_some(holder)
    })
}

/// Words that make an office another one: who is spoken of as "the president" is no vice president, and the other way round.
fn is_distinct(word: &str) -> bool {
    matches!(
        word,
        "vice"
            | "deputy"
            | "former"
            | "ex"
            | "acting"
            | "assistant"
            | "associate"
            | "interim"
            | "outgoing"
            | "incoming"
            | "prime"
            | "lieutenant"
            | "late"
    )
}

/// True when "the office", without its article and in lower case, can be what `role` says: its words are in the role, and the role has no word that
/// makes it another one. "the chief" is the police chief, "the fire chief" is not.
fn is_role(office: &[String], role: &str) -> bool {
    let role = role.to_ascii_lowercase();
    let words = || role.split([' ', '-']).filter(|w| !w.is_empty());
    words().next_back().is_some_and(|last| office.last().is_some_and(|o| o == last))
        && office.iter().all(|o| words().any(|w| w == o))
        && words().filter(|w| is_distinct(w)).all(|w| office.iter().any(|o| o == w))
}

/// The person of each word of a role; none for roles of several people.
fn holders(scene: &Scene<'_>) -> FxHashMap<String, Option<usize>> {
    let mut holders: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (person, p) in scene.people.iter().enumerate() {
        for word in p.roles.iter().flat_map(|r| r.split_whitespace()).map(str::to_ascii_lowercase) {
            holders.entry(word).and_modify(|one| *one = one.filter(|&p| p == person)).or_insert(Some(person));
        }
    }
    holders
}
