//! “I came,” Eve Stone said, “because I had to.”: one speech event in two parts.

use super::scene::Scene;
use crate::analysis::findings::{Quotation, QuoteKind};

/// The longest cue clause between two parts, in tokens.
const LONGEST: usize = 40;

/// Joins quotations that are interrupted by their own cue: same speaker, same sentence, a comma on both sides.
pub(super) fn join(scene: &Scene<'_>, quotes: &mut Vec<Quotation>) {
    // Nested ones stand between the outer ones and stay where they are.
    let mut last: Option<usize> = None;
    let mut gone = vec![false; quotes.len()];
    for i in 0..quotes.len() {
        match quotes[i].kind {
            QuoteKind::Nested => continue,
            QuoteKind::Full | QuoteKind::Fragment => {}
            _ => {
                last = None;
                continue;
            }
        }
        if let Some(k) = last
            && goes_on(scene, &quotes[k], &quotes[i])
        {
            let second = quotes[i].clone();
            let first = &mut quotes[k];
            first.parts.extend(second.parts);
            first.range = first.range.union(second.range);
            first.kind = QuoteKind::Full;
            first.cue = first.cue.or(second.cue);
            first.via = first.via.or(second.via);
            first.evidence = first.evidence.map(|e| e.union(first.range));
            gone[i] = true;
        } else {
            last = Some(i);
        }
    }
    let mut keep = gone.iter().map(|g| !g);
    quotes.retain(|_| keep.next().unwrap_or(true));
}

/// True when `second` goes on with the sentence that `first` began.
fn goes_on(scene: &Scene<'_>, first: &Quotation, second: &Quotation) -> bool {
    let person = |q: &Quotation| q.speaker.as_ref().map(|s| (s.person, s.name.clone()));
    if person(first) != person(second) {
        return false; // both unknown is well: “…,” she said, “…” of somebody never named
    }
    let text = scene.tokens.text;
    let (start, end) = (scene.tokens.at_or_after(first.range.end()), scene.tokens.at_or_after(second.range.start()));
    if end <= start + 1 || end - start > LONGEST || scene.block(start) != scene.block(end.min(scene.tokens.list.len() - 1)) {
        return false;
    }
    // A comma before the first closing mark, or right after it, and one before the second opening mark.
    let inside =
        first.range.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ',' | '—' | '–' | '?' | '!' | '.' | '…'));
    let breaks_off = inside.ends_with([',', '—', '–']) || scene.token(start).is(',');
    let resumes = scene.token(end - 1).is(',') || matches!(scene.token(end - 1).first, '—' | '–');
    let cue_between = first.cue.is_some_and(|c| first.range.end() <= c.start() && c.end() <= second.range.start());
    let full_stop = (start..end).any(|i| {
        matches!(scene.token(i).first, '.' | ';') && !scene.token(i).is_word() && i + 1 < end && scene.sentence(i) != scene.sentence(i + 1)
    });
    breaks_off && resumes && cue_between && !full_stop
}
