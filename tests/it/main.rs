//! The integration tests, one binary.

mod samples;
