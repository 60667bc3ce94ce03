//! What `demerge monitor` shows of case47, and the check that refuses an altered figure.

use std::collections::BTreeMap;
use std::fs;

use demerge::files::{read_case, read_restricted};
use demerge::load::equality::{self, Characteristics};
use demerge::load::{Loaded, SourceFile, Sources, Want, load};
use demerge::quantity::BasisPoints;
use demerge::solve::{Limits, Solver};
use demerge::study::monitor::audit::audit;
use demerge::study::monitor::{Event, Monitor, monitor};
use demerge::study::variant::Variant;
use serde_json::Value;

use crate::cli::run::{data, demerge, folder, text};

fn case47(scenario: &str) -> (Loaded, Characteristics) {
    let sources = read_case(&data("case47")).expect("case47");
    let loaded = load(&sources, Want::Solve(Some(scenario))).unwrap_or_else(|faults| panic!("{faults}"));
    let restricted = read_restricted(&data("case47")).expect("case47");
    let read = equality::load(&restricted, &loaded.case).unwrap_or_else(|faults| panic!("{faults}"));
    (loaded, read.characteristics)
}

fn limits() -> Limits<'static> {
    Limits { solver: Solver::Network, should_stop: &|| false }
}

/// Truth: the CSV files of the plan and of the table, joined here by hand, for every scenario.
#[test]
fn the_counts_are_those_of_the_files() {
    for scenario in ["S1", "S5", "S7"] {
        let (loaded, characteristics) = case47(scenario);
        let certified = Variant::of(&loaded.case, &loaded.scenarios[0]).answer(&limits()).expect("certified");
        let found = monitor(&loaded.case, &certified, &characteristics, 3).expect("a plan");
        let table = fs::read_to_string(data("case47").join("equality_restricted.csv")).expect("the table");
        let sex: BTreeMap<&str, &str> =
            table.lines().skip(1).map(|line| (&line[..3], line.split(',').nth(1).expect("sex"))).collect();
        let women = sex.values().filter(|it| **it == "F").count();
        let moved = |value: &str| {
            let all = certified.placements().iter().filter(|it| it.moved);
            all.filter(|it| sex[loaded.case.people[it.person].code.as_str()] == value).count()
        };
        let compared = &found.characteristics[0];
        assert_eq!((compared.name, compared.groups.len()), ("sex", 2));
        assert_eq!(compared.groups[0].people, u32::try_from(women).ok());
        for (at, value) in ["F", "M"].into_iter().enumerate() {
            if let Some(rate) = compared.events[3].rates[at] {
                assert_eq!(usize::try_from(rate.part).expect("few"), moved(value), "{scenario} {value}");
            }
        }
        assert_eq!(audit(&loaded.case, &certified, &characteristics, &found), Ok(()), "{scenario}");
    }
}

/// One entry altered at a time; each must be refused.
#[test]
fn an_altered_figure_is_refused() {
    let (loaded, characteristics) = case47("S5");
    let certified = Variant::of(&loaded.case, &loaded.scenarios[0]).answer(&limits()).expect("certified");
    let good = monitor(&loaded.case, &certified, &characteristics, 5).expect("a plan");
    let check = |mutant: &Monitor| audit(&loaded.case, &certified, &characteristics, mutant);
    assert_eq!(check(&good), Ok(()));
    let mut refused = 0;
    let mut refuse = |what: &str, alter: &dyn Fn(&mut Monitor)| {
        let mut mutant = good.clone();
        alter(&mut mutant);
        if mutant != good {
            assert!(check(&mutant).is_err(), "{what} passed");
            refused += 1;
        }
    };
    refuse("people", &|it| it.people += 1);
    refuse("without_row", &|it| it.without_row += 1);
    refuse("order", &|it| it.totals.swap(0, 1));
    refuse("lost", &|it| drop(it.characteristics.pop()));
    for event in 0..5 {
        refuse("total", &|it| it.totals[event].1 += 1);
    }
    for (at, compared) in good.characteristics.iter().enumerate() {
        for group in 0..compared.groups.len() {
            refuse("size", &|it| {
                let people = &mut it.characteristics[at].groups[group].people;
                *people = people.map(|people| people + 1);
            });
            refuse("value", &|it| it.characteristics[at].groups[group].value.push('x'));
            for event in 0..5 {
                let rate = |it: &mut Monitor, alter: &dyn Fn(&mut demerge::study::monitor::Rate)| {
                    if let Some(rate) = &mut it.characteristics[at].events[event].rates[group] {
                        alter(rate);
                    }
                };
                refuse("part", &|it| rate(it, &|rate| rate.part -= 1));
                refuse("of", &|it| rate(it, &|rate| rate.of += 1));
                refuse("p", &|it| rate(it, &|rate| rate.test.iter_mut().for_each(|test| test.mid_p += 1)));
                refuse("difference", &|it| {
                    rate(it, &|rate| rate.test.iter_mut().for_each(|test| test.difference = BasisPoints(1)));
                });
                refuse("interval", &|it| {
                    rate(it, &|rate| rate.test.iter_mut().for_each(|test| test.interval.high = BasisPoints(9_999)));
                });
            }
        }
        for event in 0..5 {
            refuse("impact", &|it| {
                let impact = &mut it.characteristics[at].events[event].impact;
                impact.iter_mut().for_each(|impact| impact.part += 1);
            });
        }
    }
    assert!(refused > 50, "only {refused} mutants");
}

