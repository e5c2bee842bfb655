//! Articles from files, addresses, standard input and pipes.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};

use super::{Common, output, web};
use crate::article::{Article, Block, BlockKind, Meta};
use crate::fetch::address::is_address;
use crate::ingest;
use crate::log;

/// How much is taken from what has no end of its own: pipes and devices.
const PIPE_LIMIT: u64 = 256 << 20;

/// An article that was read.
pub(super) struct Opened {
    /// As the reader named it; `-` is standard input. Untrusted.
    pub(super) id: String,
    pub(super) article: Article,
}

/// Reads the article called `name`: a file, or `-` for standard input. What ingest warns of is said on standard error.
pub(super) fn open(name: &OsStr, common: &Common) -> Result<Opened> {
    let opened = quietly(name, common)?;
    for warning in &opened.article.warnings {
        output::say(&format!("{}: {warning}", shown(name)));
    }
    Ok(opened)
}

/// As [`open`], without saying the warnings.
pub(super) fn quietly(name: &OsStr, common: &Common) -> Result<Opened> {
    let article = log::timed("load", || match as_address(name) {
        Some(address) => from_web(address, common),
        None => bytes(name).and_then(|bytes| article(bytes, name, common)),
    });
    log::line(|| match &article {
        Ok(a) => format!("loaded: {} bytes of text, {} blocks, {}", a.text.len(), a.blocks.len(), a.source.media_type),
        Err(_) => "not loaded".into(),
    });
    let article = article.map_err(|cause| anyhow!("cannot read {}: {cause}", shown(name)))?;
    Ok(Opened { id: name.to_string_lossy().into_owned(), article })
}

fn article(bytes: Vec<u8>, name: &OsStr, common: &Common) -> Result<Article, String> {
    let path = (name != "-").then(|| PathBuf::from(name));
    let options = ingest::Options { encoding: common.encoding.clone(), ..ingest::Options::default() };
    ingest::read(bytes, path.as_deref(), &options).map_err(|e| e.to_string())
}

/// The name as an address, unless a file is called so.
pub(super) fn as_address(name: &OsStr) -> Option<&str> {
    name.to_str().filter(|n| is_address(n) && !Path::new(n).exists())
}

/// Two versions of the page at an address, the older first: see [`web::versions`]. What is to be known of them is said on standard error.
pub(super) fn versions(name: &OsStr, common: &Common) -> Result<(Opened, Opened)> {
    let Some(address) = as_address(name) else {
        return Err(anyhow!("one name is enough for an address alone; name the newer version of {} too", shown(name)));
    };
    let opened = |page: web::Page| -> Result<Opened, String> {
        let article = of_page(page, common)?;
        for warning in &article.warnings {
            output::say(&format!("{}: {warning}", shown(name)));
        }
        Ok(Opened { id: address.to_owned(), article })
    };
    let both = web::versions(address, common).and_then(|(old, new)| Ok((opened(old)?, opened(new)?)));
    both.map_err(|cause| anyhow!("cannot compare {}: {cause}", shown(name)))
}

fn from_web(typed: &str, common: &Common) -> Result<Article, String> {
    of_page(web::open(typed, common)?, common)
}

fn of_page(page: web::Page, common: &Common) -> Result<Article, String> {
    let kind = match page.media_type.as_str() {
        "text/html" | "application/xhtml+xml" => Some(ingest::Kind::Html),
        "text/markdown" | "text/x-markdown" => Some(ingest::Kind::Markdown),
        _ => None,
    };
    let options = ingest::Options { encoding: common.encoding.clone(), kind, charset: page.charset, address: Some(page.address) };
    let mut article = ingest::read(page.bytes, None, &options).map_err(|e| e.to_string())?;
    if article.warnings.iter().any(|w| w == ingest::NO_TEXT) {
        return Err(ingest::NO_TEXT.into());
    }
    article.warnings.splice(0..0, page.notices);
    Ok(article)
}

/// What is on the screen while the article comes.
pub(super) fn placeholder(words: &str, name: &str) -> Article {
    let text = format!("{words} {name} …");
    let block = Block { range: (0..text.len()).into(), kind: BlockKind::Paragraph };
    Article { text, blocks: vec![block], meta: Meta { title: Some(name.to_owned()), ..Meta::default() }, ..Article::default() }
}

/// Files up to this size are read before anything is shown.
const AT_ONCE: u64 = 128 << 10;

/// How much of a larger file is read for the first paint: more than any screen holds.
const PREVIEW: usize = 32 << 10;

/// Web pages up to this size are read before anything is shown: no part of one is an article, and reading it all is quick.
const PAGE_AT_ONCE: u64 = 1 << 20;

/// The beginning of a large file, for the first paint; nothing for what is small, no file, or no text so far. Of a page or an address, a line
/// that says what is being done.
pub(super) fn preview(name: &OsStr, common: &Common) -> Option<Article> {
    if let Some(address) = as_address(name) {
        return (!common.offline).then(|| placeholder("fetching", address));
    }
    // Looked at before it is opened: a pipe can be opened once only.
    let meta = std::fs::metadata(name).ok()?;
    if name == "-" || !meta.is_file() || meta.len() <= AT_ONCE {
        return None;
    }
    let file = File::open(name).ok()?;
    let mut bytes = Vec::with_capacity(PREVIEW);
    file.take(PREVIEW as u64).read_to_end(&mut bytes).ok()?;
    // Whole lines where there are any, else whole characters of UTF-8.
    let line_end = memchr::memrchr(b'\n', &bytes).map(|i| i + 1);
    let character = || bytes.iter().rposition(|b| b & 0xC0 != 0x80);
    let end = line_end.or_else(character)?;
    bytes.truncate(end);
    let beginning = article(bytes, name, common).ok()?;
    if beginning.source.media_type == "text/html" {
        return (meta.len() > PAGE_AT_ONCE).then(|| placeholder("reading", &name.to_string_lossy()));
    }
    Some(beginning)
}

/// The name as error lines quote it.
pub(super) fn shown(name: &OsStr) -> String {
    if name == "-" { "standard input".into() } else { format!("'{}'", name.to_string_lossy()) }
}

/// The whole of a file or of standard input.
pub(super) fn bytes(name: &OsStr) -> Result<Vec<u8>, String> {
    if name == "-" {
        if io::stdin().is_terminal() {
            return Err("it is the terminal; pipe an article into it, or name a file".into());
        }
        return limited(io::stdin().lock());
    }
    let mut file = File::open(name).map_err(|e| output::cause(&e))?;
    let meta = file.metadata().map_err(|e| output::cause(&e))?;
    if !meta.is_file() {
        return if meta.is_dir() { Err("it is a directory; give a file in it".into()) } else { limited(file) };
    }
    let mut bytes = Vec::with_capacity(usize::try_from(meta.len()).unwrap_or_default());
    file.read_to_end(&mut bytes).map_err(|e| output::cause(&e))?;
    Ok(bytes)
}

fn limited(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(PIPE_LIMIT + 1).read_to_end(&mut bytes).map_err(|e| output::cause(&e))?;
    if bytes.len() as u64 > PIPE_LIMIT {
        return Err(format!("more than {} MiB came; save it to a file and open that", PIPE_LIMIT >> 20));
    }
    Ok(bytes)
}
