//! The counts of equality: groups of people, and what the proposal means for each.
//!
//! They are judged twice. First as a reader of the exempt paper would see them, who knows all other figures; what is kept
//! back then is kept back from everybody. Then among all figures of the public paper, whose totals they could give away.
//! Small groups are told together, and a characteristic with one group left has no table.

use crate::load::equality::Characteristics;
use crate::study::disclosure::ledger::{Kind, Ledger, Var, Zero};
use crate::study::disclosure::{Print, hide};
use crate::study::monitor::{Event, count, events};
use crate::study::paper::counts::{Builder, Subject, weight, whole};
use crate::study::paper::key::Key;
use crate::study::paper::shape::rows;

/// The events that are counted; who is at risk is everyone who is not placed.
pub(super) const EVENTS: [Event; 4] = [Event::Placed, Event::FirstChoice, Event::StatedAuthority, Event::MovedEmployer];

/// A cell of a table of one characteristic.
struct Cell {
    key: Key,
    var: Var,
}

/// The table of one characteristic: the size of each row, and whom each event came to.
struct Counted {
    column: usize,
    rows: Vec<(u32, [u32; 4])>,
    parts: Parts,
}

/// Whether it is told whom events came to, or the sizes of groups alone.
enum Parts {
    Told,
    LeftOut,
}

/// Adds the counts of every characteristic; of each the groups in every row of its table.
pub(super) fn add(
    builder: &mut Builder,
    subject: &Subject<'_>,
    groups: &Characteristics,
) -> Vec<Option<Vec<Vec<usize>>>> {
    let met = events(subject.case, subject.certified);
    let number = |event: usize| whole(met.values().filter(|events| events[event]).count());
    let first = first_choice(builder, number(1));
    let totals = [builder.of(Key::Placed), first, builder.of(Key::Met), builder.of(Key::Moves)];
    let mut all = Vec::new();
    for (column, characteristic) in groups.columns.iter().enumerate() {
        let counts = count(characteristic, &met);
        let rows = rows(&counts.sizes, builder.threshold);
        if let Some(rows) = &rows {
            let together = |groups: &Vec<usize>| {
                let size = groups.iter().map(|&at| counts.sizes[at]).sum();
                (size, [0, 1, 2, 3].map(|event| groups.iter().map(|&at| counts.parts[at][event]).sum()))
            };
            let rows: Vec<(u32, [u32; 4])> = rows.iter().map(together).collect();
            // Of fewer than two thresholds either a part or what it leaves is small, whatever came of the plan.
            let is_large = rows.iter().all(|&(size, _)| size >= 2 * builder.threshold);
            let counted = Counted { column, rows, parts: if is_large { Parts::Told } else { Parts::LeftOut } };
            characteristic_of(builder, &counted, totals, [0, 1, 2, 3].map(number));
        }
        all.push(rows);
    }
    all
}

/// One characteristic: alone, and then among all other counts.
fn characteristic_of(builder: &mut Builder, counted: &Counted, totals: [Var; 4], known: [i64; 4]) {
    let people = builder.people;
    let mut alone = Ledger::default();
    let known = known.map(|total| alone.add("known", total, (total, total), Kind::Derived(Zero::Plain)));
    let as_is = |_: &Key, zero, weight| Kind::People(zero, weight);
    let cells = counted.cells(&mut alone, known, people, &as_is);
    let cover = hide(&alone, builder.threshold);
    let finest = |key: &Key, zero, weight| {
        let print = cells.iter().find(|it| it.key == *key).map(|it| (it.var, cover.prints[it.var.index()]));
        match print {
            Some((_, Print::Exact)) => Kind::People(zero, weight),
            Some((_, Print::Rounded)) => Kind::Rounded(zero, weight),
            // That a small number is small is told there too.
            Some((var, Print::Between(_, high)))
                if alone.is_small(var, builder.threshold) && high < i64::from(builder.threshold) =>
            {
                Kind::People(zero, weight)
            }
            Some((_, Print::Between(..) | Print::Nothing)) | None => Kind::Derived(zero),
        }
    };
    let cells = counted.cells(&mut builder.ledger, totals, people, &finest);
    builder.keys.extend(cells.into_iter().map(|cell| (cell.key, cell.var)));
}

/// People in the post that they ranked first, whether or not they are counted as having responded.
fn first_choice(builder: &mut Builder, number: i64) -> Var {
    let first = builder.ledger.add("first choices", number, (0, builder.people), Kind::Derived(Zero::Plain));
    let (ranked, silent) = (builder.of(Key::Ranked(1)), builder.of(Key::NoResponse));
    builder.ledger.between([(first, 1), (ranked, -1)], 0, builder.people);
    builder.ledger.between([(ranked, 1), (silent, 1), (first, -1)], 0, builder.people);
    first
}

impl Counted {
    /// The cells, with their sums.
    fn cells(
        &self,
        ledger: &mut Ledger,
        totals: [Var; 4],
        people: i64,
        kind: &dyn Fn(&Key, Zero, u8) -> Kind,
    ) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut cell = |ledger: &mut Ledger, key: Key, count: u32, weight: u8| {
            let kind = kind(&key, Zero::Small, weight);
            let var = ledger.add(format!("{key:?}"), i64::from(count), (0, people), kind);
            cells.push(Cell { key, var });
            var
        };
        let mut all = Vec::new();
        let mut sums: [Vec<(Var, i64)>; 4] = totals.map(|total| vec![(total, -1)]);
        let mut rests: [Vec<(Var, i64)>; 4] = totals.map(|total| vec![(total, 1)]);
        for (row, (size, parts)) in self.rows.iter().enumerate() {
            let size = cell(ledger, Key::Group(self.column, row), *size, weight::GROUP);
            all.push((size, 1));
            match self.parts {
                Parts::Told => {}
                Parts::LeftOut => continue,
            }
            let mut placed = None;
            for (at, &event) in EVENTS.iter().enumerate() {
                let part = cell(ledger, Key::Part(self.column, row, event), parts[at], weight::PART);
                rests[at].push((ledger.rest(size, part, Zero::Small), 1));
                sums[at].push((part, 1));
                match placed {
                    None => placed = Some(part),
                    // Nobody has a first choice, the stated authority or a new employer without a post.
                    Some(placed) => ledger.between([(placed, 1), (part, -1)], 0, people),
                }
            }
        }
        ledger.sum(all, people);
        match self.parts {
            Parts::Told => {}
            Parts::LeftOut => return cells,
        }
        sums.into_iter().for_each(|sum| ledger.sum(sum, 0));
        rests.into_iter().for_each(|sum| ledger.sum(sum, people));
        cells
    }
}
