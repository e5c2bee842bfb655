//! The table of commands that take words: `:theme dark`. The command line, its completion, help and the README read the same rows.

/// A command of the command line that takes words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Goes to a paragraph.
    Goto,
    /// Lists all places of some words.
    Find,
    /// Searches.
    Search,
    /// Tags.
    Tag,
    /// Sets a claim status.
    Status,
    /// Chooses a colour.
    Color,
    /// Writes a note.
    Note,
    /// Filters the open tab.
    Filter,
    /// Takes a theme.
    Theme,
    /// Sets the text column.
    Measure,
    /// Brings in a file.
    Import,
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// The command.
    pub command: Command,
    /// Its name.
    pub name: &'static str,
    /// What follows the name.
    pub takes: &'static str,
    /// What it does, for the reader.
    pub doc: &'static str,
}

const fn spec(command: Command, name: &'static str, takes: &'static str, doc: &'static str) -> Spec {
    Spec { command, name, takes, doc }
}

/// All of them, in the order of help.
pub const ALL: &[Spec] = &[
    spec(Command::Goto, "goto", "NUMBER", "go to that paragraph, as the number alone does; 50% is the middle of the article"),
    spec(Command::Find, "find", "WORDS", "list every place of these words, in findings and notes too"),
    spec(Command::Search, "search", "WORDS", "go to the next place of these words, as / does"),
    spec(Command::Tag, "tag", "TAGS", "tag it; commas between tags, a minus before one that goes"),
    spec(Command::Status, "status", "STATUS", "set its claim status; none clears it"),
    spec(Command::Color, "color", "COLOUR", "choose its colour; none clears it"),
    spec(Command::Note, "note", "WORDS", "write this note on it; a note that is there gets one more line"),
    spec(Command::Filter, "filter", "FILTER", "filter the rows of the open tab; without words show all of them"),
    spec(Command::Theme, "theme", "NAME", "take this theme until the program ends"),
    spec(Command::Measure, "measure", "NUMBER", "make the text column so wide"),
    spec(Command::Import, "import", "FILE", "bring in the annotations of another file"),
];

impl Command {
    /// Its row.
    #[must_use]
    pub fn spec(self) -> &'static Spec {
        // The table is in the order of the enum, as a test holds.
        &ALL[self as usize]
    }

    /// The command of this name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        ALL.iter().find(|s| s.name == name).map(|s| s.command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for row in ALL {
            assert_eq!((row.command.spec().name, Command::by_name(row.name)), (row.name, Some(row.command)));
        }
    }
}
