//! Mail as it travels: encoded subjects and names, folded headers, bodies in quoted-printable, base64 or several parts, to plain mail.
//!
//! Only what cannot be read as it stands is touched: a mail of plain lines is a plain text, and stays as it is in its file. The lines of what it
//! quotes are joined to the paragraphs that they were: each begins with marks that are none of the quoted words.

use std::path::Path;

use mail_parser::{Encoding, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::lines::list_mark;
use super::{Error, decode, html, plain};
use crate::article::{Article, Source};
use crate::text::sanitize;

/// How much of a file is looked at for the headers of a mail.
const HEAD: usize = 64 << 10;

/// The article that an encoded mail is; nothing for anything else.
pub(super) fn article(bytes: &[u8], name: Option<&Path>) -> Option<Result<Article, Error>> {
    if !is_mail(bytes, name)? {
        let decoded = decode::decode(bytes, None, None).ok()?;
        let mut article = plain::article(&quotes_joined(&sanitize::text(&decoded.text))?);
        article.source = Source { extractor: "mail/1", encoding: decoded.encoding, ..article.source };
        article.warnings = decoded.warnings;
        return Some(Ok(article));
    }
    let message = MessageParser::new().with_mime_headers().default_header_text().parse(bytes)?;
    let is_html = |p: &u32| matches!(message.parts.get(*p as usize).map(|p| &p.body), Some(PartType::Html(_)));
    let head = head(&message);
    let body: Vec<String> = message.text_body.iter().filter(|p| !is_html(p)).filter_map(|p| text(&message, *p)).collect();
    let mut as_it_is = false;
    let mut article = if body.is_empty() && message.html_body.iter().any(is_html) {
        match page(&message, &head) {
            Ok(article) => article,
            Err(why) => return Some(Err(why)),
        }
    } else {
        let mut body = body.join("\n\n");
        // Parts that cannot be told apart must not hide what they say.
        let undivided = message.parts.len() == 1 && message.content_type().is_some_and(|t| t.ctype().eq_ignore_ascii_case("multipart"));
        if body.trim().is_empty() && (undivided || message.attachments.is_empty()) {
            body = raw_body(bytes);
            as_it_is = !body.is_empty();
        }
        let text = format!("{head}\n{body}");
        let text = sanitize::text(&text);
        plain::article(quotes_joined(&text).unwrap_or_else(|| text.into_owned()))
    };
    article.source = Source { extractor: "mail/1", encoding: "UTF-8", ..article.source };
    if as_it_is {
        article.warnings.push("no part of the mail could be told from the others: its body is shown as it stands in the file".into());
    }
    let parts = message.attachments.len();
    if parts > 0 && !as_it_is {
        let are = if parts == 1 { "1 attachment is" } else { &format!("{parts} attachments are") };
        article.warnings.push(format!("{are} not shown"));
    }
    Some(Ok(article))
}

/// Nothing for what is no mail; of a mail, whether it has something to decode.
fn is_mail(bytes: &[u8], name: Option<&Path>) -> Option<bool> {
    let head = bytes.get(..HEAD.min(bytes.len())).unwrap_or_default();
    let head = String::from_utf8_lossy(head);
    let (mut known, mut sender, mut coded) = (0, false, false);
    for line in head.lines().take_while(|l| !l.trim_end().is_empty()) {
        // A header that goes on in the next line.
        if line.starts_with([' ', '\t']) {
            coded = true;
            continue;
        }
        let Some((key, value)) = line.split_once(':') else {
            // Mailboxes begin with "From somebody date".
            if known == 0 && line.starts_with("From ") {
                continue;
            }
            return None;
        };
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            return None;
        }
        let (key, value) = (key.to_ascii_lowercase(), value.trim().to_ascii_lowercase());
        sender |= key == "from";
        known += usize::from(matches!(key.as_str(), "subject" | "date" | "to" | "message-id" | "mime-version" | "newsgroups"));
        coded |= value.contains("=?")
            || key == "content-transfer-encoding" && matches!(value.as_str(), "quoted-printable" | "base64")
            || key == "content-type" && (!value.starts_with("text/plain") || charset_needs_reading(&value));
    }
    let eml = name.and_then(Path::extension).is_some_and(|e| e.eq_ignore_ascii_case("eml"));
    (sender && known >= if eml { 1 } else { 2 }).then_some(coded)
}

fn charset_needs_reading(content_type: &str) -> bool {
    let charset = content_type.split_once("charset=").map_or("utf-8", |(_, c)| c).trim_matches(['"', '\'']);
    !["utf-8", "us-ascii"].iter().any(|known| charset.starts_with(known))
}

