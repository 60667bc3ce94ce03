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

use std::collections::BTreeMap;

use crate::study::disclosure::check::{Flaw, check};
use crate::study::disclosure::{Cover, hide};
use crate::study::paper::counts::Counts;
use crate::study::paper::key::Key;

/// Counts as one paper prints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// People in the case.
    pub people: u64,
    /// The public threshold.
    pub threshold: u32,
    /// Where the number without a post is kept back: it is less than this.
    pub fewer_without: Option<u64>,
    shown: BTreeMap<Key, Option<u64>>,
}

impl Figures {
    /// The count, or `None` where it is kept back.
    pub fn get(&self, key: Key) -> Option<u64> {
        self.shown.get(&key).copied().flatten()
    }

    /// Whether this is counted at all.
    pub fn has(&self, key: Key) -> bool {
        self.shown.contains_key(&key)
    }

    /// Every count, in order of key.
    pub fn iter(&self) -> impl Iterator<Item = (Key, Option<u64>)> + '_ {
        self.shown.iter().map(|(&key, &figure)| (key, figure))
    }
}

/// The figures of both papers, and what protects those that the public one keeps back.
#[derive(Debug, Clone)]
pub struct Both {
    /// For those who may see exempt information. Equality figures are those of the public paper here too.
    pub exempt: Figures,
    /// For everybody.
    pub public: Figures,
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
    let figure = |number: i64| u64::try_from(number).ok();
    let public = |(&key, &var)| (key, cover.figure(&counts.ledger, var).and_then(figure));
    let public: BTreeMap<Key, Option<u64>> = counts.keys.iter().map(public).collect();
    let exempt = |(&key, &var)| match key {
        Key::Group(..) | Key::Part(..) => (key, public[&key]),
        _ => (key, figure(counts.ledger.variable(var).truth)),
    };
    let exempt = counts.keys.iter().map(exempt).collect();
    let of = |shown, fewer_without| Figures { people: counts.people, threshold, fewer_without, shown };
    let hidden = public.get(&Key::Without).is_some_and(Option::is_none);
    let fewer = counts.fewer_without.filter(|_| hidden);
    Ok(Both { exempt: of(exempt, None), public: of(public, fewer), cover })
}
