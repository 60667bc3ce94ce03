//! The grid of a sweep: settings of the base scenario written over, each with each.

use crate::case::scenario::Scenario;
use crate::case::sweep::{Axis, AxisValue, choices};
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, did_you_mean};
use crate::load::names::Names;
use crate::load::settings::{Setting, Value, cell_text, clauses};
use crate::load::sweep::read_point;
use crate::quantity::read_decimal;

/// What a scenario file begins its settings with; `id`, `name` and `purpose` are its own.
const HEADS: [&str; 6] = ["objectives", "use_pins", "structures", "policy", "statutory_cover", "fairness"];
/// Decimals that a number of a scenario may have at most.
const DECIMALS: u32 = 6;

/// The settings that are varied, as they were written.
pub(super) struct Grid {
    leaves: Vec<Leaf>,
}

/// One setting with its values.
struct Leaf {
    axis: Axis,
    path: Vec<String>,
    key_spot: Spot,
    written: Vec<(Value, Spot)>,
}

impl Grid {
    /// Reads the section `grid`, if there is one.
    pub(super) fn read(setting: Option<&Setting>, faults: &mut Faults) -> Self {
        let mut leaves = Vec::new();
        if let Some(inside) = setting.and_then(|setting| crate::load::value::section(setting, faults)) {
            gather(inside, "", &mut leaves, faults);
        }
        leaves.sort_by_key(|leaf| leaf.key_spot.order);
        for at in 1..leaves.len() {
            let (before, rest) = leaves.split_at(at);
            if before.iter().any(|leaf| leaf.axis.key == rest[0].axis.key) {
                let why = "each setting has one list of values";
                let (spot, key) = (rest[0].key_spot.clone(), rest[0].axis.key.as_str());
                faults.add(Code::SweepTwice, spot, key, why, "delete one of the two lines");
            }
        }
        Self { leaves }
    }

    /// How many points it has; `None` where no number holds them.
    pub(super) fn size(&self) -> Option<usize> {
        self.leaves.iter().try_fold(1usize, |size, leaf| size.checked_mul(leaf.axis.values.len().max(1)))
    }

    /// The axes in the order of the file.
    pub(super) fn into_axes(self) -> Vec<Axis> {
        self.leaves.into_iter().map(|leaf| leaf.axis).collect()
    }

    /// The scenario at each point, or what no scenario can say; `None` where the grid itself is at fault.
    pub(super) fn points(
        &self,
        id: &str,
        base: Vec<Setting>,
        added: Option<&Setting>,
        names: &Names,
        faults: &mut Faults,
    ) -> Option<Result<Vec<Scenario>, Vec<Diagnostic>>> {
        let base = with_clauses(base, added, faults)?;
        let mut ready = true;
        for leaf in &self.leaves {
            ready &= leaf.check(&base, faults);
        }
        if !ready {
            return None;
        }
        let axes: Vec<Axis> = self.leaves.iter().map(|leaf| leaf.axis.clone()).collect();
        let mut scenarios = Vec::new();
        let mut wrong: Vec<Diagnostic> = Vec::new();
        for point in 0..self.size()? {
            let mut settings = base.clone();
            for (leaf, at) in self.leaves.iter().zip(choices(&axes, point)) {
                leaf.put(&mut settings, at);
            }
            let mut found = Faults::default();
            scenarios.extend(read_point(id, settings, names, &mut found));
            let at = self.leaves.iter().zip(choices(&axes, point));
            let at: Vec<String> = at.map(|(leaf, at)| leaf.shown(at)).collect();
            note(found, id, &at, &mut wrong);
        }
        Some(if wrong.is_empty() { Ok(scenarios) } else { Err(sorted(wrong)) })
    }
}

impl Leaf {
    fn shown(&self, at: usize) -> String {
        format!("{} = {}", self.axis.key, self.axis.values[at].text())
    }

