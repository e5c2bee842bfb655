//! `pullquote extract`: findings of many articles on standard output.

use std::io::{BufRead, Write};
use std::process::ExitCode;

use anyhow::{Context, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{analysis, export, ingest};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Articles, or - for standard input
    articles: Vec<String>,
    #[arg(long, default_value = "json")]
    format: String,
    #[arg(long)]
    from: Option<String>,
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Add the article text
    #[arg(long)]
    text: bool,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    text: String,
}

pub(super) fn run(args: &Args) -> Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut emit = |id: &str, text: &str| -> Result<()> {
        let article = ingest::from_text(text);
        let found = analysis::analyse(&article);
        let digest = Sha256::digest(article.text.as_bytes());
        let digest = digest.iter().map(|b| format!("{b:02x}")).collect();
        serde_json::to_writer(&mut out, &export::findings::record(id, &article, &found, digest, args.text))?;
        out.write_all(b"\n")?;
        Ok(())
    };
    if args.from.is_some() {
        for line in std::io::stdin().lock().lines() {
            let line: Line = serde_json::from_str(&line?).context("cannot read a line")?;
            emit(&line.id, &line.text)?;
        }
    } else {
        for path in &args.articles {
            let text = std::fs::read_to_string(path).with_context(|| format!("cannot read '{path}'"))?;
            emit(path, &text)?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
