//! News for the trainer: the sentences of `templates.txt`, filled with names from the word lists and with coined words.

use super::train::{Example, Random};
use crate::text::TextRange;

static TEMPLATES: &str = include_str!("templates.txt");

/// The names lists, capitalised where they are used.
pub(super) struct Lists {
    given: Vec<&'static str>,
    surnames: Vec<&'static str>,
    common_surnames: Vec<&'static str>,
    family_east: Vec<&'static str>,
    places: Vec<&'static str>,
    countries: Vec<&'static str>,
    organisations: Vec<&'static str>,
    organisation_words: Vec<&'static str>,
    nationalities: Vec<&'static str>,
}

fn words(list: &'static str) -> Vec<&'static str> {
    list.lines().map(|l| l.split('#').next().unwrap_or_default()).flat_map(str::split_ascii_whitespace).collect()
}

impl Lists {
    pub(super) fn new() -> Self {
        let mut given = words(include_str!("../lexicon/people_given_m_world.txt"));
        given.extend(words(include_str!("../lexicon/people_given_f_world.txt")));
        given.extend(words(include_str!("../lexicon/people_given_m_us.txt")));
        given.extend(words(include_str!("../lexicon/people_given_f_us.txt")).into_iter().take(1500));
        let us = words(include_str!("../lexicon/people_surnames_us.txt"));
        Self {
            given,
            surnames: words(include_str!("../lexicon/people_surnames_world.txt")),
            common_surnames: us.into_iter().take(6000).collect(),
            family_east: words(include_str!("../lexicon/people_family_east.txt")),
            places: [words(include_str!("../lexicon/people_cities.txt")), words(include_str!("../lexicon/people_places_more.txt"))]
                .concat(),
            countries: words(include_str!("../lexicon/people_countries.txt")),
            organisations: [words(include_str!("../lexicon/people_orgs.txt")), words(include_str!("../lexicon/people_orgs_more.txt"))]
                .concat(),
            organisation_words: words(include_str!("../lexicon/people_org_words.txt")),
            nationalities: words(include_str!("../lexicon/people_nationalities.txt")),
        }
    }
}

const TITLES: &str = "President|Prime Minister|Foreign Minister|Senator|Governor|Mayor|Chancellor|Health Secretary|Defence Minister|Vice President|Chief Minister|Ambassador|Deputy Prime Minister|General|Judge|Sheikh|Professor|Treasury Secretary|Interior Minister|Speaker|Attorney General|CEO|Commissioner|Finance Minister";
const TRADES: &str = "spokesman|lawyer|student|farmer|analyst|teacher|striker|director|singer|politician|writer|nurse|driver|economist|coach|doctor|journalist|actress|midfielder|activist";
const DAYS: &str = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|March 3|12 July|Aug. 5";
const SPORTS: &str = "CRICKET|SOCCER|TENNIS|GOLF|BOXING|RUGBY LEAGUE|CYCLING|ATHLETICS|BASEBALL";
const STATES: &str = "VA|NJ|OH|MI|MO|CA|TX|FL|NY|PA|IL|GA|NC|WA|MA|AZ|TN|IN|MD|WI|CO|MN|SC|AL|LA|KY|OR|OK|CT|UT|NSW|UK|DC|BC|ON";
const SYLLABLES: &str = "ka|ri|to|ma|lu|ne|sha|ban|dor|vel|mi|zu|ho|gra|tel|wa|ki|sen|ba|ro|nu|ya|lin|gol|fer|tan|de|mo|qua|bri|sto|na|ju|len|par|vi|ze|chi|ol|an|is|ur|em|bel|do|fa|gi";
const EAST: &str = "jin|ping|jong|un|hee|min|jae|wei|xiao|ming|hua|li|yi|feng|lei|jun|hyun|sung|seok|yeol|hye|kyung|chun|ying|tai|man|ka|kit|wai|yan|mei|hong|bo|hai|tao|zhi|yong|qiang|ho|joon|young|soo|il|sun|mi|anh|duc|minh|van|thi|quang|hung";

/// One of the words that stand between bars.
fn pick<'a>(random: &mut Random, all: &'a str) -> &'a str {
    let parts: Vec<&str> = all.split('|').collect();
    parts[random.below(parts.len())]
}

fn capital(word: &str) -> String {
    let mut out = String::new();
    let mut up = true;
    for c in word.chars() {
        if up {
            out.extend(c.to_uppercase());
        } else {
            out.push(c);
        }
        up = c == '-' || c == '\'';
    }
    out
}

