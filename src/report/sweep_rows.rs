//! The rows of a sweep, and the people of each, as columns of a Parquet file. `docs/SWEEP.md` lists them.

pub mod read;

use crate::case::sweep::{Axis, AxisValue, choices};
use crate::case::{Case, Post};
use crate::certify::Status;
use crate::id::Id;
use crate::report::parquet::{Field, Kind, Series, Word};
use crate::study::sweep::row::{Columns, Figures, Row, Whereabouts};

/// Value of the key `demerge.schema` in a file of scenarios.
pub const ROWS: &str = "demerge/sweep-rows/1";
/// Value of the key `demerge.schema` in a file of people.
pub const PEOPLE: &str = "demerge/sweep-people/1";
/// The key that says which part of a sweep a file is; a whole one has none.
pub const SHARD: &str = "demerge.shard";

/// Where a sweep comes from, as its files say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The base scenario.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// How many scenarios the whole sweep has.
    pub scenarios: u64,
    /// SHA-256 over the input files of the case.
    pub case_sha256: String,
    /// SHA-256 of the plan.
    pub plan_sha256: String,
    /// Which part of the sweep it is, and of how many, from 1; `None` for the whole.
    pub shard: Option<(u64, u64)>,
}

impl Origin {
    /// The keys and values kept with a file of this schema.
    pub fn notes(&self, schema: &str) -> Vec<(String, String)> {
        let note = |key: &str, value: String| (format!("demerge.{key}"), value);
        let mut notes = vec![
            note("schema", schema.to_owned()),
            note("version", env!("CARGO_PKG_VERSION").to_owned()),
            note("scenario", self.scenario.clone()),
            note("seed", self.seed.to_string()),
            note("scenarios", self.scenarios.to_string()),
            note("case_sha256", self.case_sha256.clone()),
            note("plan_sha256", self.plan_sha256.clone()),
        ];
        notes.extend(self.shard.map(|(part, parts)| (SHARD.to_owned(), format!("{part}/{parts}"))));
        notes
    }
}

/// The columns of the file of scenarios.
pub fn fields(columns: &Columns) -> Vec<Field> {
    let small = |name: &str| Field::new(name, Kind::Small);
    let mut fields = vec![Field::new("scenario", Kind::Whole), small("point"), small("sample")];
    fields.extend(columns.axes.iter().map(|axis| Field::new(axis_name(axis), axis_kind(axis))));
    fields.extend(["leavers", "changed", "answered", "withdrawn"].map(small));
    fields.push(Field::new("status", Kind::Text));
    fields.push(Field::new("certified", Kind::Flag));
    fields.extend(columns.measures.iter().map(|it| Field::with_gaps(format!("value_{}", it.name()), Kind::Whole)));
    let gaps = |name: String, kind: Kind| Field::with_gaps(name, kind);
    fields.extend(["placed", "at_risk", "vacancies"].map(|name| gaps(name.to_owned(), Kind::Small)));
    fields.extend(columns.authorities.iter().map(|it| gaps(format!("vacancies_{it}"), Kind::Small)));
    fields.push(gaps("covered".to_owned(), Kind::Small));
    for authority in &columns.authorities {
        fields.extend(columns.roles.iter().map(|role| gaps(format!("covered_{authority}_{role}"), Kind::Flag)));
    }
    fields.push(gaps("cost_pence".to_owned(), Kind::Whole));
    fields.push(gaps("filled_outside".to_owned(), Kind::Small));
    fields.extend(columns.authorities.iter().map(|it| gaps(format!("filled_outside_{it}"), Kind::Small)));
    fields
}

/// A setting as the name of a column: `fairness.1.min_pct` is `grid_fairness_1_min_pct`.
fn axis_name(axis: &Axis) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
    format!("grid_{}", axis.key.chars().map(plain).collect::<String>())
}

