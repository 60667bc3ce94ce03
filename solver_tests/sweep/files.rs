//! The files of a sweep: the same bytes whatever the threads, the parts and the interruptions.

use std::fs;

use demerge::report::parquet::Reading;

use crate::cli::run::{data, demerge, folder, text};
use crate::sweep::{PLAN, both, people_of, plan_in, swept, table};

/// Truth: the same plan run otherwise.
#[test]
fn threads_and_parts_cannot_be_seen() {
    let folder = folder();
    let plan = plan_in(folder.path(), PLAN);
    let case = data("example");
    let out = |name: &str| folder.path().join(format!("{name}.parquet"));
    let whole = swept(&case, &plan, &out("whole"), &["--threads", "1"]);
    assert_eq!((whole.code, whole.err.as_str()), (0, ""), "{}", whole.out);
    assert!(whole.out.starts_with("60 scenarios of S1, seed 7.\n"), "{}", whole.out);
    let bytes = both(&out("whole"));
    for (name, more) in [("again", ["--threads", "1"]), ("two", ["--threads", "2"])] {
        assert_eq!(swept(&case, &plan, &out(name), &more).code, 0);
        assert_eq!(both(&out(name)), bytes, "{name}");
    }
    for parts in [2, 7] {
        let name = |part: u32| out(&format!("{part}of{parts}"));
        for part in 1..=parts {
            let ran = swept(&case, &plan, &name(part), &["--shard", &format!("{part}/{parts}")]);
            assert_eq!(ran.code, 0, "{}", ran.err);
        }
        let merged = out(&format!("merged{parts}"));
        for (target, part_file) in [(merged.clone(), false), (people_of(&merged), true)] {
            // Last part first: the order of the arguments does not count.
            let files = (1..=parts).rev().map(name).map(|file| if part_file { people_of(&file) } else { file });
            let files: Vec<String> = files.map(|file| text(&file).to_owned()).collect();
            let files: Vec<&str> = files.iter().map(String::as_str).collect();
            let ran = demerge(&[&["merge"], files.as_slice(), &["--out", text(&target)]].concat());
            assert_eq!(ran.code, 0, "{}", ran.err);
        }
        assert_eq!(both(&merged), bytes, "{parts} parts");
    }
}

/// Truth: the parts by construction.
#[test]
fn parts_that_do_not_make_one_sweep_are_named() {
    let folder = folder();
    let case = data("example");
    let small = PLAN.replace("scenarios = 15", "scenarios = 2");
    let plan = plan_in(folder.path(), &small);
    let out = |name: &str| folder.path().join(format!("{name}.parquet"));
    for part in 1..=3 {
        assert_eq!(swept(&case, &plan, &out(&part.to_string()), &["--shard", &format!("{part}/3")]).code, 0);
    }
    let other = plan_in(folder.path(), &small.replace("seed = 7", "seed = 8"));
    assert_eq!(swept(&case, &other, &out("other"), &["--shard", "2/3"]).code, 0);
    assert_eq!(swept(&case, &other, &out("whole"), &[]).code, 0);
    let merge = |names: &[&str]| {
        let files: Vec<String> = names.iter().map(|name| text(&out(name)).to_owned()).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        demerge(&[&["merge"], files.as_slice(), &["--out", text(&out("merged"))]].concat())
    };
    for (names, said) in [
        (vec!["1", "3"], vec!["part 2 of 3 is missing"]),
        (vec!["2"], vec!["parts 1 and 3 of 3 are missing"]),
        (vec!["1", "2", "2", "3"], vec!["are both part 2 of 3"]),
        (vec!["1", "other", "3"], vec!["is of another plan than"]),
        (vec!["1", "2", "3", "whole"], vec!["whole.parquet is no part", "is of another plan than"]),
        (vec!["1", "2.people", "3"], vec!["2.people.parquet holds other columns than", "merged apart"]),
    ] {
        let ran = merge(&names);
        assert_eq!(ran.code, 3, "{names:?}: {}", ran.err);
        assert!(said.iter().all(|said| ran.err.contains(said)), "{names:?}: {}", ran.err);
        assert!(!out("merged").exists());
    }
    let ran = demerge(&["merge", text(&case.join("people.csv")), "--out", text(&out("merged"))]);
    assert_eq!(ran.code, 7, "{}", ran.err);
    assert_eq!(merge(&["1", "2", "3"]).code, 0);
    assert_eq!(merge(&["1", "2", "3"]).code, 7, "a file that is there is kept");
}

/// Truth: the row of the file.
#[test]
fn a_scenario_by_itself_is_its_row() {
    let folder = folder();
    let plan = plan_in(folder.path(), PLAN);
    let case = data("example");
    let out = folder.path().join("all.parquet");
    assert_eq!(swept(&case, &plan, &out, &[]).code, 0);
    let rows = table(&out);
    let people = table(&people_of(&out));
    for number in [0, 14, 31, 59] {
        let file = folder.path().join(format!("{number}.json"));
        let only = number.to_string();
        let ran = demerge(&["sweep", text(&case), text(&plan), "--only", &only, "--json", text(&file)]);
        assert!([0, 4].contains(&ran.code), "{}", ran.err);
        assert!(ran.out.starts_with(&format!("Scenario {number} of the sweep\n")), "{}", ran.out);
        assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
        let json: serde_json::Value = serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
        for (name, cell) in rows[0].iter().zip(&rows[number + 1]) {
            assert_eq!(json["row"][name].as_str().unwrap_or("-"), cell, "{number}: {name}");
        }
        for (at, row) in people[1 + number * 12..][..12].iter().enumerate() {
            let person = &json["people"][at];
            let text = |key: &str| person[key].as_str().unwrap_or("-").to_owned();
            assert_eq!(row[..4], [only.clone(), text("person_id"), text("outcome"), text("post_id")]);
        }
    }
    let ran = demerge(&["sweep", text(&case), text(&plan), "--only", "60"]);
    assert_eq!((ran.code, ran.err.contains("numbered 0 to 59")), (2, true), "{}", ran.err);
}

