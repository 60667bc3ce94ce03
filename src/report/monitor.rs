//! Equality monitoring as a page, a list and JSON. Each is marked as restricted; a number kept back is `[c]` in all of them.

mod files;
pub mod protected;

pub use crate::report::monitor::files::{monitor_csv, monitor_json};

use crate::case::scenario::Scenario;
use crate::certify::{Certified, Status};
use crate::quantity::{BasisPoints, share, write_decimal};
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::provenance::Provenance;
use crate::report::shown::KEPT_BACK;
use crate::report::words::{capital, count, people, percent};
use crate::study::monitor::{Compared, Event, Monitor, Rate, Rates, Test};

/// What stands at the head of everything that shows these figures.
pub const MARKING: &str = "Restricted: equality data";

/// Where the methods come from, in one sentence for every output.
pub const METHOD: &str = "Each group against all others: Fisher's exact test of the two-by-two table, two-sided, mid-p (every table less likely \
     than the one observed, and those as likely less half of the observed one; Fisher 1935, Lancaster 1961), computed in whole \
     numbers. Interval of the difference of the two rates: 95 %, hybrid score (Newcombe 1998, method 10).";

/// The page about one plan.
pub fn page(scenario: &Scenario, certified: &Certified, monitor: &Monitor, provenance: &Provenance) -> Page {
    Page {
        title: format!("{MARKING}. Scenario {}: what the plan means by characteristic", scenario.id),
        lead: "The plan was made without these data; they are counted afterwards, and change nothing in it.".to_owned(),
        sections: vec![
            overview(certified, monitor),
            by_characteristic(monitor),
            reading(monitor),
            origin(scenario, certified, provenance),
        ],
    }
}

fn overview(certified: &Certified, monitor: &Monitor) -> Section {
    let rows = monitor
        .totals
        .iter()
        .map(|&(event, total)| vec![event_name(event).to_owned(), total.to_string(), rate(total, monitor.people)]);
    let mut blocks = vec![
        paragraph(format!(
            "{} in the case. {KEPT_BACK} stands for a number that is kept back, so that nobody can be recognised: a group of \
             fewer than {threshold}, a number below {threshold} or whose complement is below {threshold}, and what would give such a number away \
             by subtraction. The threshold is a setting (`--threshold`, 3 to 10).",
            people(monitor.people as usize),
            threshold = monitor.threshold
        )),
        table("Everyone", vec![text("What the plan brings"), figures("People"), figures("Share")], rows.collect()),
    ];
    if monitor.without_row > 0 {
        blocks.push(Block::Note(format!(
            "{} without a row in the equality table; they are counted as \"not stated\".",
            count(monitor.without_row, "person is", "people are")
        )));
    }
    let undecided = certified.undecided().len();
    if undecided > 0 {
        blocks.push(Block::Note(format!(
            "{} undecided: equally good plans place them differently. The figures are those of this plan; an officer's decision \
             about them changes the figures.",
            count(undecided as u64, "person is", "people are")
        )));
    }
    if certified.status() != Status::Optimal {
        blocks.push(Block::Warning("The run was stopped at a limit: the plan is not proved best.".to_owned()));
    }
    Section { id: "everyone", title: "Everyone".to_owned(), blocks }
}

fn by_characteristic(monitor: &Monitor) -> Section {
    let blocks = monitor.characteristics.iter().flat_map(|compared| characteristic(compared, monitor)).collect();
    Section { id: "characteristics", title: "By characteristic".to_owned(), blocks }
}

fn characteristic(compared: &Compared, monitor: &Monitor) -> Vec<Block> {
    let name = characteristic_name(compared.name);
    let mut blocks = vec![Block::Heading(name.clone())];
    let cell = |group: usize, rates: &Rates| {
        rates.rates[group].map_or(KEPT_BACK.to_owned(), |it| format!("{} ({})", it.part, rate(it.part, it.of)))
    };
    let rows = compared.groups.iter().enumerate().map(|(at, group)| {
        let size = group.people.map_or(KEPT_BACK.to_owned(), |people| people.to_string());
        let cells = compared.events.iter().map(|rates| cell(at, rates));
        [group.value.clone(), size].into_iter().chain(cells).collect()
    });
    let columns = vec![
        text("Group"),
        figures("People"),
        figures("Has a post"),
        figures("First choice"),
        figures("Stated authority"),
        figures("Moved employer"),
        figures("At risk"),
    ];
    blocks.push(table(format!("{name}: people, and their share of the group"), columns, rows.collect()));
    let columns = vec![text("Group"), text("What"), figures("Difference"), figures("95% interval"), figures("p")];
    let tests: Vec<Vec<String>> = tests(compared).collect();
    if tests.is_empty() {
        blocks.push(paragraph("Too few people to compare groups: every number that could be compared is kept back."));
    } else {
        blocks.push(table(format!("{name}: each group against all others, in points"), columns, tests));
        blocks.push(Block::Source(impacts(compared)));
    }
    let same: Vec<&str> =
        monitor.totals.iter().filter(|total| is_same_for_all(monitor, total.1)).map(|it| event_name(it.0)).collect();
    if !same.is_empty() {
        blocks.push(Block::Source(format!("The same for everybody, so nothing to compare: {}.", same.join(", "))));
    }
    blocks
}

