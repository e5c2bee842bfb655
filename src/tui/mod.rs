//! The reader. `Event -> update(&mut Model, Event) -> Vec<Effect>` and `view(&Model, &mut Frame)`.
//!
//! Only five files touch the world: [`session`] (one terminal for all articles), [`mod@run`] (the loop), [`terminal`] (modes), [`workers`]
//! (threads) and [`effects`] with its helper for links. Everything else is
//! functions of its arguments: no files, clock, randomness or terminal.

pub mod effects;
pub mod event;
pub mod flow;
pub mod hits;
pub mod layout;
pub mod ledger;
pub mod lists;
pub mod model;
mod open;
pub mod outlet;
pub mod picker;
pub mod run;
pub mod session;
pub mod spans;
pub mod terminal;
pub mod update;
pub mod view;
pub mod whole_page;
pub mod workers;

pub use model::{Leaving, Opening};
pub use run::{End, Load, Next, Options};
pub use session::Session;
