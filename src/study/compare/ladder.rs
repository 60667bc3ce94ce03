//! From one scenario to another by single changes, in an order that is always the same.
//!
//! The order is that in which a council decides: the structures, who may go where, what is counted, officers' decisions,
//! fairness rules (taken out, then changed, then added), and last the order of objectives. The last rung is the other scenario.

use crate::case::scenario::{FairnessRule, Objective, PolicyRule, RetainedShared, Scenario, StatutoryCover};
use crate::id::{AuthorityId, PostId, StructureId};
use crate::quantity::BasisPoints;
use crate::study::compare::is_about_the_same;

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Another structure of an authority.
    Structure {
        /// Whose.
        authority: AuthorityId,
        /// Before.
        was: StructureId,
        /// After.
        is: StructureId,
    },
    /// Another rule on authorities.
    Rule(PolicyRule, PolicyRule),
    /// Whether people of retained shared services are kept in them.
    Retained(RetainedShared),
    /// How many grades down are allowed.
    GradesDown(i32, i32),
    /// Promotion into a post is allowed.
    PromotionAllowed(PostId),
    /// Promotion into a post is no longer allowed.
    PromotionRefused(PostId),
    /// The rank counted for a post that a person did not list.
    UnlistedRank(u32, u32),
    /// The on-cost.
    OnCost(BasisPoints, BasisPoints),
    /// Which statutory roles count, and down to which tier.
    Cover,
    /// Whether officers' decisions are used.
    Pins(bool),
    /// A fairness rule that is no more.
    ClauseOut(FairnessRule),
    /// A fairness rule with other limits, or enforced instead of measured.
    ClauseChanged(FairnessRule, FairnessRule),
    /// A fairness rule that is new.
    ClauseIn(FairnessRule),
    /// An objective that is no longer asked for.
    ObjectiveOut(Objective),
    /// An objective that is stated at this place, counted from 1, and was further down.
    ObjectiveMoved(Objective, usize),
    /// An objective that is new, at this place.
    ObjectiveIn(Objective, usize),
}

/// Every single change from one scenario to the other, each with the scenario that it leads to.
///
/// - Each scenario bears the id and the words of the one that is led to.
/// - The last one is that scenario, but for the order of its fairness rules, which decides nothing.
pub fn ladder(from: &Scenario, to: &Scenario) -> Vec<(Turn, Scenario)> {
    let start = Scenario { id: to.id.clone(), name: to.name.clone(), purpose: to.purpose.clone(), ..from.clone() };
    let mut ladder = Ladder { now: start, rungs: Vec::new() };
    structures(&mut ladder, to);
    policy(&mut ladder, to);
    counted(&mut ladder, to);
    clauses(&mut ladder, to);
    objectives(&mut ladder, to);
    ladder.rungs
}

struct Ladder {
    now: Scenario,
    rungs: Vec<(Turn, Scenario)>,
}

impl Ladder {
    fn step(&mut self, turn: Turn, change: impl FnOnce(&mut Scenario)) {
        change(&mut self.now);
        self.rungs.push((turn, self.now.clone()));
    }
}

fn structures(ladder: &mut Ladder, to: &Scenario) {
    for (&authority, &is) in &to.structures {
        let was = ladder.now.structures.get(&authority).copied();
        if let Some(was) = was.filter(|&was| was != is) {
            ladder.step(Turn::Structure { authority, was, is }, |now| {
                now.structures.insert(authority, is);
            });
        }
    }
}

fn policy(ladder: &mut Ladder, to: &Scenario) {
    let (was, is) = (ladder.now.policy.clone(), &to.policy);
    if was.rule != is.rule {
        ladder.step(Turn::Rule(was.rule, is.rule), |now| now.policy.rule = is.rule);
    }
    if was.retained_shared != is.retained_shared {
        let kept = is.retained_shared;
        ladder.step(Turn::Retained(kept), |now| now.policy.retained_shared = kept);
    }
    if was.max_grades_down != is.max_grades_down {
        let turn = Turn::GradesDown(was.max_grades_down, is.max_grades_down);
        ladder.step(turn, |now| now.policy.max_grades_down = is.max_grades_down);
    }
    for &post in was.promotion_into.difference(&is.promotion_into) {
        ladder.step(Turn::PromotionRefused(post), |now| {
            now.policy.promotion_into.remove(&post);
        });
    }
    for &post in is.promotion_into.difference(&was.promotion_into) {
        ladder.step(Turn::PromotionAllowed(post), |now| {
            now.policy.promotion_into.insert(post);
        });
    }
}

