//! Scenarios side by side: the page of `demerge compare`, its CSV and its JSON.

mod drawing;
mod figures;
mod movers;
mod phrases;
mod record;

pub use crate::report::compare::drawing::flow_drawing;
pub use crate::report::compare::record::{compare_csv, compare_json};

use crate::case::Case;
use crate::report::compare::phrases::because;
use crate::report::page::{Block, ColumnKind, Page, Section, paragraph, table, text};
use crate::report::provenance::Provenance;
use crate::report::words::{authority_code, count, joined, people, persons};
use crate::study::compare::attribution::Difference;
use crate::study::compare::{Column, Comparison, Made};

/// The page for the screen.
pub fn screen(case: &Case, comparison: &Comparison) -> Page {
    let mut sections = vec![short(case, comparison)];
    sections.extend(figures::sections(case, comparison));
    sections.push(movers::section(case, comparison));
    sections.extend([posts(case, comparison), steady(case, comparison)]);
    Page {
        title: format!("Scenarios {} side by side", names(comparison)),
        lead: "Each scenario was solved, proved best, and checked; so was each single change between them.".to_owned(),
        sections,
    }
}

/// The page as it is filed: with drawings, and where it comes from.
pub fn page(case: &Case, comparison: &Comparison, provenance: &Provenance) -> Page {
    let mut page = screen(case, comparison);
    page.sections.push(drawing::section(case, comparison));
    page.sections.push(origin(provenance));
    page
}

fn names(comparison: &Comparison) -> String {
    let ids: Vec<String> = comparison.columns.iter().map(|column| column.scenario.id.clone()).collect();
    joined(&ids, "and")
}

/// What each scenario is, and how far each lies from the first.
fn short(case: &Case, comparison: &Comparison) -> Section {
    let meaning = |column: &Column| {
        let scenario = &column.scenario;
        let what = match &column.made {
            Made::Plan(_) => scenario.name.clone(),
            Made::Impossible(leaves) => {
                format!("{}. Impossible: no plan keeps {}.", scenario.name, because(case, scenario, leaves))
            }
            Made::Stopped => {
                format!("{}. Stopped: a limit was reached before the best plan was proved.", scenario.name)
            }
        };
        (scenario.id.clone(), what)
    };
    let mut blocks = vec![Block::Definitions(comparison.columns.iter().map(meaning).collect())];
    let first = &comparison.columns[0].scenario.id;
    let pairs = comparison.columns[1..].iter().zip(&comparison.against);
    let told = pairs.map(|(column, against)| match against {
        Some(found) => format!("{} against {first}: {}.", column.scenario.id, distance(found)),
        None => {
            format!("{} against {first}: one of the two has no plan, so nobody can be compared.", column.scenario.id)
        }
    });
    blocks.push(Block::List(told.collect()));
    Section { id: "short", title: "In short".to_owned(), blocks }
}

fn distance(found: &Difference) -> String {
    let moving = found.movers.len();
    let who = match moving {
        0 => "nobody moves".to_owned(),
        1 => "1 person moves".to_owned(),
        _ => format!("{} move", people(moving)),
    };
    let open = match found.open.len() {
        0 => String::new(),
        open => format!(
            ", {} only between equally good plans",
            if open == 1 { "1 more differs".to_owned() } else { format!("{open} more differ") }
        ),
    };
    let posts = |posts: usize| count(posts as u64, "post", "posts");
    let offer = match (found.lost.len(), found.won.len()) {
        (0, 0) => "the same posts are on offer".to_owned(),
        (lost, 0) => format!("{} fewer on offer", posts(lost)),
        (0, won) => format!("{} more on offer", posts(won)),
        (lost, won) => format!("{} no longer on offer and {} new", posts(lost), posts(won)),
    };
    format!("{who}{open}; {offer}")
}

/// Posts that are on offer, filled or empty in some scenarios only.
fn posts(case: &Case, comparison: &Comparison) -> Section {
    let rows = figures::posts(case, comparison);
    let blocks = if rows.is_empty() {
        vec![paragraph("The same posts are on offer in every scenario that has a plan, and the same seats are empty.")]
    } else {
        figures::tables(
            comparison,
            ("Post", ColumnKind::Text),
            "Posts that are not the same throughout (the row is that of posts.csv)",
            &rows,
        )
    };
    Section { id: "posts", title: "Posts won and lost".to_owned(), blocks }
}

/// Who is the same throughout.
fn steady(case: &Case, comparison: &Comparison) -> Section {
    let steady = &comparison.steady;
    let of = match (steady.plans, comparison.columns.len()) {
        (plans, all) if plans == all => "every scenario".to_owned(),
        (plans, _) => format!("each of the {} that have a plan", count(plans as u64, "scenario", "scenarios")),
    };
    if steady.plans < 2 {
        let blocks = vec![paragraph("Fewer than two scenarios have a plan, so there is nothing to compare.")];
        return Section { id: "steady", title: "Who stays the same".to_owned(), blocks };
    }
    let all = people(case.people.len());
    let held: Vec<String> =
        steady.post.iter().map(|&(who, at)| format!("{} {}", case.people[who].code, case.posts[at].code)).collect();
    let kept: Vec<String> = steady
        .authority
        .iter()
        .map(|&(who, at)| format!("{} {}", case.people[who].code, authority_code(case, at)))
        .collect();
    let listed = |title: String, names: &[String]| {
        if names.is_empty() { format!("{title}: nobody.") } else { format!("{title}: {}.", names.join(", ")) }
    };
    let mut blocks = vec![
        paragraph(listed(
            format!("The same authority and the same post in {of}, undecided in none ({} of {all})", held.len()),
            &held,
        )),
        paragraph(listed(
            format!("The same authority in every equally good plan of {of}, but not always one post ({})", kept.len()),
            &kept,
        )),
    ];
    if !steady.unplaced.is_empty() {
        let names = persons(case, &steady.unplaced);
        blocks.push(paragraph(listed(format!("Without a post in {of}"), &names)));
    }
    Section { id: "steady", title: "Who stays the same".to_owned(), blocks }
}

/// Program, and fingerprints of the input.
pub(super) fn origin(provenance: &Provenance) -> Section {
    let rows = provenance.inputs.iter().map(|input| vec![input.file.clone(), input.sha256.clone()]);
    let blocks = vec![
        Block::Definitions(vec![("Program".to_owned(), provenance.program.clone())]),
        table("Input files and their fingerprints", vec![text("File"), text("SHA-256")], rows.collect()),
        Block::Source("The same files and the same program give the same output, byte for byte.".to_owned()),
    ];
    Section { id: "provenance", title: "Where this comes from".to_owned(), blocks }
}
