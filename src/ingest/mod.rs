//! Bytes to an [`Article`]: charset, kind, text, blocks.
//!
//! Pure functions of the bytes; reading files is the caller's. Parsers do not fail: they return the article with warnings. What is
//! no text at all is refused, with an [`Error`] whose message is one line; the caller puts the path before it.

mod addresses;
mod boilerplate;
mod decode;
mod detect;
mod front_matter;
mod head;
mod html;
mod lines;
mod mail;
pub mod markdown;
pub mod plain;
mod structure;
mod wrap;

use std::borrow::Cow;
use std::path::Path;

use crate::article::Article;

pub use detect::Kind;

/// What the reader said about the input; the default leaves everything to detection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The label of a charset ("windows-1252", "shift_jis"), as the Encoding Standard knows it.
    pub encoding: Option<String>,
    /// What the text is.
    pub kind: Option<Kind>,
    /// The charset that came with the bytes (the header of an HTTP answer); what the bytes themselves name counts less.
    pub charset: Option<String>,
    /// Where the bytes came from.
    pub address: Option<String>,
}

/// Why there is no article. Each message is one line that reads well after "cannot read 'path': ".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// `--encoding` names no charset.
    #[error("there is no encoding '{0}'; use a label such as utf-8, windows-1252 or shift_jis")]
    UnknownEncoding(String),
    /// The bytes are no text.
    #[error("it is {what}, not text{advice}")]
    Binary {
        /// What it seems to be, with its article ("a PDF").
        what: &'static str,
        /// What to do, beginning with "; ", or nothing.
        advice: &'static str,
    },
    /// A web page that cannot be read in bounded time.
    #[error("it is a web page of more than 250,000 elements or 16 MiB of text; save its text as .txt")]
    PageTooLarge,
    /// Positions are 32 bits wide.
    #[error("it is larger than 4 GiB; split it into parts")]
    TooLarge,
}

/// The warning of a web page that was not made to be read without a browser.
pub const NO_TEXT: &str =
    "the page holds next to no text: it is drawn by scripts, or wants you to log in; save it in a browser and open the file";

/// The article that a plain text is, without a file: for corpora and tests.
#[must_use]
pub fn from_text(text: &str) -> Article {
    plain::article(text)
}

/// Reads the bytes of a file or a pipe.
///
/// `name` is the path or nothing for a pipe; it is kept as `source.path` and its ending says what the file is. Nothing is opened. Bytes that are
/// given away become the article's text, without a copy where they can.
///
/// # Errors
/// When the bytes are no text, are a web page, are too many, or `options.encoding` is unknown. Never for text that is odd or badly encoded: that
/// gives an article with warnings.
pub fn read<'a>(bytes: impl Into<Cow<'a, [u8]>>, name: Option<&Path>, options: &Options) -> Result<Article, Error> {
    read_bytes(bytes.into(), name, options)
}

fn read_bytes(bytes: Cow<'_, [u8]>, name: Option<&Path>, options: &Options) -> Result<Article, Error> {
    let raw_len = bytes.len();
    if bytes.len() >= u32::MAX as usize {
        return Err(Error::TooLarge);
    }
    if options.kind.is_none()
        && options.encoding.is_none()
        && let Some(mail) = mail::article(&bytes, name)
    {
        let mut article = mail?;
        article.source.path = name.map(Path::to_path_buf);
        article.source.raw_len = raw_len as u64;
        return Ok(article);
    }
    let decode::Decoded { text, encoding, warnings } = decode::decode(&bytes, options.encoding.as_deref(), options.charset.as_deref())?;
    if text.len() >= u32::MAX as usize {
        return Err(Error::TooLarge);
    }
    let mut article = match options.kind.unwrap_or_else(|| detect::kind(name, &text)) {
        // Nothing was decoded: the bytes are the text.
        Kind::Plain if matches!(text, Cow::Borrowed(_)) && text.len() == raw_len => plain::article(as_text(bytes)),
        Kind::Plain => plain::article(text),
        Kind::Markdown => markdown::article(&text),
        Kind::Html => html::article(&text, options.address.as_deref())?,
    };
    article.source.path = name.map(Path::to_path_buf);
    article.source.encoding = encoding;
    article.source.raw_len = raw_len as u64;
    if article.blocks.is_empty() && !article.warnings.iter().any(|w| w == NO_TEXT) {
        article.warnings.push("there is no text in it".into());
    }
    article.warnings.splice(0..0, warnings);
    Ok(article)
}

