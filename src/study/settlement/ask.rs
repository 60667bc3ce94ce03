//! A group of pools as a question in numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Case, LinkKind};
use crate::certify::Near;
use crate::id::PostId;
use crate::study::settlement::diagram::{Choice, Diagram, Question, Work};
use crate::study::settlement::field::{self, Field, Member, Pair, Place, Role};
use crate::study::settlement::group::Group;

/// A group gone through.
pub(super) struct Asked<'f> {
    /// Its people in the order of the diagram.
    pub(super) members: Vec<&'f Member>,
    pub(super) diagram: Diagram,
}

impl<'f> Asked<'f> {
    /// Goes through the ways of a group, the people of one pool first; `None` where that is too much work.
    pub(super) fn new(
        case: &Case,
        near: &Near<'_>,
        field: &'f Field,
        group: &Group,
        first: usize,
        work: &mut Work,
    ) -> Option<Self> {
        let pools = std::iter::once(first).chain(group.pools.iter().copied().filter(|&pool| pool != first));
        let members: Vec<&Member> = pools.flat_map(|pool| &field.pools[pool]).collect();
        let of_group = |pair: &&Pair| pair.people.iter().all(|person| group.pools.contains(&field.of_person[person]));
        let pairs: Vec<&Pair> = field.pairs.iter().filter(of_group).collect();
        let (same, other): (Vec<&Pair>, Vec<&Pair>) =
            pairs.into_iter().partition(|it| it.kind == LinkKind::SameAuthority);
        let posts: BTreeSet<PostId> =
            members.iter().flat_map(|member| &member.places).filter_map(|place| place.post).collect();
        let seats: BTreeMap<PostId, usize> = posts.iter().enumerate().map(|(at, &post)| (post, at)).collect();
        let roles: BTreeSet<Role> =
            members.iter().flat_map(|member| &member.places).flat_map(|place| place.roles.iter().copied()).collect();
        let shown = members.iter().map(|member| &member.places[member.now]);
        let covered: BTreeSet<Role> = shown.flat_map(|place| place.roles.iter().copied()).collect();
        let covered = covered.len();
        // No way is better in the worst rank where its proof does without what holds pools together.
        let has_worst = |places: &[Place]| places.iter().any(|place| place.is_worst);
        let worst = usize::from(group.is_all && members.iter().any(|member| has_worst(&member.places)));
        let choice = |member: &Member, place: &Place| {
            let link = |pair: &&Pair| linked(case, pair, member, place);
            let goals = field.goals.iter().map(|&goal| place.goals[goal]);
            let role = |role: &Role| i64::from(place.roles.contains(role));
            let clauses = group.clauses.iter().flat_map(|&clause| place.clauses[clause].iter().copied());
            Choice {
                seat: place.post.map(|post| seats[&post]),
                exact: goals.chain(same.iter().map(link)).collect(),
                judged: roles
                    .iter()
                    .map(role)
                    .chain(std::iter::repeat_n(place.is_worst.into(), worst))
                    .chain(other.iter().map(link))
                    .chain(clauses)
                    .collect(),
                cost: place.cost,
            }
        };
        let choices = |member: &&Member| member.places.iter().map(|place| choice(member, place)).collect();
        let accept = |judged: &[i64]| {
            let (of_roles, judged) = judged.split_at(roles.len());
            let (of_worst, judged) = judged.split_at(worst);
            let (of_links, mut judged) = judged.split_at(other.len());
            let is_met = |&clause: &usize| {
                let width = members[0].places[0].clauses[clause].len();
                let (own, left) = judged.split_at(width);
                judged = left;
                near.is_met(clause, &own.iter().map(|&number| number.into()).collect::<Vec<i128>>())
            };
            of_roles.iter().filter(|&&holders| holders > 0).count() == covered
                && of_worst.iter().all(|&holders| holders > 0)
                && of_links.iter().all(|&apart| apart != 0)
                && group.clauses.iter().all(is_met)
        };
        let mut people: Vec<Vec<Choice>> = members.iter().map(choices).collect();
        leave_out_nought(&mut people);
        let seats = posts.iter().map(|post| field.seats[post]).collect();
        let diagram = Diagram::new(&Question { people, seats, accept: &accept }, work)?;
        Some(Self { members, diagram })
    }

    /// The place of each of its people in the plan shown.
    pub(super) fn now(&self) -> Vec<u16> {
        self.members.iter().map(|member| u16::try_from(member.now).expect("fewer than 2^16 places")).collect()
    }
}

/// What a place counts in a link: by how far the first person's authority is from the second's.
fn linked(case: &Case, pair: &Pair, member: &Member, place: &Place) -> i64 {
    let own = |second: bool| field::at(case, pair.kind, second, place.post);
    match pair.people.map(|person| person == member.person) {
        [true, _] => own(false),
        [false, true] => -own(true),
        [false, false] => 0,
    }
}

/// Leaves out what no choice of anybody changes.
fn leave_out_nought(people: &mut [Vec<Choice>]) {
    let width = people.iter().flatten().next().map_or(0, |choice| choice.exact.len());
    let is_used = |at: usize| people.iter().flatten().any(|choice| choice.exact[at] != 0);
    let used: Vec<usize> = (0..width).filter(|&at| is_used(at)).collect();
    for choice in people.iter_mut().flatten() {
        choice.exact = used.iter().map(|&at| choice.exact[at]).collect();
    }
}
