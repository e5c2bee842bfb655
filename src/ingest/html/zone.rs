//! What the part of a page is for that a piece stands in, by the names that pages give their elements.

use std::rc::Rc;

use dom_query::Element;

use super::page::attribute;
use crate::article::Reason;

/// A part of a page that is not, or may not be, the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Zone {
    /// Why it is not the article.
    pub(super) reason: Reason,
    /// The page says so by an element or role, not by a class alone.
    pub(super) sure: bool,
}

/// What the names of an element (its class, id and the like) say of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// The names themselves, in lower case.
    pub(super) words: Rc<str>,
    /// What is not the article, and why.
    reason: Option<Reason>,
    /// It holds the article.
    main: bool,
    /// It holds the words under a picture.
    pub(super) caption: bool,
    /// It holds the topic above a headline.
    pub(super) kicker: bool,
    /// It holds authors.
    pub(super) author: bool,
}

impl Names {
    /// Reads names in lower case.
    pub(super) fn of(words: &str) -> Self {
        let any = |names: &[&str]| names.iter().any(|n| words.contains(n));
        Self {
            words: words.into(),
            reason: by_words(words),
            main: any(&MAIN),
            caption: any(&["caption", "photo-credit", "image-credit", "img-credit", "photocredit"]) && !words.contains("captions-off"),
            kicker: any(&["kicker", "eyebrow", "overline", "rubric", "topline"]),
            author: any(&["author", "byline"]),
        }
    }
}

/// What pages call the element that holds their article.
const MAIN: [&str; 8] =
    ["articlebody", "article-body", "article__body", "story-body", "entry-content", "post-content", "article-content", "story-content"];

/// The zone that an element begins; `main` says that it stands in the article.
pub(super) fn of(name: &str, element: &Element, names: &Names, main: bool) -> Option<Zone> {
    let sure = |reason| Some(Zone { reason, sure: true });
    if is_hidden(element) {
        return sure(Reason::Hidden);
    }
    match name {
        "nav" => return sure(Reason::Navigation),
        "button" | "label" | "legend" => return sure(Reason::Navigation),
        "footer" if !main => return sure(Reason::Legal),
        "dialog" => return sure(Reason::Newsletter),
        _ => {}
    }
    match attribute(element, "role") {
        Some("navigation" | "search" | "menu" | "menubar" | "toolbar" | "banner" | "tablist") => return sure(Reason::Navigation),
        Some("dialog" | "alertdialog") => return sure(Reason::Newsletter),
        Some("contentinfo") => return sure(Reason::Legal),
        _ => {}
    }
    names.reason.map(|reason| Zone { reason, sure: false })
}

fn is_hidden(element: &Element) -> bool {
    let style = attribute(element, "style").unwrap_or_default();
    let hides = |what: &str, value: &str| {
        style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, is)| {
            name.trim().eq_ignore_ascii_case(what) && is.trim().to_ascii_lowercase().trim_end_matches("!important").trim() == value
        })
    };
    attribute(element, "hidden").is_some() || !style.is_empty() && (hides("display", "none") || hides("visibility", "hidden"))
}

/// Names for parts of pages, as words of a class or id. Longer names come before those that they hold.
const NAMES: [(&str, Reason); 68] = [
    ("breadcrumb", Reason::Navigation),
    ("navbar", Reason::Navigation),
    ("navigation", Reason::Navigation),
    ("menu", Reason::Navigation),
    ("masthead", Reason::Navigation),
    ("pagination", Reason::Navigation),
    ("skip-link", Reason::Navigation),
    ("screen-reader", Reason::Navigation),
    ("sr-only", Reason::Navigation),
    ("visually-hidden", Reason::Navigation),
    ("visuallyhidden", Reason::Navigation),
    ("newsletter", Reason::Newsletter),
    ("subscribe", Reason::Newsletter),
    ("subscription", Reason::Newsletter),
    ("signup", Reason::Newsletter),
    ("sign-up", Reason::Newsletter),
    ("paywall", Reason::Newsletter),
    ("subscriber-only", Reason::Newsletter),
    ("members-only", Reason::Newsletter),
    ("poll", Reason::Newsletter),
    ("quiz", Reason::Newsletter),
    ("likes", Reason::ShareBar),
    ("print-info", Reason::Legal),
    ("regwall", Reason::Newsletter),
    ("donate", Reason::Newsletter),
    ("donation", Reason::Newsletter),
    ("cookie", Reason::Cookie),
    ("consent", Reason::Cookie),
    ("gdpr", Reason::Cookie),
    ("share", Reason::ShareBar),
    ("sharing", Reason::ShareBar),
    ("social", Reason::ShareBar),
    ("addthis", Reason::ShareBar),
    ("follow-us", Reason::ShareBar),
    ("related", Reason::RelatedLink),
    ("recommend", Reason::RelatedLink),
    ("recommended", Reason::RelatedLink),
    ("recommendations", Reason::RelatedLink),
    ("read-more", Reason::RelatedLink),
    ("readmore", Reason::RelatedLink),
    ("more-stories", Reason::RelatedLink),
    ("trending", Reason::RelatedLink),
    ("most-read", Reason::RelatedLink),
    ("most-popular", Reason::RelatedLink),
    ("popular", Reason::RelatedLink),
    ("taboola", Reason::RelatedLink),
    ("outbrain", Reason::RelatedLink),
    ("teaser-list", Reason::RelatedLink),
    ("promo", Reason::RelatedLink),
    ("sidebar", Reason::RelatedLink),
    ("comments", Reason::CommentForm),
    ("comment", Reason::CommentForm),
    ("commentlist", Reason::CommentForm),
    ("disqus", Reason::CommentForm),
    ("respond", Reason::CommentForm),
    ("replies", Reason::CommentForm),
    ("author-bio", Reason::AuthorBox),
    ("author-box", Reason::AuthorBox),
    ("about-author", Reason::AuthorBox),
    ("about-the-author", Reason::AuthorBox),
    ("biography", Reason::AuthorBox),
    ("tags", Reason::Tags),
    ("tag-list", Reason::Tags),
    ("advert", Reason::Advertisement),
    ("advertisement", Reason::Advertisement),
    ("sponsored", Reason::Advertisement),
    ("ad-slot", Reason::Advertisement),
    ("copyright", Reason::Legal),
];

/// What the names of an element say it is: one of its words, or the beginning of a compound, is a known name.
fn by_words(words: &str) -> Option<Reason> {
    if words.trim().is_empty() {
        return None;
    }
    let separator = |c: char| !c.is_alphanumeric();
    NAMES.iter().find_map(|&(name, reason)| {
        let mut from = 0;
        while let Some(at) = words.get(from..)?.find(name) {
            let start = from + at;
            let end = start + name.len();
            let before = words.get(..start)?.chars().next_back().is_none_or(separator);
            let after = words.get(end..)?.chars().next().is_none_or(separator);
            if before && after {
                return Some(reason);
            }
            from = end;
        }
        None
    })
}

/// True for an element that holds the article and little else.
pub(super) fn is_main(name: &str, element: &Element, names: &Names) -> bool {
    name == "article" || name == "main" || attribute(element, "role") == Some("main") || names.main
}
