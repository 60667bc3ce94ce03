//! What `demerge solve` writes and prints, for a small case that was worked out by hand.
//!
//! Two authorities, seven people, six posts with seven seats. P3 and P4 both want the only post they match (B2): they are
//! a pool, and the cheaper of them (P3) holds it in the plan. P6 matches A3 only and lacks its qualification. By hand: 5 placed; the MO at A
//! (P1); preference met for P1, P2, P3, P5; match 2 (P7's alternative); ranks 1+1+1+2+0; cost 1.28 x (60,000 + 50,000 +
//! 40,000 + 0.6 x 38,000 + 33,333) = 263,850.24. The expected texts were read as prose before they were accepted.

mod kill;

use std::collections::{BTreeMap, BTreeSet};

use demerge::case::answer::{Answer, Conflict, Effort, Leaf, Outcome, Plan, Scored, Undecided, Witness};
use demerge::case::goal::Goal;
use demerge::case::proof::{Claim, End, Node, Proof, RowName, Step};
use demerge::case::scenario::{
    Clause, FairnessRule, Level, Objective, Policy, PolicyRule, RetainedShared, Scenario, StatutoryCover,
};
use demerge::case::{
    Authority, Case, Contract, Criticality, Decision, EmploymentStatus, Grade, Link, LinkKind, Match, MatchKind,
    Person, Pin, Post, PostStatus, Preference, Preferred, Rank, Response, StatutoryRole, Structure,
};
use demerge::certify::{Certified, certify};
use demerge::diagnostic::{Diagnostic, Place, Severity};
use demerge::id::{AuthorityId, GradeId, Id, PersonId, PostId, StructureId, Table};
use demerge::quantity::{BasisPoints, Fte, Pence};
use demerge::report::html::write_html;
use demerge::report::lists::{at_risk_csv, placements_csv, vacancies_csv};
use demerge::report::plan::{PlanFault, read_conflict, read_plan, write_plan};
use demerge::report::provenance::Provenance;
use demerge::report::words::leaf_sentence;
use demerge::report::{sections, terminal};
use demerge::study::summary::{Summary, summarise};

