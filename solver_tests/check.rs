//! What `load` makes of good, bad and arbitrary input.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use demerge::load::codes::Code;
use demerge::load::material::read_material;
use demerge::load::plan::read_csv_plan;
use demerge::load::{Diagnostics, Loaded, RawTable, SourceFile, Sources, Want, load, tables};
use proptest::prelude::{ProptestConfig, any, prop, proptest};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of a folder, with names relative to it; `expect.txt` is the golden test's own (`cli/golden.rs`).
pub(crate) fn folder(path: &Path) -> Vec<SourceFile> {
    let mut files = Vec::new();
    let mut open = vec![path.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).expect("the folder is in the repository") {
            let entry = entry.expect("a readable entry").path();
            if entry.is_dir() {
                open.push(entry);
            } else if entry.file_name().is_none_or(|name| name != "expect.txt") {
                let name = entry.strip_prefix(path).expect("below the folder").to_string_lossy().replace('\\', "/");
                files.push(SourceFile { name, bytes: std::fs::read(&entry).expect("a readable file") });
            }
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn case47() -> Vec<SourceFile> {
    folder(&root().join("data/case47"))
}

/// case47 as `demerge` loads it.
pub(crate) fn loaded47(want: Want<'_>) -> Loaded {
    load(&Sources::Folder(case47()), want).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Four people, four posts, one scenario, nothing wrong.
fn small() -> Vec<SourceFile> {
    let mut files = folder(&root().join("data/cases/bad/scenario-twice"));
    files.retain(|file| file.name != "scenarios/S2.toml");
    files
}

/// The small case with one file replaced or added.
fn small_with(name: &str, bytes: impl Into<Vec<u8>>) -> Sources {
    let mut files = small();
    files.retain(|file| file.name != name);
    files.push(file(name, bytes));
    Sources::Folder(files)
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> SourceFile {
    SourceFile { name: name.to_owned(), bytes: bytes.into() }
}

/// What `demerge check` prints for a case.
fn printed(sources: &Sources) -> String {
    printed_for(sources, Want::Check)
}

fn printed_for(sources: &Sources, want: Want<'_>) -> String {
    match load(sources, want) {
        Ok(loaded) => Diagnostics(loaded.diagnostics).to_string(),
        Err(faults) => faults.to_string(),
    }
}

/// A workbook with one sheet for each table; cells that read as numbers are numbers.
fn workbook(tables: &[RawTable], change: impl Fn(&str, &mut Worksheet)) -> SourceFile {
    let mut book = Workbook::new();
    for table in tables {
        let sheet = book.add_worksheet().set_name(&table.name).expect("a short name");
        for (row, cells) in (0..).zip(std::iter::once(&table.headings).chain(&table.rows)) {
            for (column, cell) in (0..).zip(cells) {
                let written = match cell.parse::<f64>() {
                    Ok(number) => sheet.write_number(row, column, number),
                    Err(_) => sheet.write_string(row, column, cell),
                };
                written.expect("a cell within the sheet");
            }
        }
        change(&table.name, sheet);
    }
    file("case.xlsx", book.save_to_buffer().expect("a workbook in memory"))
}

fn raw(files: Vec<SourceFile>) -> Vec<RawTable> {
    tables(&Sources::Folder(files)).unwrap_or_else(|faults| panic!("{faults}"))
}

fn zipped(parts: &[(&str, Vec<u8>)]) -> SourceFile {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(bytes).expect("memory");
    }
    file("case.xlsx", writer.finish().expect("memory").into_inner())
}

/// The folders of data/cases/bad, in order.
fn bad_cases() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join("data/cases/bad")).expect("the folder is in the repository");
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.expect("a readable entry").path()).collect();
    folders.sort();
    folders
}

/// A rule on material change in which each line has one fault.
const RULE_WITH_FAULTS: &str = "\
title = \"Interim structures\"

[[line]]
kind = \"posts_aded\"
max = 0

[[line]]
kind = \"posts_pay\"
by_more_than_pct = 120
max = 0

[[line]]
kind = \"newly_at_risk\"
authority = \"C\"
max = 0

[[line]]
kind = \"cost\"
";

