//! Fisher's test against counting every draw, and the interval against its author's figures.

use demerge::study::monitor::chance::{Fourfold, mid_p};
use demerge::study::monitor::interval::{newcombe, ten_thousandths};

fn table(hits: [u32; 2], of: [u32; 2]) -> Fourfold {
    Fourfold { hits, of }
}

/// Every way to choose who meets the event, one by one: twice the favourable draws (half of the observed), and all draws.
fn by_drawing(Fourfold { hits, of }: Fourfold) -> (u64, u64) {
    let people = of[0] + of[1];
    let mut draws = vec![0u64; usize::try_from(people).expect("few") + 1];
    for set in 0u32..1 << people {
        if set.count_ones() == hits[0] + hits[1] {
            let first = set & ((1 << of[0]) - 1);
            draws[usize::try_from(first.count_ones()).expect("few")] += 1;
        }
    }
    let observed = draws[usize::try_from(hits[0]).expect("few")];
    let no_more_likely: u64 = draws.iter().filter(|ways| **ways <= observed).sum();
    let all: u64 = draws.iter().sum();
    if draws.iter().filter(|ways| **ways > 0).count() == 1 {
        return (2 * all, 2 * all);
    }
    (2 * no_more_likely - observed, 2 * all)
}

/// Truth: all subsets of up to 11 people.
#[test]
fn the_mid_p_is_that_of_counting_every_draw() {
    let mut compared = 0;
    for first in 1..=6 {
        for second in 1..=5 {
            for hits in (0..=first).flat_map(|a| (0..=second).map(move |b| [a, b])) {
                let table = table(hits, [first, second]);
                let (part, whole) = by_drawing(table);
                let rounded = ((part * 20_000 + whole) / (2 * whole)).max(1);
                assert_eq!(u64::from(ten_thousandths(&mid_p(table))), rounded, "{table:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 400);
}

/// By hand. Fisher's tea: 3 of 4 and 1 of 4 have p = 34/70 and the table 16/70, so mid-p = 26/70. 4 and 0: 2/70 - 0.5/70.
#[test]
fn known_tables_have_their_known_values() {
    assert_eq!(ten_thousandths(&mid_p(table([3, 1], [4, 4]))), 3714);
    assert_eq!(ten_thousandths(&mid_p(table([4, 0], [4, 4]))), 214);
    assert_eq!(ten_thousandths(&mid_p(table([0, 0], [4, 4]))), 10_000);
}

/// A hundred thousand people have numbers of thousands of digits: halves alike are as likely as can be.
#[test]
fn no_number_of_people_is_too_large() {
    assert_eq!(ten_thousandths(&mid_p(table([300, 0], [600, 600]))), 1);
    let even = ten_thousandths(&mid_p(table([500, 500], [1000, 1000])));
    // All tables but half of the likeliest: 1 - 0.5 · C(1000,500)²/C(2000,1000) = 1 - 0.5 · 0.03568.
    assert_eq!(even, 9822);
}

/// Newcombe 1998, table II, method 10: 56/70 and 48/80, 9/10 and 3/10, 10/10 and 0/10; to four decimals there.
#[test]
fn the_interval_is_its_author_s() {
    let published =
        [([56, 48], [70, 80], (524, 3339)), ([9, 3], [10, 10], (1705, 8090)), ([10, 0], [10, 10], (6075, 10_000))];
    for (hits, of, (low, high)) in published {
        let found = newcombe(table(hits, of));
        assert!((found.low.0 - low).abs() <= 1 && (found.high.0 - high).abs() <= 1, "{hits:?} of {of:?}: {found:?}");
    }
}
