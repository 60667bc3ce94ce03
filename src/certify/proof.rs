//! Checks a proof by multiplying it out: `case/proof.rs` states what a step and a branch say.
//!
//! All arithmetic is checked `i128`; a number that does not fit refuses the proof. The tree is walked with a stack of our
//! own, so its depth is limited by memory only. Options struck on the way into a node are put back on the way out.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::case::proof::{Branch, Claim, End, Node, Proof, Rounded, RowName, Split, Step};
use crate::case::scenario::Scenario;
use crate::certify::facts::Facts;
use crate::certify::fault::Fault;
use crate::certify::rounded;
use crate::certify::rows::{self, Options, Row};
use crate::certify::shares::Kept;
use crate::id::{Id, PersonId, PostId};

/// Checks that a proof proves its claim, given the values of the objectives before it.
///
/// - `values`: of the answer's goals, in the scenario's order; a claim of impossibility looks at none.
///
/// # Errors
/// [`Fault`] says where the proof fails. What it claims may be true nevertheless.
pub fn check_proof(case: &Case, scenario: &Scenario, values: &[i64], proof: &Proof) -> Result<(), Fault> {
    let facts = Facts::read(case, scenario);
    check(&facts, &Options::of(&facts), values, proof)
}

pub(super) fn check(facts: &Facts<'_>, options: &Options, values: &[i64], proof: &Proof) -> Result<(), Fault> {
    if let Claim::Bound { objective, .. } = proof.claim
        && objective >= facts.goals.len()
    {
        return Err(Fault::OtherClaim(proof.claim));
    }
    Checker::new(facts, options, values, proof).walk(&proof.root)
}

/// Where the walk is: what is still open, and how to put back what was struck.
struct Checker<'a> {
    facts: &'a Facts<'a>,
    options: &'a Options,
    values: &'a [i64],
    claim: Claim,
    rounded: &'a [Rounded],
    rows: BTreeMap<RowName, Row>,
    /// Whether each option of each person is still open.
    open: Vec<Vec<bool>>,
    /// Whether each switch may still be off, and on.
    settings: Vec<[bool; 2]>,
    struck: Vec<Struck>,
    node: u64,
}

enum Struck {
    Option(usize, usize),
    Setting(usize, usize),
}

/// A node still to be visited.
struct Visit<'a> {
    node: &'a Node,
    /// How many strikes stand at its parent.
    strikes: usize,
    /// The split at its parent, and whether this is the inside.
    side: Option<(&'a Split, bool)>,
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    Closed,
}

/// A step multiplied out, before the cheapest options are added up.
struct Sums {
    /// Cost of each option of each person.
    options: Vec<Vec<i128>>,
    /// Cost of each switch being on.
    on: Vec<i128>,
    /// Capacity x price, less multiplier x limit.
    fixed: i128,
}

impl<'a> Checker<'a> {
    fn new(facts: &'a Facts<'a>, options: &'a Options, values: &'a [i64], proof: &'a Proof) -> Self {
        let open = options.people.iter().map(|choices| vec![true; choices.len()]).collect();
        let settings = vec![[true; 2]; options.switches.len()];
        let (rows, struck) = (BTreeMap::new(), Vec::new());
        let Proof { claim, rounded, .. } = proof;
        Checker { facts, options, values, claim: *claim, rounded, rows, open, settings, struck, node: 0 }
    }

    fn walk(&mut self, root: &Node) -> Result<(), Fault> {
        if self.options.people.iter().any(Vec::is_empty) {
            return Ok(());
        }
        let mut to_visit = vec![Visit { node: root, strikes: 0, side: None }];
        while let Some(Visit { node, strikes, side }) = to_visit.pop() {
            self.put_back(strikes);
            self.node += 1;
            if self.visit(node, side)? == State::Closed {
                continue;
            }
            match &node.end {
                End::Closed => return Err(Fault::Open { node: self.node }),
                End::Branch(branch) => {
                    let Branch { split, inside, outside } = branch.as_ref();
                    let strikes = self.struck.len();
                    to_visit.push(Visit { node: outside, strikes, side: Some((split, false)) });
                    to_visit.push(Visit { node: inside, strikes, side: Some((split, true)) });
                }
            }
        }
        Ok(())
    }

