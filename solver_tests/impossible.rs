//! Why no plan keeps every rule, in the user's own rows. Truth: trying every plan, and facts of case47 worked out by hand.

mod further;
mod routes;

use demerge::case::answer::Leaf;
use demerge::case::proof::Side;
use demerge::case::scenario::{Clause, Scenario};
use demerge::case::{Case, PostStatus};
use demerge::id::{Id, PostId};
use demerge::load::{Loaded, SourceFile, Sources, Want, load};
use demerge::report::fixes::fix;
use demerge::solve::{Limits, Solver};
use demerge::study::impossible::{Fix, Impossible, applied, check, explain};
use demerge::study::variant::Variant;

use crate::check::folder;
use crate::cli::run::{data, demerge, text};
use crate::generate::Size;
use crate::oracle::{self, Bars, Truth};
use crate::truth;

fn limits() -> Limits<'static> {
    Limits { solver: Solver::Network, should_stop: &|| false }
}

fn explained(case: &Case, scenario: &Scenario) -> Option<Impossible> {
    let best = Variant::of(case, scenario).best(&limits()).expect("certified");
    explain(case, scenario, &best, &limits())
}

/// Whether trying every plan finds one.
fn by_hand(variant: &Variant) -> bool {
    oracle::truth(&variant.case, &variant.scenario) != Truth::Impossible
}

/// Tries a check on impossible random cases; how many there were.
fn on_impossible(first: u64, cases: u64, check: &dyn Fn(&Case, &Scenario, &Impossible) -> Result<(), String>) -> u64 {
    let mut told = 0;
    for seed in first..first + cases {
        told += u64::from(truth::on_seed(seed, Size::BRUTE, &|case, scenario| match explained(case, scenario) {
            None => Ok(false),
            Some(found) => check(case, scenario, &found).map(|()| true),
        }));
    }
    told
}

#[test]
fn every_statement_is_confirmed_by_the_checker() {
    let told = on_impossible(5_000_000, 400, &|case, scenario, found| {
        check(case, scenario, found, &limits()).map_err(|flaw| format!("{flaw}\n{found:#?}"))
    });
    assert!(told > 30, "only {told} cases are impossible");
}

/// Each change is enough and no smaller one is, by trying every plan; and no change of a rule was left out.
#[test]
fn fixes_are_smallest_by_trying_every_plan() {
    let told = on_impossible(5_100_000, 300, &|case, scenario, found| {
        let plan = |fixes: &[Fix]| by_hand(&applied(case, scenario, fixes));
        let right = |what: &str, is: bool| if is { Ok(()) } else { Err(format!("{what}\n{found:#?}")) };
        for &fix in &found.fixes {
            right("not enough", plan(&[fix]))?;
            if let Fix::Limit { clause, side, to } = fix {
                let to = to + if side == Side::Min { 1 } else { -1 };
                right("not smallest", !plan(&[Fix::Limit { clause, side, to }]))?;
            }
        }
        for &[first, second] in &found.pairs {
            right("a pair is not enough", plan(&[first, second]))?;
        }
        let all: Vec<Leaf> = found.leaves.clone();
        for &leaf in &all {
            let rest = |other: Leaf| other != leaf && all.contains(&other);
            right("a rule is not needed", oracle::possible(case, scenario, &rest, Bars::Go))?;
            let named = found.fixes.iter().any(|&fix| match fix {
                Fix::Limit { clause, .. } => Leaf::Clause(clause) == leaf,
                Fix::Drop(of) => of == leaf,
                Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => false,
            });
            right("a rule is left out", named == plan(&[Fix::Drop(leaf)]))?;
        }
        Ok(())
    });
    assert!(told > 20, "only {told} cases are impossible");
}

/// Every pair of rules of which both are needed is found: all pairs are tried.
#[test]
fn no_pair_of_rules_is_missed() {
    let mut pairs = 0;
    for seed in 5_200_000..5_200_300 {
        pairs += truth::on_seed(seed, Size::BRUTE, &|case, scenario| {
            let Some(found) = explained(case, scenario) else { return Ok(0) };
            let plan = |fixes: &[Fix]| by_hand(&applied(case, scenario, fixes));
            let all = Leaf::all(case, scenario);
            let single = |leaf: Leaf| plan(&[Fix::Drop(leaf)]);
            let hard: Vec<Leaf> = all.into_iter().filter(|&leaf| !single(leaf)).collect();
            let mut wanted = Vec::new();
            for (i, &first) in hard.iter().enumerate() {
                for &second in &hard[i + 1..] {
                    if plan(&[Fix::Drop(first), Fix::Drop(second)]) {
                        wanted.push([first, second]);
                    }
                }
            }
            let pairs = found.pairs.iter().filter_map(|pair| Some([of(pair[0])?, of(pair[1])?]));
            let mut named: Vec<[Leaf; 2]> = pairs
                .map(|mut pair| {
                    pair.sort_unstable();
                    pair
                })
                .collect();
            named.sort_unstable();
            wanted.iter_mut().for_each(|pair| pair.sort_unstable());
            wanted.sort_unstable();
            if named == wanted { Ok(wanted.len()) } else { Err(format!("{named:?}, not {wanted:?}\n{found:#?}")) }
        });
    }
    assert!(pairs > 5, "only {pairs} pairs");
}

