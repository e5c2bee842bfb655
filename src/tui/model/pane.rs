//! The side pane and its tabs.

use crate::annotation::filter::{Domain, Filter};
use crate::tui::lists::Lists;

/// The tabs of the side pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tab {
    /// Quotations by speaker.
    Quotes,
    /// People.
    People,
    /// Figures and changes.
    Figures,
    /// Annotations.
    Notes,
    /// What `:find` found; there once something was looked for.
    Found,
}

impl Tab {
    /// All tabs, in order.
    pub const ALL: [Self; 5] = [Self::Quotes, Self::People, Self::Figures, Self::Notes, Self::Found];

    /// What a filter of this tab is about.
    #[must_use]
    pub fn domain(self) -> Domain {
        match self {
            Self::Quotes => Domain::Quotes,
            Self::People => Domain::People,
            Self::Figures => Domain::Figures,
            Self::Notes | Self::Found => Domain::Notes,
        }
    }

    /// The heading.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quotes => "Quotes",
            Self::People => "People",
            Self::Figures => "Figures",
            Self::Notes => "Notes",
            Self::Found => "Found",
        }
    }
}

/// The side pane.
pub struct Pane {
    /// Wanted by the reader where there is room.
    pub wanted: bool,
    /// Has the keys.
    pub focus: bool,
    /// The open tab.
    pub tab: Tab,
    /// The rows of all tabs.
    pub lists: Lists,
    /// The selected row of each tab.
    pub selected: [usize; 5],
    /// The first row shown of each tab.
    pub top: [usize; 5],
    /// The row that rows are selected from, while several are; the other end is the selected row.
    pub anchor: Option<usize>,
    /// The filter of each tab, as typed.
    pub typed: [String; 5],
    /// The same, as it is applied.
    pub filter: [Filter; 5],
}

impl Pane {
    /// The tabs that there are now.
    pub fn tabs(&self) -> impl Iterator<Item = Tab> {
        let found = !self.lists.rows(Tab::Found).is_empty();
        Tab::ALL.into_iter().filter(move |tab| found || *tab != Tab::Found)
    }

    /// The selected row of the open tab.
    #[must_use]
    pub fn row(&self) -> usize {
        self.selected[self.tab as usize]
    }
}
