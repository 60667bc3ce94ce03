//! The workbook for HR: what is written reads back the same, by a reader that shares no code with the writer.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{DataRef, Reader, Xlsx};
use demerge::case::StatutoryRole;
use demerge::case::scenario::{
    Clause, FairnessRule, Level, Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover,
};
use demerge::id::{AuthorityId, GradeId, Id, PostId, StructureId};
use demerge::load::schema::{Kind, SHEETS_WITHOUT_DATA, TABLES};
use demerge::quantity::{BasisPoints, Pence, read_decimal};
use demerge::report::template::{Error, Filled, scenario_table, workbook};

/// The tables of a folder, as text.
fn folder(path: &str) -> Vec<Filled> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let table = |name: &str| {
        let mut reader = csv::Reader::from_path(root.join(format!("{name}.csv"))).ok()?;
        let headings = reader.headers().expect("headings").iter().map(str::to_owned).collect();
        let cells = |row: csv::Result<csv::StringRecord>| row.expect("a row").iter().map(str::to_owned).collect();
        let rows = reader.records().map(cells).collect();
        Some(Filled { name: name.to_owned(), headings, rows })
    };
    TABLES.iter().filter_map(|shape| table(shape.name)).collect()
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

/// The cells of a sheet by row and column, as text; figures in the shortest form, dates as ISO.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> BTreeMap<(u32, u32), String> {
    let mut reader = book.worksheet_cells_reader(sheet).expect("a sheet");
    let mut cells = BTreeMap::new();
    while let Some(cell) = reader.next_cell().expect("a cell") {
        let text = match cell.get_value() {
            DataRef::String(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Float(number) => number.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::DateTime(date) => {
                let (year, month, day, ..) = date.to_ymd_hms_milli();
                format!("{year:04}-{month:02}-{day:02}")
            }
            DataRef::Empty => continue,
            other => panic!("{sheet}: unexpected {other:?}"),
        };
        if !text.is_empty() {
            cells.insert(cell.get_position(), text);
        }
    }
    cells
}

/// One part of the zip.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("text");
    text
}

/// The XML of the sheet of a table: `Read me` is sheet 1.
fn sheet_xml(bytes: &[u8], table: &str) -> String {
    let place = TABLES.iter().position(|shape| shape.name == table).expect("a table");
    part(bytes, &format!("xl/worksheets/sheet{}.xml", place + 2))
}

#[test]
fn same_tables_same_bytes() {
    let case47 = folder("data/case47");
    for tables in [&case47[..], &[]] {
        let once = workbook(tables).expect("a workbook");
        assert!(once == workbook(tables).expect("a workbook"));
        let mut zip = zip::ZipArchive::new(Cursor::new(&once)).expect("a zip");
        for index in 0..zip.len() {
            let time = zip.by_index(index).expect("a part").last_modified();
            assert_eq!(time.map(|time| time.year()), Some(1980), "the clock was read");
        }
    }
}

#[test]
fn an_empty_workbook_has_every_heading_and_no_row() {
    let bytes = workbook(&[]).expect("a workbook");
    let mut book = open(&bytes);
    let tables = TABLES.iter().map(|shape| shape.name);
    let [guide, lists] = SHEETS_WITHOUT_DATA;
    let expected: Vec<&str> = std::iter::once(guide).chain(tables).chain(["scenarios", lists]).collect();
    assert_eq!(book.sheet_names(), expected);
    for shape in TABLES {
        let found: Vec<String> = cells(&mut book, shape.name).into_values().collect();
        let headings: Vec<&str> = shape.columns.iter().map(|column| column.name).collect();
        assert_eq!(found, headings, "{}: only headings, in the contract's order", shape.name);
    }
}

