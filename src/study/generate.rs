//! Made-up separations of any size, from a seed: whole cases, as an HR office would hand them in.
//!
//! Everything is drawn in whole numbers from a seed that the caller gives, by one stream of a published generator for each
//! purpose (`dice`), so the same request gives the same case on every machine. Nothing is taken from a real organisation.
//! An allocation is *planted*: each person who is to have a post is given one first, and the posts are made from these seats.
//! So there is always a plan, the limits of scenario S2 are set around it, and the pairs grow with the people and not with
//! their square. What is drawn and why: `docs/GENERATE.md`. It knows no file and no format.

mod catalogue;
mod decisions;
mod dice;
mod families;
mod limits;
mod pairs;
mod people;
mod places;
mod posts;
pub mod protected;
mod wishes;

use std::collections::{BTreeMap, BTreeSet};

use crate::case::answer::Plan;
use crate::case::scenario::Scenario;
use crate::case::{Authority, Case, Grade, Structure};
use crate::id::{Id, PostId, StructureId, Table};
use crate::quantity::{BasisPoints, Pence};
use crate::study::generate::catalogue::{AUTHORITIES, GRADES};
use crate::study::generate::dice::{Dice, Purpose};
use crate::study::generate::posts::Lists;

/// The most people of a case.
pub const MOST_PEOPLE: u32 = 50_000;
/// The most authorities of a case.
pub const MOST_AUTHORITIES: u32 = 10;
/// The most posts that one person is matched with.
pub const MOST_PAIRS: usize = 26;
/// The fewest people for each authority.
const FEWEST_EACH: u32 = 10;

/// What case is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    people: u32,
    authorities: u32,
    seed: u64,
    links: u32,
}

/// Why no such case can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Too few or too many authorities.
    #[error("{0} authorities: a case has 2 to {MOST_AUTHORITIES}")]
    Authorities(u32),
    /// Too few or too many people.
    #[error("{people} people: with {authorities} authorities a case has {least} to {MOST_PEOPLE}")]
    People {
        /// How many were wanted.
        people: u32,
        /// With how many authorities.
        authorities: u32,
        /// The fewest that are enough.
        least: u32,
    },
    /// More linked pairs than a tenth of the people.
    #[error("{links} linked pairs: with {people} people there are at most {most}")]
    Links {
        /// How many were wanted.
        links: u32,
        /// With how many people.
        people: u32,
        /// The most.
        most: u32,
    },
}

impl Ask {
    /// A request for so many people and authorities, from this seed, with so many linked pairs of people.
    ///
    /// # Errors
    /// [`Unfit`] says which number is out of its range.
    pub fn new(people: u32, authorities: u32, seed: u64, links: u32) -> Result<Self, Unfit> {
        if !(2..=MOST_AUTHORITIES).contains(&authorities) {
            return Err(Unfit::Authorities(authorities));
        }
        let least = FEWEST_EACH * authorities;
        if !(least..=MOST_PEOPLE).contains(&people) {
            return Err(Unfit::People { people, authorities, least });
        }
        let most = people / 10;
        if links > most {
            return Err(Unfit::Links { links, people, most });
        }
        Ok(Self { people, authorities, seed, links })
    }

    /// How many people.
    pub fn people(&self) -> u32 {
        self.people
    }

    /// How many authorities.
    pub fn authorities(&self) -> u32 {
        self.authorities
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How many linked pairs of people.
    pub fn links(&self) -> u32 {
        self.links
    }
}

/// A made-up case.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The case.
    pub case: Case,
    /// S1 without clauses, S2 with clauses, and S3 with the other structures where an authority has two.
    pub scenarios: Vec<Scenario>,
    /// The allocation that the posts were made from; it keeps every rule of S1 and S2.
    pub planted: Plan,
}

/// Draws a case; the same request gives the same case on every machine.
pub fn generate(ask: &Ask) -> Generated {
    let families = families::draw(&mut Dice::of(ask, Purpose::Families), ask);
    let staff = people::draw(&mut Dice::of(ask, Purpose::People), ask, &families);
    let places = places::draw(&mut Dice::of(ask, Purpose::Places), ask);
    let stated = wishes::authorities(&mut Dice::of(ask, Purpose::Authorities), &families, &staff, &places);
    let drafts = posts::draw(&mut Dice::of(ask, Purpose::Posts), ask, &families, &staff, &stated);
    let second: BTreeSet<usize> =
        drafts.iter().filter(|draft| draft.lists == Lists::Second).map(|draft| draft.authority).collect();
    let mut case = Case {
        authorities: authorities(ask),
        structures: structures(ask, &second),
        grades: Table::new(GRADES.iter().map(|&level| catalogue::LEVELS[level].grade()).collect::<Vec<Grade>>()),
        people: people::table(&families, &staff, stated),
        joint_posts: people::joint_posts(&mut Dice::of(ask, Purpose::JointPosts), &families, &staff),
        posts: posts::table(ask, &families, &drafts),
        matches: pairs::draw(&mut Dice::of(ask, Purpose::Pairs), &families, &staff, &drafts),
        ranks: BTreeMap::new(),
        pins: Vec::new(),
        links: Vec::new(),
        travel: Some(places.travel(staff.len())),
    };
    case.ranks = wishes::posts(&mut Dice::of(ask, Purpose::Ranks), &case);
    let planted = planted(&case, staff.len(), &drafts);
    case.pins = decisions::pins(&mut Dice::of(ask, Purpose::Pins), &case, &planted);
    case.links = decisions::links(&mut Dice::of(ask, Purpose::Links), ask, &case, &planted);
    let scenarios = limits::scenarios(&mut case, &planted);
    Generated { case, scenarios, planted }
}

fn authorities(ask: &Ask) -> Table<crate::id::AuthorityId, Authority> {
    let count = ask.authorities as usize;
    let share = 10_000 / i32::try_from(count).expect("few authorities");
    let rest = 10_000 - share * i32::try_from(count).expect("few authorities");
    let one = |(position, (code, name)): (usize, &(&str, &str))| Authority {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        cost_share: Some(BasisPoints(share + if position == 0 { rest } else { 0 })),
        budget: None::<Pence>,
    };
    Table::new(AUTHORITIES[..count].iter().enumerate().map(one).collect())
}

/// One structure for each authority, and a second one for those with merged posts.
fn structures(ask: &Ask, second: &BTreeSet<usize>) -> Table<StructureId, Structure> {
    let mut all = Vec::new();
    for (position, (code, _)) in AUTHORITIES[..ask.authorities as usize].iter().enumerate() {
        let mut add = |number: u32, label: &str, note: &str| {
            all.push(Structure {
                code: format!("{code}{number}"),
                authority: Id::at(position),
                label: label.to_owned(),
                note: note.to_owned(),
            });
        };
        add(1, "Interim structure for consultation", "made up");
        if second.contains(&position) {
            add(2, "Interim structure with merged heads of service", "made up");
        }
    }
    Table::new(all)
}

/// The allocation that the seats were made from.
fn planted(case: &Case, people: usize, drafts: &[posts::Draft]) -> Plan {
    let mut places: Vec<Option<PostId>> = vec![None; people];
    for (position, draft) in drafts.iter().enumerate() {
        for &person in &draft.planted {
            places[person] = Some(PostId::at(position));
        }
    }
    Plan::new(case, places)
}
