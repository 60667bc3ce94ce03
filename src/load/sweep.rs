//! The plan of a sweep: a TOML file beside the case, read to scenarios and chances, or to every fault in it.
//!
//! A point of the grid is the base scenario's own file with some settings written over, read by the same code as any
//! scenario: so a sweep can vary whatever a scenario can say, and a value that no scenario could have is refused with its
//! line. `docs/SWEEP.md` has the keys.

mod chances;
mod grid;

use crate::case::Case;
use crate::case::sweep::{Chances, SweepPlan};
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, did_you_mean};
use crate::load::gather::ScenarioFile;
use crate::load::names::Names;
use crate::load::settings::{Setting, Value, from_toml};
use crate::load::sweep::grid::Grid;
use crate::load::{Diagnostics, Loaded, SourceFile, Sources, Want, choose, gather, scenario, value};
use crate::quantity::{grouped, read_decimal};

/// The keys of a plan.
const KEYS: [&str; 6] = ["scenario", "seed", "scenarios", "fairness", "grid", "sample"];
/// Position of the plan in the order of reading, after everything of the case.
const PLAN_ORDER: u32 = 1_000_000;
/// The most scenarios at one point of the grid.
const MOST_SAMPLES: i64 = 10_000_000;
/// The most points of a grid.
const MOST_POINTS: usize = 10_000;
/// The most scenarios of a sweep.
const MOST_SCENARIOS: u64 = 100_000_000;

/// A case with a plan that fits it.
#[derive(Debug, Clone)]
pub struct LoadedSweep {
    /// The case with the base scenario.
    pub loaded: Loaded,
    /// The plan.
    pub plan: SweepPlan,
}

/// Reads a case and the plan of a sweep of it.
///
/// # Errors
/// Every fault of the case, then every fault of the plan, if any of them is an error.
pub fn load(sources: &Sources, file: &SourceFile) -> Result<LoadedSweep, Diagnostics> {
    let written = ScenarioFile { file: &file.name, order: PLAN_ORDER, bytes: &file.bytes };
    let mut draft = from_toml(&written);
    let mut faults = std::mem::take(&mut draft.faults);
    let Some(settings) = draft.settings else { return Err(Diagnostics(faults.into_sorted())) };
    check_keys(&settings, &KEYS, "the plan of a sweep", &mut faults);
    let plan = Written { settings: &settings, start: draft.spot };
    let (loaded, found) = plan.case(sources, &mut faults);
    let read = plan.read(sources, loaded.as_ref(), &mut faults);
    let stop = faults.stop() || found.iter().any(|it| it.severity == crate::diagnostic::Severity::Error);
    match (read, loaded) {
        (Some(Ok(plan)), Some(loaded)) if !stop => Ok(LoadedSweep { loaded, plan }),
        (read, _) => {
            let of_points = read.and_then(Result::err).unwrap_or_default();
            Err(Diagnostics([found, faults.into_sorted(), of_points].concat()))
        }
    }
}

/// A plan as it was written.
struct Written<'s> {
    settings: &'s [Setting],
    start: Spot,
}

