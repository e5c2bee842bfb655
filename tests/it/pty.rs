//! A pseudo-terminal with the program in it: send keys, wait for a condition, look at cells, styles and the modes left behind.
//!
//! ```ignore
//! let mut run = Start::pullquote(["article.txt"]).size(120, 40).go();
//! run.wait_text("Tariffs");
//! run.keys("]q]q\r");
//! run.wait("the first note", |screen| screen.contents().contains("1 note"));
//! assert!(run.style_of("“very positive”").underline);
//! run.keys("q");
//! assert_eq!(run.exit().code, Some(0));
//! assert_eq!(run.modes(), Modes::default());
//! ```
//!
//! Nothing here sleeps for a fixed time: every wait has a condition and gives up after [`PATIENCE`].

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// How long a condition may take to come true.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// How a run begins.
pub struct Start {
    program: OsString,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    dir: Option<PathBuf>,
    cols: u16,
    rows: u16,
    /// The terminal answers what it is asked: its background (OSC 11), its attributes (DA1), the cursor's place.
    background: Option<&'static str>,
}

impl Start {
    /// The program under test with these arguments, in a terminal of 80 columns and 24 rows, with a home of its own and no other environment.
    pub fn pullquote<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Self {
        Self::program(env!("CARGO_BIN_EXE_pullquote"), args)
    }

