//! Multipliers for the rows of rules, put together from those that proved the answer's goals one after the other.
//!
//! Each goal's proof is a sum that no plan has below nought: the goal, the goals before it and rows of rules, each so many times.
//! Proofs may be added up, each as often as makes every goal count as its weight says; what that makes of the rows are multipliers
//! for all goals at once. Whether these leave no gap is seen from the assignment; a guess that does not is no harm.

use std::collections::BTreeMap;

use crate::case::proof::{Claim, End, Proof, RowName, Step};
use crate::certify::{MOST_WORDS, Weight, Words};
use crate::kernel::problem::greatest_common_divisor;

/// What weights should be a multiple of, so that proofs can be added up in whole numbers.
pub(super) fn unit(proofs: &[Proof]) -> i128 {
    let own =
        proofs.iter().enumerate().filter_map(|(goal, proof)| Some(times(closing(proof)?, RowName::Objective(goal))));
    let all = own.filter(|&own| own > 0).fold(1i128, |all, own| least_common_multiple(all, own).unwrap_or(all));
    if all < LARGEST { all * all } else { 1 }
}

/// A unit whose square takes less than a quarter of a word.
const LARGEST: i128 = 1 << 12;

/// The rows that have a multiplier; none where the proofs need none.
pub(super) fn multipliers(proofs: &[Proof], weights: &[Weight]) -> Option<Vec<(RowName, Words)>> {
    let mut rows: BTreeMap<RowName, Words> = BTreeMap::new();
    // What each goal counts so far, from the proofs of goals after it.
    let mut counted: Vec<Words> = vec![[0; MOST_WORDS]; weights.len()];
    for (goal, (proof, weight)) in proofs.iter().zip(weights).enumerate().rev() {
        let Some(step) = closing(proof) else { continue };
        let own = times(step, RowName::Objective(goal));
        if own <= 0 {
            continue;
        }
        let mut often = counted[goal].map(|word| -word);
        often[weight.word] += weight.times;
        let often = often.map(|word| word.div_euclid(own));
        if often < [0; MOST_WORDS] {
            return None;
        }
        for &(name, multiplier) in &step.multipliers {
            let total = match name {
                RowName::Objective(before) if before < goal => &mut counted[before],
                // A rounded row is known to its own proof only.
                RowName::Objective(_) | RowName::Rounded(_) => continue,
                RowName::Clause(..) | RowName::Parity(..) | RowName::Link(..) | RowName::Cover(..) => {
                    rows.entry(name).or_insert([0; MOST_WORDS])
                }
            };
            for (total, word) in total.iter_mut().zip(often) {
                *total = total.checked_add(word.checked_mul(multiplier)?)?;
            }
        }
    }
    rows.retain(|_, words| *words > [0; MOST_WORDS]);
    Some(rows.into_iter().collect())
}

/// The step that closes a proof of one node and keeps no row whole.
fn closing(proof: &Proof) -> Option<&Step> {
    match (&proof.claim, &proof.root.end) {
        (Claim::Bound { .. }, End::Closed) => {
            proof.root.steps.last().filter(|step| step.blocks.is_empty() && step.shares.is_empty())
        }
        (Claim::Bound { .. } | Claim::Impossible, End::Closed | End::Branch(_)) => None,
    }
}

fn times(step: &Step, name: RowName) -> i128 {
    step.multipliers.iter().find(|(row, _)| *row == name).map_or(0, |&(_, multiplier)| multiplier)
}

fn least_common_multiple(a: i128, b: i128) -> Option<i128> {
    (a / greatest_common_divisor(a, b)).checked_mul(b).filter(|&all| all < LARGEST)
}
