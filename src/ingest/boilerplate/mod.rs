//! Page furniture in scraped text: which paragraphs are not the article, and why.
//!
//! Most texts have none, and most of a text is prose: a first look over the beginnings of short lines decides whether there is
//! anything to weigh. Only then is every line looked at as a whole ([`features`]) and the page divided ([`zones`]). Without signs
//! of furniture nothing is folded, however odd the text.

mod features;
mod phrases;
mod zones;

pub(super) use features::is_date_word;

use features::{End, Features};
use phrases::Reach;
use rustc_hash::FxHashMap;
use zones::Weighed;

use super::lines::Unit;
use super::structure::is_credit;
use crate::article::Reason;
use crate::text::{TextRange, grapheme};

/// A line longer than this is not furniture by its beginning alone, and is not looked at first.
const SHORT: usize = 320;

/// For each unit: why it is furniture, or nothing.
pub(super) fn reasons(text: &str, units: &[Unit]) -> Vec<Option<Reason>> {
    let signs = signs(text, units);
    if signs == 0 {
        return vec![None; units.len()];
    }
    let mut lower = String::new();
    let looks: Vec<Features> = units.iter().map(|u| features::look(u.range.of(text), &mut lower)).collect();
    let weighed = weigh(text, units, &looks, signs);
    let folded = zones::furniture(&weighed);
    explain(&looks, &folded)
}

/// Counts the signs of furniture by the beginnings and ends of short lines, as far as it matters.
fn signs(text: &str, units: &[Unit]) -> usize {
    const ENOUGH: usize = 6;
    let mut lower = String::new();
    let (mut signs, mut bare) = (0, 0);
    for unit in units {
        let line = unit.range.of(text);
        if line.len() > SHORT && !line.starts_with(['W', 'w', 'B', 'b', 'T', 't', 'A', 'a', 'Y', 'y', '[', '(']) {
            continue;
        }
        let head = TextRange::new(unit.range.start(), grapheme::floor(text, unit.range.end().min(unit.range.start() + 64)));
        features::lower_into(head.of(text), &mut lower);
        let whole = head == unit.range;
        let found = features::phrase(&lower).is_some_and(|p| p.weight >= 3.0);
        let marked = line.ends_with([')', ']', '.']) && line.len() < SHORT && !whole && ends_in_credit(line);
        signs += usize::from(found || marked || line.starts_with('©'));
        bare += usize::from(line.len() < 40 && !line.ends_with(['.', '!', '?', '"', '”']));
        if signs >= ENOUGH {
            break;
        }
    }
    // A page of menus in a language or wording that is not known.
    if signs > 0 && bare * 2 > units.len() && bare > 20 { ENOUGH } else { signs }
}

/// The agencies that picture captions end with.
fn ends_in_credit(line: &str) -> bool {
    ["Getty Images)", "Getty Images]", "/AP)", "via AP)", "/Reuters)", "/REUTERS)", "File Photo)", "file photo)", "rights reserved."]
        .iter()
        .any(|e| line.ends_with(e))
        || line.rfind('(').and_then(|at| line.get(at..)).is_some_and(|tail| tail.starts_with("(AP Photo") || tail.starts_with("(Photo"))
}

/// How much each line speaks for being text, with what its neighbours say of it.
fn weigh(text: &str, units: &[Unit], looks: &[Features], signs: usize) -> Vec<Weighed> {
    #[expect(clippy::cast_precision_loss, reason = "at most six")]
    let doubt = (signs as f32 / 6.0).min(1.0);
    let runs = runs(looks);
    let twice = repeated(text, units);
    let mut context = Context::default();
    let dates = looks.iter().filter(|f| f.stamp).count();
    let mass = mass(looks, dates);
    let mut seen = 0.0;
    let mut out = Vec::with_capacity(looks.len());
    for (i, f) in looks.iter().enumerate() {
        let mut line = Weighed { text: shape(f, runs[i], doubt), ..Weighed::default() };
        line.text -= f.against();
        if twice[i] {
            line.text -= if f.is_prose() { 2.5 } else { 0.8 } * doubt;
        }
        if f.signature || looks.get(i + 1).is_some_and(|n| n.signature) {
            line.text += 2.0;
        }
        if is_credit(units[i].range.of(text)) {
            line.text = line.text.max(3.0);
        }
        line.alone = f.stands_alone();
        let teaser = f.is_prose() && looks.get(i + 1).is_some_and(|n| n.phrase.is_some_and(|p| p.is_more()));
        if teaser && f.words < 60 {
            line.text -= 1.5;
        }
        line.text -= context.weighs_on(f);
        if f.is_prose() {
            seen += prose(f);
        }
        let behind = if mass > 0.0 { seen / mass } else { 0.0 };
        context.pass(f, dates, behind);
        // An end that stands before most of the prose is a button above the article.
        if behind > 0.3 {
            if f.reach().is_some_and(|(reach, _)| reach == Reach::Tail) {
                line.ends = 5.0 * behind;
            }
            line.after = after(f, twice[i], dates) * doubt;
        }
        out.push(line);
    }
    out
}

/// How much prose the page holds, without what stands right under the head of a comment: there may be more of it than of the article.
fn mass(looks: &[Features], dates: usize) -> f32 {
    let mut under = 0;
    let mut mass = 0.0;
    for f in looks {
        if f.says || f.stamp && dates >= 4 {
            under = 3;
        } else if f.is_prose() {
            mass += if under > 0 { 0.0 } else { prose(f) };
            under -= i32::from(under > 0);
        }
    }
    mass
}

