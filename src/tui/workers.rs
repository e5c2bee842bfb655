//! Threads that serve the reader: keys, signals, analysis and counting, saving. They speak to the loop by [`Event`]s alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossterm::event::{self, KeyCode, KeyEventKind, KeyModifiers, MouseEventKind};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use super::event::{Draft, Event, Loaded};
use super::hits;
use super::layout::Size;
use super::outlet::Outlet;
use super::run::Load;
use super::update::search::MOST;
use crate::analysis::{self, Findings};
use crate::annotation::{Notes, Stamp};
use crate::article::{Article, Block, BlockKind};
use crate::compare::report::{self, Line};
use crate::compare::{Comparison, Version};
use crate::config::{Key, Theme};
use crate::import::{self, Plan};
use crate::log;
use crate::store::notes_file::{NotesFile, OpenOptions, Opened};
use crate::store::typed::{self, Kind};
use crate::store::{clock, draft};
use crate::text::search::Query as Wanted;
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

/// Reads keys until the terminal is gone. `asked` says that the terminal was asked for its background: the answer comes among the keys.
pub fn keys(events: Outlet, gate: Arc<Gate>, asked: bool) {
    let work = move || {
        let mut answer = asked.then(|| Answer::new(Instant::now() + PATIENCE));
        let mut presses = Presses::default();
        while let Ok(event) = event::read() {
            let news = match event {
                event::Event::Key(key) if key.kind != KeyEventKind::Release => {
                    // Both may hand the terminal to another program: nothing is read until the loop says so.
                    if key.modifiers.contains(KeyModifiers::CONTROL) && matches!(key.code, KeyCode::Char('o' | 'z')) {
                        gate.close();
                    }
                    let key = Key::from_event(key);
                    answer.as_mut().map_or_else(|| vec![Event::Key(key)], |a| a.take(key, Instant::now()))
                }
                event::Event::Paste(text) => vec![Event::Paste(text)],
                event::Event::Resize(width, height) => vec![Event::Resize(Size { width, height })],
                event::Event::Mouse(mouse) if mouse.kind != MouseEventKind::Moved => vec![Event::Mouse(mouse, presses.count(mouse))],
                _ => vec![],
            };
            for event in news {
                events.send(event);
            }
            gate.wait();
        }
    };
    start("keys", work);
}

/// How long an answer of the terminal is waited for. Over a slow line it may take a while; keys are not held up by it.
const PATIENCE: Duration = Duration::from_secs(5);

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

/// Tells the terminal's answer to the question for its background from keys: `ESC ] 1 1 ; r g b : 0000/0000/0000 BEL`. crossterm reads it as
/// Alt-] and characters, or, right behind an Esc that was typed (two escapes are one Esc to it), as `]` and characters. Keys typed before
/// and behind it are not lost, and what turns out to be none is given back.
struct Answer {
    until: Instant,
    held: Vec<Key>,
    escaped: bool,
}

impl Answer {
    fn new(until: Instant) -> Self {
        Self { until, held: Vec::new(), escaped: false }
    }

    fn take(&mut self, key: Key, now: Instant) -> Vec<Event> {
        let escaped = std::mem::replace(&mut self.escaped, key.code == KeyCode::Esc);
        let begins = self.held.is_empty()
            && (key == Key { code: KeyCode::Char(']'), modifiers: KeyModifiers::ALT } || (escaped && key == Key::char(']')));
        if self.held.is_empty() && (!begins || now > self.until) {
            return vec![Event::Key(key)];
        }
        let bell = key == Key { code: KeyCode::Char('g'), modifiers: KeyModifiers::CONTROL };
        let terminator = key == Key { code: KeyCode::Char('\\'), modifiers: KeyModifiers::ALT };
        let said: String = self.held.iter().skip(1).filter_map(|k| k.typed()).collect();
        if bell || terminator {
            self.held.clear();
            return theme_of(&said).map(Event::Background).into_iter().collect();
        }
        self.held.push(key);
        let said = said + &key.typed().filter(|_| !begins).map(String::from).unwrap_or_default();
        let shape = "11;rgb:";
        let fits = said.len() < 40 && said.chars().zip(shape.chars()).all(|(a, b)| a == b) && said.len() + 1 == self.held.len();
        if fits { vec![] } else { self.held.drain(..).map(Event::Key).collect() }
    }
}

