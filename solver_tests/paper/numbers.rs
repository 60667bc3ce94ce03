//! Every number of both papers is the plan's, counted here again from `plan.json`-like facts of the library.

use std::collections::BTreeMap;

use demerge::case::Case;
use demerge::case::scenario::Scenario;
use demerge::certify::{Certified, certify};
use demerge::id::AuthorityId;
use demerge::load::{Want, load};
use demerge::solve::{Limits, Solver, solve};

use crate::cli::run::data;
use crate::paper::read::{Table, number, range, table, tables};
use crate::paper::{Pack, pack};

struct Known {
    case: Case,
    scenario: Scenario,
    certified: Certified,
}

fn solved(case: &str, scenario: &str) -> Known {
    let sources = demerge::files::read_case(&data(case)).expect("the case is there");
    let loaded = load(&sources, Want::Solve(Some(scenario))).expect("a good case");
    let (case, scenario) = (loaded.case, loaded.scenarios[0].clone());
    let model = demerge::model::build(&case, &scenario);
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    let outcome = solve(&case, &scenario, &model, &limits);
    let certified = certify(&case, &scenario, outcome).expect("certified");
    Known { case, scenario, certified }
}

impl Known {
    fn name(&self, id: AuthorityId) -> String {
        format!("{} ({})", self.case.authorities[id].name, self.case.authorities[id].code)
    }

    /// Row by row, what a table must say: caption, row, column, number.
    fn truth(&self) -> BTreeMap<(&'static str, String, String), i64> {
        let mut truth = BTreeMap::new();
        let count = |number: usize| i64::try_from(number).expect("a small case");
        let (placements, all) = (self.certified.placements(), self.case.people.len());
        let empty: i64 = self.certified.vacancies().iter().map(|(_, seats)| i64::from(*seats)).sum();
        let seats = |keep: &dyn Fn(usize) -> bool| -> i64 {
            let offered = self.certified.offered();
            let kept = offered.iter().filter(|&&post| keep(demerge::id::Id::index(self.case.posts[post].authority)));
            kept.map(|&post| i64::from(self.case.posts[post].capacity)).sum()
        };
        const MAIN: &str = "People and seats by council";
        const FLOW: &str = "Where each employer's people go";
        let mut add = |caption, row: &str, column: &str, number: i64| {
            truth.insert((caption, row.to_owned(), column.to_owned()), number);
        };
        for id in self.case.authorities.ids() {
            let name = self.name(id);
            let staff = self.case.people.values().filter(|person| person.employer == id).count();
            let there = placements.iter().filter(|placement| placement.authority == id).count();
            let own = seats(&|at| at == demerge::id::Id::index(id));
            add(MAIN, &name, "Employs today", count(staff));
            add(MAIN, &name, "People placed", count(there));
            add(MAIN, &name, "Seats on offer", own);
            add(MAIN, &name, "Empty seats", own - count(there));
            let mut left = staff;
            for to in self.case.authorities.ids() {
                let going =
                    placements.iter().filter(|it| self.case.people[it.person].employer == id && it.authority == to);
                let going = going.count();
                left -= going;
                add(FLOW, &name, &format!("Go to {}", self.name(to)), count(going));
            }
            add(FLOW, &name, "Without a post", count(left));
        }
        add(MAIN, "All", "Employs today", count(all));
        add(MAIN, "All", "People placed", count(placements.len()));
        add(MAIN, "All", "Seats on offer", seats(&|_| true));
        add(MAIN, "All", "Empty seats", empty);
        const OWN: &str = "The proposal beside other rules";
        let met = placements.iter().filter(|placement| placement.preference_met == Some(true)).count();
        let moves = placements.iter().filter(|placement| placement.moved).count();
        for (column, number) in [
            ("People with a post", placements.len()),
            ("Without a post", all - placements.len()),
            ("Change employer", moves),
            ("Council they prefer", met),
        ] {
            add(OWN, "This proposal", column, count(number));
        }
        const WISH: &str = "People who would prefer one council, and what came of it";
        let stated = self.case.people.values().filter(|person| person.preference.stated().is_some()).count();
        let elsewhere = placements.iter().filter(|placement| placement.preference_met == Some(false)).count();
        add(WISH, "Placed at the council that they prefer", "People", count(met));
        add(WISH, "Placed at another council", "People", count(elsewhere));
        add(WISH, "Without a post", "People", count(stated - met - elsewhere));
        add(WISH, "Everyone who would prefer one council", "People", count(stated));
        const MATCH: &str = "People with a post, by how well it matches their job";
        for (name, word) in [
            ("Direct match", "direct"),
            ("Partial match", "partial"),
            ("Suitable alternative", "alternative"),
            ("Promotion", "promotion"),
        ] {
            let number = placements.iter().filter(|placement| placement.kind.word() == word).count();
            add(MATCH, name, "People", count(number));
        }
        truth
    }
}

