//! A settings file that is not valid TOML, as one that is: what cannot be read is said line by line, and the rest of the file holds.

use std::ops::Range;

use toml::de::DeTable;

/// A settings file that can be read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// Valid TOML with as many lines as were given. A value that could not be read is [`NO_VALUE`] here.
    pub text: String,
    /// Where something was wrong, in bytes of `text`, and what.
    pub problems: Vec<(usize, String)>,
    /// For the lines whose value could not be read, counted from 0: what stands there.
    pub written: Vec<(usize, String)>,
}

/// A value that no setting takes, so that every one says what it does take.
const NO_VALUE: &str = "1970-01-01";

/// A value may go on over so many lines.
const LONGEST: usize = 100;
/// Ends of such values are tried so often, in all of a file.
const TRIES: usize = 2000;
/// Repeated names are looked for so often: leaving out a table can bring others to light.
const ROUNDS: usize = 10;

/// Reads a file line by line. A file that is valid comes back as it is.
pub(super) fn mend(text: &str) -> Mended {
    if is_valid(text) {
        return Mended { text: text.to_owned(), ..Mended::default() };
    }
    let mut mended = by_lines(text);
    for _ in 0..ROUNDS {
        let (_, errors) = DeTable::parse_recoverable(&mended.text);
        let mut errors: Vec<(usize, &str)> = errors.iter().map(|e| (e.span().map_or(0, |s| s.start), e.message())).collect();
        if errors.is_empty() {
            return mended;
        }
        errors.sort_unstable();
        drop_repeated(&mut mended, &errors);
    }
    // More than anybody mends by hand in one go: nothing of it is guessed at.
    mended.text = "\n".repeat(text.matches('\n').count());
    mended
}

fn is_valid(text: &str) -> bool {
    DeTable::parse(text).is_ok()
}

/// Every statement by itself: what does not parse alone is mended or left out.
fn by_lines(text: &str) -> Mended {
    let lines: Vec<&str> = text.lines().collect();
    let mut mended = Mended::default();
    let mut i = 0;
    // Lines below a table's name that cannot be read belong to nothing; those below the beginning of a list that cannot be, to it.
    let (mut homeless, mut in_list) = (false, false);
    let mut tries = TRIES;
    while let Some(line) = lines.get(i) {
        let is_header = line.trim_start().starts_with('[');
        homeless &= !is_header;
        let count = statement(&lines, i, &mut tries);
        in_list &= count.is_none() && !is_header && !line.contains('=');
        match count {
            None if in_list => mended.text.push('\n'),
            Some(count) if homeless => mended.text.push_str(&"\n".repeat(count)),
            Some(count) => lines.iter().skip(i).take(count).for_each(|line| push(&mut mended.text, line)),
            None if homeless => mended.text.push('\n'),
            None if is_header => homeless = !header(&mut mended, line),
            None => {
                value(&mut mended, i, line);
                in_list = line.contains("= [");
            }
        }
        i += count.unwrap_or(1);
    }
    mended
}

fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// How many lines the statement has that begins with line `i`; none when it cannot be read.
fn statement(lines: &[&str], i: usize, tries: &mut usize) -> Option<usize> {
    let line = lines.get(i)?;
    if is_valid(line) {
        return Some(1);
    }
    let (name, opening) = line.split_once('=')?;
    if !opening.contains(['[', '{', '"', '\'']) || !is_name(name) {
        return None;
    }
    let mut whole = (*line).to_owned();
    for (n, next) in lines.iter().enumerate().skip(i + 1).take(LONGEST) {
        *tries = tries.checked_sub(1)?;
        whole.push('\n');
        whole.push_str(next);
        if is_valid(&whole) {
            return Some(n + 1 - i);
        }
    }
    None
}

fn is_name(words: &str) -> bool {
    is_valid(&format!("{} = 0", words.trim()))
}

/// The name of a table. False when it cannot be guessed.
fn header(mended: &mut Mended, line: &str) -> bool {
    let at = mended.text.len() + line.len() - line.trim_start().len();
    let closed = format!("{}]", line.trim_end());
    if is_valid(&closed) {
        mended.problems.push((mended.text.len() + line.trim_end().len(), format!("{}: a ] is missing at its end", line.trim())));
        push(&mut mended.text, &closed);
        return true;
    }
    let what = format!(
        "{}: no name of a table; there are [tags], [keys.read], [keys.select], [keys.pane] and [themes.NAME]; the lines below it are left out",
        line.trim()
    );
    mended.problems.push((at, what));
    push(&mut mended.text, &" ".repeat(line.len()));
    false
}

/// A line that should have been a name and a value.
fn value(mended: &mut Mended, i: usize, line: &str) {
    if let Some((name, written)) = line.split_once('=').filter(|(name, _)| is_name(name)) {
        let lead = written.len() - written.trim_start().len();
        mended.written.push((i, written.trim().to_owned()));
        mended.text.push_str(name);
        push(&mut mended.text, &format!("={}{NO_VALUE}", " ".repeat(lead)));
        return;
    }
    let at = mended.text.len() + line.len() - line.trim_start().len();
    mended.problems.push((at, format!("{}: write NAME = VALUE, [TABLE] or # and words of your own", line.trim())));
    push(&mut mended.text, &" ".repeat(line.len()));
}

