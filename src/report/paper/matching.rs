//! How people were matched and allocated, in plain words, and what came of their wishes.

use crate::case::MatchKind;
use crate::case::scenario::{Level, Objective, PolicyRule, RetainedShared, Scenario, Sense};
use crate::report::page::{Block, Section, figures, table, text};
use crate::report::paper::charts;
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::words::{authority, clause_sentence, count, match_name, objective_name, ordinal};
use crate::study::paper::key::Key;
use crate::study::paper::shape::LAST_RANK;

/// The rules, the order of importance, and matches and wishes in figures.
pub(super) fn matching(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("matching");
    blocks.push(Block::List(desk.scenario.objectives.iter().map(|&it| objective(it)).collect()));
    let rules: Vec<String> = clauses(desk);
    if !rules.is_empty() {
        blocks.push(Block::Heading("Rules of fairness between the councils".to_owned()));
        blocks.push(Block::List(rules));
    }
    blocks.extend(desk.texts.blocks("matching_after"));
    blocks.push(Block::Heading("How jobs were matched".to_owned()));
    blocks.extend(fitted(matches(desk)));
    blocks.push(Block::Heading("What people asked for".to_owned()));
    blocks.extend(fitted(answers(desk)));
    blocks.extend(fitted(wishes(desk)));
    blocks.extend(fitted(ranks(desk)));
    blocks.extend(charts::ranks(desk));
    section(desk, "matching", "How people were matched and allocated", blocks)
}

/// The policy of a scenario, in sentences.
pub(super) fn rule(scenario: &Scenario) -> String {
    let policy = &scenario.policy;
    let mut text = match policy.rule {
        PolicyRule::PreferenceInformed => "Anybody may be placed at either council, whatever their employer is today.",
        PolicyRule::EmployerDefault => "Everybody stays with the council that employs them today.",
        PolicyRule::TimeMajority => {
            "Where over half of a post's time is meant for one council, its holder goes to that council."
        }
    }
    .to_owned();
    text.push_str(&match policy.max_grades_down {
        0 => " Nobody is placed in a lower grade.".to_owned(),
        grades => format!(
            " Nobody is placed more than {} below their own.",
            count(u64::from(grades.unsigned_abs()), "grade", "grades")
        ),
    });
    text.push_str(match policy.retained_shared {
        RetainedShared::Release => " People whose service stays shared may also be placed elsewhere.",
        RetainedShared::Pin => " People whose service stays shared stay in it.",
    });
    text.push_str(if policy.promotion_into.is_empty() {
        " Nobody is promoted by this allocation."
    } else {
        " Promotion is possible only into posts that were named beforehand."
    });
    text
}

fn objective(objective: Objective) -> String {
    let wanted = match objective.sense() {
        Sense::Most => "as many as possible",
        Sense::Least => "as little as possible",
    };
    match objective {
        Objective::Generous | Objective::Greedy | Objective::RankMaximal => objective_name(objective).to_owned(),
        Objective::Match => "Jobs as close as possible to those that people do today".to_owned(),
        Objective::Rank => "Posts as high as possible on people's own lists".to_owned(),
        Objective::Bottleneck => "Nobody far down their own list".to_owned(),
        Objective::Placed
        | Objective::Statutory
        | Objective::Preference
        | Objective::Cost
        | Objective::Moves
        | Objective::Critical
        | Objective::Travel
        | Objective::Family => format!("{}: {wanted}", objective_name(objective)),
    }
}

/// Every clause with whether it must be kept.
fn clauses(desk: &Desk<'_>) -> Vec<String> {
    let all = desk.scenario.fairness.iter().map(|rule| {
        let level = match rule.level {
            Level::Must => "this is kept",
            Level::Report => "this is measured, not enforced",
        };
        let sentence = clause_sentence(desk.case, &rule.clause);
        let mut letters = sentence.chars();
        let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{} ({level})", letters.as_str())
    });
    all.collect()
}

fn matches(desk: &Desk<'_>) -> Block {
    let row = |&kind: &MatchKind| vec![match_name(kind).to_owned(), desk.cell(Key::Matched(kind))];
    table("People with a post, by how well it matches their job", vec![text("Match"), figures("People")], {
        MatchKind::ALL.iter().map(row).collect()
    })
}

fn answers(desk: &Desk<'_>) -> Block {
    let mut rows = vec![
        vec!["Answered".to_owned(), desk.cell(Key::Answered)],
        vec!["Did not answer".to_owned(), desk.cell(Key::Unanswered)],
        vec!["Would prefer one council".to_owned(), desk.cell(Key::Stated)],
    ];
    rows.extend(
        desk.case
            .authorities
            .ids()
            .map(|id| vec![format!("Would prefer {}", authority(desk.case, id)), desk.cell(Key::StatedAt(id))]),
    );
    rows.push(vec!["Everyone".to_owned(), desk.figures.people.to_string()]);
    table("What people said when they were asked", vec![text("Answer"), figures("People")], rows)
}

fn wishes(desk: &Desk<'_>) -> Block {
    let row = |(name, key): (&str, Key)| vec![name.to_owned(), desk.cell(key)];
    let rows = [
        ("Placed at the council that they prefer", Key::Met),
        ("Placed at another council", Key::Elsewhere),
        ("Without a post", Key::StatedWithout),
        ("Everyone who would prefer one council", Key::Stated),
    ];
    let columns = vec![text("Outcome"), figures("People")];
    table("People who would prefer one council, and what came of it", columns, rows.map(row).to_vec())
}

fn ranks(desk: &Desk<'_>) -> Block {
    let mut rows: Vec<Vec<String>> = places(desk).into_iter().map(|(name, key)| vec![name, desk.cell(key)]).collect();
    rows.push(vec!["Everyone".to_owned(), desk.figures.people.to_string()]);
    table("Where each person's post stands on their own list", vec![text("Post"), figures("People")], rows)
}

/// Where a post can stand on somebody's list, as far as this paper tells it apart.
pub(super) fn places(desk: &Desk<'_>) -> Vec<(String, Key)> {
    let of = |rank: u32| (format!("{} choice", ordinal(rank)), Key::Ranked(rank));
    let lower = |rank: u32| (format!("{} choice or lower", ordinal(rank)), Key::Later(rank));
    let ranks =
        (1..LAST_RANK).map(of).chain([(format!("{} choice or later", ordinal(LAST_RANK)), Key::Ranked(LAST_RANK))]);
    let others = [
        ("A post that they did not list", Key::Unlisted),
        ("A post, without having answered", Key::NoResponse),
        ("Without a post", Key::Without),
    ];
    let all = ranks.chain((2..LAST_RANK).map(lower)).chain(others.map(|(name, key)| (name.to_owned(), key)));
    all.filter(|(_, key)| desk.figures.has(*key)).collect()
}
