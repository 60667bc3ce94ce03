//! The counts of the other ways to allocate, and how far they lie apart.
//!
//! The difference between two ways is a count of people too: that one person more has a post under another rule may tell
//! who. So the other ways are told rounded at the finest, and the differences stand in the ledger.

use crate::case::scenario::PolicyRule;
use crate::study::disclosure::ledger::{Kind, Var, Zero};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::gather::{Name, Worth};
use crate::study::paper::key::{Key, Measure};
use crate::study::rules::Way;

/// Adds the counts of every other way that has a plan.
pub(super) fn add(builder: &mut Builder, subject: &Subject<'_>) {
    for (at, other) in subject.others.iter().enumerate() {
        if let Some(worth) = &other.worth {
            way(builder, at, worth);
            if is_own_rule(subject, &other.name) {
                same(builder, at);
            }
        }
    }
    for measure in [Measure::Without, Measure::Moves, Measure::Met, Measure::First] {
        let others = (0..subject.others.len()).map(|at| Key::Other(at, measure));
        let keys = std::iter::once(measure.own()).chain(others).filter(|key| builder.keys.contains_key(key));
        let vars: Vec<Var> = keys.map(|key| builder.of(key)).collect();
        for (at, &one) in vars.iter().enumerate() {
            vars[at + 1..].iter().for_each(|&other| builder.gap(one, other));
        }
    }
}

/// Whether a way has the very rule of the proposal, so that everybody knows it to come to the same.
fn is_own_rule(subject: &Subject<'_>, name: &Name) -> bool {
    let own = match subject.scenario.policy.rule {
        PolicyRule::PreferenceInformed => Way::PreferenceInformed,
        PolicyRule::EmployerDefault => Way::EmployerDefault,
        PolicyRule::TimeMajority => Way::TimeMajority,
    };
    *name == Name::Rule(own)
}

/// A way comes to the same as the proposal.
fn same(builder: &mut Builder, at: usize) {
    for measure in Measure::ALL {
        let (own, other) = (builder.of(measure.own()), builder.of(Key::Other(at, measure)));
        if builder.ledger.variable(own).truth == builder.ledger.variable(other).truth {
            builder.ledger.sum([(own, 1), (other, -1)], 0);
        }
    }
}

/// One way: who is without a post is told, who has one and which seats are empty follows from that.
fn way(builder: &mut Builder, at: usize, worth: &Worth) {
    let (told, follows) = (Kind::Rounded(Zero::Plain, weight::OTHER), Kind::Derived(Zero::Plain));
    let (people, seats) = (builder.people, i64::from(worth.seats));
    let mut cell = |measure, count, kind| builder.cell(Key::Other(at, measure), count, people, kind);
    let placed = cell(Measure::Placed, whole(worth.placed), follows);
    let without = cell(Measure::Without, whole(worth.without), told);
    let moves = cell(Measure::Moves, whole(worth.moves), told);
    let met = cell(Measure::Met, whole(worth.met), told);
    let first = cell(Measure::First, whole(worth.first), told);
    let empty = builder.cell(Key::Other(at, Measure::Empty), i64::from(worth.empty), seats, Kind::Unprinted);
    builder.ledger.sum([(placed, 1), (without, 1)], people);
    builder.ledger.sum([(placed, 1), (empty, 1)], seats);
    let stated = builder.of(Key::Stated);
    for part in [moves, met, first] {
        builder.part(placed, part, Zero::Plain);
        builder.part_of_all(part);
    }
    builder.part(stated, met, Zero::Plain);
}
