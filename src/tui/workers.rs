//! Threads that serve the reader: keys, signals, analysis and counting, saving. They speak to the loop by [`Event`]s alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::event::{Draft, Event, Loaded};
use super::layout::Size;
use super::update::search::MOST;
use crate::analysis;
use crate::annotation::{Notes, Stamp};
use crate::article::Article;
use crate::config::Key;
use crate::store::notes_file::{NotesFile, OpenOptions, Opened};
use crate::store::{clock, draft};
use crate::text::search::Needle;
use crate::text::{CodePoints, TextRange};

/// Holds the key thread back while another program reads the terminal.
#[derive(Debug, Default)]
pub struct Gate {
    closed: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn close(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    /// Lets the key thread go on.
    pub fn open(&self) {
        *self.closed.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.opened.notify_all();
    }

    fn wait(&self) {
        let mut closed = self.closed.lock().unwrap_or_else(PoisonError::into_inner);
        while *closed {
            closed = self.opened.wait(closed).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Two presses on one cell within this time are a double click.
const DOUBLE_CLICK: Duration = Duration::from_millis(400);

/// Reads keys until the terminal is gone. `late_answer` says that the terminal was asked for its colours and did not answer in time: the
/// answer may still come, and must not be taken for keys.
pub fn keys(events: Sender<Event>, gate: Arc<Gate>, late_answer: bool) {
    let work = move || {
        let mut answers = late_answer.then(|| LateAnswer { until: Instant::now() + Duration::from_secs(2), inside: false });
        let mut presses = Presses::default();
        while let Ok(event) = event::read() {
            let event = match event {
                event::Event::Key(key) if key.kind != KeyEventKind::Release => {
                    if answers.as_mut().is_some_and(|a| a.swallows(key)) {
                        continue;
                    }
                    // Both may hand the terminal to another program: nothing is read until the loop says so.
                    if key.modifiers.contains(KeyModifiers::CONTROL) && matches!(key.code, KeyCode::Char('o' | 'z')) {
                        gate.close();
                    }
                    Event::Key(Key::from_event(key))
                }
                event::Event::Paste(text) => Event::Paste(text),
                event::Event::Resize(width, height) => Event::Resize(Size { width, height }),
                event::Event::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => Event::Mouse(mouse, presses.count(mouse)),
                _ => continue,
            };
            if events.send(event).is_err() {
                return;
            }
            gate.wait();
        }
    };
    start("keys", work);
}

/// Counts quick presses on one cell.
#[derive(Default)]
struct Presses {
    last: Option<(Instant, u16, u16)>,
    count: u8,
}

impl Presses {
    fn count(&mut self, mouse: event::MouseEvent) -> u8 {
        if !matches!(mouse.kind, MouseEventKind::Down(_)) {
            return self.count;
        }
        let now = Instant::now();
        let again = self.last.is_some_and(|(at, x, y)| now - at < DOUBLE_CLICK && (x, y) == (mouse.column, mouse.row));
        self.count = if again { self.count % 3 + 1 } else { 1 };
        self.last = Some((now, mouse.column, mouse.row));
        self.count
    }
}

/// Recognises a late answer to the colour query among the keys: `ESC ] 11 ; rgb:… BEL` or `… ESC \`.
struct LateAnswer {
    until: Instant,
    inside: bool,
}

impl LateAnswer {
    fn swallows(&mut self, key: event::KeyEvent) -> bool {
        if Instant::now() > self.until {
            return false;
        }
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::Char(']') if alt => self.inside = true,
            KeyCode::Char('\\') if alt && self.inside => {
                self.inside = false;
                return true;
            }
            KeyCode::Char('g') if control && self.inside => {
                self.inside = false;
                return true;
            }
            _ => {}
        }
        self.inside
    }
}

/// Turns signals into events.
///
/// # Errors
/// When handlers cannot be installed.
pub fn signals(events: Sender<Event>) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT])?;
    start("signals", move || {
        for signal in &mut signals {
            let event = match signal {
                SIGCONT => Event::Continued,
                SIGTSTP => Event::Stop,
                signal => Event::Terminate(signal),
            };
            if events.send(event).is_err() {
                return;
            }
        }
    });
    Ok(())
}

/// Analyses the article, then counts matches of searches. Gives the sender for queries.
#[must_use]
pub fn analysis(article: Arc<Article>, events: Sender<Event>) -> Sender<String> {
    let (sender, queries) = channel::<String>();
    start("analysis", move || {
        let worked = catch_unwind(AssertUnwindSafe(|| {
            let found = Arc::new(analysis::analyse(&article));
            Event::Found(found, Arc::new(CodePoints::new(&article.text)))
        }));
        let failed = || Event::Found(Arc::default(), Arc::new(CodePoints::new(&article.text)));
        let crashed = worked.is_err();
        let _ = events.send(worked.unwrap_or_else(|_| failed()));
        if crashed {
            let _ =
                events.send(Event::Warning("the analysis of this article failed: please report it with the article; notes work".into()));
        }
        count(&article.text, &queries, &events);
    });
    sender
}

