//! Theorems over random cases too large to try every plan: one answer is compared with another that must follow from it.
//!
//! `DEMERGE_THEOREM_CASES` sets how many cases each theorem is tried on; `DEMERGE_THEOREM_SEED` tries one seed alone.

mod change;
mod ranks;

use demerge::case::Case;
use demerge::case::answer::{Leaf, Outcome};
use demerge::case::goal::Goal;
use demerge::case::scenario::{Clause, Level, Objective, RetainedShared, Scenario, Sense};
use demerge::certify;
use demerge::solve::Solver;

use crate::generate::{Dice, Size};
use crate::oracle::{self, Bars, Truth};
use crate::truth;

/// Whether a case had anything to say about the theorem.
enum Said {
    Something,
    Nothing,
}

fn answer(case: &Case, scenario: &Scenario) -> Truth {
    truth::answer(case, scenario, Solver::Network)
}

/// Tries a theorem; too many cases that say nothing are a failure too.
fn holds(size: Size, check: &dyn Fn(&mut Dice, &Case, &Scenario) -> Result<Said, String>) {
    let cases = truth::setting("DEMERGE_THEOREM_CASES", 60).div_ceil(size.weight());
    let mut telling = 0;
    let (first, cases) = match truth::setting("DEMERGE_THEOREM_SEED", 0) {
        0 => (1_000_000, cases),
        seed => (seed, 1),
    };
    for seed in first..first + cases {
        let said = truth::on_seed(seed, size, &|case, scenario| check(&mut Dice::new(!seed), case, scenario));
        telling += u64::from(matches!(said, Said::Something));
    }
    assert!(cases == 1 || telling * 10 >= cases, "only {telling} of {cases} cases say anything");
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, before: &T, after: &T) -> Result<(), String> {
    if before == after { Ok(()) } else { Err(format!("{what} differ\nbefore {before:?}\n after {after:?}")) }
}

/// The first goal of `after` is at least as good; having no plan is worse than any.
fn no_worse(goals: &[Goal], before: &Truth, after: &Truth) -> Result<Said, String> {
    let (Truth::Best { values: was, .. }, after) = (before, after) else { return Ok(Said::Nothing) };
    let better = match (goals.first().map(|goal| goal.sense()), after) {
        (_, Truth::Impossible) => false,
        (None, Truth::Best { .. }) => return Ok(Said::Nothing),
        (Some(Sense::Most), Truth::Best { values, .. }) => values[0] >= was[0],
        (Some(Sense::Least), Truth::Best { values, .. }) => values[0] <= was[0],
    };
    if better { Ok(Said::Something) } else { Err(format!("worse: {before:?}\nthen {after:?}")) }
}

/// Every plan of before is still one: the new seat may stay empty. (A vacancy gap counts empty seats, so it is left out.)
#[test]
fn opening_a_post_never_lowers_placed() {
    holds(Size::THEOREM, &|dice, case, scenario| {
        let mut scenario = scenario.clone();
        scenario.objectives = vec![Objective::Placed];
        scenario.fairness.retain(|rule| !matches!(rule.clause, Clause::VacancyGap { .. }));
        let before = answer(case, &scenario);
        let opened = change::open_a_post(dice, case);
        no_worse(&certify::goals(case, &scenario), &before, &answer(&opened, &scenario))
    });
}

/// Names say nothing about who is best placed where: the figures stay, and who is undecided goes with the names.
#[test]
fn renaming_people_changes_nothing_but_names() {
    holds(Size::THEOREM, &|dice, case, scenario| {
        let mut order: Vec<usize> = (0..case.people.len()).collect();
        dice.shuffle(&mut order);
        let before = answer(case, scenario);
        let shuffled = answer(&change::renamed(case, &order), scenario);
        let kept_order = answer(&change::renamed(case, &(0..case.people.len()).collect::<Vec<_>>()), scenario);
        same("answers in the same order of names", &before, &kept_order)?;
        match (&before, &shuffled) {
            (Truth::Impossible, Truth::Impossible) => Ok(Said::Nothing),
            (Truth::Best { values, undecided, .. }, Truth::Best { values: after, undecided: others, .. }) => {
                same("values", values, after)?;
                same("undecided", &change::undecided(undecided, &order), others)?;
                Ok(Said::Something)
            }
            (Truth::Best { .. }, Truth::Impossible) | (Truth::Impossible, Truth::Best { .. }) => {
                Err(format!("{before:?}\nthen {shuffled:?}"))
            }
        }
    });
}

/// The canonical plan is defined by ids, so the order in which rules are written down is no matter.
#[test]
fn the_order_of_pins_links_and_clauses_changes_nothing() {
    holds(Size::THEOREM, &|dice, case, scenario| {
        let (mut shuffled, mut rules) = (case.clone(), scenario.clone());
        dice.shuffle(&mut shuffled.pins);
        dice.shuffle(&mut shuffled.links);
        dice.shuffle(&mut rules.fairness);
        dice.shuffle(&mut rules.statutory_cover.roles);
        same("answers", &answer(case, scenario), &answer(&shuffled, &rules))?;
        Ok(if case.pins.len() + case.links.len() + scenario.fairness.len() > 1 {
            Said::Something
        } else {
            Said::Nothing
        })
    });
}

