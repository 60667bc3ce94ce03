//! From the text ids of a file back to the records of a case, and what can be wrong with them.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::goal::Goal;
use crate::case::proof::RowName;
use crate::case::scenario::Scenario;
use crate::certify;
use crate::id::{AuthorityId, PersonId, PostId};

/// Why a plan file does not say a plan of this case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    /// Not JSON of the contract's shape.
    #[error("the file is not a plan that demerge can read: {0}")]
    Format(String),
    /// Another kind of document.
    #[error("the file says it is \"{0}\"; demerge reads \"demerge/plan/1\"")]
    Schema(String),
    /// An id that the case does not have.
    #[error("the plan names {what} \"{code}\", which the case does not have")]
    Unknown {
        /// Kind of record.
        what: &'static str,
        /// The id in the file.
        code: String,
    },
    /// A person with two lines.
    #[error("the plan names {0} twice; a person holds at most one post (R101)")]
    Twice(String),
    /// The file says that there is no plan: [`read_conflict`](crate::report::plan::read_conflict) reads such a file.
    #[error("the file says that no plan is possible")]
    NoPlan,
    /// The file says that another scenario has no plan.
    #[error("the file says that scenario {0} has no plan; name that one with --scenario to check it")]
    NoPlanOfOther(String),
    /// The reasons for there being no plan do not hang together.
    #[error("the conflict in the file cannot be read: {0}")]
    Conflict(&'static str),
    /// A proof that does not hang together.
    #[error("a proof in the file cannot be read: {0}")]
    Proof(&'static str),
}

/// Text ids of a case, for looking up.
pub(super) struct Codes<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    people: BTreeMap<&'a str, PersonId>,
    posts: BTreeMap<&'a str, PostId>,
    authorities: BTreeMap<&'a str, AuthorityId>,
    goals: Vec<Goal>,
}

impl<'a> Codes<'a> {
    /// The ids of this case.
    pub(super) fn new(case: &'a Case, scenario: &'a Scenario) -> Self {
        Self {
            case,
            scenario,
            people: case.people_by_code(),
            posts: case.posts_by_code(),
            authorities: case.authorities.iter().map(|(id, authority)| (authority.code.as_str(), id)).collect(),
            goals: certify::goals(case, scenario),
        }
    }

    pub(super) fn person(&self, code: &str) -> Result<PersonId, PlanFault> {
        find(&self.people, "person", code)
    }

    pub(super) fn post(&self, code: &str) -> Result<PostId, PlanFault> {
        find(&self.posts, "post", code)
    }

    pub(super) fn authority(&self, code: &str) -> Result<AuthorityId, PlanFault> {
        find(&self.authorities, "authority", code)
    }

    /// The goals of the scenario, in order.
    pub(super) fn goals(&self) -> &[Goal] {
        &self.goals
    }

    /// Whether the positions in a row's name exist.
    pub(super) fn knows(&self, name: RowName) -> bool {
        match name {
            RowName::Objective(index) => index < self.goals.len(),
            RowName::Clause(index, _) | RowName::Parity(index, _, _) => index < self.scenario.fairness.len(),
            RowName::Link(index, _, _) => index < self.case.links.len(),
            // Whether a proof has such a rounded row is for its checker to say.
            RowName::Cover(_, _) | RowName::Rounded(_) => true,
        }
    }
}

fn find<T: Copy>(table: &BTreeMap<&str, T>, what: &'static str, code: &str) -> Result<T, PlanFault> {
    table.get(code).copied().ok_or_else(|| PlanFault::Unknown { what, code: code.to_owned() })
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use crate::case::scenario::{Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover};
    use crate::case::{Authority, Case, Contract, EmploymentStatus, Grade, Person, Preference};
    use crate::id::{AuthorityId, GradeId, Id, Table};
    use crate::quantity::{BasisPoints, Fte, Pence};

    /// One person, one authority, nothing else.
    pub(in crate::report::plan) fn tiny() -> (Case, Scenario) {
        let case = Case {
            authorities: Table::new(vec![Authority {
                code: "A".into(),
                name: "Ashdale".into(),
                cost_share: None,
                budget: None,
            }]),
            structures: Table::new(vec![]),
            grades: Table::new(vec![Grade {
                code: "G1".into(),
                scheme: String::new(),
                rank: 1,
                salary_min: Pence(1),
                salary_max: Pence(1),
            }]),
            people: Table::new(vec![Person {
                code: "P1".into(),
                row: 2,
                joint_post: None,
                employer: AuthorityId::at(0),
                grade: GradeId::at(0),
                salary: Pence(1),
                fte: Fte::FULL,
                contract: Contract::Permanent,
                fixed_term_end: None,
                service_years: None,
                qualifications: BTreeSet::new(),
                statutory_roles: BTreeSet::new(),
                status: EmploymentStatus::InPost,
                retained_shared: None,
                preference: Preference::ABSENT,
            }]),
            joint_posts: Table::new(vec![]),
            posts: Table::new(vec![]),
            matches: BTreeMap::new(),
            ranks: BTreeMap::new(),
            pins: vec![],
            links: vec![],
            travel: None,
        };
        let scenario = Scenario {
            id: "S1".into(),
            name: String::new(),
            purpose: String::new(),
            objectives: vec![],
            use_pins: true,
            structures: BTreeMap::new(),
            policy: Policy {
                rule: PolicyRule::PreferenceInformed,
                retained_shared: RetainedShared::Release,
                max_grades_down: 1,
                promotion_into: BTreeSet::new(),
                unlisted_rank: 6,
                on_cost: BasisPoints(0),
            },
            statutory_cover: StatutoryCover { roles: vec![], max_tier: 4 },
            fairness: vec![],
        };
        (case, scenario)
    }
}
