//! What the paragraphs of a plain text are: title, byline, date line, headings, list items, quotations, credits; the headers and signature of
//! a mail or a Usenet article.

use super::boilerplate::is_date_word;
use super::lines::{Unit, list_mark};
use super::wrap::joined;
use crate::article::{Block, BlockKind, Meta, Reason};
use crate::text::{TextRange, grapheme};

/// How many paragraphs at the top may be title, byline and date.
const TOP: usize = 12;

/// How many lines above a mail are headers.
const HEADERS: usize = 60;

/// Makes blocks of the units and reads what the article says of itself. `folded` holds the reason of each furniture unit.
pub(super) fn blocks(text: &str, units: &[Unit], folded: &[Option<Reason>]) -> (Vec<Block>, Meta) {
    let mut meta = Meta::default();
    let mut blocks: Vec<Block> = units
        .iter()
        .zip(folded)
        .map(|(u, reason)| Block { range: u.range, kind: reason.map_or(BlockKind::Paragraph, BlockKind::Boilerplate) })
        .collect();
    let headers = headers(text, &mut blocks, &mut meta);
    body(text, units, &mut blocks, headers);
    top(text, units, &mut blocks, headers, &mut meta);
    signature(text, &mut blocks);
    (blocks, meta)
}

/// Lines such as `Title: …` and `URL: …`, as scrapers write them above a text. Returns how many there are.
fn headers(text: &str, blocks: &mut [Block], meta: &mut Meta) -> usize {
    let mut count = 0;
    let mut known = 0;
    let mut is_mail = false;
    for block in blocks.iter().take(HEADERS) {
        let line = block.range.of(text);
        let bare_url = count == 0 && is_url(line);
        is_mail |= matches!(header(line), Some((Key::Mail, _))) || line.starts_with("From: ");
        match header(line) {
            Some(_) => known += 1,
            // A long header goes on in the next line.
            None if bare_url
                || known >= 2
                    && is_mail
                    && text.as_bytes().get(block.range.start().wrapping_sub(1)).is_some_and(|b| b" \t".contains(b)) => {}
            None => break,
        }
        count += 1;
    }
    // One "Source: …" above a text may be anything; an address or two of them are a scraper's.
    let all_known = known >= 2 || blocks.first().is_some_and(|b| is_url(b.range.of(text)) || b.range.of(text).starts_with("Title: "));
    if !all_known {
        return 0;
    }
    let alone = count == blocks.len();
    for block in blocks.iter_mut().take(count) {
        let line = block.range.of(text);
        let Some((key, value)) = header(line) else {
            if !is_url(line) {
                block.kind = BlockKind::Boilerplate(Reason::MailHeader);
                continue;
            }
            meta.url = Some(line.to_owned());
            // Where there is nothing else, it is what there is to read.
            if !alone {
                block.kind = BlockKind::Boilerplate(Reason::SourceLink);
            }
            continue;
        };
        block.kind = match key {
            Key::Title if meta.title.is_some() => BlockKind::Paragraph,
            Key::Title => {
                meta.title = Some(value.split_whitespace().collect::<Vec<_>>().join(" "));
                block.range = value_of(text, block.range);
                BlockKind::Title
            }
            Key::Author => {
                meta.byline = names(&without_mailbox(value));
                BlockKind::Byline
            }
            Key::Date => {
                meta.published = Some(value.to_owned());
                BlockKind::Date
            }
            Key::Publisher => {
                meta.publisher = Some(value.to_owned());
                BlockKind::Credit
            }
            Key::Url => {
                meta.url = Some(value.to_owned());
                BlockKind::Boilerplate(Reason::SourceLink)
            }
            Key::Mail => BlockKind::Boilerplate(Reason::MailHeader),
            Key::Other => BlockKind::Boilerplate(Reason::SourceLink),
        };
    }
    count
}

/// Folds what stands under the line `-- ` at the end of a mail.
fn signature(text: &str, blocks: &mut [Block]) {
    const LINES: usize = 12;
    if !blocks.iter().take(HEADERS).any(|b| b.kind == BlockKind::Boilerplate(Reason::MailHeader)) {
        return;
    }
    let from = blocks.len().saturating_sub(LINES);
    let is_mark =
        |b: &Block| b.range.of(text) == "--" && text.get(b.range.end()..).is_some_and(|t| t.starts_with(" \n") || t.starts_with('\n'));
    let Some(mark) = blocks.iter().skip(from).rposition(is_mark) else { return };
    for block in blocks.iter_mut().skip(from + mark) {
        block.kind = BlockKind::Boilerplate(Reason::Signature);
    }
}

