//! The people of a made-up case, and the joint posts that they hold today.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Contract, Disposition, EmploymentStatus, JointPost, Person, Preference, StatutoryRole};
use crate::id::{AuthorityId, Id, JointPostId, PersonId, Table};
use crate::quantity::{BasisPoints, Fte, Pence};
use crate::study::generate::Ask;
use crate::study::generate::catalogue::{ACCOUNTANT, DIRECTORATES, HEAD, LEVELS, QUALIFIED, SOLICITOR, grade};
use crate::study::generate::dice::Dice;
use crate::study::generate::families::Family;

/// A person as drawn, before wishes.
#[derive(Debug, Clone)]
pub(super) struct Member {
    /// Position of the family.
    pub(super) family: usize,
    /// Level of the grade.
    pub(super) level: usize,
    /// Present employer.
    pub(super) employer: usize,
    /// Hours.
    pub(super) fte: Fte,
    /// Whether the person has the family's qualification.
    pub(super) qualified: bool,
    /// Whether the person may hold the role that goes with it.
    role: Option<StatutoryRole>,
    salary: Pence,
    contract: Contract,
    end: Option<String>,
    service: u32,
    status: EmploymentStatus,
}

impl Member {
    /// Whether a post that asks for this may be held.
    pub(super) fn holds(&self, families: &[Family], asked: Option<&str>) -> bool {
        asked.is_none() || (self.qualified && families[self.family].qualification == asked)
    }
}

/// Draws everybody, family by family.
pub(super) fn draw(dice: &mut Dice, ask: &Ask, families: &[Family]) -> Vec<Member> {
    let mut staff = Vec::with_capacity(ask.people as usize);
    for (position, family) in families.iter().enumerate() {
        staff.extend(family.levels.iter().map(|&level| member(dice, position, family, level)));
    }
    staff
}

fn member(dice: &mut Dice, position: usize, family: &Family, level: usize) -> Member {
    let [low, high] = LEVELS[level].pay;
    let employer = if dice.percent(70) { family.authorities[0] } else { dice.pick(&family.authorities) };
    let qualified = family.qualification.is_some() && (level >= QUALIFIED || dice.percent(20));
    let deputy = match family.qualification {
        Some(SOLICITOR) => Some(StatutoryRole::Mo),
        Some(ACCOUNTANT) => Some(StatutoryRole::S151),
        Some(_) | None => None,
    };
    let deputy = deputy.filter(|_| level == HEAD && dice.percent(50));
    let contract = dice.weighted(&[
        (90, Contract::Permanent),
        (6, Contract::FixedTerm),
        (2, Contract::Secondment),
        (2, Contract::Casual),
    ]);
    let end = dice.pick(&["2026-09-30", "2026-12-31", "2027-03-31", "2028-03-31"]);
    Member {
        family: position,
        level,
        employer,
        fte: hours(dice, level),
        qualified,
        role: family.role.or(deputy),
        salary: Pence((low + (high - low) * dice.between(0, 4) / 4) * 100),
        contract,
        end: (contract == Contract::FixedTerm).then(|| end.to_owned()),
        service: u32::try_from(dice.between(0, 18) + dice.between(0, 18)).expect("few years"),
        status: dice.weighted(&[
            (930, EmploymentStatus::InPost),
            (20, EmploymentStatus::MaternityLeave),
            (3, EmploymentStatus::AdoptionLeave),
            (4, EmploymentStatus::SharedParentalLeave),
            (20, EmploymentStatus::LongTermSick),
            (10, EmploymentStatus::SecondedOut),
            (3, EmploymentStatus::Suspended),
            (10, EmploymentStatus::NoticeGiven),
        ]),
    }
}

/// Part-time hours are days of five, or hours of a week of 37; managers are mostly full time.
fn hours(dice: &mut Dice, level: usize) -> Fte {
    let part_time = if level >= HEAD { 8 } else { 30 };
    if !dice.percent(part_time) {
        return Fte::FULL;
    }
    Fte(dice.pick(&[4_000, 5_000, 6_000, 6_000, 8_000, 8_000, 9_000, 5_405, 6_757, 8_108]))
}