/// Faults that need bytes which do not belong in a repository, or other questions than `check`.
fn built_cases() -> Vec<String> {
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let encrypted: Vec<u8> =
        ole.into_iter().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let stray = workbook(&raw(small()), |name, sheet| {
        if name == "grades" {
            sheet.write_string(1_048_575, 2, "x").expect("the last row of a sheet");
        }
    });
    let mut twice = raw(small());
    let scenarios = twice.last_mut().expect("tables end with the scenarios");
    scenarios.rows.push(scenarios.rows[0].clone());
    let header = "person_id,post_id,match,grade_difference,evidence\nP1,A01,direct,0,";
    let mut two = small();
    two.push(file("scenarios/S2.toml", "id = \"S2\"\n"));
    let two = Sources::Folder(two);
    let case = load(&Sources::Folder(small()), Want::Check).unwrap_or_else(|faults| panic!("{faults}")).case;
    let plan = |text: &str| match read_csv_plan(&case, &file("placements.csv", text)) {
        Ok(_) => String::new(),
        Err(faults) => faults.to_string(),
    };
    let rule = |text: &str| match read_material(&case, &file("material.toml", text)) {
        Ok(_) => String::new(),
        Err(faults) => faults.to_string(),
    };
    vec![
        rule("name = \"Empty\"\n"),
        rule(RULE_WITH_FAULTS),
        printed(&small_with("links.csv", "person_a,person_b,kind\nP1,P\x002,same_authority\n")),
        printed(&small_with("travel.csv", "a\n".repeat(1_048_578))),
        printed(&Sources::Workbook(file("case.xlsx", "person_id,employer\n"))),
        printed(&Sources::Workbook(file("case.xlsx", ole))),
        printed(&Sources::Workbook(file("case.xlsx", encrypted))),
        printed(&Sources::Workbook(zipped(&[("xl/workbook.xml", vec![b' '; 64 << 20])]))),
        printed(&Sources::Workbook(zipped(&[("hello.txt", b"hello".to_vec())]))),
        printed(&Sources::Workbook(stray)),
        printed(&small_with("Shares.csv", "")),
        printed(&small_with("matches.csv", format!("{header}{}\n", "long ".repeat(8_000)))),
        printed(&Sources::Workbook(workbook(&twice, |_, _| {}))),
        printed_for(&two, Want::Solve(Some("S3"))),
        printed_for(&two, Want::Solve(None)),
        plan("person,post\nP1,A01\n"),
        plan("person_id,post_id\nP1,A01\nP9,A01\nP2,B9\nP1,\n"),
        crate::sweep::faults::faults("example", SWEEP),
        crate::sweep::faults::faults("example", &format!("{HEAD}{LARGE}")),
    ]
}

/// A plan of a sweep with a fault of each kind but one.
const SWEEP: &str = "scenario = \"S1\"\nseed = 7\nscenarios = 0\nsamples = 100\n\
    [grid]\npolicy.max_grades_down = [0, 1, 0]\n[sample.leavers]\nperson.P99 = 0.5\n\
    [sample.answers]\nM = 0.5\nT = 0.4\n";
/// The beginning of a plan.
const HEAD: &str = "scenario = \"S1\"\nseed = 7\nscenarios = 1\n";
/// A grid with too many points.
const LARGE: &str = "[grid]\npolicy.unlisted_rank = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n\
    policy.max_grades_down = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\npolicy.on_cost_pct = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]\n\
    statutory_cover.max_tier = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n";

/// Every block that any test case prints, in order.
fn all_printed() -> Vec<String> {
    let folders = bad_cases().into_iter().map(|path| printed(&Sources::Folder(folder(&path))));
    let texts: Vec<String> = folders.chain(built_cases()).collect();
    texts.iter().flat_map(|text| text.split("\n\n")).map(|block| block.trim_end().to_owned()).collect()
}

#[test]
fn case47_loads_with_warnings_only_about_the_comparison_rules() {
    let loaded = load(&Sources::Folder(case47()), Want::Check).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(
        loaded.scenarios.iter().map(|s| s.id.as_str()).collect::<Vec<_>>(),
        ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"]
    );
    // By hand: only the rules employer_default (S5) and time_majority (S6) leave posts or people out.
    assert!(
        loaded.diagnostics.iter().all(|d| d.why.contains("S5") || d.why.contains("S6")),
        "{:?}",
        loaded.diagnostics
    );
    assert_eq!(loaded.case.people.len(), 47);
    assert_eq!(loaded.functions.values().flatten().count(), 47);
}

