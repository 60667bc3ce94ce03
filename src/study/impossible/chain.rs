//! A plan for one question out of the plan for another: whoever may not stay where they are moves, and others make room.
//!
//! Only who may go where is looked at, and seats. Whether the plan keeps every other rule as well is for the checker to say.

use std::collections::{BTreeMap, VecDeque};

use crate::case::answer::{Leaf, Plan};
use crate::case::scenario::{RetainedShared, Scenario};
use crate::case::{Case, Decision};
use crate::certify;
use crate::id::{Id, PersonId, PostId, Table};
use crate::study::impossible::Fix;
use crate::study::impossible::changes::Changes;
use crate::study::variant::Variant;

/// More people than this in the wrong place are not worth the walk.
const MOST_WRONG: usize = 4;

/// Where everybody may go, decisions apart.
#[derive(Debug)]
pub(super) struct Web {
    /// For each person, lowest post first.
    posts: Vec<Vec<PostId>>,
    /// Decisions that the scenario uses, by position, of each person.
    decisions: BTreeMap<PersonId, Vec<(usize, Decision)>>,
}

impl Web {
    pub(super) fn new(case: &Case, scenario: &Scenario) -> Self {
        let Variant { case: mut free, mut scenario } = Variant::of(case, scenario);
        scenario.policy.retained_shared = RetainedShared::Release;
        let pins = std::mem::take(&mut free.pins);
        let posts = certify::options(&free, &scenario).into_iter().map(|ways| ways.into_iter().flatten().collect());
        let mut decisions: BTreeMap<PersonId, Vec<(usize, Decision)>> = BTreeMap::new();
        for (at, pin) in pins.iter().enumerate().filter(|_| scenario.use_pins) {
            decisions.entry(pin.person).or_default().push((at, pin.decision));
        }
        Self { posts: posts.collect(), decisions }
    }

    /// The plan with as few people as possible moved so that everybody is where the changed case lets them be.
    pub(super) fn mended(&self, variant: &Variant, changes: &Changes, plan: &Plan) -> Option<Plan> {
        let ground = Ground { web: self, variant, changes };
        let mut places: Vec<Option<PostId>> = plan.iter().map(|(_, post)| post).collect();
        let mut holders: Table<PostId, Vec<PersonId>> = Table::filled(Vec::new(), variant.case.posts.len());
        let mut wrong = Vec::new();
        for (person, post) in plan.iter() {
            match post {
                None if ground.may_stay_out(person) => {}
                Some(post) if ground.may(person, post) && holders[post].len() < ground.seats(post) => {
                    holders[post].push(person);
                }
                None | Some(_) => wrong.push(person),
            }
        }
        if wrong.is_empty() || wrong.len() > MOST_WRONG {
            return None;
        }
        wrong.iter().for_each(|&person| places[person.index()] = None);
        wrong.into_iter().try_for_each(|person| ground.place(&mut places, &mut holders, person))?;
        Some(Plan::new(&variant.case, places))
    }
}

struct Ground<'a> {
    web: &'a Web,
    variant: &'a Variant,
    changes: &'a Changes,
}

/// Where a chain ends.
enum End {
    Seat(PostId),
    Out(PersonId),
}

impl Ground<'_> {
    fn seats(&self, post: PostId) -> usize {
        self.variant.case.posts[post].capacity as usize
    }

    fn decisions(&self, person: PersonId) -> impl Iterator<Item = Decision> + '_ {
        let own = self.web.decisions.get(&person).into_iter().flatten();
        own.filter(|&&(at, _)| !self.changes.drops(Leaf::Pin(at))).map(|&(_, decision)| decision)
    }

    fn is_kept_shared(&self, person: PersonId) -> bool {
        let pinned = self.variant.scenario.policy.retained_shared == RetainedShared::Pin;
        pinned && self.variant.case.people[person].retained_shared == Some(true)
    }

    fn may_stay_out(&self, person: PersonId) -> bool {
        let must = |decision| match decision {
            Decision::MustPost(_) | Decision::MustAuthority(_) => true,
            Decision::NotPost(_) | Decision::NotAuthority(_) => false,
        };
        !self.is_kept_shared(person) && !self.decisions(person).any(must)
    }

    fn may(&self, person: PersonId, post: PostId) -> bool {
        let known = self.web.posts[person.index()].binary_search(&post).is_ok();
        let opened = self.changes.fixes.contains(&Fix::Open(post)) || self.changes.fixes.contains(&Fix::Promote(post));
        (known || opened) && self.is_decided(person, post)
    }

    fn is_decided(&self, person: PersonId, post: PostId) -> bool {
        let record = &self.variant.case.posts[post];
        let shared = !self.is_kept_shared(person) || record.retained_shared == Some(true);
        let decided = |decision| match decision {
            Decision::MustPost(only) => post == only,
            Decision::MustAuthority(only) => record.authority == only,
            Decision::NotPost(barred) => post != barred,
            Decision::NotAuthority(barred) => record.authority != barred,
        };
        shared && self.decisions(person).all(decided)
    }

    /// Finds a place for one more person along a shortest chain of moves.
    fn place(
        &self,
        places: &mut [Option<PostId>],
        holders: &mut Table<PostId, Vec<PersonId>>,
        start: PersonId,
    ) -> Option<()> {
        let mut from: BTreeMap<PostId, PersonId> = BTreeMap::new();
        let mut waiting = VecDeque::from([start]);
        let mut end = self.may_stay_out(start).then_some(End::Out(start));
        while let Some(person) = waiting.pop_front().filter(|_| end.is_none()) {
            for &post in self.web.posts[person.index()].iter().filter(|&&post| self.is_decided(person, post)) {
                if from.contains_key(&post) {
                    continue;
                }
                from.insert(post, person);
                if holders[post].len() < self.seats(post) {
                    end = Some(End::Seat(post));
                    break;
                }
                if let Some(&out) = holders[post].iter().find(|&&holder| self.may_stay_out(holder)) {
                    end = Some(End::Out(out));
                    break;
                }
                waiting.extend(&holders[post]);
            }
        }
        let mut free = match end? {
            End::Seat(post) => post,
            End::Out(person) => {
                let Some(post) = places[person.index()].take() else { return Some(()) };
                holders[post].retain(|&other| other != person);
                post
            }
        };
        loop {
            let person = from[&free];
            holders[free].push(person);
            let Some(left) = places[person.index()].replace(free) else { return Some(()) };
            holders[left].retain(|&other| other != person);
            free = left;
        }
    }
}