/// What the objectives count, and officers' decisions.
fn counted(ladder: &mut Ladder, to: &Scenario) {
    let (was, is) = (ladder.now.policy.clone(), &to.policy);
    if was.unlisted_rank != is.unlisted_rank {
        let turn = Turn::UnlistedRank(was.unlisted_rank, is.unlisted_rank);
        ladder.step(turn, |now| now.policy.unlisted_rank = is.unlisted_rank);
    }
    if was.on_cost != is.on_cost {
        ladder.step(Turn::OnCost(was.on_cost, is.on_cost), |now| now.policy.on_cost = is.on_cost);
    }
    if !is_same_cover(&ladder.now.statutory_cover, &to.statutory_cover) {
        ladder.step(Turn::Cover, |now| now.statutory_cover = to.statutory_cover.clone());
    }
    // Rows of one set of roles in another order count the same, and stand as the other scenario has them.
    ladder.now.statutory_cover = to.statutory_cover.clone();
    if ladder.now.use_pins != to.use_pins {
        ladder.step(Turn::Pins(to.use_pins), |now| now.use_pins = to.use_pins);
    }
}

/// Whether two demands count the same, in whatever order the roles stand.
pub fn is_same_cover(one: &StatutoryCover, other: &StatutoryCover) -> bool {
    let all = |one: &StatutoryCover, other: &StatutoryCover| one.roles.iter().all(|role| other.roles.contains(role));
    one.max_tier == other.max_tier && all(one, other) && all(other, one)
}

/// Rules of both scenarios stay where they stand; of the others, those on the same thing are one change.
fn clauses(ladder: &mut Ladder, to: &Scenario) {
    let mut new: Vec<FairnessRule> = to.fairness.clone();
    let mut old: Vec<FairnessRule> = Vec::new();
    for rule in &ladder.now.fairness {
        match new.iter().position(|other| other == rule) {
            Some(at) => drop(new.remove(at)),
            None => old.push(rule.clone()),
        }
    }
    let mut changed: Vec<(FairnessRule, FairnessRule)> = Vec::new();
    for rule in old {
        match new.iter().position(|other| is_about_the_same(&rule.clause, &other.clause)) {
            Some(at) => changed.push((rule, new.remove(at))),
            None => ladder.step(Turn::ClauseOut(rule.clone()), |now| drop(now.fairness.remove(place_of(now, &rule)))),
        }
    }
    for (was, is) in changed {
        ladder.step(Turn::ClauseChanged(was.clone(), is.clone()), |now| {
            let at = place_of(now, &was);
            now.fairness[at] = is;
        });
    }
    for rule in new {
        ladder.step(Turn::ClauseIn(rule.clone()), |now| now.fairness.push(rule));
    }
}

fn place_of(scenario: &Scenario, rule: &FairnessRule) -> usize {
    scenario.fairness.iter().position(|other| other == rule).expect("the rule was taken from this list")
}

fn objectives(ladder: &mut Ladder, to: &Scenario) {
    let gone: Vec<Objective> =
        ladder.now.objectives.iter().copied().filter(|objective| !to.objectives.contains(objective)).collect();
    // One objective must always be left, so what is new comes first where nothing would be.
    let keeps = gone.len() < ladder.now.objectives.len();
    if keeps {
        remove(ladder, &gone);
    }
    for (place, &objective) in to.objectives.iter().enumerate() {
        let at = ladder.now.objectives.iter().position(|it| *it == objective);
        match at {
            Some(at) if at == place => {}
            Some(at) => ladder.step(Turn::ObjectiveMoved(objective, place + 1), |now| {
                let moved = now.objectives.remove(at);
                now.objectives.insert(place, moved);
            }),
            None => {
                ladder.step(Turn::ObjectiveIn(objective, place + 1), |now| now.objectives.insert(place, objective));
            }
        }
    }
    if !keeps {
        remove(ladder, &gone);
    }
}

fn remove(ladder: &mut Ladder, gone: &[Objective]) {
    for &objective in gone {
        ladder.step(Turn::ObjectiveOut(objective), |now| now.objectives.retain(|it| *it != objective));
    }
}
