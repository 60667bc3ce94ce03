//! Checks a proof by multiplying it out: `case/proof.rs` states what a step and a branch say.
//!
//! All arithmetic is checked `i128`; a number that does not fit refuses the proof. The tree is walked with a stack of our
//! own, so its depth is limited by memory only. Options struck on the way into a node are put back on the way out.
//!
//! The proofs of one answer begin alike: with what the objectives before leave open. What was derived for one proof from rows that
//! do not speak of its own claim holds for the next one as well, so as far as their first steps are the same they are taken once.

mod sums;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::proof::{Branch, Claim, End, Node, Proof, Rounded, RowName, Split, Step};
use crate::certify::facts::Facts;
use crate::certify::fault::Fault;
use crate::certify::grid::Grid;
use crate::certify::proof::sums::Sums;
use crate::certify::rounded;
use crate::certify::rows::{self, Options, Row};
use crate::certify::shares::Kept;
use crate::id::{Id, PersonId, PostId};

pub(super) fn check(facts: &Facts<'_>, options: &Options, values: &[i64], proof: &Proof) -> Result<(), Fault> {
    Checker::new(facts, options, values).check(proof)
}

/// Checks the proofs of one answer, one after the other; where the walk is: what is still open, and how to put back what was struck.
pub(super) struct Checker<'a> {
    facts: &'a Facts<'a>,
    options: &'a Options,
    values: &'a [i64],
    claim: Claim,
    rounded: &'a [Rounded],
    rows: BTreeMap<RowName, Row>,
    /// Whether each option of each person is still open.
    open: Grid<bool>,
    /// Whether each switch may still be off, and on.
    settings: Vec<[bool; 2]>,
    struck: Vec<Struck>,
    /// How many of the strikes were given, and stand in every proof.
    given: usize,
    /// First steps of the last proof that do not speak of its claim, and how many strikes stood after each.
    ground: Vec<(&'a Step, usize)>,
    sums: Sums,
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

/// A step's value, with the cheapest option of each person and the cheaper setting of each switch.
struct Weighed {
    value: i128,
    cheapest: Vec<i128>,
    cheaper: Vec<i128>,
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    Closed,
}

impl<'a> Checker<'a> {
    /// Ready for the proofs of an answer with these values.
    pub(super) fn new(facts: &'a Facts<'a>, options: &'a Options, values: &'a [i64]) -> Self {
        Checker {
            facts,
            options,
            values,
            claim: Claim::Impossible,
            rounded: &[],
            rows: BTreeMap::new(),
            open: Grid::like(&options.people, true),
            settings: vec![[true; 2]; options.switches.len()],
            struck: Vec::new(),
            given: 0,
            ground: Vec::new(),
            sums: Sums::new(facts, options),
            node: 0,
        }
    }

    /// The same of plans in which this person has only the options that pass; nothing was proved yet.
    pub(super) fn given(mut self, person: PersonId, may: impl Fn(Option<PostId>) -> bool) -> Self {
        let options = self.options;
        for (choice, &post) in options.people[person.index()].iter().enumerate() {
            if !may(post) {
                self.strike(Struck::Option(person.index(), choice));
            }
        }
        self.given = self.struck.len();
        self
    }

    /// Checks that a proof proves its claim.
    pub(super) fn check(&mut self, proof: &'a Proof) -> Result<(), Fault> {
        if let Claim::Bound { objective, .. } = proof.claim
            && objective >= self.facts.goals.len()
        {
            return Err(Fault::OtherClaim(proof.claim));
        }
        self.begin(proof);
        self.walk(&proof.root)
    }

    /// Makes ready for a proof, with what the last one has derived that holds for this one as well.
    fn begin(&mut self, proof: &'a Proof) {
        let known = self.ground.iter().zip(&proof.root.steps);
        let same = known.take_while(|((known, _), step)| known == step && is_settled(step, proof.claim)).count();
        self.ground.truncate(same);
        self.put_back(self.ground.last().map_or(self.given, |&(_, strikes)| strikes));
        // The row of an objective says another thing once it is no longer claimed, and rounded rows are the proof's own.
        let first = claimed(self.claim).min(claimed(proof.claim));
        self.rows.retain(|name, _| match name {
            RowName::Objective(position) => *position < first,
            RowName::Rounded(_) => false,
            RowName::Clause(..) | RowName::Parity(..) | RowName::Link(..) | RowName::Cover(..) => true,
        });
        (self.claim, self.rounded, self.node) = (proof.claim, &proof.rounded, 0);
    }

    fn walk(&mut self, root: &'a Node) -> Result<(), Fault> {
        if self.options.people.iter().any(<[_]>::is_empty) {
            return Ok(());
        }
        let strikes = self.struck.len();
        let mut to_visit = vec![Visit { node: root, strikes, side: None }];
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

    fn visit(&mut self, node: &'a Node, side: Option<(&Split, bool)>) -> Result<State, Fault> {
        if let Some((split, inside)) = side
            && self.enter(split, inside)? == State::Closed
        {
            return Ok(State::Closed);
        }
        let known = if side.is_none() { self.ground.len() } else { 0 };
        for (position, step) in node.steps.iter().enumerate().skip(known) {
            if self.take(step)? == State::Closed {
                return Ok(State::Closed);
            }
            if side.is_none() && position == self.ground.len() && is_settled(step, self.claim) {
                self.ground.push((step, self.struck.len()));
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
        self.add_up(step)?;
        if !step.blocks.is_empty() || !step.shares.is_empty() {
            return self.take_blocks(step);
        }
        let overflow = Fault::Overflow { node: self.node };
        let Some(Weighed { value, cheapest, cheaper }) = self.weigh()? else { return Ok(State::Closed) };
        if value > 0 {
            return Ok(State::Closed);
        }
        let too_dear = |cost: i128, least: i128| too_dear(value, cost, least).ok_or(overflow);
        let mut strikes = Vec::new();
        for (person, (costs, &least)) in self.sums.options.iter().zip(&cheapest).enumerate() {
            for (choice, &cost) in costs.iter().enumerate() {
                if self.open[person][choice] && too_dear(cost, least)? {
                    strikes.push(Struck::Option(person, choice));
                }
            }
        }
        strikes.extend(self.dear_settings(value, &cheaper)?);
        // The cheapest option of each is never struck here, because the value is not above nought.
        strikes.into_iter().for_each(|strike| self.strike(strike));
        Ok(State::Open)
    }

    /// The value of the step that was added up; `None` where somebody has no option, or a switch no setting.
    fn weigh(&self) -> Result<Option<Weighed>, Fault> {
        let (sums, overflow) = (&self.sums, Fault::Overflow { node: self.node });
        let mut value = sums.fixed;
        let mut cheapest = Vec::with_capacity(sums.options.people());
        for (costs, open) in sums.options.iter().zip(self.open.iter()) {
            let Some(least) = least(costs, open) else { return Ok(None) };
            value = value.checked_add(least).ok_or(overflow)?;
            cheapest.push(least);
        }
        let mut cheaper = Vec::with_capacity(sums.on.len());
        for (&on, settings) in sums.on.iter().zip(&self.settings) {
            let Some(least) = least(&[0, on], settings) else { return Ok(None) };
            value = value.checked_add(least).ok_or(overflow)?;
            cheaper.push(least);
        }
        Ok(Some(Weighed { value, cheapest, cheaper }))
    }

    /// By how much the bound that a proof claims must be looser so that it is proved, in the goal's unit; nought where it is.
    ///
    /// A proof of one node may fall short, and then its last step says by how much; any other is right or wrong.
    pub(super) fn shortfall(&mut self, proof: &'a Proof) -> Result<i128, Fault> {
        let (Claim::Bound { objective, .. }, End::Closed, Some((last, before))) =
            (proof.claim, &proof.root.end, proof.root.steps.split_last())
        else {
            return self.check(proof).map(|()| 0);
        };
        let own = last.multipliers.iter().find(|(name, _)| *name == RowName::Objective(objective));
        let Some(&(_, own)) = own.filter(|&&(_, own)| own > 0 && last.blocks.is_empty() && last.shares.is_empty())
        else {
            return self.check(proof).map(|()| 0);
        };
        self.begin(proof);
        self.node = 1;
        for (position, step) in before.iter().enumerate().skip(self.ground.len()) {
            if self.take(step)? == State::Closed {
                return Ok(0);
            }
            if position == self.ground.len() && is_settled(step, self.claim) {
                self.ground.push((step, self.struck.len()));
            }
        }
        self.add_up(last)?;
        let Some(Weighed { value, .. }) = self.weigh()? else { return Ok(0) };
        Ok(if value > 0 { 0 } else { 1 + (-value).div_euclid(own) })
    }

    /// The settings of switches that alone make the value more than nought.
    fn dear_settings(&self, value: i128, cheaper: &[i128]) -> Result<Vec<Struck>, Fault> {
        let mut strikes = Vec::new();
        for (switch, (&on, &least)) in self.sums.on.iter().zip(cheaper).enumerate() {
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
    fn take_blocks(&mut self, step: &Step) -> Result<State, Fault> {
        let overflow = Fault::Overflow { node: self.node };
        for &(name, _) in &step.blocks {
            self.row(name)?;
        }
        let sums = &self.sums;
        let mut fixed = sums.fixed;
        let mut cheaper = Vec::with_capacity(sums.on.len());
        for (&on, settings) in sums.on.iter().zip(&self.settings) {
            let Some(least) = least(&[0, on], settings) else { return Ok(State::Closed) };
            fixed = fixed.checked_add(least).ok_or(overflow)?;
            cheaper.push(least);
        }
        let rows: Vec<(&Row, i64)> = step.blocks.iter().map(|&(name, unit)| (&self.rows[&name], unit)).collect();
        let kept = Kept::new(&sums.options, &self.open, &rows).map_err(|at| Fault::NoBlock(step.blocks[at].0))?;
        let Some(weighed) = kept.weigh(fixed).map_err(|_| overflow)? else { return Ok(State::Closed) };
        if weighed.value > 0 {
            return Ok(State::Closed);
        }
        let mut strikes = self.dear_settings(weighed.value, &cheaper)?;
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
    fn add_up(&mut self, step: &Step) -> Result<(), Fault> {
        let overflow = Fault::Overflow { node: self.node };
        let mut seen = BTreeSet::new();
        for &(name, multiplier) in &step.multipliers {
            if multiplier < 0 {
                return Err(Fault::NegativeMultiplier(name));
            }
            if !seen.insert(name) {
                return Err(Fault::RepeatedRow(name));
            }
            self.row(name)?;
        }
        self.sums.clear();
        for &(name, multiplier) in &step.multipliers {
            self.sums.add(&self.rows[&name], multiplier).ok_or(overflow)?;
        }
        self.sums.take_prices(self.facts, self.options, step, overflow)?;
        let mut shared = BTreeSet::new();
        for &(person, share) in &step.shares {
            if !shared.insert(person) {
                return Err(Fault::RepeatedShare(person));
            }
            if person.index() >= self.options.people.people() {
                return Err(Fault::UnknownShare(person));
            }
            self.sums.take_share(person.index(), share).ok_or(overflow)?;
        }
        Ok(())
    }

    fn row(&mut self, name: RowName) -> Result<&Row, Fault> {
        if let RowName::Rounded(position) = name
            && !self.rows.contains_key(&name)
        {
            // Those before it first, on which it may rest: so none waits for a long chain of others.
            for before in (0..position.min(self.rounded.len())).map(RowName::Rounded) {
                self.derive(before)?;
            }
        }
        self.derive(name)?;
        self.rows.get(&name).ok_or(Fault::UnknownRow(name))
    }

    fn derive(&mut self, name: RowName) -> Result<(), Fault> {
        if !self.rows.contains_key(&name) {
            let row = match name {
                RowName::Rounded(position) => self.rounded(position)?,
                name => rows::build(self.facts, self.options, self.claim, self.values, name)?,
            };
            self.rows.insert(name, row);
        }
        Ok(())
    }

    /// A rounded row, from rows that are not and rounded ones that stand before it.
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
            && people.iter().all(|person| person.index() < self.options.people.people());
        let stands_before = |name: &RowName| !matches!(name, RowName::Rounded(other) if *other >= position);
        if !each_once || !all_there || !names.iter().all(stands_before) {
            return Err(fault);
        }
        for &name in &names {
            self.derive(name)?;
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

/// The position from which objectives are not settled; nought where none may be spoken of.
fn claimed(claim: Claim) -> usize {
    match claim {
        Claim::Bound { objective, .. } => objective,
        Claim::Impossible => 0,
    }
}

/// Whether a step follows from rows that are the same in every proof: not from the claim, nor from what the proof rounds itself.
fn is_settled(step: &Step, claim: Claim) -> bool {
    let mut names = step.multipliers.iter().map(|(name, _)| name).chain(step.blocks.iter().map(|(name, _)| name));
    names.all(|name| match name {
        RowName::Objective(position) => *position < claimed(claim),
        RowName::Rounded(_) => false,
        RowName::Clause(..) | RowName::Parity(..) | RowName::Link(..) | RowName::Cover(..) => true,
    })
}

/// Whether an option that costs `cost` in place of `least` makes the value more than nought; `None`: does not fit.
fn too_dear(value: i128, cost: i128, least: i128) -> Option<bool> {
    cost.checked_sub(least).and_then(|more| value.checked_add(more)).map(|dearer| dearer > 0)
}

/// The least cost among those still open.
fn least(costs: &[i128], open: &[bool]) -> Option<i128> {
    costs.iter().zip(open).filter(|&(_, &open)| open).map(|(&cost, _)| cost).min()
}
