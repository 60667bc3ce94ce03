//! Figures of an answer as groups of bars.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::certify::Certified;
use crate::report::charts::bars::{Bar, Group};
use crate::report::shown::Shown;
use crate::report::words::{authority, ordinal};

/// Empty seats by authority and tier; `shown` says how a count is shown.
pub fn vacancy_groups(case: &Case, certified: &Certified, shown: &dyn Fn(u64) -> Shown) -> Vec<Group> {
    let mut counted = BTreeMap::new();
    for post in certified.offered() {
        let record = &case.posts[post];
        counted.entry((record.authority, record.tier)).or_insert(0_u64);
    }
    for (post, seats) in certified.vacancies() {
        let record = &case.posts[post];
        *counted.entry((record.authority, record.tier)).or_insert(0) += u64::from(seats);
    }
    let of_authority = |id| {
        let tiers = counted.iter().filter(|((of, _), _)| *of == id);
        let bars = tiers.map(|((_, tier), seats)| Bar { name: format!("Tier {tier}"), value: shown(*seats) });
        Group { name: authority(case, id), bars: bars.collect() }
    };
    case.authorities.ids().map(of_authority).filter(|group| !group.bars.is_empty()).collect()
}

/// How many people got which of their wishes, a group for each rank with a bar for each column.
///
/// - `columns`: what each is called, and `(rank, people)` with rank 1 first.
/// - A rank that a column does not name counts 0 there.
pub fn rank_groups(columns: &[(String, Vec<(u32, Shown)>)]) -> Vec<Group> {
    let mut ranks: Vec<u32> = columns.iter().flat_map(|(_, ranked)| ranked.iter().map(|it| it.0)).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let of_rank = |rank: u32| {
        let bar = |(name, ranked): &(String, Vec<(u32, Shown)>)| Bar {
            name: name.clone(),
            value: ranked.iter().find(|it| it.0 == rank).map_or(Shown::Figure(0), |it| it.1),
        };
        Group { name: format!("{} choice", ordinal(rank)), bars: columns.iter().map(bar).collect() }
    };
    ranks.into_iter().map(of_rank).collect()
}
