//! Each statement about answers, altered by itself, is refused.

use demerge::case::Case;
use demerge::case::scenario::Scenario;
use demerge::study::answers::Ranges;
use demerge::study::answers::check::{Fault, check};
use demerge::study::answers::figure::Figure;
use demerge::study::answers::open::Said;

use crate::answers::found;
use crate::price::{LIMITS, loaded};

fn refused(case: &Case, scenario: &Scenario, good: &Ranges, alter: &dyn Fn(&mut Ranges)) -> Fault {
    let mut bad = good.clone();
    alter(&mut bad);
    assert_ne!(bad, *good, "nothing was altered");
    check(case, scenario, &bad, &LIMITS).expect_err("an altered statement holds")
}

#[test]
fn an_altered_range_is_refused() {
    let (case, scenario) = loaded("example", "S1");
    let good = found(&case, &scenario, usize::MAX).expect("a plan");
    check(&case, &scenario, &good, &LIMITS).expect("it holds");
    let refused = |alter: &dyn Fn(&mut Ranges)| refused(&case, &scenario, &good, alter);
    for at in 0..good.ranges.len() {
        let figure = good.ranges[at].figure;
        let at_figure = |fault: Fault| match fault {
            Fault::Today(it) | Fault::Extreme(it) | Fault::Beyond(it) => it == figure,
            _ => false,
        };
        for by in [-1, 1] {
            assert!(at_figure(refused(&|it| it.ranges[at].worst.value += by)), "{figure:?}");
            assert!(at_figure(refused(&|it| it.ranges[at].best.value += by)), "{figure:?}");
            assert!(at_figure(refused(&|it| it.ranges[at].today += by)), "{figure:?}");
        }
        assert!(matches!(refused(&|it| it.ranges[at].bound.best = Some(0)), Fault::Bound(it) if it == figure));
        assert!(matches!(refused(&|it| drop(it.ranges.remove(at))), Fault::Today(it) if it == figure));
        // A range that is too narrow: an end is moved to today, with today's answers.
        if good.ranges[at].worst.value != good.ranges[at].today {
            let narrow = |it: &mut Ranges| {
                it.ranges[at].worst.value = it.ranges[at].today;
                it.ranges[at].worst.setting.fill(0);
            };
            assert!(matches!(refused(&narrow), Fault::Beyond(it) if it == figure));
        }
    }
}

#[test]
fn an_altered_list_or_count_is_refused() {
    let (case, scenario) = loaded("example", "S1");
    let good = found(&case, &scenario, usize::MAX).expect("a plan");
    let refused = |alter: &dyn Fn(&mut Ranges)| refused(&case, &scenario, &good, alter);
    assert!(matches!(refused(&|it| drop(it.open.pop())), Fault::Open));
    assert!(matches!(refused(&|it| it.open[0].answers.truncate(1)), Fault::Open));
    assert!(matches!(refused(&|it| it.open[1].answers.push(Said::Leaves)), Fault::Open));
    assert!(matches!(refused(&|it| it.combinations -= 1), Fault::Count));
    assert!(matches!(refused(&|it| it.known -= 1), Fault::Count));
    assert!(matches!(refused(&|it| it.without_plan += 1), Fault::Count));
    assert!(matches!(refused(&|it| drop(it.groups.pop())), Fault::Count));
    assert!(matches!(refused(&|it| drop(it.groups[0].patches.pop())), Fault::Count));
    for at in 0..good.weights.len() {
        let who = good.open[good.weights[at].position].person;
        let of = |fault: Fault| matches!(fault, Fault::Weight(it) if it == who);
        for figure in 0..4 {
            let alone = |it: &mut Ranges| it.weights[at].alone.as_mut().expect("known")[figure] += 1;
            assert!(of(refused(&alone)));
            let whatever = |it: &mut Ranges| it.weights[at].whatever.as_mut().expect("known")[figure] += 1;
            assert!(of(refused(&whatever)));
        }
        assert!(of(refused(&|it| it.weights[at].may_be_impossible = true)));
    }
}

#[test]
fn an_altered_order_is_refused() {
    let (case, scenario) = loaded("case47", "S1");
    let good = found(&case, &scenario, usize::MAX).expect("a plan");
    let refused = |alter: &dyn Fn(&mut Ranges)| refused(&case, &scenario, &good, alter);
    assert!(matches!(refused(&|it| it.weights.rotate_left(2)), Fault::Weight(_)));
    assert!(matches!(refused(&|it| it.weights[0] = it.weights[1].clone()), Fault::Weight(_) | Fault::Count));
}

/// Where not everything is solved again, the patches are: a plan, a share of the combinations, a bound.
#[test]
fn an_altered_patch_or_bound_is_refused() {
    let (case, scenario) = loaded("case47", "S1");
    let good = found(&case, &scenario, 1).expect("a plan");
    assert!(!good.is_whole());
    check(&case, &scenario, &good, &LIMITS).expect("it holds");
    let refused = |alter: &dyn Fn(&mut Ranges)| refused(&case, &scenario, &good, alter);
    let base = |it: &mut Ranges| {
        let worth = it.groups[0].patches[0].worth.as_mut().expect("a plan");
        *worth.base.get_mut(&Figure::Placed).expect("there") += 1;
    };
    assert!(matches!(refused(&base), Fault::Patch));
    assert!(matches!(refused(&|it| it.groups[0].patches[0].worth = None), Fault::Count | Fault::Patch));
    for at in (0..good.ranges.len()).filter(|&at| good.ranges[at].bound.best.is_some()) {
        let figure = good.ranges[at].figure;
        let of = |fault: Fault| matches!(fault, Fault::Bound(it) if it == figure);
        for by in [-1, 1] {
            assert!(of(refused(&|it| *it.ranges[at].bound.best.as_mut().expect("there") += by)));
        }
        assert!(of(refused(&|it| it.ranges[at].bound.best = None)));
    }
}
