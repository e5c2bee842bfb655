//! An article as a reference list has it: APA (7th edition), Chicago (17th, bibliography), MLA (9th), or plain. What is not known is left out, with its
//! punctuation.

use crate::analysis::figures::iso_date;

/// How a source is cited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// What is known, with commas between.
    #[default]
    Plain,
    /// American Psychological Association.
    Apa,
    /// The Chicago Manual of Style.
    Chicago,
    /// Modern Language Association.
    Mla,
}

impl Style {
    /// All of them, with their names in `config.toml`.
    pub const NAMED: [(&'static str, Self); 4] =
        [("plain", Self::Plain), ("apa", Self::Apa), ("chicago", Self::Chicago), ("mla", Self::Mla)];
}

/// What is known of an article. Everything may be missing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Work<'a> {
    /// One name each, as in a byline.
    pub authors: &'a [String],
    /// The headline, or what stands for one.
    pub title: &'a str,
    /// The paper or agency.
    pub publisher: Option<&'a str>,
    /// As written, or as ISO 8601.
    pub published: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// The day of reading, as ISO 8601 begins.
    pub accessed: &'a str,
}

/// Words with their speaker and their source: what `yc` copies. The words have their marks.
#[must_use]
pub fn quotation(style: Style, words: &str, speaker: Option<&str>, work: &Work<'_>) -> String {
    let source = reference(style, work);
    match (style, speaker) {
        (Style::Plain, Some(speaker)) => format!("{words} ({speaker}, in: {source})"),
        (Style::Plain, None) => format!("{words} (in: {source})"),
        (_, Some(speaker)) => format!("{words} — {speaker}, quoted in: {source}"),
        (_, None) => format!("{words} — {source}"),
    }
}

/// The entry of a reference list.
#[must_use]
pub fn reference(style: Style, work: &Work<'_>) -> String {
    match style {
        Style::Plain => plain(work),
        Style::Apa => apa(work),
        Style::Chicago => chicago(work),
        Style::Mla => mla(work),
    }
}

fn plain(work: &Work<'_>) -> String {
    let authors = authors(work);
    let by = (!authors.is_empty()).then(|| format!("by {}", listed(&authors, "and")));
    // The day of a time: "2032-09-14T06:30:00+01:00"
    let is_day = |day: &str| day.len() == 10 && day.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let published = work.published.map(|date| date.split_once('T').map(|t| t.0).filter(|day| is_day(day)).unwrap_or(date));
    let known = [work.publisher, published, work.url].map(|part| part.map(str::to_owned));
    let parts: Vec<String> = [Some(work.title.to_owned()), by].into_iter().chain(known).flatten().filter(|p| !p.is_empty()).collect();
    parts.join(", ")
}

/// `Miller, A., & Novak, P. (2025, June 5). Title. Publisher. URL`
fn apa(work: &Work<'_>) -> String {
    let names: Vec<String> = authors(work).into_iter().map(|name| Name::of(name).initials()).collect();
    // More than twenty: the first nineteen, dots, the last.
    let who = match names.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if names.len() <= 20 => format!("{}, & {last}", first.join(", ")),
        [first @ .., last] => format!("{}, . . . {last}", first.iter().take(19).cloned().collect::<Vec<_>>().join(", ")),
    };
    let day = Day::of(work.published);
    let when = match &day {
        Some(Day { year, month: Some(month), day: Some(day) }) => format!("({year}, {} {day})", MONTHS[*month]),
        Some(Day { year, month: Some(month), day: None }) => format!("({year}, {})", MONTHS[*month]),
        Some(Day { year, .. }) => format!("({year})"),
        None => "(n.d.)".into(),
    };
    let mut out = Sentences::default();
    if who.is_empty() {
        out.push(work.title);
        out.push_with(&when);
    } else {
        // The full stop behind an initial is that of the name, too.
        out.push_with(&format!("{} {when}", stopped(&who)));
        out.push(work.title);
    }
    out.push(work.publisher.unwrap_or_default());
    if let Some(url) = work.url {
        let read = Day::of(Some(work.accessed)).filter(|_| day.is_none()).and_then(|d| d.american());
        out.last(&read.map_or_else(|| url.to_owned(), |read| format!("Retrieved {read}, from {url}")));
    }
    out.text
}

/// `Miller, Anna, and Peter Novak. “Title.” Publisher, June 5, 2025. URL.`
fn chicago(work: &Work<'_>) -> String {
    let mut out = Sentences::default();
    let authors = authors(work);
    // More than ten: the first seven.
    let (shown, more) = if authors.len() > 10 { (7, true) } else { (authors.len(), false) };
    out.push(&inverted(&authors, shown, more));
    out.push_quoted(work.title);
    let day = Day::of(work.published);
    let when = day.as_ref().map(|d| d.american().unwrap_or_else(|| d.year.clone()));
    let place: Vec<String> = [work.publisher.map(str::to_owned), when].into_iter().flatten().collect();
    out.push(&place.join(", "));
    if let (None, Some(read)) = (day, Day::of(Some(work.accessed)).and_then(|d| d.american())) {
        out.push(&format!("Accessed {read}"));
    }
    out.push(work.url.unwrap_or_default());
    out.text
}

