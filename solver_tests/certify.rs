//! What `certify` derives and what it refuses: values by hand, claims against brute force, proofs altered entry by entry.

use demerge::case::answer::{Answer, Conflict, Effort, Leaf, Outcome, Plan, Scored, Undecided, Witness};
use demerge::case::goal::{Goal, Part};
use demerge::case::proof::{Branch, Claim, End, Node, Proof, RowName, Side, Split, Step};
use demerge::case::scenario::{Clause, Objective, Scenario};
use demerge::case::{Case, Criticality, Decision, EmploymentStatus, MatchKind, Response, StatutoryRole};
use demerge::certify::{Certified, Fault, Measure, Refusal, Status, certify, check_proof, inspect};
use demerge::id::Id;
use demerge::quantity::{BasisPoints, Fte, Miles, Pence};

use crate::cases::{self, a, authority, b, must, person, pin, plan, post};

fn leaf_node(steps: Vec<Step>) -> Node {
    Node { steps, end: End::Closed }
}

fn step(multipliers: &[(RowName, i128)], prices: &[(usize, i128)]) -> Step {
    let prices = prices.iter().map(|&(j, price)| (post(j), price)).collect();
    Step { multipliers: multipliers.to_vec(), prices, ..Step::default() }
}

/// Two people and one seat; the scenario counts people placed and then cost.
fn two_for_one() -> (Case, Scenario) {
    let mut scenario = cases::scenario();
    scenario.objectives = vec![Objective::Placed, Objective::Cost];
    (cases::two_for_one(), scenario)
}

/// Two people cannot both have the one seat. By hand: the row "placed is at least 2" is -x1 - x2 <= -2. Times 1, with
/// price -1 of the seat, each person costs min(-1 + 1, 0) = 0; the seat 1 x -1; the limit takes off -2: -1 + 2 = 1 > 0.
fn one_seat_is_one_person() -> Proof {
    let root = leaf_node(vec![step(&[(RowName::Objective(0), 1)], &[(0, -1)])]);
    Proof { claim: Claim::Bound { objective: 0, bound: 1 }, rounded: Vec::new(), root }
}

/// Each costs £10,000 x 1.28 = 1,280,000 pence. By hand: cost at most 1,279,999, and placed at least 1 (times 1,280,000):
/// each person costs min(1,280,000 - 1,280,000, 0) = 0, and 0 - 1,279,999 + 1,280,000 = 1 > 0.
fn nobody_is_cheaper() -> Proof {
    let root = leaf_node(vec![step(&[(RowName::Objective(1), 1), (RowName::Objective(0), 1_280_000)], &[])]);
    Proof { claim: Claim::Bound { objective: 1, bound: 1_280_000 }, rounded: Vec::new(), root }
}

/// P1 has the seat; it might as well be P2.
fn good_answer(case: &Case) -> Answer {
    Answer {
        plan: plan(case, &[Some(0), None]),
        objectives: vec![
            Scored { goal: Goal::whole(0, Objective::Placed), value: 1, bound: 1 },
            Scored { goal: Goal::whole(1, Objective::Cost), value: 1_280_000, bound: 1_280_000 },
        ],
        proofs: vec![one_seat_is_one_person(), nobody_is_cheaper()],
        undecided: [0, 1]
            .map(|i| Undecided { person: person(i), posts: vec![post(0)], may_be_unplaced: true })
            .to_vec(),
        witnesses: vec![Witness::new(vec![(person(0), None), (person(1), Some(post(0)))])],
        undecided_complete: true,
        effort: Effort { assignments: 2, nodes: 2 },
    }
}

#[test]
fn a_true_answer_is_certified_with_its_figures() {
    let (case, scenario) = two_for_one();
    let certified = certify(&case, &scenario, Outcome::Placed(good_answer(&case))).expect("true by hand");
    assert_eq!(certified.status().word(), "optimal");
    assert_eq!(certified.plan(), Some(&plan(&case, &[Some(0), None])));
    assert_eq!(certified.unplaced(), [person(1)]);
    assert_eq!(certified.vacancies(), []);
    assert_eq!(certified.offered(), [post(0)]);
    assert_eq!(certified.objectives()[1].bound, 1_280_000);
    assert_eq!((certified.undecided().len(), certified.undecided_complete()), (2, true));
    assert_eq!((certified.proofs().len(), certified.conflict().is_none(), certified.effort().nodes), (2, true, 2));
    let placement = certified.placements()[0];
    assert_eq!((placement.kind, placement.cost, placement.moved), (MatchKind::Direct, Pence(1_280_000), false));
    assert_eq!((placement.preference_met, placement.rank_given, placement.rank_counted), (Some(true), None, 6));
}

