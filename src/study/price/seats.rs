//! What a seat is worth: the case with one seat more in a post, and with one seat fewer, both solved.
//!
//! The two differ: a last seat may cost a placement while another one brings nothing. So a price is the pair of both, an
//! interval, and never one number of a proof.

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Refusal;
use crate::id::PostId;
use crate::model::terms::offered;
use crate::solve::Limits;
use crate::study::price::{Worth, value};
use crate::study::variant::Variant;

/// A post on offer with one seat more and one seat fewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatPrice {
    /// Which post.
    pub post: PostId,
    /// The case with one seat more in it.
    pub more: Worth,
    /// The case with one seat fewer; a post of one seat is then not on offer.
    pub fewer: Worth,
}

/// The price of a seat in every post on offer, lowest post first.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn seats(case: &Case, scenario: &Scenario, limits: &Limits<'_>) -> Result<Vec<SeatPrice>, Refusal> {
    let posts = case.posts.ids().filter(|&post| offered(case, scenario, post));
    posts.map(|post| of_post(case, scenario, post, limits)).collect()
}

/// The price of a seat in one post.
///
/// # Errors
/// [`Refusal`]: a bug of ours in the solver.
pub fn of_post(case: &Case, scenario: &Scenario, post: PostId, limits: &Limits<'_>) -> Result<SeatPrice, Refusal> {
    let now = case.posts[post].capacity;
    let with = |seats| {
        let variant = Variant::of(case, scenario).with_seats(post, seats);
        value(case, scenario, &variant, limits)
    };
    Ok(SeatPrice { post, more: with(now.saturating_add(1))?, fewer: with(now.saturating_sub(1))? })
}
