//! What can be seen of one line alone: how much it reads like prose, and the phrases of furniture in it.

use super::phrases::{self, Phrase, Reach};
use crate::article::Reason;
use crate::ingest::lines::list_mark;

/// Longer lines are not searched for phrases inside: prose that mentions a newsletter is prose.
const SEARCHED: usize = 700;

/// How a line ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum End {
    /// `.`, `!`, `?`, also inside quotation marks or brackets.
    Sentence,
    /// `:` or `;` or `,`: something follows.
    Open,
    /// No mark.
    #[default]
    Bare,
}

/// Prose that no neighbour should make furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Report {
    /// What somebody said, with who said it.
    Speech,
    /// Sentences with a figure in them.
    Told,
}

/// One line, looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Features {
    /// Words; for scripts without spaces about as many as there would be.
    pub(super) words: usize,
    /// Words that carry grammar ("the", "of", "was").
    pub(super) grammar: usize,
    /// Words with a capital or a digit at their start.
    pub(super) capitals: usize,
    pub(super) end: End,
    /// Begins with a bullet, or is one.
    pub(super) bullet: bool,
    /// Names who writes the next lines: "joe says:".
    pub(super) says: bool,
    /// Holds no letter and no digit.
    pub(super) bare_marks: bool,
    /// A quotation mark is in it: somebody else's voice.
    pub(super) quoted: bool,
    /// Begins with a quotation mark.
    pub(super) opens_quoted: bool,
    /// Bars, arrows and slashes between its parts.
    pub(super) dividers: usize,
    /// In square brackets as a whole: the stand-in of a picture.
    pub(super) bracketed: bool,
    /// Made up of date and time words.
    pub(super) dated: bool,
    /// Dated, with a year or as so long ago: what heads a comment or a teaser, not an entry of a live report.
    pub(super) stamp: bool,
    /// Who posted what stands above: "— Name (@name) date".
    pub(super) signature: bool,
    /// A day with its year and a place, as agencies end the first sentence of a caption.
    pub(super) captioned: bool,
    /// Somebody's words with who said them: a pair of quotation marks, and outside of it a word of speech and a name.
    pub(super) speech: bool,
    /// Two sentences or more, with a figure in them.
    pub(super) told: bool,
    /// "I", "you", "my" …: the voice of comments and of appeals to the reader, seldom of news.
    pub(super) personal: usize,
    /// What the line as a whole, or its beginning, is.
    pub(super) phrase: Option<&'static Phrase>,
    /// The strongest of the phrases inside.
    pub(super) holds: Option<&'static Phrase>,
    /// The weights of all phrases inside, added.
    pub(super) held: f32,
}

/// What a line of prose is taken for that stands far from all signs of furniture: its length alone counts.
pub(super) fn glance(line: &str) -> Option<Features> {
    if line.len() <= 120 || end(line) != End::Sentence {
        return None;
    }
    let words = line.len() / 6;
    Some(Features { words, grammar: words / 3, capitals: words / 6, end: End::Sentence, ..Features::default() })
}

/// Looks at `line`. `lower` is a buffer that is used again.
pub(super) fn look(line: &str, lower: &mut String) -> Features {
    let mark = list_mark(line);
    let body = mark.and_then(|m| line.get(m..)).unwrap_or(line).trim_start();
    let mut f = Features {
        end: end(body),
        bullet: mark.is_some() && !line.starts_with(|c: char| c.is_ascii_digit()),
        bare_marks: !body.chars().any(char::is_alphanumeric),
        signature: body.starts_with(['—', '-', '–']) && body.contains("(@"),
        quoted: body.contains(['"', '“', '”', '„', '«']),
        opens_quoted: body.starts_with(['"', '“', '„', '«']),
        bracketed: body.starts_with('[') && body.ends_with(']'),
        ..Features::default()
    };
    lower_into(body, lower);
    count(body, lower, &mut f);
    f.phrase = phrase(lower);
    f.speech = f.quoted && f.words >= 6 && is_speech(body);
    f.told = f.end == End::Sentence && f.words >= 12 && is_told(body);
    f.says = f.words <= 7 && (lower.ends_with(" says:") || lower.ends_with(" wrote:") || lower.ends_with(" says"));
    if lower.len() <= SEARCHED {
        for held in phrases::inside(lower) {
            f.held += held.weight;
            if f.holds.is_none_or(|h| h.weight < held.weight) {
                f.holds = Some(held);
            }
        }
    }
    f
}

