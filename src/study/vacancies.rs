//! Why each seat is empty, why a statutory role has no holder, and what hangs on one person.
//!
//! A seat is empty because nobody matches the post, because a rule keeps everyone who does out of it, because nobody asked
//! for it, because everyone who asked is better off elsewhere, or because a rule about many people stands in the way. The
//! first four are read from the files and the plan; what would be worse with someone in the seat, and whether a rule stands
//! in the way, is solved and certified. It does not know how any of it is said.

mod check;
mod cover;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::Leaf;
use crate::case::rule::Rule;
use crate::case::scenario::{Level, Scenario};
use crate::case::{Case, StatutoryRole};
use crate::certify::{Breach, Certified, objections};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::solve::Limits;
use crate::study::patience::patiently;
use crate::study::variant::{Change, Variant, changes, is_proved};

pub use crate::study::vacancies::check::{Flaw, check};

/// Questions to the solver about one answer; what is beyond is said from the files alone.
const MOST_QUESTIONS: usize = 200;

/// Rows of `matches.csv` that all questions together may read: fewer questions about a large case.
const MOST_ROWS: usize = 100_000;

/// Assignments spent on one question.
const PATIENCE: u64 = 5_000;

/// What is said of the empty seats of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancies {
    /// Each post on offer with an empty seat, lowest first.
    pub posts: Vec<Vacancy>,
    /// Each authority and role that the scenario wants covered and nobody covers.
    pub uncovered: Vec<Uncovered>,
    /// What hangs on one person.
    pub singles: Vec<Single>,
    /// Whether everything was looked at before the limit.
    pub complete: bool,
}

/// A post with an empty seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vacancy {
    /// Which post.
    pub post: PostId,
    /// Its empty seats.
    pub seats: u32,
    /// Why, as far as people are concerned.
    pub why: Why,
    /// Rules about many people without which the best plan fills the seat, each by itself.
    pub blocked: Vec<Leaf>,
}

/// Why nobody holds a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// No row of `matches.csv` names the post.
    NobodyMatched,
    /// Rules about one person and one post keep out everyone who matches.
    NobodyAllowed(Vec<Barred>),
    /// Nobody of those who may hold it put the post on their list.
    NobodyAsked(Vec<Candidate>),
    /// Those who asked for it, and may hold it.
    Asked(Vec<Candidate>),
}

/// Someone whom a rule keeps out of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Barred {
    /// Who.
    pub person: PersonId,
    /// The rules, with what was found.
    pub rules: Vec<(Rule, Option<Leaf>, String)>,
}

/// Someone who may hold a post and does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Where they are instead; `None`: without a post.
    pub now: Option<PostId>,
    /// The rank that they gave to the post in question.
    pub rank: Option<u32>,
    /// The rank that they gave to the post they have.
    pub rank_now: Option<u32>,
    /// What became of putting them there.
    pub there: There,
}

/// What a plan is worth in which someone holds the post in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// It was not asked, because they like the post that they have at least as much.
    Content,
    /// No plan keeps every rule.
    Impossible,
    /// The first goal, in the scenario's order, that is worse.
    Worse(Change),
    /// No goal is worse: an equally good plan does it.
    Equal,
    /// Not known: a limit came first.
    Unknown,
}

/// A role that nobody covers at an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// Which authority.
    pub authority: AuthorityId,
    /// Which role.
    pub role: StatutoryRole,
    /// Everyone who may hold the role, with why they do not hold it there.
    pub people: Vec<Absent>,
}

/// Someone who may hold a role, and has no post at an authority high enough for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// Who.
    pub person: PersonId,
    /// Posts on offer there, high enough, that match: each with the rules that keep the person out of it.
    pub barred: Vec<(PostId, Barred)>,
    /// Such posts that the person may hold, with what a plan would be worth.
    pub open: Vec<(PostId, Candidate)>,
}

/// What hangs on one person at an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Single {
    /// A function of posts on offer in which one person is placed.
    Function {
        /// Which authority.
        authority: AuthorityId,
        /// Which function.
        function: String,
        /// Who.
        person: PersonId,
    },
    /// A statutory role that one person can hold there.
    Role {
        /// Which authority.
        authority: AuthorityId,
        /// Which role.
        role: StatutoryRole,
        /// Who.
        person: PersonId,
    },
}