/// The theme for a background such as "11;rgb:ffff/ffff/dddd".
fn theme_of(answer: &str) -> Option<Theme> {
    let colors = answer.strip_prefix("11;rgb:")?;
    let part = |hex: &str| Some(f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from((1u32 << (4 * hex.len().min(7))) - 1));
    let parts: Vec<f64> = colors.split('/').map(part).collect::<Option<_>>()?;
    let [red, green, blue] = parts.get(..3)?.try_into().ok()?;
    // How bright the eye takes it: the luma weights of ITU-R BT.601.
    Some(if 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 { Theme::Light } else { Theme::Dark })
}

/// Turns signals into events.
///
/// # Errors
/// When handlers cannot be installed.
pub fn signals(events: Outlet) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGTSTP, SIGCONT])?;
    start("signals", move || {
        for signal in &mut signals {
            let event = match signal {
                SIGCONT => Event::Continued,
                SIGTSTP => Event::Stop,
                signal => Event::Terminate(signal),
            };
            events.send(event);
        }
    });
    Ok(())
}

/// Finds out what is known of each article of a list, in their order, until nobody listens.
pub fn look(count: usize, look: super::session::Look, events: Sender<Event>) {
    start("list", move || {
        for i in 0..count {
            let info = catch_unwind(AssertUnwindSafe(|| look(i))).unwrap_or_default();
            if events.send(Event::Looked(i, Box::new(info))).is_err() {
                return;
            }
        }
    });
}

/// Reads the rest of the article when only its beginning is there (`rest`), hands the whole to the saver by `read`, analyses it, then
/// serves queries. Gives the sender for those.
#[must_use]
pub fn analysis(article: Arc<Article>, rest: Option<Load>, read: Sender<Arc<Article>>, events: Sender<Event>) -> Sender<Query> {
    let (sender, queries) = channel::<Query>();
    start("analysis", move || {
        let article = match rest.map(|load| catch_unwind(AssertUnwindSafe(load)).unwrap_or_else(|_| Err(CRASHED.into()))) {
            None => article,
            Some(Ok(whole)) => {
                let whole = Arc::new(whole);
                let _ = events.send(Event::Whole(Arc::clone(&whole)));
                whole
            }
            Some(Err(why)) => {
                // The beginning stays on the screen; notes on it would not be those of the article. Words that stood for it make room for the reason.
                let stands_in = article.source.media_type.is_empty();
                let _ = events.send(Event::Whole(if stands_in { Arc::new(reason(&article, &why)) } else { article }));
                let _ = events.send(Event::Found(Arc::default(), Arc::default()));
                let _ = events.send(Event::NotLoaded(why));
                return;
            }
        };
        let _ = read.send(Arc::clone(&article));
        analyse(&article, &events);
        serve(article, &queries, &events);
    });
    sender
}

/// Why there is no article, in the place of one.
fn reason(article: &Article, why: &str) -> Article {
    let text = crate::text::sanitize::line(why).into_owned();
    let block = Block { range: TextRange::new(0, text.len()), kind: BlockKind::Paragraph };
    Article { text, blocks: vec![block], meta: article.meta.clone(), ..Article::default() }
}

const CRASHED: &str = "reading this article failed in the program itself: please report it with the article";

/// What the analysis thread is asked, once it is done with the article.
pub enum Query {
    /// How often this is found.
    Count(String),
    /// Where in the text, these findings and these notes this is found.
    Find(String, Arc<Findings>, Box<Notes>),
    /// What is in the article, now that its reader said what is furniture. The text is the same.
    Analyse(Arc<Article>),
}

fn analyse(article: &Article, events: &Sender<Event>) {
    let found = log::timed("analysis", || catch_unwind(AssertUnwindSafe(|| analysis::analyse(article))));
    let crashed = found.is_err();
    let map = Arc::new(CodePoints::new(&article.text));
    let _ = events.send(Event::Found(Arc::new(found.unwrap_or_default()), map));
    if crashed {
        let _ = events.send(Event::Warning(CRASHED.into()));
    }
}

