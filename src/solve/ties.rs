//! The canonical plan among equals, and everyone whom chance would decide.
//!
//! Two questions about the plans that are as good as the best. *All objectives equal:* which of them is first in the
//! canonical order? It is the answer. *All but cost equal:* who is placed otherwise in some other one? They are the
//! undecided people. The stages' own multipliers leave few options (`face`), and exchanges of places lead from one such plan to
//! every other (`exchange`): an option on no exchange is nobody's. An exchange that keeps the remaining rows answers its question at
//! once; only where it does not is a search asked, about those who can move.

use crate::case::Case;
use crate::case::answer::{Answer, Effort, Scored, Undecided, Witness};
use crate::case::scenario::Objective;
use crate::id::{Id, PersonId};
use crate::kernel::problem::{NONE, Point};
use crate::kernel::relax::Relaxation;
use crate::model::Model;
use crate::solve::Limits;
use crate::solve::equals::Equals;
use crate::solve::exchange::Moves;
use crate::solve::face::Face;
use crate::solve::stages::Run;

/// What is asked about plans that are as good as the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Nothing: any of them is the answer.
    Nothing,
    /// Which of them is the canonical one.
    First,
    /// That, and who is placed otherwise in another.
    All,
}

/// The answer of a run that has a point; ties may be asked about only where every objective is proved.
pub(crate) fn answer(case: &Case, model: &Model, mut run: Run<'_>, limits: &Limits<'_>, asked: Asked) -> Answer {
    let _span = tracing::info_span!("ties").entered();
    let mut point = run.point.take().expect("an answer has a point");
    let mut ties = Ties { others: Vec::new(), complete: false };
    if asked != Asked::Nothing {
        let mut relaxation = std::mem::take(&mut run.relaxation);
        let found = look(model, &run, &mut relaxation, point, limits, asked);
        (point, ties) = found;
        run.relaxation = relaxation;
    }
    let plan = model.plan(case, &point);
    let undecided = undecided(model, &point, &ties.others);
    let objectives = (0..model.goals.len()).map(|stage| scored(&run, stage, &point));
    Answer {
        objectives: objectives.collect(),
        undecided,
        witnesses: ties.others.iter().map(|moves| witness(model, moves)).collect(),
        undecided_complete: ties.complete,
        effort: Effort { assignments: run.relaxation.evaluations, nodes: run.nodes },
        proofs: run.proofs,
        plan,
    }
}

/// What equally good plans do otherwise.
struct Ties {
    /// Each as what it changes.
    others: Vec<Moves>,
    /// Whether they show every alternative.
    complete: bool,
}

/// The canonical point, and the ties around it.
fn look(
    model: &Model,
    run: &Run<'_>,
    relaxation: &mut Relaxation,
    point: Point,
    limits: &Limits<'_>,
    asked: Asked,
) -> (Point, Ties) {
    if asked == Asked::First {
        // Nothing is free: the plans that differ in cost alone are not looked at.
        let all = Face::new(model, run, relaxation, &|_| false);
        let (choice, _) = Equals::new(all, &point.choice).canonical(relaxation, limits.should_stop);
        return (Point::new(&run.problem, choice), Ties { others: Vec::new(), complete: false });
    }
    let is_free = |stage: usize| run.goal(stage).objective == Objective::Cost;
    let mut free = Face::new(model, run, relaxation, &is_free);
    free.confine(&point.choice);
    let all = free.all(run, relaxation, &is_free);
    let (choice, is_first) = Equals::new(all, &point.choice).canonical(relaxation, limits.should_stop);
    let (others, is_all) = Equals::new(free, &choice).alternatives(relaxation, limits.should_stop);
    (Point::new(&run.problem, choice), Ties { others, complete: is_first && is_all })
}

fn scored(run: &Run<'_>, stage: usize, point: &Point) -> Scored {
    let value = run.value(stage, point);
    let (_, bound) = run.reached[stage];
    Scored { goal: run.goal(stage), value: run.unsigned(stage, value), bound: run.unsigned(stage, bound) }
}

fn witness(model: &Model, moves: &Moves) -> Witness {
    let placed =
        |&(agent, option): &(u32, u32)| (PersonId::at(agent as usize), (option != NONE).then(|| model.pair(option).1));
    Witness::new(moves.iter().map(placed).collect())
}

fn undecided(model: &Model, point: &Point, others: &[Moves]) -> Vec<Undecided> {
    // By agent; arcs in the order of posts, and no post last.
    let mut options: Vec<(u32, u32)> = others.iter().flatten().copied().collect();
    options.sort_unstable();
    options.dedup();
    let of_agent = |options: &[(u32, u32)]| {
        let (agent, _) = options[0];
        let held = point.choice[agent as usize];
        let all = || options.iter().map(|&(_, option)| option).chain([held]);
        let mut posts: Vec<_> = all().filter(|&arc| arc != NONE).map(|arc| model.pair(arc).1).collect();
        posts.sort_unstable();
        Undecided { person: PersonId::at(agent as usize), posts, may_be_unplaced: all().any(|option| option == NONE) }
    };
    options.chunk_by(|a, b| a.0 == b.0).map(of_agent).collect()
}