/// Explains the empty seats of a certified answer; `None` where there is no plan.
pub fn explain(case: &Case, scenario: &Scenario, certified: &Certified, limits: &Limits<'_>) -> Option<Vacancies> {
    certified.plan()?;
    let _span = tracing::info_span!("vacancies").entered();
    let most = if is_proved(certified) { (MOST_ROWS / case.matches.len().max(1)).min(MOST_QUESTIONS) } else { 0 };
    let mut asked = Asked { case, scenario, certified, limits, left: most, open: false, known: BTreeMap::new() };
    let seats = certified.vacancies();
    let blocked = asked.blocked(&seats);
    let matched = matched(case);
    let mut posts = Vec::new();
    for &(post, empty) in &seats {
        let people = matched.get(&post).map_or(&[][..], Vec::as_slice);
        let why = asked.why(post, people);
        posts.push(Vacancy { post, seats: empty, why, blocked: blocked.get(&post).cloned().unwrap_or_default() });
    }
    let uncovered = cover::uncovered(&mut asked);
    let complete = !asked.open && !(limits.should_stop)();
    Some(Vacancies { posts, uncovered, singles: singles(case, scenario, certified), complete })
}

/// Everyone who matches each post.
fn matched(case: &Case) -> BTreeMap<PostId, Vec<PersonId>> {
    let mut matched: BTreeMap<PostId, Vec<PersonId>> = BTreeMap::new();
    case.matches.keys().for_each(|&(person, post)| matched.entry(post).or_default().push(person));
    matched
}

/// What keeps a pair apart, without the pair.
fn barred(person: PersonId, against: Vec<Breach>) -> Barred {
    Barred { person, rules: against.into_iter().map(|breach| (breach.rule, breach.leaf, breach.detail)).collect() }
}

/// An answer, and what was asked about it so far.
struct Asked<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    certified: &'a Certified,
    limits: &'a Limits<'a>,
    /// Questions that may still be asked.
    left: usize,
    /// Whether some question was not settled.
    open: bool,
    known: BTreeMap<(PersonId, PostId), There>,
}

impl Asked<'_> {
    fn why(&mut self, post: PostId, people: &[PersonId]) -> Why {
        if people.is_empty() {
            return Why::NobodyMatched;
        }
        let pairs: Vec<(PersonId, PostId)> = people.iter().map(|&person| (person, post)).collect();
        let against = objections(self.case, self.scenario, &pairs);
        let found: Vec<(PersonId, Vec<Breach>)> = people.iter().copied().zip(against).collect();
        if found.iter().all(|(_, against)| !against.is_empty()) {
            return Why::NobodyAllowed(found.into_iter().map(|(person, against)| barred(person, against)).collect());
        }
        let plan = self.certified.plan().expect("asked of a plan");
        let free = found.iter().filter(|(person, against)| against.is_empty() && plan.post(*person) != Some(post));
        let free: Vec<PersonId> = free.map(|&(person, _)| person).collect();
        let asked: Vec<PersonId> =
            free.iter().copied().filter(|&person| self.case.ranks.contains_key(&(person, post))).collect();
        let all = if asked.is_empty() { &free } else { &asked };
        let candidates: Vec<Candidate> = all.iter().map(|&person| self.candidate(person, post, true)).collect();
        if asked.is_empty() { Why::NobodyAsked(candidates) } else { Why::Asked(candidates) }
    }

    /// `content`: whether someone who likes the present post as much needs no question.
    fn candidate(&mut self, person: PersonId, post: PostId, content: bool) -> Candidate {
        let now = self.certified.plan().and_then(|plan| plan.post(person));
        let rank = |post: PostId| self.case.ranks.get(&(person, post)).map(|rank| rank.rank);
        let (rank, rank_now) = (rank(post), now.and_then(rank));
        let happy = now.is_some()
            && match (rank, rank_now) {
                (Some(there), Some(here)) => here <= there,
                (Some(_), None) => false,
                (None, _) => true,
            };
        let there = if content && happy { There::Content } else { self.there(person, post) };
        Candidate { person, now, rank, rank_now, there }
    }

    /// What the best plan is worth in which the person holds the post.
    fn there(&mut self, person: PersonId, post: PostId) -> There {
        if let Some(&known) = self.known.get(&(person, post)) {
            return known;
        }
        let Some(left) = self.left.checked_sub(1) else {
            self.open = true;
            return There::Unknown;
        };
        self.left = left;
        let there = patiently(self.limits, PATIENCE, |limits| {
            forced(self.case, self.scenario, self.certified, (person, post), limits)
        });
        self.open |= there == There::Unknown;
        self.known.insert((person, post), there);
        there
    }

    /// The posts that the best plan without a rule fills, by post.
    fn blocked(&mut self, seats: &[(PostId, u32)]) -> BTreeMap<PostId, Vec<Leaf>> {
        let mut blocked: BTreeMap<PostId, Vec<Leaf>> = BTreeMap::new();
        for leaf in shared_rules(self.case, self.scenario) {
            let Some(left) = self.left.checked_sub(1).filter(|_| !seats.is_empty()) else {
                self.open |= !seats.is_empty();
                break;
            };
            self.left = left;
            let filled = patiently(self.limits, PATIENCE, |limits| {
                filled_without(self.case, self.scenario, self.certified, leaf, limits)
            });
            self.open |= filled.is_none();
            for post in filled.into_iter().flatten() {
                blocked.entry(post).or_default().push(leaf);
            }
        }
        blocked
    }
}

