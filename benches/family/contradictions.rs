//! Made-up separations that contradict themselves in known ways; also compiled into the tests.

use demerge::case::scenario::{Clause, FairnessRule, Level, Objective, Scenario};
use demerge::case::{Case, Decision, Link, LinkKind, Pin};
use demerge::id::{AuthorityId, Id, PersonId, PostId};
use demerge::quantity::{BasisPoints, Pence};

use crate::family::{Instance, Size, case};

/// A kind of contradiction, written into a case and its scenario.
pub(crate) type Kind = (&'static str, fn(&Instance, &mut Case, &mut Scenario));

pub(crate) const KINDS: [Kind; 8] = [
    ("one clause out of reach", share),
    ("two clauses against each other", two),
    ("cover against budget, 14 clauses", many),
    ("vacancy gap against shares", gap),
    ("two decisions on one seat, 40 decisions", seat),
    ("linked people decided apart, 20 links", links),
    ("two rules broken at once: pairs of changes", twice),
    // Last, because it has some two hundred decisions.
    ("too few posts for people who must have one", crowd),
];

const A: usize = 0;
const B: usize = 1;

/// So many people, and the contradiction among them.
pub(crate) fn contradicted(people: usize, (_, write): Kind) -> (Case, Scenario) {
    let instance = Instance::new(Size::of(people), 0);
    let mut case = case::case(&instance);
    let mut scenario = case::plain(&case, &[Objective::Placed, Objective::Preference, Objective::Cost]);
    write(&instance, &mut case, &mut scenario);
    (case, scenario)
}

fn must(scenario: &mut Scenario, clause: Clause) {
    scenario.fairness.push(FairnessRule { clause, level: Level::Must });
}

fn at_least(at: usize, points: i32) -> Clause {
    Clause::PeopleShare { authority: AuthorityId::at(at), min: Some(BasisPoints(points)), max: None }
}

fn pin(case: &mut Case, person: usize, decision: Decision) {
    let row = u32::try_from(case.pins.len()).expect("few") + 2;
    let (reason, decided_by) = ("made up".to_owned(), "HR".to_owned());
    case.pins.push(Pin { row, person: PersonId::at(person), decision, reason, decided_by, date: None });
}

/// The first post that a person may hold.
fn first(instance: &Instance, person: usize) -> PostId {
    PostId::at(instance.network.column[instance.network.arcs_of(person).start] as usize)
}

/// Everyone of four families has to go to one authority.
fn crowd(instance: &Instance, case: &mut Case, _: &mut Scenario) {
    for person in (0..4).flat_map(|family| instance.of_family(family)) {
        pin(case, person, Decision::MustAuthority(AuthorityId::at(A)));
    }
}

fn share(_: &Instance, _: &mut Case, scenario: &mut Scenario) {
    must(scenario, at_least(A, 9_000));
}

fn two(_: &Instance, _: &mut Case, scenario: &mut Scenario) {
    let (authority, max) = (AuthorityId::at(A), Some(BasisPoints(3_000)));
    must(scenario, Clause::PeopleShare { authority, min: None, max });
    must(scenario, Clause::FteShare { authority, min: Some(BasisPoints(4_500)), max: None });
}

fn many(_: &Instance, case: &mut Case, scenario: &mut Scenario) {
    for at in [A, B] {
        must(scenario, at_least(at, 4_000));
        let all: i64 = case.people.values().map(|person| person.salary.0).sum();
        must(scenario, Clause::Budget { authority: AuthorityId::at(at), max: Pence(all * 35 / 100) });
        for service in 0..5 {
            let function = format!("service {service}");
            must(scenario, Clause::Cover { authority: AuthorityId::at(at), function, min_people: 8 });
        }
    }
}

fn gap(_: &Instance, _: &mut Case, scenario: &mut Scenario) {
    let authorities = [AuthorityId::at(A), AuthorityId::at(B)];
    must(scenario, Clause::VacancyGap { authorities, max_points: BasisPoints(100) });
    must(scenario, at_least(A, 5_800));
    must(scenario, Clause::PreferenceParity { max_points: BasisPoints(9_000) });
}

fn seat(instance: &Instance, case: &mut Case, _: &mut Scenario) {
    for person in (0..instance.people.len()).step_by(13).take(38) {
        pin(case, person, Decision::NotPost(first(instance, person)));
    }
    let post = first(instance, 1);
    let other = (2..instance.people.len()).filter(|&other| other % 13 != 0);
    let other = { other }.find(|&other| case.matches.contains_key(&(PersonId::at(other), post))).expect("popular");
    pin(case, 1, Decision::MustPost(post));
    pin(case, other, Decision::MustPost(post));
}

fn links(_: &Instance, case: &mut Case, _: &mut Scenario) {
    for person in (0..40).step_by(2) {
        let people = [PersonId::at(person), PersonId::at(person + 1)];
        case.links.push(Link { row: 2, people, kind: LinkKind::SameAuthority });
    }
    pin(case, 10, Decision::MustAuthority(AuthorityId::at(A)));
    pin(case, 11, Decision::MustAuthority(AuthorityId::at(B)));
}

fn twice(instance: &Instance, case: &mut Case, scenario: &mut Scenario) {
    share(instance, case, scenario);
    seat(instance, case, scenario);
}
