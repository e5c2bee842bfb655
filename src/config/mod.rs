//! What the reader can set, and the tables that help, palette, key bindings and README are made of.

pub mod actions;
pub mod commands;
pub mod keys;
mod mend;
pub mod settings;
pub mod theme;
pub mod user_theme;

pub use actions::Action;
pub use keys::{Key, Keymap};
pub use settings::Settings;
pub use theme::{Role, Theme};
