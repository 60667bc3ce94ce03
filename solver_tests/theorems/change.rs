//! Changes to a case, each with a consequence that is known beforehand.

use std::collections::BTreeMap;

use demerge::case::answer::{Leaf, Plan, Undecided};
use demerge::case::scenario::{Clause, FairnessRule, Level, Scenario};
use demerge::case::{Case, Decision, Link, Person, Pin, PostStatus};
use demerge::id::{Id, PersonId, PostId, Table};
use demerge::quantity::{BasisPoints, Pence};

use crate::generate::Dice;
use crate::oracle::Bars;

/// Opens a post that is not open, or adds a seat to one that is.
pub(crate) fn open_a_post(dice: &mut Dice, case: &Case) -> Case {
    let mut opened = case.clone();
    let post = PostId::at(dice.below(case.posts.len()));
    match case.posts[post].status {
        PostStatus::Open => opened.posts[post].capacity += 1,
        PostStatus::Held | PostStatus::Filled | PostStatus::Deleted => opened.posts[post].status = PostStatus::Open,
    }
    opened
}

/// The same people under other names; `order` gives each person's new position.
pub(crate) fn renamed(case: &Case, order: &[usize]) -> Case {
    let new = |person: PersonId| PersonId::at(order[person.index()]);
    let mut rows: Vec<Option<Person>> = vec![None; case.people.len()];
    for (person, row) in case.people.iter() {
        let code = format!("Q{:03}", new(person).index());
        rows[new(person).index()] = Some(Person { code, ..row.clone() });
    }
    let mut after = case.clone();
    after.people = Table::new(rows.into_iter().map(|row| row.expect("an order names every position")).collect());
    after.matches = case.matches.iter().map(|(&(person, post), row)| ((new(person), post), row.clone())).collect();
    after.ranks = case.ranks.iter().map(|(&(person, post), &rank)| ((new(person), post), rank)).collect();
    after.pins = case.pins.iter().map(|pin| Pin { person: new(pin.person), ..pin.clone() }).collect();
    after.links = case.links.iter().map(|link| Link { people: sorted(link.people.map(new)), ..link.clone() }).collect();
    after.travel = case.travel.as_ref().map(|travel| {
        travel
            .iter()
            .map(|(&(person, authority), &miles)| ((new(person), authority), miles))
            .collect::<BTreeMap<_, _>>()
    });
    after
}

fn sorted([a, b]: [PersonId; 2]) -> [PersonId; 2] {
    [a.min(b), a.max(b)]
}

/// Who is undecided, under the other names.
pub(crate) fn undecided(before: &[Undecided], order: &[usize]) -> Vec<Undecided> {
    let renamed = |one: &Undecided| Undecided { person: PersonId::at(order[one.person.index()]), ..one.clone() };
    let mut after: Vec<Undecided> = before.iter().map(renamed).collect();
    after.sort_by_key(|one| one.person);
    after
}

/// Makes a clause easier to keep.
pub(crate) fn loosen(dice: &mut Dice, rule: &mut FairnessRule) {
    if dice.chance(20) {
        rule.level = Level::Report;
        return;
    }
    let by = dice.int(1, 3_000);
    match &mut rule.clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => {
            *min = min.filter(|_| dice.chance(70)).map(|min| BasisPoints((min.0 - by).max(0)));
            *max = max.filter(|_| dice.chance(70)).map(|max| BasisPoints((max.0 + by).min(10_000)));
            if min.is_none() && max.is_none() {
                *min = Some(BasisPoints(0));
            }
        }
        Clause::Budget { max, .. } => *max = Pence(max.0 + i64::from(by) * 1_000),
        Clause::Cover { min_people, .. } => *min_people = min_people.saturating_sub(1),
        Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points } => {
            *max_points = BasisPoints((max_points.0 + by).min(10_000));
        }
    }
}

/// Pins somebody to the post that the plan gives them; `None` where it gives nobody one.
pub(crate) fn pin_to(dice: &mut Dice, case: &Case, scenario: &Scenario, plan: &Plan) -> Option<(Case, Scenario)> {
    let placed: Vec<(PersonId, PostId)> = plan.placed().collect();
    if placed.is_empty() {
        return None;
    }
    let (mut case, mut scenario) = (case.clone(), scenario.clone());
    if !scenario.use_pins {
        case.pins.clear();
        scenario.use_pins = true;
    }
    for _ in 0..2 {
        let (person, post) = dice.pick(&placed);
        let decision = Decision::MustPost(post);
        if case.pins.iter().all(|pin| pin.person != person || pin.decision != decision) {
            let row = u32::try_from(case.pins.len()).expect("few pins") + 2;
            let (reason, decided_by) = (String::new(), "chief executive".to_owned());
            case.pins.push(Pin { row, person, decision, reason, decided_by, date: None });
        }
    }
    Some((case, scenario))
}

/// The case with only those of its droppable rules that are kept. Retained shared people are the caller's business.
pub(crate) fn only(case: &Case, scenario: &Scenario, kept: &dyn Fn(Leaf) -> bool, bars: Bars) -> (Case, Scenario) {
    let (mut case, mut scenario) = (case.clone(), scenario.clone());
    let stays = |pin: &Pin| match pin.decision {
        Decision::MustPost(_) | Decision::MustAuthority(_) => false,
        Decision::NotPost(_) | Decision::NotAuthority(_) => bars == Bars::Stay,
    };
    let numbered = |leaf: fn(usize) -> Leaf| (0..).map(move |position| kept(leaf(position)));
    case.pins =
        case.pins.into_iter().zip(numbered(Leaf::Pin)).filter(|(p, k)| *k || stays(p)).map(|(p, _)| p).collect();
    case.links = case.links.into_iter().zip(numbered(Leaf::Link)).filter(|(_, k)| *k).map(|(link, _)| link).collect();
    let clauses = scenario.fairness.into_iter().zip(numbered(Leaf::Clause));
    scenario.fairness = clauses.filter(|(_, kept)| *kept).map(|(rule, _)| rule).collect();
    (case, scenario)
}
