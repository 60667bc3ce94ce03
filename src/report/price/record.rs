//! The same prices for other programs: a row for each change, as CSV and as JSON.

use serde::Serialize;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::json;
use crate::report::lists::write;
use crate::report::price::decimal;
use crate::report::price::phrases::{heading, key, sentence};
use crate::report::words::persons;
use crate::study::price::seats::SeatPrice;
use crate::study::price::{Altered, Best, Prices, Row, Worth};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    scenario: &'a str,
    status: &'static str,
    objectives: Vec<ValueRow>,
    rows: Vec<PriceRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<Vec<SeatRow<'a>>>,
}

/// The value of a goal, as exact text.
#[derive(Serialize)]
pub(in crate::report) struct ValueRow {
    pub(in crate::report) name: String,
    pub(in crate::report) value: String,
}

#[derive(Serialize)]
struct ChangeRow {
    name: String,
    was: String,
    is: String,
    worse: bool,
}

#[derive(Serialize)]
struct PriceRow {
    rule: String,
    change: String,
    status: &'static str,
    objectives: Vec<ValueRow>,
    changes: Vec<ChangeRow>,
    movers: Vec<String>,
    sentence: String,
}

#[derive(Serialize)]
struct SeatRow<'a> {
    post_id: &'a str,
    more: SeatSide,
    fewer: SeatSide,
}

#[derive(Serialize)]
struct SeatSide {
    status: &'static str,
    changes: Vec<ChangeRow>,
}

/// Prices as JSON: `docs/CLI.md` has the keys. Figures are text, so that pence stay exact.
pub fn prices_json(case: &Case, scenario: &Scenario, prices: &Prices, seats: Option<&[SeatPrice]>) -> Vec<u8> {
    let base = prices.base.best();
    let side = |worth: &Worth| SeatSide { status: status(worth), changes: changes(base, worth) };
    let seat = |row: &SeatPrice| SeatRow {
        post_id: &case.posts[row.post].code,
        more: side(&row.more),
        fewer: side(&row.fewer),
    };
    let document = Document {
        schema: "demerge/price/1",
        scenario: &scenario.id,
        status: status(&prices.base),
        objectives: values(&prices.base),
        rows: prices.rows.iter().map(|row| price_row(case, scenario, prices, row)).collect(),
        seats: seats.map(|seats| seats.iter().map(seat).collect()),
    };
    json::document(&document)
}

/// Prices as CSV: a line for each change of each objective, and one for a rule that changes none.
pub fn prices_csv(case: &Case, scenario: &Scenario, prices: &Prices, seats: Option<&[SeatPrice]>) -> Vec<u8> {
    let base = prices.base.best();
    let lines = |rule: String, what: String, worth: &Worth| {
        let changes = changes(base, worth);
        let start = [rule, what, status(worth).to_owned()];
        if changes.is_empty() {
            return vec![[start.to_vec(), vec![String::new(); 4]].concat()];
        }
        let line = |change: ChangeRow| {
            let worse = if change.worse { "yes" } else { "no" }.to_owned();
            [start.to_vec(), vec![change.name, change.was, change.is, worse]].concat()
        };
        changes.into_iter().map(line).collect()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &prices.rows {
        rows.extend(lines(rule(case, scenario, row.altered), heading(case, scenario, row.altered), &row.worth));
    }
    for seat in seats.unwrap_or_default() {
        let code = &case.posts[seat.post].code;
        rows.extend(lines(format!("seat {code} +1"), format!("With one seat more in {code}"), &seat.more));
        rows.extend(lines(format!("seat {code} -1"), format!("With one seat fewer in {code}"), &seat.fewer));
    }
    write(&["rule", "change", "status", "objective", "was", "is", "worse"], rows.into_iter())
}

fn price_row(case: &Case, scenario: &Scenario, prices: &Prices, row: &Row) -> PriceRow {
    let movers = match (prices.base.best(), row.worth.best()) {
        (Some(base), Some(other)) => persons(case, &base.movers(other)),
        _ => Vec::new(),
    };
    PriceRow {
        rule: rule(case, scenario, row.altered),
        change: heading(case, scenario, row.altered),
        status: status(&row.worth),
        objectives: values(&row.worth),
        changes: changes(prices.base.best(), &row.worth),
        movers,
        sentence: sentence(case, scenario, prices, row),
    }
}

/// A short name that stays the same from run to run.
fn rule(case: &Case, scenario: &Scenario, altered: Altered) -> String {
    match altered {
        Altered::Clause(position) => format!("fairness {}", position + 1),
        Altered::Pin(position) => format!("pins.csv row {}", case.pins[position].row),
        Altered::Link(position) => format!("links.csv row {}", case.links[position].row),
        Altered::Released(person) => format!("retained_shared {}", case.people[person].code),
        Altered::AllReleased => "retained_shared".to_owned(),
        Altered::EveryAuthority => "rule".to_owned(),
        Altered::OneGradeDown => "max_grades_down".to_owned(),
        Altered::EveryPromotion => "promotion_into".to_owned(),
        Altered::First(position) => format!("order {}", scenario.objectives[position]),
    }
}

/// The word for what became of a variant, as in `plan.json`.
pub(in crate::report) fn status(worth: &Worth) -> &'static str {
    match worth {
        Worth::Best(_) => "optimal",
        Worth::Impossible => "impossible",
        Worth::Stopped => "stopped",
    }
}

/// The value of each goal; none where there is no proved plan.
pub(in crate::report) fn values(worth: &Worth) -> Vec<ValueRow> {
    let values = worth.best().map(|best| best.values.as_slice()).unwrap_or_default();
    values.iter().map(|&(goal, value)| ValueRow { name: key(goal), value: decimal(goal, value) }).collect()
}

fn changes(base: Option<&Best>, worth: &Worth) -> Vec<ChangeRow> {
    let (Some(base), Some(other)) = (base, worth.best()) else { return Vec::new() };
    let row = |change: crate::study::variant::Change| ChangeRow {
        name: key(change.goal),
        was: decimal(change.goal, change.was),
        is: decimal(change.goal, change.is),
        worse: change.is_worse(),
    };
    base.changes(other).into_iter().map(row).collect()
}