/// One row for each group and event that is shown; `at_risk` is the complement of `placed`, with the same test.
fn tests(compared: &Compared) -> impl Iterator<Item = Vec<String>> + '_ {
    let shown = compared.events.iter().filter(|rates| rates.event != Event::AtRisk);
    shown.flat_map(|rates| {
        compared.groups.iter().zip(&rates.rates).filter_map(|(group, rate)| {
            let test = (*rate)?.test?;
            Some(vec![
                group.value.clone(),
                event_name(rates.event).to_owned(),
                signed(test.difference),
                format!("{} to {}", signed(test.interval.low), signed(test.interval.high)),
                p_value(test),
            ])
        })
    })
}

fn impacts(compared: &Compared) -> String {
    let ratio = |rates: &Rates| {
        let fraction = rates.impact?;
        Some(format!("{} {}", event_name(rates.event).to_lowercase(), percent(fraction.percentage()?)))
    };
    let all: Vec<String> = compared.events.iter().filter_map(ratio).collect();
    if all.is_empty() {
        return "Lowest rate over highest: fewer than two groups are shown.".to_owned();
    }
    format!("Lowest rate shown over highest: {}.", all.join("; "))
}

fn reading(monitor: &Monitor) -> Section {
    let tests: usize = monitor.characteristics.iter().map(|it| tests(it).count()).sum();
    let points = vec![
        "A small p says that a difference as large would seldom come by chance alone, if the event did not depend on the group. It \
         does not say why. It is no finding of discrimination, and a large p is no proof that there is none: with so few people \
         even a grave difference can pass unseen. Read the interval: it shows which differences these numbers allow."
            .to_owned(),
        format!(
            "{} made here. Of twenty tests in which nothing is the matter, about one has a p below 0.05.",
            count(tests as u64, "comparison is", "comparisons are")
        ),
        "UK law draws no line at 80 %; that one is a rule of thumb of US agencies (29 CFR 1607.4(D)), so the ratio is shown and not \
         judged. What counts is whether a rule, criterion or practice puts people who share a characteristic at a particular \
         disadvantage, and if so whether it is a proportionate means of achieving a legitimate aim (Equality Act 2010, s19); and \
         whether the council has had due regard to its equality duty before it decides (s149)."
            .to_owned(),
        "Where a difference matters, look at the rules behind it (who could match which post, who was asked, who answered), \
         take advice, and write down what was considered."
            .to_owned(),
        "Every rate is a share of everyone in the group, also of those who stated nothing, so that rates can be compared and no \
         small number appears by subtraction. Keep this paper with the restricted papers even so."
            .to_owned(),
    ];
    let blocks = vec![Block::List(points), paragraph(METHOD)];
    Section { id: "reading", title: "What the figures can and cannot tell".to_owned(), blocks }
}

fn origin(scenario: &Scenario, certified: &Certified, provenance: &Provenance) -> Section {
    let made = vec![
        ("Marking".to_owned(), MARKING.to_owned()),
        ("Program".to_owned(), provenance.program.clone()),
        ("Scenario".to_owned(), scenario.id.clone()),
        ("Status of the plan".to_owned(), certified.status().word().to_owned()),
    ];
    Section { id: "provenance", title: "Where this comes from".to_owned(), blocks: vec![Block::Definitions(made)] }
}

fn is_same_for_all(monitor: &Monitor, total: u32) -> bool {
    total == 0 || total == monitor.people
}

/// A characteristic as a heading.
pub(super) fn characteristic_name(column: &str) -> String {
    capital(&column.replace('_', " "))
}

/// What an event is called.
pub(crate) fn event_name(event: Event) -> &'static str {
    match event {
        Event::Placed => "Has a post",
        Event::FirstChoice => "First choice",
        Event::StatedAuthority => "Stated authority",
        Event::MovedEmployer => "Moved employer",
        Event::AtRisk => "At risk",
    }
}

fn rate(part: u32, of: u32) -> String {
    share(i64::from(part), i64::from(of)).map_or_else(|| "none".to_owned(), percent)
}

/// Points with a sign: `+4.20`, `-0.50`.
fn signed(BasisPoints(points): BasisPoints) -> String {
    let sign = if points > 0 { "+" } else { "" };
    format!("{sign}{}", write_decimal(i64::from(points), 2))
}

fn p_value(test: Test) -> String {
    match test.mid_p {
        0 | 1 => "0.0001 or less".to_owned(),
        p => write_decimal(i64::from(p), 4),
    }
}

/// A rate of a group, as its parts.
fn parts(rate: Option<Rate>) -> [String; 2] {
    rate.map_or_else(
        || [KEPT_BACK.to_owned(), KEPT_BACK.to_owned()],
        |it| [it.part.to_string(), self::rate(it.part, it.of).trim_end_matches('%').to_owned()],
    )
}
