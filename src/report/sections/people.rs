//! Who goes where, who is at risk, and who is undecided.

use crate::case::answer::Undecided;
use crate::certify::Placement;
use crate::id::PersonId;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::sections::View;
use crate::report::sections::pools::ways;
use crate::report::words::{authority_code, count, joined, match_name, ordinal, people, person, persons, post};
use crate::study::pools::Pool;
use crate::study::settlement::Chosen;
use crate::study::summary::{AtRisk, MatchedPost};

/// Everyone with a post.
pub(crate) fn placements(view: &View<'_>) -> Section {
    let columns = vec![
        text("Person"),
        text("Employer now"),
        text("Post"),
        text("Authority"),
        text("Match"),
        text("Own rank"),
        text("Stated authority"),
        text("Remarks"),
    ];
    let rows = view.certified.placements().iter().map(|p| placement(view, p)).collect();
    let blocks = vec![
        table("Everyone with a post", columns, rows),
        Block::Source("Own rank: the place that the person gave to this post in their list of posts.".to_owned()),
    ];
    Section { id: "placements", title: "Who goes where".to_owned(), blocks }
}

fn placement(view: &View<'_>, p: &Placement) -> Vec<String> {
    let met = match p.preference_met {
        Some(true) => "met",
        Some(false) => "not met",
        None => "none stated",
    };
    let mut remarks = Vec::new();
    if p.moved {
        remarks.push("Changes employer.".to_owned());
    }
    remarks.extend(otherwise(view, p.person));
    vec![
        person(view.case, p.person),
        authority_code(view.case, view.case.people[p.person].employer).to_owned(),
        post(view.case, p.post),
        authority_code(view.case, p.authority).to_owned(),
        match_name(p.kind).to_owned(),
        p.rank_given.map_or_else(|| "not ranked".to_owned(), ordinal),
        met.to_owned(),
        remarks.join(" "),
    ]
}

/// `Undecided: also A23, or no post.` for someone whom equally good plans place differently.
fn otherwise(view: &View<'_>, id: PersonId) -> Option<String> {
    let all: &[Undecided] = view.certified.undecided();
    let entry = &all[all.binary_search_by_key(&id, |undecided| undecided.person).ok()?];
    let now = view.certified.plan().and_then(|plan| plan.post(id));
    let mut other: Vec<String> =
        entry.posts.iter().filter(|&&post| Some(post) != now).map(|&post| view.case.posts[post].code.clone()).collect();
    if entry.may_be_unplaced && now.is_some() {
        other.push("no post".to_owned());
    }
    let chosen = view.summary.settled.as_ref().and_then(|settled| settled.chosen(id));
    let why = match chosen.filter(|_| !other.is_empty()) {
        Some(Chosen::ByCost) => " Only cost put this first.",
        Some(Chosen::ByIds) => " Only the order of ids put this first.",
        Some(Chosen::Unknown) | None => "",
    };
    Some(format!("Undecided: also {}.{why}", joined(&other, "or")))
}

/// Everyone without a post, with the posts that could have been theirs.
pub(crate) fn at_risk(view: &View<'_>) -> Section {
    let all = &view.summary.at_risk;
    let blocks = if all.is_empty() {
        vec![paragraph("Everyone has a post.")]
    } else {
        let columns = vec![text("Person"), text("Employer now"), text("Grade"), text("Why"), text("Remarks")];
        let rows = all.iter().map(|entry| {
            let record = &view.case.people[entry.person];
            vec![
                record.code.clone(),
                authority_code(view.case, record.employer).to_owned(),
                view.case.grades[record.grade].code.clone(),
                why(view, entry),
                otherwise(view, entry.person).unwrap_or_default(),
            ]
        });
        vec![table("People without a post in this plan", columns, rows.collect())]
    };
    Section { id: "at-risk", title: "People at risk".to_owned(), blocks }
}

/// What is certain about why someone has no post.
pub(crate) fn why(view: &View<'_>, entry: &AtRisk) -> String {
    if entry.matched.is_empty() {
        return "No post on offer has a job match for this person.".to_owned();
    }
    let posts: Vec<String> = entry.matched.iter().map(|matched| matched_post(view, matched)).collect();
    format!("Posts on offer with a job match: {}.", posts.join("; "))
}

fn matched_post(view: &View<'_>, matched: &MatchedPost) -> String {
    let post = post(view.case, matched.post);
    if !matched.barred_by.is_empty() {
        let rules: Vec<String> =
            matched.barred_by.iter().map(|rule| format!("{} {}", rule.code(), rule.name())).collect();
        return format!("{post} (not allowed by {})", joined(&rules, "and"));
    }
    let holders = joined(&persons(view.case, &matched.holders), "and");
    let held = if holders.is_empty() { String::new() } else { format!("held by {holders}") };
    let empty = match matched.empty {
        0 => String::new(),
        seats => format!("{} left empty by the rules or the order of objectives", count(seats, "seat", "seats")),
    };
    let state = [held, empty].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    format!("{post} ({state})")
}

/// Pools of people whom equally good plans place differently.
pub(crate) fn undecided(view: &View<'_>) -> Section {
    let pools = &view.summary.pools;
    let mut blocks = Vec::new();
    if pools.is_empty() {
        let sentence = if view.certified.undecided_complete() {
            "Every other plan is worse on some objective other than cost: nobody's place is a matter of chance."
        } else {
            "No such person is known yet."
        };
        blocks.push(paragraph(sentence));
    } else {
        blocks.push(Block::Warning(
            "For the people below, other plans are equally good on every objective but cost. The plan above shows one of \
             them. The program does not pick between these people: a named officer decides, by a fair selection, and \
             records why."
                .to_owned(),
        ));
        let columns = vec![
            text("Pool"),
            text("Posts and people"),
            figures("People"),
            figures("Seats"),
            text("May end without a post"),
        ];
        let rows = pools.iter().enumerate().map(|(i, pool)| pool_row(view, i, pool));
        blocks.push(table("Pools of people who are decided together", columns, rows.collect()));
        if let Some(settled) = &view.summary.settled {
            blocks.extend(ways(view, settled));
        }
    }
    if !view.certified.undecided_complete() {
        blocks.push(Block::Warning(
            "The search for such people was not finished, so this list may be incomplete.".to_owned(),
        ));
    }
    Section { id: "undecided", title: "Undecided: equally good plans".to_owned(), blocks }
}

fn pool_row(view: &View<'_>, index: usize, pool: &Pool) -> Vec<String> {
    let line = |(id, holders): &(_, Vec<PersonId>)| {
        let code = &view.case.posts[*id].code;
        format!("{code}: {}", joined(&persons(view.case, holders), "or"))
    };
    let without = joined(&persons(view.case, &pool.may_be_unplaced), "or");
    vec![
        (index + 1).to_string(),
        pool.posts.iter().map(line).collect::<Vec<_>>().join("; "),
        pool.people.len().to_string(),
        pool.seats.to_string(),
        if without.is_empty() { format!("nobody of these {}", people(pool.people.len())) } else { without },
    ]
}
