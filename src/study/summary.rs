//! The figures of one certified plan, counted once for every page, list and screen.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::Plan;
use crate::case::rule::Rule;
use crate::case::scenario::Scenario;
use crate::case::{Case, MatchKind, Response, StatutoryRole};
use crate::certify::{Certified, Measured, Placement, inspect};
use crate::id::{AuthorityId, GradeId, Id, PersonId, PostId};
use crate::quantity::{Fte, Pence};
use crate::study::impossible::Impossible;
use crate::study::pools::{Pool, pools};
use crate::study::settlement::Settled;
use crate::study::vacancies::Vacancies;

/// Everything that is counted.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Posts on offer, and their seats.
    pub offered: Seats,
    /// People in the case.
    pub people: usize,
    /// People with a post.
    pub placed: usize,
    /// Their contracted FTE.
    pub placed_fte: Fte,
    /// Each authority, lowest first.
    pub authorities: Vec<AuthorityFigures>,
    /// Seats by service, in alphabetical order; a post with several functions counts in each.
    pub services: Vec<(String, Seats)>,
    /// Seats by grade, in the order of the grades' ids.
    pub grades: Vec<(GradeId, Seats)>,
    /// Who gives statutory cover, by authority and role.
    pub cover: Vec<Cover>,
    /// Stated authority preferences.
    pub preference: Preferences,
    /// Where people's posts stand on their own lists.
    pub ranks: Ranks,
    /// Placements by class of match, every class.
    pub matches: Vec<(MatchKind, usize)>,
    /// Pay with on-cost of all placements, a year.
    pub cost: Pence,
    /// Placements outside the present employer.
    pub moves: usize,
    /// Fairness rules in the scenario's order.
    pub fairness: Vec<Measured>,
    /// Everyone without a post, lowest first.
    pub at_risk: Vec<AtRisk>,
    /// Undecided people, pool by pool.
    pub pools: Vec<Pool>,
    /// The pools with the ways to settle them, where somebody asked.
    pub settled: Option<Settled>,
    /// Why there is no plan, in the user's own rows; `None` where there is one, or nobody asked.
    pub impossible: Option<Impossible>,
    /// Why seats are empty; `None` where there is no plan, or nobody asked.
    pub vacancies: Option<Vacancies>,
}

/// Offered posts and seats, and how many are empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Seats {
    /// Posts on offer.
    pub posts: u32,
    /// Their seats.
    pub seats: u32,
    /// Seats without a holder.
    pub empty: u32,
}

/// The figures of one authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorityFigures {
    /// Which authority.
    pub authority: AuthorityId,
    /// Its offered seats.
    pub seats: Seats,
    /// People placed there.
    pub people: usize,
    /// Their contracted FTE.
    pub fte: Fte,
    /// Pay with on-cost of its placements, a year.
    pub cost: Pence,
    /// People who come from another employer.
    pub arrivals: usize,
    /// Its present staff placed elsewhere.
    pub departures: usize,
}

/// A statutory role at an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cover {
    /// Which authority.
    pub authority: AuthorityId,
    /// Which role.
    pub role: StatutoryRole,
    /// Everyone who can hold it there, with their post; empty: not covered.
    pub holders: Vec<(PersonId, PostId)>,
}

/// How many stated an authority, and how many got it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// People who stated an authority.
    pub stated: usize,
    /// Of these, placed there.
    pub met: usize,
    /// Of these, placed elsewhere.
    pub elsewhere: usize,
    /// Of these, without a post.
    pub unplaced: usize,
}

/// Everyone in the case, once, by where their post stands on their own list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ranks {
    /// People by the rank that they gave to their post, first choice first.
    pub ranked: Vec<(u32, usize)>,
    /// People in a post that they did not list.
    pub unlisted: usize,
    /// People in a post who gave no response; no rank counts for them.
    pub no_response: usize,
    /// People without a post.
    pub unplaced: usize,
}

/// Someone without a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtRisk {
    /// Whom it concerns.
    pub person: PersonId,
    /// Posts on offer with a job match for this person, with their holders and empty seats, lowest first.
    pub matched: Vec<MatchedPost>,
}

