//! Combinations of answers that share one plan, with the reason why they do.
//!
//! A plan that is best stays best, and first in the canonical order, when an answer changes such that no other place of that
//! person gains more by it than the place that the plan gives them, and no place opens: every other plan gains no more in any
//! goal, so none that was behind comes to the front. What holds for each person holds for all of them at once, because
//! gains add up. Where rules themselves depend on answers (parity), an answer may only change in what nothing reads.

use std::collections::BTreeSet;

use crate::case::answer::Plan;
use crate::case::scenario::{Objective, Scenario};
use crate::case::{Case, Response};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::model;
use crate::study::answers::figure::{Figure, Values};
use crate::study::answers::groups::has_parity;
use crate::study::answers::open::{Open, Said};
use crate::study::variant::Variant;

/// Combinations of the answers of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// The combination that was solved: an answer for everyone whose answer is open.
    pub at: Vec<usize>,
    /// For each member of the group the answers of the patch; it is every combination of these.
    pub holds: Vec<Vec<usize>>,
    /// What the plan is worth; none where no plan keeps every rule.
    pub worth: Option<Worth>,
}

/// A plan, and what it is worth under each combination of a patch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worth {
    /// Who goes where.
    pub plan: Plan,
    /// Every outcome under the combination that was solved.
    pub base: Values,
    /// For each member and each answer in `holds` what it adds to each outcome; noughts are left out.
    pub shifts: Vec<Vec<Values>>,
}

impl Patch {
    /// How many combinations it holds.
    pub fn size(&self) -> u128 {
        self.holds.iter().fold(1, |size, answers| size.saturating_mul(answers.len() as u128))
    }

    /// Whether it holds this combination of the members' answers.
    pub fn contains(&self, answers: &[usize]) -> bool {
        self.holds.iter().zip(answers).all(|(held, answer)| held.contains(answer))
    }
}

impl Worth {
    /// Every outcome that has a value here.
    pub fn figures(&self) -> BTreeSet<Figure> {
        let shifted = self.shifts.iter().flatten().flat_map(|values| values.keys());
        self.base.keys().chain(shifted).copied().collect()
    }

    /// The highest (`sign` 1) or lowest (-1) value of an outcome, with the members' answers; the first of equal ones.
    pub fn furthest(&self, patch: &Patch, figure: Figure, sign: i64) -> (i64, Vec<usize>) {
        let mut value = self.base.get(&figure).copied().unwrap_or(0);
        let mut answers = Vec::new();
        for (held, shifts) in patch.holds.iter().zip(&self.shifts) {
            let shift = |values: &Values| values.get(&figure).copied().unwrap_or(0);
            let all = held.iter().zip(shifts).map(|(&answer, values)| (-sign * shift(values), answer));
            let (least, answer) = all.min().expect("a patch has an answer for each member");
            value -= sign * least;
            answers.push(answer);
        }
        (value, answers)
    }
}

/// What the model reads of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Read {
    stated: Option<AuthorityId>,
    has_ranks: bool,
    goes: bool,
}

/// Says which answers a plan holds for.
pub(super) struct Reader<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    people: Vec<PersonId>,
    options: Vec<Vec<PostId>>,
    reads: Vec<Vec<Read>>,
    has_parity: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(case: &'a Case, scenario: &'a Scenario, open: &[Open]) -> Self {
        let model = model::build(case, scenario);
        let options = |it: &Open| {
            let posts = case.matches.range((it.person, first())..).take_while(|(pair, _)| pair.0 == it.person);
            posts.map(|(pair, _)| pair.1).filter(|&post| model.arc(it.person, post).is_some()).collect()
        };
        let read = |it: &Open| it.answers.iter().map(|&said| read(case, scenario, it.person, said)).collect();
        Self {
            case,
            scenario,
            people: open.iter().map(|it| it.person).collect(),
            options: open.iter().map(options).collect(),
            reads: open.iter().map(read).collect(),
            has_parity: has_parity(scenario),
        }
    }

    /// Which authority an answer states, if the person may be placed there.
    pub(super) fn can_be_met(&self, position: usize, answer: usize) -> bool {
        let stated = self.reads[position][answer].stated;
        self.options[position].iter().any(|&post| stated == Some(self.case.posts[post].authority))
    }

    /// The answers of one person for which the plan of `from` holds too; without a plan, those that have none either.
    pub(super) fn holds(&self, position: usize, from: usize, plan: Option<&Plan>) -> Vec<usize> {
        let place = plan.map(|plan| plan.post(self.people[position]));
        (0..self.reads[position].len()).filter(|&to| self.holds_for(position, from, to, place)).collect()
    }

    fn holds_for(&self, position: usize, from: usize, to: usize, place: Option<Option<PostId>>) -> bool {
        let (was, is) = (self.reads[position][from], self.reads[position][to]);
        let options = &self.options[position];
        if was == is {
            return true;
        }
        if self.has_parity && was.stated != is.stated || was.goes && !is.goes && !options.is_empty() {
            return false;
        }
        let Some(place) = place else { return true };
        if is.goes {
            return place.is_none();
        }
        let places = || options.iter().copied().map(Some).chain([None]);
        let most = |gain: &dyn Fn(Option<PostId>) -> i64| places().all(|other| gain(other) <= gain(place));
        self.scenario.objectives.iter().all(|objective| match objective {
            Objective::Preference => most(&|place| self.met(is, place) - self.met(was, place)),
            Objective::Rank => most(&|place| self.rank(position, was, place) - self.rank(position, is, place)),
            Objective::Generous | Objective::Greedy | Objective::RankMaximal | Objective::Bottleneck => {
                places().all(|place| self.rank(position, was, place) == self.rank(position, is, place))
            }
            Objective::Placed
            | Objective::Statutory
            | Objective::Match
            | Objective::Cost
            | Objective::Moves
            | Objective::Critical
            | Objective::Travel
            | Objective::Family => true,
        })
    }

    fn met(&self, read: Read, place: Option<PostId>) -> i64 {
        i64::from(place.is_some_and(|post| read.stated == Some(self.case.posts[post].authority)))
    }

    fn rank(&self, position: usize, read: Read, place: Option<PostId>) -> i64 {
        let Some(post) = place.filter(|_| read.has_ranks) else { return 0 };
        let given = self.case.ranks.get(&(self.people[position], post));
        i64::from(given.map_or(self.scenario.policy.unlisted_rank, |given| given.rank))
    }
}

fn first() -> PostId {
    crate::id::Id::at(0)
}

fn read(case: &Case, scenario: &Scenario, person: PersonId, said: Said) -> Read {
    let variant = Variant::of(case, scenario).saying(person, said);
    let preference = &variant.case.people[person].preference;
    Read {
        stated: preference.stated(),
        has_ranks: preference.response != Response::NoResponse,
        goes: said == Said::Leaves,
    }
}
