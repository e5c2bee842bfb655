//! Any bytes as plain text, and as a mail.

#![no_main]

#[path = "../checks.rs"]
#[allow(dead_code)]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    checks::reading(bytes, pullquote::ingest::Kind::Plain);
    checks::mail(bytes);
});
