//! What would change if a limit were looser or tighter, and what another scenario would give and take.
//!
//! The public paper leaves a curve out whole, because its steps are about one person or two each.

use crate::report::curve::{curve_drawing, end_name, every_step, written};
use crate::report::page::{Block, paragraph};
use crate::report::paper::desk::Desk;
use crate::report::paper::matching::clause;
use crate::report::words::{clause_name, joined, objective_name};
use crate::study::curve::Curve;
use crate::study::paper::curves::has_limits;
use crate::study::paper::key::{Key, Measure};

/// Everybody is told where the curves are, if there are any.
pub(super) fn left_out(desk: &Desk<'_>) -> Option<Block> {
    let is_left_out = desk.is_public() && has_limits(desk.scenario);
    is_left_out.then(|| {
        paragraph(
            "What the best result would be if the limits of the rules of fairness were looser or tighter is in the exempt paper: \
             from one step to the next it is about one person or two.",
        )
    })
}

/// The curves of the limits that matter most.
pub(super) fn followed(desk: &Desk<'_>, curves: &[Curve]) -> Vec<Block> {
    if curves.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Heading("If a limit were looser or tighter".to_owned())];
    blocks.extend(desk.texts.blocks("limits"));
    blocks.extend(curves.iter().flat_map(|curve| one(desk, curve)));
    blocks
}

/// What the clause demands, and where its limit stands today.
fn lead(desk: &Desk<'_>, curve: &Curve) -> Block {
    let rule = &desk.scenario.fairness[curve.clause];
    let today = curve.today.map(|limit| written(&rule.clause, limit));
    let today = today.map(|limit| format!(" The limit that moves is \u{201c}{} {limit}\u{201d}.", end_name(curve.end)));
    paragraph(format!("{}.{}", clause(desk, rule), today.unwrap_or_default()))
}

fn caption(desk: &Desk<'_>, curve: &Curve) -> String {
    let name = clause_name(desk.case, &desk.scenario.fairness[curve.clause].clause);
    format!("{name}, {}: the best result at each limit", end_name(curve.end))
}

/// Every step with all that changes, and the drawing.
fn one(desk: &Desk<'_>, curve: &Curve) -> Vec<Block> {
    let scenario = desk.scenario;
    let mut blocks = vec![lead(desk, curve)];
    blocks.push(every_step(scenario, curve, caption(desk, curve), &objective_name));
    if curve.is_cut {
        let sentence =
            "The loosest limits, from the top. Tighter ones than those of the last line were not worked out.";
        blocks.push(Block::Source(sentence.to_owned()));
    }
    if curve.steps.len() > 1 {
        blocks.push(Block::Drawing(curve_drawing(desk.case, scenario, curve)));
    }
    blocks
}

/// What another way would give and take, in one sentence; none where this paper knows no difference.
pub(super) fn trade_off(desk: &Desk<'_>, at: usize, name: &str) -> Option<String> {
    let (mut better, mut worse) = (Vec::new(), Vec::new());
    for (measure, wanted, what) in TRADED {
        let (Some(own), Some(other)) = (desk.figures.get(measure.own()), desk.figures.get(Key::Other(at, measure)))
        else {
            continue;
        };
        if own == other {
            continue;
        }
        let is_more = other > own;
        let more = if is_more { "more" } else { "fewer" };
        let people = match own.abs_diff(other) {
            1 => format!("1 person {more}"),
            several => format!("{several} {more} people"),
        };
        let said = format!("{people} {what} ({other}, not {own})");
        let is_better = is_more == (wanted == Wanted::More);
        if is_better { better.push(said) } else { worse.push(said) }
    }
    let [gains, losses] = [joined(&better, "and"), joined(&worse, "and")];
    match (better.is_empty(), worse.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("{name} instead of this proposal would mean {gains}.")),
        (true, false) => Some(format!("{name} instead of this proposal would mean {losses}.")),
        (false, false) => Some(format!("{name} instead of this proposal would mean {gains}; but also {losses}.")),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    More,
    Fewer,
}

/// What is weighed, and how it is said after a number of people.
const TRADED: [(Measure, Wanted, &str); 4] = [
    (Measure::Placed, Wanted::More, "with a post"),
    (Measure::Met, Wanted::More, "at the council that they prefer"),
    (Measure::First, Wanted::More, "in their first choice of post"),
    (Measure::Moves, Wanted::Fewer, "who change employer"),
];
