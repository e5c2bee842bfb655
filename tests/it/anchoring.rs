//! Re-anchoring on texts that are changed by chance, where the true place of every passage is known: `pullquote reanchor --bench`.
//!
//! The texts are invented. What is asked of the figures here is a little less than what larger runs give, so that chance does not fail it.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

const TEXTS: [&str; 2] = [include_str!("fixtures/anchoring_rail.txt"), include_str!("fixtures/anchoring_water.txt")];

/// Numbers by chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// A text whose characters know where they came from.
type Traced = Vec<(char, Option<usize>)>;

fn traced(text: &str) -> Traced {
    text.chars().enumerate().map(|(i, c)| (c, Some(i))).collect()
}

fn fresh(text: &str) -> Traced {
    text.chars().map(|c| (c, None)).collect()
}

fn text_of(traced: &Traced) -> String {
    traced.iter().map(|(c, _)| *c).collect()
}

/// The paragraphs, without the empty lines between.
fn paragraphs(text: &Traced) -> Vec<Traced> {
    let mut out = vec![Traced::new()];
    for (i, c) in text.iter().enumerate() {
        let feeds = |j: usize| text.get(j).is_some_and(|c| c.0 == '\n');
        match c.0 {
            '\n' if feeds(i + 1) || (i > 0 && feeds(i - 1)) => {
                if !out.last().unwrap().is_empty() {
                    out.push(Traced::new());
                }
            }
            _ => out.last_mut().unwrap().push(*c),
        }
    }
    out
}

fn joined(paragraphs: Vec<Traced>) -> Traced {
    let mut out = Traced::new();
    for p in paragraphs {
        if !out.is_empty() {
            out.extend(fresh("\n\n"));
        }
        out.extend(p);
    }
    out
}

/// Replaces about one word in `n`.
fn reworded(text: &Traced, n: usize, chance: &mut Chance) -> Traced {
    const WORDS: [&str; 6] = ["ministry", "yesterday", "increase", "company", "answer", "river"];
    let mut out = Traced::new();
    let mut at = 0;
    while at < text.len() {
        let end = (at..text.len()).find(|&i| !text[i].0.is_alphabetic()).unwrap_or(text.len());
        if end - at > 2 && chance.one_in(n) {
            let word = WORDS[chance.below(WORDS.len())];
            // A word in the place of another stands where that stood.
            out.extend(word.chars().enumerate().map(|(k, c)| (c, text[at..end].get(k).and_then(|t| t.1))));
        } else {
            out.extend(&text[at..end]);
        }
        out.extend(text.get(end));
        at = end + 1;
    }
    out
}

/// The changes that leave every passage somewhere.
fn changed(text: &str, how: usize, chance: &mut Chance) -> Traced {
    let whole = traced(text);
    match how {
        0 => [fresh("😀 Updated this morning.\n\nA new first paragraph.\n\n"), whole].concat(),
        1 => joined(paragraphs(&whole).into_iter().flat_map(|p| [p, fresh("Share this article")]).collect()),
        2 => {
            let mut list = paragraphs(&whole);
            let len = list.len();
            (0..len / 2).for_each(|i| list.swap(2 * i, 2 * i + 1));
            joined(list)
        }
        3 => reworded(&whole, 25, chance),
        4 => whole
            .iter()
            .map(|(c, o)| {
                (
                    match c {
                        '“' | '”' => '"',
                        '’' => '\'',
                        c => *c,
                    },
                    *o,
                )
            })
            .collect(),
        5 => whole.iter().flat_map(|c| if c.0 == ' ' && chance.one_in(60) { vec![*c, ('\u{ad}', None)] } else { vec![*c] }).collect(),
        _ => whole.iter().filter(|c| !(c.0.is_alphabetic() && chance.one_in(60))).copied().collect(),
    }
}

struct Asked {
    id: String,
    /// The true place, none when the passage is gone.
    truth: Option<(usize, usize)>,
    lookalike: bool,
}

/// Passages of 1 to 12 words, as (start, end) in code points.
fn passages(text: &str, chance: &mut Chance) -> Vec<(usize, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in chars.iter().chain([&' ']).enumerate() {
        match (c.is_whitespace(), start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                words.push((s, i));
                start = None;
            }
            _ => {}
        }
    }
    (0..60)
        .map(|_| {
            let first = chance.below(words.len() - 12);
            (words[first].0, words[first + chance.below(12)].1)
        })
        .filter(|(s, e)| e - s >= 4 && !chars[*s..*e].contains(&'\n'))
        .collect()
}

fn run(lines: &[Value], more: &[&str]) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    let mut child = command.args(["reanchor", "--bench"]).args(more).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input: String = lines.iter().map(|l| format!("{l}\n")).collect();
    let feed = std::thread::spawn(move || stdin.write_all(input.as_bytes()).unwrap());
    let out = child.wait_with_output().unwrap();
    feed.join().unwrap();
    assert!(out.status.success());
    String::from_utf8(out.stdout).unwrap().lines().map(|l| serde_json::from_str(l).unwrap()).collect()
}

