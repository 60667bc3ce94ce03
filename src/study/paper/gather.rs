//! Gathers what a paper needs: the answer, why, what else was possible, and what it costs.

use crate::case::answer::Plan;
use crate::case::scenario::Scenario;
use crate::case::{Case, Response};
use crate::certify::{Certified, Refusal, Status};
use crate::solve::Limits;
use crate::study::curve::Curve;
use crate::study::explain::{Explainer, Explanation};
use crate::study::paper::curves::curves;
use crate::study::price::{Prices, price};
use crate::study::rules::{self, Made, SideBySide, Way};
use crate::study::settlement::settle;
use crate::study::stable::Priority;
use crate::study::summary::{Summary, summarise};
use crate::study::vacancies;
use crate::study::variant::Variant;

/// For whom a pack is, as far as that decides what is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Everybody: the counts, and nothing about one person.
    Counts,
    /// Those who may see exempt information too: why each person is where they are, and what each rule and limit costs.
    Everyone,
}

/// What another way to allocate is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Name {
    /// A rule that people propose.
    Rule(Way),
    /// Another scenario: its id, and its name.
    Scenario(String, String),
}

/// Another way to allocate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Other {
    /// What it is called.
    pub name: Name,
    /// What it is worth; `None` where it gives no proved plan.
    pub worth: Option<Worth>,
}

/// What another way is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// People with a post.
    pub placed: usize,
    /// People without one.
    pub without: usize,
    /// Seats on offer.
    pub seats: u32,
    /// Of these, empty.
    pub empty: u32,
    /// People who change employer.
    pub moves: usize,
    /// People placed in the authority that they stated.
    pub met: usize,
    /// People in their first choice.
    pub first: usize,
}

/// Everything that the papers are made from.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// The answer.
    pub certified: Certified,
    /// Its figures, with pools settled and vacancies explained.
    pub summary: Summary,
    /// Other rules, then other scenarios.
    pub others: Vec<Other>,
    /// What only those may see who may see exempt information; `None` where the pack is not for them.
    pub exempt: Option<Exempt>,
}

/// What is worked out for those who may see exempt information alone.
#[derive(Debug, Clone)]
pub struct Exempt {
    /// How the result changes as a limit moves, for the limits that matter most.
    pub curves: Vec<Curve>,
    /// What each rule of the scenario costs.
    pub prices: Prices,
    /// Why each person is where they are, lowest first.
    pub explanations: Vec<Explanation>,
    /// For whomever equally good plans place differently: an explanation for each post that they ranked, best first.
    pub asked: Vec<Explanation>,
}

impl Exempt {
    /// What each person is told, lowest first: of someone who is undecided the same whichever plan is shown.
    pub fn told(&self, certified: &Certified) -> Vec<Explanation> {
        let undecided = certified.undecided();
        let is_open = |person| undecided.binary_search_by_key(&person, |it| it.person).is_ok();
        let of = |explanation: &Explanation| {
            if !is_open(explanation.person) {
                return explanation.clone();
            }
            let own = self.asked.iter().filter(|it| it.person == explanation.person);
            let choices = own.flat_map(|it| it.choices.iter().cloned()).collect();
            Explanation { choices, otherwise: None, ..explanation.clone() }
        };
        self.explanations.iter().map(of).collect()
    }
}

/// Solves and explains; `None` for what stands beside an answer that is not proved best.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn gather(
    case: &Case,
    scenario: &Scenario,
    compared: &[Scenario],
    depth: Depth,
    limits: &Limits<'_>,
) -> Result<Result<Gathered, Status>, Refusal> {
    let certified = Variant::of(case, scenario).answer(limits)?;
    if certified.status() != Status::Optimal || certified.plan().is_none() {
        return Ok(Err(certified.status()));
    }
    let mut summary = summarise(case, scenario, &certified);
    summary.vacancies = vacancies::explain(case, scenario, &certified, limits);
    summary.settled = Some(settle(case, scenario, &certified, &summary.pools, limits.should_stop));
    let table = rules::compare(case, scenario, Priority::by_service(case), limits)?;
    let mut others = by_rules(&table, summary.offered.seats);
    for other in compared {
        others.push(by_scenario(case, other, limits)?);
    }
    let exempt = match depth {
        Depth::Counts => None,
        Depth::Everyone => Some(exempt(case, scenario, &certified, limits)?),
    };
    if (limits.should_stop)() {
        return Ok(Err(Status::Stopped));
    }
    Ok(Ok(Gathered { certified, summary, others, exempt }))
}

fn exempt(case: &Case, scenario: &Scenario, certified: &Certified, limits: &Limits<'_>) -> Result<Exempt, Refusal> {
    let (explanations, asked) = match Explainer::new(case, scenario, certified, limits) {
        Some(explainer) => explained(case, certified, &explainer)?,
        None => (Vec::new(), Vec::new()),
    };
    let prices = price(case, scenario, limits)?;
    Ok(Exempt { curves: curves(case, scenario, limits)?, prices, explanations, asked })
}

/// Everyone's explanation, and of the undecided one for each post that they ranked.
fn explained(
    case: &Case,
    certified: &Certified,
    explainer: &Explainer<'_>,
) -> Result<(Vec<Explanation>, Vec<Explanation>), Refusal> {
    let all = case.people.ids().map(|person| explainer.explain(person, None)).collect::<Result<_, _>>()?;
    let undecided = certified.undecided().iter();
    let wishes = undecided.flat_map(|it| case.ranked(it.person).into_iter().map(|(_, post)| (it.person, post)));
    let asked = wishes.map(|(person, post)| explainer.explain(person, Some(post))).collect::<Result<_, _>>()?;
    Ok((all, asked))
}

fn by_rules(table: &SideBySide, seats: u32) -> Vec<Other> {
    let others = table.columns.iter().filter(|column| column.way != Way::Own);
    let other = |column: &rules::Column| Other {
        name: Name::Rule(column.way),
        worth: match &column.made {
            Made::Plan(found) => Some(Worth {
                placed: found.placed,
                without: found.unplaced,
                seats,
                empty: found.vacancies,
                moves: found.moves,
                met: found.preference_met,
                first: found.ranks.iter().filter(|(rank, _)| *rank == 1).map(|(_, number)| number).sum(),
            }),
            Made::Impossible | Made::Stopped => None,
        },
    };
    others.map(other).collect()
}

fn by_scenario(case: &Case, scenario: &Scenario, limits: &Limits<'_>) -> Result<Other, Refusal> {
    let certified = Variant::of(case, scenario).answer(limits)?;
    let worth = match (certified.status(), certified.plan()) {
        (Status::Optimal, Some(plan)) => {
            let summary = summarise(case, scenario, &certified);
            Some(Worth {
                placed: summary.placed,
                without: summary.at_risk.len(),
                seats: summary.offered.seats,
                empty: summary.offered.empty,
                moves: summary.moves,
                met: summary.preference.met,
                first: first_choices(case, plan),
            })
        }
        (Status::Optimal | Status::Impossible | Status::Stopped, _) => None,
    };
    Ok(Other { name: Name::Scenario(scenario.id.clone(), scenario.name.clone()), worth })
}

/// People in the post that they ranked first, as a summary counts them.
fn first_choices(case: &Case, plan: &Plan) -> usize {
    let is_first = |&(person, post): &(_, _)| {
        let silent = match case.people[person].preference.response {
            Response::NoResponse => true,
            Response::Responded | Response::Late | Response::Declined => false,
        };
        !silent && case.ranks.get(&(person, post)).is_some_and(|rank| rank.rank == 1)
    };
    plan.placed().filter(is_first).count()
}
