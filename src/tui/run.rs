//! The loop: blocks for one event, takes in all that queued up, draws once.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::effects::{self, World};
use super::event::{Effect, Event};
use super::layout::Size;
use super::model::{Desk, Model};
use super::terminal::{Screen, install_panic_hook};
use super::update::update;
use super::workers::{self, Gate, SaverJob};
use crate::annotation::Stamp;
use crate::article::Article;
use crate::config::{Settings, Theme};
use crate::store::clock;
use crate::store::notes_file::OpenOptions;

/// Reads an article; an error is one line. Called on a worker.
pub type Load = Box<dyn FnOnce() -> Result<Article, String> + Send>;

/// What to read and how.
pub struct Options {
    /// The article, or its beginning.
    pub article: Article,
    /// Reads the whole article, when `article` is its beginning.
    pub rest: Option<Load>,
    /// Where the notes are.
    pub notes: OpenOptions,
    /// What the reader set.
    pub settings: Settings,
    /// What the reader should know first, one line each.
    pub warnings: Vec<String>,
}

/// Runs the reader until it ends. Gives the exit status.
///
/// # Errors
/// When there is no terminal, or it goes away.
pub fn run(options: Options) -> Result<u8> {
    let Options { article, rest, notes, settings, warnings } = options;
    let article = Arc::new(article);
    let (width, height) = crossterm::terminal::size().context("cannot read the size of the terminal")?;
    let size = Size { width, height };
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    // crossterm would drop every attribute that stands beside a colour; the mono theme has none, so it may keep writing.
    crossterm::style::force_color_output(true);
    let chosen = if no_color { Some(Theme::Mono) } else { settings.theme.or_else(theme_by_environment) };
    let creator = settings.creator.clone();
    let desk = Box::new(Clock { creator: creator.clone() });
    let mut model = Model::new(Arc::clone(&article), settings, chosen.unwrap_or_default(), size, desk);
    model.partial = rest.is_some();
    if let Some(first) = warnings.into_iter().next() {
        model.say(first);
    }
    install_panic_hook();
    let (events, inbox) = channel();
    workers::signals(events.clone()).context("cannot listen to signals")?;
    let mut screen = Screen::enter(model.mouse).context("cannot use this terminal; for plain text: pullquote show --plain")?;
    screen.draw(&model).context("cannot draw")?;

    let (read, whole) = channel();
    let queries = workers::analysis(article, rest, read, events.clone());
    let (saver, saving) = workers::saver(whole, notes, creator, events.clone());
    let ask = chosen.is_none();
    if ask {
        // The answer comes among the keys, and the first frame does not wait for it.
        screen.send(b"\x1b]11;?\x07").context("cannot write to the terminal")?;
    }
    let gate = Arc::new(Gate::default());
    workers::keys(events.clone(), Arc::clone(&gate), ask);

    let mut world = World { screen: &mut screen, saver: &saver, queries: &queries, events: &events };
    let status = serve(&mut model, &inbox, &mut world, &gate);
    drop(screen);
    drop(saver);
    // The last save may still be under way: it ends before we do.
    if let Some(saving) = saving {
        let _ = saving.join();
    }
    report_unsaved(&model, &inbox);
    Ok(status)
}

/// How often at most.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Serves events until one ends the program. A terminal that is gone ends it too, with everything kept.
fn serve(model: &mut Model, inbox: &Receiver<Event>, world: &mut World<'_>, gate: &Gate) -> u8 {
    let mut looked = Instant::now();
    while let Some(first) = next(model, inbox) {
        // Another program may have written into the notes file. Looked at when something happens anyway, so that an idle reader wakes
        // nobody: a watcher costs a thread and wakes for every file of the directory.
        if looked.elapsed() >= LOOK_EVERY {
            looked = Instant::now();
            let _ = world.saver.send(SaverJob::Look);
        }
        let mut effects = update(model, first);
        loop {
            match run_all(effects, world) {
                Ok(None) => {}
                Ok(Some(status)) => return status,
                Err(_) => return hang_up(model, world),
            }
            let Ok(next) = inbox.try_recv() else { break };
            effects = update(model, next);
        }
        gate.open();
        if world.screen.draw(model).is_err() {
            return hang_up(model, world);
        }
    }
    2
}

/// How long a reader may think in the middle of a sequence of keys before what can follow is shown.
const PAUSE: Duration = Duration::from_millis(500);

/// The next event; none when nobody is left to send one. There is a clock only in the middle of a sequence of keys whose hints are not
/// shown yet: else an idle reader is not woken.
fn next(model: &Model, inbox: &Receiver<Event>) -> Option<Event> {
    if model.hinting || !model.awaits_key() {
        return inbox.recv().ok();
    }
    match inbox.recv_timeout(PAUSE) {
        Ok(event) => Some(event),
        Err(RecvTimeoutError::Timeout) => Some(Event::Pause),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

fn run_all(effects: Vec<Effect>, world: &mut World<'_>) -> std::io::Result<Option<u8>> {
    for effect in effects {
        if let Some(status) = effects::run(effect, world)? {
            return Ok(Some(status));
        }
    }
    Ok(None)
}

/// The terminal is gone: keeps the draft, saves, ends.
fn hang_up(model: &mut Model, world: &mut World<'_>) -> u8 {
    let effects = update(model, Event::Terminate(signal_hook::consts::SIGHUP));
    run_all(effects, world).ok().flatten().unwrap_or(2)
}

/// What could not be saved is said on the way out: the notes in memory go with the program.
fn report_unsaved(model: &Model, inbox: &Receiver<Event>) {
    let mut saved = model.notes.saved;
    let mut failed = model.notes.failed.clone();
    for event in inbox.try_iter() {
        if let Event::Saved { generation, result } = event {
            match result {
                Ok(_) => (saved, failed) = (saved.max(generation), None),
                Err(why) => failed = Some(why),
            }
        }
    }
    if let (true, Some(why)) = (saved < model.notes.generation, failed) {
        eprintln!("pullquote: the last changes are not saved: {why}");
    }
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

/// The real clock and real randomness.
struct Clock {
    creator: Option<String>,
}

impl Desk for Clock {
    fn stamp(&mut self) -> Stamp {
        clock::stamp(self.creator.as_deref())
    }

    fn id(&mut self) -> String {
        clock::new_id()
    }
}