impl Written<'_> {
    fn find(&self, key: &str) -> Option<&Setting> {
        value::find(self.settings, key)
    }

    /// The case with the scenario that the plan names, and what is wrong with the case.
    fn case(&self, sources: &Sources, faults: &mut Faults) -> (Option<Loaded>, Vec<crate::diagnostic::Diagnostic>) {
        let setting = self.find("scenario");
        let named = setting.and_then(|setting| value::text(setting, faults));
        if setting.is_some() && named.is_none() {
            return (None, Vec::new());
        }
        let mut found = match super::load(sources, Want::Solve(named.as_deref())) {
            Ok(loaded) => return (Some(loaded), Vec::new()),
            Err(found) => found.0,
        };
        let choice = |code: &str| [Code::NoSuchScenario.code(), Code::WhichScenario.code()].contains(&code);
        let at = found.iter().position(|it| choice(it.code));
        if let Some(fault) = at.map(|at| found.remove(at)) {
            match (setting, named) {
                (Some(setting), Some(named)) => {
                    faults.add(Code::SweepId, setting.spot.clone(), named, fault.why, fault.action);
                }
                _ => {
                    let action = "add a line such as scenario = \"S1\"";
                    faults.add(Code::MissingKey, self.start.clone(), "scenario", fault.why, action);
                }
            }
        }
        (None, found)
    }

    /// The plan, or the faults of the points of its grid; `None` where something else stands in the way.
    fn read(
        &self,
        sources: &Sources,
        loaded: Option<&Loaded>,
        faults: &mut Faults,
    ) -> Option<Result<SweepPlan, Vec<crate::diagnostic::Diagnostic>>> {
        let seed = self.whole("seed", 0, 999_999_999_999_999, faults).and_then(|seed| u64::try_from(seed).ok());
        let samples = self.whole("scenarios", 1, MOST_SAMPLES, faults).and_then(|it| u32::try_from(it).ok());
        let grid = Grid::read(self.find("grid"), faults);
        let chances = self.chances(loaded.map(|loaded| &loaded.case), faults);
        self.check_size(&grid, samples, faults);
        let loaded = loaded.filter(|_| !faults.stop())?;
        let base = loaded.scenarios.first()?;
        let settings = base_settings(sources, loaded, &base.id)?;
        let names = Names::of_case(&loaded.case);
        let points = grid.points(&base.id, settings, self.find("fairness"), &names, faults)?;
        Some(points.and_then(|points| {
            Ok(SweepPlan {
                base: base.id.clone(),
                seed: seed.ok_or_else(Vec::new)?,
                samples: samples.ok_or_else(Vec::new)?,
                axes: grid.into_axes(),
                points,
                chances: chances.ok_or_else(Vec::new)?,
            })
        }))
    }

    /// A whole number that the plan must have.
    fn whole(&self, key: &str, least: i64, most: i64, faults: &mut Faults) -> Option<i64> {
        let Some(setting) = self.find(key) else {
            let why = match key {
                "seed" => "the seed says which run of chance it is, so that the same plan gives the same draws",
                _ => "scenarios says how many are drawn at each point of the grid",
            };
            let action = format!("add a line such as {key} = {}", if key == "seed" { "2026" } else { "1000" });
            faults.add(Code::MissingKey, self.start.clone(), key, why, action);
            return None;
        };
        number(setting, 0, least, most, faults)
    }

    fn chances(&self, case: Option<&Case>, faults: &mut Faults) -> Option<Chances> {
        match (self.find("sample"), case) {
            (None, Some(case)) => Some(Chances::none(case)),
            (Some(setting), Some(case)) => chances::read(setting, case, faults),
            (_, None) => None,
        }
    }

    fn check_size(&self, grid: &Grid, samples: Option<u32>, faults: &mut Faults) {
        let points = grid.size();
        let spot = || self.find("grid").map_or_else(|| self.start.clone(), |setting| setting.key_spot.clone());
        let shown = |count: u64| grouped(i64::try_from(count).unwrap_or(i64::MAX));
        let most = shown(MOST_POINTS as u64);
        if points.is_none_or(|points| points > MOST_POINTS) {
            let found = points.map_or_else(String::new, |points| format!("{} points", shown(points as u64)));
            let why = format!("every value meets every other, and a grid has at most {most} points");
            faults.add(Code::SweepSize, spot(), found, why, "leave out settings or values, or make two plans of it");
            return;
        }
        let all = points.unwrap_or(0) as u64 * u64::from(samples.unwrap_or(1));
        if all > MOST_SCENARIOS {
            let why = format!("a sweep has at most {} scenarios, points times samples", shown(MOST_SCENARIOS));
            let action = "draw fewer scenarios at each point";
            faults.add(Code::SweepSize, spot(), format!("{} scenarios", shown(all)), why, action);
        }
    }
}

/// The settings of the base scenario, as its file or sheet has them.
fn base_settings(sources: &Sources, loaded: &Loaded, id: &str) -> Option<Vec<Setting>> {
    // What is wrong with them was said when the case was loaded.
    let mut said = Faults::default();
    if let Some(text) = &loaded.default_scenario {
        let file = ScenarioFile { file: "scenarios/default.toml", order: 0, bytes: text.as_bytes() };
        return from_toml(&file).settings;
    }
    let gathered = gather::gather(sources, &[], &mut said);
    let drafts = choose::drafts(&gathered, &mut said);
    drafts.into_iter().find(|draft| draft.id == id).and_then(|draft| draft.settings)
}

/// Reports every key that is not one of these.
fn check_keys(settings: &[Setting], known: &[&str], place: &str, faults: &mut Faults) {
    for setting in settings.iter().filter(|setting| !known.contains(&setting.key.as_str())) {
        let why = format!("{place} takes the keys {}", known.join(", "));
        let action = format!("correct the key or delete it{}", did_you_mean(&setting.key, known.iter().copied()));
        faults.add(Code::SweepKey, setting.key_spot.clone(), &setting.key, why, action);
    }
}

/// A number within bounds, in units of `10^-decimals`.
fn number(setting: &Setting, decimals: u32, least: i64, most: i64, faults: &mut Faults) -> Option<i64> {
    if let Value::Number(text) = &setting.value
        && let Ok(found) = read_decimal(text, decimals)
        && !(least..=most).contains(&found)
    {
        let shown = |limit: i64| crate::quantity::write_short(limit, decimals);
        let why = format!("{} takes numbers from {} to {}", setting.key, shown(least), shown(most));
        let action = if decimals == 0 { "correct the number" } else { "write a probability, as 0.05 for 5 in 100" };
        faults.add(Code::SweepNumber, setting.spot.clone(), text, why, action);
        return None;
    }
    value::decimal(setting, decimals, least, most, faults)
}

/// Reads a scenario of the grid.
fn read_point(
    id: &str,
    settings: Vec<Setting>,
    names: &Names,
    faults: &mut Faults,
) -> Option<crate::case::scenario::Scenario> {
    let draft = crate::load::settings::Draft {
        id: id.to_owned(),
        stem: None,
        file: None,
        spot: Spot::whole(0, id),
        settings: Some(settings),
        faults: Faults::default(),
    };
    scenario::read(&draft, names, faults)
}
