//! Links: their numbers, going to the next, opening and copying them. Nothing is opened unasked, and only what a browser or a mail
//! program is for.

use super::super::event::Effect;
use super::super::model::Model;
use super::copy;
use crate::article::Link;
use crate::fetch::address::Address;
use crate::text::sanitize;

/// Shows or hides the numbers.
pub(super) fn toggle_numbers(model: &mut Model) {
    model.link_numbers = !model.link_numbers;
    let signs = model.link_signs();
    let count = model.article.numbered_links().count();
    model.keep_place(|m| m.flow.set_signs(signs));
    let open = model.key_of(crate::config::Action::OpenLink);
    match (model.link_numbers, count) {
        (false, _) => model.say("numbers of links hidden"),
        (true, 0) => model.say("there is no link in this article"),
        (true, 1) => model.say(format!("the link has number 1: 1{open} opens it")),
        (true, n) => model.say(format!("{n} links have numbers: 1{open} opens the first")),
    }
}

/// Where the next link begins behind byte `at`, or the one before it.
pub(super) fn beside(model: &Model, at: usize, forward: bool) -> Option<usize> {
    let links = &model.article.links;
    let seen = |l: &&Link| !model.is_folded_away(l.range.start());
    let next = if forward {
        let from = links.partition_point(|l| l.range.start() <= at);
        links.get(from..).unwrap_or_default().iter().find(seen)
    } else {
        let to = links.partition_point(|l| l.range.start() < at);
        links.get(..to).unwrap_or_default().iter().rev().find(seen)
    };
    next.map(|l| l.range.start())
}

/// The link of this number, else the one under the caret; says so when there is none.
fn meant(model: &mut Model, count: Option<usize>) -> Option<Link> {
    let link = match count {
        Some(n) => model.article.numbered_links().nth(n.saturating_sub(1)).cloned(),
        None => model.article.link_at(model.caret).map(|i| model.article.links[i].clone()),
    };
    if link.is_none() {
        let next = model.key_of(crate::config::Action::NextLink);
        let total = model.article.numbered_links().count();
        model.say(match (count, total) {
            (_, 0) => "there is no link in this article".to_owned(),
            (Some(n), total) => format!("there is no link {n}: the last is {total}"),
            (None, _) => format!("the caret is on no link; {next} goes to the next"),
        });
    }
    link
}

/// Opens a link with another program, or goes where it leads in the article.
pub(super) fn open(model: &mut Model, count: Option<usize>) -> Vec<Effect> {
    let Some(link) = meant(model, count) else { return vec![] };
    if let Some(at) = link.within {
        let back = model.key_of(crate::config::Action::JumpBack);
        model.jump(at);
        model.say(format!("{back} goes back"));
        return vec![];
    }
    let target = absolute(model, &link.target);
    let shown = sanitize::line(&target).into_owned();
    let copies = model.key_of(crate::config::Action::YankLink);
    if link.target.trim().starts_with('#') {
        model.say(format!("{shown} leads to a part of the page that is not in the text"));
        return vec![];
    }
    if !can_be_opened(&target) {
        model.say(format!("not opened: {shown} is neither a web nor a mail address; {copies} copies it"));
        return vec![];
    }
    model.say(format!("opening {shown}"));
    vec![Effect::Open { target: encoded(&target), with: model.settings.open.clone() }]
}

/// Copies where a link leads.
pub(super) fn copy(model: &mut Model, count: Option<usize>) -> Vec<Effect> {
    let Some(link) = meant(model, count) else { return vec![] };
    let target = absolute(model, &link.target);
    // Which address it was is not to be seen in the text.
    let shown = sanitize::line(&target).into_owned();
    copy::send(model, target, &shown, None)
}

/// The schemes that are opened.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

fn can_be_opened(target: &str) -> bool {
    target.split_once(':').is_some_and(|(scheme, rest)| SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme)) && !rest.is_empty())
}

/// The address of a link, by that of the article when it is written short.
pub(crate) fn absolute(model: &Model, target: &str) -> String {
    let target = target.trim();
    let short = !target.starts_with('#') && !target.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    let page = model.article.meta.url.as_deref().and_then(|url| Address::parse(url).ok()).filter(|_| short);
    match page.and_then(|page| page.join(target).ok()) {
        // A server never sees the fragment, so an address has none.
        Some(address) => match target.split_once('#') {
            Some((_, fragment)) => format!("{address}#{fragment}"),
            None => address.to_string(),
        },
        None => target.to_owned(),
    }
}

/// An address as other programs take it: white space, controls and what is invisible are spelled as numbers.
fn encoded(target: &str) -> String {
    let mut out = String::with_capacity(target.len());
    for c in target.chars() {
        if c.is_whitespace() || sanitize::is_hostile(c) || matches!(c, '"' | '<' | '>' | '`') {
            for b in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{b:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

impl Model {
    /// The numbers that are drawn behind links, where they are shown: the byte before which each stands, and its columns.
    #[must_use]
    pub fn link_signs(&self) -> Vec<(usize, usize)> {
        if !self.link_numbers {
            return Vec::new();
        }
        let numbered = self.article.numbered_links().zip(1usize..);
        numbered.map(|(l, n)| (l.range.end(), 3 + n.ilog10() as usize)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_and_mail_addresses_alone_are_opened() {
        for good in ["https://example.org", "HTTP://example.org/a", "mailto:ana@example.org"] {
            assert!(can_be_opened(good), "{good}");
        }
        for bad in
            ["javascript:alert(1)", "file:///etc/passwd", "-h", "data:text/html,x", "ftp://example.org", "/a/b", "https:", "vnd.x:y", ""]
        {
            assert!(!can_be_opened(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_is_one_harmless_word() {
        assert_eq!(encoded("https://example.org/a b\u{202e}\"c\n"), "https://example.org/a%20b%E2%80%AE%22c%0A");
        assert_eq!(encoded("https://example.org/é?q=1&r=%20#x"), "https://example.org/é?q=1&r=%20#x");
    }
}
