//! The best plan with one person's place given, proved by one pass over all options.
//!
//! Everything of a case that no forced place changes is multiplied out once: each option's worth in every goal, so weighed that
//! a goal counts before all after it, whatever these may come to. Such weights soon need more than 128 bits; so a weight stands in one of
//! several *words*, which are compared one after the other and never carry. Prices of posts then prove a plan best in all goals
//! at once (weak duality, as in `case/proof.rs`; it holds in any ordered sum). It does not know where the prices come from.

use std::rc::Rc;

use crate::case::answer::Witness;
use crate::case::goal::Goal;
use crate::case::proof::{Claim, RowName};
use crate::case::scenario::{Objective, Sense};
use crate::certify::near::Near;
use crate::certify::rows::{self, Options};
use crate::certify::values;
use crate::id::{Id, PersonId, PostId};

/// Words that a weighed sum may have.
pub const MOST_WORDS: usize = 4;

/// A sum in words: the first that differs decides.
pub type Words = [i128; MOST_WORDS];

/// What one person is made to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// Hold this post.
    Into(PostId),
    /// Not hold this post.
    OutOf(PostId),
}

impl Force {
    /// The post that it is about.
    pub fn post(self) -> PostId {
        match self {
            Self::Into(post) | Self::OutOf(post) => post,
        }
    }
}

/// Which word a goal is counted in, and how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weight {
    /// The word.
    pub word: usize,
    /// How often, not negative; less is better after the sign of the goal's sense.
    pub times: i128,
}

/// A best plan with one person's place given, as somebody claims it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bid {
    /// Whose place.
    pub person: PersonId,
    /// Which.
    pub force: Force,
    /// The plan, as moves from the plan that it is near to.
    pub moves: Witness,
    /// A price for each post, none above nought, and nought for one that is not offered; what is left out at the end is nought.
    pub prices: Vec<Words>,
}

/// Why a bid is not accepted; what it claims may be true nevertheless.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproved {
    /// The person does not have the place, or may not have it.
    #[error("the person does not have the place")]
    Place,
    /// The moves make no plan that keeps every rule.
    #[error("the moves break a rule")]
    Breaks,
    /// A price is above nought, too large, or of a post that is not offered or not of the case.
    #[error("the prices are not prices")]
    Prices,
    /// The prices do not prove the plan.
    #[error("the prices do not prove that no plan is better")]
    NotBest,
}

/// A best plan with one person's place given, derived again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forced {
    moves: Witness,
    values: Vec<(Goal, i128)>,
}

impl Forced {
    /// The plan, as moves from the plan that it is near to.
    pub fn moves(&self) -> &Witness {
        &self.moves
    }

    /// Value of each goal of the scenario, in its order; no plan with the place given is better.
    pub fn values(&self) -> &[(Goal, i128)] {
        &self.values
    }
}

/// A case multiplied out for bids.
#[derive(Clone)]
pub struct Weighing {
    options: Rc<Options>,
    weights: Vec<Weight>,
    words: usize,
    /// Where the options of each person begin; one longer than there are people.
    first: Vec<usize>,
    /// The post of each option.
    post: Vec<Option<PostId>>,
    /// What each option costs, `words` numbers each.
    cost: Vec<i128>,
    /// What each switch costs where it is on.
    on: Vec<Words>,
    /// Multiplier x limit of every row, taken off.
    limits: Words,
    /// The same with the cheaper of on and off of every switch.
    fixed: Words,
    /// Seats of each post; nought where it is not offered.
    seats: Vec<i128>,
    /// The largest price that cannot make a sum too large.
    dearest: i128,
}

impl Weighing {
    /// Multiplies the goals out; `None` where one is no sum, or the numbers need too many words.
    ///
    /// - `unit`: what every weight is a multiple of, 1 or more.
    pub fn new(near: &Near<'_>, unit: i128) -> Option<Self> {
        let facts = &near.facts;
        let options = Options::of(facts);
        let mut first = vec![0];
        let mut post = Vec::new();
        for choices in options.people.iter() {
            post.extend_from_slice(choices);
            first.push(post.len());
        }
        let worth: Vec<Vec<i128>> = facts.goals.iter().map(|&goal| signed(near, goal, &first, &post)).collect();
        let sizes: Vec<(i128, i128)> = worth
            .iter()
            .zip(&facts.goals)
            .map(|(worth, goal)| size(worth, &first, goal, options.switches.len()))
            .collect();
        let seats = seats(near);
        let room = room(facts.case.people.len(), &seats);
        // A price is the length of a path, a sum of as many costs at most.
        let (weights, words) = weights(&facts.goals, &sizes, unit.max(1), LARGEST / room / room)?;
        let mut cost = vec![0; post.len() * words];
        for (worth, weight) in worth.iter().zip(&weights) {
            for (cost, worth) in cost[weight.word..].iter_mut().step_by(words).zip(worth) {
                *cost += weight.times * worth;
            }
        }
        let mut on = vec![[0; MOST_WORDS]; options.switches.len()];
        let counts = |goal: &Goal| goal.objective == Objective::Statutory;
        if let Some(Weight { word, times }) = facts.goals.iter().position(counts).map(|goal| weights[goal]) {
            on.iter_mut().for_each(|on| on[word] -= times);
        }
        let (options, limits, dearest) = (Rc::new(options), [0; MOST_WORDS], LARGEST / room);
        Self { options, words, first, post, cost, on, limits, fixed: limits, seats, dearest, weights }.settled()
    }

