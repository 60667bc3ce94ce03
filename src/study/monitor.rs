//! Equality monitoring: what a certified plan means for groups of people, with small numbers kept back.
//!
//! The plan is made first, by rules that never see these data; this only counts afterwards. What is kept back is not in a
//! [`Monitor`] at all, so no format can let it slip. Every count is over everyone in the group, so that no small number
//! appears by taking one table from another. UK law has no line such as four fifths; `docs/RULES.md` says what the figures can
//! and cannot tell.

pub mod attack;
pub mod audit;
pub mod chance;
pub mod interval;
pub mod protected;
pub mod suppress;

use std::fmt;

use crate::case::{Case, words};
use crate::certify::Certified;
use crate::id::{PersonId, Table};
use crate::load::equality::{Characteristic, Characteristics};
use crate::quantity::{BasisPoints, share};
use crate::study::monitor::chance::Fourfold;
use crate::study::monitor::interval::{Interval, newcombe};
use crate::study::monitor::suppress::{Counts, Hidden, hide};

words! {
    /// What can come of a plan for one person.
    Event {
        /// Has a post.
        Placed = "placed",
        /// Has the post that they ranked first.
        FirstChoice = "first_choice",
        /// Has a post in the authority that they stated.
        StatedAuthority = "stated_authority",
        /// Has a post with another employer than today's.
        MovedEmployer = "moved_employer",
        /// Has no post.
        AtRisk = "at_risk",
    }
}

/// Everything that may be published of one plan by characteristic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Monitor {
    /// Counts below this are kept back.
    pub threshold: u32,
    /// People in the case.
    pub people: u32,
    /// People without a row in the equality table.
    pub without_row: u32,
    /// How many people each event came to, in the order of [`Event::ALL`].
    pub totals: Vec<(Event, u32)>,
    /// The characteristics, in the order of the table.
    pub characteristics: Vec<Compared>,
}

/// One characteristic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Name of its column.
    pub name: &'static str,
    /// Its groups.
    pub groups: Vec<Group>,
    /// The events, in the order of [`Event::ALL`].
    pub events: Vec<Rates>,
}

/// People with one value of a characteristic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The value.
    pub value: String,
    /// How many they are; `None` where that is kept back.
    pub people: Option<u32>,
}

/// One event, group by group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    /// Which event.
    pub event: Event,
    /// A rate for each group, `None` where it is kept back.
    pub rates: Vec<Option<Rate>>,
    /// The lowest rate shown over the highest; `None` where fewer than two are shown, or all are nought.
    pub impact: Option<Fraction>,
}

/// How many of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// So many of the group.
    pub part: u32,
    /// The group.
    pub of: u32,
    /// The group against all others; `None` where there are no others.
    pub test: Option<Test>,
}

/// A group against all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Test {
    /// Rate of the group less rate of the others.
    pub difference: BasisPoints,
    /// 95 % interval of that difference.
    pub interval: Interval,
    /// Fisher's exact two-sided mid-p, in ten-thousandths.
    pub mid_p: u32,
}

/// An exact fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fraction {
    /// Numerator.
    pub part: i64,
    /// Denominator, not nought.
    pub whole: i64,
}

impl Fraction {
    /// The fraction in per cent, rounded half up.
    pub fn percentage(self) -> Option<BasisPoints> {
        share(self.part, self.whole)
    }
}

/// Which events each person meets, in the order of [`Event::ALL`]; nobody meets any where there is no plan.
pub fn events(case: &Case, certified: &Certified) -> Table<PersonId, [bool; 5]> {
    let mut met = Table::filled([false; 5], case.people.len());
    for placement in certified.placements() {
        let first = placement.rank_given == Some(1);
        met[placement.person] = [true, first, placement.preference_met == Some(true), placement.moved, false];
    }
    for person in certified.unplaced() {
        met[person] = [false, false, false, false, true];
    }
    met
}

