//! What is changed before a question is put, and the one copy of the case on which it is changed and changed back.
//!
//! Hundreds of questions differ from each other in one rule or one seat. A copy of the case for each would cost more than its answer.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::proof::Side;
use crate::case::scenario::{Clause, Level, Scenario};
use crate::id::{PersonId, PostId};
use crate::study::impossible::fix::change;
use crate::study::impossible::{Fix, limit};
use crate::study::variant::Variant;

/// Changes that hold together.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Changes {
    /// Every change of the user's files.
    pub(super) fixes: BTreeSet<Fix>,
    /// A limit of a clause that does not count.
    pub(super) loose: Option<(usize, Side)>,
    /// So many further seats.
    pub(super) seats: BTreeMap<PostId, u32>,
}

impl Changes {
    /// These rules taken out.
    pub(super) fn dropping(leaves: impl IntoIterator<Item = Leaf>) -> Self {
        Self { fixes: leaves.into_iter().map(Fix::Drop).collect(), ..Self::default() }
    }

    /// The same and these.
    pub(super) fn and(&self, fixes: &[Fix]) -> Self {
        Self { fixes: self.fixes.iter().chain(fixes).copied().collect(), ..self.clone() }
    }

    /// The same without one limit of a clause.
    pub(super) fn without(&self, clause: usize, side: Side) -> Self {
        Self { loose: Some((clause, side)), ..self.clone() }
    }

    pub(super) fn drops(&self, leaf: Leaf) -> bool {
        self.fixes.contains(&Fix::Drop(leaf))
    }

    /// The rules about people that are taken out: links, decisions, and who is kept shared.
    pub(super) fn about_people(&self) -> impl Iterator<Item = Leaf> + '_ {
        self.fixes.iter().filter_map(|fix| match *fix {
            Fix::Drop(leaf @ (Leaf::Link(_) | Leaf::Pin(_) | Leaf::Retained(_))) => Some(leaf),
            Fix::Drop(Leaf::Clause(_)) | Fix::Limit { .. } | Fix::Seat(_) | Fix::Open(_) | Fix::Promote(_) => None,
        })
    }

    /// Whether the changes here beyond `fewer` can only leave more plans.
    pub(super) fn only_loosen(&self, fewer: &Changes, scenario: &Scenario) -> bool {
        let gap = |(index, rule): (usize, &crate::case::scenario::FairnessRule)| {
            let compares = matches!(rule.clause, Clause::VacancyGap { .. }) && rule.level == Level::Must;
            compares && !fewer.drops(Leaf::Clause(index))
        };
        let rates = scenario.fairness.iter().enumerate().any(gap);
        let loosens = |fix: &Fix| match fix {
            Fix::Drop(_) | Fix::Promote(_) => true,
            // A rate of vacancies may well be kept with fewer seats only.
            Fix::Seat(_) | Fix::Open(_) => !rates,
            Fix::Limit { .. } => false,
        };
        let same = self.loose == fewer.loose || fewer.loose.is_none();
        let fewer_seats = |(post, seats): (&PostId, &u32)| self.seats.get(post).is_some_and(|own| own >= seats);
        let more_seats = self.seats == fewer.seats || (!rates && fewer.seats.iter().all(fewer_seats));
        let all_loosen = self.fixes.difference(&fewer.fixes).all(loosens);
        same && more_seats && fewer.fixes.is_subset(&self.fixes) && all_loosen
    }
}

/// The position that a rule has in the user's files, from where it stands among those that are left.
pub(super) fn position(gone: &Changes, leaf: Leaf) -> Leaf {
    let place = |at: usize, is_gone: &dyn Fn(usize) -> bool| (0..).filter(|&at| !is_gone(at)).nth(at).unwrap_or(at);
    match leaf {
        Leaf::Pin(at) => Leaf::Pin(place(at, &|at| gone.drops(Leaf::Pin(at)))),
        Leaf::Link(at) => Leaf::Link(place(at, &|at| gone.drops(Leaf::Link(at)))),
        leaf @ (Leaf::Clause(_) | Leaf::Retained(_)) => leaf,
    }
}

/// A copy of the case and the scenario without objectives, in which changes are made and unmade.
#[derive(Debug)]
pub(super) struct Workbench {
    variant: Variant,
    posts: BTreeSet<PostId>,
    people: BTreeSet<PersonId>,
}

impl Workbench {
    pub(super) fn new(case: &Case, scenario: &Scenario) -> Self {
        Self { variant: Variant::of(case, scenario), posts: BTreeSet::new(), people: BTreeSet::new() }
    }

    /// The case with these changes and no others; `case` and `scenario` are those of [`Workbench::new`].
    pub(super) fn with(&mut self, case: &Case, scenario: &Scenario, changes: &Changes) -> &Variant {
        for post in std::mem::take(&mut self.posts) {
            self.variant.case.posts[post].clone_from(&case.posts[post]);
        }
        for person in std::mem::take(&mut self.people) {
            self.variant.case.people[person].clone_from(&case.people[person]);
        }
        for fix in &changes.fixes {
            match *fix {
                Fix::Seat(post) | Fix::Open(post) | Fix::Promote(post) => drop(self.posts.insert(post)),
                Fix::Drop(Leaf::Retained(person)) => drop(self.people.insert(person)),
                Fix::Drop(Leaf::Clause(_) | Leaf::Link(_) | Leaf::Pin(_)) | Fix::Limit { .. } => {}
            }
        }
        let links = case.links.iter().enumerate().filter(|&(at, _)| !changes.drops(Leaf::Link(at)));
        self.variant.case.links = links.map(|(_, link)| link.clone()).collect();
        let pins = case.pins.iter().enumerate().filter(|&(at, _)| !changes.drops(Leaf::Pin(at)));
        self.variant.case.pins = pins.map(|(_, pin)| pin.clone()).collect();
        self.variant.scenario = Scenario { objectives: Vec::new(), ..scenario.clone() };
        for &fix in &changes.fixes {
            change(&mut self.variant, fix);
        }
        for (&post, &seats) in &changes.seats {
            self.posts.insert(post);
            let capacity = &mut self.variant.case.posts[post].capacity;
            *capacity = capacity.saturating_add(seats);
        }
        if let Some((clause, side)) = changes.loose {
            self.variant.scenario = limit::without_limit(&self.variant.scenario, clause, side);
        }
        &self.variant
    }
}
