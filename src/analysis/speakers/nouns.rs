//! Words of the cue lists that are nouns as often as verbs: "report", "claim", "post".

use super::clause::Line;
use crate::analysis::lexicon::Class;
use crate::analysis::token::Shape;

/// Nouns as often as verbs.
#[rustfmt::skip]
const EITHER: &[&str] = &[
    "report", "reports", "comment", "comments", "claim", "claims", "tweet", "tweets", "post", "posts", "note", "notes", "state",
    "states", "share", "shares", "rule", "estimate", "estimates", "promise", "promises", "pledge", "cry", "answer", "answers",
    "remark", "remarks", "call", "calls", "attack", "attacks", "talk", "talks", "fear", "fears", "hope", "hopes", "view", "views",
    "demand", "demands", "charge", "charges", "challenge", "question", "questions", "order", "orders", "offer", "show", "shows",
    "issue", "issues", "release", "use", "start", "quote", "quotes", "forecast", "mention", "appeal", "point", "points", "sort", "put",
    "address", "find", "want", "read", "voice", "signal", "cut", "joke", "jokes", "vow", "guess", "direct", "welcome", "given", "set",
    "stress", "reveal", "ask", "begin",
];

/// True when the word at `at` is used as a noun here: "the report", "Hill's claim", "in comments".
pub(super) fn is_noun(line: &Line<'_, '_>, at: usize) -> bool {
    let scene = line.scene;
    let (Some(i), Some(before)) = (line.token(at), at.checked_sub(1).and_then(|b| line.token(b))) else { return false };
    let (word, t) = (scene.str(i), scene.token(before));
    if !EITHER.contains(&word) {
        // "the said", "his asking"; not "that said", "these said", "another said"
        if matches!(
            scene.str(before),
            "another" | "Another" | "both" | "Both" | "all" | "All" | "some" | "Some" | "many" | "Many" | "few" | "Few"
        ) {
            return false;
        }
        return t.has(Class::DETERMINER) && (!t.has(Class::PRONOUN) || matches!(scene.str(before), "his" | "her"));
    }
    let possessive = at >= 2 && scene.str(before) == "s" && line.token(at - 2).is_some_and(|i| scene.token(i).is_apostrophe());
    if possessive || t.has(Class::DETERMINER.or(Class::PREPOSITION)) {
        return true;
    }
    // "in a blog post", "a Facebook post"
    if matches!(word, "post" | "posts") && at >= 2 && line.has(at - 2, Class::DETERMINER) {
        return true;
    }
    // After an adjective it is a noun; after a name, an office or a plural it is the verb.
    let subject = Class::AUXILIARY.or(Class::OFFICE).or(Class::PRONOUN).or(Class::CONJUNCTION).or(Class::SPEAKING_THING);
    let plural = scene.str(before).ends_with('s');
    t.is_word() && t.shape == Shape::Lower && !t.has(subject) && !plural && scene.name_over(before).is_none()
}
