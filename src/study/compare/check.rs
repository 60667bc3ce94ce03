//! A comparison is right if every claim of it can be found again by another road.
//!
//! Scenarios and rungs are solved again; that a rung changes one thing only, who moves, where the place first changes and who stays
//! are tried by their definitions, not by the code that found them.

use std::collections::BTreeSet;

use crate::case::answer::{Plan, Undecided};
use crate::case::scenario::Scenario;
use crate::case::{Case, PostStatus};
use crate::certify::{Certified, Refusal, Status, objections};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::solve::Limits;
use crate::study::compare::attribution::{Difference, Mover, Reached};
use crate::study::compare::figures::{Figures, figures};
use crate::study::compare::ladder::{Turn, is_same_cover, ladder};
use crate::study::compare::places::Places;
use crate::study::compare::{Column, Comparison, Made, clauses, objectives};
use crate::study::variant::Variant;

/// Why a comparison is not right.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It has other objectives, clauses or pairs than its scenarios.
    #[error("the comparison has other rows than its scenarios")]
    Shape,
    /// Solving a scenario again gives something else.
    #[error("scenario {0} gives something else when it is solved again")]
    Column(String),
    /// The steps to a scenario are not single changes that lead to it.
    #[error("the steps to scenario {0} are not single changes that lead to it")]
    Ladder(String),
    /// Solving a step again gives something else.
    #[error("step {1} to scenario {0} gives something else when it is solved again")]
    Step(String, usize),
    /// What is said of a person does not hold.
    #[error("what is said of person {1:?} in scenario {0} does not hold")]
    Person(String, PersonId),
    /// The posts that differ are others.
    #[error("the posts that scenario {0} wins or loses are others")]
    Posts(String),
    /// Somebody else stays the same throughout.
    #[error("it is not these people who stay the same throughout")]
    Steady,
    /// The solver's answer is not confirmed.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

/// Finds every claim of a comparison again.
///
/// # Errors
/// [`Fault`] names the first that does not hold.
pub fn check(case: &Case, comparison: &Comparison, limits: &Limits<'_>) -> Result<(), Fault> {
    let scenarios: Vec<Scenario> = comparison.columns.iter().map(|column| column.scenario.clone()).collect();
    let same = comparison.objectives == objectives(&scenarios) && comparison.clauses == clauses(&scenarios);
    if !same || comparison.against.len() + 1 != comparison.columns.len() {
        return Err(Fault::Shape);
    }
    for column in &comparison.columns {
        check_column(case, comparison, column, limits)?;
    }
    check_steady(case, comparison)?;
    let first = &comparison.columns[0];
    for (column, against) in comparison.columns[1..].iter().zip(&comparison.against) {
        match (first.made.figures(), column.made.figures(), against) {
            (Some(was), Some(is), Some(found)) => {
                let pair = Pair { case, from: &first.scenario, was, to: &column.scenario, is, found };
                pair.check(limits)?;
            }
            (None, _, None) | (_, None, None) => {}
            (_, _, Some(_)) | (Some(_), Some(_), None) => return Err(Fault::Shape),
        }
    }
    Ok(())
}

fn check_column(case: &Case, comparison: &Comparison, column: &Column, limits: &Limits<'_>) -> Result<(), Fault> {
    let certified = Variant::of(case, &column.scenario).answer(limits)?;
    let holds = match (&column.made, certified.status(), certified.plan()) {
        (Made::Plan(found), Status::Optimal, Some(plan)) => {
            let (objectives, clauses) = (&comparison.objectives, &comparison.clauses);
            let again = figures(case, &column.scenario, &certified, plan, objectives, clauses);
            **found == again && scores_agree(found, &certified)
        }
        (Made::Impossible(leaves), Status::Impossible, _) => {
            certified.conflict().is_some_and(|conflict| conflict.leaves == *leaves)
        }
        // Stopped says nothing, so it holds of anything.
        (Made::Stopped, _, _) => true,
        (Made::Plan(_) | Made::Impossible(_), _, _) => false,
    };
    if holds { Ok(()) } else { Err(Fault::Column(column.scenario.id.clone())) }
}

