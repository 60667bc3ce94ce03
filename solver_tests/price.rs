//! What rules cost, and rules side by side: against trying every plan, against definitions, against case47's known figures.

mod curve;
mod rules;
mod stable;
mod verbs;

use demerge::case::goal::Goal;
use demerge::case::scenario::Objective;
use demerge::case::{Case, StatutoryRole};
use demerge::id::Id;
use demerge::load::{self, SourceFile, Sources, Want};
use demerge::report::price::{page, prices_csv, prices_json};
use demerge::report::terminal::write_text;
use demerge::solve::{Limits, Solver};
use demerge::study::price::check::{Fault, check, check_seats};
use demerge::study::price::seats::{of_post, seats};
use demerge::study::price::{Altered, Best, Prices, Worth, price, variant};
use demerge::study::variant::Variant;

use crate::cli::run::data;
use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::truth;

pub(super) const LIMITS: Limits<'_> = Limits { solver: Solver::Network, should_stop: &|| false };

/// Loads one scenario of a case below `data/`.
pub(super) fn loaded(folder: &str, scenario: &str) -> (Case, demerge::case::scenario::Scenario) {
    let mut files = Vec::new();
    for (below, ending) in [("", "csv"), ("scenarios", "toml")] {
        for entry in std::fs::read_dir(data(folder).join(below)).expect("the case is in the repository") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if name.ends_with(ending) && !name.starts_with("equality") {
                let name = if below.is_empty() { name } else { format!("{below}/{name}") };
                files.push(SourceFile { name, bytes: std::fs::read(&path).expect("readable") });
            }
        }
    }
    let loaded = load::load(&Sources::Folder(files), Want::Solve(Some(scenario))).expect("a good case");
    let scenario = loaded.scenarios.first().expect("the scenario").clone();
    (loaded.case, scenario)
}

fn value(best: &Best, objective: Objective) -> i64 {
    let found = best.values.iter().find(|(goal, _)| goal.objective == objective);
    found.map(|&(_, value)| value).expect("the scenario has this objective")
}

fn best(worth: &Worth) -> &Best {
    worth.best().expect("it is proved")
}

fn row(prices: &Prices, altered: Altered) -> &Worth {
    &prices.rows.iter().find(|row| row.altered == altered).expect("a row").worth
}

/// Truth: the data contract's figures for S1 and S7, which two other exact solvers found.
#[test]
fn stating_preference_first_costs_a_placement_and_cover() {
    let (case, scenario) = loaded("case47", "S1");
    let prices = price(&case, &scenario, &LIMITS).expect("certified");
    let objectives = [
        Objective::Placed,
        Objective::Statutory,
        Objective::Preference,
        Objective::Match,
        Objective::Rank,
        Objective::Cost,
    ];
    let figures = |best: &Best| objectives.map(|objective| value(best, objective));
    assert_eq!(figures(best(&prices.base)), [46, 4, 35, 1, 51, 265_169_665]);
    let first = best(row(&prices, Altered::First(2)));
    assert_eq!(figures(first), [45, 3, 37, 5, 47, 260_702_209]);
    let lost: Vec<_> = best(&prices.base).cover.difference(&first.cover).collect();
    assert!(matches!(lost[..], [&(authority, StatutoryRole::S151)] if case.authorities[authority].code == "B"));
    let text = write_text(&page(&case, &scenario, &prices, None), 5_000);
    let sentence = "Stating the preference objective first (People with the authority they stated) meets 2 more \
                    preferences (37, not 35), lowers the sum of ranks by 4 (47, not 51) and lowers pay with on-cost by \
                    £44,674.56 a year (£2,607,022.09, not £2,651,696.65); in return it places 1 person fewer (45, not 46), \
                    covers 1 statutory role fewer (3, not 4; lost: S151 at B) and raises the distance from direct \
                    matches by 4 (5, not 1).";
    assert!(text.contains(sentence), "{text}");
    check(&case, &scenario, &prices, &LIMITS).expect("the table holds");
}

/// Truth: the data contract's S5; without its rule on employers it is S1.
#[test]
fn staying_with_the_employer_costs_what_the_contract_says() {
    let (case, scenario) = loaded("case47", "S5");
    let prices = price(&case, &scenario, &LIMITS).expect("certified");
    let placed = |worth: &Worth| [Objective::Placed, Objective::Statutory].map(|it| value(best(worth), it));
    assert_eq!(placed(&prices.base), [42, 2]);
    assert_eq!(placed(row(&prices, Altered::EveryAuthority)), [46, 4]);
    assert_eq!(value(best(row(&prices, Altered::EveryAuthority)), Objective::Cost), 265_169_665);
}

/// Truth: trying every plan of the case with the rule taken out.
#[test]
fn every_row_is_worth_what_trying_every_plan_finds() {
    let mut rows = 0;
    for seed in 0..60 {
        rows += truth::on_seed(4_000_000 + seed, Size::BRUTE, &|case, scenario| {
            let prices = price(case, scenario, &LIMITS).map_err(|refusal| refusal.to_string())?;
            for row in &prices.rows {
                let variant = variant(case, scenario, row.altered);
                agrees(&row.worth, &variant).map_err(|told| format!("{:?}: {told}", row.altered))?;
                let plan = row.worth.best().map(|best| &best.plan);
                if plan != oracle::truth(&variant.case, &variant.scenario).plan() {
                    return Err(format!("{:?}: not the plan that solve shows", row.altered));
                }
            }
            agrees(&prices.base, &Variant::of(case, scenario))?;
            Ok(prices.rows.len())
        });
    }
    assert!(rows > 120, "only {rows} rows were tried");
}