/// By construction: each section's example is the first such block that a test case prints.
#[test]
fn errors_md_lists_every_code_with_an_example_as_printed() {
    let blocks = all_printed();
    let path = root().join("docs/ERRORS.md");
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    let intro = written.split("\n## ").next().unwrap_or_default().trim_end();
    let mut text = format!("{intro}\n");
    let mut unproduced = Vec::new();
    for code in Code::ALL {
        let marker = format!("{}[{}]: {}", code.severity(), code.code(), code.title());
        match blocks.iter().find(|block| block.starts_with(&marker)) {
            Some(block) => text += &format!("\n## {}: {}\n\n```text\n{block}\n```\n", code.code(), code.title()),
            None => unproduced.push(code.code()),
        }
    }
    assert!(unproduced.is_empty(), "no test case prints {unproduced:?}");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(root().join("docs")).expect("the repository is writable");
        std::fs::write(&path, &text).expect("the repository is writable");
    } else {
        assert!(written == text, "docs/ERRORS.md is out of date; UPDATE_EXPECT=1 rewrites its examples");
    }
}

/// The same cells give the same case, whichever way they came; numbers pass through Excel's floating point unharmed.
#[test]
fn a_workbook_and_a_folder_give_the_same_case() {
    for files in [small(), case47()] {
        let book = Sources::Workbook(workbook(&raw(files.clone()), |_, _| {}));
        let mut from_folder = load(&Sources::Folder(files), Want::Check).unwrap_or_else(|faults| panic!("{faults}"));
        let from_book = load(&book, Want::Check).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(format!("{:?}", from_folder.case), format!("{:?}", from_book.case));
        // A sheet has no rows for a scenario file's comments; everything that counts is there.
        from_folder.scenarios.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(from_folder.scenarios, from_book.scenarios);
        assert_eq!(from_book.inputs.len(), 1);
    }
}

/// A scenario with everything in it survives the way through rows of a sheet, and its percentages are exact.
#[test]
fn a_scenario_is_the_same_in_toml_and_in_a_sheet() {
    let toml = "id = \"S1\"\nname = \"Name; with a semicolon\"\nobjectives = [\"placed\", \"cost\"]\nuse_pins = false\n\
        [structures]\nA = \"A1\"\nB = \"B1\"\n[policy]\non_cost_pct = 28.05\npromotion_into = [\"A01\", \"B01\"]\n\
        [statutory_cover]\nroles = [\"MO\", \"S151\"]\nmax_tier = 2\n\
        [[fairness]]\nkind = \"people_share\"\nauthority = \"B\"\nmin_pct = 35\nmax_pct = 45.25\nlevel = \"report\"\n\
        [[fairness]]\nkind = \"vacancy_gap\"\nauthorities = [\"A\", \"B\"]\nmax_points = 10\n";
    let sources = small_with("scenarios/S1.toml", toml);
    let first = load(&sources, Want::Check).unwrap_or_else(|faults| panic!("{faults}")).scenarios;
    let book = workbook(&tables(&sources).unwrap_or_else(|faults| panic!("{faults}")), |_, _| {});
    let second = load(&Sources::Workbook(book), Want::Check).unwrap_or_else(|faults| panic!("{faults}")).scenarios;
    assert_eq!(first, second);
    assert_eq!(first[0].policy.on_cost.0, 2_805);
    assert_eq!(first[0].fairness.len(), 2);
    assert!(!first[0].use_pins);
}

/// Excel keeps dates as numbers, flags as booleans and numeric ids as floating point; all read as what they show.
#[test]
fn cells_of_excel_read_as_they_look() {
    let mut files = small();
    for file in &mut files {
        let text = String::from_utf8(file.bytes.clone()).expect("the small case is UTF-8");
        file.bytes = text.replace("P2", "1042").into_bytes();
    }
    let book = workbook(&raw(files), |name, sheet| {
        if name == "people" {
            let date = ExcelDateTime::from_ymd(2027, 3, 31).expect("a date");
            let format = Format::new().set_num_format("dd/mm/yyyy");
            sheet.write_datetime_with_format(2, 7, &date, &format).expect("a cell");
            sheet.write_boolean(2, 12, true).expect("a cell");
            sheet.write_string(4, 2, " \u{a0}B ").expect("a cell");
        }
    });
    let case = load(&Sources::Workbook(book), Want::Check).unwrap_or_else(|faults| panic!("{faults}")).case;
    let person = case.people.values().next().expect("four people");
    assert_eq!(person.code, "1042");
    assert_eq!(person.fixed_term_end.as_deref(), Some("2027-03-31"));
    assert_eq!(person.retained_shared, Some(true));
    assert_eq!((person.salary.0, person.fte.0), (3_650_050, 8_000));
}

