//! The criteria: a row for each figure, a column for each scenario.

use crate::case::goal::Goal;
use crate::case::scenario::{Level, Objective, Scenario};
use crate::case::{Case, StatutoryRole};
use crate::id::{AuthorityId, PostId};
use crate::report::page::{Block, Column as Heading, ColumnKind, Section, table, text};
use crate::report::scores::{by_objective, values};
use crate::report::words::{
    authority_code, clause_name, count, joined, limits, measured, objective_name, percent, post, pounds,
};
use crate::study::compare::figures::{Figures, weighed};
use crate::study::compare::{Comparison, Made, is_about_the_same};
use crate::study::summary::AuthorityFigures;

/// The most scenarios side by side in a table; more stand in further tables.
const MOST: usize = 4;

/// A criterion with a cell for each scenario.
pub(super) struct Row {
    /// What is looked at.
    pub(super) name: String,
    /// What each scenario has, in their order.
    pub(super) cells: Vec<String>,
}

/// The sections with all criteria.
pub(super) fn sections(case: &Case, comparison: &Comparison) -> Vec<Section> {
    let mut worth =
        tables(comparison, ("Criterion", ColumnKind::Figures), "What each scenario is worth", &objectives(comparison));
    if comparison.columns.iter().any(|it| it.scenario.objectives.len() < comparison.objectives.len()) {
        let sentence = "In brackets: counted, but no objective of that scenario.";
        worth.push(Block::Source(sentence.to_owned()));
    }
    worth.extend(measures(&comparison.columns.iter().map(|it| &it.scenario).collect::<Vec<_>>()));
    let mut all = vec![
        Section { id: "objectives", title: "Objectives".to_owned(), blocks: worth },
        Section {
            id: "people-and-posts",
            title: "People, posts and cost".to_owned(),
            blocks: tables(
                comparison,
                ("Criterion", ColumnKind::Figures),
                "Counted from each plan",
                &counts(case, comparison),
            ),
        },
        Section {
            id: "cover",
            title: "Statutory cover".to_owned(),
            blocks: tables(
                comparison,
                ("Authority and role", ColumnKind::Text),
                "Who could hold each role",
                &cover(case, comparison),
            ),
        },
    ];
    let fairness = fairness(case, comparison);
    if !fairness.is_empty() {
        let blocks = tables(
            comparison,
            ("Rule", ColumnKind::Text),
            "Measured in every plan, whether demanded or not",
            &fairness,
        );
        all.push(Section { id: "fairness", title: "Fairness rules".to_owned(), blocks });
    }
    all
}

