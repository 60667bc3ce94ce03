//! Why no plan keeps every rule, in the user's own rows, and the least that would change it.
//!
//! It begins with the leaves of a certified conflict: rules that cannot all be kept, each of them needed. From these it
//! derives people who have too few seats between them, how far each fairness rule can be reached at most, and every
//! smallest change after which there is a plan. Each figure has its own solve; [`check`] asks again for each of them, by
//! other ways than the one by which it was found. It does not know how any of it is said.

mod chain;
mod changes;
mod check;
mod fix;
mod further;
mod hall;
mod known;
mod limit;
mod pairs;
mod reach;
mod routes;
mod seats;
mod short;
mod trial;

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::proof::Side;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::id::{AuthorityId, PersonId, PostId};
use crate::solve::Limits;

pub use crate::study::impossible::check::{Flaw, check};
pub use crate::study::impossible::fix::applied;
pub use crate::study::impossible::routes::Routes;

use crate::study::impossible::changes::Changes;
use crate::study::impossible::trial::Trial;

/// Why no plan keeps every rule, and what would change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    /// Rules that cannot all be kept; without any one of them there would be a plan that keeps the others of these.
    pub leaves: Vec<Leaf>,
    /// People whom these rules demand to be placed, and who have too few seats between them; `None`: that is not why.
    pub crowd: Option<Crowd>,
    /// How far each limit of a fairness rule among the leaves can be reached.
    pub reaches: Vec<Reach>,
    /// Every single change, of those looked at, after which there is a plan; each as small as it can be.
    pub fixes: Vec<Fix>,
    /// Two rules loosened together, or a rule and then a change of posts, where neither alone is enough.
    pub pairs: Vec<[Fix; 2]>,
    /// Functions and posts of which further seats are enough, and the least number of them.
    pub further: Vec<Further>,
    /// Whether every number of further posts was settled before a limit of its own.
    pub further_complete: bool,
    /// Whether everything else was settled before a limit.
    pub complete: bool,
}

/// The least number of further posts of one function, or seats of one post, after which there is a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Further {
    /// Of what.
    pub kind: Kind,
    /// One way to have so few: posts like these, each with how many more seats, lowest post first.
    pub like: Vec<(PostId, u32)>,
}

/// Of what there is to be more.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Posts of an authority with this function, each like one on offer; also where one is enough.
    Function(AuthorityId, String),
    /// Seats of one post, where one is not enough: then that is a [`Fix::Seat`].
    Post(PostId),
}

impl Further {
    /// How many.
    pub fn more(&self) -> u32 {
        self.like.iter().map(|&(_, more)| more).sum()
    }
}

/// People who have fewer seats between them than they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Crowd {
    /// The people, lowest first.
    pub people: Vec<PersonId>,
    /// Every post that any of them may hold, lowest first.
    pub posts: Vec<PostId>,
    /// All seats of these posts.
    pub seats: u32,
}

/// One limit of a fairness rule, and the nearest that any plan comes which keeps the other rules of the conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// Position in `scenario.fairness`.
    pub clause: usize,
    /// Which of its limits.
    pub side: Side,
    /// What the limit demands, in people, ten-thousandths of FTE, pence or basis points.
    pub needed: i64,
    /// The nearest that can be reached, in the same unit: the most for a least, the least for a most.
    pub reachable: i64,
    /// People who have an allowed post that counts for this rule; `None` for a rule that counts no people.
    pub eligible: Option<usize>,
    /// Why not all of these can be placed there at once, where that is why.
    pub crowd: Option<Crowd>,
}

/// A change of the user's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fix {
    /// A limit of a fairness rule is loosened to this value, and by no less.
    Limit {
        /// Position in `scenario.fairness`.
        clause: usize,
        /// Which of its limits.
        side: Side,
        /// In basis points, pence or people, as the scenario file has it.
        to: i64,
    },
    /// A rule is taken out.
    Drop(Leaf),
    /// The post has one more seat.
    Seat(PostId),
    /// The post, which is not on offer, is opened.
    Open(PostId),
    /// The scenario lets people be promoted into the post.
    Promote(PostId),
}

/// Derives the human form of a certified impossibility; `None` where the answer is none.
pub fn explain(case: &Case, scenario: &Scenario, certified: &Certified, limits: &Limits<'_>) -> Option<Impossible> {
    explain_counted(case, scenario, certified, limits).map(|(found, _)| found)
}

/// The same, and by which ways its questions were decided.
pub fn explain_counted(
    case: &Case,
    scenario: &Scenario,
    certified: &Certified,
    limits: &Limits<'_>,
) -> Option<(Impossible, Routes)> {
    let leaves = certified.conflict()?.leaves.clone();
    let _span = tracing::info_span!("explain").entered();
    let trial = Trial::new(case, scenario, certified, limits);
    let whole = Changes::default();
    let crowd = hall::of_leaves(&trial, &leaves);
    let reaches = reach::of_leaves(&trial, &leaves);
    let mut fixes: Vec<Fix> = leaves.iter().flat_map(|&leaf| fix::of_leaf(&trial, &whole, leaf)).collect();
    fixes.extend(seats::fixes(&trial, &whole));
    let mut pairs = pairs::pairs(&trial, &leaves);
    pairs.extend(pairs::with_seats(&trial, &leaves, &fixes));
    let complete = !trial.open.get() && !(limits.should_stop)();
    let routes = trial.routes();
    trial.begin_last();
    let further = further::all(&trial, &fixes);
    let further_complete = !trial.open.get() && !(limits.should_stop)();
    Some((Impossible { leaves, crowd, reaches, fixes, pairs, further, further_complete, complete }, routes))
}
