//! What a paper says besides counts of people: seats, names of other ways, and cost. Nobody is in it.

use crate::case::{Case, Post};
use crate::id::{AuthorityId, GradeId};
use crate::quantity::Pence;
use crate::study::paper::gather::{Gathered, Name};
use crate::study::paper::key::Key;
use crate::study::paper::shape::shape;
use crate::study::summary::{Seats, Summary};

/// The steps in which a public paper gives a sum of pay: £100,000.
pub const STEP: Pence = Pence(10_000_000);

/// Seats of one kind, and the counts of those filled and empty, where this paper tells of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T> {
    /// Of which kind.
    pub of: T,
    /// Seats on offer.
    pub seats: u32,
    /// Those with a holder, and those that are empty.
    pub keys: Option<[Key; 2]>,
}

/// Structure, names and cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Posts on offer, and their seats.
    pub offered: (u32, u32),
    /// Of each authority.
    pub authorities: Vec<(AuthorityId, u32, u32)>,
    /// Grades with their seats, those that are told together in one row.
    pub grades: Vec<Row<Vec<GradeId>>>,
    /// Services with their seats, in alphabetical order.
    pub services: Vec<Row<String>>,
    /// Pay a year of the seats on offer at each authority, at the bottom and at the top of their scales, without on-cost.
    pub scales: Vec<(AuthorityId, [Pence; 2])>,
    /// Other ways to allocate, and whether each gives a plan.
    pub others: Vec<(Name, bool)>,
    /// Pay with on-cost of everyone placed, a year; `None` where it is not told.
    pub cost: Option<Pence>,
    /// The steps of that sum; `None` where it is exact.
    pub steps: Option<Pence>,
}

impl Frame {
    /// For those who may see exempt information: the exact sum.
    pub fn exempt(case: &Case, gathered: &Gathered) -> Self {
        let summary = &gathered.summary;
        let authorities = summary.authorities.iter();
        Self {
            offered: (summary.offered.posts, summary.offered.seats),
            authorities: authorities.map(|line| (line.authority, line.seats.posts, line.seats.seats)).collect(),
            grades: summary.grades.iter().map(by_grade).collect(),
            services: by_service(summary, &|_| true),
            scales: summary
                .authorities
                .iter()
                .map(|line| (line.authority, scales(case, gathered, line.authority)))
                .collect(),
            others: gathered.others.iter().map(|other| (other.name.clone(), other.worth.is_some())).collect(),
            cost: Some(summary.cost),
            steps: None,
        }
    }

    /// For everybody: a sum of enough people's pay, in steps so wide that nobody's can be taken out of it.
    pub fn public(case: &Case, gathered: &Gathered, threshold: u32) -> Self {
        let shape = shape(case, &gathered.summary, threshold);
        let bands = shape.bands.iter().enumerate();
        let grades = bands.map(|(at, band)| {
            let keys = Some([Key::BandFilled(at), Key::BandEmpty(at)]);
            Row { of: band.grades.clone(), seats: band.seats.seats, keys }
        });
        let enough = gathered.summary.placed as u64 >= u64::from(threshold.max(LEAST));
        let Pence(step) = STEP;
        let rounded = |Pence(cost): Pence| Pence((cost + step / 2).div_euclid(step) * step);
        Self {
            grades: grades.collect(),
            services: by_service(&gathered.summary, &|at| shape.services.contains(&at)),
            cost: enough.then(|| rounded(gathered.summary.cost)),
            steps: Some(STEP),
            ..Self::exempt(case, gathered)
        }
    }
}

/// What the offered seats of an authority cost by their scales: known from the list of posts, whoever holds them.
fn scales(case: &Case, gathered: &Gathered, authority: AuthorityId) -> [Pence; 2] {
    let offered = gathered.certified.offered();
    let own = || offered.iter().map(|&post| &case.posts[post]).filter(|post| post.authority == authority);
    let pay = |Pence(year): Pence, post: &Post| year * i64::from(post.fte.0) / 10_000 * i64::from(post.capacity);
    [
        Pence(own().map(|post| pay(post.salary_min, post)).sum()),
        Pence(own().map(|post| pay(post.salary_max, post)).sum()),
    ]
}

fn by_grade(&(grade, seats): &(GradeId, Seats)) -> Row<Vec<GradeId>> {
    Row { of: vec![grade], seats: seats.seats, keys: Some([Key::GradeFilled(grade), Key::GradeEmpty(grade)]) }
}

/// Every service; whether so many work in it that they can be counted depends on the paper.
fn by_service(summary: &Summary, is_told: &dyn Fn(usize) -> bool) -> Vec<Row<String>> {
    let row = |(at, (service, seats)): (usize, &(String, Seats))| {
        let keys = is_told(at).then_some([Key::ServiceFilled(at), Key::ServiceEmpty(at)]);
        Row { of: service.clone(), seats: seats.seats, keys }
    };
    summary.services.iter().enumerate().map(row).collect()
}

/// Fewest people whose pay is added up in public.
const LEAST: u32 = 10;