    /// The same with rows of the scenario's rules, each multiplied; `None` where a multiplier is below nought, or too large.
    pub fn with(&self, near: &Near<'_>, multipliers: &[(RowName, Words)]) -> Option<Self> {
        let mut other = self.clone();
        for (position, (name, multiplier)) in multipliers.iter().enumerate() {
            let again = multipliers[..position].iter().any(|(before, _)| before == name);
            let beyond = multiplier[self.words..].iter().any(|&word| word != 0);
            if again || beyond || *multiplier < [0; MOST_WORDS] {
                return None;
            }
            let row = rows::build(&near.facts, &self.options, Claim::Impossible, &[], *name).ok()?;
            for &(person, option, coefficient) in row.terms.iter() {
                let at = (self.first[person] + option) * self.words;
                for (cost, word) in other.cost[at..at + self.words].iter_mut().zip(multiplier) {
                    *cost = cost.checked_add(word.checked_mul(coefficient)?)?;
                }
            }
            for &(switch, coefficient) in &row.switches {
                checked(&mut other.on[switch], multiplier, coefficient)?;
            }
            checked(&mut other.limits, multiplier, row.limit.checked_neg()?)?;
        }
        other.settled()
    }

    /// With every switch as it is cheaper; `None` where a number is too large.
    fn settled(mut self) -> Option<Self> {
        self.fixed = self.limits;
        for on in self.on.iter().filter(|on| **on < [0; MOST_WORDS]) {
            checked(&mut self.fixed, on, 1)?;
        }
        let fits = |number: &i128| number.abs() <= self.dearest;
        (self.cost.iter().all(fits) && self.fixed.iter().all(|number| number.abs() <= LARGEST)).then_some(self)
    }

    /// How each goal of the scenario is weighed, in its order.
    pub fn weights(&self) -> &[Weight] {
        &self.weights
    }

    /// How many words are in use.
    pub fn words(&self) -> usize {
        self.words
    }

    /// Derives a bid again: the plan near the one given, its values, and that none with the place given is better.
    ///
    /// # Errors
    /// [`Unproved`] names the first thing that does not hold.
    pub fn check(&self, near: &mut Near<'_>, bid: Bid) -> Result<Forced, Unproved> {
        let place = near.place(&bid.moves, bid.person).ok_or(Unproved::Place)?;
        let right = match bid.force {
            Force::Into(post) => place == Some(post),
            Force::OutOf(post) => place != Some(post),
        };
        if !right {
            return Err(Unproved::Place);
        }
        let values = near.judge(&bid.moves).ok_or(Unproved::Breaks)?;
        if !self.are_prices(&bid.prices) {
            return Err(Unproved::Prices);
        }
        let bound = self.least(&bid.prices, Some((bid.person, bid.force))).ok_or(Unproved::Place)?;
        if bound != self.worth(&values) {
            return Err(Unproved::NotBest);
        }
        Ok(Forced { moves: bid.moves, values })
    }

    /// Whether these prices prove the plan itself, with nobody's place given; where not, few bids near by are accepted.
    pub fn is_tight(&self, near: &Near<'_>, prices: &[Words]) -> bool {
        self.are_prices(prices) && self.least(prices, None) == Some(self.worth(&near.values()))
    }

    fn are_prices(&self, prices: &[Words]) -> bool {
        let is_price = |(price, &seats): (&Words, &i128)| {
            *price <= [0; MOST_WORDS]
                && price.iter().all(|word| word.abs() <= self.dearest)
                && price[self.words..].iter().all(|&word| word == 0)
                && (seats > 0 || *price == [0; MOST_WORDS])
        };
        prices.len() <= self.seats.len() && prices.iter().zip(&self.seats).all(is_price)
    }

    fn worth(&self, values: &[(Goal, i128)]) -> Words {
        let mut worth = [0; MOST_WORDS];
        for (weight, &(goal, value)) in self.weights.iter().zip(values) {
            worth[weight.word] += weight.times * sign(goal) * value;
        }
        worth
    }

    /// What no plan with the place given is below; `None` where the person has no such place.
    fn least(&self, prices: &[Words], given: Option<(PersonId, Force)>) -> Option<Words> {
        match self.words {
            1 => self.least_in::<1>(prices, given),
            2 => self.least_in::<2>(prices, given),
            _ => self.least_in::<MOST_WORDS>(prices, given),
        }
    }

