//! Explanations of many people: a short table for the screen, and `explanations.csv` with every sentence.

use crate::case::Case;
use crate::case::rule::Rule;
use crate::case::scenario::Scenario;
use crate::report::explain::{otherwise, place, standing, verdict};
use crate::report::lists::{flag, write};
use crate::report::page::{Block, Page, Section, figures, paragraph, table, text};
use crate::report::words::{ordinal, people};
use crate::study::explain::{Choice, Explanation, Verdict};

/// One word for each verdict; they stand in the files, and keep their meaning.
pub fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "held",
        Verdict::NotEligible(_) => "not_eligible",
        Verdict::Undecided(_) => "undecided",
        Verdict::Costs(_) => "costs",
        Verdict::Between(_) => "between",
        Verdict::Impossible(_) => "impossible",
        Verdict::Stopped => "stopped",
    }
}

/// Everyone on one page, a line each.
pub fn page(case: &Case, scenario: &Scenario, told: &[Explanation]) -> Page {
    let columns = vec![
        text("Person"),
        text("Post"),
        text("Rank"),
        figures("Wishes"),
        figures("No match"),
        figures("Barred"),
        figures("At a price"),
        figures("Undecided"),
        figures("No plan"),
    ];
    let rows = told.iter().map(|it| {
        let number = |counts: &dyn Fn(&Verdict) -> bool| {
            number(it.choices.iter().filter(|choice| counts(&choice.verdict)).count())
        };
        vec![
            case.people[it.person].code.clone(),
            place(case, it.post),
            it.standing.rank.map_or_else(|| "-".to_owned(), ordinal),
            number(&|_| true),
            number(&is_unmatched),
            number(&|it| matches!(it, Verdict::NotEligible(_)) && !is_unmatched(it)),
            number(&|it| matches!(it, Verdict::Costs(_) | Verdict::Between(_))),
            number(&|it| matches!(it, Verdict::Undecided(_))),
            number(&|it| matches!(it, Verdict::Impossible(_))),
        ]
    });
    let mut blocks = vec![
        table("Posts that each person would rather have, and why not", columns, rows.collect()),
        Block::Source(
            "Wishes: posts that the person ranked above their own, posts in the stated authority where that is not met, and for \
             someone without a post every matched one. No match: not in matches.csv. Barred: another rule or decision stands \
             against it. At a price: the best plan with it is worse. No plan: it contradicts other rules."
                .to_owned(),
        ),
        paragraph(format!(
            "`demerge explain CASE --scenario {} PERSON` says each in words; `--out FILE.csv` writes all of them.",
            scenario.id
        )),
    ];
    let open = told.iter().filter(|it| is_open(it)).count();
    if open > 0 {
        blocks.push(Block::Warning(format!("The run was stopped before everything was settled for {}.", people(open))));
    }
    let section = Section { id: "explanations", title: "Why each person has this post".to_owned(), blocks };
    Page { title: format!("Scenario {}: explanations", scenario.id), lead: String::new(), sections: vec![section] }
}

fn is_unmatched(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::NotEligible(against) if against.iter().any(|breach| breach.rule == Rule::Matched))
}

/// Whether something about the person was left open when the run was stopped.
pub fn is_open(told: &Explanation) -> bool {
    let is_open = |verdict: &Verdict| matches!(verdict, Verdict::Stopped);
    told.otherwise.as_ref().is_some_and(is_open) || told.choices.iter().any(|choice| is_open(&choice.verdict))
}

fn number(count: usize) -> String {
    if count == 0 { "-".to_owned() } else { count.to_string() }
}

/// `explanations.csv`: for each person a row on the post held, and a row for each post that they would rather have.
pub fn csv(case: &Case, scenario: &Scenario, told: &[Explanation]) -> Vec<u8> {
    let head = ["person_id", "held_post_id", "post_id", "rank_given", "stated_authority", "verdict", "explanation"];
    write(&head, told.iter().flat_map(|it| rows(case, scenario, it)).map(Vec::from))
}

fn rows(case: &Case, scenario: &Scenario, told: &Explanation) -> Vec<[String; 7]> {
    let person = || case.people[told.person].code.clone();
    let held = || told.post.map_or_else(String::new, |post| case.posts[post].code.clone());
    let rank = |rank: Option<u32>| rank.map(|rank| rank.to_string()).unwrap_or_default();
    let without = told.otherwise.as_ref().map(|verdict| otherwise(case, scenario, told, verdict)).unwrap_or_default();
    let why = format!("{} {without}", standing(case, scenario, told));
    let met = told.standing.preference_met.map(flag).unwrap_or_default();
    let own_verdict = if told.post.is_some() { "held" } else { "no_post" };
    let own = [person(), held(), held(), rank(told.standing.rank), met, own_verdict.to_owned(), why.trim().to_owned()];
    let other = |choice: &Choice| {
        [
            person(),
            held(),
            case.posts[choice.post].code.clone(),
            rank(choice.wish.rank),
            flag(choice.wish.stated),
            word(&choice.verdict).to_owned(),
            verdict(case, scenario, told, choice),
        ]
    };
    std::iter::once(own).chain(told.choices.iter().map(other)).collect()
}
