//! The words and figures of a summary, each with its sampling error.

use crate::case::Case;
use crate::quantity::{Pence, grouped, share, write_decimal};
use crate::report::sweep::View;
use crate::report::words::count;
use crate::study::sweep::summary::{Estimate, Input, Percentile, Point, Probability, RoleRisk, Spread};

/// `8.412 (0.021)`.
pub(super) fn mean(spread: &Spread) -> String {
    if spread.draws == 0 {
        return "none".to_owned();
    }
    format!("{} ({})", write_decimal(spread.mean.thousandths, 3), error(&spread.mean))
}

fn error(estimate: &Estimate) -> String {
    estimate.error.map_or_else(|| "not known".to_owned(), |error| write_decimal(error, 3))
}

/// `5 (5 to 6)`.
pub(super) fn percentile(it: &Percentile) -> String {
    format!("{} ({} to {})", it.value, it.low, it.high)
}

/// `48.03 % (47.05 to 49.01)`.
pub(super) fn chance(it: &Probability) -> String {
    if it.of == 0 {
        return "not asked".to_owned();
    }
    format!("{} % ({} to {})", rate(it), hundredths(it.low), hundredths(it.high))
}

fn rate(it: &Probability) -> String {
    let part = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    share(part(it.hits), part(it.of)).map_or_else(String::new, |rate| write_decimal(rate.0.into(), 2))
}

fn hundredths(value: u32) -> String {
    write_decimal(value.into(), 2)
}

/// `£2,651,696 on average (standard error £31), £2,601,000 (£2,600,000 to £2,602,000) at 5 %, …`.
pub(super) fn money(spread: &Spread) -> String {
    if spread.draws == 0 {
        return "no draw has a plan".to_owned();
    }
    let pounds = |pence: i64| Pence(pence / 100 * 100).to_string();
    let error = spread.mean.error.map_or_else(|| "not known".to_owned(), |error| pounds(error / 1_000));
    let ends = |it: &Percentile| format!("{} ({} to {})", pounds(it.value), pounds(it.low), pounds(it.high));
    format!(
        "{} on average (standard error {error}); 5 %: {}; 95 %: {}; most seen {}",
        pounds(spread.mean.thousandths / 1_000),
        ends(&spread.low),
        ends(&spread.high),
        pounds(spread.most)
    )
}

/// `62.123 % (1.204)`.
pub(super) fn share_of_spread(it: &Estimate) -> String {
    format!("{} % ({})", write_decimal(it.thousandths, 3), error(it))
}

/// `policy.rule = time_majority`, or the name of the only setting.
pub(super) fn point_name(view: &View<'_>, point: usize) -> String {
    let chosen = view.plan.choices(point);
    let settings =
        view.plan.axes.iter().zip(chosen).map(|(axis, at)| format!("{} = {}", axis.key, axis.values[at].text()));
    let settings: Vec<String> = settings.collect();
    if settings.is_empty() { format!("scenario {}", view.plan.base) } else { settings.join(", ") }
}

/// `S151 at B`.
pub(super) fn role_name(case: &Case, it: &RoleRisk) -> String {
    format!("{} at {}", it.role.word(), case.authorities[it.authority].code)
}

/// What differs between scenarios, in words.
pub(super) fn input_name(view: &View<'_>, input: Input) -> String {
    match input {
        Input::Axis(axis) => format!("The setting {}", view.plan.axes[axis].key),
        Input::Leavers => "How many people leave".to_owned(),
        Input::Changed => "How many people change their mind".to_owned(),
        Input::Answered => "How many people without an answer state something".to_owned(),
        Input::Withdrawn => "How many posts are withdrawn".to_owned(),
        Input::Post(post) => format!("Whether {} is withdrawn", view.case.posts[post].code),
        Input::Person(person) => format!("Whether {} leaves", view.case.people[person].code),
    }
}

/// The sentences that are read first.
pub(super) fn first_sentence(view: &View<'_>, point: &Point) -> String {
    let of = match view.summary.points.len() {
        1 => "Of".to_owned(),
        _ => format!("With {}: of", point_name(view, point.point as usize)),
    };
    let number = |count: u64| grouped(i64::try_from(count).unwrap_or(i64::MAX));
    if point.draws.planned == 0 {
        return format!("{of} {} draws none has a plan that was proved best.", number(point.draws.all()));
    }
    let empty = &point.empty;
    let mut text = format!(
        "{of} {} draws {} have a plan. On average {} seats stay empty in it (standard error {}); in nine draws of ten it is {} to \
         {}. ",
        number(point.draws.all()),
        number(point.draws.planned),
        write_decimal(empty.mean.thousandths, 3),
        error(&empty.mean),
        empty.low.value,
        empty.high.value
    );
    let at_risk = &point.at_risk;
    text.push_str(&format!(
        "{} people are without a post on average (standard error {}).",
        write_decimal(at_risk.mean.thousandths, 3),
        error(&at_risk.mean)
    ));
    let weakest = point.roles.iter().min_by_key(|it| share_of(&it.covered));
    if let Some(role) = weakest {
        let name = role_name(view.case, role);
        text.push_str(&format!(" Of the statutory roles {name} is covered least often: in {}.", chance(&role.covered)));
    }
    let always = point.posts.iter().filter(|it| it.empty.hits == it.empty.of).count();
    if always > 0 {
        text.push_str(&format!(" {} a seat empty in every draw.", count(always as u64, "post has", "posts have")));
    }
    if let Some(post) = point.posts.iter().find(|it| is_fragile(&it.empty)) {
        let code = &view.case.posts[post.post].code;
        let besides = if always > 0 { "Besides, the" } else { "The" };
        text.push_str(&format!(" {besides} post most often empty is {code}: in {}.", chance(&post.empty)));
    }
    text
}

/// Whether it happens in some draws and not in others.
pub(super) fn is_fragile(it: &Probability) -> bool {
    it.hits > 0 && it.hits < it.of
}

/// Hits of as many draws as would make them comparable.
fn share_of(it: &Probability) -> u128 {
    u128::from(it.hits) * 1_000_000_000 / u128::from(it.of.max(1))
}

/// What is said of draws without a plan; nothing where all have one.
pub(super) fn without_plan(view: &View<'_>, point: &Point) -> Option<String> {
    let draws = point.draws;
    if draws.impossible + draws.stopped == 0 {
        return None;
    }
    let name = point_name(view, point.point as usize);
    let mut parts = Vec::new();
    if draws.impossible > 0 {
        let none = crate::study::sweep::summary::chance_of(draws.impossible, draws.all());
        let draws = count(draws.impossible, "draw", "draws");
        parts.push(format!("no plan keeps every rule in {draws}: {}", chance(&none)));
    }
    if draws.stopped > 0 {
        parts.push(format!("{} stopped before it was settled", count(draws.stopped, "draw was", "draws were")));
    }
    Some(format!("{name}: {}. They are counted here and in no other figure.", parts.join("; ")))
}
