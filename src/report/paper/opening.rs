//! Purpose, background, and the proposal: from the posts that are shared today to those of each authority.

use std::collections::BTreeMap;

use crate::case::{Disposition, Post, PostStatus};
use crate::id::AuthorityId;
use crate::report::page::{Block, Section, figures, table, text};
use crate::report::paper::desk::{Desk, all_marks, section};
use crate::report::words::authority;

/// What the paper is for, and how to read its figures.
pub(super) fn purpose(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("purpose");
    if desk.is_public() && !blocks.is_empty() {
        blocks.push(Block::Note(format!(
            "Figures in this paper. {} A nought is printed where it is true of everybody alike; where it would tell \
             what did not happen to the members of a group, it is treated as a small number. Posts are described as they are offered; who would hold a post, and \
             whether a post would be filled, is not said post by post. What is about individuals is in the exempt paper.",
            all_marks(desk)
        )));
    }
    section(desk, "purpose", "What this paper is for", blocks)
}

/// How things stand today.
pub(super) fn background(desk: &Desk<'_>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("background");
    let mut directorates: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    for post in desk.case.joint_posts.values() {
        let counts = directorates.entry(&post.directorate).or_default();
        counts[0] += 1;
        counts[place(post.disposition)] += 1;
    }
    if !directorates.is_empty() {
        let columns = vec![
            text("Directorate"),
            figures("Shared posts today"),
            figures("End"),
            figures("Stay shared or hosted"),
            figures("Not settled"),
        ];
        let mut all = [0; 4];
        let mut rows = Vec::new();
        for (name, counts) in &directorates {
            all.iter_mut().zip(counts).for_each(|(all, count)| *all += count);
            rows.push(row(if name.is_empty() { "No directorate" } else { name }, counts));
        }
        rows.push(row("All", &all));
        blocks.push(table("Posts that are shared today, and what becomes of them", columns, rows));
    }
    section(desk, "background", "Background", blocks)
}

fn row(name: &str, counts: &[u32]) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(counts.iter().map(u32::to_string)).collect()
}

/// Which column a joint post belongs to.
fn place(disposition: Disposition) -> usize {
    match disposition {
        Disposition::EndsOnSeparation | Disposition::VacantEnds => 1,
        Disposition::RetainedShared | Disposition::Hosted | Disposition::VacantRetainedShared => 2,
        Disposition::UnderReview => 3,
    }
}

/// From now to the proposal, tier by tier, and as charts.
pub(super) fn proposal(desk: &Desk<'_>, charts: Vec<Block>) -> Option<Section> {
    let mut blocks = desk.texts.blocks("proposal");
    let mut tiers: BTreeMap<u32, (u32, BTreeMap<AuthorityId, u32>)> = BTreeMap::new();
    for post in desk.case.joint_posts.values() {
        tiers.entry(post.tier).or_default().0 += 1;
    }
    for post in desk.case.posts.values().filter(|post| is_proposed(desk, post)) {
        *tiers.entry(post.tier).or_default().1.entry(post.authority).or_default() += post.capacity;
    }
    let authorities: Vec<AuthorityId> = desk.case.authorities.ids().collect();
    let mut columns = vec![text("Tier"), figures("Shared posts today")];
    columns.extend(authorities.iter().map(|&id| figures(format!("Seats at {}", authority(desk.case, id)))));
    let line = |name: String, now: u32, counts: &BTreeMap<AuthorityId, u32>| {
        let cells = authorities.iter().map(|id| counts.get(id).copied().unwrap_or(0).to_string());
        [name, now.to_string()].into_iter().chain(cells).collect::<Vec<String>>()
    };
    let mut rows: Vec<Vec<String>> =
        tiers.iter().map(|(tier, (now, counts))| line(format!("Tier {tier}"), *now, counts)).collect();
    let mut all: BTreeMap<AuthorityId, u32> = BTreeMap::new();
    tiers.values().flat_map(|(_, counts)| counts).for_each(|(id, count)| *all.entry(*id).or_default() += count);
    rows.push(line("All".to_owned(), tiers.values().map(|(now, _)| now).sum(), &all));
    blocks.push(table("From the posts shared today to those of each council", columns, rows));
    blocks.push(Block::Source(
        "Tier 1 is the head of paid service. Seats of posts that are held back, such as a chief executive's, are counted here; \
         they are not on offer in this allocation."
            .to_owned(),
    ));
    blocks.extend(charts);
    section(desk, "proposal", "What is proposed", blocks)
}

/// Whether a post is in the structure that the scenario chose for its authority, and is to be there.
pub(super) fn is_proposed(desk: &Desk<'_>, post: &Post) -> bool {
    let chosen = desk.scenario.structures.get(&post.authority);
    let there = match post.status {
        PostStatus::Open | PostStatus::Held | PostStatus::Filled => true,
        PostStatus::Deleted => false,
    };
    there && chosen.is_some_and(|structure| post.structures.contains(structure))
}
