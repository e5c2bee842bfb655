//! The table of commands: names, letters, what they do. Help and parsing read the same rows.

/// A command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Next,
    Previous,
    Go,
    Read,
    Quote,
    Figure,
    Person,
    Find,
    Where,
    Here,
    Quotes,
    People,
    Figures,
    Notes,
    Links,
    LeftOut,
    Articles,
    Open,
    More,
    Keep,
    Highlight,
    Tag,
    Note,
    Status,
    Correct,
    Delete,
    Undo,
    Redo,
    Save,
    Help,
    Quit,
}

struct Row {
    command: Command,
    name: &'static str,
    short: &'static str,
    /// What may follow the name.
    takes: &'static str,
    does: &'static str,
}

const fn row(command: Command, name: &'static str, short: &'static str, takes: &'static str, does: &'static str) -> Row {
    Row { command, name, short, takes, does }
}

const ROWS: [Row; 31] = [
    row(Command::Next, "next", "n", "", "next paragraph; Enter alone does the same"),
    row(Command::Previous, "previous", "p", "", "previous paragraph"),
    row(Command::Go, "go", "g", "NUMBER", "that paragraph; the number alone does the same; go end is the last"),
    row(Command::Read, "read", "r", "", "this paragraph again"),
    row(Command::Quote, "quote", "'", "[NUMBER]", "next quotation, or that one of the list"),
    row(Command::Figure, "figure", "f", "[NUMBER]", "next figure, or that one of the list"),
    row(Command::Person, "person", "w", "[NUMBER]", "next name of a person, or the first of that person of the list"),
    row(
        Command::Find,
        "find",
        "/",
        "[WORDS]",
        "next place of these words in the text, in findings and in your notes; without words, of those before",
    ),
    row(Command::Where, "where", "?", "", "where you are, and what is here"),
    row(Command::Here, "here", "h", "", "the sentences and findings of this paragraph, with their names s1, f1"),
    row(Command::Quotes, "quotes", "qs", "[FILTER]", "list of quotations, or of those that fit: quotes speaker:miller"),
    row(Command::People, "people", "ws", "[FILTER]", "list of people"),
    row(Command::Figures, "figures", "fs", "[FILTER]", "list of figures: figures percent or money"),
    row(Command::Notes, "notes", "ns", "[FILTER]", "list of your notes, with their names n1, n2: notes tag:claim -status:verified"),
    row(Command::Links, "links", "ls", "", "list of the links, with their addresses"),
    row(Command::LeftOut, "omitted", "o", "", "what of the web page was left out of the article, and why"),
    row(Command::Articles, "articles", "as", "", "the articles that were named, with their numbers"),
    row(Command::Open, "open", "", "[NUMBER]", "that article of the list; open next and open previous too; alone it lists them"),
    row(Command::More, "more", "m", "", "the rest of a list"),
    row(Command::Keep, "keep", "k", "[f1]", "keep a finding as a note of yours, with its speaker or value"),
    row(Command::Highlight, "highlight", "hl", "[s1]", "highlight it"),
    row(Command::Tag, "tag", "t", "[s1] TAGS", "tag it; commas between tags, a minus before one that goes"),
    row(Command::Note, "note", "c", "[s1] WORDS", "write a note on it; note n1 - empties the note"),
    row(
        Command::Status,
        "status",
        "x",
        "[s1] STATUS",
        "unchecked, verified, disputed, needs-source, or - for none; the beginning is enough",
    ),
    row(Command::Correct, "correct", "co", "[f1] NAME", "who said a quotation (- when the text does not say), or what a person is called"),
    row(Command::Delete, "delete", "dd", "n1", "delete a note"),
    row(Command::Undo, "undo", "u", "", "take the last change back"),
    row(Command::Redo, "redo", "", "", "do it again"),
    row(Command::Save, "save", "", "", "try again to save, when that failed"),
    row(Command::Help, "help", "", "[WORD]", "these commands, or those with this word"),
    row(Command::Quit, "quit", "q", "", "end"),
];

/// The command of a line and what follows it. A name may be cut short.
///
/// # Errors
/// What to say when there is no such command.
pub(super) fn parse(line: &str) -> Result<(Command, &str), String> {
    let line = line.trim();
    if line.is_empty() {
        return Ok((Command::Next, ""));
    }
    if line.bytes().all(|b| b.is_ascii_digit()) {
        return Ok((Command::Go, line));
    }
    if let Some(words) = line.strip_prefix('/') {
        return Ok((Command::Find, words.trim()));
    }
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let word = word.to_lowercase();
    let exact = ROWS.iter().find(|r| r.name == word || (!r.short.is_empty() && r.short == word));
    match exact.or_else(|| ROWS.iter().find(|r| r.name.starts_with(&word))) {
        Some(row) => Ok((row.command, rest.trim())),
        None => Err(format!("There is no command {}; help lists them.", super::clipped(&word))),
    }
}

/// One line a command: of all, or of those that have the word.
pub(super) fn help(word: &str) -> Vec<String> {
    let line = |r: &Row| {
        let takes = if r.takes.is_empty() { String::new() } else { format!(" {}", r.takes) };
        let short = if r.short.is_empty() { String::new() } else { format!(", or {}", r.short) };
        format!("{}{takes}{short}: {}.", r.name, r.does)
    };
    let mut lines: Vec<String> = ROWS.iter().map(line).collect();
    if !word.is_empty() {
        let word = word.to_lowercase();
        lines.retain(|line| line.to_lowercase().contains(&word));
        if lines.is_empty() {
            lines.push(format!("No command has the word {}; help lists all.", super::clipped(&word)));
        }
        return lines;
    }
    lines.push(
        "s1 is the first sentence of the paragraph, f1 its first finding, n1 the first of your notes; page is the whole article.".into(),
    );
    lines.push("Without one of them a command is about what you last went to, else the only sentence of the paragraph.".into());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_letters_and_beginnings() {
        for (line, command, rest) in [
            ("", Command::Next, ""),
            (" n ", Command::Next, ""),
            ("17", Command::Go, "17"),
            ("quo", Command::Quote, ""),
            ("quotes", Command::Quotes, ""),
            ("q", Command::Quit, ""),
            ("TAG s1 Claim, x", Command::Tag, "s1 Claim, x"),
            ("/half an hour", Command::Find, "half an hour"),
            ("re", Command::Read, ""),
        ] {
            assert_eq!(parse(line), Ok((command, rest)), "{line}");
        }
        assert!(parse("frobnicate").is_err_and(|e| e.contains("help")));
    }

    #[test]
    fn every_command_has_one_row_and_no_letter_twice() {
        for (i, a) in ROWS.iter().enumerate() {
            for b in &ROWS[..i] {
                assert!(a.name != b.name && a.command != b.command && (a.short.is_empty() || a.short != b.short), "{} {}", a.name, b.name);
                assert!(a.name != b.short && a.short != b.name);
            }
        }
    }
}
