//! Tables without faults to a [`Case`]; nothing here can fail.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{
    Authority, Case, Contract, Criticality, Decision, Disposition, EmploymentStatus, Grade, JointPost, Link, LinkKind,
    Match, MatchKind, Person, Pin, Post, PostStatus, Preference, Preferred, Rank, Response, Round, StatutoryRole,
    Strength, Structure,
};
use crate::id::{AuthorityId, GradeId, Id, JointPostId, PersonId, PostId, StructureId, Table};
use crate::load::names::ids;
use crate::load::table::{Record, TableData};
use crate::load::tables::Tables;
use crate::quantity::{BasisPoints, Fte, Miles, Pence};

/// Typed ids of every table.
struct Ids {
    authorities: BTreeMap<String, AuthorityId>,
    structures: BTreeMap<String, StructureId>,
    grades: BTreeMap<String, GradeId>,
    people: BTreeMap<String, PersonId>,
    joint_posts: BTreeMap<String, JointPostId>,
    posts: BTreeMap<String, PostId>,
}

/// One row of a table without faults.
#[derive(Clone, Copy)]
struct Row<'t> {
    table: &'t TableData,
    record: &'t Record,
}

const CHECKED: &str = "load builds a case only from cells that it has checked";

impl Row<'_> {
    fn maybe(&self, column: &str) -> Option<String> {
        self.table.cell(self.record, column).text().map(str::to_owned)
    }
    fn text(&self, column: &str) -> String {
        self.maybe(column).unwrap_or_default()
    }
    fn maybe_number(&self, column: &str) -> Option<i64> {
        self.table.cell(self.record, column).number()
    }
    fn number(&self, column: &str) -> i64 {
        self.maybe_number(column).expect(CHECKED)
    }
    fn small<N: TryFrom<i64>>(&self, column: &str) -> N {
        N::try_from(self.number(column)).ok().expect(CHECKED)
    }
    fn money(&self, column: &str) -> Pence {
        Pence(self.number(column))
    }
    fn flag(&self, column: &str) -> Option<bool> {
        self.table.cell(self.record, column).flag()
    }
    fn set(&self, column: &str) -> BTreeSet<String> {
        self.table.cell(self.record, column).list().iter().cloned().collect()
    }
    fn id<I: Copy>(&self, column: &str, ids: &BTreeMap<String, I>) -> I {
        *ids.get(&self.text(column)).expect(CHECKED)
    }
    fn word<W>(&self, column: &str, from_word: fn(&str) -> Option<W>) -> W {
        from_word(&self.text(column)).expect(CHECKED)
    }
    fn maybe_word<W>(&self, column: &str, from_word: fn(&str) -> Option<W>) -> Option<W> {
        from_word(self.table.cell(self.record, column).text()?)
    }
}

/// Rows of a table, in file order; none where the table is not there.
fn rows<'t>(tables: &'t Tables, name: &str) -> impl Iterator<Item = Row<'t>> {
    let table = tables.get(name);
    table.into_iter().flat_map(|table| table.records.iter().map(move |record| Row { table, record }))
}

