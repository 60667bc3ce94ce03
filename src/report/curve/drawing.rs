//! A curve as a drawing: a panel for each goal that changes, all over the same limits.

use crate::case::Case;
use crate::case::goal::Goal;
use crate::case::scenario::{Clause, Scenario};
use crate::report::curve::{end_name, limits, written};
use crate::report::scores::{goal_name, goal_value};
use crate::report::svg::{Anchor, Drawing, Stroke, scaled};
use crate::report::words::{clause_name, count};
use crate::study::curve::{Curve, Step};

/// Units of the drawing, which has room on an upright page.
const WIDTH: i64 = 640;
const LEFT: i64 = 130;
const RIGHT: i64 = 620;
const TOP: i64 = 60;
const PANEL: i64 = 110;
const LINE: i64 = 60;
const ROOM: i64 = 110;

/// The limits that are shown, from left to right.
struct Span {
    low: i64,
    high: i64,
}

impl Span {
    /// All steps with a little room; an end beyond every limit is cut off.
    fn of(curve: &Curve) -> Self {
        let inner = curve.steps.windows(2).flat_map(|pair| [pair[0].tightest, pair[1].loosest]);
        let marks: Vec<i64> = inner.chain(curve.today).collect();
        let (range_low, range_high) = (curve.range.0.min(curve.range.1), curve.range.0.max(curve.range.1));
        let low = marks.iter().copied().min().unwrap_or(range_low);
        let high = marks.iter().copied().max().unwrap_or(range_high);
        let room = ((high - low) / 10).max(1);
        Self { low: (low - room).max(range_low), high: (high + room).min(range_high) }
    }

    fn x(&self, limit: i64) -> i64 {
        let part = self.low.abs_diff(limit.clamp(self.low, self.high));
        LEFT + scaled(part, self.low.abs_diff(self.high), RIGHT - LEFT)
    }
}

/// The drawing, as a file.
pub fn curve_svg(case: &Case, scenario: &Scenario, curve: &Curve) -> Vec<u8> {
    curve_drawing(case, scenario, curve).to_svg()
}

/// The drawing, for a page.
pub fn curve_drawing(case: &Case, scenario: &Scenario, curve: &Curve) -> Drawing {
    let clause = &scenario.fairness[curve.clause].clause;
    let goals = goals(curve);
    let span = Span::of(curve);
    let height = TOP + PANEL * i64::try_from(goals.len().max(1)).expect("few goals") + 60;
    let name = clause_name(case, clause);
    let title = format!("Scenario {}: {name}, as the limit \"{}\" moves", scenario.id, end_name(curve.end));
    let mut drawing = Drawing::new(WIDTH, height, title.clone(), description(clause, curve, &goals));
    drawing.words((8, 24), Anchor::Start, &title);
    for (goal, top) in goals.iter().zip((TOP..).step_by(usize::try_from(PANEL).expect("positive"))) {
        panel(&mut drawing, curve, &span, *goal, top);
    }
    let foot = height - 50;
    if let Some(today) = curve.today.filter(|&it| it >= span.low && it <= span.high) {
        let x = span.x(today);
        // It leaves the names of the goals free.
        drawing.line(&[(x, TOP - 16), (x, TOP - 6)], Stroke::Dashed);
        for (_, top) in goals.iter().zip((TOP..).step_by(usize::try_from(PANEL).expect("positive"))) {
            drawing.line(&[(x, top + 16), (x, top + 24 + LINE)], Stroke::Dashed);
        }
        drawing.words((x, TOP - 20), Anchor::Middle, &format!("today {}", written(clause, today)));
    }
    drawing.line(&[(LEFT, foot), (RIGHT, foot)], Stroke::Thin);
    ticks(&mut drawing, curve, &span, foot, &|limit| written(clause, limit));
    drawing.words((LEFT, foot + 36), Anchor::Start, &format!("Limit: {}", end_name(curve.end)));
    drawing
}

