//! Whose answer is open, and what it may be.
//!
//! In the contract's words a person without a row, or with `no_response` or `declined`, may still give any answer that the
//! column `preferred` takes: an authority with a post on offer, `no_preference`, or `leave`, which here means that they go.
//! A `late` answer is there already: it counts as given, or not at all. Who answered that they would rather leave stays in
//! the running today, as the contract has it, or goes. Lists of posts are never guessed.

use std::collections::BTreeSet;

use crate::case::scenario::Scenario;
use crate::case::{Case, Preference, Preferred, Response};
use crate::id::{AuthorityId, PersonId};
use crate::model::terms::{must_be_placed, offered};
use crate::study::variant::Variant;

/// Someone whose answer is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Who.
    pub person: PersonId,
    /// Why it is open.
    pub kind: Kind,
    /// What it may be; the first is what the files say today.
    pub answers: Vec<Said>,
}

/// Why an answer is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// There is none, or no row.
    NoResponse,
    /// The person declined to answer.
    Declined,
    /// It came after the date.
    Late,
    /// The person would rather leave, and may or may not.
    WouldLeave,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// What the files say: still no answer, the late answer as given, or staying in the running.
    AsToday,
    /// This authority.
    Authority(AuthorityId),
    /// Any would do.
    NoPreference,
    /// The late answer does not count: as if there were none.
    NotCounted,
    /// The person goes, and holds nothing.
    Leaves,
}

/// Everyone whose answer is open, lowest person first.
pub fn open(case: &Case, scenario: &Scenario) -> Vec<Open> {
    let offering: BTreeSet<AuthorityId> =
        case.posts.ids().filter(|&post| offered(case, scenario, post)).map(|post| case.posts[post].authority).collect();
    let of = |person: PersonId| {
        let preference = &case.people[person].preference;
        let kind = kind(preference)?;
        let may_go = !must_be_placed(case, scenario, person);
        Some(Open { person, kind, answers: possible(kind, preference, &offering, may_go) })
    };
    case.people.ids().filter_map(of).collect()
}

fn kind(preference: &Preference) -> Option<Kind> {
    match (preference.response, preference.preferred) {
        (Response::NoResponse, _) => Some(Kind::NoResponse),
        (Response::Declined, _) => Some(Kind::Declined),
        (Response::Late, _) => Some(Kind::Late),
        (Response::Responded, Preferred::Leave) => Some(Kind::WouldLeave),
        (Response::Responded, Preferred::Authority(_) | Preferred::NoPreference | Preferred::Blank) => None,
    }
}

fn possible(kind: Kind, preference: &Preference, offering: &BTreeSet<AuthorityId>, may_go: bool) -> Vec<Said> {
    let mut answers = vec![Said::AsToday];
    let goes = match kind {
        Kind::NoResponse | Kind::Declined => {
            answers.extend(offering.iter().map(|&authority| Said::Authority(authority)));
            answers.push(Said::NoPreference);
            true
        }
        Kind::Late => {
            answers.push(Said::NotCounted);
            preference.preferred == Preferred::Leave
        }
        Kind::WouldLeave => true,
    };
    if goes && may_go {
        answers.push(Said::Leaves);
    }
    answers
}

impl Variant {
    /// The person has given this answer.
    ///
    /// Somebody who goes stays in the case without any match, so that shares are of the same people and links stand.
    #[must_use]
    pub fn saying(mut self, person: PersonId, said: Said) -> Self {
        let mut answered = |preferred| {
            let preference = &mut self.case.people[person].preference;
            preference.preferred = preferred;
            preference.response = Response::Responded;
        };
        match said {
            Said::AsToday => self,
            Said::Authority(authority) => {
                answered(Preferred::Authority(authority));
                self
            }
            Said::NoPreference => {
                answered(Preferred::NoPreference);
                self
            }
            Said::NotCounted => {
                self.case.people[person].preference = Preference::ABSENT;
                self
            }
            Said::Leaves => {
                answered(Preferred::Leave);
                self.forced(person, None)
            }
        }
    }
}

/// The case in which everyone has answered so: for each open person the position of their answer.
pub fn with_answers(case: &Case, scenario: &Scenario, open: &[Open], setting: &[usize]) -> Variant {
    let all = open.iter().zip(setting);
    all.fold(Variant::of(case, scenario), |variant, (it, &answer)| variant.saying(it.person, it.answers[answer]))
}
