//! The case as a network with rows: people are agents, offered posts are columns, allowed pairs are arcs.
//!
//! `docs/MODEL.md` gives every row in notation; `certify` builds the same rows from the words of the rules, on its own.
//! Building cannot fail: what could go wrong was refused by `load`.

mod goals;
pub mod terms;

use std::collections::BTreeMap;

use crate::case::answer::Plan;
use crate::case::goal::{Goal, Part};
use crate::case::proof::RowName;
use crate::case::scenario::{Level, Objective, Scenario, Sense};
use crate::case::{Case, LinkKind, StatutoryRole};
use crate::id::{AuthorityId, Id, PersonId, PostId, Table};
use crate::kernel::problem::{NONE, Network, Point, Problem, Row};
use crate::kernel::profile::{self, UNRANKED};

/// The case in numbers, with the names of the numbers.
#[derive(Debug, Clone)]
pub struct Model {
    /// Network, switches and hard rows.
    pub problem: Problem,
    /// The name of each hard row.
    pub names: Vec<RowName>,
    /// The objectives of the scenario, in its order, taken apart.
    pub goals: Vec<Goal>,
    /// What is to be least for each goal.
    pub targets: Vec<Target>,
    /// The post of each column.
    pub posts: Vec<PostId>,
    /// The authority and role of each switch.
    pub switches: Vec<(AuthorityId, StatutoryRole)>,
}

/// What a goal wants to be least.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A sum, signed so that less is better; its limit is not used.
    Sum(Row),
    /// The worst of the ranks taken: one for each arc, or [`UNRANKED`].
    Worst(Vec<u32>),
}

impl Target {
    /// Its value at a point, less being better.
    pub fn value(&self, problem: &Problem, point: &Point) -> i64 {
        match self {
            Target::Sum(row) => row.sum(problem, point),
            Target::Worst(ranks) => profile::worst(point, ranks).map_or(0, i64::from),
        }
    }
}

/// Builds the model; cannot fail, because a case was checked when it was loaded.
pub fn build(case: &Case, scenario: &Scenario) -> Model {
    with_twins(case, scenario, &[])
}

/// The same with a second column, last and of any number of seats, for each of these offered posts.
///
/// For asking how many more seats of them are needed. The columns count as offered seats: no rule may compare vacancy rates.
pub(crate) fn with_twins(case: &Case, scenario: &Scenario, twins: &[PostId]) -> Model {
    let mut posts: Vec<PostId> = case.posts.ids().filter(|&post| terms::offered(case, scenario, post)).collect();
    let mut column_of: Table<PostId, Option<u32>> = Table::filled(None, case.posts.len());
    for (column, &post) in (0u32..).zip(&posts) {
        column_of[post] = Some(column);
    }
    let mut twin_of: Table<PostId, Option<u32>> = Table::filled(None, case.posts.len());
    for (column, &post) in (0u32..).skip(posts.len()).zip(twins) {
        twin_of[post] = Some(column);
    }
    let everybody = u32::try_from(case.people.len()).expect("fewer than 2^32 people");
    let capacity = posts.iter().map(|&post| case.posts[post].capacity);
    let capacity = capacity.chain(twins.iter().map(|_| everybody)).collect();
    posts.extend(twins);
    let decisions = terms::decisions(case, scenario);
    let placed = |person: PersonId| {
        terms::retained(case, scenario, person) || decisions[person].iter().any(|&it| terms::decision_places(it))
    };
    let mut network = Network {
        first: vec![0],
        column: Vec::new(),
        capacity,
        may_stay_out: case.people.ids().map(|person| !placed(person)).collect(),
    };
    for person in case.people.ids() {
        let pairs = case.matches.range((person, PostId::at(0))..).take_while(|&(&(p, _), _)| p == person);
        let who = (person, decisions[person].as_slice());
        let mut second = Vec::new();
        for (&(_, post), matched) in pairs {
            if let Some(column) = column_of[post].filter(|_| terms::allowed(case, scenario, who, post, matched)) {
                network.column.push(column);
                second.extend(twin_of[post]);
            }
        }
        second.sort_unstable();
        network.column.extend(second);
        network.first.push(u32::try_from(network.column.len()).expect("fewer than 2^32 allowed pairs"));
    }
    let owner = network.owners();
    let switches = switches(case, scenario);
    let problem = Problem { network, owner, switches: switches.len(), rows: Vec::new() };
    let mut model = Model { problem, names: Vec::new(), goals: Vec::new(), targets: Vec::new(), posts, switches };
    model.goals = goals::goals(case, scenario, &model);
    model.targets = model.goals.iter().map(|&goal| model.target(case, scenario, goal)).collect();
    model.add_cover(case, scenario);
    model.add_links(case);
    for (index, rule) in scenario.fairness.iter().enumerate() {
        if rule.level == Level::Must {
            terms::add_clause(&mut model, case, scenario, index, &rule.clause);
        }
    }
    model
}

