//! The export file of Hypothesis, as its client imports it: quotes with their context, positions in UTF-16 units as browsers count.

use serde_json::{Value, json};

use super::{Detail, LeftOut, Noted};
use crate::annotation::{Annotation, AnnotationKind};
use crate::store::clock::id_of;
use crate::text::Utf16;

/// How many code points of context Hypothesis keeps on a side.
const CONTEXT: usize = 32;

/// What its annotations have no field for, or (dates) what its client sets anew when it imports.
const MISSING: [Detail; 8] =
    [Detail::Status, Detail::Color, Detail::Speaker, Detail::Figure, Detail::Contributor, Detail::Date, Detail::Wording, Detail::Gone];

/// One file for all articles. `now` (RFC 3339) and `user` say when it was made and for whom.
#[must_use]
pub fn file(articles: &[Noted<'_>], user: &str, now: &str) -> (Value, LeftOut) {
    let mut left = LeftOut::default();
    let mut annotations = Vec::new();
    for noted in articles {
        let units = Utf16::new(noted.text.text);
        annotations.extend(noted.notes.annotations.iter().map(|a| annotation(noted, a, &units)));
        left.details(&MISSING, &noted.notes.annotations);
        left.corrections(noted.notes);
    }
    let file = json!({
        "export_date": now,
        "export_userid": account(user),
        "client_version": concat!("pullquote ", env!("CARGO_PKG_VERSION")),
        "annotations": annotations,
    });
    (file, left)
}

fn annotation(noted: &Noted<'_>, a: &Annotation, units: &Utf16) -> Value {
    let user = account(&a.creator);
    let mut target = json!({"source": noted.address()});
    let selectors = selectors(noted, a, units);
    if !selectors.is_empty() {
        target["selector"] = selectors.into();
    }
    json!({
        "id": short_id(&a.id),
        "created": a.created,
        "updated": a.modified,
        "user": user,
        "user_info": {"display_name": a.creator},
        "uri": noted.address(),
        "text": a.note,
        "tags": a.tags,
        "group": "__world__",
        "permissions": {"read": [user], "update": [user], "delete": [user], "admin": [user]},
        "document": {"title": [noted.article.name()]},
        "links": {},
        "target": [target],
    })
}

fn selectors(noted: &Noted<'_>, a: &Annotation, units: &Utf16) -> Vec<Value> {
    if a.kind == AnnotationKind::Page {
        return Vec::new();
    }
    let prefix: Vec<char> = a.anchor.prefix.chars().collect();
    let prefix: String = prefix[prefix.len().saturating_sub(CONTEXT)..].iter().collect();
    let suffix: String = a.anchor.suffix.chars().take(CONTEXT).collect();
    let quote = json!({"type": "TextQuoteSelector", "exact": noted.words(a), "prefix": prefix, "suffix": suffix});
    let position = noted
        .place(a)
        .map(|(start, end)| json!({"type": "TextPositionSelector", "start": units.of_code_point(start), "end": units.of_code_point(end)}));
    position.into_iter().chain([quote]).collect()
}

/// A name as an account of Hypothesis: letters, digits, `.` and `_`, 3 to 30 of them.
fn account(name: &str) -> String {
    let fits = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '_' };
    let mut user: String = name.chars().map(fits).take(30).collect();
    while user.len() < 3 {
        user.push('_');
    }
    format!("acct:{user}@hypothes.is")
}

/// Hypothesis names annotations by 22 characters: hexadecimal digits that stand for the identifier. Not its own first ones, which identifiers
/// that were made in one go may share.
#[must_use]
pub fn short_id(id: &str) -> String {
    id_of(&[id]).simple().to_string().chars().take(22).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_and_ids_have_the_form_of_hypothesis() {
        assert_eq!(account("reader"), "acct:reader@hypothes.is");
        assert_eq!(account("Åda Example"), "acct:_da_Example@hypothes.is");
        assert_eq!(account("é"), "acct:___@hypothes.is");
        assert!(short_id("x").len() == 22 && short_id("x").bytes().all(|b| b.is_ascii_hexdigit()));
        assert_ne!(short_id("x"), short_id("y"));
    }
}
