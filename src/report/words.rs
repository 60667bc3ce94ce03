//! The wording of rules, objectives and figures, once for all outputs.

use crate::case::answer::{Leaf, Scored};
use crate::case::goal::Part;
use crate::case::scenario::{Clause, Objective, PolicyRule, Scenario, Sense};
use crate::case::{Case, Decision, LinkKind, MatchKind};
use crate::certify::{Measure, Met, Vacancy};
use crate::id::{AuthorityId, PersonId, PostId};
use crate::quantity::{BasisPoints, Miles, Pence, grouped, write_decimal, write_short};
use crate::report::scores::goal_value;

/// `1 seat`, `2 seats`.
pub fn count(number: impl Into<u64>, one: &str, many: &str) -> String {
    let number = number.into();
    let digits = grouped(i64::try_from(number).unwrap_or(i64::MAX));
    if number == 1 { format!("{digits} {one}") } else { format!("{digits} {many}") }
}

/// `1 person`, `2 people`.
pub fn people(number: usize) -> String {
    count(number as u64, "person", "people")
}

/// `A`, `A and B`, `A, B and C`.
pub fn joined(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

/// A sentence with a capital letter at its head.
pub fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Name of an authority with its id.
pub fn authority(case: &Case, id: AuthorityId) -> String {
    let authority = &case.authorities[id];
    if authority.name.is_empty() || authority.name == authority.code {
        authority.code.clone()
    } else {
        format!("{} ({})", authority.name, authority.code)
    }
}

/// Id of an authority.
pub fn authority_code(case: &Case, id: AuthorityId) -> &str {
    &case.authorities[id].code
}

/// Id of a person.
pub fn person(case: &Case, id: PersonId) -> String {
    case.people[id].code.clone()
}

/// Ids of people.
pub fn persons(case: &Case, ids: &[PersonId]) -> Vec<String> {
    ids.iter().map(|&id| person(case, id)).collect()
}

/// Id and title of a post.
pub fn post(case: &Case, id: PostId) -> String {
    let post = &case.posts[id];
    if post.title.is_empty() { post.code.clone() } else { format!("{} {}", post.code, post.title) }
}

/// A class of match as people say it.
pub fn match_name(kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::Direct => "Direct match",
        MatchKind::Partial => "Partial match",
        MatchKind::Alternative => "Suitable alternative",
        MatchKind::Promotion => "Promotion",
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        (_, _) => "th",
    };
    format!("{number}{ending}")
}

/// `36.17%`.
pub fn percent(value: BasisPoints) -> String {
    format!("{value}%")
}

/// Money to the penny, so that figures line up: `£2,651,696.65`.
pub fn pounds(Pence(pence): Pence) -> String {
    let decimals = write_decimal(pence, 2);
    let (whole, fraction) = decimals.split_once('.').unwrap_or((&decimals, "00"));
    let digits = grouped(whole.trim_start_matches('-').parse().unwrap_or(i64::MAX));
    let sign = if pence < 0 { "-" } else { "" };
    format!("{sign}£{digits}.{fraction}")
}

/// What an objective counts.
pub fn objective_name(objective: Objective) -> &'static str {
    match objective {
        Objective::Placed => "People with a post",
        Objective::Statutory => "Statutory roles covered",
        Objective::Preference => "People with the authority they stated",
        Objective::Match => "Distance from a direct match",
        Objective::Rank => "Sum of the ranks people gave to their posts",
        Objective::Cost => "Pay with on-cost a year",
        Objective::Moves => "People who change employer",
        Objective::Critical => "People in statutory or high-criticality posts",
        Objective::Travel => "Miles from home to work",
        Objective::Generous => "People placed, then few at poor ranks",
        Objective::Greedy => "People placed, then many at good ranks",
        Objective::RankMaximal => "Many people at good ranks",
        Objective::Bottleneck => "Worst rank of anyone placed",
        Objective::Family => "People on family leave with a post",
    }
}

/// An objective as what is aimed at.
pub fn objective_aim(objective: Objective) -> &'static str {
    match objective {
        Objective::Placed => "as many people as possible have a post",
        Objective::Statutory => "as many statutory roles as possible are covered",
        Objective::Preference => "as many people as possible are where they would prefer to work",
        Objective::Match => "posts are as close as possible to people's present jobs",
        Objective::Rank => "people have posts as high as possible on their own lists",
        Objective::Cost => "pay comes to as little as possible",
        Objective::Moves => "as few people as possible change employer",
        Objective::Critical => "as many statutory and critical posts as possible are filled",
        Objective::Travel => "people travel as little as possible",
        Objective::Generous => "as many as possible have a post, and as few as possible a poor choice of theirs",
        Objective::Greedy => {
            "as many as possible have a post, and as many as possible their first choice, then their second"
        }
        Objective::RankMaximal => "as many as possible have their first choice, then their second",
        Objective::Bottleneck => "the poorest choice that anyone has to take is as good as possible",
        Objective::Family => "as many people as possible who are on family leave have a post",
    }
}

