//! WIP
use super::{Common, input::Opened};
use crate::annotation::Notes;
pub(super) fn read(_opened: &Opened, _common: &Common) -> anyhow::Result<Notes> { Ok(Notes::default()) }