/// A post on offer that matches someone's job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedPost {
    /// Which post.
    pub post: PostId,
    /// Who holds it in this plan, lowest first.
    pub holders: Vec<PersonId>,
    /// Its empty seats.
    pub empty: u32,
    /// Rules that keep this person out of it, whoever else is where; empty: the person may hold it.
    pub barred_by: Vec<Rule>,
}

/// Counts everything that is said of a certified answer.
pub fn summarise(case: &Case, scenario: &Scenario, certified: &Certified) -> Summary {
    let empty: BTreeMap<PostId, u32> = certified.vacancies().into_iter().collect();
    let seats = |post: PostId| Seats {
        posts: 1,
        seats: case.posts[post].capacity,
        empty: empty.get(&post).copied().unwrap_or(0),
    };
    let offered = certified.offered();
    let mut services: BTreeMap<String, Seats> = BTreeMap::new();
    let mut grades: BTreeMap<GradeId, Seats> = BTreeMap::new();
    for &post in &offered {
        for function in &case.posts[post].functions {
            services.entry(function.clone()).or_default().add(seats(post));
        }
        grades.entry(case.posts[post].grade).or_default().add(seats(post));
    }
    let placements = certified.placements();
    let count = |kind| placements.iter().filter(|p| p.kind == kind).count();
    Summary {
        offered: total(offered.iter().map(|&post| seats(post))),
        people: case.people.len(),
        placed: placements.len(),
        placed_fte: fte(case, placements.iter()),
        authorities: case
            .authorities
            .ids()
            .map(|authority| {
                let own = offered.iter().filter(|&&post| case.posts[post].authority == authority);
                authority_figures(case, placements, authority, total(own.map(|&post| seats(post))))
            })
            .collect(),
        services: services.into_iter().collect(),
        grades: grades.into_iter().collect(),
        cover: cover(case, scenario, placements),
        preference: preferences(case, certified),
        ranks: ranks(case, certified),
        matches: MatchKind::ALL.iter().map(|&kind| (kind, count(kind))).collect(),
        cost: cost(placements.iter()),
        moves: placements.iter().filter(|p| p.moved).count(),
        fairness: certified.fairness().to_vec(),
        at_risk: at_risk(case, scenario, certified, &empty),
        pools: pools(case, certified),
        settled: None,
        impossible: None,
        vacancies: None,
    }
}

impl Seats {
    fn add(&mut self, other: Seats) {
        self.posts += other.posts;
        self.seats += other.seats;
        self.empty += other.empty;
    }
}

fn total(all: impl Iterator<Item = Seats>) -> Seats {
    all.fold(Seats::default(), |mut sum, seats| {
        sum.add(seats);
        sum
    })
}

fn cost<'a>(placements: impl Iterator<Item = &'a Placement>) -> Pence {
    Pence(placements.map(|p| p.cost.0).sum())
}

fn fte<'a>(case: &Case, placements: impl Iterator<Item = &'a Placement>) -> Fte {
    Fte(placements.map(|p| case.people[p.person].fte.0).sum())
}

fn authority_figures(case: &Case, placements: &[Placement], authority: AuthorityId, seats: Seats) -> AuthorityFigures {
    let own = || placements.iter().filter(|p| p.authority == authority);
    AuthorityFigures {
        authority,
        seats,
        people: own().count(),
        fte: fte(case, own()),
        cost: cost(own()),
        arrivals: own().filter(|p| p.moved).count(),
        departures: placements.iter().filter(|p| p.moved && case.people[p.person].employer == authority).count(),
    }
}

/// The contract's words: a placed person with the role, in a post of the authority of tier at most `max_tier`.
/// The pairs covered, in the contract's words: a placed person with the role, in a post of the authority of tier at most
/// `max_tier`.
pub(crate) fn covered(
    case: &Case,
    scenario: &Scenario,
    placements: &[Placement],
) -> BTreeSet<(AuthorityId, StatutoryRole)> {
    let demand = &scenario.statutory_cover;
    let placed = placements.iter().filter(|placement| case.posts[placement.post].tier <= demand.max_tier);
    let roles = |person| case.people[person].statutory_roles.iter().filter(|role| demand.roles.contains(role));
    placed.flat_map(|placement| roles(placement.person).map(|&role| (placement.authority, role))).collect()
}

