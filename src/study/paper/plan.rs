//! The counts of the proposal: who goes where in numbers, seat by seat, wish by wish.

use crate::case::scenario::{Clause, Level};
use crate::case::{Post, Response};
use crate::id::{AuthorityId, PostId};
use crate::study::disclosure::ledger::{Kind, Var, Zero};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::key::Key;
use crate::study::summary::Seats;

/// Adds every count of the proposal.
pub(super) fn add(builder: &mut Builder, subject: &Subject<'_>, fewer: Option<i64>) {
    let (people, without) = (builder.people, whole(subject.summary.at_risk.len()));
    let high = fewer.map_or(people, |fewer| fewer - 1);
    let without = builder.cell(Key::Without, without, high, Kind::People(Zero::Plain, weight::MAIN));
    let placed = whole(subject.summary.placed);
    let placed = builder.cell(Key::Placed, placed, people, Kind::People(Zero::Plain, weight::MAIN));
    builder.ledger.sum([(placed, 1), (without, 1)], people);
    flows(builder, subject);
    let filled = seats(builder, subject);
    matches(builder, subject);
    ranks(builder, subject);
    wishes(builder, subject);
    over_all(builder, Key::Undecided, subject.certified.undecided().len(), weight::OUTCOME);
    rules(builder, subject, &filled);
}

/// A count over everybody, whose rest is a count of people too.
fn over_all(builder: &mut Builder, key: Key, count: usize, weight: u8) -> Var {
    let var = builder.cell(key, whole(count), builder.people, Kind::People(Zero::Plain, weight));
    builder.ledger.rest_of(builder.people, var, Zero::Plain);
    var
}

/// Present employers, and where their people go.
fn flows(builder: &mut Builder, subject: &Subject<'_>) {
    let case = subject.case;
    let authorities: Vec<AuthorityId> = case.authorities.ids().collect();
    let count = |from: AuthorityId, to: Option<AuthorityId>| {
        let staff = case.people.iter().filter(|(_, person)| person.employer == from).map(|(id, _)| id);
        let plan = subject.certified.plan();
        let place = |person| plan.and_then(|plan| plan.post(person)).map(|post| case.posts[post].authority);
        staff.filter(|&person| place(person) == to).count()
    };
    let destinations: Vec<Option<AuthorityId>> =
        authorities.iter().copied().map(Some).chain(std::iter::once(None)).collect();
    let mut staff_of = Vec::new();
    for &from in &authorities {
        let number = case.people.values().filter(|person| person.employer == from).count();
        let staff = over_all(builder, Key::Staff(from), number, weight::MAIN);
        staff_of.push((staff, 1));
        let mut parts = vec![(staff, -1)];
        for &to in &destinations {
            let kind = Kind::People(Zero::Small, weight::FLOW);
            let flow = builder.cell(Key::Flow(from, to), whole(count(from, to)), builder.people, kind);
            builder.ledger.rest(staff, flow, Zero::Small);
            parts.push((flow, 1));
        }
        builder.ledger.sum(parts, 0);
    }
    builder.ledger.sum(staff_of, builder.people);
    for &to in &authorities {
        let number = authorities.iter().map(|&from| count(from, Some(to))).sum();
        let at = over_all(builder, Key::At(to), number, weight::AT);
        into(builder, at, &authorities, Some(to));
    }
    let without = builder.of(Key::Without);
    into(builder, without, &authorities, None);
    let moves = over_all(builder, Key::Moves, subject.summary.moves, weight::OUTCOME);
    let placed = builder.of(Key::Placed);
    builder.ledger.rest(placed, moves, Zero::Plain);
    let pairs = authorities.iter().flat_map(|&from| authorities.iter().map(move |&to| (from, to)));
    let elsewhere = pairs.filter(|(from, to)| from != to);
    let mut terms: Vec<(Var, i64)> = elsewhere.map(|(from, to)| (builder.of(Key::Flow(from, Some(to))), 1)).collect();
    terms.push((moves, -1));
    builder.ledger.sum(terms, 0);
}

