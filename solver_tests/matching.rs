//! Proposed job matches: the rules on small cases made by hand, then against the officers' own table of case47.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use demerge::case::{
    Authority, Case, Contract, Criticality, EmploymentStatus, Grade, MatchKind, Person, Post, PostStatus, Preference,
    StatutoryRole, Structure,
};
use demerge::id::{AuthorityId, GradeId, Id, PersonId, PostId, StructureId, Table};
use demerge::quantity::{Fte, Pence};
use demerge::report::matches::{nearly_to_csv, to_csv};
use demerge::study::matching::{nearly, propose};

/// Grades as (code, rank).
pub(crate) fn grade(code: &str, rank: i32) -> Grade {
    Grade { code: code.into(), scheme: String::new(), rank, salary_min: Pence(1), salary_max: Pence(2) }
}

fn person(code: &str, grade: GradeId) -> Person {
    Person {
        code: code.into(),
        row: 2,
        joint_post: None,
        employer: AuthorityId::at(0),
        grade,
        salary: Pence(1),
        fte: Fte::FULL,
        contract: Contract::Permanent,
        fixed_term_end: None,
        service_years: None,
        qualifications: BTreeSet::new(),
        statutory_roles: BTreeSet::new(),
        status: EmploymentStatus::InPost,
        retained_shared: None,
        preference: Preference::ABSENT,
    }
}

pub(crate) fn post(code: &str, grade: GradeId, functions: &[&str]) -> Post {
    Post {
        code: code.into(),
        row: 2,
        authority: AuthorityId::at(0),
        title: String::new(),
        tier: 5,
        functions: functions.iter().map(|&f| f.to_owned()).collect(),
        grade,
        fte: Fte::FULL,
        capacity: 1,
        statutory_role: None,
        essential_qualification: None,
        criticality: Criticality::Normal,
        status: PostStatus::Open,
        structures: BTreeSet::from([StructureId::at(0)]),
        retained_shared: None,
        salary_min: Pence(1),
        salary_max: Pence(2),
    }
}

/// A case of nothing but these grades, people and posts.
pub(crate) fn case(grades: Vec<Grade>, people: Vec<Person>, posts: Vec<Post>) -> Case {
    let authority = Authority { code: "A".into(), name: "A".into(), cost_share: None, budget: None };
    let structure =
        Structure { code: "A1".into(), authority: AuthorityId::at(0), label: String::new(), note: String::new() };
    Case {
        authorities: Table::new(vec![authority]),
        structures: Table::new(vec![structure]),
        grades: Table::new(grades),
        people: Table::new(people),
        joint_posts: Table::new(vec![]),
        posts: Table::new(posts),
        matches: BTreeMap::new(),
        ranks: BTreeMap::new(),
        pins: vec![],
        links: vec![],
        travel: None,
    }
}