/// Words of speech, packed and sorted: enough to tell a report of what was said from a slogan in quotation marks.
const SPEECH: [u64; 24] = packed([
    "said",
    "says",
    "saying",
    "told",
    "tells",
    "asked",
    "asks",
    "added",
    "adds",
    "wrote",
    "writes",
    "replied",
    "warned",
    "argued",
    "noted",
    "insisted",
    "declared",
    "announced",
    "stated",
    "claimed",
    "recalled",
    "joked",
    "shouted",
    "tweeted",
]);

/// True when a pair of quotation marks holds words, and a word of speech and a capital within a sentence stand outside of it.
fn is_speech(body: &str) -> bool {
    let (mut inside, mut paired, mut cue, mut name) = (false, false, false, false);
    let mut first = true;
    for word in body.split_whitespace() {
        let opens = word.trim_start_matches('(').starts_with(['“', '„', '«', '"']);
        let begun = inside || opens;
        if !begun {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let mut small = [0; 8];
            let small = small.get_mut(..bare.len()).map(|small| {
                small.copy_from_slice(bare.as_bytes());
                small.make_ascii_lowercase();
                pack(small)
            });
            let says = small.is_some_and(|s| SPEECH.binary_search(&s).is_ok());
            cue |= says;
            name |= !first && !says && bare.len() > 1 && bare.starts_with(char::is_uppercase);
        }
        first = false;
        let closes = word.contains(['”', '»'])
            || begun && word.len() > 1 && word.trim_end_matches([',', '.', '?', '!', ';', ':', '—']).ends_with('"');
        paired |= begun && closes;
        inside = begun && !closes;
    }
    paired && cue && name
}

/// True when one sentence ends and another begins inside, and a word begins with a digit.
fn is_told(body: &str) -> bool {
    let mut ended = false;
    let (mut sentences, mut figure) = (1, false);
    for word in body.split_whitespace() {
        sentences += usize::from(ended && word.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '‘')));
        figure |= word.trim_start_matches(['$', '€', '£', '¥', '(']).starts_with(|c: char| c.is_ascii_digit());
        let bare = word.trim_end_matches(['"', '”', '’', ')']);
        // "Mr.", "Gov." end no sentence.
        ended = bare.ends_with(['.', '!', '?']) && (bare.len() > 5 || bare.starts_with(char::is_lowercase));
    }
    sentences >= 2 && figure
}

/// The phrase that a lower-case line is or begins with.
pub(super) fn phrase(lower: &str) -> Option<&'static Phrase> {
    if !phrases::may_begin(lower) && (lower.len() >= 320 || phrases::ending(lower).is_none()) {
        return None;
    }
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '&');
    let name = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '(' | ' ' | '\u{a0}' | '*'));
    let name = name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}'));
    if bare.len() <= 64
        && let Some(found) = phrases::whole(bare).or_else(|| phrases::whole(name))
    {
        return Some(found);
    }
    let from = lower.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '['));
    phrases::beginning(from).or_else(|| phrases::beginning(bare)).or_else(|| (lower.len() < 320).then(|| phrases::ending(lower))?)
}

/// `line` with small ASCII letters and straight apostrophes, into `lower`. Other letters stay as they are: the phrases have none.
pub(super) fn lower_into(line: &str, lower: &mut String) {
    lower.clear();
    let mut parts = line.split('’');
    lower.push_str(parts.next().unwrap_or(""));
    for part in parts {
        lower.push('\'');
        lower.push_str(part);
    }
    lower.make_ascii_lowercase();
}

