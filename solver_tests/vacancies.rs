//! Why seats are empty. Truth: an independent reading of the files and plan, trying every plan, and facts of case47 by hand.

use demerge::case::Case;
use demerge::case::scenario::Scenario;
use demerge::certify::{Certified, inspect};
use demerge::id::{Id, PersonId, PostId};
use demerge::load::{Sources, Want, load};
use demerge::report::vacancies::{uncovered, why};
use demerge::solve::{Limits, Solver};
use demerge::study::vacancies::{There, Vacancies, Why, check, explain};
use demerge::study::variant::Variant;

use crate::check::folder;
use crate::cli::run::data;
use crate::generate::Size;
use crate::oracle::{self, Truth};
use crate::truth;

fn limits() -> Limits<'static> {
    Limits { solver: Solver::Network, should_stop: &|| false }
}

fn explained(case: &Case, scenario: &Scenario) -> Option<(Certified, Vacancies)> {
    let answer = Variant::of(case, scenario).answer(&limits()).expect("certified");
    let found = explain(case, scenario, &answer, &limits())?;
    Some((answer, found))
}

#[test]
fn every_reason_is_confirmed_by_the_checker() {
    let mut kinds = [0; 5];
    for seed in 6_000_000..6_000_150 {
        let found = truth::on_seed(seed, Size::BRUTE, &|case, scenario| {
            let Some((answer, found)) = explained(case, scenario) else { return Ok(None) };
            check(case, scenario, &answer, &found, &limits()).map_err(|flaw| format!("{flaw}\n{found:#?}"))?;
            Ok(Some(found))
        });
        for vacancy in found.iter().flat_map(|found| &found.posts) {
            kinds[match vacancy.why {
                Why::NobodyMatched => 0,
                Why::NobodyAllowed(_) => 1,
                Why::NobodyAsked(_) => 2,
                Why::Asked(_) => 3,
            }] += 1;
            kinds[4] += usize::from(!vacancy.blocked.is_empty());
        }
    }
    assert!(kinds.iter().all(|&seen| seen > 3), "{kinds:?}");
}

/// What would be worse with someone in the seat, by trying every plan that has them there.
#[test]
fn what_would_be_worse_is_so_by_trying_every_plan() {
    let mut told = 0;
    for seed in 6_100_000..6_100_060 {
        told += truth::on_seed(seed, Size::BRUTE, &|case, scenario| {
            let Some((_, found)) = explained(case, scenario) else { return Ok(0) };
            let Truth::Best { values, .. } = oracle::truth(case, scenario) else { return Err("no plan".to_owned()) };
            let mut told = 0;
            for vacancy in &found.posts {
                let (Why::NobodyAsked(people) | Why::Asked(people)) = &vacancy.why else { continue };
                for it in people.iter().filter(|it| it.there != There::Content) {
                    let forced = Variant::of(case, scenario).forced(it.person, Some(vacancy.post));
                    // Forced, a rank may be nobody's and so no goal: the plan is measured by the goals of the case itself.
                    let worth = |plan: &_| {
                        let values = inspect(case, scenario, plan).objectives.into_iter().map(|(_, value)| value);
                        values.map(|value| i64::try_from(value).expect("a small case")).collect::<Vec<_>>()
                    };
                    let truth = oracle::truth(&forced.case, &forced.scenario);
                    let right = match (it.there, truth.plan().map(worth)) {
                        (There::Impossible, None) => true,
                        (There::Equal, Some(there)) => there == values,
                        (There::Worse(change), Some(there)) => {
                            let first = values.iter().zip(&there).find(|(was, is)| was != is);
                            first == Some((&change.was, &change.is)) && change.is_worse()
                        }
                        _ => false,
                    };
                    if !right {
                        return Err(format!("{it:?} in {:?}", vacancy.post));
                    }
                    told += 1;
                }
            }
            Ok(told)
        });
    }
    assert!(told > 5, "only {told} were asked");
}

