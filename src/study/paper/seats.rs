//! The counts of seats: filled and empty, by authority, band of grades and service.
//!
//! Seats are structure and may be counted by anybody; whether a seat is filled tells of whoever was matched with it. So like
//! posts stand in the ledger as one number, of which it may never be certain that none of them is filled, or all.

use std::collections::BTreeMap;

use crate::case::Post;
use crate::case::scenario::{Clause, Level};
use crate::id::{AuthorityId, PostId};
use crate::study::disclosure::ledger::{Kind, Var, Zero};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::key::Key;
use crate::study::paper::shape::{Shape, shape};
use crate::study::summary::Seats;

/// What makes posts alike for every sum: authority, band of grades, services told, rules of cover.
type Class = (AuthorityId, Option<usize>, Vec<usize>, Vec<usize>);

/// Like posts: one number, and what they have in common.
struct Classes(Vec<(Class, Var)>);

impl Classes {
    fn of(&self, keep: &dyn Fn(&Class) -> bool) -> Vec<(Var, i64)> {
        self.0.iter().filter(|(class, _)| keep(class)).map(|&(_, var)| (var, 1)).collect()
    }
}

/// Adds every count of seats.
pub(super) fn add(builder: &mut Builder, subject: &Subject<'_>) {
    let shape = shape(subject.case, subject.summary, builder.threshold);
    let classes = classes(builder, subject, &shape);
    let placed = builder.of(Key::Placed);
    let mut all = vec![(placed, -1)];
    for line in &subject.summary.authorities {
        let at = builder.of(Key::At(line.authority));
        let terms = classes.of(&|class| class.0 == line.authority);
        builder.ledger.sum(terms.into_iter().chain([(at, -1)]), 0);
        all.push((at, 1));
        empty(builder, at, Key::EmptyAt(line.authority), line.seats, weight::AT);
    }
    builder.ledger.sum(all, 0);
    empty(builder, placed, Key::Empty, subject.summary.offered, weight::MAIN);
    let mut all = vec![(placed, -1)];
    for (at, band) in shape.bands.iter().enumerate() {
        let terms = classes.of(&|class| class.1 == Some(at));
        let filled = group(builder, terms, [Key::BandFilled(at), Key::BandEmpty(at)], band.seats, weight::GRADE);
        all.push((filled, 1));
    }
    if all.len() > 1 {
        builder.ledger.sum(all, 0);
    }
    for (grade, seats) in &subject.summary.grades {
        apart(builder, [Key::GradeFilled(*grade), Key::GradeEmpty(*grade)], *seats);
    }
    for (at, (_, seats)) in subject.summary.services.iter().enumerate() {
        let keys = [Key::ServiceFilled(at), Key::ServiceEmpty(at)];
        if shape.services.contains(&at) {
            let terms = classes.of(&|class| class.2.contains(&at));
            group(builder, terms, keys, *seats, weight::SERVICE);
        } else {
            apart(builder, keys, *seats);
        }
    }
    rules(builder, subject, &classes);
}

fn apart(builder: &mut Builder, [filled, free]: [Key; 2], seats: Seats) {
    builder.apart(filled, i64::from(seats.seats) - i64::from(seats.empty));
    builder.apart(free, i64::from(seats.empty));
}

/// A number for each class of like posts.
fn classes(builder: &mut Builder, subject: &Subject<'_>, shape: &Shape) -> Classes {
    let covers = covers(subject);
    let mut found: BTreeMap<Class, (i64, i64)> = BTreeMap::new();
    for id in subject.certified.offered() {
        let post = &subject.case.posts[id];
        let band = shape.bands.iter().position(|band| band.grades.contains(&post.grade));
        let has = |&&at: &&usize| post.functions.contains(&subject.summary.services[at].0);
        let services = shape.services.iter().filter(has).copied().collect();
        let rules = (0..covers.len()).filter(|&at| is_covered(post, covers[at])).collect();
        let count = found.entry((post.authority, band, services, rules)).or_default();
        count.0 += holders(subject, id);
        count.1 += i64::from(post.capacity);
    }
    let mut add = |(class, (filled, seats)): (Class, (i64, i64))| {
        let name = format!("holders of posts {class:?}");
        (class, builder.ledger.add(name, filled, (0, seats), Kind::Open))
    };
    Classes(found.into_iter().map(&mut add).collect())
}

