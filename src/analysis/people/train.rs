//! The trainer of `weights.bin`: a two-label linear-chain conditional random field, fitted by AdaGrad. Run it with
//!
//! `PULLQUOTE_PEOPLE=people_open.train.jsonl cargo test --profile quick --lib people::train -- --ignored`
//!
//! The texts are CrossNER (MIT), Universal NER EWT (CC BY-SA 4.0), GUM (CC BY and CC BY-SA), wikigold (CC BY 4.0) and Wikinews (CC BY 2.5), one
//! `{"id","text","spans":[{"start","end","kind"}]}` a line with offsets in code points, and the news sentences in `templates.txt`, written for
//! this program and filled with names and places from the word lists. The same input gives the same bytes: own random numbers, own
//! exponential, one order of sums.

use std::fmt::Write as _;

use super::features::{Atom, BITS, Run, View, hide};
use super::model::{STEP, Transitions};
use super::units::{self, Unit};
use crate::analysis::token::Tokens;
use crate::article::{Article, Block, BlockKind};
use crate::text::{CodePoints, TextRange};

const EPOCHS: u32 = 8;
/// The weights are the mean of those after each epoch from this one.
const SETTLED: u32 = 2;
const ROUNDS: usize = 20;
const RATE: f32 = 0.15;
const DECAY: f32 = 1e-6;

pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub(super) fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n.max(1)
    }
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// `e^x` from basic arithmetic alone, which is the same everywhere.
fn exp(x: f32) -> f32 {
    let x = x.clamp(-60.0, 60.0);
    let mut part = x / 1024.0;
    part = 1.0 + part + part * part / 2.0 + part * part * part / 6.0;
    for _ in 0..10 {
        part *= part;
    }
    part
}

/// A text with the byte ranges of its people, and those not to learn from.
pub(super) struct Example {
    pub(super) text: String,
    pub(super) people: Vec<TextRange>,
    pub(super) ignored: Vec<TextRange>,
}

fn read(path: &str) -> Vec<Example> {
    let file = std::fs::read_to_string(path).expect("the training texts");
    file.lines()
        .map(|line| {
            let doc: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
            let text = doc["text"].as_str().expect("text").to_owned();
            let points = CodePoints::new(&text);
            let spans = |kind: &str| {
                let all = doc["spans"].as_array().into_iter().flatten().filter(|s| s["kind"] == kind);
                let at =
                    |s: &serde_json::Value, end: &str| points.to_byte(&text, s[end].as_u64().expect("offset") as usize).expect("inside");
                all.map(|s| TextRange::new(at(s, "start"), at(s, "end"))).collect::<Vec<_>>()
            };
            let (people, ignored) = (spans("person"), spans("ignore_person"));
            Example { text, people, ignored }
        })
        .collect()
}

/// Every line a paragraph: the bytes made here shall not change with what ingest takes for furniture.
fn paragraphs(text: &str) -> Article {
    let mut article = Article { text: text.to_owned(), ..Article::default() };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = TextRange::new(start, start + line.len()).trimmed(text);
        start += line.len();
        if !range.is_empty() {
            article.blocks.push(Block { range, kind: BlockKind::Paragraph });
        }
    }
    article
}

struct Weights {
    values: Vec<f32>,
    squares: Vec<f32>,
}

impl Weights {
    fn step(&mut self, at: usize, gradient: f32) {
        self.squares[at] += gradient * gradient;
        self.values[at] += RATE * (gradient - DECAY * self.values[at]) / (self.squares[at].sqrt() + 1e-3);
    }
    fn transitions(&self) -> Transitions {
        let at = |k: usize| self.values[(1 << BITS) + k];
        [[at(0), at(1)], [at(2), at(3)]]
    }
}

