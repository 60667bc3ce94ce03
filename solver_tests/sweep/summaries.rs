//! The summary of a sweep that was cut into parts, or that was complete before anyone asked for one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::run::{Ran, data, demerge, folder, text};
use crate::sweep::{PLAN, both, people_of, plan_in, swept};

/// Where a summary is written.
fn pages(folder: &Path, name: &str) -> [PathBuf; 2] {
    ["html", "json"].map(|ending| folder.join(format!("{name}.{ending}")))
}

/// The arguments for a summary of everything, people too.
fn asked([html, json]: &[PathBuf; 2]) -> [&str; 5] {
    ["--summary", text(html), "--summary-json", text(json), "--people-summary"]
}

fn read(pages: &[PathBuf; 2]) -> [Vec<u8>; 2] {
    [0, 1].map(|at| fs::read(&pages[at]).expect("it was written"))
}

/// Up to the line that says which files were written.
fn page(ran: &Ran) -> &str {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    ran.out.split("\n60 scenarios of").next().and_then(|text| text.split("\n2 parts").next()).expect("a page")
}

/// Truth: the summary of a single run.
#[test]
fn parts_together_have_the_summary_of_a_single_run() {
    let folder = folder();
    let plan = plan_in(folder.path(), PLAN);
    let case = data("example");
    let out = |name: &str| folder.path().join(format!("{name}.parquet"));
    let single = pages(folder.path(), "single");
    let ran = swept(&case, &plan, &out("single"), &asked(&single));
    for parts in [2, 7] {
        let part = |number: u32| out(&format!("{number}of{parts}"));
        for number in 1..=parts {
            let shard = format!("{number}/{parts}");
            assert_eq!(swept(&case, &plan, &part(number), &["--shard", &shard]).code, 0);
        }
        let files: Vec<PathBuf> = (1..=parts).rev().flat_map(|it| [part(it), people_of(&part(it))]).collect();
        let files: Vec<&str> = files.iter().map(|file| text(file)).collect();
        let (merged, together) = (out(&format!("merged{parts}")), pages(folder.path(), &format!("merged{parts}")));
        let people = people_of(&merged);
        let to = ["--out", text(&merged), "--people", text(&people), "--case", text(&case), "--plan", text(&plan)];
        let joined = demerge(&[&["merge"], files.as_slice(), &to, &asked(&together)].concat());
        assert_eq!((joined.code, joined.err.as_str()), (0, ""), "{}", joined.out);
        assert_eq!(both(&merged), both(&out("single")), "{parts} parts");
        assert!(read(&together) == read(&single), "{parts} parts");
        if parts == 2 {
            assert_eq!(page(&joined), page(&ran));
        }
    }
}

/// Truth: the summary of a run that was asked for it from the start.
#[test]
fn a_complete_sweep_may_be_summed_up_later() {
    let folder = folder();
    let plan = plan_in(folder.path(), PLAN);
    let (case, out) = (data("example"), folder.path().join("all.parquet"));
    let first = pages(folder.path(), "first");
    assert_eq!(swept(&case, &plan, &out, &asked(&first)).code, 0);
    let tables = both(&out);
    let later = pages(folder.path(), "later");
    let counted = swept(&case, &plan, &out, &[&["--resume"], &asked(&later)[..]].concat());
    assert_eq!((counted.code, counted.err.as_str()), (0, ""), "{}", counted.out);
    assert!(counted.out.contains("complete already; the summary was counted from it"), "{}", counted.out);
    assert!(read(&later) == read(&first) && both(&out) == tables);
    let nothing = swept(&case, &plan, &out, &[&["--resume"], &asked(&later)[..]].concat());
    assert!(nothing.out.contains("there is nothing to go on with"), "{}", nothing.out);

    // Without the file of people it is not known where everyone was, and all is solved again.
    let again = pages(folder.path(), "again");
    let sweep = ["sweep", text(&case), text(&plan), "--out", text(&out), "--resume"];
    let ran = demerge(&[&sweep[..], &asked(&again)].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(read(&again) == read(&first) && both(&out) == tables);

    // A file of something else is not replaced.
    fs::write(&later[0], "mine").expect("a folder of our own");
    fs::remove_file(&later[1]).expect("it was written");
    assert_eq!(swept(&case, &plan, &out, &[&["--resume"], &asked(&later)[..]].concat()).code, 7);
}

/// Truth: the parts by construction.
#[test]
fn a_summary_is_of_one_sweep_and_one_case() {
    let folder = folder();
    let small = PLAN.replace("scenarios = 15", "scenarios = 2");
    let (plan, case) = (plan_in(folder.path(), &small), data("example"));
    let out = |name: &str| folder.path().join(format!("{name}.parquet"));
    for part in ["1", "2"] {
        assert_eq!(swept(&case, &plan, &out(part), &["--shard", &format!("{part}/2")]).code, 0);
    }
    let other = folder.path().join("other.toml");
    fs::write(&other, small.replace("seed = 7", "seed = 8")).expect("a folder of our own");
    let (rows, people) = (["1", "2"], ["1.people", "2.people"]);
    let merge = |names: &[&str], case: &Path, plan: &Path| {
        let files: Vec<String> = names.iter().map(|name| text(&out(name)).to_owned()).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let merged = out("merged");
        let more = ["--out", text(&merged), "--summary", "--case", text(case), "--plan", text(plan)];
        let ran = demerge(&[&["merge"], files.as_slice(), &more].concat());
        assert!(ran.code == 0 || !merged.exists());
        ran
    };
    let all = [rows, people].concat();
    for (names, case, plan, said) in [
        (&rows[..], &case, &plan, "none of them says where everyone is"),
        (&people[..], &case, &plan, "none of them has the figures"),
        (&all[..3], &case, &plan, "part 2 of 2 is missing"),
        (&all[..], &case, &other, "its plan was another"),
        (&all[..], &data("case47"), &plan, "L"),
    ] {
        let ran = merge(names, case, plan);
        assert_eq!((ran.code, ran.err.contains(said)), (3, true), "{names:?}: {}", ran.err);
    }
    let ran = merge(&all, &case, &plan);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    let ran = demerge(&["merge", text(&out("1")), text(&out("2")), "--out", text(&out("two")), "--summary"]);
    assert_eq!((ran.code, ran.err.contains("--case")), (2, true), "{}", ran.err);
}
