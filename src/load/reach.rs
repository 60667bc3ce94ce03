//! Warnings that need to know who may take which post: read from the contract's words, apart from the model.
//!
//! Nothing here stops a run: a person without any post is an answer. But such a person is more often a slip in a file
//! than a fact, so it is said before the run, with the cell. It deliberately shares no code with `model` or `certify`.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::scenario::{Clause, Objective, PolicyRule, RetainedShared, Scenario};
use crate::case::{Case, Decision, Match, MatchKind, Person, Post, PostStatus};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::load::codes::Code;
use crate::load::fault::{Faults, Spot};
use crate::load::table::TableData;
use crate::load::tables::Tables;
use crate::quantity::BasisPoints;

/// A scenario with the spot where it begins and the pairs that it allows.
struct Reach<'c> {
    scenario: &'c Scenario,
    spot: Spot,
    offered: BTreeSet<PostId>,
    allowed: BTreeSet<(PersonId, PostId)>,
    /// People and posts of the allowed pairs.
    takers: BTreeSet<PersonId>,
    takeable: BTreeSet<PostId>,
}

/// Adds every warning about these scenarios; each is said once, naming the scenarios.
pub(super) fn check(case: &Case, tables: &Tables, scenarios: &[(Scenario, Spot)], travel: Spot, faults: &mut Faults) {
    let reaches: Vec<Reach<'_>> = scenarios.iter().map(|(scenario, spot)| reach(case, scenario, spot)).collect();
    if reaches.is_empty() {
        return;
    }
    people_without_posts(case, tables, &reaches, faults);
    posts_without_people(case, tables, &reaches, faults);
    ranked_posts_not_offered(case, tables, &reaches, faults);
    pins_that_cannot_hold(case, tables, &reaches, faults);
    roles_without_holders(case, tables, &reaches, faults);
    clauses_and_roles(case, &reaches, faults);
    miles_missing(case, tables, &reaches, travel, faults);
}

fn reach<'c>(case: &Case, scenario: &'c Scenario, spot: &Spot) -> Reach<'c> {
    let chosen = |post: &Post| scenario.structures.get(&post.authority).is_some_and(|s| post.structures.contains(s));
    let is_offered = |post: &Post| post.status == PostStatus::Open && chosen(post);
    let offered: BTreeSet<PostId> = case.posts.iter().filter(|(_, post)| is_offered(post)).map(|(id, _)| id).collect();
    let mut pins: BTreeMap<PersonId, Vec<Decision>> = BTreeMap::new();
    case.pins.iter().for_each(|pin| pins.entry(pin.person).or_default().push(pin.decision));
    let may = |&(&(person, post), found): &(&(PersonId, PostId), &Match)| {
        let decided = pins.get(&person).filter(|_| scenario.use_pins).map_or(&[][..], Vec::as_slice);
        offered.contains(&post) && may_take(case, scenario, (person, post), found) && pins_allow(case, decided, post)
    };
    let allowed: BTreeSet<(PersonId, PostId)> = case.matches.iter().filter(may).map(|(pair, _)| *pair).collect();
    let takers = allowed.iter().map(|pair| pair.0).collect();
    let takeable = allowed.iter().map(|pair| pair.1).collect();
    Reach { scenario, spot: spot.clone(), offered, allowed, takers, takeable }
}

/// Whether a matched pair on an offered post may be an allocation, but for what officers decided.
fn may_take(case: &Case, scenario: &Scenario, (id, post_id): (PersonId, PostId), found: &Match) -> bool {
    let (person, post) = (&case.people[id], &case.posts[post_id]);
    let policy = &scenario.policy;
    let qualified = post.essential_qualification.as_ref().is_none_or(|needed| person.qualifications.contains(needed));
    let promoted = found.kind != MatchKind::Promotion || policy.promotion_into.contains(&post_id);
    let retained = match policy.retained_shared {
        RetainedShared::Release => true,
        RetainedShared::Pin => person.retained_shared != Some(true) || post.retained_shared == Some(true),
    };
    qualified
        && promoted
        && retained
        && found.grade_difference >= -policy.max_grades_down
        && rule_allows(case, policy.rule, person, post.authority)
}

fn rule_allows(case: &Case, rule: PolicyRule, person: &Person, authority: AuthorityId) -> bool {
    match rule {
        PolicyRule::PreferenceInformed => true,
        PolicyRule::EmployerDefault => person.employer == authority,
        PolicyRule::TimeMajority => {
            let shares = person.joint_post.map(|post| &case.joint_posts[post].shares);
            let majority = shares.and_then(|shares| shares.iter().find(|(_, part)| **part > BasisPoints(5_000)));
            majority.is_none_or(|(holder, _)| *holder == authority)
        }
    }
}

