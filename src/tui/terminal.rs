//! The terminal's modes: on while the reader runs, off after a quit, an error, a panic or a signal.

use std::cell::Cell;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{Command, cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use super::view;
use crate::text::ascii::Signs;

type Backend = CrosstermBackend<OneWrite>;

/// A frame fits: one write to the terminal for each.
const BUFFER: usize = 64 * 1024;

/// Standard output that does not flush while it is held: a frame and the cursor's place go out in one write.
struct OneWrite {
    out: BufWriter<Stdout>,
    held: Rc<Cell<bool>>,
}

impl Write for OneWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    /// ratatui flushes after the cells, after the cursor's look and after its place.
    fn flush(&mut self) -> io::Result<()> {
        if self.held.get() { Ok(()) } else { self.out.flush() }
    }
}

/// True while our modes are on, for the panic hook.
static ACTIVE: AtomicBool = AtomicBool::new(false);

/// Mouse presses, drags and the wheel. crossterm's own command also asks for every pointer movement (mode 1003), which would wake the
/// program for nothing.
struct Mouse(bool);

impl Command for Mouse {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[?1000h\x1b[?1002h\x1b[?1006h" } else { "\x1b[?1006l\x1b[?1002l\x1b[?1000l" })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// Cells stand where they are sent (ECMA-48 BDSM, explicit): a terminal that sets right-to-left text in its own order would take what stands
/// between two such words with it, bars and the pane beside too, and the caret and highlights would not be where it shows them.
struct AsSent(bool);

impl Command for AsSent {
    fn write_ansi(&self, f: &mut impl std::fmt::Write) -> std::fmt::Result {
        f.write_str(if self.0 { "\x1b[8l" } else { "\x1b[8h" })
    }

    #[cfg(windows)]
    fn execute_winapi(&self) -> io::Result<()> {
        Ok(())
    }
}

/// The screen. Dropping it gives the terminal back.
pub struct Screen {
    terminal: Terminal<Backend>,
    held: Rc<Cell<bool>>,
    mouse: bool,
    /// The last frame held joined emoji. Terminals differ in how wide they draw them, so what they left behind is not known: the next frame
    /// draws every cell.
    joined: bool,
    signs: Signs,
}

impl Screen {
    /// Takes the terminal.
    ///
    /// # Errors
    /// What the system says when there is no terminal to take.
    pub fn enter(mouse: bool, signs: Signs) -> io::Result<Self> {
        switch_on(mouse).inspect_err(|_| switch_off())?;
        let held = Rc::new(Cell::new(false));
        let out = OneWrite { out: BufWriter::with_capacity(BUFFER, stdout()), held: Rc::clone(&held) };
        Ok(Self { terminal: Terminal::new(CrosstermBackend::new(out))?, held, mouse, joined: false, signs })
    }

    /// Draws a frame.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.held.set(true);
        let drawn = self.draw_held(paint);
        self.held.set(false);
        drawn.and_then(|()| Write::flush(self.terminal.backend_mut()))
    }

    fn draw_held(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        if self.joined {
            self.forget()?;
        }
        let signs = self.signs;
        let frame = self.terminal.draw(|frame| {
            paint(frame);
            view::in_signs(signs, frame.buffer_mut());
        })?;
        self.joined = frame.buffer.content.iter().any(|cell| cell.symbol().contains(['\u{200d}', '\u{fe0f}']));
        Ok(())
    }

    /// Takes or gives back the mouse.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        execute!(stdout(), Mouse(on))
    }

    /// Puts bytes on the terminal beside the frames (for the clipboard).
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(bytes)?;
        out.flush()
    }

    /// Gives the terminal back while `away` runs, then takes it again.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn away<T>(&mut self, away: impl FnOnce() -> T) -> io::Result<T> {
        switch_off();
        let done = away();
        switch_on(self.mouse)?;
        self.forget()?;
        Ok(done)
    }

    /// Clears the screen and forgets what was on it: the next frame draws every cell. ratatui's own `clear` asks the terminal where its cursor
    /// is, and would take keys for the answer.
    fn forget(&mut self) -> io::Result<()> {
        use ratatui::backend::Backend as _;
        self.terminal.backend_mut().clear()?;
        self.terminal.swap_buffers();
        Ok(())
    }

    /// Takes the terminal again after somebody else had it.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn retake(&mut self) -> io::Result<()> {
        switch_on(self.mouse)?;
        self.forget()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        switch_off();
    }
}

fn switch_on(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    ACTIVE.store(true, Ordering::SeqCst);
    execute!(stdout(), EnterAlternateScreen, AsSent(true), EnableBracketedPaste)?;
    if mouse { execute!(stdout(), Mouse(true)) } else { Ok(()) }
}

/// Safe to call at any time and twice. Errors are of no use here: the terminal may be gone.
fn switch_off() {
    if ACTIVE.swap(false, Ordering::SeqCst) {
        let _ = execute!(stdout(), Mouse(false), DisableBracketedPaste, AsSent(false), LeaveAlternateScreen, cursor::Show);
        let _ = disable_raw_mode();
    }
}

/// Makes panics readable: the terminal is given back before the message is printed. A worker's panic does not touch the screen: the
/// worker reports it.
pub fn install_panic_hook() {
    let main = std::thread::current().id();
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().id() == main {
            switch_off();
            default(info);
        } else if !ACTIVE.load(Ordering::SeqCst) {
            default(info);
        }
    }));
}
