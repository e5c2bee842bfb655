//! The reader's notes as a model: what an annotation is, how it changes, how changes are undone and merged.
//!
//! No files, no clock, no randomness: identifiers and times come from the caller.

pub mod model;

pub use model::{Anchor, Annotation, AnnotationKind, Notes, Status};
