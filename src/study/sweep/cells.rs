//! A row as numbers, and a scene as bytes of a fixed length, for files that keep them until they are asked for again.

use crate::certify::Status;
use crate::id::{Id, PostId};
use crate::study::sweep::Scene;
use crate::study::sweep::row::{Columns, Counts, Figures, Row, Whereabouts};

/// Numbers before the figures of a plan.
const HEAD: usize = 9;

/// What of a scene is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape<'a> {
    /// The columns of its row.
    pub columns: &'a Columns,
    /// How many people the case has, where it is kept where each of them is; else nought.
    pub people: usize,
}

impl Shape<'_> {
    /// How many bytes a scene takes.
    pub fn bytes(self) -> usize {
        width(self.columns) * 9 + self.people * 4
    }

    /// Adds a scene to these bytes.
    pub fn write(self, scene: &Scene, bytes: &mut Vec<u8>) {
        for cell in cells(self.columns, &scene.row) {
            bytes.push(u8::from(cell.is_some()));
            bytes.extend(cell.unwrap_or(0).to_le_bytes());
        }
        let places = scene.places.iter().take(self.people);
        bytes.extend(places.flat_map(|&it| place(it).to_le_bytes()));
    }

    /// The row, and where everyone is, that stand in these bytes; `None` if they are no scene of this shape.
    pub fn read(self, bytes: &[u8]) -> Option<(Row, Vec<Whereabouts>)> {
        if bytes.len() != self.bytes() {
            return None;
        }
        let (numbers, places) = bytes.split_at(width(self.columns) * 9);
        let cell = |bytes: &[u8]| {
            let number = i64::from_le_bytes(bytes[1..].try_into().expect("nine bytes"));
            (bytes[0] == 1).then_some(number)
        };
        let cells: Vec<Option<i64>> = numbers.chunks_exact(9).map(cell).collect();
        let number = |bytes: &[u8]| u32::from_le_bytes(bytes.try_into().expect("four bytes"));
        let places = places.chunks_exact(4).map(|bytes| whereabouts(number(bytes))).collect();
        Some((row(self.columns, &cells)?, places))
    }
}

/// How many numbers a row of these columns has.
fn width(columns: &Columns) -> usize {
    HEAD + columns.measures.len() + 3 + columns.authorities.len() * (2 + columns.roles.len())
}

/// The numbers of a row, in a fixed order; `None` where there is no figure.
fn cells(columns: &Columns, row: &Row) -> Vec<Option<i64>> {
    let status = Status::ALL.iter().position(|&status| status == row.status).expect("a status");
    let counts = [row.drawn.leavers, row.drawn.changed, row.drawn.answered, row.drawn.withdrawn];
    let scenario = i64::try_from(row.scenario).expect("a sweep has at most 100 million scenarios");
    let mut cells: Vec<Option<i64>> = vec![Some(scenario), Some(row.point.into()), Some(row.sample.into())];
    cells.extend(counts.map(|count| Some(i64::from(count))));
    cells.push(Some(status as i64));
    cells.push(Some(i64::from(row.certified)));
    if let Some(figures) = &row.figures {
        cells.extend(&figures.values);
        cells.extend([Some(figures.placed.into()), Some(figures.at_risk.into()), Some(figures.cost_pence)]);
        cells.extend(figures.vacancies.iter().chain(&figures.filled).map(|&seats| Some(i64::from(seats))));
        cells.extend(figures.covered.iter().map(|covered| covered.map(i64::from)));
    }
    cells.resize(width(columns), None);
    cells
}

/// The row of these numbers; `None` if no row has them.
fn row(columns: &Columns, cells: &[Option<i64>]) -> Option<Row> {
    if cells.len() != width(columns) {
        return None;
    }
    let (head, rest) = cells.split_at(HEAD);
    let small = |cell: Option<i64>| u32::try_from(cell?).ok();
    Some(Row {
        scenario: u64::try_from(head[0]?).ok()?,
        point: small(head[1])?,
        sample: small(head[2])?,
        drawn: Counts {
            leavers: small(head[3])?,
            changed: small(head[4])?,
            answered: small(head[5])?,
            withdrawn: small(head[6])?,
        },
        status: *Status::ALL.get(usize::try_from(head[7]?).ok()?)?,
        certified: flag(head[8]?)?,
        figures: figures(columns, rest)?,
    })
}

fn flag(cell: i64) -> Option<bool> {
    match cell {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

#[expect(clippy::option_option, reason = "no figures are an answer; numbers that are no figures are none")]
fn figures(columns: &Columns, cells: &[Option<i64>]) -> Option<Option<Figures>> {
    let (values, rest) = cells.split_at(columns.measures.len());
    let (totals, rest) = rest.split_at(3);
    let (vacancies, rest) = rest.split_at(columns.authorities.len());
    let (filled, covered) = rest.split_at(columns.authorities.len());
    if totals[0].is_none() {
        return Some(None);
    }
    let small = |cell: &Option<i64>| u32::try_from((*cell)?).ok();
    Some(Some(Figures {
        values: values.to_vec(),
        placed: small(&totals[0])?,
        at_risk: small(&totals[1])?,
        cost_pence: totals[2]?,
        vacancies: vacancies.iter().map(small).collect::<Option<_>>()?,
        filled: filled.iter().map(small).collect::<Option<_>>()?,
        covered: covered.iter().map(maybe_flag).collect::<Option<_>>()?,
    }))
}

#[expect(clippy::option_option, reason = "a role that is not asked for is an answer; a number that is no flag is none")]
fn maybe_flag(cell: &Option<i64>) -> Option<Option<bool>> {
    match cell {
        None => Some(None),
        Some(cell) => flag(*cell).map(Some),
    }
}

/// Where a person is, as one number.
fn place(place: Whereabouts) -> u32 {
    match place {
        Whereabouts::Left => 0,
        Whereabouts::Unknown => 1,
        Whereabouts::AtRisk => 2,
        Whereabouts::Post(post) => 3 + u32::try_from(post.index()).expect("a table holds fewer than 2^32 records"),
    }
}

/// Where the person of this number is.
fn whereabouts(number: u32) -> Whereabouts {
    match number {
        0 => Whereabouts::Left,
        1 => Whereabouts::Unknown,
        2 => Whereabouts::AtRisk,
        post => Whereabouts::Post(PostId::at((post - 3) as usize)),
    }
}