/// A header without its name.
fn value_of(text: &str, range: TextRange) -> TextRange {
    let line = range.of(text);
    let name = line.find(':').map_or(0, |at| at + 1);
    let value = line.get(name..).map_or(0, |rest| name + rest.len() - rest.trim_start().len());
    TextRange::new(grapheme::floor(text, range.start() + value).max(range.start()), range.end())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Title,
    Author,
    Date,
    Url,
    /// Who published it; an address is none.
    Publisher,
    /// Of a mail, and of no interest to a reader.
    Mail,
    Other,
}

/// The name in "Ana Sol <ana@example.org>" or "ana@example.org (Ana Sol)".
fn without_mailbox(sender: &str) -> String {
    let bracketed = sender.split_once('<').map(|(name, _)| name.trim().trim_matches('"').trim()).filter(|name| !name.is_empty());
    let commented = sender.split_once('(').filter(|(before, _)| before.contains('@')).and_then(|(_, name)| name.split(')').next());
    bracketed.or(commented).unwrap_or(sender).to_owned()
}

fn header(line: &str) -> Option<(Key, &str)> {
    if line.len() > 500 {
        return None;
    }
    let (key, value) = line.split_once(':')?;
    let value = value.trim();
    let key = match key.trim().to_ascii_lowercase().as_str() {
        "title" | "headline" | "subject" => Key::Title,
        "author" | "authors" | "byline" | "from" => Key::Author,
        "date" | "published" | "publish date" | "publication date" | "date published" | "pubdate" => Key::Date,
        "url" | "link" | "canonical" => Key::Url,
        "to"
        | "cc"
        | "bcc"
        | "reply-to"
        | "sender"
        | "sent"
        | "newsgroups"
        | "followup-to"
        | "message-id"
        | "references"
        | "in-reply-to"
        | "organization"
        | "path"
        | "lines"
        | "received"
        | "return-path"
        | "delivered-to"
        | "mime-version"
        | "content-type"
        | "content-transfer-encoding"
        | "content-language"
        | "user-agent"
        | "list-id"
        | "list-unsubscribe"
        | "precedence"
        | "nntp-posting-host"
        | "dkim-signature"
        | "importance"
        | "priority" => Key::Mail,
        key if key.starts_with("x-") && !key.contains(' ') => Key::Mail,
        "source" | "site" | "publisher" if !value.contains("://") => Key::Publisher,
        "source" | "site" | "publisher" | "language" | "section" | "retrieved" => Key::Other,
        _ => return None,
    };
    (!value.is_empty()).then_some((key, value))
}

fn is_url(line: &str) -> bool {
    (line.starts_with("https://") || line.starts_with("http://")) && !line.contains(char::is_whitespace)
}

/// Kinds of what is not furniture below the headers.
fn body(text: &str, units: &[Unit], blocks: &mut [Block], from: usize) {
    let spaced = units.iter().skip(1).filter(|u| u.gap > 0).count() * 2 >= units.len().saturating_sub(1);
    let mut opens = blocks.iter().take(from).any(|b| !b.kind.is_boilerplate());
    for i in from..blocks.len() {
        let Some((block, after)) = blocks.get_mut(i..).and_then(<[Block]>::split_first_mut) else { break };
        let first = !opens;
        opens |= !block.kind.is_boilerplate();
        if block.kind != BlockKind::Paragraph {
            continue;
        }
        let line = block.range.of(text);
        if let Some(kind) = own_kind(line) {
            block.kind = kind;
            continue;
        }
        let next = after.iter().zip(units.iter().skip(i + 1)).find(|(b, _)| !b.kind.is_boilerplate());
        if !first && is_heading(text, line, units.get(i), next, spaced) {
            block.kind = BlockKind::Heading(2);
        }
    }
}

/// The kind that a paragraph's own first characters or words tell.
fn own_kind(line: &str) -> Option<BlockKind> {
    let first = *line.as_bytes().first()?;
    if first == b'>' && line.len() > 1 {
        return Some(BlockKind::Quote);
    }
    if let Some(mark) = list_mark(line) {
        let dash = line.starts_with(['—', '–']);
        return (mark < line.len() && !dash).then_some(BlockKind::ListItem);
    }
    is_credit(line).then_some(BlockKind::Credit)
}

