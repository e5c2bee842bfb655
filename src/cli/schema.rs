//! `pullquote schema`: the JSON Schema of the notes file.

use anyhow::Result;

use super::{Outcome, output};
use crate::export::json;
use crate::store::schema::json_schema;

pub(super) fn run() -> Result<Outcome> {
    let mut out = Vec::new();
    json::pretty(&mut out, &json_schema())?;
    out.push(b'\n');
    output::print(&out)?;
    Ok(Outcome::Done)
}
