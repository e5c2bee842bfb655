//! How the article is shown: layers, folds, themes, the mouse, what lies over the text.

use std::sync::Arc;

use super::{changes, links, overview, pane, whole_page};
use crate::config::{Action, Theme};
use crate::tui::event::Effect;
use crate::tui::model::Model;

pub(super) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    match action {
        Action::LayerQuotes => toggle(model, "quotations", |m| &mut m.layers.quotes),
        Action::LayerPeople => toggle(model, "people", |m| &mut m.layers.people),
        Action::LayerFigures => toggle(model, "figures", |m| &mut m.layers.figures),
        Action::LayerNotes => toggle(model, "annotations", |m| &mut m.layers.notes),
        Action::Wider => model.change_measure(4),
        Action::Narrower => model.change_measure(-4),
        Action::MoreMargin => model.change_margin(2),
        Action::LessMargin => model.change_margin(-2),
        Action::MoreSpacing => model.change_spacing(1),
        Action::LessSpacing => model.change_spacing(-1),
        Action::ResetLook => {
            model.set_look(model.settings.look());
            model.say("column, margins and line spacing as configured");
        }
        Action::LinkNumbers => links::toggle_numbers(model),
        Action::NextTheme if model.no_color => model.say("no colours: NO_COLOR is set, so the theme stays mono"),
        Action::NextTheme => {
            let all: Vec<Theme> = model.settings.all_themes().collect();
            let here = all.iter().position(|t| *t == model.theme).unwrap_or(0);
            model.theme = all[(here + 1) % all.len()];
            model.say(format!("theme {}", model.theme.name()));
        }
        Action::Mouse => {
            model.mouse = !model.mouse;
            model.say(if model.mouse { "the mouse is ours" } else { "the mouse is the terminal's; M takes it back" });
            return vec![Effect::Mouse(model.mouse)];
        }
        Action::Zen => {
            model.zen = !model.zen;
            model.relayout();
        }
        Action::FoldOpen | Action::FoldClose | Action::FoldToggle => fold(model, action),
        Action::WholePage => whole_page::open(model),
        Action::FoldOpenAll | Action::FoldCloseAll => {
            let article = Arc::clone(&model.article);
            model.keep_place(|m| m.flow.set_all_folds(&article, action == Action::FoldOpenAll));
        }
        Action::Changes => changes::open(model),
        Action::Overview => overview::open(model),
        _ => pane::act(model, action, count),
    }
    vec![]
}

fn toggle(model: &mut Model, what: &str, layer: impl Fn(&mut Model) -> &mut bool) {
    let shown = layer(model);
    *shown = !*shown;
    let state = if *shown { "shown" } else { "hidden" };
    model.say(format!("{what} {state}"));
}

/// Opens or closes the fold at the caret, or the next one in view.
fn fold(model: &mut Model, action: Action) {
    let article = Arc::clone(&model.article);
    let Some(fold) = model.flow.fold_at(&article, model.caret).or_else(|| model.fold_in_view()) else {
        model.say("no folded furniture in view");
        return;
    };
    let open = match action {
        Action::FoldOpen => true,
        Action::FoldClose => false,
        _ => !model.flow.folds()[fold].open,
    };
    model.set_fold(fold, open);
}
