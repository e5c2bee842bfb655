//! Filters: which annotations, quotations, people or figures are asked for. One language for the side pane, the linear mode and the
//! command line: `tag:claim -status:verified speaker:trump since:2026-11-01 "half an hour"`.
//!
//! All terms must hold; `or` between two terms asks for one of them and binds closer than the space does; `-` before a term turns it round.
//! [`Filter::parse`] reads, [`Filter::fits`] judges, `Display` writes what `parse` reads back to the same filter. No files, no clock.

mod complete;
mod fields;
mod parse;
mod subject;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::Timestamp;

pub use complete::completions;
pub use fields::{Domain, Field};
pub use parse::{Mistake, moment};
pub use subject::Subject;

use crate::text::fold::letters;

/// What is asked for. The default asks for nothing and fits everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// One term of each of these must hold.
    groups: Vec<Vec<Term>>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub negated: bool,
    /// What it asks.
    pub test: Test,
}

/// What a term asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// These words stand somewhere.
    Words(Words),
    /// A field has this value; closed fields hold one of their allowed values.
    Is(Field, Words),
    /// A value of the field begins with this; with nothing, there is a value.
    Begins(Field, Words),
    /// Made or changed from this time on.
    Since(Timestamp),
}

/// Words as they were written and as they are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    written: String,
    folded: String,
}

impl Words {
    /// Words to compare with: case, accents, kinds of quotation marks, dashes and spaces do not matter.
    #[must_use]
    pub fn new(written: impl Into<String>) -> Self {
        let written = written.into();
        let folded = letters(&written);
        Self { written, folded }
    }
}

impl From<Test> for Term {
    fn from(test: Test) -> Self {
        Self { negated: false, test }
    }
}

impl Filter {
    /// True when nothing is asked for, so everything fits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Asks for one of these terms as well; none at all asks for nothing.
    pub fn and_one_of(&mut self, terms: Vec<Term>) {
        if !terms.is_empty() {
            self.groups.push(terms);
        }
    }

    /// Asks for all that the other asks for as well.
    pub fn and(&mut self, other: Self) {
        self.groups.extend(other.groups);
    }

    /// True when the subject is what is asked for.
    #[must_use]
    pub fn fits(&self, subject: &impl Subject) -> bool {
        self.groups.iter().all(|group| group.iter().any(|term| term.fits(subject)))
    }
}

impl Term {
    fn fits(&self, subject: &impl Subject) -> bool {
        let folded = |field, fits: &dyn Fn(&str) -> bool| subject.any(field, &mut |value| fits(&letters(value)));
        let holds = match &self.test {
            Test::Words(words) => Field::SEARCHED.iter().any(|f| folded(*f, &|value| value.contains(&words.folded))),
            Test::Is(field, words) if field.is_whole() => folded(*field, &|value| value == words.folded),
            Test::Is(field, words) => folded(*field, &|value| value.contains(&words.folded)),
            Test::Begins(field, words) => subject.any(*field, &mut |value| !value.is_empty() && letters(value).starts_with(&words.folded)),
            Test::Since(moment) => subject.modified().is_some_and(|modified| modified >= *moment),
        };
        holds != self.negated
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, group) in self.groups.iter().enumerate() {
            for (n, term) in group.iter().enumerate() {
                let between = match (i, n) {
                    (0, 0) => "",
                    (_, 0) => " ",
                    _ => " or ",
                };
                write!(f, "{between}{term}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("-")?;
        }
        match &self.test {
            // In quotation marks always: a word alone may be short for a field.
            Test::Words(words) => quoted(f, &words.written),
            Test::Is(field, words) => {
                write!(f, "{}:", field.name())?;
                value(f, &words.written)
            }
            Test::Begins(field, words) => {
                write!(f, "{}:", field.name())?;
                if !words.written.is_empty() {
                    value(f, &words.written)?;
                }
                f.write_str("*")
            }
            Test::Since(moment) => write!(f, "since:{moment}"),
        }
    }
}

fn value(f: &mut fmt::Formatter<'_>, written: &str) -> fmt::Result {
    let bare = !written.is_empty() && !written.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '*'));
    if bare { f.write_str(written) } else { quoted(f, written) }
}

fn quoted(f: &mut fmt::Formatter<'_>, written: &str) -> fmt::Result {
    write!(f, "\"{}\"", written.replace('\\', "\\\\").replace('"', "\\\""))
}