/// Everyone who comes to a destination, from whichever employer.
fn into(builder: &mut Builder, whole: Var, authorities: &[AuthorityId], to: Option<AuthorityId>) {
    let mut terms = vec![(whole, -1)];
    terms.extend(authorities.iter().map(|&from| (builder.of(Key::Flow(from, to)), 1)));
    builder.ledger.sum(terms, 0);
}

/// Seats by post (never printed), authority, grade and service.
fn seats(builder: &mut Builder, subject: &Subject<'_>) -> Vec<(PostId, Var)> {
    let case = subject.case;
    let mut filled: Vec<(PostId, Var)> = Vec::new();
    for post in subject.certified.offered() {
        let holders = subject.certified.placements().iter().filter(|placement| placement.post == post).count();
        let capacity = i64::from(case.posts[post].capacity);
        let name = format!("holders of {}", case.posts[post].code);
        filled.push((post, builder.ledger.add(name, whole(holders), (0, capacity), Kind::Open)));
    }
    let of = |keep: &dyn Fn(&Post) -> bool| -> Vec<(Var, i64)> {
        filled.iter().filter(|(post, _)| keep(&case.posts[*post])).map(|&(_, var)| (var, 1)).collect()
    };
    for line in &subject.summary.authorities {
        let at = builder.of(Key::At(line.authority));
        let mut terms = of(&|post| post.authority == line.authority);
        terms.push((at, -1));
        builder.ledger.sum(terms, 0);
        empty(builder, at, Key::EmptyAt(line.authority), line.seats, weight::AT);
    }
    let placed = builder.of(Key::Placed);
    empty(builder, placed, Key::Empty, subject.summary.offered, weight::MAIN);
    for (grade, seats) in &subject.summary.grades {
        let terms = of(&|post| post.grade == *grade);
        group(builder, terms, [Key::GradeFilled(*grade), Key::GradeEmpty(*grade)], *seats, weight::GRADE);
    }
    for (at, (service, seats)) in subject.summary.services.iter().enumerate() {
        let terms = of(&|post| post.functions.contains(service));
        group(builder, terms, [Key::ServiceFilled(at), Key::ServiceEmpty(at)], *seats, weight::SERVICE);
    }
    filled
}

/// Seats of one kind: those with a holder are people, the others are not.
fn group(builder: &mut Builder, terms: Vec<(Var, i64)>, [key, free]: [Key; 2], seats: Seats, weight: u8) {
    let truth = i64::from(seats.seats) - i64::from(seats.empty);
    let filled = builder.cell(key, truth, i64::from(seats.seats), Kind::People(Zero::Small, weight));
    builder.ledger.sum(terms.into_iter().chain([(filled, -1)]), 0);
    empty(builder, filled, free, seats, weight);
}

fn empty(builder: &mut Builder, filled: Var, key: Key, seats: Seats, weight: u8) {
    let (all, free) = (i64::from(seats.seats), i64::from(seats.empty));
    let empty = builder.cell(key, free, all, Kind::Seats(weight));
    builder.ledger.sum([(filled, 1), (empty, 1)], all);
}

/// Placements by class of match.
fn matches(builder: &mut Builder, subject: &Subject<'_>) {
    let placed = builder.of(Key::Placed);
    let mut terms = vec![(placed, -1)];
    for &(kind, number) in &subject.summary.matches {
        let var = over_all(builder, Key::Matched(kind), number, weight::MATCH);
        builder.ledger.rest(placed, var, Zero::Plain);
        terms.push((var, 1));
    }
    builder.ledger.sum(terms, 0);
}