fn refused(alter: impl FnOnce(&mut Answer)) -> Refusal {
    let (case, scenario) = two_for_one();
    let mut answer = good_answer(&case);
    alter(&mut answer);
    certify(&case, &scenario, Outcome::Placed(answer)).expect_err("an altered answer")
}

#[test]
fn false_figures_are_refused() {
    assert!(matches!(refused(|it| it.objectives[1].value += 1), Refusal::Value { found: 1_280_000, .. }));
    assert!(matches!(refused(|it| it.objectives[1].bound += 1), Refusal::BoundBeaten { .. }));
    assert!(matches!(refused(|it| it.objectives[1].bound -= 1), Refusal::NotOptimal { .. }));
    assert!(matches!(refused(|it| it.objectives.swap(0, 1)), Refusal::Objectives { .. }));
    assert!(matches!(refused(|it| it.proofs.truncate(1)), Refusal::Objectives { .. }));
    let other_claim = refused(|it| it.proofs.swap(0, 1));
    assert!(matches!(other_claim, Refusal::BoundNotProved { fault: Fault::OtherClaim(_), .. }));
    let weaker = refused(|it| it.proofs[1].claim = Claim::Bound { objective: 1, bound: 1_279_999 });
    assert!(matches!(weaker, Refusal::BoundNotProved { fault: Fault::OtherClaim(_), .. }));
    // True (nobody places more than two million people) and provable, but of another objective.
    let elsewhere = refused(|it| {
        let root = leaf_node(vec![step(&[(RowName::Objective(0), 1)], &[])]);
        it.proofs[1] = Proof { claim: Claim::Bound { objective: 0, bound: 2_000_000 }, rounded: Vec::new(), root };
    });
    assert!(matches!(elsewhere, Refusal::BoundNotProved { fault: Fault::OtherClaim(_), .. }));
    let open = refused(|it| it.proofs[0].root.steps.clear());
    assert!(matches!(open, Refusal::BoundNotProved { fault: Fault::Open { node: 1 }, .. }));
    assert_eq!(open.to_string(), "the bound 1 of placed is not proved: node 1 stays open");
    assert_eq!(refused(|it| it.undecided_complete = false), Refusal::Incomplete);
}

#[test]
fn false_pools_are_refused() {
    let (case, _) = two_for_one();
    assert_eq!(refused(|it| it.undecided.truncate(1)), Refusal::NotNamed(person(1)));
    assert_eq!(refused(|it| it.undecided.reverse()), Refusal::UndecidedOrder);
    assert_eq!(refused(|it| it.undecided[1].may_be_unplaced = false), Refusal::Undecided(person(1)));
    assert_eq!(refused(|it| it.undecided[0].posts.clear()), Refusal::Undecided(person(0)));
    assert_eq!(refused(|it| it.witnesses.clear()), Refusal::Undecided(person(0)));
    let decided = refused(|it| {
        it.witnesses.clear();
        it.undecided = vec![Undecided { person: person(0), posts: vec![post(0)], may_be_unplaced: false }];
    });
    assert_eq!(decided, Refusal::Undecided(person(0)));
    let stranger = Undecided { person: person(9), posts: vec![post(0)], may_be_unplaced: true };
    assert_eq!(refused(|it| it.undecided.push(stranger)), Refusal::Undecided(person(9)));
    let worse = refused(|it| it.witnesses.push(Witness::between(&it.plan, &plan(&case, &[None, None]))));
    let placed = Goal::whole(0, Objective::Placed);
    assert!(matches!(worse, Refusal::WitnessValue { witness: 1, goal, found: 0, .. } if goal == placed));
    let crowded = refused(|it| it.witnesses[0] = Witness::between(&it.plan, &plan(&case, &[Some(0), Some(0)])));
    assert!(matches!(crowded, Refusal::WitnessBreaches { witness: 0, .. }));
    let moves = |moves: &[(usize, Option<usize>)]| {
        Witness::new(moves.iter().map(|&(who, to)| (person(who), to.map(post))).collect())
    };
    for unordered in [
        moves(&[(1, Some(0)), (0, None)]),
        moves(&[(0, None), (0, None), (1, Some(0))]),
        moves(&[(0, None), (1, Some(0)), (2, None)]),
    ] {
        assert_eq!(refused(|it| it.witnesses[0] = unordered), Refusal::WitnessOrder(0));
    }
    let nowhere = refused(|it| it.witnesses[0] = moves(&[(0, None), (1, Some(9))]));
    assert!(matches!(nowhere, Refusal::WitnessBreaches { witness: 0, breaches } if breaches.len() == 1));
    let half = refused(|it| it.witnesses[0] = moves(&[(1, Some(0))]));
    assert!(matches!(half, Refusal::WitnessBreaches { witness: 0, breaches } if breaches.len() == 1));
    assert_eq!(refused(|it| it.witnesses[0] = moves(&[])), Refusal::Undecided(person(0)));
    let stays = certified_with(|it| it.witnesses.push(moves(&[(0, Some(0))])));
    assert_eq!(stays.witnesses().len(), 2, "to stay is no alternative, and no lie");
}

