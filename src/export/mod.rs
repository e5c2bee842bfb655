//! Findings and notes to the formats that other tools read. Pure: bytes out, no files.
//!
//! A format of annotations is one file with one function: from [`Noted`] articles to bytes. What it has no place for it counts in [`LeftOut`].

pub mod citation;
pub mod csv;
pub mod findings;
pub mod html;
pub mod hypothesis;
pub mod json;
pub mod label_studio;
pub mod left_out;
pub mod listing;
pub mod markdown;
pub mod noted;
pub mod overview;
pub mod plain;
pub mod readwise;
pub mod refi_qda;
pub mod spacy;
pub mod styled;
pub mod table;
pub mod w3c;
pub mod words;

pub use left_out::{Detail, LeftOut};
pub use noted::Noted;
