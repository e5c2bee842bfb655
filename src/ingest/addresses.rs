//! Addresses that are spelled out in running text: `https://example.org/a`.

use memchr::memmem;

use crate::article::Link;
use crate::text::{TextRange, grapheme};

/// No address is longer.
const LONGEST: usize = 2000;
/// More brackets behind an address are taken as part of it.
const TRAILING: usize = 8;
/// Letters before the colon, of the schemes that count.
const SCHEMES: [&str; 2] = ["https", "http"];

/// The addresses in `text`, in reading order.
#[must_use]
pub(super) fn spelled(text: &str) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for at in memmem::find_iter(text.as_bytes(), b"://") {
        let scheme = SCHEMES.iter().find(|s| text.get(..at).is_some_and(|head| head.ends_with(**s)));
        let Some(start) = scheme.map(|s| at - s.len()) else { continue };
        let known = links.last().is_some_and(|l| start < l.range.end());
        let joined = text.get(..start).and_then(|head| head.chars().next_back()).is_some_and(char::is_alphanumeric);
        if known || joined {
            continue;
        }
        let end = end_of(text, start, at + 3);
        if end > at + 3 {
            let range = TextRange::new(grapheme::floor(text, start), grapheme::ceil(text, end));
            links.push(Link { range, target: range.of(text).to_owned(), within: None });
        }
    }
    links
}

/// Where the address from `start` ends, whose host begins at `host`: before white space, quotation marks and brackets that were opened
/// before it; the point, comma or bracket that the sentence put behind it is not part of it.
fn end_of(text: &str, start: usize, host: usize) -> usize {
    let limit = grapheme::floor(text, (start + LONGEST).min(text.len()));
    let tail = TextRange::new(host, limit.max(host)).of(text);
    let stops = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '|' | '\\' | '^' | '`')
    };
    let words = tail.split(stops).next().unwrap_or_default();
    let mut kept = words;
    for _ in 0..TRAILING {
        let cut = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_', '…']);
        let unopened = |(open, close): &(char, char)| cut.ends_with(*close) && cut.matches(*close).count() > cut.matches(*open).count();
        let bracket = [('(', ')'), ('[', ']'), ('{', '}')].into_iter().find(unopened);
        let cut = bracket.and_then(|(_, close)| cut.strip_suffix(close)).unwrap_or(cut);
        if cut.len() == kept.len() {
            break;
        }
        kept = cut;
    }
    host + kept.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(text: &str, expected: &[&str]) {
        let found = spelled(text);
        assert_eq!(found.iter().map(|l| l.range.of(text)).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|l| l.target == l.range.of(text)));
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        finds("See https://example.org/a?b=c#d. And http://example.net, too.", &["https://example.org/a?b=c#d", "http://example.net"]);
        finds("(https://example.org/a_(b)) “https://example.org/x”", &["https://example.org/a_(b)", "https://example.org/x"]);
        finds("<https://example.org> ftp://example.org http:// xhttp://example.org", &["https://example.org"]);
        finds("https://a.example/?u=https://b.example/ 漢字https://c.example/", &["https://a.example/?u=https://b.example/"]);
    }

    #[test]
    fn a_megabyte_of_slashes_is_no_work() {
        let started = std::time::Instant::now();
        assert_eq!(spelled(&"http://".repeat(150_000)).len(), 525);
        assert!(!spelled(&"http://(((((".repeat(80_000)).is_empty());
        assert!(started.elapsed().as_secs() < 5, "it takes linear time");
    }
}
