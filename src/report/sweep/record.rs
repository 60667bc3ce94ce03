//! The summary for other programs.

use serde_json::{Value, json};

use crate::quantity::write_decimal;
use crate::report::json::document;
use crate::report::sweep::phrases::{input_name, point_name};
use crate::report::sweep::{People, View};
use crate::study::sweep::summary::{Estimate, Input, Percentile, Point, Probability, Regret, Spread};

/// The document `demerge/sweep-summary/1`.
pub fn summary_json(view: &View<'_>, people: People) -> Vec<u8> {
    let wanted = |input: Input| people == People::Shown || !matches!(input, Input::Person(_));
    let explained = view.summary.explained.iter().filter(|it| wanted(it.input));
    let explained: Vec<Value> =
        explained.map(|it| json!({"input": input_name(view, it.input), "share_pct": estimate(&it.share)})).collect();
    document(&json!({
        "schema": "demerge/sweep-summary/1",
        "scenario": view.plan.base,
        "seed": view.plan.seed.to_string(),
        "scenarios": view.summary.scenarios,
        "points": view.summary.points.iter().map(|it| point(view, it, people)).collect::<Vec<_>>(),
        "explained": explained,
    }))
}

fn point(view: &View<'_>, it: &Point, people: People) -> Value {
    let case = view.case;
    let chosen = view.plan.axes.iter().zip(view.plan.choices(it.point as usize));
    let settings: Vec<Value> =
        chosen.map(|(axis, at)| json!({"key": axis.key, "value": axis.values[at].text()})).collect();
    let authorities = it.authorities.iter();
    let authorities: Vec<Value> = authorities
        .map(|(id, empty)| json!({"authority_id": case.authorities[*id].code, "empty_seats": spread(empty)}))
        .collect();
    let functions = it.functions.iter();
    let functions: Vec<Value> =
        functions.map(|(name, empty)| json!({"function": name, "empty_seats": spread(empty)})).collect();
    let posts = it.posts.iter();
    let posts: Vec<Value> = posts
        .map(|post| {
            let code = &case.posts[post.post].code;
            json!({"post_id": code, "empty": probability(&post.empty), "empty_seats": spread(&post.seats)})
        })
        .collect();
    let roles = it.roles.iter();
    let roles: Vec<Value> = roles
        .map(|role| {
            let code = &case.authorities[role.authority].code;
            json!({"authority_id": code, "role": role.role.word(), "covered": probability(&role.covered)})
        })
        .collect();
    let mut value = json!({
        "point": it.point,
        "name": point_name(view, it.point as usize),
        "settings": settings,
        "draws": {"planned": it.draws.planned, "impossible": it.draws.impossible, "stopped": it.draws.stopped},
        "empty_seats": spread(&it.empty),
        "still_empty_after_recruitment": spread(&it.still_empty),
        "at_risk": spread(&it.at_risk),
        "cost_pence": spread(&it.cost),
        "authorities": authorities,
        "functions": functions,
        "posts": posts,
        "roles": roles,
        "all_roles_covered": it.all_roles.as_ref().map(probability),
        "regret": it.regret.as_ref().map(regret),
    });
    if people == People::Shown {
        value["people"] = everyone(view, it);
    }
    value
}

fn everyone(view: &View<'_>, it: &Point) -> Value {
    let person = |one: &crate::study::sweep::summary::Outcomes| {
        let places = one.authorities.iter();
        let places: Vec<Value> = places
            .map(|(id, placed)| json!({"authority_id": view.case.authorities[*id].code, "placed": probability(placed)}))
            .collect();
        json!({
            "person_id": view.case.people[one.person].code,
            "authorities": places,
            "kept_shared": probability(&one.retained),
            "at_risk": probability(&one.at_risk),
            "left": probability(&one.left),
        })
    };
    it.people.iter().map(person).collect()
}

fn regret(it: &Regret) -> Value {
    json!({"at_risk": spread(&it.at_risk), "empty_seats": spread(&it.empty), "best": probability(&it.best)})
}

fn spread(it: &Spread) -> Value {
    json!({
        "draws": it.draws,
        "mean": estimate(&it.mean),
        "percentile_5": percentile(&it.low),
        "percentile_95": percentile(&it.high),
        "least": it.least,
        "most": it.most,
    })
}

fn percentile(it: &Percentile) -> Value {
    json!({"value": it.value, "low": it.low, "high": it.high})
}

fn estimate(it: &Estimate) -> Value {
    json!({
        "value": write_decimal(it.thousandths, 3),
        "standard_error": it.error.map(|error| write_decimal(error, 3)),
    })
}

fn probability(it: &Probability) -> Value {
    json!({
        "hits": it.hits,
        "of": it.of,
        "low_pct": write_decimal(it.low.into(), 2),
        "high_pct": write_decimal(it.high.into(), 2),
    })
}
