//! What a page says of its article in JSON-LD, in the words of schema.org.

use serde_json::Value;

use super::tidy;

/// An article as the page describes it to machines.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Described {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) url: Option<String>,
    /// The page says that it is not free to read.
    pub(super) paid: bool,
}

/// How many objects of a page are looked at.
const OBJECTS: usize = 500;

/// The article among the data islands of a page: the first that is of a type of news, else of any written work.
pub(super) fn article(data: &[&str]) -> Option<Described> {
    let values: Vec<Value> = data.iter().filter_map(|d| parse(d)).collect();
    let mut objects = Vec::new();
    for value in &values {
        collect(value, &mut objects);
    }
    let best = objects.iter().filter_map(|o| Some((rank(o)?, *o))).min_by_key(|(rank, _)| *rank).map(|(_, o)| o)?;
    let name_of = |key: &str| best.get(key).and_then(|v| names(v, &objects).into_iter().next());
    Some(Described {
        headline: text(best, "headline").or_else(|| text(best, "name")),
        authors: ["author", "creator"]
            .iter()
            .filter_map(|k| best.get(*k))
            .map(|v| names(v, &objects))
            .find(|n| !n.is_empty())
            .unwrap_or_default(),
        published: text(best, "datePublished").or_else(|| text(best, "dateCreated")).or_else(|| text(best, "uploadDate")),
        modified: text(best, "dateModified"),
        publisher: name_of("publisher").or_else(|| name_of("sourceOrganization")),
        lang: text(best, "inLanguage"),
        paid: best.get("isAccessibleForFree").is_some_and(|v| match v {
            Value::Bool(free) => !free,
            Value::String(said) => said.eq_ignore_ascii_case("false"),
            _ => false,
        }),
        url: text(best, "url").or_else(|| best.get("mainEntityOfPage").and_then(address)),
    })
}

/// JSON as pages write it: in comments or CDATA, with line feeds in strings, with a semicolon behind it.
fn parse(data: &str) -> Option<Value> {
    let json = data.trim().trim_start_matches("<!--").trim_start_matches("//").trim_start().trim_start_matches("<![CDATA[");
    let start = json.find(['{', '['])?;
    let open = json.as_bytes().get(start)?;
    let end = json.rfind(if *open == b'{' { '}' } else { ']' })? + 1;
    let json = json.get(start..end)?;
    serde_json::from_str(json).ok().or_else(|| {
        let clean: String = json.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&clean).ok()
    })
}

/// All objects, outer ones first. Parsing has bounded the depth.
fn collect<'v>(value: &'v Value, objects: &mut Vec<&'v Value>) {
    if objects.len() >= OBJECTS {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| collect(v, objects)),
        Value::Object(map) => {
            objects.push(value);
            map.values().filter(|v| v.is_object() || v.is_array()).for_each(|v| collect(v, objects));
        }
        _ => {}
    }
}

/// How likely an object is the article; smaller is better.
fn rank(object: &Value) -> Option<usize> {
    let types = match object.get("@type")? {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let of = |t: &&str| -> Option<usize> {
        let t = t.rsplit(['/', ':']).next().unwrap_or(t);
        match t {
            "LiveBlogPosting"
            | "NewsArticle"
            | "ReportageNewsArticle"
            | "AnalysisNewsArticle"
            | "OpinionNewsArticle"
            | "BackgroundNewsArticle" => Some(0),
            "Article" | "BlogPosting" | "Report" | "ScholarlyArticle" | "TechArticle" | "MedicalScholarlyArticle" => Some(1),
            t if t.ends_with("Article") || t.ends_with("Posting") => Some(2),
            "Review" | "ClaimReview" => Some(3),
            "WebPage" | "ItemPage" => Some(4),
            _ => None,
        }
    };
    let rank = types.iter().filter_map(of).min()?;
    // A teaser in a list has a headline, but hardly a date: what is described more fully is the article.
    Some(rank * 2 + usize::from(object.get("datePublished").is_none()))
}

fn text(object: &Value, key: &str) -> Option<String> {
    let value = object.get(key)?;
    let one = match value {
        Value::Array(items) => items.first()?,
        other => other,
    };
    match one {
        Value::String(s) => tidy(s),
        Value::Number(n) => Some(n.to_string()),
        Value::Object(map) => map.get("@value").or_else(|| map.get("name")).and_then(Value::as_str).and_then(tidy),
        _ => None,
    }
}

/// The names of people or organisations; `@id` leads to another object.
fn names(value: &Value, objects: &[&Value]) -> Vec<String> {
    match value {
        Value::String(name) if !name.contains("://") => tidy(name).into_iter().collect(),
        Value::Array(items) => items.iter().take(20).flat_map(|v| names(v, objects)).collect(),
        Value::Object(map) => {
            let own = map.get("name").map(|n| names(n, objects)).unwrap_or_default();
            let Some(id) = map.get("@id").filter(|_| own.is_empty()) else { return own };
            let target = objects.iter().find(|o| o.get("@id") == Some(id) && o.get("name").is_some());
            target.and_then(|o| text(o, "name")).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn address(value: &Value) -> Option<String> {
    let address = value.as_str().or_else(|| value.get("@id").and_then(Value::as_str))?;
    address.contains("://").then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_of_a_graph() {
        let data = r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebSite","name":"The Harbour Post"},
            {"@type":"Organization","@id":"#org","name":"Harbour Media"},
            {"@type":"Person","@id":"#ana","name":"Ana Sol"},
            {"@type":["Article","NewsArticle"],"headline":"Pier &amp; crane","datePublished":"2031-04-05T06:07:08Z",
             "author":[{"@id":"#ana"},{"@type":"Person","name":"Bo Lind"}],"publisher":{"@id":"#org"},"mainEntityOfPage":{"@id":"https://example.org/a"}}]}"##;
        let found = article(&[data]).expect("an article");
        assert_eq!(found.headline.as_deref(), Some("Pier & crane"));
        assert_eq!(found.authors, ["Ana Sol", "Bo Lind"]);
        assert_eq!(found.publisher.as_deref(), Some("Harbour Media"));
        assert_eq!((found.published.as_deref(), found.url.as_deref()), (Some("2031-04-05T06:07:08Z"), Some("https://example.org/a")));
    }

    #[test]
    fn json_as_pages_write_it() {
        let found = article(&["\n//<![CDATA[\n{\"@type\":\"NewsArticle\",\"headline\":\"One\ntwo\"};\n//]]>"]).expect("an article");
        assert_eq!(found.headline.as_deref(), Some("One two"));
        assert_eq!(article(&["{", "nonsense", "[]", "{\"@type\":\"Recipe\"}"]), None);
        let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
        assert_eq!(article(&[&deep]), None);
    }
}