/// Bytes that are UTF-8, as text.
fn as_text(bytes: Cow<'_, [u8]>) -> Cow<'_, str> {
    match bytes {
        Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
        Cow::Owned(bytes) => String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()).into(),
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::text::grapheme;
    use proptest::prelude::*;

    fn plain() -> Options {
        Options { kind: Some(Kind::Plain), ..Options::default() }
    }

    fn named(bytes: &[u8], name: &str) -> Result<Article, Error> {
        read(bytes, Some(Path::new(name)), &Options::default())
    }

    #[test]
    fn charsets() {
        let read = |bytes: &[u8]| read(bytes, None, &plain()).expect("a text");
        let utf8 = read("\u{feff}Zoë\r\nsaid".as_bytes());
        assert_eq!((utf8.text.as_str(), utf8.source.encoding, utf8.warnings.len()), ("Zoë\nsaid", "UTF-8", 0));
        let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain("Zoë said".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!((read(&wide).text.as_str(), read(&wide).source.encoding), ("Zoë said", "UTF-16LE"));
        assert_eq!(read(&wide[2..]).source.encoding, "UTF-16LE", "also without a mark");
        let old = read(b"The caf\xe9 on the corner \x93closed\x94, he said. The caf\xe9s are gone.");
        assert_eq!(old.source.encoding, "windows-1252");
        assert!(old.text.contains("café on the corner “closed”"));
        assert_eq!(old.warnings, ["read as windows-1252 (guessed); --encoding NAME reads it otherwise"]);
        let hurt = read(
            "Zoë and Chloë and Noël met “here” \u{1}today – ".as_bytes().iter().chain(b"\xff\xff.").copied().collect::<Vec<_>>().as_slice(),
        );
        assert_eq!(hurt.source.encoding, "UTF-8", "a few broken bytes do not make it another charset");
        assert_eq!(hurt.warnings, ["2 characters are not valid UTF-8 and shown as \u{fffd}"]);
    }

    #[test]
    fn a_named_charset_is_used() {
        let options = Options { encoding: Some("koi8-r".into()), ..plain() };
        let found = read(b"\xf0\xd2\xc9\xd7\xc5\xd4", None, &options).expect("a text");
        assert_eq!((found.text.as_str(), found.warnings.len()), ("Привет", 0));
        let options = Options { encoding: Some("klingon".into()), ..plain() };
        let error = read(b"x", None, &options).expect_err("no such charset");
        assert_eq!(error.to_string(), "there is no encoding 'klingon'; use a label such as utf-8, windows-1252 or shift_jis");
    }

    #[test]
    fn what_is_no_text_is_refused_in_one_line() {
        for (bytes, name, says) in [
            (&b"%PDF-1.7\n"[..], "a.pdf", "a PDF"),
            (b"PK\x03\x04...", "a.docx", "office document"),
            (b"\x00\x01\x02\x03 some words", "a.txt", "binary"),
            (b"plain until here\x00\x00", "a.txt", "binary"),
            (b"\xff\xfe\x00\x00a\x00", "a", "binary"),
        ] {
            let error = named(bytes, name).expect_err(name).to_string();
            assert!(error.contains(says) && !error.contains('\n'), "{name}: {error}");
        }
        assert!(read(b"<html>", None, &plain()).is_ok(), "unless the reader says that it is plain text");
    }

    #[test]
    fn the_kind_comes_from_the_name_then_from_the_content() {
        let kind = |text: &str, name: &str| named(text.as_bytes(), name).expect("a text").source.extractor;
        assert_eq!(kind("# One\n\n[a](https://example.org)", "a.txt"), "plain/1");
        assert_eq!(kind("Words.", "a.MD"), "markdown/1");
        assert_eq!(kind("# One\n\nSee [a](https://example.org).", "clipping"), "markdown/1");
        assert_eq!(kind("---\ntitle: A\n---\nWords.", "clipping"), "markdown/1");
        assert_eq!(kind("#1 in the charts\n\nWords.", "clipping"), "plain/1");
        assert_eq!(kind("<p class=a>Words.</p>", "fragment"), "html/1");
        assert_eq!(kind("<p> opens a paragraph, as everybody knows.", "clipping"), "plain/1");
        assert_eq!(kind("<!-- saved from url=(0019)https://example.org --><html><p>Words.", "a.txt"), "html/1");
        assert_eq!(kind("", "empty"), "plain/1");
        assert_eq!(kind("---\ntitle: A\n---\nWords.", "clipping.txt"), "markdown/1", "saved under another name");
        assert_eq!(kind("# A\n\nWords.\n\n## B\n\n[a](https://example.org)\n\n```\nx\n```\n", "clipping.txt"), "markdown/1");
        assert_eq!(kind("---\nWords.\n---\nWords.", "a.txt"), "plain/1");
    }

    #[test]
    fn odd_texts_are_articles() {
        for text in ["", "\n\n", "\u{c}", "\u{a0}", "\r\r"] {
            assert!(read(text.as_bytes(), None, &plain()).is_ok_and(|a| a.blocks.is_empty()), "{text:?}");
        }
        let long = "word ".repeat(200_000);
        assert_eq!(from_text(&long).blocks.len(), 1);
        for c in ["\"", "A", "9", "\n", "- ", "\u{a0}", "a\n", "Share\n", "[", "🇫🇷", "Also Read: x\n"] {
            assert!(from_text(&c.repeat(1_000_000 / c.len())).text.len() > 900_000);
            assert!(markdown::article(&c.repeat(50_000 / c.len())).text.len() < 100_000);
        }
    }

    /// What holds of every article, whatever it was read from.
    pub(super) fn holds(article: &Article) -> Result<(), TestCaseError> {
        let text = &article.text;
        let mut last = 0;
        for block in &article.blocks {
            prop_assert!(block.range.start() >= last, "sorted and disjoint");
            last = block.range.end();
            prop_assert!(!block.range.of(text).trim().is_empty());
        }
        for range in article.blocks.iter().map(|b| b.range).chain(article.links.iter().map(|l| l.range)) {
            prop_assert!(range.end() <= text.len() && !range.is_empty());
            prop_assert_eq!(grapheme::floor(text, range.start()), range.start());
            prop_assert_eq!(grapheme::floor(text, range.end()), range.end());
        }
        prop_assert!(article.left_out.iter().all(|l| l.at <= text.len()) && article.left_out.is_sorted_by_key(|l| l.at));
        prop_assert!(article.blocks.iter().filter(|b| b.kind == BlockKind::Title).count() <= 1);
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
        Ok(())
    }

    /// What stands before byte `at` on its line.
    fn text_before(text: &str, at: usize) -> &str {
        text[..at].rsplit('\n').next().unwrap_or_default()
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_article_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400), markdown in any::<bool>()) {
            let kind = if markdown { Kind::Markdown } else { Kind::Plain };
            if let Ok(article) = read(&bytes, None, &Options { kind: Some(kind), ..Options::default() }) {
                holds(&article)?;
            }
            let _ = read(&bytes, None, &Options::default());
        }

        #[test]
        fn any_text_is_an_article(
            parts in prop::collection::vec(prop_oneof![
                "[ \\t]{0,3}", "\n{1,3}", "[A-Z][a-z]{1,9}[ ,.]", "(also read: |Share\n|Title: |By |> |- |1\\. |# |\\* |\\[|\\]\\(x\\)|\\||```|<b>|&#27;|---\n|Leave a Reply\n)",
                "[\u{300}\u{301}\u{200d}\u{600}\u{a0}\u{3000}\u{feff}\u{240c}\u{1f1eb}\u{1f1f7}👩“”‘’—]{1,3}", "\\PC{0,6}",
            ], 0..60),
        ) {
            let text = parts.concat();
            let plain = from_text(&text);
            prop_assert_eq!(&plain.text, &crate::text::sanitize::text(&text), "nothing else changes");
            holds(&plain)?;
            // The name of a header, "Title:", stands outside of the headline.
            let label = plain.blocks.iter().find(|b| b.kind == BlockKind::Title).map_or("", |b| {
                text_before(&plain.text, b.range.start())
            });
            let ink: usize = label.chars().filter(|c| c.is_alphanumeric()).count() + plain.blocks.iter().map(|b| b.range.of(&plain.text).chars().filter(|c| c.is_alphanumeric()).count()).sum::<usize>();
            prop_assert_eq!(ink, plain.text.chars().filter(|c| c.is_alphanumeric()).count(), "no word is outside the blocks");
            holds(&markdown::article(&text))?;
        }
    }
}