fn words(list: &str) -> BTreeSet<String> {
    list.split(';').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn person(code: &str, row: u32, employer: usize, pounds: i64, preferred: Preferred, response: Response) -> Person {
    Person {
        code: code.to_owned(),
        row,
        joint_post: None,
        employer: AuthorityId::at(employer),
        grade: GradeId::at(0),
        salary: Pence(pounds * 100),
        fte: Fte::FULL,
        contract: Contract::Permanent,
        fixed_term_end: None,
        service_years: Some(4),
        qualifications: BTreeSet::new(),
        statutory_roles: BTreeSet::new(),
        status: EmploymentStatus::InPost,
        retained_shared: Some(false),
        preference: Preference { preferred, strength: None, response, round: None, received: None },
    }
}

fn post(code: &str, row: u32, authority: usize, title: &str, functions: &str, capacity: u32) -> Post {
    Post {
        code: code.to_owned(),
        row,
        authority: AuthorityId::at(authority),
        title: title.to_owned(),
        tier: 3,
        functions: words(functions),
        grade: GradeId::at(0),
        fte: Fte::FULL,
        capacity,
        statutory_role: None,
        essential_qualification: None,
        criticality: Criticality::Normal,
        status: PostStatus::Open,
        structures: BTreeSet::from([StructureId::at(authority)]),
        retained_shared: Some(false),
        salary_min: Pence(3_000_000),
        salary_max: Pence(6_000_000),
    }
}

fn case() -> Case {
    let authority = |code: &str, name: &str| Authority {
        code: code.to_owned(),
        name: name.to_owned(),
        cost_share: None,
        budget: None,
    };
    let structure = |code: &str, authority: usize| Structure {
        code: code.to_owned(),
        authority: AuthorityId::at(authority),
        label: String::new(),
        note: String::new(),
    };
    let at = |authority| Preferred::Authority(AuthorityId::at(authority));
    let mut people = vec![
        person("P1", 2, 0, 60_000, at(0), Response::Responded),
        person("P2", 3, 0, 50_000, at(1), Response::Responded),
        person("P3", 4, 0, 40_000, at(1), Response::Late),
        person("P4", 5, 1, 41_000, at(1), Response::Responded),
        person("P5", 6, 1, 38_000, at(0), Response::Responded),
        person("P6", 7, 1, 35_000, Preferred::NoPreference, Response::Declined),
        person("P7", 8, 0, 33_333, Preferred::Blank, Response::NoResponse),
    ];
    people[0].statutory_roles = BTreeSet::from([StatutoryRole::Mo]);
    people[4].fte = Fte(6_000);
    let mut posts = vec![
        post("A1", 2, 0, "Head of Law", "legal;democratic", 1),
        post("A2", 3, 0, "Planner", "planning", 2),
        post("A3", 4, 0, "HR & Payroll <Manager>", "people", 1),
        post("B1", 5, 1, "Chief Planner", "planning", 1),
        post("B2", 6, 1, "Accountant", "finance", 1),
        post("B3", 7, 1, "=Clerk", "democratic", 1),
    ];
    posts[0].criticality = Criticality::Statutory;
    posts[2].essential_qualification = Some("CIPD".to_owned());
    posts[5].criticality = Criticality::High;
    let link = |row, kind| Match { row, kind, grade_difference: 0, evidence: String::new() };
    let pair = |person, post| (PersonId::at(person), PostId::at(post));
    let matches = [
        (0, 0, MatchKind::Direct),
        (1, 3, MatchKind::Direct),
        (1, 1, MatchKind::Partial),
        (2, 4, MatchKind::Direct),
        (3, 4, MatchKind::Direct),
        (4, 1, MatchKind::Direct),
        (5, 2, MatchKind::Direct),
        (6, 5, MatchKind::Alternative),
    ];
    let ranks = [(0, 0, 1), (1, 3, 1), (1, 1, 2), (2, 4, 1), (3, 4, 1), (4, 1, 2)];
    Case {
        authorities: Table::new(vec![authority("A", "Ashdale District Council"), authority("B", "Brook Borough")]),
        structures: Table::new(vec![structure("SA", 0), structure("SB", 1)]),
        grades: Table::new(vec![Grade {
            code: "G9".to_owned(),
            scheme: "NJC".to_owned(),
            rank: 9,
            salary_min: Pence(3_000_000),
            salary_max: Pence(6_000_000),
        }]),
        people: Table::new(people),
        joint_posts: Table::new(vec![]),
        posts: Table::new(posts),
        matches: matches.iter().zip(2..).map(|(&(p, q, kind), row)| (pair(p, q), link(row, kind))).collect(),
        ranks: ranks.iter().zip(2..).map(|(&(p, q, rank), row)| (pair(p, q), Rank { row, rank })).collect(),
        pins: vec![],
        links: vec![],
        travel: None,
    }
}

fn scenario() -> Scenario {
    let (a, b) = (AuthorityId::at(0), AuthorityId::at(1));
    let rule = |level, clause| FairnessRule { clause, level };
    let percent = |value: i32| Some(BasisPoints(value * 100));
    Scenario {
        id: "S1".to_owned(),
        name: "Hand-made".to_owned(),
        purpose: "for the tests".to_owned(),
        objectives: Objective::STANDARD.to_vec(),
        use_pins: false,
        structures: BTreeMap::from([(a, StructureId::at(0)), (b, StructureId::at(1))]),
        policy: Policy {
            rule: PolicyRule::PreferenceInformed,
            retained_shared: RetainedShared::Release,
            max_grades_down: 1,
            promotion_into: BTreeSet::new(),
            unlisted_rank: 6,
            on_cost: BasisPoints(2_800),
        },
        statutory_cover: StatutoryCover { roles: vec![StatutoryRole::Mo], max_tier: 4 },
        fairness: vec![
            rule(Level::Must, Clause::PeopleShare { authority: b, min: percent(35), max: percent(45) }),
            rule(Level::Must, Clause::Budget { authority: a, max: Pence(20_000_050) }),
            rule(Level::Must, Clause::Cover { authority: b, function: "planning".to_owned(), min_people: 1 }),
            rule(Level::Report, Clause::FteShare { authority: a, min: None, max: percent(20) }),
            rule(Level::Must, Clause::VacancyGap { authorities: [a, b], max_points: BasisPoints(5_000) }),
            rule(Level::Must, Clause::PreferenceParity { max_points: BasisPoints(6_000) }),
        ],
    }
}

/// The best plan, with proofs worked out by hand: B2 has one seat, and both P3 and P4 want it.
fn answer() -> Answer {
    let case = case();
    let posts = [Some(0), Some(3), Some(4), None, Some(1), None, Some(5)];
    let plan = Plan::new(&case, posts.map(|post| post.map(PostId::at)).to_vec());
    let values = [5, 1, 4, 2, 5, 26_385_024];
    let objectives = Objective::STANDARD.iter().enumerate().zip(values);
    let scored = |((position, &objective), value): ((usize, &Objective), i64)| Scored {
        goal: Goal::whole(position, objective),
        value,
        bound: value,
    };
    let undecided =
        |person| Undecided { person: PersonId::at(person), posts: vec![PostId::at(4)], may_be_unplaced: true };
    Answer {
        witnesses: vec![Witness::new(vec![(PersonId::at(2), None), (PersonId::at(3), Some(PostId::at(4)))])],
        plan,
        objectives: objectives.clone().map(scored).collect(),
        proofs: (0..6).map(|objective| proof(objective, values[objective])).collect(),
        undecided: vec![undecided(2), undecided(3)],
        undecided_complete: true,
        effort: Effort { assignments: 41, nodes: 8 },
    }
}

/// Multipliers of rows and the price of B2 that leave every plan short by one.
fn proof(objective: usize, bound: i64) -> Proof {
    let wanted = RowName::Objective(objective);
    let placed = RowName::Objective(0);
    let (multipliers, price) = match objective {
        1 => (vec![(wanted, 1), (RowName::Cover(AuthorityId::at(1), StatutoryRole::Mo), 1)], 0),
        3 => (vec![(placed, 2), (wanted, 1)], -2),
        4 => (vec![(placed, 10), (wanted, 1)], -9),
        5 => (vec![(placed, 10_000_000), (wanted, 1)], -4_752_000),
        _ => (vec![(wanted, 1)], -1),
    };
    let prices = if price == 0 { vec![] } else { vec![(PostId::at(4), price)] };
    closed(Claim::Bound { objective, bound }, Step { multipliers, prices, ..Step::default() })
}

fn closed(claim: Claim, step: Step) -> Proof {
    Proof { claim, rounded: Vec::new(), root: Node { steps: vec![step], end: End::Closed } }
}

fn certified(case: &Case, scenario: &Scenario, outcome: Outcome) -> (Certified, Summary) {
    let certified = certify(case, scenario, outcome).expect("the answer was worked out by hand");
    let summary = summarise(case, scenario, &certified);
    (certified, summary)
}

fn warnings() -> Vec<Diagnostic> {
    vec![Diagnostic {
        code: "L199",
        severity: Severity::Warning,
        place: Place::Csv { file: "people.csv".to_owned(), row: Some(8), column: Some(3) },
        heading: Some("received".to_owned()),
        subject: None,
        title: "no answer was received".to_owned(),
        found: None,
        why: "the person counts as no_response".to_owned(),
        action: "ask again".to_owned(),
    }]
}

fn provenance() -> Provenance {
    Provenance::new([("posts.csv", &b"posts"[..]), ("people.csv", &b"people"[..])])
}

/// A case whose rules cannot all hold: P3 must hold B2, P4 must go to B and matches nothing there but B2.
fn contradiction() -> (Case, Scenario, Conflict) {
    let mut case = case();
    let pin = |row, person, decision, reason: &str| Pin {
        row,
        person: PersonId::at(person),
        decision,
        reason: reason.to_owned(),
        decided_by: "HR".to_owned(),
        date: None,
    };
    case.pins = vec![
        pin(2, 2, Decision::MustPost(PostId::at(4)), "ring-fenced"),
        pin(4, 3, Decision::MustAuthority(AuthorityId::at(1)), ""),
    ];
    let scenario = Scenario { use_pins: true, ..scenario() };
    let step = Step { prices: vec![(PostId::at(4), -1)], ..Step::default() };
    let conflict = Conflict {
        leaves: vec![Leaf::Pin(0), Leaf::Pin(1)],
        proof: closed(Claim::Impossible, step),
        effort: Effort { assignments: 3, nodes: 1 },
    };
    (case, scenario, conflict)
}

#[test]
fn reasons_stand_in_the_rows_of_the_users_files() {
    let (mut case, mut scenario, _) = contradiction();
    case.links = vec![Link { row: 9, people: [PersonId::at(0), PersonId::at(1)], kind: LinkKind::SameAuthority }];
    scenario.id = "S9".to_owned();
    let sentence = |leaf| leaf_sentence(&case, &scenario, leaf);
    assert_eq!(
        sentence(Leaf::Clause(0)),
        "scenario S9, fairness rule 1: Brook Borough (B) must have between 35% and 45% of all people"
    );
    assert_eq!(
        sentence(Leaf::Link(0)),
        "links.csv row 9: P1 and P2 must be placed in one authority, or neither placed"
    );
    assert_eq!(sentence(Leaf::Pin(1)), "pins.csv row 4: P4 must go to Brook Borough (B)");
    assert_eq!(
        sentence(Leaf::Retained(PersonId::at(6))),
        "people.csv row 8: P7 is in a retained shared service, and scenario S9 keeps such people in retained shared posts \
         (retained_shared = \"pin\")"
    );
}

#[test]
fn the_summary_counts_what_was_counted_by_hand() {
    let (case, scenario) = (case(), scenario());
    let (_, summary) = certified(&case, &scenario, Outcome::Placed(answer()));
    assert_eq!((summary.offered.posts, summary.offered.seats, summary.offered.empty), (6, 7, 2));
    assert_eq!((summary.people, summary.placed, summary.at_risk.len(), summary.moves), (7, 5, 2, 4));
    assert_eq!(summary.cost, Pence(26_385_024));
    assert_eq!(summary.placed_fte, Fte(46_000));
    let services: Vec<_> =
        summary.services.iter().map(|(name, seats)| (name.as_str(), seats.seats, seats.empty)).collect();
    assert_eq!(
        services,
        [("democratic", 2, 0), ("finance", 1, 0), ("legal", 1, 0), ("people", 1, 1), ("planning", 3, 1)]
    );
    let preference = summary.preference;
    assert_eq!((preference.stated, preference.met, preference.elsewhere, preference.unplaced), (5, 4, 0, 1));
    let ranks = &summary.ranks;
    assert_eq!((ranks.ranked.as_slice(), ranks.unlisted), (&[(1, 3), (2, 1)][..], 0));
    assert_eq!((ranks.no_response, ranks.unplaced), (1, 2));
    let cover: Vec<_> = summary.cover.iter().map(|cover| cover.holders.len()).collect();
    assert_eq!(cover, [1, 0]);
    let [pool] = summary.pools.as_slice() else { panic!("one pool") };
    assert_eq!((pool.people.len(), pool.posts.len(), pool.seats, pool.may_be_unplaced.len()), (2, 1, 1, 2));
}

#[test]
fn the_terminal_says_the_answer() {
    let (case, scenario) = (case(), scenario());
    let (answer, summary) = certified(&case, &scenario, Outcome::Placed(answer()));
    let text = terminal::render(&case, &scenario, &answer, &summary, &warnings(), 80);
    assert!(text.lines().all(|line| line.chars().count() <= 80 && line.trim_end() == line));
    insta::assert_snapshot!("terminal_optimal", text);
}

#[test]
fn the_terminal_says_why_there_is_no_plan() {
    let (case, scenario, conflict) = contradiction();
    let (answer, summary) = certified(&case, &scenario, Outcome::Impossible(conflict));
    insta::assert_snapshot!("terminal_impossible", terminal::render(&case, &scenario, &answer, &summary, &[], 80));
}

#[test]
fn the_terminal_does_not_call_a_stopped_run_best() {
    let (case, scenario) = (case(), scenario());
    let mut stopped = answer();
    stopped.objectives[5].bound = 26_300_000;
    stopped.undecided_complete = false;
    let (answer, summary) = certified(&case, &scenario, Outcome::Stopped(Some(stopped)));
    let text = terminal::render(&case, &scenario, &answer, &summary, &[], 80);
    for phrase in ["best plan so far", "not proved best:", "£263,000.00", "may be incomplete"] {
        assert!(flat(&text).contains(phrase), "{phrase} in\n{text}");
    }
    assert!(!text.contains("this was proved"));
    let (nothing, summary) = certified(&case, &scenario, Outcome::Stopped(None));
    insta::assert_snapshot!("terminal_nothing", terminal::render(&case, &scenario, &nothing, &summary, &[], 80));
}

/// A text without its line breaks and the columns' padding.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn plan_json_says_the_contracts_words() {
    let (case, scenario) = (case(), scenario());
    let (certified, _) = certified(&case, &scenario, Outcome::Placed(answer()));
    let bytes = write_plan(&case, &scenario, &certified, &provenance());
    assert_eq!(bytes, write_plan(&case, &scenario, &certified, &provenance()), "same input, same bytes");
    assert_eq!(bytes.last(), Some(&b'\n'));
    let text = String::from_utf8(bytes).expect("JSON is UTF-8");
    let (before_effort, _) = text.split_once("  \"effort\"").expect("there is a line of effort");
    insta::assert_snapshot!("plan_json", before_effort);
    let value: serde_json::Value = serde_json::from_str(&text).expect("any reader can read it");
    assert_eq!(value["provenance"]["inputs"][0]["file"], "people.csv");
    assert_eq!(value["provenance"]["program"], concat!("demerge ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn plan_json_comes_back_as_the_answer_it_was() {
    let (case, scenario, made) = (case(), scenario(), answer());
    let (certified, _) = certified(&case, &scenario, Outcome::Placed(made.clone()));
    let bytes = write_plan(&case, &scenario, &certified, &provenance());
    let (plan, read) = read_plan(&case, &scenario, &bytes).expect("our own file");
    let read = read.expect("every objective has its proof");
    assert_eq!(plan, made.plan);
    assert_eq!((read.objectives, read.proofs), (made.objectives, made.proofs));
    assert_eq!((read.undecided, read.witnesses), (made.undecided, made.witnesses));
    assert_eq!((read.undecided_complete, read.effort), (true, made.effort));
    let other = Scenario { id: "S2".to_owned(), ..scenario.clone() };
    let (plan, read) = read_plan(&case, &other, &bytes).expect("the plan stands, its proofs are of another scenario");
    assert!(plan == made.plan && read.is_none());
}

#[test]
fn an_impossible_plan_json_names_the_rules() {
    let (case, scenario, conflict) = contradiction();
    let (certified, _) = certified(&case, &scenario, Outcome::Impossible(conflict));
    let bytes = write_plan(&case, &scenario, &certified, &provenance());
    let value: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(value["status"], "impossible");
    assert_eq!(value["placements"], serde_json::json!([]));
    assert_eq!(value["conflict"]["rules"][0]["kind"], "pin");
    assert_eq!(value["conflict"]["rules"].as_array().map(Vec::len), Some(2));
    assert!(value["conflict"]["text"].as_str().is_some_and(|text| text.contains("pins.csv row 4: P4 must go to")));
    assert_eq!(read_plan(&case, &scenario, &bytes).err(), Some(PlanFault::NoPlan));
    let read = read_conflict(&case, &scenario, &bytes).expect("our own file");
    let made = certified.conflict().expect("impossible");
    assert!(read.leaves == made.leaves && read.proof == made.proof && read.effort == made.effort);
}

#[test]
fn faults_of_a_plan_file_are_told() {
    let (case, scenario) = (case(), scenario());
    let fault = |text: &str| read_plan(&case, &scenario, text.as_bytes()).expect_err(text).to_string();
    let with = |rows: &str| format!("{{\"schema\": \"demerge/plan/1\", \"placements\": [{rows}]}}");
    let row = |person: &str, post: &str| format!("{{\"person_id\": \"{person}\", \"post_id\": \"{post}\"}}");
    assert_eq!(fault(&with(&row("P9", "A1"))), "the plan names person \"P9\", which the case does not have");
    assert_eq!(fault(&with(&row("P1", "A9"))), "the plan names post \"A9\", which the case does not have");
    let twice = fault(&with(&format!("{}, {}", row("P1", "A1"), row("P1", "A2"))));
    assert_eq!(twice, "the plan names P1 twice; a person holds at most one post (R101)");
    assert!(fault("{}").contains("not a plan that demerge can read"));
    assert!(fault("nothing").contains("there is no column \"person_id\""));
    assert!(fault(&"[".repeat(100_000)).contains("no column"));
    assert!(fault(&format!("{{\"x\": {}", "[".repeat(100_000))).contains("not a plan"));
}

#[test]
fn lists_open_in_a_spreadsheet_and_come_back() {
    let (case, scenario, made) = (case(), scenario(), answer());
    let (certified, summary) = certified(&case, &scenario, Outcome::Placed(made.clone()));
    let placements = placements_csv(&case, &certified, &summary);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let (plan, answer) = read_plan(&case, &scenario, &placements).expect("our own file");
    assert!(plan == made.plan && answer.is_none());
    let all = [
        text(placements),
        text(vacancies_csv(&case, &scenario, &certified, &summary)),
        text(at_risk_csv(&case, &scenario, &certified, &summary)),
    ];
    assert!(all.iter().all(|file| file.starts_with('\u{feff}') && file.ends_with("\r\n")));
    assert!(all[0].contains(",'=Clerk,"), "a formula is guarded");
    insta::assert_snapshot!("lists", all.join("\n").replace('\u{feff}', "").replace("\r\n", "\n"));
}

#[test]
fn the_page_is_whole_plain_and_keeps_pay_to_itself() {
    let (case, scenario) = (case(), scenario());
    let (answer, summary) = certified(&case, &scenario, Outcome::Placed(answer()));
    let page = sections::page(&case, &scenario, &answer, &summary, &warnings(), &provenance());
    let html = String::from_utf8(write_html(&page, &provenance())).expect("UTF-8");
    keep("answer.html", &html);
    for part in [
        "<html lang=\"en-GB\">",
        "<title>Scenario S1: who goes where</title>",
        "Skip to the content",
        "HR &amp; Payroll &lt;Manager&gt;",
        "<th scope=\"row\">P1</th>",
        "<th scope=\"col\">Person</th>",
        "Undecided: also no post.",
        "B2: P3 or P4",
        "role=\"region\"",
        "a named officer decides",
        "people.csv row 8 column D",
    ] {
        assert!(html.contains(part), "{part}");
    }
    for part in ["http:", "https:", "<script", "src=", "url(", "<Manager>", "60,000", "76,800", "£64,000"] {
        assert!(!html.contains(part), "{part}");
    }
    let anchors: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(anchors.len(), anchors.iter().collect::<BTreeSet<_>>().len(), "each anchor once: {anchors:?}");
    let (case, scenario, conflict) = contradiction();
    let (impossible, summary) = certified(&case, &scenario, Outcome::Impossible(conflict));
    let page = sections::page(&case, &scenario, &impossible, &summary, &[], &provenance());
    let html = String::from_utf8(write_html(&page, &provenance())).expect("UTF-8");
    keep("impossible.html", &html);
    assert!(html.contains("pins.csv row 2: P3 must hold B2 Accountant (reason: ring-fenced)"));
}

/// Leaves a page in the build directory, for looking at.
fn keep(name: &str, text: &str) {
    std::fs::write(std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), text).expect("the build directory");
}
