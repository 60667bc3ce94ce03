//! The material-change test: hand-worked facts of case47, altered judgements, the rule file, and the verb `diff`.

mod mutants;
mod verb;

use demerge::case::Case;
use demerge::case::material::{MaterialRule, Test};
use demerge::load::SourceFile;
use demerge::load::material::read_material;
use demerge::quantity::{BasisPoints, Pence};
use demerge::study::material::check::check;
use demerge::study::material::side::Side;
use demerge::study::material::{Amount, Change, Found, Judgement, Verdict, judge};
use demerge::study::variant::Variant;

use crate::cli::run::data;
use crate::price::{LIMITS, loaded};

/// A scenario of a case below `data/`, solved, as one side.
pub(super) fn side(folder: &str, id: &str) -> (Case, Side) {
    let (case, scenario) = loaded(folder, id);
    let certified = Variant::of(&case, &scenario).answer(&LIMITS).expect("certified");
    let side = Side::of(&case, &scenario, certified.plan().expect("a plan"), certified.undecided());
    (case, side)
}

/// The rule that ships with the program.
pub(super) fn shipped(case: &Case) -> MaterialRule {
    let bytes = std::fs::read(data("rules/material.toml")).expect("the rule is in the repository");
    read_material(case, &SourceFile { name: "material.toml".to_owned(), bytes }).unwrap_or_else(|it| panic!("{it}"))
}

/// A rule of these lines.
pub(super) fn rule(case: &Case, lines: &str) -> MaterialRule {
    let file = SourceFile { name: "material.toml".to_owned(), bytes: lines.as_bytes().to_vec() };
    read_material(case, &file).unwrap_or_else(|it| panic!("{it}"))
}

pub(super) fn judged(rule: &MaterialRule, was: &Side, is: &Side) -> Judgement {
    let judgement = judge(rule, was, is);
    check(rule, was, is, &judgement).unwrap_or_else(|fault| panic!("{fault}"));
    judgement
}

fn verdicts(judgement: &Judgement) -> Vec<Verdict> {
    judgement.lines.iter().map(|line| line.verdict).collect()
}

fn ids(judgement: &Judgement, line: usize, wanted: Change) -> Vec<&str> {
    fn id(found: &Found, wanted: Change) -> Option<&str> {
        match found {
            Found::Post { id, .. } => Some(id),
            Found::Person { id, change, .. } => Some(id.as_str()).filter(|_| *change == wanted),
        }
    }
    judgement.lines[line].found.iter().filter_map(|found| id(found, wanted)).collect()
}

/// By definition: what was consulted on is no change to itself, also for the eight who are undecided.
#[test]
fn a_structure_is_no_change_to_itself() {
    let (case, s1) = side("case47", "S1");
    let judgement = judged(&shipped(&case), &s1, &s1);
    assert_eq!(verdicts(&judgement), [Verdict::Within; 9]);
    assert!(judgement.lines.iter().all(|line| line.found.is_empty()));
}

/// By hand: B2 is B1 without B23 and B24 (posts.csv rows 57 and 58), both of tier 5, which the shipped rule leaves out. P41 held B23;
/// P33 has no post in any best plan of S3 and had A25 in every one of S1: newly at risk. The contract has the cost of S1.
#[test]
fn a_leaner_structure_puts_one_person_newly_at_risk() {
    let ((case, s1), (_, s3)) = (side("case47", "S1"), side("case47", "S3"));
    let judgement = judged(&shipped(&case), &s1, &s3);
    let [added, deleted, regraded, hours, pay, statutory, people, at_risk, cost] = &judgement.lines[..] else {
        panic!("nine lines");
    };
    for line in [added, deleted, regraded, hours, pay, statutory] {
        assert!(line.found.is_empty() && line.verdict == Verdict::Within, "{}", line.line.place);
    }
    assert_eq!(ids(&judgement, 6, Change::Sure), ["P33", "P41"]);
    // 5 % of 47 people are 2.35: two are within, and whoever is open decides.
    assert!(matches!(people.amount, Amount::Count { sure: 2, open: 1.., of: 47 }) && people.verdict == Verdict::Open);
    assert!(ids(&judgement, 6, Change::Open).contains(&"P32"), "A24 was among the places consulted on, A25 was not");
    assert_eq!((ids(&judgement, 7, Change::Sure), at_risk.verdict), (vec!["P33"], Verdict::Beyond));
    assert!(matches!(cost.amount, Amount::Cost { was: Pence(265_169_665), .. }) && cost.verdict == Verdict::Within);
    let all = rule(&case, "[[line]]\nkind = \"posts_deleted\"\nmax = 1\n");
    let judgement = judged(&all, &s1, &s3);
    assert_eq!(ids(&judgement, 0, Change::Sure), ["B23", "B24"]);
    assert_eq!(judgement.lines[0].verdict, Verdict::Beyond);
}

