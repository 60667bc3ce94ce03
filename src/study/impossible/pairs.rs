//! Two changes together where neither alone is enough: two rules loosened, or one rule and one more seat.
//!
//! Whatever two rules are enough, one of them is among the leaves, and the other among the leaves of what is left without the
//! first (Reiter 1987, Artificial Intelligence 32). A seat is no leaf: either it lets the leaves be kept, and then the rule is among
//! the leaves of what is left with the seat; or it does not, and the rule is a leaf. So no pair is missed, and few are tried.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::study::impossible::changes::Changes;
use crate::study::impossible::fix::of_leaf;
use crate::study::impossible::trial::Trial;
use crate::study::impossible::{Fix, seats};

/// Every such pair, in the order of the leaves. The first is loosened as little as possible with the second taken out, then
/// the second as little as possible.
pub(super) fn pairs(trial: &Trial<'_>, leaves: &[Leaf]) -> Vec<[Fix; 2]> {
    // Each rule is about one of the people who have too few seats, or about none of them.
    if trial.missing(&Changes::default()) > 2 {
        return Vec::new();
    }
    let enough = |dropped: &[Leaf]| trial.possible(&Changes::dropping(dropped.iter().copied()));
    let mut tried: BTreeSet<[Leaf; 2]> = BTreeSet::new();
    let mut pairs = Vec::new();
    for &first in leaves.iter().filter(|&&leaf| enough(&[leaf]) == Some(false)) {
        let Some(next) = trial.conflict(&Changes::dropping([first])) else { continue };
        for second in next {
            let pair = if first < second { [first, second] } else { [second, first] };
            let alone = !leaves.contains(&second) || enough(&[second]) == Some(false);
            if tried.insert(pair) && alone && enough(&pair) == Some(true) {
                pairs.extend(sized(trial, first, second));
            }
        }
    }
    pairs
}

/// Every pair of a rule and a change of posts, the rule first and loosened as little as possible; `alone`: what needs no other.
pub(super) fn with_seats(trial: &Trial<'_>, leaves: &[Leaf], alone: &[Fix]) -> Vec<[Fix; 2]> {
    if trial.missing(&Changes::default()) > 1 + seats::most_at_once(trial) {
        return Vec::new();
    }
    let seats = seats::fixes(trial, &trial.keeping(leaves));
    let seats: Vec<Fix> = seats.into_iter().filter(|seat| !alone.contains(seat)).collect();
    let with = |fixes: &[Fix]| trial.conflict(&Changes::default().and(fixes)).unwrap_or_default();
    let mut rules: BTreeSet<Leaf> = leaves.iter().copied().collect();
    let left = if seats.is_empty() { Vec::new() } else { with(&seats) };
    if left.is_empty() {
        // All of them together leave nothing to be loosened: each has to be asked by itself.
        rules.extend(seats.iter().flat_map(|&seat| with(&[seat])));
    } else {
        rules.extend(left);
    }
    let mut pairs = Vec::new();
    for rule in rules {
        let without = Changes::dropping([rule]);
        if trial.possible(&without) != Some(false) {
            continue;
        }
        for seat in seats::fixes(trial, &without).into_iter().filter(|seat| !alone.contains(seat)) {
            pairs.extend(of_leaf(trial, &Changes::default().and(&[seat]), rule).first().map(|&least| [least, seat]));
        }
    }
    pairs
}

/// Both changes as small as they can be, one after the other. What cost or hours can come to beside a limit that is at its edge may be
/// far harder in one order than in the other: so each is attempted before either gets all the work that is left.
fn sized(trial: &Trial<'_>, first: Leaf, second: Leaf) -> Option<[Fix; 2]> {
    let attempt = |first, second| trial.attempt(|| in_order(trial, first, second));
    let found = attempt(first, second).or_else(|| attempt(second, first));
    found.unwrap_or_else(|| in_order(trial, first, second))
}

fn in_order(trial: &Trial<'_>, first: Leaf, second: Leaf) -> Option<[Fix; 2]> {
    let least = *of_leaf(trial, &Changes::dropping([second]), first).first()?;
    let rest = *of_leaf(trial, &Changes::default().and(&[least]), second).first()?;
    Some([least, rest])
}
