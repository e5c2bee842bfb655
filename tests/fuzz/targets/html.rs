//! Any bytes as a web page.

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::reading(bytes, pullquote::ingest::Kind::Html));
