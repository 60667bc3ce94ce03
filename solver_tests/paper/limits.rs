//! What a limit costs as it moves, and what another scenario would give and take, as the papers tell them.

use std::fs;

use serde_json::Value;

use crate::cli::run::{copy, data, demerge, folder, text};
use crate::paper::read::{table, tables};
use crate::paper::{pack, write};

const RULES: &str = "\n[[fairness]]\nkind = \"people_share\"\nauthority = \"B\"\nmin_pct = 35\nlevel = \"must\"\n\
                     \n[[fairness]]\nkind = \"vacancy_gap\"\nauthorities = [\"A\", \"B\"]\nmax_points = 15\nlevel = \"report\"\n";

/// Truth: `demerge curve`, which is tested by itself; the public paper has no table, drawing or limit of it.
#[test]
fn the_exempt_paper_follows_a_limit_and_the_public_one_does_not() {
    let out = folder();
    let case = out.path().join("case");
    copy(&data("case47"), &case, |text| text.as_bytes().to_vec());
    let scenario = case.join("scenarios/S1.toml");
    let before = fs::read_to_string(&scenario).expect("the scenario");
    fs::write(&scenario, before + RULES).expect("written");
    let into = out.path().join("pack");
    let ran = write(&case, "S1", &into, &["--formats", "html", "--letters", "none"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let page = |who: &str| fs::read_to_string(into.join(who).join("paper.html")).expect("a page");
    let (public, exempt) = (page("public"), page("exempt"));
    let told = tables(&exempt);
    for (clause, caption) in [("1", "Share of people at B, at least"), ("2", "Gap in vacancy rate, A and B, at most")] {
        let file = out.path().join("curve.json");
        let arguments =
            ["curve", text(&case), "--scenario", "S1", "--clause", clause, "--json", text(&file), "--force"];
        assert_eq!(demerge(&arguments).code, 0);
        let truth: Value = serde_json::from_slice(&fs::read(&file).expect("written")).expect("JSON");
        let found = table(&told, &format!("{caption}: the best result at each limit")).expect("the table");
        let steps = truth["steps"].as_array().expect("steps");
        assert_eq!(found.rows.len(), steps.len(), "{caption}");
        for (row, step) in found.rows.iter().zip(steps) {
            let of = |name: &str| {
                let all = step["objectives"].as_array().expect("objectives").iter();
                all.clone().find(|it| it["name"] == name).map(|it| it["value"].as_str().expect("text").to_owned())
            };
            let at = found.heads.iter().position(|head| head == "People with the authority they stated");
            let expected = of("preference").unwrap_or_else(|| "no plan".to_owned());
            let cell = if step["status"] == "optimal" { at.map(|at| row[at].clone()) } else { Some(row[1].clone()) };
            assert_eq!(cell, Some(expected), "{caption}: {row:?}");
        }
        assert!(!public.contains(caption), "{caption}");
    }
    assert!(public.contains("looser or tighter is in the exempt paper") && !public.contains("36.18"));
}

/// Truth: `data/README.md`: S7 places 45 and meets 37 preferences, S1 46 and 35.
#[test]
fn another_scenario_is_weighed_in_one_sentence() {
    let found = pack("case47", "S1", &["--compare", "S7"]);
    let wanted =
        "Scenario S7 instead of this proposal would mean 2 more people at the council that they prefer (37, not 35)";
    assert!(found.exempt.contains(wanted));
    assert!(found.exempt.contains("; but also 1 person fewer with a post (45, not 46)"));
    assert!(!found.public.contains("instead of this proposal would mean"), "each difference is small");
}
