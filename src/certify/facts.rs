//! What the case and the scenario say about people and posts, read from the words of the contract.
//!
//! Each function answers one question that several rules, rows or objectives ask. It knows no plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::case::change::Change;
use crate::case::goal::Goal;
use crate::case::scenario::{RetainedShared, Scenario};
use crate::case::{Case, Decision, Link, MatchKind, PostStatus, Preferred, Response, StatutoryRole};
use crate::certify::eligibility::Pair;
use crate::certify::goals::goals;
use crate::certify::known::{Figures, Known};
use crate::id::{AuthorityId, Id, PersonId, PostId, Table};
use crate::quantity::BasisPoints;

/// A role that the scenario wants covered, at one authority.
pub(super) type Switch = (AuthorityId, StatutoryRole);

/// The decisions that a scenario uses, with their positions, by person.
type Pins = Table<PersonId, Vec<(usize, Decision)>>;

/// A case read through one scenario, with or without a change.
pub(super) struct Facts<'a> {
    pub(super) case: &'a Case,
    pub(super) scenario: &'a Scenario,
    offered: Table<PostId, bool>,
    /// Whether each person is there: everyone but those who have left.
    there: Table<PersonId, bool>,
    /// What each person prefers.
    preferred: Table<PersonId, Preferred>,
    /// The decisions that the scenario uses, with their positions.
    pins: Arc<Pins>,
    /// What was asked of all pairs before any change.
    known: Option<&'a Known>,
    /// The objectives taken apart, in order.
    pub(super) goals: Vec<Goal>,
}

impl<'a> Facts<'a> {
    pub(super) fn read(case: &'a Case, scenario: &'a Scenario) -> Self {
        let offered = case
            .posts
            .values()
            .map(|post| {
                let chosen = scenario.structures.get(&post.authority);
                post.status == PostStatus::Open && chosen.is_some_and(|structure| post.structures.contains(structure))
            })
            .collect();
        let used = if scenario.use_pins { case.pins.as_slice() } else { &[] };
        let mut pins: Pins = Table::filled(Vec::new(), case.people.len());
        for (position, pin) in used.iter().enumerate() {
            pins[pin.person].push((position, pin.decision));
        }
        let mut facts = Facts {
            case,
            scenario,
            offered: Table::new(offered),
            there: Table::filled(true, case.people.len()),
            preferred: Table::new(case.people.values().map(|person| person.preference.preferred).collect()),
            pins: Arc::new(pins),
            known: None,
            goals: Vec::new(),
        };
        facts.goals = goals(&facts);
        facts
    }

