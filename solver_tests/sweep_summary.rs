//! The summary of a sweep against a plain recount of its scenarios.

use std::fs;

use demerge::case::sweep::{Axis, AxisValue, Chance, Chances, SweepPlan, Wish};
use demerge::case::{Case, Preferred, StatutoryRole};
use demerge::certify::Status;
use demerge::id::Id;
use demerge::report::sweep::{People, View, page, summary_json};
use demerge::report::terminal::write_text;
use demerge::solve::{Limits, Solver};
use demerge::study::sweep::row::Whereabouts;
use demerge::study::sweep::summary::{Input, Point, Probability, Seen, Summary, Tally};
use demerge::study::sweep::{Scene, Sweep};

use crate::cases::{authority, post, scenario, tiny};
use crate::cli::run::{data, demerge, folder, text};

/// Two points: as consulted, and with at least three quarters of all people at A; people leave and a post may be withdrawn.
fn plan(case: &Case) -> SweepPlan {
    let mut base = scenario();
    base.statutory_cover.roles = vec![StatutoryRole::Mo];
    let mut strict = base.clone();
    strict.fairness = vec![crate::cases::must(demerge::case::scenario::Clause::PeopleShare {
        authority: authority(0),
        min: Some(demerge::quantity::BasisPoints(6_000)),
        max: None,
    })];
    let mut chances = Chances::none(case);
    case.people.ids().for_each(|person| chances.leaves[person] = Chance(300_000));
    chances.withdrawn[post(1)] = Chance(500_000);
    chances.recruited[post(2)] = Chance(500_000);
    chances.answers = vec![
        (Wish::Is(Preferred::Authority(authority(0))), Chance(500_000)),
        (Wish::Is(Preferred::Blank), Chance(500_000)),
    ];
    SweepPlan {
        base: "S1".to_owned(),
        seed: 5,
        samples: 60,
        axes: vec![Axis {
            key: "fairness.1.min_pct".to_owned(),
            values: vec![AxisValue::Number { value: 0, decimals: 0 }, AxisValue::Number { value: 60, decimals: 0 }],
        }],
        points: vec![base, strict],
        chances,
    }
}

fn case() -> Case {
    let mut case = tiny();
    let first = case.people.ids().next().expect("four people");
    case.people[first].statutory_roles.insert(StatutoryRole::Mo);
    case.posts[post(0)].retained_shared = Some(true);
    case
}

fn scenes(sweep: &Sweep<'_>) -> Vec<Scene> {
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    let one = |number| sweep.scene(number, &limits).expect("confirmed").expect("nobody stops it");
    (0..sweep.plan().scenarios()).map(one).collect()
}

fn summarise<'s>(sweep: &Sweep<'_>, scenes: impl Iterator<Item = &'s Scene>) -> Summary {
    let mut tally = Tally::new(sweep.case(), sweep.plan(), sweep.columns());
    scenes.for_each(|it| tally.add(Seen { row: &it.row, places: &it.places, withdrawn: &it.drawn.withdrawn }));
    tally.finish()
}

fn counts(it: &Probability) -> (u64, u64) {
    (it.hits, it.of)
}

fn times(scenes: &[&Scene], happens: impl Fn(&Scene) -> bool) -> (u64, u64) {
    (scenes.iter().filter(|it| happens(it)).count() as u64, scenes.len() as u64)
}

/// Everything about one point, counted again by its words.
fn recount(case: &Case, point: &Point, scenes: &[&Scene]) {
    let planned: Vec<&Scene> = scenes.iter().copied().filter(|it| it.row.status == Status::Optimal).collect();
    assert_eq!(point.draws.planned, planned.len() as u64);
    assert_eq!(point.draws.impossible, times(scenes, |it| it.row.status == Status::Impossible).0);
    let empty = |scene: &Scene, id| {
        let holders = scene.places.iter().filter(|&&place| place == Whereabouts::Post(id)).count();
        i64::from(case.posts[id].capacity) - i64::try_from(holders).expect("few")
    };
    let sum: i64 = planned
        .iter()
        .map(|scene| {
            let open = case.posts.ids().filter(|id| !scene.drawn.withdrawn.contains(id));
            open.map(|id| empty(scene, id)).sum::<i64>()
        })
        .sum();
    let mean = (sum * 1_000 * 2 + point.empty.draws as i64) / (2 * point.empty.draws as i64);
    assert_eq!(point.empty.mean.thousandths, mean, "half up, as no sum here lies on a half");
    for risk in &point.posts {
        let offered: Vec<&Scene> =
            planned.iter().copied().filter(|scene| !scene.drawn.withdrawn.contains(&risk.post)).collect();
        assert_eq!(counts(&risk.empty), times(&offered, |scene| empty(scene, risk.post) > 0));
    }
    assert_eq!(point.posts.len(), case.posts.len());
    let at_risk: usize = planned.iter().map(|it| it.places.iter().filter(|&&p| p == Whereabouts::AtRisk).count()).sum();
    assert_eq!(point.at_risk.mean.thousandths, (at_risk * 2_000 + planned.len()) as i64 / (2 * planned.len()) as i64);
    for outcomes in &point.people {
        let at = outcomes.person.index();
        let in_post = |retained: bool, whose: Option<usize>| {
            times(&planned, |scene| match scene.places[at] {
                Whereabouts::Post(id) => {
                    let post = &case.posts[id];
                    (post.retained_shared == Some(true)) == retained
                        && whose.is_none_or(|it| post.authority.index() == it)
                }
                Whereabouts::Left | Whereabouts::Unknown | Whereabouts::AtRisk => false,
            })
        };
        assert_eq!(counts(&outcomes.retained), in_post(true, None));
        assert_eq!(counts(&outcomes.authorities[0].1), in_post(false, Some(0)));
        assert_eq!(counts(&outcomes.authorities[1].1), in_post(false, Some(1)));
        assert_eq!(counts(&outcomes.left), times(&planned, |it| it.places[at] == Whereabouts::Left));
        assert_eq!(counts(&outcomes.at_risk), times(&planned, |it| it.places[at] == Whereabouts::AtRisk));
    }
    for role in &point.roles {
        let covers = |scene: &Scene| match scene.places[0] {
            Whereabouts::Post(id) => case.posts[id].authority == role.authority,
            Whereabouts::Left | Whereabouts::Unknown | Whereabouts::AtRisk => false,
        };
        assert_eq!(counts(&role.covered), times(&planned, covers));
    }
    assert_eq!(point.roles.len(), 2);
}

