//! Pools settled: each way, what it costs, and what put one of them in the plan.

use crate::id::PersonId;
use crate::quantity::Pence;
use crate::report::page::{Block, figures, paragraph, table, text};
use crate::report::sections::View;
use crate::report::words::{count, joined, people, pounds};
use crate::study::settlement::{Chosen, Count, MOST_TRIED, Method, Settled, Settlement, Way};

/// What the section on undecided people says about the ways to settle them.
pub(super) fn ways(view: &View<'_>, settled: &Settled) -> Vec<Block> {
    let mut blocks = vec![paragraph(plans(settled.plans))];
    blocks.extend(open(settled));
    for (index, settlement) in settled.settlements.iter().enumerate() {
        blocks.push(Block::Heading(format!("Pool {}: {}", index + 1, names(view, &settlement.pool.people))));
        blocks.push(paragraph(format!("{} {}", method(settlement), chosen(settlement))));
        let columns = vec![text("Way"), text("Who holds what"), figures("Cost a year"), text("Who else moves")];
        let rows = settlement.ways.iter().enumerate().map(|(at, way)| row(view, settlement, at, way));
        blocks.push(table(format!("Ways to settle pool {}", index + 1), columns, rows.collect()));
        blocks.extend(further(settlement).map(Block::Note));
    }
    blocks
}

fn plans(plans: Count) -> String {
    match plans {
        Count::Exactly(plans @ 0..=MOST_TRIED) => {
            format!("In all, {plans} plans are equally good; each was checked.")
        }
        Count::Exactly(plans) => {
            let plans = count(plans, "plan is", "plans are");
            format!("In all, {plans} equally good: as many as the ways of the pools allow, not tried one by one.")
        }
        Count::AtLeast(plans) => {
            let plans = count(plans, "plan is", "plans are");
            format!("In all, at least {plans} equally good; not every one was tried.")
        }
    }
}

/// For which pools not every way was worked out; nothing where that was done for all.
fn open(settled: &Settled) -> Option<Block> {
    let open = |(at, it): (usize, &Settlement)| matches!(it.number, Count::AtLeast(_)).then(|| (at + 1).to_string());
    let open: Vec<String> = settled.settlements.iter().enumerate().filter_map(open).collect();
    let pools = if open.len() == 1 { "pool" } else { "pools" };
    let all = || joined(&open, "and");
    (!open.is_empty()).then(|| Block::Note(format!("Not every way was worked out for {pools} {}.", all())))
}

/// What is said of ways that the table does not show.
fn further(settlement: &Settlement) -> Option<String> {
    match settlement.number {
        Count::Exactly(_) if settlement.is_complete() => None,
        Count::Exactly(number) => Some(format!(
            "In all there are {}. Listed are those that cost least, with the one in the plan.",
            count(number, "way", "ways")
        )),
        Count::AtLeast(_) => Some("There may be more ways: not every one was tried.".to_owned()),
    }
}

fn method(settlement: &Settlement) -> String {
    let pool = &settlement.pool;
    let seats = count(pool.seats, "seat", "seats");
    match settlement.method {
        Method::CompetitiveSlotIn => format!(
            "{} for {seats}: a ring-fence, filled by competitive slot-in (interview on criteria agreed beforehand).",
            people(pool.people.len())
        ),
        Method::Agreement => format!(
            "{} for {seats}: everyone has a post either way. To be agreed with them; failing that, the named officer decides.",
            people(pool.people.len())
        ),
    }
}

fn chosen(settlement: &Settlement) -> String {
    match settlement.chosen {
        Chosen::ByCost => {
            "The plan shows way 1 because it costs least; cost was not meant to decide between people.".to_owned()
        }
        Chosen::ByIds => {
            "The plan shows way 1 because of the order of ids alone, which is no reason for choosing anybody."
                .to_owned()
        }
        Chosen::Unknown => "The plan shows way 1; not every way is known, so why it came first is not said.".to_owned(),
    }
}

fn row(view: &View<'_>, settlement: &Settlement, at: usize, way: &Way) -> Vec<String> {
    let place = |(&person, place): (&PersonId, &Option<_>)| {
        let post = place.map_or("no post", |post| view.case.posts[post].code.as_str());
        format!("{} {post}", view.case.people[person].code)
    };
    let held: Vec<String> = settlement.pool.people.iter().zip(&way.places).map(place).collect();
    let cost = match (at, way.cost) {
        (0, _) => "as shown".to_owned(),
        (_, 0) => "the same".to_owned(),
        (_, more @ 1..) => format!("{} more", pounds(Pence(more))),
        (_, less) => format!("{} less", pounds(Pence(-less))),
    };
    let others = if way.others.is_empty() { "nobody".to_owned() } else { names(view, &way.others) };
    let shown = if at == 0 { " (in the plan)" } else { "" };
    vec![format!("{}{shown}", at + 1), held.join("; "), cost, others]
}

fn names(view: &View<'_>, people: &[PersonId]) -> String {
    let codes: Vec<String> = people.iter().map(|&person| view.case.people[person].code.clone()).collect();
    joined(&codes, "and")
}
