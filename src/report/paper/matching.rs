//! How people were matched and allocated, in plain words, and what came of their wishes.

use crate::case::MatchKind;
use crate::case::scenario::{FairnessRule, Level, RetainedShared, Scenario};
use crate::report::page::{Block, Section, figures, table, text};
use crate::report::paper::charts;
use crate::report::paper::desk::{Desk, fitted, section};
use crate::report::words::{aims, authority, capital, clause_sentence, match_name, ordinal, policy_sentence};
use crate::study::paper::key::Key;
use crate::study::paper::shape::LAST_RANK;

/// The rules, the order of importance, and matches and wishes in figures.
pub(super) fn matching(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("matching");
    blocks.push(Block::List(aims(desk.scenario)));
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
    let mut text = policy_sentence(policy.rule).to_owned();
    text.push_str(&match policy.max_grades_down {
        0 => " Nobody is placed in a lower grade.".to_owned(),
        1 => " Nobody is placed more than one grade below their own.".to_owned(),
        grades => format!(" Nobody is placed more than {grades} grades below their own."),
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

/// Every clause with whether it must be kept.
fn clauses(desk: &Desk<'_>) -> Vec<String> {
    desk.scenario.fairness.iter().map(|rule| clause(desk, rule)).collect()
}

/// What a clause demands, and whether it must be kept; without a full stop.
pub(super) fn clause(desk: &Desk<'_>, rule: &FairnessRule) -> String {
    let level = match rule.level {
        Level::Must => "this is kept",
        Level::Report => "this is measured, not enforced",
    };
    format!("{} ({level})", capital(&clause_sentence(desk.case, &rule.clause)))
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