fn certified_with(alter: impl FnOnce(&mut Answer)) -> Certified {
    let (case, scenario) = two_for_one();
    let mut answer = good_answer(&case);
    alter(&mut answer);
    certify(&case, &scenario, Outcome::Placed(answer)).expect("still true")
}

#[test]
fn a_witness_may_cost_more() {
    let (mut case, scenario) = two_for_one();
    case.people[person(1)].salary = Pence(1_090_000);
    let answer = good_answer(&case);
    assert!(certify(&case, &scenario, Outcome::Placed(answer)).is_ok());
}

#[test]
fn a_stopped_answer_has_honest_bounds() {
    let (case, scenario) = two_for_one();
    let mut answer = good_answer(&case);
    // A looser bound than the proof's is honest; and the list of undecided people need not be finished.
    answer.objectives[1].bound = 1_000_000;
    answer.undecided_complete = false;
    let certified = certify(&case, &scenario, Outcome::Stopped(Some(answer.clone()))).expect("honest");
    assert_eq!(certified.status(), Status::Stopped);
    answer.objectives[1].bound = 1_280_001;
    assert!(matches!(
        certify(&case, &scenario, Outcome::Stopped(Some(answer))),
        Err(Refusal::BoundBeaten { bound: 1_280_001, .. })
    ));
    let nothing = certify(&case, &scenario, Outcome::Stopped(None)).expect("nothing was claimed");
    assert_eq!((nothing.status(), nothing.plan(), nothing.unplaced().len()), (Status::Stopped, None, 0));
}

/// Both people must hold the one seat: each costs 0 - (-1) = 1, the seat -1, so 1 + 1 - 1 = 1 > 0.
fn both_pinned() -> (Case, Scenario, Conflict) {
    let (mut case, scenario) = two_for_one();
    case.pins = vec![pin(0, Decision::MustPost(post(0))), pin(1, Decision::MustAuthority(authority(a())))];
    let root = leaf_node(vec![step(&[], &[(0, -1)])]);
    let conflict = Conflict {
        leaves: vec![Leaf::Pin(0), Leaf::Pin(1)],
        proof: Proof { claim: Claim::Impossible, rounded: Vec::new(), root },
        effort: Effort::default(),
    };
    (case, scenario, conflict)
}

#[test]
fn impossibility_must_be_proved_and_name_real_rules() {
    let (case, scenario, conflict) = both_pinned();
    let certified = certify(&case, &scenario, Outcome::Impossible(conflict.clone())).expect("true by hand");
    assert_eq!((certified.status(), certified.placements().len()), (Status::Impossible, 0));
    assert!(certified.conflict().is_some());
    let with = |alter: &dyn Fn(&mut Conflict)| {
        let mut altered = conflict.clone();
        alter(&mut altered);
        certify(&case, &scenario, Outcome::Impossible(altered)).expect_err("altered")
    };
    let unknown = [Leaf::Pin(2), Leaf::Link(0), Leaf::Clause(0), Leaf::Retained(person(0)), Leaf::Retained(person(9))];
    for leaf in unknown {
        assert_eq!(with(&|it| it.leaves = vec![leaf]), Refusal::UnknownLeaf(leaf));
    }
    assert_eq!(with(&|it| it.leaves.clear()), Refusal::Leaves(Vec::new()));
    assert!(matches!(with(&|it| it.leaves.push(Leaf::Pin(0))), Refusal::Leaves(_)));
    assert!(matches!(with(&|it| it.proof.root.steps.clear()), Refusal::ImpossibleNotProved(Fault::Open { node: 1 })));
    let bound = Claim::Bound { objective: 0, bound: 1 };
    assert!(matches!(with(&|it| it.proof.claim = bound), Refusal::ImpossibleNotProved(Fault::OtherClaim(_))));
    let objective = with(&|it| it.proof.root.steps[0].multipliers.push((RowName::Objective(0), 1)));
    assert!(matches!(objective, Refusal::ImpossibleNotProved(Fault::ObjectiveRow(_))));
    let mut unpinned = scenario.clone();
    unpinned.use_pins = false;
    let refused = certify(&case, &unpinned, Outcome::Impossible(conflict.clone()));
    assert_eq!(refused.expect_err("pins are not used"), Refusal::UnknownLeaf(Leaf::Pin(0)));
}

