//! One terminal for all the articles of a list: they follow each other on one screen, and one thread reads the keys.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use anyhow::{Context, Result};

use super::event::Event;
use super::layout::Size;
use super::model::Message;
use super::outlet::Outlet;
use super::picker::{self, Info, Item, Picked, Picker};
use super::terminal::{Screen, install_panic_hook};
use super::workers::{self, Gate};
use crate::config::{Settings, Theme};
use crate::text::ascii::Signs;

/// Finds out what the list shows of an article, by its number. Called on a worker, for one after the other.
pub type Look = Box<dyn Fn(usize) -> Info + Send>;

/// The terminal while the reader has it. Dropping it gives it back.
pub struct Session {
    screen: Option<Screen>,
    outlet: Outlet,
    pub(super) gate: Arc<Gate>,
    /// The theme that was chosen or found out; `None` until the terminal said what it is like.
    theme: Option<Theme>,
    /// `NO_COLOR` is set: no theme but the one without colours.
    no_color: bool,
    reads_keys: bool,
    signs: Signs,
    /// What the status line said, over all articles, oldest first.
    said: VecDeque<Message>,
}

impl Session {
    /// Makes ready, without taking the terminal.
    ///
    /// # Errors
    /// When signals cannot be listened to.
    pub fn new(settings: &Settings) -> Result<Self> {
        // crossterm would drop every attribute that stands beside a colour; the mono theme has none, so it may keep writing.
        crossterm::style::force_color_output(true);
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        let theme = if no_color { Some(Theme::Mono) } else { settings.theme.or_else(theme_by_environment) };
        let signs = Signs::of(settings.ascii, |name| std::env::var(name).ok());
        install_panic_hook();
        let outlet = Outlet::default();
        workers::signals(outlet.clone()).context("cannot listen to signals")?;
        let gate = Arc::new(Gate::default());
        Ok(Self { screen: None, outlet, gate, theme, no_color, reads_keys: false, signs, said: VecDeque::new() })
    }

    /// The theme to begin with.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.theme.unwrap_or_default()
    }

    /// True when the environment wants no colours.
    pub(super) fn no_color(&self) -> bool {
        self.no_color
    }

    /// Remembers the look for what comes next.
    pub(super) fn keep_theme(&mut self, theme: Theme) {
        self.theme = Some(theme);
    }

    /// What was said in the articles before.
    pub(super) fn take_said(&mut self) -> VecDeque<Message> {
        std::mem::take(&mut self.said)
    }

    /// Remembers what was said for the articles that follow.
    pub(super) fn keep_said(&mut self, said: VecDeque<Message>) {
        self.said = said;
    }

    /// Keys and signals go to this loop from now on.
    pub(super) fn connect(&self) -> (Sender<Event>, Receiver<Event>) {
        let (events, inbox) = channel();
        self.outlet.connect(events.clone());
        (events, inbox)
    }

    /// What is typed from now on is for the loop that runs next. Gives what is left of the one that ends.
    pub(super) fn disconnect(&self, inbox: &Receiver<Event>) -> Vec<Event> {
        self.outlet.hold(inbox)
    }

    /// The screen; takes the terminal when it is not taken yet.
    ///
    /// # Errors
    /// When there is no terminal to take.
    pub(super) fn screen(&mut self, mouse: bool) -> Result<&mut Screen> {
        if self.screen.is_none() {
            self.screen =
                Some(Screen::enter(mouse, self.signs).context("cannot use this terminal; for plain text: pullquote show --plain")?);
        }
        self.screen.as_mut().context("there is no screen")
    }

    /// Begins to read keys, behind the first frame. Asks the terminal for its background when nobody said which theme: the answer comes among
    /// the keys.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub(super) fn read_keys(&mut self) -> Result<()> {
        if std::mem::replace(&mut self.reads_keys, true) {
            return Ok(());
        }
        let ask = self.theme.is_none();
        if let Some(screen) = self.screen.as_mut().filter(|_| ask) {
            screen.send(b"\x1b]11;?\x07").context("cannot write to the terminal")?;
        }
        workers::keys(self.outlet.clone(), Arc::clone(&self.gate), ask);
        Ok(())
    }

    /// Gives the terminal back.
    pub(super) fn close(&mut self) {
        self.screen = None;
    }

    /// Lets the reader pick an article of a list. `items` come back with what was found out of them.
    ///
    /// # Errors
    /// When there is no terminal, or it goes away.
    pub fn pick(&mut self, heading: String, items: &mut Vec<Item>, chosen: usize, look: Look, mouse: bool) -> Result<Picked> {
        let (events, inbox) = self.connect();
        let count = items.len();
        let mut picker = Picker::new(heading, std::mem::take(items), chosen, terminal_size()?, self.theme());
        self.screen(mouse)?.draw(|frame| picker::draw(&picker, frame)).context("cannot draw")?;
        self.read_keys()?;
        workers::look(count, look, events);
        let picked = self.serve(&mut picker, &inbox)?;
        self.disconnect(&inbox);
        self.keep_theme(picker.theme);
        *items = picker.items;
        if let Picked::Quit(_) = picked {
            self.close();
        }
        Ok(picked)
    }

    fn serve(&mut self, picker: &mut Picker, inbox: &Receiver<Event>) -> Result<Picked> {
        while let Ok(first) = inbox.recv() {
            let mut next = Some(first);
            while let Some(event) = next {
                if let Some(picked) = picker::update(picker, event) {
                    return Ok(picked);
                }
                next = inbox.try_recv().ok();
            }
            self.gate.open();
            self.screen(true)?.draw(|frame| picker::draw(picker, frame)).context("cannot draw")?;
        }
        Ok(Picked::Quit(2))
    }
}

/// The size of the terminal.
pub(super) fn terminal_size() -> Result<Size> {
    let (width, height) = crossterm::terminal::size().context("cannot read the size of the terminal")?;
    Ok(Size { width, height })
}

/// Some terminals say what they are without being asked.
fn theme_by_environment() -> Option<Theme> {
    let term = std::env::var("TERM").unwrap_or_default();
    if term == "linux" || term == "dumb" {
        return Some(Theme::Dark);
    }
    // COLORFGBG is "foreground;background" in ANSI numbers; 7 and 15 are white.
    let colors = std::env::var("COLORFGBG").ok()?;
    let background: u8 = colors.rsplit(';').next()?.parse().ok()?;
    Some(if matches!(background, 7 | 15) { Theme::Light } else { Theme::Dark })
}
