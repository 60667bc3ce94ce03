//! What people say: the authority they would like, and the posts in order.
//!
//! Authorities and posts have a popularity; the present employer and a short way count too. Some do not answer, answer
//! late, or would rather leave.

use std::collections::BTreeMap;

use crate::case::{Case, MatchKind, Preference, Preferred, Rank, Response, Round, Strength};
use crate::id::{AuthorityId, Id, PersonId, PostId};
use crate::study::generate::dice::Dice;
use crate::study::generate::families::Family;
use crate::study::generate::people::Member;
use crate::study::generate::places::Places;

/// The latest round's last days; late answers come after.
const IN_TIME: [&str; 5] = ["2026-01-12", "2026-01-19", "2026-01-23", "2026-01-28", "2026-01-30"];
const LATE: [&str; 3] = ["2026-02-03", "2026-02-09", "2026-02-18"];

/// Draws what everybody says about authorities.
pub(super) fn authorities(dice: &mut Dice, families: &[Family], staff: &[Member], places: &Places) -> Vec<Preference> {
    let count = families.iter().flat_map(|family| &family.authorities).max().map_or(0, |&last| last + 1);
    let popularity: Vec<i64> = (0..count).map(|_| dice.between(0, 40)).collect();
    let one = |(position, member): (usize, &Member)| {
        let score = |dice: &mut Dice, authority: usize| {
            let home = if authority == member.employer { 35 } else { 0 };
            popularity[authority] + home - places.miles(position, authority).0 / 150 + dice.between(0, 40)
        };
        let scored = families[member.family].authorities.iter().map(|&authority| (score(dice, authority), authority));
        let (_, best) = scored.collect::<Vec<_>>().into_iter().max().expect("a family has authorities");
        preference(dice, AuthorityId::at(best))
    };
    staff.iter().enumerate().map(one).collect()
}

fn preference(dice: &mut Dice, best: AuthorityId) -> Preference {
    let response = dice.weighted(&[
        (81, Some(Response::Responded)),
        (5, Some(Response::Late)),
        (8, Some(Response::NoResponse)),
        (4, Some(Response::Declined)),
        (2, None),
    ]);
    let Some(response) = response else { return Preference::ABSENT };
    let round = Some(dice.pick(&[Round::Informal, Round::Formal]));
    let (in_time, late) = (dice.pick(&IN_TIME), dice.pick(&LATE));
    let received = match response {
        Response::Responded => in_time,
        Response::Late => late,
        Response::NoResponse | Response::Declined => {
            return Preference {
                preferred: Preferred::Blank,
                strength: None,
                response,
                round,
                received: (response == Response::Declined).then(|| in_time.to_owned()),
            };
        }
    };
    let preferred =
        dice.weighted(&[(89, Preferred::Authority(best)), (8, Preferred::NoPreference), (3, Preferred::Leave)]);
    let strength = match preferred {
        Preferred::NoPreference => Strength::None,
        Preferred::Authority(_) | Preferred::Leave | Preferred::Blank => {
            dice.weighted(&[(10, Strength::Must), (60, Strength::Strong), (30, Strength::Mild)])
        }
    };
    Preference { preferred, strength: Some(strength), response, round, received: Some(received.to_owned()) }
}

/// Draws the order in which people put the posts of the first structures; most list a few, some none.
pub(super) fn posts(dice: &mut Dice, case: &Case) -> BTreeMap<(PersonId, PostId), Rank> {
    let popularity: Vec<i64> = case.posts.values().map(|_| dice.between(0, 60)).collect();
    let mut ranks = BTreeMap::new();
    let mut row = 1;
    for (person, record) in case.people.iter() {
        let answered = matches!(record.preference.response, Response::Responded | Response::Late);
        if !answered || dice.percent(8) {
            continue;
        }
        let mut listed = scores(dice, case, person, &popularity);
        listed.sort_unstable();
        listed.truncate(2 + dice.below(5));
        let mut rank = 0;
        let mut own: Vec<(PostId, u32)> = Vec::new();
        for (position, &(_, post)) in listed.iter().enumerate() {
            if position == 0 || !dice.percent(6) {
                rank += 1;
            }
            own.push((post, rank));
        }
        own.sort_unstable();
        for (post, rank) in own {
            row += 1;
            ranks.insert((person, post), Rank { row, rank });
        }
    }
    ranks
}

/// Posts that a person may hold in the first structures, the most wished for with the lowest number.
fn scores(dice: &mut Dice, case: &Case, person: PersonId, popularity: &[i64]) -> Vec<(i64, PostId)> {
    let stated = case.people[person].preference.stated();
    let mut all = Vec::new();
    for (&(_, post), found) in case.matches.range((person, PostId::at(0))..=(person, PostId::at(case.posts.len()))) {
        let record = &case.posts[post];
        let first = record.structures.iter().any(|&structure| case.structures[structure].code.ends_with('1'));
        if !first || found.kind == MatchKind::Promotion || found.grade_difference < -1 {
            continue;
        }
        let liked = if stated == Some(record.authority) { 50 } else { 0 };
        let fit = match found.kind {
            MatchKind::Direct => 20,
            MatchKind::Partial => 10,
            MatchKind::Alternative | MatchKind::Promotion => 0,
        };
        let step = 15 * i64::from(found.grade_difference.abs());
        let score = popularity[post.index()] + liked + fit - step + dice.between(0, 30);
        all.push((-score, post));
    }
    all
}