#[test]
fn someone_with_no_allowed_post_who_must_be_placed_closes_every_case() {
    let (mut case, scenario, mut conflict) = both_pinned();
    case.pins.push(pin(0, Decision::NotPost(post(0))));
    conflict.proof.root.steps.clear();
    assert_eq!(check_proof(&case, &scenario, &[], &conflict.proof), Ok(()));
}

#[test]
fn malformed_steps_are_refused() {
    let (case, scenario) = two_for_one();
    let fault = |alter: &dyn Fn(&mut Step)| {
        let mut proof = one_seat_is_one_person();
        alter(&mut proof.root.steps[0]);
        check_proof(&case, &scenario, &[1, 1_280_000], &proof).expect_err("malformed")
    };
    let placed = RowName::Objective(0);
    assert_eq!(fault(&|it| it.multipliers[0].1 = -1), Fault::NegativeMultiplier(placed));
    assert_eq!(fault(&|it| it.multipliers.push((placed, 0))), Fault::RepeatedRow(placed));
    assert_eq!(fault(&|it| it.prices[0].1 = 1), Fault::PositivePrice(post(0)));
    assert_eq!(fault(&|it| it.prices.push((post(0), 0))), Fault::RepeatedPrice(post(0)));
    assert_eq!(fault(&|it| it.prices.push((post(1), -1))), Fault::PriceNotOffered(post(1)));
    assert_eq!(fault(&|it| it.multipliers[0].1 = i128::MAX), Fault::Overflow { node: 1 });
    let least = |it: &mut Step| *it = step(&[], &[(0, i128::MIN)]);
    assert_eq!(fault(&least), Fault::Overflow { node: 1 });
    for unknown in [
        RowName::Clause(0, Side::Max),
        RowName::Parity(0, authority(a()), authority(b())),
        RowName::Link(0, authority(a()), Side::Max),
        RowName::Cover(authority(a()), StatutoryRole::Mo),
    ] {
        assert_eq!(fault(&|it| it.multipliers.push((unknown, 1))), Fault::UnknownRow(unknown));
    }
    let later = RowName::Objective(1);
    assert_eq!(fault(&|it| it.multipliers.push((later, 1))), Fault::ObjectiveRow(later));
    let beyond =
        Proof { claim: Claim::Bound { objective: 2, bound: 0 }, rounded: Vec::new(), root: leaf_node(Vec::new()) };
    assert_eq!(check_proof(&case, &scenario, &[1, 1], &beyond), Err(Fault::OtherClaim(beyond.claim)));
}

#[test]
fn a_proof_altered_in_one_number_proves_what_it_still_multiplies_out_to() {
    let (case, scenario) = two_for_one();
    let mut refused = 0;
    for delta in [-1_280_000, -2, -1, 1, 2, 1_280_000] {
        for position in 0..4 {
            let mut proof = if position == 3 { nobody_is_cheaper() } else { one_seat_is_one_person() };
            let mut claimed = 1;
            match position {
                0 | 3 => proof.root.steps[0].multipliers[0].1 += delta,
                1 => proof.root.steps[0].prices[0].1 += delta,
                _ => {
                    claimed = 1 + i64::try_from(delta).expect("small");
                    proof.claim = Claim::Bound { objective: 0, bound: claimed };
                }
            }
            let accepted = check_proof(&case, &scenario, &[1, 1_280_000], &proof).is_ok();
            refused += usize::from(!accepted);
            // By hand: at most one person is placed, and one costs 1,280,000; so only the claim can become false.
            assert!(!accepted || claimed >= 1, "{proof:?}");
        }
    }
    // By hand. Multiplier m of "placed" with price -1: 2 min(1 - m, 0) - 1 + 2m > 0 for every m >= 1, so three of six are
    // refused. Price -q with multiplier 1: 2 min(q - 1, 0) - q + 2 > 0 only for q = 1, and q < 0 is malformed: six refused
    // (q = 2 gives 0; q = 0 gives 0). Bound 1 + d: refused for d < 0; for d > 0, -1 + (2 + d) > 0 still: three. Cost
    // multiplier 1 + d: 2 min(1,280,000 d, 0) + 1 - 1,279,999 d: d > 0 is below nought and d < 0 is malformed or nought
    // times cost: 2 x -1,280,000 + 1,280,000: six.
    assert_eq!(refused, 3 + 6 + 3 + 6);
}

