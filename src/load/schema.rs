//! The contract's tables and columns, as data: what a file must hold, and what each cell may say.
//!
//! One description serves the reader, the template workbook, its drop-downs and `data/README.md`.

use crate::case::{
    Contract, Criticality, Disposition, EmploymentStatus, LinkKind, MatchKind, PostStatus, Response, Round,
    StatutoryRole, Strength,
};

/// What a cell of a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Free text.
    Text,
    /// A new id of this table.
    Key,
    /// An id of another table, by the name of that table.
    Id(&'static str),
    /// Ids of another table, separated by `;`.
    Ids(&'static str),
    /// Words separated by `;`, free.
    List,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Some of these words, separated by `;`.
    Words(&'static [&'static str]),
    /// `yes`, `no` or blank (unknown).
    Flag,
    /// Pounds a year, at most 2 decimals.
    Money,
    /// Above 0 and at most 1, at most 4 decimals.
    Fte,
    /// Per cent from 0 to 100, at most 2 decimals.
    Percent,
    /// A whole number, not negative.
    Whole,
    /// A whole number, perhaps negative.
    Signed,
    /// Miles, not negative, at most 2 decimals.
    Miles,
    /// `2026-03-02`.
    Date,
    /// An authority id, or one of these words.
    AuthorityOr(&'static [&'static str]),
    /// A post id or an authority id, by what `kind` says.
    PostOrAuthority,
}

/// One column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub name: &'static str,
    /// What a cell holds.
    pub kind: Kind,
    /// Whether the column may be missing.
    pub optional: bool,
    /// Whether a cell may be blank.
    pub blank: bool,
    /// What it means, for people.
    pub help: &'static str,
}

/// How badly a table is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing works without it.
    Always,
    /// Needed, unless the case is a *starter* (none of the tables marked so is there).
    UnlessStarter,
    /// May be missing.
    Optional,
    /// Needed to solve; `demerge match` proposes it.
    ToSolve,
}

/// One table: a CSV file, or a sheet of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableShape {
    /// File name without `.csv`; also the sheet's name.
    pub name: &'static str,
    /// How badly it is needed.
    pub need: Need,
    /// The first `keys` columns are its key.
    pub keys: usize,
    /// Its columns.
    pub columns: &'static [Column],
    /// What it is, for people.
    pub help: &'static str,
}

pub(super) const fn must(name: &'static str, kind: Kind, help: &'static str) -> Column {
    Column { name, kind, optional: false, blank: false, help }
}
pub(super) const fn may(name: &'static str, kind: Kind, help: &'static str) -> Column {
    Column { name, kind, optional: false, blank: true, help }
}
pub(super) const fn extra(name: &'static str, kind: Kind, help: &'static str) -> Column {
    Column { name, kind, optional: true, blank: true, help }
}

/// Words of `preferred` beside an authority id.
pub const PREFERRED: &[&str] = &["no_preference", "leave"];
/// Words of a pin's `kind`.
pub const PINS: &[&str] = &["must_post", "must_authority", "not_post", "not_authority"];

