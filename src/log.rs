//! The log that `PULLQUOTE_LOG=FILE` asks for: what was done, how large it was, how long it took, what failed. Never words of an article or of
//! a note. Costs nothing when the variable is not set.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

static LOG: OnceLock<Mutex<File>> = OnceLock::new();

/// Begins to log at the end of the file that `PULLQUOTE_LOG` names; does nothing when it names none.
///
/// # Errors
/// What the system says when the file cannot be opened, with its name.
pub fn start() -> Result<(), (String, std::io::Error)> {
    let Some(path) = std::env::var_os("PULLQUOTE_LOG").filter(|p| !p.is_empty()) else { return Ok(()) };
    let file = open(Path::new(&path)).map_err(|e| (path.to_string_lossy().into_owned(), e))?;
    let _ = LOG.set(Mutex::new(file));
    line(|| format!("start: version {}, {}, process {}", env!("CARGO_PKG_VERSION"), std::env::consts::OS, std::process::id()));
    Ok(())
}

/// For nobody else to read: it tells which files were read.
fn open(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes one line with the time before it. The words are made only when somebody wants the log.
pub fn line(words: impl FnOnce() -> String) {
    let Some(log) = LOG.get() else { return };
    let line = format!("{} {}\n", jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ"), words().replace('\n', " "));
    // A log that cannot be written must not stop the reader.
    let _ = log.lock().unwrap_or_else(PoisonError::into_inner).write_all(line.as_bytes());
}

/// From now on a signal that ends the program is logged before it does. For what takes in no signals by itself; without a log, nothing
/// changes.
pub fn signals() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    if LOG.get().is_none() {
        return;
    }
    let Ok(mut signals) = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) else { return };
    let wait = move || {
        for signal in &mut signals {
            line(|| format!("end: signal {signal}"));
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    // Without a thread left, the log lacks a line.
    let _ = std::thread::Builder::new().name("log".into()).spawn(wait);
}

/// Does the work and logs how long it took.
pub fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    if LOG.get().is_none() {
        return work();
    }
    let started = Instant::now();
    let done = work();
    line(|| format!("{what}: {:.1} ms", started.elapsed().as_secs_f64() * 1000.0));
    done
}
