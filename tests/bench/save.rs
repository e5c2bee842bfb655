//! What one change costs until it is durable, with few notes and with many; and what opening them costs.

use std::path::Path;

use divan::Bencher;
use pullquote::annotation::model::{Anchor, Now};
use pullquote::annotation::{Annotation, AnnotationKind, Edit, Notes, Origin, Stamp};
use pullquote::article::Article;
use pullquote::ingest;
use pullquote::store::{NotesFile, OpenOptions, Opened, Places};
use pullquote::text::{CodePoints, TextRange};
use tempfile::TempDir;

fn main() {
    divan::main();
}

fn stamp() -> Stamp {
    Stamp { now: "2026-01-02T03:04:05Z".into(), creator: "reader".into() }
}

/// An invented article of 84 KB.
fn article(dir: &Path) -> Article {
    let text: String = (0..900)
        .map(|i| format!("Line {i}: “the bridge – {i} metres – is late”, said Ada Example, the mayor of Åby, on Monday.\n\n"))
        .collect();
    let mut article = ingest::from_text(&text);
    let path = dir.join("article.txt");
    std::fs::write(&path, &text).expect("written");
    article.source.path = Some(path);
    article.source.raw_len = text.len() as u64;
    article
}

fn annotation(article: &Article, map: &CodePoints, i: usize) -> Annotation {
    let block = article.blocks[i % article.blocks.len()];
    let range = TextRange::new(block.range.start(), block.range.start() + 8 + i / article.blocks.len());
    let range = TextRange::new(range.start(), pullquote::text::grapheme::floor(&article.text, range.end()));
    let anchor = Anchor::of(&article.text, map, range);
    let mut a = Annotation::new(format!("urn:uuid:{i:032}"), AnnotationKind::Quote, Origin::Manual, anchor, Now::attached(range), &stamp());
    a.tags = vec!["claim".into(), format!("tag {}", i % 7)];
    a.note = "Ask the mayor for the contract.".into();
    a
}

fn filled(count: usize) -> (TempDir, Opened, Article) {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a directory");
    let article = article(dir.path());
    let map = CodePoints::new(&article.text);
    let mut opened = NotesFile::open(article.clone(), OpenOptions::new(Places::under(dir.path()))).expect("new");
    let mut annotations: Vec<Annotation> = (0..count).map(|i| annotation(&article, &map, i)).collect();
    annotations.sort_by(|a, b| a.order().cmp(&b.order()));
    opened.notes = Notes { annotations, ..opened.notes };
    opened.notes = opened.file.save(&opened.notes).expect("saved").notes;
    (dir, opened, article)
}

#[divan::bench(args = [10, 100, 1000, 10_000], sample_count = 30)]
fn save_one_change(bencher: Bencher<'_, '_>, count: usize) {
    let (_dir, mut opened, _) = filled(count);
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let mut a = opened.notes.annotations[count / 2].clone();
        a.note = format!("change {n}");
        opened.notes.apply(Edit::Replace(Box::new(a)), &stamp()).expect("there");
        let saved = opened.file.save(&opened.notes).expect("saved");
        assert!(saved.wrote);
        opened.notes = saved.notes;
    });
}

/// As above, with a change by another process in between, so that every save reads and merges.
#[divan::bench(args = [10, 10_000], sample_count = 10)]
fn save_and_merge(bencher: Bencher<'_, '_>, count: usize) {
    let (dir, opened, article) = filled(count);
    let other = NotesFile::open(article, OpenOptions::new(Places::under(dir.path()))).expect("readable");
    let mut sides = [opened, other];
    let mut n = 0;
    bencher.bench_local(|| {
        n += 1;
        let side = &mut sides[n % 2];
        let mut a = side.notes.annotations[n % 10].clone();
        a.note = format!("change {n}");
        side.notes.apply(Edit::Replace(Box::new(a)), &stamp()).expect("there");
        side.notes = side.file.save(&side.notes).expect("saved").notes;
    });
}

#[divan::bench(args = [10, 10_000], sample_count = 20)]
fn open(bencher: Bencher<'_, '_>, count: usize) {
    let (dir, _, article) = filled(count);
    let options = OpenOptions::new(Places::under(dir.path()));
    bencher.bench_local(|| {
        let opened = NotesFile::open(article.clone(), options.clone()).expect("readable");
        assert_eq!(opened.attached.attached, count);
    });
}
