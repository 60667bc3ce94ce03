//! R401 to R406 by differences: what each enforced clause counts, kept up to date as people move.
//!
//! `measure` finds the same numbers in a whole plan, and says them in words. Here a move changes them by what it takes away and what
//! it brings, so that thousands of plans which differ from one another in a few people are judged in the time of the few.

use crate::case::scenario::{Clause, Level};
use crate::certify::facts::{Facts, count};
use crate::certify::measure::{near, shown, within};
use crate::id::{AuthorityId, PersonId, PostId};

/// An enforced clause with what it counts.
#[derive(Clone)]
pub(super) struct Gauge<'a> {
    clause: &'a Clause,
    counts: Counts,
}

#[derive(Clone)]
enum Counts {
    /// People, FTE or pence of one authority, and what they are a share of.
    One { sum: i128, all: i128 },
    /// Seats held and seats offered of each of two authorities.
    Seats([(i128, i128); 2]),
    /// For each employer whose staff stated an authority: how many got it, and how many stated one.
    Employers(Vec<(AuthorityId, i128, i128)>),
}

impl<'a> Gauge<'a> {
    /// The enforced clauses, of a plan in which nobody is placed.
    pub(super) fn all(facts: &Facts<'a>) -> Vec<Self> {
        let enforced = facts.scenario.fairness.iter().filter(|rule| match rule.level {
            Level::Must => true,
            Level::Report => false,
        });
        enforced.map(|rule| Self { clause: &rule.clause, counts: nobody(facts, &rule.clause) }).collect()
    }

    /// Counts a placement `times` times: once when someone comes, less once when they go.
    pub(super) fn count(&mut self, facts: &Facts<'_>, person: PersonId, post: PostId, times: i128) {
        let place = facts.case.posts[post].authority;
        match (self.clause, &mut self.counts) {
            (Clause::Cover { authority, function, .. }, Counts::One { sum, .. }) => {
                *sum += times * i128::from(facts.does(post, *authority, function));
            }
            (Clause::PeopleShare { authority, .. }, Counts::One { sum, .. }) if *authority == place => *sum += times,
            (Clause::FteShare { authority, .. }, Counts::One { sum, .. }) if *authority == place => {
                *sum += times * i128::from(facts.case.people[person].fte.0);
            }
            (Clause::Budget { authority, .. }, Counts::One { sum, .. }) if *authority == place => {
                *sum += times * facts.cost(person, post);
            }
            (Clause::VacancyGap { authorities, .. }, Counts::Seats(sides)) if facts.is_offered(post) => {
                for (side, _) in sides.iter_mut().zip(authorities).filter(|(_, authority)| **authority == place) {
                    side.0 += times;
                }
            }
            (Clause::PreferenceParity { .. }, Counts::Employers(employers)) => {
                if facts.preference_met(person, post) == Some(true) {
                    let own = facts.case.people[person].employer;
                    employers.iter_mut().filter(|(employer, _, _)| *employer == own).for_each(|side| side.1 += times);
                }
            }
            (
                Clause::PeopleShare { .. }
                | Clause::FteShare { .. }
                | Clause::Budget { .. }
                | Clause::VacancyGap { .. }
                | Clause::PreferenceParity { .. },
                _,
            )
            | (Clause::Cover { .. }, Counts::Seats(_) | Counts::Employers(_)) => {}
        }
    }

    /// Whether the clause is met.
    pub(super) fn met(&self) -> bool {
        match (self.clause, &self.counts) {
            (Clause::PeopleShare { min, max, .. } | Clause::FteShare { min, max, .. }, Counts::One { sum, all }) => {
                within(shown(*sum), shown(*all), *min, *max)
            }
            (Clause::Budget { max, .. }, Counts::One { sum, .. }) => *sum <= i128::from(max.0),
            (Clause::Cover { min_people, .. }, Counts::One { sum, .. }) => *sum >= i128::from(*min_people),
            (Clause::VacancyGap { max_points, .. }, Counts::Seats([a, b])) => {
                let empty = |&(held, seats): &(i128, i128)| (shown(seats - held), shown(seats));
                near(empty(a), empty(b), *max_points)
            }
            (Clause::PreferenceParity { max_points }, Counts::Employers(employers)) => {
                // Of all pairs, the highest and the lowest lie furthest apart.
                let order =
                    |a: &&(AuthorityId, i128, i128), b: &&(AuthorityId, i128, i128)| (a.1 * b.2).cmp(&(b.1 * a.2));
                let rate = |&(_, met, stated): &(AuthorityId, i128, i128)| (shown(met), shown(stated));
                match (employers.iter().max_by(order), employers.iter().min_by(order)) {
                    (Some(high), Some(low)) => near(rate(high), rate(low), *max_points),
                    (_, _) => true,
                }
            }
            // Each kind of clause has its own kind of counts.
            (_, Counts::One { .. } | Counts::Seats(_) | Counts::Employers(_)) => false,
        }
    }
}

impl Gauge<'_> {
    /// What a person in a place adds to each number that is counted.
    pub(super) fn share(&self, facts: &Facts<'_>, person: PersonId, place: Option<PostId>) -> Vec<i128> {
        let mut with = self.clone();
        place.into_iter().for_each(|post| with.count(facts, person, post, 1));
        let mut share = Vec::new();
        let mut before = Vec::new();
        self.clone().numbers(&mut |number| before.push(*number));
        with.numbers(&mut |number| share.push(*number - before[share.len()]));
        share
    }

    /// Whether the clause is met where each number that is counted is so much more.
    pub(super) fn is_met_with(&self, more: &[i128]) -> bool {
        let mut with = self.clone();
        let mut more = more.iter();
        with.numbers(&mut |number| *number += more.next().copied().unwrap_or(0));
        with.met()
    }

    /// Shows each number that is counted.
    fn numbers(&mut self, show: &mut dyn FnMut(&mut i128)) {
        match &mut self.counts {
            Counts::One { sum, .. } => show(sum),
            Counts::Seats(sides) => sides.iter_mut().for_each(|(held, _)| show(held)),
            Counts::Employers(employers) => employers.iter_mut().for_each(|(_, met, _)| show(met)),
        }
    }
}

fn nobody(facts: &Facts<'_>, clause: &Clause) -> Counts {
    let people = &facts.case.people;
    match clause {
        Clause::PeopleShare { .. } => Counts::One { sum: 0, all: count(facts.people()) },
        Clause::FteShare { .. } => {
            Counts::One { sum: 0, all: facts.people().map(|person| i128::from(people[person].fte.0)).sum() }
        }
        Clause::Budget { .. } | Clause::Cover { .. } => Counts::One { sum: 0, all: 0 },
        Clause::VacancyGap { authorities, .. } => {
            Counts::Seats(authorities.map(|authority| (0, facts.seats(authority))))
        }
        Clause::PreferenceParity { .. } => {
            let employers = facts.case.authorities.ids().map(|employer| (employer, 0, facts.stated_among(employer)));
            Counts::Employers(employers.filter(|&(_, _, stated)| stated > 0).collect())
        }
    }
}
