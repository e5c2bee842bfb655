//! `pullquote import`: the annotations of another file into those of an article.

use std::ffi::OsString;
use std::sync::Arc;

use anyhow::{Result, anyhow};

use super::{Common, Outcome, input, notes, output, settings};
use crate::annotation::Notes;
use crate::import::{self, Plan};
use crate::store::{Opened, clock};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A notes file, W3C annotations, an export of Hypothesis, a CSV of Readwise; - for standard input
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The article that the annotations are on
    #[arg(long = "for", value_name = "ARTICLE")]
    article: OsString,
    /// Say what would come in, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, common: &Common) -> Result<Outcome> {
    let shown = input::shown(&args.file);
    if args.file == "-" && args.article == "-" {
        return Err(anyhow!("the file and the article cannot both come from standard input; name one of them"));
    }
    let bytes = input::bytes(&args.file).map_err(|cause| anyhow!("cannot read {shown}: {cause}"))?;
    let incoming = import::read(&bytes).map_err(|cause| anyhow!("cannot import {shown}: {cause}"))?;
    let article = Arc::new(input::open(&args.article, common)?.article);
    let Opened { mut file, mut notes, .. } = notes::open(&article, common)?;
    let (mut incoming, others) = import::for_article(incoming, file.text(), file.source().uri.as_deref());
    if others > 0 {
        output::say(&format!("{shown} also holds {others} annotations on other articles; they are left out"));
    }
    incoming.iter().flat_map(|i| &i.parsed.warnings).for_each(|w| output::say(&format!("{shown}: {w}")));
    let stamp = clock::stamp(settings::load().0.creator.as_deref());
    if incoming.iter().all(|i| i.parsed.notes.is_empty()) {
        output::say(&format!("{shown} holds no annotations"));
        return Ok(Outcome::Nothing);
    }
    let Plan { edit, report, of_another } = import::plan(&notes, file.source(), incoming.clone(), file.text());
    let foreign = of_another.is_some();
    if let Some(title) = of_another {
        let title = crate::text::sanitize::line(&title).into_owned();
        output::say(&format!("{shown} holds notes on another article, “{title}”; their words were looked for in this one"));
    }
    if let (true, [whole]) = (file.is_new(), incoming.as_mut_slice())
        && whole.own
        && !foreign
    {
        // Nothing is here yet: the file is taken over as it is, with its identity, unknown fields and tombstones. That of another article
        // keeps these for itself, or the two would pass for copies of one file.
        file.take_source(std::mem::take(&mut whole.parsed.source));
        let whole = std::mem::take(&mut whole.parsed.notes);
        notes = Notes { annotations: Vec::new(), corrections: Vec::new(), ..whole };
    }
    if !args.dry_run {
        notes.apply(edit, &stamp)?;
        let saved = file.save(&notes).map_err(|e| anyhow!("{e}"))?;
        saved.warnings.iter().for_each(|w| output::say(w));
    }
    output::print(format!("{}\n", report.words()).as_bytes())?;
    Ok(Outcome::Done)
}