/// Every plan that keeps a clause keeps a looser one.
#[test]
fn loosening_a_clause_never_worsens_the_first_objective() {
    holds(Size::THEOREM, &|dice, case, scenario| {
        let enforced = |position: &usize| scenario.fairness[*position].level == Level::Must;
        let clauses: Vec<usize> = (0..scenario.fairness.len()).filter(enforced).collect();
        if clauses.is_empty() {
            return Ok(Said::Nothing);
        }
        let mut scenario = scenario.clone();
        scenario.objectives.truncate(1);
        let before = answer(case, &scenario);
        let mut looser = scenario.clone();
        let loosened = dice.pick(&clauses);
        change::loosen(dice, &mut looser.fairness[loosened]);
        no_worse(&certify::goals(case, &scenario), &before, &answer(case, &looser))
    });
}

/// The best plan is among those that a pin to it leaves, and no other comes in.
#[test]
fn a_pin_to_the_present_placement_changes_nothing() {
    holds(Size::THEOREM, &|dice, case, scenario| {
        let before = answer(case, scenario);
        let Truth::Best { plan, values, .. } = &before else { return Ok(Said::Nothing) };
        let Some((pinned_case, pinned_scenario)) = change::pin_to(dice, case, scenario, plan) else {
            return Ok(Said::Nothing);
        };
        let after = answer(&pinned_case, &pinned_scenario);
        let Truth::Best { plan: later, values: figures, .. } = &after else {
            return Err(format!("{before:?}\nthen none"));
        };
        same("plans", plan, later)?;
        // A pin may take away the last pair at some rank, and with it a goal of its own that was nought.
        let counted = |values: &[i64]| values.iter().copied().filter(|&value| value != 0).collect::<Vec<_>>();
        same("values", &counted(values), &counted(figures))?;
        Ok(Said::Something)
    });
}

/// Two ways to the same answer, to the person.
#[test]
fn both_solvers_agree() {
    holds(Size::MIDDLE, &|_, case, scenario| {
        let [network, linear] = [Solver::Network, Solver::Linear].map(|solver| truth::answer(case, scenario, solver));
        same("answers", &network, &linear)?;
        Ok(Said::Something)
    });
}

/// Plan, figures, proofs, undecided, conflict and effort, to the letter.
///
/// The large cases are without clauses and with three objectives: with all of them a proof may take minutes.
#[test]
fn same_input_same_outcome() {
    let check = |case: &Case, scenario: &Scenario| {
        let run = || format!("{:?}", truth::outcome(case, scenario, Solver::Network));
        same("outcomes", &run(), &run())?;
        Ok(Said::Something)
    };
    holds(Size::THEOREM, &|_, case, scenario| check(case, scenario));
    holds(Size::LARGE, &|_, case, scenario| {
        let mut scenario = scenario.clone();
        scenario.fairness.clear();
        scenario.objectives.truncate(3);
        check(case, &scenario)
    });
}

/// A conflict is enough by itself, and needs each of its leaves. Truth: brute force over all plans.
///
/// Dropping a decision can be read narrowly (the demand goes, the bars stay) or widely; a conflict must be enough in the
/// narrow reading and minimal in the wide one.
#[test]
fn a_conflict_alone_is_still_impossible_and_needs_each_leaf() {
    holds(Size::BRUTE, &|_, case, scenario| {
        let Outcome::Impossible(conflict) = truth::outcome(case, scenario, Solver::Network) else {
            return Ok(Said::Nothing);
        };
        let leaves = &conflict.leaves;
        if !leaves.is_sorted_by(|a, b| a < b) {
            return Err(format!("leaves are not in order, or stand twice: {leaves:?}"));
        }
        if oracle::possible(case, scenario, &|leaf| leaves.contains(&leaf), Bars::Stay) {
            return Err(format!("{leaves:?} alone leave a plan"));
        }
        for &gone in leaves {
            if !oracle::possible(case, scenario, &|leaf| leaf != gone && leaves.contains(&leaf), Bars::Go) {
                return Err(format!("{leaves:?}: no plan without {gone:?} either"));
            }
        }
        Ok(Said::Something)
    });
}

/// The same of cases too large to try every plan, by the solver's own certified answers.
#[test]
fn a_conflict_of_a_large_case_is_one_by_itself() {
    holds(Size::THEOREM, &|_, case, scenario| {
        let mut scenario = scenario.clone();
        scenario.objectives = vec![Objective::Placed];
        scenario.policy.retained_shared = RetainedShared::Release;
        let Outcome::Impossible(conflict) = truth::outcome(case, &scenario, Solver::Network) else {
            return Ok(Said::Nothing);
        };
        let leaves = &conflict.leaves;
        let (alone, rules) = change::only(case, &scenario, &|leaf| leaves.contains(&leaf), Bars::Stay);
        same("with the leaves alone, answers", &Truth::Impossible, &answer(&alone, &rules))?;
        for &gone in leaves {
            let kept = |leaf: Leaf| leaf != gone && leaves.contains(&leaf);
            let (rest, rules) = change::only(case, &scenario, &kept, Bars::Go);
            if answer(&rest, &rules) == Truth::Impossible {
                return Err(format!("{leaves:?}: no plan without {gone:?} either"));
            }
        }
        Ok(Said::Something)
    });
}