fn one(random: &mut Random, list: &[&'static str]) -> String {
    capital(list[random.below(list.len())])
}

/// A word nobody has seen.
fn coined(random: &mut Random) -> String {
    let n = 2 + random.below(2);
    let word: String = (0..n).map(|_| pick(random, SYLLABLES)).collect();
    capital(&word)
}

/// A person's words: given names, family names, and whether the family name stands first.
struct Name {
    given: String,
    family: String,
    first: bool,
}

impl Name {
    fn new(random: &mut Random, lists: &Lists) -> Self {
        if random.chance(14) {
            let (a, b) = (pick(random, EAST), pick(random, EAST));
            let given = match random.below(4) {
                0 => capital(&format!("{a}{b}")),
                1 => format!("{} {}", capital(a), capital(b)),
                2 => capital(a),
                _ => format!("{}-{b}", capital(a)),
            };
            return Self { given, family: one(random, &lists.family_east), first: true };
        }
        let mut given = match random.chance(15) {
            true => coined(random),
            false => one(random, &lists.given),
        };
        match random.below(20) {
            0 => given = format!("{given} {}", one(random, &lists.given)),
            1 => given = format!("{given} {}.", char::from(b'A' + random.below(26) as u8)),
            2 => given = format!("{given}-{}", one(random, &lists.given)),
            3 => given = format!("{}.{}.", char::from(b'A' + random.below(26) as u8), char::from(b'A' + random.below(26) as u8)),
            _ => {}
        }
        let mut family = match random.below(10) {
            0..=2 => coined(random),
            3..=5 => one(random, &lists.common_surnames),
            6 => one(random, &lists.given),
            _ => one(random, &lists.surnames),
        };
        match random.below(24) {
            0 => family = format!("{family}-{}", one(random, &lists.surnames)),
            1 => {
                family = format!("{} {family}", pick(random, "de|van|bin|Al|al|von|Ben|dos|van der|El|Van|Abdul|De|da|di|ibn|de la"));
            }
            2 => family = format!("al-{family}"),
            3 => family = format!("{}{family}", pick(random, "Mc|O’|Mac|D’|El-|Al-|Ben-|N'")),
            4 => family = format!("{family} {}", one(random, &lists.surnames)),
            _ => {}
        }
        Self { given, family, first: false }
    }

    fn full(&self) -> String {
        if self.first { format!("{} {}", self.family, self.given) } else { format!("{} {}", self.given, self.family) }
    }

    fn initial(&self) -> String {
        let first = self.given.chars().next().unwrap_or('A');
        format!("{first}. {}", self.family)
    }
}

fn place(random: &mut Random, lists: &Lists) -> String {
    match random.below(10) {
        0..=3 => coined(random),
        4 => format!("{} {}", coined(random), coined(random)),
        5 => format!("{} {}", pick(random, "San|New|Port|Al|El|Saint|North|Upper|Santa|Fort|Mount|Khan|Abu"), coined(random)),
        6 => one(random, &lists.countries),
        7 => one(random, &lists.common_surnames),
        _ => one(random, &lists.places),
    }
}

fn acronym(random: &mut Random) -> String {
    (0..2 + random.below(4)).map(|_| char::from(b"ABCDEFGHILMNOPRSTUW"[random.below(19)])).collect()
}

fn organisation(random: &mut Random, lists: &Lists) -> String {
    match random.below(12) {
        0..=2 => coined(random),
        3 => format!("{} {}", coined(random), one(random, &lists.organisation_words)),
        4 => format!("{} {}", one(random, &lists.common_surnames), one(random, &lists.organisation_words)),
        5 => format!("{} {} {}", one(random, &lists.places), coined(random), one(random, &lists.organisation_words)),
        6 => format!("{} of {}", one(random, &lists.organisation_words), place(random, lists)),
        7 => acronym(random),
        8 => format!("{} {}", coined(random), coined(random)),
        9 => format!("{} & {}", one(random, &lists.common_surnames), one(random, &lists.surnames)),
        _ => one(random, &lists.organisations),
    }
}

/// One text from the template `line`.
fn fill(line: &str, random: &mut Random, lists: &Lists) -> Example {
    let names: Vec<Name> = (0..4).map(|_| Name::new(random, lists)).collect();
    let mut example = Example { text: String::new(), people: Vec::new(), ignored: Vec::new() };
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        example.text.push_str(&before.replace(" | ", "\n"));
        let (slot, tail) = after.split_once('}').expect("a slot ends");
        rest = tail;
        let person = slot.strip_prefix(['P', 'L', 'F', 'I', 'K']).and_then(|n| n.parse::<usize>().ok()).map(|n| &names[n - 1]);
        let start = example.text.len();
        if let Some(name) = person {
            let words = match slot.chars().next() {
                Some('P') => name.full(),
                Some('L') => name.family.clone(),
                Some('F') => name.given.clone(),
                Some('K') => ["MV", "KP", "AS", "JD", "C.K.", "P V", "A.B.", "M K"][random.below(8)].to_owned(),
                _ => name.initial(),
            };
            example.text.push_str(&words);
            let before = example.text.get(..start).unwrap_or_default();
            let called_after = ["Hurricane ", "Storm ", "ship ", "Lake ", "Mount ", "St ", "Saint "].iter().any(|w| before.ends_with(w));
            let called = [
                " County",
                " University",
                " Corp",
                " Inc",
                " Brothers",
                " Prize",
                " Foundation",
                " Street",
                " &",
                " Act",
                " bill",
                "s live",
            ];
            if !called_after && !called.iter().any(|w| rest.starts_with(w)) && !before.ends_with("& ") {
                example.people.push(TextRange::new(start, example.text.len()));
            }
            continue;
        }
        let words = match slot {
            "ORG" => organisation(random, lists),
            "ACR" => acronym(random),
            "PLACE" => place(random, lists),
            "COUNTRY" => one(random, &lists.countries),
            "NAT" => one(random, &lists.nationalities),
            "TEAM" => {
                if random.chance(50) {
                    one(random, &lists.places)
                } else {
                    coined(random)
                }
            }
            "DAY" => pick(random, DAYS).to_owned(),
            "SPORT" => pick(random, SPORTS).to_owned(),
            "T" => pick(random, TITLES).to_owned(),
            "R" => pick(random, TRADES).to_owned(),
            "ST" => pick(random, STATES).to_owned(),
            "N" => (2 + random.below(98)).to_string(),
            other => panic!("no slot is called {other}"),
        };
        example.text.push_str(&words);
    }
    example.text.push_str(&rest.replace(" | ", "\n"));
    example
}

/// `rounds` texts of every template.
pub(super) fn news(rounds: usize, random: &mut Random) -> Vec<Example> {
    let lists = Lists::new();
    let lines: Vec<&str> = TEMPLATES.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    (0..rounds).flat_map(|_| lines.iter()).map(|line| fill(line, random, &lists)).collect()
}
