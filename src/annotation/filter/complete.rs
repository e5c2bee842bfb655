//! What the last term of a filter that is being typed could become.

use super::{Domain, Field, letters};

/// The lines that `typed` could become: field names for the beginning of a word, values behind a colon. `values` are those that a field has,
/// most wanted first; a closed field knows its own. Nothing for a last term that is empty, unless `all` is asked for.
#[must_use]
pub fn completions(typed: &str, domain: Domain, all: bool, values: impl Fn(Field) -> Vec<String>) -> Vec<String> {
    let start = last_term(typed);
    let (before, term) = typed.split_at(start);
    let (minus, term) = term.strip_prefix('-').map_or(("", term), |rest| ("-", rest));
    let lead = format!("{before}{minus}");
    let Some((name, value)) = term.split_once(':') else {
        if (term.is_empty() && !all) || term.starts_with('"') {
            return vec![];
        }
        let begins = |name: &String| name.starts_with(&term.to_lowercase());
        let shorts = domain.shorts().into_iter().map(str::to_owned);
        let names = domain.named().into_iter().map(|name| format!("{name}:")).chain(shorts);
        return names.filter(begins).map(|name| format!("{lead}{name}")).collect();
    };
    let Some(field) = domain.field(&name.to_lowercase()) else { return vec![] };
    let known = domain.values(field).map_or_else(|| values(field), |closed| closed.into_iter().map(str::to_owned).collect());
    let wanted = letters(value.trim_matches('"'));
    let mut fits: Vec<String> = known.iter().filter(|v| letters(v).starts_with(&wanted)).cloned().collect();
    let inside = known.iter().filter(|v| !wanted.is_empty() && letters(v).contains(&wanted) && !letters(v).starts_with(&wanted));
    fits.extend(inside.cloned());
    fits.into_iter().map(|value| format!("{lead}{name}:{}", quoted(&value))).collect()
}

/// A value as a filter takes it: in quotation marks when it is not one word.
fn quoted(value: &str) -> String {
    let bare = !value.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '*'));
    if bare { value.to_owned() } else { format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")) }
}

/// Where the last term begins: behind the last space that stands in no quotation marks.
fn last_term(typed: &str) -> usize {
    let (mut start, mut inside, mut escaped) = (0, false, false);
    for (i, c) in typed.char_indices() {
        match c {
            '"' if !escaped => inside = !inside,
            c if c.is_whitespace() && !inside => start = i + c.len_utf8(),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(typed: &str) -> Vec<String> {
        completions(typed, Domain::Notes, false, |field| match field {
            Field::Tag => ["claim", "to check", "tariff"].map(str::to_owned).to_vec(),
            Field::Speaker => vec!["Ilse Brandt".into()],
            _ => vec![],
        })
    }

    #[test]
    fn names_of_fields_and_their_values() {
        assert_eq!(notes("sta"), ["status:", "state:"]);
        assert_eq!(notes("tag:c -sta"), ["tag:c -status:", "tag:c -state:"]);
        assert_eq!(notes("tag:"), ["tag:claim", "tag:\"to check\"", "tag:tariff"]);
        assert_eq!(notes("-tag:t"), ["-tag:\"to check\"", "-tag:tariff"]);
        assert_eq!(notes("x tag:\"to c"), ["x tag:\"to check\""]);
        assert_eq!(notes("status:v"), ["status:verified"]);
        assert_eq!(notes("speaker:brandt"), ["speaker:\"Ilse Brandt\""], "the beginning of another word does");
        assert_eq!((notes(""), notes("\"half an ho"), notes("nix:a")), (vec![], vec![], vec![]));
    }

    #[test]
    fn what_stands_alone_is_offered_where_it_means_something() {
        let of = |typed, domain, all| completions(typed, domain, all, |_| vec![]);
        assert_eq!(of("un", Domain::Quotes, false), ["unattributed"]);
        assert_eq!(of("perc", Domain::Figures, false), ["percent", "percentage_points"]);
        assert_eq!(of("p", Domain::People, false), ["person:"]);
        assert_eq!(of("-", Domain::People, true), ["-person:", "-role:", "-text:"]);
    }
}
