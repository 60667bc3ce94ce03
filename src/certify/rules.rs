//! The rules of `case/rule.rs`, one numbered function each, written from the words of the contract.
//!
//! A rule about one pair of person and post is asked in two places: of every placement of a plan here, and of every
//! option of a proof in `rows`. Both ask the same function, so a pair that a proof leaves out is a pair that a plan may
//! not hold.

use std::fmt;

use crate::case::answer::{Leaf, Plan};
use crate::case::rule::Rule;
use crate::case::scenario::Level;
use crate::certify::decisions;
use crate::certify::eligibility;
use crate::certify::facts::{Facts, counted};
use crate::certify::measure::{self, Measured};
use crate::id::{Id, PersonId, PostId};

/// A rule that a plan breaks, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// Which rule.
    pub rule: Rule,
    /// Whom it concerns, where it is one person (of a link, the first).
    pub person: Option<PersonId>,
    /// Which post, where it is one.
    pub post: Option<PostId>,
    /// The entry of the user's files that asked for it: clause, link, pin or retained person.
    pub leaf: Option<Leaf>,
    /// What was found, with the ids of the files, in one line.
    pub detail: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.detail)
    }
}

/// What is wrong, and the entry of the user's files that says so, where there is one.
pub(super) type Finding = (Option<Leaf>, String);

/// A person, and the post that a plan has for them.
type Place = (PersonId, Option<PostId>);

/// The plan as far as the case knows its posts, and what does not fit.
pub(super) fn fit(facts: &Facts<'_>, plan: &Plan) -> (Plan, Vec<Breach>) {
    let case = facts.case;
    let entries: Vec<Option<PostId>> = plan.iter().map(|(_, post)| post).collect();
    let mut breaches = Vec::new();
    if entries.len() != case.people.len() {
        let detail = r101_one_post(entries.len(), case.people.len());
        breaches.push(Breach { rule: Rule::OnePost, person: None, post: None, leaf: None, detail });
    }
    let mut posts = vec![None; case.people.len()];
    for (person, found) in case.people.ids().zip(entries) {
        posts[person.index()] = found.filter(|post| post.index() < case.posts.len() && facts.is_there(person));
        if found.is_some() && posts[person.index()].is_none() {
            let fault = match facts.is_there(person) {
                true => "the plan names a post that the case does not have",
                false => "the plan names a post for someone who has left",
            };
            let detail = format!("{}: {fault}", case.people[person].code);
            breaches.push(Breach { rule: Rule::Offered, person: Some(person), post: None, leaf: None, detail });
        }
    }
    (Plan::new(case, posts), breaches)
}

/// Every breach of a plan that fits the case, sorted.
pub(super) fn breaches(facts: &Facts<'_>, plan: &Plan, measured: &[Measured]) -> Vec<Breach> {
    // Whoever may be where they are breaks no rule about single people, and need not be asked one by one.
    let suspects: Vec<Place> = plan.iter().filter(|&(person, post)| !may(facts, person, post)).collect();
    let of = |&rule: &Rule| broken(rule, facts, plan, &suspects, measured);
    let mut found: Vec<Breach> = Rule::ALL.iter().flat_map(of).collect();
    found.sort();
    found
}

/// Every breach of one rule.
fn broken(rule: Rule, facts: &Facts<'_>, plan: &Plan, suspects: &[Place], measured: &[Measured]) -> Vec<Breach> {
    match rule {
        // `fit` saw to it that there is one entry for each person; one entry is one post at most.
        Rule::OnePost => Vec::new(),
        Rule::Capacity => r102_capacity(facts, plan),
        Rule::Offered
        | Rule::Matched
        | Rule::Qualification
        | Rule::Promotion
        | Rule::GradesDown
        | Rule::EmployerDefault
        | Rule::TimeMajority
        | Rule::RetainedShared
        | Rule::PinPost
        | Rule::PinAuthority
        | Rule::BarPost
        | Rule::BarAuthority => of_each_person(rule, facts, suspects),
        Rule::SameAuthority => decisions::r305_same_authority(facts, plan),
        Rule::DifferentAuthority => decisions::r306_different_authority(facts, plan),
        Rule::PeopleShare | Rule::FteShare | Rule::Budget | Rule::Cover | Rule::VacancyGap | Rule::PreferenceParity => {
            of_clauses(rule, facts, measured)
        }
    }
}