/// "(With inputs from AP)", "Reporting by …; editing by …".
pub(super) fn is_credit(line: &str) -> bool {
    const BEGIN: [&str; 16] = [
        "with inputs from",
        "with input from",
        "with agency inputs",
        "inputs from",
        "with files from",
        "with reporting by",
        "with reports from",
        "reporting by",
        "additional reporting",
        "edited by",
        "editing by",
        "writing by",
        "compiled by",
        "translated by",
        "contributing:",
        "contributors:",
    ];
    if line.len() > 300 {
        return false;
    }
    let bare = line.trim_start_matches(['(', '[', '—', '-', '*', ' ']);
    let may = bare.as_bytes().first().is_some_and(|b| b"wiraectWIRAECT".contains(b));
    let starts = |with: &&str| bare.as_bytes().get(..with.len()).is_some_and(|h| h.eq_ignore_ascii_case(with.as_bytes()));
    may && BEGIN.iter().any(starts)
        || line.len() < 200 && line.trim_end_matches('.').ends_with("contributed to this report")
        || line.len() < 200 && line.trim_end_matches('.').ends_with("contributed reporting")
}

/// A short line without an end mark, with text after it.
fn is_heading(text: &str, line: &str, unit: Option<&Unit>, next: Option<(&Block, &Unit)>, spaced: bool) -> bool {
    let Some((next, next_unit)) = next else { return false };
    let after = next.range.of(text);
    if line.len() > 110 || line.contains('\n') || spaced && (unit.is_none_or(|u| u.gap == 0) || next_unit.gap == 0) {
        return false;
    }
    let last = line.trim_end().chars().next_back();
    // "Tom wrote:" above what he wrote.
    if last == Some(':') && after.starts_with('>') {
        return false;
    }
    if matches!(last, Some('.' | '!' | ',' | ';' | '…' | '"' | '”' | ')' | '—')) || line.starts_with(['"', '“', '(', '[', '@', '—', '-'])
    {
        return false;
    }
    let words = line.split_whitespace().count();
    let first_large = line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase());
    first_large
        && words <= 14
        && (after.len() > 2 * line.len() || after.len() > 80)
        && after.len() > 40
        && !(last == Some(':') && words > 8)
}

/// Title, byline and date line, around the first paragraphs.
fn top(text: &str, units: &[Unit], blocks: &mut [Block], headers: usize, meta: &mut Meta) {
    let rest = blocks.get_mut(headers..).unwrap_or_default();
    let first = rest.iter().position(|b| !b.kind.is_boilerplate());
    if meta.title.is_none()
        && let Some(first) = first
        && let Some(block) = rest.get_mut(first)
        && is_title(text, block, units, headers + first)
    {
        meta.title = Some(joined(text, block.range));
        block.kind = BlockKind::Title;
    }
    top_lines(text, rest, meta);
}

/// Byline and date line, among the first short lines.
pub(super) fn top_lines(text: &str, blocks: &mut [Block], meta: &mut Meta) {
    let mut found = 0;
    for block in blocks.iter_mut().filter(|b| !b.kind.is_boilerplate() && b.kind != BlockKind::Title).take(TOP) {
        let line = block.range.of(text);
        if line.len() > 160 || found == 3 {
            break;
        }
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
            continue;
        }
        if let Some(authors) = byline(line) {
            if meta.byline.is_empty() {
                meta.byline = names(authors);
            }
            block.kind = BlockKind::Byline;
            found += 1;
        } else if is_date(line) {
            meta.published.get_or_insert_with(|| line.to_owned());
            block.kind = BlockKind::Date;
            found += 1;
        }
    }
}

/// The first paragraph is the title when it is short and something longer follows.
fn is_title(text: &str, block: &Block, units: &[Unit], at: usize) -> bool {
    if matches!(block.kind, BlockKind::ListItem | BlockKind::Quote | BlockKind::Credit) {
        return false;
    }
    let line = block.range.of(text);
    let rest = units.get(at + 1..).unwrap_or_default();
    if rest.is_empty() || line.len() > 220 {
        return false;
    }
    let words = line.split_whitespace().count();
    if words > 32 || byline(line).is_some() || is_date(line) {
        return false;
    }
    let longest = rest.iter().take(6).map(|u| u.range.len()).max().unwrap_or(0);
    let sentence = line.trim_end_matches(['"', '”', '’', '\'']).ends_with(['.', '!', '…', ':']);
    if sentence {
        // Some archives end their headlines with a full stop.
        let speaks = line.contains([':', '"', '“']) && !line.ends_with('.');
        return !speaks && words <= 16 && rest.len() >= 3 && longest > line.len() * 2 && longest > 120 && !line.contains(". ");
    }
    longest > line.len()
}

/// The authors of "By Jane Roe and John Doe"; `None` for other lines.
fn byline(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")).or_else(|| line.strip_prefix("by "))?;
    let words = rest.split_whitespace().count();
    let name = rest.starts_with(|c: char| c.is_uppercase());
    let small = rest.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
    let ends = rest.ends_with(['.', '!', '?', ':', '"', '”']) && words > 6;
    (name && words <= 20 && !ends && small * 2 <= words).then_some(rest)
}

