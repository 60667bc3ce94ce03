//! Counting over all plans: what each option adds is worked out once, then plans are built person by person.

use demerge::case::answer::Leaf;
use std::collections::BTreeSet;

use demerge::case::scenario::{Clause, Level, Objective, Scenario};
use demerge::case::{Case, LinkKind};
use demerge::id::{AuthorityId, Id, PersonId, PostId};

use crate::oracle::{Bars, words};

const AUTHORITIES: usize = 4;
const CLAUSES: usize = 4;
const OBJECTIVES: usize = Objective::ALL.len();
/// Different ranks in one case.
const RANKS: usize = 12;

/// What a plan, or part of one, adds up to.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    values: [i64; OBJECTIVES],
    /// By rank, as `Problem::ranks` has them: people placed at it.
    ranks: [i64; RANKS],
    /// One bit for each covered (authority, role).
    covered: u16,
    people: [i64; AUTHORITIES],
    fte: [i64; AUTHORITIES],
    cost: [i64; AUTHORITIES],
    /// By present employer: people placed where they stated.
    met: [i64; AUTHORITIES],
    /// By clause, for `cover`: people in posts of that function there.
    function: [i64; CLAUSES],
}

/// One option of one person.
struct Way {
    post: Option<PostId>,
    authority: Option<AuthorityId>,
    adds: Tally,
}

/// A case in the form in which all its plans can be tried.
pub(crate) struct Problem<'a> {
    case: &'a Case,
    scenario: &'a Scenario,
    /// By person.
    ways: Vec<Vec<Way>>,
    /// Clauses that are enforced, with their positions.
    clauses: Vec<(usize, &'a Clause)>,
    /// Links that are enforced.
    links: Vec<&'a demerge::case::Link>,
    /// By authority: seats on offer.
    seats: [i64; AUTHORITIES],
    /// By employer: people who stated an authority.
    stated: [i64; AUTHORITIES],
    people: i64,
    fte: i64,
    /// Every rank that counts for an option of someone, the best first.
    ranks: Vec<u32>,
}

/// One number that is made as good as possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Aim {
    /// The objective that it belongs to.
    pub(crate) objective: Objective,
    /// 1 where less is better, -1 where more is.
    pub(crate) sign: i64,
    counts: Counts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Sum(Objective),
    Covered,
    /// People at the rank in this place of `Problem::ranks`.
    AtRank(usize),
    WorstRank,
}

impl<'a> Problem<'a> {
    /// The case under the rules that are kept.
    pub(crate) fn new(case: &'a Case, scenario: &'a Scenario, kept: &dyn Fn(Leaf) -> bool, bars: Bars) -> Self {
        assert!(
            case.authorities.len() <= AUTHORITIES && scenario.fairness.len() <= CLAUSES,
            "more than the oracle knows"
        );
        let mut seats = [0; AUTHORITIES];
        for (post, row) in case.posts.iter().filter(|(post, _)| words::offered(case, scenario, *post)) {
            let _ = post;
            seats[row.authority.index()] += i64::from(row.capacity);
        }
        let mut stated = [0; AUTHORITIES];
        for person in case.people.values() {
            stated[person.employer.index()] += i64::from(person.preference.stated().is_some());
        }
        let enforced = |(position, rule): &(usize, &demerge::case::scenario::FairnessRule)| {
            rule.level == Level::Must && kept(Leaf::Clause(*position))
        };
        let clauses = scenario.fairness.iter().enumerate().filter(enforced);
        let mut ways: Vec<Vec<Way>> =
            case.people.ids().map(|person| ways(case, scenario, person, kept, bars)).collect();
        let counted = |way: &Way| way.adds.values[Objective::Rank as usize];
        let ranks: BTreeSet<i64> = ways.iter().flatten().map(counted).filter(|&rank| rank > 0).collect();
        assert!(ranks.len() <= RANKS, "more ranks than the oracle knows");
        for way in ways.iter_mut().flatten() {
            if let Some(place) = ranks.iter().position(|&rank| rank == counted(way)) {
                way.adds.ranks[place] = 1;
            }
        }
        Self {
            case,
            scenario,
            ways,
            ranks: ranks.into_iter().map(|rank| u32::try_from(rank).expect("a rank")).collect(),
            clauses: clauses.map(|(position, rule)| (position, &rule.clause)).collect(),
            links: case.links.iter().enumerate().filter(|(i, _)| kept(Leaf::Link(*i))).map(|(_, link)| link).collect(),
            seats,
            stated,
            people: i64::try_from(case.people.len()).expect("few people"),
            fte: case.people.values().map(|person| i64::from(person.fte.0)).sum(),
        }
    }