/// Counts a certified plan by each characteristic; `None` where there is no plan to count.
pub fn monitor(
    case: &Case,
    certified: &Certified,
    characteristics: &Characteristics,
    threshold: u32,
) -> Option<Monitor> {
    certified.plan()?;
    let met = events(case, certified);
    let total = |at: usize| small(met.values().filter(|events| events[at]).count());
    let totals: Vec<(Event, u32)> = (0..).zip(Event::ALL).map(|(at, &event)| (event, total(at))).collect();
    let compared = characteristics.columns.iter().map(|column| compare(column, &met, threshold));
    Some(Monitor {
        threshold,
        people: small(case.people.len()),
        without_row: small(characteristics.missing.len()),
        characteristics: compared.collect(),
        totals,
    })
}

/// The counts of one characteristic, nothing kept back.
pub(crate) fn count(column: &Characteristic, met: &Table<PersonId, [bool; 5]>) -> Counts {
    let mut counts = Counts { sizes: vec![0; column.values.len()], parts: vec![[0; 5]; column.values.len()] };
    for (person, events) in met.iter() {
        let group = column.of[person];
        counts.sizes[group] += 1;
        for (part, &is_met) in counts.parts[group].iter_mut().zip(events) {
            *part += u32::from(is_met);
        }
    }
    counts
}

fn compare(column: &Characteristic, met: &Table<PersonId, [bool; 5]>, threshold: u32) -> Compared {
    let counts = count(column, met);
    let hidden = hide(&counts, threshold);
    let group = |(at, value): (usize, &String)| Group {
        value: value.clone(),
        people: (!hidden.sizes[at]).then_some(counts.sizes[at]),
    };
    let groups = column.values.iter().enumerate().map(group).collect();
    let events = Event::ALL.iter().enumerate().map(|(at, &event)| rates(event, at, &counts, &hidden)).collect();
    Compared { name: column.name, groups, events }
}

fn rates(event: Event, at: usize, counts: &Counts, hidden: &Hidden) -> Rates {
    let (total, people) = (counts.total(at), counts.people());
    let rate = |group: usize| {
        let (part, of) = (counts.parts[group][at], counts.sizes[group]);
        let test = test(part, of, total - part, people - of);
        (!hidden.parts[group][at]).then_some(Rate { part, of, test })
    };
    let rates: Vec<Option<Rate>> = (0..counts.sizes.len()).map(rate).collect();
    Rates { event, impact: impact(&rates), rates }
}

/// A group against the others.
pub(crate) fn test(part: u32, of: u32, part_of_others: u32, others: u32) -> Option<Test> {
    if of == 0 || others == 0 {
        return None;
    }
    let fourfold = Fourfold { hits: [part, part_of_others], of: [of, others] };
    let [(a, m), (b, n)] = [(part, of), (part_of_others, others)].map(|(part, of)| (i64::from(part), i64::from(of)));
    Some(Test {
        difference: share(a * n - b * m, m * n).expect("neither group is empty"),
        interval: newcombe(fourfold),
        mid_p: interval::ten_thousandths(&chance::mid_p(fourfold)),
    })
}

/// The lowest rate shown over the highest, compared by cross-multiplication.
fn impact(rates: &[Option<Rate>]) -> Option<Fraction> {
    let shown: Vec<&Rate> = rates.iter().flatten().collect();
    let less =
        |a: &&&Rate, b: &&&Rate| (u64::from(a.part) * u64::from(b.of)).cmp(&(u64::from(b.part) * u64::from(a.of)));
    let (low, high) = (shown.iter().min_by(less)?, shown.iter().max_by(less)?);
    let fraction =
        Fraction { part: i64::from(low.part) * i64::from(high.of), whole: i64::from(high.part) * i64::from(low.of) };
    (shown.len() > 1 && fraction.whole > 0).then_some(fraction)
}

fn small(count: usize) -> u32 {
    u32::try_from(count).expect("a table holds fewer than 2^32 records")
}
