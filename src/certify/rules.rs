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
use crate::certify::eligibility::{self, Pair};
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
    let suspects = plan.iter().filter(|&(person, post)| !may(facts, person, post));
    let mut found: Vec<Breach> = suspects.flat_map(|(person, post)| about(facts, person, post)).collect();
    found.extend(Rule::ALL.iter().flat_map(|&rule| of_plan(rule, facts, plan, measured)));
    found.sort();
    found
}

/// Every breach of a rule that is not about one person alone.
fn of_plan(rule: Rule, facts: &Facts<'_>, plan: &Plan, measured: &[Measured]) -> Vec<Breach> {
    match rule {
        Rule::Capacity => r102_capacity(facts, plan),
        Rule::SameAuthority => decisions::r305_same_authority(facts, plan),
        Rule::DifferentAuthority => decisions::r306_different_authority(facts, plan),
        Rule::PeopleShare | Rule::FteShare | Rule::Budget | Rule::Cover | Rule::VacancyGap | Rule::PreferenceParity => {
            of_clauses(rule, facts, measured)
        }
        // `fit` saw to it that there is one entry for each person; one entry is one post at most.
        Rule::OnePost
        | Rule::Offered
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
        | Rule::BarAuthority => Vec::new(),
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
pub(super) fn is_allowed(facts: &Facts<'_>, pair: Pair<'_>) -> bool {
    if let Some(known) = facts.known() {
        return facts.is_there(pair.person) && facts.is_offered(pair.post) && known.allows(pair.person, pair.post);
    }
    Rule::ALL.iter().all(|&rule| {
        let mut free = true;
        of_pair(rule, facts, pair, &mut |_, _| free = false);
        free
    })
}

/// Whether some rule demands that the person has a post.
pub(super) fn must_be_placed(facts: &Facts<'_>, person: PersonId) -> bool {
    if let Some(known) = facts.known() {
        return facts.is_there(person) && known.demands(person);
    }
    Rule::ALL.iter().any(|&rule| {
        let mut demands = false;
        without_post(rule, facts, person, &mut |_, _| demands = true);
        demands
    })
}

/// Told of each thing that a rule has against something: the entry of the user's files, and the words, if they are called for.
type Told<'a> = &'a mut dyn FnMut(Option<Leaf>, &dyn Fn() -> String);

/// Tells what a rule about pairs has against this pair.
fn of_pair(rule: Rule, facts: &Facts<'_>, pair: Pair<'_>, told: Told<'_>) {
    let Pair { person, post, .. } = pair;
    match rule {
        Rule::Offered => worded(None, eligibility::r201_offered(facts, post), told),
        Rule::Matched => worded(None, eligibility::r202_matched(pair), told),
        Rule::Qualification => worded(None, eligibility::r203_qualification(facts, pair), told),
        Rule::Promotion => worded(None, eligibility::r204_promotion(facts, pair), told),
        Rule::GradesDown => worded(None, eligibility::r205_grades_down(facts, pair), told),
        Rule::EmployerDefault => worded(None, eligibility::r206_employer_default(facts, pair), told),
        Rule::TimeMajority => worded(None, eligibility::r207_time_majority(facts, pair), told),
        Rule::RetainedShared => {
            let found = eligibility::r208_retained_shared(facts, person, Some(post));
            worded(Some(Leaf::Retained(person)), found, told);
        }
        Rule::PinPost => decided(facts, decisions::r301_pin_post(facts, person, Some(post)), told),
        Rule::PinAuthority => decided(facts, decisions::r302_pin_authority(facts, person, Some(post)), told),
        Rule::BarPost => decided(facts, decisions::r303_bar_post(facts, person, post), told),
        Rule::BarAuthority => decided(facts, decisions::r304_bar_authority(facts, person, post), told),
        Rule::OnePost
        | Rule::Capacity
        | Rule::SameAuthority
        | Rule::DifferentAuthority
        | Rule::PeopleShare
        | Rule::FteShare
        | Rule::Budget
        | Rule::Cover
        | Rule::VacancyGap
        | Rule::PreferenceParity => {}
    }
}

fn worded(leaf: Option<Leaf>, found: Option<impl Fn() -> String>, told: Told<'_>) {
    if let Some(words) = found {
        told(leaf, &words);
    }
}

fn decided(facts: &Facts<'_>, broken: impl Iterator<Item = usize>, told: Told<'_>) {
    for position in broken {
        told(Some(Leaf::Pin(position)), &|| decisions::worded(facts, position));
    }
}

/// What every rule about pairs has against this pair, in the order of the rules.
pub(super) fn against(facts: &Facts<'_>, person: PersonId, post: PostId) -> Vec<Breach> {
    let pair = facts.pair(person, post);
    let mut breaches = Vec::new();
    for &rule in Rule::ALL {
        of_pair(rule, facts, pair, &mut |leaf, words| {
            breaches.push(Breach { rule, person: Some(person), post: Some(post), leaf, detail: words() });
        });
    }
    breaches
}

/// Tells what a rule has against the person having no post.
fn without_post(rule: Rule, facts: &Facts<'_>, person: PersonId, told: Told<'_>) {
    match rule {
        Rule::RetainedShared => {
            let found = eligibility::r208_retained_shared(facts, person, None);
            worded(Some(Leaf::Retained(person)), found, told);
        }
        Rule::PinPost => decided(facts, decisions::r301_pin_post(facts, person, None), told),
        Rule::PinAuthority => decided(facts, decisions::r302_pin_authority(facts, person, None), told),
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
        | Rule::PreferenceParity => {}
    }
}

/// Whether a person may be there, or without a post, by every rule about one person.
pub(super) fn may(facts: &Facts<'_>, person: PersonId, post: Option<PostId>) -> bool {
    match post {
        Some(post) => is_allowed(facts, facts.pair(person, post)),
        None => !must_be_placed(facts, person),
    }
}

/// Every breach of a rule about one person, were this one there, or without a post.
pub(super) fn about(facts: &Facts<'_>, person: PersonId, post: Option<PostId>) -> Vec<Breach> {
    let pair = post.map(|post| facts.pair(person, post));
    let mut breaches = Vec::new();
    for &rule in Rule::ALL {
        let mut told = |leaf, words: &dyn Fn() -> String| {
            let code = &facts.case.people[person].code;
            let detail = match post {
                Some(post) => format!("{code} in {}: {}", facts.case.posts[post].code, words()),
                None => format!("{code} without a post: {}", words()),
            };
            breaches.push(Breach { rule, person: Some(person), post, leaf, detail });
        };
        match pair {
            Some(pair) => of_pair(rule, facts, pair, &mut told),
            None => without_post(rule, facts, person, &mut told),
        }
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