    /// Whether the base scenario has a place for it.
    fn check(&self, base: &[Setting], faults: &mut Faults) -> bool {
        let [head, number, _] = &self.path[..] else { return true };
        let rules = fairness(base).len();
        let fits = number.parse::<usize>().is_ok_and(|number| (1..=rules).contains(&number));
        if head == "fairness" && !fits {
            let why = match rules {
                0 => "the scenario has no fairness rule, and the plan adds none".to_owned(),
                _ => format!("with those that the plan adds there are {rules} fairness rules, counted from 1"),
            };
            let action = "correct the number, or add the rule to the plan with [[fairness]]";
            faults.add(Code::SweepId, self.key_spot.clone(), &self.axis.key, why, action);
            return false;
        }
        true
    }

    /// Writes one of its values over the setting.
    fn put(&self, settings: &mut Vec<Setting>, at: usize) {
        let (value, spot) = self.written[at].clone();
        let last = self.path.last().expect("a path has a last key");
        let new = Setting { key: last.clone(), key_spot: self.key_spot.clone(), value, spot };
        match &self.path[..] {
            [_] => replace(settings, new),
            [head, _] => replace(inside(settings, head, &self.key_spot), new),
            [_, number, _] => {
                let rule = settings.iter_mut().find(|setting| setting.key == "fairness");
                let number: usize = number.parse().expect("the number of a rule was checked");
                if let Some(Value::List(rules)) = rule.map(|rule| &mut rule.value)
                    && let Some((Value::Section(keys), _)) = rules.get_mut(number - 1)
                {
                    replace(keys, new);
                }
            }
            [] | [_, _, _, _, ..] => unreachable!("a path has one to three keys"),
        }
    }
}

/// Takes every list below a section, with the path to it.
fn gather(settings: &[Setting], prefix: &str, leaves: &mut Vec<Leaf>, faults: &mut Faults) {
    for setting in settings {
        let key = format!("{prefix}{}", setting.key);
        match &setting.value {
            Value::Section(inside) => gather(inside, &format!("{key}."), leaves, faults),
            Value::List(written) if !written.is_empty() => {
                if let Some(path) = path(&key, setting, faults) {
                    let values = values(written, faults);
                    let (key_spot, written) = (setting.key_spot.clone(), written.clone());
                    leaves.push(Leaf { axis: Axis { key, values }, path, key_spot, written });
                }
            }
            Value::List(_) | Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::Cell(_) | Value::Other(_) => {
                let why = "a setting of the grid takes a list with the values that it is to have";
                let action = format!("write {key} = [first, second]");
                faults.add(Code::WrongType, setting.spot.clone(), cell_text(&setting.value), why, action);
            }
        }
    }
}

/// The keys that lead to a setting of a scenario.
fn path(key: &str, setting: &Setting, faults: &mut Faults) -> Option<Vec<String>> {
    let (head, rest) = key.split_once('.').map_or((key, None), |(head, rest)| (head, Some(rest)));
    let path = match (head, rest) {
        ("objectives" | "use_pins", None) => vec![head],
        ("structures" | "policy" | "statutory_cover", Some(rest)) => vec![head, rest],
        ("fairness", Some(rest)) if rest.contains('.') => {
            let (number, last) = rest.split_once('.').expect("it has a dot");
            vec![head, number, last]
        }
        _ => {
            let why = format!(
                "a grid varies what a scenario file says below {}: policy.rule, structures.A, fairness.1.min_pct",
                HEADS.join(", ")
            );
            let action = format!("correct the key{}", did_you_mean(head, HEADS));
            faults.add(Code::SweepKey, setting.key_spot.clone(), key, why, action);
            return None;
        }
    };
    Some(path.into_iter().map(str::to_owned).collect())
}

fn values(written: &[(Value, Spot)], faults: &mut Faults) -> Vec<AxisValue> {
    let mut values: Vec<AxisValue> = Vec::new();
    for (value, spot) in written {
        let value = axis_value(value);
        if values.contains(&value) {
            let why = "two points of the grid would be the same";
            faults.add(Code::SweepTwice, spot.clone(), value.text(), why, "delete one of the two");
        }
        values.push(value);
    }
    values
}

