//! From the words that name a speaker to the person: pronouns and descriptions.

use super::clause::{Head, Phrase};
use super::scene::{Named, Scene};
use crate::analysis::findings::{MentionForm, Speaker, SpeakerForm};
use crate::analysis::lexicon::Class;
use crate::text::TextRange;

/// How many mentions a pronoun looks back over.
const BACK: usize = 30;

/// What is known of earlier attributions when a phrase is resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// The person who spoke last, and the block.
    pub person: Option<(usize, usize)>,
    /// The description or organisation that spoke last, its words and the block.
    pub nominal: Option<(String, usize)>,
}

/// The speaker that a phrase names, or none when a pronoun stands for nobody certain.
pub(super) fn speaker(scene: &Scene<'_>, who: Phrase, memory: &Memory) -> Option<Speaker> {
    let words = scene.tokens.span(who.first, who.last);
    match who.head {
        Head::Person(person) => {
            let title = scene.mention_at(who.first).is_some_and(|m| m.form == MentionForm::Title);
            Some(named(scene, person, words, if title { SpeakerForm::Nominal } else { SpeakerForm::Named }))
        }
        Head::Pronoun => pronoun(scene, who, words, memory),
        Head::Nominal => Some(nominal(scene, who, words, memory)),
    }
}

fn named(scene: &Scene<'_>, person: usize, words: TextRange, form: SpeakerForm) -> Speaker {
    Speaker { name: scene.people[person].name.clone(), person: Some(person), words: Some(words), form }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    He,
    She,
    Unknown,
}

/// What the first name or the title says.
fn gender(scene: &Scene<'_>, m: Named) -> Gender {
    let title = m.first.checked_sub(1).map_or("", |b| scene.str(if scene.token(b).is('.') && b > 0 { b - 1 } else { b }));
    match title {
        "Mr" | "Sir" | "Lord" | "King" | "Prince" => return Gender::He,
        "Mrs" | "Ms" | "Miss" | "Lady" | "Queen" | "Princess" => return Gender::She,
        _ => {}
    }
    let name = &scene.people[m.person].name;
    let mut words = name.split_whitespace();
    let (first, more) = (words.next().unwrap_or_default(), words.next().is_some());
    if !more {
        return Gender::Unknown;
    }
    let class = crate::analysis::lexicon::class_of(first);
    match (class.intersects(Class::GIVEN_M), class.intersects(Class::GIVEN_F)) {
        (true, false) => Gender::He,
        (false, true) => Gender::She,
        _ => Gender::Unknown,
    }
}

fn pronoun(scene: &Scene<'_>, who: Phrase, words: TextRange, memory: &Memory) -> Option<Speaker> {
    let word = scene.str(who.first).to_ascii_lowercase();
    if let Some(m) = scene.mention_at(who.first).filter(|m| m.form == MentionForm::Pronoun) {
        return Some(named(scene, m.person, words, SpeakerForm::Pronoun));
    }
    let block = scene.block(who.first);
    if matches!(word.as_str(), "it" | "they") {
        let (name, at) = memory.nominal.as_ref()?;
        return (block - *at <= 2).then(|| Speaker { name: name.clone(), person: None, words: Some(words), form: SpeakerForm::Pronoun });
    }
    let wanted = match word.as_str() {
        "she" => Gender::She,
        "he" => Gender::He,
        _ => return None, // "I", "somebody"
    };
    let person = antecedent(scene, who.first, wanted, memory)?;
    Some(named(scene, person, words, SpeakerForm::Pronoun))
}

/// The person whom a pronoun at token `at` most likely means.
fn antecedent(scene: &Scene<'_>, at: usize, wanted: Gender, memory: &Memory) -> Option<usize> {
    let upto = scene.mentions.partition_point(|m| m.first < at);
    let (sentence, block) = (scene.sentence(at), scene.block(at));
    let mut best: Option<(f32, usize)> = None;
    for &m in scene.mentions[..upto].iter().rev().filter(|m| m.form != MentionForm::Pronoun).take(BACK) {
        let distance = block - scene.block(m.first);
        if distance > 4 {
            break;
        }
        let known = gender(scene, m);
        if known != Gender::Unknown && known != wanted {
            continue;
        }
        let sentences = (sentence - scene.sentence(m.first)).min(8);
        let mut score = -(sentences as f32) * 0.5 - (distance as f32) * 0.7;
        score += if known == wanted { 1.0 } else { 0.0 };
        score += if opens_clause(scene, m) { 1.2 } else { 0.0 };
        score -= if is_possessive(scene, m) { 0.8 } else { 0.0 };
        score -= if scene.piece_over(m.first).is_some() { 2.0 } else { 0.0 };
        score += if memory.person.is_some_and(|(p, b)| p == m.person && block - b <= 2) { 1.0 } else { 0.0 };
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, m.person));
        }
    }
    best.map(|(_, person)| person)
}

