//! Names in headlines that capitalise every word: "Ann Poe Slams Roe". Capitals end no name there, so the rest of the article says where one ends.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::candidates::Span;
use super::features::View;
use super::units::{Kind, Unit};
use crate::analysis::lexicon::Class;

/// Blocks of more units than this are prose, whatever its capitals.
const LONGEST: usize = 40;
/// Words that say of a word that it may belong to a name.
const NAME: Class = Class::GIVEN.or(Class::SURNAME).or(Class::SURNAME_US).or(Class::FAMILY_EAST).or(Class::SUFFIX);
/// What people do, in a headline: no part of a name unless it is one too.
const VERB: Class = Class::DOES.or(Class::CLAUSE_VERB).or(Class::CUE).or(Class::CUE_WEAK);

/// The names of the article, those in headlines cut to what the rest of it calls people. Both in reading order.
pub(super) fn cut(view: &View<'_>, spans: Vec<Span>) -> Vec<Span> {
    let headlines = headlines(view.units);
    let mut known = Known::default();
    let mut before = headlines.iter().peekable();
    let mut inside = |span: &Span| {
        while before.next_if(|h| h.end <= span.first).is_some() {}
        before.peek().is_some_and(|h| h.contains(&span.first))
    };
    let in_headline: Vec<bool> = spans.iter().map(&mut inside).collect();
    for (span, _) in spans.iter().zip(&in_headline).filter(|(s, headline)| !**headline && s.first < s.last) {
        known.full.insert(words(view, span.first, span.last));
        known.last.insert(view.atoms[span.last].word);
    }
    let mut out = Vec::with_capacity(spans.len());
    for (span, headline) in spans.into_iter().zip(in_headline) {
        if headline && span.first < span.last { known.cut(view, span, &mut out) } else { out.push(known.without_verb(view, span)) }
    }
    out
}

/// Blocks that are written in title case, as ranges of units.
fn headlines(units: &[Unit]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut first = 0;
    while first < units.len() {
        let length = units[first + 1..].iter().take(LONGEST).take_while(|u| !u.opens_block).count() + 1;
        let block = first..first + length;
        if length <= LONGEST && is_title_case(&units[block.clone()]) {
            found.push(block.clone());
        }
        first = block.end;
        while first < units.len() && !units[first].opens_block {
            first += 1;
        }
    }
    found
}

/// Two words of three or more have a capital, and at least two of these are no names.
fn is_title_case(block: &[Unit]) -> bool {
    let lower = block.iter().filter(|u| matches!(u.kind, Kind::Lower | Kind::Particle)).count();
    let capitals = block.iter().filter(|u| u.is_capital()).count();
    let other = block.iter().filter(|u| u.is_capital() && !u.class.intersects(NAME.or(Class::TITLE))).count();
    capitals >= 4 && capitals >= 2 * lower && other >= 2
}

fn words(view: &View<'_>, first: usize, last: usize) -> Vec<u32> {
    view.atoms[first..=last].iter().map(|a| a.word).collect()
}

/// The people of the article outside its headlines.
#[derive(Default)]
struct Known {
    /// Names of several words.
    full: FxHashSet<Vec<u32>>,
    /// The last words of these.
    last: FxHashSet<u32>,
}

impl Known {
    /// Puts what is left of a name of several words into `out`.
    fn cut(&self, view: &View<'_>, span: Span, out: &mut Vec<Span>) {
        let Span { first, last } = span;
        if self.full.contains(&words(view, first, last)) {
            out.push(span);
            return;
        }
        // The longest name that the article has too, and what stands on either side of it.
        let inner = (1..last - first).rev().find_map(|more| {
            let starts = first..=last - more;
            starts.map(|start| Span { first: start, last: start + more }).find(|s| self.full.contains(&words(view, s.first, s.last)))
        });
        if let Some(inner) = inner {
            if first < inner.first {
                self.rest(view, Span { first, last: inner.first - 1 }, out);
            }
            out.push(inner);
            if inner.last < last {
                self.rest(view, Span { first: inner.last + 1, last }, out);
            }
            return;
        }
        let verb = |k: usize| view.units[k].class.intersects(VERB) && !view.units[k].class.intersects(NAME);
        if let Some(at) = (first + 1..=last).find(|&k| verb(k)) {
            self.keep(view, Span { first, last: at - 1 }, out);
            if at < last {
                self.keep(view, Span { first: at + 1, last }, out);
            }
            return;
        }
        self.keep(view, span, out);
    }

