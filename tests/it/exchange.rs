//! Notes out into every format and back, through the program: what each format holds, what it says it cannot hold, and that import loses nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pty::Start;

const HARBOUR: &str = include_str!("fixtures/harbour.txt");
const NOTES: &str = include_str!("fixtures/notes/v1-full.pullquote.json");

struct Desk(TempDir);

struct Ran {
    code: Option<i32>,
    out: Vec<u8>,
    err: String,
}

impl Desk {
    /// With the harbour article, and its notes when they are wanted.
    fn new(notes: bool) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.put("a.txt", HARBOUR);
        if notes {
            desk.put("a.txt.pullquote.json", NOTES);
        }
        desk
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.at(name), content).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.at(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Ran {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
        command.env_clear().env("HOME", self.at("home")).env("USER", "ada").current_dir(self.0.path());
        let output = command.args(args).output().unwrap();
        Ran { code: output.status.code(), out: output.stdout, err: String::from_utf8(output.stderr).unwrap() }
    }

    fn export(&self, format: &str) -> Ran {
        let ran = self.run(&["export", "a.txt", "--format", format]);
        assert_eq!(ran.code, Some(0), "{format}: {}", ran.err);
        ran
    }

    fn annotations(&self) -> Vec<Value> {
        let notes: Value = serde_json::from_str(&self.read("a.txt.pullquote.json")).unwrap();
        notes["annotations"].as_array().unwrap().clone()
    }
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.out).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.out).unwrap()
    }

    #[track_caller]
    fn says(&self, code: i32, out: &str) {
        assert_eq!((self.code, self.text(), self.err.as_str()), (Some(code), out, ""));
    }
}

fn code_points(from: u64, to: u64) -> String {
    HARBOUR.chars().skip(usize::try_from(from).unwrap()).take(usize::try_from(to - from).unwrap()).collect()
}

/// Where words begin in the harbour article, in code points.
fn place(words: &str) -> usize {
    HARBOUR[..HARBOUR.find(words).unwrap()].chars().count()
}

#[test]
fn w3c_gives_the_same_file_again() {
    let (desk, other) = (Desk::new(true), Desk::new(false));
    let exported = desk.export("w3c");
    assert_eq!(exported.err, "", "nothing is left out");
    let collection = exported.json();
    assert_eq!((&collection["type"], &collection["total"]), (&json!("AnnotationCollection"), &json!(6)));
    let items = collection["first"]["items"].as_array().unwrap();
    for item in items.iter().filter(|i| !i["target"]["selector"].is_null()) {
        let [position, quote] = item["target"]["selector"].as_array().unwrap().as_slice() else { panic!("{item}") };
        if item["target"]["source"] == "https://news.example/port-fees.txt" {
            assert_eq!(
                code_points(position["start"].as_u64().unwrap(), position["end"].as_u64().unwrap()),
                quote["exact"].as_str().unwrap()
            );
        }
    }
    other.put("in.jsonld", &exported.out);
    other.run(&["import", "in.jsonld", "--for", "a.txt"]).says(0, "5 attached, 0 changed, 1 orphan, 0 duplicate, 1 correction\n");
    assert_eq!(other.read("a.txt.pullquote.json"), desk.export("json").text(), "to the byte");
    other.run(&["import", "in.jsonld", "--for", "a.txt"]).says(0, "0 attached, 0 changed, 0 orphan, 6 duplicate\n");
    assert_eq!(other.read("a.txt.pullquote.json"), desk.export("json").text());
    let nothing = desk.run(&["export", "a.txt", "--format", "w3c", "--tag", "no such"]);
    assert_eq!((nothing.code, nothing.json()["total"].clone(), nothing.json()["first"].clone()), (Some(1), json!(0), Value::Null));
}

