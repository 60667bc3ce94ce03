//! Steps that keep rows whole: by hand, altered, and in proofs that the solver writes.

use demerge::case::answer::Outcome;
use demerge::case::proof::{Claim, End, Node, Proof, Rounded, RowName, Side, Step};
use demerge::case::scenario::{Clause, Objective, Scenario};
use demerge::case::{Case, StatutoryRole};
use demerge::certify::{Fault, check_proof};
use demerge::id::{Id, PersonId, PostId};
use demerge::quantity::{BasisPoints, Fte, Pence};
use demerge::solve::Solver;

use crate::cases::{self, Numbers, a, authority, b, must, person};
use crate::truth;

const SHARE: RowName = RowName::Clause(0, Side::Max);

/// P1 with 0.6 FTE, P2 and P3 with 0.4, seats for all at A; A may have half of the FTE, that is 7 of 14, in units of 0.2: 3.
fn three_and_a_half() -> (Case, Scenario) {
    let people = [("P1", 6_000), ("P2", 4_000), ("P3", 4_000)].map(|(code, fte)| {
        let mut record = cases::person_record(code, a(), None);
        record.fte = Fte(fte);
        record
    });
    let mut seats = cases::post_record("A01", a());
    seats.capacity = 3;
    let mut scenario = cases::scenario();
    scenario.objectives = vec![Objective::Placed];
    scenario.fairness =
        vec![must(Clause::FteShare { authority: authority(a()), min: None, max: Some(BasisPoints(5_000)) })];
    (cases::case_of(people.to_vec(), vec![seats]), scenario)
}

fn checked(bound: i64, step: Step) -> Result<(), Fault> {
    let (case, scenario) = three_and_a_half();
    let root = Node { steps: vec![step], end: End::Closed };
    check_proof(
        &case,
        &scenario,
        &[1],
        &Proof { claim: Claim::Bound { objective: 0, bound }, rounded: Vec::new(), root },
    )
}

fn keeping(unit: i64, shares: &[(usize, i128)]) -> Step {
    Step {
        multipliers: vec![(RowName::Objective(0), 1)],
        prices: Vec::new(),
        shares: shares.iter().map(|&(position, share)| (person(position), share)).collect(),
        blocks: vec![(SHARE, unit)],
    }
}

/// By hand: weights 3, 2, 2 within 3 are one person, so "at least 2" gives -1 + 2 > 0.
#[test]
fn a_row_kept_whole_counts_whole_people() {
    assert_eq!(checked(1, keeping(1, &[])), Ok(()));
    // In wholes of 2 the weights are 1, 1, 1 within 1; in wholes of 3 they are 1, 0, 0: everyone fits.
    assert_eq!(checked(1, keeping(2, &[])), Ok(()));
    assert_eq!(checked(1, keeping(3, &[])), Err(Fault::Open { node: 1 }));
    // "At least 1" is true of a plan.
    assert_eq!(checked(0, keeping(1, &[])), Err(Fault::Open { node: 1 }));
    // P1 with a share of 1 costs -2 in the block and -1 outside: 1 - 1 - 2 + 2 = 0. But with the seat taken nobody else
    // fits, 1 + 0 - 2 + 2 > 0, and without it 1 - 1 - 1 + 2 > 0: both are struck.
    assert_eq!(checked(1, keeping(1, &[(0, 1)])), Ok(()));
    // Two people with shares of -5: whatever P1 takes, P2's share stays unpaid.
    assert_eq!(checked(1, keeping(1, &[(0, -5), (1, -5)])), Err(Fault::Open { node: 1 }));
}