/// The objectives of a scenario as what is aimed at, in their order: `1st: as many people as possible have a post`.
pub fn aims(scenario: &Scenario) -> Vec<String> {
    (1..).zip(&scenario.objectives).map(|(place, &it)| format!("{}: {}", ordinal(place), objective_aim(it))).collect()
}

/// Who may be placed where, as a sentence.
pub fn policy_sentence(rule: PolicyRule) -> &'static str {
    match rule {
        PolicyRule::PreferenceInformed => {
            "Everybody may be placed at any of the councils, whatever their employer is today; what they asked for counts."
        }
        PolicyRule::EmployerDefault => "Everybody stays with the council that employs them today.",
        PolicyRule::TimeMajority => {
            "Where over half of a post's time is meant for one council, its holder goes to that council."
        }
    }
}

/// A value of an objective, with its unit where it has one.
pub fn objective_value(objective: Objective, value: i64) -> String {
    match objective {
        Objective::Cost => pounds(Pence(value)),
        Objective::Travel => format!("{} miles", Miles(value)),
        Objective::Bottleneck if value == 0 => "none".to_owned(),
        Objective::Placed
        | Objective::Statutory
        | Objective::Preference
        | Objective::Match
        | Objective::Rank
        | Objective::Moves
        | Objective::Critical
        | Objective::Bottleneck
        | Objective::Family
        | Objective::Generous
        | Objective::Greedy
        | Objective::RankMaximal => grouped(value),
    }
}

/// Whether the values of an objective's goals are proved best, in words.
pub fn standing(scored: &[Scored]) -> String {
    let Some(open) = scored.iter().find(|scored| scored.value != scored.bound) else {
        return "proved best".to_owned();
    };
    let bound = goal_value(open.goal, open.bound);
    let at = match open.goal.part {
        Part::Whole => String::new(),
        Part::Placed => " placed".to_owned(),
        Part::Rank(rank) => format!(" at rank {rank}"),
    };
    match open.goal.sense() {
        Sense::Most => format!("not proved best: no plan has more than {bound}{at}"),
        Sense::Least => format!("not proved best: no plan has less than {bound}{at}"),
    }
}

/// What a fairness rule demands, without a full stop.
pub fn clause_sentence(case: &Case, clause: &Clause) -> String {
    match clause {
        Clause::PeopleShare { authority: id, min, max } => {
            format!("{} must have {} of all people", authority(case, *id), between(*min, *max))
        }
        Clause::FteShare { authority: id, min, max } => {
            format!("{} must have {} of all FTE", authority(case, *id), between(*min, *max))
        }
        Clause::Budget { authority: id, max } => {
            format!("the placements of {} must cost at most {} a year", authority(case, *id), pounds(*max))
        }
        Clause::Cover { authority: id, function, min_people } => {
            let wanted = count(*min_people, "person", "people");
            format!("{} must have at least {wanted} in posts of {function}", authority(case, *id))
        }
        Clause::VacancyGap { authorities: [first, second], max_points } => format!(
            "the vacancy rates of {} and {} must differ by at most {max_points} points",
            authority(case, *first),
            authority(case, *second)
        ),
        Clause::PreferenceParity { max_points } => {
            format!("preference met must differ by at most {max_points} points between any two employers' staff")
        }
    }
}

fn between(min: Option<BasisPoints>, max: Option<BasisPoints>) -> String {
    match (min, max) {
        (Some(min), Some(max)) => format!("between {} and {}", percent(min), percent(max)),
        (Some(min), None) => format!("at least {}", percent(min)),
        (None, Some(max)) => format!("at most {}", percent(max)),
        (None, None) => "any share".to_owned(),
    }
}

/// The limits of a fairness rule.
pub fn limits(clause: &Clause) -> String {
    match clause {
        Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. } => between(*min, *max),
        Clause::Budget { max, .. } => format!("at most {}", pounds(*max)),
        Clause::Cover { min_people, .. } => format!("at least {min_people}"),
        Clause::VacancyGap { max_points, .. } | Clause::PreferenceParity { max_points } => {
            format!("at most {max_points} points")
        }
    }
}

