//! Annotations of Hypothesis: the file that its client exports, and what its programming interface gives for a search.

use serde_json::Value;

use super::{Incoming, foreign};
use crate::annotation::{Annotation, Stamp};
use crate::store::schema::Parsed;

/// The annotations of a file: `annotations` of an export, `rows` of a search, or a bare list.
fn rows(value: &Value) -> &[Value] {
    let list = value["annotations"].as_array().or_else(|| value["rows"].as_array()).or_else(|| value.as_array());
    list.map_or(&[], Vec::as_slice)
}

/// True for an export or a search result.
#[must_use]
pub fn fits(value: &Value) -> bool {
    let hypothesis = |row: &Value| row["user"].is_string() && (row["uri"].is_string() || row["target"].is_array());
    match rows(value).first() {
        Some(first) => hypothesis(first),
        None => value["export_userid"].is_string() || (value["rows"].is_array() && value["total"].is_u64()),
    }
}

/// The annotations, in their order. Replies, which have no target of their own, come as notes on the page.
#[must_use]
pub fn read(value: &Value) -> Incoming {
    let mut parsed = Parsed::default();
    parsed.notes.annotations = rows(value).iter().map(annotation).collect();
    Incoming { parsed, own: false, utf16: true }
}

fn annotation(row: &Value) -> Annotation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let stamp = Stamp { now: text(&row["created"]), creator: creator(row) };
    let selectors = row["target"][0]["selector"].as_array().map_or(&[][..], Vec::as_slice);
    let selector = |kind: &str| selectors.iter().find(|s| s["type"] == kind).unwrap_or(&Value::Null);
    let (quote, position) = (selector("TextQuoteSelector"), selector("TextPositionSelector"));
    let words = text(&quote["exact"]);
    let key = row["id"].as_str().map_or_else(|| row.to_string(), str::to_owned);
    let mut new = foreign(&["hypothesis", &key], &words, &stamp);
    new.modified = text(&row["updated"]);
    new.anchor.prefix = text(&quote["prefix"]);
    new.anchor.suffix = text(&quote["suffix"]);
    let offset = |key: &str| position[key].as_u64().and_then(|at| usize::try_from(at).ok());
    if let (Some(start), Some(end)) = (offset("start"), offset("end"))
        && start <= end
    {
        (new.anchor.start, new.anchor.end) = (start, end);
    }
    new.note = text(&row["text"]);
    for tag in row["tags"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !tag.is_empty() && !new.tags.iter().any(|t| t == tag) {
            new.tags.push(tag.to_owned());
        }
    }
    new.motivation = new.fitting_motivation().to_owned();
    new
}

/// The name that is shown, else that of the account.
fn creator(row: &Value) -> String {
    let shown = row["user_info"]["display_name"].as_str().filter(|name| !name.is_empty());
    let account = row["user"].as_str().unwrap_or_default();
    let account = account.strip_prefix("acct:").unwrap_or(account);
    shown.unwrap_or_else(|| account.strip_suffix("@hypothes.is").unwrap_or(account)).to_owned()
}
