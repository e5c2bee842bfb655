//! What the commands print: standard output with closed pipes in mind, files replaced in one step, error lines.

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, anyhow, bail};

use crate::import;
use crate::store::atomic;
use crate::text::sanitize;

/// Writes everything to standard output.
pub(super) fn print(text: &[u8]) -> Result<()> {
    let mut out = stdout();
    out.write_all(text)?;
    out.flush()?;
    Ok(())
}

/// Standard output, buffered. Flush it: what is left in the buffer when it is dropped is lost without a word when that fails.
pub(super) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(64 * 1024, io::stdout().lock())
}

/// Refuses to put what is made anew over an article or over notes: neither could be had back. `own` are the files that it was made from;
/// `empty` says that it holds no annotations.
///
/// # Errors
/// When `to` is one of `own`, an article with notes beside it, by its name or content a notes file, or when nothing would take the place of
/// annotations that were exported.
pub(super) fn refuse_to_overwrite<'a>(to: Option<&Path>, own: impl IntoIterator<Item = &'a Path>, empty: bool) -> Result<()> {
    let Some(to) = to.filter(|to| *to != Path::new("-") && to.exists()) else { return Ok(()) };
    let same = |path: &Path| std::fs::canonicalize(path).ok().zip(std::fs::canonicalize(to).ok()).is_some_and(|(a, b)| a == b);
    let notes = to.to_string_lossy().ends_with(crate::store::paths::SUFFIX);
    let noted = crate::store::paths::sidecar(to).exists();
    // A device or a pipe holds nothing that could be lost, and may never end.
    let content = if to.is_file() { std::fs::read(to).unwrap_or_default() } else { Vec::new() };
    if notes || noted || own.into_iter().any(same) || import::own::says_so(&content) {
        bail!("cannot write '{}': the article or notes that are there would be lost; give another path with -o", to.display());
    }
    let holds_any = || import::read(&content).is_ok_and(|all| all.iter().any(|i| !i.parsed.notes.annotations.is_empty()));
    if empty && !content.is_empty() && holds_any() {
        bail!(
            "cannot write '{}': nothing was found, and the annotations that are there would be lost; give another path with -o",
            to.display()
        );
    }
    Ok(())
}

/// Writes to the file `to` in one step, or to standard output when there is none or it is `-`.
pub(super) fn deliver(to: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match to {
        Some(path) if path != Path::new("-") => {
            replace(path, bytes).map_err(|e| anyhow!("cannot write '{}': {}", path.display(), written_cause(&e)))
        }
        _ => print(bytes),
    }
}

/// Replaces a file, or writes to what is no regular file (a device, a named pipe) as it is.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir()) {
        return std::fs::write(path, bytes);
    }
    atomic::write(&atomic::resolve(path), bytes)
}

/// One line on standard error: `pullquote: …`. The text comes from file names and articles, so it is made harmless.
pub(super) fn report(error: &anyhow::Error) {
    let kinds: Vec<String> = error.chain().filter_map(kind).map(|k| format!("{k:?}")).collect();
    // The line itself may hold words of the article.
    crate::log::line(|| format!("error: {}", if kinds.is_empty() { "see standard error".into() } else { kinds.join(", ") }));
    // Only writing to standard output fails without a word of what was done.
    match kind(&**error) {
        Some(bare) => say(&format!("cannot write to standard output: {}", atomic::explain(&bare.into()))),
        None => say(&format!("{error:#}")),
    }
}

/// The kind of an error of the operating system, also of one that came up while JSON was written.
fn kind(cause: &(dyn std::error::Error + 'static)) -> Option<io::ErrorKind> {
    match cause.downcast_ref::<io::Error>() {
        Some(error) => Some(error.kind()),
        None => cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind),
    }
}

/// As [`report`], for a warning.
pub(super) fn say(line: &str) {
    // Standard error may be closed; there is nowhere to say so.
    let _ = writeln!(io::stderr().lock(), "pullquote: {}", sanitize::line(line.trim_end()));
}

/// True when the error is that nobody reads our output any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

/// Help and version on standard output; a wrong command line as one line on standard error.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render().to_string();
    if !error.use_stderr() {
        return match print(text.as_bytes()) {
            Err(error) if !is_closed_pipe(&error) => {
                report(&error);
                super::Outcome::Failed.into()
            }
            _ => ExitCode::SUCCESS,
        };
    }
    say(&one_line(&text));
    super::Outcome::Failed.into()
}

/// What clap says in paragraphs, in one line: the cause, then the tips, else where to look.
fn one_line(text: &str) -> String {
    let mut paragraphs = text.split("\n\n").map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "));
    let cause = paragraphs.next().unwrap_or_default();
    let cause = cause.strip_prefix("error: ").unwrap_or(&cause).to_owned();
    let rest: Vec<String> = paragraphs.collect();
    let tips: Vec<&str> = rest.iter().filter_map(|p| p.strip_prefix("tip: ")).collect();
    let advice = if tips.is_empty() {
        let usage = rest.iter().find_map(|p| p.strip_prefix("Usage: ")).unwrap_or("pullquote");
        let command: Vec<&str> = usage.split(' ').take_while(|w| w.chars().all(|c| c.is_ascii_lowercase())).collect();
        let command = if command.is_empty() { "pullquote".to_owned() } else { command.join(" ") };
        format!("try '{command} --help'")
    } else {
        tips.join("; ")
    };
    format!("{cause}; {advice}")
}

/// As [`cause`], for a file that was to be written.
fn written_cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "its directory does not exist; create that first".into(),
        io::ErrorKind::PermissionDenied => "permission denied; give another path with -o".into(),
        io::ErrorKind::IsADirectory => "it is a directory; give a file in it".into(),
        _ => atomic::explain(error),
    }
}

/// What an error of the operating system means, without its number.
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file; check the path".into(),
        io::ErrorKind::PermissionDenied => "permission denied; check who may read it".into(),
        io::ErrorKind::IsADirectory => "it is a directory; give a file in it".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usage_errors_become_one_line_with_advice() {
        let wrong = |args: &[&str]| {
            let error = super::super::command().try_get_matches_from(args).expect_err("a wrong command line");
            one_line(&error.render().to_string())
        };
        assert_eq!(
            wrong(&["pullquote", "show", "--plian", "a"]),
            "unexpected argument '--plian' found; a similar argument exists: '--plain'"
        );
        assert_eq!(
            wrong(&["pullquote", "add", "a"]),
            "the following required arguments were not provided: --exact <TEXT>; try 'pullquote add --help'"
        );
        assert!(
            wrong(&["pullquote", "extract", "--format", "xml", "a"])
                .starts_with("invalid value 'xml' for '--format <FORMAT>' [possible values:")
        );
    }

    #[test]
    fn a_file_is_replaced_with_its_mode_kept() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("notes.md");
        deliver(Some(&path), b"one").expect("a new file");
        deliver(Some(&path), b"two").expect("replaced");
        assert_eq!(std::fs::read(&path).expect("readable"), b"two");
        assert_eq!(std::fs::read_dir(dir.path()).expect("readable").count(), 1, "no temporary file is left");
    }
}