fn end(line: &str) -> End {
    let bare = line.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '*'));
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '…' | '。' | '！' | '？' | '।' | '؟' | '։') => End::Sentence,
        Some(':' | ';' | ',' | '—' | '–' | '：' | '，') => End::Open,
        _ => End::Bare,
    }
}

fn count(body: &str, lower: &str, f: &mut Features) {
    let short = body.len() <= 120;
    let mut dates = 0;
    let mut year = false;
    for (word, small) in body.split_ascii_whitespace().zip(lower.split_ascii_whitespace()) {
        let bare = small.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            f.dividers += usize::from(matches!(small, "|" | "/" | "»" | "›" | ">" | "·" | "•" | "*" | "::" | "←" | "→" | "<"));
            continue;
        }
        f.words += 1;
        f.captioned |= year && matches!(small, "in" | "at");
        year = word.len() == 5 && word.ends_with(',') && word.starts_with("20");
        f.stamp |= matches!(bare, "ago") || bare.len() == 4 && (bare.starts_with("20") || bare.starts_with("19"));
        if word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            f.capitals += 1;
        }
        f.grammar += usize::from(is_grammar(bare));
        f.personal += usize::from(bare.len() <= 6 && PERSONAL.binary_search(&pack(bare.as_bytes())).is_ok());
        dates += usize::from(short && is_date_word(bare));
    }
    // Scripts without spaces: a word is about two wide characters, each three bytes.
    let wide = body.len() / 6;
    if f.words * 5 < wide && !body.is_ascii() {
        f.words = wide;
    }
    f.dated = dates > 0 && dates + 1 >= f.words && lower.bytes().any(|b| b.is_ascii_digit()) && f.words <= 14;
    f.stamp &= f.dated;
}

/// Words that carry grammar, packed and sorted.
const GRAMMAR: [u64; 59] = packed([
    "the", "a", "an", "of", "to", "and", "in", "that", "is", "was", "for", "on", "he", "she", "it", "his", "her", "they", "with", "as",
    "at", "by", "from", "has", "have", "had", "be", "are", "were", "but", "not", "who", "which", "will", "would", "said", "its", "their",
    "this", "or", "been", "after", "when", "than", "there", "also", "could", "about", "into", "i", "you", "we", "if", "so", "can", "may",
    "while", "more", "were",
]);

/// The voice of comments and appeals.
const PERSONAL: [u64; 10] = packed(["i", "my", "i'm", "i've", "you", "your", "you're", "we", "our", "us"]);

/// Up to eight bytes as a number.
const fn pack(word: &[u8]) -> u64 {
    let (mut value, mut i) = (0, 0);
    while i < word.len() {
        value = value << 8 | word[i] as u64;
        i += 1;
    }
    value
}

const fn packed<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut out = [0; N];
    let mut i = 0;
    while i < N {
        let value = pack(words[i].as_bytes());
        let mut at = i;
        while at > 0 && out[at - 1] > value {
            out[at] = out[at - 1];
            at -= 1;
        }
        out[at] = value;
        i += 1;
    }
    out
}

fn is_grammar(word: &str) -> bool {
    word.len() <= 5 && GRAMMAR.binary_search(&pack(word.as_bytes())).is_ok()
}

