//! Proofs as flat rows: a tree of any depth is a list of its nodes, each parent before its inside and then its outside.
//!
//! A nested tree would need the stack of the reader for every level of the file, so the file has none. Multipliers and
//! prices are whole numbers of any size up to 128 bits and are written in full.

use serde::{Deserialize, Serialize};

use crate::case::goal::{Goal, Part};
use crate::case::proof::{Branch, Claim, End, Node, Proof, RowName, Side, Split, Step};
use crate::case::{Case, StatutoryRole};
use crate::id::AuthorityId;
use crate::report::plan::claim::{Codes, PlanFault};
use crate::report::plan::rounded_rows::{self, RoundedRow};

/// A tree may not branch deeper than this; what a reader drops or checks level by level then fits any stack.
const MAX_DEPTH: usize = 4_000;

/// A proof.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ProofRow<N> {
    /// Position of the objective in the scenario; absent for a proof of impossibility.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) objective: Option<usize>,
    /// Which of its numbers: people at this rank.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rank: Option<u32>,
    /// Which of its numbers: people placed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub(super) placed: bool,
    /// What is proved of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) bound: Option<i64>,
    /// Rows that follow by rounding.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) rounded: Vec<RoundedRow>,
    /// The tree in preorder.
    pub(super) nodes: Vec<N>,
}

/// A goal: its objective's position, and which number where it has several.
#[derive(Debug, Clone, Copy, Default)]
struct GoalRow {
    objective: Option<usize>,
    rank: Option<u32>,
    placed: bool,
}

/// A node; one with a split is followed by its inside and its outside.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NodeRow {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    steps: Vec<StepRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    split: Option<SplitRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct StepRow {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    multipliers: Vec<MultiplierRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    prices: Vec<PriceRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shares: Vec<ShareRow>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<BlockRow>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ShareRow {
    person_id: String,
    share: i128,
}

#[derive(Debug, Serialize, Deserialize)]
struct PriceRow {
    post_id: String,
    price: i128,
}

/// A row with its multiplier.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct MultiplierRow {
    #[serde(flatten)]
    pub(super) name: NameRow,
    pub(super) multiplier: i128,
}

/// A row kept whole, with its unit.
#[derive(Debug, Serialize, Deserialize)]
struct BlockRow {
    #[serde(flatten)]
    name: NameRow,
    unit: i64,
}

/// A row's name in parts.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NameRow {
    row: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rank: Option<u32>,
    #[serde(default, skip_serializing_if = "is_false")]
    placed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authorities: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    side: Option<String>,
}

/// A split of the cases: by a person's posts, or by a cover switch.
#[derive(Debug, Serialize, Deserialize)]
struct SplitRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    posts: Vec<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    or_none: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    authority_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// A proof as rows.
///
/// `goals`: of the scenario, in order.
pub(super) fn to_row(case: &Case, goals: &[Goal], proof: &Proof) -> ProofRow<NodeRow> {
    let (GoalRow { objective, rank, placed }, bound) = match proof.claim {
        Claim::Bound { objective, bound } => (GoalRow::of(goals[objective]), Some(bound)),
        Claim::Impossible => (GoalRow::default(), None),
    };
    let mut nodes = Vec::new();
    let mut waiting = vec![&proof.root];
    while let Some(node) = waiting.pop() {
        let split = match &node.end {
            End::Closed => None,
            End::Branch(branch) => {
                waiting.push(&branch.outside);
                waiting.push(&branch.inside);
                Some(split_row(case, &branch.split))
            }
        };
        nodes.push(NodeRow { steps: node.steps.iter().map(|step| step_row(case, goals, step)).collect(), split });
    }
    let rounded = proof.rounded.iter().map(|rounded| rounded_rows::to_row(case, goals, rounded)).collect();
    ProofRow { objective, rank, placed, bound, rounded, nodes }
}

impl GoalRow {
    fn of(goal: Goal) -> Self {
        let (rank, placed) = match goal.part {
            Part::Whole => (None, false),
            Part::Placed => (None, true),
            Part::Rank(rank) => (Some(rank), false),
        };
        Self { objective: Some(goal.position), rank, placed }
    }

