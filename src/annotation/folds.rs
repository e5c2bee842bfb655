//! What the reader says of furniture: "this is text", "this is furniture". Kept among the corrections of the notes.

use super::anchor::locate;
use super::corrections::FOLD;
use super::edit::Edit;
use super::model::{Anchor, Correction, Notes, Unknown};
use crate::article::{Article, Fold};
use crate::text::fold::Folded;
use crate::text::{CodePoints, TextRange};

/// The name of a judgement in files.
fn name(fold: Fold) -> &'static str {
    match fold {
        Fold::Text => "text",
        Fold::Furniture => "furniture",
    }
}

/// The judgements whose words are found in the article, oldest first. `map` is its text's own table.
fn stated<'c>(corrections: &'c [Correction], text: &str, map: &CodePoints) -> Vec<(TextRange, Fold, &'c Correction)> {
    let mut folded: Option<Folded> = None;
    let mut found = Vec::new();
    for correction in corrections.iter().filter(|c| c.what == FOLD) {
        let Some(fold) = [Fold::Text, Fold::Furniture].into_iter().find(|f| name(*f) == correction.to) else { continue };
        if let Some(range) = locate(&correction.anchor, text, map, &mut folded) {
            found.push((range, fold, correction));
        }
    }
    found.sort_by(|(_, _, a), (_, _, b)| (&a.modified, &a.id).cmp(&(&b.modified, &b.id)));
    found
}

/// The article with its blocks as the reader judged them; none when that changes nothing. `as_read` is the article as ingest made it.
#[must_use]
pub fn apply(as_read: &Article, corrections: &[Correction], map: &CodePoints) -> Option<Article> {
    if !corrections.iter().any(|c| c.what == FOLD) {
        return None;
    }
    let ranges: Vec<(TextRange, Fold)> =
        stated(corrections, &as_read.text, map).into_iter().map(|(range, fold, _)| (range, fold)).collect();
    let blocks = as_read.with_folds(&ranges);
    (blocks != as_read.blocks).then(|| Article { blocks, ..as_read.clone() })
}

/// The edit that says `fold` of the blocks in `range`. What was said of the very same words before is taken back; when the article was
/// read so in the first place, nothing more needs to be said.
#[must_use]
pub fn say(as_read: &Article, map: &CodePoints, notes: &Notes, range: TextRange, fold: Fold, id: String, now: String) -> Edit {
    let old = stated(&notes.corrections, &as_read.text, map).into_iter().filter(|(r, ..)| *r == range);
    let mut edits: Vec<Edit> = old.map(|(_, _, c)| Edit::RemoveCorrection(c.id.clone())).collect();
    let read_so = as_read.blocks.iter().filter(|b| b.range.overlaps(range)).all(|b| b.kind.is_boilerplate() == (fold == Fold::Furniture));
    if !read_so || edits.is_empty() {
        edits.push(Edit::AddCorrection(Box::new(Correction {
            id,
            modified: now,
            what: FOLD.into(),
            anchor: Anchor::of(&as_read.text, map, range),
            to: name(fold).into(),
            unknown: Unknown::new(),
        })));
    }
    Edit::Batch(edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Stamp;
    use crate::article::{BlockKind, Reason};
    use crate::ingest;

    const TEXT: &str = "Harbour fee to rise\n\n“We had no choice,” said Ilse Brandt, the harbour master, who spoke on Monday.\n\n\
        Also Read: Ten ships you must see\n\nOmar Haddad, who runs a ferry, said that the fee of 4 per cent was too high for him.\n";

    fn kinds(article: &Article) -> Vec<bool> {
        article.blocks.iter().map(|b| b.kind.is_boilerplate()).collect()
    }

    #[test]
    fn the_readers_word_stands_and_is_taken_back() {
        let article = ingest::from_text(TEXT);
        let map = CodePoints::new(&article.text);
        assert_eq!(kinds(&article), [false, false, true, false]);
        let (text, related) = (article.blocks[1].range, article.blocks[2].range);
        let mut notes = Notes::default();
        let stamp = |n: u8| Stamp { now: format!("2031-01-02T03:04:0{n}Z"), ..Stamp::default() };
        let mut apply_edit = |n: u8, range, fold| {
            let edit = say(&article, &map, &notes, range, fold, format!("urn:uuid:{n}"), stamp(n).now);
            notes.apply(edit, &stamp(n)).expect("it fits");
            (apply(&article, &notes.corrections, &map), notes.corrections.len())
        };
        let (judged, said) = apply_edit(1, related, Fold::Text);
        assert_eq!((kinds(&judged.expect("changed")), said), (vec![false; 4], 1));
        let (judged, said) = apply_edit(2, text, Fold::Furniture);
        let judged = judged.expect("changed");
        assert_eq!((kinds(&judged), said), (vec![false, true, false, false], 2));
        assert_eq!(judged.blocks[1].kind, BlockKind::Boilerplate(Reason::Reader));
        let (_, said) = apply_edit(3, text, Fold::Text);
        assert_eq!(said, 1, "read so in the first place");
        let (judged, said) = apply_edit(4, related, Fold::Furniture);
        assert_eq!((judged, said), (None, 0));
    }
}