fn look_up(id: &str, doc: &str, text: &str, (start, end): (usize, usize)) -> Value {
    let chars: Vec<char> = text.chars().collect();
    let words = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    json!({"id": id, "doc": doc, "old_doc": "old", "prefix": words(start.saturating_sub(32), start), "exact": words(start, end),
        "suffix": words(end, (end + 32).min(chars.len())), "hint": start})
}

/// Look-ups in texts that were changed, and where each passage truly is.
fn bench(text: &str, seed: u64) -> (Vec<Value>, Vec<Asked>) {
    let mut chance = Chance(seed);
    let mut lines = vec![json!({"doc": "old", "text": text})];
    let mut asked = Vec::new();
    let passages = passages(text, &mut chance);
    for how in 0..7 {
        let new = changed(text, how, &mut chance);
        let doc = format!("changed {how}");
        lines.push(json!({"doc": doc, "text": text_of(&new)}));
        for (i, &(start, end)) in passages.iter().enumerate() {
            let there: Vec<usize> = (0..new.len()).filter(|&k| new[k].1.is_some_and(|o| (start..end).contains(&o))).collect();
            if there.len() * 2 < end - start {
                continue;
            }
            let id = format!("{how}/{i}");
            lines.push(look_up(&id, &doc, text, (start, end)));
            asked.push(Asked { id, truth: Some((there[0], there[there.len() - 1] + 1)), lookalike: false });
        }
    }
    for (i, &(start, end)) in passages.iter().enumerate() {
        let whole = traced(text);
        let gone = [&whole[..start], &whole[end..]].concat();
        let like = text_of(&reworded(&whole[start..end].to_vec(), 3, &mut chance));
        let exact = text_of(&whole[start..end].to_vec());
        for (what, new) in [("gone", text_of(&gone)), ("like", format!("{}\n\n{like}.", text_of(&gone).trim_end()))] {
            if what == "like" && (like == exact || exact.split(' ').count() < 5) {
                continue;
            }
            let (id, doc) = (format!("{what}/{i}"), format!("{what} {i}"));
            lines.push(json!({"doc": doc, "text": new}));
            lines.push(look_up(&id, &doc, text, (start, end)));
            asked.push(Asked { id, truth: None, lookalike: what == "like" });
        }
    }
    (lines, asked)
}

/// Right, wrong, missed; attached though gone, rightly orphaned; lookalikes attached.
#[derive(Debug, Default)]
struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
    attached: usize,
    orphaned: usize,
    lookalikes: usize,
}

fn score(seed: u64, more: &[&str]) -> Score {
    let mut score = Score::default();
    for text in TEXTS {
        let (lines, asked) = bench(text, seed);
        let found = run(&lines, more);
        assert_eq!(found.len(), asked.len());
        for (asked, found) in asked.iter().zip(found) {
            assert_eq!(found["id"], asked.id.as_str());
            let place = found["start"].as_u64().zip(found["end"].as_u64()).map(|(s, e)| (s as usize, e as usize));
            match (asked.truth, place) {
                (Some(_), None) => score.missed += 1,
                (Some((s, e)), Some((a, b))) => {
                    let both = e.min(b).saturating_sub(s.max(a));
                    let either = e.max(b) - s.min(a);
                    if both * 2 >= either { score.right += 1 } else { score.wrong += 1 }
                }
                (None, Some(_)) => {
                    score.attached += 1;
                    score.lookalikes += usize::from(asked.lookalike);
                }
                (None, None) => score.orphaned += 1,
            }
        }
    }
    score
}

#[test]
fn passages_are_found_again_and_what_is_gone_is_an_orphan() {
    let Score { right, wrong, missed, attached, orphaned, lookalikes } = score(7, &[]);
    let there = right + wrong + missed;
    assert!(there > 600 && orphaned > 150, "the bench asks enough: {there}, {orphaned}");
    assert!(right * 1000 >= there * 990, "{right} of {there} right, {wrong} wrong");
    assert!(wrong * 1000 <= there * 4, "{wrong} of {there} wrong");
    assert!(attached * 100 <= (attached + orphaned) * 2, "{attached} attached though gone, {lookalikes} of them lookalikes");
}

#[test]
fn without_the_old_text_nearly_as_many() {
    let Score { right, wrong, missed, attached, orphaned, .. } = score(8, &["--no-snapshot"]);
    let there = right + wrong + missed;
    assert!(right * 1000 >= there * 970, "{right} of {there} right, {wrong} wrong");
    assert!(wrong * 1000 <= there * 6, "{wrong} of {there} wrong");
    assert!(attached * 100 <= (attached + orphaned) * 3, "{attached} attached though gone");
}

#[test]
fn what_is_no_bench_is_told_by_its_line() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pullquote"))
        .args(["reanchor", "--bench"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"{\"doc\": \"a\", \"text\": \"x\"}\nno\n").unwrap();
    let out = child.wait_with_output().unwrap();
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8(out.stderr).unwrap().starts_with("pullquote: cannot read line 2: "));
}