/// Numbers and flags only where all values are.
fn axis_kind(axis: &Axis) -> Kind {
    let decimals = |value: &AxisValue| match value {
        AxisValue::Number { decimals, .. } => Some(*decimals),
        AxisValue::Flag(_) | AxisValue::Text(_) => None,
    };
    let all: Option<Vec<u32>> = axis.values.iter().map(decimals).collect();
    match all.and_then(|all| all.into_iter().max()) {
        Some(0) => Kind::Whole,
        Some(decimals) => Kind::Decimal(decimals),
        None if axis.values.iter().all(|value| matches!(value, AxisValue::Flag(_))) => Kind::Flag,
        None => Kind::Text,
    }
}

/// The rows as series, one for each of [`fields`].
pub fn series(columns: &Columns, rows: &[Row]) -> Vec<Series> {
    let small = |of: &dyn Fn(&Row) -> Option<u32>| {
        let value = |row: &Row| of(row).map(|value| i32::try_from(value).unwrap_or(i32::MAX));
        Series::Small(rows.iter().map(value).collect())
    };
    let whole = |of: &dyn Fn(&Row) -> Option<i64>| Series::Whole(rows.iter().map(of).collect());
    let figure = |of: &dyn Fn(&Figures) -> u32| small(&|row| row.figures.as_ref().map(of));
    let mut all = vec![
        whole(&|row| i64::try_from(row.scenario).ok()),
        small(&|row| Some(row.point)),
        small(&|row| Some(row.sample)),
    ];
    all.extend((0..columns.axes.len()).map(|at| axis_series(columns, at, rows)));
    all.push(small(&|row| Some(row.drawn.leavers)));
    all.push(small(&|row| Some(row.drawn.changed)));
    all.push(small(&|row| Some(row.drawn.answered)));
    all.push(small(&|row| Some(row.drawn.withdrawn)));
    let words: Vec<Word> = Status::ALL.iter().map(|status| Word::from(status.word())).collect();
    let word = |row: &Row| words[Status::ALL.iter().position(|&it| it == row.status).expect("a status")].clone();
    all.push(Series::Text(rows.iter().map(|row| Some(word(row))).collect()));
    all.push(Series::Flag(rows.iter().map(|row| Some(row.certified)).collect()));
    for at in 0..columns.measures.len() {
        all.push(whole(&|row| row.figures.as_ref().and_then(|it| it.values[at])));
    }
    all.push(figure(&|it| it.placed));
    all.push(figure(&|it| it.at_risk));
    all.push(figure(&Figures::vacancies_total));
    all.extend((0..columns.authorities.len()).map(|at| figure(&|it| it.vacancies[at])));
    all.push(figure(&Figures::covered_total));
    for at in 0..columns.authorities.len() * columns.roles.len() {
        all.push(Series::Flag(rows.iter().map(|row| row.figures.as_ref().and_then(|it| it.covered[at])).collect()));
    }
    all.push(whole(&|row| row.figures.as_ref().map(|it| it.cost_pence)));
    all.push(figure(&Figures::filled_total));
    all.extend((0..columns.authorities.len()).map(|at| figure(&|it| it.filled[at])));
    all
}

fn axis_series(columns: &Columns, at: usize, rows: &[Row]) -> Series {
    let axis = &columns.axes[at];
    let chosen = |row: &Row| choices(&columns.axes, row.point as usize)[at];
    let scale = match axis_kind(axis) {
        Kind::Decimal(scale) => scale,
        Kind::Whole | Kind::Small | Kind::Flag | Kind::Text => 0,
    };
    let number = |value: &AxisValue| match value {
        AxisValue::Number { value, decimals } => value.checked_mul(10i64.pow(scale - decimals)),
        AxisValue::Flag(_) | AxisValue::Text(_) => None,
    };
    let flag = |value: &AxisValue| match value {
        AxisValue::Flag(flag) => Some(*flag),
        AxisValue::Number { .. } | AxisValue::Text(_) => None,
    };
    match axis_kind(axis) {
        Kind::Whole | Kind::Small | Kind::Decimal(_) => {
            Series::Whole(rows.iter().map(|row| number(&axis.values[chosen(row)])).collect())
        }
        Kind::Flag => Series::Flag(rows.iter().map(|row| flag(&axis.values[chosen(row)])).collect()),
        Kind::Text => {
            let words: Vec<Word> = axis.values.iter().map(|value| Word::from(value.text().as_str())).collect();
            Series::Text(rows.iter().map(|row| Some(words[chosen(row)].clone())).collect())
        }
    }
}