#[test]
fn what_is_not_a_block_is_refused_by_name() {
    let with = |change: &dyn Fn(&mut Step)| {
        let mut step = keeping(1, &[(0, 0)]);
        change(&mut step);
        checked(1, step)
    };
    assert_eq!(with(&|_| {}), Ok(()));
    assert_eq!(with(&|step| step.blocks[0].1 = 0), Err(Fault::NoBlock(SHARE)));
    assert_eq!(with(&|step| step.blocks[0].1 = -1), Err(Fault::NoBlock(SHARE)));
    assert_eq!(with(&|step| step.blocks.push((SHARE, 1))), Err(Fault::NoBlock(SHARE)));
    let placed = RowName::Objective(0);
    assert_eq!(with(&|step| step.blocks.push((placed, 1))), Err(Fault::NoBlock(placed)));
    let unknown = RowName::Clause(1, Side::Max);
    assert_eq!(with(&|step| step.blocks.push((unknown, 1))), Err(Fault::UnknownRow(unknown)));
    assert_eq!(with(&|step| step.shares.push((person(0), 1))), Err(Fault::RepeatedShare(person(0))));
    assert_eq!(with(&|step| step.shares.push((person(3), 1))), Err(Fault::UnknownShare(person(3))));
    assert_eq!(with(&|step| step.shares.push((person(1), i128::MIN))), Err(Fault::Overflow { node: 1 }));
    assert_eq!(with(&|step| step.multipliers.clear()), Err(Fault::Open { node: 1 }));
    let (case, mut scenario) = three_and_a_half();
    scenario.statutory_cover.roles = vec![StatutoryRole::Mo];
    scenario.objectives = vec![Objective::Statutory];
    let cover = RowName::Cover(authority(a()), StatutoryRole::Mo);
    let root = Node { steps: vec![Step { blocks: vec![(cover, 1)], ..Step::default() }], end: End::Closed };
    let proof = Proof { claim: Claim::Impossible, rounded: Vec::new(), root };
    assert_eq!(check_proof(&case, &scenario, &[], &proof), Err(Fault::NoBlock(cover)));
}

/// Everyone at A or B, each with a narrow window of the FTE: two knapsacks over pay that has little to do with hours.
fn windows(seed: u64, people: usize, least: i32) -> (Case, Scenario) {
    let mut numbers = Numbers(seed);
    let record = |i: usize| {
        let mut record = cases::person_record(&format!("P{i:02}"), a(), None);
        record.fte = Fte(3_000 + 100 * i32::try_from(numbers.below(70)).expect("small"));
        record.salary = Pence(900_000 + 100 * i64::try_from(numbers.below(40_000)).expect("small"));
        record
    };
    let people: Vec<_> = (0..people).map(record).collect();
    let mut posts = vec![cases::post_record("A01", a()), cases::post_record("B01", b())];
    posts[1].salary_min = Pence(2_300_000);
    posts[1].fte = Fte(8_000);
    posts.iter_mut().for_each(|post| post.capacity = 60);
    let mut scenario = cases::scenario();
    scenario.objectives = vec![Objective::Cost];
    scenario.fairness = [a(), b()]
        .map(|at| {
            let (min, max) = (Some(BasisPoints(least)), Some(BasisPoints(least + 77)));
            must(Clause::FteShare { authority: authority(at), min, max })
        })
        .to_vec();
    (cases::case_of(people, posts), scenario)
}

/// Windows that multipliers alone do not prove anything of; the values of the best plan, and the first proof.
fn narrow() -> (Case, Scenario, Vec<i64>, Proof) {
    let (case, scenario) = windows(1, 20, 3_137);
    let Outcome::Placed(mut answer) = truth::outcome(&case, &scenario, Solver::Network) else {
        panic!("there is a plan");
    };
    let values = answer.objectives.iter().map(|scored| scored.value).collect();
    (case, scenario, values, answer.proofs.swap_remove(0))
}

fn blocks_in(node: &Node) -> usize {
    let own = node.steps.iter().filter(|step| !step.blocks.is_empty()).count();
    match &node.end {
        End::Closed => own,
        End::Branch(branch) => own + blocks_in(&branch.inside) + blocks_in(&branch.outside),
    }
}

/// Proofs with blocks or rounded rows are written, and hold; without these they prove nothing.
#[test]
fn the_solver_proves_where_multipliers_alone_do_not() {
    let (case, scenario, values, proof) = narrow();
    let more = blocks_in(&proof.root) + proof.rounded.len();
    assert!(more > 0, "the case is too easy to need more than multipliers");
    let Claim::Bound { objective, bound } = proof.claim else { panic!("a bound") };
    let mut better = proof.clone();
    better.claim = Claim::Bound { objective, bound: bound + 1 };
    assert!(check_proof(&case, &scenario, &values, &better).is_err(), "that is not true");
    let mut altered = proof.clone();
    alter(&mut altered.root);
    altered.rounded.clear();
    assert!(
        check_proof(&case, &scenario, &values, &altered).is_err(),
        "without shares and rounded rows nothing is proved"
    );
}

