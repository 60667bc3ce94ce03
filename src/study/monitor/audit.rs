//! Checks a [`Monitor`] entry by entry before it is shown: every number counted again, every secret kept.

use std::fmt;

use crate::case::Case;
use crate::certify::Certified;
use crate::id::{PersonId, Table};
use crate::load::equality::{Characteristic, Characteristics};
use crate::study::monitor::attack::{Published, recoverable};
use crate::study::monitor::{Compared, Event, Fraction, Monitor, Rate, Rates, events, test};

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A total is not the number of people.
    Total(Event),
    /// Numbers of the frame: threshold, people, characteristics or groups.
    Frame,
    /// A group's size is wrong.
    Size(&'static str, usize),
    /// A rate is wrong.
    Rate(&'static str, Event, usize),
    /// The ratio of the lowest to the highest rate is wrong.
    Impact(&'static str, Event),
    /// A number below the threshold is shown.
    Small(&'static str, usize),
    /// A number that is kept back can be worked out.
    Leak(&'static str, usize),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "equality monitoring: {self:?}")
    }
}

/// Checks everything that a monitor says.
///
/// # Errors
/// [`Flaw`]: the first entry that does not hold, a bug of ours.
pub fn audit(
    case: &Case,
    certified: &Certified,
    characteristics: &Characteristics,
    monitor: &Monitor,
) -> Result<(), Flaw> {
    let met = events(case, certified);
    let frame = monitor.people as usize == case.people.len()
        && monitor.without_row as usize == characteristics.missing.len()
        && monitor.characteristics.len() == characteristics.columns.len()
        && monitor.totals.iter().map(|total| total.0).eq(Event::ALL.iter().copied());
    if !frame {
        return Err(Flaw::Frame);
    }
    for (at, &(event, total)) in monitor.totals.iter().enumerate() {
        if met.values().filter(|events| events[at]).count() != total as usize {
            return Err(Flaw::Total(event));
        }
    }
    let pairs = monitor.characteristics.iter().zip(&characteristics.columns);
    pairs.into_iter().try_for_each(|(compared, column)| audit_one(monitor, &met, compared, column))
}

fn audit_one(
    monitor: &Monitor,
    met: &Table<PersonId, [bool; 5]>,
    compared: &Compared,
    column: &Characteristic,
) -> Result<(), Flaw> {
    let name = column.name;
    let frame = compared.name == name
        && compared.groups.iter().map(|group| &group.value).eq(&column.values)
        && compared.events.iter().map(|rates| rates.event).eq(Event::ALL.iter().copied())
        && compared.events.iter().all(|rates| rates.rates.len() == column.values.len());
    if !frame {
        return Err(Flaw::Frame);
    }
    let number = |holds: &dyn Fn(PersonId) -> bool| {
        u32::try_from(met.ids().filter(|&person| holds(person)).count()).expect("fewer than 2^32 people")
    };
    for (group, shown) in compared.groups.iter().enumerate() {
        let size = number(&|person| column.of[person] == group);
        if shown.people.is_some_and(|people| people != size) {
            return Err(Flaw::Size(name, group));
        }
        if shown.people.is_some_and(|people| people < monitor.threshold) {
            return Err(Flaw::Small(name, group));
        }
        for (at, rates) in compared.events.iter().enumerate() {
            let Some(rate) = rates.rates[group] else { continue };
            let part = number(&|person| column.of[person] == group && met[person][at]);
            let total = monitor.totals[at].1;
            let expected = Rate { part, of: size, test: test(part, size, total - part, monitor.people - size) };
            if rate != expected {
                return Err(Flaw::Rate(name, rates.event, group));
            }
            if part.min(size - part) < monitor.threshold {
                return Err(Flaw::Small(name, group));
            }
        }
    }
    for rates in &compared.events {
        if !impact_holds(rates) {
            return Err(Flaw::Impact(name, rates.event));
        }
    }
    match recoverable(&published(monitor, compared)).first() {
        Some(&(group, _)) => Err(Flaw::Leak(name, group)),
        None => Ok(()),
    }
}

/// The fraction is that of two rates shown, and no pair has a lower one.
fn impact_holds(rates: &Rates) -> bool {
    let shown: Vec<Rate> = rates.rates.iter().flatten().copied().collect();
    let pairs = shown.iter().flat_map(|a| shown.iter().map(move |b| (a, b)));
    let fraction = |(a, b): (&Rate, &Rate)| Fraction {
        part: i64::from(a.part) * i64::from(b.of),
        whole: i64::from(b.part) * i64::from(a.of),
    };
    let all: Vec<Fraction> = pairs.map(fraction).filter(|it| it.whole > 0).collect();
    match rates.impact {
        None => shown.len() < 2 || all.is_empty(),
        Some(it) => {
            it.whole > 0
                && shown.len() > 1
                && all.contains(&it)
                && all
                    .iter()
                    .all(|b| i128::from(it.part) * i128::from(b.whole) <= i128::from(b.part) * i128::from(it.whole))
        }
    }
}

/// What a reader sees of one characteristic.
fn published(monitor: &Monitor, compared: &Compared) -> Published {
    let part = |event: usize, group: usize| {
        // Who is not at risk has a post, so either row tells the other.
        let twin = if event == 0 { compared.events[4].rates[group].map(|rate| rate.of - rate.part) } else { None };
        compared.events[event].rates[group].map(|rate| rate.part).or(twin)
    };
    Published {
        people: monitor.people,
        totals: [0, 1, 2, 3].map(|event: usize| monitor.totals[event].1),
        sizes: compared.groups.iter().map(|group| group.people).collect(),
        parts: (0..compared.groups.len()).map(|group| [0, 1, 2, 3].map(|event| part(event, group))).collect(),
    }
}
