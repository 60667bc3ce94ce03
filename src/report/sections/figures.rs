//! Preference, match, cost and fairness in figures.

use crate::case::scenario::Level;
use crate::certify::Measured;
use crate::quantity::share;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::sections::View;
use crate::report::words::{authority, clause_name, limits, match_name, measured, ordinal, percent, pounds};

/// Stated authorities, and where posts stand on people's own lists.
pub(super) fn preferences(view: &View<'_>) -> Section {
    let preference = view.summary.preference;
    let mut rows = vec![
        ("Placed in the authority they stated", preference.met),
        ("Placed in another authority", preference.elsewhere),
        ("Without a post", preference.unplaced),
    ];
    rows.push(("Everyone who stated an authority", preference.stated));
    let of = |part: usize| {
        let rate = i64::try_from(part).ok().zip(i64::try_from(preference.stated).ok());
        rate.and_then(|(part, whole)| share(part, whole)).map_or_else(|| "none stated".to_owned(), percent)
    };
    let rows = rows.into_iter().map(|(what, part)| vec![what.to_owned(), part.to_string(), of(part)]);
    let met = table(
        "People who stated an authority",
        vec![text("Outcome"), figures("People"), figures("Share")],
        rows.collect(),
    );
    let ranks = &view.summary.ranks;
    let mut lines: Vec<(String, usize)> =
        ranks.ranked.iter().map(|&(rank, number)| (format!("{} choice", ordinal(rank)), number)).collect();
    lines.push(("In a post they did not list".to_owned(), ranks.unlisted));
    lines.push(("In a post, gave no response".to_owned(), ranks.no_response));
    lines.push(("Without a post".to_owned(), ranks.unplaced));
    lines.push(("Everyone".to_owned(), view.summary.people));
    let rows = lines.into_iter().map(|(what, number)| vec![what, number.to_string()]);
    let profile = table(
        "Where each person's post stands on their own list",
        vec![text("Rank"), figures("People")],
        rows.collect(),
    );
    Section { id: "preferences", title: "Preferences".to_owned(), blocks: vec![met, profile] }
}

/// Placements by class of match.
pub(super) fn matches(view: &View<'_>) -> Section {
    let rows = view.summary.matches.iter().map(|&(kind, number)| vec![match_name(kind).to_owned(), number.to_string()]);
    let classes = table("Placements by class of match", vec![text("Class"), figures("People")], rows.collect());
    Section { id: "matches", title: "Job match".to_owned(), blocks: vec![classes] }
}

/// People, FTE, moves and cost by authority.
pub(crate) fn cost(view: &View<'_>) -> Section {
    let summary = view.summary;
    let columns = vec![
        text("Authority"),
        figures("People"),
        figures("FTE"),
        figures("From another employer"),
        figures("Own staff placed elsewhere"),
        figures("Pay with on-cost"),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in &summary.authorities {
        rows.push(vec![
            authority(view.case, line.authority),
            line.people.to_string(),
            line.fte.to_string(),
            line.arrivals.to_string(),
            line.departures.to_string(),
            pounds(line.cost),
        ]);
    }
    let total = [
        "All".to_owned(),
        summary.placed.to_string(),
        summary.placed_fte.to_string(),
        summary.moves.to_string(),
        summary.moves.to_string(),
        pounds(summary.cost),
    ];
    rows.push(total.into());
    let blocks = vec![
        table("Placements and cost a year by authority", columns, rows),
        Block::Source(format!(
            "Pay of everyone placed, with an on-cost of {}. Empty seats and people without a post cost nothing here.",
            percent(view.scenario.policy.on_cost)
        )),
    ];
    Section { id: "cost", title: "Placements and cost".to_owned(), blocks }
}

/// Every fairness rule with its value and limits.
pub(crate) fn fairness(view: &View<'_>) -> Section {
    let all = &view.summary.fairness;
    let blocks = if all.is_empty() {
        vec![paragraph("The scenario has no fairness rule.")]
    } else {
        let columns = vec![text("Rule"), text("Value"), text("Limit"), text("Enforced"), text("Met")];
        let rows = all.iter().map(|entry| fairness_row(view, entry)).collect();
        let missed = all.iter().filter(|entry| !entry.met).count();
        let mut blocks = vec![table("Fairness rules of the scenario", columns, rows)];
        if missed > 0 {
            let verb = if missed == 1 { "rule is" } else { "rules are" };
            blocks.push(Block::Note(format!(
                "{missed} {verb} not met. They are measured only; the plan need not keep them."
            )));
        }
        blocks
    };
    Section { id: "fairness", title: "Fairness rules".to_owned(), blocks }
}

fn fairness_row(view: &View<'_>, entry: &Measured) -> Vec<String> {
    let clause = &view.scenario.fairness[entry.index].clause;
    let enforced = match entry.level {
        Level::Must => "must be kept",
        Level::Report => "measured only",
    };
    vec![
        clause_name(view.case, clause),
        measured(view.case, &entry.measure),
        limits(clause),
        enforced.to_owned(),
        if entry.met { "met".to_owned() } else { "not met".to_owned() },
    ]
}
