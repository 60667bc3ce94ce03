//! The floors of the house, held by reading the source: who may import whom, and what the core never touches.
//!
//! `docs/ARCHITECTURE.md` draws the same picture. The last tests show that each rule can fail.

mod reader;

use std::fs;
use std::path::{Path, PathBuf};

use reader::{code_of, globs, paths, says, without_comments};

/// Each module of `src`, with the modules that it may import. A new module must be given its floor here.
const FLOORS: &[(&str, &[&str])] = &[
    ("quantity", &[]),
    ("id", &[]),
    ("diagnostic", &[]),
    ("fingerprint", &[]),
    ("kernel", &[]),
    ("case", &["quantity", "id", "diagnostic"]),
    ("load", &["quantity", "id", "diagnostic", "fingerprint", "case"]),
    ("model", &["quantity", "id", "diagnostic", "case", "kernel"]),
    ("certify", &["quantity", "id", "diagnostic", "case"]),
    ("solve", &["quantity", "id", "diagnostic", "case", "model", "kernel"]),
    ("study", STUDY),
    ("agreement", STUDY),
    ("appraisal", STUDY),
    ("report", &["quantity", "id", "diagnostic", "fingerprint", "case", "certify", "study", "agreement", "appraisal"]),
    ("files", ALL),
    ("web", ALL),
    ("cli", ALL),
    ("main", ALL),
    ("lib", ALL),
];

const STUDY: &[&str] = &[
    "quantity",
    "id",
    "diagnostic",
    "case",
    "load",
    "model",
    "certify",
    "solve",
    "kernel",
    "study",
    "agreement",
    "appraisal",
];

const ALL: &[&str] = &[
    "quantity",
    "id",
    "diagnostic",
    "fingerprint",
    "kernel",
    "case",
    "load",
    "model",
    "certify",
    "solve",
    "study",
    "agreement",
    "appraisal",
    "report",
    "files",
    "web",
    "cli",
];

/// Imports beyond the table: file, and the path that it may use.
const DOORS: &[(&str, &str)] = &[("report/template.rs", "load"), ("report/", "load::schema")];

/// The shell: files, sockets, clock, environment and printing are its business alone.
const SHELL: &[&str] = &["files", "web", "cli", "main"];

/// Where the order of a hash table could reach an answer.
const CORE: &[&str] = &["case", "model", "solve", "kernel", "certify", "study"];

/// The modules that may not even name the equality table.
const BLIND: &[&str] = &["model", "solve", "kernel"];

/// The files in which a fraction is not an exact quantity but a drawing, a spreadsheet cell or a guess that is checked.
const FRACTIONS: &[&str] = &[
    "kernel/linear.rs",
    "kernel/bundle.rs",
    "kernel/separate.rs",
    "kernel/separate/divided.rs",
    "kernel/separate/guess.rs",
    "kernel/dual.rs",
    "kernel/branching.rs",
    "kernel/volume.rs",
    "load/workbook.rs",
    // Points on paper, where the layout in whole units meets the library that writes them.
    "report/pdf/draw.rs",
    "report/pdf/points.rs",
    "report/template.rs",
    "report/svg.rs",
    // A decimal becomes the nearest number that a spreadsheet can hold, when its cell is written.
    "report/sheet/cell.rs",
    // Square roots of a confidence interval, and the last division of an exact probability; shown, never decided by.
    "study/monitor/interval.rs",
    // Standard errors, intervals and shares of variance of draws, from whole-number sums; shown, never decided by.
    "study/sweep/summary/statistics.rs",
];

/// Words of the outer world.
const WORLD: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "SystemTime",
    "Instant",
    "println!",
    "print!",
    "eprintln!",
    "eprint!",
];

/// What a file breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broken {
    /// The module has no floor yet.
    NoFloor,
    /// Imports a module that it may not know.
    Wall,
    /// Imports everything of a module, or several modules in one line.
    Glob,
    /// Climbs two floors by `super::super`.
    Climb,
    /// Names the equality table.
    Equality,
    /// Has a table whose order is chance.
    Hash,
    /// Counts in fractions.
    Fraction,
    /// Reaches for files, sockets, clock, environment or the screen.
    World,
}

