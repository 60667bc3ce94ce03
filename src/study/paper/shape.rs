//! Which rows the tables of a public paper have: what would be kept back row by row is told together.
//!
//! That comes before keeping anything back, as the Government Statistical Service advises: a broader table that can be read
//! is worth more than a fine one that cannot. The exempt paper has every row apart.

use crate::case::Case;
use crate::id::GradeId;
use crate::study::summary::{Seats, Summary};

/// Fewest services for a table of them.
const FEWEST_SERVICES: usize = 3;

/// The last rank that is told apart; what is lower stands together in every paper.
pub const LAST_RANK: u32 = 5;

/// The rows of tables whose parts may be too small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Grades that are told together, lowest first.
    pub bands: Vec<Band>,
    /// Services that are large enough, by their place in the summary.
    pub services: Vec<usize>,
    /// From this rank on all ranks are told together; none where each is told apart.
    pub later: Option<u32>,
}

/// Grades next to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    /// The grades with posts on offer, lowest first.
    pub grades: Vec<GradeId>,
    /// Their posts.
    pub seats: Seats,
}

/// The rows for a threshold.
pub fn shape(case: &Case, summary: &Summary, threshold: u32) -> Shape {
    let bands = bands(case, &summary.grades, threshold);
    let large = (0..).zip(&summary.services).filter(|(_, (_, seats))| is_large(*seats, threshold));
    let services: Vec<usize> = large.map(|(at, _)| at).collect();
    Shape {
        // One band is everybody, of whom other tables tell.
        bands: if bands.len() > 1 { bands } else { Vec::new() },
        services: if services.len() >= FEWEST_SERVICES { services } else { Vec::new() },
        later: later(&summary.ranks.ranked, threshold),
    }
}

/// Whether there are so many seats that those filled and those empty could both be counted.
///
/// - By what everybody knows alone: otherwise which rows stand together would tell something of the plan.
fn is_large(seats: Seats, threshold: u32) -> bool {
    seats.seats >= 2 * threshold
}

/// Joins grades from the lowest up until each band has enough seats.
fn bands(case: &Case, grades: &[(GradeId, Seats)], threshold: u32) -> Vec<Band> {
    let mut sorted: Vec<&(GradeId, Seats)> = grades.iter().collect();
    sorted.sort_by_key(|(grade, _)| (case.grades[*grade].rank, *grade));
    let mut bands: Vec<Band> = Vec::new();
    let mut open = Band { grades: Vec::new(), seats: Seats::default() };
    for &&(grade, seats) in &sorted {
        open.grades.push(grade);
        open.seats = together(open.seats, seats);
        if is_large(open.seats, threshold) {
            bands.push(std::mem::replace(&mut open, Band { grades: Vec::new(), seats: Seats::default() }));
        }
    }
    match bands.last_mut() {
        Some(last) => {
            last.grades.append(&mut open.grades);
            last.seats = together(last.seats, open.seats);
        }
        None => bands.push(open),
    }
    bands
}

fn together(a: Seats, b: Seats) -> Seats {
    Seats { posts: a.posts + b.posts, seats: a.seats + b.seats, empty: a.empty + b.empty }
}

/// People in the post that they ranked so; the last rank stands for those after it too.
pub fn ranked(ranked: &[(u32, usize)], wanted: u32) -> usize {
    ranked.iter().filter(|&&(rank, _)| rank.min(LAST_RANK) == wanted).map(|&(_, number)| number).sum()
}

/// The first rank after the first choice that few people have, unless it is the last.
fn later(ranks: &[(u32, usize)], threshold: u32) -> Option<u32> {
    let is_small = |rank: &u32| (1..threshold as usize).contains(&ranked(ranks, *rank));
    (2..LAST_RANK).find(is_small)
}

/// The rows of a table by groups: each large group, and all others together at last; none where that is no table.
///
/// - A group stands in the last row by its size alone, so nobody can tell what is in it by what came of it.
pub fn rows(sizes: &[u32], threshold: u32) -> Option<Vec<Vec<usize>>> {
    let (mut own, mut others): (Vec<usize>, Vec<usize>) = (0..sizes.len()).partition(|&at| sizes[at] >= threshold);
    let number = |groups: &[usize]| groups.iter().map(|&at| sizes[at]).sum::<u32>();
    while !others.is_empty() && number(&others) < threshold {
        let (place, _) = own.iter().enumerate().min_by_key(|&(_, &at)| (sizes[at], at))?;
        others.push(own.remove(place));
    }
    others.sort_unstable();
    let mut rows: Vec<Vec<usize>> = own.into_iter().map(|at| vec![at]).collect();
    rows.extend((!others.is_empty()).then_some(others));
    (rows.len() > 1).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn small_groups_stand_together_and_no_row_is_small() {
        assert_eq!(rows(&[27, 20], 5), Some(vec![vec![0], vec![1]]));
        assert_eq!(rows(&[2, 42, 3], 5), Some(vec![vec![1], vec![0, 2]]));
        // Four others are too few: the smallest of the rest joins them.
        assert_eq!(rows(&[4, 30, 13], 5), Some(vec![vec![1], vec![0, 2]]));
        for nothing in [&[45, 2][..], &[47], &[]] {
            assert_eq!(rows(nothing, 5), None, "{nothing:?}");
        }
    }
}