fn cover(case: &Case, scenario: &Scenario, placements: &[Placement]) -> Vec<Cover> {
    let demand = &scenario.statutory_cover;
    let holds = |p: &Placement, authority, role| {
        p.authority == authority
            && case.people[p.person].statutory_roles.contains(&role)
            && case.posts[p.post].tier <= demand.max_tier
    };
    let pairs = case.authorities.ids().flat_map(|authority| demand.roles.iter().map(move |&role| (authority, role)));
    pairs
        .map(|(authority, role)| Cover {
            authority,
            role,
            holders: placements.iter().filter(|p| holds(p, authority, role)).map(|p| (p.person, p.post)).collect(),
        })
        .collect()
}

fn preferences(case: &Case, certified: &Certified) -> Preferences {
    let stated = |person: &PersonId| case.people[*person].preference.stated().is_some();
    let says = |met| certified.placements().iter().filter(|p| p.preference_met == Some(met)).count();
    Preferences {
        stated: case.people.ids().filter(stated).count(),
        met: says(true),
        elsewhere: says(false),
        unplaced: certified.unplaced().iter().filter(|p| stated(p)).count(),
    }
}

fn ranks(case: &Case, certified: &Certified) -> Ranks {
    let mut ranked: BTreeMap<u32, usize> = BTreeMap::new();
    let mut ranks = Ranks { unplaced: certified.unplaced().len(), ..Ranks::default() };
    for placement in certified.placements() {
        match (case.people[placement.person].preference.response, placement.rank_given) {
            (Response::NoResponse, _) => ranks.no_response += 1,
            (Response::Responded | Response::Late | Response::Declined, None) => ranks.unlisted += 1,
            (Response::Responded | Response::Late | Response::Declined, Some(rank)) => {
                *ranked.entry(rank).or_default() += 1;
            }
        }
    }
    ranks.ranked = ranked.into_iter().collect();
    ranks
}

fn at_risk(case: &Case, scenario: &Scenario, certified: &Certified, empty: &BTreeMap<PostId, u32>) -> Vec<AtRisk> {
    let offered: BTreeSet<PostId> = certified.offered().into_iter().collect();
    let matched = |person| {
        let pairs = case.matches.range((person, PostId::at(0))..=(person, PostId::at(case.posts.len())));
        pairs.map(|(&(_, post), _)| post).filter(|post| offered.contains(post)).collect()
    };
    let pairs: Vec<(PersonId, Vec<PostId>)> =
        certified.unplaced().into_iter().map(|person| (person, matched(person))).collect();
    let barred = barred(case, scenario, &pairs);
    let mut holders: BTreeMap<PostId, Vec<PersonId>> = BTreeMap::new();
    for placement in certified.placements() {
        holders.entry(placement.post).or_default().push(placement.person);
    }
    let of_post = |person, post| MatchedPost {
        post,
        holders: holders.get(&post).cloned().unwrap_or_default(),
        empty: empty.get(&post).copied().unwrap_or(0),
        barred_by: barred.get(&(person, post)).cloned().unwrap_or_default(),
    };
    let of_person = |(person, posts): (_, Vec<PostId>)| AtRisk {
        person,
        matched: posts.into_iter().map(|post| of_post(person, post)).collect(),
    };
    pairs.into_iter().map(of_person).collect()
}

/// Which rules about single pairs each pair breaks, as `certify` finds them in trial plans.
///
/// The first trial puts everyone into the first of their posts, the second into the second, and so on; rules about seats
/// and about several people are broken in such trials and are not looked at.
fn barred(
    case: &Case,
    scenario: &Scenario,
    pairs: &[(PersonId, Vec<PostId>)],
) -> BTreeMap<(PersonId, PostId), Vec<Rule>> {
    let mut barred: BTreeMap<(PersonId, PostId), Vec<Rule>> = BTreeMap::new();
    let most = pairs.iter().map(|(_, posts)| posts.len()).max().unwrap_or(0);
    for turn in 0..most {
        let mut posts = vec![None; case.people.len()];
        for (person, own) in pairs {
            posts[person.index()] = own.get(turn).copied();
        }
        for breach in inspect(case, scenario, &Plan::new(case, posts)).breaches {
            if let (true, Some(person), Some(post)) = (breach.rule.is_of_a_pair(), breach.person, breach.post) {
                let rules = barred.entry((person, post)).or_default();
                if !rules.contains(&breach.rule) {
                    rules.push(breach.rule);
                }
            }
        }
    }
    barred
}
