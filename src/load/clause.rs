//! Fairness clauses: each kind has keys of its own, and some limits contradict each other.

use crate::case::scenario::{Clause, FairnessRule, Level};
use crate::id::AuthorityId;
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot};
use crate::load::names::Names;
use crate::load::scenario::{report_id, report_word};
use crate::load::settings::{Setting, clauses};
use crate::load::value;
use crate::quantity::{BasisPoints, Pence};

/// The kinds with their own keys.
const KINDS: &[(&str, &[&str])] = &[
    ("people_share", &["kind", "level", "authority", "min_pct", "max_pct"]),
    ("fte_share", &["kind", "level", "authority", "min_pct", "max_pct"]),
    ("budget", &["kind", "level", "authority", "max_gbp"]),
    ("cover", &["kind", "level", "authority", "function", "min_people"]),
    ("vacancy_gap", &["kind", "level", "authorities", "max_points"]),
    ("preference_parity", &["kind", "level", "max_points"]),
];

/// Reads every clause; those with faults are left out, and the faults reported.
pub(super) fn read(settings: &[Setting], names: &Names, faults: &mut Faults) -> Vec<FairnessRule> {
    let Some(setting) = value::find(settings, "fairness") else { return Vec::new() };
    let Some(clauses) = clauses(setting) else {
        let why = "fairness is a list of clauses, each with keys of its own";
        let action = "write [[fairness]] on a line of its own before each clause";
        faults.add(Code::WrongType, setting.spot.clone(), "", why, action);
        return Vec::new();
    };
    clauses.into_iter().filter_map(|(keys, spot)| rule(&Keys { keys: &keys, spot, names }, faults)).collect()
}

/// The keys of one clause.
struct Keys<'k> {
    keys: &'k [Setting],
    spot: Spot,
    names: &'k Names,
}

fn rule(clause: &Keys<'_>, faults: &mut Faults) -> Option<FairnessRule> {
    let setting = clause.need("kind", "which rule it is", faults)?;
    let kind = value::text(setting, faults)?;
    let Some((kind, known)) = KINDS.iter().find(|(name, _)| *name == kind) else {
        let words: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        report_word(&kind, &words, "the kinds are", setting.spot.clone(), faults);
        return None;
    };
    value::check_keys(clause.keys, known, &format!("a clause of kind {kind}"), faults);
    let level = match value::find(clause.keys, "level") {
        Some(setting) => value::word(setting, Level::ALL, Level::word, faults),
        None => Some(Level::Must),
    };
    let clause = match *kind {
        "people_share" => {
            share(clause, faults).map(|(authority, min, max)| Clause::PeopleShare { authority, min, max })
        }
        "fte_share" => share(clause, faults).map(|(authority, min, max)| Clause::FteShare { authority, min, max }),
        "budget" => budget(clause, faults),
        "cover" => cover(clause, faults),
        "vacancy_gap" => vacancy_gap(clause, faults),
        _ => clause.points(faults).map(|max_points| Clause::PreferenceParity { max_points }),
    };
    Some(FairnessRule { clause: clause?, level: level? })
}

impl<'k> Keys<'k> {
    /// A key without which the clause means nothing.
    fn need(&self, key: &str, meaning: &str, faults: &mut Faults) -> Option<&'k Setting> {
        let found = value::find(self.keys, key);
        if found.is_none() {
            let why = format!("{key} says {meaning}");
            faults.add(Code::MissingKey, self.spot.clone(), key, why, format!("add the key {key} to the clause"));
        }
        found
    }

    fn authority(&self, faults: &mut Faults) -> Option<AuthorityId> {
        let setting = self.need("authority", "which authority is meant", faults)?;
        let id = value::text(setting, faults)?;
        self.authority_named(&id, &setting.spot, faults)
    }

    fn authority_named(&self, id: &str, spot: &Spot, faults: &mut Faults) -> Option<AuthorityId> {
        let found = self.names.authorities.get(id).copied();
        if found.is_none() && self.names.complete.contains("authorities") {
            report_id(id, "authority", self.names.authorities.keys().map(String::as_str), spot.clone(), faults);
        }
        found
    }

    fn points(&self, faults: &mut Faults) -> Option<BasisPoints> {
        let setting = self.need("max_points", "how many percentage points the difference may be", faults)?;
        basis_points(setting, faults)
    }
}