/// Counts the matches of the newest query.
fn count(text: &str, queries: &Receiver<String>, events: &Sender<Event>) {
    while let Ok(mut query) = queries.recv() {
        while let Ok(newer) = queries.try_recv() {
            query = newer;
        }
        let starts: Vec<u32> = Needle::new(&query).map_or_else(Vec::new, |needle| {
            let all = needle.all(text, TextRange::new(0, text.len()));
            all.take(MOST).map(|r| u32::try_from(r.start()).unwrap_or(u32::MAX)).collect()
        });
        if events.send(Event::Counted(query, Arc::new(starts))).is_err() {
            return;
        }
    }
}

/// What the saver is asked to do.
pub enum SaverJob {
    /// Save these notes, which are this generation.
    Save(Box<Notes>, u64),
    /// Keep the draft of the open note, or remove it.
    Draft(Option<Draft>),
}

/// Opens the notes, then saves them. The loop drops the sender and joins the thread to be sure that all is done.
#[must_use]
pub fn saver(
    article: Arc<Article>,
    options: OpenOptions,
    creator: Option<String>,
    events: Sender<Event>,
) -> (Sender<SaverJob>, Option<JoinHandle<()>>) {
    let (sender, jobs) = channel();
    let handle = start("saver", move || {
        let places = options.places.clone();
        let Opened { file, notes, attached, mut warnings } = match NotesFile::open(Arc::clone(&article), options) {
            Ok(opened) => opened,
            Err(why) => {
                let _ = events.send(Event::NotLoaded(why.to_string()));
                return;
            }
        };
        let text = Arc::clone(&article);
        let map = CodePoints::new(&text.text);
        if attached.orphan + attached.changed > 0 {
            let sum = format!("{} attached, {} changed, {} orphan", attached.attached, attached.changed, attached.orphan);
            warnings.insert(0, format!("the article changed since it was annotated: {sum}"));
        }
        let drafts = draft::read(&places, file.path());
        let loaded = Loaded {
            notes,
            read_only: file.read_only().map(str::to_owned),
            path: file.path().display().to_string(),
            warnings,
            draft: drafts.last().and_then(|d| from_disk(d, &text.text, &map)),
        };
        let _ = events.send(Event::Loaded(Box::new(loaded)));
        let mut saver = Saver { file, places, article: text, map, creator, drafts, failed: false, events };
        saver.serve(&jobs);
    });
    (sender, handle)
}

struct Saver {
    file: NotesFile,
    places: crate::store::paths::Places,
    article: Arc<Article>,
    map: CodePoints,
    creator: Option<String>,
    /// Drafts on disk that belong to the open note.
    drafts: Vec<draft::Draft>,
    failed: bool,
    events: Sender<Event>,
}

impl Saver {
    fn serve(&mut self, jobs: &Receiver<SaverJob>) {
        while let Ok(job) = jobs.recv() {
            // Only the newest of what queued up is written: it holds all the others.
            let mut save = None;
            let mut draft = None;
            for job in std::iter::once(job).chain(jobs.try_iter()) {
                match job {
                    SaverJob::Save(notes, generation) => save = Some((notes, generation)),
                    SaverJob::Draft(newest) => draft = Some(newest),
                }
            }
            if let Some((notes, generation)) = save {
                self.save(notes, generation);
            }
            if let Some(draft) = draft {
                self.keep(draft);
            }
        }
    }

    fn save(&mut self, notes: Box<Notes>, generation: u64) {
        let result = self.file.save(&notes);
        self.failed = result.is_err();
        let result = match result {
            Ok(saved) => {
                if let Some(warning) = saved.warnings.into_iter().next() {
                    let _ = self.events.send(Event::Warning(warning));
                }
                Ok(saved.merged.then(|| Box::new((*notes, saved.notes))))
            }
            Err(why) => Err(why.to_string().trim_start_matches("not saved: ").to_owned()),
        };
        let _ = self.events.send(Event::Saved { generation, result });
    }

    /// A draft goes only when what it held is on disk.
    fn keep(&mut self, draft: Option<Draft>) {
        match draft {
            Some(draft) => {
                let range = TextRange::new(draft.start, draft.end);
                let text = &self.article.text;
                let Stamp { now, .. } = clock::stamp(self.creator.as_deref());
                let on_disk = draft::Draft {
                    notes: self.file.path().to_owned(),
                    annotation: draft.annotation,
                    start: self.map.at_byte(text, range.start()),
                    end: self.map.at_byte(text, range.end()),
                    exact: range.of(text).to_owned(),
                    text: draft.note,
                    written: now,
                };
                if let Err(why) = draft::write(&self.places, &on_disk) {
                    let _ = self.events.send(Event::Warning(format!("the open note has no safety copy: {why}")));
                }
                self.drafts.retain(|d| (d.start, d.end, &d.annotation) != (on_disk.start, on_disk.end, &on_disk.annotation));
                self.drafts.push(on_disk);
            }
            None if self.failed => {}
            None => {
                for draft in self.drafts.drain(..) {
                    let _ = draft::remove(&self.places, &draft);
                }
            }
        }
    }
}

fn from_disk(draft: &draft::Draft, text: &str, map: &CodePoints) -> Option<Draft> {
    let (start, end) = (map.to_byte(text, draft.start)?, map.to_byte(text, draft.end)?);
    Some(Draft { note: draft.text.clone(), annotation: draft.annotation.clone(), start, end: end.max(start) })
}

/// Starts a named thread. A system that has no threads left loses the service, not the program.
fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    thread::Builder::new().name(name.into()).spawn(work).ok()
}