/// How many numbers of a page were compared; any that is another fails.
fn compare(found: &[Table], truth: &BTreeMap<(&'static str, String, String), i64>, all: bool) -> usize {
    let mut compared = 0;
    for ((caption, row, column), expected) in truth {
        let cell = table(found, caption).and_then(|table| table.cell(row, column));
        match cell.and_then(number) {
            Some(number) => {
                assert_eq!(number, *expected, "{caption}: {row}, {column}");
                compared += 1;
            }
            None => {
                assert!(!all, "{caption}: {row}, {column} is not in the exempt paper ({cell:?})");
                if let Some((least, most)) = cell.and_then(|cell| range(cell, 5)) {
                    assert!((least..=most).contains(expected), "{caption}: {row}, {column}: {cell:?}");
                    compared += 1;
                }
            }
        }
    }
    compared
}

/// Truth: counted again from the certified plan; the values of S1 and S7 stand in `data/README.md`.
#[test]
fn every_count_is_the_plans() {
    for (case, scenario) in [("case47", "S1"), ("case47", "S5"), ("case47", "S7"), ("example", "S1")] {
        let known = solved(case, scenario);
        assert_eq!(known.scenario.id, scenario);
        let truth = known.truth();
        let Pack { public, exempt } = pack(case, scenario, &[]);
        assert_eq!(compare(&tables(&exempt), &truth, true), truth.len());
        let shown = compare(&tables(&public), &truth, false);
        assert!(2 * shown > truth.len(), "{case} {scenario}: only {shown} of {} numbers are public", truth.len());
    }
}

/// Truth: `data/README.md`: 46 of 47 placed, 55 seats of which 9 are empty, 35 of 44 preferences met.
#[test]
fn the_exempt_paper_says_the_known_values_of_s1() {
    let Pack { exempt, .. } = pack("case47", "S1", &[]);
    let tables = tables(&exempt);
    let main = table(&tables, "People and seats by council").expect("the table");
    assert_eq!(main.rows.last().expect("a row")[1..], ["47", "55", "46", "9"].map(str::to_owned));
    let wishes = table(&tables, "People who would prefer one council, and").expect("the table");
    let column: Vec<&str> = wishes.rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(column, ["35", "8", "1", "44"]);
    assert!(exempt.contains("46 of the 47 people would have a post, and 1 would not."));
    for id in 1..=47 {
        assert!(exempt.contains(&format!("P{id:02}")), "P{id:02} is missing");
    }
}

/// Truth: £2,651,696.65 (`data/README.md`), rounded by hand; and the sections in the order that the paper promises.
#[test]
fn the_public_paper_rounds_the_cost_and_keeps_the_order() {
    let Pack { public, .. } = pack("case47", "S1", &["--equality"]);
    assert!(public.contains("about \u{a3}2.7 million a year"));
    assert!(!public.contains("2,651,696"));
    let sections = [
        "purpose",
        "background",
        "proposal",
        "options",
        "staffing",
        "matching",
        "pools",
        "vacancies",
        "statutory",
        "costs",
        "equality",
        "consultation",
        "sources",
        "posts",
        "audit",
    ];
    let places =
        sections.map(|id| public.find(&format!("<h2 id=\"{id}\">")).unwrap_or_else(|| panic!("{id} is missing")));
    assert!(places.is_sorted(), "{places:?}");
}
