//! pullquote: read the news critically in a terminal.
//!
//! This page is the map. A module imports only from modules that stand above it in this list; `tests/it/layers.rs` holds that.
//!
//! | module | what it is |
//! |---|---|
//! | [`log`] | the log that `PULLQUOTE_LOG` asks for; never words of an article or a note |
//! | [`text`] | positions in a text (UTF-8 byte ranges), code points, graphemes and widths, rows, folding, search, showing hostile characters |
//! | [`article`] | the document: one immutable text plus ranges over it (blocks, links) and metadata |
//! | [`ingest`] | bytes to an [`article::Article`]: charset, kind, plain text, Markdown, web pages, boilerplate |
//! | [`analysis`] | an article to [`analysis::Findings`]: sentences, quotations, speakers, people, figures, changes |
//! | [`compare`] | two versions of an article: what changed, in the reader's terms |
//! | [`annotation`] | the reader's notes as a model: anchors, edits and their inverses, history, merge |
//! | [`store`] | the notes file on disk: schema, where it lies, lock, atomic durable save, snapshots, drafts |
//! | [`fetch`] | the network: one page by its address, each hop checked; the only module that connects |
//! | [`export`] | notes to other formats, one file each |
//! | [`import`] | notes of other formats and other people into an article's |
//! | [`config`] | the table of actions, keys, themes and settings |
//! | [`tui`] | the reader: `Event -> update(&mut Model) -> Vec<Effect>` and `view(&Model, &mut Frame)` |
//! | [`linear`] | the reader without a screen: lines in, lines out, `step(&mut State, line) -> Reply` |
//! | [`cli`] | one file for each subcommand |
//!
//! Inside the program a position is a UTF-8 byte offset into the article text, on a grapheme boundary. In every file and on every
//! output it is a Unicode code point offset; [`text::CodePoints`] converts, at the edge and nowhere else.

pub mod log;

pub mod text;

pub mod article;

pub mod ingest;

pub mod analysis;

pub mod compare;

pub mod annotation;

pub mod store;

pub mod fetch;

pub mod export;

pub mod import;

pub mod config;

pub mod tui;

pub mod linear;

pub mod cli;
