//! The reader. `Event -> update(&mut Model, Event) -> Vec<Effect>` and `view(&Model, &mut Frame)`.
//!
//! Only four files touch the world: [`run`] (the loop), [`terminal`] (modes), [`workers`] (threads) and [`effects`]. Everything else is
//! functions of its arguments: no files, clock, randomness or terminal.

pub mod flow;
pub mod spans;