#[test]
fn case47_reads_back_the_same() {
    let case47 = folder("data/case47");
    let bytes = workbook(&case47).expect("a workbook");
    let mut book = open(&bytes);
    for table in &case47 {
        let shape = TABLES.iter().find(|shape| shape.name == table.name).expect("a table of the contract");
        let found = cells(&mut book, &table.name);
        for (at, column) in shape.columns.iter().enumerate() {
            let at = u32::try_from(at).expect("few columns");
            let place = table.headings.iter().position(|heading| heading == column.name);
            for (row, cells) in (1u32..).zip(&table.rows) {
                let was = place.map_or("", |place| cells[place].as_str());
                let is = found.get(&(row, at)).map_or("", String::as_str);
                let place = format!("{} row {row} {}", table.name, column.name);
                match column.kind {
                    Kind::Money | Kind::Fte | Kind::Percent | Kind::Miles | Kind::Whole | Kind::Signed => {
                        assert_eq!(read_decimal(is, 4), read_decimal(was, 4), "{place}");
                    }
                    Kind::Text
                    | Kind::Key
                    | Kind::Id(_)
                    | Kind::Ids(_)
                    | Kind::List
                    | Kind::Word(_)
                    | Kind::Words(_)
                    | Kind::Flag
                    | Kind::Date
                    | Kind::AuthorityOr(_)
                    | Kind::PostOrAuthority => assert_eq!(is, was, "{place}"),
                }
            }
        }
    }
}

/// Truth: by hand. An id of digits stays text, 0.8 is a number, nonsense stays what it was for `check` to show.
#[test]
fn cells_keep_their_type() {
    let headings = ["person_id", "fte", "salary_gbp", "fixed_term_end", "qualifications", "my_column"];
    let rows =
        [["0042", "0.8", "91472", "2026-03-02", "=1+1", "7"], ["1042", "0.12345", "91,472", "02/03/2026", "+a", ""]];
    let text = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
    let rows = rows.iter().map(|row| text(row)).collect();
    let table = Filled { name: "people".into(), headings: text(&headings), rows };
    let bytes = workbook(&[table]).expect("a workbook");
    let xml = sheet_xml(&bytes, "people");
    let typed = |cell: &str| {
        let from = xml.find(&format!("<c r=\"{cell}\"")).expect("the cell");
        xml[from..].split('>').next().expect("a tag").contains("t=\"s\"")
    };
    for (cell, is_text) in [("A2", true), ("A3", true), ("F2", false), ("F3", true), ("E2", false), ("E3", true)] {
        assert_eq!(typed(cell), is_text, "{cell}");
    }
    let found = cells(&mut open(&bytes), "people");
    let column = |heading: &str| found.iter().find(|(_, text)| *text == heading).expect("a heading").0.1;
    for (heading, cells) in headings.iter().zip([
        ["0042", "1042"],
        ["0.8", "0.12345"],
        ["91472", "91,472"],
        ["2026-03-02", "02/03/2026"],
        ["=1+1", "+a"],
        ["7", ""],
    ]) {
        for (row, cell) in (1u32..).zip(cells) {
            assert_eq!(found.get(&(row, column(heading))).map_or("", String::as_str), cell, "{heading}");
        }
    }
    assert!(!xml.contains("<f>"), "no cell of a table is a formula");
}

#[test]
fn every_word_and_id_has_a_drop_down() {
    let bytes = workbook(&[]).expect("a workbook");
    let names = part(&bytes, "xl/workbook.xml");
    for shape in TABLES {
        let xml = sheet_xml(&bytes, shape.name);
        for (at, column) in (0u32..).zip(shape.columns) {
            let letter = demerge::diagnostic::column_letters(at);
            let start = xml.find(&format!("sqref=\"{letter}2:{letter}2001\""));
            let rule = start.map(|at| xml[at..].split("</dataValidation>").next().expect("a rule"));
            let rule = rule.map(|rule| rule.split_once("<formula1>").map_or("", |(_, formula)| formula));
            let place = format!("{} {}", shape.name, column.name);
            match column.kind {
                Kind::Word(words) => assert!(rule.expect(&place).contains(&words.join(",")), "{place}"),
                Kind::Flag => assert!(rule.expect(&place).contains("yes,no"), "{place}"),
                Kind::Id(table) => {
                    assert!(rule.expect(&place).starts_with(&format!("ids_{table}<")), "{place}");
                    assert!(names.contains(&format!("name=\"ids_{table}\"")), "{place}");
                }
                Kind::AuthorityOr(_) => {
                    let name = format!("list_{}_{}", shape.name, column.name);
                    assert!(rule.expect(&place).starts_with(&format!("{name}<")), "{place}");
                    assert!(names.contains(&format!("name=\"{name}\"")), "{place}");
                }
                Kind::PostOrAuthority => assert!(rule.expect(&place).contains("ids_posts,ids_authorities"), "{place}"),
                Kind::Text => assert!(rule.is_none(), "{place}"),
                Kind::Key
                | Kind::Ids(_)
                | Kind::List
                | Kind::Words(_)
                | Kind::Money
                | Kind::Fte
                | Kind::Percent
                | Kind::Whole
                | Kind::Signed
                | Kind::Miles
                | Kind::Date => assert!(rule.is_some(), "{place}: a message"),
            }
        }
    }
}