/// The values of the scenario's own objectives are those that were certified, where both speak of one number.
fn scores_agree(found: &Figures, certified: &Certified) -> bool {
    certified.objectives().iter().all(|scored| {
        let same = |&&(goal, _): &&(crate::case::goal::Goal, i64)| {
            (goal.objective, goal.part) == (scored.goal.objective, scored.goal.part)
        };
        found.values.iter().find(same).is_none_or(|&(_, value)| value == scored.value)
    })
}

/// One scenario against the first.
struct Pair<'a> {
    case: &'a Case,
    from: &'a Scenario,
    was: &'a Figures,
    to: &'a Scenario,
    is: &'a Figures,
    found: &'a Difference,
}

/// A plan on the way, with the position of the step that leads to it, counted from 1; the start has nought.
struct Stop {
    at: usize,
    scenario: Scenario,
    plan: Plan,
    undecided: Vec<Undecided>,
}

impl Pair<'_> {
    fn check(&self, limits: &Limits<'_>) -> Result<(), Fault> {
        let rungs = ladder(self.from, self.to);
        self.check_ladder(&rungs)?;
        let start = (self.was.plan.clone(), self.was.undecided.clone());
        let mut stops = vec![Stop { at: 0, scenario: self.from.clone(), plan: start.0, undecided: start.1 }];
        for (at, (_, scenario)) in (1..).zip(rungs) {
            let certified = Variant::of(self.case, &scenario).answer(limits)?;
            let first_here = |mover: &&Mover| mover.turns.first().is_some_and(|turned| turned.steps.1 + 1 == at);
            let holds = match (self.found.steps[at - 1].reached, certified.status(), certified.plan()) {
                (Reached::Plan(people), Status::Optimal, Some(plan)) => {
                    let undecided = certified.undecided().to_vec();
                    stops.push(Stop { at, scenario, plan: plan.clone(), undecided });
                    people == self.found.movers.iter().filter(first_here).count()
                }
                (Reached::Impossible, Status::Impossible, _) | (Reached::Stopped, _, _) => true,
                (Reached::Plan(_) | Reached::Impossible, _, _) => false,
            };
            if !holds {
                return Err(Fault::Step(self.to.id.clone(), at));
            }
        }
        let end = stops.last().expect("the start is a stop");
        if end.plan != self.is.plan || end.undecided != self.is.undecided {
            return Err(Fault::Ladder(self.to.id.clone()));
        }
        self.check_posts()?;
        self.case.people.ids().try_for_each(|person| self.check_person(person, &stops))
    }

    /// Each rung differs from the one before in one part, and the last is the other scenario.
    fn check_ladder(&self, rungs: &[(Turn, Scenario)]) -> Result<(), Fault> {
        let scenarios: Vec<&Scenario> = std::iter::once(self.from).chain(rungs.iter().map(|(_, it)| it)).collect();
        let single = scenarios.windows(2).all(|pair| parts(pair[0], pair[1]) == 1);
        let arrives = scenarios.last().is_some_and(|last| parts(last, self.to) == 0);
        let told = self.found.steps.iter().map(|step| &step.turn).eq(rungs.iter().map(|(turn, _)| turn));
        if single && arrives && told { Ok(()) } else { Err(Fault::Ladder(self.to.id.clone())) }
    }

    fn check_person(&self, person: PersonId, stops: &[Stop]) -> Result<(), Fault> {
        let (was, is) = (self.was.places(person), self.is.places(person));
        let same_plan = self.was.plan.post(person) == self.is.plan.post(person);
        let common = was.all.iter().any(|place| is.all.contains(place));
        let moves: Vec<&Mover> = self.found.movers.iter().filter(|it| it.person == person).collect();
        let open = self.found.open.iter().filter(|it| it.person == person).collect::<Vec<_>>();
        let settled = self.found.settled.iter().filter(|it| it.person == person).collect::<Vec<_>>();
        let decided_in_one = (was.all.len() == 1) != (is.all.len() == 1);
        let holds = match (moves.as_slice(), open.as_slice(), settled.as_slice()) {
            ([it], [], []) => !common && (&it.was, &it.is) == (&was, &is) && self.turns_hold(it, stops),
            ([], [it], []) => !same_plan && common && (&it.was, &it.is) == (&was, &is),
            ([], [], [it]) => same_plan && decided_in_one && (&it.was, &it.is) == (&was, &is),
            ([], [], []) => same_plan && !decided_in_one,
            (_, _, _) => false,
        };
        if holds { Ok(()) } else { Err(Fault::Person(self.to.id.clone(), person)) }
    }

    /// Between two turns some place is as good at every stop; at a turn, none is that was so before and is so after.
    fn turns_hold(&self, mover: &Mover, stops: &[Stop]) -> bool {
        let places = |stop: &Stop| Places::of(&stop.plan, &stop.undecided, mover.person).all;
        let common = |stops: &[Stop]| {
            let mut all = stops.iter().map(places);
            let first: BTreeSet<Option<PostId>> = all.next().unwrap_or_default();
            all.fold(first, |kept, now| kept.intersection(&now).copied().collect())
        };
        let mut from = 0;
        for turned in &mover.turns {
            let Some(at) = stops.iter().position(|stop| stop.at == turned.steps.1 + 1).filter(|&at| at > from) else {
                return false;
            };
            let (before, after) = (&stops[at - 1], &stops[at]);
            let (was, is) = (before.plan.post(mover.person), after.plan.post(mover.person));
            let stays = common(&stops[from..at]);
            let against = |stop: &Stop, place: Option<PostId>| {
                let pair: Vec<(PersonId, PostId)> = place.map(|post| (mover.person, post)).into_iter().collect();
                objections(self.case, &stop.scenario, &pair).concat()
            };
            if stays.is_empty()
                || stays.iter().any(|place| places(after).contains(place))
                || (turned.was, turned.is, turned.steps.0) != (was, is, before.at)
                || turned.barred != against(after, was)
                || turned.taken_by != self.taken_by(before, after, was)
                || turned.opened != against(before, is)
            {
                return false;
            }
            from = at;
        }
        !mover.turns.is_empty() && !common(&stops[from..]).is_empty()
    }

    /// Everyone in id order who comes to hold a post.
    fn taken_by(&self, before: &Stop, after: &Stop, post: Option<PostId>) -> Vec<PersonId> {
        let comes =
            |&person: &PersonId| post.is_some() && after.plan.post(person) == post && before.plan.post(person) != post;
        self.case.people.ids().filter(comes).collect()
    }

    fn check_posts(&self) -> Result<(), Fault> {
        let offered = |scenario: &Scenario, post: PostId| {
            let post = &self.case.posts[post];
            let chosen = scenario.structures.get(&post.authority);
            post.status == PostStatus::Open && chosen.is_some_and(|chosen| post.structures.contains(chosen))
        };
        let (mut lost, mut won, mut filled) = (Vec::new(), Vec::new(), Vec::new());
        let (held_before, held_after) = (self.was.plan.holders(self.case), self.is.plan.holders(self.case));
        for (post, record) in self.case.posts.iter() {
            let seats = record.capacity;
            let empty = (seats - held_before[post], seats - held_after[post]);
            match (offered(self.from, post), offered(self.to, post)) {
                (true, false) => lost.push(post),
                (false, true) => won.push(post),
                (true, true) if empty.0 != empty.1 => filled.push((post, empty.0, empty.1)),
                (true, true) | (false, false) => {}
            }
        }
        let holds = (&lost, &won, &filled) == (&self.found.lost, &self.found.won, &self.found.filled);
        if holds { Ok(()) } else { Err(Fault::Posts(self.to.id.clone())) }
    }
}