/// Answers the newest query of each kind.
fn serve(mut article: Arc<Article>, queries: &Receiver<Query>, events: &Sender<Event>) {
    while let Ok(first) = queries.recv() {
        let (mut query, mut judged, mut everywhere) = (None, None, None);
        for next in std::iter::once(first).chain(queries.try_iter()) {
            match next {
                Query::Count(words) => query = Some(words),
                Query::Find(words, found, notes) => everywhere = Some((words, found, notes)),
                Query::Analyse(article) => judged = Some(article),
            }
        }
        if let Some(judged) = judged {
            article = judged;
            analyse(&article, events);
        }
        if let Some(query) = query {
            let found = count(&article, &query);
            let _ = events.send(Event::Counted(query, Arc::new(found)));
        }
        if let Some((words, found, notes)) = everywhere {
            let matches = count(&article, &words);
            let hits = match Wanted::new(&words) {
                Ok(Some(wanted)) => hits::find(&article, &found, &notes, &wanted, &matches),
                _ => vec![],
            };
            let _ = events.send(Event::Hits(words, Arc::new(hits)));
        }
    }
}

/// The longest that an expression is looked for.
const LONGEST: Duration = Duration::from_secs(3);

/// Where a query is found, up to a limit. Words may go on over the end of a paragraph, expressions do not.
fn count(article: &Article, query: &str) -> Vec<TextRange> {
    let text = article.text.as_str();
    match Wanted::new(query) {
        Ok(Some(Wanted::Words(needle))) => needle.all(text, TextRange::new(0, text.len())).take(MOST).collect(),
        Ok(Some(Wanted::Pattern(pattern))) => {
            let until = Instant::now() + LONGEST;
            let blocks = article.blocks.iter().take_while(|_| Instant::now() < until);
            blocks.flat_map(|block| pattern.all(text, block.range)).take(MOST).collect()
        }
        _ => vec![],
    }
}

/// What the saver is asked to do.
pub enum SaverJob {
    /// Save these notes, which are this generation.
    Save(Box<Notes>, u64),
    /// Keep the draft of the open note, or remove it.
    Draft(Option<Draft>),
    /// Remember what was typed.
    Remember(Kind, String),
    /// Look whether another program wrote into the notes file.
    Look,
    /// Plan to bring this file into these notes, which are this generation.
    Import(String, Box<Notes>, u64),
}

/// What changed in an article since it had this text.
fn changes(older: &str, article: &Article) -> Vec<Line> {
    let older = crate::ingest::from_text(older);
    let (old_found, new_found) = (analysis::analyse(&older), analysis::analyse(article));
    let (old, new) = (Version { article: &older, found: &old_found }, Version { article, found: &new_found });
    report::lines(&Comparison::new(old, new), &older, article)
}

