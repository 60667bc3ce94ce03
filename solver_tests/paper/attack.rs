//! Nobody can be found in a public pack; and in a pack with a leak, somebody is.

use std::fs;

use demerge::case::Case;
use demerge::load::{Want, load};

use crate::cli::run::{data, demerge, folder, text};
use crate::paper::recover::attack;
use crate::paper::{Pack, pack};

/// Ids and secrets of everybody in a case, read from its files.
pub(crate) fn to_look_for(case: &str) -> (Vec<String>, Vec<String>) {
    let case = read(case);
    let people = case.people.values().map(|person| person.code.clone());
    let ids = people.chain(case.joint_posts.values().map(|post| post.code.clone())).collect();
    let mut secrets = Vec::new();
    for person in case.people.values() {
        let pounds = person.salary.0 / 100;
        secrets.push(format!("{pounds}"));
        secrets.push(format!("{},{:03}", pounds / 1000, pounds % 1000));
        secrets.extend(person.fixed_term_end.clone());
    }
    for word in ["maternity_leave", "seconded_out", "long_term_sick"] {
        secrets.push(word.to_owned());
    }
    // A figure that everybody may know, such as an end of a pay scale, is no secret.
    (ids, secrets)
}

fn read(name: &str) -> Case {
    let sources = demerge::files::read_case(&data(name)).expect("the case is there");
    load(&sources, Want::Check).expect("a good case").case
}

const PACKS: [(&str, &str, &[&str]); 2] =
    [("case47", "S1", &["--equality", "--compare", "S3,S7"]), ("example", "S1", &["--equality", "--compare", "S2"])];

fn each(threshold: u32) {
    for (case, scenario, more) in PACKS {
        let number = threshold.to_string();
        let Pack { public, exempt } = pack(case, scenario, &[more, &["--threshold", &number]].concat());
        let (ids, secrets) = to_look_for(case);
        let found = attack(&public, i64::from(threshold), &ids, &secrets);
        assert!(found.is_empty(), "{case} {scenario} {more:?}, threshold {threshold}: {found:?}");
        // The same attacker finds plenty in the paper that is not for publication.
        assert!(attack(&exempt, i64::from(threshold), &ids, &secrets).len() > 10, "{case} {scenario}");
    }
}

/// Truth: the attacker of `recover`, who shares no code with the program.
#[test]
fn nobody_is_found_at_a_threshold_of_three() {
    each(3);
}

/// As above.
#[test]
fn nobody_is_found_at_a_threshold_of_five() {
    each(5);
}

/// As above.
#[test]
fn nobody_is_found_at_a_threshold_of_ten() {
    each(10);
}

/// Truth: by construction, each leak gives one number or one id more than the paper does.
#[test]
fn a_leaky_pack_is_found_out() {
    let Pack { public, .. } = pack("case47", "S1", &[]);
    let (ids, secrets) = to_look_for("case47");
    let found = |page: &str| attack(page, 5, &ids, &secrets);
    assert!(found(&public).is_empty());
    // One is without a post: 46 of 47 are placed, so their number tells it.
    let main = public.find("People and seats by council").expect("the table");
    let row = main + public[main..].find("<th scope=\"row\">All</th>").expect("the last row");
    let placed = "43 to 46";
    let cell = row + public[row..].find(placed).expect("the number placed is a range");
    let after = cell + placed.len();
    let leaks = [
        ("a total", format!("{}46{}", &public[..cell], &public[after..])),
        ("a narrow range", format!("{}46 to 47{}", &public[..cell], &public[after..])),
        ("an id", public.replace("Nothing in it is decided", "P05 is not decided")),
        ("a joint post", public.replace("Nothing in it is decided", "J05 is not decided")),
        ("pay", public.replace("Nothing in it is decided", "\u{a3}66,763 is not decided")),
        ("a narrow bound", public.replace("and fewer than 5 would not", "and fewer than 2 would not")),
        ("a column", public.replace("<th scope=\"col\">Title</th>", "<th scope=\"col\">Title and Salary</th>")),
    ];
    for (what, page) in leaks {
        assert_ne!(page, public, "{what}: nothing was changed");
        assert!(!found(&page).is_empty(), "{what} was not found");
    }
}

/// Truth: 35 and 37 people have the authority that they stated in S1 and S7 (`data/README.md`), which differ by two.
#[test]
fn two_scenarios_cannot_be_subtracted() {
    let Pack { public, exempt } = pack("case47", "S1", &["--compare", "S7"]);
    let met = |page: &str, row: &str| {
        let tables = crate::paper::read::tables(page);
        let beside =
            crate::paper::read::table(&tables, "The proposal beside other scenarios").expect("the table").clone();
        let row = beside.rows.iter().find(|cells| cells[0].starts_with(row)).expect("the row").clone();
        let at = beside.heads.iter().position(|head| head == "Council they prefer");
        at.map_or("[c]".to_owned(), |at| row[at].clone())
    };
    assert_eq!([met(&exempt, "This proposal"), met(&exempt, "Scenario S7")], ["35", "37"]);
    assert_eq!([met(&public, "This proposal"), met(&public, "Scenario S7")], ["35", "about 35"]);
}

/// Truth: the words themselves.
#[test]
fn a_text_that_names_somebody_is_refused() {
    let out = folder();
    let words = out.path().join("words.toml");
    fs::write(&words, "purpose = \"Written for P05.\"\n").expect("written");
    let into = out.path().join("pack");
    let case = data("case47");
    let arguments = ["paper", text(&case), "--scenario", "S1", "--out", text(&into), "--template", text(&words)];
    let ran = demerge(&arguments);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(ran.err.contains("P05 in: Written for P05."), "{}", ran.err);
    assert!(!into.exists(), "nothing is written");
}