fn pins_allow(case: &Case, decided: &[Decision], post: PostId) -> bool {
    let authority = case.posts[post].authority;
    decided.iter().all(|decision| match *decision {
        Decision::MustPost(only) => only == post,
        Decision::MustAuthority(only) => only == authority,
        Decision::NotPost(barred) => barred != post,
        Decision::NotAuthority(barred) => barred != authority,
    })
}

/// `in scenarios S1 and S3 `: the beginning of a sentence.
fn naming(concerned: &[&str], all: usize) -> String {
    match concerned {
        [] => String::new(),
        some if some.len() == all && all > 1 => "in every scenario ".to_owned(),
        [only] => format!("in scenario {only} "),
        [first @ .., last] => format!("in scenarios {} and {last} ", first.join(", ")),
    }
}

fn where_true<'r>(reaches: &'r [Reach<'_>], is_so: impl Fn(&Reach<'_>) -> bool) -> Vec<&'r str> {
    reaches.iter().filter(|reach| is_so(reach)).map(|reach| reach.scenario.id.as_str()).collect()
}

/// The spot of the row with this key.
fn row_spot(table: &TableData, key: &str, column: &str) -> Spot {
    let record = table.records.iter().find(|record| table.key(record) == Some(key));
    record.map_or_else(|| table.grid.spot(None, None), |record| table.spot(record, column))
}

