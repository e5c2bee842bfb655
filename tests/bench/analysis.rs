//! How fast everything is found in news-like text: `cargo bench --bench analysis`.

#![allow(missing_docs)]

use divan::Bencher;
use divan::counter::BytesCount;
use pullquote::analysis::token::Tokens;
use pullquote::analysis::{analyse, figures, sentences};
use pullquote::{export, ingest};

fn main() {
    divan::main();
}

const SPEAKERS: [&str; 8] = [
    "Finance Minister Ines Okafor",
    "Per Lindgren, who runs the port",
    "Mayor Tomás de la Cruz",
    "Okafor",
    "he",
    "Dr Amara Nwosu of the Institute for Coastal Trade",
    "the ministry",
    "Lindgren",
];
const WORDS: [&str; 6] = [
    "We will not sign before the harvest",
    "this is a step, not a solution",
    "the two sides need to ‘keep talking’ and to share the cost",
    "nobody asked the people who live here",
    "prices will fall in the spring",
    "it is too early to say",
];
const VERBS: [&str; 4] = ["said", "told reporters", "warned", "added"];

/// Invented news of at least `len` bytes: the same in every run, and no two paragraphs in a row alike.
fn news(len: usize) -> String {
    let mut text = String::from("Port deal: Okafor, Lindgren agree to cut harbour fees\n\nBy Jo Writer\n\n");
    for i in 0_usize.. {
        if text.len() >= len {
            break;
        }
        let (speaker, words, verb) = (SPEAKERS[i * 5 % 8], WORDS[i * 7 % 6], VERBS[i % 4]);
        let paragraph = match i % 4 {
            0 => format!("“{words},” {speaker} {verb} on Thursday. Traffic has grown since {} and nothing has been built.", 1990 + i % 35),
            1 => format!(
                "The fee on imported steel falls from {} per cent to {} per cent for a 90-day period, the council decided.",
                40 + i % 60,
                5 + i % 30
            ),
            2 => {
                format!("{speaker} {verb} that the plan “{words}”, and put the cost at ${} billion over {} years.", 1 + i % 300, 2 + i % 9)
            }
            _ => "Along the quay the cranes stood still. Lorries queued as far as the bridge, and the fish market opened late.".to_owned(),
        };
        text.push_str(&paragraph);
        text.push_str("\n\n");
    }
    text
}

#[divan::bench(args = [100_000, 1_000_000])]
fn ingest_and_analyse(bencher: Bencher<'_, '_>, len: usize) {
    let text = news(len);
    bencher.counter(BytesCount::of_str(&text)).bench(|| analyse(&ingest::from_text(divan::black_box(&text))));
}

#[divan::bench(args = [100_000, 1_000_000])]
fn analyse_alone(bencher: Bencher<'_, '_>, len: usize) {
    let article = ingest::from_text(&news(len));
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| analyse(divan::black_box(&article)));
}

/// Over tokens and sentences that are there: both serve all detectors.
#[divan::bench(args = [100_000, 1_000_000])]
fn figures_alone(bencher: Bencher<'_, '_>, len: usize) {
    let article = ingest::from_text(&news(len));
    let tokens = Tokens::of(&article);
    let sentences = sentences::split(&tokens);
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| figures::find(divan::black_box(&tokens), &sentences));
}

#[divan::bench(args = [100_000, 1_000_000])]
fn figures_with_tokens_and_sentences(bencher: Bencher<'_, '_>, len: usize) {
    let article = ingest::from_text(&news(len));
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| {
        let tokens = Tokens::of(divan::black_box(&article));
        let sentences = sentences::split(&tokens);
        figures::find(&tokens, &sentences)
    });
}

#[divan::bench(args = [100_000, 1_000_000])]
fn record_as_json(bencher: Bencher<'_, '_>, len: usize) {
    let article = ingest::from_text(&news(len));
    let found = analyse(&article);
    bencher.counter(BytesCount::of_str(&article.text)).bench(|| {
        let mut out = Vec::new();
        let record = export::findings::record("a", &article, &found, pullquote::analysis::Kinds::ALL, false);
        export::json::compact(&mut out, &record).expect("memory takes everything");
        out
    });
}
