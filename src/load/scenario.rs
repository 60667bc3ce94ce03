//! Settings to a [`Scenario`], or to every fault in them.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::StatutoryRole;
use crate::case::scenario::{Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover};
use crate::id::{AuthorityId, StructureId};
use crate::load::clause;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot, any_of, did_you_mean};
use crate::load::names::Names;
use crate::load::settings::{Draft, Setting, Value};
use crate::load::value;
use crate::quantity::BasisPoints;

const KEYS: &[&str] =
    &["id", "name", "purpose", "objectives", "use_pins", "structures", "policy", "statutory_cover", "fairness"];
const POLICY_KEYS: &[&str] = &[
    "rule",
    "retained_shared",
    "max_grades_down",
    "promotion_into",
    "unlisted_rank",
    "on_cost_pct",
    "family_priority",
];
const COVER_KEYS: &[&str] = &["roles", "max_tier"];

/// Tier counted where `statutory_cover` does not say: the chief officers and two tiers below their deputies.
const DEFAULT_MAX_TIER: u32 = 4;

/// Reads a draft; `None` where a fault was reported.
pub(super) fn read(draft: &Draft, names: &Names, faults: &mut Faults) -> Option<Scenario> {
    let settings = draft.settings.as_deref()?;
    let mut found = Faults::default();
    let scenario = read_settings(draft, settings, names, &mut found);
    let stop = found.stop();
    faults.absorb(found, &format!("scenario {}", draft.id));
    scenario.filter(|_| !stop)
}

fn read_settings(draft: &Draft, settings: &[Setting], names: &Names, faults: &mut Faults) -> Option<Scenario> {
    value::check_keys(settings, KEYS, "a scenario", faults);
    check_id(draft, settings, faults);
    let text = |key: &str, faults: &mut Faults| value::find(settings, key).and_then(|s| value::text(s, faults));
    let name = text("name", faults).unwrap_or_else(|| draft.id.clone());
    let purpose = text("purpose", faults).unwrap_or_default();
    let objectives = objectives(draft, settings, faults).map(|listed| with_priority(settings, listed, faults));
    let use_pins = value::find(settings, "use_pins").and_then(|s| value::flag(s, faults)).unwrap_or(true);
    let structures = structures(draft, settings, names, faults);
    let policy = policy(draft, settings, names, faults);
    let statutory_cover = statutory_cover(settings, faults);
    let fairness = clause::read(settings, names, faults);
    Some(Scenario {
        id: draft.id.clone(),
        name,
        purpose,
        objectives: objectives?,
        use_pins,
        structures: structures?,
        policy,
        statutory_cover,
        fairness,
    })
}

/// The objectives with `family` before all others, where `family_priority = true`, wherever it was listed.
fn with_priority(settings: &[Setting], mut objectives: Vec<Objective>, faults: &mut Faults) -> Vec<Objective> {
    let inside = value::find(settings, "policy").and_then(|setting| match &setting.value {
        Value::Section(inside) => Some(inside),
        Value::Text(_) | Value::Number(_) | Value::Flag(_) | Value::List(_) | Value::Cell(_) | Value::Other(_) => None,
    });
    let switch = inside.and_then(|inside| value::find(inside, "family_priority"));
    if switch.and_then(|switch| value::flag(switch, faults)) == Some(true) {
        objectives.retain(|&objective| objective != Objective::Family);
        objectives.insert(0, Objective::Family);
    }
    objectives
}

fn check_id(draft: &Draft, settings: &[Setting], faults: &mut Faults) {
    let Some(stem) = &draft.stem else { return };
    let setting = value::find(settings, "id");
    let written = setting.and_then(|setting| value::text(setting, faults));
    if setting.is_some() && written.is_none() || *stem == draft.id && written.is_some() {
        return;
    }
    let (spot, why) = match setting {
        Some(setting) => {
            (setting.spot.clone(), format!("the file is called {stem}.toml; the scenario counts as {}", draft.id))
        }
        None => (draft.spot.clone(), format!("there is no id, so the scenario counts as {stem}, like its file")),
    };
    let action = format!("write id = \"{stem}\", or rename the file");
    faults.add(Code::IdNotFileName, spot, written.unwrap_or_default(), why, action);
}

