//! Folding for search and matching: case, typographic quotes, dashes, spaces and line wraps count as one.

/// Folds one character to the characters it is compared by. Soft hyphens fold to nothing.
pub fn fold_char(c: char, out: &mut impl FnMut(char)) {
    match c {
        'a'..='z' | '0'..='9' => out(c),
        'A'..='Z' => out(c.to_ascii_lowercase()),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '`' | '\u{b4}' | '\u{2039}' | '\u{203a}' => out('\''),
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => out('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out('-'),
        '\u{2026}' => {
            out('.');
            out('.');
            out('.');
        }
        '\u{ad}' => {}
        c if c.is_whitespace() => out(' '),
        c => c.to_lowercase().for_each(out),
    }
}

/// Folds a character for a search: as [`fold_char`], and without its diacritics ("Orban" finds "Orbán", "Lodz" finds "Łódź").
pub fn fold_letter(c: char, out: &mut impl FnMut(char)) {
    match c {
        '\0'..='\x7f' => fold_char(c, out),
        'ø' | 'Ø' => out('o'),
        'ł' | 'Ł' => out('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => out('d'),
        'ı' => out('i'),
        'ß' => "ss".chars().for_each(out),
        'æ' | 'Æ' => "ae".chars().for_each(out),
        'œ' | 'Œ' => "oe".chars().for_each(out),
        // Latin, Greek, Cyrillic; elsewhere the parts of a letter are more than marks on it.
        '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => {
            unicode_normalization::char::decompose_canonical(c, |part| {
                if !unicode_normalization::char::is_combining_mark(part) {
                    fold_char(part, out);
                }
            });
        }
        c => fold_char(c, out),
    }
}

/// A text as [`fold_letter`] compares it; a run of white space is one space.
#[must_use]
pub fn letters(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_letter(c, &mut |f| {
            if !(f == ' ' && folded.ends_with(' ')) {
                folded.push(f);
            }
        });
    }
    folded
}

/// A text folded for comparison, with a way back to its offsets.
#[derive(Debug, Clone, Default)]
pub struct Folded {
    /// The folded text; a run of white space is one space.
    pub text: String,
    /// `origin[i]` is the byte offset, in the original, of the character that made byte `i` of `text`; one more entry for the end.
    origin: Vec<u32>,
}

impl Folded {
    /// Folds `text`. Runs of white space (so a wrapped line) become one space.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1) };
        for (at, c) in text.char_indices() {
            let at = u32::try_from(at).expect("texts are under 4 GiB");
            fold_char(c, &mut |f| {
                if f == ' ' && folded.text.ends_with(' ') {
                    return;
                }
                folded.text.push(f);
                folded.origin.resize(folded.text.len(), at);
            });
        }
        folded.origin.push(u32::try_from(text.len()).expect("texts are under 4 GiB"));
        folded
    }

    /// The byte offset in the original of byte `at` of the folded text.
    #[must_use]
    pub fn to_original(&self, at: usize) -> usize {
        self.origin[at.min(self.origin.len() - 1)] as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Folded;

    #[test]
    fn folds_marks_spaces_and_case_with_a_way_back() {
        let text = "The “Trade\u{a0}\n War”—now";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "the \"trade war\"-now");
        let at = folded.text.find("war").map(|i| folded.to_original(i));
        assert_eq!(at, text.find("War"));
    }
}
