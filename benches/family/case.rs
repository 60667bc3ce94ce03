//! A made-up separation as a whole case: the same people and posts, with the words that `load` would have read.
//!
//! Three people in four state an authority, the home one twice as often as another, and rank their ten best posts. In the
//! own family and grade a post is the same job, in the own family another grade is part of it, any other is an alternative.

use std::collections::{BTreeMap, BTreeSet};

use demerge::case::scenario::{Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover};
use demerge::case::{
    Authority, Case, Contract, Criticality, EmploymentStatus, Grade, Match, MatchKind, Post, PostStatus, Preference,
    Preferred, Rank, Response, StatutoryRole, Structure,
};
use demerge::id::{AuthorityId, GradeId, Id, PersonId, PostId, StructureId, Table};
use demerge::quantity::{BasisPoints, Fte, Pence};

use crate::family::draw::Draw;
use crate::family::{Instance, Person};

/// How many posts a person ranks.
const RANKED: u32 = 10;

/// The case of an instance, with officers' decisions about nobody.
pub(crate) fn case(instance: &Instance) -> Case {
    let mut draw = Draw::new(instance.seed ^ 0xCA5E);
    let authorities = instance.size.authorities;
    let people: Vec<demerge::case::Person> =
        instance.people.iter().enumerate().map(|(at, who)| person(&mut draw, instance, at, who)).collect();
    let posts = instance.posts.iter().enumerate().map(|(at, post)| record(at, post)).collect();
    let (mut matches, mut ranks) = (BTreeMap::new(), BTreeMap::new());
    for (at, who) in instance.people.iter().enumerate() {
        for arc in instance.network.arcs_of(at) {
            let to = instance.network.column[arc] as usize;
            let (pair, post) = ((PersonId::at(at), PostId::at(to)), &instance.posts[to]);
            let kind = match (post.family == who.family, post.grade == who.grade) {
                (true, true) => MatchKind::Direct,
                (true, false) => MatchKind::Partial,
                (false, _) => MatchKind::Alternative,
            };
            let row = u32::try_from(arc).expect("few pairs") + 2;
            let grade_difference = i32::try_from(post.grade - who.grade).expect("few grades");
            matches.insert(pair, Match { row, kind, grade_difference, evidence: "family and grade".to_owned() });
            if instance.rank[arc] < RANKED {
                ranks.insert(pair, Rank { row, rank: instance.rank[arc] + 1 });
            }
        }
    }
    Case {
        authorities: Table::new((0..authorities).map(authority).collect()),
        structures: Table::new((0..authorities).map(structure).collect()),
        grades: Table::new((0..5).map(grade).collect()),
        people: Table::new(people),
        joint_posts: Table::new(Vec::new()),
        posts: Table::new(posts),
        matches,
        ranks,
        pins: Vec::new(),
        links: Vec::new(),
        travel: None,
    }
}

/// A scenario with these objectives and no clause.
pub(crate) fn plain(case: &Case, objectives: &[Objective]) -> Scenario {
    let roles = if objectives.contains(&Objective::Statutory) { StatutoryRole::ALL.to_vec() } else { Vec::new() };
    Scenario {
        id: "S1".to_owned(),
        name: "made up".to_owned(),
        purpose: "speed".to_owned(),
        objectives: objectives.to_vec(),
        use_pins: true,
        structures: case.structures.iter().map(|(id, it)| (it.authority, id)).collect(),
        policy: Policy {
            rule: PolicyRule::PreferenceInformed,
            retained_shared: RetainedShared::Release,
            max_grades_down: 1,
            promotion_into: BTreeSet::new(),
            unlisted_rank: RANKED + 1,
            on_cost: BasisPoints(2_800),
        },
        statutory_cover: StatutoryCover { roles, max_tier: 4 },
        fairness: Vec::new(),
    }
}

fn letter(at: usize) -> char {
    char::from(b'A' + u8::try_from(at).expect("few authorities"))
}

fn authority(at: usize) -> Authority {
    Authority { code: letter(at).to_string(), name: format!("Council {}", letter(at)), cost_share: None, budget: None }
}

fn structure(at: usize) -> Structure {
    let code = format!("{}1", letter(at));
    Structure { code, authority: AuthorityId::at(at), label: String::new(), note: String::new() }
}

fn grade(rank: i32) -> Grade {
    let salary_min = Pence(3_100_000 + 750_000 * i64::from(rank));
    let salary_max = Pence(salary_min.0 + 600_000);
    Grade { code: format!("G{rank}"), scheme: "NJC".to_owned(), rank, salary_min, salary_max }
}

fn grade_id(grade: i64) -> GradeId {
    GradeId::at(usize::try_from(grade).expect("not negative"))
}

fn person(draw: &mut Draw, instance: &Instance, at: usize, who: &Person) -> demerge::case::Person {
    let home = AuthorityId::at(who.employer);
    let stated = match draw.below(4) {
        0 => Preferred::NoPreference,
        1 => Preferred::Authority(AuthorityId::at(draw.index(instance.size.authorities))),
        _ => Preferred::Authority(home),
    };
    let roles = StatutoryRole::ALL.iter().copied().filter(|_| draw.below(500) == 0).collect();
    demerge::case::Person {
        code: format!("P{at:05}"),
        row: u32::try_from(at).expect("few people") + 2,
        joint_post: None,
        employer: home,
        grade: grade_id(who.grade),
        salary: Pence(3_100_000 + 750_000 * who.grade + 100_000 * draw.below(6)),
        fte: Fte(i32::try_from(who.fte * 10_000 / instance.full_time).expect("at most full time")),
        contract: Contract::Permanent,
        fixed_term_end: None,
        service_years: Some(5),
        qualifications: BTreeSet::new(),
        statutory_roles: roles,
        status: EmploymentStatus::InPost,
        retained_shared: Some(false),
        preference: Preference {
            preferred: stated,
            strength: None,
            response: Response::Responded,
            round: None,
            received: None,
        },
    }
}

fn record(at: usize, post: &crate::family::Post) -> Post {
    let pay = Pence(post.pay * 100);
    Post {
        code: format!("X{at:05}"),
        row: u32::try_from(at).expect("few posts") + 2,
        authority: AuthorityId::at(post.authority),
        title: format!("Post {at}"),
        tier: 5 - u32::try_from(post.grade).expect("below 5"),
        functions: BTreeSet::from([format!("service {}", post.service)]),
        grade: grade_id(post.grade),
        fte: Fte::FULL,
        capacity: 1,
        statutory_role: None,
        essential_qualification: None,
        criticality: if post.statutory { Criticality::Statutory } else { Criticality::Normal },
        status: PostStatus::Open,
        structures: BTreeSet::from([StructureId::at(post.authority)]),
        retained_shared: Some(false),
        salary_min: pay,
        salary_max: Pence(pay.0 + 600_000),
    }
}
