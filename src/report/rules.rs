//! Rules side by side: the page of `demerge rules`, its CSV and its JSON.

mod record;

pub use crate::report::rules::record::{rules_csv, rules_json};

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::words::{joined, persons};
use crate::study::rules::{Column, Figures, Made, SideBySide, Way};
use crate::study::stable::Basis;

/// The page of rules.
pub fn page(case: &Case, scenario: &Scenario, rules: &SideBySide) -> Page {
    Page {
        title: format!("Scenario {}: rules side by side", scenario.id),
        lead: "The same people and posts under each rule. Every figure is counted by the scenario as it stands; \
               docs/FAIRNESS.md says what each rule means, promises, and does not promise."
            .to_owned(),
        sections: vec![people(rules), ranks(rules), differences(case, rules), priority(case, rules)],
    }
}

/// The name of a rule.
fn name(way: Way) -> &'static str {
    match way {
        Way::Own => "This scenario",
        Way::PreferenceInformed => "Preference-informed",
        Way::EmployerDefault => "Employer default",
        Way::TimeMajority => "Majority of time",
        Way::Generous => "Generous",
        Way::Greedy => "Greedy",
        Way::RankMaximal => "Rank-maximal",
        Way::RankSum => "Least sum of ranks",
        Way::Stable => "Priority-stable",
    }
}

fn without(made: &Made) -> &'static str {
    match made {
        Made::Plan(_) => "",
        Made::Impossible => "no plan",
        Made::Stopped => "stopped",
    }
}

/// A row for each rule: its name, then the cells of its plan, or blanks after the reason why there is none.
fn rows(rules: &SideBySide, cells: impl Fn(&Figures) -> Vec<String>, width: usize) -> Vec<Vec<String>> {
    let row = |column: &Column| {
        let cells = match &column.made {
            Made::Plan(figures) => cells(figures),
            Made::Impossible | Made::Stopped => {
                let mut cells = vec![without(&column.made).to_owned()];
                cells.resize(width, String::new());
                cells
            }
        };
        [vec![name(column.way).to_owned()], cells].concat()
    };
    rules.columns.iter().map(row).collect()
}

fn people(rules: &SideBySide) -> Section {
    let seats = |it: &Figures| {
        let vacancies = usize::try_from(it.vacancies).unwrap_or(usize::MAX);
        [it.placed, it.unplaced, vacancies, it.moves].map(|number| number.to_string()).to_vec()
    };
    let duties = |it: &Figures| {
        vec![
            format!("{} of {}", it.cover.len(), rules.roles_wanted),
            format!("{} of {}", it.preference_met, rules.stated),
            it.blocking.to_string(),
            it.breaches.to_string(),
        ]
    };
    let counted = ["Placed", "Without a post", "Empty seats", "Change employer"];
    let kept = ["Cover", "Authority met", "Pairs", "Broken"];
    let columns = |headings: [&'static str; 4]| [text("Rule")].into_iter().chain(headings.map(figures)).collect();
    let blocks = vec![
        table("How many people and seats", columns(counted), rows(rules, seats, 4)),
        table("Duties, preferences and rules", columns(kept), rows(rules, duties, 4)),
        Block::Definitions(vec![
            ("Cover".into(), "statutory roles covered, of those wanted".into()),
            ("Authority met".into(), "people placed in the authority that they stated".into()),
            (
                "Pairs".into(),
                "a person and a post they would rather have, with an empty seat or a holder later in the priority list"
                    .into(),
            ),
            ("Broken".into(), "breaches of this scenario's rules".into()),
        ]),
    ];
    Section { id: "people", title: "People and posts".to_owned(), blocks }
}

fn ranks(rules: &SideBySide) -> Section {
    let cells = |it: &Figures| {
        let at = |rank: u32| it.ranks.iter().filter(|&&(given, _)| given == rank).map(|&(_, n)| n).sum::<usize>();
        let later = it.ranks.iter().filter(|&&(given, _)| given > 4).map(|&(_, n)| n).sum::<usize>();
        let mut cells: Vec<String> = (1..=4).map(|rank| at(rank).to_string()).collect();
        cells.extend([later, it.unlisted, it.no_response].map(|number| number.to_string()));
        cells
    };
    let columns = vec![
        text("Rule"),
        figures("1st"),
        figures("2nd"),
        figures("3rd"),
        figures("4th"),
        figures("Later"),
        figures("Unlisted"),
        figures("No reply"),
    ];
    let block = table("People with a post, by the choice that it was for them", columns, rows(rules, cells, 7));
    Section { id: "ranks", title: "First choices, second choices".to_owned(), blocks: vec![block] }
}

fn differences(case: &Case, rules: &SideBySide) -> Section {
    let cells = |it: &Figures| {
        let names = joined(&persons(case, &it.differs), "and");
        vec![it.differs.len().to_string(), if names.is_empty() { "nobody".to_owned() } else { names }]
    };
    let columns = vec![text("Rule"), figures("People"), text("Who")];
    let block = table("Who is placed otherwise than in this scenario's plan", columns, rows(rules, cells, 2));
    Section { id: "differences", title: "Who is placed otherwise".to_owned(), blocks: vec![block] }
}

fn priority(case: &Case, rules: &SideBySide) -> Section {
    let basis = match rules.priority.basis {
        Basis::Service => {
            "The priority list is made from service_years, most first; equal years by person id, unknown years last. \
             --priority FILE.csv takes the list that was agreed."
        }
        Basis::Given => "The priority list is the one that was given; equal numbers go by person id.",
    };
    let order = persons(case, &rules.priority.order).join(", ");
    let blocks = vec![paragraph(basis), paragraph(format!("In order: {order}."))];
    Section { id: "priority", title: "Who comes before whom".to_owned(), blocks }
}
