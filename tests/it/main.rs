//! The integration tests, one binary: the layers, the samples, the command line, the notes on disk, and the program in a pseudo-terminal.

#![allow(missing_docs, clippy::unwrap_used, clippy::string_slice, unreachable_pub)]

mod anchoring;
mod cli;
mod colleagues;
mod comfort;
mod corrections;
mod desk;
mod durability;
mod exchange;
mod fetch;
mod filters;
mod finding;
mod fuzz_reader;
mod labels;
mod layers;
mod ledger;
mod linear;
mod lists;
#[path = "../fuzz/checks.rs"]
mod odd_checks;
mod odd_inputs;
mod pages;
mod pty;
mod reach;
mod reader;
mod reading;
mod readme;
mod samples;
mod saving;
mod screens;
mod states;
mod strokes;
mod tables;
mod telling;
mod two_copies;
mod versions;