/// The chances of label 1 for each unit of a run, and of each pair of labels at each step.
fn marginals(scores: &[f32], t: &Transitions) -> (Vec<f32>, Vec<[[f32; 2]; 2]>) {
    let n = scores.len();
    let t = t.map(|row| row.map(exp));
    let emit = |k: usize| [1.0, exp(scores[k].clamp(-30.0, 30.0))];
    let scale = |v: [f32; 2]| {
        let sum = v[0] + v[1];
        [v[0] / sum, v[1] / sum]
    };
    let mut forward = vec![[0.0; 2]; n];
    let mut backward = vec![[1.0; 2]; n];
    forward[0] = scale([t[0][0] * emit(0)[0], t[0][1] * emit(0)[1]]);
    for k in 1..n {
        let f = forward[k - 1];
        forward[k] = scale([0, 1].map(|now| (f[0] * t[0][now] + f[1] * t[1][now]) * emit(k)[now]));
    }
    for k in (0..n - 1).rev() {
        let b = backward[k + 1];
        backward[k] = scale([0, 1].map(|now| t[now][0] * emit(k + 1)[0] * b[0] + t[now][1] * emit(k + 1)[1] * b[1]));
    }
    let chances = (0..n).map(|k| scale([forward[k][0] * backward[k][0], forward[k][1] * backward[k][1]])[1]).collect();
    let pairs = (1..n).map(|k| {
        let raw = [0, 1].map(|a| [0, 1].map(|b| forward[k - 1][a] * t[a][b] * emit(k)[b] * backward[k][b]));
        let sum: f32 = raw.iter().flatten().sum();
        raw.map(|row| row.map(|v| v / sum))
    });
    (chances, pairs.collect())
}

/// The labels of all units: part of a person's name or not; none where nothing is learnt.
fn gold(tokens: &Tokens<'_>, units: &[Unit], example: &Example) -> Vec<Option<bool>> {
    let inside = |spans: &[TextRange], r: TextRange| {
        let k = spans.partition_point(|s| s.end() <= r.start());
        spans.get(k).is_some_and(|s| s.overlaps(r))
    };
    let label = |u: &Unit| {
        let r = u.range(tokens);
        if inside(&example.ignored, r) { None } else { Some(inside(&example.people, r)) }
    };
    units.iter().map(label).collect()
}

fn learn(view: &View<'_>, labels: &[Option<bool>], run: Run, weights: &mut Weights) -> f32 {
    let mut features = vec![Vec::new(); run.end - run.first];
    for (k, list) in features.iter_mut().enumerate() {
        list.clear();
        view.features(run, run.first + k, |feature| list.push(feature));
    }
    if labels[run.first..run.end].iter().any(Option::is_none) {
        return 0.0;
    }
    let truth: Vec<usize> = labels[run.first..run.end].iter().map(|l| usize::from(*l == Some(true))).collect();
    let scores: Vec<f32> = features.iter().map(|list| list.iter().map(|&f| weights.values[f as usize]).sum()).collect();
    let (chances, pairs) = marginals(&scores, &weights.transitions());
    let mut wrong = 0.0;
    for (k, list) in features.iter().enumerate() {
        let gradient = truth[k] as f32 - chances[k];
        wrong += gradient.abs();
        if gradient.abs() > 1e-4 {
            for &f in list {
                weights.step(f as usize, gradient);
            }
        }
    }
    let base = 1 << BITS;
    let (is, was) = (truth[0], chances[0]);
    weights.step(base + is, if is == 1 { 1.0 - was } else { was });
    weights.step(base + 1 - is, if is == 1 { was - 1.0 } else { -was });
    for (k, pair) in pairs.iter().enumerate() {
        for (slot, chance) in pair.iter().flatten().enumerate() {
            let here = f32::from(2 * truth[k] + truth[k + 1] == slot);
            weights.step(base + slot, here - chance);
        }
    }
    wrong
}

/// Some words become unknown, so that context carries the rest.
fn forget(atoms: &mut [Atom], units: &[Unit], random: &mut Random) {
    for (atom, unit) in atoms.iter_mut().zip(units) {
        if unit.is_capital() {
            let (word, classes) = (random.chance(40), random.chance(20));
            hide(atom, word, classes);
        }
    }
}

