//! Proposals and decisions apart: a page, a section, the list to fill in, and JSON.

use serde::Serialize;

use crate::case::Case;
use crate::case::record::Ruling;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::id::PostId;
use crate::report::json;
use crate::report::lists::write_bare;
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::scores::{goal_name, goal_value};
use crate::report::words::{count, joined, people, person, persons};
use crate::study::decide::{Decided, Effect, Line, MOST_EFFECTS, Standing, Together};
use crate::study::variant::Change;

/// Headings of `decisions.csv`.
const HEAD: [&str; 9] = [
    "person_id",
    "proposal",
    "decision",
    "post_id",
    "decided_by",
    "date",
    "reason",
    "representation",
    "appeal_outcome",
];

/// A `decisions.csv` with today's proposals, in which nothing is decided.
pub fn blank_csv(case: &Case, certified: &Certified) -> Vec<u8> {
    let rows = certified.plan().into_iter().flat_map(|plan| plan.iter()).map(|(id, place)| {
        let mut row = [""; 9];
        row[0] = &case.people[id].code;
        row[1] = place.map_or("", |post| case.posts[post].code.as_str());
        row
    });
    write_bare(&HEAD, rows)
}

/// The page of `demerge decide`.
pub fn page(case: &Case, scenario: &Scenario, decided: &Decided) -> Page {
    Page {
        title: format!("Scenario {}: proposals and decisions", scenario.id),
        lead: "The program proposes; a named officer decides, and the reason is recorded.".to_owned(),
        sections: vec![section(case, decided)],
    }
}

/// The section of a report.
pub fn section(case: &Case, decided: &Decided) -> Section {
    let open = decided.lines.iter().filter(|line| line.standing == Standing::Open).count();
    let all = decided.lines.len();
    let mut blocks = vec![paragraph(format!(
        "{} of {} decided, each by a named decider with a reason; {open} open. The plan itself is a proposal and stays as it is; \
         this part shows what was decided about it.",
        all - open,
        people(all)
    ))];
    blocks.push(people_table(case, decided));
    let stale: Vec<_> = decided.lines.iter().filter(|line| line.is_stale()).map(|line| line.person).collect();
    if !stale.is_empty() {
        blocks.push(Block::Warning(format!(
            "The record was made of another proposal than today's for {}. Look at them again.",
            joined(&persons(case, &stale), "and")
        )));
    }
    blocks.extend(together(case, decided));
    blocks.extend(effects(case, decided));
    Section { id: "decisions", title: "Decisions".to_owned(), blocks }
}

fn place(case: &Case, post: Option<PostId>) -> String {
    post.map_or_else(|| "no post".to_owned(), |post| case.posts[post].code.clone())
}

/// What was decided, in words.
fn ruling(case: &Case, line: &Line) -> String {
    let Some(record) = &line.record else { return "open".to_owned() };
    match record.ruling {
        None => "open".to_owned(),
        Some(Ruling::Accepted) => format!("accepted: {}", place(case, record.proposal)),
        Some(Ruling::Changed) => format!("changed to {}", place(case, record.post)),
        Some(Ruling::Rejected) => format!("rejected: not {}", place(case, record.proposal)),
        Some(Ruling::Withdrawn) => "withdrawn: open".to_owned(),
    }
}

fn people_table(case: &Case, decided: &Decided) -> Block {
    let recorded = decided.lines.iter().filter(|line| line.record.as_ref().is_some_and(|it| it.ruling.is_some()));
    let rows: Vec<Vec<String>> = recorded
        .map(|line| {
            let text = |of: fn(&crate::case::record::Record) -> &String| {
                line.record.as_ref().map_or_else(String::new, |record| of(record).clone())
            };
            let row = line.record.as_ref().map_or_else(String::new, |record| record.row.to_string());
            vec![
                person(case, line.person),
                row,
                place(case, line.proposed),
                ruling(case, line),
                text(|it| &it.decided_by),
                text(|it| &it.date),
                text(|it| &it.reason),
            ]
        })
        .collect();
    if rows.is_empty() {
        return paragraph("Nobody is decided yet.");
    }
    let columns = vec![
        text("Person"),
        figures("Row"),
        text("Proposal"),
        text("Decision"),
        text("Decided by"),
        text("Date"),
        text("Reason"),
    ];
    table("Proposals and decisions (rows of decisions.csv); everybody else is open", columns, rows)
}

fn goals(caption: String, changes: &[Change]) -> Block {
    let columns = vec![text("Objective, in order"), figures("Without"), figures("With"), text("Which is")];
    let rows = changes.iter().map(|change| {
        let which = match (change.was == change.is, change.is_worse()) {
            (true, _) => "the same",
            (false, true) => "worse",
            (false, false) => "better",
        };
        vec![
            goal_name(change.goal),
            goal_value(change.goal, change.was),
            goal_value(change.goal, change.is),
            which.to_owned(),
        ]
    });
    table(caption, columns, rows.collect())
}

