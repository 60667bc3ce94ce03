//! Suppression itself: what it keeps back cannot be worked out, and its checker refuses what could.

use std::collections::BTreeSet;

use demerge::study::disclosure::check::{Flaw, check};
use demerge::study::disclosure::ledger::{Kind, Ledger, Var, Zero, rounded};
use demerge::study::disclosure::{Cover, Print, hide};

/// A table of two rows and two columns with its totals; everybody knows the grand total.
///
/// - Numbers: four cells, two totals of rows, two of columns.
fn square(cells: [i64; 4]) -> (Ledger, [Var; 8]) {
    let [a, b, c, d] = cells;
    let all: i64 = cells.iter().sum();
    let mut ledger = Ledger::default();
    let numbers = [a, b, c, d, a + b, c + d, a + c, b + d];
    let mut at = 0;
    let vars = numbers.map(|number| {
        at += 1;
        let weight = if at > 4 { 2 } else { 1 };
        ledger.add(format!("number {at}"), number, (0, all), Kind::People(Zero::Small, weight))
    });
    let [a, b, c, d, top, foot, left, right] = vars;
    for (parts, whole) in [([a, b], top), ([c, d], foot), ([a, c], left), ([b, d], right)] {
        ledger.sum([(parts[0], 1), (parts[1], 1), (whole, -1)], 0);
    }
    ledger.sum([(top, 1), (foot, 1)], all);
    ledger.sum([(left, 1), (right, 1)], all);
    (ledger, vars)
}

/// Every table of the same grand total.
fn every(all: i64) -> Vec<[i64; 8]> {
    let mut found = Vec::new();
    for a in 0..=all {
        for b in 0..=all - a {
            for c in 0..=all - a - b {
                let d = all - a - b - c;
                found.push([a, b, c, d, a + b, c + d, a + c, b + d]);
            }
        }
    }
    found
}

/// Whether a reader of a cover may take a number for this.
fn may_be(cover: &Cover, at: usize, truth: i64, value: i64) -> bool {
    let within = |(low, high): (i64, i64)| low <= value && value <= high;
    match cover.prints[at] {
        Print::Exact => value == truth,
        Print::Rounded => within(rounded(truth, cover.threshold).1),
        Print::Between(low, high) => within((low, high)),
        Print::Nothing => true,
    }
}

/// Truth: brute force over every table with this grand total.
#[test]
fn whatever_is_kept_back_could_be_otherwise() {
    for threshold in [3, 5] {
        for cells in every(14).iter().step_by(7).map(|it| [it[0], it[1], it[2], it[3]]) {
            let (ledger, vars) = square(cells);
            let cover = hide(&ledger, threshold);
            check(&ledger, &cover).unwrap_or_else(|flaw| panic!("{cells:?}: {flaw}"));
            let truth = vars.map(|var| ledger.variable(var).truth);
            let agrees = |world: &&[i64; 8]| (0..8).all(|at| may_be(&cover, at, truth[at], world[at]));
            let worlds = every(14);
            let worlds: Vec<&[i64; 8]> = worlds.iter().filter(agrees).collect();
            let natural = ledger.natural();
            for at in 0..8 {
                let values: BTreeSet<i64> = worlds.iter().map(|world| world[at]).collect();
                if truth[at] < i64::from(threshold) {
                    assert!(cover.prints[at] != Print::Exact, "{cells:?}: number {at} is small");
                    let most = usize::try_from(natural[at].1 - natural[at].0 + 1).expect("some value");
                    let need = most.min(threshold as usize);
                    assert!(values.len() >= need, "{cells:?}, threshold {threshold}: number {at} is one of {values:?}");
                }
                if let Print::Between(low, high) = cover.prints[at] {
                    assert!(values.iter().all(|value| (low..=high).contains(value)), "{cells:?}: {at}");
                }
            }
        }
    }
}

/// Truth: by hand. One small cell takes a second one in its row and in its column, and so a fourth; large tables lose no more.
#[test]
fn one_small_number_takes_as_few_others_as_will_do() {
    let (ledger, vars) = square([2, 40, 40, 40]);
    let cover = hide(&ledger, 5);
    let shown = vars.map(|var| cover.figure(&ledger, var));
    assert_eq!(shown, [None, None, None, None, Some(42), Some(80), Some(42), Some(80)]);
    // What follows from "fewer than 5" is said of the others: 42 less 0 to 4, and 80 less that.
    let ranges = [(0, 4), (38, 42), (38, 42), (38, 42)].map(|(low, high)| Print::Between(low, high));
    assert_eq!(vars[..4].iter().map(|var| cover.prints[var.index()]).collect::<Vec<_>>(), ranges);
    let (ledger, vars) = square([20, 40, 40, 40]);
    let cover = hide(&ledger, 5);
    assert!(vars.iter().all(|&var| cover.figure(&ledger, var).is_some()), "nothing is small");
}

/// Truth: by hand. That nobody of everybody is without a post is said; that nobody of a group is, is not.
#[test]
fn a_nought_is_printed_of_everybody_and_not_of_a_group() {
    let mut ledger = Ledger::default();
    let all = ledger.add("without", 0, (0, 30), Kind::People(Zero::Plain, 1));
    let group = ledger.add("without, of a group", 0, (0, 30), Kind::People(Zero::Small, 1));
    let cover = hide(&ledger, 5);
    assert_eq!([all, group].map(|var| cover.figure(&ledger, var)), [Some(0), None]);
}

