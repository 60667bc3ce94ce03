//! A table of prices is right if solving each of its rows again gives it again.
//!
//! It takes nothing from the table but what each row says that it is about, so an altered figure, a row that is missing
//! and a row too many are all refused.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Refusal;
use crate::id::PostId;
use crate::solve::Limits;
use crate::study::price::seats::{self, SeatPrice};
use crate::study::price::{Altered, Prices, alterations, variant, worth};
use crate::study::variant::Variant;

/// Why a table of prices is not right.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The scenario as given is worth something else.
    #[error("the scenario itself is worth something else")]
    Base,
    /// The rows are not those of the case.
    #[error("the table has other rows than the case has rules")]
    Rows,
    /// A row is worth something else.
    #[error("the row on {0:?} says something else than solving it again")]
    Row(Altered),
    /// A post is worth something else.
    #[error("the row on post {0:?} says something else than solving it again")]
    Seat(PostId),
    /// The solver's answer is not confirmed.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

/// Solves every row of a table again.
///
/// # Errors
/// [`Fault`] names the first statement that does not hold.
pub fn check(case: &Case, scenario: &Scenario, prices: &Prices, limits: &Limits<'_>) -> Result<(), Fault> {
    if worth(case, scenario, &Variant::of(case, scenario), limits)? != prices.base {
        return Err(Fault::Base);
    }
    if !alterations(case, scenario).into_iter().eq(prices.rows.iter().map(|row| row.altered)) {
        return Err(Fault::Rows);
    }
    for row in &prices.rows {
        if worth(case, scenario, &variant(case, scenario, row.altered), limits)? != row.worth {
            return Err(Fault::Row(row.altered));
        }
    }
    Ok(())
}

/// Solves the prices of seats again.
///
/// # Errors
/// [`Fault`] names the first post of which something else holds.
pub fn check_seats(case: &Case, scenario: &Scenario, rows: &[SeatPrice], limits: &Limits<'_>) -> Result<(), Fault> {
    for row in rows {
        if seats::of_post(case, scenario, row.post, limits)? != *row {
            return Err(Fault::Seat(row.post));
        }
    }
    Ok(())
}
