//! The counts of the proposal: who goes where in numbers, match by match, wish by wish.

use crate::case::Response;
use crate::id::AuthorityId;
use crate::study::disclosure::ledger::{Kind, Var, Zero};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::key::Key;
use crate::study::paper::shape::{LAST_RANK, ranked, shape};

/// Adds every count of the proposal.
pub(super) fn add(builder: &mut Builder, subject: &Subject<'_>) {
    let (people, without) = (builder.people, whole(subject.summary.at_risk.len()));
    let without = builder.cell(Key::Without, without, people, Kind::People(Zero::Plain, weight::MAIN));
    let placed = whole(subject.summary.placed);
    let placed = builder.cell(Key::Placed, placed, people, Kind::People(Zero::Plain, weight::MAIN));
    builder.ledger.sum([(placed, 1), (without, 1)], people);
    flows(builder, subject);
    matches(builder, subject);
    ranks(builder, subject);
    wishes(builder, subject);
    over_all(builder, Key::Undecided, subject.certified.undecided().len(), weight::OUTCOME);
}

/// A count over everybody, whose rest is a count of people too.
fn over_all(builder: &mut Builder, key: Key, count: usize, weight: u8) -> Var {
    let var = builder.cell(key, whole(count), builder.people, Kind::People(Zero::Plain, weight));
    builder.part_of_all(var);
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
            builder.part(staff, flow, Zero::Small);
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
    builder.part(placed, moves, Zero::Plain);
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

/// Placements by class of match.
fn matches(builder: &mut Builder, subject: &Subject<'_>) {
    let placed = builder.of(Key::Placed);
    let mut terms = vec![(placed, -1)];
    for &(kind, number) in &subject.summary.matches {
        let var = over_all(builder, Key::Matched(kind), number, weight::MATCH);
        builder.part(placed, var, Zero::Plain);
        terms.push((var, 1));
    }
    builder.ledger.sum(terms, 0);
}

/// Where people's posts stand on their own lists.
fn ranks(builder: &mut Builder, subject: &Subject<'_>) {
    let ranks = &subject.summary.ranks;
    let number = |wanted: u32| ranked(&ranks.ranked, wanted);
    let later = shape(subject.case, subject.summary, builder.threshold).later;
    let mut terms = vec![(builder.of(Key::Without), 1)];
    for rank in 1..=LAST_RANK {
        if later.is_some_and(|later| rank >= later) {
            builder.apart(Key::Ranked(rank), whole(number(rank)));
        } else {
            terms.push((over_all(builder, Key::Ranked(rank), number(rank), weight::RANK), 1));
        }
    }
    if let Some(later) = later {
        let all = (later..=LAST_RANK).map(number).sum();
        terms.push((over_all(builder, Key::Later(later), all, weight::RANK), 1));
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
        builder.part(stated, var, Zero::Plain);
        outcomes.push(vec![(var, -1)]);
    }
    builder.ledger.sum(outcomes.iter().map(|terms| (terms[0].0, 1)).chain([(stated, -1)]), 0);
    let mut of_all = vec![(stated, -1)];
    for authority in case.authorities.ids() {
        let own = || case.people.iter().filter(move |(_, person)| person.preference.stated() == Some(authority));
        let all = over_all(builder, Key::StatedAt(authority), own().count(), weight::STATED_AT);
        builder.part(stated, all, Zero::Plain);
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
