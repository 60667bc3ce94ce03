//! Made-up cases: right in every table, the same from the same seed, and with a plan by construction.

use std::collections::BTreeMap;
use std::fs;

use demerge::case::scenario::Scenario;
use demerge::case::{Case, PostStatus};
use demerge::certify::inspect;
use demerge::id::{Id, PersonId};
use demerge::load::{self, Loaded, SourceFile, Sources, Want};
use demerge::report::generate::{scenario_toml, table_files, write_protected, write_table};
use demerge::study::generate::{Ask, Generated, MOST_PAIRS, Unfit, generate};

use crate::cli::run::{demerge, folder, text};

/// People, authorities, seed and links of the cases that are looked at.
const CASES: [(u32, u32, u64, u32); 9] = [
    (20, 2, 1, 0),
    (47, 2, 2, 4),
    (47, 2, u64::MAX, 0),
    (60, 3, 3, 0),
    (100, 10, 4, 10),
    (150, 5, 5, 0),
    (400, 3, 6, 5),
    (1_000, 4, 7, 0),
    (2_000, 10, 8, 0),
];

fn made((people, authorities, seed, links): (u32, u32, u64, u32)) -> (Ask, Generated) {
    let ask = Ask::new(people, authorities, seed, links).expect("within the range");
    (ask, generate(&ask))
}

/// Every file of the case that the program reads.
fn files(ask: &Ask, made: &Generated) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for file in table_files(&made.case) {
        let mut bytes = Vec::new();
        write_table(&file, &made.case, &mut bytes).expect("memory takes everything");
        files.insert(file, bytes);
    }
    for scenario in &made.scenarios {
        let toml = scenario_toml(&made.case, scenario);
        files.insert(format!("scenarios/{}.toml", scenario.id), toml.into_bytes());
    }
    let mut bytes = Vec::new();
    write_protected(ask, made, &mut bytes).expect("memory takes everything");
    files.insert("equality_restricted.csv".to_owned(), bytes);
    files
}

fn read_back(ask: &Ask, made: &Generated) -> Loaded {
    let mut files = files(ask, made);
    files.remove("equality_restricted.csv");
    let sources = files.into_iter().map(|(name, bytes)| SourceFile { name, bytes }).collect();
    load::load(&Sources::Folder(sources), Want::Check).unwrap_or_else(|found| panic!("{ask:?}\n{found}"))
}

/// Truth: the reader, which knows the contract and not the generator; not even a warning is left.
#[test]
fn every_table_is_right() {
    for case in CASES {
        let (ask, made) = made(case);
        let loaded = read_back(&ask, &made);
        assert!(loaded.diagnostics.is_empty(), "{ask:?}\n{}", load::Diagnostics(loaded.diagnostics));
        assert_eq!(loaded.case.people.len(), case.0 as usize);
        assert_eq!(loaded.case.authorities.len(), case.1 as usize);
        assert_eq!(loaded.case.links.len(), case.3 as usize);
    }
}

/// Truth: by construction; what is written is what was drawn, row numbers and all.
#[test]
fn what_is_written_is_read_back() {
    for case in CASES {
        let (ask, made) = made(case);
        let loaded = read_back(&ask, &made);
        let (read, drawn) = (&loaded.case, &made.case);
        assert!(read.authorities == drawn.authorities && read.structures == drawn.structures, "{ask:?}");
        assert!(read.grades == drawn.grades && read.joint_posts == drawn.joint_posts, "{ask:?}");
        for (person, record) in drawn.people.iter() {
            assert_eq!(&read.people[person], record, "{ask:?}");
        }
        assert!(read.posts == drawn.posts, "{ask:?}");
        assert!(read.matches == drawn.matches, "{ask:?}");
        assert!(read.ranks == drawn.ranks, "{ask:?}");
        assert!(read.pins == drawn.pins && read.links == drawn.links && read.travel == drawn.travel, "{ask:?}");
        assert_eq!(loaded.scenarios, made.scenarios, "{ask:?}");
    }
}

