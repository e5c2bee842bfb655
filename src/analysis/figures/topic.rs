//! What a figure is about: the field's word, what it applies to, who set it, and for how long it holds.

use super::bounds;
use super::changes::Block;
use super::measure::{Measure, Unit};
use super::view::{View, folded};
use crate::analysis::findings::Figure;
use crate::analysis::lexicon::Class;
use crate::analysis::token::{Shape, Token};
use crate::text::TextRange;

/// How many tokens before a figure its topic may stand.
const BEFORE: usize = 18;
/// How many tokens behind.
const BEHIND: usize = 5;

/// Fills in topic, `applies_to`, `set_by` and period of the block's figures.
pub(super) fn fill(block: &Block<'_>, figures: &mut [Figure]) {
    let v = block.view;
    for (k, (m, figure)) in block.measures.iter().zip(figures.iter_mut()).enumerate() {
        figure.period = period(block, k);
        if matches!(m.unit, Unit::Time(_) | Unit::Date | Unit::Ordinal | Unit::Times) {
            continue;
        }
        let Some(sentence) = block.sentence(m.first) else { continue };
        let near = View { start: sentence.tokens.start, end: sentence.tokens.end, ..v };
        let topic = behind(near, m).or_else(|| before(near, m));
        figure.topic = topic.and_then(|t| name(near, t));
        figure.applies_to = applies_to(near, m, topic);
        if topic.is_none() && m.unit == Unit::Percent && figure.applies_to.is_none() {
            (figure.applies_to, figure.set_by) = charged(near, m).unzip();
        }
        if let (Some(at), Some("tariff" | "duty" | "levy" | "tax" | "interest rate" | "fine" | "budget")) = (topic, figure.topic) {
            figure.set_by = owner(near, at.min(m.first))
                .or_else(|| set_by(near, (at + 1).min(m.first)))
                .or_else(|| passive(near, m.end().max(at)))
                .or_else(|| passive(near, at.min(m.first)));
        }
    }
}

