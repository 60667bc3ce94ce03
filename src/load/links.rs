//! Faults between tables: ids that lead nowhere, shares that do not add up, decisions that contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::load::cell::Cell;
use crate::load::codes::Code;
use crate::load::fault::{Faults, any_of, did_you_mean};
use crate::load::schema::{Column, Kind};
use crate::load::table::{Record, TableData};
use crate::load::tables::Tables;
use crate::quantity::write_short;

/// Reports every fault between tables.
pub(super) fn check(tables: &Tables, faults: &mut Faults) {
    check_ids(tables, faults);
    check_authorities(tables, faults);
    check_shares(tables, faults);
    check_structures(tables, faults);
    check_grade_differences(tables, faults);
    check_ranked_posts(tables, faults);
    check_pins(tables, faults);
    check_links(tables, faults);
}

fn check_ids(tables: &Tables, faults: &mut Faults) {
    let mut keys: BTreeMap<&str, Option<BTreeSet<&str>>> = BTreeMap::new();
    for name in ["authorities", "structures", "grades", "people", "joint_posts", "posts"] {
        keys.insert(name, tables.keys(name));
    }
    for table in tables.iter() {
        for record in &table.records {
            for (column, cell) in table.shape.columns.iter().zip(&record.cells) {
                let Some((target, words)) = target_of(column, table, record) else { continue };
                let Some(Some(known)) = keys.get(target) else { continue };
                let ids = cell.text().into_iter().chain(cell.list().iter().map(String::as_str));
                for id in ids.filter(|id| !known.contains(id) && !words.contains(id)) {
                    report_unknown(id, (target, words), known, (table, record, column), tables, faults);
                }
            }
        }
    }
}