/// `Miller, Anna, and Peter Novak. “Title.” Publisher, 5 June 2025, URL. Accessed 22 Nov. 2026.`
fn mla(work: &Work<'_>) -> String {
    let mut out = Sentences::default();
    let authors = authors(work);
    let (shown, more) = if authors.len() > 2 { (1, true) } else { (authors.len(), false) };
    out.push(&inverted(&authors, shown, more));
    out.push_quoted(work.title);
    let when = Day::of(work.published).map(|d| d.british());
    let place: Vec<String> = [work.publisher.map(str::to_owned), when, work.url.map(str::to_owned)].into_iter().flatten().collect();
    out.push(&place.join(", "));
    if let Some(read) = Day::of(Some(work.accessed)).filter(|d| d.day.is_some()) {
        out.push(&format!("Accessed {}", read.british()));
    }
    out.text
}

/// Parts with a full stop behind each and a space between.
#[derive(Default)]
struct Sentences {
    text: String,
}

impl Sentences {
    fn space(&mut self) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
    }

    /// A part; the full stop is left out behind another end of a sentence.
    fn push(&mut self, part: &str) {
        let part = part.trim();
        if !part.is_empty() {
            self.space();
            self.text.push_str(&stopped(part));
        }
    }

    /// A part that is to have its full stop whatever it ends with.
    fn push_with(&mut self, part: &str) {
        self.space();
        self.text.push_str(part);
        self.text.push('.');
    }

    /// A title in quotation marks, with the full stop inside; marks of its own become single ones.
    fn push_quoted(&mut self, title: &str) {
        let title = title.trim();
        if !title.is_empty() {
            self.space();
            self.text.push_str(&format!("“{}”", stopped(&single_marks(title))));
        }
    }

    /// The last part, without a full stop: an address.
    fn last(&mut self, part: &str) {
        self.space();
        self.text.push_str(part);
    }
}

/// With a full stop at the end, unless a sentence ends there already, also inside marks.
fn stopped(part: &str) -> String {
    let ends = part.trim_end_matches(['”', '’', '"', '\'', ')']).ends_with(['.', '?', '!', '…']);
    if ends { part.to_owned() } else { format!("{part}.") }
}

/// Double marks as single ones, as a title in marks has them.
fn single_marks(title: &str) -> String {
    let mut open = false;
    let single = |c| match c {
        '“' | '„' => '‘',
        '”' => '’',
        '"' => {
            open = !open;
            if open { '‘' } else { '’' }
        }
        c => c,
    };
    title.chars().map(single).collect()
}

/// The authors, without a "By".
fn authors<'a>(work: &Work<'a>) -> Vec<&'a str> {
    let bare = |name: &'a String| {
        let name = name.trim();
        name.strip_prefix("By ").or_else(|| name.strip_prefix("by ")).unwrap_or(name).trim()
    };
    work.authors.iter().map(bare).filter(|n| !n.is_empty()).collect()
}

/// "A", "A and B", "A, B, and C".
fn listed(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} {and} {two}"),
        [first @ .., last] => format!("{}, {and} {last}", first.join(", ")),
    }
}

