//! By which ways the questions about an impossible case are decided: counted on made-up cases, so that what is quick stays so.

use demerge::case::answer::Leaf;
use demerge::study::impossible::{Fix, Impossible, Routes, explain_counted};
use demerge::study::variant::Variant;

use crate::contradictions::{KINDS, contradicted};
use crate::impossible::limits;

/// What is told of a contradiction among so many people, and how.
fn told(people: usize, kind: usize) -> (Impossible, Routes) {
    let (case, scenario) = contradicted(people, KINDS[kind]);
    let best = Variant::of(&case, &scenario).best(&limits()).expect("certified");
    explain_counted(&case, &scenario, &best, &limits()).expect("it is impossible")
}

/// Each kind is told whole, with few searches: everything else is decided by plans and proofs that are known.
#[test]
fn every_question_is_settled_and_few_are_searched() {
    for (kind, (name, _)) in KINDS.iter().enumerate() {
        let (found, routes) = told(120, kind);
        assert!(found.complete && routes.open == 0, "{name}: {routes:?}");
        assert!(routes.searched <= 12, "{name}: {routes:?}");
    }
}

/// Fourteen clauses among 500 people: two contradictions at once, so four pairs of clauses, within the work allowed.
#[test]
fn fourteen_clauses_are_told_whole() {
    let (found, routes) = told(500, 2);
    assert!(found.complete, "{routes:?}");
    assert!(found.fixes.is_empty());
    let clauses = |pair: &[Fix; 2]| {
        let mut clauses = pair.map(|fix| match fix {
            Fix::Limit { clause, .. } | Fix::Drop(Leaf::Clause(clause)) => clause,
            fix => panic!("{fix:?} is no clause"),
        });
        clauses.sort_unstable();
        clauses
    };
    let mut pairs: Vec<[usize; 2]> = found.pairs.iter().map(clauses).collect();
    pairs.sort_unstable();
    assert_eq!(pairs, [[0, 7], [0, 8], [1, 7], [1, 8]]);
    assert!(routes.searched <= 10 && routes.ruled_out > 2_000, "{routes:?}");
    assert!(routes.work <= 20_000_000, "{routes:?}");
}
