//! What is counted in a paper: the name of each figure, whichever table it stands in.

use crate::case::MatchKind;
use crate::id::{AuthorityId, GradeId};
use crate::study::monitor::Event;

/// A figure of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// People with a post.
    Placed,
    /// People without a post.
    Without,
    /// People who change employer.
    Moves,
    /// People whom equally good plans place differently.
    Undecided,
    /// People whom an authority employs today.
    Staff(AuthorityId),
    /// People of an employer who go to an authority, or have no post.
    Flow(AuthorityId, Option<AuthorityId>),
    /// People placed at an authority.
    At(AuthorityId),
    /// Empty seats of an authority.
    EmptyAt(AuthorityId),
    /// Empty seats.
    Empty,
    /// Seats with a holder, by grade of the post.
    GradeFilled(GradeId),
    /// Empty seats by grade.
    GradeEmpty(GradeId),
    /// Seats with a holder in a band of grades, in the order of the bands; only in public.
    BandFilled(usize),
    /// Empty seats in a band of grades; only in public.
    BandEmpty(usize),
    /// Seats with a holder, by service, in the order of the summary.
    ServiceFilled(usize),
    /// Empty seats by service.
    ServiceEmpty(usize),
    /// Placements by class of match.
    Matched(MatchKind),
    /// People in the post that they ranked so; 5 stands for fifth or later.
    Ranked(u32),
    /// People in a post that they ranked so or lower; only in public.
    Later(u32),
    /// People in a post that they did not list.
    Unlisted,
    /// People in a post who did not respond.
    NoResponse,
    /// People who stated an authority.
    Stated,
    /// People who stated this authority.
    StatedAt(AuthorityId),
    /// Of those who stated an authority: placed there.
    Met,
    /// Of those: placed elsewhere.
    Elsewhere,
    /// Of those: without a post.
    StatedWithout,
    /// People who answered, late answers among them.
    Answered,
    /// People who did not.
    Unanswered,
    /// A figure of another way to allocate, by position.
    Other(usize, Measure),
    /// People of a group, by characteristic and row of its table.
    Group(usize, usize),
    /// Of these, whom an event came to.
    Part(usize, usize, Event),
}

impl Key {
    /// Whether it joins what the exempt paper tells apart.
    pub fn is_only_public(self) -> bool {
        matches!(self, Key::BandFilled(_) | Key::BandEmpty(_) | Key::Later(_))
    }

    /// Whether both papers tell the same of it.
    pub fn is_of_equality(self) -> bool {
        matches!(self, Key::Group(..) | Key::Part(..))
    }
}

/// What is said of every way to allocate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// People with a post.
    Placed,
    /// People without one.
    Without,
    /// Empty seats.
    Empty,
    /// People who change employer.
    Moves,
    /// People placed in the authority that they stated.
    Met,
    /// People in their first choice.
    First,
}

impl Measure {
    /// Every measure, in the order of the table.
    pub const ALL: [Measure; 6] =
        [Measure::Placed, Measure::Without, Measure::Empty, Measure::Moves, Measure::Met, Measure::First];

    /// The same figure of the proposal.
    pub fn own(self) -> Key {
        match self {
            Measure::Placed => Key::Placed,
            Measure::Without => Key::Without,
            Measure::Empty => Key::Empty,
            Measure::Moves => Key::Moves,
            Measure::Met => Key::Met,
            Measure::First => Key::Ranked(1),
        }
    }
}
