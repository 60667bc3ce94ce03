//! The material-change test: a consulted and a final structure and plan, against the lines of a stated rule.
//!
//! Everything is compared by the ids of the files, so the two may come from different cases. A person who was consulted as
//! undecided between some places, and is now settled in one of them, has not changed; one whose final place is itself undecided
//! counts as open. The rule decides what is material; this only counts. It knows no words and no format.

pub mod check;
mod people;
mod posts;
pub mod side;

use crate::case::material::{Line, MaterialRule, Test};
use crate::quantity::{BasisPoints, Pence};
use crate::study::material::side::{Person, Side};

pub use crate::study::material::people::Change;
pub use crate::study::material::posts::{Field, FieldChange};

/// Every line of a rule, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The lines, in the order of the rule.
    pub lines: Vec<Judged>,
    /// People who are in one of the two cases only, and in no line.
    pub strangers: Vec<String>,
}

/// One line with what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The line.
    pub line: Line,
    /// What it comes to.
    pub amount: Amount,
    /// What it counts, in the order of ids; nothing for cost.
    pub found: Vec<Found>,
    /// Whether that is within the limit.
    pub verdict: Verdict,
}

/// What a line comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// Posts or people.
    Count {
        /// So many for certain.
        sure: usize,
        /// So many more if those who are undecided are settled so.
        open: usize,
        /// Of so many that the line looks at.
        of: usize,
    },
    /// Pay with on-cost of all placements a year.
    Cost {
        /// In the consulted plan.
        was: Pence,
        /// In the final plan.
        is: Pence,
    },
}

/// Something that a line counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A post.
    Post {
        /// Its id.
        id: String,
        /// Its row in the consulted `posts.csv`.
        was_row: Option<u32>,
        /// Its row in the final `posts.csv`.
        is_row: Option<u32>,
        /// What differs; nothing where it is in one structure only.
        changes: Vec<FieldChange>,
    },
    /// A person.
    Person {
        /// The id.
        id: String,
        /// Before.
        was: Person,
        /// After.
        is: Person,
        /// For certain, or as it may be settled.
        change: Change,
    },
}

/// Whether a line is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// However the undecided are settled.
    Within,
    /// It hangs on how the undecided are settled.
    Open,
    /// However the undecided are settled, it is not.
    Beyond,
}

impl Judgement {
    /// How many lines have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.lines.iter().filter(|line| line.verdict == verdict).count()
    }
}

/// Judges every line of a rule.
pub fn judge(rule: &MaterialRule, consulted: &Side, settled: &Side) -> Judgement {
    let lines = rule.lines.iter().map(|line| judge_line(line, consulted, settled)).collect();
    let alone = |some: &Side, other: &Side| {
        let gone = some.people.keys().filter(|id| !other.people.contains_key(*id));
        gone.cloned().collect::<Vec<String>>()
    };
    let mut strangers = [alone(consulted, settled), alone(settled, consulted)].concat();
    strangers.sort();
    Judgement { lines, strangers }
}

fn judge_line(line: &Line, consulted: &Side, settled: &Side) -> Judged {
    let (amount, found) = match &line.test {
        Test::PostsAdded { .. }
        | Test::PostsDeleted { .. }
        | Test::PostsRegraded { .. }
        | Test::PostsHours { .. }
        | Test::PostsPay { .. }
        | Test::StatutoryPosts { .. } => posts::counted(line, consulted, settled),
        Test::PeopleChanged { .. } | Test::NewlyAtRisk { .. } => people::counted(line, consulted, settled),
        Test::Cost { .. } => (Amount::Cost { was: consulted.cost, is: settled.cost }, Vec::new()),
    };
    Judged { line: line.clone(), amount, found, verdict: verdict(&line.test, amount) }
}

/// What an amount is to a limit.
fn verdict(test: &Test, amount: Amount) -> Verdict {
    match amount {
        Amount::Count { sure, open, of } => {
            if exceeds(test, sure, of) {
                Verdict::Beyond
            } else if exceeds(test, sure + open, of) {
                Verdict::Open
            } else {
                Verdict::Within
            }
        }
        Amount::Cost { was, is } => {
            let change = (i128::from(is.0) - i128::from(was.0)).abs();
            if costs_more(test, change, was) { Verdict::Beyond } else { Verdict::Within }
        }
    }
}

fn exceeds(test: &Test, counted: usize, of: usize) -> bool {
    let more = |max: u32| counted > usize::try_from(max).unwrap_or(usize::MAX);
    match test {
        Test::PostsAdded { max }
        | Test::PostsDeleted { max }
        | Test::PostsRegraded { max }
        | Test::PostsHours { max, .. }
        | Test::PostsPay { max, .. }
        | Test::StatutoryPosts { max }
        | Test::NewlyAtRisk { max } => more(*max),
        Test::PeopleChanged { max_people, max_share, .. } => {
            let share = |most: BasisPoints| is_more_than(wide(counted), most, wide(of));
            max_people.is_some_and(more) || max_share.is_some_and(share)
        }
        Test::Cost { .. } => false,
    }
}

fn costs_more(test: &Test, change: i128, was: Pence) -> bool {
    match test {
        Test::Cost { max_change, max_share } => {
            max_change.is_some_and(|max| change > i128::from(max.0))
                || max_share.is_some_and(|most| is_more_than(change, most, i128::from(was.0)))
        }
        Test::PostsAdded { .. }
        | Test::PostsDeleted { .. }
        | Test::PostsRegraded { .. }
        | Test::PostsHours { .. }
        | Test::PostsPay { .. }
        | Test::StatutoryPosts { .. }
        | Test::PeopleChanged { .. }
        | Test::NewlyAtRisk { .. } => false,
    }
}

/// Whether a part is more than a share of the whole, multiplied out.
fn is_more_than(part: i128, most: BasisPoints, whole: i128) -> bool {
    part * i128::from(BasisPoints::WHOLE.0) > i128::from(most.0) * whole
}

fn wide(count: usize) -> i128 {
    i128::try_from(count).unwrap_or(i128::MAX)
}