    /// Position of the goal; `None` where there is no such goal.
    fn position(&self, codes: &Codes<'_>) -> Option<usize> {
        let part = match (self.rank, self.placed) {
            (None, false) => Part::Whole,
            (None, true) => Part::Placed,
            (Some(rank), false) => Part::Rank(rank),
            (Some(_), true) => return None,
        };
        codes.goals().iter().position(|goal| Some(goal.position) == self.objective && goal.part == part)
    }
}

fn step_row(case: &Case, goals: &[Goal], step: &Step) -> StepRow {
    let price = |&(post, price)| PriceRow { post_id: case.posts[post].code.clone(), price };
    let share = |&(person, share)| ShareRow { person_id: case.people[person].code.clone(), share };
    let multiplier = |&(row, multiplier)| MultiplierRow { name: name_row(case, goals, row), multiplier };
    StepRow {
        multipliers: step.multipliers.iter().map(multiplier).collect(),
        prices: step.prices.iter().map(price).collect(),
        shares: step.shares.iter().map(share).collect(),
        blocks: step.blocks.iter().map(|&(row, unit)| BlockRow { name: name_row(case, goals, row), unit }).collect(),
    }
}

pub(super) fn name_row(case: &Case, goals: &[Goal], name: RowName) -> NameRow {
    let code = |authority: AuthorityId| case.authorities[authority].code.clone();
    let of = |row: &str, index| NameRow {
        row: row.to_owned(),
        index,
        rank: None,
        placed: false,
        authorities: Vec::new(),
        role: None,
        side: None,
    };
    match name {
        RowName::Objective(index) => {
            let GoalRow { objective, rank, placed } = GoalRow::of(goals[index]);
            NameRow { rank, placed, ..of("objective", objective) }
        }
        RowName::Clause(index, side) => NameRow { side: Some(side_word(side)), ..of("clause", Some(index)) },
        RowName::Parity(index, first, second) => {
            NameRow { authorities: vec![code(first), code(second)], ..of("parity", Some(index)) }
        }
        RowName::Link(index, authority, side) => {
            NameRow { authorities: vec![code(authority)], side: Some(side_word(side)), ..of("link", Some(index)) }
        }
        RowName::Cover(authority, role) => {
            NameRow { authorities: vec![code(authority)], role: Some(role.word().to_owned()), ..of("cover", None) }
        }
        RowName::Rounded(position) => of("rounded", Some(position)),
    }
}

fn side_word(side: Side) -> String {
    match side {
        Side::Min => "min".to_owned(),
        Side::Max => "max".to_owned(),
    }
}

fn split_row(case: &Case, split: &Split) -> SplitRow {
    match split {
        Split::Person { person, posts, or_none } => SplitRow {
            person_id: Some(case.people[*person].code.clone()),
            posts: posts.iter().map(|&post| case.posts[post].code.clone()).collect(),
            or_none: *or_none,
            authority_id: None,
            role: None,
        },
        Split::Cover(authority, role) => SplitRow {
            person_id: None,
            posts: Vec::new(),
            or_none: false,
            authority_id: Some(case.authorities[*authority].code.clone()),
            role: Some(role.word().to_owned()),
        },
    }
}

/// The proof that these rows spell.
///
/// # Errors
/// [`PlanFault`] where a name is unknown, or the list is not one whole tree.
pub(super) fn from_row(codes: &Codes<'_>, row: ProofRow<NodeRow>) -> Result<Proof, PlanFault> {
    let goal = GoalRow { objective: row.objective, rank: row.rank, placed: row.placed };
    let claim = match (row.objective, row.bound) {
        (Some(_), Some(bound)) => {
            let objective = goal.position(codes).ok_or(PlanFault::Proof("it is of no objective of the scenario"))?;
            Claim::Bound { objective, bound }
        }
        (None, None) => Claim::Impossible,
        (Some(_), None) | (None, Some(_)) => return Err(PlanFault::Proof("a proof needs an objective and a bound")),
    };
    let rounded = row.rounded.into_iter().map(|row| rounded_rows::from_row(codes, row)).collect::<Result<_, _>>()?;
    Ok(Proof { claim, rounded, root: tree(codes, row.nodes)? })
}

