//! Which scenarios of a case are wanted, and the one that is made up where there is none.

use crate::case::scenario::Scenario;
use crate::fingerprint::Input;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, did_you_mean};
use crate::load::gather::{Gathered, SCENARIO_ORDER, ScenarioFile};
use crate::load::names::Names;
use crate::load::settings::{Draft, from_sheet, from_toml};
use crate::load::{Want, scenario};

/// The scenarios that were wanted, and what was made of them.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    /// Those that could be read, by id, with the spot where each begins.
    pub(super) scenarios: Vec<(Scenario, Spot)>,
    /// The files that they came from.
    pub(super) inputs: Vec<Input>,
    /// TOML of the default scenario, where it was made up.
    pub(super) made_up: Option<String>,
}

/// Parses every scenario, without judging any.
pub(super) fn drafts(gathered: &Gathered<'_>, faults: &mut Faults) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = gathered.scenario_files.iter().map(from_toml).collect();
    if let Some(sheet) = &gathered.scenario_sheet {
        drafts.extend(from_sheet(sheet, faults));
    }
    drafts
}

/// Reads the scenarios that are wanted.
pub(super) fn choose(gathered: &Gathered<'_>, want: Want<'_>, names: &Names, faults: &mut Faults) -> Chosen {
    let drafts = match want {
        Want::Match => return Chosen::default(),
        Want::Check | Want::Solve(_) if gathered.unreadable => return Chosen::default(),
        Want::Check | Want::Solve(_) => drafts(gathered, faults),
    };
    let wanted = match want {
        Want::Check | Want::Match => None,
        Want::Solve(id) => id,
    };
    if drafts.is_empty() && wanted.is_none_or(|id| id == "default") {
        return made_up(gathered, names, faults);
    }
    let spot = whole_spot(gathered);
    let drafts = match (want, wanted) {
        (Want::Solve(_), Some(id)) => match position(&drafts, id) {
            Some(at) => vec![drafts.into_iter().nth(at).expect("a position in the list")],
            None => {
                report_none(id, &drafts, spot, faults);
                return Chosen::default();
            }
        },
        (Want::Solve(_), None) if drafts.len() > 1 => {
            let ids: Vec<&str> = drafts.iter().map(|draft| draft.id.as_str()).collect();
            let why = format!("the case has {} scenarios: {}", ids.len(), ids.join(", "));
            let action = format!("name one, as in --scenario {}", ids[0]);
            faults.add(Code::WhichScenario, spot, "", why, action);
            return Chosen::default();
        }
        _ => drafts,
    };
    read_all(drafts, gathered, names, faults)
}

fn whole_spot(gathered: &Gathered<'_>) -> Spot {
    let name = gathered.workbook.map_or_else(|| "scenarios/".to_owned(), |book| format!("{book} sheet scenarios"));
    Spot::whole(SCENARIO_ORDER, &name)
}

/// The draft with this id; failing that, the one whose file has this name, with or without folder and `.toml`.
fn position(drafts: &[Draft], id: &str) -> Option<usize> {
    let by_id = drafts.iter().position(|draft| draft.id == id);
    let stem = id.strip_suffix(".toml").map_or(id, |path| path.rsplit(['/', '\\']).next().unwrap_or(path));
    by_id.or_else(|| drafts.iter().position(|draft| draft.stem.as_deref() == Some(stem)))
}

fn report_none(id: &str, drafts: &[Draft], spot: Spot, faults: &mut Faults) {
    let ids: Vec<&str> = drafts.iter().map(|draft| draft.id.as_str()).collect();
    let why = match ids[..] {
        [] => "the case has no scenarios".to_owned(),
        _ => format!("the scenarios of the case are {}", ids.join(", ")),
    };
    let action = format!("name one of them, or add a scenario with this id{}", did_you_mean(id, ids));
    faults.add(Code::NoSuchScenario, spot, id, why, action);
}

fn read_all(drafts: Vec<Draft>, gathered: &Gathered<'_>, names: &Names, faults: &mut Faults) -> Chosen {
    let mut chosen = Chosen::default();
    let mut seen: Vec<(String, String)> = Vec::new();
    for mut draft in drafts {
        let subject = format!("scenario {}", draft.id);
        faults.absorb(std::mem::take(&mut draft.faults), &subject);
        if let Some((_, other)) = seen.iter().find(|(id, _)| *id == draft.id) {
            let why = format!("{other} has the same id, and a plan names its scenario by it");
            faults.add(Code::ScenarioTwice, draft.spot.clone(), &draft.id, why, "give one of the two another id");
        }
        seen.push((draft.id.clone(), draft.spot.place.to_string()));
        if let Some(file) = gathered.scenario_files.iter().find(|file| Some(file.file) == draft.file.as_deref()) {
            chosen.inputs.push(Input::new(file.file, file.bytes));
        }
        if let Some(scenario) = scenario::read(&draft, names, faults) {
            chosen.scenarios.push((scenario, draft.spot));
        }
    }
    chosen.scenarios.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    chosen
}

fn made_up(gathered: &Gathered<'_>, names: &Names, faults: &mut Faults) -> Chosen {
    let why = "the first structure of each authority, the standard order of objectives, no fairness clauses, and no \
               on-cost were taken";
    let action = "write the scenario that you mean, starting from the default one";
    faults.add(Code::DefaultScenario, whole_spot(gathered), "", why, action);
    let text = scenario::default_text(names);
    let file = ScenarioFile { file: "scenarios/default.toml", order: SCENARIO_ORDER, bytes: text.as_bytes() };
    let draft = from_toml(&file);
    let read = scenario::read(&draft, names, faults);
    Chosen {
        scenarios: read.into_iter().map(|s| (s, draft.spot.clone())).collect(),
        inputs: Vec::new(),
        made_up: Some(text),
    }
}
