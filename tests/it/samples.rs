//! The sample articles, as they should be read: title, byline, date, headings, and what is folded.

use std::path::{Path, PathBuf};

use pullquote::article::{Article, BlockKind};
use pullquote::ingest::{self, Options};

struct Expected {
    file: &'static str,
    title: &'static str,
    byline: &'static [&'static str],
    published: Option<&'static str>,
    headings: &'static [&'static str],
    /// Reason and first words of each folded block.
    folded: &'static [(&'static str, &'static str)],
    /// How many blocks there are of the kinds that the reader reads as text.
    prose: usize,
}

const NONE: Expected = Expected { file: "", title: "", byline: &[], published: None, headings: &[], folded: &[], prose: 0 };

const SAMPLES: &[Expected] = &[
    Expected {
        file: "us-china-trade-call.txt",
        title: "Trump and Xi agree to restart trade talks after ‘very positive’ call",
        published: Some("June 5, 2025"),
        headings: &["An invitation each way", "What the truce covers", "The list of grievances"],
        folded: &[
            ("related link", "Also Read: Five questions"),
            ("related link", "Also Read: How rare earths"),
            ("source link", "Source link"),
            ("author box", "About the author"),
            ("author box", "The sample desk"),
            ("share bar", "Share this article"),
            ("share bar", "Facebook"),
            ("share bar", "WhatsApp"),
            ("share bar", "Copy link"),
            ("comment form", "Leave a Reply"),
            ("comment form", "Your email address"),
            ("comment form", "Name *"),
            ("share bar", "Email *"),
            ("comment form", "Save my name"),
        ],
        prose: 17,
        ..NONE
    },
    Expected {
        file: "nested-quotes.txt",
        title: "Ferry inquiry hears of the night nobody rang the bell",
        byline: &["Imogen Thackeray"],
        published: Some("Thursday, 14 March 2030"),
        headings: &["The mate's story", "Owners under pressure"],
        prose: 14,
        ..NONE
    },
    Expected {
        file: "speech-over-paragraphs.txt",
        title: "‘We counted the trees twice’: a forester’s farewell",
        byline: &["Lars Ødegaard"],
        prose: 14,
        ..NONE
    },
    Expected {
        file: "one-surname.txt",
        title: "Okafor against Okafor in the race for Port Amara’s town hall",
        byline: &["Joy Bassey", "Tunde Alao"],
        prose: 13,
        ..NONE
    },
    Expected {
        file: "names-of-the-world.txt",
        title: "Delegates from forty countries agree on a map of the seabed",
        byline: &["Siobhán Ní Dhálaigh"],
        prose: 10,
        ..NONE
    },
    Expected {
        file: "figures-and-changes.txt",
        title: "Kestrel Bay raises its forecast as fish prices climb",
        byline: &["Adaeze Collier"],
        published: Some("Tuesday, 9 September 2031"),
        prose: 11,
        ..NONE
    },
    Expected { file: "hard-wrapped.txt", title: "THE LIBRARY THAT LENDS LADDERS", byline: &["Corin Vale"], prose: 14, ..NONE },
    Expected {
        file: "clipping.md",
        title: "The town that turned its street lights off",
        byline: &["Yusra Haddad-Quinn"],
        published: Some("2032-02-11"),
        headings: &["What was measured", "The other side", "What happens next"],
        prose: 16,
        ..NONE
    },
    Expected {
        file: "emoji-and-cjk.txt",
        title: "“Good morning, 早上好 🌅”: the bakery that speaks in stickers",
        byline: &["Mei-Ling Tso", "Kenji Arakawa"],
        prose: 11,
        ..NONE
    },
    Expected {
        file: "saved-page.html",
        title: "Ferrant’s tide mill grinds again after 61 years",
        byline: &["Delphine Oakhurst"],
        published: Some("2032-09-14T06:30:00+01:00"),
        headings: &["What it cost", "What happens next"],
        folded: &[("caption", "The mill at low water on Monday. Photo: Anselm Roe")],
        prose: 10,
    },
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_articles")
}

fn read(file: &str) -> Article {
    let path = folder().join(file);
    let bytes = std::fs::read(&path).expect("a sample article");
    ingest::read(&bytes, Some(&path), &Options::default()).expect("an article")
}