/// Splits off P1 at A01 first; then P1 has no post.
#[test]
fn both_sides_of_a_branch_must_close() {
    let (case, scenario) = two_for_one();
    let placed = RowName::Objective(0);
    let branch = |inside, outside, posts: &[usize], or_none| {
        let split = Split::Person { person: person(0), posts: posts.iter().map(|&j| post(j)).collect(), or_none };
        let root = Node { steps: Vec::new(), end: End::Branch(Box::new(Branch { split, inside, outside })) };
        let proof = Proof { claim: Claim::Bound { objective: 0, bound: 1 }, rounded: Vec::new(), root };
        check_proof(&case, &scenario, &[1, 0], &proof)
    };
    // P1 in the seat: price -1 leaves P2 at min(-1 + 1, 0) = 0, and P1 at 0: -1 + 2 > 0. P1 out: -1 at best, -1 + 2 > 0.
    let seated = leaf_node(vec![step(&[(placed, 1)], &[(0, -1)])]);
    let out = leaf_node(vec![step(&[(placed, 1)], &[])]);
    assert_eq!(branch(seated.clone(), out.clone(), &[0], false), Ok(()));
    assert_eq!(branch(out.clone(), seated.clone(), &[], true), Ok(()));
    // With the sides changed over, "P1 in the seat" lacks the price: 2 x -1 + 2 = 0.
    assert_eq!(branch(out.clone(), seated.clone(), &[0], false), Err(Fault::Open { node: 2 }));
    assert_eq!(branch(seated.clone(), leaf_node(Vec::new()), &[0], false), Err(Fault::Open { node: 3 }));
    // Everything on one side is a split as well: the other side has no option left.
    assert_eq!(branch(seated.clone(), leaf_node(Vec::new()), &[0], true), Ok(()));
    // What was struck inside is there again outside.
    assert_eq!(branch(out.clone(), out, &[], true), Err(Fault::Open { node: 3 }));
    let nobody = Split::Person { person: person(7), posts: Vec::new(), or_none: true };
    let root = Node {
        steps: Vec::new(),
        end: End::Branch(Box::new(Branch { split: nobody, inside: seated.clone(), outside: seated })),
    };
    let proof = Proof { claim: Claim::Bound { objective: 0, bound: 1 }, rounded: Vec::new(), root };
    assert_eq!(check_proof(&case, &scenario, &[1, 0], &proof), Err(Fault::UnknownSplit { node: 2 }));
}

/// P1 must be placed. By hand, with "placed at least 2" times 1: P1 -1, P2 min(-1, 0) = -1, so -2 + 2 = 0, not closed;
/// P2 without a post would make it 1 > 0, so that option is struck. Then the price alone closes: 1 + 1 - 1 = 1 > 0.
/// The other way round: the price gives 1 + 0 - 1 = 0, which strikes P2 in the seat; then -1 + 0 + 2 = 1 > 0.
#[test]
fn a_strike_holds_for_the_steps_after_it() {
    let (mut case, scenario) = two_for_one();
    case.pins = vec![pin(0, Decision::MustPost(post(0)))];
    let strike = step(&[(RowName::Objective(0), 1)], &[]);
    let price = step(&[], &[(0, -1)]);
    let proof =
        |steps| Proof { claim: Claim::Bound { objective: 0, bound: 1 }, rounded: Vec::new(), root: leaf_node(steps) };
    let check = |steps| check_proof(&case, &scenario, &[1, 0], &proof(steps));
    assert_eq!(check(vec![strike.clone(), price.clone()]), Ok(()));
    assert_eq!(check(vec![price.clone(), strike.clone()]), Ok(()));
    assert_eq!(check(vec![price]), Err(Fault::Open { node: 1 }));
    assert_eq!(check(vec![strike]), Err(Fault::Open { node: 1 }));
}