/// The table that a cell refers to, and the words that may stand there instead.
fn target_of(column: &Column, table: &TableData, record: &Record) -> Option<(&'static str, &'static [&'static str])> {
    match column.kind {
        Kind::Id(target) | Kind::Ids(target) => Some((target, &[])),
        Kind::AuthorityOr(words) => Some(("authorities", words)),
        Kind::PostOrAuthority => {
            let kind = table.cell(record, "kind").text()?;
            Some((if kind.ends_with("_post") { "posts" } else { "authorities" }, &[]))
        }
        Kind::Text
        | Kind::Key
        | Kind::List
        | Kind::Word(_)
        | Kind::Words(_)
        | Kind::Flag
        | Kind::Money
        | Kind::Fte
        | Kind::Percent
        | Kind::Whole
        | Kind::Signed
        | Kind::Miles
        | Kind::Date => None,
    }
}

fn report_unknown(
    id: &str,
    (target, words): (&str, &[&str]),
    known: &BTreeSet<&str>,
    (table, record, column): (&TableData, &Record, &Column),
    tables: &Tables,
    faults: &mut Faults,
) {
    let name = tables.get(target).map_or_else(|| format!("{target}.csv"), |table| table.grid.name());
    let hint = did_you_mean(id, known.iter().copied().chain(words.iter().copied()));
    let why = match words {
        [] => format!("there is no \"{id}\" in {name}"),
        words => {
            format!("there is no \"{id}\" in {name}, and the only words that may stand here are {}", any_of(words))
        }
    };
    let action = format!("correct the id, or add it to {name}{hint}; capitals count");
    faults.add(Code::UnknownId, table.spot(record, column.name), id, why, action);
}

fn check_authorities(tables: &Tables, faults: &mut Faults) {
    let Some(table) = tables.get("authorities") else { return };
    let count = table.records.len();
    if count == 1 {
        let why = "a shared service separates into two authorities or more";
        faults.add(
            Code::TooFewAuthorities,
            table.grid.spot(None, None),
            "1 authority",
            why,
            "add a row for each of them",
        );
    }
}

fn check_shares(tables: &Tables, faults: &mut Faults) {
    let (Some(shares), Some(posts)) = (tables.get("shares"), tables.get("joint_posts")) else { return };
    if tables.starter || !shares.keys_known {
        return;
    }
    let mut rows: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in &shares.records {
        if let Some(post) = shares.key(record) {
            rows.entry(post).or_default().push(record);
        }
    }
    for record in &posts.records {
        let Some(post) = posts.key(record) else { continue };
        if !rows.contains_key(post) {
            let why = format!("{} has no row for it, so nobody knows whose time it is", shares.grid.name());
            let action = "add a row for each authority, together 100";
            faults.add(Code::Shares, posts.spot(record, "joint_post_id"), "", why, action);
        }
    }
    for rows in rows.values() {
        let parts: Option<Vec<i64>> = rows.iter().map(|row| shares.cell(row, "pct").number()).collect();
        let Some(parts) = parts else { continue };
        let sum: i64 = parts.iter().sum();
        if sum != 10_000 {
            let shown: Vec<String> = parts.iter().map(|&part| write_short(part, 2)).collect();
            let found = format!("{} = {}", shown.join(" + "), write_short(sum, 2));
            let why = "the shares of one joint post are parts of one whole";
            let action = "correct the shares so that they come to exactly 100";
            faults.add(Code::Shares, shares.spot(rows[0], "pct"), found, why, action);
        }
    }
}

fn check_structures(tables: &Tables, faults: &mut Faults) {
    let (Some(structures), Some(posts)) = (tables.get("structures"), tables.get("posts")) else { return };
    if tables.starter {
        return;
    }
    let owner_of = |record| Some((structures.key(record)?, structures.cell(record, "authority_id").text()?));
    let owners: BTreeMap<&str, &str> = structures.records.iter().filter_map(owner_of).collect();
    for record in &posts.records {
        let Some(authority) = posts.cell(record, "authority_id").text() else { continue };
        for structure in posts.cell(record, "structures").list() {
            let Some(owner) = owners.get(structure.as_str()).filter(|owner| **owner != authority) else { continue };
            let why = format!("structure {structure} is authority {owner}'s, and the post is authority {authority}'s");
            let action = "take the structure off the list, or correct the post's authority_id";
            faults.add(Code::ForeignStructure, posts.spot(record, "structures"), structure, why, action);
        }
    }
}

fn check_grade_differences(tables: &Tables, faults: &mut Faults) {
    let [Some(grades), Some(people), Some(posts), Some(matches)] =
        ["grades", "people", "posts", "matches"].map(|name| tables.get(name))
    else {
        return;
    };
    if tables.starter {
        return;
    }
    let rank_of = |record| Some((grades.key(record)?, grades.cell(record, "grade_rank").number()?));
    let ranks: BTreeMap<&str, i64> = grades.records.iter().filter_map(rank_of).collect();
    let rank_in = |table: &TableData| -> BTreeMap<String, i64> {
        let of =
            |record: &Record| Some((table.key(record)?.to_owned(), *ranks.get(table.cell(record, "grade").text()?)?));
        table.records.iter().filter_map(of).collect()
    };
    let (of_people, of_posts) = (rank_in(people), rank_in(posts));
    for record in &matches.records {
        let stated = matches.cell(record, "grade_difference").number();
        let person = matches.key(record).and_then(|id| of_people.get(id));
        let post = matches.cell(record, "post_id").text().and_then(|id| of_posts.get(id));
        let (Some(stated), Some(person), Some(post)) = (stated, person, post) else { continue };
        if stated != post - person {
            let why = format!("by {} the post is at rank {post} and the person at rank {person}", grades.grid.name());
            let action =
                format!("write {} unless the difference was assessed otherwise; the cell counts", post - person);
            let spot = matches.spot(record, "grade_difference");
            faults.add(Code::GradeDifference, spot, stated.to_string(), why, action);
        }
    }
}

fn check_ranked_posts(tables: &Tables, faults: &mut Faults) {
    let (Some(posts), Some(ranks)) = (tables.get("posts"), tables.get("post_preferences")) else { return };
    let status_of = |record| Some((posts.key(record)?, posts.cell(record, "status").text()?));
    let statuses: BTreeMap<&str, &str> = posts.records.iter().filter_map(status_of).collect();
    for record in &ranks.records {
        let Some(post) = ranks.cell(record, "post_id").text() else { continue };
        let Some(status) = statuses.get(post).filter(|status| **status != "open") else { continue };
        let why = format!("post {post} is {status}, so nobody can be placed in it and the rank counts for nothing");
        let action = "tell the person, or set the post's status to open";
        faults.add(Code::PreferenceNotOffered, ranks.spot(record, "post_id"), post, why, action);
    }
}

/// One pin as text, with the authority that it keeps to or from.
struct PinText<'t> {
    record: &'t Record,
    kind: &'t str,
    target: &'t str,
    /// The authority of the target.
    authority: &'t str,
}