#[test]
fn samples_are_read_as_they_were_written() {
    for expected in SAMPLES {
        let article = read(expected.file);
        let words = |i: usize| article.blocks[i].range.of(&article.text);
        let of = |wanted: fn(BlockKind) -> bool| -> Vec<&str> {
            (0..article.blocks.len()).filter(|i| wanted(article.blocks[*i].kind)).map(words).collect()
        };
        let name = expected.file;
        assert_eq!(article.meta.title.as_deref(), Some(expected.title), "{name}");
        assert_eq!(of(|k| k == BlockKind::Title), [expected.title], "{name}");
        assert_eq!(article.meta.byline, expected.byline, "{name}");
        assert_eq!(article.meta.published.as_deref(), expected.published, "{name}");
        assert_eq!(of(|k| matches!(k, BlockKind::Heading(_))), expected.headings, "{name}");
        let folded: Vec<(&str, &str)> = (0..article.blocks.len())
            .filter_map(|i| match article.blocks[i].kind {
                BlockKind::Boilerplate(reason) => Some((reason.words(), words(i))),
                _ => None,
            })
            .collect();
        let same =
            folded.len() == expected.folded.len() && folded.iter().zip(expected.folded).all(|(f, e)| f.0 == e.0 && f.1.starts_with(e.1));
        assert!(same, "{name}: {folded:#?}");
        let prose = of(|k| matches!(k, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote)).len();
        assert_eq!(prose, expected.prose, "{name}: {:#?}", of(|k| k == BlockKind::Paragraph));
        assert!(article.warnings.is_empty(), "{name}: {:?}", article.warnings);
    }
}

#[test]
fn every_sample_is_in_the_list_and_the_invented_ones_say_so() {
    let mut files: Vec<String> =
        std::fs::read_dir(folder()).expect("samples").map(|f| f.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    files.sort();
    let mut listed: Vec<&str> = SAMPLES.iter().map(|s| s.file).collect();
    listed.sort_unstable();
    assert_eq!(files, listed);
    for file in files.iter().filter(|f| *f != "us-china-trade-call.txt") {
        let text = read(file).text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("This article is invented for testing"), "{file}");
    }
}

#[test]
fn the_saved_page_tells_what_it_left_out() {
    let article = read("saved-page.html");
    let of =
        |kind: BlockKind| -> Vec<&str> { article.blocks.iter().filter(|b| b.kind == kind).map(|b| b.range.of(&article.text)).collect() };
    assert_eq!(of(BlockKind::TableRow)[1], "Wheel and gears | £910,000");
    assert_eq!(of(BlockKind::Quote), ["A mill that grinds four hours a day feeds nobody. It is a very fine toy."]);
    assert_eq!(of(BlockKind::Credit), ["(Additional reporting by Anselm Roe)"]);
    let links: Vec<_> = article.links.iter().map(|l| (l.range.of(&article.text), l.target.as_str())).collect();
    assert_eq!(links, [("a fund for old machines", "https://fund.example/mills")]);
    assert_eq!(article.meta.publisher.as_deref(), Some("The Estuary Ledger"));
    assert_eq!(article.meta.url.as_deref(), Some("https://www.estuaryledger.example/2032/09/14/tide-mill-grinds-again"));
    let why = |words: &str| article.left_out.iter().find(|l| l.text.contains(words)).map(|l| l.reason.words());
    assert_eq!(why("Tides"), Some("navigation"));
    assert_eq!(why("How the sluice was raised"), Some("related link"));
    assert_eq!(why("Barnacle Bill"), Some("comment form"));
    assert_eq!(why("All rights reserved"), Some("legal notice"));
    assert!(why("stones of Ferrant").is_none() && !article.text.contains("nothing here runs"));
}

#[test]
fn the_clipping_keeps_its_parts() {
    let article = read("clipping.md");
    let of =
        |kind: BlockKind| -> Vec<&str> { article.blocks.iter().filter(|b| b.kind == kind).map(|b| b.range.of(&article.text)).collect() };
    assert_eq!(of(BlockKind::Caption), ["A dark market square under a sky full of stars"]);
    assert_eq!(of(BlockKind::Quote).len(), 2);
    assert_eq!(of(BlockKind::TableRow)[1], "Electricity (MWh) | 212 | 131 | -81");
    assert_eq!(of(BlockKind::ListItem)[3], "1. The four streets are lit from Monday.");
    let links: Vec<_> = article.links.iter().map(|l| (l.range.of(&article.text), l.target.as_str())).collect();
    assert_eq!(
        links,
        [("a petition to carry on", "https://example.org/petition"), ("twelve instruments", "https://example.org/hale/instruments")]
    );
    assert_eq!(article.meta.url.as_deref(), Some("https://example.org/2032/02/street-lights-off"));
}
