//! How the reader has set the text with keys: kept for the next time, in `look.json` of the state directory. The configuration stays as its
//! owner wrote it; when it says something else than it did then, it holds again.

use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::atomic;
use super::paths::Places;

/// The measure of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Look {
    /// The widest text column, in columns.
    pub measure: u16,
    /// Columns left and right of it at least.
    pub margin: u16,
    /// Empty lines between rows.
    pub spacing: u8,
}

impl Look {
    /// What the measure may be.
    pub const MEASURES: std::ops::RangeInclusive<u16> = 20..=400;
    /// What the margin may be: two columns are for signs.
    pub const MARGINS: std::ops::RangeInclusive<u16> = 2..=40;
    /// What the spacing may be.
    pub const SPACINGS: std::ops::RangeInclusive<u8> = 0..=2;

    /// The nearest that is allowed.
    #[must_use]
    pub fn clamped(self) -> Self {
        Self {
            measure: self.measure.clamp(*Self::MEASURES.start(), *Self::MEASURES.end()),
            margin: self.margin.clamp(*Self::MARGINS.start(), *Self::MARGINS.end()),
            spacing: self.spacing.min(*Self::SPACINGS.end()),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Kept {
    now: Look,
    /// What the configuration said when it was kept.
    configured: Look,
}

fn file(places: &Places) -> PathBuf {
    places.state.join("look.json")
}

/// What was kept, when it was kept beside this configuration; else the configuration.
#[must_use]
pub fn read(places: &Places, configured: Look) -> Look {
    let kept: Option<Kept> = std::fs::read(file(places)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    kept.filter(|k| k.configured == configured).map_or(configured, |k| k.now.clamped())
}

/// Keeps a look; what the configuration says needs no keeping.
///
/// # Errors
/// What the system says.
pub fn keep(places: &Places, now: Look, configured: Look) -> io::Result<()> {
    let file = file(places);
    if now == configured {
        return match std::fs::remove_file(&file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    }
    atomic::make_private_directory(&places.state)?;
    atomic::replace(&file, &serde_json::to_vec_pretty(&Kept { now, configured })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_kept_until_the_configuration_changes() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let places = Places::under(dir.path());
        let configured = Look { measure: 76, margin: 4, spacing: 0 };
        let now = Look { measure: 60, margin: 8, spacing: 1 };
        assert_eq!(read(&places, configured), configured);
        keep(&places, now, configured).expect("a temporary directory");
        assert_eq!(read(&places, configured), now);
        let other = Look { measure: 90, ..configured };
        assert_eq!(read(&places, other), other, "who edits the configuration means it");
        keep(&places, configured, configured).expect("a temporary directory");
        assert!(!file(&places).exists());
    }

    #[test]
    fn a_broken_or_strange_file_does_no_harm() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let places = Places::under(dir.path());
        let configured = Look { measure: 76, margin: 4, spacing: 0 };
        keep(&places, Look { measure: 3, margin: 999, spacing: 9 }, configured).expect("a temporary directory");
        assert_eq!(read(&places, configured), Look { measure: 20, margin: 40, spacing: 2 });
        std::fs::write(file(&places), "{").expect("a temporary directory");
        assert_eq!(read(&places, configured), configured);
    }
}
