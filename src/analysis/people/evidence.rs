//! What the words round a name say of it, against or beside the model: titles and "surnamed" announce somebody; "in", "the" and a kind of
//! organisation behind it say that a name is a place's or a thing's.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates::Span;
use super::features::View;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Shape, Tokens};

/// Units of a block before unit `i`, nearest first.
fn back(units: &[Unit], i: usize, reach: usize) -> impl Iterator<Item = &Unit> {
    let opens = |k: usize| units.get(k).is_none_or(|u| u.opens_block);
    (1..=reach.min(i)).take_while(move |n| !opens(i + 1 - n)).map(move |n| &units[i - n])
}

fn word<'t>(tokens: &Tokens<'t>, u: &Unit) -> &'t str {
    tokens.str(u.first as usize)
}

/// True for a word that may be a name by its looks: "Hwang", "In-beom"; a joined word is not judged by its parts.
fn looks(u: &Unit) -> bool {
    let joined = u.first != u.last;
    let other = Class::ORG_WORD.or(Class::OFFICE).or(Class::MEMORIAL).or(Class::TIME).or(Class::NATIONALITY);
    u.kind == Kind::Name
        && u.shape == Shape::Capital
        && (joined || !u.class.intersects(Class::FUNCTION))
        && (!u.class.intersects(other) || u.class.intersects(Class::GIVEN))
}

/// True where unit `i` opens a name that what stands before it announces: "Pope Francis", "King Misuzulu", "a driver surnamed Liu".
pub(super) fn announces(tokens: &Tokens<'_>, units: &[Unit], i: usize) -> bool {
    if !looks(&units[i]) || units[i].opens_block {
        return false;
    }
    let Some(before) = back(units, i, 1).next() else { return false };
    // "King Abdullah II" has a number behind it
    let numeral = |u: &Unit| u.shape == Shape::Upper && word(tokens, u).chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let rest = || units[i + 1..].iter().take(3).take_while(|u| u.is_capital() && !u.opens_block && !numeral(u));
    if is_rank(word(tokens, before)) {
        return rest().count() <= 1 && rest().all(looks);
    }
    // the second word behind it
    let name = !units[i].class.intersects(Class::COMMON) || units[i].class.intersects(Class::GIVEN.or(Class::SURNAME));
    if name && looks(before) && rest().count() == 0 && back(units, i, 2).nth(1).is_some_and(|u| is_rank(word(tokens, u))) {
        return true;
    }
    if before.kind == Kind::Lower
        && (leads(tokens, before) && rest().count() <= 1 && rest().all(looks) && !is_elsewhere(&units[i]) || is_aged(tokens, units, i))
    {
        return true;
    }
    if is_also_called(tokens, units, i) || is_said_to_be_somebody(tokens, units, i, before) || of_a_country(tokens, units, i, before) {
        return true;
    }
    let lower = |u: &Unit| u.kind == Kind::Lower;
    match word(tokens, before) {
        "surnamed" | "née" => true,
        // "a child named Mim", "a man called Liu"
        "named" | "called" | "nicknamed" => back(units, i, 2).nth(1).is_some_and(|u| lower(u) && is_somebody(tokens, u)),
        _ => false,
    }
}

/// Offices that one person holds: "president Mulatu Teshome", "the opposition leader Siddaramaiah".
fn leads(tokens: &Tokens<'_>, u: &Unit) -> bool {
    matches!(
        word(tokens, u),
        "president"
            | "minister"
            | "leader"
            | "premier"
            | "chancellor"
            | "king"
            | "queen"
            | "emperor"
            | "prince"
            | "princess"
            | "predecessor"
            | "successor"
            | "countryman"
            | "teammate"
            | "singer"
            | "rapper"
            | "actor"
            | "actress"
            | "comedian"
            | "footballer"
            | "striker"
            | "midfielder"
            | "goalkeeper"
            | "winger"
    )
}