fn objectives(draft: &Draft, settings: &[Setting], faults: &mut Faults) -> Option<Vec<Objective>> {
    let Some(setting) = value::find(settings, "objectives") else {
        let why = "the objectives say what is made as good as possible, one after the other";
        let action = "write objectives = [\"placed\", \"statutory\", \"preference\", \"match\", \"rank\", \"cost\"]";
        faults.add(Code::MissingKey, draft.spot.clone(), "objectives", why, action);
        return None;
    };
    let list = value::list(setting, faults)?;
    if list.is_empty() {
        let why = "without an objective every allowed plan is as good as any other";
        let action = "name at least one, such as [\"placed\"]";
        faults.add(Code::NoObjectives, setting.spot.clone(), "", why, action);
        return None;
    }
    let words: Vec<&str> = Objective::ALL.iter().map(|objective| objective.word()).collect();
    let mut objectives = Vec::new();
    for (word, spot) in list {
        let Some(objective) = Objective::from_word(&word) else {
            report_word(&word, &words, "the objectives are", spot, faults);
            continue;
        };
        if objectives.contains(&objective) {
            let why = "each objective is fixed before the next, so a second time it can change nothing";
            faults.add(Code::ObjectiveTwice, spot, word, why, "delete one of the two");
            continue;
        }
        objectives.push(objective);
    }
    Some(objectives)
}

/// Reports a word that a key does not know.
pub(super) fn report_word(word: &str, words: &[&str], what: &str, spot: Spot, faults: &mut Faults) {
    let why = format!("{what} {}", any_of(words));
    let action = format!("write one of these words exactly{}", did_you_mean(word, words.iter().copied()));
    faults.add(Code::ScenarioWord, spot, word, why, action);
}

fn structures(
    draft: &Draft,
    settings: &[Setting],
    names: &Names,
    faults: &mut Faults,
) -> Option<BTreeMap<AuthorityId, StructureId>> {
    let why = "only the posts of the chosen structures are on offer";
    let Some(setting) = value::find(settings, "structures") else {
        let example = names.structures.iter().next().map(|(id, (_, owner))| format!("{owner} = \"{id}\""));
        let action =
            format!("add [structures] with one line for each authority, such as {}", example.unwrap_or_default());
        faults.add(Code::MissingKey, draft.spot.clone(), "[structures]", why, action);
        return None;
    };
    let chosen = value::section(setting, faults)?;
    let mut structures = BTreeMap::new();
    let mut named = BTreeSet::new();
    for choice in chosen {
        named.insert(choice.key.as_str());
        let authority = names.authorities.get(&choice.key);
        if authority.is_none() && names.complete.contains("authorities") {
            let known = names.authorities.keys().map(String::as_str);
            report_id(&choice.key, "authority", known, choice.key_spot.clone(), faults);
        }
        let Some(id) = value::text(choice, faults) else { continue };
        let Some((structure, owner)) = names.structures.get(&id) else {
            if names.complete.contains("structures") {
                report_id(&id, "structure", names.structures.keys().map(String::as_str), choice.spot.clone(), faults);
            }
            continue;
        };
        let Some(&authority) = authority else { continue };
        if *owner != choice.key {
            let why = format!("structure {id} is authority {owner}'s");
            let own: Vec<&str> =
                names.structures.iter().filter(|(_, (_, o))| *o == choice.key).map(|(id, _)| id.as_str()).collect();
            let action = match own[..] {
                [] => format!("add a structure of authority {} to the case", choice.key),
                _ => format!("choose one of authority {}'s: {}", choice.key, own.join(", ")),
            };
            faults.add(Code::WrongStructure, choice.spot.clone(), format!("{} = {id}", choice.key), why, action);
            continue;
        }
        structures.insert(authority, *structure);
    }
    for authority in names.authorities.keys().filter(|code| !named.contains(code.as_str())) {
        let action = format!("add the line {authority} = \"...\" to [structures]");
        faults.add(Code::NoStructure, setting.key_spot.clone(), format!("authority {authority}"), why, action);
    }
    Some(structures)
}

/// Reports an id that is not in the case.
pub(super) fn report_id<'k>(
    id: &str,
    kind: &str,
    known: impl IntoIterator<Item = &'k str>,
    spot: Spot,
    faults: &mut Faults,
) {
    let hint = did_you_mean(id, known);
    let why = format!("the case has no {kind} {id}");
    faults.add(Code::ScenarioId, spot, id, why, format!("correct the id{hint}; capitals count"));
}

