//! Page furniture in scraped text: which paragraphs are not the article, and why.
//!
//! Most texts have none, and most of a text is prose: a first look over the beginnings of short lines decides whether there is
//! anything to weigh. Only then is every line looked at as a whole ([`features`]) and the page divided ([`zones`]). Without signs
//! of furniture nothing is folded, however odd the text.

mod features;
mod phrases;
mod zones;

pub(super) use features::is_date_word;

use features::{End, Features, Report};
use phrases::Reach;
use rustc_hash::FxHashMap;
use zones::Weighed;

use super::lines::Unit;
use super::structure::is_credit;
use crate::article::Reason;
use crate::text::TextRange;

/// A line longer than this is not furniture by its beginning alone, and is not looked at first.
const SHORT: usize = 320;

/// How many units around a sign of furniture are looked at closely.
const NEAR: usize = 3;

/// What a paragraph with somebody's words in it weighs: more than could be gained by leaving the article for it and coming back.
const SPEECH: f32 = 8.0;

/// What a paragraph that reports figures gains: amid the article no neighbour outweighs it, in the teasers behind it they do.
const TOLD: f32 = 2.0;

/// What a headline weighs.
const HEADLINE: f32 = 3.0;

/// For each unit: why it is furniture, or nothing.
pub(super) fn reasons(text: &str, units: &[Unit]) -> Vec<Option<Reason>> {
    let Signs { count, near } = signs(text, units);
    if count == 0 {
        return vec![None; units.len()];
    }
    let mut lower = String::new();
    let mut look = |(u, near): (&Unit, &bool)| {
        let line = u.range.of(text);
        let glance = if *near { None } else { features::glance(line) };
        glance.unwrap_or_else(|| features::look(line, &mut lower))
    };
    let looks: Vec<Features> = units.iter().zip(&near).map(&mut look).collect();
    let weighed = weigh(text, units, &looks, &repeated(text, units, &near), count);
    let folded = zones::furniture(&weighed);
    // A page of nothing but furniture is no page: what was taken for furniture is what there is to read.
    if folded.iter().all(|f| *f) {
        return vec![None; units.len()];
    }
    explain(&looks, &folded)
}

/// What the first look found.
struct Signs {
    /// How many signs, as far as it matters.
    count: usize,
    /// For each unit, whether a sign is near.
    near: Vec<bool>,
}

/// Looks for furniture at the beginnings and ends of short lines.
fn signs(text: &str, units: &[Unit]) -> Signs {
    const ENOUGH: usize = 6;
    let mut lower = String::new();
    let (mut count, mut bare, mut marked) = (0, 0, 0);
    let mut near = vec![false; units.len()];
    for (i, unit) in units.iter().enumerate() {
        let line = unit.range.of(text);
        let short = line.len() <= SHORT;
        let ends = short && line.ends_with([')', ']', '.']) && ends_in_credit(line);
        let found = ends || line.starts_with('©') || phrases::may_begin(line) && begins(line, short, &mut lower);
        bare += usize::from(line.len() < 40 && !line.ends_with(['.', '!', '?', '"', '”']));
        if found {
            count += 1;
            let from = i.saturating_sub(NEAR).max(marked);
            marked = (i + NEAR).min(units.len());
            near.get_mut(from..marked).unwrap_or_default().fill(true);
        }
    }
    // A page of menus in a language or wording that is not known.
    if count > 0 && bare * 2 > units.len() && bare > 20 {
        count = ENOUGH;
        near.fill(true);
    }
    Signs { count: count.min(ENOUGH), near }
}

/// True when the line is, or begins with, words of furniture.
fn begins(line: &str, short: bool, lower: &mut String) -> bool {
    let mut end = line.len().min(64);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    features::lower_into(TextRange::new(0, end).of(line), lower);
    features::phrase(lower).is_some_and(|p| p.weight >= if short { 3.0 } else { 5.0 })
}

/// The agencies that picture captions end with.
fn ends_in_credit(line: &str) -> bool {
    ["Getty Images)", "Getty Images]", "/AP)", "via AP)", "/Reuters)", "/REUTERS)", "File Photo)", "file photo)", "rights reserved."]
        .iter()
        .any(|e| line.ends_with(e))
        || line.rfind('(').and_then(|at| line.get(at..)).is_some_and(|tail| tail.starts_with("(AP Photo") || tail.starts_with("(Photo"))
}

