//! The charts of a paper, each before the table that has its figures.
//!
//! They draw the counts that the paper prints, kept back where it keeps them back. A structure chart of the public paper does
//! not say which posts would be vacant.

use crate::certify::Certified;
use crate::report::charts::structure::{Paper, Structure, now, proposed, structure};
use crate::report::charts::{Band, Bar, Group, bars, flow, vacancy_groups};
use crate::report::page::Block;
use crate::report::paper::desk::Desk;
use crate::report::shown::Shown;
use crate::report::words::{authority, ordinal};
use crate::study::paper::key::Key;

/// The structures now and proposed; vacancies are said where the plan is given.
pub(super) fn structures(desk: &Desk<'_>, certified: Option<&Certified>) -> Vec<Block> {
    let shown: &dyn Fn(u64) -> Shown = if certified.is_some() { &Shown::Figure } else { &|_| Shown::Figure(0) };
    let drawn = |it: &Structure| structure(it, Paper::A4).into_iter().map(Block::Drawing).collect::<Vec<_>>();
    let mut blocks = vec![Block::Heading("The structure now".to_owned())];
    blocks.extend(drawn(&now(desk.case, None, shown)));
    for id in desk.case.authorities.ids() {
        blocks.push(Block::Heading(format!("The structure proposed for {}", authority(desk.case, id))));
        blocks.extend(drawn(&proposed(desk.case, desk.scenario, certified, id, shown)));
    }
    blocks
}

/// Where each employer's people go; nothing where no band is told.
pub(super) fn flows(desk: &Desk<'_>) -> Vec<Block> {
    let ids: Vec<_> = desk.case.authorities.ids().collect();
    let nowhere = "No post";
    let mut bands = Vec::new();
    for &from in &ids {
        for to in ids.iter().map(|&to| Some(to)).chain(std::iter::once(None)) {
            let people = desk.shown(Key::Flow(from, to));
            let to = to.map_or_else(|| nowhere.to_owned(), |to| authority(desk.case, to));
            bands.push(Band { from: authority(desk.case, from), to, people });
        }
    }
    bands.retain(|band| band.people != Shown::Figure(0));
    if bands.iter().all(|band| band.people == Shown::Suppressed) {
        return Vec::new();
    }
    let mut order: Vec<String> = ids.iter().map(|&id| authority(desk.case, id)).collect();
    order.push(nowhere.to_owned());
    vec![Block::Drawing(flow("Where each employer's people go", &bands, &order))]
}

/// Empty seats: by council and tier where the plan is given, else by council.
pub(super) fn vacancies(desk: &Desk<'_>, certified: Option<&Certified>) -> Vec<Block> {
    let groups = match certified {
        Some(certified) => vacancy_groups(desk.case, certified, &Shown::Figure),
        None => {
            let bar = |&(id, _, _): &(_, u32, u32)| Bar {
                name: authority(desk.case, id),
                value: desk.shown(Key::EmptyAt(id)),
            };
            vec![Group { name: "Empty seats".to_owned(), bars: desk.frame.authorities.iter().map(bar).collect() }]
        }
    };
    told("Empty seats by council", &groups)
}

/// Where people's posts stand on their own lists.
pub(super) fn ranks(desk: &Desk<'_>) -> Vec<Block> {
    let rank = |rank: u32| match rank {
        5 => "5th choice or later".to_owned(),
        rank => format!("{} choice", ordinal(rank)),
    };
    let bar = |(name, key): (String, Key)| Bar { name, value: desk.shown(key) };
    let ranked = (1..=5).map(|number| (rank(number), Key::Ranked(number)));
    let others = [
        ("A post that they did not list", Key::Unlisted),
        ("A post, without having answered", Key::NoResponse),
        ("Without a post", Key::Without),
    ];
    let all = ranked.chain(others.map(|(name, key)| (name.to_owned(), key)));
    told(
        "Where each person's post stands on their own list",
        &[Group { name: "People".to_owned(), bars: all.map(bar).collect() }],
    )
}

/// Bars, where any of them is told.
fn told(title: &str, groups: &[Group]) -> Vec<Block> {
    let any = groups.iter().flat_map(|group| &group.bars).any(|bar| bar.value != Shown::Suppressed);
    if any { bars(title, groups).into_iter().map(Block::Drawing).collect() } else { Vec::new() }
}