/// By hand: what `docs/SWEEP.md` promises of the columns.
#[test]
fn columns_have_their_types_and_the_file_its_origin() {
    let folder = folder();
    let plan = plan_in(folder.path(), &PLAN.replace("scenarios = 15", "scenarios = 3"));
    let out = folder.path().join("all.parquet");
    assert_eq!(swept(&data("example"), &plan, &out, &[]).code, 0);
    let rows = table(&out);
    let names: Vec<&str> = rows[0].iter().map(String::as_str).collect();
    let wanted = "scenario point sample grid_policy_max_grades_down grid_fairness_1_level leavers changed answered withdrawn \
                  status certified value_placed value_statutory value_preference value_match value_rank value_cost placed \
                  at_risk vacancies vacancies_M vacancies_T covered covered_M_MO covered_M_S151 covered_T_MO \
                  covered_T_S151 cost_pence filled_outside filled_outside_M filled_outside_T";
    assert_eq!(names, wanted.split_whitespace().collect::<Vec<_>>());
    let at = |name: &str| names.iter().position(|it| *it == name).expect("a column");
    for (number, row) in rows[1..].iter().enumerate() {
        let point = number / 3;
        assert_eq!(row[..3], [number.to_string(), point.to_string(), (number % 3).to_string()]);
        // The last setting changes fastest.
        assert_eq!(row[3], ["0", "1"][point / 2]);
        assert_eq!(row[4], ["report", "must"][point % 2]);
        assert_eq!(row[at("certified")], "true");
        if row[at("status")] == "optimal" {
            let number = |name: &str| row[at(name)].parse::<u32>().expect("a number");
            assert_eq!(number("placed") + number("at_risk") + number("leavers"), 12);
            assert_eq!(number("vacancies"), number("vacancies_M") + number("vacancies_T"));
            assert!(number("filled_outside_M") <= number("vacancies_M"));
            assert_eq!(row[at("value_placed")], row[at("placed")]);
            assert_eq!(row[at("value_cost")], row[at("cost_pence")]);
            assert_eq!(row[at("value_statutory")], row[at("covered")]);
        } else {
            assert_eq!(row[at("status")], "impossible");
            assert!(row[at("placed")..].iter().all(|cell| cell == "-"), "{row:?}");
        }
    }
    let table = Reading::new(fs::File::open(&out).expect("written")).expect("Parquet");
    let notes = table.notes();
    let note = |key: &str| notes.iter().find(|(it, _)| it == key).map(|(_, value)| value.as_str());
    assert_eq!((note("demerge.seed"), note("demerge.scenarios")), (Some("7"), Some("12")));
    assert_eq!(note("demerge.schema"), Some("demerge/sweep-rows/1"));
    assert_eq!(note("demerge.shard"), None);
}

/// By hand: nothing is drawn twice, and nothing that is there is replaced without being asked.
#[test]
fn files_that_are_there_are_kept() {
    let folder = folder();
    let plan = plan_in(folder.path(), &PLAN.replace("scenarios = 15", "scenarios = 1"));
    let out = folder.path().join("all.parquet");
    assert_eq!(swept(&data("example"), &plan, &out, &[]).code, 0);
    assert_eq!(swept(&data("example"), &plan, &out, &[]).code, 7);
    let ran = swept(&data("example"), &plan, &out, &["--resume"]);
    assert!(ran.code == 0 && ran.out.contains("complete already"), "{}{}", ran.out, ran.err);
    assert_eq!(swept(&data("example"), &plan, &out, &["--force", "--progress", "json"]).code, 0);
}

/// By hand: in a Slurm array 3-9:2 task 5 is part 2 of 4; in Kubernetes index 0 is part 1.
#[test]
fn a_part_is_found_in_a_job_array() {
    let folder = folder();
    let plan = plan_in(folder.path(), &PLAN.replace("scenarios = 15", "scenarios = 2"));
    let slurm = [
        ("SLURM_ARRAY_TASK_ID", "5"),
        ("SLURM_ARRAY_TASK_MIN", "3"),
        ("SLURM_ARRAY_TASK_STEP", "2"),
        ("SLURM_ARRAY_TASK_COUNT", "4"),
    ];
    for (name, variables, shard, part) in [
        ("slurm", &slurm[..], "auto", "part 2 of 4, of 8 in all"),
        ("kubernetes", &[("JOB_COMPLETION_INDEX", "0")][..], "auto/3", "part 1 of 3, of 8 in all"),
    ] {
        let out = folder.path().join(format!("{name}.parquet"));
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_demerge"));
        command.args(["sweep", text(&data("example")), text(&plan), "--out", text(&out), "--shard", shard]);
        let ran = command.envs(variables.iter().copied()).output().expect("the program starts");
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        assert!(said.contains(part), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    }
    let out = folder.path().join("none.parquet");
    let ran = swept(&data("example"), &plan, &out, &["--shard", "auto"]);
    assert_eq!((ran.code, ran.err.contains("SLURM_ARRAY_TASK_ID")), (2, true), "{}", ran.err);
}
