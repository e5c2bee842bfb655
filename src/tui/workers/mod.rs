//! Threads that serve the reader: keys, signals, analysis and counting, saving. They speak to the loop by [`Event`]s alone.

mod keys;
mod saver;

pub use keys::{Gate, keys};
pub use saver::{SaverJob, saver};

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use crate::analysis::{self, Findings};
use crate::annotation::Notes;
use crate::article::{Article, Block, BlockKind};
use crate::log;
use crate::text::search::Query as Wanted;
use crate::text::{CodePoints, TextRange};
use crate::tui::event::Event;
use crate::tui::hits;
use crate::tui::outlet::Outlet;
use crate::tui::run::Load;
use crate::tui::update::search::MOST;

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
            let (found, cut) = count(&article, &query, LONGEST);
            let _ = events.send(Event::Counted(query, Arc::new(found), cut));
        }
        if let Some((words, found, notes)) = everywhere {
            let (matches, cut) = count(&article, &words, LONGEST);
            let hits = match Wanted::new(&words) {
                Ok(Some(wanted)) => hits::find(&article, &found, &notes, &wanted, &matches),
                _ => vec![],
            };
            let _ = events.send(Event::Hits(words, Arc::new(hits), cut));
        }
    }
}

/// The longest that an expression is looked for.
const LONGEST: Duration = Duration::from_secs(3);

/// Where a query is found, up to a limit. Words may go on over the end of a paragraph, expressions do not. When an expression took longer than
/// it may: in how many paragraphs it was looked for.
fn count(article: &Article, query: &str, longest: Duration) -> (Vec<TextRange>, Option<usize>) {
    let text = article.text.as_str();
    match Wanted::new(query) {
        Ok(Some(Wanted::Words(needle))) => (needle.all(text, TextRange::new(0, text.len())).take(MOST).collect(), None),
        Ok(Some(Wanted::Pattern(pattern))) => {
            let until = Instant::now() + longest;
            let mut in_time = || Instant::now() < until;
            let mut found = Vec::new();
            for (i, block) in article.blocks.iter().enumerate() {
                found.extend(pattern.all_while(text, block.range, &mut in_time));
                if found.len() >= MOST {
                    found.truncate(MOST);
                    break;
                }
                if !in_time() && i + 1 < article.blocks.len() {
                    return (found, Some(i + 1));
                }
            }
            (found, None)
        }
        _ => (vec![], None),
    }
}

/// Starts a named thread. A system that has no threads left loses the service, not the program.
fn start(name: &str, work: impl FnOnce() + Send + 'static) -> Option<JoinHandle<()>> {
    thread::Builder::new().name(name.into()).spawn(work).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_that_takes_too_long_says_how_far_it_came() {
        let article = crate::ingest::from_text("A fee.\n\nA fee.\n\nA fee.\n");
        let (found, cut) = count(&article, "~fe+", Duration::from_secs(60));
        assert_eq!((found.len(), cut), (3, None));
        let (found, cut) = count(&article, "~fe+", Duration::ZERO);
        assert_eq!((found.len(), cut), (0, Some(1)));
        assert_eq!(count(&article, "fee", Duration::ZERO).0.len(), 3, "words are always found");
    }
}
