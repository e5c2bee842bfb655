//! `pullquote [ARTICLE...]`: read and annotate in the terminal; printed as `show --plain` does when standard output is none.

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};

use super::shelf::{self, Shelf};
use super::{Common, input, linear, notes, output, settings, show};
use crate::log;
use crate::store::look::{self, Look};
use crate::store::recent::{self, Recent};
use crate::store::{Places, clock};
use crate::tui::picker::Picked;
use crate::tui::{self, Leaving, Next, Opening, Session};

/// Where to open the article.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Place {
    /// Open at this code point of the article's text, counted from 0
    #[arg(long, value_name = "OFFSET", conflicts_with_all = ["line", "search"])]
    at: Option<usize>,
    /// Open at this line of the article's text, counted from 1
    #[arg(long, value_name = "NUMBER", conflicts_with = "search")]
    line: Option<usize>,
    /// Open at the first place where this is found
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
}

impl Place {
    fn opening(&self) -> Option<Opening> {
        let search = || self.search.clone().map(Opening::Search);
        self.at.map(Opening::CodePoint).or(self.line.map(Opening::Line)).or_else(search)
    }
}

pub(super) fn run(articles: &[OsString], place: &Place, common: &Common) -> Result<ExitCode> {
    let piped = [OsString::from("-")];
    let articles = if articles.is_empty() && !io::stdin().is_terminal() { &piped[..] } else { articles };
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if dumb || !io::stdout().is_terminal() {
        if dumb && io::stdout().is_terminal() && io::stdin().is_terminal() {
            output::say(
                "cannot draw on this terminal (TERM=dumb); to annotate: pullquote --linear ARTICLE; to print, as here: pullquote show --plain ARTICLE",
            );
        }
        return print(articles, common);
    }
    let (mut settings, mut warnings) = settings::load();
    // Where the file lies, `pullquote config` says.
    if let Some(folder) = settings::path().as_deref().and_then(Path::parent) {
        let folder = format!("{}/", folder.display());
        warnings.iter_mut().for_each(|w| *w = w.replacen(&folder, "", 1));
    }
    settings.ascii = if common.ascii { Some(true) } else { settings.ascii };
    let places = Places::from_env()?;
    let look = look::read(&places, settings.look());
    let mut desk = Desk { session: Session::new(&settings)?, settings, warnings, places, look, common };
    if let [article] = articles
        && !shelf::is_directory(article)
    {
        let (next, failed) = desk.read(article, place.opening(), None)?;
        if let Some(why) = failed {
            output::say(&why);
            return Ok(ExitCode::from(status(next).max(2)));
        }
        return Ok(ExitCode::from(status(next)));
    }
    let shelf = if articles.is_empty() { Shelf::recent(&desk.places)? } else { Shelf::of(articles)? };
    desk.browse(&shelf, place).map(ExitCode::from)
}

/// Articles, line by line.
pub(super) fn by_line(articles: &[OsString], common: &Common) -> Result<ExitCode> {
    let articles = match articles {
        [] if io::stdin().is_terminal() => bail!("no article given; try 'pullquote --linear FILE'"),
        [] => vec![OsString::from("-")],
        articles => shelf::expand(articles)?,
    };
    linear::run(&articles, common).map(ExitCode::from)
}

fn status(next: Next) -> u8 {
    match next {
        Next::Quit(status) => status,
        Next::Go(_) => 0,
    }
}

/// The article of a list that follows, or stands before, another; the first and the last stay where they are.
fn step(from: usize, to: Leaving, count: usize) -> usize {
    match to {
        Leaving::Next => (from + 1).min(count.saturating_sub(1)),
        Leaving::Previous => from.saturating_sub(1),
        Leaving::List => from,
    }
}

/// Every article, one after the other, for pipes.
fn print(articles: &[OsString], common: &Common) -> Result<ExitCode> {
    if articles.is_empty() {
        bail!("no article given; try 'pullquote FILE', or 'pullquote --help'");
    }
    log::signals();
    let mut last = ExitCode::SUCCESS;
    for article in &shelf::expand(articles)? {
        last = show::print(article, show::How { as_words: true, ..show::How::default() }, common).map(ExitCode::from)?;
    }
    Ok(last)
}

