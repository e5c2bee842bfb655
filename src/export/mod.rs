//! Findings and notes to the formats that other tools read. Pure: text out, no files.

pub mod findings;
