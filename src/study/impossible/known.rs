//! What is known from questions that were answered: it answers others, without a search.
//!
//! A question that leaves more open than one with a plan has a plan, and one that leaves less than one without has none. A plan may
//! keep another question's rules too, and a proof may hold there; both are asked of the checker, by the words of the rules.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::case::answer::{Leaf, Plan};
use crate::case::proof::{End, Node, Proof, RowName};
use crate::case::rule::Rule;
use crate::case::scenario::{Clause, Scenario};
use crate::certify::{Breach, Proofs, check_proof, inspect};
use crate::id::PostId;
use crate::study::impossible::Fix;
use crate::study::impossible::changes::Changes;
use crate::study::variant::Variant;

/// Plans that are remembered, the newest.
const PLANS: usize = 64;

/// Proofs that are remembered, and how many are tried.
const PROOFS: usize = 16;
const TRIED: usize = 3;

/// Answers, plans and proofs so far.
#[derive(Debug, Default)]
pub(super) struct Known {
    answers: BTreeMap<Changes, bool>,
    /// Each with the changes without which it breaks a rule of the case; the last used last.
    plans: Vec<(Plan, BTreeSet<Fix>)>,
    /// Each with the changes under which it was found.
    proofs: Vec<(Proof, Named)>,
}

/// The rules that a proof speaks of, and which of the rules about people were taken out where it was found.
#[derive(Debug)]
struct Named {
    clauses: BTreeSet<usize>,
    has_links: bool,
    gone: BTreeSet<Leaf>,
}

impl Known {
    /// Whether there is a plan with these changes, as far as other answers say so.
    pub(super) fn follows(&self, scenario: &Scenario, changes: &Changes) -> Option<bool> {
        if let Some(&known) = self.answers.get(changes) {
            return Some(known);
        }
        let other = |(other, &is): (&Changes, &bool)| {
            let follows = if is { changes.only_loosen(other, scenario) } else { other.only_loosen(changes, scenario) };
            follows.then_some(is)
        };
        self.answers.iter().find_map(other)
    }

    /// Notes an answer.
    pub(super) fn note(&mut self, changes: &Changes, answer: bool) {
        self.answers.insert(changes.clone(), answer);
    }

    /// Remembers a plan of a changed case.
    pub(super) fn remember(&mut self, case: &Case, scenario: &Scenario, plan: Plan) {
        let breaches = inspect(case, scenario, &plan).breaches;
        let Some(needs) = breaches.iter().map(need).collect() else { return };
        self.plans.push((plan, needs));
        if self.plans.len() > PLANS {
            self.plans.remove(0);
        }
    }

    /// Remembers why a changed case has no plan.
    pub(super) fn remember_why(&mut self, changes: &Changes, proof: &Proof) {
        let mut named = Named { clauses: BTreeSet::new(), has_links: false, gone: changes.about_people().collect() };
        name(&proof.root, &mut named);
        proof.rounded.iter().flat_map(|it| &it.rows).for_each(|&(row, _)| named.add(row));
        self.proofs.push((proof.clone(), named));
        if self.proofs.len() > PROOFS {
            self.proofs.remove(0);
        }
    }

    /// Whether a known plan keeps every rule of the changed case.
    pub(super) fn has_plan(&mut self, changes: &Changes, variant: &Variant) -> bool {
        let fits = |needs: &BTreeSet<Fix>| needs.iter().all(|&need| is_met(need, changes, &variant.scenario));
        let keeps = |plan: &Plan| inspect(&variant.case, &variant.scenario, plan).breaches.is_empty();
        let found = self.plans.iter().rposition(|(plan, needs)| fits(needs) && keeps(plan));
        if let Some(at) = found {
            let plan = self.plans.remove(at);
            self.plans.push(plan);
        }
        found.is_some()
    }

