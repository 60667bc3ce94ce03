//! Every count of a pack in one ledger: those of the proposal, of the other ways to allocate, and of equality.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::load::equality::Characteristics;
use crate::study::disclosure::ledger::{Kind, Ledger, Var};
use crate::study::paper::gather::Other;
use crate::study::paper::key::Key;
use crate::study::paper::{groups, options, plan};
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
    /// Where each figure stands in it.
    pub keys: BTreeMap<Key, Var>,
    /// People in the case.
    pub people: u64,
    /// Said of the number without a post where it is kept back: it is less than this.
    pub fewer_without: Option<u64>,
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
        people: i64::try_from(subject.case.people.len()).unwrap_or(i64::MAX),
    };
    let fewer = fewer_without(builder.people, subject.summary.at_risk.len(), threshold);
    plan::add(&mut builder, subject, fewer);
    options::add(&mut builder, subject);
    if let Some(characteristics) = equality {
        groups::add(&mut builder, subject, characteristics, threshold);
    }
    let fewer_without = fewer.and_then(|fewer| u64::try_from(fewer).ok());
    Counts { ledger: builder.ledger, keys: builder.keys, people: subject.case.people.len() as u64, fewer_without }
}

/// A round number above the number without a post, at least a threshold away; none where that says nothing.
fn fewer_without(people: i64, without: usize, threshold: u32) -> Option<i64> {
    let (without, step) = (i64::try_from(without).ok()?, i64::from(threshold));
    let fewer = (without / step + 2) * step;
    (without > 0 && 2 * fewer <= people).then_some(fewer)
}

/// A ledger that is being filled.
pub(super) struct Builder {
    pub(super) ledger: Ledger,
    pub(super) keys: BTreeMap<Key, Var>,
    pub(super) people: i64,
}

impl Builder {
    /// A figure that may be printed, from nought to `high`.
    pub(super) fn cell(&mut self, key: Key, truth: i64, high: i64, kind: Kind) -> Var {
        let var = self.ledger.add(format!("{key:?}"), truth, (0, high), kind);
        self.keys.insert(key, var);
        var
    }

    /// The figure of a key that was counted.
    pub(super) fn of(&self, key: Key) -> Var {
        self.keys[&key]
    }
}

/// A count as the ledger has it.
pub(super) fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