/// R101: a person holds at most one post. A plan has one entry for each person, so only their number can be wrong.
fn r101_one_post(entries: usize, people: usize) -> String {
    format!("the plan has {entries} entries for {people} people")
}

/// R102: a post has no more holders than seats.
fn r102_capacity(facts: &Facts<'_>, plan: &Plan) -> Vec<Breach> {
    let holders = plan.holders(facts.case);
    let too_full = |(post, record): (PostId, &crate::case::Post)| {
        let holders = i128::from(holders[post]);
        (holders > i128::from(record.capacity)).then(|| {
            let (held_by, seats) =
                (counted(holders, "holder", "holders"), counted(record.capacity.into(), "seat", "seats"));
            let detail = format!("{} has {held_by} and {seats}", record.code);
            Breach { rule: Rule::Capacity, person: None, post: Some(post), leaf: None, detail }
        })
    };
    facts.case.posts.iter().filter_map(too_full).collect()
}

/// Whether a pair of person and post is allowed by every rule about pairs.
pub(super) fn is_allowed(facts: &Facts<'_>, person: PersonId, post: PostId) -> bool {
    if let Some(known) = facts.known() {
        return facts.is_there(person) && facts.is_offered(post) && known.allows(person, post);
    }
    Rule::ALL.iter().all(|&rule| is_free(rule, facts, person, post))
}

/// Whether a rule about pairs has nothing against this pair.
fn is_free(rule: Rule, facts: &Facts<'_>, person: PersonId, post: PostId) -> bool {
    match rule {
        Rule::Offered => eligibility::r201_offered(facts, post).is_none(),
        Rule::Matched => eligibility::r202_matched(facts, person, post).is_none(),
        Rule::Qualification => eligibility::r203_qualification(facts, person, post).is_none(),
        Rule::Promotion => eligibility::r204_promotion(facts, person, post).is_none(),
        Rule::GradesDown => eligibility::r205_grades_down(facts, person, post).is_none(),
        Rule::EmployerDefault => eligibility::r206_employer_default(facts, person, post).is_none(),
        Rule::TimeMajority => eligibility::r207_time_majority(facts, person, post).is_none(),
        Rule::RetainedShared
        | Rule::PinPost
        | Rule::PinAuthority
        | Rule::BarPost
        | Rule::BarAuthority
        | Rule::OnePost
        | Rule::Capacity
        | Rule::SameAuthority
        | Rule::DifferentAuthority
        | Rule::PeopleShare
        | Rule::FteShare
        | Rule::Budget
        | Rule::Cover
        | Rule::VacancyGap
        | Rule::PreferenceParity => pair(rule, facts, person, post).is_empty(),
    }
}

/// Whether some rule demands that the person has a post.
pub(super) fn must_be_placed(facts: &Facts<'_>, person: PersonId) -> bool {
    if let Some(known) = facts.known() {
        return facts.is_there(person) && known.demands(person);
    }
    Rule::ALL.iter().any(|&rule| !without_post(rule, facts, person).is_empty())
}

