//! What is kept back cannot be worked out: against every table that a reader could imagine.

use std::collections::BTreeSet;

use demerge::study::monitor::attack::{Published, recoverable};
use demerge::study::monitor::suppress::{Counts, hide};

use crate::cases::Numbers;

/// Every way to share `total` among groups of at most these sizes, keeping what is known.
fn shares(total: u32, limits: &[u32], known: &[Option<u32>]) -> Vec<Vec<u32>> {
    let Some((&limit, rest)) = limits.split_first() else {
        return if total == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let range = known[0].map_or(0..=limit.min(total), |number| number..=number);
    let mut found = Vec::new();
    for here in range.filter(|here| *here <= limit.min(total)) {
        for tail in shares(total - here, rest, &known[1..]) {
            found.push([vec![here], tail].concat());
        }
    }
    found
}

/// The numbers that are the same in every table that agrees with what is published: sizes, then each event.
///
/// Two events at a time (having a post, and one that needs a post) are put together; that is every rule a reader has.
fn follows(published: &Published) -> BTreeSet<(usize, Option<usize>)> {
    let groups = published.sizes.len();
    let mut seen: Vec<Vec<BTreeSet<u32>>> = vec![vec![BTreeSet::new(); 3]; groups];
    let mut leaks = BTreeSet::new();
    let known = |event: usize| published.parts.iter().map(|parts| parts[event]).collect::<Vec<_>>();
    for other in 1..4 {
        seen.iter_mut().flatten().for_each(BTreeSet::clear);
        for sizes in shares(published.people, &vec![published.people; groups], &published.sizes) {
            for placed in shares(published.totals[0], &sizes, &known(0)) {
                let some = shares(published.totals[other], &placed, &known(other));
                for event in some {
                    for group in 0..groups {
                        seen[group][0].insert(sizes[group]);
                        seen[group][1].insert(placed[group]);
                        seen[group][2].insert(event[group]);
                    }
                }
            }
        }
        for (group, seen) in seen.iter().enumerate() {
            for (what, event) in [(0, None), (1, Some(0)), (2, Some(other))] {
                let shown = event.map_or(published.sizes[group], |event| published.parts[group][event]);
                let same = event.is_some_and(|event| [0, published.people].contains(&published.totals[event]));
                if seen[what].len() == 1 && shown.is_none() && !same {
                    leaks.insert((group, event));
                }
            }
        }
    }
    leaks
}

fn draw(numbers: &mut Numbers, groups: usize, most: usize) -> Counts {
    let small = |numbers: &mut Numbers, limit: u32| {
        u32::try_from(numbers.below(usize::try_from(limit).expect("few") + 1)).expect("few")
    };
    let mut counts = Counts { sizes: Vec::new(), parts: Vec::new() };
    for _ in 0..groups {
        let size = 1 + small(numbers, u32::try_from(most).expect("few") - 1);
        let placed = if numbers.one_in(2) { size } else { small(numbers, size) };
        let [first, stated, moved] = [0; 3].map(|_| small(numbers, placed));
        counts.sizes.push(size);
        counts.parts.push([placed, first, stated, moved, size - placed]);
    }
    counts
}

/// Truth: every table that agrees with what is published, listed.
#[test]
fn nothing_hidden_follows_from_what_is_shown() {
    let mut numbers = Numbers(11);
    let mut hidden = 0;
    for round in 0..240 {
        let groups = 2 + round % 3;
        let counts = draw(&mut numbers, groups, if groups > 3 { 4 } else { 7 });
        for threshold in [1, 2, 3] {
            let kept = hide(&counts, threshold);
            let published = Published::of(&counts, &kept);
            hidden += kept.parts.iter().flatten().filter(|it| **it).count();
            assert!(follows(&published).is_empty(), "{counts:?} below {threshold}: {kept:?}");
        }
    }
    assert!(hidden > 1000, "only {hidden} numbers were hidden at all");
}

/// By construction: what is shown is never below the threshold, nor its complement, nor its group.
#[test]
fn nothing_small_is_shown() {
    let mut numbers = Numbers(12);
    let mut shown = 0;
    for _ in 0..2000 {
        let groups = 1 + numbers.below(5);
        let counts = draw(&mut numbers, groups, 40);
        let kept = hide(&counts, 5);
        for group in 0..groups {
            for event in (0..5).filter(|&event| !kept.parts[group][event]) {
                let (part, size) = (counts.parts[group][event], counts.sizes[group]);
                assert!(part >= 5 && size - part >= 5 && !kept.sizes[group], "{counts:?}: {kept:?}");
                shown += 1;
            }
        }
    }
    assert!(shown > 1000, "only {shown} numbers are shown");
}

/// The attack that guards the program sees what listing sees, where the listing sees anything: by hand, four leaks.
#[test]
fn the_attack_finds_what_a_reader_would() {
    let leaky = |sizes: [Option<u32>; 2], placed: [Option<u32>; 2], people: u32, total: u32| Published {
        people,
        totals: [total, 0, 0, 0],
        sizes: sizes.to_vec(),
        parts: placed.iter().map(|&it| [it, None, None, None]).collect(),
    };
    let one_missing = leaky([Some(8), Some(9)], [Some(6), None], 17, 9);
    assert_eq!(recoverable(&one_missing), [(1, Some(0))]);
    let size_missing = leaky([Some(8), None], [None, None], 17, 9);
    assert_eq!(recoverable(&size_missing), [(1, None)]);
    for published in [one_missing, size_missing] {
        assert_eq!(recoverable(&published).into_iter().collect::<BTreeSet<_>>(), follows(&published));
    }
    assert!(recoverable(&leaky([Some(8), Some(9)], [None, None], 17, 9)).is_empty());
}
