//! Counts the scenarios of a sweep, one at a time.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::sweep::SweepPlan;
use crate::case::{Case, PostStatus};
use crate::certify::Status;
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::study::sweep::row::{Columns, Figures, Row, Whereabouts};
use crate::study::sweep::summary::explained::{Groups, Input};
use crate::study::sweep::summary::spread::Counted;
use crate::study::sweep::summary::statistics::probability;
use crate::study::sweep::summary::{Draws, Outcomes, Point, PostRisk, Regret, RoleRisk, Summary};

/// One scenario as it was found.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'s> {
    /// Its row.
    pub row: &'s Row,
    /// Where everyone of the case is, lowest person first; nothing where that was not kept.
    pub places: &'s [Whereabouts],
    /// Posts that were withdrawn, lowest first.
    pub withdrawn: &'s [PostId],
}

/// What was counted so far.
#[derive(Debug, Clone)]
pub struct Tally<'t> {
    case: &'t Case,
    plan: &'t SweepPlan,
    columns: &'t Columns,
    /// Posts of each function.
    functions: BTreeMap<&'t str, Vec<PostId>>,
    points: Vec<Counts>,
    groups: Groups,
    /// For each point and sample people at risk and empty seats, where there is a plan.
    figures: BTreeMap<(u32, u32), (u32, u32)>,
    scenarios: u64,
}

/// The counts of a point.
#[derive(Debug, Clone)]
struct Counts {
    draws: Draws,
    empty: Counted,
    still_empty: Counted,
    at_risk: Counted,
    cost: Counted,
    authorities: Vec<Counted>,
    functions: Vec<Counted>,
    /// Of each post: its empty seats in the draws in which it is on offer.
    posts: Vec<Counted>,
    /// Of each authority and role: draws that ask for it, and those that cover it.
    roles: Vec<(u64, u64)>,
    all_roles: (u64, u64),
    /// Of each person: how often at each authority, retained, at risk, gone.
    people: Vec<Vec<u64>>,
    offered: Vec<bool>,
}

impl<'t> Tally<'t> {
    /// Nothing counted yet.
    pub fn new(case: &'t Case, plan: &'t SweepPlan, columns: &'t Columns) -> Self {
        let mut functions: BTreeMap<&str, Vec<PostId>> = BTreeMap::new();
        for (id, post) in case.posts.iter() {
            post.functions.iter().for_each(|function| functions.entry(function).or_default().push(id));
        }
        let points = plan.points.iter().map(|scenario| Counts {
            draws: Draws::default(),
            empty: Counted::default(),
            still_empty: Counted::default(),
            at_risk: Counted::default(),
            cost: Counted::default(),
            authorities: vec![Counted::default(); case.authorities.len()],
            functions: vec![Counted::default(); functions.len()],
            posts: vec![Counted::default(); case.posts.len()],
            roles: vec![(0, 0); columns.authorities.len() * columns.roles.len()],
            all_roles: (0, 0),
            people: vec![vec![0; case.authorities.len() + 3]; case.people.len()],
            offered: case
                .posts
                .values()
                .map(|post| {
                    let chosen =
                        scenario.structures.get(&post.authority).is_some_and(|it| post.structures.contains(it));
                    chosen && post.status == PostStatus::Open
                })
                .collect(),
        });
        let points = points.collect();
        Self {
            case,
            plan,
            columns,
            functions,
            points,
            groups: Groups::default(),
            figures: BTreeMap::new(),
            scenarios: 0,
        }
    }

    /// Counts a scenario.
    ///
    /// # Panics
    /// If its point is none of the plan's (a bug of ours).
    pub fn add(&mut self, seen: Seen<'_>) {
        self.scenarios += 1;
        let counts = &mut self.points[seen.row.point as usize];
        match (seen.row.status, &seen.row.figures) {
            (Status::Optimal, Some(figures)) => {
                counts.draws.planned += 1;
                self.figures.insert((seen.row.point, seen.row.sample), (figures.at_risk, figures.vacancies_total()));
                self.count_figures(seen.row.point, figures);
                self.count_places(seen);
                self.count_inputs(seen, i64::from(figures.vacancies_total()));
            }
            (Status::Impossible, _) => counts.draws.impossible += 1,
            (Status::Stopped, _) | (Status::Optimal, None) => counts.draws.stopped += 1,
        }
    }

