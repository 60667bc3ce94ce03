//! What chance decides: the section `sample` of a plan, resolved to a probability for each person and post.

use crate::case::sweep::{Chance, Chances, Wish};
use crate::case::{Case, Contract, Criticality, EmploymentStatus, Preferred};
use crate::id::{Id, PersonId, PostId, Table};
use crate::load::codes::Code;
use crate::load::fault::{Faults, any_of, did_you_mean};
use crate::load::settings::{Setting, Value};
use crate::load::sweep::{check_keys, number};
use crate::load::value;
use crate::quantity::write_short;

/// Decimals of a probability: millionths.
const DECIMALS: u32 = 6;

/// The words for a wish that is not an authority.
const WISHES: [&str; 4] = ["no_preference", "leave", "no_response", "other"];

/// A way to tell people, or posts, apart.
struct Group<'a, I> {
    key: &'static str,
    known: Vec<String>,
    of: Box<dyn Fn(I) -> String + 'a>,
}

fn group<'a, I>(key: &'static str, known: Vec<String>, of: impl Fn(I) -> String + 'a) -> Group<'a, I> {
    Group { key, known, of: Box::new(of) }
}

/// Reads the section `sample`; `None` where a fault was reported.
pub(super) fn read(setting: &Setting, case: &Case, faults: &mut Faults) -> Option<Chances> {
    let inside = value::section(setting, faults)?;
    check_keys(inside, &["leavers", "changes", "answers", "withdrawn", "recruitment"], "[sample]", faults);
    let find = |key: &str| value::find(inside, key);
    let (people, posts) = (people(case), posts(case));
    let none = Chances::none(case);
    let to = find("changes").and_then(|setting| to(setting, case, faults));
    Some(Chances {
        leaves: find("leavers").map_or(none.leaves, |it| resolve(it, &people, case.people.len(), &[], faults)),
        changes: find("changes").map_or(none.changes, |it| resolve(it, &people, case.people.len(), &["to"], faults)),
        changed_to: to.unwrap_or_default(),
        answers: find("answers").and_then(|it| wishes(it, &WISHES[..3], case, faults)).unwrap_or_default(),
        withdrawn: find("withdrawn").map_or(none.withdrawn, |it| resolve(it, &posts, case.posts.len(), &[], faults)),
        recruited: find("recruitment").map_or(none.recruited, |it| resolve(it, &posts, case.posts.len(), &[], faults)),
    })
}

fn owned<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    words.into_iter().map(str::to_owned).collect()
}

/// How people are told apart, the least particular first: a later one counts before an earlier.
fn people(case: &Case) -> Vec<Group<'_, PersonId>> {
    let codes = || owned(case.authorities.values().map(|it| it.code.as_str()));
    let stated = |person: PersonId| match case.people[person].preference.preferred {
        Preferred::Authority(authority) => case.authorities[authority].code.clone(),
        Preferred::NoPreference => WISHES[0].to_owned(),
        Preferred::Leave => WISHES[1].to_owned(),
        Preferred::Blank => WISHES[2].to_owned(),
    };
    vec![
        group("employer", codes(), |it| case.authorities[case.people[it].employer].code.clone()),
        group("grade", owned(case.grades.values().map(|it| it.code.as_str())), |it| {
            case.grades[case.people[it].grade].code.clone()
        }),
        group("contract_type", owned(Contract::WORDS.iter().copied()), |it| case.people[it].contract.word().to_owned()),
        group("employment_status", owned(EmploymentStatus::WORDS.iter().copied()), |it| {
            case.people[it].status.word().to_owned()
        }),
        group("preferred", [codes(), owned(WISHES[..3].iter().copied())].concat(), stated),
        group("person", owned(case.people.values().map(|it| it.code.as_str())), |it| case.people[it].code.clone()),
    ]
}

/// How posts are told apart, the least particular first.
fn posts(case: &Case) -> Vec<Group<'_, PostId>> {
    let mut tiers: Vec<u32> = case.posts.values().map(|post| post.tier).collect();
    tiers.sort_unstable();
    tiers.dedup();
    vec![
        group("authority", owned(case.authorities.values().map(|it| it.code.as_str())), |it| {
            case.authorities[case.posts[it].authority].code.clone()
        }),
        group("grade", owned(case.grades.values().map(|it| it.code.as_str())), |it| {
            case.grades[case.posts[it].grade].code.clone()
        }),
        group("tier", tiers.iter().map(u32::to_string).collect(), |it| case.posts[it].tier.to_string()),
        group("criticality", owned(Criticality::WORDS.iter().copied()), |it| {
            case.posts[it].criticality.word().to_owned()
        }),
        group("post", owned(case.posts.values().map(|it| it.code.as_str())), |it| case.posts[it].code.clone()),
    ]
}

