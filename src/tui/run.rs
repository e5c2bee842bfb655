//! The loop: blocks for one event, takes in all that queued up, draws once.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::effects::{self, World};
use super::event::{Effect, Event};
use super::layout::Size;
use super::model::{Desk, Leaving, Model, Opening, Overlay};
use super::session::{Session, terminal_size};
use super::update::update;
use super::view::view;
use super::workers::{self, Gate, SaverJob};
use crate::annotation::Stamp;
use crate::article::Article;
use crate::config::Settings;
use crate::store::clock;
use crate::store::look::Look;
use crate::store::notes_file::OpenOptions;
use crate::text::TextRange;

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
    /// How the text is set.
    pub look: Look,
    /// Where to open it.
    pub opening: Option<Opening>,
    /// The code point where it was left: it opens there when it is to be opened nowhere else, or that place is not there.
    pub left: Option<usize>,
    /// Which article of a list it is, from 0, and how many there are.
    pub list: Option<(usize, usize)>,
    /// Nothing that is typed is kept for other runs.
    pub private: bool,
    /// Nothing was ever read: a line says what to begin with.
    pub welcome: bool,
}

/// How the reading of an article ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct End {
    /// What comes next.
    pub next: Next,
    /// Where the caret was: a code point offset into the article text.
    pub at: usize,
    /// How many code points there are to the last place of the caret: what is folded behind it is not waited for.
    pub length: usize,
    /// Why the article, or the rest of it, could not be read.
    pub failed: Option<String>,
    /// False when the reader left before it was there.
    pub loaded: bool,
    /// How the text was set.
    pub look: Look,
}

/// What comes behind an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The program ends with this status.
    Quit(u8),
    /// Another article of the list, or the list itself.
    Go(Leaving),
}

impl Session {
    /// Shows an article until the reader leaves it.
    ///
    /// # Errors
    /// When there is no terminal, or it goes away.
    pub fn read(&mut self, options: Options) -> Result<End> {
        let Options { article, rest, notes, settings, look, warnings, opening, left, list, private, welcome } = options;
        let article = Arc::new(article);
        let creator = settings.creator.clone();
        let desk = Box::new(Clock { creator: creator.clone() });
        let mut model = Model::new(Arc::clone(&article), settings, self.theme(), terminal_size()?, desk);
        model.set_look(look);
        model.no_color = self.no_color();
        model.partial = rest.is_some();
        model.list = list;
        (model.private, model.welcome) = (private, welcome);
        model.opening = opening.or(left.map(Opening::CodePoint));
        model.left = left;
        model.open_place();
        model.said = self.take_said();
        model.announce(warnings, false);
        let (events, inbox) = self.connect();
        self.screen(model.mouse)?.draw(|frame| view(&model, frame)).context("cannot draw")?;

        let (read, whole) = channel();
        let queries = workers::analysis(article, rest, read, events.clone());
        let (saver, saving) = workers::saver(whole, notes, creator, events.clone());
        self.read_keys()?;

        let gate = Arc::clone(&self.gate);
        let mut world = World { screen: self.screen(model.mouse)?, saver: &saver, queries: &queries, events: &events };
        let status = serve(&mut model, &inbox, &mut world, &gate);
        crate::log::line(|| format!("left: status {status}, {} of {} changes saved", model.notes.saved, model.notes.generation));
        let rest = self.disconnect(&inbox);
        self.keep_theme(model.theme);
        self.keep_said(std::mem::take(&mut model.said));
        let next = match model.leaving.filter(|_| status == 0) {
            Some(leaving) => Next::Go(leaving),
            None => Next::Quit(status),
        };
        if let Next::Quit(_) = next {
            self.close();
        }
        drop(saver);
        // The last save may still be under way: it ends before we do.
        if let Some(saving) = saving {
            let _ = saving.join();
        }
        report_unsaved(&model, rest.into_iter().chain(inbox.try_iter()));
        let (at, length) = place(&model);
        let end = End { next, at, length: length.max(1), loaded: !model.partial, failed: model.not_loaded.take(), look: model.look };
        if let Next::Quit(_) = next {
            // The system takes back the memory of a program at once, piece by piece it takes a while. Nothing but memory is in these.
            std::mem::forget((model, queries));
        }
        Ok(end)
    }
}

/// The caret and the last place it can have, in code points.
fn place(model: &Model) -> (usize, usize) {
    let text = model.article.text.as_str();
    let caret = model.caret.min(text.len());
    // What is seen whole is read to its end, wherever the caret is.
    let last = if model.shows_all() { caret } else { model.last_caret().clamp(caret, text.len()) };
    match &model.map {
        Some(map) => (map.at_byte(text, caret), map.at_byte(text, last)),
        None => {
            let count = |from, to| TextRange::new(from, to).of(text).chars().count();
            let before = count(0, caret);
            (before, before + count(caret, last))
        }
    }
}