/// Truth: the table of rules, one pair for each line. Ranks 1, 5, 6, 9: a gap is one step.
#[test]
fn each_rule_has_its_pair() {
    let grades = vec![grade("G1", 1), grade("G5", 5), grade("G6", 6), grade("G9", 9)];
    let [g1, g5, g6, g9] = [0, 1, 2, 3].map(GradeId::at);
    let mut officer = person("P1", g6);
    officer.statutory_roles = BTreeSet::from([StatutoryRole::Mo]);
    let with_role = |mut post: Post| {
        post.statutory_role = Some(StatutoryRole::Mo);
        post
    };
    let mut held = post("held", g6, &["law"]);
    held.status = PostStatus::Held;
    let mut short = post("short", g6, &["law"]);
    short.fte = Fte(6_000);
    let posts = vec![
        post("same", g6, &["law"]),
        post("merged", g6, &["audit", "law"]),
        post("down", g5, &["law"]),
        post("up", g9, &["law"]),
        post("far", g1, &["law"]),
        post("other", g6, &["audit"]),
        post("other up", g9, &["audit"]),
        with_role(post("role up", g9, &["audit"])),
        with_role(post("role down", g5, &["audit"])),
        held,
        short,
    ];
    let case = case(grades, vec![officer], posts);
    let functions = Table::new(vec![Some("law".to_owned())]);
    let found: Vec<(&str, MatchKind, i32, String)> = propose(&case, &functions)
        .into_iter()
        .map(|p| (case.posts[p.post].code.as_str(), p.kind, p.grade_difference, p.evidence))
        .collect();
    let expected = [
        ("same", MatchKind::Direct, 0, "same function (law) and grade (G6)"),
        ("merged", MatchKind::Partial, 0, "same grade (G6); law is part of the post (audit and law)"),
        ("down", MatchKind::Partial, -1, "same function (law), one grade down (G6 to G5); pay protection may apply"),
        ("up", MatchKind::Promotion, 3, "same function (law), one grade up (G6 to G9); open competition only"),
        ("other", MatchKind::Alternative, 0, "another function (law to audit); same grade (G6)"),
        (
            "role up",
            MatchKind::Promotion,
            3,
            "may hold the statutory role MO, one grade up (G6 to G9); open competition only",
        ),
        (
            "role down",
            MatchKind::Alternative,
            -1,
            "may hold the statutory role MO, one grade down (G6 to G5); pay protection may apply",
        ),
        ("short", MatchKind::Direct, 0, "same function (law) and grade (G6); hours differ (1 to 0.6 FTE)"),
    ];
    assert_eq!(found, expected.map(|(post, kind, difference, words)| (post, kind, difference, words.to_owned())));
}

