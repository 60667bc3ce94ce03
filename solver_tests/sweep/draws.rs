//! What is drawn, and what comes of it.

use std::collections::BTreeMap;
use std::fs;

use demerge::case::scenario::{Clause, Scenario};
use demerge::case::sweep::{Chance, Chances, SweepPlan, Wish};
use demerge::case::{Case, Decision, Link, LinkKind, Pin, Preferred};
use demerge::certify::{Status, goals};
use demerge::id::{Id, Table};
use demerge::quantity::BasisPoints;
use demerge::study::sweep::altered::Altered;
use demerge::study::sweep::draw::Drawn;
use demerge::study::sweep::row::{Measure, Whereabouts};
use demerge::study::sweep::{Scene, Sweep};

use crate::cases;
use crate::cli::run::{copy, data, folder};
use crate::generate::{self, Size};
use crate::oracle::{Truth, truth};
use crate::sweep::{LIMITS, PLAN, loaded, people_of, plan_in, swept, table};

fn plan_of(scenario: &Scenario, samples: u32, chances: Chances) -> SweepPlan {
    let (base, points) = (scenario.id.clone(), vec![scenario.clone()]);
    SweepPlan { base, seed: 3, samples, axes: Vec::new(), points, chances }
}

fn scenes(case: &Case, plan: &SweepPlan) -> Vec<Scene> {
    let sweep = Sweep::new(case, plan);
    let scene = |number| sweep.scene(number, &LIMITS).expect("certified").expect("no limits");
    (0..plan.scenarios()).map(scene).collect()
}

fn everything(case: &Case) -> Chances {
    Chances {
        leaves: Table::filled(Chance(250_000), case.people.len()),
        changes: Table::filled(Chance(300_000), case.people.len()),
        changed_to: vec![(Wish::Other, Chance(700_000)), (Wish::Is(Preferred::NoPreference), Chance(300_000))],
        answers: vec![
            (Wish::Is(Preferred::Authority(cases::authority(0))), Chance(500_000)),
            (Wish::Is(Preferred::Blank), Chance(500_000)),
        ],
        withdrawn: Table::filled(Chance(150_000), case.posts.len()),
        recruited: Table::filled(Chance(500_000), case.posts.len()),
    }
}

/// Truth: every plan of the altered case tried, for random small cases with rules, decisions and links.
#[test]
fn rows_are_what_trying_every_plan_finds() {
    let (mut solved, mut impossible) = (0, 0);
    for seed in 0..60 {
        let (case, scenario) = generate::case(8_400_000 + seed, Size::BRUTE);
        // Enough samples that they are put together from pieces where the case comes apart.
        let sweeping = plan_of(&scenario, 8, everything(&case));
        for scene in scenes(&case, &sweeping) {
            let altered = Altered::of(&case, &scene.drawn);
            match truth(&altered.case, &scenario) {
                Truth::Impossible => {
                    assert_eq!((scene.row.status, &scene.row.figures), (Status::Impossible, &None));
                    impossible += 1;
                }
                Truth::Best { values, plan, .. } => {
                    let figures = scene.row.figures.expect("there is a plan");
                    assert_eq!(scene.row.status, Status::Optimal, "seed {seed}");
                    let measures = goals(&altered.case, &scenario).into_iter().map(Measure::of);
                    let told: BTreeMap<Measure, i64> = measures.zip(values).collect();
                    let sweep = Sweep::new(&case, &sweeping);
                    for (measure, value) in sweep.columns().measures.iter().zip(&figures.values) {
                        // A rank that only leavers could have is nought in the row, and no number of the altered case.
                        assert_eq!(*value, Some(told.get(measure).copied().unwrap_or(0)), "seed {seed}: {measure:?}");
                    }
                    assert_eq!(figures.placed as usize, plan.placed().count());
                    assert_eq!(figures.at_risk as usize, altered.kept.len() - plan.placed().count());
                    for (now, post) in plan.iter() {
                        let place = post.map_or(Whereabouts::AtRisk, Whereabouts::Post);
                        assert_eq!(scene.places[altered.kept[now.index()].index()], place, "the canonical plan");
                    }
                    solved += 1;
                }
            }
        }
    }
    assert!(solved > 100 && impossible > 5, "{solved} and {impossible}");
}

