//! The channel that words came through: "on his social media platform", "according to the foreign ministry". Tokens, both ends included.

use super::clause::Line;
use crate::analysis::lexicon::Class;

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
        for q in p + 1..(p + 7).min(line.items.len()) {
            let i = line.token(q)?;
            let t = scene.token(i);
            if !t.is_word() || t.has(Class::PREPOSITION) {
                break;
            }
            let more = line.token(q + 1).is_some_and(|n| is_platform(scene.str(n)) || matches!(scene.str(n), "Social" | "post" | "feed"));
            if is_platform(scene.str(i)) && !more {
                return Some((first, i));
            }
        }
        return None;
    }
    None
}

/// "Xi, according to the foreign ministry, said": the channel between a subject and its verb.
pub(super) fn between(line: &Line<'_, '_>, verb: usize) -> Option<(usize, usize)> {
    let scene = line.scene;
    let at = (0..verb).rev().take(16).find(|&p| line.token(p).is_some_and(|i| scene.str(i) == "according"))?;
    let who = line.starting_at(at + 2)?;
    Some((who.first, who.last))
}

/// The channel after the cue: "on social media", "in a statement", ", according to a transcript".
pub(super) fn anywhere_after(line: &Line<'_, '_>, at: usize) -> Option<(usize, usize)> {
    if let Some(found) = after(line, at) {
        return Some(found);
    }
    let scene = line.scene;
    let according = (at..line.items.len().min(at + 12)).find(|&p| line.token(p).is_some_and(|i| scene.str(i) == "according"))?;
    let who = line.starting_at(according + 2)?;
    Some((who.first, who.last))
}