/// The field's name for the word at token `i`.
fn name(v: View<'_>, i: usize) -> Option<&'static str> {
    let before = i.wrapping_sub(1);
    folded(v.text(i), |w| {
        Some(match w {
            "tariff" | "tariffs" => "tariff",
            "duty" | "duties" => "duty",
            "levy" | "levies" => "levy",
            // "120 per cent of GDP", "GDP per head": the size of the economy, not its growth
            "gdp" | "output" | "economy" if v.any(before, &["of"]) || v.eq(i + 1, "per") => return None,
            "gdp" | "growth" | "output" | "economy" => "growth",
            "inflation" | "cpi" | "deflation" => "inflation",
            "deficit" | "surplus" | "imbalance" | "balance"
                if v.any(before, &["trade", "trading", "account", "goods"]) || with_country(v, i) =>
            {
                "trade balance"
            }
            "deficit" | "surplus" => "budget",
            "imbalance" | "balance" => "balance",
            "price" | "prices" | "cost" | "costs" => "price",
            "share" | "shares" if v.eq(before, "market") => "market share",
            "share" | "shares" | "stock" | "stocks" | "dividend" | "dividends" => "share",
            "killed" | "dead" | "deaths" | "death" | "toll" | "casualties" | "casualty" | "injured" | "wounded" | "fatalities" | "died" => {
                "casualties"
            }
            "rate" | "rates" if v.any(before, &["unemployment", "jobless"]) => "unemployment",
            "rate" | "rates" if v.any(before, &["tax", "vat"]) => "tax",
            "rate" | "rates" if v.any(before, &["tariff", "duty"]) => "tariff",
            "rate" | "rates" if v.any(before, &["inflation"]) => "inflation",
            "rate" | "rates" if v.any(before, &["growth"]) => "growth",
            "rate" | "rates" | "interest" | "yield" | "yields" | "mortgage" | "mortgages" => "interest rate",
            "sales" | "revenue" | "revenues" | "turnover" => "sales",
            "profit" | "profits" | "earnings" | "income" | "loss" | "losses" => "profit",
            "unemployment" | "jobless" | "joblessness" => "unemployment",
            "jobs" | "workers" | "employees" | "employment" | "layoffs" | "staff" | "workforce" => "employment",
            "pay"
                if v.any(
                    before,
                    &["to", "will", "would", "must", "can", "could", "should", "not", "they", "we", "i", "you", "who", "may"],
                ) =>
            {
                return None;
            }
            "wage" | "wages" | "salary" | "salaries" | "pay" => "wage",
            "tax" | "taxes" | "taxed" => "tax",
            "debt" | "debts" | "borrowing" => "debt",
            "budget" | "spending" => "budget",
            "investment" | "investments" | "investing" => "investment",
            "population" => "population",
            "exports" | "imports" | "trade" => "trade",
            "emissions" | "pollution" => "emissions",
            "vote" | "votes" | "poll" | "voters" | "turnout" => "vote",
            "rent" | "rents" => "rent",
            "aid" | "funding" | "donations" => "funding",
            "fine" | "fines" | "penalty" | "damages" => "fine",
            "reserves" => "reserves",
            _ => return None,
        })
    })
}

/// "a $295bn deficit with China"
fn with_country(v: View<'_>, i: usize) -> bool {
    v.eq(i + 1, "with") && v.capital(if v.eq(i + 2, "the") { i + 3 } else { i + 2 })
}

/// True for a topic's word inside a name: "the Inflation Reduction Act".
fn in_name(v: View<'_>, i: usize) -> bool {
    v.capital(i) && v.capital(i + 1) && v.get(i).is_some_and(|t| t.shape != Shape::Upper) && !v.opens_sentence(i)
}

/// The topic right behind: "25 % tariffs", "$295 billion in trade imbalance", "346 people were killed".
fn behind(v: View<'_>, m: &Measure) -> Option<usize> {
    let limit = m.last + 1 + BEHIND;
    let mut found = None;
    for i in m.last + 1..limit {
        let t = v.get(i)?;
        let through = t.is_word()
            && (!t.has(Class::STOP)
                || v.any(i, &["of", "in", "the", "its", "their", "were", "was", "have", "been", "had", "a", "total", "annual"]));
        let hyphen = v.past_hyphen(i) > i;
        if !(through || hyphen) || t.has(Class::NUMBER) {
            break;
        }
        if t.has(Class::TOPIC) && !in_name(v, i) && name(v, i).is_some() {
            found = Some(i);
        } else if found.is_some() {
            break;
        }
    }
    found
}

/// The nearest topic before the figure in its clause. A topic inside what another applies to ("tariffs on US imports") gives way to it.
fn before(v: View<'_>, m: &Measure) -> Option<usize> {
    let floor = m.first.saturating_sub(BEFORE);
    let mut found: Option<usize> = None;
    for i in (floor..m.first).rev() {
        let Some(t) = v.get(i) else { break };
        if t.is(';') || t.is('—') {
            break;
        }
        if !t.has(Class::TOPIC) || in_name(v, i) || name(v, i).is_none() {
            continue;
        }
        match found {
            None => found = Some(i),
            Some(inner) => {
                let governs =
                    inner - i <= 5 && (i + 1..inner).any(|k| v.any(k, &["on", "of", "for", "in"])) && (i + 1..inner).all(|k| v.word(k));
                let general = v.any(i, &["rate", "rates"]); // "the rate of the levy"
                if governs && !general {
                    found = Some(i);
                }
                break;
            }
        }
    }
    found
}

/// The noun phrase from token `i` on: up to six words that no stop word, number or mark ends. Its article stays outside.
fn noun_phrase(v: View<'_>, i: usize) -> Option<TextRange> {
    let first = if v.any(i, &["the", "a", "an", "all", "its", "their", "his", "her", "some", "most"]) { i + 1 } else { i };
    let mut last = None;
    for k in first..first + 8 {
        let Some(t) = v.get(k) else { break };
        let tie = (v.dash(k) || t.is_apostrophe() || t.is('&')) && v.glued(k) && v.glued(k + 1) && last.is_some();
        if tie {
            continue;
        }
        if !t.is_word() || t.has(Class::STOP) && v.text(k) != "US" {
            break;
        }
        if last.is_some() && !t.is_capital() && v.text(k).ends_with("ed") {
            break; // "trade imbalance reported in …"
        }
        last = Some(k);
    }
    let mut last = last?;
    if last > first && v.eq(last, "s") {
        last = last.saturating_sub(2).max(first);
    }
    Some(v.tokens.span(first, last))
}

/// What the figure applies to: what the topic is put on, what the figure is a part of, what it counts.
fn applies_to(v: View<'_>, m: &Measure, topic: Option<usize>) -> Option<TextRange> {
    let levied = topic.and_then(|t| name(v, t)).is_some_and(|t| matches!(t, "tariff" | "duty" | "levy" | "tax"));
    if levied && let Some(phrase) = bearing(v, m, topic) {
        return Some(phrase);
    }
    if let Some(topic) = topic
        && v.any(topic + 1, &["on", "of", "for", "against"])
        && (topic + 2 != m.first)
        && let Some(phrase) = noun_phrase(v, topic + 2)
    {
        return Some(phrase);
    }
    if let Some(noun) = m.noun {
        return Some(v.tokens.span(m.last + 1, noun));
    }
    let next = m.last + 1;
    if v.eq(next, "of") || (v.eq(next, "in") && topic.is_some_and(|t| t > next)) {
        return noun_phrase(v, next + 1);
    }
    if let Some(topic) = topic.filter(|&t| t > m.last && v.any(t + 1, &["on", "of", "for"])) {
        return noun_phrase(v, topic + 2);
    }
    None
}

/// What bears a tariff or a tax: "a tariff of 25 per cent on steel", "25% tariffs on $30 billion of imports", "imports of wheat face a …".
fn bearing(v: View<'_>, m: &Measure, topic: Option<usize>) -> Option<TextRange> {
    let on = m.end() + 1;
    if v.any(on, &["on", "against"]) && !v.has(on + 1, Class::WEEKDAY.or(Class::MONTH)) {
        return noun_phrase(v, on + 1);
    }
    let topic = topic?;
    if v.eq(topic + 1, "on") && (v.number(topic + 3) || v.number(topic + 2)) && topic + 2 != m.first {
        let of = (topic + 3..topic + 9).find(|&i| v.eq(i, "of"))?;
        return noun_phrase(v, of + 1);
    }
    // "will tax American whiskey at 50 per cent"
    if v.any(topic, &["tax", "taxes"])
        && v.eq(m.first.wrapping_sub(1), "at")
        && topic < m.first
        && v.word(topic + 1)
        && !v.has(topic + 1, Class::STOP)
    {
        return noun_phrase(v, topic + 1);
    }
    let begin = (topic + 1).min(m.first);
    let verb = (begin.saturating_sub(6)..begin).rev().find(|&i| {
        v.any(i, &["face", "faces", "faced", "facing", "bear", "bears"])
            || v.any(i, &["hit", "slapped", "met"]) && v.any(i + 1, &["with", "by"])
            || v.eq(i, "subject") && v.eq(i + 1, "to")
            || v.any(i, &["taxed", "charged"]) && v.eq(i + 1, "at")
    })?;
    subject(v, before_helpers(v, verb))
}

/// The token before a verb and the small words that go with it: the last of its subject.
fn before_helpers(v: View<'_>, verb: usize) -> usize {
    const HELPERS: &[&str] = &[
        "has", "had", "have", "will", "would", "could", "may", "is", "are", "was", "were", "be", "been", "being", "to", "also", "now",
        "still", "then", "later", "and", "again",
    ];
    let mut last = verb.wrapping_sub(1);
    for _ in 0..4 {
        if v.any(last, HELPERS) {
            last = last.wrapping_sub(1);
        }
    }
    last
}

/// "Washington charges 25 per cent on steel and 10 per cent on aluminium": what bears it, and who set it.
fn charged(v: View<'_>, m: &Measure) -> Option<(TextRange, TextRange)> {
    let on = m.end() + 1;
    let day = v.has(on + 1, Class::WEEKDAY.or(Class::MONTH)) || v.any(on + 2, &["day", "week", "month", "quarter", "year"]);
    let bears = if v.eq(on, "on") && !day { noun_phrase(v, on + 1) } else { None };
    Some((bears?, set_by(v, m.first)?))
}

/// The noun phrase that ends at token `last`, with its "of …" and "from …": the subject of the verb behind it.
fn subject(v: View<'_>, last: usize) -> Option<TextRange> {
    let inner = |i: usize| v.word(i) && (!v.has(i, Class::STOP) || v.any(i, &["of", "from"]) || v.text(i) == "US");
    let mut first = (0..8).map(|back| last.wrapping_sub(back)).take_while(|&i| inner(i)).last()?;
    while first < last && v.any(first, &["of", "from", "all"]) {
        first += 1;
    }
    (first <= last && !v.any(last, &["of", "from"])).then(|| v.tokens.span(first, last))
}

/// "China's 84 per cent tariffs", "South Korea's duty": whose it is, at the figure or topic `begin`.
fn owner(v: View<'_>, begin: usize) -> Option<TextRange> {
    let s = (begin.saturating_sub(3)..begin).rev().find(|&i| v.eq(i, "s") && v.get(i.wrapping_sub(1)).is_some_and(Token::is_apostrophe))?;
    let between = (s + 1..begin).all(|i| v.word(i) && !v.has(i, Class::STOP));
    if between { name_ending(v, s.wrapping_sub(2)) } else { None }
}

/// "Trump dropping tariffs", "The US has imposed": whose verb sets the topic at token `at`.
fn set_by(v: View<'_>, at: usize) -> Option<TextRange> {
    let verb = (at.saturating_sub(8)..at).rev().find(|&i| v.has(i, Class::SETTER) && v.word(i))?;
    name_ending(v, before_helpers(v, verb))
}

/// "imposed by China"
fn passive(v: View<'_>, from: usize) -> Option<TextRange> {
    let verb = (from + 1..from + 8).find(|&i| v.has(i, Class::SETTER) && v.eq(i + 1, "by"))?;
    let first = if v.eq(verb + 2, "the") { verb + 3 } else { verb + 2 };
    let last = (first..first + 4).take_while(|&i| v.capital(i)).last()?;
    Some(v.tokens.span(first, last))
}

/// The capitalised name that ends at token `last`.
fn name_ending(v: View<'_>, last: usize) -> Option<TextRange> {
    let named = |i: usize| v.capital(i) && (!v.has(i, Class::STOP) || v.text(i) == "US");
    if !named(last) {
        return None;
    }
    let first = (0..4).map(|back| last.wrapping_sub(back)).take_while(|&i| named(i) && v.get(i).is_some()).last()?;
    // "the Bank of England"
    let of = first.wrapping_sub(1);
    let whole = if v.eq(of, "of") && v.capital(of.wrapping_sub(1)) && !v.has(of.wrapping_sub(1), Class::STOP.or(Class::TOPIC)) {
        of - 1
    } else {
        first
    };
    Some(v.tokens.span(whole, last))
}

/// "for a 90-day period", "until 12 August", "until July": the words from "for" or "until" on, behind the figure in its clause.
fn period(block: &Block<'_>, k: usize) -> Option<TextRange> {
    let (v, m) = (block.view, &block.measures[k]);
    if !matches!(m.unit, Unit::Time(_) | Unit::Date)
        && let Some(until) = until(block, k)
    {
        return Some(until);
    }
    let next = block.measures.get(k + 1).filter(|n| matches!(n.unit, Unit::Time(_)))?;
    if matches!(m.unit, Unit::Time(_) | Unit::Date) {
        return None;
    }
    let tie = bounds::tie(v, next.first);
    let held = v.eq(tie, "for") && tie > m.end() && tie - m.end() <= 8;
    let clause = (m.end() + 1..tie).all(|i| v.word(i));
    (held && clause).then(|| v.tokens.span(tie, next.end()))
}

/// "until July", "until 12 August", "through Friday": from the figure on, with nothing but words between.
fn until(block: &Block<'_>, k: usize) -> Option<TextRange> {
    let (v, m) = (block.view, &block.measures[k]);
    let at = (m.end() + 1..m.end() + 9).take_while(|&i| v.word(i)).find(|&i| v.any(i, &["until", "till", "through"]))?;
    let date = block.measures.get(k + 1).filter(|n| n.unit == Unit::Date && n.first == at + 1);
    let named = v.capital(at + 1) && v.has(at + 1, Class::MONTH.or(Class::WEEKDAY));
    match date {
        Some(date) => Some(v.tokens.span(at, date.end())),
        None => named.then(|| v.tokens.span(at, at + 1)),
    }
}