#[test]
fn a_formula_error_is_placed_in_its_cell() {
    let book = workbook(&raw(small()), |name, sheet| {
        if name == "people" {
            sheet.set_name("People").expect("a short name");
            sheet.write_formula(1, 4, rust_xlsxwriter::Formula::new("NA()").set_result("#N/A")).expect("a cell");
        }
    });
    let text = printed(&Sources::Workbook(book));
    assert!(text.contains("error[L210]") && text.contains("--> People!E2 \"salary_gbp\""), "{text}");
}

/// The hash is SHA-256 of the bytes (`abc`: FIPS 180-2, appendix B.1); the equality file is never looked at.
#[test]
fn inputs_are_hashed_and_the_equality_file_is_not() {
    let plain = load(&Sources::Folder(small()), Want::Check).unwrap_or_else(|faults| panic!("{faults}"));
    let with = load(&small_with("equality_restricted.csv", "\"never parsed\0"), Want::Check);
    let with = with.unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(plain.inputs, with.inputs);
    assert_eq!(plain.diagnostics, with.diagnostics);
    let names: Vec<&str> = plain.inputs.iter().map(|input| input.file.as_str()).collect();
    assert_eq!(names.last(), Some(&"structures.csv"));
    assert!(names.contains(&"scenarios/S1.toml") && names.is_sorted());
    let abc = load(&small_with("travel.csv", "abc"), Want::Check);
    assert!(abc.is_err(), "abc is no travel table");
    let book = Sources::Workbook(file("x.xlsx", "abc"));
    assert!(load(&book, Want::Check).is_err());
    let travel = "person_id,authority_id,miles\nP1,A,1\n";
    let loaded = load(&small_with("travel.csv", travel), Want::Check).unwrap_or_else(|faults| panic!("{faults}"));
    let hash = &loaded.inputs.iter().find(|input| input.file == "travel.csv").expect("it was read").sha256;
    // sha256sum of those bytes.
    assert_eq!(hash, "fe50784c27807ecaf9f0c5b8910d7b37d20dc1e6c17f186e734e6fd786b9e586");
}

#[test]
fn a_utf_16_scenario_is_called_so() {
    let bytes: Vec<u8> = "\u{feff}id = \"S2\"\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut files = small();
    files.push(SourceFile { name: "scenarios/S2.toml".to_owned(), bytes });
    let text = printed(&Sources::Folder(files));
    assert!(text.contains("the file is UTF-16") && !text.contains("Windows-1252"), "{text}");
}

#[test]
fn only_the_scenario_asked_for_has_to_be_right() {
    let mut files = small();
    files.push(file("scenarios/S2.toml", "nonsense"));
    let sources = Sources::Folder(files);
    let loaded = load(&sources, Want::Solve(Some("S1"))).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(loaded.scenarios.len(), 1);
    assert!(!loaded.inputs.iter().any(|input| input.file == "scenarios/S2.toml"));
    assert!(load(&sources, Want::Check).is_err());
    let matching = load(&sources, Want::Match).unwrap_or_else(|faults| panic!("{faults}"));
    assert!(matching.scenarios.is_empty() && matching.case.matches.is_empty());
}

#[test]
fn a_case_without_scenarios_gets_one_that_can_be_saved_and_read_back() {
    let mut files = small();
    files.retain(|file| !file.name.starts_with("scenarios/"));
    let first = load(&Sources::Folder(files.clone()), Want::Solve(None)).unwrap_or_else(|faults| panic!("{faults}"));
    let text = first.default_scenario.expect("it was made up");
    files.push(file("scenarios/default.toml", text));
    let second = load(&Sources::Folder(files), Want::Solve(None)).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(first.scenarios, second.scenarios);
    assert_eq!(second.default_scenario, None);
}

