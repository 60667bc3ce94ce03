//! What a consultation paper is made from: one certified plan, and every count of it that may be printed.
//!
//! A count of people reaches a paper through [`Figures`] alone. Those of the exempt paper are all there; those of the public
//! one went through one pass ([`crate::study::disclosure`]), which saw every table, option and scenario of the pack at once, so
//! that no two of them can be subtracted. Both are made from the same [`Counts`], so the two papers cannot disagree.

pub mod counts;
pub mod curves;
pub mod frame;
pub mod gather;
mod groups;
pub mod key;
pub mod open;
mod options;
mod plan;
mod seats;
pub mod shape;

use std::collections::BTreeMap;

use crate::study::disclosure::check::{Flaw, check};
use crate::study::disclosure::ledger::{Ledger, Var, rounded};
use crate::study::disclosure::{Cover, Print, hide};
use crate::study::paper::counts::Counts;
use crate::study::paper::key::Key;

/// A count as a paper tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// As it is.
    Figure(u64),
    /// To the nearest round number.
    About(u64),
    /// As lying between these, both of them possible.
    Between(u64, u64),
    /// Not at all.
    Nothing,
}

/// Counts as one paper prints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// People in the case.
    pub people: u64,
    /// The public threshold.
    pub threshold: u32,
    told: BTreeMap<Key, Told>,
}

impl Figures {
    /// The count, where it is told as it is.
    pub fn get(&self, key: Key) -> Option<u64> {
        match self.told(key) {
            Told::Figure(figure) => Some(figure),
            Told::About(_) | Told::Between(..) | Told::Nothing => None,
        }
    }

    /// The count as it is told.
    pub fn told(&self, key: Key) -> Told {
        self.told.get(&key).copied().unwrap_or(Told::Nothing)
    }

    /// Whether this paper counts it at all.
    pub fn has(&self, key: Key) -> bool {
        self.told.contains_key(&key)
    }

    /// Every count, in order of key.
    pub fn iter(&self) -> impl Iterator<Item = (Key, Told)> + '_ {
        self.told.iter().map(|(&key, &told)| (key, told))
    }
}

/// The figures of both papers, and what protects those that the public one keeps back.
#[derive(Debug, Clone)]
pub struct Both {
    /// For those who may see exempt information. Equality figures are those of the public paper here too.
    pub exempt: Figures,
    /// For everybody.
    pub public: Figures,
    /// Of each characteristic the rows of its table, as positions of its groups; none where there is no table.
    pub groups: Vec<Option<Vec<Vec<usize>>>>,
    /// What the public paper prints, with its worlds.
    pub cover: Cover,
}

/// Passes all counts of a pack through one suppression, and checks it.
///
/// # Errors
/// [`Flaw`]: what is kept back could be worked out, a bug of ours.
pub fn figures(counts: &Counts, threshold: u32) -> Result<Both, Flaw> {
    let _span = tracing::info_span!("disclosure").entered();
    let cover = hide(&counts.ledger, threshold);
    check(&counts.ledger, &cover)?;
    let public: BTreeMap<Key, Told> =
        counts.keys.iter().map(|(&key, &var)| (key, told(&counts.ledger, &cover, var))).collect();
    let whole = |number: i64| u64::try_from(number).map_or(Told::Nothing, Told::Figure);
    let exempt = counts.keys.iter().filter(|(key, _)| !key.is_only_public());
    let exempt = exempt.map(|(&key, &var)| match key.is_of_equality() {
        true => (key, public[&key]),
        false => (key, whole(counts.ledger.variable(var).truth)),
    });
    let exempt = exempt.chain(counts.apart.iter().map(|(&key, &number)| (key, Told::Figure(number)))).collect();
    let of = |told| Figures { people: counts.people, threshold, told };
    Ok(Both { exempt: of(exempt), public: of(public), groups: counts.groups.clone(), cover })
}

/// A number as its cover prints it.
fn told(ledger: &Ledger, cover: &Cover, var: Var) -> Told {
    let truth = ledger.variable(var).truth;
    let whole = |number: i64| u64::try_from(number).unwrap_or(0);
    match cover.prints[var.index()] {
        Print::Exact => Told::Figure(whole(truth)),
        Print::Rounded => Told::About(whole(rounded(truth, cover.threshold).0)),
        Print::Between(low, high) if low == high => Told::Figure(whole(low)),
        Print::Between(low, high) => Told::Between(whole(low), whole(high)),
        Print::Nothing => Told::Nothing,
    }
}
