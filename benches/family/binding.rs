//! Made-up cases of which a clause may stand at its limit, and places that people could be given; also compiled into the tests.

use demerge::case::Case;
use demerge::case::scenario::{Clause, Scenario};
use demerge::certify::{Certified, Measure};
use demerge::id::{Id, PersonId, PostId};
use demerge::quantity::BasisPoints;
use demerge::solve::Limits;
use demerge::study::generate::{Ask, generate};
use demerge::study::variant::Variant;

/// A drawn case with one of its scenarios; with `tighter`, the first clause of this kind (`share`, `budget`, `parity`) is so many
/// hundredths of a percent harder to keep than the best plan does (a parity: has this limit).
pub(crate) fn drawn(ask: &Ask, wanted: &str, tighter: Option<(&str, i32)>, limits: &Limits<'_>) -> (Case, Scenario) {
    let made = generate(ask);
    let mut scenario = made.scenarios.iter().find(|it| it.id == wanted).expect("a scenario of the case").clone();
    if let Some((kind, points)) = tighter {
        let best = Variant::of(&made.case, &scenario).best(limits).expect("the checker confirms the solver");
        tighten(&mut scenario, &best, kind, points);
    }
    (made.case, scenario)
}

fn tighten(scenario: &mut Scenario, best: &Certified, kind: &str, points: i32) {
    for (rule, found) in scenario.fairness.iter_mut().zip(best.fairness()) {
        match (&mut rule.clause, &found.measure) {
            (Clause::PeopleShare { max, .. }, &Measure::PeopleShare { placed, all, .. }) if kind == "share" => {
                *max = Some(BasisPoints(i32::try_from(placed * 10_000 / all).expect("a share") - points));
            }
            (Clause::Budget { max, .. }, &Measure::Budget { cost, .. }) if kind == "budget" => {
                max.0 = cost.0 - cost.0 / 10_000 * i64::from(points);
            }
            (Clause::PreferenceParity { max_points }, _) if kind == "parity" => *max_points = BasisPoints(points),
            _ => continue,
        }
        return;
    }
}

/// A post that each of about so many people may hold and does not: a path is longest where others want it too.
pub(crate) fn places(case: &Case, certified: &Certified, count: usize) -> Vec<(PersonId, PostId)> {
    let plan = certified.plan().expect("a plan");
    let first = |person: PersonId| {
        let own = case.matches.range((person, PostId::at(0))..).take_while(|((who, _), _)| *who == person);
        { own }.map(|(&pair, _)| pair).find(|&(_, post)| plan.post(person) != Some(post))
    };
    case.people.ids().step_by(case.people.len().div_ceil(count)).filter_map(first).collect()
}
