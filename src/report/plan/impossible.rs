//! The keys of `conflict` in `plan.json` beyond the rules: people, figures, and changes.

use serde::Serialize;

use crate::case::Case;
use crate::case::answer::Leaf;
use crate::case::proof::Side;
use crate::case::scenario::Scenario;
use crate::id::PostId;
use crate::report::fixes::{crowd, fix, further, reach};
use crate::study::impossible::{Crowd, Fix, Further, Impossible, Kind};

#[derive(Serialize)]
pub(super) struct HumanRow {
    #[serde(skip_serializing_if = "Option::is_none")]
    crowd: Option<CrowdRow>,
    limits: Vec<LimitRow>,
    fixes: Vec<FixRow>,
    pairs: Vec<[FixRow; 2]>,
    further: Vec<FurtherRow>,
    further_complete: bool,
    complete: bool,
}

#[derive(Serialize)]
struct CrowdRow {
    people: Vec<String>,
    posts: Vec<String>,
    seats: u32,
    text: String,
}

#[derive(Serialize)]
struct LimitRow {
    index: usize,
    side: &'static str,
    needed: i64,
    reachable: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    eligible: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crowd: Option<CrowdRow>,
    text: String,
}

#[derive(Serialize)]
struct FixRow {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    side: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_id: Option<String>,
    text: String,
}

#[derive(Serialize)]
struct FurtherRow {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_id: Option<String>,
    more: u32,
    like: Vec<LikeRow>,
    text: String,
}

#[derive(Serialize)]
struct LikeRow {
    post_id: String,
    seats: u32,
}

pub(super) fn human_row(case: &Case, scenario: &Scenario, found: &Impossible) -> HumanRow {
    let limit = |it: &crate::study::impossible::Reach| LimitRow {
        index: it.clause,
        side: side(it.side),
        needed: it.needed,
        reachable: it.reachable,
        eligible: it.eligible,
        crowd: it.crowd.as_ref().map(|crowd| crowd_row(case, crowd)),
        text: reach(case, scenario, it),
    };
    HumanRow {
        crowd: found.crowd.as_ref().map(|crowd| crowd_row(case, crowd)),
        limits: found.reaches.iter().map(limit).collect(),
        fixes: found.fixes.iter().map(|&it| fix_row(case, scenario, it)).collect(),
        pairs: found.pairs.iter().map(|pair| pair.map(|it| fix_row(case, scenario, it))).collect(),
        further: found.further.iter().map(|it| further_row(case, it)).collect(),
        further_complete: found.further_complete,
        complete: found.complete,
    }
}

fn crowd_row(case: &Case, found: &Crowd) -> CrowdRow {
    CrowdRow {
        people: found.people.iter().map(|&id| case.people[id].code.clone()).collect(),
        posts: found.posts.iter().map(|&id| case.posts[id].code.clone()).collect(),
        seats: found.seats,
        text: crowd(case, found),
    }
}

fn further_row(case: &Case, it: &Further) -> FurtherRow {
    let code = |id: PostId| case.posts[id].code.clone();
    let (kind, authority_id, function, post_id) = match &it.kind {
        Kind::Function(authority, function) => {
            ("function", Some(case.authorities[*authority].code.clone()), Some(function.clone()), None)
        }
        Kind::Post(id) => ("seats", None, None, Some(code(*id))),
    };
    let like = it.like.iter().map(|&(id, seats)| LikeRow { post_id: code(id), seats }).collect();
    FurtherRow { kind, authority_id, function, post_id, more: it.more(), like, text: further(case, it) }
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Min => "min",
        Side::Max => "max",
    }
}

fn fix_row(case: &Case, scenario: &Scenario, it: Fix) -> FixRow {
    let row = |kind| FixRow {
        kind,
        index: None,
        side: None,
        to: None,
        person_id: None,
        post_id: None,
        text: fix(case, scenario, it),
    };
    let of_post = |kind, id| FixRow { post_id: Some(case.posts[id].code.clone()), ..row(kind) };
    match it {
        Fix::Limit { clause, side: of, to } => {
            FixRow { index: Some(clause), side: Some(side(of)), to: Some(to), ..row("limit") }
        }
        Fix::Drop(Leaf::Clause(index)) => FixRow { index: Some(index), ..row("fairness") },
        Fix::Drop(Leaf::Link(index)) => FixRow { index: Some(index), ..row("link") },
        Fix::Drop(Leaf::Pin(index)) => FixRow { index: Some(index), ..row("pin") },
        Fix::Drop(Leaf::Retained(id)) => {
            FixRow { person_id: Some(case.people[id].code.clone()), ..row("retained_shared") }
        }
        Fix::Seat(id) => of_post("seat", id),
        Fix::Open(id) => of_post("open", id),
        Fix::Promote(id) => of_post("promotion", id),
    }
}
