//! Solves combinations of answers until every one is known, or as many as were asked for.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::answer::Plan;
use crate::case::scenario::Scenario;
use crate::certify::{Certified, Refusal, Status};
use crate::solve::Limits;
use crate::study::answers::Group;
use crate::study::answers::bounds::{gone, quiet};
use crate::study::answers::figure::{Figure, Values, measure};
use crate::study::answers::open::{Open, Said, with_answers};
use crate::study::answers::patch::{Patch, Reader, Worth};
use crate::study::variant::Variant;

/// What came of one combination.
#[derive(Debug, Clone)]
pub(super) enum Solved {
    /// The plan that `solve` would show.
    Best(Plan),
    /// No plan keeps every rule.
    Impossible,
}

/// Answers of each member of a group: every combination of them.
type Region = Vec<Vec<usize>>;

/// Everything that was solved so far.
pub(super) struct Search<'a> {
    pub(super) case: &'a Case,
    pub(super) scenario: &'a Scenario,
    pub(super) open: &'a [Open],
    pub(super) limits: &'a Limits<'a>,
    pub(super) reader: Reader<'a>,
    solved: BTreeMap<Vec<usize>, Solved>,
    solves: usize,
    is_cut: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(case: &'a Case, scenario: &'a Scenario, open: &'a [Open], limits: &'a Limits<'a>) -> Self {
        let reader = Reader::new(case, scenario, open);
        Self { case, scenario, open, limits, reader, solved: BTreeMap::new(), solves: 0, is_cut: false }
    }

    pub(super) fn solves(&self) -> usize {
        self.solves
    }

    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The combination that the files have.
    pub(super) fn today(&self) -> Vec<usize> {
        vec![0; self.open.len()]
    }

    pub(super) fn variant(&self, setting: &[usize]) -> Variant {
        with_answers(self.case, self.scenario, self.open, setting)
    }

    /// What comes of a combination; none where a limit was reached first.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub(super) fn solve(&mut self, setting: &[usize]) -> Result<Option<Solved>, Refusal> {
        if let Some(solved) = self.solved.get(setting) {
            return Ok(Some(solved.clone()));
        }
        if self.is_cut || (self.limits.should_stop)() {
            self.is_cut = true;
            return Ok(None);
        }
        self.solves += 1;
        let Some(solved) = outcome(&self.variant(setting).answer(self.limits)?) else {
            self.is_cut = true;
            return Ok(None);
        };
        self.solved.insert(setting.to_vec(), solved.clone());
        Ok(Some(solved))
    }

    /// Another question about a variant, counted as a solve.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub(super) fn ask(&mut self, variant: &Variant) -> Result<Certified, Refusal> {
        self.solves += 1;
        variant.best(self.limits)
    }

    /// Every combination of the members' answers, everybody else as today, as far as `most` solves in all go.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub(super) fn cover(&mut self, members: Vec<usize>, most: usize) -> Result<Group, Refusal> {
        let mut regions: Vec<Region> =
            vec![members.iter().map(|&member| (0..self.open[member].answers.len()).collect()).collect()];
        let mut patches = Vec::new();
        while let Some(region) = largest(&mut regions) {
            let at = self.pick(&members, &region);
            let may_solve = self.solves < most || self.solved.contains_key(&at);
            let solved = if may_solve { self.solve(&at)? } else { None };
            let Some(solved) = solved else {
                return Ok(Group { members, patches, is_whole: false });
            };
            let patch = self.patch(&members, &region, at, &solved);
            regions.extend(rest(&region, &patch.holds));
            patches.push(patch);
        }
        Ok(Group { members, patches, is_whole: true })
    }

    /// The combination of a region whose plan is likely to hold for many others: wishes that it will not meet, nobody going.
    fn pick(&self, members: &[usize], region: &Region) -> Vec<usize> {
        let today = self.solved.get(&self.today());
        let mut setting = self.today();
        for (&member, answers) in members.iter().zip(region) {
            let it = &self.open[member];
            let now = match today {
                Some(Solved::Best(plan)) => plan.post(it.person).map(|post| self.case.posts[post].authority),
                Some(Solved::Impossible) | None => None,
            };
            let order = |&&answer: &&usize| match it.answers[answer] {
                Said::Authority(authority) if now != Some(authority) => (0, answer),
                Said::Authority(_) => (1, answer),
                Said::NoPreference => (2, answer),
                Said::AsToday => (3, answer),
                Said::NotCounted => (4, answer),
                Said::Leaves => (5, answer),
            };
            setting[member] = *answers.iter().min_by_key(order).expect("a region has an answer for each member");
        }
        setting
    }

    /// The part of a region for which the plan of one combination holds.
    fn patch(&self, members: &[usize], region: &Region, at: Vec<usize>, solved: &Solved) -> Patch {
        let plan = match solved {
            Solved::Best(plan) => Some(plan),
            Solved::Impossible => None,
        };
        let held = |(&member, answers): (&usize, &Vec<usize>)| {
            let holds = self.reader.holds(member, at[member], plan);
            answers.iter().copied().filter(|answer| holds.contains(answer)).collect()
        };
        let holds: Region = members.iter().zip(region).map(held).collect();
        let worth = plan.map(|plan| self.worth(members, &holds, &at, plan));
        Patch { at, holds, worth }
    }

    fn worth(&self, members: &[usize], holds: &Region, at: &[usize], plan: &Plan) -> Worth {
        let base = measure(&self.variant(at), plan);
        let shift = |member: usize, answer: usize| {
            if answer == at[member] {
                return Values::new();
            }
            let mut setting = at.to_vec();
            setting[member] = answer;
            difference(&base, &measure(&self.variant(&setting), plan))
        };
        let of_member = |(&member, answers): (&usize, &Vec<usize>)| {
            answers.iter().map(|&answer| shift(member, answer)).collect::<Vec<Values>>()
        };
        let shifts = members.iter().zip(holds).map(of_member).collect();
        Worth { plan: plan.clone(), base, shifts }
    }

    /// Solves two combinations of each group, before it is covered: everyone in it goes, and nobody says anything.
    ///
    /// # Errors
    /// [`Refusal`]: a bug of ours in the solver.
    pub(super) fn try_ends(&mut self, groups: &[Vec<usize>]) -> Result<(), Refusal> {
        for members in groups {
            for end in [gone(self.open), quiet(self.open)] {
                let mut setting = self.today();
                members.iter().for_each(|&member| setting[member] = end[member]);
                self.solve(&setting)?;
            }
        }
        Ok(())
    }

    /// Adds to groups that are not whole what was solved besides, such as one answer at a time.
    pub(super) fn add_tried(&self, groups: &mut [Group], singles: &[Group]) {
        for group in groups.iter_mut().filter(|group| !group.is_whole) {
            for (at, solved) in &self.solved {
                let changed = (0..at.len()).filter(|&position| at[position] != 0);
                if changed.into_iter().all(|position| group.members.contains(&position)) {
                    self.add(group, at, at, solved);
                }
            }
            for single in group.members.clone().into_iter().map(|member| &singles[member]) {
                for patch in &single.patches {
                    let solved = &self.solved[&patch.at];
                    for &answer in &patch.holds[0] {
                        let mut setting = self.today();
                        setting[single.members[0]] = answer;
                        self.add(group, &patch.at, &setting, solved);
                    }
                }
            }
            let all = group.members.iter().map(|&member| self.open[member].answers.len() as u128);
            group.is_whole = held(group) == all.fold(1, u128::saturating_mul);
        }
    }

    /// Adds one combination, for which the plan of `at` holds, unless a patch has it.
    fn add(&self, group: &mut Group, at: &[usize], setting: &[usize], solved: &Solved) {
        let answers: Vec<usize> = group.members.iter().map(|&member| setting[member]).collect();
        if group.patches.iter().any(|patch| patch.contains(&answers)) {
            return;
        }
        let region: Region = answers.into_iter().map(|answer| vec![answer]).collect();
        group.patches.push(self.patch(&group.members, &region, at.to_vec(), solved));
    }
}

