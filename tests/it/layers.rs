//! A module imports only from its own layer and the ones below it.

use std::fs;
use std::path::{Path, PathBuf};

/// Lowest first; modules of one row may use each other. `fetch` stands lowest: it knows addresses and bytes, and nothing of articles.
const LAYERS: [&[&str]; 8] = [
    &["log", "text", "fetch"],
    &["article"],
    &["ingest", "analysis"],
    &["compare"],
    &["annotation"],
    &["store", "export", "import", "config"],
    &["tui", "linear"],
    &["cli"],
];

fn rank(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// The module names right after every `crate::` of a line, also those in braces (`crate::{a, b::c}`).
fn used(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for after in line.split("crate::").skip(1) {
        let (list, single) = match after.strip_prefix('{') {
            Some(braced) => (braced, false),
            None => (after, true),
        };
        let mut depth = 0;
        let mut piece = 0;
        for (i, c) in list.char_indices().chain([(list.len(), ',')]) {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    names.push(list[piece..i].trim());
                    piece = i + 1;
                    if single || c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    let name = |n: &str| n.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(n.len());
    names.into_iter().map(|n| &n[..name(n)]).filter(|n| !n.is_empty()).collect()
}

/// `(line number, module)` for everything in `source` that ranks above `own`, or is in no layer.
fn violations(own: &str, source: &str) -> Vec<(usize, String)> {
    let own = rank(own).expect("every module has a layer");
    // Lists in braces may go on over lines: join them first, keeping the number of the first line.
    let mut found = Vec::new();
    let mut lines = source.lines().enumerate();
    while let Some((i, line)) = lines.next() {
        if line.trim_start().starts_with("//") {
            continue;
        }
        let mut statement = line.to_owned();
        while statement.contains("crate::{") && !statement.contains(';') {
            let Some((_, more)) = lines.next() else { break };
            statement.push_str(more);
        }
        for name in used(&statement) {
            if rank(name).is_none_or(|r| r > own) {
                found.push((i + 1, name.to_owned()));
            }
        }
    }
    found
}

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("src is readable") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn imports_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let inside = file.strip_prefix(&src).expect("below src");
        let module = inside.iter().next().expect("a name").to_string_lossy();
        let module = module.trim_end_matches(".rs");
        if matches!(module, "lib" | "main") {
            continue;
        }
        let source = fs::read_to_string(file).expect("readable");
        wrong.extend(violations(module, &source).into_iter().map(|(line, name)| format!("src/{}:{line}: uses {name}", inside.display())));
    }
    assert!(files.len() > 20, "the walk found only {} files", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_import_from_above_is_noticed() {
    let up = "use crate::text::TextRange;\nuse crate::{article::{Article, Block}, tui};\nlet x = crate::cli::run();\n// crate::cli\n";
    assert_eq!(violations("store", up), [(2, "tui".into()), (3, "cli".into())]);
    let wrapped = "use crate::{\n    text::TextRange,\n    store::{a, b},\n};\n";
    assert_eq!(violations("annotation", wrapped), [(1, "store".into())]);
    assert_eq!(violations("store", wrapped), []);
}