/// What a rule about pairs has against this pair.
pub(super) fn pair(rule: Rule, facts: &Facts<'_>, person: PersonId, post: PostId) -> Vec<Finding> {
    match rule {
        Rule::Offered => worded(eligibility::r201_offered(facts, post)),
        Rule::Matched => worded(eligibility::r202_matched(facts, person, post)),
        Rule::Qualification => worded(eligibility::r203_qualification(facts, person, post)),
        Rule::Promotion => worded(eligibility::r204_promotion(facts, person, post)),
        Rule::GradesDown => worded(eligibility::r205_grades_down(facts, person, post)),
        Rule::EmployerDefault => worded(eligibility::r206_employer_default(facts, person, post)),
        Rule::TimeMajority => worded(eligibility::r207_time_majority(facts, person, post)),
        Rule::RetainedShared => eligibility::r208_retained_shared(facts, person, Some(post)).into_iter().collect(),
        Rule::PinPost => decisions::r301_pin_post(facts, person, Some(post)),
        Rule::PinAuthority => decisions::r302_pin_authority(facts, person, Some(post)),
        Rule::BarPost => decisions::r303_bar_post(facts, person, post),
        Rule::BarAuthority => decisions::r304_bar_authority(facts, person, post),
        Rule::OnePost
        | Rule::Capacity
        | Rule::SameAuthority
        | Rule::DifferentAuthority
        | Rule::PeopleShare
        | Rule::FteShare
        | Rule::Budget
        | Rule::Cover
        | Rule::VacancyGap
        | Rule::PreferenceParity => Vec::new(),
    }
}

fn worded(found: Option<impl FnOnce() -> String>) -> Vec<Finding> {
    found.map(|words| (None, words())).into_iter().collect()
}

/// What every rule about pairs has against this pair, in the order of the rules.
pub(super) fn against(facts: &Facts<'_>, person: PersonId, post: PostId) -> Vec<Breach> {
    let breaches = |&rule: &Rule| {
        let breach = move |(leaf, detail)| Breach { rule, person: Some(person), post: Some(post), leaf, detail };
        pair(rule, facts, person, post).into_iter().map(breach).collect::<Vec<_>>()
    };
    Rule::ALL.iter().flat_map(breaches).collect()
}

/// What a rule has against the person having no post.
fn without_post(rule: Rule, facts: &Facts<'_>, person: PersonId) -> Vec<Finding> {
    match rule {
        Rule::RetainedShared => eligibility::r208_retained_shared(facts, person, None).into_iter().collect(),
        Rule::PinPost => decisions::r301_pin_post(facts, person, None),
        Rule::PinAuthority => decisions::r302_pin_authority(facts, person, None),
        Rule::OnePost
        | Rule::Capacity
        | Rule::Offered
        | Rule::Matched
        | Rule::Qualification
        | Rule::Promotion
        | Rule::GradesDown
        | Rule::EmployerDefault
        | Rule::TimeMajority
        | Rule::BarPost
        | Rule::BarAuthority
        | Rule::SameAuthority
        | Rule::DifferentAuthority
        | Rule::PeopleShare
        | Rule::FteShare
        | Rule::Budget
        | Rule::Cover
        | Rule::VacancyGap
        | Rule::PreferenceParity => Vec::new(),
    }
}

/// Whether a person may be there, or without a post, by every rule about one person.
pub(super) fn may(facts: &Facts<'_>, person: PersonId, post: Option<PostId>) -> bool {
    match post {
        Some(post) => is_allowed(facts, person, post),
        None => !must_be_placed(facts, person),
    }
}

fn of_each_person(rule: Rule, facts: &Facts<'_>, places: &[Place]) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for &(person, post) in places {
        let findings = match post {
            Some(post) => pair(rule, facts, person, post),
            None => without_post(rule, facts, person),
        };
        breaches.extend(findings.into_iter().map(|(leaf, finding)| {
            let code = &facts.case.people[person].code;
            let detail = match post {
                Some(post) => format!("{code} in {}: {finding}", facts.case.posts[post].code),
                None => format!("{code} without a post: {finding}"),
            };
            Breach { rule, person: Some(person), post, leaf, detail }
        }));
    }
    breaches
}

/// R401 to R406: the clauses that the scenario enforces, as `measure` found them.
fn of_clauses(rule: Rule, facts: &Facts<'_>, measured: &[Measured]) -> Vec<Breach> {
    let enforced = measured.iter().filter(|clause| match clause.level {
        Level::Must => true,
        Level::Report => false,
    });
    let broken = enforced.filter(|clause| !clause.met && clause.measure.rule() == rule);
    broken
        .map(|clause| {
            let detail = measure::describe(facts.case, &clause.measure);
            Breach { rule, person: None, post: None, leaf: Some(Leaf::Clause(clause.index)), detail }
        })
        .collect()
}
