//! Consultation, sources, the list of posts, and how the paper was made.

use std::collections::BTreeMap;

use crate::case::{Disposition, PostStatus};
use crate::report::document::spoken;
use crate::report::page::{Block, Section, figures, paragraph, table, text};
use crate::report::paper::Imprint;
use crate::report::paper::desk::{Desk, section};
use crate::report::paper::opening::is_proposed;
use crate::report::words::{authority_code, count};

/// What is asked, and how to answer.
pub(super) fn consultation(desk: &Desk<'_>) -> Option<Section> {
    section(desk, "consultation", "What we would like to hear from you", desk.texts.blocks("consultation"))
}

/// Where the figures come from.
pub(super) fn sources(desk: &Desk<'_>) -> Option<Section> {
    section(desk, "sources", "Sources", desk.texts.blocks("sources"))
}

/// Every post of the proposal, and every post that is shared today.
pub(super) fn posts(desk: &Desk<'_>) -> Option<Section> {
    let columns = vec![
        text("Post"),
        text("Council"),
        figures("Tier"),
        text("Grade"),
        figures("Hours (FTE)"),
        figures("Seats"),
        text("In this allocation"),
    ];
    let rows = desk.case.posts.values().filter(|post| is_proposed(desk, post)).map(|post| {
        let standing = match (post.status, post.retained_shared) {
            (PostStatus::Open, Some(true)) => "On offer, stays shared",
            (PostStatus::Open, Some(false) | None) => "On offer",
            (PostStatus::Held | PostStatus::Filled | PostStatus::Deleted, _) => "Not on offer",
        };
        vec![
            format!("{} {}", post.code, post.title),
            authority_code(desk.case, post.authority).to_owned(),
            post.tier.to_string(),
            desk.case.grades[post.grade].code.clone(),
            post.fte.to_string(),
            post.capacity.to_string(),
            standing.to_owned(),
        ]
    });
    let names = desk.case.authorities.iter().map(|(id, it)| {
        let label = desk.scenario.structures.get(&id).map(|structure| desk.case.structures[*structure].label.as_str());
        let name = if it.name.is_empty() { &it.code } else { &it.name };
        let label = label.filter(|label| !label.is_empty()).map_or_else(String::new, |label| format!(", {label}"));
        (it.code.clone(), format!("{name}{label}"))
    });
    let mut blocks = vec![Block::Definitions(names.collect())];
    blocks.push(table("Posts of the proposed structures", columns, rows.collect()));
    blocks.extend(shared_today(desk));
    section(desk, "posts", "Appendix: list of posts", blocks)
}

/// Titles of the posts that are shared today; posts of one title stand together, and nothing else is said of them.
fn shared_today(desk: &Desk<'_>) -> Option<Block> {
    let mut titles: BTreeMap<(u32, &str, &str), u32> = BTreeMap::new();
    for post in desk.case.joint_posts.values() {
        *titles.entry((post.tier, &post.title, fate(post.disposition))).or_default() += 1;
    }
    let row = |(&(tier, title, fate), number): (&(u32, &str, &str), &u32)| {
        vec![title.to_owned(), tier.to_string(), number.to_string(), fate.to_owned()]
    };
    let columns = vec![text("Title"), figures("Tier"), figures("Posts"), text("What happens to it")];
    (!titles.is_empty()).then(|| table("Posts that are shared today", columns, titles.iter().map(row).collect()))
}

fn fate(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::EndsOnSeparation | Disposition::VacantEnds => "Ends",
        Disposition::RetainedShared | Disposition::VacantRetainedShared => "Stays shared",
        Disposition::Hosted => "Hosted by one council for the other",
        Disposition::UnderReview => "Not settled",
    }
}

/// Program, scenario, certificate, and the files; `more` is what only the exempt paper says.
pub(super) fn audit(desk: &Desk<'_>, imprint: &Imprint<'_>, more: Vec<Block>) -> Option<Section> {
    let made = vec![
        ("Program".to_owned(), imprint.provenance.program.clone()),
        ("Scenario".to_owned(), desk.scenario.id.clone()),
        ("Draft".to_owned(), imprint.draft.to_string()),
        ("Date".to_owned(), spoken(imprint.date)),
        (
            "Certificate".to_owned(),
            "The plan keeps every rule and is proved best in its order of importance. A checker that shares no code with the \
             solver confirmed both."
                .to_owned(),
        ),
    ];
    let is_told = |name: &str| !desk.is_public() || NOBODY.contains(&name) || name.starts_with("scenarios/");
    let told = imprint.provenance.inputs.iter().filter(|input| is_told(&input.file));
    let rows: Vec<Vec<String>> = told.map(|input| vec![input.file.clone(), input.sha256.clone()]).collect();
    let kept = imprint.provenance.inputs.len() - rows.len();
    let mut blocks = vec![Block::Definitions(made)];
    if !rows.is_empty() {
        blocks.push(table("Input files and their fingerprints", vec![text("File"), text("SHA-256")], rows));
    }
    if desk.is_public() && kept > 0 {
        blocks.push(paragraph(format!(
            "The fingerprints of {} with data about people are in the exempt paper: with them somebody who knows nearly all of \
             a file could try out the rest.",
            count(kept as u64, "file", "files")
        )));
        blocks.push(paragraph(
            "What is kept back was checked by the program: for each such number it holds other sets of numbers that agree with \
             everything in this paper and in which that number is a different one.",
        ));
    }
    blocks.push(Block::Source("The same files and the same program give the same paper, byte for byte.".to_owned()));
    blocks.extend(more);
    section(desk, "audit", "How this paper was made", blocks)
}

/// Files without data about people.
const NOBODY: [&str; 5] = ["authorities.csv", "grades.csv", "posts.csv", "shares.csv", "structures.csv"];
