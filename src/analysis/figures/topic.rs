//! What a figure is about: the field's word, what it applies to, who set it, and for how long it holds.

use super::bounds;
use super::changes::Block;
use super::measure::{Measure, Unit};
use super::view::{View, folded};
use crate::analysis::findings::Figure;
use crate::analysis::lexicon::Class;
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
        if let (Some(at), Some("tariff" | "tax" | "interest rate" | "fine" | "budget")) = (topic, figure.topic) {
            figure.set_by = set_by(near, at.min(m.first)).or_else(|| passive(near, m.end().max(at)));
        }
    }
}

/// The field's name for the word at token `i`.
fn name(v: View<'_>, i: usize) -> Option<&'static str> {
    let before = i.wrapping_sub(1);
    folded(v.text(i), |w| {
        Some(match w {
            "tariff" | "tariffs" | "duty" | "duties" | "levy" | "levies" => "tariff",
            "gdp" | "growth" | "output" | "economy" => "growth",
            "inflation" | "cpi" | "deflation" => "inflation",
            "deficit" | "surplus" | "imbalance" | "balance" if v.any(before, &["trade", "trading", "account", "goods"]) => "trade balance",
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
            "wage" | "wages" | "salary" | "salaries" | "pay" => "wage",
            "tax" | "taxes" => "tax",
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
        if t.has(Class::TOPIC) {
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
        if !t.has(Class::TOPIC) || name(v, i).is_none() {
            continue;
        }
        match found {
            None => found = Some(i),
            Some(inner) => {
                let governs =
                    inner - i <= 5 && (i + 1..inner).any(|k| v.any(k, &["on", "of", "for", "in"])) && (i + 1..inner).all(|k| v.word(k));
                if governs {
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
        if !t.is_word() || t.has(Class::STOP) && !(v.text(k) == "US") {
            break;
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

/// "Trump dropping tariffs", "The US has imposed": whose verb sets the topic at token `at`.
fn set_by(v: View<'_>, at: usize) -> Option<TextRange> {
    let verb = (at.saturating_sub(8)..at).rev().find(|&i| v.has(i, Class::SETTER) && v.word(i))?;
    let mut last = verb.wrapping_sub(1);
    for _ in 0..3 {
        if v.any(
            last,
            &["has", "had", "have", "will", "would", "is", "was", "also", "to", "may", "could", "then", "later", "and", "again", "been"],
        ) {
            last = last.wrapping_sub(1);
        }
    }
    name_ending(v, last)
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
    Some(v.tokens.span(first, last))
}

/// "for a 90-day period": the words from "for" to the end of the length of time right behind the figure.
fn period(block: &Block<'_>, k: usize) -> Option<TextRange> {
    let (v, m) = (block.view, &block.measures[k]);
    let next = block.measures.get(k + 1).filter(|n| matches!(n.unit, Unit::Time(_)))?;
    if matches!(m.unit, Unit::Time(_) | Unit::Date) {
        return None;
    }
    let tie = bounds::tie(v, next.first);
    let held = v.eq(tie, "for") && tie > m.end() && tie - m.end() <= 3;
    let clause = (m.end() + 1..tie).all(|i| v.word(i));
    (held && clause).then(|| v.tokens.span(tie, next.end()))
}