/// How much each line speaks for being text, with what its neighbours say of it.
fn weigh(text: &str, units: &[Unit], looks: &[Features], twice: &[bool], signs: usize) -> Vec<Weighed> {
    #[expect(clippy::cast_precision_loss, reason = "at most six")]
    let doubt = (signs as f32 / 6.0).min(1.0);
    let runs = runs(looks);
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
        let teaser = f.is_prose() && looks.get(i + 1).is_some_and(|n| n.phrase.is_some_and(phrases::Phrase::is_more));
        if teaser && f.words < 60 {
            line.text -= 1.5;
        }
        line.text -= context.weighs_on(f);
        line.text = match f.report() {
            Some(Report::Speech) if !teaser => line.text.max(SPEECH),
            Some(Report::Told) if !teaser => line.text + TOLD,
            _ => line.text,
        };
        if i == 0 && is_headline(units, looks, twice) {
            line.text = line.text.max(HEADLINE);
        }
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

/// True when the first line reads as a headline: a few words of their own, an empty line, and prose right below, or below byline and date.
fn is_headline(units: &[Unit], looks: &[Features], twice: &[bool]) -> bool {
    const BELOW: usize = 3;
    let ([first, below @ ..], Some(next)) = (looks, units.get(1)) else { return false };
    let of_its_own =
        first.phrase.is_none() && first.held == 0.0 && !first.dated && !first.bracketed && !first.bullet && first.dividers == 0;
    let reads = first.end == End::Bare && (3..=24).contains(&first.words) && first.capitals > 0;
    next.gap > 0 && of_its_own && reads && twice.first() == Some(&false) && below.iter().take(BELOW).any(Features::is_prose)
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
fn repeated(text: &str, units: &[Unit], near: &[bool]) -> Vec<bool> {
    let mut times: FxHashMap<&str, u32> = FxHashMap::default();
    let counts = |u: &Unit, near: &bool| u.range.len() <= if *near { 500 } else { 160 };
    for (unit, near) in units.iter().zip(near) {
        if counts(unit, near) {
            *times.entry(unit.range.of(text)).or_default() += 1;
        }
    }
    let again = |(u, near): (&Unit, &bool)| counts(u, near) && times.get(u.range.of(text)).is_some_and(|n| *n > 1);
    units.iter().zip(near).map(again).collect()
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

#[cfg(test)]
mod tests {
    use super::super::{lines, wrap};
    use super::*;

    /// The folded lines of `text` with their reasons.
    fn folded(text: &str) -> Vec<(&'static str, &str)> {
        let units = wrap::units(text, &lines::split(text));
        let reasons = reasons(text, &units);
        units.iter().zip(reasons).filter_map(|(u, r)| Some((r?.words(), u.range.of(text)))).collect()
    }

    const BODY: &str = "The harbour board voted on Tuesday to close the northern pier for the whole of the winter, and to sell the crane.\n\n\"We have no money for two piers,\" said the chairwoman, Ana Sol, after the vote in the old customs house.\n\nThe crane is worth about 2.3 million dollars, according to a survey that the board had ordered in the spring.";

    #[test]
    fn teasers_amid_the_text_are_folded_and_their_neighbours_are_not() {
        let text = BODY.replacen("\n\n", "\n\nAlso Read: How the pier was built\n\nA vote in the dark\n\n", 1);
        assert_eq!(folded(&text), [("related link", "Also Read: How the pier was built")]);
        let first = format!("{}\n\nAlso Read: How the pier was built\n\n{BODY}", "The pier will close, the harbour board said.");
        assert_eq!(folded(&first), [("related link", "Also Read: How the pier was built")]);
    }

    #[test]
    fn what_stands_after_the_end_is_folded() {
        let tail = "(With inputs from agencies)\n\nLeave a Reply\n\njoe says:\n\n3 May 2031 at 4:15 pm\n\nI have always said that you cannot trust a crane that was painted twice in a year.";
        let text = format!("{BODY}\n\n{tail}");
        let found = folded(&text);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found.iter().all(|(reason, _)| *reason == "comment form"), "{found:#?}");
    }

    #[test]
    fn prose_that_speaks_of_furniture_is_prose() {
        for line in [
            "Share prices fell by 3 per cent on Monday after the company said that it would sell the crane.",
            "\"Sign up for our newsletter,\" the chairwoman, Ana Sol, told the crowd, and some of them did so at once.",
            "Related companies were not told of the plan, which the board had kept to itself since the spring.",
            "Comments by the chairwoman, Ana Sol, had led many to believe that the pier would stay open until June.",
            "Advertisements for the crane were put up on every wall of the town, and nobody answered them.",
            "Photographs of the pier, taken by Getty Images in May, show that the boards were rotten even then, he said.",
        ] {
            let text = format!("{BODY}\n\n{line}\n\n{BODY}\n\nSource link");
            assert_eq!(folded(&text), [("source link", "Source link")], "{line}");
        }
    }

    #[test]
    fn reports_are_never_folded_whatever_stands_around_them() {
        let slogan = "“Subscribe to our newsletter,” Mayor Ana Sol told the crowd, “is what they said when I asked for money.”";
        let told =
            "The pier, opened in 1931, carries about 9,000 people a day. They will walk round the bay until the works end in November.";
        for (text, gone) in [
            (format!("The mayor reads\n\n{slogan}\n\n{BODY}\n\nAlso Read: How it was built"), vec!["Also Read: How it was built"]),
            (
                format!("{BODY}\nAdvertisement\n{told}\nSign up for our newsletter to get the headlines in your inbox.\n{BODY}"),
                vec!["Advertisement", "Sign up for our newsletter to get the headlines in your inbox."],
            ),
            (format!("{BODY}\n\nAdvertisement\n\n{slogan}\n\n{BODY}"), vec!["Advertisement"]),
        ] {
            let found: Vec<&str> = folded(&text).into_iter().map(|(_, line)| line).collect();
            assert_eq!(found, gone, "{text}");
        }
        let announced = "Also Read: “We will win,” said the chairwoman, Ana Sol, in the old customs house on Monday.";
        assert_eq!(folded(&format!("{BODY}\n\n{announced}\n\n{BODY}")), [("related link", announced)], "a teaser stays one");
    }

    #[test]
    fn a_first_line_that_reads_as_a_headline_is_none_of_the_menu() {
        let text = format!("The mayor reads\n\n{BODY}\n\nSource link");
        assert_eq!(folded(&text), [("source link", "Source link")]);
        let menu = format!("Skip to content\n\nHome\n\nNews\n\n{BODY}\n\nSource link");
        assert_eq!(folded(&menu)[0], ("navigation", "Skip to content"));
    }

    #[test]
    fn odd_text_without_signs_is_left_alone() {
        let table = "Stoke 4 3 1\nYork 4 2 2\nBath 4 1 3\n".repeat(20);
        assert_eq!(folded(&table), []);
        assert_eq!(folded("Home\n\nThe pier is shut."), [("navigation", "Home")]);
    }
}