/// The probability for each person or post: that of the most particular line that fits, else nought.
fn resolve<I: Id>(
    setting: &Setting,
    groups: &[Group<'_, I>],
    count: usize,
    more: &[&str],
    faults: &mut Faults,
) -> Table<I, Chance> {
    let never = Table::filled(Chance::NEVER, count);
    if matches!(setting.value, Value::Number(_)) {
        return chance(setting, faults).map_or(never, |all| Table::filled(all, count));
    }
    let Some(inside) = value::section(setting, faults) else { return never };
    let keys: Vec<&str> =
        ["all"].into_iter().chain(more.iter().copied()).chain(groups.iter().map(|group| group.key)).collect();
    check_keys(inside, &keys, &format!("{} of [sample]", setting.key), faults);
    let all = value::find(inside, "all").and_then(|all| chance(all, faults));
    let mut found = Table::filled(all.unwrap_or(Chance::NEVER), count);
    for group in groups {
        let lines = value::find(inside, group.key).and_then(|lines| value::section(lines, faults));
        for line in lines.into_iter().flatten() {
            if !group.known.contains(&line.key) {
                report_unknown(line, group, faults);
            }
            let Some(chance) = chance(line, faults) else { continue };
            let whom: Vec<I> = found.ids().filter(|&id| (group.of)(id) == line.key).collect();
            whom.into_iter().for_each(|id| found[id] = chance);
        }
    }
    found
}

fn report_unknown<I>(line: &Setting, group: &Group<'_, I>, faults: &mut Faults) {
    let known: Vec<&str> = group.known.iter().map(String::as_str).collect();
    let why = match known.len() {
        0..=12 => format!("the lines below {} are for {}", group.key, any_of(&known)),
        _ => format!("the case has no {} {}", group.key, line.key),
    };
    let action = format!("correct the line{}; capitals count", did_you_mean(&line.key, known));
    faults.add(Code::SweepId, line.key_spot.clone(), &line.key, why, action);
}

fn chance(setting: &Setting, faults: &mut Faults) -> Option<Chance> {
    let millionths = number(setting, DECIMALS, 0, i64::from(Chance::CERTAIN.0), faults)?;
    u32::try_from(millionths).ok().map(Chance)
}

/// What those who change their mind state then.
fn to(setting: &Setting, case: &Case, faults: &mut Faults) -> Option<Vec<(Wish, Chance)>> {
    let inside = match &setting.value {
        Value::Section(inside) => inside.as_slice(),
        _ => &[],
    };
    let Some(to) = value::find(inside, "to") else {
        let why = "to says what those who change their mind state instead";
        let action = "write it below [sample.changes], such as to = { other = 0.8, no_preference = 0.2 }";
        faults.add(Code::MissingKey, setting.key_spot.clone(), "to", why, action);
        return None;
    };
    wishes(to, &WISHES, case, faults)
}

/// A probability for each wish, which come to 1.
fn wishes(setting: &Setting, words: &[&str], case: &Case, faults: &mut Faults) -> Option<Vec<(Wish, Chance)>> {
    let inside = value::section(setting, faults)?;
    let known: Vec<&str> = case.authorities.values().map(|it| it.code.as_str()).chain(words.iter().copied()).collect();
    let mut found = Vec::new();
    let mut whole = true;
    for line in inside {
        let wish = wish(&line.key, words, case);
        if wish.is_none() {
            let why = format!("what people state is {}", any_of(&known));
            let action = format!("correct the line{}", did_you_mean(&line.key, known.iter().copied()));
            faults.add(Code::SweepId, line.key_spot.clone(), &line.key, why, action);
        }
        let entry = wish.zip(chance(line, faults));
        whole &= entry.is_some();
        found.extend(entry);
    }
    let sum: i64 = found.iter().map(|(_, chance)| i64::from(chance.0)).sum();
    if whole && sum != i64::from(Chance::CERTAIN.0) {
        let why = format!("each of them states one of these, so the probabilities of {} come to 1", setting.key);
        let action = "correct the numbers; for those who still say nothing there is no_response";
        faults.add(Code::SweepSum, setting.key_spot.clone(), write_short(sum, DECIMALS), why, action);
        return None;
    }
    whole.then_some(found)
}

fn wish(word: &str, words: &[&str], case: &Case) -> Option<Wish> {
    let authority = case.authorities.iter().find(|(_, it)| it.code == word).map(|(id, _)| id);
    if let Some(authority) = authority {
        return Some(Wish::Is(Preferred::Authority(authority)));
    }
    match word {
        _ if !words.contains(&word) => None,
        "no_preference" => Some(Wish::Is(Preferred::NoPreference)),
        "leave" => Some(Wish::Is(Preferred::Leave)),
        "no_response" => Some(Wish::Is(Preferred::Blank)),
        _ => Some(Wish::Other),
    }
}
