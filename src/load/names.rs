//! Text ids to typed ids: an id is the position in the sorted list of its table's keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::Case;
use crate::id::{AuthorityId, Id, PostId, StructureId};
use crate::load::tables::Tables;
use crate::quantity::Pence;

/// The typed id of every key of a table, even where other cells of the table are at fault.
pub(super) fn ids<I: Id>(tables: &Tables, name: &str) -> BTreeMap<String, I> {
    let Some(table) = tables.get(name) else { return BTreeMap::new() };
    let keys: BTreeSet<&str> = table.records.iter().filter_map(|record| table.key(record)).collect();
    keys.into_iter().enumerate().map(|(at, key)| (key.to_owned(), I::at(at))).collect()
}

/// What a scenario may name.
#[derive(Debug)]
pub(super) struct Names {
    /// Authorities.
    pub(super) authorities: BTreeMap<String, AuthorityId>,
    /// Structures, with the text id of their authority.
    pub(super) structures: BTreeMap<String, (StructureId, String)>,
    /// Posts.
    pub(super) posts: BTreeMap<String, PostId>,
    /// Functions that posts list.
    pub(super) functions: BTreeSet<String>,
    /// Stated budgets.
    pub(super) budgets: BTreeMap<AuthorityId, Pence>,
    /// Tables of which every id is known, so that an id not found is a fault.
    pub(super) complete: BTreeSet<&'static str>,
}

impl Names {
    /// Collects them from a case.
    pub(super) fn of_case(case: &Case) -> Self {
        let code = |authority: AuthorityId| case.authorities[authority].code.clone();
        let structures = case.structures.iter().map(|(id, it)| (it.code.clone(), (id, code(it.authority))));
        let budgets = case.authorities.iter().filter_map(|(id, it)| Some((id, it.budget?)));
        Self {
            authorities: case.authorities.iter().map(|(id, it)| (it.code.clone(), id)).collect(),
            structures: structures.collect(),
            posts: case.posts.iter().map(|(id, it)| (it.code.clone(), id)).collect(),
            functions: case.posts.values().flat_map(|it| it.functions.iter().cloned()).collect(),
            budgets: budgets.collect(),
            complete: BTreeSet::from(["authorities", "structures", "posts"]),
        }
    }

    /// Collects them from the tables.
    pub(super) fn of(tables: &Tables) -> Self {
        let authorities: BTreeMap<String, AuthorityId> = ids(tables, "authorities");
        let mut owners = BTreeMap::new();
        if let Some(table) = tables.get("structures") {
            for record in &table.records {
                if let (Some(key), Some(owner)) = (table.key(record), table.cell(record, "authority_id").text()) {
                    owners.entry(key.to_owned()).or_insert(owner.to_owned());
                }
            }
        }
        let structures = ids(tables, "structures")
            .into_iter()
            .filter_map(|(key, id)| Some((key.clone(), (id, owners.remove(&key)?))))
            .collect();
        let mut functions = BTreeSet::new();
        if let Some(posts) = tables.get("posts") {
            for record in &posts.records {
                functions.extend(posts.cell(record, "functions").list().iter().cloned());
            }
        }
        let mut budgets = BTreeMap::new();
        if let Some(table) = tables.get("authorities") {
            for record in &table.records {
                let id = table.key(record).and_then(|key| authorities.get(key));
                if let (Some(id), Some(budget)) = (id, table.cell(record, "budget_gbp").number()) {
                    budgets.insert(*id, Pence(budget));
                }
            }
        }
        let complete = ["authorities", "structures", "posts"];
        let complete = complete.into_iter().filter(|name| tables.keys(name).is_some()).collect();
        Self { authorities, structures, posts: ids(tables, "posts"), functions, budgets, complete }
    }
}
