//! The public paper tells enough to be consulted on: headlines, no table of gaps, broader rows instead of small ones.

use crate::cli::run::{data, folder};
use crate::paper::read::{Table, table, tables};
use crate::paper::{Pack, pack, write};

const COMPARED: [&str; 3] = ["--equality", "--compare", "S3,S7"];

fn public(more: &[&str]) -> Vec<Table> {
    let Pack { public, .. } = pack("case47", "S1", more);
    tables(&public)
}

fn row(tables: &[Table], caption: &str, name: &str) -> Vec<String> {
    let table = table(tables, caption).unwrap_or_else(|| panic!("{caption}: no such table"));
    let row = table.rows.iter().find(|row| row[0] == name).unwrap_or_else(|| panic!("{caption}: no row {name}"));
    row[1..].to_vec()
}

/// Truth: `data/README.md` (46 of 47 placed, 55 seats of which 9 are empty), and what "fewer than 5" leaves open, by hand.
#[test]
fn the_headlines_are_told() {
    let tables = public(&COMPARED);
    const MAIN: &str = "People and seats by council";
    assert_eq!(row(&tables, MAIN, "All"), ["47", "55", "43 to 46", "9 to 12"]);
    assert_eq!(row(&tables, MAIN, "Brackmere District Council (A)"), ["38", "36", "29", "7"]);
    assert_eq!(row(&tables, MAIN, "Southfen District Council (B)"), ["9", "19", "14 to 17", "2 to 5"]);
    assert_eq!(
        row(&tables, "People who would prefer one council, and", "Placed at the council that they prefer"),
        ["35"]
    );
    assert_eq!(row(&tables, "Where each person's post stands", "1st choice"), ["40"]);
    let Pack { public, .. } = pack("case47", "S1", &COMPARED);
    assert!(public.contains("Between 43 and 46 of the 47 people would have a post, and fewer than 5 would not."));
}

/// Truth: the exempt paper's rows, added up by hand: G5 to G9 have 1, 1, 4 and 9 seats, of which 2 of G9 are empty.
#[test]
fn small_rows_stand_together() {
    let tables = public(&COMPARED);
    assert_eq!(row(&tables, "Seats by grade", "G5 to G9"), ["15", "13", "2"]);
    assert_eq!(row(&tables, "Where each person's post stands", "2nd choice or lower"), ["1 to 4"]);
    assert_eq!(row(&tables, "Disability:", "All other groups"), ["5"]);
    assert!(table(&tables, "Family").is_none(), "all groups but one are too small");
}

/// Truth: counting.
#[test]
fn no_table_is_mostly_gaps() {
    for (case, scenario, more) in
        [("case47", "S1", &COMPARED[..]), ("case47", "S5", &[]), ("example", "S1", &["--equality", "--compare", "S2"])]
    {
        for threshold in ["3", "5", "10"] {
            let Pack { public, .. } = pack(case, scenario, &[more, &["--threshold", threshold]].concat());
            for table in tables(&public) {
                let cells = table.rows.iter().flat_map(|row| &row[1..]);
                let kept = cells.clone().filter(|cell| *cell == "[c]").count();
                assert!(2 * kept <= cells.count(), "{case} {scenario} {threshold}: {} has {kept} gaps", table.caption);
            }
        }
    }
}

/// Truth: what the screen counts; the tables themselves are read above.
#[test]
fn most_figures_are_told_closely_and_nine_in_ten_in_some_way() {
    let out = folder();
    let more = [&COMPARED[..], &["--formats", "html", "--audience", "public"]].concat();
    let ran = write(&data("case47"), "S1", &out.path().join("pack"), &more);
    let said = ran.out.lines().find(|line| line.starts_with("Of ")).expect("the sentence").to_owned();
    let numbers: Vec<u32> = said.split(|it: char| !it.is_ascii_digit()).filter_map(|it| it.parse().ok()).collect();
    let [all, exact, close, 5, vague] = numbers[..] else { panic!("{said}") };
    assert!(2 * (exact + close) > all && 10 * (all - exact - close - vague) <= all, "{said}");
}
