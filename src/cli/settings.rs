//! `config.toml`, from where the system keeps settings.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use super::output;
use crate::config::Settings;

/// The reader's settings, with what is wrong with them, one line each. No file is the default.
pub(super) fn load() -> (Settings, Vec<String>) {
    let Some(path) = path() else { return (Settings::default(), Vec::new()) };
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Settings::default(), Vec::new()),
        Err(error) => return (Settings::default(), vec![format!("cannot read '{}': {}", path.display(), output::cause(&error))]),
    };
    let (settings, problems) = Settings::parse(&text);
    (settings, problems.into_iter().map(|p| format!("{}: {p}", path.display())).collect())
}

/// Where it lies; `None` without a home directory.
pub(super) fn path() -> Option<PathBuf> {
    Some(etcetera::choose_base_strategy().ok()?.config_dir().join("pullquote").join("config.toml"))
}