/// The terminal and what is the same for all articles.
struct Desk<'a> {
    session: Session,
    settings: crate::config::Settings,
    warnings: Vec<String>,
    places: Places,
    look: Look,
    common: &'a Common,
}

impl Desk<'_> {
    /// Shows the list and the articles that are picked from it.
    fn browse(&mut self, shelf: &Shelf, place: &Place) -> Result<u8> {
        let count = shelf.articles.len();
        let mut chosen = 0;
        let mut opening = place.opening();
        let mut items = shelf.items();
        loop {
            let look = shelf.look(&self.places, self.common);
            match self.session.pick(shelf.heading.clone(), &mut items, chosen, look, self.settings.mouse)? {
                Picked::Quit(status) => return Ok(status),
                Picked::Article(i) => chosen = i,
            }
            // The article that was read last, and where the reader goes from it.
            let mut last: Option<(usize, Leaving)> = None;
            loop {
                let next = match (self.read(&shelf.articles[chosen], opening.take(), Some((chosen, count))), last) {
                    (Ok((Next::Quit(status), _)), _) => return Ok(status),
                    (Ok((Next::Go(to), _)), _) => Some(to),
                    // What cannot be opened is passed over; from the list, it says so there.
                    (Err(why), Some((from, to))) if chosen != from => {
                        self.warnings.push(format!("passed over: {why:#}"));
                        let beyond = step(chosen, to, count);
                        if beyond == chosen {
                            chosen = from;
                        } else {
                            chosen = beyond;
                        }
                        continue;
                    }
                    (Err(_), _) => None,
                };
                match next {
                    Some(to @ (Leaving::Next | Leaving::Previous)) => {
                        last = Some((chosen, to));
                        chosen = step(chosen, to, count);
                    }
                    Some(Leaving::List) | None => break,
                }
            }
        }
    }

    /// Shows one article: where it was left, unless another place is asked for. Says what comes next, and why it could not be read when that
    /// came out on the screen.
    fn read(&mut self, article: &OsStr, opening: Option<Opening>, list: Option<(usize, usize)>) -> Result<(Next, Option<String>)> {
        let notes = notes::options(self.common)?;
        // A large or distant article is on the screen before it is read: its beginning first, the rest behind it.
        let (article, name, rest) = match input::preview(article, self.common) {
            Some(beginning) => {
                let (name, common) = (article.to_owned(), self.common.clone());
                let rest: tui::Load = Box::new(move || input::quietly(&name, &common).map(|o| o.article).map_err(|e| format!("{e:#}")));
                (beginning, article, Some(rest))
            }
            None => (input::quietly(article, self.common)?.article, article, None),
        };
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.extend_from_slice(&article.warnings);
        let known = shelf::known_as(name);
        let lately = recent::list(&self.places);
        let welcome = lately.is_empty();
        let left = known.as_ref().and_then(|known| lately.into_iter().find(|r| r.article == *known));
        let left = left.map(|r| r.at).filter(|at| *at > 0);
        let title = article.meta.title.clone().unwrap_or_else(|| name.to_string_lossy().into_owned());
        let options = tui::Options {
            article,
            rest,
            notes,
            settings: self.settings.clone(),
            look: self.look,
            warnings,
            opening,
            left,
            list,
            private: self.common.no_save,
            welcome,
        };
        let end = self.session.read(options)?;
        if end.look != self.look {
            self.look = end.look;
            // As with the place: what cannot be kept holds for this run.
            let _ = look::keep(&self.places, end.look, self.settings.look());
        }
        // What never came is nothing that was read.
        if let Some(article) = known.filter(|_| end.failed.is_none() && end.loaded) {
            // A place that cannot be kept is no reason to trouble the reader.
            let _ = recent::note(&self.places, Recent { article, title, at: end.at, length: end.length, left: clock::now() });
        }
        Ok((end.next, end.failed))
    }
}