/// Words that dates and times are written with, on the lines above an article.
pub(in crate::ingest) fn is_date_word(word: &str) -> bool {
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        let letters = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '/' | '-' | ','));
        return letters.is_empty()
            || matches!(letters, "st" | "nd" | "rd" | "th" | "am" | "pm" | "a.m" | "p.m" | "h" | "z" | "t")
            || word.len() >= 16 && word.contains('t');
    }
    let month = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        .iter()
        .any(|m| word.starts_with(m) && (word.len() == 3 || MONTHS.contains(&word) || word == "sept"));
    month
        || matches!(
            word,
            "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
                | "mon"
                | "tue"
                | "tues"
                | "wed"
                | "thu"
                | "thur"
                | "thurs"
                | "fri"
                | "sat"
                | "sun"
                | "at"
                | "on"
                | "am"
                | "pm"
                | "a.m"
                | "p.m"
                | "gmt"
                | "utc"
                | "est"
                | "edt"
                | "et"
                | "pst"
                | "pdt"
                | "cst"
                | "cdt"
                | "ist"
                | "bst"
                | "cet"
                | "updated"
                | "published"
                | "posted"
                | "last"
                | "modified"
                | "date"
                | "ago"
                | "hours"
                | "hour"
                | "days"
                | "day"
                | "minutes"
                | "hrs"
                | "mins"
                | "first"
        )
}

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

impl Features {
    /// Prose by its shape: a sentence of some length with the small words of one.
    pub(super) fn is_prose(&self) -> bool {
        let foreign = self.words >= 8 && self.grammar == 0;
        let headline = self.words <= 20 && self.capitals * 10 >= self.words * 7;
        self.end == End::Sentence
            && self.words >= 8
            && !headline
            && (foreign || self.grammar * 8 >= self.words)
            && self.dividers * 6 < self.words
            || self.words >= 45 && self.grammar * 6 >= self.words
    }

    /// Prose that no neighbour makes furniture: what somebody said, with who said it, or a report with a figure. The words of a slogan that is
    /// quoted are no slogan; "Also Read: …" stays one, whatever it announces.
    pub(super) fn report(&self) -> Option<Report> {
        let headline = self.words <= 20 && self.capitals * 10 >= self.words * 7;
        if self.is_announced() || headline || self.end != End::Sentence || self.says || self.bracketed || self.signature {
            return None;
        }
        let plain = self.phrase.is_none() && self.held < 2.0 && !self.captioned && self.personal == 0;
        let told = || (self.told && plain && self.is_prose()).then_some(Report::Told);
        if self.speech { Some(Report::Speech) } else { told() }
    }

    /// Begins as furniture does, in its own voice: "Also Read: …".
    fn is_announced(&self) -> bool {
        self.phrase.is_some_and(|p| p.weight >= 3.0) && !self.opens_quoted
    }

    /// How strongly the line's own words speak against it being text; 0 when they do not. Reads a long line with more reserve.
    pub(super) fn against(&self) -> f32 {
        let own = self.phrase.map_or(0.0, |p| p.weight);
        let room = match self.words {
            0..=30 => 1.0,
            31..=60 => 0.75,
            _ => 0.5,
        };
        let caption = if self.captioned && self.words < 60 { 1.0 } else { 0.0 };
        let sum = own + (self.held * room).min(6.0) + caption;
        // A sentence that quotes somebody is prose, whatever it speaks of.
        let speech = self.quoted && self.words >= 12 && self.is_prose() && !(self.speech && self.is_announced());
        if speech { sum * 0.4 } else { sum }
    }

    /// Furniture that stands for itself, with nothing that belongs to it: "Also Read: …".
    pub(super) fn stands_alone(&self) -> bool {
        self.phrase.is_some_and(|p| p.reach == Reach::Line && p.weight >= 4.0 && self.words >= 4)
    }

    /// Why, when the line alone says so.
    pub(super) fn reason(&self) -> Option<Reason> {
        let held = self.holds.filter(|h| self.phrase.is_none_or(|p| p.weight < h.weight));
        held.or(self.phrase).map(|p| p.reason)
    }

    /// What the line says of those after it.
    pub(super) fn reach(&self) -> Option<(Reach, Reason)> {
        let phrase = self.phrase.filter(|p| p.reach != Reach::Line)?;
        (self.words <= 12).then_some((phrase.reach, phrase.reason))
    }
}