/// How much a line looks like what stands behind articles.
fn after(f: &Features, twice: bool, dates: usize) -> f32 {
    let mut value = 0.0;
    if f.says {
        value += 1.5;
    }
    if f.stamp && dates >= 3 {
        value += 1.0;
    }
    if !f.quoted && f.personal * 12 > f.words {
        value += 0.7;
    }
    if twice && f.words > 3 {
        value += 0.5;
    }
    value
}

/// What the lines before say of a line.
#[derive(Default)]
struct Context {
    /// How much a heading such as "Related" weighs on lines that are no prose.
    list: f32,
    /// How much a comment's or profile's heading weighs on the prose after it.
    voice: f32,
    /// How many lines may still belong to a list that a sentence with a colon announced.
    announced: u8,
}

impl Context {
    fn weighs_on(&self, f: &Features) -> f32 {
        if f.is_prose() {
            return self.voice;
        }
        if f.phrase.is_some() { 0.0 } else { self.list.clamp(0.0, 1.5) - if self.announced > 0 { 0.9 } else { 0.0 } }
    }

    /// Goes past `f`; `behind` is how much of the page's prose has been passed, of 1.
    fn pass(&mut self, f: &Features, dates: usize, behind: f32) {
        self.announced = if f.end == End::Open && f.words >= 4 && f.phrase.is_none() { 12 } else { self.announced.saturating_sub(1) };
        if f.is_prose() {
            self.list -= if f.words > 40 { 1.0 } else { 0.5 };
            self.voice -= 0.5;
        } else if f.phrase.is_none() {
            self.list -= 0.1;
        }
        if let Some((_, reason)) = f.reach() {
            self.list = 1.6;
            if matches!(reason, Reason::AuthorBox | Reason::CommentForm) && behind > 0.3 {
                self.voice = 2.5;
            }
        }
        if f.says && behind > 0.3 {
            self.voice = 4.5;
        }
        // Dates in a row head the comments, or the teasers of other articles.
        if f.stamp && dates >= 4 && behind > 0.4 {
            self.voice = 4.5;
        }
        self.list = self.list.max(0.0);
        self.voice = self.voice.max(0.0);
    }
}

/// What a line of prose weighs.
fn prose(f: &Features) -> f32 {
    let words = f32::from(u16::try_from(f.words).unwrap_or(u16::MAX));
    (0.4 + 0.09 * words).min(4.0)
}

/// What the shape of a line says, in a run of `run` lines that are no prose.
fn shape(f: &Features, run: usize, doubt: f32) -> f32 {
    let words = f32::from(u16::try_from(f.words).unwrap_or(u16::MAX));
    if f.is_prose() {
        return prose(f);
    }
    if f.bare_marks {
        return -0.6 * doubt;
    }
    if f.bracketed {
        return -4.5 * doubt.max(0.7);
    }
    let crowd = match run {
        0..=2 => 0.3,
        3 => -0.1,
        4..=5 => -0.4,
        6..=10 => -0.7,
        _ => -1.0,
    };
    let mut value = match f.end {
        End::Sentence => 0.3 + 0.07 * words,
        End::Open => 0.2 + 0.03 * words,
        End::Bare if f.words > 25 => 0.2,
        End::Bare => 0.0,
    };
    if f.end == End::Bare && f.words >= 4 && f.capitals * 4 >= f.words * 3 {
        value -= 0.2 * doubt;
    }
    if f.dated {
        value -= 0.5 * doubt;
    }
    if f.bullet && f.words < 8 {
        value -= 0.3 * doubt;
    }
    if f.dividers > 1 {
        value -= 1.0 * doubt;
    }
    value + if crowd > 0.0 { crowd } else { crowd * doubt }
}

/// For each line, how many lines in a row around it are no prose. A line that stands for itself ("Also Read: …") is not counted.
fn runs(looks: &[Features]) -> Vec<usize> {
    let mut out = vec![0; looks.len()];
    let mut start = 0;
    while start < looks.len() {
        let long = looks[start..].iter().take_while(|f| !f.is_prose()).count();
        let own = long - looks[start..start + long].iter().filter(|f| f.stands_alone()).count();
        out[start..start + long].fill(own);
        start += long.max(1);
    }
    out
}

/// For each unit, whether the same short line stands elsewhere too: menus are printed twice, paragraphs are not.
fn repeated(text: &str, units: &[Unit]) -> Vec<bool> {
    let mut times: FxHashMap<&str, u32> = FxHashMap::default();
    let short = |u: &Unit| u.range.len() <= 500;
    for unit in units.iter().filter(|u| short(u)) {
        *times.entry(unit.range.of(text)).or_default() += 1;
    }
    units.iter().map(|u| short(u) && times.get(u.range.of(text)).is_some_and(|n| *n > 1)).collect()
}

/// Gives each folded line its reason: its own, that of the heading it stands under, or what its looks suggest.
fn explain(looks: &[Features], folded: &[bool]) -> Vec<Option<Reason>> {
    let first_text = folded.iter().position(|f| !f).unwrap_or(folded.len());
    let mut under: Option<Reason> = None;
    let mut out = Vec::with_capacity(folded.len());
    for (i, (f, folded)) in looks.iter().zip(folded).enumerate() {
        if !folded {
            under = None;
            out.push(None);
            continue;
        }
        if let Some((_, reason)) = f.reach() {
            under = Some(reason);
        }
        let by_looks = || match f {
            f if f.bracketed => Reason::Caption,
            f if f.words >= 5 && i > first_text => Reason::RelatedLink,
            f if f.is_prose() => Reason::RelatedLink,
            _ => Reason::Navigation,
        };
        out.push(Some(f.reason().or(under).unwrap_or_else(by_looks)));
    }
    out
}
