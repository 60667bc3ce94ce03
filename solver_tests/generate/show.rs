//! A case in few lines, for the message of a test that failed.

use std::fmt::Write;

use demerge::case::Case;
use demerge::case::scenario::Scenario;

/// The case and scenario in short; ids are positions.
pub(crate) fn dump(case: &Case, scenario: &Scenario) -> String {
    let mut out = String::new();
    write(&mut out, case, scenario).expect("a string takes everything");
    out
}

fn write(out: &mut String, case: &Case, scenario: &Scenario) -> std::fmt::Result {
    writeln!(out, "objectives {:?}, structures {:?}", scenario.objectives, scenario.structures)?;
    writeln!(out, "{:?}, {:?}, use_pins {}", scenario.policy, scenario.statutory_cover, scenario.use_pins)?;
    for (position, rule) in scenario.fairness.iter().enumerate() {
        writeln!(out, "clause {position}: {rule:?}")?;
    }
    for post in case.posts.values() {
        writeln!(
            out,
            "{} of {:?} x{} tier {} {} {} fte {} min {} lists {:?} {:?} needs {:?} retained {:?}",
            post.code,
            post.authority,
            post.capacity,
            post.tier,
            post.status,
            post.criticality,
            post.fte,
            post.salary_min.0,
            post.structures,
            post.functions,
            post.essential_qualification,
            post.retained_shared
        )?;
    }
    for joint in case.joint_posts.values() {
        writeln!(out, "{} {:?}", joint.code, joint.shares)?;
    }
    for (id, person) in case.people.iter() {
        writeln!(
            out,
            "{} of {:?} joint {:?} salary {} fte {} holds {:?} {:?} retained {:?} {:?} {}",
            person.code,
            person.employer,
            person.joint_post,
            person.salary.0,
            person.fte,
            person.qualifications,
            person.statutory_roles,
            person.retained_shared,
            person.preference.preferred,
            person.preference.response
        )?;
        for ((_, post), matched) in case.matches.iter().filter(|((person, _), _)| *person == id) {
            let rank = case.ranks.get(&(id, *post)).map(|rank| rank.rank);
            writeln!(
                out,
                "    {} {} {:+} rank {rank:?}",
                case.posts[*post].code, matched.kind, matched.grade_difference
            )?;
        }
    }
    for pin in &case.pins {
        writeln!(out, "pin {:?} {:?}", pin.person, pin.decision)?;
    }
    for link in &case.links {
        writeln!(out, "link {:?} {}", link.people, link.kind)?;
    }
    writeln!(out, "travel {:?}", case.travel)
}
