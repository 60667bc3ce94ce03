//! The case of one scenario: without those who left, with what people state, without posts that were withdrawn.
//!
//! What that means for a case stands in `case::change`. An answer that was drawn is about authorities only; its ranks of posts stay unknown.

use crate::case::Case;
use crate::id::PersonId;
use crate::study::sweep::draw::Drawn;

/// A case with what was drawn done to it.
#[derive(Debug, Clone)]
pub struct Altered {
    /// The case; its people are those of the base in their order, without the leavers.
    pub case: Case,
    /// For each person of the case, who it is in the base.
    pub kept: Vec<PersonId>,
}

/// The base without texts that no plan depends on, so that copies are quick; people and posts keep their ids.
pub(super) fn lean(case: &Case) -> Case {
    let mut case = case.clone();
    case.matches.values_mut().for_each(|it| it.evidence = String::new());
    for authority in case.authorities.ids() {
        case.authorities[authority].name = String::new();
    }
    for structure in case.structures.ids() {
        (case.structures[structure].label, case.structures[structure].note) = (String::new(), String::new());
    }
    for grade in case.grades.ids() {
        (case.grades[grade].code, case.grades[grade].scheme) = (String::new(), String::new());
    }
    for joint_post in case.joint_posts.ids() {
        let it = &mut case.joint_posts[joint_post];
        (it.code, it.title) = (String::new(), String::new());
        (it.directorate, it.function) = (String::new(), String::new());
    }
    for post in case.posts.ids() {
        case.posts[post].title = String::new();
    }
    for person in case.people.ids() {
        case.people[person].fixed_term_end = None;
        case.people[person].preference.received = None;
    }
    case
}

impl Altered {
    /// Does to a case what was drawn.
    pub fn of(base: &Case, drawn: &Drawn) -> Self {
        let (case, kept) = base.changed(base.people.ids(), &drawn.change());
        Self { case, kept }
    }
}