    /// Whether a known proof says that the changed case has no plan.
    pub(super) fn has_proof(&mut self, changes: &Changes, variant: &Variant) -> bool {
        let gone: BTreeSet<Leaf> = changes.about_people().collect();
        let about = |named: &Named| {
            let all_there = named.clauses.iter().all(|&at| !changes.drops(Leaf::Clause(at)));
            // A decision that is taken out opens options, and moves the positions of links.
            all_there && (named.gone == gone || (!named.has_links && gone.is_subset(&named.gone)))
        };
        let mut tried = 0;
        let mut proofs: Option<Proofs<'_>> = None;
        let found = self.proofs.iter().rposition(|(proof, named)| {
            if tried == TRIED || !about(named) {
                return false;
            }
            tried += 1;
            let proofs = proofs.get_or_insert_with(|| Proofs::new(&variant.case, &variant.scenario));
            proofs.check(&[], proof).is_ok()
        });
        if let Some(at) = found {
            let proof = self.proofs.remove(at);
            self.proofs.push(proof);
        }
        found.is_some()
    }

    /// The plan used last, and what it needs.
    pub(super) fn last_plan(&self) -> Option<&Plan> {
        self.plans.last().map(|(plan, _)| plan)
    }

    /// The price of a post in every step of the proof used last.
    pub(super) fn last_prices(&self, post: PostId) -> Option<Vec<i128>> {
        let (proof, _) = self.proofs.last()?;
        if proof.rounded.iter().any(|it| it.posts.iter().any(|&(it, _)| it == post)) {
            return None;
        }
        let mut prices = Vec::new();
        each_step(&proof.root, &mut |step| {
            prices.push(step.prices.iter().find(|&&(it, _)| it == post).map_or(0, |&(_, price)| price));
        });
        Some(prices)
    }

    /// Whether the proof used last says that the changed case has no plan.
    pub(super) fn last_proof_holds(&self, variant: &Variant) -> bool {
        let holds = |proof: &Proof| check_proof(&variant.case, &variant.scenario, &[], proof).is_ok();
        self.proofs.last().is_some_and(|(proof, _)| holds(proof))
    }
}

impl Named {
    fn add(&mut self, row: RowName) {
        match row {
            RowName::Clause(at, _) | RowName::Parity(at, _, _) => drop(self.clauses.insert(at)),
            RowName::Link(..) => self.has_links = true,
            RowName::Objective(_) | RowName::Cover(..) | RowName::Rounded(_) => {}
        }
    }
}

fn name(root: &Node, named: &mut Named) {
    each_step(root, &mut |step| {
        let blocks = step.blocks.iter().map(|&(row, _)| row);
        step.multipliers.iter().map(|&(row, _)| row).chain(blocks).for_each(|row| named.add(row));
    });
}

fn each_step(root: &Node, look: &mut dyn FnMut(&crate::case::proof::Step)) {
    let mut waiting = vec![root];
    while let Some(node) = waiting.pop() {
        node.steps.iter().for_each(&mut *look);
        match &node.end {
            End::Closed => {}
            End::Branch(branch) => waiting.extend([&branch.inside, &branch.outside]),
        }
    }
}

/// A change of one post.
type OfPost = fn(PostId) -> Fix;

/// The change without which a plan breaks this rule; `None`: there is no such change.
fn need(breach: &Breach) -> Option<Fix> {
    if let Some(leaf) = breach.leaf {
        return Some(Fix::Drop(leaf));
    }
    let of_posts: [(Rule, OfPost); 3] =
        [(Rule::Capacity, Fix::Seat), (Rule::Offered, Fix::Open), (Rule::Promotion, Fix::Promote)];
    let (_, fix) = of_posts.into_iter().find(|&(rule, _)| rule == breach.rule)?;
    breach.post.map(fix)
}

/// Whether the changes may be enough for a plan that needs this one; the checker has the last word.
fn is_met(need: Fix, changes: &Changes, scenario: &Scenario) -> bool {
    let Fix::Drop(Leaf::Clause(at)) = need else {
        let seats = |post: &PostId| need == Fix::Seat(*post);
        return changes.fixes.contains(&need) || changes.seats.keys().any(seats);
    };
    let compares = scenario.fairness.get(at).is_some_and(|it| matches!(it.clause, Clause::VacancyGap { .. }));
    let touches = |fix: &Fix| match *fix {
        Fix::Limit { clause, .. } => clause == at,
        Fix::Drop(leaf) => leaf == Leaf::Clause(at),
        // The rates count seats.
        Fix::Seat(_) | Fix::Open(_) => compares,
        Fix::Promote(_) => false,
    };
    changes.fixes.iter().any(touches) || changes.loose.is_some_and(|(clause, _)| clause == at)
}