    /// Shows every plan that keeps every rule, the canonical order first; stops where the visitor says `false`.
    pub(crate) fn each_plan(&self, visit: &mut impl FnMut(&Tally, &[Option<PostId>]) -> bool) {
        let mut walk = Walk {
            free: self.case.posts.values().map(|post| post.capacity).collect(),
            posts: vec![None; self.ways.len()],
            authorities: vec![None; self.ways.len()],
        };
        self.step(0, &Tally::default(), &mut walk, visit);
    }

    fn step(
        &self,
        person: usize,
        so_far: &Tally,
        walk: &mut Walk,
        visit: &mut impl FnMut(&Tally, &[Option<PostId>]) -> bool,
    ) -> bool {
        let Some(ways) = self.ways.get(person) else {
            return !self.keeps_rules(so_far, &walk.authorities) || visit(so_far, &walk.posts);
        };
        for way in ways {
            if let Some(post) = way.post {
                if walk.free[post.index()] == 0 {
                    continue;
                }
                walk.free[post.index()] -= 1;
            }
            walk.posts[person] = way.post;
            walk.authorities[person] = way.authority;
            let go_on = self.step(person + 1, &so_far.and(&way.adds), walk, visit);
            if let Some(post) = way.post {
                walk.free[post.index()] += 1;
            }
            if !go_on {
                return false;
            }
        }
        true
    }

    /// Everything that is made as good as possible, first things first.
    pub(crate) fn aims(&self) -> Vec<Aim> {
        let mut aims = Vec::new();
        for &objective in &self.scenario.objectives {
            let most_placed = Aim { objective, sign: -1, counts: Counts::Sum(Objective::Placed) };
            let settled = aims.iter().any(|aim: &Aim| aim.counts == most_placed.counts);
            let at = |place, sign| Aim { objective, sign, counts: Counts::AtRank(place) };
            let places = 0..self.ranks.len();
            match objective {
                Objective::Placed | Objective::Preference | Objective::Critical | Objective::Family => {
                    aims.push(Aim { objective, sign: -1, counts: Counts::Sum(objective) });
                }
                Objective::Match | Objective::Rank | Objective::Cost | Objective::Moves | Objective::Travel => {
                    aims.push(Aim { objective, sign: 1, counts: Counts::Sum(objective) });
                }
                Objective::Statutory => aims.push(Aim { objective, sign: -1, counts: Counts::Covered }),
                Objective::Generous => {
                    aims.extend((!settled).then_some(most_placed));
                    aims.extend(places.rev().map(|place| at(place, 1)));
                }
                Objective::Greedy => {
                    aims.extend((!settled).then_some(most_placed));
                    aims.extend(places.map(|place| at(place, -1)));
                }
                Objective::RankMaximal => aims.extend(places.map(|place| at(place, -1))),
                Objective::Bottleneck => aims.push(Aim { objective, sign: 1, counts: Counts::WorstRank }),
            }
        }
        aims
    }

    /// Writes the values of the aims, each so that less is better.
    pub(crate) fn losses(&self, aims: &[Aim], tally: &Tally, out: &mut [i64]) {
        for (slot, aim) in out.iter_mut().zip(aims) {
            let value = match aim.counts {
                Counts::Covered => i64::from(tally.covered.count_ones()),
                Counts::Sum(objective) => tally.values[objective as usize],
                Counts::AtRank(place) => tally.ranks[place],
                Counts::WorstRank => {
                    let worst = tally.ranks.iter().rposition(|&people| people > 0);
                    worst.map_or(0, |place| i64::from(self.ranks[place]))
                }
            };
            *slot = value * aim.sign;
        }
    }

    fn keeps_rules(&self, tally: &Tally, authorities: &[Option<AuthorityId>]) -> bool {
        self.clauses.iter().all(|(position, clause)| self.holds(*position, clause, tally))
            && self.links.iter().all(|link| {
                let [a, b] = link.people.map(|person| authorities[person.index()]);
                match link.kind {
                    LinkKind::SameAuthority => a == b,
                    LinkKind::DifferentAuthority => a.is_none() || a != b,
                }
            })
    }

