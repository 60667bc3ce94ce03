//! Small cases built by hand, for tests that compute their expected values by hand.

use std::collections::{BTreeMap, BTreeSet};

use demerge::case::answer::Plan;
use demerge::case::scenario::{
    Clause, FairnessRule, Level, Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover,
};
use demerge::case::{
    Authority, Case, Contract, Criticality, Decision, Disposition, EmploymentStatus, Grade, JointPost, Link, LinkKind,
    Match, MatchKind, Person, Pin, Post, PostStatus, Preference, Preferred, Rank, Response, Strength, Structure,
};
use demerge::id::{AuthorityId, GradeId, Id, JointPostId, PersonId, PostId, StructureId, Table};
use demerge::quantity::{BasisPoints, Fte, Pence};

/// Authority A.
pub(crate) const fn a() -> usize {
    0
}

/// Authority B.
pub(crate) const fn b() -> usize {
    1
}

pub(crate) fn authority(position: usize) -> AuthorityId {
    AuthorityId::at(position)
}

pub(crate) fn person(position: usize) -> PersonId {
    PersonId::at(position)
}

pub(crate) fn post(position: usize) -> PostId {
    PostId::at(position)
}

/// Two authorities, four people, four posts of one seat, every pair a direct match at the same grade.
///
/// - P1 and P2 are employed by A, P3 and P4 by B; each earns £10,000 for full hours.
/// - P1 stated A, P2 B and P3 B; P4 did not respond. P1 ranks A01 first and B01 second; nobody else ranks a post.
/// - Posts A01 and A02 are A's (structures A1 and A2), B01 and B02 are B's (B1). A01's function is `finance`.
/// - P1's joint post lies 60 % with A, the others' half and half.
pub(crate) fn tiny() -> Case {
    let mut case = case_of(
        vec![
            person_record("P1", a(), Some(a())),
            person_record("P2", a(), Some(b())),
            person_record("P3", b(), Some(b())),
            person_record("P4", b(), None),
        ],
        vec![post_record("A01", a()), post_record("A02", a()), post_record("B01", b()), post_record("B02", b())],
    );
    case.people[person(0)].joint_post = Some(JointPostId::at(0));
    case.posts[post(0)].functions = BTreeSet::from(["finance".to_owned()]);
    case.ranks.insert((person(0), post(0)), Rank { row: 2, rank: 1 });
    case.ranks.insert((person(0), post(2)), Rank { row: 3, rank: 2 });
    case
}

/// Two people employed by A, and one post of one seat at A that both match.
pub(crate) fn two_for_one() -> Case {
    case_of(vec![person_record("P1", a(), Some(a())), person_record("P2", a(), None)], vec![post_record("A01", a())])
}

/// A case of these people and posts, in which every pair is a direct match at the same grade.
pub(crate) fn case_of(people: Vec<Person>, posts: Vec<Post>) -> Case {
    let mut matches = BTreeMap::new();
    for i in 0..people.len() {
        for j in 0..posts.len() {
            let row = u32::try_from(2 + i * posts.len() + j).expect("a small case");
            let same_job =
                Match { row, kind: MatchKind::Direct, grade_difference: 0, evidence: "the same job".to_owned() };
            matches.insert((person(i), post(j)), same_job);
        }
    }
    let structure = |code: &str, owner| Structure {
        code: code.to_owned(),
        authority: authority(owner),
        label: String::new(),
        note: String::new(),
    };
    Case {
        authorities: Table::new(vec![authority_record("A"), authority_record("B")]),
        structures: Table::new(vec![structure("A1", a()), structure("A2", a()), structure("B1", b())]),
        grades: Table::new(vec![Grade {
            code: "G1".to_owned(),
            scheme: "NJC".to_owned(),
            rank: 1,
            salary_min: Pence(900_000),
            salary_max: Pence(1_100_000),
        }]),
        people: Table::new(people),
        joint_posts: Table::new(vec![joint_post("J1", 6_000), joint_post("J2", 5_000)]),
        posts: Table::new(posts),
        matches,
        ranks: BTreeMap::new(),
        pins: Vec::new(),
        links: Vec::new(),
        travel: None,
    }
}

fn authority_record(code: &str) -> Authority {
    Authority { code: code.to_owned(), name: format!("Council {code}"), cost_share: None, budget: None }
}