fn check_pins(tables: &Tables, faults: &mut Faults) {
    let (Some(pins), Some(posts)) = (tables.get("pins"), tables.get("posts")) else { return };
    let owner_of = |record| Some((posts.key(record)?, posts.cell(record, "authority_id").text()?));
    let owners: BTreeMap<&str, &str> = posts.records.iter().filter_map(owner_of).collect();
    let mut by_person: BTreeMap<&str, Vec<PinText<'_>>> = BTreeMap::new();
    for record in &pins.records {
        let [Some(person), Some(kind), Some(target)] =
            ["person_id", "kind", "target"].map(|c| pins.cell(record, c).text())
        else {
            continue;
        };
        let authority = if kind.ends_with("_post") { owners.get(target).copied() } else { Some(target) };
        let Some(authority) = authority else { continue };
        let mine = by_person.entry(person).or_default();
        if let Some((earlier, why)) =
            mine.iter().find_map(|other| Some((other, contradiction(other, kind, target, authority)?)))
        {
            let found =
                format!("{kind} {target}, but row {} says {} {}", earlier.record.row, earlier.kind, earlier.target);
            let action = "ask who decided, and delete the pin that does not hold";
            faults.add(Code::PinConflict, pins.spot(record, "kind"), found, why, action);
        }
        mine.push(PinText { record, kind, target, authority });
    }
}

/// Why an earlier pin and a later one for the same person cannot both hold.
fn contradiction(a: &PinText<'_>, kind: &str, target: &str, authority: &str) -> Option<&'static str> {
    let kinds = [a.kind, kind];
    let same_authority = a.authority == authority;
    let same_target = a.target == target;
    let both = |x: &str, y: &str| kinds == [x, y] || kinds == [y, x];
    if both("must_post", "must_post") && !same_target {
        return Some("a person holds at most one post");
    }
    if both("must_post", "not_post") && same_target {
        return Some("the person would have to hold the post and may not hold it");
    }
    if (both("must_post", "must_authority") || both("must_authority", "must_authority")) && !same_authority {
        return Some("a person holds at most one post, so cannot be at two authorities");
    }
    if (both("must_post", "not_authority") || both("must_authority", "not_authority")) && same_authority {
        return Some("the person would have to be at the authority and may not be there");
    }
    None
}

fn check_links(tables: &Tables, faults: &mut Faults) {
    let Some(links) = tables.get("links") else { return };
    let mut seen: BTreeMap<[&str; 2], (&str, u32)> = BTreeMap::new();
    for record in &links.records {
        let [Some(a), Some(b), Some(kind)] = ["person_a", "person_b", "kind"].map(|c| links.cell(record, c).text())
        else {
            continue;
        };
        if a == b {
            let why = "a link is between two people";
            faults.add(
                Code::SelfLink,
                links.spot(record, "person_b"),
                b,
                why,
                "correct one of the two ids, or delete the row",
            );
            continue;
        }
        let pair = if a < b { [a, b] } else { [b, a] };
        let Some((earlier, row)) = seen.get(&pair) else {
            seen.insert(pair, (kind, record.row));
            continue;
        };
        if *earlier != kind {
            let found = format!("{kind}, but row {row} says {earlier}");
            let why = "the two would have to be together and apart, so neither could be placed";
            faults.add(
                Code::LinkConflict,
                links.spot(record, "kind"),
                found,
                why,
                "delete the link that does not hold",
            );
        } else if links.cell(record, "person_a") != &Cell::Text(pair[0].to_owned()) || is_swapped(links, *row, pair) {
            let why = format!("row {row} links the same two people, in the other order");
            let found = format!("{a}, {b}, {kind}");
            faults.add(Code::DuplicateKey, links.spot(record, "person_a"), found, why, "delete one of the two rows");
        }
    }
}

/// Whether the link in this row names the pair with the higher id first.
fn is_swapped(links: &TableData, row: u32, pair: [&str; 2]) -> bool {
    links.records.iter().any(|record| record.row == row && links.key(record) == Some(pair[1]))
}
