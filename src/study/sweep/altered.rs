//! The case of one scenario: without those who left, with what people state, without posts that were withdrawn.
//!
//! Whoever has left is no person of the case any more: nobody to place, nobody in the denominator of a share. Decisions and links
//! about them fall with them. An answer that was drawn is about authorities only; its ranks of posts stay unknown.

use crate::case::{Case, Link, Pin, PostStatus};
use crate::id::{Id, PersonId, Table};
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
        let (mut case, kept) = without(base, &drawn.leavers);
        let mut now = vec![None; base.people.len()];
        for (at, person) in kept.iter().enumerate() {
            now[person.index()] = Some(PersonId::at(at));
        }
        for &(person, preferred) in drawn.changed.iter().chain(&drawn.answered) {
            if let Some(person) = now[person.index()] {
                case.people[person].preference.preferred = preferred;
            }
        }
        for &post in &drawn.withdrawn {
            case.posts[post].status = PostStatus::Held;
        }
        Self { case, kept }
    }
}

/// The case without these people, and who the others were.
fn without(base: &Case, leavers: &[PersonId]) -> (Case, Vec<PersonId>) {
    if leavers.is_empty() {
        return (base.clone(), base.people.ids().collect());
    }
    let kept: Vec<PersonId> = base.people.ids().filter(|person| leavers.binary_search(person).is_err()).collect();
    let mut now = vec![None; base.people.len()];
    for (at, person) in kept.iter().enumerate() {
        now[person.index()] = Some(PersonId::at(at));
    }
    let now = |person: PersonId| now[person.index()];
    let link = |link: &Link| Some(Link { people: [now(link.people[0])?, now(link.people[1])?], ..link.clone() });
    let case = Case {
        authorities: base.authorities.clone(),
        structures: base.structures.clone(),
        grades: base.grades.clone(),
        people: Table::new(kept.iter().map(|&person| base.people[person].clone()).collect()),
        joint_posts: base.joint_posts.clone(),
        posts: base.posts.clone(),
        matches: base.matches.iter().filter_map(|(&(it, post), row)| Some(((now(it)?, post), row.clone()))).collect(),
        ranks: base.ranks.iter().filter_map(|(&(it, post), &rank)| Some(((now(it)?, post), rank))).collect(),
        pins: base.pins.iter().filter_map(|pin| Some(Pin { person: now(pin.person)?, ..pin.clone() })).collect(),
        links: base.links.iter().filter_map(link).collect(),
        travel: base.travel.as_ref().map(|travel| {
            travel.iter().filter_map(|(&(it, authority), &miles)| Some(((now(it)?, authority), miles))).collect()
        }),
    };
    (case, kept)
}
