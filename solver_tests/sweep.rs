//! Sweeps: what is drawn, what comes of it, and files that do not show how they were made.

mod draws;
pub(crate) mod faults;
mod files;
mod grid;
mod kill;
mod pieces;
mod summaries;

use std::fs::File;
use std::path::{Path, PathBuf};

use demerge::load::SourceFile;
use demerge::load::Sources;
use demerge::load::sweep::{LoadedSweep, load};
use demerge::report::parquet::{Reading, Series};
use demerge::solve::{Limits, Solver};

use crate::check::folder as sources;
use crate::cli::run::{Ran, data, demerge, text};

/// No limits.
pub(crate) const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

/// Everything that a plan can hold, over the case `data/example` (12 people): 4 points of 15 samples.
pub(crate) const PLAN: &str = "scenario = \"S1\"\nseed = 7\nscenarios = 15\n\
    [grid]\npolicy.max_grades_down = [0, 1]\n\"fairness.1.level\" = [\"report\", \"must\"]\n\
    [sample.leavers]\nall = 0.1\nemployer.T = 0.2\nperson.P11 = 0.5\n\
    [sample.changes]\nall = 0.15\nto = { other = 0.5, no_preference = 0.5 }\n\
    [sample.answers]\nM = 0.4\nT = 0.4\nno_response = 0.2\n\
    [sample.withdrawn]\nall = 0.05\n[sample.recruitment]\nall = 0.6\ncriticality.high = 0.3\n";

/// A case of `data/` with the text of a plan.
pub(crate) fn loaded(case: &str, plan: &str) -> LoadedSweep {
    let file = SourceFile { name: "plan.toml".to_owned(), bytes: plan.as_bytes().to_vec() };
    load(&Sources::Folder(sources(&data(case))), &file).unwrap_or_else(|faults| panic!("{faults}"))
}

/// Writes the plan into a folder.
pub(crate) fn plan_in(folder: &Path, plan: &str) -> PathBuf {
    let path = folder.join("plan.toml");
    std::fs::write(&path, plan).expect("a folder of our own");
    path
}

/// `demerge sweep CASE PLAN --out OUT --people …`, with further arguments.
pub(crate) fn swept(case: &Path, plan: &Path, out: &Path, more: &[&str]) -> Ran {
    let people = people_of(out);
    demerge(&[&["sweep", text(case), text(plan), "--out", text(out), "--people", text(&people)], more].concat())
}

/// Where the people of an output stand.
pub(crate) fn people_of(out: &Path) -> PathBuf {
    out.with_extension("people.parquet")
}

/// The bytes of both outputs.
pub(crate) fn both(out: &Path) -> [Vec<u8>; 2] {
    [out.to_owned(), people_of(out)].map(|path| std::fs::read(path).expect("it was written"))
}

/// A table as texts, the names of its columns first; a gap is `-`.
pub(crate) fn table(path: &Path) -> Vec<Vec<String>> {
    let table = Reading::new(File::open(path).expect("it was written")).expect("Parquet");
    let mut rows = vec![table.fields().iter().map(|field| field.name.clone()).collect::<Vec<_>>()];
    for group in 0..table.groups() {
        let series = table.group(group).expect("whole");
        rows.extend((0..series[0].len()).map(|row| series.iter().map(|series| cell(series, row)).collect()));
    }
    rows
}

fn cell(series: &Series, row: usize) -> String {
    let shown = match series {
        Series::Whole(values) => values[row].map(|value| value.to_string()),
        Series::Small(values) => values[row].map(|value| value.to_string()),
        Series::Flag(values) => values[row].map(|value| value.to_string()),
        Series::Text(values) => values[row].as_ref().map(|value| value.text().to_owned()),
    };
    shown.unwrap_or_else(|| "-".to_owned())
}