/// "Edson Arantes, better known as Dico", "Edson Arantes, nicknamed Dico": another name of somebody with a given name.
fn is_also_called(tokens: &Tokens<'_>, units: &[Unit], i: usize) -> bool {
    /// "also", "better", "affectionately".
    const ADVERBS: usize = 2;
    let mut near = back(units, i, 5 + ADVERBS).skip_while(|u| word(tokens, u) == "as");
    if !near.next().is_some_and(|u| matches!(word(tokens, u), "known" | "nicknamed")) {
        return false;
    }
    let mut near = near.enumerate().skip_while(|(n, u)| *n < ADVERBS && u.kind == Kind::Lower).map(|(_, u)| u);
    let other = Class::CITY.or(Class::COUNTRY).or(Class::ORG).or(Class::ORG_WORD);
    let comma = near.next().is_some_and(|u| u.symbol == ',');
    let surname = comma && near.next().is_some_and(|u| u.kind == Kind::Name && !u.class.intersects(other));
    surname && near.next().is_some_and(|u| u.is_capital() && u.class.intersects(Class::GIVEN))
}

/// Known as something else than a person.
fn is_elsewhere(u: &Unit) -> bool {
    u.class.intersects(Class::COUNTRY.or(Class::CITY).or(Class::ORG).or(Class::NATIONALITY)) && !u.class.intersects(Class::GIVEN)
}

/// "18-year-old Fiona".
fn is_aged(tokens: &Tokens<'_>, units: &[Unit], i: usize) -> bool {
    let mut near = back(units, i, 3).map(|u| word(tokens, u));
    let plain = !units[i].class.intersects(Class::COMMON) || units[i].class.intersects(Class::GIVEN);
    let woman = units.get(i + 1).is_some_and(|u| u.kind == Kind::Lower && !u.opens_block && is_somebody(tokens, u)); // "the 23-year-old Nukunu woman"
    plain && !woman && near.next() == Some("old") && near.next() == Some("-") && near.next() == Some("year")
}

/// True for a word that may be a given name before a nickname in marks.
pub(super) fn may_be_given(u: &Unit) -> bool {
    let other = Class::COMMON.or(Class::ORG).or(Class::COUNTRY).or(Class::CITY);
    u.class.intersects(Class::GIVEN) || looks(u) && !u.class.intersects(other)
}

/// "Byeon, 72, drove", "said Suharyanto, who heads": one name with an age, or who speaks and is a "who".
fn is_said_to_be_somebody(tokens: &Tokens<'_>, units: &[Unit], i: usize, before: &Unit) -> bool {
    let at = |k: usize| units.get(i + k).filter(|_| (1..=k).all(|n| units.get(i + n).is_some_and(|u| !u.opens_block)));
    let other = Class::COUNTRY.or(Class::CITY).or(Class::ORG).or(Class::COMMON);
    if units[i].class.intersects(other) || !at(1).is_none_or(|u| matches!(u.symbol, ',' | '.')) {
        return false;
    }
    // “…,” explains Senvume.
    let mark = |u: &Unit| matches!(u.symbol, '”' | '"' | '’' | '»') && u.kind == Kind::Symbol;
    let inverted = before.kind == Kind::Lower && before.class.intersects(Class::CUE) && back(units, i, 2).nth(1).is_some_and(mark);
    if inverted && !units[i].class.intersects(Class::NATIONALITY) && units[i].shape == Shape::Capital {
        return true;
    }
    if at(1).is_none_or(|u| u.symbol != ',') {
        return false;
    }
    let age = |u: &Unit| u.kind == Kind::Number && u.range(tokens).len() == 2;
    let aged = at(2).is_some_and(age) && at(3).is_some_and(|u| u.symbol == ',');
    let speaks = before.kind == Kind::Lower && matches!(word(tokens, before), "said" | "says" | "added" | "explained" | "told");
    let given = units[i].class.intersects(Class::GIVEN) && !units[i].class.intersects(Class::TIME);
    if given && at(2).is_some_and(|u| word(tokens, u) == "who") {
        return true; // "Phoenix, who was five"
    }
    aged && before.kind == Kind::Lower || speaks && at(2).is_some_and(|u| word(tokens, u) == "who")
}