/// A row by the names of its columns, as texts; a gap is `None`.
pub fn named(columns: &Columns, row: &Row) -> Vec<(String, Option<String>)> {
    let first = |series: Series, kind: Kind| match series {
        Series::Whole(values) => values[0].map(|value| match kind {
            Kind::Decimal(scale) => crate::quantity::write_decimal(value, scale),
            Kind::Whole | Kind::Small | Kind::Flag | Kind::Text => value.to_string(),
        }),
        Series::Small(values) => values[0].map(|value| value.to_string()),
        Series::Flag(values) => values[0].map(|value| value.to_string()),
        Series::Text(values) => values[0].as_ref().map(|value| value.text().to_owned()),
    };
    let fields = fields(columns).into_iter();
    let series = series(columns, std::slice::from_ref(row));
    fields.zip(series).map(|(field, series)| (field.name, first(series, field.kind))).collect()
}

/// The columns of the file of people.
pub fn people_fields() -> Vec<Field> {
    vec![
        Field::new("scenario", Kind::Whole),
        Field::new("person_id", Kind::Text),
        Field::with_gaps("outcome", Kind::Text),
        Field::with_gaps("post_id", Kind::Text),
        Field::with_gaps("authority_id", Kind::Text),
    ]
}

/// What the column `outcome` says of a person.
pub fn outcome(case: &Case, place: Whereabouts) -> Option<&'static str> {
    match place {
        Whereabouts::Unknown => None,
        Whereabouts::Left => Some("left"),
        Whereabouts::AtRisk => Some("at_risk"),
        Whereabouts::Post(post) if case.posts[post].retained_shared == Some(true) => Some("retained_shared"),
        Whereabouts::Post(_) => Some("post"),
    }
}

/// The texts of a case that the file of people repeats.
pub struct PeopleWords<'a> {
    case: &'a Case,
    people: Vec<Option<Word>>,
    /// Each post, and whose it is.
    posts: Vec<[Word; 2]>,
}

impl<'a> PeopleWords<'a> {
    /// Takes them from a case.
    pub fn of(case: &'a Case) -> Self {
        let post = |post: &Post| [post.code.as_str(), case.authorities[post.authority].code.as_str()].map(Word::from);
        Self {
            case,
            people: case.people.values().map(|person| Some(Word::from(person.code.as_str()))).collect(),
            posts: case.posts.values().map(post).collect(),
        }
    }

    /// Where everyone is in one scenario, one series for each of [`people_fields`].
    pub fn series(&self, scenario: u64, places: &[Whereabouts]) -> Vec<Series> {
        let held = |place: &Whereabouts, word: usize| match place {
            Whereabouts::Post(post) => Some(self.posts[post.index()][word].clone()),
            Whereabouts::Left | Whereabouts::Unknown | Whereabouts::AtRisk => None,
        };
        vec![
            Series::Whole(vec![i64::try_from(scenario).ok(); places.len()]),
            Series::Text(self.people.clone()),
            Series::Text(places.iter().map(|&place| outcome(self.case, place).map(Word::from)).collect()),
            Series::Text(places.iter().map(|place| held(place, 0)).collect()),
            Series::Text(places.iter().map(|place| held(place, 1)).collect()),
        ]
    }
}
