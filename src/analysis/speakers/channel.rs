//! The channel that words came through: "on his social media platform", "according to the foreign ministry". Tokens, both ends included.

use super::clause::{Head, Line, Phrase};
use crate::analysis::lexicon::Class;

/// The longest channel that opens a sentence, in items.
const LONGEST: usize = 16;

/// Words for places where people post.
fn is_platform(word: &str) -> bool {
    matches!(
        word,
        "media"
            | "platform"
            | "Twitter"
            | "Facebook"
            | "Instagram"
            | "Truth"
            | "TikTok"
            | "Weibo"
            | "Telegram"
            | "LinkedIn"
            | "YouTube"
            | "Reddit"
            | "WeChat"
            | "WhatsApp"
            | "Snapchat"
            | "Bluesky"
            | "Mastodon"
            | "Threads"
            | "X"
            | "blog"
            | "website"
            | "account"
            | "page"
            | "statement"
            | "letter"
            | "email"
            | "memo"
            | "tweet"
            | "post"
            | "interview"
            | "transcript"
            | "video"
            | "speech"
            | "message"
            | "Social"
            | "livestream"
            | "podcast"
            | "note"
            | "filing"
            | "affidavit"
            | "memoir"
            | "testimony"
            | "diary"
            | "Zoom"
    )
}

/// "on his social media platform", "in a statement" right after a cue.
pub(super) fn after(line: &Line<'_, '_>, at: usize) -> Option<(usize, usize)> {
    let scene = line.scene;
    for p in at..(at + 4).min(line.items.len()) {
        let i = line.token(p)?;
        if !matches!(scene.str(i), "on" | "in" | "via" | "to" | "through") {
            if scene.token(i).is_word() {
                continue;
            }
            return None;
        }
        let first = line.token(p + 1)?;
        if scene.str(i) == "through" {
            return line.starting_at(p + 1).map(|who| (who.first, who.last)); // "said through a spokesman"
        }
        for q in p + 1..(p + 7).min(line.items.len()) {
            let i = line.token(q)?;
            let t = scene.token(i);
            if !t.is_word() || t.has(Class::PREPOSITION) {
                break;
            }
            let more = line.token(q + 1).is_some_and(|n| is_platform(scene.str(n)) || matches!(scene.str(n), "Social" | "post" | "feed"));
            if is_platform(scene.str(i)) && !more {
                return Some(extended(line, first, i));
            }
        }
        return None;
    }
    None
}

/// "According to the ministry, Petrov said", "In a letter to staff, she wrote": the channel that opens the sentence, before its subject.
pub(super) fn leading(line: &Line<'_, '_>, verb: usize, subject: Phrase) -> Option<(usize, usize)> {
    let scene = line.scene;
    let start =
        (0..verb.min(3)).find(|&p| matches!(line.word(p), "According" | "according" | "In" | "in" | "On" | "on" | "Through" | "Via"))?;
    let comma = (start..verb).take(LONGEST).find(|&p| line.is(p, ','))?;
    let (first, last) = (line.token(start)?, line.token(comma - 1)?);
    if first >= subject.first || last >= subject.first {
        return None;
    }
    if matches!(line.word(start), "According" | "according") {
        return (line.word(start + 1) == "to").then(|| line.token(start + 2)).flatten().filter(|&to| to <= last).map(|to| (to, last));
    }
    let platform = (start + 1..comma).take(6).any(|p| line.token(p).is_some_and(|i| is_platform(scene.str(i))));
    platform.then(|| line.token(start + 1)).flatten().map(|from| (from, last))
}

/// On past "released by the port", "seen by a reporter", "familiar with the talks" after the channel's words `first..=last`.
fn extended(line: &Line<'_, '_>, first: usize, last: usize) -> (usize, usize) {
    let at = line.place(last, line.items.len().saturating_sub(1)).unwrap_or(0);
    let describes = |word: &str| {
        #[rustfmt::skip]
        let known = matches!(
            word,
            "released" | "published" | "issued" | "seen" | "obtained" | "posted" | "provided" | "reviewed" | "shared" | "sent" | "filed"
                | "made" | "leaked" | "read" | "signed" | "circulated" | "familiar" | "close" | "involved"
        );
        known
    };
    let joins = |p: usize| matches!(line.word(p), "by" | "to" | "on" | "in" | "with" | "at");
    let from = match () {
        () if describes(line.word(at + 1)) && joins(at + 2) => at + 3,
        () if describes(line.word(at)) && joins(at + 1) => at + 2,
        () => return (first, last),
    };
    line.starting_at(from).map_or((first, last), |more| (first, more.last))
}

/// "Xi, according to the foreign ministry, said": the channel between a subject and its verb.
pub(super) fn between(line: &Line<'_, '_>, verb: usize) -> Option<(usize, usize)> {
    let scene = line.scene;
    let at = (0..verb).rev().take(16).find(|&p| line.token(p).is_some_and(|i| scene.str(i) == "according"))?;
    let who = line.starting_at(at + 2)?;
    Some(extended(line, who.first, who.last))
}

/// The channel after the cue: "on social media", "in a statement", ", according to a transcript".
pub(super) fn anywhere_after(line: &Line<'_, '_>, at: usize) -> Option<(usize, usize)> {
    if let Some(found) = after(line, at) {
        return Some(found);
    }
    let scene = line.scene;
    // "he told the court, the Daily Mail reported"
    let reported = (at..line.items.len().min(at + 14)).find(|&p| matches!(line.word(p), "reported" | "reports"));
    if let Some(who) =
        reported.and_then(|p| line.subject(p)).filter(|w| w.head != Head::Pronoun && w.first > line.token(at - 1).unwrap_or(0))
    {
        return Some((who.first, who.last));
    }
    let according = (at..line.items.len().min(at + 12)).find(|&p| line.token(p).is_some_and(|i| scene.str(i) == "according"))?;
    let who = line.starting_at(according + 2)?;
    Some(extended(line, who.first, who.last))
}