/// Where people's posts stand on their own lists.
fn ranks(builder: &mut Builder, subject: &Subject<'_>) {
    let ranks = &subject.summary.ranks;
    let number = |wanted: u32| -> usize {
        ranks.ranked.iter().filter(|&&(rank, _)| rank.min(5) == wanted).map(|&(_, number)| number).sum()
    };
    let mut terms = vec![(builder.of(Key::Without), 1)];
    for rank in 1..=5 {
        terms.push((over_all(builder, Key::Ranked(rank), number(rank), weight::RANK), 1));
    }
    terms.push((over_all(builder, Key::Unlisted, ranks.unlisted, weight::RANK), 1));
    let silent = over_all(builder, Key::NoResponse, ranks.no_response, weight::RANK);
    terms.push((silent, 1));
    builder.ledger.sum(terms, builder.people);
    let is_answer = |response| match response {
        Response::Responded | Response::Late => true,
        Response::NoResponse | Response::Declined => false,
    };
    let answered = subject.case.people.values().filter(|person| is_answer(person.preference.response)).count();
    let unanswered = subject.case.people.len() - answered;
    let answered =
        builder.cell(Key::Answered, whole(answered), builder.people, Kind::People(Zero::Plain, weight::MAIN));
    let kind = Kind::People(Zero::Plain, weight::MAIN);
    let unanswered = builder.cell(Key::Unanswered, whole(unanswered), builder.people, kind);
    builder.ledger.sum([(answered, 1), (unanswered, 1)], builder.people);
    builder.ledger.between([(unanswered, 1), (silent, -1)], 0, builder.people);
}

/// Stated authorities, and what became of them.
fn wishes(builder: &mut Builder, subject: &Subject<'_>) {
    let (case, preference) = (subject.case, subject.summary.preference);
    let stated = over_all(builder, Key::Stated, preference.stated, weight::MAIN);
    let parts = [
        (Key::Met, preference.met, weight::MAIN),
        (Key::Elsewhere, preference.elsewhere, weight::OUTCOME),
        (Key::StatedWithout, preference.unplaced, weight::OUTCOME),
    ];
    let mut outcomes: Vec<Vec<(Var, i64)>> = Vec::new();
    for (key, number, weight) in parts {
        let var = over_all(builder, key, number, weight);
        builder.ledger.rest(stated, var, Zero::Plain);
        outcomes.push(vec![(var, -1)]);
    }
    builder.ledger.sum(outcomes.iter().map(|terms| (terms[0].0, 1)).chain([(stated, -1)]), 0);
    let mut of_all = vec![(stated, -1)];
    for authority in case.authorities.ids() {
        let own = || case.people.iter().filter(move |(_, person)| person.preference.stated() == Some(authority));
        let all = over_all(builder, Key::StatedAt(authority), own().count(), weight::STATED_AT);
        builder.ledger.rest(stated, all, Zero::Plain);
        of_all.push((all, 1));
        let place = |person| subject.certified.plan().and_then(|plan| plan.post(person));
        let outcome = |person| place(person).map_or(2, |post| usize::from(case.posts[post].authority != authority));
        let mut shares = vec![(all, -1)];
        for (at, terms) in outcomes.iter_mut().enumerate() {
            let number = own().filter(|&(person, _)| outcome(person) == at).count();
            let name = format!("outcome {at} of those who stated {}", case.authorities[authority].code);
            let part = builder.ledger.add(name, whole(number), (0, builder.people), Kind::Derived(Zero::Small));
            terms.push((part, 1));
            shares.push((part, 1));
            if at == 0 {
                let there = builder.of(Key::At(authority));
                builder.ledger.between([(there, 1), (part, -1)], 0, builder.people);
            }
        }
        builder.ledger.sum(shares, 0);
    }
    builder.ledger.sum(of_all, 0);
    let lost = builder.of(Key::StatedWithout);
    let without = builder.of(Key::Without);
    builder.ledger.between([(without, 1), (lost, -1)], 0, builder.people);
    for terms in outcomes {
        builder.ledger.sum(terms, 0);
    }
}

/// What everybody knows because the rules are enforced, and the rules are public.
fn rules(builder: &mut Builder, subject: &Subject<'_>, filled: &[(PostId, Var)]) {
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
            Clause::Cover { authority, function, min_people } => {
                let there = |post: &Post| post.authority == *authority && post.functions.contains(function);
                let terms = filled.iter().filter(|(post, _)| there(&subject.case.posts[*post]));
                let terms: Vec<(Var, i64)> = terms.map(|&(_, var)| (var, 1)).collect();
                builder.ledger.between(terms, i64::from(*min_people), builder.people);
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
            // These do not bound a count of people or seats that is printed.
            Clause::FteShare { .. } | Clause::Budget { .. } | Clause::PreferenceParity { .. } => {}
        }
    }
}
