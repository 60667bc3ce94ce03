//! Rules side by side: case47's known figures, and tables that were altered.

use demerge::report::rules::{page, rules_csv, rules_json};
use demerge::report::terminal::write_text;
use demerge::study::rules::{Fault, Figures, Made, SideBySide, Way, check, compare};
use demerge::study::stable::Priority;

use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::price::{LIMITS, loaded};
use crate::truth;

fn figures(table: &SideBySide, way: Way) -> &Figures {
    let column = table.columns.iter().find(|column| column.way == way).expect("every rule is there");
    match &column.made {
        Made::Plan(figures) => figures,
        made => panic!("{way:?}: {made:?}"),
    }
}

/// Truth: the data contract's S1 and S5, and what each rule means.
#[test]
fn case47_side_by_side() {
    let (case, scenario) = loaded("case47", "S1");
    let table = compare(&case, &scenario, Priority::by_service(&case), &LIMITS).expect("certified");
    assert_eq!(table.stated, 44);
    for way in [Way::Own, Way::PreferenceInformed] {
        let own = figures(&table, way);
        assert_eq!((own.placed, own.cover.len(), own.preference_met, own.vacancies), (46, 4, 35, 9));
        assert_eq!((own.differs.len(), own.breaches), (0, 0));
    }
    let stay = figures(&table, Way::EmployerDefault);
    assert_eq!((stay.placed, stay.cover.len(), stay.preference_met, stay.moves), (42, 2, 30, 0));
    for way in Way::ALL {
        let it = figures(&table, way);
        let ranked: usize = it.ranks.iter().map(|&(_, people)| people).sum();
        assert_eq!(ranked + it.unlisted + it.no_response + it.unplaced, 47, "{way:?}");
        assert_eq!(it.placed + it.unplaced, 47);
        assert_eq!(it.blocking == 0, way == Way::Stable || it.blocking == 0, "{way:?}");
    }
    assert_eq!(figures(&table, Way::Stable).blocking, 0);
    assert_eq!(figures(&table, Way::Generous).placed, 46);
    let firsts =
        |way| figures(&table, way).ranks.first().map_or(0, |&(rank, people)| if rank == 1 { people } else { 0 });
    assert!(Way::ALL.iter().all(|&way| way == Way::Stable || firsts(way) <= firsts(Way::RankMaximal)));
    check(&case, &scenario, &table, &LIMITS).expect("the table holds");
    let text = write_text(&page(&case, &scenario, &table), 80);
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

/// Truth: trying every plan under the scenario of each rule.
#[test]
fn every_rule_gives_the_plan_that_trying_every_plan_finds() {
    for seed in 0..25 {
        truth::on_seed(5_300_000 + seed, Size::BRUTE, &|case, scenario| {
            let table = compare(case, scenario, Priority::by_service(case), &LIMITS).map_err(|it| it.to_string())?;
            for column in &table.columns {
                let Some(changed) = demerge::study::rules::scenario_of(scenario, column.way) else { continue };
                match (&column.made, oracle::truth(case, &changed)) {
                    (Made::Impossible, Truth::Impossible) => {}
                    (Made::Plan(figures), Truth::Best { plan, .. }) if figures.plan == plan => {}
                    (made, truth) => return Err(format!("{:?}: {made:?}, not {truth:?}", column.way)),
                }
            }
            Ok(())
        });
    }
}

/// Each figure of a table, altered by itself, is refused; a plan with a blocking pair is not called stable.
#[test]
fn an_altered_table_of_rules_is_refused() {
    let (case, scenario) = loaded("example", "S1");
    let good = compare(&case, &scenario, Priority::by_service(&case), &LIMITS).expect("certified");
    check(&case, &scenario, &good, &LIMITS).expect("the table holds");
    let alterations: [fn(&mut Figures); 6] = [
        |it| it.placed += 1,
        |it| it.blocking += 1,
        |it| it.moves += 1,
        |it| it.preference_met += 1,
        |it| it.vacancies += 1,
        |it| it.ranks.clear(),
    ];
    for at in 0..good.columns.len() {
        for alter in alterations {
            let mut bad = good.clone();
            let Made::Plan(figures) = &mut bad.columns[at].made else { continue };
            alter(figures);
            let refused = check(&case, &scenario, &bad, &LIMITS);
            assert!(matches!(refused, Err(Fault::Differs(way)) if way == good.columns[at].way), "{refused:?}");
        }
    }
    let mut bad = good.clone();
    let nobody = vec![None; case.people.len()];
    let last = bad.columns.last_mut().expect("the stable rule");
    let Made::Plan(figures) = &mut last.made else { panic!("the stable rule always has a plan") };
    figures.plan = demerge::case::answer::Plan::new(&case, nobody);
    assert!(matches!(check(&case, &scenario, &bad, &LIMITS), Err(Fault::Blocked)));
}

/// The files hold the table, the same each time.
#[test]
fn the_files_of_rules_hold_the_table() {
    let (case, scenario) = loaded("example", "S1");
    let table = compare(&case, &scenario, Priority::by_service(&case), &LIMITS).expect("certified");
    let json: serde_json::Value = serde_json::from_slice(&rules_json(&case, &scenario, &table)).expect("JSON");
    assert_eq!(json["rules"].as_array().map(Vec::len), Some(9));
    assert_eq!(json["rules"][0]["rule"], "scenario");
    assert_eq!(json["rules"][8]["blocking_pairs"], 0);
    let csv = String::from_utf8(rules_csv(&case, &table)).expect("UTF-8");
    assert_eq!(csv.lines().count(), 10, "{csv}");
}
