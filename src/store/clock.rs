//! What the model must not know by itself: the time, fresh identifiers, and who is writing.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::annotation::Stamp;

/// Now, RFC 3339 in UTC, to the second: `2026-01-02T03:04:05Z`.
#[must_use]
pub fn now() -> String {
    Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A new identifier: `urn:uuid:` and a UUID of version 7, so identifiers sort by the time they were made.
#[must_use]
pub fn new_id() -> String {
    Uuid::now_v7().urn().to_string()
}

/// The identifier that always belongs to these words: a UUID of version 8 made of their SHA-256. What is exported or imported twice has it twice.
#[must_use]
pub fn id_of(words: &[&str]) -> Uuid {
    let mut hasher = Sha256::new();
    for word in words {
        // The length keeps ["ab", "c"] and ["a", "bc"] apart.
        hasher.update((word.len() as u64).to_le_bytes());
        hasher.update(word.as_bytes());
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hasher.finalize()[..16]);
    Uuid::new_v8(bytes)
}

/// The reader's name: what the settings say, else the login name, else "reader".
#[must_use]
pub fn creator(configured: Option<&str>) -> String {
    let login = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|key| std::env::var(key).ok().filter(|v| !v.is_empty()));
    configured.filter(|name| !name.is_empty()).map(str::to_owned).or_else(login).unwrap_or_else(|| "reader".into())
}

/// Who and when, for the next change.
#[must_use]
pub fn stamp(configured_creator: Option<&str>) -> Stamp {
    Stamp { now: now(), creator: creator(configured_creator) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn time_and_identifiers_have_their_form() {
        let now = super::now();
        assert!(now.parse::<jiff::Timestamp>().is_ok_and(|t| t.as_second() > 1_700_000_000), "{now}");
        assert_eq!((now.len(), now.ends_with('Z')), (20, true));
        let (a, b) = (super::new_id(), super::new_id());
        assert!(a < b, "{a} was made before {b}");
        assert!(a.starts_with("urn:uuid:") && a.len() == 45);
    }

    #[test]
    fn the_same_words_have_the_same_identifier() {
        let id = |words: &[&str]| super::id_of(words);
        assert_eq!(id(&["hypothesis", "x1"]), id(&["hypothesis", "x1"]));
        assert_ne!(id(&["ab", "c"]), id(&["a", "bc"]));
        assert_eq!(id(&["a"]).get_version_num(), 8);
    }

    #[test]
    fn a_configured_name_goes_first() {
        assert_eq!(super::creator(Some("Ada")), "Ada");
        assert!(!super::creator(Some("")).is_empty());
    }
}