/// The rule that a change is about, if it is about one.
fn of(fix: Fix) -> Option<Leaf> {
    match fix {
        Fix::Limit { clause, .. } => Some(Leaf::Clause(clause)),
        Fix::Drop(leaf) => Some(leaf),
        Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => None,
    }
}

/// Every pair of a rule and one more seat of which both are needed is found: all pairs are tried, over all plans.
#[test]
fn no_pair_of_a_rule_and_a_seat_is_missed() {
    let mut pairs = 0;
    for seed in 5_400_000..5_400_250 {
        pairs += truth::on_seed(seed, Size::BRUTE, &|case, scenario| {
            let Some(found) = explained(case, scenario) else { return Ok(0) };
            let plan = |fixes: &[Fix]| by_hand(&applied(case, scenario, fixes));
            let hard: Vec<Leaf> =
                Leaf::all(case, scenario).into_iter().filter(|&leaf| !plan(&[Fix::Drop(leaf)])).collect();
            let offered = Variant::of(case, scenario);
            let seats = case.posts.ids().filter(|&post| is_offered(&offered, post) && !plan(&[Fix::Seat(post)]));
            let seats: Vec<PostId> = seats.collect();
            let both = |&(leaf, post): &(Leaf, PostId)| plan(&[Fix::Drop(leaf), Fix::Seat(post)]);
            let all = hard.iter().flat_map(|&leaf| seats.iter().map(move |&post| (leaf, post)));
            let mut wanted: Vec<(Leaf, PostId)> = all.filter(both).collect();
            let seat = |pair: &[Fix; 2]| match pair[1] {
                Fix::Seat(post) => Some((of(pair[0])?, post)),
                Fix::Limit { .. } | Fix::Drop(_) | Fix::Open(_) | Fix::Promote(_) => None,
            };
            let mut named: Vec<(Leaf, PostId)> = found.pairs.iter().filter_map(seat).collect();
            wanted.sort_unstable();
            named.sort_unstable();
            if named == wanted { Ok(wanted.len()) } else { Err(format!("{named:?}, not {wanted:?}\n{found:#?}")) }
        });
    }
    println!("{pairs} pairs");
    assert!(pairs > 3, "only {pairs} pairs");
}

fn is_offered(variant: &Variant, post: PostId) -> bool {
    let record = &variant.case.posts[post];
    let chosen = variant.scenario.structures.get(&record.authority);
    record.status == PostStatus::Open && chosen.is_some_and(|chosen| record.structures.contains(chosen))
}

/// Every altered entry is refused.
#[test]
fn a_mutant_of_the_human_form_is_refused() {
    let told = on_impossible(5_300_000, 200, &|case, scenario, found| {
        let mut mutants: Vec<(usize, Impossible)> = Vec::new();
        let mut add = |kind: usize, change: &dyn Fn(&mut Impossible)| {
            let mut mutant = found.clone();
            change(&mut mutant);
            mutants.push((kind, mutant));
        };
        add(0, &|it| it.leaves.truncate(it.leaves.len() - 1));
        if found.crowd.is_some() {
            add(1, &|it| it.crowd.iter_mut().for_each(|crowd| crowd.seats += 1));
            add(1, &|it| it.crowd.iter_mut().for_each(|crowd| crowd.people.truncate(crowd.people.len() - 1)));
            add(1, &|it| it.crowd.iter_mut().for_each(|crowd| crowd.posts = vec![PostId::at(0); 2]));
        }
        for at in 0..found.reaches.len() {
            add(2, &|it| it.reaches[at].needed += 1);
            let shares_fte = matches!(scenario.fairness[found.reaches[at].clause].clause, Clause::FteShare { .. });
            // Hours are checked to the basis point.
            let step = if shares_fte { case.people.values().map(|p| i64::from(p.fte.0)).sum() } else { 1 };
            add(3, &|it| it.reaches[at].reachable += step);
            add(3, &|it| it.reaches[at].reachable -= step);
            add(3, &|it| it.reaches[at].eligible = it.reaches[at].eligible.map_or(Some(0), |n| Some(n + 1)));
        }
        for at in 0..found.fixes.len() {
            add(4, &|it| it.fixes.truncate(at));
            if let Fix::Limit { clause, side, to } = found.fixes[at] {
                add(5, &|it| it.fixes[at] = Fix::Limit { clause, side, to: to + 1 });
                add(5, &|it| it.fixes[at] = Fix::Limit { clause, side, to: to - 1 });
            }
        }
        for at in 0..found.pairs.len() {
            let of = found.pairs[at];
            add(6, &|it| it.pairs[at] = [of[0], of[0]]);
            if let Fix::Limit { clause, side, to } = of[1] {
                add(6, &|it| it.pairs[at][1] = Fix::Limit { clause, side, to: to + 1 });
                add(6, &|it| it.pairs[at][1] = Fix::Limit { clause, side, to: to - 1 });
            }
        }
        for (kind, mutant) in mutants {
            if check(case, scenario, &mutant, &limits()).is_ok() {
                return Err(format!("kind {kind} passes:\n{mutant:#?}\nof\n{found:#?}"));
            }
        }
        Ok(())
    });
    assert!(told > 10, "only {told} cases are impossible");
}

