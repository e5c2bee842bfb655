//! Layout and frames: what a key press, a resize and the first paint cost at different lengths of text.

use std::sync::Arc;

use divan::Bencher;
use pullquote::annotation::Stamp;
use pullquote::config::{Key, Settings, Theme};
use pullquote::text::{CodePoints, TextRange, rows};
use pullquote::tui::event::Event;
use pullquote::tui::layout::Size;
use pullquote::tui::model::{Desk, Model};
use pullquote::tui::update::update;
use pullquote::tui::view::view;
use pullquote::{analysis, ingest};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

struct NoDesk;

impl Desk for NoDesk {
    fn stamp(&mut self) -> Stamp {
        Stamp::default()
    }

    fn id(&mut self) -> String {
        "urn:uuid:0".into()
    }
}

/// News-like text of about `bytes`: every third paragraph has a quotation, a person and a figure.
fn text(bytes: usize) -> String {
    let mut text = String::from("Ministers agree on a new tariff after long talks\n\n");
    let mut n = 0;
    while text.len() < bytes {
        n += 1;
        if n % 3 == 0 {
            text.push_str(&format!(
                "“We did not expect a rate of {n} per cent,” said Marta Kovac, the trade minister. “It will hurt.”\n\n"
            ));
        } else {
            text.push_str(
                "The talks went on until late in the evening, and nobody in the building could say when they would come to an end. ",
            );
            text.push_str("Exporters had asked for a decision before the harvest, so that contracts could be signed in time.\n\n");
        }
    }
    text
}

fn model(bytes: usize) -> Model {
    let article = Arc::new(ingest::from_text(&text(bytes)));
    let found = Arc::new(analysis::analyse(&article));
    let map = Arc::new(CodePoints::new(&article.text));
    let size = Size { width: 120, height: 40 };
    let mut model = Model::new(article, Settings::default(), Theme::Dark, size, Box::new(NoDesk));
    update(&mut model, Event::Found(found, map));
    update(&mut model, Event::Loaded(Box::default()));
    model
}

const SIZES: [usize; 3] = [4_000, 100_000, 1_000_000];

/// Breaking a whole text into rows.
#[divan::bench(args = SIZES)]
fn lay_out(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = text(bytes);
    let pieces = rows::segments(&text, TextRange::new(0, text.len()));
    bencher
        .counter(divan::counter::BytesCount::new(text.len()))
        .bench(|| pieces.iter().map(|p| rows::rows(&text, *p, 72, false).len()).sum::<usize>());
}

/// From the article to the model that the first paint draws.
#[divan::bench(args = SIZES)]
fn first_model(bencher: Bencher<'_, '_>, bytes: usize) {
    let article = Arc::new(ingest::from_text(&text(bytes)));
    bencher.bench(|| Model::new(Arc::clone(&article), Settings::default(), Theme::Dark, Size { width: 120, height: 40 }, Box::new(NoDesk)));
}

/// One frame into a buffer, without a terminal.
#[divan::bench(args = SIZES)]
fn frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let model = model(bytes);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a test terminal");
    bencher.bench_local(move || {
        terminal.draw(|frame| view(&model, frame)).expect("a frame");
    });
}

/// A key that scrolls, with its frame.
#[divan::bench(args = SIZES)]
fn scroll_and_frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut model = model(bytes);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a test terminal");
    let keys = ['j', 'j', 'k'].map(Key::char);
    let mut n = 0;
    bencher.bench_local(move || {
        n += 1;
        update(&mut model, Event::Key(keys[n % keys.len()]));
        terminal.draw(|frame| view(&model, frame)).expect("a frame");
    });
}

/// A new width, with its frame.
#[divan::bench(args = SIZES)]
fn resize_and_frame(bencher: Bencher<'_, '_>, bytes: usize) {
    let mut model = model(bytes);
    let mut wide = false;
    bencher.bench_local(move || {
        wide = !wide;
        let size = Size { width: if wide { 120 } else { 90 }, height: 40 };
        let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a test terminal");
        update(&mut model, Event::Resize(size));
        terminal.draw(|frame| view(&model, frame)).expect("a frame");
    });
}