    fn visit(&mut self, node: &Node, side: Option<(&Split, bool)>) -> Result<State, Fault> {
        if let Some((split, inside)) = side
            && self.enter(split, inside)? == State::Closed
        {
            return Ok(State::Closed);
        }
        for step in &node.steps {
            if self.take(step)? == State::Closed {
                return Ok(State::Closed);
            }
        }
        Ok(State::Open)
    }

    /// Strikes what does not belong to this side of a split; closed if that was everything.
    fn enter(&mut self, split: &Split, inside: bool) -> Result<State, Fault> {
        let unknown = Fault::UnknownSplit { node: self.node };
        match split {
            Split::Person { person, posts, or_none } => {
                let options = self.options;
                let person = person.index();
                for (choice, post) in options.people.get(person).ok_or(unknown)?.iter().enumerate() {
                    let listed = post.map_or(*or_none, |post| posts.contains(&post));
                    if listed != inside {
                        self.strike(Struck::Option(person, choice));
                    }
                }
                Ok(if self.open[person].contains(&true) { State::Open } else { State::Closed })
            }
            Split::Cover(authority, role) => {
                let known = self.options.switches.iter().position(|&switch| switch == (*authority, *role));
                let switch = known.ok_or(unknown)?;
                self.strike(Struck::Setting(switch, usize::from(!inside)));
                Ok(if self.settings[switch].contains(&true) { State::Open } else { State::Closed })
            }
        }
    }

    /// Takes one step: it closes the node, or strikes what cannot be part of any plan.
    fn take(&mut self, step: &Step) -> Result<State, Fault> {
        let sums = self.sums(step)?;
        if !step.blocks.is_empty() || !step.shares.is_empty() {
            return self.take_blocks(step, &sums);
        }
        let overflow = Fault::Overflow { node: self.node };
        let mut value = sums.fixed;
        let mut cheapest = Vec::with_capacity(sums.options.len());
        for (costs, open) in sums.options.iter().zip(&self.open) {
            let Some(least) = least(costs, open) else { return Ok(State::Closed) };
            value = value.checked_add(least).ok_or(overflow)?;
            cheapest.push(least);
        }
        let mut cheaper = Vec::with_capacity(sums.on.len());
        for (&on, settings) in sums.on.iter().zip(&self.settings) {
            let Some(least) = least(&[0, on], settings) else { return Ok(State::Closed) };
            value = value.checked_add(least).ok_or(overflow)?;
            cheaper.push(least);
        }
        if value > 0 {
            return Ok(State::Closed);
        }
        let too_dear = |cost: i128, least: i128| too_dear(value, cost, least).ok_or(overflow);
        let mut strikes = Vec::new();
        for (person, (costs, &least)) in sums.options.iter().zip(&cheapest).enumerate() {
            for (choice, &cost) in costs.iter().enumerate() {
                if self.open[person][choice] && too_dear(cost, least)? {
                    strikes.push(Struck::Option(person, choice));
                }
            }
        }
        strikes.extend(self.dear_settings(value, &sums, &cheaper)?);
        // The cheapest option of each is never struck here, because the value is not above nought.
        strikes.into_iter().for_each(|strike| self.strike(strike));
        Ok(State::Open)
    }

    /// The settings of switches that alone make the value more than nought.
    fn dear_settings(&self, value: i128, sums: &Sums, cheaper: &[i128]) -> Result<Vec<Struck>, Fault> {
        let mut strikes = Vec::new();
        for (switch, (&on, &least)) in sums.on.iter().zip(cheaper).enumerate() {
            for (setting, cost) in [0, on].into_iter().enumerate() {
                let open = self.settings[switch][setting];
                if open && too_dear(value, cost, least).ok_or(Fault::Overflow { node: self.node })? {
                    strikes.push(Struck::Setting(switch, setting));
                }
            }
        }
        Ok(strikes)
    }

