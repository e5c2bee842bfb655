//! Reading a filter.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Domain, Field, Filter, Term, Test, Words};
use crate::text::TextRange;

/// What is wrong in a filter, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The byte where it begins.
    pub at: usize,
    /// The character where it begins, from 1.
    pub column: usize,
    /// What it is, and what is allowed.
    pub what: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.what)
    }
}

/// A day, from its beginning in UTC, or a time.
///
/// # Errors
/// What is allowed.
pub fn moment(given: &str) -> Result<Timestamp, String> {
    let day = || given.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    let time = given.parse::<Timestamp>().ok().or_else(day);
    time.ok_or_else(|| "not a day (2026-01-31) or a time (2026-01-31T12:00:00Z)".into())
}

impl Filter {
    /// Reads a filter. Nothing, or spaces alone, asks for nothing.
    ///
    /// # Errors
    /// The first mistake.
    pub fn parse(written: &str, domain: Domain) -> Result<Self, Mistake> {
        Parser { text: written, at: 0, domain }.filter()
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    domain: Domain,
}

impl<'a> Parser<'a> {
    fn filter(mut self) -> Result<Filter, Mistake> {
        let mut groups: Vec<Vec<Term>> = Vec::new();
        let mut either = None;
        loop {
            self.skip(char::is_whitespace);
            let start = self.at;
            if self.rest().is_empty() {
                break;
            }
            if self.peek_word().eq_ignore_ascii_case("or") {
                if groups.is_empty() || either.is_some() {
                    return Err(self.mistake(start, "a term is missing before 'or'; the word itself is \"or\" in quotation marks"));
                }
                self.at += 2;
                either = Some(start);
                continue;
            }
            let term = self.term()?;
            match groups.last_mut().filter(|_| either.take().is_some()) {
                Some(group) => group.push(term),
                None => groups.push(vec![term]),
            }
        }
        match either {
            Some(at) => Err(self.mistake(at, "a term is missing behind 'or'")),
            None => Ok(Filter { groups }),
        }
    }

    fn term(&mut self) -> Result<Term, Mistake> {
        let start = self.at;
        let negated = self.eat('-');
        if self.rest().is_empty() || self.rest().starts_with(char::is_whitespace) {
            return Err(self.mistake(start, "a term is missing behind '-'"));
        }
        let begin = self.at;
        if self.rest().starts_with('"') {
            let words = self.quoted()?;
            if words.trim().is_empty() {
                return Err(self.mistake(begin, "words are missing between the quotation marks"));
            }
            self.ends(begin)?;
            return Ok(Term { negated, test: Test::Words(Words::new(words)) });
        }
        let word = self.peek_word();
        match word.split_once(':') {
            Some((name, _)) => {
                self.at += name.len() + 1;
                Ok(Term { negated, test: self.field(begin, name)? })
            }
            // As tags are shown: "#claim".
            None if self.domain == Domain::Notes && word.len() > 1 && word.starts_with('#') => {
                self.at += word.len();
                Ok(Term { negated, test: Test::Is(Field::Tag, Words::new(word.trim_start_matches('#'))) })
            }
            None => {
                self.at += word.len();
                let (turned, test) = self.domain.short(&word.to_lowercase()).unwrap_or_else(|| (false, Test::Words(Words::new(word))));
                Ok(Term { negated: negated != turned, test })
            }
        }
    }

    /// What follows the colon behind `name`, which began at `start`.
    fn field(&mut self, start: usize, name: &str) -> Result<Test, Mistake> {
        let lower = name.to_lowercase();
        let is_since = lower == "since" && self.domain == Domain::Notes;
        let field = self.domain.field(&lower);
        if field.is_none() && !is_since {
            let names = self.domain.names();
            return Err(self.mistake(start, format!("no field '{name}'; there are {names} (words with a colon: in quotation marks)")));
        }
        let at = self.at;
        let (value, literal) = if self.rest().starts_with('"') {
            (self.quoted()?, true)
        } else {
            let bare = self.peek_word().split('"').next().unwrap_or_default();
            self.at += bare.len();
            (bare.to_owned(), false)
        };
        let begins = if literal { self.eat('*') } else { value.ends_with('*') };
        self.ends(start)?;
        let value = if literal { value.as_str() } else { value.trim_end_matches('*') };
        if value.trim().is_empty() && !begins {
            let allowed = field.and_then(|f| self.domain.values(f)).map_or_else(String::new, |v| format!(": {}", v.join(", ")));
            return Err(self.mistake(at, format!("a value is missing behind '{name}:'{allowed}")));
        }
        let Some(field) = field else {
            return moment(value).map(Test::Since).map_err(|why| self.mistake(at, format!("'{value}' is {why}")));
        };
        if begins {
            return Ok(Test::Begins(field, Words::new(value)));
        }
        self.closed(field, value, at).map(|value| Test::Is(field, Words::new(value)))
    }

    /// The value as it is; in a closed field the allowed one that it is or begins.
    fn closed(&self, field: Field, value: &str, at: usize) -> Result<String, Mistake> {
        let Some(values) = self.domain.values(field) else { return Ok(value.to_owned()) };
        let lower = value.to_lowercase().replace(' ', "-");
        let mut beginning = values.iter().filter(|v| v.starts_with(&lower));
        let one = values.iter().find(|v| **v == lower).or_else(|| beginning.next().filter(|_| beginning.next().is_none()));
        one.map(|v| (*v).to_owned())
            .ok_or_else(|| self.mistake(at, format!("no {} '{value}'; there are {}", field.name(), values.join(", "))))
    }

    /// Words in quotation marks; `\"` and `\\` stand for themselves.
    fn quoted(&mut self) -> Result<String, Mistake> {
        let start = self.at;
        let mut words = String::new();
        let mut escaped = false;
        for (i, c) in self.rest().char_indices().skip(1) {
            match c {
                '\\' if !escaped => {
                    escaped = true;
                    continue;
                }
                '"' if !escaped => {
                    self.at += i + 1;
                    return Ok(words);
                }
                _ if escaped && !matches!(c, '"' | '\\') => words.push('\\'),
                _ => {}
            }
            escaped = false;
            words.push(c);
        }
        Err(self.mistake(start, "the quotation mark is not closed"))
    }

    /// A term ends with a space or with the filter.
    fn ends(&self, start: usize) -> Result<(), Mistake> {
        let ends = self.rest().is_empty() || self.rest().starts_with(char::is_whitespace);
        if ends { Ok(()) } else { Err(self.mistake(self.at.max(start), "a space is missing between two terms")) }
    }

    fn rest(&self) -> &'a str {
        TextRange::new(self.at, self.text.len()).of(self.text)
    }

    fn peek_word(&self) -> &'a str {
        self.rest().split(char::is_whitespace).next().unwrap_or_default()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let there = self.rest().starts_with(wanted);
        self.at += if there { wanted.len_utf8() } else { 0 };
        there
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        self.at += self.rest().len() - self.rest().trim_start_matches(what).len();
    }

    fn mistake(&self, at: usize, what: impl Into<String>) -> Mistake {
        let column = TextRange::new(0, at).of(self.text).chars().count() + 1;
        Mistake { at, column, what: what.into() }
    }
}