    fn holds(&self, position: usize, clause: &Clause, tally: &Tally) -> bool {
        let within = |part: i64, whole: i64, min: Option<i32>, max: Option<i32>| {
            min.is_none_or(|min| part * 10_000 >= i64::from(min) * whole)
                && max.is_none_or(|max| part * 10_000 <= i64::from(max) * whole)
        };
        // |part_a / whole_a - part_b / whole_b| <= limit, multiplied out; nothing to compare where a whole is nought.
        let close = |[part_a, part_b]: [i64; 2], [whole_a, whole_b]: [i64; 2], limit: i32| {
            (part_a * whole_b - part_b * whole_a).abs() * 10_000 <= i64::from(limit) * whole_a * whole_b
                || whole_a == 0
                || whole_b == 0
        };
        match clause {
            Clause::PeopleShare { authority, min, max } => {
                within(tally.people[authority.index()], self.people, min.map(|min| min.0), max.map(|max| max.0))
            }
            Clause::FteShare { authority, min, max } => {
                within(tally.fte[authority.index()], self.fte, min.map(|min| min.0), max.map(|max| max.0))
            }
            Clause::Budget { authority, max } => tally.cost[authority.index()] <= max.0,
            Clause::Cover { min_people, .. } => tally.function[position] >= i64::from(*min_people),
            Clause::VacancyGap { authorities, max_points } => {
                let seats = authorities.map(|authority| self.seats[authority.index()]);
                let empty = authorities.map(|a| self.seats[a.index()] - tally.people[a.index()]);
                close(empty, seats, max_points.0)
            }
            Clause::PreferenceParity { max_points } => {
                let count = self.case.authorities.len();
                let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
                pairs
                    .into_iter()
                    .all(|pair| close(pair.map(|e| tally.met[e]), pair.map(|e| self.stated[e]), max_points.0))
            }
        }
    }
}

/// Where the walk over all plans stands.
struct Walk {
    free: Vec<u32>,
    posts: Vec<Option<PostId>>,
    authorities: Vec<Option<AuthorityId>>,
}

impl Tally {
    fn and(&self, other: &Tally) -> Tally {
        let mut sum = *self;
        sum.covered |= other.covered;
        let add = |to: &mut [i64], from: &[i64]| to.iter_mut().zip(from).for_each(|(a, b)| *a += b);
        add(&mut sum.values, &other.values);
        add(&mut sum.ranks, &other.ranks);
        add(&mut sum.people, &other.people);
        add(&mut sum.fte, &other.fte);
        add(&mut sum.cost, &other.cost);
        add(&mut sum.met, &other.met);
        add(&mut sum.function, &other.function);
        sum
    }
}

/// A person's options: allowed posts in order, then no post, if they need not be placed.
fn ways(case: &Case, scenario: &Scenario, person: PersonId, kept: &dyn Fn(Leaf) -> bool, bars: Bars) -> Vec<Way> {
    let allowed = case.posts.ids().filter(|&post| words::may_hold(case, scenario, person, post, kept, bars));
    let mut ways: Vec<Way> = allowed
        .map(|post| Way {
            post: Some(post),
            authority: Some(case.posts[post].authority),
            adds: placement(case, scenario, person, post),
        })
        .collect();
    if !words::must_be_placed(case, scenario, person, kept) {
        ways.push(Way { post: None, authority: None, adds: Tally::default() });
    }
    ways
}

/// What one placement adds.
fn placement(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> Tally {
    let (who, what) = (&case.people[person], &case.posts[post]);
    let (there, from) = (what.authority.index(), who.employer.index());
    let met = i64::from(who.preference.stated() == Some(what.authority));
    let cost = words::cost(case, scenario, person, post);
    let mut tally = Tally::default();
    for &objective in Objective::ALL {
        tally.values[objective as usize] = match objective {
            Objective::Placed => 1,
            Objective::Statutory => 0, // counted in `covered`
            Objective::Preference => met,
            Objective::Match => words::match_points(case.matches[&(person, post)].kind),
            Objective::Rank => words::rank(case, scenario, person, post),
            Objective::Cost => cost,
            Objective::Moves => i64::from(what.authority != who.employer),
            Objective::Critical => i64::from(words::critical(case, post)),
            Objective::Family => i64::from(words::on_family_leave(case, person)),
            Objective::Travel => words::miles(case, person, what.authority),
            // Counted in `ranks`.
            Objective::Generous | Objective::Greedy | Objective::RankMaximal | Objective::Bottleneck => 0,
        };
    }
    for (position, role) in scenario.statutory_cover.roles.iter().enumerate() {
        if who.statutory_roles.contains(role) && what.tier <= scenario.statutory_cover.max_tier {
            tally.covered |= 1 << (there * 3 + position);
        }
    }
    tally.people[there] = 1;
    tally.fte[there] = i64::from(who.fte.0);
    tally.cost[there] = cost;
    tally.met[from] = met;
    for (position, rule) in scenario.fairness.iter().enumerate() {
        if let Clause::Cover { authority, function, .. } = &rule.clause {
            tally.function[position] = i64::from(*authority == what.authority && what.functions.contains(function));
        }
    }
    tally
}
