//! Outcomes and answers in words.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::goal::Part;
use crate::case::scenario::Objective;
use crate::id::PersonId;
use crate::quantity::grouped;
use crate::report::scores::{goal_name, goal_value};
use crate::report::words::{authority_code, joined, people, persons};
use crate::study::answers::figure::Figure;
use crate::study::answers::open::{Open, Said};
use crate::study::answers::{Extreme, Ranges};

/// More people than these are counted, not named.
const MOST_TOLD: usize = 20;

/// What an outcome is called.
pub(super) fn name(case: &Case, figure: Figure) -> String {
    match figure {
        Figure::Placed => "People with a post".to_owned(),
        Figure::Met => "Stated authority met".to_owned(),
        Figure::NotMet => "Stated authority not met".to_owned(),
        Figure::Vacancies => "Vacancies".to_owned(),
        Figure::VacanciesAt(id) => format!("Vacancies at {}", authority_code(case, id)),
        Figure::Cover => "Statutory roles covered".to_owned(),
        Figure::CoverAt(id, role) => format!("{role} covered at {}", authority_code(case, id)),
        Figure::Goal(goal) => match goal.part {
            Part::Whole => goal_name(goal),
            Part::Placed | Part::Rank(_) => format!("{} ({})", goal_name(goal), goal.objective),
        },
    }
}

/// A value of an outcome, with its unit where it has one.
pub(super) fn value(figure: Figure, number: i64) -> String {
    match figure {
        Figure::CoverAt(..) => if number > 0 { "yes" } else { "no" }.to_owned(),
        Figure::Goal(goal) => goal_value(goal, number),
        Figure::Placed | Figure::Met | Figure::NotMet | Figure::Vacancies | Figure::VacanciesAt(_) | Figure::Cover => {
            grouped(number)
        }
    }
}

/// Whether a goal of the scenario is this outcome under another name.
pub(super) fn is_of(goal: Figure, other: Figure) -> bool {
    let Figure::Goal(goal) = goal else { return false };
    match (goal.part, goal.objective) {
        (Part::Placed, _) | (Part::Whole, Objective::Placed) => other == Figure::Placed,
        (Part::Whole, Objective::Preference) => other == Figure::Met,
        (Part::Whole, Objective::Statutory) => other == Figure::Cover,
        (Part::Whole | Part::Rank(_), _) => false,
    }
}

/// `P28 and P45 go; P03 states A`, or `as things stand`.
pub(super) fn reached(case: &Case, ranges: &Ranges, extreme: &Extreme) -> String {
    let mut by_answer: BTreeMap<Said, Vec<PersonId>> = BTreeMap::new();
    for (it, said) in changed(ranges, extreme) {
        by_answer.entry(said).or_default().push(it.person);
    }
    if by_answer.is_empty() {
        return "as things stand".to_owned();
    }
    let told: Vec<String> = by_answer.into_iter().map(|(said, who)| clause(case, said, &who)).collect();
    told.join("; ")
}

/// Everyone whose answer differs from today's, with their answer.
pub(super) fn changed<'a>(ranges: &'a Ranges, extreme: &'a Extreme) -> impl Iterator<Item = (&'a Open, Said)> {
    let all = ranges.open.iter().zip(&extreme.setting).map(|(it, &answer)| (it, it.answers[answer]));
    all.filter(|&(_, said)| said != Said::AsToday)
}

fn clause(case: &Case, said: Said, who: &[PersonId]) -> String {
    let names = if who.len() > MOST_TOLD { people(who.len()) } else { joined(&persons(case, who), "and") };
    let by_number = |one: &'static str, many: &'static str| if who.len() == 1 { one } else { many };
    match said {
        Said::AsToday => format!("{names} as today"),
        Said::Authority(id) => format!("{names} {} {}", by_number("states", "state"), authority_code(case, id)),
        Said::NoPreference => format!("{names} {} no preference", by_number("states", "state")),
        Said::NotCounted => {
            format!("the late {} of {names} {} not count", by_number("answer", "answers"), by_number("does", "do"))
        }
        Said::Leaves => format!("{names} {}", by_number("goes", "go")),
    }
}

/// The word for an answer in a file: an authority's id, or a word of the column `preferred`.
pub(super) fn word(case: &Case, said: Said) -> &str {
    match said {
        Said::AsToday => "as_today",
        Said::Authority(id) => authority_code(case, id),
        Said::NoPreference => "no_preference",
        Said::NotCounted => "not_counted",
        Said::Leaves => "leave",
    }
}
