//! The figures for a spreadsheet and for other programs, from the same [`Monitor`] as the page.

use serde::Serialize;

use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::quantity::{BasisPoints, write_decimal};
use crate::report::json;
use crate::report::lists::{guarded, write_bare};
use crate::report::monitor::{MARKING, METHOD, parts};
use crate::report::provenance::Provenance;
use crate::report::shown::KEPT_BACK;
use crate::study::monitor::{Group, Monitor, Rate, Rates};

/// One row for each characteristic, group and event; every row bears the marking.
pub fn monitor_csv(monitor: &Monitor) -> Vec<u8> {
    let head = [
        "marking",
        "characteristic",
        "group",
        "people",
        "event",
        "number",
        "rate_pct",
        "difference_points",
        "interval_low",
        "interval_high",
        "mid_p",
        "lowest_over_highest_pct",
    ];
    let mut rows = Vec::new();
    for compared in &monitor.characteristics {
        for (at, group) in compared.groups.iter().enumerate() {
            for rates in &compared.events {
                let [number, rate] = parts(rates.rates[at]);
                let first = [MARKING.to_owned(), compared.name.to_owned(), guarded(group.value.clone()), size(group)];
                let event = [rates.event.word().to_owned(), number, rate];
                let last = [tested(rates.rates[at]).to_vec(), vec![impact(rates)]].concat();
                rows.push(first.into_iter().chain(event).chain(last));
            }
        }
    }
    write_bare(&head, rows.into_iter())
}

fn size(group: &Group) -> String {
    group.people.map_or_else(|| KEPT_BACK.to_owned(), |people| people.to_string())
}

fn points(BasisPoints(points): BasisPoints) -> String {
    write_decimal(i64::from(points), 2)
}

/// Difference, interval and mid-p; blank where there are no others to compare with.
fn tested(rate: Option<Rate>) -> [String; 4] {
    match rate.map(|rate| rate.test) {
        None => [KEPT_BACK; 4].map(str::to_owned),
        Some(None) => Default::default(),
        Some(Some(test)) => [
            points(test.difference),
            points(test.interval.low),
            points(test.interval.high),
            write_decimal(i64::from(test.mid_p), 4),
        ],
    }
}

fn impact(rates: &Rates) -> String {
    rates.impact.and_then(|it| it.percentage()).map(points).unwrap_or_default()
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    marking: &'a str,
    scenario: &'a str,
    status: &'a str,
    threshold: u32,
    people: u32,
    without_row: u32,
    totals: Vec<TotalRow>,
    characteristics: Vec<CharacteristicRow<'a>>,
    method: &'a str,
    provenance: ProvenanceRow<'a>,
}

#[derive(Serialize)]
struct TotalRow {
    event: &'static str,
    people: u32,
}

#[derive(Serialize)]
struct CharacteristicRow<'a> {
    name: &'a str,
    groups: Vec<GroupRow<'a>>,
    lowest_over_highest_pct: Vec<ImpactRow>,
}

#[derive(Serialize)]
struct ImpactRow {
    event: &'static str,
    pct: String,
    fraction: [i64; 2],
}

#[derive(Serialize)]
struct GroupRow<'a> {
    value: &'a str,
    people: String,
    events: Vec<RateRow>,
}

#[derive(Serialize)]
struct RateRow {
    event: &'static str,
    people: String,
    rate_pct: String,
    difference_points: String,
    interval_points: [String; 2],
    mid_p: String,
}

#[derive(Serialize)]
struct ProvenanceRow<'a> {
    program: &'a str,
    inputs: Vec<InputRow<'a>>,
}

#[derive(Serialize)]
struct InputRow<'a> {
    file: &'a str,
    sha256: &'a str,
}

/// The same as JSON (`demerge/monitor/1`); every figure by group is text, since it may be `[c]`.
pub fn monitor_json(scenario: &Scenario, certified: &Certified, monitor: &Monitor, provenance: &Provenance) -> Vec<u8> {
    let totals = monitor.totals.iter().map(|&(event, people)| TotalRow { event: event.word(), people });
    let characteristics = monitor.characteristics.iter().map(|compared| {
        let group = |(at, group): (usize, &'_ Group)| {
            let events = compared.events.iter().map(|rates| rate_row(rates, at)).collect::<Vec<_>>();
            (size(group), events)
        };
        let groups = compared.groups.iter().enumerate().map(|(at, it)| {
            let (people, events) = group((at, it));
            GroupRow { value: &it.value, people, events }
        });
        CharacteristicRow {
            name: compared.name,
            groups: groups.collect(),
            lowest_over_highest_pct: compared.events.iter().filter_map(impact_row).collect(),
        }
    });
    let inputs = provenance.inputs.iter().map(|input| InputRow { file: &input.file, sha256: &input.sha256 });
    let document = Document {
        schema: "demerge/monitor/1",
        marking: MARKING,
        scenario: &scenario.id,
        status: certified.status().word(),
        threshold: monitor.threshold,
        people: monitor.people,
        without_row: monitor.without_row,
        totals: totals.collect(),
        characteristics: characteristics.collect(),
        method: METHOD,
        provenance: ProvenanceRow { program: &provenance.program, inputs: inputs.collect() },
    };
    json::document(&document)
}

fn rate_row(rates: &Rates, group: usize) -> RateRow {
    let [people, rate_pct] = parts(rates.rates[group]);
    let [difference_points, low, high, mid_p] = tested(rates.rates[group]);
    RateRow { event: rates.event.word(), people, rate_pct, difference_points, interval_points: [low, high], mid_p }
}

fn impact_row(rates: &Rates) -> Option<ImpactRow> {
    let fraction = rates.impact?;
    let pct = points(fraction.percentage()?);
    Some(ImpactRow { event: rates.event.word(), pct, fraction: [fraction.part, fraction.whole] })
}
