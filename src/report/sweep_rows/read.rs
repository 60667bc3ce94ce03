//! Rows of a sweep, and where everyone is, read back from the columns of its files.
//!
//! The inverse of [`super::series`] and [`super::PeopleWords::series`], for whoever counts a sweep whose journal is gone. Settings of the
//! grid are not read: they follow from the point. Cells that no sweep of this case has are [`Foreign`]; it is for the caller to name
//! the file.

use std::collections::BTreeMap;
use std::slice::Iter;

use crate::case::Case;
use crate::certify::Status;
use crate::id::{Id, PersonId, PostId};
use crate::report::parquet::{Series, Word};
use crate::study::sweep::row::{Columns, Counts, Figures, Row, Whereabouts};

/// Cells that are not of such a sweep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Foreign;

/// The rows of a group of columns as [`super::fields`] lists them.
///
/// # Errors
/// [`Foreign`].
pub fn rows(columns: &Columns, group: &[Series]) -> Result<Vec<Row>, Foreign> {
    let rows = group.first().map_or(0, Series::len);
    (0..rows).map(|at| row(columns, &mut Cells { rest: group.iter(), at })).collect()
}

/// The cells of one row, from left to right.
struct Cells<'s> {
    rest: Iter<'s, Series>,
    at: usize,
}

impl Cells<'_> {
    fn whole(&mut self) -> Result<Option<i64>, Foreign> {
        match self.rest.next() {
            Some(Series::Whole(values)) => Ok(values[self.at]),
            Some(Series::Small(_) | Series::Flag(_) | Series::Text(_)) | None => Err(Foreign),
        }
    }

    fn count(&mut self) -> Result<Option<u32>, Foreign> {
        match self.rest.next() {
            Some(Series::Small(values)) => values[self.at].map(u32::try_from).transpose().map_err(|_| Foreign),
            Some(Series::Whole(_) | Series::Flag(_) | Series::Text(_)) | None => Err(Foreign),
        }
    }

    fn flag(&mut self) -> Result<Option<bool>, Foreign> {
        match self.rest.next() {
            Some(Series::Flag(values)) => Ok(values[self.at]),
            Some(Series::Whole(_) | Series::Small(_) | Series::Text(_)) | None => Err(Foreign),
        }
    }

    fn status(&mut self) -> Result<Status, Foreign> {
        match self.rest.next() {
            Some(Series::Text(values)) => {
                values[self.at].as_ref().and_then(|word| Status::from_word(word.text())).ok_or(Foreign)
            }
            Some(Series::Whole(_) | Series::Small(_) | Series::Flag(_)) | None => Err(Foreign),
        }
    }

    /// A count that is there.
    fn sure(&mut self) -> Result<u32, Foreign> {
        self.count()?.ok_or(Foreign)
    }

    fn counts(&mut self, how_many: usize) -> Result<Vec<Option<u32>>, Foreign> {
        (0..how_many).map(|_| self.count()).collect()
    }
}

fn row(columns: &Columns, cells: &mut Cells<'_>) -> Result<Row, Foreign> {
    let scenario = cells.whole()?.and_then(|it| u64::try_from(it).ok()).ok_or(Foreign)?;
    let (point, sample) = (cells.sure()?, cells.sure()?);
    cells.rest.by_ref().take(columns.axes.len()).for_each(drop);
    let drawn =
        Counts { leavers: cells.sure()?, changed: cells.sure()?, answered: cells.sure()?, withdrawn: cells.sure()? };
    let (status, certified) = (cells.status()?, cells.flag()?.ok_or(Foreign)?);
    Ok(Row { scenario, point, sample, drawn, status, certified, figures: figures(columns, cells)? })
}

/// The figures of a plan; its totals must be those of its parts.
fn figures(columns: &Columns, cells: &mut Cells<'_>) -> Result<Option<Figures>, Foreign> {
    let authorities = columns.authorities.len();
    let values = columns.measures.iter().map(|_| cells.whole()).collect::<Result<_, _>>()?;
    let (placed, at_risk, empty) = (cells.count()?, cells.count()?, cells.count()?);
    let vacancies = cells.counts(authorities)?;
    let covering = cells.count()?;
    let covered = (0..authorities * columns.roles.len()).map(|_| cells.flag()).collect::<Result<_, _>>()?;
    let (cost_pence, from_outside) = (cells.whole()?, cells.count()?);
    let filled = cells.counts(authorities)?;
    let (Some(placed), Some(at_risk), Some(cost_pence)) = (placed, at_risk, cost_pence) else { return Ok(None) };
    let all = |counts: Vec<Option<u32>>| counts.into_iter().collect::<Option<Vec<u32>>>().ok_or(Foreign);
    let figures =
        Figures { values, placed, at_risk, vacancies: all(vacancies)?, covered, cost_pence, filled: all(filled)? };
    let totals = [figures.vacancies_total(), figures.covered_total(), figures.filled_total()];
    if totals.map(Some) == [empty, covering, from_outside] { Ok(Some(figures)) } else { Err(Foreign) }
}

/// Reads where people are by the ids of the files.
pub struct PeopleIds<'a> {
    case: &'a Case,
    posts: BTreeMap<&'a str, PostId>,
}

impl<'a> PeopleIds<'a> {
    /// Takes the ids from a case.
    pub fn of(case: &'a Case) -> Self {
        Self { case, posts: case.posts_by_code() }
    }

    /// The scenario and the place of each row of a group of columns as [`super::people_fields`] lists them, where the first row is
    /// of the person at position `first` and the others follow in the order of the case, again and again.
    ///
    /// # Errors
    /// [`Foreign`]: other columns, other people or another order, or a place that the case does not have.
    pub fn places(&self, group: &[Series], first: usize) -> Result<Vec<(u64, Whereabouts)>, Foreign> {
        let [Series::Whole(scenarios), Series::Text(people), Series::Text(outcomes), Series::Text(posts), _] = group
        else {
            return Err(Foreign);
        };
        let one = |at: usize| {
            let scenario = scenarios[at].and_then(|it| u64::try_from(it).ok()).ok_or(Foreign)?;
            let person = PersonId::at((first + at) % self.case.people.len());
            if people[at].as_ref().map(Word::text) != Some(self.case.people[person].code.as_str()) {
                return Err(Foreign);
            }
            let [outcome, post] = [outcomes, posts].map(|words| words[at].as_ref().map(Word::text));
            Ok((scenario, self.place(outcome, post)?))
        };
        (0..scenarios.len()).map(one).collect()
    }

    fn place(&self, said: Option<&str>, post: Option<&str>) -> Result<Whereabouts, Foreign> {
        let place = match (said, post) {
            (None, None) => Whereabouts::Unknown,
            (Some("left"), None) => Whereabouts::Left,
            (Some("at_risk"), None) => Whereabouts::AtRisk,
            (Some(_), Some(code)) => Whereabouts::Post(*self.posts.get(code).ok_or(Foreign)?),
            (None, Some(_)) | (Some(_), None) => return Err(Foreign),
        };
        if super::outcome(self.case, place) == said { Ok(place) } else { Err(Foreign) }
    }
}
