//! People: names with their aliases, roles and affiliations, and the pronouns that stand for them.

mod candidates;
mod entities;
mod features;
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

use super::findings::{Mention, MentionForm, Person, Quotation};
use super::sentences::Sentence;
use super::token::Tokens;
use crate::article::Article;
use crate::text::{TextRange, grapheme};

/// Finds all people with all their mentions. `quotes` tells what lies inside speech, where pronouns mean other people.
#[must_use]
pub fn find(_article: &Article, tokens: &Tokens<'_>, sentences: &[Sentence], quotes: &[Quotation]) -> Vec<Person> {
    let units = units::units(tokens);
    let spans = candidates::names(tokens, &units);
    let mut entities = entities::link(tokens, &units, &spans);
    let pronouns = pronouns::resolve(tokens, &units, sentences, quotes, &mut entities);
    let mut people: Vec<Person> = entities.iter().map(|e| person(tokens, &units, e)).collect();
    for pronoun in pronouns {
        people[pronoun.person].mentions.push(Mention { range: pronoun.range, form: MentionForm::Pronoun });
    }
    for person in &mut people {
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
        for role in roles::before(tokens, units, *span).into_iter().chain(apposed) {
            if !person.roles.contains(&role) {
                person.roles.push(role);
            }
        }
        person.affiliation = person.affiliation.or(affiliation);
    }
    person
}