    /// Any other program, for pipes and job control: `Start::program("sh", ["-c", "cat a.txt | pullquote"])`; the folder of
    /// `pullquote` is on `PATH`.
    pub fn program<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, args: impl IntoIterator<Item = S>) -> Self {
        let args = args.into_iter().map(|a| a.as_ref().to_owned()).collect();
        let background = Some("rgb:0000/0000/0000");
        Self { program: program.as_ref().to_owned(), args, env: Vec::new(), dir: None, cols: 80, rows: 24, background }
    }

    pub fn size(mut self, cols: u16, rows: u16) -> Self {
        (self.cols, self.rows) = (cols, rows);
        self
    }

    pub fn env(mut self, key: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((key.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    pub fn dir(mut self, dir: impl AsRef<Path>) -> Self {
        self.dir = Some(dir.as_ref().to_owned());
        self
    }

    /// What the terminal says when asked for its background, for example `rgb:ffff/ffff/ffff`; `None` for one that answers nothing at all.
    pub fn background(mut self, answer: Option<&'static str>) -> Self {
        self.background = answer;
        self
    }

    pub fn go(self) -> Run {
        let home = tempfile::tempdir().expect("a temporary folder");
        let pair = native_pty_system().openpty(size(self.cols, self.rows)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(&self.program);
        command.env_clear();
        let bin = Path::new(env!("CARGO_BIN_EXE_pullquote")).parent().expect("a folder");
        command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display()));
        command.env("HOME", home.path());
        for (key, below) in
            [("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(key, home.path().join(below));
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("USER", "reader");
        for (key, value) in &self.env {
            command.env(key, value);
        }
        command.args(&self.args);
        command.cwd(self.dir.as_deref().unwrap_or(home.path()));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        drop(pair.slave);
        let screen = Arc::new(Mutex::new(Seen { parser: vt100::Parser::new(self.rows, self.cols, 0), raw: Vec::new() }));
        let writer = Arc::new(Mutex::new(pair.master.take_writer().expect("a writer")));
        let stop = Arc::new(AtomicBool::new(false));
        let reader = spawn_reader(pair.master.try_clone_reader().expect("a reader"), &screen, &writer, &stop, self.background);
        Run { master: Some(pair.master), stop, writer, child, seen: screen, reader: Some(reader), home, ended: None }
    }
}

fn size(cols: u16, rows: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
}

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// Feeds the screen and answers queries as a terminal does.
fn spawn_reader(
    mut from: Box<dyn Read + Send>,
    seen: &Arc<Mutex<Seen>>,
    writer: &Writer,
    stop: &Arc<AtomicBool>,
    background: Option<&'static str>,
) -> JoinHandle<()> {
    let (seen, writer, stop) = (Arc::clone(seen), Arc::clone(writer), Arc::clone(stop));
    std::thread::spawn(move || {
        let mut buffer = [0; 16 * 1024];
        let mut answered = 0;
        while let Ok(n @ 1..) = from.read(&mut buffer) {
            let mut replies = Vec::new();
            {
                let mut seen = lock(&seen);
                seen.parser.process(&buffer[..n]);
                seen.raw.extend_from_slice(&buffer[..n]);
                if let Some(background) = background {
                    answered = answers(&seen.raw, answered, background, &mut replies);
                }
            }
            if !replies.is_empty() {
                let _ = lock(&writer).write_all(&replies);
            }
            if stop.load(Ordering::SeqCst) {
                return;
            }
        }
    })
}

/// Appends the answers to the queries in `raw` from `from` on; returns how far it got (a query may come in two reads).
fn answers(raw: &[u8], from: usize, background: &str, replies: &mut Vec<u8>) -> usize {
    let queries: [(&[u8], String); 4] = [
        (b"\x1b]11;?", format!("\x1b]11;{background}\x1b\\")),
        (b"\x1b]10;?", "\x1b]10;rgb:8080/8080/8080\x1b\\".into()),
        (b"\x1b[c", "\x1b[?62;22c".into()),
        (b"\x1b[6n", "\x1b[1;1R".into()),
    ];
    let mut at = from;
    while at < raw.len() {
        match queries.iter().find(|(query, _)| raw[at..].starts_with(query)) {
            Some((query, reply)) => {
                replies.extend_from_slice(reply.as_bytes());
                at += query.len();
            }
            None if raw[at] == 0x1b && raw.len() - at < 6 => break,
            None => at += 1,
        }
    }
    at
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A program in its terminal. Dropping it kills the program.
pub struct Run {
    /// None once the terminal is gone.
    master: Option<Box<dyn MasterPty + Send>>,
    stop: Arc<AtomicBool>,
    writer: Writer,
    child: Box<dyn Child + Send + Sync>,
    seen: Arc<Mutex<Seen>>,
    reader: Option<JoinHandle<()>>,
    home: TempDir,
    ended: Option<Exit>,
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exit {
    /// The exit code, when it ended by itself.
    pub code: Option<u32>,
    /// What killed it otherwise, as the system names it ("Terminated").
    pub signal: Option<String>,
}

/// The look of one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    pub fg: vt100::Color,
    pub bg: vt100::Color,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub reverse: bool,
}

impl Run {
    /// The program's home: `data`, `state`, `config` and `cache` lie below it.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Types. Escape sequences are sent as they are: `"\x1b[A"` is the up arrow, `"\r"` is Enter.
    pub fn keys(&self, keys: &str) {
        let mut writer = lock(&self.writer);
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("the terminal takes keys");
    }

    /// Pastes, in brackets.
    pub fn paste(&self, text: &str) {
        self.keys(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// Waits until `done` holds of the screen.
    #[track_caller]
    pub fn wait(&self, what: &str, done: impl Fn(&vt100::Screen) -> bool) {
        self.until(what, || done(lock(&self.seen).parser.screen()));
    }

    /// Waits until `text` stands on one row of the screen.
    #[track_caller]
    pub fn wait_text(&self, text: &str) {
        self.wait(text, |screen| has(screen, text));
    }

    /// Waits until `text` is nowhere on the screen.
    #[track_caller]
    pub fn wait_gone(&self, text: &str) {
        self.wait(&format!("'{text}' to go"), |screen| !has(screen, text));
    }

    /// Waits until `done` holds: for files and processes.
    #[track_caller]
    pub fn until(&self, what: &str, done: impl Fn() -> bool) {
        let end = Instant::now() + PATIENCE;
        while !done() {
            assert!(Instant::now() < end, "timed out waiting for {what}\n{}", self.text());
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// The screen as text, one line a row.
    pub fn text(&self) -> String {
        rows(lock(&self.seen).parser.screen()).join("\n")
    }

    /// One row of the screen, counted from 0.
    pub fn row(&self, row: usize) -> String {
        rows(lock(&self.seen).parser.screen()).swap_remove(row)
    }

    /// Row and column of the first place where `text` stands.
    pub fn find(&self, text: &str) -> Option<(u16, u16)> {
        place(lock(&self.seen).parser.screen(), text)
    }

    /// Row and column of the cursor, counted from 0.
    pub fn cursor(&self) -> (u16, u16) {
        lock(&self.seen).parser.screen().cursor_position()
    }

    /// The look of the cell in this row and column.
    pub fn style(&self, row: u16, col: u16) -> Style {
        let seen = lock(&self.seen);
        let cell = seen.parser.screen().cell(row, col).expect("the cell is on the screen");
        Style {
            fg: cell.fgcolor(),
            bg: cell.bgcolor(),
            bold: cell.bold(),
            dim: cell.dim(),
            italic: cell.italic(),
            underline: cell.underline(),
            reverse: cell.inverse(),
        }
    }

    /// The look of the first cell of `text`, which must be on the screen.
    #[track_caller]
    pub fn style_of(&self, text: &str) -> Style {
        let (row, col) = self.find(text).unwrap_or_else(|| panic!("'{text}' is not on the screen\n{}", self.text()));
        self.style(row, col)
    }

    pub fn resize(&self, cols: u16, rows: u16) {
        // The screen first: what the program draws after the signal must find room.
        lock(&self.seen).parser.screen_mut().set_size(rows, cols);
        self.master.as_ref().expect("a terminal").resize(size(cols, rows)).expect("the terminal resizes");
    }

    /// Closes the terminal, as when its window is closed or its line is cut.
    pub fn hang_up(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // The reader of the screen has the terminal open until it is given something to read.
        let (height, width) = lock(&self.seen).parser.screen().size();
        self.resize(width - 1, height);
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader ends");
        }
        *lock(&self.writer) = Box::new(std::io::sink());
        self.master = None;
    }

    /// The process in the terminal.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Sends a signal by name without SIG: `TERM`, `HUP`, `INT`, `KILL`, `CONT`.
    pub fn signal(&self, name: &str) {
        let sent = std::process::Command::new("/bin/sh").args(["-c", &format!("kill -s {name} {}", self.pid())]).status();
        assert!(sent.expect("sh runs").success(), "cannot send {name}");
    }

    /// Waits for the end of the program, and until everything that it wrote is on the screen.
    #[track_caller]
    pub fn exit(&mut self) -> Exit {
        if let Some(exit) = &self.ended {
            return exit.clone();
        }
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("the program can be waited for") {
                break status;
            }
            assert!(Instant::now() < end, "the program does not end\n{}", self.text());
            std::thread::sleep(Duration::from_millis(2));
        };
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader ends with the program");
        }
        let signal = status.signal().map(str::to_owned);
        let exit = Exit { code: signal.is_none().then(|| status.exit_code()), signal };
        self.ended = Some(exit.clone());
        exit
    }

    /// Every byte that the program has written so far.
    pub fn raw(&self) -> Vec<u8> {
        lock(&self.seen).raw.clone()
    }

    /// The modes that the bytes written so far leave the terminal in.
    pub fn modes(&self) -> Modes {
        Modes::after(&lock(&self.seen).raw)
    }

    /// True while the terminal is in raw mode: no line editing and no echo.
    #[cfg(target_os = "linux")]
    pub fn is_raw(&self) -> bool {
        let flags = self
            .master
            .as_ref()
            .and_then(|m| m.get_termios())
            .map(|t| format!("{:?}", t.local_flags))
            .expect("the terminal has attributes");
        !flags.split(" | ").any(|f| f.ends_with("ICANON"))
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        if self.ended.is_none() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

fn rows(screen: &vt100::Screen) -> Vec<String> {
    screen.rows(0, screen.size().1).collect()
}

fn has(screen: &vt100::Screen, text: &str) -> bool {
    rows(screen).iter().any(|row| row.contains(text))
}

fn place(screen: &vt100::Screen, text: &str) -> Option<(u16, u16)> {
    let (height, width) = screen.size();
    (0..height).find_map(|row| {
        // Built cell by cell, so that a byte of the row leads back to its column.
        let mut line = String::new();
        let mut column = Vec::new();
        for col in 0..width {
            let contents = screen.cell(row, col).filter(|c| !c.is_wide_continuation()).map_or("", |c| c.contents());
            let wide = screen.cell(row, col).is_some_and(vt100::Cell::is_wide_continuation);
            let contents = if contents.is_empty() && !wide { " " } else { contents };
            line.push_str(contents);
            column.resize(line.len(), col);
        }
        line.find(text).map(|at| (row, column[at]))
    })
}

/// Modes that a program may leave switched on. The default is how a terminal is before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Modes {
    /// The alternate screen.
    pub alternate: bool,
    /// The cursor is hidden.
    pub hidden_cursor: bool,
    /// Mouse reporting: those of 9, 1000, 1001, 1002, 1003, 1005, 1006, 1015, 1016 that are on.
    pub mouse: BTreeSet<u16>,
    /// Bracketed paste.
    pub paste: bool,
    /// Reports of gained and lost focus.
    pub focus: bool,
    /// Synchronised output begun and not ended.
    pub synchronised: bool,
    /// Kitty keyboard flags pushed and not popped.
    pub keyboard: usize,
    /// A colour or attribute is still set.
    pub styled: bool,
    /// Right-to-left text is not set in its own order.
    pub as_sent: bool,
}

impl Modes {
    /// Reads what `bytes` switch on and off.
    pub fn after(bytes: &[u8]) -> Self {
        let mut modes = Self::default();
        let mut rest = bytes;
        while let Some(at) = rest.windows(2).position(|w| w == b"\x1b[") {
            rest = &rest[at + 2..];
            let Some(end) = rest.iter().position(|b| (0x40..=0x7e).contains(b)) else { break };
            modes.apply(&rest[..end], rest[end]);
            rest = &rest[end + 1..];
        }
        modes
    }

    fn apply(&mut self, parameters: &[u8], end: u8) {
        let parameters = String::from_utf8_lossy(parameters);
        match (end, parameters.chars().next()) {
            (b'h' | b'l', Some('?')) => {
                for mode in parameters[1..].split(';').filter_map(|m| m.parse().ok()) {
                    self.set(mode, end == b'h');
                }
            }
            (b'h' | b'l', Some('8')) if parameters == "8" => self.as_sent = end == b'l',
            (b'u', Some('>')) => self.keyboard += 1,
            (b'u', Some('<')) => self.keyboard = self.keyboard.saturating_sub(parameters[1..].parse().unwrap_or(1)),
            (b'm', Some('0') | None) => self.styled = parameters.starts_with("0;"),
            (b'm', Some('1'..='9')) => self.styled = !matches!(&*parameters, "39" | "49" | "39;49" | "49;39") || self.styled,
            _ => {}
        }
    }

    fn set(&mut self, mode: u16, on: bool) {
        match mode {
            47 | 1047 | 1049 => self.alternate = on,
            25 => self.hidden_cursor = !on,
            9 | 1000..=1003 | 1005 | 1006 | 1015 | 1016 if on => {
                self.mouse.insert(mode);
            }
            9 | 1000..=1003 | 1005 | 1006 | 1015 | 1016 => {
                self.mouse.remove(&mode);
            }
            1004 => self.focus = on,
            2004 => self.paste = on,
            2026 => self.synchronised = on,
            _ => {}
        }
    }
}

#[test]
fn modes_are_read_from_the_bytes() {
    let entered = Modes::after(b"\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1002;1006h\x1b[?2004h\x1b[>1utext\x1b[1;31mred");
    assert!(entered.alternate && entered.hidden_cursor && entered.paste && entered.styled);
    assert_eq!(entered.mouse, BTreeSet::from([1000, 1002, 1006]));
    assert_eq!(entered.keyboard, 1);
    let left = Modes::after(b"\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[31mx\x1b[0m\x1b[?1000l\x1b[?25h\x1b[?1049l");
    assert_eq!(left, Modes::default());
}

#[test]
fn a_program_in_the_terminal_is_seen_heard_and_stopped() {
    let mut run =
        Start::program("sh", ["-c", "printf 'a\\033[1;4m漢字 b\\033[0m\\n'; read x; echo got $x; stty size; exit 7"]).size(40, 10).go();
    run.wait_text("漢字 b");
    let (row, col) = run.find("b").expect("on the screen");
    assert_eq!((row, col), (0, 6), "wide characters take two columns");
    assert!(run.style_of("漢字").bold && run.style_of("字").underline && !run.style_of("a").bold);
    run.resize(33, 11);
    run.keys("hello\r");
    run.wait_text("11 33");
    assert!(run.text().contains("got hello"));
    assert_eq!(run.exit(), Exit { code: Some(7), signal: None });
    assert!(run.raw().windows(4).any(|w| w == b"\x1b[1;"));
}

#[test]
fn a_signal_is_delivered() {
    let mut run = Start::program("sh", ["-c", "trap 'echo caught; exit 3' TERM; echo ready; while :; do read x; done"]).go();
    run.wait_text("ready");
    run.signal("TERM");
    run.keys("\r"); // a shell runs its trap when the command in the foreground is done
    run.wait_text("caught");
    assert_eq!(run.exit().code, Some(3));
    let mut run = Start::program("sleep", ["60"]).go();
    run.signal("KILL");
    assert_eq!(run.exit().code, None);
}