/// Every table that the model may read, in the contract's order. `equality_restricted.csv` is not one of them.
pub const TABLES: &[TableShape] = &[
    TableShape {
        name: "authorities",
        need: Need::Always,
        keys: 1,
        help: "The authorities that separate; two or more.",
        columns: &[
            must("authority_id", Kind::Key, "short id, used everywhere else"),
            must("name", Kind::Text, "the authority's name"),
            extra("cost_share_pct", Kind::Percent, "its share of joint cost"),
            extra("budget_gbp", Kind::Money, "its pay budget a year; the default limit of a budget clause"),
        ],
    },
    TableShape {
        name: "structures",
        need: Need::UnlessStarter,
        keys: 1,
        help: "Versions of an interim structure; a scenario picks one for each authority.",
        columns: &[
            must("structure_id", Kind::Key, "short id"),
            must("authority_id", Kind::Id("authorities"), "whose structure it is"),
            may("label", Kind::Text, "what it is called"),
            may("note", Kind::Text, "a remark"),
        ],
    },
    TableShape {
        name: "grades",
        need: Need::UnlessStarter,
        keys: 1,
        help: "Pay grades in order.",
        columns: &[
            must("grade", Kind::Key, "the grade"),
            may("scheme", Kind::Text, "the pay scheme"),
            must("grade_rank", Kind::Whole, "its place in the order of grades, 1 the lowest"),
            must("salary_min_gbp", Kind::Money, "bottom of the grade a year"),
            must("salary_max_gbp", Kind::Money, "top of the grade a year"),
        ],
    },
    TableShape {
        name: "people",
        need: Need::Always,
        keys: 1,
        help: "The people employed jointly today: ids only, never names.",
        columns: &[
            must("person_id", Kind::Key, "an id that names nobody"),
            may("joint_post_id", Kind::Id("joint_posts"), "the joint post held today"),
            must("employer", Kind::Id("authorities"), "the present employer"),
            must("grade", Kind::Id("grades"), "the present grade"),
            must("salary_gbp", Kind::Money, "full-time salary a year"),
            must("fte", Kind::Fte, "contracted hours, above 0 and at most 1"),
            must("contract_type", Kind::Word(Contract::WORDS), "kind of contract"),
            may("fixed_term_end", Kind::Date, "when a fixed term ends"),
            may("service_years", Kind::Whole, "whole years of service"),
            may("qualifications", Kind::List, "qualifications held, separated by ;"),
            may(
                "statutory_roles",
                Kind::Words(StatutoryRole::WORDS),
                "statutory roles that the person may hold, separated by ;",
            ),
            must("employment_status", Kind::Word(EmploymentStatus::WORDS), "in post, or on what kind of leave"),
            may("retained_shared", Kind::Flag, "whether the person's service stays shared"),
        ],
    },
    TableShape {
        name: "joint_posts",
        need: Need::UnlessStarter,
        keys: 1,
        help: "The posts that are shared today.",
        columns: &[
            must("joint_post_id", Kind::Key, "short id"),
            may("title", Kind::Text, "its title"),
            must("tier", Kind::Whole, "tier of management, 1 the top"),
            may("directorate", Kind::Text, "its directorate"),
            may("function", Kind::Text, "what it does, in the words of posts.csv functions"),
            must("grade", Kind::Id("grades"), "its grade"),
            must("fte", Kind::Fte, "its hours"),
            must("employer", Kind::Id("authorities"), "who employs its holder"),
            must("disposition", Kind::Word(Disposition::WORDS), "what becomes of it"),
        ],
    },
    TableShape {
        name: "shares",
        need: Need::UnlessStarter,
        keys: 2,
        help: "Each authority's share of a joint post; sums to 100 for each.",
        columns: &[
            must("joint_post_id", Kind::Id("joint_posts"), "the joint post"),
            must("authority_id", Kind::Id("authorities"), "the authority"),
            must("pct", Kind::Percent, "its share"),
            may("basis", Kind::Text, "what the share rests on"),
        ],
    },
    TableShape {
        name: "posts",
        need: Need::Always,
        keys: 1,
        help: "The posts of the interim structures.",
        columns: &[
            must("post_id", Kind::Key, "short id"),
            must("authority_id", Kind::Id("authorities"), "whose post it is"),
            may("title", Kind::Text, "its title"),
            must("tier", Kind::Whole, "tier of management, 1 the top"),
            may("functions", Kind::List, "what it does, separated by ;"),
            must("grade", Kind::Id("grades"), "its grade"),
            must("fte", Kind::Fte, "its hours"),
            must("capacity", Kind::Whole, "its seats"),
            may("statutory_role", Kind::Word(StatutoryRole::WORDS), "the statutory role that goes with it"),
            may("essential_qualification", Kind::Text, "without which nobody may hold it"),
            must("criticality", Kind::Word(Criticality::WORDS), "how critical it is"),
            must("status", Kind::Word(PostStatus::WORDS), "only open posts are offered"),
            must("structures", Kind::Ids("structures"), "the structures that list it, separated by ;"),
            may("retained_shared", Kind::Flag, "whether its service stays shared"),
            must("salary_min_gbp", Kind::Money, "bottom of its pay a year"),
            must("salary_max_gbp", Kind::Money, "top of its pay a year"),
        ],
    },
    TableShape {
        name: "matches",
        need: Need::ToSolve,
        keys: 2,
        help: "Job matching: only a matched pair can be an allocation.",
        columns: &[
            must("person_id", Kind::Id("people"), "the person"),
            must("post_id", Kind::Id("posts"), "the post"),
            must("match", Kind::Word(MatchKind::WORDS), "how well the jobs match"),
            must("grade_difference", Kind::Signed, "post grade minus person grade"),
            may("evidence", Kind::Text, "the evidence, in words"),
        ],
    },
    TableShape {
        name: "authority_preferences",
        need: Need::Always,
        keys: 1,
        help: "What each person said about authorities; a person without a row did not respond.",
        columns: &[
            must("person_id", Kind::Id("people"), "the person"),
            may("preferred", Kind::AuthorityOr(PREFERRED), "an authority_id, no_preference, leave, or blank"),
            may("strength", Kind::Word(Strength::WORDS), "how strongly"),
            must("response", Kind::Word(Response::WORDS), "whether and when the person answered"),
            may("round", Kind::Word(Round::WORDS), "informal or formal"),
            extra("received", Kind::Date, "when it was received"),
        ],
    },
    TableShape {
        name: "post_preferences",
        need: Need::UnlessStarter,
        keys: 2,
        help: "Ranks that people gave to posts, 1 first; ties allowed.",
        columns: &[
            must("person_id", Kind::Id("people"), "the person"),
            must("post_id", Kind::Id("posts"), "the post"),
            must("rank", Kind::Whole, "1 is first"),
        ],
    },
    TableShape {
        name: "pins",
        need: Need::Optional,
        keys: 3,
        help: "Officers' decisions, used where the scenario says so.",
        columns: &[
            must("person_id", Kind::Id("people"), "whom it concerns"),
            must("kind", Kind::Word(PINS), "what was decided"),
            must("target", Kind::PostOrAuthority, "the post or the authority"),
            may("reason", Kind::Text, "why"),
            may("decided_by", Kind::Text, "by whom (role, not name)"),
            may("date", Kind::Date, "when"),
        ],
    },
    TableShape {
        name: "links",
        need: Need::Optional,
        keys: 3,
        help: "Pairs of people who go together, or apart.",
        columns: &[
            must("person_a", Kind::Id("people"), "one person"),
            must("person_b", Kind::Id("people"), "the other"),
            must("kind", Kind::Word(LinkKind::WORDS), "together or apart"),
        ],
    },
    TableShape {
        name: "travel",
        need: Need::Optional,
        keys: 2,
        help: "Miles from home to each authority.",
        columns: &[
            must("person_id", Kind::Id("people"), "the person"),
            must("authority_id", Kind::Id("authorities"), "the authority"),
            must("miles", Kind::Miles, "one way"),
        ],
    },
];

/// Columns of the sheet `scenarios` of a workbook: one scenario is the group of rows with its id.
///
/// `key` is the path in the scenario file: `name`, `objectives` (separated by `;`), `use_pins`, `structures.A`,
/// `policy.rule`, `statutory_cover.roles`, `fairness.1.kind`, `fairness.1.min_pct`, counted from 1.
pub const SCENARIO_COLUMNS: [&str; 3] = ["scenario_id", "key", "value"];

/// Sheets of the template workbook that hold no data: its guide, and the lists behind its drop-downs.
///
/// A reader passes over them without a word.
pub const SHEETS_WITHOUT_DATA: [&str; 2] = ["Read me", "lists"];
