//! What answers still to come could change, in sentences and tables: the page of `demerge answers`, its CSV and its JSON.

mod record;
mod told;

pub use crate::report::answers::record::{answers_csv, answers_json};

use crate::case::scenario::{Objective, Scenario};
use crate::case::{Case, Preferred};
use crate::id::PersonId;
use crate::quantity::grouped;
use crate::report::answers::told::{name, reached, value};
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::words::{authority_code, count, joined, people, person, persons};
use crate::study::answers::figure::Figure;
use crate::study::answers::open::{Kind, Open};
use crate::study::answers::weight::{LOOKED_AT, Moves, Weight};
use crate::study::answers::{Answered, Asked, Range, Ranges};

/// More people than these are counted, not named.
const MOST_NAMED: usize = 12;

/// The page of `demerge answers`.
pub fn page(case: &Case, scenario: &Scenario, answered: &Answered) -> Page {
    let sections = match answered {
        Answered::Ranges(ranges) if ranges.open.is_empty() => {
            let all = "Everybody has answered in time and nobody would rather leave: no answer is open.";
            vec![section("ask", "Whom to ask", vec![paragraph(all)])]
        }
        Answered::Ranges(ranges) => vec![ask(case, ranges), outcomes(case, ranges), answers(case, ranges)],
        Answered::Impossible => {
            warned("No plan keeps every rule of this scenario as things stand. `demerge solve` says why.")
        }
        Answered::Stopped => warned("A limit was reached before the scenario itself was solved."),
    };
    Page {
        title: format!("Scenario {}: what answers still to come could change", scenario.id),
        lead: "An answer still to come may be any authority with a post on offer, no preference, or that the person \
               goes; a late answer may count or not. Lists of posts are not guessed."
            .to_owned(),
        sections,
    }
}

/// Adds a section to the report on a plan, after what was asked for: whom to ask, and where to read on.
pub fn add_note(page: &mut Page, case: &Case, asked: &Asked) {
    let first = first(case, &asked.open, &asked.weights);
    let more = "The plan takes the files as they are. `demerge answers` shows what every outcome can come to, over all \
                answers still to come.";
    let note = section("answers", "Answers still to come", vec![paragraph(first), paragraph(more)]);
    let after = page.sections.iter().position(|section| section.id == "preferences");
    page.sections.insert(after.map_or(page.sections.len(), |at| at + 1), note);
}

fn section(id: &'static str, title: &str, blocks: Vec<Block>) -> Section {
    Section { id, title: title.to_owned(), blocks }
}

fn warned(why: &str) -> Vec<Section> {
    vec![section("outcomes", "What can come out", vec![Block::Warning(why.to_owned())])]
}

/// Whose answer matters most, in a sentence and a table.
fn ask(case: &Case, ranges: &Ranges) -> Section {
    let mut blocks = vec![paragraph(first(case, &ranges.open, &ranges.weights))];
    let row = |weight: &Weight| {
        let it = &ranges.open[weight.position];
        let mut cells = vec![person(case, it.person), today(case, it)];
        cells.extend((0..LOOKED_AT.len()).map(|at| moves(weight, at)));
        cells
    };
    blocks.push(table(
        "How far each figure moves with one person's answer, the others as today (in brackets: whatever the others say, \
         where that is more)",
        vec![
            text("Person"),
            text("Today"),
            figures("Vacancies"),
            figures("Statutory roles"),
            figures("Placed"),
            figures("Preference met"),
        ],
        ranges.weights.iter().map(row).collect(),
    ));
    section("ask", "Whom to ask", blocks)
}

fn first(case: &Case, open: &[Open], weights: &[Weight]) -> String {
    let all = match open.len() {
        1 => "The answer of 1 person is open.".to_owned(),
        many => format!("The answers of {} are open.", people(many)),
    };
    let unknown = weights.iter().filter(|weight| weight.alone.is_none()).count();
    let (rest, of) = match unknown {
        0 => (String::new(), ""),
        _ => (format!(" What {} may say was not tried.", people(unknown)), "Of the others, ask"),
    };
    let ask = if of.is_empty() { "Ask" } else { of };
    let known = || weights.iter().filter(|weight| weight.alone.is_some() && weight.matters());
    let Some(top) = known().next() else {
        let figures = "vacancies, statutory roles, placements or preferences met";
        return match unknown {
            0 if weights.iter().all(|weight| weight.whatever.is_some()) => {
                format!("{all} Nothing that may still be said moves {figures}.")
            }
            0 => format!("{all} No answer by itself moves {figures}; several together may."),
            _ => format!("{all}{rest}"),
        };
    };
    let ties: Vec<PersonId> =
        known().take_while(|weight| weight.ties(top)).map(|it| open[it.position].person).collect();
    let named = if ties.len() > MOST_NAMED { people(ties.len()) } else { joined(&persons(case, &ties), "and") };
    let what = effect(top, if ties.len() == 1 { "their answer" } else { "the answer of each" });
    match ties.len() {
        1 => format!("{all}{rest} {ask} {named} first: {what}."),
        _ => format!("{all}{rest} {ask} {named} first, in any order, for none of them matters more: {what}."),
    }
}

