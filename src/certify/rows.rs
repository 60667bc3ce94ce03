//! The rows of `docs/MODEL.md`, built again from the words: what a proof may multiply.
//!
//! A row is a sum over placements and cover switches that no allowed plan has above the limit. Where a rule speaks of
//! a share, both sides are multiplied out to whole numbers; rounding the limit towards the allowed side then loses
//! nothing, because the sum is a whole number.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::case::LinkKind;
use crate::case::proof::{Claim, RowName, Side};
use crate::case::scenario::{Clause, Level, Objective, Sense};
use crate::certify::facts::{Facts, Switch, count};
use crate::certify::fault::Fault;
use crate::certify::grid::Grid;
use crate::certify::known::Known;
use crate::certify::{rules, values};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::quantity::BasisPoints;

const WHOLE: i128 = BasisPoints::WHOLE.0 as i128;

/// What every person and every switch may be.
pub(super) struct Options {
    /// For each person the allowed posts, lowest first, then `None` unless they must be placed.
    pub(super) people: Grid<Option<PostId>>,
    /// The cover switches.
    pub(super) switches: Vec<Switch>,
    /// What each option is worth in each goal, less being better, once somebody has asked.
    worth: Vec<OnceCell<Terms>>,
    /// Rows of rules that somebody has asked for: no claim changes them.
    rules: RefCell<BTreeMap<RowName, Row>>,
}

/// Position of the person, position of the option, coefficient.
type Terms = Rc<[(usize, usize, i128)]>;

impl Options {
    pub(super) fn of(facts: &Facts<'_>) -> Self {
        let people = match facts.known() {
            Some(known) => still_open(facts, known),
            None => asked(facts),
        };
        let worth = facts.goals.iter().map(|_| OnceCell::new()).collect();
        Options { people, switches: facts.switches(), worth, rules: RefCell::default() }
    }
}

/// What each person may be, by asking the rules.
fn asked(facts: &Facts<'_>) -> Grid<Option<PostId>> {
    let mut pairs = facts.pairs().peekable();
    let of_person = |person: PersonId| {
        let mut own = Vec::new();
        while let Some(pair) = pairs.next_if(|pair| pair.person == person) {
            if rules::is_allowed(facts, pair) {
                own.push(Some(pair.post));
            }
        }
        own.extend((!rules::must_be_placed(facts, person)).then_some(None));
        own.into_iter()
    };
    Grid::of(facts.case.people.ids().map(of_person))
}

/// What a change leaves of what each person may be; nothing but no post of whoever has left.
fn still_open(facts: &Facts<'_>, known: &Known) -> Grid<Option<PostId>> {
    let of_person = |(person, options): (usize, &[Option<PostId>])| {
        let is_there = facts.is_there(PersonId::at(person));
        let before = if is_there { options.to_vec() } else { vec![None] };
        before.into_iter().filter(|option| option.is_none_or(|post| facts.is_offered(post)))
    };
    Grid::of(known.options.iter().enumerate().map(of_person))
}

/// A sum that no allowed plan has above the limit.
#[derive(Clone)]
pub(super) struct Row {
    /// Position of the person, position of the option, coefficient.
    pub(super) terms: Terms,
    /// Position of the switch, coefficient where it is on.
    pub(super) switches: Vec<(usize, i128)>,
    /// The limit.
    pub(super) limit: i128,
}

/// Builds the row of this name, if this case, scenario and claim have one.
pub(super) fn build(
    facts: &Facts<'_>,
    options: &Options,
    claim: Claim,
    values: &[i64],
    name: RowName,
) -> Result<Row, Fault> {
    if let Some(row) = options.rules.borrow().get(&name) {
        return Ok(row.clone());
    }
    let row = match name {
        RowName::Objective(position) => return objective(facts, options, claim, values, position),
        RowName::Clause(position, side) => clause(facts, options, position, side),
        RowName::Parity(position, first, second) => parity(facts, options, position, first, second),
        RowName::Link(position, authority, side) => link(facts, options, position, authority, side),
        RowName::Cover(authority, role) => cover(facts, options, (authority, role)),
        // It belongs to a proof, which knows what it follows from.
        RowName::Rounded(_) => None,
    };
    let row = row.ok_or(Fault::UnknownRow(name))?;
    options.rules.borrow_mut().insert(name, row.clone());
    Ok(row)
}

