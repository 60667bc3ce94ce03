//! The list for a mail merge: a row for each letter, with what a covering letter wants to say.
//!
//! Ids only: whoever sends the letters joins names and addresses to `person_id` on their own machine.

use crate::case::Person;
use crate::report::letters::{Letters, Outcome};
use crate::report::lists::{flag, write};
use crate::study::explain::Explanation;

const HEAD: [&str; 11] = [
    "person_id",
    "file",
    "present_post",
    "employer",
    "outcome",
    "post_id",
    "post_title",
    "authority",
    "grade",
    "fte",
    "preference_met",
];

/// One row for each explanation, in its order; `file` is the name of the letter with this ending.
pub fn merge_csv(letters: &Letters<'_>, told: &[Explanation], ending: &str) -> Vec<u8> {
    write(&HEAD, told.iter().map(|told| row(letters, told, ending)))
}

fn row(letters: &Letters<'_>, told: &Explanation, ending: &str) -> Vec<String> {
    let case = letters.case;
    let person = &case.people[told.person];
    let mut cells = vec![
        person.code.clone(),
        format!("{}.{ending}", file_stem(person)),
        person.joint_post.map(|id| case.joint_posts[id].title.clone()).unwrap_or_default(),
        case.authorities[person.employer].name.clone(),
    ];
    let (outcome, post) = match letters.outcome(told.person) {
        Outcome::Post(post) => ("post", Some(post)),
        Outcome::Open(..) => ("not_decided", None),
        Outcome::AtRisk => ("at_risk", None),
    };
    cells.push(outcome.to_owned());
    cells.extend(match post {
        None => vec![String::new(); 5],
        Some(id) => {
            let post = &case.posts[id];
            vec![
                post.code.clone(),
                post.title.clone(),
                case.authorities[post.authority].name.clone(),
                case.grades[post.grade].code.clone(),
                post.fte.to_string(),
            ]
        }
    });
    cells.push(match post {
        Some(_) => told.standing.preference_met.map(flag).unwrap_or_default(),
        None => String::new(),
    });
    cells
}

/// What the file of a person's letter is called, without its ending; the row sets apart ids that no file can bear.
pub fn file_stem(person: &Person) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if person.code.chars().all(plain) {
        return person.code.clone();
    }
    let code: String = person.code.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    format!("{code}-row-{}", person.row)
}