/// Opens the notes of the article that it is sent, then saves them. The loop drops the sender and joins the thread to be sure that all is done.
#[must_use]
pub fn saver(
    article: Receiver<Arc<Article>>,
    options: OpenOptions,
    creator: Option<String>,
    events: Sender<Event>,
) -> (Sender<SaverJob>, Option<JoinHandle<()>>) {
    let (sender, jobs) = channel();
    let handle = start("saver", move || {
        let places = options.places.clone();
        let _ = events.send(Event::Typed(typed::read(&places)));
        let Ok(article) = article.recv() else { return };
        let Opened { file, notes, attached, near, mut warnings } = match NotesFile::open(Arc::clone(&article), options) {
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
            warnings.insert(0, format!("the article changed: {sum}; :changes shows how"));
        }
        let drafts = draft::read(&places, file.path());
        let loaded = Loaded {
            notes,
            read_only: file.read_only().map(str::to_owned),
            path: file.path().display().to_string(),
            warnings,
            near,
            draft: drafts.last().and_then(|d| from_disk(d, &text.text, &map)),
        };
        let _ = events.send(Event::Loaded(Box::new(loaded)));
        if let Some(older) = file.older_text() {
            let _ = events.send(Event::Changed(Arc::new(changes(&older, &text))));
        }
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
            let mut look = false;
            for job in std::iter::once(job).chain(jobs.try_iter()) {
                match job {
                    SaverJob::Save(notes, generation) => save = Some((notes, generation)),
                    SaverJob::Draft(newest) => draft = Some(newest),
                    SaverJob::Look => look = true,
                    // What cannot be remembered is no reason to trouble the reader.
                    SaverJob::Remember(kind, line) => drop(typed::remember(&self.places, kind, &line)),
                    SaverJob::Import(path, notes, generation) => {
                        let result = self.import(&path, &notes).map(Box::new);
                        let _ = self.events.send(Event::Imported { path, generation, result });
                    }
                }
            }
            match save {
                Some((notes, generation)) => self.save(notes, generation),
                None if look => {
                    if let Some(outside) = self.file.outside() {
                        let _ = self.events.send(Event::Outside(outside));
                    }
                }
                None => {}
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
                Ok(saved.notes.map(|merged| Box::new((*notes, merged))))
            }
            Err(why) => Err(why.to_string().trim_start_matches("not saved: ").to_owned()),
        };
        let _ = self.events.send(Event::Saved { generation, result });
    }

    /// What a file would bring. `~` is the reader's home, as in a shell.
    fn import(&self, path: &str, notes: &Notes) -> Result<Plan, String> {
        let home = path.strip_prefix("~/").and_then(|rest| Some(PathBuf::from(std::env::var_os("HOME")?).join(rest)));
        let bytes = std::fs::read(home.unwrap_or_else(|| path.into())).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "no such file".to_owned(),
            _ => error.to_string(),
        })?;
        let incoming = import::read(&bytes).map_err(|why| why.to_string())?;
        let (incoming, _) = import::for_article(incoming, self.file.text(), self.file.source().uri.as_deref());
        Ok(import::plan(notes, self.file.source(), incoming, self.file.text()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &[Key]) -> (Vec<Key>, Option<Theme>) {
        let now = Instant::now();
        let mut answer = Answer::new(now + PATIENCE);
        let (mut keys, mut theme) = (Vec::new(), None);
        for event in typed.iter().flat_map(|k| answer.take(*k, now)) {
            match event {
                Event::Key(key) => keys.push(key),
                Event::Background(found) => theme = Some(found),
                other => panic!("{other:?}"),
            }
        }
        (keys, theme)
    }

    fn text(text: &str) -> Vec<Key> {
        text.chars().map(Key::char).collect()
    }

    const BEGIN: Key = Key { code: KeyCode::Char(']'), modifiers: KeyModifiers::ALT };
    const BELL: Key = Key { code: KeyCode::Char('g'), modifiers: KeyModifiers::CONTROL };

    #[test]
    fn the_answer_is_found_among_keys_and_no_key_is_lost() {
        let typed = [text("]q"), vec![BEGIN], text("11;rgb:ffff/ffff/dddd"), vec![BELL], text("t")].concat();
        assert_eq!(read(&typed), (text("]qt"), Some(Theme::Light)));
        let typed = [vec![BEGIN], text("11;rgb:1e/1e/2e"), vec![BELL]].concat();
        assert_eq!(read(&typed), (vec![], Some(Theme::Dark)));
    }

    #[test]
    fn the_answer_is_found_right_behind_an_escape() {
        let escape = vec![Key::plain(KeyCode::Esc)];
        let typed = [escape.clone(), text("]11;rgb:0000/0000/0000"), vec![BELL], text("j")].concat();
        assert_eq!(read(&typed), ([escape, text("j")].concat(), Some(Theme::Dark)));
    }

    #[test]
    fn keys_that_are_no_answer_come_back() {
        let typed = [vec![BEGIN], text("j")].concat();
        assert_eq!(read(&typed), (typed, None));
        let typed = [vec![Key::plain(KeyCode::Esc)], text("]q]1")].concat();
        assert_eq!(read(&typed), (typed, None));
    }
}