fn agrees(worth: &Worth, variant: &Variant) -> Result<(), String> {
    match (worth, oracle::truth(&variant.case, &variant.scenario)) {
        (Worth::Impossible, Truth::Impossible) => Ok(()),
        (Worth::Best(best), Truth::Best { values, .. }) => {
            // The oracle has the values in the order of the variant; each objective that is one number is compared.
            let single = |(goal, found): &&(Goal, i64)| {
                let position = variant.scenario.objectives.iter().position(|it| *it == goal.objective);
                let before = |end: usize| variant.scenario.objectives[..end].iter().all(|it| it.profile().is_none());
                position.filter(|&at| before(at + 1)).is_some_and(|at| values[at] != *found)
            };
            match best.values.iter().find(|it| single(it)) {
                Some(wrong) => Err(format!("{wrong:?}, not as in {values:?}")),
                None => Ok(()),
            }
        }
        (worth, truth) => Err(format!("{worth:?}, not {truth:?}")),
    }
}

/// Truth: trying every plan with one seat more, and with one fewer.
#[test]
fn a_seat_is_worth_what_trying_every_plan_finds() {
    for seed in 0..30 {
        truth::on_seed(4_100_000 + seed, Size::BRUTE, &|case, scenario| {
            for seat in seats(case, scenario, &LIMITS).map_err(|refusal| refusal.to_string())? {
                let now = case.posts[seat.post].capacity;
                agrees(&seat.more, &Variant::of(case, scenario).with_seats(seat.post, now + 1))?;
                agrees(&seat.fewer, &Variant::of(case, scenario).with_seats(seat.post, now - 1))?;
            }
            Ok(())
        });
    }
}

/// By hand: A06 is the one seat for which P05 and P07 compete, so one more places both.
#[test]
fn one_more_seat_in_a06_places_everyone() {
    let (case, scenario) = loaded("case47", "S1");
    let (post, _) = case.posts.iter().find(|(_, post)| post.code == "A06").expect("A06");
    let seat = of_post(&case, &scenario, post, &LIMITS).expect("certified");
    assert_eq!(value(best(&seat.more), Objective::Placed), 47);
    assert_eq!(value(best(&seat.fewer), Objective::Placed), 45);
}

/// Every entry of a table, altered by itself, is refused.
#[test]
fn an_altered_price_is_refused() {
    let (case, scenario) = loaded("example", "S1");
    let good = price(&case, &scenario, &LIMITS).expect("certified");
    check(&case, &scenario, &good, &LIMITS).expect("the table holds");
    for at in 0..good.rows.len() {
        let Worth::Best(best) = &good.rows[at].worth else { continue };
        for value in 0..best.values.len() {
            let mut bad = good.clone();
            let Worth::Best(best) = &mut bad.rows[at].worth else { unreachable!("matched above") };
            best.values[value].1 += 1;
            let refused = check(&case, &scenario, &bad, &LIMITS);
            assert!(matches!(refused, Err(Fault::Row(altered)) if altered == good.rows[at].altered), "{refused:?}");
        }
        let mut bad = good.clone();
        bad.rows[at].worth = Worth::Impossible;
        assert!(matches!(check(&case, &scenario, &bad, &LIMITS), Err(Fault::Row(_))));
        let mut bad = good.clone();
        bad.rows.remove(at);
        assert!(matches!(check(&case, &scenario, &bad, &LIMITS), Err(Fault::Rows)));
    }
    let mut bad = good.clone();
    bad.base = Worth::Stopped;
    assert!(matches!(check(&case, &scenario, &bad, &LIMITS), Err(Fault::Base)));
    let mut row = of_post(&case, &scenario, Id::at(0), &LIMITS).expect("certified");
    check_seats(&case, &scenario, std::slice::from_ref(&row), &LIMITS).expect("the price holds");
    row.more = Worth::Impossible;
    assert!(matches!(check_seats(&case, &scenario, &[row], &LIMITS), Err(Fault::Seat(_))));
}

/// Where the scenario has no plan, the table says which single rule would give one: by hand from `why` of S9.
#[test]
fn an_impossible_scenario_is_priced_by_what_would_help() {
    let (case, scenario) = loaded("example", "S9");
    let prices = price(&case, &scenario, &LIMITS).expect("certified");
    assert_eq!(prices.base, Worth::Impossible);
    assert!(row(&prices, Altered::Clause(0)).best().is_some());
    assert!(row(&prices, Altered::Pin(0)).best().is_some());
    let text = write_text(&page(&case, &scenario, &prices, None), 80);
    assert!(text.contains("No plan keeps every rule") && text.contains("there is a plan"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

/// The same input gives the same bytes, and the files say what the table says.
#[test]
fn the_files_of_prices_hold_the_table() {
    let (case, scenario) = loaded("example", "S1");
    let prices = price(&case, &scenario, &LIMITS).expect("certified");
    let seats = seats(&case, &scenario, &LIMITS).expect("certified");
    let json = prices_json(&case, &scenario, &prices, Some(&seats));
    assert_eq!(
        json,
        prices_json(&case, &scenario, &price(&case, &scenario, &LIMITS).expect("certified"), Some(&seats))
    );
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["schema"], "demerge/price/1");
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(prices.rows.len()));
    assert_eq!(json["seats"].as_array().map(Vec::len), Some(seats.len()));
    let csv = String::from_utf8(prices_csv(&case, &scenario, &prices, Some(&seats))).expect("UTF-8");
    assert!(csv.starts_with("\u{feff}rule,change,status,objective,was,is,worse\r\n"), "{csv}");
    assert!(csv.contains("max_grades_down") && csv.contains("order preference"), "{csv}");
}