fn basis_points(setting: &Setting, faults: &mut Faults) -> Option<BasisPoints> {
    let value = value::decimal(setting, 2, 0, 10_000, faults)?;
    i32::try_from(value).ok().map(BasisPoints)
}

type Share = (AuthorityId, Option<BasisPoints>, Option<BasisPoints>);

fn share(clause: &Keys<'_>, faults: &mut Faults) -> Option<Share> {
    let authority = clause.authority(faults);
    let [min, max] = ["min_pct", "max_pct"].map(|key| value::find(clause.keys, key));
    if min.is_none() && max.is_none() {
        let why = "without a limit the clause says nothing";
        let action = "add min_pct, max_pct or both";
        faults.add(Code::MissingKey, clause.spot.clone(), "min_pct, max_pct", why, action);
        return None;
    }
    let read = [min, max].map(|setting| setting.map(|setting| basis_points(setting, faults)));
    if let ([Some(Some(low)), Some(Some(high))], Some(setting)) = (read, min)
        && low > high
    {
        let found = format!("min_pct {low}, max_pct {high}");
        let why = "no share can be above the one and below the other";
        faults.add(Code::Contradiction, setting.spot.clone(), found, why, "correct one of the two, or swap them");
        return None;
    }
    match read {
        [Some(None), _] | [_, Some(None)] => None,
        [min, max] => Some((authority?, min.flatten(), max.flatten())),
    }
}

fn budget(clause: &Keys<'_>, faults: &mut Faults) -> Option<Clause> {
    let authority = clause.authority(faults);
    if let Some(setting) = value::find(clause.keys, "max_gbp") {
        let max = value::decimal(setting, 2, 0, 1_000_000_000_000, faults)?;
        return Some(Clause::Budget { authority: authority?, max: Pence(max) });
    }
    let authority = authority?;
    let Some(&max) = clause.names.budgets.get(&authority) else {
        let why = "neither max_gbp here nor budget_gbp in the authorities table gives a limit; absent is not £0";
        let action = "add max_gbp to the clause, or fill in budget_gbp";
        faults.add(Code::NoBudget, clause.spot.clone(), "", why, action);
        return None;
    };
    Some(Clause::Budget { authority, max })
}

fn cover(clause: &Keys<'_>, faults: &mut Faults) -> Option<Clause> {
    let authority = clause.authority(faults);
    let function = clause.need("function", "which function is meant", faults).and_then(|setting| {
        let function = value::text(setting, faults)?;
        if clause.names.complete.contains("posts") && !clause.names.functions.contains(&function) {
            let known = clause.names.functions.iter().map(String::as_str);
            let hint = crate::load::fault::did_you_mean(&function, known);
            let why = "nobody can be placed in a post that lists it, so the clause cannot hold unless min_people is 0";
            let action = format!("write the function as the column functions of posts spells it{hint}");
            faults.add(Code::NoSuchFunction, setting.spot.clone(), &function, why, action);
        }
        Some(function)
    });
    let people = clause.need("min_people", "how many people are needed", faults)?;
    let people = value::decimal(people, 0, 0, 10_000, faults)?;
    let min_people = u32::try_from(people).ok()?;
    Some(Clause::Cover { authority: authority?, function: function?, min_people })
}

fn vacancy_gap(clause: &Keys<'_>, faults: &mut Faults) -> Option<Clause> {
    let max_points = clause.points(faults);
    let setting = clause.need("authorities", "which two authorities are compared", faults)?;
    let list = value::list(setting, faults)?;
    let [(first, first_spot), (second, second_spot)] = &list[..] else {
        let found = format!("{} authorities", list.len());
        let why = "the clause compares the vacancy rates of two authorities";
        let action = "name exactly two, as in authorities = [\"A\", \"B\"]";
        faults.add(Code::Contradiction, setting.spot.clone(), found, why, action);
        return None;
    };
    if first == second {
        let why = "an authority cannot be compared with itself";
        faults.add(Code::Contradiction, second_spot.clone(), second, why, "name two different authorities");
        return None;
    }
    let first = clause.authority_named(first, first_spot, faults);
    let second = clause.authority_named(second, second_spot, faults);
    Some(Clause::VacancyGap { authorities: [first?, second?], max_points: max_points? })
}