    /// The same with a change; `known` is of the case without it.
    pub(super) fn changed<'b>(&self, known: &'b Known, change: &Change) -> Facts<'b>
    where
        'a: 'b,
    {
        let mut facts = Facts {
            case: self.case,
            scenario: self.scenario,
            offered: self.offered.clone(),
            there: self.there.clone(),
            preferred: self.preferred.clone(),
            pins: Arc::clone(&self.pins),
            known: Some(known),
            goals: Vec::new(),
        };
        change.withdrawn.iter().for_each(|&post| facts.offered[post] = false);
        change.gone.iter().for_each(|&person| facts.there[person] = false);
        change.stated.iter().for_each(|&(person, preferred)| facts.preferred[person] = preferred);
        facts.goals = goals(&facts);
        facts
    }

    /// What was asked of all pairs before any change.
    pub(super) fn known(&self) -> Option<&'a Known> {
        self.known
    }

    /// Whether a person is there, and has not left.
    pub(super) fn is_there(&self, person: PersonId) -> bool {
        self.there[person]
    }

    /// Everyone who is there, lowest first.
    pub(super) fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.there.iter().filter_map(|(person, &there)| there.then_some(person))
    }

    /// The authority that a person stated.
    fn stated(&self, person: PersonId) -> Option<AuthorityId> {
        match self.preferred[person] {
            Preferred::Authority(authority) => Some(authority),
            Preferred::NoPreference | Preferred::Leave | Preferred::Blank => None,
        }
    }

    /// Open, and in the structure that the scenario chose for its authority.
    pub(super) fn is_offered(&self, post: PostId) -> bool {
        post.index() < self.offered.len() && self.offered[post]
    }

    pub(super) fn offered(&self) -> impl Iterator<Item = PostId> + '_ {
        self.offered.iter().filter_map(|(post, &offered)| offered.then_some(post))
    }

    /// Offered seats of an authority.
    pub(super) fn seats(&self, authority: AuthorityId) -> i128 {
        let own = self.offered().filter(|&post| self.case.posts[post].authority == authority);
        own.map(|post| i128::from(self.case.posts[post].capacity)).sum()
    }

    /// The authority with over half of the person's joint post, if there is one.
    pub(super) fn majority(&self, person: PersonId) -> Option<AuthorityId> {
        let joint_post = &self.case.joint_posts[self.case.people[person].joint_post?];
        let half = BasisPoints::WHOLE.0 / 2;
        joint_post.shares.iter().find(|(_, share)| share.0 > half).map(|(&authority, _)| authority)
    }

    /// Whether the policy keeps the person in a retained shared post.
    pub(super) fn is_kept_shared(&self, person: PersonId) -> bool {
        match self.scenario.policy.retained_shared {
            RetainedShared::Pin => self.is_there(person) && self.case.people[person].retained_shared == Some(true),
            RetainedShared::Release => false,
        }
    }

    /// Officers' decisions about the person, with their positions; none where the scenario does not use them.
    pub(super) fn pins(&self, person: PersonId) -> impl Iterator<Item = (usize, Decision)> + '_ {
        self.pins[person].iter().copied().filter(move |_| self.is_there(person))
    }

    /// Whether a link holds: both of its people are there.
    pub(super) fn holds(&self, link: &Link) -> bool {
        link.people.iter().all(|&person| self.is_there(person))
    }

    /// A pair with its row of matches.csv.
    pub(super) fn pair(&self, person: PersonId, post: PostId) -> Pair<'a> {
        Pair { person, post, found: self.case.matches.get(&(person, post)) }
    }

    /// Every pair of matches.csv, the lowest person first, and of each person the lowest post.
    pub(super) fn pairs(&self) -> impl Iterator<Item = Pair<'a>> + use<'a> {
        self.case.matches.iter().map(|(&(person, post), found)| Pair { person, post, found: Some(found) })
    }

    /// What is known of a placement, where the pair is allowed without any change.
    fn figures(&self, person: PersonId, post: PostId) -> Option<&'a Figures> {
        self.known?.figures(person, post)
    }

    /// Pence a year: the higher of salary and bottom of the post's pay, for the lesser hours, with on-cost, rounded
    /// half up.
    pub(super) fn cost(&self, person: PersonId, post: PostId) -> i128 {
        if let Some(known) = self.figures(person, post) {
            return known.cost;
        }
        let (person, post) = (&self.case.people[person], &self.case.posts[post]);
        let pay = i128::from(person.salary.max(post.salary_min).0);
        let hours = i128::from(person.fte.min(post.fte).0);
        let with_on_cost = i128::from(BasisPoints::WHOLE.0) + i128::from(self.scenario.policy.on_cost.0);
        // Pence x ten-thousandths x basis points; below 2^50 x 2^15 x 2^32, so no overflow.
        const UNIT: i128 = 10_000 * 10_000;
        (2 * pay * hours * with_on_cost + UNIT).div_euclid(2 * UNIT)
    }

    /// How well the post matches the person's job; `None` without a match row.
    pub(super) fn kind(&self, person: PersonId, post: PostId) -> Option<MatchKind> {
        if let Some(known) = self.figures(person, post) {
            return known.kind;
        }
        self.case.matches.get(&(person, post)).map(|found| found.kind)
    }

    pub(super) fn rank_given(&self, person: PersonId, post: PostId) -> Option<u32> {
        if let Some(known) = self.figures(person, post) {
            return known.rank_given;
        }
        self.case.ranks.get(&(person, post)).map(|rank| rank.rank)
    }

    /// The rank that the objective counts.
    pub(super) fn rank_counted(&self, person: PersonId, post: PostId) -> u32 {
        if let Some(known) = self.figures(person, post) {
            return known.rank_counted;
        }
        match self.case.people[person].preference.response {
            Response::NoResponse => 0,
            Response::Responded | Response::Late | Response::Declined => {
                self.rank_given(person, post).unwrap_or(self.scenario.policy.unlisted_rank)
            }
        }
    }

    /// Whether the post lies in the authority that the person stated; `None` where none was stated.
    pub(super) fn preference_met(&self, person: PersonId, post: PostId) -> Option<bool> {
        let stated = self.stated(person)?;
        Some(self.case.posts[post].authority == stated)
    }

    /// How many of an employer's people stated an authority.
    pub(super) fn stated_among(&self, employer: AuthorityId) -> i128 {
        let own = self.people().filter(|&person| self.case.people[person].employer == employer);
        count(own.filter(|&person| self.stated(person).is_some()))
    }

    /// Every (authority, role) pair that the objective `statutory` counts.
    pub(super) fn switches(&self) -> Vec<Switch> {
        let roles: BTreeSet<StatutoryRole> = self.scenario.statutory_cover.roles.iter().copied().collect();
        let of = |authority| roles.iter().map(move |&role| (authority, role));
        self.case.authorities.ids().flat_map(of).collect()
    }

    /// The pairs that this placement covers; one stands twice where the scenario names its role twice.
    pub(super) fn covered(&self, person: PersonId, post: PostId) -> impl Iterator<Item = Switch> + '_ {
        let authority = self.case.posts[post].authority;
        let pairs = self.scenario.statutory_cover.roles.iter().map(move |&role| (authority, role));
        pairs.filter(move |&switch| self.covers(switch, person, post))
    }

    /// Whether this placement covers the role at the authority.
    pub(super) fn covers(&self, (authority, role): Switch, person: PersonId, post: PostId) -> bool {
        let place = &self.case.posts[post];
        self.case.people[person].statutory_roles.contains(&role)
            && place.authority == authority
            && place.tier <= self.scenario.statutory_cover.max_tier
    }

    /// Whether the post lies in the authority and lists the function.
    pub(super) fn does(&self, post: PostId, authority: AuthorityId, function: &str) -> bool {
        let post = &self.case.posts[post];
        post.authority == authority && post.functions.contains(function)
    }
}

/// How many there are, as a number that can be multiplied out.
pub(super) fn count<T>(things: impl Iterator<Item = T>) -> i128 {
    things.fold(0, |sum, _| sum + 1)
}

/// A number with its noun: `1 seat`, `2 seats`.
pub(super) fn counted(number: i128, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
