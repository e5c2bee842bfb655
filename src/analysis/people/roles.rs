//! Offices and organisations that titles and appositions give a person.

use super::candidates::Span;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Shape, Tokens};

/// How far an apposition is followed, in units.
const REACH: usize = 12;

/// The words of units `first..=last`, white space folded.
fn words(tokens: &Tokens<'_>, units: &[Unit], first: usize, last: usize) -> String {
    let range = tokens.span(units[first].first as usize, units[last].last as usize);
    range.of(tokens.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The office before a name ("Treasury Secretary", "former captain"), as written; none for mere forms of address.
pub(crate) fn before(tokens: &Tokens<'_>, units: &[Unit], span: Span) -> Option<String> {
    let last = span.first.checked_sub(1)?;
    if units[span.first].opens_block || !units[last].class.intersects(Class::TITLE.or(Class::OFFICE)) || address(tokens, units[last]) {
        return None;
    }
    let mut first = last;
    while first > 0 && !units[first].opens_block && last - first < 6 && continues(units, first - 1) {
        first -= 1;
    }
    (!matches!(units[last].kind, Kind::Symbol | Kind::Number)).then(|| words(tokens, units, first, last))
}

/// The office and the organisation in "Vodatel's chief executive, Nina Holst, said" and "the prime minister, Anthony Brand, left": a
/// description with an article or owner before it, and a comma before the name, and behind it unless the sentence ends.
pub(crate) fn before_comma(tokens: &Tokens<'_>, units: &[Unit], span: Span) -> (Option<String>, Option<String>) {
    let comma = |i: usize| units.get(i).is_some_and(|u| u.symbol == ',' && !u.opens_block);
    let ends = units.get(span.last + 1).is_none_or(|u| u.opens_block || matches!(u.symbol, ',' | '.'));
    let Some(last) = span.first.checked_sub(2).filter(|_| comma(span.first - 1) && ends) else { return (None, None) };
    if units[span.first].opens_block || units[last].kind != Kind::Lower || !units[last].class.intersects(Class::OFFICE) {
        return (None, None);
    }
    let mut first = last;
    while first > 0 && !units[first].opens_block && last - first < 6 && continues(units, first - 1) {
        first -= 1;
    }
    let Some(owner) = first.checked_sub(1).filter(|_| !units[first].opens_block) else { return (None, None) };
    // "They met the mayor, Ann Roe, and the clerk" is a list; "The mayor, Ann Roe, and the clerk" begins with an apposition
    let listed = units.get(span.last + 2).is_some_and(|u| matches!(tokens.str(u.first as usize), "and" | "or"));
    // "Ann Roe, the mayor, Jo Hill.": the office is that of the name before it
    let apposed = !comma(span.last + 1) && owner > 0 && !units[owner].opens_block && comma(owner - 1);
    if listed && !units[owner].is_capital() || apposed {
        return (None, None);
    }
    if units[owner].kind == Kind::Possessive {
        return (Some(words(tokens, units, first, last)), owned_by(tokens, units, owner));
    }
    let definite = matches!(tokens.str(units[owner].first as usize), "the" | "The" | "its" | "Its" | "their" | "his" | "her" | "our");
    (definite.then(|| words(tokens, units, first, last)), None)
}

/// The organisation before the possessive at `mark`; none for a place.
fn owned_by(tokens: &Tokens<'_>, units: &[Unit], mark: usize) -> Option<String> {
    let last = mark.checked_sub(1).filter(|&i| units[i].is_capital())?;
    let mut first = last;
    while first > 0 && last - first < 6 && !units[first].opens_block && units[first - 1].is_capital() {
        first -= 1;
    }
    let place = units[first..=last].iter().all(|u| u.class.intersects(Class::COUNTRY.or(Class::CITY).or(Class::NATIONALITY)));
    (!place).then(|| words(tokens, units, first, last))
}

/// True for "Mr", "Dr": no office.
fn address(tokens: &Tokens<'_>, u: Unit) -> bool {
    let word = super::entities::fold(tokens.str(u.first as usize));
    let plain =
        ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "madam", "madame", "don", "doña", "shri", "sri", "smt", "fr", "st", "saint"];
    plain.contains(&word.as_str())
}

/// True when unit `i` belongs to the office that follows it.
fn continues(units: &[Unit], i: usize) -> bool {
    let u = units[i];
    let letter = u.kind == Kind::Initial && u.last - u.first <= 1; // "on X. Senator Roe"
    let word = matches!(u.kind, Kind::Name | Kind::Title | Kind::Initial | Kind::Lower) && !letter;
    let first_lady = u.is_capital() && u.class.intersects(Class::OFFICE.or(Class::COUNTRY).or(Class::NATIONALITY));
    let ordinal = u.is_capital()
        && !u.opens_block
        && u.class.intersects(Class::FUNCTION)
        && units[i + 1].is_capital()
        && u.shape == Shape::Capital
        && u.symbol == 'F';
    if u.kind == Kind::Lower && !u.class.intersects(Class::ROLE_WORD.or(Class::OFFICE).or(Class::ORG_WORD)) {
        return false;
    }
    word && (first_lady || ordinal || !u.class.intersects(Class::FUNCTION.or(Class::DOES)))
}

/// What follows a name: the role in ", a spokesman for the ministry," and the organisation in "of the Foundation …".
pub(crate) fn after(tokens: &Tokens<'_>, units: &[Unit], span: Span) -> (Option<String>, Option<String>) {
    let block_end = (span.last + 1..units.len().min(span.last + 1 + REACH + 8)).find(|&i| units[i].opens_block);
    let end = block_end.unwrap_or(units.len().min(span.last + 1 + REACH + 8));
    let mut i = span.last + 1;
    let comma = i < end && units[i].symbol == ',';
    if !comma {
        return (None, organisation(tokens, units, i, end));
    }
    i += 1;
    if i < end && units[i].kind == Kind::Lower && units[i].class.intersects(Class::FUNCTION) {
        i += 1;
    }
    // "Wang Yi, China's foreign minister"
    let owner = (i..end.min(i + 4)).take_while(|&k| units[k].is_capital() || units[k].kind == Kind::Possessive).last();
    let owner = owner.filter(|&k| k > i && units[k].kind == Kind::Possessive);
    if let Some(mark) = owner {
        i = mark + 1;
    }
    let first = i;
    let mut head = None;
    while i < end && i < first + 7 && matches!(units[i].kind, Kind::Lower | Kind::Name | Kind::Title | Kind::Initial) {
        if units[i].class.intersects(Class::OFFICE) {
            head = Some(i);
        } else if head.is_some() || units[i].class.intersects(Class::DOES) {
            break;
        } else if units[i].class.intersects(Class::FUNCTION) {
            return (None, None);
        }
        i += 1;
    }
    let Some(head) = head else { return (None, None) };
    if units.get(head + 1).is_some_and(|u| head + 1 < end && u.is_capital()) {
        return (None, None); // a list: the office belongs to the next name
    }
    let role = words(tokens, units, first, head);
    if units[head].class.intersects(Class::KIN) {
        return (Some(role), None); // "the widow of Daniel Okafor"
    }
    let affiliation = owner.and_then(|mark| owned_by(tokens, units, mark)).or_else(|| organisation(tokens, units, head + 1, end));
    (Some(role), affiliation)
}

/// The organisation in "of the Foundation for Defense of Democracies", "of consultancy Teneo", starting at the preposition.
fn organisation(tokens: &Tokens<'_>, units: &[Unit], at: usize, end: usize) -> Option<String> {
    if at >= end || !matches!(tokens.str(units[at].first as usize), "of" | "for" | "at" | "with" | "from") {
        return None;
    }
    let is = |i: usize, word: &str| i < end && tokens.str(units[i].first as usize) == word;
    let mut first = at + 1;
    if is(first, "the") {
        first += 1;
    }
    let mut i = first;
    while i < end
        && i < first + 2
        && units[i].kind == Kind::Lower
        && !units[i].class.intersects(Class::FUNCTION.or(Class::DOES).or(Class::OFFICE))
    {
        i += 1;
    }
    // "the Anglo-Welsh mining group Cambria Resources"
    if i < end && units[i].is_capital() {
        let kind = (i + 1..end.min(i + 5)).take_while(|&k| units[k].kind == Kind::Lower).last();
        let firm = kind.filter(|&k| units[k].class.intersects(Class::FIRM) && k + 1 < end && units[k + 1].is_capital());
        i = firm.map_or(i, |k| k + 1);
        first = firm.map_or(first, |k| k + 1);
    }
    let mut last = None;
    let mut place = true;
    while i < end && (units[i].is_capital() || last.is_some() && link(tokens, units, i, end)) {
        if units[i].is_capital() {
            last = Some(i);
            place &= units[i].class.intersects(Class::COUNTRY.or(Class::CITY)) && !units[i].class.intersects(Class::ORG_WORD);
        }
        i += 1;
    }
    last.filter(|_| !place).map(|last| words(tokens, units, first, last))
}

/// True for the "of" and "and" inside a long name of an organisation.
fn link(tokens: &Tokens<'_>, units: &[Unit], i: usize, end: usize) -> bool {
    let small = matches!(tokens.str(units[i].first as usize), "of" | "for" | "and" | "the" | "on" | "in" | "&");
    let next = (i + 1..end.min(i + 3)).find(|&k| units[k].is_capital());
    // "St. Mary's Hospital"
    let owned =
        units[i].kind == Kind::Possessive && next == Some(i + 1) && units[i + 1].class.intersects(Class::ORG_WORD.or(Class::MEMORIAL));
    owned || small && next.is_some_and(|k| k == i + 1 || units[i + 1].class.intersects(Class::FUNCTION))
}
