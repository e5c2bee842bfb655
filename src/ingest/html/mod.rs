//! Web pages: bytes to the reading text of the article, with what was left out beside it.
//!
//! | file | what it does |
//! |---|---|
//! | `charset` | the charset that a page names in its head |
//! | `reduce` | cuts the markup down to what can be parsed in bounded time |
//! | `page` | walks over the parsed page: every paragraph, heading, item, row, caption with its surroundings |
//! | `zone` | what a part of a page is for, by its element, role and class |
//! | `extract` | which pieces are the article, as `dom_smoothie` judges |
//! | `refine` | corrects that judgement by what the pieces say and where they stand |
//! | `meta` | title, authors, date, publisher, language, address, by ladders of evidence |
//! | `build` | pieces to an article |
//!
//! Scripts never run and nothing is loaded: a page is a string.

mod build;
pub(super) mod charset;
mod elements;
mod extract;
mod meta;
mod page;
mod reduce;
mod refine;
mod zone;

use dom_query::Document;

use super::Error;
use crate::article::{Article, Block, BlockKind, LeftOut, Meta, Reason};
use crate::text::sanitize;

/// An article that is not free to read and shorter than this, in bytes, is taken for its beginning.
const STUB: usize = 2500;

/// Reads a decoded page. `address` is where it came from, when that is known.
///
/// # Errors
/// When it has more elements or text than can be read in bounded time.
pub(super) fn article(decoded: &str, address: Option<&str>) -> Result<Article, Error> {
    article_named(decoded, address, Meta::default())
}

/// As [`article`]; what `given` holds is known from elsewhere and stands above what the page says.
///
/// # Errors
/// As [`article`].
pub(super) fn article_named(decoded: &str, address: Option<&str>, given: Meta) -> Result<Article, Error> {
    let reduced = reduce::reduce(decoded).ok_or(Error::PageTooLarge)?;
    let document = Document::from(reduced.markup);
    let page = page::page(&document);
    let meta::Said { mut meta, paid } = meta::read(&document, &reduced.data, &page, address.or_else(|| saved_from(decoded)));
    meta.title = given.title.or(meta.title);
    meta.published = given.published.or(meta.published);
    if !given.byline.is_empty() {
        meta.byline = given.byline;
    }
    let kept = extract::kept(document, &page);
    let judged = refine::judge(&page, kept.as_deref(), &meta);
    let mut article = build::article(&page, &judged.verdicts, meta);
    unscripted(&mut article, &reduced.unscripted);
    let told = article.body().any(|(_, b)| is_told(b, &article.text));
    if !told && !paid {
        article.warnings.push(super::NO_TEXT.into());
    } else if !judged.found {
        article.warnings.push("no article was found on this page: all of its text is here".into());
    }
    if paid && article.text.len() < STUB {
        article.warnings.push("the page says that it is not free to read: this may be only its beginning".into());
    }
    if reduced.flattened {
        article.warnings.push("elements are nested so deeply that some of the page's structure is lost".into());
    }
    Ok(article)
}

/// Adds what the page says to those who run no scripts to what was left out.
fn unscripted(article: &mut Article, contents: &[&str]) {
    for content in contents {
        let mut words = String::new();
        for piece in content.split('<') {
            words.push_str(piece.split_once('>').map_or(piece, |(_, after)| after));
            words.push(' ');
        }
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().any(char::is_alphanumeric) {
            let text = sanitize::text(&words).into_owned();
            article.left_out.push(LeftOut { at: article.text.len(), text, reason: Reason::Hidden });
        }
    }
}

/// True for what somebody reads a page for: a sentence, however short, a heading, a row of a table, or a list.
fn is_told(block: &Block, text: &str) -> bool {
    let words = block.range.of(text).split_whitespace().count();
    let wide = block.range.len() > 60;
    match block.kind {
        BlockKind::Title | BlockKind::Byline | BlockKind::Date | BlockKind::Caption | BlockKind::Boilerplate(_) => false,
        _ => words >= 2 || wide,
    }
}

