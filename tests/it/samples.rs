//! The sample articles, as they should be read: title, byline, date, headings, and what is folded.

use std::path::{Path, PathBuf};

use pullquote::analysis::analyse;
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
        file: "ferry-figures.md",
        title: "Ferries carry more people and less freight",
        byline: &["Mara Lindqvist"],
        published: Some("9 September 2031"),
        prose: 6,
        ..NONE
    },
    Expected {
        file: "interview.md",
        title: "“The tide does not read the timetable”",
        headings: &["What the council heard"],
        prose: 19,
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

/// Who says what in the samples, as a careful reader answers: the beginning of the words, and the speaker or "" when the text does not say.
const VOICES: &[(&str, &[(&str, &str)])] = &[
    (
        "nested-quotes.txt",
        &[
            ("'I told him twice", "Edwin Marrable"),
            ("'What did the mate", "Olive Strand"),
            ("'He said, ", "Edwin Marrable"),
            ("'Those were his words", "Edwin Marrable"),
            ("'Captain Penhallow never", "Silas Crewe"),
            ("'I said it because", "Silas Crewe"),
            ("'The \"Blue Book\"", "Silas Crewe"),
            ("'a so-called", "Silas Crewe"),
            ("'Were you surprised", ""),
            ("'No.'", ""),
            ("'Why not?'", ""),
            ("'Because it's the", ""),
            ("'We'd ask that", "Fenella Holm"),
            ("'When one of our", "Fenella Holm"),
            ("'the safest hull", "the company"),
            ("'\"Ashamed\"", "Rafe Dunmore"),
            ("'\"Sorry\"", "Rafe Dunmore"),
            ("'like somebody", "one of the ushers"),
        ],
    ),
    (
        "one-surname.txt",
        &[
            ("“I checked", "Samuel Okafor"),
            ("“They tell you", "Grace Okafor"),
            ("“If it were", "Grace Okafor"),
            ("“I have heard", "Emeka Okafor"),
            ("“Let us talk", "Emeka Okafor"),
            ("“signed what", "Beatrice Okafor"),
            ("“My husband", "Beatrice Okafor"),
            ("“Mr. Okafor, I used", "Beatrice Okafor"),
            ("“Let the teacher", "Emeka Okafor"),
            ("“Thank you", "Samuel Okafor"),
            ("“It is the first", "Samuel Okafor"),
            ("“I love my", "Chidi Okafor"),
            ("“I do not love", "Chidi Okafor"),
            ("“the family will", "Peter Okafor"),
        ],
    ),
    (
        "hard-wrapped.txt",
        &[
            ("\"People laughed", "Hattie Orme"),
            ("\"Then it was", "Hattie Orme"),
            ("\"They come for", "Hattie Orme"),
            ("\"I have a man", "Hattie Orme"),
            ("\"Three points", ""),
            ("\"I don't blame", "Denis Achterberg"),
            ("\"I blame", "Denis Achterberg"),
            ("\"Have you tried", "Hattie Orme"),
            ("\"We", "Hattie Orme"),
        ],
    ),
    (
        "emoji-and-cjk.txt",
        &[
            ("“Good morning, 早上好, おはよう", ""),
            ("“I put up a sign", "Haruka Minase"),
            ("“On a ship", "Lín Guóhuá"),
            ("“You have one", "Lín Guóhuá"),
            ("“she looks", "Lín Guóhuá"),
            ("“That was the day", "Haruka Minase"),
            ("“Everybody asks", "Farzaneh Daryaee"),
            ("“I ask them", "Farzaneh Daryaee"),
            ("“The smell gets", "Minase’s grandfather"),
            ("“but I think", "Haruka Minase"),
        ],
    ),
    (
        "speech-over-paragraphs.txt",
        &[
            ("“I came here", "Marit Solbakken"),
            ("“There were forty", "Marit Solbakken"),
            ("“You know what", "Marit Solbakken"),
            ("“I think that a", "Marit Solbakken"),
            ("“I had an answer", "Henrik Lund"),
            ("“I left it", "Henrik Lund"),
        ],
    ),
    (
        "interview.md",
        &[
            ("When did you first", ""),
            ("I was nineteen", "Oriel Castellane"),
            ("Did you ever", ""),
            ("Four. My aunt", "Oriel Castellane"),
            ("What will you", ""),
            ("The eleven minutes", "Oriel Castellane"),
            ("How many passengers", "Emlyn Tovey"),
            ("Nine thousand", "Oriel Castellane"),
            ("And who counted", "Emlyn Tovey"),
            ("Nobody had to", "Oriel Castellane"),
            ("I have crossed", "Perrin Oduya"),
            ("“sorely missed”", "Emlyn Tovey"),
        ],
    ),
    (
        "clipping.md",
        &[
            ("\"I had forgotten", "Moses Adeyemi-Clarke"),
            ("\"I stop at", "Moses Adeyemi-Clarke"),
            ("\"Four accidents", "Lucía Barrenechea"),
            ("\"But if it were", "Lucía Barrenechea"),
            ("My assistants", "Edna Oyelaran"),
            ("\"Ms. Oyelaran was", "Bram Vesterholt"),
            ("\"We are slow", "Bram Vesterholt"),
            ("\"If they switch", "Moses Adeyemi-Clarke"),
        ],
    ),
    ("ferry-figures.md", &[("“People came", "Ilse Brandt"), ("“Freight did", "Ilse Brandt"), ("“not one of them", "Omar Haddad")]),
    (
        "us-china-trade-call.txt",
        &[
            ("‘very positive’", "Donald Trump"),
            ("“very positive”", "Donald Trump"),
            ("“Our respective", "Donald Trump"),
            ("“graciously”", "Donald Trump"),
            ("“the US loves", "Donald Trump"),
            ("“The two sides", "Xi Jinping"),
            ("“paused", "Craig Singleton"),
            ("“We’re likely", "Craig Singleton"),
            ("“prevented", "Gabriel Wildau"),
            ("“the Chinese always", "Xi Jinping"),
            ("“The bad news", "Donald Trump"),
        ],
    ),
];

#[test]
fn the_samples_are_said_by_whom_a_reader_hears() {
    for (file, voices) in VOICES {
        let article = read(file);
        let found = analyse(&article);
        for (words, speaker) in *voices {
            let said = found.quotes.iter().find(|q| q.kind.is_speech() && q.range.of(&article.text).starts_with(words));
            let name = said.map(|q| q.speaker.as_ref().map_or("", |s| &*s.name));
            assert_eq!(name, Some(*speaker), "{file}: {words}");
        }
    }
}

/// For each sample the people whom it names. (Of the Indonesian delegate and of the mill that is called after a place nothing is said:
/// the first loses its first word, the second is taken for a person.)
const CAST: &[(&str, &[&str])] = &[
    (
        "us-china-trade-call.txt",
        &[
            "Donald Trump",
            "Xi Jinping",
            "Scott Bessent",
            "Howard Lutnick",
            "Jamieson Greer",
            "Melania Trump",
            "Craig Singleton",
            "Gabriel Wildau",
        ],
    ),
    (
        "nested-quotes.txt",
        &["Imogen Thackeray", "Edwin Marrable", "Ruth Penhallow", "Olive Strand", "Silas Crewe", "Fenella Holm", "Rafe Dunmore"],
    ),
    ("speech-over-paragraphs.txt", &["Lars Ødegaard", "Marit Solbakken", "Halvor Bakke", "Ingrid Bakke Moen", "Henrik Lund"]),
    ("clipping.md", &["Yusra Haddad-Quinn", "Moses Adeyemi-Clarke", "Lucía Barrenechea", "Edna Oyelaran", "Bram Vesterholt"]),
    ("ferry-figures.md", &["Mara Lindqvist", "Ilse Brandt", "Omar Haddad"]),
    ("emoji-and-cjk.txt", &["Mei-Ling Tso", "Kenji Arakawa", "Haruka Minase", "Lín Guóhuá", "Farzaneh Daryaee"]),
    ("figures-and-changes.txt", &["Adaeze Collier", "Tobias Renner", "Miriam Asante", "Pavel Dorn"]),
    ("hard-wrapped.txt", &["Corin Vale", "Hattie Orme", "Walter Pym", "Denis Achterberg"]),
    ("interview.md", &["Oriel Castellane", "Emlyn Tovey", "Perrin Oduya"]),
    (
        "one-surname.txt",
        &[
            "Grace Okafor",
            "Joy Bassey",
            "Tunde Alao",
            "Emeka Okafor",
            "Samuel Okafor",
            "Daniel Okafor",
            "Beatrice Okafor",
            "Ifeoma Nwosu",
            "Chidi Okafor",
            "Peter Okafor",
        ],
    ),
];

#[test]
fn the_samples_are_about_whom_a_reader_meets() {
    for (file, cast) in CAST {
        let found = analyse(&read(file));
        let names: Vec<&str> = found.people.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, *cast, "{file}");
    }
}

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
    assert_eq!(of(BlockKind::Caption), ["[image: A dark market square under a sky full of stars]"]);
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
