//! Families: who does the same kind of work, shared by the same few authorities.
//!
//! Posts of a family are open to its own people and hardly to others, so the size of a family, not that of the case, bounds
//! how many posts a person is matched with. In small cases families are small, as services are.

use crate::case::StatutoryRole;
use crate::study::generate::Ask;
use crate::study::generate::catalogue::{
    ACCOUNTANT, ASSISTANT_DIRECTOR, DIRECTOR, DIRECTORATES, HEAD, SERVICES, SOLICITOR,
};
use crate::study::generate::dice::Dice;

/// A family of jobs.
#[derive(Debug, Clone)]
pub(super) struct Family {
    /// Its function, in the words of the tables.
    pub(super) function: String,
    /// Beginning of its posts' titles.
    pub(super) title: String,
    /// Position of its directorate.
    pub(super) directorate: usize,
    /// What its qualified posts ask for.
    pub(super) qualification: Option<&'static str>,
    /// The statutory role of its posts.
    pub(super) role: Option<StatutoryRole>,
    /// Who shares it today, the main employer first, two or more.
    pub(super) authorities: Vec<usize>,
    /// Whether the service stays shared.
    pub(super) retained: bool,
    /// Level of each member.
    pub(super) levels: Vec<usize>,
}

impl Family {
    /// What a post of this level asks for.
    pub(super) fn asks(&self, level: usize) -> Option<&'static str> {
        self.qualification.filter(|_| level >= crate::study::generate::catalogue::QUALIFIED)
    }
}

/// The most people in a group of senior managers.
const GROUP: usize = 8;

/// Draws all families; their members are the people, in this order.
pub(super) fn draw(dice: &mut Dice, ask: &Ask) -> Vec<Family> {
    let (people, authorities) = (ask.people as usize, ask.authorities as usize);
    let holders = (2 * authorities / 3).max(1);
    let (directors, assistants) = (1 + people / 250, 1 + people / 60);
    let rest = people - directors - assistants - 2 * holders;
    let mut families = Vec::new();
    families.extend(groups(dice, ask, directors, "exec", DIRECTOR));
    families.push(statutory(dice, ask, StatutoryRole::Mo, holders));
    families.push(statutory(dice, ask, StatutoryRole::S151, holders));
    families.extend(groups(dice, ask, assistants, "lead", ASSISTANT_DIRECTOR));
    let size = (people.isqrt() * 9 / 10).clamp(6, 36);
    let count = (rest / size).max(1);
    for number in 0..count {
        let members = rest / count + usize::from(number < rest % count);
        families.push(service(dice, ask, number, members));
    }
    // Some service stays shared in every case.
    if let Some(last) = families.last_mut() {
        last.retained = true;
    }
    families
}

fn groups(dice: &mut Dice, ask: &Ask, people: usize, word: &str, level: usize) -> Vec<Family> {
    let count = people.div_ceil(GROUP);
    let group = |number: usize| Family {
        function: format!("{word}_{}", number + 1),
        title: String::new(),
        directorate: number % DIRECTORATES.len(),
        qualification: None,
        role: None,
        authorities: cluster(dice, ask),
        retained: false,
        levels: vec![level; people / count + usize::from(number < people % count)],
    };
    (0..count).map(group).collect()
}

/// The holders of a role, fewer than the authorities that will each need one.
fn statutory(dice: &mut Dice, ask: &Ask, role: StatutoryRole, holders: usize) -> Family {
    let (function, qualification, directorate) = match role {
        StatutoryRole::Mo => ("governance", SOLICITOR, 0),
        StatutoryRole::S151 | StatutoryRole::Hops => ("chief_finance", ACCOUNTANT, 1),
    };
    let mut authorities: Vec<usize> = (0..ask.authorities as usize).collect();
    dice.shuffle(&mut authorities);
    Family {
        function: function.to_owned(),
        title: String::new(),
        directorate,
        qualification: Some(qualification),
        role: Some(role),
        authorities,
        retained: false,
        levels: vec![ASSISTANT_DIRECTOR; holders],
    }
}

fn service(dice: &mut Dice, ask: &Ask, number: usize, members: usize) -> Family {
    let kind = &SERVICES[number % SERVICES.len()];
    let team = number / SERVICES.len() + 1;
    let heads = (members / 18).max(1);
    let base = 1 + dice.below(4);
    let level = |dice: &mut Dice| base + dice.weighted(&[(40, 0), (30, 1), (20, 2), (10, 3)]);
    let mut levels = vec![HEAD; heads.min(members)];
    levels.extend((heads..members).map(|_| level(dice)));
    Family {
        function: if team == 1 { kind.function.to_owned() } else { format!("{}_{team}", kind.function) },
        title: if team == 1 { kind.title.to_owned() } else { format!("{} {team}", kind.title) },
        directorate: kind.directorate,
        qualification: kind.qualification,
        role: None,
        authorities: cluster(dice, ask),
        retained: dice.percent(5),
        levels,
    }
}

/// Two to four authorities that share a service, in an order drawn.
fn cluster(dice: &mut Dice, ask: &Ask) -> Vec<usize> {
    let all = ask.authorities as usize;
    let size = dice.weighted(&[(60, 2), (25, 3), (15, 4)]).min(all);
    let mut authorities: Vec<usize> = (0..all).collect();
    dice.shuffle(&mut authorities);
    authorities.truncate(size);
    authorities
}