/// The table of people.
pub(super) fn table(families: &[Family], staff: &[Member], stated: Vec<Preference>) -> Table<PersonId, Person> {
    let width = staff.len().to_string().len().max(2);
    let one = |(position, (member, preference)): (usize, (&Member, Preference))| Person {
        code: format!("P{:0width$}", position + 1),
        row: u32::try_from(position + 2).expect("few people"),
        joint_post: Some(JointPostId::at(position)),
        employer: AuthorityId::at(member.employer),
        grade: grade(member.level),
        salary: member.salary,
        fte: member.fte,
        contract: member.contract,
        fixed_term_end: member.end.clone(),
        service_years: Some(member.service),
        qualifications: families[member.family]
            .qualification
            .filter(|_| member.qualified)
            .map(str::to_owned)
            .into_iter()
            .collect(),
        statutory_roles: member.role.into_iter().collect::<BTreeSet<_>>(),
        status: member.status,
        retained_shared: Some(families[member.family].retained),
        preference,
    };
    Table::new(staff.iter().zip(stated).enumerate().map(one).collect())
}

/// One joint post for each person, and some that are vacant.
pub(super) fn joint_posts(dice: &mut Dice, families: &[Family], staff: &[Member]) -> Table<JointPostId, JointPost> {
    let vacant = staff.len().div_ceil(40);
    let width = (staff.len() + vacant).to_string().len().max(2);
    let mut all = Vec::with_capacity(staff.len() + vacant);
    for position in 0..staff.len() + vacant {
        let is_vacant = position >= staff.len();
        let holder = if is_vacant { &staff[dice.below(staff.len())] } else { &staff[position] };
        let family = &families[holder.family];
        all.push(JointPost {
            code: format!("J{:0width$}", position + 1),
            title: title(family, holder.level),
            tier: LEVELS[holder.level].tier,
            directorate: DIRECTORATES[family.directorate].to_owned(),
            function: family.function.clone(),
            grade: grade(holder.level),
            fte: holder.fte,
            employer: AuthorityId::at(holder.employer),
            disposition: disposition(dice, family.retained, is_vacant),
            shares: shares(dice, &family.authorities, holder.employer),
        });
    }
    Table::new(all)
}

fn disposition(dice: &mut Dice, retained: bool, vacant: bool) -> Disposition {
    match (retained, vacant) {
        (true, true) => Disposition::VacantRetainedShared,
        (true, false) => Disposition::RetainedShared,
        (false, true) => Disposition::VacantEnds,
        (false, false) => dice.weighted(&[
            (94, Disposition::EndsOnSeparation),
            (3, Disposition::Hosted),
            (3, Disposition::UnderReview),
        ]),
    }
}

/// Parts of each authority, the employer's first; they come to the whole.
fn shares(dice: &mut Dice, authorities: &[usize], employer: usize) -> BTreeMap<AuthorityId, BasisPoints> {
    let others: Vec<usize> = authorities.iter().copied().filter(|&authority| authority != employer).collect();
    let first = dice.pick(&[4_000, 5_000, 5_000, 5_000, 6_000, 6_000, 7_000]);
    let count = i32::try_from(others.len()).expect("few authorities");
    let mut shares = BTreeMap::new();
    let mut left = 10_000 - first;
    for (authority, rest) in others.iter().zip((1..=count).rev()) {
        let part = left / rest;
        left -= part;
        shares.insert(AuthorityId::at(*authority), BasisPoints(part));
    }
    shares.insert(AuthorityId::at(employer), BasisPoints(first));
    shares
}

/// The title of a job.
pub(super) fn title(family: &Family, level: usize) -> String {
    let end = LEVELS[level].title;
    match family.role {
        Some(StatutoryRole::Mo) => "Assistant Director Governance and Monitoring Officer".to_owned(),
        Some(StatutoryRole::S151) => "Assistant Director Finance and Section 151 Officer".to_owned(),
        Some(StatutoryRole::Hops) | None if family.title.is_empty() => {
            format!("{end} ({})", DIRECTORATES[family.directorate])
        }
        Some(StatutoryRole::Hops) | None => format!("{} {end}", family.title),
    }
}