#[test]
fn hypothesis_counts_as_browsers_do_and_comes_back() {
    let desk = Desk::new(false);
    desk.put("a.txt", format!("😀 {HARBOUR}"));
    desk.run(&["add", "a.txt", "--exact", "harbour fees", "--tag", "fee", "--note", "why 😀?", "--color", "green"]);
    desk.run(&["add", "a.txt", "--page", "--note", "thin"]);
    let ran = desk.export("hypothesis");
    assert_eq!(ran.err, "pullquote: left out, because hypothesis has no place for them: 1 colour, 2 dates\n");
    let rows = ran.json()["annotations"].as_array().unwrap().clone();
    let row = rows.iter().find(|r| r["text"] == "why 😀?").unwrap();
    let [position, quote] = row["target"][0]["selector"].as_array().unwrap().as_slice() else { panic!("{row}") };
    let units: Vec<u16> = format!("😀 {HARBOUR}").encode_utf16().collect();
    let at = |key: &str| usize::try_from(position[key].as_u64().unwrap()).unwrap();
    assert_eq!(String::from_utf16(&units[at("start")..at("end")]).unwrap(), "harbour fees");
    assert_eq!((&quote["exact"], &row["tags"], &row["user"]), (&json!("harbour fees"), &json!(["fee"]), &json!("acct:ada@hypothes.is")));
    desk.put("h.json", &ran.out);
    desk.run(&["import", "h.json", "--for", "a.txt"]).says(0, "0 attached, 0 changed, 0 orphan, 2 duplicate\n");
    desk.run(&["import", "h.json", "--for", "a.txt", "--notes", "new.json"]).says(0, "2 attached, 0 changed, 0 orphan, 0 duplicate\n");
    desk.run(&["import", "h.json", "--for", "a.txt", "--notes", "new.json"]).says(0, "0 attached, 0 changed, 0 orphan, 2 duplicate\n");
    let listed = desk.run(&["list", "a.txt", "--notes", "new.json", "--format", "json"]).json();
    let kept = listed.as_array().unwrap().iter().find(|a| a["note"] == "why 😀?").unwrap();
    assert_eq!(
        (&kept["creator"], &kept["origin"], &kept["tags"], &kept["anchor"]["start"]),
        (&json!("ada"), &json!("imported"), &json!(["fee"]), &json!(2 + place("harbour fees")))
    );
}

#[test]
fn readwise_goes_out_and_comes_back() {
    let (desk, other) = (Desk::new(true), Desk::new(false));
    let ran = desk.export("readwise");
    let dropped = "1 note on the page, 1 sign that an orphan's words are gone, 2 tags' spelling, 1 correction\n";
    assert!(ran.err.ends_with(dropped), "{}", ran.err);
    let mut csv = csv::Reader::from_reader(ran.out.as_slice());
    assert_eq!(csv.headers().unwrap().iter().collect::<Vec<_>>(), ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"]);
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 5);
    let sign = rows.iter().find(|r| r[0].starts_with("“We will sign")).unwrap();
    assert_eq!((&sign[2], &sign[3], &sign[6]), ("Jo Writer", "https://news.example/port-fees.txt", "2026-01-02 03:04:05"));
    assert_eq!(&sign[4], ".claim .EU_port\nLead with this.\nCheck the *date*, please; \"quoted\", comma, 😀");
    assert!(rows.iter().any(|r| &r[4] == "'=1+1 overlaps the quotation"), "a formula is guarded");
    other.put("r.csv", &ran.out);
    other.run(&["import", "r.csv", "--for", "a.txt"]).says(0, "4 attached, 0 changed, 1 orphan, 0 duplicate\n");
    other.run(&["import", "r.csv", "--for", "a.txt"]).says(0, "0 attached, 0 changed, 0 orphan, 5 duplicate\n");
    let notes: Vec<String> = other.annotations().iter().map(|a| a["note"].as_str().unwrap().to_owned()).collect();
    assert!(notes.contains(&"=1+1 overlaps the quotation".to_owned()), "the guard goes again: {notes:?}");
}

#[test]
fn label_formats_hold_spans_of_code_points() {
    let desk = Desk::new(true);
    let ran = desk.export("spacy");
    assert!(ran.err.contains("1 overlapping annotation") && ran.err.lines().count() == 1, "{}", ran.err);
    let record = ran.json();
    assert_eq!(record["text"], HARBOUR);
    let spans = record["spans"].as_array().unwrap();
    let mut end = 0;
    for (span, entity) in spans.iter().zip(record["entities"].as_array().unwrap()) {
        assert_eq!(entity, &json!([span["start"], span["end"], span["label"]]));
        assert!(span["start"].as_u64().unwrap() >= end, "they do not overlap: {spans:?}");
        end = span["end"].as_u64().unwrap();
    }
    let said: Vec<String> = spans.iter().map(|s| code_points(s["start"].as_u64().unwrap(), s["end"].as_u64().unwrap())).collect();
    assert_eq!(said, ["12 per cent", "“We will sign before the summer,”", "Nils Lindgren"]);

    let ran = desk.export("label-studio");
    assert!(ran.err.contains("1 orphan"), "{}", ran.err);
    let tasks = ran.json();
    let result = tasks[0]["predictions"][0]["result"].as_array().unwrap();
    let regions: Vec<&Value> = result.iter().filter(|r| r["type"] == "labels").collect();
    assert_eq!(regions.len(), 4, "overlaps are no matter here");
    for region in regions.iter().map(|r| &r["value"]) {
        assert_eq!(code_points(region["start"].as_u64().unwrap(), region["end"].as_u64().unwrap()), region["text"].as_str().unwrap());
    }
    let note = result.iter().find(|r| r["type"] == "textarea").unwrap();
    assert!(regions.iter().any(|r| r["id"] == note["id"]), "a note belongs to its region");
}