/// Rounded rows altered in any entry prove nothing that is not true; what cannot be derived is named.
#[test]
fn rounded_rows_are_derived_again() {
    let (case, scenario, values, proof) = narrow();
    let Claim::Bound { objective, bound } = proof.claim else { panic!("a bound") };
    assert_eq!(check_proof(&case, &scenario, &values, &proof), Ok(()));
    for (at, rounded) in proof.rounded.iter().enumerate() {
        let with = |altered: Rounded, bound: i64| {
            let mut proof = Proof { claim: Claim::Bound { objective, bound }, ..proof.clone() };
            proof.rounded[at] = altered;
            check_proof(&case, &scenario, &values, &proof)
        };
        for altered in altered(rounded) {
            assert!(with(altered, bound + 1).is_err(), "that is not true");
        }
        let refused = Err(Fault::NoRounding(at));
        let named_twice = [rounded.rows.clone(), rounded.rows.clone()].concat();
        assert_eq!(with(Rounded { rows: named_twice, ..rounded.clone() }, bound), refused);
        assert_eq!(with(Rounded { divisor: 1, ..rounded.clone() }, bound), refused);
        assert_eq!(with(Rounded { divisor: 0, ..rounded.clone() }, bound), refused);
        assert_eq!(with(Rounded { grain: 0, ..rounded.clone() }, bound), refused);
        for other in at..=proof.rounded.len() {
            assert_eq!(with(Rounded { rows: vec![(RowName::Rounded(other), 1)], ..rounded.clone() }, bound), refused);
        }
        assert_eq!(with(Rounded { people: vec![(PersonId::at(999), 1)], ..rounded.clone() }, bound), refused);
        assert_eq!(with(Rounded { posts: vec![(PostId::at(999), 1)], ..rounded.clone() }, bound), refused);
        let large = vec![(PersonId::at(0), i128::MAX), (PersonId::at(1), i128::MAX)];
        assert_eq!(with(Rounded { people: large, ..rounded.clone() }, bound), refused);
    }
    let mut fewer = proof.clone();
    fewer.rounded.pop();
    let last = RowName::Rounded(proof.rounded.len() - 1);
    assert_eq!(check_proof(&case, &scenario, &values, &fewer), Err(Fault::UnknownRow(last)));
}

/// A rounded row may be rounded again with others, by one that stands after it.
#[test]
fn rounded_rows_are_rounded_again() {
    let (case, scenario, values, proof) = narrow();
    let with = |rows: Vec<RowName>, divisor: i128, grain: i128| {
        let mut proof = proof.clone();
        let own = RowName::Rounded(proof.rounded.len());
        let rows = rows.into_iter().map(|name| (name, 1)).collect();
        proof.rounded.push(Rounded { rows, divisor, grain, ..Rounded::default() });
        proof.root.steps.insert(0, Step { multipliers: vec![(own, 1)], ..Step::default() });
        check_proof(&case, &scenario, &values, &proof)
    };
    let both = || vec![RowName::Rounded(0), RowName::Clause(0, Side::Max)];
    let divisor = (2..50).find(|&divisor| with(both(), divisor, 1).is_ok()).expect("some divisor leaves a rest");
    assert_eq!(with(both(), divisor, 1_000), Ok(()));
    let own = proof.rounded.len();
    assert_eq!(with(vec![RowName::Rounded(own)], divisor, 1), Err(Fault::NoRounding(own)), "it rests on itself");
}

/// One multiplier, the divisor or the grain, a little more or less.
fn altered(rounded: &Rounded) -> Vec<Rounded> {
    let mut all = Vec::new();
    for by in [-1, 1] {
        all.push(Rounded { divisor: rounded.divisor + by, ..rounded.clone() });
        all.push(Rounded { grain: rounded.grain + by, ..rounded.clone() });
        for at in 0..rounded.rows.len() {
            let mut altered = rounded.clone();
            altered.rows[at].1 += by;
            all.push(altered);
        }
        for at in 0..rounded.people.len() {
            let mut altered = rounded.clone();
            altered.people[at].1 += by;
            all.push(altered);
        }
        for at in 0..rounded.posts.len() {
            let mut altered = rounded.clone();
            altered.posts[at].1 += by;
            all.push(altered);
        }
    }
    all
}

fn alter(node: &mut Node) {
    node.steps.iter_mut().for_each(|step| step.shares.clear());
    if let End::Branch(branch) = &mut node.end {
        alter(&mut branch.inside);
        alter(&mut branch.outside);
    }
}