#[test]
fn the_version_is_in_the_properties() {
    let bytes = workbook(&[]).expect("a workbook");
    let custom = part(&bytes, "docProps/custom.xml");
    assert!(custom.contains("name=\"demerge template version\"") && custom.contains("<vt:i4>1</vt:i4>"), "{custom}");
    assert!(part(&bytes, "docProps/core.xml").contains("2026-01-01T00:00:00Z"));
}

#[test]
fn a_table_that_the_contract_does_not_know_is_refused() {
    let table = Filled { name: "equality_restricted".into(), headings: vec![], rows: vec![] };
    assert!(matches!(workbook(&[table]), Err(Error::UnknownTable(name)) if name == "equality_restricted"));
}

/// Truth: the keys of the contract's example, by hand; figures as a scenario file has them.
#[test]
fn a_scenario_becomes_rows_of_keys_and_values() {
    let grade = GradeId::at(0);
    let posts = vec![crate::matching::post("A04", grade, &["law"]), crate::matching::post("A05", grade, &["law"])];
    let case = crate::matching::case(vec![crate::matching::grade("G1", 1)], vec![], posts);
    let authority = AuthorityId::at(0);
    let must = |clause| FairnessRule { clause, level: Level::Must };
    let scenario = Scenario {
        id: "S1".into(),
        name: "Baseline".into(),
        purpose: String::new(),
        objectives: vec![Objective::Placed, Objective::Cost],
        use_pins: false,
        structures: BTreeMap::from([(authority, StructureId::at(0))]),
        policy: Policy {
            rule: PolicyRule::TimeMajority,
            retained_shared: RetainedShared::Pin,
            max_grades_down: 1,
            promotion_into: [0, 1].map(PostId::at).into(),
            unlisted_rank: 6,
            on_cost: BasisPoints(2_850),
        },
        statutory_cover: StatutoryCover { roles: vec![StatutoryRole::Mo, StatutoryRole::S151], max_tier: 4 },
        fairness: vec![
            must(Clause::PeopleShare { authority, min: Some(BasisPoints(3_500)), max: None }),
            must(Clause::Budget { authority, max: Pence(12_345_650) }),
            FairnessRule {
                clause: Clause::VacancyGap { authorities: [authority, authority], max_points: BasisPoints(1_000) },
                level: Level::Report,
            },
        ],
    };
    let table = scenario_table(&case, &[scenario]);
    let lines: Vec<String> = table.rows.iter().map(|row| row.join(" ")).collect();
    let expected = "S1 name Baseline|S1 purpose |S1 objectives placed;cost|S1 use_pins no|S1 structures.A A1|\
                    S1 policy.rule time_majority|S1 policy.retained_shared pin|S1 policy.max_grades_down 1|\
                    S1 policy.promotion_into A04;A05|S1 policy.unlisted_rank 6|S1 policy.on_cost_pct 28.5|\
                    S1 statutory_cover.roles MO;S151|S1 statutory_cover.max_tier 4|\
                    S1 fairness.1.kind people_share|S1 fairness.1.authority A|S1 fairness.1.min_pct 35|\
                    S1 fairness.1.level must|S1 fairness.2.kind budget|S1 fairness.2.authority A|\
                    S1 fairness.2.max_gbp 123456.5|S1 fairness.2.level must|S1 fairness.3.kind vacancy_gap|\
                    S1 fairness.3.authorities A;A|S1 fairness.3.max_points 10|S1 fairness.3.level report";
    assert_eq!(lines.join("|"), expected);
    let bytes = workbook(&[table]).expect("a workbook");
    assert_eq!(cells(&mut open(&bytes), "scenarios").get(&(17, 2)).map(String::as_str), Some("must"));
}

/// For a look by hand: `DEMERGE_TEMPLATE_TO=DIR cargo test template::write_for_a_look`.
#[test]
fn write_for_a_look() {
    let Ok(to) = std::env::var("DEMERGE_TEMPLATE_TO") else { return };
    let to = Path::new(&to);
    std::fs::write(to.join("empty.xlsx"), workbook(&[]).expect("a workbook")).expect("written");
    std::fs::write(to.join("case47.xlsx"), workbook(&folder("data/case47")).expect("a workbook")).expect("written");
}
