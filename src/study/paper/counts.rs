//! Every count of a pack in one ledger: those of the proposal, of the other ways to allocate, and of equality.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::load::equality::Characteristics;
use crate::study::disclosure::ledger::{Kind, Ledger, Var, Zero};
use crate::study::paper::gather::Other;
use crate::study::paper::key::Key;
use crate::study::paper::{groups, options, plan, seats};
use crate::study::summary::Summary;

/// Weights of what is printed: the lighter is kept back first.
pub(super) mod weight {
    pub(in crate::study::paper) const PART: u8 = 1;
    pub(in crate::study::paper) const GROUP: u8 = 2;
    pub(in crate::study::paper) const SERVICE: u8 = 3;
    pub(in crate::study::paper) const GRADE: u8 = 4;
    pub(in crate::study::paper) const OTHER: u8 = 5;
    pub(in crate::study::paper) const FLOW: u8 = 6;
    pub(in crate::study::paper) const RANK: u8 = 7;
    pub(in crate::study::paper) const MATCH: u8 = 8;
    pub(in crate::study::paper) const STATED_AT: u8 = 9;
    pub(in crate::study::paper) const OUTCOME: u8 = 10;
    pub(in crate::study::paper) const AT: u8 = 11;
    pub(in crate::study::paper) const MAIN: u8 = 12;
}

/// The counts of one pack.
#[derive(Debug, Clone)]
pub struct Counts {
    /// The numbers with their sums.
    pub ledger: Ledger,
    /// Where each figure of the public paper stands in it.
    pub keys: BTreeMap<Key, Var>,
    /// Figures that only the exempt paper has.
    pub apart: BTreeMap<Key, u64>,
    /// People in the case.
    pub people: u64,
    /// Of each characteristic the rows of its table, as positions of its groups; none where there is no table.
    pub groups: Vec<Option<Vec<Vec<usize>>>>,
}

/// What is counted: the answer and what stands beside it.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its scenario.
    pub scenario: &'a Scenario,
    /// The certified answer, which has a plan.
    pub certified: &'a Certified,
    /// Its figures.
    pub summary: &'a Summary,
    /// Other ways to allocate.
    pub others: &'a [Other],
}

/// Counts everything that a pack prints.
pub fn count(subject: &Subject<'_>, equality: Option<&Characteristics>, threshold: u32) -> Counts {
    let mut builder = Builder {
        ledger: Ledger::default(),
        keys: BTreeMap::new(),
        apart: BTreeMap::new(),
        people: i64::try_from(subject.case.people.len()).unwrap_or(i64::MAX),
        threshold,
    };
    plan::add(&mut builder, subject);
    seats::add(&mut builder, subject);
    options::add(&mut builder, subject);
    let groups = equality.map(|it| groups::add(&mut builder, subject, it)).unwrap_or_default();
    let Builder { ledger, keys, apart, .. } = builder;
    Counts { ledger, keys, apart, people: subject.case.people.len() as u64, groups }
}

/// A ledger that is being filled.
pub(super) struct Builder {
    pub(super) ledger: Ledger,
    pub(super) keys: BTreeMap<Key, Var>,
    pub(super) apart: BTreeMap<Key, u64>,
    pub(super) people: i64,
    pub(super) threshold: u32,
}

impl Builder {
    /// A figure that may be printed, from nought to `high`.
    pub(super) fn cell(&mut self, key: Key, truth: i64, high: i64, kind: Kind) -> Var {
        let var = self.ledger.add(format!("{key:?}"), truth, (0, high), kind);
        self.keys.insert(key, var);
        var
    }

    /// A figure that only the exempt paper has.
    pub(super) fn apart(&mut self, key: Key, truth: i64) {
        self.apart.extend(u64::try_from(truth).ok().map(|truth| (key, truth)));
    }

    /// A part of a whole; what it leaves of it is a number of people too, and counts as one where that is small.
    pub(super) fn part(&mut self, whole: Var, part: Var, zero: Zero) {
        let truth = self.ledger.variable(whole).truth - self.ledger.variable(part).truth;
        if is_small(truth, zero, self.threshold) {
            self.ledger.rest(whole, part, zero);
        } else {
            self.ledger.between([(whole, 1), (part, -1)], 0, self.people);
        }
    }

    /// A part of everybody, in the same way.
    pub(super) fn part_of_all(&mut self, part: Var) {
        if is_small(self.people - self.ledger.variable(part).truth, Zero::Plain, self.threshold) {
            self.ledger.rest_of(self.people, part, Zero::Plain);
        }
    }

    /// How far two numbers of the same kind lie apart, where those are few people.
    pub(super) fn gap(&mut self, one: Var, other: Var) {
        let apart = self.ledger.variable(one).truth - self.ledger.variable(other).truth;
        if is_small(apart.abs(), Zero::Plain, self.threshold) {
            self.ledger.gap(one, other, self.people);
        }
    }

    /// The figure of a key that was counted.
    pub(super) fn of(&self, key: Key) -> Var {
        self.keys[&key]
    }
}

fn is_small(number: i64, zero: Zero, threshold: u32) -> bool {
    let least = match zero {
        Zero::Plain => 1,
        Zero::Small => 0,
    };
    (least..i64::from(threshold)).contains(&number)
}

/// A count as the ledger has it.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
