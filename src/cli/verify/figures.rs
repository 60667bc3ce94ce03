//! Whether the figures of a file without proofs are what its plan and the case give.

use serde_json::Value;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Inspection;
use crate::report::plan::write_figures;

/// One sentence for each key of the file that says what its plan does not give. Keys that it leaves out claim nothing.
pub(super) fn wrong(case: &Case, scenario: &Scenario, document: &Value, found: &Inspection) -> Vec<String> {
    let derived: Value = serde_json::from_slice(&write_figures(case, scenario, found)).expect("our own text is JSON");
    let figures = derived.as_object().into_iter().flatten();
    let keys = figures.filter(|(key, value)| document.get(key.as_str()).is_some_and(|claimed| !agrees(claimed, value)));
    let sentence = |key: &str| format!("What the file says under \"{key}\" is not what its plan and the case give.");
    let mut wrong: Vec<String> = keys.map(|(key, _)| sentence(key)).collect();
    let scored = document.get("objectives").and_then(Value::as_array);
    if scored.is_some_and(|rows| !rows.iter().all(|row| is_value(row, found))) {
        wrong.push(sentence("objectives"));
    }
    wrong
}

/// Whether the value of an objective is the plan's.
fn is_value(row: &Value, found: &Inspection) -> bool {
    let Some(name) = row.get("name").and_then(Value::as_str) else { return false };
    let claimed = row.get("value").and_then(Value::as_i64).map(i128::from);
    found.objectives.iter().any(|&(objective, value)| objective.word() == name && claimed == Some(value))
}

/// Whether everything that is claimed is so; records may leave keys out, and have further ones.
fn agrees(claimed: &Value, derived: &Value) -> bool {
    match (claimed, derived) {
        (Value::Array(claimed), Value::Array(derived)) => {
            claimed.len() == derived.len() && claimed.iter().zip(derived).all(|(a, b)| agrees(a, b))
        }
        (Value::Object(claimed), Value::Object(derived)) => {
            claimed.iter().all(|(key, value)| derived.get(key).is_none_or(|derived| agrees(value, derived)))
        }
        (Value::Number(claimed), Value::Number(derived)) => whole(&claimed.to_string()) == whole(&derived.to_string()),
        (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_), _)
        | (Value::Array(_) | Value::Object(_), _) => claimed == derived,
    }
}

/// `35.0` and `35` are one number.
fn whole(number: &str) -> &str {
    number.strip_suffix(".0").unwrap_or(number)
}
