//! The answer in one paragraph, or why there is none.

use crate::certify::Status;
use crate::report::page::{Block, Section, paragraph};
use crate::report::sections::record::is_full;
use crate::report::sections::{View, impossible};
use crate::report::words::{count, leaf_sentence, people, pounds};

/// The answer in one paragraph, and its main figures.
pub(super) fn answer(view: &View<'_>) -> Section {
    let blocks = match (view.certified.status(), view.certified.plan().is_some()) {
        (Status::Optimal, _) => plan(view, None),
        (Status::Stopped, true) => plan(view, Some(if is_full(view) { FULL } else { STOPPED_WITH_PLAN })),
        (Status::Stopped, false) => vec![Block::Warning(STOPPED_WITHOUT_PLAN.to_owned())],
        (Status::Impossible, _) => {
            let tried = count(view.summary.offered.posts, "post", "posts");
            vec![
                Block::Warning("No plan keeps every rule of this scenario, so nobody is allocated.".to_owned()),
                paragraph(format!(
                    "This is proved for all {} and {tried} on offer. It is not a fault of the program: some rules below \
                     contradict each other.",
                    people(view.summary.people)
                )),
            ]
        }
    };
    Section { id: "answer", title: "The answer".to_owned(), blocks }
}

const STOPPED_WITH_PLAN: &str = "The run was stopped at a limit. This is the best plan found so far. It keeps every rule, but a better plan may exist; \
     the section on proof says how much better at most.";

/// The size is `case::proof::MOST_ENTRIES`.
const FULL: &str = "The run ended before its plan was proved best, because the proof had grown to the largest size that is kept (1,000,000 \
     multipliers and prices). This is the best plan found so far. It keeps every rule, but a better plan may exist; the section on proof says \
     how much better at most. Fewer or looser fairness rules make the proof shorter.";

const STOPPED_WITHOUT_PLAN: &str = "The run was stopped at a limit before any plan was found. This does not mean that there is none: run it again with \
     a longer limit.";

fn plan(view: &View<'_>, warning: Option<&str>) -> Vec<Block> {
    let mut blocks: Vec<Block> = warning.map(|text| Block::Warning(text.to_owned())).into_iter().collect();
    blocks.push(paragraph(sentences(view)));
    blocks.push(Block::Definitions(main_figures(view)));
    blocks
}

fn sentences(view: &View<'_>) -> String {
    let summary = view.summary;
    let at_risk = summary.at_risk.len();
    let mut text = format!("{} of {} have a post", summary.placed, people(summary.people));
    text.push_str(&match at_risk {
        0 => "; nobody is at risk.".to_owned(),
        1 => "; 1 is at risk.".to_owned(),
        more => format!("; {more} are at risk."),
    });
    let preference = summary.preference;
    if preference.stated > 0 {
        let stated = people(preference.stated);
        let verb = if preference.met == 1 { "is" } else { "are" };
        text.push_str(&format!(" Of {stated} who stated an authority, {} {verb} placed there.", preference.met));
    }
    let undecided: usize = summary.pools.iter().map(|pool| pool.people.len()).sum();
    if undecided > 0 {
        let verb = if undecided == 1 { "is" } else { "are" };
        text.push_str(&format!(
            " {} {verb} undecided: equally good plans place them differently, and a named officer decides.",
            people(undecided)
        ));
    }
    match view.certified.status() {
        Status::Optimal => text.push_str(
            " No plan that keeps the rules is better in the scenario's order of objectives; this was proved and checked.",
        ),
        Status::Stopped | Status::Impossible => {}
    }
    text
}

fn main_figures(view: &View<'_>) -> Vec<(String, String)> {
    let summary = view.summary;
    let offered = summary.offered;
    let covered = summary.cover.iter().filter(|cover| !cover.holders.is_empty()).count();
    let rows = [
        (
            "Seats on offer",
            count(offered.seats, "seat", "seats") + &format!(" in {}", count(offered.posts, "post", "posts")),
        ),
        ("People placed", format!("{} of {}", summary.placed, summary.people)),
        ("People at risk", summary.at_risk.len().to_string()),
        ("Empty seats", offered.empty.to_string()),
        ("Statutory roles covered", format!("{covered} of {}", summary.cover.len())),
        ("Stated authority met", format!("{} of {}", summary.preference.met, summary.preference.stated)),
        ("Change of employer", people(summary.moves)),
        ("Pay with on-cost a year", pounds(summary.cost)),
    ];
    rows.into_iter().map(|(term, text)| (term.to_owned(), text)).collect()
}

/// The rules that contradict each other, each with its row in the user's own files.
pub(super) fn reasons(view: &View<'_>) -> Section {
    if let Some(found) = &view.summary.impossible {
        return impossible::reasons(view, found);
    }
    let leaves = view.certified.conflict().map_or(&[][..], |conflict| &conflict.leaves);
    let sentence = |&leaf| leaf_sentence(view.case, view.scenario, leaf);
    let blocks = match leaves {
        [] => vec![paragraph("The policy of the scenario alone leaves no plan.")],
        [only] => vec![
            paragraph("One rule cannot be kept by any plan:"),
            Block::List(vec![sentence(only)]),
            paragraph("Without this rule there is a plan. Change it or take it out, then run again."),
        ],
        many => vec![
            paragraph(format!("These {} rules cannot all be kept:", many.len())),
            Block::List(many.iter().map(sentence).collect()),
            paragraph(
                "Without any one of them there is a plan. Decide which one gives way, change it or take it out, then \
                 run again.",
            ),
        ],
    };
    Section { id: "reasons", title: "Why there is no plan".to_owned(), blocks }
}