/// Truth: by construction; the checker's own reading of every rule finds nothing against the planted allocation.
#[test]
fn the_planted_allocation_keeps_every_rule() {
    for case in CASES {
        let (ask, made) = made(case);
        for scenario in &made.scenarios[..2] {
            let found = inspect(&made.case, scenario, &made.planted);
            assert!(found.breaches.is_empty(), "{ask:?} {}: {:?}", scenario.id, found.breaches);
            assert!(found.fairness.iter().all(|clause| clause.met), "{ask:?} {}", scenario.id);
        }
        assert!(made.scenarios[0].fairness.is_empty());
        let clauses = &made.scenarios[1].fairness;
        assert!(clauses.len() >= 3 * ask.authorities() as usize, "{ask:?}: {}", clauses.len());
    }
}

fn seats(case: &Case, scenario: &Scenario) -> usize {
    let on_offer = case.posts.values().filter(|post| {
        let chosen = scenario.structures.get(&post.authority).is_some_and(|it| post.structures.contains(it));
        chosen && post.status == PostStatus::Open
    });
    on_offer.map(|post| post.capacity as usize).sum()
}

/// Truth: counted; posts are scarce in each scenario, and a person looks at few of them whatever the size.
#[test]
fn seats_are_scarce_and_pairs_are_few() {
    for case in CASES {
        let (ask, made) = made(case);
        let people = made.case.people.len();
        for scenario in &made.scenarios {
            let seats = seats(&made.case, scenario);
            let roles = 2 * ask.authorities() as usize;
            assert!(seats < people + roles, "{ask:?} {}: {seats} seats", scenario.id);
            assert!(people < 200 || (seats < people && seats * 10 > people * 8), "{ask:?}: {seats} seats");
        }
        let mut most = 0;
        let mut at = (usize::MAX, 0);
        for &(person, _) in made.case.matches.keys() {
            at = if at.0 == person.index() { (at.0, at.1 + 1) } else { (person.index(), 1) };
            most = most.max(at.1);
        }
        assert!(most <= MOST_PAIRS, "{ask:?}: {most} posts for one person");
        assert!(made.case.matches.len() <= 20 * people, "{ask:?}: {} pairs", made.case.matches.len());
    }
}

/// Truth: the contract's words; a case is worth trying only if it has something of everything.
#[test]
fn there_is_something_of_everything() {
    let (ask, made) = made((1_000, 4, 7, 0));
    let case = &made.case;
    let people = || case.people.values();
    assert!(people().any(|it| it.fte.0 < 10_000) && people().any(|it| !it.qualifications.is_empty()));
    assert!(people().any(|it| it.preference.stated().is_none()) && people().any(|it| it.retained_shared == Some(true)));
    assert!(case.posts.values().any(|post| post.capacity > 1) && case.posts.values().any(|it| it.functions.len() == 2));
    assert!(!case.pins.is_empty() && case.travel.is_some() && made.scenarios.len() == 3);
    assert!(made.planted.placed().count() >= 900, "{ask:?}");
    let moved = made.planted.placed().filter(|&(who, post)| case.people[who].employer != case.posts[post].authority);
    assert!(moved.count() > 100);
    let ties = |person: PersonId| {
        let mut own: Vec<u32> = case.ranks.iter().filter(|(pair, _)| pair.0 == person).map(|(_, it)| it.rank).collect();
        own.sort_unstable();
        own.windows(2).any(|pair| pair[0] == pair[1])
    };
    assert!(case.people.ids().any(ties), "ties are allowed, and there are some");
}

