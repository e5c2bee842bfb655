//! The charset that a page names for itself, in a `meta` element or in its XML declaration.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How far into a page its charset is looked for; the standard says 1,024 bytes, pages say otherwise.
const HEAD: usize = 4096;

/// The charset that the first bytes name, if they are those of a page and it is known.
pub(in crate::ingest) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // Latin-1: one character a byte, so that what is ASCII can be found.
    let head: String = head.iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    if !head.contains("<meta") && !head.trim_start().starts_with("<?xml") {
        return None;
    }
    let in_xml = head.trim_start().starts_with("<?xml").then(|| named(head.split("?>").next()?, "encoding")).flatten();
    let found = in_xml.or_else(|| head.split("<meta").skip(1).find_map(|tag| named(tag.split('>').next()?, "charset")))?;
    // The declaration could be read as ASCII, so it is not UTF-16, whatever it says. What to do about the other is in the standard.
    Some(match found {
        f if f == UTF_16BE || f == UTF_16LE => UTF_8,
        f if f == X_USER_DEFINED => WINDOWS_1252,
        f => f,
    })
}

/// The value of `key` in a tag, as a charset.
fn named(tag: &str, key: &str) -> Option<&'static Encoding> {
    tag.split(key).skip(1).find_map(|after| {
        let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let label = value.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/' | '>')).next()?;
        Encoding::for_label_no_replacement(label.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_the_head() {
        let name = |page: &str| declared(page.as_bytes()).map(Encoding::name);
        assert_eq!(name("<html><head><META CHARSET='Shift_JIS'>"), Some("Shift_JIS"));
        assert_eq!(name(r#"<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">"#), Some("ISO-8859-2"));
        assert_eq!(name("<?xml version='1.0' encoding='koi8-r'?><html>"), Some("KOI8-R"));
        assert_eq!(name("<meta charset=utf-16>"), Some("UTF-8"));
        assert_eq!(name("<meta name=x content='charset'><p>charset=utf-8"), None);
    }
}
