//! Pools settled: each way, what it costs, and what put one of them in the plan.

use crate::id::PersonId;
use crate::quantity::Pence;
use crate::report::page::{Block, figures, paragraph, table, text};
use crate::report::sections::View;
use crate::report::words::{count, joined, people, pounds};
use crate::study::settlement::{Chosen, Count, Method, Settled, Settlement, Way};

/// What the section on undecided people says about the ways to settle them.
pub(super) fn ways(view: &View<'_>, settled: &Settled) -> Vec<Block> {
    let mut blocks = vec![paragraph(plans(settled.plans))];
    for (index, settlement) in settled.settlements.iter().enumerate() {
        blocks.push(Block::Heading(format!("Pool {}: {}", index + 1, names(view, &settlement.pool.people))));
        blocks.push(paragraph(format!("{} {}", method(settlement), chosen(settlement))));
        let columns = vec![text("Way"), text("Who holds what"), figures("Cost a year"), text("Who else moves")];
        let rows = settlement.ways.iter().enumerate().map(|(at, way)| row(view, settlement, at, way));
        blocks.push(table(format!("Ways to settle pool {}", index + 1), columns, rows.collect()));
        if !settlement.complete {
            blocks.push(Block::Note("There may be more ways: not every one was tried.".to_owned()));
        }
    }
    blocks
}

fn plans(plans: Count) -> String {
    match plans {
        Count::Exactly(plans) => format!("In all, {plans} plans are equally good; each was checked."),
        Count::AtLeast(plans) => format!("In all, at least {plans} plans are equally good; not every one was tried."),
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
