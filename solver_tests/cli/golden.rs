//! `demerge check` on each folder of `data/cases/bad` prints exactly its `expect.txt`.

use std::fs;

use crate::cli::run::{data, demerge, text};

/// Expected texts were reviewed as prose, fault by fault against the change made to the good case.
#[test]
fn bad_cases_print_exactly_what_was_expected() {
    let mut folders: Vec<_> = fs::read_dir(data("cases/bad"))
        .expect("the folder is in the repository")
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    folders.sort();
    assert!(folders.len() >= 22);
    let mut different = Vec::new();
    for path in folders {
        let ran = demerge(&["check", text(&path)]);
        assert_eq!(ran.err, "", "{}", path.display());
        assert_eq!(ran.code == 3, ran.out.contains("error["), "{}: exit {}", path.display(), ran.code);
        assert!(ran.code == 0 || ran.code == 3, "{}: exit {}", path.display(), ran.code);
        let expect = path.join("expect.txt");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&expect, &ran.out).expect("the repository is writable");
        } else if fs::read_to_string(&expect).unwrap_or_default() != ran.out {
            different.push(format!("{}:\n{}", path.display(), ran.out));
        }
    }
    assert!(different.is_empty(), "UPDATE_EXPECT=1 rewrites these after review\n{}", different.join("\n"));
}

/// Nothing is said of a scenario that nobody could look for; nor of the sheets that the program itself put there.
#[test]
fn a_workbook_gives_only_diagnostics_about_itself() {
    let folder = crate::cli::run::folder();
    let book = folder.path().join("case.xlsx");
    fs::write(&book, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).expect("written");
    let ran = demerge(&["check", text(&book)]);
    assert!(ran.code == 3 && ran.out.contains("L112") && !ran.out.contains("L422"), "{}", ran.out);
    let ran = demerge(&["solve", text(&book), "--scenario", "S1"]);
    assert!(ran.code == 3 && !ran.err.contains("L420"), "{}", ran.err);
    fs::remove_file(&book).expect("removed");
    demerge(&["template", "--from", text(&data("example")), "--out", text(&book)]);
    let ran = demerge(&["check", text(&book)]);
    assert!(ran.code == 0 && !ran.out.contains("L118"), "{}", ran.out);
    // The folder around it is no case, and the workbook is pointed at.
    for verb in ["check", "solve"] {
        let ran = demerge(&[verb, text(folder.path())]);
        assert_eq!(ran.code, 3);
        assert!((ran.out + &ran.err).contains("name it in place of the folder"));
    }
}

/// A table of matches without a row is as good as none, and gets the same hint.
#[test]
fn a_case_without_matches_is_refused_with_the_way_to_get_them() {
    let folder = crate::cli::run::folder();
    for name in ["authorities", "people", "posts", "authority_preferences"] {
        let file = format!("{name}.csv");
        fs::copy(data("cases/bad/starter").join(&file), folder.path().join(&file)).expect("copied");
    }
    let header = "person_id,post_id,match,grade_difference,evidence\n";
    for matches in [None, Some(header)] {
        if let Some(text) = matches {
            fs::write(folder.path().join("matches.csv"), text).expect("written");
        }
        let ran = demerge(&["solve", text(folder.path())]);
        assert_eq!(ran.code, 3, "{}", ran.out);
        assert!(ran.err.contains("error[L121]") && ran.err.contains("demerge match CASE"), "{}", ran.err);
    }
}

/// What lies beside a case on purpose, and what this program wrote into it, is not worth a word.
#[test]
fn files_that_belong_beside_a_case_give_no_notice() {
    let ran = demerge(&["check", text(&data("example"))]);
    assert!(!ran.out.contains("L118"), "{}", ran.out);
}
