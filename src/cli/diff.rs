//! `demerge diff`: is the final structure materially different from the consulted one?

use std::path::Path;

use serde_json::Value;

use crate::case::Case;
use crate::case::answer::{Plan, Undecided};
use crate::case::material::MaterialRule;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, inspect};
use crate::cli::Done;
use crate::cli::args::Solving;
use crate::cli::args::compare::Diff;
use crate::cli::exit::{Error, Exit};
use crate::cli::verify::claim::{self, Read};
use crate::cli::{answer, input, screen};
use crate::files;
use crate::fingerprint::Input;
use crate::load::material::read_material;
use crate::load::{Loaded, SourceFile, Sources, Want};
use crate::report::html::write_html;
use crate::report::material::{Told, diff_csv, diff_json, filed, page};
use crate::report::provenance::Provenance;
use crate::report::terminal::write_text;
use crate::study::material::side::Side;
use crate::study::material::{Verdict, check, judge};
use crate::study::variant::is_proved;

/// Reads both sides and the rule, judges each line, finds it again, and shows it.
pub(super) fn run(wanted: &Diff) -> Done {
    let sources = input::read(&wanted.case)?;
    let consulted = match side(&sources, &wanted.consulted, &wanted.conduct.solving)? {
        Ok(side) => side,
        Err(why) => return without(why),
    };
    let rule = read_rule(&consulted.loaded.case, &wanted.rule);
    let other = wanted.final_case.as_deref().map(input::read).transpose()?;
    let settled = side(other.as_ref().unwrap_or(&sources), &wanted.settled, &wanted.conduct.solving);
    let (rule, settled) = match (rule, settled) {
        (Ok(rule), Ok(Ok(settled))) => (rule, settled),
        (Ok(_), Ok(Err(why))) => return without(why),
        (Err(Error::Input(mut faults)), Err(Error::Input(others))) => {
            faults.0.extend(others.0);
            return Err(Error::Input(faults));
        }
        (Err(fault), _) | (Ok(_), Err(fault)) => return Err(fault),
    };
    let judgement = judge(&rule, &consulted.side, &settled.side);
    let what = "a judgement was made, and the separate checker does not confirm it";
    check::check(&rule, &consulted.side, &settled.side, &judgement)
        .map_err(|fault| Error::Unconfirmed(what, fault.into()))?;
    let (was, is) = (consulted.told(), settled.told());
    if let Some(file) = &wanted.out {
        files::write_one(file, &diff_csv(&judgement), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.json {
        files::write_one(file, &diff_json(&rule, &was, &is, &judgement), wanted.conduct.force.into())?;
    }
    if let Some(file) = &wanted.html {
        let provenance = provenance(wanted, &consulted, &settled)?;
        let page = filed(&rule, &was, &is, &judgement, &provenance);
        files::write_one(file, &write_html(&page, &provenance), wanted.conduct.force.into())?;
    }
    screen::say(&write_text(&page(&rule, &was, &is, &judgement), screen::WIDTH))?;
    let kept = judgement.lines.iter().all(|line| line.verdict == Verdict::Within);
    Ok(if kept { Exit::Done } else { Exit::Material })
}

/// Every file that was read, those of another case and of plans under their own names.
fn provenance(wanted: &Diff, consulted: &Given, settled: &Given) -> Result<Provenance, Error> {
    let mut all = consulted.loaded.inputs.clone();
    all.extend(settled.loaded.inputs.iter().map(|input| match &wanted.final_case {
        Some(case) => Input { file: format!("{}: {}", file_name(case), input.file), ..input.clone() },
        None => input.clone(),
    }));
    let plans = [&wanted.consulted, &wanted.settled].map(Path::new).into_iter().filter(|path| is_file(path));
    for path in plans.chain([wanted.rule.as_path()]) {
        all.push(Input::new(&file_name(path), &files::read_file(path)?));
    }
    all.sort_by(|a, b| (&a.file, &a.sha256).cmp(&(&b.file, &b.sha256)));
    all.dedup();
    Ok(Provenance { inputs: all, ..Provenance::new([]) })
}

/// Whether a side is a plan file.
fn is_file(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

fn read_rule(case: &Case, path: &Path) -> Result<MaterialRule, Error> {
    let bytes = files::read_file(path)?;
    read_material(case, &SourceFile { name: file_name(path), bytes }).map_err(Error::Input)
}

/// What was consulted on, or what is to be put in place.
struct Given {
    loaded: Loaded,
    /// What it is, in words.
    what: String,
    /// What there is to know about it, in sentences.
    notes: Vec<String>,
    side: Side,
}

impl Given {
    fn told(&self) -> Told<'_> {
        let scenario = answer::scenario(&self.loaded);
        Told { case: &self.loaded.case, scenario, what: &self.what, notes: &self.notes }
    }
}

/// Why a side cannot be judged, and how that ends.
struct Without {
    text: String,
    exit: Exit,
}

fn without(why: Without) -> Done {
    screen::complain(&format!("demerge: {}\n", why.text));
    Ok(why.exit)
}

/// Reads one side: a plan file where the name ends in `.json`, else a scenario.
fn side(sources: &Sources, name: &str, solving: &Solving) -> Result<Result<Given, Without>, Error> {
    let path = Path::new(name);
    if is_file(path) {
        return from_file(sources, path, solving);
    }
    let loaded = input::load_sources(sources, Want::Solve(Some(name)))?;
    let scenario = answer::scenario(&loaded);
    let certified = answer::answer(&loaded.case, scenario, solving)?;
    if let Some(why) = unproved(scenario, &certified) {
        return Ok(Err(why));
    }
    let plan = certified.plan().expect("it is proved");
    let side = Side::of(&loaded.case, scenario, plan, certified.undecided());
    let what = format!("scenario {} ({})", scenario.id, scenario.name);
    Ok(Ok(Given { what, notes: Vec::new(), side, loaded }))
}

fn unproved(scenario: &Scenario, certified: &Certified) -> Option<Without> {
    let id = &scenario.id;
    if is_proved(certified) && certified.undecided_complete() {
        return None;
    }
    let text = match Exit::of(certified.status()) {
        Exit::Impossible => {
            format!("scenario {id} has no plan, so there is nothing to compare; `demerge solve` says why")
        }
        _ => format!("scenario {id}: a limit was reached before its plan was proved, so nothing is judged"),
    };
    let exit = if certified.plan().is_none() { Exit::of(certified.status()) } else { Exit::Stopped };
    Some(Without { text, exit })
}

/// A plan file is taken only if everything that it claims holds for the case of today.
fn from_file(sources: &Sources, path: &Path, solving: &Solving) -> Result<Result<Given, Without>, Error> {
    let bytes = files::read_file(path)?;
    let shown = path.display();
    let Some(id) = scenario_of(&bytes) else {
        let text = format!("{shown} names no scenario, so it is no plan.json of this program");
        return Ok(Err(Without { text, exit: Exit::NotAllowed }));
    };
    let loaded = input::load_sources(sources, Want::Solve(Some(&id)))?;
    let (case, scenario) = (&loaded.case, answer::scenario(&loaded));
    let read = match claim::read(case, scenario, file_name(path), bytes)? {
        Read::Plan(read) => read,
        Read::NoPlan { .. } => {
            let text = format!("{shown} says that scenario {id} has no plan, so there is nothing to compare");
            return Ok(Err(Without { text, exit: Exit::Impossible }));
        }
    };
    let broken = broken(case, scenario, &read, &loaded, solving)?;
    if let Err(faults) = broken {
        let text = format!(
            "{shown} does not hold for this case, so nothing is judged (`demerge verify` says more):\n  {}",
            faults.join("\n  ")
        );
        return Ok(Err(Without { text, exit: Exit::NotAllowed }));
    }
    let mut notes = broken.unwrap_or_default();
    let undecided: &[Undecided] = read.undecided().unwrap_or_default();
    if read.undecided().is_none() {
        notes.push(format!("{shown} carries no proofs, so nobody in it counts as undecided."));
    }
    let plan: &Plan = &read.plan;
    let side = Side::of(case, scenario, plan, undecided);
    let what = format!("{shown}, scenario {id} ({})", scenario.name);
    Ok(Ok(Given { what, notes, side, loaded }))
}

/// What is to be known about a file that holds, or everything in it that does not.
fn broken(
    case: &Case,
    scenario: &Scenario,
    read: &claim::PlanRead,
    loaded: &Loaded,
    solving: &Solving,
) -> Result<Result<Vec<String>, Vec<String>>, Error> {
    let found = inspect(case, scenario, &read.plan);
    let best = answer::answer(case, scenario, solving)?;
    let claims = claim::check(case, scenario, read, &found, &best, &loaded.inputs);
    let faults: Vec<String> = found.breaches.iter().map(ToString::to_string).chain(claims.broken).collect();
    Ok(if faults.is_empty() { Ok(claims.notes) } else { Err(faults) })
}

fn scenario_of(bytes: &[u8]) -> Option<String> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let document: Value = serde_json::from_slice(text).ok()?;
    document.get("scenario")?.as_str().map(str::to_owned)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