fn joint_post(code: &str, share_of_a: i32) -> JointPost {
    let shares = [(authority(a()), BasisPoints(share_of_a)), (authority(b()), BasisPoints(10_000 - share_of_a))];
    JointPost {
        code: code.to_owned(),
        title: String::new(),
        tier: 3,
        directorate: String::new(),
        function: String::new(),
        grade: GradeId::at(0),
        fte: Fte::FULL,
        employer: authority(a()),
        disposition: Disposition::EndsOnSeparation,
        shares: BTreeMap::from(shares),
    }
}

/// A person in post on £10,000 for full hours, who responded if they stated an authority.
pub(crate) fn person_record(code: &str, employer: usize, stated: Option<usize>) -> Person {
    let preference = stated.map_or(Preference::ABSENT, |stated| Preference {
        preferred: Preferred::Authority(authority(stated)),
        strength: Some(Strength::Strong),
        response: Response::Responded,
        round: None,
        received: None,
    });
    Person {
        code: code.to_owned(),
        row: 2,
        joint_post: Some(JointPostId::at(1)),
        employer: authority(employer),
        grade: GradeId::at(0),
        salary: Pence(1_000_000),
        fte: Fte::FULL,
        contract: Contract::Permanent,
        fixed_term_end: None,
        service_years: None,
        qualifications: BTreeSet::new(),
        statutory_roles: BTreeSet::new(),
        status: EmploymentStatus::InPost,
        retained_shared: Some(false),
        preference,
    }
}

/// An open full-time post of one seat in every structure of its authority.
pub(crate) fn post_record(code: &str, owner: usize) -> Post {
    let structures = if owner == a() { vec![0, 1] } else { vec![2] };
    Post {
        code: code.to_owned(),
        row: 2,
        authority: authority(owner),
        title: code.to_owned(),
        tier: 3,
        functions: BTreeSet::from(["general".to_owned()]),
        grade: GradeId::at(0),
        fte: Fte::FULL,
        capacity: 1,
        statutory_role: None,
        essential_qualification: None,
        criticality: Criticality::Normal,
        status: PostStatus::Open,
        structures: structures.into_iter().map(StructureId::at).collect(),
        retained_shared: Some(false),
        salary_min: Pence(900_000),
        salary_max: Pence(1_100_000),
    }
}

/// Structures A1 and B1, the contract's objectives and policy, no clause, on-cost 28 %.
pub(crate) fn scenario() -> Scenario {
    Scenario {
        id: "S1".to_owned(),
        name: "tiny".to_owned(),
        purpose: "tests".to_owned(),
        objectives: Objective::STANDARD.to_vec(),
        use_pins: true,
        structures: BTreeMap::from([(authority(a()), StructureId::at(0)), (authority(b()), StructureId::at(2))]),
        policy: Policy {
            rule: PolicyRule::PreferenceInformed,
            retained_shared: RetainedShared::Release,
            max_grades_down: 1,
            promotion_into: BTreeSet::new(),
            unlisted_rank: 6,
            on_cost: BasisPoints(2_800),
        },
        statutory_cover: StatutoryCover { roles: Vec::new(), max_tier: 4 },
        fairness: Vec::new(),
    }
}

/// A plan from the positions of the posts.
pub(crate) fn plan(case: &Case, posts: &[Option<usize>]) -> Plan {
    Plan::new(case, posts.iter().map(|position| position.map(post)).collect())
}

pub(crate) fn pin(person_position: usize, decision: Decision) -> Pin {
    Pin {
        row: 2,
        person: person(person_position),
        decision,
        reason: "a test".to_owned(),
        decided_by: "HR".to_owned(),
        date: None,
    }
}

pub(crate) fn link(first: usize, second: usize, kind: LinkKind) -> Link {
    Link { row: 2, people: [person(first), person(second)], kind }
}

pub(crate) fn must(clause: Clause) -> FairnessRule {
    FairnessRule { clause, level: Level::Must }
}

/// A stream of numbers that is the same on every run (SplitMix64, Steele and others 2014).
pub(crate) struct Numbers(pub(crate) u64);

impl Numbers {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).expect("fits")).expect("below a usize")
    }

    pub(crate) fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}
