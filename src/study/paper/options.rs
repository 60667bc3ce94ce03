//! The counts of the other ways to allocate, and how far they lie apart.
//!
//! The difference between two ways is a count of people too: that one person more has a post under another rule may tell
//! who. So no two figures of one measure are printed that differ by a small number.

use crate::study::disclosure::ledger::{Kind, Var, Zero};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::key::{Key, Measure};

/// Adds the counts of every other way that has a plan.
pub(super) fn add(builder: &mut Builder, subject: &Subject<'_>) {
    for (at, other) in subject.others.iter().enumerate() {
        let Some(worth) = &other.worth else { continue };
        let kind = Kind::People(Zero::Plain, weight::OTHER);
        let mut cell = |measure, count| builder.cell(Key::Other(at, measure), whole(count), builder.people, kind);
        let placed = cell(Measure::Placed, worth.placed);
        let without = cell(Measure::Without, worth.without);
        let moves = cell(Measure::Moves, worth.moves);
        let met = cell(Measure::Met, worth.met);
        let first = cell(Measure::First, worth.first);
        let (people, seats) = (builder.people, i64::from(worth.seats));
        let key = Key::Other(at, Measure::Empty);
        let empty = builder.cell(key, i64::from(worth.empty), seats, Kind::Seats(weight::OTHER));
        let stated = builder.of(Key::Stated);
        let ledger = &mut builder.ledger;
        ledger.sum([(placed, 1), (without, 1)], people);
        ledger.sum([(placed, 1), (empty, 1)], seats);
        for part in [moves, met, first] {
            ledger.rest(placed, part, Zero::Plain);
            ledger.rest_of(people, part, Zero::Plain);
        }
        ledger.rest(stated, met, Zero::Plain);
    }
    for measure in [Measure::Without, Measure::Moves, Measure::Met, Measure::First] {
        let others = (0..subject.others.len()).map(|at| Key::Other(at, measure));
        let keys = std::iter::once(measure.own()).chain(others).filter(|key| builder.keys.contains_key(key));
        let vars: Vec<Var> = keys.map(|key| builder.of(key)).collect();
        for (at, &one) in vars.iter().enumerate() {
            for &other in &vars[at + 1..] {
                builder.ledger.gap(one, other, builder.people);
            }
        }
    }
}
