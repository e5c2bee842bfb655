//! The reader. `Event -> update(&mut Model, Event) -> Vec<Effect>` and `view(&Model, &mut Frame)`.
//!
//! Only four files touch the world: [`mod@run`] (the loop), [`terminal`] (modes), [`workers`] (threads) and [`effects`]. Everything else is
//! functions of its arguments: no files, clock, randomness or terminal.

pub mod effects;
pub mod event;
pub mod flow;
pub mod layout;
pub mod ledger;
pub mod lists;
pub mod model;
pub mod run;
pub mod spans;
pub mod terminal;
pub mod update;
pub mod view;
pub mod whole_page;
pub mod workers;

pub use run::{Load, Options, run};