/// By hand: A2 has A15a and A15b in the place of A15 (posts.csv), all of tier 4; the contract: the same figures as S1.
#[test]
fn splitting_a_manager_is_material_and_moves_no_authority() {
    let ((case, s1), (_, s4)) = (side("case47", "S1"), side("case47", "S4"));
    let judgement = judged(&shipped(&case), &s1, &s4);
    assert_eq!(
        (ids(&judgement, 0, Change::Sure), ids(&judgement, 1, Change::Sure)),
        (vec!["A15a", "A15b"], vec!["A15"])
    );
    assert_eq!(judgement.count(Verdict::Beyond), 2);
    assert!(matches!(judgement.lines[8].amount, Amount::Cost { was, is } if was == is));
}

/// By hand from the contract: S5 places 42, costs £193,678.08 less than S1, and touches no post.
#[test]
fn another_rule_changes_people_and_cost_but_no_post() {
    let ((case, s1), (_, s5)) = (side("case47", "S1"), side("case47", "S5"));
    let judgement = judged(&shipped(&case), &s1, &s5);
    assert!(judgement.lines[..6].iter().all(|line| line.verdict == Verdict::Within));
    assert_eq!(judgement.lines[8].amount, Amount::Cost { was: Pence(265_169_665), is: Pence(245_801_857) });
    assert!(judgement.lines[6..].iter().all(|line| line.verdict == Verdict::Beyond));
    // Of the five without a post, P33 stated B and yields A25 to P31 or P32, and P44's only post is A's. One each of P17 and P18
    // (A15), of P29 and P30 (A23), and of P05 and P07, who were undecided about it already.
    assert_eq!(ids(&judgement, 7, Change::Sure), ["P33", "P44"]);
    assert_eq!(ids(&judgement, 7, Change::Open), ["P17", "P18", "P29", "P30"]);
}

/// By construction: each column of a statutory post, altered by itself, is touched; limits are kept to the last unit.
#[test]
fn altered_posts_are_counted_to_the_last_unit() {
    let (case, was) = side("case47", "S1");
    let mut is = was.clone();
    let post = is.posts.get_mut("A25").expect("A25");
    (post.fte.0, post.salary_max) = (7_000, Pence(post.salary_max.0 * 102 / 100));
    let hours =
        |limit: &str| rule(&case, &format!("[[line]]\nkind = \"posts_hours\"\nby_more_than_fte = {limit}\nmax = 0\n"));
    assert_eq!(judged(&hours("0.1"), &was, &is).lines[0].verdict, Verdict::Within, "0.6 to 0.7 is not more than 0.1");
    assert_eq!(judged(&hours("0.0999"), &was, &is).lines[0].verdict, Verdict::Beyond);
    let pay =
        |limit: &str| rule(&case, &format!("[[line]]\nkind = \"posts_pay\"\nby_more_than_pct = {limit}\nmax = 0\n"));
    assert_eq!(judged(&pay("2"), &was, &is).lines[0].verdict, Verdict::Within);
    assert_eq!(judged(&pay("1.99"), &was, &is).lines[0].verdict, Verdict::Beyond);
    let mut is = was.clone();
    is.posts.get_mut("A05").expect("the section 151 post").title.push('*');
    is.posts.get_mut("A06").expect("no statutory post").title.push('*');
    let statutory = rule(&case, "[[line]]\nkind = \"statutory_posts\"\nmax = 0\n");
    assert_eq!(ids(&judged(&statutory, &was, &is), 0, Change::Sure), ["A05"]);
    is.posts.get_mut("B10").expect("B10").grade = "AD".to_owned();
    let at = |authority: &str| {
        rule(&case, &format!("[[line]]\nkind = \"posts_regraded\"\nauthority = \"{authority}\"\nmax = 0\n"))
    };
    assert_eq!(judged(&at("A"), &was, &is).lines[0].verdict, Verdict::Within);
    assert_eq!(ids(&judged(&at("B"), &was, &is), 0, Change::Sure), ["B10"]);
    let cost = |gbp: &str| rule(&case, &format!("[[line]]\nkind = \"cost\"\nmax_gbp = {gbp}\n"));
    is.cost = Pence(was.cost.0 + 100);
    assert_eq!(judged(&cost("1"), &was, &is).lines[0].verdict, Verdict::Within);
    assert_eq!(judged(&cost("0.99"), &was, &is).lines[0].verdict, Verdict::Beyond);
}

