//! Rounded rows: whatever was multiplied and counted in, the row holds at every point that keeps the others.

use demerge::kernel::problem::{NONE, Network, Point, Problem, Row};
use demerge::kernel::rounding::Rounding;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any, prop_assert, proptest};

/// Three agents, three columns, two rows and a switch.
fn problem() -> impl Strategy<Value = Problem> {
    let rows = vec((vec(-9i64..=9, 9), -9i64..=9, -12i64..=20), 2);
    (vec(1u32..=2, 3), vec(any::<bool>(), 3), rows).prop_map(|(capacity, may_stay_out, rows)| {
        let network = Network { first: vec![0, 3, 6, 9], column: [0, 1, 2].repeat(3), capacity, may_stay_out };
        let row = |(arcs, switch, limit): (Vec<i64>, i64, i64)| Row {
            arcs: (0u32..).zip(arcs).filter(|&(_, k)| k != 0).collect(),
            switches: [(0u32, switch)].into_iter().filter(|&(_, k)| k != 0).collect(),
            limit,
            gate: None,
        };
        Problem { owner: network.owners(), network, switches: 1, rows: rows.into_iter().map(row).collect() }
    })
}

fn rounding() -> impl Strategy<Value = Rounding> {
    (vec(-4i64..=4, 2), vec(-4i64..=4, 3), vec(-9i64..=9, 3), 2i64..=9, 1i64..=4).prop_map(
        |(rows, columns, agents, divisor, grain)| {
            let named = |all: Vec<i64>| (0u32..).zip(all).filter(|&(_, times)| times != 0).collect();
            Rounding { rows: named(rows), columns: named(columns), agents, divisor, grain }
        },
    )
}

/// Of each agent.
const OPTIONS: [u32; 4] = [0, 1, 2, NONE];

/// Every point of the network that keeps the rows.
fn points(problem: &Problem) -> Vec<Point> {
    let all = (0..64).map(|number| [number / 16, number / 4 % 4, number % 4].map(|at| OPTIONS[at]));
    let arc = |agent: u32, option: u32| if option == NONE { NONE } else { 3 * agent + option };
    let fits = |choice: &[u32; 3]| {
        let held = |column: u32| choice.iter().filter(|&&option| option == column).count() as u64;
        let seats = (0u32..).zip(&problem.network.capacity).all(|(column, &room)| held(column) <= room.into());
        seats && choice.iter().zip(&problem.network.may_stay_out).all(|(&option, may)| *may || option != NONE)
    };
    let choices =
        all.filter(fits).map(|choice| (0u32..).zip(choice).map(|(agent, option)| arc(agent, option)).collect());
    let both =
        choices.flat_map(|choice: Vec<u32>| [false, true].map(|on| Point { choice: choice.clone(), on: vec![on] }));
    both.filter(|point| point.keeps(problem)).collect()
}

proptest! {
    #[test]
    fn a_rounded_row_cuts_off_no_point(problem in problem(), rounding in rounding(), again in rounding(), times in -3i64..=3) {
        let Some(row) = rounding.row(&problem) else { return Ok(()) };
        for point in points(&problem) {
            prop_assert!(row.sum(&problem, &point) <= row.limit, "{row:?} at {point:?}");
        }
        // The same of that row and the others.
        let mut more = problem.clone();
        more.rows.push(row);
        let mut again = again;
        again.rows.extend([(2, times)].into_iter().filter(|&(_, times)| times != 0));
        if let Some(row) = again.row(&more) {
            for point in points(&problem) {
                prop_assert!(row.sum(&problem, &point) <= row.limit, "rounded again: {row:?} at {point:?}");
            }
        }
    }
}
