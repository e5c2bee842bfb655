//! One writer at a time, across processes: an advisory lock on a file beside the notes.
//!
//! The lock file is never removed and never renamed: a lock on the notes file itself would stay with the old file when a save replaces it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// Held until dropped. The system lets go of it when the process dies.
#[derive(Debug)]
pub struct Lock(#[expect(dead_code, reason = "kept open: closing it lets go of the lock")] File);

/// Why there is no lock.
#[derive(Debug)]
pub enum LockError {
    /// Somebody else held it all the time.
    TimedOut,
    /// The lock file cannot be made or locked.
    Io(io::Error),
}

/// The lock file that goes with `target`: the same name and `.lock`.
#[must_use]
pub fn path_for(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// Waits up to `patience` for the lock that goes with `target`.
///
/// # Errors
/// [`LockError`].
pub fn lock(target: &Path, patience: Duration) -> Result<Lock, LockError> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path_for(target)).map_err(LockError::Io)?;
    let until = Instant::now() + patience;
    let mut pause = Duration::from_micros(200);
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock(file)),
            // Some network file systems have no locks. Better unlocked, with the merge, than not saved.
            Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => return Ok(Lock(file)),
            Err(TryLockError::Error(e)) => return Err(LockError::Io(e)),
            Err(TryLockError::WouldBlock) if Instant::now() >= until => return Err(LockError::TimedOut),
            Err(TryLockError::WouldBlock) => {
                thread::sleep(pause);
                pause = (pause * 2).min(Duration::from_millis(5));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_writer_waits_and_gives_up_in_time() {
        let dir = tempfile::tempdir().expect("a directory");
        let target = dir.path().join("notes.json");
        let held = lock(&target, Duration::ZERO).expect("free");
        assert!(matches!(lock(&target, Duration::from_millis(20)), Err(LockError::TimedOut)));
        drop(held);
        assert!(lock(&target, Duration::ZERO).is_ok());
        assert!(path_for(&target).exists(), "the lock file stays");
    }
}