fn together(case: &Case, decided: &Decided) -> Vec<Block> {
    match &decided.together {
        Together::Kept { changes, movers, is_proved } => {
            let mut blocks = vec![goals("The plan without and with all decisions".to_owned(), changes)];
            blocks.push(paragraph(match movers.len() {
                0 => "Nobody goes elsewhere than proposed.".to_owned(),
                number => format!(
                    "{} elsewhere than proposed: {}.",
                    count(number as u64, "person goes", "people go"),
                    movers.iter().map(|&id| moved(case, decided, id)).collect::<Vec<_>>().join("; ")
                ),
            }));
            if !is_proved {
                blocks.push(Block::Warning(
                    "The run was stopped at a limit: these figures are not proved best.".to_owned(),
                ));
            }
            blocks
        }
        Together::Impossible { alone } => {
            let mut text = "No plan keeps all these decisions and the rules of the scenario.".to_owned();
            let row = |line: &Line| line.record.as_ref().map_or(0, |record| record.row);
            let named: Vec<String> = decided
                .lines
                .iter()
                .filter(|line| alone.contains(&line.person))
                .map(|line| format!("decisions.csv row {} ({})", row(line), person(case, line.person)))
                .collect();
            match named.is_empty() {
                true => text.push_str(" Each by itself can be kept; together they cannot."),
                false => text.push_str(&format!(
                    " Not even by itself can be kept: {}. Either the rule gives way (the job match, the seats, a clause), or the decision \
                     does.",
                    joined(&named, "and")
                )),
            }
            vec![Block::Warning(text)]
        }
        Together::Unknown => {
            vec![Block::Warning("The run was stopped before it was known what the decisions come to.".to_owned())]
        }
    }
}

fn moved(case: &Case, decided: &Decided, id: crate::id::PersonId) -> String {
    let line = decided.lines.iter().find(|line| line.person == id);
    let places = line.map(|line| (place(case, line.proposed), place(case, line.after.flatten())));
    places.map_or_else(String::new, |(was, is)| format!("{} from {was} to {is}", person(case, id)))
}

fn effects(case: &Case, decided: &Decided) -> Vec<Block> {
    let of = |effect: &Effect| {
        let differing = match &effect.changes {
            None => "cannot be told: one of the two has no plan".to_owned(),
            Some(none) if none.is_empty() => "no objective changes".to_owned(),
            Some(some) => {
                let each = some.iter().map(|change| {
                    let [was, is] = [change.was, change.is].map(|value| goal_value(change.goal, value));
                    let which = if change.is_worse() { "worse" } else { "better" };
                    format!("{}: {was} to {is} ({which})", goal_name(change.goal))
                });
                each.collect::<Vec<_>>().join("; ")
            }
        };
        let movers = joined(&persons(case, &effect.movers), "and");
        vec![person(case, effect.person), differing, if movers.is_empty() { "nobody".to_owned() } else { movers }]
    };
    if decided.effects.is_empty() {
        return Vec::new();
    }
    let columns = vec![text("Decision about"), text("What it changes"), text("Who goes elsewhere by it")];
    let caption = "Each decision that differs from its proposal: all decisions against all but this one";
    let mut blocks = vec![table(caption, columns, decided.effects.iter().map(of).collect())];
    if decided.is_cut {
        blocks.push(Block::Note(format!("Only the first {MOST_EFFECTS} such decisions were worked out one by one.")));
    }
    blocks
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'a str,
    scenario: &'a str,
    decided: usize,
    open: usize,
    people: Vec<PersonRow<'a>>,
    possible: Option<bool>,
    objectives: Vec<ChangeRow>,
    effects: Vec<EffectRow<'a>>,
}

#[derive(Serialize)]
struct PersonRow<'a> {
    person_id: &'a str,
    proposal: Option<&'a str>,
    decision: Option<&'a str>,
    post_id: Option<&'a str>,
    decided_by: &'a str,
    date: &'a str,
    reason: &'a str,
    representation: &'a str,
    appeal_outcome: &'a str,
    recorded_proposal: Option<&'a str>,
    after: Option<&'a str>,
}

#[derive(Serialize)]
struct ChangeRow {
    name: String,
    without: i64,
    with: i64,
}

#[derive(Serialize)]
struct EffectRow<'a> {
    person_id: &'a str,
    objectives: Option<Vec<ChangeRow>>,
    moved: Vec<&'a str>,
}

/// The same as JSON (`demerge/decisions/1`).
pub fn to_json(case: &Case, scenario: &Scenario, decided: &Decided) -> Vec<u8> {
    let code = |post: Option<PostId>| post.map(|post| case.posts[post].code.as_str());
    let change = |change: &Change| ChangeRow { name: change.goal.to_string(), without: change.was, with: change.is };
    let people = decided.lines.iter().map(|line| {
        let record = line.record.as_ref();
        let text = |of: fn(&crate::case::record::Record) -> &String| record.map_or("", |it| of(it).as_str());
        PersonRow {
            person_id: &case.people[line.person].code,
            proposal: code(line.proposed),
            decision: record.and_then(|it| it.ruling).map(Ruling::word),
            post_id: code(record.and_then(|it| it.post)),
            decided_by: text(|it| &it.decided_by),
            date: text(|it| &it.date),
            reason: text(|it| &it.reason),
            representation: text(|it| &it.representation),
            appeal_outcome: text(|it| &it.appeal_outcome),
            recorded_proposal: code(record.and_then(|it| it.proposal)),
            after: code(line.after.flatten()),
        }
    });
    let open = decided.lines.iter().filter(|line| line.standing == Standing::Open).count();
    let effects = decided.effects.iter().map(|effect| EffectRow {
        person_id: &case.people[effect.person].code,
        objectives: effect.changes.as_ref().map(|all| all.iter().map(change).collect()),
        moved: effect.movers.iter().map(|&id| case.people[id].code.as_str()).collect(),
    });
    let document = Document {
        schema: "demerge/decisions/1",
        scenario: &scenario.id,
        decided: decided.lines.len() - open,
        open,
        people: people.collect(),
        possible: match &decided.together {
            Together::Kept { .. } => Some(true),
            Together::Impossible { .. } => Some(false),
            Together::Unknown => None,
        },
        objectives: match &decided.together {
            Together::Kept { changes, .. } => changes.iter().map(change).collect(),
            Together::Impossible { .. } | Together::Unknown => Vec::new(),
        },
        effects: effects.collect(),
    };
    json::document(&document)
}