fn people_without_posts(case: &Case, tables: &Tables, reaches: &[Reach<'_>], faults: &mut Faults) {
    for (id, person) in case.people.iter() {
        let concerned = where_true(reaches, |reach| !reach.takers.contains(&id));
        if concerned.is_empty() {
            continue;
        }
        let matched = case.matches.keys().filter(|pair| pair.0 == id).count();
        let naming = naming(&concerned, reaches.len());
        let why = match matched {
            0 => "no row of matches names this person, so every plan leaves them without a post".to_owned(),
            1 => format!("{naming}the one post that they are matched with is not open to them"),
            many => format!("{naming}none of the {many} posts that they are matched with is open to them"),
        };
        let action = "check the matches, the posts' status and structures, the qualifications and the pins";
        faults.add(Code::NoPair, row_spot(tables.whole("people"), &person.code, "person_id"), "", why, action);
    }
}

fn posts_without_people(case: &Case, tables: &Tables, reaches: &[Reach<'_>], faults: &mut Faults) {
    for (id, post) in case.posts.iter() {
        let lacking = |reach: &Reach<'_>| reach.offered.contains(&id) && !reach.takeable.contains(&id);
        let concerned = where_true(reaches, lacking);
        if concerned.is_empty() {
            continue;
        }
        let why = format!("{}it stays vacant whatever the plan", naming(&concerned, reaches.len()));
        let action = "nothing if it is to be recruited to; otherwise check the matches and the essential qualification";
        faults.add(Code::NoTaker, row_spot(tables.whole("posts"), &post.code, "post_id"), &post.title, why, action);
    }
}

fn ranked_posts_not_offered(case: &Case, tables: &Tables, reaches: &[Reach<'_>], faults: &mut Faults) {
    let Some(table) = tables.get("post_preferences") else { return };
    let offered: BTreeSet<&str> =
        reaches.iter().flat_map(|reach| &reach.offered).map(|&post| case.posts[post].code.as_str()).collect();
    let open: BTreeSet<&str> =
        case.posts.values().filter(|post| post.status == PostStatus::Open).map(|post| post.code.as_str()).collect();
    for record in &table.records {
        let Some(post) = table.cell(record, "post_id").text() else { continue };
        if open.contains(post) && !offered.contains(post) {
            let scenarios = if reaches.len() == 1 { "the scenario chooses" } else { "any scenario chooses" };
            let why = format!("post {post} is in no structure that {scenarios}, so the rank counts for nothing");
            let action = "nothing if the person knows; otherwise check the post's structures";
            faults.add(Code::PreferenceNotOffered, table.spot(record, "post_id"), post, why, action);
        }
    }
}

fn pins_that_cannot_hold(case: &Case, tables: &Tables, reaches: &[Reach<'_>], faults: &mut Faults) {
    let Some(table) = tables.get("pins") else { return };
    for (pin, record) in case.pins.iter().zip(&table.records) {
        let Decision::MustPost(post) = pin.decision else { continue };
        let barred = |reach: &Reach<'_>| reach.scenario.use_pins && !reach.allowed.contains(&(pin.person, post));
        let concerned = where_true(reaches, barred);
        if concerned.is_empty() {
            continue;
        }
        let code = &case.posts[post].code;
        let naming = naming(&concerned, reaches.len());
        let why = if !reaches.iter().any(|reach| reach.offered.contains(&post)) {
            format!("{naming}post {code} is not on offer, so no plan keeps the pin")
        } else if !case.matches.contains_key(&(pin.person, post)) {
            format!("{naming}no row of matches allows this person in post {code}, so no plan keeps the pin")
        } else {
            format!("{naming}another rule keeps this person out of post {code}, so no plan keeps the pin")
        };
        let action = "check the post's status and structures, the match and the other pins, or delete the pin";
        faults.add(Code::PinNotOffered, table.spot(record, "target"), code, why, action);
    }
}

fn roles_without_holders(case: &Case, tables: &Tables, reaches: &[Reach<'_>], faults: &mut Faults) {
    let mut concerned: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for reach in reaches.iter().filter(|reach| reach.scenario.objectives.contains(&Objective::Statutory)) {
        let cover = &reach.scenario.statutory_cover;
        for role in &cover.roles {
            let covers = |(person, post): &(PersonId, PostId)| {
                case.people[*person].statutory_roles.contains(role) && case.posts[*post].tier <= cover.max_tier
            };
            let held: BTreeSet<AuthorityId> =
                reach.allowed.iter().filter(|pair| covers(pair)).map(|(_, post)| case.posts[*post].authority).collect();
            for (_, authority) in case.authorities.iter().filter(|(id, _)| !held.contains(id)) {
                concerned.entry((role.word(), &authority.code)).or_default().push(&reach.scenario.id);
            }
        }
    }
    let people = tables.whole("people");
    let column = people.columns[people.at("statutory_roles")].as_ref();
    for ((role, authority), scenarios) in concerned {
        let holders =
            case.people.values().filter(|person| person.statutory_roles.iter().any(|r| r.word() == role)).count();
        let naming = naming(&scenarios, reaches.len());
        let why = match holders {
            0 => format!("{naming}authority {authority} is without: nobody has {role} among their statutory_roles"),
            _ => format!("{naming}nobody with {role} may take a post of authority {authority} high enough to count"),
        };
        let action = "check statutory_roles, the matches and max_tier; or plan to appoint someone from outside";
        let mut spot = people.grid.spot(None, column.map(|(at, _)| *at));
        spot.heading = column.map(|(_, heading)| heading.clone());
        faults.add(Code::RoleUnheld, spot, format!("{role} at {authority}"), why, action);
    }
}

fn clauses_and_roles(case: &Case, reaches: &[Reach<'_>], faults: &mut Faults) {
    for reach in reaches {
        let spot = || reach.spot.clone().about(format!("scenario {}", reach.scenario.id));
        if reach.scenario.objectives.contains(&Objective::Statutory) && reach.scenario.statutory_cover.roles.is_empty()
        {
            let why = "the objective counts the roles of [statutory_cover], and there are none, so it is always 0";
            let action =
                "add [statutory_cover] with roles = [\"MO\", \"S151\"] and max_tier = 4, or drop the objective";
            faults.add(Code::NoRoles, spot(), "", why, action);
        }
        let compared = reach.scenario.fairness.iter().flat_map(|rule| match &rule.clause {
            Clause::VacancyGap { authorities, .. } => authorities.to_vec(),
            Clause::PeopleShare { .. }
            | Clause::FteShare { .. }
            | Clause::Budget { .. }
            | Clause::Cover { .. }
            | Clause::PreferenceParity { .. } => Vec::new(),
        });
        for authority in compared.collect::<BTreeSet<_>>() {
            if !reach.offered.iter().any(|&post| case.posts[post].authority == authority) {
                let code = &case.authorities[authority].code;
                let why = "a vacancy rate of no seats at all means nothing, so the clause holds whatever the plan";
                let action = "check the structure chosen and the status of its posts, or drop the clause";
                faults.add(Code::NoSeats, spot(), format!("authority {code}"), why, action);
            }
        }
    }
}

fn miles_missing(case: &Case, tables: &Tables, reaches: &[Reach<'_>], absent: Spot, faults: &mut Faults) {
    let mut missing: BTreeSet<(PersonId, AuthorityId)> = BTreeSet::new();
    let mut concerned = Vec::new();
    for reach in reaches.iter().filter(|reach| reach.scenario.objectives.contains(&Objective::Travel)) {
        let pairs = reach.allowed.iter().map(|&(person, post)| (person, case.posts[post].authority));
        let unknown =
            |pair: &(PersonId, AuthorityId)| !case.travel.as_ref().is_some_and(|miles| miles.contains_key(pair));
        let here: BTreeSet<_> = pairs.filter(unknown).collect();
        if !here.is_empty() {
            concerned.push(reach.scenario.id.as_str());
        }
        missing.extend(here);
    }
    let Some(&(person, authority)) = missing.first() else { return };
    let (person, authority) = (&case.people[person].code, &case.authorities[authority].code);
    let spot = tables.get("travel").map_or(absent, |table| table.grid.spot(None, None));
    let found = match missing.len() {
        1 => format!("no row for person {person} and authority {authority}"),
        many => format!("no row for person {person} and authority {authority}, nor for {} other pairs", many - 1),
    };
    let why = format!("{}journeys without a row count as no miles at all", naming(&concerned, reaches.len()));
    faults.add(Code::TravelMissing, spot, found, why, "add the rows, or drop the objective travel");
}
