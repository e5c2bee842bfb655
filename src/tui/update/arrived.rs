//! What the workers bring: the whole article, its findings, what was typed before.

use std::sync::Arc;

use super::{labels, replay};
use crate::analysis::Findings;
use crate::article::Article;
use crate::store::typed::{Kind, Typed};
use crate::text::CodePoints;
use crate::tui::event::Effect;
use crate::tui::model::{Found, Model};

/// All of the article, in the place of its beginning.
pub(super) fn whole(model: &mut Model, article: Arc<Article>) -> Vec<Effect> {
    let warnings = article.warnings.clone();
    model.name = article.name().into();
    model.replace_beginning(article);
    model.open_place();
    labels::refresh(model);
    model.announce(warnings, false);
    replay(model)
}

/// What was found in it.
pub(super) fn found(model: &mut Model, findings: Arc<Findings>, map: Arc<CodePoints>) -> Vec<Effect> {
    model.pane.lists.compare_figures(&model.article, &findings);
    model.found = Some(Found::new(Arc::clone(&findings), findings, vec![]));
    model.map = Some(map);
    model.recorrect();
    model.refresh_findings();
    replay(model)
}

/// What was typed in earlier runs. What was typed since the start is newer.
pub(super) fn typed(model: &mut Model, typed: Typed) {
    let now = std::mem::replace(&mut model.typed, typed);
    for kind in [Kind::Command, Kind::Search, Kind::Tag, Kind::Filter] {
        now.of(kind).iter().rev().for_each(|line| model.typed.add(kind, line));
    }
}