/// Records of a table in the order of their keys.
fn sorted<I: Id, T>(tables: &Tables, name: &str, make: impl Fn(Row<'_>) -> T) -> Table<I, T> {
    let table = tables.whole(name);
    let mut rows: Vec<Row<'_>> = rows(tables, name).collect();
    rows.sort_by_key(|row| table.key(row.record));
    Table::new(rows.into_iter().map(make).collect())
}

/// Builds the case.
pub(super) fn case(tables: &Tables) -> Case {
    let ids = Ids {
        authorities: ids(tables, "authorities"),
        structures: ids(tables, "structures"),
        grades: ids(tables, "grades"),
        people: ids(tables, "people"),
        joint_posts: ids(tables, "joint_posts"),
        posts: ids(tables, "posts"),
    };
    Case {
        authorities: sorted(tables, "authorities", |row| Authority {
            code: row.text("authority_id"),
            name: row.text("name"),
            cost_share: row.maybe_number("cost_share_pct").map(|_| BasisPoints(row.small("cost_share_pct"))),
            budget: row.maybe_number("budget_gbp").map(Pence),
        }),
        structures: sorted(tables, "structures", |row| Structure {
            code: row.text("structure_id"),
            authority: row.id("authority_id", &ids.authorities),
            label: row.text("label"),
            note: row.text("note"),
        }),
        grades: sorted(tables, "grades", |row| Grade {
            code: row.text("grade"),
            scheme: row.text("scheme"),
            rank: row.small("grade_rank"),
            salary_min: row.money("salary_min_gbp"),
            salary_max: row.money("salary_max_gbp"),
        }),
        people: people(tables, &ids),
        joint_posts: joint_posts(tables, &ids),
        posts: posts(tables, &ids),
        matches: matches(tables, &ids),
        ranks: ranks(tables, &ids),
        pins: rows(tables, "pins").map(|row| pin(row, &ids)).collect(),
        links: rows(tables, "links").map(|row| link(row, &ids)).collect(),
        travel: tables.get("travel").map(|_| {
            let mile = |row: Row<'_>| {
                let pair = (row.id("person_id", &ids.people), row.id("authority_id", &ids.authorities));
                (pair, Miles(row.number("miles")))
            };
            rows(tables, "travel").map(mile).collect()
        }),
    }
}

/// The function of each person's present job: the joint post's, else the column `function` of people.
pub(super) fn functions(tables: &Tables, case: &Case) -> Table<PersonId, Option<String>> {
    let written: BTreeMap<String, Option<String>> =
        rows(tables, "people").map(|row| (row.text("person_id"), row.record.function.clone())).collect();
    let function = |person: &Person| {
        let of_post = person.joint_post.map(|post| case.joint_posts[post].function.clone());
        of_post.filter(|function| !function.is_empty()).or_else(|| written.get(&person.code).cloned().flatten())
    };
    Table::new(case.people.values().map(function).collect())
}

fn people(tables: &Tables, ids: &Ids) -> Table<PersonId, Person> {
    let mut preferences: BTreeMap<String, Preference> =
        rows(tables, "authority_preferences").map(|row| (row.text("person_id"), preference(row, ids))).collect();
    let mut people = sorted(tables, "people", |row| Person {
        code: row.text("person_id"),
        row: row.record.row,
        joint_post: row.maybe("joint_post_id").and_then(|id| ids.joint_posts.get(&id).copied()),
        employer: row.id("employer", &ids.authorities),
        grade: row.id("grade", &ids.grades),
        salary: row.money("salary_gbp"),
        fte: Fte(row.small("fte")),
        contract: row.word("contract_type", Contract::from_word),
        fixed_term_end: row.maybe("fixed_term_end"),
        service_years: row.maybe_number("service_years").map(|_| row.small("service_years")),
        qualifications: row.set("qualifications"),
        statutory_roles: row.set("statutory_roles").iter().filter_map(|role| StatutoryRole::from_word(role)).collect(),
        status: row.word("employment_status", EmploymentStatus::from_word),
        retained_shared: row.flag("retained_shared"),
        preference: Preference::ABSENT,
    });
    for (code, &person) in &ids.people {
        people[person].preference = preferences.remove(code).unwrap_or(Preference::ABSENT);
    }
    people
}

fn preference(row: Row<'_>, ids: &Ids) -> Preference {
    let preferred = match row.maybe("preferred").as_deref() {
        None => Preferred::Blank,
        Some(text) => match ids.authorities.get(text) {
            Some(&authority) => Preferred::Authority(authority),
            None if text == "leave" => Preferred::Leave,
            None => Preferred::NoPreference,
        },
    };
    Preference {
        preferred,
        strength: row.maybe_word("strength", Strength::from_word),
        response: row.word("response", Response::from_word),
        round: row.maybe_word("round", Round::from_word),
        received: row.maybe("received"),
    }
}