/// Builds the tree from its last node backwards: what was built last is the inside of the next parent.
fn tree(codes: &Codes<'_>, rows: Vec<NodeRow>) -> Result<Node, PlanFault> {
    const BROKEN: PlanFault = PlanFault::Proof("its list of nodes is not one whole tree");
    let mut built: Vec<(Node, usize)> = Vec::new();
    for row in rows.into_iter().rev() {
        let steps = row.steps.into_iter().map(|step| read_step(codes, step)).collect::<Result<_, _>>()?;
        let (end, depth) = match row.split {
            None => (End::Closed, 0),
            Some(split) => {
                let (Some((inside, a)), Some((outside, b))) = (built.pop(), built.pop()) else { return Err(BROKEN) };
                let depth = a.max(b) + 1;
                if depth > MAX_DEPTH {
                    return Err(PlanFault::Proof("it branches too deep"));
                }
                let split = read_split(codes, split)?;
                (End::Branch(Box::new(Branch { split, inside, outside })), depth)
            }
        };
        built.push((Node { steps, end }, depth));
    }
    match (built.pop(), built.is_empty()) {
        (Some((root, _)), true) => Ok(root),
        (Some(_), false) | (None, _) => Err(BROKEN),
    }
}

fn read_step(codes: &Codes<'_>, row: StepRow) -> Result<Step, PlanFault> {
    let price = |price: PriceRow| Ok((codes.post(&price.post_id)?, price.price));
    let share = |share: ShareRow| Ok((codes.person(&share.person_id)?, share.share));
    let multiplier = |row: MultiplierRow| Ok((read_name(codes, row.name)?, row.multiplier));
    let block = |row: BlockRow| Ok((read_name(codes, row.name)?, row.unit));
    Ok(Step {
        multipliers: row.multipliers.into_iter().map(multiplier).collect::<Result<_, _>>()?,
        prices: row.prices.into_iter().map(price).collect::<Result<_, _>>()?,
        shares: row.shares.into_iter().map(share).collect::<Result<_, _>>()?,
        blocks: row.blocks.into_iter().map(block).collect::<Result<_, _>>()?,
    })
}

pub(super) fn read_name(codes: &Codes<'_>, row: NameRow) -> Result<RowName, PlanFault> {
    const UNKNOWN: PlanFault = PlanFault::Proof("it names a row that does not exist");
    let authorities: Vec<AuthorityId> =
        row.authorities.iter().map(|code| codes.authority(code)).collect::<Result<_, _>>()?;
    let role = row.role.as_deref().map(|role| StatutoryRole::from_word(role).ok_or(UNKNOWN)).transpose()?;
    let side = match row.side.as_deref() {
        None => None,
        Some("min") => Some(Side::Min),
        Some("max") => Some(Side::Max),
        Some(_) => return Err(UNKNOWN),
    };
    let goal = GoalRow { objective: row.index, rank: row.rank, placed: row.placed };
    let name = match (row.row.as_str(), row.index, authorities.as_slice(), role, side) {
        ("objective", Some(_), [], None, None) => RowName::Objective(goal.position(codes).ok_or(UNKNOWN)?),
        _ if row.rank.is_some() || row.placed => return Err(UNKNOWN),
        ("clause", Some(index), [], None, Some(side)) => RowName::Clause(index, side),
        ("parity", Some(index), &[first, second], None, None) => RowName::Parity(index, first, second),
        ("link", Some(index), &[authority], None, Some(side)) => RowName::Link(index, authority, side),
        ("cover", None, &[authority], Some(role), None) => RowName::Cover(authority, role),
        ("rounded", Some(position), [], None, None) => RowName::Rounded(position),
        _ => return Err(UNKNOWN),
    };
    if codes.knows(name) { Ok(name) } else { Err(UNKNOWN) }
}