/// Truth: a recount of every scenario from where each person is.
#[test]
fn every_figure_is_that_of_a_recount() {
    let case = case();
    let plan = plan(&case);
    let sweep = Sweep::new(&case, &plan);
    let scenes = scenes(&sweep);
    let summary = summarise(&sweep, scenes.iter());
    assert_eq!((summary.scenarios, summary.points.len()), (120, 2));
    for point in &summary.points {
        let own: Vec<&Scene> = scenes.iter().filter(|it| it.row.point == point.point).collect();
        recount(&case, point, &own);
    }
    assert_eq!(summary.points[0].draws.impossible, 0);
    assert!(summary.points[1].draws.impossible > 0, "some draws have no plan with so many people at A");
    // The first setting has all plans of the second and more, so it is never worse in people at risk.
    let regret = summary.points[0].regret.expect("two points");
    assert_eq!((regret.at_risk.most, regret.best.hits), (0, 60));
    let leavers = summary.explained.iter().find(|it| it.input == Input::Leavers).expect("people leave");
    assert!(leavers.share.thousandths > 20_000 && leavers.share.error.is_some(), "{leavers:?}");
    assert!(summary.explained.iter().any(|it| matches!(it.input, Input::Person(_))));
}

/// Truth: by construction; the order in which scenarios come is chance's own, and changes nothing.
#[test]
fn the_order_of_rows_changes_no_byte() {
    let case = case();
    let plan = plan(&case);
    let sweep = Sweep::new(&case, &plan);
    let scenes = scenes(&sweep);
    let bytes = |summary: &Summary| summary_json(&View { case: &case, plan: &plan, summary }, People::Shown);
    let forwards = summarise(&sweep, scenes.iter());
    let backwards = summarise(&sweep, scenes.iter().rev());
    assert!(forwards == backwards && bytes(&forwards) == bytes(&backwards));
}

/// Truth: the decision that what may become of a person is exempt; the page speaks of posts unless people are asked for.
#[test]
fn people_stand_only_where_they_are_asked_for() {
    let case = case();
    let plan = plan(&case);
    let sweep = Sweep::new(&case, &plan);
    let summary = summarise(&sweep, scenes(&sweep).iter());
    let view = View { case: &case, plan: &plan, summary: &summary };
    let names = |text: &str| case.people.values().any(|person| text.contains(&person.code));
    let plain = write_text(&page(&view, People::LeftOut), 80);
    let exempt = write_text(&page(&view, People::Shown), 80);
    assert!(!names(&plain) && names(&exempt), "{plain}");
    assert!(exempt.starts_with("Exempt: what may become of single people."));
    assert!(!names(&String::from_utf8(summary_json(&view, People::LeftOut)).expect("UTF-8")));
    assert!(plain.lines().all(|line| line.chars().count() <= 80), "{plain}");
    assert!(plain.contains("have a plan") && plain.contains("Wilson"));
}

/// Truth: by construction; the same sweep gives the same page, and the page is whole.
#[test]
fn the_verb_writes_the_summary() {
    let here = folder();
    let toml = here.path().join("plan.toml");
    let shipped = fs::read_to_string(data("case47/sweeps/leavers.toml")).expect("a plan");
    let few = shipped.replace("scenarios = 10000", "scenarios = 30");
    assert_ne!(few, shipped, "the plan says how many scenarios it has");
    fs::write(&toml, few).expect("written");
    let run = |name: &str| {
        let file = |ending: &str| here.path().join(format!("{name}.{ending}"));
        let [out, html, json] = ["parquet", "html", "json"].map(file);
        let case = data("case47");
        let arguments = ["sweep", text(&case), text(&toml), "--out", text(&out), "--summary", text(&html)];
        let ran = demerge(&[&arguments[..], &["--summary-json", text(&json)]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        let read = |path| fs::read_to_string(path).expect("written");
        (ran.out, read(&html), read(&json))
    };
    let (screen, html, json) = run("one");
    assert!(screen.starts_with("Sweep of scenario S1: what chance may bring\n"), "{screen}");
    let (_, again_html, again_json) = run("two");
    assert!(html == again_html && json == again_json);
    assert!(html.contains("<svg") && html.contains("Most fragile posts") && !html.contains("P05"));
    let value: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["schema"], "demerge/sweep-summary/1");
    assert_eq!(value["points"][0]["draws"]["planned"], 30);
    assert!(value["points"][0].get("people").is_none());
}
