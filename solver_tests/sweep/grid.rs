//! A grid against other roads to the same points.

use std::fs;

use demerge::case::scenario::{Clause, PolicyRule};
use demerge::case::sweep::AxisValue;
use demerge::certify::Status;
use demerge::id::Id;
use demerge::quantity::BasisPoints;
use demerge::study::curve::curve;
use demerge::study::price::Worth;
use demerge::study::sweep::Sweep;
use demerge::study::variant::change::Limit;

use crate::cli::run::data;
use crate::sweep::{LIMITS, loaded};

/// Truth: `demerge curve`, which finds the steps of the same limit by another road. The shipped plan has both ends of each.
#[test]
fn the_shipped_grid_over_a_share_has_the_steps_of_its_curve() {
    let text = fs::read_to_string(data("case47/sweeps/share.toml")).expect("it is shipped");
    let read = loaded("case47", &text);
    let (case, plan) = (&read.loaded.case, &read.plan);
    let found = curve(case, &plan.points[0], 0, Limit::Min, 200, &LIMITS).expect("certified");
    assert!(!found.is_cut);
    let ends = found.steps.iter().flat_map(|step| [step.loosest, step.tightest]);
    let axis = plan.axes[0].values.iter().map(|value| match value {
        AxisValue::Number { value, decimals } => value * 10i64.pow(2 - decimals),
        AxisValue::Flag(_) | AxisValue::Text(_) => panic!("limits are numbers"),
    });
    let (mut ends, axis): (Vec<i64>, Vec<i64>) = (ends.collect(), axis.collect());
    ends.dedup();
    assert_eq!(axis, ends, "the limits of the plan are the ends of the steps");
    let sweep = Sweep::new(case, plan);
    for (point, at) in axis.into_iter().enumerate() {
        let scene = sweep.scene(point as u64, &LIMITS).expect("certified").expect("no limits");
        let step = found.steps.iter().find(|step| (step.loosest..=step.tightest).contains(&at)).expect("a step");
        match &step.worth {
            Worth::Impossible => assert_eq!(scene.row.status, Status::Impossible, "at {at}"),
            Worth::Best(best) => {
                let values: Vec<Option<i64>> = best.values.iter().map(|&(_, value)| Some(value)).collect();
                assert_eq!(scene.row.figures.expect("a plan").values, values, "at {at}");
            }
            Worth::Stopped => panic!("there are no limits"),
        }
    }
}

/// By hand: the points are all combinations, the last setting fastest, each read as a scenario file would be.
#[test]
fn a_grid_writes_over_any_setting() {
    let plan = "scenario = \"S1\"\nseed = 1\nscenarios = 1\n\
        [[fairness]]\nkind = \"cover\"\nauthority = \"M\"\nfunction = \"planning\"\nmin_people = 0\n\
        [grid]\nuse_pins = [true, false]\n\
        fairness.3.min_people = [1, 2]\n\
        policy.rule = [\"preference_informed\", \"employer_default\"]\n\
        objectives = [[\"placed\", \"cost\"], [\"greedy\"]]\n\
        policy.on_cost_pct = [28, 27.5]\n";
    let read = loaded("example", plan);
    assert_eq!(read.plan.points.len(), 32);
    let keys: Vec<&str> = read.plan.axes.iter().map(|axis| axis.key.as_str()).collect();
    let written = ["use_pins", "fairness.3.min_people", "policy.rule", "objectives", "policy.on_cost_pct"];
    assert_eq!(keys, written, "in the order of the file");
    for (at, point) in read.plan.points.iter().enumerate() {
        let choice = read.plan.choices(at);
        assert_eq!(choice, [at / 16, at / 8 % 2, at / 4 % 2, at / 2 % 2, at % 2]);
        assert_eq!(point.use_pins, choice[0] == 0);
        let Clause::Cover { min_people, .. } = point.fairness[2].clause else {
            panic!("the added clause is the third")
        };
        assert_eq!(min_people as usize, choice[1] + 1);
        let rules = [PolicyRule::PreferenceInformed, PolicyRule::EmployerDefault];
        assert_eq!(point.policy.rule, rules[choice[2]]);
        assert_eq!(point.objectives.len(), 2 - choice[3]);
        assert_eq!(point.policy.on_cost, [BasisPoints(2_800), BasisPoints(2_750)][choice[4]]);
    }
    let names = |axis: usize| read.plan.axes[axis].values.iter().map(AxisValue::text).collect::<Vec<_>>();
    assert_eq!(
        (names(3), names(4)),
        (vec!["placed;cost".to_owned(), "greedy".to_owned()], vec!["28".to_owned(), "27.5".to_owned()])
    );
    let sweep = Sweep::new(&read.loaded.case, &read.plan);
    let measures: Vec<String> = sweep.columns().measures.iter().map(|it| it.name()).collect();
    assert!(measures.contains(&"cost".to_owned()) && measures.contains(&"greedy_rank_1".to_owned()), "{measures:?}");
    let scene = sweep.scene(0, &LIMITS).expect("certified").expect("no limits");
    let values = scene.row.figures.expect("a plan").values;
    for (name, value) in measures.iter().zip(values) {
        assert_eq!(value.is_some(), !name.starts_with("greedy"), "{name}: the first point asks for places and cost");
    }
    assert_eq!(read.loaded.case.authorities.ids().map(|it| it.index()).collect::<Vec<_>>(), [0, 1]);
}