/// Rows as tables of at most four scenarios each.
pub(super) fn tables(
    comparison: &Comparison,
    (head, kind): (&'static str, ColumnKind),
    caption: &str,
    rows: &[Row],
) -> Vec<Block> {
    let starts = (0..comparison.columns.len()).step_by(MOST);
    let one = |start: usize| {
        let end = (start + MOST).min(comparison.columns.len());
        let ids =
            comparison.columns[start..end].iter().map(|it| Heading { heading: it.scenario.id.clone().into(), kind });
        let columns: Vec<Heading> = std::iter::once(text(head)).chain(ids).collect();
        let cells = rows.iter().map(|row| [vec![row.name.clone()], row.cells[start..end].to_vec()].concat());
        table(caption, columns, cells.collect())
    };
    starts.map(one).collect()
}

/// Every objective of any scenario.
pub(super) fn objectives(comparison: &Comparison) -> Vec<Row> {
    let cell = |objective: Objective| {
        let one = |scenario: &Scenario, figures: &Figures| {
            let weighed = weighed(scenario, &comparison.objectives, &comparison.clauses);
            let gathered = by_objective(&weighed, &figures.values, |&(goal, _)| goal);
            let own: Vec<(Goal, i64)> = gathered
                .into_iter()
                .filter(|(it, _)| *it == objective)
                .flat_map(|(_, goals)| goals.iter().copied())
                .collect();
            let value = values(objective, own.into_iter());
            if scenario.objectives.contains(&objective) { value } else { format!("({value})") }
        };
        row(comparison, objective_name(objective).to_owned(), one)
    };
    comparison.objectives.iter().map(|&objective| cell(objective)).collect()
}

/// A row of which each plan fills a cell; without a plan it says why.
fn row(comparison: &Comparison, name: String, cell: impl Fn(&Scenario, &Figures) -> String) -> Row {
    let cells = comparison.columns.iter().map(|column| match &column.made {
        Made::Plan(figures) => cell(&column.scenario, figures),
        Made::Impossible(_) => "impossible".to_owned(),
        Made::Stopped => "stopped".to_owned(),
    });
    Row { name, cells: cells.collect() }
}

/// What is counted differently, so that figures of two scenarios do not mean the same.
fn measures(scenarios: &[&Scenario]) -> Option<Block> {
    let differs = |of: &dyn Fn(&Scenario) -> String| {
        let told: Vec<String> = scenarios.iter().map(|it| of(it)).collect();
        told.windows(2).any(|pair| pair[0] != pair[1]).then(|| {
            let each = scenarios.iter().zip(&told).map(|(it, told)| format!("{} in {}", told, it.id));
            joined(&each.collect::<Vec<_>>(), "and")
        })
    };
    let cost = differs(&|it| percent(it.policy.on_cost)).map(|told| format!("cost has an on-cost of {told}"));
    let rank = differs(&|it| it.policy.unlisted_rank.to_string())
        .map(|told| format!("an unlisted post counts as rank {told}"));
    let roles = differs(&|it| {
        let roles: Vec<&str> = it.statutory_cover.roles.iter().map(|role| role.word()).collect();
        format!("{} to tier {}", roles.join(" and "), it.statutory_cover.max_tier)
    });
    let roles = roles.map(|told| format!("statutory cover counts {told}"));
    let all: Vec<String> = [cost, rank, roles].into_iter().flatten().collect();
    (!all.is_empty()).then(|| Block::Note(format!("Each scenario is counted by its own settings: {}.", all.join("; "))))
}

/// People, seats, cost and moves.
pub(super) fn counts(case: &Case, comparison: &Comparison) -> Vec<Row> {
    let line = |name: &str, cell: fn(&Figures) -> String| row(comparison, name.to_owned(), |_, it| cell(it));
    let mut rows = vec![
        line("At risk: people without a post", |it| it.at_risk.len().to_string()),
        line("Undecided people (in pools)", |it| {
            let pools = count(it.pools as u64, "pool", "pools");
            if it.undecided.is_empty() { "0".to_owned() } else { format!("{} ({pools})", it.undecided.len()) }
        }),
        line("Moves to another employer", |it| it.moves.to_string()),
        line("Stated authority met", |it| format!("{} of {}", it.preference.met, it.preference.stated)),
    ];
    let mut of_each = |name: &str, cell: fn(&AuthorityFigures) -> String, all: fn(&Figures) -> String| {
        for authority in case.authorities.ids() {
            let found = |_: &Scenario, it: &Figures| {
                it.authorities.iter().find(|line| line.authority == authority).map_or_else(String::new, cell)
            };
            rows.push(row(comparison, format!("{name} at {}", authority_code(case, authority)), found));
        }
        rows.push(row(comparison, format!("{name}, all"), |_, it| all(it)));
    };
    of_each(
        "Vacancies",
        |it| format!("{} of {} seats", it.seats.empty, it.seats.seats),
        |it| format!("{} of {} seats", it.seats.empty, it.seats.seats),
    );
    of_each("People", |it| it.people.to_string(), |it| it.placed.to_string());
    of_each("Pay with on-cost a year", |it| pounds(it.cost), |it| pounds(it.cost));
    rows
}

/// Every authority and role that some scenario wants covered.
pub(super) fn cover(case: &Case, comparison: &Comparison) -> Vec<Row> {
    let mut roles: Vec<StatutoryRole> =
        comparison.columns.iter().flat_map(|it| it.scenario.statutory_cover.roles.clone()).collect();
    roles.sort_unstable();
    roles.dedup();
    let pairs = case.authorities.ids().flat_map(|authority| roles.iter().map(move |&role| (authority, role)));
    pairs
        .map(|(authority, role)| {
            let name = format!("{role} at {}", authority_code(case, authority));
            row(comparison, name, |_, it| holders(case, it, authority, role))
        })
        .collect()
}

fn holders(case: &Case, figures: &Figures, authority: AuthorityId, role: StatutoryRole) -> String {
    let Some(found) = figures.cover.iter().find(|it| (it.authority, it.role) == (authority, role)) else {
        return "not asked".to_owned();
    };
    let names = found.holders.iter().map(|&(who, at)| format!("{} {}", case.people[who].code, case.posts[at].code));
    let names = joined(&names.collect::<Vec<_>>(), "or");
    if names.is_empty() { "nobody".to_owned() } else { names }
}

/// Everything that some scenario's clauses measure, in every plan.
pub(super) fn fairness(case: &Case, comparison: &Comparison) -> Vec<Row> {
    let of = |(at, clause): (usize, &crate::case::scenario::Clause)| {
        row(comparison, clause_name(case, clause), |scenario, it| {
            let found = measured(case, &it.measured[at].measure);
            let own = it.own.iter().filter(|own| is_about_the_same(&scenario.fairness[own.index].clause, clause));
            let demands: Vec<String> = own
                .map(|own| {
                    let must = match own.level {
                        Level::Must => "",
                        Level::Report => "measured only, ",
                    };
                    let met = if own.met { "met" } else { "not met" };
                    format!("{must}{}: {met}", limits(&scenario.fairness[own.index].clause))
                })
                .collect();
            if demands.is_empty() { format!("{found}; no limit") } else { format!("{found}; {}", demands.join("; ")) }
        })
    };
    comparison.clauses.iter().enumerate().map(of).collect()
}

/// Every post that some plans have on offer and others not, or whose empty seats differ.
pub(super) fn posts(case: &Case, comparison: &Comparison) -> Vec<Row> {
    let state = |figures: &Figures, at: PostId| match (figures.offered.binary_search(&at), figures.empty(at)) {
        (Err(_), _) => "not on offer".to_owned(),
        (Ok(_), 0) => "filled".to_owned(),
        (Ok(_), empty) => count(empty, "empty seat", "empty seats"),
    };
    let differs = |at: &PostId| {
        let mut states = comparison.columns.iter().filter_map(|it| it.made.figures()).map(|it| state(it, *at));
        let first = states.next();
        states.any(|other| Some(other) != first)
    };
    let of = |at: PostId| {
        let name = format!("{} (row {})", post(case, at), case.posts[at].row);
        row(comparison, name, |_, figures| state(figures, at))
    };
    case.posts.ids().filter(differs).map(of).collect()
}