/// Scenario S1 of a case that is shipped as impossible.
fn shipped(name: &str) -> Loaded {
    let files = folder(&data("cases/impossible").join(name));
    load(&Sources::Folder(files), Want::Solve(Some("S1"))).unwrap_or_else(|faults| panic!("{faults}"))
}

/// S1 of case47 with 42 per cent of people at B, from its files.
fn case47_b42() -> Loaded {
    let mut files = folder(&data("case47"));
    files.push(SourceFile { name: "scenarios/B42.toml".to_owned(), bytes: B42.as_bytes().to_vec() });
    load(&Sources::Folder(files), Want::Solve(Some("B42"))).unwrap_or_else(|faults| panic!("{faults}"))
}

const B42: &str = include_str!("impossible/case47_b42.toml");

/// By hand: 25 people have an allowed post at B (structure B1, a match that is no promotion, at most one grade down, the
/// essential qualification), and the posts that these share have 19 seats. 42 % of 47 is 19.74, so 20 are needed; 19 of 47 is
/// 40.4255 %. Two people share each of B06, B08, B17, B18, B19 and B24 (a third at B19 has B23 as well): so a seat in any of these
/// makes it 20.
#[test]
fn case47_says_how_many_fit_into_b() {
    let loaded = case47_b42();
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let found = explained(case, scenario).expect("no plan");
    assert_eq!(found.leaves, [Leaf::Clause(0)]);
    let [reach] = &found.reaches[..] else { panic!("{:?}", found.reaches) };
    assert_eq!((reach.needed, reach.reachable, reach.eligible), (20, 19, Some(25)));
    let crowd = reach.crowd.as_ref().expect("too few seats");
    let code = |id: PostId| case.posts[id].code.as_str();
    let codes: Vec<&str> = crowd.posts.iter().map(|&id| code(id)).collect();
    assert_eq!(codes, ["B06", "B08", "B17", "B18", "B19", "B24"]);
    assert_eq!((crowd.people.len(), crowd.seats), (12, 6));
    let told: Vec<String> = found.fixes.iter().map(|&it| fix(case, scenario, it)).collect();
    assert!(told[0].starts_with("lower the least share of people at B from 42% to 40.42% (scenario B42"), "{told:?}");
    let seats: Vec<&str> = found
        .fixes
        .iter()
        .filter_map(|it| match it {
            Fix::Seat(post) => Some(code(*post)),
            Fix::Limit { .. } | Fix::Drop(_) | Fix::Open(_) | Fix::Promote(_) => None,
        })
        .collect();
    assert_eq!(seats, ["B06", "B08", "B17", "B18", "B19", "B24"]);
    assert_eq!(check(case, scenario, &found, &limits()), Ok(()));
}

/// Where somebody reads it. By hand from `why.txt` of each case, and above.
#[test]
fn the_screen_names_people_posts_and_rows() {
    let b42 = tempfile::tempdir().expect("a folder of our own");
    for file in folder(&data("case47")).into_iter().filter(|file| !file.name.contains('/')) {
        std::fs::write(b42.path().join(&file.name), &file.bytes).expect("written");
    }
    std::fs::create_dir(b42.path().join("scenarios")).expect("a folder");
    std::fs::write(b42.path().join("scenarios/B42.toml"), B42).expect("written");
    let told = |case: &std::path::Path, scenario: &str| {
        let ran = demerge(&["solve", text(case), "--scenario", scenario]);
        assert_eq!(ran.code, 4, "{}{}", ran.out, ran.err);
        ran.out
    };
    insta::assert_snapshot!("impossible_case47_b42", told(b42.path(), "B42"));
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (case, phrases) in [
        (
            "pins_exceed_seats",
            &["P1, P2 and P3 (3 people; people.csv rows 2, 3 and 4) share only B1 and B2 (2 posts with 2 seats;"][..],
        ),
        ("share_too_high", &["Of 4 people that is 3, but only 2 have an allowed post there", "from 75% to 50%"]),
        ("links_against_budget", &["no plan has less than \u{a3}76,800.00", "from \u{a3}60,000.00 to \u{a3}76,800.00"]),
    ] {
        let screen = flat(told(&data("cases/impossible").join(case), "S1"));
        for phrase in phrases {
            assert!(screen.contains(phrase), "{phrase} in\n{screen}");
        }
    }
}
