//! What a paper says besides counts of people: seats, names of other ways, and cost. Nobody is in it.

use crate::id::{AuthorityId, GradeId};
use crate::quantity::Pence;
use crate::study::paper::gather::{Gathered, Name};

/// The steps in which a public paper gives a sum of pay: £100,000.
pub const STEP: Pence = Pence(10_000_000);

/// Structure, names and cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Posts on offer, and their seats.
    pub offered: (u32, u32),
    /// Of each authority.
    pub authorities: Vec<(AuthorityId, u32, u32)>,
    /// Seats by grade.
    pub grades: Vec<(GradeId, u32)>,
    /// Seats by service, in alphabetical order.
    pub services: Vec<(String, u32)>,
    /// Other ways to allocate, and whether each gives a plan.
    pub others: Vec<(Name, bool)>,
    /// Pay with on-cost of everyone placed, a year; `None` where it is not told.
    pub cost: Option<Pence>,
    /// The steps of that sum; `None` where it is exact.
    pub steps: Option<Pence>,
}

impl Frame {
    /// For those who may see exempt information: the exact sum.
    pub fn exempt(gathered: &Gathered) -> Self {
        let summary = &gathered.summary;
        let authorities = summary.authorities.iter();
        Self {
            offered: (summary.offered.posts, summary.offered.seats),
            authorities: authorities.map(|line| (line.authority, line.seats.posts, line.seats.seats)).collect(),
            grades: summary.grades.iter().map(|(grade, seats)| (*grade, seats.seats)).collect(),
            services: summary.services.iter().map(|(service, seats)| (service.clone(), seats.seats)).collect(),
            others: gathered.others.iter().map(|other| (other.name.clone(), other.worth.is_some())).collect(),
            cost: Some(summary.cost),
            steps: None,
        }
    }

    /// For everybody: a sum of enough people's pay, in steps so wide that nobody's can be taken out of it.
    pub fn public(gathered: &Gathered, threshold: u32) -> Self {
        let enough = gathered.summary.placed as u64 >= u64::from(threshold.max(LEAST));
        let Pence(step) = STEP;
        let rounded = |Pence(cost): Pence| Pence((cost + step / 2).div_euclid(step) * step);
        Self { cost: enough.then(|| rounded(gathered.summary.cost)), steps: Some(STEP), ..Self::exempt(gathered) }
    }
}

/// Fewest people whose pay is added up in public.
const LEAST: u32 = 10;