fn joint_posts(tables: &Tables, ids: &Ids) -> Table<JointPostId, JointPost> {
    let mut posts = sorted(tables, "joint_posts", |row| JointPost {
        code: row.text("joint_post_id"),
        title: row.text("title"),
        tier: row.small("tier"),
        directorate: row.text("directorate"),
        function: row.text("function"),
        grade: row.id("grade", &ids.grades),
        fte: Fte(row.small("fte")),
        employer: row.id("employer", &ids.authorities),
        disposition: row.word("disposition", Disposition::from_word),
        shares: BTreeMap::new(),
    });
    for row in rows(tables, "shares") {
        let post: JointPostId = row.id("joint_post_id", &ids.joint_posts);
        posts[post].shares.insert(row.id("authority_id", &ids.authorities), BasisPoints(row.small("pct")));
    }
    posts
}

fn posts(tables: &Tables, ids: &Ids) -> Table<PostId, Post> {
    sorted(tables, "posts", |row| Post {
        code: row.text("post_id"),
        row: row.record.row,
        authority: row.id("authority_id", &ids.authorities),
        title: row.text("title"),
        tier: row.small("tier"),
        functions: row.set("functions"),
        grade: row.id("grade", &ids.grades),
        fte: Fte(row.small("fte")),
        capacity: row.small("capacity"),
        statutory_role: row.maybe_word("statutory_role", StatutoryRole::from_word),
        essential_qualification: row.maybe("essential_qualification"),
        criticality: row.word("criticality", Criticality::from_word),
        status: row.word("status", PostStatus::from_word),
        structures: row.set("structures").iter().filter_map(|id| ids.structures.get(id).copied()).collect(),
        retained_shared: row.flag("retained_shared"),
        salary_min: row.money("salary_min_gbp"),
        salary_max: row.money("salary_max_gbp"),
    })
}

fn matches(tables: &Tables, ids: &Ids) -> BTreeMap<(PersonId, PostId), Match> {
    let pair = |row: Row<'_>| {
        let found = Match {
            row: row.record.row,
            kind: row.word("match", MatchKind::from_word),
            grade_difference: row.small("grade_difference"),
            evidence: row.text("evidence"),
        };
        ((row.id("person_id", &ids.people), row.id("post_id", &ids.posts)), found)
    };
    rows(tables, "matches").map(pair).collect()
}

fn ranks(tables: &Tables, ids: &Ids) -> BTreeMap<(PersonId, PostId), Rank> {
    let rank = |row: Row<'_>| {
        let rank = Rank { row: row.record.row, rank: row.small("rank") };
        ((row.id("person_id", &ids.people), row.id("post_id", &ids.posts)), rank)
    };
    rows(tables, "post_preferences").map(rank).collect()
}

fn pin(row: Row<'_>, ids: &Ids) -> Pin {
    let decision = match row.text("kind").as_str() {
        "must_post" => Decision::MustPost(row.id("target", &ids.posts)),
        "not_post" => Decision::NotPost(row.id("target", &ids.posts)),
        "must_authority" => Decision::MustAuthority(row.id("target", &ids.authorities)),
        _ => Decision::NotAuthority(row.id("target", &ids.authorities)),
    };
    Pin {
        row: row.record.row,
        person: row.id("person_id", &ids.people),
        decision,
        reason: row.text("reason"),
        decided_by: row.text("decided_by"),
        date: row.maybe("date"),
    }
}

fn link(row: Row<'_>, ids: &Ids) -> Link {
    let mut people = [row.id("person_a", &ids.people), row.id("person_b", &ids.people)];
    people.sort();
    Link { row: row.record.row, people, kind: row.word("kind", LinkKind::from_word) }
}