/// The headers, decoded, one a line.
fn head(message: &Message<'_>) -> String {
    let mut head = String::new();
    for header in message.headers() {
        let value = match &header.value {
            HeaderValue::Text(text) => text.to_string(),
            HeaderValue::TextList(texts) => texts.join(", "),
            _ => continue,
        };
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if !value.is_empty() && !matches!(header.name, HeaderName::ContentType | HeaderName::ContentTransferEncoding) {
            head.push_str(&format!("{}: {value}\n", header.name.as_str()));
        }
    }
    head
}

/// The words of a part. Bytes that come without a charset are read as any file is.
fn text(message: &Message<'_>, part: u32) -> Option<String> {
    let part = message.parts.get(part as usize)?;
    let PartType::Text(words) = &part.body else { return None };
    let names_charset = part.content_type().is_some_and(|t| t.attribute("charset").is_some());
    if names_charset || part.encoding != Encoding::None {
        return Some(words.to_string());
    }
    let raw = message.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    Some(decode::decode(raw, None, None).map_or_else(|_| words.to_string(), |d| d.text.into_owned()))
}

/// What stands below the headers, decoded as any file is and nothing more.
fn raw_body(bytes: &[u8]) -> String {
    let below = |blank: &[u8]| memchr::memmem::find(bytes, blank).map(|at| at + blank.len());
    let start = [below(b"\n\n"), below(b"\r\n\r\n")].into_iter().flatten().min();
    let raw = start.and_then(|at| bytes.get(at..)).unwrap_or_default();
    decode::decode(raw, None, None).map_or_else(|_| String::new(), |d| d.text.trim().to_owned())
}

/// A mail that is a web page, with what its headers say of it.
fn page(message: &Message<'_>, head: &str) -> Result<Article, Error> {
    let page: String =
        message.html_bodies().filter_map(|p| if let PartType::Html(html) = &p.body { Some(html.as_ref()) } else { None }).collect();
    html::article_named(&page, None, plain::article(format!("{head}\n.")).meta)
}