/// A number that was kept back and is put back is refused, whichever it is: it is small, or it tells a small one.
#[test]
fn a_secret_that_is_let_out_is_refused() {
    let (loaded, characteristics) = case47("S1");
    let certified = Variant::of(&loaded.case, &loaded.scenarios[0]).answer(&limits()).expect("certified");
    let all = monitor(&loaded.case, &certified, &characteristics, 0).expect("a plan");
    let good = monitor(&loaded.case, &certified, &characteristics, 5).expect("a plan");
    let mut refused = 0;
    for (at, compared) in good.characteristics.iter().enumerate() {
        for (event, rates) in compared.events.iter().enumerate() {
            for group in 0..rates.rates.len() {
                let told =
                    all.characteristics[at].events[event].rates[group].expect("nothing is kept back below nought");
                let small = told.part.min(told.of - told.part) < 5;
                if rates.rates[group].is_none() && small {
                    let mut mutant = good.clone();
                    mutant.characteristics[at].events[event].rates[group] = Some(told);
                    assert!(
                        audit(&loaded.case, &certified, &characteristics, &mutant).is_err(),
                        "{at} {event} {group}"
                    );
                    refused += 1;
                }
            }
        }
    }
    assert!(refused > 20, "only {refused} secrets");
    assert_eq!(good.totals[4], (Event::AtRisk, 1));
}

#[test]
fn the_program_marks_every_output_as_restricted() {
    let out = folder();
    let [csv, json, html] = ["m.csv", "m.json", "m.html"].map(|name| out.path().join(name));
    let case = data("case47");
    let arguments =
        ["monitor", text(&case), "--scenario", "S5", "--out", text(&csv), "--json", text(&json), "--html", text(&html)];
    let ran = demerge(&arguments);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let marking = "Restricted: equality data";
    assert!(ran.out.starts_with(marking) && ran.out.contains("[c]"), "{}", ran.out);
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    for word in ["s19", "s149", "80 %", "Newcombe", "mid-p", "no finding of discrimination"] {
        assert!(ran.out.split_whitespace().collect::<Vec<_>>().join(" ").contains(word), "{word}: {}", ran.out);
    }
    let list = fs::read_to_string(&csv).expect("UTF-8");
    assert!(list.lines().skip(1).all(|line| line.starts_with(marking)) && list.lines().count() > 50);
    let document: Value = serde_json::from_slice(&fs::read(&json).expect("a file")).expect("JSON");
    assert_eq!((&document["schema"], &document["marking"]), (&"demerge/monitor/1".into(), &marking.into()));
    assert!(fs::read_to_string(&html).expect("UTF-8").contains(marking));
    assert_eq!(demerge(&arguments).code, 7, "files are not replaced without --force");
    assert_eq!(demerge(&["monitor", text(&case), "--scenario", "S5", "--threshold", "2"]).code, 2);
    let none = demerge(&["monitor", text(&data("cases/good/three_authorities")), "--scenario", "S1"]);
    assert_eq!(none.code, 3);
    assert!(none.err.contains("error[L101]") && none.err.contains("equality_restricted.csv"), "{}", none.err);
}

/// By hand: one fault of each kind, each with its row and column.
#[test]
fn faults_of_the_table_are_listed_with_their_cells() {
    let (loaded, _) = case47("S1");
    let bytes = "person_id,sex,age_at_separation,family_protection_start\nP01,F,46,\nP99,M,30,\nP02,f,9,2026-13-01\n\
                 P01,M,x,\n";
    let file = SourceFile { name: "equality_restricted.csv".to_owned(), bytes: bytes.into() };
    let faults = equality::load(&Sources::Folder(vec![file]), &loaded.case).expect_err("faults").to_string();
    for word in [
        "L301]",
        "row 3 column A",
        "L206]",
        "row 4 column B",
        "L205]",
        "row 4 column C",
        "L209]",
        "row 4 column D",
        "L214]",
        "row 5 column A",
        "L202]",
        "row 5 column C",
    ] {
        assert!(faults.contains(word), "{word}: {faults}");
    }
}