/// By definition: who was undecided and is settled as consulted has not changed; a place beyond that has.
#[test]
fn settling_the_undecided_as_consulted_is_no_change() {
    let (case, was) = side("case47", "S1");
    let people = rule(
        &case,
        "[[line]]\nkind = \"people_changed\"\nmax_people = 0\n\n[[line]]\nkind = \"newly_at_risk\"\nmax = 0\n",
    );
    let mut is = was.clone();
    // P29 is undecided between A23 and B17 (the contract); P05 between A06 and no post.
    for (id, keep) in [("P29", Some("B17")), ("P05", None)] {
        let person = is.people.get_mut(id).expect("in the case");
        person.all.retain(|place| place.as_ref().map(|it| it.post.as_str()) == keep);
        person.shown = person.all.first().cloned().expect("the place was consulted on");
    }
    assert_eq!(verdicts(&judged(&people, &was, &is)), [Verdict::Within; 2]);
    let nobody = is.people.get_mut("P01").expect("in the case");
    (nobody.shown, nobody.all) = (None, [None].into());
    let judgement = judged(&people, &was, &is);
    assert_eq!(verdicts(&judgement), [Verdict::Beyond; 2]);
    assert_eq!(ids(&judgement, 1, Change::Sure), ["P01"]);
    is.people.remove("P47");
    assert_eq!(judged(&people, &was, &is).strangers, ["P47"]);
}

/// By hand: the shipped file, line by line.
#[test]
fn the_shipped_rule_reads_as_written() {
    let (case, _) = loaded("case47", "S1");
    let rule = shipped(&case);
    let kinds: Vec<&str> = rule.lines.iter().map(|line| line.test.kind()).collect();
    let wanted = [
        "posts_added",
        "posts_deleted",
        "posts_regraded",
        "posts_hours",
        "posts_pay",
        "statutory_posts",
        "people_changed",
        "newly_at_risk",
        "cost",
    ];
    assert_eq!(kinds, wanted);
    let limits = Test::Cost { max_change: Some(Pence(5_000_000)), max_share: Some(BasisPoints(200)) };
    assert_eq!(rule.lines[8].test, limits);
    assert!(rule.lines[0].place.starts_with("material.toml line ") && rule.lines[0].max_tier == Some(4));
}

/// Every fault at once, each with its line; and no beginning of a good file is more than explained.
#[test]
fn every_fault_of_a_rule_is_listed_with_its_line() {
    let (case, _) = loaded("case47", "S1");
    let text = "[[line]]\nkind = \"posts_added\"\n\n[[line]]\nkind = \"posts_lost\"\nmax = 0\n\n[[line]]\nkind = \"cost\"\nmax_gbp = -1\nmaximum = 2\n";
    let file = SourceFile { name: "m.toml".to_owned(), bytes: text.as_bytes().to_vec() };
    let told = read_material(&case, &file).expect_err("four faults").to_string();
    for (code, line) in [("L705", 1), ("L702", 5), ("L703", 10), ("L701", 11)] {
        assert!(told.contains(code) && told.contains(&format!("m.toml line {line} ")), "{code}: {told}");
    }
    assert!(told.ends_with("4 errors."), "{told}");
    let good = std::fs::read(data("rules/material.toml")).expect("the rule");
    for end in (0..good.len()).step_by(7) {
        let _ = read_material(&case, &SourceFile { name: "m.toml".to_owned(), bytes: good[..end].to_vec() });
    }
}