fn holders(subject: &Subject<'_>, post: PostId) -> i64 {
    whole(subject.certified.placements().iter().filter(|placement| placement.post == post).count())
}

/// Seats of one kind: those with a holder are people, the others are not.
fn group(builder: &mut Builder, terms: Vec<(Var, i64)>, [key, free]: [Key; 2], seats: Seats, weight: u8) -> Var {
    let truth = i64::from(seats.seats) - i64::from(seats.empty);
    let filled = builder.cell(key, truth, i64::from(seats.seats), Kind::People(Zero::Small, weight));
    builder.ledger.sum(terms.into_iter().chain([(filled, -1)]), 0);
    empty(builder, filled, free, seats, weight);
    filled
}

fn empty(builder: &mut Builder, filled: Var, key: Key, seats: Seats, weight: u8) {
    let (all, free) = (i64::from(seats.seats), i64::from(seats.empty));
    let empty = builder.cell(key, free, all, Kind::Seats(weight));
    builder.ledger.sum([(filled, 1), (empty, 1)], all);
}

/// The enforced rules of cover: an authority, a function, and how many people at least.
fn covers<'s>(subject: &Subject<'s>) -> Vec<(AuthorityId, &'s str, u32)> {
    let enforced = subject.scenario.fairness.iter().filter(|rule| rule.level == Level::Must);
    let cover = enforced.filter_map(|rule| match &rule.clause {
        Clause::Cover { authority, function, min_people } => Some((*authority, function.as_str(), *min_people)),
        Clause::PeopleShare { .. }
        | Clause::VacancyGap { .. }
        | Clause::FteShare { .. }
        | Clause::Budget { .. }
        | Clause::PreferenceParity { .. } => None,
    });
    cover.collect()
}

fn is_covered(post: &Post, (authority, function, _): (AuthorityId, &str, u32)) -> bool {
    post.authority == authority && post.functions.contains(function)
}

/// What everybody knows because the rules are enforced, and the rules are public.
fn rules(builder: &mut Builder, subject: &Subject<'_>, classes: &Classes) {
    for (at, (_, _, least)) in covers(subject).into_iter().enumerate() {
        let terms = classes.of(&|class| class.3.contains(&at));
        builder.ledger.between(terms, i64::from(least), builder.people);
    }
    let enforced = subject.scenario.fairness.iter().filter(|rule| rule.level == Level::Must);
    for rule in enforced {
        match &rule.clause {
            Clause::PeopleShare { authority, min, max } => {
                let at = builder.of(Key::At(*authority));
                let truth = builder.ledger.variable(at).truth * 10_000;
                let low = min.map_or(0, |min| i64::from(min.0) * builder.people).min(truth);
                let high = max.map_or(i64::MAX, |max| i64::from(max.0) * builder.people).max(truth);
                builder.ledger.between([(at, 10_000)], low, high.min(10_000 * builder.people));
            }
            Clause::VacancyGap { authorities, max_points } => {
                let [(one, all), (other, others)] = authorities.map(|authority| {
                    let seats = subject.summary.authorities.iter().find(|line| line.authority == authority);
                    (builder.of(Key::EmptyAt(authority)), seats.map_or(0, |line| i64::from(line.seats.seats)))
                });
                let terms = [(one, 10_000 * others), (other, -10_000 * all)];
                let truth: i64 = terms.iter().map(|&(var, by)| builder.ledger.variable(var).truth * by).sum();
                let most = (i64::from(max_points.0) * all * others).max(truth.abs());
                builder.ledger.between(terms, -most, most);
            }
            // Cover is counted above; the others do not bound a count of people or seats that is printed.
            Clause::Cover { .. }
            | Clause::FteShare { .. }
            | Clause::Budget { .. }
            | Clause::PreferenceParity { .. } => {}
        }
    }
}
