//! Curves against a scan over every limit, and curves that were altered.

use demerge::case::scenario::{Clause, Level};
use demerge::quantity::{BasisPoints, Pence};
use demerge::report::curve::{curve_csv, curve_json, curve_svg, page};
use demerge::report::terminal::write_text;
use demerge::study::curve::{Curve, Fault, check, curve, ends};
use demerge::study::price::{Worth, worth};
use demerge::study::variant::Variant;
use demerge::study::variant::change::Limit;

use crate::cases;
use crate::generate::{self, Size};
use crate::price::{LIMITS, loaded};

/// Truth: the same limit solved by itself, for every limit of the range or for every so many of them and all the ends.
fn scan(case: &demerge::case::Case, scenario: &demerge::case::scenario::Scenario, found: &Curve, every: usize) {
    let (low, high) = (found.range.0.min(found.range.1), found.range.0.max(found.range.1));
    let near = found.steps.iter().flat_map(|step| [step.loosest, step.tightest]);
    let limits = (low..=high).step_by(every).chain(near);
    for at in limits {
        let step = found
            .steps
            .iter()
            .find(|step| (step.loosest.min(step.tightest)..=step.loosest.max(step.tightest)).contains(&at));
        let told = &step.expect("every limit lies in a step").worth;
        let variant = Variant::of(case, scenario).with_limit(found.clause, found.end, at);
        match (told, worth(case, scenario, &variant, &LIMITS).expect("certified")) {
            (Worth::Impossible, Worth::Impossible) => {}
            (Worth::Best(told), Worth::Best(truth)) if told.values == truth.values => {}
            (told, truth) => panic!("at {at}: {told:?}, not {truth:?}"),
        }
    }
}

/// Every clause of small random cases, shares and gaps at every fortieth limit and at both ends of each step.
#[test]
fn a_curve_is_what_a_scan_over_the_limits_finds() {
    let mut steps = 0;
    for seed in 0..60 {
        let (case, scenario) = generate::case(6_000_000 + seed, Size::BRUTE);
        for (position, rule) in scenario.fairness.iter().enumerate() {
            if matches!(rule.clause, Clause::Budget { .. }) {
                continue;
            }
            for (end, _) in ends(&rule.clause) {
                let found = curve(&case, &scenario, position, end, 200, &LIMITS).expect("certified");
                assert!(!found.is_cut);
                check(&case, &scenario, &found, &LIMITS).expect("the curve holds");
                scan(&case, &scenario, &found, if found.range.0.max(found.range.1) > 100 { 397 } else { 1 });
                steps += found.steps.len();
            }
        }
    }
    assert!(steps > 100, "{steps} steps");
}

/// By hand: of four people each placed at A is a quarter, and A has two seats.
#[test]
fn shares_of_four_people_break_at_the_quarters() {
    let case = cases::tiny();
    let mut scenario = cases::scenario();
    let clause = Clause::PeopleShare { authority: cases::authority(0), min: Some(BasisPoints(0)), max: None };
    scenario.fairness = vec![cases::must(clause)];
    let found = curve(&case, &scenario, 0, Limit::Min, 200, &LIMITS).expect("certified");
    let ends: Vec<(i64, i64)> = found.steps.iter().map(|step| (step.loosest, step.tightest)).collect();
    assert_eq!(ends, [(0, 5_000), (5_001, 10_000)]);
    assert_eq!(found.steps[1].worth, Worth::Impossible);
    let clause = Clause::PeopleShare { authority: cases::authority(0), min: None, max: Some(BasisPoints(10_000)) };
    scenario.fairness = vec![cases::must(clause)];
    let found = curve(&case, &scenario, 0, Limit::Max, 200, &LIMITS).expect("certified");
    let ends: Vec<(i64, i64)> = found.steps.iter().map(|step| (step.loosest, step.tightest)).collect();
    assert_eq!(ends, [(10_000, 5_000), (4_999, 2_500), (2_499, 0)]);
}

