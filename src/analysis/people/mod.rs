//! People: names with their aliases, roles and affiliations, and the pronouns that stand for them.

mod candidates;
mod entities;
mod features;
mod headlines;
#[cfg(test)]
mod invent;
mod model;
mod pronouns;
mod roles;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod train;
mod units;

use super::findings::{Gender, Mention, MentionForm, Person, Quotation};
use super::lexicon;
use super::sentences::Sentence;
use super::token::Tokens;
use crate::text::{TextRange, grapheme};

/// Finds all people with all their mentions. `quotes` tells what lies inside speech, where pronouns mean other people.
#[must_use]
pub fn find(tokens: &Tokens<'_>, sentences: &[Sentence], quotes: &[Quotation]) -> Vec<Person> {
    let units = units::units(tokens);
    let spans = candidates::names(tokens, &units);
    let mut entities = entities::link(tokens, &units, &spans);
    let mut people: Vec<Person> = entities.iter().map(|e| person(tokens, &units, e)).collect();
    for (entity, person) in entities.iter_mut().zip(&people).filter(|(e, _)| e.gender == Gender::Unknown) {
        let words = person.roles.iter().flat_map(|r| r.split_whitespace());
        entity.gender = words.map(|w| entities::called(lexicon::class_of(w))).find(|g| *g != Gender::Unknown).unwrap_or_default();
    }
    let pronouns = pronouns::resolve(tokens, &units, sentences, quotes, &mut entities);
    for pronoun in pronouns {
        people[pronoun.person].mentions.push(Mention { range: pronoun.range, form: MentionForm::Pronoun });
    }
    for (person, entity) in people.iter_mut().zip(&entities) {
        person.gender = entity.gender;
        person.mentions.sort_by_key(|m| m.range);
    }
    people
}

/// A person with its names, roles and affiliation.
fn person(tokens: &Tokens<'_>, units: &[units::Unit], entity: &entities::Entity) -> Person {
    let mut person = Person { name: entity.name.clone(), ..Person::default() };
    for span in &entity.spans {
        let range = tokens.span(units[span.first].first as usize, units[span.last].last as usize);
        let range = TextRange::new(grapheme::floor(tokens.text, range.start()), grapheme::ceil(tokens.text, range.end()));
        person.mentions.push(Mention { range, form: MentionForm::Name });
        let (apposed, affiliation) = roles::after(tokens, units, *span);
        let (described, owner) = roles::before_comma(tokens, units, *span);
        for role in roles::before(tokens, units, *span).into_iter().chain(described).chain(apposed) {
            if !person.roles.contains(&role) {
                person.roles.push(role);
            }
        }
        person.affiliation = person.affiliation.or(owner).or(affiliation);
    }
    person
}