#[test]
fn refi_qda_is_a_zip_of_a_project_and_its_texts() {
    let desk = Desk::new(true);
    desk.run(&["export", "a.txt", "a.txt", "--format", "refi-qda", "-o", "p.qdpx"]);
    let mut zip = zip::ZipArchive::new(std::fs::File::open(desk.at("p.qdpx")).unwrap()).unwrap();
    let names: Vec<String> = zip.file_names().map(str::to_owned).collect();
    assert_eq!((names.len(), names.iter().filter(|n| n.starts_with("Sources/") && n.ends_with(".txt")).count()), (3, 2), "{names:?}");
    let project = std::io::read_to_string(zip.by_name("project.qde").unwrap()).unwrap();
    let quotation = "“We will sign before the summer,”";
    let (start, end) = (place(quotation), place(quotation) + quotation.chars().count());
    assert!(project.contains(&format!("name=\"{quotation}\" startPosition=\"{start}\" endPosition=\"{end}\"")), "{project}");
    assert!(
        project.contains("<Description>Lead with this.\nCheck the *date*, please; &quot;quoted&quot;, comma, 😀</Description>"),
        "{project}"
    );
    for code in ["Quote", "Article", "claim", "EU-port", "=fee", "press release", "status: needs-source"] {
        assert!(project.contains(&format!("name=\"{code}\" isCodable=\"true\"")), "{code}: {project}");
    }
    let guids: Vec<&str> = project.split(" guid=\"").skip(1).map(|g| &g[..36]).collect();
    let distinct: std::collections::HashSet<&&str> = guids.iter().collect();
    assert_eq!(distinct.len(), guids.len(), "each once, though the article comes twice");
    let text = names.iter().find(|n| n.starts_with("Sources/")).unwrap();
    assert_eq!(std::io::read_to_string(zip.by_name(text).unwrap()).unwrap(), HARBOUR);
}

#[test]
fn the_page_for_a_browser_holds_everything_and_loads_nothing() {
    let desk = Desk::new(true);
    let page = desk.export("html").text().to_owned();
    for part in [
        "Content-Security-Policy",
        "needs-source",
        "Lead with this.",
        "A thin article.",
        "words that were taken",
        "Who said what",
        "12 percent",
        "EU-port",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains("<mark class=\"pink several\">sign before the summer,”</mark>"), "overlapping highlights: {page}");
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("url("));
    let both = desk.run(&["export", "a.txt", "a.txt", "--format", "html"]).text().to_owned();
    assert_eq!((both.matches("<article ").count(), both.matches("<!doctype").count()), (2, 1));
}

#[test]
fn a_page_in_a_file_keeps_the_readers_lines() {
    let desk = Desk::new(true);
    for format in ["markdown", "obsidian"] {
        let (file, export) = (format!("{format}.md"), ["export", "a.txt", "--format", format, "-o"]);
        let write = || desk.run(&[&export[..], &[file.as_str()]].concat());
        assert_eq!(write().code, Some(0));
        let first = desk.read(&file);
        assert_eq!(write().code, Some(0));
        assert_eq!(desk.read(&file), first, "nothing new");
        desk.put(&file, format!("{first}\nMy own thoughts.\n"));
        desk.run(&["add", "a.txt", "--exact", "last raised", "--note", &format!("new in {format}")]);
        assert_eq!(write().code, Some(0));
        let again = desk.read(&file);
        assert!(again.contains(&format!("new in {format}")) && again.contains("\nMy own thoughts.\n"), "{again}");
    }
    assert!(desk.read("obsidian.md").starts_with("---\ntitle: \"Port fees"), "{}", desk.read("obsidian.md"));
    desk.put("mine.md", "# My page\n");
    let refused = desk.run(&["export", "a.txt", "--format", "markdown", "-o", "mine.md"]);
    let why = "pullquote: cannot write 'mine.md': it was not written by pullquote and its lines would be lost; give another file\n";
    assert_eq!((refused.code, refused.err.as_str(), desk.read("mine.md").as_str()), (Some(2), why, "# My page\n"));
}

