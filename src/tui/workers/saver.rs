//! The thread that opens the notes and saves them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::start;
use crate::analysis;
use crate::annotation::{Notes, Stamp};
use crate::article::Article;
use crate::compare::report::{self, Line};
use crate::compare::{Comparison, Version};
use crate::import::{self, Plan};
use crate::store::notes_file::{NotesFile, OpenOptions, Opened};
use crate::store::rescue::{Rescue, TakenIn};
use crate::store::typed::{self, Kind};
use crate::store::{clock, draft};
use crate::text::{CodePoints, TextRange};
use crate::tui::event::{Draft, Event, Loaded};

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
        if attached.orphan + attached.changed > 0 {
            let sum = format!("{} attached, {} changed, {} orphan", attached.attached, attached.changed, attached.orphan);
            warnings.insert(0, format!("the article changed: {sum}; :changes shows how"));
        }
        let mut rescue = Rescue::of(&file, &places);
        let taken_in = if file.read_only().is_none() { rescue.take_in(&file, &notes) } else { None };
        let (notes, taken_in) = taken_in.map_or((notes, 0), |TakenIn { notes, changes }| (notes, changes));
        let drafts = draft::read(&places, file.path());
        let loaded = Loaded {
            notes,
            read_only: file.read_only().map(str::to_owned),
            path: file.path().display().to_string(),
            warnings,
            near,
            taken_in,
            draft: drafts.last().and_then(|d| from_disk(d, &text.text, file.map())),
        };
        let _ = events.send(Event::Loaded(Box::new(loaded)));
        if let Some(older) = file.older_text() {
            let _ = events.send(Event::Changed(Arc::new(changes(&older, &text))));
        }
        let mut saver = Saver { file, places, article: text, creator, drafts, rescue, failed: false, events };
        saver.serve(&jobs);
    });
    (sender, handle)
}

struct Saver {
    file: NotesFile,
    places: crate::store::paths::Places,
    article: Arc<Article>,
    creator: Option<String>,
    /// Drafts on disk that belong to the open note.
    drafts: Vec<draft::Draft>,
    /// Copies of what could not be saved.
    rescue: Rescue,
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
        let planned = self.file.path().to_owned();
        let result = self.file.save(&notes);
        if result.is_ok() && self.file.path() != planned {
            // Beside the article nothing can be written: seen at the first save, said once.
            let why = format!("notes cannot be written beside the article; they are in '{}'", self.file.path().display());
            let _ = self.events.send(Event::Warning(why));
        }
        self.failed = result.is_err();
        let result = match result {
            Ok(saved) => {
                self.rescue.saved();
                if let Some(warning) = saved.warnings.into_iter().next() {
                    let _ = self.events.send(Event::Warning(warning));
                }
                Ok(saved.notes.map(|merged| Box::new((*notes, merged))))
            }
            Err(why) => {
                // At once: nobody knows how the program will end. What cannot be kept either is only in memory, as NOT SAVED says.
                if let Ok(path) = self.rescue.keep(&self.file, &notes) {
                    let _ = self.events.send(Event::Kept(path.display().to_string(), generation));
                }
                Err(why.to_string().trim_start_matches("not saved: ").to_owned())
            }
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
                    start: self.file.map().at_byte(text, range.start()),
                    end: self.file.map().at_byte(text, range.end()),
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