/// Everything that one file of `src` breaks; `file` is its path below `src`.
fn broken(file: &str, source: &str) -> Vec<(Broken, String)> {
    let module = file.split('/').next().expect("split gives one piece").trim_end_matches(".rs");
    let Some((_, allowed)) = FLOORS.iter().find(|(name, _)| *name == module) else {
        return vec![(Broken::NoFloor, module.to_owned())];
    };
    let code = code_of(source);
    let mut found = Vec::new();
    for path in paths(&code) {
        let top = path.split("::").next().expect("split gives one piece");
        let door = |(place, open): &(&str, &str)| {
            file.starts_with(place) && (path == *open || path.starts_with(&format!("{open}::")))
        };
        if ALL.contains(&top) && top != module && !allowed.contains(&top) && !DOORS.iter().any(door) {
            found.push((Broken::Wall, path));
        }
    }
    found.extend(globs(&code).into_iter().map(|line| (Broken::Glob, line)));
    if code.contains("super::super") {
        found.push((Broken::Climb, "super::super".to_owned()));
    }
    if BLIND.contains(&module) && without_comments(source).to_lowercase().contains("equality") {
        found.push((Broken::Equality, "equality".to_owned()));
    }
    let mut ban = |applies: bool, words: &[&str], rule: Broken| {
        found.extend(words.iter().filter(|word| applies && says(&code, word)).map(|word| (rule, (*word).to_owned())));
    };
    ban(CORE.contains(&module), &["HashMap", "HashSet"], Broken::Hash);
    ban(!FRACTIONS.contains(&file), &["f64", "f32"], Broken::Fraction);
    ban(!SHELL.contains(&module), WORLD, Broken::World);
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the source is there") {
        let path = entry.expect("the source can be listed").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Truth: the table above, which `docs/ARCHITECTURE.md` explains.
#[test]
fn nobody_looks_through_a_wall() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    assert!(files.len() > 10, "the source is in {}", root.display());
    let mut faults = Vec::new();
    for path in files {
        let pieces = path.strip_prefix(&root).expect("found below it").iter();
        let file = pieces.map(|piece| piece.to_string_lossy()).collect::<Vec<_>>().join("/");
        let source = fs::read_to_string(&path).expect("source is UTF-8");
        faults.extend(broken(&file, &source).into_iter().map(|(rule, what)| format!("src/{file}: {rule:?}: {what}")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Every rule refuses something: by construction.
#[test]
fn every_wall_can_be_hit() {
    let cases: &[(&str, &str, Broken, &str)] = &[
        ("gossip.rs", "", Broken::NoFloor, "gossip"),
        ("certify/rules.rs", "use crate::solve::solve;", Broken::Wall, "solve::solve"),
        ("certify.rs", "fn f() { crate::kernel::run() }", Broken::Wall, "kernel::run"),
        ("certify.rs", "pub(crate) use crate::model;", Broken::Wall, "model"),
        ("report.rs", "use crate::model::{Model, build};", Broken::Wall, "model"),
        ("report/html.rs", "use crate::load::Loaded;", Broken::Wall, "load::Loaded"),
        ("report/sheet.rs", "use crate::load::schemas;", Broken::Wall, "load::schemas"),
        ("kernel/transport.rs", "use crate::id::PersonId;", Broken::Wall, "id::PersonId"),
        ("quantity.rs", "use crate::id::PersonId;", Broken::Wall, "id::PersonId"),
        ("model.rs", "use super::certify::certify;", Broken::Wall, "certify::certify"),
        ("load.rs", "use crate :: model :: Model;", Broken::Wall, "model::Model"),
        ("load.rs", "use crate::{case::Case, solve::Limits};", Broken::Wall, "solve::Limits"),
        ("load.rs", "use crate::{\n    case::Case,\n};", Broken::Glob, "use crate::{case::Case,}"),
        ("study/compare.rs", "use crate::report::Page;", Broken::Wall, "report::Page"),
        ("case.rs", "use crate::id::*;", Broken::Glob, "use crate::id::*"),
        ("case.rs", "use crate::id::{\n    PostId,\n    *,\n};", Broken::Glob, "use crate::id::{PostId,*,}"),
        ("model/terms.rs", "use super::super::case::Case;", Broken::Climb, "super::super"),
        ("model.rs", "fn read() -> &'static str { \"Equality_restricted\" }", Broken::Equality, "equality"),
        ("solve/stages.rs", "struct EqualityTable;", Broken::Equality, "equality"),
        ("case.rs", "use std::collections::{BTreeMap, HashMap};", Broken::Hash, "HashMap"),
        ("study.rs", "let seen = HashSet::new();", Broken::Hash, "HashSet"),
        ("case.rs", "let half = 1.5f64;", Broken::Fraction, "f64"),
        ("kernel/search.rs", "fn f(x: f32) {}", Broken::Fraction, "f32"),
        ("load.rs", "let text = std::fs::read_to_string(path);", Broken::World, "std::fs"),
        ("load.rs", "use std::{fs, path::Path};", Broken::World, "std::fs"),
        ("solve.rs", "let start = std::time::Instant::now();", Broken::World, "Instant"),
        ("certify.rs", "println!(\"{x}\");", Broken::World, "println!"),
        ("report.rs", "std::env::var(\"HOME\")", Broken::World, "std::env"),
    ];
    for (file, source, rule, what) in cases {
        let found = broken(file, source);
        assert!(found.contains(&(*rule, (*what).to_owned())), "{file}: {source}: {found:?}");
    }
}

/// What is allowed is not refused: by construction.
#[test]
fn what_only_looks_like_a_breach_is_none() {
    let cases: &[(&str, &str)] = &[
        ("certify.rs", "//! Never [`crate::solve`], no f64, no println!, not std::fs.\nuse crate::case::Case;"),
        ("certify.rs", "/* use crate::model::Model; /* nested */ HashMap */ use crate::id::Id;"),
        ("model.rs", "// equality is no business of ours\nfn f() {}"),
        ("case.rs", "const WORDS: &str = \"use crate::solve::x; f64 \\\" println!\";"),
        (
            "case.rs",
            "const WORDS: &str = r#\"crate::load \" HashMap\"#; const QUOTE: char = '\"'; fn f<'a>(x: &'a str) {}",
        ),
        ("kernel/linear.rs", "fn f(x: f64) {}"),
        ("report/template.rs", "use crate::load::Loaded;"),
        ("report/sheet.rs", "use crate::load::schema::TABLES;"),
        ("kernel/search.rs", "use crate::kernel::problem::Problem; let x = a * b; let y = *z;"),
        ("solve.rs", "mod tests { use super::solve; }"),
        ("cli/solve.rs", "use crate::files::write; use crate::solve::Limits; println!(\"{x}\"); use std::fs;"),
        ("model.rs", "let Instantly = 1; let my_f64x = 2; let hash = sprintln!();"),
        ("case.rs", "macro_rules! m { () => { $crate::case::words! {} } }"),
    ];
    for (file, source) in cases {
        let found = broken(file, source);
        assert!(found.is_empty(), "{file}: {source}: {found:?}");
    }
}
