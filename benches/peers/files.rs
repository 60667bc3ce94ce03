//! What is handed to the other solvers: an instance in one JSON file, and one line for each thing measured.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;

use demerge::kernel::problem::{Problem, Row};
use serde_json::{Value, json};

/// Where the files are.
pub(crate) fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(target).join("peers");
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// An instance as peers read it; `constant` is added to every value.
pub(crate) fn instance(problem: &Problem, objective: &Row, constant: i64, closed: &[u32]) -> Value {
    let network = &problem.network;
    let mut cost = vec![0i64; network.arcs()];
    objective.arcs.iter().for_each(|&(arc, k)| cost[arc as usize] = k);
    let rows = problem.rows.iter().map(|row| {
        let (arcs, k): (Vec<u32>, Vec<i64>) = row.arcs.iter().copied().unzip();
        json!({ "arcs": arcs, "k": k, "limit": row.limit })
    });
    json!({
        "first": network.first, "column": network.column, "capacity": network.capacity,
        "cost": cost, "constant": constant, "closed": closed, "rows": rows.collect::<Vec<_>>(),
    })
}

/// Writes a file of the peers' folder.
pub(crate) fn write(name: &str, value: &Value) {
    fs::write(folder().join(name), value.to_string()).expect("the file can be written");
}

/// Adds a line to what was measured.
pub(crate) fn record(line: &Value) {
    let path = folder().join("measured.jsonl");
    let mut file = OpenOptions::new().create(true).append(true).open(path).expect("the file can be written");
    writeln!(file, "{line}").expect("the file can be written");
    println!("{line}");
}