#[test]
fn a_plan_edited_by_hand_is_read() {
    let case = load(&Sources::Folder(small()), Want::Check).unwrap_or_else(|faults| panic!("{faults}")).case;
    let text = "\u{feff}post_id,note,Person ID\r\nA01,\"moved,\nby hand\",P1\r\n\r\n,,P2\r\nB02,,P4\r\n";
    let plan = read_csv_plan(&case, &file("plan.csv", text)).unwrap_or_else(|faults| panic!("{faults}"));
    let placed: Vec<_> =
        plan.placed().map(|(person, post)| (&*case.people[person].code, &*case.posts[post].code)).collect();
    assert_eq!(placed, [("P1", "A01"), ("P4", "B02")]);
}

/// By hand: a header, a blank line, a cell with a line feed, then the fault, in each kind of line ending.
#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    for ending in ["\n", "\r\n", "\r"] {
        let text =
            ["structure_id,authority_id,label,note", "", "A1,A,Interim,\"two\nlines\"", "B1,B,Interim,", "B2,C,x,y"];
        let text = printed(&small_with("structures.csv", text.join(ending)));
        assert!(text.contains("--> structures.csv row 5 column B"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever the bytes, there is a case or a list of faults that can be printed.
    #[test]
    fn any_bytes_load_or_are_explained(bytes in prop::collection::vec(any::<u8>(), 0..400), which in 0..4usize) {
        let sources = match which {
            0 => small_with("people.csv", bytes),
            1 => small_with("scenarios/S1.toml", bytes),
            2 => Sources::Workbook(file("case.xlsx", bytes)),
            _ => Sources::Workbook(file("case.xlsx", [b"PK\x03\x04".to_vec(), bytes].concat())),
        };
        explained(&sources);
    }

    /// A good file with some bytes changed, cut out or doubled.
    #[test]
    fn any_damaged_file_loads_or_is_explained(
        which in 0..12usize,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..6u8, any::<u8>()), 1..6),
    ) {
        let mut files = small();
        let at = which % files.len();
        damage(&mut files[at].bytes, &edits);
        explained(&Sources::Folder(files));
    }

    #[test]
    fn any_damaged_workbook_loads_or_is_explained(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0..6u8, any::<u8>()), 1..4),
    ) {
        let mut book = workbook(&raw(small()), |_, _| {});
        damage(&mut book.bytes, &edits);
        explained(&Sources::Workbook(book));
    }
}

/// Nesting deep enough to exhaust the stack of a reader that trusts it.
#[test]
fn deep_nesting_is_explained() {
    for deep in [
        format!("x = {}", "[".repeat(100_000)),
        format!("x = {}1{}", "[".repeat(100_000), "]".repeat(100_000)),
        format!("{}x = 1", "a.".repeat(100_000)),
        format!("[{}x]\ny = 1", "a.".repeat(100_000)),
        format!("x = {}", "{a=".repeat(100_000)),
    ] {
        explained(&small_with("scenarios/S1.toml", deep));
    }
}

fn damage(bytes: &mut Vec<u8>, edits: &[(prop::sample::Index, u8, u8)]) {
    const TELLING: &[u8] = b",;\"\n\r=[].0-#\xff";
    for (index, kind, byte) in edits {
        if bytes.is_empty() {
            return;
        }
        let at = index.index(bytes.len());
        match kind {
            0 => bytes[at] = *byte,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, TELLING[usize::from(*byte) % TELLING.len()]),
            3 => bytes.truncate(at),
            4 => bytes.drain(at..(at + usize::from(*byte)).min(bytes.len())).for_each(drop),
            _ => {
                let again: Vec<u8> = bytes[at..(at + usize::from(*byte)).min(bytes.len())].to_vec();
                bytes.splice(at..at, again).for_each(drop);
            }
        }
    }
}

fn explained(sources: &Sources) {
    let known: BTreeMap<&str, Code> = Code::ALL.iter().map(|code| (code.code(), *code)).collect();
    for want in [Want::Check, Want::Solve(None), Want::Solve(Some("S1")), Want::Match] {
        let (faults, failed) = match load(sources, want) {
            Ok(loaded) => (Diagnostics(loaded.diagnostics), false),
            Err(faults) => (faults, true),
        };
        assert_eq!(failed, faults.0.iter().any(|fault| fault.severity == demerge::diagnostic::Severity::Error));
        assert!(faults.0.iter().all(|fault| known.contains_key(fault.code)));
        assert!(faults.to_string().ends_with('.'));
    }
    drop(tables(sources));
}