/// One monitoring officer cannot cover two authorities. By hand: switches yA, yB; rows yA <= x(A01), yB <= x(B01), and
/// -yA - yB <= -2. Times 1 each: posts -1, switches 1 - 1 = 0, so -1 + 2 = 1 > 0.
#[test]
fn cover_switches_are_rows_and_can_be_split() {
    let (mut case, mut scenario) = (
        cases::case_of(
            vec![cases::person_record("P1", a(), None)],
            vec![cases::post_record("A01", a()), cases::post_record("B01", b())],
        ),
        cases::scenario(),
    );
    case.people[person(0)].statutory_roles.insert(StatutoryRole::Mo);
    scenario.objectives = vec![Objective::Statutory];
    scenario.statutory_cover.roles = vec![StatutoryRole::Mo];
    assert_eq!(values_of(&case, &scenario, &plan(&case, &[Some(1)])), [1]);
    let covers = [a(), b()].map(|of| (RowName::Cover(authority(of), StatutoryRole::Mo), 1));
    let all = step(&[(RowName::Objective(0), 1), covers[0], covers[1]], &[]);
    let claim = Claim::Bound { objective: 0, bound: 1 };
    assert_eq!(
        check_proof(&case, &scenario, &[1], &Proof { claim, rounded: Vec::new(), root: leaf_node(vec![all]) }),
        Ok(())
    );
    // Off at A: "at least 2" is out of reach of the other switch: -1 + 2 > 0. On at A: 1 - 1 - 1 ... the same step closes.
    let switch_of = |of| Split::Cover(authority(of), StatutoryRole::Mo);
    let count = leaf_node(vec![step(&[(RowName::Objective(0), 1)], &[])]);
    let all = leaf_node(vec![step(&[(RowName::Objective(0), 1), covers[0], covers[1]], &[])]);
    let root = |inside, outside| Node {
        steps: Vec::new(),
        end: End::Branch(Box::new(Branch { split: switch_of(a()), inside, outside })),
    };
    let check = |root| check_proof(&case, &scenario, &[1], &Proof { claim, rounded: Vec::new(), root });
    assert_eq!(check(root(all.clone(), count.clone())), Ok(()));
    assert_eq!(check(root(count.clone(), all)), Err(Fault::Open { node: 2 }));
    // The post is of tier 3, which is as low as tier 3 allows and lower than tier 2 does.
    scenario.statutory_cover.max_tier = 3;
    assert_eq!(values_of(&case, &scenario, &plan(&case, &[Some(1)])), [1]);
    scenario.statutory_cover.max_tier = 2;
    assert_eq!(values_of(&case, &scenario, &plan(&case, &[Some(1)])), [0]);
}

/// Twenty thousand levels, each splitting nothing off.
#[test]
fn deep_trees_do_not_exhaust_the_stack() {
    let (case, scenario) = two_for_one();
    let mut proof = one_seat_is_one_person();
    for _ in 0..20_000 {
        let deeper = std::mem::replace(&mut proof.root, leaf_node(Vec::new()));
        let split = Split::Person { person: person(0), posts: Vec::new(), or_none: false };
        let branch = Branch { split, inside: leaf_node(Vec::new()), outside: deeper };
        proof.root.end = End::Branch(Box::new(branch));
    }
    assert_eq!(check_proof(&case, &scenario, &[1, 0], &proof), Ok(()));
    // Dropping a tree is the caller's business; from the top, so that it does not go deep either.
    let mut node = proof.root;
    while let End::Branch(branch) = node.end {
        node = branch.outside;
    }
}

fn values_of(case: &Case, scenario: &Scenario, plan: &Plan) -> Vec<i128> {
    inspect(case, scenario, plan).objectives.into_iter().map(|(_, value)| value).collect()
}

