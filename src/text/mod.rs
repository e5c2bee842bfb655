//! Positions, rows and looks of text. Knows nothing of articles.
//!
//! Everything that slices a `str` by offsets does so through [`TextRange::of`].

pub mod align;
pub mod ascii;
pub mod codepoints;
pub mod fold;
pub mod grapheme;
pub mod pattern;
pub mod range;
pub mod rows;
pub mod sanitize;
pub mod search;
pub mod utf16;
pub mod words;

pub use codepoints::CodePoints;
pub use range::TextRange;
pub use utf16::Utf16;