/// In how many parts two scenarios differ: structures, each setting, promotion posts, fairness rules, the order of objectives.
pub fn parts(one: &Scenario, other: &Scenario) -> usize {
    let (a, b) = (&one.policy, &other.policy);
    let structures: BTreeSet<AuthorityId> = one.structures.keys().chain(other.structures.keys()).copied().collect();
    let settings = [
        a.rule != b.rule,
        a.retained_shared != b.retained_shared,
        a.max_grades_down != b.max_grades_down,
        a.unlisted_rank != b.unlisted_rank,
        a.on_cost != b.on_cost,
        !is_same_cover(&one.statutory_cover, &other.statutory_cover),
        one.use_pins != other.use_pins,
    ];
    let only_in = |some: &Scenario, other: &Scenario| {
        let mut rest = other.fairness.clone();
        let mut only = 0;
        for rule in &some.fairness {
            match rest.iter().position(|it| it == rule) {
                Some(at) => drop(rest.swap_remove(at)),
                None => only += 1,
            }
        }
        only
    };
    // A changed rule is one that goes and one that comes.
    let clauses = only_in(one, other).max(only_in(other, one));
    structures.iter().filter(|it| one.structures.get(it) != other.structures.get(it)).count()
        + settings.iter().filter(|&&differs| differs).count()
        + a.promotion_into.symmetric_difference(&b.promotion_into).count()
        + clauses
        + orders(one, other)
}

