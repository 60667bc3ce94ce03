//! Two changes together where neither alone is enough: two rules loosened, or one rule and one more seat.
//!
//! Fewer rules and more seats never take a plan away, unless a rule compares vacancy rates. So a whole group of rules is taken out beside
//! another group (or beside a group of seats) at once, and only groups that lead to a plan are split. Where rates are compared, a
//! seat is no member of a group: either it lets the leaves be kept, and then the rule is among the leaves of what is left with the
//! seat; or it does not, and the rule is a leaf (Reiter 1987, Artificial Intelligence 32). So no pair is missed, and few are tried.

use std::collections::BTreeSet;

use crate::case::answer::Leaf;
use crate::study::impossible::changes::Changes;
use crate::study::impossible::fix::of_leaf;
use crate::study::impossible::trial::{Trial, rules};
use crate::study::impossible::{Fix, seats};

/// Every pair of rules, in the order of the leaves. The first is loosened as little as possible with the second taken out,
/// then the second as little as possible.
///
/// Whatever two rules are enough, one of them is among the leaves.
pub(super) fn pairs(trial: &Trial<'_>, leaves: &[Leaf]) -> Vec<[Fix; 2]> {
    let hard = hard(trial);
    let firsts: Vec<Fix> = leaves.iter().copied().map(Fix::Drop).filter(|leaf| hard.contains(leaf)).collect();
    let mut found = both(trial, &firsts, &hard);
    let mut named: BTreeSet<[Fix; 2]> = BTreeSet::new();
    found.retain(|&[first, second]| named.insert([first.min(second), first.max(second)]));
    found.into_iter().filter_map(|pair| sized(trial, pair.map(leaf))).collect()
}

/// Every pair of a rule and a change of posts, the rule first and loosened as little as possible; `alone`: what needs no other.
pub(super) fn with_seats(trial: &Trial<'_>, leaves: &[Leaf], alone: &[Fix]) -> Vec<[Fix; 2]> {
    let found = if seats::compares_rates(trial.scenario, &Changes::default()) {
        by_leaves(trial, leaves, alone)
    } else {
        let seats = seats::every(trial).concat();
        let seats: Vec<Fix> = seats.into_iter().filter(|seat| !alone.contains(seat)).collect();
        both(trial, &hard(trial), &seats)
    };
    let least = |[rule, seat]: [Fix; 2]| {
        let least = of_leaf(trial, &Changes::default().and(&[seat]), leaf(rule));
        least.first().map(|&least| [least, seat])
    };
    found.into_iter().filter_map(least).collect()
}

/// Every rule that is not enough by itself.
fn hard(trial: &Trial<'_>) -> Vec<Fix> {
    let all = rules(trial.case, trial.scenario).into_iter().map(Fix::Drop).collect::<Vec<_>>();
    let enough = seats::enough(trial, &Changes::default(), &all);
    all.into_iter().filter(|rule| !enough.contains(rule)).collect()
}

/// Every one of the first with every one of the second that are enough together.
fn both(trial: &Trial<'_>, first: &[Fix], second: &[Fix]) -> Vec<[Fix; 2]> {
    let same = matches!((first, second), ([one], [other]) if one == other);
    if first.is_empty() || second.is_empty() || same {
        return Vec::new();
    }
    if trial.possible(&Changes::default().and(first).and(second)) != Some(true) {
        return Vec::new();
    }
    match (first, second) {
        ([one], [other]) => vec![[*one, *other]],
        ([_, _, ..], _) if first.len() >= second.len() || second.len() > 8 * first.len() => {
            let (left, right) = first.split_at(first.len() / 2);
            [both(trial, left, second), both(trial, right, second)].concat()
        }
        _ => {
            let (left, right) = second.split_at(second.len() / 2);
            [both(trial, first, left), both(trial, first, right)].concat()
        }
    }
}

/// The same of rules and changes of posts, where more seats may take a plan away.
fn by_leaves(trial: &Trial<'_>, leaves: &[Leaf], alone: &[Fix]) -> Vec<[Fix; 2]> {
    let seats = seats::fixes(trial, &trial.keeping(leaves));
    let seats: Vec<Fix> = seats.into_iter().filter(|seat| !alone.contains(seat)).collect();
    let with = |seat: Fix| trial.conflict(&Changes::default().and(&[seat])).unwrap_or_default();
    let mut rules: BTreeSet<Leaf> = leaves.iter().copied().collect();
    rules.extend(seats.into_iter().flat_map(with));
    let mut pairs = Vec::new();
    for rule in rules {
        let without = Changes::dropping([rule]);
        if trial.possible(&without) != Some(false) {
            continue;
        }
        let seats = seats::fixes(trial, &without).into_iter().filter(|seat| !alone.contains(seat));
        pairs.extend(seats.map(|seat| [Fix::Drop(rule), seat]));
    }
    pairs
}

/// The rule that is taken out.
fn leaf(fix: Fix) -> Leaf {
    match fix {
        Fix::Drop(leaf) => leaf,
        Fix::Limit { .. } | Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => unreachable!("a rule that is taken out"),
    }
}

/// Both changes as small as they can be, one after the other.
fn sized(trial: &Trial<'_>, [first, second]: [Leaf; 2]) -> Option<[Fix; 2]> {
    let least = *of_leaf(trial, &Changes::dropping([second]), first).first()?;
    let rest = *of_leaf(trial, &Changes::default().and(&[least]), second).first()?;
    Some([least, rest])
}