/// The plan of a finished answer; none where it is not finished, so that no plan stands for another.
pub(super) fn outcome(certified: &Certified) -> Option<Solved> {
    match (certified.status(), certified.plan()) {
        (Status::Optimal, Some(plan)) => Some(Solved::Best(plan.clone())),
        (Status::Impossible, _) => Some(Solved::Impossible),
        (Status::Optimal, None) | (Status::Stopped, _) => None,
    }
}

/// Takes out the region of most combinations, the first of equal ones.
fn largest(regions: &mut Vec<Region>) -> Option<Region> {
    let size = |region: &Region| region.iter().fold(1u128, |size, answers| size.saturating_mul(answers.len() as u128));
    let at = (0..regions.len()).max_by_key(|&at| (size(&regions[at]), Reverse(at)))?;
    Some(regions.remove(at))
}

fn held(group: &Group) -> u128 {
    group.patches.iter().fold(0, |all, patch| all.saturating_add(patch.size()))
}

/// A region without the combinations that are held, as regions that do not touch.
fn rest(region: &Region, holds: &Region) -> Vec<Region> {
    let without = |position: usize| {
        let left: Vec<usize> =
            region[position].iter().copied().filter(|answer| !holds[position].contains(answer)).collect();
        let before = holds[..position].iter().cloned();
        (!left.is_empty()).then(|| before.chain([left]).chain(region[position + 1..].iter().cloned()).collect())
    };
    (0..region.len()).rev().filter_map(without).collect()
}

/// What a plan is worth more in one case than in another; noughts are left out.
fn difference(was: &Values, is: &Values) -> Values {
    let keys = was.keys().chain(is.keys()).copied();
    let value = |values: &Values, figure: Figure| values.get(&figure).copied().unwrap_or(0);
    keys.map(|figure| (figure, value(is, figure) - value(was, figure))).filter(|&(_, change)| change != 0).collect()
}
