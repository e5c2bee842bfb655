//! Inputs that were once a fault, or could be: the checks of the fuzz targets hold for each.

use std::fs;

use pullquote::ingest::Kind;

use crate::odd_checks::{extracting, mail, reading};

/// Through everything, as text and as bytes.
fn check(bytes: &[u8]) {
    reading(bytes, Kind::Plain);
    reading(bytes, Kind::Markdown);
    reading(bytes, Kind::Html);
    mail(bytes);
    extracting(&String::from_utf8_lossy(bytes));
}

#[test]
fn odd_inputs_and_samples_hold_the_rules() {
    let mut read = 0;
    for folder in ["tests/it/fixtures/odd", "sample_articles"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for file in fs::read_dir(folder).unwrap() {
            check(&fs::read(file.unwrap().path()).unwrap());
            read += 1;
        }
    }
    assert!(read >= 9, "only {read} inputs");
}

#[test]
fn an_article_cut_anywhere_is_still_one() {
    let whole = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/sample_articles/figures-and-changes.txt")).unwrap();
    for end in (0..whole.len()).step_by(97) {
        check(&whole[..end]);
    }
}

/// A line of 4,000 characters above short ones in a text that is wrapped.
#[test]
fn a_giant_line_in_wrapped_text() {
    let wrapped = "words that fill the line up to where it is wrapped by the program that\nmade it, and go on below in the next one as letters to a newspaper did\n";
    check(format!("{}{}\n{}", wrapped.repeat(4), "long ".repeat(800), wrapped.repeat(4)).as_bytes());
}

/// A weak verb of speaking as the first word of a line.
#[test]
fn a_weak_verb_that_opens_the_line() {
    check("put'put 'o'".as_bytes());
}
