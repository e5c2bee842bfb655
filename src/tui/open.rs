//! Opens an address with another program. Never through a shell: the address is one argument.

use std::env;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::event::Event;

/// Browsers that need a terminal of their own, which is ours.
const IN_A_TERMINAL: [&str; 8] = ["w3m", "lynx", "links", "links2", "elinks", "browsh", "www-browser", "carbonyl"];

/// Opens `target` with the reader's command, else `$BROWSER`, else the system's opener. What fails is said by an [`Event::Warning`].
pub(super) fn open(target: String, with: Option<&str>, events: &Sender<Event>) {
    let commands = commands(with, env::var("BROWSER").ok().as_deref());
    let events = events.clone();
    // Waited for on a thread of its own: some openers are the browser itself.
    let waiting = thread::Builder::new().name("link".into()).spawn(move || {
        if let Err(why) = run(&target, &commands) {
            let _ = events.send(Event::Warning(why));
        }
    });
    drop(waiting);
}

/// The commands to try, each in words.
fn commands(with: Option<&str>, browser: Option<&str>) -> Vec<Vec<String>> {
    let words = |command: &str| command.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if let Some(with) = with {
        return vec![words(with)];
    }
    let graphic = |command: &Vec<String>| {
        let name = command.first().and_then(|program| Path::new(program).file_name());
        name.is_some_and(|name| !IN_A_TERMINAL.iter().any(|t| name == *t))
    };
    let system: &[&str] = match env::consts::OS {
        "macos" => &["open"],
        "windows" => &["explorer"],
        _ => &["xdg-open"],
    };
    // $BROWSER is a list.
    let named = browser.into_iter().flat_map(|b| b.split(':')).map(words).filter(graphic);
    named.chain(system.iter().map(|s| words(s))).collect()
}

/// Runs the first command that is there.
fn run(target: &str, commands: &[Vec<String>]) -> Result<(), String> {
    for command in commands {
        let Some((program, arguments)) = command.split_first() else { continue };
        let placed = arguments.iter().any(|a| a.contains("%s"));
        let arguments = arguments.iter().map(|a| a.replace("%s", target));
        let mut child = Command::new(program);
        child.args(arguments).args((!placed).then_some(target)).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut child, 0); // Ctrl-c in this terminal is not for it
        match child.status() {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => return Err(format!("'{program}' could not open the link ({status}); yl copies it")),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(format!("cannot run '{program}': {error}; yl copies the link")),
        }
    }
    let tried: Vec<&str> = commands.iter().filter_map(|c| c.first()).map(String::as_str).collect();
    Err(format!("no program to open links (tried {}): set open in config.toml, or BROWSER; yl copies the link", tried.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_command_comes_first_and_browsers_in_a_terminal_never() {
        assert_eq!(commands(Some("firefox --new-tab"), Some("w3m")), [["firefox", "--new-tab"]]);
        let tried: Vec<String> = commands(None, Some("/usr/bin/w3m:firefox %s:lynx")).into_iter().map(|c| c.join(" ")).collect();
        assert_eq!(tried[0], "firefox %s");
        assert_eq!(tried.len(), 2, "{tried:?}");
    }

    #[test]
    fn what_is_missing_is_said_with_what_to_do() {
        let why = run("https://example.org", &[vec!["no-such-program-here".into()]]).expect_err("it is not there");
        assert!(why.contains("no-such-program-here") && why.contains("yl copies"), "{why}");
        assert!(run("https://example.org", &[vec!["false".into()]]).expect_err("it fails").contains("'false'"));
        assert_eq!(run("https://example.org", &[vec!["no-such-program-here".into()], vec!["true".into()]]), Ok(()));
    }
}
