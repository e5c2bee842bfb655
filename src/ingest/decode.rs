//! Bytes to text: the charset, and what had to be replaced. Refuses what is no text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::Error;
use super::html::charset;

/// Decoded text, and how it came about.
pub(super) struct Decoded<'a> {
    /// The text, BOM removed.
    pub(super) text: Cow<'a, str>,
    /// The name that the Encoding Standard gives the charset.
    pub(super) encoding: &'static str,
    /// What the reader should know, one line each.
    pub(super) warnings: Vec<String>,
}

/// How much of the input is looked at to tell text from other things.
const SAMPLE: usize = 64 * 1024;

/// Bytes that are enough to guess a charset by.
const GUESS: usize = 256 * 1024;

/// Decodes by the charset that the reader named (`label`), else by BOM, else as UTF-8 when it is that, else by the charset that came with
/// the bytes (`header`) or that a web page names in its head, else as UTF-8 when it nearly is, else by a guess that is told in a warning.
pub(super) fn decode<'a>(bytes: &'a [u8], label: Option<&str>, header: Option<&str>) -> Result<Decoded<'a>, Error> {
    if let Some((what, advice)) = known_binary(bytes) {
        return Err(Error::Binary { what, advice });
    }
    let mut warnings = Vec::new();
    let mut guessed = false;
    let encoding = match label {
        Some(label) => {
            let found = Encoding::for_label_no_replacement(label.trim().as_bytes());
            found.ok_or_else(|| Error::UnknownEncoding(label.chars().take(40).collect()))?
        }
        None => match Encoding::for_bom(bytes) {
            Some((encoding, _)) => encoding,
            None => match declared(bytes, header) {
                Some(encoding) => encoding,
                None => {
                    let encoding = charset(bytes)?;
                    guessed = encoding != UTF_8;
                    encoding
                }
            },
        },
    };
    let (text, encoding, broken) = encoding.decode(bytes);
    if guessed {
        warnings.push(format!("read as {} (guessed); --encoding NAME reads it otherwise", encoding.name()));
    }
    if broken {
        let lost = text.matches('\u{fffd}').count();
        let what = if lost == 1 { "1 character is" } else { &format!("{lost} characters are") };
        warnings.push(format!("{what} not valid {} and shown as \u{fffd}", encoding.name()));
    }
    if looks_binary(text.chars().take(SAMPLE)) {
        return Err(Error::Binary { what: "a binary file", advice: "" });
    }
    Ok(Decoded { text, encoding: encoding.name(), warnings })
}

/// The charset that came with the bytes, or that they name themselves. Text that is UTF-8 beyond its ASCII is that, whatever is said of it:
/// by chance it would not be, and many a saved page names the charset that it once had.
fn declared(bytes: &[u8], header: Option<&str>) -> Option<&'static Encoding> {
    let header = header.and_then(|label| Encoding::for_label_no_replacement(label.trim().as_bytes()));
    let said = header.or_else(|| charset::declared(bytes))?;
    let is_utf8 = said != ISO_2022_JP && !bytes.is_ascii() && Encoding::utf8_valid_up_to(bytes) == bytes.len();
    Some(if is_utf8 { UTF_8 } else { said })
}

/// The charset of bytes without a BOM.
fn charset(bytes: &[u8]) -> Result<&'static Encoding, Error> {
    let valid = Encoding::utf8_valid_up_to(bytes);
    if valid == bytes.len() {
        return Ok(UTF_8);
    }
    if let Some(wide) = utf16_without_bom(bytes) {
        return Ok(wide);
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if memchr::memchr(0, sample).is_some() {
        return Err(Error::Binary { what: "a binary file", advice: "" });
    }
    if mostly_utf8(bytes, valid) {
        return Ok(UTF_8);
    }
    // Where the first odd byte stands late, the guess must see it.
    let from = valid.saturating_sub(GUESS / 2);
    let part = bytes.get(from..bytes.len().min(from + GUESS)).unwrap_or(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(part, true);
    Ok(detector.guess(None, Utf8Detection::Deny))
}

/// True when well-formed multi-byte sequences far outnumber the broken ones around the first of those: a damaged UTF-8 file rather
/// than one in another charset, where such sequences come about by chance alone.
fn mostly_utf8(bytes: &[u8], first_error: usize) -> bool {
    let from = first_error.saturating_sub(GUESS / 2);
    let part = bytes.get(from..bytes.len().min(from + GUESS)).unwrap_or(bytes);
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in part.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xc0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 2 * bad
}

/// UTF-16 without a BOM: European text has a NUL in every other byte, all on one side.
fn utf16_without_bom(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let pairs = sample.len() / 2;
    if pairs < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let nuls = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    match (even * 10 > pairs * 7, odd * 10 > pairs * 7) {
        (true, false) if odd == 0 => Some(UTF_16BE),
        (false, true) if even == 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// Files that people try to open and that are no text, by their first bytes: the message can say what to do.
fn known_binary(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let starts: [(&[u8], &str, &str); 9] = [
        (b"%PDF-", "a PDF", "; convert it first, for instance with pdftotext"),
        (b"PK\x03\x04", "a zip archive or an office document", "; save its text as .txt or .md first"),
        (b"\xd0\xcf\x11\xe0", "an office document", "; save its text as .txt or .md first"),
        (b"\x1f\x8b", "compressed (gzip)", "; pipe it through gzip -dc"),
        (b"\x28\xb5\x2f\xfd", "compressed (zstd)", "; pipe it through zstd -dc"),
        (b"\x89PNG", "a picture", ""),
        (b"\xff\xd8\xff", "a picture", ""),
        (b"GIF8", "a picture", ""),
        (b"\x7fELF", "a program", ""),
    ];
    starts.into_iter().find(|(magic, ..)| bytes.starts_with(magic)).map(|(_, what, advice)| (what, advice))
}

/// True when a NUL is among the characters, or more than one in ten is a control that texts do not use.
fn looks_binary(sample: impl Iterator<Item = char>) -> bool {
    let (mut all, mut odd) = (0usize, 0usize);
    for c in sample {
        match c {
            '\0' => return true,
            '\t' | '\n' | '\r' | '\x0c' | '\x1b' | '\x08' => {}
            c if c.is_control() => odd += 1,
            _ => {}
        }
        all += 1;
    }
    odd * 10 > all
}
