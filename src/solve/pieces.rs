//! A case in pieces that share nothing: what a change does not touch keeps its plan and its prices.
//!
//! People who could ever want the same post, or cover the same role, belong to one piece. Where no rule holds pieces together, the best
//! plans of a case are the best plans of its pieces side by side, and the canonical one too: every objective is a sum. So a
//! change is solved by solving the pieces that it touches, and each of these in a state that it has been in before is not
//! solved again. The proofs of all pieces are made with the same multipliers of objectives (`heavy`), so they add up to
//! proofs of the whole.
//!
//! Rules that hold pieces together (clauses, links) are left out here. Where the plan keeps them all the same, it is best with them
//! as well: they only take plans away. Whether it does, the checker says; where not, the case is solved whole.

mod ascent;
mod direct;
mod heavy;
mod join;
mod own;
mod split;

use crate::case::Case;
use crate::case::change::Change;
use crate::case::goal::Goal;
use crate::case::proof::RowName;
use crate::case::scenario::{Objective, Scenario};
use crate::id::{PersonId, PostId, Table};
use crate::kernel::relax::Relaxation;
use crate::model;
use crate::solve::pieces::heavy::{Heavy, Proving};
use crate::solve::{Hints, Limits, canonical};

/// A case of which more people than these belong together is not taken apart: hardly a change would leave its largest piece alone.
const MOST_PEOPLE: usize = 40;
/// Records of people in all copies of the case, one for each piece: some 40 MB.
const MOST_RECORDS: usize = 100_000;

/// A case taken apart.
pub struct Pieces {
    /// How many people the case has.
    everybody: usize,
    /// For each piece the case without what belongs to others, in the numbers of the case.
    cases: Vec<Case>,
    /// The scenario without clauses.
    scenario: Scenario,
    goals: Vec<Goal>,
    /// The people of each piece, lowest first.
    people: Vec<Vec<PersonId>>,
    of_person: Table<PersonId, usize>,
    /// The piece that a post belongs to, if anybody could have it.
    of_post: Table<PostId, Option<usize>>,
    /// The roles that may be covered: by authority and role, as rows of a proof; and the piece that can, if any.
    covers: Vec<(RowName, Option<usize>)>,
    heavy: Heavy,
}

/// The best plan of a piece, with what proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where each of its people is; whoever has left is nowhere.
    posts: Vec<(PersonId, Option<PostId>)>,
    /// The value of each goal.
    values: Vec<i64>,
    /// What proves it, goal by goal.
    steps: Vec<Proving>,
}

impl Pieces {
    /// Takes a case apart; `None` where that does not help, or an objective is not a sum over people.
    pub fn of(case: &Case, scenario: &Scenario) -> Option<Self> {
        let case = &Case { links: Vec::new(), ..case.lean() };
        let scenario = Scenario { fairness: Vec::new(), ..scenario.clone() };
        if !scenario.objectives.iter().all(|&objective| is_sum(objective)) {
            return None;
        }
        let model = model::build(case, &scenario);
        let groups = split::groups(case, &model);
        let mut people: Vec<Vec<PersonId>> = Vec::new();
        for (person, &group) in groups.of_person.iter() {
            people.resize_with(people.len().max(group + 1), Vec::new);
            people[group].push(person);
        }
        let most = people.iter().map(Vec::len).max()?;
        if most > MOST_PEOPLE || people.len() < 2 || people.len() * case.people.len() > MOST_RECORDS {
            return None;
        }
        let heavy = Heavy::new(&model, most)?;
        let covers = model.switches.iter().map(|&(at, role)| RowName::Cover(at, role)).zip(groups.of_switch).collect();
        let (of_person, of_post) = (groups.of_person, groups.of_post);
        let cases = people.iter().enumerate().map(|(piece, people)| own::case(case, people, &of_post, piece)).collect();
        let everybody = case.people.len();
        Some(Self { everybody, cases, scenario, goals: model.goals, people, of_person, of_post, covers, heavy })
    }

    /// How many pieces there are.
    #[expect(clippy::len_without_is_empty, reason = "there are at least two")]
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// The pieces that a change touches, lowest first, each with its share of the change.
    pub fn touched(&self, change: &Change) -> Vec<(usize, Change)> {
        let mut shares: Vec<(usize, Change)> = Vec::new();
        let mut share = |piece: usize| -> usize {
            shares.iter().position(|&(it, _)| it == piece).unwrap_or_else(|| {
                shares.push((piece, Change::default()));
                shares.len() - 1
            })
        };
        let gone: Vec<(usize, PersonId)> =
            change.gone.iter().map(|&person| (share(self.of_person[person]), person)).collect();
        let stated: Vec<_> = change.stated.iter().map(|&it| (share(self.of_person[it.0]), it)).collect();
        // A post that nobody could have belongs to no piece.
        let withdrawn = change.withdrawn.iter().filter_map(|&post| Some((self.of_post[post]?, post)));
        let withdrawn: Vec<_> = withdrawn.map(|(piece, post)| (share(piece), post)).collect();
        gone.into_iter().for_each(|(at, person)| shares[at].1.gone.push(person));
        stated.into_iter().for_each(|(at, it)| shares[at].1.stated.push(it));
        withdrawn.into_iter().for_each(|(at, post)| shares[at].1.withdrawn.push(post));
        shares.sort_unstable();
        shares
    }

    /// The best plan of a piece with its share of a change; `None` where it has none, or is not proved in one step.
    pub fn part(&self, piece: usize, change: &Change, limits: &Limits<'_>) -> Option<Part> {
        let (case, kept) = self.cases[piece].changed(self.people[piece].iter().copied(), change);
        let model = model::build(&case, &self.scenario);
        let owned = |name: RowName| self.covers.contains(&(name, Some(piece)));
        let mut relaxation = Relaxation::default();
        let is_plain = !self.covers.iter().any(|&(_, owner)| owner == Some(piece));
        let direct = if is_plain { direct::plan(&model, &self.heavy, &mut relaxation) } else { None };
        let (plan, values) = match direct {
            Some((point, values)) => (model.plan(&case, &point), values),
            None => {
                let answer = canonical(&case, &self.scenario, &model, &Hints::default(), limits).proved()?;
                (answer.plan, answer.objectives.iter().map(|scored| scored.value).collect())
            }
        };
        let steps = self.heavy.steps(&model, &values, &owned, &mut relaxation)?;
        let posts = kept.iter().zip(plan.iter()).map(|(&person, (_, post))| (person, post)).collect();
        Some(Part { posts, values, steps })
    }
}

/// Whether an objective is one sum over people, or over roles that one piece covers.
fn is_sum(objective: Objective) -> bool {
    match objective {
        Objective::Placed
        | Objective::Statutory
        | Objective::Preference
        | Objective::Match
        | Objective::Rank
        | Objective::Cost
        | Objective::Moves
        | Objective::Critical
        | Objective::Travel
        | Objective::Family => true,
        Objective::Generous | Objective::Greedy | Objective::RankMaximal | Objective::Bottleneck => false,
    }
}