/// Both ends of the axis, and the tightest limit of each step where there is room to write it.
fn ticks(drawing: &mut Drawing, curve: &Curve, span: &Span, foot: i64, name: &dyn Fn(i64) -> String) {
    drawing.words((LEFT, foot + 16), Anchor::Start, &name(span.low));
    drawing.words((RIGHT, foot + 16), Anchor::End, &name(span.high));
    let mut inner: Vec<i64> = curve.steps.windows(2).map(|pair| pair[0].tightest).collect();
    inner.sort_unstable();
    let mut free = LEFT + ROOM;
    for limit in inner {
        let x = span.x(limit);
        drawing.line(&[(x, foot - 4), (x, foot + 4)], Stroke::Thin);
        if x >= free && x <= RIGHT - ROOM {
            drawing.words((x, foot + 16), Anchor::Middle, &name(limit));
            free = x + ROOM;
        }
    }
}

/// The goals that are not the same at every limit.
fn goals(curve: &Curve) -> Vec<Goal> {
    let Some(first) = curve.steps.iter().find_map(|step| step.worth.best()) else { return Vec::new() };
    let differs = |goal: Goal, value: i64| curve.steps.iter().any(|step| at(step, goal).is_some_and(|it| it != value));
    first.values.iter().filter(|&&(goal, value)| differs(goal, value)).map(|&(goal, _)| goal).collect()
}

fn at(step: &Step, goal: Goal) -> Option<i64> {
    step.worth.best()?.values.iter().find(|(it, _)| *it == goal).map(|&(_, value)| value)
}

fn panel(drawing: &mut Drawing, curve: &Curve, span: &Span, goal: Goal, top: i64) {
    let all: Vec<i64> = curve.steps.iter().filter_map(|step| at(step, goal)).collect();
    let (least, most) = (all.iter().copied().min().unwrap_or(0), all.iter().copied().max().unwrap_or(0));
    let base = top + 20 + LINE;
    let y = |value: i64| {
        let part = i128::from(value - least) * i128::from(LINE) / i128::from((most - least).max(1));
        base - i64::try_from(part).expect("within the panel")
    };
    drawing.words((LEFT, top + 8), Anchor::Start, &goal_name(goal));
    drawing.words((LEFT - 8, y(most) + 4), Anchor::End, &goal_value(goal, most));
    drawing.words((LEFT - 8, y(least) + 4), Anchor::End, &goal_value(goal, least));
    drawing.line(&[(LEFT, top + 16), (LEFT, base + 4)], Stroke::Thin);
    let mut points = Vec::new();
    for step in &curve.steps {
        let (from, to) = (span.x(step.loosest), span.x(step.tightest));
        match at(step, goal) {
            Some(value) => points.extend([(from, y(value)), (to, y(value))]),
            None => drawing.words(((from + to) / 2, base - LINE / 2), Anchor::Middle, "no plan"),
        }
    }
    drawing.line(&points, Stroke::Heavy);
}

/// Every step in words, from the loosest limit to the tightest.
fn description(clause: &Clause, curve: &Curve, goals: &[Goal]) -> String {
    let said = |step: &Step| {
        let values = goals.iter().map(|&goal| match at(step, goal) {
            Some(value) => format!("{} {}", goal_name(goal), goal_value(goal, value)),
            None => "no plan".to_owned(),
        });
        let mut values: Vec<String> = values.collect();
        values.dedup();
        let ends = limits(clause, curve, step);
        if values.is_empty() { ends } else { format!("{ends}: {}", values.join(", ")) }
    };
    let cut = if curve.is_cut { " The curve is not complete." } else { "" };
    let changed = if goals.is_empty() { " Nothing changes at any limit." } else { "" };
    let steps: Vec<String> = curve.steps.iter().map(said).collect();
    format!(
        "{}, from the loosest limit to the tightest.{changed} {}.{cut}",
        count(curve.steps.len() as u64, "step", "steps"),
        steps.join("; ")
    )
}
