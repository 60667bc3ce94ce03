//! A document as JSON and its tables as CSV: every word of it, typed, with suppressed figures as they are printed.

use demerge::report::packed::{document_json, tables_csv};
use serde_json::{Value, json};

use crate::documents::{case47, sample};

/// Truth: the sample, by hand.
#[test]
fn the_json_says_what_the_document_says() {
    let bytes = document_json(&sample());
    assert_eq!(bytes, document_json(&sample()), "same document, same bytes");
    let found: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(found["schema"], "demerge/document/1");
    assert_eq!((&found["audience"], &found["date"]), (&json!("public"), &json!("2021-03-05")));
    let blocks = &found["sections"][0]["blocks"];
    assert_eq!(blocks[1], json!({"kind": "heading", "text": "Posts on offer"}));
    let table = &blocks[2];
    assert_eq!((&table["kind"], &table["number"]), (&json!("table"), &json!(1)));
    assert_eq!(table["columns"][2], json!({"heading": "FTE", "kind": "figures"}));
    assert_eq!(table["rows"][0][3], json!({"text": "£100,879", "type": "money", "value": "100879.00"}));
    assert_eq!(table["rows"][1][2], json!({"text": "0.60", "type": "number", "value": "0.60"}));
    assert_eq!(table["rows"][1][3], json!({"text": "[c]", "type": "suppressed"}));
    assert_eq!(table["rows"][2][0], json!({"text": "=A03", "type": "text"}));
    let drawing = &found["sections"][1]["blocks"][0];
    assert_eq!(drawing["description"], "Brackmere has 4 vacancies, Southfen 6.");
    let definitions = &found["sections"][1]["blocks"][4];
    assert_eq!(definitions["items"], json!([{"term": "slot-in", "text": "a post that one person holds a claim to"}]));
}

#[test]
fn each_table_is_a_list() {
    let lists = tables_csv(&sample());
    let names: Vec<&str> = lists.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["table-01-posts-on-offer.csv", "table-02-vacancies-by-authority.csv"]);
    let text = String::from_utf8(lists[0].1.clone()).expect("UTF-8");
    let lines = "\u{feff}Post,Title,FTE,Salary\r\nA01,Chief Executive & Head of Paid Service,1.00,\"£100,879\"\r\n\
                 A02,Monitoring Officer <interim>,0.60,[c]\r\n'=A03,,1.25,\"£7,400.50\"\r\n";
    assert_eq!(text, lines);
}

#[test]
fn every_table_of_case47_has_its_rows() {
    let document = case47();
    let found: Value = serde_json::from_slice(&document_json(&document)).expect("JSON");
    let sections = found["sections"].as_array().expect("sections").iter();
    let blocks = sections.flat_map(|section| section["blocks"].as_array().expect("blocks"));
    let tables: Vec<&Value> = blocks.filter(|block| block["kind"] == "table").collect();
    let lists = tables_csv(&document);
    assert_eq!(tables.len(), lists.len());
    for (table, (name, list)) in tables.iter().zip(&lists) {
        let mut reader = csv::ReaderBuilder::new().from_reader(&list[3..]);
        let rows = table["rows"].as_array().expect("rows");
        assert_eq!(reader.records().filter(Result::is_ok).count(), rows.len(), "{name}");
    }
}