/// `their answer moves 2 vacancies and 1 statutory role`.
fn effect(weight: &Weight, whose: &str) -> String {
    let told = |moves: Moves| {
        let nouns = [
            ("vacancy", "vacancies"),
            ("statutory role", "statutory roles"),
            ("placement", "placements"),
            ("preference met", "preferences met"),
        ];
        let moved = moves.into_iter().zip(nouns).filter(|&(size, _)| size > 0);
        let phrases: Vec<String> = moved.map(|(size, (one, many))| count(size.unsigned_abs(), one, many)).collect();
        joined(&phrases, "and")
    };
    let alone = weight.alone.unwrap_or_default();
    match weight.whatever {
        _ if weight.may_be_impossible => format!("depending on {whose} no plan keeps every rule"),
        Some(whatever) if alone == Moves::default() => {
            format!("once others have answered, {whose} may move {}", told(whatever))
        }
        Some(_) | None => format!("{whose} alone moves {}", told(alone)),
    }
}

fn today(case: &Case, it: &Open) -> String {
    let preferred = case.people[it.person].preference.preferred;
    let given = match preferred {
        Preferred::Authority(id) => format!(", {}", authority_code(case, id)),
        Preferred::NoPreference => ", no preference".to_owned(),
        Preferred::Leave => ", would leave".to_owned(),
        Preferred::Blank => String::new(),
    };
    match it.kind {
        Kind::NoResponse => format!("no answer{given}"),
        Kind::Declined => format!("declined{given}"),
        Kind::Late => format!("late{given}"),
        Kind::WouldLeave => "would leave".to_owned(),
    }
}

fn moves(weight: &Weight, at: usize) -> String {
    match (weight.alone.map(|moves| moves[at]), weight.whatever.map(|moves| moves[at])) {
        (None, _) => "not known".to_owned(),
        (Some(alone), Some(whatever)) if whatever > alone => format!("{} ({})", grouped(alone), grouped(whatever)),
        (Some(alone), Some(_) | None) => grouped(alone),
    }
}

/// Every outcome that moves, then those that do not.
fn outcomes(case: &Case, ranges: &Ranges) -> Section {
    let mut blocks = vec![paragraph(counted(ranges))];
    if ranges.is_cut {
        blocks.push(Block::Warning(
            "A limit was reached before everything that was asked for was tried, or checked again.".to_owned(),
        ));
    }
    if ranges.without_plan > 0 {
        blocks.push(Block::Warning(format!(
            "With {} of these combinations no plan keeps every rule. The figures are of the others.",
            many(ranges.without_plan)
        )));
    }
    let shown = || ranges.ranges.iter().filter(|range| is_shown(ranges, range));
    let moving: Vec<&Range> = shown().filter(|range| moves_at_all(range)).collect();
    if !moving.is_empty() {
        blocks.push(outcome_table(case, ranges, &moving));
    }
    let still: Vec<String> = shown()
        .filter(|range| !moves_at_all(range))
        .map(|range| format!("{}: {}", name(case, range.figure), value(range.figure, range.today)))
        .collect();
    if !still.is_empty() {
        let same = if ranges.is_whole() { "The same whatever is said:" } else { "The same in all that is known:" };
        blocks.push(paragraph(same));
        blocks.push(Block::List(still));
    }
    blocks.extend(ranks(ranges).map(Block::Note));
    section("outcomes", "What can come out", blocks)
}