/// The address that browsers write into pages they save: `<!-- saved from url=(0023)https://example.org/a -->`.
fn saved_from(decoded: &str) -> Option<&str> {
    const NEAR: usize = 1000;
    let at = memchr::memmem::find(decoded.as_bytes().get(..NEAR.min(decoded.len()))?, b"saved from url=(")?;
    let (_, address) = decoded.get(at..)?.split_once("url=(")?.1.split_once(')')?;
    let address = address.split([' ', '\n', '>']).next()?;
    (address.starts_with("http") && address.contains("://")).then_some(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::holds;
    use super::super::{Kind, Options, read};
    use super::*;

    fn page(html: &str) -> Article {
        article(html, None).expect("small")
    }

    /// An article's worth of invented prose.
    const BODY: &str = "<p>The harbour board voted on Tuesday to close the northern pier for the whole of the winter, and to sell the crane.</p>\
        <p>“We have no money for <a href='/two'>two piers</a>,” said the chairwoman, Ana Sol, after the vote in the old customs house.</p>\
        <p>The crane is worth about 2.3 million dollars, according to a survey that the board had ordered in the spring.</p>";

    fn blocks(article: &Article) -> Vec<(&'static str, &str)> {
        article.blocks.iter().map(|b| (b.kind.name(), b.range.of(&article.text))).collect()
    }

    #[test]
    fn pictures_say_what_they_show_beside_the_text() {
        let picture = |alt: &str| format!("<p><img src=a.jpg alt='{alt}'></p>");
        let teaser = "<p><a href=/other><img src=b.jpg alt='Ten piers that you must see'></a></p>";
        let html = format!(
            "<html><body><header><img src=l.png alt='The Harbour Daily paper'></header><article><h1>The pier will close</h1>{BODY}{}{}{}{teaser}\
             <figure><a href=big.jpg><img src=a.jpg alt='A crane over grey water'></a><figcaption>The crane at dawn, by Bo Lind</figcaption></figure>\
             <figure><img src=a.jpg alt='The crane at dawn'><figcaption>The crane at dawn, seen from the pier</figcaption></figure>{BODY}</article></body></html>",
            picture("Ana Sol signs a paper"),
            picture("IMG_2031.jpg"),
            picture("Paper logo in blue"),
        );
        let found = page(&html);
        let pictures: Vec<String> = found.pictures().map(|(_, words)| words).collect();
        assert_eq!(pictures, ["[image: Ana Sol signs a paper]", "[image: A crane over grey water]"]);
        assert!(!found.text.contains("grey water"), "they are no text");
        let captions: Vec<&str> = found.blocks.iter().filter(|b| found.is_caption(b)).map(|b| b.range.of(&found.text)).collect();
        assert_eq!(captions, ["The crane at dawn, by Bo Lind", "The crane at dawn, seen from the pier"]);
        assert!(found.blocks.iter().filter(|b| found.is_caption(b)).all(|b| !found.folds_away(b) && b.kind.is_boilerplate()));
    }

    #[test]
    fn rows_of_a_table_know_their_cells() {
        let table = "<table><thead><tr><th rowspan=2>Pier</th><th colspan=2>Ships</th></tr><tr><th>2030</th><th>2031</th></tr></thead>\
            <tr><td>North</td><td></td><td>998</td></tr><tr><td colspan=2>South | east</td><td>7</td></tr></table>";
        let found = page(&format!("<html><body><article><h1>The pier will close</h1>{BODY}{table}{BODY}</article></body></html>"));
        let rows: Vec<_> = found
            .tables
            .rows_of(0)
            .map(|row| {
                let cells = found.tables.cells(row).iter().map(|c| (c.range.of(&found.text), c.column, c.span));
                (found.tables.is_header(row), cells.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            rows,
            [
                (true, vec![("Pier", 0, 1), ("Ships", 1, 2)]),
                (true, vec![("2030", 1, 1), ("2031", 2, 1)]),
                (false, vec![("North", 0, 1), ("", 1, 1), ("998", 2, 1)]),
                (false, vec![("South | east", 0, 2), ("7", 2, 1)]),
            ]
        );
    }

    #[test]
    fn every_kind_of_block() {
        let found = page(&format!(
            "<html lang=en><head><title>The pier will close</title></head><body><nav><a href=/>Home</a></nav><article><h1>The pier will close</h1>{BODY}\
             <h2>What it costs</h2><ul><li>The crane, which is old</li><li>The <b>boards</b> of the pier</li></ul><ol start=3><li>To repair what is left</li></ol>\
             <blockquote><p>Nobody will miss it, least of all the gulls who never liked the noise of it.</p></blockquote>\
             <table><tr><th>Year</th><th>Ships</th></tr><tr><td>2030</td><td>14</td></tr></table>\
             <figure><img src=a.jpg alt=x><figcaption>The crane at dawn. Photo: Bo Lind</figcaption></figure>\
             <pre>let a = 1;\n  b</pre>{BODY}<p>(Reporting by Bo Lind)</p></article></body></html>"
        ));
        let kinds = blocks(&found);
        for expected in [
            ("title", "The pier will close"),
            ("heading", "What it costs"),
            ("list_item", "• The crane, which is old"),
            ("list_item", "• The boards of the pier"),
            ("list_item", "3. To repair what is left"),
            ("quote", "Nobody will miss it, least of all the gulls who never liked the noise of it."),
            ("table_row", "Year | Ships"),
            ("table_row", "2030 | 14"),
            ("boilerplate", "The crane at dawn. Photo: Bo Lind"),
            ("code", "let a = 1;\n  b"),
            ("credit", "(Reporting by Bo Lind)"),
        ] {
            assert!(kinds.contains(&expected), "{expected:?} is not in {kinds:#?}");
        }
        assert_eq!(found.left_out.iter().map(|l| (l.text.as_str(), l.reason.words())).collect::<Vec<_>>()[0], ("Home", "navigation"));
        let link = &found.links[0];
        assert_eq!((link.range.of(&found.text), link.target.as_str()), ("two piers", "/two"));
    }

    #[test]
    fn a_date_in_the_text_is_not_the_articles() {
        for told in [
            "<blockquote class=post><p>We are closing it now.</p>&mdash; Ana Sol (@sol) <a href=x>March 4, 2031</a></blockquote><p>So it ends.</p>",
            "<p>The law of <a href=x>March 4, 2019</a> stands.</p>",
            "<blockquote><time datetime=2031-03-04>4 March</time> <p>Words of somebody else.</p></blockquote>",
            "<p class=summary>On March 4, 2031 it opened.</p>",
        ] {
            let found = page(&format!("<article><h1>The pier will close</h1>{BODY}{told}</article>"));
            assert_eq!(found.meta.published, None, "{told}");
            let short = page(&format!("<article><h1>The pier will close</h1><p>It ends.</p>{told}{BODY}</article>"));
            assert_eq!(short.meta.published, None, "{told}");
        }
        let found =
            page(&format!("<article><h1>The pier will close</h1>{BODY}<p>The law of <a href=x>March 4, 2019</a> stands.</p></article>"));
        assert!(found.text.ends_with("The law of March 4, 2019 stands."), "and stays in the text");
        let dated = page(&format!("<article><h1>The pier will close</h1><p>By Ana Sol, March 4, 2031</p>{BODY}</article>"));
        assert_eq!(dated.meta.published.as_deref(), Some("2031-03-04"));
    }

    #[test]
    fn a_post_amid_the_article_keeps_whose_it_is_and_the_end_who_wrote_with_whom() {
        let post = "<blockquote class=post><p>We are closing it now.</p>&mdash; Ana Sol (@sol) <a href=x>March 4, 2031</a></blockquote>";
        let found =
            page(&format!("<article><h1>The pier</h1>{BODY}{post}{BODY}<p><small>(With inputs from agencies)</small></p></article>"));
        let kinds = blocks(&found);
        assert!(
            kinds.contains(&("quote", "— Ana Sol (@sol) March 4, 2031")) && kinds.contains(&("credit", "(With inputs from agencies)")),
            "{kinds:#?}"
        );
    }

    #[test]
    fn the_headline_is_not_the_name_of_the_paper() {
        let found = page(&format!(
            "<title>Live: Board meets - The Harbour Post</title><header><h1>The Harbour Post</h1></header><main><h1>Board meets on the pier</h1>{BODY}</main>"
        ));
        assert_eq!(found.meta.title.as_deref(), Some("Board meets on the pier"));
    }

    #[test]
    fn old_pages_without_headings_name_authors_above_the_text() {
        let found = page(&format!(
            "<title>Old page</title><table><tr><td><a href=a>Home</a></td><td><font size=5><b>Pier shut</b></font><br><i>By Lea Brandt, 3 April 2004</i><br><br>{BODY}</td></tr></table>"
        ));
        assert_eq!((found.meta.byline, found.meta.published.as_deref()), (vec!["Lea Brandt".to_owned()], Some("2004-04-03")));
    }

    #[test]
    fn what_is_set_above_the_line_sticks_to_no_number() {
        let text =
            |html: &str| page(&format!("<article>{BODY}<p>{html}</p></article>")).text.rsplit("\n\n").next().unwrap_or_default().to_owned();
        assert_eq!(
            text("It holds 10<sup>3</sup> ships of 4 m<sup>2</sup> each, on the 4<sup>th</sup> pier."),
            "It holds 10³ ships of 4 m² each, on the 4th pier."
        );
        assert_eq!(
            text("It cost $5<sup><a href='#fn2'>2</a></sup> in June<a href='#n'><sup>[3]</sup></a>, they said."),
            "It cost $5[2] in June[3], they said."
        );
        assert_eq!(
            text("A curve of 2<sup>-x</sup>, 10<sup>-3</sup> and <sup></sup> so on and so on it was."),
            "A curve of 2^-x, 10⁻³ and so on and so on it was."
        );
    }

    #[test]
    fn a_front_page_is_all_there() {
        let heads: String =
            (0..40).map(|i| format!("<div><h3><a href='/{i}'>Headline number {i} about something in town</a></h3></div>")).collect();
        let found = page(&format!("<title>Harbour Post</title><body>{heads}</body>"));
        assert!(found.text.contains("Headline number 0 ") && found.text.contains("Headline number 39 "));
        assert_eq!(found.warnings, ["no article was found on this page: all of its text is here"]);
    }

    #[test]
    fn a_page_drawn_by_scripts_says_so() {
        let found = page("<title>App</title><body><div id=root></div><noscript>You need to <b>enable</b> JavaScript.</noscript></body>");
        assert_eq!(found.warnings, [super::super::NO_TEXT]);
        assert_eq!(found.left_out.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["You need to enable JavaScript."]);
        assert_eq!(page("").warnings, [super::super::NO_TEXT]);
        assert!(
            page("<title>Brief</title><p>One dead in a crash near Brendale, police said.</p>")
                .warnings
                .iter()
                .all(|w| w != super::super::NO_TEXT)
        );
    }

    #[test]
    fn links_lead_to_notes_of_the_page_and_back() {
        let found = page(&format!(
            "<html><head><title>Pier</title></head><body><article><h1>Pier</h1>{BODY}<p>The crane is old.<sup id=r1><a href='#n1'>1</a></sup> \
             It <a href='#gone'>goes</a> too, and nobody at the board could say on Tuesday where to, or who would pay for it.</p>\
             <ol><li id=n1>Built in the year 1931, as the plate on it says. <a href='#r1'>back</a></li></ol></article></body></html>"
        ));
        let leads = |words: &str| {
            let link = found.links.iter().find(|l| l.range.of(&found.text) == words).expect("a link");
            link.within.map(|at| crate::text::TextRange::new(at, found.text.len()).of(&found.text).chars().take(8).collect::<String>())
        };
        assert_eq!(leads("[1]").as_deref(), Some("1. Built"));
        assert_eq!(leads("back").as_deref(), Some("[1] It g"));
        assert_eq!((leads("goes"), leads("two piers")), (None, None));
    }

    #[test]
    fn a_page_without_an_article_is_all_there() {
        let found = page("<body><div>Opening hours</div><div>Monday 9 to 5</div><nav>Menu</nav></body>");
        assert_eq!(found.warnings, ["no article was found on this page: all of its text is here"]);
        assert!(found.text.contains("Opening hours") && found.text.contains("Monday 9 to 5") && !found.text.contains("Menu"));
        assert_eq!(page("").text, "");
    }

    #[test]
    fn a_saved_page_says_where_it_came_from() {
        let found = page(&format!("<!DOCTYPE html><!-- saved from url=(0025)https://example.org/pier -->\n<html><body>{BODY}"));
        assert_eq!(found.meta.url.as_deref(), Some("https://example.org/pier"));
    }

    #[test]
    fn scripts_and_what_is_hidden_are_not_read() {
        let found = page(&format!(
            "<body><script>document.write('<p>evil</p>')</script><p style='display: none'>unseen</p><article>{BODY}</article>"
        ));
        assert!(!found.text.contains("evil") && !found.text.contains("unseen"));
        assert!(found.left_out.iter().any(|l| l.text == "unseen" && l.reason.words() == "hidden on the page"));
    }

    #[test]
    fn a_stub_behind_a_paywall_says_so() {
        let found = page(&format!(
            "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"Pier\",\"isAccessibleForFree\":\"False\"}}</script><article>{BODY}</article>"
        ));
        assert!(found.warnings.iter().any(|w| w.contains("not free to read")), "{:?}", found.warnings);
    }

    /// Opened as a file with this name.
    fn named(bytes: &[u8], name: &str) -> Result<Article, Error> {
        read(bytes, Some(std::path::Path::new(name)), &Options::default())
    }

    #[test]
    fn every_charset_of_the_standard() {
        for label in [
            "utf-8",
            "ibm866",
            "iso-8859-2",
            "iso-8859-3",
            "iso-8859-4",
            "iso-8859-5",
            "iso-8859-6",
            "iso-8859-7",
            "iso-8859-8",
            "iso-8859-8-i",
            "iso-8859-10",
            "iso-8859-13",
            "iso-8859-14",
            "iso-8859-15",
            "iso-8859-16",
            "koi8-r",
            "koi8-u",
            "macintosh",
            "windows-874",
            "windows-1250",
            "windows-1251",
            "windows-1252",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "windows-1258",
            "x-mac-cyrillic",
            "gbk",
            "gb18030",
            "big5",
            "euc-jp",
            "iso-2022-jp",
            "shift_jis",
            "euc-kr",
            "utf-16be",
            "utf-16le",
            "x-user-defined",
            "latin1",
            "ascii",
            "iso-2022-kr",
            "hz-gb-2312",
        ] {
            let html = format!("<html><head><meta charset='{label}'></head><body><article>{}</article>", BODY.replace(['“', '”'], "\""));
            let found = named(html.as_bytes(), "a.html").unwrap_or_else(|e| panic!("{label}: {e}"));
            assert!(found.text.contains("no money for two piers"), "{label}: {}", found.text);
        }
        let (russian, ..) =
            encoding_rs::WINDOWS_1251.encode("<meta charset=windows-1251><p>Маяк на острове вновь заработал, сообщили в порту.</p>");
        let found = named(&russian, "a.html").expect("a page");
        assert_eq!((found.source.encoding, found.text.as_str()), ("windows-1251", "Маяк на острове вновь заработал, сообщили в порту."));
        let wide: Vec<u8> = format!("\u{feff}<html><body>{BODY}").encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(named(&wide, "a.html").expect("a page").text.contains("Ana Sol"));
    }

    #[test]
    fn xhtml_is_read_as_it_is_written() {
        let page = format!(
            "<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title/><script src=\"a.js\"/></head><body><div/>{BODY}</body></html>"
        );
        assert!(named(page.as_bytes(), "a.xhtml").expect("a page").text.contains("Ana Sol"));
    }

    #[test]
    fn hostile_pages_cost_bounded_time() {
        for (piece, times) in [
            ("<div>", 20_000),
            ("<b><i>", 20_000),
            ("<a href=x>", 20_000),
            ("<table><tr><td>", 5_000),
            ("<p><font color=red>x", 10_000),
            ("<ul><li>x", 10_000),
            ("</p></div>", 20_000),
            ("<blockquote>x", 10_000),
            ("<br>", 50_000),
            ("<h1>x</h1>", 10_000),
            ("<select><option>", 10_000),
            ("<q>", 10_000),
            ("<ol><li>x</ol>", 5_000),
            ("<li>x", 20_000),
            ("&#0;&#27;&#x9b;", 20_000),
            ("\u{f0000}<p>", 10_000),
            ("<math><mi>x", 5_000),
            ("<form><p>x", 5_000),
        ] {
            let begun = std::time::Instant::now();
            let found = article(&piece.repeat(times), None);
            assert!(begun.elapsed().as_secs() < 20, "{piece}: {:?}", begun.elapsed());
            if let Ok(found) = found {
                holds(&found).unwrap_or_else(|e| panic!("{piece}: {e}"));
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_an_article_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(article) = read(&bytes, None, &Options { kind: Some(Kind::Html), ..Options::default() }) {
                holds(&article)?;
            }
        }

        #[test]
        fn any_markup_is_an_article(
            parts in prop::collection::vec(prop_oneof![
                "(</?(p|div|b|a|li|ul|ol|table|tr|td|th|blockquote|pre|h1|h2|q|br|figure|figcaption|article|main|nav|aside|svg|math|template|select|option|form)>)",
                "(<a href=x>|<p class=(byline|date|caption|related|share)>|<time datetime=2031-01-02>|<meta charset=x>|<!--|-->|<script>|</script>|<title>|</title>)",
                "[A-Z][a-z]{1,9}[ ,.]", "[ \\n\\t]{1,3}", "(&nbsp;|&#27;|&amp;|&lt;|&#x301;)",
                "[\u{300}\u{301}\u{200d}\u{600}\u{a0}\u{3000}\u{feff}\u{1f1eb}\u{1f1f7}\u{f0000}\u{10fffd}👩“”]{1,3}",
                "(The board said on Tuesday that the pier would close for the whole of the winter, and that the crane was for sale\\. )",
            ], 0..60),
        ) {
            holds(&page(&parts.concat()))?;
        }
    }
}