    fn count_figures(&mut self, point: u32, figures: &Figures) {
        let counts = &mut self.points[point as usize];
        counts.empty.add(figures.vacancies_total().into());
        counts.still_empty.add(i64::from(figures.vacancies_total()) - i64::from(figures.filled_total()));
        counts.at_risk.add(figures.at_risk.into());
        counts.cost.add(figures.cost_pence);
        for (counted, &empty) in counts.authorities.iter_mut().zip(&figures.vacancies) {
            counted.add(empty.into());
        }
        for ((asked, met), covered) in counts.roles.iter_mut().zip(&figures.covered) {
            *asked += u64::from(covered.is_some());
            *met += u64::from(*covered == Some(true));
        }
        counts.all_roles.0 += u64::from(figures.covered.iter().any(Option::is_some));
        let all = figures.covered.iter().any(Option::is_some) && !figures.covered.contains(&Some(false));
        counts.all_roles.1 += u64::from(all);
    }

    fn count_places(&mut self, seen: Seen<'_>) {
        if seen.places.len() != self.case.people.len() {
            return;
        }
        let counts = &mut self.points[seen.row.point as usize];
        let authorities = self.case.authorities.len();
        let mut holders = vec![0u32; self.case.posts.len()];
        for (chances, place) in counts.people.iter_mut().zip(seen.places) {
            let at = match *place {
                Whereabouts::Post(post) => {
                    holders[post.index()] += 1;
                    let retained = self.case.posts[post].retained_shared == Some(true);
                    if retained { authorities } else { self.case.posts[post].authority.index() }
                }
                Whereabouts::AtRisk => authorities + 1,
                Whereabouts::Left => authorities + 2,
                Whereabouts::Unknown => continue,
            };
            chances[at] += 1;
        }
        let is_on_offer = |post: PostId| counts.offered[post.index()] && seen.withdrawn.binary_search(&post).is_err();
        let empty = |post: PostId| i64::from(self.case.posts[post].capacity.saturating_sub(holders[post.index()]));
        for post in self.case.posts.ids().filter(|&post| is_on_offer(post)) {
            counts.posts[post.index()].add(empty(post));
        }
        for (counted, posts) in counts.functions.iter_mut().zip(self.functions.values()) {
            let on_offer = || posts.iter().copied().filter(|&post| is_on_offer(post));
            if on_offer().next().is_some() {
                counted.add(on_offer().map(empty).sum());
            }
        }
    }

    fn count_inputs(&mut self, seen: Seen<'_>, empty: i64) {
        let (row, sample) = (seen.row, seen.row.sample);
        let chosen = self.plan.choices(row.point as usize);
        for (axis, choice) in chosen.into_iter().enumerate() {
            self.groups.add(Input::Axis(axis), i64::try_from(choice).expect("few values"), sample, empty);
        }
        let drawn = [
            (Input::Leavers, row.drawn.leavers),
            (Input::Changed, row.drawn.changed),
            (Input::Answered, row.drawn.answered),
            (Input::Withdrawn, row.drawn.withdrawn),
        ];
        for (input, count) in drawn {
            self.groups.add(input, count.into(), sample, empty);
        }
        self.groups.add_to_all(sample, empty);
        seen.withdrawn.iter().for_each(|&post| self.groups.add(Input::Post(post), 1, sample, empty));
        let left = seen.places.iter().enumerate().filter(|(_, place)| **place == Whereabouts::Left);
        left.for_each(|(person, _)| self.groups.add(Input::Person(PersonId::at(person)), 1, sample, empty));
    }

    /// What is said of all that was counted.
    pub fn finish(&self) -> Summary {
        let mut points: Vec<Point> =
            (0..).zip(&self.points).map(|(number, counts)| self.point(number, counts)).collect();
        if points.len() > 1 {
            let regrets = self.regrets();
            points.iter_mut().zip(regrets).for_each(|(point, regret)| point.regret = Some(regret));
        }
        Summary { scenarios: self.scenarios, points, explained: self.groups.explained() }
    }