    /// Takes one step that keeps rows whole; here the strikes may leave someone without an option.
    fn take_blocks(&mut self, step: &Step, sums: &Sums) -> Result<State, Fault> {
        let overflow = Fault::Overflow { node: self.node };
        let mut fixed = sums.fixed;
        let mut cheaper = Vec::with_capacity(sums.on.len());
        for (&on, settings) in sums.on.iter().zip(&self.settings) {
            let Some(least) = least(&[0, on], settings) else { return Ok(State::Closed) };
            fixed = fixed.checked_add(least).ok_or(overflow)?;
            cheaper.push(least);
        }
        for &(name, _) in &step.blocks {
            self.row(name)?;
        }
        let rows: Vec<(&Row, i64)> = step.blocks.iter().map(|&(name, unit)| (&self.rows[&name], unit)).collect();
        let kept = Kept::new(&sums.options, &self.open, &rows).map_err(|at| Fault::NoBlock(step.blocks[at].0))?;
        let Some(weighed) = kept.weigh(fixed).map_err(|_| overflow)? else { return Ok(State::Closed) };
        if weighed.value > 0 {
            return Ok(State::Closed);
        }
        let mut strikes = self.dear_settings(weighed.value, sums, &cheaper)?;
        for (person, with) in weighed.with.iter().enumerate() {
            for (choice, value) in with.iter().enumerate() {
                if self.open[person][choice] && value.is_none_or(|value| value > 0) {
                    strikes.push(Struck::Option(person, choice));
                }
            }
        }
        strikes.into_iter().for_each(|strike| self.strike(strike));
        let all = self.open.iter().all(|open| open.contains(&true));
        Ok(if all { State::Open } else { State::Closed })
    }

    /// Multiplies the rows and sets the prices of one step.
    fn sums(&mut self, step: &Step) -> Result<Sums, Fault> {
        let overflow = Fault::Overflow { node: self.node };
        let options = self.options.people.iter().map(|choices| vec![0; choices.len()]).collect();
        let mut sums = Sums { options, on: vec![0; self.options.switches.len()], fixed: 0 };
        let mut seen = BTreeSet::new();
        for &(name, multiplier) in &step.multipliers {
            if multiplier < 0 {
                return Err(Fault::NegativeMultiplier(name));
            }
            if !seen.insert(name) {
                return Err(Fault::RepeatedRow(name));
            }
            sums.add(self.row(name)?, multiplier).ok_or(overflow)?;
        }
        let prices = self.prices(step)?;
        for (&post, &price) in &prices {
            sums.add_price(price, self.facts.case.posts[post].capacity).ok_or(overflow)?;
        }
        for (costs, choices) in sums.options.iter_mut().zip(&self.options.people) {
            for (cost, choice) in costs.iter_mut().zip(choices) {
                let price = choice.and_then(|post| prices.get(&post)).copied().unwrap_or(0);
                *cost = cost.checked_sub(price).ok_or(overflow)?;
            }
        }
        let mut shared = BTreeSet::new();
        for &(person, share) in &step.shares {
            if !shared.insert(person) {
                return Err(Fault::RepeatedShare(person));
            }
            let costs = sums.options.get_mut(person.index()).ok_or(Fault::UnknownShare(person))?;
            for cost in costs {
                *cost = cost.checked_sub(share).ok_or(overflow)?;
            }
            sums.fixed = sums.fixed.checked_add(share).ok_or(overflow)?;
        }
        Ok(sums)
    }

