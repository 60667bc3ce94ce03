//! The words of the contract about one person and one post.

use demerge::case::answer::Leaf;
use demerge::case::scenario::{PolicyRule, RetainedShared, Scenario};
use demerge::case::{Case, Criticality, Decision, MatchKind, PostStatus, Response};
use demerge::id::{AuthorityId, PersonId, PostId};
use demerge::quantity::BasisPoints;

use crate::oracle::Bars;

/// Status open, and listing the structure that the scenario chose for its authority.
pub(crate) fn offered(case: &Case, scenario: &Scenario, post: PostId) -> bool {
    let row = &case.posts[post];
    let chosen = scenario.structures.get(&row.authority);
    row.status == PostStatus::Open && chosen.is_some_and(|structure| row.structures.contains(structure))
}

/// Whether the scenario says that people of retained shared services stay in them, and this is one.
fn retained(case: &Case, scenario: &Scenario, person: PersonId) -> bool {
    scenario.policy.retained_shared == RetainedShared::Pin && case.people[person].retained_shared == Some(true)
}

/// Whether a pin or the policy demands that the person is placed.
pub(crate) fn must_be_placed(case: &Case, scenario: &Scenario, person: PersonId, kept: &dyn Fn(Leaf) -> bool) -> bool {
    let demanded = |(position, pin): (usize, &demerge::case::Pin)| {
        pin.person == person
            && matches!(pin.decision, Decision::MustPost(_) | Decision::MustAuthority(_))
            && kept(Leaf::Pin(position))
    };
    (scenario.use_pins && case.pins.iter().enumerate().any(demanded))
        || (retained(case, scenario, person) && kept(Leaf::Retained(person)))
}

/// Whether the pair is an allowed one.
pub(crate) fn may_hold(
    case: &Case,
    scenario: &Scenario,
    person: PersonId,
    post: PostId,
    kept: &dyn Fn(Leaf) -> bool,
    bars: Bars,
) -> bool {
    let (who, what) = (&case.people[person], &case.posts[post]);
    let Some(matched) = case.matches.get(&(person, post)) else { return false };
    let qualified = match &what.essential_qualification {
        Some(needed) => who.qualifications.contains(needed),
        None => true,
    };
    let promoted = matched.kind != MatchKind::Promotion || scenario.policy.promotion_into.contains(&post);
    let not_too_far_down = matched.grade_difference >= -scenario.policy.max_grades_down;
    let by_rule = match scenario.policy.rule {
        PolicyRule::PreferenceInformed => true,
        PolicyRule::EmployerDefault => what.authority == who.employer,
        PolicyRule::TimeMajority => majority(case, person).is_none_or(|authority| authority == what.authority),
    };
    let stays_shared = what.retained_shared == Some(true)
        || !retained(case, scenario, person)
        || (bars == Bars::Go && !kept(Leaf::Retained(person)));
    offered(case, scenario, post)
        && qualified
        && promoted
        && not_too_far_down
        && by_rule
        && stays_shared
        && (!scenario.use_pins || pins_allow(case, person, post, kept, bars))
}

/// The authority with over half of the person's joint post.
fn majority(case: &Case, person: PersonId) -> Option<AuthorityId> {
    let joint = case.people[person].joint_post?;
    let over_half = |(_, share): &(&AuthorityId, &BasisPoints)| share.0 > 5_000;
    case.joint_posts[joint].shares.iter().find(over_half).map(|(&authority, _)| authority)
}

fn pins_allow(case: &Case, person: PersonId, post: PostId, kept: &dyn Fn(Leaf) -> bool, bars: Bars) -> bool {
    let authority = case.posts[post].authority;
    case.pins.iter().enumerate().filter(|(_, pin)| pin.person == person).all(|(position, pin)| {
        let counts = kept(Leaf::Pin(position));
        match pin.decision {
            Decision::MustPost(target) => !counts || target == post,
            Decision::MustAuthority(target) => !counts || target == authority,
            Decision::NotPost(target) => (bars == Bars::Go && !counts) || target != post,
            Decision::NotAuthority(target) => (bars == Bars::Go && !counts) || target != authority,
        }
    })
}

/// Direct 0, partial 1, alternative 2, promotion 3.
pub(crate) fn match_points(kind: MatchKind) -> i64 {
    match kind {
        MatchKind::Direct => 0,
        MatchKind::Partial => 1,
        MatchKind::Alternative => 2,
        MatchKind::Promotion => 3,
    }
}

/// The rank given to the post; `unlisted_rank` where not listed; 0 where the response is `no_response`.
pub(crate) fn rank(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> i64 {
    if case.people[person].preference.response == Response::NoResponse {
        return 0;
    }
    i64::from(case.ranks.get(&(person, post)).map_or(scenario.policy.unlisted_rank, |given| given.rank))
}

/// The higher of salary and bottom of pay, for the lower of both hours, with on-cost, half a penny rounded up.
pub(crate) fn cost(case: &Case, scenario: &Scenario, person: PersonId, post: PostId) -> i64 {
    let (who, what) = (&case.people[person], &case.posts[post]);
    let salary = i128::from(who.salary.0.max(what.salary_min.0));
    let hours = i128::from(who.fte.0.min(what.fte.0));
    let whole = 100_000_000; // ten-thousandths of FTE times basis points
    let exact = salary * hours * i128::from(10_000 + scenario.policy.on_cost.0);
    i64::try_from((exact + whole / 2).div_euclid(whole)).expect("pay of one person")
}

/// Hundredths of a mile; nought without a row.
pub(crate) fn miles(case: &Case, person: PersonId, authority: AuthorityId) -> i64 {
    case.travel.as_ref().and_then(|travel| travel.get(&(person, authority))).map_or(0, |miles| miles.0)
}

/// Whether the post is critical.
pub(crate) fn critical(case: &Case, post: PostId) -> bool {
    match case.posts[post].criticality {
        Criticality::Statutory | Criticality::High => true,
        Criticality::Normal => false,
    }
}

/// Whether the person is on maternity, adoption or shared parental leave.
pub(crate) fn on_family_leave(case: &Case, person: PersonId) -> bool {
    ["maternity_leave", "adoption_leave", "shared_parental_leave"].contains(&case.people[person].status.word())
}
