//! `pullquote man`: the manual page, with every subcommand in it.

use anyhow::Result;
use clap_mangen::Man;

use super::{Outcome, output};

pub(super) fn run() -> Result<Outcome> {
    output::print(&page()?)?;
    Ok(Outcome::Done)
}

/// The page in roff.
fn page() -> Result<Vec<u8>> {
    let mut command = super::command();
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    for sub in command.get_subcommands() {
        let heading = format!("pullquote {}", sub.get_name()).to_uppercase();
        page.extend_from_slice(format!(".SH \"{heading}\"\n").as_bytes());
        let man = Man::new(sub.clone());
        let mut body = Vec::new();
        man.render_synopsis_section(&mut body)?;
        man.render_description_section(&mut body)?;
        man.render_options_section(&mut body)?;
        // One page: the sections of a subcommand are subsections of it.
        page.extend_from_slice(String::from_utf8(body)?.replace(".SH ", ".SS ").as_bytes());
    }
    man.render_extra_section(&mut page)?;
    Ok(page)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_option_of_every_command_is_in_the_manual() {
        let page = String::from_utf8(super::page().expect("a page")).expect("text").replace("\\-", "-");
        for sub in super::super::command().get_subcommands() {
            for option in sub.get_arguments().filter_map(|a| a.get_long()) {
                assert!(page.contains(&format!("--{option}")), "--{option} of {} is missing", sub.get_name());
            }
        }
    }
}