/// "Gambian Bakary Gassama refereed", "Iraq’s Yahya Sami, who": two words that are nothing else, and no noun behind them.
fn of_a_country(tokens: &Tokens<'_>, units: &[Unit], i: usize, before: &Unit) -> bool {
    let owner =
        before.kind == Kind::Possessive && back(units, i, 2).nth(1).is_some_and(|u| u.class.intersects(Class::COUNTRY) && u.is_capital());
    if !(owner || before.class.intersects(Class::NATIONALITY) && before.is_capital()) {
        return false;
    }
    let place = Class::COUNTRY.or(Class::CITY).or(Class::ORG).or(Class::COMMON);
    let at = |k: usize| units.get(i + k).filter(|_| (1..=k).all(|n| units.get(i + n).is_some_and(|u| !u.opens_block)));
    let plain = |u: &Unit| looks(u) && !u.class.intersects(place) && !matches!(word(tokens, u), "El" | "La" | "Los" | "Las" | "Le" | "Les");
    let ends = at(2).is_none_or(|u| {
        let verb = u.kind == Kind::Lower
            && (u.class.intersects(Class::DOES.or(Class::CONJUNCTION))
                || matches!(word(tokens, u), "won" | "took" | "scored" | "beat" | "finished"));
        matches!(u.symbol, ',' | '.' | ';' | ')' | '(') && u.kind == Kind::Symbol || verb
    });
    plain(&units[i]) && at(1).is_some_and(plain) && ends
}

/// Adds the names that stand in a list with people: "Merlo, Pintado and Maldonado", "Dania and Rafael".
pub(super) fn with_joined(tokens: &Tokens<'_>, view: &View<'_>, spans: &mut Vec<Span>) {
    let units = view.units;
    let place = Class::COUNTRY.or(Class::CITY).or(Class::ORG).or(Class::COMMON).or(Class::ORG_WORD);
    let article = |u: &Unit| matches!(word(tokens, u), "El" | "La" | "Los" | "Las" | "Le" | "Les");
    let plain = |i: usize| units.get(i).is_some_and(|u| looks(u) && !u.opens_block && !u.class.intersects(place) && !article(u));
    let joins = |i: usize| units.get(i).is_some_and(|u| !u.opens_block && word(tokens, u) == "and");
    let function = Class::DOES.or(Class::PREPOSITION).or(Class::CONJUNCTION).or(Class::AUXILIARY);
    let ends = |i: usize| {
        units.get(i).is_none_or(|u| {
            let mark = matches!(u.kind, Kind::Symbol | Kind::Possessive) && u.symbol != '&';
            u.opens_block || mark || u.kind == Kind::Lower && u.class.intersects(function)
        })
    };
    let mut added: Vec<Span> = Vec::new();
    for (n, s) in spans.iter().enumerate() {
        let next = spans.get(n + 1).map_or(usize::MAX, |s| s.first);
        let prev = n.checked_sub(1).map_or(0, |p| spans[p].last + 1);
        // to the right: a name of as many words
        let (from, to) = (s.last + 2, s.last + 2 + (s.last - s.first));
        if s.last - s.first <= 1 && joins(s.last + 1) && to < next && (from..=to).all(plain) && ends(to + 1) {
            added.push(Span { first: from, last: to });
        }
        // to the left, before "and": "Msaki and Simmy Khan"
        let Some(to) = s.first.checked_sub(2).filter(|_| joins(s.first - 1) && !units[s.first].opens_block) else { continue };
        let Some(from) = to.checked_sub(s.last - s.first) else { continue };
        let alone = from == 0 || units[from].opens_block || !units[from - 1].is_capital() && units[from - 1].symbol != '&';
        let taken = added.last().is_some_and(|a| a.last >= from);
        if s.last - s.first <= 1
            && from >= prev
            && (from + 1..=to).all(plain)
            && looks(&units[from])
            && !units[from].class.intersects(place)
            && !article(&units[from])
            && alone
            && !taken
        {
            added.push(Span { first: from, last: to });
        }
    }
    spans.append(&mut added);
    spans.sort_unstable_by_key(|s| s.first);
    spans.dedup_by(|b, a| b.first <= a.last);
}