#[test]
fn creator_and_time_filter() {
    let desk = Desk::new(true);
    let count = |args: &[&str]| {
        let ran = desk.run(&[&["list", "a.txt", "--format", "json"], args].concat());
        ran.json().as_array().unwrap().len()
    };
    assert_eq!((count(&["--creator", "BO"]), count(&["--creator", "ada"])), (1, 5));
    assert_eq!(
        (count(&["--since", "2026-01-03"]), count(&["--since", "2026-01-02T03:04:05Z"]), count(&["--since", "2026-01-04"])),
        (1, 6, 0)
    );
    let wrong = desk.run(&["list", "a.txt", "--since", "soon"]);
    assert!(wrong.code == Some(2) && wrong.err.contains("not a day (2026-01-31)"), "{}", wrong.err);
}

#[test]
fn import_keeps_what_does_not_fit_and_takes_in_another_persons_notes() {
    let desk = Desk::new(true);
    let w3c = json!({"@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://x.example/1", "type": "Annotation", "creator": {"name": "Cy", "type": "Person"},
        "bodyValue": "hm", "target": {"source": "https://news.example/port-fees.txt", "selector": {"type": "TextQuoteSelector", "exact": "not in this article"}}});
    desk.put("w.jsonld", w3c.to_string());
    desk.run(&["import", "w.jsonld", "--for", "a.txt", "--dry-run"]).says(0, "0 attached, 0 changed, 1 orphan, 0 duplicate\n");
    assert_eq!(desk.annotations().len(), 6, "a dry run writes nothing");
    desk.run(&["import", "w.jsonld", "--for", "a.txt"]).says(0, "0 attached, 0 changed, 1 orphan, 0 duplicate\n");
    // A colleague's file: one new note on words that have one already, one that both have and the colleague edited.
    let mut theirs: Value = serde_json::from_str(NOTES).unwrap();
    let list = theirs["annotations"].as_array_mut().unwrap();
    list.retain(|a| a["kind"] == "figure");
    let mut new = list[0].clone();
    (new["id"], new["creator"], new["note"]) = (json!("urn:uuid:dee"), json!("dee"), json!("hers"));
    (list[0]["rev"], list[0]["note"]) = (json!(2), json!("edited"));
    list.push(new);
    desk.put("theirs.json", theirs.to_string());
    desk.run(&["import", "theirs.json", "--for", "a.txt"]).says(0, "1 attached, 0 changed, 0 orphan, 0 duplicate, 1 merged\n");
    let figures: Vec<(Value, Value)> =
        desk.annotations().iter().filter(|a| a["kind"] == "figure").map(|a| (a["creator"].clone(), a["note"].clone())).collect();
    assert_eq!(figures, [(json!("ada"), json!("edited")), (json!("dee"), json!("hers"))]);
    for (name, content, why) in [
        (
            "x.json",
            "{\"a\": 1}",
            "it is no notes file, no W3C annotations, no export of Hypothesis and no CSV of Readwise; export it again in one of these formats",
        ),
        ("y.json", "{\"a\" 1}", "line 1, column 6: expected `:`"),
    ] {
        desk.put(name, content);
        let refused = desk.run(&["import", name, "--for", "a.txt"]);
        assert_eq!((refused.code, refused.err), (Some(2), format!("pullquote: cannot import '{name}': {why}\n")));
    }
    desk.put("empty.json", include_str!("fixtures/notes/v1-empty.pullquote.json"));
    let empty = desk.run(&["import", "empty.json", "--for", "a.txt"]);
    assert_eq!((empty.code, empty.err.as_str()), (Some(1), "pullquote: 'empty.json' holds no annotations\n"));
    assert_eq!(
        desk.run(&["import", "w.jsonld", "--for", "gone.txt"]).err,
        "pullquote: cannot read 'gone.txt': no such file; check the path\n"
    );
}

