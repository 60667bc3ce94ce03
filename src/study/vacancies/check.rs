//! Confirms what is said of empty seats from the placements and the files, by inspecting plans and not by searching again.
//!
//! That someone may not hold a post, or may, is found by inspecting a plan with just that placement. What would be worse,
//! and which rule stands in the way, is a solve of its own, as where it was found.

use std::collections::BTreeSet;

use crate::case::Case;
use crate::case::answer::Plan;
use crate::case::rule::{Family, Rule};
use crate::case::scenario::Scenario;
use crate::certify::{Certified, inspect};
use crate::id::{Id, PersonId, PostId};
use crate::solve::Limits;
use crate::study::vacancies::{Candidate, Single, There, Uncovered, Vacancies, Vacancy, Why, filled_without, forced};

/// What is wrong with an explanation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The posts named are not the ones with empty seats.
    #[error("the posts named are not those with empty seats")]
    Seats,
    /// Why a post has an empty seat is not so.
    #[error("why a post has an empty seat is not so: {0:?}")]
    Why(Vacancy),
    /// Why a role has no holder is not so.
    #[error("why a role has no holder is not so: {0:?}")]
    Cover(Uncovered),
    /// What was said to hang on one person does not, or something that does is left out.
    #[error("what hangs on one person is not what was said: {0:?}")]
    Single(Option<Single>),
}

/// Confirms every statement about a certified answer.
///
/// # Errors
/// [`Flaw`] names the first that does not hold.
pub fn check(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    found: &Vacancies,
    limits: &Limits<'_>,
) -> Result<(), Flaw> {
    let eye = Eye { case, scenario, certified, limits };
    if !certified.vacancies().into_iter().eq(found.posts.iter().map(|vacancy| (vacancy.post, vacancy.seats))) {
        return Err(Flaw::Seats);
    }
    for vacancy in &found.posts {
        if !eye.why(vacancy) || !eye.blocked(vacancy) {
            return Err(Flaw::Why(vacancy.clone()));
        }
    }
    let wanted = eye.uncovered();
    if !wanted.iter().copied().eq(found.uncovered.iter().map(|it| (it.authority, it.role))) {
        return Err(Flaw::Single(None));
    }
    if let Some(wrong) = found.uncovered.iter().find(|it| !eye.cover(it)) {
        return Err(Flaw::Cover(wrong.clone()));
    }
    if let Some(wrong) = found.singles.iter().find(|single| eye.hanging(single) != 1) {
        return Err(Flaw::Single(Some(wrong.clone())));
    }
    if eye.count_of_singles() == found.singles.len() { Ok(()) } else { Err(Flaw::Single(None)) }
}

struct Eye<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    certified: &'a Certified,
    limits: &'a Limits<'a>,
}