    fn point(&self, number: u32, counts: &Counts) -> Point {
        let authorities = self.case.authorities.ids().zip(counts.authorities.iter().map(Counted::spread));
        let functions = self.functions.keys().zip(counts.functions.iter().map(Counted::spread));
        let functions = functions.filter(|(_, spread)| spread.draws > 0);
        Point {
            point: number,
            draws: counts.draws,
            empty: counts.empty.spread(),
            bars: counts.empty.bars(),
            still_empty: counts.still_empty.spread(),
            at_risk: counts.at_risk.spread(),
            cost: counts.cost.spread(),
            authorities: authorities.collect(),
            functions: functions.map(|(&function, spread)| (function.to_owned(), spread)).collect(),
            posts: self.posts(counts),
            roles: self.roles(counts),
            all_roles: (counts.all_roles.0 > 0).then(|| probability(counts.all_roles.1, counts.all_roles.0)),
            people: self.people(counts),
            regret: None,
        }
    }

    fn posts(&self, counts: &Counts) -> Vec<PostRisk> {
        let one = |(post, counted): (PostId, &Counted)| {
            let seats = counted.spread();
            let hits = counted.bars().iter().filter(|(empty, _)| *empty > 0).map(|(_, times)| times).sum();
            (seats.draws > 0).then(|| PostRisk { post, empty: probability(hits, seats.draws), seats })
        };
        let mut all: Vec<PostRisk> = self.case.posts.ids().zip(&counts.posts).filter_map(one).collect();
        // Shares of different numbers of draws, compared by multiplying out.
        all.sort_by(|a, b| {
            let [left, right] = [(&a.empty, &b.empty), (&b.empty, &a.empty)]
                .map(|(one, other)| u128::from(one.hits) * u128::from(other.of));
            right.cmp(&left).then(a.post.cmp(&b.post))
        });
        all
    }

    fn roles(&self, counts: &Counts) -> Vec<RoleRisk> {
        let roles = self.columns.roles.len();
        let one = |(at, &(asked, met)): (usize, &(u64, u64))| {
            let (authority, role) = (AuthorityId::at(at / roles), self.columns.roles[at % roles]);
            (asked > 0).then(|| RoleRisk { authority, role, covered: probability(met, asked) })
        };
        counts.roles.iter().enumerate().filter_map(one).collect()
    }

    fn people(&self, counts: &Counts) -> Vec<Outcomes> {
        let one = |(person, times): (PersonId, &Vec<u64>)| {
            let all: u64 = times.iter().sum();
            let of = |at: usize| probability(times[at], all);
            let count = self.case.authorities.len();
            (all > 0).then(|| Outcomes {
                person,
                authorities: self.case.authorities.ids().map(|authority| (authority, of(authority.index()))).collect(),
                retained: of(count),
                at_risk: of(count + 1),
                left: of(count + 2),
            })
        };
        self.case.people.ids().zip(&counts.people).filter_map(one).collect()
    }

    /// Each point against the best in the same draw; a draw without a plan at a point says nothing of that point.
    fn regrets(&self) -> Vec<Regret> {
        let samples: BTreeSet<u32> = self.figures.keys().map(|&(_, sample)| sample).collect();
        let count = u32::try_from(self.points.len()).expect("fewer than 2^32 points");
        let mut counted = vec![(Counted::default(), Counted::default(), 0u64, 0u64); self.points.len()];
        for sample in samples {
            let here: Vec<(u32, (u32, u32))> =
                (0..count).filter_map(|point| Some((point, *self.figures.get(&(point, sample))?))).collect();
            let fewest = here.iter().map(|it| it.1.0).min().unwrap_or(0);
            let least = here.iter().map(|it| it.1.1).min().unwrap_or(0);
            for (point, (at_risk, empty)) in here {
                let (risks, seats, best, all) = &mut counted[point as usize];
                risks.add(i64::from(at_risk - fewest));
                seats.add(i64::from(empty - least));
                *best += u64::from(at_risk == fewest);
                *all += 1;
            }
        }
        let regret = |(risks, seats, best, all): &(Counted, Counted, u64, u64)| Regret {
            at_risk: risks.spread(),
            empty: seats.spread(),
            best: probability(*best, *all),
        };
        counted.iter().map(regret).collect()
    }
}
