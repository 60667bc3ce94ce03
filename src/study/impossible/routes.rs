//! By which way each question was decided: counted, so that what is quick stays quick.

/// How many questions were decided in each way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Routes {
    /// By counting seats that are missing.
    pub counted: usize,
    /// Because it asks for more than what is impossible, or for less than what is possible.
    pub follows: usize,
    /// One more seat of a post, by the price that a known proof has for it.
    pub ruled_out: usize,
    /// A known plan keeps every rule.
    pub plan: usize,
    /// A known proof holds.
    pub proof: usize,
    /// A known plan was mended.
    pub mended: usize,
    /// By a search.
    pub searched: usize,
    /// Not at all, because a limit came first.
    pub open: usize,
    /// Searches for the most of a sum, or for why a changed case has no plan.
    pub sums: usize,
    /// Work for all of these but the last questions: matches looked at.
    pub work: u64,
}
