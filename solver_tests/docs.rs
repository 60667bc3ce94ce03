//! The documents say what is there: every module in the architecture, every link of the README.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Names of the `.rs` files in a folder, without the ending.
fn modules(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the source is there");
    let paths = entries.map(|entry| entry.expect("the source can be listed").path());
    let mut names: Vec<String> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// The names in the first column of the table of modules.
fn named(architecture: &str) -> Vec<String> {
    let table = architecture.split("\n## ").find(|part| part.starts_with("Modules and walls")).expect("the table");
    let first = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let mut names: Vec<String> =
        first.flat_map(|cell| cell.split(", ").map(|name| name.trim_matches('`').to_owned())).collect();
    names.sort();
    names
}

/// Where the links of a Markdown text lead, within the repository and without anchors.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let here = targets.filter(|target| !target.contains("://")).map(|it| it.split('#').next().unwrap_or(it));
    here.filter(|target| !target.is_empty()).collect()
}

/// Truth: the files in `src`.
#[test]
fn the_architecture_names_every_module() {
    assert_eq!(named(&text("docs/ARCHITECTURE.md")), modules(&root().join("src")));
}

/// Truth: the files in `src/kernel`, whose rooms the page lists.
#[test]
fn the_architecture_names_every_room_of_the_kernel() {
    let page = text("docs/ARCHITECTURE.md");
    let start = page.find("- **`kernel`** has").expect("the paragraph on the kernel");
    let paragraph = page[start..].split("\n- ").next().expect("split gives one piece");
    for room in modules(&root().join("src/kernel")) {
        assert!(paragraph.contains(&format!("`{room}`")), "docs/ARCHITECTURE.md says nothing of kernel/{room}.rs");
    }
}

/// Truth: the file system.
#[test]
fn every_link_leads_somewhere() {
    let mut pages = vec!["README.md".to_owned(), "CHANGELOG.md".to_owned(), "data/README.md".to_owned()];
    for entry in fs::read_dir(root().join("docs")).expect("docs") {
        pages.push(format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy()));
    }
    for page in pages.iter().filter(|page| page.ends_with(".md")) {
        let folder = root().join(page).parent().expect("a file is in a folder").to_owned();
        for link in links(&text(page)) {
            assert!(folder.join(link).exists(), "{page} links to {link}, which is not there");
        }
    }
}

/// Truth: the file system.
#[test]
fn the_readme_leads_to_every_document() {
    let readme = text("README.md");
    let linked = links(&readme);
    for entry in fs::read_dir(root().join("docs")).expect("docs") {
        let file = format!("docs/{}", entry.expect("an entry").file_name().to_string_lossy());
        assert!(linked.contains(&file.as_str()), "README.md does not lead to {file}");
    }
}
