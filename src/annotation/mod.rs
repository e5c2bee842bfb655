//! The reader's notes as a model: what an annotation is, how it changes, how changes are undone and merged.
//!
//! No files, no clock, no randomness: identifiers and times come from the caller.

pub mod anchor;
pub mod correcting;
pub mod corrections;
pub mod edit;
pub mod filter;
pub mod finding;
pub mod folds;
pub mod history;
pub mod merge;
pub mod model;
#[cfg(test)]
pub(crate) mod sample;

pub use anchor::{Attached, Reattached, attach, attach_with};
pub use edit::{Edit, EditError};
pub use filter::Filter;
pub use finding::Finding;
pub use history::History;
pub use merge::{Merged, merge};
pub use model::{
    Anchor, AnchorState, Annotation, AnnotationKind, Correction, NotedFigure, NotedSpeaker, Notes, Now, Origin, Stamp, Status, Tombstone,
};