/// Truth: by hand. A number that is told rounded at the finest is; one that comes to little more than a step is not told as less.
#[test]
fn what_is_to_be_rounded_is_told_rounded() {
    let mut ledger = Ledger::default();
    let numbers = [0, 3, 5, 37].map(|number| ledger.add("way", number, (0, 47), Kind::Rounded(Zero::Plain, 1)));
    let cover = hide(&ledger, 5);
    let prints = numbers.map(|var| cover.prints[var.index()]);
    // Five is not three or four, or it would be told as 1 to 4.
    assert_eq!(prints, [Print::Exact, Print::Between(1, 4), Print::Between(5, 7), Print::Rounded]);
    assert_eq!([rounded(37, 5), rounded(37, 10), rounded(38, 3)].map(|(round, _)| round), [35, 40, 40]);
    assert_eq!([rounded(37, 5).1, rounded(35, 10).1], [(33, 37), (35, 44)]);
}

/// Truth: by hand. Six posts with two holders: nobody can tell of one whether it is filled; of six with six everybody could.
#[test]
fn posts_may_not_be_known_to_be_all_filled() {
    let told = |filled: i64| {
        let mut ledger = Ledger::default();
        let posts = ledger.add("holders", filled, (0, 6), Kind::Open);
        let empty = ledger.add("empty", 6 - filled, (0, 6), Kind::Seats(1));
        ledger.sum([(posts, 1), (empty, 1)], 6);
        hide(&ledger, 3).figure(&ledger, empty)
    };
    assert_eq!([told(2), told(6), told(0)], [Some(4), None, None]);
}

/// Truth: each change makes one statement of the cover untrue.
#[test]
fn the_checker_refuses_a_cover_that_was_altered() {
    let (ledger, vars) = square([2, 40, 40, 40]);
    let cover = hide(&ledger, 5);
    assert_eq!(check(&ledger, &cover), Ok(()));
    let printing = |at: usize, print: Print| {
        let mut altered = cover.clone();
        altered.prints[vars[at].index()] = print;
        altered
    };
    assert!(matches!(check(&ledger, &printing(0, Print::Exact)), Err(Flaw::World(_) | Flaw::Small(_))));
    let mut derived = printing(1, Print::Exact);
    assert!(matches!(check(&ledger, &derived), Err(Flaw::World(_))));
    derived.worlds.truncate(1);
    assert!(matches!(check(&ledger, &derived), Err(Flaw::Open(_) | Flaw::Together(_))));
    // A range that is too narrow, and one that the truth is not in.
    assert!(matches!(check(&ledger, &printing(0, Print::Between(1, 3))), Err(Flaw::World(_))));
    assert_eq!(check(&ledger, &printing(1, Print::Between(50, 60))), Err(Flaw::World(0)));
    let mut narrow = printing(0, Print::Between(2, 2));
    narrow.worlds.retain(|world| world[0] == 2);
    assert!(matches!(check(&ledger, &narrow), Err(Flaw::Open(_))));
    assert!(matches!(check(&ledger, &printing(0, Print::Rounded)), Err(Flaw::World(_))));
    let mut other = cover.clone();
    other.worlds.last_mut().expect("a world")[0] += 1;
    assert_eq!(check(&ledger, &other), Err(Flaw::World(cover.worlds.len())));
    let mut fewer = cover.clone();
    fewer.worlds.truncate(2);
    assert!(matches!(check(&ledger, &fewer), Err(Flaw::Open(_))));
    let mut short = cover.clone();
    short.prints.pop();
    assert_eq!(check(&ledger, &short), Err(Flaw::Shape));
    for kind in [Kind::Open, Kind::Derived(Zero::Plain), Kind::Rounded(Zero::Plain, 1), Kind::Unprinted] {
        let mut printed = Ledger::default();
        printed.add("never printed", 20, (0, 30), kind);
        let mut cover = hide(&printed, 5);
        cover.prints[0] = Print::Exact;
        cover.worlds.truncate(1);
        assert_eq!(check(&printed, &cover), Err(Flaw::Printed("never printed".to_owned())), "{kind:?}");
    }
}

/// Truth: by hand. 45, 1 and 1 of 47: to print 45 would tell that the others are two.
#[test]
fn what_is_kept_back_is_not_few_together() {
    let mut ledger = Ledger::default();
    let parts = [45, 1, 1].map(|number| ledger.add("part", number, (0, 47), Kind::People(Zero::Small, 1)));
    ledger.sum(parts.map(|part| (part, 1)), 47);
    let cover = hide(&ledger, 3);
    assert_eq!(cover.figure(&ledger, parts[0]), None);
    let mut altered = cover.clone();
    altered.prints[parts[0].index()] = Print::Exact;
    altered.worlds.retain(|world| world[parts[0].index()] == 45);
    assert!(matches!(check(&ledger, &altered), Err(Flaw::Together(_))));
}

/// Truth: the same input twice.
#[test]
fn the_same_ledger_gives_the_same_cover() {
    let (ledger, _) = square([2, 9, 8, 30]);
    assert_eq!(hide(&ledger, 5), hide(&ledger, 5));
}