/// Nought for the same order of objectives, one where one objective more, fewer or elsewhere makes it the same, else two.
fn orders(one: &Scenario, other: &Scenario) -> usize {
    let (a, b) = (&one.objectives, &other.objectives);
    if a == b {
        return 0;
    }
    let without = |list: &[_], objective| list.iter().filter(|it| **it != objective).copied().collect::<Vec<_>>();
    let single = a.iter().chain(b).any(|&objective| without(a, objective) == without(b, objective));
    if single { 1 } else { 2 }
}

fn check_steady(case: &Case, comparison: &Comparison) -> Result<(), Fault> {
    let plans: Vec<&Figures> = comparison.columns.iter().filter_map(|column| column.made.figures()).collect();
    let steady = &comparison.steady;
    let in_each = |person: PersonId, holds: &dyn Fn(&BTreeSet<Option<PostId>>) -> bool| {
        !plans.is_empty() && plans.iter().all(|figures| holds(&figures.places(person).all))
    };
    for person in case.people.ids() {
        let post = steady.post.iter().find(|it| it.0 == person).map(|it| it.1);
        let authority = steady.authority.iter().find(|it| it.0 == person).map(|it| it.1);
        let unplaced = steady.unplaced.contains(&person);
        let stays = |post: PostId| in_each(person, &|all| all.len() == 1 && all.contains(&Some(post)));
        let at = |owner: AuthorityId| {
            in_each(person, &|all| all.iter().all(|place| place.is_some_and(|it| case.posts[it].authority == owner)))
        };
        let none = in_each(person, &|all| all.len() == 1 && all.contains(&None));
        let some_post = case.posts.ids().find(|&post| stays(post));
        let some_authority = case.authorities.ids().find(|&owner| some_post.is_none() && at(owner));
        if (post, authority, unplaced) != (some_post, some_authority, none) {
            return Err(Fault::Steady);
        }
    }
    let listed = steady.post.len() + steady.authority.len() + steady.unplaced.len();
    let people: BTreeSet<PersonId> = steady.post.iter().map(|it| it.0).collect();
    let others: BTreeSet<PersonId> = steady.authority.iter().map(|it| it.0).chain(steady.unplaced.clone()).collect();
    let once = people.len() + others.len() == listed && steady.plans == plans.len();
    if once { Ok(()) } else { Err(Fault::Steady) }
}