/// By hand from the contract, one placement: salary 9,147,200 pence, on-cost 28 %: 11,708,416, as case47's P01 in A02.
#[test]
fn cost_is_the_higher_pay_for_the_lesser_hours_with_on_cost_rounded_half_up() {
    let (mut case, mut scenario) = two_for_one();
    scenario.objectives = vec![Objective::Cost];
    let cost = |case: &Case, scenario: &Scenario| values_of(case, scenario, &plan(case, &[Some(0), None]))[0];
    case.people[person(0)].salary = Pence(9_147_200);
    assert_eq!(cost(&case, &scenario), 11_708_416);
    case.posts[post(0)].salary_min = Pence(10_000_000);
    assert_eq!(cost(&case, &scenario), 12_800_000);
    case.posts[post(0)].fte = Fte(5_000);
    assert_eq!(cost(&case, &scenario), 6_400_000);
    case.people[person(0)].fte = Fte(2_500);
    assert_eq!(cost(&case, &scenario), 3_200_000);
    // 1 penny x 0.5 x 1.00 = 0.5, half up 1; with on-cost 0 %.
    (case.people[person(0)].salary, case.posts[post(0)].salary_min) = (Pence(1), Pence(1));
    (case.people[person(0)].fte, scenario.policy.on_cost) = (Fte(5_000), BasisPoints(0));
    assert_eq!(cost(&case, &scenario), 1);
    case.people[person(0)].fte = Fte(4_999);
    assert_eq!(cost(&case, &scenario), 0);
}

/// Everyone swaps: P1 in B01, P2 in A02, P3 in A01, P4 in B02. By hand, objective by objective.
#[test]
fn every_objective_has_the_value_of_the_words() {
    let (mut case, mut scenario) = (cases::tiny(), cases::scenario());
    scenario.objectives = Objective::ALL.to_vec();
    scenario.statutory_cover.roles = vec![StatutoryRole::Mo, StatutoryRole::S151];
    case.people[person(1)].statutory_roles.insert(StatutoryRole::Mo);
    case.people[person(2)].statutory_roles.insert(StatutoryRole::Mo);
    case.matches.get_mut(&(person(0), post(2))).expect("all match").kind = MatchKind::Promotion;
    case.matches.get_mut(&(person(1), post(1))).expect("all match").kind = MatchKind::Partial;
    case.matches.get_mut(&(person(2), post(0))).expect("all match").kind = MatchKind::Alternative;
    scenario.policy.promotion_into.insert(post(2));
    case.people[person(1)].status = EmploymentStatus::AdoptionLeave;
    case.people[person(2)].status = EmploymentStatus::LongTermSick;
    case.posts[post(0)].criticality = Criticality::High;
    case.posts[post(3)].criticality = Criticality::Statutory;
    case.travel = Some([((person(0), authority(b())), Miles(4_750)), ((person(2), authority(b())), Miles(1))].into());
    let swapped = plan(&case, &[Some(2), Some(1), Some(0), Some(3)]);
    assert_eq!(inspect(&case, &scenario, &swapped).breaches, []);
    let expected = [
        (Objective::Placed, 4),
        // MO at A, by two people; nobody at B, nobody for S151.
        (Objective::Statutory, 1),
        // P1 wanted A, P2 wanted B, P3 wanted B, P4 said nothing.
        (Objective::Preference, 0),
        (Objective::Match, 3 + 1 + 2),
        // P1 gave B01 rank 2; P2 and P3 did not list theirs, 6 each; P4 did not respond, 0.
        (Objective::Rank, 2 + 6 + 6),
        (Objective::Cost, 4 * 1_280_000),
        // P1 from A to B and P3 from B to A.
        (Objective::Moves, 2),
        (Objective::Critical, 2),
        // P1 to B 47.5 miles; P3 goes to A, of which nothing is known.
        (Objective::Travel, 4_750),
    ];
    let ranks =
        |objective, counts: [(u32, i128); 3]| counts.map(|(rank, count)| (objective, Part::Rank(rank), count)).to_vec();
    let mut expected: Vec<_> = expected.map(|(objective, value)| (objective, Part::Whole, value)).into();
    // P1 at rank 2, P2 and P3 at 6, P4 at none; rank 1 is possible (P1 in A01). Placed was settled first.
    expected.extend(ranks(Objective::Generous, [(6, 2), (2, 1), (1, 0)]));
    expected.extend(ranks(Objective::Greedy, [(1, 0), (2, 1), (6, 2)]));
    expected.extend(ranks(Objective::RankMaximal, [(1, 0), (2, 1), (6, 2)]));
    expected.push((Objective::Bottleneck, Part::Whole, 6));
    // P2 alone is on leave, and placed.
    expected.push((Objective::Family, Part::Whole, 1));
    let found = inspect(&case, &scenario, &swapped).objectives;
    let found: Vec<_> = found.into_iter().map(|(goal, value)| (goal.objective, goal.part, value)).collect();
    assert_eq!(found, expected);
    // Late and declined people count like others; only no_response counts nought, even with a rank given.
    case.people[person(0)].preference.response = Response::Late;
    case.people[person(1)].preference.response = Response::Declined;
    case.people[person(2)].preference.response = Response::NoResponse;
    case.ranks.insert((person(2), post(0)), demerge::case::Rank { row: 9, rank: 3 });
    scenario.objectives = vec![Objective::Rank];
    assert_eq!(values_of(&case, &scenario, &swapped), [2 + 6]);
    let found = inspect(&case, &scenario, &swapped).placements[2];
    assert_eq!((found.rank_given, found.rank_counted, found.moved), (Some(3), 0, true));
}