/// The first name inverted, the others as they are: "Miller, Anna, and Peter Novak", "Miller, Anna, et al."
fn inverted(authors: &[&str], shown: usize, more: bool) -> String {
    let first = authors.first().map(|name| Name::of(name).inverted());
    let names: Vec<String> = first.into_iter().chain(authors.iter().skip(1).map(|n| (*n).to_owned())).take(shown).collect();
    match names.as_slice() {
        [] => String::new(),
        names if more => format!("{}, et al.", names.join(", ")),
        [one] => one.clone(),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

/// A name in its parts.
struct Name<'a> {
    given: Vec<&'a str>,
    family: String,
    suffix: Option<&'a str>,
}

/// Small words that belong to the family name.
const PARTICLES: [&str; 18] =
    ["von", "van", "der", "den", "de", "del", "della", "da", "di", "dos", "du", "la", "le", "al", "bin", "ibn", "ter", "zu"];
const SUFFIXES: [&str; 6] = ["Jr.", "Jr", "Sr.", "Sr", "II", "III"];
/// Words of names that are no person's.
const OFFICES: [&str; 14] = [
    "Press",
    "News",
    "Staff",
    "Agency",
    "Agence",
    "Desk",
    "Times",
    "Post",
    "Correspondent",
    "Correspondents",
    "Reporters",
    "Editors",
    "Team",
    "Service",
];

impl<'a> Name<'a> {
    /// A name that is one word, or no person's, is a family name alone.
    fn of(name: &'a str) -> Self {
        let mut words: Vec<&str> = name.split_whitespace().collect();
        let whole = words.len() < 2 || words.first() == Some(&"The") || words.iter().any(|w| OFFICES.contains(w)) || name.contains(',');
        if whole {
            return Self { given: vec![], family: words.join(" "), suffix: None };
        }
        let suffix = words.last().copied().filter(|w| SUFFIXES.contains(w) && words.len() > 2);
        if suffix.is_some() {
            words.pop();
        }
        let particle = words.iter().skip(1).position(|w| PARTICLES.contains(w)).map(|i| i + 1);
        let at = particle.unwrap_or(words.len() - 1);
        let family = words.split_off(at).join(" ");
        Self { given: words, family, suffix }
    }

    /// "Miller, Anna", "Smith, John, Jr."
    fn inverted(&self) -> String {
        let given = self.given.join(" ");
        let parts = [Some(self.family.as_str()), Some(given.as_str()).filter(|g| !g.is_empty()), self.suffix];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// "Miller, A. B.", "Sartre, J.-P."
    fn initials(&self) -> String {
        let initial = |word: &&str| {
            let letters = word.split('-').filter_map(|part| part.chars().next()).map(|c| format!("{}.", c.to_uppercase()));
            letters.collect::<Vec<_>>().join("-")
        };
        let given = self.given.iter().map(initial).collect::<Vec<_>>().join(" ");
        let parts = [Some(self.family.as_str()), Some(given.as_str()).filter(|g| !g.is_empty()), self.suffix];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SHORT: [&str; 12] = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."];

/// A day, a month or a year. Months count from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Day {
    year: String,
    month: Option<usize>,
    day: Option<u8>,
}

impl Day {
    /// Of ISO 8601, or of a date as people write it; none without a year.
    fn of(written: Option<&str>) -> Option<Self> {
        let written = written?.trim();
        let iso = |text: &str| {
            let date = text.split(['T', ' ']).next().unwrap_or_default();
            let mut parts = date.splitn(3, '-');
            let year = parts.next().filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?.to_owned();
            let month = parts.next().map(str::parse::<usize>).transpose().ok()?;
            if month.is_some_and(|m| !(1..=12).contains(&m)) {
                return None;
            }
            let day = parts.next().map(str::parse::<u8>).transpose().ok()?.filter(|d| (1..=31).contains(d));
            Some(Self { year, month: month.map(|m| m - 1), day })
        };
        iso(written).or_else(|| iso(&iso_date(written)?))
    }

    /// "June 5, 2025"; none for a year alone.
    fn american(&self) -> Option<String> {
        let month = MONTHS[self.month?];
        Some(self.day.map_or_else(|| format!("{month} {}", self.year), |day| format!("{month} {day}, {}", self.year)))
    }

    /// "5 June 2025", "Nov. 2025", "2025".
    fn british(&self) -> String {
        let day = self.day.map(|d| d.to_string());
        let month = self.month.map(|m| SHORT[m].to_owned());
        [day, month, Some(self.year.clone())].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(all: &[&str]) -> Vec<String> {
        all.iter().map(ToString::to_string).collect()
    }

    /// Everything is known. The people and the paper are invented.
    fn full(authors: &[String]) -> Work<'_> {
        Work {
            authors,
            title: "Harbour fee to rise",
            publisher: Some("The Quay"),
            published: Some("2025-06-05T08:00:00Z"),
            url: Some("https://quay.example/fee"),
            accessed: "2026-11-22",
        }
    }

    #[test]
    fn all_that_is_known_stands_in_its_place() {
        let two = names(&["Anna Miller", "Peter J. Novak"]);
        let cited = |style| reference(style, &full(&two));
        assert_eq!(cited(Style::Apa), "Miller, A., & Novak, P. J. (2025, June 5). Harbour fee to rise. The Quay. https://quay.example/fee");
        assert_eq!(
            cited(Style::Chicago),
            "Miller, Anna, and Peter J. Novak. “Harbour fee to rise.” The Quay, June 5, 2025. https://quay.example/fee."
        );
        assert_eq!(
            cited(Style::Mla),
            "Miller, Anna, and Peter J. Novak. “Harbour fee to rise.” The Quay, 5 June 2025, https://quay.example/fee. Accessed 22 Nov. 2026."
        );
        assert_eq!(
            cited(Style::Plain),
            "Harbour fee to rise, by Anna Miller and Peter J. Novak, The Quay, 2025-06-05, https://quay.example/fee"
        );
    }

    #[test]
    fn what_is_missing_leaves_no_punctuation_behind() {
        let nobody = names(&[]);
        let bare = Work { publisher: None, published: None, ..full(&nobody) };
        assert_eq!(reference(Style::Apa, &bare), "Harbour fee to rise. (n.d.). Retrieved November 22, 2026, from https://quay.example/fee");
        assert_eq!(reference(Style::Chicago, &bare), "“Harbour fee to rise.” Accessed November 22, 2026. https://quay.example/fee.");
        assert_eq!(reference(Style::Mla, &bare), "“Harbour fee to rise.” https://quay.example/fee. Accessed 22 Nov. 2026.");
        let title = Work { title: "Why a fee?", accessed: "", url: None, ..bare };
        assert_eq!(reference(Style::Apa, &title), "Why a fee? (n.d.).");
        assert_eq!(reference(Style::Chicago, &title), "“Why a fee?”");
        assert_eq!(reference(Style::Mla, &title), "“Why a fee?”");
        assert_eq!(reference(Style::Plain, &title), "Why a fee?");
        let one = names(&["By Anna Miller"]);
        let dated = Work { published: Some("June 2025"), publisher: None, url: None, ..full(&one) };
        assert_eq!(reference(Style::Apa, &Work { published: Some("2025"), ..dated }), "Miller, A. (2025). Harbour fee to rise.");
        assert_eq!(
            reference(Style::Mla, &Work { published: Some("2025-01"), ..dated }),
            "Miller, Anna. “Harbour fee to rise.” Jan. 2025. Accessed 22 Nov. 2026."
        );
        assert_eq!(
            reference(Style::Chicago, &Work { published: Some("5 June 2025"), ..dated }),
            "Miller, Anna. “Harbour fee to rise.” June 5, 2025."
        );
    }

    #[test]
    fn names_are_turned_round_where_they_are_a_persons() {
        let turned = |name: &str| (Name::of(name).inverted(), Name::of(name).initials());
        for (name, inverted, initials) in [
            ("Ilse Brandt", "Brandt, Ilse", "Brandt, I."),
            ("Jean-Paul van der Berg", "van der Berg, Jean-Paul", "van der Berg, J.-P."),
            ("John Q. Sample Jr.", "Sample, John Q., Jr.", "Sample, J. Q., Jr."),
            ("Associated Press", "Associated Press", "Associated Press"),
            ("The Quay", "The Quay", "The Quay"),
            ("Reuters", "Reuters", "Reuters"),
            ("Brandt, Ilse", "Brandt, Ilse", "Brandt, Ilse"),
        ] {
            assert_eq!(turned(name), (inverted.to_owned(), initials.to_owned()));
        }
        let three = names(&["A One", "B Two", "C Three"]);
        assert!(reference(Style::Mla, &full(&three)).starts_with("One, A, et al. “Harbour"));
        assert!(reference(Style::Chicago, &full(&three)).starts_with("One, A, B Two, and C Three. “Harbour"));
        assert!(reference(Style::Apa, &full(&three)).starts_with("One, A., Two, B., & Three, C. (2025, June 5). Harbour"));
        let agency = names(&["Reuters"]);
        assert!(
            reference(Style::Apa, &full(&agency)).starts_with("Reuters. (2025, June 5). Harbour"),
            "{}",
            reference(Style::Apa, &full(&agency))
        );
    }

    #[test]
    fn marks_in_a_title_become_single_ones() {
        let nobody = names(&[]);
        let work = Work { title: "“No choice”, says \"master\" of port", url: None, accessed: "", ..full(&nobody) };
        assert_eq!(reference(Style::Mla, &work), "“‘No choice’, says ‘master’ of port.” The Quay, 5 June 2025.");
        let ends = Work { title: "They had “no choice.”", ..work };
        assert_eq!(reference(Style::Chicago, &ends), "“They had ‘no choice.’” The Quay, June 5, 2025.");
    }

    #[test]
    fn words_come_with_their_speaker() {
        let one = names(&["Anna Miller"]);
        let work = Work { url: None, ..full(&one) };
        let said = |style, speaker| quotation(style, "“We had no choice”", speaker, &work);
        assert_eq!(
            said(Style::Apa, Some("Ilse Brandt")),
            "“We had no choice” — Ilse Brandt, quoted in: Miller, A. (2025, June 5). Harbour fee to rise. The Quay."
        );
        assert_eq!(said(Style::Apa, None), "“We had no choice” — Miller, A. (2025, June 5). Harbour fee to rise. The Quay.");
        assert_eq!(
            said(Style::Plain, Some("Ilse Brandt")),
            "“We had no choice” (Ilse Brandt, in: Harbour fee to rise, by Anna Miller, The Quay, 2025-06-05)"
        );
    }
}