/// Where an answer alone makes ranks worse, why that is so.
fn ranks(ranges: &Ranges) -> Option<String> {
    let of_ranks = |range: &&Range| match range.figure {
        Figure::Goal(goal) => goal.objective == Objective::Rank || goal.objective.profile().is_some(),
        _ => false,
    };
    let silent = ranges.open.iter().any(|it| it.kind == Kind::NoResponse);
    let moved = silent && ranges.ranges.iter().filter(of_ranks).any(moves_at_all);
    moved.then(|| {
        "Ranks count from the day of an answer: whoever answers without a list of posts counts at the scenario's \
         unlisted_rank, who has not answered counts at nought. So ranks can look worse only because somebody answered."
            .to_owned()
    })
}

fn counted(ranges: &Ranges) -> String {
    let all = if ranges.combinations == 1 {
        "1 combination of answers is possible".to_owned()
    } else {
        format!("{} combinations of answers are possible", many(ranges.combinations))
    };
    let solved = count(ranges.solves as u64, "plan was solved and checked", "plans were solved and checked");
    if ranges.is_whole() {
        format!(
            "{all}, and each is accounted for: {solved}, and every combination is proved to come out as one of them, or as \
             several of them put together."
        )
    } else {
        format!(
            "{all}; {solved}, which tell the outcome of {} of them. So each figure goes at least from the worst to the best \
             shown. \"Never beyond\" is proved for every combination; where nothing is proved, it is left open.",
            many(ranges.known)
        )
    }
}

/// A number of combinations, which may be beyond any that is written out.
fn many(number: u128) -> String {
    i64::try_from(number).map_or_else(|_| "more than 9 million million million".to_owned(), grouped)
}

/// An objective that says the same as a figure above is not said twice.
fn is_shown(ranges: &Ranges, range: &Range) -> bool {
    let Figure::Goal(_) = range.figure else { return true };
    let twin = |other: &&Range| {
        matches!(other.figure, Figure::Placed | Figure::Met | Figure::Cover) && told::is_of(range.figure, other.figure)
    };
    !ranges.ranges.iter().any(|other| twin(&other))
}

fn moves_at_all(range: &Range) -> bool {
    range.worst.value != range.best.value
}

fn outcome_table(case: &Case, ranges: &Ranges, moving: &[&Range]) -> Block {
    let mut columns = vec![text("Outcome"), figures("Worst"), figures("Today"), figures("Best")];
    if !ranges.is_whole() {
        columns.push(text("Never beyond"));
    }
    let row = |range: &&Range| {
        let told = |number| value(range.figure, number);
        let mut cells = vec![name(case, range.figure)];
        cells.extend([range.worst.value, range.today, range.best.value].map(told));
        if !ranges.is_whole() {
            let end = |bound: Option<i64>| bound.map_or_else(|| "open".to_owned(), told);
            cells.push(match (range.bound.worst, range.bound.best) {
                (None, None) => "open".to_owned(),
                (worst, best) => format!("{} to {}", end(worst), end(best)),
            });
        }
        cells
    };
    table(
        "Each outcome over all answers still to come, each at its worst and best by itself",
        columns,
        moving.iter().map(row).collect(),
    )
}

/// Which answers lead to the worst and the best, the outcomes that one set of answers leads to together.
fn answers(case: &Case, ranges: &Ranges) -> Section {
    let mut rows: Vec<(&[usize], [String; 3])> = Vec::new();
    for range in ranges.ranges.iter().filter(|range| is_shown(ranges, range) && moves_at_all(range)) {
        for (end, extreme) in [(1, &range.worst), (2, &range.best)] {
            let told = format!("{} {}", name(case, range.figure), value(range.figure, extreme.value));
            match rows.iter_mut().find(|(setting, _)| *setting == extreme.setting.as_slice()) {
                Some((_, cells)) => add(&mut cells[end], &told),
                None => {
                    let mut cells = [reached(case, ranges, extreme), String::new(), String::new()];
                    add(&mut cells[end], &told);
                    rows.push((&extreme.setting, cells));
                }
            }
        }
    }
    let blocks = if rows.is_empty() {
        vec![paragraph("No answer changes any of these figures.")]
    } else {
        let columns = vec![text("Answers"), text("At its worst"), text("At its best")];
        let rows = rows.into_iter().map(|(_, cells)| cells.to_vec()).collect();
        vec![table("What each set of answers leads to; everybody else answers as today", columns, rows)]
    };
    section("answers", "Which answers lead there", blocks)
}

fn add(cell: &mut String, told: &str) {
    if !cell.is_empty() {
        cell.push_str("; ");
    }
    cell.push_str(told);
}
