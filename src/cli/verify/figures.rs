//! Whether the figures of a file without proofs are what its plan and the case give.

use serde_json::Value;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Inspection;
use crate::report::plan::{write_figures, write_objectives};

/// One sentence for each key of the file that says what its plan does not give. Keys that it leaves out claim nothing.
pub(super) fn wrong(case: &Case, scenario: &Scenario, document: &Value, found: &Inspection) -> Vec<String> {
    let derived: Value = serde_json::from_slice(&write_figures(case, scenario, found)).expect("our own text is JSON");
    let figures = derived.as_object().into_iter().flatten();
    let keys = figures.filter(|(key, value)| document.get(key.as_str()).is_some_and(|claimed| !agrees(claimed, value)));
    let sentence = |key: &str| format!("What the file says under \"{key}\" is not what its plan and the case give.");
    let mut wrong: Vec<String> = keys.map(|(key, _)| sentence(key)).collect();
    let scored = document.get("objectives").and_then(Value::as_array);
    let values: Value = serde_json::from_slice(&write_objectives(scenario, found)).expect("our own text is JSON");
    let values = values.as_array().map_or(&[][..], Vec::as_slice);
    if scored.is_some_and(|rows| !rows.iter().all(|row| is_value(row, values))) {
        wrong.push(sentence("objectives"));
    }
    wrong
}

/// Whether the value of an objective is the plan's; ranks at the end that nobody has may be left out.
fn is_value(row: &Value, values: &[Value]) -> bool {
    let same = |own: &Value| {
        let (claimed, derived) = (row.get("value"), own.get("value"));
        row.get("name") == own.get("name")
            && match (claimed.and_then(Value::as_array), derived.and_then(Value::as_array)) {
                (Some(claimed), Some(derived)) => occupied(claimed) == occupied(derived),
                (Some(_), None) | (None, Some(_)) => false,
                (None, None) => claimed.is_some() && claimed == derived,
            }
    };
    values.iter().any(same)
}

/// People at ranks, without noughts at the end.
fn occupied(counts: &[Value]) -> &[Value] {
    let last = counts.iter().rposition(|count| count.as_i64() != Some(0));
    &counts[..last.map_or(0, |last| last + 1)]
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