/// Truth: by hand. A person whose function is not known can only be offered the same grade.
#[test]
fn an_unknown_function_gives_alternatives_only() {
    let grades = vec![grade("G1", 1), grade("G2", 2)];
    let [g1, g2] = [0, 1].map(GradeId::at);
    let posts = vec![post("A1", g1, &["law"]), post("A2", g2, &["law"])];
    let case = case(grades, vec![person("P1", g1)], posts);
    let found = propose(&case, &Table::new(vec![None]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, MatchKind::Alternative);
    assert_eq!(found[0].evidence, "function not known; same grade (G1)");
}

/// Truth: by hand. The lacking qualification is asked about, not proposed; ids are guarded, figures are not.
#[test]
fn a_missing_qualification_is_listed_apart() {
    let grades = vec![grade("G1", 1), grade("G2", 2)];
    let [g1, g2] = [0, 1].map(GradeId::at);
    let mut lawyer = post("A1", g1, &["law"]);
    lawyer.essential_qualification = Some("solicitor".into());
    let case = case(grades, vec![person("=P1", g2)], vec![lawyer, post("A2", g1, &["law"])]);
    let functions = Table::new(vec![Some("law".to_owned())]);
    let proposals = propose(&case, &functions);
    assert_eq!(Vec::from_iter(proposals.iter().map(|p| p.post)), [PostId::at(1)]);
    let words = "\"same function (law), one grade down (G2 to G1); pay protection may apply\"";
    let draft = String::from_utf8(to_csv(&case, &proposals)).expect("UTF-8");
    let headings = "person_id,post_id,match,grade_difference,evidence";
    assert_eq!(draft, format!("\u{feff}{headings}\r\n'=P1,A2,partial,-1,{words}\r\n"));
    let near = String::from_utf8(nearly_to_csv(&case, &nearly(&case, &functions))).expect("UTF-8");
    assert_eq!(near, format!("\u{feff}{headings},qualification_missing\r\n'=P1,A1,partial,-1,{words},solicitor\r\n"));
}

/// The rows of a table of case47, by heading.
fn rows(table: &str) -> Vec<BTreeMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/case47/{table}.csv"));
    let mut reader = csv::Reader::from_path(path).expect("the table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// case47 with what the rules read: grades, functions, qualifications, roles, hours, status.
fn case47() -> (Case, Table<PersonId, Option<String>>) {
    let words = |cell: &str| cell.split(';').filter(|w| !w.is_empty()).map(str::to_owned).collect::<BTreeSet<_>>();
    let fte =
        |cell: &str| Fte(i32::try_from(demerge::quantity::read_decimal(cell, 4).expect("an FTE")).expect("small"));
    let mut grades = rows("grades");
    grades.sort_by_key(|row| row["grade"].clone());
    let place = |code: &str| GradeId::at(grades.iter().position(|row| row["grade"] == code).expect("a grade"));
    let people = rows("people").into_iter().map(|row| {
        let mut person = person(&row["person_id"], place(&row["grade"]));
        person.fte = fte(&row["fte"]);
        person.qualifications = words(&row["qualifications"]);
        let roles = words(&row["statutory_roles"]);
        person.statutory_roles = roles.iter().filter_map(|word| StatutoryRole::from_word(word)).collect();
        person
    });
    let posts = rows("posts").into_iter().map(|row| {
        let functions: Vec<&str> = row["functions"].split(';').collect();
        let mut post = post(&row["post_id"], place(&row["grade"]), &functions);
        post.fte = fte(&row["fte"]);
        post.status = PostStatus::from_word(&row["status"]).expect("a status");
        post.statutory_role = StatutoryRole::from_word(&row["statutory_role"]);
        post.essential_qualification =
            Some(row["essential_qualification"].clone()).filter(|qualification| !qualification.is_empty());
        post
    });
    let joint: BTreeMap<String, String> =
        rows("joint_posts").into_iter().map(|row| (row["joint_post_id"].clone(), row["function"].clone())).collect();
    let functions = rows("people").into_iter().map(|row| joint.get(&row["joint_post_id"]).cloned()).collect();
    let (people, posts): (Vec<_>, Vec<_>) = (people.collect(), posts.collect());
    let of_row = |row: &BTreeMap<String, String>| grade(&row["grade"], row["grade_rank"].parse().expect("a rank"));
    (case(grades.iter().map(of_row).collect(), people, posts), Table::new(functions))
}

/// Truth: the officers' own table (105 rows). The rules agree on 88 rows. Every `direct` row is proposed, all but one as
/// direct: P08 to A07 is a merged post, which the rules call partial and the officers called direct after weighing the
/// duties (76 %). P05 and P07 share the function of A06, which the officers split in halves. P43 to A31 is the same
/// function one grade down, which the officers called alternative. What is absent are judgements about one person:
/// another function one or more grades away (P05 A12, P07 A11, P31 A25, P32 A25, P40 B23), promotions into another
/// function (P22 A07, P33 A24, P33 B24), and promotions by more than one grade (the other five).
#[test]
fn case47_matches_are_proposed_but_for_judgements() {
    let (case, functions) = case47();
    let proposals = propose(&case, &functions);
    let code = |p: &demerge::study::matching::Proposal| {
        (case.people[p.person].code.as_str(), case.posts[p.post].code.as_str())
    };
    let proposed: BTreeMap<_, _> = proposals.iter().map(|p| (code(p), (p.kind, p.grade_difference))).collect();
    let (mut agreed, mut otherwise, mut absent) = (0, vec![], vec![]);
    for row in rows("matches") {
        let pair = (row["person_id"].as_str(), row["post_id"].as_str());
        match proposed.get(&pair) {
            Some((kind, difference)) => {
                assert_eq!(difference.to_string(), row["grade_difference"], "{pair:?}");
                if kind.word() == row["match"] {
                    agreed += 1;
                } else {
                    otherwise.push(format!("{} {} {kind}", pair.0, pair.1));
                }
            }
            None => absent.push(format!("{} {}", pair.0, pair.1)),
        }
    }
    assert_eq!(agreed, 88);
    assert_eq!(otherwise, ["P05 A06 direct", "P07 A06 direct", "P08 A07 partial", "P43 A31 partial"]);
    let judgements =
        "P05 A12,P07 A11,P22 A07,P31 A25,P32 A25,P33 A24,P33 B24,P40 B23,P42 B10,P45 B12,P46 A17,P46 B14,P47 B15";
    assert_eq!(absent.join(","), judgements);
    assert!(proposals.is_sorted_by_key(|p| (p.person, p.post)));
}
