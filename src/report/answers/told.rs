//! Outcomes and answers in words.

use crate::case::Case;
use crate::case::goal::Part;
use crate::case::scenario::Objective;
use crate::quantity::grouped;
use crate::report::scores::{goal_name, goal_value};
use crate::report::words::{authority_code, joined, people, person};
use crate::study::answers::figure::Figure;
use crate::study::answers::open::{Open, Said};
use crate::study::answers::{Extreme, Ranges};

/// More answers than these are counted, not named.
const MOST_TOLD: usize = 8;

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

/// `if P28 goes and P45 states A`, or `as things stand`.
pub(super) fn reached(case: &Case, ranges: &Ranges, extreme: &Extreme) -> String {
    let changed: Vec<(&Open, Said)> = changed(ranges, extreme).collect();
    if changed.is_empty() {
        return "as things stand".to_owned();
    }
    if changed.len() > MOST_TOLD {
        return format!("if {} answer as the files of --out and --json list", people(changed.len()));
    }
    let told: Vec<String> = changed.into_iter().map(|(it, said)| sentence(case, it, said)).collect();
    format!("if {}", joined(&told, "and"))
}

/// Everyone whose answer differs from today's, with their answer.
pub(super) fn changed<'a>(ranges: &'a Ranges, extreme: &'a Extreme) -> impl Iterator<Item = (&'a Open, Said)> {
    let all = ranges.open.iter().zip(&extreme.setting).map(|(it, &answer)| (it, it.answers[answer]));
    all.filter(|&(_, said)| said != Said::AsToday)
}

fn sentence(case: &Case, it: &Open, said: Said) -> String {
    let who = person(case, it.person);
    match said {
        Said::AsToday => format!("{who} stays as today"),
        Said::Authority(id) => format!("{who} states {}", authority_code(case, id)),
        Said::NoPreference => format!("{who} states no preference"),
        Said::NotCounted => format!("the late answer of {who} does not count"),
        Said::Leaves => format!("{who} goes"),
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