/// Truth: by construction; the same request gives the same bytes, and every part of it counts.
#[test]
fn the_same_request_gives_the_same_bytes() {
    let bytes = |case| {
        let (ask, made) = made(case);
        files(&ask, &made)
    };
    let first = bytes((120, 3, 9, 2));
    assert_eq!(first, bytes((120, 3, 9, 2)));
    for other in [(121, 3, 9, 2), (120, 4, 9, 2), (120, 3, 10, 2)] {
        assert_ne!(first["people.csv"], bytes(other)["people.csv"], "{other:?}");
    }
    let unlinked = bytes((120, 3, 9, 0));
    assert!(!unlinked.contains_key("links.csv"));
    let same = |name: &&String| name.as_str() != "links.csv";
    assert!(first.keys().filter(same).all(|name| first[name] == unlinked[name]), "links change nothing else");
}

/// Truth: pinned; a change of what is drawn is a change of every case that somebody has named by its seed.
#[test]
fn seeds_keep_their_meaning() {
    let (ask, made) = made((20, 2, 1, 0));
    let people = String::from_utf8(files(&ask, &made)["people.csv"].clone()).expect("UTF-8");
    let head: Vec<&str> = people.lines().skip(1).take(3).collect();
    let drawn = [
        "P01,J01,B,DIR,102000,1,permanent,,9,,,in_post,no",
        "P02,J02,B,AD,69500,1,permanent,,13,solicitor,MO,in_post,no",
        "P03,J03,A,AD,76500,1,permanent,,11,CCAB,S151,in_post,no",
    ];
    assert_eq!(head, drawn);
}

/// Truth: the ranges that `docs/GENERATE.md` states.
#[test]
fn what_does_not_fit_is_refused() {
    assert_eq!(Ask::new(20, 1, 0, 0), Err(Unfit::Authorities(1)));
    assert_eq!(Ask::new(20, 11, 0, 0), Err(Unfit::Authorities(11)));
    assert_eq!(Ask::new(29, 3, 0, 0), Err(Unfit::People { people: 29, authorities: 3, least: 30 }));
    assert_eq!(Ask::new(50_001, 2, 0, 0), Err(Unfit::People { people: 50_001, authorities: 2, least: 20 }));
    assert_eq!(Ask::new(20, 2, 0, 3), Err(Unfit::Links { links: 3, people: 20, most: 2 }));
}

/// Truth: the verb's own words; `check` finds no fault, `solve` a plan with at least the planted places.
#[test]
fn the_verb_writes_a_case_that_can_be_solved() {
    let here = folder();
    let out = here.path().join("case");
    let arguments = ["generate", "--people", "40", "--authorities", "2", "--seed", "11", "--out", text(&out)];
    let ran = demerge(&arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("A made-up case with seed 11: 40 people, 2 authorities, "), "{}", ran.out);
    let checked = demerge(&["check", text(&out)]);
    assert!(checked.out.starts_with("No faults.\n"), "{}", checked.out);
    let (_, made) = made((40, 2, 11, 0));
    for scenario in ["S1", "S2"] {
        let answer = here.path().join(scenario);
        let ran = demerge(&["solve", text(&out), "--scenario", scenario, "--out", text(&answer)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let plan = crate::cli::run::plan(&answer);
        let placed = plan["objectives"][0]["value"].as_u64().expect("people with a post");
        assert!(placed >= made.planted.placed().count() as u64, "{scenario}: {placed}");
    }
    let monitored = demerge(&["monitor", text(&out), "--scenario", "S1"]);
    assert_eq!(monitored.code, 0, "{}", monitored.err);
    let again = demerge(&arguments);
    assert_eq!(again.code, 7, "{}", again.out);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert!(fs::read_to_string(out.join("README.md")).expect("README.md").contains("--seed 11"));
    let usage = demerge(&["generate", "--people", "5", "--out", text(&here.path().join("small"))]);
    assert_eq!((usage.code, usage.out.as_str()), (2, ""));
    assert!(usage.err.contains("5 people: with 2 authorities a case has 20 to 50000"), "{}", usage.err);
}
