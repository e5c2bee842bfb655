//! The same words attributed elsewhere: a headline's fragment.

use rustc_hash::FxHashMap;

use crate::analysis::findings::{Quotation, Speaker};
use crate::text::TextRange;

/// The same words attributed elsewhere in the article share that speaker: a headline's fragment.
pub(super) fn share(text: &str, headline: Option<TextRange>, quotes: &mut [Quotation]) {
    // A headline says less clearly who spoke than the text under it.
    let headline = |q: &Quotation| headline.is_some_and(|h| h.covers(q.range));
    let asks = |q: &Quotation| q.kind.is_speech() && (q.speaker.is_none() || headline(q));
    if !quotes.iter().any(asks) {
        return;
    }
    let mut known: FxHashMap<String, Speaker> = FxHashMap::default();
    for q in quotes.iter().filter(|q| q.kind.is_speech()) {
        if let Some(speaker) = &q.speaker
            && !headline(q)
        {
            known.entry(folded(text, q.range)).or_insert_with(|| speaker.clone());
        }
    }
    for q in quotes.iter_mut().filter(|q| asks(q)) {
        if let Some(speaker) = known.get(&folded(text, q.range)) {
            let words = speaker.words;
            q.speaker = Some(speaker.clone());
            (q.cue, q.via) = (None, None); // those stand beside the other place
            q.evidence = words.map(|w| w.union(q.range)).or(Some(q.range));
        }
    }
}

/// The words without marks, punctuation at the ends and case.
fn folded(text: &str, range: TextRange) -> String {
    range.of(text).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
