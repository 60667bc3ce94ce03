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

/// What lies beside a case on purpose, and what this program wrote into it, is not worth a word.
#[test]
fn files_that_belong_beside_a_case_give_no_notice() {
    let ran = demerge(&["check", text(&data("example"))]);
    assert!(!ran.out.contains("L118"), "{}", ran.out);
}
