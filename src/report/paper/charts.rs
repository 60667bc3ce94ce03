//! The charts of a paper, each from the counts of the table beside it: a number kept back is kept back in both.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::case::scenario::Scenario;
use crate::certify::Certified;
use crate::id::PostId;
use crate::report::charts::structure::{Paper, Structure, now, proposed, structure};
use crate::report::charts::{Band, Bar, Group, bars, flow};
use crate::report::document::Audience;
use crate::report::page::{Block, Section};
use crate::report::paper::desk::Desk;
use crate::report::paper::matching::places;
use crate::report::shown::Shown;
use crate::report::words::authority;
use crate::study::paper::key::Key;

/// The posts shared now, and those of each authority, as charts of the paper.
pub(super) fn structures(case: &Case, scenario: &Scenario, certified: &Certified, audience: Audience) -> Vec<Block> {
    let all = every(case, scenario, certified, audience);
    all.iter().flat_map(|it| structure(it, Paper::A4)).map(Block::Drawing).collect()
}

/// The same as large as A3 allows, each below its own heading.
pub(super) fn sheets(case: &Case, scenario: &Scenario, certified: &Certified, audience: Audience) -> Section {
    let of = |it: &Structure| {
        let drawings = structure(it, Paper::A3).into_iter().map(Block::Drawing);
        std::iter::once(Block::Heading(it.title.clone())).chain(drawings).collect::<Vec<_>>()
    };
    let blocks = every(case, scenario, certified, audience).iter().flat_map(of).collect();
    Section { id: "charts", title: "Structure charts".to_owned(), blocks }
}

/// Every structure; in public none of the proposed posts is drawn as vacant.
fn every(case: &Case, scenario: &Scenario, certified: &Certified, audience: Audience) -> Vec<Structure> {
    let mut all: Vec<Structure> = Vec::new();
    if !case.joint_posts.is_empty() {
        let mut shared = now(case, None, &Shown::Figure);
        match audience {
            Audience::Public => without_ids(&mut shared),
            Audience::Exempt | Audience::Personal => {}
        }
        all.push(shared);
    }
    let empty: BTreeMap<PostId, u32> = certified.vacancies().into_iter().collect();
    let vacant = |post: PostId| match audience {
        // Every post as it is offered: whether it would be filled is not drawn.
        Audience::Public => Shown::Figure(0),
        Audience::Exempt | Audience::Personal => Shown::Figure(empty.get(&post).copied().unwrap_or(0).into()),
    };
    let remark = match audience {
        Audience::Public => " Whether a post would be filled is not drawn.",
        Audience::Exempt | Audience::Personal => "",
    };
    all.extend(case.authorities.ids().map(|id| {
        let mut drawn = proposed(case, scenario, id, &vacant);
        drawn.remark.push_str(remark);
        drawn
    }));
    all
}

/// A post that is shared today has one holder, whom its id would name.
fn without_ids(shared: &mut Structure) {
    let below = shared.directorates.iter_mut().flat_map(|directorate| &mut directorate.posts);
    shared.top.iter_mut().chain(below).for_each(|post| post.code.clear());
}

/// Where each employer's people go; nothing where no band is shown as it is.
pub(super) fn flows(desk: &Desk<'_>) -> Option<Block> {
    let ids: Vec<_> = desk.case.authorities.ids().collect();
    let mut bands = Vec::new();
    for &from in &ids {
        for to in ids.iter().map(|&to| Some(to)).chain(std::iter::once(None)) {
            let people = desk.shown(Key::Flow(from, to));
            if people != Shown::Figure(0) {
                let to = to.map_or_else(|| "No post".to_owned(), |to| authority(desk.case, to));
                bands.push(Band { from: authority(desk.case, from), to, people });
            }
        }
    }
    let order: Vec<String> = ids.iter().map(|&id| authority(desk.case, id)).collect();
    let is_told = bands.iter().any(|band| is_exact(band.people));
    is_told.then(|| Block::Drawing(flow("Where each employer's people go", &bands, &order)))
}

/// How many people have their first choice, their second, and so on.
pub(super) fn ranks(desk: &Desk<'_>) -> Vec<Block> {
    let bar = |(name, key): (String, Key)| Bar { name, value: desk.shown(key) };
    let all = places(desk).into_iter().map(bar).collect();
    drawn("Where each person's post stands on their own list", "People", all)
}

/// Empty seats of each authority.
pub(super) fn vacancies(desk: &Desk<'_>) -> Vec<Block> {
    let bar = |id| Bar { name: authority(desk.case, id), value: desk.shown(Key::EmptyAt(id)) };
    drawn("Empty seats by council", "Seats", desk.case.authorities.ids().map(bar).collect())
}

fn is_exact(shown: Shown) -> bool {
    match shown {
        Shown::Figure(_) => true,
        Shown::About(_) | Shown::Between(..) | Shown::Suppressed => false,
    }
}

/// Bars, unless no more than noughts and numbers kept back would be drawn.
fn drawn(title: &str, name: &str, all: Vec<Bar>) -> Vec<Block> {
    let says = |bar: &Bar| is_exact(bar.value) && bar.value != Shown::Figure(0);
    if !all.iter().any(says) {
        return Vec::new();
    }
    bars(title, &[Group { name: name.to_owned(), bars: all }]).into_iter().map(Block::Drawing).collect()
}