fn policy(draft: &Draft, settings: &[Setting], names: &Names, faults: &mut Faults) -> Policy {
    let none = Vec::new();
    let inside = value::find(settings, "policy").and_then(|s| value::section(s, faults)).unwrap_or(&none);
    value::check_keys(inside, POLICY_KEYS, "[policy]", faults);
    let whole = |key: &str, least, most, default: i64, faults: &mut Faults| {
        value::find(inside, key).and_then(|s| value::decimal(s, 0, least, most, faults)).unwrap_or(default)
    };
    let rule = value::find(inside, "rule")
        .and_then(|s| value::word(s, PolicyRule::ALL, PolicyRule::word, faults))
        .unwrap_or(PolicyRule::PreferenceInformed);
    let retained_shared = value::find(inside, "retained_shared")
        .and_then(|s| value::word(s, RetainedShared::ALL, RetainedShared::word, faults))
        .unwrap_or(RetainedShared::Release);
    let mut promotion_into = BTreeSet::new();
    for (id, spot) in value::find(inside, "promotion_into").and_then(|s| value::list(s, faults)).unwrap_or_default() {
        match names.posts.get(&id) {
            Some(&post) => drop(promotion_into.insert(post)),
            None if names.complete.contains("posts") => {
                report_id(&id, "post", names.posts.keys().map(String::as_str), spot, faults);
            }
            None => {}
        }
    }
    let on_cost = match value::find(inside, "on_cost_pct") {
        Some(setting) => value::decimal(setting, 2, 0, 50_000, faults).unwrap_or(0),
        None => {
            let spot = value::find(settings, "policy").map_or(draft.spot.clone(), |setting| setting.key_spot.clone());
            let why = "on_cost_pct is not given, so costs are pay without national insurance and pension";
            let action = "add on_cost_pct to [policy], such as on_cost_pct = 28, if costs are to hold them";
            faults.add(Code::NoOnCost, spot, "", why, action);
            0
        }
    };
    let narrow = |value: i64| i32::try_from(value).expect("the value was checked to be small");
    let positive = |value: i64| u32::try_from(value).expect("the value was checked to be small");
    Policy {
        rule,
        retained_shared,
        max_grades_down: narrow(whole("max_grades_down", 0, 1000, 1, faults)),
        promotion_into,
        unlisted_rank: positive(whole("unlisted_rank", 0, 10_000, 6, faults)),
        on_cost: BasisPoints(narrow(on_cost)),
    }
}

fn statutory_cover(settings: &[Setting], faults: &mut Faults) -> StatutoryCover {
    let none = Vec::new();
    let inside = value::find(settings, "statutory_cover").and_then(|s| value::section(s, faults)).unwrap_or(&none);
    value::check_keys(inside, COVER_KEYS, "[statutory_cover]", faults);
    let words: Vec<&str> = StatutoryRole::ALL.iter().map(|role| role.word()).collect();
    let mut roles = Vec::new();
    for (word, spot) in value::find(inside, "roles").and_then(|s| value::list(s, faults)).unwrap_or_default() {
        match StatutoryRole::from_word(&word) {
            Some(role) if roles.contains(&role) => {}
            Some(role) => roles.push(role),
            None => report_word(&word, &words, "the statutory roles are", spot, faults),
        }
    }
    let max_tier = value::find(inside, "max_tier").and_then(|s| value::decimal(s, 0, 1, 10_000, faults));
    let max_tier = max_tier.and_then(|tier| u32::try_from(tier).ok()).unwrap_or(DEFAULT_MAX_TIER);
    StatutoryCover { roles, max_tier }
}

/// TOML of the scenario that is used where a case has none.
pub(super) fn default_text(names: &Names) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let objectives: Vec<String> = Objective::STANDARD.iter().map(|objective| quoted(objective.word())).collect();
    let mut text = format!(
        "id = \"default\"\nname = \"Standard scenario\"\npurpose = \"used because the case has no scenario\"\n\
         objectives = [{}]\n\n[structures]\n",
        objectives.join(", ")
    );
    for authority in names.authorities.keys() {
        if let Some((first, _)) = names.structures.iter().find(|(_, (_, owner))| owner == authority) {
            text += &format!("{} = {}\n", quoted(authority), quoted(first));
        }
    }
    text += "\n[policy]\nrule = \"preference_informed\"\nretained_shared = \"release\"\nmax_grades_down = 1\n\
             promotion_into = []\nunlisted_rank = 6\non_cost_pct = 0\n\n[statutory_cover]\nroles = [\"MO\", \"S151\"]\n\
             max_tier = 4\n";
    text
}