/// What a fairness rule is about, as a heading of its row.
pub fn clause_name(case: &Case, clause: &Clause) -> String {
    match clause {
        Clause::PeopleShare { authority: id, .. } => format!("Share of people at {}", authority_code(case, *id)),
        Clause::FteShare { authority: id, .. } => format!("Share of FTE at {}", authority_code(case, *id)),
        Clause::Budget { authority: id, .. } => format!("Cost at {}", authority_code(case, *id)),
        Clause::Cover { authority: id, function, .. } => {
            format!("People in {function} at {}", authority_code(case, *id))
        }
        Clause::VacancyGap { authorities: [first, second], .. } => {
            format!("Gap in vacancy rate, {} and {}", authority_code(case, *first), authority_code(case, *second))
        }
        Clause::PreferenceParity { .. } => "Gap in preference met between employers".to_owned(),
    }
}

/// A measured value with what it is made of.
pub fn measured(case: &Case, measure: &Measure) -> String {
    let share = |rate: Option<BasisPoints>| rate.map_or_else(|| "nothing to divide by".to_owned(), percent);
    let value = share(measure.percentage());
    let points = measure.percentage().map_or_else(|| "nothing to compare".to_owned(), |gap| format!("{gap} points"));
    match measure {
        Measure::PeopleShare { placed, all, .. } => format!("{value} ({placed} of {all} people)"),
        Measure::FteShare { placed, all, .. } => {
            format!("{value} ({} of {} FTE)", write_short(*placed, 4), write_short(*all, 4))
        }
        Measure::Budget { cost, .. } => pounds(*cost),
        Measure::Cover { placed, .. } => placed.to_string(),
        Measure::VacancyGap { rates, .. } => {
            let side = |side: &Vacancy| {
                let code = authority_code(case, side.authority);
                format!("{code} {} of {} seats", side.empty, side.seats)
            };
            format!("{points} ({})", rates.iter().map(side).collect::<Vec<_>>().join(", "))
        }
        Measure::PreferenceParity { employers, .. } => {
            let side = |side: &Met| format!("{} {} of {}", authority_code(case, side.employer), side.met, side.stated);
            format!("{points} ({})", employers.iter().map(side).collect::<Vec<_>>().join(", "))
        }
    }
}

/// A rule of the user's own files that takes part in a conflict, with where it stands.
pub fn leaf_sentence(case: &Case, scenario: &Scenario, leaf: Leaf) -> String {
    match leaf {
        Leaf::Clause(index) => {
            let sentence = clause_sentence(case, &scenario.fairness[index].clause);
            format!("scenario {}, fairness rule {}: {sentence}", scenario.id, index + 1)
        }
        Leaf::Link(index) => {
            let link = &case.links[index];
            let [first, second] = link.people.map(|id| person(case, id));
            let demand = match link.kind {
                LinkKind::SameAuthority => "must be placed in one authority, or neither placed",
                LinkKind::DifferentAuthority => "must not both be placed in one authority",
            };
            format!("links.csv row {}: {first} and {second} {demand}", link.row)
        }
        Leaf::Pin(index) => pin_sentence(case, index),
        Leaf::Retained(id) => format!(
            "people.csv row {}: {} is in a retained shared service, and scenario {} keeps such people in retained shared \
             posts (retained_shared = \"pin\")",
            case.people[id].row,
            person(case, id),
            scenario.id
        ),
    }
}

fn pin_sentence(case: &Case, index: usize) -> String {
    let pin = &case.pins[index];
    let demand = match pin.decision {
        Decision::MustPost(id) => format!("must hold {}", post(case, id)),
        Decision::MustAuthority(id) => format!("must go to {}", authority(case, id)),
        Decision::NotPost(id) => format!("may not hold {}", post(case, id)),
        Decision::NotAuthority(id) => format!("may not go to {}", authority(case, id)),
    };
    let mut sentence = format!("pins.csv row {}: {} {demand}", pin.row, person(case, pin.person));
    if !pin.reason.is_empty() {
        sentence.push_str(&format!(" (reason: {})", pin.reason));
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::{joined, ordinal, pounds};
    use crate::quantity::Pence;

    #[test]
    fn figures_read_well() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
        assert_eq!([0, 5, 265_169_665, -150].map(Pence).map(pounds).join(" "), "£0.00 £0.05 £2,651,696.65 -£1.50");
        assert_eq!(joined(&["A".into(), "B".into(), "C".into()], "or"), "A, B or C");
    }
}
