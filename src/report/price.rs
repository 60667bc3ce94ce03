//! What each rule costs, in sentences and tables: the page of `demerge price`, its CSV and its JSON.

mod phrases;
mod record;

pub(super) use crate::report::price::phrases::key;
pub(super) use crate::report::price::record::{ValueRow, status, values};
pub use crate::report::price::record::{prices_csv, prices_json};

use crate::case::goal::Goal;
use crate::case::scenario::Scenario;
use crate::case::{Case, PostStatus};
use crate::quantity::{grouped, write_decimal};
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::price::phrases::{heading, sentence, value};
use crate::report::scores::goal_name;
use crate::report::words::{joined, persons, post};
use crate::study::price::seats::SeatPrice;
use crate::study::price::{Altered, Prices, Row, Worth};
use crate::study::variant::Change;

/// The page of prices; the price of seats only where it was asked for.
pub fn page(case: &Case, scenario: &Scenario, prices: &Prices, seats: Option<&[SeatPrice]>) -> Page {
    let mut sections = vec![today(prices), rules(case, scenario, prices), orders(case, scenario, prices)];
    sections.extend(seats.map(|seats| seat_prices(case, prices, seats)));
    Page {
        title: format!("Scenario {}: what each rule costs", scenario.id),
        lead:
            "Each line takes one rule out, or puts one objective first, and leaves the rest as it is. Each was solved \
               again, proved best, and checked."
                .to_owned(),
        sections,
    }
}

fn today(prices: &Prices) -> Section {
    let block = match &prices.base {
        Worth::Best(best) => table(
            "What the scenario is worth as it stands, in its order of objectives",
            vec![text("Objective"), figures("Value")],
            best.values.iter().map(|&(goal, worth)| vec![goal_name(goal), value(goal, worth)]).collect(),
        ),
        Worth::Impossible => Block::Warning(
            "No plan keeps every rule of this scenario. A line below helps only if it has a plan.".into(),
        ),
        Worth::Stopped => Block::Warning("A limit was reached before the scenario itself was solved.".into()),
    };
    Section { id: "today", title: "As it stands".to_owned(), blocks: vec![block] }
}

fn rules(case: &Case, scenario: &Scenario, prices: &Prices) -> Section {
    let rows: Vec<&Row> = prices.rows.iter().filter(|row| !is_order(row.altered)).collect();
    let blocks = if rows.is_empty() {
        vec![paragraph("The scenario enforces no rule that could be taken out.")]
    } else {
        lines(case, scenario, prices, &rows)
    };
    Section { id: "rules", title: "One rule out".to_owned(), blocks }
}

fn orders(case: &Case, scenario: &Scenario, prices: &Prices) -> Section {
    let rows: Vec<&Row> = prices.rows.iter().filter(|row| is_order(row.altered)).collect();
    let blocks = if rows.is_empty() {
        vec![paragraph("The scenario has one objective, so there is no order to change.")]
    } else {
        lines(case, scenario, prices, &rows)
    };
    Section { id: "orders", title: "Another objective first".to_owned(), blocks }
}

fn is_order(altered: Altered) -> bool {
    matches!(altered, Altered::First(_))
}

/// A sentence for each row that matters, with who moves; the rows that cost nothing in one list.
fn lines(case: &Case, scenario: &Scenario, prices: &Prices, rows: &[&Row]) -> Vec<Block> {
    let (matters, free): (Vec<&&Row>, Vec<&&Row>) = rows.iter().partition(|row| costs(prices, row));
    let mut blocks = Vec::new();
    if !matters.is_empty() {
        blocks.push(Block::List(matters.iter().map(|row| line(case, scenario, prices, row)).collect()));
    }
    if !free.is_empty() {
        blocks.push(paragraph("These change no objective:"));
        blocks.push(Block::List(free.iter().map(|row| heading(case, scenario, row.altered)).collect()));
    }
    blocks
}

fn costs(prices: &Prices, row: &Row) -> bool {
    match (prices.base.best(), row.worth.best()) {
        (Some(base), Some(other)) => !base.changes(other).is_empty(),
        (None, None) => row.worth != prices.base,
        (Some(_), None) | (None, Some(_)) => true,
    }
}

fn line(case: &Case, scenario: &Scenario, prices: &Prices, row: &Row) -> String {
    let mut line = sentence(case, scenario, prices, row);
    if let (Some(base), Some(other)) = (prices.base.best(), row.worth.best()) {
        let movers = base.movers(other);
        if !movers.is_empty() {
            let names = if movers.len() > 12 {
                format!("{} people", grouped(i64::try_from(movers.len()).unwrap_or(i64::MAX)))
            } else {
                joined(&persons(case, &movers), "and")
            };
            line.push_str(&format!(" Placed otherwise in the plan shown: {names}."));
        }
    }
    line
}

fn seat_prices(case: &Case, prices: &Prices, seats: &[SeatPrice]) -> Section {
    let told = |worth: &Worth| match (prices.base.best(), worth) {
        (Some(base), Worth::Best(other)) => {
            let changes: Vec<String> = base.changes(other).iter().map(short).collect();
            if changes.is_empty() { "no change".to_owned() } else { changes.join("; ") }
        }
        (None, Worth::Best(_)) => "there is a plan".to_owned(),
        (_, Worth::Impossible) => "no plan".to_owned(),
        (_, Worth::Stopped) => "stopped".to_owned(),
    };
    let row = |seat: &SeatPrice| vec![post(case, seat.post), told(&seat.more), told(&seat.fewer)];
    let caption =
        "Change of each objective with one seat more, and with one seat fewer (the words of the scenario file)";
    let (matters, free): (Vec<&SeatPrice>, Vec<&SeatPrice>) =
        seats.iter().partition(|seat| ![&seat.more, &seat.fewer].iter().all(|worth| told(worth) == "no change"));
    let mut blocks = vec![paragraph(
        "The price of a seat lies between two figures: what one more would bring, and what one fewer would cost.",
    )];
    if !matters.is_empty() {
        let columns = vec![text("Post"), text("One seat more"), text("One seat fewer")];
        blocks.push(table(caption, columns, matters.into_iter().map(row).collect()));
    }
    if !free.is_empty() {
        let codes: Vec<String> = free.iter().map(|seat| case.posts[seat.post].code.clone()).collect();
        blocks.push(paragraph(format!("Neither matters in {}.", joined(&codes, "and"))));
    }
    debug_assert!(
        seats.iter().all(|seat| case.posts[seat.post].status == PostStatus::Open),
        "only open posts have seats"
    );
    Section { id: "seats", title: "One seat more or fewer".to_owned(), blocks }
}

/// `placed +1`, `cost -£1,200.00`.
fn short(change: &Change) -> String {
    let difference = change.is - change.was;
    let sign = if difference < 0 { "-" } else { "+" };
    let size = value(change.goal, difference.abs());
    let name = phrases::key(change.goal);
    format!("{name} {sign}{size}")
}

/// An exact figure for a file: pounds and miles with two decimals, people as they are.
pub(super) fn decimal(goal: Goal, worth: i64) -> String {
    write_decimal(worth, phrases::decimals(goal))
}