/// The text with the filled lines of each quoted paragraph joined; nothing when there are none.
fn quotes_joined(text: &str) -> Option<String> {
    const WIDTHS: std::ops::RangeInclusive<usize> = 40..=100;
    const SLACK: usize = 3;
    let quoted = |line: &str| line.starts_with('>').then(|| line.len() - line.trim_start_matches(['>', ' ']).len());
    let columns = |line: &str| line.trim_end().chars().take(WIDTHS.end() + 1).count();
    let width = text.lines().filter(|l| quoted(l).is_some()).map(columns).filter(|w| WIDTHS.contains(w)).max()?;
    let mut out = String::with_capacity(text.len());
    let mut last: Option<&str> = None;
    let mut joined = false;
    for line in text.split('\n') {
        let continued = last.zip(quoted(line)).and_then(|(last, depth)| {
            let (mark, words) = line.split_at_checked(depth)?;
            let above = last.strip_prefix(mark).filter(|above| quoted(last) == Some(depth) && !above.is_empty())?;
            let first = words.split(' ').next().map_or(0, |w| w.chars().count());
            let length = columns(last);
            let full = length <= *WIDTHS.end() && length + 1 + first + SLACK > width && length * 2 >= width;
            let open = !above.trim_end().ends_with(['.', '!', '?', ':']) && words.starts_with(char::is_lowercase) && length * 2 >= width;
            let item = list_mark(words).is_some();
            (!words.is_empty() && !item && (full || open)).then_some(words)
        });
        if let Some(words) = continued {
            out.truncate(out.trim_end_matches([' ', '\n']).len());
            out.push(' ');
            out.push_str(words);
            joined = true;
        } else {
            out.push_str(line);
        }
        out.push('\n');
        last = Some(line);
    }
    // The last line had no line feed behind it.
    out.pop();
    joined.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::super::{Options, read};
    use super::*;
    use crate::article::BlockKind;

    fn opened(mail: &[u8]) -> Article {
        read(mail, Some(Path::new("a.eml")), &Options::default()).expect("a mail")
    }

    fn of(article: &Article, kind: BlockKind) -> Vec<&str> {
        article.blocks.iter().filter(|b| b.kind == kind).map(|b| b.range.of(&article.text)).collect()
    }

    #[test]
    fn encoded_headers_and_bodies() {
        let mail = "From: =?utf-8?Q?Zo=C3=AB_Sol?= <zoe@example.org>\r\nTo: desk@example.org\r\nSubject: =?UTF-8?B?QnLDvGNrZSBjbG9zZWQ=?=\r\n and sold\r\nDate: Tue, 4 Mar 2031 09:30:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=E2=80=9CWe cannot wait,=E2=80=9D said the chairwoman, Ana Sol, who leads the =\r\nboard of the harbour.\r\n";
        let found = opened(mail.as_bytes());
        assert_eq!(found.meta.title.as_deref(), Some("Brücke closed and sold"));
        assert_eq!(found.meta.byline, ["Zoë Sol"]);
        assert_eq!(
            of(&found, BlockKind::Paragraph),
            ["“We cannot wait,” said the chairwoman, Ana Sol, who leads the board of the harbour."]
        );
        assert_eq!(found.source.extractor, "mail/1");
    }

    #[test]
    fn of_several_parts_the_plain_one_is_read() {
        let mail = "From: ana@example.org\nSubject: Pier\nDate: Tue, 4 Mar 2031 09:30:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: base64\n\nVGhlIGNhZukgaXMgY2xvc2VkLg==\n--x\nContent-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--x--\n";
        let found = opened(mail.as_bytes());
        assert_eq!(of(&found, BlockKind::Paragraph), ["The café is closed."]);
        assert_eq!(found.warnings, ["1 attachment is not shown"]);
    }

    #[test]
    fn parts_behind_a_wrong_boundary_are_shown() {
        let mail = "From: ana@example.org\nSubject: Pier\nDate: Tue, 4 Mar 2031 09:30:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=one\n\n--two\nContent-Type: text/plain\n\nThe pier is closed.\n--two--\n";
        for mail in [mail.to_owned(), mail.replace('\n', "\r\n")] {
            let found = opened(mail.as_bytes());
            assert!(found.body().any(|(_, b)| b.range.of(&found.text).contains("The pier is closed.")), "{}", found.text);
            assert_eq!(found.warnings, ["no part of the mail could be told from the others: its body is shown as it stands in the file"]);
        }
    }

    #[test]
    fn a_mail_that_is_a_web_page() {
        let mail = "From: Ana Sol <ana@example.org>\nSubject: Pier\nDate: Tue, 4 Mar 2031 09:30:00 +0100\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><body><h1>News</h1><p>The harbour board voted on Tuesday to close the northern pier for the whole of the winter.</p></body></html>\n";
        let found = opened(mail.as_bytes());
        assert_eq!((found.meta.title.as_deref(), &found.meta.byline[..]), (Some("Pier"), &["Ana Sol".to_owned()][..]));
        assert!(found.text.contains("whole of the winter.") && !found.text.contains("<p>"));
    }

    #[test]
    fn a_quoted_paragraph_is_one() {
        let mail = "From: Ana Sol <ana@example.org>\nNewsgroups: harbour.pier\nSubject: Re: Pier\n\nBo Lind wrote:\n> The board voted on Tuesday to close the old northern pier after\n> engineers found cracks.\n> - one\n>> Who said so, and when was it said, and to whom of all the people\n>> that were there?\n\nNobody.\n";
        let found = opened(mail.as_bytes());
        assert_eq!(
            of(&found, BlockKind::Quote),
            [
                "> The board voted on Tuesday to close the old northern pier after engineers found cracks.",
                "> - one",
                ">> Who said so, and when was it said, and to whom of all the people that were there?"
            ]
        );
        assert_eq!(of(&found, BlockKind::Paragraph), ["Bo Lind wrote:", "Nobody."], "who wrote it is no heading");
    }

    #[test]
    fn mails_of_plain_lines_and_other_texts_stay_as_they_are() {
        for text in
            ["From: a@example.org\nSubject: Pier\nDate: today\n\nIt is closed.\n", "From: here\n and there\n\nWords.\n", "a > b\n> c\n"]
        {
            assert_eq!(opened(text.as_bytes()).text, text);
        }
    }

    #[test]
    fn odd_mails_cost_linear_time() {
        let head = "From: a@example.org\nSubject: =?utf-8?Q?x?=\nDate: today\nContent-Type: multipart/mixed; boundary=x\n\n";
        for piece in ["--x\n", "> ", ">\n", "> a\n", "--x\nContent-Type: multipart/mixed; boundary=x\n\n", "=?utf-8?Q?", "=\n"] {
            let mail = format!("{head}{}", piece.repeat(500_000 / piece.len()));
            assert!(read(mail.as_bytes(), None, &Options::default()).is_ok(), "{piece}");
        }
    }
}
