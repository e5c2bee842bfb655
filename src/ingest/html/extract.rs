//! Which pieces of a page its article is made of, as `dom_smoothie` (Mozilla's Readability) judges.
//!
//! Its result is another page. To know what of ours is in it, each text node gets one character of a private plane before it is handed
//! over; the characters that come out again name the nodes that were kept. One character changes none of the lengths that it decides by.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::page::Page;

/// The first code point of the planes for private use, and how many there are.
const FIRST: u32 = 0xF_0000;
const MARKS: usize = 65_534 + 65_534;

/// A private character that stands in the page by itself must not be taken for a mark.
pub(super) fn is_mark(c: char) -> bool {
    u32::from(c) >= FIRST
}

fn mark(number: usize) -> Option<char> {
    let number = u32::try_from(number).ok()?;
    // Each plane ends with two code points that are no characters.
    char::from_u32(FIRST + if number < 65_534 { number } else { number + 2 })
}

fn number(mark: char) -> Option<usize> {
    let at = u32::from(mark).checked_sub(FIRST)? as usize;
    Some(if at < 65_534 { at } else { at - 2 })
}

/// For each piece, the bytes of ink that the extractor keeps. Nothing when it finds no article or the page has too many text nodes.
pub(super) fn kept(document: Document, page: &Page) -> Option<Vec<usize>> {
    if page.nodes.len() > MARKS {
        return None;
    }
    for (number, node) in page.nodes.iter().enumerate() {
        let text = document.tree.get(&node.id)?;
        let marked = format!("{}{}", mark(number)?, text.text().replace(is_mark, "\u{fffd}"));
        text.set_text(marked);
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config)).ok()?.parse().ok()?;
    let mut kept = vec![0; page.pieces.len()];
    for number in article.content.chars().filter(|c| is_mark(*c)).filter_map(number) {
        let Some(node) = page.nodes.get(number) else { continue };
        if let Some(ink) = kept.get_mut(node.piece) {
            *ink += node.ink;
        }
    }
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_count() {
        for n in [0, 1, 65_533, 65_534, MARKS - 1] {
            assert_eq!(mark(n).and_then(number), Some(n));
        }
        assert!(mark(MARKS - 1).is_some_and(|c| u32::from(c) <= 0x10_FFFD));
    }
}