#[test]
fn tags_change_in_all_files_only_when_told_to() {
    let desk = Desk::new(true);
    std::fs::create_dir(desk.at("more")).unwrap();
    desk.put("more/b.txt", HARBOUR);
    desk.run(&["add", "more/b.txt", "--exact", "harbour fees", "--tag", "claim", "--tag", "port"]);
    desk.run(&["tags", "list"]).says(
        0,
        "TAG            ANNOTATIONS  FILES\nclaim          2            2\n=fee           1            1\nEU-port        1            1\nport           1            1\npress release  1            1\n",
    );
    let before = desk.read("a.txt.pullquote.json");
    let plan = "./a.txt.pullquote.json: 1 annotation\n./more/b.txt.pullquote.json: 1 annotation\n2 annotations";
    desk.run(&["tags", "rename", "claim", "to check"]).says(0, &format!("{plan} would change; --apply writes it\n"));
    assert_eq!(desk.read("a.txt.pullquote.json"), before);
    desk.run(&["tags", "rename", "claim", "to check", "--apply"]).says(0, &format!("{plan} changed\n"));
    let tagged = |name: &str| {
        desk.annotations().iter().filter(|a| a["tags"].as_array().unwrap().contains(&json!(name))).cloned().collect::<Vec<_>>()
    };
    assert_eq!((tagged("claim").len(), tagged("to check").len(), &tagged("to check")[0]["rev"]), (0, 1, &json!(4)));
    let taken = desk.run(&["tags", "rename", "to check", "port"]);
    assert_eq!(taken.err, "pullquote: the tag 'port' is in use; to make the two one: pullquote tags merge 'to check' --into 'port'\n");
    desk.run(&["tags", "merge", "to check", "port", "--into", "port", "--in", "more", "--apply"])
        .says(0, "more/b.txt.pullquote.json: 1 annotation\n1 annotation changed\n");
    desk.run(&["tags", "list", "--in", "more/b.txt", "--format", "json"])
        .says(0, "[\n  {\n    \"tag\": \"port\",\n    \"annotations\": 1,\n    \"files\": 1\n  }\n]\n");
    desk.run(&["tags", "delete", "=fee", "EU-port", "--apply"]).says(0, "./a.txt.pullquote.json: 2 annotations\n2 annotations changed\n");
    let none = desk.run(&["tags", "delete", "Press Release"]);
    assert_eq!(
        (none.code, none.err.as_str()),
        (Some(1), "pullquote: no annotation has the tag 'Press Release'; there is 'press release'\n")
    );
    desk.put("bad.pullquote.json", "{");
    let some = desk.run(&["tags", "delete", "press release", "--apply"]);
    assert_eq!((some.code, some.err.lines().count()), (Some(2), 1), "the others are done: {}", some.err);
    assert!(tagged("press release").is_empty());
}

#[test]
fn the_schema_is_printed_and_old_files_load() {
    let desk = Desk::new(false);
    let schema = desk.run(&["schema"]).json();
    assert_eq!(
        (&schema["title"], &schema["properties"]["format"]["const"]),
        (&json!("pullquote notes file, version 1"), &json!("pullquote"))
    );
    assert!(schema["$defs"]["Annotation"]["properties"]["kind"]["enum"].as_array().unwrap().contains(&json!("quote")));
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/fixtures/notes");
    for file in std::fs::read_dir(fixtures).unwrap().map(|e| e.unwrap().path()) {
        let wanted: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let listed = desk.run(&["list", "a.txt", "--format", "json", "--notes", file.to_str().unwrap()]);
        assert_eq!((listed.json().as_array().map(Vec::len), listed.err.as_str()), (wanted["annotations"].as_array().map(Vec::len), ""));
    }
}

#[test]
fn the_reader_imports_a_file_and_takes_it_back() {
    let desk = Desk::new(false);
    let from = Desk::new(true);
    desk.put("in.jsonld", from.export("w3c").out);
    let mut run = Start::pullquote([desk.at("a.txt")]).dir(desk.0.path()).size(120, 40).env("TERM", "xterm-256color").go();
    run.wait_text("READ");
    run.keys(":import in.jsonld\r");
    run.wait_text("imported: 5 attached, 0 changed, 1 orphan, 0 duplicate, 1 correction");
    run.wait_text("6 notes · saved");
    assert_eq!(desk.annotations().len(), 6);
    run.keys("Iin.jsonld\r");
    run.wait_text("nothing new: 0 attached, 0 changed, 0 orphan, 6 duplicate");
    run.keys("u");
    run.wait_text("undone: imported");
    run.keys(":import no such file\r");
    run.wait_text("cannot import 'no such file': no such file");
    run.keys("q");
    assert_eq!(run.exit().code, Some(0));
    assert_eq!(desk.annotations().len(), 0);
}

#[test]
fn an_export_never_takes_the_place_of_the_article_or_of_notes() {
    let desk = Desk::new(true);
    for to in ["a.txt", "a.txt.pullquote.json"] {
        let done = desk.run(&["export", "a.txt", "--format", "json", "-o", to]);
        assert_eq!(done.code, Some(2), "{}", done.err);
        assert!(done.err.contains("would be lost"), "{}", done.err);
    }
    assert_eq!((desk.read("a.txt").as_str(), desk.read("a.txt.pullquote.json").as_str()), (HARBOUR, NOTES));
    let done = desk.run(&["merge", "a.txt.pullquote.json", "a.txt.pullquote.json", "-o", "a.txt"]);
    assert_eq!((done.code, desk.read("a.txt").as_str()), (Some(2), HARBOUR), "{}", done.err);
}