    /// The same in prose, which quotes headlines: "stating “Paul Poe Joins Growing List”" in an article about a Paul Poe.
    fn without_verb(&self, view: &View<'_>, span: Span) -> Span {
        let other = |k: usize| view.units[k].class.intersects(VERB.or(Class::COMMON)) && !view.units[k].class.intersects(NAME);
        let last = (span.first + 2..=span.last).rev().take_while(|&k| other(k)).last().map_or(span.last, |k| k - 1);
        let known = last < span.last && self.full.contains(&words(view, span.first, last));
        Span { last: if known { last } else { span.last }, ..span }
    }

    /// Keeps a name; of "Poe Praises" where the article is about an Ann Poe the surname alone.
    fn keep(&self, view: &View<'_>, span: Span, out: &mut Vec<Span>) {
        let surname = |k: usize| self.last.contains(&view.atoms[k].word);
        let other = |mut range: Range<usize>| range.all(|k| !view.units[k].class.intersects(NAME) && view.units[k].kind == Kind::Name);
        let Span { first, last } = span;
        if first < last && surname(first) && other(first + 1..last + 1) {
            out.push(Span { first, last: first });
        } else if first < last && surname(last) && other(first..last) {
            out.push(Span { first: last, last });
        } else {
            out.push(span);
        }
    }

    /// Keeps of what stands beside a name only what the article calls somebody too.
    fn rest(&self, view: &View<'_>, span: Span, out: &mut Vec<Span>) {
        let single = span.first == span.last;
        if single && self.last.contains(&view.atoms[span.first].word) || !single && self.full.contains(&words(view, span.first, span.last))
        {
            out.push(span);
        } else if !single {
            let ends = [span.first, span.last];
            out.extend(ends.into_iter().filter(|&k| self.last.contains(&view.atoms[k].word)).map(|k| Span { first: k, last: k }));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::analyse;
    use crate::ingest;

    fn people(text: &str) -> Vec<String> {
        analyse(&ingest::from_text(text)).people.into_iter().map(|p| p.name).collect()
    }

    #[test]
    fn the_article_says_where_a_name_in_a_headline_ends() {
        let body = "\n\nFrances Okoye praised the plan on Monday. Okoye said she had read it with Alan Petrov. Petrov did not answer.";
        for headline in [
            "Frances Okoye Praises Plan, Calls It Good News",
            "Why Frances Okoye Hammers The Budget Plan",
            "Frances Okoye Says Petrov Is Wrong About The Plan",
        ] {
            assert_eq!(people(&format!("{headline}{body}")), ["Frances Okoye", "Alan Petrov"], "{headline}");
        }
    }

    #[test]
    fn a_headline_that_prose_quotes_ends_no_name_either() {
        let text =
            "Paul Okoye spoke on Monday. His team sent an email saying “Speaker Paul Okoye Joins Growing List of Critics.” Okoye left.";
        assert_eq!(people(text), ["Paul Okoye"]);
    }

    #[test]
    fn a_verb_ends_a_name_that_the_article_has_nowhere_else() {
        let text = "Maria Delgado Says The Bridge Is Safe Again\n\nThe bridge was closed on Monday. It is open again, the city said.";
        assert_eq!(people(text), ["Maria Delgado"]);
    }
}