/// Ranks that nobody but a person bears before the name.
#[rustfmt::skip]
fn is_rank(title: &str) -> bool {
    matches!(
        title,
        "King" | "Queen" | "Prince" | "Princess" | "Emperor" | "Empress" | "Sultan" | "Pope" | "Archbishop" | "Bishop" | "Cardinal" | "Rabbi" | "Imam"
            | "Sheikh" | "Sheikha" | "Ayatollah" | "President" | "Minister" | "Senator" | "Sen" | "Rep" | "Governor" | "Gov" | "Councillor"
            | "Councilman" | "Councilwoman" | "Mayor" | "Professor" | "Prof" | "Dr" | "Doctor" | "Rev" | "Reverend" | "Pastor" | "Sgt" | "Sergeant"
            | "Lt" | "Lieutenant" | "Capt" | "Captain" | "Col" | "Colonel" | "Gen" | "Inspector" | "Detective" | "Constable" | "Justice" | "Premier"
            | "Chancellor" | "Madam" | "Madame" | "Sir" | "Dame" | "Lady" | "Lord" | "Baroness" | "Baron" | "Coach" | "Ambassador" | "Congressman"
            | "Congresswoman" | "Sheriff" | "Datuk" | "Tan" | "Nurse" | "Aunt" | "Uncle"
    )
}

/// A noun for one person: "child", "student", "officer".
fn is_somebody(tokens: &Tokens<'_>, u: &Unit) -> bool {
    let one = !word(tokens, u).ends_with('s');
    one && (u.class.intersects(Class::OFFICE.or(Class::KIN))
        || matches!(
            word(tokens, u),
            "man" | "woman" | "boy" | "girl" | "child" | "person" | "teenager" | "toddler" | "baby" | "student" | "resident"
        ))
}

/// What the article shows of one name.
#[derive(Debug, Clone, Copy, Default)]
struct Shown {
    times: u32,
    /// Behind "in", "near", "outside".
    place: u32,
    /// Behind "the", with nothing behind it that "the" could belong to.
    thing: u32,
    /// With a title, a verb of people, an age, a "who".
    person: u32,
    /// With a title or a word of kin.
    titled: u32,
    /// Its one word is in capitals, or what people do and not what they are called: "Prosecutors".
    no_name: bool,
    /// A word of it is a given name or a surname.
    known: bool,
}

/// Without the names that the article shows to be those of places and things.
pub(super) fn keep(tokens: &Tokens<'_>, view: &View<'_>, spans: &mut Vec<Span>) {
    let units = view.units;
    // A name by its words; the last word by itself stands for its longer names.
    let key =
        |s: &Span| view.atoms[s.first..=s.last].iter().fold(0_u64, |k, a| k.rotate_left(13).wrapping_mul(0x9E37_79B9) ^ u64::from(a.word));
    let mut shown: FxHashMap<u64, Shown> = FxHashMap::default();
    let mut longer: FxHashSet<u32> = FxHashSet::default();
    for span in spans.iter() {
        look(tokens, units, span, shown.entry(key(span)).or_default());
        if span.first < span.last {
            longer.insert(view.atoms[span.last].word);
            longer.insert(view.atoms[span.first].word);
        }
    }
    spans.retain(|span| {
        let s = shown[&key(span)];
        if is_exclaimed(units, span) && !longer.contains(&view.atoms[span.first].word) && s.titled == 0 {
            return false;
        }
        if is_joined_to_a_word(tokens, &units[span.last]) || units[span.first].class.intersects(Class::VESSEL) && span.first < span.last {
            return false;
        }
        // "Universidad de María" without its first word
        let cut = units[span.first].kind == Kind::Particle
            && back(units, span.first, 1).any(|u| u.is_capital() && u.class.intersects(Class::ORG_WORD));
        if cut {
            return false;
        }
        if s.no_name && s.titled == 0 && !longer.contains(&view.atoms[span.first].word) {
            return false;
        }
        if s.person > s.thing || span.first == span.last && longer.contains(&view.atoms[span.first].word) {
            return true;
        }
        let place = s.place > 0 && (s.place == s.times && !s.known || s.place >= 2 && 3 * s.place >= s.times);
        let thing = s.thing > 0 && 2 * s.thing >= s.times;
        !(place || thing)
    });
}