#[test]
fn clauses_keep_their_exact_numbers() {
    let (case, mut scenario) = (cases::tiny(), cases::scenario());
    let (of_a, of_b) = (authority(a()), authority(b()));
    scenario.fairness = vec![
        must(Clause::PeopleShare { authority: of_a, min: None, max: Some(BasisPoints(5_000)) }),
        must(Clause::VacancyGap { authorities: [of_a, of_b], max_points: BasisPoints(5_000) }),
        must(Clause::PreferenceParity { max_points: BasisPoints(5_000) }),
        must(Clause::Cover { authority: of_b, function: "finance".to_owned(), min_people: 1 }),
    ];
    // P1 in A01, P3 in B01, P4 in B02.
    let found = inspect(&case, &scenario, &plan(&case, &[Some(0), None, Some(2), Some(3)]));
    let met: Vec<bool> = found.fairness.iter().map(|clause| clause.met).collect();
    assert_eq!(met, [true, true, true, false]);
    let share = |position: usize| found.fairness[position].measure.percentage();
    assert_eq!(
        [share(0), share(1), share(2), share(3)],
        [Some(BasisPoints(2_500)), Some(BasisPoints(5_000)), Some(BasisPoints(5_000)), None]
    );
    let Measure::PreferenceParity { employers, widest: Some([high, low]), .. } = &found.fairness[2].measure else {
        panic!("a parity clause of two employers: {found:?}");
    };
    assert_eq!(employers.len(), 2);
    assert_eq!((high.employer, high.met, high.stated), (of_b, 1, 1));
    assert_eq!((low.employer, low.met, low.stated), (of_a, 1, 2));
    assert_eq!(found.unplaced, [person(1)]);
    assert_eq!(found.vacancies, [(post(1), 1)]);
}

/// One of three is 33.33...: at most 33.33 % is broken, at most 33.34 % is kept, although both show as 33.33.
#[test]
fn limits_are_decided_exactly() {
    let people = (1..=3).map(|i| cases::person_record(&format!("P{i}"), a(), None)).collect();
    let case = cases::case_of(people, vec![cases::post_record("A01", a())]);
    let mut scenario = cases::scenario();
    let one = plan(&case, &[Some(0), None, None]);
    for (min, max, met) in [(None, Some(3_333), false), (None, Some(3_334), true), (Some(3_334), None, false)] {
        let [min, max] = [min, max].map(|limit| limit.map(BasisPoints));
        for clause in [
            Clause::PeopleShare { authority: authority(a()), min, max },
            Clause::FteShare { authority: authority(a()), min, max },
        ] {
            scenario.fairness = vec![must(clause)];
            let found = inspect(&case, &scenario, &one);
            assert_eq!((found.fairness[0].met, found.breaches.is_empty()), (met, met), "{min:?} {max:?}");
            assert_eq!(found.fairness[0].measure.percentage(), Some(BasisPoints(3_333)));
        }
    }
}

#[test]
fn a_plan_of_another_case_is_inspected_without_harm() {
    let (large, small, scenario) = (cases::tiny(), cases::two_for_one(), cases::scenario());
    let found = inspect(&small, &scenario, &plan(&large, &[Some(0), Some(3), None, None]));
    let texts: Vec<String> = found.breaches.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "R101 one post each: the plan has 4 entries for 2 people",
            "R201 post on offer: P2: the plan names a post that the case does not have"
        ]
    );
    assert_eq!(found.placements.len(), 1);
    assert_eq!(found.unplaced, [person(1)]);
    assert_eq!(person(1).index(), 1);
}
