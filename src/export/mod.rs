//! Findings and notes to the formats that other tools read. Pure: text out, no files.

pub mod csv;
pub mod findings;
pub mod json;
pub mod markdown;
pub mod overview;
pub mod plain;
pub mod styled;
pub mod table;
pub mod words;