/// The text in capitals, when that moves no offset.
fn shout(example: &Example) -> Option<Example> {
    let text = example.text.to_ascii_uppercase();
    Some(Example { text, people: example.people.clone(), ignored: example.ignored.clone() })
}

fn fit(mut examples: Vec<Example>) -> Weights {
    let mut random = Random(0x5eed_0f9e_091e);
    examples.extend(super::invent::news(ROUNDS, &mut random));
    for k in 0..examples.len() {
        if random.chance(4) && examples[k].text.len() < 300 {
            examples.extend(shout(&examples[k]));
        }
    }
    let mut weights = Weights { values: vec![0.0; (1 << BITS) + 4], squares: vec![0.0; (1 << BITS) + 4] };
    let mut sums = vec![0.0; weights.values.len()];
    for epoch in 0..EPOCHS {
        let mut wrong = 0.0;
        for k in (1..examples.len()).rev() {
            examples.swap(k, random.below(k + 1));
        }
        for example in &examples {
            let article = paragraphs(&example.text);
            let tokens = Tokens::of(&article);
            let units = units::units(&tokens);
            let labels = gold(&tokens, &units, example);
            let mut view = View::new(&tokens, &units);
            forget(&mut view.atoms, &units, &mut random);
            for run in view.runs.clone() {
                wrong += learn(&view, &labels, run, &mut weights);
            }
        }
        println!("epoch {epoch}: {wrong}");
        for (sum, value) in sums.iter_mut().zip(&weights.values) {
            *sum += if epoch >= SETTLED { value / (EPOCHS - SETTLED) as f32 } else { 0.0 };
        }
    }
    weights.values = sums;
    weights
}

#[test]
#[ignore = "trains the model: needs the open texts"]
fn train() {
    let path = std::env::var("PULLQUOTE_PEOPLE").expect("PULLQUOTE_PEOPLE: the training texts, unpacked");
    let weights = fit(read(&path));
    let bytes: Vec<u8> = weights.values.iter().map(|w| ((w / STEP).round().clamp(-127.0, 127.0) as i8).cast_unsigned()).collect();
    let used = bytes.iter().filter(|b| **b != 0).count();
    let mut report = String::new();
    let _ = write!(report, "{used} weights in use, transitions {:?}", weights.transitions());
    println!("{report}");
    let out = concat!(env!("CARGO_MANIFEST_DIR"), "/src/analysis/people/weights.bin");
    std::fs::write(out, bytes).expect("weights.bin can be written");
}

/// Seconds that this thread has run, whatever else the machine does (Linux).
fn busy() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    stat.split(' ').next().and_then(|n| n.parse::<f64>().ok()).unwrap_or_default() / 1e9
}

#[test]
#[ignore = "measures: PULLQUOTE_PEOPLE=texts.jsonl"]
fn speed() {
    let examples = read(&std::env::var("PULLQUOTE_PEOPLE").expect("PULLQUOTE_PEOPLE"));
    let mut took = [0.0; 5];
    let mut bytes = 0;
    for example in &examples {
        let article = paragraphs(&example.text);
        bytes += article.text.len();
        let mut clock = busy();
        let mut lap = |k: usize| {
            took[k] += busy() - clock;
            clock = busy();
        };
        let tokens = Tokens::of(&article);
        let sentences = crate::analysis::sentences::split(&tokens);
        lap(0);
        let units = units::units(&tokens);
        lap(1);
        let view = View::new(&tokens, &units);
        lap(2);
        let scores = super::model::scores(&view);
        lap(3);
        let people = super::find(&tokens, &sentences, &[]);
        lap(4);
        assert!(scores.len() == units.len() && people.len() <= units.len());
    }
    let rate = |seconds: f64| bytes as f64 / 1e6 / seconds;
    println!(
        "MB/s: tokens {:.0}, units {:.0}, view {:.0}, scores {:.0}, people in all {:.0}",
        rate(took[0]),
        rate(took[1]),
        rate(took[2]),
        rate(took[3]),
        rate(took[4])
    );
}
