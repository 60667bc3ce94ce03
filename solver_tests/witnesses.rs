//! Equally good plans: judged by their differences as by the whole, and none of them overlooked.

use demerge::case::answer::{Answer, Outcome, Witness};
use demerge::case::scenario::Objective;
use demerge::case::{Case, Decision, Pin};
use demerge::certify::{Refusal, certify, inspect};
use demerge::id::{Id, PersonId, PostId};
use demerge::solve::Solver;

use crate::generate::{Dice, Size};
use crate::oracle::Truth;
use crate::truth;

/// Somebody's moves: now and then those of a true witness with one more, mostly a few people to anywhere.
fn moves(dice: &mut Dice, case: &Case, answer: &Answer) -> Witness {
    let mut moves = std::collections::BTreeMap::new();
    if !answer.witnesses.is_empty() && dice.chance(50) {
        moves.extend(answer.witnesses[dice.below(answer.witnesses.len())].moves().iter().copied());
    }
    for _ in 0..dice.count(0, 3) {
        let matched: Vec<(PersonId, PostId)> = case.matches.keys().copied().collect();
        let (person, post) = match dice.below(3) {
            0 => (PersonId::at(dice.below(case.people.len())), None),
            _ if matched.is_empty() => continue,
            _ => {
                let (person, post) = dice.pick(&matched);
                (person, Some(post))
            }
        };
        moves.insert(person, post);
    }
    Witness::new(moves.into_iter().collect())
}

/// What `certify` says of a witness follows from what `inspect` says of the whole plan.
#[test]
fn a_witness_is_judged_as_its_whole_plan_would_be() {
    for seed in 0..400 {
        truth::on_seed(2_000_000 + seed, Size::MIDDLE, &|case, scenario| {
            let outcome = truth::outcome(case, scenario, Solver::Network);
            let Outcome::Placed(answer) = outcome else { return Ok(()) };
            let mut dice = Dice::new(seed);
            for _ in 0..20 {
                let mut altered = answer.clone();
                let witness = moves(&mut dice, case, &answer);
                let whole = inspect(case, scenario, &witness.applied(&answer.plan));
                altered.witnesses = vec![witness];
                let other = whole.objectives.iter().zip(&answer.objectives).find(|((goal, value), scored)| {
                    goal.objective != Objective::Cost && *value != i128::from(scored.value)
                });
                let said = certify(case, scenario, Outcome::Placed(altered));
                let agrees = match (&said, whole.breaches.is_empty(), other) {
                    (Err(Refusal::WitnessBreaches { witness: 0, breaches }), false, _) => *breaches == whole.breaches,
                    (Err(Refusal::WitnessValue { witness: 0, goal, found, .. }), true, Some((value, _))) => {
                        (*goal, *found) == *value
                    }
                    (Ok(_) | Err(Refusal::Undecided(_) | Refusal::NotNamed(_)), true, None) => true,
                    (_, _, _) => false,
                };
                if !agrees {
                    return Err(format!("{said:?}\nthe whole {whole:?}"));
                }
            }
            Ok(())
        });
    }
}

/// Who is not called undecided, or not for a post, has no equally good plan there: pinned to it, something gets worse.
#[test]
fn no_alternative_is_overlooked() {
    let mut tried = 0;
    for seed in 0..12 {
        tried += truth::on_seed(3_000_000 + seed, Size::THEOREM, &|case, scenario| {
            let mut scenario = scenario.clone();
            let mut case = case.clone();
            if !scenario.use_pins {
                case.pins.clear();
                scenario.use_pins = true;
            }
            let Truth::Best { plan, undecided, .. } = truth::answer(&case, &scenario, Solver::Network) else {
                return Ok(0);
            };
            scenario.objectives.retain(|&objective| objective != Objective::Cost);
            let found = inspect(&case, &scenario, &plan);
            let values: Vec<i128> = found.objectives.iter().map(|&(_, value)| value).collect();
            // Where cost came before other objectives, equally good without it need not be best without it.
            let Truth::Best { values: best, .. } = truth::answer(&case, &scenario, Solver::Network) else {
                return Ok(0);
            };
            if !best.iter().map(|&value| i128::from(value)).eq(values.iter().copied()) {
                return Ok(0);
            }
            let mut tried = 0;
            for &(person, post) in case.matches.keys() {
                let listed = undecided.iter().any(|entry| entry.person == person && entry.posts.contains(&post));
                let mut pinned = case.clone();
                let decision = Decision::MustPost(post);
                let (reason, decided_by) = (String::new(), String::new());
                pinned.pins.push(Pin { row: 9, person, decision, reason, decided_by, date: None });
                let equal = match truth::answer(&pinned, &scenario, Solver::Network) {
                    Truth::Impossible => false,
                    Truth::Best { values, .. } => values == best,
                };
                if equal != (listed || plan.post(person) == Some(post)) {
                    return Err(format!("{person:?} in {post:?}: equally good {equal}, listed {listed}"));
                }
                tried += 1;
            }
            Ok(tried)
        });
    }
    assert!(tried > 200, "only {tried} pairs tried");
}