/// Of the claim: strictly better than the bound. Before it: at least as good as the answer.
fn objective(
    facts: &Facts<'_>,
    options: &Options,
    claim: Claim,
    values: &[i64],
    position: usize,
) -> Result<Row, Fault> {
    let name = RowName::Objective(position);
    let (at, bound) = match claim {
        Claim::Bound { objective, bound } => (objective, bound),
        Claim::Impossible => return Err(Fault::ObjectiveRow(name)),
    };
    if position > at {
        return Err(Fault::ObjectiveRow(name));
    }
    let goal = *facts.goals.get(position).ok_or(Fault::UnknownRow(name))?;
    let (sign, better) = match goal.sense() {
        Sense::Least => (1, -1),
        Sense::Most => (-1, 1),
    };
    let level = if position == at {
        i128::from(bound) + better
    } else {
        i128::from(*values.get(position).ok_or(Fault::UnknownRow(name))?)
    };
    let switches = match goal.objective {
        Objective::Bottleneck => return Ok(no_rank_above(facts, options, level)),
        Objective::Statutory => (0..options.switches.len()).map(|switch| (switch, sign)).collect(),
        Objective::Placed
        | Objective::Preference
        | Objective::Match
        | Objective::Rank
        | Objective::Cost
        | Objective::Moves
        | Objective::Critical
        | Objective::Family
        | Objective::Travel
        | Objective::Generous
        | Objective::Greedy
        | Objective::RankMaximal => Vec::new(),
    };
    let worth = || over(options, |person, post| sign * values::worth(facts, goal, person, post));
    let terms = options.worth.get(position).ok_or(Fault::UnknownRow(name))?.get_or_init(worth);
    Ok(Row { terms: Rc::clone(terms), switches, limit: sign * level })
}

/// Nobody has a rank above this; there is no plan in which even nobody at all does, where it is below nought.
fn no_rank_above(facts: &Facts<'_>, options: &Options, rank: i128) -> Row {
    if rank < 0 {
        return plain(Rc::default(), -1);
    }
    let above = |person, post| i128::from(i128::from(facts.rank_counted(person, post)) > rank);
    plain(over(options, above), 0)
}

fn clause(facts: &Facts<'_>, options: &Options, position: usize, side: Side) -> Option<Row> {
    let fairness = facts.scenario.fairness.get(position)?;
    match fairness.level {
        Level::Must => {}
        Level::Report => return None,
    }
    let authority_of = |post: PostId| facts.case.posts[post].authority;
    let there = |authority: AuthorityId, post: PostId| i128::from(authority_of(post) == authority);
    let row = match &fairness.clause {
        Clause::PeopleShare { authority, min, max } => {
            let people = count(facts.people());
            let (sign, limit) = share_limit(side, *min, *max, people, 1)?;
            plain(over(options, |_, post| sign * there(*authority, post)), limit)
        }
        Clause::FteShare { authority, min, max } => {
            let fte = |person: PersonId| i128::from(facts.case.people[person].fte.0);
            let unit = facts.people().map(fte).fold(0, greatest_common_divisor).max(1);
            let (sign, limit) = share_limit(side, *min, *max, facts.people().map(fte).sum(), unit)?;
            plain(over(options, |person, post| sign * (fte(person) / unit) * there(*authority, post)), limit)
        }
        Clause::Budget { authority, max } => {
            only(side, Side::Max)?;
            let term = |person, post| there(*authority, post) * facts.cost(person, post);
            plain(over(options, term), i128::from(max.0))
        }
        Clause::Cover { authority, function, min_people } => {
            only(side, Side::Min)?;
            let term = |_, post| -i128::from(facts.does(post, *authority, function));
            plain(over(options, term), -i128::from(*min_people))
        }
        Clause::VacancyGap { authorities: [first, second], max_points } => {
            let (seats_first, seats_second) = (facts.seats(*first), facts.seats(*second));
            if seats_first == 0 || seats_second == 0 {
                return None;
            }
            let sign = match side {
                Side::Max => 1,
                Side::Min => -1,
            };
            let term = |_, post| sign * (seats_first * there(*second, post) - seats_second * there(*first, post));
            let whole = seats_first.checked_mul(seats_second)?;
            plain(over(options, term), whole.checked_mul(i128::from(max_points.0))?.div_euclid(WHOLE))
        }
        Clause::PreferenceParity { .. } => return None,
    };
    Some(row)
}