fn look(tokens: &Tokens<'_>, units: &[Unit], span: &Span, shown: &mut Shown) {
    shown.times += 1;
    let (first, last) = (&units[span.first], &units[span.last]);
    shown.known |= first.class.intersects(Class::GIVEN) || last.class.intersects(Class::SURNAME);
    let length = first.range(tokens).len();
    let acronym = first.shape == Shape::Upper && (3..=5).contains(&length) && first.kind == Kind::Name;
    let trade = first.class.intersects(Class::OFFICE)
        && !first.class.intersects(Class::GIVEN.or(Class::SURNAME).or(Class::SURNAME_US))
        && first.kind == Kind::Name;
    shown.no_name = span.first == span.last && (acronym && !shouted(units, span.first) || trade);
    let after = |k: usize| units.get(span.last + k).filter(|_| (1..=k).all(|n| units.get(span.last + n).is_some_and(|u| !u.opens_block)));
    let before = back(units, span.first, 1).next();
    let next = after(1);
    let owns = next.is_some_and(|u| u.kind == Kind::Possessive);
    let does = next.is_some_and(|u| u.class.intersects(Class::DOES) && u.kind == Kind::Lower);
    let aged = next.is_some_and(|u| u.symbol == ',') && after(2).is_some_and(|u| u.kind == Kind::Number || word(tokens, u) == "who");
    let titled = before.is_some_and(|u| {
        u.kind == Kind::Title || u.class.intersects(Class::KIN) || u.kind == Kind::Lower && u.class.intersects(Class::OFFICE)
    });
    let said = before.is_some_and(|u| u.kind == Kind::Lower && u.class.intersects(Class::DOES));
    if does || aged || titled || said || next.is_some_and(|u| word(tokens, u) == "who") {
        shown.person += 1;
        shown.titled += u32::from(titled);
    }
    let kind = kind_before(tokens, units, span.first)
        || next.is_some_and(|u| u.kind == Kind::Lower && is_place_or_body(word(tokens, u)))
        || next.is_some_and(|u| u.symbol == ',') && is_apposed_body(tokens, units, span.last);
    shown.thing += u32::from(kind);
    let Some(before) = before.filter(|u| u.kind == Kind::Lower || u.kind == Kind::Name && span.first > 0) else { return };
    let local = matches!(word(tokens, before), "in" | "In" | "near" | "Near" | "outside" | "Outside" | "inside" | "across" | "throughout");
    if local && !owns {
        shown.place += 1;
    }
    let noun = next.is_some_and(|u| {
        !matches!(u.kind, Kind::Symbol | Kind::Number)
            && !u.class.intersects(Class::PREPOSITION.or(Class::CONJUNCTION).or(Class::AUXILIARY))
    });
    let plural = word(tokens, last).ends_with('s');
    if matches!(word(tokens, before), "the" | "The") && !noun && !plural && !owns && first.shape != Shape::Upper {
        shown.thing += 1;
    }
}

/// “Ho,” he said: one word that is all there is in its marks, and no given name.
fn is_exclaimed(units: &[Unit], span: &Span) -> bool {
    let u = &units[span.first];
    let at = |k: usize| units.get(span.last + k).filter(|u| !u.opens_block).map_or(' ', |u| u.symbol);
    let opened = !u.opens_block && span.first > 0 && matches!(units[span.first - 1].symbol, '“' | '"' | '‘' | '\'');
    let closed = matches!(at(1), ',' | '.' | '!' | '?') && matches!(at(2), '”' | '"' | '’' | '\'');
    span.first == span.last && opened && closed && !u.class.intersects(Class::GIVEN)
}

/// True where the words round unit `i` are in capitals too: then capitals say nothing.
fn shouted(units: &[Unit], i: usize) -> bool {
    let near = units[i.saturating_sub(4)..(i + 5).min(units.len())].iter().filter(|u| matches!(u.kind, Kind::Name | Kind::Lower));
    near.filter(|u| u.shape == Shape::Lower).count() < 2
}