/// At the start of its sentence, or before a verb.
fn opens_clause(scene: &Scene<'_>, m: Named) -> bool {
    let start = scene.sentences[scene.sentence(m.first)].tokens.start;
    let next = scene.tokens.list.get(m.last + 1);
    let before = m.first.checked_sub(1).filter(|&b| b >= start).map(|b| scene.token(b));
    let opens = before.is_none_or(|b| b.is(',') || b.is('.') || b.has(Class::CONJUNCTION.or(Class::OFFICE).or(Class::TITLE)));
    opens && !next.is_some_and(|t| t.is_apostrophe())
        || next.is_some_and(|t| t.has(Class::AUXILIARY.or(Class::CUE).or(Class::CUE_WEAK)) && t.is_word())
}

fn is_possessive(scene: &Scene<'_>, m: Named) -> bool {
    scene.tokens.list.get(m.last + 1).is_some_and(|t| t.is_apostrophe() && t.glued)
}

/// A description: the person who holds that office here, when one is known, else the words themselves.
fn nominal(scene: &Scene<'_>, who: Phrase, words: TextRange, memory: &Memory) -> Speaker {
    if let Some(person) = holder(scene, who).or_else(|| only_person_near(scene, who, memory)) {
        return named(scene, person, words, SpeakerForm::Nominal);
    }
    let capital = scene.token(who.first).is_capital() && !scene.token(who.first).has(Class::DETERMINER);
    let proper = capital && (who.first..=who.last).all(|i| !scene.token(i).has(Class::OFFICE));
    // "analytics firm Northern Analytics", "the Northern Herald": the proper name is the fullest name
    let mut first = who.first;
    while first < who.last
        && (!scene.token(first).is_capital() || scene.token(first).has(Class::DETERMINER))
        && scene.token(first).is_word()
    {
        first += 1;
    }
    let rest_proper = (first..=who.last).all(|i| scene.token(i).is_word() && scene.token(i).is_capital());
    let descriptor = who.first == first
        || scene.token(who.first).has(Class::DETERMINER) && first == who.first + 1
        || !scene.token(who.first).has(Class::DETERMINER);
    if rest_proper && descriptor && !capital {
        let range = scene.tokens.span(first, who.last);
        return Speaker { name: joined(scene, range), person: None, words: Some(words), form: SpeakerForm::Named };
    }
    let all_capital =
        (who.first..=who.last).all(|i| !scene.token(i).is_word() || scene.token(i).is_capital() || scene.token(i).has(Class::PREPOSITION));
    let form = if proper && all_capital { SpeakerForm::Named } else { SpeakerForm::Nominal };
    Speaker { name: joined(scene, words), person: None, words: Some(words), form }
}

/// The words on one line.
fn joined(scene: &Scene<'_>, range: TextRange) -> String {
    range.of(scene.tokens.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Descriptions that fit people whom the article never names.
const ANYBODY: &[&str] = &[
    "minister",
    "secretary",
    "ambassador",
    "envoy",
    "diplomat",
    "commissioner",
    "director",
    "chairman",
    "chairwoman",
    "executive",
    "lawmaker",
    "prosecutor",
    "councillor",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "official",
    "source",
    "insider",
    "lawyer",
    "attorney",
    "judge",
    "officer",
    "aide",
    "reporter",
    "witness",
    "doctor",
    "expert",
    "chief",
    "agency",
    "police",
    "rep",
    "representative",
    "adviser",
    "advisor",
    "researcher",
    "analyst",
    "author",
    "editor",
    "leader",
    "staffer",
];

/// "the actor", "the singer and guitarist": the one person named in this and the last paragraph, when he or she is the only one.
fn only_person_near(scene: &Scene<'_>, who: Phrase, memory: &Memory) -> Option<usize> {
    let last = scene.str(who.last);
    let definite = matches!(scene.str(who.first), "the" | "The") && who.last - who.first <= 4 && scene.token(who.last).has(Class::OFFICE);
    // "the minister", "the senator": an office that somebody else may hold as well
    if !definite || last.ends_with('s') || ANYBODY.contains(&last) || scene.token(who.last).has(Class::TITLE) {
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
    outside.all(|p| p == person).then_some(person)
}

/// "the senator": the last person before it whose role is that, when the phrase is definite and says no more.
fn holder(scene: &Scene<'_>, who: Phrase) -> Option<usize> {
    if !matches!(scene.str(who.first), "the" | "The") || who.last - who.first > 3 {
        return None;
    }
    let offices: Vec<String> =
        (who.first..=who.last).filter(|&i| scene.token(i).has(Class::OFFICE)).map(|i| scene.str(i).to_ascii_lowercase()).collect();
    if !scene.token(who.last).has(Class::OFFICE) {
        return None;
    }
    let upto = scene.mentions.partition_point(|m| m.first < who.first);
    let mut recent = scene.mentions[..upto].iter().rev().take(BACK * 2).filter(|m| m.form == MentionForm::Name);
    recent
        .find(|m| {
            scene.people[m.person].roles.iter().any(|r| r.to_ascii_lowercase().split_whitespace().any(|w| offices.iter().any(|o| o == w)))
        })
        .map(|m| m.person)
}