/// By hand: four people cost £12,800 each, two of them at A; the budget breaks at £25,600 and £12,800.
#[test]
fn a_budget_breaks_at_the_penny() {
    let case = cases::tiny();
    let mut scenario = cases::scenario();
    let clause = Clause::Budget { authority: cases::authority(0), max: Pence(3_000_000) };
    scenario.fairness = vec![cases::must(clause)];
    scenario.fairness[0].level = Level::Report;
    let found = curve(&case, &scenario, 0, Limit::Max, 200, &LIMITS).expect("certified");
    let ends: Vec<i64> = found.steps.iter().map(|step| step.tightest).collect();
    assert_eq!(ends, [2_560_000, 1_280_000, 0]);
    assert_eq!(found.today, Some(3_000_000));
    let cut = curve(&case, &scenario, 0, Limit::Max, 2, &LIMITS).expect("certified");
    assert!(cut.is_cut && cut.steps[..] == found.steps[..2]);
    check(&case, &scenario, &cut, &LIMITS).expect("what is there holds");
    let text = write_text(&page(&case, &scenario, &cut), 80);
    assert!(text.contains("not the whole curve") && text.contains("£25,600.00 or more"), "{text}");
}

/// Every entry of a curve, altered by itself, is refused.
#[test]
fn an_altered_curve_is_refused() {
    let (case, mut scenario) = loaded("example", "S1");
    let clause = Clause::PeopleShare { authority: cases::authority(1), min: Some(BasisPoints(2_000)), max: None };
    scenario.fairness = vec![cases::must(clause)];
    let good = curve(&case, &scenario, 0, Limit::Min, 200, &LIMITS).expect("certified");
    check(&case, &scenario, &good, &LIMITS).expect("the curve holds");
    assert!(good.steps.len() > 1, "{good:?}");
    for at in 0..good.steps.len() {
        let mut bad = good.clone();
        bad.steps.remove(at);
        assert!(matches!(check(&case, &scenario, &bad, &LIMITS), Err(Fault::Shape)));
        if let Worth::Best(_) = good.steps[at].worth {
            let mut bad = good.clone();
            let Worth::Best(best) = &mut bad.steps[at].worth else { unreachable!("matched above") };
            best.values[0].1 -= 1;
            assert!(check(&case, &scenario, &bad, &LIMITS).is_err());
        }
        if at > 0 {
            for shift in [-1, 1] {
                let mut bad = good.clone();
                bad.steps[at - 1].tightest += shift;
                bad.steps[at].loosest += shift;
                assert!(matches!(check(&case, &scenario, &bad, &LIMITS), Err(Fault::Step(_) | Fault::Shape)));
            }
        }
    }
}

/// The drawing is the same each time, has a title and a description, and is black on white.
#[test]
fn the_files_of_a_curve_hold_it() {
    let (case, mut scenario) = loaded("case47", "S1");
    let clause = Clause::PeopleShare { authority: cases::authority(1), min: Some(BasisPoints(3_500)), max: None };
    scenario.fairness = vec![cases::must(clause)];
    let found = curve(&case, &scenario, 0, Limit::Min, 200, &LIMITS).expect("certified");
    // 17 of 47 people are at B in the best plan without the rule (the data contract's S1: 36.17 %).
    assert_eq!(found.steps[0].tightest, 3_617);
    let svg = String::from_utf8(curve_svg(&case, &scenario, &found)).expect("UTF-8");
    assert_eq!(svg.as_bytes(), curve_svg(&case, &scenario, &found));
    for part in ["role=\"img\"", "<title id=\"title\">", "<desc id=\"description\">", "fill=\"#fff\"", "</svg>"] {
        assert!(svg.contains(part), "{part}: {svg}");
    }
    let csv = String::from_utf8(curve_csv(&scenario, &found)).expect("UTF-8");
    assert_eq!(csv.lines().count(), found.steps.len() + 1, "{csv}");
    let json: serde_json::Value = serde_json::from_slice(&curve_json(&case, &scenario, &found)).expect("JSON");
    assert_eq!(json["steps"].as_array().map(Vec::len), Some(found.steps.len()));
    let text = write_text(&page(&case, &scenario, &found), 80);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}