#[test]
fn a_mutant_of_a_reason_is_refused() {
    let mut refused = 0;
    for seed in 6_200_000..6_200_060 {
        refused += truth::on_seed(seed, Size::BRUTE, &|case, scenario| {
            let Some((answer, found)) = explained(case, scenario) else { return Ok(0) };
            let mut mutants: Vec<Vacancies> = Vec::new();
            let mut add = |change: &dyn Fn(&mut Vacancies)| {
                let mut mutant = found.clone();
                change(&mut mutant);
                mutants.push(mutant);
            };
            for at in 0..found.posts.len() {
                add(&|it| it.posts[at].seats += 1);
                add(&|it| it.posts[at].post = PostId::at(it.posts[at].post.index() + 1));
                if found.posts[at].why != Why::NobodyMatched {
                    add(&|it| it.posts[at].why = Why::NobodyMatched);
                } else {
                    add(&|it| it.posts[at].why = Why::NobodyAsked(Vec::new()));
                }
                add(&|it| match &mut it.posts[at].why {
                    Why::NobodyMatched => it.posts[at].why = Why::Asked(Vec::new()),
                    Why::NobodyAllowed(people) => people[0].rules.clear(),
                    Why::NobodyAsked(people) | Why::Asked(people) => match people.first_mut() {
                        Some(one) => one.rank_now = Some(99),
                        None => it.posts[at].why = Why::NobodyMatched,
                    },
                });
            }
            for at in 0..found.uncovered.len() {
                add(&|it| it.uncovered.truncate(at));
                if !found.uncovered[at].people.is_empty() {
                    add(&|it| drop(it.uncovered[at].people.pop()));
                }
            }
            for at in 0..found.singles.len() {
                add(&|it| it.singles.truncate(at));
            }
            let number = mutants.len();
            for mutant in mutants {
                if check(case, scenario, &answer, &mutant, &limits()).is_ok() {
                    return Err(format!("passes:\n{mutant:#?}\nof\n{found:#?}"));
                }
            }
            Ok(number)
        });
    }
    assert!(refused > 100, "only {refused} mutants");
}

/// By hand from the files: in S5 everyone stays with the present employer, so at B nobody of those who may hold MO or S151
/// (P01, P02, P04, P09, P16, all employed by A) may hold a post, and rule R206 says so.
#[test]
fn case47_s5_says_who_could_cover_b_and_why_not() {
    let loaded = load(&Sources::Folder(folder(&data("case47"))), Want::Solve(Some("S5")));
    let loaded = loaded.unwrap_or_else(|faults| panic!("{faults}"));
    let (case, scenario) = (&loaded.case, &loaded.scenarios[0]);
    let (answer, found) = explained(case, scenario).expect("a plan");
    assert_eq!(check(case, scenario, &answer, &found, &limits()), Ok(()));
    let of_b = found.uncovered.iter().filter(|it| case.authorities[it.authority].code == "B");
    let codes = |people: &[PersonId]| people.iter().map(|&id| case.people[id].code.clone()).collect::<Vec<_>>();
    let told: Vec<(&str, Vec<String>)> = of_b
        .clone()
        .map(|it| (it.role.word(), codes(&it.people.iter().map(|absent| absent.person).collect::<Vec<_>>())))
        .collect();
    let names = |codes: &[&str]| codes.iter().map(|&code| code.to_owned()).collect::<Vec<_>>();
    assert_eq!(told, [("MO", names(&["P01", "P04", "P09"])), ("S151", names(&["P02", "P16"]))]);
    for it in of_b {
        assert!(it.people.iter().all(|absent| absent.open.is_empty()), "{it:?}");
        let lines = uncovered(case, it).join(" ");
        assert!(lines.contains("R206") && lines.contains("the present employer is A, the post is at B"), "{lines}");
    }
    let all: Vec<String> = found.posts.iter().map(|it| why(case, scenario, it)).collect();
    assert!(all.iter().all(|text| text.ends_with('.')), "{all:?}");
}
