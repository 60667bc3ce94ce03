//! What is wrong with a plan is listed whole, each with its line.

use demerge::load::sweep::load;
use demerge::load::{SourceFile, Sources};

use crate::check::folder as sources;
use crate::cli::run::{data, demerge, folder, text};
use crate::sweep::plan_in;

/// Every fault of a plan, as text.
pub(crate) fn faults(case: &str, plan: &str) -> String {
    let file = SourceFile { name: "plan.toml".to_owned(), bytes: plan.as_bytes().to_vec() };
    load(&Sources::Folder(sources(&data(case))), &file).map_or_else(|faults| faults.to_string(), |_| String::new())
}

/// By construction: each line holds the fault that is named after it.
#[test]
fn every_fault_of_a_plan_is_listed_with_its_line() {
    let plan = "\
scenario = \"S1\"
seeds = 7
scenarios = 0
[grid]
policy.rule = \"employer_default\"
\"policy.max_grades_down\" = [0, 1, 0]
polizy.rule = [1]
[sample.leavers]
all = 1.5
contract_type.permanant = 0.1
person.P99 = 0.2
[sample.changes]
all = 0.1
[sample.answers]
M = 0.5
T = 0.4
[sample.recruitment]
all = \"often\"
tiers.3 = 0.1
";
    let found = faults("example", plan);
    let wanted = [
        ("L404", 1, "seed"),
        ("L601", 2, "did you mean \"seed\"?"),
        ("L603", 3, "from 1 to"),
        ("L403", 5, "[first, second]"),
        ("L605", 6, "0"),
        ("L601", 7, "did you mean \"policy\"?"),
        ("L603", 9, "a probability"),
        ("L602", 10, "did you mean \"permanent\"?"),
        ("L602", 11, "P99"),
        ("L404", 12, "to says"),
        ("L604", 14, "0.9"),
        ("L403", 18, "often"),
        ("L601", 19, "did you mean \"tier\"?"),
    ];
    let blocks: Vec<&str> = found.split("\n\n").collect();
    for (code, line, said) in wanted {
        let is = |block: &&&str| {
            block.contains(&format!("[{code}]"))
                && block.contains(&format!("plan.toml line {line} "))
                && block.contains(said)
        };
        assert!(blocks.iter().any(|block| is(&block)), "{code} in line {line}: {said}\n{found}");
    }
    assert!(found.ends_with(&format!("{} errors.", wanted.len())), "{found}");
    let folder = folder();
    let ran = demerge(&["sweep", text(&data("example")), text(&plan_in(folder.path(), plan)), "--out", "no.parquet"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
}

/// By construction: what no scenario can say is refused with the line of the plan, once, and with the point.
#[test]
fn a_value_that_no_scenario_can_have_is_refused() {
    let head = "scenario = \"S1\"\nseed = 1\nscenarios = 1\n[grid]\n";
    for (line, code, said) in [
        ("policy.rule = [\"employer_defalt\", \"time_majority\"]", "L405", "did you mean \"employer_default\"?"),
        ("policy.ruel = [\"time_majority\"]", "L402", "did you mean \"rule\"?"),
        ("structures.M = [\"T1\"]", "L409", "structure T1 is authority T's"),
        ("fairness.9.min_pct = [1]", "L602", "2 fairness rules, counted from 1"),
        ("fairness.1.min_pct = [20, 101]", "L407", "from 0 to 100"),
        ("fairness.1.min_pct = [20, 60]", "L411", "min_pct 60, max_pct 50"),
        ("id = [\"S2\"]", "L601", "a grid varies"),
        ("policy.on_cost_pct = []", "L403", "[first, second]"),
    ] {
        let found = faults("example", &format!("{head}{line}\nuse_pins = [true, false]\n"));
        assert!(found.contains(&format!("[{code}]")) && found.contains(said), "{line}\n{found}");
        assert!(found.contains("plan.toml line 5 "), "{line}\n{found}");
        assert!(found.ends_with("\n1 error."), "{line}\n{found}");
    }
    let found = faults("example", &format!("{head}fairness.1.min_pct = [20, 60]\n"));
    assert!(found.contains("(scenario S1 with fairness.1.min_pct = 60)"), "{found}");
}

/// By construction.
#[test]
fn the_base_scenario_is_one_of_the_case() {
    let rest = "seed = 1\nscenarios = 1\n";
    let found = faults("example", &format!("scenario = \"S7\"\n{rest}"));
    assert!(found.contains("error[L602]") && found.contains("plan.toml line 1 column 12"), "{found}");
    assert!(found.contains("the scenarios of the case are S1, S2, S9"), "{found}");
    let found = faults("example", rest);
    assert!(found.contains("error[L404]") && found.contains("scenario = \"S1\""), "{found}");
    let found = faults("example", "scenario = \n");
    assert!(found.contains("error[L401]: a file cannot be read as TOML"), "{found}");
    let many = "[grid]\npolicy.unlisted_rank = [1,2,3,4,5,6,7,8,9,10,11]\npolicy.max_grades_down = [0,1,2,3,4,5,6,7,8,9]\n\
        policy.on_cost_pct = [0,1,2,3,4,5,6,7,8,9]\nstatutory_cover.max_tier = [1,2,3,4,5,6,7,8,9,10]\n";
    let found = faults("example", &format!("scenario = \"S1\"\n{rest}{many}"));
    assert!(found.contains("error[L606]") && found.contains("11,000 points"), "{found}");
}

/// By construction: plans of sweeps lie beside the case on purpose.
#[test]
fn the_folder_of_plans_is_no_stray() {
    let ran = demerge(&["check", text(&data("case47"))]);
    assert!(ran.code == 0 && !ran.out.contains("sweeps") && !ran.err.contains("sweeps"), "{}", ran.out);
}