/// Leaves out names that stand twice, at these places: their lines, and with a table's name its lines.
fn drop_repeated(mended: &mut Mended, errors: &[(usize, &str)]) {
    let lines: Vec<Range<usize>> = ranges(&mended.text);
    let line = |i: usize| lines.get(i).and_then(|l| mended.text.get(l.clone())).unwrap_or_default();
    let is_header = |i: usize| line(i).trim_start().starts_with('[');
    let mut dropped: Vec<Range<usize>> = Vec::new();
    for (at, what) in errors {
        let first = lines.partition_point(|l| l.end <= *at).min(lines.len().saturating_sub(1));
        if dropped.last().is_some_and(|d| *at < d.end) || lines.is_empty() {
            continue;
        }
        let name = line(first).split('=').next().unwrap_or_default().trim();
        let end = if is_header(first) { (first + 1..lines.len()).find(|i| is_header(*i)).unwrap_or(lines.len()) } else { first + 1 };
        let problem = match (what.contains("duplicate"), is_header(first)) {
            (true, true) => format!("{name} stands twice; the first one holds, and these lines are left out"),
            (true, false) => format!("{name} is set twice; the first one holds"),
            (false, _) => format!("{name}: {}", what.lines().next().unwrap_or("not valid TOML")),
        };
        mended.problems.push((*at, problem));
        let until = lines.get(end - 1).map_or(mended.text.len(), |l| l.end);
        dropped.push(lines.get(first).map_or(*at, |l| l.start)..until);
    }
    // Blanks in their place, so that every other place stays what it is.
    let mut gone = dropped.iter().peekable();
    let text = mended.text.char_indices().flat_map(|(i, c)| {
        while gone.next_if(|d| d.end <= i).is_some() {}
        let blank = gone.peek().is_some_and(|d| d.start <= i) && c != '\n';
        std::iter::repeat_n(if blank { ' ' } else { c }, if blank { c.len_utf8() } else { 1 })
    });
    mended.text = text.collect();
}

/// The lines of a text with their ends.
fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let ends = text.split_inclusive('\n').map(|line| {
        let range = start..start + line.len();
        start = range.end;
        range
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_valid_stays_as_it_is() {
        for text in ["", "theme = \"dark\"\n", "a = [\n  1,\n]\n[b]\nc = \"\"\"\nx = \n\"\"\""] {
            assert_eq!(mend(text), Mended { text: text.into(), ..Mended::default() });
        }
    }

    #[test]
    fn every_line_that_cannot_be_read_is_told_and_the_lines_keep_their_places() {
        let text = "a = \"x\nb = 2\nc d\nkeys = [\n  1,\n  two,\n]\n[t\ne = 5\n[u v]\nf = 6\n[w]\ng = = 7\nb = [\n 1,\n]\n[t]\nh = 1\n";
        let mended = mend(text);
        assert!(is_valid(&mended.text), "{}", mended.text);
        assert_eq!(mended.text.lines().count(), text.lines().count(), "{}", mended.text);
        let kept: Vec<&str> = mended.text.lines().filter(|l| !l.trim().is_empty()).collect();
        assert_eq!(kept, ["a = 1970-01-01", "b = 2", "keys = 1970-01-01", "[t]", "e = 5", "[w]", "g = 1970-01-01", "b = [", " 1,", "]"]);
        assert_eq!(mended.written, [(0, "\"x".into()), (3, "[".into()), (12, "= 7".into())]);
        let told: Vec<&str> = mended.problems.iter().map(|(_, what)| what.as_str()).collect();
        let begin = ["c d: write NAME", "[t: a ] is missing", "[u v]: no name of a table", "[t] stands twice"];
        assert!(told.len() == 4 && told.iter().zip(begin).all(|(told, begin)| told.starts_with(begin)), "{told:#?}");
    }

    #[test]
    fn a_value_is_set_once() {
        let mended = mend("a = 1\na = 2\nb = 3\n");
        assert_eq!(
            (mended.text.as_str(), &mended.problems[..]),
            ("a = 1\n     \nb = 3\n", &[(6, "a is set twice; the first one holds".into())][..])
        );
    }

    proptest::proptest! {
        /// Whatever stands there, it is read as something, line by line.
        #[test]
        fn anything_becomes_valid(text in "([a-c]{0,2}[ =\\[\\]\"'#.,1\n{}-]{0,4}){0,20}") {
            let mended = mend(&text);
            proptest::prop_assert!(is_valid(&mended.text), "{:?} became {:?}", text, mended.text);
            proptest::prop_assert!(mended.problems.iter().all(|(at, _)| *at <= mended.text.len() && mended.text.is_char_boundary(*at)));
        }
    }
}
