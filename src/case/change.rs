//! What may differ from a case in one scenario of many: who has left, what people state instead, which posts are withdrawn.
//!
//! Whoever has left is no person of the case any more: nobody to place, nobody in the denominator of a share. Decisions and links
//! about them fall with them. What is stated instead is about authorities only; ranks of posts stay as they are. Whoever
//! solves and whoever checks reads it from here, each in their own way.

use crate::case::{Case, Link, Pin, PostStatus, Preferred};
use crate::id::{Id, PersonId, PostId, Table};

/// What differs from the case; everything lowest first, and nothing twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Change {
    /// Who has left.
    pub gone: Vec<PersonId>,
    /// Who states something else, and what; nobody who has left.
    pub stated: Vec<(PersonId, Preferred)>,
    /// Posts that are not on offer.
    pub withdrawn: Vec<PostId>,
}

impl Change {
    /// Whether a person has left.
    pub fn has_left(&self, person: PersonId) -> bool {
        self.gone.binary_search(&person).is_ok()
    }
}

impl Case {
    /// The case without texts that no plan depends on, so that copies are quick; people and posts keep their ids.
    pub fn lean(&self) -> Case {
        let mut case = self.clone();
        case.matches.values_mut().for_each(|it| it.evidence = String::new());
        for authority in self.authorities.ids() {
            case.authorities[authority].name = String::new();
        }
        for structure in self.structures.ids() {
            (case.structures[structure].label, case.structures[structure].note) = (String::new(), String::new());
        }
        for grade in self.grades.ids() {
            (case.grades[grade].code, case.grades[grade].scheme) = (String::new(), String::new());
        }
        for joint_post in self.joint_posts.ids() {
            let it = &mut case.joint_posts[joint_post];
            (it.code, it.title) = (String::new(), String::new());
            (it.directorate, it.function) = (String::new(), String::new());
        }
        for post in self.posts.ids() {
            case.posts[post].title = String::new();
        }
        for person in self.people.ids() {
            case.people[person].fixed_term_end = None;
            case.people[person].preference.received = None;
        }
        case
    }

    /// The case of these people alone, in their order; whatever is about others falls with them.
    pub fn only(&self, kept: &[PersonId]) -> Case {
        let mut now = vec![None; self.people.len()];
        for (at, person) in kept.iter().enumerate() {
            now[person.index()] = Some(PersonId::at(at));
        }
        let now = |person: PersonId| now[person.index()];
        let link = |link: &Link| Some(Link { people: [now(link.people[0])?, now(link.people[1])?], ..link.clone() });
        Case {
            authorities: self.authorities.clone(),
            structures: self.structures.clone(),
            grades: self.grades.clone(),
            people: Table::new(kept.iter().map(|&person| self.people[person].clone()).collect()),
            joint_posts: self.joint_posts.clone(),
            posts: self.posts.clone(),
            matches: self
                .matches
                .iter()
                .filter_map(|(&(it, post), row)| Some(((now(it)?, post), row.clone())))
                .collect(),
            ranks: self.ranks.iter().filter_map(|(&(it, post), &rank)| Some(((now(it)?, post), rank))).collect(),
            pins: self.pins.iter().filter_map(|pin| Some(Pin { person: now(pin.person)?, ..pin.clone() })).collect(),
            links: self.links.iter().filter_map(link).collect(),
            travel: self.travel.as_ref().map(|travel| {
                travel.iter().filter_map(|(&(it, authority), &miles)| Some(((now(it)?, authority), miles))).collect()
            }),
        }
    }

    /// The case with a change, and who each of its people was; `among`: the people that there were.
    pub fn changed(&self, among: impl Iterator<Item = PersonId>, change: &Change) -> (Case, Vec<PersonId>) {
        let kept: Vec<PersonId> = among.filter(|&person| !change.has_left(person)).collect();
        let mut case = if kept.len() == self.people.len() { self.clone() } else { self.only(&kept) };
        for &(person, preferred) in &change.stated {
            if let Ok(now) = kept.binary_search(&person) {
                case.people[PersonId::at(now)].preference.preferred = preferred;
            }
        }
        for &post in &change.withdrawn {
            case.posts[post].status = PostStatus::Held;
        }
        (case, kept)
    }
}