/// The rules about many people that the scenario enforces.
fn shared_rules(case: &Case, scenario: &Scenario) -> Vec<Leaf> {
    let enforced = scenario.fairness.iter().enumerate().filter(|(_, rule)| rule.level == Level::Must);
    enforced.map(|(index, _)| Leaf::Clause(index)).chain((0..case.links.len()).map(Leaf::Link)).collect()
}

/// Which posts have fewer empty seats in the best plan without a rule, which is better; `None` where that is not proved.
fn filled_without(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    leaf: Leaf,
    limits: &Limits<'_>,
) -> Option<Vec<PostId>> {
    let mut variant = Variant::of(case, scenario);
    match leaf {
        Leaf::Clause(index) => variant.scenario.fairness[index].level = Level::Report,
        Leaf::Link(index) => drop(variant.case.links.remove(index)),
        Leaf::Pin(index) => drop(variant.case.pins.remove(index)),
        Leaf::Retained(person) => variant.case.people[person].retained_shared = None,
    }
    let without = variant.best(limits).ok().filter(is_proved)?;
    if changes(certified, &without).iter().all(|change| change.was == change.is) {
        // The rule costs nothing: what else that plan does is one of the ways of being as good.
        return Some(Vec::new());
    }
    let empty: BTreeMap<PostId, u32> = without.vacancies().into_iter().collect();
    let seats = certified.vacancies().into_iter();
    let filled = seats.filter(|(post, seats)| empty.get(post).copied().unwrap_or(0) < *seats);
    Some(filled.map(|(post, _)| post).collect())
}

/// What the best plan with a person in a post is worth beside the answer.
fn forced(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    (person, post): (PersonId, PostId),
    limits: &Limits<'_>,
) -> There {
    let Ok(found) = Variant::of(case, scenario).forced(person, Some(post)).best(limits) else { return There::Unknown };
    if found.conflict().is_some() {
        return There::Impossible;
    }
    if !is_proved(&found) || !is_proved(certified) {
        return There::Unknown;
    }
    match changes(certified, &found).into_iter().find(|change| change.was != change.is) {
        None => There::Equal,
        Some(change) => There::Worse(change),
    }
}

fn singles(case: &Case, scenario: &Scenario, certified: &Certified) -> Vec<Single> {
    let mut holders: BTreeMap<(AuthorityId, &str), BTreeSet<PersonId>> = BTreeMap::new();
    let mut roles: BTreeMap<(AuthorityId, StatutoryRole), BTreeSet<PersonId>> = BTreeMap::new();
    for placement in certified.placements() {
        let post = &case.posts[placement.post];
        for function in &post.functions {
            holders.entry((placement.authority, function)).or_default().insert(placement.person);
        }
        if post.tier <= scenario.statutory_cover.max_tier {
            for &role in &case.people[placement.person].statutory_roles {
                roles.entry((placement.authority, role)).or_default().insert(placement.person);
            }
        }
    }
    let only = |people: &BTreeSet<PersonId>| people.first().copied().filter(|_| people.len() == 1);
    let of_functions = holders.iter().filter_map(|(&(authority, function), people)| {
        only(people).map(|person| Single::Function { authority, function: function.to_owned(), person })
    });
    let wanted = |role: &StatutoryRole| scenario.statutory_cover.roles.contains(role);
    let of_roles = roles
        .iter()
        .filter(|((_, role), _)| wanted(role))
        .filter_map(|(&(authority, role), people)| only(people).map(|person| Single::Role { authority, role, person }));
    of_roles.chain(of_functions).collect()
}

/// Everyone who may hold a role, lowest first.
fn with_role(case: &Case, role: StatutoryRole) -> Vec<PersonId> {
    let able = case.people.iter().filter(|(_, person)| person.statutory_roles.contains(&role));
    able.map(|(person, _)| person).collect()
}

/// Matched posts of a person, lowest first.
fn posts_of(case: &Case, person: PersonId) -> impl Iterator<Item = PostId> + '_ {
    case.matches.range((person, PostId::at(0))..=(person, PostId::at(case.posts.len()))).map(|(&(_, post), _)| post)
}