/// The first employer's share of preferences met is not too far above the second's.
fn parity(
    facts: &Facts<'_>,
    options: &Options,
    position: usize,
    first: AuthorityId,
    second: AuthorityId,
) -> Option<Row> {
    let fairness = facts.scenario.fairness.get(position)?;
    let max_points = match (&fairness.clause, fairness.level) {
        (Clause::PreferenceParity { max_points }, Level::Must) => *max_points,
        (
            Clause::PreferenceParity { .. }
            | Clause::PeopleShare { .. }
            | Clause::FteShare { .. }
            | Clause::Budget { .. }
            | Clause::Cover { .. }
            | Clause::VacancyGap { .. },
            Level::Must | Level::Report,
        ) => return None,
    };
    let (stated_first, stated_second) = (facts.stated_among(first), facts.stated_among(second));
    if first == second || stated_first == 0 || stated_second == 0 {
        return None;
    }
    let term = |person: PersonId, post| {
        let employer = facts.case.people[person].employer;
        let weight = match (employer == first, employer == second) {
            (true, _) => stated_second,
            (false, true) => -stated_first,
            (false, false) => 0,
        };
        if facts.preference_met(person, post) == Some(true) { weight } else { 0 }
    };
    let limit = (i128::from(max_points.0) * stated_first).checked_mul(stated_second)?.div_euclid(WHOLE);
    Some(plain(over(options, term), limit))
}

fn link(facts: &Facts<'_>, options: &Options, position: usize, authority: AuthorityId, side: Side) -> Option<Row> {
    let link = facts.case.links.get(position)?;
    if authority.index() >= facts.case.authorities.len() || !facts.holds(link) {
        return None;
    }
    let (first, second, limit) = match (link.kind, side) {
        (LinkKind::SameAuthority, Side::Max) => (1, -1, 0),
        (LinkKind::SameAuthority, Side::Min) => (-1, 1, 0),
        (LinkKind::DifferentAuthority, Side::Max) => (1, 1, 1),
        (LinkKind::DifferentAuthority, Side::Min) => return None,
    };
    // Only these two people have terms; a case may have thousands of links.
    let mut terms = Vec::new();
    let mut both = [(link.people[0], first), (link.people[1], second)];
    both.sort_unstable();
    for (person, weight) in both {
        for (position, post) in options.people[person.index()].iter().enumerate() {
            if post.is_some_and(|post| facts.case.posts[post].authority == authority) {
                terms.push((person.index(), position, weight));
            }
        }
    }
    Some(plain(terms.into(), limit))
}

/// A switch that is on needs someone who covers the role there.
fn cover(facts: &Facts<'_>, options: &Options, switch: Switch) -> Option<Row> {
    let position = options.switches.iter().position(|&known| known == switch)?;
    let terms = over(options, |person, post| -i128::from(facts.covers(switch, person, post)));
    Some(Row { terms, switches: vec![(position, 1)], limit: 0 })
}

/// Sign and limit of a share row: at most `floor(max x all / unit)`, or at least `ceil(min x all / unit)`.
fn share_limit(
    side: Side,
    min: Option<BasisPoints>,
    max: Option<BasisPoints>,
    all: i128,
    unit: i128,
) -> Option<(i128, i128)> {
    let (sign, share) = match side {
        Side::Max => (1, max?),
        Side::Min => (-1, min?),
    };
    Some((sign, (sign * i128::from(share.0) * all).div_euclid(WHOLE * unit)))
}

fn only(side: Side, wanted: Side) -> Option<()> {
    (side == wanted).then_some(())
}

fn plain(terms: Terms, limit: i128) -> Row {
    Row { terms, switches: Vec::new(), limit }
}

/// The terms of a row that are not nought.
fn over(options: &Options, term: impl Fn(PersonId, PostId) -> i128) -> Terms {
    let mut terms = Vec::new();
    for (person, choices) in options.people.iter().enumerate() {
        for (position, post) in choices.iter().enumerate() {
            let coefficient = post.map_or(0, |post| term(PersonId::at(person), post));
            if coefficient != 0 {
                terms.push((person, position, coefficient));
            }
        }
    }
    terms.into()
}

/// Of numbers that are not below nought.
pub(super) fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}
