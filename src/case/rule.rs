//! The rules of the domain: one row each, with the source that it rests on.
//!
//! A rule appears once here, once in `model/terms.rs` (as rows or cost), once in `certify/rules.rs` (as a check,
//! written from the words), once in `docs/RULES.md`; tests are generated from [`Rule::ALL`], so a rule without a
//! mutant case cannot be added.

use std::fmt;

/// A rule that an allocation must keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A person holds at most one post.
    OnePost,
    /// A post holds at most its seats.
    Capacity,
    /// Only open posts of the chosen structures are offered.
    Offered,
    /// Only a matched pair can be an allocation.
    Matched,
    /// The essential qualification is held.
    Qualification,
    /// Promotion only into the posts named.
    Promotion,
    /// Not too many grades down.
    GradesDown,
    /// `employer_default`: the present employer only.
    EmployerDefault,
    /// `time_majority`: the majority authority only.
    TimeMajority,
    /// Retained shared staff hold retained shared posts.
    RetainedShared,
    /// `must_post`.
    PinPost,
    /// `must_authority`.
    PinAuthority,
    /// `not_post`.
    BarPost,
    /// `not_authority`.
    BarAuthority,
    /// `same_authority`.
    SameAuthority,
    /// `different_authority`.
    DifferentAuthority,
    /// `people_share`.
    PeopleShare,
    /// `fte_share`.
    FteShare,
    /// `budget`.
    Budget,
    /// `cover`.
    Cover,
    /// `vacancy_gap`.
    VacancyGap,
    /// `preference_parity`.
    PreferenceParity,
}

/// What kind of thing a rule is about, for headings and for the order of the docs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// True of every allocation.
    Structure,
    /// Which pairs may be an allocation at all.
    Eligibility,
    /// Officers' decisions and links.
    Decision,
    /// Clauses over many people.
    Fairness,
}

impl Rule {
    /// Every rule, in the order of the docs.
    pub const ALL: &'static [Rule] = &[
        Rule::OnePost,
        Rule::Capacity,
        Rule::Offered,
        Rule::Matched,
        Rule::Qualification,
        Rule::Promotion,
        Rule::GradesDown,
        Rule::EmployerDefault,
        Rule::TimeMajority,
        Rule::RetainedShared,
        Rule::PinPost,
        Rule::PinAuthority,
        Rule::BarPost,
        Rule::BarAuthority,
        Rule::SameAuthority,
        Rule::DifferentAuthority,
        Rule::PeopleShare,
        Rule::FteShare,
        Rule::Budget,
        Rule::Cover,
        Rule::VacancyGap,
        Rule::PreferenceParity,
    ];

    /// Whether it says of one person and one post, looked at alone, whether they may go together.
    pub fn is_of_a_pair(self) -> bool {
        match self.family() {
            Family::Eligibility => true,
            Family::Decision => !matches!(self, Rule::SameAuthority | Rule::DifferentAuthority),
            Family::Structure | Family::Fairness => false,
        }
    }

    /// Stable code, family, name, and the sentence a person reads when it is broken.
    fn card(self) -> (&'static str, Family, &'static str, &'static str) {
        use Family::{Decision, Eligibility, Fairness, Structure};
        match self {
            Rule::OnePost => ("R101", Structure, "one post each", "a person holds at most one post"),
            Rule::Capacity => ("R102", Structure, "seats", "a post has no more holders than seats"),
            Rule::Offered => {
                ("R201", Eligibility, "post on offer", "the post is open and in the structure that the scenario chose")
            }
            Rule::Matched => ("R202", Eligibility, "job match", "only a pair in matches.csv can be an allocation"),
            Rule::Qualification => (
                "R203",
                Eligibility,
                "essential qualification",
                "the person holds the essential qualification of the post",
            ),
            Rule::Promotion => {
                ("R204", Eligibility, "promotion", "a promotion match is allocated only into posts of promotion_into")
            }
            Rule::GradesDown => {
                ("R205", Eligibility, "grades down", "the post is at most max_grades_down grades below the person's")
            }
            Rule::EmployerDefault => (
                "R206",
                Eligibility,
                "employer default",
                "the rule employer_default keeps each person with the present employer",
            ),
            Rule::TimeMajority => (
                "R207",
                Eligibility,
                "time majority",
                "the rule time_majority sends a person where over half of the joint post lies",
            ),
            Rule::RetainedShared => (
                "R208",
                Eligibility,
                "retained shared",
                "people of retained shared services hold a retained shared post",
            ),
            Rule::PinPost => {
                ("R301", Decision, "must hold a post", "an officer decided that the person must hold this post")
            }
            Rule::PinAuthority => (
                "R302",
                Decision,
                "must go to an authority",
                "an officer decided that the person must go to this authority",
            ),
            Rule::BarPost => {
                ("R303", Decision, "may not hold a post", "an officer decided that the person may not hold this post")
            }
            Rule::BarAuthority => (
                "R304",
                Decision,
                "may not go to an authority",
                "an officer decided that the person may not go to this authority",
            ),
            Rule::SameAuthority => {
                ("R305", Decision, "linked together", "both people are placed in one authority, or neither is placed")
            }
            Rule::DifferentAuthority => {
                ("R306", Decision, "linked apart", "the two people are not placed in the same authority")
            }
            Rule::PeopleShare => {
                ("R401", Fairness, "share of people", "the authority's share of all people lies within the limits")
            }
            Rule::FteShare => {
                ("R402", Fairness, "share of FTE", "the authority's share of all FTE lies within the limits")
            }
            Rule::Budget => ("R403", Fairness, "budget", "the cost of the authority's placements is within its budget"),
            Rule::Cover => (
                "R404",
                Fairness,
                "service cover",
                "enough people are placed in the authority's posts of that function",
            ),
            Rule::VacancyGap => {
                ("R405", Fairness, "vacancy gap", "the two vacancy rates differ by no more than the limit")
            }
            Rule::PreferenceParity => {
                ("R406", Fairness, "preference parity", "preference is met about equally for each employer's staff")
            }
        }
    }

    /// Stable code, such as `R102`.
    pub fn code(self) -> &'static str {
        self.card().0
    }

    /// What kind of thing it is about.
    pub fn family(self) -> Family {
        self.card().1
    }

    /// Short name.
    pub fn name(self) -> &'static str {
        self.card().2
    }

    /// What it demands, in one sentence without a full stop.
    pub fn sentence(self) -> &'static str {
        self.card().3
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code(), self.name())
    }
}
