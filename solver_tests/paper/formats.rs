//! Every format of a pack says the same, and none tells in a corner of its file what the others keep back.

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx};
use serde_json::Value;

use crate::cli::run::{data, folder};
use crate::paper::attack::to_look_for;
use crate::paper::recover::by_reading;
use crate::paper::write;

/// Every file below a folder.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// What can be read in a file: itself, or what its archive holds, names and properties included.
fn readable(path: &Path) -> String {
    let bytes = fs::read(path).expect("a file");
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(&bytes)) {
        text.clear();
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).expect("a part");
            // The bytes of a picture may look like anything; what it shows stands in the SVG beside it.
            if part.name().expect("a name").ends_with(".png") {
                continue;
            }
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).expect("a part can be read");
            text.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    text
}

/// Every cell of every table in the JSON, table by table.
fn of_json(path: &Path) -> Vec<Vec<String>> {
    let found: Value = serde_json::from_slice(&fs::read(path).expect("JSON")).expect("JSON");
    let sections = found["sections"].as_array().expect("sections").iter();
    let blocks = sections.flat_map(|section| section["blocks"].as_array().expect("blocks"));
    let tables = blocks.filter(|block| block["kind"] == "table");
    let text = |cell: &Value| cell["text"].as_str().expect("text").to_owned();
    let rows = |table: &Value| table["rows"].as_array().expect("rows").clone();
    tables
        .map(|table| {
            rows(table).iter().flat_map(|row| row.as_array().expect("cells").clone()).map(|it| text(&it)).collect()
        })
        .collect()
}

/// The same of a page.
fn of_html(path: &Path) -> Vec<Vec<String>> {
    let page = fs::read_to_string(path).expect("a page");
    crate::paper::read::tables(&page).into_iter().map(|table| table.rows.concat()).collect()
}

/// The same of lists.
fn of_csv(folder: &Path) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    paths.sort();
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).expect("a list");
        let mut reader = csv::ReaderBuilder::new().from_reader(&bytes[3..]);
        reader.records().flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>()).collect()
    };
    paths.iter().map(read).collect()
}

/// Truth: the JSON, which is the document itself; ids and pay are those of the files.
#[test]
fn the_formats_agree_and_name_nobody() {
    let out = folder();
    let into = out.path().join("pack");
    let more = ["--equality", "--compare", "S3", "--letters", "none", "--audience", "public"];
    let ran = write(&data("case47"), "S1", &into, &more);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let public = into.join("public");
    let truth = of_json(&public.join("paper.json"));
    assert!(truth.len() > 15);
    let page = of_html(&public.join("paper.html"));
    assert_eq!(page.len(), truth.len());
    for (page, truth) in page.iter().zip(&truth) {
        assert_eq!(page, truth);
    }
    let lists = of_csv(&public.join("paper-tables"));
    assert_eq!(lists.concat().len(), truth.concat().len());
    for mark in ["[c]", "47", "35"] {
        let count = |tables: &[Vec<String>]| tables.iter().flatten().filter(|cell| *cell == mark).count();
        assert_eq!(count(&lists), count(&truth), "{mark}");
    }
    let mut book =
        Xlsx::new(Cursor::new(fs::read(public.join("paper.xlsx")).expect("a workbook"))).expect("a workbook");
    let sheets = book.worksheets();
    let kept = sheets.iter().flat_map(|(_, sheet)| sheet.rows().flatten().cloned().collect::<Vec<_>>());
    let kept = kept.filter(|cell| matches!(cell, Data::String(text) if text == "[c]")).count();
    assert!(kept >= truth.iter().flatten().filter(|cell| *cell == "[c]").count());
    let (ids, secrets) = to_look_for("case47");
    let mut all = Vec::new();
    files(&into, &mut all);
    // A PDF is not looked into here: `leak_check.py` and `paper_check.py` do so.
    for path in all.iter().filter(|path| path.extension().is_some_and(|it| it != "pdf")) {
        let text = readable(path);
        let found = by_reading(&text, &ids, &[]);
        assert!(found.is_empty(), "{}: {found:?}", path.display());
        if path.extension().is_some_and(|it| it == "html" || it == "json" || it == "csv") {
            let found = by_reading(&text, &[], &secrets);
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}
