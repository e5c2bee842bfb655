//! An article with the notes that go out, and what every format asks of it.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};

use crate::annotation::{Annotation, AnnotationKind, Notes};
use crate::article::Article;
use crate::store::schema::{SourceRecord, Text};
use crate::text::TextRange;

/// An article with those of its notes that go out.
#[derive(Debug, Clone, Copy)]
pub struct Noted<'a> {
    /// As the reader named the article. Untrusted.
    pub id: &'a str,
    /// The article.
    pub article: &'a Article,
    /// The notes.
    pub notes: &'a Notes,
    /// What the notes file says of the article.
    pub source: &'a SourceRecord,
    /// The article's text, with its table and digest.
    pub text: Text<'a>,
}

impl<'a> Noted<'a> {
    /// Where the article can be had, else the name of its text ([`text_name`]). Always an absolute IRI.
    #[must_use]
    pub fn address(&self) -> String {
        self.web_address().map_or_else(|| text_name(self.text.sha256), str::to_owned)
    }

    /// Where the article can be had.
    #[must_use]
    pub fn web_address(&self) -> Option<&'a str> {
        self.source.uri.as_deref().filter(|uri| is_iri(uri))
    }

    /// Where an annotation's words are, in code points; `None` for an orphan and for a note on the page.
    #[must_use]
    pub fn place(&self, a: &Annotation) -> Option<(usize, usize)> {
        a.now.range.map(|range| self.code_points(range))
    }

    /// The code points of a range.
    #[must_use]
    pub fn code_points(&self, range: TextRange) -> (usize, usize) {
        let at = |byte| self.text.map.at_byte(self.text.text, byte);
        (at(range.start()), at(range.end()))
    }

    /// The annotations that stand on words of today's text, in the order of the text.
    #[must_use]
    pub fn placed(&self) -> Vec<(TextRange, &'a Annotation)> {
        let mut placed: Vec<_> = self.notes.annotations.iter().filter_map(|a| Some((a.now.range?, a))).collect();
        placed.sort_by_key(|(range, _)| *range);
        placed
    }

    /// The annotations on the article as a whole.
    #[must_use]
    pub fn pages(&self) -> Vec<&'a Annotation> {
        self.placeless().filter(|a| a.kind == AnnotationKind::Page).collect()
    }

    /// The annotations whose words are no longer in the article.
    #[must_use]
    pub fn orphans(&self) -> Vec<&'a Annotation> {
        self.placeless().filter(|a| a.kind != AnnotationKind::Page).collect()
    }

    fn placeless(&self) -> impl Iterator<Item = &'a Annotation> {
        self.notes.annotations.iter().filter(|a| a.now.range.is_none())
    }

    /// An annotation's words as they stand today; of an orphan, those it was made for.
    #[must_use]
    pub fn words(&self, a: &'a Annotation) -> &'a str {
        a.now.range.map_or(a.anchor.exact.as_str(), |range| range.of(self.text.text))
    }

    /// The number of the block that an annotation stands in, from 1.
    #[must_use]
    pub fn paragraph(&self, a: &Annotation) -> Option<usize> {
        self.article.block_at(a.now.range?.start()).map(|block| block + 1)
    }
}

/// The name of a text by its SHA-256, as RFC 6920 makes one: `ni:///sha-256;…`.
#[must_use]
pub fn text_name(sha256: &str) -> String {
    let digits = sha256.as_bytes().chunks(2);
    let bytes: Vec<u8> = digits.filter_map(|two| u8::from_str_radix(str::from_utf8(two).ok()?, 16).ok()).collect();
    format!("ni:///sha-256;{}", BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// True for an absolute IRI that every reader of JSON-LD and XML takes: a scheme, and after it only characters that a URI may have.
#[must_use]
pub fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    let bytes = rest.as_bytes();
    let escaped = |i: usize| bytes.get(i + 1..i + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    let fits = |(i, b): (usize, &u8)| b.is_ascii_alphanumeric() || b"-._~/?:@!$&'()*+,;=#".contains(b) || (*b == b'%' && escaped(i));
    let one_fragment = bytes.iter().filter(|b| **b == b'#').count() <= 1;
    // A host in brackets or with other odd characters is no loss: the text's own name takes its place.
    named && !rest.is_empty() && one_fragment && bytes.iter().enumerate().all(fits) && !(rest.starts_with("//") && rest.len() == 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_are_told_from_other_words() {
        for good in ["https://news.example/a?b=c#d", "urn:uuid:1", "ni:///sha-256;abc_-", "file:///a%20b", "http://x/%C3%A9"] {
            assert!(is_iri(good), "{good}");
        }
        for bad in ["", "a.txt", "a b:c", "http://a b", "x:%zz", "x:%4", "http://é", "x:a#b#c", ":x", "x:", "1x:y", "http://"] {
            assert!(!is_iri(bad), "{bad}");
        }
    }

    #[test]
    fn a_text_is_named_by_its_digest() {
        // The example of RFC 6920, section 8.1: the text "Hello World!".
        let hello = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
        assert_eq!(text_name(hello), "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    }
}