    fn least_in<const N: usize>(&self, own: &[Words], given: Option<(PersonId, Force)>) -> Option<Words> {
        let mut total = self.fixed;
        let mut prices = vec![[0; N]; self.seats.len()];
        for ((price, own), &seats) in prices.iter_mut().zip(own).zip(&self.seats) {
            add(&mut total, own, seats);
            price.copy_from_slice(&own[..N]);
        }
        let (cost, _) = self.cost.as_chunks::<N>();
        for person in 0..self.first.len() - 1 {
            let range = self.first[person]..self.first[person + 1];
            let mut least: Option<[i128; N]> = None;
            for (post, cost) in self.post[range.clone()].iter().zip(&cost[range]) {
                if given.is_some_and(|(who, force)| who.index() == person && !may(force, *post)) {
                    continue;
                }
                let reduced = match post {
                    Some(post) => {
                        let price = &prices[post.index()];
                        std::array::from_fn(|word| cost[word] - price[word])
                    }
                    None => *cost,
                };
                if least.is_none_or(|least| reduced < least) {
                    least = Some(reduced);
                }
            }
            for (total, least) in total.iter_mut().zip(least?) {
                *total += least;
            }
        }
        Some(total)
    }
}

/// No sum is allowed beyond this.
const LARGEST: i128 = 1 << 125;

/// How many numbers are added up at most, and some more.
fn room(people: usize, seats: &[i128]) -> i128 {
    4 * (people as i128 + seats.iter().sum::<i128>() + 2)
}

/// Whether what the person is made to do leaves this option.
pub(super) fn may(force: Force, post: Option<PostId>) -> bool {
    match force {
        Force::Into(only) => post == Some(only),
        Force::OutOf(barred) => post != Some(barred),
    }
}

/// 1 where less is better, else -1.
fn sign(goal: Goal) -> i128 {
    match goal.sense() {
        Sense::Least => 1,
        Sense::Most => -1,
    }
}

/// What each option is worth in a goal, less being better.
fn signed(near: &Near<'_>, goal: Goal, first: &[usize], post: &[Option<PostId>]) -> Vec<i128> {
    let of = |person: usize| {
        let worth = move |&post: &Option<PostId>| {
            post.map_or(0, |post| sign(goal) * values::worth(&near.facts, goal, PersonId::at(person), post))
        };
        post[first[person]..first[person + 1]].iter().map(worth)
    };
    (0..first.len() - 1).flat_map(of).collect()
}

/// How far apart two plans can be in a goal, and the largest worth of an option.
fn size(worth: &[i128], first: &[usize], goal: &Goal, switches: usize) -> (i128, i128) {
    let range = |window: &[usize]| {
        let own = &worth[window[0]..window[1]];
        own.iter().max().copied().unwrap_or(0) - own.iter().min().copied().unwrap_or(0)
    };
    let of_switches = if goal.objective == Objective::Statutory { switches as i128 } else { 0 };
    let most = worth.iter().map(|worth| worth.abs()).max().unwrap_or(0).max(1);
    (first.windows(2).map(range).sum::<i128>() + of_switches, most)
}

/// Weights that let each goal count before those after it, and how many words they take.
fn weights(goals: &[Goal], sizes: &[(i128, i128)], unit: i128, largest: i128) -> Option<(Vec<Weight>, usize)> {
    if goals.iter().any(|goal| goal.objective == Objective::Bottleneck) {
        return None;
    }
    let mut weights = Vec::with_capacity(goals.len());
    let (mut word, mut times) = (0, unit);
    for &(range, most) in sizes.iter().rev() {
        if times > unit && times.checked_mul(most).is_none_or(|size| size > largest) {
            (word, times) = (word + 1, unit);
        }
        if most.checked_mul(unit).is_none_or(|size| size > largest) {
            return None;
        }
        weights.push(Weight { word, times });
        times = times.saturating_mul(range + 1);
    }
    let words = [1, 2, MOST_WORDS].into_iter().find(|&words| words > word)?;
    weights.iter_mut().for_each(|weight| weight.word = words - 1 - weight.word);
    weights.reverse();
    Some((weights, words))
}

fn seats(near: &Near<'_>) -> Vec<i128> {
    let posts = near.facts.case.posts.iter();
    posts.map(|(post, record)| if near.facts.is_offered(post) { record.capacity.into() } else { 0 }).collect()
}

fn add(total: &mut Words, words: &Words, times: i128) {
    total.iter_mut().zip(words).for_each(|(total, word)| *total += times * word);
}

fn checked(total: &mut Words, words: &Words, times: i128) -> Option<()> {
    for (total, word) in total.iter_mut().zip(words) {
        *total = total.checked_add(word.checked_mul(times)?)?;
    }
    Some(())
}
