//! Two changes together where neither alone is enough: two rules loosened, or one rule and one more seat.
//!
//! Whatever two rules are enough, one of them is among the leaves, and the other among the leaves of what is left without the
//! first (Reiter 1987, Artificial Intelligence 32). A seat is no leaf: either it lets the leaves be kept, and then the rule is among
//! the leaves of what is left with the seat; or it does not, and the rule is a leaf. So no pair is missed, and few are tried.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::study::impossible::fix::{applied, of_leaf};
use crate::study::impossible::trial::Trial;
use crate::study::impossible::{Fix, seats, trial};

/// Every such pair, in the order of the leaves. The first is loosened as little as possible with the second taken out, then
/// the second as little as possible.
pub(super) fn pairs(trial: &Trial<'_>, leaves: &[Leaf]) -> Vec<[Fix; 2]> {
    let enough = |dropped: &[Leaf]| {
        let fixes: Vec<Fix> = dropped.iter().copied().map(Fix::Drop).collect();
        trial.possible(&applied(trial.case, trial.scenario, &fixes))
    };
    let mut tried: BTreeSet<[Leaf; 2]> = BTreeSet::new();
    let mut pairs = Vec::new();
    for &first in leaves.iter().filter(|&&leaf| enough(&[leaf]) == Some(false)) {
        let left = trial::without(trial.case, trial.scenario, &[first].into());
        let Some(next) = trial.conflict(&left) else { continue };
        for second in next.into_iter().map(|leaf| before(first, leaf)) {
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
    let kept = trial.keeping(leaves);
    let seats: Vec<Fix> = seats::fixes(&trial.about(&kept)).into_iter().filter(|seat| !alone.contains(seat)).collect();
    let with = |fixes: &[Fix]| trial.conflict(&applied(trial.case, trial.scenario, fixes)).unwrap_or_default();
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
        let without = trial::without(trial.case, trial.scenario, &[rule].into());
        if trial.possible(&without) != Some(false) {
            continue;
        }
        for seat in seats::fixes(&trial.about(&without)).into_iter().filter(|seat| !alone.contains(seat)) {
            pairs.extend(of_leaf(trial, &[seat], rule).first().map(|&least| [least, seat]));
        }
    }
    pairs
}

/// The position that a rule has in the user's files, from where it stands without `gone`.
fn before(gone: Leaf, leaf: Leaf) -> Leaf {
    match (gone, leaf) {
        (Leaf::Pin(gone), Leaf::Pin(at)) if at >= gone => Leaf::Pin(at + 1),
        (Leaf::Link(gone), Leaf::Link(at)) if at >= gone => Leaf::Link(at + 1),
        (_, leaf) => leaf,
    }
}

/// Both changes as small as they can be, one after the other.
fn sized(trial: &Trial<'_>, first: Leaf, second: Leaf) -> Option<[Fix; 2]> {
    let least = *of_leaf(trial, &[Fix::Drop(second)], first).first()?;
    let rest = *of_leaf(trial, &[least], second).first()?;
    Some([least, rest])
}