/// By hand: two people for one post. Without the first, the second is placed, and makes all of a share.
#[test]
fn whoever_has_left_counts_no_more() {
    let mut case = cases::two_for_one();
    let mut scenario = cases::scenario();
    let half = Clause::PeopleShare { authority: cases::authority(0), min: Some(BasisPoints(10_000)), max: None };
    scenario.fairness = vec![cases::must(half)];
    let all = scenes(&case, &plan_of(&scenario, 1, Chances::none(&case)));
    assert_eq!(all[0].row.status, Status::Impossible, "one of two is half");
    assert_eq!(all[0].places, [Whereabouts::Unknown, Whereabouts::Unknown]);
    let pin = |decision| Pin {
        row: 2,
        person: cases::person(0),
        decision,
        reason: String::new(),
        decided_by: String::new(),
        date: None,
    };
    case.pins = vec![pin(Decision::MustPost(cases::post(0)))];
    let people = [cases::person(0), cases::person(1)];
    case.links = vec![Link { row: 2, people, kind: LinkKind::SameAuthority }];
    let mut chances = Chances::none(&case);
    chances.leaves[cases::person(0)] = Chance::CERTAIN;
    let all = scenes(&case, &plan_of(&scenario, 1, chances.clone()));
    assert_eq!(all[0].row.status, Status::Optimal, "decision and link have fallen with the leaver");
    assert_eq!(all[0].places, [Whereabouts::Left, Whereabouts::Post(cases::post(0))]);
    let figures = all[0].row.figures.as_ref().expect("a plan");
    assert_eq!((figures.placed, figures.at_risk, all[0].row.drawn.leavers), (1, 0, 1));
    chances.withdrawn[cases::post(0)] = Chance::CERTAIN;
    scenario.fairness.clear();
    let all = scenes(&case, &plan_of(&scenario, 1, chances.clone()));
    let figures = all[0].row.figures.as_ref().expect("a plan");
    assert_eq!((figures.placed, figures.at_risk, figures.vacancies_total()), (0, 1, 0));
    assert_eq!(all[0].row.drawn.withdrawn, 1);
    chances.leaves[cases::person(1)] = Chance::CERTAIN;
    chances.withdrawn[cases::post(0)] = Chance::NEVER;
    chances.recruited[cases::post(0)] = Chance::CERTAIN;
    let all = scenes(&case, &plan_of(&scenario, 1, chances));
    let figures = all[0].row.figures.as_ref().expect("nobody is left, and the empty plan keeps every rule");
    assert_eq!((figures.placed, figures.at_risk, figures.vacancies_total(), figures.filled_total()), (0, 0, 1, 1));
}

/// By hand: 1 in 20 of 47 people over 400 samples is 940; answers come in the shares of the plan.
#[test]
fn draws_come_in_their_shares() {
    let plan = "scenario = \"S1\"\nseed = 5\nscenarios = 400\n[sample]\nleavers = 0.05\n[sample.answers]\nA = 0.25\nB = 0.75\n";
    let read = loaded("case47", plan);
    let sweep = Sweep::new(&read.loaded.case, &read.plan);
    let offered = Vec::new();
    let drawn: Vec<Drawn> = (0..400)
        .map(|sample| {
            let dice = demerge::study::sweep::draw::Dice { seed: 5, sample };
            demerge::study::sweep::draw::draw(sweep.case(), &offered, &read.plan.chances, dice)
        })
        .collect();
    let leavers: usize = drawn.iter().map(|it| it.leavers.len()).sum();
    // Four standard deviations of 30 either way.
    assert!((820..1_060).contains(&leavers), "{leavers}");
    let answers: Vec<Preferred> =
        drawn.iter().flat_map(|it| it.answered.iter().map(|&(_, preferred)| preferred)).collect();
    let b = answers.iter().filter(|&&it| it == Preferred::Authority(cases::authority(1))).count();
    assert!(
        answers.len() > 300 && b * 100 > answers.len() * 65 && b * 100 < answers.len() * 85,
        "{b} of {}",
        answers.len()
    );
    let points = |at: usize| drawn[at].clone();
    assert!((1..400).any(|at| points(at) != points(0)), "samples differ");
}

/// Truth: the same case with the rows of every table turned round.
#[test]
fn the_order_of_rows_draws_nothing_else() {
    let folder = folder();
    let turned = folder.path().join("turned");
    copy(&data("example"), &turned, |csv| {
        let mut lines: Vec<&str> = csv.lines().collect();
        lines[1..].reverse();
        format!("{}\n", lines.join("\n")).into_bytes()
    });
    let plan = plan_in(folder.path(), PLAN);
    let tables = [data("example"), turned].map(|case| {
        let out = folder.path().join(format!("{}.parquet", case.file_name().expect("a name").to_string_lossy()));
        assert_eq!(swept(&case, &plan, &out, &[]).code, 0);
        (table(&out), table(&people_of(&out)))
    });
    assert_eq!(tables[0], tables[1]);
    assert!(fs::exists(folder.path().join("turned.parquet")).expect("ours"));
}

/// Truth: each scenario asked for by itself, so that no answer is kept from another.
#[test]
fn kept_answers_are_those_that_would_be_found() {
    let read = loaded("example", PLAN);
    let all = scenes(&read.loaded.case, &read.plan);
    for number in (0..read.plan.scenarios()).step_by(7) {
        let fresh = Sweep::new(&read.loaded.case, &read.plan);
        let alone = fresh.scene(number, &LIMITS).expect("certified").expect("no limits");
        assert_eq!(alone, all[usize::try_from(number).expect("small")]);
    }
    // Points differ by their settings, not by luck: the same sample draws alike at each.
    assert_eq!(all[0].drawn.leavers, all[15].drawn.leavers);
    assert!(all.iter().any(|scene| scene.row.drawn.changed > 0) && all.iter().any(|it| it.row.drawn.withdrawn > 0));
}
