//! The integration tests, one binary: the layers, the samples, the command line, and the program in a pseudo-terminal.

#![allow(missing_docs, clippy::unwrap_used, clippy::string_slice, unreachable_pub)]

mod cli;
mod layers;
mod pty;
mod samples;
