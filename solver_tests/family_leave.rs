//! The priority of people on family leave: a switch that puts one objective before all others.

use demerge::case::EmploymentStatus;
use demerge::case::scenario::Objective;
use demerge::load::{Sources, Want, load};
use demerge::solve::{Limits, Solver};
use demerge::study::variant::Variant;

use crate::cases::{authority, person, scenario, two_for_one};
use crate::cli::run::data;

/// case47 with these lines of `[policy]` more in S1.
fn with_policy(lines: &str) -> Sources {
    let Ok(Sources::Folder(mut files)) = demerge::files::read_case(&data("case47")) else {
        panic!("case47 is a folder")
    };
    for file in files.iter_mut().filter(|file| file.name == "scenarios/S1.toml") {
        let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        file.bytes = text.replace("[policy]", &format!("[policy]\n{lines}")).into_bytes();
    }
    Sources::Folder(files)
}

#[test]
fn the_switch_puts_family_before_all_objectives() {
    let objectives = |lines: &str| {
        let loaded = load(&with_policy(lines), Want::Solve(Some("S1"))).unwrap_or_else(|faults| panic!("{faults}"));
        loaded.scenarios[0].objectives.clone()
    };
    assert_eq!(objectives(""), Objective::STANDARD);
    assert_eq!(objectives("family_priority = false"), Objective::STANDARD);
    assert_eq!(objectives("family_priority = true"), [&[Objective::Family][..], &Objective::STANDARD].concat());
    let wrong = load(&with_policy("family_priority = \"often\""), Want::Solve(Some("S1")));
    assert!(wrong.is_err_and(|faults| faults.to_string().contains("family_priority")));
}

/// By hand: one post for two. P1 stated its authority; P2, on leave, did not. With the priority P2 has the post.
#[test]
fn of_two_for_one_post_the_one_on_leave_has_it() {
    let limits = Limits { solver: Solver::Network, should_stop: &|| false };
    let leaves =
        [EmploymentStatus::MaternityLeave, EmploymentStatus::AdoptionLeave, EmploymentStatus::SharedParentalLeave];
    for &status in EmploymentStatus::ALL {
        let mut case = two_for_one();
        case.people[person(1)].status = status;
        assert_eq!(case.people[person(0)].preference.stated(), Some(authority(0)));
        let mut scenario = scenario();
        scenario.objectives.insert(0, Objective::Family);
        let best = Variant::of(&case, &scenario).answer(&limits).expect("certified");
        let holder = best.placements().first().expect("somebody is placed").person;
        assert_eq!(holder, person(usize::from(leaves.contains(&status))), "{status}");
        assert_eq!(best.objectives()[0].value, i64::from(leaves.contains(&status)));
    }
}