/// How often at most.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Serves events until one ends the program. A terminal that is gone ends it too, with everything kept.
fn serve(model: &mut Model, inbox: &Receiver<Event>, world: &mut World<'_>, gate: &Gate) -> u8 {
    let mut looked = Instant::now();
    let mut together = None;
    while let Some(first) = next(model, inbox) {
        // Another program may have written into the notes file. Looked at when something happens anyway, so that an idle reader wakes
        // nobody: a watcher costs a thread and wakes for every file of the directory.
        if looked.elapsed() >= LOOK_EVERY {
            looked = Instant::now();
            let _ = world.saver.send(SaverJob::Look);
        }
        let mut seen = is_seen(model, &first);
        let mut effects = update(model, first);
        loop {
            match run_all(effects, world) {
                Ok(None) => {}
                Ok(Some(status)) => return status,
                Err(_) => return hang_up(model, world),
            }
            let Some(next) = at_hand(model, inbox, &mut together) else { break };
            seen |= is_seen(model, &next);
            effects = update(model, next);
        }
        gate.open();
        if seen && paint(model, world).is_err() {
            return hang_up(model, world);
        }
    }
    2
}

/// Draws. Of two changes of the terminal's size in quick succession the second may be heard of late or never: what was drawn for another
/// size is drawn anew.
fn paint(model: &mut Model, world: &mut World<'_>) -> io::Result<()> {
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        let mut size = model.size;
        world.screen.draw(|frame| {
            size = Size { width: frame.area().width, height: frame.area().height };
            view(model, frame);
        })?;
        if size == model.size {
            break;
        }
        let effects = update(model, Event::Resize(size));
        run_all(effects, world)?;
    }
    Ok(())
}

/// How long the notes wait for the findings, or those for the notes, to be on one frame.
const TOGETHER: Duration = Duration::from_millis(3);

/// The next event, when it is there. Of a short article the findings and the notes come one right behind the other; `until` is when the second
/// of them is waited for no longer.
fn at_hand(model: &Model, inbox: &Receiver<Event>, until: &mut Option<Instant>) -> Option<Event> {
    inbox.try_recv().ok().or_else(|| {
        if model.found.is_some() == model.notes.loaded {
            return None;
        }
        let until = *until.get_or_insert_with(|| Instant::now() + TOGETHER);
        inbox.recv_timeout(until.saturating_duration_since(Instant::now())).ok()
    })
}

/// False for what changes nothing on the screen. Such events come at the start, one by one, where a frame less is felt.
fn is_seen(model: &Model, event: &Event) -> bool {
    match event {
        Event::Typed(_) => !matches!(model.overlay, Overlay::None),
        Event::Background(theme) => *theme != model.theme,
        _ => true,
    }
}

/// How long a reader may think in the middle of a sequence of keys before what can follow is shown.
const PAUSE: Duration = Duration::from_millis(500);

/// While the mouse drags past the edge of the text, a row comes into view so often.
const ROW: Duration = Duration::from_millis(50);

/// The next event; none when nobody is left to send one. There is a clock only in the middle of a sequence of keys whose hints are not
/// shown yet, and while the mouse is held past the edge of the text: else an idle reader is not woken.
fn next(model: &Model, inbox: &Receiver<Event>) -> Option<Event> {
    let (time, event) = match model.drag {
        Some(drag) if drag.beyond.is_some() => (ROW, Event::Held),
        _ if model.hinting || !model.awaits_key() => return inbox.recv().ok(),
        _ => (PAUSE, Event::Pause),
    };
    match inbox.recv_timeout(time) {
        Ok(event) => Some(event),
        Err(RecvTimeoutError::Timeout) => Some(event),
        Err(RecvTimeoutError::Disconnected) => None,
    }
}

fn run_all(effects: Vec<Effect>, world: &mut World<'_>) -> io::Result<Option<u8>> {
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
fn report_unsaved(model: &Model, last: impl Iterator<Item = Event>) {
    let mut saved = model.notes.saved;
    let mut failed = model.notes.failed.clone();
    let mut kept = model.notes.kept.clone();
    for event in last {
        match event {
            Event::Saved { generation, result: Ok(_) } => (saved, failed) = (saved.max(generation), None),
            Event::Saved { result: Err(why), .. } => failed = Some(why),
            Event::Kept(path, generation) => kept = Some((path, generation)),
            _ => {}
        }
    }
    if let (true, Some(why)) = (saved < model.notes.generation, failed) {
        // Standard error may be the terminal that is gone.
        let mut out = io::stderr();
        let _ = writeln!(out, "pullquote: the last changes are not saved: {why}");
        if let Some((path, _)) = kept.filter(|(_, generation)| *generation == model.notes.generation) {
            let _ = writeln!(out, "pullquote: they are kept in '{path}'; the next opening of the article takes them in");
        }
    }
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