/// Every (authority, role) pair that the objective `statutory` counts; none where it is not an objective.
fn switches(case: &Case, scenario: &Scenario) -> Vec<(AuthorityId, StatutoryRole)> {
    if !scenario.objectives.contains(&Objective::Statutory) {
        return Vec::new();
    }
    let roles = &scenario.statutory_cover.roles;
    case.authorities.ids().flat_map(|authority| roles.iter().map(move |&role| (authority, role))).collect()
}

impl Model {
    /// The person and post of an arc.
    pub fn pair(&self, arc: u32) -> (PersonId, PostId) {
        let column = self.problem.network.column[arc as usize];
        (PersonId::at(self.problem.owner[arc as usize] as usize), self.posts[column as usize])
    }

    /// The arc of an allowed pair.
    pub fn arc(&self, person: PersonId, post: PostId) -> Option<u32> {
        let mut arcs = self.problem.network.arcs_of(person.index());
        arcs.find(|&arc| self.posts[self.problem.network.column[arc] as usize] == post)
            .map(|arc| u32::try_from(arc).expect("fewer than 2^32 allowed pairs"))
    }

    /// The arc of each person in a plan; `None` where a pair is not allowed.
    pub fn choice(&self, plan: &Plan) -> Option<Vec<u32>> {
        plan.iter().map(|(person, post)| post.map_or(Some(NONE), |post| self.arc(person, post))).collect()
    }

    /// The plan that a point means.
    pub fn plan(&self, case: &Case, point: &Point) -> Plan {
        let post = |&arc: &u32| (arc != NONE).then(|| self.pair(arc).1);
        Plan::new(case, point.choice.iter().map(post).collect())
    }

    /// A row with `term` for every allowed pair; noughts are left out.
    fn row(&self, limit: i64, mut term: impl FnMut(PersonId, PostId) -> i64) -> Row {
        let arcs = 0..u32::try_from(self.problem.network.arcs()).expect("fewer than 2^32 allowed pairs");
        let terms = arcs.map(|arc| {
            let (person, post) = self.pair(arc);
            (arc, term(person, post))
        });
        Row { arcs: terms.filter(|&(_, k)| k != 0).collect(), limit, ..Row::default() }
    }

    fn push(&mut self, name: RowName, row: Row) {
        self.names.push(name);
        self.problem.rows.push(row);
    }

    fn target(&self, case: &Case, scenario: &Scenario, goal: Goal) -> Target {
        match (goal.objective, goal.part) {
            (Objective::Statutory, Part::Whole) => {
                let switches = (0u32..).zip(&self.switches).map(|(switch, _)| (switch, -1)).collect();
                Target::Sum(Row { switches, ..Row::default() })
            }
            (Objective::Bottleneck, Part::Whole) => {
                let ranks = self.pairs().map(|(person, post)| terms::rank(case, scenario, person, post));
                Target::Worst(ranks.map(|rank| rank.unwrap_or(UNRANKED)).collect())
            }
            (_, Part::Whole | Part::Placed | Part::Rank(_)) => {
                let sign = match goal.sense() {
                    Sense::Most => -1,
                    Sense::Least => 1,
                };
                Target::Sum(self.row(0, |person, post| sign * terms::value(case, scenario, goal, person, post)))
            }
        }
    }

    /// The person and post of every arc, in order.
    fn pairs(&self) -> impl Iterator<Item = (PersonId, PostId)> + '_ {
        (0..u32::try_from(self.problem.network.arcs()).expect("fewer than 2^32 allowed pairs"))
            .map(|arc| self.pair(arc))
    }

    /// A role counted as covered at an authority must be held there by someone.
    fn add_cover(&mut self, case: &Case, scenario: &Scenario) {
        for (switch, (authority, role)) in (0u32..).zip(self.switches.clone()) {
            let holds = |person: PersonId, post: PostId| {
                let post = &case.posts[post];
                let covers = post.authority == authority && post.tier <= scenario.statutory_cover.max_tier;
                -i64::from(covers && case.people[person].statutory_roles.contains(&role))
            };
            let row = Row { switches: vec![(switch, 1)], gate: Some(switch), ..self.row(0, holds) };
            self.push(RowName::Cover(authority, role), row);
        }
    }

    fn add_links(&mut self, case: &Case) {
        use crate::case::proof::Side::{Max, Min};
        for (index, link) in case.links.iter().enumerate() {
            for authority in case.authorities.ids() {
                let [first, second] = link.people;
                let here = |post: PostId, sign: i64| if case.posts[post].authority == authority { sign } else { 0 };
                let mut add = |side, of_first: i64, of_second: i64, limit| {
                    let sign = BTreeMap::from([(first, of_first), (second, of_second)]);
                    let row = self.row(limit, |person, post| sign.get(&person).map_or(0, |&sign| here(post, sign)));
                    self.push(RowName::Link(index, authority, side), row);
                };
                match link.kind {
                    LinkKind::SameAuthority => {
                        add(Max, 1, -1, 0);
                        add(Min, -1, 1, 0);
                    }
                    LinkKind::DifferentAuthority => add(Max, 1, 1, 1),
                }
            }
        }
    }
}