/// "Hong Kong-based", "Kremlin-backed": a name made an adjective.
fn is_joined_to_a_word(tokens: &Tokens<'_>, u: &Unit) -> bool {
    u.first < u.last
        && matches!(
            tokens.str(u.last as usize),
            "based" | "led" | "backed" | "born" | "style" | "owned" | "class" | "era" | "linked" | "run"
        )
}

/// "the town of Agua Bonita", "the newspaper Liberté", "the title of Ulugh Khan": what it is stands before it.
fn kind_before(tokens: &Tokens<'_>, units: &[Unit], first: usize) -> bool {
    let mut near = back(units, first, 3).filter(|u| !matches!(u.symbol, '“' | '"' | '‘' | '\'' | '«'));
    let Some(mut u) = near.next() else { return false };
    if matches!(word(tokens, u), "of" | "called" | "named") {
        let Some(noun) = near.next() else { return false };
        u = noun;
        return u.kind == Kind::Lower
            && (is_place(word(tokens, u))
                || matches!(word(tokens, u), "title" | "slogan" | "slogans" | "festival" | "name" | "newspaper"));
    }
    u.kind == Kind::Lower
        && (u.class.intersects(Class::FIRM) && !matches!(word(tokens, u), "company" | "giant" | "brand" | "chain")
            || matches!(word(tokens, u), "daily" | "iwi" | "paper"))
}

/// Words for places that bear a name.
#[rustfmt::skip]
fn is_place(word: &str) -> bool {
    matches!(
        word,
        "town" | "city" | "village" | "port" | "province" | "district" | "settlement" | "island" | "region" | "river" | "lake" | "suburb" | "capital"
            | "colony" | "municipality" | "county" | "canton" | "hamlet" | "township" | "neighbourhood" | "neighborhood" | "commune" | "prefecture"
            | "community" | "governorate" | "department" | "peninsula" | "bay" | "valley" | "mountain" | "mountains" | "coast" | "border"
    )
}

/// Words for places, bodies and feasts behind the name that they have.
#[rustfmt::skip]
fn is_place_or_body(word: &str) -> bool {
    is_place(word) && !matches!(word, "community" | "department" | "capital")
        || matches!(
            word,
            "festival" | "group" | "company" | "enterprises" | "ports" | "villages" | "restaurant" | "hotel" | "temple" | "mosque" | "church"
                | "prison" | "camp" | "reservoir" | "dam" | "railway" | "club" | "daily" | "newspaper" | "gang" | "party"
                | "stadium" | "railways" | "airline" | "airlines" | "mine" | "scale" | "syndrome" | "disease" | "app" | "network" | "think"
        )
}

/// ", a town in western Libya", ", the operator of an exchange": what it is stands behind it.
fn is_apposed_body(tokens: &Tokens<'_>, units: &[Unit], last: usize) -> bool {
    /// Words between the article and the noun.
    const MODIFIERS: usize = 4;
    let at = |k: usize| units.get(last + k).filter(|_| (1..=k).all(|n| units.get(last + n).is_some_and(|u| !u.opens_block)));
    if !at(2).is_some_and(|u| matches!(word(tokens, u), "a" | "an" | "the")) {
        return false;
    }
    let plain = |u: &Unit| matches!(u.kind, Kind::Lower | Kind::Name) && !u.class.intersects(Class::PREPOSITION.or(Class::CONJUNCTION));
    let length = (3..3 + MODIFIERS).take_while(|&k| at(k).is_some_and(plain)).count();
    let owner = at(3 + length).is_some_and(|u| u.kind == Kind::Possessive); // "the city’s party chief"
    let noun = at(2 + length).filter(|u| length > 0 && u.kind == Kind::Lower && !owner);
    let body = |w: &str| {
        is_place(w) && w != "capital"
            || matches!(
                w,
                "holiday" | "festival" | "party" | "operator" | "organisation" | "organization" | "band" | "prison" | "restaurant"
            )
    };
    noun.is_some_and(|u| body(word(tokens, u)) || u.class.intersects(Class::FIRM) && !u.class.intersects(Class::OFFICE))
}
