//! The reader's notes on disk: what the file says, where it lies, and how a change gets there so that nothing is lost.
//!
//! | file | what it does |
//! |---|---|
//! | [`notes_file`] | opens and saves: the one thing that others need |
//! | [`look`] | how the reader has set the text |
//! | [`schema`] | the file's JSON, to and from the model |
//! | [`paths`] | where notes lie, and how those of a moved article are found |
//! | [`lock`], [`atomic`] | one writer at a time; a file is replaced whole or not at all |
//! | [`pages`] | copies of fetched pages, by digest, with every version of an address |
//! | [`rewrite`] | changes of notes files whose articles are not at hand |
//! | [`snapshot`] | copies of annotated texts, by digest |
//! | [`merge_files`] | two notes files of one article become one |
//! | [`recent`] | the articles that were read, and where each was left |
//! | [`rescue`] | notes that could not be saved, kept until they can be |
//! | [`draft`] | the unsaved text of an open note editor |
//! | [`clock`] | now, new identifiers, who is writing |
//!
//! Everything here blocks on the disk: call it off the drawing thread.

pub mod atomic;
pub mod clock;
pub mod digest;
pub mod draft;
pub mod lock;
pub mod look;
pub mod merge_files;
pub mod notes_file;
pub mod pages;
pub mod paths;
pub mod recent;
pub mod rescue;
pub mod rewrite;
pub mod schema;
pub mod snapshot;
pub mod typed;

pub use notes_file::{NotesFile, OpenError, OpenOptions, Opened, SaveError, Saved};
pub use paths::Places;