    fn prices(&self, step: &Step) -> Result<BTreeMap<PostId, i128>, Fault> {
        let mut prices = BTreeMap::new();
        for &(post, price) in &step.prices {
            if price > 0 {
                return Err(Fault::PositivePrice(post));
            }
            if !self.facts.is_offered(post) {
                return Err(Fault::PriceNotOffered(post));
            }
            if prices.insert(post, price).is_some() {
                return Err(Fault::RepeatedPrice(post));
            }
        }
        Ok(prices)
    }

    fn row(&mut self, name: RowName) -> Result<&Row, Fault> {
        if !self.rows.contains_key(&name) {
            let row = match name {
                RowName::Rounded(position) => self.rounded(position)?,
                name => rows::build(self.facts, self.options, self.claim, self.values, name)?,
            };
            self.rows.insert(name, row);
        }
        self.rows.get(&name).ok_or(Fault::UnknownRow(name))
    }

    /// A rounded row, from rows that are not.
    fn rounded(&mut self, position: usize) -> Result<Row, Fault> {
        let fault = Fault::NoRounding(position);
        let rounded = self.rounded.get(position).ok_or(Fault::UnknownRow(RowName::Rounded(position)))?;
        let names: BTreeSet<RowName> = rounded.rows.iter().map(|&(name, _)| name).collect();
        let posts: BTreeSet<PostId> = rounded.posts.iter().map(|&(post, _)| post).collect();
        let people: BTreeSet<PersonId> = rounded.people.iter().map(|&(person, _)| person).collect();
        let each_once = names.len() == rounded.rows.len()
            && posts.len() == rounded.posts.len()
            && people.len() == rounded.people.len();
        let all_there = posts.iter().all(|&post| self.facts.is_offered(post))
            && people.iter().all(|person| person.index() < self.options.people.len());
        if !each_once || !all_there || names.iter().any(|name| matches!(name, RowName::Rounded(_))) {
            return Err(fault);
        }
        for &name in &names {
            self.row(name)?;
        }
        let rows: Vec<&Row> = rounded.rows.iter().map(|(name, _)| &self.rows[name]).collect();
        rounded::round(self.facts, self.options, rounded, &rows).ok_or(fault)
    }

    fn strike(&mut self, strike: Struck) {
        let place = match strike {
            Struck::Option(person, choice) => &mut self.open[person][choice],
            Struck::Setting(switch, setting) => &mut self.settings[switch][setting],
        };
        if std::mem::replace(place, false) {
            self.struck.push(strike);
        }
    }

    fn put_back(&mut self, strikes: usize) {
        for strike in self.struck.drain(strikes..) {
            match strike {
                Struck::Option(person, choice) => self.open[person][choice] = true,
                Struck::Setting(switch, setting) => self.settings[switch][setting] = true,
            }
        }
    }
}

impl Sums {
    fn add(&mut self, row: &Row, multiplier: i128) -> Option<()> {
        for &(person, choice, coefficient) in &row.terms {
            let cost = &mut self.options[person][choice];
            *cost = cost.checked_add(multiplier.checked_mul(coefficient)?)?;
        }
        for &(switch, coefficient) in &row.switches {
            self.on[switch] = self.on[switch].checked_add(multiplier.checked_mul(coefficient)?)?;
        }
        self.fixed = self.fixed.checked_sub(multiplier.checked_mul(row.limit)?)?;
        Some(())
    }

    fn add_price(&mut self, price: i128, capacity: u32) -> Option<()> {
        self.fixed = self.fixed.checked_add(price.checked_mul(i128::from(capacity))?)?;
        Some(())
    }
}

/// Whether an option that costs `cost` in place of `least` makes the value more than nought; `None`: does not fit.
fn too_dear(value: i128, cost: i128, least: i128) -> Option<bool> {
    cost.checked_sub(least).and_then(|more| value.checked_add(more)).map(|dearer| dearer > 0)
}

/// The least cost among those still open.
fn least(costs: &[i128], open: &[bool]) -> Option<i128> {
    costs.iter().zip(open).filter(|&(_, &open)| open).map(|(&cost, _)| cost).min()
}
