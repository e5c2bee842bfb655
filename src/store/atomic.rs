//! Replaces a file in one step: after a crash there is the old file or the new one, whole.
//!
//! Write beside it, fsync, rename, fsync of the directory: only then is the change durable.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How temporary files of `target` begin. The dot hides them; the end tells them from anything a reader makes.
fn temporary_prefix(target: &Path) -> String {
    format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

const TEMPORARY_SUFFIX: &str = ".pullquote-tmp";

/// The directory that holds `path`.
#[must_use]
pub fn directory(path: &Path) -> &Path {
    path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The file that is written when `path` is saved: the end of a chain of symbolic links, which need not exist yet.
#[must_use]
pub fn resolve(path: &Path) -> PathBuf {
    let mut at = path.to_path_buf();
    for _ in 0..40 {
        match fs::read_link(&at) {
            Ok(to) => at = directory(&at).join(to),
            Err(_) => return at,
        }
    }
    at
}

/// "the disk is full: cannot write 'notes.json'; free some space and try again": the reason first, then the file, then what helps.
#[must_use]
pub fn cannot_write(path: &Path, error: &io::Error) -> String {
    let why = explain(error);
    let (reason, help) = why.split_once("; ").map_or((why.as_str(), String::new()), |(reason, help)| (reason, format!("; {help}")));
    format!("{reason}: cannot write '{}'{help}", path.display())
}

/// Writes `bytes` to `target` (see [`resolve`]), durably. The mode of an existing file is kept; a new one gets what the umask leaves.
/// On error the old file is as it was and no temporary file stays.
///
/// # Errors
/// What the system says.
pub fn write(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = beside(target, bytes)?;
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|e| e.error)?;
    sync_directory(directory(target))
}

/// As [`fn@write`], but a crash of the system may bring the old file back: for what is no note.
///
/// # Errors
/// What the system says.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    beside(target, bytes)?.persist(target).map_err(|e| e.error)?;
    Ok(())
}

/// The temporary file that takes the place of `target`.
fn beside(target: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let dir = directory(target);
    let prefix = temporary_prefix(target);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(TEMPORARY_SUFFIX);
    #[cfg(unix)]
    let open_mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(open_mode);
    let mut temporary = builder.tempfile_in(dir)?;
    temporary.write_all(bytes)?;
    if let Ok(old) = fs::metadata(target) {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    Ok(temporary)
}

/// The rename is durable only after this.
#[cfg(unix)]
fn sync_directory(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
fn sync_directory(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes temporary files of `target` that a killed process left. Call it only while holding the lock: then nobody is writing them.
pub fn sweep(target: &Path) {
    let prefix = temporary_prefix(target);
    for entry in fs::read_dir(directory(target)).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(&prefix) && name.ends_with(TEMPORARY_SUFFIX) {
            let _ = fs::remove_file(entry.path()); // it only takes room
        }
    }
}

/// Makes a directory and its parents, for nobody else to read: notes are private.
///
/// # Errors
/// What the system says.
pub fn make_private_directory(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

/// Why a file could not be written, in words that say what to do.
#[must_use]
pub fn explain(error: &io::Error) -> String {
    use io::ErrorKind as K;
    match error.kind() {
        K::StorageFull => "the disk is full; free some space and try again".into(),
        K::QuotaExceeded => "your disk quota is used up; free some space and try again".into(),
        K::ReadOnlyFilesystem => "the file system is read-only; give another place with --notes".into(),
        K::PermissionDenied => "permission denied; give another place with --notes".into(),
        K::NotFound => "its directory does not exist; create it, or give another place with --notes".into(),
        K::IsADirectory => "it is a directory".into(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_lowercase()
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(dir).expect("a directory").flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    #[test]
    fn the_mode_is_kept_and_a_new_file_has_the_usual_one() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("notes.json");
        write(&path, b"1").expect("written");
        fs::write(dir.path().join("plain"), "").expect("written");
        assert_eq!(mode(&path), mode(&dir.path().join("plain")), "what the umask leaves");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("ours");
        write(&path, b"22").expect("written");
        assert_eq!((mode(&path), fs::read(&path).expect("there")), (0o640, b"22".to_vec()));
        assert_eq!(names(dir.path()), ["notes.json", "plain"]);
    }

    #[test]
    fn links_are_followed_to_a_file_that_need_not_exist() {
        let dir = tempfile::tempdir().expect("a directory");
        fs::create_dir(dir.path().join("real")).expect("new");
        symlink("real/notes.json", dir.path().join("one")).expect("new");
        symlink(dir.path().join("one"), dir.path().join("two")).expect("new");
        let target = resolve(&dir.path().join("two"));
        assert_eq!(target, dir.path().join("real/notes.json"));
        write(&target, b"1").expect("written");
        assert!(fs::symlink_metadata(dir.path().join("two")).expect("there").is_symlink());
        symlink("loop", dir.path().join("loop")).expect("new");
        assert_eq!(resolve(&dir.path().join("loop")), dir.path().join("loop"), "ends");
    }

    #[test]
    fn an_error_leaves_the_old_file_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("taken");
        fs::create_dir(&path).expect("new");
        assert!(write(&path, b"1").is_err(), "a directory cannot be replaced");
        assert_eq!(names(dir.path()), ["taken"]);
        assert!(write(&dir.path().join("missing/notes.json"), b"1").is_err());
        assert_eq!(names(dir.path()), ["taken"]);
    }

    #[test]
    fn only_our_leftovers_are_swept() {
        let dir = tempfile::tempdir().expect("a directory");
        for name in [".notes.json.abc.pullquote-tmp", ".other.json.abc.pullquote-tmp", ".notes.json.swp", "notes.json"] {
            fs::write(dir.path().join(name), "").expect("written");
        }
        sweep(&dir.path().join("notes.json"));
        assert_eq!(names(dir.path()), [".notes.json.swp", ".other.json.abc.pullquote-tmp", "notes.json"]);
    }
}
