//! A comparison with one entry altered is refused: by construction.

use demerge::case::Case;
use demerge::case::scenario::Objective;
use demerge::study::compare::attribution::{Difference, Reached};
use demerge::study::compare::check::check;
use demerge::study::compare::figures::Figures;
use demerge::study::compare::ladder::Turn;
use demerge::study::compare::{Comparison, Made};

use crate::compare::compared;
use crate::price::LIMITS;

/// One entry put wrong.
type Alter = fn(&mut Figures);

fn refused(case: &Case, good: &Comparison, name: &str, alter: impl FnOnce(&mut Comparison)) {
    let mut bad = good.clone();
    alter(&mut bad);
    assert_ne!(bad, *good, "{name} changes something");
    assert!(check(case, &bad, &LIMITS).is_err(), "{name}");
}

fn plan(found: &mut Comparison, at: usize) -> &mut Figures {
    match &mut found.columns[at].made {
        Made::Plan(figures) => figures,
        Made::Impossible(_) | Made::Stopped => panic!("a plan"),
    }
}

fn pair(found: &mut Comparison) -> &mut Difference {
    found.against[0].as_mut().expect("two plans")
}

#[test]
fn an_altered_figure_is_refused() {
    let (case, good) = compared("case47", &["S1", "S3"]);
    let alterations: [(&str, Alter); 13] = [
        ("placed", |it| it.placed += 1),
        ("moves", |it| it.moves += 1),
        ("pools", |it| it.pools -= 1),
        ("cost", |it| it.cost.0 += 1),
        ("an objective", |it| it.values[2].1 += 1),
        ("seats of an authority", |it| it.authorities[0].seats.empty += 1),
        ("cost of an authority", |it| it.authorities[1].cost.0 -= 1),
        ("cover", |it| it.cover[0].holders.clear()),
        ("at risk", |it| {
            it.at_risk.pop();
        }),
        ("a vacancy", |it| {
            it.vacancies.pop();
        }),
        ("a post on offer", |it| {
            it.offered.pop();
        }),
        ("an undecided person", |it| {
            it.undecided.pop();
        }),
        ("a flow", |it| it.flows[0].people += 1),
    ];
    for (name, alter) in alterations {
        for at in [0, 1] {
            refused(&case, &good, name, |it| alter(plan(it, at)));
        }
    }
    refused(&case, &good, "a column", |it| it.columns[1].made = Made::Impossible(Vec::new()));
    refused(&case, &good, "an objective of all", |it| {
        it.objectives.pop();
    });
    refused(&case, &good, "a scenario", |it| it.columns[1].scenario.policy.max_grades_down += 1);
}

#[test]
fn an_altered_move_is_refused() {
    let (case, good) = compared("case47", &["S1", "S3"]);
    refused(&case, &good, "a mover fewer", |it| drop(pair(it).movers.remove(0)));
    refused(&case, &good, "a mover twice", |it| {
        let first = pair(it).movers[0].clone();
        pair(it).movers.push(first);
    });
    refused(&case, &good, "the place before", |it| pair(it).movers[0].was.shown = None);
    refused(&case, &good, "the place after", |it| {
        pair(it).movers[1].is.all.pop_last();
    });
    refused(&case, &good, "no turn", |it| pair(it).movers[0].turns.clear());
    refused(&case, &good, "a turn twice", |it| {
        let first = pair(it).movers[0].turns[0].clone();
        pair(it).movers[0].turns.push(first);
    });
    refused(&case, &good, "what bars", |it| pair(it).movers[1].turns[0].barred.clear());
    refused(&case, &good, "who takes", |it| pair(it).movers[0].turns[0].taken_by.clear());
    refused(&case, &good, "an open person", |it| drop(pair(it).open.remove(0)));
    refused(&case, &good, "an open person as a mover", |it| {
        let open = pair(it).open.remove(0);
        let mut mover = pair(it).movers[0].clone();
        (mover.person, mover.was, mover.is) = (open.person, open.was, open.is);
        pair(it).movers.push(mover);
    });
    refused(&case, &good, "a post lost", |it| {
        pair(it).lost.pop();
    });
    refused(&case, &good, "a post won", |it| {
        let post = pair(it).lost[0];
        pair(it).won.push(post);
    });
    refused(&case, &good, "a seat", |it| pair(it).filled[0].1 += 1);
    refused(&case, &good, "a step", |it| pair(it).steps[0].reached = Reached::Plan(9));
    refused(&case, &good, "a step without a plan", |it| pair(it).steps[0].reached = Reached::Impossible);
    refused(&case, &good, "what a step changes", |it| {
        pair(it).steps[0].turn = Turn::ObjectiveMoved(Objective::Preference, 1);
    });
    refused(&case, &good, "a step more", |it| {
        let step = pair(it).steps[0].clone();
        pair(it).steps.push(step);
    });
    refused(&case, &good, "nobody compared", |it| it.against[0] = None);
}

#[test]
fn an_altered_list_of_steady_people_is_refused() {
    let (case, good) = compared("case47", &["S1", "S3", "S7"]);
    refused(&case, &good, "a person fewer", |it| {
        it.steady.post.pop();
    });
    refused(&case, &good, "a person twice", |it| {
        let first = it.steady.post[0];
        it.steady.post.push(first);
    });
    refused(&case, &good, "another post", |it| it.steady.post[0].1 = it.steady.post[1].1);
    refused(&case, &good, "an authority", |it| {
        it.steady.authority.pop();
    });
    refused(&case, &good, "an unplaced person", |it| {
        let first = it.steady.post[0].0;
        it.steady.unplaced.push(first);
    });
    refused(&case, &good, "the number of plans", |it| it.steady.plans = 2);
}