impl Eye<'_> {
    /// Rules about the pair that a plan with just this placement breaks.
    fn broken(&self, person: PersonId, post: PostId) -> Vec<Rule> {
        let mut posts = vec![None; self.case.people.len()];
        posts[person.index()] = Some(post);
        let breaches = inspect(self.case, self.scenario, &Plan::new(self.case, posts)).breaches;
        let of_pair = breaches.into_iter().filter(|it| it.person == Some(person) && it.post == Some(post));
        let single = of_pair.map(|it| it.rule).filter(|rule| match rule.family() {
            Family::Eligibility => true,
            Family::Decision => !matches!(rule, Rule::SameAuthority | Rule::DifferentAuthority),
            Family::Structure | Family::Fairness => false,
        });
        single.collect()
    }

    fn now(&self, person: PersonId) -> Option<PostId> {
        self.certified.placements().iter().find(|it| it.person == person).map(|it| it.post)
    }

    fn why(&self, vacancy: &Vacancy) -> bool {
        let post = vacancy.post;
        let matched = self.case.people.ids().filter(|&person| self.case.matches.contains_key(&(person, post)));
        let matched: Vec<PersonId> = matched.collect();
        let may = |person: &PersonId| self.broken(*person, post).is_empty();
        let away: Vec<PersonId> =
            matched.iter().copied().filter(may).filter(|&person| self.now(person) != Some(post)).collect();
        let asks = |person: &PersonId| self.case.ranks.contains_key(&(*person, post));
        match &vacancy.why {
            Why::NobodyMatched => matched.is_empty(),
            Why::NobodyAllowed(barred) => {
                !matched.is_empty()
                    && matched.iter().copied().eq(barred.iter().map(|it| it.person))
                    && barred.iter().all(|it| self.bars(it, post))
            }
            Why::NobodyAsked(people) => {
                matched.iter().any(may) && !away.iter().any(asks) && self.candidates(&away, people, post)
            }
            Why::Asked(people) => {
                let asked: Vec<PersonId> = away.into_iter().filter(asks).collect();
                !asked.is_empty() && self.candidates(&asked, people, post)
            }
        }
    }

    fn bars(&self, barred: &crate::study::vacancies::Barred, post: PostId) -> bool {
        let named: BTreeSet<Rule> = barred.rules.iter().map(|(rule, _, _)| *rule).collect();
        !named.is_empty() && named.into_iter().eq(self.broken(barred.person, post).into_iter().collect::<BTreeSet<_>>())
    }

    fn candidates(&self, wanted: &[PersonId], people: &[Candidate], post: PostId) -> bool {
        wanted.iter().copied().eq(people.iter().map(|it| it.person)) && people.iter().all(|it| self.candidate(it, post))
    }

    fn candidate(&self, it: &Candidate, post: PostId) -> bool {
        let rank = |post: PostId| self.case.ranks.get(&(it.person, post)).map(|rank| rank.rank);
        let now = self.now(it.person);
        let told = now == it.now && it.rank == rank(post) && it.rank_now == now.and_then(rank);
        told && match it.there {
            There::Content => match (it.rank, it.rank_now) {
                (Some(there), Some(here)) => here <= there,
                (Some(_), None) => false,
                (None, _) => it.now.is_some(),
            },
            There::Impossible | There::Worse(_) | There::Equal => {
                forced(self.case, self.scenario, self.certified, (it.person, post), self.limits) == it.there
            }
            There::Unknown => true,
        }
    }

    fn blocked(&self, vacancy: &Vacancy) -> bool {
        let fills = |&leaf| {
            filled_without(self.case, self.scenario, self.certified, leaf, self.limits)
                .is_some_and(|posts| posts.contains(&vacancy.post))
        };
        vacancy.blocked.is_sorted_by(|a, b| a < b) && vacancy.blocked.iter().all(fills)
    }

    fn uncovered(&self) -> Vec<(crate::id::AuthorityId, crate::case::StatutoryRole)> {
        let cover = &self.scenario.statutory_cover;
        let pairs = self.case.authorities.ids().flat_map(|at| cover.roles.iter().map(move |&role| (at, role)));
        pairs.filter(|&(at, role)| self.holders_of_role(at, role) == 0).collect()
    }

    fn holders_of_role(&self, at: crate::id::AuthorityId, role: crate::case::StatutoryRole) -> usize {
        let high = |post: PostId| self.case.posts[post].tier <= self.scenario.statutory_cover.max_tier;
        let placed = self.certified.placements().iter().filter(|it| it.authority == at && high(it.post));
        placed.filter(|it| self.case.people[it.person].statutory_roles.contains(&role)).count()
    }

    fn cover(&self, it: &Uncovered) -> bool {
        let able = self.case.people.ids().filter(|&id| self.case.people[id].statutory_roles.contains(&it.role));
        let offered = self.certified.offered();
        let fits = |post: &PostId| {
            let record = &self.case.posts[*post];
            record.authority == it.authority && record.tier <= self.scenario.statutory_cover.max_tier
        };
        let each = |absent: &crate::study::vacancies::Absent| {
            let matched = |post: &PostId| self.case.matches.contains_key(&(absent.person, *post));
            let posts = offered.iter().copied().filter(fits).filter(matched);
            let (open, shut): (Vec<PostId>, Vec<PostId>) =
                posts.partition(|&post| self.broken(absent.person, post).is_empty());
            open.iter().eq(absent.open.iter().map(|(post, _)| post))
                && shut.iter().eq(absent.barred.iter().map(|(post, _)| post))
                && absent.barred.iter().all(|(post, barred)| barred.person == absent.person && self.bars(barred, *post))
                && absent.open.iter().all(|(post, it)| it.person == absent.person && self.candidate(it, *post))
        };
        able.eq(it.people.iter().map(|absent| absent.person)) && it.people.iter().all(each)
    }

    /// How many hold what is said to hang on one, if that one is among them.
    fn hanging(&self, single: &Single) -> usize {
        let placed = self.certified.placements().iter();
        match single {
            Single::Function { authority, function, person } => {
                let there = placed.filter(|it| it.authority == *authority);
                let people: Vec<PersonId> = there
                    .filter(|it| self.case.posts[it.post].functions.contains(function))
                    .map(|it| it.person)
                    .collect();
                if people.contains(person) { people.len() } else { 0 }
            }
            Single::Role { authority, role, person } => {
                let holds = self.case.people[*person].statutory_roles.contains(role)
                    && self.now(*person).is_some_and(|post| self.case.posts[post].authority == *authority);
                if holds { self.holders_of_role(*authority, *role) } else { 0 }
            }
        }
    }

    /// How many functions and roles hang on one person.
    fn count_of_singles(&self) -> usize {
        let functions: BTreeSet<&String> = self.case.posts.values().flat_map(|post| &post.functions).collect();
        let mut number = 0;
        for at in self.case.authorities.ids() {
            for &function in &functions {
                let there = self.certified.placements().iter().filter(|it| it.authority == at);
                let people = there.filter(|it| self.case.posts[it.post].functions.contains(function)).count();
                number += usize::from(people == 1);
            }
            let roles = &self.scenario.statutory_cover.roles;
            number += roles.iter().filter(|&&role| self.holders_of_role(at, role) == 1).count();
        }
        number
    }
}