/// "Jane Roe, John Doe and Ann Poe | Staff" as names.
fn names(authors: &str) -> Vec<String> {
    let people = authors.split(['|', '•', ';', '·']).next().unwrap_or(authors);
    // "Jane Roe in Lagos", "Jane Roe for The Paper".
    let people = people.split(" in ").next().and_then(|p| p.split(" for ").next()).unwrap_or(people);
    people
        .split(',')
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|name| name.trim().trim_start_matches("and ").to_owned())
        .filter(|name| name.starts_with(char::is_uppercase))
        .take(20)
        .collect()
}

/// True for a line of date and time alone.
fn is_date(line: &str) -> bool {
    if line.len() > 90 || !line.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let lower = line.to_lowercase();
    let mut words = 0;
    let mut dates = 0;
    for word in lower.split(|c: char| c.is_whitespace() || c == ',' || c == '|').filter(|w| w.contains(char::is_alphanumeric)) {
        words += 1;
        dates += usize::from(is_date_word(word.trim_matches(|c: char| !c.is_alphanumeric())));
    }
    let named = lower.split(|c: char| !c.is_alphabetic()).any(|w| w.len() >= 3 && is_date_word(w));
    named && words >= 2 && words == dates
}

#[cfg(test)]
mod tests {
    use super::super::from_text;

    /// The blocks of a text with their kinds; furniture by its reason.
    fn kinds(text: &str) -> Vec<(&'static str, String)> {
        let article = from_text(text);
        let name = |kind: crate::article::BlockKind| match kind {
            crate::article::BlockKind::Boilerplate(reason) => reason.words(),
            kind => kind.name(),
        };
        article.blocks.iter().map(|b| (name(b.kind), b.range.of(&article.text).to_owned())).collect()
    }

    #[test]
    fn a_mail() {
        let mail = "From: Ana Sol <ana@example.org>\nNewsgroups: harbour.pier\nSubject: Re: The pier\nMessage-ID: <1@example.org>\nReferences: <0@example.org>\n <2@example.org>\nDate: Tue, 4 Mar 2031 10:00:00 +0000\n\nBo Lind wrote:\n> Is the pier closed?\n>> So they say.\n\nIt is closed for the whole of the winter, as the board said on Tuesday.\n\n-- \nAna Sol, Harbour Board\n";
        let found = kinds(mail);
        let of = |kind: &str| found.iter().filter(|(k, _)| *k == kind).map(|(_, words)| words.as_str()).collect::<Vec<_>>();
        assert_eq!(of("title"), ["Re: The pier"]);
        assert_eq!(of("byline"), ["From: Ana Sol <ana@example.org>"]);
        assert_eq!(of("date").len(), 1);
        assert_eq!(of("mail header").len(), 3, "{found:#?}");
        assert_eq!(of("quote"), ["> Is the pier closed?", ">> So they say."]);
        assert_eq!(of("signature"), ["--", "Ana Sol, Harbour Board"]);
        let meta = from_text(mail).meta;
        assert_eq!((meta.title.as_deref(), meta.byline), (Some("Re: The pier"), vec!["Ana Sol".to_owned()]));
    }

    #[test]
    fn what_scrapers_write_above_a_text() {
        let found = kinds(
            "Title: The pier will close\nURL: https://example.org/pier\nSource: Harbour Post\n\nThe board voted on Tuesday to close it.",
        );
        assert_eq!(found[0], ("title", "The pier will close".to_owned()), "without its label");
        assert_eq!(found[2], ("credit", "Source: Harbour Post".to_owned()), "who published it is shown");
        let article = from_text("Source: Harbour Post\nURL: https://example.org/pier\n\nThe board voted on Tuesday to close it.");
        assert_eq!(article.meta.publisher.as_deref(), Some("Harbour Post"));
        assert_eq!(kinds("https://example.org/pier\n"), [("paragraph", "https://example.org/pier".to_owned())], "all there is to read");
    }

    #[test]
    fn what_only_looks_like_a_mail() {
        let text = "From: here to there\n\nThe pier is closed for the whole of the winter, the board said on Tuesday.\n\n-- \n\nIt was built in 1931.\n\nMore words stand here, and more, and then some more words yet.";
        assert!(kinds(text).iter().all(|(kind, _)| !matches!(*kind, "mail header" | "byline" | "signature")));
    }

    #[test]
    fn form_feeds_are_white_space_between_paragraphs() {
        let found = kinds("The pier is closed for the winter.\n\u{c}\nThe crane is for sale.\n\u{c}It is old, the board said.");
        let words: Vec<&str> = found.iter().map(|(_, w)| w.as_str()).collect();
        assert_eq!(words, ["The pier is closed for the winter.", "The crane is for sale.", "It is old, the board said."]);
    }
}
