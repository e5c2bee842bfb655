//! The way of keys and signals to the loop: articles follow each other, keys go on.

use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use super::event::Event;

/// Where keys and signals go: to the loop that runs now. Articles follow each other, keys and signals go on.
#[derive(Debug, Clone, Default)]
pub struct Outlet(Arc<Mutex<Line>>);

#[derive(Debug)]
enum Line {
    /// To the loop that runs.
    Open(Sender<Event>),
    /// None runs: what is typed meanwhile is for the next.
    Held(Vec<Event>),
}

impl Default for Line {
    fn default() -> Self {
        Self::Held(Vec::new())
    }
}

impl Outlet {
    /// Sends to this loop from now on, first what was held for it.
    pub fn connect(&self, events: Sender<Event>) {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Line::Held(held) = std::mem::take(&mut *line) {
            held.into_iter().for_each(|event| drop(events.send(event)));
        }
        *line = Line::Open(events);
    }

    /// Holds what is typed from now on, and what the loop that ends has not taken in. Gives the rest of that, which is about its article.
    pub fn hold(&self, inbox: &Receiver<Event>) -> Vec<Event> {
        let mut line = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let typed = |event: &Event| {
            matches!(
                event,
                Event::Key(_) | Event::Paste(_) | Event::Mouse(..) | Event::Resize(_) | Event::Terminate(_) | Event::Background(_)
            )
        };
        let (held, rest) = inbox.try_iter().partition(typed);
        *line = Line::Held(held);
        rest
    }

    /// Sends to the loop that runs, or holds it for the next.
    pub fn send(&self, event: Event) {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Line::Open(events) => drop(events.send(event)),
            Line::Held(held) => held.push(event),
        }
    }
}
