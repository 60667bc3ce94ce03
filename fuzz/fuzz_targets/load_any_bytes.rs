//! Whatever the bytes, `load` makes a case of them or says what is wrong: `cargo +nightly fuzz run load_any_bytes`.
//!
//! The first byte chooses the file that the others stand for; the rest of the case is `data/case47`.

#![no_main]

use demerge::load::{Diagnostics, SourceFile, Sources, Want, load, tables};
use libfuzzer_sys::fuzz_target;

const FILES: [(&str, &[u8]); 8] = [
    ("authorities.csv", include_bytes!("../../data/case47/authorities.csv")),
    ("structures.csv", include_bytes!("../../data/case47/structures.csv")),
    ("grades.csv", include_bytes!("../../data/case47/grades.csv")),
    ("people.csv", include_bytes!("../../data/case47/people.csv")),
    ("posts.csv", include_bytes!("../../data/case47/posts.csv")),
    ("matches.csv", include_bytes!("../../data/case47/matches.csv")),
    ("authority_preferences.csv", include_bytes!("../../data/case47/authority_preferences.csv")),
    ("scenarios/S1.toml", include_bytes!("../../data/case47/scenarios/S1.toml")),
];

fuzz_target!(|data: &[u8]| {
    let Some((&which, bytes)) = data.split_first() else { return };
    let which = usize::from(which) % (FILES.len() + 1);
    let file = |name: &str, bytes: &[u8]| SourceFile { name: name.to_owned(), bytes: bytes.to_vec() };
    let sources = if which == FILES.len() {
        Sources::Workbook(file("case.xlsx", bytes))
    } else {
        let of = |(at, (name, good)): (usize, &(&str, &[u8]))| file(name, if at == which { bytes } else { good });
        Sources::Folder(FILES.iter().enumerate().map(of).collect())
    };
    for want in [Want::Check, Want::Solve(None)] {
        let text = match load(&sources, want) {
            Ok(loaded) => Diagnostics(loaded.diagnostics).to_string(),
            Err(faults) => faults.to_string(),
        };
        assert!(text.ends_with('.'));
    }
    drop(tables(&sources));
});