fn axis_value(value: &Value) -> AxisValue {
    match value {
        Value::Flag(flag) => AxisValue::Flag(*flag),
        Value::Number(text) => match read_decimal(text, DECIMALS) {
            Ok(mut value) => {
                let mut decimals = DECIMALS;
                while decimals > 0 && value % 10 == 0 {
                    value /= 10;
                    decimals -= 1;
                }
                AxisValue::Number { value, decimals }
            }
            // The scenario will not take it either, and says so.
            Err(_) => AxisValue::Text(text.clone()),
        },
        Value::Text(_) | Value::List(_) | Value::Section(_) | Value::Cell(_) | Value::Other(_) => {
            AxisValue::Text(cell_text(value))
        }
    }
}

fn replace(settings: &mut Vec<Setting>, new: Setting) {
    match settings.iter_mut().find(|setting| setting.key == new.key) {
        Some(old) => *old = new,
        None => settings.push(new),
    }
}

/// The settings of a section, which is made where it is missing.
fn inside<'s>(settings: &'s mut Vec<Setting>, head: &str, spot: &Spot) -> &'s mut Vec<Setting> {
    let is_section = |setting: &Setting| setting.key == head && matches!(setting.value, Value::Section(_));
    if !settings.iter().any(is_section) {
        let value = Value::Section(Vec::new());
        replace(settings, Setting { key: head.to_owned(), key_spot: spot.clone(), value, spot: spot.clone() });
    }
    let found = settings.iter_mut().find(|setting| setting.key == head).expect("it was there, or was made");
    let Value::Section(inside) = &mut found.value else { unreachable!("it is a section") };
    inside
}

/// The base scenario with its fairness rules as a list, those of the plan after its own.
fn with_clauses(mut base: Vec<Setting>, added: Option<&Setting>, faults: &mut Faults) -> Option<Vec<Setting>> {
    let own = base.iter().find(|setting| setting.key == "fairness").cloned();
    let mut rules = own.as_ref().and_then(clauses).unwrap_or_default();
    if let Some(added) = added {
        let Some(more) = clauses(added) else {
            let why = "fairness is a list of clauses, each with keys of its own";
            let action = "write [[fairness]] on a line of its own before each clause";
            faults.add(Code::WrongType, added.spot.clone(), "", why, action);
            return None;
        };
        rules.extend(more);
    }
    if let Some(spot) = own.or_else(|| added.cloned()).map(|setting| setting.spot) {
        let list = rules.into_iter().map(|(keys, spot)| (Value::Section(keys), spot)).collect();
        let key = "fairness".to_owned();
        replace(&mut base, Setting { key, key_spot: spot.clone(), value: Value::List(list), spot });
    }
    Some(base)
}

fn fairness(settings: &[Setting]) -> Vec<(Vec<Setting>, Spot)> {
    settings.iter().find(|setting| setting.key == "fairness").and_then(clauses).unwrap_or_default()
}

/// Keeps the errors of one point that no other point has had.
fn note(found: Faults, id: &str, at: &[String], wrong: &mut Vec<Diagnostic>) {
    for mut fault in found.into_sorted() {
        let said = |it: &Diagnostic| {
            (it.code, &it.place, &it.found, &it.why) == (fault.code, &fault.place, &fault.found, &fault.why)
        };
        if fault.severity == Severity::Error && !wrong.iter().any(said) {
            if !at.is_empty() {
                fault.subject = Some(format!("scenario {id} with {}", at.join(", ")));
            }
            wrong.push(fault);
        }
    }
}

fn sorted(mut wrong: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let line = |fault: &Diagnostic| match &fault.place {
        Place::Line { file, line, column } => (file.clone(), *line, *column),
        Place::Csv { .. } | Place::Sheet { .. } | Place::Whole(_) => (String::new(), 0, 0),
    };
    wrong.sort_by_key(line);
    wrong
}