fn read_split(codes: &Codes<'_>, row: SplitRow) -> Result<Split, PlanFault> {
    const UNKNOWN: PlanFault = PlanFault::Proof("it splits on something that does not exist");
    match (row.person_id, row.authority_id, row.role) {
        (Some(person), None, None) => Ok(Split::Person {
            person: codes.person(&person)?,
            posts: row.posts.iter().map(|post| codes.post(post)).collect::<Result<_, _>>()?,
            or_none: row.or_none,
        }),
        (None, Some(authority), Some(role)) if row.posts.is_empty() && !row.or_none => {
            Ok(Split::Cover(codes.authority(&authority)?, StatutoryRole::from_word(&role).ok_or(UNKNOWN)?))
        }
        (Some(_), _, _) | (None, _, _) => Err(UNKNOWN),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, NodeRow, SplitRow, StepRow, from_row, to_row, tree};
    use crate::case::proof::{Branch, Claim, End, Node, Proof, Rounded, RowName, Side, Split, Step};
    use crate::case::scenario::{Clause, FairnessRule, Level, Objective};
    use crate::case::{Link, LinkKind, StatutoryRole};
    use crate::id::{AuthorityId, Id, PersonId};
    use crate::quantity::BasisPoints;
    use crate::report::plan::claim::Codes;
    use crate::report::plan::claim::tests::tiny;

    fn chain(depth: usize) -> Vec<NodeRow> {
        let split = || {
            Some(SplitRow {
                person_id: Some("P1".into()),
                posts: vec![],
                or_none: true,
                authority_id: None,
                role: None,
            })
        };
        let step = || StepRow { multipliers: vec![], prices: vec![], shares: vec![], blocks: vec![] };
        let closed = || NodeRow { steps: vec![step()], split: None };
        let mut rows: Vec<NodeRow> = (0..depth).map(|_| NodeRow { steps: vec![], split: split() }).collect();
        rows.extend((0..=depth).map(|_| closed()));
        rows
    }

    #[test]
    fn deep_trees_are_read_or_refused_without_overflowing_the_stack() {
        let (case, scenario) = tiny();
        let codes = Codes::new(&case, &scenario);
        assert!(tree(&codes, chain(MAX_DEPTH)).is_ok());
        assert!(tree(&codes, chain(MAX_DEPTH + 1)).is_err());
        assert!(tree(&codes, chain(3).into_iter().skip(1).collect()).is_err());
        assert!(tree(&codes, Vec::new()).is_err());
    }

    #[test]
    fn every_kind_of_row_and_number_of_any_size_comes_back() {
        let (mut case, mut scenario) = tiny();
        let (a, p1) = (AuthorityId::at(0), PersonId::at(0));
        case.links = vec![Link { row: 2, people: [p1, p1], kind: LinkKind::SameAuthority }];
        scenario.objectives = vec![Objective::Placed];
        let clause = Clause::PreferenceParity { max_points: BasisPoints(1) };
        scenario.fairness = vec![FairnessRule { clause, level: Level::Must }];
        let multipliers = vec![
            (RowName::Objective(0), i128::MAX),
            (RowName::Clause(0, Side::Max), i128::from(u64::MAX) + 1),
            (RowName::Parity(0, a, a), 1),
            (RowName::Link(0, a, Side::Min), 2),
            (RowName::Cover(a, StatutoryRole::S151), 3),
        ];
        let step = Step {
            multipliers: multipliers.clone(),
            prices: vec![],
            shares: vec![(p1, i128::MIN)],
            blocks: vec![(RowName::Clause(0, Side::Max), i64::MAX), (RowName::Parity(0, a, a), 1)],
        };
        let leaf = |prices| Node { steps: vec![Step { prices, ..step.clone() }], end: End::Closed };
        let branch = |split, inside, outside| Node {
            steps: vec![],
            end: End::Branch(Box::new(Branch { split, inside, outside })),
        };
        let by_person = Split::Person { person: p1, posts: vec![], or_none: true };
        let inner = branch(Split::Cover(a, StatutoryRole::Mo), leaf(vec![]), Node { steps: vec![], end: End::Closed });
        let rounded = vec![Rounded {
            rows: vec![(RowName::Clause(0, Side::Max), -1), (RowName::Objective(0), i128::MAX)],
            posts: vec![],
            people: vec![(PersonId::at(0), -7)],
            divisor: 2,
            grain: 3,
        }];
        let proof = Proof { claim: Claim::Impossible, rounded, root: branch(by_person, inner, leaf(vec![])) };
        let codes = Codes::new(&case, &scenario);
        let text = serde_json::to_string(&to_row(&case, codes.goals(), &proof)).expect("JSON");
        assert!(text.contains("170141183460469231731687303715884105727") && text.contains("18446744073709551616"));
        let read = from_row(&codes, serde_json::from_str(&text).expect("JSON"));
        assert_eq!(read, Ok(proof));
    }
}
